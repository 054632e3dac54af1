"""What the sheets of results say."""

from __future__ import annotations

from ...messages import Text
from ..plan import SINGLES

QUANTITIES_HEAD = {
    "label": Text("量", "quantity"),
    "unit": Text("单位", "unit"),
    "base": Text("基准期", "base period"),
    "report": Text("报告期", "report period"),
    "change": Text("变化", "change"),
    "hint": Text("提示", "hint"),
}
QUANTITY_WIDTHS = {"label": 34, "unit": 15, "base": 16, "report": 16, "change": 9, "hint": 46, "code": 6}
OVERLAP_HEAD = {
    "item": Text("项目", "item"),
    "name": Text("重叠污染物", "overlapping pollutant"),
    "total": Text("两期当量合计", "equivalents, both periods"),
    "kept": Text("计入", "counted"),
}
CATEGORIES_TITLE = Text("按类别的碳排放(GB/T 32150)", "Emissions by category (GB/T 32150)")
COMPARED_TITLE = Text("合理性：电量核对与全厂比值", "Plausible: power, and ratios of the whole")
FINDINGS_HEAD = {
    "severity": Text("级别", "severity"),
    "principle": Text("原则", "principle"),
    "place": Text("位置(点击跳转)", "place (click)"),
    "text": Text("生成本文件时的检查结果：发现与处理", "Findings when this file was made: what and what to do"),
}
FINDING_WIDTHS = {"severity": 8, "principle": 12, "place": 22, "text": 76}
NO_FINDINGS = Text("没有发现问题。", "Nothing found.")
NOT_EVALUATED = Text(
    "这是空模板，尚未评价。填写时看各表“提示”和“说明”目录；完整检查由收表单位进行。",
    "This is an empty template. While filling in, see the hints and the contents list; whoever collects this file checks it in full.",
)
NOT_CHECKED = Text(
    "填写时看各表“提示”、“说明”目录和“汇总”；完整检查由收表单位进行。",
    "See the hints, the contents list and the summary; whoever collects this file checks it in full.",
)
MORE_FINDINGS = Text(
    "…… 另有 {n} 条，见收表单位的检查结果。", "… and {n} more: see the full check of whoever collects this file."
)
#: More findings than this would make the page unreadable.
MOST_FINDINGS = 45
PRINCIPLES = {
    "objectivity": Text("客观性", "objectivity"),
    "completeness": Text("完整性", "completeness"),
    "consistency": Text("一致性", "consistency"),
    "transparency": Text("透明性", "transparency"),
}
SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "info")}

INDICATOR_WIDTHS = {
    "code": 5, "first_level": 10, "name": 22, "unit": 11, "attribute": 8, "state": 13, "value": 13, "benchmark": 9, "gap": 9,
    "score": 8, "weight": 8, "weighted": 8, "lost": 7, "how": 26, "explain": 24, "step": 40, "marks": 12, "order": 8, "amount": 8, "other": 8,
    "movable": 8,
}  # fmt: skip
INDICATOR_STYLES = {
    "value": "value_or_case", "benchmark": "value", "gap": "change", "score": "score", "weight": "weight", "weighted": "score", "lost": "score",
    "how": "explained", "explain": "explained", "step": "explained", "marks": "explained",
}  # fmt: skip
GROUPS_TITLE = Text("一级指标与总分", "First levels and total")
GROUP_WEIGHT = Text("权重", "weight")
TOTALS = {
    "total": Text("总分", "Total"),
    "coverage": Text("完成度", "Coverage"),
    "score_so_far": Text("已得分(下限)", "Score so far (lower bound)"),
}
SYNERGY_TITLE = Text("减污降碳协同度", "Degree of synergy")
RATES = {
    "pollutants": SINGLES["rate_pollutants"],
    "carbon": SINGLES["rate_carbon"],
}
SIGNS = (Text("上升", "rises"), Text("不变", "no change"), Text("下降", "falls"))
CASE = Text("协同情形", "case")

#: How the value follows, where it is no quotient.
RATE_P, RATE_C = Text("rP = ", "rP = "), Text("%，rC = ", "%, rC = ")
RECOMMENDED, ELIMINATED = Text("推荐工艺装备：", "recommended: "), Text("；淘汰类：", "; elimination list: ")
ESTABLISHED, EFFECTIVE = Text("制度：", "system: "), Text("；有效执行：", "; carried out: ")
GRADE = Text("等级", "Grade")
ENTERED = Text("填报值 ", "entered value ")
ONLY = Text("；只计{p}", "; counting {p} only")
#: What wins the lost points back.
STEP_DOWN, STEP_UP = Text("降到 ", "down to "), Text("提高到 ", "up to ")
STEP_FULL, STEP_MISSING, STEP_NOT = (
    Text("已得满分", "full marks"),
    Text("补齐数据", "fill in the data"),
    Text("不适用", "not applicable"),
)
STEP_BOTH = Text("使污染物和碳都下降", "let both pollutants and carbon fall")
#: Amounts in other units: electricity in 10^4 kWh or MWh.
#: Of what is converted by the enterprise's own factor.
ABOUT, REPLACES = Text("，约合 ", ", about "), Text("，替代 ", " in the place of ")
THAT_IS, AND, OR = Text("，即 ", ", that is "), Text("；", "; "), Text("，或 ", " or ")
#: What an amount is called where the quantity's name says how it is summed.
AMOUNTS = {
    "equivalents": Text("污染物当量", "equivalents"),
    "co2e": Text("碳排放", "carbon"),
    "nonfossil_tce": Text("非化石能源", "non-fossil energy"),
    "material_kg": Text("原辅料", "materials"),
    "residual_kj": Text("余能利用", "residual energy"),
}
GREEN_POWER, POWER = Text(" 万kWh 绿电", " MWh green power"), Text(" 万kWh", " MWh")
COAL = Text(" t 烟煤", " t bituminous coal")
STEP_BENCHMARK = Text("填写基准值", "give the benchmark")
STEPS_BY_KIND = {
    "policy": Text("淘汰类退出，工艺装备达到推荐目录", "nothing on the elimination list, all recommended"),
    "management": Text("建立制度，有效执行并留存记录", "establish it, carry it out, keep records"),
}
STEP_OTHER = Text("达到全部要求", "meet every requirement")

# The summary

TITLE = Text("减污降碳协同增效评价结果", "Synergy of pollution and carbon reduction: result")
PERIOD_TO = Text("基准期 ", "base period "), Text("，报告期 ", ", report period ")
TOTAL = Text("总分(百分制)", "Total (of 100)")
OPEN = Text("缺 / 待查(实时)", "missing / to check (live)")
FIRST_LEVEL, SCORE, WEIGHT = Text("一级指标", "First level"), Text("得分", "score"), Text("权重", "weight")
CHART_SCORES = Text("各指标得分(分)", "Scores of the indicators (points)")
CHART_SYNERGY = Text("协同四象限：减排率(%)", "Four quadrants: reduction rates (%)")
CHART_SOURCES = Text("按来源的碳排放(t CO2e)", "Emissions by source (t CO2e)")
AXIS_POLLUTANTS, AXIS_CARBON = Text("污染物减排率 rP", "pollutants rP"), Text("碳减排率 rC", "carbon rC")
HERE, EQUAL = Text("本企业", "here"), Text("S = 1", "S = 1")
QUADRANTS = {
    (1, 1): Text("协同：双降", "synergy: both fall"),
    (-1, 1): Text("降碳不减污", "carbon only"),
    (-1, -1): Text("双升", "both rise"),
    (1, -1): Text("减污不降碳", "pollutants only"),
}
LEVELS = Text("各级得分", "score by level")
CASE_IS = Text("协同情形：", "Case: ")
REWARDS_IS = Text("本口径的协同度得分", "The score of synergy in force ")
CLAMPED = Text("。图中超出 ±50 % 的点画在边上。", ". Points beyond ±50 % are drawn at the edge.")
LOST_TITLE = Text("失分由大到小", "Points lost, largest first")
LOST_HEAD = (
    Text("序", "no"),
    Text("指标", "indicator"),
    Text("值", "value"),
    Text("基准值", "benchmark"),
    Text("与基准差", "gap"),
    Text("得分", "score"),
    Text("失分", "lost"),
    Text("怎样挽回", "how to win them back"),
)
NEXT_STEP = Text("一步收益最大：", "The step that gains most: ")
NEXT_GAIN, NEXT_POINTS = Text("，最多可得 ", ", up to "), Text(" 分。", " points.")
NEXT_NONE = Text("一步收益最大：数据齐全后给出。", "The step that gains most: given once there are scores.")
NEXT_FULL = Text("没有失分。", "No points are lost.")
OPEN_TITLE = Text("待查和缺少的内容(实时，各表第一处)", "To check and missing (live, the first of each sheet)")
#: Before the cell and what is missing or refused there.
NO_TOTAL_FOR = Text("没有总分：", "No total: ")
NOTHING_OPEN = Text("没有待查或缺少的内容。", "Nothing to check, nothing missing.")
EMPTY_TABLE = Text(
    "缺：表为空，至少填一行；没有发生填 0", "missing: the table is empty; at least one row, 0 if there was none"
)
OF_SHEET = Text(" (本表共 ", " (of this sheet in all ")
FULL_CHECK = Text("完整检查由收表单位进行。", "whoever collects this file checks it in full.")
FINDINGS_COUNT = Text(
    "生成文件时的完整检查：错误 {e} · 警告 {w} · 提示 {i}；全部见“{s}”。",
    "Full check when the file was made: {e} errors · {w} warnings · {i} notes; all on sheet {s}.",
)
SIGNATURES = (
    Text("填报人：", "filled in by:"),
    Text("审核人：", "checked by:"),
    Text("单位负责人(签章)：", "responsible (signature, seal):"),
    Text("日期：", "date:"),
)
ALTERNATIVES_TITLE = Text(
    "总分的区间和其他方法口径下的总分(生成文件时)",
    "Interval of the total, and the total under each alternative (when the file was made)",
)
INTERVAL = Text("90 % 区间(按数据质量)", "90 % interval (by data quality)")
NO_TOTAL = Text("不能计分", "no score")
ALTERNATIVES_NONE = Text("有总分后，生成文件时计算。", "Computed when the file is made with a total.")
FRESH = Text("与当前数据一致", "agrees with the data now in the file")
STALE = Text(
    "已过期：数据已改动，交回后由收表单位重新生成",
    "stale: the data have changed; whoever collects this file makes it anew",
)
STATIC = Text("检查结果、区间与备选口径：", "Findings, interval, alternatives: ")
CONVENTION_TITLE = Text(
    "电力折标口径与非化石能源占比(报告期)", "Electricity convention and non-fossil share (report period)"
)
OTHER_COUNTING = Text("非化石电量只按另一口径：", "non-fossil power counted the other way: ")
IN_FORCE, OTHER = Text("采用：", "in force: "), Text("另一口径：", "the other: ")
PER_KWH = Text(" kgce/kWh ", " kgce/kWh ")
ILLUSTRATIVE = Text("，0.3 为示意，近年约 0.300–0.315", ", 0.3 as an illustration, recent years about 0.300–0.315")
FOOT = Text("方法口径(依据 note / law / choice 见“{s}”)：", "Method in force (note / law / choice: sheet {s}): ")
