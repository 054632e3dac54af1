"""The total under each named alternative to a choice."""

from __future__ import annotations

import pytest

from jwdt_xl.assessment import alternatives, evaluate, read
from jwdt_xl.standard.guide.options import OPTIONS

NAMED = [(option, value) for option in OPTIONS for value in option.alternatives]


def table(data):
    return {name.en: (total, reason) for name, total, reason in alternatives(read(data))}


@pytest.mark.parametrize("name", ["cement", "dyeing", "na_and_missing"])
def test_every_named_alternative_is_there(example, name):
    """Every value of every choice but the ones in use."""
    data = example(name)
    used = {option.name: option.default for option in OPTIONS} | data.get("options", {})
    expected = [f"{o.label.en}: {o.label_of(v).en}" for o, v in NAMED if v != used[o.name]]
    assert list(table(data)) == expected


def test_the_method_names_these():
    names = {option.name: set(option.values) for option, _ in NAMED}
    assert names["synergy_basis"] == {"per_product", "total"}
    assert names["moderate_score"] == {"ratio", "distance", "cosine", "composite", "equivalent_rate"}
    assert names["gwp_set"] == {"AR2", "AR4", "AR5", "AR6"}
    assert names["organic_overlap"] == {"largest", "all"}
    assert names["equivalent_media"] == {"all", "air", "water"}


def test_totals_are_those_of_the_alternative(plain):
    """S = 2: ratio 50 marks, distance 0; 0.15 · 50 less."""
    totals = table(plain())
    whole = evaluate(plain()).total
    assert totals["score of synergy: distance"][0] == pytest.approx(whole - 7.5)
    for option, value in NAMED:
        if value != option.default and value not in ("composite", "equivalent_rate"):
            total, _ = totals[f"{option.label.en}: {option.label_of(value).en}"]
            assert total == evaluate(plain({f"options.{option.name}": value})).total


def test_an_alternative_that_cannot_be_evaluated_says_why(plain):
    """HFC-41 is blank in AR4; without water rows there is nothing in water."""
    gas = {"category": "process", "gas": "HFC-41", "unit": "kg", "base": 1, "report": 1}
    totals = table(plain({"greenhouse[2]": gas, "pollutants": plain()["pollutants"][1:]}))
    total, reason = totals["GWP set: AR4"]
    assert total is None and "AR5" in reason.en
    total, reason = totals["media counted: water"]
    assert total is None and reason.zh
    assert totals["media counted: air"][0] is not None


def test_measures_without_their_number_say_so(plain):
    totals = table(plain())
    for measure, lacking in (("composite", "rate of full marks g"), ("equivalent rate", "equivalents per t CO2e c")):
        total, reason = totals[f"score of synergy: {measure}"]
        assert total is None and lacking in reason.en and "缺选项" in reason.zh
    stated = {"options.full_rate": 0.1, "options.carbon_equivalents": 2}
    totals = table(plain(stated))
    for value in ("composite", "equivalent_rate"):
        total, reason = totals[f"score of synergy: {value.replace('_', ' ')}"]
        assert total == evaluate(plain({**stated, "options.moderate_score": value})).total and not reason.en


def test_no_total_no_alternative_total(example):
    assert all(total is None and reason.zh for total, reason in table(example("na_and_missing")).values())
