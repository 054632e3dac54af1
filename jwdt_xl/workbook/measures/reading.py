"""Reads the sheet of measures back. It changes no number of a return, so nothing in it refuses one: a measure that cannot
be taken is named with its cell and left out whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from ...assessment.fields import specs
from ...assessment.plan import LINE, MOVED
from ...assessment.planned import CHANGED_FIELDS
from ...assessment.tables import TABLES
from ...assessment.values import of_text
from ...messages import WARNING, Finding, Text
from ...standard.record import LARGEST, is_number
from ..layout import Layout
from .hints import CODES, HINTS
from .lines import CHANGEABLE, Line, plan_of
from .places import FIRST, HEADER, INPUTS, NUMBERS, SHEET, TITLES, Places, tables

#: So many blank lines end the sheet.
_BLANKS = 50


class _Typed(NamedTuple):
    """A line as typed, and where it stands."""

    row: int
    cells: dict[str, Any]


class Planned(NamedTuple):
    """The plan of a return as an assessment file has it, and what is to be said of it."""

    plan: list[dict[str, Any]]
    findings: list[Finding]


def plan_of_grid(layout: Layout, grid: list[list[Any]], data: Mapping[str, Any]) -> Planned:
    """The plan in the cells of the sheet; data: the assessment of the same workbook, whose rows it names."""
    places = Places(layout)
    found = list(_typed(places, grid))
    if found and not _headed(places, grid):
        text = Text(
            "表头被移动，措施没有读取；请恢复原模板的行列",
            "the headings were moved, and no measure was read; restore rows and columns",
        )
        return Planned([], [Finding(WARNING, MOVED, _where(layout, HEADER, 0), text, "completeness")])
    faults: dict[int, list[Finding]] = {}
    measures: list[tuple[int, Line]] = []
    number, names, told = -1, list[str](), list[Finding]()
    for row, cells in found:
        name = str(cells["name"] or "").strip()
        if name:
            number += 1
            names.append(name)
        cells |= {key: of_text(cells[key], _where(layout, row, places.columns[key]), told) for key in ("row", *NUMBERS)}
        line, fault = _line(layout, name, cells, data, number, measures)
        if fault is not None:
            hint, key = fault
            where = _where(layout, row, places.columns[key])
            said = HINTS[CODES[hint] - 1].text
            text = Text("{h}；措施“{m}”没有计入方案", "{h}; measure “{m}” is not part of the plan")
            filled = text.fill(h=said, m=names[number] if number >= 0 else "–")
            faults.setdefault(number, []).append(Finding(WARNING, LINE, where, filled, "completeness"))
        measures.append((number, line))
    lines = [line for number, line in measures if number not in faults]
    return Planned(plan_of(lines), [*told, *(finding for each in faults.values() for finding in each)])


def _typed(places: Places, grid: list[list[Any]]) -> Iterator[_Typed]:
    blanks = 0
    for row in range(FIRST, len(grid)):
        cells = {}
        for key in INPUTS:
            col = places.columns[key]
            value = grid[row][col] if col < len(grid[row]) else ""
            # names and numbers as elsewhere; what is chosen from a list as the sheet compares it
            cells[key] = value.strip() if isinstance(value, str) and key not in ("table", "origin") else value
        blanks = blanks + 1 if all(value in ("", None) for value in cells.values()) else 0
        if blanks > _BLANKS:
            return
        if not blanks:
            yield _Typed(row, cells)


def _headed(places: Places, grid: list[list[Any]]) -> bool:
    heads = grid[HEADER] if len(grid) > HEADER else []
    return all(
        places.columns[key] < len(heads) and str(heads[places.columns[key]]).strip() in (TITLES[key].zh, TITLES[key].en)
        for key in INPUTS
    )


def _line(
    layout: Layout,
    name: str,
    cells: dict[str, Any],
    data: Mapping[str, Any],
    number: int,
    measures: list[tuple[int, Line]],
) -> tuple[Line, tuple[str, str] | None]:
    """The line, and the first hint that it would show with the column it speaks of; the same checks as in the sheet."""
    table = {title.casefold(): name for title, name in tables(layout).items()}.get(str(cells["table"]).casefold(), "")
    at = _row(layout, table, cells["row"])
    if at is None:
        return Line(name), ("row", "table" if not table else "row")
    if number < 0:
        return Line(name), ("named", "name")
    rows = data.get(table) or []
    if at >= len(rows) or not rows[at] or rows[at].get("report") is None:
        return Line(name), ("unready", "row")
    values: dict[str, Any] = {
        key: None if cells[key] == "" else cells[key] for key in (*CHANGED_FIELDS, "cost", "life")
    }
    if all(values[key] is None for key in CHANGED_FIELDS):
        return Line(name), ("nothing", "report")
    for key in NUMBERS:
        value = values[key]
        if value is not None and not (is_number(value) and 0 <= value <= LARGEST):
            return Line(name), ("number", key)
    for key in CHANGED_FIELDS:
        if values[key] is not None and key not in CHANGEABLE[table]:
            return Line(name), ("field", key)
    if values["origin"] is not None:
        choices = specs(TABLES[table])["origin"].choices
        codes = {layout.text(label).casefold(): code for code, label in choices}
        chosen = str(values["origin"]).casefold()
        if chosen not in codes:
            return Line(name), ("origin", "origin")
        values["origin"] = codes[chosen]
    line = Line(name, table, at, **values)
    if not name and line.life is not None:
        return line, ("once", "life")
    same = [(n, other) for n, other in measures if (other.table, other.at) == (table, at)]
    if any(n == number for n, _ in same):
        return line, ("twice", "row")
    if any(other.changed.keys() - line.changed.keys() for _, other in same):
        return line, ("again", "report")
    return line, None


def _row(layout: Layout, table: str, typed: Any) -> int | None:
    """Which row of the table a number on its sheet is, from 0."""
    if not table or isinstance(typed, bool) or not isinstance(typed, (int, float)) or typed != int(typed):
        return None
    first, last = layout.tables[table].first, layout.tables[table].last
    row = int(typed) - 1
    return row - first if first <= row <= last else None


def _where(layout: Layout, row: int, col: int) -> str:
    return f"{layout.title(SHEET)}!{xl_rowcol_to_cell(row, col)}"
