"""Cell functions of the group guide: what authors of sector guides need."""

from __future__ import annotations

from typing import Any

from ..messages import Text
from ..standard import benchmarks, scoring
from . import cells
from .catalogue import cell_function, cells_of, number, text

__all__ = ["JWDT_BENCHMARK"]


@cell_function(
    "guide",
    Text(
        "基准值：给定比例(默认 50%)的企业可达到的水平，不插值。",
        "Benchmark: the level a share of enterprises (default 50 %) reaches, without interpolation.",
    ),
    Text("与各值同单位", "in the unit of the values"),
    Text(
        "取 50% 企业可达到的水平 [note]；不插值 [choice]",
        "level 50 % of enterprises reach [note]; no interpolation [choice]",
    ),
    values=cells_of("各企业的指标值，每家一个；空白不计", "values, one per enterprise; blanks are left out"),
    attribute=text("属性：正向 或 负向", "attribute: positive or negative"),
    share=number("比例，大于 0 至 1，默认 0.5", "share, above 0 to 1, default 0.5", optional=True, above=0, maximum=1),
)
def JWDT_BENCHMARK(values: Any, attribute: str, share: float | None = None) -> float:
    found = [
        cells.to_number(cell, f"values[{i}]")
        for i, cell in enumerate(cells.flat(values), 1)
        if not cells.is_not_applicable(cell)
    ]
    known = [value for value in found if value is not None]
    return benchmarks.reached_level(known, scoring.find_attribute(attribute), 0.5 if share is None else share)
