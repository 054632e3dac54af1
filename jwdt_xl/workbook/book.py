"""Writing cells: an XlsxWriter workbook whose warnings are errors, with this project's styles and formulas."""

from __future__ import annotations

import datetime
import re
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from . import theme
from .layout import SHEETS, Cell, Layout

#: No date of making in the content: the same data give the same bytes.
CREATED = datetime.datetime(2024, 1, 1)
_CALL = re.compile(r"\bJWDT_")


class Book:
    """A workbook being written by a layout."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.layout = layout
        self.file = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_urls": False})
        self.file.set_properties({"title": layout.text(layout.guide.name), "created": CREATED, "author": "jwdt-xl"})
        self.file.set_calc_mode("auto")
        self._formats: dict[str, Format] = {}
        self.sheets: dict[str, Worksheet] = {key: self.file.add_worksheet(layout.title(key)) for key in SHEETS}

    def __enter__(self) -> Book:
        self._caught = warnings.catch_warnings()
        self._caught.__enter__()
        warnings.simplefilter("error")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.file.close()
        finally:
            self._caught.__exit__(kind, error, trace)

    def style(self, name: str, **more: Any) -> Format:
        key = f"{name}{sorted(more.items())}"
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**theme.BASE, **theme.STYLES[name], **more})
        return self._formats[key]

    def write(self, cell: Cell, value: Any, style: str = "plain") -> None:
        """A constant; None gives an empty, formatted cell."""
        sheet = self.sheets[cell.sheet]
        if value is None or value == "":
            code = sheet.write_blank(cell.row, cell.col, None, self.style(style))
        elif isinstance(value, str):
            # Always as text: an enterprise's name that starts with = is a name, not a formula.
            code = sheet.write_string(cell.row, cell.col, value, self.style(style))
        else:
            code = sheet.write_number(cell.row, cell.col, value, self.style(style))
        _check(code, cell)

    def formula(self, cell: Cell, formula: str, value: str | float, style: str = "computed") -> None:
        """A formula with its cached value, in the form the layout's host understands."""
        sheet = self.sheets[cell.sheet]
        if self.layout.host in ("lite", "server") and _CALL.search(formula):
            # Office.js functions are stored under a prefix, as dynamic arrays even when scalar.
            text = "=" + _CALL.sub("_xldudf_JWDT_", formula)
            code = sheet.write_dynamic_array_formula(
                cell.row, cell.col, cell.row, cell.col, text, self.style(style), value
            )
        else:
            code = sheet.write_formula(cell.row, cell.col, "=" + formula, self.style(style), value)
        _check(code, cell)

    def validate(self, cell: Cell, rule: dict[str, Any], last_row: int | None = None) -> None:
        last = cell.row if last_row is None else last_row
        _check(self.sheets[cell.sheet].data_validation(cell.row, cell.col, last, cell.col, rule), cell)


def _check(code: int, cell: Cell) -> None:
    if code:
        raise RuntimeError(f"XlsxWriter dropped something at {cell}: code {code}")
