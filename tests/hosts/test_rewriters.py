"""What other programs make of a return: loaded, one input changed, saved. The same number as the engine, or a finding that says why not."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment import evaluate
from jwdt_xl.cli import main
from jwdt_xl.portfolio import read_file

from ..office import Office
from ..workbook.places import at

pytestmark = pytest.mark.xdist_group("office")
SHEET, CELL = at("pollutants[0].base").split("!")
VALUE = 90_000
SCRIPT = Path(__file__).parent / "node" / "rewrite.cjs"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    path = tmp_path_factory.mktemp("rewriters") / "base.xlsx"
    assert main(["fill", "--data", str(golden / "example_cement.json"), "--host", "portable", "-o", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def total(golden: Path) -> float | None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["pollutants"][0]["base"] = VALUE
    return evaluate(data).total


def openpyxl(source: Path, target: Path) -> None:
    book = load_workbook(source)
    book[SHEET][CELL] = VALUE
    book.save(target)


def gnumeric(source: Path, target: Path) -> None:
    openpyxl(source, changed := target.with_name("changed.xlsx"))
    subprocess.run(["ssconvert", changed, target], check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def saved(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the real LibreOffice makes of it, in both formats."""
    folder = tmp_path_factory.mktemp("libreoffice")
    with Office() as office:
        book = office.open(base)
        book.set(f"{SHEET}.{CELL}", VALUE)
        book.recalculate()
        for name in ("a.xlsx", "a.ods"):
            book.save(folder / name)
    return folder


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_libreoffice(name: str, saved: Path, total: float | None) -> None:
    expect(saved / name, total, "")


def expect(path: Path, total: float | None, refused: str) -> None:
    reading = read_file(str(path))
    if refused:
        assert reading.result is None
        [finding, *_] = reading.findings
        assert (finding.severity, finding.code) == ("error", refused)
        assert ".xlsx" in finding.text.zh and "另存" in finding.text.zh
        return
    assert reading.result is not None, reading.findings
    assert reading.result.total == total


@pytest.mark.parametrize(
    ("rewrite", "ending", "refused"),
    [
        (openpyxl, ".xlsx", ""),
        (gnumeric, ".xlsx", ""),
        (gnumeric, ".ods", "unreadable"),
    ],
)
def test_a_program(
    rewrite: Callable[[Path, Path], None],
    ending: str,
    refused: str,
    base: Path,
    total: float | None,
    tmp_path: Path,
) -> None:
    target = tmp_path / f"a{ending}"
    rewrite(base, target)
    assert zipfile.is_zipfile(target)
    expect(target, total, refused)


@pytest.mark.parametrize(
    ("library", "ending", "refused"),
    [
        ("exceljs", ".xlsx", ""),
        ("sheetjs", ".xlsx", ""),
        ("sheetjs", ".xlsb", "unusual-notation"),
        ("sheetjs", ".ods", "unreadable"),
        ("populate", ".xlsx", ""),
    ],
)
def test_a_library(
    library: str,
    ending: str,
    refused: str,
    base: Path,
    total: float | None,
    tmp_path: Path,
    parts: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NODE_PATH", str(parts / "rewriters" / "node_modules"))
    target = tmp_path / f"a{ending}"
    command = ["node", SCRIPT, library, base, target, SHEET, CELL, str(VALUE)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    expect(target, total, refused)
