"""Evaluating one assessment by a guide: values, scores, weights, total, findings and their derivation."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ..errors import JwdtError, NotAssessable, Refused
from ..messages import Text
from ..standard import indicators as ind
from ..standard import measures, scoring
from ..standard.formulas import COMPOSED, ENTERED, MANAGEMENT, POLICY, QUOTIENT, SYNERGY
from ..standard.guide import Guide, Node, builtin
from ..standard.guide.benchmarks import Benchmark
from ..standard.guide.options import OPTIONS, Option, OptionValue
from ..standard.quantities import PERIODS, QUANTITIES, Quantity
from . import checks, trace
from .choices import OPEN, OWN, choices_of, in_force
from .model import Assessment
from .parts import entered_of, part_of
from .quantities import Quantities, quantities
from .read import Collector, collect
from .result import MISSING, NOT_APPLICABLE, NOT_ASSESSABLE, VALUE, GroupResult, IndicatorResult, Result


@dataclass(frozen=True)
class Outcome:
    """The value of an indicator, or why there is none."""

    state: str
    value: float | None = None
    reason: Text | None = None
    #: Of indicator 1, whose score needs more than its value.
    score: float | None = None


def evaluate(
    assessment: Assessment | Mapping[str, Any],
    guide: Guide | None = None,
    *,
    by: str = OPEN,
    approved: Collection[str] = (),
) -> Result:
    """Evaluate an assessment (the model, or the dict of an assessment file) by a guide (default: the built-in one).

    by: whose options, benchmarks and weights count (see `choices`); approved: the indicators that a reviewer lets be
    not applicable. Raises Refused with every error and its place where the data cannot be read as data.
    """
    result = computed(assessment, guide, by=by, approved=approved)
    return replace(result, findings=tuple(checks.findings(result)))


def computed(
    assessment: Assessment | Mapping[str, Any],
    guide: Guide | None = None,
    *,
    by: str = OPEN,
    approved: Collection[str] = (),
) -> Result:
    """The same without findings, for what evaluates many variants of one assessment."""
    guide = guide or builtin()
    errors = Collector()
    if not isinstance(assessment, Assessment):
        assessment = collect(assessment, guide, errors)
    declared, assessment = assessment, in_force(assessment, guide, by)
    options = {**guide.options, **assessment.options}
    amounts = quantities(assessment, options, errors)
    errors.raise_if_any()
    if guide.parts or guide.inputs:
        parts = {key: part_of(part, assessment, amounts) for key, part in guide.parts.items()}
        amounts = replace(amounts, parts=parts | entered_of(guide, assessment))

    synergy, synergy_outcome = _synergy(amounts, options)
    data = _Data(guide, assessment, amounts, synergy_outcome, approved)
    outcomes = [_outcome(node, data) for node in guide.indicators]
    weights = _weights(guide, assessment, outcomes)
    indicators = tuple(
        _indicator(node, outcome, weight, assessment, options, synergy, amounts, guide.quantities)
        for node, outcome, weight in zip(guide.indicators, outcomes, weights, strict=True)
    )
    whole = scoring.total([i.score for i in indicators], weights)
    groups = tuple(_group(guide, node, level, indicators) for node, level in guide.groups)
    return Result(
        assessment=assessment,
        guide=guide,
        options=options,
        quantities=amounts,
        synergy=synergy,
        indicators=indicators,
        first_levels=tuple(group for group in groups if group.level == 0),
        groups=groups,
        total=whole.total,
        coverage=whole.coverage,
        score_so_far=whole.so_far,
        findings=(),
        declared=declared,
        choices=choices_of(declared, guide) if by != OWN else (),
        approved=frozenset(approved),
    )


class Alternative(NamedTuple):
    """A named alternative to a choice: the total under it, or why there is none."""

    option: Option
    value: str
    total: float | None
    reason: Text

    @property
    def name(self) -> Text:
        return Text("{o}：{v}", "{o}: {v}").fill(o=self.option.label, v=self.option.label_of(self.value))


def each_alternative(
    assessment: Assessment, guide: Guide | None = None, approved: Collection[str] = ()
) -> Iterator[Alternative]:
    """Evaluate under each named alternative to the choices in force; approved: as of evaluate."""
    guide = guide or builtin()
    assessment = in_force(assessment, guide)
    current = {**guide.options, **assessment.options}
    for option in OPTIONS:
        for value in option.alternatives:
            if value == current[option.name]:
                continue
            other = replace(assessment, options={**assessment.options, option.name: value})
            try:
                result = evaluate(other, guide, by=OWN, approved=approved)
            except Refused as error:
                yield Alternative(option, value, None, error.findings[0].text)
                continue
            yield Alternative(option, value, result.total, _why_no_total(result))


def _why_no_total(result: Result) -> Text:
    if result.total is not None:
        return Text("", "")
    return trace.option_lacking(result) or Text("有缺失项", "something is missing")


def alternatives(assessment: Assessment, guide: Guide | None = None) -> list[tuple[Text, float | None, Text]]:
    """The total under each named alternative to a choice: what changes, the total, and why there is none."""
    return [(found.name, found.total, found.reason) for found in each_alternative(assessment, guide)]


NO_CASE = Text("声明不适用，指南没有这种情形", "declared not applicable, for which the guide has no case")


class _Data(NamedTuple):
    """What the values of indicators are made of."""

    guide: Guide
    assessment: Assessment
    amounts: Quantities
    synergy: Outcome
    approved: Collection[str]


def _absent(quantity: Quantity, period: Text) -> Outcome:
    return Outcome(MISSING, reason=Text("缺少{p}{w}", "{w} of the {p} missing").fill(p=period, w=quantity.absent))


_BASE, _REPORT = Text("基准期", "base period"), Text("报告期", "report period")


def _synergy(amounts: Quantities, options: Mapping[str, OptionValue]) -> tuple[ind.Synergy | None, Outcome]:
    needed = ["equivalents", "co2e"] + (["output"] if options["synergy_basis"] == "per_product" else [])
    arguments: list[float] = []
    for name in needed:
        for value, period in zip(amounts.pair(name), (_BASE, _REPORT), strict=True):
            if value is None:
                return None, _absent(QUANTITIES[name], period)
            arguments.append(value)
    try:
        synergy = ind.synergy_of(arguments, float(options["synergy_floor"]))
    except NotAssessable as error:
        return None, Outcome(NOT_ASSESSABLE, reason=error.text)
    return synergy, Outcome(VALUE, synergy.value, score=measures.synergy_score(synergy, arguments, options))


def _outcome(node: Node, data: _Data) -> Outcome:
    if node.code in data.assessment.not_applicable:
        reason = data.assessment.not_applicable[node.code]
        if not (data.guide.takes_not_applicable(node) or node.code in data.approved):
            return Outcome(MISSING, reason=NO_CASE)
        return Outcome(NOT_APPLICABLE, reason=Text(reason, reason))
    return _OUTCOMES[node.algorithm.kind](node, data)


def _or_missing(value: float | None, reason: Text) -> Outcome:
    return Outcome(MISSING, reason=reason) if value is None else Outcome(VALUE, value)


def _entered(node: Node, data: _Data) -> Outcome:
    return _or_missing(data.assessment.entered.get(node.code), node.algorithm.absent)


def _graded(node: Node, data: _Data) -> Outcome:
    """A grade by the answers of a section, which are the function's arguments."""
    sections = (answer.partition(".") for answer in node.algorithm.answers)
    given = {name: getattr(getattr(data.assessment, section), name) for section, _, name in sections}
    assert node.algorithm.compute is not None
    return _or_missing(node.algorithm.compute(**given), node.algorithm.absent)


def _quotient(node: Node, data: _Data) -> Outcome:
    values = []
    for key in node.needs:
        value = data.amounts.pair(key).report
        if value is None:
            return _absent(data.guide.quantities[key], _REPORT)
        values.append(value)
    assert node.algorithm.compute is not None
    try:
        return Outcome(VALUE, node.algorithm.compute(*values))
    except NotAssessable as error:
        return Outcome(NOT_ASSESSABLE, reason=error.text)


def _composed(node: Node, data: _Data) -> Outcome:
    """A form over the quantities that the guide names."""
    for use in node.uses:
        if getattr(data.amounts.pair(use.quantity), use.period) is None:
            period = _BASE if use.period == PERIODS[0] else _REPORT
            return _absent(data.guide.quantities[use.quantity], period)
    try:
        return Outcome(VALUE, node.composed(data.amounts.pair))
    except NotAssessable as error:
        return Outcome(NOT_ASSESSABLE, reason=error.text)


#: The value of each kind of formula.
_OUTCOMES: dict[str, Callable[[Node, _Data], Outcome]] = {
    QUOTIENT: _quotient,
    SYNERGY: lambda node, data: data.synergy,
    POLICY: _graded,
    MANAGEMENT: _graded,
    ENTERED: _entered,
    COMPOSED: _composed,
}


def _weights(guide: Guide, assessment: Assessment, outcomes: list[Outcome]) -> list[float]:
    weights = [assessment.weights.get(node.code, node.weight) for node in guide.indicators]
    levels = [guide.first_level(node).name for node in guide.indicators]
    try:
        return scoring.redistributed(weights, levels, [o.state != NOT_APPLICABLE for o in outcomes])
    except JwdtError as error:
        errors = Collector()
        errors.add_error("weights" if assessment.weights else "not_applicable", error)
        errors.raise_if_any()
        raise


def benchmark_of(node: Node, assessment: Assessment) -> Benchmark | None:
    """The benchmark of an indicator: the assessment's, else the guide's."""
    return assessment.benchmarks.get(node.code, node.benchmark)


def _indicator(
    node: Node,
    outcome: Outcome,
    weight: float,
    assessment: Assessment,
    options: Mapping[str, OptionValue],
    synergy: ind.Synergy | None,
    amounts: Quantities,
    named: Mapping[str, Quantity],
) -> IndicatorResult:
    benchmark = None if node.attribute in (scoring.MODERATE, scoring.QUALITATIVE) else benchmark_of(node, assessment)
    score = None
    if outcome.state == VALUE and node.attribute == scoring.MODERATE:
        score = outcome.score
    elif outcome.state == VALUE and outcome.value is not None:
        cap = float(options["score_cap"])
        aim = benchmark.value if benchmark else None
        score = scoring.indicator_score(outcome.value, aim, node.attribute, cap, node.limit)
    result = IndicatorResult(
        node,
        outcome.state,
        outcome.reason,
        outcome.value,
        benchmark,
        score,
        weight,
        Text("", ""),
        node.algorithm.marks,
    )
    return replace(result, derivation=trace.derivation(result, options, synergy, amounts, named))


def _group(guide: Guide, node: Node, level: int, indicators: tuple[IndicatorResult, ...]) -> GroupResult:
    members = [i for i in indicators if i.node.code in guide.members[node.code]]
    weight = math.fsum(i.weight for i in members)
    # All of a group below the first level may be not applicable.
    whole = scoring.total([i.score for i in members], [i.weight for i in members]) if weight > 0 else None
    return GroupResult(node, whole.total if whole else None, weight, level)
