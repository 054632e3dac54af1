"""AHP: what matrices of judgements say, how consistent they are, and the judgements of several people together.

Nothing here needs numpy: a matrix of judgements has at most ten rows.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...errors import JwdtError, Missing, missing
from ...messages import Text, item, number

#: Random index of AHP for n = 1 … 10 items; larger matrices are refused.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
LARGEST_MATRIX = len(RANDOM_INDEX)
#: A matrix with this CR or more is no basis for weights.
CR_LIMIT = 0.10
#: The product of a judgement and its reciprocal is 1 within this (and what floating point adds to it).
RECIPROCAL_TOLERANCE = 1e-6
#: No judgement is larger: a slip of the keyboard, and products of such numbers would overflow.
LARGEST_JUDGEMENT = 1e9

#: Below this, relative deviations are rounding.
_ROUNDING = 1e-12
#: Deviations of judgements (logarithms) that differ by less are equal: the first in reading order is named.
_SAME_DEVIATION = 1e-9

#: What is refused is called by this name.
MATRIX = Text("判断矩阵", "matrix")

Row = Sequence["float | None"]


class Judgement(NamedTuple):
    """One comparison of a matrix: item `row` against item `column` (from 1), and what would be consistent."""

    row: int
    column: int
    value: float
    consistent: float


class Ahp(NamedTuple):
    """What a matrix of judgements says. `worst` is None where every judgement is consistent."""

    weights: tuple[float, ...]
    lambda_max: float
    ci: float
    cr: float
    worst: Judgement | None

    @property
    def acceptable(self) -> bool:
        return self.cr < CR_LIMIT


class GroupAhp(NamedTuple):
    """The judgements of a group: the element-wise geometric mean, what it says, and what each member's says."""

    matrix: tuple[tuple[float, ...], ...]
    result: Ahp
    members: tuple[Ahp, ...]


def check_size(height: int, width: int) -> None:
    """A matrix of judgements is square and has 1 to 10 items."""
    if height != width or not height:
        raise JwdtError(
            Text("判断矩阵须为方阵，实为 {h}×{w}", "matrix must be square, got {h}×{w}").fill(h=height, w=width),
            "not-square",
        )
    if height > LARGEST_MATRIX:
        raise JwdtError(
            Text(
                "判断矩阵至多 {n} 项，实为 {h} 项：请分层比较",
                "matrix must have at most {n} items, got {h}: compare in levels",
            ).fill(n=LARGEST_MATRIX, h=height),
            "too-many-items",
        )


def completed(matrix: Sequence[Row]) -> list[list[float]]:
    """The matrix with blanks filled in: 1 on the diagonal, the reciprocal of the judgement across it elsewhere.

    Raises JwdtError where it is not square, positive and reciprocal within 1e-6, Missing where a pair is blank.
    """
    size = len(matrix)
    for row in matrix:
        check_size(size, len(row))
    check_size(size, size)
    full = [[1.0] * size for _ in range(size)]
    for i in range(size):
        diagonal = _judgement(matrix, i, i)
        if diagonal is not None and not _is_1(diagonal):
            raise JwdtError(
                Text("{n} 在对角线上，须为 1，实为 {v}", "{n} is on the diagonal, must be 1, got {v}").fill(
                    n=_place(i, i), v=number(diagonal)
                ),
                "not-reciprocal",
            )
        for j in range(i + 1, size):
            full[i][j], full[j][i] = pair(matrix, i, j)
    return full


def pair(
    matrix: Sequence[Row], row: int, column: int, place: Callable[[int, int], Text | str] | None = None
) -> tuple[float, float]:
    """A judgement and the one across the diagonal; where one of them is blank, the reciprocal of the other.

    place names a cell in messages, from 0; without it, it is matrix[row,column] counted from 1.
    """
    name = place or _place
    here, across = _judgement(matrix, row, column, name), _judgement(matrix, column, row, name)
    if across is None:
        if here is None:
            raise missing(name(row, column))
        return float(here), 1 / here
    if here is None:
        return 1 / across, float(across)
    if not _is_1(here * across):
        raise JwdtError(
            Text(
                "{a} 为 {x}，{b} 为 {y}，不互为倒数：只填一个三角，或输入 =1/{z}",
                "{a} is {x} and {b} is {y}, not reciprocal: fill one triangle only, or type =1/{z}",
            ).fill(
                a=name(row, column),
                x=number(here),
                b=name(column, row),
                y=number(across),
                z=number(max(here, across)),
            ),
            "not-reciprocal",
        )
    return float(here), float(across)


def _place(row: int, column: int) -> Text:
    return item(MATRIX, row + 1, column + 1)


def _is_1(value: float) -> bool:
    # 1/7 typed as 0.142857 is exactly at the tolerance, and floating point must not decide.
    return abs(value - 1) <= RECIPROCAL_TOLERANCE + _ROUNDING


def _judgement(
    matrix: Sequence[Row], row: int, column: int, place: Callable[[int, int], Text | str] = _place
) -> float | None:
    value = matrix[row][column]
    if value is None:
        return None
    if not value > 0:
        rule = Text("须大于 0", "must be above 0")
    elif not 1 / LARGEST_JUDGEMENT <= value <= LARGEST_JUDGEMENT:
        rule = Text("须在 1E-9 与 1E9 之间", "must be between 1E-9 and 1E9")
    else:
        return value
    raise JwdtError(
        Text("{n} {r}，实为 {v}", "{n} {r}, got {v}").fill(n=place(row, column), r=rule, v=f"{value:.4g}"),
        "bad-judgement",
    )


def ahp(matrix: Sequence[Row]) -> Ahp:
    """Principal eigenvector and consistency of a matrix of judgements; blanks of one triangle are completed."""
    full = completed(matrix)
    size = len(full)
    weights, largest = principal_eigenvector(full)
    # λmax ≥ n for every reciprocal matrix, so what falls short of it, or exceeds it by rounding, is n.
    lambda_max = float(size) if largest - size < _ROUNDING * size else largest
    ci = (lambda_max - size) / (size - 1) if size > 2 else 0.0
    cr = ci / RANDOM_INDEX[size - 1] if size > 2 else 0.0
    return Ahp(weights, lambda_max, ci, cr, _worst(full, weights))


def principal_eigenvector(matrix: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], float]:
    """The principal eigenvector of a positive matrix, its sum 1, and its eigenvalue.

    The matrix is first balanced by the geometric means of its rows and then squared again and again: each squaring
    squares the ratio of the other eigenvalues to the principal one, so that even a ratio near 1 is gone after a few,
    and sums of positive products lose no digits.
    """
    size = len(matrix)
    logs = [math.fsum(map(math.log, row)) / size for row in matrix]
    balanced = [[value * math.exp(logs[j] - logs[i]) for j, value in enumerate(row)] for i, row in enumerate(matrix)]
    power = balanced
    for _ in range(60):
        top = max(map(max, power))
        power = [[value / top for value in row] for row in power]
        columns = list(zip(*power, strict=True))
        power = [[math.fsum(map(operator.mul, row, column)) for column in columns] for row in power]
        right = [math.fsum(row) for row in power]
        image = _times(balanced, right)
        # Collatz and Wielandt: the eigenvalue lies between the least and the largest of these ratios.
        ratios = [y / x for y, x in zip(image, right, strict=True)]
        if max(ratios) - min(ratios) <= 1e-15 * max(ratios):
            break
    left = [math.fsum(column) for column in zip(*power, strict=True)]
    eigenvalue = math.fsum(map(operator.mul, left, image)) / math.fsum(map(operator.mul, left, right))
    vector = [y * math.exp(log) for y, log in zip(image, logs, strict=True)]
    whole = math.fsum(vector)
    return tuple(value / whole for value in vector), eigenvalue


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [math.fsum(map(operator.mul, row, vector)) for row in matrix]


def _worst(matrix: Sequence[Sequence[float]], weights: Sequence[float]) -> Judgement | None:
    """The judgement whose ratio to w_i / w_j is farthest from 1; the first in reading order among equals."""
    worst, largest = None, _SAME_DEVIATION
    for i, row in enumerate(matrix):
        for j in range(i + 1, len(row)):
            consistent = weights[i] / weights[j]
            deviation = abs(math.log(row[j] / consistent))
            if deviation > largest + _SAME_DEVIATION:
                worst, largest = Judgement(i + 1, j + 1, row[j], consistent), deviation
    return worst


def judgement_sentence(judgement: Judgement, names: Sequence[Text | str] = ()) -> Text:
    """A judgement and what would be consistent, in words; by the names of the items where they are given."""
    row, column = judgement.row, judgement.column
    return Text(
        "{i}对{j}为 {v}，与其余判断一致时约为 {c}",
        "{i} against {j} is {v}, consistent with the others would be about {c}",
    ).fill(
        i=names[row - 1] if names else Text(f"第 {row} 项", f"item {row}"),
        j=names[column - 1] if names else Text(f"第 {column} 项", f"item {column}"),
        v=number(judgement.value),
        c=number(judgement.consistent, 3),
    )


def check_consistent(result: Ahp, names: Sequence[Text | str] = ()) -> Ahp:
    """The result itself; raises JwdtError where its CR is 0.10 or more, with the CR and the worst judgement."""
    if result.acceptable:
        return result
    assert result.worst is not None
    raise JwdtError(
        Text(
            "CR 为 {cr}，须小于 0.10 方可据以定权；最不一致的判断：{s}",
            "CR is {cr}, must be below 0.10 as a basis for weights; most inconsistent: {s}",
        ).fill(cr=number(result.cr), s=judgement_sentence(result.worst, names)),
        "inconsistent",
    )


def ahp_weights(matrix: Sequence[Row]) -> tuple[float, ...]:
    """The weights a matrix of judgements gives; refused where its CR is 0.10 or more."""
    return check_consistent(ahp(matrix)).weights


def group_ahp(matrices: Sequence[Sequence[Row]]) -> GroupAhp:
    """The judgements of several people: element-wise geometric mean, CR for each and for the result."""
    if not matrices:
        raise Missing(Text("没有判断矩阵", "there is no matrix"))
    full = [completed(matrix) for matrix in matrices]
    if len({len(matrix) for matrix in full}) > 1:
        raise JwdtError(
            Text("各判断矩阵的项数须相同", "all matrices must have the same number of items"), "shapes-differ"
        )
    size = len(full[0])
    mean = tuple(
        tuple(math.exp(math.fsum(math.log(matrix[i][j]) for matrix in full) / len(full)) for j in range(size))
        for i in range(size)
    )
    return GroupAhp(mean, ahp(mean), tuple(ahp(matrix) for matrix in full))
