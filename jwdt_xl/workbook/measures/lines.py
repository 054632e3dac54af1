"""A plan as lines of a sheet: one row of a table each, with what it becomes; and the lines as a plan again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ...assessment.fields import specs
from ...assessment.model import Assessment
from ...assessment.planned import CHANGED_FIELDS, ROW
from ...assessment.tables import TABLES

#: The tables whose rows a measure may change, and of each what.
CHANGEABLE = {
    name: fields
    for name, cls in TABLES.items()
    if (fields := tuple(field for field in CHANGED_FIELDS if field in specs(cls)))
}


class Line(NamedTuple):
    """A line of the sheet. A blank name goes on with the measure above; at None: it changes no row."""

    name: str
    table: str = ""
    at: int | None = None
    report: float | None = None
    emission_factor: float | None = None
    origin: str | None = None
    cost: float | None = None
    life: float | None = None

    @property
    def changed(self) -> dict[str, Any]:
        """What it changes, by field."""
        return {field: value for field in CHANGED_FIELDS if (value := getattr(self, field)) is not None}


def lines_of(assessment: Assessment) -> list[Line]:
    """The lines of an assessment's plan: a line for each row that a measure changes."""
    found = []
    for measure in assessment.plan:
        rows: dict[str, dict[str, Any]] = {}
        for change in measure.changes:
            rows.setdefault(change.path, {})[change.field] = change.value
        first = measure.name, measure.cost, measure.life
        for path, changed in rows.items() or [("", {})]:
            found_row = ROW.fullmatch(path)
            table, at = (found_row[1], _index(assessment, found_row[1], path)) if found_row else ("", None)
            name, cost, life = first
            found.append(Line(name, table, at, **changed, cost=cost, life=life))
            first = "", None, None
    return found


def _index(assessment: Assessment, table: str, path: str) -> int:
    """Where the row stands in its sheet: rows that the file counts and leaves blank are left out there."""
    return next(i for i in range(len(getattr(assessment, table))) if assessment.place(table, i) == path)


def plan_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines as the plan of an assessment file."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if line.name:
            found.append({"name": line.name, "changes": []})
        measure = found[-1]
        path = f"{line.table}[{line.at}]"
        measure["changes"] += [{"path": path, "field": field, "value": value} for field, value in line.changed.items()]
        for key in ("cost", "life"):
            if (value := getattr(line, key)) is not None:
                measure[key] = measure.get(key, 0) + value
    return found
