"""Bills in the units and forms of papers: steam in t, standard coal, heat values of laboratories, carbon as received, biogenic
shares, CH4 of waste water and carbon that leaves in products; worked out here from the printed rules."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate, read, write
from jwdt_xl.errors import Refused

TESTS = Path(__file__).parents[1]
STEAM = list(csv.DictReader((TESTS / "golden" / "steam.csv").read_text(encoding="utf-8").splitlines()))
PAPERS = [
    row["name"]
    for row in csv.DictReader((TESTS / "data" / "names_of_papers.csv").read_text(encoding="utf-8").splitlines())
    if not row["medium"]
]
CO2_PER_C, KJ_PER_KGCE, HEAT_FACTOR, HEAT_TCE = 44 / 12, 29307.6, 0.11, 0.03412
#: GWP100 of CH4 by assessment report.
CH4 = {"AR2": 21, "AR4": 25, "AR5": 28, "AR6": 27.9}


@pytest.fixture(scope="module")
def refused(billed):
    def error(*rows, **changes):
        with pytest.raises(Refused) as caught:
            billed(*rows, **changes)
        (finding,) = caught.value.findings
        return finding.where, finding.code

    return error


def coal(**more):
    return {"kind": "fuel", "name": "烟煤", **more}


COAL_CARBON, COAL_OXIDISED = 0.0261, 0.93


def exactly(*values):
    return tuple(pytest.approx(value, rel=1e-12, abs=1e-12) for value in values)


# Steam in t: t × (h − 83.74) / 1000


@pytest.mark.parametrize("row", STEAM, ids=lambda row: f"{row['pressure_mpa']} MPa {row['temperature_c']} °C")
def test_steam_is_the_heat_of_its_enthalpy(amounts, row):
    """Enthalpies by IAPWS-IF97 (iapws 1.5.5)."""
    where = {"pressure": float(row["pressure_mpa"])}
    if row["temperature_c"]:
        where["temperature"] = float(row["temperature_c"])
    gj = 10 * (float(row["h"]) - 83.74) / 1000
    co2, tce, _ = amounts({"kind": "heat", **where})
    assert co2 == pytest.approx(gj * HEAT_FACTOR, rel=5e-3)
    assert tce == pytest.approx(gj * HEAT_TCE, rel=5e-3)


def test_steam_in_t_is_what_its_heat_would_be(amounts, billed):
    steam = {"kind": "heat", "pressure": 1.1, "temperature": 250}
    gj = billed(steam).quantities.activity[0].co2.report / HEAT_FACTOR
    assert amounts({**steam, "unit": "kg", "report": 10000}) == exactly(
        *amounts({"kind": "heat", "unit": "GJ", "report": gj})
    )
    assert amounts(coal(), {**steam, "origin": "sold"})[0] == pytest.approx(
        amounts(coal())[0] - gj * HEAT_FACTOR, rel=1e-12
    )
    assert amounts({**steam, "coefficient": 0.03, "emission_factor": 0.1}) == exactly(gj * 0.1, gj * 0.03, 0)


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({}, "pressure", "missing-field"),
        ({"pressure": 0.09}, "pressure", "impossible-pressure"),
        ({"pressure": 16.1}, "pressure", "outside-steam-table"),
        ({"pressure": 1, "temperature": 170}, "temperature", "below-saturation"),
        ({"pressure": 1, "temperature": 900}, "temperature", "outside-steam-table"),
    ],
)
def test_what_is_no_steam_is_refused(refused, more, field, code):
    assert refused({"kind": "heat", **more}) == (f"activity[0].{field}", code)


# Standard coal


def test_standard_coal_is_energy_as_it_stands(amounts, plain):
    co2 = 10 * KJ_PER_KGCE / 1000 * COAL_CARBON * COAL_OXIDISED * CO2_PER_C
    assert amounts(coal(unit="tce")) == exactly(co2, 10, 0)
    assert amounts(coal(unit="kgce", report=10000)) == exactly(co2, 10, 0)
    assert amounts(coal(unit="万吨标准煤", report=0.001)) == exactly(co2, 10, 0)
    assert amounts(coal(unit="tce", biomass=True)) == exactly(0, 10, 10)
    rows = [{"energy": name, "unit": "吨标准煤", "base": 1, "report": 10} for name in ("其他燃料", "原煤", "天然气")]
    assert evaluate(plain({"energy": rows})).quantities.primary_tce.report == 30


@pytest.mark.parametrize("field", ["net_calorific_value", "coefficient", "carbon_per_unit"])
def test_standard_coal_has_no_heat_value_of_its_own(refused, field):
    assert refused(coal(unit="tce", **{field: 0.7})) == (f"activity[0].{field}", "standard-coal-already")


def test_power_in_standard_coal_is_refused(refused, plain):
    """By calorific value or by the coal of generation: only the amount in kWh tells."""
    assert refused({"kind": "electricity", "origin": "grid", "unit": "tce"}) == ("activity[0].unit", "impossible-unit")
    with pytest.raises(Refused):
        evaluate(plain({"energy": [{"energy": "电力", "origin": "grid", "unit": "tce", "base": 1, "report": 1}]}))


# Heat values and carbon as laboratories state them


@pytest.mark.parametrize(
    ("unit", "value"), [("GJ/t", 20.934), ("MJ/kg", 20.934), ("kJ/kg", 20934), ("kcal/kg", 5000), ("", 20.934)]
)
def test_a_heat_value_counts_by_its_unit(amounts, plain, unit, value):
    said = {"net_calorific_value": value, "net_calorific_value_unit": unit or None, "source": "化验单"}
    co2 = 10 * 20.934 * COAL_CARBON * COAL_OXIDISED * CO2_PER_C
    assert amounts(coal(**said)) == exactly(co2, 10 * 20934 / KJ_PER_KGCE, 0)
    if unit:
        row = {"energy": "原煤", "unit": "t", "base": 1, "report": 10, **said}
        assert evaluate(plain({"energy": [row]})).quantities.primary_tce.report == pytest.approx(
            10 * 20934 / KJ_PER_KGCE
        )


@pytest.mark.parametrize(
    ("unit", "value"), [("GJ/万m3", 389.31), ("MJ/m3", 38.931), ("kJ/m3", 38931), ("kcal/m3", 38931 / 4.1868)]
)
def test_a_heat_value_of_gas(amounts, unit, value):
    gas = {"kind": "fuel", "name": "天然气", "unit": "万m3", "carbon_content": 0.0153, "oxidation": 0.99}
    found = amounts({**gas, "net_calorific_value": value, "net_calorific_value_unit": unit})
    assert found == exactly(10 * 389.31 * 0.0153 * 0.99 * CO2_PER_C, 100 * 38931 / KJ_PER_KGCE, 0)


def test_a_heat_value_of_another_dimension_is_refused(refused):
    row = coal(net_calorific_value=5000, net_calorific_value_unit="kcal/m3")
    assert refused(row) == ("activity[0].net_calorific_value_unit", "impossible-heat-unit")


def test_a_number_that_only_fits_another_unit_is_an_error_whatever_unit_was_chosen(billed):
    for value, unit in ((5000, None), (20.9, "kcal/kg"), (5000, "GJ/t")):
        found = billed(coal(net_calorific_value=value, net_calorific_value_unit=unit, source="化验单")).findings
        assert ("error", "implausible-heat-value") in [(f.severity, f.code) for f in found]


def test_carbon_as_received(amounts, refused):
    assert amounts(coal(carbon_per_unit=0.5421)) == exactly(
        10 * 0.5421 * COAL_OXIDISED * CO2_PER_C, amounts(coal())[1], 0
    )
    assert amounts(coal(carbon_per_unit=0.5421, oxidation=1))[0] == pytest.approx(5.421 * CO2_PER_C)
    assert refused(coal(carbon_per_unit=0.5, carbon_content=0.026)) == ("activity[0].carbon_per_unit", "two-carbons")


# Biogenic shares


def test_a_biogenic_share_with_evidence_is_no_co2_and_non_fossil(amounts):
    co2, tce, _ = amounts(coal())
    assert amounts(coal(biogenic_share=0.3, evidence="C14 检测")) == exactly(0.7 * co2, tce, 0.3 * tce)
    assert amounts(coal(biogenic_share=0.3)) == exactly(co2, tce, 0)
    assert amounts(coal(biogenic_share=0.3, evidence="检测", emission_factor=2)) == exactly(20, tce, 0.3 * tce)
    assert amounts(coal(biogenic_share=1, evidence="检测")) == exactly(0, tce, tce)
    twice = (
        coal(report=20, biogenic_share=0.3, evidence="检测"),
        coal(biogenic_share=0.3, evidence="检测", origin="sold"),
    )
    assert amounts(*twice) == exactly(0.7 * co2, tce, 0.3 * tce)


# CH4 of waste water: COD × Bo × MCF − recovered


@pytest.mark.parametrize("gwp_set", CH4)
def test_waste_water(amounts, gwp_set):
    options = {"gwp_set": gwp_set}
    water = {"kind": "wastewater"}
    assert amounts(coal(report=0), water, options=options) == exactly(10 * 0.25 * 0.8 * CH4[gwp_set], 0, 0)
    own = {**water, "mcf": 0.3, "bo": 0.21, "recovered_report": 0.1}
    assert amounts(coal(report=0), own, options=options)[0] == pytest.approx((10 * 0.21 * 0.3 - 0.1) * CH4[gwp_set])


def test_more_ch4_than_made_is_refused(refused, amounts):
    assert refused({"kind": "wastewater", "recovered_report": 2.01}) == (
        "activity[0].recovered_report",
        "negative-methane",
    )
    assert amounts(coal(report=0), {"kind": "wastewater", "recovered_report": 2})[0] == pytest.approx(0, abs=1e-12)


def test_waste_water_and_ready_ch4_are_told(billed):
    ready = [{"category": "process", "gas": "CH4", "unit": "t", "base": 1, "report": 1}]
    codes = [f.code for f in billed(coal(), {"kind": "wastewater", "base": 1}, greenhouse=ready).findings]
    assert "counted-twice" in codes
    other = [{"category": "process", "gas": "CO2", "unit": "t", "base": 1, "report": 1}]
    codes = [f.code for f in billed(coal(), {"kind": "wastewater", "base": 1}, greenhouse=other).findings]
    assert "counted-twice" not in codes


# Carbon in products


def test_carbon_in_products_is_taken_off(billed, amounts, refused):
    steel = {"kind": "product_carbon", "name": "粗钢", "carbon_fraction": 0.0021, "report": 1000}
    co2, tce, _ = amounts(coal(report=100))
    assert amounts(coal(report=100), steel) == exactly(co2 - 1000 * 0.0021 * CO2_PER_C, tce, 0)
    by_category = billed(coal(report=100), steel).quantities.by_category
    assert by_category["recovered"].report == pytest.approx(-1000 * 0.0021 * CO2_PER_C)
    for fraction in (None, 0):
        assert refused({**steel, "carbon_fraction": fraction}) == ("activity[0].carbon_fraction", "missing-field")


# All of them


FORMS = [
    {"kind": "heat", "pressure": 1.1, "temperature": 250},
    coal(unit="tce"),
    coal(net_calorific_value=5000, net_calorific_value_unit="kcal/kg"),
    coal(carbon_per_unit=0.55),
    coal(biogenic_share=0.4, evidence="检测"),
    {"kind": "wastewater", "mcf": 0.3},
    {"kind": "product_carbon", "carbon_fraction": 0.02},
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.sampled_from(FORMS), one=st.floats(0, 1e7), other=st.floats(0, 1e7))
def test_two_rows_are_as_one(amounts, row, one, other):
    """What a form makes of an amount is proportional to it, so that bills may be entered one by one."""
    whole, parts = (
        amounts(coal(), {**row, "report": one + other}),
        amounts(coal(), {**row, "report": one}, {**row, "report": other}),
    )
    assert parts == tuple(pytest.approx(value, rel=1e-9, abs=1e-6) for value in whole)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.sampled_from([row for row in FORMS if row["kind"] in ("fuel", "heat")]), amount=st.floats(0, 1e7))
def test_what_is_bought_and_sold_on_changes_nothing(amounts, row, amount):
    without, sold = amounts(coal()), {**row, "report": amount}
    found = amounts(coal(), sold, {**sold, "origin": "sold"})
    assert found == tuple(pytest.approx(value, rel=1e-9, abs=1e-6) for value in without)


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row["kind"])
def test_the_file_says_them_and_is_read_back(plain, row):
    data = {"greenhouse": [], "energy": [], "activity": [{"unit": "t", "base": 1, "report": 2, **row}]}
    assessment = read(plain(data))
    assert read(write(assessment)) == assessment


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row["kind"])
@pytest.mark.parametrize(
    "field", ["carbon_fraction", "bo", "mcf", "pressure", "carbon_per_unit", "biogenic_share", "recovered_report"]
)
def test_a_field_of_another_kind_is_told(billed, row, field):
    """Never silently left out."""
    own = {
        "heat": ("pressure",), "wastewater": ("bo", "mcf", "recovered_report"), "product_carbon": ("carbon_fraction",),
        "fuel": ("carbon_per_unit", "biogenic_share"),
    }[row["kind"]]  # fmt: skip
    if field in own:
        return
    found = [f for f in billed({**row, "base": 1, field: 0.2}).findings if f.code == "bill-field-not-used"]
    assert [f.where for f in found] == [f"activity[0].{field}"]


@pytest.mark.parametrize("value", [-1, "a", True, float("nan"), 1e300])
@pytest.mark.parametrize("field", ["carbon_fraction", "mcf", "biogenic_share", "oxidation"])
def test_what_is_no_fraction_is_refused(plain, field, value):
    with pytest.raises(Refused):
        read(plain({"activity": [coal(unit="t", base=1, report=1, **{field: value})]}))


def _unit_of(name: str) -> str:
    if "标准煤" in name:
        return "tce"
    return "万m3" if "气" in name and not name.startswith(("液化", "炼厂")) else "t"


@pytest.mark.parametrize("name", [name for name in PAPERS if not name.startswith(("热力", "电力", "余热"))])
def test_every_fuel_of_form_205_1_is_a_bill(amounts, name):
    """With what the form has: the amount, and in column 10 the coefficient used; carbon as the laboratory gives it."""
    row = {"kind": "fuel", "name": name, "unit": _unit_of(name), "emission_factor": 2}
    if row["unit"] == "tce":
        assert amounts(row)[:2] == exactly(20, 10)
        return
    try:
        by_table = amounts(row)[1]
    except Refused as error:
        (finding,) = error.findings
        assert finding.code in ("no-coefficient", "range-coefficient")
        by_table = None
    used = {"天然气（气态）": 1.2, "焦炉煤气": 0.6, "沼气": 0.8}.get(name, 0.7)
    if by_table is None:
        assert amounts({**row, "coefficient": used})[:2] == exactly(
            20, 10 * used * (10 if row["unit"] == "万m3" else 1)
        )
    assert amounts({**row, "net_calorific_value": 20, "coefficient": None})[0] == pytest.approx(20)
