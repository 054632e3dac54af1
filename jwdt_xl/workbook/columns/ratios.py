"""The formulas of what is compared of the whole enterprise: power by meter and by rows, and the ratios that tell a wrong unit."""

from __future__ import annotations

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.metered import METERED_BESIDE, PURCHASED
from ...assessment.ratios import KJ_PER_TCE, OF_ENERGY, OUTSIDE, RATIOS, SOLD
from ...standard import energy as energies
from .base import FormulasBase
from .column import PERIODS, In, is_number, plain
from .names import place_in, unit_folding


class RatioFormulas(FormulasBase):
    """One method for each row of the block; blank where a part is missing."""

    def compared(self, key: str, period: str) -> str:
        return str(getattr(self, f"_compared_{key}")(period))

    def outside(self, key: str) -> str:
        """1 where a ratio is outside its bounds in either period, else 0."""
        rule = OUTSIDE[key]
        found = [rule.formula(In(self, {"value": f"chk_{key}_{period}"})) for period in PERIODS]
        return f"IF(OR({','.join(found)}),1,0)"

    def _compared_metered(self, period: str) -> str:
        unit, name = "in_metered_electricity_unit", f"in_metered_electricity_{period}"
        listed, factors = self.lists.column("units"), self.lists.column("units", "factor")
        factor = f'IF({unit}="",1,INDEX({factors},{place_in(listed, unit_folding(unit))})/3600)'
        return f'IF({is_number(name)},IFERROR({name}*{factor},""),"")'

    def _compared_bought(self, period: str) -> str:
        return self._kwh(period, *PURCHASED)

    def _compared_own(self, period: str) -> str:
        return self._kwh(period, energies.OWN_RENEWABLE)

    def _compared_used(self, period: str) -> str:
        return self._kwh(period, *METERED_BESIDE)

    def _kwh(self, period: str, *origins: str) -> str:
        """The power of some origins by the rows; standard coal stands for kWh."""
        column = self.layout.whole_column  # origin and kind are inputs
        kind = f"{column('activity', 'kind')},{self.t(ACTIVITY_KINDS['electricity'])},"
        sums, rows, filled = [], [], []
        for origin in origins:
            for table, amount, also in (("energy", f"eq_{period}", ""), ("activity", f"tce_{period}", kind)):
                asked = f"{also}{column(table, 'origin')},{self.t(energies.ORIGIN_NAMES[origin])}"
                sums.append(f"SUMIFS({column(table, amount)},{asked})")
                rows.append(f"COUNTIFS({asked})")
                filled.append(f'COUNTIFS({asked},{column(table, amount)},">=0")')
        missing = f"{'+'.join(rows)}>{'+'.join(filled)}"
        return f'IF({missing},"",({"+".join(sums)})*1000/opt_electricity_coefficient)'

    def _quotient(self, part: str, whole: str) -> str:
        return f'IF(COUNT({part},{whole})<2,"",IF(MIN({part},{whole})<=0,"",{part}/{whole}))'

    def _compared_power(self, period: str) -> str:
        return self._quotient(f"chk_used_{period}", f"out_value_10k_{period}")

    def _compared_energy(self, period: str) -> str:
        return self._quotient(f"out_primary_tce_{period}", f"out_value_10k_{period}")

    def _compared_carbon(self, period: str) -> str:
        cells = [self.layout.ref(cell, "quantities") for cell in self.layout.category_cells(OF_ENERGY, period)]
        sold = [self.layout.ref(cell, "quantities") for cell in self.layout.category_cells(SOLD, period)]
        part, whole, free = "+".join(cells), f"out_primary_tce_{period}", f"out_nonfossil_tce_{period}"
        low = f"{part}<{plain(RATIOS['carbon'].low)}*{whole}"
        quotient = f'IF({part}<=0,"",IF(AND({low},{free}>{whole}/2),"",({part})/{whole}))'
        known = f"COUNT(out_co2e_{period},{whole},{free})<3"
        others = ",".join(f"{cell}<>0" for cell in sold)
        return f'IF({known},"",IF(OR({whole}<=0,{others}),"",{quotient}))'

    def _compared_residual(self, period: str) -> str:
        whole = f"out_primary_tce_{period}"
        part = f"out_residual_kj_{period}"
        return f'IF(COUNT({part},{whole})<2,"",IF(MIN({part},{whole})<=0,"",{part}/({whole}*{plain(KJ_PER_TCE)})))'
