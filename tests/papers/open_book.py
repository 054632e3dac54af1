"""A form that is open in a program, as openpyxl holds it: the stand-in for every host in the tests of the action Import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries


class BookOfFile:
    """papers.form.book.OpenBook on a file."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, load_workbook(path)
        self.ranges: dict[str, tuple[Any, int, int, int, int]] = {}
        for name, defined in self.book.defined_names.items():
            if name.startswith(("in_", "tbl_", "stamp_")):
                [(title, area)] = defined.destinations
                left, top, right, bottom = range_boundaries(area)
                assert left and top and right and bottom
                self.ranges[name] = (self.book[title], top, left, bottom, right)
        self.put_cells: list[tuple[str, Any]] = []

    def names(self) -> list[str]:
        return list(self.ranges)

    def cells(self, name: str, above: int = 0) -> list[list[Any]]:
        sheet, top, left, bottom, right = self.ranges[name]
        return [[cell.value for cell in row] for row in sheet.iter_rows(top - above, bottom, left, right)]

    def place(self, name: str, row: int, col: int) -> str:
        sheet, top, left, *_ = self.ranges[name]
        return f"{sheet.title}!{sheet.cell(top + row, left + col).coordinate}"

    def put(self, name: str, row: int, col: int, value: str | float) -> bool:
        sheet, top, left, *_ = self.ranges[name]
        cell = sheet.cell(top + row, left + col)
        assert not cell.protection.locked, self.place(name, row, col)
        cell.value = value
        self.put_cells.append((self.place(name, row, col), value))
        return True

    def add(self, title: str, rows: Sequence[Sequence[str]]) -> str:
        sheet = self.book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        return str(sheet.title)

    def saved(self) -> Path:
        path = self.path.with_name("saved.xlsx")
        self.book.save(path)
        return path
