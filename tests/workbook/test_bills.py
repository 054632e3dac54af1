"""Bills in workbooks: round trips without loss, formulas equal to the engine in real Calc, and rows that are refused.

A missing LibreOffice is a failure; tests/install_office.sh installs it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read, write
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Text, number
from jwdt_xl.standard.greenhouse import CATEGORY_NAMES
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.record import LABEL, Spec
from jwdt_xl.workbook.columns import status
from jwdt_xl.workbook.layout import Layout

from ..office import Book, Office
from .compare import differences, in_office, read_file, report

GOLDEN = Path(__file__).parents[1] / "golden"
LANGUAGES = ("zh", "en")
in_calc = pytest.mark.xdist_group("office")

Data = dict[str, Any]


def bill(kind: str, base: float | None, report: float | None, unit: str = "t", **more: Any) -> Data:
    return {"kind": kind, "unit": unit, "base": base, "report": report, **more}


#: Bills for each of the six examples, in the place of its energies and of the emissions they give.
BILLS: dict[str, list[Data]] = {
    # Defaults, every origin, processes
    "cement": [
        bill("fuel", 196000, 192500, name="烟煤", source="进厂计量"),
        bill("fuel", 820, 790, name="柴油", source="领料单", quality=2),
        bill("electricity", 9850, 9240, "万kWh", origin="grid", source="电费结算单"),
        bill("electricity", 4200000, 9800000, "kWh", origin="own_renewable"),
        bill("electricity", 0, 6000, "MWh", origin="certificate", evidence="绿证编号 1–6000"),
        bill("electricity", 10, 20, "MWh", origin="direct_green"),
        bill("process", 1520000, 1550000, name="石灰石"),
        bill("process", 12000, 11000, name="水泥熟料", emission_factor=0.525, source="化验", note="外购熟料"),
    ],
    # A range with its heat value, bought steam, series and year, what depends with evidence
    "dyeing": [
        bill("fuel", 5400000, 5100000, "m3", name="天然气", net_calorific_value=355.4, source="供气单位"),
        bill("fuel", 30, 28, name="甲醇", net_calorific_value=19.9, carbon_content=0.018, oxidation=0.98, non_fossil=True, evidence="绿色甲醇证书"),
        bill("heat", 215000, 198000, "GJ", name="园区蒸汽", source="结算单"),
        bill("heat", 100, 90, "GJ", origin="sold"),
        bill("heat", 10, 9, "GJ", non_fossil=True, evidence="地热井", emission_factor=0, coefficient=0.0341),
        bill("electricity", 2830, 2710, "万kWh", origin="grid", factor_series="华东", factor_year=2022),
        bill("electricity", 30, 45, "万kWh", origin="certificate", emission_factor=0, source="绿证"),
        bill("electricity", 3, 5, "MWh", origin="sold"),
    ],
    # Table A, partly measured coal, fuels that GB/T 2589 lacks
    "total_basis": [
        bill("fuel", 196000, 192500, name="烟煤", net_calorific_value=22.4, source="化验"),
        bill("fuel", 3000, 2500, name="无烟煤", carbon_content=0.0271, oxidation=0.96, evidence="化验"),
        bill("fuel", 820000, 790000, "kg", name="diesel"),
        bill("fuel", 1, 1.2, "万t", name="型煤"),
        bill("fuel", 12, 11, "万m3", name="转炉煤气"),
        bill("electricity", 98500000, 92400000, "kWh", origin="grid", factor_series="ets_reporting"),
        bill("process", 712000000, 725800000, "kg", name="CaCO3"),
    ],
    # Own factors, feedstock, biomass, a name in full width
    "both_rise": [
        bill("fuel", 20000, 26000, name="原煤", net_calorific_value=20.9, carbon_content=0.0264, oxidation=0.93, source="化验"),
        bill("fuel", 500, 700, name="RDF", emission_factor=1.2, coefficient=0.55, source="化验"),
        bill("fuel", 900, None, name="石脑油", feedstock=True),
        bill("fuel", 900, 1000, name="秸秆颗粒", biomass=True, net_calorific_value=15.2, source="收购单"),
        bill("fuel", 10, 12, name="ＬＰＧ"),
        bill("fuel", 15, 20, "万m3", name="沼气", biomass=True, coefficient=0.75, source="自产"),
        bill("fuel", 40, 50, "万m3", name="焦炉煤气", coefficient=0.6, source="化验"),
        bill("electricity", 300000, 420000, "MWh", origin="grid", emission_factor=0.58, source="供电公司"),
        bill("heat", 4000, 5200, "MWh"),
    ],
    # With a product list
    "not_applicable": [
        bill("fuel", 4000, 3900, name="褐煤"),
        bill("electricity", 2830, 2710, "万kWh", origin="grid"),
        bill("heat", 21000, 20000, "GJ"),
        bill("process", 30, 28, name="纯碱"),
    ],
    # A blank and a wholly blank row
    "na_and_missing": [
        bill("fuel", 4000, None, name="烟煤"),
        {},
        bill("electricity", 2830, 2710, "万kWh", origin="grid"),
        bill("process", 30, 28, name="白云石"),
    ],
}  # fmt: skip
PRODUCTS = [
    {"name": "针织布", "unit": "t", "base": 9000, "report": 9800, "source": "生产报表"},
    {"name": "机织布", "unit": "10^4 m", "factor": 0.42, "base": 5200, "report": 5400},
]
OPTIONS = {
    "total_basis": {"fuel_table": "A"},
    "dyeing": {"electricity_coefficient": 0.301},
    "both_rise": {"grid_nonfossil_share": 0.25},
}


def extended(name: str) -> Data:
    """An example with bills."""
    data: Data = json.loads((GOLDEN / f"example_{name}.json").read_text(encoding="utf-8"))
    kept = [row for row in data["greenhouse"] if row["category"] == "recovered" or row["gas"] != "CO2"]
    data |= {"energy": [], "greenhouse": kept, "activity": copy.deepcopy(BILLS[name])}
    data["options"] = {**data.get("options", {}), **OPTIONS.get(name, {})}
    if name == "dyeing":
        data["benchmarks"]["5"]["basis"] = "电力按等价值"
    if name == "not_applicable":
        data["products"], data["product"]["output"] = PRODUCTS, {}
    if name == "cement":
        data["metered_electricity"] = {"unit": "万kWh", "base": 9851, "report": 9842}
    return data


@pytest.mark.parametrize("name", BILLS)
def test_examples_with_bills_are_in_order(name: str) -> None:
    result = evaluate(extended(name))
    assert result.ok
    assert (result.total is None) == (name == "na_and_missing")
    assert {"fuel", "purchased_electricity"} <= set(result.quantities.by_category)
    assert "counted-twice" not in [finding.code for finding in result.findings]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("host", ["portable", "excel"])
@pytest.mark.parametrize("name", BILLS)
def test_data_survive_the_workbook(tmp_path: Path, name: str, host: str, language: str) -> None:
    data = extended(name)
    path = tmp_path / "filled.xlsx"
    workbook.write(path, host=host, language=language, assessment=read(data))
    again = read(workbook.read(path).data)
    for row in data["activity"]:  # formulas do not know full width, so such a name is written as the table has it
        row.update({"name": "液化石油气"} if row.get("name") == "ＬＰＧ" else {})
    assert again == read(data)
    assert write(again) == write(read(data))


@pytest.fixture(scope="module")
def calc() -> Iterator[Office]:
    with Office(locale="zh-CN", limit=180) as office:
        yield office


@in_calc
@pytest.mark.parametrize(("name", "language"), [*((name, "zh") for name in BILLS), ("both_rise", "en")])
def test_calc_computes_what_the_engine_does(calc: Office, tmp_path: Path, name: str, language: str) -> None:
    path = tmp_path / "filled.xlsx"
    workbook.write(path, host="portable", language=language, assessment=read(extended(name)))
    expected = read_file(path)
    wrong = differences(expected, in_office(calc, path))
    assert not wrong, report(wrong)


#: Bills that cannot be read as data, and what the row says of it while it is typed.
WRONG: dict[str, tuple[Data, Text]] = {
    "raw coal without values": (bill("fuel", 1, 1, name="原煤"), status.NO_FACTOR),
    "biogas without values": (bill("fuel", 1, 1, "m3", name="沼气", coefficient=0.75), status.NO_FACTOR),
    "two of three values": (bill("fuel", 1, 1, name="原煤", net_calorific_value=20, oxidation=1), status.NO_FACTOR),
    "a range": (bill("fuel", 1, 1, "m3", name="天然气"), status.NO_COEFFICIENT),
    "outside the range": (bill("fuel", 1, 1, "m3", name="天然气", coefficient=1.4), status.NO_COEFFICIENT),
    "biomass without heat value": (bill("fuel", 1, 1, name="秸秆", biomass=True), status.NO_COEFFICIENT),
    "clinker without factor": (bill("process", 1, 1, name="熟料"), status.NO_PROCESS_FACTOR),
    "an unknown process": (bill("process", 1, 1, name="玻璃"), status.NO_PROCESS_FACTOR),
    "a fuel without name": (bill("fuel", 1, 1), status.INCOMPLETE),
    "a process without name": (bill("process", 1, 1), status.INCOMPLETE),
    "no unit": (bill("fuel", 1, 1, "", name="柴油"), status.INCOMPLETE),
    "power without origin": (bill("electricity", 1, 1, "kWh"), status.NO_ORIGIN),
    "heat from the grid": (bill("heat", 1, 1, "GJ", origin="grid"), status.WRONG_ORIGIN),
    "a fuel from the grid": (bill("fuel", 1, 1, name="柴油", origin="grid"), status.WRONG_ORIGIN),
    "diesel by volume": (bill("fuel", 1, 1, "m3", name="柴油"), status.WRONG_UNIT),
    "gas by mass": (bill("fuel", 1, 1, "t", name="天然气", coefficient=1.2), status.WRONG_UNIT),
    "steam by mass": (bill("heat", 1, 1, "t", name="蒸汽"), status.NO_PRESSURE),
    "water, not steam": (bill("heat", 1, 1, "t", pressure=1, temperature=90), status.WRONG_STEAM),
    "steam below the air's pressure": (bill("heat", 1, 1, "t", pressure=0.05), status.WRONG_STEAM),
    "steam beyond the table": (bill("heat", 1, 1, "t", pressure=17), status.WRONG_STEAM),
    "heat by volume": (bill("heat", 1, 1, "m3"), status.WRONG_UNIT),
    "a product without carbon": (bill("product_carbon", 1, 1), status.NO_CARBON),
    "a product of no carbon": (bill("product_carbon", 1, 1, carbon_fraction=0), status.NO_CARBON),
    "waste water by volume": (bill("wastewater", 1, 1, "m3"), status.WRONG_UNIT),
    "more CH4 recovered than made": (bill("wastewater", 1, 1, recovered_base=0.3), status.RECOVERED),
    "waste water sold": (bill("wastewater", 1, 1, origin="sold"), status.WRONG_ORIGIN),
    "power in standard coal": (bill("electricity", 1, 1, "tce", origin="grid"), status.WRONG_UNIT),
    "standard coal with a heat value": (bill("fuel", 1, 1, "tce", name="烟煤", net_calorific_value=20), status.WRONG_NUMBER),
    "a heat value of gas": (bill("fuel", 1, 1, name="烟煤", net_calorific_value=20, net_calorific_value_unit="MJ/m3"), status.WRONG_HEAT_UNIT),
    "carbon twice": (bill("fuel", 1, 1, name="烟煤", carbon_per_unit=0.5, carbon_content=0.026), status.WRONG_NUMBER),
    "power by mass": (bill("electricity", 1, 1, "t", origin="grid"), status.WRONG_UNIT),
    "a process by volume": (bill("process", 1, 1, "m3", name="石灰石"), status.WRONG_UNIT),
    "a default heat value by volume": (bill("fuel", 1, 1, "m3", name="烟煤", emission_factor=2), status.WRONG_UNIT),
    "a default carbon content by volume": (
        bill("fuel", 1, 1, "m3", name="烟煤", net_calorific_value=200), status.WRONG_UNIT,
    ),
    "biomass diesel by volume": (bill("fuel", 1, 1, "m3", name="柴油", biomass=True), status.WRONG_UNIT),
    "power with a coefficient": (
        bill("electricity", 1, 1, "kWh", origin="grid", coefficient=0.3), status.WRONG_NUMBER,
    ),
    "no heat value": (bill("fuel", 1, 1, name="柴油", net_calorific_value=0), status.WRONG_NUMBER),
    "no coefficient": (bill("heat", 1, 1, "GJ", coefficient=0), status.WRONG_NUMBER),
    "a series without the year": (
        bill("electricity", 1, 1, "kWh", origin="grid", factor_series="ets_reporting", factor_year=2023), status.NO_FACTOR,
    ),
    "an unknown series": (bill("electricity", 1, 1, "kWh", origin="grid", factor_series="月球"), status.NO_FACTOR),
}  # fmt: skip
#: Bills near those that can be read.
RIGHT: dict[str, Data] = {
    "raw coal with values": bill("fuel", 1, 1, name="原煤", net_calorific_value=20, carbon_content=0.026, oxidation=1),
    "raw coal with an own factor": bill("fuel", 1, 1, name="原煤", emission_factor=1.9),
    "gas by volume with its heat value": bill("fuel", 1, 1, "m3", name="天然气", net_calorific_value=355),
    "a range as feedstock": bill("fuel", 1, 1, "m3", name="天然气", feedstock=True),
    "biomass with its heat value": bill("fuel", 1, 1, name="秸秆", biomass=True, net_calorific_value=14),
    "clinker with its factor": bill("process", 1, 1, name="熟料", emission_factor=0.525),
    "steam by its mass": bill("heat", 1, 1, "t", pressure=1.1, temperature=250),
    "steam sold, saturated": bill("heat", 1, 1, "t", pressure=0.1, origin="sold"),
    "waste water": bill("wastewater", 1, 1, recovered_base=0.2),
    "carbon in a product": bill("product_carbon", 1, 1, carbon_fraction=0.002),
    "standard coal": bill("fuel", 1, 1, "tce", name="烟煤"),
    "kcal": bill("fuel", 1, 1, name="烟煤", net_calorific_value=5000, net_calorific_value_unit="kcal/kg"),
    "steam by its heat": bill("heat", 1, 1, "GJ", name="蒸汽"),
    "heat sold": bill("heat", 1, 1, "MWh", origin="sold"),
    "all own, by volume": bill(
        "fuel", 1, 1, "m3", name="石脑油", net_calorific_value=300, carbon_content=0.02, oxidation=1
    ),
    "fuel of the other table with own values": bill(
        "fuel", 1, 1, name="石脑油", net_calorific_value=44, carbon_content=0.02, oxidation=1
    ),
    "no carbon": bill("fuel", 1, 1, "m3", name="氢气", emission_factor=0),
    "a series and its year": bill("electricity", 1, 1, "kWh", origin="sold", factor_series="华东", factor_year=2021),
}


class Template:
    """An empty template in Calc, filled in as people do: single cells by their names, tables row by row."""

    def __init__(self, office: Office, path: Path) -> None:
        workbook.write(path, host="portable")
        self.layout = Layout(builtin(), "portable", "zh")
        self.book: Book = office.open(path)

    def typed(self, value: Any, spec: Spec) -> Any:
        """A value as it is typed: codes by the names that the lists offer."""
        if spec.choices and value is not None:
            return self.layout.text(dict(spec.choices)[value])
        if spec.kind == LABEL and str(value).isdigit():
            return float(value)  # a year
        return float(value) if isinstance(value, int) else value or None

    def fill(self, data: Data) -> None:
        for path, field in self.layout.fields.items():
            value: Any = data
            for part in path.split("."):
                value = value.get(part) if isinstance(value, dict) else None
            if value is not None:
                self.book.set(field.name, self.typed(value, field.spec))
        for name, cls in TABLES.items():
            table, rows = self.layout.tables[name], data.get(name, ())
            for field, spec in specs(cls).items():
                values = [[self.typed(row.get(field), spec)] for row in rows]
                if any(value is not None for (value,) in values):
                    first = self.layout.range(table.sheet, table.first, table.first, table.inputs[field])
                    self.book.set(first.partition(":")[0].replace("!", ".").replace("$", ""), values)
        self.book.recalculate()

    def column(self, key: str, rows: int) -> list[Any]:
        """The first cells of a column of the bills."""
        reference = self.layout.column("activity", key).replace("!", ".").replace("$", "")
        return [row[0] for row in self.book.block(reference)[:rows]]


@in_calc
def test_a_row_says_what_the_engine_refuses(calc: Office, tmp_path: Path) -> None:
    rows = {name: (row, text.zh) for name, (row, text) in WRONG.items()}
    rows |= {name: (row, status.OK.zh) for name, row in RIGHT.items()}
    half = len(rows) // 2  # an empty template has no room for all, and each half has some of both
    for part in ([*rows][::2], [*rows][1::2]):
        assert half <= len(part) <= 40
        template = Template(calc, tmp_path / "empty.xlsx")
        template.fill({"periods": {"base": "2022", "report": "2023"}, "activity": [rows[name][0] for name in part]})
        assert dict(zip(part, template.column("status", len(part)), strict=True)) == {n: rows[n][1] for n in part}
        # While a row is wrong the sums are blank, never silently smaller.
        for name in ("co2e", "primary_tce", "nonfossil_tce"):
            assert template.book.get(f"out_{name}_report") in (None, "")
        template.book.close()


@in_calc
def test_from_a_page_of_bills_to_a_score(calc: Office, tmp_path: Path) -> None:
    """The worked example of docs/en/accounting.md, typed into an empty template, saved by Calc and read back."""
    data = json.loads((GOLDEN / "accounting_paper.json").read_text(encoding="utf-8"))
    result = evaluate(data)
    template = Template(calc, tmp_path / "empty.xlsx")
    template.fill(data)
    assert template.column("hint", len(data["activity"])) == [status.OK.zh] * len(data["activity"])
    assert template.book.get("out_total") == pytest.approx(result.total, rel=1e-9)
    for name in ("co2e", "primary_tce", "nonfossil_tce"):
        for period in ("base", "report"):
            expected = getattr(getattr(result.quantities, name), period)
            assert template.book.get(f"out_{name}_{period}") == pytest.approx(expected, rel=1e-9)
    saved = template.book.save(tmp_path / "filled.xlsx")
    template.book.close()
    again = read(workbook.read(saved).data)
    assert again == read(data)
    assert evaluate(again).as_dict() == result.as_dict()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_worked_example_stands_in_the_docs(language: str) -> None:
    """Every number the pages show of it is the computed one."""
    page = (GOLDEN.parents[1] / "docs" / language / "accounting.md").read_text(encoding="utf-8")
    result = evaluate(json.loads((GOLDEN / "accounting_paper.json").read_text(encoding="utf-8")))
    amounts = result.quantities
    lines = page.splitlines()
    for place, bill in enumerate(amounts.activity, 1):
        (line,) = [line for line in lines if line.startswith(f"| B{place} |")]
        assert line.endswith("".join(f" | {value:,.1f}" for value in (*bill.co2, *bill.tce)) + " |")
    for pair in (amounts.co2e, amounts.primary_tce, amounts.nonfossil_tce):
        assert all(f"{value:,.1f}" in page for value in pair)
    for category, name in CATEGORY_NAMES.items():
        if category in amounts.by_category:
            shown = " | ".join(f"{v:,.1f}" for v in amounts.by_category[category])
            assert f"| {getattr(name, language)} | {shown}" in page
    assert f"**{result.total:.2f}**" in page
    for indicator in result.indicators:
        assert f"| {indicator.node.code} | {number(indicator.value)} | {indicator.score:.2f} |" in page


@pytest.mark.parametrize("name", [*WRONG, *RIGHT])
def test_the_engine_refuses_the_same(name: str) -> None:
    data = {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}}
    if name in RIGHT:
        assert evaluate({**data, "activity": [RIGHT[name]]}).quantities.activity
        return
    with pytest.raises(Refused):
        evaluate({**data, "activity": [WRONG[name][0]]})
