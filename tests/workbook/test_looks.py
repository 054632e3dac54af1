"""How a workbook looks and prints: pages, colours, guidance, charts, two languages."""

from __future__ import annotations

import json
import re
import string
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from python_calamine import CalamineWorkbook

from jwdt_xl.assessment.checks import benchmarks, completeness
from jwdt_xl.assessment.checks.rows import OF_ROWS
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.product_units import PRODUCTS, SPELLINGS
from jwdt_xl.workbook import read as read_workbook
from jwdt_xl.workbook import texts, words, write
from jwdt_xl.workbook.columns import benchmark_units
from jwdt_xl.workbook.columns.catalogue import HINTS
from jwdt_xl.workbook.columns.names import ALIKE, wide
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.parts import Sender, lines, width_of
from jwdt_xl.workbook.plan import COMPUTED, FORMAT, VERSION
from jwdt_xl.workbook.sheets import reference_texts, result_texts

from ..office import Office
from .cases import NAMED_GUIDE
from .conftest import EXAMPLES

MOST_PAGES = 23
#: Hints of tables with tall rows may take two lines, the others one.
MOST_LINES = 2
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FULL_TURN = 360 * 60_000
Make = Callable[..., Path]


@cache
def loaded(path: Path) -> Workbook:
    return load_workbook(path)


def charts_of(path: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


# Pages


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["", "cement", "na_and_missing"])
def test_the_whole_book_prints_on_few_pages(
    name: str, language: str, office: Office, workbook: Make, example: Callable[[str], Any], tmp_path: Path
) -> None:
    path = workbook(example(name) if name else None, language=language)
    book = office.open(path)
    try:
        printed = book.save(tmp_path / "book.pdf").read_bytes()
    finally:
        book.close()
    pages = len(re.findall(rb"/Type\s*/Page[^s]", printed))
    assert 0 < pages <= MOST_PAGES
    shown = [sheet for sheet in loaded(path) if sheet.sheet_state == "visible"]
    assert pages == len(shown), "a sheet takes more than one page"


def test_a_long_table_may_take_more_pages(tmp_path: Path, example: Callable[[str], Any]) -> None:
    path = tmp_path / "long.xlsx"
    write(path, host="portable", assessment=read(example("cement")), rows={"pollutants": 200})
    layout = read_workbook(path).layout
    assert layout.tables["pollutants"].rows == 200
    assert loaded(path)[layout.title("pollutants")].page_setup.fitToHeight == 0


# Colours and guidance


def test_conditional_formats_mark_missing_suspicious_and_inconsistent(workbook: Make) -> None:
    layout = Layout(builtin(), "portable", "zh")
    for name in TABLES:
        found = layout.tables[name]
        sheet = loaded(workbook())[layout.title(found.sheet)]
        marked = {str(area.sqref): area.rules for area in sheet.conditional_formatting}
        beside = [get_column_letter(found.computed[key] + 1) for key in ("hint", "mark")]
        assert len(marked[f"{beside[0]}{found.first + 1}:{beside[1]}{found.last + 1}"]) == 3, (
            f"{name}: red, amber, light"
        )
        for field in {"base", "report"} & set(found.inputs):
            letter = get_column_letter(found.inputs[field] + 1)
            rules = marked[f"{letter}{found.first + 1}:{letter}{found.last + 1}"]
            assert len({rule.dxf.fill.bgColor.rgb for rule in rules if rule.dxf.fill}) == 4, (
                f"{name}.{field}: wrong, light, lacking, needed"
            )


def test_an_empty_template_is_calm(workbook: Make) -> None:
    """Rows nobody began are pale; the next one to fill is yellow by a conditional format."""
    layout = Layout(builtin(), "portable", "zh")
    found = layout.tables["pollutants"]
    sheet = loaded(workbook())[layout.title("pollutants")]
    cells = [sheet.cell(found.first + 1, col + 1) for col in found.inputs.values()]
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFFFFCF0", "FFF5F8FA"}


def test_hints_fit_their_column() -> None:
    own = {"incomplete", "unit", "number", "source"}
    of_questions = {
        "metered", "meter_right", "metered_blank", "far_off", "hundredfold", "other_unit", "unclear_unit", "below_one", "no_reason",
        "outside_range", "not_a_level", "ratio_energy", "output_differs",
    }  # fmt: skip
    of_rows: dict[str, set[str]] = {}
    for rule in OF_ROWS:
        of_rows.setdefault(rule.hint.zh, set()).add(rule.table)
    for name in TABLES:
        width = texts.width(name, "hint")
        for hint in HINTS:
            if hint.name in of_questions or name not in of_rows.get(hint.text.zh, {name}):
                continue
            if name == "own_equivalents" and hint.name not in own:
                continue
            for text in hint.text:
                assert lines(text, width, 9) <= MOST_LINES, f"{name}: {text}"
                assert name in texts.TALL or width_of(text) <= width * 10 / 9 + 3, f"{name}: {text}"


def test_every_question_is_explained() -> None:
    """What it is in both languages; what must be given also by an example."""
    for name, cls in TABLES.items():
        for field, spec in specs(cls).items():
            assert all(spec.help), f"{name}.{field}"
            assert not spec.required or spec.kind == "unit" or all(spec.example), f"{name}.{field}"
        for key, title in COMPUTED[name].items():
            assert title is None or (all(title) and not CHINESE.search(title.en)), f"{name}.{key}"


def test_terms_and_versions() -> None:
    names = [term.name.zh for term in reference_texts.TERMS]
    assert names == ["工业行业减污降碳协同增效", "污染物当量", "温室气体排放", "二氧化碳当量", "减污降碳协同度"]
    assert [int(version) for version, _, _ in reference_texts.VERSIONS] == list(range(1, VERSION + 1))
    references = " ".join(name.zh for mark, name, _ in reference_texts.REFERENCES if mark == "note")
    assert "GB/T 4754" in references and "GB/T 32150" in references


def links(sheet: Any) -> list[Any]:
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_contents_list_leads_to_every_sheet(language: str, workbook: Make, example: Callable[[str], Any]) -> None:
    book = loaded(workbook(example("cement"), language=language))
    howto = Layout(builtin(), "portable", language).title("howto")
    shown = {sheet.title for sheet in book if sheet.sheet_state == "visible"}
    assert {link.location.rpartition("!")[0].strip("'") for link in links(book[howto])} == shown - {howto}
    for sheet in book:
        assert all(link.location and not link.id for link in links(sheet)), f"{sheet.title}: a link out of the file"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bar_leads_on_and_back_and_is_not_printed(language: str, workbook: Make) -> None:
    book = loaded(workbook(language=language))
    titles = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    layout = Layout(builtin(), "portable", language)
    starts = {layout.title(name) for name in (*layout.forms, *(n for n, t in layout.tables.items() if t.sheet == n))}
    for before, title, after in zip(["", *titles], titles, [*titles[1:], ""], strict=False):
        sheet = book[title]
        bar = [cell for cell in sheet["A1:J1"][0] if cell.value is not None][:3]
        leads = [cell.hyperlink.location if cell.hyperlink else "" for cell in bar]
        there = [name if name != title else "" for name in (before, titles[0], after)]
        # to where its first cell to be filled in is, which is chosen when the sheet is opened
        chosen = [book[name].sheet_view.selection[-1].activeCell if name in starts else "A1" for name in there]
        assert leads == [f"'{name}'!{at}" if name else "" for name, at in zip(there, chosen, strict=True)], title
        assert re.match(r"'.*'!\$A\$2:", str(sheet.print_area)), title
        frozen = sheet.freeze_panes and column_index_from_string(coordinate_from_string(sheet.freeze_panes)[0]) - 1
        across = [
            str(area)
            for area in sheet.merged_cells.ranges
            if area.min_row < 4 and area.min_col <= (frozen or 0) < area.max_col
        ]
        assert not across, f"{title}: cut by the edge of what does not scroll"


def test_the_first_sheet_marks_what_the_guide_needs(
    workbook: Make, example: Callable[[str], Any], tmp_path: Path
) -> None:
    """By its indicators, and while they are not declared not applicable; whom to ask; and the stamp out of sight."""

    def needed(path: Path) -> dict[str, Any]:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("说明")
        return {row[0]: row[5] for row in sheet.to_python(skip_empty_area=False)[20:45]}

    whole = needed(workbook())
    assert (whole["余能"], whole["能源与过程账单"]) == ("必填，没有填 0", "推荐：有账单填这里")
    assert whole["能源"] == whole["温室气体"] == "仅限有核查报告的吨数"
    assert (
        needed(workbook({**example("cement"), "not_applicable": {"7": "没有可回收的余能"}}))["余能"] == "已声明不适用"
    )
    path = tmp_path / "parts.xlsx"
    write(path, guide=NAMED_GUIDE, sender=Sender("园区办 0571-1", "2024-05-01"))
    assert {needed(path)[name] for name in ("余能", "原辅料")} == {"本指南不需要"}
    sheet = load_workbook(path)["说明"]
    assert "园区办 0571-1" in sheet["A11"].value and "2024-05-01" in sheet["A11"].value
    assert all(sheet.row_dimensions[row].hidden for row in range(3, 10)) and sheet["B3"].value == FORMAT


# Charts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_charts_have_titles_with_units_and_named_quadrants(
    language: str, workbook: Make, example: Callable[[str], Any]
) -> None:
    charts = charts_of(workbook(example("cement"), language=language))
    assert len(charts) == 4
    for name, chart in charts.items():
        title = chart.find(f"{CHART}chart/{CHART}title")
        assert title is not None, name
        assert "".join(found.text or "" for found in title.iter(f"{DRAWING}t")).endswith(")"), f"{name}: no unit"
    said = {found.text for chart in charts.values() for found in chart.iter(f"{DRAWING}t")}
    assert {text.zh if language == "zh" else text.en for text in result_texts.QUADRANTS.values()} <= said


def test_vertical_axis_titles_stand_upright(workbook: Make) -> None:
    """LibreOffice draws turned Chinese letters illegibly."""
    titles = [
        (name, body.get("rot", "0"))
        for name, chart in charts_of(workbook()).items()
        for axis in chart.iter(f"{CHART}valAx")
        for body in axis.findall(f"{CHART}title//{DRAWING}bodyPr")
    ]
    assert titles
    assert all(int(turned) % FULL_TURN == 0 for _, turned in titles), titles


# Languages


def texts_in(path: Path, skip: str) -> Iterator[tuple[str, str]]:
    """Every text a reader of the file can meet: cells, prompts, sheet names, charts, properties; and formulas."""
    book = loaded(path)
    for sheet in book:
        yield "sheet", sheet.title
        if sheet.title == skip:
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield f"{sheet.title}!{cell.coordinate}", without_folding(cell.value)
                elif hasattr(cell.value, "text"):
                    yield f"{sheet.title}!{cell.coordinate}", without_folding(str(cell.value.text))
        for rule in sheet.data_validations.dataValidation:
            for text in (rule.prompt, rule.promptTitle, rule.error, rule.errorTitle, rule.formula1):
                yield f"{sheet.title}, rule of {rule.sqref}", text or ""
        for area in sheet.conditional_formatting:
            for found in area.rules:
                yield f"{sheet.title}, format of {area.sqref}", " ".join(found.formula)
    for name in book.defined_names:
        yield "name", name
    for name, chart in charts_of(path).items():
        for found in chart.iter(f"{DRAWING}t"):
            yield name, found.text or ""
    yield "title", book.properties.title or ""


def without_folding(text: str) -> str:
    """A formula without the widths of brackets and letters and the spellings of units that it makes alike; nobody reads them."""
    letters = ((wide(letter), letter) for letter in string.ascii_uppercase + string.digits + "/")
    for typed, meant in (*ALIKE, *letters, *benchmark_units._WIDE, *SPELLINGS):
        text = text.replace(f',"{typed}","{meant}")', ")")
    for word in (*_UNITS, *completeness.UNKNOWN_REASONS):
        text = re.sub(f'"{re.escape(word)}(/[a-z]*)?"', '""', text)
    return text.replace("|".join(["", *sorted(benchmarks.KNOWN_UNITS), ""]), "")


_RIGHT = [unit for node in builtin().indicators for unit in benchmarks.right_units(node)]
_UNITS = {*PRODUCTS, *(above for above, _ in _RIGHT), *("/".join(unit) for unit in _RIGHT)} - {""}


@pytest.mark.parametrize("host", ["excel", "lite", "server", "portable"])
def test_no_chinese_in_an_english_template(host: str, workbook: Make) -> None:
    """Outside the hidden lists, which know every name in both languages."""
    path = workbook(host=host, language="en")
    assert not [(where, text) for where, text in texts_in(path, "Lists") if CHINESE.search(text)]


def test_no_chinese_but_what_was_typed(workbook: Make, example: Callable[[str], Any]) -> None:
    data = example("cement")
    typed = sorted(set(re.findall(r'"([^"]*)"', json.dumps(data, ensure_ascii=False))), key=len, reverse=True)
    for where, text in texts_in(workbook(data, language="en"), "Lists"):
        for said in typed:
            text = text.replace(said, "")
        assert not CHINESE.search(text), f"{where}: {text}"


def test_the_drop_downs_of_an_english_template_are_english(workbook: Make) -> None:
    book = loaded(workbook(language="en"))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    offered = {name for rule in rules for name in re.findall(r"l_\w+", rule.formula1)}
    assert len(offered) > 20
    for name in offered:
        sheet, _, area = book.defined_names[name].attr_text.rpartition("!")
        for row in book[sheet.strip("'")][area.replace("$", "")]:
            for cell in row if isinstance(row, tuple) else (row,):
                assert not CHINESE.search(str(cell.value or "")), f"{name}: {cell.value}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_filled_workbook_in_the_other_language_keeps_its_data(
    name: str, workbook: Make, example: Callable[[str], Any], tmp_path: Path
) -> None:
    data = example(name)
    first = read_workbook(workbook(data, language="zh"))
    path = tmp_path / "english.xlsx"
    write(path, host="portable", language="en", assessment=read(first.data))
    again = read_workbook(path)
    assert again.data == first.data == data
    assert again.stamp["language"] == "en"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_units_are_written_in_the_language_and_read_back(language: str, tmp_path: Path) -> None:
    rows = [
        {"medium": "water", "pollutant": "pH", "parameter": 5, "unit": "t wastewater", "base": 1, "report": 2},
        {"medium": "water", "pollutant": "猪", "unit": "head", "base": 1, "report": 2},
    ]
    data = {
        "format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, "pollutants": rows, "benchmarks": {},
        "greenhouse": [], "energy": [{"energy": "电力", "origin": "grid", "unit": "万kWh", "base": 1, "report": 1}],
        "materials": [{"material": "x", "unit": "万t", "base": 1, "report": 1}], "residual_energy": [],
    }  # fmt: skip
    path = tmp_path / "units.xlsx"
    write(path, host="portable", language=language, assessment=read(data))
    returned = read_workbook(path)
    assert returned.data == data
    found = returned.layout.tables["pollutants"]
    shown = [returned.grids["pollutants"][found.first + i][found.inputs["unit"]] for i in (0, 1)]
    assert shown == (["t废水", "头"] if language == "zh" else ["t wastewater", "head"])


# On a small screen


#: Rows of a screen of 768 pixels that LibreOffice leaves for the sheet, in points, and what is wanted of them for the rows.
SCREEN_TALL, LEAST_ROWS = 436, 6


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_frozen_leaves_room_for_the_rows(language: str, workbook: Make) -> None:
    """Guidance above the columns is cut to what fits; the message of the cell says the rest."""
    layout = Layout(builtin(), "portable", language)
    for name, found in layout.tables.items():
        sheet = loaded(workbook(language=language))[layout.title(found.sheet)]
        tall = [sheet.row_dimensions[row].height or 15 for row in range(1, found.first + LEAST_ROWS + 1)]
        assert sum(tall) <= SCREEN_TALL, f"{name}: {tall}"


def test_what_is_to_be_filled_in_begins_on_a_small_screen(workbook: Make) -> None:
    """Reasons, examples and the place to paste to: columns that began or ended beyond 1,300 pixels."""
    layout = Layout(builtin(), "portable", "zh")
    book = loaded(workbook())

    def right_of(sheet: str, column: str) -> float:
        widths = book[layout.title(sheet)].column_dimensions
        spans = {col: d for d in widths.values() for col in range(d.min, d.max + 1)}
        last = column_index_from_string(column)
        return sum(0 if spans[col].hidden else spans[col].width for col in range(1, last + 1) if col in spans)

    # also what follows at once: own weights and those in force, changes and sums, notes of conversions
    for sheet, column in (
        ("enterprise", "G"), ("qualitative", "G"), ("settings", "O"), ("pollutants", "P"), ("materials", "N"), ("residual_energy", "N"),
        ("indicators", "L"), ("monthly", "O"),
    ):  # fmt: skip
        assert right_of(sheet, column) <= 144, sheet
    assert right_of("pasted", "J") <= 136


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_sheet_is_for_does_not_scroll(language: str, workbook: Make) -> None:
    """Where there is something right of the screen: else it slides under the edge of the columns that stand still."""
    layout = Layout(builtin(), "portable", language)
    for name in (
        "settings",
        "quantities",
        "indicators",
        "measures",
        *(n for n, t in layout.tables.items() if t.sheet == n),
    ):
        sheet, first = loaded(workbook(language=language))[layout.title(name)], layout.text(words.lead(builtin(), name))
        found = [cell for row in sheet["A2:Z3"] for cell in row if isinstance(cell.value, str) and first in cell.value]
        assert len(found) == 1, name
        still = column_index_from_string(coordinate_from_string(sheet.freeze_panes)[0]) - 1
        area = next((area for area in sheet.merged_cells.ranges if found[0].coordinate in area), None)
        assert (area.max_col if area else found[0].column) <= still, name
