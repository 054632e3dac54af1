"""What is typed on the sheet of measures: sheet, reader and `jwdt plan` say the same of it, and nobody states a total of all of
them where one is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment import read
from jwdt_xl.cli import main
from jwdt_xl.messages import speaking
from jwdt_xl.portfolio import read_file
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.measures.places import FIRST, INPUTS, SHEET, Places

from .cases import LONG_PARTS

GOLDEN = Path(__file__).parents[1] / "golden"
LAYOUT = Layout(LONG_PARTS)


def form(path: Path, *lines: tuple[Any, ...], language: str = "zh") -> Path:
    """The cement example with some lines typed: name, sheet, row, amount, factor, origin, cost, life."""
    data = json.loads((GOLDEN / "example_cement.json").read_text(encoding="utf-8"))
    write(path, host="portable", language=language, assessment=read(data))
    book = load_workbook(path)
    sheet = book[Layout(LONG_PARTS, "portable", language).title(SHEET)]
    columns = Places(LAYOUT).columns
    for i, line in enumerate(lines):
        for key, value in zip(INPUTS, line, strict=False):
            sheet.cell(FIRST + 1 + i, columns[key] + 1).value = value
    book.save(path)
    return path


def row_of(table: str, at: int) -> int:
    return LAYOUT.tables[table].first + at + 1


GOOD = ("换高效风机", "能源", row_of("energy", 1), 80000000.0, None, None, 10.0, 5.0)
BAD = {
    "negative": ("乙", "能源", row_of("energy", 2), -5.0),
    "no number": ("乙", "能源", row_of("energy", 2), "很少"),
    "two numbers": ("乙", "能源", row_of("energy", 2), "1,2"),
    "too large": ("乙", "能源", row_of("energy", 2), 1e31),
    "a code": ("乙", "能源", row_of("energy", 1), None, None, "direct_green"),
    "unknown origin": ("乙", "能源", row_of("energy", 1), None, None, "风"),
    "blanks around the sheet": ("乙", " 能源 ", row_of("energy", 2), 5.0),
    "no such row": ("乙", "能源", 999, 5.0),
    "no name": (None, "能源", row_of("energy", 2), 5.0),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_told_wherever_the_plan_is_asked_for(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (BAD[kind], GOOD) if kind == "no name" else (GOOD, BAD[kind])
    path = form(tmp_path / "form.xlsx", *lines)
    row = FIRST + 1 + lines.index(BAD[kind])
    assert main(["plan", str(path)]) == 0
    said = capsys.readouterr()
    assert f"改进方案!{next(c for c in 'DEFGHIJ' if f'{c}{row}' in said.err)}{row}" in said.err
    assert "全部实施：" not in said.out and "没有计入" in said.out
    assert main(["plan", "--json", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in found["measures"]] == [GOOD[0]]
    assert [one["code"] for one in found["left_out"]] == ["plan-line"]


def test_only_one_and_that_wrong_is_no_empty_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = form(tmp_path / "form.xlsx", BAD["negative"])
    assert main(["plan", str(path)]) == 0
    said = capsys.readouterr()
    assert "没有措施" not in said.err and "不能读" in said.err and "改进方案!G5" in said.err


@pytest.mark.parametrize("typed", ["80,000,000", "８００００００００"[:8], " 80000000 "])
def test_a_text_that_is_plainly_a_number_is_read_and_told(
    typed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = form(tmp_path / "form.xlsx", (*GOOD[:3], typed, *GOOD[4:]))
    reading = read_file(path)
    assert reading.assessment is not None
    [measure] = reading.assessment.plan
    assert measure.changes[0].value == 8e7
    assert main(["plan", str(path)]) == 0
    assert "改进方案!G5" in capsys.readouterr().err


def test_the_report_lists_what_is_left_out(tmp_path: Path) -> None:
    from jwdt_xl.reports.rows import _plan

    reading = read_file(form(tmp_path / "form.xlsx", GOOD, BAD["negative"]))
    assert reading.result is not None
    with speaking("zh"):
        rows = list(_plan(reading.result))
    assert rows[0]["name"] == GOOD[0] and "没有计入" in rows[1]["name"] and rows[1]["cumulative"] == "–"


def test_letters_of_a_sheet_may_be_of_either_case_as_where_it_is_looked_up(tmp_path: Path) -> None:
    table = Layout(LONG_PARTS, "portable", "en").title("energy").upper()
    path = form(tmp_path / "form.xlsx", ("a", table, row_of("energy", 1), 80000000.0), language="en")
    reading = read_file(path)
    assert reading.assessment is not None and len(reading.assessment.plan) == 1
