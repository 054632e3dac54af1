"""Zip archives as people pack them: what their files are called, and the content of one.

The directory is read once; after that each file is read from its own place, so that a thousand of them cost what a
thousand files do.
"""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from ..errors import Refused
from ..messages import shown
from .limits import MIB, Limits
from .refusals import of_os_error, refused

_LOCAL = struct.Struct("<4s22x2H")  # what stands before each file in an archive: signature, lengths of name and extra
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
#: What unpacking damaged content raises; bzip2 says it by an OSError, an unknown method by NotImplementedError.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError)
_UTF8, _ENCRYPTED = 0x800, 0x1
#: An extra field with the name in UTF-8, and what stands before the name: its kind, length, version, check sum.
_UNICODE_NAME, _EXTRA, _NAME = 0x7075, struct.Struct("<2H"), struct.Struct("<BL")


class Member(NamedTuple):
    """Where a file lies in its archive, how it is packed, and the digest of its content."""

    offset: int
    packed: int
    size: int
    method: int
    flags: int
    crc: int
    digest: bytes = b""


def member_of(entry: zipfile.ZipInfo) -> Member:
    return Member(
        entry.header_offset, entry.compress_size, entry.file_size, entry.compress_type, entry.flag_bits, entry.CRC
    )


def name_of(entry: zipfile.ZipInfo) -> str:
    """What a file is called: Windows in China packs its own encoding and says nothing of it, others UTF-8 likewise."""
    name = entry.orig_filename.partition("\0")[0]
    if entry.flag_bits & _UTF8 or name.isascii():
        return name
    raw = name.encode("cp437")
    declared = _unicode_name(entry.extra, raw)
    for encoding in ("utf-8", "gb18030"):
        if declared:
            break
        try:
            declared = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return declared if declared == shown(declared) != "" else name


def _unicode_name(extra: bytes, raw: bytes) -> str:
    while len(extra) >= _EXTRA.size:
        kind, size = _EXTRA.unpack_from(extra)
        field, extra = extra[_EXTRA.size : _EXTRA.size + size], extra[_EXTRA.size + size :]
        if kind == _UNICODE_NAME and len(field) > _NAME.size and _NAME.unpack_from(field)[1] == zlib.crc32(raw):
            return field[_NAME.size :].decode("utf-8", "replace")
    return ""


def refusal(name: str, entry: zipfile.ZipInfo, limits: Limits) -> Refused | None:
    """Why a file in an archive cannot be read, as far as the directory tells."""
    if entry.flag_bits & _ENCRYPTED:
        return refused(
            name, "password", "压缩文件设有密码 — 请去掉密码后重新打包", "the archive has a password — pack it without one"
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


def pieces(file: BinaryIO, place: Member, name: str, limits: Limits) -> Iterator[bytes]:
    """The content of a file in an archive, never more than is allowed whatever the directory says."""
    entry = zipfile.ZipInfo()
    entry.compress_size, entry.file_size, entry.compress_type = place.packed, place.size, place.method
    entry.flag_bits, entry.CRC = place.flags, place.crc
    size = 0
    try:
        file.seek(place.offset)
        mark, length, extra = _LOCAL.unpack(file.read(_LOCAL.size))
        if mark != b"PK\x03\x04":
            raise zipfile.BadZipFile("no file begins there")
        file.seek(length + extra, os.SEEK_CUR)
        reading: Any = zipfile.ZipExtFile(file, "r", entry)
        while piece := reading.read(MIB):
            size += len(piece)
            if size > limits.file_size:
                raise refused(name, "zip-bomb", "解压后过大 — 请重新保存", "unpacks to too much — save it anew")
            yield piece
    except Refused:  # a ValueError itself
        raise
    except (*_DAMAGED, struct.error) as error:
        if isinstance(error, OSError) and error.errno:
            raise of_os_error(name, error) from error
        raise refused(
            name, "damaged", "压缩文件中的此文件已损坏（{e}）— 请重新打包",
            "this file in the archive is damaged ({e}) — pack it again", e=str(error)[:120],
        ) from error  # fmt: skip
