"""The columns of a portfolio: one declaration for the workbook, the table file and what feedback reads back."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...messages import Text
from ...standard.guide import Guide
from ...standard.indicators import CASE_NAMES
from ...workbook.plan import INDICATOR_COLUMNS
from ..analysis import coupling
from ..collection.row import Row, summed

TEXT, NUMBER, SCORE, VALUE, WEIGHT, PERCENT, COUNT = "text", "number", "score", "value", "weight", "percent", "count"


class Column(NamedTuple):
    """A column: its key, which stands in a hidden row, its title, the kind of its cells and its width."""

    key: str
    title: Text
    kind: str = TEXT
    width: int = 12


PERIODS = {"base": Text("基准期", "base"), "report": Text("报告期", "report")}


def who(guide: Guide, width: int = 30) -> tuple[Column, Column]:
    """Whose a row is: the code that tells one from another, under the key `uscc` whatever is evaluated, and the name."""
    subject = guide.subject
    return Column("uscc", subject.code_label, TEXT, 22), Column("name", subject.name_label, TEXT, width)


#: By the quality of the data: 90 % interval of the total, and the ranks that the intervals of all allow.
_SURE = (
    Column("total_low", Text("总分区间：下", "interval of the total: low"), SCORE, 10),
    Column("total_high", Text("总分区间：上", "interval of the total: high"), SCORE, 10),
    Column("data_rank_low", Text("按数据质量的名次：最好", "rank by data quality: best"), COUNT, 11),
    Column("data_rank_high", Text("按数据质量的名次：最差", "rank by data quality: worst"), COUNT, 11),
)


def ranking(guide: Guide, with_coupling: bool = False, with_interval: bool = False) -> list[Column]:
    return [
        Column("rank", Text("名次", "rank"), COUNT, 7),
        *who(guide, 34),
        Column("region", Text("地区", "region"), TEXT, 16),
        *([Column("industry_code", Text("行业", "industry"), TEXT, 8)] if guide.subject.has_products else []),
        Column("total", Text("总分", "total"), SCORE, 9),
        Column("total_own", guide.subject.own_data, SCORE, 12),
        Column("own_choice_total", guide.subject.own_choices, SCORE, 12),
        Column("grade", Text("等级", "grade"), TEXT, 8),
        Column("reason", Text("不排名的原因", "why it has no rank"), TEXT, 30),
        Column("rank_low", Text("名次区间：最好", "rank interval: best"), COUNT, 10),
        Column("rank_high", Text("名次区间：最差", "rank interval: worst"), COUNT, 10),
        *(_SURE if with_interval else ()),
        *(Column(f"group_{node.code}", node.name, SCORE, 10) for node, _ in guide.groups),
        *(Column(f"score_{node.code}", _named(node), SCORE, 10) for node in guide.indicators),
        *([Column("coupling", coupling.NAME, WEIGHT, 12)] if with_coupling else []),
        Column("coverage", Text("完成度", "coverage"), PERCENT, 9),
        Column("so_far", Text("已得分（下限）", "score so far (lower bound)"), SCORE, 10),
        Column("quality", Text("数据质量（1 最好–5）", "data quality (1 best – 5)"), NUMBER, 10),
        Column("error", Text("错误", "errors"), COUNT, 7),
        Column("warning", Text("警告", "warnings"), COUNT, 7),
        Column("info", Text("提示", "notes"), COUNT, 7),
        Column("file", Text("文件", "file"), TEXT, 40),
    ]


def values(guide: Guide) -> list[Column]:
    columns = [
        *who(guide, 34),
        Column("base", Text("基准期", "base period"), TEXT, 9),
        Column("report", Text("报告期", "report period"), TEXT, 9),
        Column("boundary", Text("核算边界", "boundary"), TEXT, 24),
    ]
    if not guide.is_plain:
        columns += [
            Column("product", Text("产品", "product"), TEXT, 18),
            Column("unit", Text("产品单位", "unit of product"), TEXT, 10),
            Column("grid", Text("电网因子序列和年份", "grid-factor series and year"), TEXT, 24),
            Column(
                "base_grid",
                Text("基准期电网电力：序列、年份、tCO2", "grid power of the base period: series, year, tCO2"),
                TEXT,
                24,
            ),
            Column("case", Text("协同情形", "case of synergy"), TEXT, 30),
            Column("rate_pollutants", Text("污染物减排率", "reduction rate of pollutants"), PERCENT, 10),
            Column("rate_carbon", Text("碳减排率", "reduction rate of carbon"), PERCENT, 10),
        ]
    for node in guide.indicators:
        unit = Text(f"{node.name.zh}\n{node.unit.zh}".strip(), f"{node.name.en}\n{node.unit.en}".strip())
        columns += [
            Column(f"value_{node.code}", unit, VALUE, 14),
            Column(f"benchmark_{node.code}", Text("基准值", "benchmark"), VALUE, 11),
            Column(f"weight_{node.code}", Text("权重", "weight"), WEIGHT, 9),
            Column(f"step_{node.code}", INDICATOR_COLUMNS["step"], TEXT, 30),
        ]
    for key, quantity in summed(guide).items():
        for period, name in PERIODS.items():
            title = Text(f"{quantity.title.zh} {name.zh}", f"{quantity.title.en} {name.en}")
            columns.append(Column(f"{key}_{period}", title, VALUE, 19))
    return [
        *columns,
        Column("reasons", Text("不适用理由", "not applicable: reasons"), TEXT, 30),
        Column("file", Text("文件", "file"), TEXT, 40),
    ]


def _named(node: Any) -> Text:
    return Text(f"{node.code} {node.name.zh}", f"{node.code} {node.name.en}")


def cells_of(row: Row, counted: Row, guide: Guide) -> dict[str, Any]:
    """The cells that one row gives; places in the group are added by who knows the group."""
    case, rates, quantities = counted["case"], counted["rates"], counted["quantities"]
    grade = None if counted["excluded"] or counted["quarantine"] else guide.grade(counted["total"])
    cells: dict[str, Any] = {
        key: row[key]
        for key in (
            "uscc",
            "name",
            "region",
            "industry_code",
            "base",
            "report",
            "product",
            "unit",
            "boundary",
            "grid",
            "base_grid",
            "quality",
        )
    }
    cells |= {
        "total": counted["total"],
        "grade": str(grade.name) if grade else "",
        "coverage": counted["coverage"],
        "so_far": counted["so_far"],
        "case": str(CASE_NAMES[case]) if case else "",
        "rate_pollutants": rates[0],
        "rate_carbon": rates[1],
        "reasons": "；".join(f"{code}：{reason}" for code, reason in row["reasons"].items()),
    }
    for (node, _), score in zip(guide.groups, counted["groups"], strict=True):
        cells[f"group_{node.code}"] = score
    for i, node in enumerate(guide.indicators):
        for kind in ("value", "score", "weight", "benchmark"):
            cells[f"{kind}_{node.code}"] = counted[f"{kind}s"][i]
        cells[f"step_{node.code}"] = str(Text(*counted["steps"][i]))
    for key in summed(guide):
        for period, value in zip(PERIODS, quantities[key], strict=True):
            cells[f"{key}_{period}"] = value
    return cells
