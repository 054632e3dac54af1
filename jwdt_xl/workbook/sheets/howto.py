"""The first sheet: how to fill in the workbook, and what of it is done, missing or to be checked."""

from __future__ import annotations

from ...messages import Text
from .. import texts
from ..editions import EDITIONS
from ..parts import Parts, height
from ..plan import CONTENTS_COLUMNS, CONTENTS_FIRST, SHEETS, STAMP_FIRST, TABLE_SHEETS, Cell

_LAST = len(CONTENTS_COLUMNS) - 1
_WIDTH = sum(texts.HOWTO_WIDTHS)
_KEY_COL = 2


def howto(parts: Parts) -> None:
    book, t = parts.book, parts.t
    worksheet = book.sheets["howto"]
    for col, width in enumerate(texts.HOWTO_WIDTHS):
        worksheet.set_column(col, col, width)
    book.merge(Cell("howto", 0, 0), _LAST, t(parts.guide.name), "howto_title")
    worksheet.set_row(0, height([(t(parts.guide.name), _WIDTH)], 14.5))
    book.merge(Cell("howto", 1, 0), _LAST, t(texts.HOWTO_LEAD), "lead")
    worksheet.set_row(1, height([(t(texts.HOWTO_LEAD), _WIDTH)]))
    _stamp(parts)
    row = STAMP_FIRST + len(parts.layout.stamp) + 1
    row = _lines(parts, row, texts.STEPS_TITLE, list(texts.STEPS))
    assert row <= CONTENTS_FIRST - 2, "the steps reach into the contents list"
    parts.section(Cell("howto", CONTENTS_FIRST - 2, 0), texts.CONTENTS_TITLE, _LAST)
    row = _contents(parts) + 1
    row = _states(parts, row) + 1
    row = _lines(parts, row, texts.WHERE_TITLE, list(texts.WHERE)) + 1
    rows = min(table.rows for table in parts.layout.tables.values())
    notes = [EDITIONS[parts.layout.host].program, *(note.fill(n=rows) for note in texts.FILE_NOTES)]
    _lines(parts, row, texts.PROGRAM_TITLE, notes)


def _stamp(parts: Parts) -> None:
    """What the file says of itself, in fine print; beside it the colours."""
    book, t = parts.book, parts.t
    for key, value in parts.layout.stamp.items():
        cell = parts.layout.stamp_cell(key)
        book.write(cell._replace(col=0), t(texts.STAMP[key]), "fine")
        book.write(cell, value, "fine")
        book.sheets["howto"].set_row(cell.row, 14)
    for i, (style, text) in enumerate({**texts.COLOUR_KEY, **texts.MARK_KEY}.items()):
        book.merge(Cell("howto", STAMP_FIRST + i, _KEY_COL), _LAST, t(text), f"key_{style}")


def _lines(parts: Parts, row: int, title: Text, lines: list[Text]) -> int:
    parts.section(Cell("howto", row, 0), title, _LAST)
    for line in lines:
        row += 1
        parts.book.merge(Cell("howto", row, 0), _LAST, parts.t(line), "wrap")
        parts.book.sheets["howto"].set_row(row, height([(parts.t(line), _WIDTH)]))
    return row + 1


def _states(parts: Parts, row: int) -> int:
    book, t = parts.book, parts.t
    parts.section(Cell("howto", row, 0), texts.STATES_TITLE, _LAST)
    for name, text in texts.STATES:
        row += 1
        book.write(Cell("howto", row, 0), t(name), "cell_bold")
        book.merge(Cell("howto", row, 1), _LAST, t(text), "cell")
        book.sheets["howto"].set_row(row, height([(t(text), _WIDTH - texts.HOWTO_WIDTHS[0])]))
    return row + 1


def _contents(parts: Parts) -> int:
    """One line a sheet, with live counts of what is missing and what to check."""
    book, t, layout = parts.book, parts.t, parts.layout
    for col, title in enumerate(texts.CONTENTS_HEAD):
        book.write(Cell("howto", CONTENTS_FIRST - 1, col), t(title), "heading")
    for i, (name, (purpose, when)) in enumerate(texts.CONTENTS.items()):
        sheet = TABLE_SHEETS.get(name, name)
        shown = t(texts.OWN_VALUES) if name not in SHEETS else layout.title(name)
        book.link(layout.contents_cell(i, "sheet"), Cell(sheet, 0, 0), shown)
        book.write(layout.contents_cell(i, "purpose"), t(purpose), "cell")
        book.write(layout.contents_cell(i, "when"), t(when) if when else None, "cell")
        if name in texts.COUNTED:
            _counts(parts, i, name)
        else:
            for key in ("missing", "check", "state"):
                book.write(layout.contents_cell(i, key), None, "cell")
    first, last = CONTENTS_FIRST, CONTENTS_FIRST + len(texts.COUNTED) - 1
    for key, rule in (("missing", "tip_lacking"), ("check", "tip_wrong")):
        top = layout.contents_cell(0, key)
        here = layout.ref(top, "howto").replace("$", "")
        book.when(top, last, top.col, f"AND(ISNUMBER({here}),{here}>0)", rule)
    state = layout.contents_cell(0, "state")
    counts = [f"${'ABCDEF'[layout.contents_cell(0, key).col]}{first + 1}" for key in ("missing", "check")]
    book.when(state, last, state.col, f"{counts[1]}>0", "tip_wrong")
    book.when(state, last, state.col, f"{counts[0]}>0", "tip_lacking")
    return _sums(parts, CONTENTS_FIRST + len(texts.CONTENTS))


def _counts(parts: Parts, index: int, name: str) -> None:
    book, layout, hints, f = parts.book, parts.layout, parts.hints, parts.formulas
    missing, check = hints.counts(name)
    cells = [layout.contents_cell(index, key) for key in ("missing", "check")]
    for cell, (formula, number) in zip(cells, (missing, check), strict=True):
        book.formula(cell, formula, number, "count")
    m, k = (layout.ref(cell, "howto") for cell in cells)
    done, empty = f.t(texts.DONE), False
    if name in layout.tables:
        done = f"IF({hints.rows_formula(name)}=0,{f.t(texts.NOTHING)},{done})"
        empty = not getattr(parts.assessment, name)
    words = [f'IF({n}>0,{f.t(text)}&{n},"")' for n, text in ((m, texts.MISSING_N), (k, texts.CHECK_N))]
    joined = f'{words[0]}&IF(AND({m}>0,{k}>0)," · ","")&{words[1]}'
    value = " · ".join(
        f"{parts.t(text)}{number}"
        for text, number in ((texts.MISSING_N, missing[1]), (texts.CHECK_N, check[1]))
        if number
    )
    if not value:
        value = parts.t(texts.NOTHING if empty else texts.DONE)
    book.formula(layout.contents_cell(index, "state"), f"IF({m}+{k}=0,{done},{joined})", value, "state")


def _sums(parts: Parts, row: int) -> int:
    """What is open on all sheets."""
    book, t = parts.book, parts.t
    book.write(Cell("howto", row, 0), t(texts.ALL_SHEETS), "cell_bold")
    book.write(Cell("howto", row, 1), None, "cell")
    totals = [sum(parts.hints.counts(name)[i][1] for name in texts.COUNTED) for i in (0, 1)]
    for i, key in enumerate(("missing", "check")):
        book.formula(open_cell(parts, key), f"SUM({open_range(parts, key)})", totals[i], "count")
    for col in (4, 5):
        book.write(Cell("howto", row, col), None, "cell")
    return row + 1


def open_cell(parts: Parts, key: str) -> Cell:
    """The cell with what is missing, or to be checked, on all sheets."""
    return parts.layout.contents_cell(len(texts.CONTENTS), key)


def open_range(parts: Parts, key: str) -> str:
    first = parts.layout.contents_cell(0, key)
    return parts.layout.range("howto", first.row, first.row + len(texts.COUNTED) - 1, first.col)


def open_count(parts: Parts, key: str) -> int:
    return sum(parts.hints.counts(name)[0 if key == "missing" else 1][1] for name in texts.COUNTED)
