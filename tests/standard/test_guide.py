"""The built-in guide is Table 1 of the note; a guide file with an error is refused with its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from jwdt_xl.errors import JwdtError, Refused
from jwdt_xl.standard.composed import FORMS
from jwdt_xl.standard.guide import FORMULAS, builtin, check_weights, from_dict, to_dict
from jwdt_xl.standard.guide.options import DEFAULTS

Data = dict[str, Any]

TABLE_1 = [
    ("1", "target", "减污降碳协同度", "", 0.15, "moderate"),
    ("2", "target", "单位产品污染物排放当量", "AP/单位产品", 0.10, "negative"),
    ("3", "target", "单位产品碳排放量", "kg/单位产品", 0.10, "negative"),
    ("4", "target", "碳生产率", "万元/t", 0.15, "positive"),
    ("5", "control", "非化石能源占一次能源消费比重", "%", 0.12, "positive"),
    ("6", "control", "单位产品原辅料消耗量", "kg/单位产品", 0.10, "negative"),
    ("7", "control", "单位产品余能利用量", "kJ/单位产品", 0.08, "positive"),
    ("8", "management", "产业政策执行情况", "", 0.10, "qualitative"),
    ("9", "management", "节能减排管理制度及执行情况", "", 0.10, "qualitative"),
]


def data() -> Data:
    return copy.deepcopy(to_dict(builtin()))


def test_table_1() -> None:
    guide = builtin()
    assert [
        (n.code, guide.first_level(n).code, n.name.zh, n.unit.zh, n.weight, n.attribute) for n in guide.indicators
    ] == TABLE_1
    assert [(n.name.zh, n.weight) for n in guide.first_levels] == [
        ("目标协同", 0.5),
        ("控制协同", 0.3),
        ("管理协同", 0.2),
    ]
    assert guide.weights == tuple(row[4] for row in TABLE_1)
    assert guide.options == DEFAULTS
    assert all(node.benchmark is None for node in guide.nodes)  # set per sector
    assert all(node.mark == "note" and all(node.name) for node in guide.nodes)


def test_there_and_back() -> None:
    written = json.loads(json.dumps(to_dict(builtin()), ensure_ascii=False))
    again = from_dict(written)
    assert to_dict(again) == to_dict(builtin())
    assert again.hash == builtin().hash


def _node(code: str, /, **changes: object) -> Callable[[Data], None]:
    return lambda d: next(node for node in d["nodes"] if node["code"] == code).update(changes)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["options"].update(gwp_set="AR6"),
        _node("2", benchmark={"value": 3}),
        lambda d: (_node("2", weight=0.11)(d), _node("3", weight=0.09)(d)),
    ],
)
def test_the_hash_changes_with_the_content(change: Callable[[Data], None]) -> None:
    other = data()
    change(other)
    assert from_dict(other).hash != builtin().hash


def test_a_tree_of_any_depth() -> None:
    leaf = {"weight": 0.25, "attribute": "positive", "formula": "entered"}
    guide = from_dict(
        {
            "format": "jwdt-guide/1",
            "id": "deep",
            "nodes": [
                {"code": "a", "weight": 0.5, "name_zh": "甲"},
                {"code": "b", "weight": 0.5, "name_zh": "乙", "attribute": "negative", "formula": "carbon_intensity"},
                {"code": "a1", "parent": "a", "weight": 0.5},
                {"code": "x", "parent": "a1", **leaf},
                {"code": "y", "parent": "a1", **leaf},
            ],
        }
    )
    assert [node.code for node in guide.indicators] == ["b", "x", "y"]
    assert [node.code for node in guide.path(guide.by_code["y"])] == ["a", "a1", "y"]
    assert guide.first_level(guide.by_code["b"]).code == "b"
    assert guide.by_code["a"].name == ("甲", "甲")


ERRORS = {
    "format": (lambda d: d.update(format="jwdt-guide/9"), "format: format must be jwdt-guide/1, got “jwdt-guide/9”"),
    "unknown field of the file": (lambda d: d.update(grade=1), "grade: unknown field"),
    "unknown field of a node": (_node("2", wieght=1), r"nodes\[2\].wieght: unknown field"),
    "no nodes": (lambda d: d.update(nodes=[]), "nodes: .*must be 1"),
    "a node that is no object": (lambda d: d["nodes"].append("10"), r"nodes\[12\]: must be a JSON object, got “10”"),
    "nodes that are no array": (lambda d: d.update(nodes={}), "nodes: must be a JSON array"),
    "options that are no object": (lambda d: d.update(options=["AR5"]), "options: must be a JSON object"),
    "a gap that is no pair": (lambda d: d.update(gaps=["?"]), r"gaps\[0\]: must be a JSON array"),
    "weights of indicators": (_node("2", weight=0.2), r"nodes\[0\].weight: .* sum to 0.6, must be 0.5"),
    "weights of first levels": (_node("target", weight=0.6), "nodes: weights of the children sum to 1.1, must be 1"),
    "weights just off": (_node("2", weight=0.1 + 2e-9), r"nodes\[0\].weight: .* sum to 0.500000002, must be 0.5"),
    "negative weight": (_node("2", weight=-0.1), r"nodes\[2\].weight: weight must be a number ≥ 0, got “-0.1”"),
    "text weight": (_node("2", weight="0.1"), "weight must be a number ≥ 0, got “0.1”"),
    "no finite weight": (_node("2", weight=float("nan")), "weight must be a number ≥ 0, got “NaN”"),
    "true for a weight": (_node("2", weight=True), "weight must be a number ≥ 0, got “True”"),
    "missing weight": (lambda d: d["nodes"][2].pop("weight"), "no weight: "),
    "duplicate code": (_node("2", code="3"), r"nodes\[3\].code: code “3” is used twice"),
    "code with a blank": (_node("2", code="2 b"), r"nodes\[2\].code: code must be letters, digits, _, got “2 b”"),
    "missing code": (_node("2", code=""), r"nodes\[2\].code: code must be letters"),
    "cycle": (_node("target", parent="1"), r"nodes\[0\].parent: parent “1” must stand before .*\(no cycle\)"),
    "its own parent": (_node("2", parent="2"), r"nodes\[2\].parent: parent “2” must stand before .*\(no cycle\)"),
    "unknown parent": (_node("2", parent="goal"), r"nodes\[2\].parent: there is no parent with code “goal”"),
    "unknown attribute": (_node("2", attribute="up"), r"nodes\[2\].attribute: attribute must be positive .*got “up”"),
    "unknown formula": (_node("2", formula="p/q"), r"nodes\[2\].formula: formula must be synergy .*got “p/q”"),
    "moderate elsewhere": (_node("2", attribute="moderate"), "moderate attribute goes with formula synergy only"),
    "synergy not moderate": (_node("1", attribute="positive"), "moderate attribute goes with formula synergy only"),
    "benchmark of a grade": (_node("8", benchmark={"value": 1}), "qualitative indicators have no benchmark"),
    "benchmark 0": (_node("2", benchmark={"value": 0}), r"nodes\[2\].benchmark: benchmark must be .*above 0, got 0"),
    "no finite benchmark": (_node("2", benchmark={"value": float("nan")}), "benchmark must be .*above 0, got NaN"),
    "text benchmark": (_node("2", benchmark={"value": "3"}), "bad benchmark fields"),
    "unknown benchmark field": (_node("2", benchmark={"value": 3, "scource": ""}), "bad benchmark fields.*scource"),
    "benchmark that is no object": (_node("2", benchmark=3), "bad benchmark fields"),
    "unknown option": (lambda d: d["options"].update(gwp="AR5"), "options.gwp: no option “gwp”"),
    "bad option": (lambda d: d["options"].update(gwp_set="AR7"), "options.gwp_set: option gwp_set must be AR5"),
}


@pytest.mark.parametrize(("change", "message"), ERRORS.values(), ids=ERRORS)
def test_errors(change: Callable[[Data], None], message: str) -> None:
    wrong = data()
    change(wrong)
    with pytest.raises(Refused, match=message):
        from_dict(wrong)


def test_every_error_is_named_at_once() -> None:
    wrong = data()
    _node("2", weight=-1, wieght=1)(wrong)
    wrong["options"]["gwp"] = "AR5"
    with pytest.raises(Refused) as caught:
        from_dict(wrong)
    assert {f.where for f in caught.value.findings} == {"nodes[2].weight", "nodes[2].wieght", "options.gwp"}


def test_a_draft_names_its_gaps_and_scores_nothing() -> None:
    """Where gaps are named, weights, attributes and formulas may be open; there are leaves, but no indicators."""
    draft = data()
    draft["gaps"] = [["权重", "weights"], ["单位", "units"]]
    for node in draft["nodes"]:
        for name in ("weight", "attribute", "formula"):
            node.pop(name, None)
    guide = from_dict(draft)
    assert [node.code for node in guide.leaves] == [row[0] for row in TABLE_1]
    assert not any(node.has_weight for node in guide.nodes)
    assert to_dict(from_dict(to_dict(guide))) == to_dict(guide)
    for use in (guide.check_complete, lambda: guide.indicators, lambda: guide.weights):
        with pytest.raises(Refused, match="is incomplete, no template and no score by it; 2 gaps: weights; units"):
            use()
    # what a draft does say must be right
    with pytest.raises(Refused, match="formula must be synergy"):
        from_dict({**draft, "nodes": [{"code": "a", "name_zh": "甲", "formula": "p/q"}]})
    with pytest.raises(Refused, match=r"sum to 0\.9, must be 1"):
        from_dict({**draft, "nodes": [{"code": "a", "name_zh": "甲", "weight": 0.9}]})


def test_rules_of_a_guide() -> None:
    ruled = data() | {
        "grades": [{"name_zh": "甲", "from": 80}, {"name_zh": "乙", "from": 60}],
        "conditions": [{"indicator": "8", "below": 0.5, "reason_zh": "淘汰"}],
        "conversions": [{"product_zh": "熟料", "product_en": "clinker", "unit": "t", "factor": 1.3, "to": "t"}],
        "base_period": 2020,
        "output_value_basis": "营业收入",
        "review": "2027-06-30",
    }
    guide = from_dict(ruled)
    assert [g.name.zh if (g := guide.grade(total)) else None for total in (100, 80, 79.9, 60, 59.9, None)] == [
        "甲", "甲", "乙", "乙", None, None,
    ]  # fmt: skip
    assert guide.exclusions({"8": 0.0}, {}) == guide.conditions
    assert guide.exclusions({"8": 0.5}, {}) == ()
    assert guide.exclusions({"8": None}, {}) == guide.exclusions({}, {}) == guide.conditions
    assert guide.conversion("Clinker") == guide.conversions[0]
    assert guide.conversion("水泥") is None
    assert from_dict(json.loads(json.dumps(to_dict(guide)))).hash == guide.hash != builtin().hash


def test_formulas_are_those_of_table_1_entered_and_own_forms() -> None:
    assert [*(node.formula for node in builtin().indicators), "entered", *FORMS] == list(FORMULAS)
    for node in builtin().indicators:  # what a formula counts in is what table 1 prints
        assert node.unit.zh.startswith(FORMULAS[node.formula].unit)


WEIGHTS = [row[4] for row in TABLE_1]


def test_own_weights_that_fit() -> None:
    check_weights(builtin(), WEIGHTS)
    check_weights(builtin(), [0.2, 0, 0, 0, 0.5, 0, 0, 0.3, 0])


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([*WEIGHTS[:-1], 0.2], "weights must sum to 1, they sum to 1.1"),
        ([*WEIGHTS[:-1], 0.1 + 2e-9], "weights must sum to 1, they sum to 1.000000002"),
        ([*WEIGHTS[:-2], 0.3, -0.1], "weight of indicator 9 must be ≥ 0, got -0.1"),
        ([0.2, 0.1, 0.1, 0.2, 0.2, 0.1, 0.1, 0, 0], "first level “management synergy” has no weight"),
    ],
)
def test_own_weights_that_do_not(weights: list[float], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        check_weights(builtin(), weights)


def test_what_is_published_with_a_guide() -> None:
    said = {
        "institute_zh": "某研究院", "institute_en": "an institute", "issued": "2026-11-30", "scope_zh": "水泥熟料企业", "scope_en": "clinker",
        "history": [{"version": "2", "date": "2026-11-30", "change_zh": "基准值更新", "change_en": "benchmarks"}],
    }  # fmt: skip
    guide = from_dict({**data(), **said}, strict=False)
    assert {name: to_dict(guide)[name] for name in said} == said
    assert guide.sha256 != from_dict(data()).sha256 and len(guide.sha256) == 64
    assert guide.sha256.startswith(guide.hash) and len(guide.hash) == 16


def test_fields_that_say_nothing_change_no_fingerprint() -> None:
    assert builtin().hash == from_dict({**to_dict(builtin()), "history": [], "issued": ""}).hash
