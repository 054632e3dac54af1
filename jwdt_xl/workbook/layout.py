"""Where everything is in a workbook: layout = f(guide, host, language). The only place that knows an address.

Fields and table columns come from the specs of the assessment model, results from the guide's tree.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ..assessment.fields import specs
from ..assessment.ratios import RATIOS
from ..messages import Text
from ..standard.equivalents import OVERLAPS
from ..standard.greenhouse import CATEGORY_NAMES
from ..standard.guide import Guide, Node
from ..standard.quantities import PERIODS
from ..standard.record import CHOICE, NUMBER, Spec
from ..standard.scoring import MODERATE, QUALITATIVE
from . import kept, plan
from .guide_fields import of_guide


class Layout(kept.Kept):
    """The addresses of one workbook. rows says how many rows each table has beyond the usual."""

    def __init__(
        self, guide: Guide, host: str = "excel", language: str = "zh", rows: dict[str, int] | None = None
    ) -> None:
        self.guide = guide
        self.host = host
        self.language = language
        self._rows = rows or {}
        self._ranges: dict[str, str] = {}
        self._titles: dict[str, str] = {}

    def text(self, text: Text) -> str:
        return text.zh if self.language == "zh" else text.en

    def title(self, sheet: str) -> str:
        return self._titles.get(sheet) or self.text(self.sheets.get(sheet, plan.SHEETS[sheet]))

    def retitled(self, titles: dict[str, str]) -> Layout:
        """The same places in a workbook whose sheets were renamed."""
        other = copy.copy(self)
        other._titles = titles
        return other

    # References

    def ref(self, cell: plan.Cell, sheet: str | None = None) -> str:
        """A$1-style absolute reference, with the sheet unless it is the one given."""
        address = xl_rowcol_to_cell(cell.row, cell.col, row_abs=True, col_abs=True)
        return address if cell.sheet == sheet else f"'{self.title(cell.sheet)}'!{address}"

    def range(self, sheet: str, first_row: int, last_row: int, col: int, last_col: int | None = None) -> str:
        letters, last = xl_col_to_name(col), xl_col_to_name(col if last_col is None else last_col)
        return f"'{self.title(sheet)}'!${letters}${first_row + 1}:${last}${last_row + 1}"

    def column(self, table: str, key: str) -> str:
        """The data cells of a table column; of an answer those of what was meant by it."""
        t = self.tables[table]
        return self.range(t.sheet, t.first, t.last, t.meant(key))

    def whole_column(self, table: str, key: str) -> str:
        """The same with its heading and the cell below, which nobody can cut: a range that does not move with its cells."""
        t = self.tables[table]
        return self.range(t.sheet, t.header, t.last + 1, t.meant(key))

    def named(self, name: str, reference: str) -> str:
        """A name for a range that formulas down a column use: short, and free of another sheet's title."""
        self._ranges[name] = reference
        return name

    @property
    def ranges(self) -> dict[str, str]:
        """The names given to ranges so far."""
        return self._ranges

    # Inputs

    @cached_property
    def fields(self) -> dict[str, plan.Field]:
        """Every single input cell, by its path in the assessment file."""
        found = {field.path: field for sheet in self.forms for field in self._form(sheet)}
        found |= {field.path: field for field in self._settings()}
        return found

    @cached_property
    def read(self) -> Mapping[str, str]:
        """What formulas write for the name of an input: its place in a range whose ends nobody can cut.

        The name itself goes where its cell goes when people cut and paste it; this does not.
        """
        found = {}
        for field in self.fields.values():
            cell = field.cell
            if plan.is_answered(field):
                found[field.name] = self.ref(self.hint_cell(field.path, "answer"))
                continue
            if cell.sheet in self.forms:
                found[field.name] = self.typed(field)
                continue
            first, count = plan.SETTINGS_FIRST, len(self.guide.indicators)
            if cell.row >= self.options_first:
                first, count = self.options_first, len(self.options)
            column = self.range(cell.sheet, first - 1, first + count, cell.col)  # with its heading and the cell below
            found[field.name] = f"INDEX({column},{cell.row - first + 2})"
        return found

    def typed(self, field: plan.Field) -> str:
        """What stands in the cell of a form's question, through a range with its label."""
        cell = field.cell
        return f"INDEX({self.range(cell.sheet, cell.row, cell.row, cell.col - 1, cell.col)},1,2)"

    def _form(self, sheet: str) -> Iterator[plan.Field]:
        row = 3
        for section in self.forms[sheet]:
            row += 1  # the section's heading
            for path, name, label, spec in plan.section_fields(section, self.guide):
                yield plan.Field(
                    path, f"in_{name}", label, spec, plan.Cell(sheet, row, plan.FORM_COLUMNS.index("input"))
                )
                row += 1
            row += 1
        yield from of_guide(self.guide, sheet, row + 1)

    def _settings(self) -> Iterator[plan.Field]:
        for i, node in enumerate(self.guide.indicators):
            for j, (key, (label, spec)) in enumerate(plan.SETTING_COLUMNS.items()):
                takes_benchmark = node.attribute not in (MODERATE, QUALITATIVE)
                if key.startswith("benchmarks.") and not takes_benchmark:
                    continue
                if key == "entered" and not (node.algorithm.is_entered and kept.enters_in_settings(self.guide)):
                    continue
                if key == "entered" and node.attribute == QUALITATIVE:
                    spec = spec._replace(maximum=1)  # a grade
                mapping, _, part = key.partition(".")
                path = ".".join(filter(None, (mapping, node.code, part)))
                cell = plan.Cell("settings", plan.SETTINGS_FIRST + i, plan.SETTINGS_INPUT + j)
                yield plan.Field(path, "in_" + path.replace(".", "_"), label, spec, cell)
        for i, option in enumerate(self.options):
            kind = CHOICE if option.choices else NUMBER
            spec = Spec(kind, option.label, option.help, choices=option.choices, maximum=option.maximum or None)
            path = f"options.{option.name}"
            yield plan.Field(
                path,
                "in_" + path.replace(".", "_"),
                option.label,
                spec,
                plan.Cell("settings", self.options_first + i, 2),
            )

    @property
    def options_first(self) -> int:
        return plan.SETTINGS_FIRST + len(self.guide.indicators) + 4

    @cached_property
    def tables(self) -> dict[str, plan.Table]:
        found = {}
        for name, cls in kept.tables(self.guide).items():
            fields, titles = plan.in_order(specs(cls)), plan.COMPUTED[name]
            # Beside the rare inputs stand the rare results, so that one fold takes both; last what is hidden.
            others = sorted(titles.keys() - {*plan.BESIDE}, key=lambda k: (k not in plan.RARE, list(titles).index(k)))
            places = {key: i for i, key in enumerate((*plan.BESIDE, *fields, "edge", *others))}
            inputs = {field: places[field] for field in fields}
            computed = {key: places[key] for key in titles}
            rows = max(plan.ROWS, self._rows.get(name, 0))
            found[name] = plan.Table(name, plan.TABLE_SHEETS.get(name, name), 3, 4, rows, inputs, computed)
        return found

    # Results

    @cached_property
    def results(self) -> dict[str, plan.Cell]:
        """Every result cell by its defined name."""
        found = {}
        for i, key in enumerate(self.guide.quantities):
            for j, period in enumerate(("base", "report")):
                found[f"out_{key}_{period}"] = plan.Cell("quantities", 4 + i, 2 + j)
        for i, key in enumerate(self.singles):
            found[f"out_{key}"] = plan.Cell("quantities", 6 + len(self.guide.quantities) + i, 2)
        for i, node in enumerate(self.guide.indicators):
            for key in ("state", "value", "benchmark", "score", "weight", "weighted", "lost", "explain"):
                found[f"out_{key}_{node.code}"] = self.indicator_cell(i, key)
        col = list(plan.INDICATOR_COLUMNS).index("score")
        for i, (node, level) in enumerate(self.guide.groups):
            found[self.group_name(node, level)] = plan.Cell("indicators", self.groups_first + i, col)
        for i, key in enumerate(("total", "coverage", "score_so_far")):
            found[f"out_{key}"] = plan.Cell("indicators", self.groups_first + len(self.guide.groups) + 1 + i, col)
        return found

    @staticmethod
    def group_name(node: Node, level: int) -> str:
        """The name of a group's score."""
        return f"out_group_{node.code}" if level else f"out_first_level_{node.code}"

    def overlap_cell(self, index: int, key: str) -> plan.Cell:
        """The block that decides which of overlapping pollutants is counted."""
        return plan.Cell("quantities", self.overlap_first + index, plan.OVERLAP_COLUMNS.index(key))

    @property
    def overlap_first(self) -> int:
        return 6 + len(self.guide.quantities) + len(self.singles) + 3

    @property
    def categories_first(self) -> int:
        """The block of emissions by category."""
        return self.overlap_first + sum(len(items) for items in OVERLAPS.values()) + 3

    def category_cell(self, index: int, col: int) -> plan.Cell:
        return plan.Cell("quantities", self.categories_first + index, col)

    def category_cells(self, categories: Iterable[str], period: str) -> list[plan.Cell]:
        names = list(CATEGORY_NAMES)
        return [self.category_cell(names.index(category), 2 + (period == "report")) for category in categories]

    def compared_cell(self, key: str, column: str) -> plan.Cell:
        """What is compared of the whole enterprise, below the emissions by category."""
        first = self.categories_first + len(CATEGORY_NAMES) + 3
        return plan.Cell("quantities", first + list(plan.COMPARED).index(key), plan.QUANTITY_COLUMNS.index(column))

    def overlap_range(self, key: str) -> str:
        count = sum(len(items) for items in OVERLAPS.values())
        return self.range(
            "quantities", self.overlap_first, self.overlap_first + count - 1, plan.OVERLAP_COLUMNS.index(key)
        )

    def indicator_cell(self, index: int, key: str) -> plan.Cell:
        return plan.Cell("indicators", plan.INDICATORS_FIRST + index, list(plan.INDICATOR_COLUMNS).index(key))

    def indicator_range(self, key: str) -> str:
        last = plan.INDICATORS_FIRST + len(self.guide.indicators) - 1
        return self.range("indicators", plan.INDICATORS_FIRST, last, list(plan.INDICATOR_COLUMNS).index(key))

    def remedy_cell(self, index: int) -> plan.Cell:
        """What sentences of remedy convert amounts by, out of sight beside the groups."""
        return plan.Cell("indicators", self.groups_first + index, list(plan.INDICATOR_COLUMNS).index("amount"))

    @property
    def groups_first(self) -> int:
        return plan.INDICATORS_FIRST + len(self.guide.indicators) + 2

    @cached_property
    def stamp(self) -> dict[str, str]:
        """What the file says of itself, at the fixed cells STAMP_FIRST… of the first sheet."""
        return {
            "format": plan.FORMAT,
            "layout": str(plan.VERSION),
            "guide": self.guide.id,
            "guide_hash": self.guide.hash,
            "language": self.language,
            "host": self.host,
            "rows": ",".join(f"{name}={table.rows}" for name, table in self.tables.items()),
        }

    def stamp_cell(self, key: str) -> plan.Cell:
        return plan.Cell("howto", plan.STAMP_FIRST + list(self.stamp).index(key), 1)

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names and what they refer to."""
        found = {f"stamp_{key}": self.ref(self.stamp_cell(key)) for key in self.stamp}
        found |= {field.name: self.ref(field.cell) for field in self.fields.values()}
        found |= {
            f"tbl_{name}": self.range(t.sheet, t.first, t.last, min(t.inputs.values()), max(t.inputs.values()))
            for name, t in self.tables.items()
        }
        found |= {name: self.ref(cell) for name, cell in self.results.items()}
        if not self.guide.is_plain:
            found |= {f"chk_{key}_{p}": self.ref(self.compared_cell(key, p)) for key in plan.COMPARED for p in PERIODS}
            found |= {f"chk_{key}_off": self.ref(self.compared_cell(key, "code")) for key in RATIOS}
        found |= {f"opt_{option.name}": self.ref(self.option_cell(option.name)) for option in self.options}
        return found

    # Hints

    def hint_cell(self, path: str, key: str = "hint") -> plan.Cell:
        """The hint beside a single input cell, or its code."""
        cell = self.fields[path].cell
        if cell.sheet in self.forms:
            return cell._replace(col=plan.FORM_COLUMNS.index(key))
        return self.setting_hint_cell(cell.row - plan.SETTINGS_FIRST, key)

    def setting_hint_cell(self, index: int, key: str = "hint") -> plan.Cell:
        """The hint beside the benchmark, weight and reason of an indicator, its mark or its code."""
        code = plan.SETTINGS_INPUT + len(plan.SETTING_COLUMNS) + 1  # after the weight in force
        hidden = {"code": code, "unit_spelled": code + 1, "unit_read": code + 2}
        col = {"hint": plan.SETTINGS_HINT, "mark": plan.SETTINGS_MARK, **hidden}[key]
        return plan.Cell("settings", plan.SETTINGS_FIRST + index, col)

    def quantity_cell(self, index: int, key: str) -> plan.Cell:
        return plan.Cell("quantities", 4 + index, plan.QUANTITY_COLUMNS.index(key))

    def contents_cell(self, index: int, key: str) -> plan.Cell:
        """The contents list of the how-to sheet: what is missing and what to check."""
        return plan.Cell("howto", plan.CONTENTS_FIRST + index, plan.CONTENTS_COLUMNS.index(key))

    def option_cell(self, name: str) -> plan.Cell:
        """The cell with the option in force: the assessment's, else the guide's."""
        place = [option.name for option in self.options].index(name)
        return plan.Cell("settings", self.options_first + place, 3)

    def base_weight_cell(self, index: int) -> plan.Cell:
        """The weight in force before redistribution: own weights if all are given, else the guide's."""
        return plan.Cell("settings", plan.SETTINGS_FIRST + index, plan.SETTINGS_INPUT + len(plan.SETTING_COLUMNS))

    def settings_range(self, key: str) -> str:
        """A column of the settings sheet: the first level of each indicator, its own weight, or the weight in force."""
        col = {"first_level": 1, "base_weight": plan.SETTINGS_INPUT + len(plan.SETTING_COLUMNS)}[key]
        return self.range("settings", plan.SETTINGS_FIRST, plan.SETTINGS_FIRST + len(self.guide.indicators) - 1, col)

    def whole_settings(self, key: str) -> str:
        """The same with its heading and the cell below, which nobody can cut."""
        col = 1 if key == "first_level" else plan.SETTINGS_INPUT + list(plan.SETTING_COLUMNS).index(key)
        return self.range("settings", plan.SETTINGS_FIRST - 1, plan.SETTINGS_FIRST + len(self.guide.indicators), col)

    # Paths

    def place(self, path: str) -> plan.Cell | None:
        """The cell a path of the assessment file stands for, or the nearest one."""
        if path in self.fields:
            return self.fields[path].cell
        table, _, rest = path.partition("[")
        if table in self.tables and rest:
            index, _, field = rest.partition("]")
            t = self.tables[table]
            col = t.inputs.get(field.lstrip("."), 0)
            return plan.Cell(t.sheet, t.first + int(index), col)
        if table in self.tables:
            return plan.Cell(self.tables[table].sheet, self.tables[table].first, 0)
        near = [field for key, field in self.fields.items() if key.startswith(path + ".")]
        return near[0].cell if near else None

    def paths(self) -> Iterator[str]:
        """The path of every input cell."""
        yield from self.fields
        for name, table in self.tables.items():
            for index in range(table.rows):
                yield from (f"{name}[{index}].{field}" for field in table.inputs)

    def where(self, path: str) -> str:
        """sheet!cell of a path, for people."""
        cell = self.place(path)
        return path if cell is None else f"{self.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"
