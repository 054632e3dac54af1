"""A report period that an edition was not in force for is told, and changes no number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment.checks.editions import coefficients, grid_factor_rule
from jwdt_xl.standard import energy
from jwdt_xl.standard.editions import AFTER, BEFORE, BY_CODE, EDITIONS

Data = dict[str, Any]


@pytest.mark.parametrize(
    ("code", "years"),
    [
        # the day a text comes into force splits its year, which belongs to both editions
        ("GB/T 2589-2008", {2007: BEFORE, 2008: None, 2020: None, 2021: None, 2022: AFTER}),
        ("GB/T 2589-2020", {2020: BEFORE, 2021: None, 2030: None}),
        ("GB/T 32150-2015", {2015: BEFORE, 2016: None, 2026: None, 2027: AFTER}),
        ("GB/T 32150-2025", {2025: BEFORE, 2026: None, 2027: None}),
        ("发改能源〔2026〕622号", {2000: None, 2030: None}),
    ],
)
def test_years_of_an_edition(code: str, years: dict[int, str | None]) -> None:
    assert {year: BY_CODE[code].lies(year) for year in years} == years


def test_editions_follow_one_another() -> None:
    for edition in EDITIONS:
        dates = [date for date in (edition.published, edition.since, edition.until) if date]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in dates)
        assert bool(edition.until) == bool(edition.next)
        if edition.next:
            assert BY_CODE[edition.next].since == edition.until
    assert {e.source for e in energy.energies()} & set(BY_CODE) == {"GB/T 2589-2008", "GB/T 2589-2020"}


@pytest.mark.parametrize(
    ("name", "report", "codes"),
    [
        ("油田天然气", "2024", ["after-edition"]),  # printed by the edition of 2008 only
        ("油田天然气", "2021", []),
        ("柴油", "2024", []),
        ("柴油", "2019", ["before-edition"]),
        ("柴油", "本年", []),
    ],
)
def test_coefficients(example: Callable[[str], Data], name: str, report: str, codes: list[str]) -> None:
    data = example("cement")
    base = str(int(report) - 1) if report.isdigit() else "上年"
    data["periods"] = {"base": base, "report": report}
    data["energy"] = [{"energy": name, "unit": "m3" if "气" in name else "kg", "base": 10, "report": 9}]
    data |= {"activity": []}
    result = evaluate(read(data))
    assert [f.code for f in coefficients(result)] == codes


@pytest.mark.parametrize(
    ("report", "rule", "codes"),
    [
        ("2025", "not_after", []), ("2026", "not_after", []), ("2026年下半年", "latest", []), ("2027", "not_after", ["after-edition"]),
        ("2027", "each", ["after-edition"]), ("2027", "latest", []), ("2025", "latest", ["before-edition"]),
    ],
)  # fmt: skip
def test_the_rule_of_grid_factors(example: Callable[[str], Data], report: str, rule: str, codes: list[str]) -> None:
    data = example("cement")
    data["periods"] = {"base": "2024", "report": report}
    data["options"] = {"grid_factor_year": rule}
    data |= {"energy": [], "greenhouse": []}
    data["activity"] = [{"kind": "electricity", "unit": "kWh", "origin": "grid", "base": 10, "report": 9}]
    found = list(grid_factor_rule(evaluate(read(data))))
    assert [f.code for f in found] == codes
    assert all("GB/T 32150-2025" in f.text.zh and "2026-07-01" in f.text.en for f in found)
