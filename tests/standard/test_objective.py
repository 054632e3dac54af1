"""Entropy and CRITIC weights, correlations and the significance of W, against numpy, pandas and printed tables."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard.guide import objective
from jwdt_xl.standard.scoring import NEGATIVE, POSITIVE

DIRECTIONS = st.lists(st.sampled_from([POSITIVE, NEGATIVE]), min_size=2, max_size=5)


@st.composite
def samples(draw: st.DrawFn) -> tuple[list[list[float]], list[str]]:
    attributes = draw(DIRECTIONS)
    numbers = st.one_of(st.integers(0, 4).map(float), st.floats(-1e6, 1e6).map(lambda v: round(v, 3)))
    rows = draw(
        st.lists(st.lists(numbers, min_size=len(attributes), max_size=len(attributes)), min_size=3, max_size=12)
    )
    assume(any(len(set(column)) > 1 for column in zip(*rows, strict=True)))
    return rows, attributes


def by_numpy(rows: list[list[float]], attributes: list[str]) -> tuple[Any, Any]:
    """Written anew from the papers: Shannon's entropy of shares, Diakoulaki's C."""
    values = np.array(rows, dtype=float)
    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(high > low, high - low, 1)
    z = np.where(np.array(attributes) == POSITIVE, (values - low) / span, (high - values) / span)
    z[:, high == low] = 0
    whole = z.sum(axis=0)
    shares = np.divide(z, whole, out=np.zeros_like(z), where=whole > 0)
    logs = np.log(shares, out=np.zeros_like(z), where=shares > 0)
    entropy = np.where(whole > 0, 1 + (shares * logs).sum(axis=0) / np.log(len(rows)), 0)
    vary = np.flatnonzero(high > low)
    critic = np.zeros(len(attributes))
    if len(vary) == 1:
        critic[vary] = 1
    else:
        r = np.corrcoef(z[:, vary].T)
        critic[vary] = z[:, vary].std(axis=0, ddof=1) * (1 - r).sum(axis=1)
    return entropy, critic


@given(samples())
def test_weights_against_numpy(sample: tuple[list[list[float]], list[str]]) -> None:
    rows, attributes = sample
    for weights, parts in zip(
        (objective.entropy_weights, objective.critic_weights), by_numpy(rows, attributes), strict=True
    ):
        if parts.sum() < 1e-6:  # no more than rounding: columns that go wholly along, or shares that are all alike
            continue
        found = weights(rows, attributes)
        assert found == pytest.approx(parts / parts.sum(), abs=1e-9)
        assert math.fsum(found) == pytest.approx(1, abs=1e-12) and min(found) >= 0


@given(samples(), st.floats(0.001, 1000), st.randoms())
def test_units_and_the_order_of_rows_do_not_matter(sample: Any, times: float, random: Any) -> None:
    rows, attributes = sample
    entropy, critic = by_numpy(rows, attributes)
    assume(min(entropy.sum(), critic.sum()) > 1e-6)
    other = [[value * times for value in row] for row in rows]
    random.shuffle(other)
    for weights in (objective.entropy_weights, objective.critic_weights):
        assert weights(other, attributes) == pytest.approx(weights(rows, attributes), abs=1e-6)


def test_by_hand() -> None:
    """Two columns: one tells one row from all others, one spreads evenly; and one that does not vary."""
    rows = [[0, 0, 5], [0, 1, 5], [1, 2, 5]]
    first = 1.0  # one row has it all: entropy 0
    second = 1 - (math.log(3) - (2 / 3) * math.log(2)) / math.log(3)  # shares 0, 1/3, 2/3
    attributes = [POSITIVE] * 3
    assert objective.entropy_weights(rows, attributes) == pytest.approx(
        [first / (first + second), second / (first + second), 0]
    )
    assert objective.critic_weights(rows, attributes)[2] == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(-100, 100).map(lambda v: round(v, 2))), min_size=3, max_size=30))
def test_correlations_against_pandas(pairs: list[tuple[int, float]]) -> None:
    one, other = [float(a) for a, _ in pairs], [b for _, b in pairs]
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert objective.correlation(one, other) == objective.rank_correlation(one, other) == 0
        return
    frame = pandas.DataFrame({"a": one, "b": other})
    assert objective.correlation(one, other) == pytest.approx(np.corrcoef(one, other)[0, 1], abs=1e-9)
    assert objective.rank_correlation(one, other) == pytest.approx(frame.rank().corr().iloc[0, 1], abs=1e-9)


#: Upper points of χ² as printed in tables of statistics: degrees of freedom, probability, χ².
PRINTED = [
    (1, 0.05, 3.841), (1, 0.01, 6.635), (2, 0.05, 5.991), (3, 0.05, 7.815), (4, 0.01, 13.277), (5, 0.05, 11.070), (6, 0.10, 10.645),
    (7, 0.05, 14.067), (8, 0.005, 21.955), (9, 0.05, 16.919), (10, 0.01, 23.209), (15, 0.05, 24.996), (20, 0.05, 31.410), (30, 0.01, 50.892),
]  # fmt: skip


@pytest.mark.parametrize(("degrees", "p", "x"), PRINTED)
def test_chi_square_as_printed(degrees: int, p: float, x: float) -> None:
    assert objective.chi_square_tail(x, degrees) == pytest.approx(p, rel=2e-3)


@pytest.mark.parametrize("degrees", range(1, 31))
@pytest.mark.parametrize("x", [0.0, 0.3, 2.0, 9.0, 40.0])
def test_chi_square_against_integration(degrees: int, x: float) -> None:
    """The density integrated by numpy, over u = √t so that it is smooth at 0."""
    u = np.linspace(math.sqrt(x), math.sqrt(x) + 30, 400_001)
    density = 2 * u ** (degrees - 1) * np.exp(-(u**2) / 2) / (2 ** (degrees / 2) * math.gamma(degrees / 2))
    assert objective.chi_square_tail(x, degrees) == pytest.approx(float(np.trapezoid(density, u)), abs=1e-9)


def test_agreement() -> None:
    """Kendall's own way: χ² = m(n − 1)W; full agreement of ten is no chance, none at all is."""
    assert objective.agreement_significance(1.0, 10, 5) == pytest.approx(objective.chi_square_tail(40, 4))
    assert objective.agreement_significance(1.0, 10, 5) < 1e-6 and objective.agreement_significance(0.0, 10, 5) == 1


@pytest.mark.parametrize("value", [None, "", "x", "１", True, math.nan, math.inf, "#N/A"])
def test_values_that_are_no_numbers(value: Any) -> None:
    for weights in (objective.entropy_weights, objective.critic_weights):
        with pytest.raises(JwdtError) as caught:
            weights([[1, 2], [2, value], [3, 1]], [POSITIVE, POSITIVE])
        assert caught.value.code == "not-a-number"


@pytest.mark.parametrize(
    ("rows", "attributes", "code"),
    [([], [POSITIVE], "too-few-rows"), ([[1, 2], [3, 4]], [POSITIVE] * 2, "too-few-rows"), ([[1]] * 3, [], "shapes-differ"),
     ([[1, 2], [1], [2, 2]], [POSITIVE] * 2, "shapes-differ"), ([[1, 2]] * 3, [POSITIVE] * 2, "no-weight"),
     ([[1], [2], [3]], ["moderate"], "no-direction")],
)  # fmt: skip
def test_refused(rows: Any, attributes: Any, code: str) -> None:
    for weights in (objective.entropy_weights, objective.critic_weights):
        with pytest.raises(JwdtError) as caught:
            weights(rows, attributes)
        assert caught.value.code == code
    with pytest.raises(JwdtError):
        objective.chi_square_tail(1.0, 0)
