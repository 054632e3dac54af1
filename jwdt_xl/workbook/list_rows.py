"""Rows of the lists that are the tables of the standard themselves: pollutants, energies, factors of the grid."""

from __future__ import annotations

from ..assessment.usual import HEAT, near
from ..standard import energy, equivalents, power
from ..standard.units import BY_CODE

Value = str | float
#: JWDT_TCE takes solids in t, gases in 10^4 m3, power in kWh, heat in GJ: what one table unit is in that.
CALL_UNITS = {"kg": 1e-3, "m3": 1e-4, "kWh": 1.0, "MJ": 1e-3, "t": 1.0}


def pollutants() -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for p, _ in equivalents.named_pollutants():
        unit = BY_CODE[p.unit]
        rows.append((unit.dimension, unit.factor, p.value, p.kind))
    return rows


def energies() -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for e in energy.energies():
        unit = BY_CODE[e.unit]
        low, high = ("" if v is None else v for v in (e.low, e.high))
        scale = HEAT[unit.dimension].per_coefficient if unit.dimension in HEAT else 1.0
        heats = near([scale * v for v in (e.low, e.high) if v] if e.low and e.high else [], unit.dimension)
        rows.append(
            (low, high, unit.dimension, unit.factor, e.fossil, int(e.is_electricity), CALL_UNITS[e.unit], *heats)
        )
    return rows


def grid() -> list[tuple[Value, ...]]:
    """Grid factors by series and year, in order, so that a count finds the latest year not after another."""
    rows: list[tuple[Value, ...]] = []
    for place, (series, _) in enumerate(power.named_series(), 1):
        rows += [(f"{place}|{y}", place, y, power.grid_factor(y, series).value) for y in power.years(series)]
    return rows
