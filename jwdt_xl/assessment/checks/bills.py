"""Bills: entered once, in the right unit, with factors of the right year, and own values that can be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ...messages import ERROR, INFO, WARNING, Finding, Text, joined, number
from ...standard import energy as energies
from ...standard import process
from ...standard.fuels import CO2_PER_C, TABLES, Fuel, find_fuel
from ...standard.greenhouse import CATEGORY_NAMES, find_gas
from ...standard.names import fold
from ...standard.units import BY_CODE
from ..activity import ActivityAmount, canonical, energy_of, is_fossil, may_be_non_fossil, table_fuel, year_of
from ..model import ActivityRow, EnergyRow, specs
from ..places import fsum, has_evidence, in_unit
from .rows import PERIOD_NAMES, name_of

if TYPE_CHECKING:
    from ..result import Result

#: How far the metered purchase may lie from the sum of its origins.
METERED = 0.005
PURCHASED = (energies.GRID, energies.DIRECT_GREEN, energies.CERTIFICATE)
#: How far a single output may lie from the sum of the product list: both are rounded by those who type them.
SAME_OUTPUT = 1e-3

#: GJ in one tce.
_GJ_PER_TCE = energies.KJ_PER_KGCE / 1000
#: t CO2 per tce of fuels without default parameters: gas is about 1.6, coal 2.7.
LEAST_CARBON, MOST_CARBON = 0.5, 4.0
#: How far a fuel's t CO2 per tce may lie from that of its default parameters.
CARBON_TOLERANCE = 0.3
#: How far a measured heat value may lie from the printed ones: coals of one kind differ by about this much.
HEAT_TOLERANCE = 0.5
#: Energies of GB/T 2589 that the default tables list under another name, or that burn like one of theirs.
_BURN_LIKE = {
    "raw_coal": "烟煤",
    "coal_middlings": "其它洗煤",
    "coal_slime": "其它洗煤",
    "lng": "天然气",
    "natural_gas_oilfield": "天然气",
    "natural_gas_gasfield": "天然气",
}
#: Names under which one fuel may stand in the energy table and among the bills.
_ALIKE = {
    "无烟煤": "raw_coal",
    "烟煤": "raw_coal",
    "褐煤": "raw_coal",
    "natural_gas_oilfield": "natural_gas",
    "natural_gas_gasfield": "natural_gas",
}


class Heat(NamedTuple):
    """How the heat value of fuels is given in a dimension: its unit, what is plausible, tce in 1000 of the coefficient.

    slips: what people type instead, and how much of the right unit that is.
    """

    unit: str
    low: float
    high: float
    coefficient_unit: str
    per_coefficient: float
    slips: tuple[tuple[str, float], ...]


_HEAT = {
    "mass": Heat(
        "GJ/t",
        5.0,
        60.0,
        "kgce/kg",
        _GJ_PER_TCE,
        (("GJ/t", 1.0), ("kJ/kg", 1e-3), ("kcal/kg", 4.1868e-3), ("kgce/kg", _GJ_PER_TCE)),
    ),
    "volume": Heat(
        "GJ/10^4 Nm3",
        20.0,
        500.0,
        "kgce/m3",
        10 * _GJ_PER_TCE,
        (
            ("GJ/10^4 Nm3", 1.0),
            ("MJ/m3", 10.0),
            ("kJ/m3", 1e-2),
            ("kcal/m3", 4.1868e-2),
            ("kgce/m3", 10 * _GJ_PER_TCE),
        ),
    ),
}
#: Emission factors of power that a grid or supplier can have, and of heat.
_FACTORS = {"electricity": (0.1, 1.3, "tCO2/MWh"), "heat": (0.02, 0.3, "tCO2/GJ")}
#: An own process factor this many times off the default is questioned.
PROCESS_TOLERANCE = 5.0
_OWN = ("net_calorific_value", "carbon_content", "oxidation", "emission_factor", "coefficient")


def _is_used(bill: ActivityAmount) -> bool:
    return any((bill.row.base, bill.row.report))


# Entered once


def metered(result: Result) -> Iterator[Finding]:
    """The metered purchase of electricity against the sum of its origins."""
    said = result.assessment.metered_electricity
    kwh = BY_CODE["kWh"]
    meter = in_unit(said.base, said.report, said.unit or kwh.code, kwh)
    bills = [b.row for b in result.quantities.activity if b.row.kind == "electricity"]
    rows: list[EnergyRow | ActivityRow] = [e.row for e in result.quantities.energies if e.energy.is_electricity]
    bought = [row for row in (*rows, *bills) if row.origin in PURCHASED]
    amounts = [in_unit(row.base, row.report, row.unit, kwh) for row in bought]
    for i, (period, label) in enumerate(PERIOD_NAMES.items()):
        whole, measured = fsum([pair[i] for pair in amounts]), meter[i]
        if measured is None or whole is None or abs(whole - measured) <= METERED * measured:
            continue
        text = Text(
            "{p}计量购电量为 {m} kWh，电网、绿电直供、绿证各行之和为 {s} kWh，相差超过 0.5 %；请核对电量，一度电只填一行",
            "{p}: {m} kWh bought by the meter, {s} kWh by the rows grid, direct green and certificate, more than 0.5 % apart; check them, each kWh stands in one row",
        ).fill(p=label, m=number(measured, 10), s=number(whole, 10))
        yield Finding(WARNING, "metered-electricity-differs", f"metered_electricity.{period}", text, "consistency")
    if len({row.origin for row in bills if row.origin in PURCHASED}) > 1 and said.base is said.report is None:
        text = Text(
            "购入电力分多个来源，但没有填计量购电量，无法核对各来源是否重复；请填写总电表的购电量",
            "power is bought from several origins, but without the metered purchase nothing tells whether they overlap; enter it",
        )
        yield Finding(INFO, "metered-electricity-blank", "metered_electricity.report", text, "completeness")


def own_power(result: Result) -> Iterator[Finding]:
    """Own renewable power beside power sold: what was fed into the grid was not used."""
    sold = any(b.row.kind == "electricity" and b.row.origin == energies.SOLD for b in result.quantities.activity)
    for bill in result.quantities.activity:
        if sold and bill.row.origin == energies.OWN_RENEWABLE and bill.row.kind == "electricity":
            text = Text(
                "自发可再生与外售电力同时存在：自发可再生只填自用电量，上网的部分两处都不填，外售只填自产化石电和转售的电量；请确认",
                "own renewable power beside power sold: enter own power only as far as used, and what was fed into the grid in neither row; sold is own fossil power and power sold on; confirm",
            )
            yield Finding(INFO, "own-power-and-sold", f"{bill.place}.origin", text, "consistency")
            return


def counted_twice(result: Result) -> Iterator[Finding]:
    """One source both as bill and as ready-made tonnes, or both among bills and in the energy table."""
    bills = [bill for bill in result.quantities.activity if _is_used(bill)]
    emitted = {bill.category: bill for bill in reversed(bills) if bill.factor}
    for i, (row, pair) in enumerate(zip(result.assessment.greenhouse, result.quantities.co2e_rows, strict=True)):
        # Bills give CO2 only: other gases of the same source have their rows beside them.
        if row.category in emitted and find_gas(row.gas).code == "CO2" and any(pair):
            bill = emitted[row.category]
            text = Text(
                "“{c}”既有账单(“{n}”)，又有现成吨数；同一来源请只填一处，否则重复计算",
                "“{c}” stands both in the bills (“{n}”) and as ready-made tonnes; enter one source in one place, else it is counted twice",
            ).fill(c=CATEGORY_NAMES[row.category], n=name_of("activity", bill.row))
            place = result.assessment.place("greenhouse", i)
            yield Finding(WARNING, "counted-twice", f"{place}.category", text, "consistency")
    counted = {_source_of(bill.row): bill for bill in reversed(bills) if bill.share_of_total}
    for amount in result.quantities.energies:
        bill_of = counted.get(_energy_source_of(amount.energy, amount.row.origin))
        if bill_of is not None and amount.share_of_total and any(amount.tce):
            text = Text(
                "“{n}”既在能源表，又在账单(“{b}”)；同一能源请只填一处，否则重复计算",
                "“{n}” stands both in the energy table and in the bills (“{b}”); enter one energy in one place, else it is counted twice",
            ).fill(n=amount.energy.name, b=name_of("activity", bill_of.row))
            yield Finding(WARNING, "counted-twice", f"{amount.place}.energy", text, "consistency")


def _source_of(row: ActivityRow) -> tuple[str, str]:
    """What a bill is of, by a name that the energy table shares."""
    if row.kind in ("electricity", "heat", "process"):
        return row.kind, row.origin or ""
    name = canonical(row)
    return "fuel", _ALIKE.get(name, name)


def _energy_source_of(energy: energies.Energy, origin: str | None) -> tuple[str, str]:
    if energy.is_electricity:
        return "electricity", origin or ""
    if energy.code in ("heat_equivalent", "steam_low_pressure"):
        return "heat", origin or ""
    return "fuel", _ALIKE.get(energy.code, energy.code)


def product_list(result: Result) -> Iterator[Finding]:
    """A product list: the single output beside it, and products in another unit without a factor."""
    product, rows = result.assessment.product, result.assessment.products
    for period, label in PERIOD_NAMES.items():
        single, listed = getattr(product.output, period), getattr(result.quantities.output, period)
        if not rows or single is None or listed is None or abs(single - listed) <= SAME_OUTPUT * abs(listed):
            continue
        text = Text(
            "{p}产品产量填为 {s}，产品明细合计为 {l}，二者不同，计算采用后者；请改为一致，或清空产品产量",
            "{p}: output is entered as {s}, the product list adds up to {l}, which is taken; make them agree, or clear the output",
        ).fill(p=label, s=number(single, 10), l=number(listed, 10))
        yield Finding(ERROR, "output-differs-from-products", f"product.output.{period}", text, "consistency")
    for i, row in enumerate(rows):
        if product.unit and row.factor is None and fold(row.unit) != fold(product.unit):
            text = Text(
                "“{n}”的单位是“{u}”，标准产品的单位是“{v}”，却没有折算系数，按 1 计；请填写折算系数",
                "“{n}” is in “{u}”, the standard product in “{v}”, without a conversion factor, so 1 is taken; enter the factor",
            ).fill(n=row.name, u=row.unit, v=product.unit)
            place = result.assessment.place("products", i)
            yield Finding(WARNING, "product-unit-without-factor", f"{place}.factor", text, "consistency")


# Factors


def factor_year(result: Result) -> Iterator[Finding]:
    """The year of a grid factor against the periods: one factor holds for both [choice]. Once for each factor."""
    labels = result.assessment.periods
    told = set()
    for bill in result.quantities.activity:
        grid = next((factor.name for factor in bill.factors if factor.kind == "co2"), None)
        if bill.year is None or grid in told or not _is_used(bill):
            continue
        told.add(grid)
        if bill.year == year_of(labels.report):
            text = Text(
                "“{n}”同时用于报告期 {r} 和基准期 {b} [choice]：电网自身的变化不算企业减排；要各用当年因子，请分两行填写",
                "“{n}” is used for the report period {r} and for the base period {b} [choice], so that a change of the grid is no reduction of yours; for each year's own factor use two rows",
            )
            code = "one-factor-for-both-periods"
        else:
            text = Text(
                "“{n}”是 {y} 年的因子，报告期为 {r}；该因子同时用于基准期 {b} [choice]。有当年因子时请填自有排放因子及其来源",
                "“{n}” is a factor of {y}, the report period is {r}; it is used for the base period {b} too [choice]. If there is a factor of the year, enter it as own factor with its source",
            )
            code = "factor-of-another-year"
        filled = text.fill(n=grid, y=bill.year, r=labels.report, b=labels.base)
        yield Finding(INFO, code, f"{bill.place}.factor_year", filled, "transparency")


def own_without_source(result: Result) -> Iterator[Finding]:
    """Measured values and own factors that nothing supports."""
    for bill in result.quantities.activity:
        given = [name for name in _OWN if getattr(bill.row, name) is not None]
        if given and not bill.row.source and not bill.row.evidence:
            text = Text(
                "“{n}”的{f}没有来源；请写明检测报告、供应商证明等",
                "“{n}”: {f} without a source; name the test report, the supplier's statement …",
            ).fill(n=name_of("activity", bill.row), f=_labels(given))
            yield Finding(WARNING, "own-factor-without-source", f"{bill.place}.{given[0]}", text, "transparency")


def _labels(fields: list[str]) -> Text:
    known = specs(ActivityRow)
    return joined([known[name].label for name in fields])


def not_used(result: Result) -> Iterator[Finding]:
    """What is filled in, but has no effect on a bill of this kind."""
    for bill in result.quantities.activity:
        row = bill.row
        idle = [name for name in _idle_fields(row) if getattr(row, name)]
        if idle:
            text = Text("“{n}”的{f}对该行不起作用，未使用；请核对或删去", "“{n}”: {f} has no effect on this row and is not used; check or remove it").fill(
                n=name_of("activity", row), f=_labels(idle)
            )  # fmt: skip
            yield Finding(WARNING, "bill-field-not-used", f"{bill.place}.{idle[0]}", text, "consistency")
        if row.feedstock and row.kind in ("electricity", "heat"):
            text = Text(
                "“{n}”标为用作原料，不计入能源，但排放照计；只有燃料可以用作原料，请核对",
                "“{n}” is marked as feedstock and not counted as energy, its emissions are; only fuels can be feedstock, check it",
            ).fill(n=name_of("activity", row))
            yield Finding(WARNING, "feedstock-not-fuel", f"{bill.place}.feedstock", text, "consistency")


def _idle_fields(row: ActivityRow) -> tuple[str, ...]:
    """The fields that a row of this kind does not use."""
    combustion, grid = ("carbon_content", "oxidation"), ("factor_series", "factor_year")
    if row.kind == "fuel":
        if row.feedstock:
            return grid
        if row.biomass:
            return (*combustion, "emission_factor", *grid)
        heat = ("net_calorific_value",) if row.coefficient is not None else ()
        return (*heat, *combustion, *grid) if row.emission_factor is not None else grid
    if row.kind == "electricity":
        own = row.emission_factor is not None or row.origin in (energies.OWN_RENEWABLE, energies.DIRECT_GREEN)
        return ("net_calorific_value", *combustion, *(grid if own else ()), "biomass")
    if row.kind == "heat":
        return ("net_calorific_value", *combustion, *grid, "biomass")
    return ("net_calorific_value", *combustion, *grid, "coefficient", "feedstock", "biomass", "non_fossil")


def without_emissions(result: Result) -> Iterator[Finding]:
    """A fossil fuel that is burnt and emits nothing."""
    for bill in result.quantities.activity:
        row = bill.row
        burnt = is_fossil(row) and not row.feedstock and not row.biomass
        if burnt and bill.factor == 0 and _is_used(bill):
            zeros = (name for name in ("emission_factor", "carbon_content", "oxidation") if getattr(row, name) == 0)
            field = next(zeros, "net_calorific_value")
            text = Text(
                "化石燃料“{n}”燃烧却没有排放；请核对{f}，用作原料请在“用作原料”选是",
                "the fossil fuel “{n}” is burnt and emits nothing; check {f}; for feedstock choose feedstock: yes",
            ).fill(n=name_of("activity", row), f=_labels([field]))
            yield Finding(WARNING, "fuel-without-emissions", f"{bill.place}.{field}", text, "consistency")


def biomass(result: Result) -> Iterator[Finding]:
    """Statements of biomass or non-fossil origin that cannot be, that nothing supports, or that do not count."""
    for bill in result.quantities.activity:
        row = bill.row
        name = name_of("activity", row)
        if row.kind == "fuel" and row.biomass and is_fossil(row):
            text = Text(
                "“{n}”是表中的化石燃料，却标为生物质：其 CO2 计 0 并计作非化石；请核对",
                "“{n}” is a fossil fuel of the tables but marked as biomass, so its CO2 is 0 and it counts as non-fossil; check it",
            ).fill(n=name)
            yield Finding(WARNING, "fossil-fuel-as-biomass", f"{bill.place}.biomass", text, "objectivity")
        elif row.kind == "fuel" and row.biomass and not has_evidence(row):
            text = Text(
                "“{n}”标为生物质但没有证明材料；请补充来源或证明",
                "“{n}” is marked as biomass without evidence; add the source or the evidence",
            ).fill(n=name)
            yield Finding(WARNING, "biomass-without-evidence", f"{bill.place}.biomass", text, "objectivity")
        if row.non_fossil is None or row.kind == "process" or bill.share_of_total <= 0:
            continue
        if row.kind != "electricity" and may_be_non_fossil(row):
            if row.non_fossil and not row.biomass and not has_evidence(row):
                text = Text(
                    "“{n}”声明为非化石但没有证明材料，按化石能源计；请补充证明",
                    "“{n}” is stated non-fossil without evidence and counted as fossil; add the evidence",
                ).fill(n=name)
                yield Finding(WARNING, "non-fossil-without-evidence", f"{bill.place}.non_fossil", text, "objectivity")
        elif row.non_fossil != (bill.share_non_fossil > 0):
            decides = Text("来源栏", "its origin") if row.kind == "electricity" else Text("燃料种类", "its kind")
            text = Text(
                "“{n}”是否非化石由{d}决定，此处声明未使用；请核对",
                "whether “{n}” is non-fossil follows from {d}, the statement is not used; check it",
            ).fill(n=name, d=decides)
            yield Finding(WARNING, "non-fossil-ignored", f"{bill.place}.non_fossil", text, "consistency")


def not_energy(result: Result) -> Iterator[Finding]:
    """Oxygen, compressed air …, entered as fuels: not energy."""
    for bill in result.quantities.activity:
        energy = energy_of(bill.row) if bill.row.kind == "fuel" else None
        if energy is not None and energy.fossil == energies.MEDIUM:
            text = Text(
                "“{n}”是耗能工质，不是能源，未计入", "“{n}” is an energy-carrying medium, not energy: not counted"
            ).fill(n=energy.name)
            yield Finding(INFO, "energy-medium-not-counted", f"{bill.place}.name", text, "transparency")


# Plausible numbers


def _usual_heat(row: ActivityRow, heat: Heat) -> tuple[float, float]:
    """What a fuel's heat value may be: about the printed ones where there are any."""
    printed = [fuel.net_calorific_value for fuel in _defaults(row.name)]
    energy = energy_of(row)
    if energy is not None and energy.low and energy.high:
        printed += [energy.low * heat.per_coefficient, energy.high * heat.per_coefficient]
    if not printed:
        return heat.low, heat.high
    return max(heat.low, min(printed) * (1 - HEAT_TOLERANCE)), min(heat.high, max(printed) * (1 + HEAT_TOLERANCE))


def _defaults(name: str) -> list[Fuel]:
    """The fuel's default parameters in the tables that have it."""
    return [fuel for fuel in (table_fuel(name, table) for table in TABLES) if fuel is not None]


def heat_values(result: Result) -> Iterator[Finding]:
    """Own heat values and coefficients of fuels that cannot be, with the unit they were probably typed in."""
    for bill in result.quantities.activity:
        row = bill.row
        if row.kind != "fuel":
            continue
        heat = _HEAT[BY_CODE[row.unit].dimension]
        low, high = _usual_heat(row, heat)
        for field, unit, scale in (
            ("net_calorific_value", heat.unit, 1.0),
            ("coefficient", heat.coefficient_unit, heat.per_coefficient),
        ):
            value = getattr(row, field)
            if value is None or low <= value * scale <= high:
                continue
            typed = [(u, value * f) for u, f in heat.slips if low <= value * f <= high and u != unit]
            shown = [Text(f"{u}(= {number(v / scale)})", f"{u} (= {number(v / scale)})") for u, v in typed]
            slip = (
                Text("，很可能填成了 {u}", ", probably typed in {u}").fill(u=joined(shown)) if typed else Text("", "")
            )
            text = Text(
                "“{n}”的{f}为 {v} {w}，通常在 {a}–{b}{s}；请核对数值和单位",
                "“{n}”: {f} {v} {w}, usual are {a}–{b}{s}; check value and unit",
            ).fill(
                n=name_of("activity", row),
                f=_labels([field]),
                v=number(value),
                w=unit,
                a=number(low / scale, 3),
                b=number(high / scale, 3),
                s=slip,
            )
            yield Finding(WARNING, "implausible-heat-value", f"{bill.place}.{field}", text, "objectivity")


def carbon_per_tce(result: Result) -> Iterator[Finding]:
    """t CO2 per tce of each fuel, against that of its default parameters."""
    for bill in result.quantities.activity:
        row = bill.row
        if row.kind != "fuel" or not bill.factor or not bill.kgce or not bill.share_of_total:
            continue
        # kgce per kg is tce per t; kgce per m3 is a tenth of tce per 10^4 m3.
        tce = bill.kgce * (1 if BY_CODE[row.unit].dimension == "mass" else 10)
        low, high = _usual_carbon(row)
        if not low <= bill.factor / tce <= high:
            text = Text(
                "“{n}”每吨标准煤排放 {v} t CO2，通常在 {a}–{b}；请核对热值、含碳量、自有因子和折标系数是否属于同一燃料",
                "“{n}” emits {v} t CO2 per tce, usual are {a}–{b}; check whether heat value, carbon content, own factor and coefficient are of the same fuel",
            ).fill(n=name_of("activity", row), v=number(bill.factor / tce), a=number(low, 3), b=number(high, 3))
            own = next(
                (name for name in ("emission_factor", "carbon_content") if getattr(row, name) is not None), "name"
            )
            yield Finding(WARNING, "implausible-carbon-per-tce", f"{bill.place}.{own}", text, "objectivity")


def _usual_carbon(row: ActivityRow) -> tuple[float, float]:
    energy = energy_of(row)
    alike = _BURN_LIKE.get(energy.code) if energy else None
    found = _defaults(row.name) or ([find_fuel(alike)] if alike else [])
    usual = [fuel.carbon_content * fuel.oxidation * CO2_PER_C * _GJ_PER_TCE for fuel in found]
    if not usual:
        return LEAST_CARBON, MOST_CARBON
    return min(usual) * (1 - CARBON_TOLERANCE), max(usual) * (1 + CARBON_TOLERANCE)


def emission_factors(result: Result) -> Iterator[Finding]:
    """Own factors of power, heat and processes that cannot be."""
    for bill in result.quantities.activity:
        row, own = bill.row, bill.row.emission_factor
        if own is None or row.kind == "fuel" or row.origin in (energies.OWN_RENEWABLE, energies.DIRECT_GREEN):
            continue
        if own == 0 and row.origin == energies.CERTIFICATE:
            text = Text(
                "绿证电量按自有因子 0 计排放；默认仍按电网因子 [choice]，请确认基准期、基准值的口径相同",
                "power with certificates takes the own factor 0; by default it keeps the grid's [choice]: make sure that base period and benchmark do the same",
            )
            yield Finding(INFO, "certificate-factor-zero", f"{bill.place}.emission_factor", text, "transparency")
            continue
        low, high, unit = _FACTORS.get(row.kind) or _process_factors(row.name)
        # Power sold without emissions takes nothing off the total.
        if not low <= own <= high and not (own == 0 and row.origin == energies.SOLD):
            text = Text(
                "“{n}”的自有排放因子为 {v} {u}，通常在 {a}–{b}；请核对数值和单位",
                "“{n}”: own factor {v} {u}, usual are {a}–{b}; check value and unit",
            ).fill(n=name_of("activity", row), v=number(own), u=unit, a=number(low, 3), b=number(high, 3))
            yield Finding(WARNING, "implausible-emission-factor", f"{bill.place}.emission_factor", text, "objectivity")


def _process_factors(name: str) -> tuple[float, float, str]:
    """What the factor of a process may be: near its default; no carbon has more than 44/12 t CO2 per t."""
    known = next((f for f, names in process.named_processes() if fold(name) in map(fold, names)), None)
    if known is None or known.value is None:
        return 0.0, CO2_PER_C * 1.01, "tCO2/t"
    return known.value / PROCESS_TOLERANCE, min(known.value * PROCESS_TOLERANCE, CO2_PER_C * 1.01), "tCO2/t"


CHECKS = (
    metered,
    own_power,
    counted_twice,
    product_list,
    factor_year,
    own_without_source,
    not_used,
    without_emissions,
    biomass,
    not_energy,
    heat_values,
    carbon_per_tce,
    emission_factors,
)
