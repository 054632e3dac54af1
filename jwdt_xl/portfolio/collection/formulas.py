"""Why a result cell differs: typed over, its formula changed, or only not recalculated.

Looked up only where something differs, in one pass over the sheets that matter; the template's own formulas are worked out
once for each layout.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache

from ...assessment.model import Assessment
from ...opening import written
from ...opening.written import Formulas
from ...workbook.layout import Layout
from ...workbook.plan import Cell

STALE, TYPED, CHANGED, WEIGHT = "stale-cache", "result-typed-over", "formula-changed", "weight-changed"


_PREFIXES = re.compile(r"_XLFN\.|_XLWS\.|_XLUDF\.|_XLDUDF_|[$' ]")


def causes(path: str, layout: Layout, cells: Sequence[Cell], assessment: Assessment) -> dict[Cell, str]:
    """The cause of each cell's difference; ``stale-cache`` where the formula cannot be read (xlsb, ods)."""
    found: dict[Cell, str] = {cell: WEIGHT if cell.sheet == "settings" else STALE for cell in cells}
    wanted = [cell for cell in cells if cell.sheet != "settings"]
    if not wanted:
        return found
    try:
        formulas = _formulas(path, layout, wanted)
    except Exception:  # the values are what counts; a file whose formulas cannot be read keeps them
        return found
    for cell, formula in formulas.items():
        if formula is None:
            found[cell] = TYPED
    suspects = [cell for cell in wanted if found[cell] == STALE]
    if suspects and (right := _template(layout, suspects, assessment)):
        for cell in suspects:
            if not _same(formulas[cell], right[cell]):
                found[cell] = CHANGED
    return found


#: No result stands further down.
_ROWS = 80


def _formulas(path: str, layout: Layout, cells: Sequence[Cell]) -> dict[Cell, str | None]:
    """The formula of each cell, None where there is a constant or nothing."""
    titles = {layout.title(cell.sheet) for cell in cells}
    sheets = written.formulas(path, titles, _ROWS)
    if sheets is None:
        raise ValueError("no .xlsx with these sheets")
    return {cell: sheets[layout.title(cell.sheet)].get((cell.row, cell.col)) for cell in cells}


#: The formulas of templates by what they depend on: guide, edition, language and how long the tables are. A worker reads
#: returns of a few.
_KNOWN: dict[tuple[str, str, str, tuple[tuple[str, int], ...]], dict[str, Formulas]] = {}
_MOST_KNOWN = 32


def _template(layout: Layout, cells: Sequence[Cell], assessment: Assessment) -> dict[Cell, str | None]:
    """The formulas the template has, where its tables are as long as the file's."""
    grown = {name: len(getattr(assessment, name)) for name in layout.tables}
    again = Layout(layout.guide, layout.host, layout.language, grown)
    rows = tuple((name, table.rows) for name, table in layout.tables.items())
    if tuple((name, table.rows) for name, table in again.tables.items()) != rows:
        return {}
    key = (f"{layout.guide.hash} {layout.guide.binding}", layout.host, layout.language, rows)
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = _of_template(layout, assessment)
    sheets = _KNOWN[key]
    renamed = _renamed(layout)
    return {cell: renamed(sheets.get(cell.sheet, {}).get((cell.row, cell.col))) for cell in cells}


def _renamed(layout: Layout) -> Callable[[str | None], str | None]:
    """A formula of the template as it stands in a file whose sheets were renamed: programs rename them in formulas too."""
    own = Layout(layout.guide, layout.host, layout.language)
    titles = {
        f"'{own.title(sheet)}'!": "'{}'!".format(layout.title(sheet).replace("'", "''"))
        for sheet in layout.sheets
        if own.title(sheet) != layout.title(sheet)
    }

    def change(formula: str | None) -> str | None:
        for old, new in titles.items():
            formula = formula and formula.replace(old, new)
        return formula

    return change


def _of_template(layout: Layout, assessment: Assessment) -> dict[str, Formulas]:
    """By sheet the formulas of results; the data are only as long as they must be."""
    from ... import workbook

    handle, path = tempfile.mkstemp(".xlsx", "jwdt-")
    os.close(handle)
    try:
        workbook.write(path, guide=layout.guide, host=layout.host, language=layout.language, assessment=assessment)
        own = Layout(layout.guide, layout.host, layout.language)
        titles = {own.title(sheet): sheet for sheet in {"summary", *(cell.sheet for cell in layout.results.values())}}
        found = written.formulas(path, titles, _ROWS) or {}
        return {titles[title]: formulas for title, formulas in found.items()}
    finally:
        os.remove(path)


def _same(one: str | None, other: str | None) -> bool:
    return one == other or _plain(one) == _plain(other)


@lru_cache(maxsize=1024)
def _plain(formula: str | None) -> list[str]:
    """A formula by its parts: programs write the same one with other blanks, prefixes, cases and forms of its numbers."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    found = []
    for token in Tokenizer(formula or "").items:
        text = token.value
        if token.type == Token.WSPACE:
            continue
        if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
            text = repr(float(text))
        elif token.subtype != Token.TEXT:
            text = _PREFIXES.sub("", text.upper())
        found.append(text)
    return found
