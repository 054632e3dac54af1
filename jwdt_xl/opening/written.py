"""The formulas of some sheets as a program wrote them: read from the parts of an .xlsx alone, and no further than asked."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path

from . import markup

#: By row and column the formula with its ``=``.
Formulas = dict[tuple[int, int], str]


def formulas(path: str | Path, titles: Collection[str], rows: int) -> dict[str, Formulas] | None:
    """Those of the first rows of some sheets; None where the file is no .xlsx, or has no such sheets.

    Raises BadZipFile, zlib.error or Refused for a damaged part.
    """
    with zipfile.ZipFile(path) as file:
        if markup.entry(file, markup.WORKBOOK) is None:
            return None
        parts = dict(
            reversed([pair for pair in markup.sheets(file) if pair[0] in titles])
        )  # of two of one title the first
        if parts.keys() != set(titles):
            return None
        return {title: _of_sheet(file, part, rows) for title, part in parts.items()}


def _of_sheet(file: zipfile.ZipFile, part: str, rows: int) -> Formulas:
    found: Formulas = {}
    #: Of formulas that several cells share: what the first says, and where it stands.
    first: dict[str, tuple[str, str]] = {}

    def take(cell: markup.Cell) -> None:
        if cell.row >= rows:
            raise markup.Enough
        if cell.formula is None:
            return
        place, text = markup.place(cell.row, cell.column), f"={cell.formula}"
        if cell.shared and cell.formula:
            first[cell.shared] = text, place
        elif cell.shared and cell.shared in first:
            text = _translated(*first[cell.shared], place)
        found[cell.row, cell.column] = text

    markup.cells(markup.pieces(file, part), take)
    return found


def _translated(formula: str, origin: str, place: str) -> str:
    from openpyxl.formula.translate import Translator

    translated: str = Translator(formula, origin).translate_formula(place)
    return translated
