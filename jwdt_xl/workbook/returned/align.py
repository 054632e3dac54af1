"""Rows and columns that were moved, found again by their headings; and sheets whose end lies far beyond the data.

A form of an older layout is read the same way; what its layout did not ask for yet is blank.

Nothing is guessed: where a heading is missing or stands in another order the sheet stays as it is, and the reader names
the cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...errors import Refused
from ...messages import ERROR, INFO, WARNING, Finding, Text
from ...opening.limits import DEFAULT
from ..layout import Layout
from ..plan import SETTING_COLUMNS, SETTINGS_FIRST, SETTINGS_INPUT

Grid = list[list[Any]]
Places = dict[int, int]

#: How far headings are looked for, down and to the right.
_WITHIN_ROWS, _WITHIN_COLUMNS = 200, 60
_NOWHERE = 1_000_000
_CELL = re.compile(r"^(.*)!([A-Z]{1,3}[0-9]+)$")


def check_end(title: str, end: tuple[int, int] | None) -> None:
    """Refuses a sheet that reaches absurdly far; asked before its cells are turned into objects."""
    if end is None or (end[0] < DEFAULT.rows and (end[0] + 1) * (end[1] + 1) <= DEFAULT.cells):
        return
    text = Text(
        "工作表延伸到 {c}，远离填报区，数据须在填报区内 — 请删除多余的行和列（不只是清除内容）后另存",
        "the sheet reaches to {c}, far beyond the input area, data must be in it — delete the superfluous rows and columns (not just the content) and save the file anew",
    ).fill(c=xl_rowcol_to_cell(*end))
    raise Refused((Finding(ERROR, "stray-cell", f"{title}!{xl_rowcol_to_cell(*end)}", text),))


class Aligned:
    """The grids with every heading at its place, and where their cells stand in the file.

    older: the file's layout, where that is an older one.
    """

    def __init__(self, layout: Layout, grids: dict[str, Grid], older: str = "") -> None:
        self.layout = layout
        self._older = older
        self.grids = dict(grids)
        self.moved: list[Finding] = []
        self.wrong: list[Finding] = []
        self._places: dict[str, tuple[Places, Places]] = {}
        for sheet in layout.forms:
            self._form(sheet)
        for name in layout.tables:
            self._table(name)
        self._settings()

    def place(self, where: str) -> str:
        """A place by the layout as a place in the file."""
        found = _CELL.match(where)
        if not found or found[1] not in self._places:
            return where
        rows, columns = self._places[found[1]]
        row, column = xl_cell_to_rowcol(found[2])
        return f"{found[1]}!{xl_rowcol_to_cell(rows.get(row, row), columns.get(column, column))}"

    def back(self, title: str) -> tuple[Places, Places]:
        """Where the rows and columns of the layout stand in the file; nothing where they were not moved."""
        return self._places.get(title, ({}, {}))

    def by_layout(self, title: str, places: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Places in the file as the layout has them."""
        rows, columns = ({there: here for here, there in way.items()} for way in self.back(title))
        return frozenset((rows.get(row, row), columns.get(col, col)) for row, col in places)

    def placed(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding._replace(where=self.place(finding.where)) for finding in findings)

    def _at(self, sheet: str, row: int, column: int) -> str:
        grid = self.grids[sheet]
        cells = grid[row] if row < len(grid) else []
        return first_line(cells[column]) if column < len(cells) else ""

    def _move(self, sheet: str, rows: Places, columns: Places) -> None:
        """Bring rows and columns (place by the layout → place in the file) to where the layout has them."""
        old = self.grids[sheet]
        height, width = max(rows, default=-1) + 1, max(columns, default=-1) + 1
        grid: Grid = [[""] * width for _ in range(height)]
        for row, there in rows.items():
            cells = old[there] if there < len(old) else []
            for column, beside in columns.items():
                grid[row][column] = cells[beside] if beside < len(cells) else ""
        self.grids[sheet] = grid
        title = self.layout.title(sheet)
        self._places[title] = (rows, columns)
        severity, code, text = (
            WARNING,
            "moved",
            Text(
                "行或列被移动，已按表头找到 — 请核对；填报时请不要插入或删除行列",
                "rows or columns were moved and found by their headings — check them; do not insert or delete rows and columns",
            ),
        )
        if self._older:
            severity, code, text = (
                INFO,
                "older-layout",
                Text(
                    "旧版布局 {v}，已按表头转入；旧版没有的栏目按空白处理 — 可用 jwdt fill --from 转入新模板",
                    "of layout {v}, read by its headings; what it did not ask for is blank — jwdt fill --from writes it into the new template",
                ).fill(v=self._older),
            )
        first = next(iter(rows.items()), (0, 0))[1]
        where = f"{title}!{xl_rowcol_to_cell(first, min(columns.values(), default=0))}"
        self.moved.append(Finding(severity, code, where, text, "objectivity"))

    # A form: labels in the first column, in their order

    def _form(self, sheet: str) -> None:
        fields = [field for field in self.layout.fields.values() if field.cell.sheet == sheet]
        wanted = [(field.cell.row, first_line(self.layout.text(field.label))) for field in fields]
        differing = [row for row, label in wanted if self._at(sheet, row, 0) != label]
        if not differing:
            return
        for column in range(_WITHIN_COLUMNS):
            new = {field.cell.row for field in fields if self._older and not field.spec.required}
            rows = self._in_order(sheet, column, wanted, new)
            if rows is not None:
                width = max(field.cell.col for field in fields) + 1
                self._move(sheet, rows, {i: column + i for i in range(width)})
                return
        row = differing[0]
        label = next(label for at, label in wanted if at == row)
        where = f"{self.layout.title(sheet)}!{xl_rowcol_to_cell(row, 0)}"
        text = Text(
            "此行须为“{w}”，实为“{f}”；请恢复原模板的行列",
            "this row must be “{w}”, found “{f}”; restore the template's rows and columns",
        ).fill(w=label, f=self._at(sheet, row, 0))
        self.wrong.append(Finding(ERROR, "moved-header", where, text))

    def _in_order(
        self, sheet: str, column: int, wanted: Sequence[tuple[int, str]], new: Collection[int] = ()
    ) -> Places | None:
        """The rows of the labels, where the sheet's column has exactly these among others, in this order.

        new: the rows that an older layout may not have. Two of one label cannot be told apart, so both must be there.
        """
        labels = {label for _, label in wanted}
        grid = self.grids[sheet][:_WITHIN_ROWS]
        found = [row for row in range(len(grid)) if self._at(sheet, row, column) in labels]
        there = {self._at(sheet, row, column) for row in found}
        wanted = [(row, label) for row, label in wanted if label in there or row not in new]
        if [self._at(sheet, row, column) for row in found] != [label for _, label in wanted]:
            return None
        return {row: there for (row, _), there in zip(wanted, found, strict=True)}

    # A table: headings in one row, in any order

    def _table(self, name: str) -> None:
        table = self.layout.tables[name]
        wanted = {
            table.inputs[field]: self.layout.text(spec.label).split("\n")[0].strip()
            for field, spec in specs(TABLES[name]).items()
        }
        fields = specs(TABLES[name])
        new = {table.inputs[field] for field, spec in fields.items() if self._older and not spec.required}
        columns = self._headed(table.sheet, table.header, wanted, new)
        if columns is None:
            return
        header, found = columns
        last = len(self.grids[table.sheet])
        rows = {table.header + i: header + i for i in range(last - header)}
        self._move(table.sheet, rows, {**dict.fromkeys(wanted, _NOWHERE), **found})
        for column in wanted.keys() - found.keys():
            self.grids[table.sheet][table.header][column] = wanted[column]

    def _headed(
        self, sheet: str, header: int, wanted: dict[int, str], new: Collection[int]
    ) -> tuple[int, Places] | None:
        """Where the headings stand if not at their place; None if they do, or cannot be found."""
        if all(self._at(sheet, header, column) == title for column, title in wanted.items()):
            return None
        for row in range(min(len(self.grids[sheet]), _WITHIN_ROWS)):
            titles = [first_line(cell) for cell in self.grids[sheet][row][:_WITHIN_COLUMNS]]
            places = {column: titles.index(title) for column, title in wanted.items() if title in titles}
            if wanted.keys() - places.keys() <= set(new):
                return row, places
        return None

    # The settings: a table by indicator, and options below it

    def _settings(self) -> None:
        sheet = "settings"
        codes = [node.code for node in self.layout.guide.indicators]
        options = {
            field.cell.row: first_line(self.layout.text(field.label))
            for path, field in self.layout.fields.items()
            if path.startswith("options.")
        }
        rows = {SETTINGS_FIRST + i: code for i, code in enumerate(codes)}
        if all(self._at(sheet, row, 0) == code for row, code in rows.items()) and all(
            self._at(sheet, row, 1) == label for row, label in options.items()
        ):
            titles = {
                SETTINGS_INPUT + j: self.layout.text(label) for j, (label, _) in enumerate(SETTING_COLUMNS.values())
            }
            if all(self._at(sheet, SETTINGS_FIRST - 1, column) == title for column, title in titles.items()):
                return
        for column in range(_WITHIN_COLUMNS):
            found = self._in_order(sheet, column, list(rows.items()))
            beside = self._in_order(sheet, column + 1, list(options.items()), options if self._older else ())
            if found is not None and beside is not None:
                moved = self._setting_columns(sheet, min(found.values()) - 1, column)
                if moved is not None:
                    self._move(sheet, {SETTINGS_FIRST - 1: min(found.values()) - 1, **found, **beside}, moved)
                    return
        text = Text(
            "指标行、选项行或表头与模板不符；请恢复原模板的行列",
            "the rows of indicators or options, or the headings, are not the template's; restore its rows and columns",
        )
        where = f"{self.layout.title(sheet)}!{xl_rowcol_to_cell(SETTINGS_FIRST - 1, 0)}"
        self.wrong.append(Finding(ERROR, "moved-header", where, text))

    def _setting_columns(self, sheet: str, header: int, first: int) -> Places | None:
        titles = [first_line(cell) for cell in self.grids[sheet][header][:_WITHIN_COLUMNS]] if header >= 0 else []
        wanted = [self.layout.text(label) for label, _ in SETTING_COLUMNS.values()]
        if any(title not in titles for title in wanted) and not self._older:
            return None
        # what stands left of the inputs (code, level, name, weight) moves with the codes; so does the options' input
        return {
            0: first,
            1: first + 1,
            2: first + 2,
            3: first + 3,
            **{SETTINGS_INPUT + j: titles.index(t) for j, t in enumerate(wanted) if t in titles},
        }


def first_line(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():  # a code or label that a program saved as a number
        return str(int(cell))
    return str(cell).split("\n")[0].strip()
