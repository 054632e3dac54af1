"""CO2 of fuels burnt: amount × net calorific value × carbon content × oxidation rate × 44/12 (GB/T 32150)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, joined, number
from .names import Index, split, table

TABLES = ("B", "A")
CO2_PER_C = 44 / 12
#: GJ per t or 10^4 Nm3: no fuel has more (butane 1235 per 10^4 Nm3), but a heat value in kJ or kcal does.
LARGEST_HEAT_VALUE = 1500.0
#: A heat value is not so many times its default, or that part of it: it was stated in another unit.
FARTHEST_HEAT_VALUE = 5.0
#: What raw coal (原煤), which has no default, may be.
KINDS_OF_COAL = ("无烟煤", "烟煤", "褐煤")


class Fuel(NamedTuple):
    """Default parameters of a fuel in one of the two tables; unit is t or 10^4 Nm3, heat GJ per that unit."""

    table: str
    name: Text
    unit: str
    net_calorific_value: float
    carbon_content: float
    oxidation: float
    source: str
    confidence: str


@cache
def fuels(table_name: str = "B") -> tuple[Fuel, ...]:
    return tuple(_fuel(row) for row in table("fuels") if row["table"] == table_name)


def _fuel(row: dict[str, str]) -> Fuel:
    return Fuel(
        row["table"],
        Text(row["fuel_zh"], row["fuel_en"]),
        row["unit_of_amount"],
        float(row["net_calorific_value"]),
        float(row["carbon_content_tC_per_GJ"]),
        float(row["oxidation_rate_percent"]) / 100,
        row["source"],
        row["confidence"],
    )


@cache
def named_fuels(table_name: str = "B") -> tuple[tuple[Fuel, list[str]], ...]:
    """Every fuel of a table with all its names."""
    rows = [row for row in table("fuels") if row["table"] == table_name]
    return tuple(
        (fuel, list(dict.fromkeys([*fuel.name, *split(row["aliases"])])))
        for fuel, row in zip(fuels(table_name), rows, strict=True)
    )


@cache
def _index(table_name: str) -> Index[Fuel]:
    return Index(named_fuels(table_name))


def find_fuel(name: str, table_name: str = "B") -> Fuel:
    """A fuel of table A or B by any of its names."""
    if table_name not in TABLES:
        raise JwdtError(
            Text("燃料表须为 A 或 B，实为“{v}”", "fuel table must be A or B, got “{v}”").fill(v=table_name),
            "unknown-fuel-table",
        )
    found = _index(table_name).find(name)
    if found:
        return found[0]
    raise JwdtError(
        Text("燃料表 {t} 中没有“{name}”{hint}", "fuel table {t} has no “{name}”{hint}").fill(
            t=table_name, name=name, hint=_instead(name, table_name)
        ),
        "unknown-fuel",
    )


def check_heat_value(value: float, usual: Fuel) -> None:
    """Refuse a heat value, GJ per t or 10^4 Nm3, that was plainly stated in another unit than that of the default."""
    default = usual.net_calorific_value
    if not default / FARTHEST_HEAT_VALUE <= value <= default * FARTHEST_HEAT_VALUE:
        text = Text(
            "低位热值 {v} 与缺省值 {d} 相差 {k} 倍以上：单位须为 GJ/t 或 GJ/万Nm3(1 kcal/kg = 0.0041868 GJ/t，1 MJ/m3 = 10 GJ/万Nm3)",
            "net calorific value {v} is more than {k} times off the default {d}: must be in GJ/t or GJ/10^4 Nm3 (1 kcal/kg = 0.0041868 GJ/t, 1 MJ/m3 = 10 GJ/10^4 Nm3)",
        )
        raise JwdtError(
            text.fill(v=number(value), d=number(default), k=number(FARTHEST_HEAT_VALUE)), "implausible-heat-value"
        )


def _instead(name: str, table_name: str) -> Text:
    """What to do about a fuel that a table lacks."""
    other = [t for t in TABLES if t != table_name and _index(t).find(name)]
    if other:
        return Text("；表 {t} 有", "; table {t} has it").fill(t=other[0])
    measured = Text("；请给出实测热值、含碳量和氧化率", "; give measured heat value, carbon content and oxidation rate")
    if "煤" not in name and "coal" not in name.lower():
        return measured
    coals = joined([fuel.name for fuel in fuels(table_name) if fuel.name.zh in KINDS_OF_COAL])
    return Text("{m}，或按煤种选择：{c}", "{m}, or choose the kind of coal: {c}").fill(m=measured, c=coals)


def fuel_co2(amount: float, net_calorific_value: float, carbon_content: float, oxidation: float) -> float:
    """CO2 (t) of a fuel burnt: amount (t or 10^4 Nm3), GJ per that, tC/GJ, fraction oxidised."""
    return amount * net_calorific_value * carbon_content * oxidation * CO2_PER_C
