"""The entries of formulas and quantities: each says what every face of it needs."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import NotAssessable
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.messages import Text
from jwdt_xl.standard.formulas import COMPOSED, FORMULAS, KINDS, QUOTIENT, Formula, quotient
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.quantities import PARAMETERS, QUANTITIES, Parameters
from jwdt_xl.standard.scoring import ATTRIBUTES, NEGATIVE

PER_VALUE = quotient(
    "energy_per_value", Text("万元产值能耗", "energy per output value"), ("primary_tce", "value_10k"), NEGATIVE
)


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_every_entry_is_whole(formula: Formula) -> None:
    assert FORMULAS[formula.key] is formula and formula.kind in KINDS
    assert all(formula.name) and set(formula.attributes) <= set(ATTRIBUTES) and formula.attributes
    assert set(formula.needs) <= set(QUANTITIES) and set(formula.not_negative) <= set(formula.needs)
    assert set(formula.parameters) <= set(PARAMETERS)
    assert formula.is_quotient == (formula.kind == QUOTIENT) == (len(formula.needs) == 2)
    if formula.is_quotient:
        assert all("{a}" in text and "{b}" in text for text in formula.sentence)
    else:
        assert formula.kind == (COMPOSED if formula.form else formula.key)
    if formula.call:
        takes = [a for a in CATALOGUE[formula.call].arguments]
        assert len(takes) == (len(formula.needs) * (1 if formula.is_quotient else 2) or len(formula.answers))
    if formula.answers:
        assert formula.compute is not None
        assert set(inspect.signature(formula.compute).parameters) == {a.partition(".")[2] for a in formula.answers}


def test_the_built_in_guide_goes_with_them() -> None:
    for node in builtin().indicators:
        assert node.attribute in node.algorithm.attributes
        assert node.needs == node.algorithm.needs and not any(node.parameters)
    assert builtin().quantities == QUANTITIES and builtin().parts == {}


@given(st.floats(0, 1e12), st.floats(1e-6, 1e12), st.sampled_from([f for f in FORMULAS.values() if f.is_quotient]))
def test_a_quotient_is_what_its_entry_says(a: float, b: float, formula: Formula) -> None:
    """Quotients with a function of their own multiply as their entry says, which the workbook goes by."""
    assert formula.compute is not None
    assert formula.compute(a, b) == pytest.approx(a * formula.times / b, rel=1e-12)


def test_a_quotient_needs_nothing_more() -> None:
    compute: Any = PER_VALUE.compute
    assert compute(3.0, 4.0) == 0.75
    assert PER_VALUE.sentence.zh == "一次能源消费总量 {a} tce ÷ 产值 {b} 万元"
    assert PER_VALUE.parameters == ("energies",) and PER_VALUE.call == ""
    with pytest.raises(NotAssessable, match="output value of the report period is 0, must be above 0"):
        compute(3.0, 0.0)
    with pytest.raises(NotAssessable, match=r"total primary energy of the report period is negative \(-3 tce\)"):
        compute(-3.0, 4.0)


@pytest.mark.parametrize("quantity", QUANTITIES.values(), ids=QUANTITIES)
def test_every_quantity_has_a_place(quantity: Any) -> None:
    assert all(quantity.name) and all(quantity.unit)
    assert quantity.place("report") == (f"{quantity.field}.report" if quantity.field else quantity.tables[0])
    assert any(quantity.title) == any(quantity.absent)  # what indicators need is summed in a portfolio


def test_a_part_is_a_quantity_of_its_own() -> None:
    part = QUANTITIES["equivalents"].part("equivalents_of_w", Parameters("water", ("COD", "氨氮")))
    assert part.title == Text("污染物当量(水、COD、氨氮)", "equivalents (water, COD, 氨氮)")
    assert (part.whole, part.tables, part.unit) == ("equivalents", ("pollutants",), Text("当量", "AP"))
