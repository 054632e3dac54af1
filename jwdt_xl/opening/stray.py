"""Which cell makes a workbook too large: asked only after reading it failed, to name it to the user.

Sheets are looked through as text in pieces, by regular expressions: no XML parser, so nothing in a hostile file
can expand, and memory stays at one piece.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from typing import NamedTuple

from .limits import Limits

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]{0,2000}>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]{0,4000}>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_PIECE = 1 << 20
#: A cell tag may lie across two pieces.
_OVERLAP = 300
#: A rectangle of this many cells is what readers can no longer hold; real returns have some thousands.
_TOO_MANY = 5_000_000


class Cell(NamedTuple):
    sheet: str
    address: str


class _Extent(NamedTuple):
    rows: int
    columns: int
    corner: str

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def farthest(path: str, limits: Limits) -> Cell | None:
    """The outermost cell of the largest sheet, where that sheet is too large to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [
                (name, _extent(archive, part, limits)) for name, part in sheets(archive) if part in archive.NameToInfo
            ]
    except Exception:  # the file is hostile, and the message does without the cell
        return None
    found = [(name, extent) for name, extent in found if extent.cells > _TOO_MANY]
    if not found:
        return None
    name, extent = max(found, key=lambda pair: pair[1].cells)
    return Cell(name, extent.corner)


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets' names and their parts."""
    relations = {}
    for tag in _RELATION.findall(_text(archive, "xl/_rels/workbook.xml.rels")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get("Target", "")
        relations[attributes.get("Id")] = target[1:] if target.startswith("/") else f"xl/{target}"
    sheets = []
    for tag in _SHEET.findall(_text(archive, "xl/workbook.xml")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        identifier = next((value for name, value in attributes.items() if name.endswith(":id")), None)
        if identifier in relations:
            sheets.append((unescape(attributes.get("name", "")), relations[identifier]))
    return sheets


def _text(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return file.read(_PIECE).decode("utf-8", "replace")


def _extent(archive: zipfile.ZipFile, part: str, limits: Limits) -> _Extent:
    """How far a sheet reaches, and its cell that is farthest out."""
    rows = columns = 0
    corner, far = "", 0
    with archive.open(part) as file:
        read, rest = 0, b""
        while read < limits.unpacked and (piece := file.read(_PIECE)):
            read += len(piece)
            for match in _CELL.finditer(rest + piece):
                row, column = int(match[2]), _column(match[1])
                rows, columns = max(rows, row), max(columns, column)
                if row * column > far:
                    corner, far = (match[1] + match[2]).decode("ascii"), row * column
            rest = piece[-_OVERLAP:]
    return _Extent(rows, columns, corner)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
