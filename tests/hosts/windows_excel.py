"""Excel's side of xlwings on a machine without Windows: run as a program, prints JSON.

Only the COM modules are stand-ins. Registration, the VBA that Import Functions would write, the conversion of what
Excel hands over and of what goes back are xlwings' own code for Windows.

    python windows_excel.py vba          the VBA module, and the texts and categories given to Excel's wizard
    python windows_excel.py call < calls.json        [[name, [argument …]] …] → [result …]

An argument is {"range": rows}, {"value": v} or null (left out); an error value is its COM number, a date {"date": iso}.
"""

from __future__ import annotations

import ctypes
import datetime
import importlib
import io
import json
import sys
import types
from pathlib import Path
from typing import Any

MISSING = -2147352572  # what COM hands over for an argument left out
RANGE_INTERFACE = "{00020846-0000-0000-C000-000000000046}"


class Anything:
    """Whatever is asked of it: classes and constants that are only named at import."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def __call__(self, *_: Any, **__: Any) -> Any:
        return Anything()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


class ComError(Exception):
    pass


class ComTime(datetime.datetime):
    """The time type of pywin32 derives from datetime."""


def stub(name: str, **members: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__getattr__ = lambda member: Anything() if not member.startswith("__") else _raise(member)  # type: ignore[method-assign]
    vars(module).update(members)
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
    return module


def _raise(member: str) -> Any:
    raise AttributeError(member)


def unwrap(value: Any) -> Any:
    raise TypeError("not a wrapped Python object")  # as pywin32 does for what comes from Excel


def load_xlwings() -> types.ModuleType:
    """xlwings as it is on Windows with pywin32 installed."""
    for name in ("numpy", "pandas", "asyncio", "concurrent.futures", "subprocess", "multiprocessing"):
        importlib.import_module(name)  # these must see the platform they run on
    classes = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    interface = type("PyIDispatch", (), {})
    stub("pythoncom", IID_IDispatch="IDispatch", TypeIIDs={"IDispatch": interface}, CoInitialize=lambda: None)
    stub("pywintypes", com_error=ComError, TimeType=ComTime, IID=str)
    for name in ("win32api", "win32con", "win32gui", "win32event", "win32timezone", "win32com"):
        stub(name)
    stub("win32com.client", Dispatch=lambda value, **_: value, DispatchEx=Anything(), gencache=Anything(), **classes)
    stub("win32com.server")
    for name in ("dispatcher", "policy", "exception"):
        stub(f"win32com.server.{name}")
    stub("win32com.server.util", unwrap=unwrap, wrap=lambda value, **_: value)
    stub("win32process", GetWindowThreadProcessId=lambda window: (0, 1))
    sys.modules["pythoncom"].__file__ = "pythoncom.dll"
    ctypes.windll = ctypes.oledll = ctypes.PyDLL = Anything()  # type: ignore[attr-defined,assignment,misc]
    platform, sys.platform = sys.platform, "win32"
    try:
        xlwings = importlib.import_module("xlwings")
        importlib.import_module("xlwings.com_server")
    finally:
        sys.platform = platform
    assert xlwings.func.__module__ == "xlwings.udfs", "these are not the decorators of the desktop"
    return xlwings


class Range:
    """What Excel hands over for a reference: an object to ask for its values."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self._oleobj_ = self
        self.Value = rows[0][0] if len(rows) == len(rows[0]) == 1 else tuple(map(tuple, rows))
        self.Rows = types.SimpleNamespace(Count=len(rows))
        self.Columns = types.SimpleNamespace(Count=len(rows[0]))
        self.Row = self.Column = 1
        self.Count = len(rows) * len(rows[0])
        self.Worksheet = types.SimpleNamespace(Parent=types.SimpleNamespace(Application=Anything()))

    def GetTypeInfo(self) -> Range:
        return self

    def GetTypeAttr(self) -> Any:
        return types.SimpleNamespace(iid=RANGE_INTERFACE)


def cell(given: Any) -> Any:
    return ComTime.fromisoformat(given["date"]) if isinstance(given, dict) else given


def argument(given: Any) -> Any:
    if given is None:
        return MISSING
    return Range([list(map(cell, row)) for row in given["range"]]) if "range" in given else cell(given["value"])


def call_all(calls: list[Any]) -> list[Any]:
    from xlwings.com_server import XLPython

    excel = XLPython()
    caller = Range([[None]])
    return [excel.CallUDF("jwdt_udfs", name, tuple(map(argument, given)), None, caller) for name, given in calls]


def vba() -> dict[str, Any]:
    from xlwings import udfs

    module = importlib.import_module("jwdt_udfs")
    text = io.StringIO()
    udfs.generate_vba_wrapper("jwdt_udfs", module, text, types.SimpleNamespace(Name="book.xlsm"))
    registered = {name: member.__xlfunc__ for name, member in vars(module).items() if hasattr(member, "__xlfunc__")}
    functions = {
        name: {
            "name": function["name"],
            "category": function["category"],
            "doc": function["ret"]["doc"],
            "options": function["ret"]["options"],
            "volatile": function["volatile"],
            "arguments": [
                {"name": a["name"], "doc": a["doc"], "optional": "optional" in a, "options": a["options"]}
                for a in function["args"]
            ],
        }
        for name, function in registered.items()
    }
    return {"vba": text.getvalue(), "functions": functions}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "udfs"))
    load_xlwings()
    answer = vba() if sys.argv[1] == "vba" else call_all(json.load(sys.stdin))
    json.dump(answer, sys.stdout)
