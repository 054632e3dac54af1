"""The lines of a plan as the engine has them: what each row becomes, whether it can be so, and what that changes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...assessment import plan as planning
from ...assessment.evaluate import computed
from ...assessment.fields import specs
from ...assessment.planned import Change
from ...assessment.result import Result
from ...assessment.tables import TABLES
from ...errors import Refused
from ...standard import equivalents as eq
from ...standard.record import CHOICE
from ...standard.units import unit_label
from ..columns.cached import Cached, KnownRow
from ..columns.column import Value, shown
from ..columns.status import OK
from ..columns.tables import TABLES as COMPUTED
from ..lists import item_place
from ..parts import Parts
from ..plan import amount_column
from ..sheets.computed import number_value
from .base import place_of
from .changed import pairs
from .formulas import MeasureFormulas
from .hints import CODES
from .judged import described
from .lines import Line, lines_of

#: The overlapping pollutants, by their places in the list.
_ITEMS = [item_place(item) for group in eq.OVERLAPS.values() for item in group]


class Planned:
    """A line of the plan, its row as it is, and as the line alone would have it; None where that cannot be read."""

    def __init__(self, parts: Parts, line: Line) -> None:
        self.line, self.row, self.then = line, None, None
        self.result: Result | None = None
        if line.at is None or line.at >= len(getattr(parts.assessment, line.table)):
            return
        self.row = parts.cached.known(line.table, line.at)
        path = parts.assessment.place(line.table, line.at)
        changes = [Change(path, field, value) for field, value in line.changed.items()]
        try:
            self.result = computed(planning.with_changes(parts.assessment, changes), parts.guide)
        except Refused:
            return
        self.then = Cached(parts.layout, parts.lists, self.result).known(line.table, line.at)

    row: KnownRow | None
    then: KnownRow | None

    def was(self, key: str) -> Any:
        assert self.row is not None
        return self.row[key]


class KnownLines:
    """The lines of one workbook's plan."""

    def __init__(self, parts: Parts, formulas: MeasureFormulas) -> None:
        self.parts, self.formulas, self.result = parts, formulas, parts.result
        self.lines = lines_of(parts.assessment)
        self._planned = [Planned(parts, line) for line in self.lines]
        self._measure, number = list[int](), 0
        for line in self.lines:
            number += bool(line.name.strip())
            self._measure.append(number)
        self.codes = [self._code(i) for i in range(len(self.lines))]

    # What a line is

    def key(self, i: int) -> Value:
        line = self.lines[i]
        return "" if line.at is None else place_of(line.table) * 10**6 + line.at + 2

    @cached_property
    def checked(self) -> list[int]:
        return [self._check(i) for i in range(len(self.lines))]

    def _check(self, i: int) -> int:
        line = self.lines[i]
        above = [self.lines[k] for k in range(i) if self.key(k) == self.key(i)]
        if line.at is None:
            return CODES["row"]
        if self._was(i) == "":
            return CODES["unready"]
        if any(other.changed.keys() - line.changed.keys() for other in above):
            return CODES["again"]
        return 0

    def _code(self, i: int) -> int:
        if self.checked[i]:
            return self.checked[i]
        then = self._planned[i].then
        if then is None:
            return CODES["refused"]
        return CODES["overlap"] if self._flips(i) else 0

    def _was(self, i: int) -> Value:
        row = self._planned[i].row
        if row is None or row["status"] != self.parts.t(OK):
            return ""
        return shown(row["report"])

    def _row_is(self, i: int) -> str:
        line, was = self.lines[i], self._was(i)
        if was == "":
            return ""
        known = self._planned[i].row
        assert known is not None
        fields, names = specs(TABLES[line.table]), COMPUTED[line.table].names
        said = []
        for field in described(line.table):
            value = names[field](known) if field in names else getattr(known.row, field)
            if fields[field].kind == CHOICE and value:
                value = self.parts.t(dict(fields[field].choices)[value])
            said.append(str(value or ""))
        unit = self.parts.t(unit_label(known.row.unit))
        return f"{_trimmed(' '.join(said))} {number_value(float(was))} {unit}"

    # What it changes

    def _grows(self, i: int, key: str, times: str = "") -> float:
        planned = self._planned[i]
        if planned.row is None or planned.then is None:
            return 0.0
        new, old = float(planned.then[key]), float(planned.row[key])
        if times:
            return new * float(planned.then[times]) - old * float(planned.row[times])
        return new - old

    def by(self, i: int, key: str) -> float:
        if self.codes[i]:
            return 0.0
        line, quantity = self.lines[i], self.parts.guide.quantities[key]
        if line.table not in quantity.tables:
            return 0.0
        if quantity.whole:
            then = self._planned[i].result
            assert then is not None
            values = [result.quantities.pair(key).report for result in (then, self.result)]
            return 0.0 if None in values else values[0] - values[1]  # type: ignore[operator]
        column = amount_column(line.table, key, "report")
        if line.table == "pollutants":
            return self._grows(i, column) * self._counted(i, key)
        return self._grows(i, column, "non_fossil_share" if key == "nonfossil_tce" else "")

    def _counted(self, i: int, key: str) -> int:
        """1 where a pollutant counts: as the largest of those that overlap, and in the medium in force."""
        medium = key.removeprefix("equivalents_")
        if key == "equivalents":
            medium = str(self.result.options["equivalent_media"])
        row = self._planned[i].row
        assert row is not None
        return int(row["kept"]) * (medium in ("all", row.row.medium))

    def step(self, i: int, key: str) -> float:
        if self.key(i) == "":
            return 0.0
        before = [k for k in range(i) if self.key(k) == self.key(i)]
        return self.by(i, key) - (self.by(before[-1], key) if before else 0.0)

    # Overlapping pollutants

    def _taken_off(self, i: int) -> float:
        if self.checked[i] or self.lines[i].table != "pollutants":
            return 0.0
        return self._grows(i, "eq_report")

    def _pollutant(self, i: int) -> Value:
        return self._planned[i].was("key") if self.lines[i].table == "pollutants" and self._planned[i].row else ""

    @cached_property
    def overlapping(self) -> list[dict[str, float]]:
        totals = self.parts.cached.overlap()
        found = []
        for place, (total, _) in zip(_ITEMS, totals, strict=True):
            changes = [self._taken_off(i) for i in range(len(self.lines)) if self._pollutant(i) == place]
            low, high = (float(total) + sum(c for c in changes if (c < 0) == down and c) for down in (True, False))
            found.append({"low": low, "high": high})
        every = self.result.options["organic_overlap"] == "all"
        for index, each in enumerate(found):
            each["flips"] = 0
            for here, other in pairs(index):
                (total, kept), (beside, _) = totals[here], totals[other]
                low, high = found[here]["low"], found[other]["high"]
                moves = low < float(total) or high > float(beside)
                if kept == 1 and float(beside) >= 0 and low <= high and moves and not every:
                    each["flips"] = 1
        return found

    def _flips(self, i: int) -> bool:
        place = self._pollutant(i)
        return place in _ITEMS and self.overlapping[_ITEMS.index(int(place))]["flips"] == 1


def _trimmed(text: str) -> str:
    """As TRIM has it."""
    return " ".join(part for part in text.split(" ") if part)
