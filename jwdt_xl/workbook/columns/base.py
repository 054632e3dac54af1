"""What the formulas of all sheets are made of: addresses, texts, places in the lists, a row's checks, options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ...assessment import conversions
from ...assessment.fields import specs
from ...assessment.tables import NAME_FIELDS, TABLES
from ...messages import Text
from ...standard.guide.options import BY_NAME
from ...standard.record import LARGEST, NUMBER
from ..layout import Layout
from ..lists import Lists
from . import total_rows
from .answers import NO_ANSWER
from .catalogue import CODES
from .column import is_number, most, plain
from .names import folding, place_in
from .status import INCOMPLETE, MOVED, OK, TOTAL_ROW, WRONG_ANSWER, WRONG_NUMBER

#: Shown as 0; and what is below and from where on numbers are shown with a power of ten.
NOTHING, SMALL, LARGE = 1e-15, 1e-4, 1e15

#: The tables that take rows of any name.
_ANY_NAME = ("products", "activity", "materials", "residual_energy", "own_equivalents")


class FormulasBase:
    """The small parts; each gives its text without the leading =."""

    def __init__(self, layout: Layout, lists: Lists) -> None:
        self.layout = layout
        self.lists = lists

    def t(self, text: Text) -> str:
        """A text as a constant of a formula."""
        return '"' + self.layout.text(text).replace('"', '""') + '"'

    def option(self, name: str, value: str) -> str:
        """The text an option's cell shows for a value."""
        return self.t(BY_NAME[name].label_of(value))

    def constant(self, value: Any) -> str:
        """A number, or a text in quotes."""
        if isinstance(value, Text):
            return self.t(value)
        return f'"{value}"' if isinstance(value, str) else plain(value)

    def cell(self, table: str, key: str, row: int) -> str:
        """A cell of a row's own table."""
        return f"${xl_col_to_name(self.layout.tables[table].column(key))}{row + 1}"

    def meant(self, table: str, key: str, row: int) -> str:
        """The same of an input; of an answer the cell that tells what was meant by it."""
        return f"${xl_col_to_name(self.layout.tables[table].meant(key))}{row + 1}"

    def window(self, table: str, row: int) -> str:
        """The inputs of a row and the locked cell behind them: a range that cannot be cut and so does not move."""
        found = self.layout.tables[table]
        return f"${xl_col_to_name(min(found.inputs.values()))}{row + 1}:${xl_col_to_name(found.edge)}{row + 1}"

    def found(self, block: str, name: str, heading: str = "place") -> str:
        """What a block of names says of a name, folded; blank where it has none such."""
        return f'IFERROR(INDEX({self.lists.column(block, heading)},{place_in(self.lists.column(block), name)}),"")'

    def _amount(self, name: str, times: str = "") -> str:
        """An amount typed outside the tables; blank where it is no number, a negative one or too large for a file."""
        return f'IF({is_number(name)},IF(AND({name}>=0,{name}<={most(LARGEST)}),{name}{times},""),"")'

    def option_in_force(self, name: str, default: str | float | None) -> str:
        """The assessment's option, else the guide's; an error where it is none, so that no other is taken for it."""
        given, option = f"in_options_{name}", BY_NAME[name]
        if not self.layout.guide.opens(name):
            value = plain(float(default)) if isinstance(default, float) else self.t(option.label_of(default))
            return '""' if default is None else value
        if option.choices:
            shown = self.t(option.label_of(default))
            known = "OR({})".format(",".join(f"{given}={self.t(label)}" for _, label in option.choices))
        else:
            shown = '""' if default is None else plain(float(default))
            least = ">" if option.above else ">="
            within = f"AND({given}{least}{plain(option.minimum)},{given}<={plain(option.maximum)})"
            known = f"IF({is_number(given)},{within},FALSE())"
        return f'IF({given}="",{shown},IF({known},{given},NA()))'


class FormulaRow:
    """A row of a table as the declarations of its columns see it."""

    def __init__(self, formulas: FormulasBase, table: str, row: int) -> None:
        self.formulas, self.table, self._row = formulas, table, row
        self.t, self.constant, self.option = formulas.t, formulas.constant, formulas.option
        self.found = formulas.found
        self.listed, self.column = formulas.lists.column, formulas.layout.column
        self.listed_block = formulas.lists.columns
        self._inputs = formulas.layout.tables[table].inputs
        self._answers = formulas.layout.tables[table].answers

    def __getitem__(self, key: str) -> str:
        """What a formula reads: an input through the window of its row, since cells move with what is cut and pasted;
        of an answer what was meant."""
        if key not in self._inputs:
            return self.formulas.cell(self.table, key, self._row)
        return self.formulas.meant(self.table, key, self._row) if key in self._answers else self.typed(key)

    def typed(self, key: str) -> str:
        return f"INDEX({self.window},1,{self._inputs[key] - min(self._inputs.values()) + 1})"

    def no_answer(self) -> str:
        first, last = (self.formulas.meant(self.table, key, self._row) for key in (self._answers[0], self._answers[-1]))
        return f'MATCH("{NO_ANSWER}",{first}:{last},0)'

    @property
    def window(self) -> str:
        return self.formulas.window(self.table, self._row)

    def moved(self) -> str:
        """The first input (from 1) whose cell was cut away, else blank: a reference to the cell goes with it."""
        places, chain = self._inputs, '""'
        for place, key in reversed([*enumerate(places, 1)]):
            cell = self.formulas.cell(self.table, key, self._row)
            chain = f"IF({lost(cell, places[key] + 1, 'ROW()')},{place},{chain})"
        return f"IFERROR({chain},{len(places)})"

    def address(self, place: str) -> str:
        """The address of an input by its place among them."""
        return self._address(place, self._inputs)

    def answer_address(self, place: str) -> str:
        """The address of an answer by its place among them."""
        return self._address(place, self._answers)

    def _address(self, place: str, keys: Iterable[str]) -> str:
        letters = "".join(f"{xl_col_to_name(self._inputs[key]):2}" for key in keys)
        return f'TRIM(MID("{letters}",2*{place}-1,2))&ROW()'

    def cells(self, *keys: str) -> tuple[str, ...]:
        return tuple(self[key] for key in keys)

    def named(self, name: str, table: str, key: str) -> str:
        return self.formulas.layout.named(name, self.column(table, key))

    def overlap(self, key: str) -> str:
        layout = self.formulas.layout
        return layout.named(f"overlap_{key}", layout.overlap_range(key))

    def wrong_number(self) -> str:
        chain = '""'
        for place, key in reversed([*enumerate(self._inputs, 1)]):
            spec = specs(TABLES[self.table])[key]
            if spec.kind == NUMBER:
                wrong = f"OR({self[key]}<0,{self[key]}>{most(spec.most_in_cell)})"
                chain = f'IF(IF({is_number(self[key])},{wrong},{self[key]}<>""),{place},{chain})'
        return chain

    def told(self, path: str, hint: str) -> str:
        cell = self.formulas.layout.hint_cell(path, "code")
        name = self.formulas.layout.named(f"said_{path.replace('.', '_')}", self.formulas.layout.ref(cell))
        return f"{name}={CODES[hint]}"

    def blank(self) -> str:
        return f"COUNTA({self.window})=0"

    def truths(self) -> str:
        """1 where a number field holds a truth, which Calc counts as a number.

        By the cells themselves, as the window costs time: one that was cut away is told before anything else.
        """
        numbers = [key for key, spec in specs(TABLES[self.table]).items() if spec.kind == NUMBER]
        cells = (self.formulas.cell(self.table, key, self._row) for key in numbers)
        return f'IF(OR({",".join(f"ISLOGICAL({cell})" for cell in cells)}),1,"")'

    def conversion(self) -> str:
        """What a product's row says of the guide's conversions."""
        if not self.formulas.layout.guide.conversions:
            return plain(conversions.FITS)
        at, given = place_in(self.listed("conversions"), folding(self["name"])), self["factor"]
        unit, factor = (f"INDEX({self.listed('conversions', heading)},{at})" for heading in ("unit", "factor"))
        same = f'ABS(IF({given}="",1,{given})-{factor})<={plain(conversions.SAME)}*{factor}'
        differs = f"IF(AND({same},{folding(self['unit'])}={unit}),{conversions.FITS},{conversions.DIFFERS})"
        return f"IFERROR({differs},{conversions.UNKNOWN})"

    def itself(self, key: str) -> str:
        """The cell of an input itself, as the window costs time: for what is said after a cell that was cut away."""
        return self.formulas.cell(self.table, key, self._row)

    def in_percent(self, *keys: str) -> str:
        """Whether one of these inputs is shown as per cent."""
        return in_percent(*map(self.itself, keys))

    def _numbers_wrong(self) -> str:
        """Whether a number field of the row holds a text, a negative number or one above its maximum."""
        numbers = {k: spec for k, spec in specs(TABLES[self.table]).items() if spec.kind == NUMBER}
        cells = {key: self[key] for key in numbers}
        listed = ",".join(cells.values())
        wrong = [f"COUNT({listed})<COUNTA({listed})", f"MIN({listed})<0", f"MAX({listed})>{most(LARGEST)}"]
        wrong += [f"{cells[k]}>{most(spec.most_in_cell)}" for k, spec in numbers.items() if spec.most_in_cell < LARGEST]
        wrong.append(f"{self['truths']}=1")
        return f"OR({','.join(wrong)})"

    def _is_total(self) -> str:
        """Whether the row is one of totals, which the reader leaves out: among names that are free it would count here."""
        ends = [f"INDEX({self.listed('total_ends')},{place})" for place, _ in enumerate(total_rows.ends(), 1)]
        return total_rows.is_total(self.itself(NAME_FIELDS[self.table]), ends, self.listed("total_names"))

    def state(self, needed: list[str], *checks: tuple[str, Text]) -> str:
        """A chain of checks that ends in OK."""
        blank = ",".join(f'{self[key]}=""' for key in needed)
        first = [
            (f"COLUMNS({self.window})<>{len(self._inputs) + 1}", MOVED),
            *([(self._is_total(), TOTAL_ROW)] if self.table in _ANY_NAME else []),
            (f"OR({blank})", INCOMPLETE),
            (self._numbers_wrong(), WRONG_NUMBER),
            *([(f"ISNUMBER({self.no_answer()})", WRONG_ANSWER)] if self._answers else []),
        ]
        chain = self.t(OK)
        for condition, text in reversed([*first, *checks]):
            chain = f"IF({condition},{self.t(text)},{chain})"
        return f'IF({self.blank()},"",{chain})'

    def unit(self, heading: str) -> str:
        """dimension or factor of the row's unit; an error where it is none."""
        return f"INDEX({self.listed('units', heading)},{self['unit_place']})"

    def converted(self, dimension: str, factor: str) -> str:
        """What one of the row's unit is in the table's unit; blank where it measures something else."""
        return f'IFERROR(IF({self.unit("dimension")}={dimension},{self.unit("factor")}/{factor},""),"")'


def lost(cell: str, column: int, row: str) -> str:
    """Whether people moved a cell, as a reference goes with it, or cut it, which leaves it locked."""
    return f'OR(COLUMN({cell})<>{column},ROW({cell})<>{row},IFERROR(CELL("protect",{cell}),0)=1)'


def in_percent(*cells: str) -> str:
    """Whether a cell is shown as per cent: what is typed in it next is divided by 100, too. A program that lacks CELL says no."""
    shown = "&".join(f'CELL("format",{cell})' for cell in cells)
    return f'IFERROR(FIND("P",{shown}),0)>0'


def significant(cell: str) -> str:
    """A number in a sentence: six digits, integers whole; the smallest and largest with a power of ten.

    Without TEXT, whose 0.#### leaves a bare point in some programs; and programs write 0.00001 each its way.
    """
    power = f"INT(LOG10(ABS({cell})))"
    scientific = f'ROUND({cell}/10^{power},5)&"E"&{power}'
    rounded = f"ROUND({cell},MAX(0,5-{power}))"
    return f"IF(ABS({cell})<{plain(NOTHING)},0,IF(OR(ABS({cell})<{plain(SMALL)},ABS({cell})>={plain(LARGE)}),{scientific},{rounded}))"
