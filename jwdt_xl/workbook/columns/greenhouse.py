"""The columns of greenhouse gases: CO2 equivalents by row."""

from __future__ import annotations

from ...messages import Text
from ...standard import greenhouse as ghg
from ...standard.units import BY_CODE
from .column import YES, Column, Known, Row, Value, of_periods, shown, titles, typed
from .gwp import gwp_in_force
from .hints import watched
from .status import OK, UNKNOWN, WRONG_UNIT


def _sign(row: Row) -> str:
    return row.found("categories", row["category"], "sign")


def _gwp(row: Row) -> str:
    """GWP100 of the row's gas in the set in force; blank where the set lacks it."""
    return f'IF({row["key"]}="","",{gwp_in_force(row, row["key"])})'


def _gwp_value(known: Known) -> Value:
    return ghg.gwp(ghg.find_gas(known.row.gas), str(known.result.options["gwp_set"]))


def _status(row: Row) -> str:
    key, sign, factor, gwp = row.cells("key", "sign", "factor", "gwp")
    return row.state(
        ["category", "gas", "unit"],
        (f'OR({key}="",{sign}="")', UNKNOWN),
        (f'{factor}=""', WRONG_UNIT),
        (f'{gwp}=""', UNKNOWN),
    )


def _amount(row: Row, co2e: str, period: str) -> str:
    """t CO2e of the row, negative where it is subtracted; CO2 of biomass is 0."""
    status, amount, sign, key, biomass = row.cells("status", period, "sign", "key", "biomass")
    grown = f'AND({biomass}={row.t(YES)},INDEX({row.listed("gases", "code")},{key})="CO2")'
    return f'IF(OR({status}<>{row.t(OK)},{amount}=""),"",{sign}*IF({grown},0,{co2e}))'


def _co2e(row: Row, period: str) -> str:
    amount, factor, value = row.cells(period, "factor", "value")
    return _amount(row, f"{amount}*{factor}*{value}", period)


def _call(row: Row, period: str) -> str:
    amount, factor, gas = row.cells(period, "factor", "gas")
    return _amount(row, f"JWDT_CO2E({gas},{amount}*{factor},opt_gwp_set)", period)


def _gas(known: Known) -> str:
    gas: str = known.row.gas
    return gas if known.position("gas_names", gas) else ghg.find_gas(gas).code


GREENHOUSE = watched(
    "greenhouse",
    Column(
        "value",
        Text("GWP", "GWP"),
        lambda row: f'IF({row["status"]}<>{row.t(OK)},"",{row["gwp"]})',
        _gwp_value,
    ),
    *of_periods("eq", titles("t CO2e"), _co2e, lambda known, p: shown(getattr(known.amount, p)), _call),
    Column(
        "key",
        None,
        lambda row: row.found("gas_names", row["typed"]),
        lambda known: known.position("gas_names", _gas(known)) or "",
    ),
    Column("gwp", None, _gwp, _gwp_value),
    Column("sign", None, _sign, lambda known: ghg.CATEGORIES[known.row.category]),
    Column(
        "factor",
        None,
        lambda row: row.converted('"mass"', "1000"),
        lambda known: BY_CODE[known.row.unit].factor / 1000,
    ),
    typed("gas", _gas),
    status=_status,
    measured=lambda row: '"mass"',
    amounts="co2e_rows",
    names={"gas": _gas},
)
