"""The derivation of weights in a guide file: read with every error and its place, in the order of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...errors import JwdtError
from ...messages import Text, number
from ..record import NOT_A_NUMBER, Errors, is_number, short, specs
from . import matrices
from .derivation import AHP, SCALE, Derivation, Expert, Matrix, SampleWeight, SurveyResult, digits
from .nodes import Node
from .parts import by_code, check_fields, entries, names_of, part, rows, values
from .shares import derived_parents, families

_PREFIX = "derivation."
#: A fraction as text: of files, as TOML has none; a cell of a workbook is to hold the number.
FRACTION = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")


def read(data: Any, nodes: Sequence[Node], found: Errors) -> Derivation:
    """The derivation in a part of a guide file, in the order of the file."""
    entry = part(data, dict, "derivation", found)
    check_fields(entry, names_of(Derivation), _PREFIX, found)
    reader = _Reader(nodes, found)
    how = values(Derivation, entry, "derivation", found)
    experts = rows(Derivation, entry, "experts", found, _PREFIX)
    reader.check_experts(experts)
    survey = rows(Derivation, entry, "survey", found, _PREFIX)
    ahp = tuple(reader.matrices(entry, {expert.name for expert in experts}))
    sample = rows(Derivation, entry, "sample", found, _PREFIX)
    reader.check_coded("survey", survey)
    reader.check_coded("sample", sample)
    return Derivation(**how, experts=experts, ahp=ahp, survey=survey, sample=sample)


class _Reader:
    def __init__(self, nodes: Sequence[Node], found: Errors) -> None:
        self.found = found
        self.names = {node.code: node.name for node in nodes}
        self.families = families(nodes)

    def check_experts(self, experts: Sequence[Expert]) -> None:
        """Each has a name of its own, and scores nodes of the tree."""
        names: set[str] = set()
        for i, expert in enumerate(experts):
            if not expert.name or expert.name in names:
                text = Text(
                    "专家须有姓名(或代号)且不重复，实为“{v}”",
                    "an expert needs a name (or sign) of its own, got “{v}”",
                )
                self.found.add(f"derivation.experts[{i}].name", text.fill(v=short(expert.name)), "bad-expert")
            names.add(expert.name)
            for code in expert.scores:
                self._known(code, f"derivation.experts[{i}].scores.{short(code)}")

    def check_coded(self, name: str, results: Sequence[SurveyResult | SampleWeight]) -> None:
        """Of nodes of the tree, each once."""
        seen: set[str] = set()
        for i, result in enumerate(results):
            place = f"derivation.{name}[{i}].code"
            if self._known(result.code, place) and result.code in seen:
                text = Text("代码“{v}”重复", "code “{v}” is there twice").fill(v=result.code)
                self.found.add(place, text, "duplicate-code")
            seen.add(result.code)

    def matrices(self, data: Mapping[str, Any], experts: set[str]) -> Iterator[Matrix]:
        seen: set[tuple[str, str]] = set()
        for where, value in entries(data, "ahp", specs(Derivation)["ahp"], self.found, _PREFIX):
            entry = part(value, dict, where, self.found)
            check_fields(entry, names_of(Matrix), f"{where}.", self.found)
            said = values(Matrix, {**entry, "judgements": {}}, where, self.found)
            expert, parent = said["expert"], said["parent"]
            if expert not in experts:
                text = Text(
                    "专家名单(experts)中没有“{v}” — 请先列入名单",
                    "“{v}” is not among the experts — list them there first",
                )
                self.found.add(f"{where}.expert", text.fill(v=short(expert)), "unknown-expert")
            if (expert, parent) in seen:
                text = Text("专家“{v}”对同一组有两个判断矩阵", "expert “{v}” has two matrices on one group")
                self.found.add(f"{where}.parent", text.fill(v=short(expert)), "duplicate-matrix")
            seen.add((expert, parent))
            given = by_code(entry.get("judgements", {}), f"{where}.judgements", self.found)
            children = self.families.get(parent, ())
            if len(children) < 2:
                text = Text("“{v}”之下没有可比较的同级指标", "there are no siblings to compare under “{v}”")
                self.found.add(f"{where}.parent", text.fill(v=short(parent)), "unknown-parent")
                continue
            try:
                matrices.check_size(len(children), len(children))
            except JwdtError as error:
                self.found.add(f"{where}.parent", error.text, error.code)
                continue
            judgements = self._judgements(given, children, f"{where}.judgements")
            yield Matrix(**{**said, "judgements": judgements})

    def _judgements(
        self, given: Mapping[str, Any], children: tuple[Node, ...], where: str
    ) -> dict[str, dict[str, float]]:
        """One triangle: each pair once, completed from the other triangle where it was given there."""
        codes = [node.code for node in children]
        grid: list[list[float | None]] = [[None] * len(codes) for _ in codes]
        before = len(self.found.findings)
        for row, columns in given.items():
            for column, value in by_code(columns, f"{where}.{short(row)}", self.found).items():
                place = f"{where}.{short(row)}.{short(column)}"
                if str(row) not in codes or str(column) not in codes:
                    absent = row if str(row) not in codes else column
                    text = Text("“{v}”不在这一组同级指标之中", "“{v}” is not among these siblings")
                    self.found.add(place, text.fill(v=short(absent)), "unknown-code")
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
                    here, _ = matrices.pair(grid, i, j, pair_name)
                except JwdtError as error:
                    self.found.add(f"{place}.{children[j].code}", error.text, error.code)
                else:
                    found.setdefault(one.code, {})[children[j].code] = digits(here)
        return found

    def _judgement(self, value: Any, place: str) -> float | None:
        """A number, or a fraction as text ("1/3") since TOML has none."""
        if isinstance(value, str) and (fraction := FRACTION.fullmatch(value)) and int(fraction[2]):
            value = int(fraction[1]) / int(fraction[2])
        if not is_number(value):
            self.found.add(place, NOT_A_NUMBER.fill(v=short(value)), "not-a-number")
            return None
        slack = 1 + matrices.RECIPROCAL_TOLERANCE
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


def derived_codes(data: Mapping[str, Any]) -> set[str]:
    """The codes whose weights follow from the derivation in the dict of a guide, which may be unfinished."""
    nodes = [Node(str(node.get("code", "")), str(node.get("parent", ""))) for node in data.get("nodes", ())]
    said = data.get("derivation", {})
    derivation = Derivation(
        experts=tuple(
            Expert("", scores=dict.fromkeys(expert.get("scores", ()), 0.0)) for expert in said.get("experts", ())
        ),
        ahp=tuple(Matrix("", str(matrix.get("parent", "")), {}) for matrix in said.get("ahp", ())),
        survey=tuple(SurveyResult(str(result.get("code", "")), 0.0) for result in said.get("survey", ())),
        objective=said.get("objective", AHP),
        sample=tuple(SampleWeight(str(entry.get("code", ""))) for entry in said.get("sample", ())),
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
        sample=tuple(sorted(derivation.sample, key=lambda entry: order[entry.code])),
    )
