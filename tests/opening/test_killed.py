"""The fork server and workers killed at random moments of a collection: the same portfolio, or a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ..portfolio import kills
from ..portfolio.returns import Returns

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kill -9 and /proc")


def test_the_run_goes_on(tmp_path: Path, returns: Returns) -> None:
    """60 files, three runs; before, four of five ended in a traceback, and the fifth lost a file."""
    inbox = tmp_path / "in"
    for i in range(60):
        returns.write(inbox / f"{i:02d}.xlsx", i)
    (inbox / "bad.xlsx").write_bytes(b"bad")
    (tmp_path / "right").mkdir()
    right, _ = kills.undisturbed(inbox, tmp_path / "right" / "P.xlsx")
    hits = 0
    for seed in range(3):
        output = tmp_path / str(seed) / "P.xlsx"
        output.parent.mkdir()
        code, said, killed = kills.disturbed(inbox, output, seed, (0.3, 0.7))
        hits += killed
        assert "Traceback" not in said and code == 1, said
        again = output.read_bytes() if output.exists() else b""
        assert again == right or "no-workers" in said or "不会丢失" in said, said
        assert not kills.left_running(output)
    assert hits > 3
