"""Where everything is in an authoring workbook: the only place here that knows an address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ..messages import Text
from ..standard.guide.options import OPTIONS, Option
from ..standard.record import Spec
from ..workbook.plan import STAMP_FIRST, Cell
from .fields import FACTS, SINCE, TABLES, TITLES
from .weights import fields as derivation_fields
from .weights.fields import HOW
from .weights.layout import DerivationLayout

FORMAT = "jwdt-authoring/1"
#: Raised whenever an address moves; a field that comes with it says so by `since`. 1 had no sheets on where weights come
#: from, 2 no parameters of formulas, 3 no measures of synergy and series of grid factors, 4 not what is open, 5 no inputs,
#: 6 no institute and change log, 7 no weights by a sample, 8 no required pollutants.
VERSION = 9
SHEETS: dict[str, Text] = {
    "howto": Text("说明", "How to"),
    "facts": TITLES["facts"],
    "nodes": TITLES["nodes"],
    **derivation_fields.TITLES,
    **TITLES,
    "lists": Text("列表", "Lists"),
}
#: Rows offered beyond those in use, at least so many in all.
SPARE, ROWS = 20, 40
HEADER = 3
FIRST = HEADER + 1
VALUE = 1
#: Columns the workbook computes left of the index tree, where they stay in view.
COMPUTED: dict[str, Text] = {
    "check": Text("检查", "check"),
    "sum": Text("下级权重之和", "children's weights"),
    "in_use": Text("采用权重", "weight in use"),
}
#: Cells the workbook computes below the facts.
LIVE: dict[str, tuple[Text, Text]] = {
    "weights": (Text("一级权重之和", "sum of the first levels' weights"), Text("须为 1", "must be 1")),
    "problems": (
        Text("指标树中待查行数", "rows of the index tree to check"),
        Text("见“指标树”的检查栏", "see the column check of the index tree"),
    ),
    "gaps": (
        Text("缺项数", "gaps"),
        Text("大于 0 时为草稿，不能用于评价", "above 0 it is a draft that scores nothing"),
    ),
    "open": (
        Text("“企业可自选”的名称", "names that are left open"),
        Text(
            "须为选项名称、基准值、权重、不适用，以“；”分隔；或 none",
            "names of options, benchmarks, weights, not applicable, parted by “;”; or none",
        ),
    ),
}


def near(first: Cell, last: Cell | None = None) -> str:
    """A cell or range as in a formula of its own sheet."""
    start = xl_rowcol_to_cell(first.row, first.col, row_abs=True, col_abs=True)
    return start if last is None else f"{start}:{xl_rowcol_to_cell(last.row, last.col, row_abs=True, col_abs=True)}"


class Layout:
    """The addresses of an authoring workbook with so many rows per table."""

    #: What Book asks of a layout: functions of the add-in go by their plain names here.
    host = "portable"

    def __init__(
        self,
        language: str = "zh",
        entries: Mapping[str, Any] | None = None,
        *,
        version: int = VERSION,
        derivation: DerivationLayout | None = None,
    ) -> None:
        self.language, self.version = language, version
        used = {name: len((entries or {}).get(name, ())) for name in TABLES}
        self.rows = {name: max(ROWS, count + SPARE) for name, count in used.items()}
        #: The sheets on where weights come from, laid out for one index tree.
        self.derivation = derivation or DerivationLayout.of(entries or {})

    def text(self, text: Text) -> str:
        return text.zh if self.language == "zh" else text.en

    def title(self, sheet: str) -> str:
        return self.text(SHEETS[sheet])

    @cached_property
    def stamp(self) -> dict[str, tuple[str, Cell]]:
        values = {"format": FORMAT, "layout": str(self.version), "language": self.language}
        if self.version > 1:
            values |= {"experts": str(self.derivation.experts), "matrices": str(self.derivation.matrices)}
        return {key: (value, Cell("howto", STAMP_FIRST + i, VALUE)) for i, (key, value) in enumerate(values.items())}

    def fact(self, name: str) -> Cell:
        return Cell("facts", FIRST + list(self.facts).index(name), VALUE)

    def live(self, name: str) -> Cell:
        return Cell("facts", FIRST + len(self.facts) + 2 + list(LIVE).index(name), VALUE)

    def option(self, name: str) -> Cell:
        return Cell("options", FIRST + [option.name for option in self.options].index(name), VALUE)

    def column(self, table: str, field: str) -> int:
        computed = [name for name in COMPUTED if self.version > 1 or name != "in_use"] if table == "nodes" else []
        return [*computed, *self.fields(table)].index(field)

    def fields(self, table: str) -> dict[str, Spec]:
        """The columns a table has in this version of the layout."""
        return {name: spec for name, spec in TABLES[table].items() if spec.since <= self.version}

    @property
    def tables(self) -> list[str]:
        """The tables of this version of the layout."""
        return [name for name in TABLES if SINCE.get(name, 1) <= self.version]

    @property
    def facts(self) -> dict[str, Spec]:
        return {name: spec for name, spec in FACTS.items() if spec.since <= self.version}

    @property
    def options(self) -> list[Option]:
        return [option for option in OPTIONS if option.since <= self.version]

    def cell(self, table: str, row: int, field: str) -> Cell:
        """A field of a table's row, counted from 0."""
        return Cell(table, FIRST + row, self.column(table, field))

    def ruled(self, row: int, rule: int) -> Cell:
        """Whether a rule of the check column holds of a row of the tree: right of the columns, out of sight."""
        return Cell("nodes", FIRST + row, self.column("nodes", list(self.fields("nodes"))[-1]) + 2 + rule)

    def far(self, first: Cell, last: Cell | None = None) -> str:
        """A cell or range as in a formula of any sheet."""
        return f"'{self.title(first.sheet)}'!{near(first, last)}"

    def ref(self, cell: Cell) -> str:
        """As in a formula of the same sheet: the column fixed, the row not."""
        return f"${xl_col_to_name(cell.col)}{cell.row + 1}"

    def range(self, table: str, field: str, last: int | None = None) -> str:
        """The cells of a table's column, down to a row (default: the last); -1 is the heading alone."""
        letters = xl_col_to_name(self.column(table, field))
        end = FIRST + (self.rows[table] - 1 if last is None else last)
        start = HEADER if last is not None else FIRST
        return f"'{self.title(table)}'!${letters}${start + 1}:${letters}${end + 1}"

    def where(self, cell: Cell) -> str:
        """sheet!cell, for people."""
        return f"{self.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names and what they refer to."""

        def absolute(cell: Cell) -> str:
            return f"'{self.title(cell.sheet)}'!{xl_rowcol_to_cell(cell.row, cell.col, row_abs=True, col_abs=True)}"

        found = {f"stamp_{key}": absolute(cell) for key, (_, cell) in self.stamp.items()}
        found |= {f"in_{name}": absolute(self.fact(name)) for name in FACTS}
        found |= {f"in_options_{option.name}": absolute(self.option(option.name)) for option in self.options}
        found |= {f"out_{name}": absolute(self.live(name)) for name in LIVE}
        found |= {f"in_derivation_{name}": absolute(self.derivation.how(name)) for name in HOW}
        for name, fields in TABLES.items():
            first, *_, last = (xl_col_to_name(self.column(name, field)) for field in fields)
            found[f"tbl_{name}"] = f"'{self.title(name)}'!${first}${FIRST + 1}:${last}${FIRST + self.rows[name]}"
        return found
