"""The cells of papers: numbers exactly as they stand, signs for nothing, units in brackets."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from ..errors import JwdtError
from ..messages import UNSEEN, Finding, Text
from ..opening.untold import ErrorValue
from ..standard.names import fold
from ..standard.numbers import advice, number_of_text
from ..standard.units import UNITS, Unit, find_unit

#: What papers print where there is nothing (dashes are folded).
_NOTHING = re.compile(r"[-/\\…*·]*")
_BRACKETS = re.compile(r"[(\[【{〔]([^()\[\]【】{}〔〕]*)[)\]】}〕]")
_LISTED = re.compile(r"[、,，;；]|或")
_PER_YEAR = re.compile(r"/?(?:每)?(?:a|年|yr|year)$")
#: Amounts above this are typing errors (see assessment.values).
_LARGEST = 1e30
DIMENSIONS = tuple(dict.fromkeys(unit.dimension for unit in UNITS))


class Wrong(Exception):
    """A cell that cannot be read: its code and why."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(code)
        self.code, self.text = code, text


class NoNumber(Wrong):
    """A text, a flag, a date."""


class Where(NamedTuple):
    """A row of a paper: document, sheet (blank in a text) and row, from 1."""

    document: str
    sheet: str
    row: int


def text_of(cell: Any) -> str:
    """A cell as one line."""
    if cell is None or isinstance(cell, ErrorValue):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return UNSEEN.sub(lambda found: " " if found[0] in "\t\r\n" else "", str(cell)).strip()


def is_nothing(cell: Any) -> bool:
    """Whether a cell says nothing: blank, a dash, a slash."""
    if isinstance(cell, ErrorValue):
        return False
    return cell is None or (isinstance(cell, str) and _NOTHING.fullmatch(fold(UNSEEN.sub("", cell))) is not None)


def exact(cell: Any) -> Fraction | None:
    """The number of a cell, exactly as it is written; None where there is nothing. Raises Wrong."""
    if is_nothing(cell):
        return None
    if isinstance(cell, ErrorValue):
        raise Wrong(cell.code, cell.why())
    number = number_of_text(cell) if isinstance(cell, str) else cell
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        shown = text_of(cell)[:60]
        text = Text("须为数字，实为“{v}”；{a}", "must be a number, got “{v}”; {a}")
        raise NoNumber("paper-number", text.fill(v=shown, a=advice(cell)))
    if not math.isfinite(number) or abs(number) > _LARGEST:
        raise Wrong("paper-too-large", Text("数值过大（超过 1e30）", "too large (above 1e30)"))
    if number < 0:
        text = Text("为负数 {v}，须不小于 0 — 请核对", "is negative, {v}, must be at least 0 — check it")
        raise Wrong("paper-negative", text.fill(v=number))
    return Fraction(Decimal(repr(number)))


def as_number(value: Fraction) -> float:
    """The number that people would type: whole where it is."""
    found = float(value)
    return int(found) if found.is_integer() and abs(found) < 1e15 else found


def without_brackets(text: str) -> str:
    """A folded heading or name without what stands in brackets."""
    before = ""
    while before != text:
        before, text = text, _BRACKETS.sub("", text)
    return text


def in_brackets(text: str) -> list[str]:
    """What stands in the brackets of a folded heading, each of those listed there by itself."""
    return [part for content in _BRACKETS.findall(text) for part in _LISTED.split(content) if part]


def unit_named(text: str) -> Unit | None:
    """The unit of this name, whatever it measures; “t/a” is t."""
    folded = fold(text)
    for name in dict.fromkeys((text.strip(), folded, _PER_YEAR.sub("", folded))):
        try:
            return find_unit(name, DIMENSIONS)
        except JwdtError:
            continue
    return None


def scale(unit: Unit, to: Unit) -> Fraction:
    """How many of another unit one is, exactly."""
    return Fraction(str(unit.factor)) / Fraction(str(to.factor))


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"((?:19|20)\d\d)\s*[-/.年]?\s*(0?[1-9]|1[0-2])(?!\d)")
_MONTH_ALONE = re.compile(r"(0?[1-9]|1[0-2])月(?:份)?")


def year_in(cell: Any) -> str | None:
    """The year a cell names: 2023, 2023年, a date."""
    if isinstance(cell, (datetime.date, datetime.datetime)):
        return str(cell.year)
    found = _YEAR.search("".join(text_of(cell).split()))
    return found[1] if found else None


def month_in(cell: Any) -> tuple[str | None, int] | None:
    """The year (if it is said) and month of a cell: 2023-01, 202301, 2023年1月, 1月, a date."""
    if isinstance(cell, (datetime.date, datetime.datetime)):
        return str(cell.year), cell.month
    text = fold(text_of(cell))
    found = _MONTH.match(text)
    if found:
        return found[1], int(found[2])
    alone = _MONTH_ALONE.fullmatch(text)
    return (None, int(alone[1])) if alone else None


class Problems:
    """What is found in one document; of many mistakes the first, and their number."""

    MOST = 20

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._counts: dict[tuple[str, str], int] = {}
        #: The cells of which something was said, listed or not.
        self.told: set[str] = set()

    def say(self, severity: str, code: str, where: str, text: Text, principle: str = "objectivity") -> None:
        self.told.add(where)
        count = self._counts[severity, code] = self._counts.get((severity, code), 0) + 1
        if count <= self.MOST:
            self.findings.append(Finding(severity, code, where, text, principle))

    def more(self, document: str) -> list[Finding]:
        """The findings, and how many more there are of a kind."""
        text = Text("另有 {n} 处同类问题（{c}）未列出", "{n} more of the same kind ({c}) are not listed")
        rest = [
            Finding(severity, code, document, text.fill(n=count - self.MOST, c=code))
            for (severity, code), count in self._counts.items()
            if count > self.MOST
        ]
        return [*self.findings, *rest]
