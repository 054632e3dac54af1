"""Packing a workbook, small for the time it takes; a part that is as it was before is not packed again."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

#: Of zlib the level, and how much memory it takes: with less it begins a new code more often, which suits the short rows of sheets.
#: XlsxWriter's 6 and 8 are 3.5 % larger; 8 and 5 would save 1.4 % more in twice the time.
_LEVEL, _MEMORY = 7, 5
#: The time that Excel gives to the parts of its files.
_WHEN = (1980, 1, 1, 0, 0, 0)


class Part(NamedTuple):
    """A part of a workbook: its text, the same packed, and the sum that its container checks it by."""

    content: bytes
    packed: bytes
    sum: int


def packed(parts: Iterable[tuple[str, bytes]], before: Mapping[str, Part]) -> dict[str, Part]:
    """The parts of a workbook in their order; before: those of another one."""
    found = {}
    for name, content in parts:
        known = before.get(name)
        found[name] = known if known is not None and known.content == content else part(content)
    return found


def part(content: bytes) -> Part:
    return Part(content, _packed(content), zlib.crc32(content))


def _packed(content: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
    return packer.compress(content) + packer.flush()


def container(parts: Mapping[str, Part]) -> bytes:
    """The file they make up; zipfile itself takes nothing that is packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            info.header_offset = made.tell()
            info.file_size, info.compress_size, info.CRC = len(part.content), len(part.packed), part.sum
            made.write(info.FileHeader())
            made.write(part.packed)
            archive.filelist.append(info)
        archive.start_dir = made.tell()  # where zipfile writes the list of all
    return made.getvalue()
