"""A table of enterprises, a row each: its columns, and the numbers in them. What is no enterprise is left out and told."""

from __future__ import annotations

import hashlib
import math
import os
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..assessment.checks.benchmarks import FAR_OFF, is_hundredfold, times_apart
from ..assessment.values import of_text
from ..messages import ERROR, WARNING, Finding, Text
from ..messages import number as shown
from ..opening import delimited
from ..opening.container import read
from ..opening.formats import NOWHERE, Places, of_percent, percents, shown_as_percent
from ..opening.refusals import refused
from ..opening.tables import several_tables
from ..opening.untold import Unsaved, formula_note
from ..standard.guide import Guide, Node
from ..standard.names import fold
from ..standard.numbers import advice
from ..standard.totals import is_of_all, sums
from .headings import matches, parted

#: What cells say that hold no number; a case of synergy is no number either.
_BLANK = {fold(word) for word in ("", "-", "–", "—", "/", "n/a", "na", "nan", "none", "null", "不适用", "缺", "缺失", "missing", "not applicable")}  # fmt: skip
#: In the place of a formula whose value the file does not hold: no blank.
_UNSAVED = "=…（公式没有保存结果 / formula without a saved value）"
#: Headings of the column that says which enterprise a row is.
_IDS = tuple(
    fold(word) for word in ("uscc", "统一社会信用代码", "enterprise", "企业", "企业名称", "id", "file", "文件")
)


_BOOKS = (".xlsx", ".xlsm", ".xlsb", ".ods")


class Table(NamedTuple):
    """A table with one row per enterprise: the rows of each column by heading, and the row number of the first."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    first_row: int = 2
    #: Of a workbook: its formulas that are told, and the cells shown as per cent, by row and heading.
    notes: tuple[Finding, ...] = ()
    percent: frozenset[tuple[int, str]] = frozenset()
    #: Texts of a workbook that are numbers are told; in CSV everything is text.
    typed: bool = False
    #: Of a workbook: the sheet it stands on.
    sheet: str = ""


def digest(path: str | os.PathLike[str]) -> str:
    """The SHA-256 of a file as it is, which any tool computes."""
    return hashlib.sha256(read(os.fspath(path))).hexdigest()


class Names(NamedTuple):
    """The folded names of the columns that are looked for."""

    names: frozenset[str]

    def worth(self, cells: Sequence[Any]) -> int:
        """How many columns a row names."""
        return len({heading for cell in cells if matches(heading := _heading(cell), self.names)})

    def heading(self, grid: Sequence[Sequence[Any]]) -> int | None:
        """The row that names most columns, the first of several: values may look like codes; None where none does."""
        named = [self.worth(cells) for cells in grid[: delimited.HEADING_WITHIN]]
        return named.index(max(named)) if any(named) else None


def names_of(node: Node) -> list[str]:
    """How the column of an indicator may be headed: its code, value_code as in a portfolio, or its name."""
    return [fold(name) for name in (node.code, f"value_{node.code}", *node.name) if name]


def read_table(path: str | os.PathLike[str], guide: Guide | None = None) -> Table:
    """A table from a text (CSV) or a workbook; with its guide on whatever sheet, below whatever title."""
    name = os.fspath(path)
    names = Names(frozenset((*_IDS, *(each for node in guide.leaves for each in names_of(node))) if guide else ()))
    notes: list[Finding] = []
    rows, percent, sheet = _rows(name, names, notes)
    start = names.heading(rows)
    if start is None:
        start = next((i for i, row in enumerate(rows) if any(str(cell).strip() for cell in row)), None)
    if start is None:
        raise refused(name, "empty", "表是空的 — 须有表头和数据行", "the table is empty — it needs headings and rows")
    headings = [_heading(cell) for cell in rows[start]]
    twice = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if twice:
        raise refused(
            name,
            "duplicate-column",
            "表头“{h}”出现两次 — 请删去一列",
            "the heading “{h}” stands twice — delete one column",
            h="”, “".join(twice),
        )
    body = [row for row in rows[start + 1 :]]
    columns = {
        heading: [row[i] if i < len(row) else "" for row in body] for i, heading in enumerate(headings) if heading
    }
    shown_so = frozenset((row - start - 1, headings[col]) for row, col in percent if col < len(headings))
    return Table(name, columns, start + 2, tuple(notes), shown_so, name.lower().endswith(_BOOKS), sheet)


def _heading(cell: Any) -> str:
    """A heading; codes such as 2 arrive as numbers from a workbook."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _rows(name: str, names: Names, notes: list[Finding]) -> tuple[list[list[Any]], Places, str]:
    """The cells of a text, or of the sheet that has the headings; those shown as per cent; the title of the sheet."""
    if not name.lower().endswith(_BOOKS):
        return [list(row) for row in delimited.rows(name, read(name), names.worth)], NOWHERE, ""
    from ..opening.fitting import fitting

    found = fitting(name, names.heading)[1]
    title, (grid, formulas) = next(iter(found.items()))
    notes += formula_note(title, formulas)
    if len(found) > 1:
        notes.append(several_tables(name, title, list(found)))
    for row in grid:
        for col, cell in enumerate(row):
            if isinstance(cell, Unsaved):
                row[col] = _UNSAVED
    return grid, percents(name, title), title


def without_totals(table: Table) -> tuple[Table, list[Finding]]:
    """The table with its rows of totals and means blank, and what is said of them; a row that only adds up is kept."""
    headings = list(table.columns)
    rows = [list(cells) for cells in zip(*table.columns.values(), strict=True)]
    findings = list(table.notes)
    for i, cells in enumerate(rows):
        found = next((j for j, cell in enumerate(cells) if is_of_all(cell)), None)
        if found is None:
            continue
        text = Text(
            "“{v}”行是合计或平均，不是企业，未计入 — 请删去该行",
            "the row “{v}” is a total or mean and no enterprise, so it is left out — delete it",
        ).fill(v=str(cells[found]).strip())
        findings.append(Finding(ERROR, "totals-row", _place(table, headings[found], i), text, "consistency"))
        rows[i] = [""] * len(cells)
    numeric = [
        j
        for j in range(len(headings))
        if any(isinstance(number_of(cells[j]), float) and said(cells[j]) for cells in rows)
    ]
    numeric = [j for j in numeric if fold(headings[j]) not in _IDS]
    filled = [i for i, cells in enumerate(rows) if any(map(said, cells))]
    amounts = [[_or_none(number_of(rows[i][j])) for j in numeric] for i in filled]
    for k in sums(amounts) if len(numeric) > 1 else ():
        text = Text(
            "此行各列都等于上面各行之和，像是合计行，现仍计入 — 若是合计请删去该行",
            "every column of this row is the sum of the rows above it: it looks like a total, and is counted — delete it if it is one",
        )
        findings.append(
            Finding(WARNING, "sum-of-rows", _place(table, headings[numeric[0]], filled[k]), text, "consistency")
        )
    columns = {heading: [cells[j] for cells in rows] for j, heading in enumerate(headings)}
    return table._replace(columns=columns), findings


def said(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _or_none(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def rows_in_use(table: Table) -> int:
    """Rows that say anything: wholly blank ones are no enterprise."""
    rows = zip(*table.columns.values(), strict=True)
    return sum(any(str(cell).strip() for cell in row) for row in rows)


def is_id(heading: str) -> bool:
    """Whether a column says which enterprise a row is."""
    return fold(heading) in _IDS


def twice(table: Table, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> list[Finding]:
    """Enterprises that stand twice: each counts once."""
    name = next((name for name in _IDS if name in columns), None)
    if name is None:
        return []
    heading, cells = columns[name]
    rows: dict[str, int] = {}
    findings = []
    for i, cell in enumerate(cells):
        who = fold(_heading(cell))
        if not who:
            continue
        if who in rows:
            text = Text(
                "“{w}”与第 {r} 行是同一企业，每家只计一次 — 请删去一行",
                "“{w}” is the enterprise of row {r}, each counts once — delete one row",
            ).fill(w=_heading(cell), r=rows[who])
            findings.append(Finding(ERROR, "enterprise-twice", _place(table, heading, i), text, "consistency"))
        rows.setdefault(who, table.first_row + i)
    return findings


def _place(table: Table, heading: str, i: int) -> str:
    return f"{table.name}:{table.first_row + i} {heading}"


class Values:
    """The numbers of a column; blanks, error values and words for missing are left out; what else is no number is wrong.

    percent: they are in %, so that a cell shown as 5 % holds 5, and 5% as text too; times: of another unit.
    """

    def __init__(self, table: Table, heading: str, cells: Sequence[Any], percent: bool, times: float = 1.0) -> None:
        self.told: list[Finding] = []
        self.wrong: list[Finding] = []
        self._table, self._heading, self._percent = table, heading, percent
        wrong = self.wrong
        found: dict[int, float] = {}
        for i, cell in enumerate(cells):
            number = self._number(i, cell)
            if number is None:
                text = Text(
                    "“{v}”不是数字 — {a}，没有数据则留空",
                    "“{v}” is no number — {a}, or leave it blank if there is none",
                )
                wrong.append(
                    Finding(
                        ERROR,
                        "not-a-number",
                        _place(table, heading, i),
                        text.fill(v=cell, a=advice(cell)),
                        "objectivity",
                    )
                )
            elif not math.isnan(number):
                if percent and 0 < number <= 1 and (i, heading) in table.percent:
                    meant = of_percent(number)
                    self.told.append(shown_as_percent(_place(table, heading, i), number, meant))
                    number = meant
                found[i] = number * times
        self.by_row: Mapping[int, float] = found
        self.numbers = list(found.values())
        self._compare(found)

    @property
    def unit(self) -> str:
        """The unit that the heading states; blank where it states none."""
        return parted(self._heading).unit

    def place(self, i: int | None = None) -> str:
        """Where the column stands, or one of its cells."""
        return f"{self._table.name} {self._heading}" if i is None else _place(self._table, self._heading, i)

    def _number(self, i: int, cell: Any) -> float | None:
        if self._percent and isinstance(cell, str) and cell.strip().endswith(("%", "％")):
            cell = cell.strip()[:-1]  # the column is in %
        number = number_of(cell)
        if isinstance(cell, str) and (number is None or (self._table.typed and not math.isnan(number))):
            read: Any = of_text(cell, _place(self._table, self._heading, i), self.told)
            return (
                None
                if isinstance(read, str) and number is None
                else float(read)
                if not isinstance(read, str)
                else number
            )
        return number

    def _compare(self, found: Mapping[int, float]) -> None:
        """A value about 100 times off what is usual in the column, or more."""
        if len(found) < 3:
            return
        middle = statistics.median(found.values())
        for i, value in found.items():
            if FAR_OFF.holds(value=abs(value), benchmark=abs(middle)):
                times = shown(float(f"{times_apart(abs(value), abs(middle)):.1g}"))
                text = Text(
                    "{v} 与本列中位数 {m} 相差约 {f} 倍 — 请核对单位(千、万)和小数点",
                    "{v} is about {f} times off the median of its column, {m} — check its unit (千, 万) and the decimal point",
                ).fill(v=shown(value), m=shown(middle), f=times)
                place = _place(self._table, self._heading, i)
                self.told.append(Finding(WARNING, "far-off-column", place, text, "objectivity"))
            elif is_hundredfold(value, middle):
                text = Text(
                    "{v} 与本列中位数 {m} 相差约 100 倍 — 请核对是否把百分数存成了小数(5% 存为 0.05)",
                    "{v} is about 100 times off the median of its column, {m} — check whether a percentage was stored as a fraction (5 % as 0.05)",
                ).fill(v=shown(value), m=shown(middle))
                self.told.append(
                    Finding(WARNING, "percent-slip", _place(self._table, self._heading, i), text, "objectivity")
                )


def number_of(cell: Any) -> float | None:
    """A cell's number; NaN where it is blank or an error value, None where it is something else."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell) if math.isfinite(cell) else math.nan
    text = str(cell).strip()
    if fold(text) in _BLANK or re.fullmatch(r"#[A-Z0-9/!?]+", text):
        return math.nan
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def grid_of(path: str | os.PathLike[str], words: Iterable[str]) -> list[list[Any]]:
    """The cells of a text, or of the sheet of a workbook with a row that names most of these words."""
    return _rows(os.fspath(path), Names(frozenset(fold(word) for word in words)), [])[0]
