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


def tonnes(path: Path) -> list[dict[str, Any]]:
    """The pollutants of each return, one below the other; what is not reported is left out."""
    found = []
    for line in lines(path, "pollutants"):
        for key in [key.removesuffix("_base") for key in line if key.endswith("_base")]:
            if line[f"{key}_base"] is not None:
                amounts = {period: line[f"{key}_{period}"] for period in ("base", "report")}
                found.append({**{name: line[name] for name in ("uscc", "name", "file")}, "pollutant": key, **amounts})
    return found
