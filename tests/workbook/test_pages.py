"""Pages of results: texts stay texts, charts point at their tables, the same bytes again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jwdt_xl.workbook.pages import Pages, Series, widest


def made(path: Path) -> Path:
    with Pages(path, "title") as pages:
        page = pages.page("Q1", (10, 40, 12, 12), whole=True)
        page.title("=title", "lead")
        area = page.table(
            ["no", "name", "a", "b"],
            [(1, "=1+1", 2.0, None), (2, "@x", float("nan"), -3)],
            ("centre", "cell", "score", "score"),
        )
        page.bars("both", (area, 1), [Series("a", 2), Series("b", 3)], over=True)
        long = pages.page("long", (10,))
        long.table(["n"], [(i,) for i in range(50)], ("count",), filter=True)
    return path


def test_pages(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx")
    assert path.read_bytes() == made(tmp_path / "b.xlsx").read_bytes()
    book = load_workbook(path)
    sheet = book["Q1"]
    assert [[c.value for c in row[:4]] for row in sheet.iter_rows(min_row=4, max_row=6)] == [
        ["no", "name", "a", "b"], [1, "=1+1", 2, None], [2, "@x", None, -3],
    ]  # fmt: skip
    assert sheet["B5"].data_type == "s" and sheet["A1"].data_type == "s"
    assert sheet.page_setup.orientation == "portrait" and sheet.page_setup.fitToHeight is None  # one page
    assert int(book["long"].page_setup.fitToHeight) == 0  # as many as it takes
    assert book["long"].freeze_panes == "A2" and book["long"].auto_filter.ref == "A1:A51"
    with zipfile.ZipFile(path) as archive:
        [chart] = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    # a name like a cell's address needs quotes
    assert "'Q1'!$C$5:$C$6" in chart and "'Q1'!$B$5:$B$6" in chart and '<c:overlap val="100"/>' in chart


def test_what_the_writer_drops_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="XlsxWriter dropped something"), Pages(tmp_path / "a.xlsx", "t") as pages:
        pages.page("p", (10,)).write(0, 20_000, "beyond the last column", "cell")


def test_nothing_is_left_of_a_page_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ValueError), Pages(tmp_path / "a.xlsx", "t"):
        raise ValueError
    assert not (tmp_path / "a.xlsx").exists()


def test_widths() -> None:
    assert widest([], 5, 10) == 7 and widest(["x" * 99], 5, 10) == 10 and widest(["汉字"], 5, 10) == 6
