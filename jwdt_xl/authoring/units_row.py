"""The row of units that many tables have between their headings and their data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..assessment.values import of_text
from ..errors import JwdtError
from ..messages import ERROR, INFO, Finding, Text
from ..standard.guide import Node
from ..standard.names import fold
from .enterprises import Table, is_id, number_of, said
from .headings import factor, parted

#: What stands in the column of names beside the units.
_BESIDE = {fold(word) for word in ("单位", "计量单位", "unit", "units", "-", "–", "—", "/", "")}


class Below(NamedTuple):
    """The table without such a row, the units that it states by heading, and what is to be told."""

    table: Table
    units: Mapping[str, str]
    told: tuple[Finding, ...] = ()
    wrong: tuple[Finding, ...] = ()


def units_below(table: Table, nodes: Mapping[str, Node]) -> Below:
    """What the first row says if it holds units: no number in any column, and no enterprise. nodes: by heading.

    Where none of its texts is a unit of its column it is refused as a whole, with what to do.
    """
    first = {heading: cells[0] for heading, cells in table.columns.items() if cells}
    words = {heading: str(first[heading]).strip() for heading in nodes if heading in first and _is_word(first[heading])}
    numbers = any(_is_number(cell) for heading, cell in first.items() if not is_id(heading))
    names = [str(cell) for heading, cell in first.items() if is_id(heading)]
    if not words or numbers or len(table.columns[next(iter(words))]) == 1:
        return Below(table, {})
    place = f"{table.name}:{table.first_row}"
    units = {heading: _bare(word) for heading, word in words.items() if _fits(_bare(word), nodes[heading])}
    beside = [fold(name) for name in names if fold(name)]
    if not units and (any(name not in _BESIDE for name in beside) or not (beside or len(words) > 1)):
        return Below(table, {})  # an enterprise whose values are texts, each of which is told
    without = {heading: ["", *cells[1:]] for heading, cells in table.columns.items()}
    if not units:
        text = _UNCLEAR.fill(v="、".join(list(words.values())[:_MOST]))
        wrong = Finding(ERROR, "unclear-row", place, text, "consistency")
        return Below(table._replace(columns=without), {}, (), (wrong,))
    # A unit that does not fit is refused by its column, as in a heading; two units of one column are told.
    units |= {heading: _bare(word) for heading, word in words.items()}
    doubled = [
        Finding(ERROR, "two-units", f"{place} {heading}", _TWO.fill(u=unit, h=parted(heading).unit), "consistency")
        for heading, unit in units.items()
        if parted(heading).unit
        and fold(heading) not in map(fold, nodes[heading].name)
        and fold(unit) != fold(parted(heading).unit)
    ]
    listed = "，".join(f"{heading} {unit}" for heading, unit in list(units.items())[:_MOST])
    told = Finding(INFO, "units-row", place, _READ.fill(u=listed), "transparency")
    return Below(table._replace(columns=without), units, (told,), tuple(doubled))


_MOST = 6
_READ = Text("表头下的一行是单位，已照此读取：{u}", "the row below the headings states units, and is read so: {u}")
_UNCLEAR = Text(
    "表头下的一行没有数，也认不出是单位（{v}） — 是单位的请改写成指标的单位或可以换算的单位，不是的请删去这一行",
    "the row below the headings has no number and no unit that is known ({v}) — write the indicators' units, or units that convert; delete the row if it is something else",
)
_TWO = Text(
    "表头写的单位是“{h}”，下一行写的是“{u}” — 请只留一个",
    "the heading says “{h}”, the row below it “{u}” — keep one",
)


def _is_number(cell: Any) -> bool:
    """Also as people type it: 3,012.5 and 35.1%."""
    number = number_of(cell)
    if number is None and isinstance(cell, str):
        return not isinstance(of_text(cell.strip().rstrip("%％"), "", []), str)
    return number is not None and not math.isnan(number)


def _is_word(cell: Any) -> bool:
    """A text that is no number and no way to say that there is none."""
    return isinstance(cell, str) and said(cell) and number_of(cell) is None and not _is_number(cell)


def _bare(word: str) -> str:
    """(t/t) and 单位：t/t are the unit that they name."""
    word = word.strip().removeprefix("单位").lstrip("：: ")
    return word[1:-1].strip() if word[:1] in "(（[【" and word[-1:] in ")）]】" else word


def _fits(unit: str, node: Node) -> bool:
    try:
        factor(unit, node)
    except JwdtError:
        return False
    return True
