"""Greenhouse gases: CO2 equivalent with GWP100, and the accounting of GB/T 32150."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text
from .names import Index, split, table

#: Assessment reports of the IPCC. AR2 is for reports by the corporate guidelines of 2013–2015.
GWP_SETS = ("AR2", "AR4", "AR5", "AR6")

#: The categories of GB/T 32150 and the sign with which they enter the total.
CATEGORIES = {
    "fuel": 1,
    "process": 1,
    "purchased_electricity": 1,
    "purchased_heat": 1,
    "exported_electricity": -1,
    "exported_heat": -1,
    "recovered": -1,
}
CATEGORY_NAMES = {
    "fuel": Text("燃料燃烧", "fuel combustion"),
    "process": Text("工业生产过程", "process"),
    "purchased_electricity": Text("购入电力", "purchased electricity"),
    "purchased_heat": Text("购入热力", "purchased heat"),
    "exported_electricity": Text("输出电力", "exported electricity"),
    "exported_heat": Text("输出热力", "exported heat"),
    "recovered": Text("回收利用", "recovered or used"),
}


class Gas(NamedTuple):
    """A greenhouse gas and its GWP100 by assessment report; a report that does not list it is absent."""

    code: str
    name: Text
    formula: str
    gwp: dict[str, float]
    source: str
    confidence: str


@cache
def blends() -> tuple[tuple[Gas, list[str]], ...]:
    """Refrigerants that are blends, each with its names: GWP by the mass fractions of its parts, where all are listed."""
    by_code = {gas.code: gas for gas in _pure()}
    found = []
    for row in table("blends"):
        parts = [(by_code[code], float(share)) for code, share in (part.split() for part in split(row["parts"]))]
        known = [name for name in GWP_SETS if all(name in gas.gwp for gas, _ in parts)]
        worth = {name: math.fsum(gas.gwp[name] * share for gas, share in parts) for name in known}
        source = f"{row['source']}; {parts[0][0].source}"
        blend = Gas(row["code"], Text(row["code"], row["code"]), "", worth, source, parts[0][0].confidence)
        found.append((blend, [row["code"], *split(row["aliases"])]))
    return tuple(found)


@cache
def gases() -> tuple[Gas, ...]:
    """The gases of the tables, then the blends."""
    return (*_pure(), *(blend for blend, _ in blends()))


@cache
def _pure() -> tuple[Gas, ...]:
    return tuple(
        Gas(
            row["code"],
            Text(row["name_zh"], row["gas"]),
            row["formula"],
            {name: float(row[name.lower()]) for name in GWP_SETS if row[name.lower()]},
            row["source"],
            row["confidence"],
        )
        for row in table("gwp")
    )


@cache
def named_gases() -> tuple[tuple[Gas, list[str]], ...]:
    """Every gas with all its names. A formula names the first gas that has it: CH4 is the overall value."""
    formulas: dict[str, str] = {}
    for row in table("gwp"):
        formulas.setdefault(row["formula"], row["code"])
    named = []
    for gas, row in zip(_pure(), table("gwp"), strict=True):
        formula = [gas.formula] if formulas[gas.formula] == gas.code else []
        named.append((gas, list(dict.fromkeys([gas.code, *gas.name, *formula, *split(row["aliases"])]))))
    return (*named, *blends())


@cache
def _index() -> Index[Gas]:
    return Index(named_gases())


def find_gas(name: str) -> Gas:
    """The gas of this code, formula or name."""
    found = _index().find(name)
    if len(found) == 1:
        return found[0]
    raise JwdtError(
        Text(
            "没有温室气体“{name}”，请用代码，例如 CO2、CH4、N2O、HFC-134a、SF6",
            "no greenhouse gas “{name}”; use a code such as CO2, CH4, N2O, HFC-134a, SF6",
        ).fill(name=name),
        "unknown-gas",
    )


def find_gwp_set(name: str) -> str:
    if name.strip().upper() in GWP_SETS:
        return name.strip().upper()
    raise JwdtError(
        Text("GWP 须为 {s} 之一，实为“{v}”", "GWP set must be one of {s}, got “{v}”").fill(
            s=" / ".join(GWP_SETS), v=name
        ),
        "unknown-gwp-set",
    )


def gwp(gas: Gas, gwp_set: str) -> float:
    """GWP100 (t CO2e per t) of a gas in one assessment report."""
    if gwp_set not in gas.gwp:
        raise JwdtError(
            Text(
                "{set} 未列 {gas} 的 GWP；有该气体的报告：{have}",
                "{set} has no GWP of {gas}; reports that have it: {have}",
            ).fill(set=gwp_set, gas=gas.code, have="、".join(gas.gwp)),
            "no-gwp",
        )
    return gas.gwp[gwp_set]


def co2e(gas: Gas, amount_t: float, gwp_set: str = "AR5", biomass: bool = False) -> float:
    """CO2 equivalent (t) of an amount (t). CO2 from biomass is 0; its CH4 and N2O count."""
    return 0.0 if biomass and gas.code == "CO2" else amount_t * gwp(gas, gwp_set)
