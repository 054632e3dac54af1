"""The group as a whole: benchmarks that follow from it, the industry as one entity, regions and divisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...errors import JwdtError
from ...messages import Text
from ...standard.codes import divisions
from ...standard.guide import Guide
from ...standard.guide.benchmarks import reached_level
from ...standard.scoring import NEGATIVE, POSITIVE
from ..analysis import industry
from ..analysis.group import Get, Group
from ..collection.row import in_force, summed
from .columns import COUNT, PERCENT, SCORE, TEXT, VALUE, Column
from .contents import Contents

STATISTICS = {
    "mean": Text("平均总分", "mean total"),
    "median": Text("中位数", "median"),
    "best": Text("最高", "highest"),
    "worst": Text("最低", "lowest"),
}
UNKNOWN = Text("（未填写）", "(not given)")
#: What enterprises are grouped by.
REGION, DIVISION = Text("地区", "region"), Text("行业大类", "division")


def statistics(totals: Any) -> dict[str, float]:
    """Of the totals that there are; nothing of none."""
    known = totals[~np.isnan(totals)]
    if not len(known):
        return {}
    return {
        "mean": float(known.mean()),
        "median": float(np.median(known)),
        "best": float(known.max()),
        "worst": float(known.min()),
    }


def facts(group: Group, get: Get) -> list[tuple[Text, Any, str]]:
    """What the overview says in figures: label, value, and whether it is a count or a score."""
    return [
        (Text("读取的文件", "files read"), group.files, COUNT),
        (Text("= 已评价", "= scored"), len(group.members), COUNT),
        (Text("+ 拒绝", "+ rejected"), len(group.rejections), COUNT),
        (Text("+ 跳过（原因见“文件清单”）", "+ skipped (why: sheet Files)"), len(group.skipped), COUNT),
        (Text("+ 暂存（不知道是谁的）", "+ held (not known whose)"), len(group.held), COUNT),
        *standing(group, get),
    ]


def standing(group: Group, get: Get) -> list[tuple[Text, Any, str]]:
    """The same of those that are evaluated: how many are ranked, and their totals; with and without those held back."""
    found: list[tuple[Text, Any, str]] = [
        (
            Text(f"已评价的{group.guide.subject.name.zh}中，参加排名", "of the scored: ranked"),
            int((group.rank > 0).sum()),
            COUNT,
        ),
        *((Text("不排名：{w}", "unranked: {w}").fill(w=why), number, COUNT) for why, number in _unranked(group, get)),
        *((STATISTICS[key], value, SCORE) for key, value in statistics(group.totals[group.counted]).items()),
    ]
    if group.quarantined.any():
        held = Text("待评审，不排名、不计入平均", "held back for review: no rank, not in the mean")
        with_held = Text("{s}（含待评审的）", "{s} (with those held back)")
        found.append((held, int(group.quarantined.sum()), COUNT))
        with_them = statistics(group.totals[group.of_period])
        found += [(with_held.fill(s=STATISTICS[key]), value, SCORE) for key, value in with_them.items()]
    return found


def _unranked(group: Group, get: Get) -> list[tuple[Text, int]]:
    """How many have no rank, by the kind of why; each one's own reason stands in the ranking."""
    places = [place for place in range(len(group.members)) if not group.rank[place]]
    kinds = Counter(group.kind_unranked(place, get(group.members[place].key)) for place in places)
    return sorted(kinds.items())


def benchmarks(contents: Contents) -> None:
    unit = contents.guide.subject.name
    lead = Text(
        f"本组 50 % {unit.zh}达到的水平（不插值），以及达到现行基准值的{unit.zh}数；协同度和定性指标没有基准值。",
        "The level 50 % of this group reach (no interpolation), and how many meet the current benchmark; synergy and qualitative indicators have none.",
    )
    listed = [
        Column("code", Text("序号", "no"), TEXT, 7),
        Column("name", Text("指标", "indicator"), TEXT, 34),
        Column("unit", Text("单位", "unit"), TEXT, 18),
        Column("level", Text(f"50 % {unit.zh}达到的水平", "level 50 % reach"), VALUE, 18),
        Column("n", Text(f"{unit.zh}数", "n"), COUNT, 9),
        Column("current", Text(f"现行基准值（最多{unit.zh}采用）", "current benchmark (the most used)"), VALUE, 18),
        Column("meet", Text("达到现行基准值", "meet the current one"), COUNT, 12),
        Column("share", Text("达到比例", "share that meet it"), PERCENT, 10),
    ]
    sheet = contents.sheet("benchmarks", lead, listed)
    group = contents.group
    for column, node in enumerate(contents.guide.indicators):
        if node.attribute not in (POSITIVE, NEGATIVE):
            continue
        known, given = (of[group.counted, column] for of in (group.values, group.benchmarks))
        real = known[~np.isnan(known)]
        usual, count = np.unique(given[~np.isnan(given)], return_counts=True)
        current = float(usual[count.argmax()]) if len(usual) else None
        met = None
        if current is not None:
            met = int((real >= current).sum() if node.attribute == POSITIVE else (real <= current).sum())
        try:
            level = reached_level(real.tolist(), node.attribute)
        except JwdtError:  # nobody has a value
            level = None
        sheet.add({
            "code": node.code, "name": node.name, "unit": node.unit, "level": level, "n": len(real),
            "current": current, "meet": met, "share": met / len(real) if met is not None and len(real) else None,
        })  # fmt: skip
    sheet.finish()


def whole_industry(contents: Contents) -> None:
    lead = Text(
        "各企业两期数量之和按一家企业评价（产品单位不同的分开）；定性指标取平均得分等级，基准值取最多企业采用的，权重为指南权重[选择]。待评审的企业不计入；有这样的企业时，另列计入它们的结果。",
        "The quantities of all enterprises summed and evaluated as one (apart by unit of product); of grades the mean, the benchmark most use, the guide's weights [choice]. Those held back for review are left out; where there are any, the result with them stands below.",
    )
    listed = [
        Column("what", Text("项目", "item"), TEXT, 40),
        Column("unit", Text("产品单位", "unit of product"), TEXT, 12),
        Column("n", Text("企业数", "n"), COUNT, 9),
        Column("base", Text("基准期", "base period"), VALUE, 20),
        Column("report", Text("报告期 / 指标值", "report period / value"), VALUE, 20),
        Column("benchmark", Text("基准值", "benchmark"), VALUE, 14),
        Column("score", Text("得分", "score"), SCORE, 10),
    ]
    sheet = contents.sheet("industry", lead, listed)
    group = contents.group
    for with_held in (False, True) if group.quarantined.any() else (False,):
        places = np.flatnonzero(group.of_period if with_held else group.counted).tolist()
        rows = (in_force(contents.get(group.members[i].key)) for i in places)
        for entity in industry.entities(contents.guide, rows):
            for cells in _of_entity(contents, entity):
                what = Text("{w}{h}", "{w}{h}").fill(w=cells["what"], h=_WITH_HELD) if with_held else cells["what"]
                sheet.add({"unit": entity.unit, **cells, "what": what})
    sheet.finish()


#: What the total of an entity is called, and one that is missing.
TOTALS = (Text("总分", "total"), Text("总分（有缺失）", "total (something is missing)"))
_WITH_HELD = Text("（含待评审的）", " (with those held back)")


def _of_entity(contents: Contents, entity: industry.Entity) -> Iterator[dict[str, Any]]:
    for key, quantity in summed(contents.guide).items():
        base, report = entity.sums[key]
        yield {"what": quantity.title, "n": entity.counts[key], "base": base, "report": report}
    for i, node in enumerate(contents.guide.indicators):
        yield {
            "what": f"{node.code} {node.name}", "report": entity.values[i], "benchmark": entity.benchmarks[i],
            "score": entity.scores[i],
        }  # fmt: skip
    yield {"what": TOTALS[entity.total is None], "n": entity.enterprises, "score": entity.total}


def regions(contents: Contents) -> None:
    lead = Text(
        "按{k}；平均、中位数只计有总分且不在待评审之列的{u}。",
        "By {k}; mean and median are of {u} with a total that are not held back for review.",
    )
    subject = contents.guide.subject
    lead = lead.fill(k=_BY[subject.has_products], u=subject.several)
    sheet = contents.sheet("regions", lead, region_columns(contents.guide))
    for cells in region_cells(contents.group):
        sheet.add(cells)
    sheet.finish()


def region_columns(guide: Guide) -> tuple[Column, ...]:
    return (
        Column("kind", Text("分类", "by"), TEXT, 12),
        Column("name", Text("名称", "name"), TEXT, 40),
        Column("n", Text(f"{guide.subject.name.zh}数", "n"), COUNT, 9),
        Column("ranked", Text("有总分", "with a total"), COUNT, 9),
        Column("held", Text("待评审", "held back"), COUNT, 9),
        *(Column(key, title, SCORE, 10) for key, title in STATISTICS.items()),
    )


def region_cells(group: Group) -> Iterator[dict[str, Any]]:
    """How many there are in each region and each division, and their totals."""
    kinds: list[tuple[Text, Callable[[Any], str]]] = [(REGION, lambda member: region_name(member.region))]
    if group.guide.subject.has_products:
        kinds.append((DIVISION, lambda member: division_name(member.industry_code)))
    for kind, key in kinds:
        places: dict[str, list[int]] = {}
        for i, member in enumerate(group.members):
            if i not in group.apart:
                places.setdefault(key(member), []).append(i)
        for name in sorted(places):
            held = group.quarantined[places[name]]
            of = group.totals[places[name]][~held]
            ranked = int((~np.isnan(of)).sum())
            counts = {"n": len(held), "ranked": ranked, "held": int(held.sum())}
            yield {"kind": kind, "name": name, **counts, **statistics(of)}


_BY = {True: Text("地区和行业大类", "region and industrial division"), False: Text("地区", "region")}


def region_name(region: str) -> str:
    return region or str(UNKNOWN)


def division_name(industry_code: str) -> str:
    code = industry_code[:2]
    return f"{code} {divisions()[code]}" if code in divisions() else str(UNKNOWN)
