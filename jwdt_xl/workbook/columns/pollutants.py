"""The formulas of pollutants: rows of own equivalent values and of emissions, and what is kept where pollutants overlap."""

from __future__ import annotations

from ...standard import equivalents as eq
from .base import PERIODS, FormulasBase
from .status import LACKING, OK, UNKNOWN, WRONG_NUMBER, WRONG_UNIT


class PollutantFormulas(FormulasBase):
    """Pollutant equivalents by row."""

    # Own equivalent values

    def own_equivalents_key(self, row: int) -> str:
        """By what pollutant rows find this one: the place of the pollutant in the list, else medium|name."""
        medium, name = (self.cell("own_equivalents", key, row) for key in ("medium", "pollutant"))
        place = self._place("pollutant_names", name, medium)
        return f'IF({name}="","",IFERROR("P"&{place},{medium}&"|"&{name}))'

    def own_equivalents_dimension(self, row: int) -> str:
        """What the own value's unit measures; blank where the value cannot be used, and so no pollutant's unit fits."""
        key, value, unit = (self.cell("own_equivalents", k, row) for k in ("key", "value", "unit"))
        pollutants = list(enumerate(eq.pollutants(), 1))
        special = "".join(f',{key}="P{place}"' for place, p in pollutants if p.kind != eq.AMOUNT)
        twice = f"SUMPRODUCT(--({self._own_column('key')}={key}))>1"
        unusable = f"OR(ISTEXT({value}),{value}<=0,{twice}{special})"
        dimension = self.unit("dimension", unit)
        possible = ",".join(f'{dimension}="{d}"' for d in eq.DIMENSIONS)
        known = f"INDEX({self.lists.column('pollutants', 'dimension')},VALUE(MID({key},2,9)))"
        fits = f'IF(LEFT({key})="P",{known}={dimension},OR({possible}))'
        return f'IFERROR(IF({unusable},"",IF({fits},{dimension},"")),"")'

    def own_equivalents_factor(self, row: int) -> str:
        return f'IFERROR({self.unit("factor", self.cell("own_equivalents", "unit", row))},"")'

    # Pollutants

    def pollutants_key(self, row: int) -> str:
        """The place of the row's pollutant in the list."""
        medium, name = (self.cell("pollutants", key, row) for key in ("medium", "pollutant"))
        place = self._place("pollutant_names", name, medium)
        return f'IFERROR({place},"")'

    def _pollutant(self, heading: str, row: int) -> str:
        return f"INDEX({self.lists.column('pollutants', heading)},{self.cell('pollutants', 'key', row)})"

    def pollutants_own(self, row: int) -> str:
        """The place of the row's own equivalent value."""
        medium, name, key = (self.cell("pollutants", k, row) for k in ("medium", "pollutant", "key"))
        canonical = f'IF({key}="",{medium}&"|"&{name},"P"&{key})'
        place = self._match(f"{self._own_column('key')}={canonical}")
        return f'IF({name}="","",IFERROR({place},""))'

    def _own(self, heading: str, row: int) -> str:
        return f"INDEX({self._own_column(heading)},{self.cell('pollutants', 'own', row)})"

    def _own_column(self, key: str) -> str:
        return self.layout.named(f"own_{key}", self.layout.column("own_equivalents", key))

    def pollutants_kind(self, row: int) -> str:
        key, own = (self.cell("pollutants", k, row) for k in ("key", "own"))
        return f'IF({own}<>"","{eq.AMOUNT}",IF({key}="","",{self._pollutant("kind", row)}))'

    def pollutants_factor(self, row: int) -> str:
        key, own, unit = (self.cell("pollutants", k, row) for k in ("key", "own", "unit"))
        by_own = self._factor(unit, self._own("dimension", row), self._own("factor", row))
        by_table = self._factor(unit, self._pollutant("dimension", row), self._pollutant("factor", row))
        return f'IF({own}<>"",{by_own},IF({key}="","",{by_table}))'

    def pollutants_status(self, row: int) -> str:
        kind, factor, parameter, limit = (
            self.cell("pollutants", k, row) for k in ("kind", "factor", "parameter", "limit")
        )
        needs_limit = f'OR({kind}="{eq.COLOUR}",{kind}="{eq.EXCEEDANCE}")'
        return self._state(
            "pollutants",
            row,
            ["medium", "pollutant", "unit"],
            (f'{kind}=""', UNKNOWN),
            (f'{factor}=""', WRONG_UNIT),
            (f'AND({kind}="{eq.PH}",{parameter}>14)', WRONG_NUMBER),
            (f'AND({needs_limit},{limit}<>"",{limit}<=0)', WRONG_NUMBER),
            (f'OR(AND({kind}<>"{eq.AMOUNT}",{parameter}=""),AND({needs_limit},{limit}=""))', LACKING),
        )

    def pollutants_value(self, row: int) -> str:
        """The equivalent value in force; of pH that of its class, blank from 6 to 9."""
        status, own, kind, ph = (self.cell("pollutants", k, row) for k in ("status", "own", "kind", "parameter"))
        classes = self.lists.column("ph_classes")
        by_class = f'IF({ph}<6,INDEX({classes},INT({ph})+1),IF({ph}>9,INDEX({classes},15-ROUNDUP({ph},0)),""))'
        table = f'IF({kind}="{eq.PH}",{by_class},{self._pollutant("value", row)})'
        return f'IF({status}<>{self.t(OK)},"",IF({own}<>"",{self._own("value", row)},{table}))'

    def pollutants_amount(self, row: int, period: str) -> str:
        """Pollutant equivalents of the row."""
        status, amount = (self.cell("pollutants", k, row) for k in ("status", period))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{self.equivalents(row, period)})'

    def equivalents(self, row: int, period: str) -> str:
        amount, factor, kind, value, measured, limit = (
            self.cell("pollutants", k, row) for k in (period, "factor", "kind", "value", "parameter", "limit")
        )
        plain = f"{amount}*{factor}/{value}"
        colour = f"{amount}*{factor}*MAX(0,({measured}-{limit})/{limit})/{value}"
        return (
            f'IF({kind}="{eq.COLOUR}",{colour},IF({kind}="{eq.EXCEEDANCE}",IF({measured}>{limit},{plain},0),'
            f'IF({value}="",0,{plain})))'
        )

    def pollutants_kept(self, row: int) -> str:
        """1 where the row counts, 0 where an overlapping pollutant is counted instead."""
        status, item = (self.cell("pollutants", k, row) for k in ("status", "key"))
        kept, items = (self.layout.named(f"overlap_{k}", self.layout.overlap_range(k)) for k in ("kept", "item"))
        flag = f"INDEX({kept},MATCH({item},{items},0))"
        return f'IF({status}="","",IF(COUNTIF({items},{item})=0,1,{flag}))'

    # Overlaps

    def overlap_total(self, index: int) -> str:
        """Equivalents of an overlapping pollutant over both periods; −1 where it has no row."""
        item = self.layout.ref(self.layout.overlap_cell(index, "item"), "quantities")
        items = self.layout.column("pollutants", "key")
        sums = "+".join(f"SUMIFS({self.layout.column('pollutants', f'eq_{p}')},{items},{item})" for p in PERIODS)
        return f"IF(COUNTIF({items},{item})=0,-1,{sums})"

    def overlap_kept(self, index: int) -> str:
        """1 for the pollutant with the most equivalents of its group, at a tie the first in the law's order."""
        groups = list(eq.OVERLAPS.values())
        start = 0
        for group in groups:
            if index < start + len(group):
                break
            start += len(group)
        total = [
            self.layout.ref(self.layout.overlap_cell(i, "total"), "quantities")
            for i in range(start, start + len(group))
        ]
        here = total[index - start]
        conditions = [f"{here}>={other}*(1-{eq.TIE!r})" for other in total if other != here]
        # An earlier one that is as large is kept instead.
        conditions += [
            f"OR({other}<0,{other}<MAX({','.join(total)})*(1-{eq.TIE!r}))" for other in total[: index - start]
        ]
        largest = f"IF(AND({','.join(conditions)}),1,0)"
        return f"IF(opt_organic_overlap={self.option('organic_overlap', 'all')},1,{largest})"
