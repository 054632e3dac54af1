"""The catalogue as names that travel inside a workbook: each function a LAMBDA, nothing to install."""

from __future__ import annotations

from ...messages import Text
from ..catalogue import CATALOGUE
from . import guide, helpers, indicators, quantities, scores, spilling
from .answers import Table
from .answers import tables as tables_of_answers
from .writing import Name, stored

__all__ = ["Name", "Table", "names", "tables"]

#: What a name has at most, by Excel.
LONGEST_FORMULA, LONGEST_COMMENT = 7992, 255
_HELPER = Text("函数 JWDT_ 的组成部分，请勿改动", "part of the functions JWDT_: leave it as it is")


def tables() -> list[Table]:
    """The tables the names look things up in; texts in the language in use."""
    return [*tables_of_answers(), scores.table()]


def names() -> list[Name]:
    """Every name with its formula as stored, helpers first; texts in the language in use."""
    parts = {**helpers.helpers(), **spilling.shared(), **quantities.helpers(), **indicators.helpers()}
    parts |= {**scores.helpers(), **guide.helpers()}
    bodies = {**quantities.bodies(), **indicators.bodies(), **scores.bodies(), **guide.bodies()}
    for name, function in CATALOGUE.items():
        parts |= (spilling.of_cells if function.by_cell else spilling.of_ranges)(function, bodies[name])
    return [Name(name, stored(formula), _comment(name)) for name, formula in parts.items()]


def _comment(name: str) -> str:
    function = CATALOGUE.get(name)
    if function is None:
        return str(_HELPER)
    given = ", ".join(f"[{a.name}]" if a.optional else a.name for a in function.arguments)
    return f"({given}) {function.help}"[:LONGEST_COMMENT]
