"""What wins lost points back, in tonnes, kWh and kg of the enterprise: amounts, and the sentences made of them.

Formula and value, side by side, in the same order of operations. Amounts are rounded to a millionth of what they are
taken from, since a small difference of large numbers has no more digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from ...assessment.result import IndicatorResult
from ...standard import equivalents as eq
from ...standard import fuels, power
from ...standard.measures import MEASURES, measure_in_force
from ...standard.quantities import QUANTITIES
from ...standard.scoring import MODERATE, NEGATIVE, POSITIVE
from ...standard.units import unit_label
from ..columns.cached import rounded
from ..columns.column import PERIODS, plain, shown
from ..columns.tables import TABLES
from ..parts import Parts
from . import result_texts as texts
from .computed import Computed, quoted, short_formula, short_value

#: The yardstick of the method's own example.
COAL = "烟煤"
GRID, COAL_FACTOR, LARGEST, PLACE, UNIT, REPORT = range(6)
_DIGITS = 6
#: Amounts that differ by less are alike, as programs compare them.
_ALIKE = 0.999999999999


class Remedies:
    """The amounts of one workbook's indicators, and how they are said."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.layout, self.t, self.q = parts, parts.layout, parts.t, parts.formulas.t
        self.result = parts.result
        rows = range(len(self.result.assessment.pollutants))
        amounts = {i: self.parts.cached.known("pollutants", i)["eq_report"] for i in rows}
        self._counted = {i: float(value) for i, value in amounts.items() if value != ""}
        self._row = self._largest()

    # What amounts are converted by

    def factors(self) -> list[Computed]:
        """t CO2 per MWh of grid power and per t of coal; the largest pollutant row: equivalents, place, unit and amount."""
        years = power.years(power.DEFAULT_SERIES)
        values = {year: power.grid_factor(year).value for year in years}
        formula = plain(values[years[0]])
        for year in years[1:]:
            formula = f"IF(out_report_year>={year},{plain(values[year])},{formula})"
        reported = self.parts.cached.single("report_year")
        taken = power.nearest_year(reported if isinstance(reported, int) else None)
        coal = {table: _coal(table) for table in fuels.TABLES}
        by_table = (
            f"IF(opt_fuel_table={self.parts.formulas.option('fuel_table', 'A')},{plain(coal['A'])},{plain(coal['B'])})"
        )
        amounts = self.layout.column("pollutants", "eq_report")
        top = self.layout.ref(self.layout.remedy_cell(LARGEST), "indicators")
        row, place = self._row, self._factor(PLACE)
        reported_amount = None if row is None else self.result.assessment.pollutants[row[0]].report

        def at(key: str) -> str:
            return f"INDEX({self.layout.column('pollutants', key)},{place})"

        return [
            Computed(f"IF(ISNUMBER(out_report_year),{formula},{plain(values[years[-1]])})", values[taken]),
            Computed(by_table, coal[str(self.result.options["fuel_table"])]),
            Computed(f'IF(COUNT({amounts})=0,"",MAX({amounts}))', max(self._counted.values(), default="")),
            Computed(
                f'IF({top}="","",IF(SUMPRODUCT(--({amounts}>={top}*{plain(_ALIKE)}),--({amounts}<={top}))>1,"",MATCH({top},{amounts},0)))',
                "" if row is None else row[0] + 1,
            ),
            Computed(f'IF({place}="","",{self._unit(at)})', self._unit_value()),
            Computed(f'IF({place}="","",{at("report")})', "" if row is None else shown(reported_amount)),
        ]

    def _largest(self) -> tuple[int, float] | None:
        """The row of the largest amount; none where two are as large: programs do not agree which of them MATCH finds."""
        most = max(self._counted.values(), default=0.0)
        alike = [(i, amount) for i, amount in self._counted.items() if amount >= most * _ALIKE]
        return alike[0] if len(alike) == 1 else None

    def _factor(self, place: int) -> str:
        return self.layout.ref(self.layout.remedy_cell(place), "indicators")

    # Amounts

    def amounts(self, indicator: IndicatorResult) -> tuple[Computed, Computed]:
        """By how much what the value is made of has to change: the upper quantity, and the lower one or the other rate's."""
        node = indicator.node
        if node.attribute == MODERATE and node.algorithm.is_synergy:
            return self._rate("equivalents", "pollutants", "carbon"), self._rate("co2e", "carbon", "pollutants")
        if not (node.algorithm.is_quotient and node.attribute in (POSITIVE, NEGATIVE)):
            return NONE, NONE
        top, bottom = (f"out_{key}_report" for key in node.needs)
        times, benchmark = node.algorithm.times, f"out_benchmark_{node.code}"
        unknown = f"COUNT({top},{bottom},out_value_{node.code},{benchmark})<4"
        need, less = f"{benchmark}*{bottom}/{times}", f"{top}*{times}/{benchmark}"
        down = node.attribute == NEGATIVE
        first, second = f"{top}-{need}" if down else f"{need}-{top}", f"{bottom}-{less}"
        a, b = (self.result.quantities.pair(key).report for key in node.needs)
        known: tuple[tuple[float, float], ...] = ()
        if a is not None and b is not None and indicator.value is not None and indicator.benchmark is not None:
            aim = indicator.benchmark.value
            needed = aim * b / times
            known = ((a - needed if down else needed - a, needed), (b - a * times / aim, b))
        amounts = _rounded(unknown, first, need, known[:1]), _rounded(unknown, second, bottom, known[1:])
        return amounts if node.needs[1] == "co2e" else (amounts[0], NONE)

    def _rate(self, key: str, own: str, other: str) -> Computed:
        """What of a quantity is to be avoided so that its rate reaches the other's; where it rises, that it falls.

        A measure that looks at how much they fall gives full marks once both reach the rate it names.
        """
        base, report = (f"out_{key}_{period}" for period in PERIODS)
        rates = f"out_rate_{own}", f"out_rate_{other}"
        product = f"opt_synergy_basis={self.parts.formulas.option('synergy_basis', 'per_product')}"
        start = f"IF({product},{base}/out_output_base*out_output_report,{base})"
        alike = f"IF(AND({rates[0]}>0,{rates[1]}>0),MAX({rates[0]},{rates[1]}),0)"
        full = "IF(ISNUMBER(opt_full_rate),opt_full_rate,0)"
        sizes = [self.parts.formulas.option("moderate_score", m.name) for m in MEASURES if not m.balance]
        aim = f"IF(OR({','.join(f'opt_moderate_score={name}' for name in sizes)}),{full},{alike})"
        synergy, amount, output = self.result.synergy, self.result.quantities.pair(key), self.result.quantities.output
        known: tuple[tuple[float, float], ...] = ()
        if synergy is not None and amount.base is not None and amount.report is not None:
            from_base = amount.base
            if self.result.options["synergy_basis"] == "per_product":
                assert output.base and output.report is not None
                from_base = amount.base / output.base * output.report
            both = synergy.pollutants > 0 and synergy.carbon > 0
            aimed = max(synergy.pollutants, synergy.carbon) if both else 0.0
            if not measure_in_force(self.result.options).balance:
                aimed = float(self.result.options.get("full_rate") or 0)
            known = ((amount.report - from_base * (1 - aimed), amount.report),)
        return _rounded(f"COUNT({','.join(rates)})<2", f"{report}-{start}*(1-{aim})", report, known)

    # Sentences

    def said(self, indicator: IndicatorResult, otherwise: Computed) -> Computed:
        """The remedy of an indicator; where no amount is known, the sentence given."""
        index = self.parts.guide.indicators.index(indicator.node)
        cells = [self.layout.ref(self.layout.indicator_cell(index, key), "indicators") for key in ("amount", "other")]
        first, second = self.amounts(indicator)
        node = indicator.node
        if not (node.algorithm.is_synergy or node.algorithm.is_quotient):
            return otherwise
        keys: tuple[str, ...] = ("equivalents", "co2e") if node.algorithm.is_synergy else node.needs
        signs = "+−" if node.attribute == POSITIVE else "−−"
        join = texts.AND if node.algorithm.is_synergy else texts.OR
        found = list(zip(keys, signs, cells, (first, second), strict=True))
        if second is NONE:
            some, said = f"{cells[0]}>0", self._part(*found[0], converted=True)
        else:
            # Two of them stand side by side without what they are in other units: a line is short.
            some = f"MAX({cells[0]},{cells[1]})>0"
            both = [self._part(*entry, converted=False) for entry in found]
            alone = [self._part(*entry, converted=True) for entry in found]
            there = [f"IF(ISNUMBER({cell}),{cell}>0,FALSE())" for cell in cells]
            formula = f"IF(AND({there[0]},{there[1]}),{both[0].formula}&{self.q(join)}&{both[1].formula}"
            formula += f",IF({there[0]},{alone[0].formula},{alone[1].formula}))"
            words = [part.value for part in both]
            value = f"{words[0]}{self.t(join)}{words[1]}" if all(words) else alone[0].value or alone[1].value
            said = Computed(formula, value)
        listed = ",".join(cells[: 1 if second is NONE else 2])
        chosen = f"IF(COUNT({listed})=0,{otherwise.formula},IF({some},{said.formula},{otherwise.formula}))"
        return Computed(chosen, said.value or otherwise.value)

    def _part(self, key: str, sign: str, cell: str, computed: Computed, converted: bool) -> Computed:
        """An amount of a quantity with its sign, and what it is in other units."""
        amount = computed.value
        quantity = self.parts.guide.quantities.get(key) or QUANTITIES[key]
        name, unit, divided = self.t(texts.AMOUNTS.get(key, quantity.name)), self.t(quantity.unit), 1
        if "material_kg" in (key, quantity.whole):
            unit, divided = "t", 1000
        known = isinstance(amount, (int, float)) and amount > 0
        said = f"{name} {sign}", (_over(cell, divided), float(amount) / divided if known else None), f" {unit}"
        found = self._joined(*said, known=known)
        more = {"co2e": self._carbon, "equivalents": self._kg, "nonfossil_tce": self._power, "residual_kj": self._kwh}
        if key not in more or not converted:
            return found
        added = more[key](cell, float(amount) if known else None)
        return Computed(f"{found.formula}&{added.formula}", f"{found.value}{added.value}" if known else "")

    def _joined(self, *parts: str | tuple[str, float | None], known: bool) -> Computed:
        """Texts, and numbers as expression and value."""
        formula, value = [], ""
        for part in parts:
            if isinstance(part, str):
                formula.append(quoted(part))
                value += part
            else:
                formula.append(short_formula(part[0]))
                value += "" if part[1] is None else short_value(part[1])
        return Computed("&".join(formula), value if known else "")

    def _electric(self, kwh: str, value: float | None) -> tuple[str, float | None]:
        unit = 10_000 if self.layout.language == "zh" else 1000
        return _over(kwh, unit), None if value is None else value / unit

    def _carbon(self, cell: str, amount: float | None) -> Computed:
        """As green power in the place of grid power, or as coal that is not burnt."""
        factors = [Computed(self._factor(i), found.value) for i, found in enumerate(self.factors()[:2])]
        values = [None if amount is None else amount / float(found.value) for found in factors]
        mwh, coal = (f"{cell}/{found.formula}" for found in factors)
        t = self.t
        kwh = f"{mwh}*1000", None if values[0] is None else values[0] * 1000
        return self._joined(
            t(texts.THAT_IS), self._electric(*kwh), t(texts.GREEN_POWER), t(texts.OR), (coal, values[1]), t(texts.COAL),
            known=amount is not None,
        )  # fmt: skip

    def _power(self, cell: str, amount: float | None) -> Computed:
        coefficient = float(self.result.options["electricity_coefficient"])
        kwh = f"{cell}/opt_electricity_coefficient*1000"
        value = None if amount is None else amount / coefficient * 1000
        t = self.t
        return self._joined(
            t(texts.THAT_IS), self._electric(kwh, value), t(texts.GREEN_POWER), known=amount is not None
        )

    def _kwh(self, cell: str, amount: float | None) -> Computed:
        value = None if amount is None else amount / 3600
        return self._joined(
            self.t(texts.THAT_IS), self._electric(f"{cell}/3600", value), self.t(texts.POWER), known=amount is not None
        )

    def _kg(self, cell: str, amount: float | None) -> Computed:
        """As the largest pollutant alone, if it counts and there is as much of it."""
        top, unit, reported = (self._factor(place) for place in (LARGEST, UNIT, REPORT))
        said = f"{self.q(texts.THAT_IS)}&{short_formula(f'{reported}*{cell}/{top}')}&{unit}"
        formula = f'IF({unit}="","",IF({cell}<={top},{said},""))'
        name = self._unit_value()
        if amount is None or self._row is None or not name or amount > self._row[1]:
            return Computed(formula, "")
        reduced = self.result.assessment.pollutants[self._row[0]].report
        assert reduced is not None
        return Computed(formula, f"{self.t(texts.THAT_IS)}{short_value(reduced * amount / self._row[1])}{name}")

    def _unit(self, at: Callable[[str], str]) -> str:
        """The unit and name of the largest pollutant; nothing where it is not one that counts by its amount."""
        media = "opt_equivalent_media"
        others = [
            f"AND({media}={self.parts.formulas.option('equivalent_media', m)},{at('medium')}<>{self.q(eq.MEDIUM_NAMES[m])})"
            for m in (eq.WATER, eq.AIR)
        ]
        counts = f'AND({at("kept")}=1,{at("kind")}="{eq.AMOUNT}",NOT(OR({",".join(others)})))'
        return f'IF({counts}," "&{at("unit")}&" "&{at("pollutant")},"")'

    def _unit_value(self) -> str:
        if self._row is None:
            return ""
        known = self.parts.cached.known("pollutants", self._row[0])
        if not (known["kept"] == 1 and known["kind"] == eq.AMOUNT):
            return ""
        if str(self.result.options["equivalent_media"]) not in ("all", known.row.medium):
            return ""
        name = TABLES["pollutants"].names["pollutant"](known)
        return f" {self.t(unit_label(known.row.unit))} {name}"


#: Of an indicator of which no amount is known.
NONE = Computed('""', "")


def _over(expression: str, divided: int) -> str:
    return expression if divided == 1 else f"({expression})/{divided}"


def _coal(table: str) -> float:
    fuel = fuels.find_fuel(COAL, table)
    return fuels.fuel_co2(1, fuel.net_calorific_value, fuel.carbon_content, fuel.oxidation)


def _rounded(unknown: str, amount: str, whole: str, known: tuple[tuple[float, float], ...]) -> Computed:
    """An amount to so many digits of the whole; nothing where it is unknown, 0 where it is below."""
    digits = f"{_DIGITS - 1}-INT(LOG10({whole}))"
    formula = f'IF({unknown},"",IF({whole}<=0,"",MAX(0,ROUND({amount},{digits}))))'
    if not known or known[0][1] <= 0:
        return Computed(formula, "")
    places = _DIGITS - 1 - math.floor(math.log10(known[0][1]))
    return Computed(formula, max(0.0, float(rounded(known[0][0], places))))
