"""What was found: findings of scored files, the evaluator's review, rejected files."""

from __future__ import annotations

from itertools import chain

from ...messages import Text
from ..analysis.group import member_findings, rejection_findings
from ..collection import review
from .columns import SCORE, TEXT, Column
from .contents import CODE, FILE, FINDING, WHO, Contents, finding_cells
from .files import accounting
from .sheet import Sheet

_REVIEW = (
    *WHO,
    Column("field", Text("项目", "field"), TEXT, 26),
    Column("decision", Text("决定", "decision"), TEXT, 12),
    Column("own", Text("企业自报", "the enterprise's own"), TEXT, 24),
    Column("value", Text("评审后", "after review"), TEXT, 24),
    Column("reason", Text("理由", "reason"), TEXT, 40),
    Column("verifier", Text("评审人", "verifier"), TEXT, 14),
    Column("date", Text("日期", "date"), TEXT, 12),
    Column("total_own", Text("自报总分", "total, own data"), SCORE, 10),
    Column("total", Text("评审后总分", "total after review"), SCORE, 10),
    Column("state", Text("结果", "outcome"), TEXT, 40),
)


def findings(contents: Contents) -> Sheet:
    lead = Text(
        "每个已评价文件的检查结果：位置、发现与处理。",
        "Findings of every scored file: place, what was found, what to do.",
    )
    sheet = contents.sheet("findings", lead, [FILE, *WHO, *FINDING, CODE])
    for place in contents.order:
        member = contents.group.members[place]
        for finding in member_findings(contents.group, place, contents.get(member.key)):
            sheet.add({"file": member.file, "uscc": member.uscc, "name": member.name, **finding_cells(finding)})
    return sheet.finish()


def reviews(contents: Contents) -> None:
    """Only where there is anything to decide or decided."""
    lines = review.lines(contents.group, contents.get)
    first = next(lines, None)
    if first is None:
        return
    lead = Text(
        "评价机构的评审：企业自报与评审后的结果并列；尚未评审的“不适用”也列出，可据此填写评审表（jwdt collect --review）。",
        "The evaluator's review: the enterprise's own result and the one after review, side by side; what is declared not applicable and not decided yet is listed too, to be decided in a review file (jwdt collect --review).",
    )
    sheet = contents.sheet("reviews", lead, _REVIEW)
    for line in chain((first,), lines):
        sheet.add(line)
    sheet.finish()


def rejected(contents: Contents) -> Sheet:
    group = contents.group
    sheet = contents.sheet("rejected", accounting(group, contents.get), [FILE, *FINDING, CODE])
    for rejection in group.rejections:
        for finding in rejection_findings(rejection, contents.get):
            sheet.add({"file": rejection.file, **finding_cells(finding)})
    return sheet.finish()
