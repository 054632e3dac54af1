"""Where the tests of a filled template type: cells named by their paths in the assessment file, found by the layout.

So that a field added to the model moves them with it; the addresses themselves are tested in test_layout.py.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.record import NUMBER, UNIT, Spec
from jwdt_xl.standard.units import of_dimensions
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.plan import FORM_COLUMNS, Cell

LAYOUT = Layout(builtin(), "portable", "zh")


def at(path: str, layout: Layout = LAYOUT) -> str:
    """The very cell of a path, as sheet!cell: an input, or a field of a table's row. Never the nearest one."""
    table, _, rest = path.partition("[")
    if rest:
        assert rest.partition("].")[2] in layout.tables[table].inputs, path
    else:
        assert path in layout.fields, path
    return layout.where(path)


def address(cell: Cell) -> str:
    return f"{LAYOUT.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"


def stamp(key: str, title: str = "") -> str:
    """What the file says of itself; title: of the first sheet, where it is not ours."""
    place = address(LAYOUT.stamp_cell(key))
    return f"{title}!{place.partition('!')[2]}" if title else place


def heading(table: str, field: str) -> str:
    found = LAYOUT.tables[table]
    return address(Cell(found.sheet, found.header, found.column(field)))


def label(path: str) -> str:
    """The question of an input."""
    return address(LAYOUT.fields[path].cell._replace(col=FORM_COLUMNS.index("label")))


def located(said: str) -> str:
    """A path and what is said of it, with the cell in the place of the path."""
    path, _, code = said.partition(" ")
    return f"{at(path)} {code}"


def answer(spec: Spec) -> Any:
    """What people might type into an input of this kind, whatever it asks."""
    if spec.choices:
        return spec.choices[0][1].zh
    if spec.kind == UNIT:
        return of_dimensions(spec.dimensions)[0].code
    return 1 if spec.kind == NUMBER else "文字"


def row(table: str, index: int, **values: object) -> dict[str, object]:
    """The cells of a row of a table."""
    return {at(f"{table}[{index}].{field}"): value for field, value in values.items()}
