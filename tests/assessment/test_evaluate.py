"""Evaluation against the expected files, and against numbers worked out by hand from the method."""

from __future__ import annotations

import json
import math

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.errors import Refused
from jwdt_xl.standard import guide as guides

EXAMPLES = ("cement", "dyeing", "total_basis", "both_rise", "not_applicable", "na_and_missing")


def values(result):
    return {i.node.code: i.value for i in result.indicators}


def scores(result):
    return {i.node.code: i.score for i in result.indicators}


def states(result):
    return {i.node.code: i.state for i in result.indicators}


def by_code(result, code):
    return next(i for i in result.indicators if i.node.code == code)


# The examples


def assert_close(got, expected, rel=1e-9):
    """Equal within the tolerance, None only where None is expected."""
    if isinstance(expected, dict):
        assert set(got) == set(expected)
        got, expected = [got[key] for key in expected], list(expected.values())
    if isinstance(expected, list):
        assert len(got) == len(expected)
        for one, other in zip(got, expected, strict=True):
            assert_close(one, other, rel)
    elif expected is None:
        assert got is None
    else:
        assert got == pytest.approx(expected, rel=rel, abs=1e-10)


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(example, golden, name):
    expected = json.loads((golden / f"example_{name}_expected.json").read_text(encoding="utf-8"))
    result = evaluate(example(name)).as_dict()
    rates = expected["rates"]
    # S is a quotient of small differences, which lose digits in any program.
    loose = max(1e-9, 1e-14 / min(abs(r) for r in rates.values()))
    assert result["rates"] == pytest.approx(rates, rel=0, abs=1e-12)
    assert result["synergy_case"] == expected["synergy_case"]
    assert (result["coverage"] == 1) == (expected["coverage"] == 1)
    assert_close(result["co2e_t"], expected["co2e_t"])
    assert_close(result["equivalents"], expected["equivalents"])
    for key in ("weights", "coverage"):
        assert_close(result[key], expected[key])
    for key in ("values", "scores"):
        assert_close(result[key][1:], expected[key][1:])
        assert_close(result[key][0], expected[key][0], loose)
    for key in ("first_level", "total", "score_so_far"):
        assert_close(result[key], expected[key], loose)
    assert set(result) - set(expected) == {"ok", "findings", "nonfossil_share_other", "recorded"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_in_order(example, name):
    assert evaluate(example(name)).ok


# The small assessment, by hand: P 200 → 160 equivalents (COD 100 → 80; SO2 95/0.95 → 76/0.95), C 2500 → 2250 t, Q 100.
# Standard coal of the report period: coal 900 × 0.7143 = 642.87, grid 900 × 0.1229 = 110.61, own 100 × 0.1229 = 12.29 tce.

SHARE = 100 * 12.29 / 765.77


def test_by_hand(plain):
    result = evaluate(plain())
    assert values(result) == pytest.approx(
        {
            "1": 2.0,  # (40/200) / (250/2500)
            "2": 1.6,  # 160 / 100
            "3": 22500,  # 2250 × 1000 / 100
            "4": 1200 / 2250,
            "5": SHARE,
            "6": 9000,  # 900 000 kg / 100
            "7": 360000,  # 10 000 × 3600 / 100
            "8": 1.0,
            "9": 1.0,
        },
        rel=1e-12,
    )
    expected = {
        "1": 50,  # 100 · min(2, 1/2)
        "2": 100,  # 2 / 1.6 above 1
        "3": 100 * 20000 / 22500,
        "4": 100 * (1200 / 2250) / 0.6,
        "5": 100 * SHARE / 2,
        "6": 100,
        "7": 90,
        "8": 100,
        "9": 100,
    }
    assert scores(result) == pytest.approx(expected, rel=1e-12)
    target = (0.15 * 50 + 0.1 * 100 + 0.1 * expected["3"] + 0.15 * expected["4"]) / 0.5
    control = (0.12 * expected["5"] + 0.1 * 100 + 0.08 * 90) / 0.3
    assert [g.score for g in result.first_levels] == pytest.approx([target, control, 100], rel=1e-12)
    assert [g.weight for g in result.first_levels] == pytest.approx([0.5, 0.3, 0.2], rel=1e-12)
    total = 0.5 * target + 0.3 * control + 0.2 * 100
    assert result.total == result.score_so_far == pytest.approx(total, rel=1e-12)
    assert result.coverage == 1
    assert result.quantities.media == {"water": (100, 80), "air": pytest.approx((100, 80), rel=1e-15)}
    assert by_code(result, "7").lost == pytest.approx(0.08 * 10)
    assert by_code(result, "7").weighted == pytest.approx(0.08 * 90)


def test_total_basis(plain):
    """Per product the output counts, on totals it does not: Q 100 → 80 turns p 2 → 2 and c 25 → 28.125."""
    assert evaluate(plain({"product.output.report": 80})).synergy[:3] == pytest.approx((0, -0.125, "one_rises"))
    result = evaluate(plain({"product.output.report": 80, "options.synergy_basis": "total"}))
    assert result.synergy[:4] == pytest.approx((0.2, 0.1, "synergy", 2.0))


def test_distance_score(plain):
    """S = 1.5: ratio 66.67, distance 50; S = 2: distance 0."""
    half = {"greenhouse[1].report": 500 - 2500 / 7.5 + 200}  # C1 = 2500 (1 − 0.2/1.5)
    result = evaluate(plain(half))
    assert values(result)["1"] == pytest.approx(1.5)
    assert scores(result)["1"] == pytest.approx(100 / 1.5)
    assert scores(evaluate(plain({**half, "options.moderate_score": "distance"})))["1"] == pytest.approx(50)
    assert scores(evaluate(plain({"options.moderate_score": "distance"})))["1"] == pytest.approx(0, abs=1e-10)


# The cases of the degree of synergy: report values of COD and SO2 together P1, of fuel C1 − 450.


@pytest.mark.parametrize(
    ("p1", "c1", "case"),
    [
        (160, 2250, "synergy"),
        (160, 2500, "only_pollutants"),
        (200, 2250, "only_carbon"),
        (160, 2600, "trade_off"),
        (240, 2250, "trade_off"),
        (200, 2600, "one_rises"),
        (240, 2500, "one_rises"),
        (240, 2600, "both_rise"),
        (200, 2500, "no_change"),
    ],
)
def test_cases(plain, p1, c1, case):
    result = evaluate(plain({"pollutants[0].report": p1 - 80, "greenhouse[0].report": c1 - 450}))
    assert result.synergy.case == case == result.as_dict()["synergy_case"]
    assert result.synergy.pollutants == pytest.approx((200 - p1) / 200, abs=1e-12)
    assert result.synergy.carbon == pytest.approx((2500 - c1) / 2500, abs=1e-12)
    assert states(result)["1"] == "value"  # assessed, though the value is the named case
    if case != "synergy":
        assert values(result)["1"] is None and scores(result)["1"] == 0
    assert result.coverage == 1 and result.total is not None


# Not assessable: never 0, never a crash


def test_no_base_equivalents(plain):
    result = evaluate(plain({"pollutants[0].base": 0, "pollutants[1].base": 0}))
    assert states(result)["1"] == "not_assessable"
    assert result.synergy is None
    assert result.as_dict()["rates"] == {"pollutants": None, "carbon": None}
    assert result.as_dict()["synergy_case"] is None
    assert result.total is None and result.coverage == pytest.approx(0.85)


@pytest.mark.parametrize("base", [0, -10])
def test_no_base_carbon(plain, base):
    recovered = {"category": "recovered", "gas": "CO2", "unit": "t", "base": 2500 - base, "report": 0}
    result = evaluate(plain({"greenhouse[2]": recovered}))
    assert states(result)["1"] == "not_assessable"
    assert values(result)["3"] == pytest.approx(22500)


def test_no_output(plain):
    report = evaluate(plain({"product.output.report": 0}))
    assert [c for c, state in states(report).items() if state == "not_assessable"] == ["1", "2", "3", "6", "7"]
    base = evaluate(plain({"product.output.base": 0}))
    assert [c for c, state in states(base).items() if state == "not_assessable"] == ["1"]
    total = evaluate(plain({"product.output.base": 0, "options.synergy_basis": "total"}))
    assert total.synergy.case == "synergy"


def test_carbon_zero_or_negative(plain):
    """C1 = 0: no productivity, but 0 kg per product, full marks. C1 < 0: neither, and an error."""
    recovered = {"category": "recovered", "gas": "CO2", "unit": "t", "base": 0, "report": 2250}
    zero = evaluate(plain({"greenhouse[2]": recovered}))
    assert states(zero)["4"] == "not_assessable"
    assert (values(zero)["3"], scores(zero)["3"]) == (0, 100)
    assert values(zero)["1"] == pytest.approx(0.2 / 1)  # rC = 1
    negative = evaluate(plain({"greenhouse[2]": {**recovered, "report": 2350}}))
    assert [c for c, state in states(negative).items() if state == "not_assessable"] == ["3", "4"]
    assert [(f.code, f.where) for f in negative.findings if f.severity == "error"] == [
        ("negative-carbon", "greenhouse")
    ]
    assert not negative.ok


def test_no_energy(plain):
    changes = {f"energy[{i}].report": 0 for i in range(3)}
    result = evaluate(plain(changes))
    assert states(result)["5"] == "not_assessable"
    sold = {"energy": "原煤", "unit": "t", "origin": "sold", "base": 0, "report": 5000}
    assert states(evaluate(plain({"energy[3]": sold})))["5"] == "not_assessable"


def test_no_benchmark_keeps_the_value(plain, gone):
    result = evaluate(plain({"benchmarks.6": gone}))
    assert states(result)["6"] == "value" and values(result)["6"] == 9000 and scores(result)["6"] is None
    assert result.coverage == pytest.approx(0.9) and result.total is None


# Missing: blank is not zero


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        ("pollutants", ["1", "2"]),
        ("pollutants[0].base", ["1"]),
        ("pollutants[1].report", ["1", "2"]),
        ("greenhouse", ["1", "3", "4"]),
        ("greenhouse[0].base", ["1"]),
        ("greenhouse[1].report", ["1", "3", "4"]),
        ("product.output.base", ["1"]),
        ("product.output.report", ["1", "2", "3", "6", "7"]),
        ("output_value.base", []),
        ("output_value.report", ["4"]),
        ("energy", ["5"]),
        ("energy[1].base", []),
        ("energy[2].report", ["5"]),
        ("materials", ["6"]),
        ("materials[0].report", ["6"]),
        ("residual_energy", ["7"]),
        ("residual_energy[0].report", ["7"]),
        ("policy.recommended", ["8"]),
        ("policy.elimination_list", ["8"]),
        ("management.established", ["9"]),
        ("management.effective", ["9"]),
    ],
)
def test_missing(plain, gone, path, missing):
    whole = evaluate(plain())
    result = evaluate(plain({path: gone}))
    assert [c for c, state in states(result).items() if state == "missing"] == missing
    assert all(by_code(result, c).reason for c in missing)
    weights = dict(zip(states(whole), whole.guide.weights, strict=True))
    lost = sum(weights[c] for c in missing)
    assert result.coverage == pytest.approx(1 - lost)
    assert result.score_so_far == pytest.approx(
        whole.total - sum(weights[c] * scores(whole)[c] for c in missing), rel=1e-12
    )
    assert (result.total is None) == bool(missing)
    for group in result.first_levels:
        members = {i.node.code for i in result.indicators if result.guide.first_level(i.node) == group.node}
        assert (group.score is None) == bool(members & set(missing))


@pytest.mark.parametrize(
    ("policy", "grade"),
    [
        (("yes", False), 1),
        (("partly", False), 0.5),
        (("no", False), 0),
        (("yes", True), 0),
        ((None, True), 0),
        (("yes", None), None),
        (("no", None), None),
        ((None, False), None),
    ],
)
def test_policy(plain, policy, grade):
    changes = {"policy.recommended": policy[0], "policy.elimination_list": policy[1]}
    assert values(evaluate(plain(changes)))["8"] == grade


@pytest.mark.parametrize(
    ("management", "grade"),
    [
        ((True, True), 1),
        ((True, False), 0.5),
        ((False, True), 0),
        ((False, None), 0),
        ((True, None), None),
        ((None, True), None),
    ],
)
def test_management(plain, management, grade):
    changes = {"management.established": management[0], "management.effective": management[1]}
    assert values(evaluate(plain(changes)))["9"] == grade


# Not applicable: no value, no score, its weight goes to the others of its first level


def test_not_applicable(plain):
    result = evaluate(plain({"not_applicable": {"7": "无余能", "9": "本行业没有"}}))
    assert states(result)["7"] == states(result)["9"] == "not_applicable"
    assert values(result)["7"] is None and scores(result)["7"] is None
    weights = {i.node.code: i.weight for i in result.indicators}
    assert weights == pytest.approx(
        {
            "1": 0.15,
            "2": 0.1,
            "3": 0.1,
            "4": 0.15,
            "5": 0.12 * 0.3 / 0.22,
            "6": 0.1 * 0.3 / 0.22,
            "7": 0,
            "8": 0.2,
            "9": 0,
        }
    )
    assert result.coverage == 1 and result.total is not None
    assert by_code(result, "7").reason.zh == "无余能"


def test_missing_stays_in_the_sum_of_weights(plain):
    """7 not applicable, 6 missing: 5 takes 0.12 · 0.3/0.22, not the whole 0.3."""
    result = evaluate(plain({"not_applicable": {"7": "本行业没有"}, "materials": []}))
    assert by_code(result, "5").weight == pytest.approx(0.12 * 0.3 / 0.22)
    assert result.coverage == pytest.approx(1 - 0.1 * 0.3 / 0.22)


def test_data_of_a_not_applicable_indicator_feed_the_others(plain):
    result = evaluate(plain({"not_applicable": {"3": "本行业没有"}}))
    assert values(result)["1"] == pytest.approx(2) and values(result)["4"] == pytest.approx(1200 / 2250)


# Pollutants


def organic(cod, bod, unit="kg"):
    """Rows of COD (1 kg) and BOD5 (0.5 kg), each with base and report."""
    return [
        {"medium": "water", "pollutant": name, "unit": unit, "base": base, "report": report}
        for name, (base, report) in (("COD", cod), ("BOD5", bod))
    ]


@pytest.mark.parametrize(
    ("cod", "bod", "water", "out"),
    [
        # a tie over both periods: BOD5 stands first in the law
        ((100, 80), (50, 40), (100, 80), ("2", "13")),
        # the most over both periods, the same in both: COD 110 against BOD5 80 + 20 = 100
        ((10, 100), (40, 10), (10, 100), ("2", "12")),
        ((100, 10), (25, 35), (50, 70), ("2", "13")),
        # equal but for the rounding of 0.1 + 0.2
        ((0.1, 0.2), (0.05, 0.1), (0.1, 0.2), ("2", "13")),
    ],
)
def test_overlap(plain, cod, bod, water, out):
    for rows in (organic(cod, bod), organic(cod, bod)[::-1]):
        result = evaluate(plain({"pollutants": [*rows, plain()["pollutants"][1]]}))
        assert result.quantities.overlaps_not_counted == {out}
        assert result.quantities.media["water"] == pytest.approx(water)
    both = evaluate(plain({"pollutants": organic(cod, bod), "options.organic_overlap": "all"}))
    assert both.quantities.media["water"] == pytest.approx((cod[0] + bod[0] / 0.5, cod[1] + bod[1] / 0.5))


def test_rows_of_one_pollutant_are_added_before_the_overlap(plain):
    """Two rows of COD, 60 each, against BOD5 with 100 equivalents."""
    cod = {"medium": "water", "pollutant": "化学需氧量(CODcr)", "unit": "kg", "base": 30, "report": 30}
    rows = [cod, {**cod, "pollutant": "COD"}, {**cod, "pollutant": "BOD5", "base": 25, "report": 25}]
    result = evaluate(plain({"pollutants": rows}))
    assert result.quantities.media["water"] == (60, 60)


def test_a_blank_overlapping_row_makes_the_medium_missing(plain):
    """It could have been the one to keep."""
    result = evaluate(plain({"pollutants": organic((100, 80), (1, None))}))
    assert result.quantities.media["water"] == (100, None)


def test_disinfection_overlap(plain):
    """Coliforms and chlorine: waste water / 3.3 where measured exceeds the limit; the larger counts."""
    row = {"medium": "water", "unit": "t wastewater", "parameter": 2, "limit": 1, "base": 33, "report": 33}
    rows = [{**row, "pollutant": "大肠菌群数(超标)"}, {**row, "pollutant": "余氯", "base": 66}]
    result = evaluate(plain({"pollutants": rows}))
    assert result.quantities.media["water"] == pytest.approx((20, 10))
    within = evaluate(plain({"pollutants": [{**rows[0], "parameter": 1}]}))
    assert within.quantities.media["water"] == (0, 0)


def test_ph_and_colour(plain):
    """pH 5 is of class 5–6 (5 t), 9.4 of 9–10 (1 t), 7 has none; colour 80 over 50: × 0.6 / 5."""
    ph = {"medium": "water", "pollutant": "pH", "unit": "t wastewater", "base": 3000, "report": 1200}
    rows = [
        {**ph, "parameter": 5.0},
        {**ph, "parameter": 9.4},
        {**ph, "parameter": 7},
        {**ph, "pollutant": "色度", "parameter": 80, "limit": 50},
        {**ph, "pollutant": "色度", "parameter": 40, "limit": 50},
    ]
    result = evaluate(plain({"pollutants": rows}))
    assert result.quantities.media["water"] == pytest.approx((600 + 3000 + 360, 240 + 1200 + 144))


def test_lacking_parameter_is_missing(plain):
    row = {"medium": "water", "pollutant": "色度", "unit": "t wastewater", "base": 1, "report": 1}
    for parameters in ({}, {"parameter": 80}, {"limit": 50}):
        result = evaluate(plain({"pollutants[2]": {**row, **parameters}}))
        assert states(result)["2"] == "missing" and result.quantities.media["water"] == (None, None)
        assert result.quantities.media["air"] == pytest.approx((100, 80))


def test_media(plain):
    air = evaluate(plain({"options.equivalent_media": "air"}))
    assert values(air)["2"] == pytest.approx(0.8)
    assert air.as_dict()["equivalents"]["report"] == pytest.approx({"air": 80, "water": 80})
    only_air = {"pollutants": plain()["pollutants"][1:]}
    assert evaluate(plain(only_air)).as_dict()["equivalents"]["report"] == pytest.approx({"air": 80, "water": 0})
    assert states(evaluate(plain({**only_air, "options.equivalent_media": "water"})))["2"] == "missing"
    assert evaluate(plain({"pollutants": []})).as_dict()["equivalents"]["base"] == {"air": 0, "water": 0}


def test_own_value_replaces(plain):
    """SO2 0.5 kg instead of 0.95: 95 kg are 190 equivalents. Any of its names will do."""
    own = {"medium": "air", "pollutant": "SO2", "value": 500, "unit": "g", "source": "试验"}
    result = evaluate(plain({"own_equivalents": [own]}))
    assert result.quantities.media["air"] == pytest.approx((190, 152))
    assert [f.own for f in result.quantities.factors if f.kind == "equivalent_value"] == [False, True]


def test_own_value_of_a_pollutant_without_one(plain):
    voc = {"medium": "air", "pollutant": "VOCs", "unit": "t", "base": 0.19, "report": 0.095}
    assert evaluate(plain({"pollutants[2]": voc})).quantities.media["air"] == pytest.approx((100, 80))
    own = {"medium": "air", "pollutant": "vocs", "value": 0.95, "unit": "kg"}
    result = evaluate(plain({"pollutants[2]": voc, "own_equivalents": [own]}))
    assert result.quantities.media["air"] == pytest.approx((300, 180))


def test_own_value_of_an_overlapping_pollutant_still_overlaps(plain):
    own = {"medium": "water", "pollutant": "BOD5", "value": 0.1, "unit": "kg"}
    result = evaluate(plain({"pollutants": organic((100, 80), (20, 10)), "own_equivalents": [own]}))
    assert result.quantities.media["water"] == pytest.approx((200, 100))


# Greenhouse gases


def test_accounting(plain):
    """fuel + process + purchased − exported − recovered; AR5: CH4 28, N2O 265; CO2 of biomass 0."""
    rows = [
        ("fuel", "CO2", 1000, False), ("fuel", "CO2", 500, True), ("fuel", "CH4", 1, True), ("process", "N2O", 2, False),
        ("purchased_heat", "CO2", 100, False), ("exported_electricity", "CO2", 40, False), ("exported_heat", "CO2", 30, False),
        ("recovered", "CO2", 20, False),
    ]  # fmt: skip
    greenhouse = [{"category": c, "gas": g, "unit": "t", "base": v, "report": v, "biomass": b} for c, g, v, b in rows]
    result = evaluate(plain({"greenhouse": greenhouse}))
    assert result.quantities.co2e.report == pytest.approx(1000 + 0 + 28 + 530 + 100 - 40 - 30 - 20)
    assert evaluate(plain({"greenhouse": greenhouse, "options.gwp_set": "AR6"})).quantities.co2e.base == pytest.approx(
        1000 + 27.9 + 546 + 10
    )


# Energy


def test_own_electricity_coefficient(plain):
    """0.3 for all electricity: grid 270, own 30; coal 642.87."""
    result = evaluate(plain({"options.electricity_coefficient": 0.3}))
    assert values(result)["5"] == pytest.approx(100 * 30 / 942.87)


def test_grid_nonfossil_share(plain):
    result = evaluate(plain({"options.grid_nonfossil_share": 0.3}))
    assert values(result)["5"] == pytest.approx(100 * (12.29 + 0.3 * 110.61) / 765.77)


def test_what_counts_as_energy(plain, gone):
    """Sold is subtracted, feedstock and energy media are not energy, biogas is non-fossil, own coefficients replace."""
    rows = {
        "energy[3]": {"energy": "柴油", "unit": "kg", "origin": "sold", "base": 0, "report": 1000},  # −1.4571
        "energy[4]": {"energy": "天然气", "unit": "m3", "feedstock": True, "base": 0, "report": 1e6},
        "energy[5]": {"energy": "压缩空气", "unit": "m3", "base": 0, "report": 1e6},
        "energy[6]": {"energy": "沼气", "unit": "m3", "coefficient": 0.75, "base": 0, "report": 1000},  # 0.75
        "energy[7]": {
            "energy": "天然气",
            "unit": "万m3",
            "net_calorific_value": 36634.5,
            "base": 0,
            "report": 1,
        },  # 12.5
        "energy[8]": {"energy": "电力", "unit": "万kWh", "origin": "certificate", "base": 0, "report": 1},  # 1.229
        "energy[9]": {
            "energy": "热力",
            "unit": "GJ",
            "non_fossil": True,
            "base": 0,
            "report": 100,
        },  # 3.412, no evidence
    }
    result = evaluate(plain(rows))
    primary = 765.77 - 1.4571 + 0.75 + 12.5 + 1.229 + 3.412
    assert result.quantities.primary_tce.report == pytest.approx(primary)
    assert result.quantities.nonfossil_tce.report == pytest.approx(12.29 + 0.75 + 1.229)
    proved = evaluate(plain({**rows, "energy[9].evidence": "生物质锅炉证明"}))
    assert values(proved)["5"] == pytest.approx(100 * (12.29 + 0.75 + 1.229 + 3.412) / primary)


def test_residual_energy_as_delivered(plain):
    rows = [
        {"kind": "发电", "unit": "kWh", "base": 1, "report": 1000},  # 3.6e6 kJ
        {"kind": "供暖", "unit": "GJ", "base": 1, "report": 2},  # 2e6 kJ
    ]
    assert values(evaluate(plain({"residual_energy": rows})))["7"] == pytest.approx(5.6e6 / 100)


# Output value, cap, weights


@pytest.mark.parametrize(("unit", "value"), [("元", 12000000), ("亿元", 0.12), ("万元", 1200)])
def test_money(plain, unit, value):
    assert values(evaluate(plain({"output_value.unit": unit, "output_value.report": value})))["4"] == pytest.approx(
        1200 / 2250
    )


def test_score_cap(plain):
    """Indicator 2: 2 / 1.6 = 1.25, capped at 1.2; moderate and qualitative stay at 100; so do groups and total."""
    result = evaluate(plain({"options.score_cap": 1.2}))
    assert scores(result)["2"] == pytest.approx(120)
    assert scores(result)["8"] == 100
    assert result.total == pytest.approx(evaluate(plain()).total + 0.1 * 20)
    best = {f"benchmarks.{n}": 1e-6 for n in "457"} | {f"benchmarks.{n}": 1e9 for n in "236"}
    best |= {"greenhouse[0].report": 1550}  # C1 = 2000, S = 1
    whole = evaluate(plain({**best, "options.score_cap": 10}))
    assert scores(whole)["1"] == pytest.approx(100) and scores(whole)["2"] == 1000
    assert whole.total == 100 and [g.score for g in whole.first_levels] == [100, 100, 100]


def test_own_weights(plain):
    """All on three indicators: W_first becomes the sum within the group."""
    weights = {str(n): 0 for n in range(1, 10)} | {"1": 0.2, "7": 0.3, "8": 0.5}
    result = evaluate(plain({"weights": weights}))
    assert result.total == pytest.approx(0.2 * 50 + 0.3 * 90 + 0.5 * 100)
    assert [g.score for g in result.first_levels] == pytest.approx([50, 90, 100])
    assert [g.weight for g in result.first_levels] == pytest.approx([0.2, 0.3, 0.5])
    # an indicator without weight may be missing
    assert evaluate(plain({"weights": weights, "materials": []})).total == pytest.approx(result.total)


def test_own_weights_and_not_applicable(plain):
    weights = {"1": 0.1, "2": 0.1, "3": 0.1, "4": 0.1, "5": 0.1, "6": 0.1, "7": 0.1, "8": 0.1, "9": 0.2}
    result = evaluate(plain({"weights": weights, "not_applicable": {"5": "本行业没有"}}))
    assert by_code(result, "6").weight == pytest.approx(0.15)


def test_as_dict_keys(plain):
    assert set(evaluate(plain()).as_dict()) == {
        "ok", "values", "scores", "weights", "total", "first_level", "equivalents", "co2e_t", "rates", "synergy_case",
        "nonfossil_share_other", "coverage", "score_so_far", "recorded", "findings",
    }  # fmt: skip


# Another guide: nothing may assume nine indicators or three groups


def node(code, parent, weight, **more):
    return {"code": code, "parent": parent, "name_zh": code, "name_en": code, "weight": weight, **more}


@pytest.fixture(scope="module")
def small():
    """Three levels, four indicators, two of them entered."""
    return guides.from_dict(
        {
            "format": "jwdt-guide/1",
            "id": "small",
            "options": {"score_cap": 1.5},
            "nodes": [
                node("outcome", "", 0.6),
                node("water", "outcome", 0.4),
                node("reuse", "water", 0.1, attribute="positive", formula="entered", benchmark={"value": 50}),
                node("load", "water", 0.3, attribute="negative", formula="equivalent_intensity"),
                node("carbon", "outcome", 0.2, attribute="negative", formula="carbon_intensity"),
                node("conduct", "", 0.4, attribute="qualitative", formula="entered"),
            ],
        }
    )


def test_small_guide(plain, small):
    data = plain({"benchmarks": {"load": 1.2, "carbon": 30000}, "entered": {"reuse": 40, "conduct": 0.7}})
    result = evaluate(data, small)
    assert scores(result) == pytest.approx({"reuse": 80, "load": 75, "carbon": 100 * 4 / 3, "conduct": 70})
    outcome = (0.1 * 80 + 0.3 * 75 + 0.2 * 400 / 3) / 0.6
    assert [g.score for g in result.first_levels] == pytest.approx([outcome, 70])
    assert result.total == pytest.approx(0.6 * outcome + 0.4 * 70)
    # weight of a not applicable indicator goes to its first level, not only to its own parent
    part = evaluate({**data, "not_applicable": {"load": "本行业没有"}}, small)
    assert [i.weight for i in part.indicators] == pytest.approx([0.1 * 2, 0, 0.2 * 2, 0.4])
    without = evaluate({**data, "entered": {"conduct": 0.7}}, small)
    assert states(without)["reuse"] == "missing" and without.total is None
    own = {**data, "options": {"score_cap": 1}}
    assert evaluate(own, small).total == result.total  # the guide's 1.5 binds
    assert evaluate(own, small, by="own").total < result.total


def test_small_guide_refuses_other_codes_and_grades(plain, small):
    with pytest.raises(Refused) as error:
        evaluate(plain({"entered": {"conduct": 1.01, "8": 1}}), small)
    places = {finding.where for finding in error.value.findings}
    assert {"entered.conduct", "entered.8", "benchmarks.2"} <= places


def test_sums_are_exact(plain):
    """Ten times 0.1 t are 1 t."""
    row = {"material": "石灰石", "unit": "kg", "base": 1, "report": 0.1}
    result = evaluate(plain({"materials": [row] * 10}))
    assert result.quantities.material_kg.report == math.fsum([0.1] * 10) == 1.0
