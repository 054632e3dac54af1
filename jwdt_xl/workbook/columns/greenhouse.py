"""The formulas of the rows of greenhouse gases."""

from __future__ import annotations

from ...standard import greenhouse as ghg
from .base import YES, FormulasBase
from .status import OK, UNKNOWN, WRONG_UNIT


class GreenhouseFormulas(FormulasBase):
    """CO2 equivalents by row."""

    def greenhouse_key(self, row: int) -> str:
        return f'IFERROR({self._place("gas_names", self.cell("greenhouse", "gas", row))},"")'

    def greenhouse_sign(self, row: int) -> str:
        category = self.cell("greenhouse", "category", row)
        place = self._match(f"{self.lists.column('categories')}={category}")
        return f'IFERROR(INDEX({self.lists.column("categories", "sign")},{place}),"")'

    def greenhouse_factor(self, row: int) -> str:
        return self._factor(self.cell("greenhouse", "unit", row), '"mass"', "1000")

    def greenhouse_status(self, row: int) -> str:
        key, sign, factor = (self.cell("greenhouse", k, row) for k in ("key", "sign", "factor"))
        return self._state(
            "greenhouse",
            row,
            ["category", "gas", "unit"],
            (f'OR({key}="",{sign}="")', UNKNOWN),
            (f'{factor}=""', WRONG_UNIT),
            (f'{self.cell("greenhouse", "gwp", row)}=""', UNKNOWN),
        )

    def greenhouse_gwp(self, row: int) -> str:
        """GWP100 of the row's gas in the set in force; blank where the set lacks it."""
        key = self.cell("greenhouse", "key", row)
        first, *others = ghg.GWP_SETS
        chosen = f"INDEX({self.lists.column('gases', first)},{key})"
        for name in others:
            here = f"INDEX({self.lists.column('gases', name)},{key})"
            chosen = f"IF(opt_gwp_set={self.option('gwp_set', name)},{here},{chosen})"
        return f'IF({key}="","",{chosen})'

    def greenhouse_value(self, row: int) -> str:
        return f'IF({self.cell("greenhouse", "status", row)}<>{self.t(OK)},"",{self.cell("greenhouse", "gwp", row)})'

    def greenhouse_amount(self, row: int, period: str) -> str:
        """t CO2e of the row, negative where it is subtracted."""
        status, amount = (self.cell("greenhouse", k, row) for k in ("status", period))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{self.cell("greenhouse", "sign", row)}*{self.co2e(row, period)})'

    def _biomass(self, row: int) -> str:
        code = f"INDEX({self.lists.column('gases', 'code')},{self.cell('greenhouse', 'key', row)})"
        return f'AND({self.cell("greenhouse", "biomass", row)}={self.t(YES)},{code}="CO2")'

    def co2e(self, row: int, period: str) -> str:
        amount, factor, value = (self.cell("greenhouse", k, row) for k in (period, "factor", "value"))
        return f"IF({self._biomass(row)},0,{amount}*{factor}*{value})"
