"""What an enterprise typed into a return, value by value with its place: looked at where a later return took its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .reading import WHOSE, whose
from .row import Row

#: In the place of a review: the inputs are wanted, and no evaluation.
WANTED = ("inputs",)
_KEY = "inputs"


def row(data: Mapping[str, Any], where: Callable[[str], str]) -> Row:
    """A row as others are kept, with the path, place and value of everything that is filled in."""
    found = [[path, where(path), value] for path, value in leaves({k: v for k, v in data.items() if k != "format"})]
    return {"refused": True, "findings": [], "modified": None, WHOSE: whose(None), _KEY: found}


def of(row: Row) -> list[tuple[str, str, Any]] | None:
    """Path, place and value; None of a file that could not be read this time."""
    found = row.get(_KEY)
    return None if found is None else [(path, place, value) for path, place, value in found]


def leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything that is filled in, by its path, such as energy[2].report."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, (list, tuple)):
        for number, value in enumerate(data):
            yield from leaves(value, f"{path}[{number}]")
    elif data is not None and data != "":
        yield path, data
