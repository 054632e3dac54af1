"""The part of a quantity that an indicator counts only: a medium, named pollutants, materials or energies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..standard import energy as energies
from ..standard.equivalents import find_pollutant
from ..standard.guide import Guide
from ..standard.quantities import Parameters, Quantity
from .activity import ActivityAmount
from .amounts import EnergyAmount
from .bill_row import ActivityRow
from .kinds import kind_of
from .model import Assessment, InputValue
from .places import Pair, times, total
from .quantities import Quantities, chosen_media

#: Tables whose rows have names of the enterprise's own, found in no list.
OWN_NAMES = ("materials", "residual_energy")


def part_of(part: Quantity, assessment: Assessment, amounts: Quantities) -> Pair:
    """The part of a quantity: missing where no row is of it, or one of them is blank."""
    return _PARTS[part.whole](part.only, assessment, amounts)


def entered_of(guide: Guide, assessment: Assessment) -> dict[str, Pair]:
    """What the guide asks for itself, by the key of the quantity; what is not entered is missing."""
    nothing = InputValue()
    return {each.key: Pair(*assessment.inputs.get(each.code, nothing)[:2]) for each in guide.inputs}


def same_name(name: str) -> str:
    """In which form names of an enterprise's own are compared: as spreadsheets do, blind to case."""
    return name.strip().lower()


def _equivalents(only: Parameters, assessment: Assessment, amounts: Quantities) -> Pair:
    """Of a medium after the overlap rule; of named pollutants, which do not overlap, all."""
    if not only.pollutants:
        return chosen_media(amounts.media, amounts.pollutants, only.medium)
    items = {find_pollutant(name, only.medium or None).item for name in only.pollutants}
    return total([row.equivalents for row in amounts.pollutants if row.pollutant.item in items])


def _materials(only: Parameters, assessment: Assessment, amounts: Quantities) -> Pair:
    names = (row.material for row in assessment.materials)
    return _named(only.materials, zip(names, amounts.material_rows, strict=True))


def _residual(only: Parameters, assessment: Assessment, amounts: Quantities) -> Pair:
    kinds = (row.kind for row in assessment.residual_energy)
    return _named(only.energies, zip(kinds, amounts.residual_rows, strict=True))


def _named(wanted: Iterable[str], rows: Iterable[tuple[str, Pair]]) -> Pair:
    listed = list(rows)
    counted = names_of([name for name, _ in listed], wanted)
    return total([pair for (_, pair), here in zip(listed, counted, strict=True) if here])


def names_of(names: Iterable[str], wanted: Iterable[str]) -> list[bool]:
    """Which names are among those wanted; all where none is."""
    only = {same_name(name) for name in wanted}
    return [not only or same_name(name) in only for name in names]


def _primary(only: Parameters, assessment: Assessment, amounts: Quantities) -> Pair:
    return total([times(row.tce, row.share_of_total) for row in _energies(only, amounts)])


def _nonfossil(only: Parameters, assessment: Assessment, amounts: Quantities) -> Pair:
    return total([times(row.tce, row.share_of_total * row.share_non_fossil) for row in _energies(only, amounts)])


def _energies(only: Parameters, amounts: Quantities) -> Iterator[EnergyAmount | ActivityAmount]:
    wanted = energies_of(only)
    yield from (row for row in amounts.energies if wanted(row))
    yield from (bill for bill in amounts.activity if wanted(bill))


def energies_of(only: Parameters) -> Callable[[EnergyAmount | ActivityAmount], bool]:
    """Which rows of energy are among those counted; all where none is named."""
    codes = {energies.find_energy(name).code for name in only.energies}

    def wanted(row: EnergyAmount | ActivityAmount) -> bool:
        code = energy_of(row.row) if isinstance(row, ActivityAmount) else row.energy.code
        return not codes or code in codes

    return wanted


def energy_of(bill: ActivityRow) -> str:
    """The energy of a bill by its code in GB/T 2589; nothing for processes and fuels that it does not list."""
    kind = kind_of(bill)
    if kind.is_electricity:
        return energies.ELECTRICITY
    energy = kind.energy(bill)
    return energy.code if energy else ""


_PARTS: dict[str, Callable[[Parameters, Assessment, Quantities], Pair]] = {
    "equivalents": _equivalents,
    "material_kg": _materials,
    "residual_kj": _residual,
    "primary_tce": _primary,
    "nonfossil_tce": _nonfossil,
}
