"""Rows of pollutants and energy, understood, and the factors that they and the gases rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..messages import Text
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import greenhouse as ghg
from .places import Factor, Pair
from .tables import EnergyRow, PollutantRow


@dataclass(frozen=True)
class PollutantAmount:
    """A pollutant row, understood: the pollutant, its amounts in the table's unit and its equivalents."""

    row: PollutantRow
    place: str
    pollutant: eq.Pollutant
    amounts: Pair
    equivalents: Pair
    lacking: Text | None = None


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


def factors_of(
    pollutants: Iterable[PollutantAmount],
    gases: Iterable[tuple[ghg.Gas, Pair]],
    energy: Iterable[EnergyAmount],
    gwp_set: str,
) -> Iterable[Factor]:
    for row in pollutants:
        p = row.pollutant
        yield Factor("equivalent_value", p.name, p.value, p.unit, p.source, p.own)
    for gas, _ in gases:
        yield Factor("gwp", gas.name, ghg.gwp(gas, gwp_set), "t CO2e/t", f"{gwp_set}; {gas.source}")
    for e in energy:
        own = e.row.coefficient is not None or e.row.net_calorific_value is not None
        yield Factor(
            "tce", e.energy.name, e.coefficient, f"kgce/{e.energy.unit}", e.row.source if own else e.energy.source, own
        )
