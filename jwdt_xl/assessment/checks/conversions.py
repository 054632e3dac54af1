"""A product's factor against the guide's conversions: what a row of products tells by itself."""

from __future__ import annotations

from typing import Any

from ...messages import ERROR, WARNING, Text, number
from ..conditions import datum
from ..conversions import DIFFERS, UNKNOWN
from ..rules import Rule


def _says(seen: Any) -> dict[str, Any]:
    found, factor = seen.result.guide.conversion(seen.row.name), seen.row.factor
    return {
        "u": found.unit,
        "p": found.product,
        "f": number(found.factor),
        "t": found.to,
        "g": number(1.0 if factor is None else factor),
        "v": seen.row.unit,
    }


RULES = (
    Rule(
        "product-conversion",
        ERROR,
        "consistency",
        Text("查：不是指南的折算系数或单位", "check: not the guide's factor or unit"),
        Text(
            "指南规定 1 {u} {p} 折合 {f} {t}，实为每 {v} 折合 {g}；请改用指南的系数和单位",
            "by the guide 1 {u} {p} is {f} {t}, got {g} per {v}; use the guide's factor and unit",
        ),
        datum("conversion").equals(DIFFERS),
        table="products",
        field="factor",
        fills=_says,
    ),
    Rule(
        "product-without-conversion",
        WARNING,
        "transparency",
        Text("查：指南没有该产品的折算系数，请说明依据", "check: the guide has no factor for it, say why"),
        Text(
            "指南没有产品“{n}”的折算系数；请说明依据",
            "the guide has no conversion for “{n}”; say what it rests on",
        ),
        datum("conversion").equals(UNKNOWN),
        table="products",
        field="factor",
    ),
)
