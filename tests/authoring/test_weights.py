"""Where weights come from, in guide files and in the authoring workbook: there and back, notes, every error's cell."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from jwdt_xl.authoring import build, dump, load, loads, new_book, read_survey, read_unfinished, reading, schema
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.authoring.weights.layout import DerivationLayout
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Finding, set_language
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.workbook.plan import Cell

from .conftest import Run
from .weights import CODES, FIRST, MANAGEMENT, SAMPLE, TARGET, derivation, derived

HOWS: list[dict[str, Any]] = [
    {},
    {"alpha": 0.25, "method": "multiplicative", "decimals": 3},
    {"subjective": "experts", "alpha": 1 / 3},
    {"objective": "critic", "sample": SAMPLE, "alpha": 0.25},
    {"sample": SAMPLE},
]


def layout_of(guide: Any = None, language: str = "en") -> Layout:
    return Layout(language, to_dict(guide or derived()))


def put(path: Path, cells: dict[Cell, Any], layout: Layout | None = None) -> Path:
    """The workbook with some cells changed, as by hand."""
    layout = layout or layout_of()
    book = load_workbook(path)
    for cell, value in cells.items():
        book[layout.title(cell.sheet)].cell(cell.row + 1, cell.col + 1).value = value
    out = path.with_name(f"put_{path.name}")
    book.save(out)
    return out


# There and back


@pytest.mark.parametrize("how", HOWS, ids=lambda how: "-".join(how) or "default")
def test_toml_and_json_there_and_back(how: dict[str, Any]) -> None:
    guide = derived(how)
    text = dump(guide)  # in English
    again = loads(text)
    assert again.hash == guide.hash and to_dict(again) == to_dict(guide)
    assert dump(again) == text
    assert dump(loads(dump(guide, "zh")), "en") == text
    assert "judgements.1 = {2 = 2, 3 = 3, 4 = 1}" in text
    assert 'judgements.8 = {9 = "1/7"}' in text  # as people write it
    jsonschema.validate(json.loads(json.dumps(to_dict(guide))), schema())


def test_the_schema_sees_what_is_wrong() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    good = to_dict(derived())
    for node in good["nodes"]:
        del node["weight"]
    assert validator.is_valid(good)
    for part, wrong in (
        ("method", "mean"),
        ("alpha", 2),
        ("decimals", 1),
        ("experts", [{"weight": 1}]),
        ("experts", [{"name": "a", "scores": {"1": -1}}]),
        ("ahp", [{"expert": "a", "judgements": {"1": {"2": 10}}}]),
        ("ahp", [{"expert": "a", "judgements": {"1": {"2": "third"}}}]),
        ("survey", [{"code": "1"}]),
        ("objective", "both"),
        ("sample", [{"code": "1", "entropy": -1}]),
        ("sample", [{"code": "1", "sha256": "abc"}]),
        ("other", 1),
    ):
        assert not validator.is_valid({**good, "derivation": {**good["derivation"], part: wrong}}), (part, wrong)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("how", HOWS, ids=lambda how: "-".join(how) or "default")
def test_the_workbook_there_and_back(tmp_path: Path, how: dict[str, Any], language: str) -> None:
    guide = derived(how)
    new_book(tmp_path / "g.xlsx", guide, language)
    notes: list[Finding] = []
    again = build(tmp_path / "g.xlsx", notes)
    assert to_dict(again) == to_dict(guide)
    # the two or three experts of the example agree no more than by chance, which is told
    assert again.hash == guide.hash and {note.code for note in notes} <= {"experts-disagree", "too-few-experts"}
    new_book(tmp_path / "h.xlsx", again, language)
    assert (tmp_path / "h.xlsx").read_bytes() == (tmp_path / "g.xlsx").read_bytes()


def test_blank_sheets_are_no_derivation(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("cement"))
    assert build(tmp_path / "g.xlsx").derivation is None
    assert build(tmp_path / "g.xlsx").hash == load("cement").hash


def test_a_workbook_of_the_layout_before_is_still_read() -> None:
    """A workbook as version 1 wrote it, without the sheets on weights; its file stays as it is."""
    notes: list[Finding] = []
    assert build(Path(__file__).parents[1] / "data" / "authoring_1_cement.xlsx", notes).hash == load("cement").hash
    assert notes == []


def test_a_workbook_without_the_sheet_of_samples_is_still_read() -> None:
    """As version 7 wrote it: the choices above the combination stand a row higher, and its weights are what they were."""
    guide = build(Path(__file__).parents[1] / "data" / "authoring_7_derived.xlsx")
    assert guide.hash == derived({"alpha": 0.25, "decimals": 3}).hash


def test_more_experts_than_offered(tmp_path: Path) -> None:
    data = derivation()
    data["experts"] += [{"name": f"专家 {k}", "scores": dict.fromkeys(FIRST, k)} for k in range(1, 20)]
    data["ahp"].append({"expert": "专家 18", "parent": "control", "judgements": {"5": {"6": 2, "7": 2}, "6": {"7": 1}}})
    guide = derived(data)
    new_book(tmp_path / "g.xlsx", guide)
    assert build(tmp_path / "g.xlsx").hash == guide.hash
    at = DerivationLayout.of(to_dict(guide))
    assert (at.experts, at.matrices) == (24, 21)


# What an author does in the workbook


def test_typed_weights_give_way_to_the_derivation_and_this_is_said(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    new_book(path, load("cement"), "en")
    layout = layout_of(load("cement"))
    cells: dict[Cell, Any] = {layout.derivation.result("8", "score"): 3, layout.derivation.result("9", "score"): 1}
    notes: list[Finding] = []
    guide = build(put(path, cells, layout), notes)
    assert [guide.by_code[code].weight for code in MANAGEMENT] == [0.15, 0.05]
    assert guide.by_code["8"].weight_source == "推导 derived: 问卷 survey ?"
    assert guide.by_code["7"].weight == 0.08
    row = [node.code for node in guide.nodes].index("8")
    assert [note.code for note in notes] == ["weight-replaced"] * 2
    assert notes[0].where == layout.where(layout.cell("nodes", row, "weight"))
    assert "the typed weight 0.1 of “industrial policy” is replaced by its derivation, 0.15" in notes[0].text.en


def test_the_computed_triangle_is_read_too_where_it_was_typed_over(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", derived(), "en")
    block = layout_of().derivation.block("", 0)
    upper, lower = block.judgement(0, 2), block.judgement(2, 0)
    assert build(put(tmp_path / "g.xlsx", {upper: None, lower: 1 / 3})).hash == derived().hash
    with pytest.raises(Refused, match=r"is 3 and .* is 0\.33, not reciprocal: fill one triangle only, or type =1/3"):
        build(put(tmp_path / "g.xlsx", {lower: 0.33}))


def places() -> dict[str, tuple[dict[Cell, Any], Cell, str]]:
    layout = layout_of()
    at = layout.derivation
    first, target = at.block("", 1), at.block("target", 0)
    return {
        "a blank score": ({at.score(0, "3"): None}, at.score(0, "3"), "has no score for “carbon emissions"),
        "text for a score": ({at.score(1, "8"): "high"}, at.score(1, "8"), "must be a number, got “high”"),
        "a name twice": ({at.expert(1, "name"): "张工"}, at.expert(1, "name"), "a name (or sign) of its own"),
        "no name": ({at.expert(4, "weight"): 1}, at.expert(4, "name"), "needs a name"),
        "weight of an expert": ({at.expert(2, "weight"): -1}, at.expert(2, "weight"), "at least 0"),
        "a matrix of nobody": ({at.block("", 4).judgement(0, 1): 2}, at.expert(4, "name"), "needs a name"),
        "a missing pair": ({target.judgement(1, 2): None, target.judgement(2, 1): None}, target.judgement(1, 2), "is missing"),
        "a date for 1/3": ({target.judgement(1, 2): 46025}, target.judgement(1, 2), "between 1/9 and 9, got 46025"),
        "a third as text": ({target.judgement(1, 2): "1/3", target.judgement(2, 1): None}, target.judgement(1, 2), "“1/3” is text, no number — type =1/3"),
        "source without benchmark": ({layout.cell("nodes", 1, "benchmark.value"): None, layout.cell("nodes", 1, "benchmark.source"): "policy"}, layout.cell("nodes", 1, "benchmark.value"), "has a source or year but no value"),
        "inconsistent": ({first.judgement(0, 2): 1 / 9, first.judgement(2, 0): 9}, first.judgement(0, 1), "again at any of the three"),
        "no survey score": ({at.result("8", "score"): None}, at.result("8", "score"), "must be a number"),
        "survey": ({at.result("9", "score"): "?"}, at.result("9", "score"), "must be a number, got “?”"),
        "alpha": ({at.how("alpha"): 1.5}, at.how("alpha"), "alpha must be 0–1"),
        "decimals": ({at.how("decimals"): 1}, at.how("decimals"), "whole number 2–12"),
        "method": ({at.how("method"): "sum"}, at.how("method"), "must be linear | multiplicative"),
        "subjective": ({at.how("subjective"): "survey alone"}, at.how("subjective"), "there are none under “target"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Any]]]:
    """What the reader finds on the sheets of a derived guide."""
    path = tmp_path_factory.mktemp("weights") / "g.xlsx"
    new_book(path, derived(), "en")
    return reading.read(path)._grids


@pytest.mark.parametrize("name", places())
def test_one_message_with_its_cell(grids: dict[str, list[list[Any]]], name: str) -> None:
    cells, where, message = places()[name]
    changed = copy.deepcopy(grids)
    for cell, value in cells.items():
        changed[cell.sheet][cell.row][cell.col] = "" if value is None else value
    with pytest.raises(Refused) as caught:
        reading.guide_of(reading.Reading(layout_of(), changed))
    found = [f for f in caught.value.findings if f.where == layout_of().where(where)]
    assert found and message in found[0].text.en, caught.value.findings


def test_an_expert_of_weight_0_is_named_and_does_not_count(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", derived(), "en")
    where = layout_of().derivation.expert(2, "weight")
    notes: list[Finding] = []
    guide = build(put(tmp_path / "g.xlsx", {where: 0}), notes)
    told = [note for note in notes if note.code not in ("experts-disagree", "too-few-experts")]
    assert [(note.code, note.where) for note in told] == [("uncounted-expert", layout_of().where(where))]
    assert "the weight of expert “王主任” is 0" in told[0].text.en
    assert (guide.derived[""].experts, derived().derived[""].experts) == (2, 3)


def test_choices_are_shown_in_words_and_read_from_either_language(tmp_path: Path) -> None:
    guide = derived(HOWS[1])
    new_book(tmp_path / "g.xlsx", guide, "en")
    how = layout_of().derivation.how("method")
    book = load_workbook(tmp_path / "g.xlsx")
    shown = book["Weights combined"].cell(how.row + 1, how.col + 1).value
    assert shown == "product: in proportion to subjective × objective"
    assert build(put(tmp_path / "g.xlsx", {how: "相乘归一：与 主观 × 客观 成正比"})).hash == guide.hash


def test_no_error_value_passes_for_a_blank_cell(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", derived(), "en")
    at = layout_of().derivation
    cells = {at.score(1, "8"): "#N/A", at.how("alpha"): "#DIV/0!", at.result("8", "source"): "#REF!"}
    with pytest.raises(Refused) as caught:
        build(put(tmp_path / "g.xlsx", cells))
    found = {finding.where: finding.text.en for finding in caught.value.findings}
    assert set(found) == {layout_of().where(cell) for cell in cells}
    assert all("error value" in text for text in found.values())


def test_a_source_goes_with_the_typed_weight_and_one_of_a_derived_weight_stays(tmp_path: Path) -> None:
    data = to_dict(derived())
    data["nodes"][1]["weight_source"] = "会议纪要"
    guide = from_dict(data, strict=True)
    new_book(tmp_path / "g.xlsx", guide)
    assert build(tmp_path / "g.xlsx").hash == guide.hash
    new_book(tmp_path / "h.xlsx", survey=[{"code": code, "score": 1} for code in MANAGEMENT])  # table 1, typed weights
    sources = {node["code"]: node.get("weight_source", "") for node in read_unfinished(tmp_path / "h.xlsx")["nodes"]}
    assert [sources[code] for code in ("8", "9")] == ["", ""]
    assert sources["7"] == builtin().source.en


# Another tree, more experts


def test_an_unfinished_workbook_is_laid_out_anew_with_all_that_is_filled_in(run: Run, tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", derived(), "en")
    layout = layout_of()
    at = layout.derivation
    # a half-filled matrix, a row without a name, a weight that is no number, a new indicator
    cells: dict[Cell, Any] = {
        at.block("target", 2).judgement(0, 1): 2,
        at.score(5, "1"): 7,
        layout.cell("nodes", 12, "code"): "10",
        layout.cell("nodes", 12, "parent"): "management",
        layout.cell("nodes", 12, "name_zh"): "新指标",
        layout.cell("nodes", 12, "weight"): "?",
    }
    path = put(tmp_path / "g.xlsx", cells)
    code, _, err = run("build", path)
    assert code == 1 and "the sheets on weights were made for another tree, 10 differ" in err
    code, _, err = run("new", "--from", path, "--experts", 12, "-o", "wide.xlsx")
    assert code == 0 and "left" not in err
    before, after = read_unfinished(path), read_unfinished("wide.xlsx")
    assert after == before
    assert after["derivation"]["ahp"][-2]["judgements"] == {"1": {"2": 2.0}}
    wide = Layout("en", after, derivation=DerivationLayout.of(after, 12))
    assert (wide.derivation.experts, wide.derivation.matrices) == (12, 12)
    assert load_workbook("wide.xlsx")["AHP"].cell(*_place(wide.derivation.block("management", 0).judgement(2, 0))).value
    # finished in the new one
    finish = {
        wide.derivation.block("target", 2).judgement(0, 1): None,
        wide.derivation.score(3, "1"): None,  # the row without a name has moved up to the others
        wide.cell("nodes", 12, "attribute"): "positive",
        wide.cell("nodes", 12, "formula"): "entered",
        wide.cell("nodes", 12, "weight"): None,
        **{wide.derivation.score(row, "10"): 5 for row in (0, 1)},
        wide.derivation.result("10", "score"): 5,
        **{wide.derivation.block("management", 2).judgement(i, 2): 1 for i in (0, 1)},
        wide.derivation.block("management", 2).judgement(0, 1): 1,
    }
    guide = build(put(Path("wide.xlsx"), finish, wide))
    shares = guide.derived["management"].shares
    assert [share.node.code for share in shares] == ["8", "9", "10"]
    assert sum(share.combined for share in shares) == pytest.approx(1)


def test_from_an_empty_tree_without_weights(run: Run, tmp_path: Path) -> None:
    assert run("new", "--empty", "-o", "empty.xlsx")[0] == 0
    layout = Layout("en")
    leaf = {"attribute": "positive", "formula": "entered by the enterprise"}
    tree = [("a", "", {}), ("b", "", {}), ("a1", "a", leaf), ("a2", "a", leaf), ("b1", "b", leaf)]
    cells = {
        layout.fact(name): value
        for name, value in (("id", "x"), ("version", "1"), ("name_zh", "名"), ("source_zh", "源"))
    }
    for row, (code, parent, more) in enumerate(tree):
        fields = {"code": code, "parent": parent or None, "name_zh": f"项 {code}", **more}
        cells |= {layout.cell("nodes", row, field): value for field, value in fields.items()}
    path = put(tmp_path / "empty.xlsx", cells, layout)
    assert run("build", path)[0] == 1  # no weights yet
    assert run("new", "--from", path, "-o", "laid.xlsx")[0] == 0
    laid = Layout("en", read_unfinished("laid.xlsx"))
    at = laid.derivation
    scores = {at.score(0, code): score for code, score in zip(("a", "b", "a1", "a2"), (6, 4, 1, 3), strict=True)}
    guide = build(put(Path("laid.xlsx"), {at.expert(0, "name"): "甲", **scores}, laid))
    assert [node.weight for node in guide.nodes] == [0.6, 0.4, 0.15, 0.45, 0.4]


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row + 1, cell.col + 1


def test_what_has_no_place_in_the_new_tree_is_named(run: Run, tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", derived(), "en")
    layout = layout_of()
    row = CODES.index("9")
    place = [node.code for node in derived().nodes].index("9")
    path = put(tmp_path / "g.xlsx", {layout.cell("nodes", place, f): None for f in ("code", "parent", "name_zh")})
    assert row and place
    code, _, err = run("new", "--from", path, "-o", "n.xlsx")
    assert code == 0
    assert "warning derivation: scores, judgements and results of 9 are left behind" in err
    code, _, err = run("new", "--experts", 0)
    assert code == 2


# Survey


def tally(path: Path, weights: Any, **more: Any) -> Path:
    path.write_text(json.dumps({"format": "jwdt-survey/1", "weights": weights, **more}), encoding="utf-8")
    return path


def test_a_tally_fills_the_sheet_of_survey_results(run: Run, tmp_path: Path) -> None:
    weights = [{"code": c, "score": s, "answers": 1200, "source": "Q5"} for c, s in zip(FIRST, (3, 2, 1), strict=True)]
    errors = [{"severity": "error", "code": "x", "where": "Q5", "text": "option 3 is mapped to nothing"}]
    tally(tmp_path / "t.json", weights, tallies=[], findings=errors)
    code, _, err = run("new", "--survey", "t.json", "-o", "g.xlsx")
    assert code == 0
    assert "errors when this tally was made: 1, such as: option 3 is mapped to nothing" in err
    assert "warning t.json: no weights by survey for these codes: 1, 2" in err
    data = read_unfinished("g.xlsx")
    assert data["derivation"] == {
        "survey": [{**entry, "score": float(entry["score"]), "answers": 1200.0} for entry in weights]
    }
    new_book("derived.xlsx", derived(), "en")
    assert run("new", "--from", "derived.xlsx", "--survey", "t.json", "-o", "h.xlsx")[0] == 0
    guide = build("h.xlsx")
    assert guide.derivation is not None
    assert [(s.code, s.score) for s in guide.derivation.survey] == [("target", 3), ("control", 2), ("management", 1)]
    assert guide.derivation.experts == derived().derivation.experts  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"format": "jwdt-guide/1"}, "no tally of a survey"),
        ([], "no tally of a survey"),
        ({"format": "jwdt-survey/1", "weights": [{"code": "77", "score": 1}]}, "the index tree has no code “77”"),
        ({"format": "jwdt-survey/1", "weights": [{"score": 1}, 3]}, r"weights\[1\]: needs code and score"),
    ],
)
def test_other_tallies(tmp_path: Path, content: Any, message: str) -> None:
    (tmp_path / "t.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(Refused, match=message):
        read_survey(tmp_path / "t.json", CODES)


# The command


@pytest.mark.parametrize("language", ["zh", "en"])
def test_show_tells_where_the_weights_come_from(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    guide = derived()
    (tmp_path / "g.toml").write_text(dump(guide), encoding="utf-8")
    assert main(["guide", "show", str(tmp_path / "g.toml"), "--lang", language]) == 0
    out = capsys.readouterr().out
    set_language("en")
    told = (
        ("Where the weights come from", "experts (weight): 张工 (2); 李教授 (1); 王主任 (0.5)", "AHP 张工: CR 0.0079")
        if language == "en"
        else (
            "权重的由来",
            "专家(权重): 张工 (2); 李教授 (1); 王主任 (0.5)",
            "AHP 张工: CR 0.0079; 最不一致: 目标协同对控制协同为 2",
        )
    )
    assert all(text in out for text in told), out
    for group in guide.derived.values():
        for share in group.shares:
            assert f"= {share.weight:.4f}" in out
    assert main(["guide", "show", "cement", "--lang", language]) == 0
    assert told[0] not in capsys.readouterr().out


def test_build_says_what_it_replaces(run: Run, tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("cement"), "en")
    layout = layout_of(load("cement"))
    at = layout.derivation
    path = put(tmp_path / "g.xlsx", {at.result(c, "score"): 1 for c in TARGET}, layout)
    code, _, err = run("build", path, "-o", "g.toml")
    assert code == 0
    assert err.count("info Index tree!") == 4 and "is replaced by its derivation, 0.125" in err
    assert load(tmp_path / "g.toml").by_code["1"].weight == 0.125
    assert builtin().by_code["1"].weight == 0.15
