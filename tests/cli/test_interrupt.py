"""Ctrl-C: a sentence, exit code 130, no traceback, and the next run goes on where this one ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jwdt_xl.cli import main
from jwdt_xl.portfolio import run

AGAIN = {"zh": "再运行一次即可继续", "en": "run again to go on"}


@pytest.mark.skipif(os.name == "nt", reason="no process groups")
@pytest.mark.parametrize("language", AGAIN)
def test_interrupted_while_it_reads(tmp_path: Path, language: str) -> None:
    """The whole group of processes is told, as a terminal does."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    assert main(["demo", "-o", str(tmp_path / "demo")]) == 0
    filled = (tmp_path / "demo" / "cement-filled.xlsx").read_bytes()
    for number in range(150):  # of different content
        (inbox / f"{number}.xlsx").write_bytes(filled + str(number).encode())
    command = [sys.executable, "-m", "jwdt_xl.cli", "--lang", language, "collect", str(inbox), "-o", str(tmp_path / "p.xlsx"), "--jobs", "2"]  # fmt: skip
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True)
    store = tmp_path / "p.sqlite"
    wal = tmp_path / "p.sqlite-wal"
    for _ in range(600):
        if wal.exists() and wal.stat().st_size > 20_000:  # some rows are in
            break
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130 and AGAIN[language] in said and "Traceback" not in said
    assert not (tmp_path / "p.xlsx").exists() and store.exists()
    with run.Run(run.Plan((str(inbox),), str(tmp_path / "p.xlsx"), str(store))) as work:
        fresh = [read.fresh for read in work.read()]
        assert len(fresh) == 150 and 0 < sum(fresh) < 150
        assert work.assembled().files == 150


def test_any_command_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from jwdt_xl.cli import parser

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(parser, "parse", interrupted)
    assert main(["doctor"]) == 130
    assert AGAIN["zh"] in capsys.readouterr().err
