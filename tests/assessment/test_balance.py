"""Nothing twice: what is sold takes its carbon and energy along, and fuels made of other fuels are not counted beside them.

Worked out by hand from table B (GB/T 32151.22-2024, table C.1): coke 28.435 GJ/t × 0.0294 tC/GJ × 93 % × 44/12 = 2.8506 t CO2/t,
0.9714 tce/t (GB/T 2589-2020).
"""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate
from jwdt_xl.standard import fuels

from .test_properties import calm

COKE = fuels.find_fuel("焦炭", "B")
PER_T = 28.435 * COKE.carbon_content * COKE.oxidation * 44 / 12


def fuel(name="焦炭", base=100, report=100, **more):
    return {"kind": "fuel", "name": name, "unit": "t", "base": base, "report": report, **more}


def of(*bills, energies=()):
    return evaluate(
        {
            "format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, "activity": list(bills),
            "energy": list(energies),
        }
    )  # fmt: skip


def test_sold_coke_subtracts_its_carbon_and_energy():
    found = of(fuel("烟煤", 1000, 1000), fuel(report=200, origin="sold"))
    without = of(fuel("烟煤", 1000, 1000))
    assert without.quantities.co2e.report - found.quantities.co2e.report == pytest.approx(200 * PER_T)
    assert without.quantities.primary_tce.report - found.quantities.primary_tce.report == pytest.approx(200 * 0.9714)
    assert found.quantities.by_category["fuel"] == found.quantities.co2e


#: Rows of every way in which a fuel may count.
FUELS = (
    fuel(), fuel("高炉煤气", unit="万m3"), fuel("焦炉煤气", unit="万m3", net_calorific_value=170), fuel("烟煤", oxidation=0.9),
    fuel("秸秆", biomass=True, net_calorific_value=14), fuel("氢气", unit="m3", non_fossil=True, evidence="绿氢", emission_factor=0),
    fuel("焦炭", feedstock=True), fuel("RDF", emission_factor=0.9, coefficient=0.5), fuel("氧气", unit="m3", emission_factor=0),
    {"kind": "heat", "unit": "GJ", "base": 100, "report": 100},
)  # fmt: skip
SUMS = ("co2e", "primary_tce", "nonfossil_tce", "nonfossil_tce_otherwise")


@calm
@given(st.sampled_from(FUELS), st.integers(0, 10**6), st.integers(0, 10**6))
def test_selling_what_was_bought_leaves_the_difference(row, bought, sold):
    """And nothing else: bought and sold on it is as if only the rest had been bought."""
    beside = fuel("柴油", 10, 10)
    two = of(beside, {**row, "base": bought, "report": bought}, {**row, "base": sold, "report": sold, "origin": "sold"})
    one = of(beside, {**row, "base": bought - sold if bought > sold else 0, "report": max(bought - sold, 0)})
    if sold > bought:
        one = of(beside, {**row, "base": sold - bought, "report": sold - bought, "origin": "sold"})
    for name in SUMS:
        for a, b in zip(getattr(two.quantities, name), getattr(one.quantities, name), strict=True):
            assert a == pytest.approx(b, rel=1e-9, abs=1e-6 * (1 + bought + sold))


@pytest.mark.parametrize(
    ("made", "source"),
    [("焦炭", "洗精煤"), ("高炉煤气", "焦炭"), ("焦炉煤气", "洗精煤"), ("转炉煤气", "焦炭"), ("高炉煤气", "原煤")],
)
@pytest.mark.parametrize("table", ["activity", "energy"])
def test_a_fuel_beside_what_it_is_made_of(made, source, table):
    rows = [{"unit": "t" if "气" not in n else "万m3", "base": 5, "report": 5, "kind" if table == "activity" else "energy": n} for n in (made, source)]  # fmt: skip
    for row, name in zip(rows, (made, source), strict=True):
        if table == "activity":
            row |= {"kind": "fuel", "name": name}
            row |= {"net_calorific_value": 20, "carbon_content": 0.026, "oxidation": 0.9} if name == "原煤" else {}
        if name == "转炉煤气" and table == "energy":
            row["coefficient"] = 0.25  # GB/T 2589 prints none
        if name == "焦炉煤气":
            row["net_calorific_value"] = 170 if table == "activity" else 17000

    def told(*changes):
        data = copy.deepcopy(rows)
        for row, change in zip(data, changes, strict=False):
            row |= change
        found = of(*data) if table == "activity" else of(energies=data)
        return [f.where for f in found.findings if f.code == "fuel-beside-its-source"]

    assert told() == [f"{table}[0].origin"]
    assert all(source in f.text.zh and made in f.text.zh for f in _findings(rows, table))
    for quiet in ({"origin": "bought"}, {"origin": "sold"}, {"feedstock": True}):
        assert told(quiet) == []
    for quiet in ({"origin": "sold"}, {"feedstock": True}):
        assert told({}, quiet) == []


def _findings(rows, table):
    found = of(*rows) if table == "activity" else of(energies=rows)
    return [f for f in found.findings if f.code == "fuel-beside-its-source"]
