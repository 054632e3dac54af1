"""Where the weights of a guide come from: how they are combined, then group by group, and what experts and surveys said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...messages import Text, lines_shown, number
from ...standard.guide import Guide
from ...standard.guide.derivation import AHP, OBJECTIVE_NAMES, Derivation, Matrix
from ...standard.guide.matrices import completed
from ...standard.guide.objective import agreement_significance
from ...standard.guide.said import exact, named, said
from ...standard.guide.shares import Group, families
from ...standard.record import NO_TEXT, specs
from ..shown import NONE, percent
from . import wording as words
from .columns import width
from .paper import GuidePaper

#: Columns of scores side by side; a reciprocal judgement's largest miss; digits of one that is computed across the diagonal.
_ABREAST, _MISS, _DIGITS = 9, 1e-9, 12


class Weights:
    """The section of a document; nothing is written of a guide whose weights are typed: its indicators name their sources."""

    def __init__(self, paper: GuidePaper, guide: Guide) -> None:
        self.paper, self.guide = paper, guide

    def write(self) -> None:
        derivation = self.guide.derivation
        if derivation is None:
            return
        self.paper.section(specs(Guide)["derivation"].label)
        self.paper.facts([(each.label, each.text) for each in said(self.guide, derivation, self._idle())])
        for group in self.guide.derived.values():
            self._group(group)
        self._experts(derivation)
        for matrix in derivation.ahp:
            self._matrix(matrix)
        if derivation.survey:
            self.paper.heading(specs(Derivation)["survey"].label, 2)
            self.paper.table_of(derivation.survey, code=lambda result: lines_shown(named(self.guide, result.code)))
        self._sample(derivation)

    def _idle(self) -> list[str]:
        """How what is not there would be combined: of scores alone, no α and no AHP decides anything."""
        shares = [share for group in self.guide.derived.values() for share in group.shares]
        idle = [] if any(s.objective is not None for s in shares) else ["objective"]
        idle += [] if any(s.subjective is not None for s in shares) else ["subjective"]
        both = any(s.objective is not None and s.subjective is not None for s in shares)
        return idle if both else [*idle, "method", "alpha"]

    def _group(self, group: Group) -> None:
        title = words.WEIGHTS_OF.fill(n=group.name, w=percent(group.weight))
        self.paper.heading(title, 2)
        rows = []
        for share in group.shares:
            parts = (share.experts, share.survey, share.subjective, share.objective, share.combined)
            name = lines_shown(named(self.guide, share.node.code))
            rows.append([name, *(NONE if part is None else f"{part:.4f}" for part in parts), exact(share.weight)])
        heads = [str(head) for head in words.SHARE_HEADS]
        self.paper.listed(heads, rows, words.SHARE_SHARES, [False] + [True] * 6)
        if group.agreement is not None:
            p = agreement_significance(group.agreement, group.experts, len(group.shares))
            self.paper.say(words.AGREED.fill(n=group.experts, w=f"{group.agreement:.2f}", p=f"{p:.3f}"))
        if group.ahp is not None:
            unused = words.AHP_UNUSED if group.sample is not None else NO_TEXT
            self.paper.say(words.CONSISTENT.fill(n=len(group.matrices), c=f"{group.ahp.cr:.4f}", u=unused))
        if group.sample is not None:
            size = NONE if group.sample.sampled is None else number(group.sample.sampled)
            self.paper.say(
                words.SAMPLED.fill(k=OBJECTIVE_NAMES[group.objective], n=size, s=group.sample.source or NONE)
            )

    def _experts(self, derivation: Derivation) -> None:
        if not derivation.experts:
            return
        self.paper.heading(specs(Derivation)["experts"].label, 2)
        self.paper.table_of([expert._replace(scores={}) for expert in derivation.experts])
        for parent, children in families(self.guide.nodes).items():
            codes = [node.code for node in children]
            scored = [expert for expert in derivation.experts if any(code in expert.scores for code in codes)]
            if not scored:
                continue
            self.paper.heading(words.SCORES.fill(g=self._name(parent)), 3)
            for start in range(0, len(codes), _ABREAST):
                part = codes[start : start + _ABREAST]
                rows = [[e.name, *(exact(e.scores[c]) if c in e.scores else NONE for c in part)] for e in scored]
                self._square(str(words.EXPERT), part, [[lines_shown(text) for text in row] for row in rows])

    def _sample(self, derivation: Derivation) -> None:
        """What the data give, whether it counts or not, and which file a reader recomputes it from."""
        if not derivation.sample:
            return
        self.paper.heading(specs(Derivation)["sample"].label, 2)
        shown = [entry._replace(source="", sha256="") for entry in derivation.sample]
        self.paper.table_of(shown, code=lambda entry: lines_shown(named(self.guide, entry.code)))
        for source, sha256 in dict.fromkeys((entry.source, entry.sha256) for entry in derivation.sample):
            self.paper.say(words.RECOMPUTED.fill(s=source or NONE, d=sha256 or NONE))
        if derivation.objective == AHP:
            self.paper.say(words.SAMPLE_UNUSED)

    def _matrix(self, matrix: Matrix) -> None:
        codes = [node.code for node in families(self.guide.nodes)[matrix.parent]]
        given: list[list[Any]] = [[matrix.judgements.get(one, {}).get(other) for other in codes] for one in codes]
        group = self.guide.derived[matrix.parent]
        result = dict(group.matrices)[matrix.expert]
        title = words.JUDGEMENTS.fill(
            e=matrix.expert, g=self._name(matrix.parent), l=f"{result.lambda_max:.4f}", c=f"{result.cr:.4f}"
        )
        self.paper.heading(title, 3)
        full = completed(given)
        self._square("", codes, [[code, *map(_judgement, row)] for code, row in zip(codes, full, strict=True)])
        for each in said(self.guide, matrix, ("expert", "parent", "judgements")):
            self.paper.say(Text("{l}：{t}", "{l}: {t}").fill(l=each.label, t=each.text))

    def _square(self, corner: str, codes: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns by code, which is short; the rows say first what they are of."""
        widest = max(width(cell) for cell in (*codes, *(cell for row in rows for cell in row[1:])))
        first, each = 0.22, min(0.17, 0.03 + 0.0135 * widest)
        shares = [first, *[min(each, (1 - first) / len(codes))] * len(codes)]
        self.paper.listed([corner, *codes], rows, shares, [False] + [True] * len(codes))

    def _name(self, parent: str) -> Text | str:
        return self.guide.derived[parent].name if parent in self.guide.derived else named(self.guide, parent)


def _judgement(value: float) -> str:
    """As it was judged: 1/3, not 0.3333."""
    over = round(1 / value)
    return f"1/{over}" if value < 1 and abs(1 / value - over) < _MISS else number(value, _DIGITS)
