"""What wins lost points back, in tonnes, kWh and kg of the enterprise: of a result, or of what a portfolio keeps of one.

The formulas of the same sentences are those of remedies.py, in the same order of operations. Amounts are rounded to a
millionth of what they are taken from, since a small difference of large numbers has no more digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ...assessment.activity import year_of
from ...assessment.result import NOT_APPLICABLE, VALUE, IndicatorResult, Result
from ...messages import Text, get_language
from ...standard import equivalents as eq
from ...standard import fuels, power
from ...standard.formulas import QUOTIENT
from ...standard.guide import Guide, Node
from ...standard.measures import measure_in_force
from ...standard.quantities import QUANTITIES, key_of
from ...standard.scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE
from ...standard.units import unit_label
from ..columns.cached import rounded as rounded_to
from . import result_texts as texts
from .computed import number_value, rounded, short_value
from .main_fuel import ALIKE, MainFuel, Name, main_fuel

#: The yardstick of the method's own example.
COAL = "烟煤"
DIGITS = 6
Amount = float | None


class Largest(NamedTuple):
    """The pollutant row of most equivalents: its place, equivalents and reported amount, and its unit and name if it counts."""

    place: int
    equivalents: float
    amount: float
    said: str


class Situation(NamedTuple):
    """What the sentences of one enterprise rest on. amount: a quantity in a period; rates: of pollutants and carbon."""

    guide: Guide
    options: Mapping[str, Any]
    amount: Callable[[str, str], Amount]
    rates: tuple[float, float] | None
    year: int | None
    language: str
    largest: Largest | None = None
    fuel: MainFuel | None = None

    def t(self, text: Text) -> str:
        return text.zh if self.language == "zh" else text.en

    # Sentences

    def step(self, node: Node, state: str, value: Amount, benchmark: Amount, lost: Amount) -> str:
        """What would win the lost points of an indicator back."""
        if lost is None:
            text = {NOT_APPLICABLE: texts.STEP_NOT, VALUE: texts.STEP_BENCHMARK}.get(state, texts.STEP_MISSING)
            return self.t(text)
        if rounded(lost, 6) == 0:
            return self.t(texts.STEP_FULL)
        return self._amounts_said(node, value, benchmark) or self._aim(node, benchmark)

    def _aim(self, node: Node, benchmark: Amount) -> str:
        """Where no amount is known: where the value has to go."""
        if node.attribute == MODERATE:
            return self.t(texts.STEP_BOTH)
        if node.attribute == QUALITATIVE:
            return self.t(texts.STEPS_BY_KIND.get(node.algorithm.kind, texts.STEP_OTHER))
        if benchmark is None:
            return ""
        word = texts.STEP_UP if node.attribute == POSITIVE else texts.STEP_DOWN
        unit = f" {self.t(node.unit)}" if any(node.unit) else ""
        return self.t(word) + number_value(benchmark) + unit

    def _amounts_said(self, node: Node, value: Amount, benchmark: Amount) -> str:
        quotient = quotient_of(node)
        if not (node.algorithm.is_synergy or quotient):
            return ""
        first, second = self.missing(node, value, benchmark)
        keys = quotient[:2] if quotient else ("equivalents", "co2e")
        signs = "+−" if node.attribute == POSITIVE else "−−"
        found = list(zip(keys, signs, (first, second), strict=True))
        if not has_two(node):
            return self._part(*found[0], converted=True)
        words = [self._part(*each, converted=False) for each in found]
        if all(words):
            # Two of them stand side by side without what they are in other units: a line is short.
            return self.t(texts.AND if node.algorithm.is_synergy else texts.OR).join(words)
        return self._part(*found[0], converted=True) or self._part(*found[1], converted=True)

    # Amounts

    def missing(self, node: Node, value: Amount, benchmark: Amount) -> tuple[Amount, Amount]:
        """By how much what the value is made of has to change: the upper quantity, and the lower one or the other rate's."""
        if node.attribute == MODERATE and node.algorithm.is_synergy:
            return self._to_rate("equivalents"), self._to_rate("co2e")
        quotient = quotient_of(node)
        if quotient is None or node.attribute not in (POSITIVE, NEGATIVE):
            return None, None
        a, b = (self.amount(key, "report") for key in quotient[:2])
        if a is None or b is None or value is None or benchmark is None:
            return None, None
        times, down = quotient[2], node.attribute == NEGATIVE
        needed = benchmark * b / times
        first = _within(a - needed if down else needed - a, needed)
        return first, _within(b - a * times / benchmark, b) if has_two(node) else None

    def _to_rate(self, key: str) -> Amount:
        """What of a quantity is to be avoided so that its rate reaches the other's; where it rises, that it falls.

        A measure that looks at how much they fall gives full marks once both reach the rate it names.
        """
        base, report = (self.amount(key, period) for period in ("base", "report"))
        if self.rates is None or base is None or report is None:
            return None
        if self.options["synergy_basis"] == "per_product":
            output = self.amount("output", "base"), self.amount("output", "report")
            if not output[0] or output[1] is None:
                return None
            base = base / output[0] * output[1]
        aimed = max(self.rates) if min(self.rates) > 0 else 0.0
        if not measure_in_force(self.options).balance:
            aimed = float(self.options.get("full_rate") or 0)
        return _within(report - base * (1 - aimed), report)

    # In the enterprise's units

    def _part(self, key: str, sign: str, amount: Amount, converted: bool) -> str:
        """An amount of a quantity with its sign, and what it is in other units; nothing where there is none."""
        if amount is None or amount <= 0:
            return ""
        quantity = self.guide.quantities.get(key) or QUANTITIES[key]
        name, unit, divided = self.t(texts.AMOUNTS.get(key, quantity.name)), self.t(quantity.unit), 1
        if "material_kg" in (key, quantity.whole):
            unit, divided = "t", 1000
        more = {
            "co2e": self._carbon, "equivalents": self._kg, "nonfossil_tce": self._power, "residual_kj": self._kwh, "primary_tce": self._of_fuel,
        }  # fmt: skip
        added = more[key](amount) if converted and key in more else ""
        return f"{name} {sign}{short_value(amount / divided)} {unit}{added}"

    def _electric(self, kwh: float) -> str:
        return short_value(kwh / (10_000 if self.language == "zh" else 1000))

    def _carbon(self, amount: float) -> str:
        """As green power in the place of grid power, or as coal that is not burnt."""
        grid, coal = self.factors()
        t, kwh = self.t, amount / grid * 1000
        power_said = f"{t(texts.THAT_IS)}{self._electric(kwh)}{t(texts.GREEN_POWER)}"
        return f"{power_said}{t(texts.OR)}{short_value(amount / coal)}{t(texts.COAL)}"

    def factors(self) -> tuple[float, float]:
        """t CO2 per MWh of grid power and per t of coal."""
        year = power.nearest_year(self.year)
        return power.grid_factor(year).value, coal_factor(str(self.options["fuel_table"]))

    def _power(self, amount: float) -> str:
        """As green power, and as the fuel used most where it takes its place."""
        kwh = amount / float(self.options["electricity_coefficient"]) * 1000
        fuel = self.fuel if self.fuel and self.fuel.may_be_replaced else None
        return f"{self.t(texts.THAT_IS)}{self._electric(kwh)}{self.t(texts.GREEN_POWER)}{self._in(fuel, amount, texts.REPLACES)}"

    def _kwh(self, amount: float) -> str:
        return f"{self.t(texts.THAT_IS)}{self._electric(amount / 3600)}{self.t(texts.POWER)}"

    def _kg(self, amount: float) -> str:
        """As the largest pollutant alone, if it counts and there is as much of it."""
        top = self.largest
        if top is None or not top.said or amount > top.equivalents:
            return ""
        return f"{self.t(texts.THAT_IS)}{short_value(top.amount * amount / top.equivalents)}{top.said}"

    def _of_fuel(self, amount: float) -> str:
        return self._in(self.fuel, amount, texts.ABOUT)

    def _in(self, fuel: MainFuel | None, amount: float, word: Text) -> str:
        """tce as the energy used most, by what its own row makes of it, if there is as much of it."""
        if fuel is None or amount > fuel.tce:
            return ""
        return f"{self.t(word)}{short_value(fuel.amount * amount / fuel.tce)} {fuel.said}"


def has_two(node: Node) -> bool:
    """Whether the other of its quantities could change too: both rates, and carbon below."""
    quotient = quotient_of(node)
    return node.algorithm.is_synergy or (quotient is not None and quotient[1] == "co2e")


def quotient_of(node: Node) -> tuple[str, str, float] | None:
    """What an indicator is that is one quantity over another: both, and by what that is multiplied; also by an own formula."""
    form = node.algorithm.form
    if node.algorithm.is_quotient:
        return node.needs[0], node.needs[1], node.algorithm.times
    if form is not None and form.key == QUOTIENT and len(node.of) == len(node.over) == 1:
        return key_of(node.of[0]), key_of(node.over[0]), node.times
    return None


def coal_factor(table: str) -> float:
    fuel = fuels.find_fuel(COAL, table)
    return fuels.fuel_co2(1, fuel.net_calorific_value, fuel.carbon_content, fuel.oxidation)


def _within(amount: float, whole: float) -> Amount:
    """An amount to so many digits of the whole; 0 where it is below, nothing where there is no whole."""
    if whole <= 0:
        return None
    places = DIGITS - 1 - math.floor(math.log10(whole))
    return max(0.0, float(rounded_to(amount, places)))


def situation(result: Result, language: str = "", name: Name | None = None) -> Situation:
    """Of a result; language: else the one in use; name: what a row is called, by its table and place."""
    synergy = result.synergy
    said = Situation(
        result.guide,
        result.options,
        lambda key, period: getattr(result.quantities.pair(key), period),
        (synergy.pollutants, synergy.carbon) if synergy else None,
        year_of(result.assessment.periods.report),
        language or get_language(),
    )
    return said._replace(largest=_largest(result, said.t, name), fuel=main_fuel(result, said.t, name))


def _largest(result: Result, t: Callable[[Text], str], name: Name | None) -> Largest | None:
    """The row of the largest amount; none where two are as large: programs do not agree which of them they find first."""
    rows = result.quantities.pollutants
    counted = {i: row.equivalents.report for i, row in enumerate(rows) if row.equivalents.report is not None}
    most = max(counted.values(), default=0.0)
    alike = [i for i, amount in counted.items() if amount >= most * ALIKE]
    if len(alike) != 1:
        return None
    place, typed = alike[0], result.assessment.pollutants[alike[0]]
    pollutant, medium = rows[place].pollutant, str(result.options["equivalent_media"])
    counts = pollutant.kind == eq.AMOUNT and pollutant.item not in result.quantities.overlaps_not_counted
    said = f" {t(unit_label(typed.unit))} {name('pollutants', place) if name else typed.pollutant}"
    counts = counts and medium in ("all", typed.medium)
    return Largest(place, counted[place], typed.report or 0.0, said if counts else "")


def steps(result: Result, language: str = "") -> list[str]:
    """A sentence per indicator, in its order; language: else the one in use."""
    said = situation(result, language)
    return [step_of(said, indicator) for indicator in result.indicators]


def step_of(said: Situation, indicator: IndicatorResult) -> str:
    benchmark = indicator.benchmark.value if indicator.benchmark else None
    return said.step(indicator.node, indicator.state, indicator.value, benchmark, indicator.lost)
