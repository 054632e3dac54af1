"""Rows that are entered twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...messages import INFO, Finding, Text
from ...standard.greenhouse import find_gas
from ...standard.names import fold
from .rows import TABLE_NAMES, declared

if TYPE_CHECKING:
    from ..result import Result

#: In what bills of the same thing may differ.
_APART = ("name", "unit", "base", "report", "evidence", "source", "quality", "note")


def duplicates(result: Result) -> Iterator[Finding]:
    """Rows that say the same of the same thing: they are added."""
    kinds: dict[str, Any] = {a.place: (a.pollutant, a.row.parameter, a.row.limit) for a in result.quantities.pollutants}
    for i, gas in enumerate(result.assessment.greenhouse):
        kinds[result.assessment.place("greenhouse", i)] = (gas.category, find_gas(gas.gas).code, gas.biomass)
    for e in result.quantities.energies:
        row = e.row
        extras = (row.origin, row.feedstock, row.non_fossil, row.coefficient, row.net_calorific_value)
        kinds[e.place] = (e.energy, *extras)
    for bill in result.quantities.activity:
        says = dataclasses.asdict(bill.row)
        kinds[bill.place] = (bill.kind.canonical(bill.row), *(v for k, v in says.items() if k not in _APART))
    first: dict[tuple[str, Any], str] = {}
    for table, place, _, name in declared(result.assessment):
        kind = kinds.get(place, fold(name.zh))
        before = first.setdefault((table, kind), place)
        if before != place:
            text = Text(
                "“{t}”表中“{n}”出现两次(另见 {b})，数量相加；请确认没有重复填报",
                "“{n}” stands twice in the table “{t}” (also {b}), the amounts are added; make sure it is not entered twice",
            ).fill(t=TABLE_NAMES[table], n=name, b=before)
            yield Finding(INFO, "duplicate-row", place, text, "consistency")


CHECKS = (duplicates,)
