"""Answers typed by habit (有, √, n, blanks around) count as the reader takes them, and what is no answer is told live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jwdt_xl.standard import answers
from jwdt_xl.workbook.columns.catalogue import CODES
from jwdt_xl.workbook.plan import Cell, is_answered
from jwdt_xl.workbook.returned import reader

from ..office import Book, Office
from .places import LAYOUT
from .test_hints import at as place

pytestmark = pytest.mark.xdist_group("office")
FIELDS = {path: field for path, field in LAYOUT.fields.items() if is_answered(field)}
WAYS = {path: [*answers.names(field.spec.choices)] for path, field in FIELDS.items()}


@pytest.fixture(scope="module")
def book(office: Office, workbook: Callable[..., Path]) -> Iterator[Book]:
    found = office.open(workbook(), window=True)
    yield found
    found.close()


def said(book: Book, path: str) -> tuple[object, object]:
    return tuple(book.get(place(LAYOUT.hint_cell(path, key))) or "" for key in ("answer", "code"))  # type: ignore[return-value]


@pytest.mark.parametrize("turn", range(max(map(len, WAYS.values()))))
def test_every_way_to_write_an_answer(turn: int, book: Book, tmp_path: Path) -> None:
    """All questions at once, each by another of its ways; what the file says when it is saved and read is the same."""
    typed = {path: ways[turn % len(ways)] for path, ways in WAYS.items()}
    for path, (name, _) in typed.items():
        book.set(place(FIELDS[path].cell), f" {name}　")
    book.recalculate()
    for path, (_, code) in typed.items():
        label = dict(FIELDS[path].spec.choices)[code].zh
        assert said(book, path)[0] == label, path
        assert said(book, path)[1] != CODES["answer"]
    if turn % 5 == 0:
        book.save(tmp_path / "saved.xlsx")
        data = reader.read(tmp_path / "saved.xlsx").data
        for path, (_, code) in typed.items():
            section, _, name = path.partition(".")
            assert data[section][name] == code, path


@pytest.mark.parametrize("key", ["√", "有", "n", "Y"])
def test_typed_with_keys(key: str, book: Book) -> None:
    """No box stands in the way: what is understood is in the list behind the answers to choose from."""
    path = "management.established"
    assert book.press(place(FIELDS[path].cell), key)
    book.recalculate()
    meant = answers.meant(FIELDS[path].spec.choices, key)
    assert said(book, path)[0] == dict(FIELDS[path].spec.choices)[meant].zh


@pytest.mark.parametrize(
    ("table", "field", "key", "label"),
    [
        ("activity", "kind", "电", "电力"), ("activity", "kind", "过程", "工业过程"), ("activity", "origin", "市电", "电网(无绿证、非直供)"),
        ("activity", "origin", "外购", "外购(燃料)"), ("pollutants", "medium", "气", "大气"), ("pollutants", "medium", "废水", "水"),
        ("energy", "feedstock", "有", "是"), ("energy", "feedstock", "n", "否"), ("greenhouse", "category", "燃料", "燃料燃烧"),
    ],
)  # fmt: skip
def test_typed_with_keys_into_a_row(table: str, field: str, key: str, label: str, book: Book) -> None:
    """Neither is there a box, nor does the program complete the word to that of another answer."""
    found = LAYOUT.tables[table]
    typed = Cell(found.sheet, found.first, found.inputs[field])
    assert book.press(place(typed), key)
    book.recalculate()
    assert book.get(place(typed._replace(col=found.meant(field)))) == label
    book.set(place(typed), None)


@pytest.mark.parametrize("wrong", ["也许", "X", -1.0, 1e30, "#N/A", "是否", "１"])
def test_what_is_no_answer_is_told(wrong: object, book: Book) -> None:
    for path in FIELDS:
        book.set(place(FIELDS[path].cell), wrong)
    book.recalculate()
    assert {said(book, path)[1] for path in FIELDS} == {float(CODES["answer"])}
    for path in FIELDS:
        book.set(place(FIELDS[path].cell), None)
    book.recalculate()
    assert {said(book, path)[0] for path in FIELDS} == {""}
