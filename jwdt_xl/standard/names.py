"""Finding a thing by any of its names, in Chinese, English or as a formula."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Generic, TypeVar

from ..messages import Text

Thing = TypeVar("Thing")

DATA = os.path.join(os.path.dirname(__file__), "data")


#: Signs that are not seen and mean nothing: of no width, marks of byte order and of direction. Pasted from web pages.
INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF)
)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The form in which names are compared: widths, case, spaces, what is not seen and kinds of dash do not matter."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    for dash in "‐‑‒–—−":
        folded = folded.replace(dash, "-")
    return "".join(folded.translate(INVISIBLE).split())


class Index(Generic[Thing]):
    """Things by name. One name may stand for several things: the caller chooses or says which there are."""

    def __init__(self, things: Iterable[tuple[Thing, Iterable[str]]]) -> None:
        self._things: dict[str, list[Thing]] = {}
        for thing, names in things:
            for name in names:
                known = self._things.setdefault(fold(name), [])
                if thing not in known:
                    known.append(thing)
        self._things.pop("", None)

    def find(self, name: str) -> list[Thing]:
        return self._things.get(fold(name), [])


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table shipped with the package, as texts."""
    import csv  # here, since importing the package should not read tables

    with open(os.path.join(DATA, f"{name}.csv"), encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def split(names: str) -> list[str]:
    """The names in a cell that lists several, separated by a bar."""
    return [name for name in names.split("|") if name]


def alike(name: str, names: Iterable[str]) -> Text:
    """The end of a sentence that says there is no such name: those that are spelled much like it, if any."""
    from difflib import get_close_matches  # here, since it is needed only where something is wrong

    listed = list(names)
    folded: dict[str, str] = {fold(one): one for one in reversed(listed)}
    found = [one for one in listed if fold(one) == fold(name)] or [
        folded[one] for one in get_close_matches(fold(name)[:_LONGEST], list(folded)[:_MOST], n=3, cutoff=0.6)
    ]
    return suggestion(", ".join(found))


#: Longer names, and more of them, are not looked through.
_LONGEST, _MOST = 100, 500


def suggestion(names: Text | str) -> Text:
    """The end of a sentence that says a name is unknown: like which ones it looks, if any."""
    return Text("；是否为：{c}", "; did you mean: {c}").fill(c=names) if any(names) else Text("", "")
