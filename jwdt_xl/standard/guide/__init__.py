"""Guides: what is measured, how much it weighs, against what, by which options — as data.

``tree`` holds the types and the built-in guide; ``file`` reads and writes a guide as a dict; ``rules`` says what makes a
guide wrong beyond its single fields; ``options`` are the choices of the method; ``benchmarks``, ``weights`` and
``derivation`` are what authors work out. Outside this room take names from here.
"""

from ..formulas import FORMULAS
from .tree import (
    FORMAT,
    MEASURES,
    NO_TEXT,
    NO_WEIGHT,
    PREVIOUS_YEAR,
    SCORE,
    VALUE,
    VALUE_BASES,
    Condition,
    Conversion,
    Grade,
    Guide,
    Node,
    NotApplicable,
    builtin,
    check_weights,
    from_dict,
    to_dict,
)

__all__ = [
    "FORMAT",
    "FORMULAS",
    "MEASURES",
    "NO_TEXT",
    "NO_WEIGHT",
    "PREVIOUS_YEAR",
    "SCORE",
    "VALUE",
    "VALUE_BASES",
    "Condition",
    "Conversion",
    "Grade",
    "Guide",
    "Node",
    "NotApplicable",
    "builtin",
    "check_weights",
    "from_dict",
    "to_dict",
]
