"""Columns that few need: folded away behind the + above the columns, and told of above the table.

All those of a table lie side by side and share one +. Programs join columns of one level that touch into one fold, so a + for
each of them would need a column in sight between any two: that moves the cells which are filled in, and is another layout.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...messages import Text, joined
from .. import texts, words
from ..parts import Parts
from ..plan import RARE, Table


def fold(key: str, folded: bool) -> dict[str, Any]:
    """How a column stands that few need."""
    return {"level": 1, "hidden": folded} if key in RARE else {}


def lead_of(parts: Parts, name: str, found: Table, rare: list[str]) -> Text:
    """What the sheet is for, and where the columns are that are folded away."""
    lead = words.lead(parts.guide, name)
    if not rare:
        return lead
    fields = specs(TABLES[name])
    labels = [fields[key].label for key in rare if key in fields]
    named = joined(labels[: texts.NAMED_FOLDED])
    if len(labels) > texts.NAMED_FOLDED:
        named = texts.ALL_FOLDED.fill(c=named, n=len(labels))
    places = [found.edge, *(found.column(key) for key in rare)]
    folded = texts.FOLDED.fill(c=named, a=xl_col_to_name(min(places) - 1), b=xl_col_to_name(max(places) + 1))
    return Text(f"{lead.zh}\n{folded.zh}", f"{lead.en}\n{folded.en}")
