"""No number of a table vanishes: what was neither taken, checked, told nor of a total is told here.

A reader takes the rows it has understood (`Table.take`); what it has refused it has told with its cell. All else that holds a
number is left over. Quiet are labels (codes, months, serial numbers), what only stands beside amounts (coefficients, money,
limits) in rows that are named, 0, texts, rows of totals, and what is signed or noted below a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..messages import ERROR, INFO, Text
from ..opening.markup import letters
from ..standard.names import fold
from .cells import NoNumber, Problems, Wrong, exact, is_nothing, text_of
from .headings import AMOUNT, BESIDE, NAME, Columns, Table

#: Columns of no kind of paper whose numbers are no amounts.
_LABELS = re.compile(
    r"序号?|编号|行号|行次|行业|no\.?|#|.*(?:代码|编码|电话|手机|邮编|邮政编码|日期|时间|年份|年度|月份|经度|纬度|许可证).*"
)
#: Headings that are listed.
_MOST = 8


class _Cell(NamedTuple):
    """A number that nobody took."""

    row: int
    col: int
    role: str | None
    value: Any


def tell_rest(tables: Sequence[Table], columns: Columns, problems: Problems) -> None:
    """The numbers of a sheet's tables that nothing became of."""
    for table in tables:
        beside: list[_Cell] = []
        for row in table.rows():
            left = list(_left(table, columns, row, problems))
            if table.took(row):
                beside += left
                continue
            named = any(
                not is_nothing(table.cell(row, key)) for key, each in columns.columns.items() if each.role == NAME
            )
            lost = [cell for cell in left if cell.role == AMOUNT or (cell.role == BESIDE and not named)]
            if lost:
                _row(table, lost[0], problems, named)
            else:
                beside += (cell for cell in left if cell.role is None)
        _beside(table, beside, problems)


def _left(table: Table, columns: Columns, row: int, problems: Problems) -> Iterator[_Cell]:
    """The numbers of a row that were not taken; none where it was told why the row, or the column, is not."""
    cells = table.sheet.grid[row]
    keys = {found.col: key for key, found in table.columns.items()}
    left = []
    for col, value in enumerate(cells):
        key = keys.get(col)
        role = columns.columns[key].role if key is not None else None
        if role in (None, AMOUNT, BESIDE) and not (key and table.took(row, key)) and holds_number(value):
            left.append(_Cell(row, col, role, value))
    if not table.took(row) and left and any(table.sheet.at(row, col) in problems.told for col in range(len(cells))):
        return
    for cell in left:
        if table.sheet.at(row, cell.col) in problems.told:
            continue
        of_column = (table.sheet.at(head, cell.col) for head in range(table.top, table.first))
        is_label = cell.role is None and _LABELS.fullmatch(fold(_heading(table, cell.col)))
        if not is_label and not problems.told.intersection(of_column):
            yield cell


def holds_number(value: Any) -> bool:
    """Whether a cell holds a number that is not 0, or what may be one: an error value, a number below 0."""
    try:
        return bool(exact(value))
    except NoNumber:
        return False
    except Wrong:
        return True


def _heading(table: Table, col: int) -> str:
    """What a column is called, by the lowest of its headings."""
    grid = table.sheet.grid
    texts = (text_of(grid[row][col]) for row in range(table.first - 1, table.top - 1, -1) if col < len(grid[row]))
    found = [" ".join(text.split()) for text in texts]
    return next((text for text in found if re.search(r"[^\W\d]", text)), letters(col))


def _row(table: Table, cell: _Cell, problems: Problems, named: bool) -> None:
    text = (
        Text(
            "此行有数（{v}）而没有被采用，未导入 — 请核对此行的各列",
            "the row holds a number ({v}) of which nothing was made: not imported — check the columns of the row",
        )
        if named
        else Text(
            "此行有数（{v}）而没有名称，不知道是什么，未导入 — 请补填名称；是合计的请写“合计”",
            "the row holds a number ({v}) and no name, so what it is of is not known: not imported — fill in the name, “合计” for a total",
        )
    )
    where = table.sheet.at(cell.row, cell.col)
    problems.say(ERROR, "paper-row-unnamed", where, text.fill(v=text_of(cell.value)[:40]), "completeness")


def _beside(table: Table, cells: list[_Cell], problems: Problems) -> None:
    """Once a table: the columns whose numbers were not needed, or are not known."""
    for known in (True, False):
        left = [cell for cell in cells if (cell.role is not None) == known and (not known or cell.role == AMOUNT)]
        if not left:
            continue
        names = list(dict.fromkeys(_heading(table, cell.col) for cell in left))
        text = (
            Text(
                "{n} 个数没有用到（列：{h}；首个为 {v}）：同一行已按其他列取数 — 请核对",
                "{n} numbers were not needed (columns: {h}; the first is {v}): their rows were read by other columns — check them",
            )
            if known
            else Text(
                "{n} 个数所在的列不认识，未读取（{h}；首个为 {v}）— 应计入的请自行填写，或用 jwdt import --map 导入",
                "{n} numbers stand in columns that are not known and not read ({h}; the first is {v}) — type what counts, or import it with jwdt import --map",
            )
        )
        shown = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
        filled = text.fill(n=len(left), h=shown, v=text_of(left[0].value)[:40])
        where = table.sheet.at(left[0].row, left[0].col)
        problems.say(INFO, "paper-number-beside" if known else "paper-column-unknown", where, filled, "completeness")
