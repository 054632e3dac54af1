"""Process factors: every row of the table, and carbonates from their molar masses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import process
from jwdt_xl.standard.names import split, table

GOLDEN = Path(__file__).parents[1] / "golden"
PROCESSES = list(csv.DictReader((GOLDEN / "process.csv").read_text(encoding="utf-8").splitlines()))
FACTORS = [row for row in PROCESSES if row["unit"].startswith("tCO2/")]

#: Standard atomic weights (IUPAC, abridged), g/mol.
ATOMS = {
    "H": 1.008, "Li": 6.94, "C": 12.011, "O": 15.999, "Na": 22.990, "Mg": 24.305, "K": 39.098, "Ca": 40.078,
    "Mn": 54.938, "Fe": 55.845, "Sr": 87.62, "Ba": 137.327,
}  # fmt: skip
CO2 = ATOMS["C"] + 2 * ATOMS["O"]
CO3 = ATOMS["C"] + 3 * ATOMS["O"]
#: By the start of its English name: what the carbonate holds besides carbonate, and how many CO2 it gives off.
CARBONATES = {
    "CaCO3 (": ({"Ca": 1}, 1),
    "CaCO3 in": ({"Ca": 1}, 1),
    "MgCO3": ({"Mg": 1}, 1),
    "CaMg(CO3)2": ({"Ca": 1, "Mg": 1}, 2),
    "Na2CO3": ({"Na": 2}, 1),
    "BaCO3": ({"Ba": 1}, 1),
    "Li2CO3": ({"Li": 2}, 1),
    "K2CO3": ({"K": 2}, 1),
    "SrCO3": ({"Sr": 1}, 1),
    "FeCO3": ({"Fe": 1}, 1),
    "MnCO3": ({"Mn": 1}, 1),
    "NaHCO3": ({"Na": 1, "H": 1}, 1),
}


def test_the_molar_mass_of_carbon_dioxide() -> None:
    assert pytest.approx(44.0095, abs=1e-3) == CO2


@pytest.mark.parametrize("row", FACTORS, ids=lambda row: row["item_en"])
def test_every_row_of_the_table(row: dict[str, str]) -> None:
    (found,) = [f for f in process.factors() if f.name.en == row["item_en"]]
    assert found.value == (float(row["value"]) if row["value"] else None)
    assert (found.name.zh, found.unit, found.confidence) == (row["item_zh"], row["unit"], row["confidence"])


def test_every_factor_is_there_once_and_parameters_are_not() -> None:
    assert [f.name.en for f in process.factors()] == [row["item_en"] for row in FACTORS]
    assert len(FACTORS) == len(PROCESSES) - 3


@pytest.mark.parametrize("start", CARBONATES)
def test_carbonates_from_molar_masses(start: str) -> None:
    """44.0095 / M(carbonate) within the printed digits; a hydrogen carbonate gives off all its carbon."""
    (row,) = [row for row in FACTORS if row["item_en"].startswith(start)]
    metals, count = CARBONATES[start]
    mass = sum(ATOMS[atom] * n for atom, n in metals.items()) + count * CO3
    printed = row["value"]
    last_digit = 10 ** -len(printed.partition(".")[2])
    assert float(printed) == pytest.approx(44.0095 * count / mass, abs=0.5 * last_digit)


def test_electrodes_are_nearly_pure_carbon() -> None:
    assert 0.998 * 44 / 12 < process.value_of(process.find_process("电极")) < 44 / 12


@pytest.mark.parametrize("row", table("process"), ids=lambda row: row["key"])
def test_every_name_finds_its_process_alone(row: dict[str, str]) -> None:
    if not row["unit"].startswith("tCO2/") or row["key"] == "purchased_heat":
        with pytest.raises(JwdtError, match="no factor for process"):
            process.find_process(row["item_zh"])
        return
    for name in (row["item_zh"], row["item_en"], *split(row["aliases"])):
        assert process.find_process(f" {name.upper()} ").key == row["key"]


def test_heat() -> None:
    assert (process.heat_factor().value, process.heat_factor().unit) == (0.11, "tCO2/GJ")


def test_clinker_has_a_formula_and_no_default() -> None:
    with pytest.raises(JwdtError, match=r"no default factor; compute it by \(CaO − .*44/56 \+ .*44/40") as caught:
        process.value_of(process.find_process("熟料"))
    assert "质量分数" in caught.value.text.zh
    assert all(len(text) <= 255 for text in caught.value.text)


def test_whatever_has_no_default_has_its_formula() -> None:
    for factor, _ in process.named_processes():
        if factor.value is None:
            with pytest.raises(JwdtError, match="compute it by"):
                process.value_of(factor)
