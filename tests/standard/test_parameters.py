"""The parameters of formulas in guides: read, written, refused where they say nothing or the same twice."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import Refused
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.quantities import Parameters

Data = dict[str, Any]
#: The indicators of the built-in guide by formula, of which a test makes two.
CODES = {node.formula: node.code for node in builtin().indicators}


def twice(formula: str, /, *parameters: Data, **more: Any) -> Data:
    """The built-in guide with the indicator of a formula shared among several with these parameters."""
    data = copy.deepcopy(to_dict(builtin()))
    place = next(i for i, node in enumerate(data["nodes"]) if node.get("formula") == formula)
    node = data["nodes"].pop(place)
    for i, one_of in enumerate(parameters):
        weight = node["weight"] / len(parameters)
        one = {**node, "code": f"{node['code']}_{i}", "weight": weight, **more}
        data["nodes"].insert(place + i, {**one, "parameters": one_of} if one_of else one)
    return data


def refused(data: Data) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as error:
        from_dict(data)
    return [(finding.where.partition(".")[2], finding.text.en) for finding in error.value.findings]


WATER, AIR = {"medium": "water"}, {"medium": "air"}


def test_water_and_air() -> None:
    guide = from_dict(twice("equivalent_intensity", WATER, AIR))
    water, air = (guide.by_code[f"2_{i}"] for i in (0, 1))
    assert (water.parameters, air.parameters) == (Parameters("water"), Parameters("air"))
    assert (water.needs, air.needs) == (("equivalents_of_2_0", "output"), ("equivalents_of_2_1", "output"))
    assert [part.name.en for part in guide.parts.values()] == [
        "pollutant equivalents counted (water)", "pollutant equivalents counted (air)",
    ]  # fmt: skip
    assert list(guide.quantities)[-2:] == ["equivalents_of_2_0", "equivalents_of_2_1"]


def test_a_guide_without_parameters_keeps_its_hash() -> None:
    data = to_dict(builtin())
    assert not any("parameters" in node for node in data["nodes"])
    assert from_dict({**data, "nodes": [{**node, "parameters": {}} for node in data["nodes"]]}).hash == builtin().hash
    hashes = {from_dict(twice("equivalent_intensity", one, AIR)).hash for one in (WATER, {"pollutants": ["COD"]})}
    assert len(hashes) == 2


ONE_FORMULA = "have the same formula with the same parameters and would count one value twice"


@pytest.mark.parametrize(
    ("formula", "one", "other"),
    [
        ("equivalent_intensity", {}, {}),
        ("equivalent_intensity", WATER, WATER),
        ("equivalent_intensity", {"pollutants": ["COD", "氨氮"]}, {"pollutants": ["氨氮", "化学需氧量"]}),
        ("equivalent_intensity", {"pollutants": ["COD"]}, {"medium": "water", "pollutants": ["COD"]}),
        ("material_intensity", {"materials": ["Lime"]}, {"materials": ["ＬＩＭＥ"]}),
        ("nonfossil_share", {"energies": ["原煤"]}, {"energies": ["Raw coal"]}),
        ("carbon_intensity", {}, {}),
        ("synergy", {}, {}),
    ],
)
def test_the_same_twice(formula: str, one: Data, other: Data) -> None:
    [(where, text)] = refused(twice(formula, one, other))
    assert where == "formula" and ONE_FORMULA in text
    assert ("tell them apart" in text) == (formula not in ("carbon_intensity", "synergy"))


@pytest.mark.parametrize("formula", ["policy", "management"])
def test_answers_may_be_graded_twice(formula: str) -> None:
    from_dict(twice(formula, {}, {}))
    entered = twice(formula, {}, {}, formula="entered")
    assert len(from_dict(entered).indicators) == 10


@pytest.mark.parametrize(
    ("formula", "parameters", "where", "message"),
    [
        ("carbon_intensity", WATER, "parameters.medium", "formula carbon_intensity takes no medium; it takes: –"),
        ("synergy", WATER, "parameters.medium", "formula synergy takes no medium"),
        ("policy", {"materials": ["x"]}, "parameters.materials", "formula policy takes no materials"),
        ("material_intensity", AIR, "parameters.medium", "takes no medium; it takes: materials"),
        ("equivalent_intensity", {"medium": "soil"}, "parameters.medium", "the medium must be water | air, got “soil”"),
        ("equivalent_intensity", {"pollutants": ["CODx"]}, "parameters.pollutants", "is not in Annex B"),
        ("equivalent_intensity", {"pollutants": ["颗粒物"]}, "parameters.pollutants", "choose: "),
        ("equivalent_intensity", {"medium": "air", "pollutants": ["COD"]}, "parameters.pollutants", "not in the air table"),
        ("equivalent_intensity", {"pollutants": ["COD", "BOD5"]}, "parameters.pollutants", "overlap: one indicator can name one"),
        ("equivalent_intensity", {"pollutants": ["氨氮", "NH3-N"]}, "parameters", "one thing stands under two names"),
        ("equivalent_intensity", {"pollutants": "COD"}, "parameters.pollutants", "must be a JSON array"),
        ("equivalent_intensity", {"colour": "red"}, "parameters.colour", "unknown field"),
        ("nonfossil_share", {"energies": ["月光"]}, "parameters.energies", "is not in the table of GB/T 2589"),
        ("material_intensity", {"materials": ["石灰石", "石灰石 "]}, "parameters.materials", "stands twice"),
        ("material_intensity", {"materials": [""]}, "parameters.materials", "a name is blank"),
        ("material_intensity", {"materials": ["x" * 61]}, "parameters.materials", "at most 60 characters"),
        ("material_intensity", {"materials": [str(i) for i in range(21)]}, "parameters.materials", "at most 20 names"),
    ],
)  # fmt: skip
def test_refused(formula: str, parameters: Data, where: str, message: str) -> None:
    [found] = refused(twice(formula, parameters))
    assert found[0] == where and message in found[1]


def test_a_group_takes_none() -> None:
    data = to_dict(builtin())
    data["nodes"][0] = {**data["nodes"][0], "parameters": WATER}
    [(where, text)] = refused(data)
    assert where == "parameters" and "go with the formula of an indicator" in text


@pytest.mark.parametrize(
    ("formula", "attribute", "message"),
    [
        ("carbon_intensity", "positive", "the attribute of formula carbon_intensity must be negative, got positive"),
        ("carbon_productivity", "negative", "the attribute of formula carbon_productivity must be positive, got negative"),
        ("carbon_productivity", "qualitative", "the qualitative attribute goes with"),
        ("policy", "positive", "the qualitative attribute goes with"),
        ("synergy", "positive", "the moderate attribute goes with formula synergy only"),
        ("nonfossil_share", "moderate", "the moderate attribute goes with formula synergy only"),
    ],
)  # fmt: skip
def test_an_attribute_against_the_direction(formula: str, attribute: str, message: str) -> None:
    [(where, text)] = refused(twice(formula, {}, attribute=attribute))
    assert where == "attribute" and message in text


#: Every pollutant that has names of its own alone, with these.
NAMES = {
    pollutant: alone
    for pollutant, names in eq.named_pollutants()
    if (alone := [name for name in names if eq._index().find(name) == [pollutant]])
    and not pollutant.overlap
    and pollutant.kind != eq.RECORDED
}
POLLUTANTS = st.lists(st.sampled_from(list(NAMES)), unique=True, min_size=1, max_size=6)


@given(POLLUTANTS, POLLUTANTS, st.randoms(use_true_random=False))
def test_two_are_the_same_exactly_if_they_name_the_same(
    one: list[eq.Pollutant], other: list[eq.Pollutant], chance: random.Random
) -> None:
    """However things are spelled and in whatever order; and a guide comes back as it was written."""

    def named(pollutants: list[eq.Pollutant]) -> Data:
        names = [chance.choice(NAMES[pollutant]) for pollutant in pollutants]
        return {"pollutants": chance.sample(names, len(names))}

    data = twice("equivalent_intensity", named(one), named(other))
    if set(one) == set(other):
        assert ONE_FORMULA in refused(data)[0][1]
    else:
        guide = from_dict(data)
        again = from_dict(to_dict(guide))
        assert again.nodes == guide.nodes and again.hash == guide.hash
