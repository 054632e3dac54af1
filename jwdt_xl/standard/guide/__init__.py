"""Guides: what is measured, how much it weighs, against what, by which options — as data.

Arrows inside the room: options, weights, benchmarks ← ``nodes`` (what a guide is made of, each part declared once) ←
``derivation`` (what weights are derived from) ← ``shares`` and ``sentences`` (how) ← ``tree`` (the guide) ← ``rules``
(what makes one wrong beyond its single fields) ← ``file`` (reads one from a dict, by ``parts`` and ``derivation_file``).
To add a field, add it to its class there. Outside this room take names from here.
"""

from ..formulas import FORMULAS
from ..record import NO_TEXT
from .file import builtin, from_dict
from .inputs import Input
from .nodes import (
    BASIS_WORDS,
    MEASURES,
    NO_WEIGHT,
    SCORE,
    VALUE,
    VALUE_BASES,
    Condition,
    Conversion,
    Grade,
    Node,
    NotApplicable,
    Veto,
)
from .tree import FORMAT, PREVIOUS_YEAR, Guide, check_weights, to_dict

__all__ = [
    "BASIS_WORDS",
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
    "Input",
    "Node",
    "NotApplicable",
    "Veto",
    "builtin",
    "check_weights",
    "from_dict",
    "to_dict",
]
