"""Fields of a bill that have no effect on it: those of other kinds, and those that its kind leaves unused."""

from __future__ import annotations

from typing import Any

from .bill_row import ActivityRow
from .conditions import Condition
from .fields import specs
from .kinds import KINDS
from .kinds.kind import OF_ONE_KIND


def _of_kinds() -> dict[str, dict[str, tuple[Condition | None, ...]]]:
    """By field, by kind: when it has no effect (None: always)."""
    found: dict[str, dict[str, tuple[Condition | None, ...]]] = {}
    for code, kind in KINDS.items():
        others = tuple(field for field in OF_ONE_KIND if field not in kind.own_fields)
        for fields, when in (*kind.leaves, (others, None)):
            for field in fields:
                of_field = found.setdefault(field, {})
                of_field[code] = (*of_field.get(code, ()), when)
    return {field: found[field] for field in specs(ActivityRow) if field in found}


#: In the order of the columns.
UNUSED = _of_kinds()


def unused(seen: Any) -> tuple[str, ...]:
    """The fields of a bill that say something without effect."""
    row = seen.row
    return tuple(
        field
        for field, kinds in UNUSED.items()
        if getattr(row, field) and any(when is None or when.holds(seen) for when in kinds.get(row.kind, ()))
    )
