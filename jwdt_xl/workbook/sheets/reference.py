"""The sheets to look things up: factors with source, year and confidence, the method, terms and versions, and the lists."""

from __future__ import annotations

from typing import Any

from ...messages import Text, joined
from ...standard import energy as energies
from ...standard import equivalents as eq
from ...standard import fuels, power, process
from ...standard import greenhouse as ghg
from ...standard.editions import EDITIONS
from ...standard.method import CHOICE, LAW, OF_ENTERED, RULES
from ...standard.units import unit_label
from ..parts import Parts, height
from ..plan import BESIDE, Cell
from ..texts import width as column_width
from . import inputs
from . import reference_texts as texts
from .guide import about

Row = tuple[Any, ...]
#: Annex B stands in this many blocks, side by side.
_BLOCKS = 2
_HEADER = 3


def _said(text: str, language: str) -> str:
    """A source or confidence of the tables, which are in English."""
    return texts.CHINESE.get(text, text) if language == "zh" else text


def _frame(parts: Parts, sheet: str, widths: tuple[int, ...], titled: int = 1) -> None:
    for col, width in enumerate(widths):
        parts.book.sheets[sheet].set_column(col, col, width)
    parts.head(sheet, widths, titled)


def _rows(parts: Parts, sheet: str, top: int, head: tuple[Text, ...], widths: tuple[int, ...], rows: list[Row]) -> int:
    """A table in small print; returns the row after it."""
    book, t = parts.book, parts.t
    for col, title in enumerate(head):
        book.write(Cell(sheet, top, col), t(title), "small_heading")
    if any("\n" in t(title) for title in head):
        book.sheets[sheet].set_row(top, 24)
    for i, values in enumerate(rows, top + 1):
        shown = [t(value) if isinstance(value, Text) else value for value in values]
        for col, value in enumerate(shown):
            book.write(Cell(sheet, i, col), value, "small")
        wrapped = [(value, width) for value, width in zip(shown, widths, strict=True) if isinstance(value, str)]
        book.sheets[sheet].set_row(i, height(wrapped, 8))
    return top + 1 + len(rows)


def _reference(parts: Parts, sheet: str, head: tuple[Text, ...], widths: tuple[int, ...], rows: list[Row]) -> None:
    _frame(parts, sheet, widths)
    _rows(parts, sheet, _HEADER, head, widths, rows)
    parts.book.sheets[sheet].freeze_panes(_HEADER + 1, 1)
    parts.book.sheets[sheet].repeat_rows(_HEADER)


def annex_b(parts: Parts) -> None:
    """Own equivalent values, and beside them those of the table."""
    book, t, layout = parts.book, parts.t, parts.layout
    sheet, worksheet = "annex_b", book.sheets["annex_b"]
    inputs.table(parts, "own_equivalents")
    own = layout.tables["own_equivalents"]
    start = max(own.computed.values()) + 1
    step = len(texts.ANNEX_B_HEAD) + 1
    columns = sorted((*BESIDE, *own.inputs), key=own.column)
    parts.head(sheet, [column_width("own_equivalents", key) for key in columns], len(BESIDE))
    rows = _annex_rows(parts)
    per_block = -(-len(rows) // _BLOCKS)
    for block in range(_BLOCKS):
        left = start + block * step
        worksheet.set_column(left + step - 1, left + step - 1, 2)
        for col, (title, width) in enumerate(zip(texts.ANNEX_B_HEAD, texts.ANNEX_B_WIDTHS, strict=True), left):
            worksheet.set_column(col, col, width)
            book.write(Cell(sheet, own.header, col), t(title), "small_heading")
        for i, row in enumerate(rows[block * per_block : (block + 1) * per_block]):
            for col, value in enumerate(row, left):
                book.write(Cell(sheet, own.first + i, col), value, "small")
    book.write(Cell(sheet, own.header - 1, start), t(texts.ANNEX_TITLE), "subtotal_left")
    worksheet.freeze_panes(own.first, 0)
    worksheet.repeat_rows(own.header)


def _annex_rows(parts: Parts) -> list[Row]:
    """Pollutants in the law's order, under the name of their medium; pH by class."""
    t, rows = parts.t, []
    for p in eq.pollutants():
        item, unit = f"{p.table}-{p.no}", t(unit_label(p.unit))
        medium = f" ({t(eq.MEDIUM_NAMES[p.medium])})"
        if p.kind == eq.PH:
            for i, value in enumerate(eq.ph_classes()):
                rows.append(
                    (f"{item}.{i + 1}", texts.PH_CLASS.format(a=i, b=i + 1, c=13 - i, d=14 - i) + medium, value, unit)
                )
        else:
            rows.append((item, t(p.name) + medium, p.value, unit))
    return rows


def gwp(parts: Parts) -> None:
    rows: list[Row] = [(g.code, g.name, g.formula, *(g.gwp.get(s, "–") for s in ghg.GWP_SETS)) for g in ghg.gases()]
    head = (*texts.GWP_HEAD, *(Text(s, s) for s in ghg.GWP_SETS))
    _reference(parts, "gwp", head, texts.GWP_WIDTHS, rows)


def standard_coal(parts: Parts) -> None:
    language = parts.layout.language
    rows: list[Row] = [
        (
            e.name,
            "–" if e.low is None else e.low,
            "–" if e.high is None else e.high,
            f"kgce/{parts.t(unit_label(e.unit))}",
            texts.FOSSIL[e.fossil],
            e.source,
            _said(e.confidence, language),
            _said(e.note, language),
        )
        for e in energies.energies()
        if not e.is_measured
    ]
    _reference(parts, "energies", texts.ENERGIES_HEAD, texts.ENERGIES_WIDTHS, rows)


def fuel_defaults(parts: Parts) -> None:
    """Both tables of defaults, each under its source."""
    language, t, book = parts.layout.language, parts.t, parts.book
    _frame(parts, "fuels", texts.FUELS_WIDTHS, 2)
    row = 2
    for name in fuels.TABLES:
        found = fuels.fuels(name)
        title = texts.FUEL_TABLE.fill(
            t=name, s="; ".join(_said(s, language) for s in dict.fromkeys(f.source for f in found))
        )
        parts.section(Cell("fuels", row, 0), title, len(texts.FUELS_HEAD) - 1)
        rows: list[Row] = [
            (
                f.table,
                f.name,
                t(unit_label("t" if f.unit == "t" else "万m3")),
                f.net_calorific_value,
                f.carbon_content,
                f.oxidation,
                round(fuels.fuel_co2(1, f.net_calorific_value, f.carbon_content, f.oxidation), 4),
                _said(f.confidence, language),
            )
            for f in found
        ]
        row = _rows(parts, "fuels", row + 1, texts.FUELS_HEAD, texts.FUELS_WIDTHS, rows) + 1
    book.sheets["fuels"].freeze_panes(4, 0)
    book.sheets["fuels"].repeat_rows(3)


def grid_factors(parts: Parts) -> None:
    """Factors of power, then those of heat and processes."""
    language = parts.layout.language
    _frame(parts, "grid_factors", texts.GRID_WIDTHS)
    last = len(texts.GRID_HEAD) - 1
    parts.section(Cell("grid_factors", 2, 0), texts.GRID_TITLE, last)
    rows: list[Row] = [
        (g.name, g.year, g.value, "tCO2/MWh", _said(g.confidence, language), _said(g.source, language))
        for g in power.grid_factors()
    ]
    row = _rows(parts, "grid_factors", 3, texts.GRID_HEAD, texts.GRID_WIDTHS, rows) + 1
    parts.section(Cell("grid_factors", row, 0), texts.PROCESS_TITLE, last)
    rows = [
        (
            p.name,
            "",
            "–" if p.value is None else p.value,
            p.unit,
            _said(p.confidence, language),
            _said(p.source, language),
        )
        for p in process.factors()
    ]
    _rows(parts, "grid_factors", row + 1, texts.GRID_HEAD, texts.GRID_WIDTHS, rows)
    parts.book.sheets["grid_factors"].freeze_panes(4, 1)
    parts.book.sheets["grid_factors"].repeat_rows(3)


def method(parts: Parts) -> None:
    """Rules with their marks, the note's terms and references, and the versions of the layout."""
    book, t = parts.book, parts.t
    sheet, worksheet = "method", book.sheets["method"]
    _frame(parts, sheet, texts.METHOD_WIDTHS, 2)
    wide = sum(texts.METHOD_WIDTHS[1:])
    row = 2

    def section(title: Text) -> None:
        nonlocal row
        parts.section(Cell(sheet, row, 0), title, 2)
        row += 1

    def line(mark: str, text: str, name: str | None = None) -> None:
        nonlocal row
        book.write(Cell(sheet, row, 0), mark, "help")
        if name is None:
            book.merge(Cell(sheet, row, 1), 2, text, "help")
            worksheet.set_row(row, height([(text, wide)], 9))
        else:
            book.write(Cell(sheet, row, 1), name, "help")
            book.write(Cell(sheet, row, 2), text, "help")
            worksheet.set_row(row, height([(text, texts.METHOD_WIDTHS[2]), (name, texts.METHOD_WIDTHS[1])], 9))
        row += 1

    for title, lines in about(parts.guide):
        section(title)
        for each in lines:
            line(each.code, each.text, each.name)
        row += 1
    section(texts.RULES_TITLE)
    plain = parts.guide.is_plain
    for mark, text in OF_ENTERED if plain else RULES:
        line(f"[{mark}]", t(text))
    row += 1
    if not plain:  # what the standard for enterprises calls things, and what it refers to
        section(texts.TERMS_TITLE)
        book.merge(Cell(sheet, row, 0), 2, t(texts.TERMS_NOTE), "quiet")
        worksheet.set_row(row, height([(t(texts.TERMS_NOTE), sum(texts.METHOD_WIDTHS))], 9))
        row += 1
        for term in texts.TERMS:
            line(f"[{CHOICE}]", t(term.meaning), t(term.name))
        row += 1
        section(texts.REFERENCES_TITLE)
        editions = [(LAW, e.name, joined([e.used, e.dates])) for e in EDITIONS]
        for mark, name, text in (*texts.REFERENCES, *editions):
            line(f"[{mark}]", t(text), t(name))
        row += 1
    section(texts.VERSIONS_TITLE)
    for col, title in enumerate(texts.VERSIONS_HEAD):
        book.write(Cell(sheet, row, col), t(title), "small_heading")
    row += 1
    for version, software, text in texts.VERSIONS:
        line(version, t(text), software)


def lists(parts: Parts) -> None:
    """Row by row over all blocks, in the default format of the file: it packs smaller."""
    book, found = parts.book, parts.lists
    blocks = [(found.start(name).col, (block.headings, *block.rows)) for name, block in found.blocks.items()]
    for i in range(max(len(rows) for _, rows in blocks)):
        blocks = [(start, rows) for start, rows in blocks if i < len(rows)]
        for start, rows in blocks:
            for j, value in enumerate(rows[i]):
                if value != "":
                    book.write(Cell("lists", i, start + j), value, "list")
                else:
                    # An empty text: a truly empty cell would be read as 0 by INDEX.
                    book.formula(Cell("lists", i, start + j), '""', "", "list")
