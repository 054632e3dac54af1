"""Numbers in cells shown as per cent, which a spreadsheet stores as fractions, and fractions typed in %: both are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...messages import ERROR, WARNING, Finding, Text, number
from ...opening.formats import of_percent, of_sheets
from ...opening.raw import Raw
from ...standard.record import NUMBER
from ..layout import Layout
from ..per_cent import is_doubtful, is_fraction, numbers_of
from ..plan import Field
from .align import Aligned

PER_CENT = 100
OF_PERCENT = Text(
    "此格是百分数格式：显示 {m}%，存储并计入的是 {v}，而该指标的单位就是 %；请把格式改为“常规”(或将一个空白输入格复制到此格)，再填 {m}",
    "the cell is one of per cent: it shows {m} % and stores and counts {v}, though the indicator is in % itself; set its format to General (or copy a blank input cell here), then type {m}",
)
IN_PERCENT = Text(
    "此格是百分数格式，按存储的 {v} 计入，再键入的数字也会缩小 100 倍；请核对，需要时把格式改为“常规”(或将一个空白输入格复制到此格)后重填",
    "the cell is one of per cent: {v} is stored and counts, and what is typed next will be divided by 100, too; check it, and if need be set its format to General (or copy a blank input cell here) and type it again",
)


def taken_as_percent(where: str, typed: float, read: float) -> Finding:
    """Of a fraction: what is above 1 was typed in %."""
    text = Text(
        "{v} 大于 1，按 % 读取为 {r} — 请确认；不足 1 的按比例读取",
        "{v} is above 1 and read in %, as {r} — confirm it; what is below 1 is read as a fraction",
    )
    return Finding(WARNING, "percent-read", where, text.fill(v=number(typed), r=number(read)))


def told_of_percent(
    path: str | Path, layout: Layout, aligned: Aligned, raw: Raw, data: Mapping[str, Any]
) -> list[Finding]:
    """The numbers that stand in cells shown as per cent: they are read as the sheet counts them, by what is stored.

    A spreadsheet stores 4 % as 0.04, and a cell in which it was typed once reads the 4 that is to put it right as 4 %, too.
    """
    inputs = [field for field in layout.fields.values() if field.spec.kind == NUMBER]
    given = {field.path: _given(data, field.path) for field in inputs}
    doubtful = any(is_doubtful(layout.guide, field.path) and _is_below_one(given[field.path]) for field in inputs)
    shown = of_sheets(path, raw.sheets, doubtful)
    if not any(shown.values()):
        return []
    shown = {title: aligned.by_layout(title, places) for title, places in shown.items()}
    found: list[Finding] = []
    for field in inputs:
        places = shown.get(layout.title(field.cell.sheet), ())
        if isinstance(given[field.path], (int, float)) and (field.cell.row, field.cell.col) in places:
            found += _told(layout, field, given[field.path])
    for name in layout.tables.keys() & data.keys():
        table, columns = layout.tables[name], numbers_of(name)
        places = shown.get(layout.title(table.sheet), ())
        for i, row in enumerate(data[name]):
            for key in sorted(columns & row.keys()):
                if isinstance(row[key], (int, float)) and (table.first + i, table.inputs[key]) in places:
                    found.append(_finding(WARNING, IN_PERCENT, layout.where(f"{name}[{i}].{key}"), row[key]))
    return found


def _told(layout: Layout, field: Field, value: float) -> list[Finding]:
    if is_doubtful(layout.guide, field.path) and _is_below_one(value):
        return [_finding(ERROR, OF_PERCENT, layout.where(field.path), value)]
    return [] if is_fraction(layout.guide, field) else [_finding(WARNING, IN_PERCENT, layout.where(field.path), value)]


def _finding(severity: str, text: Text, where: str, value: float) -> Finding:
    return Finding(severity, "percent-cell", where, text.fill(v=number(value), m=number(of_percent(value))))


def _is_below_one(value: Any) -> bool:
    return isinstance(value, (int, float)) and 0 < value <= 1


def _given(data: Mapping[str, Any], path: str) -> Any:
    value: Any = data
    for part in path.split("."):
        if not isinstance(value, Mapping):  # a benchmark that says nothing but its value
            return value if part == "value" else None
        value = value.get(part)
    return value
