"""What workers do for a collection: read a file (or one in an archive), evaluate it, compare what it stores."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...errors import Refused
from ...messages import Finding
from ...opening import jsonfile
from ...opening.container import JSON, kind_of
from ...opening.guard import GaveUp, Guard
from ...opening.limits import Limits
from ...opening.refusals import internal, of_os_error
from ...opening.sources import Source, content
from . import worker
from .intake import too_much
from .reading import Reading, evaluated
from .row import Row, row_of

#: Handed to a worker at once: the way there and back costs as much as reading a file. Small, so that a file that kills
#: its worker makes only a few others be read again.
BATCH = 16
#: Files in an archive keep no suffix but these, which readers go by.
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods", ".json")


class Job(NamedTuple):
    """A file to read, and what an evaluator's review says about it."""

    source: Source
    review: tuple[Any, ...] = ()


def evaluate_jobs(jobs: Sequence[Job], limits: Limits) -> list[Row]:
    """Runs in a worker: the rows of some files."""
    return [_row(job, limits) for job in jobs]


def guarded(guard: Guard, jobs: Sequence[Job], limits: Limits, future: Any = None) -> list[Row]:
    """The rows of some files; where the worker came to grief, each file alone, so that only the one to blame suffers."""
    try:
        future = future or guard.submit(evaluate_jobs, jobs, limits)
        rows: list[Row] = guard.result(future, evaluate_jobs, jobs, limits)
        return rows
    except GaveUp as error:
        if len(jobs) == 1:
            return [_given_up(jobs[0], error.code, limits)]
    except Exception as error:  # ours; the other files go on
        if len(jobs) == 1:
            return [_refused(jobs[0], internal(jobs[0].source.name, error), transient=True)]
    return [row for job in jobs for row in guarded(guard, [job], limits)]


def _row(job: Job, limits: Limits) -> Row:
    try:
        with opened(job.source, limits) as path:
            if kind_of(path, limits) == JSON:
                return _reviewed(row_of(reading := evaluated(path, jsonfile.load(path), worker.guide())), reading, job)
            return _workbook(path, job)
    except Refused as error:
        return _refused(job, error)
    except OSError as error:
        return _refused(job, of_os_error(job.source.name, error), transient=True)
    except (MemoryError, worker.ReaderCrashed):
        raise
    except Exception as error:
        return _refused(job, internal(job.source.name, error), transient=True)


def _workbook(path: str, job: Job) -> Row:
    reading, differences = worker.compared_workbook(path)
    return _reviewed(row_of(_with(reading, differences), reading.stamp.get("saved")), reading, job)


def _reviewed(row: Row, reading: Reading, job: Job) -> Row:
    if job.review and reading.result is not None:
        from . import review

        row["review"] = review.applied(reading.result, job.review)
    return row


def _with(reading: Reading, findings: Sequence[Finding]) -> Reading:
    return Reading(reading.file, reading.result, (*reading.findings, *findings), reading.stamp)


@contextlib.contextmanager
def opened(source: Source, limits: Limits) -> Iterator[str]:
    """A path to a file; one in an archive is unpacked under a name of ours, which its own name has no part in."""
    if source.refused is not None:
        raise source.refused
    if source.member is None:
        yield source.path
        return
    data = content(source, limits)
    suffix = os.path.splitext(source.name)[1].lower()
    handle, path = tempfile.mkstemp(suffix if suffix in _SUFFIXES else ".bin", "jwdt-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        yield path
    finally:
        os.remove(path)


def _refused(job: Job, error: Refused, transient: bool = False) -> Row:
    named = tuple(f._replace(where="" if _is_name(f.where, job.source) else f.where) for f in error.findings)
    row = row_of(Reading("", None, named))
    return row | {"transient": True} if transient else row


def _is_name(where: str, source: Source) -> bool:
    return where in (source.name, source.path) or os.path.isabs(where)


def _given_up(job: Job, code: str, limits: Limits) -> Row:
    """A limit was met: nearly always one stray cell is to blame."""
    try:
        with opened(job.source, limits) as path:
            reading = too_much(path, code, limits)
            error = Refused(tuple(f._replace(where="" if f.where == path else f.where) for f in reading.findings))
    except (Refused, OSError) as found:
        error = found if isinstance(found, Refused) else of_os_error(job.source.name, found)
    return _refused(job, error, transient=not any(f.code == "stray-cell" for f in error.findings))
