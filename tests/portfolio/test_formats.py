"""The formats that programs save: the same data, the same score. What LibreOffice writes is in test_office.py."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.workbook.plan import Cell

from .returns import Returns


def binary(
    source: Path, target: Path, change: Callable[[str, list[list[Any]]], None] = lambda name, rows: None
) -> Path:
    """A workbook in Excel's binary format with the same cells, written by another program than any of ours."""
    from pyxlsbwriter import XlsbWriter

    old = CalamineWorkbook.from_path(str(source))
    with XlsbWriter(str(target)) as new:
        for name in old.sheet_names:
            rows = old.get_sheet_by_name(name).to_python(skip_empty_area=False)
            change(name, rows)
            new.add_sheet(name)
            new.write_sheet([[None if cell == "" else cell for cell in row] for row in rows])
    return target


def test_xlsb(tmp_path: Path, returns: Returns, collect: Callable[..., Any]) -> None:
    for i in range(3):
        original = returns.write(tmp_path / "xlsx" / f"{i}.xlsx", i)
        (tmp_path / "xlsb").mkdir(exist_ok=True)
        binary(original, tmp_path / "xlsb" / f"{i}.xlsb")
    with zipfile.ZipFile(tmp_path / "xlsb" / "0.xlsb") as archive:
        assert "xl/workbook.bin" in archive.namelist()
    want = collect(tmp_path / "xlsx", "-o", tmp_path / "P.xlsx").out["results"]
    got = collect(tmp_path / "xlsb", "-o", tmp_path / "Q.xlsx").out
    assert got["rejected"] == 0
    for one, other in zip(want, got["results"], strict=True):
        assert (other["file"], other["uscc"], other["rank"]) == (one["file"][:-4] + "xlsb", one["uscc"], one["rank"])
        assert other["total"] == pytest.approx(one["total"], rel=1e-12)
        assert [f["code"] for f in other["findings"]] == [f["code"] for f in one["findings"]]


def test_xlsb_with_another_result_and_a_moved_sheet(
    tmp_path: Path, returns: Returns, collect: Callable[..., Any]
) -> None:
    """Its formulas cannot be read, so the finding says only that the results do not follow from the data."""
    total = returns.layout.results["out_total"]

    def change(name: str, rows: list[list[Any]]) -> None:
        if name == returns.layout.title(total.sheet):
            rows[total.row][total.col] = 99.5
        if name == returns.layout.title("materials"):
            rows.insert(0, [""] * len(rows[0]))

    (tmp_path / "in").mkdir()
    binary(returns.write(tmp_path / "a.xlsx", 1), tmp_path / "in" / "a.xlsb", change)
    [result] = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["results"]
    found = {finding["code"]: finding for finding in result["findings"]}
    assert found["stale-cache"]["where"] == f"{returns.layout.title(total.sheet)}!{_address(total)}"
    assert "99.5" in found["stale-cache"]["text"]
    assert found["moved"]["where"].startswith(returns.layout.title("materials"))
    assert result["total"] == pytest.approx(returns.totals[result["uscc"]], rel=1e-12)


def _address(cell: Cell) -> str:
    return xl_rowcol_to_cell(cell.row, cell.col)


def test_macros_stay_where_they_are(tmp_path: Path, returns: Returns, collect: Callable[..., Any]) -> None:
    """.xlsm is .xlsx with a part that nobody opens."""
    path = returns.write(tmp_path / "in" / "a.xlsm", 1)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"never run")
    [result] = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["results"]
    assert result["total"] == pytest.approx(returns.totals[result["uscc"]], rel=1e-12)


def test_without_the_sheet_of_results(tmp_path: Path, returns: Returns, collect: Callable[..., Any]) -> None:
    """Renamed or deleted: the data are evaluated, and the results are said not to follow from them."""
    from .returns import rewritten

    title = returns.layout.title("indicators").encode()
    original = returns.write(tmp_path / "a.xlsx", 1)
    rewritten(
        original,
        tmp_path / "in" / "a.xlsx",
        {"xl/workbook.xml": lambda xml: xml.replace(b'name="' + title + b'"', b'name="x"')},
    )
    [result] = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["results"]
    assert result["total"] == pytest.approx(returns.totals[result["uscc"]], rel=1e-12)
    assert "stale-cache" in {finding["code"] for finding in result["findings"]}
