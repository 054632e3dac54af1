"""Error values and formulas in .xlsb, whose parts are records. Whether a formula was ever calculated they do not tell."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Iterator

from . import markup
from .ods import UNCLEAR

WORKBOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_ROW, _ERROR, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_FLAG, _FORMULA_ERROR, _SHEET = 0, 3, 8, 9, 10, 11, 156
#: A formula whose value is 0 or nothing, as programs save one that they never calculated.
UNCERTAIN = "=0"
#: Cells without a place of their own, the first of them blank.
_SHORT = tuple(range(12, 19))
#: The bytes of a formula's value that tell whether it is 0 or nothing: of a text its length.
_VALUE_SIZES = {_FORMULA_TEXT: 4, _FORMULA_NUMBER: 8, _FORMULA_FLAG: 1}
_NAMES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


Found = dict[str, dict[tuple[int, int], str]]


def errors(file: zipfile.ZipFile, titles: Collection[str]) -> tuple[Found, dict[str, tuple[tuple[int, int], ...]]]:
    """By title the error values and doubtful formulas of some sheets, and the formulas that surely have a value."""
    found: Found = {}
    formulas = {}
    for title, part in parts(file).items():
        if title in titles:
            found[title], formulas[title] = _cells(markup.content(file, part))
    return found, formulas


def parts(file: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its title, in their order."""
    targets = markup.relations(file, _RELATIONS)
    found = {}
    for kind, data in _records(markup.content(file, WORKBOOK)):
        if kind == _SHEET:
            identifier, end = _text(data, 8)
            title, _ = _text(data, end)
            if identifier in targets:
                found[title] = targets[identifier]
    return found


def _cells(part: bytes) -> tuple[dict[tuple[int, int], str], tuple[tuple[int, int], ...]]:
    found = {}
    formulas = []
    row = column = 0
    for kind, data in _records(part):
        if kind == _ROW and len(data) >= 4:
            row, column = struct.unpack_from("<L", data)[0], -1
        elif kind in _SHORT:  # of the cell behind the one before; the reader does not know them
            column += 1
            if kind != _SHORT[0]:
                found[row, column] = UNCLEAR
            continue
        elif kind in (_ERROR, _FORMULA_ERROR) and len(data) >= 9:
            found[row, struct.unpack_from("<L", data)[0]] = _NAMES.get(data[8], "#N/A")
        elif kind in _VALUE_SIZES and len(data) >= 9:
            place = row, struct.unpack_from("<L", data)[0]
            if any(data[8 : 8 + _VALUE_SIZES[kind]]):
                formulas.append(place)
            else:
                found[place] = UNCERTAIN
        if 1 <= kind <= _FORMULA_ERROR and len(data) >= 4:
            column = struct.unpack_from("<L", data)[0]
    return found, tuple(formulas)


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(part):
        kind, place = _varying(part, place, 2)
        size, place = _varying(part, place, 4)
        yield kind, part[place : place + size]
        place += size


def _varying(part: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number in bytes of seven bits, of which the highest says that one more follows.."""
    number = 0
    for i in range(longest):
        if place >= len(part):
            raise zipfile.BadZipFile("a record ends too early")
        byte = part[place]
        place += 1
        number |= (byte & 0x7F) << (7 * i)
        if not byte & 0x80:
            break
    return number, place


def _text(data: bytes, place: int) -> tuple[str, int]:
    if place + 4 > len(data):
        raise zipfile.BadZipFile("a record ends too early")
    end = place + 4 + 2 * struct.unpack_from("<L", data, place)[0]
    return data[place + 4 : end].decode("utf-16-le", "replace"), end
