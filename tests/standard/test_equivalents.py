"""Pollutant equivalents: the law's table row by row, published examples, and the rules of pH, colour and exceedance."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError, Missing
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard.names import fold, split, table
from jwdt_xl.standard.own_values import own_pollutant

GOLDEN = Path(__file__).parents[1] / "golden"
LAW = list(csv.DictReader((GOLDEN / "annex_b.csv").read_text(encoding="utf-8").splitlines()))
PUBLISHED = [
    pytest.param(example["medium"], item, id=f"{example['id']}-{item['name_zh']}")
    for example in json.loads((GOLDEN / "equivalents_published.json").read_text(encoding="utf-8"))["examples"]
    for item in example["items"]
]
ROWS = table("annex_b")
REFUSED = table("annex_b_refused")
PH, COLOUR, COLIFORMS, CHLORINE = "pH", "色度", "大肠菌群数", "余氯量"
#: Lower end, upper end and t of waste water for one equivalent; [low, high) when acid, (14 − high, 14 − low] when alkaline.
PH_CLASSES = [(0, 1, 0.06), (1, 2, 0.125), (2, 3, 0.25), (3, 4, 0.5), (4, 5, 1), (5, 6, 5)]


def is_ph(row: dict[str, str]) -> bool:
    return row["table"] == "3" and row["no"].startswith("1.")


def names_of(row: dict[str, str]) -> list[str]:
    return [row["name_zh"], row["name_en"], *split(row["aliases"])]


def item_of(row: dict[str, str]) -> tuple[str, str]:
    return (row["table"], "1" if is_ph(row) else row["no"])


def test_the_table_is_whole() -> None:
    assert len(LAW) == len(ROWS) == 123
    assert len(eq.pollutants()) == 123 - 5  # the six pH rows are one pollutant
    assert {p.item for p in eq.pollutants()} == {item_of(row) for row in LAW}


@pytest.mark.parametrize("row", LAW, ids=lambda row: f"{row['table']}.{row['no']}")
def test_every_row_of_the_law(row: dict[str, str]) -> None:
    value = float(row["equivalent_value"])
    pollutant = eq.find_pollutant(row["name_zh"], row["medium"])
    assert pollutant.item == item_of(row)
    assert pollutant.medium == row["medium"]
    assert pollutant.unit == row["unit"].replace("t water x times", "t wastewater")
    assert pollutant.source and pollutant.confidence
    if is_ph(row):
        place = int(row["no"].removeprefix("1.")) - 1
        assert eq.equivalents(pollutant, 3.0, parameter=place + 0.5) == pytest.approx(3 / value)
        assert eq.ph_classes()[place] == value
        return
    assert pollutant.value == value
    # Measured at twice the limit: exceeded once (colour), exceeded (coliforms, chlorine); the others do not look.
    assert eq.equivalents(pollutant, 3.0, parameter=2, limit=1) == pytest.approx(3 / value, rel=1e-12)


@pytest.mark.parametrize(("medium", "item"), PUBLISHED)
def test_published(medium: str, item: dict[str, object]) -> None:
    pollutant = eq.find_pollutant(str(item["name_zh"]), medium)
    amount = float(str(item["amount"])) * (1000 if item["unit"] == "t" else 1)
    # "t water x times" is already multiplied by the exceedance; the page's pH is 4.
    parameter, limit = (4.0, None) if pollutant.kind == eq.PH else (2.0, 1.0)
    assert eq.equivalents(pollutant, amount, parameter, limit) == pytest.approx(item["published_equivalents"], abs=0.01)


def test_published_colour_from_its_measured_value() -> None:
    assert eq.equivalents(eq.find_pollutant(COLOUR), 24000, 320, 80) == pytest.approx(14400)


# pH


@pytest.mark.parametrize(("low", "high", "value"), PH_CLASSES)
def test_ph_boundaries(low: float, high: float, value: float) -> None:
    below = high - 1e-9
    assert [eq.ph_value(ph) for ph in (low, below)] == [value, value]
    if high < 6:  # 5–6 has no alkaline counterpart: 8–9 carries no equivalents
        assert [eq.ph_value(ph) for ph in (14 - low, 14 - below)] == [value, value]


@pytest.mark.parametrize("ph", [6, 6.5, 7, 8, 8.5, 9])
def test_ph_without_equivalents(ph: float) -> None:
    assert eq.ph_value(ph) is None
    assert eq.equivalents(eq.find_pollutant(PH), 100, ph) == 0


@given(st.floats(0, 14))
def test_ph_classes_by_their_definition(ph: float) -> None:
    acid = [value for low, high, value in PH_CLASSES if low <= ph < high]
    alkaline = [value for low, high, value in PH_CLASSES[:-1] if 14 - high < ph <= 14 - low]
    assert [eq.ph_value(ph)] == (acid + alkaline or [None])


@pytest.mark.parametrize("ph", [-1e-9, 14 + 1e-9, -1, 15, float("nan"), float("inf")])
def test_impossible_ph(ph: float) -> None:
    with pytest.raises(JwdtError, match="pH must be from 0 to 14"):
        eq.equivalents(eq.find_pollutant(PH), 1, ph)


# Recorded, not counted

RECORDED = table("recorded")


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: row["name_zh"])
def test_what_is_recorded_has_no_equivalents(row: dict[str, str]) -> None:
    """Any of its names, in each of its media: 0 equivalents, and no value to ask for."""
    assert row["source"] and row["unit"] in ("kg", "dimensionless")
    for name in names_of(row):
        for medium in split(row["media"]):
            found = eq.find_pollutant(name, medium)
            assert (found.kind, found.name.zh, found.medium) == (eq.RECORDED, row["name_zh"], medium)
            assert eq.equivalents(found, 5.0) == 0 and not found.needs_parameter
        with pytest.raises(JwdtError, match="recorded, not counted") as caught:
            eq.find_counted(name)
        assert caught.value.code == "no-equivalent-value"


def test_one_name_stands_in_one_list() -> None:
    counted = {fold(n) for row in ROWS for n in names_of(row)} | {
        fold(n) for row in REFUSED for n in split(row["names"])
    }
    names = [name for row in RECORDED for name in dict.fromkeys(map(fold, names_of(row)))]
    assert not counted & set(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["VOC", "VOCs", "vocs", "挥发性有机物", "非甲烷总烃", "ＶＯＣｓ"])
def test_volatile_organic_compounds_are_one(name: str) -> None:
    assert eq.find_pollutant(name, eq.AIR) == eq.find_pollutant("TVOC", eq.AIR)


# Exceedance


@pytest.mark.parametrize(
    ("name", "measured", "expected"),
    [
        (COLOUR, 79, 0),
        (COLOUR, 80, 0),
        (COLOUR, 100, 1000 * 0.25 / 5),
        (COLOUR, 160, 1000 / 5),
        (COLIFORMS, 80, 0),
        (COLIFORMS, 80.001, 1000 / 3.3),
        (COLIFORMS, 1e6, 1000 / 3.3),
        (CHLORINE, 0, 0),
        (CHLORINE, 80, 0),
        (CHLORINE, 81, 1000 / 3.3),
    ],
)
def test_only_above_the_limit(name: str, measured: float, expected: float) -> None:
    assert eq.equivalents(eq.find_pollutant(name), 1000, measured, 80) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("name", [COLOUR, COLIFORMS, CHLORINE])
def test_limit_and_parameter_are_needed(name: str) -> None:
    pollutant = eq.find_pollutant(name)
    with pytest.raises(Missing, match="lacks its measured value"):
        eq.equivalents(pollutant, 1)
    with pytest.raises(Missing, match="lacks its limit"):
        eq.equivalents(pollutant, 1, 2)
    for limit in (0, -1):
        with pytest.raises(JwdtError, match="limit must be above 0"):
            eq.equivalents(pollutant, 1, 2, limit)


def test_ph_needs_its_parameter() -> None:
    with pytest.raises(Missing, match=r"pH.* lacks its measured value"):
        eq.equivalents(eq.find_pollutant(PH), 1)


# Names


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['table']}.{row['no']}")
def test_every_name_finds_its_row(row: dict[str, str]) -> None:
    for name in names_of(row):
        assert eq.find_pollutant(name, row["medium"]).item == item_of(row)
        assert eq.find_pollutant(f" {name.upper()} ", row["medium"]).item == item_of(row)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['table']}.{row['no']}")
def test_a_name_of_both_media_needs_the_medium(row: dict[str, str]) -> None:
    other = {fold(name) for r in ROWS if r["medium"] != row["medium"] for name in names_of(r)}
    for name in names_of(row):
        if fold(name) not in other:
            assert eq.find_pollutant(name).item == item_of(row)
            continue
        with pytest.raises(JwdtError, match=r"ambiguous, give medium.*\(water\).*\(air\)"):
            eq.find_pollutant(name)


def test_names_known_in_both_media() -> None:
    both = {"氟化物", "甲醛", "苯", "甲苯", "苯并(a)芘", "丙烯腈", "苯胺类"}
    named = [{r["name_zh"] for r in LAW if r["medium"] == medium} for medium in eq.MEDIA]
    assert named[0] & named[1] == both


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: split(row["names"])[0])
def test_names_without_a_row_say_why_and_list_the_choices(row: dict[str, str]) -> None:
    known = {pollutant.name.zh: pollutant for pollutant in eq.pollutants()}
    choices = split(row["choices"])
    assert set(choices) <= set(known)
    for name in split(row["names"]):
        with pytest.raises(JwdtError) as caught:
            eq.find_pollutant(name)
        for language, text in zip(("zh", "en"), caught.value.text, strict=True):
            assert name in text and row[f"reason_{language}"] in text
            assert len(text) <= 255
            shown = [choice for choice in choices if getattr(known[choice].name, language) in text]
            assert len(shown) >= min(len(choices), 3)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("颗粒物", ["烟尘", "一般性粉尘"]),
        ("烟粉尘", ["烟尘", "一般性粉尘"]),
        ("窑炉粉尘", ["烟尘", "一般性粉尘"]),
        ("有组织颗粒物", ["烟尘", "一般性粉尘"]),
        ("PM2.5", ["烟尘", "一般性粉尘"]),
        ("Hg", ["总汞", "汞及其化合物"]),
        ("C8H10", ["乙苯", "二甲苯"]),
        ("P", ["总磷", "单质磷"]),
    ],
)
def test_unclear_names(name: str, words: list[str]) -> None:
    with pytest.raises(JwdtError) as caught:
        eq.find_pollutant(name)
    assert all(word in caught.value.text.zh for word in words)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("窑炉烟尘", "烟尘"), ("锅炉烟尘", "烟尘"), ("燃烧废气颗粒物", "烟尘"), ("工业粉尘", "一般性粉尘"), ("扬尘", "一般性粉尘")],
)  # fmt: skip
def test_particulates_by_the_notice(name: str, meant: str) -> None:
    """财税〔2018〕117号, 1: of combustion soot; 扬尘 and 工业粉尘 general dust."""
    assert eq.find_pollutant(name, eq.AIR).name.zh == meant


def test_a_row_of_the_other_medium() -> None:
    with pytest.raises(JwdtError, match=r"not in the water table, only: Sulfur dioxide \(air\)"):
        eq.find_pollutant("SO2", eq.WATER)


@pytest.mark.parametrize(("name", "hint"), [("化学需氧", "did you mean.*COD"), ("砖", "not in Annex B$")])
def test_unknown_names(name: str, hint: str) -> None:
    with pytest.raises(JwdtError, match=hint):
        eq.find_pollutant(name)


@pytest.mark.parametrize(
    ("text", "medium"), [("水", "water"), ("Water", "water"), ("大气", "air"), ("气", "air"), (" AIR ", "air")]
)
def test_media(text: str, medium: str) -> None:
    assert eq.find_medium(text) == medium


def test_unknown_medium() -> None:
    with pytest.raises(JwdtError, match="medium must be water or air, got “soil”"):
        eq.find_medium("soil")


# Own values


def test_own_value_of_something_the_table_refuses() -> None:
    own = own_pollutant("VOCs", eq.AIR, 0.95, "kg", "trial of 2015")
    assert (own.own, own.medium, eq.equivalents(own, 1.9)) == (True, eq.AIR, pytest.approx(2))


@pytest.mark.parametrize(
    ("name", "medium", "unit", "code"),
    [
        ("VOCs", "air", "t", ""), ("某特征污染物", "water", "dimensionless", ""), ("某特征污染物", "air", "kg", ""),
        ("SO2", "air", "kg", "counted-pollutant"), ("pH", "water", "t wastewater", "counted-pollutant"),
        ("颗粒物", "air", "kg", "ambiguous-pollutant"), ("CO2", "air", "kg", "no-equivalent-value"), ("Hg", "air", "kg", ""),
        ("SO2", "water", "kg", "unknown-pollutant"), ("某特征污染物", "air", "kJ", "impossible-unit"),
    ],
)  # fmt: skip
def test_declared_to_be_recorded(name: str, medium: str, unit: str, code: str) -> None:
    """What no list knows, and what is recorded anyway: but nothing that counts may be taken out of the count so."""
    if code:
        with pytest.raises(JwdtError) as caught:
            own_pollutant(name, medium, None, unit, "")
        assert caught.value.code == code
    else:
        found = own_pollutant(name, medium, None, unit, "")
        assert (found.kind, found.medium, eq.equivalents(found, 3)) == (eq.RECORDED, medium, 0)


def test_own_value_replaces_the_table() -> None:
    own = own_pollutant("SO2", eq.AIR, 0.5, "kg", "measured")
    assert (own.item, own.name.zh, eq.equivalents(own, 1)) == (("5", "1"), "二氧化硫", 2)


@pytest.mark.parametrize(
    ("name", "unit", "message"),
    [("SO2", "head", "unit must be one of"), ("VOCs", "kJ", "unit must be one of"), ("pH", "t wastewater", "takes no")],
)
def test_own_value_refused(name: str, unit: str, message: str) -> None:
    medium = eq.WATER if name == "pH" else eq.AIR
    with pytest.raises(JwdtError, match=message):
        own_pollutant(name, medium, 1, unit, "")


# Overlaps

ORGANIC, DISINFECTION = [("2", "12"), ("2", "13"), ("2", "14")], [("3", "3"), ("3", "4")]
BY_ITEM = {p.item: p for p in eq.pollutants()}


@given(st.dictionaries(st.sampled_from([*ORGANIC, *DISINFECTION, ("2", "20")]), st.sampled_from([0, 1.5, 2, 7])))
def test_of_an_overlap_the_largest_is_kept(totals: dict[tuple[str, str], float]) -> None:
    kept = set(totals) - eq.overlaps_not_counted([(BY_ITEM[item], total) for item, total in totals.items()])
    for group in (ORGANIC, DISINFECTION):
        here = [item for item in group if item in totals]
        # sorted keeps the law's order among equals
        assert kept & set(group) == set(sorted(here, key=lambda item: -totals[item])[:1])
    assert kept - set(ORGANIC) - set(DISINFECTION) == set(totals) & {("2", "20")}


def test_the_option_counts_all() -> None:
    totals = [(BY_ITEM[item], 1.0) for item in (*ORGANIC, *DISINFECTION)]
    assert eq.overlaps_not_counted(totals, "all") == set()


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["总铬", "六价铬"], [{"总铬", "六价铬"}]),
        (["烟尘", "一般性粉尘", "总铬"], [{"烟尘", "一般性粉尘"}]),
        (["烟尘", "二氧化硫", "总铬"], []),
    ],
)
def test_pollutants_that_contain_one_another_are_named(names: list[str], groups: list[set[str]]) -> None:
    found = eq.overlaps_counted(eq.find_pollutant(name).item for name in names)
    assert [{p.name.zh for p in group} for group in found] == groups
