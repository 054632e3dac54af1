"""The path by numpy against the core's, for enterprises and guides made at random."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.uncertainty import uncertainty
from jwdt_xl.errors import JwdtError
from jwdt_xl.portfolio.analysis import uncertainty as fast

from ..assessment.test_parts import guide_of
from ..assessment.test_properties import FULL

PARTS = guide_of(
    ("equivalent_intensity", "negative", {"medium": "water"}),
    ("equivalent_intensity", "negative", {"medium": "air"}),
    ("equivalent_intensity", "negative", {"pollutants": ["氨氮", "BOD5"], "medium": "water"}),
    ("material_intensity", "negative", {"materials": ["石灰石"]}),
    ("nonfossil_share", "positive", {"energies": ["电力"]}),
    ("carbon_productivity", "positive", {}),
)


def numbers(found: Any) -> list[float | None]:
    """Every number of the JSON, in order."""
    if isinstance(found, dict):
        return [number for value in found.values() for number in numbers(value)]
    if isinstance(found, list):
        return [number for value in found for number in numbers(value)]
    return [found]


def assert_equal(data: dict[str, Any], guide: Any = None) -> None:
    try:
        result = evaluate(data, guide)
    except JwdtError:
        assume(False)
    slow, quick = uncertainty(result).as_dict(), fast.uncertainty(result).as_dict()
    assert slow.keys() == quick.keys()
    for a, b in zip(numbers(slow), numbers(quick), strict=True):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            # A rate on the edge of a case may fall on either side by its last digit: a draw or two of 2,000.
            assert math.isclose(a, b, rel_tol=1e-6, abs_tol=0.002)


@given(
    FULL, st.sampled_from(["ratio", "distance", "cosine", "composite", "equivalent_rate"]), st.sampled_from([0.0, 0.05])
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_paths_agree(data: dict[str, Any], measure: str, floor: float) -> None:
    options = {"full_rate": 0.1, "carbon_equivalents": 50.0, "synergy_floor": floor, "moderate_score": measure}
    assert_equal({**data, "options": {**data["options"], **options}})


@given(FULL)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_paths_agree_on_what_a_guide_counts_only(data: dict[str, Any]) -> None:
    benchmarks = dict(zip("abcdef", (2, 3, 4, 500, 5, 0.5), strict=True))
    assert_equal({**data, "not_applicable": {}, "benchmarks": benchmarks}, PARTS)


@pytest.mark.parametrize("name", ["both_rise", "cement", "dyeing", "na_and_missing", "not_applicable", "total_basis"])
def test_the_examples(golden: Path, name: str) -> None:
    assert_equal(json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8")))
