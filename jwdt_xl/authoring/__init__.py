"""For authors of guides: guide files, the authoring workbook, benchmarks from a table, and the effect of a change.

Each part is imported when it is first asked for, so that loading a guide file needs no spreadsheet library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .change import Comparison, carry, compare, difference
    from .change import write as write_difference
    from .enterprises import read_table
    from .file_schema import schema
    from .files import (
        GENERAL,
        dump,
        dump_data,
        find,
        load,
        loads,
        open_guide,
        read_text,
        rebuilt,
        shipped,
        with_benchmarks,
    )
    from .of_portfolio import enterprises_in
    from .reading import build, read_unfinished
    from .table import SHARES, Level, benchmarks, levels, with_levels
    from .weights.tally import read_survey
    from .workbook import new_book, start

__all__ = [
    "GENERAL",
    "SHARES",
    "Comparison",
    "Level",
    "benchmarks",
    "build",
    "carry",
    "compare",
    "difference",
    "dump",
    "dump_data",
    "enterprises_in",
    "find",
    "levels",
    "load",
    "loads",
    "new_book",
    "open_guide",
    "read_survey",
    "read_table",
    "read_text",
    "read_unfinished",
    "rebuilt",
    "schema",
    "shipped",
    "start",
    "with_benchmarks",
    "with_levels",
    "write_difference",
]
_MODULES = {
    "enterprises": ("read_table",),
    "table": ("SHARES", "Level", "benchmarks", "levels", "with_levels"),
    "change": ("Comparison", "carry", "compare", "difference"),
    "files": (
        "GENERAL",
        "dump",
        "dump_data",
        "find",
        "load",
        "loads",
        "open_guide",
        "read_text",
        "rebuilt",
        "shipped",
        "with_benchmarks",
    ),
    "of_portfolio": ("enterprises_in",),
    "reading": ("build", "read_unfinished"),
    "weights.tally": ("read_survey",),
    "file_schema": ("schema",),
    "workbook": ("new_book", "start"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "write_difference":
        return importlib.import_module(".change", __name__).write
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
