"""The charts of the portfolio's overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..messages import Text
from ..workbook import theme

if TYPE_CHECKING:
    from .group import Group
    from .portfolio_book import Sheet

_BINS = 10
#: Points a scatter can hold and still open quickly.
_POINTS = 5000
_QUADRANTS = (
    (1, 1, Text("减污又降碳", "both fall")),
    (-1, 1, Text("仅降碳", "only carbon falls")),
    (-1, -1, Text("污碳双升", "both rise")),
    (1, -1, Text("仅减污", "only pollutants fall")),
)


def add(file: Any, sheet: Sheet, group: Group, complete: Any, values: Sheet) -> None:
    """The data of the charts below the figures, and the charts beside them."""
    sheet.lines([[(str(Text("总分区间", "total")), "heading"), (str(Text("企业数", "enterprises")), "heading")]])
    first = sheet.row
    counts, _ = np.histogram(complete, bins=_BINS, range=(0, 100))
    sheet.lines([(f"{i * 10}–{i * 10 + 10}", "label"), (int(n), "count")] for i, n in enumerate(counts))
    distribution = _columns(file, sheet, first, sheet.row - 1, Text("总分分布", "Distribution of totals"))
    sheet.row += 1
    sheet.lines([[(str(Text("一级指标", "first level")), "heading"), (str(Text("平均得分", "mean score")), "heading")]])
    first = sheet.row
    sheet.lines([(str(name), "label"), (mean, "score")] for name, mean in _groups(group))
    groups = _columns(file, sheet, first, sheet.row - 1, Text("一级指标平均得分", "Mean score of the first levels"))
    sheet.row += 1
    first = sheet.row
    reach = _reach(group)
    sheet.lines([(str(name), "hint"), (x * reach, "hint"), (y * reach, "hint")] for x, y, name in _QUADRANTS)
    sheet.sheet.insert_chart(3, 3, distribution)
    sheet.sheet.insert_chart(19, 3, groups)
    sheet.sheet.insert_chart(3, 9, _scatter(file, sheet, first, values, reach))


def _groups(group: Group) -> list[tuple[Text, float]]:
    found = []
    for node in group.guide.first_levels:
        members = [i for i, leaf in enumerate(group.guide.indicators) if group.guide.first_level(leaf) == node]
        scores, weights = group.scores[:, members], group.weights[:, members]
        whole = (np.where(weights > 0, scores, 0) * weights).sum(axis=1) / weights.sum(axis=1)
        known = whole[~np.isnan(whole)]
        found.append((node.name, float(known.mean()) if len(known) else 0.0))
    return found


def _reach(group: Group) -> float:
    return 0.3


def _columns(file: Any, sheet: Sheet, first: int, last: int, title: Text) -> Any:
    chart = file.add_chart({"type": "column"})
    name = sheet.sheet.name
    chart.add_series({
        "categories": [name, first, 0, last, 0], "values": [name, first, 1, last, 1],
        "fill": {"color": theme.ACCENT}, "gap": 40, "data_labels": {"value": True, "num_format": "0.##"},
    })  # fmt: skip
    chart.set_title({"name": str(title), "name_font": {"size": 12, "color": theme.ACCENT}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": theme.BAND}}, "num_format": "0"})
    chart.set_size({"width": 520, "height": 300})
    return chart


def _scatter(file: Any, sheet: Sheet, first: int, values: Sheet, reach: float) -> Any:
    """Rates of pollutants and carbon; the quadrants are named by labelled points that are not seen."""
    from .portfolio_book import FIRST

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
        "data_labels": {"value": True, "position": "center", "custom": [{"value": str(name)} for _, _, name in _QUADRANTS]},
    })  # fmt: skip
    axis = {
        "num_format": "0%",
        "label_position": "low",
        "crossing": 0,
        "major_gridlines": {"visible": True, "line": {"color": theme.BAND}},
    }
    chart.set_x_axis({**axis, "name": str(Text("污染物减排率", "reduction rate of pollutants"))})
    chart.set_y_axis(
        {**axis, "name": str(Text("碳减排率", "reduction rate of carbon")), "name_font": {"rotation": 360}}
    )
    chart.set_title(
        {"name": str(Text("减污与降碳", "Pollutants and carbon")), "name_font": {"size": 12, "color": theme.ACCENT}}
    )
    chart.set_legend({"none": True})
    chart.set_size({"width": 560, "height": 480})
    return chart
