"""The one guard around everything that opens workbooks: worker processes with a bound on memory and on time.

A task is a function of a module and its arguments. The death of a worker, too much memory or too much time cost exactly
that task. Every worker has a pipe of its own and a thread that waits for it: nothing is shared between workers that one
killed at any moment could leave locked or half written. In a script of your own, call what uses a guard below
``if __name__ == "__main__":``, as with everything that starts processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from ..errors import JwdtError
from ..messages import Text
from . import worker
from .limits import DEFAULT, Limits

TOO_SLOW, TOO_MUCH_MEMORY = "too-slow", "too-much-memory"
#: How often a worker is tried to be started, and the seconds it may take to be ready on a busy machine.
_STARTS, _READY = 6, 120.0
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
        self._settings = (tuple(preload), prepare, settings, limits.memory, limits.seconds)
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
        for each in idle:
            each.close()

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
                each.close()
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
            with contextlib.suppress(OSError, EOFError, Died):
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
    """A process and the pipe to it. Only the pipe tells whether it lives: a killed fork server cannot."""

    #: Starting looks through all processes of ours, which two threads must not do at once.
    _starting = threading.Lock()

    def __init__(self, settings: tuple[Any, ...]) -> None:
        context = _context(settings[0])
        self._number: int | None = None
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=worker.serve, args=(theirs, *settings), daemon=True)
        try:
            with self._starting:
                self._process.start()
                self._number = self._process.pid
            theirs.close()
            self._received(_READY)
        except BaseException:
            theirs.close()
            self.end()
            self.close()
            raise

    @property
    def there(self) -> bool:
        """Whether an idle worker still lives: nothing comes from it but the end."""
        return not self._pipe.poll()

    def answer(self, task: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> tuple[bool, Any]:
        try:
            self._pipe.send((task, arguments))
        except OSError as error:
            raise Died(self._killed()) from error
        return self._received(seconds)

    def _received(self, seconds: float) -> tuple[bool, Any]:
        try:
            if not self._pipe.poll(seconds):
                raise GaveUp(TOO_SLOW)
            answer: tuple[bool, Any] = self._pipe.recv()
            return answer
        except (EOFError, OSError) as error:
            raise Died(self._killed()) from error

    def _killed(self) -> bool:
        with self._starting:
            self._process.join(5)
            return self._process.exitcode in _KILLED

    def end(self) -> None:
        """Kills it: a reader that hangs in compiled code takes no notice of a polite request."""
        with contextlib.suppress(OSError, ValueError):
            if not hasattr(select, "poll"):  # Windows
                self._process.kill()
            elif self._number and not self._ended():
                os.kill(self._number, signal.SIGKILL)

    def _ended(self) -> bool:
        """Whether the other end of the pipe is closed, so that its number may already be another process's."""
        look = select.poll()
        look.register(self._pipe.fileno(), 0)
        return bool(look.poll(0))

    def close(self) -> None:
        self._pipe.close()
        with self._starting, contextlib.suppress(OSError, ValueError, AssertionError):  # it may never have begun
            self._process.join(5)
            self._process.close()


def _context(preload: Sequence[str]) -> Any:
    # Workers are started while threads run here, so a plain fork could deadlock. A fork server has no threads, and with
    # the reader loaded a worker costs milliseconds; Windows can only spawn.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([worker.__name__, *preload])
    return context
