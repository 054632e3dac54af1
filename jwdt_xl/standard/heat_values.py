"""Units of heat values of fuels: GJ per t or 10^4 m3, and what laboratories and invoices state instead."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, one_of

#: kJ in a kcal.
KCAL = 4.1868


class HeatUnit(NamedTuple):
    """A unit of heat values: what it is of, and how many GJ per t or 10^4 m3 one of it is."""

    label: Text
    dimension: str
    gj: float

    @property
    def kj(self) -> float:
        """The same in kJ per kg or m3."""
        return self.gj * KJ_PER_UNIT[self.dimension]


#: kJ per kg or m3 in a GJ per t or 10^4 m3.
KJ_PER_UNIT = {"mass": 1000.0, "volume": 100.0}


def _same(code: str) -> Text:
    return Text(code, code)


HEAT_UNITS = {
    "GJ/t": HeatUnit(_same("GJ/t"), "mass", 1.0),
    "MJ/kg": HeatUnit(_same("MJ/kg"), "mass", 1.0),
    "kJ/kg": HeatUnit(_same("kJ/kg"), "mass", 1e-3),
    "kcal/kg": HeatUnit(_same("kcal/kg"), "mass", KCAL / 1000),
    "GJ/万m3": HeatUnit(Text("GJ/万m3", "GJ/10^4 m3"), "volume", 1.0),
    "MJ/m3": HeatUnit(_same("MJ/m3"), "volume", 10.0),
    "kJ/m3": HeatUnit(_same("kJ/m3"), "volume", 1e-2),
    "kcal/m3": HeatUnit(_same("kcal/m3"), "volume", KCAL / 100),
}


def heat_unit(code: str, dimension: str) -> HeatUnit:
    """The unit of a heat value, which must be of what the amount measures."""
    unit = HEAT_UNITS[code]
    if unit.dimension != dimension:
        fitting = [(c, u.label) for c, u in HEAT_UNITS.items() if u.dimension == dimension]
        raise JwdtError(
            Text("热值单位须为 {p} 之一，实为“{g}”", "the unit of the heat value must be one of {p}, got “{g}”").fill(
                p=one_of(fitting, " / "), g=unit.label
            )
            if fitting
            else Text("数量的单位没有热值：请删去热值单位", "the amount's unit has no heat value: clear its unit"),
            "impossible-heat-unit",
        )
    return unit
