"""The summary sheet: one page with the headline score, the groups, and charts."""

from __future__ import annotations

from typing import Any

from ..assessment.result import Result
from ..messages import Text
from . import theme
from .book import Book
from .cached import Cached
from .layout import Cell

_TITLES = {
    "scores": Text("各指标得分", "Scores of the indicators"),
    "lost": Text("各指标失分", "Points lost by indicator"),
    "synergy": Text("减污与降碳(下降率)", "Reduction of pollutants and carbon (rates)"),
    "pollutants": Text("污染物减排率", "reduction rate of pollutants"),
    "carbon": Text("碳减排率", "reduction rate of carbon"),
}
_LABELS = {
    "enterprise": Text("企业", "Enterprise"),
    "total": Text("总分", "Total"),
    "coverage": Text("完成度", "Coverage"),
    "case": Text("协同情形", "Case of synergy"),
    "group": Text("一级指标", "First level"),
    "score": Text("得分", "score"),
}


def summary(book: Book, result: Result, cached: Cached) -> None:
    """Write the summary sheet."""
    layout, t = book.layout, book.layout.text
    sheet = book.sheets["summary"]
    for col, width in enumerate((24, 18, 18, 18, 18)):
        sheet.set_column(col, col, width)
    book.write(Cell("summary", 0, 0), layout.title("summary"), "title")
    rows: list[tuple[Text, str, str | float, str]] = [
        (_LABELS["enterprise"], 'in_enterprise_name&""', result.assessment.enterprise.name, "plain"),
        (_LABELS["total"], "out_total", "" if result.total is None else result.total, "headline"),
        (_LABELS["coverage"], "out_coverage", result.coverage, "percent"),
        (_LABELS["case"], "out_synergy_case", cached.single("synergy_case"), "plain"),
    ]
    for i, (label, formula, value, style) in enumerate(rows):
        book.write(Cell("summary", 2 + i, 0), t(label), "label")
        book.formula(Cell("summary", 2 + i, 1), formula, value, style)
    sheet.set_row(3, 40)
    book.write(Cell("summary", 7, 0), t(_LABELS["group"]), "heading")
    book.write(Cell("summary", 7, 1), t(_LABELS["score"]), "heading")
    for i, group in enumerate(result.first_levels):
        book.write(Cell("summary", 8 + i, 0), t(group.node.name), "label")
        value = "" if group.score is None else group.score
        book.formula(Cell("summary", 8 + i, 1), f"out_first_level_{group.node.code}", value, "score")
    first = 10 + len(result.first_levels)
    sheet.insert_chart(first, 0, _radar(book))
    sheet.insert_chart(first, 3, _synergy(book))
    sheet.insert_chart(first + 16, 0, _lost(book))
    sheet.fit_to_pages(1, 1)


def _titled(chart: Any, book: Book, key: str) -> Any:
    chart.set_title({"name": book.layout.text(_TITLES[key]), "name_font": {"size": 12, "color": theme.ACCENT}})
    chart.set_legend({"none": True})
    return chart


def _radar(book: Book) -> Any:
    chart = book.file.add_chart({"type": "radar", "subtype": "filled"})
    chart.add_series(
        {
            "categories": "=" + book.layout.indicator_range("code"),
            "values": "=" + book.layout.indicator_range("score"),
            "fill": {"color": theme.COMPUTED},
            "line": {"color": theme.ACCENT, "width": 2},
        }
    )
    chart.set_size({"width": 430, "height": 310})
    return _titled(chart, book, "scores")


def _lost(book: Book) -> Any:
    chart = book.file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": "=" + book.layout.indicator_range("name"),
            "values": "=" + book.layout.indicator_range("lost"),
            "fill": {"color": theme.ACCENT},
            "data_labels": {"value": True, "num_format": "0.00"},
            "gap": 60,
        }
    )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": True, "line": {"color": theme.BAND}}})
    chart.set_size({"width": 800, "height": 330})
    return _titled(chart, book, "lost")


def _synergy(book: Book) -> Any:
    t = book.layout.text
    chart = book.file.add_chart({"type": "scatter"})
    rates = [book.layout.ref(book.layout.results[f"out_rate_{key}"]) for key in ("pollutants", "carbon")]
    chart.add_series(
        {
            "categories": "=" + rates[0],
            "values": "=" + rates[1],
            "marker": {"type": "diamond", "size": 12, "fill": {"color": theme.ACCENT}, "border": {"color": theme.INK}},
        }
    )
    axis = {"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": theme.BAND}}}
    chart.set_x_axis({**axis, "name": t(_TITLES["pollutants"]), "crossing": 0, "label_position": "low"})
    chart.set_y_axis(
        {**axis, "name": t(_TITLES["carbon"]), "name_font": {"rotation": 360}, "crossing": 0, "label_position": "low"}
    )
    chart.set_size({"width": 400, "height": 310})
    return _titled(chart, book, "synergy")
