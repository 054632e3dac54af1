"""Results kept as they come: content of a file → its row, in SQLite, so that a killed run loses nothing it had read."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from ... import __version__
from ...errors import Refused
from ...messages import Text
from ...opening.outputs import free_beside
from ...opening.refusals import refused
from ...standard.guide import Guide, builtin
from .guides import Guides
from .row import VERSION, Row, is_row

#: Marks a database as ours: in the header of the file, and so in its first bytes.
_APPLICATION = int.from_bytes(b"jwdt", "big")
_SCHEMA = "CREATE TABLE rows (key BLOB PRIMARY KEY, row BLOB NOT NULL, passing INTEGER NOT NULL) WITHOUT ROWID"
_PASSING = b"t"
#: A row of a file with thousands of findings stays far below; more is no row of ours.
_LARGEST_ROW = 64 << 20
_WAIT = 0.5  # seconds between two tries to open a store that another run has


class Store:
    """Rows by key; safe against being killed at any moment. One run at a time: a second waits, and says so."""

    def __init__(self, path: str, said: Callable[[Text], Any] = lambda text: None) -> None:
        self.path = path
        self._file: Any = None
        try:
            status = os.stat(path)
        except OSError:
            status = None
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise self._refused("不是普通文件（文件夹、设备或管道）", "is no regular file (a folder, device or pipe)")
        try:
            self._open(said)
        except sqlite3.OperationalError as error:  # locked, full, read-only: nothing is wrong with what it holds
            self._close()
            raise self._refused(f"打不开（{error}）", f"cannot be opened ({error})") from error
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # no database, or corrupt, even in what SQLite says of it
            self._close()
            aside = free_beside(path, ".damaged")
            os.replace(path, aside)
            said(_ASIDE.fill(p=path, a=aside))
            self._open(said)
        except Refused:
            self._close()
            raise

    def _open(self, said: Callable[[Text], Any]) -> None:
        self._file = sqlite3.connect(self.path, timeout=_WAIT)
        self._file.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._file.text_factory = bytes  # a row that is no bytes is wrong like others, not an error of its own
        self._alone(said)
        self._check_ours()
        [sound] = self._file.execute("PRAGMA quick_check(1)").fetchone()
        if sound != b"ok":
            raise sqlite3.DatabaseError(sound)
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("DELETE FROM rows WHERE passing")  # what a busy disk or a time limit decided is tried again
        self._file.commit()

    def _alone(self, said: Callable[[Text], Any]) -> None:
        """Takes the lock that keeps other runs out for as long as the store is open; the system frees it with us."""
        told = False
        while True:
            try:
                self._file.execute("BEGIN IMMEDIATE")
                self._file.commit()
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
            if not told:
                said(_WAITING.fill(p=self.path))
                told = True
            time.sleep(_WAIT)

    def _check_ours(self) -> None:
        tables = self._file.execute("SELECT sql FROM sqlite_master").fetchall()
        [mark] = self._file.execute("PRAGMA application_id").fetchone()
        if tables and [sql for (sql,) in tables] != [_SCHEMA.encode()]:
            raise self._refused("是其他程序的数据库", "is the database of another program")
        if not tables:
            self._file.execute(_SCHEMA)
        if mark != _APPLICATION:
            self._file.execute(f"PRAGMA application_id={_APPLICATION}")
        self._file.commit()

    def _refused(self, zh: str, en: str) -> Refused:
        return refused(
            self.path,
            "store",
            zh + "，不能存放已读结果，未作任何改动 — 请用 --store 指定其他文件，或腾出磁盘空间、取得写权限后再运行",
            en
            + ", cannot keep what was read, and was left as it is — name another file with --store, or make room or get write permission and run again",
        )

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            with contextlib.suppress(sqlite3.Error):
                self._file.commit()
            self._file.close()
            self._file = None

    def __contains__(self, key: bytes) -> bool:
        """Whether there is a row that can be used; one that is wrong is read from its file again."""
        return self._row(key) is not None

    def put(self, rows: Iterable[tuple[bytes, Row]]) -> None:
        with self._told("无法写入", "cannot be written"):
            self._file.executemany(
                "INSERT OR REPLACE INTO rows VALUES (?, ?, ?)",
                [(key, _packed(row), bool(row.get("transient")) or key.startswith(_PASSING)) for key, row in rows],
            )
            self._file.commit()

    @contextlib.contextmanager
    def _told(self, zh: str, en: str) -> Iterator[None]:
        """The disk may be full, or the file be damaged while it is in use."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._refused(f"{zh}（{error}）", f"{en} ({error})") from error

    def get(self, key: bytes) -> Row:
        row = self._row(key)
        if row is None:
            raise self._refused("在运行中被改动", "was changed while this ran")
        return row

    def _row(self, key: bytes) -> Row | None:
        with self._told("无法读取", "cannot be read"):
            found = self._file.execute("SELECT row FROM rows WHERE key = ?", (key,)).fetchone()
        return None if found is None else _unpacked(found[0])


def _packed(row: Row) -> bytes:
    return zlib.compress(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _unpacked(packed: Any) -> Row | None:
    """A row as it was put in, None where it is anything else."""
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, _LARGEST_ROW)
        row = json.loads(text) if unpacking.eof else None
    except (zlib.error, ValueError, TypeError, RecursionError):
        return None
    return row if is_row(row) else None


_ASIDE = Text(
    "{p} 已损坏，移到 {a}；其中的文件将重新读取", "{p} is damaged and was moved to {a}; its files are read again"
)
_WAITING = Text("{p} 正由另一次运行使用，等待其结束……", "{p} is in use by another run, waiting for it to end …")


class Keys:
    """The key of a file: its content, and everything else that a row depends on."""

    def __init__(self, guide: Guide | Guides | None, interval: bool = False) -> None:
        guide = guide or builtin()
        context = f"{__version__} {VERSION} {guide.hash} {guide.binding} {program()}{' interval' if interval else ''}"
        self._start = hashlib.blake2b(context.encode(), digest_size=16)

    def of(self, content: bytes, suffix: str, review: tuple[object, ...] = ()) -> bytes:
        """content: the digest of what is in the file."""
        digest = self._start.copy()
        digest.update(f"{suffix.lower()} {json.dumps(review, ensure_ascii=False, default=str)}\n".encode())
        digest.update(content)
        return b"c" + digest.digest()

    def passing(self) -> bytes:
        """A key for what has no content to go by: of this run only."""
        return _PASSING + os.urandom(16)


def program() -> str:
    """The program's own files, so that a row is never older than a change of the code between two versions."""
    package = Path(__file__).parents[2]
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".csv", ".json"):
            status = path.stat()
            digest.update(f"{path.relative_to(package).as_posix()} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
