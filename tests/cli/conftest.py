"""Running the command, in this process and as installed."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jwdt_xl.cli import main


class Run(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def messages(self) -> list[str]:
        """The lines that report an error."""
        return [line for line in (self.out + self.err).splitlines() if line.startswith("error ")]


Runner = Callable[..., Run]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """The command in this process."""
    monkeypatch.delenv("JWDT_LANG", raising=False)

    def call(*arguments: str | Path) -> Run:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Run(code, out, err)

    return call


@pytest.fixture
def installed(tmp_path: Path) -> Runner:
    """The command as its users call it."""

    def call(*arguments: str | Path, **environment: str) -> Run:
        command = Path(sysconfig.get_path("scripts")) / "jwdt"
        done = subprocess.run(
            [command, *map(str, arguments)],
            capture_output=True,
            cwd=tmp_path,
            encoding="utf-8",
            env={**os.environ, "JWDT_LANG": "zh", **environment},
            timeout=120,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    """The cement example as a workbook."""
    path = tmp_path_factory.mktemp("filled") / "水泥 filled.xlsx"
    assert main(["fill", "--data", str(golden / "example_cement.json"), "-o", str(path)]) == 0
    return path
