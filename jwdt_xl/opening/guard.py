"""The one guard around everything that opens workbooks: worker processes with a bound on memory and on time.

A task is a function of a module and its arguments. The death of a worker, too much memory or too much time cost exactly
that task. In a script of your own, call what uses a guard below
``if __name__ == "__main__":``, as with everything that starts processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TimedOut  # until Python 3.11 not the built-in one
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from ..errors import JwdtError
from ..messages import Text
from . import worker
from .limits import DEFAULT, Limits
from .processes import lives

TOO_SLOW, TOO_MUCH_MEMORY = "too-slow", "too-much-memory"
#: How often a worker is tried to be started, and the seconds it may take to be ready on a busy machine.
_STARTS, _READY = 6, 120.0
#: Seconds beyond its limit after which a task that nobody answers for is lost.
_LOST = 10.0
#: How often a task is tried again whose worker was killed, and how such a worker ended; 255 says that the fork server,
#: which would know, was killed too, and 1 is how Windows ends a process.
_AGAIN, _KILLED = 5, (-9, -15, 255, 1)


class GaveUp(Exception):
    """The worker ran into a limit; code says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Died(GaveUp):
    """The worker is no more: the task was too much for it, or somebody killed it, which is not the task's fault."""

    def __init__(self, killed: bool = False) -> None:
        super().__init__(TOO_MUCH_MEMORY)
        self.killed = killed


class NoWorkers(JwdtError):
    """No worker can be started, so that nothing at all can be read."""


class Guard:
    """Worker processes, started when there is a task for them.

    preload: modules that every worker has loaded; ``prepare(*settings)`` runs in each before its memory is bounded.
    """

    def __init__(
        self,
        jobs: int = 1,
        limits: Limits = DEFAULT,
        preload: Sequence[str] = ("python_calamine",),
        prepare: Callable[..., None] | None = None,
        settings: tuple[Any, ...] = (),
    ) -> None:
        self._jobs, self._seconds = jobs, limits.seconds
        self._settings = (tuple(preload), prepare, settings, limits.memory)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends the workers, whatever they are doing. A later task starts new ones."""
        threads, self._threads = self._threads, None
        if threads is None:
            return
        threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            idle, self._idle = self._idle, []
            for each in (*idle, *self._busy):
                each.end()
        threads.shutdown()

    def submit(self, task: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A future; ask for its outcome with ``result``."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._jobs, "jwdt-guard")
        return self._threads.submit(self._done, self._threads, task, arguments)

    def result(self, future: Future[Any], task: Callable[..., Any], *arguments: Any) -> Any:
        """What the task returned, tried again where somebody killed the worker. Raises GaveUp at a limit."""
        for _ in range(_AGAIN):
            try:
                return future.result()
            except Died as error:
                if not error.killed:
                    raise
            future = self.submit(task, *arguments)
        return future.result()

    def run(self, task: Callable[..., Any], *arguments: Any) -> Any:
        return self.result(self.submit(task, *arguments), task, *arguments)

    def each(
        self, task: Callable[..., list[Any]], batch: Sequence[Any], *settings: Any, future: Future[Any] | None = None
    ) -> list[Any]:
        """What ``task(batch, *settings)`` gives, with the exception in the place of each item that it failed for.

        Where the worker came to grief each item is tried alone, so that only the one to blame suffers.
        """
        try:
            return list((future or self.submit(task, batch, *settings)).result())
        except NoWorkers:
            raise
        except Exception as error:
            if len(batch) == 1 and not (isinstance(error, Died) and error.killed):
                return [error]
        found: list[Any] = []
        for item in batch:
            try:
                found += self.run(task, [item], *settings)
            except NoWorkers:
                raise
            except Exception as error:
                found.append(error)
        return found

    def _done(self, threads: ThreadPoolExecutor, task: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Runs in a thread: one task in the hands of one worker."""
        with self._lock:
            each = self._idle.pop() if self._idle else None
        each = each if each is not None and each.there else self._started(threads)
        with self._lock:
            self._busy.add(each)
        sound = False
        try:
            well, outcome = each.answer(task, arguments, self._seconds)
            sound = well or not isinstance(outcome, (MemoryError, worker.ReaderCrashed))
        finally:
            with self._lock:
                self._busy.discard(each)
                kept = sound and self._threads is threads
                if kept:
                    self._idle.append(each)
            if not kept:
                each.end()
        if well:
            return outcome
        if sound:
            raise outcome
        raise GaveUp(TOO_MUCH_MEMORY) from outcome

    def _started(self, threads: ThreadPoolExecutor) -> _Worker:
        """A worker that is ready. What starts workers may itself be killed, or be about to start."""
        for attempt in range(_STARTS):
            if self._threads is not threads:
                break
            time.sleep(0.05 * attempt)
            with contextlib.suppress(OSError, EOFError, GaveUp):
                return _Worker(self._settings)
        raise NoWorkers(
            Text(
                "无法启动读取文件的进程（内存不足、进程数受限，或被其他程序结束），已读的结果不会丢失 — 请关闭其他程序后重新运行",
                "no process to read files can be started (memory or processes are short, or another program ends them); "
                "what was read is kept — close other programs and run again",
            ),
            "no-workers",
        )


class _Worker:
    """A pool of one process. Workers that share a pool share its pipe and lock, which one killed at a bad moment leaves
    locked or half written; so each has its own, and is given up with it.
    """

    def __init__(self, settings: tuple[Any, ...]) -> None:
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = 0.02  # how soon a death or the end is noticed; 0.1 would be felt with a single file
        CONSTS.term_timeout = 0.5  # a reader that hangs in compiled code takes no notice of a polite request
        self._future: Any = None
        self._pool = ProcessPool(1, 0, worker.prepare, settings, _context(settings[0]))
        try:
            self.number: int = self.answer(os.getpid, (), _READY)[1]
        except BaseException:
            self.end()
            raise

    @property
    def there(self) -> bool:
        """Whether an idle worker still lives."""
        return lives(self.number) and bool(self._pool.active)

    def answer(self, task: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> tuple[bool, Any]:
        """Whether it went well, and the outcome. Raises GaveUp at a limit."""
        from pebble import ProcessExpired

        try:
            self._future = future = self._pool.schedule(
                worker.outcome, args=(task, arguments, seconds), timeout=seconds
            )
            answer: tuple[bool, Any] = future.result(seconds + _LOST)
            return answer
        except (TimedOut, TimeoutError) as error:
            if not future.done():  # nobody works on it: the process was killed between two tasks
                raise Died(killed=True) from error
            raise GaveUp(TOO_SLOW) from error
        except ProcessExpired as error:
            raise Died(error.exitcode in _KILLED) from error
        except (BrokenProcessPool, CancelledError, RuntimeError, OSError, EOFError) as error:  # the pool is no more
            raise Died(killed=True) from error

    def end(self) -> None:
        """Kills it, whatever it is doing."""
        with contextlib.suppress(Exception):
            if self._future is not None:
                self._future.cancel()
            self._pool.stop()
            self._pool.join()


def _context(preload: Sequence[str]) -> Any:
    # Workers are started while threads run here, so a plain fork could deadlock. A fork server has no threads, and with
    # the reader loaded a worker costs milliseconds; Windows can only spawn.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([worker.__name__, *preload])
    with _silent():  # what is killed while it starts would leave its trace on the terminal
        forkserver.ensure_running()
    return context


#: Two threads that change it at once would each keep the other's, and leave this process without a stderr.
_STDERR = threading.Lock()


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """What is started here has no stderr."""
    with _STDERR:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)
