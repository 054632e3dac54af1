"""Answers by what people type: one declaration for reader and sheet."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.assessment.fields import YES_NO
from jwdt_xl.messages import Text
from jwdt_xl.standard import answers

PARTLY = (("yes", Text("是", "yes")), ("partly", Text("部分", "partly")), ("no", Text("否", "no")))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("是", True), ("有", True), ("Y", True), ("y", True), ("√", True), ("✔", True), ("YES", True), (" 是　", True), ("Ｙ", True), ("TRUE", True),
        ("否", False), ("无", False), ("没有", False), ("n", False), ("×", False), ("No", False), ("false", False), ("不是", False),
        ("X", None), ("1", None), ("0", None), ("", None), (" ", None), ("也许", None), ("-1", None), ("#N/A", None), ("是否", None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_yes_and_no(said: str, meant: bool | None) -> None:
    assert answers.meant(YES_NO, said) is meant


@pytest.mark.parametrize(
    ("said", "meant"), [("有", "yes"), ("PARTLY", "partly"), ("部分是", "partly"), ("无", "no"), ("半", None)]
)
def test_in_part(said: str, meant: str | None) -> None:
    assert answers.meant(PARTLY, said) == meant


@given(st.sampled_from([*answers.names(PARTLY)]), st.sampled_from(["", " ", "　", "\t"]), st.booleans())
def test_blanks_and_case_do_not_matter(name: tuple[str, Any], blank: str, upper: bool) -> None:
    said = name[0].upper() if upper else name[0].lower()
    assert answers.meant(PARTLY, blank + said + blank) == name[1]


def test_no_way_to_write_means_two_answers() -> None:
    for choices in (YES_NO, PARTLY):
        for name, code in answers.names(choices):
            assert answers.meant(choices, name) is code
