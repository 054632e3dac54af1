"""The uncertainty of many results by numpy: the draws and the outcome of assessment.uncertainty, in a few milliseconds each."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import Any

import numpy as np

from ...assessment import Result
from ...assessment.draws import CONFIDENCE, DRAWS, exponents, factor_exponents
from ...assessment.result import IndicatorResult
from ...assessment.terms import Form, form_of
from ...assessment.uncertainty import LEAST, Interval, Uncertainty
from ...errors import NotAssessable
from ...standard import indicators as ind
from ...standard import measures
from ...standard.formulas import COMPOSED, QUOTIENT, SYNERGY
from ...standard.guide import Node
from ...standard.quantities import PERIODS
from ...standard.scoring import NEGATIVE, POSITIVE

Array = Any
#: Rows of the matrices of multipliers grow by so many.
_STEP = 32
#: The case by the signs of both rates, from −1 to 1 each.
_CASES = np.array([[ind.CASES.index(ind.case_of(p, c)) for c in (-1, 0, 1)] for p in (-1, 0, 1)])


@lru_cache(maxsize=64)
def _multipliers(width: float, period: int, rows: int) -> Array:
    """exp(u·e − u²/2) of the first rows, for a relative uncertainty: the same for every enterprise."""
    return np.exp(width * np.array([exponents(row)[period] for row in range(rows)]) - width * width / 2)


@lru_cache(maxsize=256)
def _factor(place: int, width: float) -> Array:
    return np.exp(width * np.array(factor_exponents(place)) - width * width / 2)


def uncertainty(result: Result) -> Uncertainty:
    """As assessment.uncertainty.uncertainty, equal but for the last digits."""
    form = form_of(result)
    sums = _sums(form)
    rates, case, value, of_synergy = _synergy(result, sums)
    scores = [_score(indicator, result, sums, of_synergy) for indicator in result.indicators]
    total = _total(result, scores)
    drawn = [sums["equivalents", 1], sums["co2e", 1], *rates, value, *scores, total]
    pollutants, carbon, pollutant_rate, carbon_rate, synergy, *others = _intervals(drawn)
    counts = np.bincount(case[case >= 0], minlength=len(ind.CASES))
    assessable = counts.sum() >= LEAST * DRAWS
    cases = {name: float(n) / DRAWS for name, n in zip(ind.CASES, counts, strict=True)} if assessable else {}
    known = total[~np.isnan(total)]
    grades = {str(grade.name): float((known >= grade.at_least - 0.005).sum()) / DRAWS for grade in result.guide.grades}
    return Uncertainty(
        pollutants, carbon, pollutant_rate, carbon_rate, synergy, tuple(others[:-1]), others[-1],
        cases, grades if others[-1] else {},
    )  # fmt: skip


def _intervals(drawn: list[Array]) -> list[Interval | None]:
    """The 5th and 95th percentile of each column, linear between the draws."""
    return [_interval(column) for column in drawn]


def _interval(column: Array) -> Interval | None:
    if column[0] == column[-1] and (column == column[0]).all():
        return float(column[0]), float(column[0])
    gaps = np.isnan(column)
    if gaps.any():
        column = column[~gaps]
        if len(column) < LEAST * DRAWS:
            return None
    places = [share * (len(column) - 1) for share in ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)]
    around = [min(int(place) + i, len(column) - 1) for place in places for i in (0, 1)]
    ordered = np.partition(column, around)
    low, above_low, high, above_high = (float(ordered[place]) for place in around)
    return low + (above_low - low) * (places[0] % 1), high + (above_high - high) * (places[1] % 1)


def _sums(form: Form) -> dict[tuple[str, int], Array]:
    """The draws of each quantity by period: one product of matrices for all rows of one uncertainty."""
    found: dict[tuple[str, int], Array] = {}
    keys = list(form.terms)
    size = -(-max(len(form.rows), 1) // _STEP) * _STEP
    for period in (0, 1):
        coefficients: dict[float, Array] = {}
        beside = np.zeros((len(keys), DRAWS))
        for place, key in enumerate(keys):
            for term in form.terms[key]:
                width, factors = form.rows[term.row], term.factors[period]
                if not factors:
                    matrix = coefficients.setdefault(width, np.zeros((len(keys), size)))
                    matrix[place, term.row] += term.amounts[period]
                    continue
                column = term.amounts[period] * _multipliers(width, period, size)[term.row]
                for factor in factors:
                    column = column * _factor(factor, form.factors[factor])
                beside[place] += column
        for width, matrix in coefficients.items():
            beside += matrix @ _multipliers(width, period, size)
        found |= {(key, period): row for key, row in zip(keys, beside, strict=True)}
        for key, pair in form.exact.items():
            found[key, period] = np.full(DRAWS, np.nan if pair[period] is None else pair[period])
    for missing in form.missing:
        found[missing] = np.full(DRAWS, np.nan)
    return found


def _quotient(top: Array, bottom: Array) -> Array:
    """NaN where it is not assessable."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = top / bottom
    return np.where((bottom > 0) & np.isfinite(found), found, np.nan)


def _synergy(result: Result, sums: dict[tuple[str, int], Array]) -> tuple[tuple[Array, Array], Array, Array, Array]:
    """Both rates, the case by its place (−1: not assessable), S and the score of indicator 1."""
    p0, p1, c0, c1 = (sums[key, period] for key in ("equivalents", "co2e") for period in (0, 1))
    options = result.options
    if options["synergy_basis"] == "per_product":
        q0, q1 = sums["output", 0], sums["output", 1]
        p0, p1, c0, c1 = (_quotient(a, q) for a, q in ((p0, q0), (p1, q1), (c0, q0), (c1, q1)))
    rates = _rate(p0, p1), _rate(c0, c1)
    there = ~(np.isnan(rates[0]) | np.isnan(rates[1]))
    floor = float(options["synergy_floor"])
    floored = [np.where(np.abs(rate) < floor - ind.NO_CHANGE, 0.0, rate) for rate in rates]
    signs = [np.nan_to_num(np.sign(rate)).astype(int) + 1 for rate in floored]
    case = np.where(there, _CASES[signs[0], signs[1]], -1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(case == ind.CASES.index(ind.SYNERGY), rates[0] / rates[1], np.nan)
    rates = tuple(np.where(there, rate, np.nan) for rate in rates)
    return rates, case, value, np.where(there, _measured(result, value, floored, (p0, p1, c0, c1)), np.nan)


def _rate(base: Array, report: Array) -> Array:
    rate = _quotient(base - report, base)
    return np.where(np.abs(rate) < ind.NO_CHANGE, 0.0, rate)


def _measured(result: Result, value: Array, rates: list[Array], amounts: tuple[Array, ...]) -> Array:
    """The score of indicator 1 by the measure in force, as standard.measures has it."""
    options = result.options
    measure = measures.measure_in_force(options)
    if measures.lacking(options):
        return np.full(DRAWS, np.nan)
    pollutants, carbon = rates
    full = float(options.get("full_rate", 1.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure.name == measures.RATIO:
            score = np.minimum(value, 1 / value)
        elif measure.name == measures.DISTANCE:
            score = 1 - np.abs(value - 1)
        elif measure.name == measures.COSINE:
            length = np.hypot(pollutants, carbon)
            score = np.where(length > 0, (pollutants + carbon) / length / np.sqrt(2), 0.0)
        elif measure.name == measures.COMPOSITE:
            score = np.where(np.isnan(value), 0.0, np.sqrt(np.abs(pollutants * carbon)) / full)
        else:
            assert measure.name == measures.EQUIVALENT_RATE
            c = float(options["carbon_equivalents"])
            p0, p1, c0, c1 = amounts
            rate = _rate(p0 + c * c0, p1 + c * c1)
            score = np.where(np.abs(rate) < float(options["synergy_floor"]) - ind.NO_CHANGE, 0.0, rate) / full
    if not measure.everywhere:
        score = np.nan_to_num(score)
    return 100 * np.clip(score, 0.0, 1.0)


def _of_quotient(node: Node, sums: dict[tuple[str, int], Array]) -> Array:
    top, bottom = (sums[key, 1] for key in node.needs)
    value = _quotient(top * node.algorithm.times, bottom)
    for key in node.algorithm.not_negative:
        value = np.where(sums[node.needs[node.algorithm.needs.index(key)], 1] < 0, np.nan, value)
    return value


def _own(node: Node, sums: dict[tuple[str, int], Array]) -> Array:
    """An own formula, draw by draw."""
    columns = [(use.quantity, PERIODS.index(use.period)) for use in node.uses]
    found = np.full(DRAWS, np.nan)
    for i, amounts in enumerate(zip(*(sums[column] for column in columns), strict=True)):
        known = dict(zip(columns, map(float, amounts), strict=True))
        with contextlib.suppress(NotAssessable):
            found[i] = node.composed(lambda key, known=known: (known.get((key, 0)), known[key, 1]))  # type: ignore[misc]
    return found


def _score(indicator: IndicatorResult, result: Result, sums: dict[tuple[str, int], Array], of_synergy: Array) -> Array:
    node = indicator.node
    if indicator.score is None:
        return np.full(DRAWS, np.nan)
    if node.algorithm.kind == SYNERGY:
        return of_synergy
    if node.algorithm.kind not in (QUOTIENT, COMPOSED):
        return np.full(DRAWS, indicator.score)
    value = _own(node, sums) if node.algorithm.form else _of_quotient(node, sums)
    assert indicator.benchmark is not None
    aim, cap = indicator.benchmark.value, float(result.options["score_cap"])
    if node.limit is not None:
        return 100 * np.clip((value - node.limit) / (aim - node.limit), 0.0, 1.0)
    if node.attribute == POSITIVE:
        return 100 * np.clip(value / aim, 0.0, cap)
    assert node.attribute == NEGATIVE
    with np.errstate(divide="ignore"):
        return 100 * np.where(value <= 0, cap, np.minimum(aim / value, cap))


def _total(result: Result, scores: list[Array]) -> Array:
    if result.total is None:
        return np.full(DRAWS, np.nan)
    weights = np.array([indicator.weight for indicator in result.indicators])
    used = np.flatnonzero(weights > 0)
    return np.minimum(weights[used] / weights.sum() @ np.stack([scores[i] for i in used]), 100.0)
