"""Why there is no total: the first thing that is missing or refused of what the indicators without a score are made of, live.

Beside the total stands the sentence with its cell, and leads there. Of each indicator in turn one hidden cell says what
keeps it from its score, or what an indicator before it says: the last of them is what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from ...assessment.checks.completeness import tables_needed
from ...assessment.checks.rows import FROM_BILLS
from ...assessment.result import NOT_APPLICABLE, STATE_NAMES, IndicatorResult
from ...standard.guide import Node
from ..columns.asked import Said
from ..columns.catalogue import FIRST_LIGHT
from ..parts import Parts
from ..plan import SETTINGS_INPUT, Cell
from . import result_texts as texts
from .computed import Computed
from .open_points import OpenPoint, count, kinds, open_points

#: The single questions that a quantity is made of.
_FIELDS = {
    "output": ("product.output.base", "product.output.report"),
    "value_10k": ("output_value.report", "output_value.unit"),
}
#: Hidden columns of the summary: codes and sentences of what is open, and why there is no total.
CODE, SAID, LAST = 13, 14, 17
#: Between a cell and what is said of it.
_DOT = " · "


class Listed(NamedTuple):
    """What is open on a sheet: where its code and its sentence stand, and both."""

    code: str
    said: str
    point: OpenPoint


class _Reason(NamedTuple):
    """When something is a reason, and the sentence with its cell."""

    when: Computed
    said: Computed


def places(parts: Parts) -> list[tuple[Cell, Cell]]:
    """Where the code and the sentence of each open point stand on the summary, out of sight."""
    return [(Cell("summary", i, CODE), Cell("summary", i, SAID)) for i in range(count(parts))]


def points(parts: Parts) -> list[OpenPoint]:
    return open_points(parts, [code for code, _ in places(parts)])


def reasons(parts: Parts, found: list[OpenPoint]) -> list[Computed]:
    """The hidden cells, one below another, each with what keeps its indicator or one before from its score."""
    ref = parts.layout.ref
    listed = {
        key: Listed(ref(code, "summary"), ref(said, "summary"), point)
        for key, (code, said), point in zip(kinds(parts), places(parts), found, strict=True)
    }
    chain: list[Computed] = []
    for i, indicator in enumerate(parts.result.indicators):
        before, own = (
            ref(Cell("summary", i - 1, LAST), "summary") if i else "",
            _of_indicator(parts, listed, i, indicator),
        )
        value = chain[-1].value if chain and chain[-1].value else own.value
        formula = f'IF({before}<>"",{before},{own.formula})' if before else own.formula
        chain.append(Computed(f'IF(ISNUMBER(out_total),"",{formula})', value))
    return chain


def sentence(parts: Parts, found: list[Computed], sheet: str, label: str = "") -> Computed:
    """The reason as a link to its cell; the label where there is a total."""
    why = parts.layout.ref(Cell("summary", len(found) - 1, LAST), sheet)
    place = f'LEFT({why},FIND("{_DOT}",{why})-1)'
    target = f'"#\'"&SUBSTITUTE({place},"!","\'!")'
    said = f"{parts.formulas.t(texts.NO_TOTAL_FOR)}&{why}"
    label_ = _quoted(label)  # that alone, too, where the add-in is not there whose functions lead to the reason
    formula = f'IFERROR(IF(OR(ISNUMBER(out_total),{why}=""),{label_},HYPERLINK({target},{said})),{label_})'
    there_is = parts.result.total is not None or not found[-1].value
    return Computed(formula, label if there_is else f"{parts.t(texts.NO_TOTAL_FOR)}{found[-1].value}")


def _of_indicator(
    parts: Parts, listed: Mapping[tuple[str, str], Listed], index: int, indicator: IndicatorResult
) -> Computed:
    """What keeps an indicator from its score; nothing where it has one, or none is asked of it."""
    layout, node = parts.layout, indicator.node
    score, weight = f"out_score_{node.code}", f"out_weight_{node.code}"
    here = layout.indicator_cell(index, "state")
    place = f"{layout.title(here.sheet)}!{xl_rowcol_to_cell(here.row, here.col)}{_DOT}{parts.t(node.name)}: "
    state = parts.t(STATE_NAMES[indicator.state])
    chain, value = f"{_quoted(place)}&out_state_{node.code}", f"{place}{state}"
    for reason in reversed([*_reasons(parts, listed, index, node)]):
        chain = f"IF({reason.when.formula},{reason.said.formula},{chain})"
        value = str(reason.said.value) if reason.when.value else value
    declared = parts.formulas.t(STATE_NAMES[NOT_APPLICABLE])
    known = f"IF(ISNUMBER({weight}),OR({weight}=0,ISNUMBER({score})),FALSE())"
    fine = f"IF(out_state_{node.code}={declared},TRUE(),{known})"
    is_fine = indicator.state == NOT_APPLICABLE or indicator.weight == 0 or indicator.score is not None
    return Computed(f'IF({fine},"",{chain})', "" if is_fine else value)


def _reasons(parts: Parts, listed: Mapping[tuple[str, str], Listed], index: int, node: Node) -> Iterator[_Reason]:
    """What may be the reason, what is refused before what is missing."""
    questions = [path for key in node.whole_needs for path in _questions(parts, key)]
    questions += [path for path in parts.layout.fields if path.partition(".")[0] == node.formula]
    questions += [
        path for path in (f"entered.{node.code}",) if path in parts.layout.fields and node.algorithm.is_entered
    ]
    yield from (_question(parts, path) for path in questions if _on_a_form(parts, path))
    tables = [t for t in parts.layout.tables if t in tables_needed(node)]
    if any(table in FROM_BILLS for table in tables) and "activity" in parts.layout.tables:
        tables.insert(0, "activity")
    for key in ("check", "missing"):
        yield from (_table(listed[key, table]) for table in tables if (key, table) in listed)
    yield _setting(parts, index, node)


def _questions(parts: Parts, key: str) -> list[str]:
    if key in _FIELDS:
        return [*_FIELDS[key]]
    return [f"inputs.{one.code}.{period}" for one in parts.guide.inputs if one.key == key for period in one.asked]


def _on_a_form(parts: Parts, path: str) -> bool:
    field = parts.layout.fields.get(path)
    return field is not None and field.cell.sheet in parts.layout.forms and not path.endswith(".evidence")


def _question(parts: Parts, path: str) -> _Reason:
    cell, rules = parts.layout.fields[path].cell, parts.hints.field_rules(path)
    return _beside(parts, cell, parts.layout.hint_cell(path, "code"), parts.layout.hint_cell(path), rules)


def _setting(parts: Parts, index: int, node: Node) -> _Reason:
    """The benchmark of an indicator, or its weight."""
    layout = parts.layout
    code, hint = (layout.setting_hint_cell(index, key) for key in ("code", "hint"))
    input_cell = Cell("settings", layout.setting_hint_cell(index).row, SETTINGS_INPUT)
    return _beside(parts, input_cell, code, hint, parts.hints.setting_rules(node))


def _beside(parts: Parts, cell: Cell, code: Cell, hint: Cell, rules: list[Said]) -> _Reason:
    number, at, said = parts.hints.code(rules), parts.layout.ref(code), parts.layout.ref(hint)
    place = f"{parts.layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}{_DOT}"
    when = Computed(f"AND({at}>0,{at}<{FIRST_LIGHT})", 0 < number < FIRST_LIGHT)
    return _Reason(when, Computed(f"{_quoted(place)}&{said}", place + parts.hints.text_of(number, rules)))


def _table(listed: Listed) -> _Reason:
    """What is open in a table; what is only worth a look keeps nothing from its score."""
    code = listed.point.code.value
    when = f'IF({listed.code}="",FALSE(),{listed.code}<{FIRST_LIGHT})'
    holds = isinstance(code, (int, float)) and code < FIRST_LIGHT
    return _Reason(Computed(when, holds), Computed(listed.said, listed.point.said.value))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
