"""The tables an enterprise fills in: the fields of their rows, each declared once."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Text
from ..standard.energy import ORIGIN_NAMES
from ..standard.equivalents import MEDIUM_NAMES, RECORDED_DIMENSIONS
from ..standard.greenhouse import CATEGORY_NAMES
from ..standard.record import CHOICE, FLAG, NUMBER, TEXT
from . import fields
from .bill_row import ActivityRow

_RELEASED = Text("排放量", "amount released")
_EMITTED = Text("排放量", "amount emitted")
_USED = Text("消费量", "amount used")
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
    unit: str = fields.unit("mass", "volume", "energy", "coal")
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
        "kJ/kg 或 kJ/m3，其他单位在旁选择；注明来源",
        "kJ/kg or kJ/m3, another unit is chosen beside; with source",
        example=Text("20908", "20908"),
    )
    net_calorific_value_unit: str = fields.heat_value_unit("kJ/kg")
    feedstock: bool | None = fields.field(
        FLAG, "用作原料", "feedstock", "原料不计入能源", "feedstock is not energy", choices=fields.YES_NO
    )
    non_fossil: bool | None = fields.non_fossil()
    evidence: str = fields.energy_evidence()
    source: str = fields.source("能源台账", "energy ledger")
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
        example=Text("A 型产品", "product A"),
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
        example=Text("石灰石、石英砂", "limestone, quartz sand"),
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
