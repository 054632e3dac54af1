"""The energy that an enterprise uses most: what a boss counts in, where a standard counts coal equivalent."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.places import times
from ...assessment.result import Result
from ...messages import Text
from ...standard.units import unit_label

#: Amounts that differ by less are alike, as programs compare them.
ALIKE = 0.999999999999
#: What a row is called, by its table and place.
Name = Callable[[str, int], str]
#: The tables whose rows make up primary energy: the column that says how much, and the field that names a row.
ENERGIES = {"activity": ("tce_report", "name"), "energy": ("eq_report", "energy")}


class MainFuel(NamedTuple):
    """The row of most energy, be it fuel, power or heat: its table and place there, its tce and its reported amount, its
    unit and name. may_be_replaced: by power that is not fossil; of power and of biomass that says nothing new."""

    table: str
    place: int
    tce: float
    amount: float
    said: str
    may_be_replaced: bool


class Entry(NamedTuple):
    """A row that makes up primary energy: its tce in the report period, its table and place there, and whether it is a fossil fuel or heat."""

    tce: float
    table: str
    place: int
    is_fossil: bool


def energies_of(result: Result) -> list[Entry]:
    """As far as their tce is known."""
    found = []
    for place, (bill, typed) in enumerate(zip(result.quantities.activity, result.assessment.activity, strict=True)):
        fossil = bill.share_non_fossil == 0 and typed.kind != "electricity"
        found.append((times(bill.tce, bill.share_of_total).report, "activity", place, fossil))
    for place, row in enumerate(result.quantities.energies):
        fossil = row.share_non_fossil == 0 and not row.energy.is_electricity
        found.append((times(row.tce, row.share_of_total).report, "energy", place, fossil))
    return [Entry(tce, table, place, fossil) for tce, table, place, fossil in found if tce is not None]


def main_fuel(result: Result, t: Callable[[Text], str], name: Name | None) -> MainFuel | None:
    """Of what is bought and what is own alike, as both make up the total; none where two rows are as large."""
    found = [entry for entry in energies_of(result) if entry.tce > 0]
    most = max(found, default=None)
    if most is None or sum(entry.tce >= most.tce * ALIKE for entry in found) > 1:
        return None
    typed = getattr(result.assessment, most.table)[most.place]
    called = name(most.table, most.place) if name else getattr(typed, ENERGIES[most.table][1])
    if not called:  # power and heat need no name
        called = t(ACTIVITY_KINDS[typed.kind])
    said = f"{t(unit_label(typed.unit))} {called}"
    return MainFuel(most.table, most.place, most.tce, typed.report or 0.0, said, most.is_fossil)
