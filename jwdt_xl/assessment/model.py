"""The assessment of one enterprise: what it fills in, declared once.

Every field's Spec is the only place that says what the field means. The reader of assessment files, the JSON Schema,
the template's columns, labels, help texts and drop-downs are all derived from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..messages import Text
from ..standard.benchmarks import Benchmark
from ..standard.energy import ORIGIN_NAMES
from ..standard.equivalents import MEDIUM_NAMES
from ..standard.greenhouse import CATEGORY_NAMES
from ..standard.options import OptionValue

FORMAT = "jwdt-assessment/1"

TEXT, LABEL, NUMBER, FLAG, CHOICE, UNIT, SECTION = "text", "label", "number", "flag", "choice", "unit", "section"

YES_NO = ((True, Text("是", "yes")), (False, Text("否", "no")))
RECOMMENDED_NAMES = {"yes": Text("是", "yes"), "partly": Text("部分", "partly"), "no": Text("否", "no")}
VALUE_BASES = {
    "工业总产值": Text("工业总产值", "gross output value"),
    "工业增加值": Text("工业增加值", "value added"),
    "营业收入": Text("营业收入", "revenue"),
}


@dataclass(frozen=True)
class Spec:
    """What a field holds: its kind, name, unit, bounds and how to fill it."""

    kind: str
    label: Text
    help: Text
    required: bool = False
    choices: tuple[tuple[Any, Text], ...] = ()
    dimensions: tuple[str, ...] = ()
    unit: Text = Text("", "")
    maximum: float | None = None
    whole: bool = False


def _field(kind: str, zh: str, en: str, help_zh: str, help_en: str, **more: Any) -> Any:
    spec = Spec(kind, Text(zh, en), Text(help_zh, help_en), **more)
    return dataclasses.field(default="" if kind in (TEXT, LABEL, UNIT) else None, metadata={"spec": spec})


def _section(cls: type) -> Any:
    spec = Spec(SECTION, Text("", ""), Text("", ""))
    return dataclasses.field(default_factory=cls, metadata={"spec": spec, "class": cls})


def specs(cls: type) -> dict[str, Spec]:
    """The fields of a section or row, in order."""
    return {f.name: f.metadata["spec"] for f in dataclasses.fields(cls)}


def _base(unit_zh: str = "", unit_en: str = "") -> Any:
    return _field(
        NUMBER, "基准期", "base period", "基准期数量；没有发生填 0，空白视为缺失",
        "amount of the base period; 0 if none, blank is missing",
        unit=Text(unit_zh, unit_en),
    )  # fmt: skip


def _report(unit_zh: str = "", unit_en: str = "") -> Any:
    return _field(
        NUMBER, "报告期", "report period", "报告期数量；没有发生填 0，空白视为缺失",
        "amount of the report period; 0 if none, blank is missing",
        unit=Text(unit_zh, unit_en),
    )  # fmt: skip


def _unit(*dimensions: str) -> Any:
    return _field(
        UNIT,
        "单位",
        "unit",
        "数量的单位，从列表选择",
        "the unit of the amounts, from the list",
        required=True,
        dimensions=dimensions,
    )


def _source() -> Any:
    return _field(
        TEXT, "数据来源", "source", "台账、监测、核查报告、结算单等", "ledger, monitoring, verification report, bill …"
    )


def _quality() -> Any:
    return _field(NUMBER, "质量等级", "quality", "1(最好)至 5", "1 (best) to 5", maximum=5, whole=True)


def _note() -> Any:
    return _field(TEXT, "备注", "note", "需要说明的事项", "anything to explain")


def _evidence() -> Any:
    return _field(
        TEXT,
        "证明材料",
        "evidence",
        "依据的目录及其年份、文件名称与条目",
        "the catalogue and its edition, the document and item relied on",
    )


@dataclass(frozen=True)
class Enterprise:
    name: str = _field(TEXT, "企业名称", "enterprise", "与营业执照一致", "as in the business licence")
    uscc: str = _field(
        TEXT,
        "统一社会信用代码",
        "unified social credit code",
        "18 位，见营业执照",
        "18 characters, see the business licence",
    )
    industry_code: str = _field(
        TEXT, "行业代码", "industry code", "GB/T 4754 四位代码，例如 3011", "GB/T 4754, four digits, e.g. 3011"
    )
    region: str = _field(TEXT, "地区", "region", "省、市", "province, city")


@dataclass(frozen=True)
class Periods:
    base: str = _field(LABEL, "基准期", "base period", "例如 2022", "e.g. 2022", required=True)
    report: str = _field(LABEL, "报告期", "report period", "例如 2023", "e.g. 2023", required=True)


@dataclass(frozen=True)
class Output:
    base: float | None = _base()
    report: float | None = _report()


@dataclass(frozen=True)
class Product:
    name: str = _field(
        TEXT, "产品名称", "product", "两期口径一致的主要产品", "the main product, the same in both periods"
    )
    unit: str = _field(TEXT, "产品单位", "unit of product", "例如 t、10^4 m", "e.g. t, 10^4 m")
    output: Output = _section(Output)


@dataclass(frozen=True)
class OutputValue:
    basis: str = _field(
        CHOICE, "产值口径", "basis", "默认工业总产值(不含增值税，当年价)", "default: gross output value without VAT, current prices",
        choices=tuple(VALUE_BASES.items()),
    )  # fmt: skip
    unit: str = _field(UNIT, "单位", "unit", "默认万元", "default 10^4 yuan", dimensions=("money",))
    base: float | None = _base("万元", "10^4 yuan")
    report: float | None = _report("万元", "10^4 yuan")


@dataclass(frozen=True)
class MeteredElectricity:
    unit: str = _field(UNIT, "单位", "unit", "默认 kWh", "default kWh", dimensions=("energy",))
    base: float | None = _field(
        NUMBER,
        "购电量·基准期",
        "power bought, base period",
        "电表计量的购电量，用于核对各来源之和",
        "as metered, to check the sum of the origins",
    )
    report: float | None = _field(
        NUMBER,
        "购电量·报告期",
        "power bought, report period",
        "电表计量的购电量，用于核对各来源之和",
        "as metered, to check the sum of the origins",
    )


@dataclass(frozen=True)
class PollutantRow:
    medium: str = _field(
        CHOICE, "介质", "medium", "水或大气", "water or air", required=True, choices=tuple(MEDIUM_NAMES.items())
    )  # fmt: skip
    pollutant: str = _field(
        TEXT,
        "污染物",
        "pollutant",
        "附录B中的名称或常用简称",
        "a name of Annex B or its common short form",
        required=True,
    )
    parameter: float | None = _field(
        NUMBER,
        "实测值",
        "measured value",
        "仅 pH、色度、大肠菌群、余氯需要",
        "only for pH, colour, coliforms, residual chlorine",
    )
    limit: float | None = _field(
        NUMBER, "排放限值", "limit", "仅色度、大肠菌群、余氯需要", "only for colour, coliforms, residual chlorine"
    )
    unit: str = _unit("mass", "wastewater", "head", "bird", "bed")
    base: float | None = _base()
    report: float | None = _report()
    source: str = _source()
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class GreenhouseRow:
    category: str = _field(
        CHOICE, "类别", "category", "GB/T 32150 的排放类别；输出与回收按正数填写，自动扣减",
        "category of GB/T 32150; exported and recovered amounts are entered positive and subtracted",
        required=True, choices=tuple(CATEGORY_NAMES.items()),
    )  # fmt: skip
    gas: str = _field(
        TEXT, "气体", "gas", "例如 CO2、CH4、N2O、HFC-134a", "e.g. CO2, CH4, N2O, HFC-134a", required=True
    )
    unit: str = _unit("mass")
    base: float | None = _base()
    report: float | None = _report()
    biomass: bool | None = _field(
        FLAG,
        "生物质",
        "biomass",
        "生物质来源的 CO2 计 0，CH4、N2O 照计",
        "CO2 of biomass counts 0, its CH4 and N2O count",
        choices=YES_NO,
    )
    source: str = _source()
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class EnergyRow:
    energy: str = _field(TEXT, "能源", "energy", "GB/T 2589 中的名称", "a name of GB/T 2589", required=True)
    origin: str = _field(
        CHOICE, "来源", "origin", "电力必填，各来源互不重复；外售的能源选“外售”", "needed for electricity, disjoint; sold energy: sold",
        choices=tuple(ORIGIN_NAMES.items()),
    )  # fmt: skip
    unit: str = _unit("mass", "volume", "energy")
    base: float | None = _base()
    report: float | None = _report()
    coefficient: float | None = _field(
        NUMBER,
        "自有折标系数",
        "own coefficient",
        "kgce/kg、kgce/m3 或 kgce/MJ，须注明来源",
        "kgce/kg, kgce/m3 or kgce/MJ, with its source",
    )
    net_calorific_value: float | None = _field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "kJ/kg 或 kJ/m3，须注明来源",
        "kJ/kg or kJ/m3, with its source",
    )
    feedstock: bool | None = _field(
        FLAG, "用作原料", "feedstock", "用作原料的不计入能源", "feedstock is not energy", choices=YES_NO
    )
    non_fossil: bool | None = _field(
        FLAG,
        "非化石来源",
        "non-fossil",
        "氢、甲醇、热力等来源不定的能源，须附证明",
        "for energies whose origin varies, with evidence",
        choices=YES_NO,
    )
    evidence: str = _evidence()
    source: str = _source()
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
        required=True, choices=tuple(ACTIVITY_KINDS.items()),
    )  # fmt: skip
    name: str = _field(
        TEXT,
        "名称",
        "name",
        "燃料或过程名称；电力、热力可不填",
        "fuel or process; may stay blank for electricity and heat",
    )
    origin: str = _field(
        CHOICE, "来源", "origin", "电力必填，各来源互不重复；外售的电力、热力选“外售”", "needed for electricity, disjoint; sold power and heat: sold",
        choices=tuple(ORIGIN_NAMES.items()),
    )  # fmt: skip
    unit: str = _unit("mass", "volume", "energy")
    base: float | None = _base()
    report: float | None = _report()
    net_calorific_value: float | None = _field(
        NUMBER,
        "实测低位热值",
        "measured net calorific value",
        "GJ/t 或 GJ/万Nm3；空白用缺省值",
        "GJ/t or GJ/10^4 Nm3; blank: default",
    )
    carbon_content: float | None = _field(
        NUMBER, "实测含碳量", "measured carbon content", "tC/GJ；空白用缺省值", "tC/GJ; blank: default", maximum=0.2
    )
    oxidation: float | None = _field(
        NUMBER, "实测氧化率", "measured oxidation rate", "0–1；空白用缺省值", "0–1; blank: default", maximum=1
    )
    emission_factor: float | None = _field(
        NUMBER, "自有排放因子", "own emission factor", "电力 tCO2/MWh，热力 tCO2/GJ，过程和燃料 tCO2/t(或万Nm3)",
        "power tCO2/MWh, heat tCO2/GJ, process and fuel tCO2/t (or 10^4 Nm3)",
    )  # fmt: skip
    factor_series: str = _field(
        TEXT,
        "电网因子序列",
        "grid-factor series",
        "默认全国平均；例如 华东、ets_reporting",
        "default national average; e.g. 华东, ets_reporting",
    )
    factor_year: float | None = _field(
        NUMBER, "电网因子年份", "year of the grid factor", "默认不晚于报告期的最新年份，两期同用", "default: the latest not after the report period, for both periods",
        maximum=2100, whole=True,
    )  # fmt: skip
    coefficient: float | None = _field(
        NUMBER, "自有折标系数", "own coefficient", "kgce/kg、kgce/m3 或 kgce/MJ", "kgce/kg, kgce/m3 or kgce/MJ"
    )
    feedstock: bool | None = _field(
        FLAG, "用作原料", "feedstock", "用作原料的不计燃烧排放和能源", "neither burnt nor energy", choices=YES_NO
    )
    biomass: bool | None = _field(
        FLAG, "生物质", "biomass", "生物质燃料的 CO2 计 0", "CO2 of biomass counts 0", choices=YES_NO
    )
    non_fossil: bool | None = _field(
        FLAG,
        "非化石来源",
        "non-fossil",
        "来源不定的能源，须附证明",
        "for energies whose origin varies, with evidence",
        choices=YES_NO,
    )
    evidence: str = _evidence()
    source: str = _source()
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class ProductRow:
    """One of several products or lines, converted to the guide's standard product."""

    name: str = _field(TEXT, "产品", "product", "产品或生产线名称", "product or line", required=True)
    unit: str = _field(TEXT, "单位", "unit", "例如 t", "e.g. t", required=True)
    factor: float | None = _field(
        NUMBER,
        "折算系数",
        "conversion factor",
        "一单位折合多少标准产品，默认 1",
        "standard product per unit, default 1",
    )
    base: float | None = _base()
    report: float | None = _report()
    source: str = _source()
    note: str = _note()


@dataclass(frozen=True)
class MaterialRow:
    material: str = _field(TEXT, "原辅料", "material", "原料或辅料名称", "raw or auxiliary material", required=True)
    unit: str = _unit("mass")
    base: float | None = _base()
    report: float | None = _report()
    source: str = _source()
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class ResidualEnergyRow:
    kind: str = _field(
        TEXT, "余能种类", "kind", "余热发电、余热供暖、余压等", "waste-heat power, heating, pressure …", required=True
    )
    unit: str = _unit("energy")
    base: float | None = _base()
    report: float | None = _report()
    source: str = _source()
    quality: float | None = _quality()
    note: str = _note()


@dataclass(frozen=True)
class OwnEquivalentRow:
    medium: str = _field(
        CHOICE, "介质", "medium", "水或大气", "water or air", required=True, choices=tuple(MEDIUM_NAMES.items())
    )
    pollutant: str = _field(
        TEXT,
        "污染物",
        "pollutant",
        "附录B没有的污染物，或要替换的污染物",
        "not in Annex B, or to be replaced",
        required=True,
    )
    value: float | None = _field(
        NUMBER,
        "当量值",
        "equivalent value",
        "每一当量的数量，须大于 0",
        "amount of one equivalent, above 0",
        required=True,
    )
    unit: str = _unit("mass", "wastewater", "head", "bird", "bed")
    source: str = _source()


@dataclass(frozen=True)
class Policy:
    recommended: str | None = _field(
        CHOICE, "使用国家或地方推荐的先进工艺和装备", "uses recommended advanced processes and equipment",
        "全部 / 部分 / 未使用", "yes / partly / no", choices=tuple(RECOMMENDED_NAMES.items()),
    )  # fmt: skip
    elimination_list: bool | None = _field(
        FLAG,
        "存在淘汰类工艺或装备",
        "has anything on the elimination list",
        "有任何一项即得 0 分",
        "anything on it scores 0",
        choices=YES_NO,
    )
    evidence: str = _evidence()


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
    evidence: str = _evidence()


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
    Text("厂区、生产线、设施；两期须一致", "sites, lines, installations; the same in both periods"),
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
