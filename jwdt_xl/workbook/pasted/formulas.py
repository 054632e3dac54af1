"""The formulas of the lines made of the pasted form, and what the bills have of the same energies.

In every edition they are those in ordinary functions.
"""

from __future__ import annotations

from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...messages import Text
from ...standard import statistics
from ...standard.energy import GRID, ORIGIN_NAMES, SOLD, SOLD_RENEWABLE
from ...standard.units import unit_label
from ..columns.column import is_number, plain
from ..monthly.hints import NO_PERIOD
from ..monthly.places import BASE_PERIOD, REPORT_PERIOD
from . import places, texts
from .hints import AGREES, FEEDSTOCK, GROWN, LINE_CODES, LINE_HINTS, UNREAD
from .places import FIRST, HEADER, LAST_LINE, LAST_PASTED, SAID, at, block, fixed
from .rows import HEAT, POWER, RowFormulas, place_of

_NONE = '""'
#: The period typed, through blank locked cells on either side.
_PERIOD = f"INDEX($B${SAID + 1}:$D${SAID + 1},1,2)"


class PastedFormulas(RowFormulas):
    """The lines, and the bills."""

    # Lines

    def _row(self, key: str, row: int) -> str:
        """A hidden column of the row that a line is made of."""
        return f"INDEX({fixed(key, LAST_PASTED)},{at('row', row)})"

    def _pasted(self, name: str, row: int) -> str:
        return f"INDEX({block(FIRST, LAST_PASTED)},{at('row', row)},{statistics.COLUMNS[name] + 1})"

    def _line(self, row: int, formula: str) -> str:
        return f"IF({at('row', row)}={_NONE},{_NONE},{formula})"

    def line_row(self, row: int) -> str:
        sums = fixed("sum", LAST_PASTED)
        return f'IF(ROW()-{FIRST}>MAX({sums}),"",COUNTIF({sums},"<"&(ROW()-{FIRST}))+1)'

    def line_part(self, row: int) -> str:
        """1 where the line is what a fuel gives as feedstock: the last of its row."""
        part = self._pasted("feedstock", row)
        last = f"{self._row('sum', row)}=ROW()-{FIRST}"
        fuel = self._is_fuel(self._row("place", row))
        return self._line(row, f"IF(ISNUMBER({part}),IF(AND({part}>0,{last},{fuel}),1,0),0)")

    def _coal(self, row: int) -> str:
        unit = self._row("unit_place", row)
        return f'IF({unit}>0,{self._of_unit("dimension", unit)}="coal",FALSE())'

    def line_key(self, row: int) -> str:
        key = f"{self._row('place', row)}*100+{at('part', row)}*10+IF({self._coal(row)},1,0)"
        return self._line(row, key)

    def line_kind(self, row: int) -> str:
        place = self._row("place", row)
        kind = f"IF({place}={POWER},{self._choice('kind', 'electricity')},IF({place}={HEAT},{self._choice('kind', 'heat')},{self._choice('kind', 'fuel')}))"
        return self._line(row, kind)

    def _choice(self, field: str, value: str | bool) -> str:
        return self.t(dict(specs(TABLES["activity"])[field].choices)[value])

    def line_name(self, row: int) -> str:
        return self._line(row, f"IF({self._is_fuel(self._row('place', row))},{self._row('known', row)},{_NONE})")

    def line_origin(self, row: int) -> str:
        return self._line(row, f"IF({self._row('place', row)}={POWER},{self.t(ORIGIN_NAMES[GRID])},{_NONE})")

    def line_unit(self, row: int) -> str:
        unit, said, place = self._row("unit_place", row), self._pasted("unit", row), self._row("place", row)
        dimension = self._of_energy("dimension", place)
        labels = {code: self.t(unit_label(code)) for code in ("t", "万m3", "万kWh", "GJ")}
        energy = f"IF({place}={POWER},{labels['万kWh']},{labels['GJ']})"
        usual = f'IF({dimension}="mass",{labels["t"]},IF({dimension}="volume",{labels["万m3"]},{energy}))'
        written = f'IF(TRIM({said})="",INDEX({self.lists.column("units")},{unit}),TRIM(CLEAN({said})))'
        return self._line(row, f"IF({unit}=0,{usual},{written})")

    def line_amount(self, row: int) -> str:
        total, part = self._pasted("total", row), self._pasted("feedstock", row)
        taken = f"IF(ISNUMBER({part}),IF({self._is_fuel(self._row('place', row))},{part},0),0)"
        return self._line(row, f"IF({at('part', row)}=1,{part},{total}-{taken})")

    def line_source(self, row: int) -> str:
        before, _, after = self.layout.text(texts.SOURCE).partition("{n}")
        return self._line(row, f'"{before}"&{at("row", row)}' + (f'&"{after}"' if after else ""))

    def line_had(self, row: int) -> str:
        return self._line(row, f"COUNTIF({self._bills('bill_key')},{at('key', row)})")

    def line_bills(self, row: int) -> str:
        """What the bills have of it in all, in the unit of the form; blank where nothing, or not all of it."""
        keys, amounts, key = self._bills("bill_key"), self._bills("bill"), at("key", row)
        known = f'COUNTIFS({keys},{key},{amounts},">=0")'
        scale = f"({self._row('given', row)}/{self._pasted('total', row)})"
        amount = f"IF({known}<{at('had', row)},{_NONE},SUMIFS({amounts},{keys},{key})/{scale})"
        return self._line(row, f"IF({at('had', row)}=0,{_NONE},{amount})")

    def line_coefficient(self, row: int) -> str:
        own, place = self._pasted("coefficient", row), self._row("place", row)
        per = f'IF({self._of_energy("dimension", place)}="volume",{own}/10,{own})'
        return self._line(
            row,
            f"IF({is_number(own)},IF(AND({own}>0,{place}<>{POWER},{at('part', row)}=0,NOT({self._coal(row)})),{per},{_NONE}),{_NONE})",
        )

    def _unread(self, row: int) -> str:
        """Whether a coefficient is pasted that is none."""
        own = self._pasted("coefficient", row)
        return f"IFERROR(IF({is_number(own)},{own}<0,NOT({self._nothing(own)})),TRUE())"

    def line_told(self, row: int) -> str:
        bills, amount = at("bills", row), at("amount", row)
        differs = f"ABS({bills}-{amount})>{plain(statistics.WITHIN)}*{amount}"
        told = f"IF({bills}={_NONE},{LINE_CODES['blank']},IF({differs},{LINE_CODES['differs']},0))"
        return self._line(row, f"IF({at('had', row)}=0,{LINE_CODES['new']},{told})")

    def line_hint(self, row: int) -> str:
        told = at("told", row)
        said = ",".join(self.t(hint.text) for hint in LINE_HINTS)
        grown = self._one_of(self._row("place", row), sorted(place_of(code) for code in statistics.GROWN))
        also = f"IF({at('part', row)}=1,{self.t(FEEDSTOCK)},{_NONE})&IF({grown},{self.t(GROWN)},{_NONE})"
        also += f"&IF({self._unread(row)},{self.t(UNREAD)},{_NONE})"
        return self._line(row, f"IF({told}=0,{self.t(AGREES)},CHOOSE({told},{said}))&{also}")

    def line_mark(self, row: int) -> str:
        told = at("told", row)
        return self._line(row, f'IF({told}<{LINE_CODES["differs"]},IF(OR({told}>0,{self._unread(row)}),"!","✓"),"✗")')

    # The bills

    @property
    def _last_bill(self) -> int:
        return self.layout.tables["activity"].last

    def _bills(self, key: str) -> str:
        return fixed(key, self._last_bill)

    def _bill(self, key: str) -> str:
        name = self.layout.named(f"at_activity_{key}", self.layout.whole_column("activity", key))
        return f"INDEX({name},ROW()-{self.layout.tables['activity'].header})"

    def bill_bill_key(self, row: int) -> str:
        """What a bill is compared by, once something is pasted; nothing where it is sold, or no energy."""
        key, kind, origin = self._bill("key"), self._bill("kind"), self._bill("origin")
        sold = ",".join(f"{origin}={self.t(ORIGIN_NAMES[each])}" for each in (SOLD, SOLD_RENEWABLE))
        yes = self._choice("feedstock", True)
        other = f'{key}*100+IF({self._bill("feedstock")}={yes},10,0)+IF({self._bill("dimension")}="coal",1,0)'
        found = f'IF({kind}={self._choice("kind", "electricity")},{POWER * 100},IF({key}="","",{other}))'
        return f'IF({self.said_at("count")}=0,"",IF(OR({sold}),"",{found}))'

    def bill_bill(self, row: int) -> str:
        amount = f"IF({_PERIOD}={self.t(BASE_PERIOD)},{self._bill('base')},{self._bill('report')})"
        scale = self._bill("unit_factor")
        return f'IF({at("bill_key", row)}="","",IF(ISNUMBER({amount}),IF(ISNUMBER({scale}),{amount}*{scale},""),""))'

    # The whole

    def said_of_lines(self) -> str:
        told, had, bills = fixed("told", LAST_LINE), fixed("had", LAST_LINE), self._bills("bill_key")
        new = f"(COUNTIF({told},{LINE_CODES['new']})+COUNTIF({told},{LINE_CODES['blank']}))"
        others = f"(COUNT({bills})-SUM({had}))"
        parts = [
            (texts.LINES, f"COUNT({told})"), (texts.NEW, new), (texts.DIFFERS, f"COUNTIF({told},{LINE_CODES['differs']})"), (texts.OTHERS, others),
        ]  # fmt: skip
        sentence = "&".join(f"{self.t(text)}&{number}" for text, number in parts)
        known = ",".join(f"{_PERIOD}={each}" for each in (self.t(BASE_PERIOD), self.t(REPORT_PERIOD), _NONE))
        rows, word = at(places.SAID_OF_ROWS, SAID), self.layout.text(texts.CHECK)
        see = f'IF(LEFT({rows},{len(word)})="{word}",{self.t(texts.SEE_ROWS)},"")'
        sentence = f"IF(OR({known}),{see}&{sentence},{self.t(NO_PERIOD)})"
        no_form = self.t(_filled(texts.NO_FORM))
        return f"IF({self.said_at('count')}=0,{self.t(texts.NOTHING)},IF({self.said_at('heading')}=0,{no_form},{sentence}))"


def _filled(text: Text) -> Text:
    used = places.letter(f"column_{statistics.COLUMNS['total']}")
    return Text(*(each.format(l=places.letter("column_1"), u=used) for each in text))


assert FIRST == HEADER + 1, "a row of the bills and one pasted are counted from the same heading"
