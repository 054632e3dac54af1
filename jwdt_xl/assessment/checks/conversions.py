"""A product's factor against the guide's conversions: what a row of products tells by itself."""

from __future__ import annotations

import math
from typing import Any

from ...messages import ERROR, WARNING, Text, number
from ...standard.guide import Guide
from ...standard.names import fold
from ..conditions import datum
from ..rules import Rule

#: What a row says of the guide's conversions.
FITS, UNKNOWN, DIFFERS = 0, 1, 2
#: Factors that differ by less are the same.
SAME = 1e-9


def judged(guide: Guide, row: Any) -> int:
    """Whether a row of products is converted as the guide says."""
    if not guide.conversions:
        return FITS
    found = guide.conversion(row.name)
    if found is None:
        return UNKNOWN
    given = 1.0 if row.factor is None else row.factor
    same = math.isclose(given, found.factor, rel_tol=SAME) and fold(row.unit) == fold(found.unit)
    return FITS if same else DIFFERS


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
