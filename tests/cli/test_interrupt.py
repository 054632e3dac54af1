"""Ctrl-C: a sentence, exit code 130, no traceback, and the next run goes on where this one ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jwdt_xl.cli import main
from jwdt_xl.portfolio import run
from jwdt_xl.portfolio.collection.batches import BATCH

AGAIN = {"zh": "再运行一次即可继续", "en": "run again to go on"}


#: The command, told to stop as soon as two batches are in: the whole group of processes, as a terminal does.
STOPPED = """
import os, signal, sys
from jwdt_xl.cli import main
from jwdt_xl.portfolio.collection.store import Store

real, batches = Store.put, []

def put(self, rows):
    real(self, rows)
    batches.append(None)
    if len(batches) == 2:
        os.killpg(os.getpgrp(), signal.SIGINT)

if __name__ == "__main__":
    Store.put = put
    sys.exit(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="no process groups")
@pytest.mark.parametrize("language", AGAIN)
def test_interrupted_while_it_reads(tmp_path: Path, language: str) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    assert main(["demo", "-o", str(tmp_path / "demo")]) == 0
    filled = (tmp_path / "demo" / "cement-filled.xlsx").read_bytes()
    for number in range(150):  # of different content
        (inbox / f"{number}.xlsx").write_bytes(filled + str(number).encode())
    (tmp_path / "stopped.py").write_text(STOPPED, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "stopped.py"), "--lang", language, "collect", str(inbox)]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "p.xlsx"), "--jobs", "2"],
        stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 130 and AGAIN[language] in done.stderr and "Traceback" not in done.stderr
    store = tmp_path / "p.sqlite"
    assert not (tmp_path / "p.xlsx").exists() and store.exists()
    with run.Run(run.Plan((str(inbox),), str(tmp_path / "p.xlsx"), str(store))) as work:
        fresh = [read.fresh for read in work.read()]
        assert len(fresh) == 150 and sum(fresh) == 150 - 2 * BATCH
        assert work.assembled().files == 150


def test_any_command_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from jwdt_xl.cli import parser

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(parser, "parse", interrupted)
    assert main(["doctor"]) == 130
    assert AGAIN["zh"] in capsys.readouterr().err
