"""The grades that may be entered for a qualitative indicator, as its author lists them: a number from 0 to 1, then what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...errors import JwdtError
from ...messages import Text
from ..record import short

_LEVEL = re.compile(r"\s*([01](?:\.[0-9]+)?)(?:\s+(\S.*))?\s*", re.DOTALL)
_LEAST = 2


def value_of(level: str) -> float | None:
    """The number of a level, None where it does not begin with one from 0 to 1."""
    found = _LEVEL.fullmatch(level)
    value = float(found[1]) if found else None
    return value if value is not None and value <= 1 else None


def values_of(levels: Sequence[str]) -> tuple[float, ...]:
    """The numbers that may be entered."""
    return tuple(value for value in map(value_of, levels) if value is not None)


def check_levels(said: Any) -> Any:
    """Every level with its number, each once, and more than one: else there is nothing to choose."""
    if not said:
        return said
    wrong = [level for level in said if value_of(str(level)) is None]
    if wrong:
        text = Text(
            "可填等级须以 0–1 的数开头，其后空一格写含义，如“0.5 部分公开”，实为“{v}”",
            "a grade must begin with a number from 0 to 1, a blank, and what it means, such as “0.5 in part”, got “{v}”",
        )
        raise JwdtError(text.fill(v=short(wrong[0])), "bad-level")
    values = values_of([str(level) for level in said])
    if len(set(values)) < len(values) or len(values) < _LEAST:
        text = Text(
            "可填等级须有两个以上，各不相同，实为 {v}", "there must be two grades or more, each its own, got {v}"
        )
        raise JwdtError(text.fill(v="；".join(map(str, said))), "bad-level")
    return said
