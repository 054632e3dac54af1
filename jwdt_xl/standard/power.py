"""CO2 of purchased power: kWh × the grid's emission factor of a year and series."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text
from .names import Index, fold, split, table

DEFAULT_SERIES = "national_average"
#: Which year's factor is taken [choice]: the latest not after the report year or the latest published, one for both
#: periods, or that of each period.
NOT_AFTER, LATEST, EACH = "not_after", "latest", "each"
#: Figures that are footprints (kgCO2e/kWh, with the making of fuels and plants) and no emission factors of power.
FOOTPRINTS = (0.6205, 0.5777)
_PROVINCE = "province_"


class GridFactor(NamedTuple):
    """t CO2 per MWh of a series in a year."""

    series: str
    name: Text
    year: int
    value: float
    source: str
    confidence: str


@cache
def grid_factors() -> tuple[GridFactor, ...]:
    return tuple(
        GridFactor(
            row["scope"],
            Text(row["name_zh"], row["scope"].replace("_", " ")),
            int(row["year"]),
            float(row["value"]),
            row["sources"],
            row["confidence"],
        )
        for row in table("grid_factors")
    )


@cache
def named_series() -> tuple[tuple[str, list[str]], ...]:
    """Every series with its names."""
    names: dict[str, list[str]] = {}
    for row in table("grid_factors"):
        known = names.setdefault(row["scope"], [])
        for name in (row["scope"], row["name_zh"], *split(row["aliases"])):
            if name not in known:
                known.append(name)
    return tuple(names.items())


@cache
def _series() -> Index[str]:
    return Index(named_series())


def find_series(name: str) -> str:
    """The series of this name (全国, 华东, ets_reporting …)."""
    found = _series().find(name)
    if found:
        return found[0]
    offered = "、".join(names[2] for _, names in named_series())  # the short ones: a cell's text has its limit
    raise JwdtError(
        Text("没有电网因子序列“{v}”，可用：{o}", "no grid-factor series “{v}”; there are: {o}").fill(v=name, o=offered),
        "unknown-series",
    )


def years(series: str) -> tuple[int, ...]:
    """The years for which a series has a factor, in order."""
    return tuple(sorted(factor.year for factor in grid_factors() if factor.series == series))


def grid_factor(year: int, series: str = DEFAULT_SERIES) -> GridFactor:
    """The factor of a series in a year; never of a neighbouring year."""
    for factor in grid_factors():
        if (factor.series, factor.year) == (series, year):
            return factor
    raise JwdtError(
        Text("{s} 没有 {y} 年的电网因子，有：{h}", "{s} has no grid factor of {y}; there are: {h}").fill(
            s=series, y=year, h="、".join(map(str, years(series)))
        ),
        "no-grid-factor",
    )


def nearest_year(year: int | None, series: str = DEFAULT_SERIES) -> int:
    """The latest year with a factor not after this one, else the first there is [choice].

    A result takes this one factor for both periods: with each period's own, a cleaner grid would count as the
    enterprise's reduction.
    """
    known = years(series)
    return max((y for y in known if year is None or y <= year), default=known[0])


def year_taken(year: int | None, series: str, rule: str = NOT_AFTER) -> int:
    """The year of the factor for a period of this year."""
    return nearest_year(None if rule == LATEST else year, series)


@cache
def series_choices() -> tuple[tuple[str, Text], ...]:
    """Every series by its code, for an option, under its first short names."""
    short = ((series, names[2:]) for series, names in named_series())
    return tuple((series, Text(names[0], next(filter(str.isascii, names)))) for series, names in short)


def province_of(region: str) -> str | None:
    """The series of the province that a region (浙江省湖州市) begins with."""
    for series, names in named_series():
        if series.startswith(_PROVINCE) and any(fold(region).startswith(fold(name)) for name in names):
            return series
    return None


def electricity_co2(kwh: float, factor: float) -> float:
    """CO2 (t) of power: kWh / 1000 × t CO2 per MWh."""
    return kwh / 1000 * factor
