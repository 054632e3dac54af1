"""What the rules of a guide say of a result; without rules they say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jwdt_xl.assessment import Result, evaluate
from jwdt_xl.assessment.checks import benchmarks as checks
from jwdt_xl.assessment.checks import guide as rules
from jwdt_xl.authoring import load
from jwdt_xl.messages import Finding
from jwdt_xl.standard import guide as guides
from jwdt_xl.standard.guide import VALUE_BASES, Guide, builtin, from_dict, to_dict

Filled = Callable[[Guide], dict[str, Any]]


def changed(guide: Guide, **more: Any) -> Guide:
    return from_dict({**to_dict(guide), **more})


def said(result: Result) -> tuple[Finding, ...]:
    """What the rules of its guide say; each is also among the findings of the result."""
    found = tuple(finding for check in rules.CHECKS for finding in check(result))
    assert set(found) <= set(result.findings)
    return found


def test_the_built_in_guide_has_no_rules(filled: Filled) -> None:
    guide = builtin()
    assert (guide.grades, guide.conditions, guide.not_applicable, guide.conversions, guide.review) == (
        (),
        (),
        (),
        (),
        "",
    )
    result = evaluate(filled(guide), guide)
    assert (result.grade, result.exclusions, said(result)) == (None, (), ())


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (100, "一级"),
        (85, "一级"),
        (84.9999999, "一级"),
        (84.995, "一级"),
        (84.9949, "二级"),
        (60, "三级"),
        (59.99, None),
        (None, None),
    ],
)
def test_grades(total: float | None, grade: str | None) -> None:
    """Compared as shown, on two decimals, halves up."""
    found = load("cement").grade(total)
    assert (found.name.zh if found else None) == grade


def test_excluded(filled: Filled) -> None:
    guide = load("cement")
    data = filled(guide)
    fine = evaluate(data, guide)
    assert fine.grade is not None and fine.grade.name.en == "level II"
    assert fine.exclusions == ()
    data["policy"]["elimination_list"] = True
    found = evaluate(data, guide)
    assert found.grade is None
    assert [c.indicator for c in found.exclusions] == ["8"]
    [finding] = said(found)
    assert finding.code == "excluded"
    assert "the value of indicator 8 “industrial policy” is 0, below 0.5: excluded by the guide" in finding.text.en


@pytest.mark.parametrize(
    ("condition", "excluded"),
    [
        ({"indicator": "3", "above": 500}, True),
        ({"indicator": "3", "above": 700}, False),
        ({"indicator": "3", "below": 100, "above": 500}, True),
        ({"indicator": "1", "measure": "score", "below": 99}, True),
        ({"indicator": "9", "measure": "value", "below": 1}, False),
    ],
)
def test_conditions(filled: Filled, condition: dict[str, Any], excluded: bool) -> None:
    guide = changed(builtin(), conditions=[{"reason_zh": "?", **condition}])
    assert bool(evaluate(filled(guide), guide).exclusions) is excluded


@pytest.mark.parametrize(
    ("said_of_it", "state"),
    [({"policy": {}}, "missing"), ({"not_applicable": {"8": "本行业指南不要求"}}, "not applicable"),
     ({"policy": {"recommended": "yes"}}, "missing")],
)  # fmt: skip
@pytest.mark.parametrize("measure", ["value", "score"])
def test_what_nobody_answered_is_not_passed(
    filled: Filled, said_of_it: dict[str, Any], state: str, measure: str
) -> None:
    """A condition fails closed: dropping the question gave a grade and a rank."""
    condition = {"indicator": "8", "measure": measure, "below": 0.5, "reason_zh": "淘汰"}
    guide = changed(builtin(), conditions=[condition], grades=[{"name_zh": "甲", "from": 0}])
    data = filled(guide)
    assert evaluate(data, guide).grade is not None
    result = evaluate({**data, **said_of_it}, guide)
    assert len(result.exclusions) == 1 and result.grade is None
    told = [f for f in said(result) if f.code == "excluded"]
    assert len(told) == 1 and state in told[0].text.en and "no grade and no rank" in told[0].text.en


def test_no_weight_hides_no_condition(filled: Filled) -> None:
    guide = changed(builtin(), conditions=[{"indicator": "8", "below": 0.5, "reason_zh": "淘汰"}])
    data = filled(guide)
    data["policy"]["elimination_list"] = True
    data["weights"] = {n.code: {"8": 0.0, "9": n.weight + 0.10}.get(n.code, n.weight) for n in guide.indicators}
    assert len(evaluate(data, guide).exclusions) == 1


def test_not_applicable_without_a_case(filled: Filled) -> None:
    guide = load("cement")
    data = filled(guide)
    data["not_applicable"] = {"7": "粉磨站"}
    assert [f.code for f in said(evaluate(data, guide))] == ["not-applicable-beside-data"]
    data["residual_energy"] = []
    assert said(evaluate(data, guide)) == ()
    data["not_applicable"] = {"6": "本行业没有"}
    data["materials"] = []
    found = evaluate(data, guide)
    assert [(f.code, f.severity) for f in said(found)] == [("not-applicable-without-case", "error")]
    assert found.total is None  # it counts as missing
    data["residual_energy"] = filled(guide)["residual_energy"]
    assert said(evaluate(data, builtin())) == ()  # no cases: the evaluator decides


def test_a_fixed_base_period(filled: Filled) -> None:
    guide = changed(builtin(), base_period=2020)
    data = filled(guide)
    [finding] = said(evaluate(data, guide))
    assert "fixes the base period 2020, got “2022”" in finding.text.en
    data["periods"]["base"] = "2020 年"
    assert said(evaluate(data, guide)) == ()


def test_another_basis_of_output_value(filled: Filled) -> None:
    guide = changed(builtin(), output_value_basis="工业增加值")
    data = filled(guide)
    [finding] = said(evaluate(data, guide))
    assert finding.text.en.startswith("the guide's output value is value added, got gross output value")
    data["output_value"]["basis"] = "工业增加值"
    assert said(evaluate(data, guide)) == ()


def test_products_by_the_guides_factor(filled: Filled) -> None:
    guide = load("cement")
    data = filled(guide)

    def of_conversions() -> list[tuple[str, str]]:
        return [(f.code, f.where) for f in evaluate(data, guide).findings if "conversion" in f.code]

    row = {"name": "外售熟料", "unit": "t", "factor": 1.3, "base": 1000, "report": 1000}
    data["products"] = [row]
    assert not of_conversions()
    data["products"] = [{**row, "factor": 1.0}, {**row, "name": "矿粉"}]
    assert of_conversions() == [
        ("product-conversion", "products[0].factor"),
        ("product-without-conversion", "products[1].factor"),
    ]


def test_the_same_words_as_the_checks_of_an_assessment() -> None:
    """The core knows them too, since it may not import the assessment."""
    assert guides.BASIS_WORDS is vars(checks)["BASIS_WORDS"]
    assert list(guides.BASIS_WORDS) == list(guides.VALUE_BASES) and guides.VALUE_BASES is VALUE_BASES


def test_rules_change_the_hash_and_no_number(filled: Filled) -> None:
    plain = builtin()
    ruled = changed(
        plain,
        grades=[{"name_zh": "一级", "from": 50}],
        conditions=[{"indicator": "8", "below": 2, "reason_zh": "?"}],
        not_applicable=[{"code": "7", "reason_zh": "?"}],
        review="2030-01-01",
    )
    assert ruled.hash != plain.hash
    one, other = (evaluate(filled(guide), guide).as_dict() for guide in (ruled, plain))
    assert {f["code"] for f in one.pop("findings")} - {f["code"] for f in other.pop("findings")} == {"excluded"}
    assert one == other
