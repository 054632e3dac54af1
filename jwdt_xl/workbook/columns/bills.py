"""The columns of bills: from fuel, power, heat and processes to both CO2 and standard coal."""

from __future__ import annotations

from collections.abc import Callable

from ...assessment.bill_row import ActivityRow
from ...assessment.conditions import both, datum
from ...assessment.kinds import HEAT_ENERGY, KINDS, NO_ENERGY, kind_of
from ...assessment.places import times
from ...assessment.seen import DERIVED
from ...assessment.usual import usual_heat
from ...messages import Text
from ...standard import energy as energies
from ...standard import greenhouse as ghg
from ...standard.units import BY_CODE
from . import bill_factors, green, grid, unused
from .bill_factors import DIMENSION, factor, in_coal, needs_default, of_kind, recovered, refused, yes
from .column import Column, Known, Row, Value, of_periods, optional, shown, titles, typed
from .derived import judgements, source_beside, usual_heat_of
from .hints import Live, range_of_coefficients, watched
from .status import (
    INCOMPLETE,
    NO_COEFFICIENT,
    NO_FACTOR,
    NO_ORIGIN,
    NO_PROCESS_FACTOR,
    OK,
    WRONG_NUMBER,
    WRONG_ORIGIN,
    WRONG_UNIT,
)


def _origin(row: Row, *origins: str) -> str:
    cell = row["origin"]
    return "OR({})".format(",".join(f"{cell}={row.t(energies.ORIGIN_NAMES[o])}" for o in origins))


def _fuel(row: Row) -> str:
    return f'IF({of_kind(row, "fuel")},{row.found("fuel_names", row["typed"])},"")'


def _key(row: Row) -> str:
    """The place of the row's fuel or heat in the table of GB/T 2589."""
    fuel = row.found("energy_names", row["typed"])
    heat = energies.energies().index(energies.find_energy(HEAT_ENERGY)) + 1  # whatever its name: it is bought by GJ
    return f'IF({of_kind(row, "heat")},{heat},IF({of_kind(row, "fuel")},{fuel},""))'


def _process(row: Row) -> str:
    return f'IF({of_kind(row, "process")},{row.found("process_names", row["typed"])},"")'


def _unit_factor(row: Row) -> str:
    """What one of the row's unit is in t, 10^4 Nm3, tce, MWh or GJ; blank where it measures something else."""
    dimension, steam, factor = row["dimension"], row["steam"], row.unit("factor")
    tonnes = f'IF({dimension}="mass",{factor}/1000,"")'
    fuel = f'IF({dimension}="volume",{factor}/10000,IF({in_coal(row)},{factor}/1000,{tonnes}))'
    power = f'IF({dimension}="energy",{factor}/3600000,"")'
    heat = f'IF({dimension}="energy",{factor}/1000000,IF(AND({dimension}="mass",{steam}<>""),{factor}/1000*{steam},""))'
    other = f"IF({of_kind(row, 'electricity')},{power},IF({of_kind(row, 'heat')},{heat},{tonnes}))"
    return f'IFERROR(IF({of_kind(row, "fuel")},{fuel},{other}),"")'


def _unlisted(row: Row) -> str:
    """Whether GB/T 2589 has no coefficient for the row's fuel."""
    key = row["key"]
    return f'IF({key}="",TRUE(),INDEX({row.listed("energies", "low")},{key})="")'


def _kgce(row: Row) -> str:
    """kgce per kg, m3, kWh or MJ; blank where none is known."""
    own, key, given, ncv, dimension = row.cells("coefficient", "key", "net_calorific_value", "ncv", "dimension")
    low, high = (f"INDEX({row.listed('energies', h)},{key})" for h in ("low", "high"))
    in_range = f'IF(OR({low}={high},AND({own}>={low},{own}<={high})),{own},"")'
    table = f'IF({low}={high},{low},"")'
    by_heat = f'{ncv}*IF({dimension}="volume",100,1000)/{energies.KJ_PER_KGCE}'
    listed = f'IF({own}<>"",{in_range},{table})'
    unlisted = f'IF({own}<>"",{own},IF({ncv}="","",{by_heat}))'
    fuel = f'IF(AND({own}="",{given}<>""),{by_heat},IF({_unlisted(row)},{unlisted},{listed}))'
    none = f"OR({of_kind(row, *NO_ENERGY)},{yes(row, 'feedstock')})"
    return (
        f"IF({of_kind(row, 'electricity')},opt_electricity_coefficient,IF({none},0,"
        f'IF({of_kind(row, "heat")},IF({key}="","",{listed}),IF({in_coal(row)},1,{fuel}))))'
    )


def _status(row: Row) -> str:
    name, origin, fuel, key, dimension, unit_factor, factor, kgce = row.cells(
        "name", "origin", "fuel", "key", "dimension", "unit_factor", "factor", "kgce"
    )
    own, given = row.cells("coefficient", "net_calorific_value")
    emitted = row["emission_factor"]
    named = f'OR({of_kind(row, "fuel")},AND({of_kind(row, "process")},{emitted}=""))'
    traded = _origin(row, energies.SOLD, energies.BOUGHT)
    power = f"AND({of_kind(row, 'electricity')},NOT({_origin(row, energies.BOUGHT)}))"
    other = f"AND(OR({of_kind(row, 'fuel')},{of_kind(row, 'heat')}),{traded})"
    free = f'OR({origin}="",{power},{other})'
    # A default is in the table's unit: whoever uses it must measure the same thing.
    by_heat = f'AND({_unlisted(row)},{own}="",{given}="",NOT({yes(row, "feedstock")}))'
    defaults = f'AND({of_kind(row, "fuel")},{fuel}<>"",OR({needs_default(row)},{by_heat}),NOT({in_coal(row)}))'
    fuel_unit = f"IF({defaults},INDEX({row.listed('fuels', 'dimension')},{fuel})<>{dimension},FALSE())"
    energy_unit = (
        f"IF(AND({of_kind(row, 'fuel')},NOT({in_coal(row)}),NOT({_unlisted(row)}),NOT({yes(row, 'feedstock')}),"
        f'NOT(AND({own}="",{given}<>""))),'
        f"INDEX({row.listed('energies', 'dimension')},{key})<>{dimension},FALSE())"
    )
    return row.state(
        ["kind", "unit"],
        (f'AND({named},{name}="")', INCOMPLETE),
        (f'AND({of_kind(row, "electricity")},{origin}="")', NO_ORIGIN),
        (f"NOT({free})", WRONG_ORIGIN),
        *refused(row),
        (f'{unit_factor}=""', WRONG_UNIT),
        (fuel_unit, WRONG_UNIT),
        (energy_unit, WRONG_UNIT),
        (
            f'OR(AND({of_kind(row, "electricity")},{own}<>""),AND({own}<>"",{own}<=0),AND({given}<>"",{given}<=0))',
            WRONG_NUMBER,
        ),
        (f'AND({of_kind(row, "process")},{factor}="")', NO_PROCESS_FACTOR),
        (f'{factor}=""', NO_FACTOR),
        (f'{kgce}=""', NO_COEFFICIENT),
    )


def _measured(row: Row) -> str:
    """What the unit must measure: energy, mass, or what the fuel's own tables are in."""
    listed = ((row["key"], "energies"), (row["fuel"], "fuels"))
    fuel = '"mass"'
    for place, block in listed:
        fuel = f'IF({place}<>"",INDEX({row.listed(block, "dimension")},{place}),{fuel})'
    other = f'IF({of_kind(row, *NO_ENERGY)},"mass",{fuel})'
    return f'IF(OR({of_kind(row, "electricity")},{of_kind(row, "heat")}),"energy",{other})'


def _category(row: Row) -> str:
    """The category of GB/T 32150 the row's emissions belong to."""
    sold = _origin(row, energies.SOLD, energies.SOLD_RENEWABLE)
    names = {c: row.t(text) for c, text in ghg.CATEGORY_NAMES.items()}
    power = f"IF({sold},{names['exported_electricity']},{names['purchased_electricity']})"
    heat = f"IF({sold},{names['exported_heat']},{names['purchased_heat']})"
    no_energy = f"IF({of_kind(row, 'product_carbon')},{names['recovered']},{names['process']})"
    other = f"IF({of_kind(row, 'fuel')},{names['fuel']},{no_energy})"
    chain = f"IF({of_kind(row, 'electricity')},{power},IF({of_kind(row, 'heat')},{heat},{other}))"
    return f'IF({row["status"]}<>{row.t(OK)},"",{chain})'


def _share(row: Row) -> str:
    status, key = row.cells("status", "key")
    medium = f'IF({key}="",FALSE(),INDEX({row.listed("energies", "class")},{key})="{energies.MEDIUM}")'
    excluded = f"OR({of_kind(row, *NO_ENERGY)},{yes(row, 'feedstock')},{row['counts_as']}={green.FED_IN})"
    sold = f"IF({medium},0,IF({_origin(row, energies.SOLD)},-1,1))"
    return f'IF({status}<>{row.t(OK)},"",IF({excluded},0,{sold}))'


def _non_fossil_share(row: Row) -> str:
    share, key, fuel = row.cells("share", "key", "fuel")
    said = "&".join(row.cells("evidence", "source", "note"))
    kind = f'IF({key}="","",INDEX({row.listed("energies", "class")},{key}))'
    free = f'OR({key}="",{kind}="{energies.DEPENDS}")'
    stated = f'AND({yes(row, "non_fossil")},{said}<>"",{free},{fuel}="")'
    grown = f'OR(AND({of_kind(row, "fuel")},{yes(row, "biomass")}),{kind}="{energies.NONFOSSIL}")'
    other = f"IF(OR({grown},{stated}),1,IF({of_kind(row, 'fuel')},{row['bio']},0))"
    counts = f"OR({share}=1,AND({share}=-1,{of_kind(row, 'fuel')}))"
    return f'IF({share}="","",IF({counts},IF({of_kind(row, "electricity")},{green.non_fossil(row)},{other}),0))'


#: The columns of each period's factor, and of its year where it is one of the grid.
_FACTOR, _YEAR = {"base": "base_factor", "report": "factor"}, {"base": "base_year", "report": "year"}


def _co2(row: Row, emission: str, period: str) -> str:
    """t CO2 of the row, negative where sold; 0 where its factor is 0, even if the amount is blank."""
    status, factor, amount = row.cells("status", _FACTOR[period], period)
    taken_off = f"OR({_origin(row, energies.SOLD)},{of_kind(row, 'product_carbon')})"
    signed = f"IF({taken_off},-1,1)*{emission}"
    return f'IF({status}<>{row.t(OK)},"",IF({factor}=0,0,IF({amount}="","",{signed})))'


def _emission(row: Row, period: str) -> str:
    amount, unit_factor, factor = row.cells(period, "unit_factor", _FACTOR[period])
    return _co2(row, _computed(row, period, f"{amount}*{unit_factor}*{factor}"), period)


def _computed(row: Row, period: str, product: str) -> str:
    """The product, less the CH4 recovered."""
    gas = f"{recovered(row, period)}*{row['methane']}"
    return f"({product}-IF({of_kind(row, 'wastewater')},{gas},0))"


def _call(row: Row, period: str) -> str:
    given, unit_factor, name, own = row.cells(period, "unit_factor", "name", "emission_factor")
    amount = f"{given}*{unit_factor}"
    by_factor = f"{amount}*{row[_FACTOR[period]]}"
    typed_as = {"carbon_content": "carbon", "oxidation": "oxidised"}
    measured = ",".join(f'IF({row[field]}="","",{row[key]})' for field, key in typed_as.items())
    called = f'JWDT_FUEL_CO2({name},{amount},"",{measured},opt_fuel_table)*(1-{row["bio"]})'
    # a measured heat value that is questioned here would be refused by the function
    own_fuel = f'OR({own}<>"",{row["carbon_per_unit"]}<>"",{row["net_calorific_value"]}<>"",{in_coal(row)})'
    fuel = f"IF({own_fuel},{by_factor},{called})"
    power = f'IF({row["year"]}="",{amount}*{own},{grid.call(row, f"{amount}*1000", _YEAR[period])})'
    heat = f"JWDT_HEAT_CO2({amount},{optional(own)})"
    process = f'IF({own}<>"",{amount}*{own},JWDT_PROCESS_CO2({name},{amount}))'
    other = f"IF({of_kind(row, 'heat')},{heat},{process})"
    energy = f"IF({of_kind(row, 'fuel')},{fuel},IF({of_kind(row, 'electricity')},{power},{other}))"
    new = f"OR({of_kind(row, 'wastewater')},{of_kind(row, 'product_carbon')})"
    return _co2(row, f"IF({new},{_computed(row, period, by_factor)},{energy})", period)


def _tce(row: Row, period: str) -> str:
    """tce of the row as it counts in primary energy."""
    status, share, amount, unit_factor, kgce, dimension = row.cells(
        "status", "share", period, "unit_factor", "kgce", "dimension"
    )
    tce = f'{share}*{amount}*{unit_factor}*{kgce}*IF({dimension}="volume",10,1)'
    return f'IF({status}<>{row.t(OK)},"",IF({share}=0,0,IF({amount}="","",{tce})))'


# What the engine puts into the cells

#: In which lists formulas look for the name of a kind.
_BLOCKS = {"fuel": ("fuel_names", "energy_names"), "process": ("process_names",)}


def _name(known: Known) -> str:
    """The name as typed where formulas find it, else that of the tables."""
    row: ActivityRow = known.row
    if not row.name or any(known.position(block, row.name) for block in _BLOCKS.get(row.kind, ())):
        return row.name
    return kind_of(row).title(row, str(known.result.options["fuel_table"]))


def _usual_value(known: Known, place: int) -> Value:
    return usual_heat(known.row)[place] if kind_of(known.row).is_fuel else ""


def _place_in(block: str) -> Callable[[Known], Value]:
    """Where the row's name stands in the lists, if that is where its kind is looked for."""

    def value(known: Known) -> Value:
        return known.position(block, _name(known)) or "" if block in _BLOCKS.get(known.row.kind, ()) else ""

    return value


def _key_value(known: Known) -> Value:
    if kind_of(known.row) is KINDS["heat"]:
        return known.position("energy_names", HEAT_ENERGY) or ""
    return _place_in("energy_names")(known)


def _unit_factor_value(known: Known) -> Value:
    in_factors_unit = BY_CODE[known.row.unit].factor / BY_CODE[known.amount.unit if not known["steam"] else "t"].factor
    return float(in_factors_unit * (known["steam"] or 1))


def _tce_value(known: Known, period: str) -> Value:
    return shown(getattr(times(known.amount.tce, known.amount.share_of_total), period))


ACTIVITY = watched(
    "activity",
    Column("factor", Text("排放因子\ntCO2/单位", "factor\ntCO2/unit"), factor, lambda known: known.amount.factor),
    Column("year", Text("因子\n年份", "year of factor"), grid.year, lambda known: known.amount.year or ""),
    *of_periods("co2", titles("t CO2"), _emission, lambda known, p: shown(getattr(known.amount.co2, p)), _call),
    Column("kgce", Text("折标系数\nkgce/单位", "coefficient\nkgce/unit"), _kgce, lambda known: known.amount.kgce),
    Column(
        "non_fossil_share",
        Text("非化石\n部分", "non-fossil part"),
        _non_fossil_share,
        lambda known: known.amount.share_non_fossil,
    ),
    *of_periods("tce", titles("tce"), _tce, _tce_value),
    Column("category", None, _category, lambda known: known.t(ghg.CATEGORY_NAMES[known.amount.category])),
    green.COUNTS_AS,
    # A cell of its own: within the chain of hints it would be too long for a formula.
    Column("source_beside", None, source_beside("activity"), lambda known: DERIVED["source_beside"](known)),
    Column("share", None, _share, lambda known: known.amount.share_of_total),
    Column("fuel", None, _fuel, _place_in("fuel_names")),
    Column("key", None, _key, _key_value),
    Column("process", None, _process, _place_in("process_names")),
    DIMENSION,
    Column(
        "unit_factor",
        None,
        _unit_factor,
        _unit_factor_value,
    ),
    Column("heat_low", None, lambda row: usual_heat_of(row, "least"), lambda known: _usual_value(known, 0)),
    Column("heat_high", None, lambda row: usual_heat_of(row, "most"), lambda known: _usual_value(known, 1)),
    *bill_factors.COLUMNS,
    *judgements("activity"),
    Column("series", None, grid.series, grid.series_value),
    Column("base_year", None, grid.base_year, lambda known: known.amount.base_year or ""),
    Column("base_factor", None, grid.base_factor, lambda known: known.amount.base_factor),
    typed("name", _name),
    unused.COLUMN,
    status=_status,
    measured=_measured,
    more=lambda row: range_of_coefficients(row) + unused.named(row),
    more_value=unused.named_value,
    before=(
        Live(
            "excluded",
            both(datum("share").equals(0), datum("factor").equals(0), datum("counts_as").differs(green.FED_IN)),
        ),
    ),
    after=(Live("percent", bill_factors.IN_PERCENT),),
    amounts="activity",
    names={"name": _name, "factor_series": grid.series_name},
)
