"""Exports as tools and people leave them: each is right, or kept aside with a warning, never silently wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jwdt_xl.messages import ERROR, WARNING
from jwdt_xl.standard.questionnaire import annex_a
from jwdt_xl.survey import counted, document
from jwdt_xl.survey.intake import Intake, take_in
from jwdt_xl.survey.values import Options, unfolded

from ..portfolio.test_versions import letter
from .conftest import Write, question, table, taken
from .test_intake import PEOPLE, answers, by_columns, by_places, by_words, words


def codes(found: Intake, least: str = WARNING) -> list[str]:
    return [f.code for f in found.findings if f.severity in (ERROR, least)]


def whole(rows: list[list[str]]) -> list[list[str]]:
    """The same under bare numbers."""
    return [[f"Q{c.split('、')[0]}" if "、" in c else c for c in rows[0]], *rows[1:]]


# what was downloaded again


def test_people_downloaded_again_count_once_and_that_is_told(written: Write) -> None:
    rows = by_words()
    first, second = written(rows[:3], "1.csv"), written(rows, "2.csv")
    found = taken(first, second)
    assert len(found.people) == 3 and found.read == 5
    [note] = [f for f in found.notes if f.code == "same-person-again"]
    assert note.severity == WARNING and note.where == "2.csv" and "2 of its people" in note.text.en
    assert {f.code for _, f in found.aside} == {"same-person-again"}


def test_two_people_of_one_file_may_answer_alike_at_one_time(written: Write) -> None:
    heading, first, *_ = by_words()
    twice = [heading, first, ["2", *first[1:]]]
    assert len(taken(written(twice, "1.csv")).people) == 2
    assert len(taken(written(twice, "1.csv"), written([*twice, by_words()[2]], "2.csv")).people) == 3


def test_the_same_answers_at_another_time_or_without_one_are_other_people(written: Write) -> None:
    rows = by_words()
    later = [
        rows[0],
        *([row[0], row[1].replace(":00:00", ":30:00").replace(" 9:", " 10:"), *row[2:]] for row in rows[1:]),
    ]
    assert len(taken(written(rows, "1.csv"), written(later, "2.csv")).people) == 6
    without = [row[:1] + row[2:] for row in rows]
    assert len(taken(written(without, "1.csv"), written([*without, without[1]], "2.csv")).people) >= 3


# numbers, words, objects


def test_an_option_column_with_the_options_own_words(written: Write) -> None:
    """As Tencent does it: A.…, M.…"""
    heading = [f"5.最关心哪项({chr(64 + o)})" for o in range(1, 14)]
    heading = [f"Q5_{o}" for o in range(1, 14)]
    options = question(5).options
    chosen = [1, 2, 3, 10, 13]
    row = [f"{chr(64 + o)}.{options[o - 1].zh}" if o in chosen else "" for o in range(1, 14)]
    assert answers(taken(written([["序号", *heading], ["1", *row]]))) == [{5: chosen}]
    wrong = [f"A.{options[0].zh}" if o == 2 else "" for o in range(1, 14)]
    found = taken(written([["序号", *heading], ["1", *wrong]]))
    assert answers(found) == [{}] and "bad-tick" in [f.code for f in counted.count(found).findings]


@pytest.mark.parametrize("ahead", [1, 2])
def test_numbers_after_a_consent_question(written: Write, ahead: int) -> None:
    rows = by_words()
    asked = [f"Q{n}" for n in range(1, ahead + 1)]
    moved = [[*rows[0][:2], *asked, *(f"Q{n + ahead}" for n in range(1, 11))]]
    moved += [[*row[:2], *["我同意"] * ahead, *row[2:12]] for row in rows[1:]]
    found = taken(written(moved))
    assert answers(found) == answers(taken(written(rows, "b.csv")))
    assert codes(found) == ["numbers-shifted"]


def test_numbers_that_cannot_be_relied_on_are_refused(written: Write) -> None:
    rows = [["id", *(f"Q{n}" for n in range(1, 12))], ["1", "1", "1", "2", "", "1", "1,2,3,4,5", "", "", "", "", ""]]
    found = taken(written(rows))
    assert [f.findings[0].code for f in found.rejected] == ["numbers-shifted"]
    rows[0][11] = "Q11 您的邮箱"  # a question of their own, at the end
    assert not taken(written(rows, "b.csv")).rejected


def test_right_numbers_stay_as_they_are(written: Write) -> None:
    for name, rows in (("words", whole(by_words())), ("columns", by_columns()), ("places", by_places())):
        found = taken(written(rows, f"{name}.csv"))
        assert "numbers-shifted" not in codes(found), name
        assert answers(found) == [person for person in answers(taken(written(by_words(), "w.csv")))], name


def test_an_option_under_a_wrong_number_is_told_by_its_words(written: Write) -> None:
    rows = by_columns()
    rows[0] = [cell.replace("第5题(", "第6题(") for cell in rows[0]]
    assert answers(taken(written(rows)))[0][5] == PEOPLE[0][5]


@pytest.mark.parametrize(
    ("number", "value", "expected"),
    [
        (5, ["主要污染物排放达标率", {"text": "废水排放水平"}], [1, 3]),
        (5, {"主要污染物排放达标率": True, "废水排放水平": False}, [1]),
        (5, [{"id": "A", "text": "A.主要污染物排放达标率"}, {"id": "C", "label": "废水排放水平"}], [1, 3]),
        (1, {"value": 2, "text": "政府部门"}, 2),
        (1, [{"name": "政府部门"}], 2),
        (6, ["污染物排放量下降率", "污染物排放总量"], {2: 1, 1: 2}),
        (6, {"污染物排放总量": 2, "污染物排放量下降率": 1}, {2: 1, 1: 2}),
        (6, {"1": "污染物排放量下降率", "2": "污染物排放总量"}, {2: 1, 1: 2}),
    ],
)
def test_answers_as_objects(written: Write, number: int, value: Any, expected: Any) -> None:
    said = json.dumps(value, ensure_ascii=False)
    [person] = answers(taken(written([["id", f"Q{number}", "Q4"], ["1", said, "1"]])))
    assert person[number] == expected


@pytest.mark.parametrize("text", ["{主要污染物排放达标率}", '{"a": {"b": [1]}}', "[1", "{'x': 1}", "[" * 9999])
def test_objects_that_cannot_be_told_are_kept_aside(written: Write, text: str) -> None:
    found = counted.count(taken(written([["id", "Q5", "Q4"], ["1", text, "1"]])))
    assert found.answers == (1, 1)
    assert unfolded(text) is None or Options(question(5)).said(text).options


# rows that are no answers


def test_headings_for_people_and_for_programs(written: Write) -> None:
    """As Qualtrics does it: ids, words, {"ImportId": …}."""
    rows = by_words()
    ids = ["ResponseId", "EndDate", *(f"Q{n}" for n in range(1, 11)), "IPAddress"]
    imports = [json.dumps({"ImportId": f"QID{n}"}) for n in range(len(ids))]
    for name, head in {
        "three": [ids, rows[0], imports],
        "words of their own": [ids, [f"Our question {n}?" for n in range(len(ids))], imports],
        "two": [ids, imports],
        "words twice": [rows[0], rows[0]],
    }.items():
        found = taken(written([*head, *rows[1:]], f"{name}.csv"))
        assert answers(found) == answers(taken(written(rows, "w.csv"))), name
        assert found.read == 3, name


@pytest.mark.parametrize(
    ("heading", "flags", "counting"),
    [
        ("答卷状态", ["有效", "无效", "有效"], 2),
        ("是否有效", ["是", "否", "是"], 2),
        ("是否无效", ["是", "否", "否"], 2),
        ("Status", ["IP Address", "Survey Preview", "Spam"], 1),
        ("审核状态", ["已作废", "通过", ""], 2),
    ],
)
def test_rows_marked_as_invalid(written: Write, heading: str, flags: list[str], counting: int) -> None:
    rows = by_words()
    found = taken(written([[*rows[0], heading], *([*row, flag] for row, flag in zip(rows[1:], flags, strict=True))]))
    assert len(found.people) == counting and found.read == 3
    assert codes(found) == ["marked-invalid"] * (3 - counting)


# where the answers stand


def test_semicolons_in_the_answers_of_a_comma_file(written: Write) -> None:
    rows = by_words(join=";")
    rows += [[str(i), f"2024/4/1 9:{i:02}:00", *row[2:]] for i, row in enumerate(rows[1:] * 9, 4)]
    assert len(taken(written(rows)).people) == 30
    assert len(taken(written(rows, "t.csv", "utf-16", "\t")).people) == 30


def test_a_title_above_a_table_of_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        ("问卷,一,二,三,四,五,六,七,八,九,十,十一,十二,十三,十四\r\n" + table(by_words(join="┋"), ";")).encode("gbk")
    )
    assert answers(taken(path)) == answers(taken(path.rename(tmp_path / "b.csv")))
    assert len(taken(tmp_path / "b.csv").people) == 3


def test_answers_on_another_sheet(tmp_path: Path) -> None:
    def book(name: str, *titles: str) -> Path:
        with xlsxwriter.Workbook(tmp_path / name) as made:
            for title in titles:
                sheet = made.add_worksheet(title)
                for number, row in enumerate(by_words() if title.startswith("答卷") else [["导出说明"], ["5、"]]):
                    sheet.write_row(number, 0, row)
        return tmp_path / name

    found = taken(book("a.xlsx", "说明", "答卷"))
    assert len(found.people) == 3 and codes(found) == [] and "答卷!" in found.people[0].where
    found = taken(book("b.xlsx", "说明", "答卷1", "答卷2"))
    assert len(found.people) == 3 and codes(found) == ["several-tables"]


# accounting


def test_complete_means_every_question_has_a_column(written: Write) -> None:
    rows = by_words()
    found = document.document(counted.count(taken(written(rows))))
    assert found["complete"] and found["questions_without_column"] == []
    found = document.document(counted.count(taken(written([row[:11] for row in rows], "b.csv"))))
    assert not found["complete"] and found["questions_without_column"] == [10]


def test_every_file_is_used_rejected_or_skipped(tmp_path: Path, written: Write) -> None:
    written(by_words(), "a.csv")
    written(by_words(), "b.csv")
    (tmp_path / "c.xlsx").write_bytes(b"PK\3\4")
    (tmp_path / "d.eml").write_bytes(
        letter("x.csv", (tmp_path / "a.csv").read_bytes(), "Fri, 01 Mar 2024 08:00:00 +0800")
    )
    (tmp_path / "e.eml").write_bytes(b"From: a@example.org\r\nSubject: x\r\n\r\nhello")
    result = counted.count(taken(tmp_path))
    files = document.document(result)["files"]
    assert files["read"] == 5 == files["used"] + len(files["rejected"]) + len(files["skipped"])
    assert (files["used"], len(files["rejected"]), len(files["copies"])) == (1, 1, 2)
    assert {each["file"] for each in files["skipped"]} == {"b.csv", "d.eml/x.csv", "e.eml"}


def test_no_question_is_read_by_words_of_another() -> None:
    for q in annex_a().questions:
        for option in q.options:
            assert Options(q).by_words(words(1, q.number)) in (True, None)
            assert Options(q).by_words(option.zh) in (True, None), option
    assert take_in([]).files == ()
