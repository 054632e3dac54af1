"""The formulas of the sheet of measures, by column.

Nothing of the method is written here: columns, rates, values and scores are the formulas of the other sheets, read with
the changed amounts. In every edition they are those in ordinary functions.
"""

from __future__ import annotations

from ..columns.tables import COLUMNS
from .judged import JudgedFormulas
from .lines import CHANGEABLE
from .places import SCENARIOS
from .planned import EQ
from .then import ThenFormulas


class MeasureFormulas(JudgedFormulas, ThenFormulas):
    """Formulas of the lines; each gives the text without the leading =."""

    def column_of(self, key: str, row: int) -> str:
        """The formula of a column in a row of the sheet, counted from 0."""
        kind, _, rest = key.partition(".")
        if key == EQ:
            formulas = {
                t: self._row(t, row).of(COLUMNS[t][f"{EQ}_report"])
                for t in CHANGEABLE
                if f"{EQ}_report" in self.anew[t]
            }
            return f'IF({self._at("checked", row)}=0,{self._of_table(row, formulas)},"")'
        if kind in CHANGEABLE:
            return self._anew(kind, rest, row)
        if kind == "by":
            return self._by(rest, row)
        if kind == "step":
            return self._step(rest, row)
        if kind in SCENARIOS and rest:
            return self._then(kind, rest, row)
        of, _, field = key.partition("_")
        if of == "set":
            return self._set(field, row)
        if of == "now":
            return self._now(field, row)
        return str(getattr(self, f"line_{key}")(row))
