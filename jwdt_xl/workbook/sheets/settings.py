"""The sheet of benchmarks, weights and options."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from ...standard.guide.levels import values_of
from ...standard.guide.product_unit import unit_is
from ...standard.guide.product_unit import words as unit_words
from ...standard.product_units import spelling
from ...standard.record import CHOICE, NUMBER
from ...standard.scoring import MODERATE, QUALITATIVE
from .. import kept, texts, words
from ..bound import guides_value, is_bound
from ..columns import benchmark_units
from ..columns.catalogue import HINT, MARK
from ..columns.column import plain
from ..parts import Parts, height
from ..plan import (
    SETTING_COLUMNS,
    SETTINGS_FIRST,
    SETTINGS_HINT,
    SETTINGS_INPUT,
    Cell,
    Field,
)
from .cells import given, mark_hints, validate, write_hint, write_input
from .guide import asks, cases

#: So many lines takes the longest sentence beside a benchmark.
_HINT_LINES = 3


def settings(parts: Parts) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    worksheet, guide = book.sheets["settings"], parts.guide
    parts.head("settings", texts.SETTINGS_WIDTHS, SETTINGS_INPUT, below=SETTINGS_INPUT)
    header = SETTINGS_FIRST - 1
    titles = [
        *texts.SETTINGS_HEAD,
        MARK,
        HINT,
        *(title for title, _ in SETTING_COLUMNS.values()),
        texts.WEIGHT_IN_FORCE,
    ]
    for col, title in enumerate(titles):
        book.write(Cell("settings", header, col), t(title), "heading")
    for j, (key, (_, spec)) in enumerate(SETTING_COLUMNS.items()):
        if key == "entered" and not kept.enters_in_settings(guide):
            continue  # entered on the form, each with its source
        guided = parts.guidance(spec, texts.SETTINGS_WIDTHS[SETTINGS_INPUT + j])
        book.write(Cell("settings", header - 1, SETTINGS_INPUT + j), guided, "guide")
    guides = [
        (parts.guidance(spec, width), width)
        for width, (_, spec) in zip(texts.SETTINGS_WIDTHS[SETTINGS_INPUT:], SETTING_COLUMNS.values(), strict=False)
    ]
    said = parts.lead_height(words.lead(guide, "settings"), sum(texts.SETTINGS_WIDTHS[:SETTINGS_INPUT]))
    worksheet.set_row(header - 1, max(height(guides, 8), said))
    heads = [(t(title), width * 0.9) for title, width in zip(titles, texts.SETTINGS_WIDTHS, strict=False)]
    worksheet.set_row(header, height(heads, least=2))
    for col, width in enumerate(texts.SETTINGS_WIDTHS):
        worksheet.set_column(col, col, width)
    code = layout.setting_hint_cell(0, "code")
    worksheet.set_column(code.col, layout.setting_hint_cell(0, "unit_read").col, 6, None, {"hidden": True})
    worksheet.freeze_panes(SETTINGS_FIRST, SETTINGS_INPUT)
    worksheet.repeat_rows(header)
    if not any(
        field.startswith("entered.") and layout.fields[field].cell.sheet == "settings" for field in layout.fields
    ):
        col = SETTINGS_INPUT + list(SETTING_COLUMNS).index("entered")
        worksheet.set_column(col, col, 6, None, {"hidden": True})
    for i, node in enumerate(guide.indicators):
        row = SETTINGS_FIRST + i
        unit = t(node.unit)
        told = [asks(node) if node.algorithm.is_entered else None, cases(guide, node)]
        name = "\n".join(filter(None, (t(node.name), unit, t(node.bounds), *(t(text) for text in told if text))))
        shown_here = height([(name, texts.SETTINGS_WIDTHS[2]), *_written(parts, row)], least=2)
        worksheet.set_row(row, max(shown_here, height([], 9, _HINT_LINES)))
        shown = (node.code, t(guide.first_level(node).name), name, node.weight)
        for col, value in enumerate(shown):
            book.write(Cell("settings", row, col), value, "cell")
        for j in range(len(SETTING_COLUMNS)):
            book.write(Cell("settings", row, SETTINGS_INPUT + j), None, "cell")
        weight = parts.assessment.weights.get(node.code, node.weight)
        book.formula(layout.base_weight_cell(i), parts.formulas.base_weight(i), weight, "weight")
        hint, mark, code = (layout.setting_hint_cell(i, key) for key in ("hint", "mark", "code"))
        write_hint(parts, hint, mark, code, parts.hints.setting_rules(node), Cell("settings", row, 0))
    _units(parts)
    last = SETTINGS_FIRST + len(guide.indicators) - 1
    first = layout.setting_hint_cell(0, "mark")
    mark_hints(parts, first, last, SETTINGS_HINT, f"${xl_col_to_name(code.col)}{first.row + 1}")
    _setting_inputs(parts)
    for key, (_, spec) in SETTING_COLUMNS.items():
        if spec.kind == NUMBER:
            col = SETTINGS_INPUT + list(SETTING_COLUMNS).index(key)
            book.when(Cell("settings", SETTINGS_FIRST, col), last, col, "TRUE()", "counts")
    _options(parts)


def _written(parts: Parts, row: int) -> list[tuple[str, float]]:
    """The texts of a row that are there already, given by the guide or filled in, and how wide their columns are."""
    found: list[tuple[str, float]] = []
    for field in parts.layout.fields.values():
        if field.cell.sheet == "settings" and field.cell.row == row:
            bound = is_bound(parts.guide, field.path)
            value = guides_value(parts.guide, field.path) if bound else given(parts, field.path)
            if isinstance(value, str):
                found.append((value, texts.SETTINGS_WIDTHS[field.cell.col]))
    return found


def _units(parts: Parts) -> None:
    """The units of the product and of the benchmarks in one spelling, out of sight."""
    layout, product = parts.layout, parts.assessment.product.unit
    top = layout.setting_hint_cell(-1, "unit_read")
    unit = benchmark_units.product_unit("in_product_unit") if "product.unit" in layout.fields else '""'
    parts.book.formula(top, unit, spelling(product)[0], "hidden")
    if "product.unit" in layout.fields and unit_words(parts.guide):
        verdict = benchmark_units.of_product(
            parts.guide, layout.ref(top, "settings"), lambda heading: parts.lists.column("product_units", heading)
        )
        cell = layout.setting_hint_cell(-1, "unit_spelled")
        parts.book.formula(cell, verdict, unit_is(parts.guide, product), "hidden")
    for i, node in enumerate(parts.guide.indicators):
        if node.attribute in (MODERATE, QUALITATIVE):
            continue
        cells = [layout.setting_hint_cell(i, key) for key in ("unit_spelled", "unit_read")]
        here, own = layout.ref(cells[0], "settings"), parts.assessment.benchmarks.get(node.code)
        if not parts.guide.opens_benchmark(node):
            own = node.benchmark
        above, below = spelling(own.unit if own else "")
        parts.book.formula(
            cells[0],
            benchmark_units.spelled(f"in_benchmarks_{node.code}_unit"),
            f"{above}/{below}" if below else above,
            "hidden",
        )
        read = "/".join(spelling(own.unit if own else "", spelling(product)[0]))
        parts.book.formula(cells[1], benchmark_units.read(here, layout.ref(top, "settings")), read, "hidden")


def _setting_inputs(parts: Parts) -> None:
    for field in parts.layout.fields.values():
        if field.cell.sheet == "settings" and is_bound(parts.guide, field.path):
            _locked(parts, field)
        elif field.cell.sheet == "settings":
            needed = field.path.startswith("entered") or (
                field.path.startswith("benchmarks") and field.path.endswith("value")
            )
            write_input(parts, field.cell, field.spec, given(parts, field.path), "needed" if needed else "optional")
            if field.path.startswith("options."):
                validate(parts, field.cell, field.spec, field.path, parts.t(field.label))
    for j, (key, (label, spec)) in enumerate(SETTING_COLUMNS.items()):
        fields = [
            f
            for f in parts.layout.fields.values()
            if f.cell.sheet == "settings" and f.cell.col == SETTINGS_INPUT + j and not is_bound(parts.guide, f.path)
        ]
        if key == "entered":
            listed = [f for f in fields if parts.guide.by_code[f.path.partition(".")[2]].levels]
            for field in listed:
                _levels(parts, field)
            fields = [f for f in fields if f not in listed]
        # One rule for each run of rows: some indicators take no benchmark.
        for first, last in _runs([f.cell.row for f in fields if not f.path.startswith("options.")]):
            path = f"{key}." if "." not in key else key
            validate(parts, Cell("settings", first, SETTINGS_INPUT + j), spec, path, parts.t(label), last)


def _levels(parts: Parts, field: Field) -> None:
    """The grades that the guide lists, to choose from."""
    levels = parts.guide.by_code[field.path.partition(".")[2]].levels
    rule = {"validate": "list", "source": [plain(value) for value in values_of(levels)]}
    said = {"input_title": parts.t(field.label)[:32], "input_message": "\n".join(levels)[:255]}
    error = {"error_title": parts.t(texts.NOT_LISTED_TITLE), "error_message": parts.t(texts.NOT_LISTED)}
    parts.book.validate(field.cell, {**rule, **said, **error})


def _locked(parts: Parts, field: Field) -> None:
    """What the guide says, in force and not to be changed."""
    value = guides_value(parts.guide, field.path)
    if field.spec.kind == CHOICE and value is not None:
        value = parts.t(dict(field.spec.choices)[value])
    parts.book.write(field.cell, value, "cell")


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
    book.merge(Cell("settings", first - 1, 4), SETTINGS_INPUT + 4, t(texts.OPTIONS_HEAD[-1]), "heading")
    for i, option in enumerate(layout.options):
        told = height([(t(option.help), sum(texts.SETTINGS_WIDTHS[4 : SETTINGS_INPUT + 5]))], 9)
        tall = max(20, told, height([(t(option.label), texts.SETTINGS_WIDTHS[1])]))
        book.sheets["settings"].set_row(first + i, tall)
        book.write(Cell("settings", first + i, 1), t(option.label), "cell")
        book.merge(Cell("settings", first + i, 4), SETTINGS_INPUT + 4, t(option.help), "hint")
        default = layout.guide.options.get(option.name)
        value = parts.result.options.get(option.name)
        shown = t(option.label_of(value)) if option.choices else "" if value is None else float(value)
        formula = parts.formulas.option_in_force(option.name, default)
        book.formula(layout.option_cell(option.name), formula, shown)
