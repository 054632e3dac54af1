"""The figures of a portfolio that texts and charts of its report share, computed by the rooms that the workbook uses."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...portfolio.analysis.weak import WeakPoint, weak_points_of
from ...portfolio.book.groups import statistics
from ...portfolio.book.reader import Line, Portfolio
from ...portfolio.collection.row import is_held


class Standing(NamedTuple):
    """Arrays are aligned with the lines of the ranking; NaN is missing."""

    ranked: list[Line]
    unranked: list[Line]
    #: Those that are not held back count in means.
    counted: Any
    totals: Any
    has_rank: Any
    rates: Any
    statistics: dict[str, float]
    indicators: list[WeakPoint]


def standing(portfolio: Portfolio) -> Standing:
    lines, codes = portfolio.ranking, [node.code for node in portfolio.guide.indicators]
    beside = [portfolio.values.get(line["file"], {}) for line in lines]
    totals = np.array([_number(line.get("total")) for line in lines], dtype=float)
    rates = _grid(beside, ["rate_pollutants", "rate_carbon"])
    counted = np.array([not is_held(line.get("reason")) for line in lines], dtype=bool)
    scores = _grid(lines, [f"score_{code}" for code in codes])[counted]
    weights = _grid(beside, [f"weight_{code}" for code in codes])[counted]
    ranked = [line.get("rank") is not None for line in lines]
    return Standing(
        [line for line in lines if line.get("rank") is not None],
        [line for line in lines if line.get("rank") is None],
        counted, totals, np.array(ranked, dtype=bool), rates, statistics(totals[counted]),
        weak_points_of(portfolio.guide, scores, weights),
    )  # fmt: skip


def _grid(lines: list[Line], keys: list[str]) -> Any:
    return np.array([[_number(line.get(key)) for key in keys] for line in lines], dtype=float).reshape(-1, len(keys))


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else float("nan")
