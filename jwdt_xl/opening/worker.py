"""What a guarded process does: make itself ready, bound what it may take, then one task after the other.

Only here are workbooks opened. A reader written in C or Rust can be killed by a file (one cell at XFD1048576 makes
calamine ask for 550 GB); the death of a worker costs the one task in its hands.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from . import memory as bounds

#: Seconds beyond the limit of a task after which the system itself ends a worker whose parent is no more.
_LATE = 5


class ReaderCrashed(Exception):
    """The compiled reader gave up in a way its own exceptions do not cover."""


def serve(
    connection: Connection,
    preload: Sequence[str],
    prepare: Callable[..., None] | None,
    settings: tuple[Any, ...],
    memory: int,
    seconds: float,
) -> None:
    """Answer tasks as they come, each by (whether it went well, its outcome), until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked, and ends us
    for name in preload:  # before the bound, so that its size does not count against a file
        importlib.import_module(name)
    if prepare is not None:
        prepare(*settings)
    bounds.bound(memory)
    _silence()
    with contextlib.suppress(EOFError, OSError):
        connection.send((True, None))
        while True:
            _answer(connection, seconds)


def _answer(connection: Connection, seconds: float) -> None:
    try:
        task, arguments = connection.recv()
    except (EOFError, OSError):
        raise
    except Exception as error:  # a task that cannot be found here
        connection.send((False, error))
        return
    alarm = getattr(signal, "alarm", lambda seconds: None)  # Windows has none
    alarm(int(seconds) + _LATE)
    outcome = _outcome(task, arguments)
    try:
        connection.send(outcome)
    except OSError:
        raise
    except Exception as error:  # it cannot be sent
        connection.send((False, error if isinstance(error, MemoryError) else TypeError(str(error))))
    alarm(0)


def _outcome(task: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, task(*arguments)
    except Exception as error:
        return False, error
    except BaseException as error:  # a panic of Rust; it is no Exception, and cannot be sent to the parent
        return False, ReaderCrashed(str(error))


def _silence() -> None:
    """A dying Rust reader writes to stderr; the user gets one message from us instead."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as the worker lives
