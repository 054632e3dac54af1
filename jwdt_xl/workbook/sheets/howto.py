"""The first sheet: what to do first, how far one has got, and what of the workbook is done, missing or to be checked."""

from __future__ import annotations

from ...assessment.checks.completeness import tables_needed
from ...assessment.checks.rows import FROM_BILLS
from ...messages import Text
from ...standard.guide import Node
from ...standard.scoring import MODERATE, QUALITATIVE
from .. import texts, words
from ..columns.cached import general, rounded
from ..editions import EDITIONS, WHICH
from ..parts import Parts, height
from ..plan import CONTENTS_COLUMNS, CONTENTS_FIRST, STAMP_FIRST, TABLE_SHEETS, Cell

_LAST = len(CONTENTS_COLUMNS) - 1
_WIDTH = sum(texts.HOWTO_WIDTHS)
#: Beside the steps: the colours.
_KEY_COL = 4
_STEPS_WIDTH = sum(texts.HOWTO_WIDTHS[:_KEY_COL])


def howto(parts: Parts) -> None:
    book, t = parts.book, parts.t
    worksheet = book.sheets["howto"]
    for col, width in enumerate(texts.HOWTO_WIDTHS):
        worksheet.set_column(col, col, width)
    parts.bar("howto", texts.HOWTO_WIDTHS)
    _whole(parts, 1, t(parts.guide.name), "howto_title", 14.5)
    _stamp(parts)
    row = STAMP_FIRST + len(parts.layout.stamp)
    _whole(parts, row, t(words.howto_lead(parts.guide)), "lead")
    _sender(parts, row + 1)
    _progress(parts, row + 2)
    assert _steps(parts, row + 3) <= CONTENTS_FIRST - 2, "the steps reach into the contents list"
    parts.section(Cell("howto", CONTENTS_FIRST - 2, 0), texts.CONTENTS_TITLE, _LAST)
    row = _contents(parts) + 1
    row = _states(parts, row) + 1
    row = _lines(parts, row, texts.WHERE_TITLE, list(words.where_from(parts.guide))) + 1
    rows = min((table.rows for table in parts.layout.tables.values()), default=0)
    notes = [EDITIONS[parts.layout.host].program, WHICH, *(note.fill(n=rows) for note in words.file_notes(parts.guide))]
    row = _lines(parts, row, texts.PROGRAM_TITLE, notes) + 1
    stamp = [f"{t(texts.STAMP[key])} {value}" for key, value in parts.layout.stamp.items()]
    _whole(parts, row, f"{t(texts.STAMP_TITLE)}{' · '.join(stamp)}", "fine_wrap", 7.5)


def _whole(parts: Parts, row: int, text: str, style: str, size: float = 10) -> None:
    """A text over the whole width."""
    parts.book.merge(Cell("howto", row, 0), _LAST, text, style)
    parts.book.sheets["howto"].set_row(row, height([(text, _WIDTH)], size))


def _stamp(parts: Parts) -> None:
    """What the file says of itself, at its fixed cells, out of sight; for people it stands at the bottom."""
    for key, value in parts.layout.stamp.items():
        cell = parts.layout.stamp_cell(key)
        parts.book.write(cell._replace(col=0), parts.t(texts.STAMP[key]), "fine")
        parts.book.write(cell, value, "fine")
        parts.book.sheets["howto"].set_row(cell.row, 14, None, {"hidden": True})


def _sender(parts: Parts, row: int) -> None:
    """Whom to ask, and until when it is to come back; no row where nobody said so."""
    said = [parts.t(label) + text for label, text in zip(texts.SENDER, parts.sender, strict=True) if text]
    if said:
        _whole(parts, row, "\n".join(said), "strong")
    else:
        parts.book.sheets["howto"].set_row(row, None, None, {"hidden": True})


def _progress(parts: Parts, row: int) -> None:
    """What to do next, and how much is left."""
    layout, f, t = parts.layout, parts.formulas, parts.t
    listed = words.counted(parts.guide)
    counts = [parts.hints.counts(name) for name in listed]
    formula, value = f.t(texts.NEXT_DONE), t(texts.NEXT_DONE)
    for key, place, label in (("check", 1, texts.CHECK_N), ("missing", 0, texts.MISSING_N)):
        for i in reversed(range(len(listed))):
            cell, number = layout.ref(layout.contents_cell(i, key), "howto"), counts[i][place][1]
            name = t(_title(parts, listed[i]))
            before = t(texts.NEXT.fill(s=name)) + t(label)
            formula = f"IF({cell}>0,{f.t(Text(before, before))}&{cell},{formula})"
            value = f"{before}{number}" if number else value
    left = [layout.ref(open_cell(parts, key), "howto") for key in ("missing", "check")]
    labels = [f.t(text) for text in texts.LEFT]
    percent = 'IF(ISNUMBER(out_coverage),ROUND(100*out_coverage,0)&" %","–")'
    formula = f"{formula}&{labels[0]}&{left[0]}&{labels[1]}&{left[1]}&{labels[2]}&{percent}"
    numbers = [open_count(parts, key) for key in ("missing", "check")]
    done = f"{general(float(rounded(100 * parts.result.coverage, 0)))} %"
    value += "".join(f"{t(text)}{number}" for text, number in zip(texts.LEFT, (*numbers, done), strict=True))
    parts.book.merge_formula(Cell("howto", row, 0), _LAST, formula, value, "strong")
    parts.book.sheets["howto"].set_row(row, 22)


def _steps(parts: Parts, row: int) -> int:
    """What to do, in order; beside it the colours. Returns the row after them."""
    parts.section(Cell("howto", row, 0), words.steps_title(parts.guide), _LAST)
    colours = {**texts.COLOUR_KEY, **texts.MARK_KEY}
    for i, (style, colour) in enumerate(colours.items(), row + 1):
        parts.book.merge(Cell("howto", i, _KEY_COL), _LAST, parts.t(colour), f"key_{style}")
    steps = words.steps(parts.guide)
    for i, step in enumerate(steps, row + 1):
        parts.book.merge(Cell("howto", i, 0), _KEY_COL - 1, parts.t(step), "step")
        parts.book.sheets["howto"].set_row(i, height([(parts.t(step), _STEPS_WIDTH)]))
    return row + 1 + max(len(steps), len(colours))


def _title(parts: Parts, name: str) -> Text:
    """What a sheet of the contents list is called; a table on another's sheet by its own name."""
    return parts.layout.sheets.get(name, texts.OWN_VALUES)


def _needed(parts: Parts, name: str) -> tuple[str, str]:
    """Whether a sheet is to be filled in: by the guide's indicators, and while they are not declared not applicable."""
    t, when = parts.t, words.contents(parts.guide)[name][1]
    users = _users(parts, name)
    if when is None or users is None:
        return "", t(when) if when else ""
    if not users:
        return "", t(texts.NOT_ASKED)
    if name == "settings":
        return "", t(when if any(node.benchmark is None for node in users) else texts.BENCHMARKS_GIVEN)
    formula, holds = parts.hints.applicable(users)
    return f"IF({formula},{parts.formulas.t(when)},{parts.formulas.t(texts.NOT_APPLICABLE)})", t(
        when if holds else texts.NOT_APPLICABLE
    )


def _users(parts: Parts, name: str) -> list[Node] | None:
    """The indicators a sheet is filled in for; None where it is so whatever the guide."""
    nodes = parts.guide.indicators
    if name == "settings":
        return [node for node in nodes if node.attribute not in (MODERATE, QUALITATIVE)]
    if name == "qualitative" and parts.guide.vetoes:
        return None
    if name == "qualitative":
        return [node for node in nodes if any(node.algorithm.asks(section) for section in parts.layout.forms[name])]
    tables = set(FROM_BILLS) if name == "activity" else {name}
    if name in texts.WHATEVER:
        return None
    return [node for node in nodes if tables & tables_needed(node)]


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
    for i, (name, (purpose, _)) in enumerate(words.contents(parts.guide).items()):
        sheet = TABLE_SHEETS.get(name, name)
        shown = t(_title(parts, name))
        book.link(layout.contents_cell(i, "sheet"), parts.start(sheet), shown)
        book.write(layout.contents_cell(i, "purpose"), t(purpose), "cell")
        formula, when = _needed(parts, name)
        if formula:
            book.formula(layout.contents_cell(i, "when"), formula, when, "cell")
        else:
            book.write(layout.contents_cell(i, "when"), when, "cell")
        if name in words.counted(parts.guide):
            _counts(parts, i, name)
        else:
            for key in ("missing", "check", "state"):
                book.write(layout.contents_cell(i, key), None, "cell")
    first, last = CONTENTS_FIRST, CONTENTS_FIRST + len(words.counted(parts.guide)) - 1
    for key, rule in (("missing", "tip_lacking"), ("check", "tip_wrong")):
        top = layout.contents_cell(0, key)
        here = layout.ref(top, "howto").replace("$", "")
        book.when(top, last, top.col, f"AND(ISNUMBER({here}),{here}>0)", rule)
    state = layout.contents_cell(0, "state")
    counts = [f"${'ABCDEF'[layout.contents_cell(0, key).col]}{first + 1}" for key in ("missing", "check")]
    book.when(state, last, state.col, f"{counts[1]}>0", "tip_wrong")
    book.when(state, last, state.col, f"{counts[0]}>0", "tip_lacking")
    return _sums(parts, CONTENTS_FIRST + len(words.contents(parts.guide)))


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
    totals = [sum(parts.hints.counts(name)[i][1] for name in words.counted(parts.guide)) for i in (0, 1)]
    for i, key in enumerate(("missing", "check")):
        book.formula(open_cell(parts, key), f"SUM({open_range(parts, key)})", totals[i], "count")
    for col in (4, 5):
        book.write(Cell("howto", row, col), None, "cell")
    return row + 1


def open_cell(parts: Parts, key: str) -> Cell:
    """The cell with what is missing, or to be checked, on all sheets."""
    return parts.layout.contents_cell(len(words.contents(parts.guide)), key)


def open_range(parts: Parts, key: str) -> str:
    first = parts.layout.contents_cell(0, key)
    return parts.layout.range("howto", first.row, first.row + len(words.counted(parts.guide)) - 1, first.col)


def open_count(parts: Parts, key: str) -> int:
    return sum(parts.hints.counts(name)[0 if key == "missing" else 1][1] for name in words.counted(parts.guide))
