"""Form 205-1 pasted as it is: its lines are what `jwdt import` makes of the same paper, in four programs; and copied to the
bills they are compared there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import ironcalc
import pytest
from openpyxl import Workbook, load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.papers.cells import Problems
from jwdt_xl.papers.kinds.energy import KIND
from jwdt_xl.papers.paper import Entry, Wanted
from jwdt_xl.papers.paper import Sheet as Paper
from jwdt_xl.portfolio import read_file
from jwdt_xl.standard import statistics
from jwdt_xl.standard.energy import find_energy
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.units import UNITS, find_unit
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook.monthly.hints import NO_PERIOD
from jwdt_xl.workbook.pasted import texts
from jwdt_xl.workbook.pasted.hints import AGREES, FEEDSTOCK, GROWN, LINE_CODES, LINE_HINTS, ROW_CODES, ROW_HINTS, UNREAD
from jwdt_xl.workbook.pasted.places import (
    COLUMNS,
    CORNER,
    FIRST,
    FORM,
    HIDDEN,
    LINES,
    PASTED,
    PERIOD,
    READY,
    SAID,
    SHEET,
)

from ..office import Book, Office
from .engines import ENGINES, gnumeric, in_gnumeric
from .test_monthly import save

pytestmark = pytest.mark.xdist_group("office")

Grid = list[list[Any]]
LAYOUT = Layout(builtin(), "portable", "zh")
TITLE = LAYOUT.title(SHEET)
BILLS = LAYOUT.tables["activity"]
DIMENSIONS = tuple(dict.fromkeys(unit.dimension for unit in UNITS))

MERGED: Grid = [
    ["能源购进、消费与库存", *[None] * 13],
    ["表号：205-1 表", None, "有效期至：2031年6月", None, "2023年", *[None] * 9],
    ["能源名称", "计量单位", "代码", "期初库存量", "购进量", None, "消费量", None, None, None, None, "期末库存量", "采用折标系数", "参考折标系数"],
    [None, None, None, None, "实物量", "金额", "合计", "工业生产消费", "其中：用于原材料", "非工业生产消费", "合计中：运输工具消费", None, None, None],
    ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "丁"],
]  # fmt: skip
PLAIN: Grid = [
    ["能源名称", "计量单位", "代码", "年初库存量", "购进量", "购进金额（千元）", "消费量\n合计", "工业生产消费", "用于原材料", "非工业", "运输", "年末库存量", "折标系数", "参考折标系数"]
]  # fmt: skip


def used(
    name: str, unit: Any, total: Any, feedstock: Any = None, own: Any = None, reference: Any = None, code: Any = None
) -> list[Any]:
    return [name, unit, code, None, None, None, total, None, feedstock, None, None, None, own, reference]


#: A foundry's and some more: two kinds of bills, feedstock, coal in coal, dashes, one of each mistake.
FORM_OF_ALL: Grid = [
    *MERGED,
    used("原煤", "吨", 150, own=0.7143), used("其中：无烟煤", "吨", 50, own=0.9428), used("  一般烟煤", "吨", 100, own=0.7143),
    used("焦炭", "吨", 1234.5, own=0.9714), used("天然气（气态）", "万立方米", 50, 10, 13.3), used("柴油", "吨", 5.25, "—", 1.4571),
    used("石油焦", "吨", 7, 7, 1.0918), used("热力", "百万千焦", 500, None, 0.0341), used("电力（万千瓦时）", None, 500, None, None, 1.229),
    used("稻壳", "吨", 3, own=0.5), used("汽油", "吨", "—"), used("煤油", "吨", 0), used("余热余压", "百万千焦", 12, own=0.0341),
    used("柴油", "吨", 6), used("原油", "升", 6), used("燃料油", "吨", "6吨"), used("石脑油", "吨", -1), used("神秘能源", "吨", 4), used("石蜡", "吨", 5, 6),
    used("电力", "千瓦时", 5), used("液化石油气（千克）", "吨", 9), used("能源合计", "吨标准煤", 99999, code=40),
]  # fmt: skip
WRONG = {"柴油": "twice", "原油": "unit", "燃料油": "number", "石脑油": "number", "神秘能源": "unknown", "石蜡": "part", "电力": "twice", "液化石油气（千克）": "unit"}  # fmt: skip


def by_import(grid: Grid) -> tuple[list[Entry], Problems]:
    """What `jwdt import` makes of the paper."""
    problems = Problems()
    given = KIND.read(Paper("205-1.xlsx", "205-1", grid), Wanted(), problems)
    return [entry for entry in (given.entries if given else ()) if entry.table == "activity" and entry.amount], problems


class Line(NamedTuple):
    kind: str
    energy: str
    origin: str
    unit: float
    amount: float
    part: bool
    row: int
    coefficient: float | None


def wanted(entries: list[Entry]) -> list[Line]:
    found = []
    for entry in entries:
        kind = {"fuel": "燃料", "electricity": "电力", "heat": "热力"}[entry.fields["kind"]]
        name = entry.fields.get("name", kind)
        own = entry.own.get("coefficient")
        found.append(
            Line(
                kind, find_energy(name).code, "电网(无绿证、非直供)" if kind == "电力" else "", find_unit(entry.unit, DIMENSIONS).factor,
                float(entry.amount or 0), bool(entry.fields.get("feedstock")), entry.places[0].row, float(own) if own is not None else None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda line: (line.row, line.part))


class Shown(NamedTuple):
    """What the sheet shows."""

    get: Callable[[int, str], Any]

    def text(self, row: int, key: str) -> str:
        return str(self.get(row, key) or "")

    def lines(self) -> list[Line]:
        found = []
        for row in range(FIRST, FIRST + LINES):
            if not self.text(row, "kind"):
                continue
            kind, name, origin, unit = (self.text(row, key) for key in READY[:4])
            own = self.get(row, "coefficient")
            found.append(
                Line(
                    kind, find_energy(name or kind).code, origin, find_unit(unit, DIMENSIONS).factor, float(self.get(row, "amount")),
                    FEEDSTOCK.zh in self.text(row, "hint"), int(self.text(row, "source").split("第 ")[1].split(" ")[0]),
                    float(own) if own not in ("", None) else None,
                )
            )  # fmt: skip
        return found

    def why(self, grid: Grid) -> dict[int, str]:
        return {i: said for i in range(min(len(grid), PASTED)) if (said := self.text(FIRST + i, "why"))}


def same(found: list[Line], expected: list[Line]) -> None:
    assert len(found) == len(expected), (found, expected)
    for one, other in zip(found, expected, strict=True):
        for got, want in zip(one, other, strict=True):
            assert got == (pytest.approx(want, rel=1e-12) if isinstance(want, float) else want), (one, other)


def why(name: str) -> str:
    return ROW_HINTS[ROW_CODES[name] - 1].text.zh


class Sheet:
    """The sheet in IronCalc."""

    def __init__(self, path: Path) -> None:
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
        self.names = [each["name"] for each in self.model.get_worksheets_properties()]
        self.pasted: list[tuple[int, int, int]] = []

    def put(self, sheet: str, row: int, col: int, value: Any) -> None:
        place = self.names.index(sheet), row + 1, col + 1
        if value is None:
            self.model.clear_cell_contents(*place)
            return
        self.pasted.append(place)
        if isinstance(value, str):
            self.model.update_cell_with_text(*place, value)
        else:
            self.model.update_cell_with_number(*place, float(value))

    def paste(self, grid: Grid) -> Shown:
        for place in self.pasted:
            self.model.clear_cell_contents(*place)
        self.pasted = []
        for i, row in enumerate(grid):
            for j, value in enumerate(row):
                if value is not None:
                    self.put(TITLE, CORNER.row + i, CORNER.col + j, value)
        return self.compute()

    def compute(self) -> Shown:
        self.model.evaluate()
        return Shown(lambda row, key: self.model.get_cell_value(self.names.index(TITLE), row + 1, COLUMNS[key] + 1))


@pytest.fixture(scope="module")
def sheet(workbook: Callable[..., Path]) -> Sheet:
    return Sheet(workbook())


def said(shown: Shown) -> tuple[str, str]:
    return shown.text(SAID, "origin"), shown.text(SAID, "column_1")


def check_all(shown: Shown) -> None:
    """Of the form of all: the lines are those of the import, and each row that gives none says why."""
    entries, _ = by_import(FORM_OF_ALL)
    same(shown.lines(), wanted(entries))
    reasons = shown.why(FORM_OF_ALL)
    first = {
        name: next(i for i, row in enumerate(FORM_OF_ALL) if row[0] == name)
        for name in ("原煤", "煤油", "余热余压", "能源合计")
    }
    expected = {
        first["原煤"]: why("holds"),
        first["煤油"]: why("zero"),
        first["余热余压"]: why("residual"),
        first["能源合计"]: why("total"),
    }
    for name, hint in WRONG.items():
        expected[max(i for i, row in enumerate(FORM_OF_ALL) if row[0] == name)] = why(hint)
    assert reasons == expected
    lines, rows = said(shown)
    assert lines == texts.SEE_ROWS.zh + "读到 10 行；账单没有或缺数量 10，不符 0；账单另有而此表没有 0"
    assert rows == f"{texts.WRONG.zh}{len(WRONG)}{texts.WRONG_ROWS.zh}"
    grown = [shown.text(row, "name") for row in range(FIRST, FIRST + LINES) if GROWN.zh in shown.text(row, "hint")]
    assert grown == ["稻壳"]


def test_lines_are_those_of_the_import(sheet: Sheet) -> None:
    check_all(sheet.paste(FORM_OF_ALL))


def test_nothing_pasted_says_nothing(sheet: Sheet) -> None:
    shown = sheet.paste([])
    assert said(shown) == (texts.NOTHING.zh, "")
    assert not shown.lines() and not shown.why([])


NAMES = [
    "原煤", "无烟煤", "炼焦烟煤", "一般烟煤", "褐煤", "洗精煤", "其他洗煤", "煤制品", "焦炭", "其他焦化产品", "焦炉煤气", "高炉煤气", "转炉煤气", "发生炉煤气",
    "天然气（气态）", "液化天然气（液态）", "煤层气（煤田）", "原油", "汽油", "煤油", "柴油", "燃料油", "液化石油气", "炼厂干气", "石脑油", "润滑油", "石蜡", "溶剂油", "石油焦",
    "石油沥青", "其他石油制品", "热力", "电力", "其他燃料", "煤矸石用于燃料", "城市垃圾用于燃料", "生物质废料用于燃料", "其他工业废料用于燃料", "沼气", "蔗渣（干）", "树皮",
    "玉米棒", "薪柴（干）", "稻壳", "锯末刨花", "余热余压",
]  # fmt: skip
_UNITS = {
    "mass": ["吨", "t", "千克", "万吨", "kg"],
    "volume": ["万立方米", "立方米", "m3", "万m3"],
    "energy": ["百万千焦", "GJ", "MJ"],
}


def _random_form(chance: random.Random) -> Grid:
    names = chance.sample(NAMES, chance.randint(1, 18))
    rows = []
    for name in names:
        energy = find_energy(name)
        dimension = {"kg": "mass", "m3": "volume"}.get(energy.unit, "energy")
        units = ["万千瓦时", "kWh", "MWh", "千瓦时"] if name == "电力" else _UNITS[dimension]
        unit = chance.choice([None, *units, *units, "吨标准煤", "升", chance.choice(_UNITS["mass"])])
        total = chance.choice(
            [None, "-", 0, round(chance.uniform(0, 1e4), 2), chance.randint(1, 9), 10 ** chance.uniform(-3, 8), -3]
        )
        part = chance.choice([None, None, None, "—", 0, round(chance.uniform(0, 50), 1), total])
        before = chance.choice(["", "", "其中：", "  ", "#"])
        coefficient = chance.choice([None, 0, round(chance.uniform(0.1, 14), 4)])
        rows.append(used(before + name, unit, total, part, coefficient, chance.choice([None, 1.2])))
    head = chance.choice([MERGED, PLAIN, PLAIN, MERGED[2:]])
    return [*head, *rows, used("合计", "吨标准煤", 5.0, code=40)]


@pytest.mark.parametrize("seed", range(40))
def test_random_forms(seed: int, sheet: Sheet) -> None:
    """Every row is a line, as the import has it, or says why it is none."""
    grid = _random_form(random.Random(seed))
    shown = sheet.paste(grid)
    same(shown.lines(), wanted(by_import(grid)[0]))
    listed, reasons = {line.row - 1 for line in shown.lines()}, shown.why(grid)
    for i, row in enumerate(grid):
        if isinstance(row[6], (int, float)) and row[0] not in ("甲", None):
            assert (i in listed) != (i in reasons), (row, reasons.get(i))


def test_the_total_is_checked_not_added(sheet: Sheet) -> None:
    rows = [
        *PLAIN,
        used("焦炭", "吨", 100, own=0.9714),
        used("电力", "万千瓦时", 100, own=1.229),
        used("能源合计", "吨标准煤", 220, code=40),
    ]
    assert said(sheet.paste(rows)) == ("读到 2 行；账单没有或缺数量 2，不符 0；账单另有而此表没有 0", texts.GOOD.zh)
    rows[-1][6] = 250
    lines, total = said(sheet.paste(rows))
    assert total == f"{texts.TOTAL.zh}220.04" and lines.startswith(texts.SEE_ROWS.zh + "读到 2 行")


def test_amounts_in_standard_coal_have_no_coefficient(sheet: Sheet) -> None:
    grid = [
        *PLAIN,
        used("其他燃料", "吨标准煤", 12, own=1.0),
        used("焦炭", "吨标准煤", 3, own=0.9714),
        used("热力", "吨标准煤", 3, own=0.0341),
    ]
    shown = sheet.paste(grid)
    same(shown.lines(), wanted(by_import(grid)[0]))
    assert [line.coefficient for line in shown.lines()] == [None, None] and shown.why(grid) == {3: why("unit")}


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("0.9714", True),
        ("约0.97", True),
        ("０．９７", True),
        ("#N/A", True),
        (-1, True),
        (0.97, False),
        ("—", False),
        (None, False),
        ("", False),
    ],
)
def test_a_coefficient_that_is_no_number_is_told(sheet: Sheet, own: Any, told: bool) -> None:
    """Without it the bill takes the default: nothing else would say so."""
    shown = sheet.paste([*PLAIN, used("焦炭", "吨", 3, own=own)])
    (line,) = shown.lines()
    assert line.coefficient == (own if own == 0.97 else None)
    assert (UNREAD.zh in shown.text(FIRST, "hint")) is told and shown.text(FIRST, "mark") == "!"


def test_another_layout_is_refused(sheet: Sheet) -> None:
    """A column too many or too few, no heading, a heading that states a unit, a form pasted one cell further."""
    rows = [used("焦炭", "吨", 100, own=0.9714)]
    shifted = [[None, *row[:-1]] for row in [*PLAIN, *rows]]
    without_code = [[*row[:2], *row[3:], None] for row in [*PLAIN, *rows]]
    stated = [[*PLAIN[0][:6], "消费量合计（千克）", *PLAIN[0][7:]], *rows]
    for grid in (rows, shifted, without_code, stated):
        shown = sheet.paste(grid)
        assert not shown.lines() and said(shown)[0].startswith("查：认不出 205-1 的列"), grid
    assert why("states") in sheet.paste(stated).why(stated).values()


def test_more_than_is_read_is_said(sheet: Sheet) -> None:
    many = [*PLAIN, *(used(name, None, 1) for name in NAMES if name not in ("原煤", "余热余压"))][: LINES + 3]
    long = [*PLAIN, *([used("", None, None)] * PASTED), used("焦炭", "吨", 100)]
    for grid in (many, long):
        lines, rows = said(sheet.paste(grid))
        assert rows.startswith("查：超出") and (lines.startswith(texts.SEE_ROWS.zh) or lines.startswith("查"))


def test_coal_that_may_hold_its_kinds_is_refused(sheet: Sheet) -> None:
    grid = [*PLAIN, used("原煤", "吨", 100), used("褐煤", "吨", 40), used("焦炭", "吨", 1)]
    shown = sheet.paste(grid)
    same(shown.lines(), wanted(by_import(grid)[0]))
    assert [line.energy for line in shown.lines()] == ["coke"]
    assert list(shown.why(grid).values()) == [why("coal")] * 2


BAD = [None, "", "NaN", "一百", "１００", "1,234.5", "100吨", True, 1e300]


@pytest.mark.parametrize("value", BAD, ids=repr)
def test_bad_amounts(value: Any, sheet: Sheet) -> None:
    """A line with just this number, or none and a reason; blanks say nothing."""
    grid = [*PLAIN, used("焦炭", "吨", value)]
    shown = sheet.paste(grid)
    if value in (None, ""):
        assert not shown.lines() and not shown.why(grid)
    elif isinstance(value, float) or value is True:  # the helper of the test types 1 for TRUE
        assert [line.amount for line in shown.lines()] == [float(value)]
    else:
        assert not shown.lines() and list(shown.why(grid).values()) == [why("number")]


# Against the bills


def test_the_bills_are_compared(sheet: Sheet) -> None:
    """By the sum of the rows of an energy, in either unit and period; sold power is no part of what is used."""
    grid = [
        *PLAIN,
        used("焦炭", "吨", 100),
        used("电力", "万千瓦时", 60),
        used("天然气", "万立方米", 50, 10),
        used("柴油", "吨", 5),
        used("汽油", "吨", 3),
    ]
    sheet.paste(grid)
    rows: list[dict[str, Any]] = [
        {"kind": "燃料", "name": "焦炭", "unit": "kg", "base": 1, "report": 100000},
        {"kind": "电力", "origin": "电网(无绿证、非直供)", "unit": "MWh", "base": 1, "report": 400},
        {"kind": "电力", "origin": "绿证", "unit": "MWh", "base": 1, "report": 200},
        {"kind": "电力", "origin": "外售", "unit": "MWh", "base": 1, "report": 77},
        {"kind": "燃料", "name": "天然气", "unit": "m3", "base": 1, "report": 400000},
        {"kind": "燃料", "name": "天然气", "unit": "m3", "base": 1, "report": 90000, "feedstock": "是"},
        {"kind": "燃料", "name": "柴油", "unit": "t", "base": 5},
        {"kind": "燃料", "name": "原油", "unit": "t", "base": 5, "report": 1},
    ]
    for i, row in enumerate(rows):
        for key, value in row.items():
            sheet.put(LAYOUT.title("activity"), BILLS.first + i, BILLS.inputs[key], value)
    shown = sheet.compute()
    hints = [shown.text(row, "hint") for row in range(FIRST, FIRST + 6)]
    new, blank, differs = (hint.text.zh for hint in LINE_HINTS)
    assert hints == [AGREES.zh, AGREES.zh, AGREES.zh, differs + FEEDSTOCK.zh, blank, new]
    assert [shown.get(row, "bills") or None for row in range(FIRST, FIRST + 6)] == [
        100,
        60,
        pytest.approx(40),
        pytest.approx(9),
        None,
        None,
    ]
    assert [shown.text(row, "mark") for row in range(FIRST, FIRST + 6)] == ["✓", "✓", "✓", "✗", "!", "!"]
    assert said(shown)[0] == "读到 6 行；账单没有或缺数量 2，不符 1；账单另有而此表没有 1"
    sheet.put(TITLE, PERIOD.row, PERIOD.col, "基准期")
    assert sheet.compute().text(FIRST, "mark") == "✗"
    assert sheet.compute().text(FIRST + 4, "mark") == "✓"
    sheet.put(TITLE, PERIOD.row, PERIOD.col, "去年")
    assert said(sheet.compute())[0] == NO_PERIOD.zh
    sheet.paste([])
    assert said(sheet.compute())[0] == texts.NOTHING.zh


# In every program


@pytest.mark.parametrize("program", ["libreoffice", *ENGINES])
def test_every_program_agrees(
    program: str, workbook: Callable[..., Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if program == "gnumeric" and gnumeric() is None:
        pytest.skip("Gnumeric (ssconvert) is not installed; tests/install_office.sh does it")
    book = load_workbook(workbook())
    for i, row in enumerate(FORM_OF_ALL):
        for j, value in enumerate(row):
            book[TITLE].cell(CORNER.row + i + 1, CORNER.col + j + 1).value = value
    path = tmp_path / "pasted.xlsx"
    save(book, path)
    places = [
        (TITLE, row, col) for row in range(SAID, FIRST + PASTED) for key, col in COLUMNS.items() if key not in FORM[1:]
    ]
    if program == "libreoffice":
        opened = request.getfixturevalue("office").open(path)
        opened.recalculate()
        block = opened.block(f"'{TITLE}'.A1:{xl_rowcol_to_cell(FIRST + PASTED - 1, COLUMNS[HIDDEN[-1]])}")
        opened.close()
        found = {(TITLE, row, col): block[row][col] for _, row, col in places}
    else:
        found = (in_gnumeric if program == "gnumeric" else ENGINES[program])(path, places)
    check_all(Shown(lambda row, key: found.get((TITLE, row, COLUMNS[key]))))


# As a clerk does it


@pytest.fixture
def desk(office: Office, workbook: Callable[..., Path]) -> Iterator[Book]:
    book = office.open(workbook(), window=True)
    yield book
    book.close()


def _address(sheet: str, row: int, col: int, last_row: int | None = None, last_col: int | None = None) -> str:
    first = xl_rowcol_to_cell(row, col)
    return f"'{sheet}'.{first}" + (
        f":{xl_rowcol_to_cell(last_row, last_col)}" if last_row is not None and last_col is not None else ""
    )


def _paste_values(book: Book, place: str) -> None:
    book.do(
        place,
        ".uno:InsertContents",
        Flags="SVD",
        FormulaCommand=0,
        SkipEmptyCells=False,
        Transpose=False,
        AsLink=False,
        MoveMode=4,
    )


def test_copied_from_the_paper_to_the_bills(desk: Book, office: Office, tmp_path: Path) -> None:
    """From the paper's own file to the sheet, from there to the bills, all by copying; the return says what the import says."""
    grid = [
        *MERGED,
        used("焦炭", "吨", 1234.5, own=0.9714),
        used("柴油", "吨", 5.25),
        used("热力", "百万千焦", 500),
        used("电力", "万千瓦时", 60),
    ]
    paper = Workbook()
    for row in grid:
        paper.active.append(row)  # type: ignore[union-attr]
    paper.active.merge_cells("A1:N1")  # type: ignore[union-attr]
    paper.save(tmp_path / "paper.xlsx")
    source = office.open(tmp_path / "paper.xlsx", window=True)
    source.do(f"'Sheet'.A1:N{len(grid)}", ".uno:Copy")
    _paste_values(desk, _address(TITLE, CORNER.row, CORNER.col))
    source.close()

    def shown() -> Shown:
        return Shown(lambda row, key: desk.get(_address(TITLE, row, COLUMNS[key])))

    same(shown().lines(), wanted(by_import(grid)[0]))
    bills, count = LAYOUT.title("activity"), 4
    for first, last, field in (
        ("kind", "unit", "kind"),
        ("amount", "amount", "report"),
        ("source", "source", "source"),
    ):
        desk.do(_address(TITLE, FIRST, COLUMNS[first], FIRST + count - 1, COLUMNS[last]), ".uno:Copy")
        _paste_values(desk, _address(bills, BILLS.first, BILLS.inputs[field]))
    assert [shown().text(FIRST + i, "mark") for i in range(count)] == ["✓"] * count
    assert (
        desk.get(_address(TITLE, SAID, COLUMNS["origin"]))
        == "读到 4 行；账单没有或缺数量 0，不符 0；账单另有而此表没有 0"
    )
    marks = [desk.get(_address(bills, BILLS.first + i, BILLS.computed["mark"])) for i in range(count)]
    assert marks == ["!"] * count, "only the base period is missing: empty texts that were pasted are blanks"
    for name, year in (("in_periods_base", "2022"), ("in_periods_report", "2023")):
        desk.set(name, year)
    path = desk.save(tmp_path / "return.xlsx")
    one = read_file(path)
    data = one.assessment
    assert data is not None, [str(finding.text) for finding in one.findings]
    assert [(row.kind, row.name, row.origin, row.report) for row in data.activity] == [
        ("fuel", "焦炭", None, 1234.5), ("fuel", "柴油", None, 5.25), ("heat", "", None, 500), ("electricity", "", "grid", 60),
    ]  # fmt: skip
    assert data.activity[0].source == "205-1 表 第 6 行"


def test_error_values_are_refused(desk: Book) -> None:
    """In the name, the unit, the amount and the part taken as feedstock; and in a column that is not read nothing happens."""
    rows = [*PLAIN, *(used(name, "吨", 100) for name in ("焦炭", "柴油", "汽油", "煤油", "原油"))]
    desk.set(_address(TITLE, CORNER.row, CORNER.col), rows)
    for i, column in enumerate((0, 1, 6, 8, 3), 1):
        desk.set(_address(TITLE, CORNER.row + i, CORNER.col + column), "=1/0")
    reasons = [desk.get(_address(TITLE, FIRST + i, COLUMNS["why"])) or "" for i in range(1, 6)]
    assert reasons == [why("unknown"), why("unit"), why("number"), why("number"), ""]
    assert desk.get(_address(TITLE, FIRST, COLUMNS["name"])) == "原油"
    assert desk.get(_address(TITLE, FIRST + 1, COLUMNS["name"])) in (None, "")


def test_in_english(workbook: Callable[..., Path]) -> None:
    """The paper stays Chinese; what the bills offer is English."""
    english = Layout(builtin(), "portable", "en")
    sheet = Sheet(workbook(language="en"))
    for i, row in enumerate(FORM_OF_ALL):
        for j, value in enumerate(row):
            if value is not None:
                sheet.put(english.title(SHEET), CORNER.row + i, CORNER.col + j, value)
    sheet.model.evaluate()
    at = sheet.names.index(english.title(SHEET))
    shown = Shown(lambda row, key: sheet.model.get_cell_value(at, row + 1, COLUMNS[key] + 1))
    lines = [[shown.text(row, key) for key in READY] for row in range(FIRST, FIRST + 10)]
    assert lines[0] == ["fuel", "无烟煤", "", "吨", "50.0"]
    assert lines[3] == ["fuel", "天然气(气态)", "", "万立方米", "40.0"]
    assert lines[7:9] == [
        ["heat", "", "", "百万千焦", "500.0"],
        ["electricity", "", "grid (no certificate or direct contract)", "万千瓦时", "500.0"],
    ]
    assert shown.text(SAID, "origin").startswith(
        texts.SEE_ROWS.en + "lines: 10; not in the bills or without amount: 10"
    )
    assert shown.text(FIRST, "source") == "form 205-1, row 7"


def test_cut_and_insert_move_no_reference(desk: Book) -> None:
    rows = [*PLAIN, used("焦炭", "吨", 100), used("柴油", "吨", 5)]
    desk.set(
        _address(TITLE, CORNER.row, CORNER.col), [[None if cell is None else cell for cell in row] for row in rows]
    )
    assert desk.get(_address(TITLE, FIRST, COLUMNS["amount"])) == 100
    desk.do(_address(TITLE, CORNER.row, CORNER.col, CORNER.row + 2, CORNER.col + 13), ".uno:Cut")
    desk.do(_address(TITLE, CORNER.row + 9, CORNER.col), ".uno:Paste")
    assert desk.get(_address(TITLE, FIRST, COLUMNS["amount"])) == 100
    assert desk.get(_address(TITLE, FIRST, COLUMNS["source"])) == "205-1 表 第 11 行"
    desk.press(_address(TITLE, FIRST, COLUMNS["amount"]), "7")  # locked
    assert desk.get(_address(TITLE, FIRST, COLUMNS["amount"])) == 100


def test_the_columns_are_those_that_the_import_reads() -> None:
    """The published order, once for both."""
    from jwdt_xl.papers.kinds.energy import COLUMNS as READ

    for key, place in statistics.COLUMNS.items():
        heading = {**dict(zip(range(1, 15), MERGED[2], strict=True)), 7: "合计", 9: "用于原材料"}[place]
        assert READ.key_of(heading) == key
    assert set(LINE_CODES.values()) == {1, 2, 3}
