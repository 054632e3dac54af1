"""A year on: what was reported is the base, everything else of the old year is gone."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.assessment import read, write
from jwdt_xl.assessment.next_year import moved, next_year
from jwdt_xl.assessment.tables import TABLES


def data(**more: Any) -> dict[str, Any]:
    return {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, **more}


@pytest.mark.parametrize("name", ["cement", "dyeing", "both_rise", "total_basis"])
def test_every_row_of_the_examples(golden: Path, name: str) -> None:
    """Row by row: base is what was reported, report is blank; the answers of the year are gone."""
    last = read(json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8")))
    new = next_year(last)
    assert (new.periods.base, new.periods.report) == (last.periods.report, moved(last.periods.report, 1))
    for table in TABLES:
        old = [row for row in getattr(last, table) if getattr(row, "report", None) != 0 or not row.base]
        rows = getattr(new, table)
        assert len(rows) in (len(old), len(getattr(last, table)))
        for row in rows:
            assert "base" not in dataclasses.asdict(row) or row.report is None
    assert sorted(row.base for row in new.energy) == sorted(row.report for row in last.energy)
    assert new.product.output.base == last.product.output.report and new.product.output.report is None
    assert new.policy.recommended is None and new.not_applicable == {}
    assert new.benchmarks == last.benchmarks and new.options == last.options
    assert read(write(new)) == new


def test_a_thing_with_a_row_a_year_keeps_that_of_the_report_year() -> None:
    """The coal of 2022 and that of 2023 by their own heat values: only the latter goes on."""
    coal = {"kind": "fuel", "name": "烟煤", "unit": "t"}
    rows = [
        {**coal, "net_calorific_value": 20.1, "base": 90, "report": 0},
        {**coal, "net_calorific_value": 20.3, "base": 0, "report": 80},
    ]
    idle = {"kind": "fuel", "name": "柴油", "unit": "t", "base": 5, "report": 0}
    new = next_year(read(data(activity=[*rows, idle])))
    assert [(row.name, row.net_calorific_value, row.base, row.report) for row in new.activity] == [
        ("烟煤", 20.3, 80, None), ("柴油", None, 0, None),
    ]  # fmt: skip


def test_factors_and_origins_of_the_old_year_go() -> None:
    power = {
        "kind": "electricity",
        "origin": "grid",
        "unit": "kWh",
        "base": 1,
        "report": 2,
        "factor_year": 2022,
        "quality": 1,
        "note": "x",
    }
    rows = [
        {**power, "source": "电费单; base: a.xlsx!表!3; report: b.xlsx!表!4-5,7"},
        {**power, "origin": "certificate", "source": "电费单", "factor_year": 2024},
    ]
    first, second = next_year(read(data(activity=rows))).activity
    assert (first.source, first.factor_year, first.quality, first.note) == (
        "电费单; base: b.xlsx!表!4-5,7",
        None,
        None,
        "",
    )
    assert (second.source, second.factor_year) == ("电费单", 2024)


@pytest.mark.parametrize(
    ("label", "step", "expected"),
    [
        ("2023", 1, "2024"), ("2023", -1, "2022"), ("2023年", 1, "2024年"), ("2023Q1", 1, "2024Q1"), ("2022-2023", 1, "2023-2024"),
        ("1999", 1, "2000"), ("", 1, ""), ("技改前", 1, ""), ("20230", 1, ""), ("２０２３", 1, ""),
    ],
)  # fmt: skip
def test_labels(label: str, step: int, expected: str) -> None:
    assert moved(label, step) == expected


@given(st.text(max_size=20))
def test_any_label_moves_there_and_back(label: str) -> None:
    if moved(label, 1) and moved(moved(label, 1), -1):
        assert moved(moved(label, 1), -1) == label


def test_what_a_guide_asks_of_the_report_period_alone_gets_no_base() -> None:
    """The share of non-fossil energy of a city: asked of one period, and of the next again."""
    from jwdt_xl.assessment import evaluate, write

    from ..standard.regions import city_guide, return_of

    guide = city_guide()
    last = read(return_of(), guide)
    said = write(next_year(last, guide=guide))["inputs"]
    assert said["co2"] == {"base": 7900, "source": "温室气体清单 2023"}
    assert said["energy"] == {"source": "能源平衡表 2023"} and "base" not in said["nonfossil"]
    again = {**return_of(), "inputs": {code: {**each, "report": 5000} for code, each in said.items()}}
    assert evaluate(again, guide).total is not None
