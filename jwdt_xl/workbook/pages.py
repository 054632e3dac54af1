"""Workbooks of results that are read, not filled in: pages of tables with their charts, in the look of the templates."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..messages import Text, cell_text
from ..opening.outputs import RESULT
from . import theme
from .parts import height, width_of
from .xlsx import Xlsx, checked

#: Readable in black and white: full, striped, light, dotted, dark.
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": theme.ACCENT}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": theme.ACCENT, "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#B9D3C8"}},
    {"pattern": {"pattern": "small_grid", "fg_color": theme.INK, "bg_color": "#FFFFFF"}},
    {"fill": {"color": theme.INK}},
)
#: Lines that are told apart without colours.
_DASHES = ("solid", "dash", "round_dot", "long_dash_dot", "square_dot")
_MARKERS = ("circle", "square", "triangle", "diamond", "x")
_FONT = {"name": theme.FONT, "size": 9}


#: A text in the language in use, or as it is.
Words = str | Text


class Area(NamedTuple):
    """The rows of a table, without its headings; none where last is before first."""

    first: int
    last: int


class Series(NamedTuple):
    """A column of numbers in a chart: its name and column, the rows those of the categories."""

    name: Words
    col: int


class Pages(Xlsx):
    """A workbook of results."""

    def __init__(self, path: str | Path, title: Words) -> None:
        self._path, self._made = path, io.BytesIO()
        file = xlsxwriter.Workbook(self._made, {"in_memory": True, "strings_to_urls": False})
        super().__init__(file, str(title), category=RESULT)

    def close(self) -> None:
        super().close()
        with open(self._path, "wb") as file:
            file.write(self._made.getbuffer())

    def page(self, name: Words, widths: Sequence[float], whole: bool = False) -> Page:
        """whole: printed upright on one sheet, since charts must not be cut; else across, as long as it is."""
        return Page(self, str(name), widths, whole)


def put(sheet: Worksheet, row: int, col: int, value: Any, form: Format) -> None:
    """A result into a cell: a text stays a text and is as long as a cell can be, and what is not known is blank."""
    if isinstance(value, Text):
        value = str(value)
    if value is None or value == "" or value != value:
        code = sheet.write_blank(row, col, None, form)
    elif isinstance(value, str):
        code = sheet.write_string(row, col, cell_text(value), form)
    else:
        code = sheet.write_number(row, col, value, form)
    checked(code, sheet.name, row, col)


class Page:
    """A sheet that is filled from the top down."""

    def __init__(self, pages: Xlsx, name: str, widths: Sequence[float], whole: bool = False) -> None:
        self.pages, self.name, self.widths = pages, name, list(widths)
        self.sheet = pages.file.add_worksheet(name)
        self.row = 0
        for col, width in enumerate(widths):
            self.sheet.set_column(col, col, width)
        self.sheet.hide_gridlines(2)
        (self.sheet.set_portrait if whole else self.sheet.set_landscape)()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 1 if whole else 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.7)
        self.sheet.set_footer("&L&A&R&P / &N")

    @property
    def _last(self) -> int:
        return len(self.widths) - 1

    def write(self, row: int, col: int, value: Any, style: str) -> None:
        put(self.sheet, row, col, value, self.pages.style(style))

    def title(self, text: Words, lead: Words = "") -> None:
        self.line(text, "howto_title", 14)
        if lead:
            self.line(lead, "lead")
        self.row += 1

    def line(self, text: Words, style: str = "wrap", size: float = 10) -> None:
        """A text over the whole width, as high as it needs at this size of letters."""
        checked(self.sheet.merge_range(self.row, 0, self.row, self._last, "", self.pages.style(style)), self.name)
        self.write(self.row, 0, text, style)
        self.sheet.set_row(self.row, height([(str(text), sum(self.widths))], size))
        self.row += 1

    def section(self, text: Words) -> None:
        self.write(self.row, 0, text, "section")
        for col in range(1, len(self.widths)):
            self.write(self.row, col, None, "section")
        self.row += 1

    def table(
        self, headings: Sequence[Words], rows: Iterable[Sequence[Any]], styles: Sequence[str], filter: bool = False
    ) -> Area:
        """Headings and rows; a cell may bring its own style as (value, style)."""
        for col, heading in enumerate(headings):
            self.write(self.row, col, heading, "heading")
        self.sheet.set_row(
            self.row, height([(str(text), w) for text, w in zip(headings, self.widths, strict=False)]) + 4
        )
        heading_row = self.row
        self.row += 1
        first = self.row
        for cells in rows:
            texts = []
            for col, (cell, style) in enumerate(zip(cells, styles, strict=False)):
                styled = isinstance(cell, tuple) and not isinstance(cell, Text)
                value, form = cell if styled else (cell, style)
                value = str(value) if isinstance(value, Text) else value
                self.write(self.row, col, value, form)
                if isinstance(value, str):
                    texts.append((value, self.widths[col]))
            self.sheet.set_row(self.row, min(400.0, height(texts)))
            self.row += 1
        if filter and self.row > first:
            self.sheet.autofilter(heading_row, 0, self.row - 1, len(headings) - 1)
            self.sheet.freeze_panes(first, 0)
            self.sheet.repeat_rows(heading_row)
        return Area(first, self.row - 1)

    def bars(
        self,
        title: Words,
        categories: tuple[Area, int],
        series: Sequence[Series],
        axis: str = "",
        number: str = "0.##",
        labels: bool = True,
        over: bool = False,
        tall: int = 0,
    ) -> None:
        """A chart of horizontal bars below what is there; over: the bars of a row lie over each other, as in a tornado."""
        area, col = categories
        chart = self.pages.file.add_chart({"type": "bar"})
        for place, each in enumerate(series):
            entry = {
                "name": str(each.name),
                "categories": [self.name, area.first, col, area.last, col],
                "values": [self.name, area.first, each.col, area.last, each.col],
                "border": {"color": theme.INK, "width": 0.75},
                "gap": 45,
                **_FILLS[place % len(_FILLS)],
            }
            if over:
                entry |= {"overlap": 100, "gap": 35}
            if labels:
                entry["data_labels"] = {"value": True, "num_format": number, "font": {**_FONT, "size": 8}}
            chart.add_series(entry)
        chart.set_title(
            {"name": str(title), "name_font": {**_FONT, "size": 11, "color": theme.ACCENT}, "overlay": False}
        )
        chart.set_y_axis({"reverse": True, "num_font": {**_FONT, "size": 8}, "label_position": "low"})
        chart.set_x_axis({
            "label_position": "high", **({} if over else {"min": 0}), "name": axis, "name_font": {**_FONT, "bold": False}, "num_format": number, "num_font": {**_FONT, "size": 8},
            "major_gridlines": {"visible": True, "line": {"color": theme.BAND, "width": 0.75}},
        })  # fmt: skip
        chart.set_legend({"none": True} if len(series) == 1 else {"position": "top", "font": _FONT})
        chart.set_chartarea({"border": {"color": "#C5CED3"}})
        bars = 1 if over else len(series)
        count = area.last - area.first + 1
        pixels = tall or 110 + count * max(20, 11 * bars + 10)
        wide = min(1100, int(sum(self.widths) * 7 + 5 * len(self.widths)) - 10)
        chart.set_size({"width": wide, "height": pixels})
        self.sheet.insert_chart(self.row, 0, chart, {"x_offset": 4, "y_offset": 6, "object_position": 2})
        self.row += pixels // 20 + 2

    def lines(
        self,
        title: Words,
        categories: tuple[Area, int],
        series: Sequence[Series],
        number: str = "0.##",
        most: float | None = None,
        from_zero: bool = False,
    ) -> None:
        """A chart of lines below what is there, of years from left to right; what is not known is a gap."""
        area, col = categories
        chart = self.pages.file.add_chart({"type": "line"})
        for place, each in enumerate(series):
            colour = theme.ACCENT if place % 2 == 0 else theme.INK
            chart.add_series({
                "name": str(each.name),
                "categories": [self.name, area.first, col, area.last, col],
                "values": [self.name, area.first, each.col, area.last, each.col],
                "line": {"color": colour, "width": 1.75, "dash_type": _DASHES[place % len(_DASHES)]},
                "marker": {"type": _MARKERS[place % len(_MARKERS)], "size": 6, "fill": {"color": colour}, "border": {"color": colour}},
                "data_labels": {"value": len(series) == 1, "num_format": number, "position": "above", "font": {**_FONT, "size": 8}},
            })  # fmt: skip
        chart.set_title(
            {"name": str(title), "name_font": {**_FONT, "size": 11, "color": theme.ACCENT}, "overlay": False}
        )
        chart.set_x_axis({"num_font": {**_FONT, "size": 8}, "label_position": "low"})
        chart.set_y_axis({
            "num_format": number, "num_font": {**_FONT, "size": 8}, **({"min": 0, "max": most} if most else {"min": 0} if from_zero else {}),
            "major_gridlines": {"visible": True, "line": {"color": theme.BAND, "width": 0.75}},
        })  # fmt: skip
        chart.set_legend({"none": True} if len(series) == 1 else {"position": "top", "font": _FONT})
        chart.set_chartarea({"border": {"color": "#C5CED3"}})
        chart.show_blanks_as("gap")
        wide = min(900, int(sum(self.widths) * 7 + 5 * len(self.widths)) - 10)
        chart.set_size({"width": wide, "height": 300})
        self.sheet.insert_chart(self.row, 0, chart, {"x_offset": 4, "y_offset": 6, "object_position": 2})
        self.row += 300 // 20 + 2


def widest(texts: Iterable[str], least: float, most: float) -> float:
    """A column's width in which these texts fit, within bounds."""
    return max(least, min(most, max((float(width_of(text)) for text in texts), default=least) + 2))
