"""Numbers that people leave as text: read where they are plainly one number, else nothing is guessed."""

from __future__ import annotations

import re

from .names import INVISIBLE

_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_PLAIN = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


def number_of_text(text: str) -> float | None:
    """The number in 447302, 555,901, １２, '12 or with blanks around; None for 1,5, 12 t, 约100, 3.2万."""
    folded = text.translate(_HALF_WIDTH).translate(INVISIBLE).strip().removeprefix("'").strip()
    if not folded.isascii() or not _PLAIN.fullmatch(folded):
        return None
    value = float(folded.replace(",", ""))
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
