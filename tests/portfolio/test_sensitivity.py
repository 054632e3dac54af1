"""Sensitivity: every vectorised move against the engine's evaluation with that weight, benchmark or option."""

from __future__ import annotations

import copy
import json
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jwdt_xl.assessment import Result, evaluate, read
from jwdt_xl.authoring import load
from jwdt_xl.messages import speaking
from jwdt_xl.opening.refusals import refused
from jwdt_xl.portfolio.analysis.kendall import kendall
from jwdt_xl.portfolio.analysis.sensitivity import (  # fmt: skip
    BENCHMARK,
    GROUP,
    HELD,
    OPTION,
    PERIOD,
    WEIGHT,
    Move,
    Sample,
    analyse,
    outcome,
    sample,
)
from jwdt_xl.portfolio.book.sensitivity import accounting, document, verdict
from jwdt_xl.portfolio.collection.reading import Reading, refusal
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.guide.openness import ALL
from jwdt_xl.standard.scoring import MODERATE, QUALITATIVE, ranks

from .returns import uscc

Data = dict[str, Any]


def enterprises(golden: Path, guide: Guide, count: int, seed: int = 5) -> list[Data]:
    """Enterprises around the cement example: some with own weights, benchmarks and options, some not applicable."""
    rng = random.Random(seed)
    base = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    leaves = guide.indicators
    found = []
    for place in range(count):
        data = copy.deepcopy(base)
        data["enterprise"] = {"name": f"E{place}"}
        for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
            for row in data.get(table, []):
                for period in ("base", "report"):
                    if isinstance(row.get(period), (int, float)):
                        row[period] *= rng.uniform(0.6, 1.2)
        data["policy"]["recommended"] = rng.choice(["yes", "partly", "no"])
        data["entered"] = {
            n.code: rng.uniform(0, 1)
            if n.attribute == QUALITATIVE
            else rng.uniform(0.5, 1.5) * (n.benchmark.value if n.benchmark else 100)  # far off it would be held back
            for n in leaves
            if n.formula == "entered"
        }
        data["benchmarks"] = {
            n.code: {"value": rng.uniform(5, 50), "source": "own", "year": 2023}
            for n in leaves
            if n.attribute not in (MODERATE, QUALITATIVE) and (n.benchmark is None or place % 4 == 1)
        }
        if place % 3 == 0:
            group = guide.first_level(leaves[-1])
            members = [n for n in leaves if guide.first_level(n) == group]
            data["not_applicable"] = {members[-1].code: "本行业没有"} if len(members) > 1 else {}
        if place % 5 == 2:
            weights = [rng.choice([0.0, 1.0, 2.0]) + 0.1 for _ in leaves]
            data["weights"] = {n.code: w / math.fsum(weights) for n, w in zip(leaves, weights, strict=True)}
        data["options"] = rng.choice(
            [{}, {"score_cap": 1.3}, {"moderate_score": "distance"}, {"synergy_basis": "total"}]
        )
        found.append(data)
    return found


def guide_of(name: str) -> Guide:
    """Without conditions that exclude, so that everybody is ranked, and with everything open to choose."""
    if not name:
        return builtin()
    return from_dict({k: v for k, v in to_dict(load(name)).items() if k != "conditions"} | {"open": list(ALL)})


def evaluated(data: Data, guide: Guide) -> Result:
    """With a reviewer who lets not applicable what is declared so."""
    return evaluate(read(data, guide), guide, approved=tuple(data.get("not_applicable", ())))


def sampled(golden: Path, guide: Guide, count: int = 9) -> Sample:
    readings = []
    for place, data in enumerate(enterprises(golden, guide, count)):
        result = evaluated(data, guide)
        readings.append((f"{place}.json", Reading(f"{place}.json", result, result.findings)))
    found = sample(readings, guide)
    assert not found.left_out
    return found


def moved_alone(guide: Guide, result: Result, move: Move, step: float, by: float) -> float | None:
    """The total by the engine, with the moved weight or benchmark typed into the assessment."""
    assessment = result.assessment
    if move.kind == OPTION:
        name, _, value = move.code.partition("=")
        return evaluate(replace(assessment, options={**assessment.options, name: value}), guide).total
    if move.kind == BENCHMARK:
        benchmark = next(i.benchmark for i in result.indicators if i.node.code == move.code)
        if benchmark is None:
            return result.total
        other = benchmark._replace(value=benchmark.value * (1 + move.direction * by))
        return evaluate(replace(assessment, benchmarks={**assessment.benchmarks, move.code: other}), guide).total
    weights = {n.code: assessment.weights.get(n.code, n.weight) for n in guide.indicators}
    inside = {n.code for n in guide.indicators if any(node.code == move.code for node in guide.path(n))}
    part = math.fsum(weights[code] for code in inside)
    rest = 1 - part
    target = min(1.0, part * (1 + move.direction * step))
    moved = {c: w * target / part if c in inside else w * (1 - target) / rest for c, w in weights.items()}
    return evaluate(replace(assessment, weights=moved), guide).total


@pytest.mark.parametrize("name", ["", "cement", "four-levels"])
@pytest.mark.parametrize("step, by", [(0.2, 0.2), (0.5, 0.1)])
def test_every_move_is_what_the_engine_says(golden: Path, name: str, step: float, by: float) -> None:
    guide = guide_of(name)
    found = analyse(sampled(golden, guide), step, by)
    results = found.sample.results
    assert found.totals == pytest.approx([result.total for result in results])
    kinds = {move.kind for move in (o.move for o in found.outcomes)}
    assert kinds == {WEIGHT, GROUP, BENCHMARK, OPTION}
    for o in found.outcomes:
        expected = [moved_alone(guide, result, o.move, step, by) for result in results]
        assert o.totals.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9), o.move
        assert o.ranks.tolist() == ranks(expected), o.move
        before = ranks([result.total for result in results])
        differences = [abs(a - b) for a, b in zip(o.ranks.tolist(), before, strict=True)]  # type: ignore[operator]
        assert (o.changed, o.farthest) == (sum(d > 0 for d in differences), max(differences))
        assert o.mean_move == pytest.approx(sum(differences) / len(differences))
        if o.farthest:
            assert differences[o.who] == o.farthest
        changes = [e - r.total for e, r in zip(expected, results, strict=True)]  # type: ignore[operator]
        assert o.mean_change == pytest.approx(math.fsum(changes) / len(changes), abs=1e-9)
        assert o.first == tuple(i for i, rank in enumerate(o.ranks) if rank == 1)
    leaves = len(guide.indicators)
    count = {kind: sum(o.move.kind == kind for o in found.outcomes) for kind in kinds}
    assert count[WEIGHT] == 2 * leaves
    assert count[GROUP] == 2 * (len(guide.nodes) - leaves)
    assert count[BENCHMARK] == 2 * sum(n.attribute not in (MODERATE, QUALITATIVE) for n in guide.indicators)


def test_an_alternative_under_which_nobody_has_a_total_is_named_with_its_reason(golden: Path) -> None:
    """A guide has to state what the measures of size need: a change of 0.00 would be a wrong number."""
    found = analyse(sampled(golden, builtin(), 2))
    codes = {o.move.code for o in found.outcomes if o.move.kind == OPTION}
    assert "moderate_score=cosine" in codes and "moderate_score=composite" not in codes
    names = [name.en for name, _ in found.undefined]
    assert any("composite" in name for name in names) and all(reason.en for _, reason in found.undefined)
    assert [each["name"] for each in document(found)["not_computed"]] == [str(name) for name, _ in found.undefined]


def test_moved_weights_still_sum_to_one_and_reach_one_at_most(golden: Path) -> None:
    from jwdt_xl.portfolio.analysis.sensitivity import _Numbers

    guide = builtin()
    numbers = _Numbers(sampled(golden, guide))
    for columns in ([0], [1, 2], list(range(8)), list(range(9))):
        for factor in (0.5, 1.2, 3.0, 100.0):
            moved = numbers.moved_weights(columns, factor)
            assert moved.sum(axis=1) == pytest.approx(1)
            assert (moved >= 0).all() and (moved[:, columns].sum(axis=1) <= 1 + 1e-12).all()


def test_which_weight_decides_by_hand(golden: Path) -> None:
    """Two enterprises that differ in two indicators of ours: only their weights can swap them."""
    guide = builtin()
    found = analyse(sampled(golden, guide, 9), 0.2)
    order = found.decisive((WEIGHT,))
    assert [code for code in (move.code for move, _ in order)].count("1") == 1
    assert len(order) == len(guide.indicators)
    assert [moved for _, moved in order] == sorted((moved for _, moved in order), reverse=True)
    best = {
        code: sum(o.mean_move for o in found.outcomes if (o.move.kind, o.move.code) == (WEIGHT, code)) / 2
        for code in (n.code for n in guide.indicators)
    }
    assert order[0][1] == pytest.approx(max(best.values()))


def test_who_loses_the_total_is_counted_and_the_others_are_compared() -> None:
    before = np.array([90.0, 80.0, 70.0, 60.0])
    after = np.array([np.nan, 75.0, 77.0, 60.0])
    o = outcome(Move(OPTION, "x=y", builtin().name), after, before, np.array([1, 2, 3, 4]))
    assert (o.lost, o.changed, o.farthest) == (1, 2, 1)
    assert o.ranks.tolist() == [0, 2, 1, 3]
    assert o.first == (2,)
    assert o.tau == pytest.approx(1 / 3)
    nobody = outcome(Move(OPTION, "x=y", builtin().name), before * np.nan, before, np.array([1, 2, 3, 4]))
    assert (nobody.lost, nobody.changed, nobody.mean_change) == (4, 0, 0.0) and math.isnan(nobody.tau)


def test_kendall_against_counting_every_pair() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        n = int(rng.integers(0, 14))
        a, b = rng.integers(1, 7, n), rng.integers(1, 7, n)
        signs = [int(np.sign(a[i] - a[j]) * np.sign(b[i] - b[j])) for i in range(n) for j in range(i)]
        ties = [sum(x[i] == x[j] for i in range(n) for j in range(i)) for x in (a, b)]
        possible = (len(signs) - ties[0]) * (len(signs) - ties[1])
        found = kendall(a, b)
        if possible <= 0:
            assert math.isnan(found)
        else:
            assert found == pytest.approx(sum(signs) / math.sqrt(possible), abs=1e-12)
    assert kendall(np.arange(1000), np.arange(1000)) == 1
    assert kendall(np.arange(1000), np.arange(1000)[::-1]) == -1


def test_who_is_left_out_and_why(golden: Path) -> None:
    guide = builtin()
    one, two, three, four = enterprises(golden, guide, 4)
    for data in (one, two):
        data["enterprise"]["uscc"] = uscc(1)
    three["materials"] = []
    readings: list[tuple[str, Reading]] = []
    for name, data in (("a", one), ("b", two), ("c", three), ("d", four)):
        result = evaluated(data, guide)
        readings.append((name, Reading(name, result, result.findings)))
    readings.append(("e", refusal("e", refused("e", "damaged", "坏", "broken"))))
    found = sample(readings, guide)
    assert (len(found.results), found.files) == (2, 5)
    assert [(left.file, left.reason.en) for left in found.left_out] == [
        ("b", "the same enterprise and period as a"),
        ("c", "something is missing, so there is no total and no rank"),
        ("e", "broken"),
    ]


def test_who_is_held_back_and_other_periods_are_in_no_figure_and_counted_apart(golden: Path) -> None:
    """With and without them every figure of every move is the same; a reviewer's list says why they are out."""
    guide = builtin()
    good = enterprises(golden, guide, 6)
    for place, data in enumerate(good):
        data["enterprise"]["uscc"] = uscc(place + 1)
        data.pop("not_applicable", None)
    slip, declared, earlier = copy.deepcopy(good[0]), copy.deepcopy(good[1]), copy.deepcopy(good[2])
    slip["enterprise"] |= {"uscc": uscc(11), "name": "倒置"}
    slip["periods"] = {"base": "2025", "report": "2024"}  # the base year after the report year
    declared["enterprise"] |= {"uscc": uscc(12), "name": "未评审"}
    declared["residual_energy"] = []
    declared["not_applicable"] = {"7": "没有余能可以回收利用"}
    earlier["periods"] = {"base": "2021", "report": "2022"}

    def read_in(listed: list[Data]) -> list[tuple[str, Reading]]:
        found = []
        for place, data in enumerate(listed):
            result = evaluate(read(data, guide), guide)
            found.append((f"f{place}", Reading(f"f{place}", result, result.findings)))
        return found

    alone, crowded = sample(read_in(good), guide), sample(read_in([*good, slip, declared, earlier]), guide)
    assert [(left.file, left.kind) for left in crowded.left_out] == [("f6", HELD), ("f7", HELD), ("f8", PERIOD)]
    assert "base-after-report" in crowded.left_out[0].reason.en
    assert "not-applicable-unreviewed" in crowded.left_out[1].reason.en
    assert "the same enterprise has a return of" in crowded.left_out[2].reason.en
    found, wanted = analyse(crowded), analyse(alone)
    assert len(found.outcomes) == len(wanted.outcomes) > 40
    for one, other in zip(found.outcomes, wanted.outcomes, strict=True):
        assert np.array_equal(one.totals, other.totals, equal_nan=True) and np.array_equal(one.ranks, other.ranks)
        assert (one.changed, one.mean_move, one.first) == (other.changed, other.mean_move, other.first)
    with speaking("en"):
        said = str(accounting(found))
    assert said == "9 files read = 6 ranked + 2 held back for review + 1 of another period + 0 left out otherwise"
    assert [each["kind"] for each in document(found)["left_out"]] == [HELD, HELD, PERIOD]
    asked = sample(read_in([*good, earlier]), guide, period="2022年")
    assert len(asked.results) == 1 and {left.kind for left in asked.left_out} == {PERIOD}


def test_who_the_guide_excludes_is_left_out(golden: Path) -> None:
    guide = load("four-levels")
    readings = []
    for place, data in enumerate(enterprises(golden, guide, 9)):
        result = evaluated(data, guide)
        readings.append((str(place), Reading(str(place), result, ())))
    found = sample(readings, guide)
    excluded = [name for name, reading in readings if reading.result and reading.result.exclusions]
    assert [left.file for left in found.left_out] == excluded != []
    assert found.files == 9


def test_one_enterprise_alone_has_totals_and_no_ranks_to_compare(golden: Path) -> None:
    found = analyse(sampled(golden, builtin(), 1))
    assert all(o.changed == 0 and math.isnan(o.tau) for o in found.outcomes)
    assert any(o.mean_change for o in found.outcomes)


def test_where_all_come_to_share_a_rank_the_verdict_names_no_tau(golden: Path) -> None:
    """A lower benchmark lets everybody reach full marks: then there is no order left to compare."""
    base = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    readings = []
    for place in range(3):
        data = copy.deepcopy(base)
        data["enterprise"] = {"name": f"E{place}"}
        data["output_value"]["report"] *= 1 + place / 50
        readings.append((str(place), Reading(str(place), evaluate(read(data)), ())))
    found = analyse(sample(readings, builtin()))
    [line] = [str(line) for line in verdict(found) if "基准值" in str(line)]
    assert "碳生产率" in line and "τ 最低 –" in line


def test_a_guide_of_one_indicator_has_no_weight_to_move(golden: Path) -> None:
    node = {
        "code": "only", "weight": 1.0, "name_zh": "项", "attribute": "positive", "formula": "entered",
        "benchmark": {"value": 100, "source": "?"},
    }  # fmt: skip
    data = {"format": "jwdt-guide/1", "id": "one", "version": "1", "name_zh": "一", "source_zh": "?", "nodes": [node]}
    guide = from_dict(data, strict=True)
    found = analyse(sampled(golden, guide, 3))
    for o in found.outcomes:
        if o.move.kind == WEIGHT:
            assert o.totals == pytest.approx(found.totals) and o.changed == 0


def test_same_names_get_a_number(golden: Path) -> None:
    result = evaluated(enterprises(golden, builtin(), 1)[0], builtin())
    found = sample([(f, Reading(f, result, ())) for f in ("a", "b")], builtin())
    assert found.names == ("E0", "E0 (2)")
