"""Writes the sheet of the pasted form. Nothing of it stands in an assessment: it is always blank, and so is what rests on it."""

from __future__ import annotations

from typing import Any

from ...standard.statistics import COLUMNS as FORM_COLUMNS
from .. import texts as sheet_texts
from ..book import Rows
from ..columns.column import Value
from ..parts import Parts, height
from ..plan import Cell
from ..sheets.cells import kept
from . import texts
from .formulas import PastedFormulas
from .hints import LAST_WRONG, LINE_CODES
from .places import (
    BESIDE,
    COLUMNS,
    CORNER,
    FIRST,
    FOLDED,
    FORM,
    FORM_TITLES,
    HEADER,
    LAST_LINE,
    LAST_PASTED,
    OF_BILLS,
    OF_LINES,
    PERIOD,
    READY,
    ROWS,
    SAID,
    SAID_OF_ROWS,
    SHEET,
    TITLES,
    WIDTHS,
    at,
    letter,
)

#: What the formulas say while nothing is pasted, where that is not blank.
_BLANK: dict[str, Value] = {"sum": 0}
#: Numbers are shown in full: they are there to be copied.
_STYLES = {"hint": "tip", "mark": "mark", "why": "tip"}
#: A row that no sheet has, as a formula writes it and the one above: in their place come the numbers of each row.
_ANY_ROW = 987_654
_HERE, _ABOVE = str(_ANY_ROW + 1), str(_ANY_ROW)
#: Where the sentences stand: of the lines, and above what is pasted.
_OF_LINES = ("origin", BESIDE[-1])
_TITLED = COLUMNS["hint"] + 1


def pasted(parts: Parts) -> None:
    """The whole sheet."""
    book, sheet = parts.book, parts.book.sheets[SHEET]
    formulas = PastedFormulas(parts.layout, parts.lists)
    form = COLUMNS[FORM[0]], COLUMNS[FORM[-1]]
    for key, col in COLUMNS.items():
        # Cells of a table that nobody has pasted yet need not be there: their columns are unlocked.
        look = book.style("form") if form[0] <= col <= form[1] else None
        sheet.set_column(col, col, WIDTHS.get(key, 9), look, {"hidden": key in FOLDED})
    shown = [0 if key in FOLDED else WIDTHS[key] for key in COLUMNS if key in WIDTHS or key in ("from", "to")]
    corner = f"{letter(FORM[0])}{CORNER.row + 1}"
    parts.head(SHEET, shown, _TITLED, texts.LEAD.fill(c=corner))
    sheet.freeze_panes(FIRST, _TITLED)
    sheet.repeat_rows(HEADER)
    _heads(parts)
    _period(parts)
    _columns(parts, formulas)
    _said(parts, formulas)
    _colours(parts)
    sheet.set_selection(CORNER.row, CORNER.col, CORNER.row, CORNER.col)


def _heads(parts: Parts) -> None:
    book, t = parts.book, parts.t
    titles = {**TITLES, **dict(zip(FORM, FORM_TITLES, strict=True))}
    for key, text in titles.items():
        style = "heading_light" if key in FORM and key not in _USED else "heading"
        book.write(Cell(SHEET, HEADER, COLUMNS[key]), t(text), style)
    tall = height([(t(text), WIDTHS[key] * 0.9) for key, text in titles.items()])
    book.sheets[SHEET].set_row(HEADER, tall)
    for row in (0, 1, SAID):  # what is above the form stays locked
        for key in FORM:
            if row != SAID or key not in _OVER_FORM:
                book.write(Cell(SHEET, row, COLUMNS[key]), None)


#: The columns of the form that are read, and those over which its sentence stands.
_USED = tuple(f"column_{place}" for place in FORM_COLUMNS.values())
_OVER_FORM = FORM[FORM.index(SAID_OF_ROWS) :][:9]


def _period(parts: Parts) -> None:
    """Which period the form is of."""
    book, t = parts.book, parts.t
    book.write(Cell(SHEET, SAID, COLUMNS["hint"]), t(texts.PERIOD), "subtotal_label")
    book.write(PERIOD, None, "optional_text")
    rule: dict[str, Any] = {"input_title": t(texts.PERIOD)[:32], "input_message": t(texts.PERIOD_HELP)}
    book.validate(PERIOD, rule | kept(parts, parts.lists.column("periods"), sheet_texts.OTHER_NAME))


def _columns(parts: Parts, formulas: PastedFormulas) -> None:
    """Formulas filled down: of the rows pasted, of the lines, and of the bills."""
    last_bill = parts.layout.tables["activity"].last
    kinds = (
        ("row", ("why", *ROWS), LAST_PASTED),
        ("line", ("hint", "mark", *READY, "source", *BESIDE, *OF_LINES), LAST_LINE),
        ("bill", OF_BILLS, last_bill),
    )
    for kind, keys, last in kinds:
        for key in keys:
            hidden = key in (*ROWS, *OF_LINES, *OF_BILLS)
            style = "hidden" if hidden else _STYLES.get(key, "computed")
            pattern = getattr(formulas, f"{kind}_{key}")(_ANY_ROW)
            for row in range(FIRST, last + 1):
                formula = pattern.replace(_HERE, str(row + 1)).replace(_ABOVE, str(row))
                cell = Cell(SHEET, row, COLUMNS[key])
                parts.book.formula(cell, formula, _BLANK.get(key, ""), style, filled=Rows(FIRST, last))


def _said(parts: Parts, formulas: PastedFormulas) -> None:
    """What is said of the whole."""
    book = parts.book
    for key, formula in formulas.said().items():
        book.formula(Cell(SHEET, SAID, COLUMNS[key]), formula, 0, "hidden")
    first, last = (COLUMNS[key] for key in _OF_LINES)
    book.merge_formula(Cell(SHEET, SAID, first), last, formulas.said_of_lines(), parts.t(texts.NOTHING), "strong")
    book.merge_formula(
        Cell(SHEET, SAID, COLUMNS[_OVER_FORM[0]]), COLUMNS[_OVER_FORM[-1]], formulas.said_of_rows(), "", "strong"
    )
    book.sheets[SHEET].set_row(SAID, 32)


def _colours(parts: Parts) -> None:
    book = parts.book
    told, code = at("told", FIRST), at("code", FIRST)
    lines = Cell(SHEET, FIRST, COLUMNS["hint"]), LAST_LINE, COLUMNS["mark"]
    for low, high, rule in ((1, LINE_CODES["blank"], "tip_lacking"), (LINE_CODES["differs"],) * 2 + ("tip_wrong",)):
        book.when(*lines, f"AND(ISNUMBER({told}),{told}>={low},{told}<={high})", rule)
    why = Cell(SHEET, FIRST, COLUMNS["why"])
    book.when(why, LAST_PASTED, why.col, f"AND(ISNUMBER({code}),{code}>0,{code}<={LAST_WRONG})", "tip_wrong")
    word = parts.t(texts.CHECK)
    for key in (_OF_LINES[0], _OVER_FORM[0]):
        here = at(key, SAID)
        book.when(
            Cell(SHEET, SAID, COLUMNS[key]), SAID, COLUMNS[key], f'LEFT({here},{len(word)})="{word}"', "tip_wrong"
        )
