"""One line of ``jwdt addin doctor``."""

from __future__ import annotations

from typing import NamedTuple

from ..messages import Text


class Check(NamedTuple):
    """One line: fine or not (None: cannot be read here), what was found, and what to do."""

    ok: bool | None
    text: Text
    step: Text | None = None

    def __str__(self) -> str:
        mark = {True: "OK  ", False: "FAIL", None: "NOTE"}[self.ok]
        return f"{mark} {self.text}" + (f" — {self.step}" if self.step is not None else "")
