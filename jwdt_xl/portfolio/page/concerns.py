"""Which indicators a finding is about, by its place: a table, a field or a row feeds the quantities of some of them.

Sheets of a return whose rows were moved, or of another layout, are known by their names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from xlsxwriter.utility import xl_cell_to_rowcol

from ...assessment.tables import TABLES
from ...messages import LANGUAGES
from ...standard.guide import Guide
from ...workbook import plan
from ...workbook.layout import Layout
from ..collection.row import Row

#: Places that name an indicator: benchmarks.5.basis, not_applicable.7, value 5 …
_OF_CODE = re.compile(r"(?:benchmarks|entered|not_applicable|weights|indicators)\.(\w+)(?:\.\w+)*|value (\w+)")
_PATH = re.compile(r"[a-z_]\w*(?:\[\d+\])?(?:\.\w+)*")
_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}")
#: Of rows that were moved the cell does not tell which indicator it is.
_MOVED = "moved"


class Concerns:
    """Answers for one guide."""

    def __init__(self, guide: Guide) -> None:
        self._codes = {node.code: place for place, node in enumerate(guide.indicators)}
        self._tables, self._fields = _sources(guide)
        self._first = {"settings": plan.SETTINGS_FIRST, "indicators": plan.INDICATORS_FIRST}
        self._sheets = {title: key for key, titles in Layout(guide).sheets.items() for title in titles}
        self._paths: dict[str, str] = {}
        for language in LANGUAGES:
            layout = Layout(guide, language=language)
            forms = (path for path, field in layout.fields.items() if field.cell.sheet in layout.forms)
            self._paths |= {layout.where(path): path for path in forms}

    def of(self, where: str, row: Row, codes: Iterable[str] = ()) -> list[int]:
        """The places of the indicators that a finding of a row is about, none where it is about the whole; codes: of all its findings."""
        sheet, mark, address = where.rpartition("!")
        if not mark:
            return self._of_path(where)
        key = self._sheets.get(sheet, "")
        for table in TABLES:
            if plan.TABLE_SHEETS.get(table, table) == key:
                return sorted(self._tables.get(table, ()))
        as_laid_out = row["stamp"].get("layout") == str(plan.VERSION) and _MOVED not in codes
        if not as_laid_out or not _CELL.fullmatch(address):
            return []
        if key in self._first:
            place = xl_cell_to_rowcol(address)[0] - self._first[key]
            return [place] if 0 <= place < len(self._codes) else []
        return self._of_path(self._paths.get(where, ""))

    def _of_path(self, path: str) -> list[int]:
        named = _OF_CODE.fullmatch(path)
        if named:
            code = named[1] or named[2]
            return [self._codes[code]] if code in self._codes else []
        if not _PATH.fullmatch(path):
            return []
        head = re.split(r"[.\[]", path, maxsplit=1)[0]
        found = set(self._tables.get(head, ()))
        for field, places in self._fields.items():
            if path == field or path.startswith(f"{field}."):
                found |= places
        return sorted(found)


def _sources(guide: Guide) -> tuple[Mapping[str, set[int]], Mapping[str, set[int]]]:
    """The indicators by the table, and by the field or section, that they are made of."""
    tables: dict[str, set[int]] = {}
    fields: dict[str, set[int]] = {}
    for place, node in enumerate(guide.indicators):
        for key in node.needs:
            quantity = guide.quantities[key]
            for table in quantity.tables:
                tables.setdefault(table, set()).add(place)
            if quantity.field:
                fields.setdefault(quantity.field, set()).add(place)
        for answer in node.algorithm.answers:
            fields.setdefault(answer.partition(".")[0], set()).add(place)
    # own values convert pollutants
    return {**tables, "own_equivalents": tables.get("pollutants", set())}, fields
