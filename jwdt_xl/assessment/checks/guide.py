"""What the rules of a guide say about a result: what excludes it, and where it strays from the guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, WARNING, Finding, Text, number
from ...standard.guide import PREVIOUS_YEAR, SCORE, VALUE_BASES
from ...standard.guide.nodes import ANSWERS, MEASURE_NAMES, NO, YES
from ...standard.guide.openness import BENCHMARKS, WEIGHTS
from ...standard.names import fold
from ...standard.quantities import VALUE_BASIS
from ..conditions import datum
from ..parts import OWN_NAMES, same_name
from ..result import STATE_NAMES
from ..rules import Rule
from .completeness import MISSING_EVIDENCE, tables_needed
from .rows import TABLE_NAMES, declared

if TYPE_CHECKING:
    from ...standard.guide import Guide, Input, Node
    from ..result import Result


_UNANSWERED = Text(
    "指标 {c}“{n}”没有{m}({s})，指南的排除条件无法判断，不评等级、不排名：{r}",
    "indicator {c} “{n}” has no {m} ({s}), so the guide's condition is not passed: no grade and no rank: {r}",
)


def excluded(result: Result) -> Iterator[Finding]:
    """Conditions of the guide that are met."""
    by_code = {indicator.node.code: indicator for indicator in result.indicators}
    for condition in result.exclusions:
        indicator = by_code[condition.indicator]
        found = indicator.score if condition.measure == SCORE else indicator.value
        if found is None:
            text = _UNANSWERED.fill(
                c=condition.indicator,
                n=indicator.node.name,
                m=MEASURE_NAMES[condition.measure],
                s=STATE_NAMES[indicator.state],
                r=condition.reason,
            )
            yield Finding(WARNING, "excluded", f"indicators.{condition.indicator}", text, "objectivity")
            continue
        limit = (
            Text(f"低于 {number(condition.below)}", f"below {number(condition.below)}")
            if condition.below is not None and found < condition.below
            else Text(f"高于 {number(condition.above or 0.0)}", f"above {number(condition.above or 0.0)}")
        )
        text = Text(
            "指标 {c}“{n}”的{m}为 {v}，{l}，按指南排除，不评等级、不排名：{r}",
            "the {m} of indicator {c} “{n}” is {v}, {l}: excluded by the guide, no grade and no rank: {r}",
        ).fill(
            c=condition.indicator,
            n=indicator.node.name,
            m=Text("得分", "score") if condition.measure == SCORE else Text("值", "value"),
            v=number(found),
            l=limit,
            r=condition.reason,
        )
        yield Finding(WARNING, "excluded", f"indicators.{condition.indicator}", text, "objectivity")


def vetoes(result: Result) -> Iterator[Finding]:
    """Questions of the guide whose answers exclude, or that are not answered; and answers without evidence."""
    for veto in result.vetoed:
        said = result.assessment.vetoes.get(veto.code)
        answer = None if said is None or said.answer is None else ANSWERS[YES if said.answer else NO]
        text = (_VETOED if answer else _NO_ANSWER).fill(q=veto.question, a=answer or "", r=veto.reason)
        yield Finding(WARNING, "excluded", f"vetoes.{veto.code}", text, "objectivity")
    for code, said in result.assessment.vetoes.items():
        if MISSING_EVIDENCE.holds(evidence=said.evidence, answers=said.answer):
            yield MISSING_EVIDENCE.finding(f"vetoes.{code}.evidence")


_VETOED = Text(
    "“{q}”答“{a}”，按指南排除，不评等级、不排名：{r}",
    "“{q}” is answered “{a}”: excluded by the guide, no grade and no rank: {r}",
)
_NO_ANSWER = Text(
    "“{q}”没有回答，指南的否决问题无法判断，不评等级、不排名：{r}；请回答并写明证明材料{a}",
    "“{q}” is not answered, so the guide's veto is not passed: no grade and no rank: {r}; answer it with its evidence{a}",
)


def choices(result: Result) -> Iterator[Finding]:
    """What the return states otherwise than a guide that leaves it not open: the guide's is used."""
    for choice in result.choices:
        if not choice.is_open:
            text = _BOUND.fill(n=choice.name, o=choice.own, g=choice.guides)
            yield Finding(ERROR, DIFFERS[choice.kind], choice.place, text, "consistency")


_BOUND = Text(
    "{n}：所填为 {o}，指南规定 {g}，指南不允许企业自选，已按指南计算 — 请删去自填的内容",
    "{n}: this return says {o}, the guide says {g} and leaves no choice; computed by the guide — delete your own entry",
)
#: The code of each kind of choice that is not open.
DIFFERS = {"options": "option-differs", BENCHMARKS: "benchmark-differs", WEIGHTS: "weights-differ"}


def not_applicable(result: Result) -> Iterator[Finding]:
    """A declaration the guide has no case for, or beside the data of what is said to be not applicable."""
    guide = result.guide
    for indicator in result.indicators:
        node = indicator.node
        if node.code not in result.assessment.not_applicable or node.code in result.approved:
            continue
        place = f"not_applicable.{node.code}"
        if not guide.takes_not_applicable(node):
            yield Finding(ERROR, WITHOUT_CASE, place, _WITHOUT_CASE.fill(c=node.code, n=node.name), "consistency")
        if data := beside(result, node):
            text = _BESIDE.fill(c=node.code, n=node.name, t=data)
            yield Finding(ERROR, BESIDE_DATA, place, text, "consistency")


WITHOUT_CASE, BESIDE_DATA = "not-applicable-without-case", "not-applicable-beside-data"
_WITHOUT_CASE = Text(
    "指标 {c}“{n}”声明不适用，但指南没有规定此指标可以不适用，按缺失计，待评审 — 请清空理由、填写数据，或请评价机构评审",
    "indicator {c} “{n}” is declared not applicable, for which the guide has no case: it counts as missing until reviewed — clear the reason and fill in the data, or ask the evaluator",
)
_BESIDE = Text(
    "指标 {c}“{n}”声明不适用，却填有只用于它的{t} — 请清空理由，或删去数据",
    "indicator {c} “{n}” is declared not applicable, and yet there is data for it alone, {t} — clear the reason, or delete the data",
)


def tables_of(guide: Guide, node: Node) -> list[str]:
    """The tables that an indicator alone uses."""
    return sorted(tables_needed(node) - tables_needed(*(one for one in guide.indicators if one.code != node.code)))


def inputs_of(guide: Guide, node: Node) -> list[Input]:
    """What the guide asks for that an indicator alone uses."""
    others = {key for other in guide.indicators if other.code != node.code for key in other.needs}
    return [each for each in guide.inputs if each.key in node.needs and each.key not in others]


def beside(result: Result, node: Node) -> Text | None:
    """What is filled in for an indicator alone: its entered value, or a table with amounts."""
    if node.algorithm.is_entered:
        return Text("填报值", "the entered value") if node.code in result.assessment.entered else None
    for each in inputs_of(result.guide, node):
        if any(result.assessment.inputs.get(each.code, ())[:2]):
            return Text("填报量“{n}”", "the input “{n}”").fill(n=each.name)
    for table in tables_of(result.guide, node):
        if any(row.base or row.report for row in getattr(result.assessment, table)):
            return Text("“{t}”表", "the table “{t}”").fill(t=TABLE_NAMES[table])
    return None


BASE_PERIOD = Rule(
    "base-period",
    ERROR,
    "consistency",
    Text("查：不是指南规定的基准期", "check: not the base period of the guide"),
    Text(
        "指南规定基准期为 {f}，实为“{g}”；请按规定的基准期填报",
        "the guide fixes the base period {f}, got “{g}”; enter the data of that period",
    ),
    datum("other").equals(1),
)
OTHER_BASIS = Rule(
    "guide-value-basis",
    ERROR,
    "consistency",
    Text("查：不是指南规定的产值口径", "check: not the guide's basis of output value"),
    Text(
        "指南规定产值口径为{f}，实为{g}；请按规定的口径填报",
        "the guide's output value is {f}, got {g}; enter it on that basis",
    ),
    datum("other").equals(1),
)


def base_period(result: Result) -> Iterator[Finding]:
    """Another base period than the guide fixes."""
    fixed, given = result.guide.base_period, result.assessment.periods.base
    if BASE_PERIOD.holds(other=int(is_other_base(result.guide, given))):
        yield BASE_PERIOD.finding("periods.base", f=fixed, g=given)


def is_other_base(guide: Guide, given: str) -> bool:
    fixed = guide.base_period
    return fixed != PREVIOUS_YEAR and bool(given) and not re.search(rf"(?<!\d){fixed}(?!\d)", given)


def basis_needed(guide: Guide) -> str | None:
    """The basis of output value that the guide fixes; the general rule, without benchmarks, leaves it open."""
    nodes = [node for node in guide.indicators if VALUE_BASIS in node.conventions]
    needed, default = guide.output_value_basis, next(iter(VALUE_BASES))
    return needed if nodes and (needed != default or any(node.benchmark for node in nodes)) else None


def is_other_basis(guide: Guide, given: str | None) -> bool:
    needed = basis_needed(guide)
    return needed is not None and (given or next(iter(VALUE_BASES))) != needed


def value_basis(result: Result) -> Iterator[Finding]:
    """Another basis of output value than the guide's."""
    given, needed = result.assessment.output_value.basis, result.guide.output_value_basis
    if OTHER_BASIS.holds(other=int(is_other_basis(result.guide, given))):
        said = VALUE_BASES[given] if given else Text("未填(工业总产值)", "blank (gross output)")
        yield OTHER_BASIS.finding("output_value.basis", f=VALUE_BASES[needed], g=said)


def written_otherwise(result: Result) -> Iterator[Finding]:
    """A row that an indicator would count in the guide's spelling: spreadsheets compare names as they are written."""
    for part in result.guide.parts.values():
        named = (*part.only.materials, *part.only.energies)
        spelled, wanted = {same_name(name) for name in named}, {fold(name): name for name in named}
        for table, place, _, name in declared(result.assessment):
            if table == part.table in OWN_NAMES and fold(name.zh) in wanted and same_name(name.zh) not in spelled:
                text = Text(
                    "“{n}”与指南的“{w}”写法不同，“{q}”没有计入该行；请改为指南的写法",
                    "“{n}” is written otherwise than the guide's “{w}”: not counted in “{q}”; write it as the guide does",
                ).fill(n=name, w=wanted[fold(name.zh)], q=part.name)
                yield Finding(WARNING, "written-otherwise", place, text, "completeness")


CHECKS = (excluded, vetoes, choices, not_applicable, base_period, value_basis, written_otherwise)
RULES = (BASE_PERIOD, OTHER_BASIS)
