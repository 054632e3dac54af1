"""The sensitivity workbook and document: which weight, benchmark or choice decides totals and ranks."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from typing import Any

from ... import __version__
from ...messages import Text, number
from ...standard.method import CHOICE
from ...workbook.pages import Page, Pages, Series, Words, widest
from ..analysis.sensitivity import (
    BENCHMARK,
    GROUP,
    HELD,
    KIND_NAMES,
    OPTION,
    OTHERS,
    PERIOD,
    WEIGHT,
    Outcome,
    Sensitivity,
)

FORMAT = "jwdt-sensitivity/1"
#: Bars of a tornado; the others are in the table.
_BARS = 20
_OVERVIEW = Text("总览", "Overview")
_MEANS = Text("平均总分", "Mean totals")
_MOVES = Text("逐项变动", "Moves")
_TOTALS = Text("总分", "Totals")
_RANKS = Text("排名", "Ranks")
_LEFT = Text("未参加排名", "Left out")
_METHOD = Text("方法", "Method")
_TITLE = Text("权重、基准值和方法选项的敏感性", "Sensitivity to weights, benchmarks and choices of method")
_NOW = Text("现状", "as it is")
_NAME = Text("{u}", "{u}")
_TORNADO_TOTALS = Text("平均总分的变化（分）", "Change of the mean total (points)")
_TORNADO_RANKS = Text("名次改变的{S}数", "{S} that change rank")
_OPTIONS_CHART = Text("方法选项：名次改变的{s}数", "Choices of method: {s} that change rank")
_CHOICES_LEAD = Text(
    "每项选择都有命名的备选项 [choice]；逐个改换，重新评价。",
    "Every choice of ours has named alternatives [choice]; each in turn, evaluated anew.",
)
_UNDEFINED = Text("未计算：{n}：{r}", "Not computed: {n}: {r}")
_MORE = Text("另有 {n} 项变动更小，见“逐项变动”", "{n} more that move less, see Moves")
_PAGE = (40, 20, 16, 16, 16)
_DOWN = Text("降 {s}", "down {s}")
_UP = Text("升 {s}", "up {s}")

RULES: tuple[tuple[str, Text], ...] = (
    (CHOICE, Text("权重：乘以 1 ± {w}，其余权重按同一比例缩放，合计不变；指标组的各指标一起变动；权重最大到 1。自定权重的{u}按其自定权重变动。", "Weights: times 1 ± {w}, all others rescaled alike so that the sum stays; the indicators of a group move together; a weight reaches at most 1. Of a {u} with own weights those move.")),
    (CHOICE, Text("基准值：乘以 1 ± {b}（{u}自填的或指南的，以生效者为准）；适中、定性指标没有基准值。", "Benchmarks: times 1 ± {b}, the {u}'s own or the guide's, whichever is in force; moderate and qualitative indicators have none.")),
    (CHOICE, Text("方法选项：逐个改为有名称的备选项，由评价程序重新计算；只取数值的选项（电力折标系数、电网非化石占比、得分上限）不在其列。", "Choices of method: each named alternative in turn, evaluated anew; options that are plain numbers (electricity coefficient, non-fossil share of grid power, cap of scores) are not among them.")),
    (CHOICE, Text("排名按四舍五入到 6 位小数的总分，同分同名次；样本为变动前有名次的{u}，待评审的、其他报告期的都不在内，另计。变动后失去总分的{u}另计，其余{u}之间重新排名比较。", "Ranks are on totals rounded to 6 decimals, equal totals share one; the sample is each {u} that is ranked before; who is held back for review or of another period is not in it, and counted apart. Who loses the total is counted, and the others are compared among themselves.")),
    (CHOICE, Text("平均移动名次 = Σ|名次变化| ÷ {s}数；Kendall τ-b 比较变动前后的排名，1 为次序不变；“决定排名”指两个方向平均移动名次最大的指标。", "Mean move = Σ |change of rank| / {s}; Kendall's tau-b compares ranks before and after, 1 is the same order; the deciding indicator has the largest mean move over both directions.")),
)  # fmt: skip


def write(path: str | os.PathLike[str], found: Sensitivity) -> None:
    with Pages(os.fspath(path), _TITLE) as pages:
        _overview(pages, found)
        _moves(pages, found)
        _matrix(pages, found, _TOTALS, "score", [found.totals, *(o.totals for o in found.outcomes)])
        _matrix(pages, found, _RANKS, "count", [found.ranks, *(o.ranks for o in found.outcomes)])
        _left_out(pages, found)
        _method(pages, found)


def _said(found: Sensitivity, text: Text, **more: object) -> Text:
    """In the words of whom the guide evaluates."""
    subject = found.sample.guide.subject
    several = Text(subject.several.zh, subject.several.en.capitalize())
    return text.fill(u=subject.name, s=subject.several, S=several, **more)


def accounting(found: Sensitivity) -> Text:
    """What was read and where it went."""
    sample = found.sample
    return _ACCOUNTS.fill(
        n=sample.files, r=len(sample.results), h=sample.left(HELD), p=sample.left(PERIOD), o=sample.left(OTHERS)
    )


_ACCOUNTS = Text(
    "读取 {n} 个文件 = 参加排名 {r} + 待评审 {h} + 其他报告期 {p} + 其他未参加 {o}",
    "{n} files read = {r} ranked + {h} held back for review + {p} of another period + {o} left out otherwise",
)
_KINDS = {
    HELD: Text("待评审", "held back for review"),
    PERIOD: Text("其他报告期", "of another period"),
    OTHERS: Text("其他", "otherwise"),
}


def verdict(found: Sensitivity) -> list[Text]:
    """Which indicator decides the ranks, in a sentence; and which benchmark and choice."""
    if len(found.totals) < 2:
        return [_said(found, _ONE)]
    lines = []
    for kind, text in _VERDICTS.items():
        moves = found.decisive((kind,))
        if not moves:
            continue
        move, moved = moves[0]
        if moved == 0:
            lines.append(_NOBODY.fill(k=KIND_NAMES[kind]))
            continue
        own = [o for o in found.outcomes if (o.move.kind, o.move.code) == (move.kind, move.code)]
        taus = [o.tau for o in own]  # none where all come to share one rank: there is no order to compare
        lowest = "–" if any(map(math.isnan, taus)) else number(min(taus), 3)
        lines.append(_said(found, text, n=move.name, m=f"{moved:.2f}", c=max(o.changed for o in own), t=lowest))
    first = {i for o in found.outcomes for i in o.first}
    before = [i for i, rank in enumerate(found.ranks) if rank == 1]
    others = [found.sample.names[i] for i in sorted(first - set(before))]
    names = "、".join(found.sample.names[i] for i in before)
    lines.append(_OTHER_FIRST.fill(f=names, o="、".join(others[:5])) if others else _SAME_FIRST.fill(f=names))
    return lines


_ONE = Text("只有一家{u}有总分，没有可比的排名。", "Only one {u} has a total, so there are no ranks to compare.")
_VERDICTS = {
    WEIGHT: Text("最影响排名的指标权重：{n}（平均移动 {m} 位，最多 {c} 家{s}改变名次，τ 最低 {t}）", "The weight that decides ranks most: {n} (moves {m} places on average, up to {c} {s}, tau down to {t})"),
    GROUP: Text("最影响排名的指标组权重：{n}（平均移动 {m} 位，最多 {c} 家{s}改变名次，τ 最低 {t}）", "The group's weight that decides ranks most: {n} (moves {m} places on average, up to {c} {s}, tau down to {t})"),
    BENCHMARK: Text("最影响排名的基准值：{n}（平均移动 {m} 位，最多 {c} 家{s}改变名次，τ 最低 {t}）", "The benchmark that decides ranks most: {n} (moves {m} places on average, up to {c} {s}, tau down to {t})"),
    OPTION: Text("最影响排名的方法选项：{n}（平均移动 {m} 位，{c} 家{s}改变名次，τ {t}）", "The choice of method that decides ranks most: {n} (moves {m} places on average, {c} {s}, tau {t})"),
}  # fmt: skip
_NOBODY = Text("{k}：任何变动都不改变名次", "{k}: no move changes any rank")
_SAME_FIRST = Text("第一名始终是 {f}", "First in every case: {f}")
_OTHER_FIRST = Text("第一名现为 {f}；某些变动下为 {o}", "First is {f}; after some moves {o}")


def _pairs(found: Sensitivity, kinds: Sequence[str]) -> Iterator[tuple[Outcome, Outcome]]:
    """Down and up of each thing that moves both ways."""
    ups = {(o.move.kind, o.move.code): o for o in found.outcomes if o.move.direction > 0}
    for down in found.outcomes:
        if down.move.direction < 0 and down.move.kind in kinds:
            yield down, ups[down.move.kind, down.move.code]


def _overview(pages: Pages, found: Sensitivity) -> None:
    guide = found.sample.guide
    page = pages.page(_OVERVIEW, _PAGE, whole=True)
    page.title(_TITLE, f"{guide.name} ({guide.id} {guide.version})")
    page.line(accounting(found), "cell_bold")
    for line in verdict(found):
        page.line(line, "cell")
    page.row += 1
    both = list(_pairs(found, (WEIGHT, BENCHMARK)))
    by_ranks = sorted(both, key=lambda pair: (-sum(o.changed for o in pair), -sum(o.mean_move for o in pair)))
    _tornado(
        page,
        found,
        _said(found, _TORNADO_RANKS),
        [(d, u, -d.changed, u.changed) for d, u in by_ranks],
        "unsigned",
        "0;0;0",
    )
    page = pages.page(_MEANS, _PAGE, whole=True)
    page.title(_TORNADO_TOTALS)
    by_totals = sorted(both, key=lambda pair: -sum(abs(o.mean_change) for o in pair))
    changes = [(d, u, d.mean_change, u.mean_change) for d, u in by_totals]
    _tornado(page, found, _TORNADO_TOTALS, changes, "signed", "+0.00;-0.00;0")
    _choices(pages, found)


def _choices(pages: Pages, found: Sensitivity) -> None:
    options = sorted((o for o in found.outcomes if o.move.kind == OPTION), key=lambda o: (-o.changed, -o.mean_move))
    page = pages.page(KIND_NAMES[OPTION], _PAGE, whole=True)
    chart = _said(found, _OPTIONS_CHART)
    page.title(chart, _CHOICES_LEAD)
    rows = [(o.move.name, o.move.code, o.changed, o.mean_change, o.tau) for o in options]
    heads = [t for t in (_WHAT, _CODE, _said(found, _CHANGED), _MEAN_CHANGE, _TAU)]
    area = page.table(heads, rows, ("cell", "cell", "count", "signed", "weight"))
    for name, reason in found.undefined:
        page.line(_UNDEFINED.fill(n=name, r=reason), "hint")
    page.row += 1
    if options:
        page.bars(chart, (area, 0), [Series(chart, 2)], number="0")


def _tornado(
    page: Page, found: Sensitivity, title: Text, rows: Sequence[tuple[Outcome, Outcome, float, float]], style: str, form: str
) -> None:  # fmt: skip
    """Down to one side, up to the other, the longest bars on top."""
    names = [text.fill(s=_steps(found)) for text in (_DOWN, _UP)]
    page.section(title)
    cells = [(_name(d), KIND_NAMES[d.move.kind], low, high) for d, _, low, high in rows]
    area = page.table([_WHAT, _KIND, *names], cells[:_BARS], ("cell", "cell", style, style))
    if len(cells) > _BARS:
        page.line(_MORE.fill(n=len(cells) - _BARS), "hint")
    page.row += 1
    if cells:
        page.bars(title, (area, 0), [Series(names[0], 2), Series(names[1], 3)], number=form, over=True)


def _steps(found: Sensitivity) -> str:
    """How far things move; weights first where benchmarks move otherwise."""
    steps = dict.fromkeys((f"{found.step:.0%}", f"{found.benchmark_step:.0%}"))
    return " / ".join(steps)


def _name(outcome: Outcome) -> Words:
    move = outcome.move
    return f"{move.name} [{KIND_NAMES[move.kind]}]" if move.kind == BENCHMARK else move.name


_WHAT, _KIND, _CODE = Text("变动项", "what moves"), Text("类别", "kind"), Text("代码", "code")
_CHANGED = Text("改变名次的{s}数", "{s} that change rank")
_MEAN_CHANGE, _TAU = Text("平均总分变化", "change of the mean total"), Text("Kendall τ-b", "Kendall's tau-b")
_HEAD = (
    _KIND, _CODE, _WHAT, Text("变动", "move"), _CHANGED, Text("平均移动名次", "mean move in places"),
    Text("最大移动名次", "largest move"), Text("移动最大者", "who moves most"), _TAU, _MEAN_CHANGE,
    Text("总分最大变化", "largest change of a total"), Text("第一名", "first"), Text("失去总分", "without a total"),
)  # fmt: skip
_WIDTHS = (14, 26, 30, 10, 12, 12, 12, 28, 12, 12, 12, 30, 10)
_STYLES = (
    "cell",
    "cell",
    "cell",
    "cell",
    "count",
    "score",
    "count",
    "cell",
    "weight",
    "signed",
    "score",
    "cell",
    "count",
)


def _moves(pages: Pages, found: Sensitivity) -> None:
    page = pages.page(_MOVES, _WIDTHS)
    page.title(_MOVES, _LEAD)
    rows = []
    for o in found.outcomes:
        by = found.benchmark_step if o.move.kind == BENCHMARK else found.step
        rows.append((
            KIND_NAMES[o.move.kind], o.move.code, o.move.name,
            f"{o.move.direction * by:+.0%}" if o.move.direction else "", o.changed, o.mean_move, o.farthest,
            found.sample.names[o.who] if o.farthest else "", o.tau, o.mean_change, o.largest_change,
            "、".join(found.sample.names[i] for i in o.first[:3]), o.lost,
        ))  # fmt: skip
    page.table([_said(found, head) for head in _HEAD], rows, _STYLES, filter=True)


_LEAD = Text("每次只变动一项；与变动前的排名相比。", "One thing moved at a time, compared with the ranks before.")


def _matrix(pages: Pages, found: Sensitivity, title: Text, style: str, columns: Sequence[Any]) -> None:
    """Everybody under every move."""
    names = [found.sample.names[i] for i in _order(found)]
    page = pages.page(title, (widest(names, 16, 40), *([13] * len(columns))))
    page.write(0, 0, title, "title")
    page.row = 2
    heads: list[Words] = [_said(found, _NAME), _NOW]
    for o in found.outcomes:
        by = found.benchmark_step if o.move.kind == BENCHMARK else found.step
        kind = "" if o.move.kind in (OPTION, WEIGHT) else f"{KIND_NAMES[o.move.kind]} "
        heads.append(f"{kind}{o.move.label(by)}")
    rows = [(found.sample.names[i], *(float(column[i]) for column in columns)) for i in _order(found)]
    page.table(heads, rows, ("cell", *([style] * len(columns))), filter=True)
    page.sheet.freeze_panes(3, 1)


def _order(found: Sensitivity) -> list[int]:
    return sorted(range(len(found.totals)), key=lambda i: (int(found.ranks[i]), found.sample.names[i]))


def _left_out(pages: Pages, found: Sensitivity) -> None:
    page = pages.page(_LEFT, (60, 18, 100))
    page.title(_LEFT, accounting(found))
    rows = [(each.file, _KINDS[each.kind], each.reason) for each in found.sample.left_out]
    heads = [Text("文件", "file"), _KIND, Text("原因", "why")]
    page.table(heads, rows, ("cell", "cell", "cell"), filter=True)


def _method(pages: Pages, found: Sensitivity) -> None:
    page = pages.page(_METHOD, (12, 120))
    page.title(_METHOD, Text("[choice] 我们的选择，不是标准原文。", "[choice] ours, not the standard's text."))
    steps = {"w": f"{found.step:.0%}", "b": f"{found.benchmark_step:.0%}"}
    rows = [(f"[{mark}]", _said(found, rule, **steps)) for mark, rule in RULES]
    page.table([Text("标记", "mark"), Text("规则", "rule")], rows, ("cell", "cell"))
    page.row += 1
    page.line(f"jwdt-xl {__version__}", "hint")


def document(found: Sensitivity) -> dict[str, Any]:
    """The same for programs, jwdt-sensitivity/1."""
    guide, names = found.sample.guide, found.sample.names
    return {
        "format": FORMAT,
        "guide": {"id": guide.id, "hash": guide.hash},
        "step": found.step,
        "benchmark_step": found.benchmark_step,
        "files": found.sample.files,
        "ranked": len(names),
        "left_out": [
            {"file": each.file, "kind": each.kind, "reason": str(each.reason)} for each in found.sample.left_out
        ],
        "enterprises": [
            {"name": name, "total": float(total), "rank": int(rank)}
            for name, total, rank in zip(names, found.totals, found.ranks, strict=True)
        ],
        "decisive": [
            {"kind": move.kind, "code": move.code, "mean_move": moved}
            for move, moved in found.decisive((WEIGHT, GROUP, BENCHMARK, OPTION))
        ],
        "moves": [
            {
                "kind": o.move.kind,
                "code": o.move.code,
                "direction": o.move.direction,
                "rank_changes": o.changed,
                "mean_move": o.mean_move,
                "largest_move": o.farthest,
                "largest_mover": names[o.who] if o.farthest else None,
                "kendall_tau": None if o.tau != o.tau else o.tau,
                "mean_total_change": o.mean_change,
                "largest_total_change": o.largest_change,
                "first": [names[i] for i in o.first],
                "without_total": o.lost,
                "totals": [None if total != total else float(total) for total in o.totals],
                "ranks": [int(rank) or None for rank in o.ranks],
            }
            for o in found.outcomes
        ],
        "not_computed": [{"name": str(name), "reason": str(reason)} for name, reason in found.undefined],
    }
