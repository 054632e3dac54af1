"""Heat values and coefficients that cannot be, with the unit they were probably typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...messages import ERROR, WARNING, Text
from ..conditions import datum
from ..heat_units import OTHER_UNIT, UNUSUAL, USUAL
from ..rules import Rule

_TEXT = Text(
    "“{n}”的{f}为 {v} {w}，通常在 {a}–{b}{s}；请核对数值和单位",
    "“{n}”: {f} {v} {w}, usual are {a}–{b}{s}; check value and unit",
)
_COEFFICIENT = Text("查：折标系数单位不对，须 kgce/kg 或 m3", "check: another unit? needed: kgce/kg or m3")
_UNUSUAL = Text("查：热值或系数不在该能源通常范围", "check: unusual heat value or coefficient")
_HINTS = {
    ("activity", "net_calorific_value"): Text(
        "查：须 GJ/t、GJ/万Nm3，或点“+”选热值单位", "check: GJ/t, GJ/10^4Nm3, or its unit (click +)"
    ),
    ("energy", "net_calorific_value"): Text(
        "查：须 kJ/kg 或 kJ/m3，或点“+”选热值单位", "check: kJ/kg, kJ/m3, or its unit (click +)"
    ),
}


def _said(table: str, field: str) -> Callable[[Any], dict[str, Any]]:
    return lambda row: USUAL[table, field][row["dimension"]].said(row)


def _rules() -> Iterator[Rule]:
    for table, field in USUAL:
        for severity, judgement, hint in (
            (ERROR, OTHER_UNIT, _HINTS.get((table, field), _COEFFICIENT)),
            (WARNING, UNUSUAL, _UNUSUAL),
        ):
            when = datum(f"{field}_judged").equals(judgement)
            yield Rule(
                "implausible-heat-value", severity, "objectivity", hint, _TEXT, when, (), table, field, _said(table, field)
            )  # fmt: skip


RULES = tuple(_rules())
