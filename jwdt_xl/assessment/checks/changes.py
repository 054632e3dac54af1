"""From the base to the report period: their order, large changes, slips of scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard.equivalents import AMOUNT, MEDIUM_NAMES, RECORDED
from ...standard.guide import PREVIOUS_YEAR
from ...standard.indicators import UNCERTAIN
from ..activity import year_of
from ..conditions import absolute, both, datum, either, rounded
from ..places import Pair
from ..rules import Rule
from .rows import bills_of, declared, table_of

if TYPE_CHECKING:
    from ..result import Result

#: A change beyond this between the periods is questioned.
LARGE = 0.5
#: Chinese scale units 千 and 万: a value this many times another, within a factor of 2, is probably a slip.
SLIPS = (1000, 10000)
#: From the base to the report period, as part of the base; to 6 digits, so that 10 → 15 is exactly 0.5 in any program.
_CHANGE = rounded(datum("change"), 6)


def _slip(times: int) -> Rule:
    unit = {1000: "千", 10000: "万"}[times]
    up = _CHANGE.within(times / 2 - 1, times * 2.0 - 1)
    down = _CHANGE.within(round(1 / (times * 2) - 1, 6), round(2 / times - 1, 6))
    return Rule(
        "scale-slip",
        WARNING,
        "objectivity",
        Text(f"查：两期相差约 {times} 倍，核对单位({unit})", f"check: about {times:,} times apart, look at the unit"),
        Text(
            f"“{{n}}”两期相差约 {times} 倍({{b}} → {{r}})；请核对单位(千、万)",
            f"“{{n}}”: the periods differ about {times} times ({{b}} → {{r}}); check units (千, 万)",
        ),
        either(up, down),
        ("change",),
    )


SLIP_1000, SLIP_10000 = map(_slip, SLIPS)
LARGE_CHANGE = Rule(
    "large-change",
    WARNING,
    "objectivity",
    Text("查：变化超过 ±50 %，属实请在备注说明", "check: changes by over ±50 %; if real, note why"),
    Text(
        "“{n}”变化 {c} %({b} → {r})，超过 ±50 %；请核对，属实则保留并在备注说明",
        "“{n}” changes by {c} % ({b} → {r}), beyond ±50 %; check it, and if it is right say why in the note",
    ),
    absolute(_CHANGE) > LARGE,
    ("change",),
)
#: What a change may say, most important first.
OF_CHANGE = (SLIP_1000, SLIP_10000, LARGE_CHANGE)
#: Another pH is another row with 0 in the other period, so pollutants with a measured value change by design.
BY_DESIGN = both(datum("kind").differs(AMOUNT), datum("kind").differs(RECORDED))
BASE_AFTER_REPORT = Rule(
    "base-after-report",
    ERROR,
    "consistency",
    Text("查：基准期晚于报告期", "check: base period after report period"),
    Text(
        "基准期 {b} 晚于报告期 {r}，基准期应在前；请核对是否填反",
        "base period {b} is after report period {r}, must be before; check whether they are swapped",
    ),
    datum("base_year") > datum("report_year"),
    ("base_year", "report_year"),
)


def periods(result: Result) -> Iterator[Finding]:
    """The base period comes before the report period, in the year before unless the guide fixes another."""
    labels = result.assessment.periods
    base, report = year_of(labels.base), year_of(labels.report)
    if base is None or report is None:
        return
    if BASE_AFTER_REPORT.holds(base_year=base, report_year=report):
        yield BASE_AFTER_REPORT.finding("periods.base", b=labels.base, r=labels.report)
    elif report - base != 1 and result.guide.base_period == PREVIOUS_YEAR:
        text = Text(
            "基准期 {b} 不是报告期 {r} 的上一年；默认与上年比较，请确认",
            "base period {b} is not the year before {r}, the default; confirm",
        ).fill(b=labels.base, r=labels.report)
        yield Finding(INFO, "base-not-previous-year", "periods.base", text, "consistency")


def change(base: float | None, report: float | None) -> float | None:
    """The change between the periods as part of the base; none without both or from 0."""
    return None if base is None or report is None or base <= 0 else (report - base) / base


def of_change(base: float | None, report: float | None) -> Rule | None:
    """What the change between two amounts says: the most important of the rules it breaks."""
    changed = change(base, report)
    if not LARGE_CHANGE.holds(change=changed):  # as every slip is
        return None
    return next(rule for rule in OF_CHANGE if rule.holds(change=changed))


def _change(where: str, name: Text, base: float | None, report: float | None) -> Iterator[Finding]:
    rule = of_change(base, report)
    if rule:
        percent = 100 * (change(base, report) or 0.0)
        yield rule.finding(where, n=name, c=number(percent), b=number(base or 0.0), r=number(report or 0.0))


def changes(result: Result) -> Iterator[Finding]:
    """Rows and totals that change too much to be taken without a second look."""
    kinds = ((amount.place, amount.pollutant.kind) for amount in result.quantities.pollutants)
    by_design = {place for place, kind in kinds if BY_DESIGN.holds({"kind": kind})}
    for _, place, row, name in declared(result.assessment):
        if place not in by_design:
            yield from _change(f"{place}.report", name, row.base, row.report)
    for where, name, pair, rows in _totals(result):
        # The total of a single row would only say the same again.
        if rows != 1:
            yield from _change(where, name, pair.base, pair.report)


def _totals(result: Result) -> Iterator[tuple[str, Text, Pair, int]]:
    """The sums of the tables, and output: place, name, amounts, how many rows they are of."""
    amounts, tables = result.quantities, result.assessment
    for medium, name in MEDIUM_NAMES.items():
        here = (a.kind for a in amounts.pollutants if a.pollutant.medium == medium and a.kind != RECORDED)
        rows = [kind == AMOUNT for kind in here]
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
    for each in result.guide.inputs:
        yield f"inputs.{each.code}.report", each.name, amounts.pair(each.key), 0


def uncertainty(result: Result) -> Iterator[Finding]:
    """Rates of change that the uncertainty of the data could turn round."""
    for where, name, rate, least in _rates(result):
        if abs(rate) < least:
            text = Text(
                "{n}为 {v} %，不到 ±{l} %，在数据不确定度之内：协同度及其得分可能只是误差，请核对两期数据",
                "{n} is {v} %, below ±{l} % and within data uncertainty: the degree of synergy and its score may be mere error; "
                "verify the data of both periods",
            ).fill(n=name, v=number(100 * rate), l=number(100 * least))
            yield _within(where, text)


def unsure(result: Result, intervals: Sequence[tuple[float, float] | None]) -> Iterator[Finding]:
    """The same by the 90 % intervals of both rates, where they have been computed; not what uncertainty() says already."""
    for (where, name, rate, least), interval in zip(_rates(result), intervals, strict=False):
        if interval is not None and interval[0] <= 0 <= interval[1] and abs(rate) >= least:
            text = Text(
                "{n}为 {v} %，按数据质量其 90 % 区间为 {l} 到 {h} %，含 0：是升是降尚不能断定；请核对两期数据，填写各行质量等级或改用更准的数据",
                "{n} is {v} %, its 90 % interval by the quality of the data from {l} to {h} % contains 0: whether it fell cannot be told; "
                "verify the data of both periods, state the quality of each row or use better data",
            )
            low, high = (number(100 * end, 3) for end in interval)
            yield _within(where, text.fill(n=name, v=number(100 * rate), l=low, h=high))


def _rates(result: Result) -> list[tuple[str, Text, float, float]]:
    """Place, name and value of both rates, and below what a rate is uncertain anyway; nothing where indicator 1 has none."""
    synergy = result.synergy
    if synergy is None or not any(i.node.algorithm.is_synergy and i.state == "value" for i in result.indicators):
        return []
    least = max(UNCERTAIN, synergy.floor)
    carbon = table_of(result.assessment, "greenhouse")
    return [
        ("pollutants", Text("污染物减排率", "reduction of pollutants"), synergy.pollutants, least),
        (carbon, Text("碳减排率", "reduction of carbon"), synergy.carbon, least),
    ]


def _within(where: str, text: Text) -> Finding:
    return Finding(WARNING, "within-uncertainty", where, text, "objectivity")


CHECKS = (periods, changes, uncertainty)
RULES = (*OF_CHANGE, BASE_AFTER_REPORT)
