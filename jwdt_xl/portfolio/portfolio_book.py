"""The portfolio workbook, sheet by sheet."""

from __future__ import annotations

from . import sheets_enterprises, sheets_findings, sheets_group
from .contents import SHEETS, Contents
from .group import Get, Group
from .sheet import EXCEL_ROWS, Book, Sheet
from .sheet_method import method
from .sheet_overview import overview


def write(path: str, group: Group, get: Get, table: str = "", rows: int = EXCEL_ROWS) -> None:
    """Write the portfolio of a group; ``table`` is the file that holds all of it, ``rows`` where a sheet is full."""
    with Book(path, rows) as book:
        contents = Contents(book, group, get, group.order, table)
        first = Sheet(book, str(SHEETS["overview"]))
        ranking = sheets_enterprises.ranking(contents)
        values = sheets_enterprises.values(contents)
        sheets_group.benchmarks(contents)
        sheets_group.whole_industry(contents)
        sheets_group.regions(contents)
        findings = sheets_findings.findings(contents)
        sheets_findings.reviews(contents)
        rejected = sheets_findings.rejected(contents)
        method(contents)
        overview(
            contents,
            first,
            values,
            {"ranking": ranking, "values": values, "findings": findings, "rejected": rejected},
        )
        first.sheet.activate()
