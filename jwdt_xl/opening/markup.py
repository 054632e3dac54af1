"""The XML parts of a workbook, read by a real parser: any quotes, prefix, namespace, encoding, comments and CDATA.

Expat of the standard library, in pieces; no document type, so nothing can expand; bytes, depth and attributes are
bounded. Names are compared without their prefix: programs choose prefixes, and between strict and transitional namespaces.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from ..errors import Refused
from ..messages import ERROR, Finding, Text

PIECE = 1 << 20
#: The longest part that is looked through.
LONGEST = 64 * PIECE
_DEPTH, _ATTRIBUTES = 200, 500
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Enough(Exception):
    """Raised by a handler that needs nothing of the rest."""


def parse(
    pieces: Iterable[bytes], start: Start, end: End | None = None, text: Callable[[str], None] | None = None
) -> None:
    """Names are handed on without prefix. Raises Refused for a document type, BadZipFile for what is no XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True  # else a text comes in a piece for each entity in it
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH or len(attributes) > _ATTRIBUTES:
            raise zipfile.BadZipFile("XML: too deep, or too many attributes")
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except Enough:
        pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise zipfile.BadZipFile(f"XML: {error}") from error
    finally:
        if isinstance(pieces, Generator):  # it holds the part open
            pieces.close()


def _doctype(*_: Any) -> None:
    text = Text(
        "文件中有文档类型声明（DTD），电子表格程序不会写出，可能是恶意文件 — 请用原模板重新填写并另存",
        "the file has a document type declaration (DTD), which no spreadsheet program writes; it may be malicious — fill in the original template anew",
    )
    raise Refused((Finding(ERROR, "doctype", "", text),))


def local(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes by their names without prefix."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


def entry(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """A part by its name, which programs may write in another case."""
    found = archive.NameToInfo.get(name)
    if found is None:
        folded = name.lower()
        found = next((each for each in archive.infolist() if each.filename.lower() == folded), None)
    return found


class TooLong(zipfile.BadZipFile):
    """A part is longer than any of ours; nothing says that it is damaged."""


def pieces(archive: zipfile.ZipFile, name: str, longest: int = LONGEST) -> Iterator[bytes]:
    """A part in pieces; nothing where there is none. Raises BadZipFile where it is damaged or longer."""
    part = entry(archive, name)
    if part is None:
        return
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"{name}: compression method {part.compress_type}")
    try:
        with archive.open(part) as file:
            read = 0
            while piece := file.read(PIECE):
                read += len(piece)
                if read > longest:
                    raise TooLong(f"{name}: longer than {longest} bytes")
                yield piece
    except (RuntimeError, EOFError) as error:  # marked as encrypted, or it ends too early
        raise zipfile.BadZipFile(f"{name}: {error}") from error


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(pieces(archive, name))


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The titles of the sheets and their parts, in their order."""
    targets = relations(archive, RELATIONS)
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            values = local(attributes)
            if values.get("id", "") in targets:
                found.append((values.get("name", ""), targets[values["id"]]))

    def end(name: str) -> None:
        if name == "sheets":  # behind it stand hundreds of names
            raise Enough

    parse(pieces(archive, WORKBOOK), start, end)
    return found


def relations(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The parts that a part of xl/ refers to, by the relation's id; an absent list of relations has none."""
    found = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            values = local(attributes)
            target = values.get("Target", "").replace("\\", "/")
            found[values.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    if entry(archive, name) is not None:
        parse(pieces(archive, name), start)
    return found


def strings(archive: zipfile.ZipFile) -> list[str]:
    """The shared texts; how they are spoken is no part of them."""
    found: list[list[str]] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name)
        if name == "si":
            found.append([])

    def end(_: str) -> None:
        inside.pop()

    def text(data: str) -> None:
        if found and inside and inside[-1] == "t" and "rPh" not in inside:
            found[-1].append(data)

    if entry(archive, STRINGS) is not None:
        parse(pieces(archive, STRINGS), start, end, text)
    return ["".join(each) for each in found]


class Cell(NamedTuple):
    """A cell of a sheet: place (from 0), type, formula (None without), value as written (None without)."""

    row: int
    column: int
    kind: str
    formula: str | None
    value: str | None
    #: Of an array formula: the last row and column it fills.
    last: tuple[int, int] | None = None
    #: The index of its style.
    style: str = ""
    #: The index of a formula that several cells share; the first of them has its text.
    shared: str = ""


def cells(pieces: Iterable[bytes], take: Callable[[Cell], None]) -> None:
    """Every cell of a sheet. Cells and rows without an address stand behind the one before."""
    row, column, kind, style = -1, -1, "", ""
    formula: list[str] | None = None
    value: list[str] | None = None
    last: tuple[int, int] | None = None
    shared = ""
    inside: list[str] = []
    into: list[str] | None = None
    in_cell = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula, value, last, shared, into, in_cell
        inside.append(name)
        if name == "row":
            number = attributes.get("r", "").strip()
            row, column = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1, -1
        elif name == "c" and not in_cell:
            row, column = address(attributes["r"]) if "r" in attributes else (max(row, 0), column + 1)
            kind, style = attributes.get("t", "n"), attributes.get("s", "")
            formula, value, last, shared, in_cell = None, None, None, "", True
        elif in_cell:
            into = None
            if name == "f":
                formula = into = []
                if attributes.get("t") == "array" and ":" in attributes.get("ref", ""):
                    last = address(attributes["ref"].partition(":")[2])
                shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            elif name in ("v", "t") and "rPh" not in inside:
                value = into = [] if value is None else value

    def end(name: str) -> None:
        nonlocal into, in_cell
        inside.pop()
        into = None
        if name == "c" and in_cell:
            in_cell = False
            if 0 <= row < _LAST_ROW and 0 <= column < _LAST_COLUMN:
                take(Cell(row, column, kind, _joined(formula), _joined(value), last, style, shared))

    def text(data: str) -> None:
        if into is not None:
            into.append(data)

    parse(pieces, start, end, text)


def _joined(parts: list[str] | None) -> str | None:
    return None if parts is None else "".join(parts)


def address(text: str) -> tuple[int, int]:
    """Row and column of A1, from 0; of what is no address outside every sheet."""
    found = _ADDRESS.fullmatch(text.strip().replace("$", ""))
    if found is None:
        return -1, -1
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def letters(column: int) -> str:
    """The name of a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(row: int, column: int) -> str:
    """A1 of row and column from 0: the way back of ``address``. XlsxWriter's own would load all of it to refuse a file."""
    return f"{letters(column)}{row + 1}"
