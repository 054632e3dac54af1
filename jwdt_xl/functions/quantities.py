"""Cell functions of the group quantities: equivalents, CO2 equivalent, CO2 of fuels, standard coal."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import fuels, greenhouse, power, process
from ..standard.guide.options import DEFAULTS
from .arguments import number, text
from .catalogue import cell_function

__all__ = [
    "JWDT_CO2E",
    "JWDT_ELECTRICITY_CO2",
    "JWDT_EQUIVALENT",
    "JWDT_EQUIVALENTS",
    "JWDT_EQUIVALENT_VALUE",
    "JWDT_FUEL_CO2",
    "JWDT_HEAT_CO2",
    "JWDT_PROCESS_CO2",
    "JWDT_TCE",
]

_LAW_TAX = Text(
    "环境保护税法附表二 [law]；用作附录B是我们的选择 [choice]",
    "Environmental Protection Tax Law, annex 2 [law]; as Annex B [choice]",
)
_LAW_GHG = Text("GB/T 32150 [law]；GWP 取值 [choice]", "GB/T 32150 [law]; GWP set [choice]")
_LAW_ENERGY = Text("GB/T 2589 [law]", "GB/T 2589 [law]")

_MEDIUM = text(
    "介质：水 或 大气；两种介质都有的污染物必填",
    "medium: water or air; needed where both have the pollutant",
    optional=True,
)
_PARAMETER = number(
    "实测值：pH、色度、大肠菌群、余氯必填",
    "measured value: needed for pH, colour, coliforms, residual chlorine",
    optional=True,
    minimum=0,
)
_LIMIT = number(
    "排放限值，大于 0：色度、大肠菌群、余氯必填",
    "limit, above 0: needed for colour, coliforms, residual chlorine",
    optional=True,
    above=0,
)
_POLLUTANT = text("污染物名称或简称，例如 二氧化硫、COD、NOx", "pollutant or its short form, e.g. 二氧化硫, COD, NOx")
_AMOUNT = number(
    "数量，kg(pH 等为废水 t，畜禽为头·月)，不小于 0",
    "amount, kg (waste water t for pH …, head-months for stock), ≥ 0",
    minimum=0,
)

_UNIT = Text(
    "单位：t、kg、g、mg 等质量单位；空白为 kg(pH 等为废水 t)",
    "unit of mass: t, kg, g, mg …; blank: kg (t of waste water for pH …)",
)
_TONNES = number("数量，t，不小于 0", "amount, t, ≥ 0", minimum=0, unit="t")


def _medium(medium: str | None) -> str | None:
    return None if medium is None else eq.find_medium(medium)


@cell_function(
    "quantities",
    Text("污染物的当量值(附录B)。", "Equivalent value of a pollutant (Annex B)."),
    Text("每一当量的数量，kg(或表中单位)", "amount of one equivalent, kg (or the table's unit)"),
    _LAW_TAX,
    pollutant=_POLLUTANT,
    medium=_MEDIUM,
)
def JWDT_EQUIVALENT_VALUE(pollutant: str, medium: str | None = None) -> float:
    found = eq.find_counted(pollutant, _medium(medium))
    if found.kind == eq.PH:
        raise JwdtError(
            Text(
                "pH值 的当量值按 pH 分级，请用 JWDT_EQUIVALENT 并给出实测 pH",
                "the value for pH depends on its class: use JWDT_EQUIVALENT with the pH",
            ),
            "classes",
        )
    return found.value


@cell_function(
    "quantities",
    Text(
        "污染物当量数 = 数量 ÷ 当量值；pH、色度、大肠菌群、余氯按分级或超标计算；VOCs、总氮等只记录，得 0。",
        "Pollutant equivalents = amount ÷ equivalent value; pH, colour, coliforms and chlorine by class or exceedance; recorded ones (VOCs, total nitrogen …) 0.",
    ),
    Text("当量数", "equivalents"),
    _LAW_TAX,
    pollutant=_POLLUTANT,
    amount=_AMOUNT,
    medium=_MEDIUM,
    parameter=_PARAMETER,
    limit=_LIMIT,
    unit=text(*_UNIT, optional=True),
)
def JWDT_EQUIVALENT(
    pollutant: str,
    amount: float,
    medium: str | None = None,
    parameter: float | None = None,
    limit: float | None = None,
    unit: str | None = None,
) -> float:
    return _equivalents(pollutant, amount, medium, parameter, limit, unit)


def _equivalents(
    name: str, amount: float, medium: str | None, parameter: float | None, limit: float | None, unit: str | None
) -> float:
    found = eq.find_pollutant(name, _medium(medium))
    return eq.equivalents(found, eq.in_unit_of_table(found, amount, unit), parameter, limit)


@cell_function(
    "quantities",
    Text(
        "一列污染物各行的当量数，逐行返回(不作重叠取舍)。",
        "Equivalents of a column of pollutants, row by row (no overlap rule).",
    ),
    Text("各行当量数", "equivalents, one per row"),
    _LAW_TAX,
    pollutants=text("污染物名称的区域", "range of pollutant names"),
    amounts=number("数量的区域，kg 等，不小于 0", "range of amounts, kg …, ≥ 0", minimum=0),
    media=text("介质的区域", "range of media", optional=True),
    parameters=number("实测值的区域", "range of measured values", optional=True, minimum=0),
    limits=number("排放限值的区域，大于 0", "range of limits, above 0", optional=True, above=0),
    units=text(
        "质量单位的区域；空白为 kg(pH 等为废水 t)",
        "range of units of mass; blank: kg (t of waste water for pH …)",
        optional=True,
    ),
)
def JWDT_EQUIVALENTS(
    pollutants: str,
    amounts: float,
    media: str | None = None,
    parameters: float | None = None,
    limits: float | None = None,
    units: str | None = None,
) -> float:
    return _equivalents(pollutants, amounts, media, parameters, limits, units)


@cell_function(
    "quantities",
    Text(
        "温室气体的二氧化碳当量 = 数量 × GWP100，逐行返回。",
        "CO2 equivalent of greenhouse gases = amount × GWP100, row by row.",
    ),
    Text("t CO2e", "t CO2e"),
    _LAW_GHG,
    gases=text("气体代码，例如 CO2、CH4、N2O、HFC-134a", "code of the gas, e.g. CO2, CH4, N2O, HFC-134a"),
    amounts_t=_TONNES,
    gwp_set=text("GWP 取值：AR2、AR4、AR5(默认)或 AR6", "AR2, AR4, AR5 (default) or AR6", optional=True),
)
def JWDT_CO2E(gases: str, amounts_t: float, gwp_set: str | None = None) -> float:
    chosen = greenhouse.find_gwp_set(gwp_set or str(DEFAULTS["gwp_set"]))
    return greenhouse.co2e(greenhouse.find_gas(gases), amounts_t, chosen)


@cell_function(
    "quantities",
    Text(
        "燃料燃烧的 CO2 = 数量 × 低位热值 × 含碳量 × 氧化率 × 44/12。",
        "CO2 of a fuel burnt = amount × net calorific value × carbon content × oxidation × 44/12.",
    ),
    Text("t CO2", "t CO2"),
    Text("GB/T 32150 [law]；缺省值表 B 或 A [choice]", "GB/T 32150 [law]; default table B or A [choice]"),
    fuel=text("燃料名称；后三项全给时不查表", "fuel; not looked up where the next three are all given"),
    amount=number("数量，t 或 10^4 Nm3，不小于 0", "amount, t or 10^4 Nm3, ≥ 0", minimum=0),
    ncv=number(
        "低位热值，GJ/t 或 GJ/10^4 Nm3，大于 0、至多 1500",
        "net calorific value, GJ/t or GJ/10^4 Nm3, above 0, at most 1500",
        optional=True,
        above=0,
        maximum=fuels.LARGEST_HEAT_VALUE,
    ),
    carbon_content=number(
        "单位热值含碳量，tC/GJ，0–0.2",
        "carbon content, tC/GJ, 0–0.2",
        optional=True,
        minimum=0,
        maximum=0.2,
        unit="tC/GJ",
    ),
    oxidation=number("氧化率，0–1", "oxidation rate, 0–1", optional=True, minimum=0, maximum=1),
    table=text("缺省值表：B(默认)或 A", "default table: B (default) or A", optional=True),
)
def JWDT_FUEL_CO2(
    fuel: str,
    amount: float,
    ncv: float | None = None,
    carbon_content: float | None = None,
    oxidation: float | None = None,
    table: str | None = None,
) -> float:
    if ncv is None or carbon_content is None or oxidation is None:
        default = fuels.find_fuel(fuel, (table or fuels.TABLES[0]).strip().upper())
        ncv = default.net_calorific_value if ncv is None else ncv
        carbon_content = default.carbon_content if carbon_content is None else carbon_content
        oxidation = default.oxidation if oxidation is None else oxidation
        fuels.check_heat_value(ncv, default)
    return fuels.fuel_co2(amount, ncv, carbon_content, oxidation)


#: tce in one unit in which JWDT_TCE takes an amount, per kgce of the table's unit.
_TCE_UNITS = {"kg": 1.0, "m3": 10.0, "kWh": 1e-3, "MJ": 1.0, "t": 1e-3}


@cell_function(
    "quantities",
    Text("折标准煤 = 数量 × 折标系数，逐行返回。", "Standard coal = amount × coefficient, row by row."),
    Text("tce", "tce"),
    _LAW_ENERGY,
    energies=text("能源名称，例如 原煤、柴油、电力", "energy, e.g. 原煤, 柴油, 电力"),
    amounts=number(
        "数量：固体液体 t，气体 10^4 m3，电力 kWh，热力 GJ，不小于 0",
        "amount: solids and liquids t, gases 10^4 m3, power kWh, heat GJ, ≥ 0",
        minimum=0,
    ),
    electricity_coefficient=number(
        "电力折标系数，kgce/kWh，默认 0.1229",
        "coefficient of electricity, kgce/kWh, default 0.1229",
        optional=True,
        above=0,
        maximum=1,
        unit="kgce/kWh",
    ),
    own_coefficients=number(
        "自有系数，kgce/kg、kgce/m3 等；系数为区间的能源必填",
        "own coefficient, kgce/kg, kgce/m3 …; needed where the table prints a range",
        optional=True,
        above=0,
    ),
)
def JWDT_TCE(
    energies: str, amounts: float, electricity_coefficient: float | None = None, own_coefficients: float | None = None
) -> float:
    return _tce(energies, amounts, electricity_coefficient, own_coefficients)


def _tce(name: str, amount: float, electricity: float | None, own: float | None) -> float:
    energy = energies.find_energy(name)
    if energy.is_electricity and own is not None:
        raise JwdtError(
            Text(
                "全部电力用同一折标系数：请改填电力折标系数，不要填自有系数",
                "all electricity converts alike: use electricity_coefficient instead of own_coefficients",
            ),
            "electricity-coefficient",
        )
    return amount * energies.coefficient(energy, own, electricity=electricity) * _TCE_UNITS[energy.unit]


@cell_function(
    "quantities",
    Text("购入电力的 CO2 = 电量 ÷ 1000 × 电网排放因子。", "CO2 of purchased power = kWh ÷ 1000 × grid factor."),
    Text("t CO2", "t CO2"),
    Text(
        "GB/T 32150 [law]；生态环境部公布的电网因子 [law]；序列的选择 [choice]",
        "GB/T 32150 and published grid factors [law]; choice of series [choice]",
    ),
    kwh=number("电量，kWh，不小于 0", "electricity, kWh, ≥ 0", minimum=0, unit="kWh"),
    factor_year=number("电网因子的年份，例如 2023", "year of the grid factor, e.g. 2023"),
    series=text(
        "序列：全国平均(默认)、华东、浙江、ets_reporting 等",
        "series: national average (default), 华东, 浙江, ets_reporting …",
        optional=True,
    ),
)
def JWDT_ELECTRICITY_CO2(kwh: float, factor_year: float, series: str | None = None) -> float:
    found = power.find_series(series) if series else power.DEFAULT_SERIES
    if factor_year != int(factor_year):
        raise JwdtError(
            Text("电网因子的年份须为整数，实为 {v}", "factor_year must be a whole year, got {v}").fill(v=factor_year)
        )
    return power.electricity_co2(kwh, power.grid_factor(int(factor_year), found).value)


@cell_function(
    "quantities",
    Text(
        "购入热力的 CO2 = 热量 × 排放因子(默认 0.11 tCO2/GJ)。",
        "CO2 of purchased heat = heat × factor (default 0.11 tCO2/GJ).",
    ),
    Text("t CO2", "t CO2"),
    _LAW_GHG,
    heat_gj=number("热量，GJ，不小于 0", "heat, GJ, ≥ 0", minimum=0, unit="GJ"),
    factor=number("自有因子，tCO2/GJ", "own factor, tCO2/GJ", optional=True, minimum=0, unit="tCO2/GJ"),
)
def JWDT_HEAT_CO2(heat_gj: float, factor: float | None = None) -> float:
    return heat_gj * (process.value_of(process.heat_factor()) if factor is None else factor)


@cell_function(
    "quantities",
    Text("工业过程的 CO2 = 数量 × 排放因子。", "CO2 of a process = amount × factor."),
    Text("t CO2", "t CO2"),
    Text(
        "GB/T 32150 [law]；化学计量或核算指南的因子",
        "GB/T 32150 [law]; stoichiometric factors or those of the guidelines",
    ),
    process_name=text(
        "过程或原料名称，例如 石灰石、碳酸镁、电极", "process or raw material, e.g. 石灰石, 碳酸镁, 电极"
    ),
    amount_t=_TONNES,
    factor=number(
        "自有因子，tCO2/t；给出后不查表", "own factor, tCO2/t; then nothing is looked up", optional=True, minimum=0
    ),
)
def JWDT_PROCESS_CO2(process_name: str, amount_t: float, factor: float | None = None) -> float:
    return amount_t * (process.value_of(process.find_process(process_name)) if factor is None else factor)
