"""Plausible numbers of bills: heat values, carbon and own factors that can be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ...messages import INFO, WARNING, Finding, Text, joined, number
from ...standard import energy as energies
from ...standard import process
from ...standard.fuels import CO2_PER_C, TABLES, Fuel, find_fuel
from ...standard.names import fold
from ...standard.units import BY_CODE
from ..kinds import WITHOUT_EMISSIONS, ElectricityKind, HeatKind, kind_of, table_fuel
from ..tables import ActivityRow
from .bills import labels
from .energy import LEAST_CARBON, MOST_CARBON
from .rows import name_of

if TYPE_CHECKING:
    from ..result import Result

#: GJ in one tce.
_GJ_PER_TCE = energies.KJ_PER_KGCE / 1000
#: How far a fuel's t CO2 per tce may lie from that of its default parameters.
CARBON_TOLERANCE = 0.3
#: How far a measured heat value may lie from the printed ones: coals of one kind differ by about this much.
HEAT_TOLERANCE = 0.5
#: Energies of GB/T 2589 that the default tables list under another name, or that burn like one of theirs.
_BURN_LIKE = {
    "raw_coal": "烟煤",
    "coal_middlings": "其它洗煤",
    "coal_slime": "其它洗煤",
    "lng": "天然气",
    "natural_gas_oilfield": "天然气",
    "natural_gas_gasfield": "天然气",
}


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


_HEAT = {
    "mass": Heat(
        "GJ/t",
        5.0,
        60.0,
        "kgce/kg",
        _GJ_PER_TCE,
        (("GJ/t", 1.0), ("kJ/kg", 1e-3), ("kcal/kg", 4.1868e-3), ("kgce/kg", _GJ_PER_TCE)),
    ),
    "volume": Heat(
        "GJ/10^4 Nm3",
        20.0,
        500.0,
        "kgce/m3",
        10 * _GJ_PER_TCE,
        (
            ("GJ/10^4 Nm3", 1.0),
            ("MJ/m3", 10.0),
            ("kJ/m3", 1e-2),
            ("kcal/m3", 4.1868e-2),
            ("kgce/m3", 10 * _GJ_PER_TCE),
        ),
    ),
}
#: Emission factors of power that a grid or supplier can have, and of heat.
_FACTORS = {ElectricityKind: (0.1, 1.3, "tCO2/MWh"), HeatKind: (0.02, 0.3, "tCO2/GJ")}
#: An own process factor this many times off the default is questioned.
PROCESS_TOLERANCE = 5.0


def _usual_heat(row: ActivityRow, heat: Heat) -> tuple[float, float]:
    """What a fuel's heat value may be: about the printed ones where there are any."""
    printed = [fuel.net_calorific_value for fuel in _defaults(row.name)]
    energy = kind_of(row).energy(row)
    if energy is not None and energy.low and energy.high:
        printed += [energy.low * heat.per_coefficient, energy.high * heat.per_coefficient]
    if not printed:
        return heat.low, heat.high
    return max(heat.low, min(printed) * (1 - HEAT_TOLERANCE)), min(heat.high, max(printed) * (1 + HEAT_TOLERANCE))


def _defaults(name: str) -> list[Fuel]:
    """The fuel's default parameters in the tables that have it."""
    return [fuel for fuel in (table_fuel(name, table) for table in TABLES) if fuel is not None]


def heat_values(result: Result) -> Iterator[Finding]:
    """Own heat values and coefficients of fuels that cannot be, with the unit they were probably typed in."""
    for bill in result.quantities.activity:
        row = bill.row
        if not bill.kind.is_fuel:
            continue
        heat = _HEAT[BY_CODE[row.unit].dimension]
        low, high = _usual_heat(row, heat)
        for field, unit, scale in (
            ("net_calorific_value", heat.unit, 1.0),
            ("coefficient", heat.coefficient_unit, heat.per_coefficient),
        ):
            value = getattr(row, field)
            if value is None or low <= value * scale <= high:
                continue
            typed = [(u, value * f) for u, f in heat.slips if low <= value * f <= high and u != unit]
            shown = [Text(f"{u}(= {number(v / scale)})", f"{u} (= {number(v / scale)})") for u, v in typed]
            slip = (
                Text("，很可能填成了 {u}", ", probably typed in {u}").fill(u=joined(shown)) if typed else Text("", "")
            )
            text = Text(
                "“{n}”的{f}为 {v} {w}，通常在 {a}–{b}{s}；请核对数值和单位",
                "“{n}”: {f} {v} {w}, usual are {a}–{b}{s}; check value and unit",
            ).fill(
                n=name_of("activity", row),
                f=labels([field]),
                v=number(value),
                w=unit,
                a=number(low / scale, 3),
                b=number(high / scale, 3),
                s=slip,
            )
            yield Finding(WARNING, "implausible-heat-value", f"{bill.place}.{field}", text, "objectivity")


def carbon_per_tce(result: Result) -> Iterator[Finding]:
    """t CO2 per tce of each fuel, against that of its default parameters."""
    for bill in result.quantities.activity:
        row = bill.row
        if not bill.kind.is_fuel or not bill.factor or not bill.kgce or not bill.share_of_total:
            continue
        # kgce per kg is tce per t; kgce per m3 is a tenth of tce per 10^4 m3.
        tce = bill.kgce * (1 if BY_CODE[row.unit].dimension == "mass" else 10)
        low, high = _usual_carbon(row)
        if not low <= bill.factor / tce <= high:
            text = Text(
                "“{n}”每吨标准煤排放 {v} t CO2，通常在 {a}–{b}；请核对热值、含碳量、自有因子和折标系数是否属于同一燃料",
                "“{n}” emits {v} t CO2 per tce, usual are {a}–{b}; check whether heat value, carbon content, own factor and coefficient are of the same fuel",
            ).fill(n=name_of("activity", row), v=number(bill.factor / tce), a=number(low, 3), b=number(high, 3))
            own = next(
                (name for name in ("emission_factor", "carbon_content") if getattr(row, name) is not None), "name"
            )
            yield Finding(WARNING, "implausible-carbon-per-tce", f"{bill.place}.{own}", text, "objectivity")


def _usual_carbon(row: ActivityRow) -> tuple[float, float]:
    energy = kind_of(row).energy(row)
    alike = _BURN_LIKE.get(energy.code) if energy else None
    found = _defaults(row.name) or ([find_fuel(alike)] if alike else [])
    usual = [fuel.carbon_content * fuel.oxidation * CO2_PER_C * _GJ_PER_TCE for fuel in found]
    if not usual:
        return LEAST_CARBON, MOST_CARBON
    return min(usual) * (1 - CARBON_TOLERANCE), max(usual) * (1 + CARBON_TOLERANCE)


def emission_factors(result: Result) -> Iterator[Finding]:
    """Own factors of power, heat and processes that cannot be."""
    for bill in result.quantities.activity:
        row, own = bill.row, bill.row.emission_factor
        if own is None or bill.kind.is_fuel or row.origin in WITHOUT_EMISSIONS:
            continue
        if own == 0 and row.origin == energies.CERTIFICATE:
            text = Text(
                "绿证电量按自有因子 0 计排放；默认仍按电网因子 [choice]，请确认基准期、基准值的口径相同",
                "power with certificates takes the own factor 0; by default it keeps the grid's [choice]: make sure that base period and benchmark do the same",
            )
            yield Finding(INFO, "certificate-factor-zero", f"{bill.place}.emission_factor", text, "transparency")
            continue
        low, high, unit = _FACTORS.get(type(bill.kind)) or _process_factors(row.name)
        # Power sold without emissions takes nothing off the total.
        if not low <= own <= high and not (own == 0 and row.origin == energies.SOLD):
            text = Text(
                "“{n}”的自有排放因子为 {v} {u}，通常在 {a}–{b}；请核对数值和单位",
                "“{n}”: own factor {v} {u}, usual are {a}–{b}; check value and unit",
            ).fill(n=name_of("activity", row), v=number(own), u=unit, a=number(low, 3), b=number(high, 3))
            yield Finding(WARNING, "implausible-emission-factor", f"{bill.place}.emission_factor", text, "objectivity")


def _process_factors(name: str) -> tuple[float, float, str]:
    """What the factor of a process may be: near its default; no carbon has more than 44/12 t CO2 per t."""
    known = next((f for f, names in process.named_processes() if fold(name) in map(fold, names)), None)
    if known is None or known.value is None:
        return 0.0, CO2_PER_C * 1.01, "tCO2/t"
    return known.value / PROCESS_TOLERANCE, min(known.value * PROCESS_TOLERANCE, CO2_PER_C * 1.01), "tCO2/t"


CHECKS = (heat_values, carbon_per_tce, emission_factors)
