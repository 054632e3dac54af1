"""The sheet on which this year's base periods stand beside what was reported last year."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import Text
from ...standard.guide import Guide
from ..analysis.previous import Against, Compared
from .columns import PERCENT, TEXT, VALUE, Column, who
from .contents import SHEETS
from .sheet import Book, Sheet

GUIDE = Column("guide", Text("指南", "guide"), TEXT, 18)
_STATE = Column("state", Text("结果", "outcome"), TEXT, 18)
_COLUMNS = (
    Column("region", Text("地区", "region"), TEXT, 14),
    Column("quantity", Text("数量", "quantity"), TEXT, 18),
    Column("period", Text("时期", "period"), TEXT, 9),
    Column("then", Text("上年所报", "as reported last year"), VALUE, 16),
    Column("now", Text("今年的基准期", "this year's base period"), VALUE, 16),
    Column("difference", Text("相差", "difference"), PERCENT, 10),
    Column("where", Text("单元格", "cell"), TEXT, 18),
    Column("note", Text("说明", "remark"), TEXT, 50),
    Column("file", Text("今年的文件", "file of this year"), TEXT, 34),
    Column("last", Text("上年的汇总和文件", "portfolio and file of last year"), TEXT, 44),
)
_LEAD = Text(
    "{s}。按信用代码和名称都相符的企业核对：今年填报的基准期，对上年汇总（{b}）中同一时期的数；相差超过 0.1 % 的列出，也是该填报的警告，不改变得分和名次。",
    "{s}. Enterprises whose credit code and name both agree: the base period of this year's return against the same period in last year's portfolio ({b}); what differs by more than 0.1 % is listed and is a warning of that return, and changes no score and no rank.",
)


def previous(book: Book, guide: Guide, found: Against, listed: Sequence[Compared], with_guide: bool = False) -> None:
    """with_guide: on the overview of several guides."""
    sheet = Sheet(book, str(SHEETS["previous"]))
    lead = _LEAD.fill(s=found.said, b="、".join(found.books))
    sheet.head(lead, [_STATE, *([GUIDE] if with_guide else []), *who(guide), *_COLUMNS])
    for each in listed:
        cells = each._asdict() | {"difference": each.difference}
        sheet.add({key: str(value) if isinstance(value, Text) else value for key, value in cells.items()})
    sheet.finish()
