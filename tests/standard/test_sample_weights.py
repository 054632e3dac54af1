"""Entropy and CRITIC inside a derivation: against numpy, a published case, by hand, and every refusal with its place."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError, Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.guide.objective import critic_weights, entropy_weights
from jwdt_xl.standard.guide.sentences import sentence
from jwdt_xl.standard.scoring import NEGATIVE, POSITIVE

Data = dict[str, Any]
CONTROL = ["5", "6", "7"]
SHA = "0123456789abcdef" * 4


def table_1(**derivation: Any) -> Data:
    """Table 1, whose control group gets its weights by a derivation; the others keep theirs."""
    data: Data = copy.deepcopy(to_dict(builtin()))
    for node in data["nodes"]:
        if node["code"] in CONTROL:
            del node["weight"]
    return {**data, "derivation": derivation}


def sampled(kind: str, shares: list[float], codes: list[str] = CONTROL) -> list[Data]:
    return [
        {"code": code, kind: share, "sampled": 24, "source": "2025", "sha256": SHA}
        for code, share in zip(codes, shares, strict=True)
    ]


def weights(guide: Guide) -> list[float]:
    return [guide.by_code[code].weight for code in CONTROL]


def test_as_published() -> None:
    """The example of Diakoulaki, Mavrotas and Papayannakis (1995), Computers & Operations Research 22(7) 763-770: three
    ratios of eight companies, more is better; the weights as scikit-criteria prints them, and 0.20, 0.48, 0.32 in the paper.
    """
    rows = [[61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65], [5.4, 2.77, 2.33], [4, 4.12, 1.21],
            [-6.1, 3.52, 2.10], [-34.6, 3.31, 0.98]]  # fmt: skip
    assert critic_weights(rows, [POSITIVE] * 3) == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=5e-9)


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.sampled_from(["linear", "multiplicative"]))
def test_combined_with_experts_as_numpy_does(seed: int, alpha: float, method: str) -> None:
    """The shares of a random sample, written anew with numpy, combined with those of two experts."""
    chance = np.random.default_rng(seed)
    values = chance.lognormal(size=(12, 3)) * [1, 1e3, 1e-3] - 0.2
    low, high = values.min(axis=0), values.max(axis=0)
    signs = np.array([1, -1, -1])
    z = np.where(signs > 0, (values - low) / (high - low), (high - values) / (high - low))
    p = z / z.sum(axis=0)
    parts = {
        "entropy": 1 + np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=0) / np.log(12),
        "critic": z.std(axis=0, ddof=1) * (1 - np.corrcoef(z.T)).sum(axis=1),
    }
    scores = chance.uniform(1, 9, size=(2, 3))
    ours = (scores / scores.sum(axis=1, keepdims=True)).mean(axis=0)
    experts = [
        {"name": str(i), "scores": dict(zip(CONTROL, map(float, row), strict=True))} for i, row in enumerate(scores)
    ]
    directions = [POSITIVE if sign > 0 else NEGATIVE for sign in signs]
    for kind, compute in (("entropy", entropy_weights), ("critic", critic_weights)):
        theirs = parts[kind] / parts[kind].sum()
        found = compute(values.tolist(), directions)
        assert found == pytest.approx(theirs, abs=1e-9)
        product = ours * theirs / (ours * theirs).sum()
        expected = alpha * ours + (1 - alpha) * theirs if method == "linear" else product
        data = table_1(objective=kind, alpha=alpha, method=method, experts=experts, sample=sampled(kind, list(found)))
        assert weights(from_dict(data)) == pytest.approx(0.3 * expected, abs=1e-9)


def test_only_where_it_is_chosen_and_only_groups_with_a_sample() -> None:
    """AHP is the note's and stays where nothing else is said; a group without a sample keeps AHP."""
    judged = {"expert": "甲", "parent": "control", "judgements": {"5": {"6": 1, "7": 1}, "6": {"7": 1}}}
    other = {"expert": "甲", "parent": "management", "judgements": {"8": {"9": 3}}}
    both = {"experts": [{"name": "甲"}], "ahp": [judged, other], "sample": sampled("entropy", [0.5, 0.3, 0.2])}
    data = table_1(**both)
    for node in data["nodes"]:
        if node["code"] in ("8", "9"):
            del node["weight"]
    by_ahp = from_dict(data)
    assert weights(by_ahp) == pytest.approx([0.1] * 3) and by_ahp.derived["control"].objective == "ahp"
    chosen = from_dict({**data, "derivation": {**both, "objective": "entropy"}})
    assert weights(chosen) == pytest.approx([0.15, 0.09, 0.06])
    assert [chosen.derived[parent].objective for parent in ("control", "management")] == ["entropy", "ahp"]
    assert chosen.by_code["8"].weight == pytest.approx(0.15)
    assert chosen.by_code["5"].weight_source == "推导 derived: 熵权 entropy n 24"
    assert chosen.by_code["8"].weight_source == "推导 derived: AHP 1 (CR 0.000)"
    group = chosen.derived["control"]
    assert chosen.derivation is not None
    told = sentence(group, group.shares[0], chosen.derivation)
    assert told == ("客观 0.5000（熵权，样本 24）；0.5000 × 0.3000 = 0.1500",
                    "objective 0.5000 (entropy weights, sample of 24); 0.5000 × 0.3000 = 0.1500")  # fmt: skip


def test_a_sample_that_nothing_uses_derives_nothing() -> None:
    data = {**copy.deepcopy(to_dict(builtin())), "derivation": {"sample": sampled("critic", [0.5, 0.3, 0.2])}}
    guide = from_dict(data)
    assert guide.derived == {} and weights(guide) == weights(builtin())
    assert to_dict(guide)["derivation"]["sample"] == data["derivation"]["sample"]


def test_its_digest_is_part_of_the_fingerprint_and_what_is_not_said_changes_none() -> None:
    data = table_1(objective="critic", sample=sampled("critic", [0.5, 0.3, 0.2]))
    guide = from_dict(data)
    assert from_dict(to_dict(guide)).hash == guide.hash
    data["derivation"]["sample"].reverse()
    assert from_dict(data).hash == guide.hash
    data["derivation"]["sample"][0]["sha256"] = "f" * 64
    assert from_dict(data).hash != guide.hash
    experts = {"experts": [{"name": "甲", "scores": dict.fromkeys(CONTROL, 1)}]}
    assert from_dict(table_1(**experts)).hash == from_dict(table_1(**experts, objective="ahp", sample=[])).hash


REFUSED: dict[str, tuple[Data, str, str]] = {
    "a sibling without": (
        {"objective": "entropy", "sample": sampled("entropy", [0.5, 0.5], ["5", "6"])},
        "derivation.sample[0].entropy", "objective is by entropy, but the sample gives none for “recovered residual energy",
    ),
    "the other method only": (
        {"objective": "critic", "sample": sampled("entropy", [0.5, 0.3, 0.2])}, "derivation.sample[0].critic", "gives none for",
    ),
    "all 0": (
        {"objective": "entropy", "sample": sampled("entropy", [0, 0, 0])}, "derivation.sample[0].entropy", "are all 0",
    ),
    "no such code": (
        {"sample": sampled("entropy", [1], ["99"])}, "derivation.sample[0].code", "no code “99”",
    ),
    "twice": (
        {"sample": sampled("entropy", [1, 1], ["5", "5"])}, "derivation.sample[1].code", "is there twice",
    ),
    "no such method": ({"objective": "gini", "sample": []}, "derivation.objective", "must be ahp"),
    "no digest": (
        {"sample": [{"code": "5", "entropy": 1, "sha256": "1234"}]}, "derivation.sample[0].sha256", "64 hexadecimal digits",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("derivation", "where", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_with_its_place(derivation: Data, where: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        from_dict(table_1(**derivation))
    found = {finding.where: finding.text for finding in caught.value.findings}
    assert message in found[where].en


@pytest.mark.parametrize("field", ["entropy", "critic", "sampled"])
@pytest.mark.parametrize("value", ["", "abc", "#N/A", "３", "0.3", True, float("nan"), float("inf"), -1, 1e300, [], {}])
def test_what_is_no_number(field: str, value: Any) -> None:
    entry = {**sampled("entropy", [0.5], ["5"])[0], field: value}
    with pytest.raises(Refused) as caught:
        from_dict(table_1(sample=[entry]))
    assert f"derivation.sample[0].{field}" in {finding.where for finding in caught.value.findings}


@pytest.mark.parametrize(
    ("columns", "compute", "message"),
    [
        (([2, 2, 2], [5, 5, 5]), entropy_weights, "no column tells the rows apart"),
        (([2, 2, 2], [5, 5, 5]), critic_weights, "no column tells the rows apart"),
        (([0.1 + 0.2, 0.3, 0.3], [5, 5, 5]), entropy_weights, "no column tells the rows apart"),
        (([1, 2, 4], [10, 20, 40]), critic_weights, "the columns go wholly along"),
        (([0.1, 0.2, 0.7], [0.3, 0.6, 2.1]), critic_weights, "the columns go wholly along"),
        (([1, 2], [1, 3]), entropy_weights, "at least 3 complete rows, got 2"),
        (([1], [1]), critic_weights, "at least 3 complete rows, got 1"),
        (([1, 2, float("nan")], [1, 2, 3]), entropy_weights, "every value must be a number"),
    ],
)
def test_what_gives_no_weights(columns: Any, compute: Any, message: str) -> None:
    rows = [list(row) for row in zip(*columns, strict=True)]
    with pytest.raises(JwdtError, match=message):
        compute(rows, [POSITIVE] * len(columns))


def test_a_constant_weighs_nothing_and_negative_values_as_any() -> None:
    rows = [[0.1 + 0.2, -5, 1], [0.3, -1, 7], [0.3, 3, 2], [0.3, 10, 4]]
    for compute in (entropy_weights, critic_weights):
        found = compute(rows, [POSITIVE] * 3)
        assert found[0] == 0
        moved = [[a, b + 100, c] for a, b, c in rows]
        assert compute(moved, [POSITIVE] * 3) == pytest.approx(found, abs=1e-12)
