"""The edition whose functions travel inside the workbook, and the empty book with just the functions.

IronCalc computes both; LibreOffice has no LAMBDA and is looked at in tests/hosts/test_lambda.py.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.verdict import AppPrediction, predict

from jwdt_xl.cli import main
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.functions.lambdas.examples import EXAMPLES
from jwdt_xl.messages import speaking
from jwdt_xl.workbook.carried import LIST, OWN, TABLES, write_functions

from .cases import enterprises
from .compare import IroncalcTemplate, common, differences, in_ironcalc, read_file, recorded, report
from .conftest import EXAMPLES as ENTERPRISES
from .random_enterprise import has_more_rows, random_enterprise

Data = dict[str, Any]
LANGUAGES = ("zh", "en")
SEEDS = range(200)
NAMED = enterprises()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ENTERPRISES)
def test_examples(name: str, language: str, workbook: Callable[..., Path], example: Callable[[str], Data]) -> None:
    path = workbook(example(name), host="lambda", language=language)
    assert not report(differences(read_file(path), in_ironcalc(path)))


@pytest.fixture(scope="module")
def typed(workbook: Callable[..., Path]) -> Iterator[Callable[[str, Data], None]]:
    """Type an enterprise into an empty template and compare every computed cell."""
    templates: dict[str, IroncalcTemplate] = {}
    empty = {language: recorded(None, language, host="lambda") for language in LANGUAGES}

    def compare(language: str, data: Data) -> None:
        if language not in templates:
            templates[language] = IroncalcTemplate(workbook(host="lambda", language=language), language)
        expected = common(recorded(data, language, host="lambda"), empty[language])
        assert not report(differences(expected, templates[language].type(expected)))

    yield compare


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if not has_more_rows(seed)])
def test_random_enterprises(seed: int, typed: Callable[[str, Data], None]) -> None:
    typed(LANGUAGES[seed // 2 % 2], random_enterprise(seed))


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if has_more_rows(seed)])
def test_more_rows_than_the_template(seed: int, workbook: Callable[..., Path]) -> None:
    path = workbook(random_enterprise(seed), host="lambda")
    assert not report(differences(read_file(path), in_ironcalc(path)))


#: A tenth of the cases that tests/workbook/test_portable_equality.py goes through, and those where a call may differ.
SPECIAL = sorted({*list(NAMED)[::10], "bills: fuels sold"})


@pytest.mark.parametrize("name", SPECIAL)
def test_special_cases(name: str, typed: Callable[[str, Data], None]) -> None:
    typed(LANGUAGES[list(NAMED).index(name) % 2], NAMED[name])


def test_it_is_computed_when_opened(workbook: Callable[..., Path]) -> None:
    with zipfile.ZipFile(workbook(host="lambda")) as file:
        book = file.read("xl/workbook.xml").decode()
        assert 'fullCalcOnLoad="1"' in book and "xl/calcChain.xml" not in file.namelist()
    defined = dict(re.findall(r'<definedName name="(JWDT_[A-Z0-9_]+)" comment="([^"]+)">', book))
    assert set(defined) == set(CATALOGUE)
    assert re.search(
        r'<definedName name="JWDT_CO2E"[^>]*>_xlfn\.LAMBDA\(_xlpm\.gases,_xlpm\.amounts_t,_xlop\.gwp_set,', book
    )


# The empty book


@pytest.fixture(scope="module", params=LANGUAGES)
def functions(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    path = tmp_path_factory.mktemp("functions") / "F.xlsx"
    write_functions(path, request.param)
    return request.param, path


def test_every_function_is_listed_with_a_live_example(functions: tuple[str, Path]) -> None:
    language, path = functions
    computed, file = in_ironcalc(path), read_file(path)
    assert len(file.computed) == len(CATALOGUE) == len(EXAMPLES)
    with speaking(language):
        cells = {str(cell.value) for row in load_workbook(path)[str(LIST)].iter_rows() for cell in row}
        for name, one in EXAMPLES.items():
            assert "=" + one.formula(name) in cells
            assert any(cell.startswith(f"{name}(") for cell in cells)
    assert not report(differences(file, computed))
    assert all(type(cell.value) in (int, float) or "100·min" in cell.value for cell in file.computed.values())


def test_the_sheets_of_the_empty_book(functions: tuple[str, Path]) -> None:
    language, path = functions
    book = load_workbook(path)
    with speaking(language):
        assert book.sheetnames == [str(LIST), str(TABLES), str(OWN)]
        assert book[str(TABLES)].sheet_state == "hidden" and book[str(LIST)].protection.sheet
    assert book[book.sheetnames[-1]].max_row == 1 and not book[book.sheetnames[-1]].protection.sheet


def test_the_same_bytes_again(functions: tuple[str, Path], tmp_path: Path) -> None:
    write_functions(tmp_path / "again.xlsx", functions[0])
    assert (tmp_path / "again.xlsx").read_bytes() == functions[1].read_bytes()


def test_openxml_audit_finds_nothing(functions: tuple[str, Path]) -> None:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(functions[1])
    assert [error.description for error in result.errors] == []
    assert predict(result).prediction == AppPrediction.OPENS_CLEAN


def test_no_text_of_an_english_book_is_chinese_but_names(tmp_path: Path) -> None:
    write_functions(tmp_path / "F.xlsx", "en")
    for row in load_workbook(tmp_path / "F.xlsx")[LIST.en].iter_rows():
        for cell in row:
            if cell.column not in (3, 6):  # examples, and arguments that quote names people type
                assert not re.search("[一-鿿]", str(cell.value or "")), cell.value


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["functions", "--workbook", "F.xlsx"]) == 0
    assert "F.xlsx" in "".join(capsys.readouterr())
    assert main(["functions", "--workbook", "F.xlsx"]) == 0  # its own file
    assert main(["functions", "JWDT_SCORE", "--workbook", "G.xlsx"]) == 2
    Path("mine.xlsx").write_bytes(b"PK mine")
    assert main(["functions", "--workbook", "mine.xlsx"]) != 0
    assert Path("mine.xlsx").read_bytes() == b"PK mine" and not Path("G.xlsx").exists()
