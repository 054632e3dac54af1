"""The one guard around everything that opens workbooks: worker processes with a bound on memory and on time.

A task is a function of a worker and its arguments. The death of a worker, too much memory or too much time cost exactly
that task; the pool replaces the worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from ..errors import Refused
from .limits import DEFAULT, Limits
from .refusals import refused

TOO_SLOW, TOO_MUCH_MEMORY = "too-slow", "too-much-memory"


class GaveUp(Exception):
    """The worker ran into a limit; code says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Guard:
    """A pool of worker processes, started with the first task; ``prepare(*settings, memory)`` runs in each."""

    def __init__(self, prepare: Callable[..., None], settings: tuple[Any, ...], jobs: int, limits: Limits) -> None:
        self._prepare = prepare
        self._settings = (*settings, limits.memory)
        self._jobs = jobs
        self._limits = limits
        self._pool: Any = None

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Any:
        """A future; ask for its outcome with ``result``."""
        if self._pool is not None and not self._pool.active:
            self.stop()
        if self._pool is None:
            self._pool = self._started()
        return self._pool.schedule(task, args=arguments, timeout=self._limits.seconds)

    def result(self, future: Any, task: Callable[..., Any], *arguments: Any) -> Any:
        """What the task returned. Raises GaveUp where it ran into a limit."""
        try:
            return _outcome(future)
        except BrokenProcessPool:
            # The pool gave up because an idle worker was killed, which is not this task's fault: once more.
            return _outcome(self.submit(task, *arguments))

    def run(self, task: Callable[..., Any], *arguments: Any) -> Any:
        return self.result(self.submit(task, *arguments), task, *arguments)

    def _started(self) -> Any:
        import multiprocessing

        from pebble import CONSTS, ProcessPool

        # A fork server has no threads, and with the reader loaded a replacement costs milliseconds; Windows can only spawn.
        if "forkserver" in multiprocessing.get_all_start_methods():
            context: Any = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([self._prepare.__module__, "jwdt_xl.workbook"])
        else:
            context = multiprocessing.get_context("spawn")
        CONSTS.sleep_unit = 0.02
        CONSTS.term_timeout = 0.5  # a reader that hangs in compiled code takes no notice of a polite request
        return ProcessPool(self._jobs, 0, self._prepare, self._settings, context)


def _outcome(future: Any) -> Any:
    from pebble import ProcessExpired

    from ..portfolio.collection.worker import ReaderCrashed

    try:
        return future.result()
    except TimeoutError as error:
        raise GaveUp(TOO_SLOW) from error
    except (ProcessExpired, MemoryError, ReaderCrashed) as error:
        raise GaveUp(TOO_MUCH_MEMORY) from error


def first_sheet(path: str, limits: Limits = DEFAULT) -> list[list[Any]]:
    """The cells of the first sheet of any workbook, read in a worker process of its own."""
    from ..portfolio.collection import worker

    try:
        with Guard(worker.prepare, (None, False), 1, limits) as guard:
            found: list[list[Any]] = guard.run(worker.first_sheet, os.fspath(path))
            return found
    except GaveUp as error:
        raise refused(
            path,
            error.code,
            "工作表过大，无法读取 — 请删除多余的行和列后另存",
            "the sheet is too large to be read — delete superfluous rows and columns and save it anew",
        ) from error
    except (Refused, OSError):
        raise
    except Exception as error:
        raise refused(
            path,
            "unreadable",
            "无法打开：{e} — 请用 Excel 或 WPS 打开后另存为 .xlsx",
            "cannot be opened: {e} — open it in Excel or WPS and save it as .xlsx",
            e=error,
        ) from error
