"""What a guide that may be unfinished says of its weights, and what its matrices come to, step by step as on the sheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...standard.guide import matrices
from ...standard.guide.derivation import SCALE
from ...standard.record import is_number
from . import ahp_live
from .fields import ENTRIES
from .layout import POWERS, STEPS, DerivationLayout

Number = float | int | str  # "" where there is none


class MatrixValues(NamedTuple):
    """What a block of the sheet AHP shows; the help beside it is in matrices."""

    given: int
    good: int
    state: int
    full: list[list[float]]
    powers: list[list[list[float]]]
    images: list[list[float]]
    vectors: list[list[float]]
    lambda_max: float
    cr: float
    deviations: list[list[float]]
    worst: tuple[int, int]


class Said:
    """The parts of a derivation by the places of the sheets."""

    def __init__(self, data: Mapping[str, Any], at: DerivationLayout) -> None:
        derivation = data.get("derivation", {})
        self.at = at
        self.how = {name: value for name, value in derivation.items() if name not in ENTRIES}
        self.experts: list[Mapping[str, Any]] = list(derivation.get("experts", ()))
        self.results = {result.get("code"): result for result in derivation.get("survey", ())}
        self.sample = {entry.get("code"): entry for entry in derivation.get("sample", ())}
        self.typed = {str(node.get("code", "")): node.get("weight", "") for node in data.get("nodes", ())}
        places = {expert.get("name"): place for place, expert in enumerate(self.experts)}
        self.given: dict[tuple[str, int], Mapping[str, Any]] = {
            (matrix.get("parent", ""), places[matrix["expert"]]): matrix
            for matrix in derivation.get("ahp", ())
            if matrix.get("expert") in places
        }
        self.matrices: dict[tuple[str, int | None], MatrixValues] = {}
        for parent in at.compared:
            members = [self._matrix(parent, place) for place in range(at.matrices)]
            self.matrices |= {(parent, place): values for place, values in enumerate(members)}
            self.matrices[parent, None] = self._group(members)

    def score(self, row: int, code: str) -> Any:
        return self.experts[row].get("scores", {}).get(code, "") if row < len(self.experts) else ""

    def scores(self, row: int, parent: str) -> list[Any]:
        return [self.score(row, code) for code in self.at.children[parent]]

    # AHP

    def judgement(self, parent: str, row: int, one: str, other: str) -> Any:
        return self.given.get((parent, row), {}).get("judgements", {}).get(one, {}).get(other, "")

    def _matrix(self, parent: str, row: int) -> MatrixValues:
        codes = self.at.children[parent]
        size = len(codes)
        upper = {
            (i, j): self.judgement(parent, row, codes[i], codes[j]) for i in range(size) for j in range(i + 1, size)
        }
        given = sum(value != "" for value in upper.values())
        slack = 1 + matrices.RECIPROCAL_TOLERANCE
        good = sum(is_number(value) and 1 / SCALE / slack <= value <= SCALE * slack for value in upper.values())
        full = [[1.0] * size for _ in codes]
        for (i, j), value in upper.items():
            if is_number(value) and value > 0:
                full[i][j], full[j][i] = float(value), 1 / value
        if not given:
            state = ahp_live.UNUSED
        elif good < given:
            state = ahp_live.OUTSIDE
        else:
            state = ahp_live.UNFINISHED if given < len(upper) else _judged(full)
        return _values(full, given, good, state)

    def _group(self, members: Sequence[MatrixValues]) -> MatrixValues:
        complete = [member.full for member in members if member.state >= ahp_live.GOOD]
        size = len(members[0].full)
        if not complete:
            return _values([[1.0] * size for _ in range(size)], 0, 0, ahp_live.UNUSED)
        full = [list(row) for row in matrices.group_ahp(complete).matrix]
        bad = any(member.state == ahp_live.INCONSISTENT for member in members)
        return _values(full, len(complete), 0, ahp_live.INCONSISTENT if bad else _judged(full))


def _judged(full: list[list[float]]) -> int:
    return ahp_live.GOOD if matrices.ahp(full).acceptable else ahp_live.INCONSISTENT


def _product(one: list[list[float]], other: list[list[float]]) -> list[list[float]]:
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*other, strict=True)] for row in one
    ]


def _image(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _values(full: list[list[float]], given: int, good: int, state: int) -> MatrixValues:
    """The steps of the formulas: powers, the vector, the deviations."""
    size = len(full)
    powers, images, vectors = [], [], []
    power = full
    for _ in range(POWERS):
        power = _product(power, power)
        powers.append(power)
    vector = [1.0] * size
    for _ in range(STEPS):
        images.append(_image(power, vector))
        whole = sum(images[-1])
        vector = [value / whole for value in images[-1]]
        vectors.append(vector)
    images.append(_image(full, vector))
    vectors.append([one / other for one, other in zip(images[-1], vector, strict=True)])
    deviations = [
        [abs(math.log(full[i][j] * vector[j] / vector[i])) if j > i else 0.0 for j in range(size)] for i in range(size)
    ]
    result = matrices.ahp(full)
    worst = (result.worst.row, result.worst.column) if result.worst else (0, 0)
    return MatrixValues(
        given, good, state, full, powers, images, vectors, math.fsum(vectors[-1]) / size, result.cr, deviations, worst
    )
