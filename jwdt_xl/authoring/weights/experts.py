"""The computed cells of the sheets of experts and of survey results: each its formula and its value.

They follow `standard.guide.shares` step by step, so that the workbook shows what `jwdt guide build` will find.
"""

from __future__ import annotations

import math
from typing import Any

from ...messages import Text
from ...standard.guide import weights as weighting
from ...standard.record import NO_TEXT, is_number
from ...workbook.plan import Cell
from ..layout import Layout, near
from .pieces import Formulas, computed
from .said import Said

OK, NO_NAME, PARTLY = Text("正常", "ok"), Text("缺姓名", "no name"), Text("有的组未评全", "a group partly scored")
#: What is wrong with a row of experts, as its help cells number it; the largest number is told first.
FAULTS = (
    OK,
    PARTLY,
    Text("评分为负", "a score is negative"),
    Text("评分不是数字", "a score is no number"),
    Text("专家权重为负", "weight is negative"),
    Text("专家权重不是数字", "weight is no number"),
    Text("姓名重复", "name used twice"),
    NO_NAME,
)
(_, HALF, NEGATIVE_SCORE, TEXT_SCORE, NEGATIVE_WEIGHT, TEXT_WEIGHT, TWICE, NAMELESS) = range(len(FAULTS))
NO_SCORE = Text("同级有缺得分的", "a sibling lacks its score")
_Cell = tuple[str, Any]


class Sources(Formulas):
    """What experts and a survey say, group by group; a value is "" where there is none."""

    def __init__(self, layout: Layout, said: Said) -> None:
        super().__init__(layout)
        self.data = said

    # Experts

    @computed
    def counted(self, row: int, parent: str) -> _Cell:
        """The expert's weight where the group is scored wholly; who has weight 0 does not count."""
        cells, fault = near(*self.at.scores(row, parent)), near(self.at.counted(row, parent, "fault"))
        weight = near(self.at.expert(row, "weight"))
        formula = f'IF(OR({fault}>0,COUNTA({cells})=0),"",IF({weight}="",1,IF({weight}>0,{weight},"")))'
        scores = self.data.scores(row, parent)
        if self.fault(row, parent).value or all(score == "" for score in scores):
            return formula, ""
        given: float = self.data.experts[row].get("weight", 1.0)
        return formula, given if given > 0 else ""

    @computed
    def inverse(self, row: int, parent: str) -> _Cell:
        weight, cells = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        counted = self.counted(row, parent).value
        value = "" if counted == "" else float(counted) / math.fsum(self.data.scores(row, parent))
        return f'IF({weight}="","",{weight}/SUM({cells}))', value

    @computed
    def ties(self, row: int, parent: str) -> _Cell:
        weight, cells = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        scores = self.data.scores(row, parent)
        value = "" if self.counted(row, parent).value == "" else sum(scores.count(one) ** 2 - 1 for one in scores)
        first, last = self.at.scores(row, parent)
        each = (near(first._replace(col=col)) for col in range(first.col, last.col + 1))
        counts = "+".join(f"COUNTIF({cells},{one})^2" for one in each)
        return f'IF({weight}="","",{counts}-COUNT({cells}))', value

    @computed
    def fault(self, row: int, parent: str) -> _Cell:
        """What is wrong with the expert's scores of a group, or with the expert who scored or judged it."""
        cells, size = near(*self.at.scores(row, parent)), len(self.at.children[parent])
        expert = near(self.at.expert_fault(row))
        whole = f"IF(COUNT({cells})<{size},{HALF},IF(SUM({cells})<=0,{HALF},0))"
        found = f'IF(COUNTIF({cells},"<0")>0,{NEGATIVE_SCORE},{whole})'
        found = f"IF(COUNT({cells})<COUNTA({cells}),{TEXT_SCORE},{found})"
        judged = self._judged(row, parent)
        blank = f"IF({judged},{expert},0)" if judged else "0"
        formula = f"IF(COUNTA({cells})=0,{blank},MAX({expert},{found}))"
        scores = [score for score in self.data.scores(row, parent) if score != ""]
        of_expert: int = self.expert_fault(row).value
        if not scores:
            return formula, of_expert if self._has_judged(row, parent) else 0
        if not all(map(is_number, scores)):
            value = TEXT_SCORE
        elif min(scores) < 0:
            value = NEGATIVE_SCORE
        else:
            value = HALF if len(scores) < size or sum(scores) <= 0 else 0
        return formula, max(value, of_expert)

    def _judged(self, row: int, parent: str) -> str:
        """Whether the expert judges a group in pairs; blank where the sheet has no matrix for that."""
        if parent not in self.at.compared or row >= self.at.matrices:
            return ""
        # not its state: Calc fails to recalculate when it comes to the arrays of that sheet from this one
        return f"{self.layout.far(self.at.block(parent, row).scalar('given'))}>0"

    def _active(self, row: int) -> str:
        """How much the row of an expert and the expert's matrices say."""
        first, last = self.at.score(row, self.at.codes[0]), self.at.score(row, self.at.codes[-1])
        name, weight = near(self.at.expert(row, "name")), near(self.at.expert(row, "weight"))
        judged = [found for parent in self.at.children if (found := self._judged(row, parent))]
        return "+".join([f"COUNTA({near(first, last)},{name},{weight})", *(f"({one})" for one in judged)])

    def _has_judged(self, row: int, parent: str) -> bool:
        matrix = self.data.matrices.get((parent, row))
        return matrix is not None and matrix.given > 0

    def _is_active(self, row: int) -> bool:
        expert = self.data.experts[row] if row < len(self.data.experts) else {}
        scored = any(self.data.score(row, code) != "" for code in self.at.codes)
        judged = any(self._has_judged(row, parent) for parent in self.at.children)
        return "name" in expert or "weight" in expert or scored or judged

    @computed
    def expert_fault(self, row: int) -> _Cell:
        name, weight = near(self.at.expert(row, "name")), near(self.at.expert(row, "weight"))
        column = self._column(self.at.expert(0, "name"))
        twice = f"SUMPRODUCT(--EXACT(TRIM({column}),TRIM({name})))>1"
        bad = f'IF({weight}="",0,IF(ISNUMBER({weight}),IF({weight}<0,{NEGATIVE_WEIGHT},0),{TEXT_WEIGHT}))'
        told = f'IF(TRIM({name})="",{NAMELESS},IF({twice},{TWICE},{bad}))'
        return f"IF({self._active(row)}=0,0,{told})", self._wrong_expert(row) if self._is_active(row) else 0

    def _wrong_expert(self, row: int) -> int:
        names = [str(one.get("name", "")).strip() for one in self.data.experts]
        if not names[row]:
            return NAMELESS
        if names.count(names[row]) > 1:
            return TWICE
        weight = self.data.experts[row].get("weight", 1.0)
        if not is_number(weight):
            return TEXT_WEIGHT
        return NEGATIVE_WEIGHT if weight < 0 else 0

    @computed
    def rank(self, row: int, code: str) -> _Cell:
        parent, cell = self.at.parent[code], near(self.at.score(row, code))
        weight, cells = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        formula = f'IF({weight}="","",2*SUMPRODUCT(--({cells}<{cell}))+SUMPRODUCT(--({cells}={cell}))+1)'
        scores, score = self.data.scores(row, parent), self.data.score(row, code)
        if self.counted(row, parent).value == "":
            return formula, ""
        return formula, 2 * sum(other < score for other in scores) + scores.count(score) + 1

    def _column(self, cell: Cell) -> str:
        return near(cell, cell._replace(row=cell.row + self.at.experts - 1))

    def _counted(self, parent: str, kind: str) -> str:
        return self._column(self.at.counted(0, parent, kind))

    def _rows(self, parent: str) -> list[int]:
        """The experts who count."""
        return [row for row in range(self.at.experts) if self.counted(row, parent).value != ""]

    @computed
    def ranks(self, code: str) -> _Cell:
        found = [self.rank(row, code).value for row in range(self.at.experts)]
        return f"SUM({self._column(self.at.rank(0, code))})", sum(rank for rank in found if rank != "")

    @computed
    def count(self, parent: str) -> _Cell:
        return f"COUNT({self._counted(parent, 'weight')})", len(self._rows(parent))

    @computed
    def expert_share(self, code: str) -> _Cell:
        """The mean of the normalised scores by weight of experts."""
        parent = self.at.parent[code]
        whole, scores = f"SUM({self._counted(parent, 'weight')})", self._column(self.at.score(0, code))
        formula = f'IF({whole}<=0,"",SUMPRODUCT({self._counted(parent, "inverse")},{scores})/{whole})'
        rows = self._rows(parent)
        weights = [float(self.counted(row, parent).value) for row in rows]
        if math.fsum(weights) <= 0:
            return formula, ""
        shares = weighting.expert_weights([self.data.scores(row, parent) for row in rows], weights)
        return formula, shares[self.at.children[parent].index(code)]

    @computed
    def agreement(self, parent: str) -> _Cell:
        """Kendall's W with the correction for ties."""
        found = weighting.kendall_w([self.data.scores(row, parent) for row in self._rows(parent)])
        codes = self.at.children[parent]
        size, count = len(codes), near(self.at.head(codes[0], "count"))
        largest = f"({count}*{size**3 - size}-SUM({self._counted(parent, 'ties')}))"
        sums = near(self.at.ranks(codes[0]), self.at.ranks(codes[-1]))
        spread = f"SUMPRODUCT(({sums}-{count}*{size + 1})^2)"
        formula = f'IF({count}<2,"",IF({largest}<=0,"",3*{spread}/({count}*{largest})))'
        return formula if size > 1 else '""', "" if found is None else found

    @computed
    def expert_check(self, row: int) -> _Cell:
        faults = [near(self.at.counted(row, parent, "fault")) for parent in self.at.children]
        worst = f"MAX({','.join((near(self.at.expert_fault(row)), *faults))})"
        formula = f'IF({self._active(row)}=0,"",CHOOSE({worst}+1,{",".join(map(self.t, FAULTS))}))'
        if not self._is_active(row):
            return formula, NO_TEXT
        found = [self.expert_fault(row).value, *(self.fault(row, parent).value for parent in self.at.children)]
        return formula, FAULTS[max(found)]

    # Survey

    def _results(self, code: str, column: str) -> str:
        codes = self.at.children[self.at.parent[code]]
        return near(self.at.result(codes[0], column), self.at.result(codes[-1], column))

    @computed
    def survey_share(self, code: str) -> _Cell:
        cells, cell = self._results(code, "score"), near(self.at.result(code, "score"))
        siblings = self.at.children[self.at.parent[code]]
        formula = f'IF(AND(COUNT({cells})={len(siblings)},SUM({cells})>0),{cell}/SUM({cells}),"")'
        scores = [self.data.results.get(one, {}).get("score", "") for one in siblings]
        if not all(map(is_number, scores)) or math.fsum(scores) <= 0:
            return formula, ""
        return formula, float(self.data.results[code]["score"]) / math.fsum(scores)

    @computed
    def survey_check(self, code: str) -> _Cell:
        cells, share = self._results(code, "score"), near(self.at.result(code, "share"))
        formula = f'IF(COUNTA({cells})=0,"",IF({share}="",{self.t(NO_SCORE)},{self.t(OK)}))'
        if not self.is_surveyed(self.at.parent[code]):
            return formula, NO_TEXT
        return formula, NO_SCORE if self.survey_share(code).value == "" else OK

    def is_surveyed(self, parent: str) -> bool:
        return any(self.data.results.get(code, {}).get("score", "") != "" for code in self.at.children[parent])
