"""The sheets of figures: guides, regions, enterprises, scores, breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ....messages import Text
from ...analysis import tonnes
from ...analysis.years import CO2E, EQUIVALENTS, TOTAL, Entry, Years, cohort, median, why
from .. import groups
from ..sheet import MARK, Book, Sheet
from . import columns

NAMES = {
    "guides": Text("各指南", "Guides"),
    "regions": Text("各地区", "Regions"),
    "pollutants": Text("各污染物", "Pollutants"),
    "totals": Text("逐年总分", "Totals by year"),
    "enterprises": Text("各企业各年", "Enterprises by year"),
    "scores": Text("得分", "Scores"),
    "breaks": Text("不可比之处", "Breaks"),
}
ALL_GUIDES, ALL_REGIONS = Text("全部指南", "all guides"), Text("全部地区", "all regions")
_MISSING = Text("缺年：没有汇总", "no portfolio of this year")
_COUNTED = Text(
    "只计参加排名的；待评审的、其他不排名的不在平均、中位数和合计中，另列家数。",
    "Only those ranked count; those held back and otherwise unranked are in no mean, median or sum, and are counted aside.",
)
_CHANGED = Text(
    "变化只在两年都参加排名、没有不可比之处的企业之间计算；跨不可比之处的只列在“{s}”，不计入。缺的年份留空，不作插补。",
    "Changes are reckoned between enterprises ranked in both years without a break; those over a break stand on the sheet {s} only. Years without a portfolio are left blank and never filled in.",
)
_MEDIAN_OF = Text("中位数（{n} 家）", "median of {n}")
#: Guide and year.
Key = tuple[str, str]


def by(found: Years, of: Any) -> dict[Any, list[Entry]]:
    """The entries by what is told of each."""
    listed: dict[Any, list[Entry]] = defaultdict(list)
    for entry in found.entries:
        listed[of(entry)].append(entry)
    return listed


def region_of(entry: Entry) -> str:
    return entry.line.region or str(groups.UNKNOWN)


def _lead() -> Text:
    return Text("{a}{b}", "{a} {b}").fill(a=_COUNTED, b=_CHANGED.fill(s=NAMES["enterprises"]))


def guides(book: Book, found: Years) -> None:
    sheet = Sheet(book, str(NAMES["guides"]))
    sheet.head(_lead(), [columns.GUIDE, columns.YEAR, *columns.COHORT, columns.BREAKS], pages=2)
    entries = by(found, lambda entry: (entry.book.method.guide, entry.label))
    years = {(year.book.method.guide, year.label): year for year in found.years}
    for guide in found.guides:
        for label in found.labels:
            year = years.get((guide, label))
            cells = {"guide": guide, "year": label, "breaks": str(_MISSING if year is None else why(year.breaks))}
            if year is not None:
                cells |= columns.cohort_cells(cohort(entries[guide, label]))
            sheet.add(cells, marked=("median", "mean") if year and year.breaks else ())
    sheet.finish()


def regions(book: Book, found: Years) -> None:
    sheet = Sheet(book, str(NAMES["regions"]))
    listed = [columns.REGION, columns.GUIDE, columns.YEAR, *columns.COHORT]
    lead = Text(
        "{a}总分只在同一指南内可比，所以全部指南的行没有总分。",
        "{a} Totals compare within a guide only, so the rows of all guides have none.",
    )
    sheet.head(lead.fill(a=_lead()), listed, pages=2)
    there = {year.label for year in found.years}
    for region, entries in sorted(by(found, region_of).items()):
        several = len({entry.book.method.guide for entry in entries}) > 1
        for guide in ([""] if several else []) + sorted({entry.book.method.guide for entry in entries}):
            for label in found.labels:
                of = [e for e in entries if e.label == label and guide in ("", e.book.method.guide)]
                cells = {"region": region, "guide": guide or str(ALL_GUIDES), "year": label}
                if label in there:
                    cells |= columns.cohort_cells(cohort(of, scores=bool(guide)))
                sheet.add(cells)
    sheet.finish()


def pollutants(book: Book, found: Years) -> None:
    """The tonnes of each, of all, of each guide and of each region; left out where no portfolio has any."""
    names = tonnes.named(found.entries)
    if not names:
        return
    sheet = Sheet(book, str(NAMES["pollutants"]))
    sheet.head(_lead(), [columns.REGION, columns.GUIDE, columns.POLLUTANT, columns.YEAR, *columns.TONNAGE])
    there = {year.label for year in found.years}
    scopes: list[tuple[str, str, list[Entry]]] = [(str(ALL_REGIONS), str(ALL_GUIDES), list(found.entries))]
    of_guides, of_regions = by(found, lambda entry: entry.book.method.guide), by(found, region_of)
    scopes += [(str(ALL_REGIONS), guide, of_guides[guide]) for guide in found.guides if len(found.guides) > 1]
    scopes += [(region, str(ALL_GUIDES), of_regions[region]) for region in sorted(of_regions) if len(of_regions) > 1]
    for region, guide, entries in scopes:
        years = {label: [entry for entry in entries if entry.label == label] for label in found.labels}
        for key, name in names.items():
            figures = {label: tonnes.tonnage(years[label], key) for label in found.labels}
            if not any(each.number for each in figures.values()):
                continue
            for label, each in figures.items():
                cells = {"region": region, "guide": guide, "pollutant": name, "year": label}
                sheet.add({**cells, **each._asdict()} if label in there else cells)
    sheet.finish()


def totals(book: Book, found: Years) -> None:
    """An enterprise a row: the years side by side."""
    lead = Text(
        "每家一行，各年的总分、名次（同一指南内）和等级；没有参加排名的年份留空，原因见“{s}”。{m} 表示与上一份不可直接比较。",
        "A row an enterprise: total, rank within the guide, and grade of each year; a year without a rank is blank, and why stands on the sheet {s}. {m}: cannot be compared with the one before.",
    )
    parts = (("total", columns.TOTAL_TITLE), ("rank", columns.RANK), ("grade", columns.GRADE))
    listed = [*columns.who(found), columns.REGION, columns.GUIDE]
    for key, column in parts:
        listed += columns.by_label(key, column.title, column.kind, found.labels)
    sheet = Sheet(book, str(NAMES["totals"]))
    sheet.head(lead.fill(s=NAMES["enterprises"], m=MARK), listed, pages=2)
    for chain in _ordered(found):
        line = chain[-1].line
        cells: dict[str, Any] = {
            "uscc": line.uscc, "name": line.name, "region": line.region, "guide": chain[-1].book.method.guide,
        }  # fmt: skip
        for entry in chain:
            if entry.counted:
                cells |= {f"{key}_{entry.label}": getattr(entry.line, key) for key, _ in parts}
        sheet.add(cells, marked=[f"total_{entry.label}" for entry in chain if entry.breaks])
    sheet.finish()


def _ordered(found: Years) -> list[tuple[Entry, ...]]:
    """By the guide of the last year, and there by rank in it; then those of earlier years."""
    last = {label: place for place, label in enumerate(reversed(found.labels))}

    def place(chain: tuple[Entry, ...]) -> tuple[Any, ...]:
        entry = chain[-1]
        rank = entry.line.rank if entry.counted else None
        return (
            entry.book.method.guide,
            last[entry.label],
            rank is None,
            rank or 0,
            entry.line.uscc,
            entry.line.name,
            entry.line.file,
        )

    return sorted(found.chains, key=place)


def enterprises(book: Book, found: Years) -> None:
    lead = Text(
        "每家每年一行，数取自各年的汇总，不重新评价。变化分两列：可与上一年相比的，和跨不可比之处（原因见最后）的；后者不在任何合计和平均中。待评审、没有总分的没有变化。",
        "A row an enterprise and year, as each year's portfolio has it; nothing is evaluated anew. Changes stand in two columns: those that can be compared with the year before, and those over a break (why: last column), which are in no sum or mean. Who has no rank has no change.",
    )
    sheet = Sheet(book, str(NAMES["enterprises"]))
    names = tonnes.named(found.entries)
    sheet.head(lead, columns.enterprises(found, names), pages=3)
    ranked = {year.book.name: sum(line.rank is not None for line in year.book.lines) for year in found.years}
    for chain in _ordered(found):
        for entry in chain:
            cells = columns.entry_cells(entry, ranked) | {key: tonnes.of(entry, key) for key in names}
            sheet.add(cells, marked=("total", EQUIVALENTS, CO2E) if entry.breaks else ())
    sheet.finish()


def scores(book: Book, found: Years) -> None:
    """A sheet a guide: the medians of each year, then every enterprise's scores."""
    lead = Text(
        "“{g}”的一级指标和指标得分，先是各年参加排名的企业的中位数，然后是各企业。{m} 表示与上一年不可直接比较。",
        "Scores of first levels and indicators by “{g}”: first the median of those ranked in each year, then every enterprise. {m}: cannot be compared with the year before.",
    )
    for number, guide in enumerate(found.guides, 1):
        titles: dict[str, Text] = {}
        years = {year.label: year for year in found.years if year.book.method.guide == guide}
        for year in years.values():
            titles |= year.book.titles
        listed = columns.scores(titles)
        sheet = Sheet(book, f"{NAMES['scores']} {number} {guide}"[:31])
        sheet.head(
            lead.fill(g=guide, m=MARK), [*columns.who(found), columns.YEAR, columns.TOTAL_TITLE, *listed], pages=2
        )
        keys = [TOTAL, *(column.key for column in listed)]
        entries = list(_of_guide(found, guide))
        for label in found.labels:
            if label not in years:
                sheet.add({"name": _MISSING, "year": label})
                continue
            counted = [entry for entry in entries if entry.label == label and entry.counted]
            cells: dict[str, Any] = {key: _median_of(counted, key) for key in keys}
            sheet.add(
                {**cells, "name": _MEDIAN_OF.fill(n=len(counted)), "year": label},
                marked=keys if years[label].breaks else (),
            )
        for entry in entries:
            line = entry.line
            cells = {"uscc": line.uscc, "name": line.name, "year": entry.label, TOTAL: line.total, **line.scores}
            sheet.add(cells, marked=keys if entry.breaks else ())
        sheet.finish()


def _of_guide(found: Years, guide: str) -> Iterator[Entry]:
    return (entry for chain in _ordered(found) for entry in chain if entry.book.method.guide == guide)


def _median_of(entries: Sequence[Entry], key: str) -> float | None:
    values = [_score(entry, key) for entry in entries]
    return median([value for value in values if value is not None])


def _score(entry: Entry, key: str) -> float | None:
    return entry.line.total if key == TOTAL else entry.line.scores.get(key)


def breaks(book: Book, found: Years) -> None:
    lead = Text(
        "先列对一个指南的全部企业都成立的，再列各企业的。比较的是指南（标识、版本、指纹）、方法选项、核算边界、产品和单位、电网因子序列，以及今年的基准期与上年所报。",
        "First what holds for all enterprises of a guide, then each one's. Compared are guide (identifier, version, hash), options, boundary, product and unit, series of grid factors, and this year's base period with what was reported of it.",
    )
    sheet = Sheet(book, str(NAMES["breaks"]))
    sheet.head(lead, [columns.GUIDE, *columns.who(found), columns.YEAR, columns.BREAKS._replace(width=110)])
    common: dict[Key, set[Text]] = {}
    for year in found.years:
        key = year.book.method.guide, year.label
        common[key] = set(year.breaks)
        for text in year.breaks:
            sheet.add({"guide": key[0], "year": key[1], "breaks": text})
    for chain in _ordered(found):
        for entry in chain:
            key = entry.book.method.guide, entry.label
            for text in entry.breaks:
                if text not in common[key]:
                    sheet.add(
                        {
                            "guide": key[0],
                            "uscc": entry.line.uscc,
                            "name": entry.line.name,
                            "year": key[1],
                            "breaks": text,
                        }
                    )
    sheet.finish()
