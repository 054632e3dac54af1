"""The workbook of a study: indicators and weights, correlations, agreement of experts, with plots."""

from __future__ import annotations

import os
from typing import Any

import xlsxwriter

from ..messages import Text, cell_text
from ..opening.outputs import RESULT
from ..workbook.xlsx import CREATED
from .study import REDUNDANT, Pair, Study

SHEETS = {
    "indicators": Text("指标与权重", "Indicators and weights"),
    "pairs": Text("相关", "Correlations"),
    "matrix": Text("相关矩阵", "Matrix"),
    "agreement": Text("专家一致程度", "Agreement of experts"),
    "values": Text("数据", "Data"),
}
HEADS: dict[str, tuple[Text, ...]] = {
    "indicators": (
        Text("代码", "code"), Text("指标", "indicator"), Text("平均", "mean"), Text("标准差", "standard deviation"), Text("得分标准差", "spread of scores"),
        Text("指南权重", "weight in the guide"), Text("熵权 [choice]", "entropy weight [choice]"), Text("CRITIC 权重 [choice]", "CRITIC weight [choice]"),
        Text("去掉后最多移动名次", "places moved without it, at most"),
    ),
    "pairs": (Text("代码", "code"), Text("代码", "code"), Text("皮尔逊 r", "Pearson's r"), Text("斯皮尔曼 ρ", "Spearman's ρ"), Text("共用的量", "made of both")),
    "agreement": (Text("组", "group"), Text("专家数", "experts"), Text("指标数", "indicators"), Text("Kendall W", "Kendall's W"), Text("p（χ² 近似）", "p (by χ²)")),
}  # fmt: skip
LEAD = Text(
    "{n} 家企业的完整数据。权重为样本内各指标之比；熵权、CRITIC 按最小–最大归一的值计算，是 AHP 之外的选择 [choice]。",
    "Complete data of {n} enterprises. Weights are among the indicators of the sample; entropy and CRITIC are of values normalised min–max, a choice beside AHP [choice].",
)
_FIRST = 3


def write(study: Study, path: str | os.PathLike[str]) -> None:
    """A workbook with plots; texts of others are no formulas."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(os.fspath(path), options) as book:
        book.set_properties({"created": CREATED, "author": "jwdt-xl", "category": RESULT})
        styles = {"head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}), "lead": book.add_format({"italic": True}),
                  "number": book.add_format({"num_format": "0.####"}), "share": book.add_format({"num_format": "0.000"})}  # fmt: skip
        sheets = {key: book.add_worksheet(str(title)) for key, title in SHEETS.items()}
        sheets["indicators"].write(0, 0, str(LEAD.fill(n=study.n)), styles["lead"])
        for key, heads in HEADS.items():
            for col, head in enumerate(heads):
                sheets[key].write(_FIRST - 1, col, str(head), styles["head"])
                sheets[key].set_column(col, col, 34 if key == "indicators" and col == 1 else 16)
            sheets[key].freeze_panes(_FIRST, 2)
        _indicators(study, sheets["indicators"], styles)
        _pairs(study, sheets["pairs"], styles)
        _matrix(study, book, sheets["matrix"], styles)
        _agreement(study, sheets["agreement"], styles)
        _values(study, sheets["values"], styles)
        _plots(study, book, sheets["indicators"])
        _scatter(study, book, sheets["pairs"])


def _indicators(study: Study, sheet: Any, styles: dict[str, Any]) -> None:
    for row, each in enumerate(study.indicators, _FIRST):
        sheet.write(row, 0, each.node.code)
        sheet.write(row, 1, cell_text(str(each.node.name)))
        numbers = (each.mean, each.deviation, each.spread, each.weight, each.entropy, each.critic, each.moves)
        for col, value in enumerate(numbers, 2):
            sheet.write(row, col, value, styles["share" if 5 <= col <= 7 else "number"])


def _pairs(study: Study, sheet: Any, styles: dict[str, Any]) -> None:
    for row, pair in enumerate(_ordered(study), _FIRST):
        sheet.write_row(row, 0, (pair.one.code, pair.other.code))
        sheet.write_row(row, 2, (pair.pearson, pair.spearman), styles["share"])
        sheet.write(row, 4, "; ".join(map(str, pair.shared)))
    last = _FIRST + len(study.pairs) - 1
    for rule in ({"criteria": ">=", "value": REDUNDANT}, {"criteria": "<=", "value": -REDUNDANT}):
        sheet.conditional_format(_FIRST, 2, last, 3, {"type": "cell", "format": styles["head"], **rule})


def _ordered(study: Study) -> list[Pair]:
    """Those that go along most, first."""
    return sorted(study.pairs, key=lambda pair: -max(abs(pair.pearson), abs(pair.spearman)))


def _matrix(study: Study, book: Any, sheet: Any, styles: dict[str, Any]) -> None:
    places = {each.node.code: i for i, each in enumerate(study.indicators, 1)}
    for code, place in places.items():
        sheet.write(0, place, code, styles["head"])
        sheet.write(place, 0, code, styles["head"])
        sheet.write(place, place, 1, styles["share"])
    for pair in study.pairs:
        at = places[pair.one.code], places[pair.other.code]
        sheet.write(*at, pair.pearson, styles["share"])
        sheet.write(*at[::-1], pair.pearson, styles["share"])
    scale = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": -1, "mid_value": 0, "max_value": 1,
             "min_color": "#6C8EBF", "mid_color": "#FFFFFF", "max_color": "#D9705F"}  # fmt: skip
    sheet.conditional_format(1, 1, len(places), len(places), scale)


def _agreement(study: Study, sheet: Any, styles: dict[str, Any]) -> None:
    for row, each in enumerate(study.agreements, _FIRST):
        sheet.write_row(row, 0, (cell_text(str(each.group)), each.experts, each.items))
        sheet.write_row(row, 3, (each.w, each.p), styles["share"])


def _values(study: Study, sheet: Any, styles: dict[str, Any]) -> None:
    for col, each in enumerate(study.indicators):
        sheet.write(0, col, each.node.code, styles["head"])
        sheet.write_column(1, col, [row[col] for row in study.values])


def _plots(study: Study, book: Any, sheet: Any) -> None:
    """The three weights of each indicator side by side."""
    chart, last = book.add_chart({"type": "bar"}), _FIRST + len(study.indicators) - 1
    title = sheet.get_name()
    for col in (5, 6, 7):
        chart.add_series({
            "name": [title, _FIRST - 1, col], "categories": [title, _FIRST, 1, last, 1], "values": [title, _FIRST, col, last, col],
        })  # fmt: skip
    chart.set_title({"name": str(Text("三种权重", "Three weights"))})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 760, "height": 140 + 44 * len(study.indicators)})
    sheet.insert_chart(last + 2, 1, chart)


def _scatter(study: Study, book: Any, sheet: Any) -> None:
    """The two indicators that go along most."""
    pair = _ordered(study)[0]
    codes = [each.node.code for each in study.indicators]
    data, n = str(SHEETS["values"]), len(study.values)
    x, y = codes.index(pair.one.code), codes.index(pair.other.code)
    chart = book.add_chart({"type": "scatter"})
    chart.add_series({"name": f"r {pair.pearson:.2f}", "categories": [data, 1, x, n, x], "values": [data, 1, y, n, y]})
    chart.set_x_axis({"name": f"{pair.one.code} {pair.one.name}", "major_gridlines": {"visible": False}})
    chart.set_y_axis({"name": f"{pair.other.code} {pair.other.name}"})
    chart.set_size({"width": 640, "height": 400})
    sheet.insert_chart(_FIRST, 6, chart)
