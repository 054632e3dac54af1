"""udfs/selftest.xlsx, the workbook that tests itself, in the real LibreOffice Calc with the add-in."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ironcalc
import pytest
from openpyxl import load_workbook

from jwdt_xl.functions import CATALOGUE
from jwdt_xl.messages import set_language

from ..office import Book, ErrorValue, Office

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "udfs" / "selftest.xlsx"
in_office = pytest.mark.xdist_group("office")


def module() -> Any:
    if "selftest_workbook" not in sys.modules:
        spec = importlib.util.spec_from_file_location("selftest_workbook", HERE / "selftest.py")
        assert spec is not None and spec.loader is not None
        sys.modules["selftest_workbook"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["selftest_workbook"])
    return sys.modules["selftest_workbook"]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    set_language("zh")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("selftest") / "selftest.xlsx"
    module().write(path)
    return path


def test_the_shipped_workbook_is_that_of_the_table_of_calls(written: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    module().write(again)
    assert again.read_bytes() == written.read_bytes()
    # by the files inside: how they are compressed depends on the zlib at hand
    assert inside(SHIPPED) == inside(written), "run: python tests/hosts/selftest.py"


def test_the_one_with_the_functions_in_it_in_ironcalc(tmp_path: Path) -> None:
    path = tmp_path / "carrying.xlsx"
    module().write_carrying(path)
    assert inside(module().CARRYING) == inside(path), "run: python tests/hosts/selftest.py"
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()
    rows = [[model.get_cell_value(0, row, col) for col in range(1, 5)] for row in range(6, 6 + len(CATALOGUE))]
    assert [row[0] for row in rows] == list(CATALOGUE)
    assert [row for row in rows if row[3] is not True or row[1] != row[2]] == []
    assert model.get_cell_value(0, 3, 2) is True
    assert sum(row[1] for row in rows) == len(list(module().cases()))


def inside(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_function_and_shape_is_in_it(written: Path) -> None:
    names = load_workbook(written).defined_names
    for name in CATALOGUE:
        assert sum(defined.startswith(f"Test_{name}_") for defined in names) >= 10, name
    whats = {case.what.rpartition(": ")[2] for case in module().cases()}
    assert whats >= set(module().CHINESE) | set(module().ERRORS)


def failed(book: Book) -> list[str]:
    """The tests that are not TRUE, with what Calc shows."""
    found = []
    for name, place in book.names().items():
        if not name.startswith("Test_") or book.get(name) == 1:
            continue
        sheet, _, cell = place.partition(".$C$")
        shown = "" if name == "Test_all" else "; ".join(map(str, book.block(f"{sheet}.A{cell}:T{cell}")[0]))
        found.append(f"{name} at {place}: {shown}")
    return found


@in_office
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_all_true_in_calc(written: Path, locale: str) -> None:
    with Office(locale=locale, addin=True, limit=120) as office:
        book = office.open(written)
        book.recalculate()
        names = [name for name in book.names() if name.startswith("Test_")]
        assert len(names) == len(list(module().cases())) + 1
        wrong = failed(book)
        assert not wrong, f"{len(wrong)} of {len(names)}:\n" + "\n".join(wrong[:20])
        # and it can say no: another number in the first argument of a call
        sheet, _, row = book.names()["Test_JWDT_CARBON_INTENSITY_1"].partition(".$C$")
        formula = book.formula(f"{sheet}.E{row}")
        book.set(f"{sheet}.{formula.partition('(')[2].partition(';')[0]}", 1.5)
        assert book.get("Test_JWDT_CARBON_INTENSITY_1") == 0
        assert book.get("Test_all") == 0


@in_office
def test_without_the_addin_it_shows_results_and_then_says_no(written: Path) -> None:
    with Office(locale="zh-CN") as office:
        book = office.open(written)
        assert book.get("Test_all") == 1  # as stored
        book.recalculate()
        assert book.get("Test_all") in (0, ErrorValue("#NAME?"))
