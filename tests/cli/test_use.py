"""How the command is called: help, language, wrong use, start-up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import __version__
from jwdt_xl.cli import parser
from jwdt_xl.cli.output import lines, together
from jwdt_xl.messages import ERROR, WARNING, Finding, Text, get_language


def test_version(installed: Any) -> None:
    done = installed("--version")
    assert (done.code, done.out) == (0, f"jwdt {__version__}\n")


@pytest.mark.parametrize("name", [command.name for command in parser.COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_of_every_command(run: Any, name: str, language: str) -> None:
    done = run(name, "--help", "--lang", language)
    assert done.code == 0
    assert done.out.startswith("用法：" if language == "zh" else "usage: ")
    command = next(command for command in parser.COMMANDS if command.name == name)
    assert getattr(command.help, language) in done.out


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ([], "缺少参数"),
        (["nothing"], "nothing"),
        (["score"], "缺少参数：F"),
        (["score", "--colour", "a.json"], "无法识别的参数：--colour"),
        (["template", "--host", "lotus"], "可用"),
        (["template", "-o"], "后缺少值"),
        (["fill"], "须给出其中一个参数"),
        (["fill", "--from", "a", "--data", "b"], "不能与"),
        (["score", "--lang", "fr", "a.json"], "fr"),
        (["functions", "JWDT_NONE"], "JWDT_NONE"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(run: Any, arguments: list[str], shown: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert len(done.messages) == 1
    assert shown in done.messages[0]


def test_language_by_option_anywhere_or_by_variable(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有这个文件" in run("check", "none.json").out
    assert "no such file" in run("check", "none.json", "--lang", "en").out
    assert "no such file" in run("--lang=en", "check", "none.json").out
    monkeypatch.setenv("JWDT_LANG", "EN")
    assert "no such file" in run("check", "none.json").out
    assert "没有这个文件" in run("check", "--lang", "zh", "none.json").out
    monkeypatch.setenv("JWDT_LANG", "klingon")
    assert "没有这个文件" in run("check", "none.json").out
    assert get_language() == "zh"  # the language of the caller stays what it was


def test_start_loads_only_what_is_used(golden: Path) -> None:
    heavy = {"rich", "pandas", "numpy", "xlsxwriter", "pebble", "openpyxl", "python_calamine", "xlwings"}
    for arguments, allowed in (
        (["--version"], set()),
        (["score", "--json", str(golden / "example_cement.json")], set()),
        (["score", str(golden / "example_cement.json")], {"rich"}),
        (["functions"], set()),
    ):
        program = (
            "import sys; from jwdt_xl.cli import main; code = main(sys.argv[1:]);"
            f"print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr); sys.exit(code)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, encoding="utf-8", timeout=60
        )
        assert done.returncode == 0
        loaded = set(eval(done.stderr.splitlines()[-1]))
        assert loaded <= allowed, arguments


def test_a_reader_that_closes_the_pipe_ends_it_quietly() -> None:
    command = f"{sys.executable} -m jwdt_xl.cli functions | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", timeout=60)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_mistake_of_ours_costs_one_file(run: Any, golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jwdt_xl.opening import jsonfile

    loaded = jsonfile.load

    def load(path: str) -> Any:
        if path.endswith("cement.json"):
            raise ZeroDivisionError("oops")
        return loaded(path)

    monkeypatch.setattr("jwdt_xl.portfolio.collection.intake.jsonfile.load", load)
    done = run("score", "--json", golden / "example_cement.json", golden / "example_dyeing.json")
    assert done.code == 1
    assert [result["ok"] for result in done.json] == [False, True]
    assert "ZeroDivisionError: oops" in done.messages[0]


def test_rows_that_are_wrong_alike_are_one_line() -> None:
    """Sixty rows without a period are one sentence with all their places; what differs in anything stays apart."""
    text, other = Text("空白", "blank"), Text("过大", "too large")
    found = [
        *(Finding(WARNING, "x", f"登记:表.csv:{row}", text) for row in (2, 3, 4, 9, 7, 8, 12)),
        Finding(ERROR, "x", "登记:表.csv:5", text),
        Finding(WARNING, "x", "登记:表.csv:6", other),
        Finding(WARNING, "x", "b.csv:5", text),
        *(
            Finding(WARNING, "x", place, text)
            for place in ("能源!B5", "能源!B6", "a.xlsx:能源!B7", "", "12", "a:0", "能源!B5")
        ),
    ]
    rows = {"登记:表.csv:2–4,7–9,12", "登记:表.csv:5", "登记:表.csv:6", "b.csv:5"}
    assert {f.where for f in together(found)} == rows | {"能源!B5", "能源!B6", "a.xlsx:能源!B7", "", "12", "a:0"}
    assert lines(found)[0] == str(found[7])
    assert together(found[7:10]) == found[7:10] and together([]) == []
