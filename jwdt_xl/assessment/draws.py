"""The draws of standard normal numbers that uncertainties rest on: always the same, so that a result is.

A row of an assessment has a column of draws by its place, and so has a factor; what a grade makes of a column is kept.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from ..standard.uncertainties import COMMON

SEED, DRAWS, CONFIDENCE = 20240101, 2000, 0.9
#: Columns that are kept, 64 kB each: enough for most assessments.
_KEPT = 256


def _column(stream: int, place: int) -> list[float]:
    """A column is the same whatever else is drawn."""
    drawn = random.Random((SEED + stream) * 1_000_003 + place).gauss
    return [drawn(0.0, 1.0) for _ in range(DRAWS)]


class Periods(NamedTuple):
    base: list[float]
    report: list[float]


@lru_cache(maxsize=_KEPT)
def exponents(row: int) -> Periods:
    """√ρ·z + √(1−ρ)·z_t of a row, for both periods."""
    common, own = math.sqrt(COMMON), math.sqrt(1 - COMMON)
    z, z0, z1 = (_column(0, 3 * row + i) for i in range(3))
    return Periods(
        [common * a + own * b for a, b in zip(z, z0, strict=True)],
        [common * a + own * b for a, b in zip(z, z1, strict=True)],
    )


@lru_cache(maxsize=_KEPT)
def of_row(row: int, width: float) -> Periods:
    """What the amounts of a row are multiplied by: exp(u·e − u²/2)."""
    return Periods(*(_multipliers(each, width) for each in exponents(row)))


@lru_cache(maxsize=_KEPT)
def factor_exponents(place: int) -> list[float]:
    """z of a factor."""
    return _column(1, place)


@lru_cache(maxsize=_KEPT)
def of_factor(place: int, width: float) -> list[float]:
    """What a factor is multiplied by, in both periods alike."""
    return _multipliers(factor_exponents(place), width)


def _multipliers(drawn: list[float], width: float) -> list[float]:
    exp, half = math.exp, width * width / 2
    return [exp(width * z - half) for z in drawn]


def constant(value: float | None) -> list[float | None]:
    """What is exact, or missing in every draw."""
    return list(repeat(value, DRAWS))
