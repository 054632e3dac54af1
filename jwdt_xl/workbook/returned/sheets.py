"""The sheets of a return: the one with the stamp wherever it is, and those that were renamed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...errors import Refused
from ...messages import ERROR, Finding, Text
from ...opening import titles
from ...opening.raw import look
from ...opening.untold import Unclear
from .. import plan
from ..layout import Layout
from ..plan import STAMP_FIRST
from .align import check_end, first_line

_KEYS = ("format", "layout", "guide", "guide_hash", "language", "host", "rows")
#: As much of a sheet as is looked at to know it.
_ROWS = 60


def refused(where: str, text: Text, code: str) -> Refused:
    return Refused((Finding(ERROR, code, where, text),))


def _top(file: CalamineWorkbook, title: str) -> list[list[Any]]:
    sheet = file.get_sheet_by_name(title)
    return sheet.to_python(skip_empty_area=False, nrows=_ROWS) if sheet.end is not None and sheet.end[1] < 1000 else []


def stamp_of(file: CalamineWorkbook, path: str | Path) -> dict[str, str]:
    """The stamp at its fixed cells of the first sheet, or wherever it was moved to."""
    names = file.sheet_names
    first = file.get_sheet_by_index(0) if names else None
    if first is not None:
        check_end(names[0], first.end)
    grid = first.to_python(skip_empty_area=False, nrows=STAMP_FIRST + 12) if first is not None else []
    title, row, column = (names or [""])[0], STAMP_FIRST, 1
    if _at(grid, row, column) != plan.FORMAT:
        for name in names:
            top = _top(file, name)
            place = titles.stamp_in(top, plan.FORMAT)
            if place is not None:
                title, grid, (row, column) = name, top, place
                break
    stamp = {key: _at(grid, row + i, column) for i, key in enumerate(_KEYS)}
    if stamp["format"] != plan.FORMAT:
        text = Text(
            "不是 jwdt 模板(首个工作表 B3 没有标记 {f}) — 请提交收到的模板，填好后不要复制到别的工作簿",
            "not a jwdt workbook (no stamp {f} at B3 of the first sheet) — send the template you received, not a copy of its cells in another workbook",
        )
        _check_notation(path, names)
        raise refused(f"{title}!B3", text.fill(f=plan.FORMAT), "no-stamp")
    if not stamp["layout"].isdigit() or int(stamp["layout"]) > plan.VERSION:
        text = Text(
            "模板布局版本 {v} 比本程序({m})新：请升级 jwdt-xl",
            "layout version {v} is newer than this program's ({m}): upgrade jwdt-xl",
        )
        raise refused(f"{title}!B4", text.fill(v=stamp["layout"], m=plan.VERSION), "newer-layout")
    return stamp


def _check_notation(path: str | Path, names: list[str]) -> None:
    """A stamp may be missing because the reader does not know how the cells are written: that is said then."""
    for title, errors in look(path, names).errors.items():
        place, error = next(
            ((place, each) for place, each in errors.items() if isinstance(each, Unclear)), (None, None)
        )
        if place is not None and error is not None:
            raise refused(f"{title}!{xl_rowcol_to_cell(*place)}", error.why(), error.code)


def _at(grid: list[list[Any]], row: int, column: int) -> str:
    cells = grid[row] if row < len(grid) else []
    return str(cells[column]).strip().removesuffix(".0") if column < len(cells) else ""


def sheets_of(file: CalamineWorkbook, layout: Layout, needed: Collection[str]) -> tuple[Layout, list[Finding]]:
    """The layout with the titles the file's sheets have, and what is to be said of them. Raises Refused where one is missing."""
    there = file.sheet_names
    wanted = {key: layout.title(key) for key in layout.sheets if key in needed}
    others = {key: layout.title(key) for key in layout.sheets if key not in needed}
    if len(there) == len(layout.sheets) and set(there).issuperset(wanted.values()):
        return layout, []
    found = titles.found(wanted, there, lambda key, title: _fits(layout, key, _top(file, title)), others)
    return (layout if found.of == wanted else layout.retitled(found.of)), found.findings


def _fits(layout: Layout, key: str, grid: list[list[Any]]) -> bool:
    """Whether a sheet has the headings of the sheet of this key, at their places."""

    def says(row: int, column: int, wanted: str) -> bool:
        cells = grid[row] if row < len(grid) else []
        return column < len(cells) and first_line(cells[column]) == first_line(wanted)

    checks = [
        says(table.header, table.inputs[field], layout.text(spec.label))
        for name, table in layout.tables.items()
        if table.sheet == key
        for field, spec in specs(TABLES[name]).items()
    ]
    if key in layout.forms:
        checks += [
            says(field.cell.row, 0, layout.text(field.label))
            for field in layout.fields.values()
            if field.cell.sheet == key
        ]
    if key == "settings":
        codes = [node.code for node in layout.guide.indicators]
        checks += [says(plan.SETTINGS_FIRST + i, 0, code) for i, code in enumerate(codes)]
    return bool(checks) and all(checks)
