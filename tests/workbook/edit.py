"""Changing single cells of a written workbook without a spreadsheet program: what people do to a template."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape


class Error(NamedTuple):
    """An error value of a cell."""

    text: str


def edited(path: Path, copy: Path, cells: Mapping[str, Any], change: Callable[[str, str], str] | None = None) -> Path:
    """A copy with other values at some places, such as 污染物!B5; None clears. change takes a part's name and text."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        parts = _sheets(old)
        for item in old.infolist():
            content = old.read(item)
            for place, value in cells.items():
                title, _, address = place.rpartition("!")
                if item.filename == parts[title]:
                    content = _with(content.decode(), address, value).encode()
            if change and item.filename.endswith((".xml", ".rels")):
                content = change(item.filename, content.decode()).encode()
            new.writestr(item, content)
    return copy


def _sheets(file: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its title; XlsxWriter numbers them in order."""
    titles = re.findall(r'<sheet name="([^"]*)"', file.read("xl/workbook.xml").decode())
    return {title.replace("&amp;", "&"): f"xl/worksheets/sheet{i}.xml" for i, title in enumerate(titles, 1)}


def _with(sheet: str, address: str, value: Any) -> str:
    cell = re.compile(rf'<c r="{address}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    if not cell.search(sheet):
        return _beyond(sheet, address, value)
    return cell.sub(lambda found: _cell(address, value, found[1]), sheet, count=1)


def _beyond(sheet: str, address: str, value: Any) -> str:
    """A cell that was not there: in its row, or in a new one at the end."""
    number = re.sub(r"\D", "", address)
    row = re.compile(rf'(<row r="{number}"[^>]*>)(.*?)(</row>)', re.DOTALL)
    if row.search(sheet):
        return row.sub(lambda found: found[1] + found[2] + _cell(address, value, "") + found[3], sheet, count=1)
    return sheet.replace("</sheetData>", f'<row r="{number}">{_cell(address, value, "")}</row></sheetData>')


def _cell(address: str, value: Any, style: str) -> str:
    start = f'<c r="{address}"{style}'
    if value is None:
        return f"{start}/>"
    if isinstance(value, Error):
        return f'{start} t="e"><v>{value.text}</v></c>'
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"{start}><v>{value!r}</v></c>"
