"""How far data may be off, by their quality: relative standard uncertainties [choice], after IPCC 2006 vol. 1 ch. 3 and the GHG Protocol."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: A guide that states nothing of its own.
NONE: Mapping[str, float] = MappingProxyType({})
#: Of an amount, by its quality grade: 1 measured … 5 rough estimate.
OF_GRADE = {1: 0.015, 2: 0.03, 3: 0.075, 4: 0.15, 5: 0.30}
#: The grade of a row that states none.
BLANK_GRADE = 4
#: Of a default factor, by the kind of bill it is used for; equivalent values, GWP and electricity's and heat's standard coal are definitions.
OF_DEFAULT_FACTOR = {"fuel": 0.03, "electricity": 0.05, "process": 0.03, "heat": 0.10}
#: The share of a row's two periods that is common (the same meter), and cancels in rates.
COMMON = 0.7
#: Beyond this an amount says nothing.
LARGEST = 1.0


def grade_key(grade: int) -> str:
    """What a guide calls a quality grade."""
    return f"grade_{grade}"


def of_grade(grade: float | None, stated: Mapping[str, float] = NONE) -> float:
    """The relative standard uncertainty of an amount of this quality grade; stated: what a guide says instead, by grade."""
    taken = int(grade or BLANK_GRADE)
    return stated.get(grade_key(taken), OF_GRADE[taken])


def of_default_factor(kind: str, stated: Mapping[str, float] = NONE) -> float:
    """That of a default factor of a kind of bill; a kind without an entry is a process."""
    known = kind if kind in OF_DEFAULT_FACTOR else "process"
    return stated.get(known, OF_DEFAULT_FACTOR[known])
