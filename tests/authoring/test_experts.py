"""Forms for one expert each, their merge, a second round with the first one's distribution, matrices from tables."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jwdt_xl.authoring import dump, dump_data, load, loads, new_book
from jwdt_xl.authoring.experts import distribution, merge, new_form
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.authoring.tree import open_unweighted
from jwdt_xl.authoring.weights.layout import DerivationLayout
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, to_dict
from jwdt_xl.standard.guide.matrices import ahp_weights

GUIDE = load("cement")
FIRST = {"target": 50.0, "control": 30.0, "management": 20.0}


def _form(folder: Path, name: str, scores: dict[str, float], guide: Guide = GUIDE) -> Path:
    """A form as the expert fills it in."""
    path = folder / f"{name}.xlsx"
    new_form(path, guide, name, "zh")
    book = load_workbook(path)
    at = DerivationLayout.of(to_dict(guide), 1)
    sheet = book[Layout("zh").title("experts")]
    assert sheet.cell(at.expert(0, "name").row + 1, at.expert(0, "name").col + 1).value == name
    for code, score in scores.items():
        cell = at.score(0, code)
        assert sheet.cell(cell.row + 1, cell.col + 1).value is None
        sheet.cell(cell.row + 1, cell.col + 1).value = score
    book.save(path)
    return path


def test_forms_are_merged(tmp_path: Path) -> None:
    """The weights are the mean of normalised scores, worked by hand."""
    forms = [
        _form(tmp_path, "张工", FIRST, _without_groups()),
        _form(tmp_path, "李工", {"target": 6, "control": 3, "management": 1}, _without_groups()),
        _form(tmp_path, "Wang", {"target": 40, "control": 40, "management": 20}, _without_groups()),
    ]
    merged = merge(_without_groups(), forms)
    assert [expert.name for expert in merged.guide.derivation.experts] == ["张工", "李工", "Wang"]  # type: ignore[union-attr]
    weights = {node.code: node.weight for node in merged.guide.nodes if not node.parent}
    assert weights["target"] == pytest.approx((0.5 + 0.6 + 0.4) / 3)
    assert weights["control"] == pytest.approx((0.3 + 0.3 + 0.4) / 3)
    assert weights["management"] == pytest.approx((0.2 + 0.1 + 0.2) / 3)
    assert loads(dump(merged.guide)).hash == merged.guide.hash
    [told] = [finding for finding in merged.findings if finding.code == "experts-disagree"]
    assert told.severity == "warning" and "W 0.94, p 0.06" in told.text.en, "3 experts of 3 items are too few to tell"
    more = merge(
        _without_groups(),
        [*forms, _form(tmp_path, "赵工", {"target": 7, "control": 2, "management": 1}, _without_groups())],
    )
    assert not [finding for finding in more.findings if finding.code == "experts-disagree"]


def _without_groups() -> Guide:
    """A guide of three first levels that are indicators."""
    from jwdt_xl.standard.guide import builtin, from_dict

    data = to_dict(builtin())
    nodes = {node["code"]: node for node in data["nodes"]}
    leaf = {key: nodes["8"][key] for key in ("attribute", "formula")}
    listed = [{**nodes[code], **leaf, "formula": "entered"} for code in ("target", "control", "management")]
    return from_dict({**data, "id": "three", "nodes": listed})


def test_a_second_round_shows_what_the_first_gave(tmp_path: Path) -> None:
    guide = _without_groups()
    scores = {"张工": (50, 30, 20), "李工": (6, 3, 1), "Wang": (40, 40, 20), "赵工": (35, 35, 30)}
    forms = [_form(tmp_path, name, dict(zip(FIRST, given, strict=True)), guide) for name, given in scores.items()]
    first = merge(guide, forms).guide
    spreads = {each.code: each for each in distribution(first, "李工")}
    shares = [100 * given[0] / sum(given) for given in scores.values()]
    low, middle, high = statistics.quantiles(shares, n=4, method="inclusive")
    found = spreads["target"]
    assert [found.n, found.low, *found.quartiles, found.high, found.own] == pytest.approx(
        [4, min(shares), low, middle, high, max(shares), 60.0]
    )
    path = tmp_path / "second.xlsx"
    new_form(path, first, "李工", "zh")
    book = load_workbook(path)
    sheet = book["上一轮结果"]
    row = [cell.value for cell in sheet[5]]
    assert row == ["target", "目标协同", 4, 35, pytest.approx(38.8, abs=0.06), 45, 52.5, 60, 60]
    assert sheet.sheet_state == "visible"
    seen = [each.title for each in book if each.sheet_state == "visible"]
    assert seen == [Layout("zh").title("experts"), Layout("zh").title("ahp"), "上一轮结果"]
    again = merge(first, [_form(tmp_path, "李工", {"target": 4, "control": 4, "management": 2}, first)])
    by_name = {expert.name: dict(expert.scores) for expert in again.guide.derivation.experts}  # type: ignore[union-attr]
    assert by_name["李工"] == {"target": 4, "control": 4, "management": 2} and len(by_name) == 4
    [told] = [finding for finding in again.findings if finding.code == "experts-kept"]
    assert "张工, Wang, 赵工" in told.text.en


def test_a_first_round_form_shows_nobodys_weights(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    new_form(path, GUIDE, "张工", "en")
    book = load_workbook(path)
    assert "Last round" not in book.sheetnames
    assert [each.title for each in book if each.sheet_state == "visible"] == ["Experts", "AHP matrices"] or [
        each.title for each in book if each.sheet_state == "visible"
    ] == [Layout("en").title("experts"), Layout("en").title("ahp")]
    sheet, layout = book[Layout("en").title("nodes")], Layout("en")
    column = layout.column("nodes", "weight") + 1
    assert all(sheet.cell(row, column).value is None for row in range(5, 25))


MATRIX = "甲,8,9\n8,1,3\n9,,1\n"


def test_a_matrix_of_a_table(tmp_path: Path) -> None:
    """Saaty's scale, one triangle; against the eigenvector of the engine, and a published case by names."""
    path = tmp_path / "m.csv"
    path.write_text(MATRIX, encoding="utf-8")
    merged = merge(GUIDE, [path]).guide
    weights = {code: merged.by_code[code].weight for code in ("8", "9")}
    assert weights["8"] / (weights["8"] + weights["9"]) == pytest.approx(0.75)
    assert merged.derivation is not None and merged.derivation.ahp[0].expert == "甲"
    names = [str(GUIDE.by_code[code].name.zh) for code in FIRST]
    book = Workbook()
    sheet = book.active
    sheet.append(["判断矩阵", None, None, None])  # type: ignore[union-attr]
    sheet.append(["", *names])  # type: ignore[union-attr]
    for name, row in zip(names, ((1, 2, 4), ("1/2", 1, 2), (0.25, 0.5, 1)), strict=True):
        sheet.append([name, *row])  # type: ignore[union-attr]
    book.save(tmp_path / "赵工.xlsx")
    full = merge(_without_groups(), [tmp_path / "赵工.xlsx"]).guide
    wanted = ahp_weights([[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]])
    assert [full.by_code[code].weight for code in FIRST] == pytest.approx(wanted)
    assert full.derivation is not None and full.derivation.experts[0].name == "赵工"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲,8,9\n8,1,3\n9,0.5,1\n", "not-reciprocal"),
        ("甲,8,9\n8,1,abc\n9,,1\n", "bad-judgement"),
        ("甲,8,9\n8,1,-3\n9,,1\n", None),
        ("甲,8,9\n8,1,\n9,,1\n", None),
        ("甲,8,9\n8,1,3\n", "not-siblings"),
        ("甲,7,9\n7,1,3\n9,,1\n", "not-siblings"),
        ("甲,乙\n1,2\n", "no-matrix"),
        ("甲,8,9\n8,1,99\n9,,1\n", None),
    ],
)
def test_a_wrong_matrix_is_refused(tmp_path: Path, text: str, code: str | None) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as error:
        merge(GUIDE, [path])
    assert code in (None, error.value.findings[0].code)
    assert all(finding.text.zh and finding.text.en for finding in error.value.findings)


def _refused(run: Any) -> str:
    with pytest.raises(Refused) as error:
        run()
    return error.value.findings[0].code


def test_wrong_forms_are_refused(tmp_path: Path) -> None:
    guide = _without_groups()
    blank = tmp_path / "blank.xlsx"
    new_form(blank, guide, "张工", "zh")
    assert _refused(lambda: merge(guide, [blank])) == "blank-form"
    other = _form(tmp_path, "李工", FIRST, guide)
    assert _refused(lambda: merge(GUIDE, [other])) == "form-of-other-tree"
    (tmp_path / "again").mkdir()
    twice = _form(tmp_path / "again", "李工", FIRST, guide)
    assert _refused(lambda: merge(guide, [other, twice])) == "expert-twice"
    partly = _form(tmp_path, "Wang", {"target": 50}, guide)
    with pytest.raises(Refused) as error:
        merge(guide, [partly])
    assert all(finding.where.startswith("Wang") for finding in error.value.findings)


def test_an_inconsistent_matrix_names_its_expert(tmp_path: Path) -> None:
    path = tmp_path / "钱工.csv"
    path.write_text(",target,control,management\ntarget,1,9,1/9\ncontrol,,1,9\nmanagement,,,1\n", encoding="utf-8")
    with pytest.raises(Refused) as error:
        merge(_without_groups(), [path])
    [finding] = error.value.findings
    assert finding.where.startswith("钱工") and "CR" in finding.text.en


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("three.toml").write_text(dump(_without_groups()), encoding="utf-8")
    assert main(["guide", "experts", "new", "three.toml", "张 工", "A/B", "-o", "forms"]) == 0
    assert sorted(path.name for path in Path("forms").iterdir()) == ["A_B.xlsx", "张 工.xlsx"]
    assert main(["guide", "experts", "new", "three.toml", "a", "A"]) == 2
    for i, name in enumerate(("甲", "乙", "丙", "丁")):
        _form(tmp_path / "forms", name, {"target": 50 + i, "control": 30, "management": 20 - i}, _without_groups())
    forms = [str(tmp_path / "forms" / f"{name}.xlsx") for name in ("甲", "乙", "丙", "丁")]
    capsys.readouterr()
    assert main(["guide", "experts", "merge", "three.toml", *forms, "-o", "merged.toml"]) == 0
    assert "Kendall W 1.00" in capsys.readouterr().out
    assert load("merged.toml").by_code["target"].weight == pytest.approx(0.515)
    assert main(["guide", "experts", "merge", "merged.toml", forms[0], "-o", "again.xlsx"]) == 0
    assert main(["guide", "show", "again.xlsx"]) == 0
    assert main(["guide", "experts", "merge", "three.toml", *forms, "-o", "merged.txt"]) == 2


def test_another_alpha_computes_the_weights_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a file nothing has to be taken out; a weight of the author's own is still held against the derivation."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "赵工.csv"
    path.write_text(",target,control,management\ntarget,1,2,4\ncontrol,,1,2\nmanagement,,,1\n", encoding="utf-8")
    form = _form(tmp_path, "张工", {"target": 50, "control": 30, "management": 20}, _without_groups())
    text = dump(merge(_without_groups(), [path, form]).guide)
    assert "weight = 0.5357" in text, "0.5 × 0.5 + 0.5 × 4/7"
    changed = text.replace("alpha = 0.5", "alpha = 0.8")
    assert changed != text
    with pytest.raises(Refused, match="by its derivation it is"):
        loads(changed)
    Path("g.toml").write_text(changed, encoding="utf-8")
    assert main(["guide", "build", "g.toml", "-o", "g-2.toml", "--lang", "en"]) == 0
    assert "is computed anew: 0.5142857143" in "".join(capsys.readouterr())
    assert load("g-2.toml").by_code["target"].weight == pytest.approx(0.8 * 0.5 + 0.2 * 4 / 7)
    own = changed.replace('weight_source = "推导', 'weight_source = "专家组', 1)
    Path("own.toml").write_text(own, encoding="utf-8")
    assert main(["guide", "build", "own.toml", "-o", "own-2.toml"]) == 1
    assert not Path("own-2.toml").exists()


@pytest.mark.parametrize("form", ["toml", "xlsx", "json"])
def test_experts_give_weights_to_a_tree_that_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """From the tree to a guide whose weights are the experts', whatever the form of the file."""
    monkeypatch.chdir(tmp_path)
    data = to_dict(_without_groups()) | {"name_zh": "三项", "source_zh": "专家组"}
    data["nodes"] = [{k: v for k, v in node.items() if not k.startswith("weight")} for node in data["nodes"]]
    if form == "toml":
        Path("g.toml").write_text(dump_data(data, "zh"), encoding="utf-8")
    elif form == "json":
        Path("g.json").write_text(json.dumps(data), encoding="utf-8")
    else:
        new_book("g.xlsx", data, "zh")
    # whoever asks for something else than forms is told what to do
    assert main(["guide", "show", f"g.{form}", "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert (
        "None" not in said
        and "no weight: target “" in said
        and said.count("jwdt guide experts new") == 1
        and "jwdt guide experts new" in said
    )
    assert main(["guide", "experts", "new", f"g.{form}", "A", "B", "-o", "forms", "--lang", "zh"]) == 0
    at = DerivationLayout.of(data, 1)
    for name, scores in (("A", (50, 30, 20)), ("B", (60, 30, 10))):
        book = load_workbook(f"forms/{name}.xlsx")
        for code, score in zip(FIRST, scores, strict=True):
            cell = at.score(0, code)
            book[Layout("zh").title("experts")].cell(cell.row + 1, cell.col + 1).value = score
        book.save(f"forms/{name}.xlsx")
    assert (
        main(
            ["guide", "experts", "merge", f"g.{form}", "forms/A.xlsx", "forms/B.xlsx", "-o", "g-1.toml", "--lang", "en"]
        )
        == 0
    )
    guide = load("g-1.toml")
    assert guide.gaps == () and [node.weight for node in guide.nodes] == pytest.approx([0.55, 0.3, 0.15])


def test_a_group_that_no_expert_scored_keeps_the_guide_a_draft(tmp_path: Path) -> None:
    data = to_dict(GUIDE)
    data["nodes"] = [{k: v for k, v in node.items() if not k.startswith("weight")} for node in data["nodes"]]
    path = tmp_path / "g.toml"
    path.write_text(dump_data(data, "zh"), encoding="utf-8")
    tree = open_unweighted(path)
    merged = merge(tree, [_form(tmp_path, "张工", FIRST, tree)])
    assert merged.guide.gaps == (("权重", "weights"),)
    assert merged.guide.by_code["target"].weight == pytest.approx(0.5)
    [told] = [finding for finding in merged.findings if finding.code == "weights-still-missing"]
    assert told.severity == "warning" and "1 “" in told.text.en and "target" not in told.text.en
    # and the next round goes on from there, with what the first gave
    (tmp_path / "g-1.toml").write_text(dump(merged.guide), encoding="utf-8")
    assert {each.code for each in distribution(open_unweighted(tmp_path / "g-1.toml"))} == {*FIRST}


def test_another_fault_of_a_tree_without_weights_is_told_first(tmp_path: Path) -> None:
    data = to_dict(_without_groups()) | {"name_zh": "三项", "source_zh": "专家组"}
    data["nodes"] = [{k: v for k, v in node.items() if k != "weight"} for node in data["nodes"]]
    data["nodes"][1]["parent"] = "nowhere"
    (tmp_path / "g.toml").write_text(dump_data(data, "zh"), encoding="utf-8")
    with pytest.raises(Refused, match="nowhere"):
        open_unweighted(tmp_path / "g.toml")
