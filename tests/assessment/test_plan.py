"""Plans: each gain is a full evaluation with that change, the smallest change for a total, and what cannot be a plan."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate, plan, read, write
from jwdt_xl.assessment.evaluate import computed
from jwdt_xl.assessment.planned import Change
from jwdt_xl.assessment.typed import numbers_of_texts
from jwdt_xl.errors import Refused

from ..workbook.random_enterprise import random_enterprise

Build = Callable[..., dict[str, Any]]


def measure(name: str, *changes: tuple[str, str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "changes": [dict(zip(("path", "field", "value"), c, strict=True)) for c in changes], **more}


BILLS = [
    {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 700, "report": 650, "source": "计量"},
    {"kind": "electricity", "origin": "grid", "unit": "MWh", "base": 1000, "report": 900, "source": "结算单"},
]
FANS = measure("风机", ("activity[1]", "report", 700), cost=50, life=10)
SCR = measure("脱硝", ("pollutants[1]", "report", 50), ("activity[1]", "report", 950), cost=200)
GREEN = measure("绿电", ("activity[1]", "origin", "direct_green"), cost=0)
FACTOR = measure("换煤", ("activity[0]", "emission_factor", 1.5))
ALL = [FANS, SCR, GREEN, FACTOR]


@pytest.fixture
def planned(plain: Build) -> Callable[..., dict[str, Any]]:
    return lambda *measures: plain(
        {"activity": copy.deepcopy(BILLS), "greenhouse": [], "plan": copy.deepcopy(list(measures))}
    )


def edited(data: dict[str, Any], *measures: dict[str, Any]) -> dict[str, Any]:
    """The file as if the measures had been carried out, edited by hand: what was burnt in the base period stays what it was."""
    data = copy.deepcopy(data)
    split: set[str] = set()
    for each in measures:
        for change in each["changes"]:
            table, _, place = change["path"].rstrip("]").partition("[")
            row = data[table][int(place)]
            if change["field"] != "report" and change["path"] not in split:
                split.add(change["path"])
                data[table].append({**row, "report": 0})
                row["base"] = 0
            row[change["field"]] = change["value"]
    return data


def test_a_gain_alone_and_in_sequence_is_a_full_evaluation(planned: Any) -> None:
    data = planned(*ALL)
    result = evaluate(data)
    for i, (each, step) in enumerate(zip(ALL, plan.steps(result), strict=True)):
        alone, so_far = evaluate(edited(data, each)), evaluate(edited(data, *ALL[: i + 1]))
        assert (step.alone, step.cumulative) == (alone.total, so_far.total)
        assert result.total != alone.total
        assert step.delta_co2e_t == alone.quantities.co2e.report - result.quantities.co2e.report
        assert step.delta_equivalents == alone.quantities.equivalents.report - result.quantities.equivalents.report


def test_a_factor_and_an_origin_change_the_report_period_alone(planned: Any) -> None:
    for each in (GREEN, FACTOR):
        result = evaluate(planned(each))
        then = computed(plan.with_changes(result.assessment, result.assessment.plan[0].changes))
        for key in ("co2e", "primary_tce", "nonfossil_tce"):
            assert then.quantities.pair(key).base == result.quantities.pair(key).base
        (step,) = plan.steps(result)
        assert step.delta_co2e_t is not None and step.delta_co2e_t < 0


def test_avoided_per_yuan_is_yearly_times_life_over_cost(planned: Any) -> None:
    fans, scr, green, factor = plan.steps(evaluate(planned(*ALL)))
    assert fans.per_cost == pytest.approx((-1000 * fans.delta_co2e_t * 10 / 50, 0.0))
    assert scr.per_cost == pytest.approx((-1000 * scr.delta_co2e_t / 200, (76 - 50) / 0.95 / 200))
    assert green.per_cost is None is factor.per_cost
    assert fans.as_dict()["per_cost"] == {"co2e_kg": fans.per_cost[0], "equivalents": 0.0}
    assert set(scr.as_dict()) == {"name", "alone", "cumulative", "delta_co2e_t", "delta_equivalents", "per_cost"}


def test_a_plan_changes_no_number_and_one_without_changes_nothing(planned: Any) -> None:
    without, with_plan = evaluate(planned()), evaluate(planned(*ALL))
    assert without.as_dict() == with_plan.as_dict()
    assert plan.steps(without) == []
    (idle,) = plan.steps(evaluate(planned(measure("无"))))
    assert (idle.alone, idle.cumulative, idle.delta_co2e_t) == (without.total, without.total, 0)


@given(st.lists(st.sampled_from(ALL), max_size=4), st.permutations(range(4)))
@settings(max_examples=30, deadline=None)
def test_there_and_back(measures: list[dict[str, Any]], order: list[int]) -> None:
    from .conftest import PLAIN

    data = {**PLAIN, "activity": BILLS, "plan": measures}
    written = write(read(data))
    assert written.get("plan", []) == measures
    assert read(written) == read(data)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("plan", {"name": "x"}, "bad-format"),
        ("plan[0]", "x", "bad-format"),
        ("plan[0].name", None, "missing-field"),
        ("plan[0].name", 5, "not-text"),
        ("plan[0].colour", 5, "unknown-field"),
        ("plan[0].changes", 5, "bad-format"),
        ("plan[0].changes[0].path", "activity[7]", "unknown-row"),
        ("plan[0].changes[0].path", "enterprise", "unknown-row"),
        ("plan[0].changes[0].path", "activity[１]", "unknown-row"),
        ("plan[0].changes[0].path", "positions[0]", "unknown-row"),
        ("plan[0].changes[0].path", "", "missing-field"),
        ("plan[0].changes[0].field", "base", "bad-choice"),
        ("plan[0].changes[0].value", None, "missing-field"),
        ("plan[0].changes[0].value", "", "missing-field"),
        ("plan[0].changes[0].value", "很多", "not-a-number"),
        ("plan[0].changes[0].value", "#N/A", None),
        ("plan[0].changes[0].value", True, "not-a-number"),
        ("plan[0].changes[0].value", -1, "negative"),
        ("plan[0].changes[0].value", float("nan"), None),
        ("plan[0].changes[0].value", 1e300, None),
        ("plan[0].cost", -1, "negative"),
        ("plan[0].life", "long", "not-a-number"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(
    planned: Any, change: Any, path: str, value: Any, code: str | None
) -> None:
    with pytest.raises(Refused) as error:
        evaluate(change(planned(FANS), {path: value}))
    (finding,) = error.value.findings
    assert finding.where.startswith("plan") and code in (None, finding.code)


def test_a_field_that_a_row_lacks_and_an_origin_that_is_none(planned: Any) -> None:
    for changes, code in (
        (("pollutants[0]", "origin", "grid"), "plan-field"),
        (("activity[1]", "origin", "moon"), "bad-choice"),
    ):
        with pytest.raises(Refused) as error:
            read(planned(measure("x", changes)))
        assert [finding.code for finding in error.value.findings] == [code]
    with pytest.raises(Refused) as error:  # a fuel cannot come from the grid: seen once it is evaluated
        plan.steps(evaluate(planned(measure("x", ("activity[0]", "origin", "grid")))))
    assert error.value.findings[0].where == "plan[0]" and "activity[0].origin" in str(error.value.findings[0].text)


def test_numbers_left_as_texts_are_numbers(planned: Any) -> None:
    told: list[Any] = []
    data = numbers_of_texts(planned(measure("x", ("activity[1]", "report", "７00"), cost="1,200")), told)
    assert data["plan"][0]["changes"][0]["value"] == 700 and data["plan"][0]["cost"] == 1200
    assert len(told) == 2
    kept = numbers_of_texts(planned(GREEN), told)
    assert kept["plan"] == [GREEN]


def test_rows_are_named_as_the_file_has_them(planned: Any) -> None:
    data = planned(FANS)
    data["activity"].insert(1, {})
    data["plan"][0]["changes"][0]["path"] = "activity[2]"
    (step,) = plan.steps(evaluate(data))
    (same,) = plan.steps(evaluate(planned(FANS)))
    assert step.alone == same.alone


def test_what_overlaps_or_does_nothing_is_told(planned: Any) -> None:
    idle = measure("同", ("activity[0]", "report", 650))
    codes = [(f.code, f.where) for f in plan.told(read(planned(FANS, SCR, idle)))]
    assert codes == [("plan-overlap", "plan[1]"), ("plan-idle", "plan[2]")]
    assert list(plan.told(read(planned(FANS, FACTOR)))) == []


def test_the_smallest_change_that_reaches_a_target(planned: Any) -> None:
    data = planned()
    result = evaluate(data)
    assert result.total is not None
    target = result.total + 1
    found = plan.answer(result, "activity[0]", target)
    assert found.needed is not None and 0 < found.needed < 650

    def total_at(amount: float) -> float:
        return evaluate(edited(data, measure("", ("activity[0]", "report", amount)))).total or 0.0

    assert found.total == total_at(found.needed) >= target
    assert total_at(found.needed * (1 + 1e-9)) < target
    steps = [650 * (1 - i / 1000) for i in range(1001)]
    first = next(amount for amount in steps if total_at(amount) >= target)
    assert first <= found.needed < first + 0.65


def test_out_of_reach_reached_already_and_upwards(planned: Any) -> None:
    data = planned()
    data["residual_energy"][0]["report"] = 5000
    result = evaluate(data)
    assert result.total is not None
    far = plan.answer(result, "pollutants[0]", 100)
    assert far.needed is None and far.total is not None and far.total >= result.total
    assert far.as_dict() == {"lever": "pollutants[0]", "needed": None, "total": far.total}
    there = plan.answer(result, "activity[0]", result.total)
    assert (there.needed, there.total) == (650, result.total)
    up = plan.answer(result, "residual_energy[0]", result.total + 0.1)
    assert up.needed is not None and 5000 < up.needed <= 10000
    for path in ("activity[5]", "enterprise", "products[0]", ""):
        with pytest.raises(Refused, match="没有可调的行"):
            plan.answer(result, path, 90)
    assert plan.levers(result.assessment)[:2] == ["activity[0]", "activity[1]"]


def test_without_a_total_there_is_no_gain(planned: Any) -> None:
    data = planned(FANS)
    data["policy"] = {}
    result = evaluate(data)
    (step,) = plan.steps(result)
    assert step.alone is None and step.cumulative is None and step.delta_co2e_t is not None
    assert plan.answer(result, "activity[0]", 50).needed is None


def test_tonnes_in_other_units(planned: Any) -> None:
    assessment = read(planned())
    said = plan.in_other_units(-6770, assessment)
    # 6770 t / 0.5306 t/MWh (national 2023) and / 1.742 t/t (19.57 GJ/t · 0.0261 tC/GJ · 0.93 · 44/12)
    grid = computed(assessment).quantities.activity[1].factor
    assert f"{6770 / grid:.0f} MWh" in said.en
    assert f"{6770 / (19.57 * 0.0261 * 0.93 * 44 / 12):.0f} t" in said.en


def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every amount that is tried is evaluated anew."""

    def total_along(start: Any, now: float, end: float, target: float, at: Any) -> Any:
        return lambda amount: (found := at(amount)) and found.total

    monkeypatch.setattr(plan, "total_along", total_along)


def _answers(result: Any, targets: list[float]) -> list[plan.Answer]:
    return [plan.answer(result, path, t) for path in plan.levers(result.assessment)[:4] for t in targets]


@given(st.integers(0, 10**6), st.sampled_from([-1.0, 0.01, 0.3, 2.0, 100.0]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_few_evaluations_find_what_many_find(seed: int, more: float) -> None:
    data = random_enterprise(seed)
    assume((result := computed(read(data))).total is not None)
    targets = [min(100.0, (result.total or 50.0) + more)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "GRID", 40)
        quick = _answers(result, targets)
        _slowly(patch)
        slow = _answers(result, targets)
    for one, other in zip(quick, slow, strict=True):
        assert (one.lever, one.now, one.needed) == (other.lever, other.now, other.needed)
        assert one.total == (None if other.total is None else pytest.approx(other.total, rel=1e-12))


@pytest.mark.parametrize(("seed", "path"), [(1354, "activity[3]"), (1369, "activity[0]")])
def test_the_last_step_is_zero_and_not_below(seed: int, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """now + (0 − now) · 50/50 is −1.4e-17 for these amounts, which no row can hold."""
    monkeypatch.setattr(plan, "GRID", 50)
    result = computed(read(random_enterprise(seed)))
    found = plan.answer(result, path, 100)
    assert (found.needed, found.best_at) == (None, 0)
    assert found.total == computed(plan.with_changes(result.assessment, [Change(path, "report", 0.0)])).total


def test_a_lever_takes_few_evaluations(planned: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    result, calls = evaluate(planned()), []

    def counted(*given: Any, **more: Any) -> Any:
        calls.append(1)
        return computed(*given, **more)

    monkeypatch.setattr(plan, "computed", counted)
    for path in plan.levers(result.assessment):
        calls.clear()
        plan.answer(result, path, 95)
        assert len(calls) < 100, path
