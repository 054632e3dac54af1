"""Energy and carbon: how each row counts, own coefficients, and whether energy and emissions fit together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard import energy as energies
from ...standard.greenhouse import CATEGORY_NAMES, find_gas
from ..amounts import EnergyAmount
from ..places import MISSING, has_evidence
from ..ratios import OUTSIDE
from .rows import PERIOD_NAMES, table_of

if TYPE_CHECKING:
    from ..result import Result

#: t CO2 per tce of fossil fuel: gas is about 1.6, coal 2.7; beyond these something is wrong. Blast-furnace gas
#: carries the CO2 of the furnace and comes to about 8.
LEAST_CARBON, MOST_CARBON, MOST_CARBON_FURNACE_GAS = 0.5, 4.0, 10.0
FURNACE_GAS = "blast_furnace_gas"
HEAT = ("heat_equivalent", "steam_low_pressure")
#: Shares and sums are compared within this.
ROUNDING = 1e-9


def _is_fuel(amount: EnergyAmount) -> bool:
    return amount.energy.fossil == energies.FOSSIL and amount.share_of_total > 0


def _is_positive(amount: EnergyAmount) -> bool:
    return any(value is not None and value > 0 for value in amount.tce)


def unproved(where: str, name: Text) -> Finding:
    text = Text(
        "“{n}”声明为非化石但没有证明材料，按化石能源计；请补充证明",
        "“{n}” is stated non-fossil without evidence and counted as fossil; add the evidence",
    ).fill(n=name)
    return Finding(WARNING, "non-fossil-without-evidence", where, text, "objectivity")


def ignored(where: str, name: Text, decides: Text) -> Finding:
    text = Text(
        "“{n}”是否非化石由{d}决定，此处声明未使用；请核对",
        "whether “{n}” is non-fossil follows from {d}, the statement is not used; check it",
    ).fill(n=name, d=decides)
    return Finding(WARNING, "non-fossil-ignored", where, text, "consistency")


def medium(where: str, name: Text) -> Finding:
    text = Text("“{n}”是耗能工质，不是能源，未计入", "“{n}” is an energy-carrying medium, not energy: not counted")
    return Finding(INFO, "energy-medium-not-counted", where, text.fill(n=name), "transparency")


def non_fossil(result: Result) -> Iterator[Finding]:
    """Statements of non-fossil origin that do not count."""
    for amount in result.quantities.energies:
        row, energy = amount.row, amount.energy
        if row.non_fossil is None or amount.share_of_total <= 0:
            continue
        where = f"{amount.place}.non_fossil"
        if energy.fossil == energies.DEPENDS and not energy.is_electricity:
            if row.non_fossil and not has_evidence(row):
                yield unproved(where, energy.name)
        elif row.non_fossil != (amount.share_non_fossil > 0):
            decides = Text("来源栏", "its origin") if energy.is_electricity else Text("能源种类", "its kind")
            yield ignored(where, energy.name, decides)


def not_energy(result: Result) -> Iterator[Finding]:
    """Water, compressed air, oxygen …: not energy."""
    for amount in result.quantities.energies:
        if amount.energy.fossil == energies.MEDIUM:
            yield medium(f"{amount.place}.energy", amount.energy.name)


def balance(result: Result) -> Iterator[Finding]:
    """More sold than used, or more non-fossil energy than energy."""
    primary, non_fossil_tce = result.quantities.primary_tce, result.quantities.nonfossil_tce
    place = table_of(result.assessment, "energy")
    for period, label in PERIOD_NAMES.items():
        whole, part = getattr(primary, period), getattr(non_fossil_tce, period)
        if whole is not None and whole < 0:
            text = Text(
                "{p}外售能源多于购入与消费，一次能源合计为 {v} tce；请核对外售数量和单位",
                "{p}: more energy sold than bought and burnt, the total is {v} tce; check amounts and units sold",
            ).fill(p=label, v=number(whole))
            yield Finding(ERROR, "sold-more-than-used", place, text, "consistency")
        elif part is not None and part < 0:
            text = Text(
                "{p}外售的非化石能源比消费的多 {v} tce；请核对外售的数量，自产自销的燃料两处都不填",
                "{p}: {v} tce more non-fossil energy sold than used; check what was sold; a fuel made and sold goes nowhere",
            ).fill(p=label, v=number(-part))
            yield Finding(ERROR, "non-fossil-sold-more-than-used", place, text, "consistency")
        elif whole and part is not None and part > whole * (1 + ROUNDING):
            text = Text(
                "{p}非化石能源 {a} tce 多于一次能源 {b} tce；外售的绿电请勿计作自用",
                "{p}: non-fossil {a} tce exceed primary energy {b} tce; do not count green power that was sold",
            ).fill(p=label, a=number(part), b=number(whole))
            yield Finding(ERROR, "share-above-100", place, text, "consistency")


def without_emissions(result: Result) -> Iterator[Finding]:
    """Fuel, grid power or heat among the energy, but not among the emissions."""
    categories = set(result.quantities.by_category)
    if not categories:
        return  # the empty table is a finding of its own
    used = [amount for amount in result.quantities.energies if amount.share_of_total > 0 and _is_positive(amount)]
    for category, found, what in (
        ("fuel", [a for a in used if _is_fuel(a)], Text("燃料燃烧", "fuel combustion")),
        (
            "purchased_electricity",
            [a for a in used if a.energy.is_electricity and a.row.origin == energies.GRID],
            Text("购入电力", "purchased electricity"),
        ),
        ("purchased_heat", [a for a in used if a.energy.code in HEAT], Text("购入热力", "purchased heat")),
    ):
        if found and category not in categories:
            text = Text(
                "消费了“{n}”，但温室气体表没有“{c}”排放；请补填",
                "“{n}” is used, but the emissions have no row “{c}”; add it",
            ).fill(n=found[0].energy.name, c=what)
            code = f"{category.replace('_', '-')}-without-emissions"
            yield Finding(WARNING, code, f"{found[0].place}.energy", text, "consistency")


def without_energy(result: Result) -> Iterator[Finding]:
    """Ready-made emissions of fuel, power or heat whose energy is nowhere: the energy would be too small."""
    amounts = result.quantities
    if amounts.primary_tce == MISSING:
        return  # that the energy is missing is a finding of its own
    rows = [amount for amount in amounts.energies if amount.share_of_total]
    bills = {bill.kind.category for bill in amounts.activity}
    for category, found in (
        ("fuel", any(not a.energy.is_electricity and a.energy.code not in HEAT for a in rows)),
        ("purchased_electricity", any(a.energy.is_electricity for a in rows)),
        ("purchased_heat", any(a.energy.code in HEAT for a in rows)),
    ):
        for i, row in enumerate(result.assessment.greenhouse):
            if row.category == category and any(amounts.co2e_rows[i]) and not found and category not in bills:
                text = Text(
                    "有“{c}”的排放，但能源表和账单都没有相应的能源，一次能源消费会偏小；请补填能源，或改填账单",
                    "there are emissions of “{c}”, but neither energy table nor bills have their energy, so that primary energy is too small; add it, or enter bills",
                ).fill(c=CATEGORY_NAMES[category])
                place = result.assessment.place("greenhouse", i)
                yield Finding(WARNING, "emissions-without-energy", f"{place}.category", text, "consistency")
                break


def carbon_per_tce(result: Result) -> Iterator[Finding]:
    """Emissions of fuels against the standard coal of the same fuels."""
    fuels = [amount for amount in result.quantities.energies if _is_fuel(amount)]
    emissions = [
        pair
        for row, pair in zip(result.assessment.greenhouse, result.quantities.co2e_rows, strict=True)
        if row.category == "fuel" and not row.biomass
    ]
    furnace = any(amount.energy.code == FURNACE_GAS for amount in fuels)
    most = MOST_CARBON_FURNACE_GAS if furnace else MOST_CARBON
    if not emissions:
        return
    for period, label in PERIOD_NAMES.items():
        tce = [getattr(amount.tce, period) for amount in fuels]
        co2e = [getattr(pair, period) for pair in emissions]
        if None in tce or None in co2e or math.fsum(tce) <= 0:
            continue
        quotient = math.fsum(co2e) / math.fsum(tce)
        if not LEAST_CARBON <= quotient <= most:
            text = Text(
                "{p}燃料燃烧排放为 {v} t CO2e/tce，一般在 {a}–{b}；请核对燃料数量与排放量",
                "{p}: fuels emit {v} t CO2e per tce, usual are {a}–{b}; check amounts of fuel and emissions",
            ).fill(p=label, v=number(quotient), a=number(LEAST_CARBON), b=number(most))
            yield Finding(WARNING, "implausible-carbon-per-tce", "greenhouse", text, "consistency")


def per_value(result: Result) -> Iterator[Finding]:
    """Energy against output value."""
    for period, label in PERIOD_NAMES.items():
        value = result.ratios["energy"][period]
        if OUTSIDE["energy"].holds(value=value):
            yield OUTSIDE["energy"].finding("output_value.report", p=label, v=number(value or 0.0))
            return


def weak_factors(result: Result) -> Iterator[Finding]:
    """Factors of the tables that rest on one source, or that could not be confirmed: once for each."""
    used = [(f"{a.place}.pollutant", a.pollutant.name, a.pollutant.confidence) for a in result.quantities.pollutants]
    for i, row in enumerate(result.assessment.greenhouse):
        gas = find_gas(row.gas)
        used.append((f"{result.assessment.place('greenhouse', i)}.gas", gas.name, gas.confidence))
    for amount in result.quantities.energies:
        own = amount.row.coefficient is not None or amount.row.net_calorific_value is not None
        if amount.share_of_total and not own:
            used.append((f"{amount.place}.energy", amount.energy.name, amount.energy.confidence))
    for bill in result.quantities.activity:
        used += [(f"{bill.place}.{bill.kind.factor_field}", factor.name, factor.confidence) for factor in bill.factors]
    told = set()
    for where, name, confidence in used:
        if confidence.startswith(("one source", "unconfirmed")) and name not in told:
            told.add(name)
            text = Text(
                "“{n}”的系数来源单一或未经核实；请与标准原文核对，或填自有实测值",
                "the factor of “{n}” rests on one source or is unconfirmed; compare with the standard or give your own",
            ).fill(n=name)
            yield Finding(INFO, "weak-factor", where, text, "transparency")


CHECKS = (
    non_fossil,
    not_energy,
    balance,
    without_emissions,
    without_energy,
    carbon_per_tce,
    per_value,
    weak_factors,
)
RULES = (OUTSIDE["energy"],)
