"""The total along one row's amount: quantities are linear in it, so that a few full evaluations tell those between.

It is the full evaluation but for the last digits. Where these decide, the full evaluation is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import NotAssessable
from ..standard import indicators as ind
from ..standard import measures, scoring
from ..standard.formulas import QUOTIENT, SYNERGY
from ..standard.quantities import PERIODS
from .result import MISSING, NOT_ASSESSABLE, VALUE, IndicatorResult, Result

#: Where between the ends a full evaluation must lie on the line, and within which part of the quantity.
_PROBES, _WITHIN = (0.5, 0.0371, 0.2618, 0.7727, 0.9419), 1e-11
#: A total this near to the one it is compared with is evaluated fully; so is one where a rate is this small, since S
#: then magnifies the last digits.
NEAR, _SMALL = 1e-7, 1e-5
Score = float | None


class _Unsure(Exception):
    """Only a full evaluation tells."""


class _Along:
    """The total at a share of the way between two evaluations that differ in one row's report amount."""

    def __init__(self, start: Result, end: Result) -> None:
        self._start, self._options = start, start.options
        keys = {key for each in start.indicators for key in _needs(each, start)}
        ends = {key: (_reported(start, key), _reported(end, key)) for key in keys}
        #: Whether one end lacks what the other has: then there is no line between them.
        self.broken = any((a is None) != (b is None) for a, b in ends.values()) or (
            start.quantities.overlaps_not_counted != end.quantities.overlaps_not_counted
        )
        self._ends = {key: (a, b - a) for key, (a, b) in ends.items() if a is not None and b is not None}
        moved = {key for key, (_, slope) in self._ends.items() if slope}
        self._weights = [each.weight for each in start.indicators]
        self._moved = [i for i, each in enumerate(start.indicators) if moved & set(_needs(each, start))]

    def fits(self, share: float, found: Result) -> bool:
        """Whether a full evaluation between the ends lies on the line."""
        for key, (start, slope) in self._ends.items():
            value = _reported(found, key)
            size = max(abs(start), abs(start + slope))
            if value is None or abs(value - (start + slope * share)) > _WITHIN * size:
                return False
        return True

    def total(self, share: float) -> float | None:
        """Raises _Unsure where the last digits would matter."""
        scores = [each.score for each in self._start.indicators]
        for i in self._moved:
            scores[i] = self._score(self._start.indicators[i], share)
        return scoring.total(scores, self._weights).total

    def _amount(self, key: str, share: float) -> float:
        start, slope = self._ends[key]
        return start + slope * share

    def _score(self, indicator: IndicatorResult, share: float) -> Score:
        if indicator.state not in (VALUE, NOT_ASSESSABLE):
            return indicator.score
        node = indicator.node
        try:
            if node.algorithm.kind == SYNERGY:
                return self._synergy(share)
            assert node.algorithm.compute is not None
            value = node.algorithm.compute(*(self._amount(key, share) for key in node.needs))
        except NotAssessable:
            return None
        if value is None:
            return None
        aim, cap = indicator.benchmark, float(self._options["score_cap"])
        return scoring.indicator_score(value, aim.value if aim else None, node.attribute, cap, node.limit)

    def _synergy(self, share: float) -> Score:
        amounts: list[float] = []
        for key in _synergy_keys(self._start):
            base = getattr(self._start.quantities.pair(key), PERIODS[0])
            amounts += (base, self._amount(key, share))
        synergy = ind.synergy_of(amounts, float(self._options["synergy_floor"]))
        floor = synergy.floor
        if any(abs(rate) < _SMALL or abs(abs(rate) - floor) < _SMALL for rate in (synergy.pollutants, synergy.carbon)):
            raise _Unsure
        return measures.synergy_score(synergy, amounts, self._options)


def _reported(result: Result, key: str) -> float | None:
    return result.quantities.pair(key).report


def _synergy_keys(result: Result) -> tuple[str, ...]:
    return ("equivalents", "co2e") + (("output",) if result.options["synergy_basis"] == "per_product" else ())


def _needs(indicator: IndicatorResult, result: Result) -> tuple[str, ...]:
    """The quantities that move an indicator's score."""
    kind = indicator.node.algorithm.kind
    if indicator.state == MISSING or kind not in (QUOTIENT, SYNERGY):
        return ()
    return _synergy_keys(result) if kind == SYNERGY else tuple(indicator.node.needs)


def _line(start: Result, now: float, end: float, at: Callable[[float], Result | None]) -> _Along | None:
    """The line from the amount now to that at the end, if full evaluations between them lie on it."""
    last = at(end)
    if last is None:
        return None
    found = _Along(start, last)
    if found.broken:
        return None
    for share in _PROBES:
        result = at(now + (end - now) * share)
        if result is None or not found.fits(share, result):
            return None
    return found


def total_along(
    start: Result, now: float, end: float, target: float, at: Callable[[float], Result | None]
) -> Callable[[float], float | None]:
    """What gives the total at an amount between now and the end: on the right side of the target to the last digit.

    at: the full evaluation at an amount, None where the row cannot be read.
    """

    def fully(amount: float) -> float | None:
        found = at(amount)
        return None if found is None else found.total

    line = _line(start, now, end, at)
    if line is None:
        return fully

    def total(amount: float) -> float | None:
        try:
            found = line.total((amount - now) / (end - now))
        except _Unsure:
            return fully(amount)
        return fully(amount) if found is not None and abs(found - target) < NEAR else found

    return total
