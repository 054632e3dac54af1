"""Formula and value side by side, and numbers in sentences."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ...messages import LONGEST
from ..columns import base
from ..columns.cached import WIDE, general, significant
from ..columns.column import plain

#: From here on numbers in sentences are whole, with a comma at the thousands.
LARGE = 1000
#: Below this a short number has no more digits than these places.
TINY, PLACES = 0.001, 4


class Computed(NamedTuple):
    """A formula and the value it gives."""

    formula: str
    value: str | float


def quoted(text: str) -> str:
    """A text in a formula; a long one in pieces."""
    found = text.replace('"', '""')
    if len(found) <= LONGEST:
        return f'"{found}"'
    half = len(text) // 2
    return f"{quoted(text[:half])}&{quoted(text[half:])}"


def rounded(value: float, digits: int) -> float:
    """As spreadsheets round: their 15 digits, halves away from zero."""
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(f"{value:.15g}").quantize(step, ROUND_HALF_UP, WIDE)) + 0.0


def number_formula(cell: str) -> str:
    """A number inside a sentence: six digits, whole and with commas when it is large; programs keep 15 digits."""
    return f'IF(AND(ABS({cell})>={LARGE},ABS({cell})<{plain(base.LARGE)}),TEXT(ROUND({cell},0),"#,##0"),{base.significant(cell)})'


def number_value(value: float) -> str:
    return f"{rounded(value, 0):,.0f}" if LARGE <= abs(value) < base.LARGE else significant(value)


def short_formula(cell: str) -> str:
    """A number above 0 in four digits, with commas when it is large."""
    shown = f"ROUND({cell},3-INT(LOG10({cell})))"
    large = f'IF({cell}>={LARGE - 0.05},TEXT({shown},"#,##0"),{shown})'
    return f"IF({cell}<{TINY},ROUND({cell},{PLACES}),{large})"


def short_value(value: float) -> str:
    if value < TINY:
        return general(rounded(value, PLACES))
    shown = rounded(value, 3 - math.floor(math.log10(value)))
    return f"{shown:,.0f}" if value >= LARGE - 0.05 else general(shown)
