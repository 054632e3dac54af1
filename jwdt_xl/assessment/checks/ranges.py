"""Values outside the plausible range that a guide states of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, Finding, Text, number
from ...standard.scoring import NEGATIVE, POSITIVE
from ..conditions import datum, either
from ..rules import Rule

if TYPE_CHECKING:
    from ..result import IndicatorResult, Result

OUTSIDE = Rule(
    "outside-guide-range",
    ERROR,
    "objectivity",
    Text("查：指标值超出指南的合理范围", "check: the value is outside the guide's range"),
    Text(
        "指标 {c}“{n}”为 {v}，超出指南的合理范围 {a}–{b}；请核对数据和单位",
        "indicator {c} “{n}” is {v}, outside the guide's plausible range {a}–{b}; check data and units",
    ),
    either(datum("value") < datum("low"), datum("value") > datum("high")),
    numbers=("value", "low", "high"),
)


def is_outside(indicator: IndicatorResult) -> bool:
    plausible = indicator.node.range
    return plausible is not None and OUTSIDE.holds(value=indicator.value, **plausible._asdict())


def outside(result: Result) -> Iterator[Finding]:
    for indicator in filter(is_outside, result.indicators):
        node = indicator.node
        field = (
            "entered"
            if node.algorithm.is_entered
            else "benchmarks"
            if node.attribute in (POSITIVE, NEGATIVE)
            else "weights"
        )
        low, high = map(number, node.range or ())
        yield OUTSIDE.finding(
            f"{field}.{node.code}", c=node.code, n=node.name, v=number(indicator.value or 0.0), a=low, b=high
        )


CHECKS = (outside,)
RULES = (OUTSIDE,)
