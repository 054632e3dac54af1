"""Litres of oil and gas as metered. The golden cases were worked out by hand from the definitions, not by this package."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard.volumes import (
    ATMOSPHERE,
    FREEZING,
    HEAVIEST,
    LIGHTEST,
    MOST_GAUGE,
    NORMAL,
    TRADE,
    litres_t,
    reference_m3,
)

#: 273.15 / 293.15, by hand.
TWENTY_TO_ZERO = 0.931776


def test_litres() -> None:
    assert litres_t(52300, 0.84) == pytest.approx(43.932, rel=1e-12)
    assert litres_t(1000, 0.735) == pytest.approx(0.735, rel=1e-12)
    assert litres_t(0, 0.84) == 0


def test_gas_that_is_in_the_state_of_reference_already() -> None:
    assert reference_m3(1000, 0, 0, NORMAL) == pytest.approx(1000, rel=1e-15)
    assert reference_m3(1000, 0, 20, TRADE) == pytest.approx(1000, rel=1e-15)
    assert reference_m3(1000, 0, 20, NORMAL) == pytest.approx(1000 * TWENTY_TO_ZERO, rel=1e-6)


def test_gas_of_twice_the_pressure_is_twice_as_much() -> None:
    assert reference_m3(1000, ATMOSPHERE, 0) == pytest.approx(2000, rel=1e-12)


def test_a_workshops_meter() -> None:
    """10,000 m3 at 5 kPa and 15 °C: 106.325/101.325 × 273.15/288.15."""
    exact = Fraction(10000) * Fraction("106.325") / Fraction("101.325") * Fraction("273.15") / Fraction("288.15")
    assert reference_m3(10000, 5, 15) == pytest.approx(float(exact), rel=1e-12)
    assert float(exact) == pytest.approx(9947.21, abs=0.01)


@pytest.mark.parametrize("density", [840, 0, -0.8, 0.39, 1.21, math.inf])
def test_no_density_of_oil(density: float) -> None:
    with pytest.raises(JwdtError, match="density"):
        litres_t(100, density)


@pytest.mark.parametrize(("gauge", "celsius"), [(-1, 20), (401, 20), (5, -51), (5, 101), (5, 288.15), (101325, 20)])
def test_no_condition_of_a_meter(gauge: float, celsius: float) -> None:
    with pytest.raises(JwdtError, match="kPa"):
        reference_m3(100, gauge, celsius)


@given(
    st.floats(0, 1e9), st.floats(LIGHTEST, HEAVIEST), st.floats(0, MOST_GAUGE), st.floats(-50, 100),
)  # fmt: skip
def test_in_proportion(amount: float, density: float, gauge: float, celsius: float) -> None:
    assert litres_t(2 * amount, density) == pytest.approx(2 * litres_t(amount, density))
    normal, trade = (reference_m3(amount, gauge, celsius, reference) for reference in (NORMAL, TRADE))
    assert trade == pytest.approx(normal * (TRADE + FREEZING) / FREEZING)
    assert normal <= reference_m3(amount, MOST_GAUGE, -50) * (1 + 1e-12)
