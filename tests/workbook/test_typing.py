"""Typing is never punished: units by any name and case, waste water in t, no text that a number could be completed to.

Typed with the keyboard into an empty template in LibreOffice where keys matter; the numbers are those of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.record import NUMBER
from jwdt_xl.workbook.columns.catalogue import CODES
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.plan import Cell
from jwdt_xl.workbook.returned import reader

from ..office import Book, Office
from .cases import PLAIN, changed, water
from .places import LAYOUT
from .test_hints import at

pytestmark = pytest.mark.xdist_group("office")


@pytest.fixture(scope="module")
def keyed(office: Office, workbook: Callable[..., Path]) -> Iterator[Book]:
    book = office.open(workbook(), window=True)
    yield book
    book.close()


def cell(table: str, key: str, index: int = 0) -> str:
    found = LAYOUT.tables[table]
    return at(Cell(found.sheet, found.first + index, found.column(key)))


def typed(book: Book, table: str, row: dict[str, Any], *keys: str) -> list[Any]:
    """A row whose unit is typed key by key; what its columns of these keys show then."""
    for field, value in row.items():
        if field != "unit":
            book.set(cell(table, field), float(value) if isinstance(value, (int, float)) else value)
    assert book.press(cell(table, "unit"), row["unit"]), f"{table}.unit does not take {row['unit']}"
    book.recalculate()
    found = [book.get(cell(table, key)) for key in keys]
    for field in row:
        book.set(cell(table, field), None)
    return found


BILL = {"kind": "燃料", "name": "柴油", "base": 10, "report": 9}
POWER = {"kind": "电力", "origin": "电网(无绿证、非直供)", "base": 10, "report": 9}
GAS = {"energy": "天然气", "base": 10, "report": 9, "net_calorific_value": 35544}


@pytest.mark.parametrize(
    ("table", "row", "units", "amount"),
    [
        ("activity", BILL, {"t": 1, "吨": 1, "T": 1, "万吨": 10_000}, "tce_base"),
        ("activity", POWER, {"kWh": 1, "度": 1, "KWH": 1, "Mwh": 1000, "mwh": 1000, "兆瓦时": 1000}, "tce_base"),
        ("energy", GAS, {"m3": 1, "万标方": 10_000, "万NM3": 10_000}, "eq_base"),
        ("materials", {"material": "石灰石", "base": 10, "report": 9}, {"kg": 1, "KG": 1, "公斤": 1}, "eq_base"),
    ],
)  # fmt: skip
def test_units_by_any_name_and_case(
    table: str, row: dict[str, Any], units: dict[str, float], amount: str, keyed: Book
) -> None:
    """LibreOffice corrects MWh to Mwh while it is typed: the row is fine, and counts as by the unit of the list."""
    one = 0.0
    for unit, times in units.items():
        state, found = typed(keyed, table, {**row, "unit": unit}, "status", amount)
        one = one or found
        assert (state, found) == ("正常", pytest.approx(times * one, rel=1e-12)), unit


def test_a_unit_that_does_not_fit_names_those_that_do(keyed: Book) -> None:
    for table, row, named in (
        ("activity", {"unit": "GJ", "kind": "工业过程", "name": "水泥熟料", "base": 1, "report": 1}, "t"),
        ("materials", {"material": "石灰石", "unit": "kWh", "base": 1, "report": 1}, "kg"),
    ):
        for field, value in row.items():
            keyed.set(cell(table, field), float(value) if isinstance(value, int) else value)
        keyed.recalculate()
        assert named in str(keyed.get(cell(table, "hint"))).partition(" ")[2]
        for field in row:
            keyed.set(cell(table, field), None)


@pytest.mark.parametrize("unit", ["t", "吨", "t wastewater", "t废水"])
def test_t_is_taken_for_waste_water(unit: str) -> None:
    """Where the pollutant is counted by its waste water; elsewhere t is a mass, and t of waste water no unit."""
    rows = [water("pH", 1000, 900, unit, parameter=4), water("色度", 1000, 900, unit, parameter=90, limit=80)]
    result = evaluate(read(changed(PLAIN, {"pollutants": rows})))
    like = evaluate(read(changed(PLAIN, {"pollutants": [{**row, "unit": "t wastewater"} for row in rows]})))
    assert result.quantities.equivalents == like.quantities.equivalents and result.quantities.equivalents.base


@pytest.mark.parametrize("unit", ["t", "吨", "t废水"])
def test_t_is_taken_for_waste_water_in_the_form(unit: str, keyed: Book) -> None:
    row = {"medium": "水", "pollutant": "pH", "parameter": 4.5, "unit": unit, "base": 1000, "report": 900}
    assert typed(keyed, "pollutants", row, "eq_base") == [pytest.approx(1000.0)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_number_is_completed_to_a_text(
    language: str, workbook: Callable[..., Path], example: Callable[[str], Any]
) -> None:
    """Programs offer texts of the same column that begin so: where numbers are typed no text begins with a digit."""
    layout, book = (
        Layout(builtin(), "portable", language),
        load_workbook(workbook(example("cement"), language=language)),
    )
    columns = {(f.cell.sheet, f.cell.col) for f in layout.fields.values() if f.spec.kind == NUMBER}
    for name, cls in TABLES.items():
        found = layout.tables[name]
        columns |= {(found.sheet, found.inputs[key]) for key, spec in specs(cls).items() if spec.kind == NUMBER}
    for sheet, column in columns:
        if sheet == "enterprise":  # codes and periods are typed there, into cells of their own kind
            continue
        for shown in book[layout.title(sheet)][get_column_letter(column + 1)]:
            assert not (isinstance(shown.value, str) and shown.value[:1] in "0123456789.-+"), (sheet, shown.coordinate)


def test_the_keyboard_enters_numbers_as_they_are(keyed: Book) -> None:
    """10 below a text of the same column stays 10."""
    for place, number in ((cell("activity", "base", 1), 10.0), (cell("pollutants", "parameter"), 4.5)):
        assert keyed.press(place, f"{number:g}") == number
        keyed.set(place, None)


def test_units_are_offered_by_the_kind_of_the_row(workbook: Callable[..., Path]) -> None:
    for table, kinds in (("activity", ("kind",)), ("energy", ("key",)), ("pollutants", ("key",))):
        found = LAYOUT.tables[table]
        sheet = load_workbook(workbook())[LAYOUT.title(found.sheet)]
        letter = get_column_letter(found.inputs["unit"] + 1)
        (rule,) = [
            r for r in sheet.data_validations.dataValidation if str(r.sqref).startswith(f"{letter}{found.first + 1}")
        ]
        asked = [get_column_letter(found.meant(kind) + 1) for kind in kinds]
        assert rule.errorStyle == "information" and all(f"${letter}5" in rule.formula1 for letter in asked)


@pytest.mark.parametrize(
    ("table", "chosen", "offered"),
    [
        ("energy", {}, 8), ("energy", {"energy": "电力"}, 7), ("energy", {"energy": "原煤"}, 2),
        ("activity", {}, 8), ("activity", {"kind": "电力"}, 7), ("activity", {"kind": "燃料"}, 2), ("activity", {"kind": "热力"}, 2),
    ],
)  # fmt: skip
def test_the_origins_offered_are_those_of_the_kind(
    table: str, chosen: dict[str, str], offered: int, keyed: Book, workbook: Callable[..., Path]
) -> None:
    """The rule's own formula, asked of LibreOffice: which origins it offers; other words for them stand behind those."""
    sheet = load_workbook(workbook())[LAYOUT.title(LAYOUT.tables[table].sheet)]
    address = cell(table, "origin").rpartition(".")[2]
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if address in rule.sqref]
    for field, value in chosen.items():
        keyed.set(cell(table, field), value)
    free = f"{LAYOUT.title(LAYOUT.tables[table].sheet)}.CA5"
    listed = rule.formula1.replace(",", ";")
    labels = [label.zh for _, label in specs(TABLES[table])["origin"].choices]
    keyed.set(free, "=" + "+".join(f'N(IFERROR(MATCH("{label}";{listed};0)<={offered};0))' for label in labels))
    keyed.recalculate()
    assert keyed.get(free) == offered
    for field in (*chosen, "origin"):
        keyed.set(cell(table, field), None)


@pytest.mark.parametrize(
    ("table", "row", "field", "names"),
    [
        ("pollutants", {"medium": "水"}, "pollutant", ["总氮（以N计）", "总磷(以P计)", "总磷（以P计）", "氨氮（NH3-N）"]),
        ("pollutants", {"medium": "大气"}, "pollutant", ["颗粒物", "粉尘", "烟(粉)尘", "氨（氨气）", "二氧化碳"]),
        ("activity", {"kind": "热力"}, "name", ["蒸汽", "外购蒸汽", "热水"]),
        ("activity", {"kind": "热力", "name": "蒸汽"}, "unit", ["t", "吨", "GJ"]),
        ("activity", {"kind": "电力"}, "name", ["外购电", "光伏"]),
    ],
)  # fmt: skip
def test_words_of_papers_meet_no_box(
    table: str, row: dict[str, Any], field: str, names: list[str], keyed: Book
) -> None:
    """A box would throw away what was typed, as Escape does here: whether the name fits is told by the hint."""
    for key, value in row.items():
        keyed.set(cell(table, key), value)
    kept = []
    for name in names:
        keyed.set(cell(table, field), None)
        kept.append(keyed.press(cell(table, field), name))
    for key in (*row, field):
        keyed.set(cell(table, key), None)
    assert kept == names


def test_a_number_in_per_cent_is_told_and_counts_alike(keyed: Book, tmp_path: Path) -> None:
    """4%, and the 4 typed after it, which Calc takes for 4 %, too: the sheet says so, and the reader counts what it counts."""
    bench, amount = at(LAYOUT.fields["benchmarks.5.value"].cell), cell("materials", "base")
    node = next(i for i, node in enumerate(LAYOUT.guide.indicators) if node.code == "5")
    hints = {"5": at(LAYOUT.setting_hint_cell(node, "code")), "row": cell("materials", "code")}
    for key, value in {"material": "石灰石", "unit": "t", "report": 5.0}.items():
        keyed.set(cell("materials", key), value)
    typed_as = {text: (keyed.press(bench, text), keyed.press(amount, text)) for text in ("4", "4%")}
    again = keyed.press(bench, "4"), keyed.press(amount, "4")
    weight = keyed.press(at(LAYOUT.fields["weights.5"].cell), "10%")
    keyed.recalculate()
    codes = {key: keyed.get(place) for key, place in hints.items()}
    path = keyed.save(tmp_path / "typed.xlsx")
    ods = keyed.save(tmp_path / "typed.ods")
    for place in (bench, amount, at(LAYOUT.fields["weights.5"].cell)):
        keyed.do(place, ".uno:NumberFormatStandard")
    put_right = keyed.press(bench, "4"), keyed.press(amount, "4")
    keyed.recalculate()
    silent = {key: keyed.get(place) for key, place in hints.items()}
    for place in (
        bench,
        amount,
        at(LAYOUT.fields["weights.5"].cell),
        *(cell("materials", k) for k in ("material", "unit", "report")),
    ):
        keyed.set(place, None)
    assert (typed_as, again, weight) == ({"4": (4.0, 4.0), "4%": (0.04, 0.04)}, (0.04, 0.04), 0.1)
    assert codes == {"5": CODES["percent_cell"], "row": CODES["percent_format"]}
    assert put_right == (4.0, 4.0) and not {CODES["percent_cell"], CODES["percent_format"]} & set(silent.values())
    for saved in (path, ods):
        found = reader.read(saved)
        told = {(f.severity, f.where) for f in found.aligned.moved if f.code == "percent-cell"}
        assert found.data["benchmarks"]["5"] == 0.04 and found.data["materials"][0]["base"] == 0.04
        assert told == {("error", found.where("benchmarks.5.value")), ("warning", found.where("materials[0].base"))}


def test_what_a_row_lacks_is_marked_where_it_is_filled_in(keyed: Book) -> None:
    """A process without default needs an own factor, steam in t its pressure: both are folded away, and the hint says so."""
    rows = (
        ({"kind": "工业过程", "name": "水泥熟料", "unit": "万吨", "base": 2, "report": 1.9}, "自有排放因子"),
        ({"kind": "热力", "name": "蒸汽", "unit": "t", "base": 20, "report": 19}, "绝对压力"),
    )
    for row, named in rows:
        for field, value in row.items():
            keyed.set(cell("activity", field), float(value) if isinstance(value, (int, float)) else value)
        keyed.recalculate()
        said = str(keyed.get(cell("activity", "hint")))
        for field in row:
            keyed.set(cell("activity", field), None)
        assert said.startswith("缺：") and named in said and "“+”" in said


def test_a_benchmark_is_asked_for_in_the_unit_of_the_product(keyed: Book) -> None:
    """Output in 10^4 t, benchmarks per t: before the number is typed, and where its unit is another."""
    node = next(i for i, node in enumerate(LAYOUT.guide.indicators) if node.code == "3")
    hint = at(LAYOUT.setting_hint_cell(node))
    places = {key: at(LAYOUT.fields[key].cell) for key in ("product.unit", "benchmarks.3.value", "benchmarks.3.unit")}
    keyed.recalculate()
    before = str(keyed.get(hint))
    keyed.set(places["product.unit"], "万吨")
    keyed.recalculate()
    blank = str(keyed.get(hint))
    keyed.set(places["benchmarks.3.value"], 690.0)
    keyed.set(places["benchmarks.3.unit"], "kg/t")
    keyed.recalculate()
    other = str(keyed.get(hint))
    for place in places.values():
        keyed.set(place, None)
    assert before.endswith(" (kg/单位产品)")
    assert blank.startswith("缺：") and blank.endswith(" (kg/万吨)")
    assert "换算" in other and other.endswith(" (kg/万吨)")
