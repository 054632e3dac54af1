"""Questions of a guide's own, behind those of annex A: for each group of siblings, how its indicators rank by importance.

Annex A asks about indicators in general; a guide with indicators of its own has none that speaks for them [choice]. Each
option of such a question is an indicator, so no map is needed to make weights of the answers.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ...messages import Text
from ..guide import Guide, Node
from ..names import fold
from .mapped import Link
from .questions import RANKING, Question, Questionnaire, annex_a

_ASK = Text("您认为，评价“{n}”时，下列各项按重要性怎样排序？", "In evaluating “{n}”, how do these rank by importance?")
_FIRST = Text("您认为，下列各类一级指标按重要性怎样排序？", "How do these first levels rank by importance?")
_NOTE = Text("指南的问题，在附录 A 之外", "a question of the guide, beyond annex A")
_MARK = "排序"


class Own(NamedTuple):
    """The questionnaire with a guide's own questions, and which indicator each of their options is."""

    questionnaire: Questionnaire
    links: tuple[Link, ...]
    #: The nodes whose children are asked about; "" are the first levels.
    parents: tuple[str, ...]


def of_guide(guide: Guide, before: Questionnaire | None = None) -> Own:
    """The questions before (annex A), then one for each node with several children. The weights may be unknown yet."""
    before = before or annex_a()
    families: dict[str, list[Node]] = {}
    for node in guide.nodes:
        families.setdefault(node.parent, []).append(node)
    asked = {parent: children for parent, children in families.items() if len(children) > 1}
    texts = _told_apart(
        [_ASK.fill(n=_name(guide.by_code[parent])) if parent else _FIRST for parent in asked], list(asked)
    )
    first = max((question.number for question in before.questions), default=0) + 1
    questions, links = [], []
    for number, (text, children) in enumerate(zip(texts, asked.values(), strict=True), first):
        options = _told_apart([_name(node) for node in children], [node.code for node in children])
        questions.append(Question(number, RANKING, text, tuple(options), _MARK, note=_NOTE))
        links += [Link(number, option, node.code) for option, node in enumerate(children, 1)]
    said = [[*question.text, *map(list, question.options)] for question in questions]
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]
    source = Text("{s}；第 {n} 题起：指南“{g}”", "{s}; from question {n} on: the guide “{g}”")
    whole = Questionnaire(
        f"{before.id}+{digest}",
        before.name,
        source.fill(s=before.source, n=first, g=guide.name if any(guide.name) else guide.id),
        (*before.questions, *questions),
    )
    return Own(whole if questions else before, tuple(links), tuple(asked))


def _name(node: Node) -> Text:
    return node.name if any(node.name) else Text(node.code, node.code)


def _told_apart(names: Sequence[Text], codes: Sequence[str]) -> list[Text]:
    """Names that are the same in a language get their codes: answers are known by the words."""
    again = {name for half in (0, 1) for name, n in Counter(fold(text[half]) for text in names).items() if n > 1}
    return [
        Text(f"{name.zh}（{code}）", f"{name.en} ({code})") if again & set(map(fold, name)) else name
        for name, code in zip(names, codes, strict=True)
    ]
