"""Tables found by their headings: one row or several, with merged cells, units in brackets, a row of numbers below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..messages import ERROR, Text
from ..standard.names import fold
from ..standard.units import Unit
from .cells import Problems, in_brackets, is_nothing, text_of, unit_named, without_brackets
from .paper import Grid, Sheet

#: Rows above the headings: a title, whose it is, the period; and rows of headings, from the top of merged cells down.
_WITHIN, _DEEPEST = 40, 4
#: What may stand in the brackets of a heading that states a unit, and is none.
_REMARKS = re.compile(
    r"实物量|合计|其中|废气|废水|污水|选填|必填|原文|可选|自动|系统|平均|全年|年度|本年|当量值|等价值|标况|干基|湿基|\d{0,2}|[甲乙丙丁]"
)
#: Below the headings of forms stands what the columns are called in their instructions.
_NUMBERING = re.compile(r"[甲乙丙丁戊己庚辛]|\(?\d{1,2}\)?|[-—]|[a-z]|\d+=.*")
_PUNCTUATION = re.compile(r"[:：*※#。.]")
_LONGEST = 80
#: What stands below a table: notes, and who signed it.
_FOOT = re.compile(
    r"(?:注释?|说明|备注|附注|填表说明|填报说明|资料来源|数据来源|note|单位负责人|企业负责人|统计负责人|部门负责人|负责人|法定代表人|填表人|填报人|制表人?|编制人?|"
    r"经办人|审核人?|复核人?|联系人|联系电话|电话|报出日期|填表日期|填报日期|制表日期)(?:\([^)]*\))?[\d一二三四五]*[:、.]"
)
#: What a column is: the names of rows; amounts; what may stand beside amounts (coefficients, money, limits); other labels.
NAME, AMOUNT, BESIDE, LABEL = "name", "amount", "beside", "label"


class Column(NamedTuple):
    """A column of a paper by its published headings, folded and without brackets; what its numbers measure."""

    key: str
    names: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    #: What becomes of numbers in it that no reader takes (see accounted).
    role: str = AMOUNT


def column(key: str, names: str, *dimensions: str, role: str = AMOUNT) -> Column:
    return Column(key, tuple(fold(name) for name in names.split("|")), dimensions, role)


class Found(NamedTuple):
    """A column where it stands: its place, and the texts of its brackets."""

    col: int
    row: int
    brackets: tuple[str, ...]
    heading: str


class Table(NamedTuple):
    """A table of a sheet."""

    sheet: Sheet
    columns: dict[str, Found]
    #: The first row of the headings, and the first of the data; the end of the data.
    top: int
    first: int
    end: int
    #: The rows and columns that a reader has understood.
    taken: set[tuple[int, str]]

    def cell(self, row: int, key: str) -> Any:
        found = self.columns.get(key)
        cells = self.sheet.grid[row]
        return cells[found.col] if found is not None and found.col < len(cells) else None

    def text(self, row: int, key: str) -> str:
        return text_of(self.cell(row, key))

    def at(self, row: int, key: str) -> str:
        found = self.columns.get(key)
        return self.sheet.at(row, found.col if found else 0)

    def rows(self) -> Iterator[int]:
        """Rows that hold anything, but notes and signatures."""
        for row in range(self.first, self.end):
            first = next((cell for cell in self.sheet.grid[row] if not is_nothing(cell)), None)
            if first is not None and not (isinstance(first, str) and _FOOT.match(fold(first))):
                yield row

    def take(self, row: int, *keys: str) -> None:
        """A row was understood: all of its columns, or these."""
        self.taken.update((row, key) for key in keys or self.columns)

    def took(self, row: int, key: str = "") -> bool:
        return (row, key) in self.taken if key else any((row, each) in self.taken for each in self.columns)

    def above(self) -> Grid:
        return self.sheet.grid[: self.top]


class Columns:
    """The columns of a kind of paper by their names."""

    def __init__(
        self, columns: Sequence[Column], needed: Sequence[str], one_of: Sequence[str] = (), least: int = 0
    ) -> None:
        self.columns = {column.key: column for column in columns}
        self.needed, self.one_of, self.least = frozenset(needed), frozenset(one_of), least
        self._keys: dict[str, str] = {}
        for each in columns:
            for name in each.names:
                self._keys.setdefault(name, each.key)

    def key_of(self, heading: str) -> str | None:
        """The column of a folded heading."""
        if not heading or len(heading) > _LONGEST:
            return None
        for name in (heading, _PUNCTUATION.sub("", heading), _PUNCTUATION.sub("", without_brackets(heading))):
            if name in self._keys:
                return self._keys[name]
        return None

    def worth(self, cells: Sequence[str]) -> int:
        """How much a row of texts says as a heading."""
        return len({self.key_of(fold(text_of(cell))) for cell in cells} - {None})

    def are_there(self, keys: set[str]) -> bool:
        return self.needed <= keys and (not self.one_of or bool(self.one_of & keys)) and len(keys) >= self.least

    def tables(self, sheet: Sheet, problems: Problems) -> list[Table] | None:
        """The tables of a sheet, one below the other; None where there is none of this kind."""
        start, tables, any_found = 0, [], False
        while (found := self._next(sheet, start, problems)) is not None:
            any_found = True
            top, first, columns = found
            end = self._end(sheet.grid, first)
            if self.are_there(set(columns)):
                tables.append(Table(sheet, columns, top, first, end, set()))
            start = max(end, top + 1)
        return tables if any_found else None

    def _next(self, sheet: Sheet, start: int, problems: Problems) -> tuple[int, int, dict[str, Found]] | None:
        grid = sheet.grid
        for top in range(start, min(start + _WITHIN, len(grid))):
            if not self.worth(grid[top]):
                continue
            best: tuple[int, dict[str, list[Found]]] | None = None
            for depth in range(1, min(_DEEPEST, len(grid) - top) + 1):
                columns = self._columns(grid, top, depth)
                if self.are_there(set(columns)) and (best is None or len(columns) > len(best[1])):
                    best = depth, columns
            if best is not None:
                depth, columns = best
                first = top + depth
                while first < len(grid) and _is_numbering(grid[first]):
                    first += 1
                return top, first, self._single(sheet, columns, problems)
        return None

    def _columns(self, grid: Grid, top: int, depth: int) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = {}
        width = max(len(grid[row]) for row in range(top, top + depth))
        own = [[fold(text_of(_at(grid, row, col))) for col in range(width)] for row in range(top, top + depth)]
        spread = [_spread(cells) for cells in own]
        for col in range(width):
            stack = [cells[col] for cells in own]
            low = max((level for level in range(depth) if stack[level]), default=-1)
            if low < 0:
                continue
            above = [spread[level][col] for level in range(low) if spread[level][col]]
            names = ["".join([*above[i:], stack[low]]) for i in range(len(above) + 1)]
            names += [stack[level] for level in range(low - 1, -1, -1) if stack[level]]
            key = next(filter(None, map(self.key_of, names)), None)
            if key is not None:
                brackets = tuple(
                    dict.fromkeys(part for text in (stack[low], *reversed(above)) for part in in_brackets(text))
                )
                found.setdefault(key, []).append(Found(col, top + low, brackets, stack[low]))
        return found

    def _single(self, sheet: Sheet, columns: dict[str, list[Found]], problems: Problems) -> dict[str, Found]:
        """Of two columns that say the same none is used."""
        for places in columns.values():
            if len(places) > 1:
                text = Text(
                    "与 {o} 的列名相同，无法确定用哪一列，都未采用 — 请删去一列，或用 jwdt import --map 说明",
                    "is named as {o}, so it is not known which column counts and neither is used — delete one, or say it with jwdt import --map",
                )
                first, second = (sheet.at(found.row, found.col) for found in places[:2])
                problems.say(ERROR, "paper-column-twice", second, text.fill(o=first))
                problems.told.update(sheet.at(found.row, found.col) for found in places)
        return {key: places[0] for key, places in columns.items() if len(places) == 1}

    def _end(self, grid: Grid, first: int) -> int:
        """Where the next headings of the kind stand, or the sheet ends."""
        for row in range(first + 1, len(grid)):
            if self.worth(grid[row]) >= max(2, len(self.needed)) and self.are_there(set(self._columns(grid, row, 1))):
                return row
        return len(grid)

    def units(self, table: Table, key: str, problems: Problems) -> tuple[Unit, ...] | None:
        """The units that a heading states, none where it states none; None where what it states cannot be."""
        found = table.columns[key]
        units = []
        for part in found.brackets:
            unit = unit_named(part)
            if unit is not None and unit.dimension in self.columns[key].dimensions:
                units.append(unit)
            elif unit is not None or not _REMARKS.fullmatch(part):
                text = Text(
                    "表头的单位“{u}”不能用于此列 — 请核对表头，或用 jwdt import --map 说明",
                    "the unit “{u}” of the heading does not fit this column — check the heading, or say it with jwdt import --map",
                )
                problems.say(ERROR, "paper-unit", table.at(found.row, key), text.fill(u=part))
                return None
        return tuple(units)


def _at(grid: Grid, row: int, col: int) -> Any:
    return grid[row][col] if col < len(grid[row]) else None


def _spread(cells: list[str]) -> list[str]:
    """Merged cells hold their text in the first of them."""
    found, last = [], ""
    for text in cells:
        last = text or last
        found.append(last)
    return found


def _is_numbering(cells: Sequence[Any]) -> bool:
    filled = [fold(text_of(cell)) for cell in cells if not is_nothing(cell) or text_of(cell)]
    return not filled or (
        len(filled) > 1 and all(map(_NUMBERING.fullmatch, filled)) and len(set(filled)) == len(filled)
    )
