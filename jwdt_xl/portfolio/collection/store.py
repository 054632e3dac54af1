"""Results kept as they come: content of a file → its row, in SQLite, so that a killed run loses nothing it had read."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from ... import __version__
from ...standard.guide import Guide, builtin
from .row import VERSION, Row

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, row BLOB NOT NULL, passing INTEGER NOT NULL) WITHOUT ROWID"
)

_PASSING = b"t"


class Store:
    """Rows by key; safe against being killed at any moment."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self._open()
        except sqlite3.DatabaseError:  # not ours, or damaged by a full disk: what it kept can be read again
            self._file.close()
            os.replace(path, f"{path}.damaged")
            self._open()

    def _open(self) -> None:
        self._file = sqlite3.connect(self.path)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute(_SCHEMA)
        self._file.execute("DELETE FROM rows WHERE passing")  # what a busy disk or a time limit decided is tried again
        self._file.commit()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.commit()
        self._file.close()

    def __contains__(self, key: bytes) -> bool:
        return self._file.execute("SELECT 1 FROM rows WHERE key = ?", (key,)).fetchone() is not None

    def put(self, rows: Iterable[tuple[bytes, Row]]) -> None:
        self._file.executemany(
            "INSERT OR REPLACE INTO rows VALUES (?, ?, ?)",
            [(key, _packed(row), bool(row.get("transient")) or key.startswith(_PASSING)) for key, row in rows],
        )
        self._file.commit()

    def get(self, key: bytes) -> Row:
        found = self._file.execute("SELECT row FROM rows WHERE key = ?", (key,)).fetchone()
        row: Row = json.loads(zlib.decompress(found[0]))
        return row


def _packed(row: Row) -> bytes:
    return zlib.compress(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode(), 1)


class Keys:
    """The key of a file: its content, and everything else that a row depends on."""

    def __init__(self, guide: Guide | None) -> None:
        context = f"{__version__} {VERSION} {(guide or builtin()).hash} {_program()}"
        self._start = hashlib.blake2b(context.encode(), digest_size=16)

    def of(self, content: bytes, suffix: str, review: tuple[object, ...] = ()) -> bytes:
        digest = self._start.copy()
        digest.update(f"{suffix.lower()} {json.dumps(review, ensure_ascii=False, default=str)}\n".encode())
        digest.update(content)
        return b"c" + digest.digest()

    def passing(self) -> bytes:
        """A key for what has no content to go by: of this run only."""
        return _PASSING + os.urandom(16)


def _program() -> str:
    """The program's own files, so that a row is never older than a change of the code between two versions."""
    package = Path(__file__).parents[2]
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".csv", ".json"):
            status = path.stat()
            digest.update(f"{path.relative_to(package).as_posix()} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
