"""Formulas without a saved value, and with one, in everything else that people fill in: guides, surveys, registers, reviews."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jwdt_xl.authoring import build, new_book
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Finding
from jwdt_xl.opening import binary
from jwdt_xl.opening.markup import place
from jwdt_xl.opening.ods import UNCLEAR
from jwdt_xl.opening.sheets import filled_in
from jwdt_xl.portfolio.campaign.register import COLUMNS as REGISTER
from jwdt_xl.portfolio.campaign.register import read_register
from jwdt_xl.portfolio.collection.review import COLUMNS as REVIEW
from jwdt_xl.portfolio.collection.review import read_review
from jwdt_xl.standard.guide import to_dict
from jwdt_xl.survey.form import new_form
from jwdt_xl.survey.intake import sources_of, take_in
from jwdt_xl.survey.layout import Layout as Survey
from jwdt_xl.workbook.plan import Cell

from ..authoring.weights import derived
from .dialects import Parts, cell, parts, write

#: However the cell is written.
UNSAVED = ("<f>1+1</f>", "<f>1+1</f><v></v>", "\n <f>1+1</f>\n", "<v/><f>1+1</f>")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parts, Layout]:
    path = tmp_path_factory.mktemp("guide") / "g.xlsx"
    new_book(path, derived(), "en")
    return parts(path), Layout("en", to_dict(derived()))


def changed(content: Parts, layout: Any, cells: Iterable[Cell], body: str, kind: str = "") -> Parts:
    for each in cells:
        content = cell(content, layout.title(each.sheet), place(each.row, each.col), kind, body)
    return content


def matrix(layout: Layout) -> list[Cell]:
    """The whole of an expert's matrix, as a program leaves it that saves no values: with the half that is computed."""
    block = layout.derivation.block("target", 1)
    return [block.judgement(i, j) for i in range(4) for j in range(4) if i != j]


def computed(layout: Layout) -> set[str]:
    block = layout.derivation.block("target", 1)
    return {layout.where(block.judgement(i, j)) for i in range(4) for j in range(i)}


def cells_of(layout: Layout) -> dict[str, list[Cell]]:
    at = layout.derivation
    return {
        "matrix": matrix(layout),
        "score": [at.score(0, "3")],
        "expert": [at.expert(1, "name")],
        "survey": [at.result("8", "score")],
        "how": [at.how("alpha")],
        "benchmark": [layout.cell("nodes", 1, "benchmark.value")],
        "fact": [layout.fact("version")],
    }


@pytest.mark.parametrize("body", UNSAVED)
@pytest.mark.parametrize("name", cells_of(Layout("en", to_dict(derived()))))
def test_in_a_guide(guide: tuple[Parts, Layout], tmp_path: Path, name: str, body: str) -> None:
    content, layout = guide
    cells = cells_of(layout)[name]
    with pytest.raises(Refused) as error:
        build(write(tmp_path / "g.xlsx", changed(content, layout, cells, body)))
    found = {f.where for f in error.value.findings if f.code == "unsaved-formula"}
    assert found == {layout.where(each) for each in cells} - (computed(layout) if name == "matrix" else set())


def test_in_a_guide_with_its_value(guide: tuple[Parts, Layout], tmp_path: Path) -> None:
    content, layout = guide
    where = layout.derivation.score(0, "3")
    notes: list[Finding] = []
    built = build(write(tmp_path / "g.xlsx", changed(content, layout, [where], "<f>10+11</f><v>21</v>")), notes)
    assert built.derivation is not None and built.derivation.experts[0].scores["3"] == 21
    told = [
        (note.code, note.where) for note in notes if note.code not in ("experts-disagree", "too-few-experts")
    ]  # the two experts of the example
    assert told == [("formula-input", layout.where(where))]


def test_the_half_of_a_matrix_that_is_computed_is_not_told(guide: tuple[Parts, Layout], tmp_path: Path) -> None:
    notes: list[Finding] = []
    build(write(tmp_path / "g.xlsx", guide[0]), notes)
    assert {note.code for note in notes} <= {"experts-disagree", "too-few-experts"}


@pytest.mark.parametrize("body", UNSAVED)
def test_in_the_form_of_the_survey(tmp_path: Path, body: str) -> None:
    new_form(tmp_path / "empty.xlsx", "zh")
    layout = Survey("zh")
    content = changed(
        parts(tmp_path / "empty.xlsx"), layout, [layout.option(1, 1)], "<is><t>√</t></is>", ' t="inlineStr"'
    )
    good = write(tmp_path / "good.xlsx", content)
    assert len(take_in(sources_of([str(good)])).people) == 1
    cells = [layout.id, layout.option(2, 1), layout.option(4, 2)]
    bad = write(tmp_path / "bad.xlsx", changed(content, layout, cells, body))
    [file] = take_in(sources_of([str(bad)])).files
    assert file.refused and {(f.code, f.where) for f in file.findings} == {
        ("unsaved-formula", f"bad.xlsx {layout.where(each)}") for each in cells
    }


def table(path: Path, rows: list[list[str]], unsaved: str) -> Path:
    """A table whose cell of that address holds a formula without a value."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("A")
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text)
    return write(path, cell(parts(path), "A", unsaved, "", "<f>B1</f>"))


def test_in_a_table_of_answers(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [["1、您的性别", "2、您的职业"], ["男", "x"], ["女", "y"]], "A3")
    [file] = take_in(sources_of([str(path)])).files
    assert file.refused and [(f.code, f.where) for f in file.findings][:1] == [("unsaved-formula", "a.xlsx A!A3")]


@pytest.mark.parametrize(
    ("columns", "read"),
    [(REGISTER, read_register), (REVIEW, lambda path: read_review(path, []))],
    ids=["register", "review"],
)
def test_in_a_table_of_the_evaluator(tmp_path: Path, columns: dict[str, tuple[str, ...]], read: Any) -> None:
    path = table(tmp_path / "r.xlsx", [[names[0] for names in columns.values()], ["1"] * len(columns)], "B2")
    with pytest.raises(Refused) as error:
        read(str(path))
    assert [(f.code, f.where) for f in error.value.findings] == [("unsaved-formula", "r.xlsx:B2")]


@pytest.mark.parametrize("kind", ["register", "review", "answers"])
def test_in_tables_with_their_values(tmp_path: Path, kind: str) -> None:
    rows = {
        "register": [[names[0] for names in REGISTER.values()], ["91330500MA2B2C3D4T", "甲"]],
        "review": [[names[0] for names in REVIEW.values()], ["91X", "甲", "7", "批准", "", "依据", "某", "2024"]],
        "answers": [["序号", *(f"Q{number}" for number in range(1, 9))], ["1", *("1" for _ in range(8))]],
    }[kind]
    path = table(tmp_path / "r.xlsx", rows, "B2")
    content = parts(path)
    path = write(path, cell(content, "A", "B2", ' t="str"', "<f>B1</f><v>甲</v>"))
    notes: list[Finding] = []
    if kind == "register":
        notes = [f for f in read_register(str(path)).findings if f.code == "formula-input"]
    elif kind == "review":
        read_review(str(path), notes)
    else:
        [file] = take_in(sources_of([str(path)])).files
        assert not file.refused, file.findings
        notes = [f for f in file.findings if f.code == "formula-input"]
    assert [(f.severity, f.where.rpartition("!")[2].rpartition(":")[2]) for f in notes] == [("info", "B2")]


def record(kind: int, data: bytes) -> bytes:
    return bytes([kind, len(data)]) + data


def test_in_a_binary_workbook() -> None:
    """Values that are 0 were perhaps never calculated; cells without an address are none that the reader knows."""
    at = [number.to_bytes(4, "little") + bytes(4) for number in range(6)]
    part = record(0, (4).to_bytes(4, "little") + bytes(8))
    part += record(9, at[0] + struct.pack("<d", 7.0)) + record(9, at[1] + bytes(8)) + record(8, at[2] + bytes(4))
    part += (
        record(8, at[3] + (1).to_bytes(4, "little") + b"x\0")
        + record(11, at[4] + bytes([42]))
        + record(12, b"")
        + record(17, b"x")
    )
    errors, formulas = binary._cells(part)
    assert formulas == ((4, 0), (4, 3))
    assert errors == {(4, 1): binary.UNCERTAIN, (4, 2): binary.UNCERTAIN, (4, 4): "#N/A", (4, 6): UNCLEAR}


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p>'
    "</table:table-cell>{cell}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def opendocument(path: Path, attributes: str, text: str) -> Path:
    """A table whose second cell is this one."""
    cell = f"<table:table-cell {attributes}>{text}</table:table-cell>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/"'
        b' m:media-type="' + kind + b'"/></m:manifest>'
    )
    return write(
        path,
        {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": _ODS.replace("{cell}", cell).encode()},
    )


_FORMULA, _FLOAT, _NOTE = 'table:formula="of:=1+1"', 'office:value-type="float"', "<office:annotation><text:p>n</text:p></office:annotation>"  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "text", "code"),
    [
        (_FORMULA, "", "unsaved-formula"),
        (_FORMULA, "<text:p>7</text:p>", "unsaved-formula"),
        (f"{_FORMULA} {_FLOAT}", "<text:p/>", "unsaved-formula"),
        (f"{_FORMULA} {_FLOAT}", "<text:p>7</text:p>", "unsaved-formula"),
        (_FORMULA, _NOTE, "unsaved-formula"),
        (f'{_FORMULA} {_FLOAT} office:value="0"', "<text:p>#DIV/0!</text:p>", "error-value"),
        (f'{_FORMULA} {_FLOAT} office:value="0"', f"{_NOTE}<text:p>Err:502</text:p>", "error-value"),
        (f'{_FORMULA} office:value-type="string" calcext:value-type="error"', "<text:p>#N/A</text:p>", "error-value"),
        (_FLOAT, "<text:p>7</text:p>", "unusual-notation"),  # what is shown may be rounded
        (f'{_FORMULA} {_FLOAT} office:value="7"', "<text:p>7</text:p>", 7.0),
        (_FLOAT + ' office:value="7"', f"{_NOTE}<text:p>7</text:p>", 7.0),
        (_FORMULA + ' office:value-type="string" office:string-value=""', "", ""),
        ("", _NOTE, ""),
    ],
)
def test_in_an_opendocument_table(tmp_path: Path, attributes: str, text: str, code: Any) -> None:
    [[[_, *found]]] = filled_in(opendocument(tmp_path / "a.ods", attributes, text))[0].values()
    value = found[0] if found else ""
    assert getattr(value, "code", value) == code
