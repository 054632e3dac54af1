"""What cannot be read as a filled template refuses the file, and every message names sheet and cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.read import read as read_data
from jwdt_xl.errors import Refused
from jwdt_xl.messages import set_language
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import Layout, read, write
from jwdt_xl.workbook.plan import VERSION

from .cases import FULL, PLAIN, changed
from .edit import Error, edited
from .places import LAYOUT, at, heading, label, located, row, stamp

Data = dict[str, Any]


@pytest.fixture
def full(workbook: Callable[..., Path]) -> Path:
    return workbook(FULL)


Messages = Callable[..., list[str]]


@pytest.fixture
def messages(full: Path, tmp_path: Path) -> Messages:
    """What is said of the filled template with some cells changed, by their paths: sheet!cell, code."""

    def of(changes: Data) -> list[str]:
        path = edited(full, tmp_path / "changed.xlsx", {at(place): value for place, value in changes.items()})
        try:
            returned = read(path)
        except Refused as refusal:
            return [f"{finding.where} {finding.code}" for finding in refusal.findings]
        try:
            evaluate(returned.data)
        except Refused as refusal:
            return [f"{returned.where(finding.where)} {finding.code}" for finding in refusal.findings]
        return []

    return of


def test_nothing_is_said_of_a_sound_one(messages: Messages) -> None:
    assert messages({}) == []


#: Some columns of the materials.
FIRST_OF_MATERIALS = ("material", "unit", "base", "report")
#: What is typed, and what is said of it; each by its path, of which the layout tells the cell.
WRONG: dict[str, tuple[Data, list[str]]] = {
    # Numbers
    "a text in an amount": ({"pollutants[1].base": "很多"}, ["pollutants[1].base not-a-number"]),
    "a number with its unit": ({"pollutants[0].report": "80 kg"}, ["pollutants[0].report not-a-number"]),
    "a comma that may be decimal": ({"greenhouse[0].base": "１，５"}, ["greenhouse[0].base not-a-number"]),
    "a negative amount": ({"energy[1].base": -1}, ["energy[1].base negative"]),
    "true for an amount": ({"materials[0].base": True}, ["materials[0].base not-a-number"]),
    "too large": ({"residual_energy[0].base": 1e31}, ["residual_energy[0].base too-large"]),
    "an error in an amount": ({"pollutants[0].base": Error("#DIV/0!")}, ["pollutants[0].base error-value"]),
    "an error in a name": ({"pollutants[0].pollutant": Error("#N/A")}, ["pollutants[0].pollutant error-value"]),
    "a row of errors": (
        {f"materials[0].{field}": Error("#REF!") for field in FIRST_OF_MATERIALS},
        [f"materials[0].{field} error-value" for field in FIRST_OF_MATERIALS],
    ),
    "an error in a question": ({"enterprise.name": Error("#NAME?")}, ["enterprise.name error-value"]),
    "quality beyond 5": ({"pollutants[0].quality": 6}, ["pollutants[0].quality too-large"]),
    "quality of 2.5": ({"pollutants[0].quality": 2.5}, ["pollutants[0].quality not-whole"]),
    "pH of 15": ({"pollutants[0].pollutant": "pH", "pollutants[0].unit": "t wastewater", "pollutants[0].parameter": 15}, ["pollutants[0].parameter impossible-ph"]),
    "a limit of 0": (
        {"pollutants[0].pollutant": "色度", "pollutants[0].unit": "t wastewater", "pollutants[0].parameter": 90, "pollutants[0].limit": 0},
        ["pollutants[0].limit impossible-limit"],
    ),
    # Texts
    "a number as a code": ({"enterprise.uscc": 913305002220345.0}, ["enterprise.uscc not-text"]),
    "a number as a name": ({"pollutants[0].pollutant": 5}, ["pollutants[0].pollutant not-text"]),
    "true as a name": ({"enterprise.name": True}, ["enterprise.name not-text"]),
    "a wrong code": ({"enterprise.uscc": "91330500MA2B2C3D4A"}, ["enterprise.uscc bad-uscc"]),
    "a wrong industry": ({"enterprise.industry_code": "9999"}, ["enterprise.industry_code bad-industry-code"]),
    # Names, units, answers
    "an unknown pollutant": ({"pollutants[1].pollutant": "没有此物"}, ["pollutants[1].pollutant unknown-pollutant"]),
    "a pollutant of the other medium": ({"pollutants[1].medium": "水"}, ["pollutants[1].pollutant unknown-pollutant"]),
    "an ambiguous pollutant": ({"pollutants[1].pollutant": "颗粒物"}, ["pollutants[1].pollutant ambiguous-pollutant"]),
    "an unknown gas": ({"greenhouse[1].gas": "CO3"}, ["greenhouse[1].gas unknown-gas"]),
    "an unknown energy": ({"energy[0].energy": "空气"}, ["energy[0].energy unknown-energy"]),
    "an unknown process": ({"activity[3].name": "炼金"}, ["activity[3].name unknown-process"]),
    "an impossible unit": ({"pollutants[0].unit": "GJ"}, ["pollutants[0].unit impossible-unit"]),
    "an unknown unit": ({"materials[0].unit": "筐"}, ["materials[0].unit impossible-unit"]),
    "Mg for mg": ({"materials[0].unit": "Mg"}, ["materials[0].unit impossible-unit"]),
    "a unit of another dimension": ({"energy[0].unit": "m3"}, ["energy[0].unit impossible-unit"]),
    "a missing unit": ({"pollutants[0].unit": None}, ["pollutants[0].unit missing-field"]),
    "a missing name": ({"greenhouse[0].gas": None}, ["greenhouse[0].gas missing-field"]),
    "an answer that is none": ({"policy.recommended": "也许"}, ["policy.recommended bad-choice"]),
    "a category that is none": ({"greenhouse[0].category": "其他"}, ["greenhouse[0].category bad-choice"]),
    "no origin": ({"energy[1].origin": None}, ["energy[1].origin missing-origin"]),
    "an own value of 0": ({"own_equivalents[0].value": 0}, ["own_equivalents[0].value bad-own-value"]),
    # Periods, benchmarks, weights, options
    "equal periods": ({"periods.report": "2022"}, ["periods.report equal-periods"]),
    "a missing period": ({"periods.base": None}, ["periods.base missing-field"]),
    "a benchmark of 0": ({"benchmarks.2.value": 0}, ["benchmarks.2.value bad-benchmark"]),
    "a text as benchmark": ({"benchmarks.3.value": "600 kg"}, ["benchmarks.3.value not-a-number"]),
    "a weight missing": ({"weights.5": None}, ["weights.1 weights-incomplete"]),
    "weights that do not sum": ({"weights.5": 0.3}, ["weights.1 weights-do-not-sum"]),
    "a first level not applicable": ({"not_applicable.8": "本行业没有", "not_applicable.9": "本行业没有"}, ["not_applicable.1 empty-first-level"]),
    "an option that is none": ({"options.gwp_set": "AR7"}, ["options.gwp_set bad-option"]),
    # Several at once
    "several": (
        {"pollutants[0].base": "很多", "pollutants[1].pollutant": "没有此物", "energy[1].base": -1, "enterprise.industry_code": "9999"},
        ["enterprise.industry_code bad-industry-code", "pollutants[0].base not-a-number", "energy[1].base negative", "pollutants[1].pollutant unknown-pollutant"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_and_where(what: str, messages: Messages) -> None:
    changes, expected = WRONG[what]
    assert sorted(messages(changes)) == sorted(map(located, expected))


def test_what_is_plainly_meant_is_read(full: Path, tmp_path: Path) -> None:
    book = load_workbook(full)
    amount, code = (_cell(book, path) for path in ("greenhouse[0].base", "enterprise.industry_code"))
    amount.value, code.value = "１，０００", 3011
    book.save(tmp_path / "typed.xlsx")
    returned = read(tmp_path / "typed.xlsx")
    assert returned.data["greenhouse"][0]["base"] == 1000
    assert returned.data["enterprise"]["industry_code"] == "3011"
    assert [(f.severity, f.code, f.where) for f in returned.aligned.moved] == [
        ("warning", "text-number", at("greenhouse[0].base"))
    ]


def test_a_date_in_an_amount(full: Path, tmp_path: Path) -> None:
    book = load_workbook(full)
    amount, period = (_cell(book, path) for path in ("pollutants[0].base", "periods.base"))
    amount.value = datetime.date(2023, 5, 1)
    period.value = datetime.datetime(2022, 1, 1)
    amount.number_format = period.number_format = "yyyy-mm-dd"
    book.save(tmp_path / "dates.xlsx")
    with pytest.raises(Refused) as refusal:
        read(tmp_path / "dates.xlsx")
    assert [(f.where, f.code) for f in refusal.value.findings] == [(at("periods.base"), "not-text")]
    period.value = "2022"
    book.save(tmp_path / "dates.xlsx")
    returned = read(tmp_path / "dates.xlsx")
    with pytest.raises(Refused, match="2023-05-01") as refusal:
        evaluate(returned.data)
    assert [returned.where(f.where) for f in refusal.value.findings] == [at("pollutants[0].base")]


def _cell(book: Any, path: str) -> Any:
    title, _, address = at(path).rpartition("!")
    return book[title][address]


#: A row of pollutants as people type it.
TYPED = {"medium": "大气", "unit": "kg", "base": 95, "report": 9.5}


def test_blank_rows_inside_a_table_keep_the_place_of_those_after_them(messages: Messages) -> None:
    unknown = {f"pollutants[7].{field}": value for field, value in {**TYPED, "pollutant": "没有此物"}.items()}
    assert messages(unknown) == [located("pollutants[7].pollutant unknown-pollutant")]
    cleared = {f"pollutants[0].{field}": None for field in ("medium", "pollutant", "unit", "base", "report")}
    assert messages(cleared) == []
    assert messages({**cleared, "pollutants[1].base": -1}) == [located("pollutants[1].base negative")]


def test_rows_below_the_table_are_read_too(full: Path, tmp_path: Path, messages: Messages) -> None:
    below = LAYOUT.tables["pollutants"].rows + 15
    values = {**TYPED, "pollutant": "氮氧化物"}
    returned = read(edited(full, tmp_path / "more.xlsx", row("pollutants", below, **values)))
    assert returned.data["pollutants"][-1] == {
        "medium": "air",
        "pollutant": "氮氧化物",
        "unit": "kg",
        "base": 95,
        "report": 9.5,
    }
    changes = {f"pollutants[{below}].{field}": value for field, value in {**values, "report": -1}.items()}
    assert messages(changes) == [located(f"pollutants[{below}].report negative")]


def test_blanks_and_spaces_say_nothing(full: Path, tmp_path: Path) -> None:
    spaces = {"pollutants[3].medium": " ", "pollutants[4].pollutant": "\u3000", "enterprise.region": "  "}
    cells = {at(path): value for path, value in {**spaces, "pollutants[0].note": ""}.items()}
    assert read_data(read(edited(full, tmp_path / "spaces.xlsx", cells)).data) == read_data(
        changed(FULL, {"enterprise.region": None})
    )


def test_years_typed_as_numbers_are_labels(full: Path, tmp_path: Path) -> None:
    cells = {at("periods.base"): 2021, at("periods.report"): 2022.0, at("benchmarks.2.year"): 2023}
    data = read(edited(full, tmp_path / "years.xlsx", cells)).data
    assert data["periods"] == {"base": "2021", "report": "2022"}
    assert data["benchmarks"]["2"] == {"value": 2, "year": 2023}


def test_results_in_the_file_are_not_believed(full: Path, tmp_path: Path) -> None:
    def lie(name: str, text: str) -> str:
        return (
            re.sub(r"(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v>[0-9.]+</v>", r"\1<v>100</v>", text) if "sheet" in name else text
        )

    path = edited(full, tmp_path / "lies.xlsx", {}, lie)
    assert path.read_bytes() != full.read_bytes()
    assert read(path).data == read(full).data


# Files that are no filled template


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read(path)
    (finding,) = refused.value.findings
    assert finding.severity == "error"
    return f"{finding.where} {finding.code}: {finding.text}"


def test_no_stamp(full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "a.xlsx", {stamp("format"): "something else"}))
    assert said.startswith(f"{stamp('format')} no-stamp: not a jwdt workbook")
    assert refusal(edited(full, tmp_path / "b.xlsx", {stamp("format"): None})) == said


def test_another_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Sheet1"
    book.save(tmp_path / "other.xlsx")
    assert refusal(tmp_path / "other.xlsx").startswith(f"{stamp('format', 'Sheet1')} no-stamp: ")


@pytest.mark.parametrize("version", [str(VERSION + 1), "99", "1.5", "x", ""])
def test_a_newer_layout(version: str, full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "newer.xlsx", {stamp("layout"): version}))
    assert said.startswith(f"{stamp('layout')} newer-layout: ")
    assert "upgrade jwdt-xl" in said


def test_an_unknown_guide(full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "guide.xlsx", {stamp("guide"): "cement-2030"}))
    assert "unknown-guide: " in said and "cement-2030" in said and "--guide" in said


def test_a_missing_sheet(full: Path, tmp_path: Path) -> None:
    def renamed(name: str, text: str) -> str:
        return text.replace('name="温室气体"', 'name="气体"') if name == "xl/workbook.xml" else text

    assert refusal(edited(full, tmp_path / "sheet.xlsx", {}, renamed)) == (
        " missing-sheet: sheets are missing: 温室气体; the sheet “气体” has the headings of “温室气体” — give the sheet that holds"
        " them this name again, or bring it back from the template you received"
    )


@pytest.mark.parametrize(
    ("table", "field"),
    [("pollutants", "pollutant"), ("greenhouse", "category"), ("energy", "unit"), ("products", "factor")],
)
def test_a_renamed_heading(table: str, field: str, full: Path, tmp_path: Path) -> None:
    place = heading(table, field)
    said = refusal(edited(full, tmp_path / "heading.xlsx", {place: "别的"}))
    assert said.startswith(f"{place} moved-header: heading must be ")
    assert "found “别的”" in said


def test_a_renamed_question(full: Path, tmp_path: Path) -> None:
    place = label("enterprise.uscc")
    said = refusal(edited(full, tmp_path / "question.xlsx", {place: "别的"}))
    assert said.startswith(f"{place} moved-header: ")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a workbook"])
def test_no_workbook_at_all(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.xlsx").write_bytes(content)
    assert " unreadable: cannot be opened: " in refusal(tmp_path / "file.xlsx")
    assert " unreadable: " in refusal(tmp_path / "no such file.xlsx")


# In both languages and every edition


@pytest.mark.parametrize("host", ["excel", "lite", "server"])
def test_other_editions_have_the_same_places(host: str, workbook: Callable[..., Path], full: Path) -> None:
    returned, portable = read(workbook(FULL, host=host)), read(full)
    assert returned.data == portable.data
    for path in (
        "pollutants[1].base",
        "enterprise.uscc",
        "weights",
        "benchmarks.3",
        "activity[2].unit",
        "own_equivalents[0].value",
    ):
        assert returned.where(path) == portable.where(path)


def test_english_places(workbook: Callable[..., Path], tmp_path: Path) -> None:
    place = at("pollutants[0].base", Layout(builtin(), "portable", "en"))
    assert place.startswith("Pollutants!")
    path = edited(workbook(FULL, language="en"), tmp_path / "en.xlsx", {place: "a lot"})
    returned = read(path)
    with pytest.raises(Refused) as refusal:
        evaluate(returned.data)
    assert [returned.where(f.where) for f in refusal.value.findings] == [place]


def test_messages_in_chinese(full: Path, tmp_path: Path) -> None:
    set_language("zh")
    with pytest.raises(Refused, match="不是 jwdt 模板"):
        read(edited(full, tmp_path / "zh.xlsx", {stamp("format"): None}))


def test_every_path_has_its_cell(full: Path) -> None:
    """A path of the assessment file names the very cell it was written to."""
    returned = read(full)
    sheets = load_workbook(full)
    for path, written in _leaves(FULL):
        if path in ("format",) or not isinstance(written, (str, float, int)) or isinstance(written, bool):
            continue
        title, _, address = returned.where(path).rpartition("!")
        found = sheets[title][address].value
        if isinstance(written, str):
            assert isinstance(found, str), path
        else:
            assert found == written, path


def _leaves(data: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in _leaves(value, f"{path}.{key}".lstrip("."))]
    if isinstance(data, list):
        return [leaf for i, value in enumerate(data) for leaf in _leaves(value, f"{path}[{i}]")]
    return [(path, data)]


def test_a_guide_of_its_own_is_found_by_its_id(tmp_path: Path) -> None:
    from .cases import NAMED_GUIDE

    data = {**PLAIN, "benchmarks": {"y": 3}, "entered": {"x": 60, "z": 0.5}}
    write(tmp_path / "own.xlsx", guide=NAMED_GUIDE, assessment=read_data(data, NAMED_GUIDE))
    returned = read(tmp_path / "own.xlsx", {"own": NAMED_GUIDE})
    assert read_data(returned.data, NAMED_GUIDE) == read_data(data, NAMED_GUIDE)
    assert returned.where("entered.x") == at("entered.x", Layout(NAMED_GUIDE, "excel", "zh"))
