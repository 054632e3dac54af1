"""Values in % that were typed as 5 %, which a spreadsheet stores as 0.05, and fractions typed in %: read as meant, and told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...messages import WARNING, Finding, Text, number
from ...opening.formats import of_percent, percents, shown_as_percent
from ..layout import Layout
from .align import Aligned

PERCENT, PER_CENT = "%", 100


def taken_as_percent(where: str, typed: float, read: float) -> Finding:
    """Of a fraction: what is above 1 was typed in %."""
    text = Text(
        "{v} 大于 1，按 % 读取为 {r} — 请确认；不足 1 的按比例读取",
        "{v} is above 1 and read in %, as {r} — confirm it; what is below 1 is read as a fraction",
    )
    return Finding(WARNING, "percent-read", where, text.fill(v=number(typed), r=number(read)))


def read_as_shown(path: str | Path, layout: Layout, aligned: Aligned, data: Mapping[str, Any]) -> list[Finding]:
    """Benchmarks and entered values in % that stand in cells shown as per cent. Changes the data."""
    found: list[Finding] = []
    for node in layout.guide.indicators:
        if node.unit.zh != PERCENT:
            continue
        benchmark = data["benchmarks"].get(node.code)
        of_benchmark = (benchmark, "value") if isinstance(benchmark, dict) else (data["benchmarks"], node.code)
        places = {
            f"benchmarks.{node.code}.value": of_benchmark,
            f"entered.{node.code}": (data.get("entered", {}), node.code),
        }
        for field, (holder, key) in places.items():
            value = holder.get(key)
            if not isinstance(value, (int, float)) or not 0 < value <= 1 or field not in layout.fields:
                continue
            cell = layout.fields[field].cell
            title = layout.title(cell.sheet)
            rows, columns = aligned.back(title)
            if (rows.get(cell.row, cell.row), columns.get(cell.col, cell.col)) in percents(path, title):
                holder[key] = of_percent(value)
                found.append(shown_as_percent(layout.where(field), value, holder[key]))
    return found
