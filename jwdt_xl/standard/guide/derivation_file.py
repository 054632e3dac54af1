"""The derivation of weights as it is written in a guide file: read with every error and its place, and written back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import JwdtError
from ...messages import Text, number
from . import weights
from .derivation import (
    DECIMALS,
    FEWEST_DECIMALS,
    MEAN,
    SCALE,
    SUBJECTIVE,
    Derivation,
    Expert,
    Matrix,
    SurveyResult,
    derived_parents,
    families,
)
from .parts import Errors, check_fields, number_of, part, short, string, tables

if TYPE_CHECKING:
    from .tree import Node

EXPERT_FIELDS, MATRIX_FIELDS = {"name", "weight", "scores"}, {"expert", "parent", "judgements"}
SURVEY_FIELDS = {"code", "score", "answers", "source"}
FIELDS = {
    "method", "alpha", "subjective", "decimals", "experts_source", "ahp_source", "experts", "ahp", "survey",
}  # fmt: skip
_PREFIX = "derivation."
#: A fraction as text: of files, as TOML has none; a cell of a workbook is to hold the number.
FRACTION = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")
_NOT_A_NUMBER = Text("须为数字，实为“{v}”", "must be a number, got “{v}”")


def digits(value: float) -> float:
    """A number as every program keeps it: to 15 significant digits."""
    return float(f"{value:.15g}")


def read(data: Any, nodes: Sequence[Node], found: Errors) -> Derivation:
    """The derivation in a part of a guide file, in the order of the file."""
    entry = part(data, dict, "derivation", found)
    check_fields(entry, FIELDS, _PREFIX, found)
    reader = _Reader(nodes, found)
    experts = tuple(reader.experts(entry))
    alpha = number_of(entry, "alpha", "derivation", found)
    if alpha is not None and not 0 <= alpha <= 1:
        text = Text("α 须为 0–1，实为 {v}", "alpha must be 0–1, got {v}").fill(v=number(alpha))
        found.add(_PREFIX + "alpha", text, "bad-option")
    return Derivation(
        experts,
        tuple(reader.matrices(entry, {expert.name for expert in experts})),
        tuple(reader.survey(entry)),
        _choice(entry, "method", weights.COMBINATIONS, weights.LINEAR, found),
        weights.ALPHA if alpha is None else digits(alpha),
        _choice(entry, "subjective", SUBJECTIVE, MEAN, found),
        _decimals(entry, found),
        string(entry, "experts_source", "derivation", found),
        string(entry, "ahp_source", "derivation", found),
    )


def _choice(entry: Mapping[str, Any], name: str, known: tuple[str, ...], default: str, found: Errors) -> str:
    given = string(entry, name, "derivation", found)
    if given and given not in known:
        text = Text("须为 {a}，实为“{v}”", "must be {a}, got “{v}”").fill(a=" | ".join(known), v=short(given))
        found.add(_PREFIX + name, text, "bad-option")
    return given if given in known else default


def _decimals(entry: Mapping[str, Any], found: Errors) -> int:
    value = number_of(entry, "decimals", "derivation", found)
    if value is None:
        return DECIMALS
    if not (FEWEST_DECIMALS <= value <= DECIMALS and value.is_integer()):
        text = Text("小数位数须为 {a}–{b} 的整数，实为 {v}", "decimals must be a whole number {a}–{b}, got {v}")
        found.add(_PREFIX + "decimals", text.fill(a=FEWEST_DECIMALS, b=DECIMALS, v=number(value)), "bad-option")
        return DECIMALS
    return int(value)


class _Reader:
    def __init__(self, nodes: Sequence[Node], found: Errors) -> None:
        self.found = found
        self.names = {node.code: node.name for node in nodes}
        self.families = families(nodes)

    def experts(self, data: Mapping[str, Any]) -> Iterator[Expert]:
        names: set[str] = set()
        for where, entry in tables(data, "experts", EXPERT_FIELDS, self.found, _PREFIX):
            name = string(entry, "name", where, self.found)
            if not name or name in names:
                text = Text(
                    "专家须有姓名(或代号)且不重复，实为“{v}”",
                    "an expert needs a name (or sign) of its own, got “{v}”",
                )
                self.found.add(f"{where}.name", text.fill(v=name), "bad-expert")
            names.add(name)
            weight = self._at_least_0(entry.get("weight", 1.0), f"{where}.weight")
            given = part(entry.get("scores", {}), dict, f"{where}.scores", self.found)
            scores = {}
            for code, value in given.items():
                place = f"{where}.scores.{code}"
                if self._known(str(code), place):
                    scores[str(code)] = self._at_least_0(value, place)
            yield Expert(name, weight, scores)

    def survey(self, data: Mapping[str, Any]) -> Iterator[SurveyResult]:
        seen: set[str] = set()
        for where, entry in tables(data, "survey", SURVEY_FIELDS, self.found, _PREFIX):
            code = string(entry, "code", where, self.found)
            if self._known(code, f"{where}.code") and code in seen:
                text = Text("代码“{v}”重复", "code “{v}” is there twice").fill(v=code)
                self.found.add(f"{where}.code", text, "duplicate-code")
            seen.add(code)
            score = self._at_least_0(entry.get("score"), f"{where}.score")
            answers = None if "answers" not in entry else self._at_least_0(entry["answers"], f"{where}.answers")
            yield SurveyResult(code, score, answers, string(entry, "source", where, self.found))

    def matrices(self, data: Mapping[str, Any], experts: set[str]) -> Iterator[Matrix]:
        seen: set[tuple[str, str]] = set()
        for where, entry in tables(data, "ahp", MATRIX_FIELDS, self.found, _PREFIX):
            expert = string(entry, "expert", where, self.found)
            parent = string(entry, "parent", where, self.found)
            if expert not in experts:
                text = Text(
                    "专家名单(experts)中没有“{v}” — 请先列入名单",
                    "“{v}” is not among the experts — list them there first",
                )
                self.found.add(f"{where}.expert", text.fill(v=expert), "unknown-expert")
            if (expert, parent) in seen:
                text = Text("专家“{v}”对同一组有两个判断矩阵", "expert “{v}” has two matrices on one group")
                self.found.add(f"{where}.parent", text.fill(v=expert), "duplicate-matrix")
            seen.add((expert, parent))
            given = part(entry.get("judgements", {}), dict, f"{where}.judgements", self.found)
            children = self.families.get(parent, ())
            if len(children) < 2:
                text = Text("“{v}”之下没有可比较的同级指标", "there are no siblings to compare under “{v}”")
                self.found.add(f"{where}.parent", text.fill(v=parent), "unknown-parent")
                continue
            try:
                weights.check_size(len(children), len(children))
            except JwdtError as error:
                self.found.add(f"{where}.parent", error.text, error.code)
                continue
            yield Matrix(expert, parent, self._judgements(given, children, f"{where}.judgements"))

    def _judgements(
        self, given: Mapping[str, Any], children: tuple[Node, ...], where: str
    ) -> dict[str, dict[str, float]]:
        """One triangle: each pair once, completed from the other triangle where it was given there."""
        codes = [node.code for node in children]
        grid: list[list[float | None]] = [[None] * len(codes) for _ in codes]
        before = len(self.found.findings)
        for row, columns in given.items():
            for column, value in part(columns, dict, f"{where}.{row}", self.found).items():
                place = f"{where}.{row}.{column}"
                if str(row) not in codes or str(column) not in codes:
                    absent = row if str(row) not in codes else column
                    text = Text("“{v}”不在这一组同级指标之中", "“{v}” is not among these siblings")
                    self.found.add(place, text.fill(v=absent), "unknown-code")
                    continue
                grid[codes.index(str(row))][codes.index(str(column))] = self._judgement(value, place)
        if len(self.found.findings) > before:
            return {}
        return self._pairs(grid, children, where)

    def _pairs(
        self, grid: list[list[float | None]], children: tuple[Node, ...], where: str
    ) -> dict[str, dict[str, float]]:
        def pair_name(row: int, column: int) -> Text:
            text = Text("“{a}”对“{b}”的判断", "the judgement of “{a}” against “{b}”")
            return text.fill(a=children[row].name, b=children[column].name)

        found: dict[str, dict[str, float]] = {}
        for i, one in enumerate(children):
            place = f"{where}.{one.code}"
            if grid[i][i] not in (None, 1.0):
                text = Text("与自身比较须为 1，实为 {v}", "against itself it must be 1, got {v}")
                self.found.add(f"{place}.{one.code}", text.fill(v=number(grid[i][i] or 0.0)), "not-reciprocal")
            for j in range(i + 1, len(children)):
                try:
                    here, _ = weights.pair(grid, i, j, pair_name)
                except JwdtError as error:
                    self.found.add(f"{place}.{children[j].code}", error.text, error.code)
                else:
                    found.setdefault(one.code, {})[children[j].code] = digits(here)
        return found

    def _judgement(self, value: Any, place: str) -> float | None:
        """A number, or a fraction as text ("1/3") since TOML has none."""
        if isinstance(value, str) and (fraction := FRACTION.fullmatch(value)) and int(fraction[2]):
            value = int(fraction[1]) / int(fraction[2])
        if not _is_number(value):
            self.found.add(place, _NOT_A_NUMBER.fill(v=short(value)), "not-a-number")
            return None
        slack = 1 + weights.RECIPROCAL_TOLERANCE
        if not 1 / SCALE / slack <= value <= SCALE * slack:
            text = Text(
                '判断须在 1/{s} 与 {s} 之间，实为 {v} — 三分之一请输入 =1/3，文件中写 "1/3"',
                'a judgement must be between 1/{s} and {s}, got {v} — a third is typed =1/3, and "1/3" in a file',
            )
            self.found.add(place, text.fill(s=SCALE, v=f"{value:.6g}"), "bad-judgement")
            return None
        return float(value)

    def _known(self, code: str, place: str) -> bool:
        if code in self.names:
            return True
        text = Text("指标树中没有代码“{v}”", "the index tree has no code “{v}”").fill(v=short(code))
        self.found.add(place, text, "unknown-code")
        return False

    def _at_least_0(self, value: Any, place: str) -> float:
        if not _is_number(value):
            self.found.add(place, _NOT_A_NUMBER.fill(v="" if value is None else short(value)), "not-a-number")
            return 0.0
        if not 0 <= value < weights.LARGEST_JUDGEMENT:
            text = Text("须不小于 0 且小于 1E9，实为 {v}", "must be at least 0 and below 1E9, got {v}")
            self.found.add(place, text.fill(v=f"{value:.6g}"), "bad-weight")
            return 0.0
        return digits(value)


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, (int, float)) and math.isfinite(value)


def derived_codes(data: Mapping[str, Any]) -> set[str]:
    """The codes whose weights follow from the derivation in the dict of a guide, which may be unfinished."""
    from .tree import NO_TEXT, NO_WEIGHT, Node

    nodes = [
        Node(str(node.get("code", "")), str(node.get("parent", "")), NO_TEXT, NO_WEIGHT)
        for node in data.get("nodes", ())
    ]
    said = data.get("derivation", {})
    derivation = Derivation(
        tuple(Expert("", 1.0, dict.fromkeys(expert.get("scores", ()), 0.0)) for expert in said.get("experts", ())),
        tuple(Matrix("", str(matrix.get("parent", "")), {}) for matrix in said.get("ahp", ())),
        tuple(SurveyResult(str(result.get("code", "")), 0.0) for result in said.get("survey", ())),
    )
    parents = derived_parents(nodes, derivation)
    return {node.code for node in nodes if node.parent in parents}


def canonical(derivation: Derivation, nodes: Sequence[Node]) -> Derivation:
    """The same in the order of the tree, so that a guide has one hash however its file is arranged."""
    order = {node.code: place for place, node in enumerate(nodes)}
    parents = {parent: place for place, parent in enumerate(families(nodes))}
    people = {expert.name: place for place, expert in enumerate(derivation.experts)}
    return derivation._replace(
        experts=tuple(
            expert._replace(scores={code: expert.scores[code] for code in sorted(expert.scores, key=order.__getitem__)})
            for expert in derivation.experts
        ),
        ahp=tuple(sorted(derivation.ahp, key=lambda matrix: (parents[matrix.parent], people[matrix.expert]))),
        survey=tuple(sorted(derivation.survey, key=lambda result: order[result.code])),
    )


def write(derivation: Derivation) -> dict[str, Any]:
    """The derivation as a dict that read() takes back; what is not said is left out."""
    data: dict[str, Any] = {
        "method": derivation.method,
        "alpha": derivation.alpha,
        "subjective": derivation.subjective,
    }
    if derivation.decimals != DECIMALS:
        data["decimals"] = derivation.decimals
    data |= {
        "experts_source": derivation.experts_source,
        "ahp_source": derivation.ahp_source,
        "experts": [
            {"name": expert.name, "weight": expert.weight, **({"scores": dict(expert.scores)} if expert.scores else {})}
            for expert in derivation.experts
        ],
        "ahp": [
            {
                "expert": matrix.expert,
                **({"parent": matrix.parent} if matrix.parent else {}),
                "judgements": {row: dict(columns) for row, columns in matrix.judgements.items()},
            }
            for matrix in derivation.ahp
        ],
        "survey": [_survey_dict(result) for result in derivation.survey],
    }
    return {name: value for name, value in data.items() if value not in ("", [])}


def _survey_dict(result: SurveyResult) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": result.code, "score": result.score}
    if result.answers is not None:
        entry["answers"] = result.answers
    return entry | ({"source": result.source} if result.source else {})
