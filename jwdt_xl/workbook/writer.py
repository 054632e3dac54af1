"""Writing a workbook: a template, or an assessment filled in with its results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..assessment.evaluate import evaluate
from ..assessment.model import CHOICE, FLAG, NUMBER, TABLES, UNIT, Assessment, Spec, specs
from ..assessment.result import Result
from ..messages import Text, get_language, set_language
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import fuels, power, process
from ..standard import greenhouse as ghg
from ..standard.benchmarks import Benchmark
from ..standard.guide import Guide, builtin
from ..standard.options import OPTIONS
from ..standard.scoring import ATTRIBUTE_NAMES
from . import charts, texts
from .book import Book
from .cached import Cached, shown
from .calls import Calls
from .layout import (
    COMPUTED,
    FORMS,
    INDICATOR_COLUMNS,
    OVERLAP_COLUMNS,
    QUANTITIES,
    SECTION_TITLES,
    SETTING_COLUMNS,
    SETTINGS_FIRST,
    SETTINGS_INPUT,
    SINGLES,
    Cell,
    Layout,
    Table,
)  # fmt: skip
from .lists import Lists, item_code
from .portable import Formulas

TABLE_SHEETS = tuple(TABLES)


def write(
    path: str | Path,
    *,
    guide: Guide | None = None,
    host: str = "excel",
    language: str = "zh",
    assessment: Assessment | None = None,
) -> Result:
    """Write a template, or the workbook of an assessment with its results, and return the result it shows."""
    guide = guide or builtin()
    result = evaluate(assessment or Assessment(), guide)
    rows = {name: len(getattr(result.assessment, name)) for name in TABLES}
    before = get_language()
    set_language(language)
    try:
        layout = Layout(guide, host, language, rows)
        with Book(Path(path), layout) as book:
            _Writer(book, result).write()
    finally:
        set_language(before)
    return result


class _Writer:
    def __init__(self, book: Book, result: Result) -> None:
        self.book = book
        self.layout = book.layout
        self.result = result
        self.assessment = result.assessment
        self.lists = Lists(self.layout)
        self.formulas: Formulas = (Formulas if self.layout.host == "portable" else Calls)(self.layout, self.lists)
        self.cached = Cached(self.layout, self.lists, result)
        self.t = self.layout.text

    def write(self) -> None:
        self._howto()
        for sheet in FORMS:
            self._form(sheet)
        for name in TABLE_SHEETS:
            self._table(name)
        self._settings()
        self._quantities()
        self._indicators()
        self._summary()
        self._checks()
        self._annex_b()
        self._gwp()
        self._energies()
        self._fuels()
        self._grid_factors()
        self._processes()
        self._method()
        self._lists()
        for name, reference in self.layout.names.items():
            self.book.file.define_name(name, "=" + reference)
        for key, sheet in self.book.sheets.items():
            self._page(key, sheet)
        self.book.sheets["enterprise"].activate()

    def _page(self, key: str, sheet: Any) -> None:
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
        if key == "lists":
            sheet.hide()
        if key in texts.LANDSCAPE:
            sheet.set_landscape()

    def _head(self, sheet: str, lead: Text | None = None, width: int = 4) -> None:
        worksheet = self.book.sheets[sheet]
        self.book.write(Cell(sheet, 0, 0), self.layout.title(sheet), "title")
        worksheet.set_row(0, 26)
        lead = lead or texts.LEADS.get(sheet)
        if lead:
            worksheet.merge_range(1, 0, 1, width, self.t(lead), self.book.style("lead"))
            worksheet.set_row(1, 44)

    # Inputs

    def _howto(self) -> None:
        worksheet = self.book.sheets["howto"]
        worksheet.set_column(0, 0, 24)
        worksheet.set_column(1, 1, 96)
        self.book.write(Cell("howto", 0, 0), self.t(self.layout.guide.name), "title")
        for key, value in self.layout.stamp.items():
            cell = self.layout.stamp_cell(key)
            self.book.write(Cell("howto", cell.row, 0), self.t(texts.STAMP[key]), "hint")
            self.book.write(cell, value, "hint")
        row = max(self.layout.stamp_cell(key).row for key in self.layout.stamp) + 2
        for heading, lines in texts.howto(self.layout.host):
            self.book.write(Cell("howto", row, 0), self.t(heading), "section")
            for line in lines:
                self.book.write(Cell("howto", row, 1), self.t(line), "wrap")
                row += 1
            row += 1
        self.book.write(Cell("howto", row, 0), self.t(texts.COLOURS), "section")
        for style, text in texts.COLOUR_KEY.items():
            self.book.write(Cell("howto", row, 1), self.t(text), style)
            row += 1

    def _form(self, sheet: str) -> None:
        worksheet = self.book.sheets[sheet]
        worksheet.set_column(0, 0, 30)
        worksheet.set_column(1, 1, 44)
        worksheet.set_column(2, 2, 12)
        worksheet.set_column(3, 3, 60)
        self._head(sheet, width=3)
        worksheet.freeze_panes(3, 0)
        fields = [field for field in self.layout.fields.values() if field.cell.sheet == sheet]
        for field in fields:
            section = field.path.partition(".")[0]
            first = next(f for f in fields if f.path.partition(".")[0] == section)
            if first == field:
                self.book.write(Cell(sheet, field.cell.row - 1, 0), self.t(SECTION_TITLES[section]), "section")
            row = field.cell.row
            self.book.write(Cell(sheet, row, 0), self.t(field.label), "label")
            self._input(field.cell, field.spec, self._given(field.path), self._needed(field.path))
            self.book.write(Cell(sheet, row, 2), self.t(field.spec.unit), "hint")
            self.book.write(Cell(sheet, row, 3), self.t(field.spec.help), "hint")
            self._validate(field.cell, field.spec, field.path)

    def _needed(self, path: str) -> bool:
        return path not in texts.OPTIONAL_FIELDS

    def _given(self, path: str) -> Any:
        """What the assessment says at a path."""
        value: Any = self.assessment
        for part in path.split("."):
            if isinstance(value, dict):
                value = value.get(part)
            elif value is not None:
                value = getattr(value, part, None)
        return value.value if isinstance(value, Benchmark) else value

    def _input(self, cell: Cell, spec: Spec, value: Any, needed: bool) -> None:
        if spec.kind in (CHOICE, FLAG) and value is not None:
            value = self.t(dict(spec.choices)[value])
        style = "needed" if needed else "optional"
        self.book.write(cell, value, style if spec.kind == NUMBER else f"{style}_text")

    def _validate(self, cell: Cell, spec: Spec, path: str, last_row: int | None = None) -> None:
        rule: dict[str, Any] = {"input_title": self.t(spec.label)[:32], "input_message": self.t(spec.help)[:255]}
        if spec.kind == NUMBER:
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
            if spec.maximum is not None:
                rule |= {"criteria": "between", "minimum": 0, "maximum": spec.maximum}
                del rule["value"]
            rule |= {"error_title": self.t(texts.NOT_A_NUMBER_TITLE), "error_message": self.t(texts.NOT_A_NUMBER)}
        elif spec.kind == UNIT:
            rule |= self._from_list(f"units:{','.join(spec.dimensions)}")
        elif spec.kind in (CHOICE, FLAG):
            rule |= self._from_list(f"choice:{path}")
        elif path in texts.LISTED:
            rule |= self._listed(path, cell)
        else:
            rule |= {"validate": "any"}
        self.book.validate(cell, rule, last_row)

    def _from_list(self, block: str) -> dict[str, Any]:
        error = {"error_title": self.t(texts.NOT_LISTED_TITLE), "error_message": self.t(texts.NOT_LISTED)}
        return {"validate": "list", "source": "=" + self.lists.column(block), **error}

    def _listed(self, path: str, cell: Cell) -> dict[str, Any]:
        """A drop-down that helps but does not forbid: other names of the same thing may be typed."""
        block = texts.LISTED[path]
        if block:
            source = self.lists.column(block)
        else:
            water = self.t(eq.MEDIUM_NAMES[eq.WATER])
            source = f'IF($A{cell.row + 1}="{water}",{self.lists.column("water")},{self.lists.column("air")})'
        return {
            "validate": "list",
            "source": "=" + source,
            "error_type": "warning",
            "error_message": self.t(texts.OTHER_NAME),
        }

    def _table(self, name: str) -> None:
        table = self.layout.tables[name]
        worksheet = self.book.sheets[table.sheet]
        fields = specs(TABLES[name])
        self._head(name, width=len(fields) - 1)
        worksheet.freeze_panes(table.first, 2)
        worksheet.repeat_rows(table.header)
        for field, spec in fields.items():
            col = table.inputs[field]
            worksheet.set_column(col, col, texts.WIDTHS.get(field, 14))
            unit = self.t(spec.unit)
            self.book.write(
                Cell(name, table.header, col), self.t(spec.label) + (f"\n{unit}" if unit else ""), "heading"
            )
            self._validate(Cell(name, table.first, col), spec, f"{name}.{field}", table.last)
        for key, title in COMPUTED[name].items():
            col = table.computed[key]
            worksheet.set_column(col, col, 13, None, {} if title else {"hidden": True})
            self.book.write(Cell(name, table.header, col), self.t(title) if title else key, "heading")
        worksheet.set_row(table.header, 32)
        for index in range(table.rows):
            self._table_row(name, table, fields, index)

    def _table_row(self, name: str, table: Table, fields: dict[str, Spec], index: int) -> None:
        rows = getattr(self.assessment, name)
        entry = rows[index] if index < len(rows) else None
        for field, spec in fields.items():
            value = getattr(entry, field) if entry else None
            if entry and f"{name}.{field}" in _NAMED:
                value = _NAMED[f"{name}.{field}"](self.cached, index)
            needed = spec.required or field in ("base", "report")
            self._input(Cell(name, table.first + index, table.inputs[field]), spec, value, needed)
        values = self.cached.row(name, index)
        for key, title in COMPUTED[name].items():
            cell = Cell(name, table.first + index, table.computed[key])
            formula = self.formulas.row(name, key, cell.row)
            self.book.formula(cell, formula, values.get(key, ""), "value" if title else "computed")

    def _settings(self) -> None:
        worksheet = self.book.sheets["settings"]
        guide = self.layout.guide
        weights_col = SETTINGS_INPUT + len(SETTING_COLUMNS)
        self._head("settings", width=weights_col)
        header = SETTINGS_FIRST - 1
        titles = [*texts.SETTINGS_HEAD, *(title for title, _ in SETTING_COLUMNS.values()), texts.WEIGHT_IN_FORCE]
        for col, title in enumerate(titles):
            self.book.write(Cell("settings", header, col), self.t(title), "heading")
        for col, width in enumerate(texts.SETTINGS_WIDTHS):
            worksheet.set_column(col, col, width)
        worksheet.freeze_panes(SETTINGS_FIRST, 3)
        for i, node in enumerate(guide.indicators):
            row = SETTINGS_FIRST + i
            name = self.t(node.name) + (f"\n{self.t(node.unit)}" if node.unit.zh else "")
            for col, value in enumerate((node.code, self.t(guide.first_level(node).name), name, node.weight)):
                self.book.write(Cell("settings", row, col), value, "cell")
            for j in range(len(SETTING_COLUMNS)):
                self.book.write(Cell("settings", row, SETTINGS_INPUT + j), None, "cell")
            weight = self.assessment.weights.get(node.code, node.weight)
            self.book.formula(self.layout.base_weight_cell(i), self.formulas.base_weight(i), weight, "weight")
        self._options()
        for field in self.layout.fields.values():
            if field.cell.sheet == "settings":
                self._input(
                    field.cell,
                    field.spec,
                    self._given(field.path),
                    field.path.startswith("benchmarks") and field.path.endswith("value"),
                )
                self._validate(field.cell, field.spec, field.path)

    def _options(self) -> None:
        first = self.layout.options_first
        self.book.write(Cell("settings", first - 2, 0), self.t(texts.OPTIONS), "section")
        for col, title in enumerate(texts.OPTIONS_HEAD):
            self.book.write(Cell("settings", first - 1, 1 + col), self.t(title), "heading")
        for i, option in enumerate(OPTIONS):
            self.book.write(Cell("settings", first + i, 1), self.t(option.label), "cell")
            self.book.write(Cell("settings", first + i, 4), self.t(option.help), "hint")
            default = self.layout.guide.options[option.name]
            value = self.result.options[option.name]
            shown = self.t(option.label_of(value)) if option.choices else float(value)
            self.book.formula(
                self.layout.option_cell(option.name), self.formulas.option_in_force(option.name, default), shown
            )

    # Results

    def _quantities(self) -> None:
        worksheet = self.book.sheets["quantities"]
        self._head("quantities", width=3)
        for col, width in enumerate((34, 18, 22, 22)):
            worksheet.set_column(col, col, width)
        titles = [*texts.QUANTITIES_HEAD, *texts.PERIODS]
        for col, title in enumerate(titles):
            self.book.write(Cell("quantities", 3, col), self.t(title), "heading")
        for i, (key, (label, unit)) in enumerate(QUANTITIES.items()):
            self.book.write(Cell("quantities", 4 + i, 0), self.t(label), "label")
            self.book.write(Cell("quantities", 4 + i, 1), self.t(unit), "label")
            for period in ("base", "report"):
                cell = self.layout.results[f"out_{key}_{period}"]
                self.book.formula(cell, self.formulas.quantity(key, period), self.cached.quantity(key, period), "value")
        for key, label in SINGLES.items():
            cell = self.layout.results[f"out_{key}"]
            self.book.write(Cell("quantities", cell.row, 0), self.t(label), "label")
            style = "percent" if key.startswith("rate") else "computed"
            self.book.formula(cell, self.formulas.single(key), self.cached.single(key), style)
        self._overlap()
        self._categories()

    def _categories(self) -> None:
        """Emissions by category of GB/T 32150."""
        first = self.layout.categories_first
        for col, title in enumerate(texts.CATEGORIES_HEAD):
            self.book.write(Cell("quantities", first - 1, col), self.t(title), "heading")
        for i, (category, name) in enumerate(ghg.CATEGORY_NAMES.items()):
            self.book.write(self.layout.category_cell(i, 0), self.t(name), "label")
            self.book.write(self.layout.category_cell(i, 1), "t CO2e", "label")
            for j, period in enumerate(("base", "report")):
                cell = self.layout.category_cell(i, 2 + j)
                self.book.formula(
                    cell, self.formulas.category(category, period), self.cached.category(category, period), "value"
                )

    def _overlap(self) -> None:
        first = self.layout.overlap_first
        for col, key in enumerate(OVERLAP_COLUMNS):
            self.book.write(Cell("quantities", first - 1, col), self.t(texts.OVERLAP_HEAD[key]), "heading")
        by_item = {p.item: p for p in eq.pollutants()}
        items = [item for group in eq.OVERLAPS.values() for item in group]
        for i, (item, (total, kept)) in enumerate(zip(items, self.cached.overlap(), strict=True)):
            self.book.write(self.layout.overlap_cell(i, "item"), item_code(item), "label")
            self.book.write(self.layout.overlap_cell(i, "name"), self.t(by_item[item].name), "label")
            self.book.formula(self.layout.overlap_cell(i, "total"), self.formulas.overlap_total(i), total, "value")
            self.book.formula(self.layout.overlap_cell(i, "kept"), self.formulas.overlap_kept(i), kept, "computed")

    def _indicators(self) -> None:
        worksheet = self.book.sheets["indicators"]
        guide = self.layout.guide
        self._head("indicators", width=len(INDICATOR_COLUMNS) - 1)
        for col, (key, title) in enumerate(INDICATOR_COLUMNS.items()):
            worksheet.set_column(col, col, texts.INDICATOR_WIDTHS[key])
            self.book.write(self.layout.indicator_cell(-1, key)._replace(col=col), self.t(title), "heading")
        worksheet.freeze_panes(self.layout.indicator_cell(0, "code").row, 3)
        for i, (node, indicator) in enumerate(zip(guide.indicators, self.result.indicators, strict=True)):
            fixed = (
                node.code,
                self.t(guide.first_level(node).name),
                self.t(node.name),
                self.t(node.unit),
                self.t(ATTRIBUTE_NAMES[node.attribute]),
            )
            for key, value in zip(INDICATOR_COLUMNS, fixed, strict=False):
                self.book.write(self.layout.indicator_cell(i, key), value, "cell")
            for key in list(INDICATOR_COLUMNS)[len(fixed) :]:
                formula = self.formulas.weight(i) if key == "weight" else getattr(self.formulas, key)(node)
                style = texts.INDICATOR_STYLES.get(key, "computed")
                self.book.formula(
                    self.layout.indicator_cell(i, key), formula, self.cached.indicator(indicator, key), style
                )
        for group in self.result.first_levels:
            cell = self.layout.results[f"out_first_level_{group.node.code}"]
            self.book.write(cell._replace(col=2), self.t(group.node.name), "label")
            self.book.formula(
                cell, self.formulas.first_level(group.node), "" if group.score is None else group.score, "score"
            )
        totals = {
            "total": self.result.total,
            "coverage": self.result.coverage,
            "score_so_far": self.result.score_so_far,
        }
        for key, number in totals.items():
            cell = self.layout.results[f"out_{key}"]
            self.book.write(cell._replace(col=2), self.t(texts.TOTALS[key]), "label")
            style = "percent" if key == "coverage" else "total"
            self.book.formula(cell, getattr(self.formulas, key)(), shown(number), style)

    def _summary(self) -> None:
        charts.summary(self.book, self.result, self.cached)

    def _checks(self) -> None:
        """Counts of what is missing, live, and the findings of the last evaluation."""
        worksheet = self.book.sheets["checks"]
        self._head("checks", width=3)
        for col, width in enumerate((26, 12, 26, 90)):
            worksheet.set_column(col, col, width)
        for col, title in enumerate(texts.CHECKS_HEAD):
            self.book.write(Cell("checks", 3, col), self.t(title), "heading")
        row = 4
        for name in TABLE_SHEETS:
            if "status" not in COMPUTED[name]:
                continue
            status = self.layout.column(name, "status")
            self.book.write(Cell("checks", row, 0), self.layout.title(name), "label")
            count = f'SUMPRODUCT(--({status}<>""),--({status}<>{self.formulas.t(texts.OK)}))'
            wrong = sum(1 for a in self.result.quantities.pollutants if a.lacking) if name == "pollutants" else 0
            self.book.formula(Cell("checks", row, 1), count, wrong)
            self.book.write(Cell("checks", row, 2), self.t(texts.ROWS_TO_CHECK), "hint")
            row += 1
        row += 1
        for col, title in enumerate(texts.FINDINGS_HEAD):
            self.book.write(Cell("checks", row, col), self.t(title), "heading")
        for finding in self.result.findings:
            row += 1
            shown = (texts.PRINCIPLES[finding.principle], texts.SEVERITIES[finding.severity])
            for col, text in enumerate(shown):
                self.book.write(Cell("checks", row, col), self.t(text), "cell")
            self.book.write(Cell("checks", row, 2), self.layout.where(finding.where), "cell")
            self.book.write(Cell("checks", row, 3), self.t(finding.text), "cell")

    # Reference sheets

    def _reference(
        self, sheet: str, head: tuple[Text, ...], widths: tuple[int, ...], rows: list[tuple[Any, ...]]
    ) -> None:
        worksheet = self.book.sheets[sheet]
        self._head(sheet, width=len(head) - 1)
        for col, (title, width) in enumerate(zip(head, widths, strict=True)):
            worksheet.set_column(col, col, width)
            self.book.write(Cell(sheet, 3, col), self.t(title), "heading")
        worksheet.freeze_panes(4, 0)
        worksheet.repeat_rows(3)
        for i, values in enumerate(rows):
            for col, value in enumerate(values):
                shown = self.t(value) if isinstance(value, Text) else value
                self.book.write(Cell(sheet, 4 + i, col), shown, "cell")

    def _annex_b(self) -> None:
        rows = [
            (p.table, p.no, eq.MEDIUM_NAMES[p.medium], p.name, p.value, p.unit, p.source, p.confidence)
            for p in eq.pollutants()
        ]
        self._reference("annex_b", texts.ANNEX_B_HEAD, (7, 7, 8, 34, 14, 14, 46, 24), rows)

    def _gwp(self) -> None:
        rows = [(g.code, g.name, g.formula, *(g.gwp.get(s, "") for s in ghg.GWP_SETS), g.source) for g in ghg.gases()]
        self._reference(
            "gwp",
            (*texts.GWP_HEAD, *(Text(s, s) for s in ghg.GWP_SETS), texts.SOURCE),
            (16, 24, 18, 10, 10, 10, 56),
            rows,
        )

    def _energies(self) -> None:
        rows = [
            (
                e.name,
                "" if e.low is None else e.low,
                "" if e.high is None else e.high,
                f"kgce/{e.unit}",
                texts.FOSSIL[e.fossil],
                e.edition,
                e.confidence,
                e.note,
            )
            for e in energies.energies()
        ]
        self._reference("energies", texts.ENERGIES_HEAD, (30, 10, 10, 11, 12, 9, 26, 60), rows)

    def _fuels(self) -> None:
        rows = [
            (f.table, f.name, f.unit, f.net_calorific_value, f.carbon_content, f.oxidation, f.source, f.confidence)
            for table in fuels.TABLES
            for f in fuels.fuels(table)
        ]
        self._reference("fuels", texts.FUELS_HEAD, (6, 24, 12, 12, 12, 9, 60, 28), rows)

    def _grid_factors(self) -> None:
        rows = [(g.name, g.year, g.value, g.confidence, g.source) for g in power.grid_factors()]
        self._reference("grid_factors", texts.GRID_HEAD, (44, 8, 12, 16, 70), rows)

    def _processes(self) -> None:
        rows = [(p.name, "" if p.value is None else p.value, p.unit, p.confidence, p.source) for p in process.factors()]
        self._reference("processes", texts.PROCESSES_HEAD, (28, 10, 46, 16, 60), rows)

    def _method(self) -> None:
        self._reference("method", texts.METHOD_HEAD, (12, 100), [(mark, text) for mark, text in texts.METHOD])

    def _lists(self) -> None:
        for name, block in self.lists.blocks.items():
            start = self.lists.start(name)
            for j, heading in enumerate(block.headings):
                self.book.write(start._replace(col=start.col + j), heading)
            for i, row in enumerate(block.rows, 1):
                for j, value in enumerate(row):
                    if value != "":
                        self.book.write(Cell("lists", i, start.col + j), value)
                    else:
                        # An empty text: a truly empty cell would be read as 0 by INDEX.
                        self.book.formula(Cell("lists", i, start.col + j), '""', "", "plain")


_NAMED: dict[str, Callable[[Cached, int], str]] = {
    "activity.name": Cached.bill_name,
    "pollutants.pollutant": Cached.pollutant_name,
    "greenhouse.gas": Cached.gas_name,
    "energy.energy": Cached.energy_name,
}
