"""Results, weights and benchmarks that stand in a file, against those computed from its data.

Values are compared as the file shows them. Formulas, slow to read, are looked at only where a value differs, to say why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ...assessment.result import Result
from ...messages import ERROR, WARNING, Finding, Text, number
from ...workbook import Returned
from ...workbook.layout import Layout
from ...workbook.plan import SETTINGS_FIRST, Cell
from .shown import Grid, Shown, at, numbers

#: Spreadsheet programs sum plainly and show 15 digits; a change that matters is larger.
_RELATIVE, _ABSOLUTE = 1e-6, 1e-9


def differences(returned: Returned, result: Result) -> list[Shown]:
    """Every result cell, weight, benchmark and number of the printed page that differs."""
    layout, settings = returned.layout, returned.grids["settings"]
    table: Grid = returned.grid("indicators")
    if any(str(at(table, layout.indicator_cell(i, "code"))) != n.code for i, n in enumerate(layout.guide.indicators)):
        table = []  # moved rows: every result differs from what must stand there
    found = [
        Shown(layout.results[name], name, value, right)
        for name, right in _results(result)
        if name in layout.results and _differs(value := at(table, layout.results[name]), right)
    ]
    for i, node in enumerate(layout.guide.indicators):
        cell = Cell("settings", SETTINGS_FIRST + i, 3)
        if _differs(value := at(settings, cell), node.weight):
            found.append(Shown(cell, f"weight_{node.code}", value, node.weight))
    return [*found, *(each for each in numbers(returned, result) if _differs(each.found, each.right))]


def _results(result: Result) -> Iterator[tuple[str, float | None]]:
    for indicator in result.indicators:
        code = indicator.node.code
        if indicator.value is not None:  # else a text that says why
            yield f"out_value_{code}", indicator.value
        yield f"out_benchmark_{code}", indicator.benchmark.value if indicator.benchmark else None
        yield f"out_score_{code}", indicator.score
        yield f"out_weight_{code}", indicator.weight
    for group in result.first_levels:
        yield f"out_first_level_{group.node.code}", group.score
    yield "out_total", result.total
    yield "out_coverage", result.coverage
    yield "out_score_so_far", result.score_so_far


def _differs(found: Any, right: float | None) -> bool:
    if right is None:
        return isinstance(found, (int, float)) and not isinstance(found, bool)
    if not isinstance(found, (int, float)) or isinstance(found, bool):
        return True
    return abs(found - right) > max(_ABSOLUTE, _RELATIVE * max(abs(found), abs(right)))


def findings(path: str, layout: Layout, found: list[Shown], result: Result) -> list[Finding]:
    """One finding per cause, with the first cell and how many there are."""
    if not found:
        return []
    from . import formulas

    causes = formulas.causes(path, layout, [difference.cell for difference in found], result.assessment)
    listed: list[Finding] = []
    for cause, (severity, text) in _TEXTS.items():
        cells = [difference for difference in found if causes[difference.cell] == cause]
        if cause == formulas.STALE:
            listed += [_finding(cause, severity, text, cells, layout)] if cells else []
        else:
            listed += [_finding(cause, severity, text, [difference], layout) for difference in cells]
    return listed


def _finding(cause: str, severity: str, text: Text, cells: list[Shown], layout: Layout) -> Finding:
    first = cells[0]
    where = f"{layout.title(first.cell.sheet)}!{xl_rowcol_to_cell(first.cell.row, first.cell.col)}"
    filled = text.fill(found=_shown(first.found), right=_shown(first.right), n=len(cells))
    return Finding(severity, cause, where, filled, "objectivity")


def _shown(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(float(value), 6)
    return f"“{str(value)[:40]}”" if value not in (None, "") else "–"


_TEXTS = {
    "result-typed-over": (
        ERROR,
        Text(
            "结果单元格中的公式被数值 {found} 覆盖，按数据计算应为 {right}；评价采用计算值 — 请恢复原模板的公式",
            "the formula of a result was typed over by {found}, the data give {right}, which is used — restore the template's formula",
        ),
    ),
    "formula-changed": (
        ERROR,
        Text(
            "结果单元格的公式被改动，显示 {found}，按数据计算应为 {right}；评价采用计算值 — 请恢复原模板的公式",
            "the formula of a result was changed, it shows {found}, the data give {right}, which is used — restore the template's formula",
        ),
    ),
    "weight-changed": (
        ERROR,
        Text(
            "指南权重被改为 {found}，指南为 {right}；评价采用指南权重 — 请恢复，另用权重须填在“自定权重”",
            "the guide's weight was changed to {found}, the guide says {right}, which is used — restore it; other weights belong in the column of own weights",
        ),
    ),
    "stale-cache": (
        WARNING,
        Text(
            "文件中保存的结果不是由现有数据算出的（{n} 处，首处显示 {found}，应为 {right}）；评价采用计算值 — 请打开文件、重新计算后保存",
            "the results saved in the file do not follow from its data ({n} cells; the first shows {found}, must be {right}), the computed ones are used — open the file, recalculate and save it",
        ),
    ),
}
