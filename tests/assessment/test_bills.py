"""Bills: emissions, standard coal and non-fossil share of every kind, worked out here from the printed factors."""

from __future__ import annotations

import copy
import csv
import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate, read, write
from jwdt_xl.errors import Refused
from jwdt_xl.standard.names import fold
from jwdt_xl.standard.units import UNITS, of_dimensions

EXAMPLES = ("cement", "dyeing", "total_basis", "both_rise", "not_applicable", "na_and_missing")
GOLDEN = Path(__file__).parents[1] / "golden"


def rows_of(name):
    return list(csv.DictReader((GOLDEN / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


FUELS, GBT2589, PROCESSES = rows_of("fuels"), rows_of("energy"), rows_of("process")
PUBLISHED = json.loads((GOLDEN / "fuels_published.json").read_text(encoding="utf-8"))["examples"]
#: What the default tables and GB/T 2589 call differently.
IN_GBT2589 = {"焦炭": "焦炭(干全焦)", "一般煤油": "煤油", "焦油": "煤焦油"}
KJ_PER_KGCE = 29307.6
CO2_PER_C = 44 / 12

DIESEL = 42.652 * 0.0202 * 0.98 * CO2_PER_C
GRID_2023, GRID_2022 = 0.5306, 0.5366
#: The years and factors of the national series; the latest is whatever row is the latest.
NATIONAL = {
    int(row["year"]): float(row["value"]) for row in rows_of("grid_factors") if row["scope"] == "national_average"
}
LATEST = max(NATIONAL)
ETS_YEARS = [int(row["year"]) for row in rows_of("grid_factors") if row["scope"] == "ets_reporting"]
POWER, HEAT = 0.1229, 0.03412


@pytest.fixture(scope="module")
def refused(billed):
    """The single error of these bills: its place, its code and its English text."""

    def error(*rows, **changes):
        with pytest.raises(Refused) as caught:
            billed(*rows, **changes)
        (finding,) = caught.value.findings
        assert all(len(text) <= 255 for text in finding.text)
        return finding.where, finding.code, finding.text.en

    return error


def exactly(*values):
    return pytest.approx(values, rel=1e-12, abs=1e-12)


def fuel(name, **more):
    return {"kind": "fuel", "name": name, "unit": "t", **more}


def power(origin="grid", **more):
    return {"kind": "electricity", "origin": origin, "unit": "MWh", **more}


def heat(**more):
    return {"kind": "heat", "unit": "GJ", **more}


def process(name, **more):
    return {"kind": "process", "name": name, "unit": "t", **more}


# Fuels


@pytest.mark.parametrize("example", PUBLISHED, ids=lambda example: example["id"])
def test_published_results(amounts, example):
    row = fuel(
        example["fuel"],
        report=float(example["amount"]),
        net_calorific_value=float(example["ncv"]),
        carbon_content=float(example["carbon_content_tC_per_TJ"]) / 1000,
        oxidation=float(example["oxidation_rate_percent"]) / 100,
        source="检测报告",
    )
    co2, tce, _ = amounts(row)
    last_digit = 10 ** -len(example["published_result"].partition(".")[2])
    truncated = example["id"] == "rail-汽油"
    assert co2 == pytest.approx(float(example["published_result"]), abs=last_digit * (1 if truncated else 0.5))
    assert tce == pytest.approx(float(example["ncv"]) * 1000 / KJ_PER_KGCE, rel=1e-12)


@pytest.mark.parametrize("row", FUELS, ids=lambda row: f"{row['table']}-{row['fuel_zh']}")
def test_every_fuel_with_its_defaults(amounts, refused, row):
    """CO2 by the default table; standard coal by GB/T 2589, or by the heat value where it does not list the fuel."""
    heat_value, carbon = float(row["net_calorific_value"]), float(row["carbon_content_tC_per_GJ"])
    gas = row["unit_of_amount"] != "t"
    bill = fuel(row["fuel_zh"], unit="万m3" if gas else "t")
    options = {"options": {"fuel_table": row["table"]}}
    listed = [r for r in GBT2589 if r["name_zh"] == IN_GBT2589.get(row["fuel_zh"], row["fuel_zh"])]
    if listed and listed[0]["coef_low"] != listed[0]["coef_high"]:
        where, code, text = refused(bill, **options)
        assert (where, code) == ("activity[0].coefficient", "range-coefficient")
        assert "give the measured heat value or a number inside it" in text
        bill["coefficient"] = per_unit = float(listed[0]["coef_low"])
    else:
        per_unit = heat_value * (100 if gas else 1000) / KJ_PER_KGCE
        per_unit = float(listed[0]["coef_low"]) if listed else per_unit
    co2 = 10 * heat_value * carbon * float(row["oxidation_rate_percent"]) / 100 * CO2_PER_C
    assert amounts(bill, **options) == exactly(co2, 10 * per_unit * (10 if gas else 1), 0)


def test_own_values_replace_the_defaults_one_by_one(amounts):
    defaults = {"net_calorific_value": 42.652, "carbon_content": 0.0202, "oxidation": 0.98}
    for own in ({"net_calorific_value": 43}, {"carbon_content": 0.02}, {"oxidation": 1}, dict.fromkeys(defaults, 0.1)):
        heat_value, carbon, oxidised = {**defaults, **own}.values()
        tce = own["net_calorific_value"] * 1000 / KJ_PER_KGCE if "net_calorific_value" in own else 1.4571
        co2 = heat_value * carbon * oxidised * CO2_PER_C
        assert amounts(fuel("柴油", **own)) == exactly(10 * co2, 10 * tce, 0)


def test_an_own_emission_factor_and_coefficient_come_before_everything(amounts):
    own = {"emission_factor": 3.1, "coefficient": 1.5, "net_calorific_value": 40, "carbon_content": 0.1}
    assert amounts(fuel("柴油", **own)) == exactly(31, 15, 0)
    assert amounts(fuel("什么油", **own)) == exactly(31, 15, 0)


def test_an_own_heat_value_settles_a_range(amounts):
    bill = fuel("天然气", unit="万m3", net_calorific_value=355.44)
    co2 = 355.44 * 0.0153 * 0.99 * CO2_PER_C
    assert amounts(bill) == exactly(10 * co2, 10 * 355.44 / 29.3076, 0)


@pytest.mark.parametrize("value", [1.1, 1.33])
def test_an_own_coefficient_must_lie_in_the_range(amounts, refused, value):
    assert amounts(fuel("天然气", unit="m3", coefficient=value))[1] == pytest.approx(value / 100)
    for outside in (value - 0.24, value + 0.24):
        where, code, text = refused(fuel("天然气", unit="m3", coefficient=outside))
        assert (where, code) == ("activity[0].coefficient", "outside-range")
        assert "must lie within 1.1–1.33 kgce/m3" in text


@pytest.mark.parametrize("name", ["甲醇", "原煤", "洗中煤"])
def test_what_has_no_default_asks(amounts, refused, name):
    where, code, text = refused(fuel(name))
    assert (where, code) == ("activity[0].name", "unknown-fuel")
    assert "give measured heat value, carbon content and oxidation rate" in text
    assert ("or choose the kind of coal" in text) == ("煤" in name)
    for incomplete in (
        {"net_calorific_value": 20, "carbon_content": 0.026},
        {"carbon_content": 0.026, "oxidation": 0.9},
    ):
        assert refused(fuel(name, **incomplete))[1] == "unknown-fuel"
    own = {"net_calorific_value": 20.9, "carbon_content": 0.0264, "oxidation": 0.93}
    co2 = 20.9 * 0.0264 * 0.93 * CO2_PER_C
    assert amounts(fuel(name, **own)) == exactly(10 * co2, 10 * 20900 / KJ_PER_KGCE, 0)


def test_a_fuel_of_the_other_table_says_so(refused):
    for name in ("石脑油", "LNG"):
        assert "table B has it" in refused(fuel(name), options={"fuel_table": "A"})[2]


#: GB/T 32151.34-2024, table C.1 (as printed: GJ/t, tC/GJ, %), with the tce of GB/T 2589 where it lists the fuel.
@pytest.mark.parametrize(
    ("name", "printed", "tce"),
    [
        ("液化天然气（液态）", (51.498, 0.0153, 98), 17.572), ("煤焦油", (33.453, 0.0220, 98), 11.429),
        ("粗苯", (41.816, 0.0227, 98), 14.286), ("其他石油制品", (41.031, 0.0200, 98), 410.31 / 29.3076),
        ("其他煤制品", (17.460, 0.0336, 98), 174.6 / 29.3076),
    ],
)  # fmt: skip
def test_the_fuels_of_the_part_on_other_industries(amounts, name, printed, tce):
    heat, carbon, oxidised = printed
    assert amounts(fuel(name)) == exactly(10 * heat * carbon * oxidised / 100 * 44 / 12, tce, 0)


def test_feedstock_is_neither_burnt_nor_energy(amounts, billed):
    """It needs no factor and no amount in a period in which it was not asked for."""
    assert amounts(fuel("石脑油", feedstock=True), fuel("柴油")) == exactly(10 * DIESEL, 14.571, 0)
    assert amounts(fuel("天然气", unit="m3", feedstock=True), fuel("柴油")) == exactly(10 * DIESEL, 14.571, 0)
    result = billed(fuel("石脑油", feedstock=True, base=None), fuel("柴油"))
    assert result.quantities.co2e.base == 0
    assert "blank-period" not in [finding.code for finding in result.findings]


def test_biomass_emits_nothing_and_is_non_fossil(amounts, refused):
    assert amounts(fuel("秸秆", biomass=True, net_calorific_value=14)) == exactly(0, *[140000 / KJ_PER_KGCE] * 2)
    assert amounts(fuel("木屑", biomass=True, coefficient=0.5)) == exactly(0, 5, 5)
    assert amounts(fuel("沼气", unit="万m3", biomass=True, coefficient=0.75)) == exactly(0, 75, 75)
    where, code, text = refused(fuel("秸秆", biomass=True))
    assert (where, code) == ("activity[0].net_calorific_value", "no-coefficient")
    assert "neither in GB/T 2589 nor in fuel table B: give its heat value or an own coefficient" in text


def test_a_fuel_that_depends_is_fossil_until_proven(amounts):
    methanol = fuel("甲醇", carbon_content=0.018, net_calorific_value=19.9, oxidation=0.98)
    co2, tce = 10 * 19.9 * 0.018 * 0.98 * CO2_PER_C, 199000 / KJ_PER_KGCE
    assert amounts(methanol) == exactly(co2, tce, 0)
    assert amounts({**methanol, "non_fossil": True}) == exactly(co2, tce, 0)
    assert amounts({**methanol, "non_fossil": True, "evidence": "绿色甲醇证书"}) == exactly(co2, tce, tce)
    assert amounts({**methanol, "non_fossil": False, "evidence": "绿色甲醇证书"}) == exactly(co2, tce, 0)


@pytest.mark.parametrize("table", ["A", "B"])
@pytest.mark.parametrize("name", ["柴油", "石脑油", "原煤"])
def test_a_listed_fossil_fuel_stays_fossil(amounts, table, name):
    """Whichever table is in force: 石脑油 stands in B only."""
    own = {"carbon_content": 0.02, "net_calorific_value": 40, "oxidation": 0.98}
    stated = fuel(name, non_fossil=True, evidence="声明", **own)
    assert amounts(stated, options={"fuel_table": table})[2] == 0


def test_energy_media_are_no_energy(amounts):
    assert amounts(fuel("氧气", unit="m3", emission_factor=0), fuel("柴油")) == exactly(10 * DIESEL, 14.571, 0)


def test_tables_are_never_mixed_within_a_result(billed):
    for table, heat_value in (("B", 26.7), ("A", 24.515)):
        result = billed(fuel("无烟煤"), fuel("柴油"), fuel("型煤"), options={"fuel_table": table})
        sources = [f.source for f in result.quantities.factors if f.kind == "co2"]
        assert sources and all(source.startswith(f"{table}: ") for source in sources)
        assert heat_value in [f.value for f in result.quantities.factors]


@pytest.mark.parametrize("field", ["net_calorific_value", "coefficient"])
@pytest.mark.parametrize("row", [fuel("柴油"), fuel("秸秆", biomass=True)])
def test_no_heat_at_all_is_refused(refused, field, row):
    assert refused({**row, field: 0}) == (f"activity[0].{field}", "bad-coefficient", "must be above 0")


# Electricity


@pytest.mark.parametrize(
    ("origin", "factor", "non_fossil"),
    [
        ("grid", GRID_2023, 0),
        ("certificate", GRID_2023, 1),  # [choice]: keeps the grid's factor
        ("direct_green", 0, 1),
        ("own_renewable", 0, 1),
    ],
)
def test_electricity_by_origin(amounts, origin, factor, non_fossil):
    tce = 10 * 1000 * POWER / 1000
    assert amounts(power(origin)) == exactly(10 * factor, tce, non_fossil * tce)


def test_electricity_sold_is_subtracted(amounts, billed):
    assert amounts(power(report=100), power("sold")) == exactly(90 * GRID_2023, 90 * POWER, 0)
    result = billed(power(report=100), power("sold"))
    assert {c: pair.report for c, pair in result.quantities.by_category.items()} == pytest.approx(
        {"purchased_electricity": 100 * GRID_2023, "exported_electricity": -10 * GRID_2023}
    )


def test_every_row_converts_by_the_convention_of_the_result(amounts, refused):
    options = {"options": {"electricity_coefficient": 0.305, "grid_nonfossil_share": 0.3}}
    assert amounts(power(), power("own_renewable"), **options) == exactly(10 * GRID_2023, 6.1, 3.05 + 0.3 * 3.05)
    where, code, _ = refused(power(coefficient=0.3))
    assert (where, code) == ("activity[0].coefficient", "electricity-coefficient")


@pytest.mark.parametrize(
    ("fields", "factor"),
    [
        ({"factor_series": "华东"}, 0.55),
        ({"factor_series": "华东", "factor_year": 2022}, 0.5617),
        ({"factor_series": "ets_reporting"}, 0.5703),
        ({"factor_year": 2021}, 0.5568),
        ({"emission_factor": 0.42}, 0.42),
        ({"emission_factor": 0.42, "factor_series": "华东", "factor_year": 2022}, 0.42),
        ({"emission_factor": 0}, 0),
    ],
)
def test_series_years_and_own_factors(amounts, fields, factor):
    assert amounts(power(**fields))[0] == pytest.approx(10 * factor, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("report", "factor"),
    [("2022", GRID_2022), ("2022Q3", GRID_2022), ("2021年度", 0.5568), ("2019", 0.5568), (str(LATEST + 3), NATIONAL[LATEST]), ("本年", NATIONAL[LATEST])],
)  # fmt: skip
def test_the_latest_factor_not_after_the_report_period_holds_for_both(billed, report, factor):
    found = billed(power(base=20), periods={"base": "2018", "report": report}).quantities
    assert found.co2e == exactly(20 * factor, 10 * factor)


def test_errors_of_electricity(refused):
    assert refused(power(""))[:2] == ("activity[0].origin", "missing-origin")
    assert refused(power(factor_series="月球"))[:2] == ("activity[0].factor_series", "unknown-series")
    where, code, text = refused(power(factor_series="ets_reporting", factor_year=max(ETS_YEARS) + 1))
    assert (where, code) == ("activity[0].factor_year", "no-grid-factor")
    assert f"there are: {min(ETS_YEARS)}" in text


# Heat and processes


def test_heat_bought_and_sold(amounts):
    assert amounts(heat()) == exactly(10 * 0.11, 10 * HEAT, 0)
    assert amounts(heat(report=100), heat(origin="sold")) == exactly(9.9, 90 * HEAT, 0)
    assert amounts(heat(emission_factor=0.06, coefficient=0.04)) == exactly(0.6, 0.4, 0)


@pytest.mark.parametrize("name", ["", "热力", "蒸汽", "蒸汽(低压)", "园区集中供热 0.8 MPa"])
def test_heat_converts_by_its_heat_whatever_it_is_called(amounts, name):
    assert amounts(heat(name=name)) == exactly(1.1, 10 * HEAT, 0)


def test_heat_is_non_fossil_with_evidence_only(amounts):
    assert amounts(heat(non_fossil=True)) == exactly(1.1, 10 * HEAT, 0)
    assert amounts(heat(non_fossil=True, evidence="地热井")) == exactly(1.1, 10 * HEAT, 10 * HEAT)
    # biomass is a word for fuels: heat needs its evidence
    assert amounts(heat(biomass=True)) == exactly(1.1, 10 * HEAT, 0)


@pytest.mark.parametrize("row", PROCESSES, ids=lambda row: row["item_en"])
def test_every_process_with_its_default(amounts, refused, row):
    if not row["unit"].startswith("tCO2/t") or not row["value"]:
        assert refused(process(row["item_zh"]))[1] in ("unknown-process", "no-process-factor")
        return
    assert amounts(process(row["item_zh"]))[0] == pytest.approx(10 * float(row["value"]), rel=1e-12)


def test_a_process_has_no_energy(billed):
    result = billed(process("石灰石"))
    assert result.quantities.primary_tce == (None, None) == result.quantities.nonfossil_tce
    assert billed(process("石灰石"), fuel("柴油")).quantities.primary_tce.report == pytest.approx(14.571)


def test_processes_that_ask(amounts, refused):
    where, code, text = refused(process("水泥熟料"))
    assert (where, code) == ("activity[0].emission_factor", "no-process-factor")
    assert "44/56" in text
    assert amounts(process("水泥熟料", emission_factor=0.525))[0] == pytest.approx(5.25)
    where, code, text = refused(process("玻璃"))
    assert (where, code) == ("activity[0].name", "unknown-process")
    assert "else give an own factor" in text
    assert amounts(process("玻璃", emission_factor=0.2))[0] == pytest.approx(2)
    assert amounts(process("", emission_factor=0.2))[0] == pytest.approx(2)
    assert refused(process(""))[:2] == ("activity[0].name", "missing-field")
    assert refused(fuel("", emission_factor=0.2))[:2] == ("activity[0].name", "missing-field")


# What is refused


@pytest.mark.parametrize(
    ("row", "unit", "dimensions"),
    [
        (fuel("柴油"), "m3", ["mass"]),
        (fuel("天然气", coefficient=1.2), "t", ["volume"]),
        (fuel("柴油"), "GJ", ["mass", "volume", "coal"]),
        (power(), "t", ["energy"]),
        (heat(), "m3", ["energy", "mass"]),
        (process("石灰石"), "m3", ["mass"]),
        # a default heat value is per t: without an own one, nothing else converts
        (fuel("烟煤", emission_factor=2), "m3", ["mass"]),
        (fuel("转炉煤气", emission_factor=2), "t", ["volume"]),
        (fuel("柴油", biomass=True), "m3", ["mass"]),
    ],
)
def test_a_wrong_unit_lists_the_possible_ones(refused, row, unit, dimensions):
    where, code, text = refused({**row, "unit": unit})
    assert (where, code) == ("activity[0].unit", "impossible-unit")
    possible = " / ".join(u.code for u in of_dimensions(dimensions))
    assert text == f"unit must be one of {possible}, got “{unit}”"


def test_a_unit_of_something_else_lists_all_of_the_column(refused):
    assert "kWh" in refused({**power(), "unit": "万元"})[2]


@pytest.mark.parametrize(
    ("row", "origin"),
    [
        (heat(), "grid"),
        (fuel("柴油"), "grid"),
        (power(), "bought"),
        (process("石灰石"), "own_renewable"),
        (process("石灰石"), "sold"),
    ],
)
def test_origins_that_do_not_go_with_the_kind(refused, row, origin):
    assert refused({**row, "origin": origin})[:2] == ("activity[0].origin", "origin-not-electricity")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("carbon_content", 26.1, "too-large"),  # tC/TJ
        ("oxidation", 93, "too-large"),  # percent
        ("factor_year", 2022.5, "not-whole"),
        ("emission_factor", -1, "negative"),
        ("base", "12 t", "not-a-number"),
        ("kind", "汽油", "bad-choice"),
        ("unit", "", "missing-field"),
    ],
)
def test_what_is_no_data(refused, field, value, code):
    assert refused(fuel("柴油", **{field: value}) if field != "unit" else {"kind": "fuel", "name": "柴油", "unit": ""})[
        1
    ] == (code)


def test_every_wrong_bill_is_reported(billed):
    with pytest.raises(Refused) as caught:
        billed(fuel("沼气"), power(""), heat(unit="t"), process("熟料"))
    assert [f.where for f in caught.value.findings] == [
        "activity[0].name",
        "activity[1].origin",
        "activity[2].pressure",
        "activity[3].emission_factor",
    ]


# Totals


MIXED = [
    fuel("烟煤", base=1000, report=900),
    fuel("柴油", base=20, report=21),
    power(base=5000, report=4800),
    power("certificate", base=0, report=300),
    power("sold", base=100, report=90),
    heat(base=800, report=700),
    heat(origin="sold", base=10, report=9),
    process("石灰石", base=300, report=310),
]


def test_sub_totals_add_up_to_the_total(billed):
    found = billed(*MIXED).quantities
    coal = 19.57 * 0.0261 * 0.93 * CO2_PER_C
    expected = {
        "fuel": 900 * coal + 21 * DIESEL,
        "process": 310 * 0.4397,
        "purchased_electricity": 5100 * GRID_2023,
        "purchased_heat": 77,
        "exported_electricity": -90 * GRID_2023,
        "exported_heat": -0.99,
    }
    assert {category: pair.report for category, pair in found.by_category.items()} == pytest.approx(expected)
    assert list(found.by_category) == list(expected)
    assert found.co2e.report == pytest.approx(math.fsum(expected.values()), rel=1e-12)
    tce = 900 * 19570 / KJ_PER_KGCE + 21 * 1.4571 + 5010 * POWER + 691 * HEAT
    assert found.primary_tce.report == pytest.approx(tce, rel=1e-12)
    assert found.nonfossil_tce.report == pytest.approx(300 * POWER, rel=1e-12)


def test_bills_and_ready_made_rows_are_added(plain):
    both = evaluate(plain({"activity": [process("石灰石", base=100, report=200)]}))
    assert both.quantities.co2e.report == pytest.approx(2250 + 200 * 0.4397)
    assert both.quantities.by_category["process"].report == pytest.approx(200 * 0.4397)
    assert both.quantities.by_category["fuel"].report == 1800


def test_a_blank_bill_is_missing_and_never_0(billed):
    result = billed(fuel("柴油", base=None), power(report=None))
    assert result.quantities.co2e == (None, None) == result.quantities.primary_tce
    assert billed(power("own_renewable", report=None), fuel("柴油")).quantities.co2e.report == pytest.approx(
        10 * DIESEL
    )


def test_the_result_tells_which_factors_were_used(billed):
    """Default or own, table, year, source and confidence."""
    row = fuel("柴油", carbon_content=0.0201, evidence="检测报告 7 号")
    factors = {
        (f.kind, f.name.zh): f
        for f in billed(row, power(), heat(emission_factor=0.1, source="供热公司")).quantities.factors
    }
    own = factors["co2", "柴油 含碳量"]
    assert (own.own, own.value, own.unit, own.source) == (True, 0.0201, "tC/GJ", "检测报告 7 号")
    default = factors["co2", "柴油 低位热值"]
    assert (default.own, default.value, default.unit) == (False, 42.652, "GJ/t")
    assert (default.source, default.confidence) == (
        "B: GB/T 32151.22-2024 table C.1 (as stated by its source)",
        "two sources",
    )
    assert factors["tce", "柴油"].source == "GB/T 2589-2020"
    grid = factors["co2", "全国电力平均二氧化碳排放因子 2023"]
    assert (grid.value, grid.unit, grid.confidence) == (GRID_2023, "tCO2/MWh", "one source")
    assert (factors["co2", "热力"].own, factors["co2", "热力"].source) == (True, "供热公司")
    assert factors["tce", "电力(当量值)"].value == POWER


#: Notices of MEE and NBS: No. 12 of 2024 (2021), No. 33 of 2024 (2022), No. 47 of 2025 (2023); t CO2 per MWh.
ZHEJIANG = {
    int(row["year"]): float(row["value"]) for row in rows_of("grid_factors") if row["scope"] == "province_zhejiang"
}
REGION_EAST_2023, ROW = 0.5500, {"base": 2000, "report": 1000, "unit": "MWh"}


@pytest.mark.parametrize(
    ("row", "options", "periods", "base", "report"),
    [
        ({}, {"grid_series": "province_zhejiang"}, ("2022", "2023"), ZHEJIANG[2023], ZHEJIANG[2023]),
        ({"factor_series": "华东"}, {"grid_series": "province_zhejiang"}, ("2022", "2023"), REGION_EAST_2023, REGION_EAST_2023),
        ({"factor_series": "浙江省"}, {}, ("2021", "2022"), ZHEJIANG[2022], ZHEJIANG[2022]),
        ({}, {"grid_factor_year": "each"}, ("2022", "2023"), GRID_2022, GRID_2023),
        ({}, {"grid_factor_year": "each", "grid_series": "province_zhejiang"}, ("2021", "2022"), ZHEJIANG[2021], ZHEJIANG[2022]),
        ({}, {"grid_factor_year": "each"}, ("2019", "2020"), NATIONAL[2021], NATIONAL[2021]),
        ({}, {"grid_factor_year": "latest"}, ("2021", "2022"), NATIONAL[LATEST], NATIONAL[LATEST]),
        ({"factor_year": 2022}, {"grid_factor_year": "each"}, ("2021", "2023"), GRID_2022, GRID_2022),
        ({"emission_factor": 0.4}, {"grid_factor_year": "each"}, ("2022", "2023"), 0.4, 0.4),
        ({"origin": "own_renewable"}, {"grid_factor_year": "each"}, ("2022", "2023"), 0, 0),
    ],
)  # fmt: skip
def test_whose_grid_factor_of_which_year(billed, row, options, periods, base, report):
    for origin, sign in (("grid", 1), ("sold", -1)):
        result = billed(
            power(**{"origin": origin, **ROW, **row}),
            options=options,
            periods=dict(zip(("base", "report"), periods, strict=True)),
        )
        signed = sign if "origin" not in row else 1
        assert result.quantities.co2e == pytest.approx((signed * 2000 * base, signed * 1000 * report), rel=1e-12)


def test_a_region_changes_no_evaluation(billed):
    one, other = (billed(power("grid", **ROW), **{"enterprise.region": region}).as_dict() for region in ("", "浙江省"))
    assert {**one, "findings": []} == {**other, "findings": []}
    assert [f["code"] for f in other["findings"] if f not in one["findings"]] == ["province-factor"]


def test_gwp_sets_cannot_be_mixed(plain):
    """One option decides for all rows; a row has no way to name another set."""
    for name in ("AR2", "AR4", "AR5", "AR6"):
        gases = [
            {"category": "process", "gas": gas, "unit": "t", "base": 1, "report": 1} for gas in ("CO2", "CH4", "N2O")
        ]
        result = evaluate(
            plain({"greenhouse": gases, "activity": [fuel("柴油", base=1, report=1)], "options.gwp_set": name})
        )
        used = {f.source.partition(";")[0] for f in result.quantities.factors if f.kind == "gwp"}
        assert used == {name}
    with pytest.raises(Refused, match="gwp_set"):
        evaluate(plain({"greenhouse[0].gwp_set": "AR6"}))


# The same bill in another unit, and in another order


def bills(*, whole=True):
    number = st.integers(0, 10**6) if whole else st.floats(0, 1e6)
    both = {"base": number, "report": number}
    own = {
        "net_calorific_value": st.sampled_from([19.5, 42.1, 300]),
        "carbon_content": st.sampled_from([0.02, 0.027]),
        "oxidation": st.sampled_from([0.93, 1]),
        "emission_factor": st.sampled_from([0, 0.11, 2.5]),
    }
    solid = st.fixed_dictionaries(
        {
            "kind": st.just("fuel"),
            "name": st.sampled_from(["烟煤", "柴油", "diesel", "石油焦"]),
            "unit": st.just("t"),
            **both,
        },
        optional={**own, "feedstock": st.booleans(), "biomass": st.booleans()},
    )
    gas = st.fixed_dictionaries(
        {
            "kind": st.just("fuel"),
            "name": st.sampled_from(["高炉煤气", "转炉煤气"]),
            "unit": st.just("m3"),
            **both,
        },
        optional=own,
    )
    electricity = st.fixed_dictionaries(
        {
            "kind": st.just("electricity"),
            "origin": st.sampled_from(["grid", "own_renewable", "direct_green", "certificate", "sold"]),
            "unit": st.just("kWh"),
            **both,
        },
        optional={"factor_series": st.sampled_from(["华北", "全国"]), "factor_year": st.sampled_from([2021, 2022])},
    )
    heats = st.fixed_dictionaries(
        {"kind": st.just("heat"), "origin": st.sampled_from([None, "sold"]), "unit": st.just("GJ"), **both}
    )
    processes = st.fixed_dictionaries(
        {"kind": st.just("process"), "name": st.sampled_from(["石灰石", "纯碱"]), "unit": st.just("kg"), **both}
    )
    return st.lists(st.one_of(solid, gas, electricity, heats, processes), min_size=1, max_size=6)


calm = settings(max_examples=80, suppress_health_check=list(HealthCheck))
QUANTITIES = ("co2e", "primary_tce", "nonfossil_tce")


def numbers(result):
    found = {name: tuple(getattr(result.quantities, name)) for name in QUANTITIES}
    return found | {category: tuple(pair) for category, pair in result.quantities.by_category.items()}


@calm
@given(rows=bills(whole=False), draw=st.data())
def test_the_same_bill_in_another_unit_changes_nothing(plain, rows, draw):
    factors = {unit.code: unit.factor for unit in UNITS}
    other = copy.deepcopy(rows)
    for row in other:
        dimension = next(unit.dimension for unit in UNITS if unit.code == row["unit"])
        unit = draw.draw(st.sampled_from(of_dimensions([dimension])))
        ratio = factors[row["unit"]] / unit.factor
        row["unit"] = draw.draw(st.sampled_from([unit.code, *unit.aliases]))
        for period in ("base", "report"):
            row[period] *= ratio
    one, two = (evaluate(plain({"greenhouse": [], "energy": [], "activity": r})) for r in (rows, other))
    before, after = numbers(one), numbers(two)
    assert before.keys() == after.keys()
    # Sums of purchased and exported amounts may cancel.
    size = sum(abs(v or 0) for bill in one.quantities.activity for v in (*bill.co2, *bill.tce))
    for name, pair in before.items():
        for x, y in zip(pair, after[name], strict=True):
            assert x is y is None or y == pytest.approx(x, rel=1e-9, abs=1e-12 * (1 + size))
    assert one.coverage == two.coverage


def test_what_is_bought_and_sold_again_leaves_nothing_in_any_unit(plain):
    """3.6 × 0.3 GJ and 300 kWh differ by a rounding: 2.8e-17 t in the base period were a base period."""
    for amount in (0.3, 0.6, 4.8):
        rows = [power("grid", base=amount * 3.6, report=360) | {"unit": "GJ"}]
        rows.append(power("sold", base=amount * 1000, report=50_000) | {"unit": "kWh"})
        result = evaluate(plain({"greenhouse": [], "energy": [], "activity": rows}))
        assert result.quantities.co2e.base == result.quantities.primary_tce.base == 0
        assert result.coverage < 1


@calm
@given(rows=bills(), random=st.randoms(use_true_random=False))
def test_the_order_of_bills_does_not_matter(plain, rows, random):
    other = random.sample(rows, len(rows))
    one, two = (evaluate(plain({"greenhouse": [], "energy": [], "activity": r})) for r in (rows, other))
    assert numbers(one) == numbers(two)


@calm
@given(rows=bills())
def test_bills_survive_writing_and_reading(plain, rows):
    assessment = read(plain({"activity": rows}))
    assert read(write(assessment)) == assessment
    assert write(read(write(assessment))) == write(assessment)


# Old files


@pytest.mark.parametrize("name", EXAMPLES)
def test_old_files_know_no_bills(example, golden, name):
    """With nothing in the new fields everything is as it was: the expected numbers stand in test_evaluate.py."""
    old = evaluate(example(name))
    new = evaluate(example(name, {"activity": [], "products": [], "metered_electricity": {}}))
    assert new.as_dict() == old.as_dict()
    assert old.quantities.activity == () and old.quantities.product_rows == ()
    assert "activity" not in write(read(example(name)))


# Several products


def goods(**fields):
    return {"name": "P.O 42.5", "unit": "t", "base": 60, "report": 70, **fields}


def test_products_add_up_to_the_standard_product(plain):
    listed = {"product.output": {}, "products": [goods(), goods(name="P.C 42.5", factor=0.8), goods(factor=0)]}
    result = evaluate(plain(listed))
    assert result.quantities.output == exactly(60 + 48, 70 + 56)
    by_hand = evaluate(plain({"product.output": {"base": 108, "report": 126}}))
    assert result.as_dict()["values"] == by_hand.as_dict()["values"]
    assert result.total == by_hand.total


def test_the_sum_is_shown_with_its_derivation(plain):
    result = evaluate(plain({"product.output": {}, "products": [goods(), goods(name="P.C 42.5", factor=0.8)]}))
    shown = {i.node.code: i.derivation for i in result.indicators}
    assert "产量为 2 种产品折算之和 70 + 56 = 126" in shown["3"].zh
    assert "output is the sum of 2 products 70 + 56 = 126" in shown["6"].en
    assert "products" not in shown["5"].en
    many = evaluate(plain({"product.output": {}, "products": [goods(name=f"产品{i}") for i in range(30)]}))
    assert "30 种产品折算之和 70 + 70 + 70 + 70 + 70 + 70 + … = 2100" in many.indicators[1].derivation.zh


def test_one_product_in_the_list_needs_no_sum(plain):
    result = evaluate(plain({"product.output": {}, "products": [goods(factor=2)]}))
    assert result.quantities.output == (120, 140)
    assert all("sum of" not in i.derivation.en for i in result.indicators)


def test_a_blank_product_is_missing(plain):
    result = evaluate(plain({"products": [goods(), goods(report=None)]}))
    assert result.quantities.output == (120, None)
    assert ("missing-indicator", "products") in [(f.code, f.where) for f in result.findings]


def test_a_single_output_that_differs_is_an_error(plain):
    result = evaluate(plain({"products": [goods(base=100, report=100.2)]}))
    assert [(f.severity, f.code, f.where) for f in result.findings if f.severity == "error"] == [
        ("error", "output-differs-from-products", "product.output.report")
    ]
    assert not result.ok and result.quantities.output.report == 100.2


def test_names_of_fuels_fold(amounts):
    plainly = amounts(fuel("LPG"))
    for name in ("ＬＰＧ", " lpg ", "液化石油气", "Liquefied Petroleum Gas"):
        assert fold(name) and amounts(fuel(name)) == plainly
