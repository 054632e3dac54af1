"""The tables an enterprise fills in: the fields of their rows, each declared once."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Text
from ..standard.energy import ORIGIN_NAMES
from ..standard.equivalents import MEDIUM_NAMES, RECORDED_DIMENSIONS
from ..standard.greenhouse import CATEGORY_NAMES
from ..standard.record import CHOICE, FLAG, NUMBER, TEXT
from . import fields

_RELEASED = Text("排放量", "amount released")
_EMITTED = Text("排放量", "amount emitted")
_USED = Text("消费量", "amount used")
_BILLED = Text("用量，见账单", "amount as billed")
_BILL_UNIT = Text(
    "从列表选择；油品按升的，乘密度折成 t；蒸汽按热量(GJ)，不按 t",
    "from the list; litres of oil times density are t; steam by its heat (GJ), not by t",
)
_MADE = Text("产量", "output")
_CONSUMED = Text("消耗量", "amount consumed")
_DELIVERED = Text("交付利用量", "amount delivered")


@dataclass(frozen=True)
class PollutantRow:
    medium: str = fields.field(
        CHOICE, "介质", "medium", "水或大气", "water or air", required=True, choices=tuple(MEDIUM_NAMES.items()),
        example=Text("大气", "air"),
    )  # fmt: skip
    pollutant: str = fields.field(
        TEXT,
        "污染物",
        "pollutant",
        "从列表选择或填常用简称；颗粒物须分烟尘(燃烧)、一般性粉尘",
        "from the list, or a common short form; particulates: soot (combustion) or general dust",
        required=True,
        example=Text("二氧化硫", "Sulphur dioxide"),
    )
    parameter: float | None = fields.field(
        NUMBER, "实测值", "measured value", "仅 pH、色度、大肠菌群、余氯", "only pH, colour, coliforms, residual chlorine",
        example=Text("5.6", "5.6"),
    )  # fmt: skip
    limit: float | None = fields.field(
        NUMBER, "排放限值", "limit", "仅色度、大肠菌群、余氯", "only colour, coliforms, residual chlorine", example=Text("50", "50")
    )  # fmt: skip
    unit: str = fields.unit(*RECORDED_DIMENSIONS)
    base: float | None = fields.base(_RELEASED, "92500")
    report: float | None = fields.report(_RELEASED, "86400")
    source: str = fields.source()
    quality: float | None = fields.quality()
    note: str = fields.note()


@dataclass(frozen=True)
class GreenhouseRow:
    category: str = fields.field(
        CHOICE, "类别", "category", "GB/T 32150 的类别；输出与回收填正数，自动扣减",
        "category of GB/T 32150; exported and recovered are positive and subtracted",
        required=True, choices=tuple(CATEGORY_NAMES.items()), example=Text("燃料燃烧", "fuel combustion"),
    )  # fmt: skip
    gas: str = fields.field(
        TEXT, "气体", "gas", "从列表选择代码", "a code of the list", required=True, example=Text("CO2", "CO2")
    )
    unit: str = fields.unit("mass")
    base: float | None = fields.base(_EMITTED, "402000")
    report: float | None = fields.report(_EMITTED, "395000")
    biomass: bool | None = fields.field(
        FLAG,
        "生物质",
        "biomass",
        "生物质来源的 CO2 计 0，CH4、N2O 照计",
        "CO2 of biomass counts 0, its CH4 and N2O count",
        choices=fields.YES_NO,
    )
    source: str = fields.source("核查报告", "verification report")
    quality: float | None = fields.quality()
    note: str = fields.note()


@dataclass(frozen=True)
class EnergyRow:
    energy: str = fields.field(
        TEXT,
        "能源",
        "energy",
        "从列表选择(GB/T 2589)",
        "from the list (GB/T 2589)",
        required=True,
        example=Text("原煤", "Raw coal"),
    )
    origin: str = fields.field(
        CHOICE, "来源", "origin", "电力必填，一个来源一行；外售的能源选外售，自家光伏上网的选自发上网",
        "needed for power, a row per origin; sold energy: sold; own power fed into the grid: fed in",
        choices=tuple(ORIGIN_NAMES.items()),
    )  # fmt: skip
    unit: str = fields.unit("mass", "volume", "energy")
    base: float | None = fields.base(_USED, "196000")
    report: float | None = fields.report(_USED, "192500")
    coefficient: float | None = fields.field(
        NUMBER,
        "自有折标系数",
        "own coefficient",
        "kgce/kg、m3 或 MJ，注明来源",
        "kgce/kg, m3 or MJ, with source",
        example=Text("0.5714", "0.5714"),
    )
    net_calorific_value: float | None = fields.field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "kJ/kg 或 kJ/m3，注明来源",
        "kJ/kg or kJ/m3, with source",
        example=Text("20908", "20908"),
    )
    feedstock: bool | None = fields.field(
        FLAG, "用作原料", "feedstock", "原料不计入能源", "feedstock is not energy", choices=fields.YES_NO
    )
    non_fossil: bool | None = fields.non_fossil()
    evidence: str = fields.energy_evidence()
    source: str = fields.source("能源台账", "energy ledger")
    quality: float | None = fields.quality()
    note: str = fields.note()


ACTIVITY_KINDS = {
    "fuel": Text("燃料", "fuel"),
    "electricity": Text("电力", "electricity"),
    "heat": Text("热力", "heat"),
    "process": Text("工业过程", "process"),
}


@dataclass(frozen=True)
class ActivityRow:
    """A bill: entered once, it gives both emissions and energy."""

    kind: str = fields.field(
        CHOICE, "种类", "kind", "燃料、电力、热力或工业过程", "fuel, electricity, heat or process",
        required=True, choices=tuple(ACTIVITY_KINDS.items()), example=Text("燃料", "fuel"),
    )  # fmt: skip
    name: str = fields.field(
        TEXT,
        "名称",
        "name",
        "燃料或过程，先选种类；煤选煤种，原煤没有缺省值(LNG 表 A 没有)，须填三项实测值；电力、热力可不填",
        "fuel or process, choose the kind first; choose the kind of coal, raw coal has no defaults (LNG none in table A) and needs all three measured values; blank for power and heat",
        example=Text("烟煤", "bituminous coal"),
    )
    origin: str = fields.field(
        CHOICE, "来源", "origin", "电力必填，一个来源一行：绿电、绿证电量从电网一行扣除，自发只填自用电量，上网的选自发上网；转售和外售的燃料、热力选外售",
        "needed for power, a row per origin: take green power and certificates off the grid row, own power only as far as used, what is fed in as such; sold on, and fuels or heat sold: sold",
        choices=tuple(ORIGIN_NAMES.items()),
    )  # fmt: skip
    unit: str = fields.unit("mass", "volume", "energy", help=_BILL_UNIT)
    base: float | None = fields.base(_BILLED, "9850")
    report: float | None = fields.report(_BILLED, "9240")
    net_calorific_value: float | None = fields.field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "GJ/t(= MJ/kg)或 GJ/万Nm3(账单的 MJ/m3 乘 10)；空白用缺省值，天然气必填",
        "GJ/t (= MJ/kg) or GJ/10^4 Nm3 (MJ/m3 of the bill times 10); blank: default; needed for natural gas",
        example=Text("20.9", "20.9"),
    )
    carbon_content: float | None = fields.field(
        NUMBER,
        "实测含碳量",
        "measured carbon content",
        "tC/GJ；空白用缺省值",
        "tC/GJ; blank: default",
        maximum=0.2,
        example=Text("0.0264", "0.0264"),
    )
    oxidation: float | None = fields.field(
        NUMBER,
        "实测氧化率",
        "measured oxidation rate",
        "0–1；空白用缺省值",
        "0–1; blank: default",
        maximum=1,
        example=Text("0.93", "0.93"),
    )
    emission_factor: float | None = fields.field(
        NUMBER, "自有排放因子", "own emission factor", "tCO2 每 MWh(电力)、GJ(热力)、t 或万Nm3(其他)",
        "tCO2 per MWh (power), GJ (heat), t or 10^4 Nm3 (others)", example=Text("0.5366", "0.5366"),
    )  # fmt: skip
    factor_series: str = fields.field(
        TEXT,
        "电网因子序列",
        "grid-factor series",
        "默认按选项“电网因子序列”(全国平均)，其他从列表选择",
        "default: option grid_series (national average), others from the list",
        example=Text("华东", "east"),
    )
    factor_year: float | None = fields.field(
        NUMBER, "电网因子年份", "year of the grid factor", "默认按选项“电网因子年份”(不晚于报告期的最新年份，两期同用)",
        "default: option grid_factor_year (the latest not after the report period, for both periods)",
        maximum=2100, whole=True, example=Text("2022", "2022"),
    )  # fmt: skip
    coefficient: float | None = fields.field(
        NUMBER,
        "自有折标系数",
        "own coefficient",
        "kgce/kg、m3 或 MJ",
        "kgce/kg, m3 or MJ",
        example=Text("0.5714", "0.5714"),
    )
    feedstock: bool | None = fields.field(
        FLAG, "用作原料", "feedstock", "不计燃烧排放和能源", "neither burnt nor energy", choices=fields.YES_NO
    )
    biomass: bool | None = fields.field(
        FLAG,
        "生物质",
        "biomass",
        "其 CO2 计 0；须填热值",
        "its CO2 counts 0; needs its heat value",
        choices=fields.YES_NO,
    )
    non_fossil: bool | None = fields.non_fossil()
    evidence: str = fields.energy_evidence()
    source: str = fields.source("电费结算单", "bill")
    quality: float | None = fields.quality()
    note: str = fields.note()


@dataclass(frozen=True)
class ProductRow:
    """One of several products or lines, converted to the guide's standard product."""

    name: str = fields.field(
        TEXT,
        "产品",
        "product",
        "产品或生产线名称",
        "product or line",
        required=True,
        example=Text("P·O 42.5 水泥", "cement 42.5"),
    )
    unit: str = fields.field(
        TEXT, "单位", "unit", "该产品的单位", "the unit of this product", required=True, example=Text("t", "t")
    )
    factor: float | None = fields.field(
        NUMBER,
        "折算系数",
        "conversion factor",
        "一单位折合多少标准产品，默认 1",
        "standard product per unit, default 1",
        example=Text("0.9", "0.9"),
    )
    base: float | None = fields.base(_MADE, "1000000")
    report: float | None = fields.report(_MADE, "1200000")
    source: str = fields.source("生产报表", "production report")
    note: str = fields.note()


@dataclass(frozen=True)
class MaterialRow:
    material: str = fields.field(
        TEXT,
        "原辅料",
        "material",
        "原料或辅料名称；水、能源不填",
        "raw or auxiliary material; no water, no energy",
        required=True,
        example=Text("石灰石", "limestone"),
    )
    unit: str = fields.unit("mass")
    base: float | None = fields.base(_CONSUMED, "2100000")
    report: float | None = fields.report(_CONSUMED, "2150000")
    source: str = fields.source("物料台账", "material ledger")
    quality: float | None = fields.quality()
    note: str = fields.note()


@dataclass(frozen=True)
class ResidualEnergyRow:
    kind: str = fields.field(
        TEXT,
        "余能种类",
        "kind",
        "回收利用的余热、余压、余气",
        "recovered heat, pressure, gas",
        required=True,
        example=Text("余热发电", "waste-heat power"),
    )
    unit: str = fields.unit("energy")
    base: float | None = fields.base(_DELIVERED, "52000000")
    report: float | None = fields.report(_DELIVERED, "56000000")
    source: str = fields.source("电表", "meter")
    quality: float | None = fields.quality()
    note: str = fields.note()


@dataclass(frozen=True)
class OwnEquivalentRow:
    medium: str = fields.field(
        CHOICE,
        "介质",
        "medium",
        "水或大气",
        "water or air",
        required=True,
        choices=tuple(MEDIUM_NAMES.items()),
        example=Text("大气", "air"),
    )
    pollutant: str = fields.field(
        TEXT,
        "污染物",
        "pollutant",
        "附录B没有的污染物，或要替换的污染物",
        "not in Annex B, or to be replaced",
        required=True,
        example=Text("挥发性有机物", "VOC"),
    )
    value: float | None = fields.field(
        NUMBER,
        "当量值",
        "equivalent value",
        "每一当量的数量，须大于 0；空白表示只记录、不计入",
        "amount of one equivalent, above 0; blank: recorded, not counted",
        example=Text("0.95", "0.95"),
    )
    unit: str = fields.unit(*RECORDED_DIMENSIONS)
    source: str = fields.source("地方文件及条款", "local document and clause")


#: What calls a row by its name.
NAME_FIELDS = {
    "products": "name", "activity": "name", "pollutants": "pollutant", "greenhouse": "gas", "energy": "energy", "materials": "material",
    "residual_energy": "kind", "own_equivalents": "pollutant",
}  # fmt: skip
TABLES: dict[str, type] = {
    "products": ProductRow,
    "activity": ActivityRow,
    "pollutants": PollutantRow,
    "greenhouse": GreenhouseRow,
    "energy": EnergyRow,
    "materials": MaterialRow,
    "residual_energy": ResidualEnergyRow,
    "own_equivalents": OwnEquivalentRow,
}
