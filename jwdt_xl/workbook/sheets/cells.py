"""Cells that are filled in, and the hint beside each: style, drop-down, validation, guidance."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.kinds import KINDS
from ...messages import Text
from ...standard import equivalents as eq
from ...standard.guide.benchmarks import Benchmark
from ...standard.record import CHOICE, FLAG, NUMBER, UNIT, Spec
from ...standard.units import unit_label
from .. import texts, typed
from ..columns.catalogue import FIRST_CHECK, FIRST_INFO, FIRST_LIGHT
from ..columns.hints import mark_formula, mark_of
from ..lists import STEAM, origins_of, units_of
from ..parts import Parts
from ..plan import Cell

#: Numbers whose cells nothing colours: a box says what is wrong.
_BOXED = ("weights", "entered", "options.")


def write_input(parts: Parts, cell: Cell, spec: Spec, value: Any, style: str) -> None:
    """An unlocked cell with what the assessment says; names of choices and units in the workbook's language."""
    if spec.kind in (CHOICE, FLAG) and value is not None:
        value = parts.t(dict(spec.choices)[value])
    if spec.kind == UNIT and value:
        value = parts.t(unit_label(value))
    parts.book.write(cell, value, style if spec.kind == NUMBER else f"{style}_text")


def validate(parts: Parts, cell: Cell, spec: Spec, path: str, label: str, last_row: int | None = None) -> None:
    t = parts.t
    rule: dict[str, Any] = dict(parts.message(label, spec))
    if path.endswith(".quality"):
        rule |= _from_list(parts, "qualities")
    elif is_free(path) or (spec.kind == NUMBER and not spec.whole and not path.startswith(_BOXED)):
        rule |= {"validate": "any"}  # no box: the cell turns red, and the sentence beside it names it
    elif spec.kind == NUMBER:
        rule |= {"validate": "integer" if spec.whole else "decimal", "error_title": t(texts.NOT_A_NUMBER_TITLE)}
        if spec.maximum is None:
            rule |= {"criteria": ">=", "value": 0, "error_message": t(texts.NOT_A_NUMBER)}
        else:
            least = int(spec.whole)
            message = texts.NOT_WHOLE if spec.whole else texts.NOT_WITHIN
            rule |= {"criteria": "between", "minimum": least, "maximum": spec.maximum}
            rule |= {"error_message": t(message.fill(a=least, b=f"{spec.maximum:g}"))}
    elif spec.kind == UNIT:
        rule |= kept(parts, _units(parts, path, spec, cell.row), texts.OTHER_NAME)
    elif path in ("activity.origin", "energy.origin"):
        rule |= kept(parts, _origins(parts, path.partition(".")[0], cell.row), texts.OTHER_NAME)
    elif path.startswith("options."):
        rule |= _from_list(parts, f"choice:{path}")
    elif spec.kind in (CHOICE, FLAG):
        rule |= kept(parts, parts.lists.column(f"offered:{path}"), texts.OTHER_NAME)
    elif path in texts.LISTED:
        rule |= _offered(parts, path, cell)
    else:
        return  # a plain text: its guidance stands beside it
    parts.book.validate(cell, rule, last_row)


def _from_list(parts: Parts, block: str) -> dict[str, Any]:
    error = {"error_title": parts.t(texts.NOT_LISTED_TITLE), "error_message": parts.t(texts.NOT_LISTED)}
    return {"validate": "list", "source": "=" + parts.lists.column(block), **error}


def _offered(parts: Parts, path: str, cell: Cell) -> dict[str, Any]:
    """A drop-down that helps but does not forbid: other names of the same thing may be typed."""
    column = parts.lists.column
    if path == "pollutants.pollutant":
        water = parts.t(eq.MEDIUM_NAMES[eq.WATER])
        medium = parts.formulas.meant("pollutants", "medium", cell.row)
        source = f'IF({medium}="{water}",{column("water")},{column("air")})'
    elif path == "activity.name":
        process = parts.formulas.t(texts.PROCESS)
        kind = parts.formulas.meant("activity", "kind", cell.row)
        bought = ",".join(f"{kind}={parts.formulas.t(ACTIVITY_KINDS[code])}" for code in typed.BOUGHT)
        fuels = f"IF(OR({bought}),{column('energies_bought')},{column('fuels_offered')})"
        source = f"IF({kind}={process},{column('processes_offered')},{fuels})"
    else:
        source = column(texts.LISTED[path])
    return kept(parts, source, texts.OTHER_NAME)


def kept(parts: Parts, source: str, message: Text) -> dict[str, Any]:
    """A list beside which anything may be typed; whether it is understood is told by the hint.

    As an information, whose button keeps what was typed: that of a warning throws it away. And not without a message:
    LibreOffice then drops what is not in the list, in silence. Names that are understood stand in the list, behind those
    to choose from, so that nobody is asked about them.
    """
    error = {
        "error_type": "information",
        "error_title": parts.t(texts.NOT_LISTED_TITLE),
        "error_message": parts.t(message),
    }
    return {"validate": "list", "source": "=" + source, **error}


def _units(parts: Parts, path: str, spec: Spec, row: int) -> str:
    """The units of a row: those that its kind of bill, its energy or its pollutant is measured in."""
    table = path.partition(".")[0]
    column, every = parts.lists.column, parts.lists.column(units_of(spec.dimensions))
    cell = partial(parts.formulas.meant, table, row=row)
    if table == "activity":
        chosen = every
        for kind, dimensions in (("process", ("mass",)), ("heat", ("energy", STEAM)), ("electricity", ("energy",))):
            named = parts.formulas.t(ACTIVITY_KINDS[kind])
            chosen = f"IF({cell('kind')}={named},{column(units_of(dimensions))},{chosen})"
        return chosen
    listed = {"energy": "energies", "pollutants": "pollutants"}.get(table)
    if listed is None:
        return every
    chosen, measured = every, f"INDEX({column(listed, 'dimension')},{cell('key')})"
    # Excel takes no more than 255 characters here: what few pollutants are measured in is offered among all.
    for dimension in reversed(spec.dimensions[:3] if listed == "energies" else spec.dimensions[:2]):
        chosen = f'IF({measured}="{dimension}",{column(units_of((dimension,)))},{chosen})'
    return f'IF({cell("key")}="",{every},{chosen})'


def _origins(parts: Parts, table: str, row: int) -> str:
    """The origins that a row of this kind may have; all of them while the kind is not known."""
    column, cell = parts.lists.column, partial(parts.formulas.meant, table, row=row)
    chosen = column(f"offered:{table}.origin")
    if table == "energy":
        power = f"INDEX({column('energies', 'electricity')},{cell('key')})=1"
        kinds = column(origins_of(KINDS["electricity"])), column(origins_of(KINDS["fuel"]))
        return f'IF({cell("key")}="",{chosen},IF({power},{kinds[0]},{kinds[1]}))'
    for code, kind in reversed(KINDS.items()):
        if kind.origins:
            label = parts.formulas.t(ACTIVITY_KINDS[code])
            chosen = f"IF({cell('kind')}={label},{column(origins_of(kind))},{chosen})"
    return chosen


def is_free(path: str) -> bool:
    """What is said in own words, or is a code that no list offers whole."""
    return path.endswith((".note", ".industry_code")) or path.startswith("not_applicable.")


def write_hint(parts: Parts, hint: Cell, mark: Cell, code: Cell, rules: list[Any], answer: Cell) -> None:
    """The code cell of some rules, and the mark and the sentence beside the question; a blank one has no tick."""
    hints, book, ref = parts.hints, parts.book, parts.layout.ref
    number, at = hints.code(rules), ref(code, code.sheet)
    book.formula(code, hints.code_formula(rules), number)
    book.formula(hint, hints.hint_formula(at, rules), hints.text_of(number, rules), "tip")
    blank = f'AND({at}=0,{ref(answer, code.sheet)}="")'
    unsaid = number == 0 and not hints.answered(answer)
    book.formula(mark, f'IF({blank},"",{mark_formula(at)})', "" if unsaid else mark_of(number), "mark")


def mark_hints(parts: Parts, first: Cell, last_row: int, last_col: int, code: str, begun: str = "TRUE()") -> None:
    """The colours of marks and sentences: refused, to look at, lacking."""
    book = parts.book
    for low, high, rule, also in (
        (FIRST_CHECK, FIRST_LIGHT, "tip_wrong", ""),
        (FIRST_LIGHT, FIRST_INFO, "tip_light", ""),
        (1, FIRST_CHECK, "tip_lacking", f",{begun}"),
    ):
        book.when(first, last_row, last_col, f"AND(ISNUMBER({code}),{code}>={low},{code}<{high}{also})", rule)


def given(parts: Parts, path: str) -> Any:
    """What the assessment says at a path."""
    value: Any = parts.assessment
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif value is not None:
            value = getattr(value, part, None)
    return value.value if isinstance(value, Benchmark) else value
