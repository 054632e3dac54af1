"""`jwdt guide`: what an author types, from the empty workbook to the effect of a change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from jwdt_xl.authoring import build, dump, load, shipped
from jwdt_xl.cli import main
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

from .conftest import Run
from .places import fact, typed


def test_from_the_empty_workbook_to_a_guide_file(run: Run, tmp_path: Path) -> None:
    assert run("new")[0] == 0
    assert run("new")[0] == 2  # a name nobody asked for overwrites nothing
    code, _, err = run("build", "guide.xlsx")
    assert code == 1
    assert f"error {fact('id')}: needs its id" in err
    assert not (tmp_path / "guide.toml").exists()
    book = load_workbook("guide.xlsx")
    own = {"id": "mine", "version": "1", "name_zh": "我的指南", "source_zh": "自定"}
    typed(book, {fact(name): value for name, value in own.items()})
    book.save("guide.xlsx")
    assert run("build", "guide.xlsx")[0] == 0
    assert load("guide.toml").weights == builtin().weights
    assert run("show", "guide.toml")[0] == 0


@pytest.mark.parametrize("name", shipped())
def test_show_and_back(run: Run, name: str) -> None:
    code, out, _ = run("show", name)
    assert code == 0
    guide = load(name)
    assert guide.hash in out and guide.name.en in out
    assert all(gap.en.split(":")[0] in out for gap in guide.gaps)
    assert run("show", name, "--to", "toml")[1] == dump(guide, "en")
    assert to_dict(from_dict(json.loads(run("show", name, "--to", "json")[1]))) == to_dict(guide)
    assert run("show", name, "--to", "xlsx", "-o", "g.xlsx")[0] == 0
    assert build("g.xlsx").hash == guide.hash
    code, _, err = run("build", "g.xlsx")
    assert code == 0
    assert ("a draft with" in err) is bool(guide.gaps)


def test_the_shipped_guides_are_listed(run: Run) -> None:
    code, out, _ = run("show")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["general", *shipped()]
    assert run("show", "--to", "xlsx")[0] == 2
    assert run("show", "cement", "-o", "x")[0] == 2
    assert run("show", "nothing.toml")[0] == 1


def test_benchmarks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,2,8\na,1,1\nb,3,1\nc,,0\n", encoding="utf-8")
    code, out, err = run("benchmark", "cement", "--from", "t.csv", "--period", "2023")
    assert code == 0
    assert "50%*" in out and "indicator 8" in err
    assert list(tmp_path.glob("*.toml")) == []
    code, _, _ = run("benchmark", "cement", "--from", "t.csv", "--period", "2023", "--share", "1", "-o", "new.toml")
    assert code == 0
    benchmark = load("new.toml").by_code["2"].benchmark
    assert benchmark is not None
    assert (benchmark.value, benchmark.year) == (3, 2023)
    assert benchmark.source.partition(" [")[0].endswith("level reached by 100 % of 2 enterprises, 2023")
    assert (tmp_path / "new.toml").read_text(encoding="utf-8").startswith("# 水泥行业示范指南")
    assert run("benchmark", "cement", "--from", "t.csv", "--period", "2023", "--share", "0")[0] == 2
    assert run("benchmark", "cement", "--from", "none.csv", "--period", "2023")[0] == 1


def test_schema(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    jsonschema.validate(to_dict(load("paper")), json.loads(out))


def test_difference(run: Run, tmp_path: Path, filled: Callable[[Guide], Any]) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(json.dumps(filled(builtin())), encoding="utf-8")
    open_to_all = {**to_dict(load("cement")), "open": ["benchmarks"]}
    (tmp_path / "open.json").write_text(json.dumps(open_to_all), encoding="utf-8")
    code, out, _ = run("difference", "--new", "open.json", "a.json")
    assert code == 0
    assert (
        "→" not in out[out.index("┏") :]
    )  # the enterprise's own benchmarks stay in force, as the guide leaves them open
    code, out, _ = run("difference", "--new", "cement", "a.json")
    assert code == 1 and out[out.index("┏") :].count("→") >= 2  # here they do not, which is told as an error
    code, out, _ = run("difference", "--new", "cement", "--guide-benchmarks", "a.json", "b.json", "-o", "d.xlsx")
    assert code == 0
    assert out[out.index("┏") :].count("→") >= 2 and (tmp_path / "d.xlsx").exists()
    assert run("difference", "--new", "cement", "a.json", "-o", "d.pdf")[0] == 2
    assert run("difference", "--new", "dapeng-index", "a.json")[0] == 1
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert run("difference", "--new", "cement", "a.json", "bad.json")[0] == 1


@pytest.mark.parametrize(
    "command", [["template"], ["score", "a.json"], ["check", "a.json"], ["fill", "--data", "a.json"]]
)
def test_every_command_refuses_a_draft_and_names_its_gaps(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    filled: Callable[[Guide], Any], command: list[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(filled(builtin())), encoding="utf-8")
    assert main([*command, "--guide", "zhejiang-index", "--lang", "en"]) == 1
    err = capsys.readouterr().err
    assert "is incomplete" in err and "16 second-level indicators: names" in err
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_guide_serves_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, filled: Callable[[Guide], Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(filled(load("four-levels"))), encoding="utf-8")
    (tmp_path / "g.toml").write_text(dump(load("four-levels")), encoding="utf-8")
    assert main(["template", "--guide", "g.toml", "--host", "portable", "-o", "t.xlsx"]) == 0
    assert main(["fill", "--guide", "g.toml", "--data", "a.json", "-o", "f.xlsx"]) == 0
    capsys.readouterr()
    assert main(["score", "--guide", "four-levels", "--json", "f.xlsx", "a.json"]) == 0
    book, data = json.loads(capsys.readouterr().out)
    assert book["total"] == data["total"] is not None
    assert len(book["scores"]) == 13


def test_benchmarks_go_back_into_the_workbook(run: Run, tmp_path: Path) -> None:
    """It was a TOML file under the workbook's name, which nothing opened."""
    (tmp_path / "t.csv").write_text("id,2,8\na,1,1\nb,3,1\nc,,0\n", encoding="utf-8")
    assert run("new", "--from", "cement", "-o", "g.xlsx")[0] == 0
    assert run("benchmark", "g.xlsx", "--from", "t.csv", "--period", "2023", "--share", "1", "-o", "new.xlsx")[0] == 0
    assert run("benchmark", "g.xlsx", "--from", "t.csv", "--period", "2023", "--share", "1", "-o", "new.toml")[0] == 0
    assert run("build", "new.xlsx", "-o", "built.toml")[0] == 0
    built, direct = (load(str(tmp_path / name)) for name in ("built.toml", "new.toml"))
    assert built.hash == direct.hash


@pytest.mark.parametrize(
    "call",
    [
        ("build", "cement", "-o", "g.xlsx"), ("benchmark", "cement", "--from", "t.csv", "--period", "2023", "-o", "g.json"),
        ("show", "cement", "--to", "toml", "-o", "g.xlsx"), ("new", "-o", "g.txt"), ("weights", "cement", "--from", "t.csv", "-o", "g.csv"),
    ],
)  # fmt: skip
def test_a_file_ends_in_what_it_is(run: Run, tmp_path: Path, call: tuple[str, ...]) -> None:
    code, _, err = run(*call)
    assert code == 2 and "-o" in err
    assert not (tmp_path / call[-1]).exists()
