"""What the heading of a column says: an indicator, and in brackets the unit that its numbers are in."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text
from ..standard.guide import Node
from ..standard.names import fold
from ..standard.units import converted

_BRACKETS = re.compile(r"(.*?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*", re.DOTALL)
#: The gas a mass is of says nothing of its unit.
_GAS = re.compile(r"co[2₂](?:e|eq|当量)?", re.IGNORECASE)
#: The unit of a product that is named behind it: t水泥.
_OF_PRODUCT = re.compile(r"([!-~]+)[^!-~].*")
#: Ways to say that something is per unit product, whatever its unit.
_PER_PRODUCT = ("单位产品", "unitproduct", "product", "产品")


class Heading(NamedTuple):
    """A heading, folded, and the unit it states; blank where it states none."""

    name: str
    unit: str


def parted(heading: str) -> Heading:
    """The name and the unit in the last brackets, if there are any."""
    found = _BRACKETS.fullmatch(heading)
    return Heading(fold(found[1]), found[2].strip()) if found and found[1].strip() else Heading(fold(heading), "")


def matches(heading: str, names: frozenset[str]) -> bool:
    """Whether it is one of these folded names, whole or before its brackets."""
    return fold(heading) in names or parted(heading).name in names


def factor(unit: str, node: Node) -> float:
    """By how much numbers in a unit are multiplied to be in the indicator's. Raises JwdtError where nobody can tell."""
    for own in node.unit:
        times = _factor(fold(unit), fold(own))
        if times is not None:
            return times
    text = Text(
        "表头写的单位是“{u}”，指标 {c}“{n}”的单位是“{o}”，不能换算，没有采用 — 请换算后改写表头，或删去表头中的单位",
        "the heading says “{u}”, indicator {c} “{n}” is in “{o}”: cannot be converted, and nothing was taken — convert it and say so in the heading",
    ).fill(u=unit, c=node.code, n=node.name, o=node.unit)
    raise JwdtError(text, "heading-unit")


def _factor(given: str, own: str) -> float | None:
    if given == own:
        return 1.0
    above, _, below = (_GAS.sub("", part) for part in given.partition("/"))
    own_above, _, own_below = (_GAS.sub("", part) for part in own.partition("/"))
    if bool(below) != bool(own_below):
        return None
    top = _times(above, own_above)
    # The guide may name the product behind its unit (t 水泥), or leave it to each enterprise.
    same = below == own_below or own_below in _PER_PRODUCT or below in _PER_PRODUCT
    named = _OF_PRODUCT.fullmatch(own_below)
    bottom = 1.0 if same else _times(below, named[1] if named else own_below)
    return None if top is None or bottom is None else top / bottom


def _times(given: str, own: str) -> float | None:
    if given == own:
        return 1.0
    try:
        return converted(1.0, given, own)
    except JwdtError:
        return None
