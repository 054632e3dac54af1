"""What the templates that come with the package say."""

from __future__ import annotations

from collections.abc import Sequence

from ..messages import Text
from ..standard.guide import Guide
from ..standard.guide.subjects import ENTERPRISE
from ..workbook.sheets import result_texts as texts

TITLE = Text("减污降碳协同增效评价报告", "Evaluation report: synergy of pollution and carbon reduction")
_COVER = (
    (Text("地区", "region"), "region"),
    (Text("评价指南", "guide"), "guide"),
    (Text("依据文件", "made from"), "file"),
    (Text("生成日期", "made on"), "made"),
    (Text("程序", "program"), "program"),
)


def cover(guide: Guide) -> Sequence[tuple[Text, str]]:
    """In the words of whom the guide evaluates."""
    industry = [(Text("行业", "industry"), "industry")] if guide.subject.has_products else []
    return [(guide.subject.code_label, "uscc"), *industry, *_COVER]


COVER_NOTE = Text(
    "标准的附录 A 和第 6 章未公开：编制说明没有印出的规则都标为 [choice]，不是标准原文。",
    "Annex A and chapter 6 of the standard are not public: every rule that the drafting note does not print is marked [choice] and is not the standard's text.",
)
#: Where there are no other conventions to compare.
PLAIN_MARKS = Text(
    "[note] 编制说明印出；[law] 法律或国家标准；[choice] 本程序的选择，有备选项，不是标准原文。",
    "[note]: printed in the drafting note; [law]: a law or national standard; [choice]: ours, with alternatives, not the standard's text.",
)
SUMMARY = Text("一、结论", "1. Result")
#: Of the facts that follow, those of every guide; the others are of pollutants and carbon.
PLAIN_FACTS = 4
SUMMARY_FACTS = (
    (Text("总分(百分制)", "total (of 100)"), "{{ total }}"),
    (texts.INTERVAL, "{{ total_interval }}"),
    (Text("等级", "grade"), "{{ grade }}"),
    (Text("完成度 / 已得分(下限)", "coverage / score so far (lower bound)"), "{{ coverage }} / {{ score_so_far }}"),
    (Text("污染物减排率(90 % 区间)", "reduction rate of pollutants (90 % interval)"), "{{ rate_pollutants }} ({{ rate_pollutants_interval }})"),
    (Text("碳减排率(90 % 区间)", "reduction rate of carbon (90 % interval)"), "{{ rate_carbon }} ({{ rate_carbon_interval }})"),
    (texts.CASE, "{{ case }}"),
    (Text("协同度 S", "degree of synergy S"), "{{ synergy }}"),
)  # fmt: skip
EXCLUDED = Text("按指南排除，不评等级：{{ row.text }}", "excluded by the guide, no grade: {{ row.text }}")
LOSS = Text("{{ row.name }}：失 {{ row.lost }} 分 — {{ row.step }}", "{{ row.name }}: {{ row.lost }} points lost — {{ row.step }}")  # fmt: skip
BOUNDARY = Text("二、评价对象与边界", "2. What is evaluated, and its boundary")


def boundary_facts(guide: Guide) -> Sequence[tuple[Text, str]]:
    subject = guide.subject
    product = [(Text("产品", "product"), "product")] if subject.has_products else []
    boundary = Text("核算边界", "boundary") if guide.evaluates == ENTERPRISE else subject.boundary.label
    periods = [(Text("基准期", "base period"), "base_period"), (Text("报告期", "report period"), "report_period")]
    return [(subject.name_label, "enterprise"), *product, *periods, (boundary, "boundary")]


DATA = Text("三、数据、来源与质量", "3. Data, their sources and quality")
DATA_LEAD = Text(
    "质量等级 1 实测 … 5 粗略估算，括号内为相对标准不确定度。",
    "Quality grades from 1, measured, to 5, a rough estimate; in brackets the relative standard uncertainty.",
)
_Columns = Sequence[tuple[Text, str, float]]
_NAME, _UNIT = Text("名称", "name"), Text("单位", "unit")
_BASE, _REPORT, _SOURCE = Text("基准期", "base period"), Text("报告期", "report period"), Text("来源", "source")
DATA_COLUMNS: _Columns = (
    (Text("表", "table"), "{{ row.table }}", 0.13),
    (_NAME, "{{ row.name }} {{ row.origin }}", 0.19),
    (_UNIT, "{{ row.unit }}", 0.07),
    (_BASE, "{{ row.base }}", 0.145),
    (_REPORT, "{{ row.report }}", 0.145),
    (Text("来源、证明和备注", "source, evidence, note"), "{{ row.source }} {{ row.note }}", 0.17),
    (Text("质量", "quality"), "{{ row.quality }}", 0.15),
)
QUANTITIES = Text("两期数量", "Quantities of both periods")
QUANTITY_COLUMNS: _Columns = (
    (_NAME, "{{ row.name }}", 0.3),
    (_UNIT, "{{ row.unit }}", 0.14),
    (_BASE, "{{ row.base }}", 0.21),
    (_REPORT, "{{ row.report }}", 0.21),
    (Text("变化", "change"), "{{ row.change }}", 0.14),
)
FACTORS = Text("采用的因子和系数", "Factors and coefficients used")
FACTOR_COLUMNS: _Columns = (
    (_NAME, "{{ row.name }}", 0.24),
    (Text("数值", "value"), "{{ row.value }}", 0.12),
    (_UNIT, "{{ row.unit }}", 0.14),
    (_SOURCE, "{{ row.source }}", 0.4),
    (Text("自有", "own"), "{{ row.own }}", 0.1),
)
METHOD = Text("四、方法", "4. Method")
MARKS = Text(
    "[note] 编制说明印出；[law] 法律或国家标准；[choice] 本程序的选择，有备选项，见“其他方法口径下的总分”。",
    "[note]: printed in the drafting note; [law]: a law or national standard; [choice]: ours, whose alternatives stand in the chapter on other conventions.",
)
OPTIONS = Text("采用的方法选项", "Options in force")
OPTION_COLUMNS: _Columns = (
    (_NAME, "{{ row.name }}", 0.36),
    (Text("取值", "value"), "{{ row.value }}", 0.4),
    (Text("由谁写明", "stated by"), "{{ row.by }}", 0.24),
)
CHOICES = Text("本表自选与指南不同之处", "Own choices that differ from the guide's")
CHOICE_COLUMNS: _Columns = (
    (_NAME, "{{ row.name }}", 0.34),
    (Text("自选", "own"), "{{ row.own }}", 0.26),
    (Text("指南", "guide"), "{{ row.guides }}", 0.26),
    (Text("计入", "counts"), "{{ row.counts }}", 0.14),
)
EDITIONS = Text("标准和文件的版本", "Editions of standards and notices")
EDITION_COLUMNS: _Columns = (
    (Text("文件", "text"), "{{ row.code }} {{ row.name }}", 0.38),
    (Text("用于", "used for"), "{{ row.used }}", 0.27),
    (Text("日期", "dates"), "{{ row.dates }}", 0.35),
)
RESULTS = Text("五、评价结果", "5. Results")
INDICATOR_COLUMNS: _Columns = (
    (Text("指标", "indicator"), "{{ row.code }} {{ row.name }}", 0.21),
    (_UNIT, "{{ row.unit }}", 0.11),
    (Text("值", "value"), "{{ row.value }}", 0.13),
    (Text("基准值", "benchmark"), "{{ row.benchmark }}", 0.13),
    (Text("得分", "score"), "{{ row.score }}", 0.09),
    (texts.INTERVAL, "{{ row.interval }}", 0.12),
    (Text("权重", "weight"), "{{ row.weight }}", 0.1),
    (Text("失分", "lost"), "{{ row.lost }}", 0.11),
)
LEVEL_COLUMNS: _Columns = (
    (Text("一级指标", "first level"), "{{ row.name }}", 0.5),
    (Text("得分", "score"), "{{ row.score }}", 0.25),
    (Text("权重", "weight"), "{{ row.weight }}", 0.25),
)
SYNERGY = Text("协同情形：{{ case }}。本口径的协同度得分{{ rewards }}。", "Case: {{ case }}. The score of synergy in force {{ rewards }}.")  # fmt: skip
HOW = Text("怎样算出", "How it came about")
HOW_COLUMNS: _Columns = (
    (Text("指标", "indicator"), "{{ row.code }} {{ row.name }}", 0.2),
    (Text("算式和得分", "value and score"), "{{ row.how }}", 0.42),
    (Text("依据", "rests on"), "{{ row.marks }}", 0.14),
    (Text("基准值的来源", "source of the benchmark"), "{{ row.benchmark_source }}", 0.24),
)
ALTERNATIVES = Text("六、其他方法口径下的总分", "6. Total under other conventions")
ALTERNATIVES_LEAD = Text(
    "每项 [choice] 改为另一取值、其他不变时的总分；不改变本报告的结果。",
    "The total where one [choice] takes another value and all else stays; it changes no result of this report.",
)
ALTERNATIVE_COLUMNS: _Columns = (
    (Text("改为", "changed to"), "{{ row.name }}", 0.7),
    (Text("总分", "total"), "{{ row.total }}", 0.3),
)
PLAN = Text("七、改进方案", "7. Plan")
PLAN_RIGHT = ("alone", "cumulative", "carbon", "equivalents", "cost", "carbon_per_cost", "equivalents_per_cost")
PLAN_COLUMNS: _Columns = (
    (Text("措施", "measure"), "{{ row.name }}", 0.23),
    (Text("单独总分", "total alone"), "{{ row.alone }}", 0.1),
    (Text("依次总分", "in sequence"), "{{ row.cumulative }}", 0.1),
    (Text("ΔC t CO2e", "ΔC t CO2e"), "{{ row.carbon }}", 0.13),
    (Text("ΔP 当量", "ΔP AP"), "{{ row.equivalents }}", 0.12),
    (Text("投资 万元", "cost 10^4 yuan"), "{{ row.cost }}", 0.11),
    (Text("每万元减 kg CO2e", "kg CO2e per 10^4 yuan"), "{{ row.carbon_per_cost }}", 0.11),
    (Text("每万元减当量", "AP per 10^4 yuan"), "{{ row.equivalents_per_cost }}", 0.1),
)
FINDINGS = Text("检查结果", "Findings")
FINDING_COLUMNS: _Columns = (
    (Text("级别", "severity"), "{{ row.severity }}", 0.12),
    (Text("原则", "principle"), "{{ row.principle }}", 0.16),
    (Text("位置", "place"), "{{ row.place }}", 0.22),
    (Text("发现与处理", "finding, and what to do"), "{{ row.text }}", 0.5),
)
SIGNATURES = Text("签署", "Signatures")
FOOT = Text("指南指纹 {{ guide_hash }}；{{ program }}。", "Fingerprint of the guide: {{ guide_hash }}; {{ program }}.")
