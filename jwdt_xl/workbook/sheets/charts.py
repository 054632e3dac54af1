"""The charts: scores, the four quadrants of synergy, emissions by source. Readable in black and white."""

from __future__ import annotations

import re
from typing import Any

from ...messages import Text
from ...standard.greenhouse import CATEGORY_NAMES
from .. import theme
from ..columns.column import plain
from ..parts import Parts, width_of
from ..plan import Cell
from . import result_texts as texts

_FONT = {"name": theme.FONT, "size": 9}
_GRID = {"visible": True, "line": {"color": theme.BAND, "width": 0.75}}
#: The quadrants show rates up to this; a point beyond lies on the edge, and a missing one far outside.
EDGE, OUTSIDE = 0.5, 9.0
#: Lines of the radar's names, with the … of what is longer, and letters in each.
_LABEL_LINES, _LABEL_WIDTH = 4, 16
#: By how much a point is off the line of equal rates.
ASIDE = 0.000001
#: Where a point's name stands, below the line of equal rates and above it.
SIDES = ("right", "left")
#: Where the names of the quadrants stand, as a share of the edge.
_NAME_X, _NAME_Y = 0.5, 0.86


def _titled(chart: Any, parts: Parts, title: Text) -> Any:
    chart.set_title({"name": parts.layout.text(title), "name_font": {**_FONT, "size": 11, "color": theme.ACCENT}})
    chart.show_hidden_data()
    chart.set_chartarea({"border": {"color": "#C5CED3"}})
    return chart


def scores(parts: Parts, labels: str) -> Any:
    """A radar of the scores by the indicators' numbers and names."""
    chart = parts.book.file.add_chart({"type": "radar", "subtype": "with_markers"})
    chart.add_series(
        {
            "name": parts.layout.text(texts.SCORE),
            "categories": "=" + labels,
            "values": "=" + parts.layout.indicator_range("score"),
            "line": {"color": theme.INK, "width": 2},
            "marker": {"type": "square", "size": 6, "fill": {"color": theme.ACCENT}, "border": {"color": theme.INK}},
        }
    )
    chart.set_y_axis(
        {"min": 0, "max": 100, "major_unit": 25, "major_gridlines": _GRID, "num_font": {**_FONT, "size": 8}}
    )
    chart.set_x_axis({"num_font": {**_FONT, "size": 7}})
    chart.set_legend({"none": True})
    return _titled(chart, parts, texts.CHART_SCORES)


def quadrants(parts: Parts, points: list[Cell], names: Cell, diagonal: Cell) -> Any:
    """The rates of pollutants and carbon, with the name of each quadrant on an invisible point."""
    t, layout = parts.layout.text, parts.layout
    chart = parts.book.file.add_chart({"type": "scatter"})

    def area(first: Cell, count: int, col: int) -> str:
        return "=" + layout.range(first.sheet, first.row, first.row + count - 1, first.col + col)

    chart.add_series(
        {
            "name": t(texts.EQUAL),
            "categories": area(diagonal, 2, 0),
            "values": area(diagonal, 2, 1),
            "marker": {"type": "none"},
            "line": {"color": "#7A8A90", "width": 1.25, "dash_type": "dash"},
        }
    )
    chart.add_series(
        {
            "name": "quadrants",
            "categories": area(names, len(quadrant_names()), 0),
            "values": area(names, len(quadrant_names()), 1),
            "marker": {"type": "none"},
            "line": {"none": True},
            "data_labels": {
                "value": True,
                "position": "center",
                "font": {**_FONT, "color": theme.MUTED, "bold": True},
                "custom": [{"value": t(text)} for text in (*texts.QUADRANTS.values(), texts.EQUAL)],
            },
        }
    )
    for point, side in zip(points, SIDES, strict=True):
        chart.add_series(
            {
                "name": t(texts.HERE),
                "categories": area(point, 1, 0),
                "values": area(point, 1, 1),
                "line": {"none": True},
                "marker": {"type": "diamond", "size": 13, "fill": {"color": theme.INK}, "border": {"color": theme.INK}},
                "data_labels": {
                    "value": True,
                    "position": side,
                    "font": {**_FONT, "bold": True},
                    "custom": [{"value": t(texts.HERE)}],
                },
            }
        )
    axis = {
        "min": -EDGE,
        "max": EDGE,
        "major_unit": EDGE / 2,
        "num_format": "0%",
        "num_font": {**_FONT, "size": 8},
        "major_gridlines": _GRID,
        "crossing": 0,
        "label_position": "low",
        "line": {"color": theme.INK, "width": 1.25},
    }
    chart.set_x_axis({**axis, "name": t(texts.AXIS_POLLUTANTS), "name_font": _FONT})
    # Upright: LibreOffice draws turned Chinese letters illegibly.
    chart.set_y_axis({**axis, "name": t(texts.AXIS_CARBON), "name_font": {**_FONT, "rotation": 360}})
    chart.set_legend({"none": True})
    return _titled(chart, parts, texts.CHART_SYNERGY)


def points(parts: Parts, at: Cell) -> None:
    """Where this enterprise lies: at the edge if beyond it, outside while there is no number.

    Then the same by its side of the line of equal rates, on which its name would be crossed out.
    """
    synergy, far, edge = parts.result.synergy, plain(OUTSIDE), plain(EDGE)
    values = []
    for j, key in enumerate(("pollutants", "carbon")):
        rate = None if synergy is None else getattr(synergy, key)
        values.append(OUTSIDE if rate is None else max(-EDGE, min(EDGE, rate)))
        formula = f"IF(ISNUMBER(out_rate_{key}),MAX(-{edge},MIN({edge},out_rate_{key})),{far})"
        parts.book.formula(at._replace(col=at.col + j), formula, values[j], "hidden")
    x, y = (parts.layout.ref(at._replace(col=at.col + j), at.sheet) for j in (0, 1))
    below = values[1] < values[0] - ASIDE
    for i, is_here in enumerate((below, not below), 1):
        for j, cell in enumerate((x, y)):
            chosen = (cell, far) if i == 1 else (far, cell)
            value = values[j] if is_here else OUTSIDE
            place = at._replace(row=at.row + i, col=at.col + j)
            parts.book.formula(place, f"IF({y}<{x}-{plain(ASIDE)},{chosen[0]},{chosen[1]})", value, "hidden")


def label(text: str) -> str:
    """A name of the radar in a few short lines."""
    lines, line = [], ""
    for piece in re.findall(r"[^\u2e80-\uffef ]+ ?|[\u2e80-\uffef]| ", text):
        if line and width_of(line + piece.rstrip()) > _LABEL_WIDTH:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip())
    if len(lines) > _LABEL_LINES:
        lines[_LABEL_LINES - 1 :] = ["…"]
    return "\n".join(lines)


def quadrant_names() -> list[tuple[float, float]]:
    """Where the invisible points stand, in the order of the names; the last one names the line of equal rates."""
    return [*((x * _NAME_X * EDGE, y * _NAME_Y * EDGE) for x, y in texts.QUADRANTS), (-0.4 * EDGE, -0.6 * EDGE)]


def diagonal() -> list[tuple[float, float]]:
    """The line of equal rates."""
    return [(-EDGE, -EDGE), (EDGE, EDGE)]


def sources(parts: Parts) -> Any:
    """Emissions of both periods by category of GB/T 32150."""
    layout = parts.layout
    chart = parts.book.file.add_chart({"type": "column"})
    first, last = (layout.category_cell(i, 0) for i in (0, len(CATEGORY_NAMES) - 1))
    fills = (
        {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": theme.ACCENT, "bg_color": "#FFFFFF"}},
        {"fill": {"color": theme.ACCENT}},
    )
    for col, (title, fill) in enumerate(
        zip((texts.QUANTITIES_HEAD["base"], texts.QUANTITIES_HEAD["report"]), fills, strict=True), 2
    ):
        chart.add_series(
            {
                "name": layout.text(title),
                "categories": "=" + layout.range("quantities", first.row, last.row, 0),
                "values": "=" + layout.range("quantities", first.row, last.row, col),
                "border": {"color": theme.INK, "width": 0.75},
                "gap": 60,
                **fill,
            }
        )
    chart.set_x_axis({"num_font": {**_FONT, "size": 8}, "label_position": "low"})
    chart.set_y_axis({"num_format": "#,##0", "num_font": {**_FONT, "size": 8}, "major_gridlines": _GRID})
    chart.set_legend({"position": "top", "font": _FONT})
    return _titled(chart, parts, texts.CHART_SOURCES)
