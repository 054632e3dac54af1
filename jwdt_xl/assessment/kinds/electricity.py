"""Power by its origin."""

from __future__ import annotations

from ...messages import Text
from ...standard import energy as energies
from ...standard import power
from ...standard.energy import GRID
from ...standard.guide.options import DEFAULTS
from ..places import Factor, at_field
from ..tables import ActivityRow
from .kind import COMBUSTION, GRID_FACTOR, HEAT_VALUE, Conventions, Found, Kind, own_coefficient_of_power

#: Power that emits nothing where it is made.
WITHOUT_EMISSIONS = (energies.OWN_RENEWABLE, energies.DIRECT_GREEN)


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

    def default_factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        if row.origin in WITHOUT_EMISSIONS:
            return 0.0, (), None
        factor, year = _of_grid(row, conventions, conventions.report_year)
        return factor.value, (factor,), year

    def base_factor(self, row: ActivityRow, conventions: Conventions) -> tuple[Factor, int] | None:
        own = row.emission_factor is not None or row.origin in WITHOUT_EMISSIONS
        if own or conventions.grid_factor_year != power.EACH:
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
        return conventions.grid_share if row.origin == GRID else 1.0

    def may_be_non_fossil(self, row: ActivityRow) -> bool:
        return False

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        own = row.emission_factor is not None or row.origin in WITHOUT_EMISSIONS
        return (*HEAT_VALUE, *COMBUSTION, *(GRID_FACTOR if own else ()), "biomass")
