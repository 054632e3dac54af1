"""The action Import papers through xlwings' book: from files on the desktop, from sheets of the workbook in Lite and Server.

Only what xlwings does differently from other programs is here. Everything else is papers.form.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ...errors import JwdtError
from ...messages import Text
from ...opening.markup import place
from ...papers.document import Opened
from ...papers.form import TITLE
from ...papers.form.book import opened_by_headings
from ...papers.form.importing import NOTHING_CHOSEN, SHEET, Done, import_into
from ...papers.paper import Sheet, Wanted
from . import summary
from .summary import HEADING

#: What Excel's own dialog offers.
FILTER = "JWDT (*.xlsx;*.xlsb;*.ods;*.csv;*.txt;*.json;*.zip),*.xlsx;*.xlsm;*.xlsb;*.ods;*.csv;*.txt;*.tsv;*.json;*.zip"
NO_SHEET = Text(
    "没有可导入的工作表 — 请先把材料的工作表复制到此工作簿（右键工作表标签 > 移动或复制），再运行",
    "there is no sheet to import — first copy the papers' sheets into this workbook (right-click their tabs > Move or Copy), then run this",
)
#: Names on every sheet of the form that has any: answers, tables, results, lists.
_OURS = ("in_", "tbl_", "out_", "l_")


class XlwingsBook:
    """An open workbook of xlwings, as papers.form takes it."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._names = {name.name: name for name in book.names if "!" not in name.name}
        self._ranges: dict[str, Any] = {}

    def names(self) -> list[str]:
        return list(self._names)

    def _range(self, name: str) -> Any:
        if name not in self._ranges:
            self._ranges[name] = self._names[name].refers_to_range
        return self._ranges[name]

    def cells(self, name: str, above: int = 0) -> list[list[Any]]:
        block = self._range(name)
        rows, columns = block.shape
        top, left = block.row, block.column
        return _values(block.sheet.range((top - above, left), (top + rows - 1, left + columns - 1)))

    def place(self, name: str, row: int, col: int) -> str:
        block = self._range(name)
        return f"{block.sheet.name}!{place(block.row - 1 + row, block.column - 1 + col)}"

    def put(self, name: str, row: int, col: int, value: str | float) -> bool:
        block = self._range(name)
        cell = block.sheet.range((block.row + row, block.column + col))
        if _is_formula(cell):
            return False
        cell.value = summary._plain(value)
        return True

    def add(self, title: str, rows: Sequence[Sequence[str]]) -> str:
        name = summary._free_name(title, [sheet.name for sheet in self.book.sheets])
        sheet = self.book.sheets.add(name, after=self.book.sheets[len(self.book.sheets) - 1])
        sheet.range((1, 1), (len(rows), len(rows[0]))).value = [[summary._plain(cell) for cell in row] for row in rows]
        sheet.activate()
        return name


def _is_formula(cell: Any) -> bool:
    """Whether a cell that shows nothing holds a formula; Lite and Server are not told of formulas."""
    try:
        return str(cell.formula).startswith("=")
    except (AttributeError, NotImplementedError):
        return False


def _values(block: Any) -> list[list[Any]]:
    rows = block.options(ndim=2, err_to_str=True).value
    return [list(row) for row in rows]


def import_sheets(book: Any) -> Done:
    """The sheets of the workbook that are none of the form's. Raises JwdtError where the workbook is no form."""
    open_book = XlwingsBook(book)

    def documents(wanted: Wanted) -> Iterator[Opened]:
        sheets = list(_strange(open_book))
        if not sheets:
            raise JwdtError(NO_SHEET, "import-no-sheet")
        yield opened_by_headings(book.name, sheets, wanted)

    return import_into(open_book, documents)


def _strange(open_book: XlwingsBook) -> Iterator[Sheet]:
    """Sheets without a defined name that lead back to no first sheet of the form, nor were written by an action."""
    names = open_book.names()
    if "stamp_format" not in names:
        return
    home = open_book.place("stamp_format", 0, 0).rpartition("!")[0]
    own = {open_book.place(name, 0, 0).rpartition("!")[0] for name in names if name.startswith(_OURS)}
    written = {text for each in (TITLE, HEADING) for text in each}
    for sheet in open_book.book.sheets:
        if sheet.name in own or sheet.name == home:
            continue
        used = sheet.used_range
        end = used.last_cell
        grid = _values(sheet.range((1, 1), (end.row, end.column)))
        first = [*grid[0], None, None] if grid else [None, None]
        if first[1] != home and first[0] not in written and any(cell not in (None, "") for row in grid for cell in row):
            yield Sheet(open_book.book.name, sheet.name, grid)


def import_files(book: Any, paths: Iterable[str]) -> Done:
    """Papers from files, opened as the command opens them. Raises JwdtError where the workbook is no form."""
    from ...opening.sources import discover
    from ...papers.opened import open_all
    from ...papers.recognised import ByHeadings

    paths = list(map(os.fspath, paths))
    return import_into(XlwingsBook(book), lambda wanted: open_all(discover(paths), wanted, ByHeadings()))


def import_papers(book: Any, choose: Callable[[Any], list[str] | None] | None = None) -> str:
    """The macro of the desktop: asks for files; where Excel has no such dialog (Mac), the sheets of the workbook."""
    paths = (choose or chosen)(book)
    if paths == []:
        return str(NOTHING_CHOSEN)
    return (import_sheets(book) if paths is None else import_files(book, paths)).said


def chosen(book: Any) -> list[str] | None:
    """The files that the user picks in Excel's own dialog; None where it has none that can be asked for."""
    try:
        picked = book.app.api.GetOpenFilename(FILTER, 1, str(TITLE), None, True)
    except (AttributeError, NotImplementedError):
        return None
    return [str(path) for path in picked] if isinstance(picked, (list, tuple)) else []


__all__ = ["SHEET", "XlwingsBook", "chosen", "import_files", "import_papers", "import_sheets"]
