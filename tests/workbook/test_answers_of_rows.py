"""Answers and units in the rows of tables by what people type: reader, LibreOffice and IronCalc take them alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.assessment import read
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.errors import Refused
from jwdt_xl.standard import answers
from jwdt_xl.standard.units import BY_CODE, find_unit
from jwdt_xl.workbook.columns.answers import NO_ANSWER, answers_of, column_of
from jwdt_xl.workbook.columns.catalogue import HINTS
from jwdt_xl.workbook.columns.names import UNIT_LETTERS, folded, letters_of, wide
from jwdt_xl.workbook.lists import Lists
from jwdt_xl.workbook.returned.reader import RefusedReturn
from jwdt_xl.workbook.returned.reader import read as read_back

from ..office import Office
from .compare import Values, in_ironcalc, in_office, read_file
from .edit import edited
from .places import LAYOUT, at

pytestmark = pytest.mark.xdist_group("office")
FIELDS = [(table, field) for table in LAYOUT.tables for field in answers_of(table)]
CHOICES = {(table, field): specs(TABLES[table])[field].choices for table, field in FIELDS}
ROWS = min(table.rows for table in LAYOUT.tables.values())
UNITS = {
    "Ｔ": "t", "ｔ": "t", "ｋＷｈ": "kWh", "Ｍwh": "MWh", "Ｋg": "kg", "kＧ": "kg", "ＧJ": "GJ", "万Ｎm3": "万m3", "万ｍ３": "万m3", "ＴＣＥ": "tce",
    "ｋgcE": "kgce", " Ｔ　": "t", "ＭＪ": "MJ", "万ＫＷＨ": "万kWh",
}  # fmt: skip


def half(text: str) -> str:
    """Every other letter in full width, as after a change of the input method."""
    return "".join(wide(letter) if i % 2 else letter for i, letter in enumerate(text))


def ways(table: str, field: str) -> list[tuple[str, Any]]:
    """Everything that may be typed, each with blanks around it or in another case; short words in other widths, too."""
    found = []
    letters = letters_of(folded(name) for name, _ in answers.names(CHOICES[table, field]))
    for i, (name, code) in enumerate(answers.names(CHOICES[table, field])):
        found.append(((name, f" {name}　", name.lower(), name.upper())[i % 4], code))
        if name.isascii() and set(folded(name)) <= {*letters}:
            found += [(wide(name), code), (half(name.lower()), code)]
    return found


class Typed(NamedTuple):
    path: Path
    data: dict[str, Any]
    programs: dict[str, Values]
    said: dict[tuple[str, str, int], Any]


@pytest.fixture(scope="module")
def typed(office: Office, workbook: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> list[Typed]:
    """Templates with another way to write each answer in every row."""
    template, found = workbook(), []
    everything = {place: ways(*place) for place in FIELDS}
    for turn in range(-(-max(map(len, everything.values())) // ROWS)):
        said = {
            (*place, row): one
            for place, several in everything.items()
            for row, one in enumerate(several[turn * ROWS : (turn + 1) * ROWS])
        }
        cells = {at(f"{table}[{row}].{field}"): name for (table, field, row), (name, _) in said.items()}
        cells |= {
            at(f"{table}[{row}].unit"): unit for table in ("activity", "energy") for row, unit in enumerate(UNITS)
        }
        path = edited(template, tmp_path_factory.mktemp("answers") / f"{turn}.xlsx", cells)
        programs = {"LibreOffice": in_office(office, path, read_file(path)), "IronCalc": in_ironcalc(path)}
        found.append(Typed(path, read_back(path).data, programs, said))
    return found


def shown(values: Values, table: str, key: str, row: int) -> Any:
    place = LAYOUT.tables[table]
    return values[LAYOUT.title(place.sheet), place.first + row, place.computed[key]]


def test_every_way_to_write_an_answer(typed: list[Typed]) -> None:
    for book in typed:
        for (table, field, row), (name, code) in book.said.items():
            assert book.data[table][row][field] == code, (table, field, name)
            label = dict(CHOICES[table, field])[code].zh
            for program, values in book.programs.items():
                assert shown(values, table, column_of(field), row) == label, (program, table, field, name)


def test_units_in_any_width_and_case(typed: list[Typed]) -> None:
    lists = Lists(LAYOUT)
    for table in ("activity", "energy"):
        for row, (name, code) in enumerate(UNITS.items()):
            unit = BY_CODE[code]
            assert find_unit(name, (unit.dimension,)) == unit
            for program, values in typed[0].programs.items():
                _, dimension, factor = lists.blocks["units"].rows[int(shown(values, table, "unit_place", row)) - 1]
                assert (dimension, factor) == (unit.dimension, unit.factor), (program, table, name)


def test_letters_of_units_are_those_of_the_usual_ones() -> None:
    usual = ("t", "kg", "tce", "kgce", "kWh", "MWh", "GJ", "MJ", "kJ", "m3", "Nm3")
    assert "".join(sorted({*"".join(usual).upper()})) == UNIT_LETTERS


#: What is no answer: by row.
WRONG = ("也许", "*", "?", "~", "X", 1, -1.0, 1e30, "#N/A", "9" * 300, "绿电", "光伏", "大卡", "¿", "是*", "water*")


def test_what_is_no_answer_is_told_with_those_that_fit(
    office: Office, workbook: Callable[..., Path], tmp_path: Path
) -> None:
    """Words that may mean two of the answers are none."""
    cells: dict[str, Any] = {}
    for table, field in FIELDS:
        for row, wrong in enumerate(WRONG):
            cells[at(f"{table}[{row}].{field}")] = wrong
    path = edited(workbook(), tmp_path / "wrong.xlsx", cells)
    for values in (in_office(office, path, read_file(path)), in_ironcalc(path)):
        for table, field in FIELDS:
            assert {shown(values, table, column_of(field), row) for row in range(len(WRONG))} == {NO_ANSWER}, table
    with pytest.raises((Refused, RefusedReturn)) as refused:
        read(read_back(path).data)
    told = {finding.where for finding in refused.value.findings}
    for table, field in FIELDS:
        for row in range(len(WRONG)):
            place = f"{table}[{row}].{field}"
            assert {place, at(place)} & told, (place, WRONG[row])


def test_the_hint_names_the_cell_and_the_answers(office: Office, workbook: Callable[..., Path], tmp_path: Path) -> None:
    """Of two the first; other columns of the row are complete, so that nothing is told before."""
    rows: dict[str, dict[str, Any]] = {
        "activity": {"kind": "电", "origin": "绿电", "unit": "kWh", "base": 1, "report": 1, "biomass": "也许"},
        "energy": {"energy": "电力", "origin": "光伏", "unit": "kWh", "base": 1, "report": 1},
        "pollutants": {"medium": "固体", "pollutant": "SO2", "unit": "kg", "base": 1, "report": 1},
        "greenhouse": {"category": "电力", "gas": "CO2", "unit": "t", "base": 1, "report": 1},
        "own_equivalents": {"medium": "固体", "pollutant": "甲", "value": 1, "unit": "kg", "source": "某文件"},
    }
    first = {
        "activity": "origin",
        "energy": "origin",
        "pollutants": "medium",
        "greenhouse": "category",
        "own_equivalents": "medium",
    }
    cells = {at(f"{table}[0].{field}"): value for table, row in rows.items() for field, value in row.items()}
    path = edited(workbook(), tmp_path / "hint.xlsx", cells)
    for values in (in_office(office, path, read_file(path)), in_ironcalc(path)):
        for table, field in first.items():
            found, choices = LAYOUT.tables[table], CHOICES[table, field]
            place = xl_rowcol_to_cell(found.first, found.inputs[field])
            text = next(hint.text.zh for hint in HINTS if hint.name == "answer")
            words = " / ".join(label.zh for _, label in choices)
            assert shown(values, table, "hint", 0) == f"{text} ({place}): {words}"


def test_no_word_means_two_answers_of_a_column() -> None:
    for choices in CHOICES.values():
        for name, code in answers.names(choices):
            assert answers.meant(choices, name) is code
            assert {other for same, other in answers.names(choices) if folded(same) == folded(name)} == {code}


def test_every_word_is_of_an_answer() -> None:
    labels = {label.zh for choices in CHOICES.values() for _, label in choices}
    assert set(answers.WRITTEN) <= labels | {"部分"}
