"""How the value of an indicator follows, in words: from the registry of formulas and the rules of the method."""

from __future__ import annotations

import re

from ...messages import Text, lines_shown
from ...standard.formulas import COMPOSED, MANAGEMENT, POLICY, QUOTIENT, SYNERGY, Use
from ...standard.guide import Guide, Node
from ...standard.measures import measure_in_force
from ...standard.method import GRADED, TWO_POINTS
from ...standard.method import SYNERGY as SYNERGY_RULE
from ...standard.scoring import MODERATE

#: Of a sentence whose amounts are left out: blanks twice, or before a sign.
_BLANKS, _BEFORE = re.compile(r" {2,}"), re.compile(r" (?=[),;，；])")
_RULES = {SYNERGY: SYNERGY_RULE, POLICY: GRADED, MANAGEMENT: GRADED}


def in_words(guide: Guide, node: Node) -> str:
    """What is divided by what, or the rule; blank where the enterprise enters the value, or a draft leaves it open."""
    kind = node.algorithm.kind
    if kind == QUOTIENT:
        return _plain(str(node.algorithm.sentence.fill(a="", b="")))
    if kind == COMPOSED and not guide.gaps:
        pieces = node.pieces(guide.quantities)
        return _plain("".join("" if isinstance(piece, Use) else str(piece) for piece in pieces))
    rule = _RULES[kind][1] if kind in _RULES else Text("", "")
    halves = {POLICY: 0, MANAGEMENT: 1}  # one rule says both, a half each
    parted = [rule.zh.split("；"), rule.en.split("; ")]
    zh, en = (each[halves[kind]].rstrip("。.") if kind in halves else "；".join(each) for each in parted)
    return str(Text(zh, en if kind in halves else rule.en))


def _plain(text: str) -> str:
    """A sentence whose amounts are left out."""
    return lines_shown(_BEFORE.sub("", _BLANKS.sub(" ", text)).strip())


def scored(guide: Guide, node: Node) -> str:
    """How the score follows where the general rule does not say it: by the measure in force, or by two points."""
    if node.attribute == MODERATE:
        measure = measure_in_force(guide.options)
        return str(
            Text("{f}（{l}）：{r}", "{f} ({l}): {r}").fill(f=measure.formula, l=measure.label, r=measure.rewards)
        )
    return str(TWO_POINTS[1]) if node.limit is not None else ""
