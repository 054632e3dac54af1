"""Strict reading: whatever is no data refuses the file, with every place and the reason."""

from __future__ import annotations

import json
import math

import pytest

from jwdt_xl.assessment import Assessment, evaluate, read, write
from jwdt_xl.errors import Refused

EXAMPLES = ("cement", "dyeing", "total_basis", "both_rise", "not_applicable", "na_and_missing")


def refused(data, guide=None):
    """The errors of a file: (place, code)."""
    with pytest.raises(Refused) as error:
        evaluate(data, guide)
    assert all(finding.severity == "error" for finding in error.value.findings)
    assert all(finding.text.zh and finding.text.en for finding in error.value.findings)
    return [(finding.where, finding.code) for finding in error.value.findings]


WRONG = {
    # unknown fields, at every depth
    "colour": ("red", "unknown-field"),
    "enterprise.phone": ("1", "unknown-field"),
    "product.output.unit": ("t", "unknown-field"),
    "pollutants[1].factor": (1, "unknown-field"),
    "benchmarks.2.author": ("x", "unknown-field"),
    # shapes
    "format": ("jwdt-assessment/9", "bad-format"),
    "pollutants": ({}, "bad-format"),
    "materials[0]": (5, "bad-format"),
    "policy": ([], "bad-format"),
    "options": ([], "bad-format"),
    "boundary": (5, "not-text"),
    "enterprise.name": (["x"], "not-text"),
    # numbers
    "pollutants[0].base": ("98000", "not-a-number"),
    "pollutants[0].report": (True, "not-a-number"),
    "greenhouse[0].base": (math.nan, "not-a-number"),
    "greenhouse[0].report": (math.inf, "not-a-number"),
    "energy[0].base": (-1, "negative"),
    "energy[0].report": (1e31, "too-large"),
    "product.output.base": (10**400, "too-large"),
    "product.output.report": (-(10**400), "too-large"),
    "output_value.report": (-0.5, "negative"),
    "materials[1].base": ([1], "not-a-number"),
    "pollutants[0].quality": (1.5, "not-whole"),
    "pollutants[1].quality": (6, "too-large"),
    "pollutants[2].quality": (0, "not-whole"),
    # units
    "pollutants[0].unit": ("m3", "impossible-unit"),
    "greenhouse[1].unit": ("kWh", "impossible-unit"),
    "materials[0].unit": ("GJ", "impossible-unit"),
    "residual_energy[0].unit": ("t", "impossible-unit"),
    "output_value.unit": ("kg", "impossible-unit"),
    "energy[0].unit": ("kWh", "impossible-unit"),
    "energy[1].unit": ("t", "impossible-unit"),
    "pollutants[3].unit": ("kg", "impossible-unit"),  # pH is by waste water
    "materials[1].unit": ("", "missing-field"),
    # names
    "pollutants[8].pollutant": ("氮氧化", "unknown-pollutant"),
    "pollutants[7].pollutant": ("颗粒物", "ambiguous-pollutant"),
    "pollutants[2].pollutant": ("噪声", "no-equivalent-value"),
    "pollutants[6].medium": ("soil", "bad-choice"),
    "pollutants[4].medium": ("air", "unknown-pollutant@pollutant"),
    "pollutants[5].pollutant": (" ", "missing-field"),
    "greenhouse[3].gas": ("XYZ", "unknown-gas"),
    "greenhouse[2].category": ("heat", "bad-choice"),
    "energy[2].energy": ("酒", "unknown-energy"),
    # classes, exceedance, coefficients, origin
    "pollutants[3].parameter": (14.1, "impossible-ph"),
    "pollutants[5].limit": (0, "impossible-limit"),
    "energy[2].origin": ("solar", "bad-choice"),
    "energy[1].origin": (None, "missing-origin"),
    "energy[0].origin": ("grid", "origin-not-electricity"),
    "energy[1].coefficient": (0.3, "electricity-coefficient"),
    "energy[0].net_calorific_value": (0, "bad-coefficient"),
    "own_equivalents[0].value": (0, "bad-own-value"),
    "own_equivalents[0].unit": ("kJ", "impossible-unit"),
    # codes of enterprise and industry
    "enterprise.uscc": ("91330600MA2C7D8E9E", "bad-uscc"),
    "enterprise.industry_code": ("9999", "bad-industry-code"),
    # answers
    "policy.recommended": ("maybe", "bad-choice"),
    "policy.elimination_list": (0, "bad-choice"),
    "management.established": ("perhaps", "bad-choice"),
    # periods
    "periods.base": ("", "missing-field"),
    "periods.report": ("2022", "equal-periods"),
    # mappings
    "benchmarks.2.value": (0, "bad-benchmark"),
    "benchmarks.3": ("5", "not-a-number"),
    "benchmarks.4": (-1, "negative"),
    "benchmarks.5.year": (2023.5, "not-text"),
    "benchmarks.10": (5, "unknown-indicator"),
    "weights.12": (0.1, "unknown-indicator"),
    "entered.x": (1, "unknown-indicator"),
    "entered.8": (1.5, "too-large"),  # a grade
    "not_applicable.7": (" ", "missing-reason"),
    "not_applicable.10": ("无", "unknown-indicator"),
    "options.synergy_basis": ("mean", "bad-option"),
    "options.score_cap": (0.5, "bad-option"),
    "options.electricity_coefficient": (True, "bad-option"),
    "options.grid_nonfossil_share": (math.nan, "bad-option"),
    "options.colour": (1, "unknown-option"),
}


@pytest.mark.parametrize("path", WRONG)
def test_error_names_the_field(example, path):
    value, code = WRONG[path]
    code, _, field = code.partition("@")
    where = f"{path.rpartition('.')[0]}.{field}" if field else path
    assert (where, code) in refused(example("dyeing", {path: value}))


@pytest.mark.parametrize(
    "path", [p for p in WRONG if p.startswith(("pollutants[", "greenhouse[", "energy[", "enterprise."))]
)
def test_one_wrong_field_is_one_error(example, path):
    assert len(refused(example("dyeing", {path: WRONG[path][0]}))) == 1


def test_two_coefficients(example):
    data = example("dyeing", {"energy[0].coefficient": 0.7, "energy[0].net_calorific_value": 20000})
    assert refused(data) == [("energy[0].net_calorific_value", "two-coefficients")]


def test_range_is_never_averaged(plain):
    gas = {"energy": "天然气", "unit": "m3", "base": 1, "report": 1}
    assert refused(plain({"energy[3]": gas})) == [("energy[3].coefficient", "range-coefficient")]
    assert refused(plain({"energy[3]": {**gas, "coefficient": 1.4}})) == [("energy[3].coefficient", "outside-range")]
    evaluate(plain({"energy[3]": {**gas, "coefficient": 1.2}}))
    evaluate(plain({"energy[3]": {**gas, "feedstock": True}}))


def test_gas_blank_in_the_gwp_set(plain):
    row = {"category": "process", "gas": "HFC-41", "unit": "kg", "base": 1, "report": 1}
    assert refused(plain({"greenhouse[2]": row, "options.gwp_set": "AR4"})) == [("greenhouse[2].gas", "no-gwp")]
    evaluate(plain({"greenhouse[2]": row}))


def test_two_own_values_for_one_pollutant(plain):
    own = {"medium": "air", "pollutant": "SO2", "value": 0.9, "unit": "kg"}
    data = plain({"own_equivalents": [own, {**own, "pollutant": "二氧化硫", "value": 0.8}]})
    assert refused(data) == [("own_equivalents[1].pollutant", "duplicate-own-value")]


@pytest.mark.parametrize("kind", ["pH值", "色度"])
def test_no_own_value_for_classes_and_exceedance(plain, kind):
    own = {"medium": "water", "pollutant": kind, "value": 1, "unit": "t wastewater"}
    assert [place for place, _ in refused(plain({"own_equivalents": [own]}))] == ["own_equivalents[0]"]


def test_impossible_values_are_errors_even_beside_blanks(plain):
    ph = {"medium": "water", "pollutant": "pH", "unit": "t wastewater", "parameter": 15}
    colour = {"medium": "water", "pollutant": "色度", "unit": "t wastewater", "limit": 0, "base": 1, "report": 1}
    assert refused(plain({"pollutants[2]": ph, "pollutants[3]": colour})) == [
        ("pollutants[2].parameter", "impossible-ph"),
        ("pollutants[3].limit", "impossible-limit"),
    ]


@pytest.mark.parametrize("benchmark", [None, {}, {"source": "政策", "year": 2023}, {"value": None, "unit": "%"}])
def test_a_benchmark_without_value_is_none(plain, benchmark):
    assert "5" not in read(plain({"benchmarks.5": benchmark})).benchmarks


WEIGHTS = {"1": 0.15, "2": 0.1, "3": 0.1, "4": 0.15, "5": 0.12, "6": 0.1, "7": 0.08, "8": 0.1, "9": 0.1}


@pytest.mark.parametrize(
    ("weights", "errors"),
    [
        ({**WEIGHTS, "9": None}, [("weights", "weights-incomplete")]),
        ({"1": 1}, [("weights", "weights-incomplete")]),
        ({**WEIGHTS, "9": 0.1 + 1e-8}, [("weights", "weights-do-not-sum")]),
        ({**WEIGHTS, "9": -0.1, "8": 0.3}, [("weights.9", "negative")]),
        ({**WEIGHTS, "9": "0.1"}, [("weights.9", "not-a-number")]),
        ({**WEIGHTS, "8": 0, "9": 0, "1": 0.35}, [("weights", "empty-first-level")]),
    ],
)
def test_weights(plain, weights, errors):
    assert refused(plain({"weights": weights})) == errors


def test_weights_sum_within_1e_9(plain):
    evaluate(plain({"weights": {**WEIGHTS, "9": 0.1 + 1e-10}}))


def test_a_first_level_cannot_be_wholly_not_applicable(plain):
    data = plain({"not_applicable": {"8": "本行业没有", "9": "本行业没有"}})
    assert refused(data) == [("not_applicable", "empty-first-level")]


def test_a_first_level_needs_weight_left(plain):
    weights = {**WEIGHTS, "8": 0, "9": 0.2}
    assert refused(plain({"weights": weights, "not_applicable": {"9": "本行业没有"}})) == [
        ("weights", "empty-first-level")
    ]


def test_periods_may_be_numbers(plain):
    assert read(plain({"periods": {"base": 2022, "report": 2023.0}})).periods.report == "2023"
    assert refused(plain({"periods": {"base": 2022, "report": "2022"}})) == [("periods.report", "equal-periods")]


def test_no_object_at_all():
    for data in (None, [], "x", 5):
        with pytest.raises(Refused) as error:
            read(data)
        assert [(f.where, f.code) for f in error.value.findings] == [("$", "bad-format")]


def test_the_least_there_can_be():
    result = evaluate({"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}})
    assert result.coverage == 0 and result.score_so_far == 0 and result.total is None
    assert {(f, c) for f, c in refused({"format": "jwdt-assessment/1"})} == {
        ("periods.base", "missing-field"),
        ("periods.report", "missing-field"),
    }


def test_all_errors_of_a_file_at_once(plain):
    """Those of single fields and those that need the tables of the standard."""
    changes = {
        "colour": 1,
        "enterprise.uscc": "1",
        "periods.report": "2022",
        "pollutants[0].base": -1,
        "pollutants[1].pollutant": "颗粒物",
        "greenhouse[0].gas": "XYZ",
        "energy[0].energy": "酒",
        "energy[1].origin": "solar",
        "output_value.unit": "kg",
        "materials[0].unit": "GJ",
        "benchmarks.2.value": 0,
        "options.colour": 1,
    }
    assert sorted(place for place, _ in refused(plain(changes))) == sorted(changes)


def test_an_own_value_in_error_does_not_make_its_pollutant_unknown(example):
    data = example("dyeing", {"own_equivalents[0].value": 0})
    assert refused(data) == [("own_equivalents[0].value", "bad-own-value")]


def test_wholly_blank_rows_are_ignored(plain):
    blank = [{}, None, {"pollutant": "", "medium": None, "unit": " "}]
    rows = plain()["pollutants"]
    data = plain({"pollutants": [*blank, rows[0], {}, rows[1]], "materials": [{}, *plain()["materials"], {}]})
    assert read(data) == read(plain())
    assert evaluate(data).as_dict() == evaluate(plain()).as_dict()


def test_places_count_blank_rows(plain):
    rows = plain()["pollutants"]
    data = plain({"pollutants": [{}, {**rows[0], "report": None}, {}, {**rows[1], "pollutant": "颗粒物"}]})
    assert refused(data) == [("pollutants[3].pollutant", "ambiguous-pollutant")]
    data = plain({"pollutants": [{}, {**rows[0], "report": None}, {}, rows[1]]})
    assert [f.where for f in evaluate(data).findings if f.code == "blank-period"] == ["pollutants[1].report"]


def test_a_blank_unknown_field_is_still_unknown(plain):
    assert ("pollutants[2].colour", "unknown-field") in refused(plain({"pollutants[2]": {"colour": None}}))


@pytest.mark.parametrize("name", EXAMPLES)
def test_round_trip(example, name):
    data = example(name)
    assessment = read(data)
    assert isinstance(assessment, Assessment)
    assert write(assessment) == data
    assert read(json.loads(json.dumps(write(assessment)))) == assessment


def test_round_trip_of_every_field(plain):
    """Fields the examples lack."""
    data = plain(
        {
            "output_value.unit": "亿元",
            "energy[3]": {
                "energy": "甲醇(用作燃料)", "unit": "t", "base": 1, "report": 0, "coefficient": 0.7, "non_fossil": True,
                "feedstock": False, "evidence": "证书", "source": "检测", "quality": 3, "note": "备注",
            },
            "energy[4]": {"energy": "原煤", "unit": "万t", "origin": "sold", "base": 0.01, "report": 0.01, "net_calorific_value": 20000},
            "greenhouse[2]": {"category": "fuel", "gas": "CO2", "unit": "kg", "base": 1, "report": 1, "biomass": True},
            "benchmarks.2": 2.5,
            "weights": WEIGHTS,
            "entered": {"8": 0.5},
            "not_applicable": {"7": "本行业没有"},
            "options": {"gwp_set": "AR6", "score_cap": 1.2, "electricity_coefficient": 0.3},
        }
    )  # fmt: skip
    assert write(read(data)) == data


def test_names_of_choices_in_either_language(plain):
    changes = {
        "pollutants[0].medium": "水",
        "greenhouse[0].category": "燃料燃烧",
        "energy[1].origin": "grid (no certificate or direct contract)",
        "policy.recommended": "是",
        "management.effective": "yes",
        "materials[0].unit": "吨",
        "output_value.basis": "gross output value",
    }
    assert read(plain(changes)) == read(plain())
