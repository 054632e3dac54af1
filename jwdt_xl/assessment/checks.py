"""Findings about the data, by the note's four principles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..messages import Finding

if TYPE_CHECKING:
    from .result import Result


def findings(result: Result) -> Iterator[Finding]:
    yield from ()
