"""The charts of the report of a group, as PNG: readable in black and white."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from ...messages import Text
from ...portfolio.book import charts
from ...standard.guide import Guide
from ...workbook import theme
from ..charts import as_percent, drawn_as, wrapped
from ..shown import points
from .standing import Standing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RANKED, _UNRANKED = Text("参加排名", "ranked"), Text("未排名", "not ranked")
_TOTAL = Text("总分", "total")
LOSSES = Text("各指标平均失分", "Mean points lost by indicator")
#: Beyond the reach of the axes stand the names of the quadrants.
_EDGE, _FEW = 1.16, 300


def charts_of(now: Standing, guide: Guide) -> dict[str, bytes]:
    """The pictures by the names of their fields; one that has nothing to show is left out."""
    drawn: dict[str, tuple[float, list[str], Callable[[Axes], None]]] = {}
    if not np.isnan(now.totals).all():
        drawn["chart_distribution"] = 80, [], lambda axes: _distribution(axes, now, charts.count_of(guide))
    if not np.isnan(now.rates).any(axis=1).all():
        drawn["chart_quadrants"] = 110, [], lambda axes: _quadrants(axes, now)
    names = [f"{point.node.code} {point.node.name}" for point in now.indicators]
    if any(point.lost is not None for point in now.indicators):
        drawn["chart_losses"] = 14 + 8 * len(names), names, lambda axes: _losses(axes, now, names)
    return {name: drawn_as(*what) for name, what in drawn.items()}


def _distribution(axes: Axes, now: Standing, count: Text) -> None:
    from matplotlib.ticker import MaxNLocator

    width = 100 / charts.BINS
    places = [(i + 0.5) * width for i in range(charts.BINS)]
    ranked, others = (charts.distribution(now.totals[of]) for of in (now.has_rank, ~now.has_rank))
    look: dict[str, Any] = {"width": 0.9 * width, "edgecolor": theme.INK, "linewidth": 0.6}
    axes.bar(places, ranked, color=theme.ACCENT, label=str(_RANKED), **look)
    if any(others):
        axes.bar(places, others, bottom=ranked, color="white", hatch="////", label=str(_UNRANKED), **look)
        axes.legend(fontsize=8)
    for place, many in zip(places, (a + b for a, b in zip(ranked, others, strict=True)), strict=True):
        if many:
            axes.annotate(str(many), (place, many), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=8)
    axes.set_xlim(0, 100)
    axes.set_xticks([i * width for i in range(charts.BINS + 1)])
    axes.margins(y=0.12)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color=theme.BAND)
    axes.set_axisbelow(True)
    axes.set_xlabel(str(_TOTAL))
    axes.set_ylabel(str(count))
    axes.set_title(str(charts.DISTRIBUTION), fontsize=10)


def _quadrants(axes: Axes, now: Standing) -> None:
    reach = charts.reach_of(now.rates)
    for line in (axes.axhline, axes.axvline):
        line(0, color=theme.INK, linewidth=0.9)
    size = 26 if len(now.rates) <= _FEW else 8
    ranked, others = now.rates[now.has_rank], now.rates[~now.has_rank]
    axes.scatter(
        ranked[:, 0], ranked[:, 1], s=size, color=theme.ACCENT, edgecolor="white", linewidth=0.4, label=str(_RANKED)
    )
    if not np.isnan(others).any(axis=1).all():
        axes.scatter(others[:, 0], others[:, 1], s=size, color=theme.INK, marker="x", linewidth=1, label=str(_UNRANKED))
        axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(0, -0.12), ncols=2, frameon=False)
    for x, y, name, count in charts.quadrants(now.rates):
        at = x * reach / 2, y * reach * (1 + _EDGE) / 2
        axes.text(*at, f"{name} {count}", color=theme.MUTED, ha="center", va="center")
    axes.set_xlim(-reach * _EDGE, reach * _EDGE)
    axes.set_ylim(-reach * _EDGE, reach * _EDGE)
    as_percent(axes)
    axes.grid(color=theme.BAND)
    axes.set_axisbelow(True)
    axes.set_xlabel(str(charts.AXES[0]))
    axes.set_ylabel(str(charts.AXES[1]))
    axes.set_title(str(charts.with_outside(charts.SCATTER, now.rates, reach)), fontsize=10)


def _losses(axes: Axes, now: Standing, names: list[str]) -> None:
    places, lost = range(len(names)), [point.lost for point in now.indicators]
    axes.barh(places, [each or 0.0 for each in lost], color=theme.ACCENT, height=0.62)
    for place, each in zip(places, lost, strict=True):
        axes.annotate(
            points(each), (each or 0.0, place), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8
        )
    axes.set_yticks(places, [wrapped(name) for name in names])
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.grid(axis="x", color=theme.BAND)
    axes.set_axisbelow(True)
    axes.set_title(str(LOSSES), fontsize=10)
