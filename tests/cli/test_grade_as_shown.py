"""The grade goes by the total as it is shown: on two decimals, halves away from 0."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.cli import tables
from jwdt_xl.reports.shown import points
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.scoring import as_shown

GUIDE = from_dict(to_dict(builtin()) | {"grades": [{"name_zh": "二级", "from": 70}, {"name_zh": "三级", "from": 60}]})


@pytest.mark.parametrize(
    ("total", "shown", "name"),
    [
        (69.998, "70.00", "二级"), (69.995, "70.00", "二级"), (69.9949, "69.99", "三级"), (70.0, "70.00", "二级"),
        (59.995, "60.00", "三级"), (59.99499, "59.99", None), (-0.5, "-0.50", None), (1e300, f"{1e300:.2f}", "二级"),
    ],
)  # fmt: skip
def test_grade_and_total_agree_wherever_they_are_shown(total: float, shown: str, name: str | None) -> None:
    grade = GUIDE.grade(total)
    assert (grade.name.zh if grade else None) == name
    assert points(total) == tables._shown(total) == shown


@given(st.integers(-10_000_000, 10_000_000))
def test_halves(thousandths: int) -> None:
    want = Decimal(thousandths).scaleb(-3).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert as_shown(thousandths / 1000) == float(want)


@given(st.floats(0, 100))
def test_the_grade_is_that_of_the_total_read_off_the_page(total: float) -> None:
    assert GUIDE.grade(total) == GUIDE.grade(float(points(total)))
