"""Which period a number is of: by the year its paper says and the labels that are there, or as the user said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..assessment.activity import year_of
from ..messages import ERROR, INFO, Finding, Text
from .drafts import BASE, PERIODS, REPORT


class Periods(NamedTuple):
    """The labels of both periods, and the period of what says no year of its own."""

    labels: dict[str, str]
    default: str | None

    def of(self, label: str | None) -> str | None:
        """The period of a paper's label; None where it is neither's, or is not told."""
        if label is None:
            return self.default
        for period in PERIODS:
            known = self.labels.get(period, "")
            if known and (
                known == label or (year_of(known) is not None and year_of(known) == year_of(label) and len(known) <= 5)
            ):
                return period if self.default in (None, period) else None
        return None


def decide(labels: dict[str, str], wanted: str | None, said: Iterable[str | None], findings: list[Finding]) -> Periods:
    """The periods: those typed; else of the years that the papers say the last is the report period, the one before the base.

    wanted: the period that the user says all papers are of.
    """
    known = {period: label for period, label in labels.items() if label}
    if len(known) == len(PERIODS):
        return Periods(known, wanted)
    years = sorted({label for label in said if label})
    if not known and years:
        chosen = _by_years(years, wanted)
        if chosen is None:
            text = Text(
                "材料涉及 {n} 个年份（{y}），不知道哪两年是基准期和报告期 — 请用 --into 给出已填两期的文件",
                "the papers are of {n} years ({y}) and which are the base and report period is not known — give a file with both by --into",
            )
            findings.append(Finding(ERROR, "which-periods", "periods", text.fill(n=len(years), y="、".join(years))))
            return Periods({}, wanted)
        known = chosen
        text = Text(
            "按材料年份：基准期 {b}，报告期 {r}", "by the years of the papers: base period {b}, report period {r}"
        )
        findings.append(Finding(INFO, "periods-by-papers", "periods", text.fill(b=known[BASE], r=known[REPORT])))
    elif known:
        [(period, label)] = known.items()
        year = year_of(label)
        if year is not None and label == str(year):
            known[REPORT if period == BASE else BASE] = str(year + (1 if period == BASE else -1))
    return Periods(known, wanted)


def _by_years(years: list[str], wanted: str | None) -> dict[str, str] | None:
    numbers = [year_of(label) for label in years]
    if any(number is None for number in numbers):
        return dict(zip(PERIODS, years, strict=True)) if len(years) == len(PERIODS) and wanted is None else None
    if len(years) == len(PERIODS) and wanted is None:
        return dict(zip(PERIODS, years, strict=True))
    if len(years) != 1:
        return None
    year = int(years[0][:4])
    return {BASE: str(year), REPORT: str(year + 1)} if wanted == BASE else {BASE: str(year - 1), REPORT: str(year)}
