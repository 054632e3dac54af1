"""How far a campaign is: of every enterprise of the register what became of its return, counted by guide, region and division."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ....messages import ERROR, Finding, Text, joined
from ....opening.refusals import OTHER_FILES
from ....standard.codes import divisions
from ...analysis.group import BLANK_FORM, Get, Group, member_findings, rejection_findings
from ...analysis.rejected import Rejection
from ...collection.reading import WHOSE
from ...collection.row import Row, in_force
from ..register import Entry

RANKED, EXCLUDED, REVIEW, INCOMPLETE = "ranked", "excluded", "review", "incomplete"
REJECTED, HELD, BLANK, MISSING = "rejected", "held", "blank", "missing"
#: In this order they are counted and shown.
STATES = {
    RANKED: Text("已排名", "ranked"),
    EXCLUDED: Text("按指南排除", "excluded"),
    REVIEW: Text("待评审", "review"),
    INCOMPLETE: Text("不完整", "incomplete"),
    REJECTED: Text("被拒绝", "rejected"),
    HELD: Text("暂存", "held"),
    BLANK: Text("空白表", "empty"),
    MISSING: Text("未交回", "not yet"),
}
#: Of whom something is still to come, or to be checked.
OPEN = (REVIEW, INCOMPLETE, REJECTED, HELD, BLANK, MISSING)
#: What says that an indicator has no value.
_GAPS = ("missing-indicator", "not-assessable-indicator")
#: The heading of the reasons, wherever they stand.
WHY = Text("原因与处理", "why, and what to do")
_UNKNOWN = Text("（未填写）", "(not given)")


class Line(NamedTuple):
    """An enterprise of the register and what became of its return."""

    entry: Entry
    guide: str
    state: str
    reason: Text
    files: tuple[str, ...] = ()
    total: float | None = None
    rank: int | None = None
    grade: Text | None = None


class Status(NamedTuple):
    lines: list[Line]
    #: Rejected and held files of which no enterprise of the register is known, each with its first finding.
    strangers: list[tuple[str, Finding]]


class Count(NamedTuple):
    """How many enterprises of a guide, region or division are in which state."""

    kind: Text
    name: str
    states: Mapping[str, int]

    @property
    def all(self) -> int:
        return sum(self.states.values())

    @property
    def returned(self) -> int:
        """Something came back that is no empty form."""
        return self.all - self.states[BLANK] - self.states[MISSING]


def status(entries: Sequence[Entry], guides: Mapping[str, str], groups: Sequence[Group], get: Get) -> Status:
    """guides: the identifier of the guide by credit code."""
    found = _Found(entries, groups, get)
    lines = [found.line(entry, guides.get(entry.uscc, "")) for entry in entries]
    return Status(lines, sorted(found.strangers, key=lambda pair: pair[0]))


class _Scored(NamedTuple):
    """An enterprise's return that was evaluated."""

    file: str
    state: str
    reason: Text
    total: float | None
    rank: int | None
    grade: Text | None


def state_of(group: Group, place: int, row: Row) -> str:
    """What became of a return that was evaluated."""
    if group.rank[place]:
        return RANKED
    if place in group.apart:  # of another period: what is asked for is still to come
        return REJECTED
    if group.quarantined[place]:
        return REVIEW
    return EXCLUDED if in_force(row)["excluded"] else INCOMPLETE


def _scored(group: Group, place: int, row: Row) -> _Scored:
    total, rank = float(group.totals[place]), int(group.rank[place]) or None
    reason = group.why_unranked(place, row) or _NO_TEXT
    state = state_of(group, place, row)
    if state == INCOMPLETE:
        gaps = [f for f in member_findings(group, place, row) if f.code in _GAPS]
        reason = _told(gaps) if gaps else reason
    known = None if total != total else total
    grade = group.guide.grade(known) if state in (RANKED, INCOMPLETE) else None
    return _Scored(group.members[place].file, state, reason, known, rank, grade.name if grade else None)


class _Found:
    """What the groups have of each enterprise."""

    def __init__(self, entries: Sequence[Entry], groups: Sequence[Group], get: Get) -> None:
        self._get = get
        self._scored: dict[str, _Scored] = {}
        self._left: dict[str, dict[str, list[tuple[str, list[Finding]]]]] = {
            state: defaultdict(list) for state in (REJECTED, HELD, BLANK)
        }
        self.strangers: list[tuple[str, Finding]] = []
        #: What came and is no answer, such as a scan, or a file that may be another's, by whose it may be.
        self._beside: dict[str, list[tuple[str, Text]]] = defaultdict(list)
        codes = {entry.uscc for entry in entries}
        has_one = set[str]()
        for group in groups:
            for place, member in enumerate(group.members):
                if place not in group.apart:
                    has_one.add(member.uscc)
                if member.uscc not in self._scored or place not in group.apart:
                    self._scored[member.uscc] = _scored(group, place, get(member.key))
            for rejection in group.rejections:
                self._add(REJECTED, rejection, rejection.who.uscc, codes)
            for rejection in group.skipped:
                found = rejection_findings(rejection, get)[0]
                if found.code == BLANK_FORM:
                    row = get(rejection.key)
                    self._add(BLANK, rejection, str((row.get(WHOSE) or row).get("uscc", "")), codes)
                elif found.code in OTHER_FILES:
                    self._beside[rejection.who.uscc].append((rejection.file, found.text))
        for rejection in (held for group in groups for held in group.held):
            # of whom nothing else came it is the likeliest; the others it may be of are told too
            owners = [code for code in rejection.owners if code in codes]
            owners.sort(key=lambda code: code in has_one)
            self._add(HELD, rejection, owners[0] if owners else "", codes)
            for code in owners[1:]:
                self._beside[code].append((rejection.file, _MAY_BE))

    def _add(self, state: str, rejection: Rejection, code: str, codes: set[str]) -> None:
        findings = rejection_findings(rejection, self._get)
        if code in codes:
            self._left[state][code].append((rejection.file, findings))
        elif state != BLANK:
            self.strangers.append((rejection.file, findings[0]))

    def line(self, entry: Entry, guide: str) -> Line:
        code = entry.uscc
        if code in self._scored:
            found = self._scored[code]
            for state, said in ((REJECTED, _LATER), (HELD, _LATER_HELD)):
                later = self._left[state].get(code, [])
                if later and found.state != REJECTED:
                    about = said.fill(f="、".join(name for name, _ in later), r=_reason(later))
                    about = joined([found.reason, about], "；", "; ") if any(found.reason) else about
                    found = found._replace(reason=about)
            return Line(entry, guide, found.state, found.reason, (found.file,), found.total, found.rank, found.grade)
        for state in (REJECTED, HELD, BLANK):
            if code in self._left[state]:
                files = self._left[state][code]
                return Line(entry, guide, state, _reason(files), tuple(name for name, _ in files))
        beside = self._beside.get(code, [])
        told = [_CAME.fill(f=file, r=text) for file, text in beside]
        return Line(
            entry, guide, MISSING, joined(told, "；", "; ") if told else _NO_TEXT, tuple(file for file, _ in beside)
        )


_NO_TEXT = Text("", "")
_LATER = Text("另有较晚的文件 {f} 被拒绝：{r}", "a later file {f} was rejected: {r}")
_LATER_HELD = Text("另有文件 {f} 暂存：{r}", "another file {f} is held: {r}")
_CAME = Text("收到的 {f} 不能算交回：{r}", "{f} came and is no return: {r}")
_MAY_BE = Text(
    "信用代码和企业名称不是同一家的，已暂存，不知道是哪一家的填报 — 请核对企业信息后重新提交",
    "its credit code and name are not of one enterprise, so it is held and it is not known whose it is — compare them and send it again",
)
#: So many errors of a file are told; all of them are in the portfolio and in the letter.
_MOST = 3


def _reason(files: Sequence[tuple[str, list[Finding]]]) -> Text:
    told = []
    for _, findings in files:
        told.append(_told([finding for finding in findings if finding.severity == ERROR] or findings))
    return joined(list(dict.fromkeys(told)), "；", "; ")


def _told(findings: Sequence[Finding]) -> Text:
    said = []
    for finding in findings[:_MOST]:
        place = f"{finding.where}: " if "!" in finding.where else ""
        said.append(Text(place + finding.text.zh, place + finding.text.en))
    if len(findings) > _MOST:
        said.append(_MORE.fill(n=len(findings) - _MOST))
    return joined(said, "；", "; ")


_MORE = Text("另有 {n} 处", "and {n} more")


def counts(lines: Iterable[Line]) -> Iterator[Count]:
    """All together, then by guide, region and division."""
    listed = list(lines)
    kinds: tuple[tuple[Text, Any], ...] = (
        (Text("合计", "all"), lambda line: ""),
        (Text("指南", "guide"), lambda line: line.guide or str(_UNKNOWN)),
        (Text("地区", "region"), lambda line: line.entry.region or str(_UNKNOWN)),
        (Text("行业大类", "division"), lambda line: _division(line.entry.industry_code)),
    )
    for kind, key in kinds:
        of: dict[str, dict[str, int]] = {}
        for line in listed:
            of.setdefault(key(line), dict.fromkeys(STATES, 0))[line.state] += 1
        yield from (Count(kind, name, of[name]) for name in sorted(of))


def _division(code: str) -> str:
    return f"{code[:2]} {divisions()[code[:2]]}" if code[:2] in divisions() else str(_UNKNOWN)
