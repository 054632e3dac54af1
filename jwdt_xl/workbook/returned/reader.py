"""Reading a workbook back: the stamp, then sheets and tables through the layout and their headers.

Only values are read (python-calamine); results in the file are never trusted, they are computed anew.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from ...assessment.fields import specs
from ...assessment.model import ALWAYS, FORMAT
from ...assessment.tables import TABLES
from ...assessment.values import of_text
from ...errors import Refused
from ...messages import ERROR, Finding, Text
from ...opening.raw import Raw, look
from ...opening.sheets import book, unreadable
from ...opening.untold import ErrorValue, Unsaved, formula_note
from ...standard import answers
from ...standard.guide import Guide, builtin
from ...standard.record import CHOICE, FLAG, LABEL, NUMBER, TEXT, UNIT, Spec
from ...standard.units import unit_of_label
from .. import plan
from ..bound import without_guides
from ..layout import Layout
from ..measures.places import INPUTS, Places
from ..measures.places import SHEET as MEASURES
from ..measures.reading import plan_of_grid
from ..plan import Cell
from .align import Aligned, check_end
from .percent import PER_CENT, taken_as_percent, told_of_percent
from .sheets import refused, sheets_of, stamp_of

Grid = list[list[Any]]


class RefusedReturn(Refused):
    """A form that cannot be read as data, with what was read of it: it may say whose it is."""

    def __init__(
        self,
        findings: tuple[Finding, ...],
        data: dict[str, Any] | None = None,
        saved: str | None = None,
        stamp: dict[str, str] | None = None,
    ) -> None:
        super().__init__(findings)
        self.data, self.saved, self.stamp = data or {}, saved, stamp or {}


class Returned(NamedTuple):
    """What a workbook says: the data of the assessment file, where they stand, and the stamp."""

    data: dict[str, Any]
    layout: Layout
    stamp: dict[str, str]
    grids: dict[str, Grid]
    aligned: Aligned
    file: CalamineWorkbook
    #: When the document was last saved, in UTC and sortable; None where the file does not say.
    saved: str | None

    def where(self, path: str) -> str:
        """sheet!cell of a path of the assessment file."""
        return self.aligned.place(self.layout.where(path))

    def with_plan(self, path: str | Path) -> Returned:
        """With the measures that the enterprise plans: few ask for them, and they change no number."""
        title = self.layout.title(MEASURES)
        if title not in self.file.sheet_names:
            return self
        columns = set(Places(self.layout).columns[key] for key in INPUTS)
        grid = _grid(self.file, title, look(path, {title}), columns)
        found = plan_of_grid(self.layout, grid, self.data)
        self.aligned.moved += found.findings
        return self._replace(data={**self.data, "plan": found.plan} if found.plan else self.data)

    def grid(self, sheet: str) -> Grid:
        """The cells of a sheet that is no input, as the file shows them; none where it is gone."""
        title = self.layout.title(sheet)
        return _grid(self.file, title, Raw({})) if title in self.file.sheet_names else []


def read(path: str | Path, guides: dict[str, Guide] | None = None) -> Returned:
    """The assessment in a workbook. Raises Refused with the sheet and cell of every error."""
    try:
        file = book(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise unreadable("", error) from error
    stamp = stamp_of(file, path)
    layout = _layout(stamp, guides or {})
    needed = {table.sheet for table in layout.tables.values()} | {field.cell.sheet for field in layout.fields.values()}
    layout, renamed = sheets_of(file, layout, needed)
    titles = {key: layout.title(key) for key in layout.sheets}
    raw = look(path, {titles[key] for key in needed})
    older = stamp["layout"] if int(stamp["layout"]) < plan.VERSION else ""
    columns = _input_columns(layout)
    grids = {key: _grid(file, titles[key], raw, columns[key]) for key in needed}
    aligned = Aligned(layout, grids, older)
    if aligned.moved:  # inputs may stand in other columns: formulas without a value are looked for in all
        aligned = Aligned(layout, {key: _grid(file, titles[key], raw) for key in needed}, older)
    aligned.moved += (*renamed, *_formulas(layout, aligned, raw))
    reading = _Reading(layout, aligned.grids)
    data = reading.data()
    aligned.moved += aligned.placed(reading.told)
    aligned.moved += aligned.placed(told_of_percent(path, layout, aligned, raw, data))
    if aligned.wrong or reading.findings:
        raise RefusedReturn((*aligned.wrong, *aligned.placed(reading.findings)), data, raw.saved, stamp)
    return Returned(data, layout, stamp, aligned.grids, aligned, file, raw.saved)


def _input_columns(layout: Layout) -> dict[str, set[int]]:
    columns: dict[str, set[int]] = {}
    for field in layout.fields.values():
        columns.setdefault(field.cell.sheet, set()).add(field.cell.col)
    for table in layout.tables.values():
        columns.setdefault(table.sheet, set()).update(table.inputs.values())
    return columns


def _grid(file: CalamineWorkbook, title: str, raw: Raw, columns: set[int] | None = None) -> Grid:
    sheet = file.get_sheet_by_name(title)
    check_end(title, sheet.end)
    return raw.put(title, sheet.to_python(skip_empty_area=False), columns)


def _formulas(layout: Layout, aligned: Aligned, raw: Raw) -> list[Finding]:
    """The input cells whose formula is read by its saved value."""
    wanted: dict[str, set[tuple[int, int]]] = {}
    columns: dict[str, dict[int, int]] = {}
    for field in layout.fields.values():
        wanted.setdefault(field.cell.sheet, set()).add((field.cell.row, field.cell.col))
    for table in layout.tables.values():
        columns.setdefault(table.sheet, {}).update(dict.fromkeys(table.inputs.values(), table.first))
    found: list[Finding] = []
    for sheet in wanted.keys() | columns.keys():
        title, firsts, single = layout.title(sheet), columns.get(sheet, {}), wanted.get(sheet, set())
        row_of, column_of = aligned.back(title)
        places = raw.formulas(title, {column_of.get(c, c) for c in {*firsts, *(c for _, c in single)}})
        back_rows, back_columns = ({there: here for here, there in places.items()} for places in (row_of, column_of))
        cells = []
        for place in places:
            row, column = back_rows.get(place[0], place[0]), back_columns.get(place[1], place[1])
            if (row, column) in single or row >= firsts.get(column, row + 1):
                cells.append(place)
        found += formula_note(title, cells)
    return found


def _layout(stamp: dict[str, str], guides: dict[str, Guide]) -> Layout:
    known = {builtin().id: builtin(), **guides}
    if stamp["guide"] not in known:
        text = Text(
            "没有指南“{g}”：请用 --guide 给出其文件", "guide “{g}” is not known: give its file with --guide"
        ).fill(g=stamp["guide"])
        raise refused("stamp", text, "unknown-guide")
    rows = dict(part.split("=") for part in stamp["rows"].split(",") if "=" in part)
    language = stamp["language"] if stamp["language"] in ("zh", "en") else "zh"
    counts = {name: int(n) for name, n in rows.items() if n.isdigit() and int(n) < 1_000_000}
    return _known_layout(known[stamp["guide"]], stamp["host"], language, tuple(counts.items()))


@lru_cache(maxsize=16)
def _known_layout(guide: Guide, host: str, language: str, rows: tuple[tuple[str, int], ...]) -> Layout:
    """Working out all addresses takes as long as reading a sheet, and returns of one edition share them."""
    return Layout(guide, host, language, dict(rows))


class _Reading:
    """Collects the data of the sheets, and what cannot be read."""

    def __init__(self, layout: Layout, grids: dict[str, Grid]) -> None:
        self.layout = layout
        self.grids = grids
        self.findings: list[Finding] = []
        #: What does not refuse the file.
        self.told: list[Finding] = []

    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"format": FORMAT}
        for path, field in self.layout.fields.items():
            value = self._value(field.cell, field.spec)
            if value is not None:
                _put(data, path, value)
        for name in TABLES:
            rows = self._table(name) if name in self.layout.tables else []
            if rows or name in ALWAYS:
                data[name] = rows
        data.setdefault("benchmarks", {})
        without_guides(data, self.layout.guide)
        for code, benchmark in list(data["benchmarks"].items()):
            if benchmark.keys() == {"value"}:
                data["benchmarks"][code] = benchmark["value"]
        return data

    def _cell(self, cell: Cell) -> Any:
        grid = self.grids[cell.sheet]
        row = grid[cell.row] if cell.row < len(grid) else []
        return row[cell.col] if cell.col < len(row) else ""

    def _value(self, cell: Cell, spec: Spec) -> Any:
        value = self._cell(cell)
        if isinstance(value, ErrorValue):
            self._wrong(cell, value.why(), value.code)
            return None
        if value == "" or value is None or (isinstance(value, str) and not value.strip()):
            return None
        if spec.kind == NUMBER and isinstance(value, str):
            where = f"{self.layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"
            value = of_text(value, where, self.told)
        if spec.percent_in_cells and isinstance(value, (int, float)) and 1 < value <= PER_CENT:
            value, typed = value / PER_CENT, value
            where = f"{self.layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"
            self.told.append(taken_as_percent(where, typed, value))
        if spec.kind in (TEXT, LABEL, UNIT) and not isinstance(value, str):
            return self._as_text(value, cell, spec)
        if spec.kind == UNIT:
            return unit_of_label(value.strip())
        if spec.kind in (CHOICE, FLAG):
            for code, label in spec.choices:
                if value in (code, *label) and not (isinstance(value, float) and isinstance(code, bool)):
                    return code
            if isinstance(value, str) and (found := answers.meant(spec.choices, value)) is not None:
                return found
        if spec.kind == NUMBER and isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return int(value)
        if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
            return str(value)
        return value

    def _as_text(self, value: Any, cell: Cell, spec: Spec) -> Any:
        """Periods and years are often typed as numbers; other texts are not, since an id would lose its digits."""
        if spec.read is not None and isinstance(code := spec.read(value), str):
            return code
        if (
            spec.kind == LABEL
            and isinstance(value, (int, float))
            and float(value).is_integer()
            and not isinstance(value, bool)
        ):
            return int(value) if cell.sheet == "settings" else str(int(value))
        self._wrong(
            cell,
            Text(
                "须为文本，实为 {v}；请将单元格设为文本后重新填写",
                "must be text, got {v}; set the cell to text and type it again",
            ).fill(v=value),
            "not-text",
        )
        return None

    def _wrong(self, cell: Cell, text: Text, code: str) -> None:
        where = f"{self.layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"
        self.findings.append(Finding(ERROR, code, where, text))

    def _table(self, name: str) -> list[dict[str, Any]]:
        table = self.layout.tables[name]
        fields = specs(TABLES[name])
        if not self._header_fits(name):
            return []
        rows: list[dict[str, Any]] = []
        blanks: list[dict[str, Any]] = []
        grid = self.grids[table.sheet]
        columns = [(field, table.inputs[field], spec) for field, spec in fields.items()]
        for r in range(table.first, len(grid)):
            entry, width = {}, len(grid[r])
            for field, column, spec in columns:
                if column < width and (grid[r][column] != "" or isinstance(grid[r][column], Unsaved)):
                    value = self._value(Cell(table.sheet, r, column), spec)
                    if value is not None:
                        entry[field] = value
            # Blank rows inside a table keep the place of those after them, so that messages name the right cell.
            blanks.append(entry)
            if entry:
                rows += blanks
                blanks = []
        return rows

    def _header_fits(self, name: str) -> bool:
        table = self.layout.tables[name]
        fits = True
        for field, spec in specs(TABLES[name]).items():
            cell = Cell(table.sheet, table.header, table.inputs[field])
            found = str(self._cell(cell)).split("\n")[0].strip()
            wanted = self.layout.text(spec.label)
            if found != wanted:
                text = Text(
                    "表头须为“{w}”，实为“{f}”；请恢复原模板的行列",
                    "heading must be “{w}”, found “{f}”; restore the template's rows and columns",
                )
                self._wrong(cell, text.fill(w=wanted, f=found), "moved-header")
                fits = False
        return fits


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
    data[last] = value
