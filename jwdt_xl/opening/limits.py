"""What a file may cost before it is refused. Real returns stay a hundred times below."""

from __future__ import annotations

from typing import NamedTuple

MIB = 1024 * 1024


class Limits(NamedTuple):
    """Bounds on one file; ``memory`` is what reading may take on top of an idle worker."""

    seconds: float = 30.0
    memory: int = 1024 * MIB
    file_size: int = 64 * MIB
    text_size: int = 16 * MIB
    entries: int = 2000
    unpacked: int = 256 * MIB
    #: Deflate reaches 1000:1 on a bomb; sheets full of empty rows stay near 50:1. Small files need no such care.
    ratio: int = 300
    ratio_from: int = 32 * MIB
    #: A sheet with more rows or cells is nothing that people fill in: something stands far out.
    rows: int = 100_000
    cells: int = 5_000_000
    #: On an archive of files as a whole.
    members: int = 100_000
    archive: int = 8192 * MIB
    archive_seconds: float = 600.0


DEFAULT = Limits()
