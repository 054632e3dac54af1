"""What all sheets share while a workbook is written: its data, and the head of a sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..assessment.model import Assessment
from ..assessment.result import Result
from ..messages import Text
from ..standard.record import Spec
from . import texts
from .book import Book
from .columns.cached import Cached
from .columns.questions import Hints
from .editions import EDITIONS
from .layout import Layout
from .lists import Lists
from .plan import Cell

#: Widths are in characters of the default font; a Chinese character takes two.
_LINE = 13.0


class Parts:
    """The book being written, the result it shows, and where formulas and their values come from."""

    def __init__(self, book: Book, layout: Layout, result: Result) -> None:
        self.book, self.layout = book, layout
        self.result = result
        self.assessment = result.assessment
        self.guide = self.layout.guide
        self.lists = Lists(self.layout)
        self.formulas = EDITIONS[self.layout.host].formulas(self.layout, self.lists)
        self.cached = Cached(self.layout, self.lists, result)
        self.hints = Hints(self.layout, self.cached, self.lists.column)
        self.t = self.layout.text
        #: Nothing filled in yet: what an evaluation finds in it is no news.
        self.is_template = result.assessment == Assessment()
        self.findings = () if self.is_template else result.findings

    def head(self, sheet: str, width: int, lead: Text | None = None) -> None:
        """Title, the way back to the how-to sheet, and what the sheet is for."""
        worksheet = self.book.sheets[sheet]
        self.book.write(Cell(sheet, 0, 0), self.layout.title(sheet), "title")
        worksheet.set_row(0, 26)
        lead = lead or texts.LEADS[sheet]
        worksheet.merge_range(1, 0, 1, width, self.t(lead), self.book.style("lead"))

    def back(self, cell: Cell) -> None:
        self.book.link(cell, Cell("howto", 0, 0), self.t(texts.BACK), "back")

    def guidance(self, spec: Spec) -> str:
        """What a field means, and an example: above its column."""
        example = self.t(spec.example)
        return texts.BELOW + self.t(spec.help) + (f"\n{self.t(texts.EXAMPLE)}{example}" if example else "")

    def message(self, label: str, spec: Spec) -> dict[str, str]:
        """The message shown when an input cell is chosen."""
        unit = self.t(spec.unit)
        parts = [self.t(spec.help), f"{self.t(texts.UNIT)}{unit}" if unit else ""]
        parts.append(f"{self.t(texts.EXAMPLE)}{self.t(spec.example)}" if any(spec.example) else "")
        return {"input_title": label[:32], "input_message": "\n".join(filter(None, parts))[:255]}

    def section(self, cell: Cell, text: Text, last_col: int | None = None) -> None:
        """A heading within a sheet, underlined across the columns it heads."""
        self.book.write(cell, self.t(text), "section")
        for col in range(cell.col + 1, (last_col or cell.col) + 1):
            self.book.write(cell._replace(col=col), None, "section")


def width_of(text: str) -> int:
    """How many digits wide a text is; a Chinese character takes two, a letter a little less than one."""
    return math.ceil(sum(2 if ord(c) > 0x2E7F else 0.93 for c in text))


def lines(text: str, width: float, size: float = 10) -> int:
    """How many lines a text takes in a column of this width, wrapped."""
    room = max(1.0, width * 10 / size * 0.94)
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def height(texts_and_widths: Sequence[tuple[str, float]], size: float = 10, least: int = 1) -> float:
    """The height of a row in which all these texts can be read."""
    most = max([least, *(lines(text, width, size) for text, width in texts_and_widths)])
    return math.ceil(most * _LINE * size / 10 * 1.06) + 3
