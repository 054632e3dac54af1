"""A period that a factor's or rule's edition was not in force for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import INFO, Finding, Text
from ...standard import power
from ...standard.editions import AFTER, BEFORE, BY_CODE, GHG_2025
from ..activity import year_of

if TYPE_CHECKING:
    from ..result import Result

_LIES = {
    BEFORE: Text(
        "“{n}”用的是 {e}({d})，报告期 {p} 在其施行之前；请确认应按哪一版",
        "“{n}” goes by {e} ({d}), after the report period {p}; confirm the edition",
    ),
    AFTER: Text(
        "“{n}”用的是 {e}({d})，报告期 {p} 已由新版代替；新版没有的请填自有系数及来源",
        "“{n}” goes by {e} ({d}), replaced before {p}; where the new one has none, enter an own value",
    ),
}
_LATEST = {
    BEFORE: Text(
        "选项 grid_factor_year 取最新公布年份是 {e} 的规则({d})，报告期 {p} 在其施行之前；请确认",
        "option grid_factor_year “latest” is a rule of {e} ({d}), after the report period {p}; confirm",
    ),
    AFTER: Text(
        "报告期 {p} 在 {e} 施行之后({d})，该版按最新公布年份取电网因子；如须按该版，把选项 grid_factor_year 设为 latest",
        "{e} ({d}) takes grid factors of the latest year published; where it holds for {p}, set option grid_factor_year to latest",
    ),
}


def coefficients(result: Result) -> Iterator[Finding]:
    """Coefficients of standard coal by the edition they are printed in, each once."""
    label = result.assessment.periods.report
    year = year_of(label)
    for factor in result.quantities.factors if year else ():
        edition = None if factor.own else BY_CODE.get(factor.source)
        lies = edition.lies(year) if edition and year else None
        if edition and lies:
            text = _LIES[lies].fill(n=factor.name, e=edition.code, d=edition.dates, p=label)
            yield Finding(INFO, f"{lies}-edition", "periods.report", text, "transparency")


def grid_factor_rule(result: Result) -> Iterator[Finding]:
    """Which year's grid factor is taken, by the edition of GB/T 32150 in force."""
    label = result.assessment.periods.report
    year = year_of(label)
    if year is None or not any(bill.year is not None for bill in result.quantities.activity):
        return
    latest = result.options["grid_factor_year"] == power.LATEST
    lies = (
        BEFORE if latest and GHG_2025.lies(year) else AFTER if not latest and year > int(GHG_2025.since[:4]) else None
    )
    if lies:
        text = _LATEST[lies].fill(e=GHG_2025.code, d=GHG_2025.dates, p=label)
        yield Finding(INFO, f"{lies}-edition", "options.grid_factor_year", text, "transparency")


CHECKS = (coefficients, grid_factor_rule)
