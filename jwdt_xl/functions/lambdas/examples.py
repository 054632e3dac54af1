"""A call of every function to learn from: small, with a result that can be checked by hand or in the standard."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..catalogue import CATALOGUE


class Example(NamedTuple):
    """The arguments (a range as rows), and of a result that takes several cells the one that is shown, from 1."""

    arguments: tuple[Any, ...]
    shown: tuple[int, int] | None = None

    def formula(self, name: str) -> str:
        """The call as it is typed, without the equals sign."""
        call = f"{name}({','.join(map(_constant, self.arguments))})"
        return call if self.shown is None else f"INDEX({call},{self.shown[0]},{self.shown[1]})"

    def value(self, name: str) -> Any:
        """What the engine gives."""
        result = CATALOGUE[name].call(*self.arguments)
        return result if self.shown is None else result[self.shown[0] - 1][self.shown[1] - 1]


def _constant(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, list):
        return "{" + ";".join(",".join(map(_constant, row)) for row in value) + "}"
    return f"{value:g}"


def _column(*cells: Any) -> list[list[Any]]:
    return [[cell] for cell in cells]


_MATRIX = [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]
EXAMPLES = {
    "JWDT_EQUIVALENT_VALUE": Example(("二氧化硫",)),
    "JWDT_EQUIVALENT": Example(("二氧化硫", 100)),
    "JWDT_EQUIVALENTS": Example((_column("二氧化硫", "烟尘"), _column(95, 218)), (2, 1)),
    "JWDT_CO2E": Example(("CH4", 2)),
    "JWDT_FUEL_CO2": Example(("原油", 10)),
    "JWDT_TCE": Example(("原煤", 1000, None, 0.6)),
    "JWDT_ELECTRICITY_CO2": Example((1000, 2022)),
    "JWDT_HEAT_CO2": Example((10,)),
    "JWDT_PROCESS_CO2": Example(("石灰石", 10)),
    "JWDT_STEAM_GJ": Example((10, 1, 300)),
    "JWDT_WASTEWATER_CH4": Example((100,)),
    "JWDT_CONVERT": Example((5, "t", "kg")),
    "JWDT_SYNERGY": Example((100, 80, 1000, 900)),
    "JWDT_EQUIVALENT_INTENSITY": Example((12, 5)),
    "JWDT_CARBON_INTENSITY": Example((12, 5)),
    "JWDT_CARBON_PRODUCTIVITY": Example((12, 5)),
    "JWDT_NONFOSSIL_SHARE": Example((1, 5)),
    "JWDT_MATERIAL_INTENSITY": Example((12, 5)),
    "JWDT_RESIDUAL_ENERGY_INTENSITY": Example((12, 5)),
    "JWDT_POLICY": Example(("部分", "否")),
    "JWDT_MANAGEMENT": Example(("是", "否")),
    "JWDT_SYNERGY_SCORE": Example((100, 80, 1000, 900)),
    "JWDT_INDICATOR_SCORE": Example((3, 4, "正向")),
    "JWDT_SCORE": Example((_column(80, 100, 60), _column(0.5, 0.2, 0.3))),
    "JWDT_COVERAGE": Example((_column(80, 100, "n/a"), _column(0.5, 0.2, 0.3), _column("甲", "乙", "乙"))),
    "JWDT_SCORE_TABLE": Example((_column(6, 3), _column(4, 4), _column("负向", "正向"), _column(0.5, 0.5)), (4, 7)),
    "JWDT_EXPLAIN": Example((3, 4, "正向")),
    "JWDT_BENCHMARK": Example((_column(1, 2, 3, 4), "正向")),
    "JWDT_AHP_WEIGHTS": Example((_MATRIX,), (1, 1)),
    "JWDT_AHP_CR": Example((_MATRIX,)),
    "JWDT_EXPERT_WEIGHTS": Example(([[5, 3, 2], [4, 4, 4]],), (1, 1)),
    "JWDT_COMBINED_WEIGHTS": Example((_column(0.4, 0.6), _column(0.5, 0.5)), (1, 1)),
    "JWDT_RANKING_SCORES": Example(([[1, 2, 3], [2, 1, 3]],), (1, 1)),
}
