"""What the sheet of conversions and months says: headings, and of each conversion how and by what source."""

from __future__ import annotations

from ...messages import Text
from ...standard import energy, heat_values, steam, volumes
from .places import MONTH_KEYS, MONTH_TITLES

LEAD = Text(
    "只是计算器：上面换算单位，下面把十二个月加成账单的一行；结果请自己填进（或选择性粘贴数值到）各表，本表不参加评价，也不随 jwdt fill 转入新表。",
    "A calculator only: above it converts units, below it adds twelve months up to a row of the bills. Type the results into the sheets (or paste them as values); nothing here is evaluated, or carried over by jwdt fill.",
)
CONVERSIONS = Text("一、换算", "1. Conversions")
BILLS = Text("二、十二个月合计成账单的一行", "2. Twelve months, added up to a row of the bills")
TITLES = {
    "unit": Text("任意单位", "any unit"),
    "steam": Text("蒸汽 t → GJ", "steam, t → GJ"),
    "heat": Text("热值", "heat value"),
    "litres": Text("油品 升 → t", "oil, litres → t"),
    "gas": Text("气体 工况 m3 → Nm3", "gas, m3 as metered → Nm3"),
}
#: Headings of what is typed, and of the results.
_AMOUNT = Text("数量", "amount")
HEADS: dict[str, dict[str, Text]] = {
    "unit": {"one": _AMOUNT, "two": Text("原单位", "unit"), "three": Text("换成", "into"), "first": Text("结果", "result"), "second": Text("单位", "unit")},
    "steam": {"one": Text("蒸汽 t", "steam t"), "two": Text("绝对压力 MPa", "MPa, absolute"), "three": Text("温度 °C（空：饱和）", "°C (blank: saturated)"), "first": Text("热量 GJ", "heat GJ")},
    "heat": {"one": Text("热值", "heat value"), "two": Text("单位", "unit"), "first": Text("账单用的热值", "as the bills take it"), "second": Text("单位", "unit")},
    "litres": {"one": Text("升 L", "litres"), "two": Text("密度 kg/L", "density kg/L"), "first": Text("t", "t")},
    "gas": {"one": Text("工况 m3", "m3 as metered"), "two": Text("表压 kPa", "gauge kPa"), "three": Text("温度 °C", "°C"), "first": Text("Nm3（0 °C）", "Nm3 (0 °C)"), "second": Text("m3（20 °C）", "m3 (20 °C)")},
    "months": {
        "one": Text("账单行号", "row of the bills"), "two": Text("时期\n空：报告期", "period\nblank: report"), "three": Text("各月单位\n空：同账单", "months' unit\nblank: the bill's"),
        "first": Text("合计", "sum"), "second": Text("折合\n账单单位", "in the\nbill's unit"), "third": Text("账单现值", "the bill now"), **dict(zip(MONTH_KEYS, MONTH_TITLES, strict=True)),
    },
}  # fmt: skip
#: How each is converted, and by what.
SOURCES = {
    "unit": Text("按单位的定义 [law]；m3 一律视为标准状态，与 Nm3 相同", "by the definition of the units [law]; m3 are those of the standard state, as Nm3"),
    "steam": Text(f"t × (焓 − {steam.WATER_AT_20:g}) ÷ 1000，GB/T 32151 系列 [law]；焓按 IAPWS-IF97 计算的表双线性内插 [choice]；表压加 0.1 MPa", f"t × (enthalpy − {steam.WATER_AT_20:g}) / 1000, GB/T 32151 series [law]; enthalpy of a table computed by IAPWS-IF97, bilinear [choice]; to gauge pressure add 0.1 MPa"),
    "heat": Text(f"1 kcal = {heat_values.KCAL:g} kJ（国际蒸汽表卡）；1 kgce = 7000 kcal = {energy.KJ_PER_KGCE:g} kJ，GB/T 2589 [law]；须为低位（净）热值", f"1 kcal = {heat_values.KCAL:g} kJ (International Table); 1 kgce = 7000 kcal = {energy.KJ_PER_KGCE:g} kJ, GB/T 2589 [law]; must be the net calorific value"),
    "litres": Text("升 × 密度 ÷ 1000；密度随牌号和季节不同，没有缺省值，用送货单或化验单上的 [choice]", "litres × density / 1000; density differs by grade and season: no default, take that of the delivery note or laboratory [choice]"),
    "gas": Text(f"m3 × (表压 + {volumes.ATMOSPHERE:g}) ÷ {volumes.ATMOSPHERE:g} × T0 ÷ (°C + {volumes.FREEZING:g})，按理想气体 [choice]；Nm3：0 °C、101.325 kPa；20 °C：天然气贸易计量，GB/T 19205 [law]。热值、因子是哪种状态的就用哪种", f"m3 × (gauge + {volumes.ATMOSPHERE:g}) / {volumes.ATMOSPHERE:g} × T0 / (°C + {volumes.FREEZING:g}), as an ideal gas [choice]; Nm3: 0 °C, 101.325 kPa; 20 °C: trade in natural gas, GB/T 19205 [law]. Take the state that the heat value and the factor are of"),
}  # fmt: skip
HELP = {
    "months.one": Text("“能源与过程账单”左边的行号，从 5 开始", "the number left of the row on sheet Bills, from 5"),
    "months.two": Text("空白为报告期", "blank: the report period"),
    "months.three": Text("空白与账单该行相同；不同的自动折合", "blank: that of the bill's row; another is converted"),
}
