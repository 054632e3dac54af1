"""The formulas of the rows of products, of materials and of residual energy, which are only converted."""

from __future__ import annotations

from .base import FormulasBase
from .status import OK, WRONG_UNIT


class ProductFormulas(FormulasBase):
    """Amounts in the unit of the sum, by row."""

    # Products

    def products_status(self, row: int) -> str:
        return self._state("products", row, ["name", "unit"])

    def products_amount(self, row: int, period: str) -> str:
        """Output of the row as standard product."""
        status, amount, factor = (self.cell("products", k, row) for k in ("status", period, "factor"))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{amount}*IF({factor}="",1,{factor}))'

    # Materials and residual energy

    def materials_factor(self, row: int) -> str:
        return self._factor(self.cell("materials", "unit", row), '"mass"', "1")

    def residual_energy_factor(self, row: int) -> str:
        return self._factor(self.cell("residual_energy", "unit", row), '"energy"', "1")

    def materials_status(self, row: int) -> str:
        factor = self.cell("materials", "factor", row)
        return self._state("materials", row, ["material", "unit"], (f'{factor}=""', WRONG_UNIT))

    def residual_energy_status(self, row: int) -> str:
        factor = self.cell("residual_energy", "factor", row)
        return self._state("residual_energy", row, ["kind", "unit"], (f'{factor}=""', WRONG_UNIT))

    def _converted(self, table: str, row: int, period: str) -> str:
        status, amount, factor = (self.cell(table, k, row) for k in ("status", period, "factor"))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{amount}*{factor})'

    def materials_amount(self, row: int, period: str) -> str:
        return self._converted("materials", row, period)

    def residual_energy_amount(self, row: int, period: str) -> str:
        return self._converted("residual_energy", row, period)
