"""The worker of tests/office.py with one more request: fill in a workbook, compute it, read its results, all at once.

Each single request costs LibreOffice's bridge ten milliseconds; there are hundreds of enterprises of thirty requests.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

_SPEC = importlib.util.spec_from_file_location("office", Path(__file__).parents[1] / "office.py")
assert _SPEC is not None and _SPEC.loader is not None
office = importlib.util.module_from_spec(_SPEC)
# LibreOffice's Python has no jwdt_xl, and the worker needs none of it.
for _name in ("jwdt_xl", "jwdt_xl.hosts", "jwdt_xl.hosts.libreoffice", "jwdt_xl.hosts.libreoffice.program"):
    sys.modules[_name] = ModuleType(_name)
sys.modules[_name].Program = sys.modules[_name].find_program = None  # type: ignore[attr-defined]
sys.modules["office"] = office
_SPEC.loader.exec_module(office)


class BatchWorker(office.Worker):
    def filled(
        self,
        number: int,
        inputs: list[tuple[str, int, int, list[list[Any]]]],
        areas: list[tuple[str, int, int, int, int]],
    ) -> list[list[list[Any]]]:
        """Set areas (sheet, first row and column, rows), compute everything anew, and read areas (sheet, corners)."""
        book = self._books[number]
        sheets = book.Sheets
        for title, row, col, rows in inputs:
            area = sheets.getByName(title).getCellRangeByPosition(col, row, col + len(rows[0]) - 1, row + len(rows) - 1)
            area.setDataArray(tuple(tuple("" if value is None else value for value in row) for row in rows))
        book.calculateAll()
        return [self._read(sheets.getByName(title), corners) for title, *corners in areas]

    def _read(self, sheet: Any, corners: list[int]) -> list[list[Any]]:
        top, left, bottom, right = corners
        area = sheet.getCellRangeByPosition(left, top, right, bottom)
        data = area.getDataArray()
        rows = [[None if value == "" else value for value in row] for row in data]
        for r, row in enumerate(data):
            for c, value in enumerate(row):
                if value is None:  # an error; a blank is an empty text
                    rows[r][c] = office._value(area.getCellByPosition(c, r))
        return rows


if __name__ == "__main__":
    office.Worker = BatchWorker
    office._work(*sys.argv[1:])
