"""Which unit of product a guide counts by: what its indicators say below the line, and whether a product's is that."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ...messages import Text, joined, number
from ..names import fold
from ..product_units import COUNT, PRODUCTS, READ, Measure, measure, name_in, spelling
from ..quantities import Quantity, key_of
from .nodes import Node
from .tree import Guide

OUTPUT = "output"
#: What a product's unit is to the guide's, from well to wrong.
RIGHT, UNCLEAR, OTHER = VERDICTS = ("right", "unclear", "other")


class Stated(NamedTuple):
    """A unit of product that a guide states, and by which indicators."""

    unit: Text
    by: tuple[Node, ...]


def stated(guide: Guide, without: Node | None = None) -> tuple[Stated, ...]:
    """The units of product that the guide's indicators state, each once."""
    found: dict[object, tuple[Text, list[Node]]] = {}
    for node in (node for node in guide.leaves if node is not without):
        for unit in _of_node(guide, node):
            if any(unit):
                nodes = found.setdefault(_known(unit), (unit, []))[1]
                nodes += [] if node in nodes else [node]
    return tuple(Stated(unit, tuple(nodes)) for unit, nodes in found.values())


def _of_node(guide: Guide, node: Node) -> Iterator[Text]:
    """What it says of the product's unit: below the line, where output stands there."""
    formula, form = node.algorithm, node.algorithm.form
    if formula.is_quotient and formula.needs[-1] == OUTPUT:
        yield _part(_unit(node), 1)
    if form is None or OUTPUT not in (*node.of, *node.over):
        return
    # What is added to output, or is its share, is asked for in its unit.
    asked = {each.key: each.unit for each in guide.inputs}
    for names in ((*node.of, *node.over),) if form.key == "share" else (node.of, node.over):
        if OUTPUT in names:
            yield from (_part(asked[key], 0) for key in map(key_of, names) if key in asked)
    if not form.percent and OUTPUT in node.over and _keeps_product(guide, node):
        yield _part(_unit(node), 1)
    elif not form.percent and OUTPUT in node.of and node.times == 1:
        yield _part(_unit(node), 0)


def _unit(node: Node) -> Text:
    """Of an indicator; where it is per unit product, its benchmark may name the product."""
    benchmark = node.benchmark.unit if node.benchmark else ""
    return Text(benchmark, benchmark) if benchmark and not any(_part(node.unit, 1)) else node.unit


def _part(unit: Text, place: int) -> Text:
    """Above (0) or below (1) the line; blank for words that say unit product alone."""
    parts = ([*one.replace("／", "/").split("/", 1), ""][place].strip() for one in unit)
    zh, en = ("" if fold(part) in (*PRODUCTS, "产品单位", "unitofproduct") else part for part in parts)
    return Text(zh, en)


def _keeps_product(guide: Guide, node: Node) -> bool:
    """Whether its factor converts nothing but what is above the line."""
    above = measure(spelling(_unit(node).zh)[0])
    units = [measure(guide.quantities[key_of(name)].unit.zh) for name in node.of if key_of(name) in guide.quantities]
    same = all(above and one and one.kind == above.kind and one.times == above.times * node.times for one in units)
    return node.times == 1 or same


def measured(unit: str) -> Measure | None:
    """What a unit of a guide measures: as a whole (10^4 m), or by its first word (t cement)."""
    return measure(unit) or measure(unit.split()[0]) if unit.strip() else None


@lru_cache(maxsize=16)
def _units(guide: Guide) -> tuple[Text, ...]:
    return tuple(one.unit for one in stated(guide))


def goes_with_output(guide: Guide, node: Node, quantity: Quantity) -> bool:
    """Whether what an indicator adds to output, or divides by it as its share, is in the unit that the others are per."""
    unit = quantity.unit
    read = measured(unit.zh) or measured(unit.en)
    if (
        quantity.key not in {each.key for each in guide.inputs}
        or any(_part(unit, 1))
        or (read and read.kind == "money")
    ):
        return False
    own = stated(guide, without=node) if any(_part(unit, 0)) else ()  # or in the unit of the product, whatever it is
    return not own or any(_known(unit) == _known(one.unit) for one in own)


def _known(unit: Text) -> object:
    return measured(unit.zh) or measured(unit.en) or fold(unit.zh)


def verdicts(guide: Guide) -> dict[str, str]:
    """What each known name of a unit is to the guide's units of product; none where it states none."""
    return _verdicts(_units(guide))


@lru_cache(maxsize=16)
def _verdicts(units: tuple[Text, ...]) -> dict[str, str]:
    own = [[m for m in map(measured, unit) if m] for unit in units]
    return {
        name: max((_verdict(one, each) for each in own), key=VERDICTS.index)
        for name, one in (READ if units else {}).items()
    }


def _verdict(given: Measure, own: list[Measure]) -> str:
    if not own:
        return UNCLEAR  # words of the guide's own, which no table knows
    if given in own:
        return RIGHT
    # Words for pieces may mean the same: a set, a case.
    alike = any(given.kind == one.kind == COUNT and given.word != one.word and given.times == one.times for one in own)
    return UNCLEAR if alike else OTHER


def words(guide: Guide) -> list[tuple[str, ...]]:
    """Each unit that the guide states in one spelling, in both languages."""
    return [tuple(dict.fromkeys(spelling(one)[0] for one in unit)) for unit in _units(guide)]


def unit_is(guide: Guide, unit: str) -> str:
    """What a product's unit is to the guide's: right (or one of them is not stated), unclear, other."""
    given, own = spelling(unit)[0], words(guide)
    if not given or not own:
        return RIGHT
    name = name_in(given)
    if name is not None:
        return verdicts(guide)[name]
    return RIGHT if all(any(one.startswith(given) for one in several) for several in own) else UNCLEAR


def conversion(guide: Guide, unit: str) -> Text | None:
    """How a product's unit converts to the guide's, where it does: 1 万t = 10000 t."""
    given = measure(unit)
    for one in _units(guide):
        own = measured(one.zh) or measured(one.en)
        if given and own and (given.kind, given.word) == (own.kind, own.word) and given != own:
            times = number(given.times / own.times, 10)
            return Text(f"1 {unit} = {times} {one.zh}", f"1 {unit} = {times} {one.en}")
    return None


def named(guide: Guide) -> Text:
    """The units of product that the guide states, in words."""
    return joined(list(_units(guide)))
