"""The Calc add-in itself: a call from Calc becomes a call of the core, and its result goes back.

This file runs inside LibreOffice, as the component of the extension; the core lies beside it in the folder ``core``.
Everything about a function (name, arguments, texts) comes from the catalogue.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import struct
import sys
from collections.abc import Callable, Sequence
from itertools import chain
from types import ModuleType, SimpleNamespace
from typing import Any

SERVICE = "jwdt.calc.Functions"
IMPLEMENTATION = f"{SERVICE}.Python"
#: The action of the menu, which scripts can run too (com.sun.star.task.XJob).
IMPORT, IMPORT_IMPLEMENTATION = "jwdt.calc.Import", "jwdt.calc.Import.Python"
#: The core is imported under a name of its own: another copy of the package in the same Python stays untouched.
CORE = "jwdt_calc_core"

#: Calc's number for each error value. In an array an error is a NaN whose low bits hold that number.
ERRORS = {
    "#NULL!": 521,
    "#DIV/0!": 532,
    "#VALUE!": 519,
    "#REF!": 524,
    "#NAME?": 525,
    "#NUM!": 503,
    "#N/A": 32767,
}
_NAMES = {number: name for name, number in ERRORS.items()}
_QUIET_NAN = 0x7FF8000000000000
BLANK_OR_ZERO = (
    '{n} 为 0 或指向空单元格，Calc 都传来 0：空单元格请写 IF(A1="";"";A1)，数值 0 请写 "0"，否请写“否”',
    '{n} is 0 or an empty cell, which Calc passes alike: for a cell that may be empty write IF(A1="";"";A1), for zero "0", for no "no"',
)

log = logging.getLogger("jwdt")


def error_number(value: float) -> int:
    """The number of Calc's error in a NaN."""
    number: int = struct.unpack("<Q", struct.pack("<d", value))[0]
    return number & 0xFFFF


def error_value(number: int) -> float:
    """A NaN that Calc shows as this error."""
    value: float = struct.unpack("<d", struct.pack("<Q", _QUIET_NAN | number))[0]
    return value


_CODED = {name: error_value(number) for name, number in ERRORS.items()}


def from_calc(values: Sequence[Any], arguments: Sequence[Any], core: Any) -> list[Any]:
    """The arguments as the core takes them: a blank is None, an error its text, a range a list of rows.

    Calc passes a reference to one empty cell as 0, unless the type is text: then a blank is "" and a number its 15
    digits. So needed arguments come as texts (see idl.py). Optional ones cannot: there a 0 is taken for a blank where
    the argument cannot be 0, and refused where it can.
    """
    values = _without_blank_ends(values, core.whole_column)
    given = [_read(value, argument, core) for value, argument in zip(values, arguments, strict=True)]
    while given and given[-1] is None and arguments[len(given) - 1].optional:
        given.pop()
    return given


def _read(value: Any, argument: Any, core: Any) -> Any:
    keeps_texts = argument.kind == "text" or (argument.kind == "range" and argument.optional)
    read = _cell if keeps_texts else core.number
    if isinstance(value, tuple):
        if len(value) == 1 == len(value[0]):  # also how Calc hands over a single value, where an array is asked for
            return read(value[0][0])
        return _rows(value, keeps_texts, read)
    if value == 0 and argument.optional:
        if argument.kind == "text" or _never_zero(argument):
            return None
        raise core.error(core.text(*BLANK_OR_ZERO).fill(n=argument.title))
    return read(value)


def _rows(value: tuple[tuple[Any, ...], ...], keeps_texts: bool, read: Callable[[Any], Any]) -> Any:
    """The cells of a range read. Where it is no column of usual cells, each by ``read``."""
    column = list(chain.from_iterable(value))
    if keeps_texts and set(map(type, column)) == {str}:  # no error among them; the core takes "" for a blank
        return value
    try:
        if len(value) == len(column) and not keeps_texts:
            return [[float(item) if type(item) is str and _is_number(item) else read(item)] for item in column]
    except ValueError:
        pass
    return [[read(item) for item in row] for row in value]


def _is_number(text: str) -> bool:
    """Whether a text may be a number as Calc writes it; float() would take nan, inf and 1_000 too."""
    return text[-1:].isdigit() and "_" not in text


def _never_zero(argument: Any) -> bool:
    bounds = (argument.above is not None and argument.above >= 0, argument.minimum is not None and argument.minimum > 0)
    return any(bounds)


def _without_blank_ends(values: Sequence[Any], whole_column: int) -> list[Any]:
    """Cut the million empty cells of whole columns; columns of one call keep the same height."""
    ends: dict[int, int] = {}
    for value in values:
        if isinstance(value, tuple) and len(value) >= whole_column:
            end, blank = len(value), ("",) * len(value[0])
            while end > 1 and value[end - 1] == blank:
                end -= 1
            ends[len(value)] = max(end, ends.get(len(value), 1))
    return [value[: ends.get(len(value))] if isinstance(value, tuple) else value for value in values]


def _cell(value: Any) -> Any:
    if value == "":
        return None
    if value != value:  # a NaN
        number = error_number(value)
        return _NAMES.get(number, f"Err:{number}")
    return value


def number_reader(separator: Callable[[], str]) -> Callable[[Any], Any]:
    """Reads cells, with numbers that came as text; what is none stays a text."""

    def number(value: Any) -> Any:
        if type(value) is not str or not value:
            return _cell(value)
        text = value
        if "," in text and separator() == ",":
            text = text.replace(",", ".")
        if _is_number(text):
            try:
                return float(text)
            except ValueError:
                pass
        return value

    return number


def to_calc(result: Any) -> tuple[tuple[Any, ...], ...]:
    """A result as Calc takes it: always rows, with typed errors as coded NaN."""
    rows = result if isinstance(result, (list, tuple)) else [[result]]
    return tuple(
        [tuple([item if type(item) is float and item - item == 0 else _result(item) for item in row]) for row in rows]
    ) or (("",),)


def _result(value: Any) -> Any:
    if type(value) is float:
        return value if value - value == 0 else _CODED["#NUM!"]  # NaN and infinity
    if isinstance(value, str):
        if value.startswith("Err:") and value[4:].isdigit():
            return error_value(int(value[4:]))
        return _CODED.get(value, value)
    if value is None:
        return ""
    return value if isinstance(value, bool) else float(value)  # Calc drops whole numbers beyond 32 bits


def run(function: Any, values: Sequence[Any], core: Any) -> tuple[tuple[Any, ...], ...]:
    """Call a function of the catalogue; whatever happens, Calc gets something to show."""
    try:
        return to_calc(function.call(*from_calc(values, function.arguments, core)))
    except core.error as error:  # the user's input: its sentence is shown in the cell
        return ((str(error),),)
    except Exception:  # ours: an error value in the cell, the trace in the log
        log.exception("%s failed", function.name)
        return ((_CODED["#VALUE!"],),)


def load_core() -> ModuleType:
    """The core that lies beside this file."""
    if CORE not in sys.modules:
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "core")
        path = os.path.join(folder, "__init__.py")
        spec = importlib.util.spec_from_file_location(CORE, path, submodule_search_locations=[folder])
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[CORE] = module
        spec.loader.exec_module(module)
    return sys.modules[CORE]


def component(context: Any) -> type:
    """The class Calc talks to; made on demand, since its interface exists inside LibreOffice only."""
    import unohelper
    from com.sun.star.lang import Locale, XLocalizable, XServiceInfo
    from jwdt.calc import XFunctions

    load_core()
    messages = importlib.import_module(f"{CORE}.messages")
    separators: list[str] = []

    def separator() -> str:
        """The decimal separator in the texts Calc makes of numbers; asked for once, where a text has a comma."""
        if not separators:
            calc = context.ServiceManager.createInstanceWithContext("com.sun.star.sheet.FunctionAccess", context)
            separators.append(calc.callFunction("FIXED", (0.5, 1.0))[-2])
        return separators[0]

    core = SimpleNamespace(
        error=importlib.import_module(f"{CORE}.errors").JwdtError,
        text=messages.Text,
        number=number_reader(separator),
        whole_column=importlib.import_module(f"{CORE}.functions.cells").WHOLE_COLUMN,
    )

    class Functions(unohelper.Base, XFunctions, XLocalizable, XServiceInfo):
        def __init__(self, context: Any) -> None:
            self.locale = Locale("zh", "CN", "")

        def setLocale(self, locale: Any) -> None:  # Calc gives the language of its user interface
            self.locale = locale

        def getLocale(self) -> Any:
            return self.locale

        def getImplementationName(self) -> str:
            return IMPLEMENTATION

        def supportsService(self, name: str) -> bool:
            return name == SERVICE

        def getSupportedServiceNames(self) -> tuple[str, ...]:
            return (SERVICE,)

    def method(function: Any) -> Any:
        def call(self: Functions, *values: Any) -> tuple[tuple[Any, ...], ...]:
            # each call comes with a Python thread of its own, and the language belongs to the thread; but a document that
            # an action of ours opens is calculated within the action's
            before = messages.get_language()
            messages.set_language("zh" if self.locale.Language == "zh" else "en")
            try:
                return run(function, values, core)
            finally:
                messages.set_language(before)

        return call

    for function in importlib.import_module(f"{CORE}.functions").CATALOGUE.values():
        setattr(Functions, function.name, method(function))
    return Functions


def getComponentFactory(name: str, manager: Any, key: Any) -> Any:
    """Called by LibreOffice when the first function is used, or the menu entry."""
    import uno
    import unohelper

    helper = unohelper.ImplementationHelper()
    if name == IMPORT_IMPLEMENTATION:
        load_core()
        action = importlib.import_module(f"{CORE}.hosts.libreoffice.papers").component()
        helper.addImplementation(action, IMPORT_IMPLEMENTATION, (IMPORT,))
    else:
        helper.addImplementation(component(uno.getComponentContext()), IMPLEMENTATION, (SERVICE,))
    return helper.getComponentFactory(name, key, manager)
