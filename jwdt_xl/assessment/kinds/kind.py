"""What the kinds of bill have in common: how a row counts in emissions and energy, and where its factors come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from ...errors import JwdtError
from ...messages import Text, one_of
from ...standard import energy as energies
from ...standard import process
from ...standard.energy import ORIGIN_NAMES, SOLD, SOLD_RENEWABLE
from ...standard.green import Green
from ...standard.names import fold
from ...standard.units import BY_CODE, find_unit
from ..bill_row import ACTIVITY_KINDS, ActivityRow
from ..conditions import Condition
from ..places import Factor, Pair, at_field, has_evidence, in_unit

#: Fields that a row of some kind does not use.
COMBUSTION, GRID_FACTOR = ("carbon_content", "oxidation"), ("factor_series", "factor_year")
HEAT_VALUE = ("net_calorific_value",)
#: What says nothing of that which is no energy.
OF_ENERGY = (*HEAT_VALUE, *COMBUSTION, *GRID_FACTOR, "coefficient", "feedstock", "biomass", "non_fossil")
#: Fields that rows of one kind use alone.
STEAM, PRODUCT_CARBON = ("pressure", "temperature"), ("carbon_fraction",)
WASTEWATER = ("bo", "mcf", "recovered_base", "recovered_report")
OF_FUELS = ("net_calorific_value_unit", "carbon_per_unit", "biogenic_share")
OF_ONE_KIND = (*OF_FUELS, *STEAM, *PRODUCT_CARBON, *WASTEWATER)


Found = tuple[float, tuple[Factor, ...]]
Leaves = tuple[tuple[str, ...], Condition | None]


@dataclass(frozen=True)
class Conventions:
    """What one result uses throughout."""

    electricity: float
    grid_share: float
    fuel_table: str
    report_year: int | None
    base_year: int | None
    #: The series of grid factors of rows that name none, and which year's factor is taken.
    grid_series: str
    grid_factor_year: str
    green: Green
    #: t CO2e of a t CH4.
    methane: float

    @cached_property
    def otherwise(self) -> Conventions:
        """With the other counting of green power."""
        return replace(self, green=self.green.otherwise)


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


def no_origin(origins: tuple[str, ...]) -> JwdtError:
    text = Text("电力须写明来源：{o}", "electricity needs its origin: {o}")
    return JwdtError(text.fill(o=one_of((origin, ORIGIN_NAMES[origin]) for origin in origins)), "missing-origin")


def wrong_origin() -> JwdtError:
    return JwdtError(Text("此来源不适用于该种类", "this origin does not go with this kind"), "origin-not-electricity")


def own_coefficient_of_power() -> JwdtError:
    text = Text(
        "全部电力用同一折标系数：请改用选项“电力折标系数”",
        "all electricity converts alike: use option electricity_coefficient",
    )
    return JwdtError(text, "electricity-coefficient")


def standard_coal_already() -> JwdtError:
    text = Text(
        "单位已是标准煤，不再填热值、系数或元素碳：请删去，或改用实物量的单位",
        "the unit is standard coal already, so no heat value, coefficient or carbon per unit: clear it, or use the unit of the fuel itself",
    )
    return JwdtError(text, "standard-coal-already")


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
    #: Whether what a row stands for is taken off the emissions.
    is_subtracted: ClassVar[bool] = False
    #: The gas whose emissions it gives.
    gas: ClassVar[str] = "CO2"
    #: The fields of OF_ONE_KIND that its rows use.
    own_fields: ClassVar[tuple[str, ...]] = ()
    #: The fields that its rows leave unused, of those that several kinds have, each with when (None: always).
    leaves: ClassVar[tuple[Leaves, ...]]
    #: The input whose table a weak factor comes from, and what decides whether it is non-fossil.
    factor_field: ClassVar[str] = "name"
    decided_by: ClassVar[Text] = Text("燃料种类", "its kind")

    def units(self, row: ActivityRow) -> tuple[str, str]:
        with at_field("unit"):
            find_unit(row.unit, [BY_CODE[self.unit].dimension])
        return self.unit, self.kgce_unit

    def amounts(self, row: ActivityRow, unit: str) -> Pair:
        """The amounts in the unit of the factor, or in that of the coefficient."""
        return in_unit(row.base, row.report, row.unit, BY_CODE[unit])

    def taken_off(self, row: ActivityRow, conventions: Conventions) -> tuple[float, float] | None:
        """What was recovered of the emissions in both periods, t CO2e."""
        return None

    def category_of(self, row: ActivityRow) -> str:
        return self.sold_category if row.origin in (SOLD, SOLD_RENEWABLE) else self.category

    def check_origin(self, row: ActivityRow) -> None:
        if self.needs_origin and not row.origin:
            raise no_origin(self.origins)
        if row.origin and row.origin not in self.origins:
            raise wrong_origin()

    def factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        """t CO2 per unit, where it came from, and the year of a grid factor."""
        if row.emission_factor is not None:
            return row.emission_factor, (own_factor(row, row.emission_factor, f"tCO2/{unit}"),), None
        return self.default_factor(row, unit, conventions)

    def base_factor(self, row: ActivityRow, conventions: Conventions) -> tuple[Factor, int] | None:
        """A factor of the base period's own, and its year."""
        return None

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
        """How much of a row counts in total primary energy (−1 where sold), and the non-fossil part of that."""
        if not self.is_energy or row.feedstock or row.origin == SOLD_RENEWABLE:
            return 0.0, 0.0
        energy = self.energy(row)
        if energy is not None and energy.fossil == energies.MEDIUM:
            return 0.0, 0.0
        if row.origin == SOLD and not self.is_fuel:
            return -1.0, 0.0
        return -1.0 if row.origin == SOLD else 1.0, self.non_fossil(row, energy, conventions)

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


def listed(row: ActivityRow, energy: energies.Energy) -> Found:
    """The coefficient of GB/T 2589, or the own one within its range, where the amount measures what that is by."""
    with at_field("unit"):
        find_unit(row.unit, [BY_CODE[energy.unit].dimension])
    return own_or_listed(row, energy)


def own_or_listed(row: ActivityRow, energy: energies.Energy) -> Found:
    """The same whatever the amount is in."""
    with at_field("coefficient"):
        value = energies.coefficient(energy, row.coefficient)
    own = row.coefficient is not None
    source, confidence = (said(row), "") if own else (energy.source, energy.confidence)
    return value, (Factor("tce", energy.name, value, f"kgce/{energy.unit}", source, own, confidence),)
