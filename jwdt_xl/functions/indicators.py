"""Cell functions of the group indicators: the values of the built-in guide."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text
from ..standard import indicators as ind
from .arguments import flag, number, text
from .catalogue import absent, cell_function

__all__ = [
    "JWDT_CARBON_INTENSITY",
    "JWDT_CARBON_PRODUCTIVITY",
    "JWDT_EQUIVALENT_INTENSITY",
    "JWDT_MANAGEMENT",
    "JWDT_MATERIAL_INTENSITY",
    "JWDT_NONFOSSIL_SHARE",
    "JWDT_POLICY",
    "JWDT_RESIDUAL_ENERGY_INTENSITY",
    "JWDT_SYNERGY",
]

_NOTE_RATIO = Text("编制说明表 1 [note]；计算式 [choice]", "drafting note, table 1 [note]; formula [choice]")
_OUTPUT = number("报告期产品产量，大于 0", "output of the report period, above 0", minimum=0)
_CO2E = number("报告期碳排放量，t CO2e，大于 0", "emissions of the report period, t CO2e, above 0", unit="t")


def synergy_arguments() -> dict[str, tuple[Text, dict[str, object]]]:
    """The arguments of the degree of synergy and its score."""
    return {
        "p0": number("基准期污染物当量，大于 0", "pollutant equivalents of the base period, above 0", minimum=0),
        "p1": number("报告期污染物当量", "pollutant equivalents of the report period", minimum=0),
        "c0": number("基准期碳排放，t CO2e，大于 0", "emissions of the base period, t CO2e, above 0"),
        "c1": number("报告期碳排放，t CO2e", "emissions of the report period, t CO2e"),
        "q0": number(
            "基准期产量；给出两期产量则按单位产品计算",
            "output of the base period; with both outputs per unit product",
            optional=True,
            minimum=0,
        ),
        "q1": number("报告期产量", "output of the report period", optional=True, minimum=0),
    }


def synergy_of(
    p0: float, p1: float, c0: float, c1: float, q0: float | None, q1: float | None, floor: float = 0.0
) -> ind.Synergy:
    if (q0 is None) != (q1 is None):
        raise JwdtError(Text("基准期、报告期产量须同时给出或同时省略", "give both q0 and q1 or neither"), "one-output")
    return ind.synergy(p0, p1, c0, c1, q0, q1, floor)


@cell_function(
    "indicators",
    Text(
        "减污降碳协同度 S = 污染物减排率 ÷ 碳减排率；两者未同时下降时返回情形说明。",
        "Degree of synergy S = reduction rate of pollutants ÷ of carbon; the case in words unless both fall.",
    ),
    Text("S，或情形说明", "S, or the sentence of the case"),
    _NOTE_RATIO,
    **synergy_arguments(),
)
def JWDT_SYNERGY(
    p0: float, p1: float, c0: float, c1: float, q0: float | None = None, q1: float | None = None
) -> float | Text:
    synergy = synergy_of(p0, p1, c0, c1, q0, q1)
    return ind.CASE_NAMES[synergy.case] if synergy.value is None else synergy.value


@cell_function(
    "indicators",
    Text("单位产品污染物排放当量 = 当量 ÷ 产量。", "Pollutant equivalents per unit product = equivalents ÷ output."),
    Text("AP/单位产品", "AP per unit product"),
    _NOTE_RATIO,
    equivalents=number("报告期污染物当量，不小于 0", "pollutant equivalents of the report period, ≥ 0", minimum=0),
    output=_OUTPUT,
)
def JWDT_EQUIVALENT_INTENSITY(equivalents: float, output: float) -> float:
    return ind.equivalent_intensity(equivalents, output)


@cell_function(
    "indicators",
    Text("单位产品碳排放量 = 碳排放 × 1000 ÷ 产量。", "Carbon emissions per unit product = emissions × 1000 ÷ output."),
    Text("kg/单位产品", "kg per unit product"),
    _NOTE_RATIO,
    co2e_t=_CO2E,
    output=_OUTPUT,
)
def JWDT_CARBON_INTENSITY(co2e_t: float, output: float) -> float:
    return ind.carbon_intensity(co2e_t, output)


@cell_function(
    "indicators",
    Text("碳生产率 = 产值 ÷ 碳排放。", "Carbon productivity = output value ÷ emissions."),
    Text("万元/t", "10^4 yuan per t"),
    _NOTE_RATIO,
    value_10k_yuan=number(
        "报告期产值，万元，不小于 0", "output value of the report period, 10^4 yuan, ≥ 0", minimum=0, unit="万元"
    ),
    co2e_t=_CO2E,
)
def JWDT_CARBON_PRODUCTIVITY(value_10k_yuan: float, co2e_t: float) -> float:
    return ind.carbon_productivity(value_10k_yuan, co2e_t)


@cell_function(
    "indicators",
    Text(
        "非化石能源占一次能源消费比重 = 100 × 非化石 ÷ 一次能源总量。",
        "Non-fossil share of primary energy = 100 × non-fossil ÷ total.",
    ),
    Text("%", "%"),
    _NOTE_RATIO,
    nonfossil_tce=number("非化石能源，tce，不小于 0", "non-fossil energy, tce, ≥ 0", minimum=0, unit="tce"),
    primary_tce=number("一次能源消费总量，tce，大于 0", "total primary energy, tce, above 0", minimum=0, unit="tce"),
)
def JWDT_NONFOSSIL_SHARE(nonfossil_tce: float, primary_tce: float) -> float:
    return ind.nonfossil_share(nonfossil_tce, primary_tce)


@cell_function(
    "indicators",
    Text("单位产品原辅料消耗量 = 原辅料 ÷ 产量。", "Raw and auxiliary material per unit product = material ÷ output."),
    Text("kg/单位产品", "kg per unit product"),
    _NOTE_RATIO,
    material_kg=number("原辅料合计，kg，不小于 0", "total material, kg, ≥ 0", minimum=0, unit="kg"),
    output=_OUTPUT,
)
def JWDT_MATERIAL_INTENSITY(material_kg: float, output: float) -> float:
    return ind.material_intensity(material_kg, output)


@cell_function(
    "indicators",
    Text("单位产品余能利用量 = 余能利用 ÷ 产量。", "Recovered residual energy per unit product = energy ÷ output."),
    Text("kJ/单位产品", "kJ per unit product"),
    _NOTE_RATIO,
    energy_kj=number("余能利用量，kJ，不小于 0", "recovered residual energy, kJ, ≥ 0", minimum=0, unit="kJ"),
    output=_OUTPUT,
)
def JWDT_RESIDUAL_ENERGY_INTENSITY(energy_kj: float, output: float) -> float:
    return ind.residual_energy_intensity(energy_kj, output)


#: How an answer may be typed: by its code, its names, or what the form says of it.
_RECOMMENDED_WORDS = {
    code: (code, *ind.RECOMMENDED_NAMES[code], *more)
    for code, more in {"yes": ("全部",), "partly": (), "no": ("未使用",)}.items()
}
_QUALITATIVE = Text("编制说明表 1 [note]；分级 [choice]", "drafting note, table 1 [note]; grades [choice]")


@cell_function(
    "indicators",
    Text(
        "产业政策执行情况的等级：是 1、部分 0.5、否 0；存在淘汰类一律为 0。",
        "Grade of industrial policy: yes 1, partly 0.5, no 0; anything on the elimination list makes it 0.",
    ),
    Text("0–1", "0–1"),
    _QUALITATIVE,
    recommended=text(
        "使用国家或地方推荐的先进工艺装备：是/部分/否",
        "uses recommended processes and equipment: yes/partly/no",
        optional=True,
    ),
    elimination_list=flag("存在淘汰类工艺装备：是/否", "has anything on the elimination list: yes/no", optional=True),
)
def JWDT_POLICY(recommended: str | None = None, elimination_list: bool | None = None) -> float:
    answer = _recommended(recommended)
    grade = ind.policy(answer, elimination_list)
    if grade is None:
        name = "elimination_list" if elimination_list is None else "recommended"
        raise absent("JWDT_POLICY", name)
    return grade


def _recommended(word: str | None) -> str | None:
    if word is None:
        return None
    for answer, words in _RECOMMENDED_WORDS.items():
        if word.lower() in words:
            return answer
    raise JwdtError(
        Text(
            "推荐的先进工艺装备须为 是、部分 或 否，实为“{v}”", "recommended must be yes, partly or no, got “{v}”"
        ).fill(v=word)
    )


@cell_function(
    "indicators",
    Text(
        "节能减排管理等级：建立制度 0.5，有效执行再加 0.5。",
        "Grade of management: system established 0.5, effectively carried out another 0.5.",
    ),
    Text("0–1", "0–1"),
    _QUALITATIVE,
    established=flag("已建立节能减排管理制度：是/否", "management system established: yes/no"),
    effective=flag("有效执行并有记录：是/否", "carried out effectively, with records: yes/no", optional=True),
)
def JWDT_MANAGEMENT(established: bool, effective: bool | None = None) -> float:
    grade = ind.management(established, effective)
    if grade is None:
        raise absent("JWDT_MANAGEMENT", "effective")
    return grade
