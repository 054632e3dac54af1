"""The one table of calls that drives every host: what is called, with which cells, and what the engine says to it.

It is made from the catalogue and the valid calls in tests/functions/conftest.py, so a new function is in it at once;
one without a valid call fails test_calls.py. Each host gets the arguments in the form in which its program hands them
over, and its results are brought back to one form: rows are lists, a blank is "", an error value is its text.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE, Argument, Function
from jwdt_xl.functions.arguments import RANGE
from jwdt_xl.functions.cells import is_error, short

TESTS = Path(__file__).parents[1]
#: Excel's error values, and those only newer versions have.
ERRORS = ("#N/A", "#DIV/0!", "#NUM!", "#VALUE!")
NEWER_ERRORS = ("#SPILL!", "#CALC!")
#: What error values are called in Office.js.
OFFICE_JS_ERRORS = {
    "#DIV/0!": "Div0",
    "#N/A": "NotAvailable",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
}
RELATIVE, ABSOLUTE = 1e-9, 1e-10


def load(name: str, path: Path) -> ModuleType:
    """A module of the tests; none of their folders is on sys.path."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


VALID: dict[str, list[Any]] = load("valid_calls", TESTS / "functions" / "conftest.py").VALID


class Call(NamedTuple):
    """One call: what is special about it, the function, the cells, and what the engine gives."""

    what: str
    name: str
    arguments: list[Any]
    expected: Any

    def __str__(self) -> str:
        return f"{self.name} {self.what}: {self.arguments}"


def table() -> list[Call]:
    """All calls of all functions, with the engine's results in the language in use."""
    return [
        Call(what, name, arguments, engine(name, arguments))
        for name, function in CATALOGUE.items()
        if name in VALID
        for what, arguments in shapes(function)
    ]


def shapes(function: Function) -> Iterator[tuple[str, list[Any]]]:
    """Calls of a function that differ in the shape of their arguments and in what is in the cells."""
    valid = VALID[function.name]
    yield "valid", valid
    needed = max((i for i, a in enumerate(function.arguments) if not a.optional), default=0) + 1
    if needed < len(valid):
        yield "optional ones left out", valid[:needed]
    yield "numbers as texts", [_each(value, _as_text) for value in valid]
    if function.by_cell:
        yield "single cells as ranges", [[[value]] for value in valid]
        yield "column with a blank row", [[[value], [None], [value]] for value in valid]
        yield "row", [[[value, None, value]] for value in valid]
        yield "block", [[[value, None], [None, value]] for value in valid]
        yield "range and single values", [[[valid[0]], [valid[0]]], *valid[1:]]
        yield "column, an error among it", [[[valid[0]], ["#N/A"], [valid[0]]], *valid[1:]]
        yield "column, a wrong text among it", [[[valid[0]], ["no such thing"], [valid[0]]], *valid[1:]]
        if len(valid) > 1:
            yield "ranges of unequal height", [[[valid[0]]] * 2, [[valid[1]]] * 3, *valid[2:]]
    for place, argument in enumerate(function.arguments):
        for what, value in _cells(argument, valid[place]):
            yield f"{argument.name}: {what}", [*valid[:place], value, *valid[place + 1 :]]


def _cells(argument: Argument, valid: Any) -> Iterator[tuple[str, Any]]:
    """What else may be in the cells of one argument."""
    yield "blank cell", [[None]]
    yield "wrong text", "no such thing" if argument.kind != RANGE else _first(valid, "no such thing")
    yield "negative number", -1.5 if argument.kind != RANGE else _first(valid, -1.5)
    yield "flag", True if argument.kind != RANGE else _first(valid, True)
    for error in (*ERRORS, *NEWER_ERRORS):
        yield error, error if argument.kind != RANGE else _first(valid, error)
    if argument.kind == RANGE:
        yield "blank among it", _first(valid, None)
        yield "as one row", [[cell for row in valid for cell in row]]
    else:
        yield "range of two", [[valid], [valid]]


def some_of_each(calls: list[Call]) -> list[Call]:
    """Every valid call, and some of each kind of trouble, for hosts that are slow."""
    chosen = [call for call in calls if call.what in ("valid", "column with a blank row", "column, an error among it")]
    return chosen + [call for call in calls if "blank cell" in call.what or "#DIV/0!" in call.what][::5]


def engine(name: str, arguments: list[Any]) -> Any:
    """What the function itself gives, in the one form; an error as its sentence, as cells show it."""
    try:
        return plain(CATALOGUE[name].call(*arguments))
    except JwdtError as error:
        return short(str(error))


def plain(result: Any) -> Any:
    """A result in the one form: one cell is a value, rows are lists, a blank is ""."""
    if isinstance(result, (list, tuple)):
        rows = [[plain(cell) for cell in row] if isinstance(row, (list, tuple)) else [plain(row)] for row in result]
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows
    return "" if result is None else result


def same(got: Any, want: Any) -> bool:
    """Equal to the tolerances of the project; a sentence or an error value literally."""
    if isinstance(want, list):
        return isinstance(got, list) and len(got) == len(want) and all(map(same, got, want))
    if isinstance(want, (int, float)) and not isinstance(want, bool):
        numeric = isinstance(got, (int, float)) and not isinstance(got, bool)
        return numeric and math.isclose(got, want, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return bool(got == want)


def differences(calls: list[Call], results: list[Any]) -> list[str]:
    """Calls to which a host says something else than the engine."""
    assert len(results) == len(calls)
    return [
        f"{call}\n    engine {call.expected!r}\n    host   {result!r}"
        for call, result in zip(calls, results, strict=True)
        if not same(result, call.expected)
    ]


# Office.js: xlwings Lite and xlwings Server


def to_office_js(call: Call, empty: Any = "") -> list[Any]:
    """The arguments as Excel's custom functions get them: each a matrix, null where left out, errors as objects."""

    def cell(value: Any) -> Any:
        if value is None:
            return empty
        if is_error(value):
            return {
                "type": "Error",
                "errorType": OFFICE_JS_ERRORS.get(value, value.strip("#!").title()),
                "basicValue": value,
                "basicType": "Error",
            }
        return value

    arguments: list[Any] = []
    for value in call.arguments:
        rows = value if isinstance(value, list) else [[value]]
        arguments.append([[cell(item) for item in row] for row in rows])
    arguments += [None] * (len(CATALOGUE[call.name].arguments) - len(arguments))
    return arguments


def from_office_js(result: Any) -> Any:
    """A result for Excel's custom functions in the one form."""
    names = {kind: error for error, kind in OFFICE_JS_ERRORS.items()}

    def cell(value: Any) -> Any:
        if isinstance(value, dict):
            assert value["type"] == "Error", value
            return names[value["errorType"]]
        return value

    return plain([[cell(item) for item in row] for row in result])


def payload(call: Call, version: str, empty: Any = "") -> dict[str, Any]:
    """What xlwings' JavaScript sends for a call."""
    return {
        "func_name": call.name,
        "args": to_office_js(call, empty),
        "caller_address": "book.xlsx[Sheet1]Sheet1!A1",
        "content_language": "zh-CN",
        "culture_info_name": "zh-CN",
        "date_format": "yyyy/m/d",
        "version": version,
        "client": "Office.js",
        "runtime": "1.4",
    }


def _each(value: Any, change: Any) -> Any:
    return [[change(cell) for cell in row] for row in value] if isinstance(value, list) else change(value)


def _as_text(value: Any) -> Any:
    return repr(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _first(rows: list[list[Any]], value: Any) -> list[list[Any]]:
    """The range with another value in its first cell that is not blank."""
    copy = [list(row) for row in rows]
    r, c = next((r, c) for r, row in enumerate(copy) for c, cell in enumerate(row) if cell is not None)
    copy[r][c] = value
    return copy
