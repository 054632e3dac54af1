"""The pollutants that a guide requires: named above their table, and what is missing told live, as the engine finds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.authoring import load
from jwdt_xl.messages import LANGUAGES
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.columns import required

from .compare import Expected, IroncalcTemplate, common, differences, read_file, recorded, report
from .engines import EACH, computed, stripped
from .test_clipped import Sheet

Data = dict[str, Any]
CEMENT: Data = json.loads((Path(__file__).parents[1] / "golden/example_cement.json").read_text(encoding="utf-8"))
CEMENT = {**CEMENT, "benchmarks": {}}
LAST = CEMENT["pollutants"]
NOX, PH = (
    "氮氧化物",
    {"medium": "water", "pollutant": "pH值", "unit": "t wastewater", "base": 0, "report": 0, "parameter": 5.5},
)


def guide(*asked: Data) -> Guide:
    asked = asked or (
        {"pollutant": "NOx"},
        {"pollutant": "VOCs"},
        {"pollutant": "总氮", "medium": "water"},
        {"pollutant": "pH"},
    )
    return from_dict({**to_dict(load("cement")), "required_pollutants": list(asked)}, strict=True)


def row(name: str, base: Any, report: Any, medium: str = "air", unit: str = "kg", **more: Any) -> Data:
    return {"medium": medium, "pollutant": name, "unit": unit, "base": base, "report": report, **more}


REST = [row("VOCs", 1, 2), row("总氮", 3, 4, "water"), PH | {"base": 1}]
WITHOUT = [one for one in LAST if one["pollutant"] != NOX]
#: Rows of pollutants, which of the required ones they lack, and which are 0 without a word.
CASES: dict[str, tuple[list[Data], set[str], set[str]]] = {
    "all": ([*LAST, *REST], set(), set()),
    "without NOx": ([*WITHOUT, *REST], {"NOx"}, set()),
    "by another name": ([*WITHOUT, *REST, row("氮氧化物（以NO2计）", 1, 2)], set(), set()),
    "not emitted, with a word": ([*WITHOUT, *REST, row(NOX, 0, 0, note="电窑")], set(), set()),
    "not emitted, without": ([*WITHOUT, *REST, row(NOX, 0, 0)], set(), {"NOx"}),
    "not emitted, no reason": ([*WITHOUT, *REST, row(NOX, 0, 0, note="无")], set(), {"NOx"}),
    "one of two rows with a word": ([*WITHOUT, *REST, row(NOX, 0, 0), row(NOX, 0, 0, note="停产")], set(), set()),
    "in one period": ([*WITHOUT, *REST, row(NOX, 0, 5)], set(), set()),
    "a period blank": ([*WITHOUT, *REST, row(NOX, 5, None)], {"NOx"}, set()),
    "both blank": ([*WITHOUT, *REST, row(NOX, None, None, note="不知道，待查")], {"NOx"}, set()),
    "the other medium": ([*LAST, row("VOCs", 1, 2, "water"), row("总氮", 3, 4, "water"), PH], set(), {"pH"}),
    "several": ([row("二氧化硫", 1, 2)], {"NOx", "VOCs", "总氮", "pH"}, set()),
    "no table": ([], set(), set()),
}  # fmt: skip


def data(case: str) -> Data:
    return {**CEMENT, "pollutants": CASES[case][0]}


@pytest.mark.parametrize("case", CASES)
def test_the_engine_finds_what_is_missing(case: str) -> None:
    _, lacking, zero = CASES[case]
    by_guide = guide()
    found = {(one.code, one.severity): one for one in evaluate(data(case), by_guide).findings if "required" in one.code}
    titles = {one.pollutant: str(one.title) for one in by_guide.required_pollutants}
    told = found.get(("required-pollutant", "error"))
    assert {name for name, title in titles.items() if told and title in str(told.text)} == lacking
    silent = found.get(("required-without-reason", "error"))
    assert {name for name, title in titles.items() if silent and title in str(silent.text)} == zero
    assert (("required-not-emitted", "info") in found) == (case.endswith("word"))


def test_nothing_is_asked_where_no_indicator_counts_them() -> None:
    """Under a guide that lets both indicators be left out; where only one is, the other counts them."""
    by_guide = from_dict({**to_dict(builtin()), "id": "open", "required_pollutants": [{"pollutant": "NOx"}]})
    for reasons, told in (({"1": "投产不足一年"}, True), ({"1": "投产不足一年", "2": "废气废水全部外送处理"}, False)):
        left_out = {**data("without NOx"), "not_applicable": reasons}
        assert ("required-pollutant" in {one.code for one in evaluate(left_out, by_guide).findings}) == told
        assert bool(_said(recorded(left_out, "zh", by_guide), "zh")) == told


def _said(expected: Expected, language: str) -> Any:
    layout = Layout(guide(), "portable", language)
    at = required.cell(layout, required.SAID)
    return expected.computed[layout.title(at.sheet), at.row, at.col].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_it_live(tmp_path: Path, language: str) -> None:
    """Every case typed into one blank form and computed; the contents list and the open points count it too."""
    path = tmp_path / "template.xlsx"
    write(path, guide=guide(), host="portable", language=language)
    template, empty = IroncalcTemplate(path, language, guide()), recorded(None, language, guide())
    assert _said(empty, language) == ""
    for case, (_, lacking, zero) in CASES.items() if language == "zh" else [(c, CASES[c]) for c in ("several", "all")]:
        expected = recorded(data(case), language, guide())
        assert bool(_said(expected, language)) == bool(lacking or zero), case
        assert not report(differences(common(expected, empty), template.type(common(expected, empty)))), case


def test_it_is_named_above_the_table_and_nothing_moves(tmp_path: Path) -> None:
    with_it, bare = recorded(None, "zh", guide()), recorded(None, "zh", load("cement"))
    lead = next(
        value for place, value in with_it.constants.items() if "本指南规定必报" in str(value) and place[0] == "污染物"
    )
    assert "氮氧化物（大气）、挥发性有机物、总氮（水）、pH值（水）" in lead and "两期填 0" in lead
    inputs = [Layout(each, "excel", "zh") for each in (guide(), load("cement"))]
    assert len({str([(f.path, f.cell) for f in one.fields.values()]) + str(one.tables) for one in inputs}) == 1
    moved = [place for place in bare.computed if place not in with_it.computed]
    assert not moved and len(with_it.computed) == len(bare.computed) + 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_and_as_long_as_a_guide_may_require(tmp_path: Path, language: str) -> None:
    """No formula is too long for a program, and no text is cut off, in a form that lacks all but one."""
    longest = sorted(eq.named_pollutants(), key=lambda each: -len(each[0].name.en))[:20]
    asked = [{"pollutant": p.name.zh, "medium": p.medium} for p, _ in longest]
    by_guide, path = guide(*asked), tmp_path / "f.xlsx"
    rows = {**CEMENT, "pollutants": [row("二氧化硫", 0, 0)]}
    found = recorded(rows, language, by_guide)
    assert max(len(each.formula) for each in found.computed.values()) <= 8192
    write(path, assessment=read(rows, by_guide), guide=by_guide, host="portable", language=language)
    sheet = load_workbook(path, data_only=True)[Layout(by_guide, "portable", language).title("pollutants")]
    assert not list(Sheet(sheet).clipped())


@pytest.mark.parametrize("engine", EACH)
def test_every_program_computes_it(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> None:
    """A form, filled in: what is missing and, in a hidden cell, what is 0 without a word, beside what is explained."""
    explained = [
        *WITHOUT,
        row(NOX, 0, 0),
        row("VOCs", 0, 0),
        row("VOCs", 0, 0, note="2023 年停用"),
        PH | {"note": "无外排"},
    ]
    path = tmp_path / "filled.xlsx"
    write(path, assessment=read({**CEMENT, "pollutants": explained}, guide()), guide=guide(), host="portable")
    expected = read_file(path, guide())
    assert _said(expected, "zh") == "缺指南必报项：总氮（水）"
    assert "氮氧化物（大气）" in {each.value for each in expected.computed.values()}
    found = computed(engine, stripped(path, tmp_path), expected, request)
    assert not report(differences(expected, found)), engine
