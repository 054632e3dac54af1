"""The grade on the summary: live, by grades, conditions and vetoes of the guide, as the engine gives it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.workbook import Layout, write

from .compare import IroncalcTemplate, common, differences, recorded, report

Data = dict[str, Any]
CEMENT = json.loads((Path(__file__).parents[1] / "golden/example_cement.json").read_text(encoding="utf-8"))


def _guide(grades: bool = True) -> Guide:
    data = to_dict(builtin())
    data |= {
        "id": "graded",
        "conditions": [
            {"indicator": "8", "measure": "value", "below": 0.5, "reason_zh": "淘汰\"工艺\"", "reason_en": "old"},
            {"indicator": "3", "measure": "score", "below": 10, "above": 99.9, "reason_zh": "长" * 300, "reason_en": "l" * 300},
        ],
        "vetoes": [
            {"code": "a", "question_zh": "有事故", "reason_zh": "事故", "reason_en": "accident"},
            {"code": "b", "question_zh": "有许可证", "excludes": "no", "reason_zh": "无证", "reason_en": "no permit"},
        ],
    }  # fmt: skip
    if grades:
        rows = (("三级", "III", 60), ("一级", "I", 85), ("二级", "II", 75))
        data["grades"] = [{"name_zh": zh, "name_en": en, "from": least} for zh, en, least in rows]
    return from_dict(data)


PASSED = {"a": {"answer": False, "evidence": "x"}, "b": {"answer": True, "evidence": "x"}}
CASES: dict[str, tuple[Data, str]] = {
    "passed": ({"vetoes": PASSED}, "II"),
    "high": ({"vetoes": PASSED, "benchmarks": {**CEMENT["benchmarks"], "5": 1, "4": 0.05}}, "I"),
    "low": ({"vetoes": PASSED, "benchmarks": {**CEMENT["benchmarks"], "3": 90, "4": 1, "6": 90}}, "no grade reached"),
    "unanswered": ({"vetoes": {"a": False}}, "no grade, no rank: no permit"),
    "answered so": ({"vetoes": {"a": True, "b": True}}, "no grade, no rank: accident"),
    "condition": ({"vetoes": PASSED, "policy": {"recommended": "no", "elimination_list": False}}, "no grade, no rank: old"),
    "score": ({"vetoes": PASSED, "benchmarks": {**CEMENT["benchmarks"], "3": 30}}, "no grade, no rank: " + "l" * 199 + "…"),
    "no total": ({"vetoes": PASSED, "materials": []}, "–"),
}  # fmt: skip


def _shown(guide: Guide, data: Data) -> list[str]:
    book, layout = recorded(data, "en", guide), Layout(guide, "portable", "en")
    found = [
        c
        for place, c in book.computed.items()
        if place[0] == layout.title("summary") and "ROUND(out_total,2)" in c.formula
    ]
    return [str(computed.value) for computed in found]


@pytest.mark.parametrize("case", CASES)
def test_it_is_the_engines(case: str) -> None:
    change, said = CASES[case]
    assert _shown(_guide(), {**CEMENT, **change}) == [said]
    result = evaluate({**CEMENT, **change}, _guide())
    assert (result.grade.name.en if result.grade else None) == (said if said in ("I", "II", "III") else None)


def test_ironcalc_computes_it(tmp_path: Path) -> None:
    for guide in (_guide(), _guide(grades=False)):
        path = tmp_path / "template.xlsx"
        write(path, guide=guide, host="portable", language="en")
        template, empty = IroncalcTemplate(path, "en", guide), recorded(None, "en", guide)
        for case, (change, _) in CASES.items():
            expected = common(recorded({**CEMENT, **change}, "en", guide), empty)
            assert not report(differences(expected, template.type(expected))), case


def test_a_guide_without_rules_has_no_such_row() -> None:
    assert _shown(builtin(), CEMENT) == []
    assert read(CEMENT, builtin()) is not None
