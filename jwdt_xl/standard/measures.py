"""The measures by which indicator 1 is scored [choice]: each is declared once, with what it rewards.

Rates are those after the floor: below it a rate is no change. All scores are 0 where nothing changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, one_of
from . import indicators as ind
from .indicators import Synergy
from .names import fold

RATIO, DISTANCE, COSINE, COMPOSITE, EQUIVALENT_RATE = "ratio", "distance", "cosine", "composite", "equivalent_rate"


class Measure(NamedTuple):
    """A measure: how its score is written, what it rewards, the options it needs, its score (0–1) of rates and g.

    everywhere: defined in every case; else 0 unless both fall. balance: it looks at how alike the rates are, not how large.
    """

    name: str
    label: Text
    formula: str
    rewards: Text
    score: Callable[[float, float, float], float]
    needs: tuple[str, ...] = ()
    everywhere: bool = False
    balance: bool = True


def _ratio(pollutants: float, carbon: float, full: float) -> float:
    s = pollutants / carbon
    return min(s, 1 / s)


def _distance(pollutants: float, carbon: float, full: float) -> float:
    return 1 - abs(pollutants / carbon - 1)


def _cosine(pollutants: float, carbon: float, full: float) -> float:
    length = math.hypot(pollutants, carbon)
    return (pollutants + carbon) / length / math.sqrt(2) if length else 0.0


def _composite(pollutants: float, carbon: float, full: float) -> float:
    return math.sqrt(pollutants * carbon) / full


def _rate(rate: float, _: float, full: float) -> float:
    return rate / full


MEASURES = (
    Measure(
        RATIO, Text("比值", "ratio"), "100·min(S, 1/S)",
        Text(
            "奖励两者同幅下降，不看幅度：各降 0.05 % 得 100 分，污染物降 60 %、碳降 5 % 得 8.3 分，只降一项得 0 分",
            "rewards that both fall alike, not how much: −0.05 % each gives 100, −60 % and −5 % give 8.3, one alone gives 0",
        ),
        _ratio,
    ),
    Measure(
        DISTANCE, Text("距离", "distance"), "100·max(0, 1−|S−1|)",
        Text(
            "奖励两者同幅下降，不看幅度；污染物降得快于碳一倍以上即为 0 分，反之逐步减分",
            "rewards that both fall alike, not how much; 0 once pollutants fall twice as fast as carbon, the other way fewer marks",
        ),
        _distance,
    ),
    Measure(
        COSINE, Text("方向余弦", "cosine"), "100·max(0, (rP+rC)/√(2(rP²+rC²)))",
        Text(
            "奖励朝同降方向变化，不看幅度；只降一项得 70.7 分，一降一升按净方向计分",
            "rewards the direction towards both falling, not how much; one alone gives 70.7, a trade-off by its net direction",
        ),
        _cosine, everywhere=True,
    ),
    Measure(
        COMPOSITE, Text("综合降幅", "composite"), "100·min(1, √(rP·rC)/g)",
        Text(
            "奖励两者都降且降得多：几何平均降幅达到 g 得满分；只降一项得 0 分",
            "rewards that both fall, and by how much: full marks where the geometric mean of the rates reaches g; one alone gives 0",
        ),
        _composite, needs=("full_rate",), balance=False,
    ),
    Measure(
        EQUIVALENT_RATE, Text("合并减排率", "equivalent rate"), "100·min(1, max(0, r)/g)",
        Text(
            "奖励污染物与碳合计(P + c·C)降得多：合计减排率达到 g 得满分；只降一项也得分",
            "rewards how much the sum P + c·C of pollutants and carbon falls: full marks at the rate g; one alone earns marks too",
        ),
        _rate, needs=("carbon_equivalents", "full_rate"), everywhere=True, balance=False,
    ),
)  # fmt: skip
BY_NAME = {measure.name: measure for measure in MEASURES}


def measure_in_force(options: Mapping[str, str | float]) -> Measure:
    return BY_NAME[str(options["moderate_score"])]


def find_measure(name: str) -> Measure:
    """The measure of this code or name."""
    for measure in MEASURES:
        if fold(name) in map(fold, (measure.name, *measure.label)):
            return measure
    offered = one_of((m.name, m.label) for m in MEASURES)
    raise JwdtError(
        Text("方法须为 {o}，实为“{v}”", "method must be {o}, got “{v}”").fill(o=offered, v=name), "unknown-measure"
    )


def synergy_score(synergy: Synergy, amounts: Sequence[float], options: Mapping[str, str | float]) -> float | None:
    """Score of indicator 1 by the measure in force; None where an option that it needs is not stated.

    amounts: p0, p1, c0, c1 and, per product, q0, q1, as in indicators.synergy.
    """
    measure = measure_in_force(options)
    if lacking(options):
        return None
    rates = synergy.floored
    if measure.name == EQUIVALENT_RATE:
        rates = (equivalent_rate(amounts, float(options["carbon_equivalents"]), synergy.floor), 0.0)
    elif not measure.everywhere and synergy.value is None:
        return 0.0
    return 100 * max(0.0, min(1.0, measure.score(*rates, float(options.get("full_rate", 1.0)))))


def lacking(options: Mapping[str, str | float]) -> tuple[str, ...]:
    """The options that the measure in force needs and nobody states."""
    return tuple(name for name in measure_in_force(options).needs if name not in options)


def equivalent_rate(amounts: Sequence[float], carbon_equivalents: float, floor: float = 0.0) -> float:
    """Reduction rate of P + c·C; c: pollutant equivalents per t CO2e. Per unit product where outputs are given."""
    p0, p1, c0, c1, *outputs = amounts
    x0, x1 = p0 + carbon_equivalents * c0, p1 + carbon_equivalents * c1
    if outputs:
        x0, x1 = ind.ratio(x0, outputs[0], ind.BASE_OUTPUT), ind.ratio(x1, outputs[1], ind.OUTPUT)
    return ind.floored(ind.reduction(x0, x1, ind.BASE_POLLUTANTS), floor)
