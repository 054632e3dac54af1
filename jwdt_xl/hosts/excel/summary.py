"""Generate summary: the results of the open workbook on a new sheet, through xlwings' book on any of its hosts.

It reads the defined names ``out_…`` that every JWDT workbook has, so it knows no address and no number of indicators.
"""

from __future__ import annotations

import re
from typing import Any

from ...errors import JwdtError
from ...messages import LANGUAGES, LONGEST, Text, get_language, speaking

TITLE = Text("生成汇总", "Generate summary")
SHEET = Text("结果摘要", "Result summary")
HEADING = Text("评价结果摘要", "Summary of results")
RESULTS = (
    ("in_enterprise_name", Text("企业", "Enterprise")),
    ("out_total", Text("总分", "Total")),
    ("out_coverage", Text("完成度", "Coverage")),
    ("out_score_so_far", Text("已得分(下限)", "Score so far (at least)")),
    ("out_synergy_case", Text("协同情形", "Case of synergy")),
    ("out_rate_pollutants", Text("污染物减排率", "Reduction rate of pollutants")),
    ("out_rate_carbon", Text("碳减排率", "Reduction rate of carbon")),
)
FIRST_LEVELS = (Text("一级指标", "First level"), Text("得分", "Score"))
INDICATORS = (
    ("", Text("指标(失分多的在前)", "Indicator (most points lost first)")),
    ("value", Text("值", "Value")),
    ("benchmark", Text("基准值", "Benchmark")),
    ("score", Text("得分", "Score")),
    ("weight", Text("权重", "Weight")),
    ("weighted", Text("加权得分", "Weighted score")),
    ("lost", Text("失分", "Points lost")),
    ("explain", Text("得分说明", "Derivation")),
)
MISSING = Text("缺失", "missing")
NO_TEMPLATE = Text(
    "此工作簿没有 JWDT 结果(定义名称 out_total)：请在用 jwdt template 生成的工作簿中运行",
    "this workbook has no JWDT results (defined name out_total): run it in a workbook made by jwdt template",
)
#: Column of the titles of indicators and first levels, on the sheet that holds their scores.
_TITLES = 3
_WIDTH = len(INDICATORS)


def write_summary(book: Any) -> str:
    """Write the summary of an open workbook to a new sheet; returns the sheet's name."""
    results = _Results(book)
    language = results.value("stamp_language")
    with speaking(language if language in LANGUAGES else get_language()):
        if "out_total" not in results.ranges:
            raise JwdtError(NO_TEMPLATE, "no-template")
        rows = _rows(results)
        name = _free_name(str(SHEET), [sheet.name for sheet in book.sheets])
    sheet = book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
    sheet.range((1, 1), (len(rows), _WIDTH)).value = rows
    sheet.activate()
    return name


class _Results:
    """The named cells of a workbook."""

    def __init__(self, book: Any) -> None:
        self.ranges = {name.name: name for name in book.names if re.match("(out|stamp|in_enterprise)_", name.name)}

    def range(self, name: str) -> Any:
        return self.ranges[name].refers_to_range

    def value(self, name: str) -> Any:
        """What the cell shows: a number, a text, an error value as text; None if blank or absent."""
        if name not in self.ranges:
            return None
        return _value(self.range(name))

    def title(self, name: str) -> Any:
        """What the row of a result is called."""
        cell = self.range(name)
        return _value(cell.sheet.range((cell.row, _TITLES)))

    def codes(self, prefix: str) -> list[str]:
        """Of all names that begin so the rest, in the order in which they stand on their sheet."""
        found = [name for name in self.ranges if name.startswith(prefix)]
        return [name.removeprefix(prefix) for name in sorted(found, key=lambda name: self.range(name).row)]


def _value(cell: Any) -> Any:
    value = cell.options(err_to_str=True).value
    return None if isinstance(value, str) and not value.strip() else value


def _rows(results: _Results) -> list[list[Any]]:
    rows = [[str(HEADING)], []]
    for name, label in RESULTS:
        value = results.value(name)
        rows.append([str(label), str(MISSING) if value is None else _plain(value)])
    rows += [[], [str(title) for title in FIRST_LEVELS]]
    for code in results.codes("out_first_level_"):
        name = f"out_first_level_{code}"
        score = results.value(name)
        rows.append([results.title(name) or code, str(MISSING) if score is None else _plain(score)])
    rows += [[], [str(title) for _, title in INDICATORS]]
    indicators = [_indicator(results, code) for code in results.codes("out_weight_")]
    rows += sorted(indicators, key=_lost, reverse=True)
    return [[*row, *[""] * (_WIDTH - len(row))] for row in rows]


def _indicator(results: _Results, code: str) -> list[Any]:
    cells = [results.value(f"out_{key}_{code}") for key, _ in INDICATORS[1:]]
    title = results.title(f"out_weight_{code}")
    return [f"{code} {title}" if title else code, *("" if cell is None else _plain(cell) for cell in cells)]


def _lost(row: list[Any]) -> float:
    lost = row[-2]
    return lost if isinstance(lost, float) else -1.0


def _plain(value: Any) -> Any:
    """A cell's content as a constant: a text that looks like a formula stays a text."""
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value)[:LONGEST]
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _free_name(name: str, taken: list[str]) -> str:
    names = {other.lower() for other in taken}
    found, count = name, 2
    while found.lower() in names:
        found, count = f"{name} {count}", count + 1
    return found
