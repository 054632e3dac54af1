"""A valid call of every cell function. Messages are compared in English; tests that look at Chinese say so themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jwdt_xl.messages import set_language


def column(*cells: object) -> list[list[object]]:
    return [[cell] for cell in cells]


_SCORES, _WEIGHTS, _LEVELS = column(80, 100, 60, 40), column(0.4, 0.1, 0.3, 0.2), column("甲", "甲", "乙", "乙")

#: The arguments of a call that works, all of them given. A new function gets a line here, else its tests fail.
VALID: dict[str, list[Any]] = {
    "JWDT_EQUIVALENT_VALUE": ["氟化物", "水"],
    "JWDT_EQUIVALENT": ["色度", 24000, "水", 320, 80, "t"],
    "JWDT_EQUIVALENTS": ["色度", 24000, "水", 320, 80, "t"],
    "JWDT_CO2E": ["CH4", 2, "AR6"],
    "JWDT_FUEL_CO2": ["原油", 10, 41.8, 0.02, 0.98, "B"],
    "JWDT_TCE": ["原煤", 1000, 0.3, 0.6],
    "JWDT_ELECTRICITY_CO2": [1000, 2022, "ets_reporting"],
    "JWDT_HEAT_CO2": [10, 0.1],
    "JWDT_PROCESS_CO2": ["石灰石", 10, 0.43],
    "JWDT_STEAM_GJ": [10, 1, 300],
    "JWDT_WASTEWATER_CH4": [100, 0.8, 0.25, 2],
    "JWDT_CONVERT": [5, "t", "kg"],
    "JWDT_SYNERGY": [100, 80, 1000, 900, 10, 11],
    "JWDT_EQUIVALENT_INTENSITY": [12, 5],
    "JWDT_CARBON_INTENSITY": [12, 5],
    "JWDT_CARBON_PRODUCTIVITY": [12, 5],
    "JWDT_NONFOSSIL_SHARE": [1, 5],
    "JWDT_MATERIAL_INTENSITY": [12, 5],
    "JWDT_RESIDUAL_ENERGY_INTENSITY": [12, 5],
    "JWDT_POLICY": ["部分", "否"],
    "JWDT_MANAGEMENT": ["是", True],
    "JWDT_SYNERGY_SCORE": [100, 80, 1000, 900, 10, 11, "composite", 0.01, 0.2, 0.5],
    "JWDT_INDICATOR_SCORE": [3, 4, "正向", 1, 1],
    "JWDT_SCORE": [_SCORES, _WEIGHTS, _LEVELS, 1],
    "JWDT_COVERAGE": [_SCORES, _WEIGHTS, _LEVELS, 1],
    "JWDT_SCORE_TABLE": [
        column(80, 6, 3, 0.5),
        column(None, 4, 4, None),
        column("适中", "负向", "正向", "定性"),
        _WEIGHTS,
        _LEVELS,
    ],
    "JWDT_EXPLAIN": [3, 4, "正向", 0.1],
    "JWDT_BENCHMARK": [column(1, 2, 3, 4), "正向", 0.5],
    "JWDT_AHP_WEIGHTS": [[[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]],
    "JWDT_AHP_CR": [[[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]],
    "JWDT_EXPERT_WEIGHTS": [[[5, 3, 2], [4, 4, 4]], column(1, 2)],
    "JWDT_COMBINED_WEIGHTS": [column(0.4, 0.6), column(0.5, 0.5), 0.5],
    "JWDT_RANKING_SCORES": [[[1, 2, None], [2, 1, 3]]],
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


@pytest.fixture(scope="session")
def valid() -> Callable[[str], list[Any]]:
    """The arguments of a valid call, by the function's name."""

    def arguments(name: str) -> list[Any]:
        if name not in VALID:
            pytest.fail(f"add a valid call of {name} to VALID in tests/functions/conftest.py")
        return list(VALID[name])

    return arguments
