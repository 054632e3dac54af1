"""Guides whose weights are derived, for the tests of the workbook and of the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

FIRST, TARGET, CONTROL, MANAGEMENT = (
    ["target", "control", "management"],
    ["1", "2", "3", "4"],
    ["5", "6", "7"],
    ["8", "9"],
)
CODES = [*FIRST, *TARGET, *CONTROL, *MANAGEMENT]


def triangle(codes: Sequence[str], values: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """Judgements of the upper triangle, row by row."""
    left = iter(values)
    return {one: {other: next(left) for other in codes[i + 1 :]} for i, one in enumerate(codes[:-1])}


def derivation() -> dict[str, Any]:
    """Experts on all groups, AHP on three, a survey on two."""
    scores = [[50, 30, 20, 9, 7, 6, 8, 8, 6, 5, 5, 5], [45, 35, 20, 8, 8, 7, 9, 9, 6, 6, 6, 4]]
    third = dict(zip([*FIRST, *CONTROL], [60, 25, 15, 7, 7, 5], strict=True))
    return {
        "experts_source": "专家组 2026 年 3 月",
        "ahp_source": "《实施方案》",
        "experts": [
            {"name": "张工", "weight": 2, "scores": dict(zip(CODES, scores[0], strict=True))},
            {"name": "李教授", "scores": dict(zip(CODES, scores[1], strict=True))},
            {"name": "王主任", "weight": 0.5, "scores": third},
        ],
        "ahp": [
            {"expert": "张工", "judgements": triangle(FIRST, [2, 3, 2])},
            {"expert": "李教授", "judgements": triangle(FIRST, [2, 4, 2])},
            {"expert": "王主任", "judgements": triangle(FIRST, [3, 3, 1])},
            {"expert": "张工", "parent": "target", "judgements": triangle(TARGET, [2, 2, 1, 1, "1/2", "1/2"])},
            {"expert": "李教授", "parent": "target", "judgements": triangle(TARGET, [2, 3, 1, 1, "1/2", "1/3"])},
            {"expert": "王主任", "parent": "management", "judgements": triangle(MANAGEMENT, ["1/7"])},
        ],
        "survey": [
            {"code": code, "score": score, "answers": 214, "source": "附录 A 第 5 题"}
            for code, score in zip([*FIRST, *MANAGEMENT], [8.1, 6.3, 4.4, 5.2, 4.8], strict=True)
        ],
    }  # fmt: skip


#: What a sample gave two groups; the first levels and the others have none.
SAMPLE = [
    {"code": code, "entropy": entropy, "critic": critic, "sampled": 24, "source": "样本 2025", "sha256": "ab" * 32}
    for code, entropy, critic in (
        ("5", 0.445024647625238, 0.404763057475375), ("6", 0.174238722417332, 0.261557), ("7", 0.38073663, 0.333679942524625),
        ("8", 0.0, 0.25), ("9", 1.0, 0.75),
    )
]  # fmt: skip


def derived(how: dict[str, Any] | None = None) -> Guide:
    """Table 1 with derived weights."""
    data = to_dict(builtin())
    for node in data["nodes"]:
        del node["weight"]
    data |= {"id": "derived", "version": "1", "name_zh": "推导", "name_en": "derived"}
    return from_dict({**data, "derivation": {**derivation(), **(how or {})}}, strict=True)
