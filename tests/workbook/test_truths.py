"""A truth (=TRUE(), which Calc counts as 1) in the place of a number is refused live in every sheet, as the reader refuses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.errors import Refused
from jwdt_xl.standard.record import NUMBER
from jwdt_xl.workbook import write
from jwdt_xl.workbook.columns.catalogue import CODES
from jwdt_xl.workbook.measures.hints import CODES as MEASURE_CODES
from jwdt_xl.workbook.measures.places import FIRST, SHEET, Places
from jwdt_xl.workbook.returned import reader

from ..office import ErrorValue, Office
from .cases import BILLED, air
from .compare import Values, in_ironcalc, office_values, read_file
from .places import LAYOUT

pytestmark = pytest.mark.xdist_group("office")

#: A row of each table that is fine until one of its numbers is a truth.
ROWS: dict[str, dict[str, Any]] = {
    "products": {"name": "水泥", "unit": "t", "base": 10, "report": 9},
    "own_equivalents": {"medium": "air", "pollutant": "某物", "value": 0.95, "unit": "kg", "source": "某"},
    "activity": BILLED["activity"][0],
    "pollutants": air("二氧化硫", 10, 9),
    "greenhouse": {"category": "fuel", "gas": "CO2", "unit": "t", "base": 10, "report": 9},
    "energy": {"energy": "原煤", "unit": "t", "base": 10, "report": 9},
    "materials": {"material": "石灰石", "unit": "t", "base": 10, "report": 9},
    "residual_energy": {"kind": "余热", "unit": "GJ", "base": 10, "report": 9},
}
NUMBERED = {table: [k for k, spec in specs(TABLES[table]).items() if spec.kind == NUMBER] for table in ROWS}
#: Numbers outside the tables.
SINGLE = [path for path, field in LAYOUT.fields.items() if field.spec.kind == NUMBER]
_MEASURE = Places(LAYOUT).columns
#: A factor is none of a material's: that is said first.
_IN_MEASURES = {"row": "row", **dict.fromkeys(("report", "cost", "life"), "number")}


def _truths() -> dict[tuple[str, int, int], str]:
    """Every cell that gets a truth, with its path."""
    found = {}
    for table, keys in NUMBERED.items():
        place = LAYOUT.tables[table]
        for i, key in enumerate(keys):
            found[place.sheet, place.first + i, place.inputs[key]] = f"{table}[{i}].{key}"
    for path in SINGLE:
        found[tuple(LAYOUT.fields[path].cell)] = path
    return found


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("truths") / "form.xlsx"
    write(path, host="portable")
    book = load_workbook(path)
    for table, keys in NUMBERED.items():
        place = LAYOUT.tables[table]
        for i in range(len(keys)):
            for field, value in ROWS[table].items():
                spec = specs(TABLES[table])[field]
                shown = dict(spec.choices)[value].zh if spec.choices else value
                book[LAYOUT.title(place.sheet)].cell(place.first + i + 1, place.inputs[field] + 1, shown)
    for sheet, row, col in _truths():
        book[LAYOUT.title(sheet)].cell(row + 1, col + 1, "=TRUE()")
    materials = LAYOUT.tables["materials"]
    fine = materials.first + len(NUMBERED["materials"])
    for field, value in ROWS["materials"].items():
        book[LAYOUT.title("materials")].cell(fine + 1, materials.inputs[field] + 1, value)
    for i, key in enumerate(_IN_MEASURES):
        line = {"name": "某", "table": LAYOUT.title("materials"), "row": fine + 1, "report": 5, key: "=TRUE()"}
        for field, value in line.items():
            book[LAYOUT.title(SHEET)].cell(FIRST + i + 1, _MEASURE[field] + 1, value)
    book.save(path)
    return path


def check(values: Values) -> None:
    number = CODES["number"]
    for table, keys in NUMBERED.items():
        place = LAYOUT.tables[table]
        for i, key in enumerate(keys):
            title, row, cols = LAYOUT.title(place.sheet), place.first + i, place.computed
            assert values[title, row, cols["code"]] == number, (table, key)
            assert values[title, row, cols["mark"]] == "✗"
            assert not values.get((title, row, cols.get("eq_report", -1)))
    for path in SINGLE:
        cell = LAYOUT.fields[path].cell
        if path.startswith("options."):
            option = LAYOUT.option_cell(path.partition(".")[2])
            assert values[LAYOUT.title("settings"), option.row, option.col] == ErrorValue("#N/A"), path
            continue
        if cell.sheet == "settings":
            index = next(i for i, n in enumerate(LAYOUT.guide.indicators) if f".{n.code}" in path)
            code = LAYOUT.setting_hint_cell(index, "code")
        else:
            code = LAYOUT.hint_cell(path, "code")
        assert values[LAYOUT.title(code.sheet), code.row, code.col] == number, path
    for i, (key, hint) in enumerate(_IN_MEASURES.items()):
        assert values[LAYOUT.title(SHEET), FIRST + i, _MEASURE["code"]] == MEASURE_CODES[hint], key
    total = LAYOUT.results["out_total"]
    assert not values[LAYOUT.title("indicators"), total.row, total.col]


def test_in_ironcalc(form: Path) -> None:
    check(in_ironcalc(form))


def test_in_libreoffice_and_by_the_reader(form: Path, office: Office, tmp_path: Path) -> None:
    book = office.open(form)
    try:
        book.recalculate()
        check(office_values(book, read_file(form).computed))
        book.save(tmp_path / "saved.xlsx")
    finally:
        book.close()
    with pytest.raises(Refused) as refused:
        read(reader.read(tmp_path / "saved.xlsx").data)
    told = {finding.where for finding in refused.value.findings}
    assert told >= {path.removesuffix(".value") if "benchmarks" in path else path for path in _truths().values()}
