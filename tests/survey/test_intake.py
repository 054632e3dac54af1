"""Answers read from files: exports in every shape, bad ones, hostile ones, repeated ones. Everything is accounted for."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from jwdt_xl.messages import ERROR, WARNING
from jwdt_xl.standard.questionnaire import MULTIPLE, SINGLE, Answer, Respondent, annex_a
from jwdt_xl.survey import counted
from jwdt_xl.survey.form import new_form
from jwdt_xl.survey.intake import Intake

from .conftest import Write, question, taken

#: Three people by hand: an enterprise, a department that skips much, other services.
PEOPLE: list[dict[int, Answer]] = [
    {1: 1, 2: 2, 4: 1, 5: [1, 2, 3, 10, 11], 6: {1: 1, 2: 2, 3: 3}, 8: {4: 1, 1: 2}, 10: list(range(1, 11))},
    {1: 2, 3: 5, 6: {2: 1}},
    {1: 4, 2: 4, 4: 2, 5: [1, 2, 3, 4, 5, 6, 7], 9: {1: 1, 5: 2}},
]
OWN = "员工健康"


def answers(found: Intake) -> list[dict[int, Answer]]:
    return [{n: list(a) if isinstance(a, tuple) else a for n, a in person.answers.items()} for person in found.people]


def words(answer: Answer, number: int, language: int = 0, join: str = "┋") -> str:
    """An answer as tools that write words do it."""
    options = question(number).options
    if answer is None:
        return "(跳过)" if number < 4 else ""
    if isinstance(answer, int):
        return options[answer - 1][language]
    if isinstance(answer, dict):
        ranked = sorted(answer, key=lambda option: answer[option])
        return "→".join(options[o - 1][language] + (f"〖{OWN}〗" if (number, o) == (8, 4) else "") for o in ranked)
    return join.join(options[o - 1][language] for o in answer)  # type: ignore[union-attr]


def by_words(language: int = 0, join: str = "┋") -> list[list[str]]:
    heading = ["序号", "提交答卷时间", *(f"{q.number}、{q.text[language]}" for q in annex_a().questions), "来自IP"]
    rows = [
        [str(i), f"2024/3/{i} 9:0{i}:00", *(words(p.get(n), n, language, join) for n in range(1, 11)), "1.2.3.4"]
        for i, p in enumerate(PEOPLE, 1)
    ]
    return [heading, *rows]


def by_columns(tick: str = "1", no: str = "0", unranked: str = "-2") -> list[list[str]]:
    """A column per option."""
    heading = ["序号"]
    rows = [[str(i)] for i in range(1, len(PEOPLE) + 1)]
    for q in annex_a().questions:
        if q.kind == SINGLE:
            heading.append(f"{q.number}、{q.text.zh}")
            for row, person in zip(rows, PEOPLE, strict=True):
                row.append(str(person.get(q.number, "-3")))
            continue
        heading += [f"第{q.number}题({option.zh})" for option in q.options]
        for row, person in zip(rows, PEOPLE, strict=True):
            given = person.get(q.number) or {}
            for option in range(1, len(q.options) + 1):
                if q.kind == MULTIPLE:
                    row.append(tick if option in given else no)  # type: ignore[operator]
                else:
                    row.append(str(given.get(option, unranked)))  # type: ignore[union-attr]
    heading.append("Q8[other]")
    return [heading, *([*row, OWN if place == 0 else ""] for place, row in enumerate(rows))]


def by_places() -> list[list[str]]:
    """As LimeSurvey does it: rankings by place with the option's code, choices by Y."""
    heading = ["id", "submitdate"]
    rows = [[str(i), f"2024-03-0{i} 09:00:00"] for i in range(1, len(PEOPLE) + 1)]
    for q in annex_a().questions:
        size = len(q.options)
        heading += [f"Q{q.number}"] if q.kind == SINGLE else [
            f"Q{q.number}[SQ{o:03}]" if q.kind == MULTIPLE else f"Q{q.number}[{o}]" for o in range(1, size + 1)
        ]  # fmt: skip
        for row, person in zip(rows, PEOPLE, strict=True):
            given = person.get(q.number)
            if q.kind == SINGLE:
                row.append(f"A{given}" if given else "")
            elif q.kind == MULTIPLE:
                row += ["Y" if given and o in given else "" for o in range(1, size + 1)]  # type: ignore[operator]
            else:
                ranked = sorted(given or {}, key=lambda o: given[o])  # type: ignore[index,arg-type,call-overload]
                row += [f"A{ranked[place]}" if place < len(ranked) else "" for place in range(size)]
    return [heading, *rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_exports_by_words(written: Write, encoding: str, delimiter: str) -> None:
    found = taken(written(by_words(), encoding=encoding, delimiter=delimiter))
    assert answers(found) == PEOPLE
    assert found.people[0].texts == {8: OWN}
    assert not found.aside and not found.rejected


@pytest.mark.parametrize("language, join", [(0, "┋"), (0, "、"), (0, "|"), (1, ", "), (1, ";"), (0, "\n")])
def test_lists_however_they_are_joined(written: Write, language: int, join: str) -> None:
    assert answers(taken(written(by_words(language, join)))) == PEOPLE


@pytest.mark.parametrize("tick, no, unranked", [("1", "0", "-2"), ("√", "", ""), ("是", "否", "0"), ("１", "０", "")])
def test_exports_with_a_column_per_option(written: Write, tick: str, no: str, unranked: str) -> None:
    found = taken(written(by_columns(tick, no, unranked)))
    assert answers(found) == PEOPLE
    assert found.people[0].texts == {8: OWN}


def test_full_width_digits_in_exports(written: Write) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    heading, *rows = by_columns()
    assert answers(taken(written([heading, *([cell.translate(wide) for cell in row] for row in rows)]))) == PEOPLE


def test_exports_by_place(written: Write) -> None:
    found = taken(written(by_places()))
    assert answers(found) == PEOPLE
    assert {f.code for f in found.findings} == {"ranking-columns"}  # how the bare numbers were read is said
    assert "read as ranks that hold options" in found.findings[0].text.en


def test_bare_columns_of_a_ranking_with_numbers_are_options_and_that_is_said(written: Write) -> None:
    found = taken(written([["Q1", "Q6_1", "Q6_2", "Q6_3", "Q6_4", "Q6_5"], [1, 3, 1, 2, "", ""]]))
    assert found.people[0].answers[6] == {1: 3, 2: 1, 3: 2}
    [said] = [f for f in found.findings if f.code == "ranking-columns"]
    assert "options that hold ranks" in said.text.en and said.severity == WARNING


def test_two_rows_of_headings(written: Write) -> None:
    """Questions above, options below, the cells beside the first one blank."""
    options = [option.zh for option in question(5).options]
    rows = [
        ["Respondent ID", question(1).text.zh, question(5).text.zh, *[""] * 12],
        ["", "Response", *options],
        ["R1", "生产型企业", *(name if place < 5 else "" for place, name in enumerate(options))],
    ]
    found = taken(written(rows))
    assert answers(found) == [{1: 1, 5: [1, 2, 3, 4, 5]}]
    assert found.people[0].id == "R1"


def test_exports_in_a_workbook_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.write(0, 0, "问卷调查结果")
    for row, cells in enumerate(by_columns(), 2):
        for col, cell in enumerate(cells):
            sheet.write_number(row, col, int(cell)) if cell.lstrip("-").isdigit() else sheet.write_string(
                row, col, cell
            )
    book.close()
    found = taken(path)
    assert answers(found) == PEOPLE
    assert found.people[1].where == "export.xlsx Sheet1!5"


def test_a_filled_form_comes_back_as_it_was(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        for place, person in enumerate(PEOPLE):
            own = {8: OWN} if place == 0 else {}
            new_form(tmp_path / f"{language}{place}.xlsx", language, Respondent("", person, own), f"{language}-{place}")
    found = taken(tmp_path)
    assert answers(found) == [*PEOPLE, *PEOPLE]
    assert [person.id for person in found.people] == [f"{lang}-{i}" for lang in ("en", "zh") for i in range(3)]
    assert found.people[0].texts == {8: OWN}


def test_shapes_of_other_tools(written: Write) -> None:
    """LimeSurvey by bare numbers, after its public descriptions and code; the others — Microsoft Forms, Google Forms,
    Tencent — after general knowledge of what such tools write. No real export of any of them was at hand."""
    q = {each.number: each for each in annex_a().questions}
    lime = [
        ["id", "Completed", "1", "2", *(f"5 [SQ{i:03}]" for i in range(1, 14)), *(f"6 [Ranking {i}]" for i in range(1, 6)),
         *(f"8 [Ranking {i}]" for i in range(1, 5)), "8 [Other]"],
        ["1", "x", "A1", "AO02", *["Y"] * 5, *[""] * 8, "A3", "A1", "", "", "", "SQ004", "", "", "", "员工"],
    ]  # fmt: skip
    assert taken(written(lime)).people[0][2:4] == (
        {1: 1, 2: 2, 5: [1, 2, 3, 4, 5], 6: {3: 1, 1: 2}, 8: {4: 1}},
        {8: "员工"},
    )
    forms = [
        ["ID", "Completion time", "Name", *(q[n].text.zh for n in (1, 5, 6, 8))],
        ["1", "3/1/24 9:10:00", "", q[1].options[0].zh, ";".join(o.zh for o in q[5].options[:6]) + ";",
         ";".join(o.zh for o in q[6].options[::-1]) + ";", "经营表现;其他：员工"],
    ]  # fmt: skip
    six = {place: 6 - place for place in range(1, 6)}
    expected = {1: 1, 5: [1, 2, 3, 4, 5, 6], 6: six, 8: {1: 1, 4: 2}}
    found = taken(written(forms))
    assert answers(found) == [expected] and found.people[0].texts == {8: "员工"}
    google = [
        ["时间戳记", q[1].text.zh, q[5].text.zh, *(f"{q[6].text.zh} [{o.zh}]" for o in q[6].options)],
        ["2024/3/1", "政府部门", ", ".join(o.zh for o in q[5].options[5:11]), "第1名", "2nd", "", "Rank 3", "4"],
    ]
    assert answers(taken(written(google))) == [{1: 2, 5: [6, 7, 8, 9, 10, 11], 6: {1: 1, 2: 2, 4: 3, 5: 4}}]
    tencent = [
        ["编号", f"1.{q[1].text.zh}(单选题)", *(f"5.{q[5].text.zh}(多选题):{o.zh}" for o in q[5].options), f"6.{q[6].text.zh}(排序题)"],
        ["1", "A.生产型企业", *["1"] * 5, *["0"] * 8, "污染物排放总量;企业环境税缴纳金额"],
    ]  # fmt: skip
    assert answers(taken(written(tencent))) == [{1: 1, 5: [1, 2, 3, 4, 5], 6: {1: 1, 4: 2}}]


# What does not count


def test_answers_kept_aside_are_named_by_their_cell(written: Write) -> None:
    columns = ["序号", "Q1", "Q2", "Q4", "Q5", "Q6", "Q10"]
    rows = [
        ["1", "1", "3", "1", "1,2,3", "1→2→1", ";".join(map(str, range(1, 11)))],  # Q5 too few, Q6 one twice
        ["2", "2", "3", "7", "1,2,3,4,5,6,7,8", "A→Z", "1"],  # Q2 not asked, Q4 unknown, Q5 too many, Q6 unknown, Q10
        ["3", "9", "3", "1", "1,2,3,4,5", "5", ""],  # Q1 unknown, so Q2 cannot be told
    ]
    found = counted.count(taken(written([columns, *rows])))
    said = [(aside.finding.where, aside.finding.code, aside.question) for aside in found.aside]
    assert said == [
        ("a.csv!E2", "out-of-limit", 5), ("a.csv!F2", "option-twice", 6),
        ("a.csv!C3", "not-asked", 2), ("a.csv!D3", "unknown-option", 4), ("a.csv!E3", "out-of-limit", 5),
        ("a.csv!F3", "unknown-option", 6), ("a.csv!G3", "out-of-limit", 10),
        ("a.csv!B4", "unknown-option", 1), ("a.csv!C4", "respondent-unknown", 2),
    ]  # fmt: skip
    assert found.aside[5].raw == "A→Z"
    tallied, aside = found.answers
    given = sum(cell != "" for row in rows for cell in row[1:])
    assert (tallied, aside) == (given - 9, 9)
    by_number = {t.question.number: (t.asked, t.answered, t.aside) for t in found.survey.tallies}
    assert by_number[1] == (3, 2, 1)
    assert by_number[5] == (3, 1, 2)
    assert by_number[6] == (3, 1, 2)
    # a question without a column was not put to anybody
    assert by_number[7] == (0, 0, 0)


def test_ranks_twice_and_ticks_that_are_none(written: Write) -> None:
    heading = ["Q1", *(f"第6题({o.zh})" for o in question(6).options), *(f"第5题({o.zh})" for o in question(5).options)]
    rows = [[1, 1, 1, "", "", "", *["1"] * 5, *["0"] * 8], [1, 1, "x", "", "", "", "?", *["1"] * 5, *["0"] * 7]]
    found = counted.count(taken(written([heading, *rows])))
    assert [aside.finding.code for aside in found.aside] == ["rank-twice", "bad-tick", "bad-rank"]
    assert found.survey.tally(5).answered == 1


def test_repeated_respondents(written: Write) -> None:
    columns = ["受访者编号", "提交时间", "Q1", "Q4"]
    rows = [
        ["a", "2024/3/1 9:00", 1, 1], ["a", "2024/3/1 9:05", 1, 1],  # the same twice
        ["b", "2024/3/1 9:00", 1, 1], ["b", "2024/3/1 10:00", 1, 2], ["b", "2024/2/28 23:00", 2, 2],  # the latest counts
        ["c", "2024/3/1", 1, 1], ["c", "2024/3/1", 1, 2],  # cannot be told
        ["d", "", "", ""],
        ["", "", 1, 1], ["", "", 1, 1],  # nobody's number: two people
    ]  # fmt: skip
    found = taken(written([columns, *rows]))
    assert [person.where for person in found.people] == ["a.csv!2", "a.csv!5", "a.csv!10", "a.csv!11"]
    assert [(person.where, f.code, f.severity) for person, f in found.aside] == [
        ("a.csv!3", "same-answer-twice", WARNING), ("a.csv!4", "older-answer", WARNING),
        ("a.csv!6", "older-answer", WARNING), ("a.csv!7", "unclear-duplicate", ERROR),
        ("a.csv!8", "unclear-duplicate", ERROR), ("a.csv!9", "blank-answer", "info"),
    ]  # fmt: skip
    assert found.read == len(rows) == len(found.people) + len(found.aside)


def test_the_latest_answer_twice_is_still_the_latest(written: Write) -> None:
    """R013 answered on two days, and the export was exported again: other bytes, the same rows."""
    rows = [["受访者编号", "提交时间", "Q4"], ["R013", "2024/11/6 9:00", 1], ["R013", "2024/11/30 9:00", 2]]
    found = taken(written(rows, "export.csv"), written(rows, "later.csv", encoding="gb18030"))
    assert [person.where for person in found.people] == ["export.csv!3"]
    assert [(person.where, f.code) for person, f in found.aside] == [
        ("export.csv!2", "older-answer"), ("later.csv!2", "older-answer"), ("later.csv!3", "same-answer-twice"),
    ]  # fmt: skip
    assert all("export.csv!3" in f.text.en for _, f in found.aside)
    other = written([*rows, ["R013", "2024/11/30 9:00", 1]], "other.csv")
    found = taken(other)
    assert not found.people and {f.code for _, f in found.aside} == {"unclear-duplicate"}


@pytest.mark.parametrize(
    "early, late, known",
    [
        ("2024/3/9 9:05:00", "2024/3/10 8:00:00", True),
        ("2024-03-09T09:05:00Z", "2024-03-10T08:00:00Z", True),
        ("2024年3月9日 9时5分", "2024年3月10日 8时0分", True),
        ("3/9/2024 9:05", "3/10/2024 8:00", False),  # day or month first?
        ("2024/3/9 下午 3:05", "2024/3/9 上午 9:05", False),
        ("2024/3/9 3:05 PM", "2024/3/9 9:05 AM", False),
        ("45352.5", "45352.375", False),
        ("", "2024/3/10", False),
    ],
)
def test_the_latest_counts_only_where_times_can_be_compared(written: Write, early: str, late: str, known: bool) -> None:
    found = taken(written([["受访者编号", "提交时间", "Q4"], ["a", early, 1], ["a", late, 2]]))
    assert answers(found) == ([{4: 2}] if known else [])
    assert {f.code for _, f in found.aside} == {"older-answer" if known else "unclear-duplicate"}


def test_error_values_are_no_blanks(tmp_path: Path) -> None:
    """A reader that gives them as blanks would make an answer left out of them."""
    path = tmp_path / "export.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["Q1", "Q4", "Q6"])
    sheet.write_number(1, 0, 1)
    sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    found = counted.count(taken(path))
    assert [(a.finding.where, a.raw) for a in found.aside] == [
        ("export.xlsx Sheet1!B2", "#N/A"), ("export.xlsx Sheet1!C2", "#DIV/0!"),
    ]  # fmt: skip


def test_row_numbers_of_two_files_are_different_people(written: Write) -> None:
    one = written([["序号", "Q4"], ["1", 1], ["1", 2]], "a.csv")
    two = written([["序号", "Q4"], ["1", 1]], "b.csv")
    found = taken(one, two)
    assert [person.where for person in found.people] == ["b.csv!2"]
    assert len(found.aside) == 2  # within one file the same number is the same person


def test_files_of_one_name_in_two_folders_are_two_files(tmp_path: Path) -> None:
    """Their people are not one another's, and messages tell the files apart."""
    for folder, answer in (("north", 1), ("south", 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "export.csv").write_text(f"序号,Q4\n1,{answer}\n", encoding="utf-8")
        with zipfile.ZipFile(tmp_path / folder / "all.zip", "w") as archive:
            archive.writestr("in/export.csv", f"序号,Q4\n1,{answer}\n2,1\n")
    found = taken(tmp_path / "north", tmp_path / "south")
    assert [person.where for person in found.people] == [
        "north/all.zip/in/export.csv!2", "north/all.zip/in/export.csv!3", "north/export.csv!2",
        "south/all.zip/in/export.csv!2", "south/all.zip/in/export.csv!3", "south/export.csv!2",
    ]  # fmt: skip
    assert not found.aside


def test_a_file_given_again_is_read_once(tmp_path: Path, written: Write) -> None:
    """By its path, by another spelling, by its folder, as a copy, as a link, in an archive: its person is one."""
    path = written([["Q4"], ["1"]])
    (tmp_path / "copy.txt").write_bytes(path.read_bytes())
    (tmp_path / "link.csv").symlink_to(path)
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(path, "in.csv")
    found = taken(path, tmp_path / "." / "a.csv", tmp_path, tmp_path / "z.zip")
    assert [person.where for person in found.people] == ["a.csv!2"]
    assert [(file.name, file.twin) for file in found.copies] == [
        ("copy.txt", "a.csv"), ("link.csv", "a.csv"), ("z.zip/in.csv", "a.csv"),
    ]  # fmt: skip
    assert len(found.files) == 4 == found.used + len(found.copies) + len(found.rejected)
    [note] = found.notes
    assert (note.severity, note.code) == (WARNING, "given-twice")
    assert "2 files were given more than once and are read once: a.csv, z.zip/in.csv" in note.text.en


def test_copies_of_a_refused_file_are_refused_each_for_itself(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("姓名,年龄\n甲,30\n", encoding="utf-8")
    found = taken(tmp_path)
    assert [file.findings[0].code for file in found.rejected] == ["no-heading"] * 2 and not found.copies


def test_a_row_of_codes_is_no_heading(written: Write) -> None:
    """Numbers 1–10 could be questions; where headings have words, they are answers."""
    heading = ["序号", "Q1", "Q4", "年龄", "性别", "地区"]
    assert answers(taken(written([heading, ["1", "2", "1", "3", "4", "5"]]))) == [{1: 2, 4: 1}]
    assert answers(taken(written([["1", "4"], ["2", "1"]]))) == [{1: 2, 4: 1}]


# Files that cannot be read


def test_bad_files_cost_themselves_only(tmp_path: Path, written: Write) -> None:
    good = written([["Q4"], ["1"]], "good.csv")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "nothing.csv").write_text("Q4\n", encoding="utf-8")
    (tmp_path / "letter.csv").write_text("姓名,年龄\n甲,30\n", encoding="utf-8")
    (tmp_path / "binary.csv").write_bytes(b"\xff\x80\x00\x01" * 50)
    (tmp_path / "nul.csv").write_bytes(b"Q4\n1\x00\n")
    (tmp_path / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    (tmp_path / "twice.csv").write_text(
        "Q4,4、您认为工业行业企业是推动减污降碳协同增效的责任主体吗？\n1,2\n", encoding="utf-8"
    )
    huge = ",".join(["Q4", *["1"] * 10])
    (tmp_path / "wide.csv").write_text(huge + "\n" + "," * 5_000_001, encoding="utf-8")
    found = taken(tmp_path)
    assert [person.where for person in found.people] == ["good.csv!2"]
    codes = {file.name: file.findings[0].code for file in found.rejected}
    assert codes == {
        "empty.csv": "empty", "nothing.csv": "no-answers", "letter.csv": "no-heading", "binary.csv": "not-a-table",
        "nul.csv": "not-a-table", "old.xls": "old-format", "broken.xlsx": "damaged", "twice.csv": "column-twice",
        "wide.csv": "too-many-cells",
    }  # fmt: skip
    assert len(found.files) == len(found.rejected) + 1 == 10
    assert all(str(tmp_path) not in f.where + str(f.text) for f in found.findings), found.findings
    assert good.exists()


def spoilt(path: Path, parts: dict[str, object]) -> None:
    """A workbook with some of its parts changed: by a function of their bytes, or new ones."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    for name, change in parts.items():
        content[name] = change(content[name]) if callable(change) else change  # type: ignore[assignment]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def test_hostile_workbooks(tmp_path: Path) -> None:
    """A cell far out makes the reader ask for hundreds of GB and die; a bomb would fill the memory. Others go on."""
    sheet = "xl/worksheets/sheet2.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    for name in ("bomb", "far", "good", "half"):
        new_form(tmp_path / f"{name}.xlsx", "zh", Respondent("", {1: 1}))
    spoilt(tmp_path / "far.xlsx", {sheet: lambda xml: xml.replace(b"</sheetData>", far)})
    spoilt(tmp_path / "bomb.xlsx", {"xl/media/bomb.bin": b"\0" * (300 << 20)})
    spoilt(tmp_path / "half.xlsx", {sheet: lambda xml: xml[: len(xml) // 2]})
    found = taken(tmp_path)
    assert [person.where for person in found.people] == ["good.xlsx 问卷"]
    assert {file.name: file.findings[0].code for file in found.rejected} == {
        "bomb.xlsx": "zip-bomb", "far.xlsx": "stray-cell", "half.xlsx": "damaged",
    }  # fmt: skip
    assert found.rejected[1].findings[0].where == "far.xlsx 问卷!XFD1048576"
    assert all(str(tmp_path) not in f.where for f in found.findings)


def test_archives_are_looked_into(tmp_path: Path, written: Write) -> None:
    path = written([["Q4"], ["1"], ["2"]], "in.csv")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, "答卷/in.csv")
    path.unlink()
    found = taken(tmp_path)
    assert [person.where for person in found.people] == ["all.zip/答卷/in.csv!2", "all.zip/答卷/in.csv!3"]


def test_a_form_whose_rows_were_moved_is_refused(tmp_path: Path) -> None:
    import openpyxl

    new_form(tmp_path / "a.xlsx", "zh", Respondent("", {1: 1}))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["问卷"].insert_rows(8)
    book.save(tmp_path / "a.xlsx")
    [file] = taken(tmp_path).rejected
    assert file.findings[0].code == "moved"
    assert file.findings[0].where == "a.xlsx 问卷!B8"


def test_a_form_of_another_version_is_refused(tmp_path: Path) -> None:
    import openpyxl

    new_form(tmp_path / "a.xlsx", "zh", Respondent("", {1: 1}))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.worksheets[0]["B4"] = "2"
    book.save(tmp_path / "a.xlsx")
    [file] = taken(tmp_path).rejected
    assert file.findings[0].code == "other-form"


@pytest.mark.parametrize("text", ["=1+1", "不知道", "12abc", "1e400", "-5", "0", "99999999999999999999"])
def test_whatever_is_typed_is_kept_and_named(tmp_path: Path, text: str) -> None:
    """Bad content of a form's cells never counts and never vanishes."""
    import openpyxl

    from jwdt_xl.survey.layout import Layout

    new_form(tmp_path / "a.xlsx", "zh", Respondent("", {1: 1}))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for number in (4, 5, 6):
        cell = Layout("zh").option(number, 2)
        book["问卷"].cell(cell.row + 1, cell.col + 1).value = text if text != "=1+1" else "'=1+1"
    book.save(tmp_path / "a.xlsx")
    found = counted.count(taken(tmp_path))
    tallies = {t.question.number: (t.answered, t.aside) for t in found.survey.tallies}
    # 0 means: not chosen, not ranked
    expected = (0, 0) if text == "0" else (0, 1)
    assert [tallies[n] for n in (4, 5, 6)] == [expected] * 3


def test_random_tables_are_always_accounted_for(written: Write) -> None:
    rng = random.Random(7)
    bits = [
        "",
        "1",
        "2",
        "A",
        "是",
        "-3",
        "x",
        "1→2",
        "1;1",
        "燃料替代",
        "９",
        "　",
        "=1",
        "0.5",
        "社会贡献┋企业经营状况",
    ]
    heading = ["序号", *(f"Q{n}" for n in range(1, 11))]
    rows = [[str(i), *(rng.choice(bits) for _ in range(10))] for i in range(400)]
    found = counted.count(taken(written([heading, *rows])))
    assert found.intake.read == 400 == len(found.intake.people) + len(found.intake.aside)
    given = sum(cell.strip("　") not in ("", "-3") for row in rows for cell in row[1:])
    blank = sum(all(cell.strip("　") in ("", "-3") for cell in row[1:]) for row in rows)
    assert sum(found.answers) == given
    assert len(found.intake.aside) == blank
