"""Whether a heat value or coefficient is plausible, or was typed in another unit: of fuel bills and of energy rows.

Nobody's heat value is guessed: a number that only fits another unit is refused. One that fits none is questioned.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..messages import Text, joined, number
from ..standard import energy as energies
from ..standard.heat_values import KCAL
from .bill_row import ACTIVITY_KINDS
from .conditions import Condition, Term, both, datum, either
from .fields import specs
from .rules import are_numbers
from .tables import TABLES
from .usual import HEAT, Heat

FIELDS = ("net_calorific_value", "coefficient")
#: What is thought of a number.
FINE, OTHER_UNIT, UNUSUAL = 0, 1, 2
#: How far the coefficient of an energy may lie from that of GB/T 2589.
TOLERANCE_OF_ENERGIES = 0.2
#: The same of energy rows, in kJ per kg or m3 and in kgce: what people type instead, and how much kJ that is.
_OF_ENERGIES = {
    "net_calorific_value": (("kJ", 1.0), ("kcal", KCAL), ("MJ", 1000.0), ("kgce", energies.KJ_PER_KGCE)),
    "coefficient": (("kgce", 1.0), ("gce", 1e-3), ("kJ", 1 / energies.KJ_PER_KGCE), ("kcal", KCAL / energies.KJ_PER_KGCE)),
}  # fmt: skip


class Usual(NamedTuple):
    """The usual range of a field where the amount measures this, its unit, and units that it may have been typed in."""

    table: str
    field: str
    low: Term
    high: Term
    unit: str
    #: Each with how much of the right unit it is.
    typed: tuple[tuple[str, float], ...]
    bounds: tuple[str, str]
    applies: Condition

    @property
    def value(self) -> str:
        """What the row says in the usual unit."""
        return "heat_value" if self.field == "net_calorific_value" else self.field

    def judged(self) -> Term:
        """FINE, OTHER_UNIT or UNUSUAL."""
        numbers = (self.field, self.value, *self.bounds)
        value = datum(self.value)
        outside = both(self.applies, either(value < self.low, value > self.high))
        # As typed, whichever unit was chosen.
        fits = either(*((factor * datum(self.field)).within(self.low, self.high) for _, factor in self.typed))

        def judge(fields: Any) -> int:
            if not are_numbers(fields, numbers) or not outside.holds(fields):
                return FINE
            return OTHER_UNIT if fits.holds(fields) else UNUSUAL

        def formula(cells: Any) -> str:
            counted = ",".join(dict.fromkeys(cells[name] for name in numbers))
            found = f"IF({outside.formula(cells)},IF({fits.formula(cells)},{OTHER_UNIT},{UNUSUAL}),{FINE})"
            return f"IF(COUNT({counted})<{len(set(numbers))},{FINE},{found})"

        return Term(judge, formula)

    def said(self, row: Any) -> dict[str, Any]:
        """What the finding says of the number, and in what unit it would be usual."""
        low, high = self.low.value(row), self.high.value(row)
        fitting = [(u, row[self.field] * factor) for u, factor in self.typed if low <= row[self.field] * factor <= high]
        shown = [Text(f"{u}(= {number(v)} {self.unit})", f"{u} (= {number(v)} {self.unit})") for u, v in fitting]
        slip = Text("，很可能填成了 {u}", ", probably typed in {u}").fill(u=joined(shown)) if shown else Text("", "")
        label = specs(TABLES[self.table])[self.field].label
        v = number(row[self.value])
        return {"f": label, "v": v, "w": self.unit, "a": number(low, 3), "b": number(high, 3), "s": slip}


def _of_bills(field: str, dimension: str, heat: Heat) -> Usual:
    """The range is kept in GJ; a coefficient is compared in its own unit."""
    of_heat = field == "net_calorific_value"
    unit, scale = (heat.unit, 1.0) if of_heat else (heat.coefficient_unit, heat.per_coefficient)
    own = dict(heat.slips)[unit]
    low, high = ((1 / scale) * datum(key) for key in ("heat_low", "heat_high"))
    applies = both(datum("kind").equals("fuel", ACTIVITY_KINDS["fuel"]), datum("dimension").equals(dimension))
    typed = tuple((name, factor / own) for name, factor in heat.slips)
    return Usual("activity", field, low, high, unit, typed, ("heat_low", "heat_high"), applies)


def _of_energies(field: str, dimension: str, per: str) -> Usual:
    scale = energies.KJ_PER_KGCE if field == "net_calorific_value" else 1.0
    low = scale * (1 - TOLERANCE_OF_ENERGIES) * datum("printed_low")
    high = scale * (1 + TOLERANCE_OF_ENERGIES) * datum("printed_high")
    typed = tuple((f"{unit}/{per}", factor) for unit, factor in _OF_ENERGIES[field])
    applies = datum("dimension").equals(dimension)
    return Usual("energy", field, low, high, typed[0][0], typed, ("printed_low", "printed_high"), applies)


#: By table and field, then by what the amount measures.
USUAL: Mapping[tuple[str, str], Mapping[str, Usual]] = {
    **{("activity", field): {d: _of_bills(field, d, heat) for d, heat in HEAT.items()} for field in FIELDS},
    **{
        ("energy", field): {
            d: _of_energies(field, d, per) for d, per in (("mass", "kg"), ("volume", "m3"), ("energy", "MJ"))
        }
        for field in FIELDS
    },
}


def judged(table: str, field: str) -> Term:
    """What is thought of a field of a row."""
    first, *others = (usual.judged() for usual in USUAL[table, field].values())
    for other in others:
        first = first + other
    return first
