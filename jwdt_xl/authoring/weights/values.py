"""What the live formulas of the sheets on weights show when the file is made, from data that may be unfinished."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...errors import JwdtError
from ...messages import Text
from ...standard.guide import sentences
from ...standard.guide import weights as weighting
from ...standard.guide.derivation import DECIMALS, EXPERTS, FEWEST_DECIMALS, METHODS, SCALE, SUBJECTIVES, SURVEY
from ...standard.guide.shares import allotted
from ...standard.record import is_number
from . import ahp_live, live
from .layout import STEPS, DerivationLayout

Number = float | int | str  # "" where there is none


class MatrixValues(NamedTuple):
    """What a block of the sheet AHP shows; the help beside it is in matrices."""

    given: int
    good: int
    state: int
    full: list[list[float]]
    powers: list[list[list[float]]]
    vectors: list[list[float]]
    lambda_max: float
    cr: float
    deviations: list[list[float]]
    worst: tuple[int, int]


class CombinedValues(NamedTuple):
    """A row of the combination."""

    experts: Number
    survey: Number
    subjective: Number
    objective: Number
    combined: Number
    parent_weight: Number
    weight: Number
    state: Text
    sentence: Text
    exact: Number
    whole: Number
    rest: Number


class DerivationValues:
    """Values of every computed cell, group by group."""

    def __init__(self, data: Mapping[str, Any], at: DerivationLayout) -> None:
        derivation = data.get("derivation", {})
        self.at = at
        self.how = {name: value for name, value in derivation.items() if name not in ("experts", "ahp", "survey")}
        self.experts: list[Mapping[str, Any]] = list(derivation.get("experts", ()))
        self.results = {result.get("code"): result for result in derivation.get("survey", ())}
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
        self.combined: dict[str, CombinedValues] = {}
        for parent, codes in at.groups:
            self.combined |= dict(zip(codes, self._combined(parent, codes), strict=True))

    # Experts

    def score(self, row: int, code: str) -> Any:
        return self.experts[row].get("scores", {}).get(code, "") if row < len(self.experts) else ""

    def scores(self, row: int, parent: str) -> list[Any]:
        return [self.score(row, code) for code in self.at.children[parent]]

    def counted_weight(self, row: int, parent: str) -> Number:
        scores = self.scores(row, parent)
        if self.fault(row, parent) or all(score == "" for score in scores):
            return ""
        weight: float = self.experts[row].get("weight", 1.0)
        return weight if weight > 0 else ""

    def inverse(self, row: int, parent: str) -> Number:
        weight = self.counted_weight(row, parent)
        return "" if weight == "" else float(weight) / math.fsum(self.scores(row, parent))

    def ties(self, row: int, parent: str) -> Number:
        scores = self.scores(row, parent)
        return "" if self.counted_weight(row, parent) == "" else sum(scores.count(one) ** 2 - 1 for one in scores)

    def fault(self, row: int, parent: str) -> int:
        scores = [score for score in self.scores(row, parent) if score != ""]
        if not scores:
            return self.expert_fault(row) if self._judged(row, parent) else 0
        if not all(map(is_number, scores)):
            found = live.TEXT_SCORE
        elif min(scores) < 0:
            found = live.NEGATIVE_SCORE
        else:
            found = live.HALF if len(scores) < len(self.at.children[parent]) or sum(scores) <= 0 else 0
        return max(found, self.expert_fault(row))

    def _judged(self, row: int, parent: str) -> bool:
        matrix = self.matrices.get((parent, row))
        return matrix is not None and matrix.given > 0

    def _active(self, row: int) -> bool:
        expert = self.experts[row] if row < len(self.experts) else {}
        said = "name" in expert or "weight" in expert or any(self.score(row, code) != "" for code in self.at.codes)
        return said or any(self._judged(row, parent) for parent in self.at.children)

    def expert_fault(self, row: int) -> int:
        if not self._active(row):
            return 0
        expert = self.experts[row] if row < len(self.experts) else {}
        names = [str(one.get("name", "")).strip() for one in self.experts]
        if not names[row]:
            return live.NAMELESS
        if names.count(names[row]) > 1:
            return live.TWICE
        weight = expert.get("weight", 1.0)
        if not is_number(weight):
            return live.TEXT_WEIGHT
        return live.NEGATIVE_WEIGHT if weight < 0 else 0

    def rank(self, row: int, code: str) -> Number:
        scores, score = self.scores(row, self.at.parent[code]), self.score(row, code)
        if self.counted_weight(row, self.at.parent[code]) == "":
            return ""
        return 2 * sum(other < score for other in scores) + scores.count(score) + 1

    def ranks(self, code: str) -> Number:
        found = (self.rank(row, code) for row in range(self.at.experts))
        return sum(rank for rank in found if not isinstance(rank, str))

    def _rows(self, parent: str) -> list[int]:
        return [row for row in range(self.at.experts) if self.counted_weight(row, parent) != ""]

    def count(self, parent: str) -> int:
        return len(self._rows(parent))

    def expert_share(self, code: str) -> Number:
        parent = self.at.parent[code]
        rows = self._rows(parent)
        weights = [float(self.counted_weight(row, parent)) for row in rows]
        if math.fsum(weights) <= 0:
            return ""
        shares = weighting.expert_weights([self.scores(row, parent) for row in rows], weights)
        return shares[self.at.children[parent].index(code)]

    def agreement(self, parent: str) -> Number:
        found = weighting.kendall_w([self.scores(row, parent) for row in self._rows(parent)])
        return "" if found is None else found

    def expert_check(self, row: int) -> Text:
        if not self._active(row):
            return Text("", "")
        return live.FAULTS[max(self.expert_fault(row), *(self.fault(row, parent) for parent in self.at.children))]

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
        slack = 1 + weighting.RECIPROCAL_TOLERANCE
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
        full = [list(row) for row in weighting.group_ahp(complete).matrix]
        bad = any(member.state == ahp_live.INCONSISTENT for member in members)
        return _values(full, len(complete), 0, ahp_live.INCONSISTENT if bad else _judged(full))

    # Survey

    def survey_share(self, code: str) -> Number:
        scores = [self.results.get(one, {}).get("score", "") for one in self.at.children[self.at.parent[code]]]
        if not all(map(is_number, scores)) or math.fsum(scores) <= 0:
            return ""
        return float(self.results[code]["score"]) / math.fsum(scores)

    def survey_check(self, code: str) -> Text:
        if not self._surveyed(self.at.parent[code]):
            return Text("", "")
        return live.NO_SCORE if self.survey_share(code) == "" else live.OK

    def _surveyed(self, parent: str) -> bool:
        return any(self.results.get(code, {}).get("score", "") != "" for code in self.at.children[parent])

    # Combination

    def _combined(self, parent: str, codes: tuple[str, ...]) -> list[CombinedValues]:
        experts = [self.expert_share(code) for code in codes]
        survey = [self.survey_share(code) for code in codes]
        group = self.matrices.get((parent, None))
        objective: list[Number] = [""] * len(codes)
        if group and group.state == ahp_live.GOOD:
            objective = list(group.vectors[STEPS - 1])
        subjective = self._subjective(experts, survey)
        above = self.combined.get(parent)
        whole: Number = 1.0 if not parent else above.weight if above else ""
        state = self._state(parent, codes, experts, survey, subjective, objective, whole)
        shares: list[Number] = [""] * len(codes)
        weights = [self.typed.get(code, "") if state is live.GIVEN else "" for code in codes]
        parts: list[tuple[Number, Number, Number]] = [("", "", "")] * len(codes)
        if state is live.DERIVED:
            shares = list(self._shares(subjective, objective))
            given = self.how.get("decimals", "")
            decimals = int(given) if is_number(given) else DECIMALS
            found = [float(share) for share in shares]
            weights = list(allotted(float(whole), found, decimals))
            exact = [round(share * float(whole) * 10**decimals, 6) for share in found]
            parts = [(value, math.floor(value), round(value - math.floor(value), 6)) for value in exact]
        told = [Text("", "")] * len(codes)
        if state is live.DERIVED:
            rows = zip(codes, experts, survey, subjective, objective, shares, weights, strict=True)
            told = [self._sentence(parent, whole, *row) for row in rows]
        rows = zip(experts, survey, subjective, objective, shares, weights, told, parts, strict=True)
        return [
            CombinedValues(by_experts, by_survey, ours, theirs, share, whole, weight, state, sentence, *part)
            for by_experts, by_survey, ours, theirs, share, weight, sentence, part in rows
        ]

    def _subjective(self, experts: list[Number], survey: list[Number]) -> list[Number]:
        kind = self.how.get("subjective", "")
        if kind == EXPERTS:
            return experts
        if kind == SURVEY:
            return survey
        return [
            survey[i] if one == "" else one if survey[i] == "" else (float(one) + float(survey[i])) / 2
            for i, one in enumerate(experts)
        ]

    def _state(
        self,
        parent: str,
        codes: tuple[str, ...],
        experts: list[Number],
        survey: list[Number],
        subjective: list[Number],
        objective: list[Number],
        whole: Number,
    ) -> Text:
        if worst := max(self.fault(row, parent) for row in range(self.at.experts)):
            return live.EXPERT_STATES[worst - 1]
        if experts[0] == "" and any(
            score != "" for row in range(self.at.experts) for score in self.scores(row, parent)
        ):
            return live.NO_COUNTED
        if self._surveyed(parent) and survey[0] == "":
            return live.SURVEY_PARTLY
        if parent in self.at.compared:
            states = [self.matrices[parent, place].state for place in range(self.at.matrices)]
            if any(state not in (ahp_live.UNUSED, ahp_live.GOOD) for state in states):
                return live.AHP_BAD
            if self.matrices[parent, None].state == ahp_live.INCONSISTENT:
                return live.AHP_BAD
        if subjective[0] == "" and (experts[0] != "" or survey[0] != ""):
            return live.NO_SUBJECTIVE
        if subjective[0] == "" and objective[0] == "":
            above = self.combined.get(parent)
            if len(codes) > 1 or above is None or above.state is live.GIVEN:
                return live.GIVEN
        return self._bad_option() or (live.NO_WHOLE if whole == "" else live.DERIVED)

    def _bad_option(self) -> Text | None:
        """What is wrong with how all is combined: what the file says as it stands."""
        method, subjective = self.how.get("method", ""), self.how.get("subjective", "")
        if method not in ("", *METHODS) or subjective not in ("", *SUBJECTIVES):
            return live.BAD_CHOICE
        alpha, decimals = self.how.get("alpha", ""), self.how.get("decimals", "")
        if alpha != "" and not (is_number(alpha) and 0 <= alpha <= 1):
            return live.BAD_ALPHA
        fits = is_number(decimals) and decimals == int(decimals)
        if decimals != "" and not (fits and FEWEST_DECIMALS <= decimals <= DECIMALS):
            return live.BAD_DECIMALS
        return None

    def _shares(self, subjective: list[Number], objective: list[Number]) -> Sequence[float]:
        if subjective[0] == "" or objective[0] == "":
            found = objective if subjective[0] == "" else subjective
            return [1.0] if found[0] == "" else [float(share) for share in found]
        alpha = self.how.get("alpha", "")
        try:
            return weighting.combined(
                [float(share) for share in subjective],
                [float(share) for share in objective],
                alpha if is_number(alpha) else weighting.ALPHA,
                self.how.get("method") or weighting.LINEAR,
            )
        except JwdtError:  # such as an α above 1, which the cell refuses
            return [math.nan] * len(subjective)

    def _sentence(self, parent: str, whole: Number, code: str, *found: Number) -> Text:
        experts, survey, subjective, objective, combined, weight = (_or_none(value) for value in found)
        answers = self.results.get(code, {}).get("answers", "")
        alpha, group = self.how.get("alpha", ""), self.matrices.get((parent, None))
        return sentences.told(
            (experts, self.count(parent), _or_none(self.agreement(parent))),
            (survey, answers if is_number(answers) else None),
            subjective,
            (objective, group.given if group else 0, group.cr if group else None),
            (
                self.how.get("method") or weighting.LINEAR,
                alpha if is_number(alpha) else weighting.ALPHA,
                math.nan if combined is None else combined,
            ),
            (float(whole), math.nan if weight is None else weight),
        )


def _or_none(value: Number) -> float | None:
    return None if isinstance(value, str) else value


def _judged(full: list[list[float]]) -> int:
    return ahp_live.GOOD if weighting.ahp(full).acceptable else ahp_live.INCONSISTENT


def _product(one: list[list[float]], other: list[list[float]]) -> list[list[float]]:
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*other, strict=True)] for row in one
    ]


def _values(full: list[list[float]], given: int, good: int, state: int) -> MatrixValues:
    """The steps of the formulas: powers, the vector, the deviations."""
    size = len(full)
    powers, vectors = [], []
    power = full
    for _ in range(3):
        power = _product(power, power)
        power = _product(power, power)
        powers.append(power)
    vector = [sum(row) for row in power]
    for step in range(STEPS):
        if step:
            vector = [row[0] for row in _product(power, [[value] for value in vector])]
        whole = sum(vector)
        vector = [value / whole for value in vector]
        vectors.append(vector)
    image = [row[0] for row in _product(full, [[value] for value in vector])]
    vectors.append([one / other for one, other in zip(image, vector, strict=True)])
    deviations = [
        [abs(math.log(full[i][j] * vector[j] / vector[i])) if j > i else 0.0 for j in range(size)] for i in range(size)
    ]
    result = weighting.ahp(full)
    worst = (result.worst.row, result.worst.column) if result.worst else (0, 0)
    return MatrixValues(
        given, good, state, full, powers, vectors, math.fsum(vectors[-1]) / size, result.cr, deviations, worst
    )
