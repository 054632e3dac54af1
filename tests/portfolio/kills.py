"""Killing a collection at random moments, and starting it again."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

_CODE = "import sys; from jwdt_xl.cli import main; sys.exit(main(sys.argv[1:]))"


def run(*command: object, err: str | Path = os.devnull) -> subprocess.Popen[bytes]:
    """The command, in a session of its own."""
    words = [sys.executable, "-c", _CODE, *map(str, command)]
    with open(err, "wb") as said:
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)


def started(inbox: Path, output: Path, *more: str, jobs: int = 2, err: str = os.devnull) -> subprocess.Popen[bytes]:
    return run("collect", inbox, "-o", output, "--jobs", jobs, *more, err=err)


def undisturbed(inbox: Path, output: Path) -> tuple[bytes, float]:
    begin = time.monotonic()
    assert started(inbox, output).wait() in (0, 1)
    return output.read_bytes(), time.monotonic() - begin


def killed(inbox: Path, output: Path, times: int, seconds: float, seed: int) -> tuple[int, float]:
    """Start and kill -9 at random moments, then let it finish; how many kills hit a run that was going on.

    ``seconds`` is what a run takes; on a machine whose load changes it may come back shorter.
    """
    hits = 0
    moments = random.Random(seed)
    for _ in range(times):
        begin = time.monotonic()
        process = started(inbox, output)
        try:
            process.wait(moments.uniform(0.05, 1.0) * seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            hits += 1
        else:
            if not hits:  # else what the earlier runs had kept was enough to finish
                seconds = min(seconds, time.monotonic() - begin)
            break
    assert started(inbox, output).wait() in (0, 1)
    return hits, seconds


def left_running(output: Path, within: float = 30) -> list[str]:
    """Processes of a killed run that are still there after a while."""
    until = time.monotonic() + within
    while True:
        found = []
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                if int(folder.name) != os.getpid():
                    command = (folder / "cmdline").read_bytes()
                    if os.fsencode(output) in command:
                        found.append(command.decode("utf-8", "replace"))
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.2)


def cluster(inbox: Path, folder: Path, times: int) -> int:
    """A collection on a cluster of two Dask workers, one of which is killed now and then; how many were."""
    import distributed

    from jwdt_xl.portfolio import run

    folder.mkdir(parents=True, exist_ok=True)
    with distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        plan = run.Plan((str(inbox),), str(folder / "P.xlsx"), str(folder / "s.sqlite"), dask=local.scheduler_address)
        with run.Run(plan) as work:
            every, lost = max(1, len(work.sources) // (times + 1)), 0
            for i, _ in enumerate(work.read()):
                if i % every == 0 and lost < times:
                    # a worker that is just being replaced has no process
                    processes = [nanny.pid for nanny in local.workers.values() if nanny.pid]
                    os.kill(processes[lost % len(processes)], signal.SIGKILL)
                    lost += 1
            work.assembled()
            work.write(plan.output)
    return lost


def disturbed(inbox: Path, output: Path, seed: int, every: tuple[float, float]) -> tuple[int, str, int]:
    """A collection whose fork server or one of whose workers is killed now and then: its exit code, what it said, the kills."""
    moments, kills = random.Random(seed), 0
    command = [sys.executable, "-c", _CODE, "collect", str(inbox), "-o", str(output), "--jobs", "2", "--json"]
    with open(f"{output}.err", "wb") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
        while True:
            try:
                process.wait(moments.uniform(*every))
                break
            except subprocess.TimeoutExpired:
                others = [number for number in session(process.pid) if number != process.pid]
                if others:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(moments.choice(others), signal.SIGKILL)
                        kills += 1
    return process.returncode, Path(f"{output}.err").read_text(encoding="utf-8"), kills


def session(leader: int) -> list[int]:
    """The processes of a session, but the one that tracks resources, which reads no file."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            # the command's name, in brackets, may hold blanks
            session = int((folder / "stat").read_text().rpartition(")")[2].split()[3])
            if session == leader and b"resource_tracker" not in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return sorted(found)


def parent(number: int) -> int:
    """The process that started another; 0 where that is no more."""
    with contextlib.suppress(OSError, ValueError):
        return int((Path("/proc") / str(number) / "stat").read_text().rpartition(")")[2].split()[1])
    return 0
