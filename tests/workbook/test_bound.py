"""The form of a guide that binds: what it does not leave open is shown, locked, and changes nothing if it is typed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.authoring import load
from jwdt_xl.standard.guide import Guide, from_dict, to_dict
from jwdt_xl.standard.guide.openness import ALL
from jwdt_xl.workbook import read as read_book
from jwdt_xl.workbook import write
from jwdt_xl.workbook.bound import guides_value, is_bound
from jwdt_xl.workbook.columns.catalogue import HINTS
from jwdt_xl.workbook.layout import Layout

from ..office import Office
from .compare import differences, in_ironcalc, read_file, report
from .edit import edited

TEXTS = {hint.name: hint.text.zh for hint in HINTS}
OPENED = {
    "bound": None,
    "nothing": [],
    "all": list(ALL),
    "some": ["score_cap", "moderate_score", "not_applicable"],
}


def guide_with(opened: list[str] | None) -> Guide:
    data = to_dict(load("cement"))
    return from_dict(data if opened is None else {**data, "open": opened})


@pytest.fixture
def data(golden: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    found["benchmarks"] = {"6": {"value": 1234, "source": "自定"}}
    found["options"] = {"score_cap": 2, "moderate_score": "distance", "gwp_set": "AR6"}
    found["weights"] = {node.code: node.weight for node in load("cement").indicators} | {"6": 0.05, "7": 0.13}
    return found


@pytest.mark.parametrize("opened", OPENED.values(), ids=OPENED)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_computes_what_the_engine_does(
    data: dict[str, Any], opened: list[str] | None, language: str, tmp_path: Path
) -> None:
    guide = guide_with(opened)
    path = tmp_path / "a.xlsx"
    result = write(path, guide=guide, host="portable", language=language, assessment=read(data, guide))
    values = in_ironcalc(path)
    assert not report(differences(read_file(path, guide), values))
    assert result.total == evaluate(data, guide).total
    again = read_book(path, {guide.id: guide}).data
    kept = {name: value for name, value in data["options"].items() if guide.opens(name)}
    assert again.get("options", {}) == kept
    assert ("6" in again["benchmarks"]) == (opened == list(ALL)) == ("weights" in again)
    assert evaluate(again, guide).total == result.total


@pytest.mark.parametrize("opened", OPENED.values(), ids=OPENED)
def test_entry_only_where_it_is_open(opened: list[str] | None, tmp_path: Path) -> None:
    guide = guide_with(opened)
    path = tmp_path / "a.xlsx"
    write(path, guide=guide, host="portable")
    layout = Layout(guide, "portable", "zh")
    sheet = openpyxl.load_workbook(path)[layout.title("settings")]
    listed = {cell for rule in sheet.data_validations.dataValidation for part in str(rule.sqref).split()
              for row in sheet[f"{part}:{part}" if ":" not in part else part] for cell in row}  # fmt: skip
    addresses = {cell.coordinate for cell in listed}
    seen = set()
    for field in layout.fields.values():
        if field.cell.sheet != "settings":
            continue
        address = xl_rowcol_to_cell(field.cell.row, field.cell.col)
        bound = is_bound(guide, field.path)
        seen.add(bound)
        assert sheet[address].protection.locked == bound, field.path
        assert not (bound and address in addresses), field.path
        if bound:
            value = guides_value(guide, field.path)
            shown = dict(field.spec.choices)[value].zh if field.spec.choices and value is not None else value
            assert sheet[address].value == (None if shown in ("", None) else shown), field.path
    assert True in seen or opened == list(ALL)


@pytest.mark.parametrize("value", [9999.0, "无", "９９９９", -1, True])
def test_typed_over_in_spite_of_the_lock(value: Any, data: dict[str, Any], tmp_path: Path) -> None:
    """The cell formulas do not look at it; the reader tells it, or refuses what is no number."""
    from jwdt_xl.errors import Refused

    guide = load("cement")
    for key in ("options", "weights", "benchmarks"):
        data.pop(key)
    write(tmp_path / "a.xlsx", guide=guide, host="portable", assessment=read(data, guide))
    right = evaluate(data, guide)
    layout = Layout(guide, "portable", "zh")
    place = layout.where("benchmarks.6.value")
    path = edited(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {place: value})
    expected = read_file(path, guide)
    assert in_ironcalc(path)[expected.names["out_total"]] == pytest.approx(right.total, rel=1e-9)
    try:
        result = evaluate(read_book(path, {guide.id: guide}).data, guide)
    except Refused as error:
        assert value in ("无", -1, True) and all("benchmarks.6" in finding.where for finding in error.findings)
        return
    assert result.total == pytest.approx(right.total, rel=1e-12)
    assert [f.where for f in result.findings if f.code == "benchmark-differs"] == ["benchmarks.6"]


@pytest.mark.parametrize(
    ("code", "reason", "hint", "total"),
    [("7", "/", "excuse", False), ("7", "无", "excuse", False), ("7", "同上", "excuse", False), ("7", "N/A", "excuse", False),
     ("7", "没有可回收的余能", "beside_data", True), ("6", "本行业没有", "beside_data", False)],
)  # fmt: skip
def test_reasons_live(golden: Path, tmp_path: Path, code: str, reason: str, hint: str, total: bool) -> None:
    """An excuse, and a case that the guide has not, count as missing; a reason beside data is told."""
    guide = load("cement")
    found: dict[str, Any] = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    found["benchmarks"] = {}
    write(tmp_path / "a.xlsx", guide=guide, host="portable", assessment=read(found, guide))
    layout = Layout(guide, "portable", "zh")
    path = edited(tmp_path / "a.xlsx", tmp_path / "b.xlsx", {layout.where(f"not_applicable.{code}"): reason})
    values, expected = in_ironcalc(path), read_file(path, guide)
    index = next(i for i, node in enumerate(guide.indicators) if node.code == code)
    cell = layout.setting_hint_cell(index)
    assert values[layout.title(cell.sheet), cell.row, cell.col] == TEXTS[hint]
    shown = values[expected.names["out_total"]]
    assert isinstance(shown, float) == total
    if total:
        result = evaluate({**found, "not_applicable": {code: reason}}, guide)
        assert shown == pytest.approx(result.total)


def test_a_locked_cell_is_no_cell_that_was_cut(office: Office, tmp_path: Path) -> None:
    """LibreOffice tells a cell that was cut by its lock; what the guide locks is none."""
    guide = load("cement")
    write(tmp_path / "a.xlsx", guide=guide, host="portable")
    layout = Layout(guide, "portable", "zh")
    book = office.open(tmp_path / "a.xlsx")
    book.recalculate()
    for i, node in enumerate(guide.indicators):
        sheet, _, address = layout.ref(layout.setting_hint_cell(i)).replace("$", "").rpartition("!")
        assert book.get(f"{sheet}.{address}") == (TEXTS["guide"] if node.benchmark else "")
    book.close()
