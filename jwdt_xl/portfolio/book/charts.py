"""The charts of the portfolio's overview."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ...messages import Text
from ...standard.guide import Guide
from ...workbook import theme
from .sheet import HEADING, Book, Sheet

if TYPE_CHECKING:
    from ..analysis.group import Group

BINS = 10
#: Points a scatter can hold and still open quickly.
_POINTS = 5000
_NEARLY_ALL = 0.98
#: Pixels.
_WIDE = 520
DISTRIBUTION = Text("总分分布", "Distribution of totals")
SCATTER = Text("减污与降碳", "Pollutants and carbon")
AXES = (Text("污染物减排率", "reduction rate of pollutants"), Text("碳减排率", "reduction rate of carbon"))
QUADRANTS = (
    (1, 1, Text("减污又降碳", "both fall")),
    (-1, 1, Text("仅降碳", "only carbon falls")),
    (-1, -1, Text("污碳双升", "both rise")),
    (1, -1, Text("仅减污", "only pollutants fall")),
)


def add(file: Any, sheet: Sheet, group: Group, complete: Any, values: Sheet) -> None:
    """The data of the charts below the figures, and the charts beside them."""
    many = count_of(group.guide)
    sheet.line((Text("总分区间", "total"), "heading"), (many, "heading"))
    first = sheet.row
    sheet.lines([(f"{i * 10}–{i * 10 + 10}", "label"), (n, "count")] for i, n in enumerate(distribution(complete)))
    totals = _columns(file, sheet, first, sheet.row - 1, DISTRIBUTION)
    sheet.row += 1
    sheet.line((Text("一级指标", "first level"), "heading"), (Text("平均得分", "mean score"), "heading"))
    first = sheet.row
    sheet.lines([(name, "label"), (mean, "score")] for name, mean in _groups(group))
    groups = _columns(file, sheet, first, sheet.row - 1, Text("一级指标平均得分", "Mean score of the first levels"))
    sheet.sheet.insert_chart(3, 3, totals)
    sheet.sheet.insert_chart(19, 3, groups)
    if group.guide.is_plain:  # there are no rates of pollutants and carbon
        return
    sheet.row += 1
    reach = reach_of(group.rates)
    names = quadrants(group.rates)
    sheet.line((Text("象限", "quadrant"), "heading"), (many, "heading"))
    sheet.lines([(name, "label"), (count, "count")] for _, _, name, count in names)
    sheet.row += 1
    sheet.line((Text("图中象限名称的位置", "where the names of the quadrants stand"), "fine"))
    first = sheet.row
    sheet.lines([(name, "fine"), (x * reach * 0.6, "fine"), (y * reach * 0.9, "fine")] for x, y, name, _ in names)
    labels = [f"{name} {count}" for _, _, name, count in names]
    scatter = _scatter(file, sheet, first, labels, values, group.rates, reach)
    sheet.sheet.insert_chart(3, 3, scatter, {"x_offset": _WIDE + 20})


def count_of(guide: Guide) -> Text:
    """The heading above how many there are."""
    subject = guide.subject
    return Text(f"{subject.name.zh}数", subject.several.en)


def distribution(totals: Any) -> list[int]:
    """How many totals are in each tenth of the scale; 100 is in the last."""
    counts, _ = np.histogram(totals[~np.isnan(totals)], bins=BINS, range=(0, 100))
    return [int(count) for count in counts]


def quadrants(rates: Any) -> list[tuple[int, int, Text, int]]:
    """The quadrants, their names, and how many enterprises are in each; no change counts as no fall."""
    known = rates[~np.isnan(rates).any(axis=1)]
    return [
        (x, y, name, int((((known[:, 0] > 0) == (x > 0)) & ((known[:, 1] > 0) == (y > 0))).sum()))
        for x, y, name in QUADRANTS
    ]


def reach_of(rates: Any) -> float:
    """How far the axes go: to the next 10 % beyond nearly all enterprises; a few far out would squash the others."""
    known = np.abs(rates[~np.isnan(rates).any(axis=1)]).max(axis=1, initial=0)
    return max(0.1, math.ceil(float(np.quantile(known, _NEARLY_ALL)) * 10 + 1e-9) / 10) if len(known) else 0.1


def _groups(group: Group) -> list[tuple[Text, float]]:
    found = []
    for node in group.guide.first_levels:
        members = [i for i, leaf in enumerate(group.guide.indicators) if group.guide.first_level(leaf) == node]
        scores, weights = (of[group.counted][:, members] for of in (group.scores, group.weights))
        whole = (np.where(weights > 0, scores, 0) * weights).sum(axis=1) / weights.sum(axis=1)
        known = whole[~np.isnan(whole)]
        found.append((node.name, float(known.mean()) if len(known) else 0.0))
    return found


def _columns(file: Any, sheet: Sheet, first: int, last: int, title: Text) -> Any:
    chart = file.add_chart({"type": "column"})
    name = sheet.sheet.name
    chart.add_series({
        "categories": [name, first, 0, last, 0], "values": [name, first, 1, last, 1],
        "fill": {"color": theme.ACCENT}, "gap": 40, "data_labels": {"value": True, "num_format": "0.##"},
    })  # fmt: skip
    chart.set_title({"name": str(title), "name_font": {"size": 12, "color": theme.ACCENT}})
    chart.set_legend({"none": True})
    gridlines = {"visible": True, "line": {"color": theme.BAND}}
    chart.set_y_axis({"min": 0, "major_gridlines": gridlines, "num_format": "0"})
    chart.set_size({"width": _WIDE, "height": 300})
    return chart


def _scatter(file: Any, sheet: Sheet, first: int, labels: list[str], values: Sheet, rates: Any, reach: float) -> Any:
    """Rates of pollutants and carbon; the quadrants are named by labelled points that are not seen."""
    from .sheet import FIRST

    chart = file.add_chart({"type": "scatter"})
    keys = [column.key for column in values.columns]
    last = max(FIRST, min(values.row - 1, FIRST + _POINTS - 1))
    x, y = keys.index("rate_pollutants"), keys.index("rate_carbon")
    name = values.sheet.name
    chart.add_series({
        "categories": [name, FIRST, x, last, x], "values": [name, FIRST, y, last, y],
        "marker": {"type": "circle", "size": 5, "fill": {"color": theme.ACCENT}, "border": {"none": True}},
    })  # fmt: skip
    own = sheet.sheet.name
    chart.add_series({
        "categories": [own, first, 1, first + 3, 1], "values": [own, first, 2, first + 3, 2], "marker": {"type": "none"},
        "data_labels": {"value": True, "position": "center", "custom": [{"value": label} for label in labels]},
    })  # fmt: skip
    axis = {
        "num_format": "0%",
        "label_position": "low",
        "crossing": 0,
        "min": -reach,
        "max": reach,
        "major_unit": reach / 2,
        "major_gridlines": {"visible": True, "line": {"color": theme.BAND}},
    }
    chart.set_x_axis({**axis, "name": str(AXES[0])})
    chart.set_y_axis({**axis, "name": str(AXES[1]), "name_font": {"rotation": 360}})
    chart.set_title({"name": str(_scatter_title(rates, reach)), "name_font": {"size": 12, "color": theme.ACCENT}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 560, "height": 480})
    return chart


def _scatter_title(rates: Any, reach: float) -> Text:
    """Says what the picture leaves out."""
    title = SCATTER
    if len(rates) > _POINTS:
        title = Text("{t}（名次前 {n} 家）", "{t} (the first {n} by rank)").fill(t=title, n=_POINTS)
    return with_outside(title, rates, reach)


def with_outside(title: Text, rates: Any, reach: float) -> Text:
    """The title of a picture that reaches so far, with how many are beyond."""
    beyond = outside(rates, reach)
    return Text("{t}；{n} 家在图外", "{t}; {n} outside").fill(t=title, n=beyond) if beyond else title


def outside(rates: Any, reach: float) -> int:
    known = rates[~np.isnan(rates).any(axis=1)]
    return int((np.abs(known) > reach).any(axis=1).sum())


#: What became of returns, in the same colour in every picture.
RANKED, EXCLUDED, REVIEW, INCOMPLETE = theme.ACCENT, "#4F8F7B", "#8FB9A8", "#F0C75E"
REJECTED, HELD, BLANK, MISSING = "#B5533C", "#D9B08C", "#C9C9C9", "#F5F5F5"


def stacked(
    book: Book,
    sheet: Sheet,
    colours: Mapping[str, str],
    names: tuple[int, int],
    rows: tuple[int, int],
    title: Text,
    size: tuple[int, int],
    **look: Any,
) -> None:
    """Below the rows how many of each are what: a bar a row, a colour a column by its key; names: the first and last column of what they are called."""
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    columns = [column.key for column in sheet.columns]
    (first, last), (begin, end) = rows, names
    for key, colour in colours.items():
        col = columns.index(key)
        chart.add_series({
            "name": [sheet.name, HEADING, col], "categories": [sheet.name, first, begin, last, end],
            "values": [sheet.name, first, col, last, col], "fill": {"color": colour}, **look,
        })  # fmt: skip
    chart.set_title({"name": str(title), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": theme.BAND}}, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size(dict(zip(("width", "height"), size, strict=True)))
    sheet.sheet.insert_chart(sheet.row + 1, 0, chart)
