"""Where everything is in a workbook: layout = f(guide, host, language). The only place that knows an address.

Fields and table columns come from the specs of the assessment model, results from the guide's tree.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ..assessment import model
from ..assessment.model import SECTION, Spec
from ..messages import Text
from ..standard.equivalents import OVERLAPS
from ..standard.guide import Guide
from ..standard.guide.options import OPTIONS
from ..standard.scoring import MODERATE, QUALITATIVE
from .columns.tables import COLUMNS

FORMAT = "jwdt-workbook/1"
#: Raised whenever an address moves; the reader knows every released one.
VERSION = 1
#: Rows of a table in an empty template; a filled workbook grows as its data need.
ROWS = 40

SHEETS = {
    "howto": Text("说明", "How to"),
    "enterprise": Text("企业信息", "Enterprise"),
    "products": Text("产品明细", "Products"),
    "activity": Text("能源与过程账单", "Bills"),
    "pollutants": Text("污染物", "Pollutants"),
    "greenhouse": Text("温室气体", "Greenhouse gases"),
    "energy": Text("能源", "Energy"),
    "materials": Text("原辅料", "Materials"),
    "residual_energy": Text("余能", "Residual energy"),
    "qualitative": Text("定性", "Qualitative"),
    "settings": Text("基准与权重", "Benchmarks and weights"),
    "quantities": Text("计算与检查", "Quantities and checks"),
    "indicators": Text("指标与得分", "Indicators and scores"),
    "summary": Text("汇总", "Summary"),
    "annex_b": Text("附录B与自定当量值", "Annex B and own values"),
    "gwp": Text("GWP", "GWP"),
    "energies": Text("折标系数", "Standard coal"),
    "fuels": Text("燃料缺省值", "Fuels"),
    "grid_factors": Text("电网与过程因子", "Grid and process factors"),
    "method": Text("方法·术语·版本", "Method, terms, versions"),
    "lists": Text("列表", "Lists"),
}


class Cell(NamedTuple):
    """A cell: the key of its sheet, row and column counted from 0."""

    sheet: str
    row: int
    col: int


class Field(NamedTuple):
    """An input cell outside the tables."""

    path: str
    name: str
    label: Text
    spec: Spec
    cell: Cell


class Table(NamedTuple):
    """A table of input rows: its header row, its first data row, input columns by field, computed columns by key."""

    name: str
    sheet: str
    header: int
    first: int
    rows: int
    inputs: dict[str, int]
    computed: dict[str, int]

    @property
    def last(self) -> int:
        return self.first + self.rows - 1

    def column(self, key: str) -> int:
        return self.inputs[key] if key in self.inputs else self.computed[key]


#: Columns the workbook computes beside each table's inputs. Those with a title are shown, the others hidden.
COMPUTED: dict[str, dict[str, Text | None]] = {
    table: {key: column.title for key, column in columns.items()} for table, columns in COLUMNS.items()
}


def amount_column(table: str, quantity: str, period: str) -> str:
    """The column that holds what the rows of a table add to a quantity: bills make both CO2 and standard coal."""
    amount = ("co2" if quantity == "co2e" else "tce") if table == "activity" else "eq"
    return f"{amount}_{period}"


#: Tables that stand on another sheet than their own: own values beside the table's.
TABLE_SHEETS = {"own_equivalents": "annex_b"}

#: Sections of the form sheets, in order.
FORMS = {
    "enterprise": ("enterprise", "boundary", "periods", "product", "output_value", "metered_electricity"),
    "qualitative": ("policy", "management"),
}

#: Columns of the form sheets.
FORM_COLUMNS = ("label", "input", "unit", "help", "example", "hint", "code")
#: Columns of the quantities, then of the findings beside them.
QUANTITY_COLUMNS = ("label", "unit", "base", "report", "change", "hint", "code")
FINDING_COLUMNS = ("severity", "principle", "place", "text")
FINDINGS_COL = len(QUANTITY_COLUMNS) + 1
#: The sheets whose input is looked over in the contents list of the how-to sheet, in order.
CONTENTS_COLUMNS = ("sheet", "purpose", "missing", "check", "state", "when")

#: Single results of the quantities sheet.
SINGLES = {
    "report_year": Text("报告期年份", "year of the report period"),
    "rate_pollutants": Text("污染物减排率 rP", "reduction rate of pollutants rP"),
    "rate_carbon": Text("碳减排率 rC", "reduction rate of carbon rC"),
    "synergy_case": Text("协同情形", "case of synergy"),
}
#: Columns of the indicators sheet.
INDICATOR_COLUMNS = {
    "code": Text("序号", "no"),
    "first_level": Text("一级指标", "first level"),
    "name": Text("指标", "indicator"),
    "unit": Text("单位", "unit"),
    "attribute": Text("属性", "attribute"),
    "state": Text("状态", "state"),
    "value": Text("值", "value"),
    "benchmark": Text("基准值", "benchmark"),
    "score": Text("得分", "score"),
    "weight": Text("权重", "weight"),
    "weighted": Text("加权得分", "weighted score"),
    "lost": Text("失分", "points lost"),
    "how": Text("值的由来", "how the value follows"),
    "explain": Text("得分说明", "how the score follows"),
    "step": Text("怎样挽回失分", "how to win the points back"),
    "marks": Text("依据", "rests on"),
    "order": Text("失分次序", "order of points lost"),
}
#: Columns of the settings sheet that are input, by mapping of the assessment.
SETTING_COLUMNS: dict[str, tuple[Text, Spec]] = {
    "benchmarks.value": (Text("基准值", "benchmark"), Spec(model.NUMBER, Text("基准值", "benchmark"), Text("行业指南给出的评价基准值，须大于 0", "benchmark from the sector guide, above 0"))),
    "benchmarks.unit": (Text("基准值单位", "unit"), Spec(model.TEXT, Text("基准值单位", "unit"), Text("与指标单位一致可不填", "may stay blank if as the indicator's"))),
    "benchmarks.source": (Text("来源", "source"), Spec(model.TEXT, Text("来源", "source"), Text("文件名称", "document"))),
    "benchmarks.year": (Text("年份", "year"), Spec(model.LABEL, Text("年份", "year"), Text("例如 2023", "e.g. 2023"))),
    "benchmarks.basis": (Text("口径", "basis"), Spec(model.TEXT, Text("口径", "basis"), Text("电力折标、产值等口径", "convention of electricity, output value …"))),
    "not_applicable": (Text("不适用理由", "not applicable: reason"), Spec(model.TEXT, Text("不适用理由", "not applicable: reason"), Text("填写理由即声明不适用", "a reason declares it not applicable"))),
    "weights": (Text("自定权重", "own weight"), Spec(model.NUMBER, Text("自定权重", "own weight"), Text("全部填写或全部空白，合计 1", "all or none, sum 1"), maximum=1)),
    "entered": (Text("填报值", "entered value"), Spec(model.NUMBER, Text("填报值", "entered value"), Text("该指标由企业直接填报", "this indicator is entered"))),
}  # fmt: skip


class Layout:
    """The addresses of one workbook. rows says how many rows each table has beyond the usual."""

    def __init__(
        self, guide: Guide, host: str = "excel", language: str = "zh", rows: dict[str, int] | None = None
    ) -> None:
        self.guide = guide
        self.host = host
        self.language = language
        self._rows = rows or {}
        self._ranges: dict[str, str] = {}

    def text(self, text: Text) -> str:
        return text.zh if self.language == "zh" else text.en

    def title(self, sheet: str) -> str:
        return self.text(SHEETS[sheet])

    # References

    def ref(self, cell: Cell, sheet: str | None = None) -> str:
        """A$1-style absolute reference, with the sheet unless it is the one given."""
        address = xl_rowcol_to_cell(cell.row, cell.col, row_abs=True, col_abs=True)
        return address if cell.sheet == sheet else f"'{self.title(cell.sheet)}'!{address}"

    def range(self, sheet: str, first_row: int, last_row: int, col: int, last_col: int | None = None) -> str:
        letters, last = xl_col_to_name(col), xl_col_to_name(col if last_col is None else last_col)
        return f"'{self.title(sheet)}'!${letters}${first_row + 1}:${last}${last_row + 1}"

    def column(self, table: str, key: str) -> str:
        """The data cells of a table column."""
        t = self.tables[table]
        return self.range(t.sheet, t.first, t.last, t.column(key))

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
    def fields(self) -> dict[str, Field]:
        """Every single input cell, by its path in the assessment file."""
        found = {field.path: field for sheet in FORMS for field in self._form(sheet)}
        found |= {field.path: field for field in self._settings()}
        return found

    def _form(self, sheet: str) -> Iterator[Field]:
        row = 3
        for section in FORMS[sheet]:
            row += 1  # the section's heading
            for path, name, label, spec in _section_fields(section):
                yield Field(path, f"in_{name}", label, spec, Cell(sheet, row, FORM_COLUMNS.index("input")))
                row += 1
            row += 1

    def _settings(self) -> Iterator[Field]:
        for i, node in enumerate(self.guide.indicators):
            for j, (key, (label, spec)) in enumerate(SETTING_COLUMNS.items()):
                takes_benchmark = node.attribute not in (MODERATE, QUALITATIVE)
                if key.startswith("benchmarks.") and not takes_benchmark:
                    continue
                if key == "entered" and not node.algorithm.is_entered:
                    continue
                if key == "entered" and node.attribute == QUALITATIVE:
                    spec = spec._replace(maximum=1)  # a grade
                mapping, _, part = key.partition(".")
                path = ".".join(filter(None, (mapping, node.code, part)))
                cell = Cell("settings", SETTINGS_FIRST + i, SETTINGS_INPUT + j)
                yield Field(path, "in_" + path.replace(".", "_"), label, spec, cell)
        for i, option in enumerate(OPTIONS):
            kind = model.CHOICE if option.choices else model.NUMBER
            spec = Spec(kind, option.label, option.help, choices=option.choices, maximum=option.maximum or None)
            path = f"options.{option.name}"
            yield Field(
                path, "in_" + path.replace(".", "_"), option.label, spec, Cell("settings", self.options_first + i, 2)
            )

    @property
    def options_first(self) -> int:
        return SETTINGS_FIRST + len(self.guide.indicators) + 4

    @cached_property
    def tables(self) -> dict[str, Table]:
        found = {}
        for name, cls in model.TABLES.items():
            inputs = {field: i for i, field in enumerate(model.specs(cls))}
            computed = {key: len(inputs) + i for i, key in enumerate(COMPUTED[name])}
            rows = max(ROWS, self._rows.get(name, 0))
            found[name] = Table(name, TABLE_SHEETS.get(name, name), 3, 4, rows, inputs, computed)
        return found

    # Results

    @cached_property
    def results(self) -> dict[str, Cell]:
        """Every result cell by its defined name."""
        found = {}
        for i, key in enumerate(self.guide.quantities):
            for j, period in enumerate(("base", "report")):
                found[f"out_{key}_{period}"] = Cell("quantities", 4 + i, 2 + j)
        for i, key in enumerate(SINGLES):
            found[f"out_{key}"] = Cell("quantities", 6 + len(self.guide.quantities) + i, 2)
        for i, node in enumerate(self.guide.indicators):
            for key in ("state", "value", "benchmark", "score", "weight", "weighted", "lost", "explain"):
                found[f"out_{key}_{node.code}"] = self.indicator_cell(i, key)
        for i, node in enumerate(self.guide.first_levels):
            found[f"out_first_level_{node.code}"] = Cell("indicators", self.groups_first + i, 8)
        for i, key in enumerate(("total", "coverage", "score_so_far")):
            found[f"out_{key}"] = Cell("indicators", self.groups_first + len(self.guide.first_levels) + 1 + i, 8)
        return found

    def overlap_cell(self, index: int, key: str) -> Cell:
        """The block that decides which of overlapping pollutants is counted."""
        return Cell("quantities", self.overlap_first + index, OVERLAP_COLUMNS.index(key))

    @property
    def overlap_first(self) -> int:
        return 6 + len(self.guide.quantities) + len(SINGLES) + 3

    @property
    def categories_first(self) -> int:
        """The block of emissions by category."""
        return self.overlap_first + sum(len(items) for items in OVERLAPS.values()) + 3

    def category_cell(self, index: int, col: int) -> Cell:
        return Cell("quantities", self.categories_first + index, col)

    def overlap_range(self, key: str) -> str:
        count = sum(len(items) for items in OVERLAPS.values())
        return self.range("quantities", self.overlap_first, self.overlap_first + count - 1, OVERLAP_COLUMNS.index(key))

    def indicator_cell(self, index: int, key: str) -> Cell:
        return Cell("indicators", INDICATORS_FIRST + index, list(INDICATOR_COLUMNS).index(key))

    def indicator_range(self, key: str) -> str:
        last = INDICATORS_FIRST + len(self.guide.indicators) - 1
        return self.range("indicators", INDICATORS_FIRST, last, list(INDICATOR_COLUMNS).index(key))

    @property
    def groups_first(self) -> int:
        return INDICATORS_FIRST + len(self.guide.indicators) + 2

    @cached_property
    def stamp(self) -> dict[str, str]:
        """What the file says of itself, at the fixed cells STAMP_FIRST… of the first sheet."""
        return {
            "format": FORMAT,
            "layout": str(VERSION),
            "guide": self.guide.id,
            "guide_hash": self.guide.hash,
            "language": self.language,
            "host": self.host,
            "rows": ",".join(f"{name}={table.rows}" for name, table in self.tables.items()),
        }

    def stamp_cell(self, key: str) -> Cell:
        return Cell("howto", STAMP_FIRST + list(self.stamp).index(key), 1)

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names and what they refer to."""
        found = {f"stamp_{key}": self.ref(self.stamp_cell(key)) for key in self.stamp}
        found |= {field.name: self.ref(field.cell) for field in self.fields.values()}
        found |= {
            f"tbl_{name}": self.range(t.sheet, t.first, t.last, 0, len(t.inputs) - 1) for name, t in self.tables.items()
        }
        found |= {name: self.ref(cell) for name, cell in self.results.items()}
        found |= {f"opt_{option.name}": self.ref(self.option_cell(option.name)) for option in OPTIONS}
        return found

    # Hints

    def hint_cell(self, path: str, key: str = "hint") -> Cell:
        """The hint beside a single input cell, or its code."""
        cell = self.fields[path].cell
        if cell.sheet in FORMS:
            return cell._replace(col=FORM_COLUMNS.index(key))
        return cell._replace(col=SETTINGS_INPUT + len(SETTING_COLUMNS) + 1 + ("hint", "code").index(key))

    def setting_hint_cell(self, index: int, key: str = "hint") -> Cell:
        """The hint beside the benchmark, weight and reason of an indicator, or its code."""
        col = SETTINGS_INPUT + len(SETTING_COLUMNS) + 1 + ("hint", "code").index(key)
        return Cell("settings", SETTINGS_FIRST + index, col)

    def quantity_cell(self, index: int, key: str) -> Cell:
        return Cell("quantities", 4 + index, QUANTITY_COLUMNS.index(key))

    def contents_cell(self, index: int, key: str) -> Cell:
        """The contents list of the how-to sheet: what is missing and what to check."""
        return Cell("howto", CONTENTS_FIRST + index, CONTENTS_COLUMNS.index(key))

    def option_cell(self, name: str) -> Cell:
        """The cell with the option in force: the assessment's, else the guide's."""
        place = [option.name for option in OPTIONS].index(name)
        return Cell("settings", self.options_first + place, 3)

    def base_weight_cell(self, index: int) -> Cell:
        """The weight in force before redistribution: own weights if all are given, else the guide's."""
        return Cell("settings", SETTINGS_FIRST + index, SETTINGS_INPUT + len(SETTING_COLUMNS))

    def settings_range(self, key: str) -> str:
        """A column of the settings sheet: the first level of each indicator, its own weight, or the weight in force."""
        own = SETTINGS_INPUT + list(SETTING_COLUMNS).index("weights")
        col = {"first_level": 1, "weights": own, "base_weight": SETTINGS_INPUT + len(SETTING_COLUMNS)}[key]
        return self.range("settings", SETTINGS_FIRST, SETTINGS_FIRST + len(self.guide.indicators) - 1, col)

    # Paths

    def place(self, path: str) -> Cell | None:
        """The cell a path of the assessment file stands for, or the nearest one."""
        if path in self.fields:
            return self.fields[path].cell
        table, _, rest = path.partition("[")
        if table in self.tables and rest:
            index, _, field = rest.partition("]")
            t = self.tables[table]
            col = t.inputs.get(field.lstrip("."), 0)
            return Cell(t.sheet, t.first + int(index), col)
        if table in self.tables:
            return Cell(self.tables[table].sheet, self.tables[table].first, 0)
        near = [field for key, field in self.fields.items() if key.startswith(path + ".")]
        return near[0].cell if near else None

    def where(self, path: str) -> str:
        """sheet!cell of a path, for people."""
        cell = self.place(path)
        return path if cell is None else f"{self.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"


STAMP_FIRST = 2
CONTENTS_FIRST = 18
OVERLAP_COLUMNS = ("name", "item", "total", "kept")
SETTINGS_FIRST = 4
#: Columns before the inputs of the settings sheet: code, first level, indicator, guide weight.
SETTINGS_INPUT = 4
INDICATORS_FIRST = 4


def _section_fields(section: str) -> Iterator[tuple[str, str, Text, Spec]]:
    """Path, name, label and spec of the fields of a section; a section inside one leads its own fields' names."""
    if section == "boundary":
        yield "boundary", "boundary", model.BOUNDARY.label, model.BOUNDARY
        return
    yield from _fields_of(model.SECTIONS[section], section, section, Text("", ""))


def _fields_of(cls: type, path: str, name: str, prefix: Text) -> Iterator[tuple[str, str, Text, Spec]]:
    for field in dataclasses.fields(cls):
        spec: Spec = field.metadata["spec"]
        if spec.kind == SECTION:
            inner: Any = field.metadata["class"]
            yield from _fields_of(inner, f"{path}.{field.name}", field.name, INNER_LABELS[field.name])
        else:
            label = Text(prefix.zh + spec.label.zh, prefix.en + spec.label.en)
            yield f"{path}.{field.name}", f"{name}_{field.name}", label, spec


INNER_LABELS = {"output": Text("产品产量·", "output, ")}
SECTION_TITLES = {
    "enterprise": Text("企业", "Enterprise"),
    "boundary": Text("边界", "Boundary"),
    "periods": Text("评价时期", "Periods"),
    "product": Text("产品", "Product"),
    "output_value": Text("产值", "Output value"),
    "metered_electricity": Text("购电计量", "Metered purchase of electricity"),
    "policy": Text("产业政策执行情况", "Industrial policy"),
    "management": Text("节能减排管理制度及执行情况", "Energy-saving and emission-reduction management"),
}
