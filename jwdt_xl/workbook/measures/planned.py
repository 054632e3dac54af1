"""A row as a measure would have it: the declared formulas of its columns, read with what the measure changes.

Only columns that rest on what can be changed are computed anew; the others are those of the row itself.
"""

from __future__ import annotations

from functools import cache
from typing import NoReturn

from ...messages import Text
from ..columns.base import FormulaRow, FormulasBase
from ..columns.column import Column
from ..columns.status import OK
from ..columns.tables import COLUMNS
from .lines import CHANGEABLE
from .places import Places

#: What a row of each table counts for, in the report period, and whether it still can be read.
_WANTED = {
    "activity": ("co2_report", "tce_report", "non_fossil_share", "status"),
    "energy": ("eq_report", "non_fossil_share", "status"),
}
_USUAL = ("eq_report",)


def wanted(table: str) -> tuple[str, ...]:
    return _WANTED.get(table, _USUAL)


#: Where the one column that most tables have computed anew stands, whichever the table.
EQ = "eq"


def shadow(table: str, key: str) -> str:
    """The column of the sheet of measures in which a table's column is computed anew."""
    return EQ if key in _USUAL else f"{table}.{key}"


class _Recorder(FormulaRow):
    """Writes down which columns a formula reads."""

    def __init__(self, formulas: FormulasBase, table: str) -> None:
        super().__init__(formulas, table, 0)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.read.add(key)
        return key

    def state(self, needed: list[str], *checks: tuple[str, Text]) -> str:
        return "status"


def computed_anew(formulas: FormulasBase) -> dict[str, list[str]]:
    """Of each table the columns that rest on what a measure may change."""
    return {table: _anew(formulas, table) for table in CHANGEABLE}


def _anew(formulas: FormulasBase, table: str) -> list[str]:
    columns = COLUMNS[table]

    @cache
    def reads(key: str) -> frozenset[str]:
        recorder = _Recorder(formulas, table)
        columns[key].formula(recorder)
        return frozenset(recorder.read)

    @cache
    def rests(key: str) -> bool:
        """Whether a column rests on a change."""
        if key in CHANGEABLE[table]:
            return True
        return key in columns and any(rests(other) for other in reads(key))

    found: list[str] = []

    def add(key: str) -> None:
        if key in columns and key not in found and rests(key):
            found.append(key)
            for other in sorted(reads(key)):
                add(other)

    for key in wanted(table):
        add(key)
    return found


class PlannedRow(FormulaRow):
    """The row that a line of the sheet of measures names, as it would be."""

    def __init__(self, formulas: FormulasBase, places: Places, table: str, row: int, anew: list[str]) -> None:
        super().__init__(formulas, table, row)
        self._places, self._line, self._anew = places, row, anew

    def __getitem__(self, key: str) -> str:
        if key in self._anew:
            return self._places.at(shadow(self.table, key), self._line)
        if key in CHANGEABLE[self.table]:
            return self._places.at(f"now_{key}", self._line)
        return self.as_it_is(key)

    def as_it_is(self, key: str) -> str:
        """A cell of the row itself, through a range with its heading, which does not move with its cells."""
        layout = self.formulas.layout
        name = layout.named(f"at_{self.table}_{key}", layout.whole_column(self.table, key))
        return f"INDEX({name},{self._places.at('found', self._line)})"

    def state(self, needed: list[str], *checks: tuple[str, Text]) -> str:
        """The checks of the row with its change; what does not depend on it was checked where the row stands."""
        chain = self.t(OK)
        for condition, text in reversed(checks):
            chain = f"IF({condition},{self.t(text)},{chain})"
        return chain

    @property
    def window(self) -> NoReturn:
        raise AssertionError("a planned row has no cells of its own")

    def of(self, column: Column) -> str:
        """A column's formula with the change."""
        return column.formula(self)
