"""Own formulas of guides: what their forms compute, and which guides are refused."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import NotAssessable, Refused
from jwdt_xl.standard.composed import FORMS, NEEDED, NONE, value
from jwdt_xl.standard.formulas import FORMULAS
from jwdt_xl.standard.guide import from_dict, to_dict

from .own import own_data, own_guide

AMOUNTS = st.lists(st.floats(0, 1e9), min_size=1, max_size=5)
POSITIVES = st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=5)


def _exact(of: list[float], over: list[float]) -> Fraction:
    return sum(map(Fraction, of), Fraction()) / (sum(map(Fraction, over), Fraction()) if over else 1)


def test_worked_by_hand() -> None:
    """As guidelines of water saving have them: reuse rate R = 100 Vr/(Vi + Vr), water per product Vui = Vi/Q."""
    assert value(FORMS["share"], None, ([300.0], [100.0, 300.0])) == 75.0
    assert value(FORMS["quotient"], None, ([100.0], [40.0])) == 2.5
    assert value(FORMS["quotient"], None, ([3.0], [6.0]), 1000) == 500.0
    assert value(FORMS["sum"], None, ([1.0, 2.0, 0.5], []), 2) == 7.0
    assert value(FORMS["reduction"], ([200.0], []), ([150.0], [])) == 25.0
    assert value(FORMS["growth"], ([200.0], []), ([150.0], [])) == -25.0
    assert value(FORMS["reduction"], ([200.0], [10.0]), ([150.0], [15.0])) == 50.0


@given(AMOUNTS, POSITIVES, st.floats(1e-3, 1e3))
def test_sums_and_quotients_are_those_of_fractions(of: list[float], over: list[float], times: float) -> None:
    assert value(FORMS["sum"], None, (of, []), times) == pytest.approx(
        float(_exact(of, []) * Fraction(times)), rel=1e-14
    )
    wanted = float(_exact(of, over) * Fraction(times))
    assert value(FORMS["quotient"], None, (of, over), times) == pytest.approx(wanted, rel=1e-14)


@given(AMOUNTS, POSITIVES)
def test_a_part_of_its_whole_is_at_most_100(of: list[float], rest: list[float]) -> None:
    share = value(FORMS["share"], None, (of, [*of, *rest]))
    assert 0 <= share <= 100 * (1 + 1e-12)
    assert share == pytest.approx(float(100 * _exact(of, [*of, *rest])), rel=1e-14)


@given(POSITIVES, AMOUNTS, POSITIVES, POSITIVES)
def test_rates_are_opposite_and_do_not_depend_on_the_factor(
    base: list[float], report: list[float], over0: list[float], over1: list[float]
) -> None:
    down = value(FORMS["reduction"], (base, over0), (report, over1))
    assert value(FORMS["growth"], (base, over0), (report, over1)) == pytest.approx(-down, rel=1e-12)
    exact = 100 * (1 - _exact(report, over1) / _exact(base, over0))
    assert down == pytest.approx(float(exact), rel=1e-9, abs=1e-9)


@given(AMOUNTS, POSITIVES, st.randoms())
def test_the_order_does_not_matter(of: list[float], over: list[float], random: Any) -> None:
    shuffled, below = random.sample(of, len(of)), random.sample(over, len(over))
    assert value(FORMS["quotient"], None, (of, over)) == value(FORMS["quotient"], None, (shuffled, below))


@pytest.mark.parametrize(
    ("form", "base", "report", "said"),
    [
        ("quotient", None, ([1.0], [0.0]), "must be above 0"),
        ("quotient", None, ([-1.0], [2.0]), "negative"),
        ("quotient", None, ([1.0], [5.0, -2.0]), "negative"),
        ("quotient", None, ([1e300], [1e-300]), "out of range"),
        ("sum", None, ([1e308, 1e308], []), "out of range"),
        ("share", None, ([3.0], [2.0]), "more than the whole"),
        ("share", None, ([0.0], [0.0]), "must be above 0"),
        ("reduction", ([0.0], []), ([1.0], []), "must be above 0"),
        ("growth", ([1.0], [0.0]), ([1.0], [1.0]), "must be above 0"),
        ("reduction", ([1.0], [1.0]), ([1.0], [0.0]), "must be above 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_assessed_says_why(form: str, base: Any, report: Any, said: str) -> None:
    with pytest.raises(NotAssessable) as error:
        value(FORMS[form], base, report)
    assert said in error.value.text.en and error.value.text.zh


def test_a_guide_comes_back_and_names_what_its_formulas_are_made_of() -> None:
    guide = own_guide()
    assert to_dict(from_dict(to_dict(guide))) == to_dict(guide)
    assert guide.by_code["reuse"].needs == ("input_reused", "input_fresh")
    assert guide.by_code["water"].whole_needs == ("input_fresh", "output")
    assert guide.by_code["carbon"].conventions == {"", "value_basis"}
    assert guide.quantities["input_fresh"].place("report") == "inputs.fresh.report"
    assert {use.period for use in guide.by_code["saved"].uses} == {"base", "report"}
    assert {use.period for use in guide.by_code["reuse"].uses} == {"report"}
    assert {formula.key for formula in FORMULAS.values() if formula.form} == set(FORMS)


def test_known_quantities_go_by_their_names_too() -> None:
    data = own_data()
    data["nodes"][2]["over"] = [" 产品产量 "]
    assert from_dict(data).by_code["water"].over == ("output",)
    data["nodes"][2]["over"] = ["Output"]
    assert from_dict(data).by_code["water"].over == ("output",)


def _refused(change: Any) -> list[tuple[str, str]]:
    data = own_data()
    change(data)
    with pytest.raises(Refused) as error:
        from_dict(data, strict=True)
    assert all(finding.text.zh and finding.text.en for finding in error.value.findings)
    return [(finding.where, finding.code) for finding in error.value.findings]


def _of(i: int, **said: Any) -> Any:
    return lambda data: data["nodes"][i].update(said)


def _input(i: int, **said: Any) -> Any:
    return lambda data: data["inputs"][i].update(said)


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        (_of(1, of=[]), "nodes[1].of", "bad-own-formula"),
        (_of(1, over=["fresh"]), "nodes[1].over", "bad-own-formula"),
        (_of(2, over=[]), "nodes[2].over", "bad-own-formula"),
        (_of(2, over=["fresh"]), "nodes[2].over", "bad-own-formula"),
        (_of(2, of=["unknown"]), "nodes[2].of", "unknown-quantity"),
        (_of(2, of=["Fresh"]), "nodes[2].of", "unknown-quantity"),
        (_of(2, of=["fresh", "fresh"]), "nodes[2].of", "bad-own-formula"),
        (_of(1, of=["fresh", "waste"]), "nodes[1].of", "own-formula-units"),
        (_of(3, over=["fresh", "waste"]), "nodes[3].of", "own-formula-units"),
        (_of(3, unit_zh="m3", unit_en="m3"), "nodes[3].unit_zh", "own-formula-units"),
        (_of(3, times=2), "nodes[3].times", "bad-own-formula"),
        (_of(4, of=["stored"]), "nodes[4].of", "bad-own-formula"),
        (_of(4, attribute="negative"), "nodes[4].attribute", "bad-attribute"),
        (_of(3, attribute="qualitative"), "nodes[3].attribute", "bad-attribute"),
        (_of(8, of=["fresh"]), "nodes[8].of", "bad-own-formula"),
        (_of(2, times=0), "nodes[2].times", "bad-number"),
        (_of(2, times=-1), "nodes[2].times", "bad-number"),
        (_of(2, times=math.nan), "nodes[2].times", "not-a-number"),
        (_of(2, times=True), "nodes[2].times", "not-a-number"),
        (_of(2, times="１０"), "nodes[2].times", "not-a-number"),
        (_of(2, of="fresh"), "nodes[2].of", "bad-guide"),
        (_of(2, of=[None, 7.5]), "nodes[2].of[1]", "not-text"),
        (_input(0, code="output"), "inputs[0].code", "bad-input-of-guide"),
        (_input(1, code="FRESH"), "inputs[1].code", "bad-input-of-guide"),
        (_input(0, code="a b"), "inputs[0].code", "bad-input-of-guide"),
        (_input(0, code="x" * 41), "inputs[0].code", "bad-input-of-guide"),
        (_input(0, name_zh="", name_en=""), "inputs[0].name_zh", "bad-input-of-guide"),
        (_input(0, unit_zh=""), "inputs[0].unit_zh", "bad-input-of-guide"),
        (_input(0, name_zh="名" * 101), "inputs[0].name_zh", "bad-input-of-guide"),
        (_input(0, periods="yearly"), "inputs[0].periods", "bad-input-of-guide"),
        (_input(0, range=[5, 1]), "inputs[0].range", "bad-range"),
        (_input(0, extra=1), "inputs[0].extra", "unknown-field"),
    ],
)  # fmt: skip
def test_a_wrong_guide_is_refused_with_its_place(change: Any, where: str, code: str) -> None:
    assert (where, code) in _refused(change)


def test_the_forms_say_what_they_take() -> None:
    assert {key for key, form in FORMS.items() if form.over == NEEDED} == {"quotient", "share"}
    assert [key for key, form in FORMS.items() if form.over == NONE] == ["sum"]
    assert all(form.percent for form in FORMS.values() if form.both_periods)
