"""Standard coal: the coefficients of GB/T 2589 row by row, ranges, own values, electricity."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import energy as en
from jwdt_xl.standard.names import split, table

GOLDEN = Path(__file__).parents[1] / "golden"
GBT2589 = list(csv.DictReader((GOLDEN / "energy.csv").read_text(encoding="utf-8").splitlines()))
RANGES = [row for row in GBT2589 if row["coef_low"] != row["coef_high"]]


def test_every_energy_is_there_once() -> None:
    assert [energy.code for energy in en.energies() if not energy.is_measured] == [row["energy"] for row in GBT2589]
    assert {row["energy"] for row in RANGES} == {
        "coal_slime", "natural_gas", "coal_mine_gas", "coke_oven_gas", "biogas",
    }  # fmt: skip


@pytest.mark.parametrize("row", GBT2589, ids=lambda row: row["energy"])
def test_every_row_of_the_table(row: dict[str, str]) -> None:
    energy = en.find_energy(row["name_zh"])
    assert (energy.code, f"kgce/{energy.unit}", energy.edition) == (row["energy"], row["coef_unit"], row["edition"])
    assert energy.source == f"GB/T 2589-{row['edition']}"
    assert energy.confidence == row["confidence"]
    if row in RANGES:
        with pytest.raises(
            JwdtError, match="is a range {}–{} ".format(*map(float, (row["coef_low"], row["coef_high"])))
        ):
            en.coefficient(energy)
    elif not row["coef_low"]:
        with pytest.raises(JwdtError, match=r"no fixed coefficient.*electricity_coefficient"):
            en.coefficient(energy)
    else:
        assert en.coefficient(energy) == float(row["coef_low"])


@pytest.mark.parametrize("row", RANGES, ids=lambda row: row["energy"])
def test_a_number_inside_the_range(row: dict[str, str]) -> None:
    energy, low, high = en.find_energy(row["name_zh"]), float(row["coef_low"]), float(row["coef_high"])
    for inside in (low, (low + high) / 2, high):
        assert en.coefficient(energy, own=inside) == inside
    for outside in (low - 1e-6, high + 1e-6):
        with pytest.raises(JwdtError, match=f"must lie within {re.escape(f'{low}–{high}')}"):
            en.coefficient(energy, own=outside)


@pytest.mark.parametrize(("name", "heat"), [("天然气", 35000.0), ("原煤", 20934.0), ("焦炉煤气", 29307.6)])
def test_the_measured_heat_value(name: str, heat: float) -> None:
    assert en.coefficient(en.find_energy(name), net_calorific_value=heat) == pytest.approx(heat / 29307.6, rel=1e-15)


def test_an_own_coefficient_replaces_the_table() -> None:
    assert en.coefficient(en.find_energy("原煤"), own=0.6) == 0.6


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [("电力", None, 0.1229), ("电力", 0.3, 0.3), ("电力(当量值)", 0.3, 0.3), ("原煤", 0.3, 0.7143)],
)
def test_electricity_takes_the_convention_of_the_result(name: str, given: float | None, expected: float) -> None:
    assert en.coefficient(en.find_energy(name), electricity=given) == expected


@pytest.mark.parametrize(
    ("name", "fossil_class"),
    [
        ("原煤", en.FOSSIL), ("天然气", en.FOSSIL), ("沼气", en.NONFOSSIL), ("电力", en.DEPENDS), ("热力", en.DEPENDS),
        ("甲醇", en.DEPENDS), ("氢气", en.DEPENDS), ("新水", en.MEDIUM), ("压缩空气", en.MEDIUM), ("氧气", en.MEDIUM),
    ],
)  # fmt: skip
def test_fossil_or_not(name: str, fossil_class: str) -> None:
    assert en.find_energy(name).fossil == fossil_class


def test_energy_media_are_marked() -> None:
    marked = {row["energy"] for row in GBT2589 if "耗能工质" in row["fossil"]}
    assert {e.code for e in en.energies() if e.fossil == en.MEDIUM} == marked | {"residual_heat_pressure"}


@pytest.mark.parametrize("row", table("energy"), ids=lambda row: row["energy"])
def test_every_name_finds_its_energy(row: dict[str, str]) -> None:
    for name in (row["name_zh"], row["name_en"], *split(row["aliases"])):
        assert en.find_energy(name).code == en.find_energy(f" {name.upper()} ").code == row["energy"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("焦炭", "coke"), ("电力", "electricity_equivalent"), ("一般煤油", "kerosene"), ("热力", "heat_equivalent")],
)
def test_brackets_are_qualifiers(name: str, code: str) -> None:
    assert en.find_energy(name).code == code


@pytest.mark.parametrize(
    ("name", "hint"), [("煤", "did you mean: 原煤、洗精煤"), ("氮气", "氮气\\(做副产品时\\)"), ("木屑", "2589$")]
)
def test_unknown_energy(name: str, hint: str) -> None:
    with pytest.raises(JwdtError, match=f"energy “{name}” is not in the table.*{hint}"):
        en.find_energy(name)
