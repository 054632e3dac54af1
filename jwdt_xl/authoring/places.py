"""Where each field of a guide stands in its TOML file: the line, for messages.

The file has been parsed, so it is known to be TOML: what is looked for is only which line a key or table begins on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def lines(text: str) -> dict[str, int]:
    """The line (from 1) of every table and key by its path, such as nodes[2].weight."""
    found: dict[str, int] = {}
    for number, kind, path in _parts(text):
        if kind == _TABLE:
            found.setdefault(path, number)
            found.setdefault(re.sub(r"\[\d+\]$", "", path), number)
        elif kind == _VALUE:
            found[path] = number
    return found


def repeated(text: str) -> tuple[str, int, int] | None:
    """The first key or table that stands twice, its line and that of the other; a table and an array of tables are two."""
    seen: dict[str, int] = {}
    arrays: dict[str, int] = {}
    for number, kind, path in _parts(text):
        before = seen.get(path) if kind != _TABLE else seen.get(path, arrays.get(path))
        if before is not None:
            return path, number, before
        if kind == _ARRAY:
            arrays.setdefault(path, number)
        else:
            seen[path] = number
    return None


_ARRAY, _TABLE, _VALUE = "array", "table", "value"


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and path of each header and key; of an array the array itself, then its table, such as nodes[2]."""
    counts: dict[str, int] = {}
    prefix, value = "", _Value()
    for number, line in enumerate(text.splitlines(), 1):
        if value.open:
            value.read(line)
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            path = _path(header[2], counts)
            if header[1] == "[[":
                yield number, _ARRAY, path
                counts[path] = counts.get(path, -1) + 1
                path = f"{path}[{counts[path]}]"
            prefix = f"{path}."
            yield number, _TABLE, path
        elif key:
            yield number, _VALUE, prefix + ".".join(_names(key[1]))
            value.read(line[key.end() :])


def line_of(path: str, places: dict[str, int]) -> int | None:
    """The line of a path, or of the nearest table or key around it."""
    while path not in places:
        if not re.search(r"[.\[]", path):
            return None
        path = path[: max(path.rfind("."), path.rfind("["))]
    return places[path]


def _names(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _path(dotted: str, counts: dict[str, int]) -> str:
    """A table's path; below an array of tables it belongs to the last of them."""
    path = ""
    names = _names(dotted)
    for i, name in enumerate(names):
        path = f"{path}.{name}" if path else name
        if i + 1 < len(names) and path in counts:
            path = f"{path}[{counts[path]}]"
    return path


class _Value:
    """A value being read that may go over several lines: an array, an inline table or a text."""

    def __init__(self) -> None:
        self._depth = 0
        self._quotes = ""

    @property
    def open(self) -> bool:
        return bool(self._depth or self._quotes)

    def read(self, line: str) -> None:
        place = 0
        while place < len(line):
            place = self._text(line, place) if self._quotes else self._plain(line, place)

    def _plain(self, line: str, place: int) -> int:
        character = line[place]
        if character == "#":
            return len(line)
        if character in "\"'":
            self._quotes = character * (3 if line.startswith(character * 3, place) else 1)
            return place + len(self._quotes)
        self._depth += (character in "[{") - (character in "]}")
        return place + 1

    def _text(self, line: str, place: int) -> int:
        if self._quotes[0] == '"' and line[place] == "\\":
            return place + 2
        if line.startswith(self._quotes, place):
            end = place + len(self._quotes)
            self._quotes = ""
            return end
        return place + 1
