"""Conditions over named fields, written once: Python decides them for a finding, a spreadsheet for the live hint.

A field is a number, a text or an answer of one row, of one question, or a sum beside it. Python takes it from a mapping,
a formula from the cell (or the formula) of that name.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any, Protocol

from ..messages import Text


class Fields(Protocol):
    """The data of the fields."""

    def __getitem__(self, field: str, /) -> Any: ...


class Constants(Protocol):
    """How the formulas of a workbook write a number, a text or an answer's label."""

    def constant(self, value: Any, /) -> str: ...


class Cells(Constants, Protocol):
    """Where the fields are in a workbook."""

    def __getitem__(self, field: str, /) -> str: ...


class Term:
    """A number of fields, with which one computes and compares as usual."""

    def __init__(self, value: Callable[[Fields], Any], formula: Callable[[Cells], str]) -> None:
        self.value, self.formula = value, formula

    def _with(self, sign: str, other: Term | float, compute: Callable[[Any, Any], Any]) -> Term:
        right = _term(other)
        return Term(
            lambda f: compute(self.value(f), right.value(f)), lambda c: f"{self.formula(c)}{sign}{right.formula(c)}"
        )

    def _compared(self, sign: str, other: Term | float, compare: Callable[[Any, Any], bool]) -> Condition:
        whole = self._with(sign, other, compare)
        return Condition(whole.value, whole.formula)

    def __add__(self, other: Term | float) -> Term:
        return self._with("+", other, operator.add)

    def __sub__(self, other: Term | float) -> Term:
        return self._with("-", other, operator.sub)

    def __rmul__(self, other: float) -> Term:
        return _term(other)._with("*", self, operator.mul)

    def __mul__(self, other: Term | float) -> Term:
        return self._with("*", other, operator.mul)

    def __gt__(self, other: Term | float) -> Condition:
        return self._compared(">", other, operator.gt)

    def __lt__(self, other: Term | float) -> Condition:
        return self._compared("<", other, operator.lt)

    def within(self, low: Term | float, high: Term | float) -> Condition:
        """From the one bound to the other, both included."""
        return both(self._compared(">=", low, operator.ge), self._compared("<=", high, operator.le))

    def equals(self, value: Any, label: Text | None = None) -> Condition:
        """Whether the field is this number or text, or the answer whose cell shows the label."""
        return Condition(
            lambda f: bool(self.value(f) == value), lambda c: f"{self.formula(c)}={c.constant(label or value)}"
        )

    def differs(self, value: Any, label: Text | None = None) -> Condition:
        return Condition(
            lambda f: bool(self.value(f) != value), lambda c: f"{self.formula(c)}<>{c.constant(label or value)}"
        )

    def is_blank(self) -> Condition:
        return Condition(lambda f: self.value(f) in (None, ""), lambda c: f'{self.formula(c)}=""')

    def mentions(self, *words: str) -> Condition:
        """Whether the text says one of these, in small letters or capitals."""
        return Condition(
            lambda f: any(word in str(self.value(f) or "").lower() for word in words),
            lambda c: "OR({})".format(",".join(f'ISNUMBER(FIND("{word}",LOWER({self.formula(c)})))' for word in words)),
        )

    def is_filled(self) -> Condition:
        return Condition(lambda f: self.value(f) not in (None, ""), lambda c: f'{self.formula(c)}<>""')


class Condition:
    """Whether something is so, by the data and as a formula."""

    def __init__(self, holds: Callable[[Fields], bool], formula: Callable[[Cells], str]) -> None:
        self.holds, self.formula = holds, formula


def datum(name: str) -> Term:
    """What the field of this name holds."""
    return Term(lambda f: f[name], lambda c: c[name])


def _term(value: Term | float) -> Term:
    return value if isinstance(value, Term) else Term(lambda _: value, lambda c: c.constant(value))


def absolute(term: Term) -> Term:
    return Term(lambda f: abs(term.value(f)), lambda c: f"ABS({term.formula(c)})")


def rounded(term: Term, digits: int) -> Term:
    """As spreadsheets round: halves away from 0."""

    def value(fields: Fields) -> float:
        exact, scale = term.value(fields), 10.0**digits
        if not math.isfinite(exact * scale):
            return float(exact)
        return math.copysign(math.floor(abs(exact) * scale + 0.5) / scale, exact)

    return Term(value, lambda c: f"ROUND({term.formula(c)},{digits})")


def both(*conditions: Condition) -> Condition:
    return Condition(
        lambda f: all(condition.holds(f) for condition in conditions),
        lambda c: f"AND({','.join(condition.formula(c) for condition in conditions)})",
    )


def negated(condition: Condition) -> Condition:
    return Condition(lambda f: not condition.holds(f), lambda c: f"NOT({condition.formula(c)})")


def either(*conditions: Condition) -> Condition:
    return Condition(
        lambda f: any(condition.holds(f) for condition in conditions),
        lambda c: f"OR({','.join(condition.formula(c) for condition in conditions)})",
    )
