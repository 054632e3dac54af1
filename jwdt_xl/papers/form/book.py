"""What the action needs of an open workbook, whichever program has it open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from ...errors import Refused
from ..document import Opened
from ..paper import Sheet, Wanted
from ..recognised import ByHeadings


class OpenBook(Protocol):
    """An open workbook. Rows and columns are counted from 0, from the first cell of a defined name."""

    def names(self) -> Collection[str]:
        """The defined names of cells."""
        ...

    def cells(self, name: str, above: int = 0) -> list[list[Any]]:
        """The values of a name's cells, with so many rows above it: None or "" where blank."""
        ...

    def place(self, name: str, row: int, col: int) -> str:
        """sheet!cell, for people."""
        ...

    def put(self, name: str, row: int, col: int, value: str | float) -> bool:
        """A constant into a cell; not where a formula stands that only shows nothing."""
        ...

    def add(self, title: str, rows: Sequence[Sequence[str]]) -> str:
        """A new sheet at the end with these texts; its title, another one where it is taken."""
        ...


def opened_by_headings(name: str, sheets: Iterable[Sheet], wanted: Wanted) -> Opened:
    """A document whose cells the program has read."""
    try:
        return ByHeadings()(name, tuple(sheets), wanted)
    except Refused as error:
        return Opened(name, refused=error.findings)
