"""Writing a workbook: a template, or an assessment filled in with its results."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
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
from .common import Common
from .editions import EDITIONS
from .layout import Layout
from .lists import Lists
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
    written(Path(path), Lists(Layout(guide, host, language, rows_of(result.assessment, rows))), result, sender)
    return result


def written(
    to: Path | None, lists: Lists, result: Result, sender: Sender, common: Common | None = None,
    kept: Collection[str] = (),
) -> Book:  # fmt: skip
    """The workbook of a result at the places of some lists, closed. common, kept: as a Book takes them."""
    layout = lists.layout
    with speaking(layout.language), Book(to, layout, layout.guide.name, layout.sheets, common, kept) as book:
        _write_sheets(Parts(book, layout, result, sender, lists))
    return book


def rows_of(assessment: Assessment, rows: Mapping[str, int] | None = None) -> dict[str, int]:
    """How many rows each table needs."""
    return {name: max(len(getattr(assessment, name)), (rows or {}).get(name, 0)) for name in TABLES}


def _write_sheets(parts: Parts) -> None:
    """The sheets that are open, and the names of all."""
    book, layout = parts.book, parts.layout
    book.read = layout.read
    for key, write_sheet in _sheets(parts):
        if key in book.open:
            write_sheet(parts)
    if EDITIONS[layout.host].carries:
        from .carried import carry  # here: the functions are no part of the other editions

        carry(book, book.file)
    for name, reference in {**layout.names, **layout.ranges}.items():
        book.file.define_name(name, "=" + reference)
    for key in book.open:
        _page(layout, key, book.sheets[key])
    book.sheets["howto"].activate()


def _sheets(parts: Parts) -> Iterator[tuple[str, Callable[[Parts], None]]]:
    """Each sheet with what writes it."""
    layout = parts.layout
    yield "howto", howto
    yield from ((sheet, partial(inputs.form, sheet=sheet)) for sheet in layout.forms)
    yield from ((name, partial(inputs.table, name=name)) for name in layout.tables if name not in TABLE_SHEETS)
    yield "settings", settings
    yield "quantities", results.quantities
    yield "indicators", results.indicators
    yield "summary", summary
    if not layout.guide.is_plain:
        yield "measures", measures
        yield "monthly", monthly
        yield "pasted", pasted
        yield "annex_b", sheets_reference.annex_b
        yield "gwp", sheets_reference.gwp
        yield "energies", sheets_reference.standard_coal
        yield "fuels", sheets_reference.fuel_defaults
        yield "grid_factors", sheets_reference.grid_factors
    yield "method", sheets_reference.method
    yield "lists", sheets_reference.lists


def _page(layout: Layout, key: str, sheet: Any) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    longest = max((t.rows for t in layout.tables.values() if t.sheet == key), default=0)
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
