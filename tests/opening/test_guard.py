"""The one guard: what a task can do to its worker, what somebody else can, and what is left when all is over."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from jwdt_xl.opening import guard as guard_module
from jwdt_xl.opening.guard import TOO_MUCH_MEMORY, TOO_SLOW, GaveUp, Guard, NoWorkers
from jwdt_xl.opening.limits import MIB, Limits

from . import tasks

linux = pytest.mark.skipif(sys.platform != "linux", reason="bound on memory, kill -9, /proc")


@pytest.fixture
def guard() -> Iterator[Guard]:
    with Guard(2, Limits(seconds=1, memory=256 * MIB), (tasks.__name__,)) as guard:
        yield guard


def test_only_the_one_to_blame_suffers(guard: Guard) -> None:
    found = guard.each(tasks.doubled, [11, 12, 13, 14, 17, 18])
    assert [each for each in found if isinstance(each, int)] == [22, 24, 28, 36]
    died, raised = found[2], found[4]
    assert isinstance(died, GaveUp) and died.code == TOO_MUCH_MEMORY
    assert isinstance(raised, ValueError) and raised.args == (17,)


@linux
@pytest.mark.parametrize("task", [tasks.crash, tasks.panic], ids=["crash", "panic"])
def test_a_reader_that_breaks_down(guard: Guard, task: object) -> None:
    with pytest.raises(GaveUp) as caught:
        guard.run(task)  # type: ignore[arg-type]
    assert caught.value.code == TOO_MUCH_MEMORY
    assert guard.run(tasks.doubled, [1]) == [2]


@linux
def test_the_bound_on_memory(guard: Guard) -> None:
    assert guard.run(tasks.take, 100 * MIB) == 100 * MIB
    with pytest.raises(GaveUp) as caught:
        guard.run(tasks.take, 300 * MIB)
    assert caught.value.code == TOO_MUCH_MEMORY


def test_the_bound_on_time_holds_in_compiled_code(guard: Guard) -> None:
    begin = time.monotonic()
    with pytest.raises(GaveUp) as caught:
        guard.run(tasks.hang)
    assert caught.value.code == TOO_SLOW
    assert time.monotonic() - begin < 10
    assert guard.run(tasks.doubled, [1]) == [2]


def test_what_cannot_be_sent_is_an_error_of_that_task(guard: Guard) -> None:
    for task in (tasks.unsendable, tasks.odd):
        with pytest.raises(Exception) as caught:
            guard.run(task)
        assert not isinstance(caught.value, GaveUp)
    assert guard.run(tasks.doubled, [1]) == [2]


def test_ctrl_c_is_for_the_parent(guard: Guard) -> None:
    assert guard.run(tasks.interrupted) == 1


def test_a_worker_serves_many_tasks_and_a_stopped_guard_starts_anew(guard: Guard) -> None:
    with Guard(1, Limits(), (tasks.__name__,)) as one:
        first = {one.run(tasks.number) for _ in range(5)}
        one.stop()
        assert len(first) == 1 and one.run(tasks.number) not in first


def test_stopping_does_not_wait_for_what_is_going_on() -> None:
    guard = Guard(1, Limits(seconds=60), (tasks.__name__,))
    assert guard.run(tasks.doubled, [1]) == [2]
    futures = [guard.submit(tasks.hang) for _ in range(3)]
    time.sleep(0.2)
    begin = time.monotonic()
    guard.stop()
    assert time.monotonic() - begin < 5
    assert all(future.done() for future in futures)


def test_no_worker_can_be_started(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr(guard_module, "_Worker", fails)
    monkeypatch.setattr(guard_module, "_STARTS", 2)
    with pytest.raises(NoWorkers, match=r"kept|不会丢失"):
        guard.each(tasks.doubled, [1, 2])


@linux
def test_workers_and_the_fork_server_killed_all_the_time() -> None:
    """Every task comes out right: a worker that is killed by somebody else costs nobody his file."""
    done = threading.Event()
    moments = random.Random(1)
    kills = 0

    def kill() -> None:
        nonlocal kills
        while not done.wait(moments.uniform(0.2, 0.5)):
            with working._lock:
                numbers = [each.number for each in (*working._idle, *working._busy)]
            numbers.append(vars(forkserver._forkserver)["_forkserver_pid"])
            alive = [number for number in numbers if number]
            with contextlib.suppress(IndexError, ProcessLookupError):  # there may be nobody at this moment
                os.kill(moments.choice(alive), signal.SIGKILL)
                kills += 1

    with Guard(2, Limits(), (tasks.__name__,)) as working:
        futures = [(i, working.submit(tasks.slowly, [i])) for i in range(200)]
        killer = threading.Thread(target=kill)
        killer.start()
        try:
            found = [working.result(future, tasks.slowly, [i]) for i, future in futures]
        finally:  # or a failure would leave the test run waiting for the thread
            done.set()
            killer.join()
    assert found == [[2 * i] for i in range(200)]
    assert kills > 3


_ORPHANED = """
import sys, time
from tests.opening import tasks
from jwdt_xl.opening.guard import Guard
from jwdt_xl.opening.limits import Limits
guard = Guard(1, Limits(seconds=1), ("tests.opening.tasks",))
if __name__ == "__main__":
    print(guard.run(tasks.number), flush=True)
    guard.submit(tasks.hang)
    time.sleep(60)
"""


@linux
def test_a_worker_that_hangs_outlives_its_killed_parent_by_seconds_only(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    (tmp_path / "orphaned.py").write_text(_ORPHANED)
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "orphaned.py")], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    with parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    until = time.monotonic() + 15
    while Path(f"/proc/{number}/cmdline").exists() and time.monotonic() < until:
        time.sleep(0.2)
    assert not Path(f"/proc/{number}/cmdline").exists()


_WATCHED = """
import time
from jwdt_xl.opening import memory
memory.watch(100 << 20)
small = bytearray(20 << 20)
time.sleep(0.3)
print("alive", flush=True)
large = bytearray(300 << 20)
time.sleep(30)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="untried there")
def test_the_watcher_where_nothing_else_bounds_memory() -> None:
    from jwdt_xl.opening import memory

    held = bytearray(500 << 20)  # what the parent holds does not count
    done = subprocess.run([sys.executable, "-c", _WATCHED], capture_output=True, text=True, timeout=25)
    assert (done.returncode, done.stdout) == (memory.CODE, "alive\n") and held


def test_workers_that_start_at_once_leave_the_terminal_alone() -> None:
    """Of two threads that silence what they start, the later would keep the other's silence for good."""
    before, first = os.fstat(2).st_ino, threading.Event()

    def silent(seconds: float) -> None:
        with guard_module._silent():
            first.set()
            time.sleep(seconds)

    threads = [threading.Thread(target=silent, args=(seconds,)) for seconds in (0.2, 0.4)]
    threads[0].start()
    assert first.wait(5)
    threads[1].start()
    for thread in threads:
        thread.join()
    assert os.fstat(2).st_ino == before
