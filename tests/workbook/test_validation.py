"""Typed with the keyboard into an empty template in LibreOffice: every kind of input field takes what it should, and
refuses what it declares to refuse.

One field of each kind is tried, found through the layout: a new kind of field is tried without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.record import CHOICE, FLAG, LABEL, NUMBER, TEXT, UNIT, Spec
from jwdt_xl.standard.units import of_dimensions, unit_label
from jwdt_xl.workbook import texts
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.lists import Lists
from jwdt_xl.workbook.plan import COMPUTED, Cell
from jwdt_xl.workbook.sheets.cells import is_free

from ..office import Book, Office
from .test_hints import TEXTS, at

pytestmark = pytest.mark.xdist_group("office")

LAYOUT = Layout(builtin(), "portable", "zh")
LISTS = Lists(LAYOUT)
#: Texts that are no number, unit or answer.
NONSENSE = ("很多", "1,2x4")


class Field(NamedTuple):
    path: str
    cell: Cell
    spec: Spec


def fields() -> Iterator[Field]:
    for path, field in LAYOUT.fields.items():
        yield Field(path, field.cell, field.spec)
    for name, cls in TABLES.items():
        found = LAYOUT.tables[name]
        for key, spec in specs(cls).items():
            yield Field(f"{name}.{key}", Cell(found.sheet, found.first, found.inputs[key]), spec)


def kind(field: Field) -> str:
    """What decides what a field takes."""
    path, spec = field.path, field.spec
    if path.endswith(".quality"):
        return "grade"
    if spec.kind == NUMBER:
        if path.startswith(("weights", "entered", "options.")):
            return f"number refused by a box, at most {spec.maximum}"
        return f"number, whole {spec.whole}, at most {spec.maximum}"
    if spec.kind == UNIT:
        return f"unit of {','.join(spec.dimensions)}"
    if spec.kind in (CHOICE, FLAG):
        return f"one of {', '.join(label.zh for _, label in spec.choices)}"
    if is_free(path):
        return "own words: " + ("reason" if path.startswith("not_applicable") else path.rpartition(".")[2])
    return (
        f"listed names: {path}"
        if path in texts.LISTED or path in ("pollutants.pollutant", "activity.name")
        else spec.kind
    )


def kinds() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field in fields():
        found.setdefault(kind(field), field)
    return found


KINDS = kinds()


@pytest.fixture(scope="module")
def keyed(office: Office, workbook: Callable[..., Path]) -> Iterator[Book]:
    book = office.open(workbook(), window=True)
    yield book
    book.close()


def takes(book: Book, cell: Cell, typed: str, expected: Any) -> None:
    place = at(cell)
    book.set(place, None)
    assert book.press(place, typed) == expected, f"{place} does not take {typed}"
    book.set(place, None)


def refuses(book: Book, cell: Cell, typed: str) -> None:
    place = at(cell)
    book.set(place, None)
    found = book.press(place, typed)
    book.set(place, None)
    assert found is None, f"{place} takes {typed}"


def of(prefix: str) -> list[str]:
    return [name for name in KINDS if name.startswith(prefix)]


@pytest.mark.parametrize("name", of("number"))
def test_numbers_meet_no_box(name: str, keyed: Book) -> None:
    """What is no number, or an impossible one, is kept and coloured (see the next test); only years are refused at once."""
    _, cell, spec = KINDS[name]
    # 1 is a number, a share, a grade and a factor; of whole numbers, a year has a smallest one
    for good in ("1",) if spec.whole else ("0.125", "0"):
        takes(keyed, cell, good, float(good))
    if spec.whole or "box" in name:
        for bad in (
            "-0.001",
            *(("1.5",) if spec.whole else ()),
            *([f"{spec.maximum + 1:.15g}"] if spec.maximum is not None else []),
            *NONSENSE,
        ):
            refuses(keyed, cell, bad)
        return
    for bad, kept in (("-0.001", -0.001), *((text, text) for text in NONSENSE)):
        takes(keyed, cell, bad, kept)
    if spec.maximum is not None:
        takes(keyed, cell, f"{spec.maximum:.15g}", spec.maximum)
        takes(keyed, cell, f"{spec.maximum + 1:.15g}", spec.maximum + 1)


@pytest.mark.parametrize("typed", ["1，830", "1830吨", "很多", "-5"])
def test_a_wrong_number_is_named_by_its_cell(typed: str, keyed: Book) -> None:
    """In a row, and as an answer; full-width digits become a number as they are typed."""
    table = LAYOUT.tables["materials"]
    places = {key: Cell(table.sheet, table.first, table.inputs[key]) for key in ("material", "unit", "base", "report")}
    answer = LAYOUT.fields["product.output.report"].cell
    hint = Cell(table.sheet, table.first, table.computed["hint"]), LAYOUT.hint_cell("product.output.report")
    for key, value in {"material": "石灰石", "unit": "t", "base": 5.0}.items():
        keyed.set(at(places[key]), value)
    try:
        for place in (places["report"], answer):
            assert keyed.press(at(place), typed) is not None
        keyed.recalculate()
        address = at(places["report"]).rpartition(".")[2]
        said = [str(keyed.get(at(cell))) for cell in hint]
        assert said == [f"{TEXTS['number']} ({address})", TEXTS["number"]]
        assert keyed.press(at(places["report"]), "１８３０") == 1830.0
    finally:
        for place in (*places.values(), answer):
            keyed.set(at(place), None)


def test_quality_is_a_grade(keyed: Book) -> None:
    _, cell, _ = KINDS["grade"]
    for good in range(1, 6):
        takes(keyed, cell, str(good), good)
    for bad in ("0", "6", "1.5"):
        refuses(keyed, cell, bad)


@pytest.mark.parametrize("name", of("unit"))
def test_units_are_those_of_the_list(name: str, keyed: Book) -> None:
    _, cell, spec = KINDS[name]
    offered = [unit_label(unit.code).zh for unit in of_dimensions(spec.dimensions)]
    for good in (offered[0], offered[-1]):
        takes(keyed, cell, good, good)
    for bad in ("人", "5"):
        refuses(keyed, cell, bad)


@pytest.mark.parametrize("name", of("one of"))
def test_answers_are_those_of_the_list(name: str, keyed: Book) -> None:
    _, cell, spec = KINDS[name]
    for _, label in spec.choices:
        takes(keyed, cell, label.zh, label.zh)
    for bad in ("7", "也许"):
        refuses(keyed, cell, bad)


@pytest.mark.parametrize("name", of("listed"))
def test_a_name_that_is_not_listed_is_asked_about(name: str, keyed: Book, workbook: Callable[..., Path]) -> None:
    """The question is answered with Escape here; its button keeps the name, which the hint then judges."""
    path, cell, _ = KINDS[name]
    (rule,) = rules_of(workbook(), cell)
    assert (rule.errorStyle, rule.error) == ("information", texts.OTHER_NAME.zh)
    first = cell._replace(col=min(LAYOUT.tables[path.partition(".")[0]].inputs.values()))
    block = {"pollutants.pollutant": "water", "activity.name": "fuels_offered"}.get(path) or texts.LISTED[path]
    kinds_of = {"pollutants.pollutant": "水", "activity.name": "燃料"}
    if path in kinds_of:
        keyed.set(at(first), kinds_of[path])
    try:
        offered = [str(row[0]) for row in LISTS.blocks[block].rows]
        for good in (offered[0], offered[-1]):
            takes(keyed, cell, good, good)
        for bad in ("没有此物", "7"):
            refuses(keyed, cell, bad)
    finally:
        if path in kinds_of:
            keyed.set(at(first), None)


@pytest.mark.parametrize("name", of("own words"))
def test_own_words_meet_no_box(name: str, keyed: Book) -> None:
    _, cell, _ = KINDS[name]
    for good in ("自己的话", "3011"):
        takes(keyed, cell, good, good)


@pytest.mark.parametrize("name", [*of(TEXT), *of(LABEL)])
def test_texts_are_free(name: str, keyed: Book) -> None:
    _, cell, _ = KINDS[name]
    for good in ("自己的话", "Any text"):
        takes(keyed, cell, good, good)


def rules_of(path: Path, cell: Cell) -> list[Any]:
    sheet = load_workbook(path)[LAYOUT.title(cell.sheet)]
    place = xl_rowcol_to_cell(cell.row, cell.col)
    return [rule for rule in sheet.data_validations.dataValidation if place in rule.sqref]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_rule_is_silent(language: str, workbook: Callable[..., Path]) -> None:
    rules = [
        rule for sheet in load_workbook(workbook(language=language)) for rule in sheet.data_validations.dataValidation
    ]
    assert all(rule.showErrorMessage and rule.error for rule in rules if rule.type)
    assert len(rules) > 80


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_above_a_column_completes_an_answer(language: str, workbook: Callable[..., Path]) -> None:
    """Programs complete what is typed by a text above it that begins alike."""
    layout = Layout(builtin(), "portable", language)
    book = load_workbook(workbook(language=language))
    tried = 0
    for name, found in layout.tables.items():
        sheet = book[layout.title(found.sheet)]
        for rule in sheet.data_validations.dataValidation:
            area = next(iter(rule.sqref.ranges))
            above = [str(sheet.cell(row, area.min_col).value or "") for row in range(1, found.first + 1)]
            answers = set(answers_of(book, rule.formula1)) if rule.type == "list" else set("0123456789-")
            assert answers
            assert not [text for text in above if text.startswith(tuple(answers))], f"{name}: {rule.sqref}"
            tried += 1
    assert tried > 50


def answers_of(book: Any, source: str) -> Iterator[str]:
    for name in re.findall(r"\bl_\w+", source):
        sheet, _, area = book.defined_names[name].attr_text.rpartition("!")
        for (cell,) in book[sheet.strip("'")][area.replace("$", "")]:
            yield str(cell.value)


def test_every_kind_was_tried() -> None:
    tried = [*of("number"), "grade", *of("unit"), *of("one of"), *of("listed"), *of("own words"), *of(TEXT), *of(LABEL)]
    assert sorted(tried) == sorted(KINDS)
    assert len(KINDS) > 25


def test_what_is_computed_is_locked(keyed: Book) -> None:
    """Results, and the formulas of every table down to its last row."""
    places = [f"out_{name}" for name in ("total", "co2e_report", "score_3")]
    for name in COMPUTED:
        found = LAYOUT.tables[name]
        places.append(at(Cell(found.sheet, found.last, found.computed["hint"])))
    for place in places:
        before = keyed.formula(place)
        keyed.press(place, "5")
        assert keyed.formula(place) == before, place
