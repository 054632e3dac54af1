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
from jwdt_xl.workbook import read, write

from .cases import BILLED, PLAIN, changed
from .edit import Error, edited

Data = dict[str, Any]
#: Every table has a row in it.
FULL: Data = changed(
    PLAIN,
    {
        "activity": BILLED["activity"],
        "products": [{"name": "甲", "unit": "t", "base": 100, "report": 110}],
        "own_equivalents": [{"medium": "water", "pollutant": "总氮", "value": 0.8, "unit": "kg", "source": "自测"}],
        "metered_electricity": {"unit": "MWh", "base": 1000, "report": 950},
        "weights": dict(zip("123456789", (0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), strict=True)),
    },
)


@pytest.fixture
def full(workbook: Callable[..., Path]) -> Path:
    return workbook(FULL)


Messages = Callable[..., list[str]]


@pytest.fixture
def messages(full: Path, tmp_path: Path) -> Messages:
    """What is said of the filled template with some cells changed: sheet!cell, code."""

    def of(cells: Data, change: Callable[[str, str], str] | None = None) -> list[str]:
        path = edited(full, tmp_path / "changed.xlsx", cells, change)
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


WRONG: dict[str, tuple[Data, list[str]]] = {
    # Numbers
    "a text in an amount": ({"污染物!F6": "很多"}, ["污染物!F6 not-a-number"]),
    "a number with its unit": ({"污染物!G5": "80 kg"}, ["污染物!G5 not-a-number"]),
    "a comma that may be decimal": ({"温室气体!D5": "１，５"}, ["温室气体!D5 not-a-number"]),
    "a negative amount": ({"能源!D6": -1}, ["能源!D6 negative"]),
    "true for an amount": ({"原辅料!C5": True}, ["原辅料!C5 not-a-number"]),
    "too large": ({"余能!C5": 1e31}, ["余能!C5 too-large"]),
    "an error in an amount": ({"污染物!F5": Error("#DIV/0!")}, ["污染物!F5 error-value"]),
    "an error in a name": ({"污染物!B5": Error("#N/A")}, ["污染物!B5 error-value"]),
    "a row of errors": (
        {f"原辅料!{letter}5": Error("#REF!") for letter in "ABCD"},
        [f"原辅料!{letter}5 error-value" for letter in "ABCD"],
    ),
    "an error in a question": ({"企业信息!B5": Error("#NAME?")}, ["企业信息!B5 error-value"]),
    "quality beyond 5": ({"污染物!I5": 6}, ["污染物!I5 too-large"]),
    "quality of 2.5": ({"污染物!I5": 2.5}, ["污染物!I5 not-whole"]),
    "pH of 15": ({"污染物!B5": "pH", "污染物!E5": "t wastewater", "污染物!C5": 15}, ["污染物!C5 impossible-ph"]),
    "a limit of 0": (
        {"污染物!B5": "色度", "污染物!E5": "t wastewater", "污染物!C5": 90, "污染物!D5": 0},
        ["污染物!D5 impossible-limit"],
    ),
    # Texts
    "a number as a code": ({"企业信息!B6": 913305002220345.0}, ["企业信息!B6 not-text"]),
    "a number as a name": ({"污染物!B5": 5}, ["污染物!B5 not-text"]),
    "true as a name": ({"企业信息!B5": True}, ["企业信息!B5 not-text"]),
    "a wrong code": ({"企业信息!B6": "91330500MA2B2C3D4A"}, ["企业信息!B6 bad-uscc"]),
    "a wrong industry": ({"企业信息!B7": "9999"}, ["企业信息!B7 bad-industry-code"]),
    # Names, units, answers
    "an unknown pollutant": ({"污染物!B6": "没有此物"}, ["污染物!B6 unknown-pollutant"]),
    "a pollutant of the other medium": ({"污染物!A6": "水"}, ["污染物!B6 unknown-pollutant"]),
    "an ambiguous pollutant": ({"污染物!B6": "颗粒物"}, ["污染物!B6 ambiguous-pollutant"]),
    "an unknown gas": ({"温室气体!B6": "CO3"}, ["温室气体!B6 unknown-gas"]),
    "an unknown energy": ({"能源!A5": "空气"}, ["能源!A5 unknown-energy"]),
    "an unknown process": ({"能源与过程账单!B8": "炼金"}, ["能源与过程账单!B8 unknown-process"]),
    "an impossible unit": ({"污染物!E5": "GJ"}, ["污染物!E5 impossible-unit"]),
    "an unknown unit": ({"原辅料!B5": "筐"}, ["原辅料!B5 impossible-unit"]),
    "Mg for mg": ({"原辅料!B5": "Mg"}, ["原辅料!B5 impossible-unit"]),
    "a unit of another dimension": ({"能源!C5": "m3"}, ["能源!C5 impossible-unit"]),
    "a missing unit": ({"污染物!E5": None}, ["污染物!E5 missing-field"]),
    "a missing name": ({"温室气体!B5": None}, ["温室气体!B5 missing-field"]),
    "an answer that is none": ({"定性!B5": "也许"}, ["定性!B5 bad-choice"]),
    "a category that is none": ({"温室气体!A5": "其他"}, ["温室气体!A5 bad-choice"]),
    "no origin": ({"能源!B6": None}, ["能源!B6 missing-origin"]),
    "an own value of 0": ({"附录B与自定当量值!C5": 0}, ["附录B与自定当量值!C5 bad-own-value"]),
    # Periods, benchmarks, weights, options
    "equal periods": ({"企业信息!B15": "2022"}, ["企业信息!B15 equal-periods"]),
    "a missing period": ({"企业信息!B14": None}, ["企业信息!B14 missing-field"]),
    "a benchmark of 0": ({"基准与权重!E6": 0}, ["基准与权重!E6 bad-benchmark"]),
    "a text as benchmark": ({"基准与权重!E7": "600 kg"}, ["基准与权重!E7 not-a-number"]),
    "a weight missing": ({"基准与权重!K9": None}, ["基准与权重!K5 weights-incomplete"]),
    "weights that do not sum": ({"基准与权重!K9": 0.3}, ["基准与权重!K5 weights-do-not-sum"]),
    "a first level not applicable": ({"基准与权重!J12": "无", "基准与权重!J13": "无"}, ["基准与权重!J5 empty-first-level"]),
    "an option that is none": ({"基准与权重!C20": "AR7"}, ["基准与权重!C20 bad-option"]),
    # Several at once
    "several": (
        {"污染物!F5": "很多", "污染物!B6": "没有此物", "能源!D6": -1, "企业信息!B7": "9999"},
        ["企业信息!B7 bad-industry-code", "污染物!F5 not-a-number", "能源!D6 negative", "污染物!B6 unknown-pollutant"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_and_where(what: str, messages: Messages) -> None:
    cells, expected = WRONG[what]
    assert sorted(messages(cells)) == sorted(expected)


def test_what_is_plainly_meant_is_read(full: Path, tmp_path: Path) -> None:
    book = load_workbook(full)
    book["温室气体"]["D5"], book["企业信息"]["B7"] = "１，０００", 3011
    book.save(tmp_path / "typed.xlsx")
    returned = read(tmp_path / "typed.xlsx")
    assert returned.data["greenhouse"][0]["base"] == 1000
    assert returned.data["enterprise"]["industry_code"] == "3011"
    assert [(f.severity, f.code, f.where) for f in returned.aligned.moved] == [
        ("warning", "text-number", "温室气体!D5")
    ]


def test_a_date_in_an_amount(full: Path, tmp_path: Path) -> None:
    book = load_workbook(full)
    book["污染物"]["F5"] = datetime.date(2023, 5, 1)
    book["企业信息"]["B14"] = datetime.datetime(2022, 1, 1)
    book["污染物"]["F5"].number_format = book["企业信息"]["B14"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "dates.xlsx")
    with pytest.raises(Refused) as refusal:
        read(tmp_path / "dates.xlsx")
    assert [(f.where, f.code) for f in refusal.value.findings] == [("企业信息!B14", "not-text")]
    book["企业信息"]["B14"] = "2022"
    book.save(tmp_path / "dates.xlsx")
    returned = read(tmp_path / "dates.xlsx")
    with pytest.raises(Refused, match="2023-05-01") as refusal:
        evaluate(returned.data)
    assert [returned.where(f.where) for f in refusal.value.findings] == ["污染物!F5"]


def test_blank_rows_inside_a_table_keep_the_place_of_those_after_them(messages: Messages) -> None:
    row = {"A": "大气", "B": "没有此物", "E": "kg", "F": 1, "G": 1}
    assert messages({f"污染物!{letter}12": value for letter, value in row.items()}) == ["污染物!B12 unknown-pollutant"]
    assert messages({f"污染物!{letter}5": None for letter in "ABEFG"}) == []
    cleared = {f"污染物!{letter}5": None for letter in "ABEFG"}
    assert messages({**cleared, "污染物!F6": -1}) == ["污染物!F6 negative"]


def test_rows_below_the_table_are_read_too(full: Path, tmp_path: Path, messages: Messages) -> None:
    row = {"A": "大气", "B": "氮氧化物", "E": "kg", "F": 95, "G": 9.5}
    cells = {f"污染物!{letter}60": value for letter, value in row.items()}
    returned = read(edited(full, tmp_path / "more.xlsx", cells))
    assert returned.data["pollutants"][-1] == {
        "medium": "air",
        "pollutant": "氮氧化物",
        "unit": "kg",
        "base": 95,
        "report": 9.5,
    }
    assert messages({**cells, "污染物!G60": -1}) == ["污染物!G60 negative"]


def test_blanks_and_spaces_say_nothing(full: Path, tmp_path: Path) -> None:
    cells = {"污染物!A8": " ", "污染物!B9": "\u3000", "企业信息!B8": "  ", "污染物!J5": ""}
    assert read_data(read(edited(full, tmp_path / "spaces.xlsx", cells)).data) == read_data(
        changed(FULL, {"enterprise.region": None})
    )


def test_years_typed_as_numbers_are_labels(full: Path, tmp_path: Path) -> None:
    cells = {"企业信息!B14": 2021, "企业信息!B15": 2022.0, "基准与权重!H6": 2023}
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
    said = refusal(edited(full, tmp_path / "a.xlsx", {"说明!B3": "something else"}))
    assert said.startswith("说明!B3 no-stamp: not a jwdt workbook")
    assert refusal(edited(full, tmp_path / "b.xlsx", {"说明!B3": None})) == said


def test_another_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Sheet1"
    book.save(tmp_path / "other.xlsx")
    assert refusal(tmp_path / "other.xlsx").startswith("Sheet1!B3 no-stamp: ")


@pytest.mark.parametrize("version", ["2", "99", "1.5", "x", ""])
def test_a_newer_layout(version: str, full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "newer.xlsx", {"说明!B4": version}))
    assert said.startswith("说明!B4 newer-layout: ")
    assert "upgrade jwdt-xl" in said


def test_an_unknown_guide(full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "guide.xlsx", {"说明!B5": "cement-2030"}))
    assert "unknown-guide: " in said and "cement-2030" in said and "--guide" in said


def test_a_missing_sheet(full: Path, tmp_path: Path) -> None:
    def renamed(name: str, text: str) -> str:
        return text.replace('name="温室气体"', 'name="气体"') if name == "xl/workbook.xml" else text

    assert refusal(edited(full, tmp_path / "sheet.xlsx", {}, renamed)) == (
        " missing-sheet: sheets are missing: 温室气体; fill in the original template"
    )


@pytest.mark.parametrize(
    ("name", "address"), [("污染物", "B4"), ("温室气体", "A4"), ("能源", "D4"), ("产品明细", "C4")]
)
def test_a_renamed_heading(name: str, address: str, full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "heading.xlsx", {f"{name}!{address}": "别的"}))
    assert said.startswith(f"{name}!{address} moved-header: heading must be ")
    assert "found “别的”" in said


def test_a_renamed_question(full: Path, tmp_path: Path) -> None:
    said = refusal(edited(full, tmp_path / "question.xlsx", {"企业信息!A6": "别的"}))
    assert said.startswith("企业信息!A6 moved-header: ")


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
    path = edited(workbook(FULL, language="en"), tmp_path / "en.xlsx", {"Pollutants!F5": "a lot"})
    returned = read(path)
    with pytest.raises(Refused) as refusal:
        evaluate(returned.data)
    assert [returned.where(f.where) for f in refusal.value.findings] == ["Pollutants!F5"]


def test_messages_in_chinese(full: Path, tmp_path: Path) -> None:
    set_language("zh")
    with pytest.raises(Refused, match="不是 jwdt 模板"):
        read(edited(full, tmp_path / "zh.xlsx", {"说明!B3": None}))


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
    assert returned.where("entered.x") == "基准与权重!L7"
