"""A bill: the fields of its row, each declared once."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Text
from ..standard.energy import ORIGIN_NAMES
from ..standard.record import CHOICE, FLAG, NUMBER, TEXT
from . import fields

_BILLED = Text("用量，见账单", "amount as billed")
_BILL_UNIT = Text(
    "从列表选择；油品按升的，乘密度折成 t；蒸汽按热量(GJ)，或按 t 并填压力、温度；废水处理填去除的 COD",
    "from the list; litres of oil times density are t; steam by its heat (GJ), or in t with pressure and temperature; waste water: COD removed",
)
ACTIVITY_KINDS = {
    "fuel": Text("燃料", "fuel"),
    "electricity": Text("电力", "electricity"),
    "heat": Text("热力", "heat"),
    "process": Text("工业过程", "process"),
    "wastewater": Text("废水处理", "waste water"),
    "product_carbon": Text("产品固碳", "carbon in products"),
}


@dataclass(frozen=True)
class ActivityRow:
    """A bill: entered once, it gives both emissions and energy."""

    kind: str = fields.field(
        CHOICE, "种类", "kind", "燃料、电力、热力、工业过程；废水处理的 CH4；带走碳的产品",
        "fuel, electricity, heat, process; CH4 of waste water; products that take carbon with them",
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
    unit: str = fields.unit("mass", "volume", "energy", "coal", help=_BILL_UNIT)
    base: float | None = fields.base(_BILLED, "9850")
    report: float | None = fields.report(_BILLED, "9240")
    net_calorific_value: float | None = fields.field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "GJ/t(= MJ/kg)或 GJ/万Nm3；账单的 MJ/m3 乘 10，其他单位点“+”选择；两期不同请分两行；空白用缺省值，天然气必填",
        "GJ/t (= MJ/kg) or GJ/10^4 Nm3; MJ/m3 of the bill times 10, another unit behind the +; one for each period: two rows; blank: default; needed for natural gas",
        example=Text("20.9", "20.9"),
    )
    net_calorific_value_unit: str = fields.heat_value_unit("GJ/t")
    carbon_content: float | None = fields.field(
        NUMBER,
        "实测含碳量",
        "measured carbon content",
        "tC/GJ；空白用缺省值",
        "tC/GJ; blank: default",
        maximum=0.2,
        example=Text("0.0264", "0.0264"),
    )
    carbon_per_unit: float | None = fields.field(
        NUMBER, "收到基元素碳", "carbon as received", "tC/t 或 tC/万Nm3；与含碳量只填一个",
        "tC/t or tC/10^4 Nm3; this or the carbon content", maximum=20, example=Text("0.5421", "0.5421"),
    )  # fmt: skip
    oxidation: float | None = fields.field(
        NUMBER,
        "实测氧化率",
        "measured oxidation rate",
        "0–1，或 1 以上按 %；空白用缺省值",
        "0–1, above 1 in %; blank: default",
        maximum=1,
        percent_in_cells=True,
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
    biogenic_share: float | None = fields.field(
        NUMBER, "生物质比例", "biogenic share", "混合燃料中生物质碳的比例 0–1，须附证明；不计 CO2，计作非化石",
        "share of biogenic carbon in a mixed fuel, 0–1, with evidence: no CO2, non-fossil", maximum=1, example=Text("0.3", "0.3"),
    )  # fmt: skip
    pressure: float | None = fields.field(
        NUMBER, "蒸汽压力", "steam pressure", "蒸汽按吨时必填，绝对压力 MPa(表压加 0.1)",
        "needed for steam in t: absolute, MPa (gauge pressure plus 0.1)", maximum=100, example=Text("1.1", "1.1"),
    )  # fmt: skip
    temperature: float | None = fields.field(
        NUMBER, "蒸汽温度", "steam temperature", "°C；饱和蒸汽空白", "°C; blank: saturated", maximum=1000, example=Text("250", "250")
    )  # fmt: skip
    carbon_fraction: float | None = fields.field(
        NUMBER, "产品含碳", "carbon in product", "产品固碳必填：每吨产品含碳的吨数，0–1", "needed for carbon in products: t C per t, 0–1",
        maximum=1, example=Text("0.0021", "0.0021"),
    )  # fmt: skip
    bo: float | None = fields.field(
        NUMBER, "Bo", "Bo", "废水处理：每吨 COD 最多产生的 CH4(t)，默认 0.25", "waste water: most CH4 (t) of a t COD, default 0.25",
        maximum=1, example=Text("0.25", "0.25"),
    )  # fmt: skip
    mcf: float | None = fields.field(
        NUMBER, "MCF", "MCF", "废水处理：甲烷修正因子 0–1，默认 0.8(深度厌氧)", "waste water: methane correction factor 0–1, default 0.8 (deep anaerobic)",
        maximum=1, example=Text("0.8", "0.8"),
    )  # fmt: skip
    recovered_base: float | None = fields.field(
        NUMBER, "回收CH4·基准期", "CH4 recovered, base", "t CH4，空白为 0", "t CH4, blank: 0", example=Text("12", "12")
    )
    recovered_report: float | None = fields.field(
        NUMBER,
        "回收CH4·报告期",
        "CH4 recovered, report",
        "t CH4，空白为 0",
        "t CH4, blank: 0",
        example=Text("15", "15"),
    )
    non_fossil: bool | None = fields.non_fossil()
    evidence: str = fields.energy_evidence()
    source: str = fields.source("电费结算单", "bill")
    quality: float | None = fields.quality()
    note: str = fields.note()
