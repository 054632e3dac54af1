"""What a guarded process does: make itself ready, bound what it may take, then one task after the other.

Only here are workbooks opened. A reader written in C or Rust can be killed by a file (one cell at XFD1048576 makes
calamine ask for 550 GB); the death of a worker costs the one task in its hands.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from . import memory as bounds

#: Seconds beyond the limit of a task after which the system itself ends a worker whose parent is no more.
_LATE = 5


class ReaderCrashed(Exception):
    """The compiled reader gave up in a way its own exceptions do not cover."""


def prepare(preload: Sequence[str], also: Callable[..., None] | None, settings: tuple[Any, ...], memory: int) -> None:
    """Run once when a worker starts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked, and ends us
    for name in preload:  # before the bound, so that its size does not count against a file
        importlib.import_module(name)
    if also is not None:
        also(*settings)
    bounds.bound(memory)
    _silence()


def outcome(task: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> tuple[bool, Any]:
    """Whether a task went well, and what it returned or raised."""
    alarm = getattr(signal, "alarm", lambda seconds: None)  # Windows has none
    alarm(int(seconds) + _LATE)
    try:
        found = True, task(*arguments)
        pickle.dumps(found[1])
    except Exception as error:
        found = False, _sendable(error)
    except BaseException as error:  # a panic of Rust; it is no Exception, and cannot be sent to the parent
        found = False, ReaderCrashed(str(error))
    bounds.settle()
    alarm(0)
    return found


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return TypeError(str(error))


def _silence() -> None:
    """A dying Rust reader writes to stderr; the user gets one message from us instead."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as the worker lives


# The fork server loads this module; killed and started anew by the standard library, it and what it starts would leave
# their tracebacks on the terminal until `prepare` runs.
if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    _silence()
