"""Tables of the document of a guide: a column for each field that a record says, as wide as what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ...standard.guide import Guide
from ...standard.guide.said import said
from ...standard.record import specs
from ..shown import NONE

#: In Latin letters: what a page's width holds, the margins of a cell, the longest word that is kept whole, how many
#: Chinese characters (as two each) stay together, a comfortable line, and how much wider a heading is.
_PAGE, _MARGIN, _WORD, _TOGETHER, _LINE, _BOLD = 88, 3, 22, 10, 24, 1.2
#: Where a program may begin another line: at blanks, and before and behind Chinese characters.
_BREAKS = re.compile(r"\s+|(?<=[⺀-鿿豈-﫿＀-￯])|(?=[⺀-鿿豈-﫿＀-￯])")


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
