"""Other processes of this machine."""

from __future__ import annotations

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
    return True
