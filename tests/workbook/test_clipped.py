"""No text is cut off: wrapped ones have the height they need, others the width or blank neighbours. And no ###."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment

from jwdt_xl.workbook.parts import lines, width_of

from ..office import Office
from .cases import BILLED

#: Points a line takes, by the size of its letters; the height of a row and a width nobody set.
LINE, DEFAULT_HEIGHT, DEFAULT_WIDTH = 1.22, 15.0, 8.43
CONTENTS = ("", "cement", "na_and_missing", "both_rise", "bills")
Make = Callable[..., Path]


def made(name: str, language: str, host: str, workbook: Make, example: Callable[[str], Any]) -> Path:
    data = {"": None, "bills": BILLED}[name] if name in ("", "bills") else example(name)
    return workbook(data, host=host, language=language)


class Sheet:
    """The texts of a sheet and the room they have."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.areas = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        self.joined = {place for area in sheet.merged_cells.ranges for place in _places(area)}
        self.widths: dict[int, float] = {}
        for column in sheet.column_dimensions.values():
            for number in range(column.min or 0, (column.max or 0) + 1):
                self.widths[number] = 0 if column.hidden else column.width

    def width(self, column: int) -> float:
        return self.widths.get(column, DEFAULT_WIDTH)

    def clipped(self) -> Iterator[str]:
        for row in self.sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value and self.width(cell.column) and not self.fits(cell):
                    yield f"{self.sheet.title}!{cell.coordinate}: {cell.value}"

    def fits(self, cell: Any) -> bool:
        area = self.areas.get((cell.row, cell.column))
        columns = range(area.min_col, area.max_col + 1) if area else range(cell.column, cell.column + 1)
        rows = range(area.min_row, area.max_row + 1) if area else range(cell.row, cell.row + 1)
        size, room = cell.font.size, sum(map(self.width, columns))
        if cell.alignment.wrap_text:
            heights = [self.sheet.row_dimensions[row].height for row in rows]
            if heights == [None] and not area:
                return True  # programs make a row of no given height as high as it needs
            return lines(cell.value, room, size) * size * LINE <= sum(h or DEFAULT_HEIGHT for h in heights) + 2
        if cell.alignment.shrink_to_fit:
            return True
        step, column = (-1, columns[0] - 1) if cell.alignment.horizontal == "right" else (1, columns[-1] + 1)
        while cell.alignment.horizontal != "center" and self._is_free(cell.row, column):
            room += self.width(column)
            column += step
        return width_of(cell.value) * size / 10 <= room + 1

    def _is_free(self, row: int, column: int) -> bool:
        if not 0 < column < 100 or (row, column) in self.joined:
            return False
        beside = self.sheet.cell(row, column)
        return beside.value in (None, "") and not beside.border.left.style


def _places(area: Any) -> Iterator[tuple[int, int]]:
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            yield row, column


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", CONTENTS)
def test_no_text_is_clipped(name: str, language: str, workbook: Make, example: Callable[[str], Any]) -> None:
    book = load_workbook(made(name, language, "portable", workbook, example), data_only=True)
    found = [text for sheet in book if sheet.sheet_state == "visible" for text in Sheet(sheet).clipped()]
    assert not found, "\n".join(found)


def test_what_is_clipped_is_seen() -> None:
    sheet = Workbook().active
    sheet["A1"], sheet["B1"] = "a text much longer than its column", 1
    sheet["A2"] = "as long, with room beside it: it runs over"
    sheet["A3"] = "wrapped, in a row of one line of height"
    sheet["A3"].alignment = Alignment(wrap_text=True)
    sheet.row_dimensions[3].height = 15
    sheet["A4"] = "wrapped, in a row that grows"
    sheet["A4"].alignment = Alignment(wrap_text=True)
    assert [text.partition(":")[0] for text in Sheet(sheet).clipped()] == ["Sheet!A1", "Sheet!A3"]


def printed(office: Office, path: Path) -> str:
    """The text LibreOffice prints."""
    book = office.open(path)
    try:
        pages = book.save(path.with_suffix(".pdf"))
    finally:
        book.close()
    return subprocess.run(["pdftotext", str(pages), "-"], capture_output=True, check=True, encoding="utf-8").stdout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["cement", "bills"])
def test_no_number_is_wider_than_its_column(
    name: str, language: str, office: Office, workbook: Make, example: Callable[[str], Any]
) -> None:
    text = printed(office, made(name, language, "portable", workbook, example))
    assert "###" not in text
    assert len(text) > 10_000


def test_a_number_too_wide_is_seen(office: Office, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "wide.xlsx") as file:
        file.add_worksheet().write(0, 0, 123456789012.5, file.add_format({"num_format": "#,##0.000000"}))
    assert "###" in printed(office, tmp_path / "wide.xlsx")
