"""The values that are a quotient of two quantities of the report period, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..messages import Text
from ..standard import indicators as ind


class Ratio(NamedTuple):
    """The function of the standard, the quantities it divides, and how that reads with their numbers."""

    function: Callable[[float, float], float]
    numerator: str
    denominator: str
    text: Text


RATIOS: dict[str, Ratio] = {
    "equivalent_intensity": Ratio(
        ind.equivalent_intensity,
        "equivalents",
        "output",
        Text("污染物当量 {a} ÷ 产量 {b}", "equivalents {a} ÷ output {b}"),
    ),
    "carbon_intensity": Ratio(
        ind.carbon_intensity,
        "co2e",
        "output",
        Text("碳排放 {a} t × 1000 ÷ 产量 {b}", "emissions {a} t × 1000 ÷ output {b}"),
    ),
    "carbon_productivity": Ratio(
        ind.carbon_productivity,
        "value_10k",
        "co2e",
        Text("产值 {a} 万元 ÷ 碳排放 {b} t", "output value {a} 10^4 yuan ÷ emissions {b} t"),
    ),
    "nonfossil_share": Ratio(
        ind.nonfossil_share,
        "nonfossil_tce",
        "primary_tce",
        Text("100 × 非化石 {a} tce ÷ 一次能源 {b} tce", "100 × non-fossil {a} tce ÷ primary {b} tce"),
    ),
    "material_intensity": Ratio(
        ind.material_intensity,
        "material_kg",
        "output",
        Text("原辅料 {a} kg ÷ 产量 {b}", "materials {a} kg ÷ output {b}"),
    ),
    "residual_energy_intensity": Ratio(
        ind.residual_energy_intensity,
        "residual_kj",
        "output",
        Text("余能 {a} kJ ÷ 产量 {b}", "residual energy {a} kJ ÷ output {b}"),
    ),
}
