"""What papers say against the whole: permits against what is reported, totals of carbon reports against the bills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..assessment import Assessment, evaluate
from ..assessment.tables import PollutantRow
from ..errors import JwdtError
from ..messages import INFO, WARNING, Finding, Text, number
from ..standard.equivalents import find_pollutant, refusals
from ..standard.names import fold
from ..standard.units import BY_CODE, find_unit
from .drafts import PERIODS
from .paper import Permitted, Sum

#: A report counts what the bills do not (processes, other gases), so more than this part is told, as a question [choice].
_WITHIN = 0.05


def checks(assessment: Assessment, permitted: Sequence[Permitted], sums: Iterable[tuple[str, Sum]]) -> list[Finding]:
    """The findings of all papers together."""
    return [*_permits(assessment, permitted), *_totals(assessment, sums)]


def _permits(assessment: Assessment, permitted: Sequence[Permitted]) -> Iterable[Finding]:
    for each in permitted:
        rows = [row for row in assessment.pollutants if row.medium == each.medium and _is_meant(row, each.pollutant)]
        if not rows:
            text = Text(
                "许可证列有“{n}”，污染物表没有 — 有排放请填写，没有请在备注说明",
                "the permit lists “{n}”, the table of pollutants does not — enter it if it is discharged, else say so in a note",
            )
            yield Finding(INFO, "permitted-not-reported", each.cell, text.fill(n=each.pollutant), "completeness")
            continue
        if each.most is None or each.least is None:
            continue
        for period in PERIODS:
            amounts = [_tonnes(row, period) for row in rows]
            known = [amount for amount in amounts if amount is not None]
            total = sum(known, Fraction(0))
            if total > each.least:
                text = Text(
                    "“{n}”{p}填报 {a} t，许可 {l} — 请核对填报数和许可证",
                    "of “{n}” {a} t are reported in the {p}, permitted are {l} — check both",
                )
                least, most = number(float(each.least), 6), number(float(each.most), 6)
                years = (
                    Text(f"{least} t/a", f"{least} t/a")
                    if each.least == each.most
                    else Text(f"各年 {least}–{most} t/a", f"{least}–{most} t/a by year")
                )
                filled = text.fill(n=each.pollutant, p=_PERIOD[period], a=number(float(total), 6), l=years)
                yield Finding(WARNING, "above-permit", each.cell, filled, "consistency")


_PERIOD = {"base": Text("基准期", "base period"), "report": Text("报告期", "report period")}


def _is_meant(row: PollutantRow, permitted: str) -> bool:
    """Whether a row is of what a permit names; particulates there are all kinds of dust here."""
    try:
        return find_pollutant(row.pollutant, row.medium) == find_pollutant(permitted, row.medium)
    except JwdtError:
        return fold(row.pollutant) == fold(permitted) or any(
            row.pollutant in choices for choices, _, _ in refusals(permitted)
        )


def _tonnes(row: PollutantRow, period: str) -> Fraction | None:
    amount = getattr(row, period)
    unit = BY_CODE.get(row.unit)
    if amount is None or unit is None or unit.dimension != "mass":
        return None
    return Fraction(str(amount)) * Fraction(str(unit.factor)) / Fraction(str(find_unit("t", ["mass"]).factor))


def _totals(assessment: Assessment, sums: Iterable[tuple[str, Sum]]) -> Iterable[Finding]:
    stated = [(period, each) for period, each in sums if each.amount]
    if not stated:
        return
    try:
        quantities = evaluate(assessment).quantities
    except JwdtError:  # said where it is evaluated
        quantities = None
    for period, each in stated:
        total = None if quantities is None else quantities.co2e if each.quantity == "co2e" else quantities.primary_tce
        computed = None if total is None else getattr(total, period)
        filled = {"s": number(float(each.amount), 6), "c": number(computed or 0, 6), "p": _PERIOD[period]}
        if computed is None:
            yield Finding(INFO, "total-not-compared", each.cell, _NOT_COMPARED.fill(**filled), "consistency")
        elif abs(computed / float(each.amount) - 1) > _WITHIN:
            severity, code, text = _DIFFERS[each.quantity]
            yield Finding(severity, code, each.cell, text.fill(**filled), "consistency")


_NOT_COMPARED = Text(
    "报告所写的合计 {s} 无法核对：{p}的账单还不全 — 填齐后请自行核对",
    "the total stated, {s}, cannot be compared: the bills of the {p} are not complete — compare it once they are",
)
#: Energy in all depends on what power is counted by, so it is a question only.
_DIFFERS = {
    "co2e": (WARNING, "carbon-total-differs", Text(
        "报告的温室气体排放总量为 {s} t，按现有账单和温室气体表算得 {c} t — 请核对是否缺少过程排放、其他气体或燃料",
        "the report states {s} t in all, {c} t follow from bills and greenhouse gases as entered — check whether processes, gases or fuels lack",
    )),
    "tce": (INFO, "energy-total-differs", Text(
        "报告的综合能耗为 {s} tce，按现有账单算得 {c} tce — 请核对电力折标系数（当量或等价）和是否缺少能源",
        "the report states {s} tce in all, {c} tce follow from the bills — check the coefficient of power and whether energies lack",
    )),
}  # fmt: skip
