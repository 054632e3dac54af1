"""The values that formula cells carry, so that every program that does not compute shows the engine's result."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from ...assessment import metered
from ...assessment.activity import year_of
from ...assessment.ratios import RATIOS
from ...assessment.result import STATE_NAMES, VALUE, IndicatorResult, Result
from ...messages import Text
from ...standard import equivalents as eq
from ...standard.energy import OWN_RENEWABLE
from ...standard.indicators import CASE_NAMES
from ...standard.measures import measure_in_force
from ...standard.scoring import MODERATE, POSITIVE, QUALITATIVE
from ..layout import Layout
from ..lists import Lists
from .base import LARGE, NOTHING, SMALL
from .column import Value, plain, shown
from .tables import COLUMNS, TABLES


class KnownRow:
    """An evaluated row as the declarations of its columns see it; each value is worked out once."""

    def __init__(self, cached: Cached, table: str, index: int) -> None:
        self.index, self.result, self.language, self.t = index, cached.result, cached.layout.language, cached.t
        self.position = cached.lists.position
        self.row = getattr(cached.result.assessment, table)[index]
        amounts = TABLES[table].amounts
        self.amount = getattr(cached.amounts, amounts)[index] if amounts else None
        self._blocks = cached.lists.blocks
        self._columns, self._values = COLUMNS[table], dict[str, Any]()

    def __getitem__(self, key: str) -> Any:
        if key not in self._values:
            column = self._columns.get(key)
            self._values[key] = column.value(self) if column else getattr(self.row, key)
        return self._values[key]

    def listed(self, block: str, place: int, heading: str) -> Value:
        found = self._blocks[block]
        return found.rows[place - 1][found.headings.index(heading)]


class Cached:
    """Values of computed cells, from one result."""

    def __init__(self, layout: Layout, lists: Lists, result: Result) -> None:
        self.layout = layout
        self.lists = lists
        self.result = result
        self.amounts = result.quantities

    def t(self, text: Text) -> str:
        return self.layout.text(text)

    def row(self, table: str, index: int) -> dict[str, Value]:
        """The computed columns of a table's row; nothing in rows beyond the data."""
        if index >= len(getattr(self.result.assessment, table)):
            return {}
        known = self.known(table, index)
        return {key: known[key] for key in COLUMNS[table]}

    def known(self, table: str, index: int) -> KnownRow:
        return KnownRow(self, table, index)

    def category(self, category: str, period: str) -> Value:
        if getattr(self.amounts.co2e, period) is None:
            return ""
        pair = self.amounts.by_category.get(category)
        return shown(getattr(pair, period)) if pair else 0

    def compared(self, key: str, period: str) -> Value:
        """What is compared of the whole enterprise."""
        if key in RATIOS:
            return shown(self.result.ratios[key][period])
        if key == "metered":
            return shown(self.result.power[period].metered)
        origins = {"bought": metered.PURCHASED, "own": (OWN_RENEWABLE,), "used": metered.METERED_BESIDE}[key]
        return shown(metered.kwh_of(self.amounts, period, *origins))

    def overlap(self) -> list[tuple[Value, Value]]:
        """Total over both periods and flag of each overlapping pollutant."""
        choice = str(self.result.options["organic_overlap"])
        found: list[tuple[Value, Value]] = []
        for items in eq.OVERLAPS.values():
            totals: dict[tuple[str, str], float] = {}
            for item in items:
                rows = [a for a in self.amounts.pollutants if a.pollutant.item == item]
                if rows:
                    totals[item] = sum(v for a in rows for v in a.equivalents if v is not None)
            present = [(p, totals[p.item]) for p in eq.pollutants() if p.item in totals]
            kept = set(totals) - eq.overlaps_not_counted(present, choice)
            found += [(totals.get(item, -1), int(choice == "all" or item in kept)) for item in items]
        return found

    def quantity(self, key: str, period: str) -> Value:
        return shown(getattr(self.amounts.pair(key), period))

    def single(self, key: str) -> Value:
        if key.endswith("_year"):
            return year_of(getattr(self.result.assessment.periods, key.removesuffix("_year"))) or ""
        synergy = self.result.synergy
        if synergy is None:
            return ""
        values: dict[str, Value] = {
            "rate_pollutants": synergy.pollutants,
            "rate_carbon": synergy.carbon,
            "synergy_case": self.t(CASE_NAMES[synergy.case]),
        }
        return values[key]

    def indicator(self, indicator: IndicatorResult, key: str) -> Value:
        if key == "state":
            return self.t(STATE_NAMES[indicator.state])
        if key == "value":
            if indicator.state == VALUE and indicator.value is None and self.result.synergy:
                return self.t(CASE_NAMES[self.result.synergy.case])
            return shown(indicator.value)
        if key == "benchmark":
            return shown(indicator.benchmark.value if indicator.benchmark else None)
        if key == "explain":
            return self._explain(indicator)
        return shown(getattr(indicator, key))

    def _explain(self, indicator: IndicatorResult) -> str:
        """As the formula of the same name writes it."""
        if indicator.score is None:
            return self.t(STATE_NAMES[indicator.state])
        score, attribute = f"{rounded(indicator.score, 2):.2f}", indicator.node.attribute
        if attribute == MODERATE:
            measure = measure_in_force(self.result.options)
            if indicator.value is None and not measure.everywhere:
                return str(self.single("synergy_case"))
            return f"{measure.formula} = {score}"
        assert indicator.value is not None
        if attribute == QUALITATIVE:
            return f"100 × {general(indicator.value)} = {score}"
        assert indicator.benchmark is not None
        parts = (indicator.value, indicator.benchmark.value)
        if indicator.node.limit is not None:
            value, benchmark = map(significant, parts)
            less = plain(indicator.node.limit)
            return f"100·({value} − {less})/({benchmark} − {less}) = {score}"
        top, bottom = map(significant, parts if attribute == POSITIVE else parts[::-1])
        return f"100·min({general(float(self.result.options['score_cap']))}, {top}/{bottom}) = {score}"


#: Wide enough for every number there is.
WIDE = Context(prec=400)


def general(value: float) -> str:
    """A number as programs show it in a text: at most 15 digits, no point after a whole number."""
    return f"{value:.15g}"


def rounded(value: float, decimals: int) -> Decimal:
    """A number as spreadsheet programs round it: its 15 digits, halves away from 0."""
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE)


def significant(value: float) -> str:
    """As the formula of the same name."""
    if abs(value) < NOTHING:
        return "0"
    power = math.floor(math.log10(abs(value)))
    if SMALL <= abs(value) < LARGE:
        return general(float(rounded(value, max(0, 5 - power))))
    return f"{general(float(rounded(value / 10.0**power, 5)))}E{power}"
