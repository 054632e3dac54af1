"""The tonnes of each pollutant over the years: sums of those ranked, and changes of those that can be compared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...messages import Text
from ...standard.equivalents import MEDIUM_NAMES
from .published import Tonnes
from .years import Entry


class Tonnage(NamedTuple):
    """A pollutant of some enterprises in a year: how many report it, their sum, and how it changed where it can be compared."""

    number: int
    tonnes: float | None
    compared: int
    change: float | None
    relative: float | None


def named(entries: Iterable[Entry]) -> dict[str, Text]:
    """Every pollutant by its key, those that most report first, by their latest names; what is in water and air says in which."""
    counts: Counter[str] = Counter()
    found: dict[str, Tonnes] = {}
    for entry in sorted(entries, key=lambda entry: (entry.label, entry.book.name, entry.line.file)):
        for key, tonnes in (entry.line.pollutants or {}).items():
            counts[key] += 1
            found[key] = tonnes
    alike = Counter(tonnes.name for tonnes in found.values())
    return {
        key: _in_medium(found[key]) if alike[found[key].name] > 1 else found[key].name
        for key in sorted(counts, key=lambda key: (-counts[key], key))
    }


def _in_medium(tonnes: Tonnes) -> Text:
    medium = MEDIUM_NAMES.get(tonnes.medium, Text(tonnes.medium, tonnes.medium))
    return Text("{n}（{m}）", "{n} ({m})").fill(n=tonnes.name, m=medium)


def of(entry: Entry, key: str) -> float | None:
    found = (entry.line.pollutants or {}).get(key)
    return None if found is None else found.report


def _before(entry: Entry, key: str) -> float | None:
    found = (entry.before.line.pollutants or {}).get(key) if entry.before is not None else None
    return None if found is None else found.report


def tonnage(entries: Sequence[Entry], key: str) -> Tonnage:
    counted = [(entry, now) for entry in entries if entry.counted and (now := of(entry, key)) is not None]
    pairs = [(now, then) for entry, now in counted if not entry.breaks and (then := _before(entry, key)) is not None]
    before = math.fsum(then for _, then in pairs)
    change = math.fsum(now - then for now, then in pairs) if pairs else None
    return Tonnage(
        len(counted),
        math.fsum(now for _, now in counted) if counted else None,
        len(pairs),
        change,
        None if change is None or not before else change / before,
    )
