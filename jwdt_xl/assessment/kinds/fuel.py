"""Fuels: burnt, or used as feedstock."""

from __future__ import annotations

from ...errors import JwdtError
from ...messages import Text
from ...standard import energy as energies
from ...standard import fuels
from ...standard.fuels import CO2_PER_C
from ...standard.heat_values import KJ_PER_UNIT, heat_unit
from ...standard.names import fold
from ...standard.units import BY_CODE, find_unit
from ..bill_row import ActivityRow
from ..conditions import both, datum, either, negated
from ..fields import YES_NO
from ..places import Factor, at_field, has_evidence
from .kind import (
    COMBUSTION,
    GRID_FACTOR,
    HEAT_VALUE,
    OF_FUELS,
    Conventions,
    Found,
    Kind,
    listed,
    needed_name,
    own_factor,
    said,
    standard_coal_already,
)

FEEDSTOCK, BIOMASS = (datum(field).equals(True, dict(YES_NO)[True]) for field in ("feedstock", "biomass"))
_BURNT = negated(either(FEEDSTOCK, BIOMASS))
#: The unit of the factor of what an amount measures, and that of the coefficient to standard coal.
_UNITS = {"mass": ("t", "kg"), "volume": ("万m3", "m3"), "coal": ("tce", "kgce")}


class FuelKind(Kind):
    """What is burnt, used as feedstock or sold: in t, 10^4 Nm3 or tce."""

    category, sold_category, is_fuel = "fuel", "fuel", True
    origins = (energies.BOUGHT, energies.SOLD)
    own_fields = OF_FUELS
    leaves = (
        (GRID_FACTOR, None),
        (("carbon_per_unit", "biogenic_share"), either(FEEDSTOCK, BIOMASS)),
        ((*COMBUSTION, "emission_factor"), both(negated(FEEDSTOCK), BIOMASS)),
        ((*COMBUSTION, "carbon_per_unit"), both(_BURNT, datum("emission_factor").is_filled())),
        # A heat value gives standard coal, and CO2 where no factor does.
        (HEAT_VALUE, both(_BURNT, datum("emission_factor").is_filled(), datum("coefficient").is_filled())),
        (("net_calorific_value_unit",), datum("net_calorific_value").is_blank()),
    )

    def units(self, row: ActivityRow) -> tuple[str, str]:
        with at_field("unit"):
            dimension = find_unit(row.unit, list(_UNITS)).dimension
        for field in ("net_calorific_value", "coefficient", "carbon_per_unit") if dimension == "coal" else ():
            with at_field(field):
                if getattr(row, field) is not None:
                    raise standard_coal_already()
        return _UNITS[dimension]

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
        parameters = self._measured(row) if row.carbon_per_unit is None else self._by_carbon(row)
        table = self._table(row, name, conventions, parameters)
        factors = []
        value = 1.0
        for of, own in parameters.items():
            given: float = getattr(table, _DEFAULTS[of]) if own is None else own
            value *= given
            if of == "heat" and unit == "tce":
                continue  # what tce means
            taken = own is not None or table is None
            zh, en, u = _NAMES[of]
            factors.append(
                Factor(
                    "co2",
                    Text(f"{name} {zh}", f"{table.name.en if table else name} {en}"),
                    given,
                    u.format(unit=unit),
                    said(row) if taken or table is None else f"{table.table}: {table.source}",
                    own=own is not None,
                    confidence="" if taken or table is None else table.confidence,
                )
            )
        return value * CO2_PER_C * (1 - biogenic(row)), tuple(factors), None

    def _measured(self, row: ActivityRow) -> dict[str, float | None]:
        """What makes the factor: heat value, carbon in it, and the part oxidised."""
        return {"heat": heat_value(row), "carbon": row.carbon_content, "oxidation": row.oxidation}

    def _by_carbon(self, row: ActivityRow) -> dict[str, float | None]:
        """Where the laboratory gives the carbon as received."""
        with at_field("carbon_per_unit"):
            if row.carbon_content is not None:
                text = Text("收到基元素碳与含碳量只填一个", "give carbon as received or the carbon content, not both")
                raise JwdtError(text, "two-carbons")
        return {"carbon_per_unit": row.carbon_per_unit, "oxidation": row.oxidation}

    def _table(
        self, row: ActivityRow, name: str, conventions: Conventions, parameters: dict[str, float | None]
    ) -> fuels.Fuel | None:
        """The fuel whose defaults are needed."""
        needed = [of for of, own in parameters.items() if own is None]
        if not needed:
            return None
        with at_field("name"):
            table = fuels.find_fuel(name, conventions.fuel_table)
        if BY_CODE[row.unit].dimension != "coal":
            with at_field("unit"):
                find_unit(row.unit, [BY_CODE[fuel_unit(table)].dimension])
        return table

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        if row.feedstock:
            return 0.0, ()
        if BY_CODE[row.unit].dimension == "coal":
            with at_field("name"):
                needed_name(row)
            return 1.0, ()
        heat = heat_value(row)
        if row.coefficient is None and heat is not None:
            value = heat * KJ_PER_UNIT[BY_CODE[row.unit].dimension] / energies.KJ_PER_KGCE
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
        return 1.0 if row.biomass else max(super().non_fossil(row, energy, conventions), biogenic(row))

    def may_be_non_fossil(self, row: ActivityRow) -> bool:
        """Every fuel of the default tables is fossil."""
        return table_fuel(row.name) is None and super().may_be_non_fossil(row)

    def canonical(self, row: ActivityRow) -> str:
        energy, fuel = self.energy(row), table_fuel(row.name)
        return energy.code if energy else fuel.name.zh if fuel else fold(row.name)

    def title(self, row: ActivityRow, fuel_table: str) -> str:
        fuel, energy = table_fuel(row.name, fuel_table), self.energy(row)
        return fuel.name.zh if fuel else energy.name.zh if energy else row.name


_NAMES = {
    "heat": ("低位热值", "net calorific value", "GJ/{unit}"),
    "carbon": ("含碳量", "carbon content", "tC/GJ"),
    "carbon_per_unit": ("收到基元素碳", "carbon as received", "tC/{unit}"),
    "oxidation": ("氧化率", "oxidation rate", ""),
}
_DEFAULTS = {"heat": "net_calorific_value", "carbon": "carbon_content", "oxidation": "oxidation"}


def heat_value(row: ActivityRow) -> float | None:
    """The row's own heat value in GJ per t or 10^4 Nm3; of standard coal it is what tce means."""
    dimension = BY_CODE[row.unit].dimension
    if dimension == "coal":
        return energies.KJ_PER_KGCE / 1000
    if row.net_calorific_value is None or not row.net_calorific_value_unit:
        return row.net_calorific_value
    with at_field("net_calorific_value_unit"):
        return row.net_calorific_value * heat_unit(row.net_calorific_value_unit, dimension).gj


def biogenic(row: ActivityRow) -> float:
    """The share of a mixed fuel that is biogenic, as far as something supports it."""
    return row.biogenic_share or 0.0 if has_evidence(row) else 0.0


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
    value = fuel.net_calorific_value * KJ_PER_UNIT[BY_CODE[unit].dimension] / energies.KJ_PER_KGCE
    source = f"{fuel.table}: {fuel.source}"
    return value, (Factor("tce", fuel.name, value, _kgce_unit(unit), source, confidence=fuel.confidence),)
