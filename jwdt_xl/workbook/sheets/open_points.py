"""What is open, live: of each input sheet the first cell to check and the first that lacks something, with its sentence.

A sheet's codes are numbers in the order of importance, so the smallest of a kind is found by counting those below it.
"""

from __future__ import annotations

from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from .. import words
from ..columns import required
from ..columns.catalogue import FIRST_CHECK, FIRST_INFO
from ..parts import Parts
from ..plan import SETTINGS_INPUT, Cell
from . import result_texts
from .computed import Computed


class _Codes(NamedTuple):
    """The codes of a sheet: their range and that of the hints, codes and hints by row, and the column of its input."""

    range: str
    said: str
    first: Cell
    values: list[int | str]
    shown: list[str]
    col: int


class OpenPoint(NamedTuple):
    """The code of what is said (0: the table is empty), and the sentence with its cell; both blank where all is well."""

    code: Computed
    said: Computed


def open_points(parts: Parts, at: list[Cell]) -> list[OpenPoint]:
    """What is to be checked, then what is missing, by sheet; at: the cells that hold the codes."""
    names = words.counted(parts.guide)
    codes = {name: _codes(parts, name) for name in names}
    return [
        _point(parts, names.index(name), key, codes[name], cell)
        for (key, name), cell in zip(kinds(parts), at, strict=True)
    ]


def kinds(parts: Parts) -> list[tuple[str, str]]:
    return [(key, name) for key in ("check", "missing") for name in words.counted(parts.guide)]


def count(parts: Parts) -> int:
    return 2 * len(words.counted(parts.guide))


def _codes(parts: Parts, name: str) -> _Codes:
    layout, hints = parts.layout, parts.hints
    if name in layout.tables:
        table = layout.tables[name]
        rows = [parts.cached.known(name, i) for i in range(len(getattr(parts.assessment, name)))]
        first = Cell(table.sheet, table.first, table.computed["code"])
        codes, shown = [int(row["code"]) for row in rows], [str(row["hint"]) for row in rows]
        ranges = layout.column(name, "code"), layout.column(name, "hint")
        return _Codes(*ranges, first, [*codes], shown, min(table.inputs.values()))
    if name in layout.forms:
        paths = [path for path, field in layout.fields.items() if field.cell.sheet == name]
        cells = [layout.hint_cell(path, "code") for path in paths]
        rules = [hints.field_rules(path) for path in paths]
        hint = layout.hint_cell(paths[0])
        col = layout.fields[paths[0]].cell.col
    else:
        nodes = parts.guide.indicators
        cells = [layout.setting_hint_cell(i, "code") for i in range(len(nodes))]
        rules = [hints.setting_rules(node) for node in nodes]
        hint = layout.setting_hint_cell(0)
        col = SETTINGS_INPUT
    top, bottom = cells[0], cells[-1]
    said = {cell.row: (hints.code(each), each) for cell, each in zip(cells, rules, strict=True)}
    values: list[int | str] = []
    sentences: list[str] = []
    for row in range(top.row, bottom.row + 1):
        values.append(said[row][0] if row in said else "")
        sentences.append(hints.text_of(*said[row]) if row in said else "")
    of_codes, of_hints = (layout.range(top.sheet, top.row, bottom.row, c) for c in (top.col, hint.col))
    return _Codes(of_codes, of_hints, top, values, sentences, col)


def _point(parts: Parts, index: int, key: str, codes: _Codes, at: Cell) -> OpenPoint:
    """index: of the sheet or table in the contents list."""
    layout, q = parts.layout, parts.formulas.t
    name = words.counted(parts.guide)[index]
    here, number = layout.ref(at, at.sheet), layout.ref(layout.contents_cell(index, key))
    how_many = parts.hints.counts(name)[key == "check"][1]
    low, high = (FIRST_CHECK, FIRST_INFO) if key == "check" else (1, FIRST_CHECK)
    smallest = f'SMALL({codes.range},COUNTIF({codes.range},"<{low}")+1)'
    coded = f'COUNTIFS({codes.range},">={low}",{codes.range},"<{high}")'
    code = f'IF({number}=0,"",IF({coded}=0,0,{smallest}))'
    found = [value for value in codes.values if isinstance(value, int) and low <= value < high]
    value: int | str = "" if how_many == 0 else min(found, default=0)
    place = f"{layout.title(codes.first.sheet)}!{xl_col_to_name(codes.col)}"
    top = codes.first.row + 1
    empty = f"{place}{top} · {parts.t(result_texts.EMPTY_TABLE)}"
    row = f"({top - 1}+MATCH({here},{codes.range},0))"
    hint = f"INDEX({codes.said},MATCH({here},{codes.range},0))"
    more = f'IF({number}>1,{q(result_texts.OF_SHEET)}&{number}&")","")'
    said = f'{_quoted(place)}&{row}&" · "&{hint}&{more}'
    other, nothing = _quoted(empty), empty
    if key == "missing" and required.is_asked(parts.guide, name):  # a row is lacking, and no row lacks anything
        lacking = required.live(layout, parts.hints)[0]
        begun = f"{parts.hints.rows_formula(name)}>0"
        other = f"IF({begun},{_quoted(f'{place}{top} · ')}&{layout.ref(lacking.cell)},{other})"
        nothing = f"{place}{top} · {lacking.value}" if codes.values else empty
    formula = f'IF({here}="","",IF({here}=0,{other},{said}))'
    text = ""
    if value == 0:
        text = nothing
    elif isinstance(value, int):
        at_row = codes.values.index(value)
        text = f"{place}{top + at_row} · {codes.shown[at_row]}"
        text += f"{parts.t(result_texts.OF_SHEET)}{how_many})" if how_many > 1 else ""
    return OpenPoint(Computed(code, value), Computed(formula, text))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
