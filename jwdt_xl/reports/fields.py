"""The fields of a report: everything that a template may name, declared once.

A scalar is a text. A list is gone through by ``{%tr for row in list %}`` (a table row), ``{%p for … %}`` (paragraphs) or
``{% for … %}``, and each of its rows has the parts named here. A picture is put where it is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..messages import Text


class Field(NamedTuple):
    """A name that a template may use, and what it stands for; a list has parts."""

    name: str
    help: Text
    parts: tuple[Field, ...] = ()
    is_picture: bool = False


def field(name: str, zh: str, en: str, *parts: Field) -> Field:
    return Field(name, Text(zh, en), parts)


def picture(name: str, zh: str, en: str) -> Field:
    return Field(name, Text(zh, en), (), True)


_NAME, _UNIT = field("name", "名称", "name"), field("unit", "单位", "unit")
_CODE = field("code", "代码", "code")
_BASE, _REPORT = field("base", "基准期", "base period"), field("report", "报告期", "report period")
_STEP = field("step", "怎样挽回失分", "how to win the lost points back")
_TEXT = field("text", "句子", "the sentence")

FIELDS: tuple[Field, ...] = (
    field("enterprise", "企业名称", "enterprise"),
    field("uscc", "统一社会信用代码", "unified social credit code"),
    field("industry", "行业代码和大类名称", "industry code, with the name of its division"),
    field("region", "地区", "region"),
    field("base_period", "基准期", "base period"),
    field("report_period", "报告期", "report period"),
    field("boundary", "核算边界", "boundary"),
    field("product", "产品和单位", "product and its unit"),
    field("guide", "评价指南：名称、代号、版本", "guide: name, id and version"),
    field("guide_hash", "评价指南的指纹", "fingerprint of the guide"),
    field("program", "程序及版本", "program and version"),
    field("made", "生成日期", "date on which the report was made"),
    field("file", "所依据的文件名", "name of the file it rests on"),
    field("total", "总分；没有时为“–”", "total; “–” where there is none"),
    field("grade", "等级；没有时为“–”", "grade; “–” where there is none"),
    field("total_interval", "总分的 90 % 区间", "90 % interval of the total"),
    field("coverage", "完成度", "coverage"),
    field("score_so_far", "已得分(下限)", "score so far (lower bound)"),
    field("rate_pollutants", "污染物减排率", "reduction rate of pollutants"),
    field("rate_carbon", "碳减排率", "reduction rate of carbon"),
    field("rate_pollutants_interval", "污染物减排率的 90 % 区间", "90 % interval of the rate of pollutants"),
    field("rate_carbon_interval", "碳减排率的 90 % 区间", "90 % interval of the rate of carbon"),
    field("case", "协同情形", "case of synergy"),
    field("synergy", "协同度 S；没有时为“–”", "degree of synergy S; “–” where there is none"),
    field("rewards", "本口径的协同度得分奖励什么", "what the score of synergy in force rewards"),
    field(
        "indicators", "各指标", "the indicators",
        _CODE, _NAME, field("first_level", "一级指标", "first level"), _UNIT, field("state", "状态", "state"),
        field("value", "指标值", "value"), field("benchmark", "基准值", "benchmark"),
        field("benchmark_source", "基准值的来源、年份和口径", "source, year and basis of the benchmark"),
        field("score", "得分", "score"), field("interval", "得分的 90 % 区间", "90 % interval of the score"),
        field("weight", "权重", "weight"), field("weighted", "加权得分", "weighted score"), field("lost", "失分", "points lost"),
        field("how", "怎样算出", "how it came about"), field("marks", "依据：[note]、[law]、[choice]", "what it rests on: [note], [law], [choice]"),
        _STEP,
    ),
    field("losses", "有失分的指标，由大到小；各部分同 indicators 的", "indicators that lose points, the largest first; parts of indicators",
           _CODE, _NAME, field("lost", "失分", "points lost"), _STEP),
    field("first_levels", "一级指标", "first levels", _CODE, _NAME, field("score", "得分", "score"), field("weight", "权重", "weight")),
    field("quantities", "两期数量", "quantities of both periods", _NAME, _UNIT, _BASE, _REPORT, field("change", "变化", "change")),
    field(
        "data", "填报的各行数据", "the rows of data as filled in",
        field("table", "所在表", "table"), _NAME, field("origin", "来源或类别", "origin or category"), _UNIT, _BASE, _REPORT,
        field("source", "数据来源", "source"), field("quality", "质量等级和相对标准不确定度", "quality grade and relative standard uncertainty"),
        field("note", "证明材料和备注", "evidence and note"),
    ),
    field("factors", "采用的因子和系数", "factors and coefficients used",
           _NAME, field("value", "数值", "value"), _UNIT, field("source", "来源", "source"), field("own", "自有因子为“是”", "yes where it is the enterprise's own")),
    field("rules", "方法的规则", "rules of the method", field("mark", "note、law 或 choice", "note, law or choice"), _TEXT),
    field("options", "采用的方法选项", "options in force", _NAME, field("value", "取值", "value"), field("by", "由指南写明，或默认", "stated by the guide, or the default")),
    field("editions", "标准和文件的版本", "editions of standards and notices",
           _CODE, _NAME, field("used", "用于", "used for"), field("dates", "日期", "dates")),
    field("choices", "本表自选与指南不同之处", "what the return states otherwise than its guide", _NAME, field("own", "自选", "own"), field("guides", "指南", "the guide's"), field("counts", "计入为“是”", "yes where it counts")),
    field("exclusions", "按指南排除的理由", "why the guide excludes", _TEXT),
    field("findings", "检查结果", "findings", field("severity", "级别", "severity"), field("principle", "原则", "principle"), field("place", "位置", "place"), _TEXT),
    field("sure", "区间和概率，用句子说明", "intervals and probabilities, in sentences", _TEXT),
    field("alternatives", "其他方法口径下的总分", "the total under each alternative", _NAME, field("total", "总分，或为什么没有", "total, or why there is none")),
    field(
        "plan", "改进方案的措施", "measures of the plan",
        _NAME, field("alone", "单独实施总分", "total, alone"), field("cumulative", "依次实施总分", "total, in sequence"),
        field("carbon", "碳排放变化 t CO2e", "change of emissions, t CO2e"), field("equivalents", "污染物当量变化", "change of equivalents"),
        field("cost", "投资(万元)", "cost, in ten thousand yuan"), field("carbon_per_cost", "每万元减少的 kg CO2e", "kg CO2e avoided per ten thousand yuan"),
        field("equivalents_per_cost", "每万元减少的当量", "equivalents avoided per ten thousand yuan"), field("units", "换成绿电或煤", "as green power or coal"),
    ),
    picture("chart_scores", "图：各指标得分", "chart: scores of the indicators"),
    picture("chart_synergy", "图：协同四象限；没有减排率时空白", "chart: the four quadrants of synergy; blank without rates"),
    picture("chart_sources", "图：按类别的碳排放", "chart: emissions by category"),
    picture("chart_plan", "图：措施的减污降碳平面；没有措施时空白", "chart: the measures on the co-control plane; blank without measures"),
)  # fmt: skip
BY_NAME = {each.name: each for each in FIELDS}


def markdown(fields: Sequence[Field] = FIELDS) -> Iterator[str]:
    """The table of the page of these fields, in the language in use."""
    yield str(Text("| 字段 | 内容 | 各行的部分 |", "| field | content | parts of each row |"))
    yield "|---|---|---|"
    for each in fields:
        parts = "; ".join(f"`{part.name}` {part.help}" for part in each.parts)
        yield f"| `{each.name}` | {each.help} | {parts} |"
