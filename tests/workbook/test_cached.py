"""What people see who open a filled workbook without any add-in: the results it was written with."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pytest
from python_calamine import load_workbook

from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.result import Result
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import HOSTS
from jwdt_xl.workbook.columns.calls import NO_ADDIN
from jwdt_xl.workbook.layout import Layout

from ..office import Office

Make = Callable[..., Path]
EDITIONS = [(host, language) for host in HOSTS for language in ("zh", "en")]


@pytest.fixture(scope="module")
def result(example: Callable[[str], Any]) -> Result:
    return evaluate(read(example("cement")))


def shown(result: Result) -> dict[str, float]:
    """Results by the name of their cell."""
    found = {"out_total": result.total, "out_coverage": result.coverage}
    found |= {f"out_score_{indicator.node.code}": indicator.score for indicator in result.indicators}
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
@pytest.mark.parametrize(("host", "language"), EDITIONS)
def test_pandas_reads_them(
    host: str, language: str, engine: Any, workbook: Make, example: Callable[[str], Any], result: Result
) -> None:
    layout = Layout(builtin(), host, language)
    path = workbook(example("cement"), host=host, language=language)
    sheets = pandas.read_excel(path, sheet_name=None, header=None, engine=engine)
    for name, value in shown(result).items():
        cell = layout.results[name]
        assert sheets[layout.title(cell.sheet)].iat[cell.row, cell.col] == pytest.approx(value, rel=1e-12), name


@pytest.mark.parametrize(("host", "language"), EDITIONS)
def test_calamine_reads_them(
    host: str, language: str, workbook: Make, example: Callable[[str], Any], result: Result
) -> None:
    layout = Layout(builtin(), host, language)
    book = load_workbook(workbook(example("cement"), host=host, language=language))
    grids = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names}
    for name, value in shown(result).items():
        cell = layout.results[name]
        assert grids[layout.title(cell.sheet)][cell.row][cell.col] == pytest.approx(value, rel=1e-12), name


def opened(office: Office, path: Path, names: dict[str, float]) -> dict[str, Any]:
    """Cells of a file as LibreOffice without the extension shows them."""
    assert not office.functions("JWDT")
    book = office.open(path)
    try:
        return {name: book.get(name) for name in names}
    finally:
        book.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("host", ["portable", "excel"])
def test_libreoffice_shows_them(
    host: str, language: str, office: Office, workbook: Make, example: Callable[[str], Any], result: Result
) -> None:
    path = workbook(example("cement"), host=host, language=language)
    assert opened(office, path, shown(result)) == pytest.approx(shown(result), rel=1e-12)


@pytest.mark.parametrize(("host", "language"), [edition for edition in EDITIONS if edition[0] in ("lite", "server")])
def test_libreoffice_says_that_the_extension_is_missing(
    host: str, language: str, office: Office, workbook: Make, example: Callable[[str], Any], result: Result
) -> None:
    """It computes arrays, as the calls of these editions are, while it opens a file; then there is no wrong number."""
    found = opened(office, workbook(example("cement"), host=host, language=language), shown(result))
    assert found["out_total"] == (NO_ADDIN.zh if language == "zh" else NO_ADDIN.en)
    for name, value in shown(result).items():
        if name != "out_coverage":  # none of the scores is there, so it may well be 0
            assert not isinstance(found[name], float) or found[name] == pytest.approx(value), name


@pytest.mark.parametrize("host", HOSTS)
def test_what_excel_is_asked_to_compute_while_it_opens_a_file(host: str, workbook: Make) -> None:
    """Ordinary formulas; not functions that may be missing, whose results would go. Excel itself was not tried."""
    with zipfile.ZipFile(workbook(host=host)) as file:
        (found,) = re.findall(r"<calcPr [^>]*>", file.read("xl/workbook.xml").decode())
    assert ("fullCalcOnLoad" in found) == (host in ("portable", "lambda"))
    # a file of an older version of Excel is computed anew in any case
    assert host in ("portable", "lambda") or int(re.findall(r'calcId="(\d+)"', found)[0]) >= 191029
