"""From the base to the report period: their order, large changes, slips of scale, and rows entered twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard.equivalents import AMOUNT, MEDIUM_NAMES
from ...standard.greenhouse import find_gas
from ...standard.guide import PREVIOUS_YEAR
from ...standard.indicators import UNCERTAIN
from ...standard.names import fold
from ..activity import canonical, year_of
from ..places import Pair
from .rows import TABLE_NAMES, bills_of, declared, table_of

if TYPE_CHECKING:
    from ..result import Result

#: In what bills of the same thing may differ.
_APART = ("name", "unit", "base", "report", "evidence", "source", "quality", "note")
#: A change beyond this between the periods is questioned.
LARGE_CHANGE = 0.5
#: Chinese scale units 千 and 万: a value this many times another, within a factor of 2, is probably a slip.
SLIPS = (1000, 10000)


def periods(result: Result) -> Iterator[Finding]:
    """The base period comes before the report period, in the year before unless the guide fixes another."""
    labels = result.assessment.periods
    base, report = year_of(labels.base), year_of(labels.report)
    if base is None or report is None:
        return
    if base > report:
        text = Text(
            "基准期 {b} 晚于报告期 {r}，基准期应在前；请核对是否填反",
            "base period {b} is after report period {r}, must be before; check whether they are swapped",
        )
        severity, code = ERROR, "base-after-report"
    elif report - base != 1 and result.guide.base_period == PREVIOUS_YEAR:
        text = Text(
            "基准期 {b} 不是报告期 {r} 的上一年；默认与上年比较，请确认",
            "base period {b} is not the year before {r}, the default; confirm",
        )
        severity, code = INFO, "base-not-previous-year"
    else:
        return
    yield Finding(severity, code, "periods.base", text.fill(b=labels.base, r=labels.report), "consistency")


def scale_slip(one: float | None, other: float | None) -> int | None:
    """1000 or 10000 where two values lie about that many times apart."""
    if not one or not other or one < 0 or other < 0:
        return None
    ratio = max(one / other, other / one)
    return next((slip for slip in SLIPS if slip / 2 <= ratio <= slip * 2), None)


def _change(where: str, name: Text, base: float | None, report: float | None) -> Iterator[Finding]:
    slip = scale_slip(base, report)
    if slip:
        text = Text(
            "“{n}”两期相差约 {f} 倍({b} → {r})；请核对单位(千、万)",
            "“{n}”: the periods differ about {f} times ({b} → {r}); check units (千, 万)",
        ).fill(n=name, f=slip, b=number(base or 0.0), r=number(report or 0.0))
        yield Finding(WARNING, "scale-slip", where, text, "objectivity")
    elif base is not None and report is not None and base > 0 and abs(report - base) > LARGE_CHANGE * base:
        text = Text(
            "“{n}”变化 {c} %({b} → {r})，超过 ±50 %；请核对，属实则保留并在备注说明",
            "“{n}” changes by {c} % ({b} → {r}), beyond ±50 %; check it, and if it is right say why in the note",
        ).fill(n=name, c=number(100 * (report - base) / base), b=number(base), r=number(report))
        yield Finding(WARNING, "large-change", where, text, "objectivity")


def changes(result: Result) -> Iterator[Finding]:
    """Rows and totals that change too much to be taken without a second look."""
    classed = {amount.place for amount in result.quantities.pollutants if amount.pollutant.kind != AMOUNT}
    for _, place, row, name in declared(result.assessment):
        # Another pH is another row with 0 in the other period, so rows with a measured value change by design.
        if place not in classed:
            yield from _change(f"{place}.report", name, row.base, row.report)
    for where, name, pair, rows in _totals(result):
        # The total of a single row would only say the same again.
        if rows != 1:
            yield from _change(where, name, pair.base, pair.report)


def _totals(result: Result) -> Iterator[tuple[str, Text, Pair, int]]:
    """The sums of the tables, and output: place, name, amounts, how many rows they are of."""
    amounts, tables = result.quantities, result.assessment
    for medium, name in MEDIUM_NAMES.items():
        rows = [a.pollutant.kind == AMOUNT for a in amounts.pollutants if a.pollutant.medium == medium]
        total = Text("{m}污染物当量合计", "equivalents, {m}").fill(m=name)
        yield "pollutants", total, amounts.media[medium], 0 if rows == [False] else len(rows)
    for table, name, pair in (
        ("greenhouse", Text("碳排放量合计", "total emissions"), amounts.co2e),
        ("energy", Text("一次能源消费合计", "total primary energy"), amounts.primary_tce),
    ):
        yield table_of(tables, table), name, pair, len(getattr(tables, table)) + len(bills_of(tables, table))
    yield "materials", Text("原辅料合计", "total materials"), amounts.material_kg, len(tables.materials)
    residual = Text("余能利用合计", "total residual energy")
    yield "residual_energy", residual, amounts.residual_kj, len(tables.residual_energy)
    output = "products" if tables.products else "product.output.report"
    yield output, Text("产品产量", "output"), amounts.output, len(tables.products)
    yield "output_value.report", Text("产值", "output value"), amounts.value_10k, 0


def uncertainty(result: Result) -> Iterator[Finding]:
    """Rates of change that the uncertainty of the data could turn round."""
    synergy = result.synergy
    if synergy is None or not any(i.node.algorithm.is_synergy and i.state == "value" for i in result.indicators):
        return
    for where, name, rate in (
        ("pollutants", Text("污染物减排率", "reduction of pollutants"), synergy.pollutants),
        (table_of(result.assessment, "greenhouse"), Text("碳减排率", "reduction of carbon"), synergy.carbon),
    ):
        if abs(rate) < UNCERTAIN:
            text = Text(
                "{n}为 {v} %，不到 ±1 %，在数据不确定度之内；解读协同度时请注意",
                "{n} is {v} %, below ±1 % and within data uncertainty; read the degree of synergy with care",
            ).fill(n=name, v=number(100 * rate))
            yield Finding(INFO, "within-uncertainty", where, text, "objectivity")


def duplicates(result: Result) -> Iterator[Finding]:
    """Rows that say the same of the same thing: they are added."""
    kinds: dict[str, Any] = {a.place: (a.pollutant, a.row.parameter, a.row.limit) for a in result.quantities.pollutants}
    for i, gas in enumerate(result.assessment.greenhouse):
        kinds[result.assessment.place("greenhouse", i)] = (gas.category, find_gas(gas.gas).code, gas.biomass)
    for e in result.quantities.energies:
        row = e.row
        extras = (row.origin, row.feedstock, row.non_fossil, row.coefficient, row.net_calorific_value)
        kinds[e.place] = (e.energy, *extras)
    for bill in result.quantities.activity:
        says = dataclasses.asdict(bill.row)
        kinds[bill.place] = (canonical(bill.row), *(v for k, v in says.items() if k not in _APART))
    first: dict[tuple[str, Any], str] = {}
    for table, place, _, name in declared(result.assessment):
        kind = kinds.get(place, fold(name.zh))
        before = first.setdefault((table, kind), place)
        if before != place:
            text = Text(
                "“{t}”表中“{n}”出现两次(另见 {b})，数量相加；请确认没有重复填报",
                "“{n}” stands twice in the table “{t}” (also {b}), the amounts are added; make sure it is not entered twice",
            ).fill(t=TABLE_NAMES[table], n=name, b=before)
            yield Finding(INFO, "duplicate-row", place, text, "consistency")


CHECKS = (periods, changes, uncertainty, duplicates)
