"""The values of the indicators, from quantities of the base (0) and the report (1) period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..errors import NotAssessable
from ..messages import Text, number

#: A rate of change below this is no change.
NO_CHANGE = 1e-12
#: Rates smaller than this lie within the uncertainty of the data.
UNCERTAIN = 0.01

SYNERGY, ONLY_POLLUTANTS, ONLY_CARBON, TRADE_OFF, ONE_RISES, BOTH_RISE, UNCHANGED = CASES = (
    "synergy",
    "only_pollutants",
    "only_carbon",
    "trade_off",
    "one_rises",
    "both_rise",
    "no_change",
)
CASE_NAMES = {
    SYNERGY: Text("协同：污染物与碳排放同时下降", "synergy: pollutants and carbon both fall"),
    ONLY_POLLUTANTS: Text("仅污染物下降，碳排放不变", "only pollutants fall, carbon is unchanged"),
    ONLY_CARBON: Text("仅碳排放下降，污染物不变", "only carbon falls, pollutants are unchanged"),
    TRADE_OFF: Text("此消彼长：一项下降、一项上升", "trade-off: one falls while the other rises"),
    ONE_RISES: Text("一项上升，另一项不变", "one rises, the other is unchanged"),
    BOTH_RISE: Text("污染物与碳排放同时上升", "pollutants and carbon both rise"),
    UNCHANGED: Text("污染物与碳排放均无变化", "neither pollutants nor carbon change"),
}
_CASES = {
    (1, 1): SYNERGY,
    (1, 0): ONLY_POLLUTANTS,
    (0, 1): ONLY_CARBON,
    (1, -1): TRADE_OFF,
    (-1, 1): TRADE_OFF,
    (0, -1): ONE_RISES,
    (-1, 0): ONE_RISES,
    (-1, -1): BOTH_RISE,
    (0, 0): UNCHANGED,
}


class Synergy(NamedTuple):
    """The rates of reduction (fractions), the case, and S, which is a number only where both fall.

    Case and S are those above the floor; the rates themselves are what was measured.
    """

    pollutants: float
    carbon: float
    case: str
    value: float | None
    floor: float = 0.0

    @property
    def floored(self) -> tuple[float, float]:
        """The rates, of which those below the floor are no change."""
        return floored(self.pollutants, self.floor), floored(self.carbon, self.floor)


def ratio(numerator: float, denominator: float, what: Text) -> float:
    """A quotient, or NotAssessable where the denominator is not above 0 or the quotient is no finite number."""
    if denominator <= 0:
        raise NotAssessable(
            Text("{what}为 {v}，须大于 0，不可评价", "{what} is {v}, must be above 0: not assessable").fill(
                what=what, v=number(denominator)
            )
        )
    quotient = numerator / denominator
    if not math.isfinite(quotient):
        raise NotAssessable(
            Text("{what}过小，结果超出数值范围", "{what} is too small: the result is out of range").fill(what=what)
        )
    return quotient


OUTPUT = Text("报告期产品产量", "output of the report period")
BASE_OUTPUT = Text("基准期产品产量", "output of the base period")
CARBON = Text("报告期碳排放量", "emissions of the report period")
BASE_CARBON = Text("基准期碳排放", "carbon of the base period")
BASE_POLLUTANTS = Text("基准期污染物当量", "pollutant equivalents of the base period")
ENERGY = Text("一次能源消费总量", "total primary energy")


def reduction(base: float, report: float, what: Text) -> float:
    """The reduction rate (base − report)/base."""
    rate = ratio(base - report, base, what)
    return 0.0 if abs(rate) < NO_CHANGE else rate


def floored(rate: float, floor: float) -> float:
    """The rate, or no change where it is below the floor; at the floor it counts, whatever a program's last digit says."""
    return 0.0 if abs(rate) < floor - NO_CHANGE else rate


def synergy(
    p0: float, p1: float, c0: float, c1: float, q0: float | None = None, q1: float | None = None, floor: float = 0.0
) -> Synergy:
    """Degree of synergy S = rP / rC [choice], per unit product where outputs are given.

    rP = (p0 − p1)/p0, rC = (c0 − c1)/c0; p equivalents, c t CO2e, q output. Not assessable where a base is not above 0.
    A rate below the floor counts as no change.
    """
    if q0 is not None and q1 is not None:
        p0, c0 = ratio(p0, q0, BASE_OUTPUT), ratio(c0, q0, BASE_OUTPUT)
        p1, c1 = ratio(p1, q1, OUTPUT), ratio(c1, q1, OUTPUT)
    pollutants = reduction(p0, p1, BASE_POLLUTANTS)
    carbon = reduction(c0, c1, BASE_CARBON)
    case = case_of(floored(pollutants, floor), floored(carbon, floor))
    return Synergy(pollutants, carbon, case, pollutants / carbon if case == SYNERGY else None, floor)


def synergy_of(amounts: Sequence[float], floor: float = 0.0) -> Synergy:
    """The same of p0, p1, c0, c1 and, per unit product, q0, q1 in a row."""
    p0, p1, c0, c1, *outputs = amounts
    q0, q1 = outputs or (None, None)
    return synergy(p0, p1, c0, c1, q0, q1, floor)


def case_of(pollutants: float, carbon: float) -> str:
    """The case of two rates after the floor."""
    return _CASES[_sign(pollutants), _sign(carbon)]


def _sign(rate: float) -> int:
    return (rate > 0) - (rate < 0)


def equivalent_intensity(equivalents: float, output: float) -> float:
    """Pollutant equivalents per unit product: P1 / Q1 (AP per unit product)."""
    return ratio(equivalents, output, OUTPUT)


def carbon_intensity(co2e_t: float, output: float) -> float:
    """Carbon emissions per unit product: C1 × 1000 / Q1 (kg per unit product)."""
    if co2e_t < 0:
        raise NotAssessable(_negative(co2e_t), "negative-carbon")
    return ratio(co2e_t * 1000, output, OUTPUT)


def carbon_productivity(value_10k_yuan: float, co2e_t: float) -> float:
    """Carbon productivity: V1 / C1 (10^4 yuan per t)."""
    if co2e_t < 0:
        raise NotAssessable(_negative(co2e_t), "negative-carbon")
    return ratio(value_10k_yuan, co2e_t, CARBON)


def _negative(co2e_t: float) -> Text:
    return Text(
        "报告期碳排放量为负({v} t)，不可评价", "emissions of the report period are negative ({v} t): not assessable"
    ).fill(v=number(co2e_t))


def nonfossil_share(nonfossil_tce: float, primary_tce: float) -> float:
    """Non-fossil share of primary energy: 100 × non-fossil / total (%)."""
    return ratio(nonfossil_tce * 100, primary_tce, ENERGY)


def material_intensity(material_kg: float, output: float) -> float:
    """Raw and auxiliary material per unit product: Σ material / Q1 (kg per unit product)."""
    return ratio(material_kg, output, OUTPUT)


def residual_energy_intensity(energy_kj: float, output: float) -> float:
    """Recovered residual energy per unit product, as delivered: Σ energy / Q1 (kJ per unit product) [choice]."""
    return ratio(energy_kj, output, OUTPUT)


RECOMMENDED_NAMES = {"yes": Text("是", "yes"), "partly": Text("部分", "partly"), "no": Text("否", "no")}
RECOMMENDED = {"yes": 1.0, "partly": 0.5, "no": 0.0}


def policy(recommended: str | None, elimination_list: bool | None) -> float | None:
    """Grade of industrial policy, 0–1; None where an answer it needs is missing.

    yes 1, partly 0.5, no 0; anything on the elimination list makes it 0, whatever else is said.
    """
    if elimination_list:
        return 0.0
    if elimination_list is None or recommended is None:
        return None
    return RECOMMENDED[recommended]


def management(established: bool | None, effective: bool | None) -> float | None:
    """Grade of energy-saving and emission-reduction management, 0–1; None where an answer is missing.

    Established 0.5, effectively carried out another 0.5, the second only with the first.
    """
    if established is False:
        return 0.0
    if established is None or effective is None:
        return None
    return 0.5 + 0.5 * effective
