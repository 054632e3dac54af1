"""Inputs that a guide declares, in an assessment: read, evaluated, told, moved on by a year."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.next_year import next_year
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.schema import schema
from jwdt_xl.assessment.typed import numbers_of_texts
from jwdt_xl.assessment.uncertainty import uncertainty
from jwdt_xl.assessment.written import write
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Finding
from jwdt_xl.standard.guide import builtin, from_dict

from ..standard.own import ENTERED, fitting, own_data, own_guide

Data = dict[str, Any]
GUIDE = own_guide()


@pytest.fixture
def cement(example: Callable[[str], Data]) -> Data:
    return {**fitting(example("cement")), "inputs": copy.deepcopy(ENTERED)}


def _values(data: Data, guide: Any = GUIDE) -> dict[str, float | None]:
    return {indicator.node.code: indicator.value for indicator in evaluate(data, guide).indicators}


def test_values_worked_by_hand(cement: Data) -> None:
    output = cement["product"]["output"]
    found = _values(cement)
    assert found["total"] == 96000.5 + 2500
    assert found["water"] == pytest.approx(96000.5 * 1000 / output["report"], rel=1e-14)
    assert found["reuse"] == pytest.approx(100 * 48000 / (96000.5 + 48000), rel=1e-14)
    assert found["saved"] == pytest.approx(
        100 * (1 - 96000.5 / output["report"] / (120000 / output["base"])), rel=1e-12
    )
    assert found["more"] == pytest.approx(60)
    by_code = {i.node.code: i for i in evaluate(cement, GUIDE).indicators}
    assert by_code["reuse"].score == pytest.approx(100 * min(1, found["reuse"] / 40))
    assert by_code["reuse"].marks == ("choice",)
    assert by_code["reuse"].derivation.zh.startswith(
        "100 × 回用水量 48000 m3 ÷ (新鲜水取水量 96000.5 m3 + 回用水量 48000 m3)"
    )
    assert "kg/unit" not in by_code["reuse"].derivation.en


@given(*(st.integers(0, 10**7) for _ in range(4)))
def test_they_change_nothing_else(fresh0: int, fresh1: int, reused0: int, reused1: int) -> None:
    """Whatever is entered, indicators that do not name it stay as they are."""
    data = {
        **_PLAIN,
        "inputs": {"fresh": {"base": fresh0, "report": fresh1}, "reused": {"base": reused0, "report": reused1}},
    }
    found = _values(data)
    assert found["carbon"] == _CARBON
    wanted = None if fresh1 + reused1 == 0 else 100 * reused1 / math.fsum((fresh1, reused1))
    assert found["reuse"] == (None if wanted is None else pytest.approx(wanted))
    assert found["more"] == (None if reused0 == 0 else pytest.approx(100 * (reused1 - reused0) / reused0, abs=1e-9))


_PLAIN: Data = {
    "format": "jwdt-assessment/1",
    "periods": {"base": "2022", "report": "2023"},
    "output_value": {"base": 100, "report": 120},
    "greenhouse": [{"category": "fuel", "gas": "CO2", "unit": "t", "base": 500, "report": 480}],
}
_CARBON = pytest.approx(480 * 1000 / 120)


def test_what_is_missing_says_where(cement: Data) -> None:
    del cement["inputs"]["reused"]["report"]
    result = evaluate(cement, GUIDE)
    missing = {(f.code, f.where) for f in result.findings if f.code == "missing-indicator"}
    assert missing == {("missing-indicator", "inputs.reused.report")}
    assert result.total is None
    cement["inputs"]["fresh"] = {"base": 0, "report": 0, "source": "台账"}
    cement["inputs"]["reused"] = {"base": 1, "report": 0, "source": "台账"}
    told = {(f.code, f.where) for f in evaluate(cement, GUIDE).findings if "indicator" in f.code}
    assert ("not-assessable-indicator", "inputs.reused.report") in told or (
        "not-assessable-indicator", "inputs.fresh.report") in told  # fmt: skip


def test_findings_name_the_place(cement: Data) -> None:
    cement["inputs"]["fresh"] |= {"report": 2e9}
    del cement["inputs"]["waste"]["source"]
    cement["inputs"]["reused"] |= {"base": 48, "report": 48000}
    found = {(f.severity, f.code, f.where) for f in evaluate(cement, GUIDE).findings}
    assert ("error", "outside-guide-range", "inputs.fresh.report") in found
    assert ("warning", "missing-evidence", "inputs.waste.source") in found
    assert ("warning", "scale-slip", "inputs.reused.report") in found


def test_declared_not_applicable_beside_an_amount(cement: Data) -> None:
    cement["materials"] = []
    cement["not_applicable"] = {"dust": "生产过程不产生固体废物"}
    found = {(f.code, f.where) for f in evaluate(cement, GUIDE).findings}
    assert ("not-applicable-beside-data", "not_applicable.dust") in found
    del cement["inputs"]["waste"]
    found = {(f.code, f.where) for f in evaluate(cement, GUIDE).findings}
    assert ("not-applicable-beside-data", "not_applicable.dust") not in found


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"fresh": {"report": -1}}, "inputs.fresh.report"),
        ({"fresh": {"report": "abc"}}, "inputs.fresh.report"),
        ({"fresh": {"report": math.nan}}, "inputs.fresh.report"),
        ({"fresh": {"report": 1e308 * 10}}, "inputs.fresh.report"),
        ({"fresh": {"report": True}}, "inputs.fresh.report"),
        ({"fresh": {"report": "#DIV/0!"}}, "inputs.fresh.report"),
        ({"fresh": {"report": 1, "source": 7.5}}, "inputs.fresh.source"),
        ({"fresh": 5}, "inputs.fresh"),
        ({"fresh": [1, 2]}, "inputs.fresh"),
        ({"unknown": {"report": 1}}, "inputs.unknown"),
        ({"fresh": {"year": 1}}, "inputs.fresh.year"),
        ({"stored": {"base": 1, "report": 2}}, "inputs.stored.base"),
        ([], "inputs"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_its_place(cement: Data, said: Any, where: str) -> None:
    with pytest.raises(Refused) as error:
        read({**cement, "inputs": said}, GUIDE)
    assert where in [finding.where for finding in error.value.findings]


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_is_missing_and_zero_a_value(cement: Data, blank: Any) -> None:
    cement["inputs"]["reused"]["report"] = blank
    assert _values(cement)["reuse"] is None
    cement["inputs"]["reused"]["report"] = 0
    assert _values(cement)["reuse"] == 0


def test_texts_that_are_plainly_numbers_are_read_and_told(cement: Data) -> None:
    cement["inputs"]["reused"] |= {"report": "４８,000", "source": "48"}
    told: list[Finding] = []
    found = read(numbers_of_texts(cement, told), GUIDE)
    assert found.inputs["reused"] == (30000, 48000, "48")
    assert [finding.where for finding in told] == ["inputs.reused.report"]


def test_files_and_schema(cement: Data) -> None:
    found = read(cement, GUIDE)
    assert write(found)["inputs"] == ENTERED and read(write(found), GUIDE) == found
    rules = schema(GUIDE)
    jsonschema.validate(write(found), rules)
    for wrong in ({"fresh": {"report": -1}}, {"stored": {"base": 1}}, {"x": {}}, {"fresh": 3}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**write(found), "inputs": wrong}, rules)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**write(found), "inputs": {"fresh": {}}}, schema(builtin()))


def test_a_year_on_the_report_is_the_base(cement: Data) -> None:
    moved = next_year(read(cement, GUIDE))
    assert moved.inputs["fresh"] == (96000.5, None, "水表台账 2023")
    assert moved.inputs["stored"].report is None


def test_known_totals_keep_their_uncertainty(cement: Data) -> None:
    found = uncertainty(evaluate(cement, GUIDE))
    by_code = {node.code: interval for node, interval in zip(GUIDE.indicators, found.scores, strict=True)}
    assert by_code["reuse"] is not None and by_code["reuse"][0] == by_code["reuse"][1]
    data = own_data()
    data["nodes"][6]["benchmark"] = {"value": 1e5, "source": "示例"}
    del cement["benchmarks"]["carbon"]
    guide = from_dict(data)
    low, high = uncertainty(evaluate(cement, guide)).scores[5] or (0.0, 0.0)
    score = evaluate(cement, guide).indicators[5].score
    assert score is not None and low <= score <= high
