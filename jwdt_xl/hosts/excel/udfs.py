"""The catalogue as xlwings functions: ``globals().update(registered(func, arg))`` in the module Excel imports.

xlwings itself is not imported here: its decorators come from the module that calls, where they are those of the
desktop, of Lite or of Server, or recorders of a test.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Any

from ...errors import JwdtError
from ...functions import CATALOGUE
from ...functions.cells import short
from ...messages import LANGUAGES, LONGEST, Text, speaking

if TYPE_CHECKING:
    from ...functions import Function

CATEGORY = "JWDT"
VARIABLE = "JWDT_LANG"

#: Every argument comes as rows, with error values as texts; else an error would look like a blank cell.
_READ = {"ndim": 2, "err_to_str": True}

#: Excel's error values as COM hands them over, apart from those xlwings turns into texts itself.
_MORE_ERRORS = {
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}

_FAILED = Text("程序内部错误：{e}", "internal error: {e}")

Decorator = Callable[..., Any]


def registered(func: Decorator, arg: Decorator, language: str | None = None) -> dict[str, Any]:
    """The functions by their Excel names, registered with xlwings' decorators ``func`` and ``arg``.

    ``ret`` is not needed: Excel spills rows of cells by itself; xlwings' own ``expand`` would overwrite neighbours.
    """
    language = language or os.environ.get(VARIABLE, "").strip().lower()
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    return {name: _registered(function, func, arg, chosen) for name, function in CATALOGUE.items()}


def _registered(function: Function, func: Decorator, arg: Decorator, language: str) -> Any:
    cell_function = _cell_function(function, language)
    for argument in function.arguments:
        text = _in(language, argument.help)
        cell_function = arg(vba_name(argument.name), doc=text[:LONGEST], **_READ)(cell_function)
    # last: arg registers as well, and would leave xlwings' own category
    return func(category=CATEGORY)(cell_function)


def _cell_function(function: Function, language: str) -> Callable[..., Any]:
    """What Excel calls. Its name, signature and docstring are what xlwings shows and writes into VBA."""

    def call(*values: Any) -> Any:
        with speaking(language):  # in each call: it belongs to the thread, and Excel's calls come in xlwings' own
            try:
                return function.call(*(_from_excel(value) for value in values))
            except JwdtError as error:
                return short(str(error))
            except Exception as error:  # an uncaught one would fill the cell with a traceback
                return short(str(_FAILED.fill(e=f"{type(error).__name__}: {error}")))

    call.__name__ = call.__qualname__ = function.name
    call.__annotations__ = {}  # xlwings reads type hints as converters, by the name of the argument
    call.__doc__ = _in(language, function.help)[:LONGEST]
    call.__signature__ = inspect.Signature(_parameters(function))  # type: ignore[attr-defined]
    return call


def _parameters(function: Function) -> list[inspect.Parameter]:
    """An optional argument has the default None, but only where no needed one follows: VBA allows no other order."""
    last_needed = max((i for i, argument in enumerate(function.arguments) if not argument.optional), default=-1)
    return [
        inspect.Parameter(
            vba_name(argument.name),
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=None if i > last_needed else inspect.Parameter.empty,
        )
        for i, argument in enumerate(function.arguments)
    ]


def vba_name(argument: str) -> str:
    """The argument's name in the VBA that xlwings generates, where Attribute is a reserved word (MS-VBAL 3.3.5.2)."""
    return "attribute_" if argument == "attribute" else argument


def _from_excel(value: Any) -> Any:
    """An argument as the catalogue takes it: one cell as a value, a range as rows, error values as their texts."""
    if not isinstance(value, (list, tuple)):
        return _cell(value)
    rows = [row if isinstance(row, (list, tuple)) else [row] for row in value]
    if len(rows) == 1 and len(rows[0]) == 1:
        return _cell(rows[0][0])
    if _MORE_ERRORS.keys().isdisjoint(chain.from_iterable(rows)):  # one look at all is quicker than one at each
        return rows
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(value: Any) -> Any:
    return _MORE_ERRORS.get(value, value) if type(value) is int else value


def _in(language: str, text: Text) -> str:
    return text.en if language == "en" else text.zh
