"""Results as a pandas table."""

from __future__ import annotations

import json
from pathlib import Path

import pandas
import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.portfolio import read_files, to_frame

TEXTS = ["file", "enterprise", "uscc", "industry_code", "region", "base", "report", "guide", "case"]
NAMES = ("both_rise", "cement", "dyeing", "na_and_missing", "not_applicable", "total_basis")


@pytest.fixture(scope="module")
def frame(golden: Path) -> pandas.DataFrame:
    return to_frame(read_files([*(golden / f"example_{name}.json" for name in NAMES), golden / "none.json"]))


def test_one_row_per_file_in_order(frame: pandas.DataFrame, golden: Path) -> None:
    assert list(frame["file"].str.rsplit("/").str[-1]) == [*(f"example_{name}.json" for name in NAMES), "none.json"]
    for name, (_, row) in zip(NAMES, frame.iterrows(), strict=False):
        expected = json.loads((golden / f"example_{name}_expected.json").read_text(encoding="utf-8"))
        assert row["case"] == expected["synergy_case"]
        for column, value in (
            ("total", expected["total"]),
            ("coverage", expected["coverage"]),
            ("total_so_far", expected["score_so_far"]),
            ("rate_pollutants", expected["rates"]["pollutants"]),
            ("rate_carbon", expected["rates"]["carbon"]),
            *((f"value_{i}", value) for i, value in enumerate(expected["values"], 1)),
            *((f"score_{i}", score) for i, score in enumerate(expected["scores"], 1)),
            *((f"weight_{i}", weight) for i, weight in enumerate(expected["weights"], 1)),
        ):
            if value is None:
                assert pandas.isna(row[column]), (name, column)
            else:
                assert row[column] == pytest.approx(value, rel=1e-9), (name, column)
    groups = [column for column in frame if str(column).startswith("group_")]
    assert len(groups) == 3


def test_ids_stay_text(frame: pandas.DataFrame) -> None:
    assert frame["uscc"].iloc[1] == "91330500MA2B2C3D4T"
    assert frame["industry_code"].iloc[1] == "3011"
    assert frame["base"].iloc[1] == "2022"
    for name in TEXTS:
        assert pandas.api.types.is_string_dtype(frame[name]), name
    for name in set(frame) - set(TEXTS):
        assert pandas.api.types.is_numeric_dtype(frame[name]), name


def test_a_refused_file_keeps_its_row(frame: pandas.DataFrame) -> None:
    last = frame.iloc[-1]
    assert last["error"] == 1
    assert frame["error"].sum() == 1
    assert last.drop(["file", "error", "warning", "info"]).isna().all()
    assert frame["warning"].iloc[1] == 5  # two of them: green power without evidence


def test_bare_results_and_none_at_all(golden: Path) -> None:
    result = evaluate(json.loads((golden / "example_cement.json").read_text(encoding="utf-8")))
    frame = to_frame([result])
    assert frame["file"].isna().all()
    assert frame["total"].iloc[0] == result.total
    empty = to_frame([])
    assert len(empty) == 0
    assert "total" in empty and "error" in empty
