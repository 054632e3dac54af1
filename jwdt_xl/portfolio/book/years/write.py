"""The workbook of the years of many: overview and charts, then the sheets of figures."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from .... import __version__
from ....messages import Text
from ....workbook.pages import Page, Series
from ...analysis import tonnes
from ...analysis.years import CO2E, EQUIVALENTS, Cohort, Year, Years, cohort, why
from ..columns import SCORE, VALUE, Column
from ..sheet import EXCEL_ROWS, MARK, STYLES, Book
from ..trend import INDEX
from . import columns, sheets

TITLE = Text("多年对比", "Years compared")
_OVERVIEW, _CHARTS = Text("总览", "Overview"), Text("地区图", "Charts of regions")
_LEAD = Text(
    "{y} 年，{g} 个指南，{e} 家企业。数取自各年的汇总工作簿，不重新评价；没有汇总的年份留空，不作插补；只计参加排名的。{m} 表示该年与上一年不可直接比较（指南或方法改变，或中间缺年），原因见“{s}”。",
    "{y} years, {g} guides, {e} enterprises. All is as the portfolios of the years have it, evaluated no more; years without a portfolio are left blank and never filled in; only those ranked count. {m}: cannot be compared with the year before (guide or method changed, or years lack); why stands on the sheet {s}.",
)
_PORTFOLIOS = (
    (columns.YEAR, 12),
    (columns.GUIDE, 18),
    (Text("版本", "version"), 16),
    (Text("指纹", "hash"), 18),
    (Text("汇总工作簿", "portfolio"), 30),
    (Text("已评价", "scored"), 14),
    (Text("参加排名", "ranked"), 14),
    (Text("待评审", "held back"), 14),
    (Text("其他不排名", "unranked otherwise"), 14),
    (Text("其他报告期", "of another period"), 14),
    (Text("不可比之处", "breaks"), 40),
)
_MISSING = Text("{y} 没有汇总", "no portfolio of {y}")
#: From here on amounts are shown without decimals, where they only stand beside each other.
_WHOLE = 1000
_TONNES = Text("报得最多的污染物合计 t（全部指南）", "tonnes of the pollutants that most report (all guides)")
#: Lines that a chart can hold and still be read.
_MOST = 6


def write(path: str | os.PathLike[str], found: Years, rows: int = EXCEL_ROWS) -> None:
    with Book(os.fspath(path), rows) as book:
        _overview(book, found)
        _charts(book, found)
        sheets.guides(book, found)
        sheets.regions(book, found)
        sheets.pollutants(book, found)
        sheets.totals(book, found)
        sheets.enterprises(book, found)
        sheets.scores(book, found)
        sheets.breaks(book, found)


def _overview(book: Book, found: Years) -> None:
    page = Page(book, str(_OVERVIEW), [width for _, width in _PORTFOLIOS], whole=True)
    page.sheet.activate()
    lead = _LEAD.fill(
        y=len(found.labels) - len(found.missing),
        g=len(found.guides),
        e=len(found.chains),
        m=MARK,
        s=sheets.NAMES["breaks"],
    )
    page.title(TITLE, lead)
    cohorts = _cohorts(found)
    rows = [_portfolio(year, cohorts[year.book.method.guide, year.label]) for year in found.years]
    heads = [head.title if isinstance(head, Column) else head for head, _ in _PORTFOLIOS]
    page.table(heads, rows, ("cell_bold", *["cell"] * 4, *["count"] * 5, "cell"))
    for label in found.missing:
        page.line(_MISSING.fill(y=label), "hint")
    marked = {(year.book.method.guide, year.label) for year in found.years if year.breaks}
    for column, number, most in (
        (_of("median"), "0.0", 100.0),
        (_of(EQUIVALENTS), "#,##0", None),
        (_of(CO2E), "#,##0", None),
        (_of("rate_carbon"), "0%", None),
    ):
        _side_by_side(page, found, found.guides, cohorts, column, number, most, marked)
    _pollutants(page, found)
    page.line(f"jwdt-xl {__version__}", "hint")


class _Index(NamedTuple):
    indexed: float | None


def _pollutants(page: Page, found: Years) -> None:
    """Those that most report, of all guides, as an index, since one has a thousand times the tonnes of another."""
    years = sheets.by(found, lambda entry: entry.label)
    indices: dict[tuple[str, str], NamedTuple] = {}
    names = []
    for key, name in list(tonnes.named(found.entries).items())[:_MOST]:
        sums = {label: tonnes.tonnage(years[label], key).tonnes for label in found.labels}
        first = next((value for value in sums.values() if value), None)
        names.append(str(name))
        indices |= {
            (str(name), label): _Index(None if first is None or value is None else 100 * value / first)
            for label, value in sums.items()
        }
    if names:
        title = Text("{p}：{i}", "{p}: {i}").fill(p=_TONNES, i=INDEX)
        column = Column("indexed", title, SCORE)
        _side_by_side(page, found, names, indices, column, "0", None, set())


def _of(key: str) -> Column:
    return next(column for column in columns.COHORT if column.key == key)


def _portfolio(year: Year, counted: Cohort) -> tuple[Any, ...]:
    method = year.book.method
    label = f"{year.label} {MARK}" if year.breaks else year.label
    return (
        label, method.guide, method.version, method.hash, year.book.name, counted.number, counted.ranked, counted.held,
        counted.unranked, year.others, why(year.breaks),
    )  # fmt: skip


def _cohorts(found: Years) -> dict[tuple[str, str], Cohort]:
    listed = sheets.by(found, lambda entry: (entry.book.method.guide, entry.label))
    return {key: cohort(listed[key]) for key in ((year.book.method.guide, year.label) for year in found.years)}


def _side_by_side(
    page: Page,
    found: Years,
    names: Sequence[str],
    cohorts: Mapping[tuple[str, str], NamedTuple],
    column: Column,
    number: str,
    most: float | None,
    marked: set[tuple[str, str]],
    title: Text | None = None,
) -> None:
    """Years down, guides or regions across, and a chart of them; left out where nobody has the number."""
    numbers = {key: getattr(each, column.key) for key, each in cohorts.items()}
    if all(value is None for value in numbers.values()):
        return
    page.row += 1
    page.section(title or column.title)
    style = STYLES[column.kind]
    if column.kind == VALUE and max(abs(value) for value in numbers.values() if value is not None) >= _WHOLE:
        style = "whole"

    def cell(name: str, label: str) -> Any:
        value = numbers.get((name, label))
        with_mark = f"{style}_marked"
        return (value, with_mark) if (name, label) in marked and with_mark in page.pages.styles else value

    rows = []
    for label in found.labels:
        sign = any((name, label) in marked for name in names)
        rows.append((f"{label} {MARK}" if sign else label, *(cell(name, label) for name in names)))
    area = page.table((columns.YEAR.title, *names), rows, ("cell_bold", *[style] * len(names)))
    page.row += 1
    shown = _largest(names, numbers, found.labels)
    series = [Series(name, 1 + list(names).index(name)) for name in shown]
    page.lines(
        _named(title or column.title, shown, names),
        (area, 0),
        series,
        number=number,
        most=most,
        from_zero=column.kind == VALUE and min(value for value in numbers.values() if value is not None) >= 0,
    )


def _largest(names: Sequence[str], numbers: dict[tuple[str, str], Any], labels: Sequence[str]) -> list[str]:
    """At most so many as can be told apart, those with the most in the last year first; in their own order."""

    def last(name: str) -> float:
        return next(
            (value for label in reversed(labels) if (value := numbers.get((name, label))) is not None), float("-inf")
        )

    kept = sorted(names, key=lambda name: (-last(name), name))[:_MOST]
    return [name for name in names if name in kept]


def _named(title: Text, shown: Sequence[str], names: Sequence[str]) -> Text:
    if len(shown) == len(names):
        return title
    return Text("{t}（最大的 {n} 个，共 {m} 个）", "{t} (the {n} largest of {m})").fill(
        t=title, n=len(shown), m=len(names)
    )


def _charts(book: Book, found: Years) -> None:
    """Of regions: sums over all guides, and the median total within each guide."""
    regions = sorted({sheets.region_of(entry) for entry in found.entries})
    page = Page(book, str(_CHARTS), [10, *[15] * max(7, len(regions))], whole=True)
    lead = Text(
        "各地区参加排名的企业：污染当量和碳排放是全部指南之和，总分的中位数在同一指南之内。",
        "Those ranked in each region: equivalents and emissions are summed over all guides, the median total is within a guide.",
    )
    page.title(_CHARTS, lead)
    listed = sheets.by(found, lambda entry: (sheets.region_of(entry), entry.label))
    sums = {key: cohort(of, scores=False) for key, of in listed.items()}
    for key in (EQUIVALENTS, CO2E):
        _side_by_side(page, found, regions, sums, _of(key), "#,##0", None, set())
    of_guides = sheets.by(found, lambda entry: (entry.book.method.guide, sheets.region_of(entry), entry.label))
    for guide in found.guides:
        inside = {key[1:]: cohort(of) for key, of in of_guides.items() if key[0] == guide}
        names = [region for region in regions if any(key[0] == region for key in inside)]
        broken = {year.label for year in found.years if year.book.method.guide == guide and year.breaks}
        marked = {(region, label) for region in names for label in broken}
        title = Text("{c}：{g}", "{c}: {g}").fill(c=_of("median").title, g=guide)
        _side_by_side(page, found, names, inside, _of("median"), "0.0", 100.0, marked, title)


def summary(found: Years) -> list[Text]:
    """On the terminal: a line a guide and year, and what cannot be compared."""
    lines = []
    cohorts = _cohorts(found)
    told: Callable[[float | None, str], str] = lambda value, form: "–" if value is None else format(value, form)  # noqa: E731
    for guide in found.guides:
        for year in found.years:
            if year.book.method.guide != guide:
                continue
            of = cohorts[guide, year.label]
            mark = f" {MARK}" if year.breaks else ""
            lines.append(
                _LINE.fill(
                    g=guide, y=f"{year.label}{mark}", n=of.number, r=of.ranked, m=told(of.median, ".2f"), e=told(of.equivalents, ",.0f"),
                    c=told(of.co2e, ",.0f"), p=of.compared, b=of.broken, w=_BECAUSE.fill(w=why(year.breaks)) if year.breaks else "",
                )
            )  # fmt: skip
    return lines


_LINE = Text(
    "{g} {y}：已评价 {n}，参加排名 {r}，总分中位数 {m}，污染当量 {e}，碳排放 {c} tCO2e；可与上年相比 {p}，跨不可比之处 {b}{w}",
    "{g} {y}: scored {n}, ranked {r}, median total {m}, equivalents {e}, {c} tCO2e; comparable with the year before {p}, over a break {b}{w}",
)
_BECAUSE = Text("；{w}", "; {w}")
