"""jwdt survey: forms, tallies and weights, as users call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jwdt_xl.authoring import open_guide
from jwdt_xl.standard.questionnaire import Respondent, annex_a
from jwdt_xl.survey.form import new_form

from .conftest import Runner


def answers(folder: Path) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir()
    for place in range(3):
        given = {1: 1, 2: place + 1, 9: {1: 1, 3: 2}, 5: [1, 2, 3, 4, 5] if place else [1, 2]}
        new_form(inbox / f"{place}.xlsx", "zh", Respondent("", given), f"R{place}")
    rows = ["序号,第1题,第9题", "1,2,3→1", "2,1,3"]
    (inbox / "export.csv").write_text("\n".join(rows), encoding="gb18030")
    return inbox


def test_from_forms_to_weights(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inbox = answers(tmp_path)
    assert run("survey", "map").code == 0
    text = Path("map.toml").read_text(encoding="utf-8").replace(
        'parents = ["target", "control", "management"]', 'parents = ["management"]'
    )  # fmt: skip
    head, nine = text.split("[question.9]")
    nine = nine.replace('1 = ""', '1 = "8"', 1).replace('3 = ""', '3 = "9"', 1)
    Path("map.toml").write_text(f"{head}[question.9]{nine}", encoding="utf-8")
    done = run("survey", "tally", inbox, "-o", "t.xlsx", "--json", "t.json", "--map", "map.toml")
    assert done.code == 0  # an answer kept aside is a warning
    assert "读取 4 个文件 = 采用 4 + 内容相同 0 + 拒绝 0" in done.err
    assert "5 份答卷 = 计入 5 + 未计入（重复、空白）0" in done.err
    # 1: five; 2: three; 9: five; 5: two and one aside
    assert "16 个回答 = 计入 15 + 另存（超限、重复名次等）1" in done.err
    assert not done.messages
    [message] = [line for line in done.err.splitlines() if line.startswith("warning 0.xlsx")]
    assert message.startswith("warning 0.xlsx 问卷!B") and "选 5–7 项，实选 2 项" in message
    data = json.loads(Path("t.json").read_text(encoding="utf-8"))
    assert data["format"] == "jwdt-survey/1"
    assert data["guide"]["id"] == "general"
    # the export has no columns for the others
    assert data["complete"] is False and data["questions_without_column"] == [2, 3, 4, 5, 6, 7, 8, 10]
    assert data["parents_without_weights"] == []
    # option 1: first of five three times, second once; option 3: second three times, first twice; five people
    assert [(w["code"], w["score"], w["answers"]) for w in data["weights"]] == [
        ("8", pytest.approx((3 * 5 + 4) / 5), 5), ("9", pytest.approx((3 * 4 + 2 * 5) / 5), 5),
    ]  # fmt: skip
    nine = data["tallies"][8]
    assert [o["share_of_asked"] for o in nine["options"]] == [0.8, 0, 1.0, 0, 0]
    assert [o["composite"] for o in nine["options"]][::2] == pytest.approx([19 / 5, 22 / 5, 0])
    assert sum(w["weight"] for w in data["weights"]) == pytest.approx(1)
    assert len(load_workbook("t.xlsx").sheetnames) == 16


def test_from_answers_to_a_guide_and_what_its_weights_decide(
    run: Runner, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: answers, tally, authoring workbook, guide, sensitivity of a sample under it."""
    monkeypatch.chdir(tmp_path)
    Path("map.toml").write_text(
        'format = "jwdt-survey-map/1"\nparents = ["management"]\n[question.9]\n1 = "8"\n3 = "9"\n', encoding="utf-8"
    )
    Path("a.csv").write_text("Q9\n1→3\n3\n3→1\n", encoding="utf-8")
    tallied = run(
        "survey", "tally", "a.csv", "-o", "t.xlsx", "--json", "t.json", "--map", "map.toml", "--guide", "cement"
    )
    assert tallied.code == 0, tallied
    assert run("guide", "new", "--from", "cement", "--survey", "t.json", "-o", "g.xlsx").code == 0
    built = run("guide", "build", "g.xlsx", "-o", "g.toml")
    assert built.code == 0, built
    guide = open_guide("g.toml")
    # option 1: 5 + 0 + 4, option 3: 4 + 5 + 5 points of three people; the group keeps its weight
    group = guide.by_code["management"].weight
    assert [guide.by_code[c].weight for c in ("8", "9")] == pytest.approx([group * 9 / 23, group * 14 / 23], abs=1e-9)
    done = run("sensitivity", golden / "example_cement.json", "--guide", "g.toml", "-o", "s.xlsx", "--json", "s.json")
    data = json.loads(Path("s.json").read_text(encoding="utf-8"))
    assert done.code == 0 and data["guide"]["id"] == guide.id and data["ranked"] == 1


def test_an_unmapped_indicator_is_an_error_and_the_tally_is_written_all_the_same(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inbox = answers(tmp_path)
    (inbox / "0.xlsx").unlink()
    run("--lang", "en", "survey", "map")
    done = run("--lang", "en", "survey", "tally", inbox, "-o", "t.xlsx", "--json", "t.json", "--map", "map.toml")
    assert done.code == 1
    assert sum("has no option: map one to it" in message for message in done.messages) == 3
    assert Path("t.xlsx").exists()
    data = json.loads(Path("t.json").read_text(encoding="utf-8"))
    assert data["weights"] == [] and data["complete"] is False
    assert data["parents_without_weights"] == ["target", "control", "management"]
    said = [f for f in data["findings"] if f["severity"] == "error"]
    assert [f["code"] for f in said] == ["unmapped-indicator"] * 3


def test_weights_of_one_parent_missing_are_named_and_the_others_are_whole(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("Q9\n1→3\n3\n", encoding="utf-8")
    Path("map.toml").write_text(
        'format = "jwdt-survey-map/1"\nparents = ["target", "management"]\n[question.9]\n1 = ["8", "1"]\n3 = "9"\n',
        encoding="utf-8",
    )
    done = run("survey", "tally", "a.csv", "-o", "t.xlsx", "--json", "t.json", "--map", "map.toml")
    data = json.loads(Path("t.json").read_text(encoding="utf-8"))
    assert done.code == 1
    # indicator 1 is mapped, its siblings are not: no part of their group is given
    assert [w["code"] for w in data["weights"]] == ["8", "9"]
    assert data["parents_without_weights"] == ["target"] and not data["complete"]
    assert [(f["severity"], f["where"]) for f in data["findings"][:1]] == [("error", "map target")]


def test_the_same_answers_given_twice_count_once(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder named twice, and a copy of a file: nobody has a respondent's number that would tell."""
    monkeypatch.chdir(tmp_path)
    inbox = answers(tmp_path)
    (inbox / "copy.csv").write_bytes((inbox / "export.csv").read_bytes())
    done = run("survey", "tally", inbox, "./inbox", inbox / "export.csv", "-o", "t.xlsx", "--json", "t.json")
    assert done.code == 0, done
    assert "读取 5 个文件 = 采用 4 + 内容相同 1 + 拒绝 0" in done.err
    assert "5 份答卷 = 计入 5 + 未计入（重复、空白）0" in done.err
    assert "5 个文件给了不止一次，各只读一次：0.xlsx、1.xlsx、2.xlsx、copy.csv、export.csv" in done.err
    assert "warning export.csv: 与 copy.csv 内容完全相同" in done.err
    data = json.loads(Path("t.json").read_text(encoding="utf-8"))
    files = data["files"]
    assert files["copies"] == [{"file": "export.csv", "same_as": "copy.csv"}]
    assert files["read"] == files["used"] + len(files["copies"]) + len(files["rejected"]) == 5
    assert data["respondents"]["tallied"] == 5


@pytest.mark.parametrize(
    "rows, code",
    [
        (["a,2024/3/1 9:00,1,9", "b,2024/3/1 9:00,1,1"], 0),  # an answer kept aside
        (["a,2024/3/1 9:00,1,1", "a,2024/3/2 9:00,1,2"], 0),  # the latest counts
        (["a,2024/3/1 9:00,1,1", "a,2024/3/1 9:00,1,2"], 1),  # a respondent is lost
    ],
)
def test_the_exit_code_is_of_what_must_be_put_right(run: Runner, tmp_path: Path, rows: list[str], code: int) -> None:
    (tmp_path / "a.csv").write_text("\n".join(["受访者编号,提交时间,Q1,Q4", *rows, "z,,1,1"]), encoding="utf-8")
    assert run("survey", "tally", tmp_path / "a.csv", "-o", tmp_path / "t.xlsx").code == code


def test_a_bad_file_among_good_ones_is_an_error(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Q4\n1\n", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(b"")
    assert run("survey", "tally", tmp_path, "-o", tmp_path / "t.xlsx").code == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_form_is_written_and_not_over_another(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("survey", "new", "--lang", language).code == 0
    assert load_workbook("survey.xlsx").sheetnames[1] == {"zh": "问卷", "en": "Survey"}[language]
    assert run("survey", "new").code == 2
    assert run("survey", "new", "-o", "survey.xlsx", "--id", "R-1", "--lang", language).code == 0
    book = load_workbook("survey.xlsx")
    sheet, _, address = book.defined_names["in_id"].attr_text.rpartition("!")
    assert book[sheet.strip("'")][address.replace("$", "")].value == "R-1"


def test_fine_when_all_is_fine(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Q1,Q4\n1,1\n2,2\n", encoding="utf-8")
    done = run("survey", "tally", tmp_path / "a.csv", "-o", tmp_path / "t.xlsx")
    assert done.code == 0  # that other questions have no column is a warning
    assert "没有第 2, 3, 5, 6, 7, 8, 9, 10 题的列" in done.err


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (("tally", "none.csv", "-o", "t.xlsx"), 2, "没有 none.csv"),
        (("tally",), 2, "缺少参数"),
        (("tally", "a.csv"), 2, "缺少参数"),
        (("tally", "a.csv", "-o", "a.csv"), 2, "输出文件 a.csv 就是输入文件"),
        (("tally", "a.csv", "-o", "t.xlsx", "--map", "none.toml"), 1, "没有这个文件"),
        (("tally", "a.csv", "-o", "t.xlsx", "--guide", "none.toml"), 1, "none.toml"),
        (("tally", "empty", "-o", "t.xlsx"), 2, "没有可读的文件"),
        (("tally", "a.csv", "-o", "no/such/t.xlsx"), 1, "无法写入"),
        (("tally", "a.csv", "-o", "u.xlsx", "--json", "no/such/t.json"), 1, "无法写入"),
        (("new", "-o", "no/such/s.xlsx"), 1, "无法写入"),
        (("map", "-o", "no/such/m.toml"), 1, "无法写入"),
        ((), 2, "缺少参数"),
    ],
)
def test_wrong_use(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("Q4\n1\n", encoding="utf-8")
    Path("empty").mkdir()
    done = run("survey", *arguments)
    assert done.code == code, done
    assert words in done.err
    assert not Path("t.xlsx").exists()


def test_nobody_counts(run: Runner, tmp_path: Path) -> None:
    new_form(tmp_path / "blank.xlsx", "zh")
    done = run("survey", "tally", tmp_path / "blank.xlsx", "-o", tmp_path / "t.xlsx")
    assert done.code == 1
    assert "没有一份答卷计入" in done.err and "1 份答卷 = 计入 0 + 未计入（重复、空白）1" in done.err


def test_our_own_output_is_no_answer(run: Runner, tmp_path: Path) -> None:
    """The tally lies in the folder of the answers, and the command is called again."""
    (tmp_path / "a.csv").write_text("Q4\n1\n", encoding="utf-8")
    for _ in range(2):
        done = run("survey", "tally", tmp_path, "-o", tmp_path / "t.xlsx", "--json", tmp_path / "t.json")
        assert "读取 1 个文件 = 采用 1 + 内容相同 0 + 拒绝 0" in done.err


def test_as_installed(installed: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Q4\n1\n", encoding="utf-8")
    done = installed("survey", "tally", "a.csv", "-o", "t.xlsx", "--lang", "en")
    assert done.code == 0 and "1 people read = 1 tallied" in done.err
    assert annex_a().questions  # the data are in the wheel
