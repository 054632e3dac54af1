"""The assessment of one enterprise: what it fills in, declared once.

Every field's Spec is the only place that says what the field means (see `standard.record`). The reader of assessment
files, the JSON Schema, the template's columns, labels, help texts and drop-downs are all derived from it. The rows of
its tables are in `tables`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..messages import Finding, Text
from ..standard import codes
from ..standard.guide import VALUE_BASES
from ..standard.guide.benchmarks import Benchmark
from ..standard.guide.options import OptionValue
from ..standard.indicators import RECOMMENDED_NAMES
from ..standard.record import CHOICE, FLAG, LABEL, NUMBER, TEXT, UNIT, Spec
from . import fields
from .bill_row import ActivityRow
from .fields import YES_NO
from .planned import Measure
from .tables import (
    EnergyRow,
    GreenhouseRow,
    MaterialRow,
    OwnEquivalentRow,
    PollutantRow,
    ProductRow,
    ResidualEnergyRow,
)

FORMAT = "jwdt-assessment/1"


@dataclass(frozen=True)
class Enterprise:
    name: str = fields.field(
        TEXT, "企业名称", "enterprise", "与营业执照一致", "as in the business licence",
        example=Text("示例工业有限公司", "Example Industry Co., Ltd."),
    )  # fmt: skip
    uscc: str = fields.field(
        TEXT, "统一社会信用代码", "unified social credit code", "18 位数字和大写字母，见营业执照",
        "18 digits and capitals, see the business licence", example=Text("91330500MA2B2C3D4T", "91330500MA2B2C3D4T"),
        read=codes.as_typed,
    )  # fmt: skip
    industry_code: str = fields.field(
        TEXT, "行业代码", "industry code", "GB/T 4754 四位小类代码，见统计报表；列表可查大类(前两位)，选后改为四位",
        "GB/T 4754, four digits, see the statistics forms; the list shows the divisions (first two digits): complete it to four",
        example=Text("3011", "3011"), read=codes.as_typed,
    )  # fmt: skip
    region: str = fields.field(
        TEXT, "地区", "region", "省、市", "province, city", example=Text("浙江省湖州市", "Huzhou, Zhejiang")
    )
    #: Of a city; what is asked of whom, and by which words, is in `who`.
    division_code: str = fields.field(
        TEXT,
        "行政区划代码",
        "division code",
        "GB/T 2260 六位数字",
        "GB/T 2260, six digits",
        read=codes.division_as_typed,
    )

    @property
    def code(self) -> str:
        """What tells it from others: the credit code, or a city's division code."""
        return self.uscc or self.division_code


@dataclass(frozen=True)
class Periods:
    base: str = fields.field(
        LABEL, "基准期", "base period", "与之比较的时期，默认为上一年", "the period to compare with, by default the year before",
        required=True, example=Text("2022", "2022"),
    )  # fmt: skip
    report: str = fields.field(
        LABEL, "报告期", "report period", "被评价的时期", "the period to be assessed",
        required=True, example=Text("2023", "2023"),
    )  # fmt: skip


_OUTPUT = Text("合格品产量，见生产报表", "output of sound product (production report)")
_MONEY, _MONEY_UNIT = Text("产值，见统计报表", "output value (statistics report)"), Text("万元", "10^4 yuan")


@dataclass(frozen=True)
class Output:
    base: float | None = fields.base(_OUTPUT, "1850000")
    report: float | None = fields.report(_OUTPUT, "1920000")


@dataclass(frozen=True)
class Product:
    name: str = fields.field(
        TEXT, "产品名称", "product", "主要产品，两期口径一致；有多种产品请填“产品明细”",
        "the main product, the same in both periods; several products: sheet Products",
        example=Text("水泥、玻璃瓶、铸铁件等", "cement, bottles, castings …"),
    )  # fmt: skip
    unit: str = fields.field(
        TEXT, "产品单位", "unit of product", "产量、单位产品指标所用的单位", "unit of output and of the indicators per unit product",
        example=Text("t", "t"),
    )  # fmt: skip
    output: Output = fields.section(Output)


@dataclass(frozen=True)
class OutputValue:
    basis: str = fields.field(
        CHOICE, "产值口径", "basis", "默认工业总产值(不含增值税，当年价)；须与基准值口径一致",
        "default: gross output value without VAT, current prices; as the benchmark's",
        choices=tuple(VALUE_BASES.items()),
    )  # fmt: skip
    unit: str = fields.field(UNIT, "单位", "unit", "默认万元", "default 10^4 yuan", dimensions=("money",))
    base: float | None = fields.base(_MONEY, "64800", _MONEY_UNIT)
    report: float | None = fields.report(_MONEY, "66500", _MONEY_UNIT)


_METERED = (
    "总电表的购电量，含绿电直供和绿证，不含自发，见电费单；用于核对各来源之和",
    "as metered, with green power, without own power, see the bills; checks the sum of the origins",
)


@dataclass(frozen=True)
class MeteredElectricity:
    unit: str = fields.field(UNIT, "单位", "unit", "默认 kWh", "default kWh", dimensions=("energy",))
    base: float | None = fields.field(
        NUMBER, "购电量·基准期", "power bought, base period", *_METERED, example=Text("98500000", "98500000"),
    )  # fmt: skip
    report: float | None = fields.field(
        NUMBER, "购电量·报告期", "power bought, report period", *_METERED, example=Text("92400000", "92400000"),
    )  # fmt: skip


@dataclass(frozen=True)
class Policy:
    recommended: str | None = fields.field(
        CHOICE, "使用国家或地方推荐的先进工艺和装备", "uses recommended advanced processes and equipment",
        "对照国家或地方推荐目录：全部采用选“是”，部分采用选“部分”，未采用选“否”", "compared with the recommended catalogues: yes for all, partly, no for none", choices=tuple(RECOMMENDED_NAMES.items()),
    )  # fmt: skip
    elimination_list: bool | None = fields.field(
        FLAG,
        "存在淘汰类工艺或装备",
        "has anything on the elimination list",
        "对照《产业结构调整指导目录》淘汰类；有任何一项即得 0 分",
        "compared with the elimination list of the catalogue in force; anything on it scores 0",
        choices=YES_NO,
    )
    evidence: str = fields.evidence(
        Text("依据的目录及其年份、文件名称与条目", "the catalogue and its edition, the document and item relied on"),
        Text("《产业结构调整指导目录(2024年本)》某条；设备清单", "catalogue of 2024, item …; list of equipment"),
    )


@dataclass(frozen=True)
class Management:
    established: bool | None = fields.field(
        FLAG,
        "已建立节能减排管理制度",
        "management system established",
        "制度文件或体系证书",
        "documents or certificate of the system",
        choices=YES_NO,
    )
    effective: bool | None = fields.field(
        FLAG,
        "有效执行并有记录",
        "carried out effectively, with records",
        "内审、台账、考核记录",
        "audits, ledgers, reviews",
        choices=YES_NO,
    )
    evidence: str = fields.evidence(
        Text(
            "制度、证书、台账、审核报告的名称和编号",
            "titles and numbers of rules, certificates, ledgers, audit reports",
        ),
        Text("能源管理体系证书编号；内审报告", "certificate of the energy management system; audit report"),
    )


class VetoAnswer(NamedTuple):
    """The answer to a question of the guide that may exclude."""

    answer: bool | None = None
    evidence: str = ""


class InputValue(NamedTuple):
    """An amount that the guide asks for, by period, and what it rests on."""

    base: float | None = None
    report: float | None = None
    source: str = ""


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
    #: What the entered values rest on.
    entered_source: Mapping[str, str] = dataclasses.field(default_factory=dict)
    benchmarks: Mapping[str, Benchmark] = dataclasses.field(default_factory=dict)
    not_applicable: Mapping[str, str] = dataclasses.field(default_factory=dict)
    weights: Mapping[str, float] = dataclasses.field(default_factory=dict)
    options: Mapping[str, OptionValue] = dataclasses.field(default_factory=dict)
    vetoes: Mapping[str, VetoAnswer] = dataclasses.field(default_factory=dict)
    inputs: Mapping[str, InputValue] = dataclasses.field(default_factory=dict)
    plan: tuple[Measure, ...] = ()
    #: Where the rows of a table stood in the file, if rows there were blank and left out.
    positions: Mapping[str, tuple[int, ...]] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    #: How it was read: numbers left as texts, totals and remarks left out.
    told: tuple[Finding, ...] = dataclasses.field(default=(), compare=False, repr=False)

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
        "一条主生产线及配套动力设施，含余热发电", "one production line with its utilities, with waste-heat power"
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
#: Tables that an assessment always lists, even when they are empty.
ALWAYS = ("pollutants", "greenhouse", "energy", "materials", "residual_energy")
MAPPINGS = ("entered", "entered_source", "benchmarks", "not_applicable", "weights", "options", "vetoes", "inputs")
