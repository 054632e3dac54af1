"""Units of amounts: the literals of the assessment file, what they measure and how they convert."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, one_of
from .names import Index


class Unit(NamedTuple):
    """A unit: its literal, what it measures, and how many of the dimension's first unit it is."""

    code: str
    dimension: str
    factor: float
    aliases: tuple[str, ...] = ()


UNITS = (
    Unit("kg", "mass", 1.0, ("千克", "公斤")),
    Unit("mg", "mass", 1e-6, ("毫克",)),
    Unit("g", "mass", 1e-3, ("克",)),
    Unit("t", "mass", 1e3, ("吨", "公吨", "tonne", "tonnes")),
    Unit("万t", "mass", 1e7, ("万吨", "10^4 t")),
    Unit("m3", "volume", 1.0, ("m³", "Nm3", "Nm³", "立方米", "标准立方米", "方", "立方", "标方", "标立方", "标立方米")),
    Unit(
        "万m3",
        "volume",
        1e4,
        (
            "万m³",
            "万Nm3",
            "10^4 Nm3",
            "10^4 m3",
            "万立方米",
            "万标准立方米",
            "万Nm³",
            "万方",
            "万立方",
            "万标方",
            "万标立方",
            "万标立方米",
        ),
    ),
    Unit("kJ", "energy", 1.0, ("千焦",)),
    Unit("MJ", "energy", 1e3, ("兆焦",)),
    Unit("GJ", "energy", 1e6, ("吉焦", "百万千焦")),
    Unit("kWh", "energy", 3600.0, ("千瓦时", "千瓦小时", "度", "度电", "kW·h", "kW.h")),
    Unit("MWh", "energy", 3.6e6, ("兆瓦时", "兆瓦小时", "MW·h", "MW.h")),
    Unit("万kWh", "energy", 3.6e7, ("万千瓦时", "万千瓦小时", "万度", "万度电", "10^4 kWh", "万kW·h")),
    Unit("亿kWh", "energy", 3.6e11, ("亿千瓦时", "亿千瓦小时", "亿度", "10^8 kWh", "亿kW·h")),
    Unit("kgce", "coal", 1.0, ("千克标准煤", "千克标煤", "公斤标准煤", "kg标准煤", "kg标煤")),
    Unit("tce", "coal", 1e3, ("吨标准煤", "吨标煤", "t标准煤", "t标煤", "吨煤当量")),
    Unit("万tce", "coal", 1e7, ("万吨标准煤", "万吨标煤", "10^4 tce")),
    Unit("t wastewater", "wastewater", 1.0, ("t废水", "t污水", "吨废水", "吨污水", "t waste water")),
    Unit("万元", "money", 1.0, ("10^4 yuan",)),
    Unit("元", "money", 1e-4, ("yuan", "CNY", "RMB")),
    Unit("亿元", "money", 1e4, ("10^8 yuan",)),
    Unit("head", "head", 1.0, ("头",)),
    Unit("bird", "bird", 1.0, ("羽", "只")),
    Unit("bed", "bed", 1.0, ("床", "张床")),
    Unit("dimensionless", "level", 1.0, ("无量纲", "级", "level", "grade")),
)

#: Units as people write them where the literal is of the other language.
_LABELS = {
    "万t": Text("万t", "10^4 t"),
    "万m3": Text("万m3", "10^4 m3"),
    "万kWh": Text("万kWh", "10^4 kWh"),
    "亿kWh": Text("亿kWh", "10^8 kWh"),
    "万tce": Text("万tce", "10^4 tce"),
    "t wastewater": Text("t废水", "t wastewater"),
    "万元": Text("万元", "10^4 yuan"),
    "元": Text("元", "yuan"),
    "亿元": Text("亿元", "10^8 yuan"),
    "head": Text("头", "head"),
    "bird": Text("羽", "bird"),
    "bed": Text("床", "bed"),
    "dimensionless": Text("无量纲", "dimensionless"),
}

_INDEX = Index((unit, (unit.code, *unit.aliases)) for unit in UNITS)
BY_CODE = {unit.code: unit for unit in UNITS}


def unit_label(code: str) -> Text:
    """A unit as people write it in each language; both are names of it."""
    return _LABELS.get(code, Text(code, code))


def unit_of_label(text: str) -> str:
    """The literal of a unit written as its label, else the text."""
    return next((code for code, label in _LABELS.items() if text in label), text)


def for_wastewater(code: str) -> str:
    """The unit of amounts of waste water, of which people write t alone."""
    return "t wastewater" if code == "t" else code


def of_dimensions(dimensions: Iterable[str]) -> tuple[Unit, ...]:
    """The units that measure one of these."""
    wanted = tuple(dimensions)
    return tuple(unit for unit in UNITS if unit.dimension in wanted)


def find_unit(text: str, dimensions: Iterable[str]) -> Unit:
    """The unit written as text, which must measure one of these.

    Case does not matter, except that Mg is not taken for mg.
    Raises JwdtError listing the possible units.
    """
    return _find_unit(text, tuple(dimensions))


@lru_cache(maxsize=1024)
def _find_unit(text: str, dimensions: tuple[str, ...]) -> Unit:
    possible = of_dimensions(dimensions)
    exact = [unit for unit in possible if text.strip() in (unit.code, *unit.aliases)]
    for unit in exact or [unit for unit in _INDEX.find(text) if unit in possible and unit.code != "mg"]:
        return unit
    raise JwdtError(
        Text("单位必须是 {possible} 之一，实为“{got}”", "unit must be one of {possible}, got “{got}”").fill(
            possible=one_of(((unit.code, unit_label(unit.code)) for unit in possible), " / "), got=text
        ),
        "impossible-unit",
    )


def convert(amount: float, unit: Unit, to: Unit) -> float:
    """An amount in another unit of the same dimension."""
    if unit.factor == to.factor:
        return amount
    return amount * (unit.factor / to.factor) if unit.factor > to.factor else amount / (to.factor / unit.factor)


def converted(amount: float, unit: str, to: str) -> float:
    """An amount in another unit, both by any of their names."""
    return convert(amount, *_pair(unit, to))


@lru_cache(maxsize=1024)
def _pair(unit: str, to: str) -> tuple[Unit, Unit]:
    """The units of two names that measure the same."""
    dimensions = tuple(dict.fromkeys(u.dimension for u in UNITS))
    known = find_unit(unit, dimensions)
    return known, find_unit(to, [known.dimension])
