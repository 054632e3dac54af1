"""Heat of steam, methane of waste water, units: against IAPWS-IF97, by hand, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import JWDT_CONVERT, JWDT_STEAM_GJ, JWDT_WASTEWATER_CH4
from jwdt_xl.standard.steam import enthalpy

#: Computed by the package iapws 1.5.5 (IAPWS-IF97) at points drawn at random, off the table's.
IF97 = list(csv.DictReader((Path(__file__).parents[1] / "golden" / "steam.csv").read_text().splitlines()))


@pytest.mark.parametrize("row", IF97, ids=lambda row: f"{row['pressure_mpa']} MPa {row['temperature_c']}")
def test_enthalpy(row: dict[str, str]) -> None:
    temperature = float(row["temperature_c"]) if row["temperature_c"] else None
    assert enthalpy(float(row["pressure_mpa"]), temperature) == pytest.approx(float(row["h"]), rel=0.005)


@pytest.mark.parametrize(("pressure", "temperature", "h"), [(1, None, 2777.12), (1, 300, 3051.70), (4, 400, 3214.4)])
def test_printed_enthalpies(pressure: float, temperature: float | None, h: float) -> None:
    """Steam tables print these."""
    assert enthalpy(pressure, temperature) == pytest.approx(h, rel=0.001)
    assert JWDT_STEAM_GJ(10, pressure, temperature) == pytest.approx(10 * (h - 83.74) / 1000, rel=0.001)


@pytest.mark.parametrize(
    ("call", "values", "message"),
    [
        (JWDT_STEAM_GJ, (1, 0.05), "gauge pressure"), (JWDT_STEAM_GJ, (1, 20), "beyond the steam table"),
        (JWDT_STEAM_GJ, (1, 1, 150), "saturated at 179.9 °C"), (JWDT_STEAM_GJ, (1, 1, 900), "beyond the steam table"),
        (JWDT_WASTEWATER_CH4, (100, 0.8, 0.25, 21), "more than the 20 t made"),
        (JWDT_CONVERT, (1, "t", "kWh"), "unit must be one of"), (JWDT_CONVERT, (1, "t", "头"), "unit must be one of"), (JWDT_CONVERT, (1, "Mg", "kg"), "unit must be one of"),
    ],
)  # fmt: skip
def test_refused(call: object, values: tuple[object, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        call(*values)  # type: ignore[operator]


def test_methane() -> None:
    assert JWDT_WASTEWATER_CH4(100) == pytest.approx(20)
    assert JWDT_WASTEWATER_CH4(100, 0.5, 0.2, 3) == pytest.approx(7)


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        (1, "亿kWh", "万kWh", 1e4), (2, "万吨", "t", 2e4), (5, "t", "kg", 5000), (1, "百万千焦", "MJ", 1000),
        (-4, "万元", "元", -4e4), (1, "10^4 Nm3", "m3", 1e4), (2.5, "头", "head", 2.5),
    ],
)  # fmt: skip
def test_units(amount: float, unit: str, to: str, expected: float) -> None:
    assert JWDT_CONVERT(amount, unit, to) == pytest.approx(expected)
