"""Other processes of this machine."""

from __future__ import annotations

import contextlib
import os


def lives(number: int) -> bool:
    """Whether there is a process of this number; on Windows, where asking would end it, nobody knows: yes."""
    if os.name != "nt":
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
        except OSError:  # somebody else's
            return True
        # One that is dead has its number until its parent asks, and that may never be.
        with contextlib.suppress(OSError), open(f"/proc/{number}/stat", "rb") as stat:
            return stat.read().rpartition(b")")[2].split()[:1] not in ([b"Z"], [b"X"])
    return True
