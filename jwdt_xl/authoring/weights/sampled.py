"""The computed cells of the sheet of weights by a sample: each its formula and its value, as `standard.guide.shares` has it."""

from __future__ import annotations

import math
from typing import Any

from ...messages import Text
from ...standard.guide import sentences
from ...standard.guide.derivation import AHP, CRITIC, ENTROPY, OBJECTIVES
from ...standard.record import NO_TEXT, is_number
from ..layout import Layout, near
from .experts import OK
from .how import chosen
from .layout import SAMPLE_INPUTS
from .pieces import Formulas, computed, shown
from .said import Said

UNUSED = Text("未采用(客观取 AHP)", "not used (objective is AHP)")
NO_SHARE = Text("同级有缺的，或全为 0", "a sibling lacks it, or all are 0")
_Cell = tuple[str, Any]


class Samples(Formulas):
    """What a sample says, group by group, by the method that is chosen; a value is "" where there is none."""

    def __init__(self, layout: Layout, said: Said) -> None:
        super().__init__(layout)
        self.data = said

    @property
    def kind(self) -> str:
        """What is chosen, as a code."""
        said = self.data.how.get("objective", "")
        return said if said in (ENTROPY, CRITIC) else AHP

    def is_chosen(self, kind: str) -> str:
        return chosen(self.layout.far(self.at.how("objective")), kind, OBJECTIVES[kind])

    def is_sampled(self, parent: str) -> bool:
        return any(code in self.data.sample for code in self.at.children[parent])

    def said_in(self, parent: str) -> str:
        """How many cells of the group say anything."""
        codes = self.at.children[parent]
        first, last = self.at.sampled(codes[0], SAMPLE_INPUTS[0]), self.at.sampled(codes[-1], SAMPLE_INPUTS[-1])
        return f"COUNTA({self.layout.far(first, last)})"

    def size(self, parent: str) -> str:
        """The size of the sample as a formula, as the sentences say it."""
        cell = self.layout.far(self.at.sampled(self.at.children[parent][0], "sampled"))
        return f'IF({cell}="","?",{cell})'

    @computed
    def share(self, code: str) -> _Cell:
        siblings = self.at.children[self.at.parent[code]]

        def of(kind: str) -> str:
            cells = near(self.at.sampled(siblings[0], kind), self.at.sampled(siblings[-1], kind))
            whole = f'AND(COUNT({cells})={len(siblings)},SUM({cells})>0,COUNTIF({cells},"<0")=0)'
            return f'IF({whole},{near(self.at.sampled(code, kind))}/SUM({cells}),"")'

        formula = f'IF({self.is_chosen(ENTROPY)},{of(ENTROPY)},IF({self.is_chosen(CRITIC)},{of(CRITIC)},""))'
        given = [self.data.sample.get(one, {}).get(self.kind, "") for one in siblings]
        if not all(is_number(share) and share >= 0 for share in given) or math.fsum(given) <= 0:
            return formula, ""
        return formula, float(given[siblings.index(code)]) / math.fsum(given)

    @computed
    def check(self, code: str) -> _Cell:
        parent = self.at.parent[code]
        used = f"OR({self.is_chosen(ENTROPY)},{self.is_chosen(CRITIC)})"
        told = f'IF({near(self.at.sampled(code, "share"))}="",{self.t(NO_SHARE)},{self.t(OK)})'
        formula = f'IF({self.said_in(parent)}=0,"",IF({used},{told},{self.t(UNUSED)}))'
        if not self.is_sampled(parent):
            return formula, NO_TEXT
        if self.kind == AHP:
            return formula, UNUSED
        return formula, NO_SHARE if self.share(code).value == "" else OK

    def told(self, code: str, parent: str, objective: str) -> list[tuple[str, str]]:
        """Of the sentence, what it says of the objective share, by the sample or by AHP: each with the condition that it is told."""
        share, pieces = self.layout.far(self.at.sampled(code, "share")), []
        if parent in self.at.compared:
            group = self.at.block(parent, None)
            told = self.said(
                sentences.OBJECTIVE_IS,
                v=shown(objective),
                n=self.layout.far(group.scalar("given")),
                c=shown(self.layout.far(group.cr)),
            )
            pieces.append((f'AND({share}="",{objective}<>"")', told))
        for kind, text in sentences.BY_SAMPLE.items():
            told = self.said(text, v=shown(objective), n=self.size(parent))
            pieces.append((f'AND({share}<>"",{self.is_chosen(kind)})', told))
        return pieces

    def numbers(
        self, code: str, parent: str, share: float | None
    ) -> tuple[float | None, float | None, float | None, str]:
        """As sentences.told has it: the share, of how many, CR, and what it is by."""
        if self.share(code).value != "":
            size = self.data.sample.get(self.at.children[parent][0], {}).get("sampled", "")
            return share, size if is_number(size) else None, None, self.kind
        group = self.data.matrices.get((parent, None))
        return share, group.given if group else 0, group.cr if group else None, AHP
