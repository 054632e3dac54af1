"""The energies that papers name, as rows of the form: a fuel, power, heat, or recovered heat and pressure."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from ..assessment.kinds import table_fuel
from ..errors import JwdtError
from ..messages import Text
from ..standard.energy import GRID, MEDIUM, Energy, find_energy
from ..standard.names import fold
from ..standard.statistics import GROWN
from ..standard.units import BY_CODE, Unit
from .cells import without_brackets

#: The units of statistics for what GB/T 2589 counts by kg, m3, MJ and kWh.
_BY_FORM = {"kg": "t", "m3": "万m3", "MJ": "GJ", "kWh": "万kWh"}
#: How many kgce per kg, m3, MJ or kWh the coefficient of a paper (tce per t, 10^4 m3, GJ, 10^4 kWh) is.
_PER_FORM = {"t": Fraction(1), "万m3": Fraction(1, 10), "GJ": Fraction(1), "万kWh": Fraction(1, 10)}
#: In tonnes steam is no amount of heat, and media like compressed air are no energy of their own.
STEAM = "steam_low_pressure"
POWER, HEAT, RESIDUAL = "electricity_equivalent", "heat_equivalent", "residual_heat_pressure"


class Named(NamedTuple):
    """An energy of a paper: what it is, and the unit that forms give it in."""

    energy: Energy
    unit: Unit

    def row(self, feedstock: bool = False) -> tuple[str, dict[str, Any]]:
        """The table and the fields of its row."""
        if self.energy.code == POWER:
            return "activity", {"kind": "electricity", "origin": GRID}
        if self.energy.code == HEAT:
            return "activity", {"kind": "heat"}
        if self.energy.code == RESIDUAL:
            return "residual_energy", {"kind": self.energy.name.zh}
        fields: dict[str, Any] = {"kind": "fuel", "name": name_of(self.energy)}
        if feedstock:
            fields["feedstock"] = True
        elif self.energy.code in GROWN:
            fields["biomass"] = True
        return "activity", fields

    def takes(self, unit: Unit) -> bool:
        """Whether its amounts may be in a unit; a fuel's may be standard coal already."""
        return unit.dimension == self.unit.dimension or (
            unit.dimension == "coal" and self.row()[1].get("kind") == "fuel"
        )

    @property
    def takes_coefficient(self) -> bool:
        return self.energy.code not in (POWER, RESIDUAL)

    def coefficient(self, tce: Fraction) -> Fraction:
        """kgce per unit of GB/T 2589, of tce per unit of the form."""
        return tce * _PER_FORM[self.unit.code]


@cache
def name_of(energy: Energy) -> str:
    """The name under which both tables, of fuels and of energies, know it."""
    fuel = table_fuel(energy.name.zh)
    plain = without_brackets(energy.name.zh) or energy.name.zh
    for name in (fuel.name.zh if fuel else "", plain):
        try:
            if name and find_energy(name).code == energy.code:
                return name
        except JwdtError:
            continue
    return energy.name.zh


@cache
def find(name: str) -> Named | None:
    """The energy of a name as papers print it, with or without remarks in brackets; None where it is none."""
    folded = fold(name).lstrip("#*")
    folded = folded.removeprefix("其中:").removeprefix("其中")
    for each in (folded, without_brackets(folded)):
        try:
            energy = find_energy(each)
        except JwdtError:
            continue
        if energy.unit in _BY_FORM and energy.code != STEAM and (energy.fossil != MEDIUM or energy.code == RESIDUAL):
            return Named(energy, BY_CODE[_BY_FORM[energy.unit]])
    return None


def wrong_unit(unit: str, named: Named) -> Text:
    """A unit that does not measure an energy."""
    text = Text(
        "“{n}”的单位不能是“{u}”，应为 {w} 或同类单位 — 请核对",
        "the unit of “{n}” cannot be “{u}”, must be {w} or one that measures the same — check it",
    )
    return text.fill(n=named.energy.name, u=unit, w=named.unit.code)
