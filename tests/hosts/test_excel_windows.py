"""xlwings' own Windows code on the catalogue: its VBA generator, and its conversion of what Excel sends.

In a process of its own, where stand-ins for the COM modules make xlwings believe it is on Windows (windows_excel.py).
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.excel.udfs import vba_name
from jwdt_xl.messages import LONGEST

HERE = Path(__file__).parent
#: Excel's error values as COM hands them over.
ERRORS = {"#DIV/0!": -2146826281, "#N/A": -2146826246, "#NUM!": -2146826252, "#SPILL!": -2146826243}


def windows(mode: str, calls: Any = None) -> Any:
    done = subprocess.run(
        [sys.executable, HERE / "windows_excel.py", mode],
        input=json.dumps(calls),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def valid_calls() -> dict[str, list[Any]]:
    """The calls of the suite over the whole catalogue."""
    spec = importlib.util.spec_from_file_location("valid_calls", HERE.parent / "functions" / "conftest.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.VALID)


@pytest.fixture(scope="module")
def generated() -> Any:
    return windows("vba")


@pytest.mark.parametrize("name", CATALOGUE)
def test_vba_of_every_function(generated: Any, name: str) -> None:
    function = CATALOGUE[name]
    [signature] = re.findall(rf"^Function {name}\((.*)\)$", generated["vba"], re.MULTILINE)
    parts = [part.split() for part in signature.split(", ")]
    assert [part[-1] for part in parts] == [vba_name(argument.name) for argument in function.arguments]
    optional = ["Optional" in part for part in parts]
    assert optional == sorted(optional), "in VBA everything after an optional argument is optional"
    array = ", ".join(vba_name(argument.name) for argument in function.arguments)
    assert (
        f'{name} = XLPy.CallUDF("jwdt_udfs", "{name}", Array({array}), ThisWorkbook, Application.Caller)'
        in generated["vba"]
    )


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_the_wizard_shows(generated: Any, name: str) -> None:
    function, shown = CATALOGUE[name], generated["functions"][name]
    assert shown["name"] == name
    assert shown["category"] == "JWDT"
    assert shown["volatile"] is False
    assert shown["options"] == {}  # no converter, and no legacy `expand`: results spill natively
    assert shown["doc"] == function.help.zh[:LONGEST]
    for argument, given in zip(function.arguments, shown["arguments"], strict=True):
        assert given["name"] == vba_name(argument.name)
        assert given["doc"] == argument.help.zh[:LONGEST]
        assert given["options"] == {"ndim": 2, "err_to_str": True}


def test_nothing_else_is_registered(generated: Any) -> None:
    assert set(generated["functions"]) == {*CATALOGUE, "generate_summary", "import_papers"}
    assert len(re.findall(r"^Function ", generated["vba"], re.MULTILINE)) == len(CATALOGUE)
    assert re.findall(r"^Sub (.*)$", generated["vba"], re.MULTILINE) == [
        "generate_summary()",
        "import_papers()",
    ]  # macros anybody can start
    assert 'XLPy.CallUDF "jwdt_udfs", "import_papers", Array(), ThisWorkbook, Application.Caller' in generated["vba"]
    assert 'XLPy.CallUDF "jwdt_udfs", "generate_summary", Array(), ThisWorkbook, Application.Caller' in generated["vba"]


# Calls: each is told to Excel's side in COM's terms, and to the engine in its own.


def to_excel(value: Any, as_range: bool) -> Any:
    """A number is a float there, an error value its number, a blank cell None, an argument left out null."""

    def cell(content: Any) -> Any:
        if isinstance(content, int) and not isinstance(content, bool):
            return float(content)
        return ERRORS.get(content, content)

    if isinstance(value, list):
        return {"range": [[cell(content) for content in row] for row in value]}
    if value is None and not as_range:
        return None
    return {"range": [[cell(value)]]} if as_range else {"value": cell(value)}


def from_engine(name: str, arguments: list[Any]) -> Any:
    """The engine's result in the form in which xlwings gives it to Excel."""
    try:
        result = CATALOGUE[name].call(*arguments)
    except JwdtError as error:
        return str(error)
    if not isinstance(result, list):
        return result
    rows = [["" if content is None else content for content in row] for row in result]
    if len(rows) == 1:
        return rows[0] if len(rows[0]) > 1 else rows[0][0]
    return rows


def all_calls() -> list[tuple[str, str, list[Any], bool]]:
    """For every function: what, name, arguments, whether single cells are sent as references."""
    calls = []
    for name, arguments in valid_calls().items():
        calls += [("values", name, arguments, False), ("references", name, arguments, True)]
        needed = max((i for i, a in enumerate(CATALOGUE[name].arguments) if not a.optional), default=0)
        calls.append(
            ("optional ones left out", name, arguments[: needed + 1] + [None] * (len(arguments) - needed - 1), False)
        )
        for i in range(len(arguments)):
            for what, cell in (("blank", None), ("text", "abc"), ("flag", True), *((error, error) for error in ERRORS)):
                calls.append((f"{what} as {i}", name, [*arguments[:i], cell, *arguments[i + 1 :]], True))
        if CATALOGUE[name].by_cell:
            column = [[[argument], [None], [argument]] for argument in arguments]
            calls.append(("columns", name, column, True))
            calls.append(("rows", name, [[[argument, argument]] for argument in arguments], True))
            calls.append(("an error among them", name, [[*column[0][:2], ["#N/A"]], *column[1:]], True))
    return calls


def test_every_function_gives_the_engines_result_to_excel() -> None:
    calls = all_calls()
    assert {name for _, name, _, _ in calls} == set(CATALOGUE)
    sent = [[name, [to_excel(argument, as_range) for argument in arguments]] for _, name, arguments, as_range in calls]
    results = windows("call", sent)
    for (what, name, arguments, _), result in zip(calls, results, strict=True):
        assert result == from_engine(name, arguments), (what, name, arguments)
