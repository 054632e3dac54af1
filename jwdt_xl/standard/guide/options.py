"""The options of a guide or an assessment: every [choice] of the method that has a named alternative."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...errors import JwdtError
from ...messages import Text, joined, number, one_of
from .. import green, power
from ..measures import MEASURES
from ..record import finite, is_number, short

OptionValue = str | float
NOT_STATED = Text("未写明", "not stated")


class Option(NamedTuple):
    """One choice: its values (or bounds, if a number), its default (None: not stated) and what it decides."""

    name: str
    label: Text
    default: OptionValue | None
    help: Text
    named: tuple[tuple[str, Text], ...] = ()
    minimum: float = 0.0
    maximum: float = 0.0
    #: Whether the number must be above the minimum.
    above: bool = False
    #: Where a table of the standard lists the choices.
    listed: Callable[[], tuple[tuple[str, Text], ...]] | None = None
    #: The layout of authoring workbooks that came with it.
    since: int = 1

    @property
    def choices(self) -> tuple[tuple[str, Text], ...]:
        return self.listed() if self.listed else self.named

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The values whose totals are shown beside the one in force: of a table there would be too many."""
        return tuple(value for value, _ in self.named)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, _ in self.choices)

    def label_of(self, value: OptionValue | None) -> Text:
        if value is None:
            return NOT_STATED
        shown = value if isinstance(value, str) else number(value)
        return dict(self.choices).get(str(value), Text(shown, shown))

    def check(self, value: object) -> OptionValue:
        """The value if the option takes it; raises JwdtError naming what it takes."""
        if self.choices and value in self.values:
            return str(value)
        if not self.choices and is_number(value) and self.minimum <= finite(value) <= self.maximum:
            found = finite(value)
            if found > self.minimum or not self.above:
                return found
        span = f"{'> ' if self.above else ''}{number(self.minimum)} … {number(self.maximum)}"
        rule = one_of(self.choices) if self.choices else Text(span, span)
        raise JwdtError(
            Text("选项 {name} 须为 {rule}，实为“{got}”", "option {name} must be {rule}, got “{got}”").fill(
                name=Text(self.label.zh, self.name), rule=rule, got=short(value)
            ),
            "bad-option",
        )


OPTIONS = (
    Option(
        "synergy_basis",
        Text("协同度口径", "basis of synergy"),
        "per_product",
        Text("减排率按单位产品还是按总量计算", "whether the reduction rates are per unit product or of totals"),
        (("per_product", Text("单位产品", "per product")), ("total", Text("总量", "total"))),
    ),
    Option(
        "moderate_score",
        Text("协同度得分", "score of synergy"),
        "ratio",
        joined([Text(f"{m.label.zh}：{m.formula}", f"{m.name}: {m.formula}") for m in MEASURES], "；", "; "),
        tuple((measure.name, measure.label) for measure in MEASURES),
    ),
    Option(
        "gwp_set",
        Text("GWP 取值", "GWP set"),
        "AR5",
        Text(
            "100 年全球增温潜势取自哪次 IPCC 评估报告；按 2013–2015 年企业核算指南的报告用 AR2",
            "the IPCC assessment report the GWP100 are taken from; AR2 for reports by the corporate guidelines of 2013–2015",
        ),
        tuple((name, Text(name, name)) for name in ("AR5", "AR4", "AR6", "AR2")),
    ),
    Option(
        "fuel_table",
        Text("燃料缺省值表", "default table of fuels"),
        "B",
        Text(
            "B：GB/T 32151.22-2024 表 C.1；A：2013–2015 年企业核算指南",
            "B: GB/T 32151.22-2024 table C.1; A: corporate guidelines of 2013–2015",
        ),
        (("B", Text("B", "B")), ("A", Text("A", "A"))),
    ),
    Option(
        "organic_overlap",
        Text("重叠污染物", "overlapping pollutants"),
        "largest",
        Text(
            "COD/BOD5/TOC、大肠菌群/余氯：只计当量最大者，或全部计入",
            "COD/BOD5/TOC, coliforms/chlorine: keep the largest, or count all",
        ),
        (("largest", Text("只计最大", "largest")), ("all", Text("全部计入", "all"))),
    ),
    Option(
        "equivalent_media",
        Text("计入介质", "media counted"),
        "all",
        Text("污染物当量合计包括的介质", "the media in the sum of pollutant equivalents"),
        (("all", Text("水和大气", "water and air")), ("air", Text("大气", "air")), ("water", Text("水", "water"))),
    ),
    Option(
        "electricity_coefficient",
        Text("电力折标系数", "electricity coefficient"),
        0.1229,
        Text(
            "kgce/kWh；0.1229 为当量值，另一口径填当年发电标准煤耗(约 0.3)",
            "kgce/kWh; 0.1229 is the calorific value; else the year's coal consumption of generation (about 0.3)",
        ),
        minimum=0.05,
        maximum=1.0,
    ),
    Option(
        "grid_nonfossil_share",
        Text("电网电量非化石占比", "non-fossil share of grid power"),
        0.0,
        Text("0–1；电网电量中计作非化石能源的比例", "0–1; the part of grid power counted as non-fossil"),
        minimum=0.0,
        maximum=1.0,
    ),
    Option(
        "score_cap",
        Text("单项得分上限系数", "cap of single scores"),
        1.0,
        Text(
            "k：正向、负向指标得分上限为 100·k 分；一级指标和总分上限仍为 100",
            "k: positive and negative scores are capped at 100·k; groups and total stay at 100",
        ),
        minimum=1.0,
        maximum=10.0,
    ),
    Option(
        "synergy_floor",
        Text("协同度下限", "floor of synergy rates"),
        0.0,
        Text(
            "0–1；绝对值小于此数的减排率按不变计，情形、协同度和得分都依此",
            "0–1; a reduction rate smaller than this counts as no change, in case, degree and score",
        ),
        maximum=1.0,
        since=4,
    ),
    Option(
        "full_rate",
        Text("满分减排率 g", "rate of full marks g"),
        None,
        Text(
            "0–1；composite、equivalent_rate 得满分的减排率，没有默认，须写明",
            "0–1; the reduction rate that composite and equivalent_rate give full marks; no default: state it",
        ),
        maximum=1.0,
        above=True,
        since=4,
    ),
    Option(
        "carbon_equivalents",
        Text("每吨碳的当量 c", "equivalents per t CO2e c"),
        None,
        Text(
            "污染物当量/t CO2e，至多 1e+06；equivalent_rate 中 P + c·C 的 c，没有默认，须写明并有来源",
            "pollutant equivalents per t CO2e, at most 1e+06; the c of P + c·C in equivalent_rate; no default: state it, with its source",
        ),
        maximum=1e6,
        above=True,
        since=4,
    ),
    Option(
        "grid_series",
        Text("电网因子序列", "grid-factor series"),
        power.DEFAULT_SERIES,
        Text(
            "账单没有写明序列的电量所用的电网因子：全国、区域、省、剔除市场化交易、化石能源电力、碳市场",
            "the grid factors of power whose bill names no series: national, regional, provincial, residual, fossil, ETS",
        ),
        listed=power.series_choices,
        since=4,
    ),
    Option(
        "grid_factor_year",
        Text("电网因子年份", "year of grid factors"),
        power.NOT_AFTER,
        Text(
            "not_after：不晚于报告期的最新年份，两期同用；latest：已公布的最新年份(GB/T 32150-2025)，两期同用；each：各期用当年的",
            "not_after: the latest not after the report year, for both periods; latest: the latest published (GB/T 32150-2025), "
            "for both periods; each: that of each period",
        ),
        (
            (power.NOT_AFTER, Text("不晚于报告期", "report year")),
            (power.LATEST, Text("最新公布", "latest")),
            (power.EACH, Text("各期当年", "each period")),
        ),
        since=4,
    ),
    Option(
        "green_power",
        Text("绿电的排放", "green power"),
        green.TRADED,
        Text(
            "排放计 0 的电量：自发、直供和市场化绿电(GB/T 32151.34-2024 D.1.1)；或连同绿证；或只有自发和直供",
            "power that emits 0: own, direct and traded (GB/T 32151.34-2024 D.1.1); with certificates too; or only own and direct",
        ),
        (
            (green.PHYSICAL, Text("自发和直供", "own and direct")),
            (green.TRADED, Text("含市场化绿电", "and traded")),
            (green.CERTIFICATES, Text("含绿证", "and certificates")),
        ),
        since=4,
    ),
    Option(
        "non_fossil_counting",
        Text("非化石电量", "non-fossil power"),
        green.ALL,
        Text(
            "计作非化石能源的电量：全部绿电，或只有自发和直供(物理认定)；另一口径的占比列在旁边",
            "power counted as non-fossil: all green power, or only own and direct (physical); the share by the other stands beside",
        ),
        ((green.ALL, Text("全部绿电", "all green")), (green.PHYSICAL, Text("自发和直供", "own and direct"))),
        since=4,
    ),
    Option(
        "green_evidence",
        Text("绿电的证明材料", "evidence of green power"),
        green.WARN,
        Text(
            "没有证明材料的绿电：警告，仍按绿电计；或排放、能源都按电网电量计",
            "green power without evidence: a warning, counted as green; or taken as grid power in emissions and energy",
        ),
        (
            (green.WARN, Text("没有则警告", "warning")),
            (green.REQUIRED, Text("没有按电网计", "required")),
        ),
        since=4,
    ),
)
BY_NAME = {option.name: option for option in OPTIONS}
#: The defaults; an option without one is not among them until somebody states it.
DEFAULTS = {option.name: option.default for option in OPTIONS if option.default is not None}


def find_option(name: str) -> Option:
    if name not in BY_NAME:
        raise JwdtError(
            Text("没有选项“{name}”，可用：{all}", "no option “{name}”; there are: {all}").fill(
                name=short(name), all=", ".join(BY_NAME)
            ),
            "unknown-option",
        )
    return BY_NAME[name]
