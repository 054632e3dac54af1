"""The formulas of the quantities: sums over tables, blank where a row is, and amounts typed outside of them."""

from __future__ import annotations

from collections.abc import Callable

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.kinds import NO_ENERGY
from ...assessment.places import ROUNDING
from ...messages import Text
from ...standard import energy as energies
from ...standard import equivalents as eq
from ...standard import greenhouse as ghg
from ...standard.quantities import Quantity
from ..lists import item_place
from ..plan import amount_column
from .base import FormulasBase
from .column import plain
from .names import place_in, unit_folding
from .status import LACKING, OK


class QuantityFormulas(FormulasBase):
    """Quantities by period."""

    def _wrong_rows(self, table: str) -> str:
        """How many rows of a table cannot be read: its sums are then missing, never silently smaller."""
        status = self.layout.column(table, "status")
        return f'SUMPRODUCT(--({status}<>""),--({status}<>{self.t(OK)}),--({status}<>{self.t(LACKING)}))'

    def _filled_rows(self, table: str) -> str:
        return f'SUMPRODUCT(--({self.layout.column(table, "status")}<>""))'

    def _medium(self, medium: str, period: str) -> str:
        """Sub-total of a medium after the overlap rule: 0 without rows, blank where a row is."""
        column = self.layout.whole_column  # the medium is an input
        media, values = column("pollutants", "medium"), column("pollutants", f"eq_{period}")
        name = self.t(eq.MEDIUM_NAMES[medium])
        kept = column("pollutants", "kept")
        gaps = f'COUNTIFS({media},{name})>COUNTIFS({media},{name},{values},">=0",{kept},">=0")'
        total = f"SUMIFS({values},{media},{name},{kept},1)"
        return f'IF({self._wrong_rows("pollutants")}>0,"",IF({gaps},"",{total}))'

    def equivalents_water(self, period: str) -> str:
        return self._medium(eq.WATER, period)

    def equivalents_air(self, period: str) -> str:
        return self._medium(eq.AIR, period)

    def equivalents_counted(self, period: str) -> str:
        water, air = (f"out_equivalents_{m}_{period}" for m in (eq.WATER, eq.AIR))
        both = f'IF({self._counted_rows()}=0,"",IF(OR({water}="",{air}=""),"",{water}+{air}))'
        choice = "equivalent_media"
        return (
            f"IF(opt_{choice}={self.option(choice, 'air')},{self._alone(eq.AIR, period)},"
            f"IF(opt_{choice}={self.option(choice, 'water')},{self._alone(eq.WATER, period)},{both}))"
        )

    def _counted_rows(self, medium: str = "") -> str:
        """How many rows have equivalents: what is recorded only does not make its medium present."""
        kinds, media = (self.layout.whole_column("pollutants", key) for key in ("kind", "medium"))
        if not medium:
            return f'({self._filled_rows("pollutants")}-COUNTIF({kinds},"{eq.RECORDED}"))'
        name = self.t(eq.MEDIUM_NAMES[medium])
        return f'(COUNTIF({media},{name})-COUNTIFS({media},{name},{kinds},"{eq.RECORDED}"))'

    def _alone(self, medium: str, period: str) -> str:
        """A medium without the other: blank where it has no row."""
        return f'IF({self._counted_rows(medium)}=0,"",out_equivalents_{medium}_{period})'

    # What an indicator counts only

    def part(self, part: Quantity, period: str) -> str:
        """The part of a quantity: blank where no row is of it, one of them is blank, or a row cannot be read."""
        if part.only.medium and not part.only.pollutants:
            return self._alone(part.only.medium, period)
        rows, filled, total, gross, wrong = [], [], [], [], []
        for table in part.tables:
            chosen, unclear = self._chosen(part, table)
            values = self.layout.whole_column(table, amount_column(table, part.whole, period))
            factors, needed = [chosen, values], chosen
            if part.whole == "nonfossil_tce":
                shares = self.layout.whole_column(table, "non_fossil_share")
                factors.insert(1, shares)
                needed = f"{chosen},--({shares}>0)"
            rows.append(f"SUMPRODUCT({chosen})")
            filled.append(f'SUMPRODUCT({needed},--({values}=""))>0')
            total.append(f"SUMPRODUCT({','.join(factors)})")
            if table in ("energy", "activity"):  # what is sold counts against what is bought
                gross.append(f"SUMPRODUCT({','.join([*factors, _sign(values)])})")
            wrong += [f"{self._wrong_rows(table)}>0", *unclear]
        return f'IF(OR({"+".join(rows)}=0,{",".join([*wrong, *filled])}),"",{_net(total, gross)})'

    def _chosen(
        self, part: Quantity, table: str, column: Callable[[str, str], str] | None = None
    ) -> tuple[str, list[str]]:
        """1 for every row of a table that is of the part, else 0; and where that cannot be told. column: one row's cells."""
        column, only = column or self.layout.whole_column, part.only
        if table in ("energy", "activity"):
            found = [energies.find_energy(name) for name in only.energies]
            keys = [f"{column(table, 'key')}={energies.energies().index(energy) + 1}" for energy in found]
            if table == "activity" and any(energy.is_electricity for energy in found):
                keys.append(f"{column(table, 'kind')}={self.t(ACTIVITY_KINDS['electricity'])}")
            return _any(keys), []
        if table == "pollutants":
            found_items = [eq.find_pollutant(name, only.medium or None).item for name in only.pollutants]
            return _any([f"{column(table, 'key')}={item_place(item)}" for item in found_items]), []
        names = column(table, next(iter(self.layout.tables[table].inputs)))
        unclear = f'COUNTIF({names}," *")+COUNTIF({names},"* ")>0'  # the engine reads names without blanks around them
        wanted = (Text(name, name) for name in (*only.materials, *only.energies))
        return _any([f"{names}={self.t(name)}" for name in wanted]), [unclear]

    def _table_sum(self, table: str, period: str) -> str:
        """A table's sum: blank where it is empty, has a blank or cannot be read."""
        values = self.layout.column(table, f"eq_{period}")
        filled = self._filled_rows(table)
        return f'IF(OR({filled}=0,{self._wrong_rows(table)}>0,COUNT({values})<{filled}),"",SUM({values}))'

    def _sum_of(self, columns: list[tuple[str, str]], left_out: str = "0") -> str:
        """The sum over tables: blank where all are empty, a row has a blank, or a row cannot be read."""
        each = [self.layout.column(table, key) for table, key in columns]
        ranges = ",".join(each)
        filled = "+".join(self._filled_rows(table) for table, _ in columns)
        wrong = "+".join(self._wrong_rows(table) for table, _ in columns)
        gross = [f'SUMIFS({values},{values},">0")-SUMIFS({values},{values},"<0")' for values in each]
        return f'IF(OR({filled}-{left_out}<=0,{wrong}>0,COUNT({ranges})<{filled}),"",{_net([f"SUM({ranges})"], gross)})'

    def co2e_total(self, period: str) -> str:
        return self._sum_of([("greenhouse", f"eq_{period}"), ("activity", f"co2_{period}")])

    def _no_energy_rows(self) -> str:
        kinds = self.layout.whole_column("activity", "kind")
        return "({})".format("+".join(f"COUNTIF({kinds},{self.t(ACTIVITY_KINDS[kind])})" for kind in NO_ENERGY))

    def primary_tce(self, period: str) -> str:
        return self._sum_of([("energy", f"eq_{period}"), ("activity", f"tce_{period}")], self._no_energy_rows())

    def nonfossil_tce(self, period: str) -> str:
        column = self.layout.column
        parts, gross, gaps = [], [], []
        for table, key in (("energy", f"eq_{period}"), ("activity", f"tce_{period}")):
            values, shares = column(table, key), column(table, "non_fossil_share")
            parts.append(f"SUMPRODUCT({shares},{values})")
            gross.append(f"SUMPRODUCT({shares},{values},{_sign(values)})")
            known = "+".join(f'COUNTIFS({shares},">0",{values},"{sign}0")' for sign in (">=", "<"))
            gaps.append(f'COUNTIF({shares},">0")>{known}')
            gaps.append(f"{self._wrong_rows(table)}>0")
        nothing = f"{self._filled_rows('energy')}+{self._filled_rows('activity')}-{self._no_energy_rows()}<=0"
        return f'IF(OR({nothing},{",".join(gaps)}),"",{_net(parts, gross)})'

    def category(self, category: str, period: str) -> str:
        """Emissions of a category as they enter the total; blank while the total is."""
        name, column = self.t(ghg.CATEGORY_NAMES[category]), self.layout.column
        ready = f"SUMIFS({column('greenhouse', f'eq_{period}')},{column('greenhouse', 'category')},{name})"
        bills = f"SUMIFS({column('activity', f'co2_{period}')},{column('activity', 'category')},{name})"
        return f'IF(out_co2e_{period}="","",{ready}+{bills})'

    def material_kg(self, period: str) -> str:
        return self._table_sum("materials", period)

    def residual_kj(self, period: str) -> str:
        return self._table_sum("residual_energy", period)

    def output(self, period: str) -> str:
        """The product list as standard product, else the one output."""
        single = self._amount(f"in_output_{period}")
        return f"IF({self._filled_rows('products')}=0,{single},{self._table_sum('products', period)})"

    def value_10k(self, period: str) -> str:
        unit = "in_output_value_unit"
        place = place_in(self.lists.column("units"), unit_folding(unit))
        measured, worth = (
            f"INDEX({self.lists.column('units', heading)},{place})" for heading in ("dimension", "factor")
        )
        factor = f'IF({unit}="",1,IF({measured}="money",{worth},NA()))'
        return f'IFERROR({self._amount(f"in_output_value_{period}", f"*{factor}")},"")'

    def report_year(self) -> str:
        return self._year_of("report")

    def base_year(self) -> str:
        return self._year_of("base")

    def _year_of(self, period: str) -> str:
        """The year a period's label starts with."""
        text = f"LEFT(TRIM(in_periods_{period}),4)"
        year = f"VALUE({text})"
        # Programs differ in what else they take for a number.
        digits = f'EXACT(TEXT({year},"0000"),{text})'
        return f'IFERROR(IF(AND({year}>=1900,{year}<=2099,{digits}),{year},""),"")'


def _sign(values: str) -> str:
    """1 and −1 for every row; what a text gives does not matter, as it counts as 0 itself."""
    return f"({values}>0)-({values}<0)"


def _net(parts: list[str], gross: list[str]) -> str:
    """A sum of what is bought and what is sold: 0 where only rounding is left of it."""
    total = "+".join(parts)
    return f"IF(ABS({total})<{plain(ROUNDING)}*({'+'.join(gross)}),0,{total})" if gross else total


def _any(conditions: list[str]) -> str:
    """1 for every row that fulfils one of some conditions, else 0; FALSE alone is more than any number."""
    several = "+".join(f"({condition})" for condition in conditions)
    return f"--({several}>0)" if len(conditions) > 1 else f"--{several}"
