"""What a record of a guide says, field by field, as people read it: labels and choices from its declarations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from ...messages import Text, lines_shown, number
from ..formulas import ENTERED
from ..quantities import key_of
from ..record import (
    BETWEEN,
    BOTH,
    CHOICE,
    NAMES,
    OPTIONS,
    PAIRS,
    PART,
    RECORD,
    TABLE,
    Spec,
    says_nothing,
    specs,
)
from .openness import NAMES as OPENNESS
from .provenance import in_one_language
from .tree import PREVIOUS_YEAR, Guide

#: Digits of a number in a document that stands for the file: all that programs share.
EXACT = 15
#: Between what a field lists.
_NEXT = Text(BETWEEN, "; ")
_NOTHING_OPEN = Text("无（全部有约束力）", "nothing (everything binds)")
_RANGE = Text("合理范围", "Plausible range")
_ENTERED = Text("由{u}填报", "entered by the {u}")
_PREVIOUS = Text("报告期的上一年", "the year before the report period")


class Said(NamedTuple):
    """A field that says something: its name in the record (benchmark.value), its label, what it says."""

    key: str
    label: Text
    text: str
    is_number: bool = False


def exact(value: float) -> str:
    return number(value, EXACT)


def named(guide: Guide, code: str) -> str:
    """A code of the tree with what it stands for."""
    node = guide.by_code.get(code)
    return f"{code} {node.name}".strip() if node else code


def said(guide: Guide, record: Any, without: Collection[str] = ()) -> Iterator[Said]:
    """The fields of a record that stand side by side, in their order; tables within are not among them."""
    cls: Any = type(record)
    for name, spec in specs(cls).items():
        value = getattr(record, name)
        if name in without or spec.kind in (TABLE, PART, PAIRS, OPTIONS):
            continue
        if name == "times" and value == 1:
            continue  # what is multiplied by 1 is as it is
        if says_nothing(value) and not (spec.kind == NAMES and value == () and name == "open"):
            continue
        if spec.kind == RECORD and spec.listed:
            yield Said(name, _RANGE, " – ".join(map(exact, value)))
        elif spec.kind == RECORD:
            for part in said(guide, value):
                if f"{name}.{part.key}" not in without:
                    yield part._replace(key=f"{name}.{part.key}")
        else:
            text = lines_shown(_text(guide, name, spec, value))
            yield Said(name, labelled(spec), text, isinstance(value, float))


def labelled(spec: Spec) -> Text:
    """The label of a field, as a heading has it; α stays α."""
    zh, en = spec.label
    return Text(zh, en[:1].upper() + en[1:] if en[:1].isascii() else en)


def _text(guide: Guide, name: str, spec: Spec, value: Any) -> str:
    if spec.by:
        return str(_NEXT).join(f"{named(guide, code)} {_number(one)}" for code, one in value.items())
    if spec.kind == BOTH:
        return str(value)
    if spec.kind == CHOICE and name == "formula" and value == ENTERED:
        return str(_ENTERED.fill(u=guide.subject.name))
    if spec.kind == CHOICE:
        return str(dict(spec.choices).get(value, value))
    if spec.kind == NAMES:
        return _names(guide, name, value)
    if spec.code:
        return named(guide, value)
    if name == "base_period" and value == PREVIOUS_YEAR:
        return str(_PREVIOUS)
    return str(in_one_language(value)) if isinstance(value, str) else _number(value)


def _number(value: Any) -> str:
    return exact(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def _names(guide: Guide, name: str, value: Sequence[str]) -> str:
    if name == "open":
        return str(_NEXT).join(str(OPENNESS[one]) for one in value) or str(_NOTHING_OPEN)
    if name in ("of", "over"):  # quantities, an author's own by their codes
        known = {one.key: one for one in guide.inputs}
        quantities = guide.quantities if not guide.gaps else {}
        return str(_NEXT).join(
            f"{one} {known[key].name}" if (key := key_of(one)) in known else str(quantities[key].name) if key in quantities else one
            for one in value
        )  # fmt: skip
    return str(_NEXT).join(value)
