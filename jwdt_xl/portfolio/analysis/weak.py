"""Where a group loses its points: of each indicator the mean score, and the mean of the points lost by it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...standard.guide import Guide, Node
from .group import Group


class WeakPoint(NamedTuple):
    """An indicator and those for whom it counts: with a score and a weight, and not held back. None where nobody is."""

    node: Node
    enterprises: int
    mean: float | None
    lost: float | None


def weak_points(group: Group) -> list[WeakPoint]:
    """In the order of the indicators; points lost are (100 − score) × weight, as in the result of an enterprise."""
    counts = group.counted
    counted = [place for place in group.order if counts[place]]
    return weak_points_of(group.guide, group.scores[counted], group.weights[counted])


def weak_points_of(guide: Guide, all_scores: Any, all_weights: Any) -> list[WeakPoint]:
    """The same of scores and weights: a row for each enterprise that counts, a column for each indicator."""
    found = []
    for node, scores, weights in zip(guide.indicators, all_scores.T, all_weights.T, strict=True):
        known = ~np.isnan(scores) & (weights > 0)
        mean = lost = None
        if known.any():
            mean = float(scores[known].mean())
            lost = float((np.maximum(0, 100 - scores[known]) * weights[known]).mean())
        found.append(WeakPoint(node, int(known.sum()), mean, lost))
    return found
