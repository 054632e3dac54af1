"""The summary beside the supplementary tables: a row an enterprise with its products, output, energy and emissions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...errors import JwdtError
from ...messages import ERROR, WARNING, Text
from ...standard.codes import as_typed, check_industry
from ...standard.totals import is_total
from .. import letterhead, owners
from ..accounted import tell_rest
from ..cells import Problems, Wrong, exact, year_in
from ..headings import AMOUNT, LABEL, Columns, Table, column
from ..paper import Fact, Given, Kind, Sheet, Sum, Wanted

_PRODUCTS = ("一", "二", "三")
_OF_ALL = {"tce": ("企业综合能耗", Fraction(10**4)), "co2e": ("温室气体排放总量", Fraction(10**4))}


def _product(part: str, number: int, name: str) -> str:
    forms = (
        f"产品{name}{part}",
        f"产品{number}{part}",
        f"主营产品{name}{part}",
        f"主营产品{number}{part}",
        f"{part}{name}",
    )
    return "|".join(forms)


COLUMNS = Columns(
    (
        owners.CODE,
        owners.NAME,
        column("year", "年份|年度|报告年度|核算年度", role=LABEL),
        column("industry", "行业代码|所属行业代码|国民经济行业代码", role=LABEL),
        *(
            column(f"{key}{number}", _product(part, number, name), role=AMOUNT if key == "output" else LABEL)
            for number, name in enumerate(_PRODUCTS, 1)
            for key, part in (("name", "名称"), ("unit", "单位"), ("output", "产量"))
        ),
        column("tce", "企业综合能耗|综合能耗|综合能源消费量"),
        column("co2e", "温室气体排放总量|二氧化碳排放总量|企业温室气体排放总量|碳排放总量"),
    ),
    ("owner",),
    ("tce", "co2e"),
    3,
)


def read(sheet: Sheet, wanted: Wanted, problems: Problems) -> Given | None:
    tables = COLUMNS.tables(sheet, problems)
    if tables is None:
        return None
    facts: list[Fact] = []
    sums: list[Sum] = []
    head = letterhead.read(sheet, tables[0].above() if tables else (), problems)
    for table in tables:
        totals = {row for row in table.rows() if is_total(table.text(row, "owner"))}
        data = [row for row in table.rows() if row not in totals]
        for row in totals:
            table.take(row)
        for row in owners.rows_of(table, data, wanted, problems):
            year = year_in(table.cell(row, "year")) or head.year
            facts += (*owners.facts_of(table, row), *_facts(table, row, year, problems))
            sums += _sums(table, row, year, problems)
            table.take(row, "owner", *_OF_ALL)
    tell_rest(tables, COLUMNS, problems)
    return Given((), (*head.facts, *facts), (), tuple(sums))


KIND = Kind(
    "carbon-summary", Text("碳排放补充数据汇总表", "summary of the supplementary carbon data"), COLUMNS.worth, read
)


def _number(table: Table, row: int, key: str, problems: Problems) -> Fraction | None:
    try:
        return exact(table.cell(row, key))
    except Wrong as error:
        problems.say(ERROR, error.code, table.at(row, key), error.text)
        return None


def _facts(table: Table, row: int, year: str | None, problems: Problems) -> Iterator[Fact]:
    def fact(path: str, value: Any, key: str, unit: str = "") -> Fact:
        return Fact(path, value, unit, year, table.at(row, key), table.sheet.row(row))

    code = table.text(row, "industry")
    code = str(as_typed(code))
    try:
        check_industry(code)
        yield fact("enterprise.industry_code", code, "industry")
    except JwdtError as error:
        if code:
            text = Text("{e}，未导入 — 请自行填写四位小类代码", "{e}: not imported — type the code of four digits")
            problems.say(WARNING, "paper-industry", table.at(row, "industry"), text.fill(e=error.text))
    products = [number for number in range(1, 4) if table.text(row, f"name{number}")]
    for number in range(1, 4):
        if number not in products and _number(table, row, f"output{number}", problems):
            text = Text(
                "有产量而没有产品名称，未导入 — 请补填产品名称",
                "has an output and no name of the product: not imported — fill in the name",
            )
            problems.say(ERROR, "output-without-product", table.at(row, f"output{number}"), text, "completeness")
    if len(products) > 1:
        text = Text(
            "有 {n} 种产品：折算系数须由企业给出，产品未导入 — 请在“产品明细”填写",
            "{n} products: how they convert is for the enterprise to say, so none is imported — enter them on the sheet of products",
        )
        problems.say(ERROR, "several-products", table.at(row, "name2"), text.fill(n=len(products)), "completeness")
        return
    for number in products:
        yield fact("product.name", table.text(row, f"name{number}"), f"name{number}")
        output = _number(table, row, f"output{number}", problems)
        if output is not None:
            table.take(row, f"output{number}")
            yield fact("product.output", output, f"output{number}", table.text(row, f"unit{number}"))


def _sums(table: Table, row: int, year: str | None, problems: Problems) -> Iterator[Sum]:
    """Totals in 10^4 t, unless the heading says t."""
    for key, (_, scale) in _OF_ALL.items():
        if key not in table.columns:
            continue
        amount = _number(table, row, key, problems)
        if amount is not None:
            stated = table.columns[key].brackets
            factor = 1 if stated and not any(part.startswith(("万", "10^4")) for part in stated) else scale
            yield Sum(key, amount * factor, year, table.at(row, key))
