"""The lists of a report, each row a text by the names declared in `fields`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..assessment import plan as planning
from ..assessment.evaluate import alternatives
from ..assessment.fields import YES_NO, specs
from ..assessment.result import STATE_NAMES, Result
from ..assessment.tables import TABLES
from ..assessment.uncertainty import Uncertainty, sentences
from ..messages import Text, number, shown
from ..standard.editions import EDITIONS
from ..standard.guide import Guide
from ..standard.guide.options import BY_NAME
from ..standard.indicators import CASE_NAMES
from ..standard.method import OF_ENTERED, RULES, Rule
from ..standard.scoring import MODERATE
from ..standard.uncertainties import BLANK_GRADE, of_grade
from ..standard.units import unit_label
from ..workbook.plan import SHEETS
from ..workbook.sheets import result_texts as texts
from ..workbook.sheets.steps import steps
from .shown import NONE, amount, percent, points, span

Row = dict[str, str]


def lists_of(result: Result, sure: Uncertainty) -> dict[str, list[Row]]:
    """Every list by its name."""
    indicators = list(_indicators(result, sure))
    lost = sorted(
        (place for place, i in enumerate(result.indicators) if i.lost is not None and round(i.lost, 6) > 0),
        key=lambda place: -(result.indicators[place].lost or 0.0),
    )
    plain = result.guide.is_plain
    reasons = [*(each.reason for each in result.exclusions), *(each.reason for each in result.vetoed)]
    return {
        "indicators": indicators,
        "losses": [{key: indicators[place][key] for key in ("code", "name", "lost", "step")} for place in lost],
        "first_levels": [
            {"code": g.node.code, "name": str(g.node.name), "score": points(g.score), "weight": percent(g.weight)}
            for g in result.first_levels
        ],
        "quantities": list(_quantities(result)),
        "data": list(_data(result)),
        "factors": [
            {
                "name": str(f.name), "value": number(f.value, 6), "unit": str(unit_label(f.unit)), "source": f.source,
                "own": str(dict(YES_NO)[True]) if f.own else "",
            }
            for f in result.quantities.factors
        ],
        "rules": [{"mark": mark, "text": str(rule)} for mark, rule in rules_of(result.guide)],
        "options": list(_options(result)),
        "editions": [
            {"code": str(e.name), "name": str(e.title), "used": str(e.used), "dates": str(e.told)} for e in (() if plain else EDITIONS)
        ],
        "choices": [
            {"name": str(c.name), "own": str(c.own), "guides": str(c.guides), "counts": str(dict(YES_NO)[c.is_open])}
            for c in result.choices
        ],
        "exclusions": [{"text": str(reason)} for reason in reasons],
        "findings": [
            {
                "severity": str(texts.SEVERITIES[f.severity]), "principle": str(texts.PRINCIPLES[f.principle]),
                "place": shown(f.where), "text": str(f.text),
            }
            for f in result.findings
        ],
        "sure": [{"text": str(said)} for said in sentences(result, sure)],
        "alternatives": [] if result.total is None or plain else [
            {"name": str(name), "total": str(reason) if total is None else points(total)}
            for name, total, reason in alternatives(result.assessment, result.guide)
        ],
        "plan": list(_plan(result)),
    }  # fmt: skip


def rules_of(guide: Guide) -> Sequence[Rule]:
    """The rules that a guide's results rest on."""
    return OF_ENTERED if guide.is_plain else RULES


def _indicators(result: Result, sure: Uncertainty) -> Iterator[Row]:
    intervals = sure.scores or (None,) * len(result.indicators)
    for indicator, step, interval in zip(result.indicators, steps(result), intervals, strict=True):
        node, benchmark = indicator.node, indicator.benchmark
        value = NONE if indicator.value is None else number(indicator.value, 6)
        if indicator.value is None and node.attribute == MODERATE and result.synergy is not None:
            value = str(CASE_NAMES[result.synergy.case])
        source = (benchmark.source, benchmark.year, benchmark.basis) if benchmark else ()
        yield {
            "code": node.code,
            "name": str(node.name),
            "first_level": str(result.guide.first_level(node).name),
            "unit": str(node.unit),
            "state": str(STATE_NAMES[indicator.state]),
            "value": value,
            "benchmark": number(benchmark.value, 6) if benchmark else NONE,
            "benchmark_source": ", ".join(str(part) for part in source if part),
            "score": points(indicator.score),
            "interval": span(interval) if indicator.score is not None else NONE,
            "weight": percent(indicator.weight),
            "weighted": points(indicator.weighted),
            "lost": points(indicator.lost),
            "how": str(indicator.derivation),
            "marks": " ".join(f"[{mark}]" for mark in indicator.marks),
            "step": step,
        }


def _quantities(result: Result) -> Iterator[Row]:
    for key, quantity in result.guide.quantities.items():
        pair = result.quantities.pair(key)
        change = None
        if pair.base and pair.report is not None:
            change = pair.report / pair.base - 1
        yield {
            "name": str(quantity.name),
            "unit": str(quantity.unit),
            "base": amount(pair.base),
            "report": amount(pair.report),
            "change": NONE if change is None else f"{change:+.2%}",
        }


def _data(result: Result) -> Iterator[Row]:
    assessment = result.assessment
    for table in TABLES:
        for i, row in enumerate(getattr(assessment, table)):
            if not hasattr(row, "report"):  # equivalent values: among the factors
                continue
            name, unit = planning.called(assessment, assessment.place(table, i))
            origin = [_label(row, field) for field in ("medium", "category", "origin")]
            beside = [str(getattr(row, field, "") or "") for field in ("evidence", "note")]
            yield {
                "table": str(SHEETS[table]),
                "name": name or _label(row, "kind"),
                "origin": " ".join(filter(None, origin)),
                "unit": str(unit_label(unit)),
                "base": amount(row.base),
                "report": amount(row.report),
                "source": str(getattr(row, "source", "") or ""),
                "quality": _quality(row, result.guide.sureness),
                "note": "; ".join(filter(None, beside)),
            }
    yield from _entered(result)


def _entered(result: Result) -> Iterator[Row]:
    """What a guide asks for besides: its own inputs by period, and indicators that are entered, with what they rest on."""
    assessment, guide = result.assessment, result.guide
    for each in guide.inputs:
        given = assessment.inputs.get(each.code)
        if given is not None:
            yield {
                "table": str(_INPUTS), "name": str(each.name), "origin": "", "unit": str(each.unit),
                "base": amount(given.base), "report": amount(given.report), "source": given.source, "quality": "", "note": "",
            }  # fmt: skip
    for node in guide.indicators:
        if node.code in assessment.entered:
            yield {
                "table": str(_ENTERED), "name": str(node.name), "origin": "", "unit": str(node.unit), "base": NONE,
                "report": amount(assessment.entered[node.code]), "source": assessment.entered_source.get(node.code, ""),
                "quality": "", "note": "",
            }  # fmt: skip


_INPUTS, _ENTERED = Text("填报量", "inputs"), Text("填报指标", "entered")


def _label(row: Any, field: str) -> str:
    """What a choice of a row is called."""
    value = getattr(row, field, None)
    if not value:
        return ""
    return str(dict(specs(type(row))[field].choices).get(value, value))


def _quality(row: Any, stated: Mapping[str, float]) -> str:
    if not hasattr(row, "quality"):
        return ""
    grade = f"{row.quality:g}" if row.quality else str(_BLANK.fill(g=BLANK_GRADE))
    return f"{grade} (±{of_grade(row.quality, stated):.1%})"


_BLANK = Text("未填，按 {g}", "blank, as {g}")
_OF_GUIDE, _DEFAULT = Text("指南", "guide"), Text("默认", "default")


def _options(result: Result) -> Iterator[Row]:
    own = {choice.key for choice in result.choices if choice.is_open}
    own_choice = _OWN.fill(u=result.guide.subject.name)
    for name, value in result.options.items():
        if result.guide.is_plain and name not in OF_ANY:
            continue
        option = BY_NAME[name]
        by = _DEFAULT if value == option.default else _OF_GUIDE
        if name in own:
            by = own_choice
        yield {"name": str(option.label), "value": str(option.label_of(value)), "by": str(by)}


_OWN = Text("{u}自选", "the {u}'s own choice")
#: Options that values entered for a guide have too; the others are of pollutants, carbon and energy.
OF_ANY = ("score_cap",)


def _plan(result: Result) -> Iterator[Row]:
    for step in planning.steps(result):
        kg, equivalents = step.per_cost or (None, None)
        units = planning.in_other_units(step.delta_co2e_t, result.assessment) if step.delta_co2e_t else ""
        yield {
            "name": step.measure.name,
            "alone": points(step.alone),
            "cumulative": points(step.cumulative),
            "carbon": amount(step.delta_co2e_t),
            "equivalents": amount(step.delta_equivalents),
            "cost": amount(step.measure.cost),
            "carbon_per_cost": amount(kg, 4),
            "equivalents_per_cost": amount(equivalents, 4),
            "units": str(units),
        }
    for finding in planning.left_out(result.findings):
        yield {key: NONE for key in _OF_STEP} | {"name": str(_NOT_READ.fill(t=finding.text)), "units": ""}


_OF_STEP = ("alone", "cumulative", "carbon", "equivalents", "cost", "carbon_per_cost", "equivalents_per_cost")
_NOT_READ = Text("没有计入：{t}", "left out: {t}")
