"""From values to scores and the total: weighted, one hundred marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, number

POSITIVE, NEGATIVE, MODERATE, QUALITATIVE = ATTRIBUTES = ("positive", "negative", "moderate", "qualitative")
ATTRIBUTE_NAMES = {
    POSITIVE: Text("正向", "positive"),
    NEGATIVE: Text("负向", "negative"),
    MODERATE: Text("适中", "moderate"),
    QUALITATIVE: Text("定性", "qualitative"),
}
#: Weights and sums of weights agree within this.
WEIGHT_TOLERANCE = 1e-9
#: Totals are compared for ranks after rounding to this many decimals.
RANK_DECIMALS = 6


@lru_cache(maxsize=256)  # a column names the same few again and again
def find_attribute(name: str) -> str:
    for attribute, label in ATTRIBUTE_NAMES.items():
        if name.strip().lower() in (attribute, label.zh, label.zh + "指标"):
            return attribute
    raise JwdtError(
        Text(
            "属性须为 正向/负向/适中/定性，实为“{v}”",
            "attribute must be positive, negative, moderate or qualitative, got “{v}”",
        ).fill(v=name),
        "unknown-attribute",
    )


def check_benchmark(benchmark: float) -> None:
    if not 0 < benchmark < math.inf:
        raise JwdtError(
            Text("基准值须为大于 0 的数，实为 {v}", "benchmark must be a number above 0, got {v}").fill(
                v=number(benchmark)
            ),
            "bad-benchmark",
        )


def check_limit(limit: float, benchmark: float, attribute: str) -> None:
    """Of two points the limit is the worse one: below the benchmark of a positive indicator, above that of a negative one."""
    check_benchmark(benchmark)
    fits = {POSITIVE: 0 <= limit < benchmark, NEGATIVE: benchmark < limit < math.inf}
    if attribute not in fits:
        text = Text("只有正向、负向指标可有限值", "only positive and negative indicators have a limit")
        raise JwdtError(text, "limit-not-used")
    if not fits[attribute]:
        text = Text(
            "正向指标的限值须不小于 0 且低于基准值，负向指标的限值须高于基准值；限值为 {l}，基准值为 {b}",
            "the limit of a positive indicator must be ≥ 0 and below its benchmark, of a negative one above it; the limit is {l}, the benchmark {b}",
        )
        raise JwdtError(text.fill(l=number(limit), b=number(benchmark)), "bad-limit")


def two_points(value: float, benchmark: float, limit: float) -> float:
    """100 · (x − l)/(b − l) between limit and benchmark, 0 at l and worse, 100 at b and better [choice]."""
    return 100 * max(0.0, min(1.0, (value - limit) / (benchmark - limit)))


def positive(value: float, benchmark: float, cap: float = 1.0) -> float:
    """100 · min(k, x / b) [choice]; a value below 0 scores nothing."""
    check_benchmark(benchmark)
    return 100 * max(0.0, min(cap, value / benchmark))


def negative(value: float, benchmark: float, cap: float = 1.0) -> float:
    """100 · min(k, b / x), full marks at x = 0 [choice]."""
    check_benchmark(benchmark)
    return 100 * (cap if value <= 0 else min(cap, benchmark / value))


def moderate(s: float | None, method: str = "ratio") -> float:
    """Score of the degree of synergy; 0 outside the case synergy (s is None) [choice].

    ratio: 100 · min(S, 1/S); distance: 100 · max(0, 1 − |S − 1|).
    """
    if s is None:
        return 0.0
    if method == "distance":
        return 100 * max(0.0, 1 - abs(s - 1))
    return 100 * min(s, 1 / s)


def qualitative(grade: float) -> float:
    """100 · grade."""
    return 100 * grade


def indicator_score(
    value: float, benchmark: float | None, attribute: str, cap: float = 1.0, limit: float | None = None
) -> float | None:
    """Score of a value by its attribute, by two points where a limit is stated (the cap does not lift it).

    None where a benchmark is needed and missing.
    """
    if attribute == QUALITATIVE:
        return qualitative(value)
    if benchmark is None:
        return None
    if limit is not None:
        check_limit(limit, benchmark, attribute)
        return two_points(value, benchmark, limit)
    return positive(value, benchmark, cap) if attribute == POSITIVE else negative(value, benchmark, cap)


def score_sentence(
    value: float, benchmark: float | None, attribute: str, score: str, cap: float = 1.0, limit: float | None = None
) -> Text:
    """How a score follows from value and benchmark."""
    if attribute == QUALITATIVE:
        return Text("得分 100 × {v} = {s}", "score 100 × {v} = {s}").fill(v=number(value), s=score)
    if limit is not None:
        assert benchmark is not None
        text = Text(
            "得分 100·({v} − {l})/({b} − {l})，限 0–100，= {s}",
            "score 100·({v} − {l})/({b} − {l}), within 0–100, = {s}",
        )
        return text.fill(v=number(value), l=number(limit), b=number(benchmark), s=score)
    if attribute == NEGATIVE and value <= 0:
        return Text("值为 0，得分 {s}", "value 0, score {s}").fill(s=score)
    assert benchmark is not None
    quotient = {POSITIVE: "{v}/{b}", NEGATIVE: "{b}/{v}"}[attribute].format(v=number(value), b=number(benchmark))
    return Text("得分 100·min({k}, {q}) = {s}", "score 100·min({k}, {q}) = {s}").fill(
        k=number(cap), q=quotient, s=score
    )


def redistributed(weights: Sequence[float], first_levels: Sequence[object], applicable: Sequence[bool]) -> list[float]:
    """w' = w · W_first / Σ w over the applicable indicators of the same first level; 0 where not applicable."""
    result = []
    for weight, level, here in zip(weights, first_levels, applicable, strict=True):
        members = [i for i, other in enumerate(first_levels) if other == level]
        whole = math.fsum(weights[i] for i in members)
        left = math.fsum(weights[i] for i in members if applicable[i])
        if left <= 0 and (whole > 0 or not any(applicable[i] for i in members)):
            raise JwdtError(
                Text(
                    "一级指标“{g}”已没有权重(全部不适用)", "first level “{g}” has no weight left (all not applicable)"
                ).fill(g=level),
                "empty-first-level",
            )
        result.append(weight * (whole / left) if here and left > 0 else 0.0)
    return result


class Total(NamedTuple):
    """The total (None while something is missing), its coverage 0–1, and the lower bound reached so far."""

    total: float | None
    coverage: float
    so_far: float


def total(scores: Sequence[float | None], weights: Sequence[float]) -> Total:
    """T = Σ w·s / Σ w over weights after redistribution; at most 100; undefined while a weighted score is missing."""
    largest = max(weights, default=0)
    if largest <= 0:
        raise JwdtError(Text("权重之和须大于 0", "the sum of weights must be above 0"), "no-weight")
    # By a power of two, which changes no digit: products with weights of any size stay numbers.
    weights = [math.ldexp(weight, -math.frexp(largest)[1]) for weight in weights]
    whole = math.fsum(weights)
    assessed = [
        (score, weight) for score, weight in zip(scores, weights, strict=True) if score is not None and weight > 0
    ]
    complete = len(assessed) == sum(weight > 0 for weight in weights)
    so_far = min(100.0, math.fsum(score * weight for score, weight in assessed) / whole)
    coverage = 1.0 if complete else math.fsum(weight for _, weight in assessed) / whole
    return Total(so_far if complete else None, coverage, so_far)


#: From here 15 digits leave no two decimals.
_NO_DECIMALS = 1e13


def as_shown(total: float) -> float:
    """A total in the two decimals that people see, halves away from 0, as spreadsheet programs show it: grades go by it [choice]."""
    if abs(total) >= _NO_DECIMALS:
        return total
    return float(Decimal(f"{total:.15g}").quantize(Decimal("0.01"), ROUND_HALF_UP))


def ranks(totals: Sequence[float | None]) -> list[int | None]:
    """Ranks on totals rounded to 6 decimals; equal totals share a rank (1, 2, 2, 4); None stays unranked."""
    rounded = [None if t is None else round(t, RANK_DECIMALS) for t in totals]
    ordered = sorted((t for t in rounded if t is not None), reverse=True)
    first: dict[float, int] = {}
    for place, t in enumerate(ordered, 1):
        first.setdefault(t, place)
    return [None if t is None else first[t] for t in rounded]
