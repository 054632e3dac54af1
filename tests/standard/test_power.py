"""Grid factors: every row of the table, names of series, years, and the year that is taken by default."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import power
from jwdt_xl.standard.names import split, table

GOLDEN = Path(__file__).parents[1] / "golden"
GRID = list(csv.DictReader((GOLDEN / "grid_factors.csv").read_text(encoding="utf-8").splitlines()))
#: The years of each series: a row added for a later year is the latest from then on.
YEARS = {row["scope"]: [int(r["year"]) for r in GRID if r["scope"] == row["scope"]] for row in GRID}
NATIONAL, ETS = max(YEARS["national_average"]), max(YEARS["ets_reporting"])


@pytest.mark.parametrize("row", GRID, ids=lambda row: f"{row['scope']}-{row['year']}")
def test_every_row_of_the_table(row: dict[str, str]) -> None:
    found = power.grid_factor(int(row["year"]), row["scope"])
    assert found.value == float(row["value"])
    assert (found.name.zh, found.source, found.confidence) == (row["name_zh"], row["sources"], row["confidence"])


def test_every_row_is_there_once() -> None:
    found = [(f.series, f.year) for f in power.grid_factors()]
    assert len(set(found)) == len(found)
    assert sorted(found) == sorted((row["scope"], int(row["year"])) for row in GRID)


@pytest.mark.parametrize("row", table("grid_factors"), ids=lambda row: f"{row['scope']}-{row['year']}")
def test_every_name_finds_its_series_alone(row: dict[str, str]) -> None:
    for name in (row["scope"], row["name_zh"], *split(row["aliases"])):
        assert power.find_series(f" {name.upper()} ") == row["scope"]


@pytest.mark.parametrize("name", ["annex_b", "energy", "fuels", "gwp", "process", "grid_factors"])
def test_a_source_names_the_notice_or_standard_never_a_site(name: str) -> None:
    sources = {row.get("source") or row.get("sources", "") for row in table(name)}
    document = re.compile(r"notice|GB/T|Tax Law|IPCC|guideline|stoichiometry")
    site = re.compile(r"https?:|www\.|\w\.(com|cn|net|org|ai|html?)\b|newspaper", re.IGNORECASE)
    assert not [source for source in sources if not document.search(source) or site.search(source)]


def test_unknown_series_lists_what_there_is() -> None:
    with pytest.raises(JwdtError, match=r"no grid-factor series “月球”; there are: .*华东") as caught:
        power.find_series("月球")
    assert all(len(text) <= 255 for text in caught.value.text)


def test_never_a_neighbouring_year() -> None:
    for series, years in YEARS.items():
        missing = max(years) + 1
        listed = "、".join(map(str, sorted(years)))
        with pytest.raises(JwdtError, match=f"{series} has no grid factor of {missing}; there are: {listed}$"):
            power.grid_factor(missing, series)


def test_verification_of_2022_used_another_figure_than_the_later_national_average() -> None:
    assert power.grid_factor(2022, "ets_reporting").value == 0.5703
    assert power.grid_factor(2022).value == 0.5366


@pytest.mark.parametrize(
    ("year", "series", "taken"),
    [
        (2023, "national_average", 2023),
        (2022, "national_average", 2022),
        (NATIONAL + 7, "national_average", NATIONAL),
        (2020, "national_average", 2021),  # none before: the first there is
        (None, "national_average", NATIONAL),  # no year in the period's name: the latest
        (ETS + 7, "ets_reporting", ETS),
        (2021, "ets_reporting", 2022),
    ],
)
def test_the_latest_year_not_after_the_period(year: int | None, series: str, taken: int) -> None:
    assert power.nearest_year(year, series) == taken


@pytest.mark.parametrize(
    ("year", "rule", "taken"),
    [
        (2022, power.NOT_AFTER, 2022),
        (2022, power.LATEST, NATIONAL),
        (None, power.LATEST, NATIONAL),
        (2021, power.EACH, 2021),
    ],
)
def test_the_year_by_the_option(year: int | None, rule: str, taken: int) -> None:
    assert power.year_taken(year, "national_average", rule) == taken


def test_thirty_provinces_of_three_years() -> None:
    provinces = {row["scope"] for row in GRID if row["scope"].startswith("province_")}
    assert len(provinces) == 30 and all(YEARS[name] == [2021, 2022, 2023] for name in provinces)


@pytest.mark.parametrize(
    ("region", "series"),
    [
        ("浙江省湖州市", "province_zhejiang"), ("内蒙古自治区包头市", "province_inner_mongolia"), ("内蒙古包头", "province_inner_mongolia"),
        ("陕西省", "province_shaanxi"), ("山西太原", "province_shanxi"), ("Zhejiang, Huzhou", "province_zhejiang"), ("北京市海淀区", "province_beijing"),
        ("西藏自治区", None), ("湖州市", None), ("", None), ("吉林省吉林市", "province_jilin"), ("全国", None),
    ],
)  # fmt: skip
def test_the_province_of_a_region(region: str, series: str | None) -> None:
    assert power.province_of(region) == series


def test_the_formula() -> None:
    assert power.electricity_co2(1500, 0.5306) == pytest.approx(1.5 * 0.5306, rel=1e-15)
