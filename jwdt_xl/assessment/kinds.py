"""The kinds of bill: fuel, electricity, heat and process. One class each says what a row needs and how it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..errors import JwdtError
from ..messages import Text
from ..standard import energy as energies
from ..standard import fuels, power, process
from ..standard.energy import GRID, SOLD
from ..standard.guide.options import DEFAULTS
from ..standard.names import fold
from ..standard.units import BY_CODE, find_unit
from .model import ACTIVITY_KINDS, ActivityRow
from .places import Factor, at_field, has_evidence

#: A fuel's heat value per t or 10^4 Nm3, GJ, in kJ per kg or m3.
_KJ = {"t": 1000.0, "万m3": 100.0}
#: What all bought and sold heat is in GB/T 2589: its tonnes of steam are for the user to convert.
HEAT_ENERGY = "热力"
#: Power that emits nothing where it is made.
WITHOUT_EMISSIONS = (energies.OWN_RENEWABLE, energies.DIRECT_GREEN)
_COMBUSTION, _GRID_FACTOR = ("carbon_content", "oxidation"), ("factor_series", "factor_year")
_HEAT_VALUE = ("net_calorific_value",)

Found = tuple[float, tuple[Factor, ...]]


@dataclass(frozen=True)
class Conventions:
    """What one result uses throughout."""

    electricity: float
    grid_share: float
    fuel_table: str
    report_year: int | None


def own_factor(row: ActivityRow, value: float, unit: str, kind: str = "co2") -> Factor:
    """A factor of the user's own."""
    name = Text(row.name, row.name) if row.name else ACTIVITY_KINDS[row.kind]
    return Factor(kind, name, value, unit, said(row), own=True)


def said(row: ActivityRow) -> str:
    """Where the user's own values come from."""
    return row.source or row.evidence


def needed_name(row: ActivityRow) -> str:
    if not row.name:
        raise JwdtError(Text("须填写名称", "the name is needed"), "missing-field")
    return row.name


class Kind:
    """What the kinds have in common: the units of factor and coefficient, the category, how rows count."""

    #: The units in which the emission factor and the coefficient to standard coal take the amount.
    unit: ClassVar[str]
    kgce_unit: ClassVar[str]
    #: The categories of GB/T 32150 of what is bought and of what is sold.
    category: ClassVar[str]
    sold_category: ClassVar[str] = ""
    #: The origins a row may have, and whether it must have one.
    origins: ClassVar[tuple[str, ...]] = ()
    needs_origin: ClassVar[bool] = False
    #: Whether its rows are energy; power that a meter counts; a fuel that is burnt, or taken as feedstock.
    is_energy: ClassVar[bool] = True
    is_electricity: ClassVar[bool] = False
    is_fuel: ClassVar[bool] = False
    #: The input whose table a weak factor comes from, and what decides whether it is non-fossil.
    factor_field: ClassVar[str] = "name"
    decided_by: ClassVar[Text] = Text("燃料种类", "its kind")

    def units(self, row: ActivityRow) -> tuple[str, str]:
        with at_field("unit"):
            find_unit(row.unit, [BY_CODE[self.unit].dimension])
        return self.unit, self.kgce_unit

    def category_of(self, row: ActivityRow) -> str:
        return self.sold_category if row.origin == SOLD else self.category

    def check_origin(self, row: ActivityRow) -> None:
        if self.needs_origin and not row.origin:
            raise JwdtError(
                Text("电力须写明来源：{o}", "electricity needs its origin: {o}").fill(o=" | ".join(self.origins)),
                "missing-origin",
            )
        if row.origin and row.origin not in self.origins:
            raise JwdtError(
                Text("此来源不适用于该种类", "this origin does not go with this kind"), "origin-not-electricity"
            )

    def factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        """t CO2 per unit, where it came from, and the year of a grid factor."""
        if row.emission_factor is not None:
            return row.emission_factor, (own_factor(row, row.emission_factor, f"tCO2/{unit}"),), None
        return self.default_factor(row, unit, conventions)

    def default_factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        found = self.process_factor(row)
        with at_field("emission_factor"):
            value = process.value_of(found)
        return value, (Factor("co2", found.name, value, found.unit, found.source, confidence=found.confidence),), None

    def process_factor(self, row: ActivityRow) -> process.ProcessFactor:
        raise NotImplementedError

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        """kgce per kg, m3, kWh or MJ, and where it came from."""
        return 0.0, ()

    def energy(self, row: ActivityRow) -> energies.Energy | None:
        """The energy of GB/T 2589 that a row is of."""
        return None

    def shares(self, row: ActivityRow, conventions: Conventions) -> tuple[float, float]:
        """How much of a row counts in total primary energy (−1 where sold) and in its non-fossil part."""
        if not self.is_energy or row.feedstock:
            return 0.0, 0.0
        if row.origin == SOLD:
            return -1.0, 0.0
        energy = self.energy(row)
        if energy is not None and energy.fossil == energies.MEDIUM:
            return 0.0, 0.0
        return 1.0, self.non_fossil(row, energy, conventions)

    def non_fossil(self, row: ActivityRow, energy: energies.Energy | None, conventions: Conventions) -> float:
        listed = energy is not None and energy.fossil == energies.NONFOSSIL
        stated = bool(row.non_fossil) and has_evidence(row) and self.may_be_non_fossil(row)
        return 1.0 if listed or stated else 0.0

    def may_be_non_fossil(self, row: ActivityRow) -> bool:
        """Whether it depends on the row's origin."""
        energy = self.energy(row)
        return self.is_energy and (energy is None or energy.fossil == energies.DEPENDS)

    def canonical(self, row: ActivityRow) -> str:
        """One name for what a bill is of, whichever of its names was typed; energies by their code."""
        return fold(row.name)

    def title(self, row: ActivityRow, fuel_table: str) -> str:
        """The name under which the tables list what the bill is of, else the one typed."""
        return row.name

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        """The fields that a row of this kind does not use."""
        raise NotImplementedError


class FuelKind(Kind):
    """What is burnt, or used as feedstock: in t or 10^4 Nm3."""

    category, is_fuel = "fuel", True

    def units(self, row: ActivityRow) -> tuple[str, str]:
        with at_field("unit"):
            dimension = find_unit(row.unit, ["mass", "volume"]).dimension
        return ("t", "kg") if dimension == "mass" else ("万m3", "m3")

    def factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        """0 for biomass and feedstock; own parameters before the table's."""
        with at_field("name"):
            name = needed_name(row)
        if row.feedstock or row.biomass:
            return 0.0, (), None
        if row.emission_factor is not None:
            return row.emission_factor, (own_factor(row, row.emission_factor, f"tCO2/{unit}"),), None
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
                said(row) if own is not None or table is None else f"{table.table}: {table.source}",
                own=own is not None,
                confidence="" if own is not None or table is None else table.confidence,
            )
            for (zh, en, u), own, value in zip(names, given, parameters, strict=True)
        )
        heat, carbon, oxidation = (float(value or 0) for value in parameters)
        return fuels.fuel_co2(1.0, heat, carbon, oxidation), factors, None

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        if row.feedstock:
            return 0.0, ()
        if row.coefficient is None and row.net_calorific_value is not None:
            value = row.net_calorific_value * _KJ[unit] / energies.KJ_PER_KGCE
            return value, (own_factor(row, value, _kgce_unit(unit), "tce"),)
        with at_field("name"):
            needed_name(row)
        energy = self.energy(row)
        if energy is not None:
            return _listed(row, energy)
        if row.coefficient is not None:
            return row.coefficient, (own_factor(row, row.coefficient, _kgce_unit(unit), "tce"),)
        return _by_default_heat(row, unit, conventions)

    def energy(self, row: ActivityRow) -> energies.Energy | None:
        """None for fuels that GB/T 2589 does not list."""
        try:
            return energies.find_energy(needed_name(row))
        except JwdtError:
            return None

    def non_fossil(self, row: ActivityRow, energy: energies.Energy | None, conventions: Conventions) -> float:
        return 1.0 if row.biomass else super().non_fossil(row, energy, conventions)

    def may_be_non_fossil(self, row: ActivityRow) -> bool:
        """Every fuel of the default tables is fossil."""
        return table_fuel(row.name) is None and super().may_be_non_fossil(row)

    def canonical(self, row: ActivityRow) -> str:
        energy, fuel = self.energy(row), table_fuel(row.name)
        return energy.code if energy else fuel.name.zh if fuel else fold(row.name)

    def title(self, row: ActivityRow, fuel_table: str) -> str:
        fuel, energy = table_fuel(row.name, fuel_table), self.energy(row)
        return fuel.name.zh if fuel else energy.name.zh if energy else row.name

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        if row.feedstock:
            return _GRID_FACTOR
        if row.biomass:
            return (*_COMBUSTION, "emission_factor", *_GRID_FACTOR)
        heat = _HEAT_VALUE if row.coefficient is not None else ()
        return (*heat, *_COMBUSTION, *_GRID_FACTOR) if row.emission_factor is not None else _GRID_FACTOR


class ElectricityKind(Kind):
    """Power by its origin."""

    unit, kgce_unit = "MWh", "kWh"
    category, sold_category = "purchased_electricity", "exported_electricity"
    origins, needs_origin, is_electricity = energies.ORIGINS, True, True
    factor_field, decided_by = "factor_series", Text("来源栏", "its origin")

    def default_factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        if row.origin in WITHOUT_EMISSIONS:
            return 0.0, (), None
        with at_field("factor_series"):
            series = power.find_series(row.factor_series) if row.factor_series else power.DEFAULT_SERIES
        with at_field("factor_year"):
            year = int(row.factor_year) if row.factor_year else power.nearest_year(conventions.report_year, series)
            found = power.grid_factor(year, series)
        name = Text(f"{found.name.zh} {found.year}", f"{found.name.en} {found.year}")
        factor = Factor("co2", name, found.value, "tCO2/MWh", found.source, confidence=found.confidence)
        return found.value, (factor,), found.year

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
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

    def non_fossil(self, row: ActivityRow, energy: energies.Energy | None, conventions: Conventions) -> float:
        return conventions.grid_share if row.origin == GRID else 1.0

    def may_be_non_fossil(self, row: ActivityRow) -> bool:
        return False

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        own = row.emission_factor is not None or row.origin in WITHOUT_EMISSIONS
        return (*_HEAT_VALUE, *_COMBUSTION, *(_GRID_FACTOR if own else ()), "biomass")


class HeatKind(Kind):
    """Heat bought or sold, by GJ."""

    unit, kgce_unit = "GJ", "MJ"
    category, sold_category, origins = "purchased_heat", "exported_heat", (SOLD,)

    def process_factor(self, row: ActivityRow) -> process.ProcessFactor:
        return process.heat_factor()

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        return (0.0, ()) if row.feedstock else _listed(row, self.energy(row))

    def energy(self, row: ActivityRow) -> energies.Energy:
        return energies.find_energy(HEAT_ENERGY)

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        return (*_HEAT_VALUE, *_COMBUSTION, *_GRID_FACTOR, "biomass")


class ProcessKind(Kind):
    """Emissions of a process: no energy."""

    unit, kgce_unit, category, is_energy = "t", "kg", "process", False

    def process_factor(self, row: ActivityRow) -> process.ProcessFactor:
        with at_field("name"):
            return process.find_process(needed_name(row))

    def canonical(self, row: ActivityRow) -> str:
        found = next((p.key for p, names in process.named_processes() if fold(row.name) in map(fold, names)), None)
        return found or fold(row.name)

    def title(self, row: ActivityRow, fuel_table: str) -> str:
        try:
            return process.find_process(row.name).name.zh
        except JwdtError:
            return row.name

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        return (*_HEAT_VALUE, *_COMBUSTION, *_GRID_FACTOR, "coefficient", "feedstock", "biomass", "non_fossil")


KINDS: dict[str, Kind] = dict(
    zip(ACTIVITY_KINDS, (FuelKind(), ElectricityKind(), HeatKind(), ProcessKind()), strict=True)
)


def kind_of(row: ActivityRow) -> Kind:
    return KINDS[row.kind]


def fuel_unit(fuel: fuels.Fuel) -> str:
    """The unit literal of a fuel table's amounts."""
    return "t" if fuel.unit == "t" else "万m3"


def table_fuel(name: str, *tables: str) -> fuels.Fuel | None:
    """The fuel of this name in the first of these default tables that has it (default: in any)."""
    for table in tables or fuels.TABLES:
        try:
            return fuels.find_fuel(name, table)
        except JwdtError:
            continue
    return None


def is_fossil(row: ActivityRow) -> bool:
    """Whether a fuel is one of the tables' fossil fuels."""
    kind = kind_of(row)
    if not kind.is_fuel:
        return False
    energy = kind.energy(row)
    return table_fuel(row.name) is not None or (energy is not None and energy.fossil == energies.FOSSIL)


def _listed(row: ActivityRow, energy: energies.Energy) -> Found:
    """The coefficient of GB/T 2589, or the own one within its range."""
    with at_field("unit"):
        find_unit(row.unit, [BY_CODE[energy.unit].dimension])
    with at_field("coefficient"):
        value = energies.coefficient(energy, row.coefficient)
    own = row.coefficient is not None
    source, confidence = (said(row), "") if own else (energy.source, energy.confidence)
    return value, (Factor("tce", energy.name, value, f"kgce/{energy.unit}", source, own, confidence),)


def _kgce_unit(unit: str) -> str:
    return "kgce/kg" if unit == "t" else "kgce/m3"


def _by_default_heat(row: ActivityRow, unit: str, conventions: Conventions) -> Found:
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
