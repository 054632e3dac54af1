"""A computed column of a table is one declaration: heading, formula, call of a cell function, and the engine's value.

Layout, formulas, calls, cached values and sheets are derived from the declarations, which know no address: a formula
asks its Row, a value its Known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from ...assessment.conditions import Constants
from ...assessment.result import Result
from ...messages import Text
from ...standard.record import LARGEST
from .names import folded, folding

PERIODS = ("base", "report")
YES, NO, PARTLY = Text("是", "yes"), Text("否", "no"), Text("部分", "partly")
Value = str | float


class Row(Protocol):
    """A row as its formulas see it: the addresses of its cells, and the parts of formulas."""

    def __getitem__(self, key: str, /) -> str: ...

    def cells(self, *keys: str) -> tuple[str, ...]:
        """The addresses of several columns."""

    def typed(self, key: str, /) -> str:
        """An input as it was typed; of an answer the row itself gives what was meant."""

    def no_answer(self) -> str:
        """The first of the row's answers (from 1) that nobody understands, an error where there is none."""

    def constant(self, value: Any, /) -> str:
        """A number, or a text in quotes."""

    def t(self, text: Text) -> str:
        """A text as a constant of a formula."""

    def option(self, name: str, value: str) -> str:
        """The text an option's cell shows for a value."""

    def listed(self, block: str, heading: str | None = None) -> str:
        """A column of the lists (default: the first)."""

    def listed_block(self, block: str, first: str) -> str:
        """Columns of the lists side by side: from this one to the last."""

    def column(self, table: str, key: str) -> str:
        """The cells of a column of any table."""

    def named(self, name: str, table: str, key: str) -> str:
        """The same under a short name."""

    def overlap(self, key: str) -> str:
        """A column of the block that decides which of overlapping pollutants counts."""

    def found(self, block: str, name: str, heading: str = "place") -> str:
        """What a block of names says of a name, folded; blank where it has none such."""

    def unit(self, heading: str) -> str:
        """dimension or factor of the row's unit; an error where it is none."""

    def converted(self, dimension: str, factor: str) -> str:
        """What one of the row's unit is in the table's; blank where it measures something else."""

    def state(self, needed: list[str], *checks: tuple[str, Text]) -> str:
        """A chain of checks that ends in OK; blank in a blank row."""

    def truths(self) -> str:
        """1 where a number field holds a truth."""

    def conversion(self) -> str:
        """What a product's row says of the guide's conversions."""

    def itself(self, key: str) -> str:
        """The cell of an input itself, which goes where people move it."""

    def in_percent(self, *keys: str) -> str:
        """Whether one of these inputs is shown as per cent."""

    def wrong_number(self) -> str:
        """The first input (from 1) that holds no number, or an impossible one."""

    def told(self, path: str, hint: str) -> str:
        """Whether a question of the form says this."""

    def blank(self) -> str:
        """Whether nothing is filled in."""

    def moved(self) -> str:
        """The first input (from 1) whose cell was cut away, else blank."""

    def address(self, place: str) -> str:
        """The address of an input by its place among them."""

    def answer_address(self, place: str) -> str:
        """The address of an answer by its place among them."""


class Known(Protocol):
    """A row as evaluated: what was filled in, what the engine made of it, and the values of its other columns."""

    index: int
    row: Any
    amount: Any
    result: Result
    language: str

    def __getitem__(self, key: str, /) -> Any: ...

    def t(self, text: Text) -> str:
        """A text in the workbook's language."""

    def position(self, block: str, name: str) -> int | None:
        """The place (from 1) that a block of names gives for a name."""

    def listed(self, block: str, place: int, heading: str) -> Value:
        """What stands in the lists."""


class In:
    """Formulas of fields by name, in the place of a row's cells."""

    def __init__(self, constants: Constants, fields: Mapping[str, str]) -> None:
        self.constant = constants.constant
        self._fields = fields

    def __getitem__(self, field: str) -> str:
        return self._fields[field]


Formula = Callable[[Row], str]


class Column(NamedTuple):
    """A computed column: shown under its title or hidden; call is its formula in editions with cell functions."""

    key: str
    title: Text | None
    formula: Formula
    value: Callable[[Known], Value]
    call: Formula | None = None


class Computed(NamedTuple):
    """What a workbook computes beside a table's inputs.

    amounts: where the engine keeps the rows it understood. names: inputs that are shown under another name where
    formulas do not find the one typed.
    """

    table: str
    columns: tuple[Column, ...]
    amounts: str = ""
    names: Mapping[str, Callable[[Known], str]] = MappingProxyType({})


def of_periods(
    key: str,
    titles: tuple[Text, Text],
    formula: Callable[[Row, str], str],
    value: Callable[[Known, str], Value],
    call: Callable[[Row, str], str] | None = None,
) -> tuple[Column, Column]:
    """The columns of base and report period, declared together."""

    def column(period: str, title: Text) -> Column:
        called: Formula | None = None
        if call is not None:
            in_calls = call

            def called(row: Row) -> str:
                return in_calls(row, period)

        return Column(
            f"{key}_{period}", title, lambda row: formula(row, period), lambda known: value(known, period), called
        )

    return column("base", titles[0]), column("report", titles[1])


def typed(field: str, shown: Callable[[Known], str]) -> Column:
    """The name of a row in the form in which the lists have it; shown: the name in the cell."""
    return Column("typed", None, lambda row: folding(row[field]), lambda known: folded(shown(known)))


def shown(value: float | None) -> Value:
    """A missing number is an empty text, as formulas give it."""
    return "" if value is None else value


def plain(value: float) -> str:
    """A number as spreadsheets save it in a formula: no exponent, no bare .0."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def most(value: float) -> str:
    """The largest number that a cell may hold; that of a file in few characters, as it stands in every row."""
    return "10^30" if value == LARGEST else plain(value)


def is_number(cell: str) -> str:
    """Whether a cell that people type in holds a number: Calc takes =TRUE() for one, the reader does not."""
    return f"AND(ISNUMBER({cell}),NOT(ISLOGICAL({cell})))"


def optional(cell: str) -> str:
    """An optional argument that may be an empty cell: Calc would hand it over as 0."""
    return f'IF({cell}="","",{cell})'


def titles(unit: str, unit_en: str = "") -> tuple[Text, Text]:
    """The headings of an amount in both periods."""
    unit_en = unit_en or unit
    return Text(f"{unit}\n基准期", f"{unit_en}\nbase"), Text(f"{unit}\n报告期", f"{unit_en}\nreport")
