"""What the sheets of a portfolio are made from, and their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...messages import SEVERITIES, Finding, Text
from ...standard.guide import Guide
from ..analysis.group import Get, Group, member_findings
from ..collection.row import in_force
from . import columns
from .columns import TEXT, Column
from .sheet import Book, Sheet

FORMAT = "jwdt-portfolio/1"
#: The first keys of the overview of several guides, by which it is known when it is read back.
OF_SEVERAL = ("guide", "guide_version", "guide_hash", "portfolio")
SHEETS = {
    "overview": Text("总览", "Overview"),
    "ranking": Text("排名", "Ranking"),
    "values": Text("指标值", "Values"),
    "pollutants": Text("污染物吨数", "Tonnes of pollutants"),
    "benchmarks": Text("基准值", "Benchmarks"),
    "industry": Text("全行业", "Industry"),
    "regions": Text("分地区与行业", "Regions and divisions"),
    "findings": Text("检查结果", "Findings"),
    "reviews": Text("评审", "Review"),
    "changes": Text("更正", "Changes"),
    "previous": Text("与上年核对", "Against last year"),
    "rejected": Text("拒绝的文件", "Rejected files"),
    "files": Text("文件清单", "Files"),
    "method": Text("方法与版本", "Method and versions"),
}


def written_options(guide: Guide) -> str:
    """The options of a guide by which everybody is evaluated, as programs read them back."""
    return "; ".join(f"{name}={guide.options[name]}" for name in sorted(guide.options))


class Contents(NamedTuple):
    """The group, where its rows are, and the book they go to."""

    book: Book
    group: Group
    get: Get
    #: Members in the order of ranking.
    order: Sequence[int]
    #: The name of the table file written beside the workbook, if there is one.
    table: str = ""

    @property
    def guide(self) -> Guide:
        return self.group.guide

    def sheet(self, key: str, lead: Text, listed: Sequence[Column], pages: int = 1) -> Sheet:
        sheet = Sheet(self.book, str(SHEETS[key]))
        sheet.head(lead, listed, pages)
        return sheet


FILE = Column("file", Text("文件", "file"), TEXT, 40)
CODE = Column("code", Text("代号", "code"), TEXT, 20)
FINDING = (
    Column("severity", Text("级别", "severity"), TEXT, 10),
    Column("where", Text("位置", "place"), TEXT, 26),
    Column("text", Text("发现与处理", "finding and what to do"), TEXT, 110),
)


def finding_cells(finding: Finding) -> dict[str, Any]:
    return {"severity": finding.severity, "where": finding.where, "text": str(finding.text), "code": finding.code}


def rows_of(group: Group, get: Get) -> Iterator[dict[str, Any]]:
    """Every enterprise's cells of ranking and values, in the order of ranking."""
    for place in group.order:
        member = group.members[place]
        row = get(member.key)
        found = member_findings(group, place, row)
        coupling = None if group.coupling is None else float(group.coupling[place])
        yield columns.cells_of(row, in_force(row), group.guide) | {
            "region": member.region,
            "industry_code": member.industry_code,
            "rank": int(group.rank[place]) or None,
            "rank_low": int(group.low[place]) or None,
            "rank_high": int(group.high[place]) or None,
            **_sure(group, place),
            "total_own": row["total"] if "review" in row else None,
            "own_choice_total": row["own_choice_total"],
            "reason": None if (why := group.why_unranked(place, row)) is None else str(why),
            "coupling": None if coupling != coupling else coupling,
            "file": member.file,
            **{severity: sum(f.severity == severity for f in found) for severity in SEVERITIES},
        }


def _sure(group: Group, place: int) -> dict[str, Any]:
    if group.sure is None:
        return {}
    low, high = group.sure.totals[place].tolist()
    best, worst = int(group.sure.best[place]), int(group.sure.worst[place])
    known = low == low  # NaN is not
    return {
        "total_low": low if known else None,
        "total_high": high if known else None,
        "data_rank_low": best or None,
        "data_rank_high": worst or None,
    }
