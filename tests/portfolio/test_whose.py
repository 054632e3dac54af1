"""A campaign in which enterprises type another's code or name: nobody honest is accused, nothing is silent, and what is settled is so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.portfolio.analysis.versions import Version, not_counted

from .returns import uscc

NAMES = ["甲水泥有限公司", "乙水泥有限公司", "丙水泥有限公司", "丁水泥有限公司"]
Put = Callable[..., Path]


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    rows = "".join(f"{uscc(n)},{name},a{n}@example.cn\n" for n, name in enumerate(NAMES, 1))
    (tmp_path / "r.csv").write_text("信用代码,企业名称,邮箱\n" + rows, encoding="utf-8")
    assert call("campaign", "new", tmp_path / "c", "--register", tmp_path / "r.csv", "--period", "2023") == 0
    return tmp_path / "c"


@pytest.fixture
def put(home: Path, golden: Path) -> Put:
    """Puts a return into the inbox; who: its number in the register, or the numbers of its code and of its name."""
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))

    def put(file: str, code: int, name: int = 0, output: float = 1_900_000) -> Path:
        one = json.loads(json.dumps(data))
        one["enterprise"] |= {"name": NAMES[(name or code) - 1], "uscc": uscc(code)}
        one["product"]["output"]["report"] = output
        path = home / "inbox" / file
        path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        return path

    return put


def collected(home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[int, Any], list[str], str]:
    """A round: its exit status, the state of each enterprise by number, files of nobody, and what was said."""
    capsys.readouterr()
    code = call("campaign", "collect", home, "--jobs", 1)
    said = capsys.readouterr().err
    call("campaign", "status", home, "--json", "--letters", "--on", "2024-05-01", "--jobs", 1)
    found = json.loads(capsys.readouterr().out)
    by_code = {one["uscc"]: one for one in found["enterprises"]}
    return code, {n: by_code[uscc(n)] for n in range(1, 5)}, [one["file"] for one in found["strangers"]], said


def letter(home: Path, number: int) -> str:
    from email import message_from_bytes
    from email.policy import default

    [path] = (home / "letters").rglob(f"{uscc(number)}*.eml")
    body = message_from_bytes(path.read_bytes(), policy=default).get_body()
    assert body is not None
    return str(body.get_content())


def test_anothers_name_is_asked_of_whose_code_it_is(home: Path, put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    """It was in nobody's row, and the one who had sent it was told that nothing had arrived."""
    put("b.json", 2)
    put("a.json", 1, name=2, output=2_000_000)
    code, of, strangers, _ = collected(home, capsys)
    assert code == 1 and strangers == []
    assert of[2]["state"] == "ranked" and of[2]["reason"] is None
    assert of[1]["state"] == "held" and of[1]["files"] == ["a.json"]
    assert "a.json" in letter(home, 1) and NAMES[1] not in letter(home, 1)


def test_where_neither_has_sent_another_one_both_are_told(
    home: Path, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    put("x.json", 1, name=2)
    _, of, strangers, _ = collected(home, capsys)
    assert strangers == [] and (of[2]["state"], of[1]["state"]) == ("held", "missing")
    assert of[1]["files"] == ["x.json"] and "暂存" in of[1]["reason"] and "x.json" in letter(home, 1)


def test_the_form_of_one_with_code_and_name_of_another(
    home: Path, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stood beside the honest return as a second one, so that both were rejected."""
    put("b.json", 2)
    put(f"{uscc(1)}_x.json", 2, output=2_000_000)
    code, of, strangers, said = collected(home, capsys)
    assert code == 1 and strangers == [] and "文件名" in said and "去掉" in said
    assert of[2]["state"] == "ranked" and of[2]["files"] == ["b.json"]
    assert of[1]["state"] == "held" and of[1]["files"] == [f"{uscc(1)}_x.json"]
    assert NAMES[1] not in letter(home, 1)


def test_held_until_the_right_one_is_there(home: Path, put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it was held for; shown as corrected with what was changed, and no error of the run any more."""
    put("b.json", 2)
    put(f"{uscc(1)}.json", 1, name=2, output=2_000_000)
    put("c.json", 2, name=3, output=2_100_000)
    code, of, _, _ = collected(home, capsys)
    assert code == 1 and (of[1]["state"], of[3]["state"]) == ("held", "held")
    put("right.json", 1, output=2_000_000)
    put("right3.json", 3, output=2_200_000)
    code, of, strangers, said = collected(home, capsys)
    assert code == 0 and strangers == [] and "暂存 0" in said and "已更正 1、暂存后了结 1" in said
    assert [of[n]["state"] for n in (1, 2, 3)] == ["ranked"] * 3
    assert of[1]["reason"] is None
    from .sheets import lines

    changed = [line for line in lines(home / "portfolio" / "portfolio.xlsx", "changes") if line["uscc"] == uscc(1)]
    assert [(line["old"], line["new"]) for line in changed] == [(NAMES[1], NAMES[0])]


def test_a_later_one_under_anothers_name_stays_held(home: Path, put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    """It may be a correction, and the ones whose it may be have sent nothing since."""
    put("a.json", 1)
    put("b.json", 2)
    assert collected(home, capsys)[0] == 0
    put("x.json", 1, name=2, output=2_000_000)
    code, of, strangers, _ = collected(home, capsys)
    assert code == 1 and strangers == []
    assert of[2]["state"] == "ranked" and "x.json" in of[2]["reason"] and "暂存" in of[2]["reason"]


def test_a_scan_is_no_return_and_is_not_silent(home: Path, put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever had sent one was told that nothing had arrived."""
    (home / "inbox" / f"{uscc(1)}_盖章.pdf").write_bytes(b"%PDF-1.4 ")
    (home / "inbox" / f"{NAMES[1]}（第二页）.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (home / "inbox" / f"{NAMES[2]}.zip").write_bytes(b"PK\x03\x04broken")
    code, of, strangers, _ = collected(home, capsys)
    assert code == 1 and strangers == []
    assert [of[n]["state"] for n in range(1, 5)] == ["missing", "missing", "rejected", "missing"]
    assert "PDF" in of[1]["reason"] and "PDF" in letter(home, 1) and "图片" in letter(home, 2)
    assert of[4]["reason"] is None and "尚未收到贵单位的填报表" in letter(home, 4)


def test_of_two_that_came_together_the_one_sent_again_is_final() -> None:
    """Both stayed rejected, however often the enterprise sent the final one; a copy of what was replaced proves nothing."""

    both = (("a", "final", 1), ("b", "first", 1))
    assert counted(*both) == set()
    assert counted(*both, ("c", "final", 2)) == {"a"}
    assert counted(("a", "first", 1), ("b", "final", 2), ("c", "first", 3)) == {"b"}


def counted(*rounds: tuple[str, str, int]) -> set[str]:
    """Which of some files counts, of each its name, its content and the round that brought it."""
    versions = [Version(name, "X", "2023", content, None, "", 50.0, seen) for name, content, seen in rounds]
    return {one.file for one in versions} - {versions[found.place].file for found in not_counted(versions)}
