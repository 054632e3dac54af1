"""How the file was read, and rows that add up those above them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import WARNING, Finding, Text
from ...standard.totals import sums
from ...standard.units import BY_CODE
from .rows import TABLE_NAMES, name_of

if TYPE_CHECKING:
    from ..result import Result


def told(result: Result) -> Iterator[Finding]:
    """Numbers left as texts, totals and remarks left out."""
    yield from result.assessment.told


def adds_up(result: Result) -> Iterator[Finding]:
    """A row that is the sum of at least two rows above it, in both periods: kept, since it may be chance."""
    for table, title in TABLE_NAMES.items():
        rows = getattr(result.assessment, table)
        if len(rows) < 3:
            continue
        units = [BY_CODE.get(row.unit) for row in rows]
        scales = [unit.factor if unit else 1.0 for unit in units]
        kinds = [unit.dimension if unit else row.unit for unit, row in zip(units, rows, strict=True)]
        for i in sums([(row.base, row.report) for row in rows], scales):
            if len(set(kinds[: i + 1])) > 1:
                continue
            text = Text(
                "“{t}”表中“{n}”等于上面各行之和，像是合计行，现仍计入 — 若是合计请删去该行",
                "“{n}” in the table “{t}” is the sum of the rows above it and looks like a total; it is counted — delete it if it is one",
            ).fill(t=title, n=name_of(table, rows[i]))
            yield Finding(WARNING, "sum-of-rows", result.assessment.place(table, i), text, "consistency")


CHECKS = (told, adds_up)
