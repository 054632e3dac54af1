"""Papers of three enterprises, as each program writes them: what is imported is what one types by hand, to 15 digits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import write
from jwdt_xl.papers.cells import Problems
from jwdt_xl.papers.kinds import KINDS
from jwdt_xl.papers.paper import Sheet, Wanted

from . import made
from .conftest import alike, bare, codes, imported


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
@pytest.mark.parametrize("enterprise", made.ENTERPRISES, ids=lambda enterprise: enterprise.key)
def test_every_dialect_gives_what_is_typed(tmp_path: Path, enterprise: made.Enterprise, style: made.Style) -> None:
    paths = list(made.all_of(tmp_path, enterprise, style))
    found = imported(*paths)
    assert codes(found, "error") == []
    assert bare(found, "pollutants") == alike(made.pollutants(enterprise))
    assert bare(found, "activity") == alike(made.bills(enterprise))
    assert (found.assessment.periods.base, found.assessment.periods.report) == made.YEARS
    assert found.count("imported") == len(paths) == 4
    if style.published:
        assert (found.assessment.enterprise.name, found.assessment.enterprise.uscc) == (
            enterprise.name,
            enterprise.uscc,
        )
    assert set(codes(found, "warning")) == {"only-levied", "power-origin-not-told"}


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
def test_every_number_names_its_origin(tmp_path: Path, style: made.Style) -> None:
    """Document, sheet and rows, by which the number can be worked out again."""
    found = imported(*made.all_of(tmp_path, made.CEMENT, style))
    data = write(found.assessment)
    for row in (*data["pollutants"], *data["activity"]):
        base, report = row["source"].split("; ")
        for year, said in (("2022", base), ("2023", report)):
            period, _, places = said.partition(": ")
            assert period == ("base" if year == "2022" else "report")
            document, *sheet, rows = places.split("!")
            assert document.endswith(f"{year}-{style.key}{style.suffix}") and rows
            assert sheet == ([] if style.encoding else ["税源" if "pollutant" in row else "205-1"])
            counted = len(_numbers(rows))
            assert counted == (
                sum(e.typed == row["pollutant"] for e in made.CEMENT.emissions) * 12 if "pollutant" in row else 1
            )
        assert row["quality"] in (1, 2, 3)


def _numbers(rows: str) -> list[int]:
    found: list[int] = []
    for run in rows.split(","):
        whole, _, step = run.partition("/")
        first, _, last = whole.partition("-")
        found += range(int(first), int(last or first) + 1, int(step or 1))
    return found


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
def test_mixed_programs(tmp_path: Path, style: made.Style) -> None:
    """Last year's program wrote otherwise than this year's."""
    other = made.STYLES[(made.STYLES.index(style) + 1) % len(made.STYLES)]
    paths = [
        *made.all_of(tmp_path, made.FOUNDRY, style, ["2022"]),
        *made.all_of(tmp_path, made.FOUNDRY, other, ["2023"]),
    ]
    found = imported(*paths)
    assert bare(found, "pollutants") == alike(made.pollutants(made.FOUNDRY))
    assert bare(found, "activity") == alike(made.bills(made.FOUNDRY))


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
@pytest.mark.parametrize("enterprise", made.ENTERPRISES, ids=lambda enterprise: enterprise.key)
def test_wide_table(tmp_path: Path, enterprise: made.Enterprise, style: made.Style) -> None:
    """The rows of the enterprise alone, both years of one table."""
    from jwdt_xl.assessment import Assessment
    from jwdt_xl.assessment.model import Enterprise

    path = made.form_205_wide(tmp_path, style)
    into = Assessment(enterprise=Enterprise(name=enterprise.name, uscc=enterprise.uscc))
    found = imported(path, into=into)
    assert codes(found, "error") == []
    assert bare(found, "activity") == alike(
        made.bills(enterprise, coefficients=False) if enterprise is not made.FOUNDRY else _whole()
    )
    refused = imported_or_said(path)
    assert "whose-paper" in refused


def _whole() -> list[dict[str, object]]:
    """A wide table does not say what is feedstock."""
    rows = made.bills(made.FOUNDRY, coefficients=False)
    for row, each in zip(rows, made.FOUNDRY.energies, strict=True):
        row["base"], row["report"] = map(float, each.used)
    return rows


def imported_or_said(path: Path) -> list[str]:
    from jwdt_xl.errors import Refused

    with pytest.raises(Refused) as error:
        imported(path)
    return [finding.code for finding in error.value.findings]


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
def test_carbon_table(tmp_path: Path, style: made.Style) -> None:
    """Each year its own heat value: two rows, each 0 in the other year. The product and its output come along."""
    found = imported(*(made.carbon(tmp_path, year, style) for year in made.YEARS))
    assert codes(found, "error") == [] and "burnt-differs" not in codes(found)
    rows = []
    for year in made.YEARS:
        amount, heat, content, oxidation = made.CARBON[year]
        rows.append({
            "kind": "fuel", "name": "烟煤", "unit": "t", "net_calorific_value": float(heat), "carbon_content": float(content),
            "oxidation": float(made.D(oxidation) / 100), "base": float(amount) if year == "2022" else 0,
            "report": float(amount) if year == "2023" else 0,
        })  # fmt: skip
    rows.append({"kind": "electricity", "origin": "grid", "unit": "MWh", "base": 98501.2, "report": 92405.5})
    assert bare(found, "activity") == alike(rows)
    product = found.assessment.product
    assert (product.name, product.unit, product.output.base, product.output.report) == (
        "通用硅酸盐水泥",
        "t",
        1850000,
        1920000,
    )


def test_carbon_table_beside_205_1(tmp_path: Path) -> None:
    """The same coal in two papers is one row with the values of both; the power agrees in other units."""
    style = made.STYLES[0]
    found = imported(made.form_205(tmp_path, made.CEMENT, "2023", style), made.carbon(tmp_path, "2023", style))
    [coal] = [row for row in found.assessment.activity if row.name == "烟煤"]
    assert (coal.report, coal.coefficient, coal.net_calorific_value) == (209872.4, 0.7521, 21.034)
    assert coal.source == ("report: 205-cement-2023-published.xlsx!205-1!7, carbon-2023-published.xlsx!表!5-8")
    assert not {"papers-differ", "papers-differ-in-value"} & set(codes(found))


_AMOUNT = st.decimals(min_value=0, max_value=10**7, places=3, allow_nan=False)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(_AMOUNT, _AMOUNT), min_size=12, max_size=12), water=st.booleans())
def test_any_amounts_to_15_digits(rows: list[tuple[made.D, made.D]], water: bool) -> None:
    """Twelve months of any gas or water and concentration, as numbers and as texts with separators: the sum in decimals."""
    category, pollutant = ("水污染物", "COD") if water else ("大气污染物", "二氧化硫")
    for written in (float, lambda value: f"{value:,f}"):
        grid: list[list[Any]] = [list(made._TAX)]
        for month, (volume, measured) in enumerate(rows, 1):
            grid.append(
                [
                    "Y",
                    f"2023-{month:02}",
                    "口",
                    category,
                    None,
                    pollutant,
                    "自动监测",
                    written(volume),
                    written(measured),
                ]
            )
        found = KINDS[0].read(Sheet("t.xlsx", "税", grid), Wanted(), Problems())
        assert found is not None
        total = float(sum(entry.amount for entry in found.entries if entry.amount is not None))
        exact = sum((volume * measured for volume, measured in rows), made.D(0)) / (1000 if water else 100)
        assert f"{total:.15g}" == f"{float(exact):.15g}" and len(found.entries) == 12
