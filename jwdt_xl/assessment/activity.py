"""Bills: what was burnt, bought, sold and processed, entered once and used for both emissions and energy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import JwdtError
from ..messages import Text
from ..standard import energy as energies
from ..standard import fuels, power, process
from ..standard.energy import GRID, SOLD
from ..standard.units import BY_CODE, find_unit
from .model import ActivityRow
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


def _own(row: ActivityRow, value: float, unit: str) -> Factor:
    name = row.name or row.kind
    return Factor("co2", Text(name, name), value, unit, row.source or row.evidence, own=True)


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
            row.source if own is not None or table is None else f"{table.table}: {table.source}",
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
        with at_field("coefficient"):
            if row.coefficient is not None:
                raise JwdtError(
                    Text(
                        "全部电力用同一折标系数：请改用选项 electricity_coefficient",
                        "all electricity converts alike: use option electricity_coefficient",
                    ),
                    "electricity-coefficient",
                )
        return conventions.electricity, ()
    if row.feedstock:
        return 0.0, ()
    if row.kind == "fuel" and row.coefficient is None and row.net_calorific_value is not None:
        value = row.net_calorific_value * _KJ[unit] / energies.KJ_PER_KGCE
        return value, (Factor("tce", Text(row.name, row.name), value, "kgce", row.source, own=True),)
    with at_field("name"):
        energy = _energy(row)
    if energy is None and row.coefficient is not None:
        return row.coefficient, (
            Factor("tce", Text(row.name, row.name), row.coefficient, "kgce", row.source, own=True),
        )
    if energy is None:
        return _by_default_heat(row, unit, conventions)
    with at_field("unit"):
        find_unit(row.unit, [BY_CODE[energy.unit].dimension])
    with at_field("coefficient"):
        value = energies.coefficient(energy, row.coefficient)
    source = row.source if row.coefficient is not None else energy.source
    own = row.coefficient is not None
    return value, (
        Factor("tce", energy.name, value, f"kgce/{energy.unit}", source, own, "" if own else energy.confidence),
    )


def _energy(row: ActivityRow) -> energies.Energy | None:
    """The energy of GB/T 2589 that a row burns or buys; None for fuels it does not list."""
    if row.kind == "heat":
        return energies.find_energy(row.name or "热力")
    try:
        return energies.find_energy(_name(row))
    except JwdtError:
        return None


def _by_default_heat(row: ActivityRow, unit: str, conventions: Conventions) -> tuple[float, tuple[Factor, ...]]:
    """A fuel that GB/T 2589 does not list converts by its heat value [choice]."""
    with at_field("name"):
        fuel = fuels.find_fuel(row.name, conventions.fuel_table)
    value = fuel.net_calorific_value * _KJ[unit] / energies.KJ_PER_KGCE
    return value, (Factor("tce", fuel.name, value, "kgce", f"{fuel.table}: {fuel.source}", confidence=fuel.confidence),)


def _shares(row: ActivityRow, conventions: Conventions) -> tuple[float, float]:
    """How much of a row counts in total primary energy (−1 where sold) and in its non-fossil part."""
    if row.kind == "process" or row.feedstock:
        return 0.0, 0.0
    if row.origin == SOLD:
        return -1.0, 0.0
    if row.kind == "electricity":
        return 1.0, conventions.grid_share if row.origin == GRID else 1.0
    energy = _energy(row)
    if energy is not None and energy.fossil == energies.MEDIUM:
        return 0.0, 0.0
    stated = bool(row.non_fossil) and has_evidence(row)
    free = energy is None or energy.fossil == energies.DEPENDS
    grown = bool(row.biomass) or (energy is not None and energy.fossil == energies.NONFOSSIL)
    return 1.0, 1.0 if grown or (stated and free and not _is_fossil_fuel(row, conventions)) else 0.0


def _is_fossil_fuel(row: ActivityRow, conventions: Conventions) -> bool:
    """Every fuel of the default tables is fossil."""
    if row.kind != "fuel":
        return False
    try:
        fuels.find_fuel(row.name, conventions.fuel_table)
    except JwdtError:
        return False
    return True
