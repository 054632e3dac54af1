"""What the engine puts into the cells of the sheet of measures: each formula's value, by line and column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ...assessment import plan as planning
from ...assessment.fields import specs
from ...assessment.planned import Change
from ...assessment.result import Result
from ...assessment.tables import TABLES
from ...errors import Refused
from ..columns.column import Value, shown
from .base import place_of
from .hints import HINTS
from .known import KnownLines
from .lines import CHANGEABLE
from .places import SCENARIOS
from .planned import EQ
from .then import NAMELESS

#: Free measures come first, those of which nothing is known last.
FREE = 1e300


class MeasureValues(KnownLines):
    """The values of one workbook's plan, by line and column."""

    # The measure alone, and after those above

    @cached_property
    def _scenarios(self) -> list[dict[str, Result | None]]:
        """Of each measure both evaluations; None where it cannot be."""
        found: list[dict[str, Result | None]] = []
        before: list[Change] = []
        for i, measure in enumerate(self.result.assessment.plan):
            before += measure.changes
            both = zip(SCENARIOS, (measure.changes, before), strict=True)
            found.append({scenario: self._evaluated(changes, i) for scenario, changes in both})
        return found

    def _evaluated(self, changes: Sequence[Change], place: int) -> Result | None:
        try:
            return planning.changed(self.result, changes, place)
        except Refused:
            return None

    def _then(self, i: int, scenario: str) -> Result | None:
        measure = self._measure[i]
        if not self.lines[i].name.strip():
            return None
        rests = [k for k, m in enumerate(self._measure) if m == measure or (scenario == "sequence" and m < measure)]
        found = self._scenarios[measure - 1]
        return None if any(self.codes[k] for k in rests) else found[scenario]

    def _in_scenario(self, i: int, scenario: str, key: str) -> Value:
        then = self._then(i, scenario)
        if then is None:
            return ""
        if key in self.formulas.moved:
            return shown(then.quantities.pair(key).report)
        name, _, code = key.partition("_")
        synergy = then.synergy
        if name == "rate":
            return "" if synergy is None else float(getattr(synergy, code))
        if key == "ratio":
            return "" if synergy is None else shown(synergy.value)
        return shown(next(each.score for each in then.indicators if each.node.code == code))

    def _delta(self, i: int, key: str) -> float | None:
        """What the measure that a line begins changes a quantity by."""
        if self._then(i, "alone") is None or self.result.quantities.pair(key).report is None:
            return None
        return sum(self.by(k, key) for k, measure in enumerate(self._measure) if measure == self._measure[i])

    def _per_cost(self, i: int) -> tuple[float, float] | None:
        changes = self._delta(i, "co2e"), self._delta(i, "equivalents")
        return planning.per_cost(self.result.assessment.plan[self._measure[i] - 1], *changes)

    @cached_property
    def _ranked(self) -> list[float]:
        found = []
        for i, line in enumerate(self.lines):
            measure = self.result.assessment.plan[self._measure[i] - 1]
            carbon, per = self._delta(i, "co2e"), self._per_cost(i)
            found.append(planning.rank(measure, carbon, per) if line.name.strip() else None)
        return [-FREE if each is None else min(each, FREE) for each in found]

    def total_rest(self) -> Value:
        """What the indicators add up to that no measure changes."""
        others = [each for each in self.result.indicators if each.node not in self.formulas.affected]
        if any(each.weight is None for each in self.result.indicators):
            return ""
        if any(each.weight and each.score is None for each in others):
            return ""
        return sum((each.weighted or 0.0 for each in others), 0.0)

    # By column

    def value(self, i: int, key: str) -> Value:
        """The value of a column in a line."""
        kind, _, rest = key.partition(".")
        if i >= len(self.lines):
            return self._of_blank(key, kind)
        line, planned = self.lines[i], self._planned[i]
        then = planned.then
        if key == EQ:
            there = then is not None and not self.checked[i] and f"{EQ}_report" in self.formulas.anew[line.table]
            return then[f"{EQ}_report"] if there and then is not None else ""
        if kind in CHANGEABLE:
            return then[rest] if line.table == kind and not self.checked[i] and then is not None else ""
        if kind == "by":
            return self.by(i, rest)
        if kind == "step":
            return self.step(i, rest)
        if kind in SCENARIOS and rest:
            return self._in_scenario(i, kind, rest)
        if key in SCENARIOS:
            scenario = self._then(i, key)
            return "" if scenario is None else shown(scenario.total)
        of, _, field = key.partition("_")
        if of == "set":
            return int(getattr(line, field) is not None)
        return self._now(i, field) if of == "now" else self._of_lines[i][key]

    def _of_blank(self, key: str, kind: str) -> Value:
        if key == "measure":
            return self._measure[-1] if self._measure else 0
        if key in ("ranked", "chart_name"):
            return -FREE if key == "ranked" else NAMELESS
        zero = ("first", "cost_of", "taken_off", "chart_x", "chart_y")
        return 0 if key in zero or kind in ("by", "step") or key.startswith("set_") else ""

    @cached_property
    def _of_lines(self) -> list[dict[str, Value]]:
        return [self._of_line(i) for i in range(len(self.lines))]

    def _of_line(self, i: int) -> dict[str, Value]:
        """What stands in a line beside what is typed and what it changes."""
        line, code, first = self.lines[i], self.codes[i], bool(self.lines[i].name.strip())
        hint, alone = HINTS[code - 1] if code else None, self._then(i, "alone")
        totals = (alone.total if alone else None), self.result.total
        gain = None if totals[0] is None or totals[1] is None else totals[0] - totals[1]
        carbon, equivalents = self._delta(i, "co2e"), self._delta(i, "equivalents")
        both = carbon is not None and equivalents is not None
        per = self._per_cost(i) or (None, None)
        ranked = self._ranked
        better = [other for other in ranked if other > ranked[i]]
        costs = [other.cost or 0.0 for k, other in enumerate(self.lines) if self._measure[k] <= self._measure[i]]
        return {
            "code": code,
            "checked": self.checked[i],
            "hint": self._row_is(i) if hint is None else self.parts.t(hint.text),
            "mark": "✓" if hint is None else "!" if hint.lacking else "✗",
            "first": int(first),
            "measure": self._measure[i],
            "place": "" if line.at is None else place_of(line.table),
            "found": "" if line.at is None else line.at + 2,
            "key": self.key(i),
            "cost_of": line.cost or 0.0,
            "was": self._was(i),
            "row_is": self._row_is(i),
            "pollutant": self._pollutant(i),
            "taken_off": self._taken_off(i),
            "gain": shown(gain),
            "spent": sum(costs) if first else "",
            "delta_carbon": shown(carbon),
            "delta_equivalents": shown(equivalents),
            "carbon_per_cost": shown(per[0]),
            "equivalents_per_cost": shown(per[1]),
            "ranked": ranked[i],
            "order": "" if ranked[i] == -FREE else 1 + len(better),
            "chart_x": 0.0 - carbon if both and carbon is not None else 0,
            "chart_y": 0.0 - equivalents if both and equivalents is not None else 0,
            "chart_name": line.name if both else NAMELESS,
        }

    def _now(self, i: int, field: str) -> Value:
        line, row = self.lines[i], self._planned[i].row
        value = getattr(line, field)
        if value is None:
            value = getattr(row.row, field) if row is not None and field in CHANGEABLE[line.table] else None
        if field == "origin" and value:
            value = self.parts.t(dict(specs(TABLES[line.table])[field].choices)[value])
        return shown(value)
