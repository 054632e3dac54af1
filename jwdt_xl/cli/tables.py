"""Results on the terminal, by rich. Imported only where a table or a progress bar is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console, JustifyMethod
from rich.table import Table

from ..assessment import Result
from ..assessment.amounts import recorded
from ..assessment.result import STATE_NAMES, VALUE, GroupResult, IndicatorResult
from ..messages import Finding, Text, lines_shown, number
from ..portfolio import Reading
from ..standard.indicators import CASE_NAMES
from ..standard.scoring import as_shown
from ..standard.units import unit_label
from .output import counted

#: Wide enough for every column where the output goes to a file or a program.
_WIDTH = 132

_COLUMNS: tuple[tuple[Text, JustifyMethod], ...] = (
    (Text("序号", "no"), "left"),
    (Text("指标", "indicator"), "left"),
    (Text("值", "value"), "right"),
    (Text("单位", "unit"), "left"),
    (Text("基准值", "benchmark"), "right"),
    (Text("得分", "score"), "right"),
    (Text("权重", "weight"), "right"),
    (Text("加权得分", "weighted"), "right"),
    (Text("失分", "lost"), "right"),
)


class _Console(Console):
    def print(self, *objects: Any, **more: Any) -> None:
        super().print(*(lines_shown(each) if isinstance(each, str) else each for each in objects), **more)


class Rows(Table):
    """A table of texts, some of which others wrote."""

    def add_row(self, *cells: Any, **more: Any) -> None:
        super().add_row(*(lines_shown(cell) if isinstance(cell, str) else cell for cell in cells), **more)


def console() -> Console:
    # no markup: square brackets in a name are part of the name
    return _Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH, highlight=False, markup=False)


def show_results(readings: Sequence[Reading]) -> None:
    """One file: its score table. Several: one line each."""
    if len(readings) > 1:
        console().print(_overview(readings))
    elif readings[0].result is not None:
        show_score_table(readings[0].result, readings[0].findings)


def show_score_table(result: Result, findings: Sequence[Finding] | None = None) -> None:
    """Everything about one result: indicators, first levels, total, the case, what was found (in its file, where it has one)."""
    enterprise, periods = result.assessment.enterprise, result.assessment.periods
    title = Text("{n}  {b} → {r}", "{n}  {b} → {r}").fill(
        n=enterprise.name or Text(f"（未填{result.guide.subject.name_label.zh}）", "(no name)"),
        b=periods.base,
        r=periods.report,
    )
    target = console()
    target.print(f"{title}  {result.guide.name}", style="bold")
    target.print(score_table(result))
    for line in _facts(result):
        target.print(str(line))
    target.print(str(_FOUND.fill(n=counted(result.findings if findings is None else findings))))


_FOUND = Text("检查结果：{n}（提示用 jwdt check 列出）", "findings: {n} (jwdt check lists the notes)")


def score_table(result: Result) -> Rows:
    table = Rows(show_footer=False, header_style="bold")
    for title, justify in _COLUMNS:
        table.add_column(str(title), justify=justify, no_wrap=justify == "right")
    for group in result.first_levels:
        _add_below(table, result, group)
    total = _shown(result.total)
    lost = _shown(None if result.total is None else 100 - result.total)
    weights = number(sum(indicator.weight for indicator in result.indicators))
    table.add_row("", str(Text("总分", "total")), "", "", "", total, weights, total, lost, style="bold green")
    return table


def _add_below(table: Rows, result: Result, group: GroupResult) -> None:
    """What is below a group, each group in it after its own indicators, and then the group itself."""
    guide = result.guide
    lower = {each.node.code: each for each in result.groups if each.level}
    indicators = {indicator.node.code: indicator for indicator in result.indicators}
    below = [node for node in guide.nodes if group.node.code == node.parent] or [group.node]
    for node in below:
        if node.code in indicators:
            table.add_row(*_indicator_row(indicators[node.code], result))
        elif node.code in lower:
            _add_below(table, result, lower[node.code])
    name, score = "  " * group.level + str(group.node.name), _shown(group.score)
    style = "bold" if group.level == 0 else "italic"
    table.add_row("", name, "", "", "", score, number(group.weight), "", "", style=style, end_section=group.level == 0)


def _indicator_row(indicator: IndicatorResult, result: Result) -> tuple[str, ...]:
    node, benchmark = indicator.node, indicator.benchmark
    return (
        node.code,
        str(node.name),
        _value(indicator, result),
        str(node.unit),
        number(benchmark.value) if benchmark else "",
        _shown(indicator.score),
        number(indicator.weight),
        _shown(indicator.weighted),
        _shown(indicator.lost),
    )


def _value(indicator: IndicatorResult, result: Result) -> str:
    """The number, the case of synergy in words where it is none, or the state."""
    if indicator.value is not None:
        return number(indicator.value)
    if indicator.state == VALUE and result.synergy is not None:
        return str(CASE_NAMES[result.synergy.case])
    return str(STATE_NAMES[indicator.state])


def _facts(result: Result) -> Iterator[Text]:
    if result.synergy is not None:
        yield Text(
            "协同情形：{c}（污染物减排率 {p:.2%}，碳减排率 {r:.2%}）",
            "case: {c} (reduction of pollutants {p:.2%}, of carbon {r:.2%})",
        ).fill(c=CASE_NAMES[result.synergy.case], p=result.synergy.pollutants, r=result.synergy.carbon)
    if result.guide.grades and result.total is not None:
        none = Text("无", "none")
        yield Text("等级：{g}", "grade: {g}").fill(g=result.grade.name if result.grade else none)
    if result.total is None:
        yield Text("评价完成度 {c:.0%}，已评价部分得分 {s:.2f}", "coverage {c:.0%}, score so far {s:.2f}").fill(
            c=result.coverage, s=result.score_so_far
        )
    for pollutant, (base, report) in recorded(result.quantities.pollutants):
        amounts = ["–" if amount is None else number(amount) for amount in (base, report)]
        yield Text("只记录、不计入：{n} {b} → {r} {u}", "recorded, not counted: {n} {b} → {r} {u}").fill(
            n=pollutant.name, b=amounts[0], r=amounts[1], u=unit_label(pollutant.unit)
        )


def _shown(score: float | None) -> str:
    return "–" if score is None else f"{as_shown(score):.2f}"


def _overview(readings: Sequence[Reading]) -> Rows:
    table = Rows(header_style="bold")
    table.add_column(str(Text("文件", "file")), overflow="fold")
    evaluated = [reading.result for reading in readings if reading.result is not None]
    unit = evaluated[0].guide.subject.name if evaluated else Text("企业", "enterprise")
    table.add_column(str(unit), overflow="fold")
    # groups are shown where all files were evaluated by one guide, which is always so within one command
    groups = evaluated[0].guide.first_levels if evaluated else ()
    for title in (Text("总分", "total"), *(group.name for group in groups), Text("完成度", "coverage")):
        table.add_column(str(title), justify="right")
    table.add_column(str(Text("检查结果", "findings")))
    for reading in readings:
        result = reading.result
        if result is None:
            numbers = [str(Text("拒绝", "refused")), *([""] * (len(groups) + 1))]
            name = ""
        else:
            numbers = [
                _shown(result.total),
                *(_shown(group.score) for group in result.first_levels),
                f"{result.coverage:.0%}",
            ]
            name = result.assessment.enterprise.name
        table.add_row(reading.file, name, *numbers, str(counted(reading.findings)))
    return table


def with_progress(readings: Iterator[Reading], count: int) -> Iterator[Reading]:
    """The same readings, with a progress bar on stderr."""
    from rich.progress import track

    yield from track(
        readings, description=str(Text("读取", "reading")), total=count, console=Console(stderr=True), transient=True
    )
