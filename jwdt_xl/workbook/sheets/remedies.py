"""The formulas of what wins lost points back, in tonnes, kWh and kg of the enterprise; their values are those of steps.py,
in the same order of operations.
"""

from __future__ import annotations

from collections.abc import Callable

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.result import IndicatorResult
from ...assessment.tables import NAME_FIELDS
from ...messages import Text
from ...standard import equivalents as eq
from ...standard import fuels, power
from ...standard.measures import MEASURES
from ...standard.quantities import QUANTITIES
from ...standard.scoring import MODERATE, NEGATIVE, POSITIVE
from ..columns.column import PERIODS, plain, shown
from ..columns.tables import TABLES
from ..parts import Parts
from . import result_texts as texts
from .computed import Computed, quoted, short_formula
from .main_fuel import ALIKE, ENERGIES, energies_of
from .steps import DIGITS, coal_factor, has_two, quotient_of, situation

GRID, COAL_FACTOR, LARGEST, PLACE, UNIT, REPORT, FUEL, FUEL_BILL, FUEL_ROW, FUEL_SAID, FUEL_REPORT, REPLACED = range(12)


class Remedies:
    """The amounts of one workbook's indicators, and the formulas by which they are said."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.layout, self.t, self.q = parts, parts.layout, parts.t, parts.formulas.t
        self.result = parts.result
        self.said_of = situation(parts.result, parts.layout.language, self._name)

    def _name(self, table: str, place: int) -> str:
        return str(TABLES[table].names[NAME_FIELDS[table]](self.parts.cached.known(table, place)))

    # What amounts are converted by

    def factors(self) -> list[Computed]:
        """t CO2 per MWh of grid power and per t of coal; the largest pollutant row: equivalents, place, unit and amount."""
        years = power.years(power.DEFAULT_SERIES)
        values = {year: power.grid_factor(year).value for year in years}
        formula = plain(values[years[0]])
        for year in years[1:]:
            formula = f"IF(out_report_year>={year},{plain(values[year])},{formula})"
        coal = {table: coal_factor(table) for table in fuels.TABLES}
        by_table = (
            f"IF(opt_fuel_table={self.parts.formulas.option('fuel_table', 'A')},{plain(coal['A'])},{plain(coal['B'])})"
        )
        amounts = self.layout.column("pollutants", "eq_report")
        top = self.layout.ref(self.layout.remedy_cell(LARGEST), "indicators")
        place, found = self._factor(PLACE), self.said_of.largest
        counted = [row.equivalents.report for row in self.result.quantities.pollutants]
        known = [amount for amount in counted if amount is not None]

        def at(key: str) -> str:
            return f"INDEX({self.layout.column('pollutants', key)},{place})"

        grid, of_coal = self.said_of.factors()
        return [
            Computed(f"IF(ISNUMBER(out_report_year),{formula},{plain(values[years[-1]])})", grid),
            Computed(by_table, of_coal),
            Computed(f'IF(COUNT({amounts})=0,"",MAX({amounts}))', max(known, default="")),
            Computed(
                f'IF({top}="","",IF(SUMPRODUCT(--({amounts}>={top}*{plain(ALIKE)}),--({amounts}<={top}))>1,"",MATCH({top},{amounts},0)))',
                "" if found is None else found.place + 1,
            ),
            Computed(f'IF({place}="","",{self._unit(at)})', "" if found is None else found.said),
            Computed(f'IF({place}="","",{at("report")})', "" if found is None else found.amount),
            *self._main_fuel(),
        ]

    def _main_fuel(self) -> list[Computed]:
        """The row of most energy: its tce, its place among the bills or else in the energy table, its unit and name, its amount."""
        found, column = self.said_of.fuel, self.layout.column
        most, bill, row = (self._factor(place) for place in (FUEL, FUEL_BILL, FUEL_ROW))
        amounts = {table: column(table, key) for table, (key, _) in ENERGIES.items()}
        alike = "+".join(f"SUMPRODUCT(--({a}>={most}*{plain(ALIKE)}),--({a}<={most}))" for a in amounts.values())

        def at(table: str, key: str) -> str:
            return f"INDEX({column(table, key)},{bill if table == 'activity' else row})"

        def chosen(of_bill: str, of_energy: str) -> str:
            return f'IF({bill}<>"",{of_bill},IF({row}<>"",{of_energy},""))'

        called = f'IF({at("activity", "name")}="",{at("activity", "kind")},{at("activity", "name")})'
        said = chosen(f'{at("activity", "unit")}&" "&{called}', f'{at("energy", "unit")}&" "&{at("energy", "energy")}')
        places = [found.place + 1 if found and found.table == table else "" for table in ENERGIES]
        there = [
            f'IF(IF({most}="",0,{most})<=0,"",IF({alike}>1,"",IFERROR(MATCH({most},{a},0),"")))'
            for a in amounts.values()
        ]
        power = at("activity", "kind") + "=" + self.q(ACTIVITY_KINDS["electricity"])
        listed = f"INDEX({self.parts.lists.column('energies', 'electricity')},{at('energy', 'key')})=1"
        fossil = [
            f'IF(OR({at(table, "non_fossil_share")}>0,{is_power}),"",{self._factor(FUEL_SAID)})'
            for table, is_power in (("activity", power), ("energy", listed))
        ]
        both = ",".join(amounts.values())
        largest = max((entry.tce for entry in energies_of(self.result)), default="")
        return [
            Computed(f'IF(COUNT({both})=0,"",MAX({both}))', largest),
            *map(Computed, there, places),
            Computed(said, found.said if found else ""),
            Computed(chosen(at("activity", "report"), at("energy", "report")), found.amount if found else ""),
            Computed(chosen(*fossil), found.said if found and found.may_be_replaced else ""),
        ]

    def _factor(self, place: int) -> str:
        return self.layout.ref(self.layout.remedy_cell(place), "indicators")

    # Amounts

    def amounts(self, indicator: IndicatorResult) -> tuple[Computed, Computed]:
        """The cells of the amounts."""
        benchmark = indicator.benchmark.value if indicator.benchmark else None
        values = self.said_of.missing(indicator.node, indicator.value, benchmark)
        first, second = zip(self._amounts(indicator), values, strict=True)
        return Computed(first[0], shown(first[1])), Computed(second[0], shown(second[1]))

    def _amounts(self, indicator: IndicatorResult) -> tuple[str, str]:
        """By how much what the value is made of has to change: the upper quantity, and the lower one or the other rate's."""
        node = indicator.node
        if node.attribute == MODERATE and node.algorithm.is_synergy:
            return self._rate("equivalents", "pollutants", "carbon"), self._rate("co2e", "carbon", "pollutants")
        quotient = quotient_of(node)
        if quotient is None or node.attribute not in (POSITIVE, NEGATIVE):
            return NONE, NONE
        top, bottom = (f"out_{key}_report" for key in quotient[:2])
        times, benchmark = plain(quotient[2]), f"out_benchmark_{node.code}"
        unknown = f"COUNT({top},{bottom},out_value_{node.code},{benchmark})<4"
        need, less = f"{benchmark}*{bottom}/{times}", f"{top}*{times}/{benchmark}"
        down = node.attribute == NEGATIVE
        first, second = f"{top}-{need}" if down else f"{need}-{top}", f"{bottom}-{less}"
        return _rounded(unknown, first, need), _rounded(unknown, second, bottom) if has_two(node) else NONE

    def _rate(self, key: str, own: str, other: str) -> str:
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
        return _rounded(f"COUNT({','.join(rates)})<2", f"{report}-{start}*(1-{aim})", report)

    # Sentences

    def said(self, indicator: IndicatorResult, otherwise: str) -> str:
        """The remedy of an indicator; where no amount is known, the sentence given."""
        node = indicator.node
        quotient = quotient_of(node)
        if not (node.algorithm.is_synergy or quotient):
            return otherwise
        index = self.parts.guide.indicators.index(node)
        cells = [self.layout.ref(self.layout.indicator_cell(index, key), "indicators") for key in ("amount", "other")]
        keys = quotient[:2] if quotient else ("equivalents", "co2e")
        signs = "+−" if node.attribute == POSITIVE else "−−"
        found = list(zip(keys, signs, cells, strict=True))
        two = self._amounts(indicator)[1] != NONE
        if not two:
            some, said = f"{cells[0]}>0", self._part(*found[0], converted=True)
        else:
            # Two of them stand side by side without what they are in other units: a line is short.
            some = f"MAX({cells[0]},{cells[1]})>0"
            join = self.q(texts.AND if node.algorithm.is_synergy else texts.OR)
            both = [self._part(*entry, converted=False) for entry in found]
            alone = [self._part(*entry, converted=True) for entry in found]
            there = [f"IF(ISNUMBER({cell}),{cell}>0,FALSE())" for cell in cells]
            said = f"IF(AND({there[0]},{there[1]}),{both[0]}&{join}&{both[1]},IF({there[0]},{alone[0]},{alone[1]}))"
        listed = ",".join(cells[: 2 if two else 1])
        return f"IF(COUNT({listed})=0,{otherwise},IF({some},{said},{otherwise}))"

    def _part(self, key: str, sign: str, cell: str, converted: bool) -> str:
        """An amount of a quantity with its sign, and what it is in other units."""
        quantity = self.parts.guide.quantities.get(key) or QUANTITIES[key]
        name, unit, divided = self.t(texts.AMOUNTS.get(key, quantity.name)), self.t(quantity.unit), 1
        if "material_kg" in (key, quantity.whole):
            unit, divided = "t", 1000
        found = f"{quoted(f'{name} {sign}')}&{short_formula(_over(cell, divided))}&{quoted(f' {unit}')}"
        more = {
            "co2e": self._carbon, "equivalents": self._kg, "nonfossil_tce": self._power, "residual_kj": self._kwh, "primary_tce": self._of_fuel,
        }  # fmt: skip
        return f"{found}&{more[key](cell)}" if key in more and converted else found

    def _electric(self, kwh: str) -> str:
        return short_formula(_over(kwh, 10_000 if self.layout.language == "zh" else 1000))

    def _carbon(self, cell: str) -> str:
        """As green power in the place of grid power, or as coal that is not burnt."""
        mwh, coal = f"{cell}/{self._factor(GRID)}", f"{cell}/{self._factor(COAL_FACTOR)}"
        power_said = f"{self.q(texts.THAT_IS)}&{self._electric(f'{mwh}*1000')}&{self.q(texts.GREEN_POWER)}"
        return f"{power_said}&{self.q(texts.OR)}&{short_formula(coal)}&{self.q(texts.COAL)}"

    def _power(self, cell: str) -> str:
        kwh = f"{cell}/opt_electricity_coefficient*1000"
        said = f"{self.q(texts.THAT_IS)}&{self._electric(kwh)}&{self.q(texts.GREEN_POWER)}"
        return f"{said}&{self._in(REPLACED, cell, texts.REPLACES)}"

    def _kwh(self, cell: str) -> str:
        return f"{self.q(texts.THAT_IS)}&{self._electric(f'{cell}/3600')}&{self.q(texts.POWER)}"

    def _kg(self, cell: str) -> str:
        """As the largest pollutant alone, if it counts and there is as much of it."""
        top, unit, reported = (self._factor(place) for place in (LARGEST, UNIT, REPORT))
        said = f"{self.q(texts.THAT_IS)}&{short_formula(f'{reported}*{cell}/{top}')}&{unit}"
        return f'IF({unit}="","",IF({cell}<={top},{said},""))'

    def _of_fuel(self, cell: str) -> str:
        return self._in(FUEL_SAID, cell, texts.ABOUT)

    def _in(self, place: int, cell: str, word: Text) -> str:
        """tce as the energy used most, if there is as much of it."""
        most, told, reported = (self._factor(each) for each in (FUEL, place, FUEL_REPORT))
        said = f"{self.q(word)}&{short_formula(f'{reported}*{cell}/{most}')}&{quoted(' ')}&{told}"
        return f'IF({told}="","",IF({cell}<={most},{said},""))'

    def _unit(self, at: Callable[[str], str]) -> str:
        """The unit and name of the largest pollutant; nothing where it is not one that counts by its amount."""
        media = "opt_equivalent_media"
        others = [
            f"AND({media}={self.parts.formulas.option('equivalent_media', m)},{at('medium')}<>{self.q(eq.MEDIUM_NAMES[m])})"
            for m in (eq.WATER, eq.AIR)
        ]
        counts = f'AND({at("kept")}=1,{at("kind")}="{eq.AMOUNT}",NOT(OR({",".join(others)})))'
        return f'IF({counts}," "&{at("unit")}&" "&{at("pollutant")},"")'


#: Of an indicator of which no amount is known.
NONE = '""'


def _over(expression: str, divided: int) -> str:
    return expression if divided == 1 else f"({expression})/{divided}"


def _rounded(unknown: str, amount: str, whole: str) -> str:
    """An amount to so many digits of the whole; nothing where it is unknown, 0 where it is below."""
    digits = f"{DIGITS - 1}-INT(LOG10({whole}))"
    return f'IF({unknown},"",IF({whole}<=0,"",MAX(0,ROUND({amount},{digits}))))'
