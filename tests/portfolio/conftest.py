"""Workbooks to read, good and bad."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from python_calamine import CalamineWorkbook

from jwdt_xl.cli import main

from .returns import Returns


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    """The cement example as a workbook."""
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    assert main(["fill", "--data", str(golden / "example_cement.json"), "-o", str(path)]) == 0
    return path


@pytest.fixture
def with_cell(book: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The workbook with one more cell, far out on the sheet of pollutants."""
    sheet = CalamineWorkbook.from_path(str(book)).sheet_names.index("污染物") + 1

    def write(cell: str) -> Path:
        row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        added = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
        target = tmp_path / f"{cell}.xlsx"
        with zipfile.ZipFile(book) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                content = old.read(entry)
                if entry.filename == f"xl/worksheets/sheet{sheet}.xml":
                    content = content.replace(b"</sheetData>", added)
                new.writestr(entry.filename, content)
        return target

    return write


@pytest.fixture(scope="session")
def returns(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Returns:
    """Clones of the cement example in the portable edition, each with its own data."""
    path = tmp_path_factory.mktemp("returns") / "base.xlsx"
    assert main(["fill", "--data", str(golden / "example_cement.json"), "--host", "portable", "-o", str(path)]) == 0
    return Returns(path)


class Collected(NamedTuple):
    code: int
    out: dict[str, Any]
    err: str


@pytest.fixture
def collect(capsys: pytest.CaptureFixture[str]) -> Callable[..., Collected]:
    """`jwdt collect --json` in this process."""

    def call(*arguments: str | Path) -> Collected:
        code = main(["collect", *map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        found = json.loads(out) if out.strip() else {}
        if found:
            assert found["files"] == found["scored"] + found["rejected"] + len(found["skipped"]) + len(found["held"])
            assert (len(found["results"]), len(found["rejections"])) == (found["scored"], found["rejected"])
        return Collected(code, found, err)

    return call
