"""Numbers and texts as a report shows them."""

from __future__ import annotations

from ..assessment.uncertainty import Interval
from ..messages import number
from ..standard.scoring import as_shown

#: Where there is nothing.
NONE = "–"


def amount(value: float | None, digits: int = 6) -> str:
    """A number in so many digits, with commas when it is large."""
    if value is None:
        return NONE
    if abs(value) >= 1000:
        whole = f"{value:,.0f}" if abs(value) >= 10 ** (digits - 1) else f"{float(number(value, digits)):,}"
        return whole.removesuffix(".0")
    return number(value, digits)


def points(value: float | None) -> str:
    return NONE if value is None else f"{as_shown(value):.2f}"


def percent(value: float | None, digits: int = 2) -> str:
    return NONE if value is None else f"{value:.{digits}%}"


def span(interval: Interval | None, as_percent: bool = False) -> str:
    """An interval; in percent where it is a rate."""
    if interval is None:
        return NONE
    low, high = (f"{end:.2%}" if as_percent else f"{end:.1f}" for end in interval)
    return f"{low} … {high}" if as_percent else f"{low}–{high}"
