"""Names of files made from what enterprises and guides call themselves: never a path, never two alike."""

from __future__ import annotations

import re
import unicodedata

#: A file name may have 255 bytes, of which a Chinese character takes three; programs put endings of their own on it.
_LONGEST = 40
_UNSAFE = re.compile(r"[^\w]+")
#: What an identifier may hold that a name of a file does not; two dots lead out of a folder.
_NOT_PLAIN = re.compile(r"[^\w.-]+|\.{2,}")
_NOT_PLAIN_ASCII = re.compile(_NOT_PLAIN.pattern, re.ASCII)


def plain(identifier: str, inside_archive: bool = False) -> str:
    """A guide's identifier, which is free text, as a part of a file name; in archives ASCII, as programs unpack others differently."""
    not_plain = _NOT_PLAIN_ASCII if inside_archive else _NOT_PLAIN
    return not_plain.sub("_", unicodedata.normalize("NFC", identifier)).strip("._-") or "x"


def file_name(uscc: str, name: str, ending: str) -> str:
    """A file name: unique by the credit code it starts with, readable by the enterprise's name."""
    code, plain = (_UNSAFE.sub("_", unicodedata.normalize("NFC", text)).strip("_") for text in (uscc, name))
    return "_".join(filter(None, (code[:_LONGEST] or "x", plain[:_LONGEST].rstrip("_")))) + ending


def free_name(name: str, ending: str, taken: set[str]) -> str:
    """The name, or the first with a number before its ending that nothing before took; from now on it is taken."""
    stem, number, wanted = name.removesuffix(ending), 1, name
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{stem}_{number}{ending}"
    taken.add(wanted.casefold())
    return wanted
