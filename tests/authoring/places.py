"""Where the tests of the authoring workbook type and look: cells by the names of what stands in them, found by the layout."""

from __future__ import annotations

from typing import Any

from jwdt_xl.authoring.layout import Layout

LAYOUT = Layout("en")


def fact(name: str, layout: Layout = LAYOUT) -> str:
    return layout.where(layout.fact(name))


def option(name: str) -> str:
    return LAYOUT.where(LAYOUT.option(name))


def live(name: str) -> str:
    return LAYOUT.where(LAYOUT.live(name))


def entry(table: str, field: str, row: int = 0) -> str:
    """A field of a table's row, counted from 0."""
    return LAYOUT.where(LAYOUT.cell(table, row, field))


def stamp(key: str) -> str:
    return LAYOUT.where(LAYOUT.stamp[key][1])


def heading(place: str) -> str:
    """The cell that names a fact: left of it."""
    sheet, _, address = place.partition("!")
    return f"{sheet}!A{address[1:]}"


def typed(book: Any, cells: dict[str, Any]) -> None:
    """Values into the cells of a workbook opened by openpyxl, by sheet!cell."""
    for place, value in cells.items():
        sheet, _, address = place.rpartition("!")
        book[sheet][address].value = value
