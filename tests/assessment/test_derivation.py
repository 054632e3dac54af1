"""The sentence behind every value and score, in both languages, with the marks of its rules."""

from __future__ import annotations

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.messages import set_language
from jwdt_xl.standard import guide as guides

EXAMPLES = ("cement", "dyeing", "total_basis", "both_rise", "not_applicable", "na_and_missing")


def sentences(data, guide=None):
    return {i.node.code: i.derivation for i in evaluate(data, guide).indicators}


def test_numbers_in_words(plain):
    """The small assessment: P 160, C 2250 t, Q 100, V 1200; worked out in test_evaluate.py."""
    found = sentences(plain())
    assert found["1"].zh == "污染物减排率 20.0000%、碳减排率 10.0000%，S = 2；得分 100·min(S, 1/S) = 50.00"
    assert found["2"].en == "equivalents 160 ÷ output 100 = 1.6; score 100·min(1, 2/1.6) = 100.00"
    assert found["3"].zh == "碳排放 2250 t × 1000 ÷ 产量 100 = 22500；得分 100·min(1, 20000/22500) = 88.89"
    assert (
        found["4"].en == "output value 1200 10^4 yuan ÷ emissions 2250 t = 0.5333; score 100·min(1, 0.5333/0.6) = 88.89"
    )
    assert found["5"].zh == "100 × 非化石 12.29 tce ÷ 一次能源 765.77 tce = 1.605；得分 100·min(1, 1.605/2) = 80.25"
    assert found["6"].zh == "原辅料 900000 kg ÷ 产量 100 = 9000；得分 100·min(1, 9000/9000) = 100.00"
    assert found["7"].en == "residual energy 36000000 kJ ÷ output 100 = 360000; score 100·min(1, 360000/400000) = 90.00"
    assert found["8"].zh == "等级 1；得分 100 × 1 = 100.00"


def test_no_synergy_names_the_case(plain):
    found = sentences(plain({"greenhouse[0].report": 2100}))["1"]
    assert "trade-off" in found.en and found.en.endswith("score 0") and "-2.0000%" in found.en


def test_alternatives_show_in_the_formula(plain):
    options = {"options.moderate_score": "distance", "options.score_cap": 1.2}
    found = sentences(plain({**options, "pollutants[0].report": 100}))
    assert "100·max(0, 1−|S−1|)" in found["1"].zh  # S = 0.1/0.1
    assert "100·min(1.2," in found["2"].zh


def test_reasons(plain):
    found = sentences(plain({"product.output.report": 0, "policy": {}, "not_applicable": {"7": "无余能"}}))
    assert found["2"].zh == "不可评价：报告期产品产量为 0，须大于 0，不可评价"
    assert found["8"].en.startswith("missing: ")
    assert found["7"].zh == "不适用：无余能"


def test_a_value_without_benchmark(plain, gone):
    found = sentences(plain({"benchmarks.6": gone}))["6"]
    assert found.en == "materials 900000 kg ÷ output 100 = 9000; no benchmark, so no score"


def test_entered_values(plain):
    guide = guides.from_dict(
        {
            "format": "jwdt-guide/1",
            "nodes": [{"code": "a", "name_zh": "甲", "weight": 1, "attribute": "positive", "formula": "entered"}],
        }
    )
    found = sentences(plain({"benchmarks": {"a": 50}, "entered": {"a": 40}}), guide)
    assert found["a"] == (
        "填报值 40；得分 100·min(1, 40/50) = 80.00",
        "entered value 40; score 100·min(1, 40/50) = 80.00",
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_indicator_has_a_sentence_and_marks(example, name):
    for indicator in evaluate(example(name)).indicators:
        assert indicator.derivation.zh and indicator.derivation.en
        assert "{" not in "".join(indicator.derivation)
        assert set(indicator.marks) <= {"note", "law", "choice"} and "note" in indicator.marks
        assert "choice" in indicator.marks  # the scoring functions are


def test_marks_name_the_law_where_its_tables_enter(plain):
    """Equivalents rest on the tax law, emissions and energy on national standards; materials on neither."""
    marks = {i.node.code: i.marks for i in evaluate(plain()).indicators}
    assert [code for code in marks if "law" in marks[code]] == ["1", "2", "3", "4", "5"]


def test_language(plain):
    sentence = sentences(plain())["8"]
    try:
        set_language("en")
        assert str(sentence) == sentence.en
        set_language("zh")
        assert str(sentence) == sentence.zh
    finally:
        set_language("zh")
