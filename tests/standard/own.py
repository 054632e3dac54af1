"""A guide with inputs and formulas of its own, one of each form, beside the degree of synergy."""

from __future__ import annotations

import copy
from typing import Any

from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

Data = dict[str, Any]


def _node(code: str, formula: str, attribute: str, unit: str, **more: Any) -> Data:
    return {
        "code": code, "parent": "all", "weight": 0.125, "name_zh": f"指标{code}", "name_en": code, "unit_zh": unit,
        "attribute": attribute, "formula": formula, **more,
    }  # fmt: skip


def _input(code: str, zh: str, unit: str = "m3", **more: Any) -> Data:
    return {"code": code, "name_zh": zh, "name_en": code, "unit_zh": unit, **more}


def own_data() -> Data:
    """As a guide file has it."""
    data = to_dict(builtin())
    del data["open"]
    return copy.deepcopy(
        {
            **data, "id": "own", "version": "1", "name_zh": "自定算法示例", "source_zh": "示例",
            "inputs": [
                _input("fresh", "新鲜水取水量", help_zh="不含回用水，见水表台账", range=[0, 1e9]),
                _input("reused", "回用水量"),
                _input("stored", "期末蓄水量", periods="report"),
                _input("waste", "固废\"产生量\"", "t"),
            ],
            "nodes": [
                {"code": "all", "weight": 1, "name_zh": "全部", "name_en": "all"},
                _node("total", "sum", "negative", "m3", of=["fresh", "stored"]),
                _node("water", "quotient", "negative", "L/t", of=["fresh"], over=["output"], times=1000),
                _node("reuse", "share", "positive", "%", of=["reused"], over=["fresh", "reused"]),
                _node("saved", "reduction", "positive", "%", of=["fresh"], over=["output"]),
                _node("more", "growth", "positive", "%", of=["reused"]),
                _node("carbon", "quotient", "negative", "kg/万元", of=["co2e"], over=["value_10k"], times=1000),
                _node("dust", "quotient", "negative", "kg/t", of=["waste"], over=["material_kg"]),
                _node("s", "synergy", "moderate", ""),
            ],
        }
    )  # fmt: skip


def own_guide() -> Guide:
    return from_dict(own_data())


ENTERED: Data = {
    "fresh": {"base": 120000, "report": 96000.5, "source": "水表台账 2023"},
    "reused": {"base": 30000, "report": 48000, "source": "回用水泵房记录"},
    "stored": {"report": 2500, "source": "液位记录"},
    "waste": {"base": 10, "report": 12.25, "source": "固废台账"},
}


def fitting(data: Data, seed: int = 0) -> Data:
    """An enterprise of the built-in guide as one of this guide, with inputs that differ by seed; some lack one."""
    data = copy.deepcopy(data)
    for name in ("benchmarks", "weights", "not_applicable", "entered"):
        data.pop(name, None)
    entered = copy.deepcopy(ENTERED)
    for i, code in enumerate(entered):
        for k, period in enumerate(("base", "report")):
            if period in entered[code]:
                entered[code][period] *= 1 + ((seed * 7 + i * 5 + k * 3) % 11 - 4) / 10
    if seed % 5 == 3:
        del entered["reused"]["base"]
    if seed % 5 == 4:
        entered["fresh"] = {"base": 0, "report": 0}
    codes = ("total", "water", "reuse", "saved", "more", "carbon", "dust")
    return {**data, "inputs": entered, "benchmarks": {code: {"value": 40, "source": "指南"} for code in codes}}
