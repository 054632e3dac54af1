"""The sheet of conversions and months: what the engine computes, in four programs; months that are a bill; nothing of it is read."""

from __future__ import annotations

import json
import math
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import ironcalc
import pytest
from openpyxl import load_workbook

from jwdt_xl.cli import main
from jwdt_xl.errors import JwdtError
from jwdt_xl.messages import set_language
from jwdt_xl.standard import steam, volumes
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.heat_values import HEAT_UNITS
from jwdt_xl.standard.units import UNITS, converted, unit_label
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook.monthly import texts
from jwdt_xl.workbook.monthly.hints import CODES, HINTS
from jwdt_xl.workbook.monthly.places import (
    COLUMNS,
    CONVERSIONS,
    INPUTS,
    MONTH_KEYS,
    SHEET,
    TYPED,
    cell,
    lines_of,
)
from jwdt_xl.workbook.plan import SHEETS

from ..office import Book, ErrorValue, Office
from .engines import ENGINES, gnumeric, in_gnumeric

pytestmark = pytest.mark.xdist_group("office")

LANGUAGES = ("zh", "en")
FINE = "fine"
Result = tuple[float | str | None, float | str | None]


class Case(NamedTuple):
    """What is typed into a line of a conversion; its results, or the hint."""

    kind: str
    typed: tuple[Any, ...]
    results: Result = (None, None)
    hint: str = FINE


#: Worked out by hand (gas with bc), or (steam) IAPWS-IF97 as IAPWS publishes it: saturated at 1 MPa h" = 2777.1 kJ/kg, at 1 MPa and 300 °C 3051.7.
GOLDEN = [
    Case("unit", (3, "万kWh", "GJ"), (108, "GJ")),
    Case("unit", (1.5, "万t", "kg"), (1.5e7, "kg")),
    Case("unit", (7, "t", "t"), (7, "t")),
    Case("unit", (2, "tce", "kgce"), (2000, "kgce")),
    Case("unit", (0, "m3", "万m3"), (0, "万m3")),
    Case("unit", (3, "t", "GJ"), hint="other_kind"),
    Case("unit", (3, "t", "石"), hint="unknown"),
    Case("unit", (3, "t", None), hint="unit"),
    Case("unit", (None, "t", "kg"), hint="amount"),
    Case("unit", ("3吨", "t", "kg"), hint="number"),
    Case("unit", (-3, "t", "kg"), hint="number"),
    Case("steam", (100, 1.0, None), ((2777.1 - 83.74) / 10, None)),
    Case("steam", (100, 1.0, 300), ((3051.7 - 83.74) / 10, None)),
    Case("steam", (100, 1.0, 100), hint="steam"),
    Case("steam", (100, 0.05, None), hint="steam"),
    Case("steam", (100, 17, None), hint="steam"),
    Case("steam", (100, None, None), hint="pressure"),
    Case("steam", (100, "1MPa", None), hint="number"),
    Case("heat", (5500, "kcal/kg"), (5500 * 4.1868 / 1000, "GJ/t")),
    Case("heat", (8500, "kcal/m3"), (8500 * 4.1868 / 100, "GJ/万m3")),
    Case("heat", (35.5, "MJ/m3"), (355, "GJ/万m3")),
    Case("heat", (35.5, "kWh/m3"), hint="unknown"),
    Case("litres", (52300, 0.84), (43.932, None)),
    Case("litres", (52300, 840), hint="dense"),
    Case("litres", (52300, None), hint="density"),
    Case("gas", (10000, 5, 15), (9947.21167847, 10675.5449517)),
    Case("gas", (10000, 0, -10), (10380.0114003, 11140.0342010)),
    Case("gas", (10000, 500, 15), hint="outside"),
    Case("gas", (10000, 5, None), hint="condition"),
    Case("gas", (10000, 5, "15度"), hint="number"),
]  # fmt: skip


def engine(case: Case) -> Result | None:
    """What the functions of the standard give; None where they refuse."""
    try:
        if case.kind == "unit":
            return converted(case.typed[0], case.typed[1], case.typed[2]), case.typed[2]
        if case.kind == "steam":
            return steam.steam_gj(*case.typed), None
        if case.kind == "heat":
            unit = HEAT_UNITS[case.typed[1]]
            return case.typed[0] * unit.gj, {"mass": "GJ/t", "volume": "GJ/万m3"}[unit.dimension]
        if case.kind == "litres":
            return volumes.litres_t(*case.typed), None
        return tuple(volumes.reference_m3(*case.typed, at) for at in (volumes.NORMAL, volumes.TRADE))  # type: ignore[return-value]
    except JwdtError:
        return None


def test_the_golden_cases_are_what_the_engine_says() -> None:
    for case in GOLDEN:
        if case.hint == FINE:
            within = 1e-3 if case.kind == "steam" else 1e-8
            for want, got in zip(case.results, engine(case) or (), strict=True):
                assert got == (want if isinstance(want, str) or want is None else pytest.approx(want, rel=within)), case
        elif case.hint in ("other_kind", "unknown", "steam", "dense", "outside") and case.kind != "heat":
            assert engine(case) is None, case


# In a program


class Sheet:
    """The sheet in IronCalc: lines are typed into, and what they show is read."""

    def __init__(self, path: Path, language: str) -> None:
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
        self.language, self.layout = language, Layout(builtin(), "portable", language)
        self.sheets = {each["name"]: i for i, each in enumerate(self.model.get_worksheets_properties())}

    def put(self, sheet: str, row: int, col: int, value: Any) -> None:
        place = self.sheets[self.layout.title(sheet)], row + 1, col + 1
        if value is None:
            self.model.clear_cell_contents(*place)
        elif isinstance(value, str):
            self.model.update_cell_with_text(*place, value)
        else:
            self.model.update_cell_with_number(*place, float(value))

    def get(self, row: int, key: str) -> Any:
        place = self.sheets[self.layout.title(SHEET)], row + 1, COLUMNS[key] + 1
        value = self.model.get_cell_value(*place)
        return ErrorValue(value) if self.model.get_cell_type(*place) == ironcalc.CellType.ErrorValue else value

    def type(self, kind: str, typed: tuple[Any, ...], line: int = 0, months: list[Any] | None = None) -> None:
        row = lines_of(kind).first + line
        for key, value in zip(TYPED[kind], typed, strict=True):
            self.put(SHEET, row, COLUMNS[key], value)
        for key, value in zip(MONTH_KEYS, months or [], strict=bool(months)):
            self.put(SHEET, row, COLUMNS[key], value)

    def compute(self) -> None:
        self.model.evaluate()

    def hint(self, name: str) -> str:
        return self.layout.text(HINTS[CODES[name] - 1].text)


@pytest.fixture(scope="module")
def sheets(workbook: Callable[..., Path]) -> dict[str, Sheet]:
    return {language: Sheet(workbook(language=language), language) for language in LANGUAGES}


def check(case: Case, shown: dict[str, Any], text: Callable[[str], str]) -> None:
    want = engine(case) if case.hint == FINE else (None, None)
    assert want is not None, case
    for key, value in zip(("first", "second"), want, strict=True):
        got = shown[key] or (None if shown[key] in ("", None) else 0)
        assert got == (value if value is None or isinstance(value, str) else pytest.approx(value, rel=1e-12)), (
            case,
            shown,
        )
    if case.hint == FINE:
        assert shown["mark"] == "✓" and shown["hint"] in ("", None), (case, shown)
    else:
        assert shown["hint"] == text(case.hint) and shown["mark"] in "!✗", (case, shown)


_SHOWN = ("hint", "mark", "first", "second")


def in_english(case: Case) -> Case:
    """The units as the English sheet offers them."""
    typed = tuple(unit_label(value).en if isinstance(value, str) else value for value in case.typed)
    return case._replace(typed=typed)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case.kind}-{case.typed}")
def test_in_ironcalc(case: Case, sheets: dict[str, Sheet]) -> None:
    sheet, row = sheets["zh"], lines_of(case.kind).first
    sheet.type(case.kind, case.typed)
    sheet.compute()
    check(case, {key: sheet.get(row, key) for key in _SHOWN}, sheet.hint)
    sheet.type(case.kind, (None,) * len(case.typed))
    sheet.compute()
    assert all(sheet.get(row, key) in ("", None) for key in _SHOWN)


def test_in_english_by_english_units(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["en"]
    sheet.type("unit", (3, "10^4 kWh", "GJ"))
    sheet.type("heat", (8500, "kcal/m3"))
    sheet.compute()
    assert sheet.get(lines_of("unit").first, "first") == pytest.approx(108)
    assert sheet.get(lines_of("heat").first, "second") == "GJ/10^4 m3"


def test_random_lines_are_what_the_engine_computes(sheets: dict[str, Sheet]) -> None:
    """Two lines of each kind at once; steam and gas also beyond their tables."""
    chance, sheet = random.Random(18), sheets["zh"]
    measured = [unit for unit in UNITS if unit.dimension in ("mass", "volume", "energy", "coal", "money")]
    counts = {True: 0, False: 0}
    for _ in range(30):
        cases = []
        for line in range(2):
            one, other = chance.choice(measured), chance.choice(measured)
            if chance.random() < 0.7:
                other = chance.choice([unit for unit in measured if unit.dimension == one.dimension])
            amount = chance.choice([0.0, chance.uniform(0, 1), 10 ** chance.uniform(-6, 9)])
            cases += [
                (line, Case("unit", (amount, one.code, other.code))),
                (line, Case("steam", (amount, chance.uniform(0.05, 17), chance.choice([None, chance.uniform(80, 700)])))),
                (line, Case("heat", (amount, chance.choice(list(HEAT_UNITS))))),
                (line, Case("litres", (amount, chance.uniform(0.3, 1.3)))),
                (line, Case("gas", (amount, chance.uniform(0, 450), chance.uniform(-60, 110)))),
            ]  # fmt: skip
        for line, case in cases:
            sheet.type(case.kind, case.typed, line)
        sheet.compute()
        for line, case in cases:
            row, want = lines_of(case.kind).first + line, engine(case)
            counts[want is not None] += 1
            if want is None:
                assert sheet.get(row, "mark") == "✗" and sheet.get(row, "first") in ("", None), case
            else:
                assert sheet.get(row, "first") == pytest.approx(want[0], rel=1e-10, abs=1e-300), case
    assert min(counts.values()) > 30, counts
    for kind in CONVERSIONS:
        for line in range(2):
            sheet.type(kind, (None,) * len(TYPED[kind]), line)


# Months


class Months(NamedTuple):
    typed: tuple[Any, ...]
    months: list[Any]
    total: float | None
    converted: float | None
    hint: str


HUNDRED, MIXED = [100.0] * 12, [0.1 * i for i in range(12)]
#: Of a workbook whose first bill is 1,200 t in the report and 1,300 t in the base period, and whose second says no amounts.
OF_MONTHS = [
    Months((5, None, None), HUNDRED, 1200, 1200, FINE),
    Months((5, "报告期", "t"), HUNDRED, 1200, 1200, FINE),
    Months((5, "基准期", None), HUNDRED, 1200, 1200, "differs"),
    Months((5, None, "kg"), [100000.0] * 12, 1.2e6, 1200, FINE),
    Months((5, None, None), MIXED, sum(MIXED), sum(MIXED), "differs"),
    Months((5, None, "GJ"), HUNDRED, 1200, None, "bill_unit"),
    Months((5, None, "担"), HUNDRED, 1200, None, "unknown"),
    Months((5, "去年", None), HUNDRED, 1200, 1200, "period"),
    Months((5, None, None), [*HUNDRED[:9], None, None, None], None, None, "months"),
    Months((5, None, None), [*HUNDRED[:11], 0], 1100, 1100, "differs"),
    Months((5, None, None), [*HUNDRED[:11], "一百"], None, None, "number"),
    Months((5, None, None), [*HUNDRED[:11], -1], None, None, "number"),
    Months((6, None, None), HUNDRED, 1200, 1200, "blank"),
    Months((7, None, None), HUNDRED, 1200, None, "row"),
    Months((4, None, None), HUNDRED, 1200, None, "row"),
    Months((45, None, None), HUNDRED, 1200, None, "row"),
    Months((5.5, None, None), HUNDRED, 1200, None, "row"),
    Months(("5", None, None), HUNDRED, 1200, None, "row"),
    Months((None, None, None), HUNDRED, 1200, None, "bill"),
]
BILLS: dict[str, dict[str, Any]] = {
    "activity[0]": {"kind": "燃料", "name": "烟煤", "unit": "t", "base": 1300, "report": 1200},
    "activity[1]": {"kind": "燃料", "name": "柴油", "unit": "t"},
}


def bills(layout: Layout) -> Iterator[tuple[int, int, Any]]:
    table = layout.tables["activity"]
    for i, row in enumerate(BILLS.values()):
        yield from ((table.first + i, table.inputs[key], value) for key, value in row.items())


def check_months(case: Months, shown: dict[str, Any], text: Callable[[str], str]) -> None:
    for key, value in (("first", case.total), ("second", case.converted)):
        got = None if shown[key] in ("", None) else shown[key]
        assert got == (None if value is None else pytest.approx(value, rel=1e-12)), (case, shown)
    if case.hint == FINE:
        assert shown["hint"] == "与账单一致：燃料 烟煤" and shown["mark"] == "✓", (case, shown)
    else:
        number = {
            "months": str(sum(m is None for m in case.months)),
            "differs": "1,300" if case.typed[1] == "基准期" else "1,200",
        }
        assert shown["hint"] == text(case.hint) + number.get(case.hint, ""), (case, shown)
        assert shown["mark"] == ("!" if HINTS[CODES[case.hint] - 1].lacking else "✗")


def test_months_in_ironcalc(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["zh"]
    for row, col, value in bills(sheet.layout):
        sheet.put("activity", row, col, value)
    row = lines_of("months").first
    for case in OF_MONTHS:
        sheet.type("months", case.typed, months=case.months)
        sheet.compute()
        check_months(case, {key: sheet.get(row, key) for key in (*_SHOWN, "third")}, sheet.hint)
    sheet.type("months", (None,) * 3, months=[None] * 12)


# In every program, of a file in which people have typed


def save(book: Any, path: Path) -> None:
    """openpyxl says of blank cells that they are numbers, which IronCalc takes for 0."""
    book.save(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(
                name, re.sub(rb'(<c r="[A-Z]+\d+" s="\d+") t="n"(?: ?/>|>(?:<v ?/>|<v></v>)?</c>)', rb"\1/>", content)
            )


@pytest.fixture(scope="module")
def filled(
    workbook: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Path, dict[tuple[int, str], Any]]]:
    """The template with the cases typed in, as many files as it takes, and the case of each line."""
    waiting: dict[str, list[Any]] = {kind: [c for c in GOLDEN if c.kind == kind] for kind in CONVERSIONS}
    waiting["months"] = list(OF_MONTHS)
    layout, made = Layout(builtin(), "portable", "zh"), []
    while any(waiting.values()):
        book = load_workbook(workbook())
        sheet, bill = book[layout.title(SHEET)], book[layout.title("activity")]
        for row, col, value in bills(layout):
            bill.cell(row + 1, col + 1).value = value
        placed: dict[tuple[int, str], Any] = {}
        for kind, cases in waiting.items():
            rows = lines_of(kind)
            for row in range(rows.first, rows.last + 1):
                if not cases:
                    break
                case = cases.pop(0)
                placed[row, kind] = case
                values = dict(zip(TYPED[kind], case.typed, strict=True))
                if kind == "months":
                    values |= dict(zip(MONTH_KEYS, case.months, strict=True))
                for key, value in values.items():
                    sheet.cell(row + 1, COLUMNS[key] + 1).value = value
        path = tmp_path_factory.mktemp("monthly") / f"filled{len(made)}.xlsx"
        save(book, path)
        made.append((path, placed))
    return made


@pytest.mark.parametrize("program", ["libreoffice", *ENGINES])
def test_every_program_agrees(
    program: str, filled: list[tuple[Path, dict[tuple[int, str], Any]]], request: pytest.FixtureRequest
) -> None:
    if program == "gnumeric" and gnumeric() is None:
        pytest.skip("Gnumeric (ssconvert) is not installed; tests/install_office.sh does it")
    title = SHEETS[SHEET].zh

    def text(name: str) -> str:
        return HINTS[CODES[name] - 1].text.zh

    for path, placed in filled:
        keys = (*_SHOWN, "third")
        places = [(title, row, COLUMNS[key]) for row, _ in placed for key in keys]
        if program == "libreoffice":
            book = request.getfixturevalue("office").open(path)
            book.recalculate()
            block = book.block(f"'{title}'.A1:AB{max(row for row, _ in placed) + 1}")
            book.close()
            found = {(title, row, col): block[row][col] for _, row, col in places}
        else:
            found = (in_gnumeric if program == "gnumeric" else ENGINES[program])(path, places)
        for (row, kind), case in placed.items():
            shown = {key: found.get((title, row, COLUMNS[key])) for key in keys}
            assert not any(isinstance(value, ErrorValue) for value in shown.values()), (case, shown)
            (check_months if kind == "months" else check)(case, shown, text)


# As people use it


@pytest.fixture
def book(office: Office, workbook: Callable[..., Path]) -> Iterator[Book]:
    opened = office.open(workbook(), window=True)
    yield opened
    opened.close()


def address(row: int, key: str) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return f"'{SHEETS[SHEET].zh}'.{letters[COLUMNS[key]]}{row + 1}"


def test_keys_are_taken(book: Book) -> None:
    """With the real keys: protection, drop-downs and validation act as on a person."""
    row = lines_of("unit").first
    for key, text in zip(INPUTS, ("3", "万kWh", "GJ"), strict=True):
        book.press(address(row, key), text)
    assert book.get(address(row, "first")) == pytest.approx(108)
    book.press(address(row, "first"), "5")  # locked
    assert book.get(address(row, "first")) == pytest.approx(108)


def test_cut_and_paste_moves_no_reference(book: Book) -> None:
    row = lines_of("months").first
    book.set("'能源与过程账单'.C5", [["燃料", "烟煤", None, "t", 1300, 1200]])
    book.set(address(row, "one"), 5)
    book.set(address(row, "month_1"), [HUNDRED])
    assert book.get(address(row, "first")) == 1200
    book.do(address(row, "month_12"), ".uno:Cut")
    book.do(address(row + 1, "month_1"), ".uno:Paste")
    assert book.get(address(row, "first")) is None or book.get(address(row, "first")) == ""
    assert book.get(address(row, "hint")).endswith("还缺 1")
    unit = lines_of("unit").first
    book.set(address(unit, "one"), [[3, "t", "kg"]])
    book.do(address(unit, "one"), ".uno:Cut")
    book.do(address(unit + 1, "one"), ".uno:Paste")
    assert book.get(address(unit, "first")) in (None, "")
    assert book.get(address(unit + 1, "three")) is None or book.get(address(unit + 1, "first")) in (None, "")


def test_nothing_of_it_is_read(
    workbook: Callable[..., Path], example: Callable[[str], Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands on the sheet, an evaluation is the same to the byte; and a form without the sheet is read."""
    plain = workbook(example("cement"))
    told = {}
    for name in ("plain", "typed", "without"):
        book = load_workbook(plain)
        sheet = book[SHEETS[SHEET].zh]
        if name == "typed":
            for area_row in (lines_of("unit").first, lines_of("months").first):
                sheet.cell(area_row + 1, COLUMNS["one"] + 1).value = "=1/0"
                sheet.cell(area_row + 1, COLUMNS["two"] + 1).value = 10**9
        if name == "without":
            del book[SHEETS[SHEET].zh]
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        assert main(["score", str(path), "--json"]) == 0
        told[name] = capsys.readouterr().out.replace(f"{name}.xlsx", "F.xlsx")
    assert json.loads(told["plain"])
    assert told["plain"] == told["typed"] == told["without"]


def test_every_factor_has_its_source() -> None:
    for kind in CONVERSIONS:
        for text in texts.SOURCES[kind]:
            assert "[law]" in text or "[choice]" in text, kind
    set_language("en")
    assert math.isclose(float(texts.SOURCES["steam"].zh.split("− ")[1].split(")")[0]), steam.WATER_AT_20)
    assert cell(0, "hint").sheet == SHEET
