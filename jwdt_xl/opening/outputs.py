"""How our own files are written: complete or not at all, never over what somebody sent, never over what is not ours.

An output never is, replaces or lies over an input, an archive or mail that holds one, or a link to one, and --force does
not change that. A file that is there and was not made by this program is overwritten only with --force; what was there
stays beside the new one as .bak.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import functools
import os
import re
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from ..errors import JwdtError, Refused
from ..messages import ERROR, Finding, Text
from .processes import lives

#: What every file of ours says: workbooks name their author, JSON and TOML their format, a store its kind, Parquet its maker,
#: a web page what generated it.
_FORMAT = re.compile(rb'^[ {]*"?format"? ?[=:] ?"jwdt', re.MULTILINE)
_STORE, _PARQUET = (b"SQLite format 3\0", 68, b"jwdt"), (b"PAR1", b"jwdt-xl")
_PAGE = (b"<!DOCTYPE html>", b'<meta name="generator" content="jwdt-xl">')
#: What stands behind a PDF of ours, where readers look for nothing more.
PDF_MARK = b"%jwdt-xl\n"
#: The category of workbooks that hold results; forms that people fill in have none.
RESULT = "jwdt-result"
#: The part by which the pack of a guide says that it is one.
PACK, PACK_FORMAT = "pack.json", "jwdt-pack/1"
_HEAD = 1 << 16
#: What ends a run: no other file finds room either.
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EROFS)
#: Endings of formats that this program does not write: under such a name programs refuse or distrust what is another.
_NEVER_WRITTEN = dict.fromkeys((".xls", ".xlsb", ".xlt", ".et", ".ett"), ".xlsx")

#: Whether the user said --force, and the files and folders that the command was given to read.
force: ContextVar[bool] = ContextVar("jwdt_force", default=False)
inputs: ContextVar[tuple[str, ...]] = ContextVar("jwdt_inputs", default=())


class Overwriting(JwdtError):
    """The output would cost a file that is not ours to replace."""


def check(path: str, mark: bytes = b"", copied: bool = False) -> None:
    """Raises Overwriting where this must not be written to. Asked before long work, and again when a file is written.

    mark: what a file of this kind begins with, where it does not say whose it is; copied: a file of the user's, of whatever kind.
    """
    right = None if copied else _NEVER_WRITTEN.get(os.path.splitext(path)[1].lower())
    if right is not None:
        raise Refused(
            (Finding(ERROR, "wrong-ending", path, _ENDING.fill(e=right, p=os.path.splitext(path)[0] + right)),)
        )
    status = _checked_place(path)
    if status is not None and status.st_size and not (force.get() or is_ours(path, mark)):
        raise Overwriting(_NOT_OURS.fill(p=path))


def _checked_place(path: str) -> os.stat_result | None:
    """What stands there, which is no input; None where nothing does."""
    try:
        status = os.stat(path)
    except OSError:
        if os.path.islink(path):
            raise Refused((Finding(ERROR, "not-writable", path, _ODD),)) from None
        return None
    if not stat.S_ISREG(status.st_mode):
        raise Refused((Finding(ERROR, "not-writable", path, _ODD),))
    for source in inputs.get():
        if os.path.isdir(source):
            if _inside(path, status, source) and not is_result(path):
                raise Overwriting(_IN_FOLDER.fill(p=path, f=source))
        elif os.path.exists(source) and os.path.samefile(path, source):
            raise Overwriting(IS_INPUT.fill(p=path))
    return status


def check_all(outputs: Iterable[str], store: str = "") -> None:
    """The same for all outputs of a command, of which no two may be one file. A store says itself whose it is."""
    taken: set[str] = set()
    for path in (*outputs, *store_files(store)):
        if path == store:
            _checked_place(path)
        elif path.startswith(store) and store:  # SQLite would take it for its own, and remove it
            if os.path.lexists(path) and not os.path.exists(store):
                raise Overwriting(_BESIDE.fill(p=path, s=store))
        else:
            check(path)
        # two names that differ in case alone are one file on many systems
        real = unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
        if real in taken:
            raise Overwriting(_TWICE.fill(p=path))
        taken.add(real)


def store_files(store: str) -> tuple[str, ...]:
    """A store, and what SQLite keeps beside it."""
    return tuple(store + ending for ending in ("", "-wal", "-shm", "-journal")) if store else ()


def is_ours(path: str, mark: bytes = b"") -> bool:
    """Whether this program made the file: its workbooks, JSON, TOML, tables, stores and pages all say so."""
    try:
        if zipfile.is_zipfile(path):
            return b"jwdt-xl" in _part(path, "docProps/core.xml") or PACK_FORMAT.encode() in _part(path, PACK)
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, os.fstat(file.fileno()).st_size - _HEAD))
            tail = file.read()
            kind, place, name = _STORE
            return (
                bool(mark and head.startswith(mark))
                or _FORMAT.search(head) is not None
                or (head.startswith(kind) and head.startswith(name, place))
                or (head.startswith(_PARQUET[0]) and _PARQUET[1] in tail)
                or (head.startswith(_PAGE[0]) and _PAGE[1] in head)
                or (head.startswith(b"%PDF-") and tail.endswith(PDF_MARK))
            )
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False


def _inside(path: str, status: os.stat_result, folder: str) -> bool:
    """Whether a file lies below a folder, by this name or another one of the same file."""
    above = os.path.realpath(path)
    while above != (above := os.path.dirname(above)):  # by the system's word: it may not tell upper from lower case
        if os.path.samefile(above, folder):
            return True
    if status.st_nlink < 2:
        return False
    files = (os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)
    return any(os.path.samestat(status, os.lstat(file)) for file in files)


def is_result(path: str) -> bool:
    """Whether it is a result of ours, which nobody fills in or sends as a return."""
    if not is_ours(path):
        return False
    if zipfile.is_zipfile(path):
        return RESULT.encode() in _part(path, "docProps/core.xml") or PACK_FORMAT.encode() in _part(path, PACK)
    with open(path, "rb") as file:
        return b"jwdt-assessment" not in file.read(_HEAD)


def _part(path: str, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        if name not in archive.NameToInfo:
            return b""
        with archive.open(name) as part:
            return part.read(16 * _HEAD)


@contextlib.contextmanager
def new_file(
    path: str,
    *,
    keep: bool = False,
    mark: bytes = b"",
    copied: bool = False,
    said: Callable[[Text], Any] = lambda text: None,
) -> Iterator[str]:
    """A name to write to; the file takes its place only when it is complete and on the disk.

    What stood there stays as .bak. An earlier .bak is given up only where it is a result of ours, and not where the new
    one is to be kept: somebody may have filled it in.
    """
    check(path, mark, copied)

    def before(temporary: str) -> None:
        if os.path.isfile(path) and not filecmp.cmp(path, temporary, shallow=False):
            kept = f"{path}.bak"
            if os.path.lexists(kept) and (keep or _refuses(kept)):
                kept = free_beside(path, ".bak")
            _kept(path, kept)
            said(Text("原有的 {p} 保留为 {k}", "the {p} that was there is kept as {k}").fill(p=path, k=kept))

    with whole(path, before) as temporary:
        yield temporary


@contextlib.contextmanager
def whole(path: str, before: Callable[[str], Any] = lambda temporary: None) -> Iterator[str]:
    """A name to write to; the file takes its place, whatever is there, only when it is complete and on the disk."""
    folder = os.path.dirname(os.path.abspath(path))
    temporary = os.path.join(folder, f".{os.getpid()}-{_machine()}{os.path.splitext(path)[1]}")
    try:
        _clear(folder)
        yield temporary
        _on_disk(temporary)
        before(temporary)
        os.replace(temporary, path)
        _on_disk(folder)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            os.remove(temporary)


@functools.cache
def _machine() -> str:
    import platform

    return re.sub(r"\W", "", platform.node())[:30]


@functools.cache
def _clear(folder: str) -> None:
    """Takes half files away that a run on this machine left which was killed. Once a folder: it may hold thousands."""
    half = re.compile(rf"\.(\d+)-{_machine()}(\.\w+)?")
    for name in os.listdir(folder):
        found = half.fullmatch(name)
        if found and not lives(int(found[1])):
            with contextlib.suppress(OSError):
                os.remove(os.path.join(folder, name))


def _refuses(path: str) -> bool:
    """Whether a .bak must stay: it is not a result of ours, or an input."""
    try:
        return _checked_place(path) is None or not is_result(path)
    except JwdtError:
        return True


def _kept(path: str, kept: str) -> None:
    """A second name for what stands there, so that at no moment nothing does; where there are no links its only name."""
    try:
        if os.path.lexists(kept):
            os.remove(kept)
        os.link(path, kept)
    except OSError:
        os.replace(path, kept)


def free_beside(path: str, ending: str) -> str:
    """A name beside a file that nothing has yet."""
    name, number = path + ending, 1
    while os.path.lexists(name):
        number += 1
        name = f"{path}{ending}{number}"
    return name


def _on_disk(path: str) -> None:
    """Until then a power cut could leave an empty file in the place of the old one."""
    if os.name == "nt" and os.path.isdir(path):
        return
    handle = os.open(path, os.O_RDWR if os.path.isfile(path) else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(
    path: str,
    text: str,
    *,
    keep: bool = False,
    mark: bytes = b"",
    encoding: str = "utf-8",
    said: Callable[[Text], Any] = lambda text: None,
) -> None:
    """A text file, the same on every system."""
    with (
        new_file(path, keep=keep, mark=mark, said=said) as temporary,
        open(temporary, "w", encoding=encoding, newline="") as file,
    ):
        file.write(text)


def new_folder(path: str) -> str:
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise not_written(path, error) from error
    return path


def check_writable(folder: str) -> None:
    """Raises Refused where nothing can be written into a folder: told once, and not for each of a thousand files."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise not_written(folder, error) from error


def goes_on(error: Refused) -> bool:
    """Whether a file could not be written that is open elsewhere, or in whose place something stands: others can be."""
    cause = error.__cause__
    full = isinstance(cause, OSError) and cause.errno in _FULL
    return not full and all(finding.code == "not-writable" for finding in error.findings)


def not_written(path: str, error: OSError) -> Refused:
    text = Text(
        "无法写入（{r}），须为可写的文件夹、足够的磁盘空间和未打开的文件；原有文件未动 — 请关闭打开此文件的程序、腾出空间，或用 -o 指定其他位置",
        "cannot be written ({r}), needs a writable folder, room on the disk and a file not open elsewhere; what was there is untouched — "
        "close the program that has it open, make room, or name another place with -o",
    )
    return Refused((Finding(ERROR, "not-writable", path, text.fill(r=error.strerror or str(error))),))


IS_INPUT = Text(
    "输出文件 {p} 就是输入文件，须为另一个文件 — 请用 -o 指定其他文件名",
    "the output {p} is the input file, must be another one — name it with -o",
)
_IN_FOLDER = Text(
    "输出文件 {p} 是输入文件夹 {f} 中已有的文件，不会覆盖 — 请用 -o 指定其他文件名",
    "the output {p} is a file that is there in the input folder {f} and is not overwritten — name another one with -o",
)
_NOT_OURS = Text(
    "{p} 已存在且不是本程序生成的文件，不会覆盖 — 请用 -o 指定其他文件名，确要覆盖请加 --force（原文件留作 .bak）",
    "{p} is there and was not made by this program, so it is not overwritten — name another one with -o; "
    "--force overwrites it (and keeps it as .bak)",
)
_ENDING = Text(
    "本程序不写这种格式，扩展名须为 {e} — 请用 -o {p}",
    "this format is not written, the ending must be {e} — use -o {p}",
)
_ODD = Text(
    "无法写入：不是普通文件（是文件夹、设备、管道或断开的链接） — 请用 -o 指定文件名",
    "cannot be written: no regular file (a folder, device, pipe or broken link) — name a file with -o",
)
_BESIDE = Text(
    "{p} 已存在，会被当作 {s} 的一部分而丢失，不能在此存放已读结果 — 请用 --store 指定其他文件名，或移走该文件",
    "{p} is there and would be taken for a part of {s} and lost, so what was read cannot be kept there — "
    "name another file with --store, or move that one away",
)
_TWICE = Text(
    "{p} 被指定为两个输出 — 请各用一个文件名", "{p} is named for two outputs — name a file of its own for each"
)
