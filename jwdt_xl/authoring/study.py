"""Looking before fixing: what a sample of enterprises tells about the indicators of a guide and their weights.

Which go along with each other, which share their data, which decide nothing, and what weights the data alone would give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, count
from typing import Any, NamedTuple

from ..messages import INFO, WARNING, Finding, Text, joined, number
from ..opening.refusals import refused
from ..standard import scoring
from ..standard.guide import Guide, Node
from ..standard.guide.objective import (
    FEWEST,
    SIGNIFICANT,
    agreement_significance,
    correlation,
    critic_weights,
    deviation,
    entropy_weights,
    rank_correlation,
)
from ..standard.scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE
from .enterprises import Table
from .table import read_columns

#: From here on two indicators say much the same [choice].
REDUNDANT = 0.8


class Indicator(NamedTuple):
    """One indicator in the sample."""

    node: Node
    mean: float
    deviation: float
    #: The standard deviation of its scores; None without a benchmark.
    spread: float | None
    #: Its weight in the guide among the indicators of the sample, and by the data alone.
    weight: float
    entropy: float
    critic: float
    #: How many places somebody moves at most where it is left out; None where there are no ranks.
    moves: int | None


class Pair(NamedTuple):
    """Two indicators: how they go along, and the quantities that both are made of."""

    one: Node
    other: Node
    pearson: float
    spearman: float
    shared: tuple[Text, ...]

    @property
    def is_redundant(self) -> bool:
        return max(abs(self.pearson), abs(self.spearman)) >= REDUNDANT


class Agreement(NamedTuple):
    """How far the experts of the guide agree on a group."""

    group: Text
    experts: int
    items: int
    w: float
    p: float


class Study(NamedTuple):
    guide: Guide
    #: Complete rows, of all that are enterprises.
    n: int
    rows: int
    indicators: tuple[Indicator, ...]
    pairs: tuple[Pair, ...]
    agreements: tuple[Agreement, ...]
    #: The values, a row per enterprise in the order of the indicators.
    values: tuple[tuple[float, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        """The contract of `jwdt guide study --json`."""
        return {
            "guide": self.guide.id,
            "n": self.n,
            "rows": self.rows,
            "indicators": [
                {
                    "code": i.node.code, "name": str(i.node.name), "mean": i.mean, "deviation": i.deviation, "score_spread": i.spread,
                    "weight": i.weight, "entropy": i.entropy, "critic": i.critic, "moves": i.moves,
                }
                for i in self.indicators
            ],
            "pairs": [
                {
                    "codes": [p.one.code, p.other.code], "pearson": p.pearson, "spearman": p.spearman,
                    "shared": [str(name) for name in p.shared], "redundant": p.is_redundant,
                }
                for p in self.pairs
            ],
            "agreement": [
                {"group": str(a.group), "experts": a.experts, "items": a.items, "w": a.w, "p": a.p} for a in self.agreements
            ],
        }  # fmt: skip


def study(guide: Guide, table: Table) -> tuple[Study, list[Finding]]:
    """What a table of enterprises, a row each, tells about a guide. Only rows with all values count."""
    read, findings = read_columns(guide, table, (POSITIVE, NEGATIVE, MODERATE, QUALITATIVE))
    nodes = [guide.by_code[code] for code, column in read.columns.items() if column.numbers]
    numbers = [read.columns[node.code].by_row for node in nodes]
    whole = sorted(set.intersection(*map(set, numbers))) if numbers else []
    if len(nodes) < 2 or len(whole) < FEWEST:
        raise refused(
            table.name,
            "too-few-enterprises",
            "至少须有 {k} 家企业、2 个指标的完整数据，实为 {n} 家、{i} 个 — 请补充数据，或删去数据不全的列",
            "needs {k} enterprises and 2 indicators without a gap, there are {n} and {i} — add data, or take out columns with gaps",
            k=FEWEST,
            n=len(whole),
            i=len(nodes),
        )
    rows = [tuple(column[row] for column in numbers) for row in whole]
    if len(whole) < read.rows:
        text = Text("{n} 行数据不全，没有计入", "{n} rows have gaps and do not count").fill(n=read.rows - len(whole))
        findings.append(Finding(INFO, "rows-with-gaps", table.name, text, "completeness"))
    columns = list(zip(*rows, strict=True))
    pairs = tuple(
        Pair(nodes[i], nodes[j], correlation(columns[i], columns[j]), rank_correlation(columns[i], columns[j]), _shared(guide, nodes[i], nodes[j]))
        for i, j in combinations(range(len(nodes)), 2)
    )  # fmt: skip
    found = Study(guide, len(rows), read.rows, _indicators(nodes, rows), pairs, agreements(guide), tuple(rows))
    return found, [*findings, *_told(found), *disagreements(guide)]


def _shared(guide: Guide, one: Node, other: Node) -> tuple[Text, ...]:
    keys = [key for key in one.whole_needs if key in other.whole_needs]
    return tuple(guide.quantities[key].name for key in keys)


def towards(node: Node, value: float) -> float:
    """A value of which more is better or less is, as the attribute says; of synergy its balance."""
    if node.attribute != MODERATE:
        return value
    return min(value, 1 / value) if value > 0 else 0.0


def _indicators(nodes: Sequence[Node], rows: Sequence[Sequence[float]]) -> tuple[Indicator, ...]:
    directions = [NEGATIVE if node.attribute == NEGATIVE else POSITIVE for node in nodes]
    plain = [[towards(node, value) for node, value in zip(nodes, row, strict=True)] for row in rows]
    entropy, critic = entropy_weights(plain, directions), critic_weights(plain, directions)
    whole = math.fsum(node.weight for node in nodes if node.has_weight)
    weights = [node.weight / whole if node.has_weight and whole else 0.0 for node in nodes]
    scores = [_scores(node, [row[i] for row in plain]) for i, node in enumerate(nodes)]
    moves = _moves(weights, scores)
    columns = list(zip(*rows, strict=True))
    return tuple(
        Indicator(
            node, math.fsum(columns[i]) / len(rows), deviation(columns[i]), None if scores[i] is None else deviation(scores[i] or ()),
            weights[i], entropy[i], critic[i], moves[i],
        )
        for i, node in enumerate(nodes)
    )  # fmt: skip


def _scores(node: Node, values: Sequence[float]) -> list[float] | None:
    """By the guide's benchmark; None where it has none."""
    if node.attribute in (MODERATE, QUALITATIVE):
        return [100 * value for value in values]
    if node.benchmark is None:
        return None
    scores = [scoring.indicator_score(value, node.benchmark.value, node.attribute, 1.0, node.limit) for value in values]
    return [0.0 if score is None else score for score in scores]


def _moves(weights: Sequence[float], scores: Sequence[list[float] | None]) -> list[int | None]:
    """For each indicator how many places anybody moves at most where it is left out."""
    known = [i for i, listed in enumerate(scores) if listed is not None and weights[i] > 0]
    found: list[int | None] = [None] * len(scores)
    if len(known) < 2:
        return found
    before = _ranks(weights, scores, known)
    for i in known:
        after = _ranks(weights, scores, [j for j in known if j != i])
        found[i] = max(abs(one - other) for one, other in zip(before, after, strict=True))
    return found


def _ranks(weights: Sequence[float], scores: Sequence[list[float] | None], used: Sequence[int]) -> list[int]:
    whole = math.fsum(weights[i] for i in used)
    listed = [scores[i] or [] for i in used]
    totals = [
        math.fsum(weights[i] * score for i, score in zip(used, row, strict=True)) / whole
        for row in zip(*listed, strict=True)
    ]
    return [rank or 0 for rank in scoring.ranks(totals)]


def agreements(guide: Guide) -> tuple[Agreement, ...]:
    """Of each group that experts scored, W and how probable it is by chance."""
    return tuple(
        Agreement(g.name, g.experts, len(g.shares), g.agreement, agreement_significance(g.agreement, g.experts, len(g.shares)))
        for g in guide.derived.values()
        if g.agreement is not None
    )  # fmt: skip


def _told(found: Study) -> list[Finding]:
    """What an author should look at."""
    told = []
    for pair in found.pairs:
        if pair.is_redundant:
            shared = (
                Text("，两者都用到{s}", ", both are made of {s}").fill(s=joined(pair.shared))
                if pair.shared
                else Text("", "")
            )
            text = Text(
                "指标 {a}“{n}”与 {b}“{m}”高度相关（r {r}，ρ {s}）{q} — 请考虑只留一个，或降低权重，以免重复计分",
                "indicators {a} “{n}” and {b} “{m}” go along (r {r}, ρ {s}){q} — consider keeping one, or less weight, so that nothing counts twice",
            ).fill(a=pair.one.code, n=pair.one.name, b=pair.other.code, m=pair.other.name, r=f"{pair.pearson:.2f}", s=f"{pair.spearman:.2f}", q=shared)  # fmt: skip
            told.append(Finding(WARNING, "redundant", f"{pair.one.code}, {pair.other.code}", text, "objectivity"))
    for each in found.indicators:
        if each.moves == 0:
            text = Text(
                "指标 {c}“{n}”去掉后无人名次变动（权重 {w}）— 在此样本中不起作用",
                "nobody moves where indicator {c} “{n}” is left out (weight {w}) — it decides nothing in this sample",
            ).fill(c=each.node.code, n=each.node.name, w=number(each.weight))
            told.append(Finding(WARNING, "decides-nothing", each.node.code, text, "objectivity"))
    return told


def disagreements(guide: Guide) -> list[Finding]:
    """A warning for each group on which the experts agree no more than by chance; where so few could not, a note that says so."""
    told = []
    for agreed in agreements(guide):
        if agreement_significance(1.0, agreed.experts, agreed.items) >= SIGNIFICANT:
            needed = next(
                m for m in count(agreed.experts) if agreement_significance(1.0, m, agreed.items) < SIGNIFICANT
            )
            filled = _TOO_FEW.fill(n=agreed.experts, g=agreed.group, i=agreed.items, w=f"{agreed.w:.2f}", m=needed)
            told.append(Finding(INFO, "too-few-experts", str(agreed.group), filled, "objectivity"))
        elif agreed.p >= SIGNIFICANT:
            text = Text(
                "{n} 位专家对“{g}”的意见不一致：W {w}，p {p} ≥ 0.05，与随意排序无法区分 — 请再征询一轮，或改用其他依据",
                "the {n} experts do not agree on “{g}”: W {w}, p {p} ≥ 0.05, no more than by chance — ask another round, or use another basis",
            ).fill(n=agreed.experts, g=agreed.group, w=f"{agreed.w:.2f}", p=f"{agreed.p:.2f}")
            told.append(Finding(WARNING, "experts-disagree", str(agreed.group), text, "objectivity"))
    return told


_TOO_FEW = Text(
    "{n} 位专家给“{g}”下 {i} 项评分，W {w}：人数太少，即使完全一致也与随意排序无法区分 — 至少需要 {m} 位才能判断",
    "{n} experts score the {i} items of “{g}”, W {w}: so few that even full agreement is no more than by chance — it takes {m} to tell",
)
