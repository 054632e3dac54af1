"""Pollutants: the user's own equivalent values, and pollutants that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, INFO, WARNING, Finding, Text, joined, number
from ...standard import equivalents as eq
from ..amounts import own_of
from ..excuses import is_no_reason
from ..required import stated

if TYPE_CHECKING:
    from ..result import Result


def own_values(result: Result) -> Iterator[Finding]:
    """Own equivalent values: what they replace, and whether any row uses them."""
    used = {amount.pollutant for amount in result.quantities.pollutants}
    table = {pollutant.item: pollutant for pollutant in eq.pollutants()}
    for i, row in enumerate(result.assessment.own_equivalents):
        place = result.assessment.place("own_equivalents", i)
        own = own_of(row)
        for reason in [r for _, r, _ in eq.refusals(row.pollutant)] if row.value is None else ():
            text = Text(
                "“{n}”声明为只记录、不计入；请确认不属于应计入的项目：{r}",
                "“{n}” is declared to be recorded, not counted; make sure that it is nothing that counts: {r}",
            ).fill(n=row.pollutant, r=reason)
            yield Finding(WARNING, "doubtful-recorded", f"{place}.pollutant", text, "completeness")
        if own.item in table:
            replaced = table[own.item]
            text = Text(
                "“{n}”用自定当量值 {v} {u}，代替附录B的 {w} {x}；请确认",
                "“{n}” takes the own equivalent value {v} {u} instead of {w} {x} of Annex B; confirm",
            ).fill(n=own.name, v=number(own.value), u=own.unit, w=number(replaced.value), x=replaced.unit)
            yield Finding(INFO, "own-value-replaces", f"{place}.value", text, "transparency")
        if own not in used:
            text = Text(
                "没有污染物行使用“{n}”的自定当量值；请核对名称和介质",
                "no pollutant row uses the own equivalent value of “{n}”; check name and medium",
            ).fill(n=own.name)
            yield Finding(WARNING, "own-value-unused", f"{place}.pollutant", text, "consistency")


def _emitted(result: Result) -> dict[tuple[str, str], tuple[eq.Pollutant, str]]:
    """The pollutants with an amount above 0, by item, each with the path of its first row."""
    found: dict[tuple[str, str], tuple[eq.Pollutant, str]] = {}
    for amount in result.quantities.pollutants:
        if any(amount.amounts):
            found.setdefault(amount.pollutant.item, (amount.pollutant, amount.place))
    return found


def alternatives(result: Result) -> Iterator[Finding]:
    """COD/BOD5/TOC and coliforms/chlorine: which one was kept and which left out, or that all were counted."""
    emitted = _emitted(result)
    for items in eq.OVERLAPS.values():
        here = [item for item in items if item in emitted]
        out = [item for item in here if item in result.quantities.overlaps_not_counted]
        kept = joined([emitted[item][0].name for item in here if item not in out])
        if out:
            text = Text(
                "计入{k}，不计{o}：二者反映同类污染，只计当量最大者",
                "{k} is counted, {o} left out: they measure the same, only the one with the most equivalents counts",
            ).fill(k=kept, o=joined([emitted[item][0].name for item in out]))
            yield Finding(INFO, "overlap-left-out", f"{emitted[out[0]][1]}.pollutant", text, "consistency")
        elif len(here) > 1:
            text = Text("{k} 反映同类污染，按选项全部计入", "{k} measure the same and are all counted, by option").fill(
                k=kept
            )
            yield Finding(INFO, "overlap-all-counted", f"{emitted[here[1]][1]}.pollutant", text, "consistency")


def contained(result: Result) -> Iterator[Finding]:
    """Total chromium and Cr(VI), dust classes: counted together, though one may contain the other."""
    emitted = _emitted(result)
    for group in eq.overlaps_counted(emitted):
        text = Text(
            "{all} 可能重叠，现全部计入；请确认同一排放没有填两次",
            "{all} may overlap and are all counted; make sure that nothing is entered twice",
        ).fill(all=joined([pollutant.name for pollutant in group]))
        yield Finding(WARNING, "overlapping-counted", f"{emitted[group[1].item][1]}.pollutant", text, "consistency")


def required(result: Result) -> Iterator[Finding]:
    """Pollutants that the guide requires: those left out, and those that are said not to be emitted."""
    asked = stated(result)
    if lacking := [each.required.title for each in asked if each.is_lacking]:
        yield Finding(ERROR, "required-pollutant", "pollutants", _LACKING.fill(n=joined(lacking)), "completeness")
    for each in asked:
        if each.is_zero:
            place = f"{each.rows[0].place}.note"
            if each.is_unexplained:
                text = _UNEXPLAINED.fill(n=each.required.title)
                yield Finding(ERROR, "required-without-reason", place, text, "completeness")
            else:
                why = next(a.row.note for a in each.rows if not is_no_reason(a.row.note))
                text = _NOT_EMITTED.fill(n=each.required.title, r=why)
                yield Finding(INFO, "required-not-emitted", place, text, "completeness")


_LACKING = Text(
    "缺指南规定必报的{n}：漏报会使得分偏高 — 请各补一行、填两期数量；确无排放的两期填 0，并在备注中写明原因",
    "{n}: required by the guide and left out, which raises the score — add a row for each with both amounts; where there is none, 0 in both, and say why in the note",
)
_UNEXPLAINED = Text(
    "指南规定必报的{n}两期均填 0，备注没有写明原因 — 请在备注中写明为何没有排放",
    "{n}, required by the guide, is 0 in both periods without a reason in its note — say there why there is none",
)
_NOT_EMITTED = Text(
    "指南规定必报的{n}声明没有排放（两期为 0）：{r}",
    "{n}, required by the guide, is declared not to be emitted (0 in both periods): {r}",
)

CHECKS = (own_values, alternatives, contained, required)
