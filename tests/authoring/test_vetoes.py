"""Vetoes: questions of a guide without weight, outside the index tree, in file, form, JSON, portfolio."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jwdt_xl.assessment import evaluate, read, write
from jwdt_xl.assessment.schema import schema
from jwdt_xl.authoring import build, carry, dump, load, loads, new_book
from jwdt_xl.authoring import schema as guide_schema
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, from_dict, to_dict
from jwdt_xl.workbook import read as read_book
from jwdt_xl.workbook import write as write_book

from ..workbook.compare import differences, in_ironcalc, read_file, report

Data = dict[str, Any]
Filled = Callable[[Guide], Data]
CODE = "91330500MA2B2C3D4T"
VETOES = [
    {"code": "accident", "question_zh": "报告期内发生过较大及以上环境事故", "question_en": "had a major environmental accident",
     "reason_zh": "发生环境事故", "reason_en": "an accident", "source": "示范"},
    {"code": "permit", "question_zh": "持有有效的排污许可证", "question_en": "holds a valid permit", "excludes": "no",
     "reason_zh": "无证排污", "reason_en": "without a permit"},
]  # fmt: skip


@pytest.fixture
def guide() -> Guide:
    return from_dict({**to_dict(load("cement")), "vetoes": VETOES}, strict=True)


def test_files_and_workbooks_bring_them_back(guide: Guide, tmp_path: Path) -> None:
    assert [veto.excludes for veto in guide.vetoes] == ["yes", "no"]
    assert loads(dump(guide)).vetoes == guide.vetoes
    jsonschema.validate(to_dict(guide), guide_schema())
    for language in ("zh", "en"):
        new_book(tmp_path / "g.xlsx", guide, language)
        assert build(tmp_path / "g.xlsx").vetoes == guide.vetoes
    plain = load("cement")
    assert guide.hash != plain.hash and guide.weights == plain.weights and guide.by_code.keys() == plain.by_code.keys()


@pytest.mark.parametrize(
    ("change", "where"),
    [({"code": "6"}, "vetoes[0].code"), ({"code": "Permit"}, "vetoes[1].code"), ({"code": "环境"}, "vetoes[0].code"),
     ({"code": ""}, "vetoes[0].code"), ({"excludes": "maybe"}, "vetoes[0].excludes"), ({"question_zh": "", "question_en": ""}, "vetoes[0].question_zh"),
     ({"reason_zh": None, "reason_en": None}, "vetoes[0].reason_zh"), ({"question_zh": "长" * 201}, "vetoes[0].question_zh"), ({"weight": 0.1}, "vetoes[0].weight")],
)  # fmt: skip
def test_refused(change: Data, where: str) -> None:
    with pytest.raises(Refused) as refused:
        from_dict({**to_dict(load("cement")), "vetoes": [{**VETOES[0], **change}, VETOES[1]]})
    assert where in [finding.where for finding in refused.value.findings]


@pytest.mark.parametrize("accident", [True, False, None])
@pytest.mark.parametrize("permit", [True, False, None])
def test_by_the_answers(filled: Filled, guide: Guide, accident: bool | None, permit: bool | None) -> None:
    """They change no number; who is not cleared by both has no grade, whoever does not answer too."""
    data = filled(guide)
    plain = evaluate(data, load("cement"))
    assert plain.grade is not None
    data["vetoes"] = {"accident": accident, "permit": {"answer": permit, "evidence": "许可证 91330500"}}
    result = evaluate(data, guide)
    assert result.total == plain.total and [i.weight for i in result.indicators] == [i.weight for i in plain.indicators]
    wanted = [code for code, fails in (("accident", accident is not False), ("permit", permit is not True)) if fails]
    assert [veto.code for veto in result.vetoed] == wanted
    assert result.grade == (None if wanted else plain.grade)
    assert [f.where for f in result.findings if f.code == "excluded"] == [f"vetoes.{code}" for code in wanted]
    evidence = [f.where for f in result.findings if f.code == "missing-evidence" and "vetoes" in f.where]
    assert evidence == ([] if accident is None else ["vetoes.accident.evidence"])
    jsonschema.validate(data, schema(guide))
    assert read(write(read(data, guide)), guide) == read(data, guide)


@pytest.mark.parametrize(
    "said", ["maybe", 1, 1.5, float("nan"), -1, "１", [], {"answer": 2}, {"answer": True, "weight": 1}, {"evidence": 5}]
)
def test_bad_answers(filled: Filled, guide: Guide, said: Any) -> None:
    with pytest.raises(Refused) as refused:
        evaluate({**filled(guide), "vetoes": {"permit": said}}, guide)
    assert all(finding.where.startswith("vetoes.permit") for finding in refused.value.findings)


def test_no_question_of_the_guide(filled: Filled, guide: Guide) -> None:
    for asked, answers in ((guide, {"other": True}), (load("cement"), {"permit": True})):
        with pytest.raises(Refused, match="no veto"):
            evaluate({**filled(asked), "vetoes": answers}, asked)
    assessment = read({**filled(guide), "vetoes": {"permit": True}}, guide)
    assert carry(assessment, guide, load("cement"))[0].vetoes == {}
    assert carry(assessment, guide, guide)[0].vetoes == assessment.vetoes


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "answers", [{}, {"accident": {"answer": False, "evidence": "证明"}, "permit": {"answer": False}}]
)
def test_the_form(filled: Filled, guide: Guide, answers: Data, language: str, tmp_path: Path) -> None:
    """Below the questions of the tree, with drop-down and evidence; computed by another program, read back whole."""
    data = {**filled(guide), "vetoes": answers}
    write_book(tmp_path / "a.xlsx", guide=guide, host="portable", language=language, assessment=read(data, guide))
    expected = read_file(tmp_path / "a.xlsx", guide)
    assert not report(differences(expected, in_ironcalc(tmp_path / "a.xlsx")))
    again = read_book(tmp_path / "a.xlsx", {guide.id: guide})
    assert again.data.get("vetoes", {}) == answers
    assert again.where("vetoes.permit.answer").startswith("定性!" if language == "zh" else "Qualitative!")


def test_ranked_only_when_cleared(
    filled: Filled, guide: Guide, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for name, answers in (
        ("blank", {}),
        ("cleared", {"accident": False, "permit": True}),
        ("excluded", {"accident": True, "permit": True}),
    ):
        data = {**filled(guide), "vetoes": answers}
        data["enterprise"] = {**data["enterprise"], "name": name, "uscc": CODE if name == "excluded" else ""}
        (inbox / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "g.toml").write_text(dump(guide), encoding="utf-8")
    main(["collect", str(inbox), "--guide", str(tmp_path / "g.toml"), "-o", str(tmp_path / "P.xlsx"), "--json"])
    found = {one["file"]: one for one in json.loads(capsys.readouterr().out)["results"]}
    assert {name: one["rank"] for name, one in found.items()} == {
        "blank.json": None,
        "cleared.json": 1,
        "excluded.json": None,
    }
    assert "排除条件" in found["blank.json"]["reason"] and found["cleared.json"]["reason"] is None
    # a reviewer who has seen the proof corrects the answer
    (tmp_path / "review.csv").write_text(
        "信用代码,项目,决定,更正值,理由,评审人,日期\n"
        f"{CODE},vetoes.accident.answer,更正,否,已核实无事故,张三,2024-05-01\n", encoding="utf-8",
    )  # fmt: skip
    main(["collect", str(inbox), "--guide", str(tmp_path / "g.toml"), "-o", str(tmp_path / "P.xlsx"), "--json", "--review",
          str(tmp_path / "review.csv")])  # fmt: skip
    found = {one["file"]: one for one in json.loads(capsys.readouterr().out)["results"]}
    assert found["excluded.json"]["rank"] == 1
    assert main(["guide", "show", str(tmp_path / "g.toml"), "--lang", "en"]) == 0
    assert "permit holds a valid permit = no: without a permit" in capsys.readouterr().out
