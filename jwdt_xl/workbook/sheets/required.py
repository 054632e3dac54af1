"""What the guide requires of a table, above it: named in its lead, and what is missing live beside its title."""

from __future__ import annotations

from ...assessment.tables import NAME_FIELDS
from ...messages import Text
from .. import texts
from ..columns import required as columns
from ..parts import Parts, height
from ..plan import Table


def with_required(parts: Parts, name: str, lead: Text) -> Text:
    """The lead of a table with what the guide requires in it."""
    said = columns.asked(parts.guide) if columns.is_asked(parts.guide, name) else None
    return Text(f"{lead.zh}\n{said.zh}", f"{lead.en}\n{said.en}") if said else lead


def required(parts: Parts, name: str, found: Table) -> None:
    """Writes the cells that say what is missing; the sentence beside the title, in the columns that do not scroll."""
    if not columns.is_asked(parts.guide, name):
        return
    said, *behind = columns.live(parts.layout, parts.hints)
    at, last = said.cell, found.inputs[NAME_FIELDS[name]]
    parts.book.merge_formula(at, last, said.formula, said.value, "tip")
    for each in behind:
        parts.book.formula(each.cell, each.formula, each.value, "hidden")
    parts.book.when(at, at.row, last, f'{parts.layout.ref(at, at.sheet)}<>""', "wrong")
    room = sum(texts.width(name, key) for key, col in found.inputs.items() if at.col <= col <= last)
    parts.book.sheets[at.sheet].set_row(at.row, height([(columns.longest(parts.layout), room)], 9))
