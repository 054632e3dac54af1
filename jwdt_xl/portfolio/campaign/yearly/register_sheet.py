"""The register as it came, row by row, with what became of each enterprise beside it: to be copied back into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....messages import Text
from ...book.columns import COUNT, SCORE, TEXT, Column
from ...book.sheet import Book, Sheet
from ..register import Register
from .status import STATES, WHY, Line, Status

TITLE = Text("登记表与结果", "Register and results")
_LEAD = Text(
    "左边是登记表原有的列和次序（中间的空行也保留），右边是结果：选中右边各列，可原样复制回登记表。",
    "On the left the register with its own columns, order and blank rows, on the right the results: select those and copy them back beside the register.",
)
#: What became of an enterprise, here and on the status.
STATE = Column("state", Text("状态", "state"), TEXT, 16)
GUIDE = Column("guide", Text("指南", "guide"), TEXT, 18)
TOTAL = Column("total", Text("总分", "total"), SCORE, 9)
GRADE = Column("grade", Text("等级", "grade"), TEXT, 9)
RANK = Column("rank", Text("指南内名次", "rank within the guide"), COUNT, 9)
REASON = Column("reason", WHY, TEXT, 60)
FILES = Column("files", Text("文件", "files"), TEXT, 30)
_WRONG = Text("登记表此行有误", "this row of the register is wrong")
#: A column is as wide as its texts, within bounds.
_NARROW, _WIDE = 8, 30


def write(book: Book, register: Register, found: Status) -> None:
    sheet = Sheet(book, str(TITLE))
    sheet.head(_LEAD, [*_own(register), STATE, GUIDE, TOTAL, GRADE, RANK, REASON, FILES])
    for cells in _lines(register, found):
        sheet.add(cells)
    sheet.finish()


def _own(register: Register) -> Iterator[Column]:
    """The register's columns."""
    for i, head in enumerate(register.heading):
        longest = max([len(head), *(len(row.cells[i]) for row in register.listed if i < len(row.cells))])
        yield Column(f"column_{i + 1}", Text(head, head), TEXT, min(max(longest + 2, _NARROW), _WIDE))


def _lines(register: Register, found: Status) -> Iterator[dict[str, Any]]:
    lines = {line.entry.uscc: line for line in found.lines}
    before = register.listed[0].number - 1 if register.listed else 0
    for row in register.listed:
        yield from ({} for _ in range(before + 1, row.number))
        before = row.number
        cells: dict[str, Any] = {
            f"column_{i + 1}": text for i, text in enumerate(row.cells) if i < len(register.heading)
        }
        if row.wrong is not None:
            yield {**cells, "state": _WRONG, "reason": row.wrong}
            continue
        yield cells | cells_of(lines[row.uscc])


def cells_of(line: Line) -> dict[str, Any]:
    return line._asdict() | {"state": STATES[line.state], "files": "、".join(line.files)}
