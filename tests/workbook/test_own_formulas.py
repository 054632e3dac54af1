"""Inputs and formulas of a guide's own: its form asks for them, and every edition computes what the engine does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.next_year import next_year
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.written import write as written
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import HOSTS, Layout, write
from jwdt_xl.workbook import read as read_back

from ..office import Office
from ..standard.own import ENTERED, fitting, own_guide
from .cases import enterprises
from .compare import IroncalcTemplate, OfficeTemplate, common, differences, in_ironcalc, read_file, recorded, report
from .random_enterprise import has_more_rows, random_enterprise

Data = dict[str, Any]
GUIDE = own_guide()
ENTERPRISES = {
    **{f"random {seed}": fitting(random_enterprise(seed), seed) for seed in range(40) if not has_more_rows(seed)},
    **{name: fitting(data) for name, data in enterprises().items() if name in ("plain", "bills", "synergy")},
}


def test_the_enterprises_reach_every_state() -> None:
    """Values, missing and not assessable, and scores below and above the benchmark."""
    results = [evaluate(data, GUIDE) for data in ENTERPRISES.values()]
    for i, node in enumerate(GUIDE.indicators):
        states = {result.indicators[i].state for result in results}
        assert "value" in states, node.code
    seen = {indicator.state for result in results for indicator in result.indicators}
    assert seen == {"value", "missing", "not_assessable"}
    values = [result.indicators[3].value for result in results if result.indicators[3].value is not None]
    assert min(values) < 0 < max(values), "water per product falls for some and rises for others"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ironcalc_computes_what_the_engine_does(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write(path, guide=GUIDE, host="portable", language=language)
    template, empty = IroncalcTemplate(path, language, GUIDE), recorded(None, language, GUIDE)
    for name, data in ENTERPRISES.items():
        expected = common(recorded(data, language, GUIDE), empty)
        assert not report(differences(expected, template.type(expected))), name


def _typed_in(office: Office, host: str, path: Path, step: int) -> None:
    write(path, guide=GUIDE, host=host)
    template, empty = OfficeTemplate(office, path, "zh", GUIDE), recorded(None, "zh", GUIDE, host)
    try:
        for name, data in list(ENTERPRISES.items())[::step]:
            expected = common(recorded(data, "zh", GUIDE, host), empty)
            assert not report(differences(expected, template.type(expected))), name
    finally:
        template.book.close()


@pytest.mark.xdist_group("office")
def test_libreoffice_computes_what_the_engine_does(office: Office, tmp_path: Path) -> None:
    _typed_in(office, "portable", tmp_path / "template.xlsx", 6)


@pytest.mark.xdist_group("office")
def test_libreoffice_with_the_addin_does_too(tmp_path: Path) -> None:
    with Office(locale="zh-CN", addin=True, limit=120) as office:
        _typed_in(office, "excel", tmp_path / "template.xlsx", 14)


@pytest.mark.parametrize("wrong", ["", "abc", -1, "１２", "#N/A", 1e300])
def test_what_is_typed_wrong_is_missing_and_never_0(tmp_path: Path, wrong: Any) -> None:
    """In the cell of an amount: a text, a negative number, an error, one that no file could hold."""
    path = tmp_path / "template.xlsx"
    write(path, guide=GUIDE, host="portable")
    template, empty = IroncalcTemplate(path, "zh", GUIDE), recorded(None, "zh", GUIDE)
    expected = common(recorded(ENTERPRISES["plain"], "zh", GUIDE), empty)
    layout = Layout(GUIDE, "portable")
    field = layout.fields["inputs.fresh.report"]
    place = (layout.title("enterprise"), field.cell.row, field.cell.col)
    found = template.type(expected._replace(constants={**expected.constants, place: wrong}))

    def at(name: str) -> Any:
        cell = layout.results[name]
        return found[layout.title(cell.sheet), cell.row, cell.col]

    hint = layout.hint_cell("inputs.fresh.report")
    said = found[layout.title("enterprise"), hint.row, hint.col]
    assert at("out_value_water") == "" and at("out_state_water") == "缺失" and at("out_total") == "" and said


def test_a_filled_form_comes_back(tmp_path: Path, example: Callable[[str], Data]) -> None:
    data = fitting(example("cement"))
    path = tmp_path / "filled.xlsx"
    result = write(path, guide=GUIDE, host="portable", assessment=read(data, GUIDE))
    assert not report(differences(read_file(path, GUIDE), in_ironcalc(path)))
    back = read(read_back(path, {GUIDE.id: GUIDE}).data, GUIDE)
    assert back == read(data, GUIDE)
    assert back.inputs["fresh"].source == ENTERED["fresh"]["source"]
    assert written(back)["inputs"].keys() == ENTERED.keys()
    assert evaluate(back, GUIDE).total == result.total


def test_a_year_on_the_form_has_what_was_reported_as_base(tmp_path: Path, example: Callable[[str], Data]) -> None:
    last = read(fitting(example("cement")), GUIDE)
    path = tmp_path / "next.xlsx"
    write(path, guide=GUIDE, host="portable", assessment=next_year(last))
    back = read(read_back(path, {GUIDE.id: GUIDE}).data, GUIDE)
    assert back.inputs["fresh"] == (last.inputs["fresh"].report, None, last.inputs["fresh"].source)
    assert back.inputs["stored"] == (None, None, last.inputs["stored"].source)


@pytest.mark.parametrize("host", HOSTS)
def test_every_edition_has_the_plain_formula(host: str) -> None:
    layout, book = Layout(GUIDE, host), recorded(None, "zh", GUIDE, host)
    cell = layout.results["out_value_reuse"]
    formula = book.computed[layout.title(cell.sheet), cell.row, cell.col].formula
    assert "out_input_reused_report*100/(out_input_fresh_report+out_input_reused_report)" in formula
    assert "JWDT" not in formula


def test_a_guide_without_inputs_has_no_place_for_them() -> None:
    layout = Layout(builtin(), "excel")
    assert not [path for path in layout.fields if path.startswith("inputs.")]
    assert not [name for name in layout.names if "input_" in name]


def test_the_how_of_a_value_names_the_amounts(example: Callable[[str], Data]) -> None:
    book = recorded(fitting(example("cement")), "zh", GUIDE)
    said = [str(computed.value) for computed in book.computed.values()]
    wanted = "100 × 回用水量 67,200 m3 ÷ (新鲜水取水量 86,400 m3 + 回用水量 67,200 m3)"
    assert wanted in said, json.dumps([text for text in said if "回用水量" in text], ensure_ascii=False)
