"""Hints: one sentence beside each question and row that says what is missing or looks wrong.

A hidden code cell finds it (0: nothing to say), the hint cell beside the input shows its text, and the contents list of
the how-to sheet counts the codes. What `jwdt check` tells too is a Rule of the assessment; the columns of a row's hint
are here, the hints of single questions in questions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...assessment.checks import benchmarks, changes, completeness, ranges
from ...assessment.checks import bills as bill_checks
from ...assessment.checks.rows import OF_ROWS
from ...assessment.conditions import Condition, Constants
from ...assessment.fields import specs
from ...assessment.tables import NAME_FIELDS, TABLES
from ...messages import ERROR, WARNING, Text
from ...messages import INFO as INFORMATION
from ...standard.record import UNIT
from ...standard.units import unit_label
from . import status
from .column import PERIODS, Column, Computed, Formula, In, Known, Row, Value
from .derived import condition_of
from .names import folding, place_in, unit_folding
from .status import OK

HINT, MARK, CHANGE = Text("提示", "hint"), Text("✓✗", "✓✗"), Text("变化", "change")
MISSING, CHECK, INFO = "missing", "check", "info"
#: What stands beside a row's name: all is well, something is missing or wants a look, something is refused.
FINE, LOOK, REFUSED_MARK = "✓", "!", "✗"
#: Notes offered by the drop-down; the first one tells "unknown" from "not yet filled in".
NOTES = (
    Text("不知道，待查", "unknown, to be found out"),
    Text("估算", "estimated"),
    Text("变化属实，原因：", "the change is real because …"),
)
#: Reasons offered for "not applicable".
REASONS = (
    Text("本行业指南不要求", "not required by the sector guide"),
    Text("生产过程不产生该项", "the process has none of it"),
    Text("没有可回收的余能", "there is no residual energy to recover"),
)


class Hint(NamedTuple):
    """What a hint says, and the status of a row it belongs to.

    blames: the fields of a row it speaks of, whose cells are coloured; of several that lack something the first blank one.
    light: it refuses nothing and may be all right as it is.
    """

    name: str
    kind: str
    text: Text
    status: Text | None = None
    blames: tuple[str, ...] = ()
    light: bool = False


_NAMES = tuple(dict.fromkeys(NAME_FIELDS.values()))
_MEASURED = ("net_calorific_value", "carbon_content", "oxidation", "emission_factor")
_HINTS = (
    Hint("incomplete", MISSING, Text("缺：名称、类别或单位", "missing: name, kind or unit"), status.INCOMPLETE, ("name",)),
    Hint("lacking", MISSING, Text("缺：实测值或排放限值", "missing: measured value or limit"), status.LACKING, ("parameter", "limit")),
    Hint("origin", MISSING, Text("缺：请选择电力来源", "missing: choose the origin of the power"), status.NO_ORIGIN, ("origin",)),
    Hint("coefficient", MISSING, Text("缺：系数是区间，填自有系数或实测热值", "missing: own coefficient or heat value"), status.NO_COEFFICIENT, ("net_calorific_value", "coefficient")),
    Hint("factor", MISSING, Text("缺：没有缺省因子，煤请选煤种，或填实测值", "missing: type of coal, or measured values"), status.NO_FACTOR, _MEASURED),
    Hint("both", MISSING, Text("缺：两期数量；没有发生填 0", "missing: both amounts; 0 if there was none")),
    Hint("base", MISSING, Text("缺：基准期数量；没有发生填 0", "missing: base period; 0 if there was none")),
    Hint("report", MISSING, Text("缺：报告期数量；没有发生填 0", "missing: report period; 0 if there was none")),
    Hint("unknown", MISSING, Text("已注明不知道；仍按缺失处理", "noted as unknown; still taken as missing")),
    Hint("needed", MISSING, Text("必填", "needed")),
    Hint("benchmark", MISSING, completeness.MISSING_BENCHMARK.hint),
    Hint("name", CHECK, Text("查：名称不在列表，请选择或自定当量值", "check: not listed; choose, or declare an own value"), status.UNKNOWN, _NAMES),
    Hint("unit", CHECK, Text("查：单位不适用于此项，请另选", "check: the unit does not fit here"), status.WRONG_UNIT, ("unit",)),
    Hint("moved", CHECK, Text("查：格子被剪走，Ctrl+Z 或改填空行", "check: a cell was cut: Ctrl+Z, or another row"), status.MOVED),
    Hint("moved_answer", CHECK, Text("查：此格被剪走，按 Ctrl+Z，或另取空表", "check: cell cut away; Ctrl+Z, or a new form")),
    Hint("number", CHECK, Text("查：数字栏有文字、负数或超出范围", "check: a text, or an impossible number"), status.WRONG_NUMBER),
    Hint("other_origin", CHECK, Text("查：此来源不适用于该种类", "check: the origin does not go with the kind"), status.WRONG_ORIGIN, ("origin",)),
    Hint("particulates", CHECK, Text("查：颗粒物请分烟尘(燃烧)、一般性粉尘", "check: soot if from combustion, else general dust"), blames=_NAMES),
    Hint("carbon", CHECK, Text("查：温室气体请填在温室气体表", "check: greenhouse gases have their own sheet"), blames=_NAMES),
    Hint("slip_1000", CHECK, changes.SLIP_1000.hint, blames=PERIODS),
    Hint("slip_10000", CHECK, changes.SLIP_10000.hint, blames=PERIODS),
    Hint("change", CHECK, changes.LARGE_CHANGE.hint, blames=PERIODS, light=True),
    Hint("uscc", CHECK, Text("查：须 18 位且校验位相符，请照执照核对", "check: 18 characters that fit the check digit")),
    Hint("industry", CHECK, Text("查：改为四位代码，如 3011", "check: four digits, such as 3011")),
    Hint("same", CHECK, Text("查：两期相同", "check: both periods are the same")),
    Hint("swapped", CHECK, changes.BASE_AFTER_REPORT.hint),
    Hint("metered", CHECK, bill_checks.METERED.hint),
    Hint("evidence", CHECK, completeness.MISSING_EVIDENCE.hint, light=True),
    Hint("effective", CHECK, completeness.EFFECTIVE_WITHOUT_ESTABLISHED.hint),
    Hint("source", CHECK, benchmarks.WITHOUT_SOURCE.hint, blames=("source",), light=True),
    Hint("outside_range", CHECK, ranges.OUTSIDE.hint),
    Hint("weights", CHECK, Text("查：自定权重须全部填写或全部空白", "check: give all own weights or none")),
    Hint("weight_sum", CHECK, Text("查：自定权重合计须为 1", "check: own weights must sum to 1")),
    Hint("locked", INFO, Text("格子剪走后锁住，请填其他行", "a cut cell is locked: use another row")),
    Hint("overlap", INFO, Text("不计入：与另一项重叠(COD/BOD5/TOC 等)", "not counted: overlaps another (COD/BOD5/TOC …)")),
    Hint("within", INFO, Text("不计当量：pH 在 6–9 或未超过限值", "no equivalents: pH 6–9, or below the limit")),
    Hint("excluded", INFO, Text("不计入能源(原料或耗能工质)", "not counted as energy (feedstock or medium)")),
    Hint("products", INFO, Text("已填产品明细，以其合计为准", "the products sheet has rows: their sum is taken")),
    Hint("eliminated", INFO, Text("存在淘汰类：该指标得 0 分", "on the elimination list: the indicator scores 0")),
    Hint("not_applicable", INFO, Text("已声明不适用", "declared not applicable")),
    Hint("blank_sum", INFO, Text("空：表为空、有空白，或有待查的行", "blank: empty table, a blank, or a row to check")),
    Hint("guide", INFO, Text("采用指南的基准值", "the guide's benchmark is taken")),
)  # fmt: skip
_TOLD = {hint.text: hint.name for hint in _HINTS}
_RULES = {
    rule.hint: Hint(
        rule.hint.zh,
        INFO if rule.severity == INFORMATION else CHECK,
        rule.hint,
        blames=tuple(dict.fromkeys(other.field for other in OF_ROWS if other.hint == rule.hint)),
        light=rule.severity == WARNING,
    )
    for rule in OF_ROWS
}
#: In this order: what is missing, what is refused, what to look at, what is good to know. The place (from 1) is the code.
HINTS = tuple(
    sorted(
        (*_HINTS, *(hint for text, hint in _RULES.items() if text not in _TOLD)),
        key=lambda hint: ((MISSING, CHECK, INFO).index(hint.kind), hint.light),
    )
)
#: Names that the table of pollutants refuses, by the first of each group, in the order of their hints.
REFUSED = {"颗粒物": "particulates", "二氧化碳": "carbon"}
CODES = {hint.name: code for code, hint in enumerate(HINTS, 1)}
#: The codes of statuses are the first of their kinds.
LAST_STATUS = max(code for code, hint in enumerate(HINTS, 1) if hint.status)
FIRST_CHECK, FIRST_INFO = (next(i for i, h in enumerate(HINTS, 1) if h.kind == kind) for kind in (CHECK, INFO))
FIRST_LIGHT = next(i for i, h in enumerate(HINTS, 1) if h.light)
#: The rules of a change between the periods, by their hints.
OF_CHANGE = dict(zip(("slip_1000", "slip_10000", "change"), changes.OF_CHANGE, strict=True))


class Live(NamedTuple):
    """A hint of a table's rows beyond those that all rows have."""

    hint: str
    when: Condition


def of_rows(table: str, *severities: str) -> tuple[Live, ...]:
    """The hints of the rules that stand in the book of rules for the rows of a table."""
    rules = (rule for rule in OF_ROWS if rule.table == table and (rule.severity in severities or not severities))
    return tuple(Live(_TOLD.get(rule.hint, rule.hint.zh), condition_of(rule)) for rule in rules)


def _of_change(*hints: str) -> tuple[Live, ...]:
    return tuple(Live(hint, OF_CHANGE[hint].condition) for hint in hints)


# The columns of a row's hint


def watched(
    table: str,
    *columns: Column,
    status: Formula,
    status_value: Callable[[Known], Value] = lambda known: known.t(OK),
    said: Callable[[Row, str], str] = lambda row, shown: shown,
    measured: Formula | None = None,
    before: tuple[Live, ...] = (),
    after: tuple[Live, ...] = (),
    changes_by_design: Condition | None = None,
    refused: str = "",
    amounts: str,
    names: Mapping[str, Callable[[Known], str]] = MappingProxyType({}),
) -> Computed:
    """A table of amounts, its columns between those of its hint: what the row says, its change, status and code.

    said: what the shown hint becomes; measured: what the unit must measure, for the hint to name those that do; before and after: hints told before a blank amount, and after it; refused: the
    field whose names the table refuses with a hint of their own.
    """
    by_design, before = changes_by_design, (*of_rows(table, ERROR), *before)
    after = (
        *after,
        *_of_change("slip_1000", "slip_10000"),
        *of_rows(table, WARNING),
        *_of_change("change"),
        *of_rows(table, INFORMATION),
    )
    watching = (
        Column("hint", HINT, lambda row: _said(row, _fitting(row, measured, said(row, _shown(row)))), said_value),
        MARKED,
        Column("change", CHANGE, lambda row: _change(row, by_design), lambda known: _change_value(known, by_design)),
        *((UNIT_PLACE,) if specs(TABLES[table])["unit"].kind == UNIT else ()),
        *columns,
        MOVED,
        Column("status", None, status, status_value),
        Column("counted", None, lambda row: _counted(row, after), lambda known: _counted_value(known, after)),
        Column("code", None, lambda row: _code(row, before, refused), lambda known: _code_value(known, before)),
    )
    return Computed(table, watching, amounts, names)


def _fitting(row: Row, measured: Formula | None, shown: str) -> str:
    """Where the unit does not fit, the hint names those that do."""
    if measured is None:
        return shown
    place = f"MATCH({measured(row)},{row.listed('fitting')},0)"
    named = f'IFERROR(" "&INDEX({row.listed("fitting", "units")},{place}),"")'
    return f"IF({row['code']}={CODES['unit']},{shown}&{named},{shown})"


def _unit_place(row: Row) -> str:
    return f'IFERROR({place_in(row.listed("units"), unit_folding(row["unit"]))},"")'


#: Where the row's unit stands in the lists, by whichever of its names.
UNIT_PLACE = Column(
    "unit_place", None, _unit_place, lambda known: known.position("units", known.t(unit_label(known.row.unit))) or ""
)


def _shown(row: Row) -> str:
    return f"INDEX({row.listed('hints')},{row['code']})"


def said(row: Row) -> str:
    """The hint of a row without more to say."""
    return _said(row, _shown(row))


def _said(row: Row, shown: str) -> str:
    code = row["code"]
    cell = f'{_shown(row)}&IFERROR(" ("&{row.address(row["moved"])}&")","")'
    of_cell = f"OR({code}={CODES['moved']},{code}={CODES['locked']})"
    return f'IF({code}="","",IF({code}=0,{row.t(OK)},IF({of_cell},{cell},{shown})))'


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


def range_of_coefficients(row: Row, shown: str) -> str:
    """Where the coefficient is a range, the hint names it."""
    low, high = (f"INDEX({row.listed('energies', heading)},{row['key']})" for heading in ("low", "high"))
    between = f'IFERROR(" ("&{low}&"–"&{high}&")","")'
    return f"IF({row['code']}={CODES['coefficient']},{shown}&{between},{shown})"


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
