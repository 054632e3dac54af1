"""Benchmarks in % that were typed as 5 %, which a spreadsheet stores as 0.05: read as they are shown, and told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from ..messages import WARNING, Finding, Text
from ..opening.formats import of_percent, percents, shown_as_percent
from ..workbook.plan import Cell


def read_as_shown(
    path: str,
    data: Mapping[str, Any],
    place: Callable[[str], Cell],
    title: Callable[[str], str],
    where: Callable[[Cell], str],
) -> list[Finding]:
    """Changes the benchmarks of the nodes in a guide's data."""
    found: list[Finding] = []
    for i, node in enumerate(data["nodes"]):
        benchmark = node.get("benchmark", {})
        value = benchmark.get("value")
        if node.get("unit_zh") != "%" or not isinstance(value, (int, float)) or not 0 < value <= 1:
            continue
        cell = place(f"nodes[{i}].benchmark.value")
        if (cell.row, cell.col) in percents(path, title(cell.sheet)):
            benchmark["value"] = of_percent(value)
            found.append(shown_as_percent(where(cell), value, benchmark["value"]))
        elif value < 1:
            text = Text(
                "基准值的单位是 %，所填 {v:g} 不到 1 % — 请核对是否把百分数存成了小数(5% 存为 0.05)",
                "the benchmark is in %, and {v:g} is below 1 % — check whether a percentage was stored as a fraction (5 % as 0.05)",
            )
            found.append(Finding(WARNING, "percent-slip", where(cell), text.fill(v=value)))
    return found


def as_text(value: Any) -> str:
    """What was typed into a text cell; a year or code may have become a number, a date a date."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
