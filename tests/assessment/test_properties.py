"""What holds for every assessment: order and units do not matter, and a blank never helps."""

from __future__ import annotations

import copy
import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import alternatives, evaluate, read, write
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.measures import lacking, measure_in_force

#: Whole numbers, as on a bill; zero among them.
AMOUNT = st.one_of(st.integers(0, 1000000), st.integers(1, 1000), st.integers(1, 1000))
POLLUTANTS = (
    ("water", "COD"), ("water", "BOD5"), ("water", "TOC"), ("water", "氨氮"), ("water", "总铬"), ("air", "二氧化硫"),
    ("air", "氮氧化物"), ("air", "烟尘"),
)  # fmt: skip
WASTE_WATER = (("pH", (0.5, 4.0, 5.5, 7.0, 9.4, 13.5), None), ("色度", (30, 80), 50), ("大肠菌群", (100, 700), 500))
FUELS = (("原煤", "t"), ("柴油", "t"), ("油田天然气", "m3"), ("热力", "GJ"))
ORIGINS = ("grid", "own_renewable", "direct_green", "traded_green", "certificate")
CATEGORIES = ("fuel", "process", "purchased_electricity", "purchased_heat", "exported_heat", "recovered")
UNITS = {"kg": ("t", 1000), "t": ("万t", 10000), "kWh": ("MWh", 1000), "GJ": ("kJ", 1e-6), "m3": ("万m3", 10000)}


def row(**fields):
    return st.fixed_dictionaries({"base": AMOUNT, "report": AMOUNT, **fields})


def rows(strategy, most=4):
    return st.lists(strategy, min_size=1, max_size=most)


def pollutant():
    plain = st.sampled_from(POLLUTANTS).flatmap(
        lambda p: row(medium=st.just(p[0]), pollutant=st.just(p[1]), unit=st.just("kg"))
    )
    classed = st.sampled_from(WASTE_WATER).flatmap(
        lambda p: row(
            medium=st.just("water"),
            pollutant=st.just(p[0]),
            unit=st.just("t wastewater"),
            parameter=st.sampled_from(p[1]),
            limit=st.just(p[2]),
        )
    )
    return st.one_of(plain, plain, classed)


def energy():
    fuel = st.sampled_from(FUELS).flatmap(lambda f: row(energy=st.just(f[0]), unit=st.just(f[1])))
    proof = st.sampled_from(["", "绿证编号"])
    power = row(energy=st.just("电力"), unit=st.just("kWh"), origin=st.sampled_from(ORIGINS), evidence=proof)
    return st.one_of(fuel, power)


GRADE = st.sampled_from([True, False, None])
FULL = st.fixed_dictionaries(
    {
        "format": st.just("jwdt-assessment/1"),
        "periods": st.just({"base": "2022", "report": "2023"}),
        "product": st.fixed_dictionaries({"output": row()}),
        "output_value": row(),
        "pollutants": rows(pollutant(), 6),
        "greenhouse": rows(row(category=st.sampled_from(CATEGORIES), gas=st.sampled_from(["CO2", "CH4"]), unit=st.just("t"))),
        "energy": rows(energy()),
        "materials": rows(row(material=st.just("石灰石"), unit=st.just("t"))),
        "residual_energy": rows(row(kind=st.just("余热"), unit=st.just("kWh"))),
        "policy": st.fixed_dictionaries({"recommended": st.sampled_from(["yes", "partly", "no", None]), "elimination_list": GRADE}),
        "management": st.fixed_dictionaries({"established": GRADE, "effective": GRADE}),
        "benchmarks": st.fixed_dictionaries({str(n): st.integers(1, 100000) for n in range(2, 8)}),
        "not_applicable": st.sampled_from([{}, {}, {"7": "本行业没有"}, {"1": "首年", "6": "本行业没有"}]),
        "options": st.fixed_dictionaries(
            {}, optional={option.name: st.sampled_from(option.values) for option in OPTIONS if option.choices}
        ),
    }
)  # fmt: skip
TABLES = ("pollutants", "greenhouse", "energy", "materials", "residual_energy")


def filled(data):
    """The places of tables, amounts, answers and benchmarks that are filled."""
    cells = ("base", "report", "parameter", "limit")
    places = [(table, i, c) for table in TABLES for i, entry in enumerate(data[table]) for c in entry if c in cells]
    places += [(s, name) for s in ("policy", "management", "output_value", "benchmarks") for name in data[s]]
    places += [("product", "output", period) for period in ("base", "report")]
    places += [(table,) for table in TABLES]
    return [place for place in places if at(data, place) not in (None, [])]


def at(data, place):
    for key in place:
        data = data[key]
    return data


def blank(data, place):
    at(data, place[:-1])[place[-1]] = [] if len(place) == 1 else None


@st.composite
def assessments(draw):
    """Whole assessments, and such with up to three blanks."""
    data = copy.deepcopy(draw(FULL))
    for _ in range(draw(st.sampled_from([0, 0, 1, 3]))):
        blank(data, draw(st.sampled_from(filled(data))))
    return data


ASSESSMENTS = assessments()
calm = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def numbers(data):
    result = evaluate(data).as_dict()
    return {key: value for key, value in result.items() if key not in ("findings", "ok")}


@calm
@given(ASSESSMENTS, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(data, random):
    """Not even in the last digit: sums are exact."""
    other = copy.deepcopy(data)
    for table in TABLES:
        random.shuffle(other[table])
    assert numbers(other) == numbers(data)


RECORDED = (
    ("air", "VOCs", "t"), ("air", "非甲烷总烃", "kg"), ("water", "总氮", "kg"), ("air", "臭气浓度", "dimensionless"), ("water", "某物", "g"),
)  # fmt: skip


@calm
@given(ASSESSMENTS, st.sampled_from(RECORDED), st.none() | AMOUNT, st.none() | AMOUNT)
def test_what_is_recorded_changes_no_number(data, recorded, base, report):
    """Known or declared, in whichever medium, with both amounts or without; it stands in the result."""
    medium, name, unit = recorded
    other = copy.deepcopy(data)
    other["pollutants"].append({"medium": medium, "pollutant": name, "unit": unit, "base": base, "report": report})
    if name == "某物":
        other["own_equivalents"] = [{"medium": medium, "pollutant": name, "unit": "kg"}]
    result = evaluate(other)
    assert {**numbers(other), "recorded": []} == numbers(data)
    assert [r["medium"] for r in result.as_dict()["recorded"]] == [medium]
    assert [f.where for f in result.findings if f.code == "recorded-not-counted"] == [
        f"pollutants[{len(data['pollutants'])}].pollutant"
    ]


@calm
@given(ASSESSMENTS, st.randoms(use_true_random=False))
def test_units_do_not_matter(data, random):
    other = copy.deepcopy(data)
    for table in TABLES:
        for entry in other[table]:
            if entry["unit"] in UNITS and random.random() < 0.7:
                entry["unit"], factor = UNITS[entry["unit"]]
                for period in ("base", "report"):
                    entry[period] = None if entry[period] is None else entry[period] / factor
    value = other["output_value"]
    value["unit"] = "元"
    for period in ("base", "report"):
        value[period] = None if value[period] is None else value[period] * 10000
    one, two = evaluate(data), evaluate(other)
    assert one.as_dict()["synergy_case"] == two.as_dict()["synergy_case"]
    rates = one.synergy and [abs(r) for r in one.synergy[:2]]
    loose = max(1e-9, 1e-14 / min(rates)) if rates and all(rates) else 1e-9
    for i, j in zip(one.indicators, two.indicators, strict=True):
        assert i.state == j.state
        rel = loose if i.node.formula == "synergy" else 1e-9
        for x, y in ((i.value, j.value), (i.score, j.score)):
            assert x is y is None or x == pytest.approx(y, rel=rel, abs=1e-10)
    assert one.coverage == two.coverage
    assert one.score_so_far == pytest.approx(two.score_so_far, rel=loose, abs=1e-10)


@calm
@given(ASSESSMENTS, st.data())
def test_a_missing_value_never_raises_the_score_so_far(data, draw):
    other = copy.deepcopy(data)
    blank(other, draw.draw(st.sampled_from(filled(data))))
    before, after = evaluate(data), evaluate(other)
    # Which of COD, BOD5 and TOC counts is decided over both periods: a blank in one may change it in the other.
    assume(before.quantities.overlaps_not_counted == after.quantities.overlaps_not_counted)
    assert after.score_so_far <= before.score_so_far
    assert after.coverage <= before.coverage


@calm
@given(ASSESSMENTS)
def test_bounds(data):
    result = evaluate(data)
    assert 0 <= result.coverage <= 1
    assert (result.total is None) == (result.coverage < 1)
    assert 0 <= result.score_so_far <= 100
    for indicator in result.indicators:
        assert indicator.score is None or 0 <= indicator.score <= 100
        assert indicator.value is None or math.isfinite(indicator.value)
        assert (indicator.reason is None) == (indicator.state == "value")
        assert indicator.weight >= 0 and (indicator.weight == 0) == (indicator.state == "not_applicable")
    for group in result.first_levels:
        assert group.score is None or 0 <= group.score <= 100
    assert math.fsum(i.weight for i in result.indicators) == pytest.approx(1)


@calm
@given(ASSESSMENTS)
def test_no_marks_for_synergy_unless_both_fall(data):
    result = evaluate(data)
    first = result.indicators[0]
    both_fall = result.synergy is not None and result.synergy.pollutants > 0 and result.synergy.carbon > 0
    if first.state == "value" and not both_fall:
        assert first.value is None
        if lacking(result.options):  # a measure that needs a number which nobody stated scores nothing at all
            assert first.score is None
        else:
            assert first.score == 0 or measure_in_force(result.options).everywhere
    assert (first.value is not None) <= both_fall


@calm
@given(ASSESSMENTS)
def test_round_trip(data):
    assessment = read(data)
    assert read(write(assessment)) == assessment
    assert evaluate(assessment).as_dict() == evaluate(data).as_dict()


@settings(calm, max_examples=25)
@given(ASSESSMENTS)
def test_alternatives_are_whole(data):
    options = {option.name: option.default for option in OPTIONS} | data["options"]
    named = {(o.label, o.label_of(v)) for o in OPTIONS for v in o.alternatives if v != options[o.name]}
    found = alternatives(read(data))
    assert {name.en for name, _, _ in found} == {f"{label.en}: {value.en}" for label, value in named}
    assert all((total is None) == bool(reason.en) for _, total, reason in found)
