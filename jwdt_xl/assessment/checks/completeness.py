"""Completeness and evidence: what is blank, what cannot be assessed for it, and what nothing supports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard.equivalents import RECORDED, Pollutant
from ...standard.quantities import QUANTITIES
from ...standard.scoring import MODERATE, QUALITATIVE
from .. import who
from ..conditions import both, datum
from ..fields import YES_NO, specs
from ..model import Product
from ..rules import Rule
from ..trace import option_lacking
from .rows import PERIOD_NAMES, TABLE_NAMES, declared, table_of

if TYPE_CHECKING:
    from ...standard.guide import Node
    from ..result import IndicatorResult, Result

YES = dict(YES_NO)[True]
MISSING_BENCHMARK = Rule(
    "missing-benchmark",
    WARNING,
    "completeness",
    Text("缺：基准值，见行业指南", "missing: benchmark of the sector guide"),
    Text(
        "指标 {c}“{n}”没有基准值，不能计分；请填写基准值及其来源",
        "indicator {c} “{n}” has no benchmark and no score; enter the benchmark and its source",
    ),
    datum("benchmark").is_blank(),
)
MISSING_EVIDENCE = Rule(
    "missing-evidence",
    WARNING,
    "objectivity",
    Text("查：请写明证明材料", "check: state the evidence"),
    Text(
        "回答没有证明材料；请写明依据的目录及其年份、文件与条目",
        "the answers have no evidence; name the catalogue and its edition, the document and item",
    ),
    both(datum("evidence").is_blank(), datum("answers").is_filled()),
)
#: What a reason says that is none: the number is not there, or not known.
UNKNOWN_REASONS = (
    "基准",
    "不知道",
    "不清楚",
    "没有数据",
    "无数据",
    "没数据",
    "没有统计",
    "未统计",
    "benchmark",
    "no data",
    "not known",
    "unknown",
)
NO_REASON = Rule(
    "no-reason-for-not-applicable",
    WARNING,
    "objectivity",
    Text("查：没有基准值或数据，不是“不适用”，请清空理由", "check: no benchmark or data is no reason: clear it"),
    Text(
        "指标 {c}“{n}”的不适用理由是“{v}”：没有基准值或数据是不可评价，不是不适用；请清空理由，空着的基准值照样有值，只是没有得分",
        "indicator {c} “{n}” is declared not applicable for “{v}”: without benchmark or data it is not assessable, which is another thing; clear the reason, without a benchmark it has its value but no score",
    ),
    datum("reason").mentions(*UNKNOWN_REASONS),
)
EFFECTIVE_WITHOUT_ESTABLISHED = Rule(
    "effective-without-established",
    WARNING,
    "consistency",
    Text("查：未建立制度却称有效执行", "check: carried out, but not established"),
    Text(
        "未建立管理制度却填“有效执行”，有效执行不计分；请核对两项回答",
        "carried out effectively without an established system: does not count; check both answers",
    ),
    both(datum("established").differs(True, YES), datum("effective").equals(True, YES)),
)


def tables_needed(*nodes: Node) -> set[str]:
    """The tables that indicators are computed from."""
    needs = (key for node in nodes for key in node.whole_needs if key in QUANTITIES)
    return {QUANTITIES[key].table for key in needs} & set(TABLE_NAMES)


def details(result: Result) -> Iterator[Finding]:
    """Who reports, for what boundary and product."""
    assessment, guide = result.assessment, result.guide
    asked = [(f"enterprise.{name}", spec.label) for name, spec in who.needed(guide).items()]
    asked.append(("boundary", who.boundary(guide).label))
    if not guide.is_plain:
        asked += [(f"product.{name}", specs(Product)[name].label) for name in ("name", "unit")]
    for where, label in asked:
        value: object = assessment
        for name in where.split("."):
            value = getattr(value, name)
        if not value:
            text = Text("“{l}”未填写；请补填", "“{l}” is blank; fill it in").fill(l=label)
            yield Finding(WARNING, "blank-detail", where, text, "completeness")


def empty_tables(result: Result) -> Iterator[Finding]:
    """A table without rows that an applicable indicator needs."""
    needed = tables_needed(*(one.node for one in result.indicators if one.state != "not_applicable"))
    for table, name in TABLE_NAMES.items():
        if table in needed and not getattr(result.assessment, table_of(result.assessment, table)):
            text = Text(
                "“{t}”表为空，按缺失处理；确实没有请填一行，数量为 0",
                "the table “{t}” is empty, taken as missing; if there is none, enter one row with 0",
            ).fill(t=name)
            yield Finding(WARNING, "empty-table", table, text, "completeness")


def blank_periods(result: Result) -> Iterator[Finding]:
    """A row with an amount left blank."""
    ignored = {e.place for e in result.quantities.energies if e.share_of_total == 0}
    ignored |= {amount.place for amount in result.quantities.pollutants if amount.kind == RECORDED}
    ignored |= {bill.place for bill in result.quantities.activity if bill.share_of_total == 0 and bill.factor == 0}
    for _, place, row, name in declared(result.assessment):
        for period, label in PERIOD_NAMES.items():
            if getattr(row, period) is None and place not in ignored:
                text = Text(
                    "“{n}”{p}空白，按缺失处理；没有发生请填 0",
                    "“{n}”: {p} is blank, taken as missing; enter 0 if there was none",
                ).fill(n=name, p=label)
                yield Finding(WARNING, "blank-period", f"{place}.{period}", text, "completeness")


def lacking_parameters(result: Result) -> Iterator[Finding]:
    """A pollutant whose equivalents need a measured value or a limit that is blank; or one that needs none."""
    for amount in result.quantities.pollutants:
        for field, code, label in (
            ("parameter", "missing-parameter", Text("实测值", "measured value")),
            ("limit", "missing-limit", Text("排放限值", "discharge limit")),
        ):
            blank = getattr(amount.row, field) is None
            if _needs(amount.pollutant, field) and blank:
                text = Text(
                    "“{n}”缺少{l}，该行按缺失处理；请补填",
                    "“{n}” lacks its {l}, the row is taken as missing; fill it in",
                ).fill(n=amount.pollutant.name, l=label)
                yield Finding(WARNING, code, f"{amount.place}.{field}", text, "completeness")
            elif not blank and not _needs(amount.pollutant, field):
                text = Text("“{n}”不需要{l}，未使用", "“{n}” needs no {l}: not used").fill(
                    n=amount.pollutant.name, l=label
                )
                yield Finding(INFO, "unused-parameter", f"{amount.place}.{field}", text, "transparency")


def _needs(pollutant: Pollutant, field: str) -> bool:
    return pollutant.needs_parameter if field == "parameter" else pollutant.needs_limit


def indicators(result: Result) -> Iterator[Finding]:
    """Every indicator without a value, with the reason and the place to go to."""
    co2e = result.quantities.co2e.report
    if co2e is not None and co2e < 0:
        text = Text(
            "报告期碳排放量为 {v} t，不应为负；请核对输出、回收各行的数量和类别",
            "emissions of the report period are {v} t, must not be negative; check exported and recovered rows",
        ).fill(v=number(co2e))
        yield Finding(ERROR, "negative-carbon", table_of(result.assessment, "greenhouse"), text, "consistency")
    for indicator in result.indicators:
        if indicator.state == "missing":
            text = Text(
                "指标 {c}“{n}”缺失：{r}；请补填，或声明不适用并写明理由",
                "indicator {c} “{n}” is missing: {r}; fill it in, or declare it not applicable with a reason",
            )
        elif indicator.state == "not_assessable":
            text = Text(
                "指标 {c}“{n}”不可评价：{r}；请核对，或声明不适用并写明理由",
                "indicator {c} “{n}”: {r}; check the data, or declare it not applicable with a reason",
            )
        else:
            continue
        where, code = _place(result, indicator), indicator.state.replace("_", "-")
        filled = text.fill(c=indicator.node.code, n=indicator.node.name, r=indicator.reason)
        yield Finding(WARNING, f"{code}-indicator", where, filled, "completeness")


def _place(result: Result, indicator: IndicatorResult) -> str:
    """Where an indicator's value fails: the first quantity that is missing, or not above 0 though divided by."""
    node, formula = indicator.node, indicator.node.algorithm
    if formula.is_entered:
        return f"entered.{node.code}"
    if formula.is_graded:
        asked = ((answer, *answer.split(".")) for answer in formula.answers)
        unanswered = (answer for answer, s, name in asked if getattr(getattr(result.assessment, s), name) is None)
        return next(unanswered, formula.answers[-1])
    needs = [key for key in node.needs if key != "output" or not formula.is_synergy or _per_product(result)]
    uses = node.uses if formula.form else formula.uses(tuple(needs))
    for key, period, divides in uses:
        value = getattr(result.quantities.pair(key), period)
        if value is None or (divides and value <= 0 and indicator.state != "missing"):
            return _source_of(result, key, period)
    return _source_of(result, *uses[0][:2])


def _source_of(result: Result, quantity: str, period: str) -> str:
    """The table or field a quantity comes from in this assessment."""
    assessment = result.assessment
    found = result.guide.quantities[quantity]
    if found.field and any(getattr(assessment, table) for table in found.tables):
        return found.tables[0]
    return table_of(assessment, found.place(period))


def _per_product(result: Result) -> bool:
    return result.options["synergy_basis"] == "per_product"


def missing_benchmarks(result: Result) -> Iterator[Finding]:
    """An indicator that is scored against a benchmark and has none."""
    for indicator in result.indicators:
        if indicator.state == "not_applicable" or indicator.node.attribute in (MODERATE, QUALITATIVE):
            continue
        if MISSING_BENCHMARK.holds(benchmark=indicator.benchmark):
            node = indicator.node
            yield MISSING_BENCHMARK.finding(f"benchmarks.{node.code}", c=node.code, n=node.name)


def reasons(result: Result) -> Iterator[Finding]:
    """A reason for not applicable that says no more than that something is not known."""
    for indicator in result.indicators:
        node, reason = indicator.node, result.assessment.not_applicable.get(indicator.node.code)
        if NO_REASON.holds(reason=reason):
            yield NO_REASON.finding(f"not_applicable.{node.code}", c=node.code, n=node.name, v=reason)


def unstated_options(result: Result) -> Iterator[Finding]:
    """The measure of synergy in force needs a number that has no default."""
    if lacking := option_lacking(result):
        yield Finding(WARNING, "option-not-stated", "options.moderate_score", lacking, "transparency")


def answered(result: Result) -> Iterator[Finding]:
    """Answers on policy and management: evidence for each, and none that contradicts another."""
    policy, management = result.assessment.policy, result.assessment.management
    for name, section, given in (
        ("policy", policy, (policy.recommended, policy.elimination_list)),
        ("management", management, (management.established, management.effective)),
    ):
        answers = next((answer for answer in given if answer is not None), None)
        if MISSING_EVIDENCE.holds(evidence=section.evidence, answers=answers):
            yield MISSING_EVIDENCE.finding(f"{name}.evidence")
    if EFFECTIVE_WITHOUT_ESTABLISHED.holds(established=management.established, effective=management.effective):
        yield EFFECTIVE_WITHOUT_ESTABLISHED.finding("management.effective")


def unused_entries(result: Result) -> Iterator[Finding]:
    """A value entered for an indicator that is computed."""
    for indicator in result.indicators:
        if indicator.node.code in result.assessment.entered and not indicator.node.algorithm.is_entered:
            text = Text(
                "指标 {c}“{n}”由数据算出，直接填报的值未使用；请删去",
                "indicator {c} “{n}” is computed from the data, the entered value is not used; remove it",
            ).fill(c=indicator.node.code, n=indicator.node.name)
            yield Finding(WARNING, "entered-not-used", f"entered.{indicator.node.code}", text, "consistency")


def sources(result: Result) -> Iterator[Finding]:
    """Rows that do not say where their numbers come from: one finding for a table."""
    for table, name in TABLE_NAMES.items():
        rows = getattr(result.assessment, table)
        blank = sum(not row.source for row in rows)
        if blank:
            text = Text(
                "“{t}”表 {all} 行中有 {n} 行未写数据来源；请写台账、监测、结算单等",
                "{n} of {all} rows of the table “{t}” have no source; name ledger, monitoring, bill …",
            ).fill(t=name, n=blank, all=len(rows))
            yield Finding(INFO, "no-source", table, text, "transparency")


CHECKS = (
    details,
    empty_tables,
    blank_periods,
    lacking_parameters,
    indicators,
    missing_benchmarks,
    reasons,
    unstated_options,
    answered,
    unused_entries,
    sources,
)
RULES = (MISSING_BENCHMARK, NO_REASON, MISSING_EVIDENCE, EFFECTIVE_WITHOUT_ESTABLISHED)
