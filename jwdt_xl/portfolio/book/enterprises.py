"""One row per enterprise: ranking, and values with the quantities behind them."""

from __future__ import annotations

from ...messages import Text
from ..analysis import coupling
from . import columns
from .contents import Contents, rows_of
from .sheet import FIRST, Sheet


def ranking(contents: Contents) -> Sheet:
    lead = Text(
        "按总分（6 位小数）排名，同分同名次（1、2、2、4）；有缺失的、按指南排除的企业列在最后，不排名。名次区间：各权重独立变动 ±20 %、1,000 次抽样（固定种子）中 90 % 的名次。{c}{t}",
        "Ranked by total at 6 decimals, equal totals share a rank (1, 2, 2, 4); those with anything missing and those excluded by the guide stand last, unranked. Rank interval: 90 % of the ranks under independent changes of ±20 % of each weight, 1,000 seeded draws. {c}{t}",
    )
    with_coupling = contents.group.coupling is not None
    lead = lead.fill(c=coupling.EXPLANATION if with_coupling else Text("", ""), t=_where_the_rest_is(contents))
    sheet = contents.sheet("ranking", lead, columns.ranking(contents.guide, with_coupling), pages=2)
    for cells in rows_of(contents.group, contents.get):
        sheet.add(cells)
    return sheet.finish()


def _where_the_rest_is(contents: Contents) -> Text:
    beyond = len(contents.order) - (contents.book.rows - FIRST)
    if beyond <= 0:
        return Text("", "")
    where = contents.table or Text("请用 --table F.parquet 生成完整表", "make the whole table with --table F.parquet")
    return Text(
        "工作表放不下全部 {n} 家，其余 {b} 家见：{w}", "the sheet cannot hold all {n}; the other {b} are in: {w}"
    ).fill(n=len(contents.order), b=beyond, w=where)


def values(contents: Contents) -> Sheet:
    lead = Text(
        "指标值、采用的基准值与权重，以及两期数量；次序同排名。",
        "Values, benchmarks and weights used, and the quantities of both periods, in the order of ranking.",
    )
    sheet = contents.sheet("values", lead, columns.values(contents.guide), pages=4)
    for cells in rows_of(contents.group, contents.get):
        sheet.add(cells)
    return sheet.finish()
