"""Intervals and probabilities: against numpy by another algorithm, against the engine, and at the ends of what data may be."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from jwdt_xl.assessment import Result, evaluate, read
from jwdt_xl.assessment.checks.changes import unsure
from jwdt_xl.assessment.draws import DRAWS, of_row
from jwdt_xl.assessment.terms import form_of
from jwdt_xl.assessment.uncertainty import LEAST, UNKNOWN, interval_of, sentences, uncertainty
from jwdt_xl.errors import JwdtError
from jwdt_xl.messages import Text
from jwdt_xl.portfolio.analysis.uncertainty import uncertainty as numpy_uncertainty
from jwdt_xl.standard.guide import Grade, Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.uncertainties import OF_DEFAULT_FACTOR, OF_GRADE, grade_key, of_default_factor, of_grade

from .test_properties import FULL

Build = Callable[..., dict[str, Any]]
#: 5 % ± 4.5 standard errors of 2,000 draws.
OFF = 4.5 * math.sqrt(0.05 * 0.95 / DRAWS)
GRADES = {None: 0.15, 1: 0.015, 2: 0.03, 3: 0.075, 4: 0.15, 5: 0.3}


def test_the_table_of_method_8() -> None:
    assert OF_GRADE == {1: 0.015, 2: 0.03, 3: 0.075, 4: 0.15, 5: 0.30}
    assert [of_grade(grade) for grade in (None, 1.0, 5)] == [0.15, 0.015, 0.3]
    factors = [of_default_factor(kind) for kind in ("fuel", "electricity", "process", "heat", "other")]
    assert factors == [0.03, 0.05, 0.03, 0.10, 0.03]


@given(FULL)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_terms_sum_to_the_quantities(data: dict[str, Any]) -> None:
    try:
        result = evaluate(data)
    except JwdtError:
        assume(False)
    form = form_of(result)
    for key, terms in form.terms.items():
        for period, value in enumerate(result.quantities.pair(key)):
            assert (value is None) == ((key, period) in form.missing)
            if value is not None:
                assert math.fsum(term.amounts[period] for term in terms) == pytest.approx(value, rel=1e-9, abs=1e-9)


def random_data(plain: Build, chance: np.random.Generator) -> dict[str, Any]:
    """Amounts, grades and own factors at random, of rows whose arithmetic the test does itself."""

    def row(size: float) -> dict[str, Any]:
        base = size * chance.lognormal(0, 0.7)
        quality = [None, 1, 2, 3, 4, 5][chance.integers(6)]
        return {"base": base, "report": base * chance.lognormal(-0.1, 0.2), "quality": quality}

    own = {"emission_factor": 2.0} if chance.random() < 0.5 else {}
    return plain({
        "pollutants": [
            {"medium": "water", "pollutant": "化学需氧量(CODcr)", "unit": "kg", **row(100)},
            {"medium": "air", "pollutant": "二氧化硫", "unit": "t", **row(0.1)},
            {"medium": "air", "pollutant": "氮氧化物", "unit": "kg", **row(80)},
        ],
        "greenhouse": [{"category": "process", "gas": "CH4", "unit": "t", **row(20)}],
        "activity": [
            {"kind": "fuel", "name": "烟煤", "unit": "t", **own, **row(500)},
            {"kind": "electricity", "origin": "grid", "unit": "MWh", **row(2000)},
            {"kind": "electricity", "origin": "grid", "unit": "MWh", **row(500)},
            {"kind": "electricity", "origin": "own_renewable", "unit": "MWh", **row(900)},
        ],
        "energy": [],
        "materials": [{"material": "石灰石", "unit": "t", **row(1000)}],
        "options": {"moderate_score": str(chance.choice(["ratio", "distance", "cosine"]))},
    })  # fmt: skip


def independent(data: dict[str, Any], result: Result, chance: np.random.Generator, n: int = 20_000) -> dict[str, Any]:
    """P, C, rates, S, scores 1–4 and 6, by drawing both periods' logarithms from one correlated normal distribution."""

    def drawn(row: dict[str, Any]) -> Any:
        u = GRADES[row.get("quality")]
        both = chance.multivariate_normal([-u * u / 2] * 2, u * u * np.array([[1, 0.7], [0.7, 1]]), n)
        return np.array([row["base"], row["report"]]) * np.exp(both)

    def factor(u: float) -> Any:
        return np.exp(chance.normal(-u * u / 2, u, n))[:, None]

    cod, so2, nox = map(drawn, data["pollutants"])
    p = cod / 1 + so2 * 1000 / 0.95 + nox / 0.95
    coal, grid, other, _ = map(drawn, data["activity"])
    of_coal, of_grid = (bill.factor for bill in result.quantities.activity[:2])
    own = "emission_factor" in data["activity"][0]
    width = GRADES[data["activity"][0].get("quality")] if own else 0.03
    c = 28 * drawn(data["greenhouse"][0]) + of_coal * coal * factor(width) + of_grid * (grid + other) * factor(0.05)
    rates = [(q[:, 0] - q[:, 1]) / q[:, 0] for q in (p, c)]
    both = (rates[0] > 0) & (rates[1] > 0)
    s = rates[0] / rates[1]
    method = data["options"]["moderate_score"]
    if method == "ratio":
        first = np.where(both, np.minimum(s, 1 / s), 0)
    elif method == "distance":
        first = np.where(both, np.maximum(0, 1 - np.abs(s - 1)), 0)
    else:
        first = np.maximum(0, (rates[0] + rates[1]) / np.sqrt(2 * (rates[0] ** 2 + rates[1] ** 2)))
    material = drawn(data["materials"][0])[:, 1] * 1000 / 100
    scores = {
        0: first, 1: np.minimum(1, 2 / (p[:, 1] / 100)), 2: np.minimum(1, 20000 / (c[:, 1] * 1000 / 100)),
        3: np.minimum(1, 1200 / c[:, 1] / 0.6), 5: np.minimum(1, 9000 / material),
    }  # fmt: skip
    return {"p": p[:, 1], "c": c[:, 1], "rates": rates, "both": both, "s": s[both], "scores": scores}


def assert_percentiles(interval: Any, drawn: Any) -> None:
    """Of the independent draws 5 % lie below the interval and 5 % above, with whole lumps at a cap on either side."""
    low, high = interval
    near = 1e-9 * max(1.0, abs(low), abs(high))
    assert np.mean(drawn < low - near) <= 0.05 + OFF and np.mean(drawn <= low + near) >= 0.05 - OFF
    assert np.mean(drawn > high + near) <= 0.05 + OFF and np.mean(drawn >= high - near) >= 0.05 - OFF


def test_fifty_random_assessments_against_numpy(plain: Build) -> None:
    chance = np.random.default_rng(7)
    with_s = 0
    for _ in range(50):
        data = random_data(plain, chance)
        result = evaluate(data)
        found, other = uncertainty(result), independent(data, result, chance)
        assert_percentiles(found.pollutants, other["p"])
        assert_percentiles(found.co2e_t, other["c"])
        for interval, rate in zip(found.rates, other["rates"], strict=True):
            assert_percentiles(interval, rate)
        for place, scores in other["scores"].items():
            assert_percentiles(found.scores[place], 100 * scores)
        share = float(np.mean(other["both"]))
        assert found.cases["synergy"] == pytest.approx(share, abs=4.5 * math.sqrt(0.25 / DRAWS))
        if found.synergy is not None:
            with_s += 1
            assert found.cases["synergy"] >= LEAST
            assert_percentiles(found.synergy, other["s"])
    assert 5 <= with_s <= 45


def test_a_draw_is_the_evaluation_of_an_assessment_with_these_amounts(example: Build) -> None:
    data = example("cement")
    result = evaluate(data)
    form = form_of(result)
    (place,) = {term.row for term in form.terms["residual_kj"][:1]}
    multipliers = np.array(of_row(place, form.rows[place]).report)
    for d in (0, 1, 999):
        changed = json.loads(json.dumps(data))
        changed["residual_energy"][0]["report"] *= multipliers[d]
        other = evaluate(changed).quantities.residual_kj.report
        terms = form.terms["residual_kj"]
        mine = terms[0].amounts[1] * multipliers[d] + sum(term.amounts[1] for term in terms[1:])
        assert other == pytest.approx(mine, rel=1e-12)


def test_nothing_of_the_result_changes_and_it_is_always_the_same(example: Build) -> None:
    result = evaluate(example("cement"))
    before = json.dumps(result.as_dict(), ensure_ascii=False)
    first = uncertainty(result)
    assert uncertainty(evaluate(example("cement"))) == first
    assert json.dumps(result.as_dict(), ensure_ascii=False) == before
    assert first.total is not None and first.total[0] < 79.39 < first.total[1]
    assert sum(first.cases.values()) == pytest.approx(1)


def with_grades(data: dict[str, Any], grade: int) -> dict[str, Any]:
    for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
        for row in data[table]:
            row["quality"] = grade
    return data


def test_good_data_have_a_narrow_interval_and_estimates_a_wide_one(example: Build) -> None:
    widths = []
    for grade in (1, 2, 3, 4, 5):
        total = uncertainty(evaluate(with_grades(example("cement"), grade))).total
        assert total is not None
        widths.append(total[1] - total[0])
    assert widths == sorted(widths)
    assert widths[0] < 6 and widths[-1] > 15


def tiny(plain: Build) -> dict[str, Any]:
    """Pollutants and carbon both fall by 0.05 %."""
    data = plain()
    for table in ("pollutants", "greenhouse"):
        for row in data[table]:
            row["report"] = row["base"] * 0.9995
    return data


def test_hardly_any_change_leaves_s_unknown_and_says_so(plain: Build) -> None:
    result = evaluate(tiny(plain))
    assert result.indicators[0].score == pytest.approx(100)
    found = uncertainty(result)
    assert found.synergy is None and found.scores[0] is not None
    assert found.scores[0][0] == 0 and found.scores[0][1] > 60
    assert 0.15 < found.cases["synergy"] < 0.35
    (said,) = [str(text) for text in sentences(result, found) if "协同度不明" in text.zh]
    assert "S 说不出是多少" in said and "0 到" in said


def test_a_rate_whose_interval_holds_0_is_told_once(plain: Build) -> None:
    result = evaluate(plain({"pollutants[0].report": 98, "pollutants[1].report": 93}))
    assert "within-uncertainty" not in {finding.code for finding in result.findings}
    told = next(unsure(result, uncertainty(result).rates))
    assert (told.code, told.severity, told.where) == ("within-uncertainty", "warning", "pollutants")
    assert "含 0" in told.text.zh
    small = evaluate(tiny(plain))  # told already, by the 1 % rule
    assert [f.code for f in small.findings].count("within-uncertainty") == 2
    assert list(unsure(small, uncertainty(small).rates)) == []
    sure = evaluate(with_grades(plain(), 1))
    assert list(unsure(sure, uncertainty(sure).rates)) == []


def test_what_is_missing_or_not_applicable_has_no_interval(example: Build, plain: Build) -> None:
    result = evaluate(example("na_and_missing"))
    found = uncertainty(result)
    assert found.total is None and found.grades == {}
    for indicator, score in zip(result.indicators, found.scores, strict=True):
        assert (score is None) == (indicator.score is None)
    empty = evaluate({"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}})
    assert uncertainty(empty) == UNKNOWN._replace(scores=(None,) * 9)
    assert set(uncertainty(empty).as_dict()["probabilities"]) == {*uncertainty(result).cases, "grades"}
    nothing = evaluate(plain({"pollutants[0].base": 0, "pollutants[1].base": 0}))
    assert uncertainty(nothing).cases == {} and uncertainty(nothing).synergy is None


def test_grades_are_probable_by_the_total_as_it_is_shown(example: Build) -> None:
    guide = builtin()
    grades = tuple(Grade(Text(name, name), bound) for name, bound in (("low", 0.0), ("at", 79.395), ("high", 100.0)))
    graded = Guide(**{**vars(guide), "grades": grades})
    result = evaluate(example("cement"), graded)
    found = uncertainty(result)
    assert found.grades["low"] == 1 and found.grades["high"] == 0 and 0.2 < found.grades["at"] < 0.8
    assert any("at" in text.en for text in sentences(result, found))


def test_percentiles_are_those_of_numpy() -> None:
    values = np.random.default_rng(1).normal(size=DRAWS)
    assert interval_of(list(values)) == pytest.approx(tuple(np.quantile(values, [0.05, 0.95])), rel=1e-12)
    gaps: list[float | None] = [None] * 100 + list(values[100:])
    assert interval_of(gaps) == pytest.approx(tuple(np.quantile(values[100:], [0.05, 0.95])), rel=1e-12)
    assert interval_of([None] * 101 + list(values[101:])) is None


EVERY_BILL = [
    {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 700, "report": 650},
    {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 70, "report": 65, "net_calorific_value": 21},
    {"kind": "fuel", "name": "柴油", "unit": "t", "base": 9, "report": 7, "emission_factor": 3.1, "quality": 1},
    {"kind": "fuel", "name": "烟煤", "origin": "sold", "unit": "t", "base": 20, "report": 10},
    {"kind": "electricity", "origin": "grid", "unit": "MWh", "base": 1000, "report": 900},
    {"kind": "electricity", "origin": "sold", "unit": "MWh", "base": 100, "report": 90},
    {"kind": "electricity", "origin": "direct_green", "unit": "MWh", "base": 50, "report": 90, "evidence": "合同"},
    {"kind": "heat", "unit": "GJ", "base": 500, "report": 450, "quality": 2},
    {"kind": "heat", "unit": "t", "base": 30, "report": 25, "pressure": 1.0, "temperature": 200},
    {"kind": "process", "name": "石灰石", "unit": "t", "base": 100, "report": 90, "emission_factor": 0.44},
    {"kind": "wastewater", "unit": "t", "base": 10, "report": 9, "recovered_base": 0.1, "recovered_report": 0.2},
    {"kind": "product_carbon", "unit": "t", "base": 100, "report": 90, "carbon_fraction": 0.04},
]


@pytest.mark.parametrize("year", ["not_after", "latest", "each"])
def test_every_kind_of_bill_is_in_the_sums(plain: Build, year: str) -> None:
    result = evaluate(plain({"activity": EVERY_BILL, "options": {"grid_factor_year": year}}))
    form = form_of(result)
    for key, terms in form.terms.items():
        for period, value in enumerate(result.quantities.pair(key)):
            assert math.fsum(term.amounts[period] for term in terms) == pytest.approx(value, rel=1e-12)
    carbon = form.terms["co2e"][len(result.assessment.greenhouse) :]
    assert len(carbon) == len(EVERY_BILL) - 1  # green power emits nothing
    # Of a fuel by default factors all rows share one; the mixed one has an own factor besides.
    factors = [{form.factors[place] for place in term.factors[1]} for term in carbon]
    assert factors[:6] == [{0.03}, {0.03, 0.15}, {0.015}, {0.03}, {0.05}, {0.05}]
    assert carbon[0].factors[1] == carbon[3].factors[1] and set(carbon[0].factors[1]) < set(carbon[1].factors[1])
    assert carbon[4].factors == carbon[5].factors and factors[6] == {0.1}
    # The grid factors of two years are two factors.
    assert (carbon[4].factors[0] == carbon[4].factors[1]) == (year != "each")
    assert uncertainty(result).co2e_t is not None


# What a guide states instead


def stating(**stated: float) -> Guide:
    entries = [{"of": of, "uncertainty": value} for of, value in stated.items()]
    return from_dict({**to_dict(builtin()), "id": "sure", "uncertainties": entries})


def test_a_guide_that_states_the_usual_changes_nothing(plain: Build) -> None:
    data = random_data(plain, np.random.default_rng(3))
    usual = {grade_key(grade): value for grade, value in OF_GRADE.items()} | OF_DEFAULT_FACTOR
    guide = stating(**usual)
    assert uncertainty(evaluate(read(data, guide), guide)) == uncertainty(evaluate(read(data)))


@pytest.mark.parametrize("of", ["grade_4", "fuel", "electricity"])
def test_the_uncertainty_that_a_guide_states_is_taken(of: str, plain: Build) -> None:
    """A wide one widens the interval of carbon, in both ways of computing; total and scores stay."""
    data = {
        **plain(),
        "activity": [
            {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 1000, "report": 900, "quality": 4},
            {"kind": "electricity", "origin": "grid", "unit": "MWh", "base": 5000, "report": 4500, "quality": 4},
        ],
    }
    widths = []
    for value in (0.01, 0.3):
        guide = stating(**{of: value})
        result = evaluate(read(data, guide), guide)
        found, by_numpy = uncertainty(result), numpy_uncertainty(result)
        assert found.co2e_t is not None and by_numpy.co2e_t == pytest.approx(found.co2e_t, rel=1e-9)
        widths.append(found.co2e_t[1] - found.co2e_t[0])
        assert result.total == evaluate(read(data)).total
    assert widths[1] > 1.2 * widths[0]
