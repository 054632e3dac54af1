"""What makes the factors of a bill: heat value, carbon and oxidation of fuels, heat of steam, CH4 of waste water."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.conditions import Condition
from ...assessment.kinds.fuel import biogenic, heat_value
from ...messages import Text
from ...standard import energy as energies
from ...standard import greenhouse as ghg
from ...standard import steam as steam_table
from ...standard.numbers import LAST_DIGIT
from ...standard.process import heat_factor
from ...standard.units import BY_CODE
from ...standard.wastewater import DEEP_ANAEROBIC, LARGEST_YIELD
from . import green, grid
from .column import YES, Column, Known, Row, Value, plain, shown
from .gwp import gwp_in_force
from .status import NO_CARBON, NO_PRESSURE, RECOVERED, WRONG_HEAT_UNIT, WRONG_NUMBER, WRONG_STEAM


def of_kind(row: Row, *kinds: str) -> str:
    """Whether a bill is of one of these kinds."""
    named = [f"{row['kind']}={row.t(ACTIVITY_KINDS[kind])}" for kind in kinds]
    return named[0] if len(named) == 1 else f"OR({','.join(named)})"


def yes(row: Row, *fields: str) -> str:
    return "OR({})".format(",".join(f"{row[f]}={row.t(YES)}" for f in fields))


#: What the row's unit measures.
DIMENSION = Column(
    "dimension",
    None,
    lambda row: f'IFERROR({row.unit("dimension")},"")',
    lambda known: BY_CODE[known.row.unit].dimension,
)


def in_coal(row: Row) -> str:
    """Whether the amount is standard coal already."""
    return f'{row["dimension"]}="coal"'


def is_steam(row: Row) -> str:
    return f'AND({of_kind(row, "heat")},{row["dimension"]}="mass")'


# Fuels


def in_usual_unit(row: Row, of: str) -> str:
    """The heat value as typed in the unit that is usual in the table (of: gj or kj); blank where its unit does not fit."""
    given, unit = row.cells("net_calorific_value", "net_calorific_value_unit")
    place = f"MATCH({unit},{row.listed('heat_units')},0)"
    fits = f"INDEX({row.listed('heat_units', 'dimension')},{place})={row['dimension']}"
    converted = f'IFERROR(IF({fits},{given}*INDEX({row.listed("heat_units", of)},{place}),""),"")'
    return f'IF({unit}="",{given},{converted})'


def _default(row: Row, heading: str) -> str:
    """The default of the fuel table in force."""
    fuel = row["fuel"]
    a, b = (f"INDEX({row.listed('fuels', f'{t}_{heading}')},{fuel})" for t in "AB")
    return f'IF({fuel}="","",IF(opt_fuel_table={row.option("fuel_table", "A")},{a},{b}))'


def _heat(row: Row) -> str:
    """GJ per t, 10^4 Nm3 or tce."""
    given = row["net_calorific_value"]
    own = f'IF({given}<>"",{in_usual_unit(row, "gj")},{_default(row, "ncv")})'
    of_fuel = f"IF({in_coal(row)},{plain(energies.KJ_PER_KGCE / 1000)},{own})"
    return f'IF({of_kind(row, "fuel")},{of_fuel},IF({given}="","",{given}))'


def _carbon(row: Row) -> str:
    own = row["carbon_content"]
    return f'IF({own}<>"",{own},{_default(row, "carbon")})'


#: The reader has made a fraction of it.
IN_PERCENT = Condition(
    lambda known: False, lambda row: f"IF(ISNUMBER({row['oxidation']}),{row['oxidation']}>1,FALSE())"
)


def _oxidised(row: Row) -> str:
    """A fraction; above 1 it was typed in %."""
    own = row["oxidation"]
    return f'IF({own}<>"",IF({own}>1,{own}/100,{own}),{_default(row, "oxidised")})'


def _bio(row: Row) -> str:
    """The biogenic share, as far as something supports it."""
    share, said = row["biogenic_share"], "&".join(row.cells("evidence", "source", "note"))
    return f'IF({of_kind(row, "fuel")},IF(AND({share}<>"",{said}<>""),{share},0),"")'


def _burnt(row: Row) -> str:
    """t CO2 per t, 10^4 Nm3 or tce of a fuel."""
    own, ncv, carbon, oxidised, by_unit = row.cells("emission_factor", "ncv", "carbon", "oxidised", "carbon_per_unit")
    fossil = f"*44/12*(1-{row['bio']})"
    measured = f'IF(OR({ncv}="",{carbon}="",{oxidised}=""),"",{ncv}*{carbon}*{oxidised}{fossil})'
    received = f'IF({oxidised}="","",{by_unit}*{oxidised}{fossil})'
    by_table = f'IF({by_unit}<>"",{received},{measured})'
    return f'IF({yes(row, "feedstock", "biomass")},0,IF({own}<>"",{own},{by_table}))'


def _typed_or_default(field: str, of: Callable[[Row], str], heading: str, key: str) -> Column:
    """An own parameter of a fuel, else the default of the table in force."""

    def value(known: Known) -> Value:
        heat = field == "net_calorific_value" and known.row.kind == "fuel"
        own: float | None = heat_value(known.row) if heat else getattr(known.row, field)
        if own is not None or not known["fuel"]:
            return shown(own)
        return known.listed("fuels", known["fuel"], f"{known.result.options['fuel_table']}_{heading}")

    return Column(key, None, of, value)


# Steam


def row_of_steam(row: Row) -> str:
    """The row of the steam table at or below the pressure; an error where it is below the table."""
    pressures, pressure = row.listed("steam"), row["pressure"]
    last = len(steam_table.rows())
    return f'IF({pressure}>INDEX({pressures},{last}),"",MIN({last - 1},MATCH({pressure},{pressures},1)))'


def _steam_row(row: Row) -> str:
    return f'IF({is_steam(row)},IFERROR({row_of_steam(row)},""),"")'


def _share_of(row: Row) -> str:
    """How far the pressure is from one row of the table to the next."""
    at, pressures = row["steam_row"], row.listed("steam")
    below, above = f"INDEX({pressures},{at})", f"INDEX({pressures},{at}+1)"
    return f"({row['pressure']}-{below})/({above}-{below})"


def superheat(row: Row) -> str:
    """Degrees above saturation; blank where there is no such steam in the table."""
    at, saturation, given = row["steam_row"], row.listed("steam", "saturation"), row["temperature"]
    below, above = f"INDEX({saturation},{at})", f"INDEX({saturation},{at}+1)"
    above_saturation = f"{given}-({below}+({above}-{below})*{_share_of(row)})"
    return f'IF({at}="","",IF({given}="",0,{above_saturation}))'


def steam_column(row: Row) -> str:
    degrees, superheat = row.listed("superheats"), row["superheat"]
    last = len(steam_table.superheats())
    outside = f"OR({superheat}<0,{superheat}>{steam_table.superheats()[-1]})"
    return f'IF({superheat}="","",IF({outside},"",MIN({last - 1},MATCH({superheat},{degrees},1))))'


def gj_of_steam(row: Row) -> str:
    """GJ of a t of steam above water of 20 °C, between the four points of the table about it."""
    at, column, superheat = row.cells("steam_row", "steam_column", "superheat")
    degrees, table = row.listed("superheats"), row.listed_block("steam", "h_0")
    part = f"({superheat}-INDEX({degrees},{column}))/(INDEX({degrees},{column}+1)-INDEX({degrees},{column}))"

    def along(of: str) -> str:
        left, right = f"INDEX({table},{of},{column})", f"INDEX({table},{of},{column}+1)"
        return f"({left}+({right}-{left})*{part})"

    lower, upper = along(at), along(f"{at}+1")
    enthalpy = f"{lower}+({upper}-{lower})*{_share_of(row)}"
    return f'IF({column}="","",({enthalpy}-{plain(steam_table.WATER_AT_20)})/1000)'


def _place_of_steam(known: Known) -> steam_table.Place | None:
    row = known.row
    if row.kind != "heat" or BY_CODE[row.unit].dimension != "mass":
        return None
    return steam_table.place(row.pressure, row.temperature)


def _of_place(read: Callable[[steam_table.Place], Value]) -> Callable[[Known], Value]:
    def value(known: Known) -> Value:
        place = _place_of_steam(known)
        return "" if place is None else read(place)

    return value


def _gj_of_steam(known: Known) -> Value:
    row = known.row
    return "" if _place_of_steam(known) is None else steam_table.steam_gj(1.0, row.pressure, row.temperature)


# Waste water


def yield_of_methane(row: Row) -> str:
    """t CH4 of a t COD, Bo × MCF."""
    bo, mcf = row.cells("bo", "mcf")
    return f'IF({bo}="",{plain(LARGEST_YIELD)},{bo})*IF({mcf}="",{plain(DEEP_ANAEROBIC)},{mcf})'


def _methane(row: Row) -> str:
    """t CO2e of a t CH4, in rows of waste water."""
    place = next(i for i, gas in enumerate(ghg.gases(), 1) if gas.code == "CH4")
    return f'IF({of_kind(row, "wastewater")},{gwp_in_force(row, str(place))},"")'


def _methane_value(known: Known) -> Value:
    if known.row.kind != "wastewater":
        return ""
    return ghg.gwp(ghg.find_gas("CH4"), str(known.result.options["gwp_set"]))


def recovered(row: Row, period: str) -> str:
    gas = row[f"recovered_{period}"]
    return f'IF({gas}="",0,{gas})'


def _recovers_more(row: Row) -> str:
    """Whether more CH4 is recovered than made."""
    more = []
    for period in ("base", "report"):
        made = f"{row[period]}*{row['unit_factor']}*{yield_of_methane(row)}"
        more.append(
            f'IF(OR({row[period]}="",{row["unit_factor"]}=""),FALSE(),{recovered(row, period)}>{made}*{plain(LAST_DIGIT)})'
        )
    return f"IF({of_kind(row, 'wastewater')},OR({','.join(more)}),FALSE())"


# Together


def factor(row: Row) -> str:
    """t CO2 per t, 10^4 Nm3, tce, MWh, GJ or t COD; blank where none is known."""
    own, place, fraction = row.cells("emission_factor", "process", "carbon_fraction")
    power = f"IF({green.emits_nothing(row)},0,{grid.factor(row, 'year')})"
    process = f'IF({place}="","",INDEX({row.listed("processes")},{place}))'
    heat = plain(heat_factor().value or 0)
    other = f"IF({of_kind(row, 'electricity')},{power},IF({of_kind(row, 'heat')},{heat},{process}))"
    with_own = f"IF({green.own_factor_counts(row)},{own},{other})"
    product = f'IF({of_kind(row, "product_carbon")},IF({fraction}="","",{fraction}*44/12),{with_own})'
    water = f"IF({of_kind(row, 'wastewater')},{yield_of_methane(row)}*{row['methane']},{product})"
    return f"IF({of_kind(row, 'fuel')},{_burnt(row)},{water})"


def refused(row: Row) -> tuple[tuple[str, Text], ...]:
    """What cannot be, of the fields that one kind has alone."""
    given, unit, pressure, fraction = row.cells(
        "net_calorific_value", "net_calorific_value_unit", "pressure", "carbon_fraction"
    )
    two = f'AND({_needs_factor(row)},{row["carbon_content"]}<>"",{row["carbon_per_unit"]}<>"")'
    of_coal = f"COUNT({','.join(row.cells('net_calorific_value', 'coefficient', 'carbon_per_unit'))})>0"
    return (
        (f'AND({is_steam(row)},{pressure}="")', NO_PRESSURE),
        (f'AND({is_steam(row)},{row["steam"]}="")', WRONG_STEAM),
        (f"AND({of_kind(row, 'product_carbon')},IF(ISNUMBER({fraction}),{fraction}<=0,TRUE()))", NO_CARBON),
        (f"OR({two},AND({of_kind(row, 'fuel')},{in_coal(row)},{of_coal}))", WRONG_NUMBER),
        (
            f'AND({of_kind(row, "fuel")},{given}<>"",{unit}<>"",{in_usual_unit(row, "gj")}="")',
            WRONG_HEAT_UNIT,
        ),
        (_recovers_more(row), RECOVERED),
    )


def _needs_factor(row: Row) -> str:
    """Whether a fuel's factor is made of heat, carbon and oxidation."""
    return f'AND({of_kind(row, "fuel")},NOT({yes(row, "feedstock", "biomass")}),{row["emission_factor"]}="")'


def needs_default(row: Row) -> str:
    """Whether a default of the fuel table makes the factor, which is then by the table's unit."""
    by_unit, oxidation = row.cells("carbon_per_unit", "oxidation")
    measured = ",".join(row.cells("net_calorific_value", "carbon_content", "oxidation"))
    lacking = f'IF({by_unit}<>"",{oxidation}="",COUNT({measured})<3)'
    return f"AND({_needs_factor(row)},{lacking})"


def _of_fuel(read: Callable[[Any], float]) -> Callable[[Known], Value]:
    return lambda known: read(known.row) if known.row.kind == "fuel" else ""


COLUMNS = (
    _typed_or_default("net_calorific_value", _heat, "ncv", "ncv"),
    _typed_or_default("carbon_content", _carbon, "carbon", "carbon"),
    _typed_or_default("oxidation", _oxidised, "oxidised", "oxidised"),
    Column("bio", None, _bio, _of_fuel(biogenic)),
    Column("steam_row", None, _steam_row, _of_place(lambda place: place.row + 1)),
    Column("superheat", None, superheat, _of_place(lambda place: place.superheat)),
    Column("steam_column", None, steam_column, _of_place(lambda place: place.column + 1)),
    Column("steam", None, gj_of_steam, _gj_of_steam),
    Column("methane", None, _methane, _methane_value),
)
