"""The assessment of one enterprise: what it fills in, declared once.

Every field's Spec is the only place that says what the field means (see `standard.record`). The reader of assessment
files, the JSON Schema, the template's columns, labels, help texts and drop-downs are all derived from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..messages import Text
from ..standard.energy import ORIGIN_NAMES
from ..standard.equivalents import MEDIUM_NAMES
from ..standard.greenhouse import CATEGORY_NAMES
from ..standard.guide import VALUE_BASES as VALUE_BASES
from ..standard.guide.benchmarks import Benchmark
from ..standard.guide.options import OptionValue
from ..standard.indicators import RECOMMENDED_NAMES as RECOMMENDED_NAMES
from ..standard.record import CHOICE as CHOICE
from ..standard.record import FLAG as FLAG
from ..standard.record import LABEL as LABEL
from ..standard.record import NUMBER as NUMBER
from ..standard.record import SECTION as SECTION
from ..standard.record import TEXT as TEXT
from ..standard.record import UNIT as UNIT
from ..standard.record import Spec as Spec

FORMAT = "jwdt-assessment/1"

YES_NO = ((True, Text("是", "yes")), (False, Text("否", "no")))


def _field(kind: str, zh: str, en: str, help_zh: str, help_en: str, **more: Any) -> Any:
    spec = Spec(kind, Text(zh, en), Text(help_zh, help_en), **more)
    return dataclasses.field(default="" if kind in (TEXT, LABEL, UNIT) else None, metadata={"spec": spec})


def _section(cls: type) -> Any:
    spec = Spec(SECTION, Text("", ""), Text("", ""))
    return dataclasses.field(default_factory=cls, metadata={"spec": spec, "class": cls})


def specs(cls: type) -> dict[str, Spec]:
    """The fields of a section or row, in order."""
    if cls not in _SPECS:
        _SPECS[cls] = {f.name: f.metadata["spec"] for f in dataclasses.fields(cls)}
    return _SPECS[cls]


_SPECS: dict[type, dict[str, Spec]] = {}


def section_class(cls: type, name: str) -> type:
    """The class of a section within a section."""
    found: type = cls.__dataclass_fields__[name].metadata["class"]  # type: ignore[attr-defined]
    return found


_AMOUNT, _NO_UNIT = Text("数量", "amount"), Text("", "")


def _base(what: Text = _AMOUNT, example: str = "", unit: Text = _NO_UNIT) -> Any:
    return _field(
        NUMBER, "基准期", "base period", f"基准期{what.zh}；没有发生填 0，空白视为缺失",
        f"{what.en} of the base period; 0 if none, blank is missing", unit=unit, example=Text(example, example),
    )  # fmt: skip


def _report(what: Text = _AMOUNT, example: str = "", unit: Text = _NO_UNIT) -> Any:
    return _field(
        NUMBER, "报告期", "report period", f"报告期{what.zh}；没有发生填 0，空白视为缺失",
        f"{what.en} of the report period; 0 if none, blank is missing", unit=unit, example=Text(example, example),
    )  # fmt: skip


_ONE_UNIT = Text("两期数量共同的单位，从列表选择", "the unit of both amounts, from the list")


def _unit(*dimensions: str, help: Text = _ONE_UNIT) -> Any:
    return _field(UNIT, "单位", "unit", help.zh, help.en, required=True, dimensions=dimensions)


def _source(zh: str = "在线监测", en: str = "continuous monitoring") -> Any:
    return _field(
        TEXT, "数据来源", "source", "台账、监测、核查报告、结算单等", "ledger, monitoring, verification report, bill …",
        example=Text(zh, en),
    )  # fmt: skip


def _quality() -> Any:
    return _field(
        NUMBER, "质量等级", "quality", "1 实测 … 5 粗略估算", "1 measured … 5 rough estimate", maximum=5, whole=True,
        example=Text("1", "1"),
    )  # fmt: skip


def _note() -> Any:
    return _field(
        TEXT, "备注", "note", "需要说明的事项；不知道数量也在此注明", "anything to explain; say here if an amount is unknown"
    )  # fmt: skip


def _evidence(zh: str = "", en: str = "") -> Any:
    return _field(
        TEXT,
        "证明材料",
        "evidence",
        "依据的目录及其年份、文件名称与条目",
        "the catalogue and its edition, the document and item relied on",
        example=Text(zh, en),
    )


@dataclass(frozen=True)
class Enterprise:
    name: str = _field(
        TEXT, "企业名称", "enterprise", "与营业执照一致", "as in the business licence",
        example=Text("示例水泥有限公司", "Example Cement Co., Ltd."),
    )  # fmt: skip
    uscc: str = _field(
        TEXT, "统一社会信用代码", "unified social credit code", "18 位数字和大写字母，见营业执照",
        "18 digits and capitals, see the business licence", example=Text("91330500MA2B2C3D4T", "91330500MA2B2C3D4T"),
    )  # fmt: skip
    industry_code: str = _field(
        TEXT, "行业代码", "industry code", "GB/T 4754 四位小类代码，见统计报表；列表可查大类(前两位)，选后改为四位",
        "GB/T 4754, four digits, see the statistics forms; the list shows the divisions (first two digits): complete it to four",
        example=Text("3011", "3011"),
    )  # fmt: skip
    region: str = _field(
        TEXT, "地区", "region", "省、市", "province, city", example=Text("浙江省湖州市", "Huzhou, Zhejiang")
    )


@dataclass(frozen=True)
class Periods:
    base: str = _field(
        LABEL, "基准期", "base period", "与之比较的时期，默认为上一年", "the period to compare with, by default the year before",
        required=True, example=Text("2022", "2022"),
    )  # fmt: skip
    report: str = _field(
        LABEL, "报告期", "report period", "被评价的时期", "the period to be assessed",
        required=True, example=Text("2023", "2023"),
    )  # fmt: skip


_OUTPUT = Text("合格品产量，见生产报表", "output of sound product (production report)")
_MONEY, _MONEY_UNIT = Text("产值，见统计报表", "output value (statistics report)"), Text("万元", "10^4 yuan")


@dataclass(frozen=True)
class Output:
    base: float | None = _base(_OUTPUT, "1850000")
    report: float | None = _report(_OUTPUT, "1920000")


@dataclass(frozen=True)
class Product:
    name: str = _field(
        TEXT, "产品名称", "product", "主要产品，两期口径一致；有多种产品请填“产品明细”",
        "the main product, the same in both periods; several products: sheet Products",
        example=Text("通用硅酸盐水泥", "Portland cement"),
    )  # fmt: skip
    unit: str = _field(
        TEXT, "产品单位", "unit of product", "产量、单位产品指标所用的单位", "unit of output and of the indicators per unit product",
        example=Text("t", "t"),
    )  # fmt: skip
    output: Output = _section(Output)


@dataclass(frozen=True)
class OutputValue:
    basis: str = _field(
        CHOICE, "产值口径", "basis", "默认工业总产值(不含增值税，当年价)；须与基准值口径一致",
        "default: gross output value without VAT, current prices; as the benchmark's",
        choices=tuple(VALUE_BASES.items()),
    )  # fmt: skip
    unit: str = _field(UNIT, "单位", "unit", "默认万元", "default 10^4 yuan", dimensions=("money",))
    base: float | None = _base(_MONEY, "64800", _MONEY_UNIT)
    report: float | None = _report(_MONEY, "66500", _MONEY_UNIT)


@dataclass(frozen=True)
class MeteredElectricity:
    unit: str = _field(UNIT, "单位", "unit", "默认 kWh", "default kWh", dimensions=("energy",))
    base: float | None = _field(
        NUMBER, "购电量·基准期", "power bought, base period", "总电表的购电量，含绿电直供和绿证，不含自发，见电费单；用于核对各来源之和",
        "as metered, with green power, without own power, see the bills; checks the sum of the origins", example=Text("98500000", "98500000"),
    )  # fmt: skip
    report: float | None = _field(
        NUMBER, "购电量·报告期", "power bought, report period", "总电表的购电量，含绿电直供和绿证，不含自发，见电费单；用于核对各来源之和",
        "as metered, with green power, without own power, see the bills; checks the sum of the origins", example=Text("92400000", "92400000"),
    )  # fmt: skip


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
    medium: str = _field(
        CHOICE, "介质", "medium", "水或大气", "water or air", required=True, choices=tuple(MEDIUM_NAMES.items()),
        example=Text("大气", "air"),
    )  # fmt: skip
    pollutant: str = _field(
        TEXT,
        "污染物",
        "pollutant",
        "从列表选择或填常用简称；颗粒物须分烟尘(燃烧)、一般性粉尘",
        "from the list, or a common short form; particulates: soot (combustion) or general dust",
        required=True,
        example=Text("二氧化硫", "Sulphur dioxide"),
    )
    parameter: float | None = _field(
        NUMBER,
        "实测值",
        "measured value",
        "仅 pH、色度、大肠菌群、余氯",
        "only pH, colour, coliforms, residual chlorine",
        example=Text("5.6", "5.6"),
    )
    limit: float | None = _field(
        NUMBER,
        "排放限值",
        "limit",
        "仅色度、大肠菌群、余氯",
        "only colour, coliforms, residual chlorine",
        example=Text("50", "50"),
    )
    unit: str = _unit("mass", "wastewater", "head", "bird", "bed")
    base: float | None = _base(_RELEASED, "92500")
    report: float | None = _report(_RELEASED, "86400")
    source: str = _source()
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class GreenhouseRow:
    category: str = _field(
        CHOICE, "类别", "category", "GB/T 32150 的类别；输出与回收填正数，自动扣减",
        "category of GB/T 32150; exported and recovered are positive and subtracted",
        required=True, choices=tuple(CATEGORY_NAMES.items()), example=Text("燃料燃烧", "fuel combustion"),
    )  # fmt: skip
    gas: str = _field(
        TEXT, "气体", "gas", "从列表选择代码", "a code of the list", required=True, example=Text("CO2", "CO2")
    )
    unit: str = _unit("mass")
    base: float | None = _base(_EMITTED, "402000")
    report: float | None = _report(_EMITTED, "395000")
    biomass: bool | None = _field(
        FLAG,
        "生物质",
        "biomass",
        "生物质来源的 CO2 计 0，CH4、N2O 照计",
        "CO2 of biomass counts 0, its CH4 and N2O count",
        choices=YES_NO,
    )
    source: str = _source("核查报告", "verification report")
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class EnergyRow:
    energy: str = _field(
        TEXT,
        "能源",
        "energy",
        "从列表选择(GB/T 2589)",
        "from the list (GB/T 2589)",
        required=True,
        example=Text("原煤", "Raw coal"),
    )
    origin: str = _field(
        CHOICE, "来源", "origin", "电力必填，一个来源一行；外售的能源选外售", "needed for power, a row per origin; sold energy: sold",
        choices=tuple(ORIGIN_NAMES.items()),
    )  # fmt: skip
    unit: str = _unit("mass", "volume", "energy")
    base: float | None = _base(_USED, "196000")
    report: float | None = _report(_USED, "192500")
    coefficient: float | None = _field(
        NUMBER,
        "自有折标系数",
        "own coefficient",
        "kgce/kg、m3 或 MJ，注明来源",
        "kgce/kg, m3 or MJ, with source",
        example=Text("0.5714", "0.5714"),
    )
    net_calorific_value: float | None = _field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "kJ/kg 或 kJ/m3，注明来源",
        "kJ/kg or kJ/m3, with source",
        example=Text("20908", "20908"),
    )
    feedstock: bool | None = _field(
        FLAG, "用作原料", "feedstock", "原料不计入能源", "feedstock is not energy", choices=YES_NO
    )
    non_fossil: bool | None = _field(
        FLAG,
        "非化石来源",
        "is non-fossil",
        "氢、甲醇、热力等，须附证明",
        "hydrogen, heat …, with evidence",
        choices=YES_NO,
    )
    evidence: str = _evidence("绿证编号", "number of the certificate")
    source: str = _source("能源台账", "energy ledger")
    quality: float | None = _quality()
    note: str = _note()


ACTIVITY_KINDS = {
    "fuel": Text("燃料", "fuel"),
    "electricity": Text("电力", "electricity"),
    "heat": Text("热力", "heat"),
    "process": Text("工业过程", "process"),
}


@dataclass(frozen=True)
class ActivityRow:
    """A bill: entered once, it gives both emissions and energy."""

    kind: str = _field(
        CHOICE, "种类", "kind", "燃料、电力、热力或工业过程", "fuel, electricity, heat or process",
        required=True, choices=tuple(ACTIVITY_KINDS.items()), example=Text("燃料", "fuel"),
    )  # fmt: skip
    name: str = _field(
        TEXT,
        "名称",
        "name",
        "燃料或过程，先选种类；煤选煤种，原煤、LNG 没有缺省值，须填三项实测值；电力、热力可不填",
        "fuel or process, choose the kind first; choose the kind of coal, raw coal and LNG have no defaults and need all three measured values; blank for power and heat",
        example=Text("烟煤", "bituminous coal"),
    )
    origin: str = _field(
        CHOICE, "来源", "origin", "电力必填，一个来源一行：绿证电量从电网一行扣除，自发只填自用电量；转售的选外售",
        "needed for power, a row per origin: take power with certificates off the grid row, own power only as far as used; sold on: sold",
        choices=tuple(ORIGIN_NAMES.items()),
    )  # fmt: skip
    unit: str = _unit("mass", "volume", "energy", help=_BILL_UNIT)
    base: float | None = _base(_BILLED, "9850")
    report: float | None = _report(_BILLED, "9240")
    net_calorific_value: float | None = _field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "GJ/t(= MJ/kg)或 GJ/万Nm3(账单的 MJ/m3 乘 10)；空白用缺省值，天然气必填",
        "GJ/t (= MJ/kg) or GJ/10^4 Nm3 (MJ/m3 of the bill times 10); blank: default; needed for natural gas",
        example=Text("20.9", "20.9"),
    )
    carbon_content: float | None = _field(
        NUMBER,
        "实测含碳量",
        "measured carbon content",
        "tC/GJ；空白用缺省值",
        "tC/GJ; blank: default",
        maximum=0.2,
        example=Text("0.0264", "0.0264"),
    )
    oxidation: float | None = _field(
        NUMBER,
        "实测氧化率",
        "measured oxidation rate",
        "0–1；空白用缺省值",
        "0–1; blank: default",
        maximum=1,
        example=Text("0.93", "0.93"),
    )
    emission_factor: float | None = _field(
        NUMBER, "自有排放因子", "own emission factor", "tCO2 每 MWh(电力)、GJ(热力)、t 或万Nm3(其他)",
        "tCO2 per MWh (power), GJ (heat), t or 10^4 Nm3 (others)", example=Text("0.5366", "0.5366"),
    )  # fmt: skip
    factor_series: str = _field(
        TEXT,
        "电网因子序列",
        "grid-factor series",
        "默认全国平均，其他从列表选择",
        "default national average, others from the list",
        example=Text("华东", "east"),
    )
    factor_year: float | None = _field(
        NUMBER, "电网因子年份", "year of the grid factor", "默认不晚于报告期的最新年份，两期同用",
        "default: the latest not after the report period, for both periods",
        maximum=2100, whole=True, example=Text("2022", "2022"),
    )  # fmt: skip
    coefficient: float | None = _field(
        NUMBER,
        "自有折标系数",
        "own coefficient",
        "kgce/kg、m3 或 MJ",
        "kgce/kg, m3 or MJ",
        example=Text("0.5714", "0.5714"),
    )
    feedstock: bool | None = _field(
        FLAG, "用作原料", "feedstock", "不计燃烧排放和能源", "neither burnt nor energy", choices=YES_NO
    )
    biomass: bool | None = _field(
        FLAG, "生物质", "biomass", "其 CO2 计 0；须填热值", "its CO2 counts 0; needs its heat value", choices=YES_NO
    )
    non_fossil: bool | None = _field(
        FLAG,
        "非化石来源",
        "is non-fossil",
        "氢、甲醇、热力等，须附证明",
        "hydrogen, heat …, with evidence",
        choices=YES_NO,
    )
    evidence: str = _evidence("绿证编号", "number of the certificate")
    source: str = _source("电费结算单", "bill")
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class ProductRow:
    """One of several products or lines, converted to the guide's standard product."""

    name: str = _field(
        TEXT,
        "产品",
        "product",
        "产品或生产线名称",
        "product or line",
        required=True,
        example=Text("P·O 42.5 水泥", "cement 42.5"),
    )
    unit: str = _field(
        TEXT, "单位", "unit", "该产品的单位", "the unit of this product", required=True, example=Text("t", "t")
    )
    factor: float | None = _field(
        NUMBER,
        "折算系数",
        "conversion factor",
        "一单位折合多少标准产品，默认 1",
        "standard product per unit, default 1",
        example=Text("0.9", "0.9"),
    )
    base: float | None = _base(_MADE, "1000000")
    report: float | None = _report(_MADE, "1200000")
    source: str = _source("生产报表", "production report")
    note: str = _note()


@dataclass(frozen=True)
class MaterialRow:
    material: str = _field(
        TEXT,
        "原辅料",
        "material",
        "原料或辅料名称；水、能源不填",
        "raw or auxiliary material; no water, no energy",
        required=True,
        example=Text("石灰石", "limestone"),
    )
    unit: str = _unit("mass")
    base: float | None = _base(_CONSUMED, "2100000")
    report: float | None = _report(_CONSUMED, "2150000")
    source: str = _source("物料台账", "material ledger")
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class ResidualEnergyRow:
    kind: str = _field(
        TEXT,
        "余能种类",
        "kind",
        "回收利用的余热、余压、余气",
        "recovered heat, pressure, gas",
        required=True,
        example=Text("余热发电", "waste-heat power"),
    )
    unit: str = _unit("energy")
    base: float | None = _base(_DELIVERED, "52000000")
    report: float | None = _report(_DELIVERED, "56000000")
    source: str = _source("电表", "meter")
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class OwnEquivalentRow:
    medium: str = _field(
        CHOICE,
        "介质",
        "medium",
        "水或大气",
        "water or air",
        required=True,
        choices=tuple(MEDIUM_NAMES.items()),
        example=Text("大气", "air"),
    )
    pollutant: str = _field(
        TEXT,
        "污染物",
        "pollutant",
        "附录B没有的污染物，或要替换的污染物",
        "not in Annex B, or to be replaced",
        required=True,
        example=Text("挥发性有机物", "VOC"),
    )
    value: float | None = _field(
        NUMBER,
        "当量值",
        "equivalent value",
        "每一当量的数量，须大于 0",
        "amount of one equivalent, above 0",
        required=True,
        example=Text("0.95", "0.95"),
    )
    unit: str = _unit("mass", "wastewater", "head", "bird", "bed")
    source: str = _source("地方文件及条款", "local document and clause")


@dataclass(frozen=True)
class Policy:
    recommended: str | None = _field(
        CHOICE, "使用国家或地方推荐的先进工艺和装备", "uses recommended advanced processes and equipment",
        "对照国家或地方推荐目录：全部、部分或未使用", "compared with the recommended catalogues: all, part or none", choices=tuple(RECOMMENDED_NAMES.items()),
    )  # fmt: skip
    elimination_list: bool | None = _field(
        FLAG,
        "存在淘汰类工艺或装备",
        "has anything on the elimination list",
        "对照《产业结构调整指导目录》淘汰类；有任何一项即得 0 分",
        "compared with the elimination list of the catalogue in force; anything on it scores 0",
        choices=YES_NO,
    )
    evidence: str = _evidence(
        "《产业结构调整指导目录(2024年本)》某条；设备清单", "catalogue of 2024, item …; list of equipment"
    )


@dataclass(frozen=True)
class Management:
    established: bool | None = _field(
        FLAG,
        "已建立节能减排管理制度",
        "management system established",
        "制度文件或体系证书",
        "documents or certificate of the system",
        choices=YES_NO,
    )
    effective: bool | None = _field(
        FLAG,
        "有效执行并有记录",
        "carried out effectively, with records",
        "内审、台账、考核记录",
        "audits, ledgers, reviews",
        choices=YES_NO,
    )
    evidence: str = _evidence(
        "能源管理体系证书编号；内审报告", "certificate of the energy management system; audit report"
    )


@dataclass(frozen=True)
class Assessment:
    """Everything one enterprise declares. Mappings are by indicator code or option name."""

    enterprise: Enterprise = dataclasses.field(default_factory=Enterprise)
    boundary: str = ""
    periods: Periods = dataclasses.field(default_factory=Periods)
    product: Product = dataclasses.field(default_factory=Product)
    output_value: OutputValue = dataclasses.field(default_factory=OutputValue)
    metered_electricity: MeteredElectricity = dataclasses.field(default_factory=MeteredElectricity)
    products: tuple[ProductRow, ...] = ()
    activity: tuple[ActivityRow, ...] = ()
    pollutants: tuple[PollutantRow, ...] = ()
    greenhouse: tuple[GreenhouseRow, ...] = ()
    energy: tuple[EnergyRow, ...] = ()
    materials: tuple[MaterialRow, ...] = ()
    residual_energy: tuple[ResidualEnergyRow, ...] = ()
    own_equivalents: tuple[OwnEquivalentRow, ...] = ()
    policy: Policy = dataclasses.field(default_factory=Policy)
    management: Management = dataclasses.field(default_factory=Management)
    entered: Mapping[str, float] = dataclasses.field(default_factory=dict)
    benchmarks: Mapping[str, Benchmark] = dataclasses.field(default_factory=dict)
    not_applicable: Mapping[str, str] = dataclasses.field(default_factory=dict)
    weights: Mapping[str, float] = dataclasses.field(default_factory=dict)
    options: Mapping[str, OptionValue] = dataclasses.field(default_factory=dict)
    #: Where the rows of a table stood in the file, if rows there were blank and left out.
    positions: Mapping[str, tuple[int, ...]] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    def place(self, table: str, i: int) -> str:
        """The path in the file of a table's i-th row, counted from 0 without blank rows."""
        positions = self.positions.get(table, ())
        return f"{table}[{positions[i] if i < len(positions) else i}]"


BOUNDARY = Spec(
    TEXT,
    Text("核算边界", "boundary"),
    Text(
        "核算的厂区、生产线和设施，含与不含什么；两期须一致",
        "sites, lines, installations, what is in and what is out; the same in both periods",
    ),
    example=Text(
        "一条 5000 t/d 熟料线及水泥粉磨，含余热发电", "one 5000 t/d clinker line and grinding, with waste-heat power"
    ),
)
#: The fields of a benchmark, in the order of standard.benchmarks.Benchmark.
BENCHMARK: dict[str, Spec] = {
    "value": Spec(NUMBER, Text("基准值", "benchmark"), Text("大于 0", "above 0"), required=True),
    "unit": Spec(TEXT, Text("单位", "unit"), Text("须与指标的单位一致", "must be the unit of the indicator")),
    "source": Spec(
        TEXT,
        Text("来源", "source"),
        Text("国家政策、清洁生产评价指标体系等", "national policy, cleaner-production index system …"),
    ),
    "year": Spec(LABEL, Text("年份", "year"), Text("例如 2023", "e.g. 2023")),
    "basis": Spec(
        TEXT,
        Text("口径", "basis"),
        Text(
            "指标 4 写明产值口径；指标 5 写明电力折标口径(当量值或等价值)",
            "indicator 4: basis of output value; 5: electricity by calorific value or by coal consumption",
        ),
    ),
}
SECTIONS: dict[str, type] = {
    "enterprise": Enterprise,
    "periods": Periods,
    "product": Product,
    "output_value": OutputValue,
    "metered_electricity": MeteredElectricity,
    "policy": Policy,
    "management": Management,
}
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
#: Tables that an assessment always lists, even when they are empty.
ALWAYS = ("pollutants", "greenhouse", "energy", "materials", "residual_energy")
MAPPINGS = ("entered", "benchmarks", "not_applicable", "weights", "options")
