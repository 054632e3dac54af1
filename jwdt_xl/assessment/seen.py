"""A row as rules see it: what was filled in, what the engine made of it, and what follows from its table and its name.

The workbook has a formula for each of DERIVED (workbook/columns/derived.py), and for the rest a cell.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..errors import JwdtError
from ..standard import energy as energies
from ..standard.byproducts import MADE_OF
from ..standard.green import GREEN, Green
from ..standard.names import fold
from ..standard.units import BY_CODE
from . import conversions, heat_units
from .activity import ActivityAmount
from .amounts import energy_heat_value
from .kinds import is_fossil, table_fuel
from .kinds.fuel import biogenic, heat_value
from .metered import holds_own_power
from .ratios import RATIOS, is_outside
from .unused import unused
from .usual import usual_factor, usual_heat

if TYPE_CHECKING:
    from .result import Result

#: Where the engine keeps the rows of a table that it understood.
AMOUNTS = {
    "products": "product_rows", "activity": "activity", "pollutants": "pollutants", "greenhouse": "co2e_rows", "energy": "energies",
    "materials": "material_rows", "residual_energy": "residual_rows",
}  # fmt: skip
#: Names of water, which is neither material nor energy.
WATER = ("水", "自来水", "新鲜水", "地下水", "地表水", "工业用水", "water", "tap water")


class Seen:
    """A row of a table, by the names of its fields, of what the engine made of it, and of DERIVED."""

    def __init__(self, result: Result, table: str, index: int) -> None:
        self.result = result
        self.row = getattr(result.assessment, table)[index]
        self.amount = getattr(result.quantities, AMOUNTS[table])[index] if table in AMOUNTS else None

    def __getitem__(self, name: str) -> Any:
        if name in DERIVED:
            return DERIVED[name](self)
        return getattr(self.row, name) if hasattr(self.row, name) else getattr(self.amount, name)


@lru_cache(maxsize=1024)  # a name that is neither is looked for in every table
def _is_energy_or_water(name: str) -> bool:
    if fold(name) in map(fold, WATER) or table_fuel(name) is not None:
        return True
    try:
        energies.find_energy(name)
        return True
    except JwdtError as error:
        return error.code == "ambiguous-energy"


def _other_unit(seen: Seen) -> bool:
    product = seen.result.assessment.product.unit
    return bool(product) and fold(seen.row.unit) != fold(product)


def _any_bill(seen: Seen, kind: str, origin: str = "") -> int:
    rows = seen.result.assessment.activity
    return int(any(row.kind == kind and (not origin or row.origin == origin) for row in rows))


def _outside(key: str) -> Callable[[Any], int]:
    return lambda seen: int(is_outside(seen.result.ratios, key))


def _emits_nothing(seen: Seen) -> bool:
    origin = seen.row.origin
    return origin == energies.SOLD_RENEWABLE or Green.of(seen.result.options).emits_nothing(origin, seen.row.evidence)


def _unproved(seen: Seen) -> int:
    """2 for green power that is grid power for want of evidence, 1 where it still counts, else 0."""
    row = seen.row
    if row.origin not in GREEN or row.evidence:
        return 0
    return 2 if Green.of(seen.result.options).is_unproved(row.origin, row.evidence) else 1


def _code(amount: Any) -> str:
    """A fuel of either table, by the name that it has in MADE_OF."""
    code: str = amount.kind.canonical(amount.row) if isinstance(amount, ActivityAmount) else amount.energy.code
    return code


def _source(seen: Any) -> Any:
    """The row of what a fuel is made of, burnt beside it, unless it is said to be bought."""
    if seen.row.origin or seen.amount.share_of_total != 1:
        return None
    amounts = seen.result.quantities
    beside = amounts.activity if isinstance(seen.amount, ActivityAmount) else amounts.energies
    sources = MADE_OF.get(_code(seen.amount), ())
    return next((a for a in beside if sources and a.share_of_total == 1 and _code(a) in sources), None)


def _source_name(seen: Seen) -> str:
    source = _source(seen)
    return "" if source is None else getattr(source.row, "name", "") or source.energy.name.zh


def _heat_value(seen: Any) -> float | None:
    """In GJ per t or 10^4 Nm3 of bills, kJ per kg or m3 of energies, whichever unit was chosen."""
    return heat_value(seen.row) if isinstance(seen.amount, ActivityAmount) else energy_heat_value(seen.row)


def _judged(field: str) -> Callable[[Any], Any]:
    terms = {table: heat_units.judged(table, field) for table in ("activity", "energy")}
    return lambda seen: terms["activity" if isinstance(seen.amount, ActivityAmount) else "energy"].value(_ByName(seen))


class _ByName:
    """A row, and what follows from it, by name."""

    def __init__(self, seen: Any) -> None:
        self._seen, self.row = seen, seen.row

    def __getitem__(self, name: str) -> Any:
        return DERIVED[name](self._seen) if name in DERIVED else self._seen[name]


DERIVED: dict[str, Callable[[Any], Any]] = {
    "heat_value": _heat_value,
    **{f"{field}_judged": _judged(field) for field in heat_units.FIELDS},
    "bio": lambda seen: biogenic(seen.row) if seen.row.kind == "fuel" else "",
    "dimension": lambda seen: BY_CODE[seen.row.unit].dimension,
    "heat_low": lambda seen: usual_heat(seen.row)[0],
    "heat_high": lambda seen: usual_heat(seen.row)[1],
    "printed_low": lambda seen: seen.amount.energy.low,
    "printed_high": lambda seen: seen.amount.energy.high,
    "factor_low": lambda seen: usual_factor(seen.row)[0],
    "factor_high": lambda seen: usual_factor(seen.row)[1],
    "factor_unit": lambda seen: usual_factor(seen.row)[2],
    "fossil": lambda seen: int(is_fossil(seen.row)),
    "fuel_beside": lambda seen: _any_bill(seen, "fuel"),
    "sold_beside": lambda seen: _any_bill(seen, "electricity", energies.SOLD),
    "own_beside": lambda seen: _any_bill(seen, "electricity", energies.OWN_RENEWABLE),
    "source_beside": lambda seen: int(_source(seen) is not None),
    "source_name": lambda seen: _source_name(seen),
    "own_in_grid": lambda seen: int(holds_own_power(seen.result.power)),
    **{f"{key}_off": _outside(key) for key in RATIOS},
    "unused": lambda seen: next(iter(unused(_ByName(seen))), ""),
    "emits_nothing": lambda seen: int(_emits_nothing(seen)),
    "unproved": lambda seen: _unproved(seen),
    "energy_or_water": lambda seen: int(_is_energy_or_water(seen.row.material)),
    "conversion": lambda seen: conversions.judged(seen.result.guide, seen.row),
    "other_unit": lambda seen: int(_other_unit(seen)),
    "product_unit": lambda seen: seen.result.assessment.product.unit,
}
