"""What a guide asks for by codes of its own, as a file answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..messages import Text
from ..standard.record import Errors, short


def answered(
    section: str, data: Mapping[str, Any], known: Collection[str], errors: Errors, unknown: tuple[Text, str]
) -> Iterator[tuple[str, str, Any]]:
    """Each code with its path and what is said; unknown: the sentence and code of an error where the guide has no such one."""
    for code, said in data.items():
        where = f"{section}.{code}"
        if code not in known:
            text, kind = unknown
            errors.add(where, text.fill(k=short(code), all=", ".join(known) or "–"), kind)
        elif said is not None:
            yield code, where, said
