"""Sheets that hold a table of an evaluator (a register, a review, values of enterprises), in a workbook of any age.

Files of Excel 97–2003 (.xls, .et) have a reader of their own: that of newer ones gives their error values as blanks, and
a blank is no rejection. Returns are never read from them.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import Refused
from . import sheets
from .container import is_old
from .limits import DEFAULT, Limits
from .sheets import Filled, Grid, unreadable
from .untold import ErrorValue


def fitting(
    path: str | os.PathLike[str], fits: Callable[[Grid], Any], limits: Limits = DEFAULT
) -> tuple[str, Mapping[str, Filled]]:
    """The title of the first sheet, and those that fit. Of an old file its reader does not say which cells are formulas."""
    if not is_old(os.fspath(path), limits):
        return sheets.fitting(path, fits, limits)
    found: tuple[str, dict[str, Filled]] = sheets.guarded(_old, path, (fits, limits.cells), limits)
    return found


def _old(path: str, fits: Callable[[Grid], Any], cells: int) -> tuple[str, dict[str, Filled]]:
    """Runs in a worker."""
    import xlrd

    try:
        with xlrd.open_workbook(path, logfile=io.StringIO(), on_demand=True) as book:
            first = book.sheet_names()[0]
            found: dict[str, Grid] = {}
            for title in book.sheet_names():
                grid = _grid(book, title, cells)
                if title == first or fits(grid) is not None:
                    found[title] = grid
                book.unload_sheet(title)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # of a damaged file its reader raises whatever comes
        raise unreadable(path, error) from None
    if len(found) > 1 and fits(found[first]) is None:
        del found[first]
    return first, {title: (grid, ()) for title, grid in found.items()}


def _grid(book: Any, title: str, cells: int) -> Grid:
    sheet = book.sheet_by_name(title)
    if sheet.nrows * sheet.ncols > cells:
        raise MemoryError
    return [[_value(cell, book.datemode) for cell in sheet.row(row)] for row in range(sheet.nrows)]


def _value(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ErrorValue(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):  # a number far from any date, in a cell that shows dates
            return cell.value
        return moment.date() if moment.time() == moment.min.time() else moment
    return cell.value
