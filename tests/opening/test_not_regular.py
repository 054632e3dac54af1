"""Pipes, devices, sockets, folders and dangling links: refused where they were named, skipped and said in a folder."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.opening import container, jsonfile, tables
from jwdt_xl.opening.sheets import filled_in, sheets

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such files")

KINDS = ("fifo", "device", "socket", "link", "circle", "folder")


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """What waits for a pipe waits for ever."""
    signal.alarm(60)
    yield
    signal.alarm(0)


def odd(kind: str, path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(path))
    elif kind in ("link", "circle"):
        path.symlink_to("nowhere" if kind == "link" else path.name)
    else:
        path.mkdir()
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "read",
    [
        container.kind_of, container.read, jsonfile.load, filled_in, sheets,
        lambda path: list(tables.read_table(path, {"a": ("a",)}, ("a",))),
    ],
)  # fmt: skip
def test_every_way_to_open_a_file(tmp_path: Path, kind: str, read: Callable[[str], Any]) -> None:
    for suffix in (".xlsx", ".csv", ".json", ".zip"):
        with pytest.raises(Refused) as caught:
            read(str(odd(kind, tmp_path / f"a{suffix}")))
        assert caught.value.findings[0].code in ("directory" if kind == "folder" else container.NOT_REGULAR,)


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        container.open_regular(str(odd("fifo", tmp_path / "a.xlsx")))


@pytest.mark.parametrize("kind", KINDS[:-1])
@pytest.mark.parametrize("name", ["x.zip", "x.xlsx", "x.json"])
def test_collect_says_and_skips(tmp_path: Path, book: Path, collect: Any, kind: str, name: str) -> None:
    inbox = tmp_path / "in"
    odd(kind, inbox / name)
    (inbox / "a.xlsx").write_bytes(book.read_bytes())
    got = collect(inbox, "-o", tmp_path / "P.xlsx")
    assert (got.out["files"], got.out["scored"], got.out["rejected"]) == (2, 1, 0)
    [skipped] = got.out["skipped"]
    assert skipped["file"] == name and "跳过" in skipped["reason"]
    assert name in got.err
    refused = collect(inbox / name, "-o", tmp_path / "Q.xlsx", "--store", tmp_path / "q.sqlite")
    assert refused.code in (1, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_commands_that_are_given_one(
    tmp_path: Path, book: Path, golden: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, book_out, guide_out = tmp_path / "out", str(tmp_path / "out.xlsx"), str(tmp_path / "out.toml")
    data = str(golden / "example_cement.json")
    for number, (suffix, command) in enumerate([
        (".xlsx", ["score", "ODD"]),
        (".json", ["check", "ODD"]),
        (".json", ["fill", "--data", "ODD", "-o", book_out]),
        (".xlsx", ["score", data, "--guide", "ODD"]),
        (".ods", ["score", data, "--guide", "ODD"]),
        (".toml", ["score", data, "--guide", "ODD"]),
        (".xlsx", ["guide", "build", "ODD", "-o", guide_out]),
        (".json", ["guide", "show", "ODD"]),
        (".xlsx", ["guide", "benchmark", "cement", "--from", "ODD", "--period", "2023", "-o", guide_out]),
        (".csv", ["guide", "benchmark", "cement", "--from", "ODD", "--period", "2023", "-o", guide_out]),
        (".csv", ["distribute", "--register", "ODD", "-o", str(out)]),
        (".xlsx", ["distribute", "--register", "ODD", "-o", str(out)]),
        (".csv", ["collect", str(golden), "--review", "ODD", "-o", str(tmp_path / "P.xlsx")]),
        (".sqlite", ["collect", data, "--store", "ODD", "-o", str(tmp_path / "P.xlsx")]),
        (".xlsx", ["feedback", "ODD", "-o", str(out)]),
        (".xlsx", ["survey", "tally", "ODD", "-o", book_out]),
        (".zip", ["survey", "tally", "ODD", "-o", book_out]),
    ]):  # fmt: skip
        if kind == "folder" and command[0] == "survey":
            continue  # takes folders
        path = odd(kind, tmp_path / f"{number}{suffix}")
        assert main([str(path) if word == "ODD" else word for word in command]) in (1, 2), command
        said = "".join(capsys.readouterr())
        assert path.name in said and "内部错误" not in said, (command, said)
