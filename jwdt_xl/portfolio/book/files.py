"""Every file and where it went: scored, rejected, held or skipped with the reason; who sent it, where a mail brought it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from ...messages import Text, joined
from ...opening.container import NOT_REGULAR
from ...opening.sources import NO_ATTACHMENT
from ..analysis.candidates import Member
from ..analysis.group import BLANK_FORM, Get, Group, rejection_findings
from ..analysis.rejected import CORRECTED, Rejection
from ..analysis.settled import SETTLED
from ..analysis.versions import DUPLICATE, SUPERSEDED
from . import columns
from .columns import TEXT, Column
from .contents import FILE, Contents
from .sheet import Sheet

SCORED, REJECTED, SKIPPED = Text("已评价", "scored"), Text("拒绝", "rejected"), Text("跳过", "skipped")
HELD = Text("暂存", "held")
_REASONS = {
    DUPLICATE: Text("重复", "the same again"),
    SUPERSEDED: Text("已被取代", "replaced"),
    CORRECTED: Text("已更正", "corrected"),
    SETTLED: Text("暂存后了结", "held, then settled"),
    BLANK_FORM: Text("空白表", "empty form"),
    NOT_REGULAR: Text("不是文件", "no file"),
    NO_ATTACHMENT: Text("没有附件", "nothing attached"),
}
#: What became of all but the scored ones stands under this.
NOT_EVALUATED = Text("没有评价的文件", "Files that are not evaluated")
#: Scans, pictures, letters: nothing is lost by them, and nobody has to do anything.
_OTHER = Text("其他文件", "other files")
_UNSAID = Text("文件没有写明", "the file does not say")
COLUMNS = (
    Column("outcome", Text("结果", "outcome"), TEXT, 18),
    Column("why", Text("原因", "why"), TEXT, 80),
    Column("guide", Text("按哪个指南填报", "made for the guide"), TEXT, 44),
    Column("sender", Text("发件人", "sender"), TEXT, 30),
    Column("received", Text("收到时间（UTC）", "received (UTC)"), TEXT, 20),
)


def accounting(groups: Sequence[Group], get: Get) -> Text:
    """Files = scored + rejected + skipped + held; an archive or mail is none, what it holds is counted in its place."""
    reasons = Counter(_outcome(left, get) for group in groups for left in group.skipped)
    listed = joined([Text("{w} {n}", "{w} {n}").fill(w=name, n=number) for name, number in sorted(reasons.items())])
    text = Text(
        "读取 {n} 个文件 = 已评价 {s} + 拒绝 {r} + 跳过 {k}{w} + 暂存 {h}",
        "{n} files read = {s} scored + {r} rejected + {k} skipped{w} + {h} held",
    )
    why = Text("（{l}）", " ({l})").fill(l=listed) if reasons else Text("", "")
    total = {
        key: sum(map(len, lists))
        for key, lists in (
            ("s", [group.members for group in groups]),
            ("r", [group.rejections for group in groups]),
            ("k", [group.skipped for group in groups]),
            ("h", [group.held for group in groups]),
        )
    }
    return text.fill(n=sum(total.values()), w=why, **total)


def _outcome(left: Rejection, get: Get) -> Text:
    return _REASONS.get(rejection_findings(left, get)[0].code, _OTHER)


def files(contents: Contents) -> Sheet:
    sheet = contents.sheet(
        "files", accounting([contents.group], contents.get), [FILE, *columns.who(contents.guide), *COLUMNS]
    )
    for cells in outcomes(contents.group, contents.get):
        sheet.add(cells)
    return sheet.finish()


def outcomes(group: Group, get: Get) -> Iterator[dict[str, str]]:
    """What became of every file, by name; of those that are evaluated no more than that is to be said."""
    skipped, held = ({id(left) for left in lefts} for lefts in (group.skipped, group.held))
    everyone: list[Member | Rejection] = sorted(
        chain(group.members, group.rejections, group.skipped, group.held), key=lambda e: e.file
    )
    for each in everyone:
        outcome, why = str(SCORED), ""
        if isinstance(each, Rejection):
            why = "; ".join(str(finding.text) for finding in rejection_findings(each, get))
            outcome = f"{SKIPPED}: {_outcome(each, get)}" if id(each) in skipped else str(REJECTED)
            if id(each) in held:
                outcome = str(HELD)
        yield {
            "file": each.file, "uscc": each.who.uscc, "name": each.who.name, "outcome": outcome, "why": why,
            "guide": _made_for(each, group, get), "sender": each.sender, "received": each.received,
        }  # fmt: skip


def _made_for(each: Member | Rejection, group: Group, get: Get) -> str:
    """The guide that a return says it was made for: id, version and SHA-256. One that is another's says so in its reason."""
    if isinstance(each, Rejection):
        return ""
    stamp, guide = get(each.key).get("stamp", {}), group.guide
    if stamp.get("guide_hash") != guide.hash:
        return str(_UNSAID)
    return f"{guide.id} {guide.version} · SHA-256 {guide.sha256}"
