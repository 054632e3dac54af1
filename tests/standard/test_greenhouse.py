"""Greenhouse gases: the GWP100 of four reports cell by cell, names, signs of the categories of GB/T 32150."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import greenhouse as gh
from jwdt_xl.standard.names import split, table

GOLDEN = Path(__file__).parents[1] / "golden"
IPCC = list(csv.DictReader((GOLDEN / "gwp.csv").read_text(encoding="utf-8").splitlines()))
FORMULAS = Counter(row["formula"] for row in IPCC)


def test_every_gas_is_there_once() -> None:
    assert [gas.code for gas in gh.gases()] == [row["code"] for row in (*IPCC, *table("blends"))]
    assert all(gas.source and gas.confidence for gas in gh.gases())


@pytest.mark.parametrize("gwp_set", gh.GWP_SETS)
@pytest.mark.parametrize("row", IPCC, ids=lambda row: row["code"])
def test_gwp(row: dict[str, str], gwp_set: str) -> None:
    gas, printed = gh.find_gas(row["code"]), row[gwp_set.lower()]
    if printed:
        assert gh.co2e(gas, 2.5, gwp_set) == pytest.approx(2.5 * float(printed), rel=1e-12)
        return
    have = "、".join(name for name in gh.GWP_SETS if row[name.lower()])
    with pytest.raises(JwdtError, match=f"^{gwp_set} has no GWP of {row['code']}; reports that have it: {have}$"):
        gh.co2e(gas, 1, gwp_set)


def test_the_blanks_are_in_ar4() -> None:
    assert [row["code"] for row in IPCC if not row["ar4"]] == [
        "HFC-41", "HFC-134", "HFC-143", "HFC-152", "HFC-161", "HFC-236cb", "HFC-236ea", "HFC-245ca",
        "CH4-fossil", "CH4-non-fossil",
    ]  # fmt: skip


def test_methane_and_laughing_gas_by_the_guidelines_of_2013() -> None:
    """The figures that the corporate guidelines of 2013–2015 print."""
    assert [gh.co2e(gh.find_gas(name), 1, "AR2") for name in ("CO2", "CH4", "N2O", "SF6")] == [1, 21, 310, 23900]


@pytest.mark.parametrize(("name", "in_ar6"), [("CH4", 27.9), ("甲烷", 27.9), ("CH4-fossil", 29.8), ("非化石甲烷", 27)])
def test_methane_by_origin(name: str, in_ar6: float) -> None:
    assert gh.co2e(gh.find_gas(name), 1, "AR6") == in_ar6


def test_ar5_is_the_default() -> None:
    assert gh.co2e(gh.find_gas("N2O"), 1) == 265


@pytest.mark.parametrize(("code", "factor"), [("CO2", 0), ("CH4", 28), ("N2O", 265)])
def test_biomass(code: str, factor: float) -> None:
    assert gh.co2e(gh.find_gas(code), 3, biomass=True) == 3 * factor


@pytest.mark.parametrize("row", table("gwp"), ids=lambda row: row["code"])
def test_every_name_finds_its_gas(row: dict[str, str]) -> None:
    for name in (row["code"], row["gas"], row["name_zh"], *split(row["aliases"])):
        assert gh.find_gas(name).code == gh.find_gas(f" {name.lower()} ").code == row["code"]


@pytest.mark.parametrize("row", [row for row in IPCC if FORMULAS[row["formula"]] == 1], ids=lambda row: row["formula"])
def test_an_unambiguous_formula_finds_its_gas(row: dict[str, str]) -> None:
    assert gh.find_gas(row["formula"]).code == row["code"]


@pytest.mark.parametrize("name", ["氟利昂", "HFC", "CO", ""])
def test_unknown_gas(name: str) -> None:
    with pytest.raises(JwdtError, match=r"no greenhouse gas .* use a code such as CO2, CH4"):
        gh.find_gas(name)


def test_gwp_sets() -> None:
    assert gh.find_gwp_set(" ar6 ") == "AR6"
    with pytest.raises(JwdtError, match="GWP set must be one of AR2 / AR4 / AR5 / AR6, got “SAR”"):
        gh.find_gwp_set("SAR")


def test_exported_and_recovered_are_subtracted() -> None:
    assert {name for name, sign in gh.CATEGORIES.items() if sign == -1} == {
        "exported_electricity",
        "exported_heat",
        "recovered",
    }
    assert set(gh.CATEGORIES.values()) == {1, -1}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("R410A", {"HFC-32": 0.5, "HFC-125": 0.5}),
        ("R-407C", {"HFC-32": 0.23, "HFC-125": 0.25, "HFC-134a": 0.52}),
        ("r404a", {"HFC-125": 0.44, "HFC-143a": 0.52, "HFC-134a": 0.04}),
        ("R-507", {"HFC-125": 0.5, "HFC-143a": 0.5}),
    ],
)
def test_blends_by_mass_fraction(name: str, parts: dict[str, float]) -> None:
    blend = gh.find_gas(name)
    for gwp_set in gh.GWP_SETS:
        expected = sum(gh.gwp(gh.find_gas(code), gwp_set) * share for code, share in parts.items())
        assert gh.co2e(blend, 2, gwp_set) == pytest.approx(2 * expected, rel=1e-12)


def test_a_published_blend() -> None:
    """R-410A by AR4 is 2087.5 (published as 2088)."""
    assert gh.gwp(gh.find_gas("R410A"), "AR4") == pytest.approx(2087.5)


def test_the_fractions_of_a_blend_add_up() -> None:
    for row in table("blends"):
        assert sum(float(part.split()[1]) for part in split(row["parts"])) == pytest.approx(1)
