"""The campaign's own log: in which round each copy of a content was first collected, and which rounds there were.

Where neither the documents' own times nor mails tell which of two files of an enterprise is the later, the log does; an
earlier file that is sent once more, just as it was, says that it is the final one.
"""

from __future__ import annotations

import csv
import io
import os
from bisect import insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ....errors import Refused
from ....messages import ERROR, Finding, Text
from ....opening.container import read
from ....opening.sources import Source, digest
from ..csv_files import write_csv

NAME = "log.csv"
_HEADING = ("round", "date", "content", "file")
_LARGEST = 1 << 30


class Log(NamedTuple):
    """rounds: the day of each; seen: by content the rounds that brought its copies, the first one first, and under which names."""

    rounds: dict[int, str]
    seen: dict[str, list[tuple[int, str]]]

    @property
    def next(self) -> int:
        return max(self.rounds, default=0) + 1


def read_log(folder: str) -> Log:
    """Raises Refused where it is there and is no log: which of two files is later would be guessed."""
    path = os.path.join(folder, NAME)
    if not os.path.exists(path):
        return Log({}, {})
    try:
        lines = list(csv.DictReader(io.StringIO(read(path, _LARGEST).decode("utf-8-sig"), newline="")))
        if not lines:  # it is written when a round has brought something
            raise ValueError("0 B")
        rounds, seen = dict[int, str](), dict[str, list[tuple[int, str]]]()
        for line in lines:
            number = int(line["round"])
            rounds[number] = line["date"]
            if line["content"]:
                insort(seen.setdefault(line["content"], []), (number, line["file"]))
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise Refused((Finding(ERROR, "bad-log", path, _BAD.fill(e=str(error)[:80])),)) from error
    return Log(rounds, seen)


def contents(sources: Iterable[Source]) -> dict[str, str]:
    """The digest of what is in each file, by its name; of what cannot be read there is none."""
    found: dict[str, str] = {}
    for source in sources:
        try:
            found[source.name] = digest(source).hex()
        except (Refused, OSError):
            continue
    return found


def seen(log: Log, named: Mapping[str, str]) -> dict[str, int]:
    """By the name of a file the round that brought it: the next one for what is new, and for copies beyond those there were.

    A file that was renamed or moved is none of them: copies are counted, and names only tell which of them is which.
    """
    found: dict[str, int] = {}
    for content, names in _by_content(named).items():
        known = log.seen.get(content, [])
        left = {name: number for number, name in reversed(known)}
        rest = [number for number, name in known if name not in names]
        for name in names:
            found[name] = left[name] if name in left else rest.pop(0) if rest else log.next
    return found


def _by_content(named: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in sorted(named.items()):
        found.setdefault(content, []).append(name)
    return found


def write_round(folder: str, log: Log, named: Mapping[str, str], day: str) -> int:
    """Add a round with what is new in it; returns how many files that are. A round that brought nothing is none."""
    new = [(named[name], name) for name, number in sorted(seen(log, named).items()) if number == log.next]
    if not new:
        return 0
    lines = [(number, log.rounds[number], content, name) for content, each in log.seen.items() for number, name in each]
    lines += [(log.next, day, content, name) for content, name in new]
    write_csv(os.path.join(folder, NAME), _HEADING, sorted(lines))
    return len(new)


_BAD = Text(
    "不是本程序写的收集记录（{e}）— 请恢复该文件；确实不要的请移走，各文件将按本次首次收到计",
    "is no log of rounds that this program wrote ({e}) — restore it; if you can do without it move it away, and all files count as new in this round",
)
