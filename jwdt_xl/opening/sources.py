"""Which files a folder holds: returns and archives of returns; lock files and hidden files are nobody's returns."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..errors import Refused
from . import container
from .limits import DEFAULT, Limits

_NOT_RETURNS = ("thumbs.db", "desktop.ini", "manifest.csv")
_LOCKS = ("~$", ".~lock", ".")
_ARCHIVE_ENTRIES = 100_000


class Source(NamedTuple):
    """A file to read: its name for people, where it lies, and its place inside an archive if it is in one."""

    name: str
    path: str
    member: int | None = None
    refused: Refused | None = None


def discover(roots: Iterable[str], without: Iterable[str] = (), limits: Limits = DEFAULT) -> Iterator[Source]:
    """Every file below the roots in an order that depends on names alone; archives are looked into, not unpacked."""
    left_out = {os.path.abspath(path) for path in without}
    for root in roots:
        for path, name in _files(root):
            if os.path.abspath(path) in left_out:
                continue
            if name.lower().endswith(".zip") and not os.path.islink(path):
                yield from _members(path, name, limits)
            else:
                yield Source(name, path)


def _files(root: str) -> Iterator[tuple[str, str]]:
    if not os.path.isdir(root):
        yield root, os.path.basename(root)
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(names):
            if not _skipped(name):
                path = os.path.join(folder, name)
                yield path, os.path.relpath(path, root).replace(os.sep, "/")


def _skipped(name: str) -> bool:
    return name.startswith(_LOCKS) or name.lower() in _NOT_RETURNS


def _members(path: str, name: str, limits: Limits) -> Iterator[Source]:
    """The files in an archive. Their names are shown, and never used as paths."""
    allowed = limits._replace(entries=_ARCHIVE_ENTRIES)
    try:
        entries = container.directory(path, allowed)
    except Refused as error:
        yield Source(name, path, None, error)
        return
    if any(entry.filename.lower() in container.WORKBOOK_PARTS for entry in entries):
        yield Source(name, path)  # a workbook that somebody renamed
        return
    found = False
    for place, entry in sorted(enumerate(entries), key=lambda pair: (pair[1].filename, pair[0])):
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.is_dir() or "__MACOSX" in parts or _skipped(parts[-1]):
            continue
        found = True
        yield Source(f"{name}/{_shown(entry.filename)}", path, place, _refused_member(entry, limits))
    if not found:
        yield Source(name, path, None, container.refused(
            name, "empty-archive", "压缩文件中没有文件 — 请重新打包", "the archive holds no files — pack it again"
        ))  # fmt: skip


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in name)[:300]


def _refused_member(entry: zipfile.ZipInfo, limits: Limits) -> Refused | None:
    if entry.flag_bits & 1:
        return container.refused(
            entry.filename, "password", "压缩文件设有密码 — 请去掉密码后重新打包", "the archive has a password — pack it without one"
        )  # fmt: skip
    if entry.filename.lower().endswith(".zip"):
        return container.refused(
            entry.filename, "nested-archive", "压缩文件中还有压缩文件 — 请先解压再提交", "an archive within the archive — unpack it first"
        )  # fmt: skip
    if entry.file_size > limits.file_size:
        return container.refused(
            entry.filename,
            "too-large",
            "解压后有 {s} MB，最多 {m} MB — 请删除图片、多余的行列后另存",
            "unpacks to {s} MB, at most {m} MB are allowed — delete pictures, superfluous rows and columns and save it anew",
            s=f"{entry.file_size / 1e6:.0f}",
            m=f"{limits.file_size / 1e6:.0f}",
        )
    return None


def content(source: Source, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a file in an archive, never more than is allowed whatever the directory says."""
    with zipfile.ZipFile(source.path) as archive:
        assert source.member is not None
        with archive.open(archive.infolist()[source.member]) as file:
            data = file.read(limits.file_size + 1)
    if len(data) > limits.file_size:
        raise container.refused(
            source.name, "zip-bomb", "解压后过大 — 请重新保存", "unpacks to too much — save it anew"
        )
    return data
