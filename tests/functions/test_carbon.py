"""CO2 of power, heat and processes as cells see it, and that the functions agree with the bills."""

from __future__ import annotations

from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import JWDT_ELECTRICITY_CO2, JWDT_FUEL_CO2, JWDT_HEAT_CO2, JWDT_PROCESS_CO2, JWDT_TCE


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ((1000, 2023), 0.5306),
        ((1000, "2022"), 0.5366),
        ((1000, 2022, "华东"), 0.5617),
        ((1000, 2022, "ets_reporting"), 0.5703),
        ((1000, 2023, None), 0.5306),
        ((0, 2021), 0),
    ],
)
def test_electricity(cells: tuple[Any, ...], value: float) -> None:
    assert JWDT_ELECTRICITY_CO2(*cells) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((1000, 2020), "no grid factor of 2020; there are: 2021、2022、2023"),
        ((1000, 2022.5), "factor_year must be a whole year, got 2022.5"),
        ((1000, 2022, "月球"), "no grid-factor series “月球”"),
        ((-1, 2022), "kwh must be at least 0 kWh, got “-1”"),
        ((1000, None), "factor_year is missing"),
    ],
)
def test_electricity_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_ELECTRICITY_CO2(*cells)


def test_heat() -> None:
    assert JWDT_HEAT_CO2(10) == pytest.approx(1.1, rel=1e-15)
    assert JWDT_HEAT_CO2(10, 0.06) == pytest.approx(0.6, rel=1e-15)
    assert JWDT_HEAT_CO2(10, 0) == 0


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("石灰石", 10), 4.397),
        (("CaCO3", 10), 4.397),
        (("碳酸镁", 1), 0.522),
        (("soda ash", 2), 0.83),
        (("石灰石", 10, 0.43), 4.3),
        (("熟料", 10, 0.525), 5.25),
        (("别的", 10, 0.5), 5),
    ],
)
def test_processes(cells: tuple[Any, ...], value: float) -> None:
    assert JWDT_PROCESS_CO2(*cells) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("熟料", 1), r"no default factor; compute it by .*44/56"),
        (("别的", 1), "no factor for process “别的”; there are: .*电极"),
        (("净购入热力", 1), "no factor for process"),
        (("石灰石", 1, -1), "factor must be at least 0"),
    ],
)
def test_processes_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_PROCESS_CO2(*cells)


def test_columns_spill_and_one_bad_row_does_not_cost_the_others() -> None:
    names, amounts = [["石灰石"], ["熟料"], [None], ["电极"]], [[10], [1], [None], ["#N/A"]]
    result = [row[0] for row in JWDT_PROCESS_CO2(names, amounts)]
    assert result[0] == pytest.approx(4.397)
    assert "no default factor" in result[1]
    assert result[2:] == ["", "#N/A"]
    assert JWDT_ELECTRICITY_CO2([[1000], [2000]], 2023) == [[pytest.approx(0.5306)], [pytest.approx(1.0612)]]
    assert JWDT_HEAT_CO2([[1, 2]]) == [[pytest.approx(0.11), pytest.approx(0.22)]]


@pytest.mark.parametrize(
    ("row", "co2", "tce"),
    [
        (
            {"kind": "fuel", "name": "柴油", "unit": "t"},
            lambda n: JWDT_FUEL_CO2("柴油", n),
            lambda n: JWDT_TCE("柴油", n),
        ),
        (
            {"kind": "fuel", "name": "高炉煤气", "unit": "万m3", "oxidation": 1},
            lambda n: JWDT_FUEL_CO2("高炉煤气", n, None, None, 1),
            lambda n: JWDT_TCE("高炉煤气", n),
        ),
        (
            {"kind": "electricity", "origin": "grid", "unit": "kWh"},
            lambda n: JWDT_ELECTRICITY_CO2(n, 2023),
            lambda n: JWDT_TCE("电力", n),
        ),
        ({"kind": "heat", "unit": "GJ"}, JWDT_HEAT_CO2, lambda n: JWDT_TCE("热力", n)),
        ({"kind": "process", "name": "纯碱", "unit": "t"}, lambda n: JWDT_PROCESS_CO2("纯碱", n), lambda n: None),
    ],
)
def test_cells_and_bills_agree(row: dict[str, Any], co2: Any, tce: Any) -> None:
    data = {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}}
    found = evaluate({**data, "activity": [{**row, "base": 0, "report": 123.4}]}).quantities
    assert found.co2e.report == pytest.approx(co2(123.4), rel=1e-12)
    assert found.primary_tce.report == (None if tce(1) is None else pytest.approx(tce(123.4), rel=1e-12))
