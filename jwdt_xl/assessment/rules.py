"""A rule about the data that can be live: its finding for `jwdt check` and the hint in the template, declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..messages import Finding, Text
from .conditions import Cells, Condition, Fields


def no_more(row: Any) -> dict[str, Any]:
    return {}


class Rule(NamedTuple):
    """What a finding says and when; hint is what the cell beside the data says in the template.

    numbers: the fields that must be numbers for the rule to say anything. table and field, of a rule about the rows of
    a table: where its finding points, or at, which of several; fills: what else its text says of the row.
    """

    code: str
    severity: str
    principle: str
    hint: Text
    text: Text
    when: Condition
    numbers: tuple[str, ...] = ()
    table: str = ""
    field: str = ""
    fills: Callable[[Any], dict[str, Any]] = no_more
    at: Callable[[Any], str] | None = None

    @property
    def condition(self) -> Condition:
        """When it speaks, for any content of its fields."""
        return Condition(self._holds, self.formula)

    def holds(self, **fields: Any) -> bool:
        """Whether the data fulfil the condition."""
        return self._holds(fields)

    def _holds(self, fields: Fields) -> bool:
        return are_numbers(fields, self.numbers) and self.when.holds(fields)

    def formula(self, cells: Cells) -> str:
        """The condition of a cell."""
        condition = self.when.formula(cells)
        if not self.numbers:
            return condition
        counted = ",".join(cells[name] for name in self.numbers)
        return f"IF(COUNT({counted})<{len(self.numbers)},FALSE(),{condition})"

    def finding(self, where: str, **values: Any) -> Finding:
        return Finding(self.severity, self.code, where, self.text.fill(**values), self.principle)


def are_numbers(fields: Fields, names: tuple[str, ...]) -> bool:
    for name in names:  # one after another: what the last says may need the first
        value = fields[name]
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return False
    return True
