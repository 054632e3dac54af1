"""The addresses of the released layout, typed here once: whoever moves a cell raises the version of the layout."""

from __future__ import annotations

import pytest

from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook.plan import SHEETS, VERSION

from .places import at

#: Cells in the middle of every sheet with inputs, by the version of the layout. A new version gets a line of its own.
PLACES: dict[int, dict[str, str]] = {
    1: {
        "enterprise.name": "企业信息!B5", "enterprise.uscc": "企业信息!B6", "enterprise.industry_code": "企业信息!B7",
        "boundary": "企业信息!B11", "periods.base": "企业信息!B14", "periods.report": "企业信息!B15",
        "product.output.report": "企业信息!B21", "metered_electricity.report": "企业信息!B32",
        "products[0].base": "产品明细!D5", "activity[3].name": "能源与过程账单!B8", "activity[0].note": "能源与过程账单!T5",
        "pollutants[0].parameter": "污染物!C5", "pollutants[0].limit": "污染物!D5", "pollutants[1].base": "污染物!F6",
        "pollutants[0].quality": "污染物!I5", "pollutants[55].report": "污染物!G60",
        "greenhouse[1].gas": "温室气体!B6", "greenhouse[0].base": "温室气体!D5",
        "energy[1].base": "能源!D6", "materials[0].base": "原辅料!C5", "residual_energy[0].base": "余能!C5",
        "policy.recommended": "定性!B5", "management.evidence": "定性!B12",
        "own_equivalents[0].value": "附录B与自定当量值!C5",
        "benchmarks.2.value": "基准与权重!E6", "benchmarks.2.year": "基准与权重!H6", "not_applicable.8": "基准与权重!J12",
        "weights.5": "基准与权重!K9", "options.gwp_set": "基准与权重!C20",
    },
    2: {
        "enterprise.name": "企业信息!B5", "enterprise.uscc": "企业信息!B6", "enterprise.industry_code": "企业信息!B7", "boundary": "企业信息!B11",
        "periods.base": "企业信息!B14", "periods.report": "企业信息!B15", "product.output.report": "企业信息!B21",
        "metered_electricity.report": "企业信息!B32", "products[0].base": "产品明细!F5", "activity[3].name": "能源与过程账单!D8",
        "activity[0].note": "能源与过程账单!V5", "pollutants[0].parameter": "污染物!E5", "pollutants[0].limit": "污染物!F5",
        "pollutants[1].base": "污染物!H6", "pollutants[0].quality": "污染物!K5", "pollutants[55].report": "污染物!I60",
        "greenhouse[1].gas": "温室气体!D6", "greenhouse[0].base": "温室气体!F5", "energy[1].base": "能源!F6", "materials[0].base": "原辅料!E5",
        "residual_energy[0].base": "余能!E5", "policy.recommended": "定性!B5", "management.evidence": "定性!B12",
        "own_equivalents[0].value": "附录B与自定当量值!E5", "benchmarks.2.value": "基准与权重!G6", "benchmarks.2.year": "基准与权重!J6",
        "not_applicable.8": "基准与权重!L12", "weights.5": "基准与权重!M9", "options.gwp_set": "基准与权重!C20",
    },
    3: {
        "enterprise.name": "企业信息!B5", "enterprise.uscc": "企业信息!B6", "enterprise.industry_code": "企业信息!B7", "boundary": "企业信息!B11",
        "periods.base": "企业信息!B14", "periods.report": "企业信息!B15", "product.output.report": "企业信息!B21",
        "metered_electricity.report": "企业信息!B32", "products[0].base": "产品明细!F5", "activity[3].name": "能源与过程账单!D8",
        "activity[0].note": "能源与过程账单!AF5", "pollutants[0].parameter": "污染物!E5", "pollutants[0].limit": "污染物!F5",
        "pollutants[1].base": "污染物!H6", "pollutants[0].quality": "污染物!K5", "pollutants[55].report": "污染物!I60",
        "greenhouse[1].gas": "温室气体!D6", "greenhouse[0].base": "温室气体!F5", "energy[1].base": "能源!F6", "materials[0].base": "原辅料!E5",
        "residual_energy[0].base": "余能!E5", "policy.recommended": "定性!B5", "management.evidence": "定性!B12",
        "own_equivalents[0].value": "附录B与自定当量值!E5", "benchmarks.2.value": "基准与权重!G6", "benchmarks.2.year": "基准与权重!J6",
        "not_applicable.8": "基准与权重!L12", "weights.5": "基准与权重!M9", "options.gwp_set": "基准与权重!C20",
    },
    4: {
        "enterprise.name": "企业信息!B5", "enterprise.uscc": "企业信息!B6", "enterprise.industry_code": "企业信息!B7", "boundary": "企业信息!B11",
        "periods.base": "企业信息!B14", "periods.report": "企业信息!B15", "product.output.report": "企业信息!B21",
        "metered_electricity.report": "企业信息!B32", "products[0].base": "产品明细!F5", "activity[3].name": "能源与过程账单!D8",
        "activity[0].note": "能源与过程账单!AF5", "pollutants[0].parameter": "污染物!E5", "pollutants[0].limit": "污染物!F5",
        "pollutants[1].base": "污染物!H6", "pollutants[0].quality": "污染物!K5", "pollutants[55].report": "污染物!I60",
        "greenhouse[1].gas": "温室气体!D6", "greenhouse[0].base": "温室气体!F5", "energy[1].base": "能源!F6", "materials[0].base": "原辅料!E5",
        "residual_energy[0].base": "余能!E5", "policy.recommended": "定性!B5", "management.evidence": "定性!B12",
        "own_equivalents[0].value": "附录B与自定当量值!E5", "benchmarks.2.value": "基准与权重!G6", "benchmarks.2.year": "基准与权重!J6",
        "not_applicable.8": "基准与权重!L12", "weights.5": "基准与权重!M9", "options.gwp_set": "基准与权重!C20",
    },
}  # fmt: skip
LAYOUT = Layout(builtin(), "portable", "zh")


def test_no_cell_moves_within_a_version() -> None:
    moved = {path: (place, at(path)) for path, place in PLACES.get(VERSION, {}).items() if at(path) != place}
    assert VERSION in PLACES and not moved, (
        "cells moved: raise VERSION in jwdt_xl/workbook/plan.py, and list its places"
    )


def test_every_sheet_with_inputs_is_among_them() -> None:
    titles = {place.partition("!")[0] for place in PLACES[VERSION].values()}
    sheets = {field.cell.sheet for field in LAYOUT.fields.values()} | {t.sheet for t in LAYOUT.tables.values()}
    assert titles == {SHEETS[sheet].zh for sheet in sheets}


def test_no_two_inputs_share_a_cell() -> None:
    cells = [field.cell for field in LAYOUT.fields.values()]
    cells += [
        (table.sheet, table.first + i, column)
        for table in LAYOUT.tables.values()
        for i in range(table.rows)
        for column in table.inputs.values()
    ]
    assert len(set(cells)) == len(cells)


def test_the_nearest_cell_is_no_place_to_type() -> None:
    """The tests type into the very cell of a path, or nowhere."""
    for path in ("weights", "pollutants[0]", "pollutants[0].amount", "enterprise.nam"):
        with pytest.raises(AssertionError):
            at(path)
