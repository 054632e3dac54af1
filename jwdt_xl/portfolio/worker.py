"""What runs in a worker process: open one workbook, evaluate it, hand the outcome back.

Only here are workbooks opened. A reader written in C or Rust can be killed by a file (one cell at XFD1048576 makes
calamine ask for 550 GB); the death of a worker costs the one file in its hands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..standard.guide import Guide, builtin
from .reading import Reading, evaluated, refusal
from .refusals import internal, of_os_error, refused

_guide: Guide | None = None
_any_guide = False


def prepare(guide: Guide | None, any_guide: bool, memory: int) -> None:
    """Run once when the worker starts: load the reader, then bound what it may take from now on."""
    global _guide, _any_guide
    from .. import workbook  # noqa: F401  before the bound, so that its size does not count against a file

    _guide, _any_guide = guide, any_guide
    _bound_memory(memory)
    _silence()


def _bound_memory(memory: int) -> None:
    """Where the platform can (Linux, in parts macOS); elsewhere the time limit alone protects."""
    try:
        import resource
    except ImportError:
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        used = 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = used + memory
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (ValueError, OSError):
        return


def _silence() -> None:
    """A dying Rust reader writes to stderr; the user gets one message from us instead."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as the worker lives


class ReaderCrashed(Exception):
    """The compiled reader gave up in a way its own exceptions do not cover."""


def evaluate_workbook(path: str) -> Reading:
    """The outcome says what is wrong with the file. Raises MemoryError or ReaderCrashed where reading broke down."""
    from .. import workbook

    try:
        returned = workbook.read(path, {_guide.id: _guide} if _guide else None)
        if not _any_guide:
            _check_guide(path, returned.stamp, _guide or builtin())
        return evaluated(path, returned.data, _guide, returned.where, returned.stamp)
    except Refused as error:
        return Reading(path, None, tuple(f._replace(where=f.where or path) for f in error.findings))
    except OSError as error:
        return refusal(path, of_os_error(path, error))
    except MemoryError:
        raise
    except Exception as error:  # whatever a hostile file brings about, the other files go on
        return refusal(path, internal(path, error))
    except BaseException as error:  # a panic of Rust; it is no Exception, and cannot be sent to the parent
        raise ReaderCrashed(str(error)) from None


def _check_guide(path: str, stamp: Mapping[str, Any], guide: Guide) -> None:
    """A workbook's benchmarks, weights and indicators are those of its guide; by another they would score wrongly."""
    if stamp.get("guide_hash") in (None, guide.hash):
        return
    raise refused(
        path,
        "other-guide",
        "此工作簿按指南“{a}”({ah})生成，现按“{b}”({bh})评价，须为同一指南 — 请用 --guide 指定该指南文件，或用 jwdt fill --from 转入新模板",
        "this workbook was made for the guide “{a}” ({ah}), and is evaluated by “{b}” ({bh}), must be the same — "
        "name that guide with --guide, or move the data with jwdt fill --from",
        a=stamp.get("guide"),
        ah=stamp.get("guide_hash"),
        b=guide.id,
        bh=guide.hash,
    )
