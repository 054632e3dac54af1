"""The table of calls itself, and the desktop: xlwings' Windows engine over the whole table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.functions import CATALOGUE

HERE = Path(__file__).parent
#: Excel's error values as COM hands them over.
COM_ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#SPILL!": -2146826243,
    "#CALC!": -2146826238,
}


def module() -> Any:
    """calls.py, loaded by conftest.py."""
    return sys.modules["host_calls"]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_function_has_a_valid_call(name: str) -> None:
    assert name in module().VALID, f"add a valid call of {name} to VALID in tests/functions/conftest.py"
    assert len(module().VALID[name]) == len(CATALOGUE[name].arguments)


def test_the_table_covers_what_cells_hold(table: Any) -> None:
    assert {call.name for call in table} == set(CATALOGUE)
    # pinned against silent loss: a new function adds at least its blanks, wrong cells and errors
    assert len(table) >= 10 * len(CATALOGUE)
    for name, function in CATALOGUE.items():
        mine = [call for call in table if call.name == name]
        valid = mine[0].expected
        cells = [cell for row in valid for cell in row] if isinstance(valid, list) else [valid]
        assert any(isinstance(cell, (int, float)) for cell in cells) or name == "JWDT_EXPLAIN", mine[0]
        assert "#N/A" in [call.expected for call in mine]
        sentences = [call.expected for call in mine if isinstance(call.expected, str) and "缺失" in call.expected]
        assert sentences, f"{name}: nothing says what is missing"
        if function.by_cell:
            assert any(isinstance(call.expected, list) and call.expected[1] == [""] for call in mine)


def test_comparison_is_strict_about_kinds() -> None:
    same = module().same
    assert same(1.0000000000001, 1) and same([[1.0], [""]], [[1], [""]])
    for got, want in (("1", 1), (1, "1"), (True, 1), ("", 0), ([[1]], [[1], [2]]), ("#N/A", "#NUM!"), (None, "")):
        assert not same(got, want)


# The desktop


def to_com(value: Any, as_range: bool) -> Any:
    """An argument as Excel hands it to the add-in: numbers are floats, errors their numbers, blank cells None."""

    def cell(content: Any) -> Any:
        if isinstance(content, int) and not isinstance(content, bool):
            return float(content)
        return COM_ERRORS.get(content, content)

    if isinstance(value, list):
        return {"range": [[cell(content) for content in row] for row in value]}
    return {"range": [[cell(value)]]} if as_range else {"value": cell(value)}


def desktop(sent: Any) -> Any:
    done = subprocess.run(
        [sys.executable, HERE / "windows_excel.py", "call"],
        input=json.dumps(sent),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("as_range", [False, True], ids=["values", "references"])
def test_the_desktop_says_what_the_engine_says(table: Any, as_range: bool) -> None:
    sent = []
    for call in table:
        arguments = [to_com(value, as_range) for value in call.arguments]
        arguments += [None] * (len(CATALOGUE[call.name].arguments) - len(arguments))
        sent.append([call.name, arguments])
    results = []
    for call, result in zip(table, desktop(sent), strict=True):
        if isinstance(result, list) and isinstance(call.expected, list) and len(call.expected) == 1:
            result = [result]  # xlwings gives Excel a single row flat
        results.append(module().plain(result))
    assert not (found := module().differences(table, results)), "\n".join(found)


def test_dates_are_refused_in_words() -> None:
    """COM hands over a date as a date, and no quantity is one. (Office.js hands over its serial number.)"""
    date = {"date": "2025-01-31"}
    results = desktop(
        [
            ["JWDT_CARBON_INTENSITY", [{"range": [[date]]}, {"value": 5.0}]],
            ["JWDT_CARBON_INTENSITY", [{"value": date}, {"value": 5.0}]],
            ["JWDT_CARBON_INTENSITY", [{"range": [[date], [10.0]]}, {"value": 5.0}]],
            ["JWDT_BENCHMARK", [{"range": [[1.0], [date]]}, {"value": "正向"}, None]],
        ]
    )
    assert results[2][1] == [2000.0]
    for sentence in (results[0], results[1], results[2][0][0], results[3]):
        assert "须为数字" in sentence and "2025-01-31" in sentence
