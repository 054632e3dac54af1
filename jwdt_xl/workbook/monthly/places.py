"""Where everything stands on the sheet of conversions and months: lines of conversions above, a line a bill below."""

from __future__ import annotations

from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from ...messages import Text
from ..layout import Layout
from ..plan import Cell

SHEET = "monthly"
MONTHS = 12
BASE_PERIOD, REPORT_PERIOD = Text("基准期", "base"), Text("报告期", "report")
#: What is typed left of the results. Blank, locked and folded away on either side of what is typed, so that a range over it
#: does not move when people cut and paste.
INPUTS = ("one", "two", "three")
MONTH_KEYS = tuple(f"month_{i}" for i in range(1, MONTHS + 1))
#: What only formulas read: what a line is to be told, and places in the lists.
HIDDEN = ("code", "place", "other", "part")
KEYS = ("hint", "mark", "start", *INPUTS, "edge", "first", "second", "third", "from", *MONTH_KEYS, "to", *HIDDEN)
COLUMNS = {key: col for col, key in enumerate(KEYS)}
FOLDED = ("start", "edge", "from", "to", *HIDDEN)
WIDTHS = {
    "hint": 30, "mark": 4, "one": 10, "two": 10, "three": 9, "first": 11, "second": 10, "third": 9, **dict.fromkeys(MONTH_KEYS, 8),
}  # fmt: skip

#: What each kind of line is typed into.
TYPED = {"unit": INPUTS, "steam": INPUTS, "heat": INPUTS[:2], "litres": INPUTS[:2], "gas": INPUTS, "months": INPUTS}
CONVERSIONS = tuple(TYPED)[:-1]
#: Lines of each conversion, below a heading of its own.
EACH = 2
#: The heading of the first section; of the months, and how many bills can be added up.
SECTION = 2
FIRST = SECTION + 1
MONTHS_SECTION = FIRST + len(CONVERSIONS) * (EACH + 1) + 1
MONTHS_HEADER = MONTHS_SECTION + 1
MONTHS_FIRST = MONTHS_HEADER + 1
BILLS = 12
LAST = MONTHS_FIRST + BILLS - 1


class Rows(NamedTuple):
    """The lines of a conversion, or of the months: from 0, first and last."""

    first: int
    last: int


def head_of(conversion: str) -> int:
    return FIRST + CONVERSIONS.index(conversion) * (EACH + 1)


def lines_of(kind: str) -> Rows:
    """The lines of a conversion, or of the months."""
    if kind == "months":
        return Rows(MONTHS_FIRST, LAST)
    first = head_of(kind) + 1
    return Rows(first, first + EACH - 1)


def cell(row: int, key: str) -> Cell:
    return Cell(SHEET, row, COLUMNS[key])


def letter(key: str) -> str:
    return str(xl_col_to_name(COLUMNS[key]))


def at(key: str, row: int) -> str:
    """A cell of the line in this row, counted from 0."""
    return f"${letter(key)}{row + 1}"


def window(row: int, first: str, last: str) -> str:
    return f"${letter(first)}{row + 1}:${letter(last)}{row + 1}"


def inputs(row: int) -> str:
    """What is typed left of the results, with the blank cells on either side."""
    return window(row, "start", "edge")


def months(row: int) -> str:
    """The months of a line, with the blank cells on either side."""
    return window(row, "from", "to")


def typed(key: str, row: int) -> str:
    return f"INDEX({inputs(row)},1,{INPUTS.index(key) + 2})"


def areas(layout: Layout) -> list[str]:
    """What people may fill in."""
    lines = [(lines_of(kind), keys) for kind, keys in TYPED.items()]
    lines.append((lines_of("months"), MONTH_KEYS))
    return [layout.range(SHEET, *rows, COLUMNS[keys[0]], COLUMNS[keys[-1]]) for rows, keys in lines]


MONTH_TITLES = tuple(Text(f"{i}月", f"month {i}") for i in range(1, MONTHS + 1))
