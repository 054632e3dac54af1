"""What the cells of a bill say, as conditions of its rules."""

from __future__ import annotations

from ...standard import energy as energies
from ..bill_row import ACTIVITY_KINDS
from ..conditions import Condition, both, datum, either
from ..fields import YES_NO

YES = dict(YES_NO)[True]


def kind(*kinds: str) -> Condition:
    return either(*(datum("kind").equals(kind, ACTIVITY_KINDS[kind]) for kind in kinds))


def origin(*origins: str) -> Condition:
    return either(*(datum("origin").equals(origin, energies.ORIGIN_NAMES[origin]) for origin in origins))


def yes(field: str) -> Condition:
    return datum(field).equals(True, YES)


def blank(*fields: str) -> Condition:
    return both(*(datum(field).is_blank() for field in fields))
