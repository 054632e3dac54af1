"""What python-calamine does not tell: error values, when the file was saved, and documents no program writes.

It gives error values as blanks, so that a row of them would vanish unseen. The parts are looked through as text, by no
XML parser, so that nothing in them can expand, and only as far as a part of a return may be long.
"""

from __future__ import annotations

import datetime
import html
import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol

from ..errors import Refused
from ..messages import ERROR, Finding, Text

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_ODS_TABLE = re.compile(rb'<table:table\s[^>]{0,400}?table:name="([^"]*)"[^>]*>(.*?)</table:table>', re.DOTALL)
_ODS_ELEMENT = re.compile(rb'<table:(?:table-|covered-table-)(row|cell)((?:\s+[\w:.-]+="[^"]*")*)\s*/?>')
_ODS_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,7})"')
_ODS_TEXT = re.compile(rb"<text:p>([^<]*)<")
_ODS_ERROR = b'calcext:value-type="error"'
_ODS = "content.xml"
_WORKBOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_SAVED = {
    "docProps/core.xml": re.compile(rb"<dcterms:modified[^>]{0,200}>([^<]{10,40})<"),
    "meta.xml": re.compile(rb"<dc:date[^>]{0,200}>([^<]{10,40})<"),
}
_LONGEST = 32 * 1024 * 1024
_HEAD = 1024


class ErrorValue(str):
    """The error value of a cell: #DIV/0!, #N/A …"""


#: By row and column.
Errors = dict[tuple[int, int], ErrorValue]


class Raw(NamedTuple):
    """The error values in some sheets by row and column, and when the document was last saved (UTC, sortable)."""

    errors: dict[str, Errors]
    saved: str | None = None


def look(path: str | Path, titles: Collection[str]) -> Raw:
    """Look through an archive; error values are found in .xlsx and .ods.

    Raises Refused for a document type declaration, BadZipFile or zlib.error for a damaged part.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError):
        return Raw({})
    with archive as file:
        return Raw(_error_cells(file, titles), _saved(file))


def _error_cells(file: zipfile.ZipFile, titles: Collection[str]) -> dict[str, Errors]:
    if _ODS in file.NameToInfo:
        return _ods(_content(file, _ODS), titles)
    if _WORKBOOK not in file.NameToInfo:
        return {}
    book = _content(file, _WORKBOOK)
    _check_head(book)
    _check_head(_content(file, _STRINGS, _HEAD))
    found = {}
    for title, part in _parts(book, _content(file, "xl/_rels/workbook.xml.rels")).items():
        if title in titles:
            sheet = _content(file, part)
            _check_head(sheet)
            found[title] = _errors(sheet)
    return found


def _content(file: zipfile.ZipFile, name: str, longest: int = _LONGEST) -> bytes:
    """A part as far as it may be long; empty where there is none."""
    entry = file.NameToInfo.get(name)
    if entry is None:
        return b""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"{name}: compression method {entry.compress_type}")
    try:
        with file.open(entry) as part:
            return part.read(longest)
    except (RuntimeError, EOFError) as error:  # marked as encrypted, or it ends too early
        raise zipfile.BadZipFile(f"{name}: {error}") from error


def _check_head(part: bytes) -> None:
    if b"<!DOCTYPE" in part[:_HEAD]:
        text = Text(
            "文件中有文档类型声明（DTD），电子表格程序不会写出，可能是恶意文件 — 请用原模板重新填写并另存",
            "the file has a document type declaration (DTD), which no spreadsheet program writes; it may be malicious — fill in the original template anew",
        )
        raise Refused((Finding(ERROR, "doctype", "", text),))


def _parts(book: bytes, relations: bytes) -> dict[str, str]:
    """The part of each sheet by its title."""
    targets = {}
    for relation in _RELATIONSHIP.findall(relations):
        found = _attributes(relation)
        targets[found.get("Id", "")] = found.get("Target", "")
    parts = {}
    for sheet in _SHEET.findall(book):
        found = _attributes(sheet)
        target = targets.get(found.get("r:id", ""))
        if target:
            parts[found.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _attributes(element: bytes) -> dict[str, str]:
    # damaged bytes stand for themselves: such a title or part is simply not found
    return {
        name.decode(): html.unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(element)
    }


def _errors(sheet: bytes) -> Errors:
    if b't="e"' not in sheet:
        return {}
    found = {}
    for attributes, value in _CELL.findall(sheet):
        address = _attributes(b"<c " + attributes + b">").get("r", "")
        if re.fullmatch(r"[A-Z]{1,3}[1-9]\d*", address):
            found[xl_cell_to_rowcol(address)] = ErrorValue(value.decode("utf-8", "replace"))
    return found


def _ods(content: bytes, titles: Collection[str]) -> dict[str, Errors]:
    """The error values of an OpenDocument spreadsheet: its cells have no address, they are counted."""
    _check_head(content)
    found = {}
    for name, table in _ODS_TABLE.findall(content):
        title = html.unescape(name.decode("utf-8", "replace"))
        if title in titles and _ODS_ERROR in table:
            found[title] = _ods_errors(table)
    return found


def _ods_errors(table: bytes) -> Errors:
    found = {}
    row, column, below = 0, 0, 0
    for element in _ODS_ELEMENT.finditer(table):
        repeated = _ODS_REPEATED.search(element[2])
        count = int(repeated[1]) if repeated else 1
        if element[1] == b"row":
            row, column, below = below, 0, below + count
            continue
        if _ODS_ERROR in element[2]:
            shown = _ODS_TEXT.match(table, element.end())
            found[row, column] = ErrorValue(shown[1].decode("utf-8", "replace") if shown else "#N/A")
        column += count
    return found


def _saved(file: zipfile.ZipFile) -> str | None:
    for part, pattern in _SAVED.items():
        try:
            found = pattern.search(_content(file, part, 65536))
        except (zipfile.BadZipFile, zlib.error):  # the sheets may still be readable
            return None
        if found:
            return _utc(found[1].decode("ascii", "replace"))
    return None


def _utc(text: str) -> str | None:
    time: datetime.datetime | None
    try:
        time = datetime.datetime.fromisoformat(text.strip().replace("Z", "+00:00")[:32])
    except ValueError:
        time = _without_odd_fraction(text)
        if time is None:
            return None
    if time.tzinfo is not None:
        try:
            time = time.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        except OverflowError:  # the year 0001 east of Greenwich
            return None
    return time.isoformat(timespec="microseconds")


def _without_odd_fraction(text: str) -> datetime.datetime | None:
    """Programs write fractions of a second with any number of digits, which Python 3.10 does not read."""
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{1,9})", text)
    try:
        return datetime.datetime.fromisoformat(f"{found[1]}.{found[2][:6]:0<6}") if found else None
    except ValueError:
        return None
