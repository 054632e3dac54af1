"""Weights from experts, survey and AHP: recomputed independently, rounded by one rule, and every refusal with its place."""

from __future__ import annotations

import copy
import json
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.guide.sentences import DERIVED, sentence, told
from jwdt_xl.standard.guide.shares import allotted

Data = dict[str, Any]

FIRST, TARGET, CONTROL, MANAGEMENT = (
    ["target", "control", "management"],
    ["1", "2", "3", "4"],
    ["5", "6", "7"],
    ["8", "9"],
)


def triangle(codes: list[str], values: list[Any]) -> dict[str, dict[str, Any]]:
    """Judgements of the upper triangle, row by row."""
    left = iter(values)
    return {one: {other: next(left) for other in codes[i + 1 :]} for i, one in enumerate(codes[:-1])}


def table_1(derivation: Data, keep: tuple[str, ...] = ()) -> Data:
    """Table 1 of the note with weights left to a derivation, except those of some parents' children."""
    data: Data = copy.deepcopy(to_dict(builtin()))
    for node in data["nodes"]:
        if node.get("parent", "") not in keep:
            del node["weight"]
    return {**data, "derivation": derivation}


def everything() -> Data:
    """Experts on all groups, AHP on two, a survey on two, one group without AHP."""
    scores = [[50, 30, 20, 9, 7, 6, 8, 8, 6, 5, 5, 5], [45, 35, 20, 8, 8, 7, 9, 9, 6, 6, 6, 4]]
    codes = [*FIRST, *TARGET, *CONTROL, *MANAGEMENT]
    return {
        "experts": [
            {"name": "甲", "weight": 2, "scores": dict(zip(codes, scores[0], strict=True))},
            {"name": "乙", "scores": dict(zip(codes, scores[1], strict=True))},
            {"name": "丙"},
        ],
        "ahp": [
            {"expert": "甲", "judgements": triangle(FIRST, [2, 3, 2])},
            {"expert": "丙", "judgements": triangle(FIRST, [2, 4, 2])},
            {"expert": "乙", "parent": "target", "judgements": triangle(TARGET, [2, 3, 1, 1, "1/2", "1/3"])},
        ],
        "survey": [
            *({"code": c, "score": s, "answers": 214, "source": "?"} for c, s in zip(FIRST, (8.1, 6.3, 4.4), strict=True)),
            *({"code": c, "score": s} for c, s in zip(MANAGEMENT, (5.2, 4.8), strict=True)),
        ],
    }  # fmt: skip


def eigenvector(codes: list[str], matrices: list[Data]) -> list[float]:
    """By numpy, of the geometric mean."""
    full = []
    for judgements in matrices:
        matrix = np.ones((len(codes), len(codes)))
        for one, line in judgements.items():
            for other, value in line.items():
                i, j = codes.index(one), codes.index(other)
                matrix[i, j] = float(Fraction(str(value)))
                matrix[j, i] = 1 / matrix[i, j]
        full.append(matrix)
    mean = np.exp(np.mean(np.log(full), axis=0))
    values, vectors = np.linalg.eig(mean)
    vector = vectors[:, values.real.argmax()].real
    return list(vector / vector.sum())


def independently(derivation: Data) -> dict[str, float]:
    """The weights as the method says them, without the package."""
    alpha = derivation.get("alpha", 0.5)
    weights: dict[str, float] = {}
    for parent, codes in (("", FIRST), ("target", TARGET), ("control", CONTROL), ("management", MANAGEMENT)):
        rows = [(e.get("weight", 1), [e["scores"][c] for c in codes]) for e in derivation["experts"] if "scores" in e]
        mean = np.average([np.array(r) / sum(r) for _, r in rows], axis=0, weights=[w for w, _ in rows])
        results = {r["code"]: r["score"] for r in derivation["survey"]}
        if codes[0] in results and derivation.get("subjective", "mean") != "experts":
            survey = np.array([results[c] for c in codes]) / sum(results[c] for c in codes)
            mean = survey if derivation.get("subjective") == "survey" else (mean + survey) / 2
        matrices = [m["judgements"] for m in derivation["ahp"] if m.get("parent", "") == parent]
        shares = mean
        if matrices:
            objective = np.array(eigenvector(codes, matrices))
            product = mean * objective / (mean * objective).sum()
            linear = alpha * mean + (1 - alpha) * objective
            shares = product if derivation.get("method") == "multiplicative" else linear
        for code, share in zip(codes, shares, strict=True):
            weights[code] = float(share) * (weights[parent] if parent else 1)
    return weights


@pytest.mark.parametrize(
    "how",
    [{}, {"alpha": 0}, {"alpha": 1}, {"alpha": 0.3}, {"method": "multiplicative"}, {"subjective": "experts"}],
    ids=str,
)
def test_the_weights_are_what_the_method_says(how: Data) -> None:
    derivation = everything() | how
    guide = from_dict(table_1(derivation))
    expected = independently(derivation)
    assert {node.code: node.weight for node in guide.nodes} == pytest.approx(expected, rel=1e-11, abs=2e-12)
    # within the tolerance of 12 decimals children sum to their parent, far within 1e-9
    for parent, codes in (("target", TARGET), ("control", CONTROL), ("management", MANAGEMENT)):
        assert math.fsum(guide.by_code[c].weight for c in codes) == pytest.approx(
            guide.by_code[parent].weight, abs=1e-15
        )
    assert math.fsum(guide.by_code[c].weight for c in FIRST) == pytest.approx(1, abs=1e-15)


def test_survey_alone_where_there_is_one() -> None:
    derivation = everything() | {"subjective": "survey"}
    for expert in derivation["experts"]:
        expert["scores"] = {c: v for c, v in expert.get("scores", {}).items() if c in FIRST}
    derivation |= {"ahp": [], "survey": derivation["survey"] + [{"code": c, "score": 1} for c in (*TARGET, *CONTROL)]}
    guide = from_dict(table_1(derivation))
    assert [share.combined for share in guide.derived["management"].shares] == pytest.approx([0.52, 0.48])
    first = guide.derived[""].shares[0]
    assert (first.combined, first.weight) == pytest.approx((8.1 / 18.8, 8.1 / 18.8))
    assert first.experts == pytest.approx((2 * 0.5 + 0.45) / 3)  # told all the same
    assert guide.by_code["target"].weight_source == DERIVED + "问卷 survey 214"


def test_a_group_without_derivation_keeps_its_weight_and_source() -> None:
    data = table_1({"survey": everything()["survey"][3:]}, ("", "target", "control"))
    data["nodes"][1]["weight_source"] = "会议"
    guide = from_dict(data)
    assert guide.by_code["1"].weight == 0.15 and guide.by_code["1"].weight_source == "会议"
    assert guide.by_code["8"].weight == pytest.approx(0.2 * 0.52)
    assert guide.by_code["8"].weight_source == DERIVED + "问卷 survey ?"
    assert set(guide.derived) == {"management"}


def test_given_weights_below_a_derived_one_that_no_longer_sum() -> None:
    data = table_1({"survey": everything()["survey"][:3]}, ("target", "control", "management"))
    with pytest.raises(Refused) as caught:
        from_dict(data)
    target = next(finding for finding in caught.value.findings if finding.where == "nodes[0].weight")
    weight = 8.1 / 18.8
    shares = "、".join(f"{share * weight:.10g}" for share in (0.3, 0.2, 0.2, 0.3))
    assert target.text.zh == (
        f"“目标协同”的下级权重之和为 0.5，须等于 {weight:.10g} — 上级的权重由推导得出：请也推导这一组，或填写保持原比例的 {shares}"
    )
    for code, share in zip(TARGET, shares.split("、"), strict=True):  # which is what then passes
        next(node for node in data["nodes"] if node["code"] == code)["weight"] = float(share)
    with pytest.raises(Refused) as caught:
        from_dict(data)
    assert "nodes[0].weight" not in {finding.where for finding in caught.value.findings}


def test_an_only_child_follows_its_derived_parent() -> None:
    leaf = {"attribute": "positive", "formula": "entered"}
    nodes = [
        {"code": "a"},
        {"code": "a1", "parent": "a"},
        {"code": "a11", "parent": "a1", **leaf},
        {"code": "b", **leaf},
    ]
    data = {"format": "jwdt-guide/1", "id": "x", "nodes": [{"name_zh": f"项 {n['code']}", **n} for n in nodes]}
    guide = from_dict({**data, "derivation": {"survey": [{"code": "a", "score": 3}, {"code": "b", "score": 1}]}})
    assert [node.weight for node in guide.nodes] == [0.75, 0.75, 0.75, 0.25]
    assert "唯一下级" in guide.by_code["a11"].weight_source


def test_a_sentence_tells_every_number() -> None:
    guide = from_dict(table_1(everything()))
    assert guide.derivation is not None
    group = guide.derived[""]
    told = sentence(group, group.shares[0], guide.derivation)
    experts, survey = (2 * 0.5 + 0.45) / 3, 8.1 / 18.8
    objective = eigenvector(FIRST, [m["judgements"] for m in everything()["ahp"][:2]])[0]
    mean = (experts + survey) / 2
    share = (mean + objective) / 2
    assert told.zh == (
        f"专家 {experts:.4f}（2 人，W 1.0000）；问卷 {survey:.4f}（214 份）；主观 {mean:.4f}；客观 {objective:.4f}（AHP 2 个矩阵，"
        f"CR {group.ahp.cr:.4f}）；α 0.5 组合 {share:.4f}；{share:.4f} × 1.0000 = {share:.4f}"
    )
    assert told.en.startswith(f"experts {experts:.4f} (2, W 1.0000); survey {survey:.4f} (214 answers); subjective")
    assert (
        guide.by_code["target"].weight_source
        == f"{DERIVED}专家 experts 2 (W 1.00), 问卷 survey 214, AHP 2 (CR 0.002), α 0.5"
    )
    last = guide.derived["management"]
    assert sentence(last, last.shares[1], guide.derivation).en.endswith(f"rounded to {guide.by_code['9'].weight:.4f}")


# Rounding: one rule


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).filter(any), st.integers(2, 12), st.integers(1, 100))
def test_parts_sum_exactly_and_none_is_off_by_a_unit(parts: list[float], decimals: int, percent: int) -> None:
    whole = percent / 100
    shares = [part / math.fsum(parts) for part in parts]
    found = allotted(whole, shares, decimals)
    units = [Fraction(str(value)) * 10**decimals for value in found]
    assert all(unit.denominator == 1 for unit in units)  # no more decimals than asked for
    assert sum(units) == Fraction(percent, 100) * 10**decimals
    for value, share in zip(found, shares, strict=True):
        assert abs(value - share * whole) < 10**-decimals * (1 + 1e-3) + 1e-15


def test_largest_remainders() -> None:
    assert allotted(1, [0.335, 0.335, 0.33], 2) == (0.34, 0.33, 0.33)
    assert allotted(1, [1 / 3] * 3, 2) == (0.34, 0.33, 0.33)  # the first among equals
    assert allotted(1, [0.145, 0.855], 2) == (0.15, 0.85)
    assert allotted(0.5, [1 / 3] * 3, 12) == (0.166666666667, 0.166666666667, 0.166666666666)
    guide = from_dict(table_1(everything() | {"decimals": 3}))
    assert all(node.weight == round(node.weight, 3) for node in guide.nodes)
    with pytest.raises(
        Refused, match=r"derivation.decimals: the weight of “target synergy” is 0.125, more than 2 decimals"
    ):
        data = table_1({"experts": [{"name": "甲", "scores": dict.fromkeys(TARGET, 1)}], "decimals": 2},
                       ("", "control", "management"))  # fmt: skip
        data["nodes"][0]["weight"] = 0.125
        from_dict(data)


# Written weights against their derivation


def test_written_weights_must_be_the_derived_ones() -> None:
    guide = from_dict(table_1(everything()))
    data = to_dict(guide)
    assert all("weight" in node for node in data["nodes"])
    near = copy.deepcopy(data)
    near["nodes"][1]["weight"] += 9e-10
    again = from_dict(near)
    assert again.hash == guide.hash  # what is kept is the derived weight itself
    data["nodes"][1]["weight"] = 0.2
    with pytest.raises(Refused) as caught:
        from_dict(data)
    [finding] = caught.value.findings
    assert finding.where == "nodes[1].weight"
    weight = guide.by_code["1"].weight
    assert finding.text.zh.startswith(f"“减污降碳协同度”的权重写为 0.2，按推导为 {weight} — 请删去所写的权重")
    assert f"is written as 0.2, by its derivation it is {weight}" in finding.text.en


def test_a_source_of_ones_own_stays_and_a_made_one_is_made_anew() -> None:
    data = to_dict(from_dict(table_1(everything())))
    data["nodes"][0]["weight_source"] = DERIVED + "专家 experts 99"
    data["nodes"][1]["weight_source"] = "会议纪要"
    guide = from_dict(data)
    assert "99" not in guide.by_code["target"].weight_source
    assert guide.by_code["1"].weight_source == "会议纪要"


def test_a_guide_without_derivation_is_what_it_was() -> None:
    assert builtin().derivation is None and builtin().derived == {}
    assert "derivation" not in to_dict(builtin())


def test_a_weight_left_open_without_derivation_is_still_an_error() -> None:
    with pytest.raises(Refused, match=r"^nodes\[1\].weight: no weight: .* — state it"):
        from_dict(table_1({"survey": everything()["survey"][3:]}, ("", "control")))


# There and back


def _turned(judgement: Any) -> Any:
    turned = 1 / Fraction(str(judgement))
    return int(turned) if turned.denominator == 1 else str(turned)


def arranged(derivation: Data) -> Data:
    """The same said in another order, with the other triangle."""
    turned = copy.deepcopy(derivation)
    turned["ahp"].reverse()
    turned["survey"].reverse()
    for matrix in turned["ahp"]:
        matrix["judgements"] = {
            other: {one: _turned(line[other]) for one, line in matrix["judgements"].items() if other in line}
            for other in {code for line in matrix["judgements"].values() for code in line}
        }
    for expert in turned["experts"]:
        expert["scores"] = dict(reversed(expert.get("scores", {}).items()))
    return turned


def test_one_hash_however_it_is_arranged() -> None:
    guide = from_dict(table_1(everything()))
    assert from_dict(table_1(arranged(everything()))).hash == guide.hash
    both = everything()
    both["ahp"][0]["judgements"] = {
        "target": {"control": 2, "management": 3},
        "control": {"management": 2, "target": 0.5},
    }
    assert from_dict(table_1(both)).hash == guide.hash
    other = everything()
    other["experts"][0]["scores"]["1"] += 1
    assert from_dict(table_1(other)).hash != guide.hash


codes = st.sampled_from([FIRST, TARGET, CONTROL, MANAGEMENT])
SAATY = [*(1 / k for k in range(9, 1, -1)), *map(float, range(1, 10))]


@st.composite
def derivations(draw: st.DrawFn) -> Data:
    """Experts, near-consistent matrices and survey results on any of the groups of table 1."""
    groups = {"": FIRST, "target": TARGET, "control": CONTROL, "management": MANAGEMENT}
    names = draw(st.lists(st.text("甲乙丙丁abc", min_size=1, max_size=3), min_size=1, max_size=4, unique=True))
    experts, matrices, survey = [], [], []
    score = st.floats(0.1, 100)
    for name in names:
        scored = [c for siblings in groups.values() if draw(st.booleans()) for c in siblings]
        experts.append({"name": name, "weight": draw(st.floats(0.1, 5)), "scores": {c: draw(score) for c in scored}})
        for parent, siblings in groups.items():
            if draw(st.booleans()):
                weights = [draw(st.floats(0.4, 1)) for _ in siblings]
                pairs = {a: {b: wa / wb for b, wb in zip(siblings[i + 1 :], weights[i + 1 :], strict=True)}
                         for i, (a, wa) in enumerate(zip(siblings[:-1], weights[:-1], strict=True))}  # fmt: skip
                matrices.append({"expert": name, "parent": parent, "judgements": pairs})
    for siblings in groups.values():
        if draw(st.booleans()):
            survey += [{"code": c, "score": draw(score), "answers": 100} for c in siblings]
    how = {"alpha": draw(st.floats(0, 1)), "method": draw(st.sampled_from(["linear", "multiplicative"]))}
    return {"experts": experts, "ahp": matrices, "survey": survey, **how, "decimals": draw(st.integers(4, 12))}


@given(derivations())
def test_derived_guides_in_general(derivation: Data) -> None:
    said = {c for e in derivation["experts"] for c in e["scores"]} | {s["code"] for s in derivation["survey"]}
    said |= {
        c
        for m in derivation["ahp"]
        for c in {"": FIRST, "target": TARGET, "control": CONTROL, "management": MANAGEMENT}[m["parent"]]
    }
    data = table_1(derivation, ("", "target", "control", "management"))
    for node in data["nodes"]:
        node["weight"] = builtin().by_code[node["code"]].weight
        if node["code"] in said or said & set(FIRST):
            del node["weight"]
    if said & set(FIRST):  # then every group below must be derived too, for round weights no longer sum
        left = [c for c in (*TARGET, *CONTROL, *MANAGEMENT) if c not in said]
        derivation["survey"] += [{"code": c, "score": 1, "answers": 1} for c in left]
    guide = from_dict(data)
    for parent, group in guide.derived.items():
        whole = guide.by_code[parent].weight if parent else 1
        assert abs(math.fsum(share.weight for share in group.shares) - whole) <= 1e-9
        assert math.fsum(share.combined for share in group.shares) == pytest.approx(1)
    again = from_dict(json.loads(json.dumps(to_dict(guide))))
    assert again.hash == guide.hash and to_dict(again) == to_dict(guide)


# Refusals


def _set(path: str, value: Any) -> Any:
    """A change of one part of everything()."""

    def change(derivation: Data) -> None:
        *outer, last = [int(p) if (p.isdigit() and not p.startswith("0")) or p == "0" else p for p in path.split("/")]
        place: Any = derivation
        for key in outer:
            place = place[key]
        if value is KeyError:
            del place[last]
        else:
            place[last] = value

    return change


def _score(code: str, value: Any) -> Any:
    def change(derivation: Data) -> None:
        scores = derivation["experts"][0]["scores"]
        if value is KeyError:
            del scores[code]
        else:
            scores[code] = value

    return change


NOT_CONSISTENT = triangle(FIRST, [9, "1/9", 9])
REFUSED: dict[str, tuple[Any, str, str]] = {
    "unknown field": (_set("apha", 1), "derivation.apha", "unknown field"),
    "method": (_set("method", "mean"), "derivation.method", "must be linear | multiplicative, got “mean”"),
    "subjective": (_set("subjective", "all"), "derivation.subjective", "must be mean | experts | survey"),
    "alpha": (_set("alpha", 1.5), "derivation.alpha", "alpha must be 0–1, got 1.5"),
    "decimals": (_set("decimals", 2.5), "derivation.decimals", "must be a whole number 2–12, got 2.5"),
    "an expert twice": (_set("experts/1/name", "甲"), "derivation.experts[1].name", "a name (or sign) of its own, got “甲”"),
    "a nameless expert": (_set("experts/2/name", ""), "derivation.experts[2].name", "needs a name"),
    "weight of an expert": (_set("experts/0/weight", -1), "derivation.experts[0].weight", "must be at least 0"),
    "unknown code": (_score("10", 1), "derivation.experts[0].scores.10", "the index tree has no code “10”"),
    "a sibling not scored": (_score("3", KeyError), "derivation.experts[0].scores.3", "expert “甲” has no score for “carbon emissions per unit product”: score all of its siblings, or none"),
    "a negative score": (_score("3", -1), "derivation.experts[0].scores.3", "must be at least 0 and below 1E9, got -1"),
    "unknown expert": (_set("ahp/0/expert", "丁"), "derivation.ahp[0].expert", "“丁” is not among the experts"),
    "two matrices of one expert": (_set("ahp/1/expert", "甲"), "derivation.ahp[1].parent", "expert “甲” has two matrices on one group"),
    "unknown group": (_set("ahp/2/parent", "goal"), "derivation.ahp[2].parent", "no siblings to compare under “goal”"),
    "a leaf has no siblings below": (_set("ahp/2/parent", "1"), "derivation.ahp[2].parent", "no siblings to compare under “1”"),
    "a judgement on others": (_set("ahp/0/judgements/target", {"8": 1}), "derivation.ahp[0].judgements.target.8", "“8” is not among these siblings"),
    "a missing pair": (_set("ahp/0/judgements/control", {}), "derivation.ahp[0].judgements.control.management", "the judgement of “control synergy” against “management synergy” is missing"),
    "0.33 against 3": (_set("ahp/0/judgements/management", {"target": 0.33}), "derivation.ahp[0].judgements.target.management", "the judgement of “target synergy” against “management synergy” is 3 and the judgement of “management synergy” against “target synergy” is 0.33, not reciprocal: fill one triangle only, or type =1/3"),
    "itself": (_set("ahp/0/judgements/management", {"management": 2}), "derivation.ahp[0].judgements.management.management", "against itself it must be 1, got 2"),
    "beyond the scale": (_set("ahp/0/judgements/target", {"control": 45992, "management": 3}), "derivation.ahp[0].judgements.target.control", "must be between 1/9 and 9, got 45992 — a third is typed =1/3"),
    "zero": (_set("ahp/0/judgements/target", {"control": 0, "management": 3}), "derivation.ahp[0].judgements.target.control", "must be between 1/9 and 9, got 0"),
    "inconsistent": (_set("ahp/1/judgements", NOT_CONSISTENT), "derivation.ahp[1].judgements.target.control", "judgements of expert “丙” under “first levels”: CR is 6.13, must be below 0.10"),
    "survey of an unknown code": (_set("survey/0/code", "aim"), "derivation.survey[0].code", "no code “aim”"),
    "survey of a node twice": (_set("survey/1/code", "target"), "derivation.survey[1].code", "is there twice"),
    "a score below 0": (_set("survey/1/score", -2), "derivation.survey[1].score", "must be at least 0"),
    "a node without survey score": (_set("survey/4/code", "1"), "derivation.survey[3]", "no survey score for “energy-saving and emission-reduction management”: all siblings need one"),
    "answers": (_set("survey/0/answers", "many"), "derivation.survey[0].answers", "must be a number, got “many”"),
    "no such subjective": (_set("subjective", "survey"), "derivation.subjective", "subjective is by survey results, but there are none under “target synergy”"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "where", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_with_its_place(change: Any, where: str, message: str) -> None:
    derivation = everything()
    change(derivation)
    with pytest.raises(Refused) as caught:
        from_dict(table_1(derivation))
    assert (found := [f for f in caught.value.findings if f.where == where]), caught.value.findings
    assert message in found[0].text.en
    assert found[0].text.zh != found[0].text.en


def test_the_worst_judgement_is_named_and_what_would_be_consistent() -> None:
    derivation = everything()
    derivation["ahp"][1]["judgements"] = NOT_CONSISTENT
    with pytest.raises(Refused) as caught:
        from_dict(table_1(derivation))
    [finding] = caught.value.findings
    assert (
        "最不一致的判断：“目标协同”对“控制协同”为 9，与其余判断一致时约为 1 — 三个判断偏离相同，三者中任一都可能有误"
        in finding.text.zh
    )
    assert "“target synergy” against “control synergy” is 9" in finding.text.en


def test_a_group_can_only_be_more_consistent_than_its_worst_member() -> None:
    """The CR of the geometric mean is refused like any other, though members that pass make one that passes."""
    derivation = everything()
    guide = from_dict(table_1(derivation))
    group = guide.derived[""]
    assert group.ahp is not None
    assert group.ahp.cr <= max(result.cr for _, result in group.matrices)


@pytest.mark.parametrize("value", ["", "abc", "#N/A", "３", None, True, float("nan"), float("inf"), [], {}])
@pytest.mark.parametrize(
    "path", ["experts/0/weight", "ahp/0/judgements/target/control", "survey/0/score", "survey/0/answers"]
)
def test_what_is_no_number(path: str, value: Any) -> None:
    derivation = everything()
    _set(path, value)(derivation)
    with pytest.raises(Refused) as caught:
        from_dict(table_1(derivation))
    [finding] = caught.value.findings
    where = "derivation." + path.replace("/0/", "[0].").replace("/", ".")
    assert finding.where == where and "must be a number" in finding.text.en


@pytest.mark.parametrize("part", ["experts", "ahp", "survey"])
@pytest.mark.parametrize("value", ["text", 3, {"a": 1}, [3], ["x"]])
def test_parts_of_another_kind(part: str, value: Any) -> None:
    with pytest.raises(Refused, match=r"derivation\." + part):
        from_dict(table_1({**everything(), part: value}))
    with pytest.raises(Refused, match="derivation"):
        from_dict(table_1([]))  # type: ignore[arg-type]


def siblings(count: int) -> Data:
    leaf = {"attribute": "positive", "formula": "entered"}
    nodes = [{"code": f"i{k}", "name_zh": f"项 {k}", **leaf} for k in range(count)]
    pairs = triangle([f"i{k}" for k in range(count)], [1] * (count * (count - 1) // 2))
    ahp = [{"expert": "甲", "judgements": pairs}]
    return {
        "format": "jwdt-guide/1",
        "id": "n",
        "nodes": nodes,
        "derivation": {"experts": [{"name": "甲"}], "ahp": ahp},
    }


@pytest.mark.parametrize("count", [2, 3, 10])
def test_sizes_that_work(count: int) -> None:
    guide = from_dict(siblings(count))
    assert [node.weight for node in guide.nodes] == pytest.approx([1 / count] * count, abs=2e-12)


@pytest.mark.parametrize(
    ("count", "message"), [(1, "there are no siblings to compare"), (11, "at most 10 items, got 11: compare in levels")]
)
def test_sizes_that_do_not(count: int, message: str) -> None:
    with pytest.raises(Refused, match=rf"derivation.ahp\[0\].parent: .*{message}"):
        from_dict(siblings(count))


def test_ten_items_too_inconsistent() -> None:
    data = siblings(10)
    judgements = data["derivation"]["ahp"][0]["judgements"]
    judgements["i0"]["i1"] = judgements["i1"]["i2"] = judgements["i2"]["i7"] = 9
    judgements["i7"]["i9"] = "1/9"
    with pytest.raises(Refused, match=r"CR is 0\.1886.*“项 0” against “项 1” is 9, consistent .* about 1\.22"):
        from_dict(data)


@pytest.mark.parametrize(
    ("share", "above", "weight", "ending"),
    [
        (0.4984, 1.0, 0.499, "0.4984 × 1.0000，取整为 0.4990"),  # the largest remainder, on 3 decimals
        (0.4984, 1.0, 0.4984, "0.4984 × 1.0000 = 0.4984"),
        (0.2833, 0.5403, 0.15307, "0.2833 × 0.5403 = 0.1531"),
        (1 / 3, 0.3, 0.1, "0.3333 × 0.3000 = 0.1000"),
        (0.0, 0.5, 0.0, "0.0000 × 0.5000 = 0.0000"),
        (1 / 3, 1.0, 0.34, "0.3333 × 1.0000，取整为 0.3400"),
    ],
)
def test_printed_factors_multiply_to_what_stands_behind_the_sign(
    share: float, above: float, weight: float, ending: str
) -> None:
    text = told((None, 0, None), (None, None), None, (None, None, None, "ahp"), ("linear", 0.5, share), (above, weight))
    assert text.zh.endswith(ending)
