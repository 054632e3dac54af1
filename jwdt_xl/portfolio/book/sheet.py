"""Workbooks for many enterprises: written row by row in constant memory, every text as a text."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import traceback
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from ...messages import Text
from ...opening.outputs import RESULT
from ...workbook import theme
from ...workbook.pages import put
from ...workbook.parts import height
from ...workbook.xlsx import Xlsx
from .columns import COUNT, NUMBER, PERCENT, SCORE, TEXT, VALUE, WEIGHT, Column

TITLE = Text("减污降碳协同评价汇总", "Portfolio")
#: Title, explanation, hidden keys, headings; data from here on.
KEYS, HEADING, FIRST = 2, 3, 4
#: Rows a sheet can hold.
EXCEL_ROWS = 1_048_576
#: Characters of a page: the explanation is wrapped within them.
_PAGE = 150
_A3, _A4 = 8, 9
#: The style of a cell by the kind of its column.
STYLES = {
    TEXT: "cell",
    NUMBER: "value",
    SCORE: "score",
    VALUE: "value",
    WEIGHT: "weight",
    PERCENT: "percent",
    COUNT: "count",
}


class _Target(io.FileIO):
    """The file on the disk. Once that is full, what the archive still tries to write while it is given up goes nowhere."""

    full = False

    def write(self, content: Any) -> int:
        left = memoryview(content).cast("B")
        try:
            while left and not self.full:
                left = left[super().write(left) :]
        except OSError:
            self.full = True
            raise
        return memoryview(content).nbytes


#: Behind what cannot be compared with the year before.
MARK = "▲"


_WHOLE: dict[str, Any] = {**theme.STYLES["computed"], "num_format": "#,##0"}


class Book(Xlsx):
    """A workbook in constant memory."""

    styles: Mapping[str, dict[str, Any]] = {
        **theme.STYLES,
        "count": {**theme.STYLES["computed"], "num_format": "0", "align": "center"},
        "whole": _WHOLE,
        **{
            f"{key}_marked": {**style, "num_format": f'{style["num_format"]}" {MARK}"'}
            for key, style in {
                **{key: theme.STYLES[key] for key in ("score", "value", "percent")},
                "whole": _WHOLE,
            }.items()
        },
    }

    def __init__(self, path: str, rows: int = EXCEL_ROWS) -> None:
        # What XlsxWriter keeps on disk meanwhile goes into a hidden folder, which no collection looks into.
        self._folder = tempfile.mkdtemp("", ".jwdt-", os.path.dirname(os.path.abspath(path)))
        settings = {"constant_memory": True, "strings_to_urls": False, "tmpdir": self._folder}
        self._target = _Target(path, "wb")
        super().__init__(xlsxwriter.Workbook(self._target, settings), str(TITLE), category=RESULT)
        self.rows = rows

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            super().__exit__(kind, error, trace)
        except FileCreateError as failed:  # what the system said: no room, no permission
            reason: OSError = failed.args[0]
            self._target.full = True
            for raised in (failed, reason):  # gives the half-written archive up before its file is closed
                traceback.clear_frames(raised.__traceback__)
            raise reason from failed
        finally:
            self._target.close()
            shutil.rmtree(self._folder, ignore_errors=True)


class Sheet:
    """A sheet that is filled from the top down."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name
        self.sheet = book.file.add_worksheet(name)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.columns: list[Column] = []
        self.row = 0
        #: Rows that found no place.
        self.left_out = 0

    def title(self, lead: Text, widths: Sequence[int]) -> None:
        """The sheet's name, and what it is about across as many columns as make a page."""
        self.write(0, 0, self.name, "title")
        last = total = 0
        for last, width in enumerate(widths):  # noqa: B007  used below the loop
            total += width
            if total >= _PAGE:
                break
        self.sheet.set_row(1, height([(str(lead), total)]))
        if last:
            self.sheet.merge_range(1, 0, 1, last, "", self.book.style("lead"))
        self.write(1, 0, str(lead), "lead")
        self.row = 2

    def write(self, row: int, col: int, value: Any, style: str) -> None:
        put(self.sheet, row, col, value, self.book.style(style))

    def head(self, lead: Text, listed: Sequence[Column], pages: int = 1) -> None:
        """The columns; printed on ``pages`` pages side by side."""
        self.columns = list(listed)
        for col, column in enumerate(listed):
            self.sheet.set_column(col, col, column.width)
        self.title(lead, [column.width for column in listed])
        self.sheet.set_row(KEYS, None, None, {"hidden": True})
        for col, column in enumerate(listed):
            self.write(KEYS, col, column.key, "plain")
        self.sheet.set_row(HEADING, height([(str(column.title), column.width) for column in listed]))
        for col, column in enumerate(listed):
            self.write(HEADING, col, str(column.title), "heading")
        # who it is about stays in sight, and stands on every page
        kept = next((col for col, column in enumerate(listed, 1) if column.key == "name"), 1)
        self.sheet.freeze_panes(FIRST, kept)
        self.sheet.repeat_rows(HEADING)
        if sum(column.width for column in listed) > _PAGE:
            self.sheet.set_paper(_A3)
        if pages > 1:
            self.sheet.fit_to_pages(pages, 0)
            self.sheet.repeat_columns(0, kept - 1)
        self.row = FIRST

    def add(self, cells: dict[str, Any], folded: bool = False, marked: Collection[str] = ()) -> None:
        """marked: the keys of scores and values that are shown with a mark; folded: out of sight until it is unfolded, below the row that is not."""
        if self.row >= self.book.rows:
            self.left_out += 1
            return
        if folded:
            self.sheet.set_row(self.row, None, None, {"level": 1, "hidden": True})
            for kept in (self.sheet.row_info, self.sheet.row_sizes):  # of a row that is written it is asked no more
                kept.pop(self.row - 2, None)
        for col, column in enumerate(self.columns):
            style = STYLES[column.kind]
            self.write(self.row, col, cells.get(column.key), f"{style}_marked" if column.key in marked else style)
        self.row += 1

    def finish(self) -> Sheet:
        if self.row > FIRST:
            self.sheet.autofilter(HEADING, 0, self.row - 1, len(self.columns) - 1)
        return self

    def line(self, *cells: tuple[Any, str]) -> None:
        """A row of single cells, each with its style; a cell that is None stays as it is."""
        for col, (value, style) in enumerate(cells):
            if value is not None or style != "plain":
                self.write(self.row, col, value, style)
        self.row += 1

    def lines(self, rows: Iterable[Sequence[tuple[Any, str]]]) -> None:
        for cells in rows:
            self.line(*cells)
