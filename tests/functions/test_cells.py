"""What cells hand over: blanks, error values, numbers as text, ranges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import cells
from jwdt_xl.messages import LONGEST


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (None, None), ("", None), (" \u3000\t", None), (0, 0), (-0.0, 0), (7, 7), ("1,234.5", 1234.5), ("１２３", 123),
        ("１，２３４．５", 1234.5), (" +3 ", 3), ("-.5", -0.5), ("5.", 5), ("1E3", 1000), ("1,234,567", 1234567),
        (Decimal("1.5"), 1.5), (Fraction(1, 4), 0.25),
    ],
)  # fmt: skip
def test_numbers(cell: Any, value: float | None) -> None:
    found = cells.to_number(cell, "amount")
    assert found == value
    assert found is None or type(found) is float


@pytest.mark.parametrize(
    "cell",
    ["12 t", "1.234,5", "1,23", "12,34,567", "1 234", "十二", "5%", "--5", "e5", ".", True, False, [1], object()],
)
def test_no_numbers(cell: Any) -> None:
    with pytest.raises(JwdtError, match=r"^amount must be a number, got “"):
        cells.to_number(cell, "amount")


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), float("-inf"), "1e999", "-1e400", 10**400])
def test_no_finite_numbers(cell: Any) -> None:
    with pytest.raises(JwdtError, match=r"^amount must be a finite number, got “"):
        cells.to_number(cell, "amount")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_as_text(value: float) -> None:
    assert cells.to_number(repr(value), "x") == value
    grouped = f"{value:,.3f}"
    assert cells.to_number(grouped, "x") == float(grouped.replace(",", ""))
    assert cells.to_number("".join(chr(ord(c) + 0xFEE0) for c in grouped), "x") == cells.to_number(grouped, "x")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", True), (" YES ", True), ("有", True), (True, True), (1, True), (1.0, True), ("否", False), ("No", False),
     (0, False), (False, False), (None, None), ("", None)],
)  # fmt: skip
def test_flags(cell: Any, value: bool | None) -> None:
    assert cells.to_flag(cell, "effective") is value


@pytest.mark.parametrize("cell", ["maybe", "是否", 2, 0.5, float("nan")])
def test_no_flags(cell: Any) -> None:
    with pytest.raises(JwdtError, match=r"^effective must be yes or no, got “"):
        cells.to_flag(cell, "effective")


@pytest.mark.parametrize(
    ("cell", "value"), [(" 二氧化硫\n", "二氧化硫"), ("a \n b", "a b"), ("  ", None), (None, None)]
)
def test_texts(cell: Any, value: str | None) -> None:
    assert cells.to_text(cell, "name") == value


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (5, "name must be text, got “5”"),
        (True, "name must be text, got “True”"),
        ("长" * 121, "name must have at most 120"),
    ],
)
def test_no_texts(cell: Any, message: str) -> None:
    with pytest.raises(JwdtError, match=message) as caught:
        cells.to_text(cell, "name")
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("cell", ["n/a", " N/A ", "ｎ／ａ", "不适用", "Not applicable"])
def test_not_applicable(cell: str) -> None:
    assert cells.is_not_applicable(cell)


@pytest.mark.parametrize("cell", ["#N/A", "", None, 0, "n.a."])
def test_not_not_applicable(cell: Any) -> None:
    assert not cells.is_not_applicable(cell)


@pytest.mark.parametrize("cell", ["#N/A", "#DIV/0!", "#SPILL!", "Err:502"])
def test_error_values(cell: str) -> None:
    assert cells.is_error(cell)
    assert cells.first_error([1, [["a"], [cell]], "#REF!"]) == cell
    assert cells.first_error(["#REF!", cell]) == "#REF!"


@pytest.mark.parametrize("cell", ["#1 boiler", "#", "Err:", "Err: none", "n/a", "", None, 0, float("nan")])
def test_no_error_values(cell: Any) -> None:
    assert not cells.is_error(cell)
    assert cells.first_error([cell, [[cell]]]) is None


@pytest.mark.parametrize(
    ("given_", "rows"),
    [
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]]),
        (((1, 2), (3, 4)), [[1, 2], [3, 4]]),
        ([1, 2], [[1], [2]]),
        ([], [[None]]),
        ([[], []], [[None]]),
    ],
)
def test_ranges(given_: Any, rows: list[list[Any]]) -> None:
    assert cells.rows_of(given_) == rows
    assert cells.flat(given_) == [cell for row in rows for cell in row]


@pytest.mark.parametrize("given_", [[[1, 2], [3]], [[1], [2, 3]], [[], [1]]])
def test_ragged(given_: Any) -> None:
    with pytest.raises(JwdtError, match="differ in length"):
        cells.rows_of(given_)


@given(
    st.lists(st.sampled_from([None, "", " ", 0, False, "x"]), max_size=6),
    st.integers(0, 9),
    st.sampled_from([1, 2, "flat"]),
)
def test_whole_columns_are_trimmed(values: list[Any], other: int, width: Any) -> None:
    def wide(cell: Any) -> Any:
        return cell if width == "flat" else [None] * (width - 1) + [cell]

    column = list(map(wide, values)) + [wide(None)] * (cells.WHOLE_COLUMN - len(values))
    filled = max((i for i, value in enumerate(values, 1) if value not in (None, "", " ")), default=0)
    trimmed, beside, single = cells.trimmed([column, [[5]] * other, 7])
    assert trimmed == column[: max(filled, other, 1)]
    assert (beside, single) == ([[5]] * other, 7)


def test_shorter_ranges_keep_their_blank_end() -> None:
    rows = [[1], [None], [""]]
    assert cells.trimmed([rows]) == [rows]


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ((0, None, None, "kg"), "x must be at least 0 kg, got “-1”"),
        ((None, None, 0, "t"), "x must be above 0 t, got “-1”"),
        ((None, -2, None, ""), "x must be at most -2, got “-1”"),
    ],
)
def test_bounds(bounds: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=f"^{message}$"):
        cells.check_bounds(-1, "x", *bounds)


@given(st.text(max_size=600))
def test_short(text: str) -> None:
    cut = cells.short(text)
    assert len(cut) <= LONGEST
    assert cut == text if len(text) <= LONGEST else cut == text[:254] + "…"
