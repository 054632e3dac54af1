"""A guide lists the grades that may be entered for a qualitative indicator; any other number is told, in cell and check alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jwdt_xl import authoring, workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment.checks import findings
from jwdt_xl.assessment.quarantine import QUARANTINE
from jwdt_xl.errors import JwdtError
from jwdt_xl.standard.guide import Guide, from_dict, to_dict
from jwdt_xl.standard.guide.levels import check_levels, value_of, values_of
from jwdt_xl.workbook.layout import Layout

from .compare import in_ironcalc

GOLDEN = Path(__file__).parents[1] / "golden"
LEVELS = ["1 公开", "0.5 部分公开", "0 不公开"]


def guide(levels: list[str] | None = None) -> Guide:
    data: dict[str, Any] = to_dict(authoring.load("four-levels"))
    for node in data["nodes"]:
        if node["code"] == "C211":
            node["levels"] = LEVELS if levels is None else levels
    return from_dict(data, strict=True)


def entering(values: dict[str, float]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((GOLDEN / "example_cement.json").read_text(encoding="utf-8"))
    del data["benchmarks"]
    return {**data, "entered": values}


@pytest.mark.parametrize(
    ("level", "value"),
    [
        ("1 公开", 1.0),
        ("0.5", 0.5),
        ("0", 0.0),
        ("0.25  是", 0.25),
        ("1.5 多", None),
        ("公开 1", None),
        ("", None),
        ("1公开", None),
        ("-1 负", None),
        ("nan", None),
        ("０.5 全角", None),
    ],
)
def test_a_level_begins_with_its_number(level: str, value: float | None) -> None:
    assert value_of(level) == value


@pytest.mark.parametrize("levels", [["公开"], ["1 公开"], ["1 公开", "1 再公开"], ["2 多", "0 无"]])
def test_levels_that_cannot_be_told_apart_are_refused(levels: list[str]) -> None:
    with pytest.raises(JwdtError):
        check_levels(levels)
    with pytest.raises(JwdtError):
        guide(levels)


def test_they_go_with_entered_grades_only() -> None:
    data = to_dict(authoring.load("four-levels"))
    data["nodes"][-1]["levels"] = LEVELS  # a share of staff, which is no grade
    with pytest.raises(JwdtError) as caught:
        from_dict(data, strict=True)
    assert "nodes[31].levels" in str(caught.value)


def test_a_guide_with_them_is_another_guide_and_one_without_is_the_same() -> None:
    assert guide().hash != authoring.load("four-levels").hash == guide([]).hash
    assert values_of(guide().by_code["C211"].levels) == (1.0, 0.5, 0.0)


@pytest.mark.parametrize(("entered", "told"), [(1, False), (0.5, False), (0, False), (0.7, True), (0.499, True)])
def test_any_other_number_is_an_error_that_holds_the_return_back(entered: float, told: bool) -> None:
    result = evaluate(read(entering({"C211": entered}), guide()), guide())
    found = [f for f in findings(result) if f.code == "not-a-level"]
    assert bool(found) is told
    assert QUARANTINE["not-a-level"]
    for finding in found:
        assert finding.where == "entered.C211" and "1 公开；0.5 部分公开；0 不公开" in str(finding.text)


@pytest.mark.parametrize(("entered", "told"), [(0.5, False), (0.7, True), (None, False)])
def test_the_form_offers_them_and_says_the_same(entered: float | None, told: bool, tmp_path: Path) -> None:
    path, made = tmp_path / "form.xlsx", guide()
    layout = Layout(made, "portable", "zh")
    data = entering({} if entered is None else {"C211": entered})
    workbook.write(path, guide=made, host="portable", language="zh", assessment=read(data, made))
    title, cell = layout.title("settings"), layout.fields["entered.C211"].cell
    sheet = openpyxl.load_workbook(path, data_only=True)[title]
    input_cell = sheet.cell(cell.row + 1, cell.col + 1).coordinate
    [rule] = [r for r in sheet.data_validations.dataValidation if input_cell in r.sqref]
    assert rule.type == "list" and rule.formula1 == '"1,0.5,0"' and "部分公开" in rule.prompt
    hint = layout.setting_hint_cell(made.indicators.index(made.by_code["C211"]), "hint")
    written = sheet.cell(hint.row + 1, hint.col + 1).value
    computed = in_ironcalc(path)[title, hint.row, hint.col]
    assert (written or "") == computed
    assert ("不是指南所列的等级" in computed) is told
