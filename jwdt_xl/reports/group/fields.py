"""The fields of the report of a group: everything that its template may name, declared once."""

from __future__ import annotations

from ..fields import BY_NAME as OF_ENTERPRISE
from ..fields import Field, field, picture

_CODE, _NAME = field("code", "代码", "code"), field("name", "名称", "name")
_ENTERPRISE, _USCC = field("name", "企业名称", "enterprise"), field("uscc", "统一社会信用代码", "credit code")
_TOTAL, _REASON = field("total", "总分", "total"), field("reason", "没有名次的原因", "why there is no rank")
_N, _FILE = field("n", "企业数", "enterprises"), field("file", "文件", "file")
_MEAN, _MEDIAN = field("mean", "平均总分", "mean total"), field("median", "总分中位数", "median of totals")
_UNIT = field("unit", "产品单位", "unit of product")
_BEST, _WORST = field("best", "最高总分", "highest total"), field("worst", "最低总分", "lowest total")

FIELDS: tuple[Field, ...] = (
    *(OF_ENTERPRISE[name] for name in ("guide", "guide_hash", "program", "made")),
    field("part", "地区或行业大类；整组的报告为空白", "the region or division; blank in the report of the whole group"),
    field("file", "所依据的汇总工作簿", "the portfolio workbook it rests on"),
    field("files", "读取的文件数", "files read"),
    field("scored", "已评价的企业数", "enterprises scored"),
    field("rejected", "拒绝的文件数", "files rejected"),
    field("skipped", "跳过的文件数", "files skipped"),
    field("held_files", "暂存的文件数", "files held"),
    field("ranked", "参加排名的企业数", "enterprises ranked"),
    field("unranked_count", "没有名次的企业数", "enterprises without a rank"),
    field("held_back", "待评审等而不计入平均的企业数", "enterprises that are held back and not in the means"),
    _MEAN, _MEDIAN, _BEST, _WORST,
    field("ranking_left", "排名表没有列出的企业数；都列出时空白", "enterprises that the ranking does not list; blank where it lists all"),
    field("outside", "象限图之外的企业数；没有时空白", "enterprises outside the picture of quadrants; blank where there are none"),
    field(
        "ranking", "有名次的企业，按名次，至多 500 家", "enterprises with a rank, in its order, 500 at most",
        field("rank", "名次", "rank"), _ENTERPRISE, _USCC, field("region", "地区", "region"), _TOTAL, field("grade", "等级", "grade"),
        field("interval", "名次区间", "interval of the rank"),
    ),
    field("unranked", "没有名次的企业，至多 500 家", "enterprises without a rank, 500 at most", _ENTERPRISE, _USCC, _TOTAL, _REASON, _FILE),
    field("quadrants", "各象限的企业数", "enterprises in each quadrant", _NAME, _N),
    field(
        "indicators", "各指标", "the indicators",
        _CODE, _NAME, field("first_level", "一级指标", "first level"), field("n", "有得分的企业数", "enterprises with a score"),
        field("mean", "平均得分", "mean score"), field("lost", "平均失分", "mean points lost"),
    ),
    field("losses", "有平均失分的指标，由大到小", "indicators with mean points lost, the largest first", _CODE, _NAME, field("lost", "平均失分", "mean points lost")),
    field(
        "industry", "全行业作为一个主体：各量之和", "the industry as one entity: sums of the quantities",
        _NAME, _UNIT, _N, field("base", "基准期", "base period"), field("report", "报告期", "report period"),
        field("change", "变化", "change"),
    ),
    field(
        "industry_results", "全行业作为一个主体：指标和总分", "the industry as one entity: indicators and total",
        _NAME, _UNIT, field("value", "指标值", "value"), field("benchmark", "基准值", "benchmark"), field("score", "得分", "score"),
    ),
    field(
        "regions", "分地区与行业大类", "by region and division",
        field("kind", "分类", "by what"), _NAME, _N, field("ranked", "有总分的企业数", "enterprises with a total"),
        field("held", "待评审的企业数", "enterprises held back"), _MEAN, _MEDIAN, _BEST, _WORST,
    ),
    field(
        "findings", "检查结果，按代号汇总", "findings, summed by code",
        field("severity", "级别", "severity"), _CODE, field("count", "条数", "how many"), _N, field("text", "一例", "an example"),
    ),
    field(
        "left", "没有评价的文件，至多 500 个", "files that are not evaluated, 500 at most",
        _FILE, field("outcome", "结果", "outcome"), field("why", "原因", "why"),
    ),
    field(
        "rules", "方法的规则", "rules of the method",
        field("mark", "note、law 或 choice", "note, law or choice"), field("text", "句子", "the sentence"),
    ),
    picture("chart_distribution", "图：总分分布；没有总分时空白", "chart: distribution of totals; blank without totals"),
    picture("chart_quadrants", "图：减排率四象限；没有减排率时空白", "chart: the four quadrants; blank without rates"),
    picture("chart_losses", "图：各指标平均失分；没有得分时空白", "chart: mean points lost by indicator; blank without scores"),
)  # fmt: skip
BY_NAME = {each.name: each for each in FIELDS}
