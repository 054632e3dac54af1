"""The formulas of the block that decides which of overlapping pollutants is counted."""

from __future__ import annotations

from ...standard import equivalents as eq
from .base import FormulasBase
from .column import PERIODS, plain


class OverlapFormulas(FormulasBase):
    """Overlaps by pollutant."""

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
        conditions = [f"{here}>={other}*(1-{plain(eq.TIE)})" for other in total if other != here]
        # An earlier one that is as large is kept instead.
        conditions += [
            f"OR({other}<0,{other}<MAX({','.join(total)})*(1-{plain(eq.TIE)}))" for other in total[: index - start]
        ]
        largest = f"IF(AND({','.join(conditions)}),1,0)"
        return f"IF(opt_organic_overlap={self.option('organic_overlap', 'all')},1,{largest})"
