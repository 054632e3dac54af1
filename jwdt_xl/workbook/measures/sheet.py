"""Writes the sheet of measures: its lines, what each says and gains, and the co-control plane."""

from __future__ import annotations

from typing import Any

from ...assessment.fields import specs
from ...assessment.tables import TABLES as ROWS
from .. import texts as sheet_texts
from .. import theme, words
from ..book import Rows
from ..columns.cached import general, rounded
from ..columns.column import Value
from ..parts import Parts
from ..plan import Cell
from ..sheets.cells import kept
from . import texts
from .formulas import MeasureFormulas
from .hints import CODES, HINTS
from .lines import Line, lines_of
from .places import FIRST, HEADER, INPUTS, NUMBERS, SCENARIOS, SHEET, SHOWN, TITLES, WIDTHS, tables
from .values import MeasureValues

_STYLES = {
    "alone": "score", "sequence": "score", "gain": "signed", "order": "count", "hint": "tip", "mark": "mark",
}  # fmt: skip
#: Blank and locked, before and behind what is typed.
_ENDS = ("start", "edge")
_FONT = {"name": theme.FONT, "size": 9}
#: A row that no sheet has, as a formula writes it and the one above: in their place come the numbers of each line.
_ANY_ROW = 987_654
_HERE, _ABOVE = str(_ANY_ROW + 1), str(_ANY_ROW)
#: Rows between the lines and the chart, and those that it takes.
_BELOW, _CHART_ROWS = 2, 18


def measures(parts: Parts) -> None:
    """The whole sheet."""
    lines = lines_of(parts.assessment)
    formulas = MeasureFormulas(parts.layout, parts.lists, len(lines))
    values = MeasureValues(parts, formulas)
    places, book, sheet = formulas.places, parts.book, parts.book.sheets[SHEET]
    for key, col in places.columns.items():
        seen = key in WIDTHS
        sheet.set_column(col, col, WIDTHS.get(key, 9), None, {"hidden": not seen or key in _ENDS})
    named = places.columns["name"] + 1
    parts.head(SHEET, list(WIDTHS.values()), named, below=named)
    sheet.set_row(HEADER - 1, parts.lead_height(words.lead(parts.guide, SHEET), sum([*WIDTHS.values()][:named])))
    for key in WIDTHS:
        book.write(places.head(key), parts.t(TITLES[key]) if key in TITLES else "", "heading")
    sheet.set_row(HEADER, 42)
    sheet.freeze_panes(FIRST, places.columns["name"] + 1)
    sheet.repeat_rows(HEADER)
    _weights(parts, formulas, values)
    for i in range(places.lines):
        _typed(parts, formulas, i, lines[i] if i < len(lines) else Line(""))
    filled = Rows(FIRST, places.last)
    for key in places.columns:
        if key in (*INPUTS, *_ENDS, "low", "high", "flips"):
            continue
        style = _STYLES.get(key, "value" if key in SHOWN else "hidden")
        pattern = formulas.column_of(key, _ANY_ROW)
        for i in range(places.lines):
            formula = pattern.replace(_HERE, str(FIRST + i + 1)).replace(_ABOVE, str(FIRST + i))
            book.formula(places.cell(i, key), formula, values.value(i, key), style, filled=filled)
    for i, found in enumerate(values.overlapping):
        for key, formula in formulas.overlapping(i).items():
            book.formula(places.cell(i, key), formula, found[key], "hidden")
    _boxes(parts, formulas)
    _said(parts, formulas, values)
    _chart(parts, formulas)


def _weights(parts: Parts, formulas: MeasureFormulas, values: MeasureValues) -> None:
    """Above the scores their weights, and what the other indicators add up to."""
    places, book = formulas.places, parts.book
    row = HEADER - 1
    for scenario in SCENARIOS:
        for node, key in zip(formulas.affected, formulas.scores(scenario), strict=True):
            weight = next(each.weight for each in parts.result.indicators if each.node == node)
            book.formula(places.head(key, row), f"out_weight_{node.code}", "" if weight is None else weight, "hidden")
    for i, node in enumerate(parts.guide.indicators):
        book.write(parts.layout.indicator_cell(i, "movable"), int(node in formulas.affected), "hidden")
    book.formula(places.head("ranked", row), formulas.rest(), values.total_rest(), "hidden")


def _typed(parts: Parts, formulas: MeasureFormulas, i: int, line: Line) -> None:
    """What is typed in a line, in unlocked cells."""
    places, book = formulas.places, parts.book
    titles = {name: title for title, name in tables(parts.layout).items()}
    origin = None
    if line.origin is not None:
        origin = parts.t(dict(specs(ROWS[line.table])["origin"].choices)[line.origin])
    found: dict[str, Any] = {
        **line._asdict(),
        "name": line.name or None,
        "table": titles.get(line.table),
        "row": None if line.at is None else parts.layout.tables[line.table].first + line.at + 1,
        "origin": origin,
    }
    for key in INPUTS:
        style = "optional" if key in ("row", *NUMBERS) else "optional_text"
        book.write(places.cell(i, key), found[key], style)
    for key in _ENDS:
        book.write(places.cell(i, key), None, "plain")


def _boxes(parts: Parts, formulas: MeasureFormulas) -> None:
    """Lists to choose from, and what each column is for; nothing raises a box: the hint says what is wrong."""
    places, book, t = formulas.places, parts.book, parts.t
    listed: dict[str, Any] = {
        "table": parts.lists.column("measure_tables"),
        "origin": parts.lists.column("choice:activity.origin"),
    }
    for key in INPUTS:
        rule: dict[str, Any] = {
            "input_title": t(TITLES[key]).replace("\n", "")[:32],
            "input_message": t(texts.HELP[key])[:255],
        }
        rule |= kept(parts, listed[key], sheet_texts.OTHER_NAME) if key in listed else {"validate": "any"}
        book.validate(places.cell(0, key), rule, places.last)
    code = places.at("code", FIRST)
    last = places.columns["mark"]
    lacking = [f"{code}={CODES[hint.name]}" for hint in HINTS if hint.lacking]
    known = f"ISNUMBER({code})"
    book.when(
        places.cell(0, "hint"), places.last, last, f"AND({known},OR({','.join(lacking)}))", "tip_lacking", stop=True
    )
    book.when(places.cell(0, "hint"), places.last, last, f"IF({known},{code}>0,FALSE())", "tip_wrong")
    first, to = places.cell(0, "delta_carbon"), places.columns["equivalents_per_cost"]
    book.digits(first, places.last, to)
    book.digits(places.cell(0, "spent"), places.last, places.columns["spent"])


def _said(parts: Parts, formulas: MeasureFormulas, values: MeasureValues) -> None:
    """The total now, and with all measures: one sentence above the lines."""
    places, q = formulas.places, parts.formulas.t
    named, after = places.column("first"), places.column("sequence")
    spent, scores = places.column("cost_of"), 'TEXT(ROUND({},2),"0.00")'
    last = f"INDEX({after},MATCH(SUM({named}),{places.column('measure')},0))"
    then = f"{q(texts.THEN)}&{scores.format(last)}&{q(texts.COST)}&ROUND(SUM({spent}),2)&{q(texts.UNIT)}"
    all_known = f"COUNT({after})=SUM({named})"
    more = f'IF(SUM({named})=0,"",IF({all_known},{then},{q(texts.NOT_ALL)}))'
    formula = f"IF(ISNUMBER(out_total),{q(texts.NOW)}&{scores.format('out_total')}&{more},{q(texts.NO_TOTAL)})"
    parts.book.merge_formula(
        Cell(SHEET, HEADER - 1, places.columns["table"]),
        places.columns["life"],
        formula,
        _sentence(parts, values),
        "strong",
    )


def _sentence(parts: Parts, values: MeasureValues) -> str:
    def points(value: Value) -> str:
        return f"{rounded(float(value), 2):.2f}"

    t, total = parts.t, parts.result.total
    if total is None:
        return t(texts.NO_TOTAL)
    said = t(texts.NOW) + points(total)
    begun = [i for i, line in enumerate(values.lines) if line.name.strip()]
    after = [values.value(i, "sequence") for i in begun]
    if not begun:
        return said
    if "" in after:
        return said + t(texts.NOT_ALL)
    cost = general(float(rounded(sum(line.cost or 0.0 for line in values.lines), 2)))
    return f"{said}{t(texts.THEN)}{points(after[-1])}{t(texts.COST)}{cost}{t(texts.UNIT)}"


def _chart(parts: Parts, formulas: MeasureFormulas) -> None:
    """The co-control plane: what each measure avoids, by its name; lines without a result lie on the origin, nameless."""
    places, t = formulas.places, parts.t
    chart = parts.book.file.add_chart({"type": "scatter"})
    title = parts.layout.title(SHEET).replace("'", "''")

    def cell(key: str, row: int) -> str:
        return f"='{title}'!${places.letter(key)}${row + 1}"

    for row in range(FIRST, places.last + 1):
        # A series each: the name of a series is the one label that every program takes from a cell.
        chart.add_series(
            {
                "name": cell("chart_name", row),
                "categories": cell("chart_x", row),
                "values": cell("chart_y", row),
                "line": {"none": True},
                "marker": {
                    "type": "diamond",
                    "size": 9,
                    "fill": {"color": theme.ACCENT},
                    "border": {"color": theme.INK},
                },
                "data_labels": {"series_name": True, "position": "right", "font": {**_FONT, "bold": True}},
            }
        )
    axis = {
        "num_format": "#,##0.####", "num_font": {**_FONT, "size": 8}, "major_gridlines": {"visible": True, "line": {"color": theme.BAND}},
        "crossing": 0, "label_position": "low", "line": {"color": theme.INK, "width": 1.25},
    }  # fmt: skip
    chart.set_x_axis({**axis, "name": t(texts.AXIS_X), "name_font": _FONT})
    chart.set_y_axis({**axis, "name": t(texts.AXIS_Y), "name_font": {**_FONT, "rotation": 360}})
    chart.set_legend({"none": True})
    chart.set_title({"name": t(texts.CHART), "name_font": {**_FONT, "size": 11, "color": theme.ACCENT}})
    chart.show_hidden_data()
    chart.set_size({"width": 760, "height": 330})
    parts.book.sheets[SHEET].insert_chart(places.last + _BELOW, 0, chart)
    parts.book.write(Cell(SHEET, places.last + _BELOW + _CHART_ROWS, 0), None)  # so far is printed
