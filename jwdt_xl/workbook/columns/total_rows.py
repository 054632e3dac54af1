"""Rows of totals by their name, live, as the reader finds them: among names that are free they would count on the sheet.

Of single texts alone, as no array of texts is computed alike everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...standard import totals
from .names import folded, folding, wide

#: What may follow a name of totals; the end of a name is one, too.
_FOLLOWS, _FOLLOWING = "(", ("[", ":")
_WIDE_COLON = "："
_BETWEEN = "|"


def ends() -> list[str]:
    """The texts that formulas look for: what else may follow, what may stand before that, and the ends of names."""
    return [_WIDE_COLON, *(word + _FOLLOWS for word in (totals.NUMBER, *totals.ENDS))]


def whole() -> str:
    """All that are names of totals as a whole, in one text."""
    words = [folded(word) for word in totals.WHOLE]
    # Not every program knows that a small letter of full width is one.
    words += [wide(each) for word in words if word.isascii() for each in (word, word.lower())]
    found = [word + number + _FOLLOWS for word in words for number in ("", totals.NUMBER)]
    return _BETWEEN + _BETWEEN.join(found) + _BETWEEN


def is_total(cell: str, ends: Sequence[str], whole: str) -> str:
    """The formula; ends and whole: the cells of these texts."""
    colon, number, *rest = ends
    name = f'{folding(cell)}&"{_FOLLOWS}"'
    for sign in (*(f'"{sign}"' for sign in _FOLLOWING), colon):
        name = f'SUBSTITUTE({name},{sign},"{_FOLLOWS}")'
    without = plain = f'SUBSTITUTE({name},{number},"{_FOLLOWS}")'
    for end in rest:
        without = f'SUBSTITUTE({without},{end},"")'
    first = f'"{_BETWEEN}"&LEFT({name},FIND("{_FOLLOWS}",{name}))&"{_BETWEEN}"'
    return f"IF(LEN({cell})<{totals.LONGEST},OR({without}<>{plain},ISNUMBER(FIND({first},{whole}))),FALSE())"
