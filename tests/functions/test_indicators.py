"""The indicators as cells see them: numbers, the sentence of the case, and why something is not assessable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError, NotAssessable
from jwdt_xl.functions import (
    JWDT_CARBON_INTENSITY,
    JWDT_CARBON_PRODUCTIVITY,
    JWDT_EQUIVALENT_INTENSITY,
    JWDT_MANAGEMENT,
    JWDT_MATERIAL_INTENSITY,
    JWDT_NONFOSSIL_SHARE,
    JWDT_POLICY,
    JWDT_RESIDUAL_ENERGY_INTENSITY,
    JWDT_SYNERGY,
    JWDT_SYNERGY_SCORE,
)
from jwdt_xl.messages import set_language


@pytest.mark.parametrize(
    ("p1", "c1", "zh", "en"),
    [
        (80, 100, "仅污染物下降", "only pollutants fall"),
        (100, 90, "仅碳排放下降", "only carbon falls"),
        (80, 110, "此消彼长", "trade-off"),
        (120, 90, "此消彼长", "trade-off"),
        (100, 110, "一项上升", "one rises"),
        (120, 110, "同时上升", "both rise"),
        (100, 100, "均无变化", "neither pollutants nor carbon change"),
    ],
)
def test_the_case_in_words(p1: float, c1: float, zh: str, en: str) -> None:
    assert en in JWDT_SYNERGY(100, p1, 100, c1)
    assert JWDT_SYNERGY_SCORE(100, p1, 100, c1) == 0
    set_language("zh")
    assert zh in JWDT_SYNERGY(100, p1, 100, c1)


@pytest.mark.parametrize(
    ("cells", "s", "score"),
    [
        ((100, 80, 100, 90), 2, 50),
        ((100, 90, 100, 80), 0.5, 50),
        ((100, 99, 1000, 950, 10, 11), 0.1 * 1100 / 150, 73 + 1 / 3),
    ],
)
def test_synergy(cells: tuple[float, ...], s: float, score: float) -> None:
    assert JWDT_SYNERGY(*cells) == pytest.approx(s)
    assert JWDT_SYNERGY_SCORE(*cells) == pytest.approx(score)


@given(*[st.floats(1, 1e6) for _ in range(6)])
def test_no_marks_unless_both_fall(p0: float, p1: float, c0: float, c1: float, q0: float, q1: float) -> None:
    for cells, falls in (
        ((p0, p1, c0, c1), ((p0 - p1) / p0, (c0 - c1) / c0)),
        ((p0, p1, c0, c1, q0, q1), ((p0 / q0 - p1 / q1) / (p0 / q0), (c0 / q0 - c1 / q1) / (c0 / q0))),
    ):
        both = min(falls) >= 1e-12
        assert (JWDT_SYNERGY_SCORE(*cells) > 0) == both == isinstance(JWDT_SYNERGY(*cells), float)
        assert 0 <= JWDT_SYNERGY_SCORE(*cells) <= 100


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((0, 1, 1, 1), "pollutant equivalents of the base period is 0, must be above 0"),
        ((1, 1, 0, 1), "carbon of the base period is 0, must be above 0"),
        ((1, 1, 1, 1, 0, 1), "output of the base period is 0"),
        ((1, 1, 1, 1, 1, 0), "output of the report period is 0"),
    ],
)
def test_synergy_not_assessable(cells: tuple[float, ...], message: str) -> None:
    for function in (JWDT_SYNERGY, JWDT_SYNERGY_SCORE):
        with pytest.raises(NotAssessable, match=message):
            function(*cells)


@pytest.mark.parametrize("outputs", [(10, None), (None, 10), ("", 10)])
def test_one_output_alone(outputs: tuple[Any, Any]) -> None:
    with pytest.raises(JwdtError, match="give both q0 and q1 or neither"):
        JWDT_SYNERGY(100, 80, 100, 90, *outputs)


RATIOS: list[tuple[Callable[..., Any], float, str]] = [
    (JWDT_EQUIVALENT_INTENSITY, 12 / 5, "output of the report period"),
    (JWDT_CARBON_INTENSITY, 12 * 1000 / 5, "output of the report period"),
    (JWDT_CARBON_PRODUCTIVITY, 12 / 5, "emissions of the report period"),
    (JWDT_NONFOSSIL_SHARE, 100 * 12 / 5, "total primary energy"),
    (JWDT_MATERIAL_INTENSITY, 12 / 5, "output of the report period"),
    (JWDT_RESIDUAL_ENERGY_INTENSITY, 12 / 5, "output of the report period"),
]


@pytest.mark.parametrize(("function", "expected", "what"), RATIOS)
def test_ratios(function: Callable[..., Any], expected: float, what: str) -> None:
    assert function(12, 5) == pytest.approx(expected, rel=1e-12)
    assert function(0, 5) == 0
    with pytest.raises(NotAssessable, match=f"{what} is 0, must be above 0: not assessable"):
        function(12, 0)


@pytest.mark.parametrize("cells", [(JWDT_CARBON_INTENSITY, -1, 5), (JWDT_CARBON_PRODUCTIVITY, 5, -1)])
def test_negative_emissions(cells: tuple[Any, ...]) -> None:
    with pytest.raises(NotAssessable, match=r"negative \(-1 t\): not assessable"):
        cells[0](*cells[1:])


@pytest.mark.parametrize(
    ("recommended", "elimination_list", "grade"),
    [("是", "否", 1), ("Partly", False, 0.5), ("部分", 0, 0.5), ("no", "no", 0), ("是", "是", 0), (None, True, 0)],
)
def test_policy(recommended: Any, elimination_list: Any, grade: float) -> None:
    assert JWDT_POLICY(recommended, elimination_list) == grade


@pytest.mark.parametrize(
    ("function", "cells", "message"),
    [
        (JWDT_POLICY, ("是", None), "elimination_list is missing"),
        (JWDT_POLICY, (None, None), "elimination_list is missing"),
        (JWDT_POLICY, (None, "否"), "recommended is missing"),
        (JWDT_POLICY, ("often", "否"), "recommended must be yes, partly or no, got “often”"),
        (JWDT_MANAGEMENT, ("是", None), "effective is missing"),
        (JWDT_MANAGEMENT, (None, "是"), "established is missing"),
        (JWDT_MANAGEMENT, ("是", "often"), "effective must be yes or no"),
    ],
)
def test_answers_missing_or_wrong(function: Callable[..., Any], cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        function(*cells)


@pytest.mark.parametrize(
    ("established", "effective", "grade"),
    [("是", "是", 1), (True, "否", 0.5), ("否", None, 0), ("no", "yes", 0), (1, 0, 0.5)],
)
def test_management(established: Any, effective: Any, grade: float) -> None:
    assert JWDT_MANAGEMENT(established, effective) == grade
