"""The files of a collection as one group: who counts, who is rejected and why, and where everyone stands."""

from __future__ import annotations

import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

import numpy as np

from ...messages import ERROR, WARNING, Finding, Text, number
from ...standard.guide import Guide
from ..collection.collect import Read
from ..collection.row import Row, findings_of
from . import coupling, matrix

Get = Callable[[bytes], Row]


#: Of many duplicates so many are named.
_OTHERS = 5


class Member(NamedTuple):
    """A scored file: what is needed of it in memory; the rest is in the store under its key."""

    file: str
    key: bytes
    uscc: str
    name: str
    region: str
    industry_code: str
    unit: str


class Rejection(NamedTuple):
    """A file that does not count, and why; its findings are in the store unless it is given here."""

    file: str
    key: bytes
    finding: Finding | None = None
    #: The first of the files it competes with: they are listed side by side.
    beside: str = ""


class Group(NamedTuple):
    """Arrays are aligned with members; NaN is missing."""

    guide: Guide
    files: int
    members: list[Member]
    rejections: list[Rejection]
    totals: Any
    scores: Any
    weights: Any
    values: Any
    benchmarks: Any
    rank: Any
    low: Any
    high: Any
    #: Reduction rates of pollutants and of carbon.
    rates: Any
    #: Coupling coordination degrees, where asked for.
    coupling: Any
    #: Findings that only the group shows, by place of the member.
    findings: dict[int, list[Finding]]

    @property
    def order(self) -> list[int]:
        """Members by rank, the unranked last; equal ones by file name."""
        last = len(self.members) + 1
        return sorted(range(len(self.members)), key=lambda i: (int(self.rank[i]) or last, self.members[i].file))


def in_force(row: Row) -> Row:
    """The scores that count: after an evaluator's review, if there is one."""
    review = row.get("review")
    return {**row, **review["scores"]} if review and review.get("scores") else row


class _Candidate(NamedTuple):
    member: Member
    report: str
    saved: str | None
    total: float | None


def assemble(reads: Iterable[Read], get: Get, guide: Guide, with_coupling: bool = False) -> Group:
    """The group of what was read."""
    candidates: list[_Candidate] = []
    rejections: list[Rejection] = []
    # eight bytes a number; lists of them would take five times as much
    columns = {key: array("d") for key in ("scores", "weights", "values", "benchmarks", "rates")}
    excluded: list[bool] = []
    files = 0
    for read in reads:
        files += 1
        row = get(read.key)
        if row["refused"]:
            rejections.append(Rejection(read.name, read.key))
            continue
        shared = (sys.intern(row[key]) for key in ("region", "industry_code", "unit"))
        member = Member(read.name, read.key, row["uscc"], row["name"], *shared)
        counted = in_force(row)
        candidates.append(_Candidate(member, sys.intern(row["report"]), row["modified"], counted["total"]))
        excluded.append(counted["excluded"])
        for key, listed in columns.items():
            listed.extend(math.nan if value is None else value for value in counted[key])
    doubles = dict(_duplicates(candidates))
    kept = [i for i in range(len(candidates)) if i not in doubles]
    for i, (finding, beside) in doubles.items():
        member = candidates[i].member
        rejections.append(Rejection(member.file, member.key, finding, beside))
    rejections.sort(key=lambda rejection: (rejection.beside or rejection.file, rejection.file))
    members = [candidates[i].member for i in kept]
    arrays = {}
    for key, listed in columns.items():
        whole = np.frombuffer(listed, dtype=float).reshape(-1, 2 if key == "rates" else len(guide.indicators))
        arrays[key] = whole[kept] if doubles else whole
    total = np.array([candidates[i].total for i in kept], dtype=float)
    rank = matrix.ranks(np.where(np.array([excluded[i] for i in kept], dtype=bool), np.nan, total))
    low, high = _intervals(arrays, rank)
    return Group(
        guide, files, members, rejections, total, arrays["scores"], arrays["weights"], arrays["values"],
        arrays["benchmarks"], rank, low, high, arrays["rates"],
        coupling.degrees(arrays["rates"]) if with_coupling else None, dict(_benchmark_findings(arrays["benchmarks"], guide)),
    )  # fmt: skip


def _intervals(arrays: dict[str, Any], rank: Any) -> tuple[Any, Any]:
    complete = rank > 0
    low, high = np.zeros(len(rank), dtype=int), np.zeros(len(rank), dtype=int)
    if complete.any():
        low[complete], high[complete] = matrix.rank_intervals(arrays["scores"][complete], arrays["weights"][complete])
    return low, high


def _duplicates(candidates: Sequence[_Candidate]) -> Iterator[tuple[int, tuple[Finding, str]]]:
    """Files of the same enterprise and period: the latest counts; without one latest, none."""

    def who(i: int) -> tuple[str, str]:
        return candidates[i].member.uscc, candidates[i].report

    for (uscc, report), same in groupby(sorted(range(len(candidates)), key=who), who):
        places = list(same)
        if not uscc or len(places) == 1:
            continue
        times = [candidates[i].saved for i in places]
        latest = max((time for time in times if time), default=None)
        clear = None not in times and times.count(latest) == 1
        first = min(candidates[i].member.file for i in places)
        for i in places:
            if clear and candidates[i].saved == latest:
                continue
            others = [_shown(candidates[j]) for j in islice((j for j in places if j != i), _OTHERS)]
            text = (_OLDER if clear else _AMBIGUOUS).fill(
                c=uscc, p=report, t=_details(candidates[i]),
                o=Text("；".join(o.zh for o in others), "; ".join(o.en for o in others)),
            )  # fmt: skip
            code = "older-duplicate" if clear else "ambiguous-duplicate"
            yield i, (Finding(ERROR, code, candidates[i].member.file, text, "consistency"), first)


def _shown(candidate: _Candidate) -> Text:
    return Text("{f}（{d}）", "{f} ({d})").fill(f=candidate.member.file, d=_details(candidate))


def _details(candidate: _Candidate) -> Text:
    """What tells duplicates apart: when they were saved, and what they give."""
    saved = candidate.saved or Text("无保存时间", "no time of saving")
    total = Text("–", "–") if candidate.total is None else f"{candidate.total:.2f}"
    return Text("{s}，总分 {t}", "{s}, total {t}").fill(s=saved, t=total)


_OLDER = Text(
    "{c} {p} 的较早文件（{t}），已由更晚保存的文件取代：{o} — 无须处理；若本文件才是最终版，请删除另一份",
    "an earlier file ({t}) of {c} {p}, replaced by one saved later: {o} — nothing to do, unless this one is final: then delete the other",
)
_AMBIGUOUS = Text(
    "{c} {p} 有多份文件，保存时间相同或缺失（{t}），无法确定最终版：{o} — 请只保留最终版",
    "several files of {c} {p} whose times of saving are equal or missing ({t}), so the final one is not known: {o} — keep the final one only",
)


def _benchmark_findings(benchmarks: Any, guide: Guide) -> Iterator[tuple[int, list[Finding]]]:
    """Benchmarks are common to a sector: one that differs from the guide's, or from most others', was changed."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for column, node in enumerate(guide.indicators):
        given = benchmarks[:, column]
        known = given[~np.isnan(given)]
        if node.benchmark is not None:
            right, text = node.benchmark.value, _NOT_THE_GUIDES
        elif len(known) >= 3:
            right, count = Counter(known.tolist()).most_common(1)[0]
            text = _NOT_THE_OTHERS
            if count * 2 <= len(known):
                continue
        else:
            continue
        for i in np.flatnonzero(~np.isnan(given) & (np.abs(given - right) > 1e-9 * abs(right))):
            filled = text.fill(n=node.name, c=node.code, found=number(given[i], 6), right=number(right, 6))
            found[int(i)].append(
                Finding(WARNING, "benchmark-differs", f"benchmarks.{node.code}", filled, "consistency")
            )
    yield from found.items()


_NOT_THE_GUIDES = Text(
    "指标 {c}“{n}”的基准值为 {found}，指南为 {right} — 请核实后恢复",
    "the benchmark of indicator {c} “{n}” is {found}, the guide says {right} — check and restore it",
)
_NOT_THE_OTHERS = Text(
    "指标 {c}“{n}”的基准值为 {found}，多数企业为 {right} — 请核实是否被改动或互换",
    "the benchmark of indicator {c} “{n}” is {found}, most enterprises have {right} — check whether it was changed or swapped",
)


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
