"""Which cell makes a workbook too large: asked only after reading it failed, to name it to the user."""

from __future__ import annotations

import zipfile
from typing import NamedTuple

from . import markup
from .limits import Limits


class Cell(NamedTuple):
    sheet: str
    address: str


class _Extent(NamedTuple):
    cells: int
    corner: str


def farthest(path: str, limits: Limits) -> Cell | None:
    """The outermost cell of the largest sheet, where that sheet is too large to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [(name, _extent(archive, part, limits)) for name, part in markup.sheets(archive)]
    except Exception:  # the file is hostile, and the message does without the cell
        return None
    name, extent = max(found, key=lambda pair: pair[1].cells, default=("", _Extent(0, "")))
    return Cell(name, extent.corner) if extent.cells > limits.cells else None


def _extent(archive: zipfile.ZipFile, part: str, limits: Limits) -> _Extent:
    """How far a sheet reaches, and its cell that is farthest out; of a damaged one as far as it can be read."""
    rows = columns = far = 0
    corner = ""

    def take(cell: markup.Cell) -> None:
        nonlocal rows, columns, corner, far
        row, column = cell.row + 1, cell.column + 1
        rows, columns = max(rows, row), max(columns, column)
        if row * column > far:
            corner, far = markup.place(cell.row, cell.column), row * column

    try:
        if markup.entry(archive, part) is not None:
            markup.cells(markup.pieces(archive, part, limits.unpacked), take)
    except zipfile.BadZipFile:
        pass
    return _Extent(rows * columns, corner)
