"""The formulas of a workbook in ordinary functions that Excel 2016, WPS and LibreOffice compute alike.

The columns of tables are declared in the modules of the tables; sums, indicators and scores are methods, named as their
twins in the core. The editions with cell functions (calls.py) take the calls instead. Patterns that programs disagree
on are kept out by a test.
"""

from __future__ import annotations

from .base import FormulaRow
from .column import Column
from .overlaps import OverlapFormulas
from .quantities import QuantityFormulas
from .ratios import RatioFormulas
from .scores import ScoreFormulas
from .tables import COLUMNS


class Formulas(OverlapFormulas, QuantityFormulas, RatioFormulas, ScoreFormulas):
    """Formulas by computed cell; each method gives the text without the leading =."""

    def row(self, table: str, key: str, row: int) -> str:
        """The formula of a computed column in one row."""
        return self.of_column(COLUMNS[table][key], FormulaRow(self, table, row))

    def of_column(self, column: Column, row: FormulaRow) -> str:
        return column.formula(row)

    def quantity(self, key: str, period: str) -> str:
        if part := self.layout.guide.parts.get(key):
            return self.part(part, period)
        if each := next((one for one in self.layout.guide.inputs if one.key == key), None):
            return self._amount(f"in_inputs_{each.code}_{period}") if period in each.asked else '""'
        method = {"equivalents": "equivalents_counted", "co2e": "co2e_total"}.get(key, key)
        return str(getattr(self, method)(period))

    def single(self, key: str) -> str:
        return str(getattr(self, key)())
