"""Rules that are live: what Python says of a row is what the formula of the same rule says in a spreadsheet."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.assessment.checks import RULES
from jwdt_xl.assessment.checks.rows import OF_ROWS
from jwdt_xl.assessment.checks.whole import RATIO_TABLES
from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.rules import Rule
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.messages import PRINCIPLES, SEVERITIES, Text
from jwdt_xl.standard.green import GREEN
from jwdt_xl.workbook import write
from jwdt_xl.workbook.columns.catalogue import CODES, HINTS
from jwdt_xl.workbook.columns.hints import mark_of

from ..office import Office
from .cases import BILLED, PLAIN, changed
from .compare import in_ironcalc, in_office
from .places import LAYOUT

ROWS = 2400
#: What a field may hold: blanks, texts, answers, and numbers around every bound.
VALUES = ("", "文本", 0.0, 1.0, -1.0, 0.5, 2022.0, 2023.0)
AROUND = (0.5, -0.5, 499.0, 1999.0, 4999.0, 19999.0, -0.998, -0.9995, -0.9998, -0.99995)
ANSWERS = {True: "是", False: "否"}
IDS = [f"{rule.code} {i}" for i, rule in enumerate(RULES)]
#: What may stand in fields that the columns of a table do not declare, or that a rule asks for one value of.
DOMAINS: dict[str, tuple[Any, ...]] = {
    "dimension": ("mass", "volume", "energy"), "heat_low": (5.0, 14.6, 194.0), "heat_high": (60.0, 40.2, 500.0),
    "net_calorific_value_judged": (0.0, 1.0, 2.0), "coefficient_judged": (0.0, 1.0, 2.0),
    "heat_value": (3.0, 20.9, 20908.0, 5000.0, 35.5, 389.0), "bio": ("", 0.0, 0.4), "biogenic_share": ("", 0.0, 0.4),
    "net_calorific_value": ("", 3.0, 20.9, 20908.0, 5000.0, 35.5, 389.0), "coefficient": ("", 0.7143, 1.2, 714.3, 42.65, 29.3),
    "printed_low": ("", 0.7143, 1.1), "printed_high": ("", 0.7143, 1.33), "emission_factor": ("", 0.0, 0.5, 570.3, 0.6205),
    "factor_low": (0.1,), "factor_high": (1.3,), "factor": (0.0, 2.1), "products.factor": ("", 2.1), "base": ("", 0.0, 5.0), "report": ("", 0.0, 5.0),
    **dict.fromkeys(("fossil", "fuel_beside", "sold_beside", "own_beside", "own_in_grid", "power_off", "carbon_off", "residual_off", "energy_or_water", "other_unit", "emits_nothing", "source_beside"), (0.0, 1.0)), "unproved": (0.0, 1.0, 2.0),
    **dict.fromkeys(("industry-of-another-product.other", "industry-of-another-guide.other", "base-period.other", "guide-value-basis.other"), (0.0, 1.0)),
    "conversion": (0.0, 1.0, 2.0),
    "implausible-energy-ratio.value": ("", 0.0001, 0.5, 25.0), "benchmark-unit.unit": ("right", "other"), "product-unit.unit": ("right", "other"), "product-unit-unclear.unit": ("right", "unclear"), "benchmark-unit-unclear.unit": ("right", "unclear"), "metered-electricity-blank.origins": (0.0, 1.0, 2.0),
    "outside-range.low": (0.5,), "outside-range.high": (1.5,), "recorded-not-counted.kind": ("recorded", "amount", "ph"),
    "no-reason-for-not-applicable.reason": ("", "没有基准", "本行业不要求", "No Benchmark", "指南未给基准值"),
    **dict.fromkeys(("own-power-in-grid-row.metered", "metered-electricity-differs.metered"), (100.0, 120.0)),
    **dict.fromkeys(("own-power-in-grid-row.bought", "metered-electricity-differs.bought"), (100.0, 119.5, 120.0, 100.4)),
    **dict.fromkeys(("own-power-in-grid-row.own", "metered-electricity-differs.own"), (0.0, 20.0)),
    **dict.fromkeys(("carbon_content", "oxidation", "carbon_per_unit", "carbon_fraction", "bo", "mcf"), ("", "", "", 0.5)), **dict.fromkeys(("source", "evidence", "note"), ("", "有")),
}  # fmt: skip


class Asked:
    """Cells of a row, in the order in which a rule asks for its fields."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.fields: list[str] = []

    def __getitem__(self, field: str) -> str:
        if field not in self.fields:
            self.fields.append(field)
        return xl_rowcol_to_cell(self.row, self.fields.index(field))

    def constant(self, value: Any) -> str:
        if isinstance(value, Text):
            return f'"{value.zh}"'
        return f'"{value}"' if isinstance(value, str) else repr(value)


def values_of(rule: Rule, field: str, chance: random.Random) -> Any:
    """A value of a field; an answer as code and label."""
    if rule.table and field in (fields := specs(TABLES[rule.table])) and fields[field].choices:
        return chance.choice(fields[field].choices)
    if domain := DOMAINS.get(f"{rule.code}.{field}"):
        return chance.choice(domain)
    if rule.table and (domain := DOMAINS.get(f"{rule.table}.{field}", DOMAINS.get(field))):
        return chance.choice(domain)
    if rule.numbers:
        near = chance.choice(AROUND) * chance.choice([1, 1 + 1e-4, 1 - 1e-4])
        return chance.choice([*VALUES, near, near, chance.uniform(-2, 3), 10 ** chance.uniform(-3, 6)])
    return chance.choice(["", "有", True, False])


def rows(rule: Rule) -> Iterator[tuple[int, dict[str, Any]]]:
    asked = Asked(0)
    rule.formula(asked)
    chance = random.Random(rule.code)
    for row in range(ROWS):
        yield row, {field: values_of(rule, field, chance) for field in asked.fields}


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_python_and_formula_agree(rule: Rule, tmp_path: Path) -> None:
    path = tmp_path / "rule.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for row, fields in rows(rule):
            asked = Asked(row)
            for col, value in enumerate(fields.values()):
                value = value[1].zh if isinstance(value, tuple) else value
                shown = ANSWERS[value] if isinstance(value, bool) else value
                if shown != "":
                    sheet.write(row, col, shown)
            sheet.write_formula(row, 19, f"=IF({rule.formula(asked)},1,0)")
            assert asked.fields == list(fields)
    computed = in_ironcalc(path)
    said = {
        row: rule.holds(**{k: v[0] if isinstance(v, tuple) else v for k, v in fields.items()})
        for row, fields in rows(rule)
    }
    assert {row: bool(computed["S", row, 19]) for row in said} == said
    assert set(said.values()) == {True, False}, "the rows should show both"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_is_whole(rule: Rule) -> None:
    """What it says is a finding, and its hint one that the template shows."""
    assert rule.severity in SEVERITIES and rule.principle in PRINCIPLES
    assert any(hint.text == rule.hint for hint in HINTS)
    fields = {name: 1 for name in re.findall(r"{(\w+)}", rule.text.zh)}
    finding = rule.finding("somewhere", **fields)
    assert (finding.code, finding.where) == (rule.code, "somewhere")


# Every rule of rows, from data to finding and hint

_FUEL = {"kind": "fuel", "name": "烟煤", "unit": "t", "base": 10, "report": 9, "source": "台账"}
_GRID = {"kind": "electricity", "origin": "grid", "unit": "kWh", "base": 10, "report": 9, "source": "账单"}
_GREEN = {**_GRID, "evidence": "合同"}
_HEAT = {"kind": "heat", "unit": "GJ", "base": 10, "report": 9, "source": "账单"}
_POWER = {"energy": "电力", "origin": "grid", "unit": "kWh", "base": 10, "report": 9, "source": "账单"}
_COAL = {"energy": "原煤", "unit": "t", "base": 10, "report": 9, "source": "台账"}
_GAS = {"energy": "天然气", "unit": "m3", "base": 10, "report": 9, "source": "台账"}
#: table: rows that each break a rule in their last row, by what must be told there.
BROKEN: list[tuple[str, str, list[dict[str, Any]]]] = [
    ("own_equivalents", "own-value-without-source", [{"medium": "air", "pollutant": "某物", "value": 0.95, "unit": "kg"}]),
    *(
        ("activity", "implausible-heat-value", [{**_FUEL, **row}])
        for row in (
            {"net_calorific_value": 5000}, {"net_calorific_value": 20908}, {"net_calorific_value": 2.9}, {"coefficient": 20.9},
            {"name": "天然气", "unit": "万m3", "net_calorific_value": 35.5}, {"name": "天然气", "unit": "万m3", "net_calorific_value": 3},
            {"name": "某油", "net_calorific_value": 9800, "carbon_content": 0.02, "oxidation": 0.98},
            {"name": "原煤", "net_calorific_value": 5000, "carbon_content": 0.026, "oxidation": 0.98},
        )
    ),
    *(("energy", "implausible-heat-value", [row]) for row in (
        {**_COAL, "net_calorific_value": 5000}, {**_COAL, "net_calorific_value": 20.9}, {**_COAL, "net_calorific_value": 40000},
        {**_COAL, "coefficient": 714.3}, {**_GAS, "net_calorific_value": 8500},
    )),
    ("energy", "own-coefficient-without-source", [{**_COAL, "net_calorific_value": 20900, "source": ""}]),
    # what the whole enterprise tells
    ("energy", "implausible-power-ratio", [{**_POWER, "base": 9, "report": 9}]),
    ("activity", "implausible-power-ratio", [{**_GRID, "base": 9e9, "report": 9e9}]),
    ("greenhouse", "implausible-carbon-ratio", [{"category": "fuel", "gas": "CO2", "unit": "t", "base": 2e8, "report": 2e8, "source": "x"}]),
    ("residual_energy", "implausible-residual-ratio", [{"kind": "余热", "unit": "万kWh", "base": 9e6, "report": 9e6, "source": "x"}]),
    *((table, "own-power-in-grid-row", [{**row, "origin": "own_renewable", "base": 2, "report": 2}, row]) for table, row in (("activity", _GRID), ("energy", _POWER))),
    ("activity", "own-power-as-sold", [{**_GRID, "origin": "sold"}, {**_GREEN, "origin": "own_renewable"}]),
    ("activity", "own-power-as-sold", [{**_GREEN, "origin": "own_renewable"}, {**_GRID, "origin": "sold"}]),
    ("activity", "own-power-and-sold", [_FUEL, {**_GRID, "origin": "sold"}, {**_GREEN, "origin": "own_renewable"}]),
    ("activity", "implausible-emission-factor", [{**_GRID, "emission_factor": 570.3}]),
    ("activity", "implausible-emission-factor", [{**_HEAT, "emission_factor": 110}]),
    ("activity", "implausible-emission-factor", [{"kind": "process", "name": "熟料", "unit": "t", "base": 9, "report": 9, "emission_factor": 3.5, "source": "x"}]),
    ("activity", "footprint-factor", [{**_GRID, "emission_factor": 0.6205}]),
    ("activity", "certificate-factor-zero", [{**_GREEN, "origin": "certificate", "emission_factor": 0}]),
    *(
        ("activity", "fuel-beside-its-source", [{**_FUEL, "name": source}, {**_FUEL, "name": made, "unit": unit}])
        for source, made, unit in (("洗精煤", "焦炭", "t"), ("焦炭", "转炉煤气", "万m3"), ("焦炭", "高炉煤气", "m3"))
    ),
    ("energy", "fuel-beside-its-source", [{**_COAL, "energy": "焦炭"}, {**_COAL, "energy": "高炉煤气", "unit": "m3"}]),
    ("activity", "green-with-own-factor", [{**_GREEN, "origin": "direct_green", "emission_factor": 0.58}]),
    *(("activity", "green-without-evidence", [{**_GRID, "origin": origin}]) for origin in GREEN),
    ("activity", "sold-renewable-not-counted", [{**_GRID, "origin": "sold_renewable"}]),
    ("energy", "green-without-evidence", [{**_POWER, "origin": "traded_green"}]),
    ("activity", "green-taken-as-grid", [{**_GRID, "origin": "certificate", "emission_factor": 0.3}]),
    ("energy", "green-taken-as-grid", [{**_POWER, "origin": "own_renewable"}]),
    ("energy", "sold-renewable-not-counted", [{**_POWER, "origin": "sold_renewable"}]),
    ("activity", "own-factor-without-source", [{**_FUEL, "oxidation": 0.9, "source": ""}]),
    ("activity", "feedstock-not-fuel", [{**_GRID, "feedstock": True}]),
    ("activity", "fuel-without-emissions", [{**_FUEL, "emission_factor": 0}]),
    ("activity", "fossil-fuel-as-biomass", [{**_FUEL, "biomass": True}]),
    ("activity", "biogenic-without-evidence", [{**_FUEL, "biogenic_share": 0.3, "source": "", "emission_factor": None}]),
    ("activity", "biogenic-beside-own-factor", [{**_FUEL, "biogenic_share": 0.3, "source": "检测", "emission_factor": 1.2}]),
    ("activity", "biomass-without-evidence", [{**_FUEL, "name": "秸秆", "biomass": True, "net_calorific_value": 14, "source": "", "emission_factor": None}]),
    *(("activity", "bill-field-not-used", [row]) for row in (
        {**_FUEL, "pressure": 0.8}, {**_FUEL, "temperature": 200}, {**_FUEL, "factor_year": 2022}, {**_FUEL, "mcf": 0.5},
        {**_FUEL, "emission_factor": 2, "net_calorific_value": 22, "coefficient": 0.75}, {**_GREEN, "origin": "own_renewable", "factor_year": 2022},
        {**_GRID, "biomass": True}, {**_HEAT, "pressure": 0.8}, {**_HEAT, "carbon_fraction": 0.1}, {**_GRID, "recovered_base": 3},
        {"kind": "process", "name": "熟料", "unit": "t", "base": 9, "report": 9, "emission_factor": 0.5, "non_fossil": True, "source": "x"},
        {"kind": "wastewater", "name": "COD", "unit": "t", "base": 9, "report": 9, "factor_series": "national", "source": "x"},
        {"kind": "product_carbon", "name": "钢", "unit": "t", "base": 9, "report": 9, "carbon_fraction": 0.01, "oxidation": 0.9, "source": "x"},
    )),
    *(("materials", "energy-or-water-as-material", [{"material": name, "unit": "t", "base": 9, "report": 9}]) for name in ("焦炭", "烟煤", "电力", "自来水", "新水", "coke")),
    ("pollutants", "recorded-not-counted", [{"medium": "air", "pollutant": "VOCs", "unit": "kg", "base": 9, "report": 9}]),
    ("products", "product-unit-without-factor", [{"name": "甲", "unit": "万t", "base": 9, "report": 9}]),
]  # fmt: skip


RATIOS = {f"implausible-{key}-ratio" for key in RATIO_TABLES}


def _workbooks() -> Iterator[dict[str, Any]]:
    """The rows of all cases in few workbooks: power beside power sold is told by its whole table."""
    together: dict[str, list[dict[str, Any]]] = {}
    yield {table: rows_of for table, code, rows_of in BROKEN if code == "own-power-in-grid-row"}
    yield {table: rows_of for table, code, rows_of in BROKEN if code in RATIOS and table != "energy"}
    yield {table: rows_of for table, code, rows_of in BROKEN if code in RATIOS and table == "energy"}
    for table, code, rows_of in BROKEN:
        if code in (*RATIOS, "own-power-in-grid-row"):
            continue
        if len(rows_of) > 1:
            yield {table: rows_of}
        elif code == "green-taken-as-grid":
            yield {table: rows_of, "options": {"green_evidence": "required"}}
        else:
            together.setdefault(table, []).extend(rows_of)
    yield {"activity": together.pop("activity")}
    yield together


@pytest.fixture(scope="module")
def broken(
    tmp_path_factory: pytest.TempPathFactory, office: Office
) -> list[tuple[str, str, list[str], dict[str, Any]]]:
    """Each row of these: its table and name, the findings, and its hint, mark and code by each engine."""
    found = []
    for data in _workbooks():
        whole = [rows_of for _, code, rows_of in BROKEN if code in RATIOS]
        little = (
            {} if any(rows_of in whole for rows_of in data.values()) else {"output_value": {"base": 0.1, "report": 0.1}}
        )
        meter = {"metered_electricity": {"base": 16, "report": 14}} if data.keys() == {"activity", "energy"} else {}
        assessment = read(changed(BILLED if "activity" in data else PLAIN, {**data, **meter, **little}))
        path = tmp_path_factory.mktemp("broken") / "case.xlsx"
        write(path, host="portable", assessment=assessment)
        values = {"ironcalc": in_ironcalc(path), "office": in_office(office, path)}
        findings = evaluate(assessment).findings
        for table, rows_of in ((table, rows) for table, rows in data.items() if table in TABLES):
            at = LAYOUT.tables[table]
            for i, row in enumerate(rows_of):
                told = [f.code for f in findings if f.where.startswith(f"{table}[{i}].")]
                cells = {
                    key: (LAYOUT.title(at.sheet), at.first + i, at.column(key)) for key in ("hint", "mark", "code")
                }
                shown = {engine: {key: value[cell] for key, cell in cells.items()} for engine, value in values.items()}
                found.append((table, str(row), told, shown))
    return found


def test_a_broken_row_is_told_by_check_and_by_hint(broken: list[tuple[str, str, list[str], dict[str, Any]]]) -> None:
    """What the engine finds is what the form says beside the row, recomputed by two programs, with the same severity."""
    hints = {rule.hint.zh: rule for rule in OF_ROWS}
    said = set()
    for table, row, findings, shown in broken:
        expected = {rule.code for rule in OF_ROWS if rule.table == table} & set(findings)
        for engine, cells in shown.items():
            rule = next((r for text, r in hints.items() if f"{cells['hint']} (".startswith(f"{text} (")), None)
            if not expected and rule is None:
                continue
            assert rule is not None and rule.code in expected, (engine, table, row, findings, cells)
            assert (
                cells["mark"] == mark_of(int(cells["code"]))
                and CODES.get(cells["hint"], cells["code"]) == cells["code"]
            )
            assert (cells["mark"] == "✗") == (rule.severity == "error"), (engine, cells)
            said.add((table, rule.code))
    assert said == {(table, code) for table, code, _ in BROKEN}


def test_every_rule_of_rows_is_among_them() -> None:
    """A rule of a new code needs a row that breaks it; those of a guide's conversions are tested with a guide."""
    of_guides = {("products", code) for code in ("product-conversion", "product-without-conversion")}
    asked = {(rule.table, rule.code) for rule in OF_ROWS}
    assert asked >= of_guides and asked - of_guides <= {(table, code) for table, code, _ in BROKEN}


def test_no_two_hints_have_one_name() -> None:
    """What is looked up by its name would else be said by the other's sentence."""
    names = [hint.name for hint in HINTS]
    assert sorted(names) == sorted(set(names))
