"""The files of a collection as one group: who counts, who is rejected and why, and where everyone stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from ...messages import INFO, Finding, Text, joined
from ...opening.refusals import OTHER_FILES
from ...standard.guide import Guide
from ..collection.collect import Read
from ..collection.reading import WHOSE
from ..collection.row import WRITTEN_OVER, Row, findings_of, in_force, kind_unranked, why_unranked
from . import coupling, identity, matrix, unlike
from .candidates import Candidates, Member, placed
from .rejected import Dated, Known, Rejection, closed
from .versions import AMBIGUOUS, DUPLICATE

Get = Callable[[bytes], Row]

BLANK_FORM = "blank-form"


class Sure(NamedTuple):
    """90 % intervals of the totals (low and high, NaN where there is none), and the ranks that they allow (0: none)."""

    totals: Any
    best: Any
    worst: Any


class Group(NamedTuple):
    """Arrays are aligned with members; NaN is missing."""

    guide: Guide
    members: list[Member]
    rejections: list[Rejection]
    #: Files of which nothing is lost: the same again, replaced ones, empty forms, what is no return.
    skipped: list[Rejection]
    totals: Any
    scores: Any
    weights: Any
    values: Any
    benchmarks: Any
    rank: Any
    low: Any
    high: Any
    #: Reduction rates of pollutants and of carbon, of the period that is evaluated.
    rates: Any
    #: Held back from ranks and sums until a reviewer has looked at them; those of another period stay out in any case.
    quarantined: Any
    #: Coupling coordination degrees, where asked for.
    coupling: Any
    #: Findings that only the group shows, by place of the member.
    findings: dict[int, list[Finding]]
    #: Files of which it is not known whose they are: they count for nobody and replace nothing.
    held: list[Rejection]
    #: Why members of another period have no rank, by place.
    apart: dict[int, Text]
    #: Intervals by the quality of the data, where asked for.
    sure: Sure | None = None
    #: Lines of a review that are about no member, each with why it was not used.
    stray_lines: Sequence[Mapping[str, Any]] = ()

    @property
    def files(self) -> int:
        return len(self.members) + len(self.rejections) + len(self.skipped) + len(self.held)

    @property
    def of_period(self) -> Any:
        """Which members are of the period that is evaluated."""
        return ~_marked(len(self.members), self.apart)

    @property
    def counted(self) -> Any:
        """Which members count in means and sums."""
        return self.of_period & ~self.quarantined

    def why_unranked(self, place: int, row: Row) -> Text | None:
        """Why a member has no rank, None where it has one."""
        return self.apart.get(place) or why_unranked(in_force(row))

    def kind_unranked(self, place: int, row: Row) -> Text:
        """The kind of reason of a member without a rank."""
        return _ANOTHER_PERIOD if place in self.apart else kind_unranked(in_force(row))

    @property
    def order(self) -> list[int]:
        """Members by rank, the unranked last; equal ones by file name."""
        last = len(self.members) + 1
        return sorted(range(len(self.members)), key=lambda i: (int(self.rank[i]) or last, self.members[i].file))


def assemble(
    reads: Iterable[Read],
    get: Get,
    guide: Guide,
    with_coupling: bool = False,
    notes: Iterable[Finding] = (),
    with_interval: bool = False,
    register: Mapping[str, identity.Expected] | None = None,
    period: str = "",
    campaign: Known | None = None,
) -> Group:
    """The group of what was read; notes are about what was met and is no file.

    register: who is to report, by credit code; period: the one that is evaluated; campaign: whose a rejected file may be.
    """
    campaign = campaign or Known(register, {}, {})
    candidates = Candidates(get, with_interval)
    rejections: list[Rejection] = []
    dated: list[Dated] = []
    skipped = [Rejection(note.where, b"", note) for note in notes]
    refused: dict[bytes, str] = {}
    blank: list[tuple[str, Rejection]] = []

    def without(read: Read, severity: str = "", code: str = "", text: Text | None = None) -> Rejection:
        found = Finding(severity, code, read.name, text, "completeness") if text else None
        return Rejection(read.name, read.key, found, "", read.sender, read.received)

    for read in reads:
        row = get(read.key)
        if row.get("blank"):
            blank.append((str((row.get(WHOSE) or row).get("uscc", "")), without(read, INFO, BLANK_FORM, _BLANK)))
            continue
        if row["refused"]:
            again = refused.setdefault(read.key, read.name)
            if {packed[1] for packed in row["findings"]} <= OTHER_FILES:
                skipped.append(without(read)._replace(who=campaign.who(read.name, {})))
            elif again != read.name:
                skipped.append(without(read, INFO, DUPLICATE, _SAME_REFUSED.fill(o=again)))
            else:
                told = row.get(WHOSE) or {}
                who = campaign.who(read.name, told)
                rejections.append(without(read)._replace(who=who))
                dated.append(
                    Dated(read.name, who, told.get("report", ""), row["modified"], read.received, False, read.seen)
                )
            continue
        candidates.add(read, row)
    files = candidates.members
    form = campaign.form if register else lambda file: ""
    unknown = dict(identity.held(candidates.whose(form), register, guide.subject))
    doubles = candidates.not_counted(i for i in range(len(files)) if i not in unknown)
    held_files = [
        _left(files[i], finding)._replace(owners=campaign.owners(files[i].file, files[i].who))
        for i, finding in unknown.items()
    ]
    held_files.sort(key=lambda rejection: rejection.file)
    kept: Sequence[int] = range(len(files))
    if unknown or doubles:
        kept = [i for i in kept if i not in unknown and i not in doubles]
    apart = identity.apart(candidates.whose(form, kept), period, register)
    if rejections:
        scored = (candidates.dated(i, place in apart, campaign.now) for place, i in enumerate(kept))
        done = dict(closed(dated, scored))
        skipped += (rejections[place]._replace(finding=finding) for place, finding in done.items())
        rejections = [rejection for place, rejection in enumerate(rejections) if place not in done]
    copies: list[tuple[str, list[Finding]]] = []
    for i, left in doubles.items():
        lost = _left(files[i], left.finding, left.beside if left.finding.code == AMBIGUOUS else "")
        if over := _written_over(get(files[i].key), files[i].file) if left.skipped else []:
            lost = lost._replace(finding=_with(left.finding, over))
            copies.append((left.beside, over))
        if left.skipped:
            skipped.append(lost)
        else:
            rejections.append(lost._replace(who=campaign.who(lost.file, lost.who._asdict())))
    skipped += _blanks(blank, [files[i] for place, i in enumerate(kept) if place not in apart] if blank else ())
    rejections.sort(key=lambda rejection: (rejection.beside or rejection.file, rejection.file))
    skipped.sort(key=lambda rejection: rejection.file)
    arrays = candidates.arrays(kept, len(guide.indicators))
    own = [files[i] for i in kept] if unknown or doubles else files
    members = (
        [placed(member, register[member.uscc]) if member.uscc in register else member for member in own]
        if register
        else own
    )
    at = {member.file: place for place, member in enumerate(members)} if copies else {}
    written_over = [(at[file], each) for file, over in copies if file in at for each in over]
    total = arrays["total"]
    beside = _marked(len(kept), apart)
    held = arrays["quarantined"] & ~beside
    out = held | beside | arrays["excluded"]
    rank = matrix.ranks(np.where(out, np.nan, total))
    arrays["rates"] = np.where(beside[:, None], np.nan, arrays["rates"])
    low, high = _intervals(arrays, rank)
    findings = dict(unlike.others(arrays["benchmarks"], arrays["values"], candidates.pollutants(kept), ~beside, guide))
    for place, finding in chain(unlike.register(own, register or {}), written_over):
        findings.setdefault(place, []).append(finding)
    return Group(
        guide, members, rejections, skipped, total, arrays["scores"], arrays["weights"], arrays["values"],
        arrays["benchmarks"], rank, low, high, arrays["rates"], held,
        coupling.degrees(arrays["rates"]) if with_coupling else None, findings,
        held_files, apart,
        _sure(arrays["ends"], rank) if with_interval else None,
    )  # fmt: skip


def _written_over(row: Row, file: str) -> list[Finding]:
    """What is wrong with the results that a file shows, though its data are right: nobody sees it of a file that does not count."""
    found = [finding for finding in findings_of(row, file) if finding.code in WRITTEN_OVER]
    return [finding._replace(where=f"{file} {finding.where}") for finding in found]


def _with(finding: Finding, over: Sequence[Finding]) -> Finding:
    """The reason why a file does not count, and that what it shows was written over."""
    told = joined([Text("{w} {t}", "{w}: {t}").fill(w=each.where, t=each.text) for each in over], "；", "; ")
    return finding._replace(text=Text("{a}；另须注意：{b}", "{a}; note besides: {b}").fill(a=finding.text, b=told))


def _marked(count: int, places: Iterable[int]) -> Any:
    """So many places, of which some are marked."""
    found = np.zeros(count, dtype=bool)
    found[list(places)] = True
    return found


def _blanks(blank: Iterable[tuple[str, Rejection]], counted: Iterable[Member]) -> Iterator[Rejection]:
    """Empty forms; of an enterprise that has a return, too, nothing is to be done about its empty one."""
    file_of = {member.uscc: member.file for member in counted if member.uscc}
    for code, left in blank:
        if left.finding and code in file_of:
            left = left._replace(finding=left.finding._replace(text=_BLANK_BESIDE.fill(o=file_of[code])))
        yield left


def _left(member: Member, finding: Finding, beside: str = "") -> Rejection:  # it could be scored and does not count
    return Rejection(member.file, member.key, finding, beside, member.sender, member.received, member.who)


def _sure(totals: Any, rank: Any) -> Sure:
    """Whose interval lies wholly above is before, whose wholly below behind; in between any rank is possible."""
    ranked = (rank > 0) & ~np.isnan(totals[:, 0])
    best, worst = np.zeros(len(rank), dtype=int), np.zeros(len(rank), dtype=int)
    low, high = totals[ranked, 0], totals[ranked, 1]
    best[ranked] = 1 + len(low) - np.searchsorted(np.sort(low), high, side="right")
    worst[ranked] = len(high) - np.searchsorted(np.sort(high), low, side="left")
    return Sure(totals, best, worst)


_ANOTHER_PERIOD = Text("其他报告期", "of another period")
_SAME_REFUSED = Text("与 {o} 内容相同，该文件已被拒绝", "the same content as {o}, which was rejected")
_BLANK = Text(
    "空白表：报告期没有填写任何数据，不算交回 — 请企业填写、保存后重新提交",
    "an empty form: nothing is filled in for the report period, which is no return — have it filled in, saved and sent again",
)
_BLANK_BESIDE = Text(
    "空白表：报告期没有填写任何数据；该企业已另有填报 {o} — 本文件无须处理",
    "an empty form: nothing is filled in for the report period; the enterprise has a return, {o} — nothing to do about this file",
)


def _intervals(arrays: dict[str, Any], rank: Any) -> tuple[Any, Any]:
    complete = rank > 0
    low, high = np.zeros(len(rank), dtype=int), np.zeros(len(rank), dtype=int)
    if complete.any():
        scores, weights = (arrays[key] if complete.all() else arrays[key][complete] for key in ("scores", "weights"))
        low[complete], high[complete] = matrix.rank_intervals(scores, weights)
    return low, high


def member_findings(group: Group, place: int, row: Row) -> list[Finding]:
    """All findings about a member: its file's own, and those of the comparison with the group."""
    own = findings_of(row, group.members[place].file)
    review = row.get("review")
    reviewed = findings_of(review, group.members[place].file) if review else []
    return [*own, *reviewed, *group.findings.get(place, [])]


def rejection_findings(rejection: Rejection, get: Get) -> list[Finding]:
    if rejection.finding is not None:
        return [rejection.finding]
    return findings_of(get(rejection.key), rejection.file)
