"""Energy: standard coal by GB/T 2589, primary energy and its non-fossil part."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text, number
from .names import Index, split, suggestion, table

#: kJ in one kg of standard coal (7000 kcal).
KJ_PER_KGCE = 29307.6

GRID, OWN_RENEWABLE, DIRECT_GREEN, TRADED_GREEN, CERTIFICATE, SOLD, SOLD_RENEWABLE = ORIGINS = (
    "grid",
    "own_renewable",
    "direct_green",
    "traded_green",
    "certificate",
    "sold",
    "sold_renewable",
)
#: What a fuel may be said to be, where it might be made from another fuel of the form.
BOUGHT = "bought"
ORIGIN_NAMES = {
    GRID: Text("电网(无绿证、非直供)", "grid (no certificate or direct contract)"),
    OWN_RENEWABLE: Text("自发可再生", "own renewable"),
    DIRECT_GREEN: Text("绿电直供", "direct green power"),
    TRADED_GREEN: Text("市场化绿电", "traded green power"),
    CERTIFICATE: Text("绿证", "certificate"),
    SOLD: Text("外售", "sold"),
    SOLD_RENEWABLE: Text("自发上网", "own renewable fed in"),
    BOUGHT: Text("外购(燃料)", "bought (fuels)"),
}
ELECTRICITY = "electricity_equivalent"
#: The table of energies that have no coefficient.
MEASURED = "energy_by_measurement"
FOSSIL, NONFOSSIL, DEPENDS, MEDIUM = "fossil", "nonfossil", "depends", "medium"


class Energy(NamedTuple):
    """An energy and its coefficient to standard coal, kgce per unit; low and high differ where a range is printed."""

    code: str
    name: Text
    low: float | None
    high: float | None
    unit: str
    fossil: str
    edition: str
    source: str
    confidence: str
    note: str

    @property
    def is_electricity(self) -> bool:
        return self.code == ELECTRICITY

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    @property
    def is_measured(self) -> bool:
        """Whether it has no coefficient: an own one is needed, or the measured heat value."""
        return self.low is None and not self.edition


@cache
def energies() -> tuple[Energy, ...]:
    return tuple(
        Energy(
            row["energy"],
            Text(row["name_zh"], row["name_en"]),
            float(row["coef_low"]) if row["coef_low"] else None,
            float(row["coef_high"]) if row["coef_high"] else None,
            row["unit"],
            row["fossil_class"],
            row["edition"],
            row["source"],
            row["confidence"],
            row["note"],
        )
        for row in table("energy")
    ) + tuple(
        # What statistics name and GB/T 2589 gives no single coefficient for: it must be measured.
        Energy(
            row["energy"],
            Text(row["name_zh"], row["name_en"]),
            None,
            None,
            row["unit"],
            row["fossil_class"],
            "",
            row["source"],
            "",
            "",
        )
        for row in table(MEASURED)
    )


@cache
def named_energies() -> tuple[tuple[Energy, list[str]], ...]:
    """Every energy with all its names; its code is for programs, not a name."""
    return tuple(
        (energy, list(dict.fromkeys([*energy.name, *split(row["aliases"])])))
        for energy, row in zip(energies(), (*table("energy"), *table(MEASURED)), strict=True)
    )


@cache
def _index() -> Index[Energy]:
    return Index(named_energies())


def find_energy(name: str) -> Energy:
    """The energy of this name."""
    found = _index().find(name)
    if len(found) == 1:
        return found[0]
    if found:
        raise JwdtError(
            Text("“{name}”有多个：{c}", "“{name}” is ambiguous: {c}").fill(
                name=name, c="、".join(e.name.zh for e in found)
            ),
            "ambiguous-energy",
        )
    similar = [e for e in energies() if name.strip() and (name.strip() in e.name.zh or e.name.zh in name)][:4]
    raise JwdtError(
        Text("GB/T 2589 表中没有能源“{name}”{hint}", "energy “{name}” is not in the table of GB/T 2589{hint}").fill(
            name=name, hint=suggestion("、".join(e.name.zh for e in similar))
        ),
        "unknown-energy",
    )


def coefficient(
    energy: Energy,
    own: float | None = None,
    net_calorific_value: float | None = None,
    electricity: float | None = None,
) -> float:
    """kgce per unit of the table: own value, or measured heat value (kJ per unit) / 29307.6, or the table's.

    A range is never averaged: without an own value inside it or a measured heat value it is an error.
    All electricity takes the coefficient of the result's convention.
    """
    if own is not None:
        if (
            energy.is_range
            and energy.low is not None
            and energy.high is not None
            and not energy.low <= own <= energy.high
        ):
            raise JwdtError(
                Text(
                    "“{name}”的系数须在 {low}–{high} {unit} 之内，实为 {v}",
                    "coefficient of “{name}” must lie within {low}–{high} {unit}, got {v}",
                ).fill(name=energy.name, low=energy.low, high=energy.high, unit=f"kgce/{energy.unit}", v=number(own)),
                "outside-range",
            )
        return own
    if net_calorific_value is not None:
        return net_calorific_value / KJ_PER_KGCE
    if energy.is_electricity and electricity is not None:
        return electricity
    if energy.is_measured:
        raise JwdtError(
            Text(
                "GB/T 2589 没有“{name}”的系数：请给出自有折标系数(如 205-1 表采用折标系数)或实测热值",
                "GB/T 2589 has no coefficient of “{name}”: give your own (as in form 205-1) or the measured heat value",
            ).fill(name=energy.name),
            "no-coefficient",
        )
    if energy.low is None:
        raise JwdtError(
            Text(
                "“{name}”没有固定系数：请按“电力”填写，并在选项 electricity_coefficient 给出当年数值",
                "“{name}” has no fixed coefficient: enter 电力 and give the year's value in option electricity_coefficient",
            ).fill(name=energy.name),
            "no-coefficient",
        )
    if energy.is_range:
        raise JwdtError(
            Text(
                "“{name}”的折标系数是区间 {low}–{high} {unit}：请给出实测热值或区间内的数值",
                "the coefficient of “{name}” is a range {low}–{high} {unit}: give the measured heat value or a number inside it",
            ).fill(name=energy.name, low=energy.low, high=energy.high, unit=f"kgce/{energy.unit}"),
            "range-coefficient",
        )
    return energy.low
