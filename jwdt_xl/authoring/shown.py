"""Benchmarks in % that were typed as 5 %, which a spreadsheet stores as 0.05: read as they are shown, and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..messages import Finding
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
    return found
