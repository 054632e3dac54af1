"""Many files in, one reading for each out, in the order given and whatever is wrong with some of them.

Assessment files (JSON) are read here. Workbooks are opened only in worker processes with a memory and a time limit;
a dead worker costs exactly the file in its hands and is replaced.

In a script of your own, call this below ``if __name__ == "__main__":``, as with everything that starts processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from ...errors import Refused
from ...opening import container, jsonfile, stray
from ...opening.limits import DEFAULT, Limits
from ...opening.refusals import internal, refused
from ...standard.guide import Guide
from .reading import Reading, evaluated, refusal

#: Files handed out ahead of the one waited for, per worker: enough to keep it busy, few enough to stay small.
_AHEAD = 4


def read_files(
    paths: Iterable[str | os.PathLike[str]],
    guide: Guide | None = None,
    *,
    jobs: int = 1,
    limits: Limits = DEFAULT,
    any_guide: bool = False,
) -> Iterator[Reading]:
    """Read and evaluate files; ``jobs`` worker processes open the workbooks.

    A workbook made for another guide is refused, unless ``any_guide`` says that its data are to move to this one.
    """
    with _Workers(guide, jobs, limits, any_guide) as workers:
        waiting: deque[_Pending] = deque()
        for path in paths:
            waiting.append(_started(os.fspath(path), workers, limits))
            while len(waiting) > jobs * _AHEAD or (waiting and waiting[0].done):
                yield waiting.popleft().reading(guide)
        while waiting:
            yield waiting.popleft().reading(guide)


def read_file(
    path: str | os.PathLike[str], guide: Guide | None = None, *, limits: Limits = DEFAULT, any_guide: bool = False
) -> Reading:
    """Read and evaluate one file."""
    [reading] = read_files([path], guide, limits=limits, any_guide=any_guide)
    return reading


def _started(path: str, workers: _Workers, limits: Limits) -> _Pending:
    try:
        kind = container.kind_of(path, limits)
    except Refused as error:
        return _Refused(path, error)
    return _Json(path) if kind == container.JSON else _Workbook(path, workers, limits)


class _Pending:
    """A file on its way, whose reading is asked for when its turn comes."""

    done = True

    def __init__(self, path: str) -> None:
        self.path = path

    def reading(self, guide: Guide | None) -> Reading:
        raise NotImplementedError


class _Refused(_Pending):
    def __init__(self, path: str, error: Refused) -> None:
        super().__init__(path)
        self._error = error

    def reading(self, guide: Guide | None) -> Reading:
        return refusal(self.path, self._error)


class _Json(_Pending):
    def reading(self, guide: Guide | None) -> Reading:
        return _read_json(self.path, guide)


class _Workbook(_Pending):
    """A workbook in the hands of a worker."""

    def __init__(self, path: str, workers: _Workers, limits: Limits) -> None:
        super().__init__(path)
        self._workers = workers
        self._limits = limits
        self._future = workers.open(path)

    @property
    def done(self) -> bool:  # type: ignore[override]
        return bool(self._future.done())

    def reading(self, guide: Guide | None) -> Reading:
        from concurrent.futures.process import BrokenProcessPool

        try:
            return _outcome(self.path, self._future, self._limits)
        except BrokenProcessPool:
            # The pool gave up because an idle worker was killed, which is not this file's fault: once more, in a new one.
            self._future = self._workers.open(self.path)
        try:
            return _outcome(self.path, self._future, self._limits)
        except BrokenProcessPool as error:
            return refusal(self.path, internal(self.path, error))


def _read_json(path: str, guide: Guide | None) -> Reading:
    try:
        return evaluated(path, jsonfile.load(path), guide)
    except Refused as error:
        return refusal(path, error)
    except Exception as error:  # ours: the other files go on
        return refusal(path, internal(path, error))


def _outcome(path: str, future: Any, limits: Limits) -> Reading:
    """What a worker made of a workbook, or why it is no more."""
    from concurrent.futures import TimeoutError as TimedOut  # until Python 3.11 not the built-in one
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    from .worker import ReaderCrashed

    try:
        reading: Reading = future.result()
        return reading
    except (TimedOut, TimeoutError):
        return too_much(path, "too-slow", limits)
    except (ProcessExpired, MemoryError, ReaderCrashed):
        return too_much(path, "too-much-memory", limits)
    except BrokenProcessPool:
        raise
    except Exception as error:
        return refusal(path, internal(path, error))


def too_much(path: str, code: str, limits: Limits) -> Reading:
    """The worker ran into a limit. Nearly always one stray cell far out is to blame, so name it."""
    cell = stray.farthest(path, limits)
    if cell is not None:
        return refusal(
            path,
            refused(
                f"{cell.sheet}!{cell.address}",
                "stray-cell",
                "此处有远离数据的单元格，工作表因此大到无法读取，数据须在填报区内 — 请删除其所在的行和列（不只是清除内容）后另存",
                "a cell far from the data makes the sheet too large to read, data must be in the input area — "
                "delete its row and column (not just the content) and save the file anew",
            ),
        )
    if code == "too-slow":
        error = refused(
            path,
            code,
            "读取超过 {s} 秒，已放弃 — 请删除多余的行、列和工作表后另存",
            "reading took more than {s} seconds and was given up — delete superfluous rows, columns and sheets and save it anew",
            s=f"{limits.seconds:g}",
        )
    else:
        error = refused(
            path,
            code,
            "读取时内存超过限额（{m} MB）或读取程序崩溃 — 请删除多余的行、列和工作表后另存",
            "reading it needs more memory than is allowed ({m} MB), or makes the reader crash — "
            "delete superfluous rows, columns and sheets and save it anew",
            m=f"{limits.memory / 1e6:.0f}",
        )
    return refusal(path, error)


class _Workers:
    """The pool of worker processes, started with the first workbook."""

    def __init__(self, guide: Guide | None, jobs: int, limits: Limits, any_guide: bool) -> None:
        self._settings = (guide, any_guide, limits.memory)
        self._jobs = jobs
        self._seconds = limits.seconds
        self._pool: Any = None

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def open(self, path: str) -> Any:
        """A future of the reading of a workbook."""
        from . import worker

        if self._pool is not None and not self._pool.active:
            self._stop()
        if self._pool is None:
            self._pool = self._started()
        return self._pool.schedule(worker.evaluate_workbook, args=(path,), timeout=self._seconds)

    def _started(self) -> Any:
        import multiprocessing

        from pebble import CONSTS, ProcessPool

        from . import worker

        # Replacements are started while threads run here, so a plain fork could deadlock. A fork server has no
        # threads, and with the reader loaded a replacement costs milliseconds; Windows can only spawn.
        if "forkserver" in multiprocessing.get_all_start_methods():
            context: Any = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([worker.__name__, "jwdt_xl.workbook"])
        else:
            context = multiprocessing.get_context("spawn")
        CONSTS.sleep_unit = 0.02  # how soon a death or the end is noticed; 0.1 would be felt with a single file
        CONSTS.term_timeout = 0.5  # a reader that hangs in compiled code takes no notice of a polite request
        return ProcessPool(self._jobs, 0, worker.prepare, self._settings, context)
