"""The survey workbook: annex A as printed, its cells, its checks, its protection, and the same bytes again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from jwdt_xl.standard.questionnaire import RANKING, Respondent, annex_a
from jwdt_xl.survey.form import TICK, new_form
from jwdt_xl.survey.layout import Layout
from jwdt_xl.survey.live import FINE, NOT_ASKED, OPEN, REMARK, WRONG

#: Of Excel 2016, good in every program.
FUNCTIONS = {"IF", "AND", "NOT", "COUNTA", "COUNTIF", "MAX"}
LANGUAGES = ("zh", "en")


def cell(sheet: object, place: object) -> object:
    return sheet.cell(place.row + 1, place.col + 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_questions_with_all_their_options(tmp_path: Path, language: str) -> None:
    new_form(tmp_path / "s.xlsx", language)
    layout = Layout(language)
    book = load_workbook(tmp_path / "s.xlsx")
    sheet = book[layout.title("survey")]
    names = book.defined_names
    counts = []
    for q in annex_a().questions:
        heading = str(cell(sheet, layout.head(q.number)).value)  # type: ignore[attr-defined]
        assert layout.text(q.text) in heading
        assert layout.text(q.limit) in heading
        assert language == "en" or f"【{q.mark}】" in heading
        options = [
            cell(sheet, layout.option(q.number, place, 1)).value  # type: ignore[attr-defined]
            for place in range(1, len(q.options) + 1)
        ]
        assert options == [layout.text(option) for option in q.options]
        first, _, last = names[f"tbl_question_{q.number}"].attr_text.rpartition("!")[2].partition(":")
        cells = sheet[f"{first.replace('$', '')}:{last.replace('$', '')}"]
        assert all(not each.protection.locked and each.value is None for (each,) in cells)
        counts.append(len(cells))
    assert counts == [4, 6, 9, 2, 13, 5, 8, 4, 5, 15]
    ten = str(cell(sheet, layout.head(10)).value)  # type: ignore[attr-defined]
    assert "15" in ten and ("16选10" in ten if language == "zh" else "10 of 16" in ten)
    assert not sheet[names["in_text_8"].attr_text.rpartition("!")[2].replace("$", "")].protection.locked
    assert sheet.protection.sheet and sheet.protection.password is None
    assert book.worksheets[0]["B3"].value == "jwdt-survey-form/1"
    unlocked = sum(not each.protection.locked for row in sheet.iter_rows() for each in row)
    assert unlocked == sum(counts) + 2  # the id and the text of question 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_drop_downs(tmp_path: Path, language: str) -> None:
    new_form(tmp_path / "s.xlsx", language)
    layout = Layout(language)
    sheet = load_workbook(tmp_path / "s.xlsx")[layout.title("survey")]
    offered = {str(rule.sqref).partition(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    for q in annex_a().questions:
        first = layout.ref(layout.option(q.number, 1)).replace("$", "")
        ranks = ",".join(map(str, range(1, len(q.options) + 1)))
        assert offered[first] == (f'"{ranks}"' if q.kind == RANKING else f'"{TICK}"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_formulas_only(tmp_path: Path, language: str) -> None:
    new_form(tmp_path / "s.xlsx", language)
    book = load_workbook(tmp_path / "s.xlsx")
    formulas = [
        each.value for sheet in book for row in sheet.iter_rows() for each in row if str(each.value).startswith("=")
    ]
    assert len(formulas) == 21  # a state and a check for each question, and the progress
    for formula in formulas:
        assert set(re.findall(r"([A-Z]+)\(", re.sub(r'"[^"]*"', "", formula))) <= FUNCTIONS
        assert len(formula) < 8192
        # no more than 64 levels, and texts within what one may hold
        assert all(len(text) <= 255 for text in re.findall(r'"([^"]*)"', formula))


@pytest.mark.parametrize("language", LANGUAGES)
def test_cached_values_tell_the_truth(tmp_path: Path, language: str) -> None:
    """What a reader sees who never recalculates."""
    person = Respondent(
        "",
        {
            1: 1,
            2: 2,
            3: 1,
            4: [1, 2],
            5: [1, 2, 3, 4],
            6: {1: 1, 2: 1},
            7: {1: 1, 2: 3},
            8: {4: 1},
            10: [*range(1, 11)],
        },
        {8: "员工健康"},
    )
    new_form(tmp_path / "s.xlsx", language, person)
    layout = Layout(language)
    sheet = load_workbook(tmp_path / "s.xlsx", data_only=True)[layout.title("survey")]
    states = {q.number: cell(sheet, layout.state(q.number)).value for q in annex_a().questions}  # type: ignore[attr-defined]
    assert states == {
        1: FINE, 2: FINE, 3: WRONG, 4: WRONG, 5: WRONG, 6: WRONG, 7: REMARK, 8: FINE, 9: OPEN, 10: FINE,
    }  # fmt: skip
    said = cell(sheet, layout.check(5)).value  # type: ignore[attr-defined]
    assert said == {"zh": "选 5–7 项：已选 4 项", "en": "choose 5–7: 4 chosen"}[language]
    assert NOT_ASKED not in states.values()


def test_the_same_bytes_again_and_nothing_a_program_would_repair(tmp_path: Path) -> None:
    for language in LANGUAGES:
        one, two = tmp_path / f"1{language}.xlsx", tmp_path / f"2{language}.xlsx"
        new_form(one, language)
        new_form(two, language)
        assert one.read_bytes() == two.read_bytes()
        assert one.stat().st_size < 40_000
        found = OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(str(one))
        assert not found.errors, found.errors
