"""Whatever is killed and however full the disk: the same portfolio after another start, the inbox untouched, no trace.

A few at random moments here; JWDT_KILLS=100 JWDT_FULL_DISKS=20 does it with 300 files, and says what it counted.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from . import faults, kills
from .returns import Returns, uscc

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kill -9, /proc, tmpfs")

KILLS, DISKS = int(os.environ.get("JWDT_KILLS", "4")), int(os.environ.get("JWDT_FULL_DISKS", "2"))
FILES = 300 if KILLS > 4 or DISKS > 2 else 24
#: Kills of one collection; then another begins with nothing kept.
_EACH = 4


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, returns: Returns) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "in"
    for i in range(FILES):
        returns.write(folder / f"{i:03d}.xlsx", i)
    (folder / "bad.xlsx").write_bytes(b"bad")
    return folder


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> tuple[str, float]:
    """The digest of an undisturbed run's portfolio, and how long that run takes."""
    output = tmp_path_factory.mktemp("right") / "P.xlsx"
    _, seconds = kills.undisturbed(inbox, output)
    return faults.digest(output), seconds


def counted(text: str) -> None:
    with open(os.environ.get("JWDT_FIGURES", os.devnull), "a", encoding="utf-8") as file:
        print(text, file=file)


@pytest.mark.parametrize("target", faults.TARGETS)
def test_killed(tmp_path: Path, inbox: Path, right: tuple[str, float], target: str) -> None:
    before, (portfolio, seconds) = faults.digests(inbox), right
    moments = random.Random(target)
    wanted, hits, runs, sentences, begin = -(-KILLS // len(faults.TARGETS)), 0, 0, 0, time.monotonic()
    while hits < wanted and runs < 4 * wanted:
        output = tmp_path / str(runs) / "P.xlsx"
        output.parent.mkdir()
        found, said = faults.killed(inbox, output, target, moments, seconds, min(_EACH, wanted - hits))
        assert "Traceback" not in said and "内部错误" not in said, said
        if not output.exists():  # it ended with a sentence, and what was read is kept
            assert "不会丢失" in said, said
            sentences += 1
            _, said = faults.killed(inbox, output, target, moments, seconds, 0)
        assert faults.digest(output) == portfolio, said
        assert faults.quiet(output), list(output.parent.iterdir())
        hits, runs = hits + found, runs + 1
    assert hits >= wanted
    assert faults.digests(inbox) == before
    counted(
        f"{target}: {hits} kills in {runs} collections of {FILES}, {sentences} ended with a sentence, {time.monotonic() - begin:.0f} s"
    )


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a tmpfs")
def test_full_disk(tmp_path: Path, inbox: Path, right: tuple[str, float], returns: Returns) -> None:
    before, (portfolio, seconds) = faults.digests(inbox), right
    moments = random.Random(1)
    old = tmp_path / "old.xlsx"
    (tmp_path / "one").mkdir()
    old.write_bytes(kills.undisturbed(returns.write(tmp_path / "one" / "in" / "a.xlsx", 1), old)[0])
    enough = 60 + 3 * FILES  # kB of portfolio and store
    ended = []
    for number in range(DISKS):
        folder = tmp_path / f"disk{number}"
        # in turn: too small from the beginning, and filled by somebody else while it runs
        size, after = (int(moments.uniform(0.05, 1.2) * enough) + len(old.read_bytes()) // 1024 + 8, None)
        if number % 2:
            size, after = 256 * 1024, moments.uniform(0.05, 1.1) * seconds
        codes, said, left, again = faults.full_disk(inbox, folder, old, size, after, number % 3 == 2)
        assert "Traceback" not in said and "内部错误" not in said and "nternal error" not in said, said
        assert codes[0] in (0, 1) and codes[1] == 1, (codes, said)
        assert again == portfolio, (codes, said)
        assert not [line for line in left.split("\n") if line.startswith(".")], left
        ended.append((size, after, codes[0], said.split("\n")[0][:400]))
    assert faults.digests(inbox) == before
    assert any("腾出" in each[3] for each in ended), ended
    counted("\n".join(map(str, ended)))


def test_killed_while_templates_are_written(tmp_path: Path) -> None:
    """Workers and their fork server killed in `distribute`: every template, whole, and no half file."""
    register = tmp_path / "r.csv"
    lines = [f"{uscc(i)},甲{i}" for i in range(8)]
    register.write_text("\n".join(["统一社会信用代码,企业名称", *lines]), encoding="utf-8")
    hits = 0
    for name in ("right", "again"):
        err = tmp_path / f"{name}.err"
        process = kills.run("distribute", "--register", register, "-o", tmp_path / name, "--jobs", "2", err=err)
        moments = random.Random(1)
        while name == "again" and hits < 3:
            try:
                process.wait(moments.uniform(0.5, 1.5))
                break
            except subprocess.TimeoutExpired:
                hits += faults.kill(process.pid, moments.choice(faults.TARGETS[1:3]), moments)
        assert process.wait() == 0 and "Traceback" not in err.read_text(encoding="utf-8"), err.read_text(
            encoding="utf-8"
        )
    assert hits > 1
    found = [faults.digests(tmp_path / name) for name in ("right", "again")]
    assert found[0] == found[1] and len(found[0]) == 9
