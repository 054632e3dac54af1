"""Finding things by name: width, case, blanks and kinds of dash do not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.standard.names import Index, fold, split, table


@pytest.mark.parametrize(
    ("one", "other"),
    [("CO₂", "co2"), ("ＣＯ２", "CO2"), (" 氮氧 化物\n", "氮氧化物"), ("邻–二甲苯", "邻-二甲苯"), ("邻－二甲苯", "邻-二甲苯"), ("（床）", "(床)")],
)  # fmt: skip
def test_same_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text("aB１(（-–₂氮é ", max_size=20))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(f" {name}\t") == fold(name)


def test_index_keeps_every_thing_of_a_name() -> None:
    index = Index([("water F", ["氟化物", "F", ""]), ("air F", ["氟化物", "Ｆ", "f"])])
    assert index.find("氟 化物") == ["water F", "air F"]
    assert index.find("f") == ["water F", "air F"]
    assert index.find("") == index.find("Cl") == []


def test_split() -> None:
    assert split("a|b c||") == ["a", "b c"]
    assert split("") == []


@pytest.mark.parametrize("name", ["annex_b", "gwp", "energy", "fuels", "industry"])
def test_tables_have_whole_rows(name: str) -> None:
    rows = table(name)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
