"""Where everything stands on the sheet of the pasted form: at the left lines for the bills, at the right what is pasted."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from ...messages import Text
from ...standard.statistics import WIDTH
from ..layout import Layout
from ..plan import Cell

SHEET = "pasted"
#: The row of the period and of what is said of the whole; headings; the first line, and the first row pasted.
SAID, HEADER, FIRST = 2, 3, 4
#: The form has 46 energies, a total, and some rows of headings.
PASTED, LINES = 56, 20
#: So many rows further down nothing may stand.
BEYOND = 200
#: What can be copied to the bills: side by side as there.
READY = ("kind", "name", "origin", "unit", "amount")
BESIDE = ("bills", "coefficient")
FORM = tuple(f"column_{i}" for i in range(1, WIDTH + 1))
#: Of a row pasted: its name as it is known, the unit in its brackets, its unit and its energy by their places in the lists, its
#: amount in the unit of the bills' factors, what it is, its standard coal, and how many lines there are so far.
ROWS = ("known", "inner", "unit_place", "place", "given", "code", "tce", "sum")
#: Of a line: its row, whether it is the part taken as feedstock, what it is compared by, how many bills are of it, and what is
#: to be told.
OF_LINES = ("row", "part", "key", "had", "told")
#: Of a row of the bills: what it is compared by, and its amount.
OF_BILLS = ("bill_key", "bill")
KEYS = ("hint", "mark", *READY, "source", *BESIDE, "from", *FORM, "to", "why", *ROWS, *OF_LINES, *OF_BILLS)
COLUMNS = {key: col for col, key in enumerate(KEYS)}
HIDDEN = (*ROWS, *OF_LINES, *OF_BILLS)
FOLDED = ("from", "to", *HIDDEN)
WIDTHS = {
    "hint": 29, "mark": 4, "kind": 8, "name": 15, "origin": 17, "unit": 9, "amount": 11, "source": 12, "bills": 11, "coefficient": 10,
    **dict.fromkeys(FORM, 8), "column_1": 16, "column_2": 10, "why": 40,
}  # fmt: skip
#: The period that is compared: typed, with blank locked cells on either side.
PERIOD = Cell(SHEET, SAID, COLUMNS["kind"])
LAST_PASTED, LAST_LINE = FIRST + PASTED - 1, FIRST + LINES - 1
#: Above it the sentence about its rows.
SAID_OF_ROWS = FORM[0]
#: Where the form is pasted.
CORNER = Cell(SHEET, FIRST, COLUMNS[FORM[0]])


def letter(key: str) -> str:
    return str(xl_col_to_name(COLUMNS[key]))


def at(key: str, row: int) -> str:
    """A cell of this row, counted from 0."""
    return f"${letter(key)}{row + 1}"


def window(row: int) -> str:
    """What is pasted in a row, with the locked cells on either side: a range that does not move when people cut."""
    return f"${letter('from')}{row + 1}:${letter('to')}{row + 1}"


def fixed(key: str, last: int, first: int = FIRST) -> str:
    """All rows of a column."""
    return f"${letter(key)}${first + 1}:${letter(key)}${last + 1}"


def above(key: str, row: int) -> str:
    """The heading and the rows above this one."""
    return f"${letter(key)}${HEADER + 1}:${letter(key)}{row}"


def block(first: int, last: int) -> str:
    return f"${letter('from')}${first + 1}:${letter('to')}${last + 1}"


def areas(layout: Layout) -> list[str]:
    """The cells that people may fill in, beside the columns of the form."""
    return [layout.range(SHEET, PERIOD.row, PERIOD.row, PERIOD.col, PERIOD.col)]


TITLES = {
    "hint": Text("提示", "hint"), "mark": Text("✓✗", "✓✗"), "kind": Text("类别", "kind"), "name": Text("名称", "name"), "origin": Text("来源", "origin"),
    "unit": Text("单位", "unit"), "amount": Text("数量", "amount"), "source": Text("数据来源", "source"), "bills": Text("账单现值\n(同一能源合计)", "the bills now\n(same energy)"),
    "coefficient": Text("采用折标系数", "own coefficient"), "why": Text("这一行", "this row"),
}  # fmt: skip
FORM_TITLES = (
    Text("甲 能源名称", "A name"), Text("乙 单位", "B unit"), Text("丙 代码", "C code"), Text("1 期初库存", "1 opening"), Text("2 购进量", "2 bought"),
    Text("3 金额", "3 paid"), Text("4 消费合计", "4 used"), Text("5 工业生产", "5 industrial"), Text("6 原材料", "6 feedstock"), Text("7 非工业", "7 other"),
    Text("8 运输", "8 transport"), Text("9 期末库存", "9 closing"), Text("10 采用系数", "10 coefficient"), Text("丁 参考系数", "D reference"),
)  # fmt: skip
