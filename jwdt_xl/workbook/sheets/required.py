"""What the guide requires of a table, above it: named in its lead, and what is missing live above the hints."""

from __future__ import annotations

from ...messages import Text
from ..columns import required as columns
from ..parts import Parts
from ..plan import Table


def with_required(parts: Parts, name: str, lead: Text) -> Text:
    """The lead of a table with what the guide requires in it."""
    said = columns.asked(parts.guide) if columns.is_asked(parts.guide, name) else None
    return Text(f"{lead.zh}\n{said.zh}", f"{lead.en}\n{said.en}") if said else lead


def required(parts: Parts, name: str, found: Table, width: int) -> list[tuple[str, int]]:
    """Writes the cells that say what is missing; returns the longest text that may stand there, with its width."""
    if not columns.is_asked(parts.guide, name):
        return []
    for each in columns.live(parts.layout, parts.hints):
        shown = each.cell.col == found.computed[columns.SAID]
        parts.book.formula(each.cell, each.formula, each.value, "tip" if shown else "hidden")
    at = columns.cell(parts.layout, columns.SAID)
    parts.book.when(at, at.row, at.col, f'{parts.layout.ref(at, at.sheet)}<>""', "wrong")
    return [(columns.longest(parts.layout), width)]
