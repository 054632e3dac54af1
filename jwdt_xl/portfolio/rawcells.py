"""What the fast reader does not tell: error values, which it gives as blanks, and documents no program writes.

The parts are looked through as text, by no XML parser, and only as far as a part of a return may be long.
"""

from __future__ import annotations

import re
import zipfile

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from ..errors import Refused
from ..messages import ERROR, Finding, Text
from ..workbook.layout import Layout
from . import stray
from .refusals import refused

_ERROR = re.compile(
    rb'<c (?=[^>]{0,200}\bt="e")[^>]{0,200}?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}>(?:(?!</c>).)*?<v>([^<]{0,20})</v>',
    re.DOTALL,
)
_LONGEST = 32 * 1024 * 1024
_HEAD = 1024


def check(path: str, layout: Layout) -> None:
    """Raises Refused for error values in input cells, and for a document type declaration."""
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.NameToInfo:
            return  # xlsb, ods: their error values come as blanks, and a blank is missing
        for part in ("xl/workbook.xml", "xl/sharedStrings.xml"):
            if part in archive.NameToInfo:
                with archive.open(part) as file:
                    _check_head(path, file.read(_HEAD))
        titles = {layout.title(key): key for key in _input_columns(layout)}
        wrong: list[Finding] = []
        for title, part in stray.sheets(archive):
            if title in titles and part in archive.NameToInfo:
                with archive.open(part) as file:
                    xml = file.read(_LONGEST)
                _check_head(path, xml[:_HEAD])
                if b't="e"' in xml:
                    wrong += _errors(xml, title, titles[title], layout)
        if wrong:
            raise Refused(tuple(wrong))


def _check_head(path: str, head: bytes) -> None:
    if b"<!DOCTYPE" in head:
        raise refused(
            path,
            "doctype",
            "文件中有文档类型声明（DTD），电子表格程序不会写出，可能是恶意文件 — 请用原模板重新填写并另存",
            "the file has a document type declaration (DTD), which no spreadsheet program writes; it may be malicious — fill in the original template anew",
        )


def _input_columns(layout: Layout) -> dict[str, set[tuple[int | None, int]]]:
    """Where input stands on each sheet: (row, column), or a whole column."""
    found: dict[str, set[tuple[int | None, int]]] = {}
    for field in layout.fields.values():
        found.setdefault(field.cell.sheet, set()).add((field.cell.row, field.cell.col))
    for table in layout.tables.values():
        found.setdefault(table.sheet, set()).update((None, column) for column in table.inputs.values())
    return found


def _errors(xml: bytes, title: str, key: str, layout: Layout) -> list[Finding]:
    inputs = _input_columns(layout)[key]
    wrong = []
    for address, value in _ERROR.findall(xml):
        row, column = xl_cell_to_rowcol(address.decode())
        if (row, column) in inputs or (None, column) in inputs:
            text = Text(
                "单元格是错误值 {v}，须为数据 — 请改正公式，或直接填写数值",
                "the cell holds the error value {v}, must hold data — correct the formula, or type the value",
            ).fill(v=value.decode("ascii", "replace"))
            wrong.append(Finding(ERROR, "error-value", f"{title}!{xl_rowcol_to_cell(row, column)}", text))
    return wrong
