"""What numbers of the enterprise's own usually are: heat values of fuels, emission factors of power, heat and processes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..standard import energy as energies
from ..standard import process
from ..standard.fuels import CO2_PER_C, TABLES, Fuel
from ..standard.heat_values import HEAT_UNITS
from ..standard.names import fold
from ..standard.units import BY_CODE
from .bill_row import ActivityRow
from .kinds import ElectricityKind, HeatKind, fuel_unit, kind_of, table_fuel

#: GJ in one tce.
GJ_PER_TCE = energies.KJ_PER_KGCE / 1000
#: How far a measured heat value may lie from the printed ones: coals of one kind differ by about this much.
TOLERANCE = 0.5
#: An own process factor this many times off the default is questioned.
PROCESS_TOLERANCE = 5.0
#: Where nothing printed says what the least is, in tables of numbers.
ABSENT = 1_000_000


class Heat(NamedTuple):
    """How the heat value of fuels is given in a dimension: its unit, what is plausible, tce in 1000 of the coefficient.

    slips: what people type instead, and how much of the right unit that is.
    """

    unit: str
    low: float
    high: float
    coefficient_unit: str
    per_coefficient: float
    slips: tuple[tuple[str, float], ...]


HEAT = {
    "mass": Heat(
        "GJ/t",
        5.0,
        60.0,
        "kgce/kg",
        GJ_PER_TCE,
        ((*((unit, HEAT_UNITS[unit].gj) for unit in ("GJ/t", "kJ/kg", "kcal/kg")), ("kgce/kg", GJ_PER_TCE))),
    ),
    "volume": Heat(
        "GJ/10^4 Nm3",
        20.0,
        500.0,
        "kgce/m3",
        10 * GJ_PER_TCE,
        (
            ("GJ/10^4 Nm3", 1.0),
            *((unit, HEAT_UNITS[unit].gj) for unit in ("MJ/m3", "kJ/m3", "kcal/m3")),
            ("kgce/m3", 10 * GJ_PER_TCE),
        ),
    ),
}
#: Emission factors of power that a grid or supplier can have, and of heat.
FACTORS = {ElectricityKind: (0.1, 1.3, "tCO2/MWh"), HeatKind: (0.02, 0.3, "tCO2/GJ")}
#: No carbon has more than 44/12 t CO2 per t.
MOST_OF_A_PROCESS = CO2_PER_C * 1.01


def clamped(heat: Heat, printed: list[float]) -> tuple[float, float]:
    """What a heat value may be, about the printed ones."""
    return max(heat.low, min(printed) * (1 - TOLERANCE)), min(heat.high, max(printed) * (1 + TOLERANCE))


def usual_heat(row: ActivityRow) -> tuple[float, float]:
    """What a fuel's heat value may be: about the printed ones of its dimension where there are any."""
    return _of_name(row.name, BY_CODE[row.unit].dimension) if kind_of(row).is_fuel else (0.0, 0.0)


def near(printed: Iterable[float], dimension: str) -> tuple[float, float]:
    """What a heat value may be by the printed ones; nothing where there are none."""
    values = list(printed)
    return clamped(HEAT[dimension], values) if values and dimension in HEAT else (ABSENT, 0.0)


@lru_cache(maxsize=1024)
def _of_name(name: str, dimension: str) -> tuple[float, float]:
    heat, row = HEAT.get(dimension, HEAT["mass"]), ActivityRow(kind="fuel", name=name)
    printed = [f.net_calorific_value for f in defaults(name) if BY_CODE[fuel_unit(f)].dimension == dimension]
    energy = kind_of(row).energy(row) if name else None
    if energy is not None and energy.low and energy.high and BY_CODE[energy.unit].dimension == dimension:
        printed += [energy.low * heat.per_coefficient, energy.high * heat.per_coefficient]
    return clamped(heat, printed) if printed else (heat.low, heat.high)


def defaults(name: str) -> list[Fuel]:
    """The fuel's default parameters in the tables that have it."""
    return [fuel for fuel in (table_fuel(name, table) for table in TABLES) if fuel is not None]


def usual_factor(row: ActivityRow) -> tuple[float, float, str]:
    """What the own factor of power, heat or a process may be: lowest, highest, unit."""
    return FACTORS.get(type(kind_of(row))) or _of_process(row.name)


def _of_process(name: str) -> tuple[float, float, str]:
    """Near the default of the process."""
    known = next((f for f, names in process.named_processes() if fold(name) in map(fold, names)), None)
    if known is None or known.value is None:
        return 0.0, MOST_OF_A_PROCESS, "tCO2/t"
    return known.value / PROCESS_TOLERANCE, min(known.value * PROCESS_TOLERANCE, MOST_OF_A_PROCESS), "tCO2/t"
