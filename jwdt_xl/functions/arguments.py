"""The arguments of cell functions: what a declaration says about one, and how it is written in a declaration."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..messages import Text

NUMBER, TEXT, FLAG, RANGE = "number", "text", "flag", "range"


class Argument(NamedTuple):
    """An argument: its name, its help with unit and range, and how its cell is read."""

    name: str
    help: Text
    optional: bool = False
    kind: str = NUMBER
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    unit: str = ""


def number(
    zh: str, en: str, *, optional: bool = False, minimum: float | None = None, maximum: float | None = None,
    above: float | None = None, unit: str = "",
) -> tuple[Text, dict[str, Any]]:  # fmt: skip
    """An argument that is a number."""
    return Text(zh, en), dict(kind=NUMBER, optional=optional, minimum=minimum, maximum=maximum, above=above, unit=unit)


def text(zh: str, en: str, *, optional: bool = False) -> tuple[Text, dict[str, Any]]:
    """An argument that is a text."""
    return Text(zh, en), dict(kind=TEXT, optional=optional)


def flag(zh: str, en: str, *, optional: bool = False) -> tuple[Text, dict[str, Any]]:
    """An argument that is yes or no."""
    return Text(zh, en), dict(kind=FLAG, optional=optional)


def cells_of(zh: str, en: str, *, optional: bool = False) -> tuple[Text, dict[str, Any]]:
    """An argument that takes a whole range."""
    return Text(zh, en), dict(kind=RANGE, optional=optional)
