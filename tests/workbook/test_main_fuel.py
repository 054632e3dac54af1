"""Remedies in coal equivalent are said in the energy that an enterprise uses most: sheet, LibreOffice, IronCalc and engine alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.messages import speaking
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.workbook import write
from jwdt_xl.workbook.sheets.steps import situation, steps

from ..office import Office
from .cases import BILLED, PLAIN, bill, changed, energy
from .compare import IroncalcTemplate, OfficeTemplate, common, differences, recorded, report

pytestmark = pytest.mark.xdist_group("office")
Data = dict[str, Any]


def _node(code: str, formula: str, attribute: str, **more: Any) -> Data:
    return {
        "code": code,
        "parent": "all",
        "weight": 0.5,
        "name_zh": code,
        "name_en": code,
        "attribute": attribute,
        "formula": formula,
        **more,
    }


def _guide() -> Data:
    data = to_dict(builtin())
    del data["open"]
    nodes = [
        {"code": "all", "weight": 1, "name_zh": "全部", "name_en": "all"},
        _node("energy", "quotient", "negative", unit_zh="kgce/t", of=["primary_tce"], over=["output"], times=1000),
        _node("share", "nonfossil_share", "positive", unit_zh="%"),
    ]
    return {**data, "id": "fuel", "version": "1", "name_zh": "能耗", "source_zh": "示例", "nodes": nodes}


GUIDE = from_dict(_guide())
BARE: Data = {key: value for key, value in PLAIN.items() if key != "benchmarks"}
COAL = {"name": "烟煤", "net_calorific_value": 20.9}
#: The enterprise, and what one tce is of the energy that it uses most, worked out by hand: by heat values 29.3076 GJ are a
#: tce, power counts 0.1229 kgce/kWh and raw coal 0.7143 kgce/kg. And whether power that is not fossil may take its place.
CASES: dict[str, tuple[Data, float | None, str, bool]] = {
    "coal by its own heat value": ({"energy": [], "activity": [bill("fuel", 1000, 900, **COAL), bill("electricity", 9, 8, "MWh", origin="grid")]}, 29.3076 / 20.9, "t 烟煤", True),
    "gas by kcal": ({"energy": [], "activity": [bill("fuel", 100, 90, "万m3", name="天然气", net_calorific_value=8500, net_calorific_value_unit="kcal/m3")]}, 7e6 / 8500 / 1e4, "万m3 天然气", True),
    "power without a name": ({"energy": [], "activity": [bill("fuel", 10, 9, **COAL), bill("electricity", 10000, 9000, "MWh", origin="grid")]}, 1 / 0.1229, "MWh 电力", False),
    "raw coal by the table": ({}, 1 / 0.7143, "t 原煤", True),
    "power in the energy table": ({"energy": [energy("原煤", 10, 9), energy("电力", 1e6, 9e5, "kWh", origin="grid")]}, 1000 / 0.1229, "kWh 电力", False),
    "biomass": ({"energy": [], "activity": [bill("fuel", 1000, 900, **COAL, biomass=True), bill("fuel", 10, 9, **COAL)]}, 29.3076 / 20.9, "t 烟煤", False),
    "of both tables": ({"activity": [bill("fuel", 5000, 5000, **COAL)]}, 29.3076 / 20.9, "t 烟煤", True),
    "two alike": ({"energy": [energy("原煤", 1000, 900), energy("原煤", 900, 900)]}, None, "", False),
    "two alike in two tables": ({"energy": [energy("原煤", 1000, 900)], "activity": [bill("fuel", 1000, 900, name="烟煤", coefficient=0.7143)]}, None, "", False),
    "none": ({"energy": [], "activity": []}, None, "", False),
    "none is left": ({"energy": [energy("原煤", 1000, 0)]}, None, "", False),
    "without an amount": ({"energy": [{**energy("原煤", 1000, 0), "report": None}]}, None, "", False),
    "sold": ({"energy": [energy("原煤", 10, 9), energy("汽油", 1000, 900, origin="sold")]}, 1 / 0.7143, "t 原煤", True),
    "feedstock": ({"energy": [energy("原煤", 10, 9), energy("汽油", 1000, 900, feedstock=True)]}, 1 / 0.7143, "t 原煤", True),
}  # fmt: skip


def enterprise(name: str, benchmark: float = 1.0, share: float = 99.0) -> Data:
    return changed({**BARE, "benchmarks": {"energy": benchmark, "share": share}}, CASES[name][0])


@pytest.mark.parametrize("name", CASES)
def test_which_it_is_and_what_a_tce_is_of_it(name: str) -> None:
    _, of_one, said, replaced = CASES[name]
    found = situation(evaluate(read(enterprise(name), GUIDE), GUIDE), "zh").fuel
    if of_one is None:
        assert found is None
    else:
        assert found is not None
        assert (found.said, found.may_be_replaced) == (said, replaced)
        assert found.amount / found.tce == pytest.approx(of_one, rel=1e-4)  # printed coefficients have four digits


#: The enterprise, the benchmark in kgce/t and the sentence: 110 t of product.
SENTENCES = [
    ("coal by its own heat value", 1000, "zh", "一次能源消费总量 −532.8 tce，约合 747.1 t 烟煤"),
    ("coal by its own heat value", 1000, "en", "total primary energy −532.8 tce, about 747.1 t 烟煤"),
    ("power without a name", 1000, "zh", "一次能源消费总量 −1,003 tce，约合 8,157 MWh 电力"),
    ("two alike", 1000, "zh", "一次能源消费总量 −1,176 tce"),
    ("raw coal by the table", 1000, "zh", "一次能源消费总量 −657 tce"),  # of raw coal there are 642.9 tce
]


@pytest.mark.parametrize(("name", "benchmark", "language", "said"), SENTENCES)
def test_the_sentence(name: str, benchmark: float, language: str, said: str) -> None:
    with speaking(language):
        assert steps(evaluate(read(enterprise(name, benchmark), GUIDE), GUIDE))[0] == said


def _typed(template: IroncalcTemplate | OfficeTemplate, step: int = 1) -> None:
    empty = recorded(None, "zh", GUIDE)
    for i, name in enumerate(list(CASES)[::step]):
        expected = common(recorded(enterprise(name, (1000, 4000)[i % 2], (99, 12)[i % 2]), "zh", GUIDE), empty)
        assert not report(differences(expected, template.type(expected))), name


def test_ironcalc_says_what_the_engine_says(tmp_path: Path) -> None:
    write(tmp_path / "template.xlsx", guide=GUIDE, host="portable", language="zh")
    _typed(IroncalcTemplate(tmp_path / "template.xlsx", "zh", GUIDE))


def test_libreoffice_says_what_the_engine_says(office: Office, tmp_path: Path) -> None:
    write(tmp_path / "template.xlsx", guide=GUIDE, host="portable", language="zh")
    template = OfficeTemplate(office, tmp_path / "template.xlsx", "zh", GUIDE)
    try:
        _typed(template, 2)
    finally:
        template.book.close()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["原煤", "汽油", "焦炭"]), st.floats(0, 1e9)), max_size=6), st.floats(1e-3, 1e6)
)
def test_no_more_is_saved_than_is_used(rows: list[tuple[str, float]], benchmark: float) -> None:
    data = {
        **BARE,
        "energy": [energy(name, 1, amount) for name, amount in rows],
        "benchmarks": {"energy": benchmark, "share": 1},
    }
    result = evaluate(read(data, GUIDE), GUIDE)
    top = situation(result, "zh").fuel
    if top is not None:
        assert top.tce == max(amount.tce.report or 0 for amount in result.quantities.energies)
        assert top.place < len(rows) and rows[top.place][0] in top.said
        assert situation(result, "zh")._in(top, top.tce * 1.001, top_word()) == ""
        assert situation(result, "zh")._in(top, top.tce, top_word()).endswith(top.said)


def top_word() -> Any:
    from jwdt_xl.workbook.sheets import result_texts

    return result_texts.ABOUT


def test_bills_of_the_plain_one_are_understood() -> None:
    assert situation(evaluate(read(BILLED)), "zh").fuel is not None
