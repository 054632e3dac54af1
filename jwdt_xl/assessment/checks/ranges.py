"""Values outside the plausible range that a guide states of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, Finding, Text, number
from ...standard.guide.levels import values_of
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


NOT_A_LEVEL = Rule(
    "not-a-level",
    ERROR,
    "objectivity",
    Text("查：不是指南所列的等级", "check: none of the guide's grades"),
    Text(
        "指标 {c}“{n}”填为 {v}，须为指南所列等级之一：{l} — 请改填其中的数值",
        "indicator {c} “{n}” is {v}, must be one of the guide's grades: {l} — enter one of these numbers",
    ),
    datum("away") > 1e-9,
    numbers=("away",),
)


def away(indicator: IndicatorResult) -> float | None:
    """How far an entered grade is from the nearest that the guide lists; None where it lists none, or nothing is entered."""
    levels = values_of(indicator.node.levels)
    return min(abs(indicator.value - level) for level in levels) if levels and indicator.value is not None else None


def not_a_level(result: Result) -> Iterator[Finding]:
    for indicator in result.indicators:
        if NOT_A_LEVEL.holds(away=away(indicator)):
            node, listed = indicator.node, "；".join(indicator.node.levels)
            yield NOT_A_LEVEL.finding(
                f"entered.{node.code}", c=node.code, n=node.name, v=number(indicator.value or 0.0), l=listed
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


CHECKS = (outside, not_a_level)
RULES = (OUTSIDE, NOT_A_LEVEL)
