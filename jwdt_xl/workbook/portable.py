"""The formulas of a workbook in ordinary functions that Excel 2016, WPS and LibreOffice compute alike.

One method per computed cell, named as its twin in the core. The editions with cell functions (calls.py) replace
the methods that a JWDT_ function can stand for. Patterns that programs disagree on are kept out by a test.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from ..assessment.activity import HEAT
from ..assessment.model import ACTIVITY_KINDS, CHOICE, FLAG, NUMBER, TABLES, specs
from ..assessment.ratios import RATIOS
from ..assessment.result import MISSING, NOT_APPLICABLE, NOT_ASSESSABLE, STATE_NAMES, VALUE
from ..messages import Text
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import greenhouse as ghg
from ..standard.guide import Node
from ..standard.indicators import CASE_NAMES, NO_CHANGE
from ..standard.options import BY_NAME
from ..standard.process import heat_factor
from ..standard.scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE, WEIGHT_TOLERANCE
from .hints import literal
from .layout import Layout, Table
from .lists import Lists
from .status import (
    INCOMPLETE,
    LACKING,
    NO_COEFFICIENT,
    NO_FACTOR,
    NO_ORIGIN,
    OK,
    UNKNOWN,
    WRONG_NUMBER,
    WRONG_ORIGIN,
    WRONG_UNIT,
)

PERIODS = ("base", "report")


class Formulas:
    """Formulas by computed cell; each method gives the text without the leading =."""

    def __init__(self, layout: Layout, lists: Lists) -> None:
        self.layout = layout
        self.lists = lists

    # Small parts

    def t(self, text: Text) -> str:
        """A text as a constant of a formula."""
        return '"' + self.layout.text(text).replace('"', '""') + '"'

    def option(self, name: str, value: str) -> str:
        """The text an option's cell shows for a value."""
        return self.t(BY_NAME[name].label_of(value))

    def cell(self, table: str, key: str, row: int) -> str:
        """A cell of a row's own table."""
        return f"${xl_col_to_name(self.layout.tables[table].column(key))}{row + 1}"

    def unit(self, heading: str, cell: str) -> str:
        """dimension or factor of a unit, which must be written exactly so: Mg is not mg."""
        place = self._match(f"EXACT({self.lists.column('units')},{cell})")
        return f"INDEX({self.lists.column('units', heading)},{place})"

    def _match(self, condition: str) -> str:
        """The place of the first cell that fulfils a condition; unlike MATCH by value it knows no wildcards."""
        return f"MATCH(1,INDEX(--({condition}),0),0)"

    def _place(self, block: str, name: str, medium: str = "") -> str:
        """Where the thing of a name stands in its own block, whose cells hold all names of one thing between bars."""
        first = f'{medium}&"|*|"' if medium else '"*|"'
        return f'MATCH({first}&{literal(name)}&"|*",{self.lists.column(block)},0)'

    def _blank_row(self, table: Table, row: int) -> str:
        first, last = xl_col_to_name(0), xl_col_to_name(len(table.inputs) - 1)
        return f"COUNTA(${first}{row + 1}:${last}{row + 1})=0"

    def _numbers_wrong(self, table: str, row: int) -> str:
        """Whether a number field of the row holds a text, a negative number or one above its maximum."""
        numbers = {k: spec for k, spec in specs(TABLES[table]).items() if spec.kind == NUMBER}
        cells = {key: self.cell(table, key, row) for key in numbers}
        listed = ",".join(cells.values())
        above = [f",{cells[key]}>{spec.maximum!r}" for key, spec in numbers.items() if spec.maximum]
        return f"OR(COUNT({listed})<COUNTA({listed}),MIN({listed})<0{''.join(above)})"

    def _answers_wrong(self, table: str, row: int) -> str:
        """Whether an answer of the row is none of those offered."""
        wrong = ["FALSE"]
        for key, spec in specs(TABLES[table]).items():
            if spec.kind in (CHOICE, FLAG):
                cell = self.cell(table, key, row)
                others = "".join(f",{cell}<>{self.t(label)}" for _, label in spec.choices)
                wrong.append(f'AND({cell}<>""{others})')
        return f"OR({','.join(wrong)})"

    def row(self, table: str, key: str, row: int) -> str:
        """The formula of a computed column in one row."""
        what, _, period = key.rpartition("_")
        if period in PERIODS:
            formula = getattr(self, f"{table}_{'amount' if what == 'eq' else what}")(row, period)
        else:
            formula = getattr(self, f"{table}_{key}")(row)
        return str(formula)

    def _state(self, table: str, row: int, needed: list[str], *checks: tuple[str, Text]) -> str:
        """A chain of checks that ends in OK."""
        t = self.layout.tables[table]
        blank = " ".join(f'{self.cell(table, key, row)}=""' for key in needed).replace(" ", ",")
        first = [
            (f"OR({blank})", INCOMPLETE),
            (self._numbers_wrong(table, row), WRONG_NUMBER),
            (self._answers_wrong(table, row), UNKNOWN),
        ]
        chain = self.t(OK)
        for condition, text in reversed([*first, *checks]):
            chain = f"IF({condition},{self.t(text)},{chain})"
        return f'IF({self._blank_row(t, row)},"",{chain})'

    def _factor(self, unit: str, dimension: str, factor: str) -> str:
        """What one of the row's unit is in the table's unit; blank where it measures something else."""
        return f'IFERROR(IF({self.unit("dimension", unit)}={dimension},{self.unit("factor", unit)}/{factor},""),"")'

    # Own equivalent values

    def own_equivalents_key(self, row: int) -> str:
        """By what pollutant rows find this one: the place of the pollutant in the list, else medium|name."""
        medium, name = (self.cell("own_equivalents", key, row) for key in ("medium", "pollutant"))
        place = self._place("pollutant_names", name, medium)
        return f'IF({name}="","",IFERROR("P"&{place},{medium}&"|"&{name}))'

    def own_equivalents_dimension(self, row: int) -> str:
        """What the own value's unit measures; blank where the value cannot be used, and so no pollutant's unit fits."""
        key, value, unit = (self.cell("own_equivalents", k, row) for k in ("key", "value", "unit"))
        pollutants = list(enumerate(eq.pollutants(), 1))
        special = "".join(f',{key}="P{place}"' for place, p in pollutants if p.kind != eq.AMOUNT)
        twice = f"SUMPRODUCT(--({self._own_column('key')}={key}))>1"
        unusable = f"OR(ISTEXT({value}),{value}<=0,{twice}{special})"
        dimension = self.unit("dimension", unit)
        possible = ",".join(f'{dimension}="{d}"' for d in eq.DIMENSIONS)
        known = f"INDEX({self.lists.column('pollutants', 'dimension')},VALUE(MID({key},2,9)))"
        fits = f'IF(LEFT({key})="P",{known}={dimension},OR({possible}))'
        return f'IFERROR(IF({unusable},"",IF({fits},{dimension},"")),"")'

    def own_equivalents_factor(self, row: int) -> str:
        return f'IFERROR({self.unit("factor", self.cell("own_equivalents", "unit", row))},"")'

    # Pollutants

    def pollutants_key(self, row: int) -> str:
        """The place of the row's pollutant in the list."""
        medium, name = (self.cell("pollutants", key, row) for key in ("medium", "pollutant"))
        place = self._place("pollutant_names", name, medium)
        return f'IFERROR({place},"")'

    def _pollutant(self, heading: str, row: int) -> str:
        return f"INDEX({self.lists.column('pollutants', heading)},{self.cell('pollutants', 'key', row)})"

    def pollutants_own(self, row: int) -> str:
        """The place of the row's own equivalent value."""
        medium, name, key = (self.cell("pollutants", k, row) for k in ("medium", "pollutant", "key"))
        canonical = f'IF({key}="",{medium}&"|"&{name},"P"&{key})'
        place = self._match(f"{self._own_column('key')}={canonical}")
        return f'IF({name}="","",IFERROR({place},""))'

    def _own(self, heading: str, row: int) -> str:
        return f"INDEX({self._own_column(heading)},{self.cell('pollutants', 'own', row)})"

    def _own_column(self, key: str) -> str:
        return self.layout.named(f"own_{key}", self.layout.column("own_equivalents", key))

    def pollutants_kind(self, row: int) -> str:
        key, own = (self.cell("pollutants", k, row) for k in ("key", "own"))
        return f'IF({own}<>"","{eq.AMOUNT}",IF({key}="","",{self._pollutant("kind", row)}))'

    def pollutants_factor(self, row: int) -> str:
        key, own, unit = (self.cell("pollutants", k, row) for k in ("key", "own", "unit"))
        by_own = self._factor(unit, self._own("dimension", row), self._own("factor", row))
        by_table = self._factor(unit, self._pollutant("dimension", row), self._pollutant("factor", row))
        return f'IF({own}<>"",{by_own},IF({key}="","",{by_table}))'

    def pollutants_status(self, row: int) -> str:
        kind, factor, parameter, limit = (
            self.cell("pollutants", k, row) for k in ("kind", "factor", "parameter", "limit")
        )
        needs_limit = f'OR({kind}="{eq.COLOUR}",{kind}="{eq.EXCEEDANCE}")'
        return self._state(
            "pollutants",
            row,
            ["medium", "pollutant", "unit"],
            (f'{kind}=""', UNKNOWN),
            (f'{factor}=""', WRONG_UNIT),
            (f'AND({kind}="{eq.PH}",{parameter}>14)', WRONG_NUMBER),
            (f'AND({needs_limit},{limit}<>"",{limit}<=0)', WRONG_NUMBER),
            (f'OR(AND({kind}<>"{eq.AMOUNT}",{parameter}=""),AND({needs_limit},{limit}=""))', LACKING),
        )

    def pollutants_value(self, row: int) -> str:
        """The equivalent value in force; of pH that of its class, blank from 6 to 9."""
        status, own, kind, ph = (self.cell("pollutants", k, row) for k in ("status", "own", "kind", "parameter"))
        classes = self.lists.column("ph_classes")
        by_class = f'IF({ph}<6,INDEX({classes},INT({ph})+1),IF({ph}>9,INDEX({classes},15-ROUNDUP({ph},0)),""))'
        table = f'IF({kind}="{eq.PH}",{by_class},{self._pollutant("value", row)})'
        return f'IF({status}<>{self.t(OK)},"",IF({own}<>"",{self._own("value", row)},{table}))'

    def pollutants_amount(self, row: int, period: str) -> str:
        """Pollutant equivalents of the row."""
        status, amount = (self.cell("pollutants", k, row) for k in ("status", period))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{self.equivalents(row, period)})'

    def equivalents(self, row: int, period: str) -> str:
        amount, factor, kind, value, measured, limit = (
            self.cell("pollutants", k, row) for k in (period, "factor", "kind", "value", "parameter", "limit")
        )
        plain = f"{amount}*{factor}/{value}"
        colour = f"{amount}*{factor}*MAX(0,({measured}-{limit})/{limit})/{value}"
        return (
            f'IF({kind}="{eq.COLOUR}",{colour},IF({kind}="{eq.EXCEEDANCE}",IF({measured}>{limit},{plain},0),'
            f'IF({value}="",0,{plain})))'
        )

    def pollutants_kept(self, row: int) -> str:
        """1 where the row counts, 0 where an overlapping pollutant is counted instead."""
        status, item = (self.cell("pollutants", k, row) for k in ("status", "key"))
        kept, items = (self.layout.named(f"overlap_{k}", self.layout.overlap_range(k)) for k in ("kept", "item"))
        flag = f"INDEX({kept},MATCH({item},{items},0))"
        return f'IF({status}="","",IF(COUNTIF({items},{item})=0,1,{flag}))'

    # Greenhouse gases

    def greenhouse_key(self, row: int) -> str:
        return f'IFERROR({self._place("gas_names", self.cell("greenhouse", "gas", row))},"")'

    def greenhouse_sign(self, row: int) -> str:
        category = self.cell("greenhouse", "category", row)
        place = self._match(f"{self.lists.column('categories')}={category}")
        return f'IFERROR(INDEX({self.lists.column("categories", "sign")},{place}),"")'

    def greenhouse_factor(self, row: int) -> str:
        return self._factor(self.cell("greenhouse", "unit", row), '"mass"', "1000")

    def greenhouse_status(self, row: int) -> str:
        key, sign, factor = (self.cell("greenhouse", k, row) for k in ("key", "sign", "factor"))
        return self._state(
            "greenhouse",
            row,
            ["category", "gas", "unit"],
            (f'OR({key}="",{sign}="")', UNKNOWN),
            (f'{factor}=""', WRONG_UNIT),
            (f'{self.cell("greenhouse", "gwp", row)}=""', UNKNOWN),
        )

    def greenhouse_gwp(self, row: int) -> str:
        """GWP100 of the row's gas in the set in force; blank where the set lacks it."""
        key = self.cell("greenhouse", "key", row)
        first, *others = ghg.GWP_SETS
        chosen = f"INDEX({self.lists.column('gases', first)},{key})"
        for name in others:
            here = f"INDEX({self.lists.column('gases', name)},{key})"
            chosen = f"IF(opt_gwp_set={self.option('gwp_set', name)},{here},{chosen})"
        return f'IF({key}="","",{chosen})'

    def greenhouse_value(self, row: int) -> str:
        return f'IF({self.cell("greenhouse", "status", row)}<>{self.t(OK)},"",{self.cell("greenhouse", "gwp", row)})'

    def greenhouse_amount(self, row: int, period: str) -> str:
        """t CO2e of the row, negative where it is subtracted."""
        status, amount = (self.cell("greenhouse", k, row) for k in ("status", period))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{self.cell("greenhouse", "sign", row)}*{self.co2e(row, period)})'

    def _biomass(self, row: int) -> str:
        code = f"INDEX({self.lists.column('gases', 'code')},{self.cell('greenhouse', 'key', row)})"
        return f'AND({self.cell("greenhouse", "biomass", row)}={self.t(YES)},{code}="CO2")'

    def co2e(self, row: int, period: str) -> str:
        amount, factor, value = (self.cell("greenhouse", k, row) for k in (period, "factor", "value"))
        return f"IF({self._biomass(row)},0,{amount}*{factor}*{value})"

    # Energy

    def energy_key(self, row: int) -> str:
        return f'IFERROR({self._place("energy_names", self.cell("energy", "energy", row))},"")'

    def _energy(self, heading: str, row: int) -> str:
        return f"INDEX({self.lists.column('energies', heading)},{self.cell('energy', 'key', row)})"

    def energy_factor(self, row: int) -> str:
        key, unit = (self.cell("energy", k, row) for k in ("key", "unit"))
        return f'IF({key}="","",{self._factor(unit, self._energy("dimension", row), self._energy("factor", row))})'

    def energy_status(self, row: int) -> str:
        key, factor, origin, own, heat = (
            self.cell("energy", k, row) for k in ("key", "factor", "origin", "coefficient", "net_calorific_value")
        )
        power, given = f"{self._energy('electricity', row)}=1", f"COUNT({own},{heat})"
        sold = self.t(energies.ORIGIN_NAMES[energies.SOLD])
        return self._state(
            "energy",
            row,
            ["energy", "unit"],
            (f'{key}=""', UNKNOWN),
            (f'{factor}=""', WRONG_UNIT),
            (f'AND({power},{origin}="")', NO_ORIGIN),
            (f'AND(NOT({power}),{origin}<>"",{origin}<>{sold})', WRONG_ORIGIN),
            # All electricity converts alike, and nothing by two coefficients or by none.
            (f"OR({given}>IF({power},0,1),AND({given}>0,MAX({own},{heat})=0))", WRONG_NUMBER),
            (f'{self.cell("energy", "kgce", row)}=""', NO_COEFFICIENT),
        )

    def energy_kgce(self, row: int) -> str:
        """kgce per unit of the table: electricity by the convention, own, measured, or the table's; blank in a range."""
        own, heat, feedstock = (
            self.cell("energy", k, row) for k in ("coefficient", "net_calorific_value", "feedstock")
        )
        low, high = (self._energy(h, row) for h in ("low", "high"))
        in_range = f'IF(OR({low}={high},AND({own}>={low},{own}<={high})),{own},"")'
        table = f'IF({low}="","",IF({low}={high},{low},IF({feedstock}={self.t(YES)},0,"")))'
        key = self.cell("energy", "key", row)
        return (
            f'IF({key}="","",IF({self._energy("electricity", row)}=1,opt_electricity_coefficient,'
            f'IF({own}<>"",{in_range},IF({heat}<>"",{heat}/{energies.KJ_PER_KGCE},{table}))))'
        )

    def energy_value(self, row: int) -> str:
        return f'IF({self.cell("energy", "status", row)}<>{self.t(OK)},"",{self.cell("energy", "kgce", row)})'

    def energy_share(self, row: int) -> str:
        """1 where the row counts in primary energy, −1 where sold, 0 for feedstock and energy media."""
        status, origin, feedstock = (self.cell("energy", k, row) for k in ("status", "origin", "feedstock"))
        sold = self.t(energies.ORIGIN_NAMES[energies.SOLD])
        excluded = f'OR({feedstock}={self.t(YES)},{self._energy("class", row)}="{energies.MEDIUM}")'
        return f'IF({status}<>{self.t(OK)},"",IF({excluded},0,IF({origin}={sold},-1,1)))'

    def energy_non_fossil_share(self, row: int) -> str:
        share, origin, stated, evidence, source, note = (
            self.cell("energy", k, row) for k in ("share", "origin", "non_fossil", "evidence", "source", "note")
        )
        grid = self.t(energies.ORIGIN_NAMES[energies.GRID])
        kind = self._energy("class", row)
        proven = f'AND({kind}="{energies.DEPENDS}",{stated}={self.t(YES)},{evidence}&{source}&{note}<>"")'
        fuel = f'IF(OR({kind}="{energies.NONFOSSIL}",{proven}),1,0)'
        power = f"IF({origin}={grid},opt_grid_nonfossil_share,1)"
        return f'IF({share}="","",IF({share}<>1,0,IF({self._energy("electricity", row)}=1,{power},{fuel})))'

    def energy_amount(self, row: int, period: str) -> str:
        """tce of the row as it counts in primary energy."""
        status, share, amount = (self.cell("energy", k, row) for k in ("status", "share", period))
        return f'IF({status}<>{self.t(OK)},"",IF({share}=0,0,IF({amount}="","",{share}*{self.tce(row, period)})))'

    def tce(self, row: int, period: str) -> str:
        amount, factor, value = (self.cell("energy", k, row) for k in (period, "factor", "value"))
        return f"{amount}*{factor}*{value}/1000"

    # Bills

    def _kind(self, row: int, kind: str) -> str:
        return f"{self.cell('activity', 'kind', row)}={self.t(ACTIVITY_KINDS[kind])}"

    def _origin(self, row: int, *origins: str) -> str:
        cell = self.cell("activity", "origin", row)
        return "OR({})".format(",".join(f"{cell}={self.t(energies.ORIGIN_NAMES[o])}" for o in origins))

    def _yes(self, row: int, *fields: str) -> str:
        return "OR({})".format(",".join(f"{self.cell('activity', f, row)}={self.t(YES)}" for f in fields))

    def activity_fuel(self, row: int) -> str:
        place = self._place("fuel_names", self.cell("activity", "name", row))
        return f'IF({self._kind(row, "fuel")},IFERROR({place},""),"")'

    def activity_key(self, row: int) -> str:
        """The place of the row's fuel or heat in the table of GB/T 2589."""
        fuel = f'IFERROR({self._place("energy_names", self.cell("activity", "name", row))},"")'
        heat = energies.energies().index(energies.find_energy(HEAT)) + 1  # whatever its name: it is bought by GJ
        return f'IF({self._kind(row, "heat")},{heat},IF({self._kind(row, "fuel")},{fuel},""))'

    def activity_process(self, row: int) -> str:
        place = self._place("process_names", self.cell("activity", "name", row))
        return f'IF({self._kind(row, "process")},IFERROR({place},""),"")'

    def activity_dimension(self, row: int) -> str:
        return f'IFERROR({self.unit("dimension", self.cell("activity", "unit", row))},"")'

    def activity_unit_factor(self, row: int) -> str:
        """What one of the row's unit is in t, 10^4 Nm3, MWh or GJ; blank where it measures something else."""
        unit, dimension = (self.cell("activity", k, row) for k in ("unit", "dimension"))
        factor = self.unit("factor", unit)
        fuel = f'IF({dimension}="mass",{factor}/1000,IF({dimension}="volume",{factor}/10000,""))'
        other = f'IF({dimension}="energy",{factor}/IF({self._kind(row, "heat")},1000000,3600000),"")'
        process = f'IF({dimension}="mass",{factor}/1000,"")'
        return f'IFERROR(IF({self._kind(row, "fuel")},{fuel},IF({self._kind(row, "process")},{process},{other})),"")'

    def _fuel_parameter(self, row: int, field: str, heading: str) -> str:
        """An own parameter, else the default of the table in force."""
        own, fuel = (self.cell("activity", k, row) for k in (field, "fuel"))
        a, b = (f"INDEX({self.lists.column('fuels', f'{t}_{heading}')},{fuel})" for t in "AB")
        default = f"IF(opt_fuel_table={self.option('fuel_table', 'A')},{a},{b})"
        return f'IF({own}<>"",{own},IF({fuel}="","",{default}))'

    def activity_ncv(self, row: int) -> str:
        return self._fuel_parameter(row, "net_calorific_value", "ncv")

    def activity_carbon(self, row: int) -> str:
        return self._fuel_parameter(row, "carbon_content", "carbon")

    def activity_oxidised(self, row: int) -> str:
        return self._fuel_parameter(row, "oxidation", "oxidised")

    def _series(self, row: int) -> str:
        series = self.cell("activity", "factor_series", row)
        return f'IF({series}="",1,IFERROR({self._place("series_names", series)},""))'

    def activity_year(self, row: int) -> str:
        """The year of the grid factor: given, else the latest not after the report period, else the first."""
        given, series = self.cell("activity", "factor_year", row), self._series(row)
        years, all_series = self.lists.column("grid", "year"), self.lists.column("grid", "series")
        count = f'IF(out_report_year="",COUNTIF({all_series},{series}),COUNTIFS({all_series},{series},{years},"<="&out_report_year))'
        latest = f"INDEX({years},MATCH({series},{all_series},0)+MAX(1,{count})-1)"
        own = self.cell("activity", "emission_factor", row)
        green = self._origin(row, energies.OWN_RENEWABLE, energies.DIRECT_GREEN)
        needed = f'AND({self._kind(row, "electricity")},{own}="",NOT({green}))'
        return f'IF({needed},IF({given}<>"",{given},IFERROR({latest},"")),"")'

    def activity_factor(self, row: int) -> str:
        """t CO2 per t, 10^4 Nm3, MWh or GJ; blank where none is known."""
        own, ncv, carbon, oxidised, year = (
            self.cell("activity", k, row) for k in ("emission_factor", "ncv", "carbon", "oxidised", "year")
        )
        fuel = f'IF(OR({ncv}="",{carbon}="",{oxidised}=""),"",{ncv}*{carbon}*{oxidised}*44/12)'
        fuel = f'IF({self._yes(row, "feedstock", "biomass")},0,IF({own}<>"",{own},{fuel}))'
        grid = f'IFERROR(INDEX({self.lists.column("grid", "value")},MATCH({self._series(row)}&"|"&{year},{self.lists.column("grid")},0)),"")'
        power = f"IF({self._origin(row, energies.OWN_RENEWABLE, energies.DIRECT_GREEN)},0,{grid})"
        place = self.cell("activity", "process", row)
        process = f'IF({place}="","",INDEX({self.lists.column("processes")},{place}))'
        heat = repr(heat_factor().value)
        other = f"IF({self._kind(row, 'electricity')},{power},IF({self._kind(row, 'heat')},{heat},{process}))"
        return f'IF({self._kind(row, "fuel")},{fuel},IF({own}<>"",{own},{other}))'

    def activity_kgce(self, row: int) -> str:
        """kgce per kg, m3, kWh or MJ; blank where none is known."""
        own, key, given, ncv, dimension = (
            self.cell("activity", k, row) for k in ("coefficient", "key", "net_calorific_value", "ncv", "dimension")
        )
        low, high = (f"INDEX({self.lists.column('energies', h)},{key})" for h in ("low", "high"))
        in_range = f'IF(OR({low}={high},AND({own}>={low},{own}<={high})),{own},"")'
        table = f'IF({low}={high},{low},"")'
        by_heat = f'{ncv}*IF({dimension}="volume",100,1000)/{energies.KJ_PER_KGCE}'
        listed = f'IF({own}<>"",{in_range},{table})'
        unlisted = f'IF({own}<>"",{own},IF({ncv}="","",{by_heat}))'
        fuel = f'IF(AND({own}="",{given}<>""),{by_heat},IF({key}="",{unlisted},{listed}))'
        none = f"OR({self._kind(row, 'process')},{self._yes(row, 'feedstock')})"
        return (
            f"IF({self._kind(row, 'electricity')},opt_electricity_coefficient,IF({none},0,"
            f'IF({self._kind(row, "heat")},IF({key}="","",{listed}),{fuel})))'
        )

    def activity_status(self, row: int) -> str:
        name, origin, fuel, key, dimension, unit_factor, factor, kgce = (
            self.cell("activity", k, row)
            for k in ("name", "origin", "fuel", "key", "dimension", "unit_factor", "factor", "kgce")
        )
        own, given = (self.cell("activity", k, row) for k in ("coefficient", "net_calorific_value"))
        measured = [self.cell("activity", k, row) for k in ("net_calorific_value", "carbon_content", "oxidation")]
        emitted = self.cell("activity", "emission_factor", row)
        named = f'OR({self._kind(row, "fuel")},AND({self._kind(row, "process")},{emitted}=""))'
        sold_only = f"AND({self._kind(row, 'heat')},{self._origin(row, energies.SOLD)})"
        free = f'OR({origin}="",{self._kind(row, "electricity")},{sold_only})'
        # A default is in the table's unit: whoever uses it must measure the same thing.
        burnt = f'AND(NOT({self._yes(row, "feedstock", "biomass")}),{emitted}="",COUNT({",".join(measured)})<3)'
        by_heat = f'AND({key}="",{own}="",{given}="",NOT({self._yes(row, "feedstock")}))'
        defaults = f'AND({self._kind(row, "fuel")},{fuel}<>"",OR({burnt},{by_heat}))'
        fuel_unit = f"IF({defaults},INDEX({self.lists.column('fuels', 'dimension')},{fuel})<>{dimension},FALSE)"
        energy_unit = (
            f'IF(AND({key}<>"",NOT({self._yes(row, "feedstock")}),NOT(AND({self._kind(row, "fuel")},{own}="",{given}<>""))),'
            f"INDEX({self.lists.column('energies', 'dimension')},{key})<>{dimension},FALSE)"
        )
        return self._state(
            "activity",
            row,
            ["kind", "unit"],
            (f'AND({named},{name}="")', INCOMPLETE),
            (f'AND({self._kind(row, "electricity")},{origin}="")', NO_ORIGIN),
            (f"NOT({free})", WRONG_ORIGIN),
            (f'{unit_factor}=""', WRONG_UNIT),
            (fuel_unit, WRONG_UNIT),
            (energy_unit, WRONG_UNIT),
            (
                f'OR(AND({self._kind(row, "electricity")},{own}<>""),AND({own}<>"",{own}<=0),AND({given}<>"",{given}<=0))',
                WRONG_NUMBER,
            ),
            (f'{factor}=""', NO_FACTOR),
            (f'{kgce}=""', NO_COEFFICIENT),
        )

    def activity_category(self, row: int) -> str:
        """The category of GB/T 32150 the row's emissions belong to."""
        sold = self._origin(row, energies.SOLD)
        names = {c: self.t(text) for c, text in ghg.CATEGORY_NAMES.items()}
        power = f"IF({sold},{names['exported_electricity']},{names['purchased_electricity']})"
        heat = f"IF({sold},{names['exported_heat']},{names['purchased_heat']})"
        other = f"IF({self._kind(row, 'fuel')},{names['fuel']},{names['process']})"
        chain = f"IF({self._kind(row, 'electricity')},{power},IF({self._kind(row, 'heat')},{heat},{other}))"
        return f'IF({self.cell("activity", "status", row)}<>{self.t(OK)},"",{chain})'

    def activity_share(self, row: int) -> str:
        status, key = (self.cell("activity", k, row) for k in ("status", "key"))
        medium = f'IF({key}="",FALSE,INDEX({self.lists.column("energies", "class")},{key})="{energies.MEDIUM}")'
        excluded = f"OR({self._kind(row, 'process')},{self._yes(row, 'feedstock')})"
        sold = f"IF({self._origin(row, energies.SOLD)},-1,IF({medium},0,1))"
        return f'IF({status}<>{self.t(OK)},"",IF({excluded},0,{sold}))'

    def activity_non_fossil_share(self, row: int) -> str:
        share, key, fuel = (self.cell("activity", k, row) for k in ("share", "key", "fuel"))
        said = "&".join(self.cell("activity", k, row) for k in ("evidence", "source", "note"))
        kind = f'IF({key}="","",INDEX({self.lists.column("energies", "class")},{key}))'
        free = f'OR({key}="",{kind}="{energies.DEPENDS}")'
        stated = f'AND({self._yes(row, "non_fossil")},{said}<>"",{free},{fuel}="")'
        grown = f'OR(AND({self._kind(row, "fuel")},{self._yes(row, "biomass")}),{kind}="{energies.NONFOSSIL}")'
        power = f"IF({self._origin(row, energies.GRID)},opt_grid_nonfossil_share,1)"
        other = f"IF(OR({grown},{stated}),1,0)"
        return f'IF({share}="","",IF({share}<>1,0,IF({self._kind(row, "electricity")},{power},{other})))'

    def activity_co2(self, row: int, period: str) -> str:
        """t CO2 of the row, negative where sold; 0 where its factor is 0, even if the amount is blank."""
        status, factor, amount = (self.cell("activity", k, row) for k in ("status", "factor", period))
        signed = f"IF({self._origin(row, energies.SOLD)},-1,1)*{self.activity_emission(row, period)}"
        return f'IF({status}<>{self.t(OK)},"",IF({factor}=0,0,IF({amount}="","",{signed})))'

    def activity_emission(self, row: int, period: str) -> str:
        amount, unit_factor, factor = (self.cell("activity", k, row) for k in (period, "unit_factor", "factor"))
        return f"{amount}*{unit_factor}*{factor}"

    def activity_tce(self, row: int, period: str) -> str:
        """tce of the row as it counts in primary energy."""
        status, share, amount, unit_factor, kgce, dimension = (
            self.cell("activity", k, row) for k in ("status", "share", period, "unit_factor", "kgce", "dimension")
        )
        tce = f'{share}*{amount}*{unit_factor}*{kgce}*IF({dimension}="volume",10,1)'
        return f'IF({status}<>{self.t(OK)},"",IF({share}=0,0,IF({amount}="","",{tce})))'

    # Products

    def products_status(self, row: int) -> str:
        return self._state("products", row, ["name", "unit"])

    def products_amount(self, row: int, period: str) -> str:
        """Output of the row as standard product."""
        status, amount, factor = (self.cell("products", k, row) for k in ("status", period, "factor"))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{amount}*IF({factor}="",1,{factor}))'

    # Materials and residual energy

    def materials_factor(self, row: int) -> str:
        return self._factor(self.cell("materials", "unit", row), '"mass"', "1")

    def residual_energy_factor(self, row: int) -> str:
        return self._factor(self.cell("residual_energy", "unit", row), '"energy"', "1")

    def materials_status(self, row: int) -> str:
        factor = self.cell("materials", "factor", row)
        return self._state("materials", row, ["material", "unit"], (f'{factor}=""', WRONG_UNIT))

    def residual_energy_status(self, row: int) -> str:
        factor = self.cell("residual_energy", "factor", row)
        return self._state("residual_energy", row, ["kind", "unit"], (f'{factor}=""', WRONG_UNIT))

    def _converted(self, table: str, row: int, period: str) -> str:
        status, amount, factor = (self.cell(table, k, row) for k in ("status", period, "factor"))
        return f'IF(OR({status}<>{self.t(OK)},{amount}=""),"",{amount}*{factor})'

    def materials_amount(self, row: int, period: str) -> str:
        return self._converted("materials", row, period)

    def residual_energy_amount(self, row: int, period: str) -> str:
        return self._converted("residual_energy", row, period)

    # Quantities

    def _wrong_rows(self, table: str) -> str:
        """How many rows of a table cannot be read: its sums are then missing, never silently smaller."""
        status = self.layout.column(table, "status")
        return f'SUMPRODUCT(--({status}<>""),--({status}<>{self.t(OK)}),--({status}<>{self.t(LACKING)}))'

    def _filled_rows(self, table: str) -> str:
        return f'SUMPRODUCT(--({self.layout.column(table, "status")}<>""))'

    def overlap_total(self, index: int) -> str:
        """Equivalents of an overlapping pollutant over both periods; −1 where it has no row."""
        item = self.layout.ref(self.layout.overlap_cell(index, "item"), "quantities")
        items = self.layout.column("pollutants", "key")
        sums = "+".join(f"SUMIFS({self.layout.column('pollutants', f'eq_{p}')},{items},{item})" for p in PERIODS)
        return f"IF(COUNTIF({items},{item})=0,-1,{sums})"

    def overlap_kept(self, index: int) -> str:
        """1 for the pollutant with the most equivalents of its group, at a tie the first in the law's order."""
        groups = list(eq.OVERLAPS.values())
        start = 0
        for group in groups:
            if index < start + len(group):
                break
            start += len(group)
        total = [
            self.layout.ref(self.layout.overlap_cell(i, "total"), "quantities")
            for i in range(start, start + len(group))
        ]
        here = total[index - start]
        conditions = [f"{here}>={other}*(1-{eq.TIE!r})" for other in total if other != here]
        # An earlier one that is as large is kept instead.
        conditions += [
            f"OR({other}<0,{other}<MAX({','.join(total)})*(1-{eq.TIE!r}))" for other in total[: index - start]
        ]
        largest = f"IF(AND({','.join(conditions)}),1,0)"
        return f"IF(opt_organic_overlap={self.option('organic_overlap', 'all')},1,{largest})"

    def _medium(self, medium: str, period: str) -> str:
        """Sub-total of a medium after the overlap rule: 0 without rows, blank where a row is."""
        column = self.layout.column
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
        media = self.layout.column("pollutants", "medium")
        water, air = (f"out_equivalents_{m}_{period}" for m in (eq.WATER, eq.AIR))
        names = {m: self.t(eq.MEDIUM_NAMES[m]) for m in eq.MEDIA}

        def alone(medium: str, cell: str) -> str:
            return f'IF(COUNTIF({media},{names[medium]})=0,"",{cell})'

        both = f'IF({self._filled_rows("pollutants")}=0,"",IF(OR({water}="",{air}=""),"",{water}+{air}))'
        choice = "equivalent_media"
        return (
            f"IF(opt_{choice}={self.option(choice, 'air')},{alone(eq.AIR, air)},"
            f"IF(opt_{choice}={self.option(choice, 'water')},{alone(eq.WATER, water)},{both}))"
        )

    def _table_sum(self, table: str, period: str) -> str:
        """A table's sum: blank where it is empty, has a blank or cannot be read."""
        values = self.layout.column(table, f"eq_{period}")
        filled = self._filled_rows(table)
        return f'IF(OR({filled}=0,{self._wrong_rows(table)}>0,COUNT({values})<{filled}),"",SUM({values}))'

    def _sum_of(self, columns: list[tuple[str, str]], left_out: str = "0") -> str:
        """The sum over tables: blank where all are empty, a row has a blank, or a row cannot be read."""
        ranges = ",".join(self.layout.column(table, key) for table, key in columns)
        filled = "+".join(self._filled_rows(table) for table, _ in columns)
        wrong = "+".join(self._wrong_rows(table) for table, _ in columns)
        return f'IF(OR({filled}-{left_out}<=0,{wrong}>0,COUNT({ranges})<{filled}),"",SUM({ranges}))'

    def co2e_total(self, period: str) -> str:
        return self._sum_of([("greenhouse", f"eq_{period}"), ("activity", f"co2_{period}")])

    def _process_rows(self) -> str:
        return f"COUNTIF({self.layout.column('activity', 'kind')},{self.t(ACTIVITY_KINDS['process'])})"

    def primary_tce(self, period: str) -> str:
        return self._sum_of([("energy", f"eq_{period}"), ("activity", f"tce_{period}")], self._process_rows())

    def nonfossil_tce(self, period: str) -> str:
        column = self.layout.column
        parts, gaps = [], []
        for table, key in (("energy", f"eq_{period}"), ("activity", f"tce_{period}")):
            values, shares = column(table, key), column(table, "non_fossil_share")
            parts.append(f"SUMPRODUCT({shares},{values})")
            gaps.append(f'COUNTIF({shares},">0")>COUNTIFS({shares},">0",{values},">=0")')
            gaps.append(f"{self._wrong_rows(table)}>0")
        nothing = f"{self._filled_rows('energy')}+{self._filled_rows('activity')}-{self._process_rows()}<=0"
        return f'IF(OR({nothing},{",".join(gaps)}),"",{"+".join(parts)})'

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
        fits = f'{self.unit("dimension", unit)}="money"'
        factor = f'IF({unit}="",1,IF({fits},{self.unit("factor", unit)},NA()))'
        return f'IFERROR({self._amount(f"in_output_value_{period}", f"*{factor}")},"")'

    def _amount(self, name: str, times: str = "") -> str:
        """An amount typed outside the tables; blank where it is no number or a negative one."""
        return f'IF(ISNUMBER({name}),IF({name}>=0,{name}{times},""),"")'

    def quantity(self, key: str, period: str) -> str:
        method = {"equivalents": "equivalents_counted", "co2e": "co2e_total"}.get(key, key)
        return str(getattr(self, method)(period))

    # Synergy

    def _per_product(self) -> str:
        return f"opt_synergy_basis={self.option('synergy_basis', 'per_product')}"

    def _synergy_missing(self) -> str:
        known = ",".join(f"out_{k}_{p}" for k in ("equivalents", "co2e") for p in PERIODS)
        outputs = ",".join(f"out_output_{p}" for p in PERIODS)
        return f"OR(COUNT({known})<4,AND({self._per_product()},COUNT({outputs})<2))"

    def _synergy_undefined(self) -> str:
        return (
            f"OR(out_equivalents_base<=0,out_co2e_base<=0,"
            f"AND({self._per_product()},OR(out_output_base<=0,out_output_report<=0)))"
        )

    def _rate(self, key: str) -> str:
        base, report = (f"out_{key}_{p}" for p in PERIODS)
        product = f"({base}/out_output_base-{report}/out_output_report)/({base}/out_output_base)"
        rate = f"IF({self._per_product()},{product},({base}-{report})/{base})"
        return f'IF({self._synergy_missing()},"",IF({self._synergy_undefined()},"",IF(ABS({rate})<{NO_CHANGE!r},0,{rate})))'

    def report_year(self) -> str:
        """The year the report period's label starts with."""
        text = "LEFT(TRIM(in_periods_report),4)"
        year = f"VALUE({text})"
        # Programs differ in what else they take for a number.
        digits = f'EXACT(TEXT({year},"0000"),{text})'
        return f'IFERROR(IF(AND({year}>=1900,{year}<=2099,{digits}),{year},""),"")'

    def rate_pollutants(self) -> str:
        return self._rate("equivalents")

    def rate_carbon(self) -> str:
        return self._rate("co2e")

    def synergy_case(self) -> str:
        """The case in words, from the signs of both rates."""
        names = {case: self.t(text) for case, text in CASE_NAMES.items()}
        order = [
            "both_rise", "one_rises", "trade_off", "one_rises", "no_change", "only_carbon", "trade_off", "only_pollutants", "synergy",
        ]  # fmt: skip
        listed = ",".join(names[case] for case in order)
        return f'IF(out_rate_pollutants="","",CHOOSE(3*(SIGN(out_rate_pollutants)+1)+SIGN(out_rate_carbon)+2,{listed}))'

    def single(self, key: str) -> str:
        return str(getattr(self, key)())

    # Indicators

    def state(self, node: Node) -> str:
        """value, missing, not assessable or not applicable."""
        names = {state: self.t(text) for state, text in STATE_NAMES.items()}
        missing, undefined = self._missing(node), self._undefined(node)
        chain = f"IF({missing},{names[MISSING]},IF({undefined},{names[NOT_ASSESSABLE]},{names[VALUE]}))"
        return f'IF(TRIM(in_not_applicable_{node.code})<>"",{names[NOT_APPLICABLE]},{chain})'

    def _missing(self, node: Node) -> str:
        if node.formula == "synergy":
            return self._synergy_missing()
        if node.formula in RATIOS:
            return "COUNT({})<2".format(",".join(f"out_{key}_report" for key in divided(node)))
        if node.formula == "policy":
            listed, recommended = "in_policy_elimination_list", "in_policy_recommended"
            both = f"AND({self._is(listed, NO)},{self._is(recommended, YES, PARTLY, NO)})"
            return f"NOT(OR({self._is(listed, YES)},{both}))"
        if node.formula == "management":
            established, effective = "in_management_established", "in_management_effective"
            both = f"AND({self._is(established, YES)},{self._is(effective, YES, NO)})"
            return f"NOT(OR({self._is(established, NO)},{both}))"
        return f'{self.entered(node)}=""'

    def _is(self, answer: str, *texts: Text) -> str:
        """Whether an answer is one of these; another is as good as none."""
        return "OR({})".format(",".join(f"{answer}={self.t(text)}" for text in texts))

    def _undefined(self, node: Node) -> str:
        if node.formula == "synergy":
            return self._synergy_undefined()
        if node.formula not in RATIOS:
            return "FALSE"
        negative = "out_co2e_report<0" if "co2e" in divided(node) else "FALSE"
        return f"OR(out_{divided(node)[1]}_report<=0,{negative})"

    def _assessed(self, node: Node, formula: str) -> str:
        return f'IF(out_state_{node.code}<>{self.t(STATE_NAMES[VALUE])},"",{formula})'

    def value(self, node: Node) -> str:
        """The value of an indicator, by the formula the guide names."""
        return self._assessed(node, str(getattr(self, node.formula)(node)))

    def synergy(self, node: Node) -> str:
        both_fall = "AND(out_rate_pollutants>0,out_rate_carbon>0)"
        return f"IF({both_fall},out_rate_pollutants/out_rate_carbon,out_synergy_case)"

    def _ratio(self, node: Node, times: str = "") -> str:
        numerator, denominator = divided(node)
        return f"out_{numerator}_report{times}/out_{denominator}_report"

    def equivalent_intensity(self, node: Node) -> str:
        return self._ratio(node)

    def carbon_intensity(self, node: Node) -> str:
        return self._ratio(node, "*1000")

    def carbon_productivity(self, node: Node) -> str:
        return self._ratio(node)

    def nonfossil_share(self, node: Node) -> str:
        return self._ratio(node, "*100")

    def material_intensity(self, node: Node) -> str:
        return self._ratio(node)

    def residual_energy_intensity(self, node: Node) -> str:
        return self._ratio(node)

    def policy(self, node: Node) -> str:
        answer, yes, partly = "in_policy_recommended", self.t(YES), self.t(PARTLY)
        return f"IF(in_policy_elimination_list={yes},0,IF({answer}={yes},1,IF({answer}={partly},0.5,0)))"

    def management(self, node: Node) -> str:
        yes = self.t(YES)
        return f"IF(in_management_established={yes},IF(in_management_effective={yes},1,0.5),0)"

    def entered(self, node: Node) -> str:
        """The entered value; blank where it is none, or a grade above 1."""
        amount = self._amount(f"in_entered_{node.code}")
        return f'IF({amount}>1,"",{amount})' if node.attribute == QUALITATIVE else amount

    def benchmark(self, node: Node) -> str:
        """The assessment's benchmark, else the guide's; blank where it is no number above 0."""
        if node.attribute in (MODERATE, QUALITATIVE):
            return '""'
        own = f"in_benchmarks_{node.code}_value"
        default = repr(node.benchmark.value) if node.benchmark else '""'
        return f'IF({own}="",{default},IF(ISNUMBER({own}),IF({own}>0,{own},""),""))'

    def score(self, node: Node) -> str:
        """Score 0–100·k; blank where the value or its benchmark is missing."""
        if node.attribute in (POSITIVE, NEGATIVE):
            return self._assessed(node, f'IF(ISNUMBER(out_benchmark_{node.code}),{self.indicator_score(node)},"")')
        return self._assessed(node, self.indicator_score(node))

    def indicator_score(self, node: Node) -> str:
        value, benchmark = f"out_value_{node.code}", f"out_benchmark_{node.code}"
        if node.attribute == MODERATE:
            distance = f"opt_moderate_score={self.option('moderate_score', 'distance')}"
            by_ratio = f"100*MIN({value},1/{value})"
            return f"IF(ISNUMBER({value}),IF({distance},100*MAX(0,1-ABS({value}-1)),{by_ratio}),0)"
        if node.attribute == QUALITATIVE:
            return f"100*{value}"
        if node.attribute == POSITIVE:
            return f"100*MIN(opt_score_cap,{value}/{benchmark})"
        return f"IF({value}<=0,100*opt_score_cap,100*MIN(opt_score_cap,{benchmark}/{value}))"

    def base_weight(self, index: int) -> str:
        """Own weights if there are any, else the guide's; blank where own ones are not all there, ≥ 0 and sum to 1."""
        nodes, guide = self.layout.guide.indicators, self.layout.guide
        given = self.layout.settings_range("weights")  # a range: a function takes 255 arguments at most
        checks = [f"COUNT({given})={len(nodes)}", f"MIN({given})>=0", f"ABS(SUM({given})-1)<={WEIGHT_TOLERANCE!r}"]
        first = self.layout.settings_range("first_level")
        checks += [f"SUMIFS({given},{first},{self.t(group.name)})>0" for group in guide.first_levels]
        node = nodes[index]
        return f'IF(COUNTA({given})=0,{node.weight!r},IF(AND({",".join(checks)}),in_weights_{node.code},""))'

    def weight(self, index: int) -> str:
        """w' = w · W_first / Σ w over the applicable of the same first level; blank where there is none to share."""
        node = self.layout.guide.indicators[index]
        base = self.layout.settings_range("base_weight")
        not_applicable = self.t(STATE_NAMES[NOT_APPLICABLE])
        level = self.t(self.layout.guide.first_level(node).name)
        here = f"({self.layout.settings_range('first_level')}={level})"
        applicable = f"({self.layout.indicator_range('state')}<>{not_applicable})"
        left = f"SUMPRODUCT({here}*{applicable}*{base})"
        own = self.layout.ref(self.layout.base_weight_cell(index))
        share = f"IF(out_state_{node.code}={not_applicable},0,{own}*(SUMPRODUCT({here}*{base})/{left}))"
        return f'IF(COUNT({base})<{self._count()},"",IF({left}<=0,"",{share}))'

    def _count(self) -> int:
        return len(self.layout.guide.indicators)

    def _weighed(self, formula: str) -> str:
        """A result that needs all weights."""
        return f'IF(COUNT({self.layout.indicator_range("weight")})<{self._count()},"",{formula})'

    def weighted(self, node: Node) -> str:
        score, weight = f"out_score_{node.code}", f"out_weight_{node.code}"
        return f'IF(COUNT({score},{weight})=2,{score}*{weight},"")'

    def lost(self, node: Node) -> str:
        score, weight = f"out_score_{node.code}", f"out_weight_{node.code}"
        return f'IF(COUNT({score},{weight})=2,MAX(0,100-{score})*{weight},"")'

    def explain(self, node: Node) -> str:
        """How the score follows, in one sentence."""
        score = f'TEXT(ROUND(out_score_{node.code},2),"0.00")'
        if node.attribute == MODERATE:
            distance = f"opt_moderate_score={self.option('moderate_score', 'distance')}"
            how = f'IF({distance},"100·max(0, 1−|S−1|)","100·min(S, 1/S)")'
            text = f'IF(ISNUMBER(out_value_{node.code}),{how}&" = "&{score},out_synergy_case)'
        elif node.attribute == QUALITATIVE:
            text = f'"100 × "&out_value_{node.code}&" = "&{score}'
        else:
            parts = (f"out_value_{node.code}", f"out_benchmark_{node.code}")
            top, bottom = parts if node.attribute == POSITIVE else parts[::-1]
            shown = [significant(part) for part in (top, bottom)]
            text = f'"100·min("&opt_score_cap&", "&{shown[0]}&"/"&{shown[1]}&") = "&{score}'
        return f"IF(ISNUMBER(out_score_{node.code}),{text},out_state_{node.code})"

    def first_level(self, node: Node) -> str:
        """A group's score; blank while a member with weight is missing."""
        first = self.layout.indicator_range("first_level")
        weights, weighted = (self.layout.indicator_range(k) for k in ("weight", "weighted"))
        scores = self.layout.indicator_range("score")
        name = self.t(node.name)
        members = f'COUNTIFS({first},{name},{weights},">0")'
        assessed = f'COUNTIFS({first},{name},{weights},">0",{scores},">=0")'
        score = f"MIN(100,SUMIFS({weighted},{first},{name})/SUMIFS({weights},{first},{name}))"
        return self._weighed(f'IF({assessed}<{members},"",{score})')

    def total(self) -> str:
        """T; blank while anything with weight is missing."""
        return f'IF({self._complete()},out_score_so_far,"")'

    def _complete(self) -> str:
        weights, scores = self.layout.indicator_range("weight"), self.layout.indicator_range("score")
        return f'COUNTIF({weights},">0")=COUNTIFS({weights},">0",{scores},">=0")'

    def coverage(self) -> str:
        weights, scores = self.layout.indicator_range("weight"), self.layout.indicator_range("score")
        return self._weighed(f'IF({self._complete()},1,SUMIFS({weights},{scores},">=0")/SUM({weights}))')

    def score_so_far(self) -> str:
        weights, weighted = (self.layout.indicator_range(k) for k in ("weight", "weighted"))
        return self._weighed(f"MIN(100,SUM({weighted})/SUM({weights}))")

    # Options

    def option_in_force(self, name: str, default: str | float) -> str:
        """The assessment's option, else the guide's; an error where it is none, so that no other is taken for it."""
        given, option = f"in_options_{name}", BY_NAME[name]
        if option.choices:
            shown = self.t(option.label_of(default))
            known = "OR({})".format(",".join(f"{given}={self.t(label)}" for _, label in option.choices))
        else:
            shown = repr(float(default))
            known = f"IF(ISNUMBER({given}),AND({given}>={option.minimum!r},{given}<={option.maximum!r}),FALSE)"
        return f'IF({given}="",{shown},IF({known},{given},NA()))'


def significant(cell: str) -> str:
    """A number in a sentence: six digits, integers whole; the smallest and largest with a power of ten.

    Without TEXT, whose 0.#### leaves a bare point in some programs; and programs write 0.00001 each its way.
    """
    power = f"INT(LOG10(ABS({cell})))"
    scientific = f'ROUND({cell}/10^{power},5)&"E"&{power}'
    plain = f"ROUND({cell},MAX(0,5-{power}))"
    return f"IF(ABS({cell})<{NOTHING!r},0,IF(OR(ABS({cell})<{SMALL!r},ABS({cell})>={LARGE!r}),{scientific},{plain}))"


def divided(node: Node) -> tuple[str, str]:
    """The quantities an indicator divides."""
    ratio = RATIOS[node.formula]
    return ratio.numerator, ratio.denominator


#: Shown as 0; and what is below and from where on numbers are shown with a power of ten.
NOTHING, SMALL, LARGE = 1e-15, 1e-4, 1e15
YES, NO, PARTLY = Text("是", "yes"), Text("否", "no"), Text("部分", "partly")
