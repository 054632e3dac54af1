"""The portfolio workbook, sheet by sheet."""

from __future__ import annotations

from ..analysis.group import Get, Group
from . import enterprises, groups
from . import findings as sheets_findings
from .contents import SHEETS, Contents
from .files import files
from .method import method
from .overview import overview
from .sheet import EXCEL_ROWS, Book, Sheet


def write(path: str, group: Group, get: Get, table: str = "", rows: int = EXCEL_ROWS) -> None:
    """Write the portfolio of a group; ``table`` is the file that holds all of it, ``rows`` where a sheet is full."""
    with Book(path, rows) as book:
        contents = Contents(book, group, get, group.order, table)
        first = Sheet(book, str(SHEETS["overview"]))
        ranking = enterprises.ranking(contents)
        values = enterprises.values(contents)
        groups.benchmarks(contents)
        groups.whole_industry(contents)
        groups.regions(contents)
        findings = sheets_findings.findings(contents)
        sheets_findings.reviews(contents)
        rejected = sheets_findings.rejected(contents)
        listed = files(contents)
        method(contents)
        overview(
            contents,
            first,
            values,
            {"ranking": ranking, "values": values, "findings": findings, "rejected": rejected, "files": listed},
        )
        first.sheet.activate()
