"""Rows of pollutants and energy, understood, and the factors that they and the gases rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..messages import Text
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import greenhouse as ghg
from ..standard.heat_values import heat_unit
from ..standard.own_values import own_pollutant
from ..standard.units import BY_CODE
from .places import Factor, Pair, total
from .tables import EnergyRow, OwnEquivalentRow, PollutantRow


@dataclass(frozen=True)
class PollutantAmount:
    """A pollutant row, understood: the pollutant, its amounts in the table's unit and its equivalents."""

    row: PollutantRow
    place: str
    pollutant: eq.Pollutant
    amounts: Pair
    equivalents: Pair
    lacking: Text | None = None

    @property
    def kind(self) -> str:
        return self.pollutant.kind


@dataclass(frozen=True)
class EnergyAmount:
    """An energy row, understood: standard coal (t), and whether and how it counts."""

    row: EnergyRow
    place: str
    energy: energies.Energy
    coefficient: float
    tce: Pair
    share_of_total: float
    share_non_fossil: float
    #: The same by the other counting of green power.
    share_otherwise: float

    @property
    def unit(self) -> str:
        """What the coefficient is for: the unit of the table, or standard coal itself."""
        return "kgce" if BY_CODE[self.row.unit].dimension == "coal" else self.energy.unit


def energy_heat_value(row: EnergyRow) -> float | None:
    """The row's own heat value in kJ per kg or m3."""
    if row.net_calorific_value is None or not row.net_calorific_value_unit:
        return row.net_calorific_value
    return row.net_calorific_value * heat_unit(row.net_calorific_value_unit, BY_CODE[row.unit].dimension).kj


def own_of(row: OwnEquivalentRow) -> eq.Pollutant:
    """The pollutant that a row of own equivalent values declares."""
    return own_pollutant(row.pollutant, row.medium, row.value, row.unit, row.source)


def recorded(rows: Iterable[PollutantAmount]) -> Iterable[tuple[eq.Pollutant, Pair]]:
    """What is recorded and not counted, the rows of one pollutant added."""
    found: dict[eq.Pollutant, list[Pair]] = {}
    for row in rows:
        if row.kind == eq.RECORDED:
            found.setdefault(row.pollutant, []).append(row.amounts)
    return ((pollutant, total(pairs)) for pollutant, pairs in found.items())


def factors_of(
    pollutants: Iterable[PollutantAmount],
    gases: Iterable[tuple[ghg.Gas, Pair]],
    energy: Iterable[EnergyAmount],
    gwp_set: str,
) -> Iterable[Factor]:
    for row in pollutants:
        p = row.pollutant
        if p.kind == eq.RECORDED:
            continue
        yield Factor("equivalent_value", p.name, p.value, p.unit, p.source, p.own)
    for gas, _ in gases:
        yield Factor("gwp", gas.name, ghg.gwp(gas, gwp_set), "t CO2e/t", f"{gwp_set}; {gas.source}")
    for e in energy:
        own = e.row.coefficient is not None or e.row.net_calorific_value is not None
        yield Factor(
            "tce", e.energy.name, e.coefficient, f"kgce/{e.unit}", e.row.source if own else e.energy.source, own
        )
