"""The benchmarks run: what they measure is no test, but one that nobody can start measures nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Those that take seconds; the others need LibreOffice, Pyodide or minutes.
QUICK = ("start", "template", "uncertainty")


@pytest.mark.parametrize("name", QUICK)
def test_it_runs(name: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    rounds = ["1"] if name == "template" else []
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / f"{name}.py"), *rounds], capture_output=True, text=True, env=env
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
