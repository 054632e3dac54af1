"""The sheets that say where weights come from, back to the form of a guide file, with the place of each part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ...opening.untold import ErrorValue
from ...standard.guide.matrices import RECIPROCAL_TOLERANCE
from ...standard.record import Spec
from ...workbook.plan import Cell
from .fields import EXPERT, HOW, MATRIX, SAMPLE, SINCE, SURVEY_RESULT
from .layout import EXPERT_INPUTS, MATRIX_INPUTS, SAMPLE_INPUTS, SURVEY_INPUTS, DerivationLayout

Value = Callable[[Cell], Any]


class Put(Protocol):
    def __call__(
        self, entry: dict[str, Any], key: str, path: str, cell: Cell, spec: Spec, computed: bool = False
    ) -> None: ...


def laid_out(code_at: Value, text: Callable[[Any], str], version: int, experts: str, matrices: str) -> DerivationLayout:
    """The layout of the sheets, from the codes that stand above the scores and the numbers in the stamp."""
    groups: dict[str, list[str]] = {}
    probe = DerivationLayout([("", ("probe",))], 1, 1)
    head = {line: probe.head("probe", line) for line in ("parent", "code")}
    place = 0
    while code := text(code_at(head["code"]._replace(col=head["code"].col + place))):
        parent = text(code_at(head["parent"]._replace(col=head["parent"].col + place)))
        groups.setdefault(parent, []).append(code)
        place += 1
    counts = [int(count) if count.isdigit() else 1 for count in (experts, matrices)]
    found = DerivationLayout([(parent, tuple(codes)) for parent, codes in groups.items()], *counts)
    found.hows = tuple(name for name, spec in HOW.items() if spec.since <= version)
    found.sheets = frozenset(name for name, since in SINCE.items() if since <= version)
    return found


def _is_reciprocal(value: Any, judgement: Any) -> bool:
    numbers = isinstance(value, (int, float)) and isinstance(judgement, (int, float))
    return numbers and abs(value * judgement - 1) <= RECIPROCAL_TOLERANCE


class DerivationReading:
    """What the sheets say; `data` is empty where they are blank."""

    def __init__(self, at: DerivationLayout, value: Value, put: Put, places: dict[str, Cell]) -> None:
        self.at, self._value, self._put, self._places = at, value, put, places
        self.data: dict[str, Any] = {}
        for name in at.hows:
            self._put(self.data, name, f"derivation.{name}", at.how(name), HOW[name])
        entries = {"experts": self._experts(), "ahp": self._matrices}
        entries["survey"] = self._by_node("survey", SURVEY_RESULT, SURVEY_INPUTS, at.result)
        if "sample" in at.sheets:
            entries["sample"] = self._by_node("sample", SAMPLE, SAMPLE_INPUTS, at.sampled)
        self.data |= {name: found for name, found in entries.items() if found}
        if self.data:
            self._places["derivation"] = at.how("method")

    def _experts(self) -> list[dict[str, Any]]:
        """The experts, and their matrices along the way: row and block of an expert belong together."""
        self._matrices: list[dict[str, Any]] = []
        experts: list[dict[str, Any]] = []
        for row in range(self.at.experts):
            path = f"derivation.experts[{len(experts)}]"
            places = dict(self._places)
            entry: dict[str, Any] = {}
            scores: dict[str, Any] = {}
            for field in EXPERT_INPUTS:
                self._put(entry, field, f"{path}.{field}", self.at.expert(row, field), EXPERT[field])
            for code in self.at.codes:
                self._places.setdefault(f"{path}.scores", self.at.score(row, code))
                self._put(scores, code, f"{path}.scores.{code}", self.at.score(row, code), EXPERT["scores"])
            judged = [parent for parent in self.at.compared if row < self.at.matrices and self._judged(row, parent)]
            if not (entry or scores or judged):
                self._places.clear()
                self._places.update(places)
                continue
            if scores:
                entry["scores"] = scores
            self._places[path] = self.at.expert(row, "name")
            experts.append(entry)
            for parent in judged:
                self._matrix(row, parent, str(entry.get("name", "")))
        return experts

    def _judged(self, row: int, parent: str) -> bool:
        """Whether any judgement of the block is filled in; the computed triangle is blank then too, or was not saved."""
        block = self.at.block(parent, row)
        pairs = ((i, j, self._value(block.judgement(i, j))) for i in range(block.size) for j in range(block.size))
        return any(
            value not in ("", None) or (i < j and isinstance(value, ErrorValue)) for i, j, value in pairs if i != j
        )

    def _matrix(self, row: int, parent: str, expert: str) -> None:
        block = self.at.block(parent, row)
        path = f"derivation.ahp[{len(self._matrices)}]"
        judgements: dict[str, dict[str, Any]] = {}
        for name in ("", ".expert", ".parent"):
            self._places[path + name] = block.at(0, 0)
        for i, one in enumerate(block.codes):
            for j, other in enumerate(block.codes):
                if i == j:
                    continue
                line = judgements.setdefault(one, {})
                place = f"{path}.judgements.{one}.{other}"
                self._put(line, other, place, block.judgement(i, j), MATRIX["judgements"], computed=i > j)
                if i > j and _is_reciprocal(line.get(other), judgements[other].get(one)):
                    del line[other]  # the computed triangle, unless somebody has typed over it
        given = {one: line for one, line in judgements.items() if line}
        said: dict[str, Any] = {"expert": expert, **({"parent": parent} if parent else {}), "judgements": given}
        for field in MATRIX_INPUTS:
            self._put(said, field, f"{path}.{field}", block.said(field), MATRIX[field])
        self._matrices.append(said)

    def _by_node(
        self, name: str, specs: dict[str, Spec], inputs: tuple[str, ...], at: Callable[[str, str], Cell]
    ) -> list[dict[str, Any]]:
        """What a sheet with a row per node says."""
        results: list[dict[str, Any]] = []
        for code in self.at.codes:
            path = f"derivation.{name}[{len(results)}]"
            entry: dict[str, Any] = {}
            for field in inputs:
                self._put(entry, field, f"{path}.{field}", at(code, field), specs[field])
            if entry:
                self._places[path] = self._places[f"{path}.code"] = at(code, inputs[0])
                results.append({"code": code, **entry})
        return results
