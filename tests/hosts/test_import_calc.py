"""The add-in's menu entry Import papers in the real LibreOffice, which opens the papers itself: as `jwdt import --into` does."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jwdt_xl import workbook
from jwdt_xl.assessment import read, write
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.libreoffice import extension, shim
from jwdt_xl.messages import speaking
from jwdt_xl.opening.sources import discover
from jwdt_xl.papers.opened import typed
from jwdt_xl.papers.run import import_papers
from jwdt_xl.workbook import read as read_return

from ..office import Office
from ..papers import made

pytestmark = pytest.mark.xdist_group("office")
TYPED: dict[str, Any] = {
    "format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"},
    "activity": [{"kind": "fuel", "name": "液化石油气", "unit": "t", "report": 90, "source": "领料单"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def calc() -> Iterator[Office]:
    with Office(locale="zh-CN", addin=True, limit=120) as office:
        yield office


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    found = {key: folder / f"{key}.xlsx" for key in ("blank", "typed")}
    workbook.write(str(found["blank"]))
    workbook.write(str(found["typed"]), assessment=read(TYPED))
    return found


def by_command(form: Path, *papers: Path) -> Any:
    with speaking("zh"):
        return import_papers(discover(map(str, papers)), typed(str(form), None)[0])


def rows_of(book: Any) -> list[list[Any]]:
    """What the sheet of the action says."""
    return [row for row in book.block(f"'{book.sheets()[-1]}'.A3:D60") if row[0]]


@pytest.mark.parametrize("key", ["blank", "typed"])
@pytest.mark.parametrize("style", made.STYLES[:3], ids=lambda style: style.key)
def test_as_the_command_does(calc: Office, forms: dict[str, Path], tmp_path: Path, key: str, style: made.Style) -> None:
    """Workbooks and texts of three dialects; every cell of the form afterwards, saved by Calc and read as a return."""
    papers = list(made.all_of(tmp_path, made.FOUNDRY, style))
    book = calc.open(forms[key])
    said = book.papers([str(path) for path in papers])
    assert said.startswith("材料 4 份 = 已导入 4 + 只用于核对 0 + 被拒绝 0") and book.sheets()[-1] == "导入结果"
    wanted = by_command(forms[key], *papers)
    codes = sorted(finding.code for finding in wanted.findings if finding.code != "still-to-type")
    told = rows_of(book)[1:] if rows_of(book)[0][0] == "级别" else rows_of(book)
    assert sorted(row[3] for row in told) == codes
    if key == "typed":
        assert any(row[3] == "imported-differs" and "90 t" in row[2] and "91.02 t" in row[2] for row in told)
    again = book.papers([str(path) for path in papers])
    assert again.endswith("；0 个单元格") and book.sheets()[-1] == "导入结果 2"
    path = book.save(tmp_path / "saved.xlsx")
    book.close()
    assert write(read(read_return(str(path)).data)) == write(wanted.assessment)


def test_dates_errors_last_years_return_and_what_is_no_paper(
    calc: Office, forms: dict[str, Path], tmp_path: Path
) -> None:
    """Months typed as dates; an error value; a filled form of the year before; a picture, a broken file, one that is gone."""
    tax = tmp_path / "tax.xlsx"
    with xlsxwriter.Workbook(tax) as file:
        sheet, day = file.add_worksheet("税"), file.add_format({"num_format": "yyyy-mm"})
        sheet.write_row(0, 0, made._TAX)
        for month in range(1, 13):
            sheet.write_row(month, 0, ["Y1", None, "窑", "大气污染物", None, "二氧化硫", "自动监测", 100, 50])
            sheet.write_datetime(month, 1, datetime.datetime(2023, month, 1), day)
        sheet.write_row(13, 0, ["Y1", "2023-01", "窑", "大气污染物", None, "氮氧化物", "自动监测", 100])
        sheet.write_formula(13, 8, "=1/0", None, "#DIV/0!")
    old = tmp_path / "old.xlsx"
    data = {**TYPED, "periods": {"base": "2021", "report": "2022"}, "product": {"unit": "t", "output": {"report": 7}}}
    workbook.write(str(old), assessment=read(data), language="en")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 jpeg")
    (tmp_path / "broken.xlsx").write_bytes(tax.read_bytes()[:900])
    (tmp_path / "a.json").write_text(json.dumps({**TYPED, "boundary": "厂区"}), encoding="utf-8")
    names = ["tax.xlsx", "old.xlsx", "photo.jpg", "broken.xlsx", "gone.xlsx", "a.json"]
    book = calc.open(forms["typed"])
    said = book.papers([str(tmp_path / name) for name in names])
    told = {(row[3], str(row[1])) for row in rows_of(book)}
    book_again = read_return(str(book.save(tmp_path / "saved.xlsx"))).data
    book.close()
    assert "材料 6 份 = 已导入 3" in said and "被拒绝 3" in said
    assert [(row["pollutant"], row.get("report")) for row in book_again["pollutants"] if row.get("report")] == [
        ("二氧化硫", 600)
    ]
    assert ("error-value", "tax.xlsx!税!I14") in told or ("paper-number", "tax.xlsx!税!I14") in told
    assert book_again["product"]["output"] == {"base": 7} and book_again["boundary"] == "厂区"
    assert book_again["activity"][0]["base"] == 90
    assert ("import-other-file", "photo.jpg") in told and any(
        code == "missing-file" or where == "gone.xlsx" for code, where in told
    )
    assert any(where == "broken.xlsx" for _, where in told)


def test_one_undo_takes_it_back_and_an_ods_is_a_form_too(calc: Office, forms: dict[str, Path], tmp_path: Path) -> None:
    paper = str(made.form_205(tmp_path, made.FOUNDRY, "2023", made.STYLES[1]))
    book = calc.open(forms["typed"], window=True)
    before, amount = book.sheets(), "'能源与过程账单'.C5:I9"
    typed_in = book.block(amount)
    assert not book.papers([paper]).endswith("；0 个单元格") and book.block(amount) != typed_in
    book.do("A1", ".uno:Undo")
    assert book.sheets() == before and book.block(amount) == typed_in
    ods = book.save(tmp_path / "form.ods")
    book.close()
    again = calc.open(ods)
    assert again.papers([paper]).startswith("材料 1 份 = 已导入 1") and again.block(amount) != typed_in
    again.close()


def test_a_formula_that_shows_nothing_stays(calc: Office, forms: dict[str, Path], tmp_path: Path) -> None:
    """It is a cell that somebody has filled in; what was not written is told with its value."""
    book = calc.open(forms["blank"])
    book.set("in_enterprise_name", '=IF(1=1;"";"")')
    book.papers([str(made.form_205(tmp_path, made.FOUNDRY, "2023", made.STYLES[0]))])
    told = [row for row in rows_of(book) if row[3] == "import-cell-taken"]
    assert [row[1] for row in told] == ["企业信息!B5"] and made.FOUNDRY.name in told[0][2]
    assert book.formula("in_enterprise_name").startswith("=") and book.get("in_enterprise_uscc") == made.FOUNDRY.uscc
    book.close()


def test_the_language_is_the_forms(calc: Office, tmp_path: Path) -> None:
    """Also where a paper is a form full of functions, which Calc computes in the language of its own interface."""
    english, old = tmp_path / "english.xlsx", tmp_path / "old.xlsx"
    workbook.write(str(english), assessment=read(TYPED), language="en")
    workbook.write(str(old), assessment=read({**TYPED, "periods": {"base": "2020", "report": "2021"}}))
    book = calc.open(english)
    said = book.papers([str(old)])
    assert said.startswith("1 papers = 0 imported") and book.sheets()[-1] == "Imported"
    assert [row[0] for row in rows_of(book)] == ["error"]
    book.close()


def test_another_document_is_told_to_be_none(calc: Office, tmp_path: Path) -> None:
    book = calc.new()
    said = book.papers([str(made.form_205(tmp_path, made.FOUNDRY, "2023", made.STYLES[0]))])
    assert "jwdt template" in said and book.sheets() == ["Sheet1"]
    book.close()


def test_the_menu_entry(calc: Office, forms: dict[str, Path]) -> None:
    """It is in the extension, in spreadsheets only; chosen without a file (no dialog opens headless) it changes nothing."""
    parts = extension.parts(CATALOGUE)
    menu = parts["menu.xcu"].decode()
    assert f"service:{shim.IMPORT}?files" in menu and "com.sun.star.sheet.SpreadsheetDocument" in menu
    assert extension.MENU.zh in menu and extension.MENU.en in menu
    book = calc.open(forms["blank"], window=True)
    before = book.sheets()
    book.trigger("files")
    book.do("A1", f"service:{shim.IMPORT}?files")
    assert book.sheets() == before
    book.close()


def test_the_extension_stays_small() -> None:
    """With the papers it is well below a megabyte; nothing of other packages goes along."""
    files = extension.parts(CATALOGUE)
    assert {"core/papers/together.py", "core/papers/kinds/tax.py", "core/hosts/libreoffice/papers.py"} <= files.keys()
    assert not any(name.startswith(("core/workbook", "core/cli")) or "opened" in name for name in files)
    packed = Path(__file__).parents[2] / "udfs" / "jwdt.oxt"
    assert packed.stat().st_size < 700_000
