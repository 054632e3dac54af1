"""Why a result cell differs: typed over, its formula changed, or only not recalculated."""

from __future__ import annotations

import os
import re
import tempfile
import warnings
from collections.abc import Sequence
from typing import Any

from ...assessment.model import Assessment
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
    except Exception:  # the values are what counts; a file whose formulas openpyxl cannot read keeps them
        return found
    for cell, formula in formulas.items():
        if formula is None:
            found[cell] = TYPED
    suspects = [cell for cell in wanted if found[cell] == STALE]
    if suspects and (right := _template(layout, suspects, assessment)):
        for cell in suspects:
            if _plain(formulas[cell]) != _plain(right[cell]):
                found[cell] = CHANGED
    return found


def _formulas(path: str, layout: Layout, cells: Sequence[Cell]) -> dict[Cell, str | None]:
    """The formula of each cell, None where there is a constant or nothing."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with open(path, "rb") as file:  # whatever the file is called
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
            try:
                sheets = {key: _rows(book[layout.title(key)]) for key in {cell.sheet for cell in cells}}
            finally:
                book.close()
    return {cell: _formula(sheets[cell.sheet], cell) for cell in cells}


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=1, max_row=80, max_col=40, values_only=True))


def _formula(rows: list[tuple[Any, ...]], cell: Cell) -> str | None:
    row = rows[cell.row] if cell.row < len(rows) else ()
    value = row[cell.col] if cell.col < len(row) else None
    text = getattr(value, "text", value)  # an array formula is an object
    return text if isinstance(text, str) and text.startswith("=") else None


def _template(layout: Layout, cells: Sequence[Cell], assessment: Assessment) -> dict[Cell, str | None]:
    """The formulas the template has, where its tables are as long as the file's."""
    from ... import workbook

    handle, path = tempfile.mkstemp(".xlsx", "jwdt-")
    os.close(handle)
    try:
        workbook.write(path, guide=layout.guide, host=layout.host, language=layout.language, assessment=assessment)
        grown = {name: len(getattr(assessment, name)) for name in layout.tables}
        again = Layout(layout.guide, layout.host, layout.language, grown)
        if {name: table.rows for name, table in again.tables.items()} != {
            name: table.rows for name, table in layout.tables.items()
        }:
            return {}
        return _formulas(path, layout, cells)
    finally:
        os.remove(path)


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
