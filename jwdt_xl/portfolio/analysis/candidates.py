"""Scored files as they come in: a few bytes each, since there may be a hundred thousand.

What only a few of them are asked for, those that compete with another, is read again from the store.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, overload

import numpy as np

from ..collection.collect import Read
from ..collection.row import Row, in_force
from .identity import Expected, Whose, in_register, repeated, twice
from .rejected import Dated, Who
from .versions import Left, Version, not_counted

#: Those arrays of a row that all analyses read.
_COLUMNS = ("scores", "weights", "values", "benchmarks", "rates")


#: The pollutants of a return by number in Annex B, medium and name; substances of its own are not comparable.
Reported = frozenset[tuple[str, str, str, str]]


class Member(NamedTuple):
    """A scored file: what is needed of it in memory; the rest is in the store under its key."""

    file: str
    key: bytes
    uscc: str
    name: str
    region: str
    industry_code: str
    unit: str
    sender: str = ""
    received: str = ""

    @property
    def who(self) -> Who:
        return Who(self.uscc, self.name, self.region, self.industry_code)


def placed(member: Member, expected: Expected) -> Member:
    """Where an enterprise is and what it makes by the register, where that says it."""
    region, industry = in_register(member.region, member.industry_code, expected)
    if (region, industry) == (member.region, member.industry_code):
        return member
    return member._replace(region=region, industry_code=industry)


class _Said(Sequence[Whose]):
    """Made when it is asked for: each is looked at once or twice, and never needed later."""

    def __init__(
        self, members: Sequence[Member], reports: Sequence[str], form: Callable[[str], str], places: Sequence[int]
    ) -> None:
        self._members, self._reports, self._form, self._places = members, reports, form, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Whose: ...
    @overload
    def __getitem__(self, place: slice) -> list[Whose]: ...
    def __getitem__(self, place: int | slice) -> Whose | list[Whose]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        number = self._places[place]
        member = self._members[number]
        return Whose(member.file, member.uscc, member.name, self._reports[number], self._form(member.file))


class Candidates:
    """Files that may count, in their order; what is known of each is aligned with them."""

    def __init__(self, get: Callable[[bytes], Row], with_interval: bool = False) -> None:
        self._get, self._with_interval = get, with_interval
        self.members: list[Member] = []
        self._reports: list[str] = []
        self._contents, self._seen = array("q"), array("q")
        # eight bytes a number; lists of them would take five times as much
        self._columns = {key: array("d") for key in _COLUMNS}
        self._totals, self._ends = array("d"), array("d")
        self._excluded, self._quarantined = bytearray(), bytearray()
        self._pollutants: list[Reported] = []
        self._same: dict[Reported, Reported] = {}  # most of a sector report the same: held once

    def __len__(self) -> int:
        return len(self.members)

    def add(self, read: Read, row: Row) -> None:
        region, industry, unit, report = (sys.intern(row[key]) for key in ("region", "industry_code", "unit", "report"))
        self.members.append(
            Member(read.name, read.key, row["uscc"], row["name"], region, industry, unit, read.sender, read.received)
        )
        self._reports.append(report)
        self._contents.append(hash(row["content"]))
        self._seen.append(read.seen)
        counted = in_force(row)
        self._totals.append(_number(counted["total"]))
        if self._with_interval:
            self._ends.extend(counted.get("interval") or (math.nan, math.nan))
        self._excluded.append(counted["excluded"])
        self._quarantined.append(bool(counted["quarantine"]))
        reported = _reported(counted)
        self._pollutants.append(self._same.setdefault(reported, reported))
        for key, listed in self._columns.items():
            listed.extend(map(_number, counted[key]))

    def whose(self, form: Callable[[str], str], places: Sequence[int] | None = None) -> Sequence[Whose]:
        """What each says of whose it is, or those at some places; form: the credit code that a file's name says."""
        return _Said(self.members, self._reports, form, range(len(self)) if places is None else places)

    def not_counted(self, places: Iterable[int]) -> dict[int, Left]:
        """Of these places those that do not count, beside others of one content or one enterprise."""
        contents, codes = twice(self._contents), repeated(member.uscc for member in self.members)
        close = [i for i in places if self._contents[i] in contents or hash(self.members[i].uscc) in codes]
        return {close[left.place]: left for left in not_counted([self._version(i) for i in close])}

    def _version(self, place: int) -> Version:
        member = self.members[place]
        row = self._get(member.key)
        total = in_force(row)["total"]
        return Version(
            member.file, member.uscc, row["report"], row["content"], row["modified"], member.received, total, self._seen[place]
        )  # fmt: skip

    def dated(self, place: int, apart: bool, now: Callable[[Who], Who]) -> Dated:
        """What tells when it was made; now: whose it is by the name it has now."""
        member = self.members[place]
        saved = self._get(member.key)["modified"]
        return Dated(
            member.file, now(member.who), self._reports[place], saved, member.received, apart, self._seen[place]
        )

    def arrays(self, kept: Sequence[int], indicators: int) -> dict[str, Any]:
        """The numbers of those that are kept, which are held here no longer."""
        found = {"total": self._of(self._totals, kept)}
        if self._with_interval:
            found["ends"] = self._of(self._ends, kept, 2)
        for key in _COLUMNS:
            found[key] = shared(self._of(self._columns.pop(key), kept, 2 if key == "rates" else indicators))
        for key, marks in (("excluded", self._excluded), ("quarantined", self._quarantined)):
            found[key] = np.frombuffer(marks, dtype=bool)[kept]
        return found

    def pollutants(self, kept: Sequence[int]) -> list[Reported]:
        return [self._pollutants[i] for i in kept]

    def _of(self, listed: array[float], kept: Sequence[int], width: int = 0) -> Any:
        whole = np.frombuffer(listed, dtype=float)
        whole = whole.reshape(-1, width) if width else whole
        return whole[kept] if len(kept) < len(self) else whole


def _reported(row: Row) -> Reported:
    """A nought is reported, too: that there is none of it."""
    return frozenset(
        (item, medium, zh, en)
        for item, medium, zh, en, _, report, _ in row["pollutants"]
        if item and report is not None
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def shared(rows: Any) -> Any:
    """Rows that are all the same, as weights of one guide are, held once; others as they are."""
    if len(rows) and bool(((rows == rows[0]) | (np.isnan(rows) & np.isnan(rows[0]))).all()):
        return np.broadcast_to(rows[0].copy(), rows.shape)
    return rows
