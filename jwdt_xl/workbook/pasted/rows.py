"""The formulas of the rows of the pasted form: what each of them is, and what is said of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from ...standard import statistics
from ...standard.energy import ELECTRICITY, MEDIUM, energies
from ..columns.column import is_number, plain
from ..columns.names import folding, place_in, unit_folding
from ..columns.portable import Formulas
from . import places, texts
from .hints import LAST_WRONG, ROW_CODES
from .places import FIRST, LAST_PASTED, SAID, above, at, block, fixed, window

_NONE = '""'
#: What stands for the kind of a row that is no energy: a total, a heading, a heading that states a unit.
TOTAL, HEADING, STATES = -1, -2, -3
#: Before the name of a part or beside it, and what stands above the names in the row that numbers the columns: by their places
#: in a list, since formulas are in the workbook's language.
_BEFORE, _NUMBERING, _MARKS = (1, 2), 3, ("#", "*")
_DASHES = ("-", "—", "–", "/", "…")
#: What is found out of all rows, by the hidden column above which it stands.
_SAID = {"count": "known", "heading": "place", "raw": "given", "kinds": "code", "coal": "sum"}


def place_of(code: str) -> int:
    """The place of an energy in the lists."""
    return next(place for place, energy in enumerate(energies(), 1) if energy.code == code)


POWER, HEAT, RESIDUAL = (place_of(code) for code in (ELECTRICITY, "heat_equivalent", "residual_heat_pressure"))
#: No amounts of energy in statistics: steam in tonnes, and power by the coal burnt for it.
NOT_ASKED = tuple(place_of(code) for code in ("steam_low_pressure", "electricity_by_coal_consumption"))
RAW_COAL = place_of(statistics.RAW_COAL)
KINDS_OF_COAL = tuple(place_of(code) for code in statistics.KINDS_OF_RAW_COAL)


class RowFormulas(Formulas):
    """What a row of the pasted form is; row: counted from 0."""

    def _item(self, name: str, row: int) -> str:
        return f"INDEX({window(row)},1,{statistics.COLUMNS[name] + 1})"

    def _clean(self, text: str) -> str:
        return folding(f"CLEAN({text})")

    @staticmethod
    def _nothing(cell: str) -> str:
        """Whether a cell says nothing: blank, or a dash."""
        bare = f"TRIM({cell})"
        for dash in _DASHES:
            bare = f'SUBSTITUTE({bare},"{dash}","")'
        return f"LEN({bare})=0"

    @staticmethod
    def _one_of(cell: str, found: Sequence[int]) -> str:
        return f"OR({','.join(f'{cell}={place}' for place in found)})"

    def _unit_found(self, text: str) -> str:
        return place_in(self.lists.column("units"), unit_folding(text))

    def _of_energy(self, heading: str, place: str) -> str:
        return f"INDEX({self.lists.column('energies', heading)},{place})"

    def _of_unit(self, heading: str, place: str) -> str:
        return f"INDEX({self.lists.column('units', heading)},{place})"

    def _word(self, place: int) -> str:
        return f"INDEX({self.lists.column('form_words')},{place})"

    def row_known(self, row: int) -> str:
        """The name as the lists have it, without what stands before it, and without its brackets unless they are part of it."""
        name, item = self._clean(self._item("name", row)), self._item("name", row)
        for mark in (*map(self._word, _BEFORE), *(f'"{mark}"' for mark in _MARKS)):
            name = f'SUBSTITUTE({name},{mark},"")'
        short = f'LEFT({name},FIND("(",{name}&"(")-1)'
        whole = f"ISNUMBER(MATCH({name},{self.lists.column('energy_names')},0))"
        return f'IFERROR(IF({item}="","",IF({whole},{name},{short})),"?")'

    def row_inner(self, row: int) -> str:
        """The unit that stands in the brackets of the name."""
        name = self._clean(self._item("name", row))
        inner = f'MID({name},FIND("(",{name})+1,FIND(")",{name})-FIND("(",{name})-1)'
        return f'IFERROR({self._unit_found(inner)},"")'

    def row_unit_place(self, row: int) -> str:
        """Its unit: 0 where none is said, below 0 where it is not known or said in two ways."""
        item, inner = self._item("unit", row), at("inner", row)
        found = self._unit_found(f"CLEAN({item})")
        same = f"IF({inner}={_NONE},TRUE(),{self._of_unit('factor', inner)}={self._of_unit('factor', found)})"
        said = f"IFERROR(IF({same},{found},-1),-1)"
        found = f'IFERROR(IF(TRIM({item})="",IF({inner}="",0,{inner}),{said}),-1)'
        return f'IF({at("known", row)}="","",{found})'

    def row_place(self, row: int) -> str:
        known, total = at("known", row), self._item("total", row)
        heading = self._clean(total)
        cut = f'LEFT({heading},FIND("(",{heading}&"(")-1)'
        is_heading = f"IF(ISTEXT({total}),ISNUMBER(MATCH({cut},{self.lists.column('used_headings')},0)),FALSE())"
        inner = f'MID({heading},FIND("(",{heading})+1,LEN({heading})-FIND("(",{heading})-1)'
        states = f"IFERROR({self._unit_found(inner)},0)>0"
        ends = f"ISNUMBER(MATCH(RIGHT({known},2),{self.lists.column('form_totals')},0))"
        is_total = f'OR({ends},IFERROR({self._item("code", row)}&"","")="{statistics.TOTAL_CODE}")'
        place = self.found("energy_names", known)
        medium = f'IF({place}={RESIDUAL},FALSE(),{self._of_energy("class", place)}="{MEDIUM}")'
        energy = f"IFERROR(IF(OR({medium},{self._one_of(place, NOT_ASKED)}),0,{place}),0)"
        other = f'IF({known}="","",IF({known}={self._word(_NUMBERING)},{HEADING},IF({is_total},{TOTAL},{energy})))'
        return f"IF({is_heading},IF({states},{STATES},{HEADING}),{other})"

    def row_given(self, row: int) -> str:
        """The amount in t, 10^4 m3, tce, MWh or GJ; blank where the unit does not measure this energy."""
        place, unit, total = at("place", row), at("unit_place", row), self._item("total", row)
        dimension, of_unit = self._of_energy("dimension", place), self._of_unit("dimension", unit)
        power = f"{place}={POWER}"
        usual = f"IF({power},10,1)"
        scale = f'IF({dimension}="mass",1000,IF({dimension}="volume",10000,IF({power},3600000,1000000)))'
        coal = f'AND({of_unit}="coal",{dimension}<>"energy")'
        typed = f'IF({of_unit}={dimension},{self._of_unit("factor", unit)}/{scale},IF({coal},{self._of_unit("factor", unit)}/1000,""))'
        factor = f"IF({unit}=0,{usual},IF({unit}<0,{_NONE},{typed}))"
        known = f"IF(ISNUMBER({place}),IF({place}>0,{is_number(total)},FALSE()),FALSE())"
        return f'IFERROR(IF({known},IF({factor}="","",{total}*{factor}),""),"")'

    def row_code(self, row: int) -> str:
        """What the row is: 0 where lines are made of it, blank where it says nothing."""
        total, part = self._item("total", row), self._item("feedstock", row)
        place, given = at("place", row), at("given", row)
        heading, coal = self.said_at("heading"), self.said_at("coal")
        fits = f"IF({is_number(part)},OR({part}<0,{part}>{total}),NOT({self._nothing(part)}))"
        twice = f"COUNTIFS({above('place', row)},{place},{above('code', row)},0)>0"
        of_coal = self._one_of(place, (RAW_COAL, *KINDS_OF_COAL))
        checks: list[tuple[str, str]] = [
            (f"{place}={TOTAL}", "total"), (f"IF({is_number(total)},{total}<0,TRUE())", "number"), (f"{total}=0", "zero"),
            (f'OR({place}="",{place}=0)', "unknown"), (f"{place}={RESIDUAL}", "residual"), (f'{given}=""', "unit"), (fits, "part"), (twice, "twice"),
            (f"AND({place}={RAW_COAL},{coal}=1)", "holds"), (f"AND({coal}=2,{of_coal})", "coal"),
        ]  # fmt: skip
        chain = "0"
        for condition, name in reversed(checks):
            chain = f"IF({condition},{ROW_CODES[name]},{chain})"
        silent = f"OR({heading}=0,ROW()-{FIRST}<={heading},{self._nothing(total)})"
        headings = f"IF({place}={STATES},{ROW_CODES['states']},IF({place}={HEADING},{ROW_CODES['heading']},IF({silent},{_NONE},{chain})))"
        return f'IF(COUNTA({window(row)})=0,"",IFERROR({headings},{ROW_CODES["number"]}))'

    def row_tce(self, row: int) -> str:
        """Its standard coal, by the coefficient beside it; blank where there is none."""
        own, other = self._item("coefficient", row), self._item("reference", row)
        used = f"IF({is_number(own)},IF({own}>0,{own},{other}),{other})"
        ready = f"IF(ISNUMBER({at('code', row)}),{at('code', row)}=0,FALSE())"
        coal = f'IF({at("unit_place", row)}>0,{self._of_unit("dimension", at("unit_place", row))}="coal",FALSE())'
        by = f'IF(ISNUMBER({used}),{at("given", row)}*{used}*IF({at("place", row)}={POWER},0.1,1),"")'
        return f'IFERROR(IF({ready},IF({coal},{at("given", row)},{by}),""),"")'

    def row_sum(self, row: int) -> str:
        """How many lines there are down to this row: two of one whose fuel is partly feedstock."""
        part, code = self._item("feedstock", row), at("code", row)
        two = f"IF(ISNUMBER({part}),IF(AND({part}>0,{part}<{self._item('total', row)},{self._is_fuel(at('place', row))}),2,1),1)"
        return f"SUM({at('sum', row - 1)},IF(ISNUMBER({code}),IF({code}=0,{two},0),0))"

    @staticmethod
    def _is_fuel(place: str) -> str:
        return f"AND({place}<>{POWER},{place}<>{HEAT})"

    def row_why(self, row: int) -> str:
        code = at("code", row)
        return f'IF(ISNUMBER({code}),IF({code}=0,"",INDEX({self.lists.column("pasted_hints")},{code})&""),"")'

    # What is said of the whole: cells above the hidden columns

    def said_at(self, key: str) -> str:
        """A cell above the hidden columns, for all rows."""
        return f"${places.letter(_SAID[key])}${SAID + 1}"

    def said(self) -> dict[str, str]:
        """Their formulas, by the column they stand above."""
        place, given = fixed("place", LAST_PASTED), fixed("given", LAST_PASTED)
        kinds = "+".join(f"SUMIFS({given},{place},{kind})" for kind in KINDS_OF_COAL)
        raw, sums = self.said_at("raw"), self.said_at("kinds")
        alike = f"IF(ABS({raw}-{sums})<={plain(statistics.WITHIN)}*{raw},1,2)"
        found = {
            "count": f"COUNTA({block(FIRST, LAST_PASTED + places.BEYOND)})",
            "heading": f"IF(COUNTIF({place},{STATES})>0,0,IFERROR(MATCH({HEADING},{place},0),0))",
            "raw": f"SUMIFS({given},{place},{RAW_COAL})",
            "kinds": kinds,
            "coal": f"IF(AND({raw}>0,{sums}>0),{alike},0)",
        }
        return {_SAID[key]: formula for key, formula in found.items()}

    def said_of_rows(self) -> str:
        """Whether every row was read, and the total against their sum."""
        codes, tce = fixed("code", LAST_PASTED), fixed("tce", LAST_PASTED)
        wrong = f'COUNTIFS({codes},">0",{codes},"<={LAST_WRONG}")'
        total = f"INDEX({block(FIRST, LAST_PASTED)},MATCH({ROW_CODES['total']},{codes},0),{statistics.COLUMNS['total'] + 1})"
        differs = (
            f"IF(COUNT({tce})=COUNTIF({codes},0),ABS(SUM({tce})-{total})>{plain(statistics.WITHIN)}*{total},FALSE())"
        )
        beyond = f"OR(COUNTA({block(LAST_PASTED + 1, LAST_PASTED + places.BEYOND)})>0,MAX({fixed('sum', LAST_PASTED)})>{places.LINES})"
        more = texts.MORE.fill(n=places.PASTED, m=places.LINES)
        fine = f"IF(IFERROR({differs},FALSE()),{self.t(texts.TOTAL)}&ROUND(SUM({tce}),2),{self.t(texts.GOOD)})"
        told = f"IF({wrong}>0,{self.t(texts.WRONG)}&{wrong}&{self.t(texts.WRONG_ROWS)},{fine})"
        return f'IF({self.said_at("count")}=0,"",IF({beyond},{self.t(more)},IF({self.said_at("heading")}=0,"",{told})))'
