"""Units of benchmarks against their indicators', and of the product against the guide's, as formulas: the counterparts
of what the checks of benchmarks and of products ask."""

from __future__ import annotations

from collections.abc import Callable

from ...assessment.checks.benchmarks import KNOWN_UNITS, right_units
from ...standard.guide import Guide, Node
from ...standard.guide.product_unit import RIGHT, UNCLEAR, words
from ...standard.product_units import LONGEST, PRODUCT, PRODUCTS, SPELLINGS, WORD
from .names import ALIKE, place_in

#: What typing differs in besides.
_WIDE = ("ｔ", "t"), ("Ｔ", "t"), ("³", "3"), ("²", "2"), ("㎡", "m2"), ("／", "/"), ("％", "%"), ("\xa0", "")


def spelled(cell: str) -> str:
    """A unit in one spelling."""
    found = cell
    for typed, meant in (*ALIKE, *_WIDE):
        found = f'SUBSTITUTE({found},"{typed}","{meant}")'
    found = f"LOWER({found})"
    for typed, meant in SPELLINGS:
        found = f'SUBSTITUTE({found},"{typed}","{meant}")'
    return found


def product_unit(cell: str) -> str:
    """What a product's unit is before a stroke, in that spelling."""
    whole = spelled(cell)
    return f'IFERROR(LEFT({whole},FIND("/",{whole})-1),{whole})'


def read(spelled_cell: str, product: str) -> str:
    """above/below of a spelled unit; the product's own unit is a unit product."""
    stroke = f'FIND("/",{spelled_cell}&"/")'
    below = f"MID({spelled_cell},{stroke}+1,99)"
    per = ",".join([*(f'{below}="{word}"' for word in PRODUCTS), f"{below}={product}"])
    whole = f'AND({below}<>"",OR({per}))'
    return f'LEFT({spelled_cell},{stroke}-1)&"/"&IF({whole},"{PRODUCT}",{below})'


def verdict(unit: str, read_cell: str, product: str, node: Node) -> str:
    """right, unclear or other, as the check calls it."""
    right = sorted(right_units(node))
    if not right:
        return '"right"'
    same = []
    for above, below in right:
        whole = f'"{above}/{below}"'
        same.append(f"{read_cell}={whole}")
        if below != PRODUCT:
            same.append(f'IF({product}="{below}",{read_cell}="{above}/{PRODUCT}",FALSE())')
    aboves = [above for above, below in right if below == PRODUCT]
    chosen = '"other"'
    for above in dict.fromkeys(aboves):
        begins = f'LEFT({read_cell},{len(above) + 1})="{above}/"'
        both = f"AND({_known(f'MID({read_cell},{len(above) + 2},99)')},{_known(product)})"
        chosen = f'IF({begins},IF({both},"other","unclear"),{chosen})'
    return f'IF(OR({unit}="",{",".join(same)}),"right",{chosen})'


def _known(text: str) -> str:
    listed = "|".join(["", *sorted(KNOWN_UNITS), ""])
    return f'ISNUMBER(FIND("|"&{text}&"|","{listed}"))'


def of_product(guide: Guide, unit: str, listed: Callable[[str], str]) -> str:
    """right, unclear or other: the unit of the product, a cell in one spelling, by the list of the known names."""
    own = ",".join(
        "OR({})".format(",".join(f'LEFT("{word}",LEN({unit}))={unit}' for word in several)) for several in words(guide)
    )
    place = "NA()"
    for length in range(1, LONGEST + 1):
        # A name that ends with a letter is not the beginning of a longer word.
        inside = ",".join(f'ISNUMBER(FIND(MID({unit}&"-",{at},1),"{WORD}"))' for at in (length, length + 1))
        here = f"IF(AND({inside}),NA(),{place_in(listed('key'), f'LEFT({unit},{length})')})"
        place = here if length == 1 else f"IFERROR({here},{place})"
    unknown = f'IF(AND({own}),"{RIGHT}","{UNCLEAR}")'
    return f'IF({unit}="","{RIGHT}",IFERROR(INDEX({listed("verdict")},{place}),{unknown}))'
