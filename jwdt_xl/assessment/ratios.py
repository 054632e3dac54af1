"""Ratios of a whole enterprise that tell a wrong unit in both periods: 度 typed for 万度, 元 for 万元.

One table: what is divided, between which bounds it lies in any industry, and why. Outside of them it is a unit, not a
performance; the bounds are ours [choice] and wide on purpose.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..messages import WARNING, Text
from ..standard import energy as energies
from .conditions import datum, either
from .metered import METERED_BESIDE, kwh_of
from .rules import Rule

if TYPE_CHECKING:
    from .quantities import Quantities


class Ratio(NamedTuple):
    """A quotient of two sums of the enterprise, and the bounds within which it lies."""

    key: str
    code: str
    name: Text
    unit: Text
    low: float
    high: float
    why: Text
    #: What to look at.
    look: Text


RATIOS = {
    ratio.key: ratio
    for ratio in (
        Ratio(
            "power", "implausible-power-ratio", Text("每万元产值用电", "power per 10^4 yuan"), Text("kWh/万元", "kWh/10^4 yuan"), 2, 25_000,
            Text(
                "全国工业约 400–500 kWh；上限的电费已超过产值，下限不到产值的万分之二",
                "all industry is at about 400–500 kWh; at the upper bound the power costs more than the output, at the lower less than 0.02 % of it",
            ),
            Text("电量(度、万度)、产值(元、万元)", "power (kWh, 万kWh), output value (yuan, 10^4 yuan)"),
        ),
        Ratio(
            "energy", "implausible-energy-ratio", Text("每万元产值能耗", "energy per 10^4 yuan"), Text("tce/万元", "tce/10^4 yuan"), 0.0005, 20,
            Text(
                "全国规上工业约 0.3–0.7 tce；20 tce 煤按 500 元/tce 已等于产值，0.0005 tce 约合 4 度电",
                "large industry is at about 0.3–0.7 tce; 20 tce of coal at 500 yuan are the whole output, 0.0005 tce are 4 kWh",
            ),
            Text("能源单位(吨、万吨，度、万度)、产值(元、万元)", "units of energy (t, 万t, kWh, 万kWh), output value (yuan, 10^4 yuan)"),
        ),
        Ratio(
            "carbon", "implausible-carbon-ratio", Text("每吨标准煤排放", "emissions per tce"), Text("t CO2e/tce", "t CO2e/tce"), 0.2, 10,
            Text(
                "天然气约 1.6、煤约 2.7、网电(当量值)约 4.7、高炉煤气约 8；外售电热或一半以上非化石时不比",
                "gas is at about 1.6, coal 2.7, grid power (calorific value) 4.7, blast-furnace gas 8; not compared where power or heat is sold, or more than half is non-fossil",
            ),
            Text("吨数与能源数量的单位", "the units of tonnes and of energy"),
        ),
        Ratio(
            "residual", "implausible-residual-ratio", Text("余能与总能耗之比", "residual energy per energy used"), Text("倍", "times"), 0, 3,
            Text(
                "回收的不会几倍于用掉的；硫酸等放热过程也在 3 倍以内",
                "no several times what is used is recovered; exothermic processes such as sulphuric acid stay below 3",
            ),
            Text("余能单位(kJ、MJ、GJ，度、万度)", "the unit of residual energy (kJ, MJ, GJ, kWh, 万kWh)"),
        ),
    )
}  # fmt: skip
#: kJ in one tce.
KJ_PER_TCE = energies.KJ_PER_KGCE * 1000
#: The emissions that come from energy, and those that go with energy sold.
OF_ENERGY = ("fuel", "purchased_electricity", "purchased_heat")
SOLD = ("exported_electricity", "exported_heat")


def _quotient(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole is not None and part > 0 and whole > 0 else None


def _power(amounts: Quantities, period: str) -> float | None:
    return _quotient(kwh_of(amounts, period, *METERED_BESIDE), getattr(amounts.value_10k, period))


def _energy(amounts: Quantities, period: str) -> float | None:
    return _quotient(getattr(amounts.primary_tce, period), getattr(amounts.value_10k, period))


def _carbon(amounts: Quantities, period: str) -> float | None:
    by = {category: getattr(pair, period) or 0.0 for category, pair in amounts.by_category.items()}
    if getattr(amounts.co2e, period) is None or any(by.get(category) for category in SOLD):
        return None
    whole, free = getattr(amounts.primary_tce, period), getattr(amounts.nonfossil_tce, period)
    found = _quotient(math.fsum(by.get(category, 0.0) for category in OF_ENERGY), whole)
    mostly_free = free is None or whole is None or free > whole / 2
    return None if found is not None and found < RATIOS["carbon"].low and mostly_free else found


def _residual(amounts: Quantities, period: str) -> float | None:
    whole = getattr(amounts.primary_tce, period)
    return _quotient(getattr(amounts.residual_kj, period), None if whole is None else whole * KJ_PER_TCE)


_VALUES: dict[str, Callable[[Quantities, str], float | None]] = {
    "power": _power, "energy": _energy, "carbon": _carbon, "residual": _residual,
}  # fmt: skip


def ratio_of(amounts: Quantities, key: str, period: str) -> float | None:
    """A ratio of the enterprise in a period; None where a part of it is missing or 0."""
    return _VALUES[key](amounts, period)


def outside(key: str) -> Rule:
    """What is said where a ratio is not within its bounds."""
    ratio = RATIOS[key]
    between = f"{ratio.low:g}–{ratio.high:,g}"
    value = datum("value")
    return Rule(
        ratio.code,
        WARNING,
        "objectivity",
        Text(f"查：{ratio.name.zh}不在 {between} {ratio.unit.zh}，核对单位", f"check: {ratio.name.en} outside {between}"),
        Text(
            f"{{p}}全厂{ratio.name.zh}为 {{v}} {ratio.unit.zh}，任何行业都在 {between}；请核对{ratio.look.zh}",
            f"{{p}}: {ratio.name.en} is {{v}} {ratio.unit.en}, in any industry {between}; check {ratio.look.en}",
        ),
        either(value < ratio.low, value > ratio.high),
        ("value",),
    )  # fmt: skip


OUTSIDE = {key: outside(key) for key in RATIOS}


def is_outside(ratios: Mapping[str, Mapping[str, float | None]], key: str) -> bool:
    """Whether a ratio is outside its bounds in either period."""
    return any(OUTSIDE[key].holds(value=value) for value in ratios[key].values())
