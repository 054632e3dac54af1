"""The sheets people fill in: forms, tables, benchmarks and weights."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...standard import equivalents as eq
from ...standard.guide.benchmarks import Benchmark
from ...standard.guide.options import OPTIONS
from ...standard.quantities import PERIODS, QUANTITIES
from ...standard.record import CHOICE, FLAG, NUMBER, UNIT, Spec
from ...standard.units import unit_label
from .. import texts
from ..book import Rows
from ..columns.hints import CODES, FIRST_CHECK, FIRST_INFO
from ..columns.questions import OPTIONAL_FIELDS
from ..columns.tables import TABLES as TABLES_COMPUTED
from ..editions import EDITIONS
from ..parts import Parts, height
from ..plan import (
    COMPUTED,
    FORM_COLUMNS,
    SECTION_TITLES,
    SETTING_COLUMNS,
    SETTINGS_FIRST,
    SETTINGS_INPUT,
    Cell,
    Field,
    Table,
    amount_column,
)

#: A row that no table has: in its place comes the number of each row.
_ANY_ROW = 987_654
#: Where the unit of the amounts of a section is said.
_UNIT_OF = {
    "product.output": "product.unit",
    "output_value": "output_value.unit",
    "metered_electricity": "metered_electricity.unit",
}


# Input cells


def write_input(parts: Parts, cell: Cell, spec: Spec, value: Any, style: str) -> None:
    """An unlocked cell with what the assessment says; names of choices and units in the workbook's language."""
    if spec.kind in (CHOICE, FLAG) and value is not None:
        value = parts.t(dict(spec.choices)[value])
    if spec.kind == UNIT and value:
        value = parts.t(unit_label(value))
    parts.book.write(cell, value, style if spec.kind == NUMBER else f"{style}_text")


def _validate(parts: Parts, cell: Cell, spec: Spec, path: str, label: str, last_row: int | None = None) -> None:
    t = parts.t
    rule: dict[str, Any] = dict(parts.message(label, spec))
    if path.endswith(".quality"):
        rule |= _from_list(parts, "qualities")
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
        rule |= _from_list(parts, f"units:{','.join(spec.dimensions)}")
    elif spec.kind in (CHOICE, FLAG):
        rule |= _from_list(parts, f"choice:{path}")
    elif path in texts.LISTED or is_free(path):
        rule |= _offered(parts, path, cell)
    else:
        return  # a plain text: its guidance stands beside it
    parts.book.validate(cell, rule, last_row)


def _from_list(parts: Parts, block: str) -> dict[str, Any]:
    error = {"error_title": parts.t(texts.NOT_LISTED_TITLE), "error_message": parts.t(texts.NOT_LISTED)}
    return {"validate": "list", "source": "=" + parts.lists.column(block), **error}


def _offered(parts: Parts, path: str, cell: Cell) -> dict[str, Any]:
    """A drop-down that helps but does not forbid: other names of the same thing may be typed."""
    column, row = parts.lists.column, cell.row + 1
    if path == "pollutants.pollutant":
        water = parts.t(eq.MEDIUM_NAMES[eq.WATER])
        source = f'IF($A{row}="{water}",{column("water")},{column("air")})'
    elif path == "activity.name":
        process = parts.formulas.t(texts.PROCESS)
        source = f"IF($A{row}={process},{column('processes_offered')},{column('fuels_offered')})"
    elif path == "enterprise.industry_code":
        source = column("divisions")
    elif path.endswith(".note"):
        source = column("notes")
    elif path.startswith("not_applicable."):
        source = column("reasons")
    else:
        source = column(texts.LISTED[path])
    # As an information, whose button keeps what was typed: that of a warning throws it away. And not without a message:
    # LibreOffice then drops what is not in the list, in silence.
    message = parts.t(texts.OWN_WORDS if is_free(path) else texts.OTHER_NAME)
    error = {"error_type": "information", "error_title": parts.t(texts.NOT_LISTED_TITLE), "error_message": message}
    return {"validate": "list", "source": "=" + source, **error}


def is_free(path: str) -> bool:
    """Where the list only saves typing; elsewhere whether a name is known is told by the hint."""
    return path.endswith((".note", ".industry_code")) or path.startswith("not_applicable.")


# Forms


def form(parts: Parts, sheet: str) -> None:
    book, t = parts.book, parts.t
    worksheet = book.sheets[sheet]
    for col, key in enumerate(FORM_COLUMNS):
        worksheet.set_column(col, col, texts.FORM_WIDTHS[key], None, {"hidden": key == "code"})
    parts.head(sheet, FORM_COLUMNS.index("hint"))
    worksheet.set_row(1, height([(t(texts.LEADS[sheet]), sum(texts.FORM_WIDTHS.values()))]))
    parts.back(Cell(sheet, 0, FORM_COLUMNS.index("hint")))
    for col, key in enumerate(FORM_COLUMNS[:-1]):
        book.write(Cell(sheet, 2, col), t(texts.FORM_HEAD[key]), "heading")
    worksheet.freeze_panes(3, 2)
    worksheet.repeat_rows(2)
    fields = [field for field in parts.layout.fields.values() if field.cell.sheet == sheet]
    worksheet.set_selection(fields[0].cell.row, fields[0].cell.col, fields[0].cell.row, fields[0].cell.col)
    section = ""
    for field in fields:
        if field.path.partition(".")[0] != section:
            section = field.path.partition(".")[0]
            place = field.cell._replace(row=field.cell.row - 1, col=0)
            parts.section(place, SECTION_TITLES[section], FORM_COLUMNS.index("hint"))
        _question(parts, field)
    _mark_questions(parts, sheet, fields)


def _question(parts: Parts, field: Field) -> None:
    """A question with its answer, unit, guidance, example and hint."""
    book, t, cell = parts.book, parts.t, field.cell
    shown = {"label": t(field.label), "help": t(field.spec.help), "example": t(field.spec.example)}
    book.write(cell._replace(col=0), shown["label"], "label")
    style = "optional" if field.path in OPTIONAL_FIELDS else "needed"
    write_input(parts, cell, field.spec, given(parts, field.path), style)
    _validate(parts, cell, field.spec, field.path, shown["label"])
    if field.path == "enterprise.industry_code":
        _division(parts, cell._replace(col=FORM_COLUMNS.index("unit")))
    else:
        _unit(parts, field)
    for key in ("help", "example"):
        book.write(cell._replace(col=FORM_COLUMNS.index(key)), shown[key], key)
    rules = parts.hints.field_rules(field.path)
    _hint(parts, parts.layout.hint_cell(field.path), parts.layout.hint_cell(field.path, "code"), rules)
    value = given(parts, field.path)
    answer = str(value) if isinstance(value, str) else ""
    small = height([(shown[key], texts.FORM_WIDTHS[key]) for key in ("help", "example")], 9)
    large = height([(shown["label"], texts.FORM_WIDTHS["label"]), (answer, texts.FORM_WIDTHS["input"])], 10)
    book.sheets[cell.sheet].set_row(cell.row, max(small, large, 18))


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


def _hint(parts: Parts, hint: Cell, code: Cell, rules: list[Any]) -> None:
    """The code cell of some rules and the sentence beside the question."""
    hints = parts.hints
    number = hints.code(rules)
    parts.book.formula(code, hints.code_formula(rules), number)
    parts.book.formula(hint, hints.hint_formula(parts.layout.ref(code, code.sheet)), hints.text_of(number), "tip")


def _mark_questions(parts: Parts, sheet: str, fields: list[Field]) -> None:
    """The colours of hints, and of questions that look wrong."""
    first, last = fields[0].cell.row, fields[-1].cell.row
    code = f"${xl_col_to_name(FORM_COLUMNS.index('code'))}{first + 1}"
    # An untouched form stays calm: what is needed is yellow anyway.
    begun = f"COUNTA($B${first + 1}:$B${last + 1})>0"
    _mark_hints(parts, Cell(sheet, first, FORM_COLUMNS.index("hint")), last, code, begun)
    wrong = f"AND(ISNUMBER({code}),{code}>={FIRST_CHECK},{code}<{FIRST_INFO})"
    parts.book.when(Cell(sheet, first, 1), last, 1, wrong, "wrong")


def _mark_hints(parts: Parts, hint: Cell, last_row: int, code: str, begun: str = "TRUE") -> None:
    book = parts.book
    wrong = f"AND(ISNUMBER({code}),{code}>={FIRST_CHECK},{code}<{FIRST_INFO})"
    lacking = f"AND(ISNUMBER({code}),{code}>0,{code}<{FIRST_CHECK},{begun})"
    book.when(hint, last_row, hint.col, wrong, "tip_wrong")
    book.when(hint, last_row, hint.col, lacking, "tip_lacking")


def given(parts: Parts, path: str) -> Any:
    """What the assessment says at a path."""
    value: Any = parts.assessment
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif value is not None:
            value = getattr(value, part, None)
    return value.value if isinstance(value, Benchmark) else value


# Tables


def table(parts: Parts, name: str) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    found = layout.tables[name]
    sheet, worksheet = found.sheet, book.sheets[found.sheet]
    fields = specs(TABLES[name])
    shown = [key for key, title in COMPUTED[name].items() if title]
    widths = {key: texts.width(name, key) for key in (*fields, *shown)}
    if name == sheet:
        parts.head(name, len(fields) - 1)
        worksheet.set_row(1, height([(t(texts.LEADS[name]), sum(widths[f] for f in fields))], least=2))
        worksheet.freeze_panes(found.first, 2)
        worksheet.set_selection(found.first, 0, found.first, 0)
        worksheet.repeat_rows(found.header - 1, found.header)
    for field, spec in fields.items():
        col = found.inputs[field]
        label, unit = t(spec.label), t(spec.unit)
        worksheet.set_column(col, col, widths[field])
        book.write(Cell(sheet, found.header - 1, col), parts.guidance(spec), "guide")
        style = "heading" if _needed(spec, field) else "heading_light"
        book.write(Cell(sheet, found.header, col), label + (f"\n{unit}" if unit else ""), style)
        _validate(parts, Cell(sheet, found.first, col), spec, f"{name}.{field}", label, found.last)
    for key, title in COMPUTED[name].items():
        col = found.computed[key]
        worksheet.set_column(col, col, widths.get(key, 9), None, {} if title else {"hidden": True})
        book.write(Cell(sheet, found.header, col), t(title) if title else key, "heading")
    worksheet.set_row(found.header - 1, height([(parts.guidance(s), widths[f]) for f, s in fields.items()], 8))
    titles = [(t(spec.label), widths[field] * 0.9) for field, spec in fields.items()]
    titles += [(t(title), widths[key]) for key, title in COMPUTED[name].items() if title]
    worksheet.set_row(found.header, height(titles, 10, 2))
    _rows(parts, name, found, fields)
    _mark_rows(parts, name, found, fields)
    _totals(parts, name, found)


def _needed(spec: Spec, field: str) -> bool:
    return spec.required or field in ("base", "report")


#: Computed columns on which no result rests.
_BESIDE = ("hint", "change", "code")


def _rows(parts: Parts, name: str, found: Table, fields: dict[str, Spec]) -> None:
    entries = getattr(parts.assessment, name)
    names = TABLES_COMPUTED[name].names
    rows = Rows(found.first, found.last)
    shared = EDITIONS[parts.layout.host].shared
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
    special = {"hint": "tip", "change": "change", "year": "computed"}
    return special.get(key, "value") if title else "hidden"


def _mark_rows(parts: Parts, name: str, found: Table, fields: dict[str, Spec]) -> None:
    """Yellow where a row is begun or next, amber where it lacks something, red where it looks wrong."""
    book, sheet, top = parts.book, found.sheet, found.first + 1
    cell = parts.formulas.cell
    first, last = cell(name, next(iter(fields)), found.first), cell(name, next(reversed(fields)), found.first)
    above = first.replace(str(top), str(top - 1))
    code = cell(name, "code", found.first)
    for field, spec in fields.items():
        col = found.inputs[field]
        here = cell(name, field, found.first).replace("$", "")
        if field in ("base", "report"):
            book.when(
                Cell(sheet, found.first, col),
                found.last,
                col,
                f"AND(ISNUMBER({code}),OR({code}={CODES['slip_1000']},{code}={CODES['slip_10000']},{code}={CODES['change']}))",
                "wrong",
                stop=True,
            )
        if _needed(spec, field):
            begun = f'AND(COUNTA({first}:{last})>0,{here}="")'
            book.when(Cell(sheet, found.first, col), found.last, col, begun, "lacking", stop=True)
            # The row after the last one filled in is the next to fill; above the first one stands the heading.
            book.when(Cell(sheet, found.first, col), found.last, col, f"COUNTA({above}:{last})>0", "needed")
    hint = Cell(sheet, found.first, found.computed["hint"])
    _mark_hints(parts, hint, found.last, code)


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
    if found.sheet == name:
        parts.back(Cell(found.sheet, 0, found.computed["hint"]))


# Benchmarks and weights


def settings(parts: Parts) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    worksheet, guide = book.sheets["settings"], parts.guide
    weights_col = SETTINGS_INPUT + len(SETTING_COLUMNS)
    hint_col = weights_col + 1
    parts.head("settings", weights_col)
    worksheet.set_row(1, height([(t(texts.LEADS["settings"]), sum(texts.SETTINGS_WIDTHS))], least=2))
    parts.back(Cell("settings", 0, hint_col))
    header = SETTINGS_FIRST - 1
    titles = [
        *texts.SETTINGS_HEAD,
        *(title for title, _ in SETTING_COLUMNS.values()),
        texts.WEIGHT_IN_FORCE,
        texts.HINT,
    ]
    for col, title in enumerate(titles):
        book.write(Cell("settings", header, col), t(title), "heading")
    for j, (_, spec) in enumerate(SETTING_COLUMNS.values()):
        book.write(Cell("settings", header - 1, SETTINGS_INPUT + j), parts.guidance(spec), "guide")
    guides = [
        (parts.guidance(spec), texts.SETTINGS_WIDTHS[SETTINGS_INPUT + j])
        for j, (_, spec) in enumerate(SETTING_COLUMNS.values())
    ]
    worksheet.set_row(header - 1, height(guides, 8))
    worksheet.set_row(header, 32)
    for col, width in enumerate(texts.SETTINGS_WIDTHS):
        worksheet.set_column(col, col, width)
    worksheet.set_column(hint_col + 1, hint_col + 1, 6, None, {"hidden": True})
    worksheet.freeze_panes(SETTINGS_FIRST, 3)
    worksheet.repeat_rows(header)
    entered = [node for node in guide.indicators if node.algorithm.is_entered]
    if not entered:
        col = SETTINGS_INPUT + list(SETTING_COLUMNS).index("entered")
        worksheet.set_column(col, col, 6, None, {"hidden": True})
    for i, node in enumerate(guide.indicators):
        row = SETTINGS_FIRST + i
        unit = t(node.unit)
        name = t(node.name) + (f"\n{unit}" if unit else "")
        worksheet.set_row(row, height([(name, texts.SETTINGS_WIDTHS[2])], least=2))
        shown = (node.code, t(guide.first_level(node).name), name, node.weight)
        for col, value in enumerate(shown):
            book.write(Cell("settings", row, col), value, "cell")
        for j in range(len(SETTING_COLUMNS)):
            book.write(Cell("settings", row, SETTINGS_INPUT + j), None, "cell")
        weight = parts.assessment.weights.get(node.code, node.weight)
        book.formula(layout.base_weight_cell(i), parts.formulas.base_weight(i), weight, "weight")
        _hint(parts, layout.setting_hint_cell(i), layout.setting_hint_cell(i, "code"), parts.hints.setting_rules(node))
    last = SETTINGS_FIRST + len(guide.indicators) - 1
    code = layout.setting_hint_cell(0, "code")
    _mark_hints(parts, layout.setting_hint_cell(0), last, f"${xl_col_to_name(code.col)}{code.row + 1}")
    _setting_inputs(parts)
    _options(parts)


def _setting_inputs(parts: Parts) -> None:
    for field in parts.layout.fields.values():
        if field.cell.sheet == "settings":
            needed = field.path.startswith("entered") or (
                field.path.startswith("benchmarks") and field.path.endswith("value")
            )
            write_input(parts, field.cell, field.spec, given(parts, field.path), "needed" if needed else "optional")
            if field.path.startswith("options."):
                _validate(parts, field.cell, field.spec, field.path, parts.t(field.label))
    for j, (key, (label, spec)) in enumerate(SETTING_COLUMNS.items()):
        fields = [
            f for f in parts.layout.fields.values() if f.cell.sheet == "settings" and f.cell.col == SETTINGS_INPUT + j
        ]
        # One rule for each run of rows: some indicators take no benchmark.
        for first, last in _runs([f.cell.row for f in fields if not f.path.startswith("options.")]):
            path = f"{key}." if "." not in key else key
            _validate(parts, Cell("settings", first, SETTINGS_INPUT + j), spec, path, parts.t(label), last)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _options(parts: Parts) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    first = layout.options_first
    parts.section(Cell("settings", first - 2, 0), texts.OPTIONS, SETTINGS_INPUT + 4)
    for col, title in enumerate(texts.OPTIONS_HEAD[:-1]):
        book.write(Cell("settings", first - 1, 1 + col), t(title), "heading")
    book.merge(Cell("settings", first - 1, 4), 8, t(texts.OPTIONS_HEAD[-1]), "heading")
    for i, option in enumerate(OPTIONS):
        book.sheets["settings"].set_row(first + i, max(20, height([(t(option.label), texts.SETTINGS_WIDTHS[1])])))
        book.write(Cell("settings", first + i, 1), t(option.label), "cell")
        book.merge(Cell("settings", first + i, 4), 8, t(option.help), "hint")
        default = layout.guide.options[option.name]
        value = parts.result.options[option.name]
        shown = t(option.label_of(value)) if option.choices else float(value)
        formula = parts.formulas.option_in_force(option.name, default)
        book.formula(layout.option_cell(option.name), formula, shown)
