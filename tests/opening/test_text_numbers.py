"""Numbers left as text: plainly one number is read, everything else is not guessed at."""

from __future__ import annotations

import pytest

from jwdt_xl.standard.numbers import number_of_text

READ = {
    "447302": 447302, "555,901": 555901, "1,234,567.5": 1234567.5, "１２３": 123, "\u00a092500\u00a0": 92500,
    "'12": 12, " 0.5 ": 0.5, "-3": -3, "１，２３４": 1234,
}  # fmt: skip
NOT = (
    "1,5",
    "12 t",
    "约100",
    "3.2万",
    "1,23,456",
    "1.2.3",
    "12,34",
    "",
    "'",
    "1e5",
    "1 2",
    "٣",
    "②",
    "0,5",
    "5%",
    "1_000",
    "inf",
    "nan",
)


@pytest.mark.parametrize("text", READ)
def test_plainly_one_number(text: str) -> None:
    assert number_of_text(text) == READ[text]


@pytest.mark.parametrize("text", NOT)
def test_doubtful_texts_are_no_number(text: str) -> None:
    assert number_of_text(text) is None
