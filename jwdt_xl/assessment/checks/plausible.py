"""Whether heat value, carbon and factor of a bill are of one fuel; what each must be by itself: heat.py, own_values.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import WARNING, Finding, Text, number
from ...standard.fuels import CO2_PER_C, find_fuel
from ...standard.units import BY_CODE
from ..bill_row import ActivityRow
from ..kinds import kind_of
from ..kinds.fuel import biogenic
from ..usual import GJ_PER_TCE, defaults
from .energy import LEAST_CARBON, MOST_CARBON
from .rows import name_of

if TYPE_CHECKING:
    from ..result import Result

#: How far a fuel's t CO2 per tce may lie from that of its default parameters.
CARBON_TOLERANCE = 0.3
#: Energies of GB/T 2589 that the default tables list under another name, or that burn like one of theirs.
_BURN_LIKE = {
    "raw_coal": "烟煤",
    "coal_middlings": "其它洗煤",
    "coal_slime": "其它洗煤",
    "lng": "天然气",
    "natural_gas_oilfield": "天然气",
    "natural_gas_gasfield": "天然气",
}


def carbon_per_tce(result: Result) -> Iterator[Finding]:
    """t CO2 per tce of each fuel, against that of its default parameters."""
    for bill in result.quantities.activity:
        row = bill.row
        if not bill.kind.is_fuel or not bill.factor or not bill.kgce or not bill.share_of_total:
            continue
        # kgce per kg is tce per t; kgce per m3 is a tenth of tce per 10^4 m3.
        tce = bill.kgce * (10 if BY_CODE[row.unit].dimension == "volume" else 1)
        if row.emission_factor is None:
            tce *= 1 - biogenic(row)
        low, high = _usual_carbon(row)
        if tce and not low <= bill.factor / tce <= high:
            text = Text(
                "“{n}”每吨标准煤排放 {v} t CO2，通常在 {a}–{b}；请核对热值、含碳量、自有因子和折标系数是否属于同一燃料",
                "“{n}” emits {v} t CO2 per tce, usual are {a}–{b}; check whether heat value, carbon content, own factor and coefficient are of the same fuel",
            ).fill(n=name_of("activity", row), v=number(bill.factor / tce), a=number(low, 3), b=number(high, 3))
            own = next(
                (name for name in ("emission_factor", "carbon_content") if getattr(row, name) is not None), "name"
            )
            yield Finding(WARNING, "implausible-carbon-per-tce", f"{bill.place}.{own}", text, "objectivity")


def _usual_carbon(row: ActivityRow) -> tuple[float, float]:
    energy = kind_of(row).energy(row)
    alike = _BURN_LIKE.get(energy.code) if energy else None
    found = defaults(row.name) or ([find_fuel(alike)] if alike else [])
    usual = [fuel.carbon_content * fuel.oxidation * CO2_PER_C * GJ_PER_TCE for fuel in found]
    if not usual:
        return LEAST_CARBON, MOST_CARBON
    return min(usual) * (1 - CARBON_TOLERANCE), max(usual) * (1 + CARBON_TOLERANCE)


CHECKS = (carbon_per_tce,)
