"""Pieces of the live formulas of the sheets that say where weights come from: texts, names, sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from ...messages import Text
from ...standard.guide import sentences
from ...standard.guide.shares import FIRST_LEVELS
from ...workbook.columns.names import literal
from ...workbook.plan import Cell
from ..layout import Layout, near

NO_SUCH_CODE = Text("指标树中没有此代码", "no such code in the tree")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


P = ParamSpec("P")
S = TypeVar("S", bound="Formulas")


class Computed(NamedTuple):
    """A computed cell: its formula (without the leading =) and the value it has when the file is made."""

    formula: str
    value: Any


def computed(cell: Callable[Concatenate[S, P], tuple[str, Any]]) -> Callable[Concatenate[S, P], Computed]:
    """A cell of a sheet, worked out once however many others need it."""

    def known(self: S, /, *place: P.args, **none: P.kwargs) -> Computed:
        key = (cell.__name__, *place)
        if key not in self.cells:
            self.cells[key] = Computed(*cell(self, *place, **none))
        return self.cells[key]

    return known


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def joined(template: str, **values: str) -> str:
    """A sentence with places, as a formula that joins its pieces with other formulas."""
    pieces = []
    for place, piece in enumerate(_PLACEHOLDER.split(template)):
        if place % 2:
            pieces.append(values[piece])
        elif piece:
            pieces.append(quoted(piece))
    return "&".join(pieces)


def alike_in(listed: str, text: str) -> str:
    """The place of a text in a list, whatever its case; an error where it is not there."""
    at = f"MATCH({literal(text)},{listed},0)"
    return f"IF(INDEX({listed},{at})={text},{at},NA())"


def on_four_digits(formula: str) -> str:
    return f"ROUND(ROUND({formula},{sentences.EXACT}),{sentences.SHOWN})"


def shown(formula: str) -> str:
    return f'TEXT({on_four_digits(formula)},"0.{"0" * sentences.SHOWN}")'


class Formulas:
    """What the formulas of every sheet on weights need; each is without the leading =."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.at = layout, layout.derivation
        #: Cells worked out, by column and place.
        self.cells: dict[tuple[object, ...], Computed] = {}

    def t(self, text: Text) -> str:
        return quoted(self.layout.text(text))

    def filled(self, text: Text, **values: str) -> str:
        return joined(self.layout.text(text), **values)

    def said(self, text: Text, **values: str) -> str:
        """A piece of a sentence."""
        return joined(text.zh if self.layout.language == "zh" else text.en, **values)

    # What the index tree says of a code

    def _row_of(self, code: Cell) -> str:
        """A code may be typed into the tree as a number: it is the same as its digits."""
        codes, text = self.layout.range("nodes", "code"), f'({near(code)}&"")'
        number = f"MATCH(VALUE({text}),{codes},0)"
        return f'IFERROR({alike_in(codes, text)},IF(INDEX({codes},{number})&""={text},{number},NA()))'

    def name_of(self, code: Cell) -> str:
        """The name of a code in the tree; the Chinese one where there is no English."""
        row = self._row_of(code)
        zh = f"INDEX({self.layout.range('nodes', 'name_zh')},{row})"
        en = f"INDEX({self.layout.range('nodes', 'name_en')},{row})"
        name = f'{zh}&""' if self.layout.language == "zh" else f'IF({en}="",{zh}&"",{en}&"")'
        return f"IFERROR({name},{self.t(NO_SUCH_CODE)})"

    def parent_name(self, code: Cell) -> str:
        """As name_of; above the first levels the code is blank."""
        return f'IF({near(code)}="",{self.t(FIRST_LEVELS)},{self.name_of(code)})'
