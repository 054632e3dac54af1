"""What python-calamine does not tell: error values, formulas without a saved value, when the file was saved.

It gives both as blanks, so that a row of them would vanish unseen. A search of the bytes may decide that a sheet, written
as most programs write it, has nothing of the kind; every other sheet is read by the parser, which then also says
whether calamine saw the same cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ..errors import Refused
from . import binary, markup, ods
from .container import WORKBOOK_PARTS
from .limits import DEFAULT
from .refusals import refused
from .saved import saved_time
from .untold import UNUSUAL_NOTATION, ErrorValue, Uncertain, Unclear, Unsaved

_DECLARED = re.compile(rb'<\?xml [^>]*encoding=["\'](?!utf-8["\'])', re.IGNORECASE)
#: A namespace with a prefix: of another kind than a sheet's own in the usual notation.
_PREFIX = re.compile(rb"xmlns:[^<>=]*=\s*[\"']([^\"'<>]*)")
_FOREIGN = re.compile(
    rb"officeDocument/2006/relationships|markup-compatibility/2006|schemas\.microsoft\.com/office/"
    rb"|drawingml/2006/spreadsheetDrawing"  # LibreOffice declares it in every sheet
)
#: What the cells have nowhere that are written as most programs do and hold no error: each begins with its address in
#: double quotes and ends with its value, and no prefix or reference hides anything. One search each: an expression that
#: begins with letters is found ten times as fast as a choice of several. Before it the rarest sign of what it looks for
#: (none: its signs are everywhere), which is found fifty times as fast.
_MARKS = tuple(
    (sign, re.compile(mark).search)
    for sign, mark in (
        (b"", rb'"e"'), (b"y", rb'"array"'), (b"#", rb"&#"), (b"x", rb"xmlns"), (b"", rb'<c(?! r="[A-Z])'), (b"", rb"</v>(?!</c>)"),
    )
)  # fmt: skip
#: The end of each value that is not blank: one search takes a quarter of the time of three counts.
_SAID = re.compile(rb"</(?:v>(?<!<v></v>)|is>)").findall
_QUOTED = re.compile(rb"'(?:e|array)'")
_NO_TAG = re.compile(rb"<!")
#: Where calamine may read something else than the parser.
_UNUSUAL = re.compile(rb'<c (?!r="[A-Z]{1,3}[0-9]{1,7}"(?: [a-z]{1,8}="[^"<&]*")*/?>)|</(?:v|is)>(?!</c>)|<v/><')
#: Of an array formula so many rows are told, at most.
_REPEATED = 1000


#: What stands in the place of a value that the reader gives.
_REPLACING = (ErrorValue, Uncertain)
#: By row and column.
Errors = dict[tuple[int, int], ErrorValue]
Values = dict[tuple[int, int], Any]


class Sheet(NamedTuple):
    """What is known of a sheet: the bytes of one in the usual notation, else the formulas that have a value, by place;

    and of an unusual notation the values as the parser found them, to compare with the reader's. twice: the cells that
    stand in it more than once, of which the reader gives the last. percents: of an .ods the cells shown as per cent.
    """

    part: bytes = b""
    formulas: tuple[tuple[int, int], ...] = ()
    values: Values | None = None
    twice: tuple[tuple[int, int], ...] = ()
    percents: tuple[tuple[int, int], ...] = ()


class Raw(NamedTuple):
    """The error values and unsaved formulas in some sheets by place, and when the document was last saved (UTC, sortable)."""

    errors: dict[str, Errors]
    saved: str | None = None
    sheets: Mapping[str, Sheet] = MappingProxyType({})

    def put(self, title: str, grid: list[list[Any]], columns: Collection[int] | None = None) -> list[list[Any]]:
        """The errors put into the cells of a sheet; unsaved formulas in some columns only, where those are given.

        Raises Refused where the reader saw other cells than there are.
        """
        sheet = self.sheets.get(title, Sheet())
        errors = self.errors.get(title, {})
        twice = sheet.twice
        if sheet.part and _said(sheet.part) > sum(len(row) - row.count("") for row in grid):
            twice = _parsed(sheet.part)[1].twice
        if twice:
            raise _stands_twice(title, twice[0])
        if sheet.part and (_in_columns(sheet.part, frozenset(columns)) if columns is not None else b"<f" in sheet.part):
            errors = _marks(_parsed(sheet.part)[0])
        if sheet.values is not None:
            _compare(title, grid, sheet.values)
        for (row, column), error in errors.items():
            if columns is not None and column not in columns and isinstance(error, Unsaved):
                continue
            _widen(grid, row, column)
            if (
                row < len(grid)
                and column < len(grid[row])
                and (not str(grid[row][column]).strip() or type(error) in _REPLACING)
            ):
                grid[row][column] = error
        return grid

    def formulas(self, title: str, columns: Collection[int]) -> list[tuple[int, int]]:
        """The cells in some columns that hold a formula and its value."""
        sheet = self.sheets.get(title, Sheet())
        if not sheet.part or not columns:
            return [place for place in sheet.formulas if place[1] in columns]
        if not _in_columns(sheet.part, frozenset(columns)):
            return []
        return [place for place in _parsed(sheet.part)[1].formulas if place[1] in columns]

    def filled(self, title: str, grid: list[list[Any]]) -> tuple[list[list[Any]], tuple[tuple[int, int], ...]]:
        """A sheet with its errors, and the places of its formulas that have a value, whatever column they stand in."""
        formulas = self.formulas(title, range(max(map(len, grid), default=0)))
        return self.put(title, grid), tuple(formulas)


@lru_cache(maxsize=4)  # of the sheet in hand: asked for errors, then for formulas
def _parsed(part: bytes) -> tuple[dict[tuple[int, int], str], Sheet]:
    """What the parser finds in a sheet in the usual notation."""
    return _read(part, (), True)


@lru_cache(maxsize=32)  # of the sheets of the file in hand: asked for errors, then for formulas
def _in_columns(part: bytes, columns: frozenset[int]) -> bool:
    """Whether a formula stands in one of the columns of a sheet in the usual notation."""
    letters = b"|".join(markup.letters(column).encode() for column in sorted(columns))
    # A letter must follow what is repeated: where one may, each of its places is tried, which takes twice as long.
    return bool(columns) and re.search(rb'<c r="(?:%s)[0-9]+"[^<]*<(?:v/><)?f[\s/>]' % letters, part) is not None


def _said(part: bytes) -> int:
    """How many cells of a sheet in the usual notation have a value; more than the reader gave: one stands twice."""
    return len(_SAID(part))


def _stands_twice(title: str, place: tuple[int, int]) -> Refused:
    return refused(
        f"{title}!{markup.place(*place)}",
        "cell-twice",
        "此单元格在文件中出现两次，不知哪个值为准 — 请用 Excel 或 WPS 打开、核对后另存为 .xlsx",
        "the file holds this cell twice, and it is not known which value counts — open it in Excel or WPS, check it and save it as .xlsx",
    )


def _widen(grid: list[list[Any]], row: int, column: int) -> None:
    """Cells without a value may lie beyond what the reader gives; a sheet that reaches too far is refused elsewhere."""
    if (row < len(grid) and column < len(grid[row])) or row >= DEFAULT.rows or (row + 1) * (column + 1) > DEFAULT.cells:
        return
    width = max(column + 1, len(grid[0]) if grid else 0)
    grid.extend([] for _ in range(row + 1 - len(grid)))
    for cells in grid:
        cells.extend([""] * (width - len(cells)))


def _compare(title: str, grid: list[list[Any]], values: Values) -> None:
    seen = {(r, c): value for r, cells in enumerate(grid) for c, value in enumerate(cells) if value not in ("", None)}
    for place in sorted(seen.keys() | values.keys()):
        value, wanted = seen.get(place, ""), values.get(place, "")
        if not isinstance(value, (str, float)):  # a date, a time or a truth value, which has its own type
            same = wanted != ""
        elif isinstance(wanted, float) and isinstance(value, float):
            same = value == wanted
        else:
            same = _plain_text(value) == _plain_text(wanted)
        if not same:
            raise refused(f"{title}!{markup.place(*place)}", Unclear.code, UNUSUAL_NOTATION.zh, UNUSUAL_NOTATION.en)


def _plain_text(value: Any) -> str:
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(value))
    return "".join(text.split())


def look(path: str | Path, titles: Collection[str]) -> Raw:
    """Look through an archive: .xlsx, .ods and .xlsb.

    Raises Refused for a document type declaration, BadZipFile or zlib.error for a damaged part.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError):
        return Raw({})
    with archive as file:
        if sum(markup.entry(file, part) is not None for part in WORKBOOK_PARTS) > 1:
            raise refused(
                "",
                "ambiguous",
                "文件里有两种格式的工作簿，内容无法确定 — 请用 Excel 或 WPS 打开后另存为 .xlsx",
                "the file holds workbooks of two formats, so its content is ambiguous — open it in Excel or WPS and save it as .xlsx",
            )
        if markup.entry(file, ods.CONTENT) is not None:
            errors, formulas, percents = ods.errors(file, titles)
            sheets = {
                title: Sheet(b"", formulas.get(title, ()), percents=percents.get(title, ()))
                for title in formulas.keys() | percents.keys()
            }
        elif markup.entry(file, markup.WORKBOOK) is not None:
            errors, sheets = _sheets(file, titles)
        elif markup.entry(file, binary.WORKBOOK) is not None:
            errors, formulas = binary.errors(file, titles)
            sheets = {title: Sheet(b"", places) for title, places in formulas.items()}
        else:
            return Raw({}, saved_time(file))
        return Raw({title: _marks(found) for title, found in errors.items()}, saved_time(file), sheets)


def _marks(found: dict[tuple[int, int], str]) -> Errors:
    kinds: dict[str, ErrorValue] = {"": Unsaved(), ods.UNCLEAR: Unclear(), binary.UNCERTAIN: Uncertain()}
    return {place: kinds[text] if text in kinds else ErrorValue(text) for place, text in found.items()}


_UNSEEN: tuple[dict[tuple[int, int], str], Sheet] = {}, Sheet(values={})
Found = dict[str, dict[tuple[int, int], str]]


def _sheets(file: zipfile.ZipFile, titles: Collection[str]) -> tuple[Found, dict[str, Sheet]]:
    """By title the error values (of an unsaved formula a blank), and the rest of what is known."""
    shared = markup.content(file, markup.STRINGS)
    texts = None if _usual_strings(shared) else markup.strings(file)
    errors: Found = {}
    sheets = {}
    for title, name in markup.sheets(file):
        if title not in titles or title in sheets:
            continue
        part = markup.content(file, name)
        if part and (texts is None and name in file.NameToInfo and _nothing(part)):
            errors[title], sheets[title] = {}, Sheet(part)
            continue
        if texts is None:
            texts = markup.strings(file)
        errors[title], sheets[title] = _read(part, texts, _usual(part) and _usual_strings(shared)) if part else _UNSEEN
    for title in titles:  # not found here, nothing is known of what the reader may find
        sheets.setdefault(title, _UNSEEN[1])
    return errors, sheets


def _usual(part: bytes) -> bool:
    """Whether a part is UTF-8 and only elements and text, so that ``<`` begins a tag."""
    return not (_NO_TAG.search(part) or b"\0" in part or _DECLARED.match(part[:200].lstrip(b"\xef\xbb\xbf \r\n\t")))


def _usual_strings(part: bytes) -> bool:
    return _usual(part) and (b"<si" in part or b":si" not in part)


def _nothing(part: bytes) -> bool:
    """Whether a sheet in the usual notation has no error value, and shows its formulas by a search."""
    begin, end = part.find(b"<sheetData"), part.rfind(b"</sheetData>")
    if (
        begin < 0
        or end < 0
        or not _usual(part)
        or any(part.find(sign, begin, end) >= 0 and search(part, begin, end) for sign, search in _MARKS)
    ):
        return False
    if part.find(b"'", begin, end) >= 0 and _QUOTED.search(part, begin, end):
        return False
    return all(_FOREIGN.search(space) for space in _PREFIX.findall(part, 0, begin))


def _read(part: bytes, texts: Sequence[str], usual: bool) -> tuple[dict[tuple[int, int], str], Sheet]:
    errors: dict[tuple[int, int], str] = {}
    formulas: list[tuple[int, int]] = []
    values: Values = {}
    blank: list[tuple[tuple[int, int], tuple[int, int]]] = []

    seen: set[tuple[int, int]] = set()
    twice: list[tuple[int, int]] = []

    def take(cell: markup.Cell) -> None:
        place = cell.row, cell.column
        if place in seen:
            twice.append(place)
        seen.add(place)
        value = cell.value
        if cell.kind == "e":
            errors[place] = value or "#N/A"
        elif cell.formula is not None and (value is None or (cell.kind != "str" and not value.strip())):
            errors[place] = ""
            if cell.last:
                blank.append((place, cell.last))
        elif cell.formula is not None and not value:
            formulas.append(place)
        elif value:
            if cell.formula is not None:
                formulas.append(place)
                if ods.is_error(value):  # as some programs save the error of a formula
                    errors[place] = value
            values[place] = _value(cell.kind, value, texts)

    markup.cells((part,), take)
    for (top, left), (bottom, right) in blank:
        for row in range(top, min(bottom, top + _REPEATED) + 1):
            for column in range(left, min(right, left + 100) + 1):
                if (row, column) not in values:
                    errors.setdefault((row, column), "")
    return errors, Sheet(b"", tuple(formulas), None if usual and not _UNUSUAL.search(part) else values, tuple(twice))


def _value(kind: str, value: str, texts: Sequence[str]) -> Any:
    if kind == "s":
        number = value.strip()
        return texts[int(number)] if number.isdecimal() and int(number) < len(texts) else value
    if kind == "b":
        return str(value.strip() in ("1", "true"))
    try:
        return float(value) if kind == "n" else value
    except ValueError:
        return value
