"""What all sheets share while a workbook is written: its data, and the head of a sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..assessment.model import Assessment
from ..assessment.result import Result
from ..messages import Text
from ..standard.record import Spec
from . import texts, words
from .book import Book
from .columns.cached import Cached
from .columns.contents import Hints
from .editions import EDITIONS
from .layout import Layout
from .lists import Lists
from .plan import Cell

#: Widths are in characters of the default font; a Chinese character takes two.
_LINE = 13.0
#: Lines of guidance above a column.
_GUIDED = 5
_CLAUSES = re.compile(r"(?<=[；;。，])|(?<=[.,] )")
#: Words of Latin letters; those of few letters fit everywhere. A bold letter is as wide as a digit.
_WORDS, _SHORT, _BOLD = re.compile(r"[A-Za-z:-]+"), 5, 1.05
#: What is whole on a screen of 1,366 pixels, even in LibreOffice without the font of the file.
SCREEN = 132


class Sender(NamedTuple):
    """Who sent a template out, and until when it is to come back; shown on the first sheet."""

    contact: str = ""
    deadline: str = ""


NOBODY = Sender()


class Parts:
    """The book being written, the result it shows, and where formulas and their values come from."""

    def __init__(
        self, book: Book, layout: Layout, result: Result, sender: Sender = NOBODY, lists: Lists | None = None
    ) -> None:
        """lists: those of the layout, where somebody has them."""
        self.book, self.layout, self.sender = book, layout, sender
        self.result = result
        self.assessment = result.assessment
        self.guide = self.layout.guide
        self.lists = lists or Lists(self.layout)
        self.formulas = EDITIONS[self.layout.host].formulas(self.layout, self.lists)
        self.cached = Cached(self.layout, self.lists, result)
        self.hints = Hints(self.layout, self.cached, self.lists.column)
        self.t = self.layout.text
        #: Nothing filled in yet: what an evaluation finds in it is no news.
        self.is_template = result.assessment == Assessment()
        self.findings = () if self.is_template else result.findings

    def head(
        self,
        sheet: str,
        widths: Sequence[float],
        titled: int,
        lead: Text | None = None,
        below: int = 0,
        with_title: bool = False,
    ) -> None:
        """The bar, and below it the title and what the sheet is for, both whole on a small screen.

        titled: so many columns do not scroll. What is said stands in them too: right of them it slides under their edge, and
        with folded columns opened it is longer than the screen. It takes the first columns of the row of guidance, which
        are free there (below: how many); where these are narrow (with_title), its first line stands below the title. Else
        it stands beside the title: nothing on such a sheet is off the screen.
        """  # fmt: skip
        title, said = self.layout.title(sheet), self.t(lead or words.lead(self.guide, sheet))
        self.bar(sheet, widths)
        over, row = sum(widths[:titled]), self.book.sheets[sheet]
        if below:
            first, _, rest = said.partition("\n") if with_title else ("", "", said)
            if first:
                pieces = ((f"{title}\n", "title"), (first, "lead_small"))
                self.book.merge_rich(Cell(sheet, 1, 0), titled - 1, pieces, "lead_small")
            else:
                over = sum(widths[:below])
                self._across(Cell(sheet, 1, 0), below - 1, title, "title")
            self._across(Cell(sheet, 2, 0), below - 1, rest, "lead_small")
            row.set_row(1, height([(title, over)], 14) + (height([(first, over)], 9) if first else 2))
        else:
            last = max(titled, sum(1 for col in range(len(widths)) if sum(widths[: col + 1]) <= SCREEN) - 1)
            self._across(Cell(sheet, 1, 0), titled - 1, title, "title")
            self._across(Cell(sheet, 1, titled), last, said, "lead")
            room = sum(widths[titled : last + 1])
            row.set_row(1, max(height([(title, over)], 14), height([(said, room)])) + 2)

    def _across(self, cell: Cell, last_col: int, text: str, style: str) -> None:
        if last_col > cell.col:
            self.book.merge(cell, last_col, text, style)
        else:
            self.book.write(cell, text, style)

    def lead_height(self, lead: Text, room: float, with_title: bool = False) -> float:
        """How high is what of it stands in the row of guidance, in a room so wide."""
        said = self.t(lead)
        return height([(said.partition("\n")[2] if with_title else said, room)], 9)

    def start(self, sheet: str) -> Cell:
        """Where links to a sheet lead: to the first cell that is filled in, else to its corner."""
        table = self.layout.tables.get(sheet)
        if table is not None and table.sheet == sheet:
            return Cell(sheet, table.first, min(table.inputs.values()))
        if sheet in self.layout.forms:
            return next(field.cell for field in self.layout.fields.values() if field.cell.sheet == sheet)
        return Cell(sheet, 0, 0)

    def bar(self, sheet: str, widths: Sequence[float]) -> None:
        """The way to the sheets before and after, and to the how-to sheet; not printed."""
        sheets = [key for key in self.layout.sheets if key != "lists"]
        at, col = sheets.index(sheet), 0
        targets = (sheets[max(at - 1, 0)], sheets[0], sheets[min(at + 1, len(sheets) - 1)])
        for target, text in zip(targets, texts.BAR, strict=True):
            cell, last = Cell(sheet, 0, col), col
            while sum(widths[col : last + 1]) < width_of(self.t(text)) * 0.8:
                last += 1
            style = "bar_here" if target == sheet else "bar"
            if last > col:
                self.book.merge(cell, last, "", style)
            if target == sheet:
                self.book.write(cell, self.t(text), style)
            else:
                self.book.link(cell, self.start(target), self.t(text), style)
            col = last + 1
        self.book.sheets[sheet].set_row(0, 18)

    def guidance(self, spec: Spec, width: float) -> str:
        """What a field means, and an example: above its column, as much of it as leaves the rows room on a small screen.

        The message shown when a cell is chosen says all.
        """
        said = texts.BELOW + self.t(spec.help)
        example = f"\n{self.t(texts.EXAMPLE)}{self.t(spec.example)}" if any(spec.example) else ""
        clauses = [clause for clause in _CLAUSES.split(said) if clause]
        shown = said
        while len(clauses) > 1 and (shown.count("(") > shown.count(")") or lines(shown + example, width, 8) > _GUIDED):
            clauses.pop()
            shown = "".join(clauses)
        return (shown if shown == said else shown.rstrip("；;。，.,: ") + " …") + example

    def message(self, label: str, spec: Spec) -> dict[str, str]:
        """The message shown when an input cell is chosen."""
        unit = self.t(spec.unit)
        parts = [self.t(spec.help), f"{self.t(texts.UNIT)}{unit}" if unit else ""]
        parts.append(f"{self.t(texts.EXAMPLE)}{self.t(spec.example)}" if any(spec.example) else "")
        return {"input_title": label[:32], "input_message": "\n".join(filter(None, parts))[:255]}

    def section(self, cell: Cell, text: Text, last_col: int | None = None) -> None:
        """A heading within a sheet, underlined across the columns it heads."""
        self.book.sheets[cell.sheet].set_row(cell.row, 20)
        self.book.write(cell, self.t(text), "section")
        for col in range(cell.col + 1, (last_col or cell.col) + 1):
            self.book.write(cell._replace(col=col), None, "section")


@lru_cache(maxsize=8192)  # of the texts of a form; another form has the same
def width_of(text: str) -> int:
    """How many digits wide a text is; a Chinese character takes two, a letter a little less than one."""
    return math.ceil(sum(2 if ord(c) > 0x2E7F else 0.93 for c in text))


def word_room(heading: str) -> int:
    """How wide a column is that breaks no word of its bold heading, 0 for Chinese, which breaks anywhere."""
    longest = max(map(len, _WORDS.findall(heading)), default=0)
    return math.ceil(longest * _BOLD) if longest > _SHORT else 0


def lines(text: str, width: float, size: float = 10) -> int:
    """How many lines a text takes in a column of this width, wrapped."""
    room = max(1.0, width * 10 / size * 0.94)
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def height(texts_and_widths: Sequence[tuple[str, float]], size: float = 10, least: int = 1) -> float:
    """The height of a row in which all these texts can be read."""
    most = max([least, *(lines(text, width, size) for text, width in texts_and_widths)])
    return math.ceil(most * _LINE * size / 10 * 1.06) + 3
