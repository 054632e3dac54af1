"""The formulas of the rows of bills: from fuel, power, heat and processes to both CO2 and standard coal."""

from __future__ import annotations

from ...assessment.activity import HEAT
from ...assessment.model import ACTIVITY_KINDS
from ...standard import energy as energies
from ...standard import greenhouse as ghg
from ...standard.process import heat_factor
from .base import YES, FormulasBase
from .status import INCOMPLETE, NO_COEFFICIENT, NO_FACTOR, NO_ORIGIN, OK, WRONG_NUMBER, WRONG_ORIGIN, WRONG_UNIT


class BillFormulas(FormulasBase):
    """Emissions and energy of what was bought, by row."""

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

    def report_year(self) -> str:
        """The year the report period's label starts with."""
        text = "LEFT(TRIM(in_periods_report),4)"
        year = f"VALUE({text})"
        # Programs differ in what else they take for a number.
        digits = f'EXACT(TEXT({year},"0000"),{text})'
        return f'IFERROR(IF(AND({year}>=1900,{year}<=2099,{digits}),{year},""),"")'
