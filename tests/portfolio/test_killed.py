"""A run that is killed and started again gives the portfolio of an undisturbed one; so does a cluster losing a worker."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from . import kills
from .returns import Returns
from .sheets import lines

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kill -9 and /proc")


def test_killed_and_started_again(tmp_path: Path, returns: Returns) -> None:
    """48 files, 4 kills; bench/portfolio.py --kill does it with 2,000 files and 20 kills."""
    inbox = tmp_path / "in"
    for i in range(48):
        returns.write(inbox / f"{i}.xlsx", i)
    (inbox / "bad.xlsx").write_bytes(b"bad")
    right, seconds = kills.undisturbed(inbox, tmp_path / "a" / "P.xlsx")
    hits, _ = kills.killed(inbox, tmp_path / "b" / "P.xlsx", 4, seconds, seed=1)
    assert hits
    assert (tmp_path / "b" / "P.xlsx").read_bytes() == right
    assert not kills.left_running(tmp_path / "b" / "P.xlsx")


def test_a_damaged_store_is_put_aside(tmp_path: Path, returns: Returns) -> None:
    returns.write(tmp_path / "in" / "a.xlsx", 1)
    right, _ = kills.undisturbed(tmp_path / "in", tmp_path / "P.xlsx")
    for path in tmp_path.glob("P.sqlite*"):
        path.unlink()
    (tmp_path / "P.sqlite").write_bytes(b"no database, but long enough to be looked at" * 100)
    again, _ = kills.undisturbed(tmp_path / "in", tmp_path / "P.xlsx")
    assert again == right
    assert (tmp_path / "P.sqlite.damaged").exists()


@pytest.mark.filterwarnings("ignore")  # distributed's own threads and sockets
def test_a_cluster_gives_the_same(tmp_path: Path, returns: Returns) -> None:
    """Two Dask workers; one is killed while it works, and a file kills its reader."""
    inbox = tmp_path / "in"
    for i in range(40):
        returns.write(inbox / f"{i:02d}.xlsx", i)
    added = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    from .returns import rewritten

    rewritten(
        inbox / "05.xlsx",
        inbox / "stray.xlsx",
        {returns.sheet("energy"): lambda xml: xml.replace(b"</sheetData>", added)},
    )
    right, _ = kills.undisturbed(inbox, tmp_path / "a" / "P.xlsx")
    assert kills.cluster(inbox, tmp_path / "b", 1) == 1
    for sheet in ("rejected", "findings", "ranking"):
        assert lines(tmp_path / "b" / "P.xlsx", sheet) == lines(tmp_path / "a" / "P.xlsx", sheet)
    assert (tmp_path / "b" / "P.xlsx").read_bytes() == right
