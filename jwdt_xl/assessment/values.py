"""Single values of an assessment file, checked against their declaration; whatever cannot be read is an error with its place."""

from __future__ import annotations

import math
from typing import Any

from ..messages import WARNING, Finding, Text, one_of
from ..standard import answers, record
from ..standard.numbers import advice, number_of_text
from ..standard.record import LARGEST, Errors, Spec


def text(value: Any, where: str, errors: Errors) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        errors.add(where, record.NOT_TEXT.fill(v=value), "not-text")
        return ""
    return value.strip()


def number(spec: Spec, value: Any, where: str, errors: Errors) -> float | None:
    wrong: Text | None = None
    code = "not-a-number"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        wrong = Text(
            "须为数字，实为“{{v}}”；{a}",
            "must be a number, got “{{v}}”; {a}",
        ).fill(a=advice(value))
    elif isinstance(value, float) and not math.isfinite(value):
        wrong = Text("须为有限的数，实为 {v}", "must be a finite number, got {v}")
    elif abs(value) > LARGEST:
        wrong, code = Text("数值过大，不能超过 1e30", "too large: at most 1e30"), "too-large"
    elif value < 0:
        wrong, code = Text("不能为负，实为 {v}", "must not be negative, got {v}"), "negative"
    elif spec.maximum is not None and value > spec.maximum:
        wrong, code = (
            Text("不能大于 {m}，实为 {{v}}", "must not exceed {m}, got {{v}}").fill(m=spec.maximum),
            "too-large",
        )
    elif spec.whole and (value != int(value) or value < 1):
        wrong, code = (
            Text("须为 1 至 {m} 的整数，实为 {{v}}", "must be whole, 1 to {m}, got {{v}}").fill(m=spec.maximum),
            "not-whole",
        )
    if wrong is not None:
        errors.add(where, wrong.fill(v=value), code)
        return None
    number: float = value
    return number


def of_text(value: Any, where: str, told: list[Finding]) -> Any:
    """A number left as a text, where it is plainly one; told."""
    found = number_of_text(value) if isinstance(value, str) else None
    if found is None:
        return value
    message = Text(
        "数字“{v}”是文本，已按数字 {n} 读取 — 请在表格程序中“转换为数字”",
        "“{v}” is a number stored as text and read as {n} — convert the cell to a number",
    )
    told.append(Finding(WARNING, "text-number", where, message.fill(v=value.strip(), n=found), "objectivity"))
    return found


def choice(spec: Spec, value: Any, where: str, errors: Errors) -> Any:
    for code, label in spec.choices:
        if value is code or (isinstance(value, str) and value.strip() in (code, *label)):
            return code
    if isinstance(value, str) and (found := answers.meant(spec.choices, value)) is not None:
        return found
    text = Text("须为 {o}，实为“{v}”", "must be {o}, got “{v}”").fill(o=one_of(spec.choices), v=value)
    errors.add(where, text, "bad-choice")
    return None
