"""What makes the vetoes of a guide wrong: questions without weight, outside the index tree."""

from __future__ import annotations

from ...messages import Text, one_of
from ..record import Errors, short
from .nodes import ANSWERS, LONGEST_CODE
from .tree import Guide

#: A question is a label of the form and a sentence of findings.
LONGEST = 200


def check(guide: Guide, found: Errors) -> None:
    """Codes of their own, which are no code of the tree, a question and a reason."""
    seen: set[str] = {node.code.lower() for node in guide.nodes}
    for i, veto in enumerate(guide.vetoes):
        where = f"vetoes[{i}]"
        fits = veto.code.isascii() and veto.code.replace("_", "").isalnum() and len(veto.code) <= LONGEST_CODE
        if not fits or veto.code.lower() in seen:
            text = Text(
                "否决问题的代码须为字母、数字、下划线，至多 {k} 个，不与指标树和其他问题重复，实为“{v}”",
                "the code of a veto must be letters, digits, _, at most {k}, neither of the index tree nor another veto's, got “{v}”",
            )
            found.add(f"{where}.code", text.fill(k=LONGEST_CODE, v=short(veto.code)), "bad-veto")
        seen.add(veto.code.lower())
        if veto.excludes not in ANSWERS:
            wrong = Text("排除的回答须为 {a}，实为“{v}”", "excludes must be {a}, got “{v}”")
            found.add(f"{where}.excludes", wrong.fill(a=one_of(ANSWERS.items()), v=short(veto.excludes)), "bad-veto")
        for field, said, name in (
            ("question", veto.question, Text("缺少问题", "needs its question")),
            ("reason", veto.reason, Text("缺少理由：为什么排除", "needs its reason: why it excludes")),
        ):
            if not any(said):
                found.add(f"{where}.{field}_zh", name, "missing-reason")
            elif max(map(len, said)) > LONGEST:
                found.add(f"{where}.{field}_zh", _LONG_VETO.fill(v=said), "bad-veto")


_LONG_VETO = Text("问题和理由至多 200 字，实为“{v}”", "question and reason have at most 200 characters, got “{v}”")
