"""How sure a result is: 90 % intervals of its quantities, rates, scores and total, by draws from what its rows may be.

It changes no number. The quantities are first written as sums over rows (`terms`), so that a draw costs a few products;
what is drawn is in `draws`. The draws are always the same, and so is the outcome.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import NotAssessable
from ..messages import Text
from ..standard import indicators as ind
from ..standard import measures, scoring
from ..standard.formulas import COMPOSED, QUOTIENT, SYNERGY
from ..standard.guide import Node
from ..standard.quantities import PERIODS
from .draws import CONFIDENCE, DRAWS, constant, of_factor, of_row
from .result import IndicatorResult, Result
from .terms import Form, form_of

Interval = tuple[float, float]
#: A value has an interval where at least this share of its draws has one.
LEAST = 0.95
Drawn = Sequence[float | None]


class Uncertainty(NamedTuple):
    """The 90 % intervals, None where there is none, and the probabilities of cases and grades."""

    pollutants: Interval | None
    co2e_t: Interval | None
    pollutant_rate: Interval | None
    carbon_rate: Interval | None
    synergy: Interval | None
    scores: tuple[Interval | None, ...]
    total: Interval | None
    #: Of each case of synergy; empty where the rates are not assessable.
    cases: dict[str, float]
    #: Of the total reaching each grade of the guide; empty without a total.
    grades: dict[str, float]

    @property
    def rates(self) -> tuple[Interval | None, Interval | None]:
        return self.pollutant_rate, self.carbon_rate

    def as_dict(self) -> dict[str, Any]:
        """The keys `interval` and `probabilities` of `jwdt score --json`."""
        return {
            "interval": {
                "pollutants": _listed(self.pollutants),
                "co2e_t": _listed(self.co2e_t),
                "rates": {"pollutants": _listed(self.pollutant_rate), "carbon": _listed(self.carbon_rate)},
                "synergy": _listed(self.synergy),
                "scores": [_listed(score) for score in self.scores],
                "total": _listed(self.total),
            },
            "probabilities": {**{case: self.cases.get(case) for case in ind.CASES}, "grades": self.grades},
        }


#: Of what could not be evaluated.
UNKNOWN = Uncertainty(None, None, None, None, None, (), None, {}, {})


def _listed(interval: Interval | None) -> list[float] | None:
    return None if interval is None else list(interval)


def uncertainty(result: Result) -> Uncertainty:
    """The uncertainty of a result by 2,000 draws."""
    form = form_of(result)
    drawn = _Drawn(form)
    rates, synergies, scores_of_synergy = _synergies(result, drawn)
    scores = [_scores(indicator, result, drawn, scores_of_synergy) for indicator in result.indicators]
    totals = _totals(result, scores)
    return Uncertainty(
        interval_of(drawn.of("equivalents", 1)),
        interval_of(drawn.of("co2e", 1)),
        interval_of(rates[0]),
        interval_of(rates[1]),
        interval_of([s.value if s else None for s in synergies]),
        tuple(interval_of(each) for each in scores),
        interval_of(totals),
        cases_of([s.case if s else None for s in synergies]),
        grades_of(result, totals),
    )


def interval_of(drawn: Drawn) -> Interval | None:
    """The 5th and the 95th percentile; None where too few draws have a value."""
    known = sorted(value for value in drawn if value is not None)
    if len(known) < LEAST * DRAWS:
        return None
    tail = (1 - CONFIDENCE) / 2
    return _percentile(known, tail), _percentile(known, 1 - tail)


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Linear between the draws."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
    return low + (high - low) * (place - below)


def cases_of(drawn: Sequence[str | None]) -> dict[str, float]:
    """How often each case came; nothing where the rates are mostly not assessable."""
    if sum(case is not None for case in drawn) < LEAST * DRAWS:
        return {}
    return {case: drawn.count(case) / DRAWS for case in ind.CASES}


def grades_of(result: Result, totals: Drawn) -> dict[str, float]:
    """How often the total reached each grade, compared as it is shown."""
    known = [total for total in totals if total is not None]
    if len(known) < LEAST * DRAWS:
        return {}
    # Half a hundredth below the bound is shown as the bound.
    return {
        str(grade.name): sum(total >= grade.at_least - 0.005 for total in known) / DRAWS
        for grade in result.guide.grades
    }


class _Drawn:
    """The draws of quantities by key and period, each summed once."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._sums: dict[tuple[str, int], list[float | None]] = {}

    def of(self, key: str, period: int) -> Drawn:
        if (key, period) not in self._sums:
            self._sums[key, period] = self._sum(key, period)
        return self._sums[key, period]

    def _sum(self, key: str, period: int) -> list[float | None]:
        form = self.form
        if (key, period) in form.missing:
            return constant(None)
        if key in form.exact:
            return constant(form.exact[key][period])
        sums = [0.0] * DRAWS
        for term in form.terms[key]:
            amount = term.amounts[period]
            if amount:
                drawn = of_row(term.row, form.rows[term.row])[period]
                for factor in term.factors[period]:
                    column = of_factor(factor, form.factors[factor])
                    drawn = [a * b for a, b in zip(drawn, column, strict=True)]
                sums = [a + amount * b for a, b in zip(sums, drawn, strict=True)]
        return list(sums)


def _synergies(result: Result, drawn: _Drawn) -> tuple[tuple[Drawn, Drawn], list[ind.Synergy | None], Drawn]:
    """The rates, the synergy and the score of indicator 1 of each draw."""
    keys = ("equivalents", "co2e") + (("output",) if result.options["synergy_basis"] == "per_product" else ())
    columns = [drawn.of(key, period) for key in keys for period in (0, 1)]
    floor = float(result.options["synergy_floor"])
    found: list[ind.Synergy | None] = []
    scores: list[float | None] = []
    for amounts in zip(*columns, strict=True):
        try:
            if None in amounts:
                raise NotAssessable(Text("", ""))
            synergy = ind.synergy_of(amounts, floor)
            score = measures.synergy_score(synergy, amounts, result.options)
        except NotAssessable:
            found.append(None)
            scores.append(None)
            continue
        found.append(synergy)
        scores.append(score)
    rates = ([s.pollutants if s else None for s in found], [s.carbon if s else None for s in found])
    return rates, found, scores


def _scores(indicator: IndicatorResult, result: Result, drawn: _Drawn, of_synergy: Drawn) -> Drawn:
    """The scores of an indicator; one without a score has none in any draw."""
    kind = indicator.node.algorithm.kind
    if indicator.score is None or kind not in (QUOTIENT, SYNERGY, COMPOSED):
        return constant(indicator.score)
    if kind == SYNERGY:
        return of_synergy
    node, benchmark = indicator.node, indicator.benchmark
    aim, cap = benchmark.value if benchmark else None, float(result.options["score_cap"])
    found: list[float | None] = []
    columns = [(use.quantity, PERIODS.index(use.period)) for use in node.uses]
    for amounts in zip(*(drawn.of(*column) for column in columns), strict=True):
        try:
            value = value_of(node, dict(zip(columns, amounts, strict=True)))
        except NotAssessable:
            value = None
        found.append(None if value is None else scoring.indicator_score(value, aim, node.attribute, cap, node.limit))
    return found


def value_of(node: Node, amounts: dict[tuple[str, int], Any]) -> float | None:
    """The value of a quotient or of an own formula from amounts by quantity and period."""
    if node.algorithm.kind == COMPOSED:
        return node.composed(lambda key: (amounts.get((key, 0)), amounts[key, 1]))
    assert node.algorithm.compute is not None
    return node.algorithm.compute(*(amounts[key, 1] for key in node.needs))


def _totals(result: Result, scores: Sequence[Drawn]) -> Drawn:
    """As standard.scoring.total."""
    if result.total is None:
        return constant(None)
    weighted = [(column, i.weight) for column, i in zip(scores, result.indicators, strict=True) if i.weight > 0]
    whole = math.fsum(weight for _, weight in weighted)
    weights = [weight / whole for _, weight in weighted]
    return [
        None if None in row else min(100.0, sum(map(operator.mul, row, weights)))
        for row in zip(*(column for column, _ in weighted), strict=True)
    ]


def sentences(result: Result, found: Uncertainty) -> list[Text]:
    """What the intervals say, in words."""
    said = []
    if found.total is not None:
        said.append(_TOTAL.fill(l=found.total[0], h=found.total[1]))
    most = max(found.cases, key=lambda case: found.cases[case], default="")
    if most and found.synergy is None and result.synergy is not None and result.synergy.value is not None:
        first = next(i for i, each in enumerate(result.indicators) if each.node.algorithm.is_synergy)
        low, high = found.scores[first] or (0.0, 100.0)
        said.append(_UNKNOWN.fill(p=found.cases[ind.SYNERGY], l=low, h=high))
    elif most:
        said.append(_CASE.fill(c=ind.CASE_NAMES[most], p=found.cases[most]))
    for name, share in found.grades.items():
        said.append(_GRADE.fill(n=name, p=share))
    return said


_TOTAL = Text(
    "总分的 90 % 区间：{l:.1f}–{h:.1f}（按各行数据质量，未填的按 4 级；2000 次抽样）",
    "90 % interval of the total: {l:.1f}–{h:.1f} (by the quality grades of the rows, 4 where blank; 2,000 draws)",
)
_CASE = Text("最可能的协同情形：{c}（概率 {p:.0%}）", "most likely case: {c} (probability {p:.0%})")
_UNKNOWN = Text(
    "协同度不明：按数据质量只有 {p:.0%} 的可能两者都降，S 说不出是多少，其得分在 {l:.0f} 到 {h:.0f} 之间都有可能",
    "the degree of synergy is unknown: by the quality of the data both fall with a probability of {p:.0%} only, S may be anything, its score anything from {l:.0f} to {h:.0f}",
)
_GRADE = Text("达到“{n}”的概率：{p:.0%}", "probability of reaching “{n}”: {p:.0%}")
