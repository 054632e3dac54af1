"""Cells shown as per cent: 5 % is stored as 0.05, and only the cell's number format tells that from 0.05."""

from __future__ import annotations

import re
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path

from ..messages import WARNING, Finding, Text
from . import markup, ods

STYLES = "xl/styles.xml"
#: The number formats of every program that show per cent.
_BUILT_IN = {"9", "10"}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')

Places = frozenset[tuple[int, int]]
NOWHERE: Places = frozenset()


def percents(path: str | Path, title: str) -> Places:
    """The cells of a sheet that are shown as per cent; asked only of a value that may be meant so."""
    try:
        with zipfile.ZipFile(path) as file:
            if markup.entry(file, ods.CONTENT) is not None:
                return frozenset(ods.percents(file, (title,)))
            part = next((part for name, part in markup.sheets(file) if name == title), None)
            styles = _styles(file) if part else frozenset()
            return _cells(markup.content(file, part), styles) if part and styles else NOWHERE
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError):  # whoever reads the cells says what is wrong
        return NOWHERE


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
