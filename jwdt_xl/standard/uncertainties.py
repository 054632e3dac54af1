"""How far data may be off, by their quality: relative standard uncertainties [choice], after IPCC 2006 vol. 1 ch. 3 and the GHG Protocol."""

from __future__ import annotations

#: Of an amount, by its quality grade: 1 measured … 5 rough estimate.
OF_GRADE = {1: 0.015, 2: 0.03, 3: 0.075, 4: 0.15, 5: 0.30}
#: The grade of a row that states none.
BLANK_GRADE = 4
#: Of a default factor, by the kind of bill it is used for; equivalent values, GWP and electricity's and heat's standard coal are definitions.
OF_DEFAULT_FACTOR = {"fuel": 0.03, "electricity": 0.05, "process": 0.03, "heat": 0.10}
#: The share of a row's two periods that is common (the same meter), and cancels in rates.
COMMON = 0.7


def of_grade(grade: float | None) -> float:
    """The relative standard uncertainty of an amount of this quality grade."""
    return OF_GRADE[int(grade or BLANK_GRADE)]


def of_default_factor(kind: str) -> float:
    """That of a default factor of a kind of bill; a kind without an entry is a process."""
    return OF_DEFAULT_FACTOR.get(kind, OF_DEFAULT_FACTOR["process"])
