"""Power by its origin."""

from __future__ import annotations

from ...messages import Text
from ...standard import energy as energies
from ...standard import power
from ...standard.energy import ORIGIN_NAMES
from ...standard.guide.options import DEFAULTS
from ..bill_row import ActivityRow
from ..conditions import datum
from ..places import Factor, at_field
from .kind import COMBUSTION, GRID_FACTOR, HEAT_VALUE, Conventions, Found, Kind, own_coefficient_of_power


def _of_grid(row: ActivityRow, conventions: Conventions, period: int | None) -> tuple[Factor, int]:
    """The grid factor for a period, and its year: of the row's series, else of the option's."""
    with at_field("factor_series"):
        series = power.find_series(row.factor_series) if row.factor_series else conventions.grid_series
    with at_field("factor_year"):
        rule = conventions.grid_factor_year
        year = int(row.factor_year) if row.factor_year else power.year_taken(period, series, rule)
        found = power.grid_factor(year, series)
    name = Text(f"{found.name.zh} {found.year}", f"{found.name.en} {found.year}")
    return Factor("co2", name, found.value, "tCO2/MWh", found.source, confidence=found.confidence), found.year


class ElectricityKind(Kind):
    """Power by its origin."""

    unit, kgce_unit = "MWh", "kWh"
    category, sold_category = "purchased_electricity", "exported_electricity"
    origins, needs_origin, is_electricity = energies.ORIGINS, True, True
    factor_field, decided_by = "factor_series", Text("来源栏", "its origin")
    leaves = (
        ((*HEAT_VALUE, *COMBUSTION, "biomass"), None),
        (("emission_factor",), datum("origin").equals(energies.SOLD_RENEWABLE, ORIGIN_NAMES[energies.SOLD_RENEWABLE])),
        (GRID_FACTOR, datum("year").is_blank()),
    )

    def factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        """Power fed into the grid changes nothing; green power without the evidence asked for is grid power."""
        if row.origin == energies.SOLD_RENEWABLE:
            return 0.0, (), None
        if conventions.green.is_unproved(row.origin, row.evidence):
            return self.default_factor(row, unit, conventions)
        return super().factor(row, unit, conventions)

    def default_factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        if conventions.green.emits_nothing(row.origin, row.evidence):
            return 0.0, (), None
        factor, year = _of_grid(row, conventions, conventions.report_year)
        return factor.value, (factor,), year

    def base_factor(self, row: ActivityRow, conventions: Conventions) -> tuple[Factor, int] | None:
        if conventions.grid_factor_year != power.EACH:
            return None
        return _of_grid(row, conventions, conventions.base_year)

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        """All electricity takes the coefficient of the result's convention."""
        with at_field("coefficient"):
            if row.coefficient is not None:
                raise own_coefficient_of_power()
        power_energy = energies.find_energy("电力")
        default = conventions.electricity == DEFAULTS["electricity_coefficient"]
        source = power_energy.source if default else "option electricity_coefficient"
        confidence = power_energy.confidence if default else ""
        value = conventions.electricity
        return value, (Factor("tce", power_energy.name, value, "kgce/kWh", source, not default, confidence),)

    def non_fossil(self, row: ActivityRow, energy: energies.Energy | None, conventions: Conventions) -> float:
        return 1.0 if conventions.green.is_non_fossil(row.origin, row.evidence) else conventions.grid_share

    def may_be_non_fossil(self, row: ActivityRow) -> bool:
        return False
