"""A document that was opened, and how its sheets are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ..messages import Finding, Text
from .paper import Given, Sheet, Wanted


class Opened(NamedTuple):
    """A document: what its sheets give; or why there is nothing."""

    name: str
    given: tuple[Given, ...] = ()
    #: The kinds of paper it holds.
    kinds: tuple[Text, ...] = ()
    refused: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()
    #: The same document under two names is one.
    digest: str = ""
    #: The map suggested for it.
    map: str = ""


class Reading(Protocol):
    """How the sheets of a document are read, and how much a row of texts says as a heading. Goes to the workers."""

    def __call__(self, name: str, sheets: tuple[Sheet, ...], wanted: Wanted) -> Opened: ...

    def worth(self, cells: Sequence[str]) -> int: ...
