"""The columns of energy: standard coal by row."""

from __future__ import annotations

from ...assessment.amounts import energy_heat_value
from ...assessment.conditions import both, datum
from ...assessment.places import times
from ...messages import Text
from ...standard import energy as energies
from ...standard.units import BY_CODE
from . import green
from .bill_factors import DIMENSION, in_coal, in_usual_unit
from .column import YES, Column, Known, Row, Value, of_periods, optional, shown, titles, typed
from .derived import judgements
from .hints import Live, range_of_coefficients, watched
from .status import NO_COEFFICIENT, NO_ORIGIN, OK, UNKNOWN, WRONG_HEAT_UNIT, WRONG_NUMBER, WRONG_ORIGIN, WRONG_UNIT


def _energy(row: Row, heading: str) -> str:
    return f"INDEX({row.listed('energies', heading)},{row['key']})"


def _sold(row: Row) -> str:
    return row.t(energies.ORIGIN_NAMES[energies.SOLD])


def _factor(row: Row) -> str:
    """What one of the row's unit is in the table's, or in kgce; all power converts by the option."""
    converted = row.converted(_energy(row, "dimension"), _energy(row, "factor"))
    coal = f'IF({_energy(row, "electricity")}=1,"",{row.unit("factor")})'
    return f'IF({row["key"]}="","",IF({in_coal(row)},{coal},{converted}))'


def _status(row: Row) -> str:
    key, factor, origin, own, heat = row.cells("key", "factor", "origin", "coefficient", "net_calorific_value")
    bought = row.t(energies.ORIGIN_NAMES[energies.BOUGHT])
    power, given = f"{_energy(row, 'electricity')}=1", f"COUNT({own},{heat})"
    return row.state(
        ["energy", "unit"],
        (f'{key}=""', UNKNOWN),
        (f'{factor}=""', WRONG_UNIT),
        (f'AND({power},{origin}="")', NO_ORIGIN),
        (
            f'AND({origin}<>"",IF({power},{origin}={bought},AND({origin}<>{_sold(row)},{origin}<>{bought})))',
            WRONG_ORIGIN,
        ),
        # All electricity converts alike, and nothing by two coefficients or by none.
        (f"OR({given}>IF(OR({power},{in_coal(row)}),0,1),AND({given}>0,MAX({own},{heat})=0))", WRONG_NUMBER),
        (f'AND({heat}<>"",{row["heat"]}="")', WRONG_HEAT_UNIT),
        (f'{row["kgce"]}=""', NO_COEFFICIENT),
    )


def _heat(row: Row) -> str:
    """kJ per kg or m3."""
    return f'IF({row["net_calorific_value"]}="","",{in_usual_unit(row, "kj")})'


def _kgce(row: Row) -> str:
    """kgce per unit of the table: electricity by the convention, own, measured, or the table's; blank in a range."""
    key, own, heat, feedstock = row.cells("key", "coefficient", "net_calorific_value", "feedstock")
    low, high = (_energy(row, h) for h in ("low", "high"))
    in_range = f'IF(OR({low}={high},AND({own}>={low},{own}<={high})),{own},"")'
    table = f'IF(AND({low}={high},{low}<>""),{low},IF({feedstock}={row.t(YES)},0,""))'
    by_heat = f'IF({row["heat"]}="","",{row["heat"]}/{energies.KJ_PER_KGCE})'
    return (
        f'IF({key}="","",IF({_energy(row, "electricity")}=1,opt_electricity_coefficient,IF({in_coal(row)},1,'
        f'IF({own}<>"",{in_range},IF({heat}<>"",{by_heat},{table})))))'
    )


def _share(row: Row) -> str:
    """1 where the row counts in primary energy, −1 where sold, 0 for feedstock and energy media."""
    status, origin, feedstock = row.cells("status", "origin", "feedstock")
    excluded = (
        f'OR({feedstock}={row.t(YES)},{row["counts_as"]}={green.FED_IN},{_energy(row, "class")}="{energies.MEDIUM}")'
    )
    return f'IF({status}<>{row.t(OK)},"",IF({excluded},0,IF({origin}={_sold(row)},-1,1)))'


def _non_fossil_share(row: Row) -> str:
    share, stated, evidence, source, note = row.cells("share", "non_fossil", "evidence", "source", "note")
    kind = _energy(row, "class")
    proven = f'AND({kind}="{energies.DEPENDS}",{stated}={row.t(YES)},{evidence}&{source}&{note}<>"")'
    fuel = f'IF(OR({kind}="{energies.NONFOSSIL}",{proven}),1,0)'
    return f'IF({share}="","",IF({share}<>1,0,IF({_energy(row, "electricity")}=1,{green.non_fossil(row)},{fuel})))'


def _amount(row: Row, tce: str, period: str) -> str:
    """tce of the row as it counts in primary energy."""
    status, share, amount = row.cells("status", "share", period)
    return f'IF({status}<>{row.t(OK)},"",IF({share}=0,0,IF({amount}="","",{share}*{tce})))'


def _tce(row: Row, period: str) -> str:
    amount, factor, value = row.cells(period, "factor", "value")
    return _amount(row, f"{amount}*{factor}*{value}/1000", period)


def _call(row: Row, period: str) -> str:
    amount, factor, name, value, coefficient, heat = row.cells(
        period, "factor", "energy", "value", "coefficient", "net_calorific_value"
    )
    tce = (
        f"JWDT_TCE({name},{amount}*{factor}*{_energy(row, 'call')},opt_electricity_coefficient,{optional(coefficient)})"
    )
    # a measured heat value may lead outside the range the table prints, an own coefficient may not: the function refuses both
    measured = f"{amount}*{factor}*{value}/1000"
    plain = f'IF(AND({coefficient}="",{heat}<>""),{measured},{tce})'
    return _amount(row, f"IF({in_coal(row)},{amount}*{factor}/1000,{plain})", period)


def _tce_value(known: Known, period: str) -> Value:
    return shown(getattr(times(known.amount.tce, known.amount.share_of_total), period))


def _name(known: Known) -> str:
    name: str = known.row.energy
    return name if known.position("energy_names", name) else str(known.amount.energy.name.zh)


ENERGY = watched(
    "energy",
    Column(
        "value",
        Text("折标系数\nkgce/单位", "coefficient\nkgce/unit"),
        lambda row: f'IF({row["status"]}<>{row.t(OK)},"",{row["kgce"]})',
        lambda known: known.amount.coefficient,
    ),
    Column(
        "non_fossil_share",
        Text("非化石\n部分", "non-fossil part"),
        _non_fossil_share,
        lambda known: known.amount.share_non_fossil,
    ),
    *of_periods("eq", titles("tce"), _tce, _tce_value, _call),
    green.COUNTS_AS,
    Column("share", None, _share, lambda known: known.amount.share_of_total),
    Column(
        "key",
        None,
        lambda row: row.found("energy_names", row["typed"]),
        lambda known: known.position("energy_names", _name(known)) or "",
    ),
    DIMENSION,
    Column("heat", None, _heat, lambda known: shown(energy_heat_value(known.row))),
    Column("kgce", None, _kgce, lambda known: known.amount.coefficient),
    Column(
        "factor",
        None,
        _factor,
        lambda known: BY_CODE[known.row.unit].factor / BY_CODE[known.amount.unit].factor,
    ),
    *judgements("energy"),
    typed("energy", _name),
    status=_status,
    measured=lambda row: _energy(row, "dimension"),
    more=range_of_coefficients,
    before=(Live("excluded", both(datum("share").equals(0), datum("counts_as").differs(green.FED_IN))),),
    amounts="energies",
    names={"energy": _name},
)
