"""The trend workbook: scores, values, rates and quantities of one enterprise by year, with charts; breaks are marked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from ... import __version__
from ...messages import Text
from ...standard.indicators import CASE_NAMES
from ...workbook.pages import Page, Pages, Series, Words, widest
from ..analysis.trend import QUANTITIES, Trend, Year
from .sheet import MARK

_TITLE = Text("逐年变化", "Trend over the years")
_OVERVIEW, _SCORES = Text("总览", "Overview"), Text("得分", "Scores")
_VALUES, _QUANTITIES = Text("指标值", "Values"), Text("数量", "Quantities")
_YEAR, _FILE = Text("报告期", "report period"), Text("文件", "file")
_TOTAL, _COVERAGE = Text("总分", "total"), Text("覆盖", "coverage")
_CASE, _BREAKS = Text("协同情形", "case"), Text("不可比之处", "breaks")
_RATES = (Text("污染物减排率", "reduction of pollutants"), Text("碳减排率", "reduction of carbon"))
_LEAD = Text(
    "{m} 表示该年与上一年不可直接比较，原因列在下面和表中；数由各年文件重新评价得出。",
    "{m} marks a year that cannot be compared with the one before; why is said below and in the table. All is evaluated anew from the files.",
)
INDEX = Text("首年 = 100 的指数", "index, first year = 100")
_NO_BREAK = Text("各年边界、方法、口径一致", "boundary, method and bases are the same in all years")
_PAGE = (16, 12, 12, 18, 14, 14, 44)


def write(path: str | os.PathLike[str], found: Trend) -> None:
    with Pages(os.fspath(path), _TITLE) as pages:
        _overview(pages, found)
        _scores(pages, found)
        _values(pages, found)
        _quantities(pages, found)


def label(found: Trend, year: str) -> str:
    """A year as tables and charts name it."""
    return f"{year} {MARK}" if found.broken(year) else year


def _why(found: Trend, year: str) -> Text:
    texts = [each.text for each in found.breaks if each.label == year]
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


def _overview(pages: Pages, found: Trend) -> None:
    page = pages.page(_OVERVIEW, _PAGE, whole=True)
    page.title(Text("{n}：{t}", "{n}: {t}").fill(n=found.name or "-", t=_TITLE), _LEAD.fill(m=MARK))
    page.line(
        Text("{n} 年，指南 {g}", "{n} years, guide {g}").fill(
            n=len(found.years), g=f"{found.guide.id} {found.guide.version}"
        ),
        "hint",
    )
    rows = []
    for year in found.years:
        synergy = year.result.synergy
        case = CASE_NAMES[synergy.case] if synergy else ""
        rates = (synergy.pollutants, synergy.carbon) if synergy else (None, None)
        rows.append(
            (label(found, year.label), year.result.total, year.result.coverage, case, *rates, _why(found, year.label))
        )
    heads = (_YEAR, _TOTAL, _COVERAGE, _CASE, *_RATES, _BREAKS)
    area = page.table(heads, rows, ("cell_bold", "total", "percent", "cell", "percent", "percent", "cell"))
    if not found.breaks:
        page.line(_NO_BREAK, "hint")
    page.row += 1
    page.lines(_TOTAL, (area, 0), [Series(_TOTAL, 1)], number="0", most=100)
    page.lines(
        Text("减排率", "reduction rates"),
        (area, 0),
        [Series(name, col) for col, name in zip((4, 5), _RATES, strict=True)],
        number="0%",
    )
    page.line(f"jwdt-xl {__version__}", "hint")


def _scores(pages: Pages, found: Trend) -> None:
    """Rows are years, so that charts go down them; first levels first."""
    groups = [group.node for group in found.years[0].result.first_levels]
    leaves = [indicator.node for indicator in found.years[0].result.indicators]
    page = _page(pages, found, _SCORES, len(groups) + len(leaves) + 1)
    rows = [
        (
            label(found, year.label), year.result.total, *(group.score for group in year.result.first_levels),
            *(indicator.score for indicator in year.result.indicators), year.file,
        )
        for year in found.years
    ]  # fmt: skip
    names: list[Words] = [node.name for node in groups]
    heads = (_YEAR, _TOTAL, *names, *(_named(node) for node in leaves), _FILE)
    area = page.table(heads, rows, ("cell_bold", "total", *["score"] * (len(groups) + len(leaves)), "cell"))
    page.row += 1
    series = [Series(name, col) for col, name in enumerate(names, 2)]
    page.lines(Text("一级指标得分", "scores of the first levels"), (area, 0), series, number="0", most=100)


def _values(pages: Pages, found: Trend) -> None:
    leaves = [indicator.node for indicator in found.years[0].result.indicators]
    page = _page(pages, found, _VALUES, len(leaves))
    rows = [
        (label(found, year.label), *(indicator.value for indicator in year.result.indicators), year.file)
        for year in found.years
    ]
    heads = [
        Text("{n}（{u}）", "{n} ({u})").fill(n=_named(node), u=node.unit) if node.unit.zh else _named(node)
        for node in leaves
    ]
    page.table((_YEAR, *heads, _FILE), rows, ("cell_bold", *["value"] * len(leaves), "cell"))


def _quantities(pages: Pages, found: Trend) -> None:
    """Each quantity, and all of them as an index, since their units differ."""
    names = [Text("{n}（{u}）", "{n} ({u})").fill(n=name, u=unit) if unit.en else name for _, name, unit in QUANTITIES]
    page = _page(pages, found, _QUANTITIES, 2 * len(names))
    rows = []
    for place, year in enumerate(found.labels):
        values = [found.quantities[key][place] for key, _, _ in QUANTITIES]
        rows.append((label(found, year), *values, *_index(found, place)))
    heads = [*names, *(Text("{n}·指数", "{n}, index").fill(n=name) for _, name, _ in QUANTITIES)]
    area = page.table((_YEAR, *heads), rows, ("cell_bold", *["value"] * len(names), *["score"] * len(names)))
    page.row += 1
    first = 1 + len(names)
    series = [Series(name, col) for col, (_, name, _) in enumerate(QUANTITIES, first)]
    page.lines(INDEX, (area, 0), series, number="0")


def _index(found: Trend, place: int) -> list[float | None]:
    values: list[float | None] = []
    for key, _, _ in QUANTITIES:
        series = found.quantities[key]
        first = next((value for value in series if value), None)
        now = series[place]
        values.append(None if first is None or now is None else 100 * now / first)
    return values


def _page(pages: Pages, found: Trend, title: Text, columns: int) -> Page:
    files = widest((year.file for year in found.years), 16, 40)
    page = pages.page(title, (16, *([14] * columns), files))
    page.title(title, _LEAD.fill(m=MARK))
    return page


def _named(node: Any) -> Text:
    return Text(f"{node.code} {node.name.zh}", f"{node.code} {node.name.en}")


def summary(found: Trend) -> Sequence[Text]:
    """The years on the terminal, and the breaks."""
    lines = [_line(found, year) for year in found.years]
    return [*lines, *(Text("{l}：{t}", "{l}: {t}").fill(l=each.label, t=each.text) for each in found.breaks)]


def _line(found: Trend, year: Year) -> Text:
    total = "–" if year.result.total is None else f"{year.result.total:.2f}"
    return Text("{l}　总分 {t}", "{l}  total {t}").fill(l=label(found, year.label), t=total)
