"""The status of a campaign as a workbook: the figures and a chart, every enterprise with its reason, and files of nobody known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ....messages import Text
from ....standard.guide import builtin
from ....workbook import theme
from ...book import charts
from ...book.columns import COUNT, PERCENT, TEXT, Column, who
from ...book.contents import CODE, FILE, FINDING, finding_cells
from ...book.sheet import FIRST, Book, Sheet
from ..register import Register
from . import register_sheet
from .declaration import Declaration
from .status import (
    BLANK,
    EXCLUDED,
    HELD,
    INCOMPLETE,
    MISSING,
    RANKED,
    REJECTED,
    REVIEW,
    STATES,
    Count,
    Status,
    counts,
)  # fmt: skip

SHEETS = {
    "progress": Text("进度", "Progress"),
    "enterprises": Text("企业", "Enterprises"),
    "strangers": Text("不知道是谁的文件", "Files of nobody known"),
}
_KIND = Column("kind", Text("分类", "by"), TEXT, 12)
_PROGRESS = (
    _KIND,
    Column("name", Text("名称", "name"), TEXT, 34),
    Column("all", Text("企业", "enterprises"), COUNT, 10),
    Column("returned", Text("已交回", "returned"), COUNT, 10),
    Column("share", Text("交回比例", "share returned"), PERCENT, 10),
    *(Column(key, title, COUNT, 10) for key, title in STATES.items()),
)
_ENTERPRISES = (
    register_sheet.STATE,
    *who(builtin()),
    Column("region", Text("地区", "region"), TEXT, 12),
    Column("industry_code", Text("行业", "industry"), TEXT, 8),
    register_sheet.GUIDE,
    register_sheet.TOTAL,
    register_sheet.RANK,
    register_sheet.REASON._replace(width=80),
    register_sheet.FILES,
    Column("mail", Text("邮箱", "mail"), TEXT, 26),
)
_COLOURS = {
    RANKED: charts.RANKED, EXCLUDED: charts.EXCLUDED, REVIEW: charts.REVIEW, INCOMPLETE: charts.INCOMPLETE,
    REJECTED: charts.REJECTED, HELD: charts.HELD, BLANK: charts.BLANK, MISSING: charts.MISSING,
}  # fmt: skip


class Day(NamedTuple):
    """What a status is of: the campaign on a day."""

    declared: Declaration
    on: datetime.date

    @property
    def days(self) -> int | None:
        return self.declared.days_left(self.on)


def days_text(days: int | None) -> Text:
    if days is None:
        return Text("没有写明期限", "no deadline is given")
    if days < 0:
        return Text("已过期限 {n} 天", "{n} days overdue").fill(n=-days)
    return Text("距期限 {n} 天", "{n} days left").fill(n=days)


def lead(found: Status, day: Day) -> Text:
    """The campaign in a line."""
    declared = day.declared
    closed = Text("；已于 {d} 结束", "; closed on {d}").fill(d=declared.closed) if declared.closed else Text("", "")
    text = Text(
        "{n}，报告期 {p}；截至 {d}，期限 {u}，{l}{c}", "{n}, report period {p}; as of {d}, deadline {u}, {l}{c}"
    )
    return text.fill(
        n=declared.name or "–", p=declared.period or "–", d=day.on.isoformat(), u=declared.deadline or "–", l=days_text(day.days), c=closed,
    )  # fmt: skip


def write(path: str, found: Status, day: Day, register: Register) -> None:
    listed = list(counts(found.lines))
    with Book(path) as book:
        sheet = Sheet(book, str(SHEETS["progress"]))
        sheet.head(lead(found, day), _PROGRESS)
        for count in listed:
            sheet.add(cells_of(count))
        _chart(book, sheet, listed)
        sheet.finish().sheet.activate()
        sheet = Sheet(book, str(SHEETS["enterprises"]))
        sheet.head(_LEAD, _ENTERPRISES)
        for cells in _lines(found):
            sheet.add(cells)
        sheet.finish()
        register_sheet.write(book, register, found)
        if found.strangers:
            sheet = Sheet(book, str(SHEETS["strangers"]))
            sheet.head(_STRANGERS, [FILE, *FINDING, CODE])
            for name, finding in found.strangers:
                sheet.add({"file": name, **finding_cells(finding)})
            sheet.finish()


def cells_of(count: Count) -> dict[str, Any]:
    return {
        "kind": count.kind, "name": count.name, "all": count.all, "returned": count.returned,
        "share": count.returned / count.all if count.all else None, **count.states,
    }  # fmt: skip


def _lines(found: Status) -> Iterator[dict[str, Any]]:
    """In the order of the register."""
    for line in found.lines:
        yield line.entry._asdict() | register_sheet.cells_of(line)


def _chart(book: Book, sheet: Sheet, listed: Sequence[Count]) -> None:
    """What became of the enterprises of each guide and region."""
    rows = [place for place, count in enumerate(listed) if count.kind.zh in ("指南", "地区")]
    if not rows:
        return
    first, last = FIRST + rows[0], FIRST + rows[-1]
    title, look = (
        Text("各指南、地区的企业", "Enterprises by guide and region"),
        {"gap": 50, "border": {"color": theme.MUTED, "width": 0.5}},
    )
    charts.stacked(book, sheet, _COLOURS, (0, 1), (first, last), title, (900, 150 + 34 * len(rows)), **look)


def as_dict(found: Status, day: Day) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "name": day.declared.name, "period": day.declared.period, "on": day.on.isoformat(),
        "deadline": day.declared.deadline or None, "days_left": day.days, "closed": day.declared.closed or None,
        "counts": [{**cells_of(count), "kind": str(count.kind)} for count in counts(found.lines)],
        "enterprises": [
            {"uscc": line.entry.uscc, "name": line.entry.name, "region": line.entry.region, "industry_code": line.entry.industry_code,
             "guide": line.guide, "state": line.state, "reason": str(line.reason) or None, "files": list(line.files),
             "total": line.total, "rank": line.rank}
            for line in found.lines
        ],
        "strangers": [{"file": name, **finding.as_dict()} for name, finding in found.strangers],
    }  # fmt: skip


_LEAD = Text(
    "登记表中的每一家，按登记表的次序；用“状态”一列筛选。被拒绝、暂存的写明原因与处理，全部检查结果在汇总工作簿和信中。",
    "Every enterprise of the register in its order; filter by the column state. Of those rejected or held it says why and what to do; all findings are in the portfolio and the letters.",
)
_STRANGERS = Text(
    "被拒绝或暂存的文件，登记表中找不到是哪一家的：请自行联系，或更正登记表。",
    "Rejected and held files of which no enterprise of the register is known: ask yourself, or correct the register.",
)
