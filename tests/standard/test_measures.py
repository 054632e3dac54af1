"""The measures of indicator 1: every case of the method under every one, and what holds for all of them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import JWDT_SYNERGY_SCORE
from jwdt_xl.standard import measures, scoring
from jwdt_xl.standard.guide.options import DEFAULTS
from jwdt_xl.standard.indicators import Synergy, synergy_of

P0, C0 = 1000.0, 5000.0
FULL, EQUIVALENTS = 0.2, 0.1
#: Reductions (%) of pollutants and carbon, case, and the score by ratio, distance, cosine, composite (g = 20 %) and
#: equivalent rate (g = 20 %, c = 0.1: P weighs 1000, c·C 500), worked out by hand.
ROOT = 100 / math.sqrt(2)
CASES: list[tuple[float, float, str, tuple[float, float, float, float, float]]] = [
    (10, 10, "synergy", (100, 100, 100, 50, 50)),
    (0.05, 0.05, "synergy", (100, 100, 100, 0.25, 0.25)),
    (60, 5, "synergy", (100 / 12, 0, 100 * 65 / math.sqrt(2 * 3625), 100 * math.sqrt(0.03) / 0.2, 100)),
    (5, 20, "synergy", (25, 25, 100 * 25 / math.sqrt(2 * 425), 50, 50)),
    (30, 0, "only_pollutants", (0, 0, ROOT, 0, 100)),
    (0, 30, "only_carbon", (0, 0, ROOT, 0, 50)),
    (20, -10, "trade_off", (0, 0, 100 * 10 / math.sqrt(1000), 0, 50)),
    (-10, 20, "trade_off", (0, 0, 100 * 10 / math.sqrt(1000), 0, 0)),
    (0, -10, "one_rises", (0, 0, 0, 0, 0)),
    (-10, 0, "one_rises", (0, 0, 0, 0, 0)),
    (-10, -10, "both_rise", (0, 0, 0, 0, 0)),
    (0, 0, "no_change", (0, 0, 0, 0, 0)),
]  # fmt: skip
NAMES = [measure.name for measure in measures.MEASURES]
RATES = st.one_of(st.just(0.0), st.floats(-0.9, 0.9), st.floats(-0.02, 0.02))
OUTPUTS = st.floats(1, 1e6)


def amounts(pollutants: float, carbon: float, *outputs: float) -> tuple[float, ...]:
    return (P0, P0 * (1 - pollutants), C0, C0 * (1 - carbon), *outputs)


def score(given: tuple[float, ...], method: str, **options: float) -> float | None:
    found = {**DEFAULTS, "moderate_score": method, "full_rate": FULL, "carbon_equivalents": EQUIVALENTS, **options}
    return measures.synergy_score(known(given, float(found["synergy_floor"])), given, found)


def known(given: tuple[float, ...], floor: float = 0.0) -> Synergy:
    return synergy_of(given, floor)


def test_the_measures_in_order() -> None:
    assert NAMES == ["ratio", "distance", "cosine", "composite", "equivalent_rate"]


@pytest.mark.parametrize(("pollutants", "carbon", "case", "scores"), CASES)
def test_every_case_under_every_measure(pollutants: float, carbon: float, case: str, scores: Any) -> None:
    given = amounts(pollutants / 100, carbon / 100)
    assert known(given).case == case
    for name, expected in zip(NAMES, scores, strict=True):
        assert score(given, name) == pytest.approx(expected, abs=1e-9), name
        assert JWDT_SYNERGY_SCORE(*given, None, None, name, 0, FULL, EQUIVALENTS) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("name", "lacking"), [("composite", "full_rate"), ("equivalent_rate", "carbon_equivalents")])
@pytest.mark.parametrize(("pollutants", "carbon"), [(0.1, 0.1), (-0.1, 0.1), (0, 0)])
def test_no_score_without_the_number_it_needs(name: str, lacking: str, pollutants: float, carbon: float) -> None:
    given = amounts(pollutants, carbon)
    options = {**DEFAULTS, "moderate_score": name}
    assert measures.synergy_score(known(given), given, options) is None
    with pytest.raises(JwdtError, match=f"^{lacking} is missing$"):
        JWDT_SYNERGY_SCORE(*given, None, None, name)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("mean",), "method must be ratio | distance | cosine"),
        (("composite", None, 0), "full_rate must be above 0"),
        (("composite", None, 1.1), "full_rate must be at most 1"),
        (("ratio", -0.1), "floor must be at least 0"),
        (("equivalent_rate", None, 0.1, 0), "carbon_equivalents must be above 0"),
    ],
)
def test_refused(more: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message.replace("|", r"\|")):
        JWDT_SYNERGY_SCORE(*amounts(0.1, 0.1), None, None, *more)


def test_methods_by_any_name() -> None:
    for measure in measures.MEASURES:
        for name in (measure.name, *measure.label, f" {measure.label.en.upper()} "):
            assert measures.find_measure(name) is measure


@pytest.mark.parametrize(
    ("pollutants", "carbon", "floor", "case", "value"),
    [
        (0.05, 0.1, 0.06, "only_carbon", None), (0.05, 0.1, 0.04, "synergy", 0.5), (-0.05, 0.1, 0.06, "only_carbon", None),
        (0.05, -0.05, 0.06, "no_change", None), (-0.05, -0.5, 0.06, "one_rises", None),
    ],
)  # fmt: skip
def test_below_the_floor_nothing_changes(
    pollutants: float, carbon: float, floor: float, case: str, value: float | None
) -> None:
    given = amounts(pollutants, carbon)
    found = known(given, floor)
    assert (found.case, found.value) == (case, pytest.approx(value))
    assert (found.pollutants, found.carbon) == pytest.approx((pollutants, carbon))  # what was measured
    flat = amounts(*found.floored)
    for name in NAMES[:-1]:
        assert score(given, name, synergy_floor=floor) == pytest.approx(score(flat, name))


def test_the_floor_is_strict_and_of_the_sum_its_own() -> None:
    assert known((4, 3, 8, 7), 0.125).case == "synergy" and known((4, 3, 8, 7), 0.126).case == "only_pollutants"
    # 4 % and 8 % make 5.33 % of the sum.
    given = amounts(0.04, 0.08)
    assert score(given, "equivalent_rate", synergy_floor=0.05) == pytest.approx(100 * 0.16 / 3 / FULL)
    assert score(given, "equivalent_rate", synergy_floor=0.06) == 0


@given(RATES, RATES)
def test_within_bounds_and_symmetric_where_they_should_be(pollutants: float, carbon: float) -> None:
    here, there = amounts(pollutants, carbon), amounts(carbon, pollutants)
    for name in NAMES:
        one = score(here, name)
        assert one is not None and 0 <= one <= 100
        if name in ("ratio", "cosine", "composite"):
            smallest = min((abs(r) for r in (pollutants, carbon) if r), default=1.0)
            assume(smallest > 1e-9)
            assert one == pytest.approx(score(there, name), rel=max(1e-9, 1e-13 / smallest), abs=1e-7)


@given(RATES, RATES)
def test_no_floor_is_as_before(pollutants: float, carbon: float) -> None:
    given = amounts(pollutants, carbon)
    for name in ("ratio", "distance"):
        assert score(given, name) == scoring.moderate(known(given).value, name)


@given(st.floats(0.001, 0.9), st.floats(0.001, 0.9), OUTPUTS, st.sampled_from(NAMES))
def test_per_product_what_grows_alike_changes_nothing(
    pollutants: float, carbon: float, output: float, name: str
) -> None:
    """Twice as much of everything: the same intensities, the same score."""
    p0, p1, c0, c1 = amounts(pollutants, carbon)
    one = score((p0, p1, c0, c1, output, output), name)
    assert one == pytest.approx(score((p0, 2 * p1, c0, 2 * c1, output, 2 * output), name), rel=1e-9, abs=1e-9)
    assert one == pytest.approx(score((p0, p1, c0, c1), name), rel=1e-9, abs=1e-9)
