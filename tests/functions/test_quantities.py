"""Quantities as cells see them: published equivalents, CO2 equivalent, CO2 of fuels, standard coal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import (
    JWDT_CO2E,
    JWDT_EQUIVALENT,
    JWDT_EQUIVALENT_VALUE,
    JWDT_EQUIVALENTS,
    JWDT_FUEL_CO2,
    JWDT_TCE,
)
from jwdt_xl.standard import fuels

GOLDEN = Path(__file__).parents[1] / "golden"
PUBLISHED = [
    {**item, "medium": example["medium"], "id": f"{example['id']}-{item['name_zh']}"}
    for example in json.loads((GOLDEN / "equivalents_published.json").read_text(encoding="utf-8"))["examples"]
    for item in example["items"]
]
FUELS = json.loads((GOLDEN / "fuels_published.json").read_text(encoding="utf-8"))["examples"]


def arguments(item: dict[str, Any]) -> list[Any]:
    """Name, amount in the table's unit, medium, and for pH and colour what was measured (amounts are multiplied)."""
    amount = item["amount"] * (1000 if item["unit"] == "t" else 1)
    measured = {"pH值": (4, None), "色度": (160, 80)}.get(item["name_zh"], (None, None))
    return [item["name_zh"], amount, item["medium"], *measured]


@pytest.mark.parametrize("item", PUBLISHED, ids=lambda item: item["id"])
def test_published(item: dict[str, Any]) -> None:
    assert JWDT_EQUIVALENT(*arguments(item)) == pytest.approx(item["published_equivalents"], abs=0.01)


def test_published_as_columns() -> None:
    columns = [[[cell] for cell in cells] for cells in zip(*map(arguments, PUBLISHED), strict=True)]
    result = JWDT_EQUIVALENTS(*columns)
    assert [row[0] for row in result] == pytest.approx([i["published_equivalents"] for i in PUBLISHED], abs=0.01)
    assert len(result) == len(PUBLISHED) == 33


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("SO2",), 0.95),
        (("COD", "水"), 1),
        (("氟化物", "大气"), 0.87),
        (("氟化物", "water"), 0.5),
        (("大肠菌群",), 3.3),
    ],
)
def test_equivalent_values(cells: tuple[str, ...], value: float) -> None:
    assert JWDT_EQUIVALENT_VALUE(*cells) == value


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("氟化物",), r"ambiguous, give medium or full name: Fluorides \(water\), Fluorides \(air\)"),
        (("pH",), "use JWDT_EQUIVALENT with the pH"),
        (("SO2", "soil"), "medium must be water or air"),
        (("颗粒物",), "choose: General dust"),
    ],
)
def test_equivalent_values_refused(cells: tuple[str, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_EQUIVALENT_VALUE(*cells)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("pH", 1, None, 14.5), "pH must be from 0 to 14"),
        (("pH", 1, None, -1), "parameter must be at least 0"),
        (("色度", 1, None, 80, 0), "limit must be above 0"),
        (("色度", 1, None, 80), "lacks its limit"),
        (("COD", -1), "amount must be at least 0, got “-1”"),
    ],
)
def test_equivalents_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_EQUIVALENT(*cells)


def test_one_bad_row_does_not_cost_the_others() -> None:
    names, amounts = [["SO2"], ["颗粒物"], [None], ["NOx"], ["CO"]], [[9.5], [1], [None], ["#N/A"], ["1,670"]]
    result = [row[0] for row in JWDT_EQUIVALENTS(names, amounts)]
    assert result[0] == pytest.approx(10)
    assert result[1].startswith("pollutant “颗粒物”")
    assert result[2:4] == ["", "#N/A"]
    assert result[4] == pytest.approx(100)


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("CH4", 2), 56),
        (("甲烷", 2, "AR6"), 55.8),
        (("HFC-134a", 1, "ar4"), 1430),
        (("二氧化碳", 3), 3),
        (("SF6", 0), 0),
    ],
)
def test_co2e(cells: tuple[Any, ...], value: float) -> None:
    assert JWDT_CO2E(*cells) == pytest.approx(value)


def test_a_gas_its_report_does_not_list() -> None:
    with pytest.raises(JwdtError, match="AR4 has no GWP of HFC-41; reports that have it: AR2、AR5、AR6"):
        JWDT_CO2E("CH3F", 1, "AR4")


@pytest.mark.parametrize("example", FUELS, ids=lambda example: example["id"])
def test_published_fuels(example: dict[str, str]) -> None:
    own = [
        float(example["ncv"]),
        float(example["carbon_content_tC_per_TJ"]) / 1000,
        float(example["oxidation_rate_percent"]) / 100,
    ]
    digits = len(example["published_result"].partition(".")[2])
    for name in (example["fuel"], "not in any table"):  # all three given: the name is not looked up
        result = JWDT_FUEL_CO2(name, float(example["amount"]), *own)
        assert result == pytest.approx(float(example["published_result"]), abs=0.5 * 10**-digits)


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("无烟煤", 10), 10 * 26.7 * 0.0274 * 0.94 * 44 / 12),
        (("无烟煤", 10, None, None, None, "A"), 10 * 24.515 * 0.02749 * 0.94 * 44 / 12),
        (("无烟煤", 10, 25), 10 * 25 * 0.0274 * 0.94 * 44 / 12),
        (("天然气", 2, None, None, 1), 2 * 389.31 * 0.0153 * 44 / 12),
    ],
)
def test_default_parameters(cells: tuple[Any, ...], value: float) -> None:
    assert JWDT_FUEL_CO2(*cells) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("沼气", 1), "give measured heat value, carbon content and oxidation rate"),
        (("石脑油", 1, None, None, None, "A"), "table B has it"),
        (("原煤", 1, None, None, None, "C"), "must be A or B"),
        (("无烟煤", 1, None, 27.4), "carbon_content must be at most 0.2 tC/GJ, got “27.4”"),
        (("无烟煤", 1, None, None, 94), "oxidation must be at most 1, got “94”"),
    ],
)
def test_fuels_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_FUEL_CO2(*cells)


@pytest.mark.parametrize(
    ("cells", "tce"),
    [
        (("原煤", 10), 7.143),  # t
        (("高炉煤气", 2), 2.572),  # 10^4 m3
        (("热力", 100), 3.412),  # GJ
        (("电力", 10000), 1.229),  # kWh
        (("电力", 10000, 0.3), 3),
        (("原煤", 10, 0.3), 7.143),
        (("天然气", 2, None, 1.2), 24),
        (("原煤", 10, None, 0.6), 6),
    ],
)
def test_tce(cells: tuple[Any, ...], tce: float) -> None:
    assert JWDT_TCE(*cells) == pytest.approx(tce, rel=1e-12)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("天然气", 1), "is a range 1.1–1.33 kgce/m3: give the measured heat value or a number inside it"),
        (("天然气", 1, None, 1.4), "must lie within 1.1–1.33 kgce/m3, got 1.4"),
        (("电力", 1, 0.3, 0.3), "all electricity converts alike: use electricity_coefficient"),
        (("煤", 1), "did you mean"),
        (("电力", 1, 3), "electricity_coefficient must be at most 1 kgce/kWh"),
    ],
)
def test_tce_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_TCE(*cells)


@pytest.mark.parametrize(
    ("amount", "unit"), [(9.2, "t"), (9.2, "吨"), (9200, "kg"), (9200, None), (9.2e6, "g"), (9.2e9, "毫克")]
)
def test_an_amount_says_its_unit(amount: float, unit: str | None) -> None:
    assert JWDT_EQUIVALENT("NOx", amount, unit=unit) == pytest.approx(9200 / 0.95, rel=1e-15)
    both = JWDT_EQUIVALENTS([["NOx"], ["SO2"]], [[amount], [950]], units=[[unit], ["kg"]])
    assert both == [[pytest.approx(9200 / 0.95, rel=1e-15)], [1000]]


@pytest.mark.parametrize(
    ("pollutant", "unit", "said"),
    [
        ("NOx", "kWh", "unit must be one of"),
        ("NOx", "Mg", "unit must be one of"),
        ("牛", "kg", "is not measured by mass"),
    ],
)
def test_a_unit_that_is_none_of_it(pollutant: str, unit: str, said: str) -> None:
    with pytest.raises(JwdtError, match=said):
        JWDT_EQUIVALENT(pollutant, 9.2, unit=unit)


@pytest.mark.parametrize(
    ("fuel", "ncv", "said"),
    [
        ("烟煤", 5210, "at most 1500"),  # kcal/kg
        ("烟煤", 19570, "at most 1500"),  # kJ/kg
        ("烟煤", 0.67, "more than 5 times off"),  # tce/t
        ("天然气", 38.93, "more than 5 times off"),  # MJ/m3
        ("柴油", 1.4571, "more than 5 times off"),  # tce/t
    ],
)
def test_a_heat_value_in_another_unit_is_refused(fuel: str, ncv: float, said: str) -> None:
    with pytest.raises(JwdtError, match=said):
        JWDT_FUEL_CO2(fuel, 1850, ncv)


@pytest.mark.parametrize("table", ["A", "B"])
def test_no_default_heat_value_is_refused(table: str) -> None:
    for fuel in fuels.fuels(table):
        default = fuel.net_calorific_value
        for ncv in (default, default * 2, default / 2):
            assert JWDT_FUEL_CO2(fuel.name.zh, 1, ncv, table=table) > 0
