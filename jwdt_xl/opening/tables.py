"""Tables that an evaluator keeps (a register, a review): CSV or Excel, columns found by their headings, ids as text."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import ERROR, UNSEEN, WARNING, Finding, Text, joined
from ..standard.names import fold
from . import delimited, ods
from .container import JSON, is_old, kind_of, read
from .delimited import HEADING_WITHIN
from .markup import place
from .refusals import refused
from .untold import ErrorValue, formula_note

#: No cell that is longer is a heading.
_LONGEST_HEADING = 200
#: How many headings a refusal lists, and how much of each.
_LISTED, _LISTED_LENGTH = 12, 30
#: What people add to a heading: a mark that it is needed, a remark in brackets.
_ADDED = re.compile(r"[(\[【{<《].*?[)\]】}>》]|[*※#:。]")
#: How Excel is made to keep an id as text in a CSV.
_KEPT = re.compile(r"=\s*\"(.*)\"", re.DOTALL)


class Row(NamedTuple):
    """A row of the table: its fields as text, and its place for messages."""

    place: str
    fields: dict[str, str]
    #: Fields whose cell holds a number, so that an id may have lost digits.
    numbers: frozenset[str]
    #: Where it stands on its sheet (from 1), and all its cells, known or not.
    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The rows, wholly blank ones left out, and what is to be said about where they were found."""

    rows: list[Row]
    notes: list[Finding]
    #: What stands above its columns, whether it is known or not.
    heading: tuple[str, ...]


class _Names(NamedTuple):
    """By folded name the column and how far down it stands in the list of its names."""

    keys: dict[str, tuple[str, int]]
    needed: frozenset[str]

    def columns(self, cells: Sequence[Any]) -> dict[str, list[tuple[int, int]]]:
        """By key the columns that a row names: how plainly, and where; the plainest first."""
        found: dict[str, list[tuple[int, int]]] = {}
        for col, cell in enumerate(cells):
            text = typed(cell)
            if len(text) > _LONGEST_HEADING:
                continue
            folded = fold(text)
            for rank, name in enumerate((folded, _ADDED.sub("", folded))):
                if name in self.keys:
                    key, place = self.keys[name]
                    found.setdefault(key, []).append((100 * rank + place, col))
                    break
        return {key: sorted(places) for key, places in found.items()}

    def heading(self, grid: Sequence[Sequence[Any]]) -> _Heading | None:
        """Where all columns that are needed are named: in a row, or in two of merged cells."""
        for row, cells in enumerate(grid[:HEADING_WITHIN]):
            below = grid[row + 1] if row + 1 < len(grid) else ()
            if self._names(cells):
                if self._goes_on(cells, below):
                    return _Heading(row + 1, self._joined(cells, below))
                return _Heading(row, cells)
            if self._names(both := self._joined(cells, below)):
                beyond = grid[row + 2] if row + 2 < len(grid) else ()
                if not (self._names(below) and self._goes_on(below, beyond)):
                    return _Heading(row + 1, both)
        return None

    def _names(self, cells: Sequence[Any]) -> bool:
        return self.needed <= set(self.columns(cells))

    def _goes_on(self, cells: Sequence[Any], below: Sequence[Any]) -> bool:
        """Whether a heading has a second row: it adds a column or a remark, and says nothing else where one is needed."""
        there, joined = self.columns(cells), self.columns(self._joined(cells, below))
        for key in self.needed:
            for _, col in there[key]:
                lower = typed(below[col]) if col < len(below) else ""
                if lower and _ADDED.sub("", fold(lower)) and col not in _places(self.columns(below), key):
                    return False
        said = [cell for cell in below if typed(cell)]
        return self.needed <= set(joined) and (len(joined) > len(there) or (bool(said) and all(map(_is_remark, said))))

    def _joined(self, upper: Sequence[Any], lower: Sequence[Any]) -> list[str]:
        """Two rows as one: the lower cell, or both together, where that is a name; else the upper one, if its column has no other."""
        named = {key for key in self.columns(lower)}
        cells = []
        for col in range(max(len(upper), len(lower))):
            above, below = (typed(row[col]) if col < len(row) else "" for row in (upper, lower))
            if below and self.columns([below]):
                cells.append(below)
            elif above and below and self.columns([above + below]):
                cells.append(above + below)
            else:
                cells.append("" if named & set(self.columns([above])) else above or below)
        return cells

    def seen(self, grid: Sequence[Sequence[Any]]) -> tuple[int, list[str]]:
        """What looks most like a heading where none is found: its row, and what stands there."""
        rows = [[text for cell in cells if (text := typed(cell))] for cells in grid[:HEADING_WITHIN]]
        known = [(len(self.columns(row)), len(row)) for row in rows]
        best = max(range(len(rows)), key=lambda i: known[i], default=0)
        return best, rows[best] if rows else []


class _Heading(NamedTuple):
    """The last row of a heading, and its cells."""

    row: int
    cells: Sequence[Any]


def _places(found: Mapping[str, list[tuple[int, int]]], key: str) -> set[int]:
    return {col for _, col in found.get(key, ())}


def _is_remark(cell: Any) -> bool:
    text = fold(typed(cell))
    return bool(text) and not _ADDED.sub("", text)


def typed(value: Any) -> str:
    """A cell as text, without what programs put around an id so that it stays one, and without what cannot be seen."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = UNSEEN.sub(lambda found: " " if found[0] in "\t\r\n" else "", "" if value is None else str(value)).strip()
    kept = _KEPT.fullmatch(text)
    return (kept[1] if kept else text).lstrip("'`’‘").strip()


def code_of(text: str) -> str:
    """A code as it is written on paper: of usual width, in capitals, without blanks and dashes."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum() or sign == ".")


def read_table(path: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Table:
    """The rows of a table whose columns are known by any of their names, on whatever sheet it stands."""
    name = os.path.basename(path)
    keys = {
        fold(alias): (key, place) for key, aliases in columns.items() for place, alias in enumerate((*aliases, key))
    }
    names = _Names(keys, frozenset(needed))
    title, grid, others, formulas = _found(path, names)
    heading = names.heading(grid)
    if heading is None:
        raise _no_heading(path, columns, needed, *names.seen(grid))
    top = heading.row
    where = f"{name} {title}" if title else name
    notes = [several_tables(name, title or others[0], others)] if others else []
    notes += formula_note(where, formulas)
    found = {key: _one(where, top, key, places, names, notes) for key, places in names.columns(heading.cells).items()}
    rows, wrong = [], list[Finding]()
    for number, cells in enumerate(grid[top + 1 :], top + 2):
        values = {key: cells[col] if col < len(cells) else "" for key, col in found.items() if col is not None}
        fields = {key: typed(value) for key, value in values.items()}
        wrong += (
            Finding(ERROR, error.code, f"{where}:{place(number - 1, found[key] or 0)}", error.why())
            for key, value in values.items()
            if (error := _error(value)) is not None
        )
        if any(fields.values()):
            numeric = frozenset(key for key, value in values.items() if isinstance(value, float))
            rows.append(Row(f"{where}:{number}", fields, numeric, number, tuple(map(typed, cells))))
    if wrong:  # no blanks: a table that half of is read would be taken for the whole
        raise Refused(tuple(wrong))
    # of merged cells the lower row says more, and a title above says nothing of a column
    lower = [typed(cell) for cell in grid[top]]
    shown = (below or typed(cell) for cell, below in zip_longest(heading.cells, lower, fillvalue=""))
    return Table(rows, notes, tuple(shown))


def _error(value: Any) -> ErrorValue | None:
    """The error value of a cell; a CSV has it as a text."""
    if isinstance(value, ErrorValue):
        return value
    return ErrorValue(value.strip()) if isinstance(value, str) and ods.ERRORS.fullmatch(value.strip()) else None


def _no_heading(
    path: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str], row: int, seen: Sequence[str]
) -> Refused:
    listed = "、".join(text[:_LISTED_LENGTH] for text in seen[:_LISTED]) + ("…" if len(seen) > _LISTED else "")
    there = Text("第 {r} 行是：{h}", "row {r} has: {h}").fill(r=row + 1, h=listed) if seen else _BLANK
    return refused(
        path,
        "no-heading",
        "没有找到表头，须有列：{n}；{t} — 请在表格上方一行写明列名，或改为上述列名",
        "no heading found, must have the columns: {n}; {t} — name the columns in a row above the table, or rename them so",
        n="、".join("/".join(columns[key][:2]) for key in needed),
        t=there,
    )


_BLANK = Text("表中没有内容", "the table is blank")


def _one(
    where: str, row: int, key: str, places: Sequence[tuple[int, int]], names: _Names, notes: list[Finding]
) -> int | None:
    """The column of a key; where two say the same none is used, and none can be done without that is needed."""
    if len(places) == 1 or places[0][0] < places[1][0]:
        return places[0][1]
    both = [f"{where}:{place(row, col)}" for rank, col in places if rank == places[0][0]]
    text = Text(
        "与 {o} 的列名相同，无法确定用哪一列 — 请删去一列，或改名",
        "is named as {o}, so it is not known which column counts — delete or rename one",
    ).fill(o=both[0])
    if key in names.needed or places[0][0] < 100:
        raise Refused((Finding(ERROR, "column-twice", both[1], text),))
    notes.append(
        Finding(WARNING, "columns-alike", both[1], Text("{t}；两列都未采用", "{t}; neither is used").fill(t=text))
    )
    return None


def several_tables(name: str, used: str, others: Sequence[str]) -> Finding:
    text = Text(
        "{n} 张工作表都像所要的表，只读“{u}”，未读：{o} — 若不对，请把所要的表单独存为一个文件",
        "{n} sheets look like the table, only “{u}” is read, not read: {o} — if that is wrong save the one you mean as a file of its own",
    ).fill(n=len(others), u=used, o=joined([Text(title, title) for title in others if title != used]))
    return Finding(WARNING, "several-tables", name, text, "completeness")


def _found(path: str, names: _Names) -> tuple[str, Sequence[Sequence[Any]], list[str], Collection[tuple[int, int]]]:
    """The sheet (no name for the first, and for a text), its cells, all sheets that would do where these are several, and
    the places of its formulas that have a value.
    """
    if path.lower().endswith(delimited.SUFFIXES):
        return "", delimited.rows(path, read(path), partial(_worth, names)), [], ()
    if not is_old(path) and kind_of(path) == JSON:
        raise refused(
            path,
            "not-a-table",
            "须为 CSV 或 Excel 文件 — 请另存为 .csv 或 .xlsx",
            "must be a CSV or Excel file — save it as .csv or .xlsx",
        )
    from .fitting import fitting

    first, fits = fitting(path, names.heading)
    title, (grid, formulas) = next(iter(fits.items()))
    return "" if title == first else title, grid, list(fits) if len(fits) > 1 else [], formulas


def _worth(names: _Names, cells: Sequence[str]) -> int:
    return len(names.columns(cells))
