"""Where weights come from: experts and rankings, and how subjective and objective weights are combined."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence

from ...errors import JwdtError, Missing, missing
from ...messages import Text, item
from ..scoring import WEIGHT_TOLERANCE
from .matrices import Row

#: What is refused is called by these names.
SCORES, EXPERT_WEIGHTS, RANKINGS = Text("评分", "scores"), Text("专家权重", "expert_weights"), Text("名次", "rankings")
SUBJECTIVE, OBJECTIVE = Text("主观权重", "subjective"), Text("客观权重", "objective")
#: Share of the subjective weights in the linear combination [choice].
ALPHA = 0.5
LINEAR, MULTIPLICATIVE = COMBINATIONS = ("linear", "multiplicative")


def expert_weights(scores: Sequence[Row], weights_of_experts: Row | None = None) -> tuple[float, ...]:
    """Each expert's row normalised to 1, then the mean, weighted by expert where weights of experts are given.

    A wholly blank row is an expert who did not score; a single blank is an error.
    """
    shares: list[list[float]] = []
    shares_of: list[float] = []
    if weights_of_experts is not None and len(weights_of_experts) != len(scores):
        raise JwdtError(
            Text(
                "专家权重须与评分同为 {r} 位专家，实为 {k}",
                "expert_weights must be one for each of the {r} experts of scores, got {k}",
            ).fill(r=len(scores), k=len(weights_of_experts)),
            "shapes-differ",
        )
    for place, row in enumerate(scores, 1):
        if all(value is None for value in row):
            continue
        shares.append(_shares(row, place, len(scores[0])))
        shares_of.append(1.0 if weights_of_experts is None else _expert(weights_of_experts[place - 1], place))
    if not shares:
        raise missing("scores")
    whole = _sum(shares_of)
    if whole <= 0:
        raise JwdtError(Text("专家权重之和须大于 0", "the sum of expert_weights must be above 0"), "no-weight")
    return tuple(
        math.fsum(map(operator.mul, shares_of, (row[place] for row in shares))) / whole
        for place in range(len(shares[0]))
    )


def _shares(row: Row, place: int, width: int) -> list[float]:
    if len(row) != width:
        raise _ragged("scores")
    known = [_at_least_0(value, item(SCORES, place, column)) for column, value in enumerate(row, 1)]
    whole = _sum(known)
    if whole <= 0:
        raise JwdtError(
            Text("scores 第 {p} 行之和须大于 0", "the sum of row {p} of scores must be above 0").fill(p=place),
            "no-weight",
        )
    return [value / whole for value in known]


def _ragged(name: str) -> JwdtError:
    text = Text("{n} 各行长度不同", "the rows of {n} differ in length")
    return JwdtError(text.fill(n=name), "shapes-differ")


def _sum(values: Sequence[float]) -> float:
    try:
        return math.fsum(values)
    except OverflowError:
        raise JwdtError(Text("合计超出数值范围", "the sum is out of range"), "out-of-range") from None


def _expert(weight: float | None, place: int) -> float:
    return _at_least_0(weight, item(EXPERT_WEIGHTS, place))


def _at_least_0(value: float | None, name: object) -> float:
    if value is None:
        raise missing(name)
    if not (value >= 0 and math.isfinite(value)):
        raise JwdtError(
            Text("{n} 须不小于 0，实为 {v}", "{n} must be at least 0, got {v}").fill(n=name, v=f"{value:.4g}"),
            "bad-weight",
        )
    return value


def kendall_w(scores: Sequence[Row]) -> float | None:
    """Kendall's W: how far experts agree on the order of the indicators, 0 (not at all) to 1 (fully).

    Equal scores of one expert share their mean rank, and the correction for ties is applied. None where W is not
    defined: fewer than two experts or indicators, or every expert gives all indicators the same score.
    A wholly blank row is ignored; a single blank is an error.
    """
    doubled: list[list[int]] = []  # twice the ranks, so that shared ranks are whole and the sums exact
    ties = 0
    for place, row in enumerate(scores, 1):
        if all(value is None for value in row):
            continue
        values = [_at_least_0(value, item(SCORES, place, column)) for column, value in enumerate(row, 1)]
        ordered = sorted(values)
        doubled.append([2 * ordered.index(value) + ordered.count(value) + 1 for value in values])
        ties += sum(ordered.count(value) ** 3 - ordered.count(value) for value in set(values))
    if len({len(row) for row in doubled}) > 1:
        raise _ragged("scores")
    experts = len(doubled)
    items = len(doubled[0]) if doubled else 0
    largest = experts * (items**3 - items) - ties
    if experts < 2 or items < 2 or largest <= 0:
        return None
    sums = [sum(column) for column in zip(*doubled, strict=True)]
    mean = experts * (items + 1)  # of the doubled ranks
    spread: int = sum((value - mean) ** 2 for value in sums)  # four times that of the ranks
    return 3 * spread / (experts * largest)


def combined(
    subjective: Sequence[float], objective: Sequence[float], alpha: float = ALPHA, method: str = LINEAR
) -> tuple[float, ...]:
    """Weights of siblings combined [choice]: α·subjective + (1 − α)·objective, or in proportion to subjective·objective.

    Both must have the same sum within 1e-9 of it (1, or the weight of their parent), and the result has it too.
    """
    if method not in COMBINATIONS:
        raise JwdtError(
            Text("组合方式须为 {a}，实为“{v}”", "combination must be {a}, got “{v}”").fill(
                a=" | ".join(COMBINATIONS), v=method
            ),
            "bad-option",
        )
    if len(subjective) != len(objective) or not subjective:
        raise different_counts(len(subjective), len(objective))
    if not 0 <= alpha <= 1:
        raise JwdtError(Text("alpha 须为 0–1，实为 {v}", "alpha must be 0–1, got {v}").fill(v=alpha))
    ours = [_at_least_0(value, item(SUBJECTIVE, place)) for place, value in enumerate(subjective, 1)]
    theirs = [_at_least_0(value, item(OBJECTIVE, place)) for place, value in enumerate(objective, 1)]
    whole, other = _sum(ours), _sum(theirs)
    if min(whole, other) <= 0 or abs(whole - other) > WEIGHT_TOLERANCE * whole:
        raise JwdtError(
            Text(
                "主观权重之和为 {a:.10g}，客观权重之和为 {b:.10g}，须相同且大于 0",
                "subjective sums to {a:.10g}, objective to {b:.10g}: must be the same and above 0",
            ).fill(a=whole, b=other),
            "weights-do-not-sum",
        )
    if method == LINEAR:
        return tuple(alpha * s + (1 - alpha) * o for s, o in zip(ours, theirs, strict=True))
    products = [(s / whole) * (o / other) for s, o in zip(ours, theirs, strict=True)]
    total = math.fsum(products)
    if total <= 0:
        raise JwdtError(Text("没有一项的主客观权重同时大于 0", "no item has both weights above 0"), "no-weight")
    return tuple(value * whole / total for value in products)


def different_counts(subjective: int, objective: int) -> JwdtError:
    text = Text(
        "主观权重有 {a} 项，客观权重有 {b} 项，须相同", "subjective has {a} items, objective {b}: must be the same"
    )
    return JwdtError(text.fill(a=subjective, b=objective), "shapes-differ")


def ranking_scores(rankings: Sequence[Row]) -> tuple[float, ...]:
    """Score of each option: Σ (number of options − rank + 1), unranked 0, / people who answered.

    A row per person, a column per option with its rank (1 is first) or None. Who ranked nothing did not answer.
    """
    points: list[int] = []
    answered = 0
    for place, row in enumerate(rankings, 1):
        size = len(row)
        points = points or [0] * size
        if size != len(points):
            raise _ragged("rankings")
        ranks: set[int] = set()
        for option, value in enumerate(row):
            if value is not None:
                rank = _rank(value, size, ranks, item(RANKINGS, place, option + 1))
                ranks.add(rank)
                points[option] += size - rank + 1
        answered += bool(ranks)
    if not answered:
        raise Missing(Text("rankings 缺失：无人作答", "rankings is missing: nobody answered"))
    return tuple(value / answered for value in points)


def _rank(value: float, size: int, taken: set[int], name: object) -> int:
    if not (1 <= value <= size and value == int(value)):
        rule = Text("须为 1–{k} 的整数，实为 {v}", "must be a whole number 1–{k}, got {v}")
    elif int(value) in taken:
        rule = Text("的名次 {v} 在同一行中重复", "has rank {v}, which is twice in its row")
    else:
        return int(value)
    raise JwdtError(Text("{n} {r}", "{n} {r}").fill(n=name, r=rule.fill(k=size, v=f"{value:.4g}")), "bad-rank")
