"""Pollutants that the guide requires of every return: which of them an assessment lacks, and which it says are not emitted [choice].

A row with an amount in both periods states a pollutant, 0 being one: as everywhere, what does not occur is a row with 0. Here it
wants a reason in its note, as what is declared not applicable does: without one 0 would gain what leaving out gains. Nothing
is asked where every indicator that counts pollutants is declared not applicable, and an empty table is told as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..standard.guide.required import RequiredPollutant, uses_pollutants
from .excuses import is_no_reason

if TYPE_CHECKING:
    from .amounts import PollutantAmount
    from .result import Result


class Stated(NamedTuple):
    """A required pollutant and the rows with both amounts that state it."""

    required: RequiredPollutant
    rows: Sequence[PollutantAmount]

    @property
    def is_lacking(self) -> bool:
        return not self.rows

    @property
    def is_unexplained(self) -> bool:
        """Whether it is said not to be emitted, and no row says why: 无, a stroke and their like are no reason."""
        return self.is_zero and all(is_no_reason(a.row.note) for a in self.rows)

    @property
    def is_silent(self) -> bool:
        """The same as a form tells it, which knows a reason by its being more than one character."""
        return self.is_zero and all(len(a.row.note) < 2 for a in self.rows)

    @property
    def is_zero(self) -> bool:
        return bool(self.rows) and not any(a.row.base or a.row.report for a in self.rows)


def stated(result: Result) -> list[Stated]:
    """What the guide requires, each with its rows; nothing where it asks for nothing."""
    required = result.guide.required_pollutants
    if not required or not result.quantities.pollutants or not _is_asked(result):
        return []
    full = [a for a in result.quantities.pollutants if None not in (a.row.base, a.row.report)]
    return [Stated(each, [a for a in full if each.takes(a.pollutant.item, a.pollutant.medium)]) for each in required]


def _is_asked(result: Result) -> bool:
    return any(one.state != "not_applicable" and uses_pollutants(one.node) for one in result.indicators)
