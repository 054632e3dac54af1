"""Many enterprises at once: scores, totals, ranks and what the ranks owe to the weights, as numpy arrays.

A row is an enterprise, a column an indicator; NaN is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...standard.guide import Guide
from ...standard.scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE, RANK_DECIMALS

Array = Any
SEED, DRAWS, SPREAD, CONFIDENCE = 20240101, 1000, 0.2, 0.9
#: Draws ranked before the extreme ranks are picked out, draws whose totals are there at once, and enterprises whose extreme
#: ranks are picked at once: they bound memory.
_CHUNK, _FEW, _ROWS = 16, 4, 1024


def score_matrix(values: Array, benchmarks: Sequence[float], attributes: Sequence[str], cap: float = 1.0) -> Array:
    """Scores of values; a moderate value is the degree of synergy S, NaN or ≤ 0 where the case is no synergy."""
    result = np.empty(values.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for column, (benchmark, attribute) in enumerate(zip(benchmarks, attributes, strict=True)):
            _column(values[:, column], benchmark, attribute, cap, result[:, column])
    return result


def _column(x: Array, benchmark: float, attribute: str, cap: float, out: Array) -> None:
    if attribute == POSITIVE:
        np.divide(x, benchmark, out=out)
        np.clip(out, 0.0, cap, out=out)
    elif attribute == NEGATIVE:
        np.divide(benchmark, x, out=out)
        np.minimum(out, cap, out=out)
        out[x <= 0] = cap
    elif attribute == MODERATE:
        np.divide(1.0, x, out=out)
        np.minimum(out, x, out=out)
        out[~(x > 0)] = 0.0
    else:
        assert attribute == QUALITATIVE
        out[...] = x
    out *= 100.0


def totals(scores: Array, weights: Array) -> Array:
    """T = Σ w·s / Σ w, NaN where a score that has a weight is missing; weights of all, or of each enterprise."""
    if weights.ndim == 1:
        used = weights > 0
        return np.minimum(scores[:, used] @ (weights[used] / weights.sum()), 100.0)
    masked = np.where(weights > 0, scores, 0.0)
    return np.minimum((masked * weights).sum(axis=1) / weights.sum(axis=1), 100.0)


def ranks(total: Array) -> Array:
    """As standard.scoring.ranks: equal totals share a rank (1, 2, 2, 4); 0 where there is none."""
    rounded = -np.round(total, RANK_DECIMALS)
    order = np.argsort(rounded)  # what is missing comes last
    ordered, place = rounded[order], np.arange(len(total))
    place[1:][ordered[1:] == ordered[:-1]] = 0
    result = np.empty(len(total), dtype=np.int64)
    result[order] = np.maximum.accumulate(place) + 1
    result[np.isnan(rounded)] = 0
    return result


def rank_intervals(
    scores: Array, weights: Array, draws: int = DRAWS, spread: float = SPREAD, confidence: float = CONFIDENCE, seed: int = SEED
) -> tuple[Array, Array]:  # fmt: skip
    """The ranks between which each complete enterprise stays in ``confidence`` of the draws.

    In every draw each weight changes by its own factor of 1 ± spread, the same for all enterprises. Memory is bounded:
    of the ranks only the extreme ones on each side are kept.
    """
    count, columns = scores.shape
    keep = int((1 - confidence) / 2 * draws) + 1
    factors = np.random.default_rng(seed).uniform(1 - spread, 1 + spread, (draws, columns))
    weighted = np.where(weights > 0, scores, 0.0) * weights
    divided = weights[:1] if weights.strides[0] == 0 else weights  # those that all share are summed up once

    def products(factor: Array, of: Array) -> Array:
        return np.einsum("ij,kj->ik", factor, of)  # too small for threads, with which `@` is ten times as slow

    kind = np.uint16 if count < np.iinfo(np.uint16).max else np.uint32
    low, high = np.full((count, keep), np.iinfo(kind).max, dtype=kind), np.zeros((count, keep), dtype=kind)
    drawn = np.empty((_CHUNK, count), dtype=kind)  # a draw a row: written at a stretch, then turned over all at once
    for first in range(0, draws, _CHUNK):
        here = min(_CHUNK, draws - first)
        for few in range(0, here, _FEW):
            factor = factors[first + few : first + min(few + _FEW, here)]
            total = products(factor, weighted)
            total /= products(factor, divided)
            for row, each in enumerate(total, few):
                drawn[row] = ranks(each)
        for some in range(0, count, _ROWS):
            block = slice(some, some + _ROWS)
            new = drawn[:here, block].T
            least, most = np.hstack((new, low[block])), np.hstack((new, high[block]))
            least.partition(keep - 1, axis=1)  # the smallest to the front, the largest to the end
            most.partition(here, axis=1)
            low[block], high[block] = least[:, :keep], most[:, here:]
    return low.max(axis=1).astype(np.int64), high.min(axis=1).astype(np.int64)


def attributes_of(guide: Guide) -> list[str]:
    return [node.attribute for node in guide.indicators]
