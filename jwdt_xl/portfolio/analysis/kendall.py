"""Kendall's tau-b of two rankings of any size."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


def kendall(one: Array, other: Array) -> float:
    """Kendall's tau-b of two rankings; NaN where one of them tells nobody apart. O(n log n)."""
    n = len(one)
    order = np.lexsort((other, one))
    x, y = np.unique(one[order], return_inverse=True)[1], np.unique(other[order], return_inverse=True)[1]
    pairs = n * (n - 1) // 2
    ties_x, ties_y = _ties(x), _ties(y)
    ties_both = _ties(x.astype(np.int64) * (n + 1) + y)
    discordant = _inversions(y)
    concordant = pairs - ties_x - ties_y + ties_both - discordant
    possible = float(pairs - ties_x) * float(pairs - ties_y)
    return (concordant - discordant) / possible**0.5 if possible > 0 else float("nan")


def _ties(values: Array) -> int:
    counts = np.unique(values, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def _inversions(values: Array) -> int:
    """Pairs in the wrong order: by bits from the highest, counting ones before zeros where the higher bits are equal."""
    total, ordered = 0, values.astype(np.int64)
    for bit in reversed(range(max(1, int(ordered.max(initial=0)).bit_length()))):
        higher, ones = ordered >> (bit + 1), (ordered >> bit) & 1
        before = np.cumsum(ones) - ones
        starts = np.searchsorted(higher, higher, side="left")
        total += int((before - before[starts])[ones == 0].sum())
        ordered = ordered[np.argsort(ordered >> bit, kind="stable")]
    return total
