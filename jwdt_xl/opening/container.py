"""What kind of file lies there, found out without unpacking anything.

A workbook is a zip archive. Its directory at the end tells how many parts there are and how large they unpack, so a
zip bomb is refused before any reader touches it. Extensions are not trusted: people rename files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
import zipfile
from typing import BinaryIO

from ..errors import Refused
from . import filekinds
from .limits import DEFAULT, Limits
from .refusals import of_os_error, refused

WORKBOOK, JSON = "workbook", "json"
NOT_REGULAR = "not-a-file"

#: What people call workbooks; such a name on a file that is none gets a message about workbooks, not about JSON.
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods", ".fods")
_TEXT_SUFFIXES = (".json", ".csv", ".txt", ".tsv")
#: The part that makes an archive a workbook.
WORKBOOK_PARTS = frozenset(("xl/workbook.xml", "xl/workbook.bin", "content.xml"))
_ENCRYPTED_ODS = "encrypted-package"  # as LibreOffice writes it
_END = struct.Struct("<4s4H2LH")  # the record at the end of every zip archive
_LARGEST_COMMENT = 65535


def kind_of(path: str, limits: Limits = DEFAULT) -> str:
    """WORKBOOK or JSON. Raises Refused with the reason where it can be neither."""
    status = regular(path)
    if status.st_size == 0:
        raise refused(
            path,
            "empty",
            "文件是空的（0 字节）— 请重新保存或重新发送",
            "the file is empty (0 bytes) — save or send it again",
        )
    if status.st_size > limits.file_size:
        raise _too_large(path, status.st_size, limits.file_size)
    try:
        with open_regular(path) as file:
            head = file.read(filekinds.HEAD)
    except OSError as error:
        raise of_os_error(path, error) from error
    if head.startswith(b"PK"):
        check_archive(path, limits)
        return WORKBOOK
    if head.startswith(filekinds.OLE):
        raise _ole(path)
    kind = filekinds.of_bytes(head)
    text = b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if kind is None and not (text or path.lower().endswith(_TEXT_SUFFIXES)):
        kind = filekinds.UNKNOWN
    if kind is None and path.lower().endswith(WORKBOOK_SUFFIXES) and filekinds.is_delimited(head):
        kind = filekinds.DELIMITED
    if kind is not None and not path.lower().endswith(".json"):  # what is called so is said to be no text
        raise filekinds.refusal(path, kind)
    if path.lower().endswith(WORKBOOK_SUFFIXES):
        raise refused(
            path,
            "not-a-workbook",
            "不是 Excel 工作簿（内容不是 zip 格式），须为 .xlsx — 请用 Excel 或 WPS 打开后另存为 .xlsx",
            "not an Excel workbook (its content is no zip archive), must be .xlsx — open it in Excel or WPS and save it as .xlsx",
        )
    if status.st_size > limits.text_size:
        raise _too_large(path, status.st_size, limits.text_size)
    return JSON


def regular(path: str) -> os.stat_result:
    """What the system says of a file. Raises Refused where it is none: a folder, pipe, device, socket, dangling link."""
    try:
        status = os.stat(path)
    except FileNotFoundError as error:
        raise (_dangling(path) if os.path.islink(path) else of_os_error(path, error)) from error
    except (OSError, ValueError) as error:  # a name that cannot be one
        if getattr(error, "errno", None) == errno.ELOOP:  # a link that leads to itself
            raise _dangling(path) from error
        raise of_os_error(path, error if isinstance(error, OSError) else FileNotFoundError()) from error
    if stat.S_ISDIR(status.st_mode):
        raise of_os_error(path, IsADirectoryError())
    if not stat.S_ISREG(status.st_mode):
        raise refused(
            path,
            NOT_REGULAR,
            "不是普通文件（是管道、设备或套接字）— 请指明一个文件",
            "not a regular file (a pipe, device or socket) — name a file",
        )
    return status


def _dangling(path: str) -> Refused:
    return refused(
        path,
        NOT_REGULAR,
        "是断开的链接，所指的文件不存在 — 请放入文件本身",
        "a link to a file that is not there — put the file itself there",
    )


def open_regular(path: str) -> BinaryIO:
    """A file opened to be read; a pipe that takes its place meanwhile is not waited for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        regular(path)
        raise OSError("no regular file")
    return open(handle, "rb")


def read(path: str, largest: int | None = None) -> bytes:
    """The content of a file. Raises Refused where it is none, or larger than a text may be."""
    largest = DEFAULT.text_size if largest is None else largest
    status = regular(path)
    if status.st_size > largest:
        raise _too_large(path, status.st_size, largest)
    try:
        with open_regular(path) as file:
            return file.read(largest + 1)
    except OSError as error:
        raise of_os_error(path, error) from error


def check_archive(path: str, limits: Limits = DEFAULT) -> None:
    """Refuse an archive that is no workbook, or would unpack to too much."""
    entries = directory(path, limits)
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries) or _ENCRYPTED_ODS in names:
        raise filekinds.refusal(path, filekinds.ENCRYPTED)
    kind = filekinds.of_archive(path, names)
    if kind is not None:
        raise filekinds.refusal(path, kind)
    if not names & WORKBOOK_PARTS:
        raise refused(
            path,
            "not-a-workbook",
            "是 zip 压缩文件，但里面没有工作簿，须为 .xlsx — 请先解压，或另存为 .xlsx",
            "a zip archive without a workbook in it, must be .xlsx — unpack it first, or save it as .xlsx",
        )
    if len(names) < len(entries):
        raise refused(
            path,
            "zip-duplicate",
            "压缩包内有同名部件，内容无法确定 — 请用 Excel 或 WPS 打开后另存",
            "two parts of the archive have the same name, so its content is ambiguous — open it in Excel or WPS and save it anew",
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > limits.unpacked or (unpacked > limits.ratio_from and unpacked / packed > limits.ratio):
        raise refused(
            path,
            "zip-bomb",
            "解压后有 {u} MB（压缩前 {p} MB），超过允许的大小 — 请删除多余的行、列和工作表后另存",
            "unpacks to {u} MB (from {p} MB), more than is allowed — delete superfluous rows, columns and sheets and save it anew",
            u=f"{unpacked / 1e6:.0f}",
            p=f"{packed / 1e6:.2f}",
        )


def directory(path: str, limits: Limits, content: BinaryIO | None = None) -> list[zipfile.ZipInfo]:
    """The entries of an archive. The count is looked at first: zipfile would make an object of each.

    content: the archive, where it does not lie at the path (which then only names it).
    """
    try:
        with contextlib.nullcontext(content) if content else open(path, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _END.size - _LARGEST_COMMENT))
            tail = file.read()
        place = tail.rfind(b"PK\x05\x06")
        if place < 0 or place + _END.size > len(tail):
            raise _damaged(path)
        count, directory_size = _END.unpack_from(tail, place)[4:6]
        # an entry takes 46 bytes and its name; 65535 is the mark of the 64-bit format, which no workbook needs
        if count > limits.entries or directory_size > limits.entries * 512:
            raise refused(
                path,
                "too-many-parts",
                "压缩包内有 {n} 个部件，最多 {m} 个 — 请删除多余的工作表后另存",
                "the archive has {n} parts, at most {m} are allowed — delete superfluous sheets and save it anew",
                n=count,
                m=limits.entries,
            )
        with zipfile.ZipFile(content or path) as archive:
            return archive.infolist()
    except Refused:  # a ValueError itself
        raise
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise of_os_error(path, error) from error


def _ole(path: str) -> Refused:
    """The container of Excel 97–2003 also wraps a workbook encrypted with a password."""
    try:
        with open(path, "rb") as file:
            return filekinds.refusal(path, filekinds.of_office(file.read()))
    except OSError as error:
        return of_os_error(path, error)


def is_old(path: str, limits: Limits = DEFAULT) -> bool:
    """Whether it is a workbook of Excel 97–2003, which only tables of an evaluator may be."""
    status = regular(path)
    if not 0 < status.st_size <= limits.file_size:
        return False
    try:
        with open_regular(path) as file:
            head = file.read(filekinds.HEAD)
            return head.startswith(filekinds.OLE) and filekinds.is_old(head + file.read())
    except OSError as error:
        raise of_os_error(path, error) from error


def _damaged(path: str) -> Refused:
    return refused(
        path,
        "damaged",
        "文件不完整或已损坏，须为完整的 .xlsx — 请重新复制、下载或保存",
        "the file is truncated or damaged, must be a complete .xlsx — copy, download or save it again",
    )


def _too_large(path: str, size: int, limit: int) -> Refused:
    return refused(
        path,
        "too-large",
        "文件有 {s} MB，最多 {m} MB — 请删除图片、多余的行列后另存",
        "the file has {s} MB, at most {m} MB are allowed — delete pictures, superfluous rows and columns and save it anew",
        s=f"{size / 1e6:.0f}",
        m=f"{limit / 1e6:.0f}",
    )
