"""Fuels: burnt, or used as feedstock."""

from __future__ import annotations

from ...errors import JwdtError
from ...messages import Text
from ...standard import energy as energies
from ...standard import fuels
from ...standard.names import fold
from ...standard.units import BY_CODE, find_unit
from ..places import Factor, at_field
from ..tables import ActivityRow
from .kind import COMBUSTION, GRID_FACTOR, HEAT_VALUE, Conventions, Found, Kind, listed, needed_name, own_factor, said

#: A fuel's heat value per t or 10^4 Nm3, GJ, in kJ per kg or m3.
_KJ = {"t": 1000.0, "万m3": 100.0}


class FuelKind(Kind):
    """What is burnt, used as feedstock or sold: in t or 10^4 Nm3."""

    category, sold_category, is_fuel = "fuel", "fuel", True
    origins = (energies.BOUGHT, energies.SOLD)

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
        if energy is not None and not energy.is_measured:
            return listed(row, energy)
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
            return GRID_FACTOR
        if row.biomass:
            return (*COMBUSTION, "emission_factor", *GRID_FACTOR)
        heat = HEAT_VALUE if row.coefficient is not None else ()
        return (*heat, *COMBUSTION, *GRID_FACTOR) if row.emission_factor is not None else GRID_FACTOR


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
