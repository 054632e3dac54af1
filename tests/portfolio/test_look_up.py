"""Formulas are looked up only where a result differs, in one pass, and say the same as openpyxl reads and the template has."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from jwdt_xl import workbook
from jwdt_xl.assessment import read
from jwdt_xl.opening import written
from jwdt_xl.opening.limits import DEFAULT
from jwdt_xl.opening.sources import Source
from jwdt_xl.portfolio.collection import batches, formulas
from jwdt_xl.portfolio.collection.one_return import compared_workbook
from jwdt_xl.workbook.layout import Layout

from ..office import Office
from ..workbook.engines import stripped
from .returns import Returns, rewritten, set_cell

SHEETS = ("指标与得分", "汇总", "计算与检查")


@pytest.fixture(scope="module")
def data(golden: Path) -> Any:
    return json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["portable", "excel", "lambda"])
def filled(request: pytest.FixtureRequest, data: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("look") / "a.xlsx"
    workbook.write(path, host=request.param, assessment=read(data))
    return path


def by_openpyxl(path: Path, rows: int = 80) -> dict[str, written.Formulas]:
    """The formulas as another library reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    found: dict[str, written.Formulas] = {}
    for title in SHEETS:
        found[title] = {}
        for row in book[title].iter_rows(max_row=rows):
            for cell in row:
                text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                if isinstance(text, str) and text.startswith("="):
                    found[title][cell.row - 1, cell.column - 1] = text
    return found


def test_formulas_are_those_that_openpyxl_reads(filled: Path, tmp_path: Path) -> None:
    for path in (filled, stripped(filled, tmp_path)):
        found = written.formulas(path, SHEETS, 80)
        assert found == by_openpyxl(path) and sum(map(len, found.values())) > 200


@pytest.mark.xdist_group("office")
def test_those_that_libreoffice_saved_too(tmp_path: Path, data: Any) -> None:
    workbook.write(tmp_path / "a.xlsx", host="portable", assessment=read(data))
    with Office(locale="zh-CN") as office:
        book = office.open(tmp_path / "a.xlsx")
        book.save(tmp_path / "saved.xlsx")
        book.close()
    assert written.formulas(tmp_path / "saved.xlsx", SHEETS, 80) == by_openpyxl(tmp_path / "saved.xlsx")


def test_formulas_that_several_cells_share(tmp_path: Path, returns: Returns) -> None:
    """As Excel writes a column that was filled down: the first has the text, the others its index."""
    part = returns.part[SHEETS[0]]

    def share(xml: bytes) -> bytes:
        cells = re.findall(rb'<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>', xml)[:3]
        for place, inner in zip(
            cells,
            (
                b'<f t="shared" ref="A1:A9" si="7">$A$1+B2&amp;"x"</f>',
                b'<f t="shared" si="7"/>',
                b'<f t="shared" si="7"></f>',
            ),
            strict=True,
        ):
            xml = re.sub(rb'(<c r="%s"[^>]*>)<f>[^<]*</f>' % place, lambda found, inner=inner: found[1] + inner, xml)
        return xml

    path = rewritten(returns.base, tmp_path / "shared.xlsx", {part: share})
    found = written.formulas(path, SHEETS, 80)
    assert found == by_openpyxl(path)
    shared = [text for text in found[SHEETS[0]].values() if text.startswith("=$A$1+") and text.endswith('&"x"')]
    assert len(shared) == 3 and len(set(shared)) == 3


@pytest.mark.parametrize("rows", [0, 1, 10])
def test_no_further_than_asked(returns: Returns, rows: int) -> None:
    found = written.formulas(returns.base, SHEETS, rows)
    assert found is not None
    assert all(place[0] < rows for each in found.values() for place in each) and found == by_openpyxl(
        returns.base, max(rows, 1)
    ) | ({t: {} for t in SHEETS} if not rows else {})


def test_what_is_no_xlsx_or_lacks_a_sheet(tmp_path: Path, returns: Returns) -> None:
    assert written.formulas(returns.base, ("没有",), 80) is None
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as file:
        file.writestr("content.xml", "<a/>")
    assert written.formulas(tmp_path / "a.ods", SHEETS, 80) is None
    (tmp_path / "b.xlsx").write_bytes(b"PK cut")
    with pytest.raises(zipfile.BadZipFile):
        written.formulas(tmp_path / "b.xlsx", SHEETS, 80)


numbers = st.floats(0.5, 2)


@settings(max_examples=8, deadline=None)
@given(
    numbers,
    st.sampled_from(["portable", "excel"]),
    st.sampled_from(["zh", "en"]),
    st.integers(0, 3),
    st.text(max_size=8),
)
def test_formulas_of_a_template_follow_from_its_layout(
    golden: Path, factor: float, host: str, language: str, dropped: int, name: str
) -> None:
    """Kept for the next file of the layout: what they are for one enterprise they are for another, as openpyxl reads it."""
    import tempfile

    one = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    one["enterprise"]["name"] = name.encode("utf-8", "ignore").decode() or "x"
    one["product"]["output"]["report"] *= factor
    one["energy"] = one["energy"][: len(one["energy"]) - dropped]
    assessment = read(one)
    layout = Layout(assessment_guide(), host, language)
    cells = [cell for cell in layout.results.values() if cell.sheet in ("indicators", "quantities")]
    kept = formulas._template(layout, cells, assessment)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        workbook.write(path, host=host, language=language, assessment=assessment)
        book = openpyxl.load_workbook(path)
        for cell, formula in kept.items():
            value = book[layout.title(cell.sheet)].cell(cell.row + 1, cell.col + 1).value
            assert formula == (value.text if isinstance(value, ArrayFormula) else value), cell


def assessment_guide() -> Any:
    from jwdt_xl.standard.guide import builtin

    return builtin()


def test_the_template_is_written_once_for_many(
    tmp_path: Path, returns: Returns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was for each file: 0.5 s."""
    real, calls = workbook.write, []

    def write(*arguments: Any, **more: Any) -> Any:
        calls.append(arguments)
        return real(*arguments, **more)

    monkeypatch.setattr(workbook, "write", write)
    monkeypatch.setattr(formulas, "_KNOWN", {})
    for number in range(5):
        path = returns.write(tmp_path / f"{number}.xlsx", number)
        bare = stripped(path, tmp_path)
        codes = [finding.code for finding in compared_workbook(str(bare))[1]]
        assert codes == ["stale-cache"]
    assert len(calls) == 1
    whole = returns.write(tmp_path / "whole.xlsx", 9)
    assert compared_workbook(str(whole))[1] == () or not compared_workbook(str(whole))[1]
    assert len(calls) == 1


def test_an_honest_file_is_not_looked_up(tmp_path: Path, returns: Returns, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(written, "formulas", never)
    path = str(returns.write(tmp_path / "a.xlsx", 1))
    [row] = batches.evaluate_jobs([batches.Job(Source(path, path))], DEFAULT)
    assert not row["refused"] and "stale-cache" not in {packed[1] for packed in row["findings"]}


def test_what_was_told_before_is_told_still(tmp_path: Path, returns: Returns) -> None:
    """Typed over, changed and stale in one file, each with its cell, whatever was looked up before it."""
    fields, results = returns.layout.fields, returns.layout.results
    total, score = results["out_total"], results["out_score_4"]

    def tamper(xml: bytes) -> bytes:
        xml = set_cell(xml, score, 99.5)
        xml = re.sub(rb'(<c r="%s"[^>]*>)<f>[^<]*</f>' % address(total).encode(), rb"\1<f>1+1</f>", xml)
        return re.sub(rb'(<c r="%s"[^>]*>)<f>[^<]*</f>' % address(score).encode(), rb"\1", xml)

    part = returns.part[SHEETS[0]]
    enterprise = returns.sheet("enterprise")
    stale = lambda xml: set_cell(xml, fields["output_value.report"].cell, 123456789.0)  # noqa: E731
    path = rewritten(returns.write(tmp_path / "a.xlsx", 1), tmp_path / "b.xlsx", {part: tamper, enterprise: stale})
    for _ in range(2):
        found = {(f.code, f.where) for f in compared_workbook(str(path))[1]}
        assert ("result-typed-over", f"指标与得分!{address(score)}") in found
        assert ("formula-changed", f"指标与得分!{address(total)}") in found
        assert "stale-cache" in {code for code, _ in found} and len(found) == 3


def address(cell: Any) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return xl_rowcol_to_cell(cell.row, cell.col)


@pytest.mark.parametrize("renamed", ["基准与权重副本", "基准与权重 (2)", "定性(2)"])
def test_a_renamed_sheet_accuses_nobody(tmp_path: Path, returns: Returns, renamed: str) -> None:
    """Programs rename it in every formula; that was "formula changed" where results were not saved."""
    title = re.sub(r"副本| ?\(2\)", "", renamed)
    old, new = f"'{title}'!".encode(), f"'{renamed}'!".encode()

    def rename(xml: bytes) -> bytes:
        return xml.replace(old, new).replace(f'name="{title}"'.encode(), f'name="{renamed}"'.encode())

    bare = stripped(returns.base, tmp_path)
    path = rewritten(bare, tmp_path / "b.xlsx", dict.fromkeys([*returns.part.values(), "xl/workbook.xml"], rename))
    reading, found = compared_workbook(str(path))
    assert "renamed-sheet" in {finding.code for finding in reading.findings}
    assert [finding.code for finding in found] == ["stale-cache"]
