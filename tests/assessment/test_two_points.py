"""Scores by two points and plausible ranges, as a guide states them: engine, findings, files and portfolio."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import Result, evaluate, read
from jwdt_xl.assessment.checks import findings
from jwdt_xl.authoring import build, dump, loads, new_book
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

Data = dict[str, Any]


def guide_of(**of: Data) -> Guide:
    """The built-in guide with a benchmark and range of some indicators, by code as _3."""
    data = to_dict(builtin()) | {"id": "points", "name_zh": "两点", "source_zh": "政策"}
    for node in data["nodes"]:
        node |= of.get(f"_{node['code']}", {})
    return from_dict(data)


POINTS: Data = {"benchmark": {"value": 500, "source": "指南", "limit": 2000}}


@pytest.fixture
def scored(example: Callable[[str], Data]) -> Callable[..., Result]:
    def score(guide: Guide, **own: Any) -> Result:
        data = example("cement")
        data["benchmarks"] = {code: value for code, value in data["benchmarks"].items() if code != "3"} | own.get(
            "own", {}
        )
        return evaluate(read(data, guide), guide)

    return score


def test_between_limit_and_benchmark(scored: Callable[..., Result]) -> None:
    indicator = scored(guide_of(_3=POINTS)).indicators[2]
    assert indicator.value is not None and 500 < indicator.value < 2000
    assert indicator.score == pytest.approx(100 * (indicator.value - 2000) / (500 - 2000), rel=1e-12)
    assert "2000" in indicator.derivation.en
    assert "100·(" in indicator.derivation.en


def test_an_own_benchmark_keeps_the_guides_limit(scored: Callable[..., Result]) -> None:
    guide = guide_of(_3=POINTS)
    indicator = scored(guide, own={"3": {"value": 400, "source": "?"}}).indicators[2]
    assert indicator.value is not None and indicator.score == pytest.approx(100 * (indicator.value - 2000) / -1600)
    for wrong, code in ((2000, "bad-limit"), (3000, "bad-limit")):
        with pytest.raises(Refused) as refused:
            scored(guide, own={"3": {"value": wrong, "source": "?"}})
        assert [(f.code, f.where) for f in refused.value.findings] == [(code, "benchmarks.3.value")]
    with pytest.raises(Refused, match=r"benchmarks\.3\.limit"):
        scored(guide, own={"3": {"value": 400, "limit": 1000}})


@pytest.mark.parametrize(
    ("said", "code", "where"),
    [
        ({"benchmark": {"value": 500, "limit": 500}}, "bad-limit", "nodes[4].benchmark.limit"),
        ({"benchmark": {"value": 500, "limit": -1}}, "bad-number", "nodes[4].benchmark.limit"),
        ({"benchmark": {"limit": 700}}, "bad-benchmark", "nodes[4].benchmark"),
        ({"range": [2, 1]}, "bad-range", "nodes[4].range"),
        ({"range": [1]}, "bad-range", "nodes[4].range"),
        ({"range": 5}, "bad-range", "nodes[4].range"),
        ({"range": {"low": 1}}, "bad-range", "nodes[4].range"),
        ({"range": ["a", 1]}, "not-a-number", "nodes[4].range"),
    ],
)
def test_wrong_points_refuse_the_guide(said: Data, code: str, where: str) -> None:
    data = to_dict(builtin())
    place = next(i for i, node in enumerate(data["nodes"]) if node["code"] == "3")
    data["nodes"][place] |= said
    with pytest.raises(Refused) as refused:
        from_dict(data)
    assert [(f.code, f.where) for f in refused.value.findings] == [(code, where.replace("[4]", f"[{place}]"))]


@pytest.mark.parametrize(("ends", "told"), [([0, 1e9], False), ([0, 1], True), ([1e8, 1e9], True)])
def test_a_value_outside_its_range_is_an_error(scored: Callable[..., Result], ends: list[float], told: bool) -> None:
    plain, ranged = scored(builtin()), scored(guide_of(_3={"range": ends}))
    assert [i.score for i in plain.indicators] == [i.score for i in ranged.indicators]  # a finding changes no number
    found = [(f.severity, f.where) for f in findings(ranged) if f.code == "outside-guide-range"]
    assert found == ([("error", "benchmarks.3")] if told else [])


def test_files_and_workbooks_keep_them(tmp_path: Path) -> None:
    guide = guide_of(_3=POINTS | {"range": [10, 5000]}, _4={"benchmark": {"value": 2, "source": "?", "limit": 0.5}})
    text = dump(guide)
    assert "limit = 2000" in text and "range = [10, 5000]" in text
    assert loads(text).hash == guide.hash != builtin().hash
    new_book(tmp_path / "g.xlsx", guide)
    assert build(tmp_path / "g.xlsx").hash == guide.hash
