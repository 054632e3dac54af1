"""Bills: what was burnt, bought, sold and processed, entered once and used for both emissions and energy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import JwdtError
from ..messages import Text
from ..standard import energy as energies
from ..standard import fuels, power, process
from ..standard.energy import GRID, SOLD
from ..standard.guide.options import DEFAULTS
from ..standard.names import fold
from ..standard.units import BY_CODE, find_unit
from .model import ACTIVITY_KINDS, ActivityRow
from .places import Factor, Pair, at_field, has_evidence, in_unit, times

#: The category of GB/T 32150 that a row's emissions belong to.
CATEGORIES = {
    ("fuel", False): "fuel",
    ("process", False): "process",
    ("electricity", False): "purchased_electricity",
    ("electricity", True): "exported_electricity",
    ("heat", False): "purchased_heat",
    ("heat", True): "exported_heat",
}
#: The unit in which each kind's emission factor is given; fuels take t or 10^4 Nm3.
UNITS = {"electricity": "MWh", "heat": "GJ", "process": "t"}
#: A fuel's heat value per t or 10^4 Nm3, GJ, in kJ per kg or m3.
_KJ = {"t": 1000.0, "万m3": 100.0}
#: What all bought and sold heat is in GB/T 2589: its tonnes of steam are for the user to convert.
HEAT = "热力"


@dataclass(frozen=True)
class ActivityAmount:
    """A bill, understood: CO2 (t, negative where sold), standard coal (t), how it counts, and the factors used."""

    row: ActivityRow
    place: str
    category: str
    factor: float
    co2: Pair
    kgce: float
    tce: Pair
    share_of_total: float
    share_non_fossil: float
    factors: tuple[Factor, ...]
    year: int | None = None


@dataclass(frozen=True)
class Conventions:
    """What one result uses throughout."""

    electricity: float
    grid_share: float
    fuel_table: str
    report_year: int | None


def year_of(label: str) -> int | None:
    """The year a period's label starts with."""
    found = re.match(r"\s*((?:19|20)\d\d)", label)
    return int(found.group(1)) if found else None


def understand(row: ActivityRow, place: str, conventions: Conventions) -> ActivityAmount:
    """A row with its factors; raises with the field where something cannot be read or is needed."""
    unit, kgce_unit = _units(row)
    amounts = in_unit(row.base, row.report, row.unit, BY_CODE[unit])
    sold = row.origin == SOLD
    with at_field("origin"):
        _check_origin(row)
    _check_parameters(row)
    factor, factors, year = _emission_factor(row, unit, conventions)
    kgce, more = _kgce(row, unit, conventions)
    share, non_fossil = _shares(row, conventions)
    energy_amounts = in_unit(row.base, row.report, row.unit, BY_CODE[kgce_unit])
    sign = -1.0 if sold else 1.0
    category = CATEGORIES[row.kind, sold and row.kind in ("electricity", "heat")]
    return ActivityAmount(
        row,
        place,
        category,
        factor,
        times(amounts, sign * factor),
        kgce,
        times(energy_amounts, kgce / 1000),
        share,
        non_fossil,
        (*factors, *more),
        year,
    )


def _units(row: ActivityRow) -> tuple[str, str]:
    """The units in which the emission factor and the coefficient to standard coal take the amount."""
    if row.kind != "fuel":
        with at_field("unit"):
            find_unit(row.unit, [BY_CODE[UNITS[row.kind]].dimension])
        return UNITS[row.kind], {"electricity": "kWh", "heat": "MJ", "process": "kg"}[row.kind]
    with at_field("unit"):
        dimension = find_unit(row.unit, ["mass", "volume"]).dimension
    return ("t", "kg") if dimension == "mass" else ("万m3", "m3")


def _check_origin(row: ActivityRow) -> None:
    if row.kind == "electricity" and not row.origin:
        raise JwdtError(
            Text("电力须写明来源：{o}", "electricity needs its origin: {o}").fill(o=" | ".join(energies.ORIGINS)),
            "missing-origin",
        )
    allowed = {"electricity": energies.ORIGINS, "heat": (SOLD,)}.get(row.kind, ())
    if row.origin and row.origin not in allowed:
        raise JwdtError(
            Text("此来源不适用于该种类", "this origin does not go with this kind"), "origin-not-electricity"
        )


def _check_parameters(row: ActivityRow) -> None:
    """A heat value or coefficient of 0 would make a fuel vanish from emissions or energy."""
    for field in ("net_calorific_value", "coefficient"):
        with at_field(field):
            if getattr(row, field) == 0:
                raise JwdtError(Text("须大于 0", "must be above 0"), "bad-coefficient")


def _name(row: ActivityRow) -> str:
    if not row.name:
        raise JwdtError(Text("须填写名称", "the name is needed"), "missing-field")
    return row.name


def _emission_factor(
    row: ActivityRow, unit: str, conventions: Conventions
) -> tuple[float, tuple[Factor, ...], int | None]:
    """t CO2 per unit, where it came from, and the year of a grid factor."""
    if row.kind == "fuel":
        return (*_fuel_factor(row, unit, conventions), None)
    if row.emission_factor is not None:
        return row.emission_factor, (_own(row, row.emission_factor, f"tCO2/{unit}"),), None
    if row.kind == "electricity":
        return _grid_factor(row, conventions)
    if row.kind == "heat":
        found = process.heat_factor()
    else:
        with at_field("name"):
            found = process.find_process(_name(row))
    with at_field("emission_factor"):
        value = process.value_of(found)
    return value, (Factor("co2", found.name, value, found.unit, found.source, confidence=found.confidence),), None


def _grid_factor(row: ActivityRow, conventions: Conventions) -> tuple[float, tuple[Factor, ...], int | None]:
    if row.origin in (energies.OWN_RENEWABLE, energies.DIRECT_GREEN):
        return 0.0, (), None
    with at_field("factor_series"):
        series = power.find_series(row.factor_series) if row.factor_series else power.DEFAULT_SERIES
    with at_field("factor_year"):
        year = int(row.factor_year) if row.factor_year else power.nearest_year(conventions.report_year, series)
        found = power.grid_factor(year, series)
    name = Text(f"{found.name.zh} {found.year}", f"{found.name.en} {found.year}")
    return (
        found.value,
        (Factor("co2", name, found.value, "tCO2/MWh", found.source, confidence=found.confidence),),
        found.year,
    )


def _own(row: ActivityRow, value: float, unit: str, kind: str = "co2") -> Factor:
    """A factor of the user's own."""
    name = Text(row.name, row.name) if row.name else ACTIVITY_KINDS[row.kind]
    return Factor(kind, name, value, unit, _said(row), own=True)


def _said(row: ActivityRow) -> str:
    """Where the user's own values come from."""
    return row.source or row.evidence


def _fuel_factor(row: ActivityRow, unit: str, conventions: Conventions) -> tuple[float, tuple[Factor, ...]]:
    """t CO2 per t or 10^4 Nm3: 0 for biomass and feedstock; own parameters before the table's."""
    with at_field("name"):
        name = _name(row)
    if row.feedstock or row.biomass:
        return 0.0, ()
    if row.emission_factor is not None:
        return row.emission_factor, (_own(row, row.emission_factor, f"tCO2/{unit}"),)
    given = (row.net_calorific_value, row.carbon_content, row.oxidation)
    parameters = list(given)
    table: fuels.Fuel | None = None
    if any(value is None for value in given):
        with at_field("name"):
            table = fuels.find_fuel(name, conventions.fuel_table)
        with at_field("unit"):
            find_unit(row.unit, [BY_CODE[fuel_unit(table)].dimension])
        defaults = (table.net_calorific_value, table.carbon_content, table.oxidation)
        parameters = [default if own is None else own for own, default in zip(given, defaults, strict=True)]
    names = (
        ("低位热值", "net calorific value", f"GJ/{unit}"),
        ("含碳量", "carbon content", "tC/GJ"),
        ("氧化率", "oxidation rate", ""),
    )
    factors = tuple(
        Factor(
            "co2",
            Text(f"{name} {zh}", f"{table.name.en if table else name} {en}"),
            float(value or 0),
            u,
            _said(row) if own is not None or table is None else f"{table.table}: {table.source}",
            own=own is not None,
            confidence="" if own is not None or table is None else table.confidence,
        )
        for (zh, en, u), own, value in zip(names, given, parameters, strict=True)
    )
    heat, carbon, oxidation = (float(value or 0) for value in parameters)
    return fuels.fuel_co2(1.0, heat, carbon, oxidation), factors


def fuel_unit(fuel: fuels.Fuel) -> str:
    """The unit literal of a fuel table's amounts."""
    return "t" if fuel.unit == "t" else "万m3"


def _kgce(row: ActivityRow, unit: str, conventions: Conventions) -> tuple[float, tuple[Factor, ...]]:
    """kgce per kg, m3, kWh or MJ, and where it came from."""
    if row.kind == "process":
        return 0.0, ()
    if row.kind == "electricity":
        return _power_kgce(row, conventions)
    if row.feedstock:
        return 0.0, ()
    if row.kind == "fuel" and row.coefficient is None and row.net_calorific_value is not None:
        value = row.net_calorific_value * _KJ[unit] / energies.KJ_PER_KGCE
        return value, (_own(row, value, _kgce_unit(unit), "tce"),)
    with at_field("name"):
        energy = energy_of(row)
    if energy is None:
        if row.coefficient is not None:
            return row.coefficient, (_own(row, row.coefficient, _kgce_unit(unit), "tce"),)
        return _by_default_heat(row, unit, conventions)
    with at_field("unit"):
        find_unit(row.unit, [BY_CODE[energy.unit].dimension])
    with at_field("coefficient"):
        value = energies.coefficient(energy, row.coefficient)
    if row.coefficient is not None:
        return value, (Factor("tce", energy.name, value, f"kgce/{energy.unit}", _said(row), own=True),)
    return value, (
        Factor("tce", energy.name, value, f"kgce/{energy.unit}", energy.source, confidence=energy.confidence),
    )


def _kgce_unit(unit: str) -> str:
    return "kgce/kg" if unit == "t" else "kgce/m3"


def _power_kgce(row: ActivityRow, conventions: Conventions) -> tuple[float, tuple[Factor, ...]]:
    """All electricity takes the coefficient of the result's convention."""
    with at_field("coefficient"):
        if row.coefficient is not None:
            raise JwdtError(
                Text(
                    "全部电力用同一折标系数：请改用选项 electricity_coefficient",
                    "all electricity converts alike: use option electricity_coefficient",
                ),
                "electricity-coefficient",
            )
    power_energy = energies.find_energy("电力")
    default = conventions.electricity == DEFAULTS["electricity_coefficient"]
    source = power_energy.source if default else "option electricity_coefficient"
    confidence = power_energy.confidence if default else ""
    value = conventions.electricity
    return value, (Factor("tce", power_energy.name, value, "kgce/kWh", source, not default, confidence),)


def energy_of(row: ActivityRow) -> energies.Energy | None:
    """The energy of GB/T 2589 that a fuel is, or heat; None for fuels it does not list."""
    if row.kind == "heat":
        return energies.find_energy(HEAT)
    try:
        return energies.find_energy(_name(row))
    except JwdtError:
        return None


def _by_default_heat(row: ActivityRow, unit: str, conventions: Conventions) -> tuple[float, tuple[Factor, ...]]:
    """A fuel that GB/T 2589 does not list converts by its heat value [choice]."""
    fuel = table_fuel(row.name, conventions.fuel_table)
    if fuel is None:
        with at_field("net_calorific_value"):
            raise JwdtError(
                Text(
                    "GB/T 2589 和燃料表 {t} 中都没有“{n}”：请填实测低位热值或自有折标系数",
                    "“{n}” is neither in GB/T 2589 nor in fuel table {t}: give its heat value or an own coefficient",
                ).fill(n=row.name, t=conventions.fuel_table),
                "no-coefficient",
            )
    with at_field("unit"):
        find_unit(row.unit, [BY_CODE[fuel_unit(fuel)].dimension])
    value = fuel.net_calorific_value * _KJ[unit] / energies.KJ_PER_KGCE
    source = f"{fuel.table}: {fuel.source}"
    return value, (Factor("tce", fuel.name, value, _kgce_unit(unit), source, confidence=fuel.confidence),)


def canonical(row: ActivityRow) -> str:
    """One name for what a bill is of, whichever of its names was typed; energies by their code."""
    if row.kind == "process":
        found = next((p.key for p, names in process.named_processes() if fold(row.name) in map(fold, names)), None)
        return found or fold(row.name)
    if row.kind != "fuel":
        return fold(row.name)
    energy, fuel = energy_of(row), table_fuel(row.name)
    return energy.code if energy else fuel.name.zh if fuel else fold(row.name)


def table_fuel(name: str, *tables: str) -> fuels.Fuel | None:
    """The fuel of this name in the first of these default tables that has it (default: in any)."""
    for table in tables or fuels.TABLES:
        try:
            return fuels.find_fuel(name, table)
        except JwdtError:
            continue
    return None


def _shares(row: ActivityRow, conventions: Conventions) -> tuple[float, float]:
    """How much of a row counts in total primary energy (−1 where sold) and in its non-fossil part."""
    if row.kind == "process" or row.feedstock:
        return 0.0, 0.0
    if row.origin == SOLD:
        return -1.0, 0.0
    if row.kind == "electricity":
        return 1.0, conventions.grid_share if row.origin == GRID else 1.0
    energy = energy_of(row)
    if energy is not None and energy.fossil == energies.MEDIUM:
        return 0.0, 0.0
    grown = row.kind == "fuel" and bool(row.biomass)
    listed = energy is not None and energy.fossil == energies.NONFOSSIL
    stated = bool(row.non_fossil) and has_evidence(row) and may_be_non_fossil(row)
    return 1.0, 1.0 if grown or listed or stated else 0.0


def may_be_non_fossil(row: ActivityRow) -> bool:
    """Whether a fuel or heat depends on its origin: every fuel of the default tables is fossil."""
    energy = energy_of(row)
    if row.kind == "fuel" and table_fuel(row.name) is not None:
        return False
    return energy is None or energy.fossil == energies.DEPENDS


def is_fossil(row: ActivityRow) -> bool:
    """Whether a fuel is one of the tables' fossil fuels."""
    if row.kind != "fuel":
        return False
    energy = energy_of(row)
    return table_fuel(row.name) is not None or (energy is not None and energy.fossil == energies.FOSSIL)
