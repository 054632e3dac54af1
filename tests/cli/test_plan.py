"""jwdt plan: measures and targets on the terminal and as JSON, exit codes, and that no plan is lost silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

PLAN = [
    {"name": "少排 {{ x }} =1+1 <b>", "changes": [{"path": "greenhouse[1]", "field": "report", "value": 700000}], "cost": 100, "life": 5},
    {"name": "脱硝", "changes": [{"path": "pollutants[1]", "field": "report", "value": 600000}]},
]  # fmt: skip


@pytest.fixture
def planned(golden: Path, tmp_path: Path) -> Path:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    path = tmp_path / "planned.json"
    path.write_text(json.dumps({**data, "plan": PLAN}, ensure_ascii=False), encoding="utf-8")
    return path


def test_measures_as_json(run: Any, planned: Path) -> None:
    done = run("plan", planned, "--json")
    assert done.code == 0 and done.err == ""
    found = done.json
    assert set(found) == {"base_total", "measures", "target"} and found["target"] == []
    assert found["base_total"] == pytest.approx(79.3929228328949, rel=1e-9)
    first, second = found["measures"]
    assert first["delta_co2e_t"] == pytest.approx(-25800, rel=1e-9)
    assert first["per_cost"]["co2e_kg"] == pytest.approx(25800 * 1000 * 5 / 100, rel=1e-9)
    assert second["per_cost"] is None and second["delta_equivalents"] == pytest.approx(-398400 / 0.95, rel=1e-9)
    assert first["alone"] == first["cumulative"] > found["base_total"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_measures_in_words(run: Any, planned: Path, language: str) -> None:
    done = run("plan", planned, "--lang", language)
    assert done.code == 0
    for shown in ("79.39", "{{ x }} =1+1 <b>", "-25,800.0", "t CO2e"):
        assert shown in done.out
    assert ("烟煤" if language == "zh" else "bituminous coal") in done.out


def test_a_target_by_one_row(run: Any, planned: Path, tmp_path: Path) -> None:
    done = run("plan", planned, "--target", 85, "--lever", "greenhouse[1]", "--json")
    assert done.code == 0
    (answer,) = done.json["target"]
    assert answer["lever"] == "greenhouse[1]" and answer["total"] >= 85
    data = json.loads(planned.read_text(encoding="utf-8"))
    data["greenhouse"][1]["report"] = answer["needed"]
    again = tmp_path / "again.json"
    again.write_text(json.dumps(data), encoding="utf-8")
    assert run("score", "--json", again).json[0]["total"] == pytest.approx(85, abs=1e-6)
    assert "要达到 85.00 分" in run("plan", planned, "--target", 85, "--lever", "greenhouse[1]").out


def test_what_cannot_be_reached_ends_with_1_and_says_the_best(run: Any, planned: Path) -> None:
    done = run("plan", planned, "--target", 100, "--lever", "materials[0]")
    assert done.code == 1 and "达不到，最好为 79." in done.out
    done = run("plan", planned, "--target", 100, "--lever", "materials[0]", "--json")
    assert done.code == 1 and done.json["target"][0]["needed"] is None


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        (["--target", "0"], 2, "须大于 0"),
        (["--target", "abc"], 2, "须大于 0"),
        (["--target", "nan"], 2, "须大于 0"),
        (["--lever", "activity[0]"], 2, "--lever 须与 --target 同用"),
        (["--target", "85", "--lever", "activity[0]"], 1, "没有可调的行"),
    ],
)
def test_wrong_use(run: Any, planned: Path, arguments: list[str], code: int, shown: str) -> None:
    done = run("plan", planned, *arguments)
    assert done.code == code and shown in done.err


def test_a_file_without_a_plan_and_a_workbook(run: Any, golden: Path, filled: Path) -> None:
    for path in (golden / "example_cement.json", filled):
        done = run("plan", path)
        assert done.code == 0 and "79.39" in done.out and "没有措施" in done.err
    missing = run("plan", golden / "example_na_and_missing.json")
    assert missing.code == 1 and "没有总分" in missing.err


def test_fill_writes_the_plan_and_it_says_the_same(run: Any, planned: Path, tmp_path: Path) -> None:
    assert run("fill", "--data", planned, "-o", tmp_path / "a.xlsx").code == 0
    said = [json.loads(run("plan", file, "--json").out) for file in (planned, tmp_path / "a.xlsx")]
    assert said[0] == said[1] and len(said[0]["measures"]) == 2
