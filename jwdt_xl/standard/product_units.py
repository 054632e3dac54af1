"""Units that products are counted in, by all their names, and one spelling of a unit for whoever compares two.

Units of products are free texts: 万件, 10^4 m, t水泥. A text is read by the longest known name at its beginning.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .names import fold
from .units import UNITS

#: Spellings of units that mean the same, longest first.
SPELLINGS = (
    ("二氧化碳当量", ""),
    ("二氧化碳", ""),
    ("co2eq", ""),
    ("co2e", ""),
    ("co2", ""),
    ("污染当量", "ap"),
    ("当量", "ap"),
    ("10^4yuan", "万元"),
    ("千克", "kg"),
    ("公斤", "kg"),
    ("千焦", "kj"),
    ("吨", "t"),
    ("percent", "%"),
)
PRODUCT = "product"
PRODUCTS = ("单位产品", "unitproduct", PRODUCT)


def spelling(unit: str, product: str | None = None) -> tuple[str, str]:
    """A unit as numerator and denominator in one spelling; the product's own unit is a unit product."""
    folded = fold(unit)
    for spelling, meaning in SPELLINGS:
        folded = folded.replace(spelling, meaning)
    above, _, below = folded.partition("/")
    return above, PRODUCT if product is not None and below and below in (*PRODUCTS, product) else below


class Measure(NamedTuple):
    """What a unit measures, and how many of the first unit of its kind it is; pieces of one word are of one kind."""

    kind: str
    times: float
    word: str = ""


COUNT = "count"
#: What is counted in a table of the standard by words of its own, or measures no product.
_NOT_OF_PRODUCTS = ("wastewater", "level", "head", "bird", "bed")
_SIZES = (("area", 1.0, ("m2", "平方米", "平米")), ("length", 1.0, ("m", "米")), ("length", 1e3, ("km", "公里")), ("volume", 1e-3, ("l", "升")))  # fmt: skip
#: Words for pieces, each with its other names.
_PIECES = (
    ("件", "piece", "pieces", "pcs"), ("套", "set", "sets"), ("台", "unit", "units"), ("重量箱", "weightcase", "weightcases"),
    ("标块",), ("标箱",), *((word,) for word in "个只辆块片张卷支瓶条双根箱袋桶头羽床匹吊架艘"),
)  # fmt: skip
#: Longer words nobody writes a scale before.
_SHORT = 4
_SCALES = {
    "百": 100, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8,
    "100": 100, "1000": 1e3, "10000": 1e4, "10^3": 1e3, "10^4": 1e4, "10^6": 1e6, "10^8": 1e8,
}  # fmt: skip


def _names() -> dict[str, Measure]:
    plain: dict[str, Measure] = {}
    for unit in UNITS:
        if unit.dimension not in _NOT_OF_PRODUCTS:
            for name in (unit.code, *unit.aliases):
                plain.setdefault(spelling(name)[0], Measure(unit.dimension, unit.factor))
    scaled = {spelling(name)[0]: Measure("mass", 1e3) for name in ("t", "吨", "公吨", "ton", "tons")}
    scaled |= {name: Measure(kind, times) for kind, times, names in _SIZES for name in names}
    scaled |= {name: Measure(COUNT, 1.0, words[0]) for words in _PIECES for name in words}
    found = {
        scale + name: measure._replace(times=measure.times * times)
        for name, measure in scaled.items()
        if len(name) <= _SHORT
        for scale, times in _SCALES.items()
    }
    return {**found, **scaled, **plain}


#: Every name of a unit that a product may be counted in, in one spelling.
READ = _names()
LONGEST = max(map(len, READ))
#: Letters and digits: a name that ends with one is not the beginning of a longer word.
WORD = "abcdefghijklmnopqrstuvwxyz0123456789"


@lru_cache(maxsize=1024)
def name_in(spelled: str) -> str | None:
    """The longest known name at the beginning of a text in one spelling."""
    for length in range(min(LONGEST, len(spelled)), 0, -1):
        name, behind = spelled[:length], spelled[length : length + 1]
        if name in READ and not (behind and name[-1] in WORD and behind in WORD):
            return name
    return None


def measure(unit: str) -> Measure | None:
    """What a unit measures, if anybody can tell."""
    name = name_in(spelling(unit)[0])
    return None if name is None else READ[name]
