"""A product in another unit than the guide's indicators are per: told by the check, beside the cell, and held back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ironcalc
import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.quarantine import reasons
from jwdt_xl.assessment.read import read
from jwdt_xl.authoring.files import load
from jwdt_xl.messages import LONGEST
from jwdt_xl.standard.guide import Guide, builtin
from jwdt_xl.standard.guide.product_unit import unit_is
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.columns.catalogue import HINTS
from jwdt_xl.workbook.columns.hints import mark_of

from ..office import Office
from .cases import PLAIN, changed
from .compare import in_ironcalc, in_office

CEMENT, GLASS = load("cement"), load("flat-glass")
TEXTS = {hint.name: hint.text.zh for hint in HINTS}
#: As typed: what stands beside it by the guides of cement (t) and of flat glass (重量箱).
TYPED = (
    "t", "吨", "T", "Ｔ", "吨水泥", "t 熟料", "t/年", "(t)", "件", "万件", "万m2", "㎡", "m²", "平方米", "万t", "万吨", "kg", "公斤", "m3", "m³",
    "tce", "吨标准煤", "tube", "风干吨", "10^4 m", "百米", "100 m", "重量箱", "weight case", "箱", "万重量箱", "套", "台", "只", "炉", "*", "?", "~t",
    "t*", "元", "kWh", "x" * 300, "10^4 t", "标块", "t-steel", "kgce", "mg", "1t",
)  # fmt: skip
SAID = {"right": "", "other": TEXTS["other_product_unit"], "unclear": TEXTS["unclear_product_unit"]}


def assessed(unit: str, guide: Guide, **more: Any) -> Any:
    return read(changed(PLAIN, {"product.unit": unit, "benchmarks": {}, **more}), guide)


@pytest.mark.parametrize("guide", [CEMENT, GLASS], ids=["cement", "glass"])
def test_the_cell_says_it_as_it_is_typed(guide: Guide, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write(path, guide=guide, host="portable", assessment=assessed("t", guide))
    layout = Layout(guide, "portable", "zh")
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    sheets = {sheet["name"]: i for i, sheet in enumerate(model.get_worksheets_properties())}
    cell, hint, mark = (
        layout.fields["product.unit"].cell,
        layout.hint_cell("product.unit"),
        layout.hint_cell("product.unit", "mark"),
    )
    sheet = sheets[layout.title(cell.sheet)]
    found = {}
    for unit in TYPED:
        model.update_cell_with_text(sheet, cell.row + 1, cell.col + 1, unit)
        model.evaluate()
        found[unit] = tuple(str(model.get_formatted_cell_value(sheet, at.row + 1, at.col + 1)) for at in (hint, mark))
    told = {unit: SAID[unit_is(guide, unit)] for unit in TYPED}
    assert {unit: hint for unit, (hint, _) in found.items()} == told
    assert set(told.values()) == set(SAID.values())
    assert {hint: mark for hint, mark in found.values()} == {"": "✓", SAID["other"]: "✗", SAID["unclear"]: "!"}


@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("unit", ["件", "炉", "吨水泥"])
def test_libreoffice_says_it_too(unit: str, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write(path, guide=CEMENT, host="portable", assessment=assessed(unit, CEMENT))
    layout = Layout(CEMENT, "portable", "zh")
    at = layout.hint_cell("product.unit")
    for values in (in_ironcalc(path), in_office(office, path)):
        assert (values[layout.title(at.sheet), at.row, at.col] or "") == SAID[unit_is(CEMENT, unit)]


@pytest.mark.parametrize(
    ("unit", "code", "held"),
    [
        ("件", "product-unit", True),
        ("万t", "product-unit", True),
        ("炉", "product-unit-unclear", False),
        ("t", "", False),
        ("", "", False),
    ],
)
def test_the_check_says_it_and_the_return_is_held_back(unit: str, code: str, held: bool) -> None:
    result = evaluate(assessed(unit, CEMENT), CEMENT)
    found = [f for f in result.findings if f.code.startswith("product-unit")]
    assert [(f.code, f.where) for f in found] == ([(code, "product.unit")] if code else [])
    assert ("product-unit" in {reason.code for reason in reasons(result.findings, result)}) is held
    assert result.total == evaluate(assessed("t", CEMENT), CEMENT).total, "a finding changes no number"
    for finding in found:
        assert max(map(len, finding.text)) <= LONGEST
        assert "2, 3, 6, 7" in finding.text.zh and "t 水泥" in finding.text.zh and f"“{unit}”" in finding.text.zh
        assert ("1 万t = 10000 t 水泥" in finding.text.zh) == (unit == "万t")


def test_a_guide_that_states_no_unit_asks_for_none(tmp_path: Path) -> None:
    """The general rule is per unit product, whatever it is."""
    result = evaluate(assessed("件", builtin()))
    assert not any(f.code.startswith("product-unit") for f in result.findings)
    path = tmp_path / "form.xlsx"
    write(path, host="portable", assessment=assessed("件", builtin()))
    layout = Layout(builtin(), "portable", "zh")
    at = layout.hint_cell("product.unit")
    assert in_ironcalc(path)[layout.title(at.sheet), at.row, at.col] == ""
    assert mark_of(0) == "✓"
