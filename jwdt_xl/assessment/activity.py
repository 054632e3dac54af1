"""Bills: what was burnt, bought, sold and processed, entered once and used for both emissions and energy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import JwdtError
from ..messages import Text
from ..standard.energy import SOLD
from ..standard.green import GREEN
from .bill_row import ActivityRow
from .kinds import Conventions, Kind, kind_of
from .places import Factor, Pair, at_field, times


@dataclass(frozen=True)
class ActivityAmount:
    """A bill, understood: CO2 (t, negative where sold), standard coal (t), how it counts, and the factors used."""

    row: ActivityRow
    place: str
    category: str
    #: The unit of the emission factor.
    unit: str
    factor: float
    #: The base period's, which is the same unless each period takes the grid factor of its own year.
    base_factor: float
    co2: Pair
    kgce: float
    tce: Pair
    share_of_total: float
    share_non_fossil: float
    #: The same by the other counting of green power.
    share_otherwise: float
    factors: tuple[Factor, ...]
    year: int | None = None
    base_year: int | None = None

    @property
    def kind(self) -> Kind:
        return kind_of(self.row)


def year_of(label: str) -> int | None:
    """The year a period's label starts with."""
    found = re.match(r"\s*((?:19|20)\d\d)", label)
    return int(found.group(1)) if found else None


def understand(row: ActivityRow, place: str, conventions: Conventions) -> ActivityAmount:
    """A row with its factors; raises with the field where something cannot be read or is needed."""
    kind = kind_of(row)
    unit, kgce_unit = kind.units(row)
    amounts = kind.amounts(row, unit)
    with at_field("origin"):
        kind.check_origin(row)
    _check_parameters(row)
    factor, factors, year = kind.factor(row, unit, conventions)
    base_factor, base_year = factor, year
    if year is not None and (base := kind.base_factor(row, conventions)):
        base_factor, base_year, factors = base[0].value, base[1], (*factors, base[0])
    sign = -1 if row.origin == SOLD or kind.is_subtracted else 1
    kgce, more = kind.kgce(row, unit, conventions)
    share, non_fossil = kind.shares(row, conventions)
    otherwise = kind.shares(row, conventions.otherwise)[1] if row.origin in GREEN else non_fossil
    co2 = Pair(times(amounts, sign * base_factor).base, times(amounts, sign * factor).report)
    if recovered := kind.taken_off(row, conventions):
        co2 = Pair(*(None if made is None else made - gas for made, gas in zip(co2, recovered, strict=True)))
    return ActivityAmount(
        row,
        place,
        kind.category_of(row),
        unit,
        factor,
        base_factor,
        co2,
        kgce,
        times(kind.amounts(row, kgce_unit), kgce / 1000),
        share,
        non_fossil,
        otherwise,
        (*factors, *more),
        year,
        base_year,
    )


def _check_parameters(row: ActivityRow) -> None:
    """A heat value or coefficient of 0 would make a fuel vanish from emissions or energy."""
    for field in ("net_calorific_value", "coefficient"):
        with at_field(field):
            if getattr(row, field) == 0:
                raise zero_coefficient()


def zero_coefficient() -> JwdtError:
    return JwdtError(Text("须大于 0", "must be above 0"), "bad-coefficient")
