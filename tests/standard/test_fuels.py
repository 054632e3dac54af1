"""CO2 of fuels: both default tables row by row, and published results."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import fuels
from jwdt_xl.standard.names import split, table

GOLDEN = Path(__file__).parents[1] / "golden"
DEFAULTS = list(csv.DictReader((GOLDEN / "fuels.csv").read_text(encoding="utf-8").splitlines()))
PUBLISHED = json.loads((GOLDEN / "fuels_published.json").read_text(encoding="utf-8"))["examples"]


@pytest.mark.parametrize("row", DEFAULTS, ids=lambda row: f"{row['table']}-{row['fuel_zh']}")
def test_every_row_of_both_tables(row: dict[str, str]) -> None:
    fuel = fuels.find_fuel(row["fuel_zh"], row["table"])
    assert fuel.net_calorific_value == float(row["net_calorific_value"])
    assert fuel.carbon_content == float(row["carbon_content_tC_per_GJ"])
    assert fuel.oxidation == pytest.approx(float(row["oxidation_rate_percent"]) / 100, rel=1e-15)
    assert (fuel.unit, fuel.source, fuel.confidence) == (row["unit_of_amount"], row["source"], row["confidence"])


def test_every_row_is_there_once() -> None:
    for name in fuels.TABLES:
        found = [f.name.zh for f in fuels.fuels(name)]
        assert len(set(found)) == len(found)
        assert sorted(found) == sorted(r["fuel_zh"] for r in DEFAULTS if r["table"] == name)


@pytest.mark.parametrize("example", PUBLISHED, ids=lambda example: example["id"])
def test_published(example: dict[str, str]) -> None:
    result = fuels.fuel_co2(
        float(example["amount"]),
        float(example["ncv"]),
        float(example["carbon_content_tC_per_TJ"]) / 1000,
        float(example["oxidation_rate_percent"]) / 100,
    )
    last_digit = 10 ** -len(example["published_result"].partition(".")[2])
    truncated = example["id"] == "rail-汽油"
    assert result == pytest.approx(float(example["published_result"]), abs=last_digit * (1 if truncated else 0.5))


@pytest.mark.parametrize("row", DEFAULTS, ids=lambda row: f"{row['table']}-{row['fuel_zh']}")
def test_every_row_recomputed_from_its_parts(row: dict[str, str]) -> None:
    """In exact arithmetic from the printed digits."""
    parts = [Fraction(row[k]) for k in ("net_calorific_value", "carbon_content_tC_per_GJ", "oxidation_rate_percent")]
    expected = parts[0] * parts[1] * parts[2] / 100 * Fraction(44, 12)
    fuel = fuels.find_fuel(row["fuel_zh"], row["table"])
    found = fuels.fuel_co2(1, fuel.net_calorific_value, fuel.carbon_content, fuel.oxidation)
    assert found == pytest.approx(float(expected), rel=1e-14)


def test_the_formula() -> None:
    assert fuels.fuel_co2(10, 20, 0.03, 0.5) == pytest.approx(10 * 20 * 0.03 * 0.5 * 44 / 12, rel=1e-15)


def test_table_b_is_the_default() -> None:
    assert fuels.find_fuel("无烟煤") == fuels.find_fuel("无烟煤", "B")
    assert fuels.find_fuel("无烟煤").net_calorific_value == 26.7
    assert fuels.find_fuel("无烟煤", "A").net_calorific_value == 24.515


@pytest.mark.parametrize("row", table("fuels"), ids=lambda row: f"{row['table']}-{row['fuel_zh']}")
def test_every_name_finds_its_fuel_alone(row: dict[str, str]) -> None:
    for name in (row["fuel_zh"], row["fuel_en"], *split(row["aliases"])):
        assert fuels.find_fuel(f" {name.upper()} ", row["table"]).name.zh == row["fuel_zh"]


@pytest.mark.parametrize(
    ("name", "table_name", "message"),
    [
        ("石脑油", "A", "fuel table A has no “石脑油”; table B has it"),
        ("液化天然气", "A", "fuel table A has no “液化天然气”; table B has it"),
        ("沼气", "B", "give measured heat value, carbon content and oxidation rate"),
        ("原煤", "B", "give measured heat value.*, or choose the kind of coal: anthracite, bituminous coal, lignite"),
        ("Raw coal", "A", "or choose the kind of coal"),
        ("原煤", "C", "fuel table must be A or B, got “C”"),
    ],
)
def test_unknown_fuel(name: str, table_name: str, message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        fuels.find_fuel(name, table_name)
