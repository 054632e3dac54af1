"""Writing a workbook: a template, or an assessment filled in with its results."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..assessment.evaluate import evaluate
from ..assessment.model import Assessment
from ..assessment.result import Result
from ..assessment.tables import TABLES
from ..messages import speaking
from ..standard.guide import Guide, builtin
from . import texts
from .book import Book
from .editions import EDITIONS
from .layout import Layout
from .measures.sheet import measures
from .monthly.sheet import monthly
from .parts import NOBODY, Parts, Sender
from .pasted.sheet import pasted
from .plan import TABLE_SHEETS
from .sheets import inputs, results
from .sheets import reference as sheets_reference
from .sheets.howto import howto
from .sheets.settings import settings
from .sheets.summary import summary

#: A table longer than this is printed on more than one page.
ONE_PAGE = 60
#: And a page of texts than this.
TEXT_PAGE = 110


def write(
    path: str | Path,
    *,
    guide: Guide | None = None,
    host: str = "excel",
    language: str = "zh",
    assessment: Assessment | None = None,
    rows: Mapping[str, int] | None = None,
    sender: Sender = NOBODY,
) -> Result:
    """Write a template, or the workbook of an assessment with its results, and return the result it shows.

    rows: at least how many rows a table has, where the usual number is not enough. sender: whom to ask, until when.
    """
    guide = guide or builtin()
    result = evaluate(assessment or Assessment(), guide)
    counts = {name: max(len(getattr(result.assessment, name)), (rows or {}).get(name, 0)) for name in TABLES}
    with speaking(language):
        layout = Layout(guide, host, language, counts)
        with Book(Path(path), layout, guide.name, layout.sheets) as book:
            book.read = layout.read
            _Writer(book, Parts(book, layout, result, sender)).write()
    return result


class _Writer:
    def __init__(self, book: Book, parts: Parts) -> None:
        self.book, self.layout, self.parts = book, parts.layout, parts

    def write(self) -> None:
        parts = self.parts
        howto(parts)
        for sheet in self.layout.forms:
            inputs.form(parts, sheet)
        for name in self.layout.tables:
            if name not in TABLE_SHEETS:
                inputs.table(parts, name)
        settings(parts)
        results.quantities(parts)
        results.indicators(parts)
        summary(parts)
        if not self.layout.guide.is_plain:
            measures(parts)
            monthly(parts)
            pasted(parts)
            sheets_reference.annex_b(parts)
            sheets_reference.gwp(parts)
            sheets_reference.standard_coal(parts)
            sheets_reference.fuel_defaults(parts)
            sheets_reference.grid_factors(parts)
        sheets_reference.method(parts)
        sheets_reference.lists(parts)
        if EDITIONS[self.layout.host].carries:
            from .carried import carry  # here: the functions are no part of the other editions

            carry(self.book, self.book.file)
        for name, reference in {**self.layout.names, **self.layout.ranges}.items():
            self.book.file.define_name(name, "=" + reference)
        for key, sheet in self.book.sheets.items():
            self._page(key, sheet)
        self.book.sheets["howto"].activate()

    def _page(self, key: str, sheet: Any) -> None:
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        longest = max((t.rows for t in self.layout.tables.values() if t.sheet == key), default=0)
        # the method is as long as what the guide says
        much = longest > ONE_PAGE or (key == "method" and (sheet.dim_rowmax or 0) > TEXT_PAGE)
        sheet.fit_to_pages(1, 0 if much else 1)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        if key not in ("summary", "lists"):
            sheet.print_area(1, 0, sheet.dim_rowmax or 1, sheet.dim_colmax or 0)  # without the bar
        if key != "summary":
            sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
        if key == "lists":
            sheet.hide()
        if key in texts.LANDSCAPE:
            sheet.set_landscape()
