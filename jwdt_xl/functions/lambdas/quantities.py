"""The bodies of the functions of the group quantities: formulas over arguments that are read and checked."""

from __future__ import annotations

from ...messages import number
from ...standard import energy as energies
from ...standard import equivalents as eq
from ...standard import fuels, greenhouse, media, power, process, steam, units, wastewater
from ...standard.guide.options import DEFAULTS
from ..quantities import JWDT_ELECTRICITY_CO2, JWDT_TCE
from .answers import dimensions
from .writing import BOUND, LEAST, NAME, OTHER, THIRD, VALUE, quoted, said, text_of


def _plain(value: float) -> str:
    return f"{value:.15f}".rstrip("0").rstrip(".")


def helpers() -> dict[str, str]:
    """Names that several of these functions share."""
    unknown = said(text_of(eq.find_pollutant, NAME), name="t")
    kg = units.find_unit("kg", ("mass",))
    mass = dimensions().index(kg.dimension) + 1
    return {
        "JWDT_.MEDIUM": 'LAMBDA(t,IF(t="",1,LET(m,JWDT_.PLACE(JWDT_.MEDIA_KEY,t),IF(m=0,0,1+INDEX(JWDT_.MEDIA,m,2)))))',
        # the place of a pollutant, k 1 without a medium, 2 in water, 3 in air; or the sentence
        "JWDT_.POLLUTANT": f"""LAMBDA(t,k,IF(k=0,"",LET(m,JWDT_.PLACE(JWDT_.POLLUTANTS_KEY,t),
            IF(m=0,JWDT_.SHORT({unknown}),JWDT_.ANSWER(INDEX(JWDT_.POLLUTANTS,m,k+1),t)))))""",
        "JWDT_.COUNT": f"""LAMBDA(p,a,x,l,LET(k,INDEX(JWDT_.VALUES,p,1),v,INDEX(JWDT_.VALUES,p,2),
            IF(k="{eq.RECORDED}",0,IF(k="{eq.AMOUNT}",a/v,IF(x="",INDEX(JWDT_.VALUES,p,4),
            IF(k="{eq.PH}",JWDT_.COUNTPH(a,x),IF(l="",INDEX(JWDT_.VALUES,p,5),
            IF(k="{eq.COLOUR}",a*MAX(0,(x-l)/l)/v,IF(x>l,a/v,0)))))))))""",
        "JWDT_.COUNTPH": f"""LAMBDA(a,x,IF(x>14,{said(text_of(eq.ph_value, VALUE), value="JWDT_.SHOWN(x)")},
            IF(AND(x>=6,x<=9),0,a/INDEX(JWDT_.PH,IF(x<6,INT(x)+1,15-ROUNDUP(x,0)),1))))""",
        "JWDT_.UNIT": 'LAMBDA(t,IF(OR(EXACT(t,"mg"),EXACT(t,"毫克")),-1,JWDT_.PLACE(JWDT_.UNITS_KEY,t)))',
        # what an amount in a unit is multiplied by, or a sentence
        "JWDT_.INKG": f"""LAMBDA(p,t,IF(t="",1,IF(ISTEXT(INDEX(JWDT_.VALUES,p,6)),INDEX(JWDT_.VALUES,p,6),LET(m,JWDT_.UNIT(t),
            IF(IF(m=0,TRUE,JWDT_.UNITIN(m,2)<>{mass}),JWDT_.ANSWER(INDEX(JWDT_.UNIT_SENTENCES,{mass},1),t),
            JWDT_.UNITIN(m,3)/{_plain(kg.factor)}*INDEX(JWDT_.VALUES,p,6))))))""",
        "JWDT_.UNITIN": "LAMBDA(m,j,IF(m=-1,IF(j=2,1,1/1000000),INDEX(JWDT_.UNITS,m,j)))",
    }


def _counted(amount: str, parameter: str, limit: str, unit: str) -> str:
    return f"LET(y,JWDT_.INKG(p,{unit}),IF(ISTEXT(y),y,JWDT_.COUNT(p,{amount}*y,{parameter},{limit})))"


def _of_pollutant(name: str, medium: str, then: str) -> str:
    wrong = said(text_of(media.find_medium, NAME), name=medium)
    return f"LET(k,JWDT_.MEDIUM({medium}),IF(k=0,JWDT_.SHORT({wrong}),LET(p,JWDT_.POLLUTANT({name},k),IF(ISTEXT(p),p,{then}))))"


def _co2e() -> str:
    sets = ",".join(f'u="{name}",{place}' for place, name in enumerate(greenhouse.GWP_SETS, 2))
    chosen = "0"
    for pair in reversed(sets.split(",u=")):
        condition, place = pair.removeprefix("u=").split(",")
        chosen = f"IF(u={condition},{place},{chosen})"
    default = quoted(str(DEFAULTS["gwp_set"]))
    return f"""LET(u,UPPER(IF(gwp_set="",{default},gwp_set)),s,{chosen},m,JWDT_.PLACE(JWDT_.GASES_KEY,gases),
        IF(s=0,JWDT_.SHORT({said(text_of(greenhouse.find_gwp_set, NAME), name="gwp_set")}),
        IF(m=0,JWDT_.SHORT({said(text_of(greenhouse.find_gas, NAME), name="gases")}),
        LET(g,JWDT_.ANSWER(INDEX(JWDT_.GASES,m,s),gases),IF(ISTEXT(g),g,amounts_t*g)))))"""


def _fuel_co2() -> str:
    tables = fuels.TABLES
    unknown = [said(text_of(fuels.find_fuel, NAME, table), name="fuel") for table in tables]
    farthest = f"{fuels.FARTHEST_HEAT_VALUE:g}"
    usual = fuels.find_fuel("烟煤", tables[0])._replace(net_calorific_value=BOUND / 100)
    far = text_of(fuels.check_heat_value, BOUND, usual).replace(number(BOUND / 100), LEAST)
    far = said(far, bound="JWDT_.SHOWN(ncv)", unit="JWDT_.SHOWN(g)")
    return f"""LET(t,UPPER(IF(table="","{tables[0]}",table)),s,IF(t="{tables[0]}",2,IF(t="{tables[1]}",5,0)),
        IF(AND(ISNUMBER(ncv),ISNUMBER(carbon_content),ISNUMBER(oxidation)),amount*ncv*carbon_content*oxidation*44/12,
        IF(s=0,JWDT_.SHORT({said(text_of(fuels.find_fuel, "x", NAME), name="t")}),
        LET(m,JWDT_.PLACE(JWDT_.FUELS_KEY,fuel),IF(m=0,JWDT_.SHORT(IF(s=2,{unknown[0]},{unknown[1]})),
        LET(g,JWDT_.ANSWER(INDEX(JWDT_.FUELS,m,s),fuel),IF(ISTEXT(g),g,IF(IF(ncv="",FALSE,OR(ncv>g*{farthest},ncv<g/{farthest})),JWDT_.SHORT({far}),
        amount*IF(ncv="",g,ncv)*IF(carbon_content="",INDEX(JWDT_.FUELS,m,s+1),carbon_content)
        *IF(oxidation="",INDEX(JWDT_.FUELS,m,s+2),oxidation)*44/12))))))))"""


def _tce() -> str:
    own = text_of(JWDT_TCE, "电力", 1.0, None, 1.0)
    return f"""LET(m,JWDT_.PLACE(JWDT_.ENERGIES_KEY,energies),
        IF(m=0,JWDT_.SHORT({said(text_of(energies.find_energy, NAME), name="energies")}),
        LET(z,INDEX(JWDT_.ENERGIES,m,6)=1,b,JWDT_.ANSWER(INDEX(JWDT_.ENERGIES,m,2),energies),
        l,INDEX(JWDT_.ENERGIES,m,3),h,INDEX(JWDT_.ENERGIES,m,4),n,INDEX(JWDT_.ENERGIES,m,7),
        IF(n=0,b,IF(AND(z,own_coefficients<>""),{quoted(own)},
        IF(own_coefficients<>"",IF(IF(ISNUMBER(l),OR(own_coefficients<l,own_coefficients>h),FALSE),
        JWDT_.ANSWER(INDEX(JWDT_.ENERGIES,m,5),JWDT_.SHOWN(own_coefficients)),amounts*own_coefficients*n),
        IF(AND(z,electricity_coefficient<>""),amounts*electricity_coefficient*n,IF(ISTEXT(b),b,amounts*b*n))))))))"""


def _electricity() -> str:
    whole = text_of(JWDT_ELECTRICITY_CO2, 1.0, 987654.5).replace("987654.5", NAME)
    return f"""LET(m,JWDT_.PLACE(JWDT_.SERIES_KEY,IF(series="","{power.DEFAULT_SERIES}",series)),
        IF(m=0,JWDT_.SHORT({said(text_of(power.find_series, NAME), name="series")}),
        IF(factor_year<>INT(factor_year),{said(whole, name="factor_year")},
        LET(s,INDEX(JWDT_.SERIES,m,2),f,REDUCE("",SEQUENCE(INDEX(JWDT_.SERIES,m,3)),LAMBDA(k,i,
        IF(INDEX(JWDT_.GRID,s+i-1,1)=factor_year,INDEX(JWDT_.GRID,s+i-1,2),k))),
        IF(f="",JWDT_.ANSWER(INDEX(JWDT_.SERIES,m,4),TEXT(factor_year,"0")),kwh/1000*f)))))"""


def _process() -> str:
    return f"""IF(factor<>"",amount_t*factor,LET(m,JWDT_.PLACE(JWDT_.PROCESSES_KEY,process_name),
        IF(m=0,JWDT_.SHORT({said(text_of(process.find_process, NAME), name="process_name")}),
        LET(g,JWDT_.ANSWER(INDEX(JWDT_.PROCESSES,m,2),process_name),IF(ISTEXT(g),g,amount_t*g)))))"""


def _steam() -> str:
    """The enthalpy is bilinear between the points of the table."""
    count, width, largest = len(steam.rows()), len(steam.superheats()), steam.rows()[-1][0]
    gauge = said(text_of(steam.enthalpy, VALUE), value="JWDT_.SHOWN(pressure_mpa)")
    beyond = said(text_of(steam.enthalpy, BOUND), bound="JWDT_.SHOWN(pressure_mpa)")
    water = text_of(steam.enthalpy, 1.0, VALUE).replace("1 MPa", f"{NAME} MPa", 1)
    saturated = str(round(steam.rows()[[r[0] for r in steam.rows()].index(1.0)][1], 1))
    water = said(
        water.replace(saturated, OTHER, 1), name="JWDT_.SHOWN(pressure_mpa)", other="JWDT_.SHOWN(ROUND(s,1))",
        value="JWDT_.SHOWN(temperature_c)",
    )  # fmt: skip
    hot = text_of(steam.enthalpy, 1.0, BOUND)
    most = next(piece for piece in hot.replace(")", " ").split()[::-1] if piece[0].isdigit())
    hot = said(hot.replace(most, LEAST), bound="JWDT_.SHOWN(temperature_c)", unit="JWDT_.SHOWN(ROUND(s+t,1))")
    at = "INDEX(JWDT_.STEAM,i+{0},j+2)+(INDEX(JWDT_.STEAM,i+{0},j+3)-INDEX(JWDT_.STEAM,i+{0},j+2))*v"
    return f"""IF(pressure_mpa<{_plain(steam.LEAST_PRESSURE)},{gauge},IF(pressure_mpa>{_plain(largest)},{beyond},
        LET(i,MIN(MATCH(pressure_mpa,JWDT_.STEAM_KEY,1),{count - 1}),
        u,(pressure_mpa-INDEX(JWDT_.STEAM,i,1))/(INDEX(JWDT_.STEAM,i+1,1)-INDEX(JWDT_.STEAM,i,1)),
        s,INDEX(JWDT_.STEAM,i,2)+(INDEX(JWDT_.STEAM,i+1,2)-INDEX(JWDT_.STEAM,i,2))*u,
        t,{steam.superheats()[-1]},d,IF(temperature_c="",0,temperature_c-s),
        IF(d<0,{water},IF(d>t,{hot},
        LET(j,MIN(MATCH(d,JWDT_.SUPERHEATS,1),{width - 1}),
        v,(d-INDEX(JWDT_.SUPERHEATS,j,1))/(INDEX(JWDT_.SUPERHEATS,j+1,1)-INDEX(JWDT_.SUPERHEATS,j,1)),
        a,{at.format(0)},b,{at.format(1)},steam_t*(a+(b-a)*u-{steam.WATER_AT_20})/1000))))))"""


def _wastewater() -> str:
    sentence = text_of(wastewater.methane, THIRD, 1.0, 1.0, BOUND)
    more = said(sentence, third="JWDT_.SHOWN(m)", bound="JWDT_.SHOWN(recovered_t)")
    return f"""LET(m,cod_t*IF(bo="",{wastewater.LARGEST_YIELD},bo)*IF(mcf="",{wastewater.DEEP_ANAEROBIC},mcf),
        g,IF(recovered_t="",0,recovered_t),IF(g>m*(1+1/1000000000000),{more},MAX(0,m-g)))"""


def _convert() -> str:
    wrong = said(text_of(units.find_unit, NAME, dimensions()), name="from_unit")
    return f"""LET(a,JWDT_.UNIT(from_unit),b,JWDT_.UNIT(to_unit),IF(a=0,JWDT_.SHORT({wrong}),
        LET(d,JWDT_.UNITIN(a,2),g,JWDT_.UNITIN(a,3),
        IF(IF(b=0,TRUE,JWDT_.UNITIN(b,2)<>d),JWDT_.ANSWER(INDEX(JWDT_.UNIT_SENTENCES,d,1),to_unit),
        LET(h,JWDT_.UNITIN(b,3),IF(g=h,value,IF(g>h,value*(g/h),value/(h/g))))))))"""


def bodies() -> dict[str, str]:
    """The bodies by function; what several words say is in the language in use."""
    heat = _plain(process.value_of(process.heat_factor()))
    return {
        "JWDT_EQUIVALENT_VALUE": _of_pollutant(
            "pollutant", "medium", "JWDT_.ANSWER(INDEX(JWDT_.VALUES,p,3),pollutant)"
        ),
        "JWDT_EQUIVALENT": _of_pollutant("pollutant", "medium", _counted("amount", "parameter", "limit", "unit")),
        "JWDT_EQUIVALENTS": _of_pollutant("pollutants", "media", _counted("amounts", "parameters", "limits", "units")),
        "JWDT_CO2E": _co2e(),
        "JWDT_FUEL_CO2": _fuel_co2(),
        "JWDT_TCE": _tce(),
        "JWDT_ELECTRICITY_CO2": _electricity(),
        "JWDT_HEAT_CO2": f'heat_gj*IF(factor="",{heat},factor)',
        "JWDT_PROCESS_CO2": _process(),
        "JWDT_STEAM_GJ": _steam(),
        "JWDT_WASTEWATER_CH4": _wastewater(),
        "JWDT_CONVERT": _convert(),
    }
