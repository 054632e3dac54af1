"""The industry as one entity: quantities summed over enterprises, and evaluated as if they were one."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...errors import JwdtError, NotAssessable
from ...standard import indicators as ind
from ...standard import measures, scoring
from ...standard.formulas import FORMULAS, Use
from ...standard.guide import Guide, Node
from ...standard.guide.options import OptionValue
from ...standard.quantities import PERIODS
from ..collection.row import Row, summed


class Entity(NamedTuple):
    """Enterprises with the same unit of product, as one."""

    unit: str
    enterprises: int
    sums: dict[str, Sum]
    counts: dict[str, int]
    rates: tuple[float | None, float | None]
    case: str | None
    values: list[float | None]
    benchmarks: list[float | None]
    scores: list[float | None]
    total: float | None
    coverage: float


class _Columns(dict[str, "array[float]"]):
    """Numbers to be summed exactly, eight bytes each."""

    def __missing__(self, key: str) -> array[float]:
        self[key] = array("d")
        return self[key]

    def sum(self, key: str) -> float | None:
        return math.fsum(self[key]) if key in self else None


_SYNERGY = FORMULAS["synergy"].needs
Sum = tuple["float | None", "float | None"]


class Sums:
    """Sums row by row, so that no more than one row is in memory.

    An enterprise counts in both quantities of a ratio or in none of them; n of each is shown.
    """

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._columns: dict[str, _Columns] = defaultdict(_Columns)
        self._counts: dict[str, int] = defaultdict(int)
        self._benchmarks: dict[str, dict[str, Counter[float]]] = defaultdict(lambda: defaultdict(Counter))

    def add(self, row: Row) -> None:
        unit = row["unit"]
        columns, pairs = self._columns[unit], row["quantities"]
        self._counts[unit] += 1
        for name, pair in pairs.items():
            if None not in pair:
                _append(columns, name, pair)
        if all(None not in pairs[name] for name in _SYNERGY):
            for name in _SYNERGY:
                _append(columns, f"synergy {name}", pairs[name])
        for node, value, benchmark in zip(self._guide.indicators, row["values"], row["benchmarks"], strict=True):
            if node.algorithm.is_quotient:
                top, bottom = (pairs[key][1] for key in node.needs)
                if top is not None and bottom is not None:
                    columns[f"{node.code} top"].append(top)
                    columns[f"{node.code} bottom"].append(bottom)
            elif node.algorithm.form is not None:
                amounts = {use: pairs[use.quantity][PERIODS.index(use.period)] for use in node.uses}
                if None not in amounts.values():
                    for use, amount in amounts.items():
                        columns[_of_own(node, use)].append(amount)
            elif not node.algorithm.is_synergy and value is not None:
                columns[f"{node.code} grade"].append(value)
            if benchmark is not None:
                self._benchmarks[unit][node.code][benchmark] += 1

    def entities(self) -> list[Entity]:
        """The largest first."""
        return [self._entity(unit) for unit in sorted(self._counts, key=lambda unit: (-self._counts[unit], unit))]

    def _entity(self, unit: str) -> Entity:
        columns = self._columns[unit]
        sums = {name: (columns.sum(f"{name} 0"), columns.sum(f"{name} 1")) for name in summed(self._guide)}
        rates, case, degree, synergy_score = _synergy(
            {name: (columns.sum(f"synergy {name} 0"), columns.sum(f"synergy {name} 1")) for name in _SYNERGY},
            self._guide.options,
        )
        values: list[float | None] = []
        benchmarks: list[float | None] = []
        scores: list[float | None] = []
        for node in self._guide.indicators:
            value = degree if node.algorithm.is_synergy else _value(node, columns)
            given: Mapping[float, int] = self._benchmarks[unit].get(node.code, {})
            benchmark = max(given, key=lambda b: (given[b], -b)) if given else None
            values.append(value)
            benchmarks.append(benchmark)
            is_synergy = node.attribute == scoring.MODERATE
            scores.append(synergy_score if is_synergy else _score(node, value, benchmark, self._guide))
        whole = scoring.total(scores, self._guide.weights)
        counts = {name: len(columns[f"{name} 0"]) for name in summed(self._guide)}
        return Entity(
            unit, self._counts[unit], sums, counts, rates, case, values, benchmarks, scores, whole.total, whole.coverage
        )


def _append(columns: _Columns, name: str, pair: Sequence[float]) -> None:
    for period, value in enumerate(pair):
        columns[f"{name} {period}"].append(value)


def _of_own(node: Node, use: Use) -> str:
    return f"{node.code} {use.quantity} {use.period}"


def _own(node: Node, columns: _Columns) -> float | None:
    """An own formula of the sums."""
    sums = {(use.quantity, use.period): columns.sum(_of_own(node, use)) for use in node.uses}
    if None in sums.values():
        return None
    try:
        return node.composed(lambda key: [sums.get((key, period)) for period in PERIODS])
    except NotAssessable:
        return None


def _value(node: Node, columns: _Columns) -> float | None:
    """The ratio of sums; of grades, which have no sum, their mean [choice]."""
    if node.algorithm.form is not None:
        return _own(node, columns)
    compute = node.algorithm.compute
    if not node.algorithm.is_quotient or compute is None:
        grades = columns.sum(f"{node.code} grade")
        return None if grades is None else grades / len(columns[f"{node.code} grade"])
    top, bottom = columns.sum(f"{node.code} top"), columns.sum(f"{node.code} bottom")
    if top is None or bottom is None:
        return None
    try:
        return compute(top, bottom)
    except NotAssessable:
        return None


def _synergy(
    sums: dict[str, Sum], options: Mapping[str, OptionValue]
) -> tuple[tuple[float | None, float | None], str | None, float | None, float | None]:
    """Rates, case, degree and score of the sums."""
    (p0, p1), (c0, c1), (q0, q1) = (sums[name] for name in _SYNERGY)
    if p0 is None or p1 is None or c0 is None or c1 is None or q0 is None or q1 is None:
        return (None, None), None, None, None
    amounts = (p0, p1, c0, c1, q0, q1)
    try:
        synergy = ind.synergy_of(amounts, float(options["synergy_floor"]))
    except JwdtError:
        return (None, None), None, None, None
    score = measures.synergy_score(synergy, amounts, options)
    return (synergy.pollutants, synergy.carbon), synergy.case, synergy.value, score


def _score(node: Node, value: float | None, benchmark: float | None, guide: Guide) -> float | None:
    if value is None:
        return None
    return scoring.indicator_score(value, benchmark, node.attribute, float(guide.options["score_cap"]), node.limit)


def entities(guide: Guide, rows: Iterable[Row]) -> list[Entity]:
    sums = Sums(guide)
    for row in rows:
        sums.add(row)
    return sums.entities()
