"""A benchmark's unit against its indicator's, as formulas: the counterparts of what the check of benchmarks asks."""

from __future__ import annotations

from ...assessment.checks.benchmarks import KNOWN_UNITS, PRODUCT, PRODUCTS, SPELLINGS, right_units
from ...standard.guide import Node
from .names import ALIKE

#: What typing differs in besides.
_WIDE = ("³", "3"), ("／", "/"), ("％", "%"), ("\xa0", "")


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
