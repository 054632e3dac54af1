"""From the rows an enterprise declares to the quantities its indicators are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import JwdtError, Missing
from ..messages import Text
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import greenhouse as ghg
from ..standard.green import Green
from ..standard.guide.options import OptionValue
from ..standard.names import fold
from ..standard.units import BY_CODE, find_unit, for_wastewater
from .activity import ActivityAmount, understand, year_of, zero_coefficient
from .amounts import EnergyAmount, PollutantAmount, energy_heat_value, factors_of, own_of
from .kinds import Conventions
from .kinds.kind import no_origin, own_coefficient_of_power, standard_coal_already, wrong_origin
from .model import Assessment
from .places import (
    MISSING,
    Factor,
    Pair,
    at_field,
    fsum,
    has_evidence,
    in_unit,
    standard_product,
    times,
    total,
    understood,
)
from .read import Collector
from .tables import EnergyRow, GreenhouseRow, PollutantRow

KG, KJ, TON, TEN_THOUSAND_YUAN = (BY_CODE[code] for code in ("kg", "kJ", "t", "万元"))


@dataclass(frozen=True)
class Quantities:
    """Everything the indicators need, for both periods, and the rows it came from."""

    activity: tuple[ActivityAmount, ...]
    by_category: dict[str, Pair]
    pollutants: tuple[PollutantAmount, ...]
    overlaps_not_counted: frozenset[tuple[str, str]]
    media: dict[str, Pair]
    equivalents: Pair
    co2e_rows: tuple[Pair, ...]
    co2e: Pair
    energies: tuple[EnergyAmount, ...]
    primary_tce: Pair
    nonfossil_tce: Pair
    #: By the other counting of green power.
    nonfossil_tce_otherwise: Pair
    material_rows: tuple[Pair, ...]
    material_kg: Pair
    residual_rows: tuple[Pair, ...]
    residual_kj: Pair
    product_rows: tuple[Pair, ...]
    output: Pair
    value_10k: Pair
    factors: tuple[Factor, ...]
    #: What indicators count only, by key.
    parts: Mapping[str, Pair] = field(default_factory=dict)

    def pair(self, key: str) -> Pair:
        """A quantity by its key, or a part of one."""
        found: Pair = self.parts.get(key) or self.media.get(key.removeprefix("equivalents_")) or getattr(self, key)
        return found


def quantities(assessment: Assessment, options: dict[str, OptionValue], errors: Collector) -> Quantities:
    """The quantities of an assessment. What cannot be read as data goes to errors with its place."""
    read_pollutant = _pollutant_reader(assessment, errors)
    # While own values are in error, a pollutant may seem unknown that is not.
    own_in_error = any(finding.where.startswith("own_equivalents") for finding in errors.findings)
    pollutants = () if own_in_error else understood(assessment, "pollutants", errors, read_pollutant)
    totals = [
        (group[0].pollutant, math.fsum(v for row in group for v in row.equivalents if v is not None))
        for group in _grouped(pollutants)
    ]
    overlaps_not_counted = frozenset(eq.overlaps_not_counted(totals, str(options["organic_overlap"])))
    media = {medium: _medium(pollutants, medium, overlaps_not_counted) for medium in eq.MEDIA}

    gwp_set = str(options["gwp_set"])
    gases = understood(assessment, "greenhouse", errors, lambda row, place: _gas(row, gwp_set))
    co2e_rows = tuple(pair for _, pair in gases)

    electricity = float(options["electricity_coefficient"])
    grid_share = float(options["grid_nonfossil_share"])
    green = Green.of(options)
    energy = understood(
        assessment, "energy", errors, lambda row, place: _energy(row, place, electricity, grid_share, green)
    )
    years = year_of(assessment.periods.report), year_of(assessment.periods.base)
    series, rule = str(options["grid_series"]), str(options["grid_factor_year"])
    methane = ghg.gwp(ghg.find_gas("CH4"), gwp_set)
    conventions = Conventions(electricity, grid_share, str(options["fuel_table"]), *years, series, rule, green, methane)
    bills = understood(assessment, "activity", errors, lambda row, place: understand(row, place, conventions))
    energy_bills = [bill for bill in bills if bill.kind.is_energy]
    product_rows = tuple(standard_product(row) for row in assessment.products)
    material_rows = tuple(in_unit(row.base, row.report, row.unit, KG) for row in assessment.materials)
    residual_rows = tuple(in_unit(row.base, row.report, row.unit, KJ) for row in assessment.residual_energy)
    value = assessment.output_value
    return Quantities(
        activity=bills,
        by_category=_by_category(assessment, co2e_rows, bills),
        pollutants=pollutants,
        overlaps_not_counted=overlaps_not_counted,
        media=media,
        equivalents=chosen_media(media, pollutants, str(options["equivalent_media"])),
        co2e_rows=co2e_rows,
        co2e=total([*co2e_rows, *(bill.co2 for bill in bills)]),
        energies=energy,
        primary_tce=total([*_counted(energy), *_counted(energy_bills)]),
        nonfossil_tce=total([*_non_fossil(energy), *_non_fossil(energy_bills)]),
        nonfossil_tce_otherwise=total([*_otherwise(energy), *_otherwise(energy_bills)]),
        material_rows=material_rows,
        material_kg=total(material_rows),
        residual_rows=residual_rows,
        residual_kj=total(residual_rows),
        product_rows=product_rows,
        output=total(product_rows)
        if product_rows
        else Pair(assessment.product.output.base, assessment.product.output.report),
        value_10k=in_unit(value.base, value.report, value.unit or TEN_THOUSAND_YUAN.code, TEN_THOUSAND_YUAN),
        factors=tuple(
            dict.fromkeys([*factors_of(pollutants, gases, energy, gwp_set), *(f for b in bills for f in b.factors)])
        ),
    )


# Pollutants


def _own(assessment: Assessment, errors: Collector) -> dict[tuple[str, str], eq.Pollutant]:
    """The user's own equivalent values by medium and folded name."""
    own: dict[tuple[str, str], eq.Pollutant] = {}
    for i, row in enumerate(assessment.own_equivalents):
        place = assessment.place("own_equivalents", i)
        if not row.medium or not row.unit:
            continue  # already an error of the reader
        if row.value is not None and row.value <= 0:
            errors.add(
                f"{place}.value", Text("当量值须大于 0", "the equivalent value must be above 0"), "bad-own-value"
            )
            continue
        try:
            pollutant = own_of(row)
        except JwdtError as error:
            errors.add_error(place, error)
            continue
        # Of a pollutant that is recorded anyway the row says no more.
        for name in {fold(row.pollutant), fold(pollutant.name.zh)} if pollutant.own else ():
            if own.setdefault((row.medium, name), pollutant) != pollutant:
                errors.add(
                    f"{place}.pollutant",
                    Text("同一污染物有两个自定当量值", "two own values for one pollutant"),
                    "duplicate-own-value",
                )
    return own


def _pollutant_reader(assessment: Assessment, errors: Collector) -> Callable[[PollutantRow, str], PollutantAmount]:
    own = _own(assessment, errors)

    def understand(row: PollutantRow, place: str) -> PollutantAmount:
        with at_field("pollutant"):
            pollutant = _find_pollutant(row, own)
        with at_field("unit"):
            base_unit = BY_CODE[pollutant.unit]
            unit = for_wastewater(row.unit) if base_unit.dimension == "wastewater" else row.unit
            find_unit(unit, [base_unit.dimension])
        amounts = in_unit(row.base, row.report, unit, base_unit)
        # Checked whatever else is blank: an impossible value is an error, a lacking one only makes the row missing.
        if pollutant.needs_limit and row.limit is not None:
            with at_field("limit"):
                eq.check_limit(row.limit)
        if pollutant.kind == eq.PH and row.parameter is not None:
            with at_field("parameter"):
                eq.ph_value(row.parameter)
        if pollutant.kind == eq.RECORDED:  # 0 whether its amounts are known or not: it must change no number
            return PollutantAmount(row, place, pollutant, amounts, Pair(0.0, 0.0))
        try:
            found = [None if v is None else eq.equivalents(pollutant, v, row.parameter, row.limit) for v in amounts]
        except Missing as error:
            return PollutantAmount(row, place, pollutant, amounts, MISSING, error.text)
        return PollutantAmount(row, place, pollutant, amounts, Pair(*found))

    return understand


def _find_pollutant(row: PollutantRow, own: dict[tuple[str, str], eq.Pollutant]) -> eq.Pollutant:
    declared = own.get((row.medium, fold(row.pollutant)))
    if declared is not None:
        return declared
    found = eq.find_pollutant(row.pollutant, row.medium)
    return own.get((found.medium, fold(found.name.zh)), found)


def _grouped(rows: Iterable[PollutantAmount]) -> list[list[PollutantAmount]]:
    groups: dict[eq.Pollutant, list[PollutantAmount]] = {}
    for row in rows:
        groups.setdefault(row.pollutant, []).append(row)
    return list(groups.values())


def _pollutant_total(rows: list[PollutantAmount], period: int) -> float | None:
    """The equivalents of one pollutant: its amounts are added first."""
    pollutant = rows[0].pollutant
    if pollutant.kind == eq.AMOUNT:
        amount = fsum([row.amounts[period] for row in rows])
        return None if amount is None else eq.equivalents(pollutant, amount)
    return fsum([row.equivalents[period] for row in rows])


def _medium(rows: Sequence[PollutantAmount], medium: str, overlaps_not_counted: frozenset[tuple[str, str]]) -> Pair:
    """Equivalents of a medium after the overlap rule: 0 without rows, missing where any of its rows is blank.

    A blank among the overlapping pollutants counts too: it could have been the one to keep.
    """
    here = [group for group in _grouped(rows) if group[0].pollutant.medium == medium]
    totals = []
    for period in (0, 1):
        blank = any(_pollutant_total(group, period) is None for group in here)
        kept = [
            _pollutant_total(group, period) for group in here if group[0].pollutant.item not in overlaps_not_counted
        ]
        totals.append(None if blank else fsum(kept))
    return Pair(*totals)


def chosen_media(media: dict[str, Pair], rows: Sequence[PollutantAmount], choice: str) -> Pair:
    chosen = [medium for medium in eq.MEDIA if choice in ("all", medium)]
    if not any(row.pollutant.medium in chosen and row.kind != eq.RECORDED for row in rows):
        return MISSING
    return total([media[medium] for medium in chosen])


# Greenhouse gases


def _gas(row: GreenhouseRow, gwp_set: str) -> tuple[ghg.Gas, Pair]:
    with at_field("gas"):
        gas = ghg.find_gas(row.gas)
        ghg.gwp(gas, gwp_set)
    amounts = in_unit(row.base, row.report, row.unit, TON)
    sign = ghg.CATEGORIES[row.category]
    biomass = bool(row.biomass)
    return gas, Pair(*(None if v is None else sign * ghg.co2e(gas, v, gwp_set, biomass) for v in amounts))


def _by_category(assessment: Assessment, co2e_rows: Sequence[Pair], bills: Sequence[ActivityAmount]) -> dict[str, Pair]:
    """Emissions by category of GB/T 32150, as they enter the total; categories without rows are left out."""
    found: dict[str, list[Pair]] = {}
    for row, pair in zip(assessment.greenhouse, co2e_rows, strict=False):
        found.setdefault(row.category, []).append(pair)
    for bill in bills:
        found.setdefault(bill.category, []).append(bill.co2)
    return {category: total(found[category]) for category in ghg.CATEGORIES if category in found}


def _counted(rows: Sequence[EnergyAmount] | Sequence[ActivityAmount]) -> list[Pair]:
    return [times(row.tce, row.share_of_total) for row in rows]


def _non_fossil(rows: Sequence[EnergyAmount] | Sequence[ActivityAmount]) -> list[Pair]:
    return [times(row.tce, row.share_of_total * row.share_non_fossil) for row in rows]


def _otherwise(rows: Sequence[EnergyAmount] | Sequence[ActivityAmount]) -> list[Pair]:
    return [times(row.tce, row.share_of_total * row.share_otherwise) for row in rows]


# Energy


def _energy(row: EnergyRow, place: str, electricity: float, grid_share: float, green: Green) -> EnergyAmount:
    with at_field("energy"):
        energy = energies.find_energy(row.energy)
    with at_field("unit"):
        coal = () if energy.is_electricity else ("coal",)
        base_unit = BY_CODE[
            "kgce" if find_unit(row.unit, [BY_CODE[energy.unit].dimension, *coal]).dimension == "coal" else energy.unit
        ]
    with at_field("origin"):
        _check_origin(row, energy)
    with at_field("net_calorific_value_unit"):
        heat = energy_heat_value(row)
    with at_field("coefficient" if row.net_calorific_value is None else "net_calorific_value"):
        coefficient = _coefficient(row, heat, energy, electricity)
    amounts = in_unit(row.base, row.report, row.unit, base_unit)
    tce = times(amounts, coefficient / 1000)
    share, non_fossil = _shares(row, energy, grid_share, green)
    otherwise = _shares(row, energy, grid_share, green.otherwise)[1] if row.origin else non_fossil
    return EnergyAmount(row, place, energy, coefficient, tce, share, non_fossil, otherwise)


def _check_origin(row: EnergyRow, energy: energies.Energy) -> None:
    if energy.is_electricity and not row.origin:
        raise no_origin(energies.ORIGINS)
    if energy.is_electricity and row.origin == energies.BOUGHT:
        raise wrong_origin()
    if row.origin and not energy.is_electricity and row.origin not in (energies.BOUGHT, energies.SOLD):
        raise JwdtError(
            Text(
                "来源只用于电力(其他能源仅可填“外售”“外购”)", "origin is for electricity (others: sold or bought only)"
            ),
            "origin-not-electricity",
        )


def _coefficient(row: EnergyRow, heat_value: float | None, energy: energies.Energy, electricity: float) -> float:
    own = row.coefficient
    if BY_CODE[row.unit].dimension == "coal":
        if own is not None or heat_value is not None:
            raise standard_coal_already()
        return 1.0
    if energy.is_electricity and (own is not None or heat_value is not None):
        raise own_coefficient_of_power()
    if own is not None and heat_value is not None:
        raise JwdtError(
            Text("自有系数与实测热值只填一个", "give an own coefficient or a heat value, not both"), "two-coefficients"
        )
    if own == 0 or heat_value == 0:
        raise zero_coefficient()
    if row.feedstock and (energy.is_range or energy.is_measured) and own is None and heat_value is None:
        return 0.0  # not energy here, so no coefficient is needed
    return energies.coefficient(energy, own, heat_value, electricity)


def _shares(row: EnergyRow, energy: energies.Energy, grid_share: float, green: Green) -> tuple[float, float]:
    """How much of a row counts in total primary energy (−1 where sold) and in its non-fossil part."""
    if row.feedstock or energy.fossil == energies.MEDIUM or row.origin == energies.SOLD_RENEWABLE:
        return 0.0, 0.0
    if row.origin == energies.SOLD:
        return -1.0, 0.0
    if energy.is_electricity:
        return 1.0, 1.0 if green.is_non_fossil(row.origin, row.evidence) else grid_share
    stated = energy.fossil == energies.DEPENDS and bool(row.non_fossil) and has_evidence(row)
    return 1.0, 1.0 if energy.fossil == energies.NONFOSSIL or stated else 0.0
