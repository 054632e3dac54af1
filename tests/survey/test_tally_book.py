"""The tally workbook: its numbers, its charts, its accounts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from jwdt_xl.messages import set_language
from jwdt_xl.standard.guide import builtin
from jwdt_xl.survey import tally_book
from jwdt_xl.survey.counted import count
from jwdt_xl.survey.mapping import read_map, weights

from .conftest import Write, taken
from .test_counted import SMALL


def cells(path: Path, sheet: str) -> list[list[object]]:
    return [[value for value in row] for row in load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)]


def test_numbers_and_accounts(written: Write, tmp_path: Path) -> None:
    bad = ["1", "1", "1→1", "1,2,3", "", ""]
    found = count(taken(written([*SMALL, bad]), written([["name"], ["x"]], "not.csv")))
    path = tmp_path / "t.xlsx"
    tally_book.write(path, found)
    overview = [str(row[0]) for row in cells(path, "Overview")]
    assert "2 files read = 1 used + 0 copies of others + 1 rejected + 0 skipped" in overview
    assert "6 people read = 6 tallied + 0 set aside (repeated, blank)" in overview
    assert "23 answers = 21 tallied + 2 kept aside (beyond limits, ranks twice …)" in overview
    six = cells(path, "Q6")
    assert six[3][0] == "6 asked, 4 answered (tallied), 1 answers kept aside"
    head = next(i for i, row in enumerate(six) if row[0] == "no")
    assert six[head][:7] == [
        "no",
        "option",
        "ranked by",
        "share of asked",
        "share of answered",
        "composite score",
        "place",
    ]
    assert six[head + 1][2:7] == [3, 0.5, 0.75, pytest.approx(14 / 4), 1]
    assert six[head + 4][2:7] == [1, pytest.approx(1 / 6), 0.25, pytest.approx(2 / 4), 5]
    aside = [row for row in cells(path, "Kept aside") if row[0] in (5, 6)]
    assert [(row[0], row[1], row[2]) for row in aside] == [(5, "a.csv!D7", "1,2,3"), (6, "a.csv!C7", "1→1")]
    files = [row[:3] for row in cells(path, "Files")][4:]
    assert files == [["a.csv", "used", 6], ["not.csv", "rejected", 0]]
    marks = {row[0] for row in cells(path, "Method")[4:] if str(row[0]).startswith("[")}
    assert marks == {"[note]", "[choice]"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_and_a_chart_for_every_question(written: Write, tmp_path: Path, language: str) -> None:
    set_language(language)
    found = count(taken(written(SMALL)))
    (tmp_path / "map.toml").write_text(
        'format = "jwdt-survey-map/1"\nparents = ["management"]\n[question.6]\n1 = "8"\n2 = "9"\n', encoding="utf-8"
    )
    groups, _ = weights(found.survey, read_map(str(tmp_path / "map.toml"), builtin()), builtin())
    for name in ("a.xlsx", "b.xlsx"):
        tally_book.write(tmp_path / name, found, groups, builtin(), ["map.toml"])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 1 + 10 + 1 + 4
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        # overview; the six questions answered; by kind for those put to several kinds; the weights
        answered = sum(tally.answered > 0 for tally in found.survey.tallies)
        assert len(charts) == 1 + answered + 4 + 1
        assert all("-->" not in archive.read(name).decode() for name in charts)
    assert not OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(str(tmp_path / "a.xlsx")).errors
    sheet = book[book.sheetnames[11]]
    rows = [row[:4] for row in sheet.iter_rows(values_only=True) if row[0] in ("8", "9")]
    assert [row[3] for row in rows] == pytest.approx([14 / 27, 13 / 27])


def test_nothing_counts(written: Write, tmp_path: Path) -> None:
    """Every answer kept aside: still a workbook that says so."""
    found = count(taken(written([["Q4"], ["7"]])))
    tally_book.write(tmp_path / "t.xlsx", found)
    assert "1 answers = 0 tallied + 1 kept aside (beyond limits, ranks twice …)" in str(
        cells(tmp_path / "t.xlsx", "Overview")
    )


def test_texts_that_look_like_formulas_stay_texts(written: Write, tmp_path: Path) -> None:
    found = count(taken(written([["Q8", "Q8[other]", "Q4"], ["4", '=HYPERLINK("http://x")', "=1+1"]])))
    tally_book.write(tmp_path / "t.xlsx", found)
    book = load_workbook(tmp_path / "t.xlsx")
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
