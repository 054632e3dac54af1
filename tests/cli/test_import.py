"""``jwdt import`` as its user calls it: from an empty folder, into a file that is half filled, back to a score."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..papers import made
from .conftest import Runner

STYLE = made.STYLES[0]


@pytest.fixture
def foundry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The papers of the foundry in a folder, from which the command is called."""
    folder = tmp_path / "papers"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    return list(made.all_of(folder, made.FOUNDRY, STYLE))


def test_papers_to_an_assessment_on_the_terminal(run: Runner, foundry: list[Path]) -> None:
    done = run("import", "papers")
    assert done.code == 0
    assert done.json["periods"] == {"base": "2022", "report": "2023"}
    assert len(done.json["activity"]) == 4 and len(done.json["pollutants"]) == 4
    assert "材料 4 份 = 已导入 4 + 只用于核对 0 + 被拒绝 0 + 重复 0 + 已跳过 0" in done.err
    assert "only-levied" not in done.err and "可能不全" in done.err


def test_the_foundry_reaches_a_score_with_few_typed_cells(run: Runner, foundry: list[Path]) -> None:
    """What the note says remains is typed; 24 cells lead from the papers to a total."""
    assert run("import", "papers", "-o", "f.json").code == 0
    data = json.loads(Path("f.json").read_text(encoding="utf-8"))
    typed: list[tuple[str, Any]] = [
        ("product.name", "灰铸铁件"), ("product.unit", "t"), ("product.output.base", 22000), ("product.output.report", 21500),
        ("output_value.base", 19800), ("output_value.report", 20100),
        ("policy.recommended", "yes"), ("policy.elimination_list", False), ("policy.evidence", "目录"),
        ("management.established", True), ("management.effective", True), ("management.evidence", "证书"),
        ("enterprise.industry_code", "3391"), ("boundary", "一个厂区"),
        ("not_applicable.7", "没有可回收的余能"),
        ("materials.0.material", "生铁"), ("materials.0.unit", "t"), ("materials.0.base", 16000), ("materials.0.report", 15500),
        *((f"benchmarks.{number}", value) for number, value in (("2", 1.5), ("3", 1500), ("4", 0.6), ("5", 2), ("6", 700))),
    ]  # fmt: skip
    for path, value in typed:
        *sections, name = path.split(".")
        place = data
        for section in sections:
            place = (
                place[int(section)]
                if isinstance(place, list) and place
                else place.setdefault(section, {})
                if isinstance(place, dict)
                else place
            )
            if isinstance(place, list) and not place:
                place.append({})
        place[name] = value
    assert len(typed) <= 25
    Path("done.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    done = run("score", "--json", "done.json")
    assert done.code == 0, done
    assert 0 < done.json[0]["total"] <= 100


def test_into_a_half_filled_workbook(run: Runner, foundry: list[Path]) -> None:
    """A workbook in, a workbook of the same edition out; the numbers stand in its cells."""
    typed = {
        "format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"},
        "activity": [{"kind": "fuel", "name": "液化石油气", "unit": "t", "report": 90}],
    }  # fmt: skip
    Path("t.json").write_text(json.dumps(typed), encoding="utf-8")
    assert run("fill", "--data", "t.json", "--host", "portable", "--lang", "en", "-o", "half.xlsx").code in (0, 1)
    done = run("import", "papers", "--into", "half.xlsx", "-o", "out.xlsx", "--lang", "en")
    assert done.code == 0 and "90 t is typed" in done.err
    read = run("extract", "out.xlsx").json
    row = next(row for row in read["activity"] if row["name"] == "液化石油气") if "name" in read["activity"][0] else {}
    assert (row["base"], row["report"]) == (88.31, 90)
    assert row["source"].startswith("base: 205-foundry-2022-published.xlsx!205-1!")
    straight = run("import", "papers", "--into", "half.xlsx").json
    assert straight["activity"] == read["activity"] and straight["pollutants"] == read["pollutants"]


def test_what_lies_beside_the_papers_is_no_paper(run: Runner, foundry: list[Path]) -> None:
    """The file to fill may be in the folder of the papers: it is not imported into itself."""
    assert run("import", "papers", "-o", "papers/my.json").code == 0
    done = run("import", "papers", "--into", "papers/my.json", "-o", "more.json", "--lang", "en")
    assert done.code == 0 and "4 papers = 4 imported" in done.err and "0 values filled in" in done.err
    assert "differs" not in done.err and json.loads(Path("more.json").read_text(encoding="utf-8")) == json.loads(
        Path("papers/my.json").read_text(encoding="utf-8")
    )


def test_what_it_cannot_read_is_refused_and_counted(run: Runner, foundry: list[Path]) -> None:
    (foundry[0].parent / "bill.csv").write_text("户号,电量\n1,2\n", encoding="utf-8")
    done = run("import", "papers", "--lang", "en", "-o", "o.json")
    assert done.code == 1 and "4 imported" in done.err and "1 refused" in done.err
    assert "jwdt import --suggest" in done.err
    assert Path("o.json").exists()  # what could be read is there


LEDGER = "2023年台账\n项目,单位,{}\n外购电,千瓦时,{}\n柴油,公斤,{}\n自来水,吨,{}\n".format(
    ",".join(f"{month}月" for month in range(1, 13)), *(",".join([str(value)] * 12) for value in (1000, 5, 1))
)


def test_a_map_is_suggested_confirmed_and_used(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("台账.csv").write_bytes(LEDGER.encode("gb18030"))
    done = run("import", "--suggest", "台账.csv", "--lang", "en")
    assert done.code == 0 and "check every line" in done.err
    text = Path("台账-map.toml").read_text(encoding="utf-8")
    assert "it is a guess" in text
    assert run("import", "--suggest", "台账.csv").code == 2  # the map that is there is somebody's work
    refused = run("import", "--map", "台账-map.toml", "台账.csv", "--lang", "en")
    assert refused.code == 1 and "confirmed = true" in refused.err and refused.out == ""
    Path("台账-map.toml").write_text(text.replace("confirmed = false", "confirmed = true"), encoding="utf-8")
    done = run("import", "--map", "台账-map.toml", "台账.csv")
    assert done.code == 0, done
    assert [(row["kind"], row["unit"], row["report"]) for row in done.json["activity"]] == [
        ("electricity", "kWh", 12000),
        ("fuel", "kg", 60),
    ]
    for more in (["--into", "x.json"], ["--period", "base"], ["--map", "台账-map.toml"], ["台账.csv"]):
        assert run("import", "--suggest", "台账.csv", *more).code == 2


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        ("papers --into none.json", 1, "no such file"),
        ("none.csv", 2, "there is no none.csv"),
        ("papers --period next", 2, "invalid choice"),
        ("empty", 2, "no files to read"),
        ("papers --into papers/{} -o o.json", 1, "format"),
    ],
)
def test_wrong_use(run: Runner, foundry: list[Path], call: str, code: int, said: str) -> None:
    os.mkdir("empty")
    Path("papers/x.json").write_text("{}", encoding="utf-8")
    done = run("import", *call.format("x.json").split(), "--lang", "en")
    assert done.code == code and said in done.err, done


def test_never_over_a_paper(run: Runner, foundry: list[Path]) -> None:
    before = foundry[0].read_bytes()
    for target in (foundry[0], "papers", "papers/../papers/" + foundry[0].name):
        done = run("import", "papers", "-o", target, "--force", "--lang", "en")
        assert done.code in (1, 2), done
    assert foundry[0].read_bytes() == before


def test_as_a_program(foundry: list[Path]) -> None:
    """In a process of its own, as from a terminal: JSON alone on the output, everything else beside it."""
    command = [sys.executable, "-m", "jwdt_xl.cli", "import", str(foundry[0]), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0
    assert json.loads(done.stdout)["periods"] == {"base": "2021", "report": "2022"}
    assert "1 papers = 1 imported" in done.stderr
