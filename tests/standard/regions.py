"""Guides for cities and parks: the published Zhejiang draft, completed with invented weights and indicators, and returns by them."""

from __future__ import annotations

import copy
from typing import Any

from jwdt_xl.authoring import load
from jwdt_xl.standard.guide import Guide, from_dict, to_dict

Data = dict[str, Any]

#: The six first-level indicators that the drafting note prints, with what stands in for those that it does not.
_LEAVES: tuple[Data, ...] = (
    {"code": "air", "parent": "environment", "name_zh": "空气质量优良天数比例", "unit_zh": "%", "attribute": "positive",
     "weight": 0.1, "formula": "entered", "benchmark": {"value": 95.0, "unit": "%", "source": "示范"}, "range": [0, 100]},
    {"code": "water", "parent": "environment", "name_zh": "地表水达标率", "unit_zh": "%", "attribute": "positive",
     "weight": 0.1, "formula": "entered", "benchmark": {"value": 100.0, "unit": "%", "source": "示范"}},
    {"code": "intensity", "parent": "carbon", "name_zh": "单位GDP二氧化碳排放量", "unit_zh": "t/万元", "attribute": "negative",
     "weight": 0.15, "formula": "quotient", "of": ["co2"], "over": ["gdp"],
     "benchmark": {"value": 0.35, "unit": "t/万元", "source": "示范"}},
    {"code": "fall", "parent": "coupling", "name_zh": "单位GDP二氧化碳排放下降率", "unit_zh": "%", "attribute": "positive",
     "weight": 0.15, "formula": "reduction", "of": ["co2"], "over": ["gdp"],
     "benchmark": {"value": 10.0, "unit": "%", "source": "示范"}},
    {"code": "share", "parent": "structure", "name_zh": "非化石能源占比", "unit_zh": "%", "attribute": "positive",
     "weight": 0.15, "formula": "share", "of": ["nonfossil"], "over": ["energy"],
     "benchmark": {"value": 25.0, "unit": "%", "source": "示范"}},
    {"code": "sites", "parent": "treatment", "name_zh": "协同治理工程", "attribute": "qualitative", "weight": 0.15,
     "formula": "entered", "benchmark_text_zh": "全部完成 1，部分 0.5，没有 0"},
    {"code": "plan", "parent": "administration", "name_zh": "协同实施方案", "attribute": "qualitative", "weight": 0.2,
     "formula": "entered", "benchmark_text_zh": "已印发并公开考核结果 1，已印发 0.5，没有 0"},
)  # fmt: skip
_INPUTS = [
    {"code": "co2", "name_zh": "二氧化碳排放量", "unit_zh": "万t"},
    {"code": "gdp", "name_zh": "地区生产总值", "unit_zh": "亿元", "help_zh": "现价，见统计公报"},
    {"code": "nonfossil", "name_zh": "非化石能源消费量", "unit_zh": "万tce", "periods": "report"},
    {"code": "energy", "name_zh": "能源消费总量", "unit_zh": "万tce", "periods": "report"},
]
GROUPS = [
    "effect",
    "environment",
    "carbon",
    "coupling",
    "path",
    "structure",
    "treatment",
    "management",
    "administration",
]


def city_data(**changes: Any) -> Data:
    """Zhejiang's tree of three kinds and six first-level indicators, as an author completes it."""
    data = copy.deepcopy(to_dict(load("zhejiang-index")))
    del data["gaps"]
    data |= {"id": "zhejiang-city-test", "version": "test", "evaluates": "city", "inputs": copy.deepcopy(_INPUTS)}
    leaves = copy.deepcopy(_LEAVES)
    parents = {node["code"]: node.get("parent", "") for node in data["nodes"]}
    for node in data["nodes"]:
        own = [leaf["weight"] for leaf in leaves if node["code"] in (leaf["parent"], parents[leaf["parent"]])]
        node["weight"] = sum(own)
    data["nodes"] += leaves
    return {**data, **changes}


def city_guide(**changes: Any) -> Guide:
    return from_dict(city_data(**changes), strict=True)


def park_data() -> Data:
    """A park by inputs of its own."""
    return city_data(id="park-test", evaluates="park")


def return_of(name: str = "杭州市", code: str = "330100", **entered: float) -> Data:
    """What a city reports."""
    values = {"air": 84.1, "water": 98.0, "sites": 1.0, "plan": 0.5, **entered}
    return {
        "format": "jwdt-assessment/1",
        "enterprise": {"name": name, "division_code": code, "region": "浙江省"},
        "boundary": "全市域",
        "periods": {"base": "2022", "report": "2023"},
        "inputs": {
            "co2": {"base": 8000, "report": 7900, "source": "温室气体清单 2023"},
            "gdp": {"base": 18753, "report": 20059, "source": "统计公报 2023"},
            "nonfossil": {"report": 800, "source": "能源平衡表 2023"},
            "energy": {"report": 4200, "source": "能源平衡表 2023"},
        },
        "entered": values,
        "entered_source": {key: f"公报 2023，{key}" for key in values},
        "benchmarks": {},
    }
