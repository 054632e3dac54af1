"""What differs between two guides, by names, and why a grade is another one."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jwdt_xl.authoring import compare, load
from jwdt_xl.authoring.versions import changes
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

from ..reports.test_guides import by_derivation, by_inputs
from ..standard.own import own_data, own_guide

Data = dict[str, Any]
OLD = load("cement")


def _new(change: Callable[[Data], Any], of: Guide = OLD) -> Guide:
    data = to_dict(of)
    change(data)
    return from_dict(data)


def _said(change: Callable[[Data], Any], of: Guide = OLD) -> list[str]:
    return [text.en for text in changes(of, _new(change, of))]


def _node(data: Data, code: str) -> Data:
    return next(node for node in data["nodes"] if node["code"] == code)


def test_the_same_guide_says_nothing() -> None:
    for guide in (OLD, builtin(), own_guide(), load("four-levels")):
        assert changes(guide, guide) == []
    # another version with nothing else is the same too
    assert not _said(lambda d: d.update(version="7", history=[{"version": "7", "change_zh": "无"}]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["options"].update(gwp_set="AR6"), "GWP set: AR5 → AR6"),
        (lambda d: _node(d, "3")["benchmark"].update(value=560), "benchmark of 3 “carbon emissions per unit product”: 620 kg/t cement → 560 kg/t cement"),
        (lambda d: _node(d, "3")["benchmark"].update(limit=700), "limit of 3 “carbon emissions per unit product”: none → 700"),
        (lambda d: d["grades"][0].update({"from": 90}), "grade: level I ≥ 85 → level I ≥ 90"),
        (lambda d: d["grades"].pop(), "grade taken out: level III ≥ 60"),
        (lambda d: d["conditions"].clear(), "condition taken out: value of “industrial policy” < 0.5"),
        (lambda d: d.update(vetoes=[{"code": "v", "question_zh": "有事故", "question_en": "accident", "reason_zh": "事故", "reason_en": "a"}]), "new veto: “accident” answered “yes”"),
        (lambda d: d["conversions"][0].update(factor=1.5), "conversion: 1 t clinker sold = 1.3 t 水泥 → 1 t clinker sold = 1.5 t 水泥"),
        (lambda d: d.update(scope_zh="熟料企业", scope_en="clinker works"), "scope: none → clinker works"),
        (lambda d: d.update(name_en="Another"), "name: Guide for the cement industry (demonstration, not from the standard) → Another"),
        (lambda d: (d.update(output_value_basis="营业收入"), _node(d, "4")["benchmark"].update(basis="营业收入")), "basis of output value: gross output value → revenue"),
        (lambda d: d.update(review="2030-01-01"), "review date: 2027-12-31 → 2030-01-01"),
        (lambda d: d["grades"][0].update(source="another"), "Source of Grades “一级”: 为示范而编造 / invented for demonstration → another"),
        (lambda d: _node(d, "3").update(note_zh="说明"), "Note of 3 “carbon emissions per unit product”: none → 说明"),
        (lambda d: d.update(open=["score_cap"]), "open to enterprises: not said (what it states binds) → cap of single scores"),
        (lambda d: (_node(d, "2").update(weight=0.05), _node(d, "3").update(weight=0.15)), "weight of 2 “pollutant equivalents per unit product”: 0.1 → 0.05"),
    ],
)  # fmt: skip
def test_each_difference_is_said_by_names(change: Callable[[Data], Any], said: str) -> None:
    found = _said(change)
    assert any(text.startswith(said) for text in found), found


def _places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every value of a guide's file."""
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _places(value, (*path, key))
    else:
        yield path


def _otherwise(value: Any) -> Iterator[Any]:
    """Something else that a field may say."""
    if isinstance(value, str):
        yield from (f"{value}乙", "2026-01-02", "yes", "qualitative", "median", "2021", "experts", "cd" * 32)
    elif isinstance(value, (int, float)):
        yield from (value * 1.01, value + 1, value - 1)


@pytest.mark.parametrize("make", [by_derivation, by_inputs])
def test_whatever_field_changes_is_told_by_its_label(make: Callable[[], Data]) -> None:
    """Not by the last resort, that the files must be compared."""
    base = make()
    old, tried = from_dict(base), set()
    for path in _places(base):
        if path[0] in ("id", "version", "history", "format", "gaps"):
            continue
        for other in _otherwise(_at(base, path)):
            data = copy.deepcopy(base)
            _at(data, path[:-1])[path[-1]] = other
            try:
                new = from_dict(data)
            except Refused:
                continue
            if new.sha256 == old.sha256:
                continue
            found = [text.en for text in changes(old, new)]
            assert found and not found[0].startswith("something else"), (path, other)
            tried.add(path[-1])
            break
    expected = (
        {"alpha", "method", "judgements", "experts_source"}
        if make is by_derivation
        else {"help_en", "periods", "times"}
    )
    assert len(tried) > 12 and (expected - tried) <= {"judgements", "method", "periods"}


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(alpha=0.6), "α (share of the subjective): 0.45 → 0.6"),
        (lambda d: d.update(objective="ahp"), "Objective is: "),
        (lambda d: d["experts"][0]["scores"].update(target=70), "Scores of Experts “张工”: target target synergy 50; "),
        (lambda d: d["experts"][1].update(weight=3), "Weight of the expert of Experts “李教授”: 1 → 3"),
        (lambda d: d["ahp"][0]["judgements"]["target"].update(control=3), "judgements of AHP “张工”: target: control 2"),
        (lambda d: d["survey"][0].update(score=9), "Sum of scores of Survey results “target target synergy”: 8.1 → 9"),
        (lambda d: d["experts"].append({"name": "赵工", "scores": {"8": 1, "9": 2}}), "Experts “赵工”: none → there"),
    ],
)  # fmt: skip
def test_how_weights_came_about_is_told_where_it_differs(change: Callable[[Data], Any], said: str) -> None:
    old, data = from_dict(by_derivation()), by_derivation()
    change(data["derivation"])
    found = [text.en for text in changes(old, from_dict(data))]
    assert any(text.startswith(said) for text in found), found
    none = {**to_dict(old)}
    none.pop("derivation")
    assert any(text.en == "Where the weights come from: there → none" for text in changes(old, from_dict(none)))


def test_inputs_and_own_formulas(tmp_path: Path) -> None:
    def change(data: Data) -> None:
        data["inputs"][1]["unit_zh"] = data["inputs"][1]["unit_en"] = "m3"
        data["inputs"].append({"code": "x", "name_zh": "雨水", "name_en": "rain", "unit_zh": "m3"})
        _node(data, "reuse")["over"] = ["fresh", "reused", "x"]

    found = _said(change, from_dict(own_data()))
    assert "new input: rain (m3)" in found
    assert "quantities of reuse “reuse”: reused ÷ fresh + reused → reused ÷ fresh + reused + x" in found


@pytest.fixture
def cement() -> Data:
    golden = Path(__file__).parents[1] / "golden/example_cement.json"
    data: Data = json.loads(golden.read_text(encoding="utf-8"))
    data.pop("benchmarks", None)
    return data


def test_why_a_grade_is_another_one(cement: Data) -> None:
    def why(change: Callable[[Data], Any], data: Data | None = None) -> str | None:
        text = compare(copy.deepcopy(data or cement), OLD, _new(change), "x").why
        return text.en if text else None

    assert why(lambda d: None) is None
    assert why(lambda d: d["grades"][1].update({"from": 84})) == "level II → level III: the grades begin elsewhere"
    harder = why(lambda d: _node(d, "4")["benchmark"].update(value=0.3))
    assert harder is not None
    assert harder.startswith("level II → level III: total 78.82 → ") and "carbon productivity -1" in harder
    excluded = why(lambda d: d["conditions"].append({"indicator": "5", "measure": "value", "below": 90, "reason_zh": "太低", "reason_en": "too low"}))  # fmt: skip
    assert excluded == "level II → none: excluded by the new guide: too low"
    question = {"code": "v", "question_zh": "有事故", "reason_zh": "事故", "reason_en": "accident"}
    assert why(lambda d: d.update(vetoes=[question])) == "level II → none: excluded by the new guide: accident"
    open_ = {"code": "6", "formula": "entered"}
    assert why(lambda d: _node(d, "6").update(open_)) == "level II → none: no total under the new guide"


def test_the_command(tmp_path: Path, cement: Data, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(cement), encoding="utf-8")
    new = to_dict(_new(lambda d: d["grades"][1].update({"from": 84})))
    (tmp_path / "new.json").write_text(json.dumps(new), encoding="utf-8")
    run = ["guide", "difference", "--old", "cement", "--new", str(tmp_path / "new.json"), str(tmp_path / "a.json")]
    assert main([*run, "--lang", "en", "-o", str(tmp_path / "d.xlsx")]) == 0
    said = capsys.readouterr().out
    assert "grade: level II ≥ 70 → level II ≥ 84" in said and "the grades begin elsewhere" in said
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert book["Between the guides"]["A2"].value == "grade: level II ≥ 70 → level II ≥ 84"
    heads = [cell.value for cell in book["Totals"][1]]
    assert book["Totals"].cell(2, heads.index("why") + 1).value == "level II → level III: the grades begin elsewhere"


def test_a_new_guide_is_what_its_name_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for start in ([], ["--from", "general"], ["--from", "cement"], ["--empty"]):
        for name in ("g.toml", "g.json", "g.xlsx"):
            assert main(["guide", "new", *start, "-o", name, "--lang", "zh"]) == 0
    text = Path("g.toml").read_text(encoding="utf-8")
    assert text.startswith("# jwdt") and 'id = ""' in text
    assert json.loads(Path("g.json").read_text(encoding="utf-8"))["format"] == "jwdt-guide/1"
    assert Path("g.xlsx").read_bytes()[:2] == b"PK"
    assert main(["guide", "new", "-o", "g.docx"]) == 2
    assert main(["guide", "new", "--experts", "5", "-o", "h.toml"]) == 2
    assert main(["guide", "new", "--from", "general", "-o", "general.toml"]) == 0
    assert load("general.toml").hash == builtin().hash


def test_the_general_rule_has_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "show", "general"]) == 0
    assert builtin().hash in capsys.readouterr().out
    assert main(["guide", "show"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("general ")
