"""Reading what the portfolio wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from jwdt_xl.portfolio.book.contents import SHEETS
from jwdt_xl.portfolio.book.sheet import FIRST, KEYS


def lines(path: Path, key: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its hidden keys."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[SHEETS[key].zh].iter_rows(values_only=True))
    book.close()
    return [dict(zip(rows[KEYS], row, strict=False)) for row in rows[FIRST:]]


def formulas(path: Path) -> list[str]:
    """Cells that hold a formula: there must be none."""
    book = openpyxl.load_workbook(path)
    return [f"{s.title}!{c.coordinate}" for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
