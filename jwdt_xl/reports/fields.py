"""The fields of a report: everything that a template may name, declared once.

A scalar is a text. A list is gone through by ``{%tr for row in list %}`` (a table row), ``{%p for … %}`` (paragraphs) or
``{% for … %}``, and each of its rows has the parts named here. A picture is put where it is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..messages import Text


class Field(NamedTuple):
    """A name that a template may use, and what it stands for; a list has parts."""

    name: str
    help: Text
    parts: tuple[Field, ...] = ()
    is_picture: bool = False


def _field(name: str, zh: str, en: str, *parts: Field) -> Field:
    return Field(name, Text(zh, en), parts)


def _picture(name: str, zh: str, en: str) -> Field:
    return Field(name, Text(zh, en), (), True)


_NAME, _UNIT = _field("name", "名称", "name"), _field("unit", "单位", "unit")
_CODE = _field("code", "代码", "code")
_BASE, _REPORT = _field("base", "基准期", "base period"), _field("report", "报告期", "report period")
_STEP = _field("step", "怎样挽回失分", "how to win the lost points back")
_TEXT = _field("text", "句子", "the sentence")

FIELDS: tuple[Field, ...] = (
    _field("enterprise", "企业名称", "enterprise"),
    _field("uscc", "统一社会信用代码", "unified social credit code"),
    _field("industry", "行业代码和大类名称", "industry code, with the name of its division"),
    _field("region", "地区", "region"),
    _field("base_period", "基准期", "base period"),
    _field("report_period", "报告期", "report period"),
    _field("boundary", "核算边界", "boundary"),
    _field("product", "产品和单位", "product and its unit"),
    _field("guide", "评价指南：名称、代号、版本", "guide: name, id and version"),
    _field("guide_hash", "评价指南的指纹", "fingerprint of the guide"),
    _field("program", "程序及版本", "program and version"),
    _field("made", "生成日期", "date on which the report was made"),
    _field("file", "所依据的文件名", "name of the file it rests on"),
    _field("total", "总分；没有时为“–”", "total; “–” where there is none"),
    _field("grade", "等级；没有时为“–”", "grade; “–” where there is none"),
    _field("total_interval", "总分的 90 % 区间", "90 % interval of the total"),
    _field("coverage", "完成度", "coverage"),
    _field("score_so_far", "已得分(下限)", "score so far (lower bound)"),
    _field("rate_pollutants", "污染物减排率", "reduction rate of pollutants"),
    _field("rate_carbon", "碳减排率", "reduction rate of carbon"),
    _field("rate_pollutants_interval", "污染物减排率的 90 % 区间", "90 % interval of the rate of pollutants"),
    _field("rate_carbon_interval", "碳减排率的 90 % 区间", "90 % interval of the rate of carbon"),
    _field("case", "协同情形", "case of synergy"),
    _field("synergy", "协同度 S；没有时为“–”", "degree of synergy S; “–” where there is none"),
    _field("rewards", "本口径的协同度得分奖励什么", "what the score of synergy in force rewards"),
    _field(
        "indicators", "各指标", "the indicators",
        _CODE, _NAME, _field("first_level", "一级指标", "first level"), _UNIT, _field("state", "状态", "state"),
        _field("value", "指标值", "value"), _field("benchmark", "基准值", "benchmark"),
        _field("benchmark_source", "基准值的来源、年份和口径", "source, year and basis of the benchmark"),
        _field("score", "得分", "score"), _field("interval", "得分的 90 % 区间", "90 % interval of the score"),
        _field("weight", "权重", "weight"), _field("weighted", "加权得分", "weighted score"), _field("lost", "失分", "points lost"),
        _field("how", "怎样算出", "how it came about"), _field("marks", "依据：[note]、[law]、[choice]", "what it rests on: [note], [law], [choice]"),
        _STEP,
    ),
    _field("losses", "有失分的指标，由大到小；各部分同 indicators 的", "indicators that lose points, the largest first; parts of indicators",
           _CODE, _NAME, _field("lost", "失分", "points lost"), _STEP),
    _field("first_levels", "一级指标", "first levels", _CODE, _NAME, _field("score", "得分", "score"), _field("weight", "权重", "weight")),
    _field("quantities", "两期数量", "quantities of both periods", _NAME, _UNIT, _BASE, _REPORT, _field("change", "变化", "change")),
    _field(
        "data", "填报的各行数据", "the rows of data as filled in",
        _field("table", "所在表", "table"), _NAME, _field("origin", "来源或类别", "origin or category"), _UNIT, _BASE, _REPORT,
        _field("source", "数据来源", "source"), _field("quality", "质量等级和相对标准不确定度", "quality grade and relative standard uncertainty"),
        _field("note", "证明材料和备注", "evidence and note"),
    ),
    _field("factors", "采用的因子和系数", "factors and coefficients used",
           _NAME, _field("value", "数值", "value"), _UNIT, _field("source", "来源", "source"), _field("own", "自有因子为“是”", "yes where it is the enterprise's own")),
    _field("rules", "方法的规则", "rules of the method", _field("mark", "note、law 或 choice", "note, law or choice"), _TEXT),
    _field("options", "采用的方法选项", "options in force", _NAME, _field("value", "取值", "value"), _field("by", "由指南写明，或默认", "stated by the guide, or the default")),
    _field("editions", "标准和文件的版本", "editions of standards and notices",
           _CODE, _NAME, _field("used", "用于", "used for"), _field("dates", "日期", "dates")),
    _field("choices", "本表自选与指南不同之处", "what the return states otherwise than its guide", _NAME, _field("own", "自选", "own"), _field("guides", "指南", "the guide's"), _field("counts", "计入为“是”", "yes where it counts")),
    _field("exclusions", "按指南排除的理由", "why the guide excludes", _TEXT),
    _field("findings", "检查结果", "findings", _field("severity", "级别", "severity"), _field("principle", "原则", "principle"), _field("place", "位置", "place"), _TEXT),
    _field("sure", "区间和概率，用句子说明", "intervals and probabilities, in sentences", _TEXT),
    _field("alternatives", "其他方法口径下的总分", "the total under each alternative", _NAME, _field("total", "总分，或为什么没有", "total, or why there is none")),
    _field(
        "plan", "改进方案的措施", "measures of the plan",
        _NAME, _field("alone", "单独实施总分", "total, alone"), _field("cumulative", "依次实施总分", "total, in sequence"),
        _field("carbon", "碳排放变化 t CO2e", "change of emissions, t CO2e"), _field("equivalents", "污染物当量变化", "change of equivalents"),
        _field("cost", "投资(万元)", "cost, in ten thousand yuan"), _field("carbon_per_cost", "每万元减少的 kg CO2e", "kg CO2e avoided per ten thousand yuan"),
        _field("equivalents_per_cost", "每万元减少的当量", "equivalents avoided per ten thousand yuan"), _field("units", "换成绿电或煤", "as green power or coal"),
    ),
    _picture("chart_scores", "图：各指标得分", "chart: scores of the indicators"),
    _picture("chart_synergy", "图：协同四象限；没有减排率时空白", "chart: the four quadrants of synergy; blank without rates"),
    _picture("chart_sources", "图：按类别的碳排放", "chart: emissions by category"),
    _picture("chart_plan", "图：措施的减污降碳平面；没有措施时空白", "chart: the measures on the co-control plane; blank without measures"),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}


def markdown() -> Iterator[str]:
    """The table of the page report.md, in the language in use."""
    yield str(Text("| 字段 | 内容 | 各行的部分 |", "| field | content | parts of each row |"))
    yield "|---|---|---|"
    for field in FIELDS:
        parts = "; ".join(f"`{part.name}` {part.help}" for part in field.parts)
        yield f"| `{field.name}` | {field.help} | {parts} |"
