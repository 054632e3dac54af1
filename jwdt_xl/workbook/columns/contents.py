"""Hints of a workbook, and the counts of its contents list: what is missing and what to check on each sheet."""

from __future__ import annotations

from ...assessment.checks.rows import FROM_BILLS
from ...assessment.required import stated
from . import required
from .catalogue import FIRST_CHECK, FIRST_INFO
from .questions import Questions


class Hints(Questions):
    """Codes and hints of one workbook: formulas, and values by the data."""

    def _counts(self, codes: str) -> tuple[str, str]:
        missing = f'COUNTIFS({codes},">=1",{codes},"<{FIRST_CHECK}")'
        check = f'COUNTIFS({codes},">={FIRST_CHECK}",{codes},"<{FIRST_INFO}")'
        return missing, check

    def counts(self, sheet: str) -> tuple[tuple[str, int], tuple[str, int]]:
        """What is missing and what to check on an input sheet or in a table: formulas and numbers."""
        if sheet not in self._counted:
            self._counted[sheet] = (
                self._table_counts(sheet) if sheet in self.layout.tables else self._form_counts(sheet)
            )
        return self._counted[sheet]

    def _form_counts(self, sheet: str) -> tuple[tuple[str, int], tuple[str, int]]:
        if sheet in self.layout.forms:
            cells = [self.layout.hint_cell(p, "code") for p, f in self.layout.fields.items() if f.cell.sheet == sheet]
            all_rules = [self.field_rules(p) for p, f in self.layout.fields.items() if f.cell.sheet == sheet]
        else:
            nodes = self.layout.guide.indicators
            cells = [self.layout.setting_hint_cell(i, "code") for i in range(len(nodes))]
            all_rules = [self.setting_rules(node) for node in nodes]
        codes = self.layout.range(sheet, cells[0].row, cells[-1].row, cells[0].col)
        formulas = self._counts(codes)
        found = [self.code(rules) for rules in all_rules]
        return (
            (formulas[0], sum(1 <= code < FIRST_CHECK for code in found)),
            (formulas[1], sum(FIRST_CHECK <= code < FIRST_INFO for code in found)),
        )

    def _table_counts(self, table: str) -> tuple[tuple[str, int], tuple[str, int]]:
        formulas = self._counts(self.layout.column(table, "code"))
        rows = getattr(self.assessment, table)
        found = [int(self.cached.known(table, i)["code"]) for i in range(len(rows))]
        missing, absent = formulas[0], 0
        users = self.users(table)
        if users:
            needed, holds = self.applicable(users)
            if table in FROM_BILLS:
                needed = f"AND({needed},{self.rows_formula('activity')}=0)"
                holds = holds and not self.assessment.activity
            missing = f"{missing}+IF(AND({self.rows_formula(table)}=0,{needed}),1,0)"
            absent = int(holds and not rows)
        if required.is_asked(self.layout.guide, table):
            missing = f"{missing}+{required.count(self.layout)}"
            absent += required.open_points(stated(self.result))
        return (
            (missing, absent + sum(1 <= code < FIRST_CHECK for code in found)),
            (formulas[1], sum(FIRST_CHECK <= code < FIRST_INFO for code in found)),
        )
