"""The check column of the authoring workbook: what its rules find out of sight, and what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..workbook import theme
from ..workbook.book import Book
from .layout import Layout
from .live import OK, Live
from .row_rules import ROW_RULES, Row


def write_rules(
    book: Book,
    formulas: Live,
    nodes: Sequence[Mapping[str, Any]],
    totals: Sequence[float | str],
    inputs: Sequence[str],
) -> None:
    """Whether each rule holds of each row of the tree."""
    layout = formulas.layout
    for i, rule in enumerate(ROW_RULES):
        for row in range(layout.rows["nodes"]):
            of = Row(nodes[row], totals[row], nodes, inputs) if row < len(nodes) else None
            found = int(of is not None and bool(of["code"]) and rule.holds(of))
            book.formula(layout.ruled(row, i), formulas.ruled(row, i), found, "hidden")
    first, last = (layout.ruled(0, i).col for i in (0, len(ROW_RULES) - 1))
    book.sheets["nodes"].set_column(first, last, None, None, {"hidden": True})


def mark_problems(book: Book, layout: Layout) -> None:
    """A check that is not ok stands out."""
    first, last = (layout.cell("nodes", row, "check") for row in (0, layout.rows["nodes"] - 1))
    here = layout.ref(first)
    rule = {
        "type": "formula",
        "criteria": f'=AND({here}<>"",{here}<>"{layout.text(OK)}")',
        "format": book.file.add_format({"bg_color": theme.NEEDED, "bold": True}),
    }
    book.sheets["nodes"].conditional_format(first.row, first.col, last.row, last.col, rule)
