"""The review as a workbook to fill in: what the last one decided, what holds returns back, and cells that something was found at.

What is left undecided is no error: the workbook is read as the review as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...messages import ERROR, WARNING, Text
from ..analysis.group import Get, Group, member_findings
from ..collection import review
from ..collection.formulas import CHANGED, STALE, TYPED, WEIGHT
from .columns import SCORE, TEXT, Column
from .sheet import Book, Sheet

_HEADING = 2
#: Found at results, which nobody corrects.
_OF_RESULTS = (STALE, TYPED, CHANGED, WEIGHT)
_CELL = re.compile(r".+![A-Z]{1,3}\d+|\w+\[\d+\]\.\w+")
_APPROVE, _REFUSE, _CORRECT = Text("批准", "approve"), Text("否定", "refuse"), Text("更正", "correct")
_COLUMNS = (
    Column("uscc", Text("统一社会信用代码", "credit code"), TEXT, 21),
    Column("name", Text("企业名称", "enterprise"), TEXT, 28),
    Column("report", Text("报告期", "report period"), TEXT, 9),
    Column("field", Text("项目", "field"), TEXT, 26),
    Column("told", Text("自报、发现", "as reported, what was found"), TEXT, 60),
    Column("decision", Text("决定", "decision"), TEXT, 10),
    Column("value", Text("更正值", "corrected value"), TEXT, 12),
    Column("reason", Text("理由", "reason"), TEXT, 34),
    Column("verifier", Text("评审人", "verifier"), TEXT, 12),
    Column("date", Text("日期", "date"), TEXT, 12),
    Column("total", Text("自报总分", "total, own data"), SCORE, 10),
    Column("guide", Text("按哪个指南", "by the guide"), TEXT, 16),
    Column("file", Text("文件", "file"), TEXT, 34),
)
Item = Mapping[str, Any]


def write(path: str, groups: Sequence[Group], get: Get, before: Iterable[Mapping[str, str]]) -> tuple[int, int, int]:
    """before: the lines of the last review. Returns how many of them, how many items that hold returns back, and how many cells."""
    kept = [dict(line) for line in before if any(line.get(key) for key in ("decision", "value", "reason"))]
    done = {(line.get("uscc"), line.get("field")) for line in kept}
    found = [item for group in groups for item in _items(group, get) if (item["uscc"], item["field"]) not in done]
    holding = [item for item in found if item["holds"]]
    cells = [item for item in found if not item["holds"]]
    with Book(path) as book:
        sheet = Sheet(book, str(Text("评审表", "Review")))
        for col, column in enumerate(_COLUMNS):
            sheet.sheet.set_column(col, col, column.width)
        sheet.title(_LEAD, [column.width for column in _COLUMNS])
        for col, column in enumerate(_COLUMNS):
            sheet.write(_HEADING, col, str(column.title), "heading")
        sheet.sheet.freeze_panes(_HEADING + 1, 2)
        sheet.sheet.repeat_rows(_HEADING)
        sheet.columns, sheet.row = list(_COLUMNS), _HEADING + 1
        place = next(col for col, column in enumerate(_COLUMNS) if column.key == "decision")
        for item in (*kept, *holding, *cells):
            sheet.sheet.data_validation(sheet.row, place, sheet.row, place, {
                "validate": "list", "source": [str(each) for each in item.get("choices", (_APPROVE, _REFUSE, _CORRECT))],
                "error_type": "warning",
            })  # fmt: skip
            sheet.add(dict(item))
        sheet.sheet.autofilter(_HEADING, 0, max(sheet.row - 1, _HEADING + 1), len(_COLUMNS) - 1)
    return len(kept), len(holding), len(cells)


def _items(group: Group, get: Get) -> Iterator[Item]:
    for place in group.order:
        if place in group.apart:
            continue
        member = group.members[place]
        row = get(member.key)
        about = {
            "uscc": member.uscc, "name": member.name, "report": row["report"], "total": row["total"],
            "guide": group.guide.id, "file": member.file,
        }  # fmt: skip
        held = set()
        for field, told, at in review.undecided(row):
            held.add(at)
            choices = (_APPROVE, _CORRECT) if at else (_APPROVE, _REFUSE)
            yield {**about, "field": field, "told": told, "holds": True, "choices": choices}
        for finding in member_findings(group, place, row):
            if (
                finding.severity in (ERROR, WARNING)
                and finding.code not in _OF_RESULTS
                and finding.where not in held
                and _CELL.fullmatch(finding.where)
            ):
                held.add(finding.where)
                yield {
                    **about,
                    "field": finding.where,
                    "told": str(finding.text),
                    "holds": False,
                    "choices": (_CORRECT,),
                }


_LEAD = Text(
    "在“决定”列选择（批准、否定、更正），写明理由、评审人、日期，更正的写更正值；没有写决定的行不作处理。先是上次已写的行，再是使填报待评审的各项，最后是有警告或错误的单元格，只在有误时更正。保存后在 campaign.toml 写 review = 本文件名，或用 jwdt collect --review。",
    "Choose a decision (approve, refuse, correct), and give reason, verifier, date, and the value where it is corrected; rows without a decision do nothing. First stand the lines of the last review, then what holds returns back, then cells with a warning or error, to be corrected only where they are wrong. Save it and write its name into campaign.toml (review = ), or use jwdt collect --review.",
)
