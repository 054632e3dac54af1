"""Faults at random moments of a collection with a store: kill -9 of its processes, and a disk that is full."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from . import kills

#: Which processes of the run are killed: the one that leads it, the one that starts workers, or one that reads.
TARGETS = ("main", "worker", "fork server", "mixed")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): digest(path) for path in folder.rglob("*") if path.is_file()}


def killed(
    inbox: Path, output: Path, target: str, moments: random.Random, seconds: float, most: int
) -> tuple[int, str]:
    """A collection, and after the death of its first process another, until one is through, with so many kills at most.

    How many there were, and all that was said on the terminal.
    """
    hits, said = 0, ""
    while True:
        process = kills.started(inbox, output, err=f"{output}.err")
        while hits < most:
            try:
                process.wait(moments.uniform(0.02, 0.5) * seconds)
                break
            except subprocess.TimeoutExpired:
                hits += kill(process.pid, moments.choice(TARGETS[:-1]) if target == "mixed" else target, moments)
        code = process.wait()
        said += Path(f"{output}.err").read_text(encoding="utf-8", errors="replace")
        if code != -signal.SIGKILL:
            assert code in (0, 1), (code, said)
            return hits, said


def kill(leader: int, target: str, moments: random.Random) -> bool:
    """Whether there was one to kill."""
    numbers = [leader] if target == "main" else [n for n in kills.session(leader) if n != leader]
    if target != "main":
        servers = {n for n in numbers if kills.parent(n) == leader}
        numbers = [n for n in numbers if (n in servers) == (target == "fork server")]
    if not numbers:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(moments.choice(numbers), signal.SIGKILL)
        return True
    return False


_FULL = """
set -u
mount -t tmpfs -o size={size}k tmpfs {disk} || exit 77
cp {old} {disk}/P.xlsx
export TMPDIR={temporary}
({python} -m jwdt_xl.cli collect {inbox} -o {disk}/P.xlsx --jobs 2 >{said} 2>&1; echo $? >{said}.code) &
if [ -n "{after}" ]; then sleep {after}; dd if=/dev/zero of={disk}/filler bs=1k >/dev/null 2>&1; fi
wait
sha256sum {disk}/P.xlsx* | tee {said}.left; ls -A {disk} >>{said}.left
rm -f {disk}/filler
mount -o remount,size=256m {disk}
{python} -m jwdt_xl.cli collect {inbox} -o {disk}/P.xlsx --jobs 2 >{said}.again 2>&1; echo $? >>{said}.code
cp {disk}/P.xlsx {disk}.again.xlsx
"""


def full_disk(
    inbox: Path, folder: Path, old: Path, size: int, after: float | None, temporary: bool
) -> tuple[list[int], str, str, str]:
    """A collection onto a file system of so many kB, or one that is filled after so many seconds, and again with room.

    Both exit codes, what the first said, what it left, and the portfolio of the second. temporary: temporary files lie there too.
    """
    disk, said = folder / "disk", folder / "said"
    disk.mkdir(parents=True)
    script = _FULL.format(
        size=size, disk=disk, old=old, inbox=inbox, said=said, python=sys.executable,
        after="" if after is None else f"{after:.2f}", temporary=disk if temporary else folder,
    )  # fmt: skip
    done = subprocess.run(["unshare", "-m", "bash", "-c", script], capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0 and "unshare" not in done.stderr, done.stderr
    texts = [Path(f"{said}{ending}").read_text(encoding="utf-8") for ending in ("", ".code", ".left", ".again")]
    codes = [int(line) for line in texts[1].split()]
    return codes, texts[0] + texts[3], texts[2], digest(Path(f"{disk}.again.xlsx"))


def quiet(output: Path) -> bool:
    """Whether nothing of a run is left: no process, no half file."""
    half = [path for path in output.parent.iterdir() if path.name.startswith(".")]
    return not kills.left_running(output) and not half
