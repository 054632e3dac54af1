"""The scores at every level of the index tree, beside the total on the summary."""

from __future__ import annotations

from ..columns.column import shown
from ..parts import Parts, height
from ..plan import Cell
from .results import INDENT

_TALL, _LOW, _FEW = 24, 15, 4
#: How wide the columns of a name are, less the indent.
_ROOM = 14
#: The room of total, coverage and what is open beside them.
_LEAST = 3


def write(parts: Parts, top: Cell) -> int:
    """Each group with its score and weight from a cell down; returns how many rows there are."""
    book, layout, groups = parts.book, parts.layout, parts.result.groups
    count = max(_LEAST, len(groups))
    names = [INDENT * group.level + parts.t(group.node.name) for group in groups]
    for i in range(count):
        tall = height([(names[i], _ROOM)], 9) if i < len(groups) else 0
        book.sheets[top.sheet].set_row(top.row + i, max(tall, _TALL if count <= _FEW else _LOW))
    for i, group in enumerate(groups):
        row = top.row + i
        book.merge(top._replace(row=row), top.col + 1, names[i], "row_beside")
        name = layout.group_name(group.node, group.level)
        cell = layout.results[name]
        book.formula(top._replace(row=row, col=top.col + 2), name, shown(group.score), "row_score")
        weight = layout.ref(cell._replace(col=cell.col + 1))
        book.formula(top._replace(row=row, col=top.col + 3), weight, group.weight, "row_score")
    return count
