"""Archives of returns: looked through once, within one budget, in a guarded process."""

from __future__ import annotations

import random
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.opening import sources
from jwdt_xl.opening.limits import DEFAULT, MIB
from jwdt_xl.opening.sources import discover, opened

METHODS = {"stored": zipfile.ZIP_STORED, "deflate": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}  # fmt: skip


def packed(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def codes(found: list[sources.Source]) -> dict[str, str]:
    return {source.name: source.refused.findings[0].code if source.refused else "" for source in found}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_method_gives_what_was_packed(tmp_path: Path, method: int) -> None:
    files = {"a.json": b"{}" * 100_000, "b/企业.json": bytes(range(256)), "none.json": b""}
    found = list(discover([str(packed(tmp_path / "x.zip", files, method))]))
    assert [source.name for source in found] == [f"x.zip/{name}" for name in files]
    for source, content in zip(found, files.values(), strict=True):
        with opened(source, DEFAULT) as path:
            assert Path(path).read_bytes() == content
    assert not Path(path).exists()


def test_the_same_content_is_one_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")
    packed(tmp_path / "b.zip", {"a.json": b"{}"}, zipfile.ZIP_LZMA)
    packed(tmp_path / "c.zip", {"other.json": b"{}"})
    assert len({sources.digest(source) for source in discover([str(tmp_path)])}) == 1


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_damage_costs_the_file_it_is_in(tmp_path: Path, method: int) -> None:
    path = packed(
        tmp_path / "x.zip",
        {"a.json": b"good" * 999, "b.json": random.Random(1).randbytes(999), "c.json": b"good"},
        method,
    )
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("b.json").header_offset + 30 + len("b.json")
    data = bytearray(path.read_bytes())
    data[place + 9 : place + 30] = bytes(21)
    path.write_bytes(data)
    found = codes(list(discover([str(path)])))
    assert found.pop("x.zip/b.json") in ("damaged", "zip-bomb")
    assert found == {"x.zip/a.json": "", "x.zip/c.json": ""}


def test_a_directory_that_lies_about_where_files_begin(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.json": b"{}"})
    data = path.read_bytes()
    place = data.rfind(b"PK\1\2") + 42
    path.write_bytes(data[:place] + struct.pack("<L", 7) + data[place + 4 :])
    assert codes(list(discover([str(path)]))) == {"x.zip/a.json": "damaged"}


def test_a_member_that_unpacks_to_more_than_it_says(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.json": b" " * 3 * MIB, "b.json": b"{}"})
    found = codes(list(discover([str(path)], limits=DEFAULT._replace(file_size=MIB))))
    assert found == {"x.zip/a.json": "too-large", "x.zip/b.json": ""}
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\1\2")
    data[place + 24 : place + 28] = struct.pack("<L", 10)  # what the directory says it unpacks to
    path.write_bytes(data)
    assert codes(list(discover([str(path)], limits=DEFAULT._replace(file_size=MIB))))["x.zip/b.json"] == ""


def test_one_budget_for_the_whole_archive(tmp_path: Path) -> None:
    files = {f"{i}.json": b" " * MIB for i in range(8)}
    path = packed(tmp_path / "x.zip", files)
    assert set(codes(list(discover([str(path)], limits=DEFAULT._replace(archive=9 * MIB)))).values()) == {""}
    assert codes(list(discover([str(path)], limits=DEFAULT._replace(archive=7 * MIB)))) == {"x.zip": "zip-bomb"}
    assert codes(list(discover([str(path)], limits=DEFAULT._replace(members=7)))) == {"x.zip": "too-many-parts"}


def test_files_that_share_their_bytes_count_as_often_as_they_are_named(tmp_path: Path) -> None:
    """A bomb of overlapping members: small, and its directory names the same bytes a thousand times."""
    path = packed(tmp_path / "x.zip", {"a.json": b" " * MIB})
    data = path.read_bytes()
    start, end = data.rfind(b"PK\1\2"), data.rfind(b"PK\5\6")
    entry, tail = data[start:end], bytearray(data[end:])
    tail[8:12], tail[12:16] = struct.pack("<HH", 1000, 1000), struct.pack("<L", 1000 * len(entry))
    path.write_bytes(data[:start] + entry * 1000 + bytes(tail))
    assert codes(list(discover([str(path)], limits=DEFAULT._replace(archive=100 * MIB)))) == {"x.zip": "zip-bomb"}


def test_the_time_is_bounded(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{i}.json": b" " * 8 * MIB for i in range(40)}, zipfile.ZIP_BZIP2)
    found = codes(list(discover([str(path)], limits=DEFAULT._replace(archive_seconds=0.1))))
    assert found == {"x.zip": "too-slow"}


@pytest.mark.skipif(sys.platform != "linux", reason="no bound on memory here")
def test_what_lzma_asks_for_is_bounded(tmp_path: Path) -> None:
    """It takes as much memory as the file says, here 4 GB, before the first byte."""
    path = packed(tmp_path / "x.zip", {"a.json": b"{}" * 99, "b.json": b"{}"}, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("a.json").header_offset + 30 + len("a.json") + 5
    data = bytearray(path.read_bytes())
    data[place : place + 4] = struct.pack("<L", 0xFFFFFFF0)
    path.write_bytes(data)
    assert codes(list(discover([str(path)]))) == {"x.zip/a.json": "zip-bomb", "x.zip/b.json": ""}


def test_the_directory_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """20,000 members took over 100 s: for each, all were listed twice."""
    files = {f"{i:05d}.json": b'{"n": %d}' % i for i in range(3000)}
    path = packed(tmp_path / "x.zip", files)
    opens = 0
    real = zipfile.ZipFile

    def counted(*arguments: Any) -> Any:
        nonlocal opens
        opens += 1
        return real(*arguments)

    monkeypatch.setattr(zipfile, "ZipFile", counted)
    found = sources.members(str(path), "x.zip", DEFAULT)
    for source in found:
        with opened(source, DEFAULT) as unpacked:
            assert source.member is not None and Path(unpacked).stat().st_size == source.member.size
    assert opens == 1 and len({source.member.digest for source in found if source.member}) == len(files)
