"""The level a share of the enterprises reaches, against brute force; what a benchmark says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard.guide.benchmarks import Benchmark, reached_level

#: Few different values: ties are common.
VALUES = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=30)
SHARES = st.one_of(st.sampled_from([0.2, 0.5, 0.75, 0.9, 1.0]), st.floats(0.001, 1))


@given(VALUES, SHARES)
def test_positive(values: list[float], share: float) -> None:
    enough = [v for v in values if sum(x >= v for x in values) >= share * len(values) - 1e-9]
    assert reached_level(values, "positive", share) == max(enough)


@given(VALUES, SHARES)
def test_negative(values: list[float], share: float) -> None:
    enough = [v for v in values if sum(x <= v for x in values) >= share * len(values) - 1e-9]
    assert reached_level(values, "negative", share) == min(enough)


@given(VALUES, SHARES, st.randoms())
def test_order_does_not_matter(values: list[float], share: float, random: object) -> None:
    mixed = values[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert reached_level(mixed, "positive", share) == reached_level(values, "positive", share)
    mirrored = [-value for value in mixed]
    assert reached_level(mirrored, "negative", share) == -reached_level(values, "positive", share)


@pytest.mark.parametrize(
    ("values", "attribute", "share", "level"),
    [
        ([7], "positive", 0.5, 7),
        ([7], "negative", 1, 7),
        ([1, 2, 3, 4], "positive", 0.5, 3),
        ([1, 2, 3, 4], "negative", 0.5, 2),
        ([1, 2, 3], "positive", 0.5, 2),
        ([1, 2, 2, 9], "positive", 0.5, 2),
        ([1, 2, 3, 4], "positive", 1, 1),
        ([3] * 10 + [5] * 3, "positive", 0.3, 3),
        (list(range(1, 26)), "positive", 0.28, 19),  # 0.28 · 25 is a little more than 7 in floating point
    ],
)
def test_examples(values: list[float], attribute: str, share: float, level: float) -> None:
    assert reached_level(values, attribute, share) == level


@pytest.mark.parametrize(
    ("values", "attribute", "share", "message"),
    [
        ([1], "moderate", 0.5, "only positive and negative"),
        ([1], "qualitative", 0.5, "only positive and negative"),
        ([1], "positive", 0, "share must be above 0 and at most 1, got 0"),
        ([1], "positive", 1.01, "share must be above 0 and at most 1, got 1.01"),
        ([], "positive", 0.5, "there are no values"),
    ],
)
def test_errors(values: list[float], attribute: str, share: float, message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        reached_level(values, attribute, share)


@pytest.mark.parametrize(
    ("basis", "convention"),
    [("电力当量值", "calorific"), ("Calorific", "calorific"), ("等价值", "coal_consumption"),
     ("发电煤耗法", "coal_consumption"), ("coal consumption", "coal_consumption"), ("", ""), ("gross output", "")],
)  # fmt: skip
def test_convention_of_the_basis(basis: str, convention: str) -> None:
    assert Benchmark(1, basis=basis).convention == convention
