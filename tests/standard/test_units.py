"""Units: every literal of the assessment file, what it measures, and conversion back and forth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import units
from jwdt_xl.standard.units import UNITS, Unit, convert, find_unit

#: How many of one unit are one of the other.
FACTORS = [
    (1, "t", 1000, "kg"),
    (1, "kg", 1000, "g"),
    (1, "kg", 1e6, "mg"),
    (1, "万t", 1e7, "kg"),
    (1, "万m3", 1e4, "m3"),
    (1, "MJ", 1000, "kJ"),
    (1, "GJ", 1e6, "kJ"),
    (1, "kWh", 3600, "kJ"),
    (1, "MWh", 1000, "kWh"),
    (1, "万kWh", 1e4, "kWh"),
    (1, "亿kWh", 1e4, "万kWh"),
    (1, "万元", 1e4, "元"),
    (1, "亿元", 1e4, "万元"),
]
LITERALS = {
    "mg", "g", "kg", "t", "万t", "m3", "万m3", "kJ", "MJ", "GJ", "kWh", "MWh", "万kWh", "亿kWh", "t wastewater", "dimensionless",
    "元", "万元", "亿元", "head", "bird", "bed", "kgce", "tce", "万tce",
}  # fmt: skip


def test_the_literals() -> None:
    assert {unit.code for unit in UNITS} == LITERALS
    assert len({(unit.dimension, unit.code) for unit in UNITS}) == len(UNITS)


@pytest.mark.parametrize(("one", "unit", "many", "other"), FACTORS)
def test_factors(one: float, unit: str, many: float, other: str) -> None:
    large, small = units.BY_CODE[unit], units.BY_CODE[other]
    assert large.dimension == small.dimension
    assert convert(one, large, small) == pytest.approx(many, rel=1e-15)
    assert convert(many, small, large) == pytest.approx(one, rel=1e-15)


@given(st.floats(1e-9, 1e12), st.sampled_from(sorted({unit.dimension for unit in UNITS})), st.data())
def test_the_way_does_not_matter(amount: float, dimension: str, data: st.DataObject) -> None:
    unit, by, to = (data.draw(st.sampled_from(units.of_dimensions([dimension]))) for _ in range(3))
    assert convert(convert(amount, unit, by), by, to) == pytest.approx(convert(amount, unit, to), rel=1e-14)
    assert convert(convert(amount, unit, to), to, unit) == pytest.approx(amount, rel=1e-14)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_every_name_finds_its_unit(unit: Unit) -> None:
    for name in (unit.code, *unit.aliases, *units.unit_label(unit.code)):
        assert find_unit(f" {name} ", [unit.dimension]) is unit


@pytest.mark.parametrize(
    ("text", "dimension", "code"),
    [("KG", "mass", "kg"), ("T", "mass", "t"), ("吨", "mass", "t"), ("Kwh", "energy", "kWh"), ("ｋｇ", "mass", "kg"),
     ("10^4 Nm3", "volume", "万m3"), ("t 废水", "wastewater", "t wastewater")],
)  # fmt: skip
def test_other_spellings(text: str, dimension: str, code: str) -> None:
    assert find_unit(text, [dimension]).code == code


@pytest.mark.parametrize("text", ["Mg", "MG"])
def test_a_megagram_is_no_milligram(text: str) -> None:
    with pytest.raises(JwdtError, match=f"unit must be one of kg / mg / .*got “{text}”"):
        find_unit(text, ["mass"])


@pytest.mark.parametrize(
    ("text", "dimensions", "possible"),
    [("kJ", ["mass"], "kg / mg / g / t / 万t"), ("t", ["wastewater"], "t wastewater"), ("", ["bed"], "bed")],
)
def test_an_impossible_unit_lists_the_possible_ones(text: str, dimensions: list[str], possible: str) -> None:
    with pytest.raises(JwdtError, match=f"^unit must be one of {possible}, got “{text}”$"):
        find_unit(text, dimensions)


def test_no_name_stands_for_two_units_of_a_dimension() -> None:
    for dimension in {unit.dimension for unit in UNITS}:
        names = [name for unit in units.of_dimensions([dimension]) for name in (unit.code, *unit.aliases)]
        assert len(names) == len(set(names))
