"""Cells shown as per cent: 5 % is stored as 0.05, and only the cell's number format tells that from 0.05."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from ..messages import WARNING, Finding, Text
from . import markup, ods
from .raw import Sheet

STYLES = "xl/styles.xml"
#: The number formats of every program that show per cent.
_BUILT_IN = {"9", "10"}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_DECLARED = re.compile(rb'<numFmt numFmtId="([0-9]+)" formatCode="([^"]*)"')

Places = frozenset[tuple[int, int]]
NOWHERE: Places = frozenset()


def percents(path: str | Path, title: str) -> Places:
    """The cells of a sheet that are shown as per cent; asked only of a value that may be meant so."""
    try:
        with zipfile.ZipFile(path) as file:
            if markup.entry(file, ods.CONTENT) is not None:
                return frozenset(ods.errors(file, (title,))[2].get(title, ()))
            part = next((part for name, part in markup.sheets(file) if name == title), None)
            styles = _styles(file) if part else frozenset()
            return _cells(markup.content(file, part), styles) if part and styles else NOWHERE
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError):  # whoever reads the cells says what is wrong
        return NOWHERE


def of_sheets(path: str | Path, sheets: Mapping[str, Sheet], doubtful: bool) -> dict[str, Places]:
    """The cells of the sheets of a return that are shown as per cent, by title.

    doubtful: even those that nobody can have typed so, as they are locked; they are none unless pasted.
    """
    found = {title: frozenset(sheet.percents) for title, sheet in sheets.items() if sheet.percents}
    try:
        with zipfile.ZipFile(path) as file:
            styles = markup.content(file, STYLES) if markup.entry(file, STYLES) is not None else b""
            if not styles or not (doubtful or _unlocked(styles)):
                return found
            shown = _styles(file)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError):
        return found
    if not shown:
        return found
    # A sheet in the usual notation is searched, as it takes a tenth of the parser's time.
    style = b"|".join(index.encode() for index in sorted(shown))
    cell = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: [a-z]{1,8}="[^"<&]*")*? s="(?:%s)"' % style)
    for title, sheet in sheets.items():
        if sheet.part:
            found[title] = frozenset(markup.address(place.decode()) for place in cell.findall(sheet.part))
        else:
            found[title] = percents(path, title)
    return found


def _unlocked(styles: bytes) -> bool:
    """Whether cells that are filled in, which alone are not locked, are shown as per cent; in doubt, they may be."""
    begin = styles.find(b"<cellXfs")
    if begin < 0:
        return True
    codes = [number for number, code in _DECLARED.findall(styles) if b"%" in code]
    number = b"|".join([*codes, *(code.encode() for code in sorted(_BUILT_IN))])
    shown = re.findall(rb'<xf [^>]*numFmtId="(?:%s)"[^>]*[^>/]>.*?</xf>' % number, styles[begin:], re.DOTALL)
    return any(re.search(rb'locked="(?:0|false)"', style) for style in shown)


def of_percent(value: float) -> float:
    """0.07 shown as 7 % as the 7 it means, without the error of a product of floats."""
    return float(Decimal(repr(value)) * 100)


def shown_as_percent(where: str, value: float, meant: float) -> Finding:
    text = Text(
        "单元格显示为 {m:g}%，存储值为 {v:g}；该指标单位为 %，已按 {m:g} 读取 — 请把格式改为“常规”并填 {m:g}",
        "the cell shows {m:g} % and stores {v:g}; the indicator is in %, so {m:g} is read — set the format to General and type {m:g}",
    )
    return Finding(WARNING, "percent-format", where, text.fill(v=value, m=meant))


def _styles(file: zipfile.ZipFile) -> frozenset[str]:
    """The cell styles whose number format shows per cent, by their index."""
    codes = set(_BUILT_IN)
    found: set[str] = set()
    inside: list[str] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        if name == "numFmt" and "%" in _NOT_SHOWN.sub("", attributes.get("formatCode", "")):
            codes.add(attributes.get("numFmtId", ""))
        elif name == "xf" and inside[-1:] == ["cellXfs"]:
            if attributes.get("numFmtId", "") in codes:
                found.add(str(count))
            count += 1
        inside.append(name)

    def end(_: str) -> None:
        inside.pop()

    if markup.entry(file, STYLES) is not None:
        markup.parse(markup.pieces(file, STYLES), start, end)
    return frozenset(found)


def _cells(part: bytes, styles: frozenset[str]) -> Places:
    found = set()

    def take(cell: markup.Cell) -> None:
        if cell.style.strip() in styles:
            found.add((cell.row, cell.column))

    markup.cells((part,), take)
    return frozenset(found)
