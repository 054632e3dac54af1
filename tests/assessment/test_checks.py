"""Findings: for each code an assessment that has it; the small assessment, which has none, is the one that has not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jwdt_xl.assessment import checks, evaluate, metered, ratios
from jwdt_xl.messages import LONGEST, PRINCIPLES, SEVERITIES
from jwdt_xl.standard import guide as guides

EXAMPLES = ("cement", "dyeing", "total_basis", "both_rise", "not_applicable", "na_and_missing")

POLLUTANT = {"medium": "water", "unit": "kg", "base": 10, "report": 10, "source": "监测"}
WASTE_WATER = {**POLLUTANT, "unit": "t wastewater"}
ENERGY = {"unit": "t", "base": 10, "report": 10, "source": "计量"}
GAS = {"unit": "t", "base": 10, "report": 10, "source": "核查"}
AMOUNTS = {"base": 10, "report": 10, "source": "结算单"}
DIESEL = {"kind": "fuel", "name": "柴油", "unit": "t", **AMOUNTS}
GRID = {"kind": "electricity", "origin": "grid", "unit": "kWh", **AMOUNTS}
HEAT = {"kind": "heat", "unit": "GJ", **AMOUNTS}
LIMESTONE = {"kind": "process", "name": "石灰石", "unit": "t", **AMOUNTS}
#: A biomass fuel, that no table lists.
STRAW = {"kind": "fuel", "name": "秸秆", "unit": "t", "biomass": True, "net_calorific_value": 14, **AMOUNTS}
OWN = {"medium": "air", "pollutant": "二氧化硫", "value": 0.9, "unit": "kg", "source": "试验"}


def billed(*rows, **changes):
    """The small assessment with bills in the place of both tables."""
    return {"energy": [], "greenhouse": [], "activity": list(rows), **changes}


def product(**fields):
    return {"name": "水泥", "unit": "t", "base": 50, "report": 50, "source": "台账", **fields}


#: code: severity, place, changes to the small assessment.
TRIGGERS = [
    # completeness
    ("blank-detail", "warning", "enterprise.name", {"enterprise.name": ""}),
    ("blank-detail", "warning", "enterprise.uscc", {"enterprise.uscc": None}),
    ("blank-detail", "warning", "enterprise.industry_code", {"enterprise.industry_code": ""}),
    ("blank-detail", "warning", "boundary", {"boundary": " "}),
    ("blank-detail", "warning", "product.name", {"product.name": ""}),
    ("blank-detail", "warning", "product.unit", {"product.unit": ""}),
    ("text-too-long", "warning", "boundary", {"boundary": "长" * 32_768}),
    ("text-too-long", "warning", "pollutants[0].note", {"pollutants[0].note": "😀" * 16_384}),
    ("text-too-long", "warning", "not_applicable.7", {"not_applicable": {"7": "长" * 40_000}}),
    ("empty-table", "warning", "materials", {"materials": []}),
    ("empty-table", "warning", "pollutants", {"pollutants": []}),
    ("empty-table", "warning", "energy", billed(LIMESTONE)),
    ("blank-period", "warning", "pollutants[1].base", {"pollutants[1].base": None}),
    ("blank-period", "warning", "residual_energy[0].report", {"residual_energy[0].report": None}),
    ("missing-parameter", "warning", "pollutants[2].parameter", {"pollutants[2]": {**WASTE_WATER, "pollutant": "pH"}}),
    (
        "missing-limit",
        "warning",
        "pollutants[2].limit",
        {"pollutants[2]": {**WASTE_WATER, "pollutant": "色度", "parameter": 80}},
    ),
    ("unused-parameter", "info", "pollutants[0].limit", {"pollutants[0].limit": 50}),
    ("missing-indicator", "warning", "pollutants", {"pollutants[0].report": None}),
    ("missing-indicator", "warning", "product.output.report", {"product.output.report": None}),
    ("missing-indicator", "warning", "output_value.report", {"output_value.report": None}),
    ("missing-indicator", "warning", "energy", {"energy": []}),
    ("missing-indicator", "warning", "policy.elimination_list", {"policy.elimination_list": None}),
    ("missing-indicator", "warning", "policy.recommended", {"policy.recommended": None}),
    ("missing-indicator", "warning", "management.effective", {"management.effective": None}),
    ("not-assessable-indicator", "warning", "product.output.base", {"product.output.base": 0}),
    ("not-assessable-indicator", "warning", "product.output.report", {"product.output.report": 0}),
    (
        "not-assessable-indicator",
        "warning",
        "greenhouse",
        {"greenhouse[2]": {**GAS, "category": "recovered", "gas": "CO2", "report": 2250}},
    ),
    (
        "negative-carbon",
        "error",
        "greenhouse",
        {"greenhouse[2]": {**GAS, "category": "recovered", "gas": "CO2", "report": 2251}},
    ),
    ("missing-benchmark", "warning", "benchmarks.4", {"benchmarks.4": None}),
    ("entered-not-used", "warning", "entered.3", {"entered.3": 5}),
    ("no-source", "info", "energy", {"energy[1].source": ""}),
    ("no-source", "info", "activity", billed({**DIESEL, "source": ""})),
    # evidence
    ("missing-evidence", "warning", "policy.evidence", {"policy.evidence": ""}),
    ("missing-evidence", "warning", "management.evidence", {"management.evidence": ""}),
    ("effective-without-established", "warning", "management.effective", {"management.established": False}),
    ("effective-without-established", "warning", "management.effective", {"management.established": None}),
    # own equivalent values, overlaps
    ("own-value-replaces", "info", "own_equivalents[0].value", {"own_equivalents": [OWN]}),
    (
        "industry-of-another-product",
        "warning",
        "enterprise.industry_code",
        {"product.name": "灰铸铁件", "enterprise.industry_code": "2710"},
    ),
    ("own-value-without-source", "warning", "own_equivalents[0].source", {"own_equivalents": [{**OWN, "source": ""}]}),
    ("own-value-unused", "warning", "own_equivalents[0].pollutant", {"own_equivalents": [{**OWN, "medium": "water"}]}),
    ("recorded-not-counted", "info", "pollutants[2].pollutant", {"pollutants[2]": {**POLLUTANT, "pollutant": "总氮"}}),
    (
        "doubtful-recorded",
        "warning",
        "own_equivalents[0].pollutant",
        {"own_equivalents": [{"medium": "air", "pollutant": "Hg", "unit": "kg"}]},
    ),
    (
        "recorded-not-counted",
        "info",
        "pollutants[2].pollutant",
        {
            "pollutants[2]": {**POLLUTANT, "pollutant": "某物"},
            "own_equivalents": [{"medium": POLLUTANT["medium"], "pollutant": "某物", "unit": "kg"}],
        },
    ),
    ("overlap-left-out", "info", "pollutants[2].pollutant", {"pollutants[2]": {**POLLUTANT, "pollutant": "BOD5"}}),
    (
        "overlap-all-counted",
        "info",
        "pollutants[0].pollutant",
        {"pollutants[2]": {**POLLUTANT, "pollutant": "BOD5"}, "options.organic_overlap": "all"},
    ),
    (
        "overlapping-counted",
        "warning",
        "pollutants[2].pollutant",
        {
            "pollutants[2]": {**POLLUTANT, "pollutant": "六价铬"},
            "pollutants[3]": {**POLLUTANT, "pollutant": "总铬"},
        },
    ),
    (
        "overlapping-counted",
        "warning",
        "pollutants[2].pollutant",
        {
            "pollutants[2]": {**POLLUTANT, "medium": "air", "pollutant": "烟尘"},
            "pollutants[3]": {**POLLUTANT, "medium": "air", "pollutant": "一般性粉尘"},
        },
    ),
    # energy
    (
        "non-fossil-without-evidence",
        "warning",
        "energy[3].non_fossil",
        {"energy[3]": {**ENERGY, "energy": "甲醇", "non_fossil": True, "source": ""}},
    ),
    ("non-fossil-ignored", "warning", "energy[0].non_fossil", {"energy[0].non_fossil": True}),
    ("non-fossil-ignored", "warning", "energy[1].non_fossil", {"energy[1].non_fossil": True}),
    ("non-fossil-ignored", "warning", "energy[2].non_fossil", {"energy[2].non_fossil": False}),
    (
        "own-coefficient-without-source",
        "warning",
        "energy[0].coefficient",
        {"energy[0].coefficient": 0.7, "energy[0].source": ""},
    ),
    (
        "own-coefficient-without-source",
        "warning",
        "energy[0].net_calorific_value",
        {"energy[0].net_calorific_value": 20000, "energy[0].source": ""},
    ),
    # printed 20934 kJ/kg; 20 % more is 25120.8
    ("implausible-heat-value", "warning", "energy[0].net_calorific_value", {"energy[0].net_calorific_value": 25200}),
    ("implausible-heat-value", "error", "energy[0].net_calorific_value", {"energy[0].net_calorific_value": 5000}),
    ("implausible-heat-value", "error", "energy[0].coefficient", {"energy[0].coefficient": 714.3}),
    (
        "sold-more-than-used",
        "error",
        "energy",
        {"energy[3]": {**ENERGY, "energy": "原煤", "origin": "sold", "report": 2000}},
    ),
    # sold 757.16 of 765.77 tce: what is left is less than the 12.29 of own renewable power
    (
        "share-above-100",
        "error",
        "energy",
        {"energy[3]": {**ENERGY, "energy": "原煤", "origin": "sold", "base": 1160, "report": 1060}},
    ),
    (
        "energy-medium-not-counted",
        "info",
        "energy[3].energy",
        {"energy[3]": {**ENERGY, "energy": "压缩空气", "unit": "m3"}},
    ),
    ("fuel-without-emissions", "warning", "energy[0].energy", {"greenhouse[0].category": "process"}),
    ("purchased-electricity-without-emissions", "warning", "energy[1].energy", {"greenhouse[1].category": "process"}),
    (
        "purchased-heat-without-emissions",
        "warning",
        "energy[3].energy",
        {"energy[3]": {**ENERGY, "energy": "热力", "unit": "GJ"}},
    ),
    # 642.87 tce of coal: 300 t CO2 are 0.47 t per tce, 2600 t are 4.04
    ("implausible-carbon-per-tce", "warning", "greenhouse", {"greenhouse[0].report": 300}),
    ("implausible-carbon-per-tce", "warning", "greenhouse", {"greenhouse[0].report": 2600}),
    ("weak-factor", "info", "energy[3].energy", {"energy[3]": {**ENERGY, "energy": "LNG"}}),
    ("weak-factor", "info", "activity[0].factor_series", billed(GRID)),
    ("weak-factor", "info", "activity[0].name", billed({**DIESEL, "name": "高炉煤气", "unit": "万m3"})),
    (
        "emissions-without-energy",
        "warning",
        "greenhouse[2].category",
        {"greenhouse[2]": {**GAS, "category": "purchased_heat", "gas": "CO2"}},
    ),
    ("emissions-without-energy", "warning", "greenhouse[1].category", {"energy": [{**ENERGY, "energy": "原煤"}]}),
    # bills: entered once
    (
        "metered-electricity-differs",
        "warning",
        "metered_electricity.report",
        billed(GRID, {**GRID, "origin": "certificate"}, metered_electricity={"base": 20, "report": 20.2}),
    ),
    (
        "metered-electricity-differs",
        "warning",
        "metered_electricity.base",
        {"metered_electricity": {"unit": "MWh", "base": 1010, "report": 900}},
    ),
    (
        "metered-electricity-differs",
        "warning",
        "metered_electricity.base",
        billed(DIESEL, metered_electricity={"base": 1}),
    ),
    (
        "metered-electricity-blank",
        "info",
        "metered_electricity.report",
        billed(GRID, {**GRID, "origin": "direct_green"}),
    ),
    (
        "own-power-and-sold",
        "info",
        "activity[1].origin",
        billed(DIESEL, {**GRID, "origin": "own_renewable"}, {**GRID, "origin": "sold", "report": 1}),
    ),
    (
        "own-power-as-sold",
        "warning",
        "activity[1].origin",
        billed(GRID, {**GRID, "origin": "own_renewable"}, {**GRID, "origin": "sold", "report": 1}),
    ),
    (
        "own-power-as-sold",
        "warning",
        "activity[2].origin",
        billed(GRID, {**GRID, "origin": "own_renewable"}, {**GRID, "origin": "sold", "report": 1}),
    ),
    (
        "energy-or-water-as-material",
        "warning",
        "materials[1].material",
        {"materials": [{**ENERGY, "material": "石灰石"}, {**ENERGY, "material": "焦炭"}]},
    ),
    ("energy-or-water-as-material", "warning", "materials[0].material", {"materials[0].material": "自来水"}),
    ("counted-twice", "warning", "greenhouse[0].category", {"activity": [DIESEL]}),
    ("counted-twice", "warning", "greenhouse[1].category", {"activity": [GRID]}),
    ("counted-twice", "warning", "energy[0].energy", {"activity": [{**DIESEL, "name": "烟煤"}]}),
    ("counted-twice", "warning", "energy[1].energy", {"activity": [GRID]}),
    ("counted-twice", "warning", "energy[2].energy", {"activity": [{**GRID, "origin": "own_renewable"}]}),
    ("counted-twice", "warning", "energy[3].energy", {"energy[3]": {**ENERGY, "energy": "蒸汽"}, "activity": [HEAT]}),
    (
        "output-differs-from-products",
        "error",
        "product.output.report",
        {"products": [product(), product(report=51)]},
    ),
    (
        "product-unit-without-factor",
        "warning",
        "products[1].factor",
        {"products": [product(), product(unit="万t")], "product.output": {}},
    ),
    # bills: factors
    ("factor-of-another-year", "info", "activity[0].factor_year", billed({**GRID, "factor_year": 2022})),
    (
        "factor-of-another-year",
        "info",
        "activity[0].factor_year",
        billed(GRID, periods={"base": "FY2022", "report": "FY2023"}),
    ),
    ("one-factor-for-both-periods", "info", "activity[0].factor_year", billed(GRID)),
    (
        "own-factor-without-source",
        "warning",
        "activity[0].carbon_content",
        billed({**DIESEL, "carbon_content": 0.02, "source": ""}),
    ),
    (
        "own-factor-without-source",
        "warning",
        "activity[0].emission_factor",
        billed({**GRID, "emission_factor": 0.5, "source": ""}),
    ),
    (
        "bill-field-not-used",
        "warning",
        "activity[0].carbon_content",
        billed({**DIESEL, "emission_factor": 3, "carbon_content": 0.02}),
    ),
    (
        "bill-field-not-used",
        "warning",
        "activity[0].factor_series",
        billed({**GRID, "emission_factor": 0.5, "factor_series": "华东"}),
    ),
    ("bill-field-not-used", "warning", "activity[0].factor_year", billed({**HEAT, "factor_year": 2022})),
    ("bill-field-not-used", "warning", "activity[0].biomass", billed({**HEAT, "biomass": True})),
    ("bill-field-not-used", "warning", "activity[0].coefficient", billed({**LIMESTONE, "coefficient": 1})),
    ("bill-field-not-used", "warning", "activity[0].emission_factor", billed({**STRAW, "emission_factor": 1.1})),
    ("feedstock-not-fuel", "warning", "activity[0].feedstock", billed({**GRID, "feedstock": True})),
    ("fuel-without-emissions", "warning", "activity[0].emission_factor", billed({**DIESEL, "emission_factor": 0})),
    ("fuel-without-emissions", "warning", "activity[0].oxidation", billed({**DIESEL, "oxidation": 0})),
    ("fossil-fuel-as-biomass", "warning", "activity[0].biomass", billed({**DIESEL, "biomass": True})),
    (
        "biogenic-without-evidence",
        "warning",
        "activity[0].evidence",
        billed({**STRAW, "biomass": None, "name": "烟煤", "biogenic_share": 0.3, "source": ""}),
    ),
    (
        "biogenic-beside-own-factor",
        "info",
        "activity[0].biogenic_share",
        billed({**STRAW, "biomass": None, "name": "烟煤", "biogenic_share": 0.3, "emission_factor": 1.2}),
    ),
    ("biomass-without-evidence", "warning", "activity[0].biomass", billed({**STRAW, "source": ""})),
    (
        "non-fossil-without-evidence",
        "warning",
        "activity[0].non_fossil",
        billed({**HEAT, "non_fossil": True, "source": ""}),
    ),
    ("non-fossil-ignored", "warning", "activity[0].non_fossil", billed({**DIESEL, "non_fossil": True})),
    ("non-fossil-ignored", "warning", "activity[0].non_fossil", billed({**GRID, "non_fossil": True})),
    (
        "energy-medium-not-counted",
        "info",
        "activity[0].name",
        billed({**DIESEL, "name": "氧气", "unit": "m3", "emission_factor": 0}),
    ),
    (
        "certificate-factor-zero",
        "info",
        "activity[0].emission_factor",
        billed({**GRID, "origin": "certificate", "emission_factor": 0}),
    ),
    # bills: plausible numbers
    (
        "implausible-heat-value",
        "error",
        "activity[0].net_calorific_value",
        billed({**DIESEL, "net_calorific_value": 42652}),
    ),
    (
        "implausible-heat-value",
        "error",
        "activity[0].net_calorific_value",
        billed({**STRAW, "net_calorific_value": 3500}),
    ),
    ("implausible-heat-value", "error", "activity[0].coefficient", billed({**DIESEL, "coefficient": 42.652})),
    # 0.0202 · 0.98 · 44/12 · 29.3076 = 2.127 t CO2 per tce; 30 % more is 2.765
    (
        "implausible-carbon-per-tce",
        "warning",
        "activity[0].carbon_content",
        billed({**DIESEL, "carbon_content": 0.0264}),
    ),
    ("implausible-carbon-per-tce", "warning", "activity[0].emission_factor", billed({**DIESEL, "emission_factor": 30})),
    (
        "implausible-emission-factor",
        "warning",
        "activity[0].emission_factor",
        billed({**GRID, "emission_factor": 570.3}),
    ),
    ("implausible-emission-factor", "warning", "activity[0].emission_factor", billed({**GRID, "emission_factor": 0})),
    ("implausible-emission-factor", "warning", "activity[0].emission_factor", billed({**HEAT, "emission_factor": 110})),
    (
        "implausible-emission-factor",
        "warning",
        "activity[0].emission_factor",
        billed({**LIMESTONE, "emission_factor": 43.97}),
    ),
    (
        "implausible-emission-factor",
        "warning",
        "activity[0].emission_factor",
        billed({**LIMESTONE, "name": "熟料", "emission_factor": 525}),
    ),
    # benchmarks
    ("benchmark-without-source", "warning", "benchmarks.6.source", {"benchmarks.6.source": ""}),
    ("benchmark-not-used", "warning", "benchmarks.1", {"benchmarks.1": {"value": 1, "source": "x"}}),
    ("benchmark-not-used", "warning", "benchmarks.8", {"benchmarks.8": 1}),
    ("benchmark-convention", "error", "benchmarks.5.basis", {"benchmarks.5.basis": "电力按等价值"}),
    ("benchmark-convention", "error", "benchmarks.5.basis", {"options.electricity_coefficient": 0.305}),
    (
        "benchmark-convention",
        "error",
        "benchmarks.5.basis",
        {"options.electricity_coefficient": 0.305, "benchmarks.5.basis": ""},
    ),
    ("benchmark-convention-unstated", "warning", "benchmarks.5.basis", {"benchmarks.5.basis": ""}),
    ("benchmark-convention-unstated", "warning", "benchmarks.5.basis", {"benchmarks.5.basis": "规模以上企业"}),
    ("benchmark-value-basis", "error", "benchmarks.4.basis", {"benchmarks.4.basis": "工业增加值"}),
    ("benchmark-value-basis", "error", "benchmarks.4.basis", {"output_value.basis": "营业收入"}),
    (
        "benchmark-value-basis-unstated",
        "warning",
        "benchmarks.4.basis",
        {"output_value.basis": "工业增加值", "benchmarks.4.basis": ""},
    ),
    ("value-basis", "info", "output_value.basis", {"output_value.basis": "工业增加值"}),
    ("benchmark-unit", "error", "benchmarks.3.unit", {"benchmarks.3.unit": "t/t"}),
    ("benchmark-unit", "error", "benchmarks.3.unit", {"benchmarks.3.unit": "kg/kg"}),
    ("benchmark-unit", "error", "benchmarks.4.unit", {"benchmarks.4.unit": "元/t"}),
    ("benchmark-unit", "error", "benchmarks.5.unit", {"benchmarks.5.unit": "小数"}),
    ("benchmark-unit", "error", "benchmarks.7.unit", {"benchmarks.7.unit": "GJ/t"}),
    (
        "benchmark-unit-unclear",
        "warning",
        "benchmarks.6.unit",
        {"product.unit": "10^4 m", "benchmarks.3.unit": "", "benchmarks.6.unit": "kg/万米"},
    ),
    ("benchmark-scale-slip", "warning", "benchmarks.6", {"benchmarks.6.value": 9}),
    ("percent-slip", "warning", "benchmarks.6", {"benchmarks.6.value": 90}),
    ("implausible-power-ratio", "warning", "energy[1].unit", {"energy[1].base": 9e9, "energy[1].report": 9e9}),
    (
        "implausible-energy-ratio",
        "warning",
        "output_value.report",
        {"output_value.base": 9e12, "output_value.report": 9e12},
    ),
    (
        "implausible-carbon-ratio",
        "warning",
        "greenhouse[0].unit",
        {"greenhouse[0].base": 9e9, "greenhouse[0].report": 9e9},
    ),
    (
        "implausible-residual-ratio",
        "warning",
        "residual_energy[0].unit",
        {"residual_energy[0].base": 9e15, "residual_energy[0].report": 9e15},
    ),
    ("no-reason-for-not-applicable", "warning", "not_applicable.7", {"not_applicable": {"7": "没有基准"}}),
    (
        "own-power-in-grid-row",
        "warning",
        "activity[0].report",
        billed(GRID, {**GRID, "origin": "own_renewable", "base": 2, "report": 2}, metered_electricity={"base": 8}),
    ),
    # from period to period
    ("base-after-report", "error", "periods.base", {"periods.base": "2024"}),
    ("base-not-previous-year", "info", "periods.base", {"periods.base": "2020 年"}),
    ("base-not-previous-year", "info", "periods.base", {"periods": {"base": "2023Q1", "report": "2023Q2"}}),
    ("large-change", "warning", "materials[0].report", {"materials[0].report": 499}),
    ("large-change", "warning", "pollutants[1].report", {"pollutants[1].report": 150}),
    ("large-change", "warning", "product.output.report", {"product.output.report": 160}),
    ("large-change", "warning", "output_value.report", {"output_value.report": 400}),
    (
        "large-change",
        "warning",
        "greenhouse",
        {"greenhouse[2]": {**GAS, "category": "process", "gas": "CO2", "base": 0, "report": 2000}},
    ),
    (
        "large-change",
        "warning",
        "pollutants",  # the row is not questioned, its medium is: 10 → 50 equivalents
        {"pollutants": [{**WASTE_WATER, "pollutant": "pH", "parameter": 4, "base": 10, "report": 50}]},
    ),
    ("scale-slip", "warning", "materials[0].report", {"materials[0].report": 900000}),
    (
        "sum-of-rows",
        "warning",
        "materials[2]",
        {
            "materials": [
                {"material": m, "unit": "t", "base": b, "report": 2 * b} for m, b in (("a", 10), ("b", 20), ("c", 30))
            ]
        },
    ),
    (
        "sum-of-rows",
        "warning",
        "materials[2]",
        {
            "materials": [
                {"material": m, "unit": u, "base": b, "report": 2 * b}
                for m, u, b in (("a", "t", 10), ("b", "kg", 4100), ("c", "t", 14.1))
            ]
        },
    ),
    ("scale-slip", "warning", "energy[0].report", {"energy[0].report": 0.09}),
    ("scale-slip", "warning", "output_value.report", {"output_value.report": 12000000}),
    ("scale-slip", "warning", "activity[0].report", billed({**DIESEL, "report": 10000})),
    ("scale-slip", "warning", "activity[0].report", billed({**GRID, "base": 100000})),
    ("scale-slip", "warning", "products[0].report", {"products": [product(report=50000)], "product.output": {}}),
    ("within-uncertainty", "warning", "pollutants", {"pollutants[0].report": 119}),
    ("within-uncertainty", "warning", "greenhouse", {"greenhouse[0].report": 2030}),
    ("within-uncertainty", "warning", "pollutants", {"pollutants[0].report": 118, "options": {"synergy_floor": 0.05}}),
    ("option-not-stated", "warning", "options.moderate_score", {"options": {"moderate_score": "composite"}}),
    (
        "option-not-stated",
        "warning",
        "options.moderate_score",
        {"options": {"moderate_score": "equivalent_rate", "full_rate": 0.1}},
    ),
    ("footprint-factor", "warning", "activity[0].emission_factor", billed({**GRID, "emission_factor": 0.6205})),
    ("non-fossil-sold-more-than-used", "error", "activity", billed(DIESEL, {**STRAW, "report": 2, "origin": "sold"})),
    (
        "fuel-beside-its-source",
        "warning",
        "activity[0].origin",
        billed({**DIESEL, "name": "焦炭"}, {**DIESEL, "name": "洗精煤"}),
    ),
    ("green-without-evidence", "warning", "activity[0].evidence", billed({**GRID, "origin": "traded_green"})),
    ("green-without-evidence", "warning", "energy[2].evidence", {"energy[2].evidence": ""}),
    (
        "green-taken-as-grid",
        "warning",
        "activity[0].evidence",
        billed({**GRID, "origin": "certificate"}, options={"green_evidence": "required"}),
    ),
    (
        "green-with-own-factor",
        "warning",
        "activity[0].emission_factor",
        billed({**GRID, "origin": "traded_green", "evidence": "合同", "emission_factor": 0.58}),
    ),
    ("sold-renewable-not-counted", "info", "activity[0].origin", billed({**GRID, "origin": "sold_renewable"})),
    ("footprint-factor", "warning", "activity[0].emission_factor", billed({**GRID, "emission_factor": 0.5777})),
    ("province-factor", "info", "options.grid_series", billed(GRID, **{"enterprise.region": "浙江省湖州市"})),
    ("mixed-grid-factors", "warning", "activity[1].factor_series", billed(GRID, {**GRID, "factor_series": "华东"})),
    ("mixed-grid-factors", "warning", "activity[1].factor_series", billed(GRID, {**GRID, "factor_year": 2021})),
    ("each-period-its-factor", "info", "activity[0].factor_year", billed(GRID, options={"grid_factor_year": "each"})),
    ("duplicate-row", "info", "pollutants[2]", {"pollutants[2]": {**POLLUTANT, "pollutant": "COD"}}),
    (
        "duplicate-row",
        "info",
        "greenhouse[2]",
        {"greenhouse[2]": {**GAS, "category": "fuel", "gas": "二氧化碳", "unit": "kg"}},
    ),
    ("duplicate-row", "info", "energy[3]", {"energy[3]": {**ENERGY, "energy": "Raw coal"}}),
    ("duplicate-row", "info", "activity[1]", billed(DIESEL, {**DIESEL, "name": "diesel", "unit": "kg"})),
    ("duplicate-row", "info", "activity[1]", billed(LIMESTONE, {**LIMESTONE, "name": "CaCO3"})),
    ("duplicate-row", "info", "materials[1]", {"materials[1]": {**GAS, "material": "石灰石 "}}),
]


def found(data, code=None):
    return [f for f in evaluate(data).findings if code in (None, f.code)]


def test_the_small_assessment_has_no_finding(plain):
    assert found(plain()) == []


@pytest.mark.parametrize(("code", "severity", "where", "changes"), TRIGGERS)
def test_finding(plain, code, severity, where, changes):
    everything = found(plain(changes))
    mine = [f for f in everything if f.code == code]
    assert where in [f.where for f in mine]
    assert {f.severity for f in mine} == {severity}
    for finding in everything:
        assert finding.severity in SEVERITIES and finding.principle in PRINCIPLES
        for text in finding.text:
            assert text and "{" not in text and len(text) <= LONGEST


def test_every_code_is_triggered():
    """A code in the source that no assessment above has is an untested check; guides' rules are tested with guides."""
    modules = [
        p
        for p in sorted(Path(checks.__file__).parent.glob("*.py"))
        if p.name not in ("guide.py", "ranges.py", "products.py", "conversions.py")
    ]
    modules += [Path(rules.__file__) for rules in (metered, ratios)]
    source = "".join(p.read_text(encoding="utf-8") for p in modules)
    codes = {code for code, *_ in TRIGGERS}
    spelled = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', source))
    # Those of a guide: tests/workbook/test_clerk.py and test_required.py.
    of_guides = {"industry-of-another-guide", "required-pollutant", "required-without-reason", "required-not-emitted"}
    assert spelled - of_guides <= codes
    assert codes - spelled == {
        "missing-indicator",
        "not-assessable-indicator",
        *(f"{c}-without-emissions" for c in ("purchased-electricity", "purchased-heat")),
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_have_no_error(example, name):
    assert all(finding.severity != "error" for finding in found(example(name)))


def test_errors_come_first(plain):
    severities = [f.severity for f in found(plain({"periods.base": "2024", "boundary": "", "energy[0].source": ""}))]
    assert severities == ["error", "warning", "info"]


@pytest.mark.parametrize(("code", "severity", "where", "changes"), TRIGGERS)
def test_a_finding_changes_no_number(plain, monkeypatch, code, severity, where, changes):
    with_findings = evaluate(plain(changes)).as_dict()
    monkeypatch.setattr(checks, "CHECKS", ())
    without = evaluate(plain(changes)).as_dict()
    assert {**with_findings, "ok": None, "findings": None} == {**without, "ok": None, "findings": None}


# What stands near a finding and is none


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        # the data of a not applicable indicator are not asked for
        ("empty-table", {"residual_energy": [], "not_applicable": {"7": "无余能"}}),
        ("missing-benchmark", {"benchmarks.7": None, "not_applicable": {"7": "无余能"}}),
        ("missing-indicator", {"policy.recommended": None, "policy.elimination_list": True}),
        # not energy, so its amount is not asked for
        ("blank-period", {"energy[3]": {"energy": "原煤", "unit": "t", "base": 1, "feedstock": True}}),
        # "none" is a row with 0
        ("empty-table", {"materials": [{"material": "无", "unit": "t", "base": 0, "report": 0}]}),
        ("missing-indicator", {"product.output.base": None, "options.synergy_basis": "total"}),
        ("missing-evidence", {"policy": {}}),
        # zero amounts overlap with nothing
        ("overlap-left-out", {"pollutants[2]": {**POLLUTANT, "pollutant": "BOD5", "base": 0, "report": 0}}),
        ("overlapping-counted", {"pollutants[2]": {**POLLUTANT, "pollutant": "总铬"}}),
        ("non-fossil-without-evidence", {"energy[3]": {**ENERGY, "energy": "甲醇", "non_fossil": True, "evidence": "证书"}}),
        ("non-fossil-ignored", {"energy[3]": {**ENERGY, "energy": "沼气", "coefficient": 0.75, "unit": "m3", "non_fossil": True}}),
        ("non-fossil-ignored", {"energy[2].non_fossil": True}),
        ("implausible-heat-value", {"energy[0].net_calorific_value": 25000}),
        ("implausible-heat-value", {"energy[0].net_calorific_value": 17000}),
        ("implausible-heat-value", {"energy[3]": {**ENERGY, "energy": "天然气", "unit": "m3", "net_calorific_value": 27000}}),
        ("weak-factor", {"energy[3]": {**ENERGY, "energy": "LNG", "net_calorific_value": 51000}}),
        ("weak-factor", {"energy[3]": {**ENERGY, "energy": "压缩空气", "unit": "m3"}}),
        # blast-furnace gas carries the carbon of the furnace: 1286 tce, 10 000 t
        (
            "implausible-carbon-per-tce",
            {
                "energy[3]": {**ENERGY, "energy": "高炉煤气", "unit": "万m3", "base": 1000, "report": 1000},
                "greenhouse[0].base": 12000,
                "greenhouse[0].report": 12000,
            },
        ),
        ("fuel-without-emissions", {"greenhouse": []}),
        ("fuel-without-emissions", {"greenhouse[0].category": "process", "energy[0].feedstock": True}),
        ("purchased-electricity-without-emissions", {"greenhouse[1].category": "process", "energy[1].origin": "certificate"}),
        # the convention counts, not the digits
        ("benchmark-convention", {"options.electricity_coefficient": 0.1228}),
        ("benchmark-convention", {"options.electricity_coefficient": 0.305, "benchmarks.5.basis": "电力按等价值"}),
        ("benchmark-convention", {"options.electricity_coefficient": 0.305, "benchmarks.5": None}),
        ("benchmark-value-basis", {"output_value.basis": "营业收入", "benchmarks.4.basis": "营业收入(不含税)"}),
        ("benchmark-value-basis", {"output_value.basis": "工业增加值", "benchmarks.4.basis": "value added"}),
        ("benchmark-unit", {"benchmarks.3.unit": "千克/吨"}),
        ("benchmark-unit", {"benchmarks.3.unit": "kgCO2e/单位产品"}),
        ("benchmark-unit", {"benchmarks.4.unit": "10^4 yuan / t CO2"}),
        ("benchmark-unit", {"benchmarks.5.unit": "％"}),
        ("benchmark-unit", {"product.unit": "", "benchmarks.3.unit": "kg/t"}),
        ("benchmark-scale-slip", {"benchmarks.6.value": 90}),
        ("base-not-previous-year", {"periods": {"base": "FY2022", "report": "FY2023"}}),
        ("base-after-report", {"periods": {"base": "上年", "report": "2023"}}),
        ("large-change", {"materials[0].report": 500}),
        ("large-change", {"materials[0].report": 1500}),
        # another pH is another row with 0 in the other period
        (
            "large-change",
            {
                "pollutants[2]": {**WASTE_WATER, "pollutant": "pH", "parameter": 9.4, "base": 30, "report": 0},
                "pollutants[3]": {**WASTE_WATER, "pollutant": "pH", "parameter": 5, "base": 0, "report": 120},
            },
        ),
        ("scale-slip", {"materials[0].report": 100000}),
        ("scale-slip", {"materials[0].report": 0}),
        ("within-uncertainty", {"pollutants[0].report": 118}),
        ("footprint-factor", billed({**GRID, "emission_factor": 0.62})),
        ("footprint-factor", billed({**HEAT, "emission_factor": 0.6205})),
        ("province-factor", billed(GRID, **{"enterprise.region": "西藏自治区拉萨市"})),
        ("province-factor", billed(GRID, options={"grid_series": "province_zhejiang"}, **{"enterprise.region": "浙江省"})),
        ("province-factor", billed({**GRID, "factor_series": "浙江"}, **{"enterprise.region": "浙江省"})),
        ("province-factor", {"enterprise.region": "浙江省"}),
        ("mixed-grid-factors", billed(GRID, {**GRID, "factor_series": "全国"}, {**GRID, "origin": "own_renewable"})),
        ("mixed-grid-factors", billed(GRID, {**GRID, "factor_series": "华东", "base": 0, "report": 0})),
        ("one-factor-for-both-periods", billed(GRID, options={"grid_factor_year": "each"})),
        ("option-not-stated", {"options": {"moderate_score": "composite", "full_rate": 0.1}}),
        ("option-not-stated", {"options": {"moderate_score": "composite"}, "not_applicable": {"1": "首年"}}),
        ("within-uncertainty", {"pollutants[0].report": 119, "not_applicable": {"1": "首年"}}),
        ("duplicate-row", {"pollutants[2]": {**POLLUTANT, "medium": "air", "pollutant": "氮氧化物"}}),
        (
            "duplicate-row",
            {
                "pollutants[2]": {**WASTE_WATER, "pollutant": "pH", "parameter": 5},
                "pollutants[3]": {**WASTE_WATER, "pollutant": "pH", "parameter": 4},
            },
        ),
        ("duplicate-row", {"greenhouse[2]": {**GAS, "category": "fuel", "gas": "CO2", "biomass": True}}),
        ("own-value-unused", {"own_equivalents": [{**OWN, "pollutant": "SO2"}]}),
        ("own-value-without-source", {"own_equivalents": [{"medium": "air", "pollutant": "VOCs", "unit": "kg"}]}),
        ("blank-period", {"pollutants[2]": {**POLLUTANT, "pollutant": "总氮", "base": None}}),
        # bills
        ("empty-table", billed(DIESEL)),
        ("emissions-without-energy", {"energy": []}),
        ("emissions-without-energy", {"energy": [{**ENERGY, "energy": "原煤"}], "activity": [GRID]}),
        ("metered-electricity-differs", billed(GRID, {**GRID, "origin": "own_renewable"}, metered_electricity={"base": 10.05, "report": 10})),
        ("metered-electricity-differs", billed({**GRID, "report": None}, metered_electricity={"report": 10})),
        ("metered-electricity-blank", billed(GRID, {**GRID, "origin": "own_renewable"})),
        ("counted-twice", {"activity": [LIMESTONE]}),
        ("counted-twice", {"activity": [{**STRAW, "emission_factor": 0}]}),
        ("counted-twice", {"greenhouse[0].gas": "CH4", "energy[0].energy": "柴油", "activity": [{**DIESEL, "name": "天然气", "unit": "m3", "coefficient": 1.2}]}),
        ("counted-twice", {"greenhouse[1]": GAS | {"category": "process", "gas": "CO2"}, "activity": [{**GRID, "origin": "certificate"}]}),
        ("output-differs-from-products", {"products": [product(), product(base=50.05)]}),
        ("output-differs-from-products", {"products": [product(base=500)], "product.output": {}}),
        ("product-unit-without-factor", {"products": [product(), product(unit="t ")]}),
        ("product-unit-without-factor", {"products": [product(), product(unit="万t", factor=1)]}),
        ("factor-of-another-year", billed(GRID)),
        ("one-factor-for-both-periods", billed({**GRID, "origin": "own_renewable"})),
        ("one-factor-for-both-periods", billed({**GRID, "emission_factor": 0.5})),
        ("own-factor-without-source", billed({**DIESEL, "oxidation": 0.99, "source": "", "evidence": "检测"})),
        ("bill-field-not-used", billed({**DIESEL, "emission_factor": 3, "net_calorific_value": 42})),
        ("bill-field-not-used", billed({**DIESEL, "feedstock": True, "net_calorific_value": 42})),
        ("bill-field-not-used", billed({**GRID, "biomass": False, "factor_year": 2022})),
        ("fuel-without-emissions", billed({**DIESEL, "feedstock": True})),
        ("fuel-without-emissions", billed({**DIESEL, "name": "氢气", "unit": "m3", "emission_factor": 0})),
        ("fossil-fuel-as-biomass", billed(STRAW)),
        ("non-fossil-without-evidence", billed({**STRAW, "non_fossil": True, "source": ""})),
        ("non-fossil-ignored", billed({**HEAT, "non_fossil": True})),
        ("non-fossil-ignored", billed({**STRAW, "non_fossil": True})),
        ("implausible-heat-value", billed({**DIESEL, "net_calorific_value": 30})),
        ("implausible-heat-value", billed({**DIESEL, "name": "褐煤", "net_calorific_value": 8})),
        ("implausible-heat-value", billed({**DIESEL, "name": "天然气", "unit": "m3", "net_calorific_value": 355})),
        ("implausible-carbon-per-tce", billed({**DIESEL, "carbon_content": 0.0262})),
        ("implausible-carbon-per-tce", billed({**DIESEL, "name": "高炉煤气", "unit": "万m3"})),
        ("implausible-carbon-per-tce", billed(STRAW)),
        ("implausible-emission-factor", billed({**GRID, "origin": "sold", "emission_factor": 0})),
        ("implausible-emission-factor", billed({**GRID, "origin": "direct_green", "emission_factor": 0})),
        ("implausible-emission-factor", billed({**LIMESTONE, "name": "熟料", "emission_factor": 0.525})),
        # another measured coal is another row
        ("duplicate-row", billed({**DIESEL, "carbon_content": 0.021}, DIESEL)),
        ("duplicate-row", billed({**GRID, "name": "1 号表"}, {**GRID, "name": "2 号表"})),
        ("weak-factor", billed({**GRID, "factor_series": "全国", "factor_year": 2022})),
    ],
)  # fmt: skip
def test_no_finding(plain, code, changes):
    assert found(plain(changes), code) == []


# What they say


def test_media_are_never_compared_beyond_one_medium(plain):
    """The sub-totals stand in the result; no finding compares them."""
    assert found(plain({"pollutants[0].base": 9000, "pollutants[0].report": 8000})) == []


def test_overlap_names_what_was_kept(plain):
    (finding,) = found(plain({"pollutants[2]": {**POLLUTANT, "pollutant": "BOD5"}}), "overlap-left-out")
    assert finding.text.zh.startswith("计入化学需氧量(CODcr)，不计生化需氧量(BOD5)")


def test_overlap_that_is_counted_is_named(plain):
    changes = {
        "pollutants[2]": {**POLLUTANT, "pollutant": "六价铬"},
        "pollutants[3]": {**POLLUTANT, "pollutant": "总铬"},
    }
    (finding,) = found(plain(changes), "overlapping-counted")
    assert "总铬" in finding.text.zh and "六价铬" in finding.text.zh


def test_replaced_value_is_named(plain):
    (finding,) = found(plain({"own_equivalents": [OWN]}), "own-value-replaces")
    assert "0.9 kg" in finding.text.zh and "0.95 kg" in finding.text.zh


def test_one_finding_for_the_sources_of_a_table(plain):
    (finding,) = found(plain({"energy[0].source": "", "energy[2].source": None}), "no-source")
    assert "3 行中有 2 行" in finding.text.zh and finding.principle == "transparency"


def test_a_slip_is_not_also_a_large_change(plain):
    codes = [f.code for f in found(plain({"output_value.report": 1200000}))]
    assert "scale-slip" in codes and "large-change" not in codes


def test_the_total_of_one_row_says_nothing_new(plain):
    assert [f.where for f in found(plain({"materials[0].report": 499}), "large-change")] == ["materials[0].report"]


def test_reasons_of_not_assessable_indicators(plain):
    findings = found(plain({"product.output.report": 0}), "not-assessable-indicator")
    assert len(findings) == 5
    assert all("产品产量为 0" in f.text.zh for f in findings)


def test_findings_by_another_guide(plain):
    """A table that no indicator of the guide needs is not asked for; a guide's benchmark needs its source too."""
    guide = guides.from_dict(
        {
            "format": "jwdt-guide/1",
            "nodes": [
                {"code": "g", "name_zh": "组", "weight": 1},
                {"code": "a", "parent": "g", "name_zh": "甲", "weight": 0.5, "attribute": "negative",
                 "formula": "material_intensity", "benchmark": {"value": 9000}},
                {"code": "b", "parent": "g", "name_zh": "乙", "weight": 0.5, "attribute": "positive", "formula": "entered"},
            ],
        }
    )  # fmt: skip
    data = plain({"benchmarks": {"b": {"value": 1, "source": "x"}}, "energy": [], "pollutants": []})
    assert [(f.code, f.where) for f in evaluate(data, guide).findings] == [
        ("missing-indicator", "entered.b"),
        ("benchmark-without-source", "benchmarks.a.source"),
    ]


def test_bills_stand_for_emissions_and_energy(plain):
    """Bills fill both tables; what they lack is looked for among them, and so is output among the products."""
    bills = [
        {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 1000, "report": 400, "source": "发票"},
        {"kind": "electricity", "origin": "grid", "unit": "kWh", "base": 1000, "report": None, "source": "结算单"},
    ]
    products = [{"name": "水泥", "unit": "t", "base": 100, "report": None, "source": "台账"}]
    findings = found(plain({"greenhouse": [], "energy": [], "activity": bills, "products": products}))
    places = {(f.code, f.where) for f in findings}
    assert {
        ("blank-period", "activity[1].report"),
        ("blank-period", "products[0].report"),
        ("large-change", "activity[0].report"),
        ("missing-indicator", "activity"),
        ("missing-indicator", "products"),
    } <= places
    assert not places & {("empty-table", "greenhouse"), ("empty-table", "energy"), ("no-source", "activity")}


@pytest.mark.parametrize("amounts", [(5e-324, 1e30), (1e30, 5e-324), (0, 1e30), (1e30, 1e30)])
def test_extreme_amounts_do_not_crash_the_checks(plain, amounts):
    base, report = amounts
    for place in (
        "pollutants[0]",
        "greenhouse[0]",
        "energy[0]",
        "materials[0]",
        "residual_energy[0]",
        "output_value",
        "product.output",
    ):
        evaluate(plain({f"{place}.base": base, f"{place}.report": report}))


@pytest.mark.parametrize("own", [5e-324, 1e-9, 1e30])
@pytest.mark.parametrize("bill", [DIESEL, GRID, HEAT, LIMESTONE, STRAW], ids=lambda bill: bill["kind"])
def test_extreme_own_values_do_not_crash_the_checks(plain, bill, own):
    """Nor do they make a message longer than a cell function may give."""
    fields = [("net_calorific_value",), ("emission_factor",), ("emission_factor", "net_calorific_value")]
    if bill["kind"] != "electricity":
        fields += [("coefficient",), ("coefficient", "emission_factor")]
    for names in fields:
        row = {**bill, **dict.fromkeys(names, own), "base": own}
        for finding in found(plain(billed(row, metered_electricity={"base": own, "report": own}))):
            assert all(text and len(text) <= LONGEST for text in finding.text)
