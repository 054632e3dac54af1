"""What a guide is said to leave to enterprises, in every combination, against what evaluation does."""

from __future__ import annotations

import itertools

import pytest

from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.guide.allowed import allowed, what_is_open, without_benchmark
from jwdt_xl.standard.guide.openness import ALL

OPEN: list[list[str] | None] = [None, [], ["not_applicable"], ["benchmarks"], ["score_cap", "weights"], [*ALL]]


@pytest.mark.parametrize("opened", OPEN, ids=str)
@pytest.mark.parametrize(("stated", "cases"), list(itertools.product(("all", "some", "none"), (True, False))))
def test_each_sentence_promises_what_evaluation_does(opened: list[str] | None, stated: str, cases: bool) -> None:
    data = to_dict(builtin())
    data.pop("open")
    data |= {} if opened is None else {"open": opened}
    for node in data["nodes"]:
        wanted = node.get("attribute") in ("positive", "negative")
        if wanted and (stated == "all" or (stated == "some" and node["code"] == "2")):
            node["benchmark"] = {"value": 3.0, "unit": node["unit_zh"], "source": "政策"}
    data["not_applicable"] = [{"code": "7", "reason_zh": "无余能"}] if cases else []
    guide = from_dict(data)
    said = {name: text.zh for name, text in allowed(guide).items()}
    taken = [guide.takes_not_applicable(node) for node in guide.leaves]
    excused = said["not_applicable"]
    assert ("可声明" in excused and "不可" not in excused) == all(taken)
    assert ("只限" in excused) == (any(taken) and not all(taken))
    assert ("不可声明" in excused) == (not any(taken))
    assert ("所列情形" in excused) == cases
    assert bool(without_benchmark(guide)) == ("由企业填写" in said["benchmarks"]) == (stated != "all")
    free = [node.benchmark is not None and guide.opens_benchmark(node) for node in guide.leaves]
    assert ("可自选" in said["benchmarks"]) == any(free)
    assert ("可自选" in said["weights"]) == guide.opens_weights == ("有约束力" not in said["weights"])
    is_said = what_is_open(guide).zh
    assert ("不适用" in is_said or is_said == "全部") == ("not_applicable" in (opened or ()))
    assert is_said.startswith("未写明") == (opened is None)
    assert is_said.startswith("无") == (opened == [])


def test_nothing_open_and_no_case_means_that_nothing_may_be_declared() -> None:
    data = to_dict(builtin()) | {"open": []}
    assert not any(from_dict(data).takes_not_applicable(node) for node in builtin().leaves)
