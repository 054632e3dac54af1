"""Heat of steam in tonnes, by pressure and temperature: t × (h − 83.74) / 1000, h the enthalpy of the steam, kJ/kg.

83.74 kJ/kg is the water at 20 °C (GB/T 32151 series). The table was computed by IAPWS-IF97 (iapws 1.5.5): for each
pressure the temperature of saturation and the enthalpy at so many degrees above it; between its points it is bilinear,
along the line of saturation linear, within 0.5 % of IF97.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, number
from .names import table

WATER_AT_20 = 83.74
#: The heat of a tonne of water at 20 °C stands in every result; nothing gauges below this: absolute pressure, MPa.
LEAST_PRESSURE = 0.1


class Place(NamedTuple):
    """Where steam lies in the table: its row and column (from 0) and how far to the next of each."""

    row: int
    share: float
    superheat: float
    column: int
    part: float


@cache
def rows() -> tuple[tuple[float, float, tuple[float, ...]], ...]:
    """Pressure (MPa), temperature of saturation (°C), enthalpies by superheat."""
    return tuple(
        (float(row["pressure_mpa"]), float(row["saturation_c"]), tuple(float(row[f"h_{k}"]) for k in superheats()))
        for row in table("steam")
    )


@cache
def superheats() -> tuple[int, ...]:
    return tuple(int(name.removeprefix("h_")) for name in table("steam")[0] if name.startswith("h_"))


def place(pressure: float, temperature: float | None = None) -> Place:
    """The place of an absolute pressure (MPa) and a temperature (°C; None: saturated)."""
    if pressure < LEAST_PRESSURE:
        raise JwdtError(
            Text(
                "压力须为绝对压力，不低于 {l} MPa，实为 {v}；表压须加大气压 0.1 MPa",
                "pressure must be absolute, {l} MPa or more, got {v}; to a gauge pressure add 0.1 MPa",
            ).fill(l=number(LEAST_PRESSURE), v=number(pressure)),
            "impossible-pressure",
        )
    if pressure > rows()[-1][0]:
        raise _outside(Text("压力", "pressure"), pressure, rows()[-1][0], "MPa")
    row, share = _between([row[0] for row in rows()], pressure)
    saturation = _mixed(rows()[row][1], rows()[row + 1][1], share)
    superheat = 0.0 if temperature is None else temperature - saturation
    if superheat < 0:
        raise JwdtError(
            Text(
                "{p} MPa 的饱和温度是 {s} °C，{v} °C 不是蒸汽；饱和蒸汽的温度请空白",
                "steam of {p} MPa is saturated at {s} °C, {v} °C is water; leave saturated steam blank",
            ).fill(p=number(pressure), s=number(round(saturation, 1)), v=number(temperature or 0.0)),
            "below-saturation",
        )
    if superheat > superheats()[-1]:
        raise _outside(Text("温度", "temperature"), temperature or 0.0, saturation + superheats()[-1], "°C")
    column, part = _between(superheats(), superheat)
    return Place(row, share, superheat, column, part)


@lru_cache(maxsize=1024)  # a column is of a few pressures
def enthalpy(pressure: float, temperature: float | None = None) -> float:
    """kJ/kg of steam at an absolute pressure (MPa) and a temperature (°C; None: saturated)."""
    at = place(pressure, temperature)
    below, above = (
        _mixed(rows()[row][2][at.column], rows()[row][2][at.column + 1], at.part) for row in (at.row, at.row + 1)
    )
    return _mixed(below, above, at.share)


def steam_gj(tonnes: float, pressure: float, temperature: float | None = None) -> float:
    """GJ of so many tonnes of steam above water of 20 °C."""
    return tonnes * (enthalpy(pressure, temperature) - WATER_AT_20) / 1000


def _between(points: list[float] | tuple[int, ...], value: float) -> tuple[int, float]:
    """The last point not above a value, but one, and how far the value is on the way to the next."""
    lower = min(bisect_right(points, value) - 1, len(points) - 2)
    return lower, (value - points[lower]) / (points[lower + 1] - points[lower])


def _mixed(one: float, other: float, share: float) -> float:
    return one + (other - one) * share


def _outside(what: Text, value: float, most: float, unit: str) -> JwdtError:
    return JwdtError(
        Text("{w} {v} {u} 超出蒸汽表(至 {m})", "{w} {v} {u} is beyond the steam table (up to {m})").fill(
            w=what, v=number(value), u=unit, m=number(round(most, 1))
        ),
        "outside-steam-table",
    )
