"""The overview of a collection by several guides: who counts where, and the workbook of each guide; nothing is scored anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...messages import SEVERITIES, Text
from ...standard.guide import Guide
from ..analysis.group import Get, Group
from ..analysis.previous import Against
from . import charts, files
from .columns import COUNT, SCORE, TEXT, Column, who
from .contents import CODE, FILE, FINDING, OF_SEVERAL, SHEETS, rows_of
from .groups import STATISTICS, region_cells, region_columns, statistics
from .portfolio import OUTCOME, REJECTED_COLUMNS, rejected_cells
from .previous import previous
from .sheet import EXCEL_ROWS, FIRST, Book, Sheet

ENTERPRISES = Text("全部企业", "All enterprises")
_COUNTS = {
    "files": Text("读取的文件", "files read"),
    "scored": Text("已评价", "scored"),
    "ranked": Text("参加排名", "ranked"),
    "quarantined": Text("待评审", "held back for review"),
    "rejected": Text("拒绝", "rejected"),
    "held": Text("暂存", "held"),
    "skipped": Text("跳过", "skipped"),
}
_GUIDE = Column("guide", Text("指南", "guide"), TEXT, 22)
_OVERVIEW = (
    _GUIDE,
    Column("guide_version", Text("版本", "version"), TEXT, 9),
    Column("guide_hash", Text("指纹", "hash"), TEXT, 19),
    Column("portfolio", Text("汇总工作簿", "portfolio"), TEXT, 36),
    Column("guide_name", Text("指南名称", "name of the guide"), TEXT, 40),
    *(Column(key, title, COUNT, 9) for key, title in _COUNTS.items()),
    *(Column(key, title, SCORE, 9) for key, title in STATISTICS.items()),
)
_RANK = (
    _GUIDE,
    Column("rank", Text("指南内名次", "rank within the guide"), COUNT, 9),
    Column("of", Text("参加排名的企业数", "of so many"), COUNT, 9),
)
_RANKING = (
    Column("region", Text("地区", "region"), TEXT, 16),
    Column("industry_code", Text("行业", "industry"), TEXT, 8),
    Column("total", Text("总分", "total"), SCORE, 9),
    Column("reason", Text("不排名的原因", "why unranked"), TEXT, 50),
    *(Column(key, title, COUNT, 7) for key, title in zip(SEVERITIES, (Text("错误", "errors"), Text("警告", "warnings"), Text("提示", "notes")), strict=True)),
    FILE,
)  # fmt: skip
_UNKNOWN = Text("（不知道按哪个指南）", "(not known for which guide)")
_ALL = Text("合计", "all")


def write(
    path: str,
    groups: Sequence[Group],
    rest: Group,
    get: Get,
    books: Sequence[str],
    last: Against | None = None,
    rows: int = EXCEL_ROWS,
) -> None:
    """books: the names of the guides' workbooks, beside this one; rest: the files of which no guide is known.

    last: what came of the comparison with last year.
    """
    everyone = [*groups, rest]
    ids = [*(group.guide.id for group in groups), ""]
    whose = who(groups[0].guide)
    with Book(path, rows) as book:
        _overview(book, everyone, get, books)
        _sheet(book, str(ENTERPRISES), _LEADS["enterprises"], [*_RANK, *whose, *_RANKING], _ranking(groups, get))
        listed = (
            {"guide": guide, **cells}
            for guide, group in zip(ids, groups, strict=False)
            for cells in region_cells(group)
        )
        _sheet(book, str(SHEETS["regions"]), _LEADS["regions"], [_GUIDE, *region_columns(groups[0].guide)], listed)
        if last is not None:
            previous(book, groups[0].guide, last, last.all, with_guide=True)
        lead = _LEADS["rejected"].fill(a=files.accounting(everyone, get))
        columns = [FILE, _GUIDE, OUTCOME, *whose, *REJECTED_COLUMNS, *FINDING, CODE]
        _sheet(book, str(SHEETS["rejected"]), lead, columns, _of_all(ids, everyone, get, rejected_cells))
        lead = files.accounting(everyone, get)
        columns = [FILE, Column("of", _GUIDE.title, TEXT, 22), *whose, *files.COLUMNS]
        _sheet(book, str(SHEETS["files"]), lead, columns, _of_all(ids, everyone, get, files.outcomes, "of"))


def _sheet(book: Book, name: str, lead: Text, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> Sheet:
    sheet = Sheet(book, name)
    sheet.head(lead, columns)
    for cells in rows:
        sheet.add(cells)
    return sheet.finish()


def _of_all(
    ids: Sequence[str], groups: Sequence[Group], get: Get, of: Any, key: str = "guide"
) -> Iterator[dict[str, Any]]:
    """The cells of all groups by file, each with its guide."""
    found = [{key: guide, **cells} for guide, group in zip(ids, groups, strict=True) for cells in of(group, get)]
    yield from sorted(found, key=lambda cells: cells["file"])


def _overview(book: Book, groups: Sequence[Group], get: Get, books: Sequence[str]) -> None:
    sheet = Sheet(book, str(SHEETS["overview"]))
    sheet.head(_LEADS["overview"], _OVERVIEW)
    sums = dict.fromkeys(_COUNTS, 0)
    *known, rest = groups
    for group, name in zip(known, books, strict=True):
        counts = _counts(group)
        sums = {key: sums[key] + counts[key] for key in sums}
        sheet.add({**_about(group.guide, name), **counts, **statistics(group.totals[group.counted])})
        sheet.sheet.write_url(
            sheet.row - 1, OF_SEVERAL.index("portfolio"), f"external:{name}", book.style("cell"), name
        )
    last = sheet.row - 1
    if rest.files:
        counts = _counts(rest)
        sums = {key: sums[key] + counts[key] for key in sums}
        sheet.add({"guide_name": _UNKNOWN, **counts})
    sheet.add({"guide_name": _ALL, **sums})
    _chart(book, sheet, last)
    sheet.sheet.activate()


def _about(guide: Guide, book: str) -> dict[str, Any]:
    return dict(zip(OF_SEVERAL, (guide.id, guide.version, guide.hash, book), strict=True)) | {"guide_name": guide.name}


def _counts(group: Group) -> dict[str, int]:
    return {
        "files": group.files, "scored": len(group.members), "ranked": int((group.rank > 0).sum()),
        "quarantined": int(group.quarantined.sum()), "rejected": len(group.rejections), "held": len(group.held),
        "skipped": len(group.skipped),
    }  # fmt: skip


def _chart(book: Book, sheet: Sheet, last: int) -> None:
    """How many of each guide are ranked, wait, or are rejected or held; told apart without colours by their order and labels."""
    colours = {"ranked": charts.RANKED, "quarantined": charts.REVIEW, "rejected": charts.REJECTED, "held": charts.HELD}
    size = 760, 130 + 40 * (last - FIRST + 1)
    title = Text("各指南的企业", "Enterprises by guide")
    charts.stacked(book, sheet, colours, (0, 0), (FIRST, last), title, size, gap=60)


def _ranking(groups: Sequence[Group], get: Get) -> Iterator[dict[str, Any]]:
    """By guide in their order, and there by rank."""
    for group in groups:
        ranked = int((group.rank > 0).sum())
        for cells in rows_of(group, get):
            yield {**cells, "guide": group.guide.id, "of": ranked if cells["rank"] else None}


_LEADS = {
    "overview": Text(
        "每份填报按自己的指南评价，名次只在同一指南内；不同指南的总分不能相比，所以没有跨指南的平均和名次。各指南的指标、排名、检查结果在各自的汇总工作簿中，与本表在同一文件夹。",
        "Each return is evaluated by its own guide, and ranked within it; totals by different guides cannot be compared, so there is no mean and no rank across them. Indicators, ranking and findings of each guide are in its own portfolio, in the folder of this one.",
    ),
    "enterprises": Text(
        "全部已评价的企业，按指南列出，指南内按名次；总分和名次只在同一指南内可比。",
        "Every enterprise that is scored, by guide and there by rank; totals and ranks compare within a guide only.",
    ),
    "regions": Text(
        "各指南按地区和行业大类；平均、中位数只计有总分且不在待评审之列的企业。",
        "Of each guide by region and industrial division; mean and median are of enterprises with a total that are not held back for review.",
    ),
    "rejected": Text(
        "{a}。指南一栏空白的，不知道按哪个指南填报。",
        "{a}. Where no guide stands, it is not known for which a file was made.",
    ),
}
