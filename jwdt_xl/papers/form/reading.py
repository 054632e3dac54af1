"""What is typed in the open form so far, as the data of an assessment file, and which cells it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...assessment.fields import specs
from ...assessment.model import ALWAYS, BOUNDARY, FORMAT, SECTIONS
from ...assessment.tables import TABLES
from ...errors import JwdtError
from ...messages import LANGUAGES, Text
from ...standard import answers
from ...standard.names import fold
from ...standard.numbers import number_of_text
from ...standard.record import CHOICE, FLAG, LABEL, NUMBER, SECTION, TEXT, UNIT, Spec
from ...standard.units import unit_label, unit_of_label
from .book import OpenBook

#: Sections of which papers know nothing.
_NOT_OF_PAPERS = ("policy", "management")
_PER_CENT = 100


class Place(NamedTuple):
    """A cell of the form: its defined name, its row and column there, and what it holds."""

    name: str
    row: int
    col: int
    spec: Spec


class Form(NamedTuple):
    """What is typed, the language of the form, and the cells of answers and of tables (of these also how many rows)."""

    data: dict[str, Any]
    language: str
    answers: dict[str, Place]
    columns: dict[str, dict[str, Place]]
    rows: dict[str, int]
    cells: dict[str, list[list[Any]]]

    def typed(self, place: Place) -> Any:
        """What stands in a cell; None where it is blank."""
        cells = self.cells[place.name]
        row = cells[place.row] if place.row < len(cells) else []
        value = row[place.col] if place.col < len(row) else None
        return None if value is None or (isinstance(value, str) and not value.strip()) else value


NO_FORM = Text(
    "打开的工作簿不是 JWDT 填报表（没有定义名称 in_periods_base）— 请打开用 jwdt template 生成的工作簿再导入",
    "the open workbook is no JWDT form (it has no defined name in_periods_base) — open one made by jwdt template, then import",
)
MOVED = Text(
    "{p} 的表头应有“{w}” — 请恢复原模板的表头，或用 jwdt import --into 导入",
    "the headings of {p} must have “{w}” — restore those of the template, or import with jwdt import --into",
)


def read_form(book: OpenBook) -> Form:
    """The form. Raises JwdtError where the workbook is none, or its headings are not those of the template."""
    names = set(book.names())
    if "in_periods_base" not in names or "tbl_activity" not in names:
        raise JwdtError(NO_FORM, "import-no-form")
    stamped = book.cells("stamp_language")[0][0] if "stamp_language" in names else None
    form = Form({"format": FORMAT}, stamped if stamped in LANGUAGES else "zh", {}, {}, {}, {})
    for path, name, spec in _answers():
        if name in names:
            form.cells[name], form.answers[path] = book.cells(name), Place(name, 0, 0, spec)
            value = value_of(form.typed(form.answers[path]), spec)
            if value is not None:
                _put(form.data, path, value)
    for table in TABLES:
        if f"tbl_{table}" in names:
            _table(book, form, table)
        elif table in ALWAYS:
            form.data[table] = []
    return form


def _answers() -> Iterator[tuple[str, str, Spec]]:
    """Path, defined name and spec; a section inside another leads the names of its own fields."""
    for section, cls in SECTIONS.items():
        if section in _NOT_OF_PAPERS:
            continue
        for field, spec in specs(cls).items():
            if spec.kind == SECTION:
                inner = specs(type(getattr(cls(), field)))
                yield from ((f"{section}.{field}.{each}", f"in_{field}_{each}", inner[each]) for each in inner)
            else:
                yield f"{section}.{field}", f"in_{section}_{field}", spec
    yield "boundary", "in_boundary", BOUNDARY


def _table(book: OpenBook, form: Form, table: str) -> None:
    name = f"tbl_{table}"
    heads, *cells = book.cells(name, above=1)
    found = {fold(str(head).partition("\n")[0]): col for col, head in reversed(list(enumerate(heads))) if head}
    form.cells[name], form.rows[table] = cells, len(cells)
    form.columns[table] = {}
    for field, spec in specs(TABLES[table]).items():
        col = next((found[fold(label)] for label in spec.label if fold(label) in found), None)
        if col is None:
            wanted = spec.label.en if form.language == "en" else spec.label.zh
            raise JwdtError(MOVED.fill(p=book.place(name, -1, 0), w=wanted), "import-moved-heading")
        form.columns[table][field] = Place(name, 0, col, spec)
    rows: list[dict[str, Any]] = []
    blanks: list[dict[str, Any]] = []
    for row in range(len(cells)):
        places = {field: place._replace(row=row) for field, place in form.columns[table].items()}
        typed = {field: value_of(form.typed(place), place.spec) for field, place in places.items()}
        entry = {field: value for field, value in typed.items() if value is not None}
        blanks.append(entry)
        if entry:  # blank rows inside a table keep the place of those after them
            rows += blanks
            blanks = []
    if rows or table in ALWAYS:
        form.data[table] = rows


def value_of(value: Any, spec: Spec) -> Any:
    """A cell as an assessment file has it; what it cannot be is left as it is, for the reader of the file to say."""
    if value is None:
        return None
    if spec.kind == NUMBER and isinstance(value, str):
        number = number_of_text(value)
        value = value if number is None else number
    if spec.kind == NUMBER and isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if spec.percent_in_cells and isinstance(value, (int, float)) and 1 < value <= _PER_CENT:
        value = value / _PER_CENT
    if spec.kind in (TEXT, LABEL, UNIT) and isinstance(value, float) and value.is_integer():
        value = str(int(value))
    if spec.kind in (TEXT, LABEL, UNIT) and isinstance(value, str):
        value = unit_of_label(value.strip()) if spec.kind == UNIT else value.strip()
    if spec.kind in (CHOICE, FLAG):
        found = next((code for code, label in spec.choices if value in (code, *label)), None)
        if found is None and isinstance(value, str):
            found = answers.meant(spec.choices, value)
        return value if found is None else found
    return value


def cell_of(value: Any, spec: Spec, language: str) -> str | float:
    """A value of an assessment file as the form shows it."""
    of = 1 if language == "en" else 0
    if spec.kind in (CHOICE, FLAG):
        return str(dict(spec.choices)[value][of])
    if spec.kind == UNIT:
        return str(unit_label(value)[of])
    return value if isinstance(value, str) else float(value)


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
    data[last] = value
