"""What runs in a worker process: open one workbook, evaluate it, hand the outcome back.

Only here are workbooks opened. A reader written in C or Rust can be killed by a file (one cell at XFD1048576 makes
calamine ask for 550 GB); the death of a worker costs the one file in its hands.
"""

from __future__ import annotations

import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...errors import Refused
from ...messages import Finding
from ...opening.limits import DEFAULT
from ...opening.refusals import internal, of_os_error, refused
from ...standard.guide import Guide, builtin
from .reading import Reading, evaluated, refusal

_guide: Guide | None = None
_any_guide = False


def prepare(guide: Guide | None, any_guide: bool, memory: int) -> None:
    """Run once when the worker starts: load the reader, then bound what it may take from now on."""
    global _guide, _any_guide
    from ... import workbook  # noqa: F401  before the bound, so that its size does not count against a file

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


def guide() -> Guide | None:
    """The guide this worker evaluates by, None for the built-in one."""
    return _guide


def evaluate_workbook(path: str) -> Reading:
    """The outcome says what is wrong with the file. Raises MemoryError or ReaderCrashed where reading broke down."""
    return _guarded(path, lambda: (_evaluated(path)[0], ()))[0]


def compared_workbook(path: str) -> tuple[Reading, Sequence[Finding]]:
    """The same, and what the results stored in the file say against the computed ones."""

    def work() -> tuple[Reading, Sequence[Finding]]:
        from . import stored

        reading, returned = _evaluated(path)
        if reading.result is None:
            return reading, ()
        found = stored.differences(returned, reading.result)
        return reading, stored.findings(path, returned.layout, found, reading.result)

    return _guarded(path, work)


def _evaluated(path: str) -> tuple[Reading, Any]:
    from ... import workbook

    returned = workbook.read(path, {_guide.id: _guide} if _guide else None)
    if not _any_guide:
        _check_guide(path, returned.stamp, _guide or builtin())
    reading = evaluated(path, returned.data, _guide, returned.where, {**returned.stamp, "saved": returned.saved})
    moved = tuple(returned.aligned.moved)
    result = replace(reading.result, findings=(*reading.result.findings, *moved)) if reading.result else None
    return replace(reading, result=result, findings=(*reading.findings, *moved)), returned


def _guarded(path: str, work: Callable[[], tuple[Reading, Sequence[Finding]]]) -> tuple[Reading, Sequence[Finding]]:
    """Whatever a hostile file brings about is a refusal of that file."""
    try:
        return work()
    except Refused as error:
        return Reading(path, None, tuple(_named(f, path) for f in error.findings)), ()
    except OSError as error:
        # without a number it is the reader that speaks, of a part that ends too early
        return refusal(path, of_os_error(path, error) if error.errno else _damaged(path, error)), ()
    except MemoryError:
        raise
    except Exception as error:  # the other files go on
        from python_calamine import CalamineError

        damaged = isinstance(error, (CalamineError, zipfile.BadZipFile, zlib.error))
        return refusal(path, _damaged(path, error) if damaged else internal(path, error)), ()
    except BaseException as error:  # a panic of Rust; it is no Exception, and cannot be sent to the parent
        raise ReaderCrashed(str(error)) from None


def _damaged(path: str, error: Exception) -> Refused:
    return refused(
        path,
        "damaged",
        "工作簿内容已损坏（{e}）— 请用 Excel 或 WPS 打开、修复后另存，或重新发送",
        "the content of the workbook is damaged ({e}) — open and repair it in Excel or WPS and save it anew, or send it again",
        e=str(error)[:120],
    )


def _named(finding: Finding, path: str) -> Finding:
    if finding.code == "stray-cell":  # the reader knows how far the sheet reaches, not which cell is to blame
        from ...opening import stray

        cell = stray.farthest(path, DEFAULT)
        if cell is not None:
            return finding._replace(where=f"{cell.sheet}!{cell.address}")
    return finding._replace(where=finding.where or path)


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


def first_sheet(path: str) -> list[list[Any]]:
    """The cells of the first sheet of a workbook that is no template: a register, a review."""
    from python_calamine import CalamineWorkbook

    try:
        file = CalamineWorkbook.from_path(path)
        return file.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(str(error)) from None
    except BaseException as error:
        raise ReaderCrashed(str(error)) from None


def sheets(path: str, titles: Mapping[str, tuple[str, ...]]) -> dict[str, list[list[Any]]]:
    """The cells of the sheets that have one of these titles."""
    from python_calamine import CalamineWorkbook

    try:
        file = CalamineWorkbook.from_path(path)
        return {
            key: file.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for key, names in titles.items()
            for title in names
            if title in file.sheet_names
        }
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(str(error)) from None
    except BaseException as error:
        raise ReaderCrashed(str(error)) from None
