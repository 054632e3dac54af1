"""The formulas of the sheet, by kind of line and column. In every edition they are those in ordinary functions."""

from __future__ import annotations

from collections.abc import Sequence

from ...standard import steam, volumes
from ..columns import bill_factors
from ..columns.base import FormulaRow
from ..columns.column import is_number, plain
from ..columns.names import place_in, unit_folding
from ..columns.portable import Formulas
from ..layout import Layout
from ..lists import Lists
from ..sheets.computed import number_formula
from . import places
from .hints import AGREES, CODES, LACKING
from .places import BASE_PERIOD, REPORT_PERIOD, at, inputs, months, typed

#: A sum and the bill are alike: programs add twelve numbers in their own order.
ALIKE = 1e-6
_NONE = '""'


class _SteamRow(FormulaRow):
    """A line of steam, as the formulas of the bills read it."""

    def __init__(self, formulas: Formulas, row: int) -> None:
        super().__init__(formulas, "activity", row)
        self._cells = {
            "pressure": typed("two", row), "temperature": typed("three", row), "steam_row": at("place", row),
            "superheat": at("other", row), "steam_column": at("part", row),
        }  # fmt: skip

    def __getitem__(self, key: str) -> str:
        return self._cells[key]


class MonthlyFormulas(Formulas):
    """Formulas of the lines; each gives the text without the leading =."""

    def __init__(self, layout: Layout, lists: Lists) -> None:
        super().__init__(layout, lists)

    def of(self, kind: str, key: str, row: int) -> str:
        """The formula of a column in a line of this kind; nothing where it has none."""
        if key == "hint":
            return self._hint(kind, row)
        if key == "mark":
            return self._mark(row)
        method = getattr(self, f"{kind}_{key}", None)
        return "" if method is None else str(method(row))

    def _hint(self, kind: str, row: int) -> str:
        code, fine, number = at("code", row), _NONE, ""
        if kind == "months":
            fine = f'{self.t(AGREES)}&{self._bill("kind", row)}&" "&{self._bill("name", row)}'
            told = {"months": f"{places.MONTHS}-COUNT({months(row)})", "differs": number_formula(at("third", row))}
            number = _NONE
            for name, formula in told.items():
                number = f"IF({code}={CODES[name]},{formula},{number})"
            number = f"&{number}"
        return f'IF({code}="","",IF({code}=0,{fine},INDEX({self.lists.column("monthly_hints")},{code}){number}))'

    def _mark(self, row: int) -> str:
        code = at("code", row)
        return f'IF({code}="","",IF({code}=0,"✓",IF({code}<={max(LACKING)},"!","✗")))'

    @staticmethod
    def _chain(checks: Sequence[tuple[str, str]], row: int, window: str | None = None) -> str:
        """The first hint whose condition holds; 0 where none does, blank where nothing is typed."""
        chain = "0"
        for condition, name in reversed(checks):
            chain = f"IF({condition},{CODES[name]},{chain})"
        return f'IF({window or f"COUNTA({inputs(row)})=0"},"",{chain})'

    @staticmethod
    def _not_number(*cells: str) -> str:
        """Whether one of these is a text, or below 0."""
        return f"OR({','.join(f'IF({is_number(c)},{c}<0,{c}<>{_NONE})' for c in cells)})"

    @staticmethod
    def _if_fine(row: int, formula: str) -> str:
        return f'IF({at("code", row)}=0,IF(ISNUMBER({at("code", row)}),{formula},""),"")'

    # Units

    def _place(self, text: str) -> str:
        return f'IFERROR({place_in(self.lists.column("units"), unit_folding(text))},"")'

    def _unit(self, heading: str, place: str) -> str:
        return f"INDEX({self.lists.column('units', heading)},{place})"

    def _converted(self, amount: str, unit: str, to: str) -> str:
        """As standard.units.convert does it, in the same order."""
        one, other = (self._unit("factor", place) for place in (unit, to))
        return f"IF({one}={other},{amount},IF({one}>{other},{amount}*({one}/{other}),{amount}/({other}/{one})))"

    def _unlike(self, one: str, other: str) -> str:
        return f"{self._unit('dimension', one)}<>{self._unit('dimension', other)}"

    def unit_place(self, row: int) -> str:
        return self._place(typed("two", row))

    def unit_other(self, row: int) -> str:
        return self._place(typed("three", row))

    def unit_code(self, row: int) -> str:
        amount, unit, to = (typed(key, row) for key in places.INPUTS)
        place, other = at("place", row), at("other", row)
        checks = [
            (self._not_number(amount), "number"), (f'{amount}=""', "amount"), (f'OR({unit}="",{to}="")', "unit"),
            (f'OR({place}="",{other}="")', "unknown"), (self._unlike(place, other), "other_kind"),
        ]  # fmt: skip
        return self._chain(checks, row)

    def unit_first(self, row: int) -> str:
        return self._if_fine(row, self._converted(typed("one", row), at("place", row), at("other", row)))

    def unit_second(self, row: int) -> str:
        return self._if_fine(row, typed("three", row))

    # Steam

    def steam_place(self, row: int) -> str:
        return f'IFERROR({bill_factors.row_of_steam(_SteamRow(self, row))},"")'

    def steam_other(self, row: int) -> str:
        return f'IFERROR({bill_factors.superheat(_SteamRow(self, row))},"")'

    def steam_part(self, row: int) -> str:
        return bill_factors.steam_column(_SteamRow(self, row))

    def steam_code(self, row: int) -> str:
        amount, pressure, degrees = (typed(key, row) for key in places.INPUTS)
        checks = [
            (self._not_number(amount, pressure, degrees), "number"), (f'{amount}=""', "amount"), (f'{pressure}=""', "pressure"),
            (f'IF({pressure}<{plain(steam.LEAST_PRESSURE)},TRUE(),{at("part", row)}="")', "steam"),
        ]  # fmt: skip
        return self._chain(checks, row)

    def steam_first(self, row: int) -> str:
        return self._if_fine(row, f"{typed('one', row)}*{bill_factors.gj_of_steam(_SteamRow(self, row))}")

    # Heat values

    def heat_place(self, row: int) -> str:
        return f'IFERROR({place_in(self.lists.column("heat_units"), typed("two", row))},"")'

    def heat_code(self, row: int) -> str:
        amount, unit = typed("one", row), typed("two", row)
        checks = [
            (self._not_number(amount), "number"), (f'{amount}=""', "amount"), (f'{unit}=""', "unit"), (f'{at("place", row)}=""', "unknown"),
        ]  # fmt: skip
        return self._chain(checks, row)

    def heat_first(self, row: int) -> str:
        return self._if_fine(row, f"{typed('one', row)}*{self._heat('gj', row)}")

    def heat_second(self, row: int) -> str:
        volume = self.lists.blocks["heat_units"].rows
        of_volume = next(str(unit) for unit, dimension, gj, _ in volume if dimension == "volume" and gj == 1)
        of_mass = next(str(unit) for unit, dimension, gj, _ in volume if dimension == "mass" and gj == 1)
        return self._if_fine(row, f'IF({self._heat("dimension", row)}="volume","{of_volume}","{of_mass}")')

    def _heat(self, heading: str, row: int) -> str:
        return f"INDEX({self.lists.column('heat_units', heading)},{at('place', row)})"

    # Oil by volume, gas as metered

    def litres_code(self, row: int) -> str:
        amount, density = typed("one", row), typed("two", row)
        checks = [
            (self._not_number(amount, density), "number"), (f'{amount}=""', "amount"), (f'{density}=""', "density"),
            (f"OR({density}<{plain(volumes.LIGHTEST)},{density}>{plain(volumes.HEAVIEST)})", "dense"),
        ]  # fmt: skip
        return self._chain(checks, row)

    def litres_first(self, row: int) -> str:
        return self._if_fine(row, f"{typed('one', row)}*{typed('two', row)}/1000")

    def gas_code(self, row: int) -> str:
        amount, gauge, degrees = (typed(key, row) for key in places.INPUTS)
        text = f'IF({is_number(degrees)},FALSE(),{degrees}<>"")'  # below 0 °C is no mistake
        outside = ",".join((
            f"{gauge}>{plain(volumes.MOST_GAUGE)}", f"{degrees}<{plain(volumes.COLDEST)}", f"{degrees}>{plain(volumes.HOTTEST)}",
        ))  # fmt: skip
        checks = [
            (f"OR({self._not_number(amount, gauge)},{text})", "number"), (f'{amount}=""', "amount"),
            (f'OR({gauge}="",{degrees}="")', "condition"), (f"OR({outside})", "outside"),
        ]  # fmt: skip
        return self._chain(checks, row)

    def gas_first(self, row: int) -> str:
        return self._gas(row, volumes.NORMAL)

    def gas_second(self, row: int) -> str:
        return self._gas(row, volumes.TRADE)

    def _gas(self, row: int, reference: float) -> str:
        amount, gauge, degrees = (typed(key, row) for key in places.INPUTS)
        atmosphere, freezing = plain(volumes.ATMOSPHERE), plain(volumes.FREEZING)
        pressed = f"{amount}*({gauge}+{atmosphere})/{atmosphere}"
        return self._if_fine(row, f"{pressed}*{plain(reference + volumes.FREEZING)}/({degrees}+{freezing})")

    # Months

    def _bill(self, key: str, row: int) -> str:
        """A cell of the bill that the line names, through a range with its heading, which does not move with its cells."""
        name = self.layout.named(f"at_activity_{key}", self.layout.whole_column("activity", key))
        return f"INDEX({name},{typed('one', row)}-{self.layout.tables['activity'].header})"

    def months_place(self, row: int) -> str:
        """The place of the bill's unit in the lists; blank where the line names no row of the bills with one."""
        number, table = typed("one", row), self.layout.tables["activity"]
        inside = f"AND({number}>{table.header + 1},{number}<={table.last + 1},INT({number})={number})"
        return f'IF({is_number(number)},IF({inside},{self._bill("unit_place", row)},""),"")'

    def months_other(self, row: int) -> str:
        """The place of the months' unit: that of the bill where none is typed."""
        unit = typed("three", row)
        return f'IF({unit}="",{at("place", row)},{self._place(unit)})'

    def months_code(self, row: int) -> str:
        number, period = typed("one", row), typed("two", row)
        place, other, boxes = at("place", row), at("other", row), months(row)
        total, bill = at("second", row), at("third", row)
        known = f"OR({period}={self.t(BASE_PERIOD)},{period}={self.t(REPORT_PERIOD)},{period}={_NONE})"
        checks = [
            (f'{number}=""', "bill"), (f'{place}=""', "row"), (f"NOT({known})", "period"), (f'{other}=""', "unknown"),
            (self._unlike(place, other), "bill_unit"), (f"OR(COUNT({boxes})<COUNTA({boxes}),MIN({boxes})<0,{self._truth(boxes)})", "number"),
            (f"COUNT({boxes})<{places.MONTHS}", "months"), (f'{bill}=""', "blank"),
            (f"ABS({total}-{bill})>{plain(ALIKE)}*{total}", "differs"),
        ]  # fmt: skip
        return self._chain(checks, row, f"AND(COUNTA({inputs(row)})=0,COUNTA({boxes})=0)")

    def months_first(self, row: int) -> str:
        """The sum, where all twelve are known: what is missing is not 0."""
        boxes = months(row)
        complete = f"AND(COUNT({boxes})={places.MONTHS},COUNTA({boxes})={places.MONTHS})"
        return f'IF({complete},IF(OR(MIN({boxes})<0,{self._truth(boxes)}),"",SUM({boxes})),"")'

    @staticmethod
    def _truth(boxes: str) -> str:
        """Whether a month is a truth, which Calc counts as a number."""
        return ",".join(f"ISLOGICAL(INDEX({boxes},1,{place + 1}))" for place in range(1, places.MONTHS + 1))

    def months_second(self, row: int) -> str:
        total, place, other = at("first", row), at("place", row), at("other", row)
        converted = self._converted(total, other, place)
        return f'IF(OR({total}="",{place}="",{other}=""),"",IF({self._unlike(place, other)},"",{converted}))'

    def months_third(self, row: int) -> str:
        """What the bill says."""
        base, report = self._bill("base", row), self._bill("report", row)
        amount = f"IF({typed('two', row)}={self.t(BASE_PERIOD)},{base},{report})"
        return f'IF({at("place", row)}="","",IF(ISNUMBER({amount}),{amount},""))'
