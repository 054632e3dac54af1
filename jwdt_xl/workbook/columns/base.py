"""What the formulas of all sheets are made of: addresses, texts, places in the lists, a row's checks, options."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from ...assessment.model import CHOICE, FLAG, NUMBER, TABLES, specs
from ...messages import Text
from ...standard.guide.options import BY_NAME
from ..layout import Layout, Table
from ..lists import Lists
from .hints import literal
from .status import INCOMPLETE, OK, UNKNOWN, WRONG_NUMBER

PERIODS = ("base", "report")
YES, NO, PARTLY = Text("是", "yes"), Text("否", "no"), Text("部分", "partly")
#: Shown as 0; and what is below and from where on numbers are shown with a power of ten.
NOTHING, SMALL, LARGE = 1e-15, 1e-4, 1e15


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

    def cell(self, table: str, key: str, row: int) -> str:
        """A cell of a row's own table."""
        return f"${xl_col_to_name(self.layout.tables[table].column(key))}{row + 1}"

    def unit(self, heading: str, cell: str) -> str:
        """dimension or factor of a unit, which must be written exactly so: Mg is not mg."""
        place = self._match(f"EXACT({self.lists.column('units')},{cell})")
        return f"INDEX({self.lists.column('units', heading)},{place})"

    def _match(self, condition: str) -> str:
        """The place of the first cell that fulfils a condition; unlike MATCH by value it knows no wildcards."""
        return f"MATCH(1,INDEX(--({condition}),0),0)"

    def _place(self, block: str, name: str, medium: str = "") -> str:
        """Where the thing of a name stands in its own block, whose cells hold all names of one thing between bars."""
        first = f'{medium}&"|*|"' if medium else '"*|"'
        return f'MATCH({first}&{literal(name)}&"|*",{self.lists.column(block)},0)'

    def _blank_row(self, table: Table, row: int) -> str:
        first, last = xl_col_to_name(0), xl_col_to_name(len(table.inputs) - 1)
        return f"COUNTA(${first}{row + 1}:${last}{row + 1})=0"

    def _numbers_wrong(self, table: str, row: int) -> str:
        """Whether a number field of the row holds a text, a negative number or one above its maximum."""
        numbers = {k: spec for k, spec in specs(TABLES[table]).items() if spec.kind == NUMBER}
        cells = {key: self.cell(table, key, row) for key in numbers}
        listed = ",".join(cells.values())
        above = [f",{cells[key]}>{spec.maximum!r}" for key, spec in numbers.items() if spec.maximum]
        return f"OR(COUNT({listed})<COUNTA({listed}),MIN({listed})<0{''.join(above)})"

    def _answers_wrong(self, table: str, row: int) -> str:
        """Whether an answer of the row is none of those offered."""
        wrong = ["FALSE"]
        for key, spec in specs(TABLES[table]).items():
            if spec.kind in (CHOICE, FLAG):
                cell = self.cell(table, key, row)
                others = "".join(f",{cell}<>{self.t(label)}" for _, label in spec.choices)
                wrong.append(f'AND({cell}<>""{others})')
        return f"OR({','.join(wrong)})"

    def _state(self, table: str, row: int, needed: list[str], *checks: tuple[str, Text]) -> str:
        """A chain of checks that ends in OK."""
        t = self.layout.tables[table]
        blank = " ".join(f'{self.cell(table, key, row)}=""' for key in needed).replace(" ", ",")
        first = [
            (f"OR({blank})", INCOMPLETE),
            (self._numbers_wrong(table, row), WRONG_NUMBER),
            (self._answers_wrong(table, row), UNKNOWN),
        ]
        chain = self.t(OK)
        for condition, text in reversed([*first, *checks]):
            chain = f"IF({condition},{self.t(text)},{chain})"
        return f'IF({self._blank_row(t, row)},"",{chain})'

    def _factor(self, unit: str, dimension: str, factor: str) -> str:
        """What one of the row's unit is in the table's unit; blank where it measures something else."""
        return f'IFERROR(IF({self.unit("dimension", unit)}={dimension},{self.unit("factor", unit)}/{factor},""),"")'

    def _amount(self, name: str, times: str = "") -> str:
        """An amount typed outside the tables; blank where it is no number or a negative one."""
        return f'IF(ISNUMBER({name}),IF({name}>=0,{name}{times},""),"")'

    def option_in_force(self, name: str, default: str | float) -> str:
        """The assessment's option, else the guide's; an error where it is none, so that no other is taken for it."""
        given, option = f"in_options_{name}", BY_NAME[name]
        if option.choices:
            shown = self.t(option.label_of(default))
            known = "OR({})".format(",".join(f"{given}={self.t(label)}" for _, label in option.choices))
        else:
            shown = repr(float(default))
            known = f"IF(ISNUMBER({given}),AND({given}>={option.minimum!r},{given}<={option.maximum!r}),FALSE)"
        return f'IF({given}="",{shown},IF({known},{given},NA()))'


def significant(cell: str) -> str:
    """A number in a sentence: six digits, integers whole; the smallest and largest with a power of ten.

    Without TEXT, whose 0.#### leaves a bare point in some programs; and programs write 0.00001 each its way.
    """
    power = f"INT(LOG10(ABS({cell})))"
    scientific = f'ROUND({cell}/10^{power},5)&"E"&{power}'
    plain = f"ROUND({cell},MAX(0,5-{power}))"
    return f"IF(ABS({cell})<{NOTHING!r},0,IF(OR(ABS({cell})<{SMALL!r},ABS({cell})>={LARGE!r}),{scientific},{plain}))"
