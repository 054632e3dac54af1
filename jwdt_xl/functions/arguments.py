"""The arguments of cell functions: what a declaration says about one, and how it is written in a declaration."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from ..messages import Text
from ..standard.units import unit_label

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

    @property
    def unit_label(self) -> Text:
        return unit_label(self.unit)

    @property
    def title(self) -> Text:
        """What people call it: in Chinese the first words of its help."""
        return titled(self.name, self.help)


@cache  # asked for with every cell
def titled(name: str, help: Text) -> Text:
    return Text(re.split("[，：；、(]", help.zh)[0].removesuffix("的区域"), name)


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
