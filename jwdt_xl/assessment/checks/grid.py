"""The grid factors of bills: their years and series, and what the enterprise's region has of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import INFO, WARNING, Finding, Text
from ...standard import power
from ..activity import year_of
from .bills import is_used

if TYPE_CHECKING:
    from ..result import Result


def factor_year(result: Result) -> Iterator[Finding]:
    """The year of a grid factor against the periods: one factor holds for both [choice]. Once for each factor."""
    labels = result.assessment.periods
    told = set()
    for bill in result.quantities.activity:
        grid = next((factor.name for factor in bill.factors if factor.kind == "co2"), None)
        if bill.year is None or grid in told or not is_used(bill):
            continue
        told.add(grid)
        if result.options["grid_factor_year"] == power.EACH and (bill.year, bill.base_year) == tuple(
            map(year_of, (labels.report, labels.base))
        ):
            text = Text(
                "报告期 {r} 用“{n}”，基准期 {b} 用其当年因子 [choice]：电网自身的变化也计入减排率",
                "“{n}” is used for the report period {r}, and for the base period {b} its own year's [choice]: a change of the grid counts in the rates too",
            )
            code = "each-period-its-factor"
        elif bill.year == year_of(labels.report):
            text = Text(
                "“{n}”同时用于报告期 {r} 和基准期 {b} [choice]：电网自身的变化不算企业减排；要各用当年因子，请分两行填写",
                "“{n}” is used for the report period {r} and for the base period {b} [choice], so that a change of the grid is no reduction of yours; for each year's own factor use two rows",
            )
            code = "one-factor-for-both-periods"
        else:
            text = Text(
                "“{n}”是 {y} 年的因子，报告期为 {r}；该因子同时用于基准期 {b} [choice]。有当年因子时请填自有排放因子及其来源",
                "“{n}” is a factor of {y}, the report period is {r}; it is used for the base period {b} too [choice]. If there is a factor of the year, enter it as own factor with its source",
            )
            code = "factor-of-another-year"
        filled = text.fill(n=grid, y=bill.year, r=labels.report, b=labels.base)
        yield Finding(INFO, code, f"{bill.place}.factor_year", filled, "transparency")


def mixed_grid_factors(result: Result) -> Iterator[Finding]:
    """Bills whose grid factors are of different series or years."""
    first = None
    for bill in result.quantities.activity:
        grid = next((factor.name for factor in bill.factors if factor.kind == "co2"), None)
        if bill.year is None or grid is None or not is_used(bill):
            continue
        first = first or grid
        if grid != first:
            text = Text(
                "“{n}”与前面账单的“{f}”序列或年份不同；请确认各行为何不同，一般应统一",
                "“{n}” is of another series or year than “{f}” of the bills before; say why, as a rule they are the same",
            ).fill(n=grid, f=first)
            yield Finding(WARNING, "mixed-grid-factors", f"{bill.place}.factor_series", text, "consistency")
            return


def province(result: Result) -> Iterator[Finding]:
    """The enterprise's region has a factor of its own: a proposal, which changes nothing."""
    found = power.province_of(result.assessment.enterprise.region)
    if found is None or result.options["grid_series"] != power.DEFAULT_SERIES:
        return
    for bill in result.quantities.activity:
        if bill.year is not None and not bill.row.factor_series and is_used(bill):
            text = Text(
                "用电按全国平均因子；企业所在省有省级因子“{s}”，需要时在选项“电网因子序列”中选用，或由指南统一规定",
                "power is counted by the national average; there is a factor of the province, “{s}”: choose it by option grid_series where it is asked for, or let the guide fix it",
            ).fill(s=Text(*dict(power.series_choices())[found]))
            yield Finding(INFO, "province-factor", "options.grid_series", text, "transparency")
            return


CHECKS = (factor_year, mixed_grid_factors, province)
