"""The cell functions of guide authors: shapes, blanks, error values and text numbers as a spreadsheet passes them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError, Missing
from jwdt_xl.functions import (
    CATALOGUE,
    JWDT_AHP_CR,
    JWDT_AHP_WEIGHTS,
    JWDT_BENCHMARK,
    JWDT_COMBINED_WEIGHTS,
    JWDT_EXPERT_WEIGHTS,
    JWDT_RANKING_SCORES,
)
from jwdt_xl.standard.guide.matrices import ahp

NEW = (JWDT_AHP_WEIGHTS, JWDT_AHP_CR, JWDT_EXPERT_WEIGHTS, JWDT_COMBINED_WEIGHTS, JWDT_RANKING_SCORES)
HOUSE = next(
    [[float(Fraction(cell)) for cell in row] for row in example["matrix"]]
    for example in json.loads((Path(__file__).parents[1] / "golden" / "ahp_published.json").read_text("utf-8"))["examples"]
    if example["id"] == "saaty-1990-house"
)  # fmt: skip
TRIANGLE = [[1, 2, 6], ["", 1, "3"], [None, " ", "１"]]


def test_they_are_in_the_catalogue() -> None:
    for function in NEW:
        declared = CATALOGUE[function.__name__]
        assert declared.group == "guide"
        assert not declared.by_cell
        names = [argument.name for argument in declared.arguments]
        assert len(names) + sum(map(len, names)) <= 254
        assert function.__doc__ and "Source:" in function.__doc__


def test_ahp_weights_are_a_column() -> None:
    weights = JWDT_AHP_WEIGHTS(TRIANGLE)
    assert [len(row) for row in weights] == [1, 1, 1]
    assert [row[0] for row in weights] == pytest.approx([0.6, 0.3, 0.1])
    assert JWDT_AHP_CR(TRIANGLE) == 0


def test_ahp_of_one_cell_and_of_tuples() -> None:
    assert JWDT_AHP_WEIGHTS(1) == [[1.0]]
    assert JWDT_AHP_CR([[1]]) == 0
    assert JWDT_AHP_WEIGHTS(((1, 3), (None, None))) == [[pytest.approx(0.75)], [pytest.approx(0.25)]]


def test_the_cr_of_what_is_refused() -> None:
    assert JWDT_AHP_CR(HOUSE) == ahp(HOUSE).cr == pytest.approx(0.169, abs=5e-4)
    with pytest.raises(JwdtError) as error:
        JWDT_AHP_WEIGHTS(HOUSE)
    for text in error.value.text:
        assert "0.1691" in text and "0.10" in text and len(text) <= 255
    assert "第 3 项对第 7 项为 6" in error.value.text.zh
    assert "item 3 against item 7 is 6" in error.value.text.en


@pytest.mark.parametrize("function", [JWDT_AHP_WEIGHTS, JWDT_AHP_CR])
@pytest.mark.parametrize(
    "matrix, words",
    [
        ([[1, 3], [0.33, 1]], "fill one triangle only, or type =1/3"),
        ([[1, 0], [None, 1]], "matrix[1,2] must be above 0"),
        ([[1, "many"], [None, 1]], "matrix[1,2] must be a number, got “many”"),
        ([[1, 2, 3], [1, 1, 1]], "matrix must be square, got 2×3"),
        ([[1] * 11] * 11, "at most 10 items, got 11"),
        ([1, 2, 3], "matrix must be square, got 3×1"),
        ([[1, 2, None], [None, 1, 3], [None, None, 1]], "matrix[1,3] is missing"),
        ([[None, ""], ["  ", None]], "matrix is missing"),
        (None, "matrix is missing"),
        ([[True, 2], [None, 1]], "matrix[1,1] must be a number"),
    ],
)
def test_matrices_refused(function, matrix, words) -> None:
    with pytest.raises(JwdtError) as error:
        function(matrix)
    assert words in error.value.text.en


def test_a_whole_column_is_refused_before_its_cells_are_read() -> None:
    with pytest.raises(JwdtError) as error:
        JWDT_AHP_WEIGHTS([["x", "y"]] * 70000)
    assert error.value.code == "not-square"


def test_error_values_come_out_unchanged() -> None:
    assert JWDT_AHP_WEIGHTS([[1, "#N/A"], [None, 1]]) == "#N/A"
    assert JWDT_AHP_CR([[1, "#DIV/0!"], [None, 1]]) == "#DIV/0!"
    assert JWDT_EXPERT_WEIGHTS([[1, 2]], [["#REF!"]]) == "#REF!"
    assert JWDT_COMBINED_WEIGHTS([[0.5, 0.5]], [[0.5, "#VALUE!"]]) == "#VALUE!"
    assert JWDT_RANKING_SCORES([[1, "#NUM!"]]) == "#NUM!"


def test_expert_weights_are_a_row() -> None:
    (row,) = JWDT_EXPERT_WEIGHTS([[5, "3", 2], [None, "", " "], [1, 1, "2.0"]])
    assert row == pytest.approx([0.375, 0.275, 0.35])
    (row,) = JWDT_EXPERT_WEIGHTS([[5, 3, 2], [None] * 3, [1, 1, 2]], [[1], [None], [3]])
    assert row == pytest.approx([0.3125, 0.2625, 0.425])
    assert JWDT_EXPERT_WEIGHTS([[5, 3, 2]], [["", ""]]) == JWDT_EXPERT_WEIGHTS([[5, 3, 2]])


def test_expert_weights_of_whole_columns() -> None:
    scores = [[1, 3], [3, 1], *[[None, None]] * 65534]
    assert JWDT_EXPERT_WEIGHTS(scores) == [[0.5, 0.5]]


@pytest.mark.parametrize(
    "scores, weights, words",
    [
        ([[1, None], [1, 2]], None, "scores[1,2] is missing"),
        ([[1, "n/a"], [1, 2]], None, "scores[1,2] must be a number"),
        ([[1, -2], [1, 2]], None, "scores[1,2] must be at least 0"),
        ([[1, 2], [1, 2]], [[1]], "got 1"),
        ([[None, None]], None, "scores is missing"),
    ],
)
def test_expert_scores_refused(scores, weights, words) -> None:
    with pytest.raises(JwdtError) as error:
        JWDT_EXPERT_WEIGHTS(scores, weights)
    assert words in error.value.text.en


def test_combined_weights_keep_the_shape() -> None:
    row, column = [[0.5, 0.3, 0.2]], [[0.2], [0.4], [0.4]]
    assert JWDT_COMBINED_WEIGHTS(row, [[0.2, 0.4, 0.4]]) == [pytest.approx([0.35, 0.35, 0.3])]
    assert JWDT_COMBINED_WEIGHTS(column, [[0.5], [0.3], [0.2]]) == [[pytest.approx(v)] for v in (0.35, 0.35, 0.3)]
    # What experts give is a row, what AHP gives a column: the first decides.
    assert JWDT_COMBINED_WEIGHTS(row, column) == [pytest.approx([0.35, 0.35, 0.3])]
    assert JWDT_COMBINED_WEIGHTS(column, row, 1) == [[0.2], [0.4], [0.4]]
    square = [[0.25, 0.25], [0.25, 0.25]]
    assert JWDT_COMBINED_WEIGHTS(square, square) == square
    assert JWDT_COMBINED_WEIGHTS(1, 1) == 1


def test_experts_and_ahp_combined() -> None:
    experts = JWDT_EXPERT_WEIGHTS([[5, 3, 2]])
    assert JWDT_COMBINED_WEIGHTS(experts, JWDT_AHP_WEIGHTS(TRIANGLE), "0.5") == [pytest.approx([0.55, 0.3, 0.15])]


def test_combined_weights_with_blank_rows() -> None:
    assert JWDT_COMBINED_WEIGHTS([[0.5], [0.5], [None]], [[0.25], [0.75], [""]]) == [[0.375], [0.625], [""]]


@pytest.mark.parametrize(
    "subjective, objective, alpha, words",
    [
        ([[0.5, None]], [[0.5, 0.5]], None, "subjective item 2 is missing"),
        ([[0.5, 0.5]], [[None, 1]], None, "objective item 1 is missing"),
        ([[0.5, 0.5]], [[1]], None, "subjective has 2 items, objective 1"),
        ([[0.25, 0.25], [0.25, 0.25]], [[0.25] * 4], None, "subjective is 2×2, objective 1×4"),
        ([[0.5, 0.5]], [[0.5, 0.4]], None, "objective to 0.9"),
        ([[0.5, 0.5]], [[0.5, 0.5]], 1.2, "alpha must be at most 1"),
        ([[0.5, 0.5]], [[0.5, 0.5]], [[0.5, 0.5]], "alpha must be a single value"),
        ([[0.5, 0.5]], [[None, None]], None, "objective is missing"),
    ],
)
def test_combined_weights_refused(subjective, objective, alpha, words) -> None:
    with pytest.raises(JwdtError) as error:
        JWDT_COMBINED_WEIGHTS(subjective, objective, alpha)
    assert words in error.value.text.en


def test_ranking_scores_are_a_row() -> None:
    (row,) = JWDT_RANKING_SCORES([[1, 2, "3"], [None, 1, ""], ["", None, " "], [2, 1, 3]])
    assert row == pytest.approx([5 / 3, 8 / 3, 2 / 3])


@pytest.mark.parametrize(
    "rankings, words",
    [
        ([[1, 1, 2]], "rankings[1,2] has rank 1, which is twice"),
        ([[1, 4, 2]], "rankings[1,2] must be a whole number 1–3, got 4"),
        ([[1, "first", 2]], "rankings[1,2] must be a number"),
        ([["", None]], "rankings is missing"),
    ],
)
def test_rankings_refused(rankings, words) -> None:
    with pytest.raises(JwdtError) as error:
        JWDT_RANKING_SCORES(rankings)
    assert words in error.value.text.en


def test_ten_thousand_rankings() -> None:
    (row,) = JWDT_RANKING_SCORES([[1, 2, 3, 4, 5, 6, 7, 8], [8, 7, 6, 5, 4, 3, 2, 1]] * 5000)
    assert row == [4.5] * 8


def test_benchmarks() -> None:
    assert JWDT_BENCHMARK([[3], [1], [None], ["n/a"], [2]], "正向") == 2
    assert JWDT_BENCHMARK([3, 1, 2, 4], "negative", 0.75) == 3
    with pytest.raises(Missing):
        JWDT_BENCHMARK([[None]], "正向")
