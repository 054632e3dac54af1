"""Hints and the contents list, live: typed into an empty template in LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment.checks.rows import OF_ROWS
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.workbook import texts
from jwdt_xl.workbook.columns import status
from jwdt_xl.workbook.columns.catalogue import CODES, HINTS, NOTES
from jwdt_xl.workbook.columns.hints import code_of_change
from jwdt_xl.workbook.plan import COMPUTED, Cell

from ..office import Book, Office
from .places import LAYOUT, answer

TEXTS = {hint.name: hint.text.zh for hint in HINTS}


def at(cell: Cell) -> str:
    """A cell as the office harness names it."""
    sheet, _, address = LAYOUT.ref(cell).replace("$", "").rpartition("!")
    return f"{sheet}.{address}"


class Template:
    """An empty template into which rows are typed; what was typed goes with clear()."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._typed: list[str] = []

    def type(self, place: str, value: Any) -> None:
        """Into an input by its defined name, or into a cell."""
        self.book.set(place, float(value) if isinstance(value, int) else value)
        self._typed.append(place)

    def row(self, table: str, index: int = 0, **values: Any) -> None:
        found = LAYOUT.tables[table]
        for field, value in values.items():
            self.type(at(Cell(found.sheet, found.first + index, found.inputs[field])), value)

    def computed(self, table: str, key: str, index: int = 0) -> Any:
        found = LAYOUT.tables[table]
        self.book.recalculate()
        return self.book.get(at(Cell(found.sheet, found.first + index, found.computed[key])))

    def contents(self, sheet: str) -> tuple[Any, Any, Any]:
        """missing, check and state of a sheet in the contents list."""
        self.book.recalculate()
        index = list(texts.CONTENTS).index(sheet)
        missing, check, state = (
            self.book.get(at(LAYOUT.contents_cell(index, k))) for k in ("missing", "check", "state")
        )
        return missing, check, state

    def clear(self) -> None:
        for place in self._typed:
            self.book.set(place, None)
        self._typed.clear()


@pytest.fixture(scope="module")
def opened(office: Office, workbook: Callable[..., Path]) -> Iterator[Template]:
    book = office.open(workbook())
    yield Template(book)
    book.close()


@pytest.fixture
def template(opened: Template) -> Iterator[Template]:
    yield opened
    opened.clear()


SO2 = {"medium": "大气", "pollutant": "SO2", "unit": "kg"}
RECORDED = next(rule.hint.zh for rule in OF_ROWS if rule.code == "recorded-not-counted")
COAL = {"energy": "原煤", "unit": "t"}


@pytest.mark.parametrize(
    ("table", "row", "hint"),
    [
        ("pollutants", {**SO2, "base": 10, "report": 11}, "正常"),
        ("pollutants", {**SO2, "base": 10}, "report"),
        ("pollutants", {**SO2, "report": 10}, "base"),
        ("pollutants", SO2, "both"),
        ("pollutants", {**SO2, "base": 10, "note": NOTES[0].zh}, "unknown"),
        ("pollutants", {**SO2, "base": 10, "report": 0}, "change"),
        ("pollutants", {**SO2, "base": 0, "report": 10}, "正常"),
        ("pollutants", {**SO2, "base": 10, "report": 15.1}, "change"),
        ("pollutants", {**SO2, "base": 10, "report": 15}, "正常"),
        ("pollutants", {**SO2, "base": 10, "report": 10000}, "slip_1000"),
        ("pollutants", {**SO2, "base": 10000, "report": 10}, "slip_1000"),
        ("pollutants", {**SO2, "base": 10, "report": 100000}, "slip_10000"),
        ("pollutants", {"medium": "大气", "base": 1, "report": 1}, "incomplete"),
        ("pollutants", {**SO2, "pollutant": "仙气", "base": 1, "report": 1}, "name"),
        ("pollutants", {**SO2, "pollutant": "颗粒物", "base": 1, "report": 1}, "particulates"),
        ("pollutants", {**SO2, "pollutant": "窑炉粉尘", "base": 1, "report": 1}, "particulates"),
        ("pollutants", {**SO2, "pollutant": "窑炉烟尘", "base": 1, "report": 1}, "正常"),
        ("pollutants", {**SO2, "pollutant": "VOCs", "base": 1, "report": 1}, RECORDED),
        ("pollutants", {"medium": "水", "pollutant": "总氮", "unit": "kg", "base": 1, "report": 1}, RECORDED),
        ("pollutants", {"medium": "大气", "pollutant": "臭气浓度", "unit": "级", "base": 1, "report": 1}, RECORDED),
        ("pollutants", {"medium": "水", "pollutant": "总氮", "unit": "kg"}, "both"),
        ("own_equivalents", {"medium": "水", "pollutant": "新污染物", "unit": "kg"}, "正常"),
        ("own_equivalents", {"medium": "大气", "pollutant": "SO2", "unit": "kg"}, "name"),
        ("own_equivalents", {"medium": "水", "pollutant": "SO2", "unit": "kg"}, "name"),
        ("own_equivalents", {"medium": "大气", "pollutant": "TSP", "unit": "kg"}, "name"),
        ("own_equivalents", {"medium": "大气", "pollutant": "Hg", "unit": "kg"}, "正常"),
        ("pollutants", {"medium": "水", "pollutant": "pH", "parameter": 7, "unit": "t废水", "base": 1, "report": 1}, "within"),
        ("pollutants", {**SO2, "unit": "头", "base": 1, "report": 1}, "unit"),
        ("pollutants", {**SO2, "base": "很多", "report": 1}, "number"),
        ("pollutants", {"medium": "水", "pollutant": "pH", "unit": "t废水", "base": 1, "report": 1}, "lacking"),
        ("pollutants", {"medium": "水", "pollutant": "pH", "parameter": 5, "unit": "t废水", "base": 1, "report": 0}, "正常"),
        ("energy", {**COAL, "base": 1, "report": 1}, "正常"),
        ("energy", {**COAL, "feedstock": "是"}, "excluded"),
        ("energy", {"energy": "电力", "unit": "kWh", "base": 1, "report": 1}, "origin"),
        ("energy", {"energy": "煤泥", "unit": "t", "base": 1, "report": 1}, "coefficient"),
        ("activity", {"kind": "工业过程", "name": "水泥熟料", "unit": "t", "base": 1, "report": 1}, "process_factor"),
        ("activity", {"kind": "燃料", "name": "柴油", "unit": "t", "base": 1, "report": 8000}, "slip_10000"),
        ("greenhouse", {"category": "燃料燃烧", "gas": "CO2", "unit": "t", "base": 5, "report": 5}, "正常"),
        ("materials", {"material": "石灰石", "unit": "kWh", "base": 1, "report": 1}, "unit"),
        ("residual_energy", {"kind": "余热", "unit": "GJ", "base": 0, "report": 0}, "正常"),
        ("products", {"name": "水泥", "unit": "t", "base": 1}, "report"),
        ("own_equivalents", {"medium": "大气", "pollutant": "VOCs", "value": 0.95, "unit": "kg"}, "source"),
        ("own_equivalents", {"medium": "大气", "pollutant": "VOCs", "value": 0, "unit": "kg", "source": "x"}, "number"),
    ],
)  # fmt: skip
def test_the_hint_of_a_row(table: str, row: dict[str, Any], hint: str, template: Template) -> None:
    template.row(table, **row)
    said = template.computed(table, "hint")
    more = {
        "number": " (H5)" if table == "pollutants" else "",
        "coefficient": " (0.2857–0.4286)",
        "unit": " kg、mg、g、t、万t",
    }
    assert said == TEXTS.get(hint, hint) + more.get(hint, "")
    missing, check, _ = template.contents(table)
    code = CODES.get(hint, 0)
    kind = HINTS[code - 1].kind if code else ""
    assert (missing, check) == (float(kind == "missing"), float(kind == "check"))


def test_an_overlapping_pollutant_is_named(template: Template) -> None:
    template.row("pollutants", 0, medium="水", pollutant="COD", unit="kg", base=100, report=90)
    template.row("pollutants", 1, medium="水", pollutant="BOD5", unit="kg", base=10, report=9)
    assert [template.computed("pollutants", "hint", i) for i in (0, 1)] == ["正常", TEXTS["overlap"]]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("91330500MA2B2C3D4T", ""), ("91350100M000100Y43", ""), ("91330500MA2B2C3D4A", "uscc"), ("91330500MA2B2C3D4", "uscc"),
        ("91330500MA2B2C3D4TT", "uscc"), ("91330500MA2BO2C3D4T"[:18], "uscc"), ("91330500ma2b2c3d4t", "uscc"),
        ("９1330500MA2B2C3D4T", "uscc"), ("*" * 18, "uscc"), (None, "needed"),
    ],
)  # fmt: skip
def test_the_check_character_of_the_enterprise(code: str | None, hint: str, template: Template) -> None:
    template.type("in_enterprise_uscc", code)
    template.book.recalculate()
    assert (template.book.get(at(LAYOUT.hint_cell("enterprise.uscc"))) or "") == (TEXTS[hint] if hint else "")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("CH4", "carbon"), ("total hydrocarbons", "name"), ("Hg", "name"), ("TSP", "particulates"), ("*", "name"), ("总|烃", "name")],
)  # fmt: skip
def test_names_the_table_refuses(name: str, hint: str, template: Template) -> None:
    template.row("pollutants", **{**SO2, "pollutant": name, "base": 1, "report": 1})
    assert template.computed("pollutants", "hint") == TEXTS[hint]


#: Questions that may stay blank; every other one is needed, a new one too.
MAY_STAY_BLANK = {
    "enterprise.region", "output_value.basis", "output_value.unit",
    "metered_electricity.unit", "metered_electricity.base", "metered_electricity.report",
    "policy.evidence", "management.evidence",
}  # fmt: skip


def needed_on(sheet: str) -> list[str]:
    return [path for path, field in LAYOUT.fields.items() if field.cell.sheet == sheet and path not in MAY_STAY_BLANK]


def test_the_contents_of_an_empty_template(template: Template) -> None:
    """Everything needed is missing, nothing needs a look, and what may stay blank says so."""
    found = {sheet: template.contents(sheet) for sheet in texts.COUNTED}
    needed = len(needed_on("enterprise"))
    assert needed >= 12 and found["enterprise"] == (needed, 0.0, f"缺 {needed}")
    assert found["pollutants"] == (1.0, 0.0, "缺 1")
    assert found["products"] == (0.0, 0.0, texts.NOTHING.zh)
    assert found["settings"] == (6.0, 0.0, "缺 6")
    needed = len(needed_on("qualitative"))
    assert needed >= 4 and found["qualitative"] == (needed, 0.0, f"缺 {needed}")


def test_the_enterprise_as_it_is_typed(template: Template) -> None:
    typed = {
        "in_enterprise_name": "小厂", "in_enterprise_uscc": "91330500MA2B2C3D4T", "in_enterprise_industry_code": "30 非金属矿物制品业",
        "in_boundary": "全厂", "in_periods_base": "2022", "in_periods_report": "2022", "in_product_name": "水泥", "in_product_unit": "t",
        "in_output_base": 100, "in_output_report": 90, "in_output_value_base": 5, "in_output_value_report": 50000,
    }  # fmt: skip
    # Of any other question it is enough that it is answered.
    others = {field.name: answer(field.spec) for field in map(LAYOUT.fields.__getitem__, needed_on("enterprise"))}
    for name, value in {**others, **typed}.items():
        template.type(name, value)
    assert template.contents("enterprise") == (0.0, 3.0, "待查 3")
    hints = {
        p: template.book.get(at(LAYOUT.hint_cell(p)))
        for p in ("enterprise.industry_code", "periods.report", "output_value.report")
    }
    assert list(hints.values()) == [TEXTS["industry"], TEXTS["same"], TEXTS["slip_10000"]]
    for name, value in {
        "in_enterprise_industry_code": "3011",
        "in_periods_report": "2023",
        "in_output_value_report": 6,
    }.items():
        template.type(name, value)
    assert template.contents("enterprise") == (0.0, 0.0, texts.DONE.zh)
    template.type("in_periods_base", "2024")
    assert template.contents("enterprise")[1] == 1.0
    unit = at(LAYOUT.fields["product.output.report"].cell._replace(col=2))
    assert template.book.get(unit) == "t"


def test_the_metered_purchase(template: Template) -> None:
    template.row("activity", kind="电力", origin="电网(无绿证、非直供)", unit="万kWh", base=100, report=100)
    template.type("in_metered_electricity_base", 1_000_000)
    template.type("in_metered_electricity_report", 1_050_000)
    template.book.recalculate()
    shown = [template.book.get(at(LAYOUT.hint_cell(f"metered_electricity.{p}"))) for p in ("base", "report")]
    said = TEXTS["metered"].replace("{m}", "1050000").replace("{s}", "1000000")
    assert shown == ["", said]


def test_bills_stand_for_tonnes(template: Template) -> None:
    assert template.contents("greenhouse")[0] == template.contents("energy")[0] == 1.0
    template.row("activity", kind="燃料", name="柴油", unit="t", base=1, report=1)
    assert template.contents("greenhouse")[0] == template.contents("energy")[0] == 0.0


def test_not_applicable_needs_no_table(template: Template) -> None:
    assert template.contents("residual_energy")[0] == 1.0
    template.type("in_not_applicable_7", "没有可回收的余能")
    assert template.contents("residual_energy") == (0.0, 0.0, texts.NOTHING.zh)
    hint = at(LAYOUT.setting_hint_cell(6))
    assert template.book.get(hint) == TEXTS["not_applicable"]


def test_questions(template: Template) -> None:
    template.type("in_policy_elimination_list", "是")
    template.type("in_management_established", "否")
    template.type("in_management_effective", "是")
    template.book.recalculate()
    said = {
        p: template.book.get(at(LAYOUT.hint_cell(p))) for p in LAYOUT.fields if p.startswith(("policy", "management"))
    }
    assert said == {
        "policy.recommended": "", "policy.elimination_list": TEXTS["eliminated"], "policy.evidence": TEXTS["evidence"],
        "management.established": "", "management.effective": TEXTS["effective"], "management.evidence": TEXTS["evidence"],
    }  # fmt: skip


def test_a_changed_file_says_that_what_is_not_live_is_stale(
    office: Office, workbook: Callable[..., Path], example: Callable[[str], dict[str, Any]]
) -> None:
    from jwdt_xl.workbook.sheets import result_texts

    book = office.open(workbook(example("cement")))
    try:
        book.recalculate()
        cells = [value for row in book.block("'汇总'.") for value in row if isinstance(value, str)]
        assert result_texts.STATIC.zh + result_texts.FRESH.zh in cells
        book.set("in_output_report", 1.0)
        book.recalculate()
        cells = [value for row in book.block("'汇总'.") for value in row if isinstance(value, str)]
        assert result_texts.STATIC.zh + result_texts.STALE.zh in cells
    finally:
        book.close()


@pytest.mark.parametrize(
    ("change", "hint"),
    [(0.5, 0), (0.51, "change"), (-0.5, 0), (499, "slip_1000"), (498.9, "change"), (1999, "slip_1000"), (2500, "change"), (9999, "slip_10000"), ("", 0)],
)  # fmt: skip
def test_what_a_change_says(change: float | str, hint: str | int) -> None:
    assert code_of_change(change) == (CODES[hint] if isinstance(hint, str) else 0)


def test_hints_are_in_the_order_their_counts_rely_on() -> None:
    kinds = [hint.kind for hint in HINTS]
    assert kinds == sorted(kinds, key=["missing", "check", "info"].index)
    assert {hint.status for hint in HINTS if hint.status} == {
        value for name, value in vars(status).items() if name.isupper() and name != "OK"
    }


def test_every_table_has_a_hint() -> None:
    for table in TABLES:
        assert COMPUTED[table]["hint"], table
        assert "note" in specs(TABLES[table]) or table == "own_equivalents"
