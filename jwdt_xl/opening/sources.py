"""Which files a folder holds: returns and archives of returns; lock files and hidden files are nobody's returns.

An archive is looked through once, in a guarded process and within one budget; after that each file in it is read from
its own place, so that a thousand of them cost what a thousand files do.
"""

from __future__ import annotations

import contextlib
import hashlib
import lzma
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import INFO, Finding, Text
from . import container
from .guard import TOO_SLOW, GaveUp, Guard
from .limits import DEFAULT, MIB, Limits
from .refusals import of_os_error, refused

_NOT_RETURNS = ("thumbs.db", "desktop.ini", "manifest.csv")
_LOCKS = ("~$", ".~lock", ".")
#: Files in an archive keep no suffix but these, which readers go by.
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods", ".json")
_LOCAL = struct.Struct("<4s22x2H")  # what stands before each file in an archive: signature, lengths of name and extra
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
#: What unpacking damaged content raises; bzip2 says it by an OSError, an unknown method by NotImplementedError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError)
_DIGEST = 16


class Member(NamedTuple):
    """Where a file lies in its archive, how it is packed, and the digest of its content."""

    offset: int
    packed: int
    size: int
    method: int
    flags: int
    crc: int
    digest: bytes = b""


class Source(NamedTuple):
    """A file to read: its name for people, where it lies, and its place inside an archive if it is in one."""

    name: str
    path: str
    member: Member | None = None
    refused: Refused | None = None
    #: Nobody's return, met in a folder: a pipe, a device, a socket, a link to nowhere.
    skipped: bool = False


def discover(roots: Iterable[str], without: Iterable[str] = (), limits: Limits = DEFAULT) -> Iterator[Source]:
    """Every file below the roots in an order that depends on names alone; archives are looked into, not unpacked."""
    left_out = {os.path.abspath(path) for path in without}
    for root in roots:
        for path, name in _files(root):
            if os.path.abspath(path) in left_out:
                continue
            try:
                container.regular(path)
            except Refused as error:
                odd = error.findings[0].code == container.NOT_REGULAR and path != root
                yield Source(name, path, None, error, odd)
                continue
            if name.lower().endswith(".zip") and not os.path.islink(path):
                yield from _members(path, name, limits)
            else:
                yield Source(name, path)


def without_skipped(sources: Iterable[Source]) -> tuple[list[Source], list[Finding]]:
    """The files to read, and a note of each that is none."""
    kept, notes = [], []
    for source in sources:
        if source.skipped and source.refused is not None:
            [found] = source.refused.findings
            text = Text("{t}；已跳过", "{t}; skipped").fill(t=found.text)
            notes.append(Finding(INFO, found.code, source.name, text, "completeness"))
        else:
            kept.append(source)
    return kept, notes


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


def _members(path: str, name: str, limits: Limits) -> list[Source]:
    """The files in an archive; or the archive itself, where it is a workbook or cannot be opened."""
    try:
        with Guard(1, limits._replace(seconds=limits.archive_seconds), (__name__,)) as guard:
            found: list[Source] = guard.run(members, path, name, limits)
            return found
    except GaveUp as error:
        return [Source(name, path, None, _too_costly(name, error.code, limits))]
    except Refused as error:
        return [Source(name, path, None, error)]


def members(path: str, name: str, limits: Limits) -> list[Source]:
    """Runs in a worker: the directory is read once, and all content once for its digest."""
    entries = container.directory(path, limits._replace(entries=limits.members))
    if any(entry.filename.lower() in container.WORKBOOK_PARTS for entry in entries):
        return [Source(name, path)]  # a workbook that somebody renamed
    found, left = [], limits.archive
    for _, entry in sorted(enumerate(entries), key=lambda pair: (pair[1].filename, pair[0])):
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.is_dir() or "__MACOSX" in parts or _skipped(parts[-1]):
            continue
        source, used = _member(path, f"{name}/{_shown(entry.filename)}", entry, limits)
        found.append(source)
        left -= used
        if left < 0:
            raise _too_costly(name, "zip-bomb", limits)
    if not found:
        raise refused(
            name, "empty-archive", "压缩文件中没有文件 — 请重新打包", "the archive holds no files — pack it again"
        )
    return found


def _member(path: str, name: str, entry: zipfile.ZipInfo, limits: Limits) -> tuple[Source, int]:
    """A file in an archive with its digest, and how many bytes were unpacked for it. Its name is never used as a path."""
    place = Member(
        entry.header_offset, entry.compress_size, entry.file_size, entry.compress_type, entry.flag_bits, entry.CRC
    )
    source = Source(name, path, place, _refused_member(entry, limits))
    if source.refused is not None:
        return source, 0
    used, digest = 0, hashlib.blake2b(digest_size=_DIGEST)
    try:
        for piece in _pieces(source, limits):
            used += len(piece)
            digest.update(piece)
    except Refused as error:
        return source._replace(refused=error), used
    except MemoryError:  # lzma takes what the file says
        return source._replace(refused=_too_costly(name, "zip-bomb", limits)), used
    return source._replace(member=place._replace(digest=digest.digest())), used


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in name)[:300]


def _refused_member(entry: zipfile.ZipInfo, limits: Limits) -> Refused | None:
    name = entry.filename
    if entry.flag_bits & 1:
        return refused(
            name, "password", "压缩文件设有密码 — 请去掉密码后重新打包", "the archive has a password — pack it without one"
        )  # fmt: skip
    if name.lower().endswith(".zip"):
        return refused(
            name, "nested-archive", "压缩文件中还有压缩文件 — 请先解压再提交", "an archive within the archive — unpack it first"
        )  # fmt: skip
    if entry.compress_type not in _METHODS:
        return refused(
            name, "zip-method", "压缩方法不常用，无法解压 — 请用普通 zip 格式重新打包",
            "packed by an uncommon method that cannot be unpacked — pack it as a plain zip",
        )  # fmt: skip
    if entry.file_size > limits.file_size:
        return refused(
            name,
            "too-large",
            "解压后有 {s} MB，最多 {m} MB — 请删除图片、多余的行列后另存",
            "unpacks to {s} MB, at most {m} MB are allowed — delete pictures, superfluous rows and columns and save it anew",
            s=f"{entry.file_size / 1e6:.0f}",
            m=f"{limits.file_size / 1e6:.0f}",
        )
    return None


def _too_costly(name: str, code: str, limits: Limits) -> Refused:
    if code == TOO_SLOW:
        return refused(
            name, code, "解压超过 {s} 秒，已放弃 — 请分成几个压缩文件",
            "unpacking took more than {s} seconds and was given up — make several archives of it", s=f"{limits.archive_seconds:g}",
        )  # fmt: skip
    return refused(
        name, code, "解压后过大（超过 {m} MB）或已损坏，无法解压 — 请分成几个压缩文件，或重新打包",
        "unpacks to too much (over {m} MB), or is damaged — make several archives of it, or pack it again",
        m=f"{limits.archive / 1e6:.0f}",
    )  # fmt: skip


@contextlib.contextmanager
def opened(source: Source, limits: Limits) -> Iterator[str]:
    """A path to a file; one in an archive is unpacked under a name of ours, which its own name has no part in."""
    if source.refused is not None:
        raise source.refused
    if source.member is None:
        yield source.path
        return
    suffix = os.path.splitext(source.name)[1].lower()
    handle, path = tempfile.mkstemp(suffix if suffix in _SUFFIXES else ".bin", "jwdt-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(_pieces(source, limits))
        yield path
    finally:
        os.remove(path)


def digest(source: Source, limits: Limits = DEFAULT) -> bytes:
    """The digest of a file's content, wherever it lies. Raises Refused or OSError where it cannot be read."""
    if source.refused is not None:
        raise source.refused
    if source.member is not None:
        return source.member.digest
    found, size = hashlib.blake2b(digest_size=_DIGEST), 0
    with container.open_regular(source.path) as file:
        while piece := file.read(MIB):
            found.update(piece)
            size += len(piece)
            if size > limits.file_size:
                raise OSError("too large")
    return found.digest()


def _pieces(source: Source, limits: Limits) -> Iterator[bytes]:
    """The content of a file in an archive, never more than is allowed whatever the directory says."""
    place = source.member
    assert place is not None
    entry = zipfile.ZipInfo()
    entry.compress_size, entry.file_size, entry.compress_type = place.packed, place.size, place.method
    entry.flag_bits, entry.CRC = place.flags, place.crc
    size = 0
    try:
        with container.open_regular(source.path) as file:
            file.seek(place.offset)
            mark, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
            if mark != b"PK\x03\x04":
                raise zipfile.BadZipFile("no file begins there")
            file.seek(name + extra, os.SEEK_CUR)
            reading: Any = zipfile.ZipExtFile(file, "r", entry)
            while piece := reading.read(MIB):
                size += len(piece)
                if size > limits.file_size:
                    raise refused(
                        source.name, "zip-bomb", "解压后过大 — 请重新保存", "unpacks to too much — save it anew"
                    )
                yield piece
    except Refused:  # a ValueError itself
        raise
    except (*_DAMAGED, struct.error) as error:
        if isinstance(error, OSError) and error.errno:
            raise of_os_error(source.name, error) from error
        raise refused(
            source.name, "damaged", "压缩文件中的此文件已损坏（{e}）— 请重新打包",
            "this file in the archive is damaged ({e}) — pack it again", e=str(error)[:120],
        ) from error  # fmt: skip
