"""What the author of the guide says to those who fill in, in one place: all that is no cell of its own on another sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...messages import Text, joined
from ...standard.guide import Guide, Node
from ...standard.guide.said import Said, labelled, said
from ...standard.record import TABLE, specs


class Line(NamedTuple):
    """A row of the sheet."""

    code: str
    name: str
    text: str


#: On the sheets of benchmarks and scores already.
_SEEN = ("code", "parent", "name", "unit", "attribute", "weight")
_NOTHING_BUT_A_STROKE = ("/", "–", "-", "")
ABOUT = Text("本指南", "This guide")
REQUIRED = Text("指南要求：{t}", "the guide asks: {t}")
MAY_BE_LEFT_OUT = Text("可以不适用：{t}", "may be not applicable: {t}")


def about(guide: Guide) -> Iterator[tuple[Text, list[Line]]]:
    """Section by section: what it says as a whole, of its indicators, and its other tables."""
    yield ABOUT, [Line("", str(each.label), each.text) for each in said(guide, guide)]
    nodes = [Line(node.code, str(node.name), _joined(said(guide, node, _SEEN))) for node in guide.nodes]
    yield labelled(specs(Guide)["nodes"]), nodes
    for name, spec in specs(Guide).items():
        records: Any = getattr(guide, name)
        if spec.kind == TABLE and name != "nodes" and records:
            yield labelled(spec), [_line(guide, record) for record in records]


def _line(guide: Guide, record: Any) -> Line:
    """What it is about, and the rest with their labels."""
    first, *others = said(guide, record)
    return Line("", first.text, _joined(others))


def _joined(fields: Iterable[Said]) -> str:
    told = [f"{each.label}{_COLON}{each.text}" for each in fields if each.text not in _NOTHING_BUT_A_STROKE]
    return str(_NEXT).join(told)


_COLON, _NEXT = Text("：", ": "), Text("；", "; ")


def asks(node: Node) -> Text | None:
    """What the guide asks for in words, where a number cannot say it."""
    asked = [Text(level, level) for level in node.levels]
    if node.benchmark_text.zh not in _NOTHING_BUT_A_STROKE:
        asked.insert(0, node.benchmark_text)
    return REQUIRED.fill(t=joined(asked, "；", "; ")) if asked else None


def cases(guide: Guide, node: Node) -> Text | None:
    """When the guide lets an indicator be left out."""
    reasons = [case.reason for case in guide.not_applicable if case.code == node.code]
    return MAY_BE_LEFT_OUT.fill(t=joined(reasons, "；", "; ")) if reasons else None
