"""Scores of each attribute, redistribution of weights, the total and ranks."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import scoring

VALUES = st.floats(0, 1e12)
BENCHMARKS = st.floats(1e-6, 1e12)
CAPS = st.floats(1, 10)
SCORES = st.floats(0, 100)
WEIGHTS = st.one_of(st.just(0.0), st.floats(1e-6, 1e3))
#: Rows of an indicator table: score or missing, weight.
ROWS = st.lists(st.tuples(st.one_of(st.none(), SCORES), WEIGHTS), min_size=1, max_size=12)
#: Indicators of a table: first level, weight, whether it applies.
INDICATORS = st.lists(st.tuples(st.sampled_from("abc"), st.floats(1e-3, 1), st.booleans()), min_size=1, max_size=12)


# Single scores


@pytest.mark.parametrize(
    ("attribute", "value", "benchmark", "score"),
    [
        ("positive", 0, 4, 0), ("positive", 1, 4, 25), ("positive", 4, 4, 100), ("positive", 9, 4, 100),
        ("negative", 0, 4, 100), ("negative", 2, 4, 100), ("negative", 4, 4, 100), ("negative", 16, 4, 25),
        ("qualitative", 0, None, 0), ("qualitative", 0.5, None, 50), ("qualitative", 1, None, 100),
        ("positive", 1, None, None), ("negative", 1, None, None),
    ],
)  # fmt: skip
def test_scores(attribute: str, value: float, benchmark: float | None, score: float | None) -> None:
    assert scoring.indicator_score(value, benchmark, attribute) == score


@pytest.mark.parametrize(
    ("attribute", "value", "score"),
    [
        ("positive", 6, 150), ("positive", 9, 200), ("negative", 3, 400 / 3), ("negative", 1, 200), ("negative", 0, 200),
        ("qualitative", 1, 100),
    ],
)  # fmt: skip
def test_a_lifted_cap(attribute: str, value: float, score: float) -> None:
    assert scoring.indicator_score(value, 4, attribute, cap=2) == pytest.approx(score)


@pytest.mark.parametrize(
    ("attribute", "limit", "benchmark", "scores"),
    [
        # by hand: value and score, at the limit, between, at the benchmark, beyond both
        ("positive", 0.5, 2, {0: 0, 0.5: 0, 0.8: 20, 1.25: 50, 2: 100, 9: 100}),
        ("positive", 0, 4, {0: 0, 1: 25, 4: 100, 5: 100}),
        ("negative", 1000, 800, {0: 100, 800: 100, 850: 75, 1000: 0, 4000: 0}),
    ],
)
def test_two_points(attribute: str, limit: float, benchmark: float, scores: dict[float, float]) -> None:
    for value, score in scores.items():
        for cap in (1, 3):  # it does not lift them
            found = scoring.indicator_score(value, benchmark, attribute, cap, limit)
            assert found == pytest.approx(score, abs=1e-12)


@given(VALUES, VALUES, BENCHMARKS, st.floats(1.001, 1e6))
def test_two_points_are_within_bounds_and_monotone(one: float, other: float, benchmark: float, times: float) -> None:
    low, high = sorted((one, other))
    for attribute, limit, worse, better in (
        ("positive", benchmark / times, low, high), ("negative", benchmark * times, high, low),
    ):  # fmt: skip
        scores = [scoring.indicator_score(value, benchmark, attribute, 1, limit) for value in (worse, better)]
        assert 0 <= scores[0] <= scores[1] <= 100
        assert scoring.indicator_score(limit, benchmark, attribute, 1, limit) == 0
        assert scoring.indicator_score(benchmark, benchmark, attribute, 1, limit) == 100


@pytest.mark.parametrize(
    ("attribute", "limit", "benchmark"),
    [("positive", 2, 2), ("positive", 3, 2), ("positive", -1, 2), ("negative", 2, 2), ("negative", 1, 2),
     ("negative", float("inf"), 2), ("positive", float("nan"), 2), ("negative", float("nan"), 2), ("moderate", 1, 2)],
)  # fmt: skip
def test_a_limit_is_on_the_worse_side(attribute: str, limit: float, benchmark: float) -> None:
    with pytest.raises(JwdtError, match="limit"):
        scoring.check_limit(limit, benchmark, attribute)


@given(VALUES, VALUES, BENCHMARKS, CAPS)
def test_scores_are_within_bounds_and_monotone(one: float, other: float, benchmark: float, cap: float) -> None:
    low, high = sorted((one, other))
    for function, first, second in ((scoring.positive, low, high), (scoring.negative, high, low)):
        assert 0 <= function(first, benchmark, cap) <= function(second, benchmark, cap) <= 100 * cap
        assert 0 <= function(first, benchmark) <= 100


@pytest.mark.parametrize("value", [-1e-9, -5, -1e300])
def test_a_value_below_zero_scores_no_less_than_nothing(value: float) -> None:
    assert scoring.positive(value, 4) == 0  # else the score so far were no lower bound


@pytest.mark.parametrize("benchmark", [0, -1, float("nan"), float("inf")])
def test_a_benchmark_is_above_zero(benchmark: float) -> None:
    for attribute in ("positive", "negative"):
        with pytest.raises(JwdtError, match=r"benchmark must be .*above 0, got"):
            scoring.indicator_score(1, benchmark, attribute)


@pytest.mark.parametrize(
    ("s", "ratio", "distance"),
    [(1, 100, 100), (2, 50, 0), (0.5, 50, 50), (1.25, 80, 75), (4, 25, 0), (0.1, 10, 10), (None, 0, 0)],
)
def test_synergy_scores(s: float | None, ratio: float, distance: float) -> None:
    assert scoring.moderate(s) == scoring.moderate(s, "ratio") == pytest.approx(ratio)
    assert scoring.moderate(s, "distance") == pytest.approx(distance)


@given(st.floats(1e-9, 1e9), st.floats(1e-9, 1e9))
def test_synergy_scores_fall_with_the_distance_from_one(one: float, other: float) -> None:
    for method in ("ratio", "distance"):
        for s in (one, other):
            assert 0 <= scoring.moderate(s, method) <= 100
        for low, high in (sorted((1, 1 + one, 1 + other))[1:], sorted((1, 1 / (1 + one), 1 / (1 + other)))[:2][::-1]):
            assert scoring.moderate(low, method) >= scoring.moderate(high, method)
    assert scoring.moderate(one) == pytest.approx(scoring.moderate(1 / one), rel=1e-12)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [("正向", "positive"), (" Negative ", "negative"), ("定性指标", "qualitative"), ("适中", "moderate")],
)
def test_attributes(name: str, attribute: str) -> None:
    assert scoring.find_attribute(name) == attribute


def test_unknown_attribute() -> None:
    with pytest.raises(JwdtError, match="attribute must be positive, negative, moderate or qualitative, got “up”"):
        scoring.find_attribute("up")


# Redistribution


@given(INDICATORS)
def test_weights_stay_within_their_first_level(indicators: list[tuple[str, float, bool]]) -> None:
    levels, weights, applicable = map(list, zip(*indicators, strict=True))
    empty = {level for level in levels} - {level for level, here in zip(levels, applicable, strict=True) if here}
    if empty:
        with pytest.raises(JwdtError, match=r"first level “[abc]” has no weight left"):
            scoring.redistributed(weights, levels, applicable)
        return
    new = scoring.redistributed(weights, levels, applicable)
    for level in set(levels):
        of_level = [i for i, other in enumerate(levels) if other == level]
        left = math.fsum(weights[i] for i in of_level if applicable[i])
        assert math.fsum(new[i] for i in of_level) == pytest.approx(math.fsum(weights[i] for i in of_level), rel=1e-12)
        for i in of_level:
            whole = math.fsum(weights[j] for j in of_level)
            assert new[i] == (pytest.approx(weights[i] * whole / left, rel=1e-12) if applicable[i] else 0)


def test_an_example_of_table_1() -> None:
    weights, levels = [0.12, 0.1, 0.08], ["control"] * 3
    assert scoring.redistributed(weights, levels, [True, True, False]) == pytest.approx(
        [0.12 / 0.22 * 0.3, 0.1 / 0.22 * 0.3, 0]
    )


def test_an_applicable_rest_without_weight_is_an_error() -> None:
    with pytest.raises(JwdtError, match="first level “b” has no weight left"):
        scoring.redistributed([1, 0.5, 0], ["a", "b", "b"], [True, False, True])


# Total


@pytest.mark.parametrize(
    ("scores", "weights", "total", "coverage", "so_far"),
    [
        ([80, 40], [3, 1], 70, 1, 70),
        ([80, None], [3, 1], None, 0.75, 60),
        ([None, None], [3, 1], None, 0, 0),
        ([80, None], [1, 0], 80, 1, 80),  # without weight: not applicable
        ([150, 100], [1, 1], 100, 1, 100),  # a lifted cap: T stays at 100
    ],
)
def test_totals(
    scores: list[float | None], weights: list[float], total: float | None, coverage: float, so_far: float
) -> None:
    found = scoring.total(scores, weights)
    assert found.total == (None if total is None else pytest.approx(total))
    assert (found.coverage, found.so_far) == (pytest.approx(coverage), pytest.approx(so_far))


@given(ROWS, st.randoms())
def test_row_order_does_not_matter(rows: list[tuple[float | None, float]], random: object) -> None:
    assume(any(weight for _, weight in rows))
    mixed = rows[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert scoring.total(*zip(*mixed, strict=True)) == scoring.total(*zip(*rows, strict=True))


@given(ROWS, st.one_of(st.floats(1e-6, 1e6), st.sampled_from([1e-300, 1e-150, 1e150, 1e304])))
def test_scaling_all_weights_does_not_matter(rows: list[tuple[float | None, float]], factor: float) -> None:
    assume(any(weight for _, weight in rows))
    plain = scoring.total(*zip(*rows, strict=True))
    scaled = scoring.total([score for score, _ in rows], [weight * factor for _, weight in rows])
    assert (scaled.total is None) == (plain.total is None)
    assert scaled.so_far == pytest.approx(plain.so_far, rel=1e-9, abs=1e-10)
    assert scaled.coverage == pytest.approx(plain.coverage, rel=1e-9)


@given(ROWS)
def test_bounds_and_what_is_missing(rows: list[tuple[float | None, float]]) -> None:
    assume(any(weight for _, weight in rows))
    scores, weights = map(list, zip(*rows, strict=True))
    found = scoring.total(scores, weights)
    known = [(s, w) for s, w in rows if s is not None and w > 0]
    assert 0 <= found.so_far <= 100 and 0 <= found.coverage <= 1
    assert (found.coverage == 1) == (found.total is not None) == (len(known) == sum(w > 0 for w in weights))
    if known:
        assert found.so_far <= max(s for s, _ in known) * (1 + 1e-12) + 1e-300
    for place, score in enumerate(scores):
        fewer = scoring.total([*scores[:place], None, *scores[place + 1 :]], weights)
        assert fewer.so_far <= found.so_far and fewer.coverage <= found.coverage
        if score is not None and weights[place] > 0:
            assert fewer.total is None


@pytest.mark.parametrize("weights", [[0, 0], []])
def test_no_weight(weights: list[float]) -> None:
    with pytest.raises(JwdtError, match="sum of weights must be above 0"):
        scoring.total([50] * len(weights), weights)


# Ranks


@pytest.mark.parametrize(
    ("totals", "ranks"),
    [
        ([90, 80, 80, 70], [1, 2, 2, 4]),
        ([70, None, 80], [2, None, 1]),
        ([80, 80.0000004, 79.999999], [1, 1, 3]),  # equal and unequal after rounding to 6 decimals
        ([80, 80.000001], [2, 1]),
        ([], []),
        ([None], [None]),
    ],
)
def test_ranks(totals: list[float | None], ranks: list[int | None]) -> None:
    assert scoring.ranks(totals) == ranks


@given(st.lists(st.one_of(st.none(), st.integers(0, 5).map(float))))
def test_ranks_by_their_definition(totals: list[float | None]) -> None:
    expected = [None if t is None else 1 + sum(o is not None and o > t for o in totals) for t in totals]
    assert scoring.ranks(totals) == expected
