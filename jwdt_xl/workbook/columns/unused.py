"""Fields of a bill that have no effect on it: the first of them by its label, as a column that its hint reads."""

from __future__ import annotations

from typing import Any

from ...assessment.bill_row import ActivityRow
from ...assessment.fields import specs
from ...assessment.seen import DERIVED
from ...assessment.unused import UNUSED
from ...standard.record import FLAG, NUMBER
from .bill_factors import of_kind
from .catalogue import CODES
from .column import YES, Column, Known, Row, Value
from .status import OK


class _Cells:
    """The cells themselves of what is typed, and what was meant by answers."""

    def __init__(self, row: Row) -> None:
        self._row, self.constant = row, row.constant

    def __getitem__(self, field: str) -> str:
        spec = specs(ActivityRow).get(field)
        return self._row.itself(field) if spec and spec.kind == NUMBER else self._row[field]


def _says(field: str, cells: _Cells) -> str:
    """Whether the field says something; no and 0 do not."""
    kind = specs(ActivityRow)[field].kind
    if kind == NUMBER:
        return f"{cells[field]}>0"
    return f"{cells[field]}={cells.constant(YES)}" if kind == FLAG else f'{cells[field]}<>""'


def _formula(row: Row) -> str:
    cells, chain = _Cells(row), '""'
    for field, kinds in reversed(UNUSED.items()):
        by_conditions: dict[tuple[Any, ...], list[str]] = {}
        for kind, conditions in kinds.items():
            by_conditions.setdefault(() if None in conditions else conditions, []).append(kind)
        idle = [
            f"AND({of_kind(row, *of)},{_any([c.formula(cells) for c in conditions])})"
            if conditions
            else of_kind(row, *of)
            for conditions, of in by_conditions.items()
        ]
        label = row.t(specs(ActivityRow)[field].label)
        chain = f"IF(AND({_says(field, cells)},{_any(idle)}),{label},{chain})"
    return f'IF({row["status"]}<>{row.t(OK)},"",{chain})'


def _any(conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def _value(known: Known) -> Value:
    field = DERIVED["unused"](known)
    return known.t(specs(ActivityRow)[field].label) if field else ""


COLUMN = Column("unused", None, _formula, _value)


def named(row: Row) -> str:
    """What follows the hint: which field it is."""
    return f'&IF({row["code"]}={CODES["unused"]}," ("&{row["unused"]}&")","")'


def named_value(known: Known) -> str:
    return f" ({known['unused']})" if known["code"] == CODES["unused"] else ""
