"""Finding things by name: width, case, blanks and kinds of dash do not matter."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard.energy import find_energy
from jwdt_xl.standard.equivalents import find_pollutant
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


#: Names as published forms print them: statistics form 205-1 (two copies read) and the permit platform.
PAPERS = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "data" / "names_of_papers.csv").read_text(encoding="utf-8").splitlines()
    )
)


@pytest.mark.parametrize("row", PAPERS, ids=lambda row: row["name"])
def test_names_of_papers(row: dict[str, str]) -> None:
    """To an entry, a recorded one, or the documented error; whatever its width, and with signs nobody sees."""
    for name in (
        row["name"],
        row["name"].replace("（", "(").replace("）", ")"),
        f" \u200b{row['name'].lower()}\ufeff ",
    ):
        try:
            found = find_pollutant(name, row["medium"]).name.zh if row["medium"] else find_energy(name).code
        except JwdtError as error:
            found = f"error {error.code}"
        assert found == row["meant"]


def test_all_of_the_form_are_there() -> None:
    assert sum(not row["medium"] for row in PAPERS) == 46
