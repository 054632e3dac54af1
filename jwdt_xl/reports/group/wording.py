"""What the template of the report of a group says."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import Text
from ...portfolio.book.files import NOT_EVALUATED
from ...portfolio.book.groups import STATISTICS
from ...standard.guide import Guide

TITLE = Text("减污降碳协同评价汇总报告", "Synergy of pollution and carbon reduction: report of a group")
COVER = (
    (Text("评价指南", "guide"), "guide"),
    (Text("依据的汇总工作簿", "made from"), "file"),
    (Text("生成日期", "made on"), "made"),
    (Text("程序", "program"), "program"),
)
COVER_LINE = Text("已评价 {{{{ scored }}}} 家　{{{{ part }}}}", "{{{{ scored }}}} {s} {{{{ part }}}}")
#: Stands below the facts of a part's report.
PART = Text(
    "本报告只含 {{ part }}：名次是在全组中的名次；文件数只计知道属于这里的；两期数量之和见整组的报告。",
    "This report is of {{ part }} alone: ranks are those in the whole group, files those known to be of it; for sums of quantities see the report of the group.",
)
RESULT = Text("一、概况", "1. Overview")
FACTS = (
    (Text("读取的文件", "files read"), "{{ files }}"),
    (Text("已评价 / 拒绝 / 跳过 / 暂存", "scored / rejected / skipped / held"), "{{ scored }} / {{ rejected }} / {{ skipped }} / {{ held_files }}"),
    (Text("参加排名 / 没有名次", "ranked / without a rank"), "{{ ranked }} / {{ unranked_count }}"),
    (Text("待评审等，不计入平均", "held back, not in the means"), "{{ held_back }}"),
    (STATISTICS["mean"], "{{ mean }}"),
    (STATISTICS["median"], "{{ median }}"),
    (Text("最高 / 最低", "highest / lowest"), "{{ best }} / {{ worst }}"),
)  # fmt: skip
RANKING = Text("二、排名", "2. Ranking")
RANKING_LEAD = Text(
    "人人按指南的选项、基准值和权重评价；同分同名次。名次区间是各权重变动 ±20 % 时 90 % 的名次。没有名次的列在后面，写明原因。",
    "Everybody is evaluated by the guide's options, benchmarks and weights; equal totals share a rank. The interval holds 90 % of the ranks when weights change by ±20 %. Those without a rank follow, with the reason.",
)
RANKING_LEFT = Text("另有 {{ ranking_left }} 家见汇总工作簿。", "The other {{ ranking_left }} are in the workbook.")
_Columns = Sequence[tuple[Text, str, float]]
#: Stands for the name and the code of whom a guide evaluates, and how many there are.
_NAME, _USCC, _N = Text("name", "name"), Text("uscc", "uscc"), Text("n", "n")
_TOTAL = Text("总分", "total")


def headed(columns: _Columns, guide: Guide) -> _Columns:
    """The columns in the words of whom a guide evaluates."""
    subject = guide.subject
    heads = {_NAME: subject.name_label, _USCC: subject.code_label, _N: Text(f"{subject.name.zh}数", "n")}
    return [(heads.get(title, title), content, share) for title, content, share in columns]


#: In so much of the page 18 characters stand on one line, whatever letters they are.
CODE_SHARE = 0.3
RANKING_COLUMNS: _Columns = (
    (Text("名次", "rank"), "{{ row.rank }}", 0.07),
    (_NAME, "{{ row.name }}", 0.22),
    (_USCC, "{{ row.uscc }}", CODE_SHARE),
    (Text("地区", "region"), "{{ row.region }}", 0.13),
    (_TOTAL, "{{ row.total }}", 0.09),
    (Text("等级", "grade"), "{{ row.grade }}", 0.09),
    (Text("名次区间", "interval"), "{{ row.interval }}", 0.1),
)


def unranked(guide: Guide) -> Text:
    return Text(f"没有名次的{guide.subject.name.zh}", "Without a rank")


UNRANKED_COLUMNS: _Columns = (
    (_NAME, "{{ row.name }}", 0.23),
    (_USCC, "{{ row.uscc }}", CODE_SHARE),
    (_TOTAL, "{{ row.total }}", 0.09),
    (Text("原因", "reason"), "{{ row.reason }}", 0.38),
)
SPREAD = Text("三、分布与协同", "3. Distribution and synergy")
QUADRANT_COLUMNS: _Columns = ((Text("象限", "quadrant"), "{{ row.name }}", 0.6), (_N, "{{ row.n }}", 0.4))
WEAK = Text("四、薄弱环节", "4. Weak points")
WEAK_LEAD = Text("失分由大到小，按参加平均的{s}：", "Points lost, the largest first, by the {s} in the means:")
LOSS = Text(
    "{{ row.code }} {{ row.name }}：平均失 {{ row.lost }} 分",
    "{{ row.code }} {{ row.name }}: {{ row.lost }} points lost on average",
)
INDICATOR_COLUMNS: _Columns = (
    (Text("指标", "indicator"), "{{ row.code }} {{ row.name }}", 0.4),
    (Text("一级指标", "first level"), "{{ row.first_level }}", 0.2),
    (_N, "{{ row.n }}", 0.12),
    (Text("平均得分", "mean score"), "{{ row.mean }}", 0.14),
    (Text("平均失分", "mean points lost"), "{{ row.lost }}", 0.14),
)
INDUSTRY = Text("五、全行业与分组", "5. The industry, and groups")
INDUSTRY_LEAD = Text(
    "两期数量之和按一家企业评价，产品单位不同的分开；一个比值的两个量，企业要么都计入要么都不计入。",
    "The quantities of all are summed and evaluated as one, apart by unit of product; an enterprise counts in both quantities of a ratio or in neither.",
)
_UNIT = Text("产品单位", "unit of product")
INDUSTRY_COLUMNS: _Columns = (
    (Text("数量", "quantity"), "{{ row.name }}", 0.26),
    (_UNIT, "{{ row.unit }}", 0.1),
    (_N, "{{ row.n }}", 0.09),
    (Text("基准期", "base period"), "{{ row.base }}", 0.205),
    (Text("报告期", "report period"), "{{ row.report }}", 0.205),
    (Text("变化", "change"), "{{ row.change }}", 0.14),
)
INDUSTRY_RESULT_COLUMNS: _Columns = (
    (Text("指标", "indicator"), "{{ row.name }}", 0.44),
    (_UNIT, "{{ row.unit }}", 0.1),
    (Text("指标值", "value"), "{{ row.value }}", 0.17),
    (Text("基准值", "benchmark"), "{{ row.benchmark }}", 0.17),
    (Text("得分", "score"), "{{ row.score }}", 0.12),
)
REGIONS_ALONE = Text("五、分地区", "5. By region")
REGIONS = Text("分地区与行业大类", "By region and division")
REGION_COLUMNS: _Columns = (
    (Text("分类", "by"), "{{ row.kind }}", 0.13),
    (Text("名称", "name"), "{{ row.name }}", 0.31),
    (_N, "{{ row.n }}", 0.1),
    (Text("待评审", "held back"), "{{ row.held }}", 0.1),
    (STATISTICS["mean"], "{{ row.mean }}", 0.12),
    (STATISTICS["median"], "{{ row.median }}", 0.12),
    (STATISTICS["best"], "{{ row.best }}", 0.12),
)
FINDINGS = Text("六、检查结果", "6. Findings")
FINDINGS_LEAD = Text(
    "按代号汇总，各举一例；逐条见汇总工作簿。", "Summed by code, with an example each; every one is in the workbook."
)
FINDING_COLUMNS: _Columns = (
    (Text("级别", "severity"), "{{ row.severity }}", 0.13),
    (Text("代号", "code"), "{{ row.code }}", 0.2),
    (Text("条数", "findings"), "{{ row.count }}", 0.12),
    (_N, "{{ row.n }}", 0.1),
    (Text("一例", "an example"), "{{ row.text }}", 0.45),
)
LEFT = NOT_EVALUATED
LEFT_COLUMNS: _Columns = (
    (Text("文件", "file"), "{{ row.file }}", 0.3),
    (Text("结果", "outcome"), "{{ row.outcome }}", 0.2),
    (Text("原因", "why"), "{{ row.why }}", 0.5),
)
METHOD = Text("七、方法", "7. Method")
