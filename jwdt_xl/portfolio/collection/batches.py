"""Batches of files (or members of archives) handed to workers: a row for each, whatever becomes of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, NamedTuple

from ...errors import Refused
from ...messages import Finding
from ...opening import blame, jsonfile
from ...opening.container import JSON, kind_of
from ...opening.guard import GaveUp, Guard
from ...opening.limits import Limits
from ...opening.refusals import internal, of_os_error
from ...opening.sources import Source, opened
from . import inputs, one_return
from .reading import Reading
from .row import Row, row_of

#: Handed to a worker at once: the way there and back costs as much as reading a file. Small, so that a file that kills
#: its worker makes only a few others be read again.
BATCH = 16


class Job(NamedTuple):
    """A file to read, and what an evaluator's review says about it."""

    source: Source
    review: tuple[Any, ...] = ()
    #: Whether the interval of the total is wanted.
    interval: bool = False


def evaluate_jobs(jobs: Sequence[Job], limits: Limits) -> list[Row]:
    """Runs in a worker: the rows of some files."""
    return [_row(job, limits) for job in jobs]


def guarded(guard: Guard, jobs: Sequence[Job], limits: Limits, future: Future[list[Row]] | None = None) -> list[Row]:
    """The rows of some files; a file over which the worker came to grief has one that says so."""
    found = guard.each(evaluate_jobs, jobs, limits, future=future)
    return [
        _failed(guard, job, row, limits) if isinstance(row, Exception) else row
        for job, row in zip(jobs, found, strict=True)
    ]


def _failed(guard: Guard, job: Job, error: Exception, limits: Limits) -> Row:
    if not isinstance(error, GaveUp):  # ours; the other files go on
        return _refused(job, internal(job.source.name, error), transient=True)
    found = blame.too_much(guard, job.source, error.code, limits)
    return _refused(job, found, transient=not any(f.code == "stray-cell" for f in found.findings))


def _row(job: Job, limits: Limits) -> Row:
    try:
        with opened(job.source, limits) as path:
            if job.review == inputs.WANTED:
                return inputs.row(*one_return.inputs_of(path, kind_of(path, limits) == JSON))
            if kind_of(path, limits) == JSON:
                reading = one_return.of_data(path, jsonfile.load(path))
                return _reviewed(row_of(reading, with_interval=job.interval), reading, job)
            return _workbook(path, job)
    except Refused as error:
        return _refused(job, error)
    except OSError as error:
        return _refused(job, of_os_error(job.source.name, error), transient=True)
    except MemoryError:
        raise
    except Exception as error:
        return _refused(job, internal(job.source.name, error), transient=True)


def _workbook(path: str, job: Job) -> Row:
    reading, differences = one_return.compared_workbook(path)
    row = row_of(_with(reading, differences), reading.stamp.get("saved"), job.interval)
    return _reviewed(row, reading, job, path)


def _reviewed(row: Row, reading: Reading, job: Job, workbook: str = "") -> Row:
    if job.review and reading.result is not None:
        from . import correcting

        paths = one_return.paths_of(workbook) if workbook and correcting.names_cells(job.review) else {}
        row["review"] = correcting.applied(reading, job.review, job.interval, paths)
    return row


def _with(reading: Reading, findings: Sequence[Finding]) -> Reading:
    return replace(reading, findings=(*reading.findings, *findings))


def _refused(job: Job, error: Refused, transient: bool = False) -> Row:
    named = tuple(f._replace(where="" if _is_name(f.where, job.source) else f.where) for f in error.findings)
    row = row_of(Reading("", None, named))
    return row | {"transient": True} if transient else row


def _is_name(where: str, source: Source) -> bool:
    return where in (source.name, source.path) or os.path.isabs(where)
