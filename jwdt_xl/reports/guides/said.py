"""What a record of a guide says, field by field, as people read it: labels and choices from its declarations."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...messages import Text, lines_shown, number
from ...standard.guide import Guide
from ...standard.guide.openness import NAMES as OPENNESS
from ...standard.guide.tree import PREVIOUS_YEAR
from ...standard.quantities import key_of
from ...standard.record import (
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
from ..shown import NONE

#: Digits of a number in a document that stands for the file: all that programs share.
EXACT = 15
#: In Latin letters: what a page's width holds, the margins of a cell, the longest word that is kept whole, how many
#: Chinese characters (as two each) stay together, a comfortable line, and how much wider a heading is.
_PAGE, _MARGIN, _WORD, _TOGETHER, _LINE, _BOLD = 88, 3, 22, 10, 24, 1.2
#: Where a program may begin another line: at blanks, and before and behind Chinese characters.
_BREAKS = re.compile(r"\s+|(?<=[⺀-鿿豈-﫿＀-￯])|(?=[⺀-鿿豈-﫿＀-￯])")
_NOTHING_OPEN = Text("无（全部有约束力）", "nothing (everything binds)")
_RANGE = Text("合理范围", "Plausible range")
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
    """The label of a field, as a heading has it."""
    zh, en = spec.label
    return Text(zh, en[:1].upper() + en[1:])


def _text(guide: Guide, name: str, spec: Spec, value: Any) -> str:
    if spec.by:
        return BETWEEN.join(f"{named(guide, code)} {_number(one)}" for code, one in value.items())
    if spec.kind == BOTH:
        return str(value)
    if spec.kind == CHOICE:
        return str(dict(spec.choices).get(value, value))
    if spec.kind == NAMES:
        return _names(guide, name, value)
    if spec.code:
        return named(guide, value)
    if name == "base_period" and value == PREVIOUS_YEAR:
        return str(_PREVIOUS)
    return _number(value)


def _number(value: Any) -> str:
    return exact(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def _names(guide: Guide, name: str, value: Sequence[str]) -> str:
    if name == "open":
        return BETWEEN.join(str(OPENNESS[one]) for one in value) or str(_NOTHING_OPEN)
    if name in ("of", "over"):  # quantities, an author's own by their codes
        known = {one.key: one for one in guide.inputs}
        quantities = guide.quantities if not guide.gaps else {}
        return BETWEEN.join(
            f"{one} {known[key].name}" if (key := key_of(one)) in known else str(quantities[key].name) if key in quantities else one
            for one in value
        )  # fmt: skip
    return BETWEEN.join(value)


class Columns(NamedTuple):
    """A table of texts: headings, rows, which columns are numbers, and the share of the width of each."""

    heads: list[str]
    rows: list[list[str]]
    right: list[bool]

    @property
    def shares(self) -> list[float]:
        """By what stands in them: no word is broken where there is room, and what is left goes to the long texts."""
        texts = [[head, *(row[i] for row in self.rows)] for i, head in enumerate(self.heads)]
        least = [_MARGIN + max([_BOLD * _longest_word(head), *map(_longest_word, cells)]) for head, *cells in texts]
        wanted = [max(low, _MARGIN + max(map(_typical, column))) for low, column in zip(least, texts, strict=True)]
        more = [want - low for want, low in zip(wanted, least, strict=True)]
        spare = max(0.0, _PAGE - sum(least))
        if sum(more):
            least = [low + spare * each / sum(more) for low, each in zip(least, more, strict=True)]
        return [each / sum(least) for each in least]


def width(text: str) -> int:
    """How wide a text is: a Chinese character as two letters."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _longest_word(text: str) -> float:
    """What does not break: a word of letters, or a few Chinese characters that read better together."""
    words = _BREAKS.split(text)
    return max(min(_WORD, max(map(width, words))), min(_TOGETHER, width(text)))


def _typical(text: str) -> float:
    """A long text may run over several lines."""
    whole = width(text)
    return whole if whole <= _LINE else _LINE + (whole - _LINE) / 4


def columns_of(
    guide: Guide, records: Sequence[Any], change: Mapping[str, Callable[[Any], str]] | None = None
) -> Columns:
    """A row for each record; a column for each field that one of them says."""
    rows = [{each.key: each for each in said(guide, record)} for record in records]
    for row, record in zip(rows, records, strict=True):
        for key, make in (change or {}).items():
            if key in row:
                row[key] = row[key]._replace(text=make(record))
    cls: Any = type(records[0])
    order = [*dict.fromkeys(key for name in specs(cls) for row in rows for key in row if key.partition(".")[0] == name)]
    label = {key: each.label for row in rows for key, each in row.items()}
    numbers = {key for row in rows for key, each in row.items() if each.is_number}
    cells = [[row[key].text if key in row else NONE for key in order] for row in rows]
    return Columns([str(label[key]) for key in order], cells, [key in numbers for key in order])
