"""The nine values: the degree of synergy with its cases, the ratios, the two qualitative grades."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jwdt_xl.errors import NotAssessable
from jwdt_xl.standard import indicators as ind

SIZES = st.floats(1e-3, 1e9)
RATES = st.floats(1e-10, 0.9)
FACTORS = st.floats(1e-6, 1e6)


def tolerance(synergy: ind.Synergy) -> float:
    """Relative tolerance of S: a small difference of large numbers loses digits in any program."""
    return max(1e-9, 1e-14 / min(abs(synergy.pollutants), abs(synergy.carbon)))


@pytest.mark.parametrize(
    ("p1", "c1", "case", "value"),
    [
        (80, 90, ind.SYNERGY, 2),
        (90, 80, ind.SYNERGY, 0.5),
        (0, 0, ind.SYNERGY, 1),
        (80, 100, ind.ONLY_POLLUTANTS, None),
        (100, 90, ind.ONLY_CARBON, None),
        (80, 110, ind.TRADE_OFF, None),
        (120, 90, ind.TRADE_OFF, None),
        (100, 110, ind.ONE_RISES, None),
        (120, 100, ind.ONE_RISES, None),
        (120, 110, ind.BOTH_RISE, None),
        (100, 100, ind.UNCHANGED, None),
    ],
)
def test_cases(p1: float, c1: float, case: str, value: float | None) -> None:
    for p0, q in ((100, None), (300, 3)):
        synergy = ind.synergy(p0, p1 * p0 / 100, 100, c1, q and 1, q and 1)
        assert (synergy.case, synergy.value) == (case, value if value is None else pytest.approx(value, rel=1e-9))
        assert synergy.pollutants == pytest.approx((100 - p1) / 100, abs=1e-12)
        assert synergy.carbon == pytest.approx((100 - c1) / 100, abs=1e-12)
    assert case in ind.CASE_NAMES


@pytest.mark.parametrize(("change", "case"), [(9e-13, ind.ONLY_CARBON), (2e-12, ind.SYNERGY)])
def test_a_tiny_rate_is_no_change(change: float, case: str) -> None:
    synergy = ind.synergy(1, 1 - change, 1, 0.5)
    assert synergy.case == case
    assert (synergy.pollutants == 0) == (case != ind.SYNERGY)


def test_per_product() -> None:
    synergy = ind.synergy(p0=100, p1=99, c0=1000, c1=950, q0=10, q1=11)
    assert synergy.pollutants == pytest.approx(1 - (99 / 11) / (100 / 10))
    assert synergy.carbon == pytest.approx(1 - (950 / 11) / (1000 / 10))
    assert synergy.value == pytest.approx(0.1 / (150 / 1100))


@given(SIZES, SIZES, RATES, RATES, FACTORS, FACTORS)
def test_scaling_leaves_s(p0: float, c0: float, rp: float, rc: float, kp: float, kc: float) -> None:
    plain = ind.synergy(p0, p0 * (1 - rp), c0, c0 * (1 - rc))
    scaled = ind.synergy(kp * p0, kp * (p0 * (1 - rp)), kc * c0, kc * (c0 * (1 - rc)))
    assert plain.case == scaled.case == ind.SYNERGY
    assert scaled.value == pytest.approx(plain.value, rel=tolerance(plain), abs=0)


@given(SIZES, SIZES, RATES, RATES, SIZES, FACTORS)
def test_the_unit_of_output_leaves_s(p0: float, c0: float, rp: float, rc: float, q: float, k: float) -> None:
    plain = ind.synergy(p0, p0 * (1 - rp), c0, c0 * (1 - rc), q, q)
    scaled = ind.synergy(p0, p0 * (1 - rp), c0, c0 * (1 - rc), k * q, k * q)
    assume(plain.case == scaled.case == ind.SYNERGY)  # at rates near 1e-12 rounding decides
    assert scaled.value == pytest.approx(plain.value, rel=tolerance(plain), abs=0)


@given(*[st.floats(0, 1e6) for _ in range(4)])
def test_a_number_only_where_both_fall(p0: float, p1: float, c0: float, c1: float) -> None:
    assume(p0 > 0 and c0 > 0)
    try:
        synergy = ind.synergy(p0, p1, c0, c1)
    except NotAssessable:
        assert not all(map(math.isfinite, ((p0 - p1) / p0, (c0 - c1) / c0)))
        return
    both_fall = (p0 - p1) / p0 >= 1e-12 and (c0 - c1) / c0 >= 1e-12
    assert (synergy.value is not None) == both_fall == (synergy.case == ind.SYNERGY)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 1, 1, 1), "pollutant equivalents of the base period is 0, must be above 0"),
        ((1, 1, 0, 1), "carbon of the base period is 0"),
        ((1, 1, -5, 1), "carbon of the base period is -5"),
        ((1, 1, 1, 1, 0, 1), "output of the base period is 0"),
        ((1, 1, 1, 1, 1, 0), "output of the report period is 0"),
        ((1, 1, 1, 1, 1, -2), "output of the report period is -2"),
        ((1e-300, 1e300, 1, 1), "out of range"),
    ],
)
def test_synergy_not_assessable(arguments: tuple[float, ...], message: str) -> None:
    with pytest.raises(NotAssessable, match=message):
        ind.synergy(*arguments)


RATIOS: list[tuple[Callable[[float, float], float], float, str]] = [
    (ind.equivalent_intensity, 12 / 5, "output of the report period"),
    (ind.carbon_intensity, 12 * 1000 / 5, "output of the report period"),
    (ind.carbon_productivity, 12 / 5, "emissions of the report period"),
    (ind.nonfossil_share, 100 * 12 / 5, "total primary energy"),
    (ind.material_intensity, 12 / 5, "output of the report period"),
    (ind.residual_energy_intensity, 12 / 5, "output of the report period"),
]


@pytest.mark.parametrize(("function", "expected", "what"), RATIOS)
def test_ratios(function: Callable[[float, float], float], expected: float, what: str) -> None:
    assert function(12, 5) == pytest.approx(expected, rel=1e-12)
    assert function(0, 5) == 0
    with pytest.raises(NotAssessable, match=f"{what} is 0, must be above 0: not assessable"):
        function(12, 0)
    with pytest.raises(NotAssessable):
        function(12, -1)
    with pytest.raises(NotAssessable, match="out of range"):
        function(1e308, 1e-10)


def test_negative_carbon_is_not_assessable() -> None:
    for arguments in ((ind.carbon_intensity, (-1, 5)), (ind.carbon_productivity, (5, -1))):
        with pytest.raises(NotAssessable, match=r"negative \(-1 t\): not assessable") as caught:
            arguments[0](*arguments[1])
        assert caught.value.code == "negative-carbon"


@pytest.mark.parametrize(
    ("recommended", "elimination_list", "grade"),
    [
        ("yes", False, 1), ("partly", False, 0.5), ("no", False, 0),
        ("yes", True, 0), ("partly", True, 0), ("no", True, 0), (None, True, 0),
        ("yes", None, None), ("no", None, None), (None, None, None), (None, False, None),
    ],
)  # fmt: skip
def test_policy(recommended: str | None, elimination_list: bool | None, grade: float | None) -> None:
    assert ind.policy(recommended, elimination_list) == grade


@pytest.mark.parametrize(
    ("established", "effective", "grade"),
    [
        (True, True, 1), (True, False, 0.5), (True, None, None),
        (False, True, 0), (False, False, 0), (False, None, 0), (None, True, None), (None, None, None),
    ],
)  # fmt: skip
def test_management(established: bool | None, effective: bool | None, grade: float | None) -> None:
    assert ind.management(established, effective) == grade
