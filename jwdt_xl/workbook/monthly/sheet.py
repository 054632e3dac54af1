"""Writes the sheet of conversions and months. Nothing of it stands in an assessment: it is always blank, and so are its results."""

from __future__ import annotations

from typing import Any

from ...messages import Text
from .. import texts as sheet_texts
from ..book import Rows
from ..parts import Parts, height
from ..sheets.cells import kept
from . import texts
from .formulas import MonthlyFormulas
from .hints import HINTS, LACKING
from .places import (
    COLUMNS,
    CONVERSIONS,
    EACH,
    FIRST,
    FOLDED,
    HIDDEN,
    LAST,
    MONTH_KEYS,
    MONTHS_FIRST,
    MONTHS_HEADER,
    MONTHS_SECTION,
    SECTION,
    SHEET,
    TYPED,
    WIDTHS,
    at,
    cell,
    head_of,
    lines_of,
)  # fmt: skip

_RESULTS = ("hint", "mark", "first", "second", "third")
_STYLES = {"hint": "tip", "mark": "mark"}
#: Over so many months stands how a conversion is made: further right a small screen does not reach.
_SOURCE = 5
_TITLED = COLUMNS["hint"] + 1


def monthly(parts: Parts) -> None:
    """The whole sheet."""
    book, sheet = parts.book, parts.book.sheets[SHEET]
    for key, col in COLUMNS.items():
        sheet.set_column(col, col, WIDTHS.get(key, 9), None, {"hidden": key in FOLDED})
    parts.head(SHEET, [WIDTHS.get(key, 0) for key in COLUMNS if key not in HIDDEN], _TITLED)
    sheet.freeze_panes(SECTION, _TITLED)
    first = cell(lines_of(CONVERSIONS[0]).first, "one")
    sheet.set_selection(first.row, first.col, first.row, first.col)
    formulas = MonthlyFormulas(parts.layout, parts.lists)
    last = COLUMNS["third"]
    parts.section(cell(SECTION, "hint"), texts.CONVERSIONS, last)
    for name in CONVERSIONS:
        _conversion(parts, formulas, name)
    parts.section(cell(MONTHS_SECTION, "hint"), texts.BILLS, last)
    _head(parts, MONTHS_HEADER, "months", "heading")
    _lines(parts, formulas, "months")
    for key in MONTH_KEYS:
        for row in range(MONTHS_FIRST, LAST + 1):
            book.write(cell(row, key), None, "optional")
    _boxes(parts)
    code = at("code", FIRST)
    area = cell(FIRST, "hint"), LAST, COLUMNS["mark"]
    for low, high, rule in ((1, max(LACKING), "tip_lacking"), (max(LACKING) + 1, len(HINTS), "tip_wrong")):
        book.when(*area, f"AND(ISNUMBER({code}),{code}>={low},{code}<={high})", rule)
    book.digits(cell(FIRST, "first"), LAST, COLUMNS["third"])


def _head(parts: Parts, row: int, kind: str, style: str, least: float = 0) -> None:
    heads = {key: parts.t(text) for key, text in texts.HEADS[kind].items()}
    for key, text in heads.items():
        parts.book.write(cell(row, key), text, style)
    tall = height([(text, WIDTHS[key] * 0.9) for key, text in heads.items()])
    parts.book.sheets[SHEET].set_row(row, max(tall, least))


def _conversion(parts: Parts, formulas: MonthlyFormulas, name: str) -> None:
    """Its heading, how it is converted, and its lines."""
    row = head_of(name)
    parts.book.write(cell(row, "hint"), parts.t(texts.TITLES[name]), "cell_bold")
    source = parts.t(texts.SOURCES[name])
    over = MONTH_KEYS[:_SOURCE]
    parts.book.merge(cell(row, over[0]), COLUMNS[over[-1]], source, "hint", row + EACH)
    room = sum(WIDTHS[key] for key in over)
    _head(parts, row, name, "heading_light", height([(source, room)], 9) / (EACH + 1))
    _lines(parts, formulas, name)


def _lines(parts: Parts, formulas: MonthlyFormulas, kind: str) -> None:
    """What is typed, in unlocked cells, and the formulas beside it."""
    book, filled = parts.book, Rows(*lines_of(kind))
    for row in range(filled.first, filled.last + 1):
        for key in TYPED[kind]:
            listed = key in _listed(kind)
            book.write(cell(row, key), None, "optional_text" if listed else "optional")
        for key in (*_RESULTS, *HIDDEN):
            if formula := formulas.of(kind, key, row):
                style = _STYLES.get(key, "hidden" if key in HIDDEN else "value")
                book.formula(cell(row, key), formula, "", style, filled=filled)


def _listed(kind: str) -> dict[str, str]:
    """What is typed as a text, chosen from a list."""
    units = "units:" + ",".join(("mass", "volume", "energy", "coal"))
    return {
        "unit": {"two": units, "three": units},
        "heat": {"two": "heat_units"},
        "months": {"two": "periods", "three": units},
    }.get(kind, {})


def _boxes(parts: Parts) -> None:
    """Lists to choose from; nothing raises a box: the hint says what is wrong."""
    for kind, keys in TYPED.items():
        rows = lines_of(kind)
        helped = {key.partition(".")[2]: text for key, text in texts.HELP.items() if key.startswith(f"{kind}.")}
        listed = _listed(kind)
        for key in keys:
            rule: dict[str, Any] = _said(parts, kind, key, helped)
            if key in listed:
                rule |= kept(parts, parts.lists.column(listed[key]), sheet_texts.OTHER_NAME)
            elif rule:
                rule |= {"validate": "any"}
            if rule:
                parts.book.validate(cell(rows.first, key), rule, rows.last)


def _said(parts: Parts, kind: str, key: str, helped: dict[str, Text]) -> dict[str, Any]:
    if key not in helped:
        return {}
    title = parts.t(texts.HEADS[kind][key]).partition("\n")[0]
    return {"input_title": title[:32], "input_message": parts.t(helped[key])[:255]}
