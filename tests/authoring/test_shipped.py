"""The guides that come with the package: drafts hold what the note prints and nothing else, demonstrations say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.schema import schema as assessment_schema
from jwdt_xl.authoring import dump, load, loads, shipped
from jwdt_xl.authoring.files import dump_data
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

from .conftest import COMPLETE, DRAFTS
from .weights import derived

#: What the drafting note prints of the two index systems (chapter 2, section 2).
ZHEJIANG = (
    "包括协同效果、协同路径、协同管理三类评价内容，环境质量、碳排放水平、协同耦合度、结构调整措施协同度、治理路径协同度、"
    "生态环境管理协同度等 6 项一级指标以及 16 项二级指标和 24 项三级指标"
)
DAPENG = (
    "在环境质量、碳排放水平、降碳减污增效协同耦合度、治理路径协同度和公共参与五个目标层面，提出 16 项降碳减污指数的构成指标，"
    "包括 6 项核心指标和 10 项一般性指标，分别用于评估降碳减污的实施效果和工作推进过程。大气环境指数优良率（表征环境质量）、"
    "地表水水质达标率（表征环境质量）、单位GDP二氧化碳排放量（表征碳排放水平）、环境改善与碳减排协同度（表征环境质量与碳减排协同度）、"
    "单位GDP二氧化碳排放变化率（表征二氧化碳排放与经济脱钩程度）、单位GDP主要污染物排放变化率（表征主要污染物排放与经济脱钩程度）6 个指标为核心指标，"
    "其中前三个指标反映“降碳、减污”成效，后三个指标反映“扩绿、增长”成效。另外 10 个一般性指标分别从大气、水、固体废物污染防治与温室气体协同控制、"
    "提高生态治理效能、推动城乡建设降碳减污协同、提升生态系统碳汇、增强社会公众参与度等十个方面"
)


#: Returns in the field carry the hash of the guide they were made for: these never change.
HASHES = {
    "general": "e4380fe45fe39053",
    "cement": "fa0b3b59532dfc8a",
    "dapeng-index": "a5f7ee42fa7ad1a3",
    "flat-glass": "0eaefe93bf7633b3",
    "four-levels": "6257198507b9c01c",
    "paper": "0d3656e8e4ad3751",
    "zhejiang-index": "2576612db5cafa35",
    "derived": "597dd098f0191744",  # of the tests: weights with a derivation
}


def test_the_hashes_are_those_that_returns_carry() -> None:
    found = {name: load(name).hash for name in shipped()}
    assert found | {"general": builtin().hash, "derived": derived().hash} == HASHES


def test_zhejiang_is_what_the_note_prints() -> None:
    guide = load("zhejiang-index")
    levels = [len(guide.path(node)) for node in guide.nodes]
    assert [node.name.zh for node in guide.first_levels] == ["协同效果", "协同路径", "协同管理"]
    assert [node.name.zh for node in guide.leaves] == [
        "环境质量",
        "碳排放水平",
        "协同耦合度",
        "结构调整措施协同度",
        "治理路径协同度",
        "生态环境管理协同度",
    ]
    assert (levels.count(1), levels.count(2), max(levels)) == (3, 6, 2)
    assert all(node.name.zh in ZHEJIANG for node in guide.nodes)
    gaps = [gap.en for gap in guide.gaps]
    assert any(gap.startswith("16 second-level indicators: names") for gap in gaps)
    assert any(gap.startswith("24 third-level indicators: names") for gap in gaps)
    # which of the three kinds an indicator belongs to is not printed in so many words, and the draft says so
    assert any("which kind each of the six" in gap for gap in gaps)
    assert all("未逐项写明" in node.note.zh for node in guide.leaves)


def test_dapeng_is_what_the_note_prints() -> None:
    guide = load("dapeng-index")
    assert [node.name.zh for node in guide.first_levels] == [
        "环境质量",
        "碳排放水平",
        "降碳减污增效协同耦合度",
        "治理路径协同度",
        "公共参与",
    ]
    core = [node for node in guide.leaves if node.code.startswith("core")]
    general = [node for node in guide.leaves if node.code.startswith("general")]
    assert (len(core), len(general)) == (6, 7)
    for i, node in enumerate(core):
        stands_for = node.note.zh.partition("：")[2].partition("；")[0]
        assert f"{node.name.zh}（{stands_for}）" in DAPENG
        assert ("反映“降碳、减污”成效" if i < 3 else "反映“扩绿、增长”成效") in node.note.zh
    together = "污染防治与温室气体协同控制"
    assert [node.name.zh.removesuffix(together) for node in general[:3]] == ["大气", "水", "固体废物"]
    assert f"大气、水、固体废物{together}" in DAPENG
    assert all(node.name.zh in DAPENG for node in general[3:])
    gaps = [gap.en for gap in guide.gaps]
    assert "of the ten aspects of the general indicators three are not named" in gaps


@pytest.mark.parametrize("name", DRAFTS)
def test_drafts_add_nothing_and_refuse_to_score(name: str, golden: Path, filled: Callable[[Guide], Any]) -> None:
    guide = load(name)
    for node in guide.nodes:
        assert node.mark == "note"
        assert not node.has_weight
        assert (node.attribute, node.formula, node.benchmark, node.unit, node.benchmark_text) == (
            "",
            "",
            None,
            ("", ""),
            ("", ""),
        )
    assert "草稿" in guide.name.zh and "draft" in guide.name.en
    assert guide.grades == guide.conditions == guide.not_applicable == guide.conversions == ()
    data = filled(builtin())
    for use in (
        lambda: evaluate(data, guide),
        lambda: assessment_schema(guide),
        lambda: guide.weights,
        guide.check_complete,
    ):
        with pytest.raises(Refused) as caught:
            use()
        [finding] = caught.value.findings
        assert finding.code == "incomplete-guide"
        assert all(gap.en in finding.text.en and gap.zh in finding.text.zh for gap in guide.gaps)


@pytest.mark.parametrize("name", DRAFTS)
def test_a_template_by_a_draft_is_refused(name: str, tmp_path: Path) -> None:
    from jwdt_xl import workbook

    with pytest.raises(Refused, match="is incomplete, no template and no score by it"):
        workbook.write(tmp_path / "t.xlsx", guide=load(name))
    assert not (tmp_path / "t.xlsx").exists()


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_completed_by_its_user_works(name: str, filled: Callable[[Guide], Any]) -> None:
    data = to_dict(load(name))
    guide = load(name)
    leaves = {node.code for node in guide.leaves}
    for node in data["nodes"]:
        below = [leaf for leaf in guide.leaves if node["code"] in {n.code for n in guide.path(leaf)}]
        node["weight"] = len(below) / len(leaves)
        if node["code"] in leaves:
            node |= {"attribute": "positive", "formula": "entered", "unit_zh": "%"}
            node["benchmark"] = {"value": 100, "unit": "%", "source": "the user"}
    data["gaps"] = []
    completed = loads(dump(from_dict(data)))
    result = evaluate(filled(completed), completed)
    assert result.total == pytest.approx(96)
    assert completed.hash != guide.hash


@pytest.mark.parametrize("name", COMPLETE)
def test_demonstrations_say_so_and_every_number_is_marked(name: str) -> None:
    guide = load(name)
    assert "示范，非标准内容" in guide.name.zh
    assert "demonstration, not from the standard" in guide.name.en
    path = Path(str(__import__("jwdt_xl").__file__)).parent / "guides" / f"{name}.toml"
    assert "demonstration, not from the standard" in "".join(path.read_text(encoding="utf-8").splitlines()[:3])
    invented = "为示范而编造 / invented for demonstration"
    for node in guide.nodes:
        source = node.weight_source or guide.source.zh
        assert source == guide.source.zh == "为示范而编造" or "表 1" in source
        assert node.benchmark is None or node.benchmark.source == invented
    assert all(grade.source == invented for grade in guide.grades)
    assert all(condition.source == invented for condition in guide.conditions)
    assert all(conversion.source == invented for conversion in guide.conversions)


@pytest.mark.parametrize("name", ["cement", "flat-glass", "paper"])
def test_sector_guides_keep_the_tree_and_weights_of_table_1(name: str) -> None:
    guide, general = load(name), builtin()
    assert guide.weights == general.weights
    assert [(n.code, n.name, n.attribute, n.formula) for n in guide.indicators] == [
        (n.code, n.name, n.attribute, n.formula) for n in general.indicators
    ]
    assert [n.code for n in guide.indicators if n.benchmark] == ["2", "3", "4", "5", "6", "7"]


def test_the_four_level_guide_has_four_levels_and_many_formulas() -> None:
    guide = load("four-levels")
    assert {len(guide.path(leaf)) for leaf in guide.leaves} == {4}
    formulas = [leaf.formula for leaf in guide.leaves]
    assert len(set(formulas)) == 10
    assert formulas.count("entered") == 4
    assert {leaf.attribute for leaf in guide.leaves} == {"positive", "negative", "moderate", "qualitative"}


@pytest.mark.parametrize("name", shipped())
def test_shipped_files_have_no_stale_comments(name: str) -> None:
    """Comments come from the declared fields; a file written anew has the same, below its own heading."""
    path = Path(str(__import__("jwdt_xl").__file__)).parent / "guides" / f"{name}.toml"
    data = to_dict(load(name))
    if name in DRAFTS:
        del data["options"]  # of which the note says nothing
    assert path.read_text(encoding="utf-8").endswith(dump_data(data, "zh"))
