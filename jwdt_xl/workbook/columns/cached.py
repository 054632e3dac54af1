"""The values that formula cells carry, so that every program that does not compute shows the engine's result."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

from ...assessment.activity import HEAT, year_of
from ...assessment.model import ActivityRow, EnergyRow
from ...assessment.places import Pair, times
from ...assessment.result import STATE_NAMES, VALUE, IndicatorResult, Result
from ...errors import JwdtError
from ...messages import Text
from ...standard import energy as energies
from ...standard import equivalents as eq
from ...standard import fuels, power, process
from ...standard import greenhouse as ghg
from ...standard.indicators import CASE_NAMES
from ...standard.names import fold
from ...standard.scoring import MODERATE, POSITIVE, QUALITATIVE
from ...standard.units import BY_CODE, find_unit
from ..layout import Layout
from ..lists import Lists
from . import status
from .base import LARGE, NOTHING, SMALL

Value = str | float


def shown(value: float | None) -> Value:
    """A missing number is an empty text, as formulas give it."""
    return "" if value is None else value


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
        row: Callable[[int], dict[str, Value]] = getattr(self, f"_{table}")
        return row(index)

    def _pair(self, pair: Pair) -> dict[str, Value]:
        return {"eq_base": shown(pair.base), "eq_report": shown(pair.report)}

    def _products(self, index: int) -> dict[str, Value]:
        return {"status": self.t(status.OK), **self._pair(self.amounts.product_rows[index])}

    def _activity(self, index: int) -> dict[str, Value]:
        bill = self.amounts.activity[index]
        row = bill.row
        unit = BY_CODE[row.unit]
        counted = times(bill.tce, bill.share_of_total)
        base = {"mass": 1000, "volume": 10000}.get(unit.dimension, 1000000 if row.kind == "heat" else 3600000)
        return {
            "status": self.t(status.OK),
            "category": self.t(ghg.CATEGORY_NAMES[bill.category]),
            "factor": bill.factor,
            "co2_base": shown(bill.co2.base),
            "co2_report": shown(bill.co2.report),
            "kgce": bill.kgce,
            "share": bill.share_of_total,
            "non_fossil_share": bill.share_non_fossil,
            "tce_base": shown(counted.base),
            "tce_report": shown(counted.report),
            "year": bill.year or "",
            "dimension": unit.dimension,
            "unit_factor": unit.factor / base,
            **self._activity_places(row),
        }

    def _activity_places(self, row: ActivityRow) -> dict[str, Value]:
        """Where the row's name stands in the lists, and the fuel parameters in force."""
        name = self.activity_name(row)
        place = self.lists.position("fuel_names", name) if row.kind == "fuel" else None
        found: dict[str, Value] = {"fuel": place or "", "key": "", "process": ""}
        if row.kind in ("fuel", "heat"):
            found["key"] = self.lists.position("energy_names", HEAT if row.kind == "heat" else name) or ""
        if row.kind == "process":
            found["process"] = self.lists.position("process_names", name) or ""
        block, table = self.lists.blocks["fuels"], str(self.result.options["fuel_table"])
        for key, own in (("ncv", row.net_calorific_value), ("carbon", row.carbon_content), ("oxidised", row.oxidation)):
            default = block.rows[place - 1][block.headings.index(f"{table}_{key}")] if place else ""
            found[key] = default if own is None else own
        return found

    def bill_name(self, index: int) -> str:
        return self.activity_name(self.result.assessment.activity[index])

    def activity_name(self, row: ActivityRow) -> str:
        """The name as typed where formulas find it, else the canonical one."""
        blocks = {"fuel": ("fuel_names", "energy_names"), "process": ("process_names",)}.get(row.kind, ())
        if not row.name or any(self.lists.position(block, row.name) for block in blocks):
            return row.name
        finders: dict[str, list[Callable[[], str]]] = {
            "fuel": [
                lambda: fuels.find_fuel(row.name, str(self.result.options["fuel_table"])).name.zh,
                lambda: energies.find_energy(row.name).name.zh,
            ],
            "process": [lambda: process.find_process(row.name).name.zh],
        }
        for find in finders.get(row.kind, []):
            try:
                return find()
            except JwdtError:
                continue
        return row.name

    def series_name(self, index: int) -> str:
        """The series of a bill's grid factor as typed where formulas find it, else its name for people."""
        series = self.result.assessment.activity[index].factor_series
        if not series or self.lists.position("series_names", series):
            return series
        try:
            names = dict(power.named_series())[power.find_series(series)]
        except JwdtError:  # nobody looks at it where the row has a factor of its own
            return series
        return names[self.layout.language == "zh"]

    def category(self, category: str, period: str) -> Value:
        if getattr(self.amounts.co2e, period) is None:
            return ""
        pair = self.amounts.by_category.get(category)
        return shown(getattr(pair, period)) if pair else 0

    def _own_equivalents(self, index: int) -> dict[str, Value]:
        row = self.result.assessment.own_equivalents[index]
        unit = BY_CODE[row.unit]
        medium = self.t(eq.MEDIUM_NAMES[row.medium])
        place = self.lists.position("pollutant_names", f"{medium}|{row.pollutant}")
        key = f"P{place}" if place else f"{medium}|{row.pollutant}"
        return {"key": key, "dimension": unit.dimension, "factor": unit.factor}

    def _pollutants(self, index: int) -> dict[str, Value]:
        amount = self.amounts.pollutants[index]
        row, pollutant = amount.row, amount.pollutant
        place = self.lists.position(
            "pollutant_names", f"{self.t(eq.MEDIUM_NAMES[row.medium])}|{self.pollutant_name(index)}"
        )
        ok = amount.lacking is None
        value: Value = pollutant.value
        if pollutant.kind == eq.PH and row.parameter is not None:
            value = shown(eq.ph_value(row.parameter))
        return {
            "status": self.t(status.OK if ok else status.LACKING),
            "value": value if ok else "",
            **self._pair(amount.equivalents),
            "kept": 0 if pollutant.item in self.amounts.left_out else 1,
            "key": place or "",
            "own": self._own_place(index) if pollutant.own else "",
            "kind": pollutant.kind,
            "factor": BY_CODE[row.unit].factor / find_unit(pollutant.unit, eq.DIMENSIONS).factor,
        }

    def _own_place(self, index: int) -> Value:
        pollutant = self.amounts.pollutants[index].pollutant
        for place, row in enumerate(self.result.assessment.own_equivalents, 1):
            own = eq.own_pollutant(row.pollutant, row.medium, row.value or 1, row.unit, row.source)
            if own == pollutant:
                return place
        return ""

    def pollutant_name(self, index: int) -> str:
        """The name as typed where formulas find it in the list or among own values, else the canonical one."""
        amount = self.amounts.pollutants[index]
        row = amount.row
        typed = f"{self.t(eq.MEDIUM_NAMES[row.medium])}|{row.pollutant}"
        if self.lists.position("pollutant_names", typed):
            return row.pollutant
        if amount.pollutant.own and amount.pollutant.table == "own":
            owns = self.result.assessment.own_equivalents
            return next((o.pollutant for o in owns if fold(o.pollutant) == fold(row.pollutant)), row.pollutant)
        return amount.pollutant.name.zh

    def gas_name(self, index: int) -> str:
        row = self.result.assessment.greenhouse[index]
        return row.gas if self.lists.position("gas_names", row.gas) else ghg.find_gas(row.gas).code

    def energy_name(self, index: int) -> str:
        row = self.result.assessment.energy[index]
        return (
            row.energy
            if self.lists.position("energy_names", row.energy)
            else self.amounts.energies[index].energy.name.zh
        )

    def _greenhouse(self, index: int) -> dict[str, Value]:
        row = self.result.assessment.greenhouse[index]
        gas = ghg.find_gas(row.gas)
        gwp = ghg.gwp(gas, str(self.result.options["gwp_set"]))
        return {
            "status": self.t(status.OK),
            "value": gwp,
            "gwp": gwp,
            **self._pair(self.amounts.co2e_rows[index]),
            "key": self.lists.position("gas_names", self.gas_name(index)) or "",
            "sign": ghg.CATEGORIES[row.category],
            "factor": BY_CODE[row.unit].factor / 1000,
        }

    def _energy(self, index: int) -> dict[str, Value]:
        amount = self.amounts.energies[index]
        row: EnergyRow = amount.row
        share = amount.share_of_total
        counted = times(amount.tce, share)
        return {
            "status": self.t(status.OK),
            "value": amount.coefficient,
            "kgce": amount.coefficient,
            "share": share,
            "non_fossil_share": amount.share_non_fossil,
            **self._pair(counted),
            "key": self.lists.position("energy_names", self.energy_name(index)) or "",
            "factor": BY_CODE[row.unit].factor / BY_CODE[amount.energy.unit].factor,
        }

    def _converted(self, pair: Pair, unit: str) -> dict[str, Value]:
        return {"status": self.t(status.OK), **self._pair(pair), "factor": BY_CODE[unit].factor}

    def _materials(self, index: int) -> dict[str, Value]:
        return self._converted(self.amounts.material_rows[index], self.result.assessment.materials[index].unit)

    def _residual_energy(self, index: int) -> dict[str, Value]:
        row = self.result.assessment.residual_energy[index]
        return self._converted(self.amounts.residual_rows[index], row.unit)

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
            kept = set(totals) - eq.left_out(present, choice)
            found += [(totals.get(item, -1), int(choice == "all" or item in kept)) for item in items]
        return found

    def quantity(self, key: str, period: str) -> Value:
        return shown(getattr(self.amounts.pair(key), period))

    def single(self, key: str) -> Value:
        if key == "report_year":
            return year_of(self.result.assessment.periods.report) or ""
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
            if indicator.value is None:
                return str(self.single("synergy_case"))
            distance = self.result.options["moderate_score"] == "distance"
            return f"100·max(0, 1−|S−1|) = {score}" if distance else f"100·min(S, 1/S) = {score}"
        assert indicator.value is not None
        if attribute == QUALITATIVE:
            return f"100 × {general(indicator.value)} = {score}"
        assert indicator.benchmark is not None
        parts = (indicator.value, indicator.benchmark.value)
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
