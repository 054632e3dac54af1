"""The findings of all scored files, the gravest first; information that many files have is told once and folded below."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator

from ...messages import ERROR, INFO, SEVERITIES, WARNING, Finding, Text
from ..analysis.group import member_findings
from ..analysis.identity import twice
from . import columns
from .columns import COUNT, Column
from .contents import CODE, FILE, FINDING, Contents, finding_cells
from .sheet import Sheet

_AMONG = Column("among", Text("相同的条数", "of the same"), COUNT, 9)


class _Places:
    """Of a text of information, the members and places that have it."""

    def __init__(self) -> None:
        self._members = array("q")
        self._where: list[str] = []

    def add(self, member: int, where: str) -> None:
        self._members.append(member)
        self._where.append(sys.intern(where))  # many have it in the same place

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return zip(self._members, self._where, strict=True)


def findings(contents: Contents) -> Sheet:
    lead = Text(
        "每个已评价文件的检查结果：位置、发现与处理；错误在前，其次警告、提示，同级的按排名次序。相同的提示只显示一次并注明有几条，其余的折叠在下面（点左侧的 + 展开）。",
        "Findings of every scored file: place, what was found, what to do; errors first, then warnings and notes, each in the order of ranking. A note that is said several times is shown once with their number, the others are folded below it (the + on the left unfolds them).",
    )
    sheet = contents.sheet("findings", lead, [FILE, *columns.who(contents.guide), *FINDING, _AMONG, CODE])
    sheet.sheet.outline_settings(True, False, True, False)  # what is shown stands above what is folded
    told = array("q")
    for place, finding in _of_all(contents):
        if finding.severity == ERROR:
            _add(sheet, contents, place, finding)
        elif finding.severity == INFO:
            told.append(_mark(finding))
    several = twice(told)
    del told
    common: dict[Finding, _Places] = {}
    for place, finding in _of_all(contents):
        if finding.severity == WARNING:
            _add(sheet, contents, place, finding)
        elif finding.severity == INFO and _mark(finding) in several:
            common.setdefault(finding._replace(where=""), _Places()).add(place, finding.where)
    for finding, places in common.items():
        _fold(sheet, contents, finding, places)
    for place, finding in _of_all(contents):
        if finding.severity not in SEVERITIES[:2] and _mark(finding) not in several:
            _add(sheet, contents, place, finding)
    return sheet.finish()


def _of_all(contents: Contents) -> Iterator[tuple[int, Finding]]:
    """Read anew each time: of a hundred thousand files they would not fit in memory."""
    for place in contents.order:
        for finding in member_findings(contents.group, place, contents.get(contents.group.members[place].key)):
            yield place, finding


def _mark(finding: Finding) -> int:
    return hash((finding.code, finding.text))


def _fold(sheet: Sheet, contents: Contents, finding: Finding, places: _Places) -> None:
    """Once in sight; the rows of the others are there for filters, and for the results that each is sent."""
    for number, (place, where) in enumerate(places):
        _add(
            sheet, contents, place, finding._replace(where=where), None if number else len(places), folded=bool(number)
        )


def _add(
    sheet: Sheet, contents: Contents, place: int, finding: Finding, among: int | None = None, folded: bool = False
) -> None:
    member = contents.group.members[place]
    cells = {"file": member.file, "uscc": member.uscc, "name": member.name, "among": among}
    sheet.add({**cells, **finding_cells(finding)}, folded)
