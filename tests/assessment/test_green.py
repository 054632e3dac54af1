"""Power by its origin under every option: what it emits, what is non-fossil, and what its evidence changes.

The expected numbers are worked out by hand: 1,000 MWh at the national factor of 2023, 0.5306 t CO2/MWh (announcement of the
Ministry of Ecology and Environment of 2025), 122.9 tce; beside them 1,000 t of standard coal as raw coal of 1,400 t.
GB/T 32151.34-2024 D.1.1: own, direct and traded green power count with an emission of 0, certificates do not.
"""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate
from jwdt_xl.standard.energy import ORIGINS
from jwdt_xl.standard.green import GREEN

from .test_properties import ASSESSMENTS, calm, numbers

GRID = 1000 * 0.5306
#: What each origin emits (t) by option green_power, and how much of it is non-fossil by option non_fossil_counting.
EMITS = {
    "grid": {"physical": GRID, "traded": GRID, "certificates": GRID},
    "own_renewable": {"physical": 0, "traded": 0, "certificates": 0},
    "direct_green": {"physical": 0, "traded": 0, "certificates": 0},
    "traded_green": {"physical": GRID, "traded": 0, "certificates": 0},
    "certificate": {"physical": GRID, "traded": GRID, "certificates": 0},
    "sold": {"physical": -GRID, "traded": -GRID, "certificates": -GRID},
    "sold_renewable": {"physical": 0, "traded": 0, "certificates": 0},
}
PARTS = {
    **{key: {"all": 0, "physical": 0} for key in ("grid", "sold", "sold_renewable")},
    **{key: {"all": 1, "physical": 1} for key in ("own_renewable", "direct_green")},
    **{key: {"all": 1, "physical": 0} for key in ("traded_green", "certificate")},
}
COAL, POWER = 1400 * 0.7143, 122.9


def bill(origin, **more):
    return {"kind": "electricity", "origin": origin, "unit": "MWh", "base": 1000, "report": 1000, **more}


def energy(origin, **more):
    return {"energy": "电力", "origin": origin, "unit": "MWh", "base": 1000, "report": 1000, **more}


def of(bills=(), energies=(), **options):
    coal = {"energy": "原煤", "unit": "t", "base": 1400, "report": 1400}
    data = {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, "options": options}
    return evaluate({**data, "activity": list(bills), "energy": [coal, *energies]})


def codes(result):
    return [finding.code for finding in result.findings]


def test_every_origin_is_worked_out():
    assert set(EMITS) == set(PARTS) == set(ORIGINS)


@pytest.mark.parametrize(("origin", "power", "counting"), [*product(ORIGINS, EMITS["grid"], PARTS["grid"])])
def test_origins(origin, power, counting):
    options = {"green_power": power, "non_fossil_counting": counting}
    by_bill, by_energy = (
        of(**{table: [make(origin)]}, **options) for table, make in (("bills", bill), ("energies", energy))
    )
    assert by_bill.quantities.co2e.report == pytest.approx(EMITS[origin][power])
    sign = {"sold": -1, "sold_renewable": 0}.get(origin, 1)
    for amounts in (by_bill.quantities, by_energy.quantities):
        assert amounts.primary_tce.report == pytest.approx(COAL + sign * POWER, rel=1e-4)
        assert amounts.nonfossil_tce.report == pytest.approx(PARTS[origin][counting] * POWER)
    (other,) = {"all", "physical"} - {counting}
    swapped = of(bills=[bill(origin)], non_fossil_counting=other)
    share = swapped.quantities.nonfossil_tce.report / swapped.quantities.primary_tce.report * 100
    assert by_bill.nonfossil_share_other == by_energy.nonfossil_share_other == pytest.approx(share)


@pytest.mark.parametrize("origin", GREEN)
@pytest.mark.parametrize(
    ("evidence", "rule"), [("", "warning"), ("合同 12", "warning"), ("", "required"), ("合同 12", "required")]
)
def test_evidence(origin, evidence, rule):
    """Asked for and missing, the row is grid power to the last number, its own factor too; else it only warns."""
    options = {"green_evidence": rule, "green_power": "certificates", "grid_nonfossil_share": 0.1}
    found = of(
        bills=[bill(origin, evidence=evidence, emission_factor=0.2)],
        energies=[energy(origin, evidence=evidence)],
        **options,
    )
    unproved = not evidence and rule == "required"
    as_if = of(bills=[bill("grid")], energies=[energy("grid")], **options) if unproved else found
    assert found.as_dict()["co2e_t"] == as_if.as_dict()["co2e_t"]
    for name in ("primary_tce", "nonfossil_tce", "nonfossil_tce_otherwise"):
        assert getattr(found.quantities, name) == getattr(as_if.quantities, name)
    assert found.quantities.co2e.report == pytest.approx(GRID if unproved else 200)
    told = "green-taken-as-grid" if unproved else "green-without-evidence"
    assert codes(found).count(told) == (0 if evidence else 2)
    assert ("green-with-own-factor" in codes(found)) != unproved


@pytest.mark.parametrize(
    ("bills", "code"),
    [
        ([bill("own_renewable"), bill("sold")], "own-power-as-sold"),
        ([bill("sold_renewable")], "sold-renewable-not-counted"),
        ([bill("sold_renewable", emission_factor=0.5)], "bill-field-not-used"),
        ([bill("traded_green", factor_year=2022)], "bill-field-not-used"),
        ([bill("traded_green", emission_factor=0.6205)], "footprint-factor"),
    ],
)
def test_findings(bills, code):
    assert code in codes(of(bills=bills))


@calm
@given(ASSESSMENTS, st.integers(0, 1000000), st.sampled_from([None, 0.3]), st.booleans())
def test_power_fed_in_changes_no_number(data, amount, factor, billed):
    row = bill("sold_renewable", base=amount, report=amount // 2, emission_factor=factor)
    if not billed:
        row = energy("sold_renewable", base=amount, report=amount // 2)
    table = "activity" if billed else "energy"
    if not data["energy"] or (billed and not data["greenhouse"]):
        return  # an empty table is missing, and no more so with a row in it
    assert numbers({**data, table: [*data.get(table, []), row]}) == numbers(data)
