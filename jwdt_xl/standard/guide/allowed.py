"""What a guide leaves to those it evaluates, said once: whoever writes of it, in whatever chapter, takes these sentences."""

from __future__ import annotations

from ...messages import Text, joined
from ..scoring import NEGATIVE, POSITIVE
from .nodes import Node
from .openness import BENCHMARKS, NAMES, NOT_APPLICABLE, WEIGHTS
from .tree import Guide

FREE, BINDS = Text("{s}可自选", "{s} may choose"), Text("有约束力", "binds")
#: What those it evaluates may choose themselves.
LEFT_OPEN = Text("{s}可自选", "open to {s}")
#: Of benchmarks: all stated, some, none, or nothing that could have one.
_SOME_FREE = Text("给出的{s}可自选，没有给出的由{s}填写", "{s} may choose, and enter those that are not stated")
_SOME_BIND = Text(
    "给出的有约束力，没有给出的由{s}填写并注明来源",
    "those stated bind, {s} enter the others with their source",
)
_NONE_STATED = Text("本指南没有给出，由{s}填写并注明来源", "this guide states none, {s} enter theirs with their source")
_NONE_NEEDED = Text("没有需要基准值的指标", "no indicator needs one")
#: Of declarations: listed cases or any, cases and any others, or none.
ONLY_CASES = Text("只限本指南所列情形", "only in the cases of this guide")
CASES_AND_ANY = Text(
    "本指南所列情形之外，{s}也可声明，须说明理由",
    "besides the cases of this guide {s} may declare others, with the reason",
)
ANY_CASE = Text("{s}可声明，须说明理由", "{s} may declare it, with the reason")
NO_CASE = Text("不可声明", "nothing may be declared so")
_NOT_SAID = Text("未写明（本指南写明的有约束力）", "not said (what it states binds)")
_EVERYTHING, _NOTHING = Text("全部", "everything"), Text("无（全部有约束力）", "nothing (everything binds)")


def allowed(guide: Guide) -> dict[str, Text]:
    """What may be done about benchmarks, weights and what is not applicable, each in one sentence."""
    said = {
        BENCHMARKS: _benchmarks(guide),
        WEIGHTS: FREE if guide.opens_weights else BINDS,
        NOT_APPLICABLE: _not_applicable(guide),
    }
    return {name: _of(guide, text) for name, text in said.items()}


def what_is_open(guide: Guide) -> Text:
    """The names of what is open; where nothing is said, what follows from that."""
    if guide.open is None:
        return _of(guide, _NOT_SAID)
    if set(guide.open) == set(NAMES):
        return _EVERYTHING
    return joined([NAMES[name] for name in guide.open], "；", "; ") if guide.open else _NOTHING


def without_benchmark(guide: Guide) -> list[Node]:
    """The indicators that need a benchmark and have none."""
    return [node for node in guide.leaves if node.attribute in (POSITIVE, NEGATIVE) and not node.benchmark]


def _of(guide: Guide, text: Text) -> Text:
    return text.fill(s=guide.subject.several)


def _benchmarks(guide: Guide) -> Text:
    stated, free = any(node.benchmark for node in guide.leaves), BENCHMARKS in (guide.open or ())
    if without_benchmark(guide):
        return (_SOME_FREE if free else _SOME_BIND) if stated else _NONE_STATED
    return (FREE if free else BINDS) if stated else _NONE_NEEDED


def _not_applicable(guide: Guide) -> Text:
    taken = [guide.takes_not_applicable(node) for node in guide.leaves]
    if taken and all(taken) and (guide.open is None or NOT_APPLICABLE in guide.open):
        return CASES_AND_ANY if guide.not_applicable else ANY_CASE
    return ONLY_CASES if guide.not_applicable else NO_CASE
