"""What a kind of paper is, and what one gives: amounts, single answers and permitted amounts, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..messages import Text
from ..opening.markup import place
from ..standard.guide import Guide
from .cells import Problems, Where

Grid = Sequence[Sequence[Any]]


class Sheet(NamedTuple):
    """A sheet of a document (a text has one without a title)."""

    document: str
    title: str
    grid: Grid

    def at(self, row: int, col: int) -> str:
        """document!sheet!cell"""
        return self.where(place(row, col))

    def where(self, cell: str) -> str:
        return "!".join(filter(None, (self.document, self.title, cell)))

    def row(self, row: int) -> Where:
        return Where(self.document, self.title, row + 1)


#: Own values that each period has its own of: what was recovered, in the field of the period it comes to.
RECOVERED = "recovered"


class Entry(NamedTuple):
    """An amount for a row of the form."""

    table: str
    #: The fields that tell the row from others, and those of its own (heat value, coefficient).
    fields: Mapping[str, Any]
    own: Mapping[str, Fraction]
    unit: str
    #: None where it cannot be read: a sum with it is not known either.
    amount: Fraction | None
    #: The label of its period, where the paper says it.
    period: str | None
    places: tuple[Where, ...]
    cell: str
    quality: int
    #: Of papers whose rows add up over files (months, outlets): what it is of, so that it counts once.
    once: tuple[Any, ...] = ()


class Fact(NamedTuple):
    """A single answer: the path of its field (report stands for either period), value and cell."""

    path: str
    value: Any
    unit: str
    period: str | None
    cell: str
    where: Where


class Permitted(NamedTuple):
    """What a permit allows of a pollutant in a year: t, the least and the most of its years."""

    medium: str
    pollutant: str
    least: Fraction | None
    most: Fraction | None
    cell: str


class Sum(NamedTuple):
    """What a paper says of the whole, for comparison with the bills: t CO2e, or tce."""

    quantity: str
    amount: Fraction
    period: str | None
    cell: str


class Given(NamedTuple):
    """What a sheet gives."""

    entries: Sequence[Entry] = ()
    facts: Sequence[Fact] = ()
    permitted: Sequence[Permitted] = ()
    sums: Sequence[Sum] = ()


class Kind(NamedTuple):
    """A kind of paper: how it is called, how much a row says as its heading, and how a sheet of it is read.

    read gives None where the sheet is none of this kind.
    """

    key: str
    name: Text
    worth: Callable[[Sequence[str]], int]
    read: Callable[[Sheet, Wanted, Problems], Given | None]


class Wanted(NamedTuple):
    """Whose papers are wanted, where it is known: papers of many enterprises have a row of each."""

    uscc: str = ""
    name: str = ""
    #: Of the returns among the papers.
    guide: Guide | None = None
