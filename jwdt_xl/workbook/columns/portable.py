"""The formulas of a workbook in ordinary functions that Excel 2016, WPS and LibreOffice compute alike.

One method per computed cell, named as its twin in the core, in the formulas_ module of its topic. The editions with
cell functions (calls.py) replace the methods that a JWDT_ function can stand for. Patterns that programs disagree on
are kept out by a test.
"""

from __future__ import annotations

from .base import PERIODS
from .bills import BillFormulas
from .energy import EnergyFormulas
from .greenhouse import GreenhouseFormulas
from .pollutants import PollutantFormulas
from .products import ProductFormulas
from .quantities import QuantityFormulas
from .scores import ScoreFormulas


class Formulas(
    PollutantFormulas,
    GreenhouseFormulas,
    EnergyFormulas,
    BillFormulas,
    ProductFormulas,
    QuantityFormulas,
    ScoreFormulas,
):
    """Formulas by computed cell; each method gives the text without the leading =."""

    def row(self, table: str, key: str, row: int) -> str:
        """The formula of a computed column in one row."""
        what, _, period = key.rpartition("_")
        if period in PERIODS:
            formula = getattr(self, f"{table}_{'amount' if what == 'eq' else what}")(row, period)
        else:
            formula = getattr(self, f"{table}_{key}")(row)
        return str(formula)

    def quantity(self, key: str, period: str) -> str:
        if part := self.layout.guide.parts.get(key):
            return self.part(part, period)
        method = {"equivalents": "equivalents_counted", "co2e": "co2e_total"}.get(key, key)
        return str(getattr(self, method)(period))

    def single(self, key: str) -> str:
        return str(getattr(self, key)())
