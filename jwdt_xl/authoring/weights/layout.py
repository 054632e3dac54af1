"""Where everything is on the sheets that say where weights come from; part of the layout, for one index tree.

A group is the children of one parent. The sheets carry the codes of the tree they were made for, and the reader goes by
these, so that a score never slips to another indicator when rows of the tree are moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from ...standard.guide.matrices import LARGEST_MATRIX
from ...workbook.plan import Cell
from .fields import EXPERT, HOW, MATRIX, SAMPLE, SURVEY_RESULT, TITLES

#: Rows of experts, and matrices per group, offered at least.
EXPERTS, MATRICES = 10, 5
#: Rows of experts offered beyond those in use.
SPARE = 2
#: Lines above the experts, from the first; `share`, `agreement` and `count` are computed.
EXPERT_LINES = ("group", "parent", "code", "name", "share", "agreement", "count")
#: What is typed of an expert beside the scores, of a node's result, and below a matrix.
EXPERT_INPUTS = tuple(name for name, spec in EXPERT.items() if not spec.by)
SURVEY_INPUTS = tuple(name for name in SURVEY_RESULT if name != "code")
SAMPLE_INPUTS = tuple(name for name in SAMPLE if name != "code")
MATRIX_INPUTS = tuple(name for name, spec in MATRIX.items() if not spec.by and name not in ("expert", "parent"))
EXPERT_FIELDS = ("check", *EXPERT_INPUTS)
SURVEY_COLUMNS = ("check", "group", "code", "name", *SURVEY_INPUTS, "share")
SAMPLE_COLUMNS = ("check", "group", "code", "name", *SAMPLE_INPUTS, "share")
COMBINED_COLUMNS = (
    "group", "code", "name", "experts", "survey", "subjective", "objective", "combined", "parent_weight", "weight",
    "state", "sentence", "exact", "whole", "rest",
)  # fmt: skip
#: Columns of the last sheet that are shown; those after are help.
COMBINED_SHOWN = COMBINED_COLUMNS.index("sentence") + 1
_TOP = 3
#: Parts of a matrix's block beside its rows: title and state, heads; below: CR, CR by the add-in.
TITLE, HEADS, ITEMS = 0, 1, 2
#: How often the vector goes through the 64th power of the matrix: 256 steps of the power method in all.
STEPS = 4
#: Squares of squares up to the 64th power.
POWERS = 6


class DerivationLayout:
    """Addresses for groups of siblings (parent, codes), so many experts and so many matrices a group."""

    def __init__(self, groups: Sequence[tuple[str, tuple[str, ...]]], experts: int, matrices: int) -> None:
        self.groups = tuple(groups)
        #: What is chosen above the combination, as far as the version of the layout has it.
        self.hows = tuple(HOW)
        self.sheets = frozenset(TITLES)
        self.experts, self.matrices = max(experts, matrices), matrices
        self.codes = [code for _, codes in self.groups for code in codes]
        self.children = dict(self.groups)
        self.parent = {code: parent for parent, codes in self.groups for code in codes}

    @classmethod
    def of(cls, data: Mapping[str, Any], experts: int | None = None) -> DerivationLayout:
        """For the tree and the experts of the dict of a guide, which may be unfinished; room for so many experts."""
        groups: dict[str, list[str]] = {}
        seen: set[str] = set()
        for node in data.get("nodes", ()):
            code = str(node.get("code", ""))
            if code and code not in seen:
                groups.setdefault(str(node.get("parent", "")), []).append(code)
                seen.add(code)
        derivation = data.get("derivation", {})
        names = [expert.get("name") for expert in derivation.get("experts", ())]
        judging = {matrix.get("expert") for matrix in derivation.get("ahp", ())}
        last = max((place for place, name in enumerate(names, 1) if name in judging), default=0)
        return cls(
            [(parent, tuple(codes)) for parent, codes in groups.items()],
            max(EXPERTS, len(names) + SPARE) if experts is None else max(experts, len(names)),
            max(MATRICES if experts is None else experts, last),
        )

    @property
    def compared(self) -> list[str]:
        """The parents whose children can be compared in pairs."""
        return [parent for parent, codes in self.groups if 2 <= len(codes) <= LARGEST_MATRIX]

    # Experts: a row each; lines above them

    def expert(self, row: int, field: str) -> Cell:
        return Cell("experts", _TOP + len(EXPERT_LINES) + row, EXPERT_FIELDS.index(field))

    def expert_line(self, line: str) -> Cell:
        """The title of a line above the experts: not above their names, which programs would complete by it."""
        return Cell("experts", _TOP + EXPERT_LINES.index(line), 0)

    def head(self, code: str, line: str) -> Cell:
        """A cell above the scores of a node."""
        return Cell("experts", _TOP + EXPERT_LINES.index(line), len(EXPERT_FIELDS) + self.codes.index(code))

    def score(self, row: int, code: str) -> Cell:
        return self.head(code, "group")._replace(row=self.expert(row, "name").row)

    def scores(self, row: int, parent: str) -> tuple[Cell, Cell]:
        """First and last score of a group."""
        codes = self.children[parent]
        return self.score(row, codes[0]), self.score(row, codes[-1])

    @property
    def expert_help(self) -> int:
        """The first column of help beside the scores."""
        return len(EXPERT_FIELDS) + len(self.codes) + 1

    def rank(self, row: int, code: str) -> Cell:
        """Help for Kendall's W: twice the rank of a score among its siblings."""
        return Cell("experts", self.expert(row, "name").row, self.expert_help + self.codes.index(code))

    def ranks(self, code: str) -> Cell:
        """Their sum over the experts."""
        return self.rank(0, code)._replace(row=_TOP + EXPERT_LINES.index("count"))

    def counted(self, row: int, parent: str, kind: str) -> Cell:
        """Help per group: the expert's weight where the group is scored, that by the sum, ties, what is wrong."""
        kinds = ("weight", "inverse", "ties", "fault")
        place = list(self.children).index(parent) * len(kinds) + kinds.index(kind)
        return self.rank(row, self.codes[0])._replace(col=self.expert_help + len(self.codes) + place)

    def expert_fault(self, row: int) -> Cell:
        """Help: what is wrong with the expert's name or weight; the last column of help."""
        last = self.counted(row, self.groups[-1][0], "fault")
        return last._replace(col=last.col + 1)

    # AHP: an overview, then per group a block for the group and one per expert, one below the other

    @property
    def width(self) -> int:
        """Columns of the largest matrix."""
        return max((len(self.children[parent]) for parent in self.compared), default=2)

    @property
    def last_shown(self) -> int:
        """The last column before the help: that of the largest matrix's weights, or of the overview's last expert."""
        return 2 + max(self.width, self.matrices)

    @property
    def ahp_help(self) -> int:
        return self.last_shown + 2

    def overview(self, parent: str, expert: int | None) -> Cell:
        """The CR of a group's matrix (expert None), or of one expert's."""
        return Cell("ahp", _TOP + 1 + self.compared.index(parent), 2 if expert is None else 3 + expert)

    def section(self, parent: str) -> Cell:
        """The title of a group."""
        row = _TOP + len(self.compared) + 3
        for other in self.compared[: self.compared.index(parent)]:
            row += 1 + (self.matrices + 1) * self.height(other)
        return Cell("ahp", row, 0)

    def height(self, parent: str) -> int:
        return len(self.children[parent]) + 5 + len(MATRIX_INPUTS)

    def block(self, parent: str, expert: int | None) -> Block:
        """The matrix of an expert, or of the group, which stands first."""
        place = 0 if expert is None else expert + 1
        return Block(self, parent, self.section(parent).row + 1 + place * self.height(parent))

    # Survey results: a row per node

    def result(self, code: str, column: str) -> Cell:
        return Cell("survey", _TOP + 1 + self.codes.index(code), SURVEY_COLUMNS.index(column))

    def sampled(self, code: str, column: str) -> Cell:
        """Weights by a sample: a row per node."""
        return Cell("sample", _TOP + 1 + self.codes.index(code), SAMPLE_COLUMNS.index(column))

    # Combination: how, then a row per node

    def how(self, name: str) -> Cell:
        return Cell("combination", _TOP + self.hows.index(name), 2)

    def combined(self, code: str, column: str) -> Cell:
        return self.combined_head(column)._replace(row=self.combined_head(column).row + 1 + self.codes.index(code))

    def combined_head(self, column: str) -> Cell:
        return Cell("combination", _TOP + len(self.hows) + 1, COMBINED_COLUMNS.index(column))

    def siblings(self, code: str, column: str) -> tuple[Cell, Cell]:
        """First and last cell of a node's group in a column of the combination."""
        codes = self.children[self.parent[code]]
        return self.combined(codes[0], column), self.combined(codes[-1], column)


class Block:
    """One matrix on the sheet AHP, with the help beside it."""

    def __init__(self, layout: DerivationLayout, parent: str, row: int) -> None:
        self.codes = layout.children[parent]
        self.size, self.row, self._width = len(self.codes), row, layout.width
        self.pairs = self.size * (self.size - 1) // 2
        self.weight_column, self._help = 2 + self.size, layout.ahp_help

    def at(self, row: int, col: int) -> Cell:
        return Cell("ahp", self.row + row, col)

    def judgement(self, i: int, j: int) -> Cell:
        return self.at(ITEMS + i, 2 + j)

    def weight(self, i: int) -> Cell:
        return self.at(ITEMS + i, self.weight_column)

    @property
    def cr(self) -> Cell:
        return self.at(ITEMS + self.size, 1)

    @property
    def cr_by_addin(self) -> Cell:
        return self.at(ITEMS + self.size + 1, 1)

    def said(self, field: str) -> Cell:
        """What is said of an expert's matrix beside its judgements."""
        return self.at(ITEMS + self.size + 2 + MATRIX_INPUTS.index(field), 1)

    # Help: the full matrix, its powers, the vector, the deviation of each judgement

    def full(self, i: int, j: int) -> Cell:
        return self._part(0, i, j)

    def power(self, step: int, i: int, j: int) -> Cell:
        """Every power the square of the one before; 0 is the matrix itself."""
        return self._part(step, i, j)

    def deviation(self, i: int, j: int) -> Cell:
        return self._part(POWERS + 1, i, j)

    def _part(self, part: int, i: int, j: int) -> Cell:
        return self.at(ITEMS + i, self._help + part * self._width + j)

    def vector(self, step: int, i: int) -> Cell:
        """The vector after so many steps, from 0; STEPS is its image over itself."""
        return self.at(ITEMS + i, self._behind + step)

    def image(self, step: int, i: int) -> Cell:
        """What the vector of a step is made of."""
        return self.at(ITEMS + i, self._behind + STEPS + 1 + step)

    @property
    def _behind(self) -> int:
        """The column behind the matrices."""
        return self._help + (POWERS + 2) * self._width

    def largest(self, i: int) -> Cell:
        """The largest deviation of a row."""
        return self.at(ITEMS + i, self._behind + 2 * (STEPS + 1))

    def scalar(self, name: str) -> Cell:
        """Help of the whole block: judgements given, good ones, its state, row and column of the worst judgement."""
        names = ("given", "good", "state", "lambda", "worst_row", "worst_column")
        return self.at(TITLE, self._help + names.index(name))

    @cached_property
    def last_column(self) -> int:
        return self._behind + 2 * (STEPS + 1) + 1
