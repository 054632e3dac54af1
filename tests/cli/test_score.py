"""jwdt score and check: results, the JSON contract, exit codes, several files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..workbook.places import at
from .conftest import Runner

EXAMPLES = ("both_rise", "cement", "dyeing", "na_and_missing", "not_applicable", "total_basis")
KEYS = {
    "file", "ok", "values", "scores", "weights", "total", "first_level", "equivalents", "co2e_t", "rates",
    "synergy_case", "nonfossil_share_other", "coverage", "score_so_far", "recorded", "findings", "interval", "probabilities",
    "alternatives",
}  # fmt: skip


def assert_same(found: Any, expected: Any, place: str = "") -> None:
    """Equal within the tolerances of design.md (its widest, since S is among the numbers)."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_same(found[key], value, f"{place}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), place
        for i, value in enumerate(expected):
            assert_same(found[i], value, f"{place}[{i}]")
    elif isinstance(expected, (int, float)) and not isinstance(expected, bool):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-10), place
    else:
        assert found == expected, place


def test_examples_evaluate_to_their_expected_files(run: Any, golden: Path) -> None:
    done = run("score", "--json", *(golden / f"example_{name}.json" for name in EXAMPLES))
    assert done.code == 0
    assert done.err == ""
    results = done.json
    assert len(results) == len(EXAMPLES)
    for name, result in zip(EXAMPLES, results, strict=True):
        assert set(result) == KEYS
        assert result["ok"] is True
        assert result["file"].endswith(f"example_{name}.json")
        assert_same(result, json.loads((golden / f"example_{name}_expected.json").read_text(encoding="utf-8")), name)


def test_the_total_under_each_alternative_or_why_there_is_none(run: Any, golden: Path) -> None:
    done = run("score", "--json", golden / "example_cement.json")
    found = {(a["option"], a["value"]): a for a in done.json[0]["alternatives"]}
    assert found["moderate_score", "cosine"]["total"] > done.json[0]["total"]
    lacking = found["moderate_score", "composite"]
    assert lacking["total"] is None and "满分减排率" in lacking["reason"]


def test_json_says_how_sure_every_number_is(run: Any, golden: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    done = run(
        "score", "--json", golden / "example_cement.json", golden / "example_dyeing.json", tmp_path / "broken.json"
    )
    cement, dyeing, broken = done.json
    low, high = cement["interval"]["total"]
    assert 70 < low < cement["total"] < high < 85
    assert (
        set(cement["interval"])
        == {"pollutants", "co2e_t", "rates", "synergy", "scores", "total"}
        == set(broken["interval"])
    )
    assert len(cement["interval"]["scores"]) == 9 and broken["interval"]["total"] is None
    assert cement["probabilities"]["synergy"] == 1 and cement["probabilities"]["grades"] == {}
    assert set(broken["probabilities"]) == set(cement["probabilities"])
    codes = [{finding["code"] for finding in result["findings"]} for result in (cement, dyeing)]
    assert ["within-uncertainty" in found for found in codes] == [False, True]  # dyeing states no quality
    assert dyeing["interval"]["synergy"] is None and dyeing["ok"]


def test_one_file_says_its_interval_and_points_to_the_sheet(run: Any, golden: Path, tmp_path: Path) -> None:
    assert "90 % 区间：76.2–81.0" in run("score", golden / "example_cement.json").out
    book = tmp_path / "dyeing.xlsx"
    assert run("fill", "--data", golden / "example_dyeing.json", "-o", book).code == 0
    done = run("score", book)
    assert done.code == 0 and "协同度不明" in done.out
    (line,) = [line for line in done.err.splitlines() if "90 % 区间" in line]
    assert line.startswith("warning 温室气体")
    graded = run("score", golden / "example_cement.json", "--guide", "cement", "--lang", "en")
    assert "probability of reaching" in graded.out


def test_a_case_without_a_number_is_said_in_words(run: Any, golden: Path) -> None:
    """Never that there is a value, which is no value."""
    done = run("score", golden / "example_both_rise.json")
    (line,) = [line for line in done.out.splitlines() if "减污降碳协同度" in line]
    assert "有值" not in done.out and "同时上升" in line


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_workbook_scores_like_its_data_and_gives_them_back(run: Any, golden: Path, tmp_path: Path, name: str) -> None:
    source, book = golden / f"example_{name}.json", tmp_path / "a.xlsx"
    assert run("fill", "--data", source, "-o", book).code == 0
    done = run("score", "--json", book)
    assert done.code == 0
    assert_same(done.json[0], json.loads((golden / f"example_{name}_expected.json").read_text(encoding="utf-8")))
    back = run("extract", book)
    assert back.code == 0
    assert back.json == json.loads(source.read_text(encoding="utf-8"))


def test_a_bad_file_does_not_stop_the_others(run: Any, golden: Path, filled: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "jwdt-assessment/1",\n "periods": }', encoding="utf-8")
    done = run("score", "--json", broken, filled, tmp_path / "none.xlsx", golden / "example_dyeing.json")
    assert done.code == 1
    results = done.json
    assert [result["ok"] for result in results] == [False, True, False, True]
    assert all(set(result) == KEYS for result in results)
    assert results[0]["total"] is None
    assert results[0]["findings"][0]["where"] == str(broken)
    assert [line.split(":")[0] for line in done.err.splitlines()] == [
        f"error {broken}",
        f"error {tmp_path / 'none.xlsx'}",
    ]


def test_score_shows_a_table_and_messages_beside_it(run: Any, golden: Path) -> None:
    done = run("score", golden / "example_cement.json")
    assert done.code == 0
    for shown in ("示例水泥有限公司", "减污降碳协同度", "79.39", "28.04", "目标协同", "76.98", "总分", "20.61"):
        assert shown in done.out
    assert "warning pollutants[2].pollutant:" in done.err
    assert "warning" not in done.out


def test_score_in_english(run: Any, golden: Path) -> None:
    done = run("score", "--lang", "en", golden / "example_cement.json")
    assert "Degree of synergy".lower() in done.out.lower()
    assert "79.39" in done.out


def test_what_is_missing_is_shown_as_missing(run: Any, golden: Path) -> None:
    done = run("score", golden / "example_na_and_missing.json")
    assert done.code == 0
    assert "不适用" in done.out
    assert "评价完成度" in done.out


def test_a_guides_grade_is_shown(run: Any, golden: Path) -> None:
    example = str(golden / "example_cement.json")
    assert "等级：二级" in run("score", example, "--guide", "cement").out
    assert "等级" not in run("score", example).out


def test_square_brackets_in_a_name_are_no_markup(run: Any, golden: Path, tmp_path: Path) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["enterprise"]["name"] = "[red]某厂[/red]"
    path = tmp_path / "[a].json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert "[red]某厂[/red]" in run("score", path).out
    assert "[red]某厂[/red]" in run("score", path, path).out


def test_several_files_get_a_line_each(run: Any, golden: Path, tmp_path: Path) -> None:
    done = run("score", golden / "example_cement.json", tmp_path / "none.json")
    assert done.code == 1
    assert "79.39" in done.out
    assert "拒绝" in done.out
    assert f"error {tmp_path / 'none.json'}: " in done.err


def test_check_lists_findings_only_with_the_cell(run: Any, filled: Path) -> None:
    done = run("check", filled)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == f"{filled}:"
    assert any(line.startswith(f"warning {at('pollutants[2].pollutant')}: ") for line in lines)
    assert all(line.split(" ")[0] in ("error", "warning", "info") for line in lines[1:])


def test_an_error_in_the_data_names_its_cell(run: Any, golden: Path, tmp_path: Path) -> None:
    import openpyxl

    book = tmp_path / "a.xlsx"
    run("fill", "--data", golden / "example_cement.json", "-o", book)
    file = openpyxl.load_workbook(book)
    sheet, place = at("pollutants[0].base").split("!")
    cell = file[sheet][place]
    cell.value = "九万"
    file.save(book)
    done = run("score", "--json", book)
    assert done.code == 1
    [finding] = done.json[0]["findings"]
    assert finding["where"] == f"污染物!{cell.coordinate}"
    assert "九万" in finding["text"]
    assert done.messages == [f"error 污染物!{cell.coordinate}: {finding['text']}"]


def test_findings_of_severity_error_end_with_1(run: Any, golden: Path, tmp_path: Path) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    for row in data["greenhouse"]:
        row["base"], row["report"] = 0, 0
    data["greenhouse"][-2]["report"] = 10  # recovered more than emitted
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = run("score", "--json", path)
    assert done.code == 1
    [result] = done.json
    assert result["ok"] is False
    assert result["values"][5] is not None  # the rest is evaluated
    assert any(finding["severity"] == "error" for finding in result["findings"])


def test_json_alone_on_stdout_as_installed(installed: Any, golden: Path, filled: Path, tmp_path: Path) -> None:
    done = installed("score", "--json", golden / "example_cement.json", filled, "none.json")
    assert done.code == 1
    assert [result["ok"] for result in done.json] == [True, True, False]
    assert done.json[1]["total"] == pytest.approx(done.json[0]["total"], rel=1e-12)


def test_names_and_texts_survive_a_poor_encoding(installed: Any, filled: Path) -> None:
    done = installed("score", "--json", filled, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.code == 0
    assert done.json[0]["file"] == str(filled)
    assert installed("check", filled, PYTHONIOENCODING="ascii", PYTHONUTF8="0").code == 0


@pytest.mark.parametrize("name", ["example_cement", "example_dyeing", "example_na_and_missing"])
def test_as_many_findings_are_counted_as_are_listed(run: Runner, golden: Path, name: str) -> None:
    """What the intervals find is counted too; notes are counted, and check lists them."""
    scored = run("score", golden / f"{name}.json")
    listed = [line.split()[0] for line in scored.err.splitlines()]
    notes = [line for line in run("check", golden / f"{name}.json").out.splitlines() if line.startswith("info ")]
    counted = f"检查结果：错误 {listed.count('error')}，警告 {listed.count('warning')}，提示 {len(notes)}"
    assert f"{counted}（提示用 jwdt check 列出）" in scored.out
