"""A shortcut for xlwings 0.37, which asks of every single cell whether it is a null of JavaScript, by an import.

On a server there is no Pyodide, so the import fails, for 0.3 ms a cell: 10,000 rows take 10 s instead of 1. In Lite it
succeeds, but is half of what a column costs. What a null is cannot change while the program runs, so it is asked once.
"""

from __future__ import annotations

from typing import Any


def asked_once() -> None:
    """Replace xlwings' question by one with the same answer. Only where xlwings.pro, its licensed part, is in use."""
    from xlwings import utils
    from xlwings.pro import udfs_officejs

    try:
        from pyodide.ffi import JsNull as null
    except ImportError:  # no Pyodide, or one older than 0.28: its nulls are None already
        null = ()

    def is_null(value: Any) -> bool:
        return isinstance(value, null)

    def without_null(value: Any) -> Any:
        return None if isinstance(value, null) else value

    for module, name, quick in ((utils, "is_jsnull", is_null), (udfs_officejs, "js_to_none", without_null)):
        if hasattr(module, name):  # another xlwings may ask otherwise
            setattr(module, name, quick)
