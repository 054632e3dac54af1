"""The action Import on an open form: what `jwdt import --into` makes of the same papers stands in its cells; nothing typed changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import Assessment, read, write
from jwdt_xl.errors import JwdtError
from jwdt_xl.messages import speaking
from jwdt_xl.opening.sources import discover
from jwdt_xl.papers.form.importing import Done, import_into
from jwdt_xl.papers.form.reading import NO_FORM, read_form
from jwdt_xl.papers.opened import open_all, typed
from jwdt_xl.papers.recognised import ByHeadings
from jwdt_xl.papers.together import started_of
from jwdt_xl.workbook import read as read_return

from . import made
from .conftest import BESIDE, imported
from .open_book import BookOfFile

TYPED: dict[str, Any] = {
    "format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, "enterprise": {"name": "示例铸造有限公司"},
    "activity": [
        {"kind": "fuel", "name": "液化石油气", "unit": "kg", "report": 90000, "source": "领料单"},
        {"kind": "fuel", "name": "柴油", "unit": "t", "base": 1, "report": 2},
    ],
    "pollutants": [{"medium": "air", "pollutant": "苯", "unit": "kg", "base": 49.7503818, "note": "核过"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Written once: a blank form, and one filled in partly, in both languages."""
    folder = tmp_path_factory.mktemp("forms")
    found = {}
    for language in ("zh", "en"):
        for key, assessment in (("blank", None), ("typed", read(TYPED))):
            found[f"{key}-{language}"] = folder / f"{key}-{language}.xlsx"
            workbook.write(str(found[f"{key}-{language}"]), assessment=assessment, host="portable", language=language)
    return found


def opened(form: Path, tmp_path: Path) -> BookOfFile:
    shutil.copy(form, tmp_path / "form.xlsx")
    return BookOfFile(tmp_path / "form.xlsx")


def action(book: BookOfFile, *paths: Path) -> Done:
    return import_into(book, lambda wanted: open_all(discover(map(str, paths)), wanted, ByHeadings()))


def data_of(path: Path) -> Any:
    return write(read(read_return(str(path)).data))


@pytest.mark.parametrize(
    ("enterprise", "key", "language"),
    [(each, "blank", "zh") for each in made.ENTERPRISES]
    + [(made.FOUNDRY, "typed", "zh"), (made.FOUNDRY, "typed", "en")],
    ids=lambda value: getattr(value, "key", value),
)
def test_as_the_command_does(
    tmp_path: Path, forms: dict[str, Path], enterprise: made.Enterprise, key: str, language: str
) -> None:
    """The cells afterwards are the assessment that the command writes, sources and all; a second time nothing is left to do."""
    papers = list(made.all_of(tmp_path, enterprise, made.STYLES[0]))
    book = opened(forms[f"{key}-{language}"], tmp_path)
    done = action(book, *papers)
    into = typed(str(forms[f"{key}-{language}"]), None)[0]
    with speaking("zh"):
        wanted = imported(*papers, into=into)
    assert data_of(book.saved()) == write(wanted.assessment)
    assert (
        done.fine
        and done.filled == len(book.put_cells) > 40
        and done.sheet == ("导入结果" if language == "zh" else "Imported")
    )
    codes = {finding.code for finding in wanted.findings} - {"still-to-type"}
    assert {finding.code for finding in done.findings} == codes
    again = action(BookOfFile(book.saved()), *papers)
    assert again.filled == 0, again.findings


def test_nothing_typed_is_overwritten(tmp_path: Path, forms: dict[str, Path]) -> None:
    """What differs is told with both places, a source is added to, a typed cell keeps what it holds."""
    book = opened(forms["typed-zh"], tmp_path)
    before = data_of(book.path)
    done = action(book, *made.all_of(tmp_path, made.FOUNDRY, made.STYLES[0]))
    after = data_of(book.saved())
    for table in ("activity", "pollutants"):
        for old, new in zip(before[table], after[table], strict=False):
            assert {key: new[key] for key in old if key != "source"} == {
                key: old[key] for key in old if key != "source"
            }
    gas = after["activity"][0]
    assert gas["report"] == 90000 and gas["base"] == 88310 and gas["source"].startswith("领料单; base: 205-")
    [differs] = [finding for finding in done.findings if finding.code == "imported-differs"]
    assert "90000 kg" in differs.text.en and "91.02 t" in differs.text.en
    sheet, top, *_ = book.ranges["tbl_activity"]
    column = next(cell.column_letter for cell in sheet[top - 1] if str(cell.value or "").startswith("报告期"))
    assert differs.where == f"能源与过程账单!{column}{top}"
    sheet = book.book[done.sheet]
    assert any("91.02 t" in str(row[2].value) and row[3].value == "imported-differs" for row in sheet.iter_rows())
    assert "4" in done.said and str(done.filled) in done.said


def test_what_cannot_be_read_in_a_cell_stays_and_is_told(tmp_path: Path, forms: dict[str, Path]) -> None:
    """A text where a number belongs: the action fills nothing and says the cell's path, as the command refuses."""
    book = opened(forms["typed-zh"], tmp_path)
    sheet, top, left, *_ = book.ranges["tbl_activity"]
    base = next(cell.column for cell in sheet[top - 1] if str(cell.value or "").startswith("基准期"))
    sheet.cell(top + 1, base).value = "约 5"
    done = action(book, *made.all_of(tmp_path, made.FOUNDRY, made.STYLES[0]))
    assert (
        done.filled == 0
        and not done.fine
        and [f.where for f in done.findings] == [f"能源与过程账单!{sheet.cell(top + 1, base).coordinate}"]
    )
    assert sheet.cell(top + 1, base).value == "约 5" and left <= base


def test_rows_go_below_what_is_there_and_a_full_table_is_told(tmp_path: Path, forms: dict[str, Path]) -> None:
    """Also below a blank row and one that holds a note only; what finds no room is told with its amounts."""
    book = opened(forms["typed-zh"], tmp_path)
    sheet, top, _, bottom, _ = book.ranges["tbl_pollutants"]
    heads = {str(cell.value or "").partition("\n")[0]: cell.column for cell in sheet[top - 1]}
    for row in range(top + 2, bottom - 1):  # all but two rows
        for head, value in (("介质", "大气"), ("污染物", "氯气"), ("单位", "kg"), ("基准期", 1), ("报告期", 1)):
            sheet.cell(row, heads[head]).value = value
    done = action(book, *made.all_of(tmp_path, made.FOUNDRY, made.STYLES[0]))
    lost = [finding for finding in done.findings if finding.code == "import-no-room"]
    assert len(lost) == 1 and lost[0].severity == "error"
    assert sheet.cell(bottom, heads["污染物"]).value is not None
    assert sheet.cell(top + 1, heads["污染物"]).value is None  # a blank row stays


def test_another_workbook_and_no_period(tmp_path: Path, forms: dict[str, Path]) -> None:
    book = opened(forms["blank-en"], tmp_path)
    form = tmp_path / "plain.csv"
    form.write_text("能源名称,计量单位,代码,消费量合计\n柴油,吨,21,5\n", encoding="utf-8")
    done = action(book, form)
    assert done.filled == 0 and not done.fine and {f.code for f in done.findings} == {"period-not-told"}
    del book.ranges["in_periods_base"]
    with pytest.raises(JwdtError) as error:
        action(book, form)
    assert error.value.text == NO_FORM


def test_headings_that_were_changed_are_refused(tmp_path: Path, forms: dict[str, Path]) -> None:
    book = opened(forms["blank-zh"], tmp_path)
    sheet, top, *_ = book.ranges["tbl_activity"]
    cell = next(cell for cell in sheet[top - 1] if str(cell.value or "").startswith("基准期"))
    cell.value = "去年"
    with pytest.raises(JwdtError) as error:
        action(book)
    assert "基准期" in error.value.text.zh and "能源与过程账单!" in error.value.text.zh and not book.put_cells


#: Bills with all that a row can have besides, and several products: no example has them.
BILLS: dict[str, Any] = {
    **TYPED, "boundary": "一个厂区", "products": [{"name": "甲", "unit": "t", "factor": 0.9, "base": 1, "report": 2}],
    "activity": [
        {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 5, "report": 6, "net_calorific_value": 21, "carbon_content": 0.026, "oxidation": 0.93},
        {"kind": "electricity", "origin": "own_renewable", "unit": "MWh", "base": 5, "evidence": "电表"},
        {"kind": "heat", "unit": "t", "pressure": 1, "temperature": 200, "base": 7, "report": 8, "quality": 3, "note": "汽"},
        {"kind": "wastewater", "name": "厌氧", "unit": "t", "base": 1, "report": 2, "recovered_base": 0.1, "recovered_report": 0.2},
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "language"), [("example_dyeing", "zh"), ("bills", "en")])
def test_a_form_reads_as_the_reader_of_returns_reads_it(golden: Path, tmp_path: Path, name: str, language: str) -> None:
    """Every field that papers may touch, by names and headings alone."""
    data = BILLS if name == "bills" else json.loads((golden / f"{name}.json").read_text(encoding="utf-8"))
    workbook.write(str(tmp_path / "f.xlsx"), assessment=read(data), host="portable", language=language)
    wanted = read(read_return(str(tmp_path / "f.xlsx")).data)
    found = started_of(read_form(BookOfFile(tmp_path / "f.xlsx")).data)
    parts = ("enterprise", "periods", "product", "output_value", "metered_electricity", "boundary", "products", "own_equivalents", "activity",
             "pollutants", "greenhouse", "energy", "materials", "residual_energy")  # fmt: skip
    for part in parts:
        assert getattr(found, part) == getattr(wanted, part), part


def test_a_blank_form_can_be_filled_by_the_command_too(tmp_path: Path, forms: dict[str, Path]) -> None:
    """Its periods come from the papers."""
    started = typed(str(forms["blank-zh"]), None)[0]
    assert started.periods == Assessment().periods and BESIDE
    found = imported(*made.all_of(tmp_path, made.FOUNDRY, made.STYLES[0]), into=started)
    assert (found.assessment.periods.base, found.assessment.periods.report) == made.YEARS
    assert started_of({**TYPED, "periods": {"report": "2023"}}).periods.report == "2023"
