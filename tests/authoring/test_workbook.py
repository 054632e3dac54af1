"""The authoring workbook: out and back the same, live checks that are right, and sheet!cell of every error."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jwdt_xl.authoring import build, dump, load, new_book, shipped
from jwdt_xl.authoring.fields import NODES, TABLES
from jwdt_xl.authoring.layout import COMPUTED, FIRST, Layout
from jwdt_xl.authoring.live import NO_SOURCE, NO_WEIGHT, OK, sums_and_checks
from jwdt_xl.errors import Refused
from jwdt_xl.messages import set_language
from jwdt_xl.standard.guide import builtin, from_dict, to_dict

from .places import entry, fact, heading, live, option, stamp, typed


@pytest.mark.parametrize("name", ["general", *shipped()])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_and_back(tmp_path: Path, name: str, language: str) -> None:
    guide = builtin() if name == "general" else load(name)
    new_book(tmp_path / "g.xlsx", guide, language)
    again = build(tmp_path / "g.xlsx")
    assert to_dict(again) == to_dict(guide)
    assert again.hash == guide.hash
    new_book(tmp_path / "h.xlsx", again, language)
    assert (tmp_path / "h.xlsx").read_bytes() == (tmp_path / "g.xlsx").read_bytes()


def test_more_rows_than_offered(tmp_path: Path) -> None:
    leaf = {"parent": "all", "weight": 0.01, "attribute": "positive", "formula": "entered"}
    nodes = [{"code": "all", "weight": 1, "name_zh": "全部"}, *({**leaf, "code": f"i{i}"} for i in range(100))]
    guide = from_dict({"format": "jwdt-guide/1", "id": "wide", "version": "1", "name_zh": "宽", "source_zh": "?",
                       "nodes": [{"name_zh": "项", **node} for node in nodes]}, strict=True)  # fmt: skip
    new_book(tmp_path / "g.xlsx", guide)
    assert build(tmp_path / "g.xlsx").hash == guide.hash


def test_a_new_workbook_starts_from_table_1(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", language="en", experts=1)
    with pytest.raises(Refused) as caught:
        build(tmp_path / "g.xlsx")
    assert [(f.where, f.text.en) for f in caught.value.findings] == [
        (fact("id"), "needs its id"),
        (fact("version"), "needs its version"),
        (fact("name_zh"), "needs its name"),
        (fact("source_zh"), "needs its source (every number has one)"),
    ]
    own = {"id": "mine", "version": "1", "name_zh": "我的指南", "source_zh": "自定"}
    filled = edited(tmp_path, {fact(name): value for name, value in own.items()}, language="en")
    guide = build(filled)
    assert guide.weights == builtin().weights
    assert {node.weight_source for node in guide.nodes} == {builtin().source.en}
    assert guide.hash != builtin().hash


def test_an_empty_workbook(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", language="en", empty=True)
    with pytest.raises(Refused, match=rf"{live('weights')}: weights of the children sum to 0, must be 1"):
        build(tmp_path / "g.xlsx")


def test_a_draft_stays_a_draft_until_its_gaps_are_gone(tmp_path: Path) -> None:
    guide = load("zhejiang-index")
    new_book(tmp_path / "g.xlsx", guide, "en")
    draft = build(tmp_path / "g.xlsx")
    assert draft.gaps == guide.gaps
    with pytest.raises(Refused, match=r"is incomplete.*16 second-level indicators"):
        draft.check_complete()
    no_gaps = edited(tmp_path, {entry("gaps", half, row): None for half in ("zh", "en") for row in range(5)})
    with pytest.raises(Refused, match="no weight: ") as caught:
        build(no_gaps)
    assert {f.where for f in caught.value.findings} == {at("weight", r) for r in range(9)}


# Errors with their cell


def edited(tmp_path: Path, cells: dict[str, Any], start: str = "", language: str = "") -> Path:
    """The workbook g.xlsx (or of a shipped guide) with some cells changed, as by hand."""
    path = tmp_path / "g.xlsx"
    if start:
        new_book(path, load(start), language or "en", experts=1)  # few matrices, to be quick
    book = load_workbook(path)
    typed(book, cells)
    book.save(tmp_path / "edited.xlsx")
    return tmp_path / "edited.xlsx"


def at(field: str, row: int = 0) -> str:
    return entry("nodes", field, row)


#: What is typed into the cement guide, the cell named, and the message. Rows: 0 target, 1–4 its indicators, 5 control …
ERRORS: dict[str, tuple[dict[str, Any], str, str]] = {
    "weights": ({at("weight", 2): 0.2}, at("weight", 0), "weights of the children of “target synergy” sum to 0.6"),
    "first levels": ({at("weight", 0): 0.6, at("weight", 2): 0.2}, live("weights"), "weights of the children sum to 1.1"),
    "cycle": ({at("parent", 0): "1"}, at("parent", 0), "parent “1” must stand before its children (no cycle)"),
    "unknown parent": ({at("parent", 2): "goal"}, at("parent", 2), "there is no parent with code “goal”"),
    "unknown formula": ({at("formula", 2): "p/q"}, at("formula", 2), "formula must be synergy"),
    "duplicate code": ({at("code", 2): "3"}, at("code", 3), "code “3” is used twice"),
    "unit": ({at("benchmark.unit", 2): "kg/t"}, at("benchmark.unit", 2), "the indicator is in AP/t cement"),
    "convention": ({at("benchmark.basis", 6): "发电煤耗"}, at("benchmark.basis", 6), "must be one convention"),
    "source": ({at("benchmark.source", 2): None}, at("benchmark.source", 2), "needs its source"),
    "text for a weight": ({at("weight", 2): "0,1"}, at("weight", 2), "weight must be a number ≥ 0, got “0,1”"),
    "text for a benchmark": ({at("benchmark.value", 2): "ca. 3"}, at("benchmark.value", 2), "bad benchmark fields: value = ca. 3"),
    "attribute": ({at("attribute", 2): "up"}, at("attribute", 2), "attribute must be positive"),
    "option": ({option("gwp_set"): "AR7"}, option("gwp_set"), "option gwp_set must be"),
    "output value": ({fact("output_value_basis"): "profit"}, fact("output_value_basis"), "output_value_basis must be"),
    "condition": ({entry("conditions", "indicator"): "88"}, entry("conditions", "indicator"), "there is no indicator “88”"),
    "grade": ({entry("grades", "from"): 850}, entry("grades", "from"), "0–100"),
    "gone heading": ({at("name_zh", -1): "Name"}, at("name_zh", -1), "heading must be “name (Chinese)”, found “Name”"),
    "moved fact": ({heading(fact("id")): "ident"}, heading(fact("id")), "heading must be “id”, found “ident”"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "where", "message"), ERRORS.values(), ids=ERRORS)
def test_one_message_with_its_cell(tmp_path: Path, cells: dict[str, Any], where: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        build(edited(tmp_path, cells, "cement"))
    [finding] = caught.value.findings
    assert finding.where == (where if "!" in where else f"Index tree!{where}")
    assert message in finding.text.en


def test_what_programs_make_of_typed_texts(tmp_path: Path) -> None:
    """Codes and years that became numbers, dates that became dates, blanks around."""
    cells = {
        at("code", 2): 2,
        at("benchmark.year", 2): 2024.0,
        at("attribute", 2): " negative ",
        at("formula", 2): "equivalent_intensity",
        fact("version"): 1,
        fact("review"): datetime.date(2027, 12, 31),
    }
    guide = build(edited(tmp_path, cells, "cement"))
    assert to_dict(guide) == to_dict(load("cement"))


def test_blank_rows_between_do_no_harm_and_errors_name_the_right_row(tmp_path: Path) -> None:
    path = edited(tmp_path, {}, "cement")
    book = load_workbook(path)
    sheet: Worksheet = book["Index tree"]
    _move_down(sheet, 7, 3)
    book.save(path)
    assert build(path).hash == load("cement").hash
    typed(book, {at("weight", 10): "?"})
    book.save(path)
    with pytest.raises(Refused, match=f"{at('weight', 10)}: weight must be a number"):
        build(path)


def _move_down(sheet: Worksheet, row: int, by: int) -> None:
    """All input rows from one on, as with cut and paste."""
    for r in range(40, row - 1, -1):
        for c in range(len(COMPUTED) + 1, len(COMPUTED) + len(NODES) + 1):
            sheet.cell(r + by, c).value = sheet.cell(r, c).value
            sheet.cell(r, c).value = None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path, golden: shutil.copy(golden / "gwp.csv", path), "not an Excel workbook|no workbook for authors"),
        (lambda path, golden: _plain_workbook(path), "no workbook for authors of guides"),
        (lambda path, golden: path.write_bytes(b""), "empty"),
    ],
)
def test_other_files(tmp_path: Path, golden: Path, make: Callable[[Path, Path], object], message: str) -> None:
    path = tmp_path / "g.xlsx"
    make(path, golden)
    with pytest.raises(Refused, match=message):
        build(path)


def _plain_workbook(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, 1)


def test_a_stray_cell_and_a_missing_sheet(tmp_path: Path) -> None:
    path = edited(tmp_path, {"Grades!XFD1048576": 1}, "cement")
    with pytest.raises(Refused, match="Grades!XFD1048576: a cell far from the data"):
        build(path)
    book = load_workbook(edited(tmp_path, {}, "cement"))
    del book["Grades"]
    book.save(path)
    with pytest.raises(Refused, match="sheets are missing: Grades"):
        build(path)


def test_a_newer_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="layout version 99 is newer"):
        build(edited(tmp_path, {stamp("layout"): "99"}, "cement"))


# What the file is like


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_is_one_place_and_every_input_is_unlocked(tmp_path: Path, language: str) -> None:
    new_book(tmp_path / "g.xlsx", load("four-levels"), language)
    book = load_workbook(tmp_path / "g.xlsx")
    layout = Layout(language, to_dict(load("four-levels")))
    assert set(book.defined_names) == set(layout.names)
    for name, item in book.defined_names.items():
        [(sheet, place)] = list(item.destinations)
        cells = book[sheet][place.replace("$", "")]
        assert "#REF!" not in item.attr_text
        if name.startswith("in_"):
            assert not cells.protection.locked
        if name.startswith("tbl_"):
            assert not any(cell.protection.locked for row in cells for cell in row)
    for sheet in book.worksheets:
        assert sheet.protection.sheet and sheet.protection.password is None
        assert not sheet.print_options.headings


def test_drop_downs_are_ranges_and_show_the_language(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("cement"), "en")
    book = load_workbook(tmp_path / "g.xlsx")
    lists = [rule for sheet in book for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) > 10
    assert all("!" in rule.formula1 for rule in lists)
    offered = [cell.value for row in book["Lists"].iter_rows() for cell in row]
    assert {"positive", "qualitative", "entered by the enterprise", "value added", "water and air"} <= set(offered)


def test_the_live_checks_of_an_unfinished_tree() -> None:
    nodes = [
        {"code": "a", "weight": 0.5},
        {"code": "a1", "name_zh": "甲", "parent": "a", "weight": 0.2, "attribute": "positive", "formula": "entered"},
        {"code": "a2", "parent": "a", "attribute": "positive", "formula": "entered"},
        {"code": "b", "weight": 0.5, "attribute": "positive", "formula": "entered", "benchmark": {"value": 1}},
        {"code": "A", "parent": "c", "weight": 0.1},
    ]
    shown = [(total, check.en) for total, check in sums_and_checks(nodes)]
    assert shown == [
        (0.2, "code used twice"),
        ("", "ok"),
        ("", NO_WEIGHT.en),
        ("", NO_SOURCE.en),
        (0.2, "code used twice"),
    ]
    assert all(check is OK for _, check in sums_and_checks(to_dict(builtin())["nodes"]))


def test_the_language_of_the_program_is_left_alone(tmp_path: Path) -> None:
    set_language("en")
    new_book(tmp_path / "g.xlsx", language="zh")
    with pytest.raises(Refused, match=f"{fact('id', Layout('zh'))}: needs its id"):
        build(tmp_path / "g.xlsx")


def test_toml_from_a_workbook_is_that_of_the_guide(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("paper"))
    assert dump(build(tmp_path / "g.xlsx")) == dump(load("paper"))


def test_every_field_has_a_width_and_a_place() -> None:
    layout = Layout()
    for name, fields in TABLES.items():
        for field in fields:
            assert layout.cell(name, 0, field).row == FIRST
