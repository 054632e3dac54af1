"""Mails as files (.eml, .mbox): their attachments, who sent them and when they were received."""

from __future__ import annotations

import datetime
import email
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import BinaryIO, NamedTuple

from ..messages import shown
from .limits import Limits
from .refusals import refused

SUFFIXES = (".eml", ".mbox")
_LONGEST_NAME = 200
#: What stands before each message of a mailbox, after a blank line: who and when.
_ENVELOPE = re.compile(rb"From \S.*\d\d:\d\d.*\d{4}")
#: In a header that is not ASCII, though it must be: the name, in the encoding of the sender's system.
_NAME = re.compile(r"name\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))", re.IGNORECASE)


class Attachment(NamedTuple):
    """A part of a message, and where the message lies in its file; the digest of the part's content."""

    offset: int
    length: int
    part: int
    size: int
    digest: bytes = b""


class Mail(NamedTuple):
    """What is known of a message: who sent it, and when it was received (UTC, sortable; else when it says it was sent)."""

    sender: str = ""
    received: str = ""


def messages(file: BinaryIO, name: str, limits: Limits) -> Iterator[tuple[int, int]]:
    """Where each message begins and how long it is; an .eml is one message."""
    if not name.lower().endswith(".mbox"):
        file.seek(0, 2)
        yield 0, _checked(file.tell(), name, limits)
        return
    file.seek(0)
    begin, place, blank = -1, 0, True
    for line in iter(lambda: file.readline(limits.file_size), b""):
        if blank and _ENVELOPE.match(line):
            if begin >= 0:
                yield begin, _checked(place - begin, name, limits)
            begin = place + len(line)
        blank = not line.strip()
        place += len(line)
    if begin < 0:
        raise refused(
            name, "damaged", "不是邮箱文件（mbox）— 请另存为 .eml 后提交", "no mailbox (mbox) — save the mails as .eml"
        )
    yield begin, _checked(place - begin, name, limits)


def _checked(length: int, name: str, limits: Limits) -> int:
    if length > 2 * limits.file_size:  # what is attached takes a third more
        raise refused(
            name, "too-large", "邮件有 {s} MB，过大 — 请提交附件本身", "the mail has {s} MB, too much — send the attachment itself",
            s=f"{length / 1e6:.0f}",
        )  # fmt: skip
    return length


def message(file: BinaryIO, offset: int, length: int) -> EmailMessage:
    file.seek(offset)
    found = email.message_from_bytes(file.read(length), _class=EmailMessage, policy=email.policy.default)
    return found


def about(letter: EmailMessage) -> Mail:
    received = [_header(letter, "Received").rpartition(";")[2], _header(letter, "Date")]
    return Mail(
        shown(" ".join(_header(letter, "From").split()))[:_LONGEST_NAME], next(filter(None, map(_time, received)), "")
    )


def _header(letter: EmailMessage, wanted: str) -> str:
    return next((_decoded(value) for name, value in letter.raw_items() if name.lower() == wanted.lower()), "")


def _decoded(raw: object) -> str:
    """A header as text: what is not ASCII is UTF-8, or what Chinese programs write; encoded words are decoded."""
    content = str(raw).encode("utf-8", "surrogateescape")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    try:
        return str(email.header.make_header(email.header.decode_header(text))) if "=?" in text else text
    except (ValueError, LookupError):
        return text


def _time(text: str) -> str:
    try:
        time = email.utils.parsedate_to_datetime(text.strip())
        zone = datetime.timezone.utc
        return time.astimezone(zone).replace(tzinfo=None).isoformat() if time.tzinfo else time.isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""


def attachments(letter: EmailMessage) -> Iterator[tuple[int, str]]:
    """The parts that are files, with their names; those of a forwarded mail too."""
    for number, part in enumerate(letter.walk()):
        if part.is_multipart():
            continue
        name = _file_name(part)
        if name or part.get_content_disposition() == "attachment":
            yield number, name or f"attachment-{number}"


def _file_name(part: EmailMessage) -> str:
    raw = " ".join(
        str(value) for key, value in part.raw_items() if key.lower() in ("content-disposition", "content-type")
    )
    if not raw.isascii():
        found = _NAME.search(_decoded(raw))
        return (found[1] or found[2]) if found else ""
    return _decoded(part.get_filename() or "")


def content(letter: EmailMessage, number: int) -> bytes:
    """What a part holds."""
    part = next(part for place, part in enumerate(letter.walk()) if place == number)
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
