"""What to do next: the plan of an enterprise evaluated against the same base, and what a single lever would have to be.

A plan is a copy of the report period with measures. It changes no number of the evaluation itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import ERROR, WARNING, Finding, Text, number
from ..standard import energy as energies
from ..standard import fuels, green, power
from ..standard import greenhouse as ghg
from ..standard.guide import Guide
from .activity import year_of
from .along import total_along
from .evaluate import computed
from .model import Assessment
from .planned import Change, Measure, row_at
from .result import Result
from .tables import NAME_FIELDS

#: Steps by which a lever is moved until the total crosses the target, and then halved until it is found.
GRID, HALVINGS = 1000, 60
#: Rows that help by becoming more; all others by becoming less.
_MORE = (*green.GREEN, energies.OWN_RENEWABLE, energies.SOLD)
#: Tables whose report amounts are levers.
LEVERS = ("activity", "pollutants", "greenhouse", "energy", "materials", "residual_energy")


class Step(NamedTuple):
    """A measure alone and after those before it; negative amounts are avoided. None where something is missing."""

    measure: Measure
    alone: float | None
    cumulative: float | None
    delta_co2e_t: float | None
    delta_equivalents: float | None
    #: kg CO2e and equivalents avoided over its life per 10^4 yuan.
    per_cost: tuple[float, float] | None

    def as_dict(self) -> dict[str, Any]:
        kg, equivalents = self.per_cost or (None, None)
        return {
            "name": self.measure.name,
            "alone": self.alone,
            "cumulative": self.cumulative,
            "delta_co2e_t": self.delta_co2e_t,
            "delta_equivalents": self.delta_equivalents,
            "per_cost": None if kg is None else {"co2e_kg": kg, "equivalents": equivalents},
        }


class Answer(NamedTuple):
    """What a lever would have to be for a target, and the total then; needed is None where it cannot reach it."""

    lever: str
    now: float
    needed: float | None
    total: float | None
    #: The amount at which the total is best, as far as the lever goes.
    best_at: float

    def as_dict(self) -> dict[str, Any]:
        return {"lever": self.lever, "needed": self.needed, "total": self.total}


def with_changes(assessment: Assessment, changes: Sequence[Change]) -> Assessment:
    """The assessment with other values in some rows of the report period, the last change of a field in force.

    A factor and an origin hold for both periods of a row: where one changes, the base period keeps a row of its own.
    """
    tables: dict[str, list[Any]] = {}
    kept: dict[str, dict[int, Any]] = {}
    for change in changes:
        table = change.path.partition("[")[0]
        rows = tables.setdefault(table, list(getattr(assessment, table)))
        place = next(i for i in range(len(rows)) if assessment.place(table, i) == change.path)
        if change.field != "report":
            kept.setdefault(table, {})[place] = _one_period(getattr(assessment, table)[place], "base")
            rows[place] = _one_period(rows[place], "report")
        rows[place] = replace(rows[place], **{change.field: change.value})
    changed: dict[str, Any] = {t: (*rows, *kept.get(t, {}).values()) for t, rows in tables.items()}
    return replace(assessment, **changed)


def _one_period(row: Any, period: str) -> Any:
    """A row with nothing in the other period."""
    other = "report" if period == "base" else "base"
    amounts = {name: 0.0 for name in (other, f"recovered_{other}") if getattr(row, name, None) is not None}
    return replace(row, **{other: 0.0, **amounts})


def steps(result: Result) -> list[Step]:
    """Each measure of the plan, alone and in sequence. Raises Refused where a change makes a row that cannot be read."""
    found = []
    before: list[Change] = []
    for i, measure in enumerate(result.assessment.plan):
        before += measure.changes
        found.append(step(result, measure, changed(result, measure.changes, i), changed(result, before, i)))
    return found


def step(result: Result, measure: Measure, alone: Result, all_so_far: Result) -> Step:
    """What a measure gains, from the evaluation of it alone, and of it with those before."""
    carbon = _delta(result.quantities.co2e.report, alone.quantities.co2e.report)
    equivalents = _delta(result.quantities.equivalents.report, alone.quantities.equivalents.report)
    per = per_cost(measure, carbon, equivalents)
    return Step(measure, alone.total, all_so_far.total, carbon, equivalents, per)


def per_cost(measure: Measure, carbon: float | None, equivalents: float | None) -> tuple[float, float] | None:
    """kg CO2e and equivalents avoided over its life per 10^4 yuan; None where nobody says what it costs, or it is free."""
    if not measure.cost or carbon is None or equivalents is None:
        return None
    years = (1.0 if measure.life is None else measure.life) / measure.cost
    return 0.0 - 1000 * carbon * years, 0.0 - equivalents * years


def rank(measure: Measure, carbon: float | None, per: tuple[float, float] | None) -> float | None:
    """By what measures are put in order: kg CO2e for the money; first of all those that avoid some and cost nothing."""
    if per is not None:
        return per[0]
    return math.inf if measure.cost == 0 and carbon is not None and carbon < 0 else None


def order(found: Sequence[Step]) -> list[int | None]:
    """The place of each measure, from 1; those alike share one."""
    each = [rank(one.measure, one.delta_co2e_t, one.per_cost) for one in found]
    return [
        None if here is None else 1 + sum(1 for other in each if other is not None and other > here) for here in each
    ]


def _delta(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else then - now


def changed(result: Result, changes: Sequence[Change], place: int) -> Result:
    """The evaluation with some changes. Raises Refused, in the words of the measure at this place, where they cannot be."""
    try:
        return computed(with_changes(result.assessment, changes), result.guide)
    except Refused as error:
        said = Text("改动后 {w}：{t}", "once changed, {w}: {t}")
        raise Refused(
            tuple(f._replace(where=f"plan[{place}]", text=said.fill(w=f.where, t=f.text)) for f in error.findings)
        ) from error


#: What says that a measure of a workbook could not be taken.
LINE, MOVED = "plan-line", "plan-moved"


def left_out(findings: Iterable[Finding]) -> list[Finding]:
    """What is said of measures that are typed and no part of the plan: with them all it would be another."""
    return [f for f in findings if f.code in (LINE, MOVED) or (f.where.startswith("plan[") and f.code not in _TOLD)]


_TOLD = ("plan-overlap", "plan-idle")


def told(assessment: Assessment) -> Iterator[Finding]:
    """What a reader of the plan should know: fields that two measures set, and rows where the value is what it was."""
    seen: dict[tuple[str, str], str] = {}
    for i, measure in enumerate(assessment.plan):
        for change in measure.changes:
            key = (change.path, change.field)
            if (other := seen.setdefault(key, measure.name)) != measure.name:
                text = Text(
                    "措施“{a}”和“{b}”改动同一处 {p} {f}：依次实施时后者取代前者；若要相加，请把合计值写进后者",
                    "“{a}” and “{b}” both set {p} {f}: in sequence the later replaces the earlier; if they add up, write the sum into the later",
                ).fill(a=other, b=measure.name, p=change.path, f=change.field)
                yield Finding(WARNING, "plan-overlap", f"plan[{i}]", text, "consistency")
            if getattr(row_at(assessment, change.path), change.field) == change.value:
                text = Text("{p} {f} 已是 {v}：此改动没有作用", "{p} {f} is {v} already: this change does nothing")
                filled = text.fill(p=change.path, f=change.field, v=change.value)
                yield Finding(WARNING, "plan-idle", f"plan[{i}]", filled, "objectivity")


def levers(assessment: Assessment) -> list[str]:
    """Every row whose report amount could be moved, by its path."""
    found = []
    for table in LEVERS:
        for i, row in enumerate(getattr(assessment, table)):
            if row.report:
                found.append(assessment.place(table, i))
    return found


def no_lever(path: str) -> Refused:
    text = Text(
        "没有可调的行 {p}：须为表名和从 0 起的序号，例如 activity[2]，且报告期数量大于 0",
        "no row {p} that could be moved: must be a table and a place counted from 0, as activity[2], with an amount above 0 in the report period",
    )
    return Refused((Finding(ERROR, "unknown-lever", "--lever", text.fill(p=path)),))


def answer(result: Result, path: str, target: float) -> Answer:
    """The smallest change of a row's report amount by which the total reaches the target: first crossing on a grid, then bisection.

    A row goes from what it is down to 0; what is recovered or sold, and green power, up to twice.
    """
    assessment, guide = result.assessment, result.guide
    row = row_at(assessment, path)
    if row is None or path.partition("[")[0] not in LEVERS or not row.report:
        raise no_lever(path)
    now = float(row.report)
    more = path.startswith("residual_energy") or getattr(row, "origin", None) in _MORE
    end = 2 * now if more or ghg.CATEGORIES.get(getattr(row, "category", ""), 1) < 0 else 0.0

    best, best_at, last = result.total, now, now
    if best is not None and best >= target:
        return Answer(path, now, now, best, now)

    def evaluated(amount: float) -> Result | None:
        return _evaluated(assessment, guide, Change(path, "report", amount))

    total_at = total_along(result, now, end, target, evaluated)
    for step in range(1, GRID + 1):
        amount = end if step == GRID else now + (end - now) * step / GRID  # not below 0 by its last digit
        found = total_at(amount)
        if found is not None and found >= target:
            return _between(path, now, last, amount, target, total_at)
        if found is not None and (best is None or found > best):
            best, best_at = found, amount
        last = amount
    whole = evaluated(best_at)
    return Answer(path, now, None, whole.total if whole else best, best_at)


def _between(path: str, now: float, short: float, enough: float, target: float, total_at: Any) -> Answer:
    """Between an amount that does not reach the target and one that does, the one that just does."""
    for _ in range(HALVINGS):
        middle = (short + enough) / 2
        if middle in (short, enough):
            break  # no number lies between them
        found = total_at(middle)
        if found is not None and found >= target:
            enough = middle
        else:
            short = middle
    return Answer(path, now, enough, total_at(enough), enough)


def _evaluated(assessment: Assessment, guide: Guide, change: Change) -> Result | None:
    try:
        return computed(with_changes(assessment, [change]), guide)
    except Refused:
        return None


def in_other_units(co2e_t: float, assessment: Assessment) -> Text:
    """Tonnes of CO2e as the green power or the coal that would make up for them."""
    year = power.year_taken(year_of(assessment.periods.report), power.DEFAULT_SERIES)
    grid = power.grid_factor(year).value
    coal = fuels.find_fuel("烟煤")
    parts = (coal.net_calorific_value, coal.carbon_content, coal.oxidation)
    each = fuels.fuel_co2(1.0, *(float(part or 0) for part in parts))
    return Text(
        "{t} t CO2e，相当于 {g} 万kWh 绿电替代电网电，或 {c} t 烟煤",
        "{t} t CO2e, that is {g} MWh of green instead of grid power, or {c} t of bituminous coal",
    ).fill(
        t=number(co2e_t, 4),
        g=Text(number(abs(co2e_t) / grid / 10, 4), number(abs(co2e_t) / grid, 4)),
        c=number(abs(co2e_t) / each, 4),
    )


def called(assessment: Assessment, path: str) -> tuple[str, str]:
    """The name and the unit of a row."""
    row = row_at(assessment, path)
    name = str(getattr(row, NAME_FIELDS[path.partition("[")[0]]) or "")
    return name or getattr(row, "origin", "") or "", row.unit
