"""Questions of a guide's own: made from its tree before it has weights, read by the same tree, and weights from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl import authoring
from jwdt_xl.authoring.tree import open_tree
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.questionnaire import RANKING, Link, Respondent, annex_a, of_guide, survey_weights, tally
from jwdt_xl.survey.form import new_form
from jwdt_xl.survey.intake import sources_of, take_in
from jwdt_xl.survey.mapping import own_map, read_map, starter, weights

#: Table 1 by hand: first levels, then each of the three groups.
TABLE_1 = {
    11: ("", ["target", "control", "management"]),
    12: ("target", ["1", "2", "3", "4"]),
    13: ("control", ["5", "6", "7"]),
    14: ("management", ["8", "9"]),
}


def water() -> dict[str, Any]:
    """A tree as an author begins: no weights, formulas or sources yet."""
    nodes = [
        {"code": "w", "name_zh": "用水", "name_en": "water"},
        {"code": "w1", "parent": "w", "name_zh": "重复利用率", "name_en": "reuse"},
        {"code": "w2", "parent": "w", "name_zh": "单位产品取水量", "name_en": "intake"},
        {"code": "c", "name_zh": "碳", "name_en": "carbon"},
        {"code": "c1", "parent": "c", "name_zh": "碳强度", "name_en": "carbon intensity"},
    ]
    return {"format": "jwdt-guide/1", "id": "water", "version": "0", "name_zh": "用水指南", "nodes": nodes}


def test_each_group_of_several_is_a_ranking_behind_annex_a() -> None:
    own = of_guide(builtin())
    assert own.questionnaire.questions[:10] == annex_a().questions
    assert {q.number: [q.kind, len(q.options)] for q in own.questionnaire.questions[10:]} == {
        number: [RANKING, len(codes)] for number, (_, codes) in TABLE_1.items()
    }
    assert own.parents == tuple(parent for parent, _ in TABLE_1.values())
    assert own.links == tuple(
        Link(number, option, code) for number, (_, codes) in TABLE_1.items() for option, code in enumerate(codes, 1)
    )
    twelve = own.questionnaire.question(12)
    assert twelve.text.zh == "您认为，评价“目标协同”时，下列各项按重要性怎样排序？"
    assert [option.zh for option in twelve.options] == [builtin().by_code[code].name.zh for code in TABLE_1[12][1]]


def test_another_name_is_another_survey_and_another_weight_is_not() -> None:
    first = of_guide(builtin()).questionnaire.id
    data = to_dict(builtin())
    assert of_guide(from_dict({**data, "version": "9"})).questionnaire.id == first
    data["nodes"][1]["name_zh"] = "另一名称"
    assert of_guide(from_dict(data)).questionnaire.id != first
    assert first.startswith("annex-a+")


def test_an_only_child_is_not_asked_about_and_a_tree_without_siblings_adds_nothing() -> None:
    guide = tree_of(water())
    assert of_guide(guide).parents == ("", "w")
    alone = {**water(), "nodes": water()["nodes"][3:]}
    assert of_guide(tree_of(alone)).questionnaire == annex_a() and not of_guide(tree_of(alone)).links


def tree_of(data: dict[str, Any]) -> Guide:
    return from_dict({**data, "gaps": [["权重", "weights"]]})


def test_names_that_are_the_same_get_their_codes() -> None:
    data = water()
    data["nodes"][1]["name_zh"] = data["nodes"][2]["name_zh"] = "水"
    data["nodes"] += [
        {"code": "d", "parent": "w", "name_zh": "用水", "name_en": "use"},
        {"code": "d1", "parent": "d", "name_zh": "甲", "name_en": "a"},
        {"code": "d2", "parent": "d", "name_zh": "乙", "name_en": "b"},
    ]
    own = of_guide(tree_of(data)).questionnaire
    assert [option.zh for option in own.question(12).options] == ["水（w1）", "水（w2）", "用水"]
    texts = [question.text.zh for question in own.questions]
    assert len(set(texts)) == len(texts) and texts[-1].endswith("（d）")


@given(st.permutations(range(1, 5)), st.permutations(range(1, 5)), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_weights_are_the_shares_of_the_composite_scores(one: list[int], other: list[int], times: int) -> None:
    """By hand: an indicator ranked r of n gets n − r + 1 points of a person; its share of all points is its weight."""
    own = of_guide(builtin())
    people = [one] * times + [other]
    answers = [Respondent(str(i), {12: dict(enumerate(ranks, 1))}) for i, ranks in enumerate(people)]
    survey = tally(own.questionnaire, answers)
    links = [link for link in own.links if link.question == 12]
    found = survey_weights(survey, links, TABLE_1[12][1])
    points = [sum(5 - ranks[place] for ranks in people) for place in range(4)]
    assert [each.weight for each in found] == pytest.approx([point / sum(points) for point in points], abs=1e-12)


FORMS = ("toml", "json", "xlsx")


def written(folder: Path, data: dict[str, Any], form: str) -> Path:
    path = folder / f"g.{form}"
    if form == "toml":
        path.write_text(authoring.dump_data(data), encoding="utf-8")
    elif form == "json":
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    else:
        authoring.new_book(str(path), data, "zh")
    return path


@pytest.mark.parametrize("form", FORMS)
def test_a_tree_without_weights_will_do(tmp_path: Path, form: str) -> None:
    path = written(tmp_path, water(), form)
    with pytest.raises(Refused):
        authoring.open_guide(str(path))
    guide = open_tree(str(path))
    assert [node.code for node in guide.nodes] == ["w", "w1", "w2", "c", "c1"] and guide.gaps
    assert of_guide(guide).parents == ("", "w")
    # some weights, and what they would be derived from, change nothing
    half = water()
    half["nodes"][0]["weight"] = 0.7
    assert of_guide(open_tree(str(written(tmp_path, half, form)))) == of_guide(guide)


@pytest.mark.parametrize("form", FORMS)
def test_what_else_is_wrong_is_said(tmp_path: Path, form: str) -> None:
    wrong = water()
    wrong["nodes"][2]["parent"] = "x"
    with pytest.raises(Refused, match="x"):
        open_tree(str(written(tmp_path, wrong, form)))


def test_a_guide_with_weights_is_itself(tmp_path: Path) -> None:
    assert open_tree("cement").hash == authoring.load("cement").hash
    assert open_tree("general") == builtin()
    broken = authoring.dump(authoring.load("cement")).replace("weight = 0.15", "weight = 0.25", 1)
    (tmp_path / "g.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(Refused, match="sum to"):  # nothing is missing, so the weights are looked at
        open_tree(str(tmp_path / "g.toml"))
    for content in ("nodes = 3", "nodes = [1]", "", "x ="):
        (tmp_path / "g.toml").write_text(content, encoding="utf-8")
        with pytest.raises(Refused):
            open_tree(str(tmp_path / "g.toml"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forms_come_back(tmp_path: Path, language: str) -> None:
    own = of_guide(builtin())
    given = {1: 2, 11: {1: 2, 2: 1, 3: 3}, 14: {2: 1}, 13: {1: 1, 2: 1}}
    new_form(tmp_path / "a.xlsx", language, Respondent("", given), "R1", own.questionnaire)
    [person] = take_in(sources_of([str(tmp_path)]), questionnaire=own.questionnaire).people
    assert (person.answers[11], person.answers[14], person.id) == ({1: 2, 2: 1, 3: 3}, {2: 1}, "R1")
    # by annex A alone, or by another tree, nothing of it is taken for an answer
    for other in (None, of_guide(authoring.load("four-levels")).questionnaire):
        intake = take_in(sources_of([str(tmp_path)]), questionnaire=other)
        [file] = intake.rejected
        assert file.findings[0].code == "other-form" and "--own" in file.findings[0].text.en and not intake.people


def test_a_form_of_annex_a_alone_is_none_of_the_guide(tmp_path: Path) -> None:
    new_form(tmp_path / "a.xlsx", "zh", Respondent("", {1: 1}))
    intake = take_in(sources_of([str(tmp_path)]), questionnaire=of_guide(builtin()).questionnaire)
    assert [file.findings[0].code for file in intake.rejected] == ["other-form"]


def test_exports_of_survey_tools_by_words_and_by_numbers(tmp_path: Path) -> None:
    own = of_guide(builtin())
    words = own.questionnaire.question(14).text.zh
    names = [option.zh for option in own.questionnaire.question(14).options]
    (tmp_path / "a.csv").write_text(f"序号,{words},Q11\n1,{names[1]}→{names[0]},2→1→3\n", encoding="utf-8")
    [person] = take_in(sources_of([str(tmp_path)]), questionnaire=own.questionnaire).people
    assert person.answers == {14: {2: 1, 1: 2}, 11: {2: 1, 1: 2, 3: 3}}


def test_the_map_of_own_questions_is_filled_in(tmp_path: Path) -> None:
    own = of_guide(builtin())
    (tmp_path / "m.toml").write_text(starter(builtin(), own), encoding="utf-8")
    links = read_map(str(tmp_path / "m.toml"), builtin())
    assert set(links.links) == set(own_map(own).links) and links.parents == own.parents
    assert 'parents = ["target", "control", "management"]' in starter(builtin())
    people = [
        Respondent("a", {number: {i: i for i in range(1, len(codes) + 1)} for number, (_, codes) in TABLE_1.items()})
    ]
    survey = tally(own.questionnaire, people)
    assert weights(survey, links, builtin()) == weights(survey, own_map(own), builtin())


def test_from_a_tree_without_weights_to_a_guide_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way as its author goes it: tree, forms, tally, authoring workbook, guide."""
    monkeypatch.chdir(tmp_path)
    data = to_dict(builtin())
    for node in data["nodes"]:
        node.pop("weight")
        node.pop("weight_source", None)
    data |= {"id": "mine", "version": "1", "name_zh": "本指南", "source_zh": "问卷"}
    authoring.new_book("tree.xlsx", data, "zh")
    assert main(["survey", "new", "--guide", "tree.xlsx", "-o", "form.xlsx"]) == 0
    assert main(["survey", "map", "--guide", "tree.xlsx", "-o", "m.toml"]) == 0  # of annex A alone
    own = of_guide(open_tree("tree.xlsx"))
    Path("in").mkdir()
    ranks = [{11: {1: 1, 2: 2, 3: 3}, 12: {1: 1, 2: 2, 3: 3, 4: 4}, 13: {1: 3, 2: 2, 3: 1}, 14: {1: 1, 2: 2}},
             {11: {1: 2, 2: 1, 3: 3}, 12: {4: 1}, 13: {1: 1}, 14: {1: 2, 2: 1}}]  # fmt: skip
    for i, ranked in enumerate(ranks):
        new_form(f"in/{i}.xlsx", "zh", Respondent("", {1: 1, **ranked}), f"R{i}", own.questionnaire)
    assert main(["survey", "tally", "in", "--guide", "tree.xlsx", "--own", "-o", "t.xlsx", "--json", "t.json"]) == 0
    said = json.loads(Path("t.json").read_text(encoding="utf-8"))
    assert said["complete"] and said["parents_without_weights"] == []
    assert main(["guide", "new", "--from", "tree.xlsx", "--survey", "t.json", "-o", "g.xlsx"]) == 0
    assert main(["guide", "build", "g.xlsx", "-o", "g.toml"]) == 0, capsys.readouterr().err
    guide = authoring.load("g.toml")
    assert not guide.gaps
    # by hand, sums of points over two people: 5, 5, 2 of 12; 4, 3, 2, 5 of 14; 4, 2, 3 of 9; 3, 3 of 6
    for code, share in (
        ("target", 5 / 12),
        ("1", 5 / 12 * 4 / 14),
        ("4", 5 / 12 * 5 / 14),
        ("5", 5 / 12 * 4 / 9),
        ("9", 2 / 12 / 2),
    ):
        assert guide.by_code[code].weight == pytest.approx(share, abs=1e-9), code


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    alone = {**water(), "nodes": water()["nodes"][3:]}
    written(tmp_path, alone, "json")
    Path("a.csv").write_text("Q1\n1\n", encoding="utf-8")
    for words, code, said in (
        (["survey", "new", "--guide", "g.json", "-o", "s.xlsx"], 1, "no two siblings"),
        (["survey", "map", "--own", "-o", "m.toml"], 2, "--own goes with --guide"),
        (["survey", "tally", "a.csv", "--own", "-o", "t.xlsx"], 2, "--own goes with --guide"),
        (["survey", "new", "--guide", "none.toml", "-o", "s.xlsx"], 1, "none.toml"),
        (["survey", "new", "--guide", "a.csv", "-o", "s.xlsx"], 1, "a.csv"),
    ):
        assert main([*words, "--lang", "en"]) == code
        err = capsys.readouterr().err
        assert said in err and "Traceback" not in err
    assert not list(tmp_path.glob("s.xlsx")) and not list(tmp_path.glob("m.toml")) and not list(tmp_path.glob("t.xlsx"))
