"""The sheets people fill in: forms and tables."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.fields import specs
from ...assessment.tables import NAME_FIELDS, TABLES
from ...messages import Text, joined
from ...standard.quantities import PERIODS, QUANTITIES
from ...standard.record import CHOICE, FLAG, NUMBER, UNIT, Spec
from ...standard.units import unit_label
from .. import texts, typed, words
from ..book import Rows
from ..columns.answers import NO_ANSWER, meant
from ..columns.catalogue import CHECK, CODES, FIRST_CHECK, FIRST_INFO, FIRST_LIGHT, HINTS, MISSING, Hint
from ..columns.column import is_number, most
from ..columns.questions import OPTIONAL_FIELDS
from ..columns.tables import TABLES as TABLES_COMPUTED
from ..editions import EDITIONS
from ..parts import Parts, height, word_room
from ..plan import (
    BESIDE,
    COMPUTED,
    FORM_COLUMNS,
    RARE,
    Cell,
    Field,
    Table,
    amount_column,
    is_answered,
)
from .cells import given, mark_hints, validate, write_hint, write_input
from .folded import fold, lead_of
from .guide import asks
from .required import required, with_required

#: What formulas alone read.
_HIDDEN = ("code", "answer")
_SHOWN = tuple(key for key in FORM_COLUMNS if key not in _HIDDEN)
_LAST_OF_FORM = len(_SHOWN) - 1
#: A row that no table has: in its place comes the number of each row.
_ANY_ROW = 987_654
#: Where the unit of the amounts of a section is said.
_UNIT_OF = {
    "product.output": "product.unit",
    "output_value": "output_value.unit",
    "metered_electricity": "metered_electricity.unit",
}
#: Computed columns on which no result rests.
_BESIDE = frozenset({
    "hint", "mark", "change", "moved", "counted", "code", "heat_low", "heat_high",
    "source_beside", "net_calorific_value_judged", "coefficient_judged", "unused",
})  # fmt: skip


def form(parts: Parts, sheet: str) -> None:
    book, t = parts.book, parts.t
    worksheet = book.sheets[sheet]
    for col, key in enumerate(FORM_COLUMNS):
        worksheet.set_column(col, col, texts.FORM_WIDTHS[key], None, {"hidden": key in _HIDDEN})
    parts.head(sheet, [texts.FORM_WIDTHS[key] for key in _SHOWN], 2)
    for col, key in enumerate(_SHOWN):
        book.write(Cell(sheet, 2, col), t(texts.FORM_HEAD[key]), "heading")
    worksheet.freeze_panes(3, 2)
    worksheet.repeat_rows(2)
    fields = [field for field in parts.layout.fields.values() if field.cell.sheet == sheet]
    start = parts.start(sheet)
    worksheet.set_selection(start.row, start.col, start.row, start.col)
    section = ""
    for field in fields:
        if _section_of(field) != section:
            section = _section_of(field)
            place = field.cell._replace(row=field.cell.row - 1, col=0)
            parts.section(place, _section_title(parts, section), _LAST_OF_FORM)
        _question(parts, field)
    _mark_questions(parts, sheet, fields)


def _section_of(field: Field) -> str:
    return field.path.partition(".")[0].removesuffix("_source")


def _section_title(parts: Parts, section: str) -> Text:
    """With what the guide asks for where the section is an indicator of its own."""
    asked = [text for node in parts.guide.indicators if node.formula == section and (text := asks(node))]
    return joined([words.section_title(parts.guide, section), *asked], " — ", " — ")


def _question(parts: Parts, field: Field) -> None:
    """A question with its answer, unit, guidance, example and hint."""
    book, t, cell = parts.book, parts.t, field.cell
    shown = {"label": t(field.label), "help": t(field.spec.help), "example": t(field.spec.example)}
    book.write(cell._replace(col=0), shown["label"], "label")
    style = "optional" if field.path in OPTIONAL_FIELDS else "needed"
    write_input(parts, cell, field.spec, given(parts, field.path), style)
    # All that are answered by yes or no share one list.
    listed = "management.established" if field.path.startswith("vetoes.") and field.spec.kind == FLAG else field.path
    validate(parts, cell, field.spec, listed, shown["label"])
    if field.path == "enterprise.industry_code":
        _division(parts, cell._replace(col=FORM_COLUMNS.index("unit")))
    else:
        _unit(parts, field)
    for key in ("help", "example"):
        book.write(cell._replace(col=FORM_COLUMNS.index(key)), shown[key], key)
    if is_answered(field):
        _answer(parts, field)
    hint, mark, code = (parts.layout.hint_cell(field.path, key) for key in ("hint", "mark", "code"))
    rules = parts.hints.field_rules(field.path)
    write_hint(parts, hint, mark, code, rules, cell)
    said = [parts.hints.text_of(CODES[rule.hint]) + rule.more for rule in rules]
    value = given(parts, field.path)
    answer = str(value) if isinstance(value, str) else ""
    beside = [*((shown[key], key) for key in ("help", "example")), *((text, "hint") for text in said)]
    small = height([(text, texts.FORM_WIDTHS[key]) for text, key in beside], 9)
    large = height([(shown["label"], texts.FORM_WIDTHS["label"]), (answer, texts.FORM_WIDTHS["input"])], 10)
    book.sheets[cell.sheet].set_row(cell.row, max(small, large, 18))


def _answer(parts: Parts, field: Field) -> None:
    """What was meant by what was typed, in the words of the form; what nobody understands stays as it is, and is told."""
    typed, column = parts.layout.typed(field), parts.lists.column
    listed = (column(f"{block}:{field.path}") for block in ("answers", "choice"))
    found = f"IFERROR({meant(typed, field.spec.choices, *listed)},{typed})"
    if field.spec.kind == FLAG:  # the reader takes a truth for an answer, too
        yes, no = (parts.formulas.t(dict(field.spec.choices)[answer]) for answer in (True, False))
        found = f"IF(ISLOGICAL({typed}),IF({typed},{yes},{no}),{found})"
    value = given(parts, field.path)
    shown = parts.t(dict(field.spec.choices)[value]) if value is not None and value != "" else ""
    parts.book.formula(parts.layout.hint_cell(field.path, "answer"), f'IF({typed}="","",{found})', shown, "hidden")


def _unit(parts: Parts, field: Field) -> None:
    """The unit of an answer: where it is chosen or typed elsewhere, that one."""
    cell = field.cell._replace(col=FORM_COLUMNS.index("unit"))
    path = _UNIT_OF.get(field.path.rpartition(".")[0])
    if path is None or field.path == path or field.spec.kind != NUMBER:
        parts.book.write(cell, parts.t(field.spec.unit), "help")
        return
    name, chosen = parts.layout.fields[path].name, given(parts, path)
    default = texts.DEFAULT_UNITS.get(path.partition(".")[0])
    if parts.layout.fields[path].spec.kind == UNIT and chosen:
        chosen = parts.t(unit_label(chosen))
    formula = f'IF({name}="",{parts.formulas.t(default)},{name})' if default else f'{name}&""'
    parts.book.formula(cell, formula, chosen or (parts.t(default) if default else ""), "unit")


def _division(parts: Parts, cell: Cell) -> None:
    """The industrial division that an industry code belongs to."""
    column, code = parts.lists.column, parts.assessment.enterprise.industry_code
    named = {str(row[0])[:2]: str(row[0]) for row in parts.lists.blocks["divisions"].rows}
    formula = f'IFERROR(INDEX({column("divisions")},{parts.hints.division("in_enterprise_industry_code")}),"")'
    parts.book.formula(cell, formula, named.get(code[:2], ""), "tip")


def _mark_questions(parts: Parts, sheet: str, fields: list[Field]) -> None:
    """The colours of hints, and of questions that look wrong."""
    first, last = fields[0].cell.row, fields[-1].cell.row
    code = f"${xl_col_to_name(FORM_COLUMNS.index('code'))}{first + 1}"
    # An untouched form stays calm: what is needed is yellow anyway.
    begun = f"COUNTA($B${first + 1}:$B${last + 1})>0"
    mark_hints(parts, Cell(sheet, first, FORM_COLUMNS.index("mark")), last, FORM_COLUMNS.index("hint"), code, begun)
    for low, high, rule in ((FIRST_CHECK, FIRST_LIGHT, "wrong"), (FIRST_LIGHT, FIRST_INFO, "light")):
        parts.book.when(Cell(sheet, first, 1), last, 1, f"AND(ISNUMBER({code}),{code}>={low},{code}<{high})", rule)
    parts.book.when(Cell(sheet, first, 1), last, 1, "TRUE()", "counts")


def table(parts: Parts, name: str) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    found = layout.tables[name]
    sheet, worksheet = found.sheet, book.sheets[found.sheet]
    fields = specs(TABLES[name])
    heads = {field: t(spec.label) for field, spec in fields.items()}
    heads |= {key: t(title) for key, title in COMPUTED[name].items() if title}
    widths = {key: max(texts.width(name, key), word_room(head)) for key, head in heads.items()}
    rare = [key for key in widths if key in RARE]
    # What somebody filled in is not hidden from those who look at it.
    folded = bool(rare) and not any(getattr(row, key, None) for row in getattr(parts.assessment, name) for key in rare)
    if name == sheet:
        lead = lead_of(parts, name, found, rare if folded else [])
        lead = with_required(parts, name, lead)
        named, start = found.inputs[NAME_FIELDS[name]], min(found.inputs.values())
        room = {found.column(key): 0 if folded and key in rare else width for key, width in widths.items()}
        parts.head(name, [room.get(col, 0) for col in range(max(room) + 1)], named + 1, lead, start, name in texts.TALL)
        worksheet.freeze_panes(found.first, named + 1)
        worksheet.set_selection(found.first, start, found.first, start)
        worksheet.repeat_rows(found.header - 1, found.header)
        required(parts, name, found)
    for field, spec in fields.items():
        col = found.inputs[field]
        label, unit = t(spec.label), t(spec.unit)
        worksheet.set_column(col, col, widths[field], None, fold(field, folded))
        book.write(Cell(sheet, found.header - 1, col), parts.guidance(spec, widths[field]), "guide")
        style = "heading" if _needed(spec, field) else "heading_light"
        book.write(Cell(sheet, found.header, col), label + (f"\n{unit}" if unit else ""), style)
        validate(parts, Cell(sheet, found.first, col), spec, f"{name}.{field}", label, found.last)
    worksheet.set_column(
        found.edge, found.edge, 0.5, None, {"level": 1, "hidden": folded} if rare else {"hidden": True}
    )
    for key, title in COMPUTED[name].items():
        col = found.computed[key]
        options = fold(key, folded) if title else {"hidden": True}
        if folded and col == max(*map(found.column, rare), found.edge) + 1:
            options["collapsed"] = True
        worksheet.set_column(col, col, widths.get(key, 9), None, options)
        book.write(Cell(sheet, found.header, col), t(title) if title else key, "heading")
    seen = {key for key in widths if not (folded and key in rare)}
    guided = [(parts.guidance(spec, widths[field]), widths[field]) for field, spec in fields.items() if field in seen]
    tall = height(guided, 8)
    if name == sheet:
        tall = max(tall, parts.lead_height(lead, sum(widths[key] for key in BESIDE), name in texts.TALL))
    worksheet.set_row(found.header - 1, tall)
    titles = [(t(spec.label), widths[field] * 0.9) for field, spec in fields.items() if field in seen]
    titles += [(t(title), widths[key]) for key, title in COMPUTED[name].items() if title and key in seen]
    worksheet.set_row(found.header, height(titles, 10, 2))
    _rows(parts, name, found, fields)
    _mark_rows(parts, name, found, fields)
    _totals(parts, name, found)


def _needed(spec: Spec, field: str) -> bool:
    return spec.required or field in ("base", "report")


def _rows(parts: Parts, name: str, found: Table, fields: dict[str, Spec]) -> None:
    entries = getattr(parts.assessment, name)
    names = TABLES_COMPUTED[name].names
    rows = Rows(found.first, found.last)
    # In an empty template no results can be lost.
    shared = EDITIONS[parts.layout.host].shared or not any(
        getattr(parts.assessment, table) for table in parts.layout.tables
    )
    filled = {key: rows if shared or key in _BESIDE else None for key in COMPUTED[name]}
    columns = [
        (found.computed[key], key, _pattern(parts, name, key), _style(key, title))
        for key, title in COMPUTED[name].items()
    ]
    inputs = [
        (field, spec, found.inputs[field], "waiting" if _needed(spec, field) else "optional")
        for field, spec in fields.items()
    ]
    for index in range(found.rows):
        row = found.first + index
        entry = entries[index] if index < len(entries) else None
        for field, spec, col, style in inputs:
            value = None
            if entry is not None:
                value = names[field](parts.cached.known(name, index)) if field in names else getattr(entry, field)
            write_input(parts, Cell(found.sheet, row, col), spec, value, style)
        values = parts.cached.row(name, index)
        number = str(row + 1)
        if name in texts.TALL:
            parts.book.sheets[found.sheet].set_row(row, texts.TALL[name])
        for col, key, pattern, style in columns:
            parts.book.formula(
                Cell(found.sheet, row, col), number.join(pattern), values.get(key, ""), style, filled=filled[key]
            )


def _pattern(parts: Parts, name: str, key: str) -> list[str]:
    """The formula of a column, cut where its row number stands."""
    return parts.formulas.row(name, key, _ANY_ROW).split(str(_ANY_ROW + 1))


def _style(key: str, title: Any) -> str:
    special = {"hint": "tip", "mark": "mark", "change": "change", "year": "computed"}
    return special.get(key, "value") if title else "hidden"


def _mark_rows(parts: Parts, name: str, found: Table, fields: dict[str, Spec]) -> None:
    """Yellow where a row is begun or next; the very cell amber that lacks something, red that is refused, light to look at."""
    book, sheet, top = parts.book, found.sheet, found.first + 1
    cell = parts.formulas.cell
    begin, *_, end = found.inputs
    first, last = cell(name, begin, found.first), cell(name, end, found.first)
    above = first.replace(str(top), str(top - 1))
    code = cell(name, "code", found.first)
    for field, spec in fields.items():
        col = found.inputs[field]
        here = cell(name, field, found.first).replace("$", "")
        places = Cell(sheet, found.first, col), found.last, col
        refused = [
            _impossible(spec, here, parts.formulas.meant(name, field, found.first)),
            _told(code, [h for h in _blaming(field, CHECK) if not h.light]),
        ]
        if any(refused):
            book.when(*places, f"OR({','.join(filter(None, refused))})", "wrong", stop=True)
        if light := _told(code, [h for h in _blaming(field, CHECK) if h.light]):
            book.when(*places, light, "light", stop=True)
        if lacking := [_lacking(parts, name, found, hint, field, code) for hint in _blaming(field, MISSING)]:
            book.when(*places, f"OR({','.join(lacking)})", "lacking", stop=True)
        if _needed(spec, field):
            begun = f'AND(COUNTA({first}:{last})>0,{here}="")'
            book.when(*places, begun, "lacking", stop=True)
            # The row after the last one filled in is the next to fill; above the first one stands the heading.
            book.when(*places, f"COUNTA({above}:{last})>0", "needed")
        if spec.kind == NUMBER:
            book.when(*places, "TRUE()", "counts")
    beside = [found.computed[key] for key in BESIDE]
    mark_hints(parts, Cell(sheet, found.first, min(beside)), found.last, max(beside), code)


def _blaming(field: str, kind: str) -> list[Hint]:
    return [hint for hint in HINTS if hint.kind == kind and field in hint.blames]


def _told(code: str, hints: list[Hint]) -> str:
    """Whether the row says one of these."""
    said = [f"{code}={HINTS.index(hint) + 1}" for hint in hints]
    return f"AND(ISNUMBER({code}),OR({','.join(said)}))" if said else ""


def _lacking(parts: Parts, name: str, found: Table, hint: Hint, field: str, code: str) -> str:
    """The field is the first blank one of those that the hint names."""
    named = [key for key in hint.blames if key in found.inputs]
    before = [f'{parts.formulas.cell(name, key, found.first)}<>""' for key in named[: named.index(field)]]
    here = f'{parts.formulas.cell(name, field, found.first)}=""'
    if (name, field) == ("activity", "name"):  # heat and power need none
        kind = parts.formulas.cell(name, "kind", found.first)
        before += [f"{kind}<>{parts.formulas.t(ACTIVITY_KINDS[bought])}" for bought in typed.BOUGHT]
    return f"AND({','.join([f'{code}={HINTS.index(hint) + 1}', here, *before])})"


def _impossible(spec: Spec, here: str, meant: str) -> str:
    """What no row can take, whatever else it says: a text for a number, an answer that is not offered."""
    if spec.kind == NUMBER:
        return f'IF({is_number(here)},OR({here}<0,{here}>{most(spec.most_in_cell)}),{here}<>"")'
    if spec.kind in (CHOICE, FLAG):
        return f'{meant}="{NO_ANSWER}"'
    return ""


def _totals(parts: Parts, name: str, found: Table) -> None:
    """The sums the rows lead to, above the computed columns: seen while filling in."""
    book, t, cached = parts.book, parts.t, parts.cached
    rows = [(key, [amount_column(name, key, period) for period in PERIODS]) for key in texts.TOTALS_OF[name]]
    stacked = len({columns[0] for _, columns in rows}) == 1
    for i, (quantity, columns) in enumerate(rows):
        row = found.header - len(rows) + i if stacked else found.header - 1
        for period, key in zip(PERIODS, columns, strict=True):
            cell = Cell(found.sheet, row, found.computed[key])
            book.formula(cell, f"out_{quantity}_{period}", cached.quantity(quantity, period), "subtotal")
        label = Cell(found.sheet, row, found.computed[columns[0]] - 1)
        book.write(label, t(QUANTITIES[quantity].sum_label), "subtotal_label")
