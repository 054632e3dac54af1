"""The catalogue as xlwings functions, seen by a recorder in place of xlwings' decorators."""

from __future__ import annotations

import importlib.util
import inspect
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.excel import CATEGORY, registered
from jwdt_xl.hosts.excel.udfs import vba_name
from jwdt_xl.messages import LANGUAGES, LONGEST, get_language

MODULE = Path(__file__).parents[2] / "udfs" / "jwdt_udfs.py"


class Recorder:
    """xlwings' func and arg, noting what they are told."""

    def __init__(self) -> None:
        self.category: dict[str, str] = {}
        self.arguments: dict[str, dict[str, dict[str, Any]]] = {}

    def func(self, **options: Any) -> Callable[..., Any]:
        def decorate(function: Any) -> Any:
            assert set(options) == {"category"}
            # in xlwings, arg after func would put its own category in place
            assert len(self.arguments.get(function.__name__, {})) == len(CATALOGUE[function.__name__].arguments)
            self.category[function.__name__] = options["category"]
            return function

        return decorate

    def arg(self, name: str, **options: Any) -> Callable[..., Any]:
        def decorate(function: Any) -> Any:
            assert name in inspect.signature(function).parameters
            self.arguments.setdefault(function.__name__, {})[name] = options
            return function

        return decorate


def recorded(language: str | None = None) -> dict[str, Any]:
    recorder = Recorder()
    return registered(recorder.func, recorder.arg, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_catalogue_is_registered(language: str) -> None:
    recorder = Recorder()
    functions = registered(recorder.func, recorder.arg, language)
    assert list(functions) == list(CATALOGUE)
    for name, function in functions.items():
        declared = CATALOGUE[name]
        assert function.__name__ == name
        assert function.__doc__ == getattr(declared.help, language)[:LONGEST]
        assert recorder.category[name] == CATEGORY == "JWDT"
        assert list(recorder.arguments[name]) == [vba_name(argument.name) for argument in declared.arguments]
        for argument in declared.arguments:
            text = getattr(argument.help, language)[:LONGEST]
            assert recorder.arguments[name][vba_name(argument.name)] == {"doc": text, "ndim": 2, "err_to_str": True}


def test_signatures_suit_vba() -> None:
    functions = recorded()
    for name, function in functions.items():
        parameters = list(inspect.signature(function).parameters.values())
        assert all(p.kind is p.POSITIONAL_OR_KEYWORD for p in parameters)
        assert all(p.default in (None, p.empty) for p in parameters)
        needed = [p.default is p.empty for p in parameters]
        assert needed == sorted(needed, reverse=True), name
        assert "caller" not in inspect.signature(function).parameters
    optional = {p.name for p in inspect.signature(functions["JWDT_SCORE"]).parameters.values() if p.default is None}
    assert optional == {"weights", "first_levels", "cap"}


@pytest.fixture(scope="module")
def functions() -> dict[str, Any]:
    return recorded("zh")


def test_one_cell_is_a_scalar_and_a_range_stays_rows(functions: dict[str, Any]) -> None:
    score = functions["JWDT_INDICATOR_SCORE"]
    assert score([[3.0]], [[4.0]], [["正向"]]) == score(3.0, 4.0, "正向") == 75
    assert score([[3.0], [2.0]], [[4.0]], [["正向"]]) == [[75], [50]]
    assert functions["JWDT_SCORE"]([[80.0, 100.0]], [[0.5], [0.5]], None, None) == 90


def test_what_goes_wrong_is_a_sentence_in_the_cell(functions: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    score = functions["JWDT_INDICATOR_SCORE"]
    assert score([["很多"]], [[4.0]], [["正向"]]) == "指标值 须为数字，实为“很多”"
    assert score([[None]], [[4.0]], [["正向"]]) == "指标值 缺失"
    assert score([["#DIV/0!"]], [[4.0]], [["正向"]]) == "#DIV/0!"

    def broken(*_: object) -> None:
        raise ZeroDivisionError("x" * 500)

    monkeypatch.setitem(CATALOGUE, "JWDT_SCORE", CATALOGUE["JWDT_SCORE"]._replace(call=broken))
    sentence = recorded("en")["JWDT_SCORE"](1)
    assert sentence.startswith("internal error: ZeroDivisionError: x")
    assert len(sentence) <= LONGEST


def test_error_values_of_newer_excel(functions: dict[str, Any]) -> None:
    assert functions["JWDT_SCORE"]([[-2146826243], [1.0]]) == "#SPILL!"
    assert functions["JWDT_CARBON_INTENSITY"](-2146826238, 1.0) == "#CALC!"


def test_the_language_is_that_of_the_registration_in_every_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWDT_LANG", "en")
    function = recorded()["JWDT_CARBON_INTENSITY"]
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(function([[None]], 1.0)))
    thread.start()
    thread.join()
    assert heard == ["co2e_t is missing"]
    assert get_language() == "zh"


def test_the_module_excel_imports_can_be_imported_here() -> None:
    spec = importlib.util.spec_from_file_location("jwdt_udfs", MODULE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in CATALOGUE:
        assert getattr(module, name).__name__ == name
    assert module.JWDT_CARBON_INTENSITY(10, 5) == 2000
