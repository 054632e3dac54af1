"""The health of every edition: names, inputs, locks, drop-downs, print set-up, size, and the same bytes again."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_from_string, get_column_letter, range_boundaries
from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.verdict import AppPrediction, predict

from jwdt_xl.assessment.read import read as read_data
from jwdt_xl.standard.guide import Guide, builtin
from jwdt_xl.workbook import HOSTS, Layout, write
from jwdt_xl.workbook.book import Book, Rows
from jwdt_xl.workbook.carried import TABLES
from jwdt_xl.workbook.columns.names import folded
from jwdt_xl.workbook.measures.places import SHEET, Places
from jwdt_xl.workbook.monthly.places import areas
from jwdt_xl.workbook.pasted.places import areas as pasted_areas
from jwdt_xl.workbook.plan import Cell

from .cases import NAMED_GUIDE
from .conftest import Data

LANGUAGES = ("zh", "en")
EDITIONS = [(host, language) for host in HOSTS for language in LANGUAGES]
#: What a template of each edition may weigh, in bytes, and how much more a filled example. docs/en/template.md says why.
LARGEST = {"portable": 282_000, "excel": 298_000, "lite": 300_000, "server": 300_000, "lambda": 384_000}
#: What a filled excel edition weighs more, whose formulas that results rest on are stored row by row.
FILLED = {"excel": 118_000}
#: Names that are there for programs and people, whether or not a formula uses them.
CONTRACT = re.compile(r"(?:stamp|in|out|tbl)_\w+")
#: Inputs that no title repeats, since nobody prints them over more than a page.
SHORT_TABLES = ("own_equivalents",)


class File:
    """A written workbook, seen as parts and through openpyxl."""

    def __init__(self, path: Path, layout: Layout, given: dict[Cell, str]) -> None:
        self.path = path
        self.layout = layout
        #: The formula of each cell, before a column of them was stored once.
        self.given = given
        with zipfile.ZipFile(path) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}

    @cached_property
    def book(self) -> Any:
        return load_workbook(self.path)

    @cached_property
    def names(self) -> dict[str, str]:
        """The names that stand for cells; those of functions are looked at in tests/functions/test_lambdas.py."""
        found = {name: item.attr_text for name, item in self.book.defined_names.items()}
        return {name: text for name, text in found.items() if not name.startswith("JWDT_")}

    @cached_property
    def formulas(self) -> list[str]:
        """What cells, drop-downs, conditional formats and charts refer to."""
        found = []
        for sheet in self.book:
            found += [
                str(getattr(c.value, "text", c.value)) for row in sheet.iter_rows() for c in row if c.data_type == "f"
            ]
            found += [str(v.formula1) for v in sheet.data_validations.dataValidation]
            found += [str(f) for rules in sheet.conditional_formatting for rule in rules.rules for f in rule.formula]
        charts = [part.decode() for name, part in self.parts.items() if name.startswith("xl/charts/")]
        return found + [text for part in charts for text in re.findall(r"<c:f>(.*?)</c:f>", part)]

    def cells(self, reference: str) -> Iterator[Any]:
        """The cells of a reference such as 'Sheet'!$A$1:$B$2."""
        title, _, area = reference.rpartition("!")
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        sheet = self.book[title.strip("'").replace("''", "'")]
        for row in sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right):
            yield from row

    @cached_property
    def inputs(self) -> dict[tuple[str, str], str]:
        """Every input cell by sheet and address, with what names it."""
        names = {field.name: self.layout.names[field.name] for field in self.layout.fields.values()}
        names |= {name: ref for name, ref in self.layout.names.items() if name.startswith("tbl_")}
        lines = Places(self.layout)
        top, bottom = (
            lines.cell(i, "name")._replace(col=lines.columns[key])
            for i, key in ((0, "name"), (lines.lines - 1, "life"))
        )
        names["measures"] = self.layout.range(SHEET, top.row, bottom.row, top.col, bottom.col)
        names |= {f"beside {ref}": ref for ref in (*areas(self.layout), *pasted_areas(self.layout))}
        return {(cell.parent.title, cell.coordinate): name for name, ref in names.items() for cell in self.cells(ref)}


def make(path: Path, host: str, language: str, data: Data | None, guide: Guide) -> File:
    assessment = read_data(data, guide) if data else None
    given: dict[Cell, str] = {}
    formula = Book.formula

    def spy(book: Book, cell: Cell, text: str, *more: Any, **also: Any) -> None:
        given[cell] = re.sub(r"\bin_\w+", lambda name: book.read.get(name[0], name[0]), text)
        formula(book, cell, text, *more, **also)

    with mock.patch.object(Book, "formula", spy):
        write(path, host=host, language=language, guide=guide, assessment=assessment)
    rows = {name: len(getattr(assessment, name)) for name in Layout(guide).tables} if assessment else {}
    return File(path, Layout(guide, host, language, rows), given)


#: Which workbooks are looked at, by edition, language and content.
FILES = [
    *((host, language, content) for host, language in EDITIONS for content in ("empty", "cement")),
    ("portable", "zh", "own guide"),
    ("excel", "en", "own guide"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, example: Callable[[str], Data]) -> Callable[..., File]:
    folder = tmp_path_factory.mktemp("health")

    @cache
    def of(host: str, language: str, content: str) -> File:
        guide = NAMED_GUIDE if content == "own guide" else builtin()
        data = example("cement") if content == "cement" else None
        return make(folder / f"{host}_{language}_{content}.xlsx", host, language, data, guide)

    return of


@pytest.fixture(params=FILES, ids="-".join, scope="module")
def file(request: pytest.FixtureRequest, files: Callable[..., File]) -> File:
    return files(*request.param)


class TestNames:
    def test_every_name_stands_for_cells_there_are(self, file: File) -> None:
        assert file.names
        for name, reference in file.names.items():
            assert re.fullmatch(r"[A-Za-z_]\w*", name) and name.isascii(), name
            assert re.fullmatch(r"'[^']+'!\$[A-Z]{1,3}\$\d+(?::\$[A-Z]{1,3}\$\d+)?", reference), (name, reference)
            title, _, area = reference.rpartition("!")
            sheet = file.book[title.strip("'")]
            _, _, right, bottom = range_boundaries(area.replace("$", ""))
            # a range of inputs that must not move reaches to the blank cell below, which nobody can cut
            assert bottom - name.startswith("at_") <= sheet.max_row and right <= sheet.max_column, (name, reference)

    def test_every_name_is_used_or_promised(self, file: File) -> None:
        words = {word for formula in file.formulas for word in re.findall(r"[A-Za-z_]\w*", formula)}
        others = [name for name in file.names if not CONTRACT.fullmatch(name) and name not in words]
        assert others == []

    def test_the_promised_names_are_there(self, file: File) -> None:
        wanted = {field.name for field in file.layout.fields.values()}
        wanted |= {f"tbl_{name}" for name in file.layout.tables} | set(file.layout.results)
        wanted |= {f"stamp_{key}" for key in file.layout.stamp}
        assert wanted <= set(file.names)

    def test_no_two_names_differ_by_case_only(self, file: File) -> None:
        assert len({name.lower() for name in file.names}) == len(file.names)

    def test_every_name_a_formula_uses_is_there(self, file: File) -> None:
        used = {
            word
            for formula in file.formulas
            for word in re.findall(
                r"\b(?:in|out|opt|tbl|stamp|l|own|overlap|at)_\w+", re.sub(r'"[^"]*"|\'[^\']*\'', "", formula)
            )
        }
        assert used <= set(file.names)

    def test_the_stamp(self, file: File) -> None:
        for key, value in file.layout.stamp.items():
            (cell,) = file.cells(file.names[f"stamp_{key}"])
            assert str(cell.value) == value
        assert file.names["stamp_format"].endswith("$B$3")


class TestCells:
    def test_inputs_are_unlocked_and_nothing_else_is(self, file: File) -> None:
        unlocked = {
            (sheet.title, cell.coordinate) for sheet in file.book for row in sheet.iter_rows() for cell in row if not cell.protection.locked
        }  # fmt: skip
        assert unlocked == set(file.inputs)

    def test_formulas_are_no_inputs(self, file: File) -> None:
        computed = {
            (sheet.title, cell.coordinate) for sheet in file.book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        }  # fmt: skip
        assert computed and not computed & set(file.inputs)

    def test_results_are_formulas(self, file: File) -> None:
        for name in file.layout.results:
            (cell,) = file.cells(file.names[name])
            assert cell.data_type == "f", name

    def test_no_broken_reference(self, file: File) -> None:
        assert not any("#REF!" in formula for formula in file.formulas)
        assert not any(b"#REF!" in part for part in file.parts.values())

    def test_sheets_are_protected_without_a_password(self, file: File) -> None:
        for sheet in file.book:
            assert sheet.protection.sheet, sheet.title
            assert not sheet.protection.password, sheet.title
            assert sheet.protection.formatColumns is False, sheet.title  # widths may be changed


class TestDropDowns:
    def test_every_list_is_a_range(self, file: File) -> None:
        titles = {sheet.title for sheet in file.book}
        for sheet in file.book:
            for rule in sheet.data_validations.dataValidation:
                if rule.type != "list":
                    continue
                assert not rule.formula1.startswith('"'), (sheet.title, str(rule.sqref))
                for reference in re.findall(r"'([^']+)'!", rule.formula1):
                    assert reference in titles
                assert set(re.findall(r"\bl_\w+", rule.formula1)) <= set(file.names)

    def test_every_choice_unit_and_number_is_validated(self, file: File) -> None:
        for sheet in file.book:
            kinds = {
                coordinate: rule.type for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges for coordinate in _cells(area.coord)
            }  # fmt: skip
            for field in file.layout.fields.values():
                if file.layout.title(field.cell.sheet) == sheet.title and field.spec.kind in (
                    "choice",
                    "flag",
                    "unit",
                    "number",
                ):
                    (cell,) = file.cells(file.names[field.name])
                    # a number has its guidance and no box: the sentence beside a wrong one names it, in red
                    expected = {"number": ("decimal", "whole", "custom", "list", None)}.get(field.spec.kind, ("list",))
                    assert cell.coordinate in kinds and kinds[cell.coordinate] in expected, field.name

    def test_messages_are_short_enough_for_excel(self, file: File) -> None:
        for sheet in file.book:
            for rule in sheet.data_validations.dataValidation:
                assert len(rule.promptTitle or "") <= 32 and len(rule.errorTitle or "") <= 32
                assert len(rule.prompt or "") <= 255 and len(rule.error or "") <= 225
                assert len(rule.formula1 or "") <= 255

    def test_names_are_searched_in_short_texts(self, file: File) -> None:
        """Excel looks for texts of up to 255 characters; a name in a list is folded and has no wildcard."""
        searched = {name for formula in file.formulas for name in re.findall(r"EXACT\(INDEX\((l_\w+),", formula)}
        assert {"l_pollutant_names", "l_refused", "l_units"} <= searched
        for name in searched:
            for cell in file.cells(file.names[name]):
                assert 0 < len(cell.value) <= 255, f"{name}: {cell.value}"
                assert not set("~*?") & set(cell.value), f"{name}: {cell.value}"
                if name.endswith(("_names", "_refused")):
                    assert cell.value == folded(cell.value), f"{name}: {cell.value}"

    def test_lists_hold_what_they_offer(self, file: File) -> None:
        """No drop-down offers a blank."""
        for sheet in file.book:
            for rule in sheet.data_validations.dataValidation:
                for reference in re.findall(r"\bl_\w+", rule.formula1 or "") if rule.type == "list" else ():
                    assert all(cell.value not in (None, "") for cell in file.cells(file.names[reference])), reference


def _cells(area: str) -> list[str]:
    left, top, right, bottom = range_boundaries(area)
    return [f"{_letters(col)}{row}" for row in range(top, bottom + 1) for col in range(left, right + 1)]


@cache
def _letters(col: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(col)


class TestPrinting:
    def test_tables_keep_their_headings_in_sight(self, file: File) -> None:
        for name, table in file.layout.tables.items():
            if name in SHORT_TABLES:
                continue
            sheet = file.book[file.layout.title(table.sheet)]
            assert sheet.freeze_panes, name
            assert coordinate_from_string(sheet.freeze_panes)[1] == table.first + 1, name
            first, last = (int(n) for n in re.findall(r"\d+", sheet.print_title_rows))
            assert first <= table.header + 1 <= last, name

    def test_pages(self, file: File) -> None:
        for sheet in file.book:
            if sheet.sheet_state == "hidden":
                continue
            assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
            assert sheet.page_setup.fitToWidth in (None, 1), sheet.title
            assert sheet.page_setup.paperSize == 9, sheet.title  # A4
            footer = "".join(
                filter(None, (getattr(sheet.oddFooter, part).text for part in ("left", "center", "right")))
            )
            assert "&P" in footer or "Page" in footer, sheet.title
            assert "&N" in footer, sheet.title

    def test_only_the_lists_are_hidden(self, file: File) -> None:
        hidden = [sheet.title for sheet in file.book if sheet.sheet_state != "visible"]
        tables = [file.layout.text(TABLES)] if file.layout.host == "lambda" else []
        assert hidden == [file.layout.title("lists"), *tables]


def _shared(sheet: str) -> tuple[dict[str, tuple[str, str]], dict[str, list[str]]]:
    """Of the formulas that cells of a sheet share: by number the range and the text, and the cells."""
    cells = re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f t="shared"(?: ref="([^"]*)")? si="(\d+)"(?:/>|>([^<]*)</f>)', sheet)
    first = {number: (area, html.unescape(text)) for _, area, number, text in cells if area}
    among: dict[str, list[str]] = {number: [] for number in first}
    for place, _, number, _ in cells:
        among[number].append(place)
    return first, among


class TestSharedFormulas:
    """A formula that is filled down a column is stored once."""

    def test_each_cell_has_its_own_formula_for_another_reader(self, file: File) -> None:
        for cell, formula in file.given.items():
            found = file.book[file.layout.title(cell.sheet)].cell(cell.row + 1, cell.col + 1).value
            text = str(getattr(found, "text", found)).replace("_xldudf_", "")
            assert text == "=" + formula, cell
        assert len(file.given) > 3000

    def test_the_cells_of_a_range_and_no_others_share(self, file: File) -> None:
        most = 0
        for name, part in file.parts.items():
            first, among = _shared(part.decode()) if name.startswith("xl/worksheets/sheet") else ({}, {})
            for number, places in among.items():
                left, top, right, bottom = range_boundaries(first[number][0])
                assert left == right and places == [f"{get_column_letter(left)}{row}" for row in range(top, bottom + 1)]
                most += len(places)
        filled = next(file.cells(file.names["in_enterprise_name"])).value
        assert most > (2000 if filled and file.layout.host in FILLED else 5000)

    def test_nothing_is_shared_that_excel_shares_never(self, file: File) -> None:
        for name, part in file.parts.items():
            for _, text in _shared(part.decode())[0].values() if name.startswith("xl/worksheets/sheet") else ():
                bare = re.sub('"[^"]*"', '""', text)
                assert not re.search(r"[!{}\[#@]|JWDT|_xl|\)\s*:|:\s*[A-Z]+\(|[\w)]\s+[\w($]", bare), text[:300]


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("$A1+1", True), ('IF($A1="a!{#[","x):",SUM($A1:$B1))', True), ("INDEX(tbl_energy,ROW())", True), ("A1*Sheet2!$A$1", False),
        ("SUM($A1*{1,2})", False), ("[1]x!A1", False), ("IF($A1,#N/A,1)", False), ("SUM(INDEX($A1:$B1,1):$B1)", False),
        ("SUM($A1:INDEX($A1:$B1,2))", False), ("JWDT_TCE($A1)", False),
    ],
)  # fmt: skip
def test_which_formulas_cells_share(text: str, shared: bool, tmp_path: Path) -> None:
    layout = Layout(builtin(), "excel", "en")
    with Book(tmp_path / "one.xlsx", layout, layout.guide.name, ["howto"]) as book:
        for row in range(3):
            formula = text.replace("$A1", f"$A{row + 1}").replace("$B1", f"$B{row + 1}")
            book.formula(Cell("howto", row, 5), formula, "", filled=Rows(0, 2))
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<f") == 3 and sheet.count('<f t="shared" si="0"/>') == (2 if shared else 0)
    assert (html.unescape(text) in html.unescape(sheet)) and ('<f t="shared" ref="F1:F3"' in sheet) == shared


class TestParts:
    def test_no_external_link_and_no_macro(self, file: File) -> None:
        assert not [name for name in file.parts if "externalLink" in name or "vba" in name.lower()]
        for name, part in file.parts.items():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in part, name

    def test_no_date_of_making(self, file: File) -> None:
        assert b"2024-01-01T00:00:00Z" in file.parts["docProps/core.xml"]
        assert len(re.findall(rb"20\d\d-\d\d-\d\dT", file.parts["docProps/core.xml"])) == 2

    def test_size(self, file: File) -> None:
        """The tables of 40 rows weigh most (each cell of a blank row counts), then texts, lists and reference sheets."""
        filled = next(file.cells(file.names["in_enterprise_name"])).value
        limit = LARGEST[file.layout.host] + (FILLED.get(file.layout.host, 9_000) if filled else 0)
        weights = sorted(((len(part), name) for name, part in file.parts.items()), reverse=True)[:5]
        assert file.path.stat().st_size <= limit, weights

    def test_text_cells_are_short_enough(self, file: File) -> None:
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", file.parts["xl/sharedStrings.xml"].decode())
        assert max(map(len, texts)) <= 32767


@pytest.mark.parametrize(("host", "language"), EDITIONS)
def test_made_twice_it_has_the_same_bytes(
    host: str, language: str, files: Callable[..., File], tmp_path: Path, example: Callable[[str], Data]
) -> None:
    content, data = ("cement", example("cement")) if language == "zh" else ("empty", None)
    again = make(tmp_path / "again.xlsx", host, language, data, builtin())
    assert again.path.read_bytes() == files(host, language, content).path.read_bytes()


@pytest.mark.parametrize(
    ("host", "language", "content"),
    [
        ("portable", "zh", "empty"),
        ("portable", "en", "cement"),
        ("excel", "zh", "cement"),
        ("lite", "en", "cement"),
        ("server", "zh", "cement"),
        ("excel", "en", "own guide"),
        ("lambda", "zh", "cement"),
        ("lambda", "en", "empty"),
    ],
)
def test_openxml_audit_finds_nothing(host: str, language: str, content: str, files: Callable[..., File]) -> None:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(files(host, language, content).path)
    assert [error.description for error in result.errors] == []
    assert predict(result).prediction == AppPrediction.OPENS_CLEAN


def test_the_number_of_files_that_are_looked_at() -> None:
    assert len(FILES) == 2 * len(EDITIONS) + 2
