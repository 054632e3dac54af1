"""The power that the enterprise's meter counts, against its rows: the one must not be doubted for the other's fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..messages import INFO, WARNING, Text, number
from ..standard import energy as energies
from ..standard.units import BY_CODE
from .conditions import absolute, both, datum, negated
from .places import PERIOD_NAMES, fsum, in_unit
from .rules import Rule

if TYPE_CHECKING:
    from .bill_row import ActivityRow
    from .model import MeteredElectricity
    from .quantities import Quantities
    from .tables import EnergyRow

#: The power that the meter of the grid sees, by origin.
PURCHASED = (energies.GRID, energies.DIRECT_GREEN, energies.TRADED_GREEN, energies.CERTIFICATE)
_BOUGHT, _METERED, _OWN = map(datum, ("bought", "metered", "own"))
_ALLOWED = 0.005 * _METERED
_DIFFERS = absolute(_BOUGHT - _METERED) > _ALLOWED
#: What the rows have too much is just the power made by oneself.
_OWN_WITHIN = both(_OWN > _ALLOWED, negated(absolute(_BOUGHT - _METERED - _OWN) > _ALLOWED), _DIFFERS)
METERED = Rule(
    "metered-electricity-differs",
    WARNING,
    "consistency",
    Text("查：电表 {m}，各行之和 {s} kWh：照电费单改不符的一处", "check: meter {m}, rows {s} kWh: correct which differs from the bill"),
    Text(
        "{p}计量购电量为 {m} kWh，电网、绿电直供、市场化绿电、绿证各行之和为 {s} kWh，相差超过 0.5 %；请对照电费单，改不符的一处，一度电只填一行",
        "{p}: {m} kWh bought by the meter, {s} kWh by the rows grid, direct and traded green power and certificate, more than 0.5 % apart; correct which differs from the bill, each kWh stands in one row",
    ),
    both(_DIFFERS, negated(_OWN_WITHIN)),
    ("bought", "metered", "own"),
)  # fmt: skip
#: Beside the meter, which is right.
WITHIN_GRID = Rule(
    "own-power-in-grid-row",
    WARNING,
    "consistency",
    Text("此处不用改：各行购电 {s} kWh，多出的恰是自发自用 {o}，请改“电网”行", "right here: rows {s} kWh, just the own power {o} too much; correct the row “grid”"),
    Text(
        "{p}各行购电之和为 {s} kWh，比总表的 {m} kWh 多出的恰是自发自用 {o} kWh：电网行多半含了自发电；总表不用改，请把该行改为电费单上的购电量，自发电只填自发一行",
        "{p}: the rows of power bought add up to {s} kWh, by just the own power of {o} kWh more than the meter's {m} kWh, so the row “grid” probably holds it; leave the meter, and correct the row to what the bill says: own power stands in its own row only",
    ),
    _OWN_WITHIN,
    ("bought", "metered", "own"),
)  # fmt: skip


#: Power of these origins stands in rows that may overlap.
METERED_BESIDE = (*PURCHASED, energies.OWN_RENEWABLE)
METERED_BLANK = Rule(
    "metered-electricity-blank",
    INFO,
    "completeness",
    Text("电力有多个来源：填总电表购电量，才能核对是否重复", "several origins of power: with the meter's purchase they can be checked"),
    Text(
        "电力分多个来源，但没有填计量购电量，无法核对各来源是否重复；请填写总电表的购电量",
        "power is of several origins, but without the metered purchase nothing tells whether they overlap; enter it",
    ),
    both(datum("origins") > 1, datum("base").is_blank(), datum("report").is_blank()),
)  # fmt: skip


class Compared(NamedTuple):
    """kWh of a period: by the meter, by the rows of power bought, by those of own power."""

    metered: float | None
    bought: float | None
    own: float


def kwh_of(amounts: Quantities, period: str, *origins: str) -> float | None:
    """The power of some origins by the rows; None where an amount is missing."""
    rows: list[EnergyRow | ActivityRow] = [
        e.row for e in amounts.energies if e.energy.is_electricity and e.share_of_total
    ]
    rows += [b.row for b in amounts.activity if b.kind.is_electricity and b.share_of_total]
    place = [*PERIOD_NAMES].index(period)
    found = [in_unit(r.base, r.report, r.unit, BY_CODE["kWh"])[place] for r in rows if r.origin in origins]
    return fsum(found)


def compared(said: MeteredElectricity, amounts: Quantities, period: str) -> Compared:
    kwh = BY_CODE["kWh"]
    meter = in_unit(said.base, said.report, said.unit or kwh.code, kwh)[[*PERIOD_NAMES].index(period)]
    own = kwh_of(amounts, period, energies.OWN_RENEWABLE)
    return Compared(meter, kwh_of(amounts, period, *PURCHASED), own or 0.0)


def holds_own_power(power: Mapping[str, Compared]) -> bool:
    """Whether the rows of power bought hold the own power too, in either period."""
    return any(WITHIN_GRID.holds(**found._asdict()) for found in power.values())


def readings(row: Any) -> dict[str, Any]:
    """What the finding of a row says: the period, the meter's reading, that of the rows, and the own power."""
    for period, label in PERIOD_NAMES.items():
        found = row.result.power[period]
        if WITHIN_GRID.holds(**found._asdict()):
            m, s, o = (number(value or 0.0, 10) for value in (found.metered, found.bought, found.own))
            return {"p": label, "m": m, "s": s, "o": o}
    raise AssertionError
