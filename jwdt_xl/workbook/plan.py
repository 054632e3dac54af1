"""What a workbook is made of: its sheets, forms, tables, and the columns of each, with their headings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..assessment import model, who
from ..assessment.ratios import RATIOS
from ..messages import Text
from ..standard.guide import Guide
from ..standard.record import CHOICE, FLAG, LABEL, NUMBER, SECTION, TEXT, Spec
from .columns.answers import answers_of, column_of
from .columns.tables import COLUMNS

KWH = Text("kWh", "kWh")
FORMAT = "jwdt-workbook/1"
#: Raised whenever an address moves; the reader knows every released one.
VERSION = 4
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
    "measures": Text("改进方案", "Measures"),
    "monthly": Text("换算与月度", "Conversions and months"),
    "pasted": Text("粘贴205-1", "Paste 205-1"),
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


def is_answered(field: Field) -> bool:
    """Whether a question is one of a form with answers to choose from: formulas read what was meant beside it."""
    return field.cell.sheet != "settings" and field.spec.kind in (CHOICE, FLAG)


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

    @property
    def edge(self) -> int:
        """The column behind the inputs: blank, locked and folded away. A range from the first input to it does not move
        when people cut and paste the inputs."""
        return max(self.inputs.values()) + 1

    def column(self, key: str) -> int:
        return self.inputs[key] if key in self.inputs else self.computed[key]

    @property
    def answers(self) -> tuple[str, ...]:
        return answers_of(self.name)

    def meant(self, key: str) -> int:
        """The column that formulas read: of an answer that of what was meant by it."""
        return self.computed.get(column_of(key), self.column(key))


#: Columns the workbook computes beside each table's inputs. Those with a title are shown, the others hidden.
COMPUTED: dict[str, dict[str, Text | None]] = {
    table: {key: column.title for key, column in columns.items()} for table, columns in COLUMNS.items()
}


def amount_column(table: str, quantity: str, period: str) -> str:
    """The column that holds what the rows of a table add to a quantity: bills make both CO2 and standard coal."""
    amount = ("co2" if quantity == "co2e" else "tce") if table == "activity" else "eq"
    return f"{amount}_{period}"


#: What stands before a row's inputs, beside its name: the sentence about it and its mark.
BESIDE = ("hint", "mark")
#: Inputs and computed columns that few need: folded away behind the + above the columns, unless something is in them.
RARE = (
    "oxidation", "emission_factor", "factor_series", "factor_year", "coefficient", "feedstock", "biomass", "non_fossil", "quality",
    "note", "year", "non_fossil_share", "net_calorific_value_unit", "carbon_per_unit", "biogenic_share", "pressure", "temperature",
    "carbon_fraction", "bo", "mcf", "recovered_base", "recovered_report",
)  # fmt: skip


def in_order(keys: Iterable[str]) -> list[str]:
    """The usual columns, then the rare ones."""
    return sorted(keys, key=lambda key: key in RARE)


#: Tables that stand on another sheet than their own: own values beside the table's.
TABLE_SHEETS = {"own_equivalents": "annex_b"}

#: Sections of the form sheets, in order.
FORMS = {
    "enterprise": ("enterprise", "boundary", "periods", "product", "output_value", "metered_electricity"),
    "qualitative": ("policy", "management"),
}

#: Columns of the form sheets.
FORM_COLUMNS = ("label", "input", "unit", "mark", "hint", "help", "example", "code", "answer")
#: Columns of the quantities, then of the findings beside them.
QUANTITY_COLUMNS = ("label", "unit", "base", "report", "change", "hint", "code")
FINDING_COLUMNS = ("severity", "principle", "place", "text")
FINDINGS_COL = len(QUANTITY_COLUMNS) + 1
#: The sheets whose input is looked over in the contents list of the how-to sheet, in order.
CONTENTS_COLUMNS = ("sheet", "purpose", "missing", "check", "state", "when")

#: Single results of the quantities sheet.
SINGLES = {
    "report_year": Text("报告期年份", "year of the report period"),
    "base_year": Text("基准期年份", "year of the base period"),
    "rate_pollutants": Text("污染物减排率 rP", "reduction rate of pollutants rP"),
    "rate_carbon": Text("碳减排率 rC", "reduction rate of carbon rC"),
    "synergy_case": Text("协同情形", "case of synergy"),
}
#: What is compared of the whole enterprise: power by meter and by rows, and the ratios that tell a wrong unit.
COMPARED: dict[str, tuple[Text, Text]] = {
    "metered": (Text("总电表购电量", "power bought, by the meter"), KWH),
    "bought": (Text("各行购电量(电网、绿电、绿证)", "power bought, by the rows"), KWH),
    "own": (Text("各行自发可再生", "own renewable power, by the rows"), KWH),
    "used": (Text("用电量(购入与自发)", "power used, bought and own"), KWH),
    **{key: (ratio.name, ratio.unit) for key, ratio in RATIOS.items()},
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
    "gap": Text("与基准差", "against benchmark"),
    "score": Text("得分", "score"),
    "weight": Text("权重", "weight"),
    "weighted": Text("加权得分", "weighted score"),
    "lost": Text("失分", "points lost"),
    "how": Text("值的由来", "how the value follows"),
    "explain": Text("得分说明", "how the score follows"),
    "step": Text("怎样挽回失分", "how to win the points back"),
    "marks": Text("依据", "rests on"),
    "order": Text("失分次序", "order of points lost"),
    "amount": Text("需变动的量", "amount to change"),
    "other": Text("或、另需变动的量", "another amount to change"),
    "movable": Text("措施能否改变", "whether measures can change it"),
}
#: Columns of the settings sheet that are input, by mapping of the assessment.
SETTING_COLUMNS: dict[str, tuple[Text, Spec]] = {
    "benchmarks.value": (Text("基准值", "benchmark"), Spec(NUMBER, Text("基准值", "benchmark"), Text("行业指南给出的评价基准值，须大于 0", "benchmark from the sector guide, above 0"))),
    "benchmarks.unit": (Text("基准值单位", "unit"), Spec(TEXT, Text("基准值单位", "unit"), Text("与指标单位一致可不填", "may stay blank if as the indicator's"))),
    "benchmarks.source": (Text("来源", "source"), Spec(TEXT, Text("来源", "source"), Text("文件名称", "document"))),
    "benchmarks.year": (Text("年份", "year"), Spec(LABEL, Text("年份", "year"), Text("例如 2023", "e.g. 2023"))),
    "benchmarks.basis": (Text("口径", "basis"), Spec(TEXT, Text("口径", "basis"), Text("电力折标、产值等口径", "convention of electricity, output value …"))),
    "not_applicable": (Text("不适用理由", "not applicable: reason"), Spec(TEXT, Text("不适用理由", "not applicable: reason"), Text("填写理由即声明不适用，如：本行业指南不要求、生产过程不产生该项、没有可回收的余能", "a reason declares it not applicable, such as: not required by the sector guide, the process has none of it"))),
    "weights": (Text("自定权重", "own weight"), Spec(NUMBER, Text("自定权重", "own weight"), Text("全部填写或全部空白，合计 1", "all or none, sum 1"), maximum=1)),
    "entered": (Text("填报值", "entered value"), Spec(NUMBER, Text("填报值", "entered value"), Text("该指标由企业直接填报", "this indicator is entered"))),
}  # fmt: skip
STAMP_FIRST = 2
CONTENTS_FIRST = 21
OVERLAP_COLUMNS = ("name", "item", "total", "kept")
SETTINGS_FIRST = 4
#: Columns before the inputs of the settings sheet: code, first level, indicator, guide weight; mark and hint of the row.
SETTINGS_MARK, SETTINGS_HINT, SETTINGS_INPUT = 4, 5, 6
INDICATORS_FIRST = 4


def section_fields(section: str, guide: Guide) -> Iterator[tuple[str, str, Text, Spec]]:
    """Path, name, label and spec of the fields of a section; a section inside one leads its own fields' names."""
    if section == "boundary":
        spec = who.boundary(guide)
        yield "boundary", "boundary", spec.label, spec
        return
    if section == "enterprise":
        for name, spec in who.fields(guide).items():
            yield f"enterprise.{name}", f"enterprise_{name}", spec.label, spec
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
    "vetoes": Text("否决问题（不计分）", "Vetoes (not scored)"),
    "inputs": Text("指南另需填报的量", "What the guide asks for besides"),
    "entered": Text("直接填报的指标", "Indicators that are entered"),
}
