"""Cells that hold an error value, which python-calamine gives as blank: a row of them would vanish unseen."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Collection
from pathlib import Path

from xlsxwriter.utility import xl_cell_to_rowcol

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)


class ErrorValue(str):
    """The error value of a cell: #DIV/0!, #N/A …"""


def error_cells(path: str | Path, titles: Collection[str]) -> dict[str, dict[tuple[int, int], ErrorValue]]:
    """The error values in some sheets of an .xlsx file by row and column; nothing of a file of another kind."""
    try:
        with zipfile.ZipFile(path) as file:
            return {title: _errors(file.read(part)) for title, part in _parts(file).items() if title in titles}
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return {}


def _parts(file: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its title."""
    targets = {
        found["Id"]: found["Target"]
        for found in map(_attributes, _RELATIONSHIP.findall(file.read("xl/_rels/workbook.xml.rels")))
        if {"Id", "Target"} <= set(found)
    }
    parts = {}
    for found in map(_attributes, _SHEET.findall(file.read("xl/workbook.xml"))):
        target = targets.get(found.get("r:id", ""))
        if target:
            parts[found.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _attributes(element: bytes) -> dict[str, str]:
    return {name.decode(): html.unescape(value.decode()) for name, value in _ATTRIBUTE.findall(element)}


def _errors(sheet: bytes) -> dict[tuple[int, int], ErrorValue]:
    if b't="e"' not in sheet:
        return {}
    found = {}
    for attributes, value in _CELL.findall(sheet):
        address = _attributes(b"<c " + attributes + b">").get("r", "")
        if re.fullmatch(r"[A-Z]{1,3}[1-9]\d*", address):
            found[xl_cell_to_rowcol(address)] = ErrorValue(value.decode())
    return found
