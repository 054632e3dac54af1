"""Cell functions of the group quantities: heat of steam, methane of waste water, units."""

from __future__ import annotations

from ..messages import Text
from ..standard import steam, wastewater
from ..standard.units import converted
from .arguments import number, text
from .catalogue import cell_function

__all__ = ["JWDT_CONVERT", "JWDT_STEAM_GJ", "JWDT_WASTEWATER_CH4"]


@cell_function(
    "quantities",
    Text(
        "蒸汽的热量 = 吨数 × (焓 − 83.74) ÷ 1000；焓按压力和温度查表(IAPWS-IF97)。",
        "Heat of steam = tonnes × (enthalpy − 83.74) ÷ 1000, the enthalpy by pressure and temperature (IAPWS-IF97).",
    ),
    Text("GJ", "GJ"),
    Text(
        "GB/T 32151 系列 [law]；焓表按 IAPWS-IF97 计算，双线性内插 [choice]",
        "GB/T 32151 series [law]; table computed by IAPWS-IF97, bilinear [choice]",
    ),
    steam_t=number("蒸汽量，t，不小于 0", "steam, t, ≥ 0", minimum=0, unit="t"),
    pressure_mpa=number("绝对压力，MPa，0.1–16(表压加 0.1)", "absolute pressure, MPa, 0.1–16 (gauge + 0.1)", above=0),
    temperature_c=number("温度，°C；空白为饱和蒸汽", "temperature, °C; blank: saturated", optional=True, above=0),
)
def JWDT_STEAM_GJ(steam_t: float, pressure_mpa: float, temperature_c: float | None = None) -> float:
    return steam.steam_gj(steam_t, pressure_mpa, temperature_c)


@cell_function(
    "quantities",
    Text(
        "废水处理的 CH4 = 去除的 COD × Bo × MCF − 回收。",
        "CH4 of waste-water treatment = COD removed × Bo × MCF − recovered.",
    ),
    Text("t CH4", "t CH4"),
    Text(
        "行业核算指南 [law]；Bo 0.25、MCF 0.8(深厌氧) 为缺省值",
        "sector guidelines [law]; defaults Bo 0.25, MCF 0.8 (deep anaerobic)",
    ),
    cod_t=number("去除的 COD，t，不小于 0", "COD removed, t, ≥ 0", minimum=0, unit="t"),
    mcf=number(
        "甲烷修正因子，0–1，默认 0.8",
        "methane correction factor, 0–1, default 0.8",
        optional=True,
        minimum=0,
        maximum=1,
    ),
    bo=number(
        "最大产甲烷能力，t CH4/t COD，大于 0、不大于 1，默认 0.25",
        "largest methane yield, t CH4/t COD, above 0, at most 1, default 0.25",
        optional=True,
        above=0,
        maximum=1,
    ),
    recovered_t=number("回收的 CH4，t，默认 0", "CH4 recovered, t, default 0", optional=True, minimum=0, unit="t"),
)
def JWDT_WASTEWATER_CH4(
    cod_t: float, mcf: float | None = None, bo: float | None = None, recovered_t: float | None = None
) -> float:
    return wastewater.methane(
        cod_t,
        wastewater.DEEP_ANAEROBIC if mcf is None else mcf,
        wastewater.LARGEST_YIELD if bo is None else bo,
        recovered_t or 0.0,
    )


@cell_function(
    "quantities",
    Text(
        "单位换算：质量、体积、能量、金额等，名称与表格相同。",
        "Converts between units of mass, volume, energy, money …, by the names the forms take.",
    ),
    Text("换算后的数值", "the amount in the other unit"),
    Text("单位的定义 [law]", "the definition of the units [law]"),
    value=number("数值", "the amount"),
    from_unit=text("原单位，例如 t、万Nm3、亿kWh", "its unit, e.g. t, 10^4 Nm3, 10^8 kWh"),
    to_unit=text("目标单位，须同量纲", "the other unit, of the same kind"),
)
def JWDT_CONVERT(value: float, from_unit: str, to_unit: str) -> float:
    return converted(value, from_unit, to_unit)
