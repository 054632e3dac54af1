"""Hints: one sentence beside each question and row that says what is missing or looks wrong.

A hidden code cell finds it (0: nothing to say), the hint cell beside the input shows its text, and the contents list of
the how-to sheet counts the codes. What `jwdt check` tells too is a Rule of the assessment; the columns of a row's hint
are here, the hints of single questions in questions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, cast

from ...assessment.checks import changes
from ...assessment.checks.rows import OF_ROWS
from ...assessment.conditions import Condition, Constants
from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...messages import ERROR, WARNING
from ...messages import INFO as INFORMATION
from ...standard.record import UNIT
from ...standard.units import unit_label
from . import status
from .answers import answers_of
from .catalogue import (
    CHANGE,
    CODES,
    FINE,
    FIRST_CHECK,
    FIRST_INFO,
    FIRST_LIGHT,
    HINT,
    HINTS,
    LOOK,
    MARK,
    NOTES,
    OF_CHANGE,
    REFUSED_MARK,
    TOLD,
)
from .column import PERIODS, Column, Computed, Formula, In, Known, Row, Value
from .derived import condition_of
from .names import folding, place_in, unit_folding
from .status import OK


class Live(NamedTuple):
    """A hint of a table's rows beyond those that all rows have."""

    hint: str
    when: Condition


def of_rows(table: str, *severities: str) -> tuple[Live, ...]:
    """The hints of the rules that stand in the book of rules for the rows of a table."""
    rules = (rule for rule in OF_ROWS if rule.table == table and (rule.severity in severities or not severities))
    return tuple(Live(TOLD.get(rule.hint, rule.hint.zh), condition_of(rule)) for rule in rules)


def _of_change(*hints: str) -> tuple[Live, ...]:
    return tuple(Live(hint, OF_CHANGE[hint].condition) for hint in hints)


#: No data can have it: the numbers of a file are as the sheet counts them.
_IN_PERCENT = Live("percent_format", Condition(lambda known: False, lambda row: cast(Row, row).in_percent(*PERIODS)))


# The columns of a row's hint


def watched(
    table: str,
    *columns: Column,
    status: Formula,
    status_value: Callable[[Known], Value] = lambda known: known.t(OK),
    more: Callable[[Row], str] = lambda row: "",
    more_value: Callable[[Known], str] = lambda known: "",
    measured: Formula | None = None,
    before: tuple[Live, ...] = (),
    after: tuple[Live, ...] = (),
    changes_by_design: Condition | None = None,
    refused: str = "",
    amounts: str,
    names: Mapping[str, Callable[[Known], str]] = MappingProxyType({}),
) -> Computed:
    """A table of amounts, its columns between those of its hint: what the row says, its change, status and code.

    more: what may follow the hint, and more_value what does by the data; measured: what the unit must measure, for the hint to name those that do; before and after: hints told before a blank amount, and after it; refused: the
    field whose names the table refuses with a hint of their own.
    """
    by_design, before = changes_by_design, (*of_rows(table, ERROR), *before)
    after = (
        *after,
        _IN_PERCENT,
        *_of_change("slip_1000", "slip_10000"),
        *of_rows(table, WARNING),
        *_of_change("change"),
        *of_rows(table, INFORMATION),
    )
    watching = (
        Column(
            "hint",
            HINT,
            lambda row: said(row, more(row) + _fitting(row, measured) + offered(row, table)),
            lambda known: f"{said_value(known)}{more_value(known)}",
        ),
        MARKED,
        Column("change", CHANGE, lambda row: _change(row, by_design), lambda known: _change_value(known, by_design)),
        *((UNIT_PLACE,) if specs(TABLES[table])["unit"].kind == UNIT else ()),
        *columns,
        TRUTHS,
        MOVED,
        Column("status", None, status, status_value),
        Column("counted", None, lambda row: _counted(row, after), lambda known: _counted_value(known, after)),
        Column("code", None, lambda row: _code(row, before, refused), lambda known: _code_value(known, before)),
    )
    return Computed(table, watching, amounts, names)


def _fitting(row: Row, measured: Formula | None) -> str:
    """Where the unit does not fit, the hint names those that do."""
    if measured is None:
        return ""
    place = f"MATCH({measured(row)},{row.listed('fitting')},0)"
    named = f'IFERROR(" "&INDEX({row.listed("fitting", "units")},{place}),"")'
    return f'&IF({row["code"]}={CODES["unit"]},{named},"")'


def offered(row: Row, table: str) -> str:
    """Where nobody understands an answer, the hint names its cell and what it may be."""
    if not answers_of(table):
        return ""
    place = row.no_answer()
    told = f'" ("&{row.answer_address(place)}&"): "&INDEX({row.listed(f"answered:{table}")},{place})'
    return f'&IF({row["code"]}={CODES["answer"]},IFERROR({told},""),"")'


def _unit_place(row: Row) -> str:
    return f'IFERROR({place_in(row.listed("units"), unit_folding(row["unit"]))},"")'


#: Where the row's unit stands in the lists, by whichever of its names.
UNIT_PLACE = Column(
    "unit_place", None, _unit_place, lambda known: known.position("units", known.t(unit_label(known.row.unit))) or ""
)


def _shown(row: Row) -> str:
    return f"INDEX({row.listed('hints')},{row['code']})"


def said(row: Row, more: str = "") -> str:
    """The hint of a row, the cell that it is about, and more to say."""
    code = row["code"]

    def cell(place: str) -> str:
        return f'IFERROR(" ("&{row.address(place)}&")","")'

    wrong = f'IF({code}={CODES["number"]},{cell(row.wrong_number())},"")'
    moved = f"IF(OR({code}={CODES['moved']},{code}={CODES['locked']}),{cell(row['moved'])},{wrong})"
    return f'IF({code}="","",IF({code}=0,{row.t(OK)},{_shown(row)}&{moved}{more}))'


#: A cell of its own, as the status of a bill is long.
TRUTHS = Column("truths", None, lambda row: row.truths(), lambda known: "")
#: A reference to a cell goes where the cell goes when people cut and paste it.
MOVED = Column("moved", None, lambda row: row.moved(), lambda known: "")


def unless_moved(row: Row, code: str) -> str:
    """The code of a row, unless one of its cells was cut away."""
    told = f"IF({row.blank()},{CODES['locked']},{CODES['moved']})"
    return f'IF({row["moved"]}<>"",{told},{code})'


def mark_formula(code: str) -> str:
    """What stands beside a name or question: by the order of the codes."""
    found = f'IF({code}<{FIRST_CHECK},"{LOOK}",IF({code}<{FIRST_LIGHT},"{REFUSED_MARK}",IF({code}<{FIRST_INFO},"{LOOK}","{FINE}")))'
    return f'IF({code}=0,"{FINE}",{found})'


def mark_of(code: int) -> str:
    """As the formula of the same name gives it."""
    if code == 0 or code >= FIRST_INFO:
        return FINE
    return REFUSED_MARK if FIRST_CHECK <= code < FIRST_LIGHT else LOOK


def _mark(row: Row) -> str:
    code = row["code"]
    return f'IF({code}="","",{mark_formula(code)})'


MARKED = Column("mark", MARK, _mark, lambda known: mark_of(known["code"]))


def range_of_coefficients(row: Row) -> str:
    """Where the coefficient is a range, the hint names it."""
    low, high = (f"INDEX({row.listed('energies', heading)},{row['key']})" for heading in ("low", "high"))
    between = f'IFERROR(IF({low}="",""," ("&{low}&"–"&{high}&")"),"")'
    return f'&IF({row["code"]}={CODES["coefficient"]},{between},"")'


def said_value(known: Known) -> Value:
    code = known["code"]
    return known.t(HINTS[code - 1].text if code else OK)


def _change(row: Row, by_design: Condition | None) -> str:
    base, report = row.cells("base", "report")
    change = f'IF(COUNT({base},{report})<2,"",IF({base}<=0,"",({report}-{base})/{base}))'
    # Another pH is another row with 0 in the other period: such rows change by design.
    return f'IF({by_design.formula(row)},"",{change})' if by_design else change


def _change_value(known: Known, by_design: Condition | None) -> Value:
    changed = None if by_design and by_design.holds(known) else changes.change(known.row.base, known.row.report)
    return "" if changed is None else changed


def _counted(row: Row, after: tuple[Live, ...]) -> str:
    """What is told of a row whose amounts count: a cell of its own, since both together are too long for one formula."""
    amounts = f"COUNT({','.join(row.cells('base', 'report'))})"
    return f'IF({row["status"]}<>{row.t(OK)},"",IF({amounts}<2,"",{first(row, after, "0")}))'


def _counted_value(known: Known, after: tuple[Live, ...]) -> Value:
    counts = known["status"] == known.t(OK) and None not in (known.row.base, known.row.report)
    return first_value(known, after) if counts else ""


def _code(row: Row, before: tuple[Live, ...], refused: str) -> str:
    state, note, base, report = row.cells("status", "note", "base", "report")
    blank = f'IF({base}="",{CODES["base"]},{CODES["report"]})'
    count = f"COUNT({base},{report})"
    blank = f"IF({note}={row.t(NOTES[0])},{CODES['unknown']},IF({count}=0,{CODES['both']},{blank}))"
    chain = first(row, before, f"IF({count}<2,{blank},{row['counted']})")
    found = f"MATCH({state},{row.listed('statuses')},0)"
    if refused:
        place = place_in(row.listed("refused"), folding(row[refused]))
        by_name = f"IFERROR(INDEX({row.listed('refused', 'code')},{place}),{CODES['name']})"
        found = f"IF({state}={row.t(status.UNKNOWN)},{by_name},{found})"
    return unless_moved(row, f'IF({state}="","",IF({state}<>{row.t(OK)},{found},{chain}))')


def first(row: Row, several: tuple[Live, ...], chain: str) -> str:
    """The code of the first that holds, else the chain."""
    for live in reversed(several):
        chain = f"IF({live.when.formula(row)},{CODES[live.hint]},{chain})"
    return chain


def _code_value(known: Known, before: tuple[Live, ...]) -> Value:
    state, base, report = known["status"], known.row.base, known.row.report
    if state != known.t(OK):
        return next(i for i, h in enumerate(HINTS, 1) if h.status and known.t(h.status) == state)
    if found := first_value(known, before):
        return found
    if base is None or report is None:
        if known.row.note == known.t(NOTES[0]):
            return CODES["unknown"]
        return CODES["both" if base is report else "base" if base is None else "report"]
    counted: Value = known["counted"]
    return counted


def first_value(known: Known, several: Iterable[Live]) -> int:
    return next((CODES[live.hint] for live in several if live.when.holds(known)), 0)


def change_code(constants: Constants, change: str) -> str:
    """The code of a change from base to report, of which change is the cell."""
    chain = "0"
    for name, rule in reversed(OF_CHANGE.items()):
        chain = f"IF({rule.when.formula(In(constants, {'change': change}))},{CODES[name]},{chain})"
    return f'IF({change}="",0,{chain})'


def code_of_change(change: Value | None) -> int:
    """As the formula of a row's code judges its change."""
    return next((CODES[name] for name, rule in OF_CHANGE.items() if rule.holds(change=change)), 0)
