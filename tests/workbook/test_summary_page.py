"""The page for the boss: remedies that win the points back, open points with their cells, four digits, right edges in line."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook.sheets import result_texts as texts
from jwdt_xl.workbook.sheets import summary
from jwdt_xl.workbook.sheets.charts import label

from ..office import Office
from .conftest import EXAMPLES

Data = dict[str, Any]
Make = Callable[..., Path]
Example = Callable[[str], Data]
LAYOUT = Layout(builtin(), "portable", "zh")


@cache
def sheet_of_indicators(path: Path) -> list[list[Any]]:
    layout = Layout(builtin(), "portable", "zh" if "_zh" in path.name else "en")
    return CalamineWorkbook.from_path(path).get_sheet_by_name(layout.title("indicators")).to_python(False)


def shown(path: Path, code: str, key: str) -> Any:
    """What the sheet of indicators shows of one."""
    cell = LAYOUT.indicator_cell([node.code for node in builtin().indicators].index(code), key)
    return sheet_of_indicators(path)[cell.row][cell.col]


# Remedies


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_amounts_win_the_points_back(name: str, workbook: Make, example: Example) -> None:
    """A value with its amount changed is its benchmark, and rates with theirs are alike."""
    path, result = workbook(example(name)), evaluate(read(example(name)), builtin())
    amounts = result.quantities
    for indicator in result.indicators:
        node, first = indicator.node, shown(path, indicator.node.code, "amount")
        if node.algorithm.is_quotient and isinstance(first, (int, float)) and indicator.lost:
            top, bottom = (amounts.pair(key).report for key in node.needs)
            changed = top + first if node.attribute == "positive" else top - first
            assert changed * node.algorithm.times / bottom == pytest.approx(indicator.benchmark.value, rel=1e-5), (
                node.code
            )
        if node.algorithm.is_synergy and result.synergy is not None:
            per_product = result.options["synergy_basis"] == "per_product"
            grown = amounts.output.report / amounts.output.base if per_product else 1
            after = []
            for key, amount in (("equivalents", first), ("co2e", shown(path, node.code, "other"))):
                pair = amounts.pair(key)
                after.append(1 - (pair.report - amount) / (pair.base * grown))
            rates = (result.synergy.pollutants, result.synergy.carbon)
            if min(rates) > 0:
                assert after == [pytest.approx(max(rates), abs=1e-5)] * 2
            else:
                assert min(after) >= -1e-5


@pytest.mark.parametrize(("measure", "rate"), [("composite", 0.2), ("equivalent_rate", 0.2)])
def test_a_measure_of_size_is_won_by_the_rate_it_names(
    measure: str, rate: float, workbook: Make, example: Example
) -> None:
    data = example("cement")
    data["options"] = {"moderate_score": measure, "full_rate": rate, "carbon_equivalents": 5}
    said = shown(workbook(data), "1", "step")
    pairs = [evaluate(read(data), builtin()).quantities.pair(key) for key in ("equivalents", "co2e", "output")]
    grown = pairs[2].report / pairs[2].base
    for pair, key in zip(pairs, ("amount", "other"), strict=False):
        left = pair.report - shown(workbook(data), "1", key)
        assert 1 - left / (pair.base * grown) == pytest.approx(rate, abs=1e-5)
    assert re.fullmatch(r"污染物当量 −[\d,]+ 当量；碳排放 −[\d,]+ t CO2e", said)


@pytest.mark.parametrize(("name", "language", "code", "said"), [
    ("cement", "zh", "1", "碳排放 −108,500 t CO2e，即 20,450 万kWh 绿电，或 62,290 t 烟煤"),
    ("cement", "en", "3", "carbon −7,010 t CO2e, that is 13,210 MWh green power or 4,025 t bituminous coal"),
    ("cement", "zh", "4", "产值 +3,041 万元，或 碳排放 −50,680 t CO2e"),
    ("cement", "zh", "5", "非化石能源 +5,656 tce，即 4,602 万kWh 绿电，替代 7,918 t 原煤"),
    ("cement", "en", "5", "non-fossil energy +5,656 tce, that is 46,020 MWh green power in the place of 7,918 t 原煤"),
    ("cement", "en", "6", "materials −43,880 t"),
    ("cement", "zh", "2", "已得满分"),
    ("both_rise", "zh", "1", "污染物当量 −380,200 当量；碳排放 −303,500 t CO2e"),
    ("both_rise", "zh", "2", "污染物当量 −445,300 当量，即 423,100 kg 氮氧化物"),
    ("na_and_missing", "zh", "7", "不适用"),
])  # fmt: skip
def test_remedies_are_said_in_units_of_the_enterprise(
    name: str, language: str, code: str, said: str, workbook: Make, example: Example
) -> None:
    assert shown(workbook(example(name), language=language), code, "step") == said


# What is open


def page(office: Office, path: Path, fill: dict[str, Any]) -> list[str]:
    """The texts of the summary, and of the findings beside the quantities, once something is typed."""
    book = office.open(path)
    try:
        for name, value in fill.items():
            book.set(name, value)
        book.recalculate()
        rows = [*book.block(f"'{LAYOUT.title('summary')}'."), *book.block(f"'{LAYOUT.title('quantities')}'.")]
        return [value for row in rows for value in row if isinstance(value, str)]
    finally:
        book.close()


def test_open_points_are_live_and_name_their_cells(office: Office, workbook: Make, example: Example) -> None:
    data = example("cement")
    said = page(office, workbook(), {})
    assert texts.NOT_EVALUATED.zh in said and any(text.endswith(texts.EMPTY_TABLE.zh) for text in said)
    said = page(
        office, workbook(), {"in_enterprise_name": "甲", "in_periods_base": "2023", "in_periods_report": "2023"}
    )
    assert texts.NOT_EVALUATED.zh not in said and texts.NOT_CHECKED.zh in said
    assert any("查：两期相同" in text and "企业信息!B" in text for text in said)
    assert texts.NOTHING_OPEN.zh not in said
    filled = page(office, workbook(data), {})
    assert any(text.startswith(f"{LAYOUT.title('energy')}!") and "查：" in text for text in filled)


# Looks


def test_names_of_the_radar_are_short_lines() -> None:
    assert label("1 减污降碳协同度") == "1 减污降碳协同度"
    assert label("2 pollutant equivalents per unit product") == "2 pollutant\nequivalents per\nunit product"
    assert label("9 " + "很长的名称" * 9).count("\n") == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_charts_end_where_the_page_does(language: str, workbook: Make, example: Example) -> None:
    """The right edges of charts lie on a column's edge, however wide a program draws columns."""
    with zipfile.ZipFile(workbook(example("cement"), language=language)) as file:
        drawing = file.read("xl/drawings/drawing1.xml").decode()
    ends = re.findall(r"<xdr:to><xdr:col>(\d+)</xdr:col><xdr:colOff>(\d+)</xdr:colOff>", drawing)
    last = len(summary.WIDTHS)
    assert sorted(ends) == sorted([(str(summary._LEFT + 1), "0"), (str(last), "0"), (str(last), "0")])


def test_results_have_four_digits(workbook: Make, example: Example) -> None:
    """By formats that depend on the number: 603.7, 0.05738, 1,393."""
    book = load_workbook(workbook(example("cement")))
    for sheet in ("indicators", "quantities", "summary"):
        formats = {
            rule.dxf.numFmt.formatCode
            for area in book[LAYOUT.title(sheet)].conditional_formatting
            for rule in area.rules
            if rule.dxf is not None and rule.dxf.numFmt is not None
        }
        assert {"#,##0", "0.0", "0.000", "0.00000"} <= formats, sheet


def test_the_interval_of_the_total_as_of_the_making(workbook: Make, example: Example) -> None:
    """Before the totals under the alternatives; nothing without a total."""
    for name, expected in (("cement", "76.2–81.0"), ("na_and_missing", None)):
        sheet = load_workbook(workbook(example(name)))["汇总"]
        rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
        found = [row for row in rows if "90 % 区间(按数据质量)" in row]
        assert [row[:2] for row in found] == ([["90 % 区间(按数据质量)", expected]] if expected else [])
