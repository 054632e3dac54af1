"""What a line changes: the row's columns anew, by how much each quantity moves, and overlapping pollutants."""

from __future__ import annotations

from ...standard import equivalents as eq
from ..columns.tables import COLUMNS
from ..plan import amount_column
from .base import LineFormulas, place_of
from .places import FIRST


class ChangedFormulas(LineFormulas):
    """Changes by line."""

    def _anew(self, table: str, key: str, row: int) -> str:
        """A column of the row as it would be; blank in lines of other tables and in lines with a fault."""
        place = place_of(table)
        formula = self._row(table, row).of(COLUMNS[table][key])
        return f'IF({self._at("checked", row)}=0,IF({self._at("place", row)}={place},{formula},""),"")'

    def _grows(self, table: str, key: str, row: int, times: str = "") -> str:
        """By how much a column of the row changes; times: another column by which each counts."""
        found = self._row(table, row)
        new, old = found[key], found.as_it_is(key)
        if times:
            return f"({new}*{found[times]}-{old}*{found.as_it_is(times)})"
        return f"({new}-{old})"

    def _by(self, key: str, row: int) -> str:
        """By how much a line alone changes a quantity."""
        quantity = self._quantity(key)
        whole = quantity.whole or key
        parts = {}
        for table in quantity.tables:
            column = amount_column(table, whole, "report")
            change = self._grows(table, column, row, "non_fossil_share" if whole == "nonfossil_tce" else "")
            if table == "pollutants" and not (quantity.whole and quantity.only.pollutants):
                change += f"*{self._row(table, row).as_it_is('kept')}"
            counted = self._counts(key, table, row)
            parts[table] = f"IF({counted},{change},0)" if counted else change
        return f"IF({self._at('code', row)}=0,{self._of_table(row, parts, '0')},0)"

    def _counts(self, key: str, table: str, row: int) -> str:
        """Whether a row is of the part, or of the medium that counts."""
        quantity, found = self._quantity(key), self._row(table, row)
        if quantity.whole:
            medium = quantity.only.medium
            if medium and not quantity.only.pollutants:
                return f"{found.as_it_is('medium')}={self.t(eq.MEDIUM_NAMES[medium])}"
            chosen, _ = self._chosen(quantity, table, lambda _, column: found.as_it_is(column))
            return f"{chosen}=1"
        if key == "equivalents":
            choice, medium_is = "equivalent_media", found.as_it_is("medium")
            others = [
                f"AND(opt_{choice}={self.option(choice, medium)},{medium_is}<>{self.t(eq.MEDIUM_NAMES[medium])})"
                for medium in eq.MEDIA
            ]
            return f"NOT(OR({','.join(others)}))"
        if key.startswith("equivalents_"):
            medium = key.removeprefix("equivalents_")
            return f"{found.as_it_is('medium')}={self.t(eq.MEDIUM_NAMES[medium])}"
        return ""

    def line_taken_off(self, row: int) -> str:
        """By how much the equivalents of an overlapping pollutant change, whether it is counted or not."""
        place = place_of("pollutants")
        change = self._grows("pollutants", "eq_report", row)
        return f"IF({self._at('checked', row)}=0,IF({self._at('place', row)}={place},{change},0),0)"

    def line_pollutant(self, row: int) -> str:
        """The place in the list of the pollutant that the line changes."""
        place, key = self._at("place", row), self._row("pollutants", row).as_it_is("key")
        return f'IF({self._at("found", row)}="","",IF({place}={place_of("pollutants")},{key},""))'

    def overlapping(self, index: int) -> dict[str, str]:
        """Beside the lines, one row for each overlapping pollutant: as little and as much of it as with any of the lines,
        and whether another of its group might then be the largest."""
        p, cell = self.places, self.layout.overlap_cell
        off, named = p.column("taken_off"), p.column("pollutant")
        total, item = (self.layout.ref(cell(index, key)) for key in ("total", "item"))
        found = {
            key: f'{total}+SUMIFS({off},{named},{item},{off},"{sign}0")' for key, sign in (("low", "<"), ("high", ">"))
        }
        overtaken = []
        for here, other in pairs(index):
            kept = self.layout.ref(cell(here, "kept"))
            totals = [self.layout.ref(cell(i, "total")) for i in (here, other)]
            low, high = self._at("low", FIRST + here), self._at("high", FIRST + other)
            moves = f"OR({low}<{totals[0]},{high}>{totals[1]})"
            overtaken.append(f"AND({kept}=1,{totals[1]}>=0,{low}<={high},{moves})")
        every = f"opt_organic_overlap={self.option('organic_overlap', 'all')}"
        found["flips"] = f"IF({every},0,IF(OR({','.join(overtaken)}),1,0))"
        return found

    def _flips(self, row: int) -> str:
        """Whether, with all lines, another of overlapping pollutants might be the largest of its group."""
        items = self.layout.named("overlap_item", self.layout.overlap_range("item"))
        pollutant = self._at("pollutant", row)
        flips = f"INDEX({self.places.column('flips')},MATCH({pollutant},{items},0))"
        return f'IF({pollutant}="",FALSE(),IF(COUNTIF({items},{pollutant})=0,FALSE(),{flips}=1))'

    def _step(self, key: str, row: int) -> str:
        """By how much a line changes a quantity after those above: a later one replaces an earlier one of the same row."""
        by, own, keys = self._at(f"by.{key}", row), self.places.above(f"step.{key}", row), self.places.above("key", row)
        named = self._at("key", row)
        return f'IF({named}="",0,{by}-SUMIFS({own},{keys},{named}))'


def pairs(index: int) -> list[tuple[int, int]]:
    """Two and two of the overlapping pollutants of one group, by their places among all."""
    start = 0
    for group in eq.OVERLAPS.values():
        places = range(start, start + len(group))
        if index in places:
            return [(here, other) for here in places for other in places if here != other]
        start += len(group)
    raise IndexError(index)
