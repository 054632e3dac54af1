"""The formulas of the rows of energy."""

from __future__ import annotations

from ...standard import energy as energies
from .base import YES, FormulasBase
from .status import NO_COEFFICIENT, NO_ORIGIN, OK, UNKNOWN, WRONG_NUMBER, WRONG_ORIGIN, WRONG_UNIT


class EnergyFormulas(FormulasBase):
    """Standard coal by row."""

    def energy_key(self, row: int) -> str:
        return f'IFERROR({self._place("energy_names", self.cell("energy", "energy", row))},"")'

    def _energy(self, heading: str, row: int) -> str:
        return f"INDEX({self.lists.column('energies', heading)},{self.cell('energy', 'key', row)})"

    def energy_factor(self, row: int) -> str:
        key, unit = (self.cell("energy", k, row) for k in ("key", "unit"))
        return f'IF({key}="","",{self._factor(unit, self._energy("dimension", row), self._energy("factor", row))})'

    def energy_status(self, row: int) -> str:
        key, factor, origin, own, heat = (
            self.cell("energy", k, row) for k in ("key", "factor", "origin", "coefficient", "net_calorific_value")
        )
        power, given = f"{self._energy('electricity', row)}=1", f"COUNT({own},{heat})"
        sold = self.t(energies.ORIGIN_NAMES[energies.SOLD])
        return self._state(
            "energy",
            row,
            ["energy", "unit"],
            (f'{key}=""', UNKNOWN),
            (f'{factor}=""', WRONG_UNIT),
            (f'AND({power},{origin}="")', NO_ORIGIN),
            (f'AND(NOT({power}),{origin}<>"",{origin}<>{sold})', WRONG_ORIGIN),
            # All electricity converts alike, and nothing by two coefficients or by none.
            (f"OR({given}>IF({power},0,1),AND({given}>0,MAX({own},{heat})=0))", WRONG_NUMBER),
            (f'{self.cell("energy", "kgce", row)}=""', NO_COEFFICIENT),
        )

    def energy_kgce(self, row: int) -> str:
        """kgce per unit of the table: electricity by the convention, own, measured, or the table's; blank in a range."""
        own, heat, feedstock = (
            self.cell("energy", k, row) for k in ("coefficient", "net_calorific_value", "feedstock")
        )
        low, high = (self._energy(h, row) for h in ("low", "high"))
        in_range = f'IF(OR({low}={high},AND({own}>={low},{own}<={high})),{own},"")'
        table = f'IF({low}="","",IF({low}={high},{low},IF({feedstock}={self.t(YES)},0,"")))'
        key = self.cell("energy", "key", row)
        return (
            f'IF({key}="","",IF({self._energy("electricity", row)}=1,opt_electricity_coefficient,'
            f'IF({own}<>"",{in_range},IF({heat}<>"",{heat}/{energies.KJ_PER_KGCE},{table}))))'
        )

    def energy_value(self, row: int) -> str:
        return f'IF({self.cell("energy", "status", row)}<>{self.t(OK)},"",{self.cell("energy", "kgce", row)})'

    def energy_share(self, row: int) -> str:
        """1 where the row counts in primary energy, −1 where sold, 0 for feedstock and energy media."""
        status, origin, feedstock = (self.cell("energy", k, row) for k in ("status", "origin", "feedstock"))
        sold = self.t(energies.ORIGIN_NAMES[energies.SOLD])
        excluded = f'OR({feedstock}={self.t(YES)},{self._energy("class", row)}="{energies.MEDIUM}")'
        return f'IF({status}<>{self.t(OK)},"",IF({excluded},0,IF({origin}={sold},-1,1)))'

    def energy_non_fossil_share(self, row: int) -> str:
        share, origin, stated, evidence, source, note = (
            self.cell("energy", k, row) for k in ("share", "origin", "non_fossil", "evidence", "source", "note")
        )
        grid = self.t(energies.ORIGIN_NAMES[energies.GRID])
        kind = self._energy("class", row)
        proven = f'AND({kind}="{energies.DEPENDS}",{stated}={self.t(YES)},{evidence}&{source}&{note}<>"")'
        fuel = f'IF(OR({kind}="{energies.NONFOSSIL}",{proven}),1,0)'
        power = f"IF({origin}={grid},opt_grid_nonfossil_share,1)"
        return f'IF({share}="","",IF({share}<>1,0,IF({self._energy("electricity", row)}=1,{power},{fuel})))'

    def energy_amount(self, row: int, period: str) -> str:
        """tce of the row as it counts in primary energy."""
        status, share, amount = (self.cell("energy", k, row) for k in ("status", "share", period))
        return f'IF({status}<>{self.t(OK)},"",IF({share}=0,0,IF({amount}="","",{share}*{self.tce(row, period)})))'

    def tce(self, row: int, period: str) -> str:
        amount, factor, value = (self.cell("energy", k, row) for k in (period, "factor", "value"))
        return f"{amount}*{factor}*{value}/1000"
