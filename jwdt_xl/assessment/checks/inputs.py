"""What the guide asks for itself: amounts outside the range it states, and figures without a source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import Finding, Text, number
from ...standard.guide.subjects import ENTERPRISE
from .completeness import MISSING_EVIDENCE
from .ranges import OUTSIDE

if TYPE_CHECKING:
    from ..result import Result


def inputs(result: Result) -> Iterator[Finding]:
    """Each amount within the guide's range, and each entry with its source."""
    for each in result.guide.inputs:
        entry = result.assessment.inputs.get(each.code)
        if entry is None:
            continue
        for period in each.asked if each.range else ():
            value = getattr(entry, period)
            if each.range and OUTSIDE.holds(value=value, **each.range._asdict()):
                low, high = map(number, each.range)
                text = _OUTSIDE.fill(n=each.name, v=number(value or 0.0), u=each.unit, a=low, b=high)
                yield Finding(OUTSIDE.severity, OUTSIDE.code, f"inputs.{each.code}.{period}", text, OUTSIDE.principle)
        answers = next((amount for amount in entry[:2] if amount is not None), None)
        if MISSING_EVIDENCE.holds(evidence=entry.source, answers=answers):
            yield MISSING_EVIDENCE.finding(f"inputs.{each.code}.source")


def entered(result: Result) -> Iterator[Finding]:
    """What a park or city enters as an indicator's value, with its source; forms of enterprises do not ask for it."""
    if result.guide.evaluates == ENTERPRISE:
        return
    for node in result.guide.indicators:
        value, source = (
            mapping.get(node.code) for mapping in (result.assessment.entered, result.assessment.entered_source)
        )
        if node.algorithm.is_entered and MISSING_EVIDENCE.holds(evidence=source or "", answers=value):
            yield MISSING_EVIDENCE.finding(f"entered_source.{node.code}")


_OUTSIDE = Text(
    "“{n}”为 {v} {u}，超出指南的合理范围 {a}–{b}；请核对数据和单位",
    "“{n}” is {v} {u}, outside the guide's plausible range {a}–{b}; check data and units",
)
CHECKS = (inputs, entered)
