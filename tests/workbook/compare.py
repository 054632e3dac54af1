"""Whether the formulas of a portable workbook compute what the engine does: recalculated by LibreOffice and by IronCalc.

    expected = read_file("filled.xlsx")
    differences(expected, in_office(office, "filled.xlsx", expected))     a file, opened and recalculated
    differences(expected, OfficeTemplate(office, template, "zh").type(expected))     typed into an empty template

Every computed cell counts: its cached value is the engine's, the recalculated one the formula's.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import ironcalc
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from jwdt_xl.assessment.read import read
from jwdt_xl.standard.guide import Guide, builtin
from jwdt_xl.standard.scoring import MODERATE
from jwdt_xl.workbook import carried, writer
from jwdt_xl.workbook.book import Book
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.measures.places import FIRST, LINES, SHEET, Places
from jwdt_xl.workbook.plan import Cell
from jwdt_xl.workbook.sheets import reference as sheets_reference

from ..office import Book as OfficeBook
from ..office import ErrorValue, Office

RELATIVE, ABSOLUTE, RATES = 1e-9, 1e-10, 1e-12
#: By how much the rates' own rounding can move what depends on the degree of synergy, relative to 1 / the smaller rate.
ROUNDING = 1e-14

#: What stands for an empty text in lists: a formula, but nothing to compute.
EMPTY = '""'

Place = tuple[str, int, int]
"""Title of the sheet, row and column counted from 0."""
Values = Mapping[Place, Any]
Area = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last row and column of an area."""


class Computed(NamedTuple):
    """A formula cell: its formula and the value it carries."""

    formula: str
    value: Any


class Expected(NamedTuple):
    """The formula cells of a workbook, the constants in it, and where its defined names point."""

    computed: dict[Place, Computed]
    constants: dict[Place, Any]
    names: dict[str, Place]
    moderate: tuple[str, ...]


class Difference(NamedTuple):
    where: str
    formula: str
    cached: Any
    recalculated: Any

    def __str__(self) -> str:
        return f"{self.where}: cached {self.cached!r}, recalculated {self.recalculated!r}, by ={self.formula[:300]}"


# What a workbook says


def read_file(path: str | Path, guide: Guide | None = None) -> Expected:
    """Formulas and cached values of a file."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    computed: dict[Place, Computed] = {}
    constants: dict[Place, Any] = {}
    for sheet in formulas:
        for cell in itertools.chain.from_iterable(sheet.iter_rows()):
            place = (sheet.title, cell.row - 1, cell.column - 1)
            if cell.data_type == "f" and cell.value != "=" + EMPTY:
                computed[place] = Computed(str(cell.value)[1:], values[sheet.title].cell(cell.row, cell.column).value)
            elif cell.value is not None:
                constants[place] = cell.value
    names = {name: _place(item.attr_text) for name, item in formulas.defined_names.items()}
    return Expected(computed, constants, {k: v for k, v in names.items() if v}, _synergy_names(guide or builtin()))


def _place(reference: str) -> Place | None:
    """The cell a name stands for, or the first of its range."""
    found = re.fullmatch(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+)(?::.*)?", reference)
    return (found[1], int(found[3]) - 1, column_index_from_string(found[2]) - 1) if found else None


class _Recorder(Book):
    """A workbook that is never written: it keeps the content of cells."""

    last: _Recorder

    def __init__(self, path: Path, layout: Layout, *rest: Any) -> None:
        self.layout = layout
        super().__init__(Path(os.devnull), layout, *rest)
        self.computed: dict[Place, Computed] = {}
        self.constants: dict[Place, Any] = {}
        _Recorder.last = self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        super().__exit__(kind or Exception, error or Exception("nothing to write"), trace)

    def _at(self, cell: Cell) -> Place:
        return (self.layout.title(cell.sheet), cell.row, cell.col)

    def write(self, cell: Cell, value: Any, *rest: Any, **more: Any) -> None:
        if value is not None and value != "":
            self.constants[self._at(cell)] = value

    def formula(self, cell: Cell, formula: str, value: Any, *rest: Any, **more: Any) -> None:
        if formula != EMPTY:
            self.computed[self._at(cell)] = Computed(formula, value)

    def validate(self, *rest: Any, **more: Any) -> None:
        pass


#: Reference sheets that hold neither input nor formulas: working them out takes a third of the time.
_WITHOUT_INPUT = ("gwp", "standard_coal", "fuel_defaults", "grid_factors", "method", "lists")


def recorded(
    data: Mapping[str, Any] | None = None, language: str = "zh", guide: Guide | None = None, host: str = "portable"
) -> Expected:
    """The same of the workbook that would be written of an assessment, without writing it."""
    guide = guide or builtin()
    assessment = read(data, guide) if data else None
    with mock.patch.object(writer, "Book", _Recorder), contextlib.ExitStack() as stack:
        for sheet in _WITHOUT_INPUT:
            stack.enter_context(mock.patch.object(sheets_reference, sheet))
        stack.enter_context(mock.patch.object(carried, "carry"))
        writer.write(os.devnull, guide=guide, host=host, language=language, assessment=assessment)
    book = _Recorder.last
    names = {name: book._at(cell) for name, cell in book.layout.results.items()}
    return Expected(book.computed, book.constants, names, _synergy_names(guide))


# What programs make of it


def in_office(office: Office, path: str | Path, expected: Expected | None = None) -> Values:
    """A file's computed cells after LibreOffice computed everything anew."""
    book = office.open(path)
    try:
        book.recalculate()
        return office_values(book, (expected or read_file(path)).computed)
    finally:
        book.close()


def in_ironcalc(path: str | Path) -> Values:
    """A file's computed cells after IronCalc computed everything anew."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()
    return ironcalc_values(model)


def office_values(book: OfficeBook, places: Iterable[Place]) -> Values:
    """The values of some cells of an open workbook: one request for each sheet."""
    areas = _areas(places)
    blocks = [book.block(f"'{sheet}'.{_address(first)}:{_address(last)}") for sheet, (first, last) in areas.items()]
    return _by_place(zip(areas.items(), blocks, strict=True))


def _by_place(blocks: Iterable[tuple[tuple[str, Area], list[list[Any]]]]) -> Values:
    return {
        (sheet, first[0] + i, first[1] + j): value
        for (sheet, (first, _)), block in blocks
        for i, row in enumerate(block)
        for j, value in enumerate(row)
    }


def _areas(places: Iterable[Place]) -> dict[str, Area]:
    """The smallest area of each sheet that holds all the cells."""
    by_sheet: dict[str, list[tuple[int, int]]] = {}
    for sheet, row, col in places:
        by_sheet.setdefault(sheet, []).append((row, col))
    return {
        sheet: ((min(r for r, _ in at), min(c for _, c in at)), (max(r for r, _ in at), max(c for _, c in at)))
        for sheet, at in by_sheet.items()
    }


def _address(at: tuple[int, int]) -> str:
    return f"{get_column_letter(at[1] + 1)}{at[0] + 1}"


def ironcalc_values(model: ironcalc.Model) -> Values:
    sheets = [sheet["name"] for sheet in model.get_worksheets_properties()]
    return {(sheets[s], row - 1, col - 1): _ironcalc_value(model, s, row, col) for s, row, col in model.get_all_cells()}


def _ironcalc_value(model: ironcalc.Model, sheet: int, row: int, col: int) -> Any:
    value = model.get_cell_value(sheet, row, col)
    if model.get_cell_type(sheet, row, col) == ironcalc.CellType.ErrorValue:
        return ErrorValue(value)
    return value


# Typing into a template


class Inputs(NamedTuple):
    """An area of input cells of one sheet and what is typed there, row by row; None clears."""

    sheet: str
    row: int
    col: int
    rows: list[list[Any]]


def inputs(layout: Layout, constants: Mapping[Place, Any]) -> list[Inputs]:
    """All input cells of a layout with the values of a filled workbook: each table, and the questions of each form."""
    areas = [(t.sheet, t.first, min(t.inputs.values()), t.last, max(t.inputs.values())) for t in layout.tables.values()]
    groups: dict[tuple[str, bool], list[Cell]] = {}
    for path, field in layout.fields.items():
        groups.setdefault((field.cell.sheet, path.startswith("options.")), []).append(field.cell)
    for (sheet, _), cells in groups.items():
        rows, cols = [cell.row for cell in cells], [cell.col for cell in cells]
        areas.append((sheet, min(rows), min(cols), max(rows), max(cols)))
    columns = Places(layout).columns
    areas.append((SHEET, FIRST, columns["name"], FIRST + LINES - 1, columns["life"]))
    found = []
    for sheet, first, left, last, right in areas:
        title = layout.title(sheet)
        rows_of = range(first, last + 1)
        found.append(
            Inputs(
                title, first, left, [[constants.get((title, r, c)) for c in range(left, right + 1)] for r in rows_of]
            )
        )
    return found


def unprotected(path: Path) -> Path:
    """A copy without sheet protection: LibreOffice then takes a column of questions at once, headings between them too."""
    copy = path.with_stem(f"{path.stem}_unprotected")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"<sheetProtection[^>]*/>", b"", content)
            new.writestr(item, content)
    return copy


class OfficeTemplate:
    """An empty template open in LibreOffice, into which one enterprise after the other is typed."""

    def __init__(self, office: Office, path: Path, language: str, guide: Guide | None = None) -> None:
        self.book = office.open(unprotected(path))
        self.layout = Layout(guide or builtin(), "portable", language)
        self._before: list[Inputs] = inputs(self.layout, read_file(path, guide).constants)

    def type(self, expected: Expected) -> Values:
        """Fill in everything and return the computed cells."""
        now, changed = inputs(self.layout, expected.constants), []
        for area, before in zip(now, self._before, strict=True):
            if area != before:
                rows = area.rows[: max(_used(area), _used(before))]
                changed.append((area.sheet, area.row, area.col, rows))
        self._before = now
        areas = _areas(expected.computed)
        corners = [(sheet, *first, *last) for sheet, (first, last) in areas.items()]
        blocks = self.book.fill(changed, corners)
        return _by_place(zip(areas.items(), blocks, strict=True))


def _used(area: Inputs) -> int:
    """How many rows there are up to the last one with something in it."""
    return max((i for i, row in enumerate(area.rows, 1) if any(value is not None for value in row)), default=0)


class IroncalcTemplate:
    """The same in IronCalc."""

    def __init__(self, path: Path, language: str, guide: Guide | None = None) -> None:
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
        self.layout = Layout(guide or builtin(), "portable", language)
        self._sheets = {sheet["name"]: i for i, sheet in enumerate(self.model.get_worksheets_properties())}
        self._before: list[Inputs] = inputs(self.layout, read_file(path, guide).constants)

    def type(self, expected: Expected) -> Values:
        now = inputs(self.layout, expected.constants)
        for area, before in zip(now, self._before, strict=True):
            for i, (row, was) in enumerate(zip(area.rows, before.rows, strict=True)):
                for j in range(len(row)):
                    if row[j] != was[j]:
                        self._set(self._sheets[area.sheet], area.row + i + 1, area.col + j + 1, row[j])
        self._before = now
        self.model.evaluate()
        return {
            (sheet, row, col): _ironcalc_value(self.model, self._sheets[sheet], row + 1, col + 1)
            for sheet, row, col in expected.computed
        }

    def _set(self, sheet: int, row: int, col: int, value: Any) -> None:
        if value is None:
            self.model.clear_cell_contents(sheet, row, col)
        elif isinstance(value, str):
            self.model.update_cell_with_text(sheet, row, col, value)
        else:
            self.model.update_cell_with_number(sheet, row, col, float(value))


# Comparing


def common(expected: Expected, template: Expected) -> Expected:
    """Without the cells that an empty template does not have, or not with this formula."""
    same = {
        k: c
        for k, c in expected.computed.items()
        if k in template.computed and template.computed[k].formula == c.formula
    }
    return expected._replace(computed=same)


def differences(expected: Expected, found: Values) -> list[Difference]:
    """The computed cells whose value is not the one they carry, within the tolerances of the design."""
    of_rates = [f"out_rate_{key}" for key in ("pollutants", "carbon")]  # a book of functions alone has none
    rate_cells = {expected.names[name] for name in of_rates if name in expected.names}
    rates = [expected.computed[cell].value for cell in rate_cells]
    known = [abs(rate) for rate in rates if isinstance(rate, (int, float)) and rate]
    loose = max(RELATIVE, ROUNDING / min(known)) if known else RELATIVE
    loosened = _mentioning(expected, expected.moderate)
    wrong = []
    for place, (formula, value) in expected.computed.items():
        got = found.get(place)
        relative, absolute = (loose if place in loosened else RELATIVE), ABSOLUTE
        if place in rate_cells:
            relative, absolute = RATES, RATES
        if not agree(value, got, relative, absolute):
            wrong.append(Difference(f"{place[0]}!{_address(place[1:])}", formula, value, got))
    return wrong


def _synergy_names(guide: Guide) -> tuple[str, ...]:
    """The results that rest on the ratio of two rates."""
    found = ["out_total", "out_score_so_far"]
    for node in guide.indicators:
        if node.attribute == MODERATE:
            found += [f"out_{key}_{node.code}" for key in ("value", "score", "weighted", "lost")]
            found.append(f"out_first_level_{guide.first_level(node).code}")
    return tuple(found)


def _mentioning(expected: Expected, names: tuple[str, ...]) -> set[Place]:
    """The cells of some names, and those whose formula mentions one."""
    cells = {expected.names[name] for name in names if name in expected.names}
    return cells | {place for place, (formula, _) in expected.computed.items() if _mentions(formula, names)}


@cache
def _mentions(formula: str, names: tuple[str, ...]) -> bool:
    return bool(re.search(rf"\b(?:{'|'.join(names)})\b", formula))


def agree(want: Any, got: Any, relative: float, absolute: float) -> bool:
    """Numbers within the tolerance, texts exactly; missing is an empty text or an empty cell, and never a number."""
    want, got = ("" if value is None else value for value in (want, got))
    if isinstance(want, bool) or isinstance(got, (bool, ErrorValue)):
        return want is got
    if isinstance(want, (int, float)) and isinstance(got, (int, float)):
        return abs(want - got) <= max(absolute, relative * abs(want))
    return isinstance(want, str) and isinstance(got, str) and want == got


def report(wrong: list[Difference], most: int = 12) -> str:
    shown = "\n".join(map(str, wrong[:most]))
    return f"{len(wrong)} cells differ:\n{shown}" if wrong else ""
