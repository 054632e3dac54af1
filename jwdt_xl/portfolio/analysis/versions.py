"""Several files of one enterprise and period: the same content is one return, of others the later one counts.

Which is later is told by the documents' own times, then by when the mails came that brought them, then by the log of a
campaign; never by names or by the times of the file system. Where that does not tell, none counts and all are listed side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ...messages import ERROR, INFO, Finding, Text
from ...opening.saved import later
from .identity import period

DUPLICATE, SUPERSEDED, AMBIGUOUS = "duplicate", "superseded", "ambiguous-duplicate"
#: Of many others so many are named.
_OTHERS = 5


class Version(NamedTuple):
    """A file with data: whose and of when, what it holds, and what tells when it was made."""

    file: str
    uscc: str
    report: str
    #: Equal where all data are.
    content: str
    saved: str | None
    received: str
    total: float | None
    #: The round that brought it first, where a campaign has a log.
    seen: int = 0
    #: Of several copies of one content: the round that brought the last of them.
    again: int = 0


class Left(NamedTuple):
    """A file that does not count, why, and the first of the files it stands beside."""

    place: int
    finding: Finding
    beside: str = ""

    @property
    def skipped(self) -> bool:
        """Nothing is lost by it, and nobody has to do anything."""
        return self.finding.severity == INFO


def not_counted(versions: Sequence[Version]) -> Iterator[Left]:
    """Those of the files that do not count; a copy is told by what becomes of the one that it is a copy of."""
    same: dict[str, list[int]] = defaultdict(list)
    for place, version in enumerate(versions):
        same[version.content].append(place)
    who: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for places in same.values():
        first = versions[places[0]]
        if first.uscc:
            who[first.uscc, period(first.report)].append(places)
    became: dict[int, str] = {}
    for contents in who.values():
        if len(contents) > 1:
            for left in _compared(versions, contents):
                became[left.place] = left.finding.code
                yield left
    for first_place, *copies in same.values():
        text = _SAME[became.get(first_place, "")].fill(o=versions[first_place].file)
        for place in copies:
            yield Left(place, _finding(INFO, DUPLICATE, versions[place], text), versions[first_place].file)


def _compared(versions: Sequence[Version], contents: Sequence[Sequence[int]]) -> Iterator[Left]:
    """Of different contents, each with the latest time of its copies."""
    given = [
        versions[places[0]]._replace(
            saved=max((versions[i].saved for i in places if versions[i].saved), default=None, key=str),
            received=max(versions[i].received for i in places),
            seen=min(versions[i].seen for i in places),
            again=max(versions[i].seen for i in places),
        )
        for places in contents
    ]
    open_ = [one for one in given if not any(later(other.saved, one.saved) for other in given)]
    if len(open_) > 1 and all(one.received for one in open_):
        last = max(one.received for one in open_)
        latest = [one for one in open_ if one.received == last]
        open_ = latest if len(latest) == 1 else open_
    if len(open_) > 1:
        # of two that came first in one round, the one that was sent again is final; a copy of an earlier one proves nothing
        newest = max((one.seen, one.again) for one in open_)
        latest = [one for one in open_ if (one.seen, one.again) == newest]
        open_ = latest if len(latest) == 1 else open_
    first = min(one.file for one in open_)
    for places, one in zip(contents, given, strict=True):
        about = {"c": one.uscc, "p": one.report, "t": _details(one)}
        if one not in open_:
            text = _OLDER.fill(o=_named(open_), **about)
            yield Left(places[0], _finding(INFO, SUPERSEDED, one, text))
        elif len(open_) > 1:
            text = _UNCLEAR.fill(o=_named([other for other in open_ if other is not one]), **about)
            yield Left(places[0], _finding(ERROR, AMBIGUOUS, one, text), first)


def _finding(severity: str, code: str, version: Version, text: Text) -> Finding:
    return Finding(severity, code, version.file, text, "consistency")


def _named(versions: Sequence[Version]) -> Text:
    named = [Text("{f}（{d}）", "{f} ({d})").fill(f=one.file, d=_details(one)) for one in islice(versions, _OTHERS)]
    more = len(versions) > _OTHERS
    return Text("；".join(text.zh for text in named) + "……" * more, "; ".join(text.en for text in named) + " …" * more)


def _details(version: Version) -> Text:
    """What tells files apart: when they were saved and received, and what they give."""
    saved = version.saved or Text("无保存时间", "no time of saving")
    received = Text("，收到 {r}", ", received {r}").fill(r=version.received) if version.received else Text("", "")
    total = Text("–", "–") if version.total is None else f"{version.total:.2f}"
    return Text("{s}{r}，总分 {t}", "{s}{r}, total {t}").fill(s=saved, r=received, t=total)


#: By what becomes of the first of them.
_SAME = {
    "": Text("与 {o} 内容相同，是同一份填报，只计一份", "the same content as {o}: one return, counted once"),
    SUPERSEDED: Text(
        "与 {o} 内容相同，是同一份填报；{o} 已由更晚的文件取代，两份都不计",
        "the same content as {o}: one return; {o} was replaced by a later file, and neither of them counts",
    ),
    AMBIGUOUS: Text(
        "与 {o} 内容相同，是同一份填报；{o} 是否最终版尚无法确定，两份都不计，处理办法见 {o}",
        "the same content as {o}: one return; it is not known whether {o} is the final one, so neither counts — what to do stands with {o}",
    ),
}
_OLDER = Text(
    "{c} {p} 的较早文件（{t}），已由更晚的文件取代：{o} — 无须处理；若本文件才是最终版，请删除另一份",
    "an earlier file ({t}) of {c} {p}, replaced by a later one: {o} — nothing to do, unless this one is final: then delete the other",
)
_UNCLEAR = Text(
    "{c} {p} 有多份内容不同的文件，保存时间相同、缺失或相差不到 14 小时（程序常不记时区）（{t}），无法确定最终版：{o} — 请只保留最终版",
    "several different files of {c} {p} whose times of saving are equal, missing or within 14 hours (programs often leave out the zone) ({t}), "
    "so the final one is not known: {o} — keep the final one only",
)
