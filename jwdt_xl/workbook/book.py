"""Writing cells by a layout: texts, numbers, and formulas with their values, in the form a program understands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple

from ..messages import Text, cell_text
from . import theme
from .common import Common, KeptSheet
from .editions import EDITIONS
from .packing import packed
from .plan import Cell
from .xlsx import File, Xlsx, checked

#: What XML has no place for; XlsxWriter writes it so in texts, but not in the texts of formulas.
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EXCEL_365 = 191029
_NAME = re.compile(r"\bin_\w+")
_TEXT = re.compile('"[^"]*"')
_CALL = re.compile(r"\bJWDT_")
#: What Excel stores in no formula that cells share, as MS-XLS 2.5.198.118 says: other sheets and workbooks, constant arrays, error
#: values, ranges between results of functions. (Of references to other sheets Excel moves none down, seen in EPPlus issue 92.)
_ALONE = re.compile(r"[!{\[#]|\):|:[A-Z0-9.]+\(")


_USUAL = frozenset({CellBlankTuple, CellStringTuple, CellNumberTuple, CellFormulaTuple})
_letters = lru_cache(maxsize=None)(xl_col_to_name)


def _is_usual(value: Any) -> bool:
    """Whether a formula's value is a number or a text that is no error value."""
    return type(value) in (int, float) or (type(value) is str and not value.startswith("#"))


class Rows(NamedTuple):
    """The rows down which a formula is filled, first and last."""

    first: int
    last: int


class _Filled(str):
    """A formula that is filled down a column, as Excel stores it: text and range at its first cell, then its number."""

    number: int
    range: str = ""


def _filled(text: str, number: int, range: str = "") -> _Filled:
    made = _Filled(text)
    made.number, made.range = number, range
    return made


class _Sheet(KeptSheet):
    """A worksheet that stores a formula filled down a column once."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # Only functions of Excel 2016 are used, which need no prefix: XlsxWriter's search for others takes longer
        # than everything else.
        if isinstance(formula, _Filled):
            return formula
        if formula.startswith("{"):  # an array
            formula = formula[1:].removesuffix("}")
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        """Which columns a row uses is for programs that read rows one by one; it takes room."""
        self.row_spans: dict[int, str] = {}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """As XlsxWriter does it; the usual kinds, in one of our formats, without a look at each attribute."""
        kind = type(cell)
        if cell.format is None or kind not in _USUAL or (kind is CellFormulaTuple and not _is_usual(cell.value)):
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        if kind is CellBlankTuple:
            self.fh.write(start + "/>")
        elif kind is CellStringTuple:
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        else:
            is_text = isinstance(cell.value, str) and cell.value != ""
            self._write_formula_cell(start + ' t="str"' if is_text else start, cell.formula, cell.value)

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = ()) -> None:
        self._write_formula_cell("".join(["<c", *(f' {key}="{value}"' for key, value in attributes)]), formula, result)

    def _write_formula_cell(self, start: str, formula: str, result: Any) -> None:
        if not isinstance(formula, _Filled):
            inner = f"<f>{self._escape_data(formula)}</f>"
        elif formula.range:
            text = self._escape_data(formula)
            inner = f'<f t="shared" ref="{formula.range}" si="{formula.number}">{text}</f>'
        else:
            inner = f'<f t="shared" si="{formula.number}"/>'
        self.fh.write(f"{start}>{inner}<v>{self._escape_data(result)}</v></c>")


class Titles(Protocol):
    """What a book asks of the layout it is written by."""

    @property
    def host(self) -> str: ...
    def text(self, text: Text, /) -> str: ...
    def title(self, sheet: str, /) -> str: ...
    def ref(self, cell: Cell, /) -> str: ...


class Book(Xlsx):
    """A workbook being written by a layout."""

    def __init__(
        self, path: Path | None, layout: Titles, title: Text, sheets: Iterable[str], common: Common | None = None,
        kept: Collection[str] = (),
    ) -> None:  # fmt: skip
        """path: None for what is only looked at. common: what other books wrote before; kept: the sheets that stand as they are there."""
        self._layout, self._edition = layout, EDITIONS[layout.host]
        self.path, self._before = path, common.parts if common is not None else {}
        # Programs measure columns in digits of the default font: with the font of the cells a column is as wide everywhere.
        font = {key: theme.BASE[key] for key in ("font_name", "font_size")}
        super().__init__(File({"strings_to_urls": False, "default_format_properties": font}), layout.text(title))
        self.file.set_calc_mode("auto")
        if self._edition.needs_functions:
            # Functions may be missing where the file is opened: computing everything anew would lose the results it
            # has, and a version of Excel newer than the file's would do so.
            self.file.set_calc_mode("auto", _EXCEL_365)
            self.file.calc_on_load = False
        #: What the cells below the first hold of a formula that is filled down.
        self._filled: dict[tuple[str, int, Rows], _Filled] = {}
        #: What formulas write for names whose cells may be cut and pasted elsewhere.
        self.read: Mapping[str, str] = {}
        self.sheets: dict[str, KeptSheet] = {
            key: self.file.add_worksheet(layout.title(key), worksheet_class=_Sheet) for key in sheets
        }
        #: The sheets to write.
        self.open = [key for key in self.sheets if key not in kept]
        if common is not None:
            common.into(self.file, self._formats, self.sheets, kept)

    def common(self) -> Common:
        """What others can begin with, once it is closed."""
        return Common.of(self.file, self._formats, self.sheets, packed(self.file.parts, self._before))

    def close(self) -> None:
        """Written by us, so that what the system says against it is told as of every other file."""
        super().close()
        if self.path is not None:
            self.file.save(self.path, self._before)

    def rule(self, name: str) -> Format:
        """A format that a conditional format lays over a cell: it may not name font or size."""
        key = (f"rule {name}", ())
        if key not in self._formats:
            self._formats[key] = self.file.add_format(theme.RULES[name])
        return self._formats[key]

    def write(self, cell: Cell, value: Any, style: str = "plain") -> None:
        """A constant; None gives an empty, formatted cell."""
        sheet = self.sheets[cell.sheet]
        if value is None or value == "":
            code = sheet._write_blank(cell.row, cell.col, None, self.style(style))
        elif isinstance(value, str):
            # Always as text: an enterprise's name that starts with = is a name, not a formula.
            code = sheet._write_string(cell.row, cell.col, cell_text(value), self.style(style))
        else:
            code = sheet._write_number(cell.row, cell.col, value, self.style(style))
        checked(code, cell)

    def merge(self, cell: Cell, last_col: int, value: str, style: str = "plain", last_row: int | None = None) -> None:
        """A constant text over several cells."""
        self._join(cell, last_col, style, last_row)
        self.write(cell, value, style)

    def merge_rich(self, cell: Cell, last_col: int, pieces: Sequence[tuple[str, str]], style: str) -> None:
        """A constant text over several cells, each piece in a style of its own."""
        self._join(cell, last_col, style)
        looks = [look for text, name in pieces for look in (self.style(name), text)]
        checked(self.sheets[cell.sheet].write_rich_string(cell.row, cell.col, *looks, self.style(style)), cell)

    def merge_formula(
        self, cell: Cell, last_col: int, formula: str, value: str | float, style: str, last_row: int | None = None
    ) -> None:
        """A formula whose value takes several cells."""
        self._join(cell, last_col, style, last_row)
        self.formula(cell, formula, value, style)

    def _join(self, cell: Cell, last_col: int, style: str, last_row: int | None = None) -> None:
        last = cell.row if last_row is None else last_row
        checked(self.sheets[cell.sheet].merge_range(cell.row, cell.col, last, last_col, "", self.style(style)), cell)

    def formula(
        self, cell: Cell, formula: str, value: str | float, style: str = "computed", filled: Rows | None = None
    ) -> None:
        """A formula with its cached value, in the form the layout's host understands.

        filled: the rows of its column that hold the same formula. It is then stored once, as Excel does it after
        filling down, unless there is something in it that Excel shares among no cells, such as a function of an add-in.
        """
        sheet, style_ = self.sheets[cell.sheet], self.style(style)
        if isinstance(value, str):
            value = cell_text(value)
            if not value.isprintable():
                value = _STEERING.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
        column = None if filled is None else (cell.sheet, cell.col, filled)
        if column in self._filled:
            checked(sheet._write_formula(cell.row, cell.col, self._filled[column], style_, value), cell)
            return
        formula = _NAME.sub(lambda name: self.read.get(name[0], name[0]), formula)
        calls = "JWDT_" in formula
        if self._edition.arrays and calls:
            text = "=" + (_CALL.sub("_xldudf_JWDT_", formula) if self._edition.office_js else formula)
            code = sheet.write_dynamic_array_formula(cell.row, cell.col, cell.row, cell.col, text, style_, value)
        elif column is None or calls or _ALONE.search(_TEXT.sub("", formula)):
            code = sheet._write_formula(cell.row, cell.col, "=" + formula, style_, value)
        else:
            code = sheet._write_formula(cell.row, cell.col, self._shared(column, formula), style_, value)
        checked(code, cell)

    def _shared(self, column: tuple[str, int, Rows], formula: str) -> _Filled:
        """A formula as the first cell of its column has it; the cells below refer to it by its number."""
        name, col, rows = column
        number = sum(other == name for other, _, _ in self._filled)
        self._filled[column] = _filled("=", number)
        return _filled(formula, number, f"{xl_rowcol_to_cell(rows.first, col)}:{xl_rowcol_to_cell(rows.last, col)}")

    def link(self, cell: Cell, target: Cell, text: str, style: str = "link") -> None:
        """A text that leads to another cell of the workbook."""
        place = f"internal:{self._layout.ref(target).replace('$', '')}"
        checked(self.sheets[cell.sheet].write_url(cell.row, cell.col, place, self.style(style), text), cell)

    def validate(self, cell: Cell, rule: dict[str, Any], last_row: int | None = None) -> None:
        last = cell.row if last_row is None else last_row
        checked(self.sheets[cell.sheet].data_validation(cell.row, cell.col, last, cell.col, rule), cell)

    def digits(self, cell: Cell, last_row: int, last_col: int) -> None:
        """Numbers of these cells in four digits: a format alone cannot say how many follow the point."""
        sheet = self.sheets[cell.sheet]
        here = xl_rowcol_to_cell(cell.row, cell.col)
        for least, shown in theme.DIGITS:
            form = self._formats.setdefault((f"digits {shown}", ()), self.file.add_format({"num_format": shown}))
            rule = {"type": "formula", "criteria": f"=IF(ISNUMBER({here}),ABS({here})>={least!r},FALSE())"}
            options = {**rule, "format": form, "stop_if_true": True}
            checked(sheet.conditional_format(cell.row, cell.col, last_row, last_col, options), cell)

    def far(self, cell: Cell, last_row: int, most: float) -> None:
        """Amber where a gap says that the one is this many times the other or more."""
        here = xl_rowcol_to_cell(cell.row, cell.col)
        beyond = f"IF(ISNUMBER({here}),OR({here}>={most - 1!r},{here}<={1 / most - 1!r}),FALSE)"
        self.when(cell, last_row, cell.col, beyond, "light")

    def when(self, cell: Cell, last_row: int, last_col: int, condition: str, rule: str, stop: bool = False) -> None:
        """A conditional format: the condition is a formula of the area's first cell."""
        options = {"type": "formula", "criteria": "=" + condition, "format": self.rule(rule), "stop_if_true": stop}
        checked(self.sheets[cell.sheet].conditional_format(cell.row, cell.col, last_row, last_col, options), cell)
