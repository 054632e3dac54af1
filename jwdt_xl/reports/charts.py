"""The charts of a report, as PNG: readable in black and white, names never taken for mathematics."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..assessment import plan as planning
from ..assessment.places import PERIOD_NAMES
from ..assessment.result import Result
from ..assessment.uncertainty import Uncertainty
from ..messages import Text
from ..standard.greenhouse import CATEGORY_NAMES
from ..workbook import theme
from ..workbook.sheets import result_texts as texts
from . import fonts
from .shown import points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_MM = 160
_INCH = 25.4
_DPI = 200
_GREY = "#7A8A90"
#: The quadrants reach at least so far.
_EDGE = 0.1
_LABEL = 16
_TITLE_PLAN = Text("措施的减污降碳平面", "The measures on the co-control plane")
_AVOIDED_P = Text("减少的污染物当量", "equivalents avoided")
_AVOIDED_C = Text("减少的碳排放(t CO2e)", "emissions avoided (t CO2e)")
_INTERVAL = Text("90 % 区间", "90 % interval")


def charts_of(result: Result, sure: Uncertainty) -> dict[str, bytes]:
    """The pictures by the names of their fields; one that has nothing to show is left out."""
    drawn: dict[str, tuple[float, list[str], Callable[[Axes], None]]] = {}
    names = [f"{i.node.code} {i.node.name}" for i in result.indicators]
    if any(indicator.score is not None for indicator in result.indicators):
        drawn["chart_scores"] = 14 + 8 * len(names), names, lambda axes: _scores(axes, result, sure, names)
    if result.synergy is not None:
        drawn["chart_synergy"] = 95, [], lambda axes: _synergy(axes, result, sure)
    categories = [key for key, pair in result.quantities.by_category.items() if any(pair)]
    if categories:
        drawn["chart_sources"] = 28 + 11 * len(categories), [], lambda axes: _sources(axes, result, categories)
    steps = planning.steps(result)
    if any(step.delta_co2e_t is not None for step in steps):
        called = [step.measure.name for step in steps]
        drawn["chart_plan"] = 90, called, lambda axes: _plan(axes, steps)
    return {name: drawn_as(*what) for name, what in drawn.items()}


def drawn_as(height_mm: float, named: Sequence[str], draw: Callable[[Axes], None]) -> bytes:
    """A picture as wide as the page; named: the texts of others in it."""
    import matplotlib
    from matplotlib.figure import Figure

    settings: Any = {
        "font.family": fonts.families([str(texts.CHART_SCORES), *named]),
        "font.size": 9,
        "axes.unicode_minus": False,
        "axes.edgecolor": _GREY,
        "text.parse_math": False,
        "axes.titlecolor": theme.ACCENT,
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(WIDTH_MM / _INCH, height_mm / _INCH), dpi=_DPI, layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        draw(axes)
        made = io.BytesIO()
        figure.savefig(made, format="png", metadata={"Software": None})
    return made.getvalue()


def wrapped(name: str, width: int = _LABEL) -> str:
    return "\n".join(textwrap.wrap(name, width if any(ord(c) > 0x2E7F for c in name) else 2 * width)[:3])


def _scores(axes: Axes, result: Result, sure: Uncertainty, names: Sequence[str]) -> None:
    places = range(len(names))
    scores = [indicator.score for indicator in result.indicators]
    axes.barh(places, [score or 0.0 for score in scores], color=theme.ACCENT, height=0.62)
    intervals = sure.scores or (None,) * len(scores)
    for place, score, interval in zip(places, scores, intervals, strict=True):
        if interval and score is not None and interval[1] - interval[0] > 1e-9:
            axes.plot(interval, (place, place), color=theme.INK, linewidth=1.6, marker="|", markersize=7)
        shown = points(score)
        right = max(score or 0.0, interval[1] if interval else 0.0)
        axes.text(right + 1.5, place, shown, va="center", fontsize=8)
    axes.set_yticks(places, [wrapped(name) for name in names])
    axes.invert_yaxis()
    top = max(100.0, *(score or 0.0 for score in scores))
    axes.set_xlim(0, top * 1.12)
    axes.grid(axis="x", color=theme.BAND)
    axes.set_axisbelow(True)
    axes.set_title(f"{texts.CHART_SCORES} — {_INTERVAL}", fontsize=10)


def _synergy(axes: Axes, result: Result, sure: Uncertainty) -> None:
    assert result.synergy is not None
    here = result.synergy.pollutants, result.synergy.carbon
    ends = [abs(end) for interval in sure.rates if interval for end in interval]
    edge = 1.15 * max(_EDGE, *map(abs, here), *ends)
    axes.axhline(0, color=theme.INK, linewidth=0.9)
    axes.axvline(0, color=theme.INK, linewidth=0.9)
    axes.plot((-edge, edge), (-edge, edge), color=_GREY, linestyle="--", linewidth=1)
    axes.text(0.82 * edge, 0.9 * edge, str(texts.EQUAL), color=_GREY, fontsize=8, ha="right")
    for (x, y), name in texts.QUADRANTS.items():
        axes.text(
            x * edge / 2, -0.93 * edge if y < 0 else 0.93 * edge, str(name), color=theme.MUTED, ha="center", va="center"
        )
    (p, c) = sure.rates
    if p and c:
        from matplotlib.patches import Rectangle

        axes.add_patch(
            Rectangle(
                (p[0], c[0]), p[1] - p[0], c[1] - c[0], facecolor=theme.COMPUTED, edgecolor=theme.ACCENT, linewidth=0.8
            )
        )
        axes.text(p[1], c[0], f" {_INTERVAL}", fontsize=8, color=theme.ACCENT, va="top")
    axes.plot(*here, marker="D", markersize=8, color=theme.INK)
    axes.annotate(str(texts.HERE), here, xytext=(8, 6), textcoords="offset points", fontsize=9)
    axes.set_xlim(-edge, edge)
    axes.set_ylim(-edge, edge)
    as_percent(axes)
    axes.set_xlabel(str(texts.AXIS_POLLUTANTS))
    axes.set_ylabel(str(texts.AXIS_CARBON))
    axes.set_title(str(texts.CHART_SYNERGY), fontsize=10)


def as_percent(axes: Axes) -> None:
    from matplotlib.ticker import PercentFormatter

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0))


def _sources(axes: Axes, result: Result, categories: Sequence[str]) -> None:
    pairs = [result.quantities.by_category[key] for key in categories]
    bars = (("base", -0.2, "white", "////"), ("report", 0.2, theme.ACCENT, ""))
    for period, aside, colour, hatch in bars:
        amounts = [getattr(pair, period) or 0.0 for pair in pairs]
        axes.barh(
            [place + aside for place in range(len(pairs))], amounts, height=0.38, color=colour, edgecolor=theme.INK,
            linewidth=0.6, hatch=hatch, label=str(PERIOD_NAMES[period]),
        )  # fmt: skip
        for place, amount in enumerate(amounts):
            axes.annotate(
                f"{amount:,.0f}", (max(amount, 0.0), place + aside), xytext=(3, 0), textcoords="offset points",
                va="center", fontsize=7,
            )  # fmt: skip
    axes.set_yticks(range(len(pairs)), [wrapped(str(CATEGORY_NAMES[key])) for key in categories])
    axes.invert_yaxis()
    axes.margins(x=0.14)
    axes.grid(axis="x", color=theme.BAND)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.tick_params(axis="x", labelsize=7)
    axes.legend(loc="lower right", fontsize=8)
    axes.set_title(str(texts.CHART_SOURCES), fontsize=10)


def _plan(axes: Axes, steps: Sequence[planning.Step]) -> None:
    axes.axhline(0, color=theme.INK, linewidth=0.9)
    axes.axvline(0, color=theme.INK, linewidth=0.9)
    for step in steps:
        if step.delta_co2e_t is None or step.delta_equivalents is None:
            continue
        point = 0.0 - step.delta_equivalents, 0.0 - step.delta_co2e_t
        axes.plot(*point, marker="D", markersize=7, color=theme.ACCENT)
        name = wrapped(step.measure.name, 12)
        axes.annotate(name, point, xytext=(6, 5), textcoords="offset points", fontsize=8)
    axes.margins(0.25)
    axes.set_xlabel(str(_AVOIDED_P))
    axes.set_ylabel(str(_AVOIDED_C))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_title(str(_TITLE_PLAN), fontsize=10)
