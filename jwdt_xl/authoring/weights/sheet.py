"""What the sheets that say where weights come from have in common when they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter.format import Format

from ...messages import Text
from ...standard.guide.shares import FIRST_LEVELS
from ...standard.record import Spec
from ...workbook import theme
from ...workbook.book import Book
from ...workbook.plan import Cell
from ..layout import Layout
from .ahp_live import AhpFormulas
from .combination import Combination
from .experts import OK, Sources
from .fields import LEADS
from .pieces import NO_SUCH_CODE
from .said import Said


class WeightSheet:
    """What these sheets have in common; input, validate and offered are those of the other sheets."""

    def __init__(
        self,
        book: Book,
        layout: Layout,
        data: Mapping[str, Any],
        input: Callable[[Cell, Spec, Any], None],
        validate: Callable[[Cell, str, Spec, int | None], None],
        offered: Callable[[str, Sequence[str]], str],
    ) -> None:
        self.book, self.layout, self.at, self.t = book, layout, layout.derivation, layout.text
        self.live, self.values = AhpFormulas(layout), Said(data, layout.derivation)
        self.sources = Sources(layout, self.values)
        self.combination = Combination(layout, self.values, self.sources)
        self._input, self._validate, self._offered = input, validate, offered

    def _head(self, sheet: str, last: int, height: int) -> None:
        worksheet = self.book.sheets[sheet]
        self.book.write(Cell(sheet, 0, 0), self.layout.title(sheet), "title")
        worksheet.set_row(0, 26)
        self.book.merge(Cell(sheet, 1, 0), last, self.t(LEADS[sheet]), "lead")
        worksheet.set_row(1, height)

    def _hide(self, sheet: str, first: int, last: int) -> None:
        self.book.sheets[sheet].set_column(first, last, 9, None, {"hidden": True})

    def _computed(self, cell: Cell, formula: str, value: Any, style: str = "computed") -> None:
        if isinstance(value, Text):
            value = self.t(value)
        self.book.formula(cell, formula, value, style)

    def _bad_when(self, first: Cell, last: Cell, condition: str) -> None:
        """Cells that stand out under a condition, a formula of the first of them."""
        rule = {"type": "formula", "criteria": "=" + condition, "format": self._alarm()}
        self.book.sheets[first.sheet].conditional_format(first.row, first.col, last.row, last.col, rule)

    def _alarm(self) -> Format:
        return self.book.file.add_format({"bg_color": theme.WRONG, "bold": True})

    def _mark_checks(self, sheet: str, first: Cell, last: Cell, *fine: Text) -> None:
        """fine: what a check may say beside OK."""
        here = self.layout.ref(first)
        others = ",".join(f'{here}<>"{self.t(text)}"' for text in (OK, *fine))
        self._bad_when(first, last, f'AND({here}<>"",{others})')

    def _name(self, code: str) -> str:
        """The name of a node as the live formulas find it."""
        if not code:
            return self.t(FIRST_LEVELS)
        return self.names.get(code, self.t(NO_SUCH_CODE))

    #: Names by code in the language of the workbook; set by the writer.
    names: Mapping[str, str] = {}
