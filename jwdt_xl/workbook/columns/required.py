"""Pollutants that the guide requires, live: which of them the table lacks, and which are 0 without a word; beside its title.

Cells above hidden columns of the table keep what that rests on; no guide without such pollutants has any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...assessment.required import Stated, stated
from ...messages import Text, joined
from ...standard.equivalents import named_pollutants
from ...standard.guide import Guide
from ...standard.guide.required import TABLE, RequiredPollutant
from ..layout import Layout
from ..plan import Cell
from .asked import Asking
from .column import Value

#: Above the table: what is said beside its title, what that rests on above a column each.
SAID, COUNT, _LACKING, _ZERO = "hint", "kind", "key", "own"
#: The longest list of names beside a title; all of them stand above it.
_LONGEST = 48
_BETWEEN = Text("、", ", ")
_ASKED = Text(
    "本指南规定必报：{n}。确无排放的也写一行，两期填 0，并在“备注”中写明原因。",
    "This guide requires: {n}. Where there is none, too: a row with 0 in both periods, and why in its note.",
)
_IS_LACKING = Text("缺指南必报项：", "required and missing: ")
_IS_ZERO = Text("必报项两期为 0，请在备注中写明原因：", "required, 0 in both periods: say why in the note: ")


def asked(guide: Guide) -> Text | None:
    """What the guide requires of everybody, for the top of the sheet."""
    titles = [each.title for each in guide.required_pollutants]
    return _ASKED.fill(n=joined(titles)) if titles else None


def is_asked(guide: Guide, table: str) -> bool:
    return table == TABLE and bool(guide.required_pollutants)


def cell(layout: Layout, key: str) -> Cell:
    """Where something stands; what is said, in columns that do not scroll."""
    table = layout.tables[TABLE]
    if key == SAID:
        return Cell(table.sheet, 1, min(table.inputs.values()))
    return Cell(table.sheet, table.header - 1, table.computed[key])


def count(layout: Layout) -> str:
    """How many are missing, as formulas of other sheets have it."""
    return layout.ref(cell(layout, COUNT))


def open_points(found: Sequence[Stated]) -> int:
    """What the contents list counts: each that is missing, and all that are 0 without a word."""
    return sum(each.is_lacking for each in found) + any(each.is_silent for each in found)


class Live(NamedTuple):
    """A cell, its formula and its value."""

    cell: Cell
    formula: str
    value: Value


def live(layout: Layout, hints: Asking) -> list[Live]:
    """The cells of a form: what it says, and what that rests on."""
    found = stated(hints.result)
    needed, _ = hints.applicable(hints.users(TABLE))
    begun = f"AND({hints.rows_formula(TABLE)}>0,{needed})"
    each = layout.guide.required_pollutants
    columns = {
        key: layout.named(f"req_{key}", layout.whole_column(TABLE, key)) for key in ("key", "base", "report", "note")
    }

    def names(condition: Callable[[RequiredPollutant], str]) -> str:
        between = layout.text(_BETWEEN)
        parts = [f'IF({condition(one)},{hints.t(_after(one.title))},"")' for one in each]
        return f'IFERROR(IF({begun},MID({"&".join(parts)},{len(between) + 1},9999),""),"")'

    def full(one: RequiredPollutant) -> str:
        """How many rows state it with both amounts."""
        key, base, report = (columns[name] for name in ("key", "base", "report"))
        return "+".join(f'COUNTIFS({key},{place},{base},">=0",{report},">=0")' for place in _places(one))

    def explained(one: RequiredPollutant) -> str:
        """How many of them say that there is some, or why there is none."""
        key, base, report, note = columns.values()
        some = (("+", ">0", ">=0", ""), ("+", "0", ">0", ""), ("+", "0", "0", ',"<>"'), ("-", "0", "0", ',"?"'))
        return "".join(
            f'{sign}COUNTIFS({key},{place},{base},"{was}",{report},"{now}"{f",{note}" if why else ""}{why})'
            for place in _places(one)
            for sign, was, now, why in some
        ).removeprefix("+")

    lacking = names(lambda one: f"{full(one)}=0")
    zero = names(lambda one: f"IF({full(one)}=0,FALSE(),{explained(one)}=0)")
    number = "+".join(f"({full(one)}=0)" for one in each)
    at = {key: cell(layout, key) for key in (SAID, COUNT, _LACKING, _ZERO)}
    values = {
        _LACKING: _joined(layout, [s.required for s in found if s.is_lacking]),
        _ZERO: _joined(layout, [s.required for s in found if s.is_silent]),
    }
    ref = {key: layout.ref(at[key], at[key].sheet) for key in at}
    said = '""'
    shown = ""
    for key, text in ((_ZERO, _IS_ZERO), (_LACKING, _IS_LACKING)):
        said = f'IF({ref[key]}="",{said},{hints.t(text)}&{_cut_formula(ref[key])})'
        shown = layout.text(text) + _cut(values[key]) if values[key] else shown
    return [
        Live(at[SAID], said, shown),
        Live(at[COUNT], f'IFERROR(IF({begun},{number},0),0)+IF({ref[_ZERO]}="",0,1)', open_points(found)),
        Live(at[_LACKING], lacking, values[_LACKING]),
        Live(at[_ZERO], zero, values[_ZERO]),
    ]


def longest(layout: Layout) -> str:
    """The longest that may be said."""
    titles = _joined(layout, layout.guide.required_pollutants)
    return max((layout.text(text) + _cut(titles) for text in (_IS_ZERO, _IS_LACKING)), key=len)


def _after(title: Text) -> Text:
    return Text(_BETWEEN.zh + title.zh, _BETWEEN.en + title.en)


def _places(one: RequiredPollutant) -> list[int]:
    """The places in the list of pollutants that a row of it may have."""
    return [place for place, (p, _) in enumerate(named_pollutants(), 1) if one.takes(p.item, p.medium)]


def _joined(layout: Layout, several: Sequence[RequiredPollutant]) -> str:
    return layout.text(_BETWEEN).join(layout.text(one.title) for one in several)


def _cut(names: str) -> str:
    return names if len(names) <= _LONGEST else names[:_LONGEST] + "…"


def _cut_formula(ref: str) -> str:
    return f'IF(LEN({ref})>{_LONGEST},LEFT({ref},{_LONGEST})&"…",{ref})'
