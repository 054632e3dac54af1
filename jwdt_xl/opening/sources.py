"""Which files a folder holds: returns, archives and mails of returns; lock files and hidden files are nobody's returns.

An archive or mail is looked through once, in a guarded process and within one budget; after that each file in it is read
from its own place.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from ..errors import Refused
from ..messages import INFO, Finding, Text, shown
from . import archives, container, mails
from .archives import Member
from .guard import TOO_SLOW, GaveUp, Guard
from .limits import DEFAULT, MIB, Limits
from .mails import Attachment, Mail
from .refusals import refused

_NOT_RETURNS = ("thumbs.db", "desktop.ini", "manifest.csv")
_LOCKS = ("~$", ".~lock", ".")
#: Files in an archive keep no suffix but these, which readers go by.
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods", ".json")
_ZIP = ".zip"
#: Archives within archives, and all that holds a file: an archive attached to a mail in an archive.
_ARCHIVES, _DEEPEST = 2, 3
_DIGEST = 16
NO_ATTACHMENT = "no-attachment"
Place = Member | Attachment


class Source(NamedTuple):
    """A file to read: its name for people, where it lies, and its place inside an archive or mail if it is in one."""

    name: str
    path: str
    member: Place | None = None
    refused: Refused | None = None
    #: Nobody's return, met in a folder: a pipe, a device, a socket, a link to nowhere, a mail with nothing attached.
    skipped: bool = False
    #: Of a file in an archive in an archive: the places of those, from the outermost on.
    within: tuple[Place, ...] = ()
    #: Of an attachment.
    mail: Mail = Mail()


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
            if name.lower().endswith((_ZIP, *mails.SUFFIXES)) and not os.path.islink(path):
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


def distinct(sources: Iterable[Source]) -> Iterator[Source]:
    """Each under a name of its own: mails often hold several files of one name."""
    taken: dict[str, int] = {}
    for source in sources:
        number = taken[source.name] = taken.get(source.name, 0) + 1
        yield source if number == 1 else source._replace(name=f"{source.name} [{number}]")


def _files(root: str) -> Iterator[tuple[str, str]]:
    if not os.path.isdir(root):
        yield root, shown(os.path.basename(root))
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(names):
            if not _skipped(name):
                path = os.path.join(folder, name)
                yield path, shown(os.path.relpath(path, root).replace(os.sep, "/"))


def _skipped(name: str) -> bool:
    return name.startswith(_LOCKS) or name.lower() in _NOT_RETURNS


def _members(path: str, name: str, limits: Limits) -> list[Source]:
    """The files in an archive or mail; or it itself, where it is a workbook or cannot be opened."""
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
    with container.open_regular(path) as file:
        return _Within(path, limits).files(file, Source(name, path))


class _Within:
    """The files in an archive or mail and in those within it, by one budget."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.name, self.path, self.limits = "", path, limits
        self.left, self.number = limits.archive, limits.members

    def files(self, file: BinaryIO, outer: Source) -> list[Source]:
        """Raises Refused where it cannot be opened, or takes more than is allowed."""
        self.name = self.name or outer.name
        found = list((self._zip if outer.name.lower().endswith(_ZIP) else self._mail)(file, outer))
        if not found:
            raise refused(
                outer.name,
                "empty-archive",
                "压缩文件中没有文件 — 请重新打包",
                "the archive holds no files — pack it again",
            )
        return found

    def _zip(self, file: BinaryIO, outer: Source) -> Iterator[Source]:
        entries = container.directory(outer.name, self.limits._replace(entries=self.number), file)
        if any(entry.filename.lower() in container.WORKBOOK_PARTS for entry in entries):
            yield outer  # a workbook that somebody renamed
            return
        self._count(len(entries))
        named = sorted(enumerate(map(archives.name_of, entries)), key=lambda pair: (pair[1], pair[0]))
        for place, name in named:
            parts = name.replace("\\", "/").split("/")
            if not parts[-1] or "__MACOSX" in parts or _skipped(parts[-1]):
                continue
            name = f"{outer.name}/{shown(name)}"
            wrong = archives.refusal(name, entries[place], self.limits)
            yield from self._one(outer, name, archives.member_of(entries[place]), file, wrong, outer.mail)

    def _mail(self, file: BinaryIO, outer: Source) -> Iterator[Source]:
        whole = list(mails.messages(file, outer.name, self.limits))
        for count, (offset, length) in enumerate(whole, 1):
            try:
                letter = mails.message(file, offset, length)
                about, parts = mails.about(letter), list(mails.attachments(letter))
            except Exception as error:  # the mail is hostile, and the library not made for it
                yield outer._replace(refused=_unreadable_mail(outer.name, error))
                continue
            self._count(1 + len(parts))
            above = f"{outer.name}/{count}" if len(whole) > 1 else outer.name
            if not parts:
                nothing = refused(
                    above, NO_ATTACHMENT, "邮件没有附件（{s}）", "a mail with nothing attached ({s})", s=about.sender
                )
                yield outer._replace(name=above, refused=nothing, skipped=True, mail=about)
            for number, name in parts:
                content = mails.content(letter, number)
                place = Attachment(offset, length, number, len(content))
                name = f"{above}/{shown(name.replace(chr(92), '/').rpartition('/')[2] or name)}"
                wrong = None
                if len(content) > self.limits.file_size:
                    wrong = _too_costly(name, "too-large", self.limits._replace(archive=self.limits.file_size))
                yield from self._one(outer, name, place, file, wrong, about)

    def _count(self, number: int) -> None:
        self.number -= number
        if self.number < 0:
            raise _too_costly(self.name, "zip-bomb", self.limits)

    def _one(
        self, outer: Source, name: str, place: Place, file: BinaryIO, wrong: Refused | None, mail: Mail
    ) -> Iterator[Source]:
        """A file with its digest, or the files in it. Its name is never used as a path."""
        within = outer.within if outer.member is None else (*outer.within, outer.member)
        source = Source(name, self.path, place, wrong, False, within, mail)
        if wrong is not None:
            yield source
            return
        inner = name.lower().endswith((_ZIP, *mails.SUFFIXES))
        used, digest = 0, hashlib.blake2b(digest_size=_DIGEST)
        with tempfile.TemporaryFile(prefix="jwdt-") if inner else contextlib.nullcontext() as unpacked:
            try:
                for piece in _pieces(file, source, self.limits):
                    digest.update(piece)
                    used += len(piece)
                    if unpacked is not None:
                        unpacked.write(piece)
            except MemoryError:  # xz asks for as much memory as the file says
                source = source._replace(refused=_too_costly(name, "zip-bomb", self.limits))
            except Refused as error:
                source = source._replace(refused=error)
            self.left -= used
            if self.left < 0:
                raise _too_costly(self.name, "zip-bomb", self.limits)
            source = source._replace(member=place._replace(digest=digest.digest()))
            if unpacked is None or source.refused is not None:
                yield source
                return
            try:
                yield from self._deeper(unpacked, source)
            except Refused as error:
                if self.left < 0 or self.number < 0:
                    raise
                yield source._replace(refused=error)

    def _deeper(self, file: Any, source: Source) -> list[Source]:
        depth = len(source.within) + 1
        packed = 1 + sum(isinstance(place, Member) for place in (*source.within, source.member))
        if depth >= _DEEPEST or (
            source.name.lower().endswith(_ZIP) and packed > _ARCHIVES + isinstance(source.member, Attachment)
        ):
            raise refused(
                source.name, "nested-archive", "压缩文件层层嵌套，最多 {n} 层 — 请先解压再提交",
                "archives within archives, at most {n} deep — unpack it first", n=_ARCHIVES,
            )  # fmt: skip
        return self.files(file, source)


def _unreadable_mail(name: str, error: Exception) -> Refused:
    return refused(
        name, "damaged", "邮件无法读取（{e}）— 请提交附件本身", "the mail cannot be read ({e}) — send the attachment itself",
        e=str(error)[:120],
    )  # fmt: skip


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
        with os.fdopen(handle, "wb") as file, _holder(source, limits) as holder:
            file.writelines(_pieces(holder, source, limits))
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


#: The archive within an archive that was unpacked last, in a file without a name, so that its files do not each unpack it.
_last: list[tuple[Any, BinaryIO]] = []


@contextlib.contextmanager
def _holder(source: Source, limits: Limits) -> Iterator[BinaryIO]:
    """What a file lies in: the file on the disk, or an archive within it."""
    if not source.within:
        with container.open_regular(source.path) as file:
            yield file
        return
    status = os.stat(source.path)
    key = (source.path, source.within, status.st_mtime_ns, status.st_size)
    if not _last or _last[0][0] != key:
        *within, member = source.within
        unpacked: Any = tempfile.TemporaryFile(prefix="jwdt-")  # noqa: SIM115  kept for the next file in it
        outer = source._replace(member=member, within=tuple(within))
        with _holder(outer, limits) as holder:
            unpacked.writelines(_pieces(holder, outer, limits))
        while _last:
            _last.pop()[1].close()
        _last.append((key, unpacked))
    yield _last[0][1]


def _pieces(holder: BinaryIO, source: Source, limits: Limits) -> Iterator[bytes]:
    place = source.member
    if isinstance(place, Member):
        yield from archives.pieces(holder, place, source.name, limits)
    elif place is not None:
        try:
            yield mails.content(mails.message(holder, place.offset, place.length), place.part)
        except Exception as error:
            raise _unreadable_mail(source.name, error) from error
