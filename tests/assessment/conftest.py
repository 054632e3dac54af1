"""An assessment small enough to work out by hand, the examples, and a way to change one field of them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate

Data = dict[str, Any]

#: Nothing is wrong with it, so it has no finding. Worked out in test_evaluate.py.
PLAIN: Data = {
    "format": "jwdt-assessment/1",
    "enterprise": {"name": "示例", "uscc": "91330500MA2B2C3D4T", "industry_code": "3011", "region": "浙江"},
    "boundary": "一个厂区",
    "periods": {"base": "2022", "report": "2023"},
    "product": {"name": "水泥", "unit": "t", "output": {"base": 100, "report": 100}},
    "output_value": {"basis": "工业总产值", "base": 1000, "report": 1200},
    "pollutants": [
        {
            "medium": "water",
            "pollutant": "化学需氧量(CODcr)",
            "unit": "kg",
            "base": 100,
            "report": 80,
            "source": "监测",
        },
        {"medium": "air", "pollutant": "二氧化硫", "unit": "kg", "base": 95, "report": 76, "source": "监测"},
    ],
    "greenhouse": [
        {"category": "fuel", "gas": "CO2", "unit": "t", "base": 2000, "report": 1800, "source": "核查"},
        {"category": "purchased_electricity", "gas": "CO2", "unit": "t", "base": 500, "report": 450, "source": "核查"},
    ],
    "energy": [
        {"energy": "原煤", "unit": "t", "base": 1000, "report": 900, "source": "计量"},
        {"energy": "电力", "origin": "grid", "unit": "kWh", "base": 1000000, "report": 900000, "source": "结算单"},
        {
            "energy": "电力",
            "origin": "own_renewable",
            "unit": "kWh",
            "base": 100000,
            "report": 100000,
            "source": "电表",
            "evidence": "计量记录",
        },
    ],
    "materials": [{"material": "石灰石", "unit": "t", "base": 1000, "report": 900, "source": "领料单"}],
    "residual_energy": [{"kind": "余热发电", "unit": "kWh", "base": 10000, "report": 10000, "source": "电表"}],
    "policy": {"recommended": "yes", "elimination_list": False, "evidence": "目录（2024 年本）第 3 项"},
    "management": {"established": True, "effective": True, "evidence": "体系证书、内审记录"},
    "benchmarks": {
        "2": {"value": 2, "unit": "AP/单位产品", "source": "政策", "year": 2023},
        "3": {"value": 20000, "unit": "kg/t", "source": "政策", "year": 2023},
        "4": {"value": 0.6, "unit": "万元/t", "source": "政策", "year": 2023, "basis": "工业总产值"},
        "5": {"value": 2, "unit": "%", "source": "政策", "year": 2023, "basis": "电力按当量值"},
        "6": {"value": 9000, "unit": "kg/单位产品", "source": "政策", "year": 2023},
        "7": {"value": 400000, "unit": "kJ/unit product", "source": "政策", "year": 2023},
    },
}

#: Stands for taking a field away.
GONE = object()


def changed(data: Data, changes: dict[str, Any]) -> Data:
    """A copy with other values at some paths, such as pollutants[2].report; a place just after the last row adds one."""
    data = copy.deepcopy(data)
    for path, value in changes.items():
        keys: list[Any] = [int(key) if key.isdigit() else key for key in re.findall(r"(?<=\[)\d+|[^.\[\]]+", path)]
        keys = [str(k) if i and keys[i - 1] in MAPPINGS else k for i, k in enumerate(keys)]
        target: Any = data
        for key in keys[:-1]:
            target = target.setdefault(key, {}) if isinstance(target, dict) else target[key]
        if value is GONE:
            del target[keys[-1]]
        elif isinstance(target, list) and keys[-1] == len(target):
            target.append(value)
        else:
            target[keys[-1]] = value
    return data


MAPPINGS = ("benchmarks", "weights", "not_applicable", "entered")


@pytest.fixture(scope="session")
def gone() -> object:
    return GONE


@pytest.fixture(scope="session")
def change() -> Callable[[Data, dict[str, Any]], Data]:
    return changed


@pytest.fixture(scope="session")
def plain() -> Callable[..., Data]:
    """The small assessment, with changes by path."""
    return lambda changes=None: changed(PLAIN, changes or {})


@pytest.fixture(scope="session")
def example(golden: Path) -> Callable[..., Data]:
    """An example by name, with changes by path."""

    def load(name: str, changes: dict[str, Any] | None = None) -> Data:
        return changed(json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8")), changes or {})

    return load


@pytest.fixture(scope="module")
def billed(plain: Any) -> Callable[..., Any]:
    """The evaluation of the small assessment with these bills in the place of its emissions and energy."""

    def evaluated(*rows: Data, **changes: Any) -> Any:
        filled = [{"base": 0, "report": 10, "unit": "t", **row} for row in rows]
        return evaluate(plain({"greenhouse": [], "energy": [], "activity": filled, **changes}))

    return evaluated


@pytest.fixture(scope="module")
def amounts(billed: Any) -> Callable[..., Any]:
    """t CO2e, tce and non-fossil tce of the report period."""

    def computed(*rows: Data, **changes: Any) -> Any:
        found = billed(*rows, **changes).quantities
        return found.co2e.report, found.primary_tce.report, found.nonfossil_tce.report

    return computed
