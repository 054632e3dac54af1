"""Benchmarks: the value each indicator is measured against, and the level a share of enterprises reaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...errors import JwdtError
from ...messages import Text
from ..scoring import NEGATIVE, POSITIVE

#: The convention of an energy benchmark, by what its basis says.
CALORIFIC, BY_COAL = "calorific", "coal_consumption"
_CONVENTIONS = {CALORIFIC: ("calorific", "当量"), BY_COAL: ("coal consumption", "coal_consumption", "等价", "煤耗")}


class Benchmark(NamedTuple):
    """A benchmark and where it comes from."""

    value: float
    unit: str = ""
    source: str = ""
    year: str | int = ""
    basis: str = ""

    @property
    def convention(self) -> str:
        """The electricity convention its basis names, or nothing."""
        basis = self.basis.lower()
        return next((c for c, words in _CONVENTIONS.items() if any(word in basis for word in words)), "")


def reached_level(values: Sequence[float], attribute: str, share: float = 0.5) -> float:
    """The benchmark that a share of the enterprises reaches [note: 50 %; no interpolation: choice].

    positive: the largest observed v with count(x ≥ v) ≥ share·n − 1e-9; negative: the smallest with count(x ≤ v).
    """
    if attribute not in (POSITIVE, NEGATIVE):
        raise JwdtError(
            Text("只有正向、负向指标有基准值", "only positive and negative indicators have a benchmark"),
            "no-benchmark-attribute",
        )
    if not 0 < share <= 1:
        raise JwdtError(
            Text("比例须大于 0 且不超过 1，实为 {v}", "share must be above 0 and at most 1, got {v}").fill(v=share)
        )
    if not values:
        raise JwdtError(Text("没有可用数值", "there are no values"), "missing")
    ordered = sorted(values, reverse=attribute == POSITIVE)
    needed = share * len(ordered) - 1e-9
    # The first place at which enough enterprises are at least as good; equal values count together,
    # and the value at that place is theirs.
    place = next(i for i in range(len(ordered)) if i + 1 >= needed)
    return ordered[place]
