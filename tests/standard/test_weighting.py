"""Weights: published AHP matrices, numpy's eigenvectors, what is refused; experts, combination, rankings."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError, Missing
from jwdt_xl.standard.guide import matrices as judging
from jwdt_xl.standard.guide import weights as weighting
from jwdt_xl.standard.guide.matrices import ahp
from jwdt_xl.standard.guide.weights import combined, expert_weights, kendall_w, ranking_scores

Matrix = list[list[float]]

EXAMPLES = json.loads((Path(__file__).parents[1] / "golden" / "ahp_published.json").read_text(encoding="utf-8"))[
    "examples"
]
SAATY = [*(1 / k for k in range(9, 1, -1)), *map(float, range(1, 10))]
by_id = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])


def matrix_of(example: dict[str, list[list[str]]]) -> Matrix:
    return [[float(Fraction(cell)) for cell in row] for row in example["matrix"]]


def reciprocal(upper: list[float], size: int) -> Matrix:
    values = iter(upper)
    full = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1, size):
            full[i][j] = next(values)
            full[j][i] = 1 / full[i][j]
    return full


def by_numpy(matrix: Matrix) -> tuple[list[float], float]:
    values, vectors = np.linalg.eig(np.array(matrix))
    place = values.real.argmax()
    vector = vectors[:, place].real
    return list(vector / vector.sum()), float(values[place].real)


def assert_as_printed(value: float, printed: str) -> None:
    digit = Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent))
    assert value == pytest.approx(float(printed), abs=float(digit) / 2 * (1 + 1e-9))


def matrices(values: st.SearchStrategy[float], smallest: int = 3) -> st.SearchStrategy[Matrix]:
    return st.integers(smallest, 10).flatmap(
        lambda n: st.lists(values, min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2).map(
            lambda upper: reciprocal(upper, n)
        )
    )


# AHP


@by_id
def test_published(example: dict) -> None:
    result = ahp(matrix_of(example))
    for value, printed in zip(result.weights, example.get("weights", ()), strict="weights" in example):
        assert_as_printed(value, printed)
    for name in ("lambda_max", "ci", "cr"):
        if name in example:
            assert_as_printed(getattr(result, name), example[name])


@by_id
def test_published_against_numpy(example: dict) -> None:
    matrix = matrix_of(example)
    result = ahp(matrix)
    weights, largest = by_numpy(matrix)
    assert result.weights == pytest.approx(weights, rel=1e-12)
    assert result.lambda_max == pytest.approx(largest, rel=1e-12)
    size = len(matrix)
    ratio = (largest - size) / (size - 1) / judging.RANDOM_INDEX[size - 1]
    assert result.cr == pytest.approx(ratio, abs=1e-12)


@given(matrices(st.sampled_from(SAATY)))
def test_random_judgements_against_numpy(matrix: Matrix) -> None:
    result = ahp(matrix)
    weights, largest = by_numpy(matrix)
    assert result.weights == pytest.approx(weights, rel=1e-10)
    assert result.lambda_max == pytest.approx(max(largest, len(matrix)), rel=1e-12)
    assert math.fsum(result.weights) == pytest.approx(1, abs=1e-15)
    assert result.cr >= 0


@given(matrices(st.floats(1e-4, 1e4)))
def test_an_eigenvector_however_inconsistent(matrix: Matrix) -> None:
    weights, largest = judging.principal_eigenvector(matrix)
    image = [math.fsum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix]
    assert image == pytest.approx([largest * w for w in weights], rel=1e-12)
    assert min(weights) > 0


@given(st.lists(st.floats(1e-3, 1e3), min_size=3, max_size=3))
def test_three_items_have_a_closed_form(upper: list[float]) -> None:
    """For n = 3 the eigenvector is the geometric means of the rows, and λmax = 1 + t + 1/t."""
    result = ahp(reciprocal(upper, 3))
    a, b, c = upper
    means = [product ** (1 / 3) for product in (a * b, c / a, 1 / (b * c))]
    assert result.weights == pytest.approx([mean / sum(means) for mean in means], rel=1e-12)
    t = (a * c / b) ** (1 / 3)
    assert result.lambda_max == pytest.approx(1 + t + 1 / t, rel=1e-12)


def test_slow_for_power_iteration() -> None:
    """A circle of preferences: the other eigenvalues are almost as large as the principal one."""
    result = ahp(reciprocal([1e6, 2e-6, 1e6], 3))
    means = [2 ** (1 / 3), 1, 0.5 ** (1 / 3)]
    assert result.weights == pytest.approx([mean / sum(means) for mean in means], rel=1e-12)
    assert result.lambda_max == pytest.approx(1 + (5e17) ** (1 / 3) + (5e17) ** (-1 / 3), rel=1e-12)


@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=10))
def test_consistent_matrices(weights: list[float]) -> None:
    result = ahp([[a / b for b in weights] for a in weights])
    assert (result.ci, result.cr, result.lambda_max, result.worst) == (0, 0, len(weights), None)
    assert result.weights == pytest.approx([w / sum(weights) for w in weights], rel=1e-12)


@pytest.mark.parametrize("size", [1, 2, 10])
def test_sizes_that_work(size: int) -> None:
    result = ahp(reciprocal([2.0] * 45, size))
    assert len(result.weights) == size
    assert math.fsum(result.weights) == pytest.approx(1)
    assert (result.cr == 0) == (size <= 2)


def test_one_and_two_items() -> None:
    assert ahp([[None]]).weights == (1.0,)
    two = ahp([[1, 3], [None, 1]])
    assert two.weights == pytest.approx((0.75, 0.25), rel=1e-15)
    assert two[1:] == (2.0, 0.0, 0.0, None)
    # Decimals typed for both triangles: still CR 0.
    assert ahp([[1, 7], [0.142857, 1]]).cr == 0


def test_the_random_index() -> None:
    assert judging.RANDOM_INDEX == (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


@pytest.mark.parametrize(
    "height, width, code", [(11, 11, "too-many-items"), (2, 3, "not-square"), (0, 0, "not-square")]
)
def test_sizes_refused(height: int, width: int, code: str) -> None:
    with pytest.raises(JwdtError) as error:
        ahp([[1.0] * width] * height)
    assert error.value.code == code


def test_eleven_items_are_told_what_to_do() -> None:
    with pytest.raises(JwdtError, match="at most 10 items, got 11: compare in levels"):
        ahp([[1.0] * 11] * 11)


@pytest.mark.parametrize(
    "matrix",
    [
        [[1, 2, 6], [None, 1, 3], [None, None, 1]],
        [[None, None, None], [1 / 2, None, None], [1 / 6, 1 / 3, None]],
        [[1, 2, None], [None, None, 3], [1 / 6, None, 1]],
    ],
    ids=["upper", "lower without diagonal", "mixed"],
)
def test_blanks_are_completed(matrix: list[list[float | None]]) -> None:
    full = judging.completed(matrix)
    assert np.array(full) == pytest.approx(np.array([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]]))
    assert ahp(matrix).weights == pytest.approx([0.6, 0.3, 0.1])


def test_a_blank_pair_is_missing() -> None:
    with pytest.raises(Missing, match=r"matrix\[1,3\] is missing"):
        ahp([[1, 2, None], [None, 1, 3], [None, None, 1]])


def test_decimals_for_a_third_are_refused_with_the_cure() -> None:
    with pytest.raises(JwdtError) as error:
        ahp([[1, 3], [0.33, 1]])
    assert error.value.code == "not-reciprocal"
    assert error.value.text.en == (
        "matrix[1,2] is 3 and matrix[2,1] is 0.33, not reciprocal: fill one triangle only, or type =1/3"
    )
    assert "只填一个三角，或输入 =1/3" in error.value.text.zh


@pytest.mark.parametrize("judgement", [3, 7, 9])
def test_six_decimals_are_within_the_tolerance(judgement: int) -> None:
    assert ahp([[1, judgement], [round(1 / judgement, 6), 1]]).weights[0] == pytest.approx(
        judgement / (judgement + 1), abs=1e-6
    )
    with pytest.raises(JwdtError, match="reciprocal"):
        ahp([[1, judgement], [round(1 / judgement, 5), 1]])


@pytest.mark.parametrize("value", [0, -2, math.inf, math.nan, 1e300, 1e-300])
def test_judgements_refused(value: float) -> None:
    with pytest.raises(JwdtError) as error:
        ahp([[1, value], [None, 1]])
    assert error.value.code == "bad-judgement"
    assert "matrix[1,2]" in error.value.text.en


def test_a_diagonal_other_than_1() -> None:
    with pytest.raises(JwdtError, match=r"matrix\[2,2\] is on the diagonal, must be 1, got 2"):
        ahp([[1, 3], [None, 2]])


def test_the_worst_judgement_is_named() -> None:
    """In Saaty's house, condition against neighbourhood (6) is the judgement out of line."""
    example = next(example for example in EXAMPLES if example["id"] == "saaty-1990-house")
    matrix = matrix_of(example)
    result = ahp(matrix)
    weights, _ = by_numpy(matrix)
    assert result.worst is not None
    assert result.worst[:3] == (3, 7, 6.0)
    assert result.worst.consistent == pytest.approx(weights[2] / weights[6])
    with pytest.raises(JwdtError) as error:
        judging.ahp_weights(matrix)
    assert error.value.code == "inconsistent"
    assert "CR is 0.1691, must be below 0.10" in error.value.text.en
    assert "item 3 against item 7 is 6, consistent with the others would be about 1.13" in error.value.text.en
    assert "CR 为 0.1691" in error.value.text.zh and "第 3 项对第 7 项为 6" in error.value.text.zh
    with pytest.raises(JwdtError, match="Neighbourhood against Condition is 6"):
        judging.check_consistent(
            result, ["Size", "Transport", "Neighbourhood", "Age", "Yard", "Modern", "Condition", "Finance"]
        )


def test_of_equally_bad_judgements_the_first_is_named() -> None:
    """With three items all judgements deviate alike; rounding must not choose."""
    for upper in ([9, 9, 9], [1 / 9, 9, 1 / 9], [3, 1 / 7, 5], [2, 1 / 3, 7]):
        worst = ahp(reciprocal([float(v) for v in upper], 3)).worst
        assert worst is not None and (worst.row, worst.column) == (1, 2)


@given(matrices(st.sampled_from(SAATY)))
def test_weights_only_below_the_limit(matrix: Matrix) -> None:
    result = ahp(matrix)
    if result.cr < 0.10:
        assert judging.ahp_weights(matrix) == result.weights
    else:
        with pytest.raises(JwdtError):
            judging.ahp_weights(matrix)


def test_a_group_is_the_geometric_mean() -> None:
    first = [[1, 2, 4], [None, 1, 2], [None, None, 1]]
    second = [[1, 8, 1], [None, 1, 2], [None, None, 1]]
    group = judging.group_ahp([first, second])
    assert np.array(group.matrix) == pytest.approx(np.array([[1, 4, 2], [1 / 4, 1, 2], [1 / 2, 1 / 2, 1]]))
    assert group.members == (ahp(first), ahp(second))
    assert group.result == ahp(group.matrix)
    assert group.members[0].acceptable and not group.members[1].acceptable


def test_a_group_of_one_and_of_none() -> None:
    matrix = [[1, 2, 4], [None, 1, 3], [None, None, 1]]
    assert judging.group_ahp([matrix]).result.weights == pytest.approx(ahp(matrix).weights, rel=1e-14)
    with pytest.raises(Missing):
        judging.group_ahp([])
    with pytest.raises(JwdtError, match="same number of items"):
        judging.group_ahp([matrix, [[1]]])


# Experts


def test_expert_weights() -> None:
    scores = [[5, 3, 2], [1, 1, 2]]
    assert expert_weights(scores) == pytest.approx([0.375, 0.275, 0.35])
    assert expert_weights(scores, [1, 3]) == pytest.approx([0.3125, 0.2625, 0.425])


def test_one_expert_who_scores_high_counts_no_more() -> None:
    assert expert_weights([[50, 50], [1, 3]]) == pytest.approx([0.375, 0.625])


def test_an_expert_who_did_not_score() -> None:
    assert expert_weights([[5, 3, 2], [None] * 3, [1, 1, 2]], [1, None, 3]) == expert_weights(
        [[5, 3, 2], [1, 1, 2]], [1, 3]
    )


@given(st.permutations([[5.0, 3.0, 2.0], [1.0, 1.0, 2.0], [0.1, 0.2, 0.4], [7.0, 1.0, 3.0]]))
def test_the_order_of_experts_does_not_matter(rows: list[list[float]]) -> None:
    assert expert_weights(rows) == expert_weights(sorted(rows))


@pytest.mark.parametrize(
    "scores, weights, message",
    [
        ([[1, None], [1, 2]], None, r"scores\[1,2\] is missing"),
        ([[1, 2], [-1, 2]], None, r"scores\[2,1\] must be at least 0, got -1"),
        ([[1, 2], [0, 0]], None, "sum of row 2 of scores must be above 0"),
        ([[1, 2], [1, 2, 3]], None, "differ in length"),
        ([[1, 2], [1, 2]], [1], "each of the 2 experts of scores, got 1"),
        ([[1, 2], [1, 2]], [1, None], r"expert_weights\[2\] is missing"),
        ([[1, 2], [1, 2]], [1, -1], r"expert_weights\[2\] must be at least 0"),
        ([[1, 2], [1, 2]], [0, 0], "sum of expert_weights must be above 0"),
        ([[None, None]], None, "scores is missing"),
        ([], None, "scores is missing"),
        ([[1e308, 1e308]], None, "out of range"),
    ],
)
def test_expert_scores_refused(scores: list, weights: list | None, message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        expert_weights(scores, weights)


def test_kendall_w() -> None:
    assert kendall_w([[1, 2, 3, 4]] * 3) == 1
    assert kendall_w([[1, 2, 3], [3, 2, 1]]) == 0
    # By hand: rank sums 5, 6, 7 about their mean 6 give S = 2, and W = 12·S / (m²·(n³ − n)).
    assert kendall_w([[1, 2, 3], [2, 1, 3], [2, 3, 1]]) == pytest.approx(12 * 2 / (9 * 24))
    assert kendall_w([[10, 20, 30], [None] * 3, [1, 2, 3]]) == 1


def test_kendall_w_with_ties() -> None:
    """The example of NAG's routine G08DAF: 0.828 (support.nag.com, g08dafe.r)."""
    scores = [
        [1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
        [2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
        [2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
    ]
    assert kendall_w(scores) == pytest.approx(0.828, abs=5e-4)
    # Only the order of the scores counts, not their size or direction.
    assert kendall_w([[-math.exp(-value) + 2 for value in row] for row in scores]) == pytest.approx(kendall_w(scores))
    assert kendall_w([[20 - value for value in row] for row in scores]) == pytest.approx(kendall_w(scores))


def test_kendall_w_that_is_not_defined() -> None:
    for scores in ([], [[1, 2, 3]], [[1], [2]], [[1, 1], [2, 2]]):
        assert kendall_w(scores) is None


@given(st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(st.integers(0, 5), min_size=n, max_size=n), min_size=2, max_size=6)))  # fmt: skip
def test_kendall_w_is_a_share(scores: list[list[int]]) -> None:
    w = kendall_w(scores)
    assert w is None or 0 <= w <= 1 + 1e-12


# Combination


def test_linear_combination() -> None:
    subjective, objective = [0.5, 0.3, 0.2], [0.2, 0.4, 0.4]
    assert combined(subjective, objective) == pytest.approx([0.35, 0.35, 0.3])
    assert combined(subjective, objective, 0.25) == pytest.approx([0.275, 0.375, 0.35])
    assert combined(subjective, objective, 1) == pytest.approx(subjective)
    assert combined(subjective, objective, 0) == pytest.approx(objective)


def test_multiplicative_combination() -> None:
    assert combined([0.5, 0.3, 0.2], [0.2, 0.4, 0.4], method="multiplicative") == pytest.approx([1 / 3, 0.4, 4 / 15])


def test_the_sum_of_siblings_is_kept() -> None:
    for method in weighting.COMBINATIONS:
        assert math.fsum(combined([0.15, 0.35], [0.4, 0.1], method=method)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "subjective, objective, options, message",
    [
        ([0.5, 0.5], [1.0], {}, "subjective has 2 items, objective 1"),
        ([], [], {}, "must be the same"),
        ([0.5, 0.5], [0.5, 0.4], {}, "subjective sums to 1, objective to 0.9"),
        ([0.0, 0.0], [0.0, 0.0], {}, "above 0"),
        ([0.5, 0.5], [1.5, -0.5], {}, r"objective\[2\] must be at least 0"),
        ([0.5, 0.5], [0.5, 0.5], {"alpha": 1.5}, "alpha must be 0–1, got 1.5"),
        ([0.5, 0.5], [0.5, 0.5], {"method": "other"}, "linear . multiplicative"),
        ([1.0, 0.0], [0.0, 1.0], {"method": "multiplicative"}, "no item has both"),
    ],
)
def test_combination_refused(subjective: list[float], objective: list[float], options: dict, message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        combined(subjective, objective, **options)


# Rankings


def test_ranking_scores_by_hand() -> None:
    """Four people, one of whom skips, rank three options: the first has ranks 1, –, 2, the second 2, 1, 1."""
    rankings = [[1, 2, 3], [None, 1, None], [None, None, None], [2, 1, 3]]
    assert ranking_scores(rankings) == pytest.approx([(3 + 0 + 2) / 3, (2 + 3 + 3) / 3, (1 + 0 + 1) / 3])


@pytest.mark.parametrize(
    "rankings, message",
    [
        ([[1, 2], [1, 1]], r"rankings\[2,2\] has rank 1, which is twice in its row"),
        ([[1, 3]], r"rankings\[1,2\] must be a whole number 1–2, got 3"),
        ([[0, 1]], r"rankings\[1,1\] must be a whole number 1–2, got 0"),
        ([[-1, 1]], "got -1"),
        ([[1.5, 1]], "got 1.5"),
        ([[math.nan, 1]], "got nan"),
        ([[1, 2], [1]], "differ in length"),
        ([[None, None]], "nobody answered"),
        ([], "nobody answered"),
    ],
)
def test_rankings_refused(rankings: list, message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        ranking_scores(rankings)
