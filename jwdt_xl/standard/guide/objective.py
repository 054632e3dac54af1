"""Objective weights from data, and how sure it is that experts agree. The note names AHP; these are choices beside it.

Entropy weights (Shannon) and CRITIC (Diakoulaki, Mavrotas and Papayannakis 1995), both of values normalised column by
column to 0–1, 1 the best [choice].
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...errors import JwdtError
from ...messages import Text
from ..record import is_number
from ..scoring import NEGATIVE, POSITIVE

Values = Sequence[Sequence[float]]
#: A spread this small beside the values, and information this small in all, are rounding: shares of it would be noise.
_ROUNDING = 1e-12
#: Fewer rows tell nothing of spread or correlation.
FEWEST = 3
#: Kendall's W is told to be no chance below this [choice].
SIGNIFICANT = 0.05


def normalised(rows: Values, attributes: Sequence[str]) -> list[list[float]]:
    """Columns of the values from 0, the worst, to 1, the best of the sample; a column that does not vary is 0."""
    columns = []
    for place, column in enumerate(_columns(rows, attributes)):
        low, high = min(column), max(column)
        if is_constant(column):
            columns.append([0.0] * len(column))
        elif attributes[place] == NEGATIVE:
            columns.append([(high - value) / (high - low) for value in column])
        else:
            columns.append([(value - low) / (high - low) for value in column])
    return columns


def is_constant(column: Sequence[float]) -> bool:
    """Whether a column tells no row from another, but for the rounding of its numbers."""
    low, high = min(column), max(column)
    return high - low <= _ROUNDING * max(abs(low), abs(high))


def _columns(rows: Values, attributes: Sequence[str]) -> list[list[float]]:
    if len(rows) < FEWEST:
        text = Text("至少须有 {k} 行完整数据，实为 {n}", "needs at least {k} complete rows, got {n}")
        raise JwdtError(text.fill(k=FEWEST, n=len(rows)), "too-few-rows")
    if not attributes or {len(row) for row in rows} != {len(attributes)}:
        raise JwdtError(
            Text("每行的数须与属性一样多", "every row must have as many numbers as there are attributes"),
            "shapes-differ",
        )
    wrong = sorted({attribute for attribute in attributes if attribute not in (POSITIVE, NEGATIVE)})
    if wrong:
        text = Text("属性须为正向或负向，实为“{v}”", "attributes must be positive or negative, got “{v}”")
        raise JwdtError(text.fill(v=", ".join(map(str, wrong))), "no-direction")
    if not all(is_number(value) for row in rows for value in row):
        raise JwdtError(Text("每个值须为数字", "every value must be a number"), "not-a-number")
    return [[float(row[i]) for row in rows] for i in range(len(attributes))]


def entropy_weights(rows: Values, attributes: Sequence[str]) -> tuple[float, ...]:
    """In proportion to 1 − e, e the entropy of a column's shares over ln n: what is alike everywhere weighs nothing."""
    parts = []
    for column in normalised(rows, attributes):
        whole = math.fsum(column)
        shares = [value / whole for value in column if value > 0] if whole else []
        parts.append(1 + math.fsum(p * math.log(p) for p in shares) / math.log(len(rows)) if whole else 0.0)
    return _shares(parts, ALIKE)


def critic_weights(rows: Values, attributes: Sequence[str]) -> tuple[float, ...]:
    """In proportion to the spread of a column times how little it goes along with the others: σ·Σ(1 − r)."""
    columns = normalised(rows, attributes)
    varying = [i for i, column in enumerate(columns) if max(column) > 0]
    parts = [0.0] * len(columns)
    for i in varying:
        conflict = math.fsum(1 - correlation(columns[i], columns[j]) for j in varying if j != i)
        parts[i] = deviation(columns[i]) * (conflict if len(varying) > 1 else 1.0)
    return _shares(parts, TOGETHER if varying else ALIKE)


#: Why no weights follow, and what to do.
ALIKE = Text(
    "各列没有差异，得不出权重 — 换有差异的样本，或用 AHP",
    "no column tells the rows apart, so no weights follow — take a sample that differs, or AHP",
)
TOGETHER = Text(
    "各列完全同步变化，没有冲突，CRITIC 得不出权重 — 只留其中一项，或用熵权、AHP",
    "the columns go wholly along and nothing conflicts, so no weights follow by CRITIC — keep one of them, or take entropy or AHP",
)


def _shares(parts: Sequence[float], why: Text) -> tuple[float, ...]:
    whole = math.fsum(max(0.0, part) for part in parts)
    if whole <= _ROUNDING:
        raise JwdtError(why, "no-weight")
    return tuple(max(0.0, part) / whole for part in parts)


def deviation(column: Sequence[float]) -> float:
    """The standard deviation of a sample."""
    mean = math.fsum(column) / len(column)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in column) / (len(column) - 1))


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r; 0 where one of them does not vary."""
    means = [math.fsum(column) / len(column) for column in (one, other)]
    apart = [[value - mean for value in column] for column, mean in zip((one, other), means, strict=True)]
    squares = [math.fsum(value * value for value in column) for column in apart]
    if min(max(one) - min(one), max(other) - min(other)) == 0 or 0.0 in squares:
        return 0.0
    product = math.fsum(a * b for a, b in zip(*apart, strict=True))
    return max(-1.0, min(1.0, product / (math.sqrt(squares[0]) * math.sqrt(squares[1]))))


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's ρ: Pearson's r of the ranks, equal values sharing their mean rank."""
    return correlation(_ranks(one), _ranks(other))


def _ranks(column: Sequence[float]) -> list[float]:
    ordered = sorted(column)
    first: dict[float, int] = {}
    last: dict[float, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
        last[value] = place
    return [(first[value] + last[value]) / 2 for value in column]


def agreement_significance(w: float, experts: int, items: int) -> float:
    """How probable such a W is if the experts ranked by chance: χ² = m(n − 1)W with n − 1 degrees of freedom."""
    return chi_square_tail(experts * (items - 1) * w, items - 1)


def chi_square_tail(x: float, degrees: int) -> float:
    """The probability that χ² is above x: a finite sum for whole degrees of freedom."""
    if degrees < 1 or x < 0:
        raise JwdtError(Text("χ² 的自由度须大于 0", "χ² needs degrees of freedom above 0"), "out-of-range")
    half = x / 2
    if degrees % 2:
        total, term, start = math.erfc(math.sqrt(half)), math.sqrt(half) * math.exp(-half) / math.gamma(1.5), 1.5
    else:
        total, term, start = math.exp(-half), half * math.exp(-half), 2.0
    for step in range((degrees - 1) // 2):
        total += term
        term *= half / (start + step)
    return min(1.0, total)
