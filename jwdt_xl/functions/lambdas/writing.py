"""How a formula that travels as a name is written: in plain words here, stored as Excel stores it.

Parameters are written in small letters, functions and names in capitals; an optional parameter is declared ``?name``.
Stored, parameters are ``_xlpm.name`` (``_xlop.name`` where an optional one is declared) and functions newer than Excel
2007 carry ``_xlfn.`` or ``_xlfn._xlws.``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ...errors import JwdtError
from ...messages import Text, item

#: Functions newer than Excel 2007 that the formulas use, by their prefix in the file.
FUTURE = {
    name: "_xlfn."
    for name in (
        "LAMBDA", "LET", "ISOMITTED", "MAP", "REDUCE", "MAKEARRAY", "SEQUENCE", "VSTACK", "HSTACK", "NUMBERVALUE",
        "UNICODE", "UNICHAR",
    )
}  # fmt: skip
#: A text constant in a formula has at most 255 characters.
_LONGEST_CONSTANT = 240
_PIECES = re.compile(r'"(?:[^"]|"")*"|\?[a-z]\w*|[A-Za-z_][\w.]*|\s+|.', re.DOTALL)
_CELL_LIKE = re.compile(r"[a-z]{1,3}[0-9]+|r|c", re.IGNORECASE)


class Name(NamedTuple):
    """A defined name: what it is called, its formula as stored (no equals sign), and what is said of it."""

    name: str
    formula: str
    comment: str


def parameter(name: str) -> str:
    """The name of an argument as a parameter: none may look like a cell."""
    return f"{name}_" if _CELL_LIKE.fullmatch(name) else name


def stored(formula: str) -> str:
    """A formula as the file holds it."""
    found = []
    for piece in _PIECES.findall(formula):
        if piece.isspace():
            continue
        if piece[0] == "?":
            piece = f"_xlop.{piece[1:]}"
        elif piece[0].islower():
            piece = f"_xlpm.{piece}"
        found.append(FUTURE.get(piece, "") + piece)
    return "".join(found)


def quoted(text: str) -> str:
    """A text constant, in pieces where it is long."""
    parts = [text[i : i + _LONGEST_CONSTANT] for i in range(0, len(text), _LONGEST_CONSTANT)] or [""]
    return "&".join('"' + part.replace('"', '""') + '"' for part in parts)


def item_of(name: Text, *places: str) -> str:
    """The name of one item of an argument, as sentences have it: its places are formulas."""
    opening, closing = str(item(name, NAME)).split(NAME)
    return "&".join([quoted(opening), '&","&'.join(places), quoted(closing)])


def text_of(call: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    """What the engine says to arguments that are wrong, in the language in use."""
    try:
        call(*arguments, **named)
    except JwdtError as error:
        return str(error)
    raise AssertionError(f"{call} takes {arguments} {named}")


def said(text: str, **marks: str) -> str:
    """A sentence of the engine as a formula: in the place of each mark, as printed, what the formula has instead.

    The engine is asked with marks in the place of values, so that no sentence is written twice.
    """
    by_mark = {MARKS[name]: expression for name, expression in marks.items()}
    pieces = re.split("(" + "|".join(map(re.escape, by_mark)) + ")", text) if by_mark else [text]
    return "&".join(by_mark.get(piece) or quoted(piece) for piece in pieces if piece)


#: Values that stand for others when the engine is asked for a sentence, and how it prints them.
NAME, OTHER, LEAST = "⁂", "⁑", "⁎"
VALUE, BOUND, THIRD = -987654.0, 123457.0, -123458.0
MARKS = {
    "name": NAME,
    "other": OTHER,
    "unit": LEAST,
    "value": "-987654",
    "bound": "123457",
    "third": "-123458",
}
