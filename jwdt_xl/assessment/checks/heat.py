"""Heat values and coefficients that cannot be, with the unit they were probably typed in: of fuel bills and of energy rows.

A number that only fits another unit is an error: nobody's heat value is guessed. One that fits none is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...messages import ERROR, WARNING, Text, joined, number
from ...standard import energy as energies
from ..conditions import Condition, Term, both, datum, either, negated
from ..fields import specs
from ..rules import Rule
from ..tables import ACTIVITY_KINDS, TABLES
from ..usual import HEAT, KCAL, Heat

#: How far the coefficient of an energy may lie from that of GB/T 2589.
TOLERANCE_OF_ENERGIES = 0.2
#: The same of energy rows, in kJ per kg or m3 and in kgce: what people type instead, and how much kJ that is.
_OF_ENERGIES = {
    "net_calorific_value": (("kJ", 1.0), ("kcal", KCAL), ("MJ", 1000.0), ("kgce", energies.KJ_PER_KGCE)),
    "coefficient": (("kgce", 1.0), ("gce", 1e-3), ("kJ", 1 / energies.KJ_PER_KGCE), ("kcal", KCAL / energies.KJ_PER_KGCE)),
}  # fmt: skip


# The rules


class _Of(NamedTuple):
    """What a rule is about: a field, its usual range, and by dimension what it may have been typed in."""

    table: str
    field: str
    low: Term
    high: Term
    #: By dimension: the right unit, and the units with how much of that they are.
    units: Mapping[str, tuple[str, tuple[tuple[str, float], ...]]]
    numbers: tuple[str, ...]
    applies: tuple[Condition, ...]

    def outside(self) -> Condition:
        value = datum(self.field)
        return either(value < self.low, value > self.high)

    def fits_another(self) -> Condition:
        """Whether the number would be plausible in another unit."""
        fitting = []
        for dimension, (_, typed) in self.units.items():
            inside = either(*((factor * datum(self.field)).within(self.low, self.high) for _, factor in typed))
            fitting.append(both(datum("dimension").equals(dimension), inside))
        return either(*fitting)

    def said(self, row: Any) -> dict[str, Any]:
        """What the finding says of the number, and in what unit it would be usual."""
        value, low, high = row[self.field], self.low.value(row), self.high.value(row)
        unit, typed = self.units[row["dimension"]]
        fitting = [(u, value * factor) for u, factor in typed if low <= value * factor <= high]
        shown = [Text(f"{u}(= {number(v)} {unit})", f"{u} (= {number(v)} {unit})") for u, v in fitting]
        slip = Text("，很可能填成了 {u}", ", probably typed in {u}").fill(u=joined(shown)) if shown else Text("", "")
        label = specs(TABLES[self.table])[self.field].label
        return {"f": label, "v": number(value), "w": unit, "a": number(low, 3), "b": number(high, 3), "s": slip}


_TEXT = Text(
    "“{n}”的{f}为 {v} {w}，通常在 {a}–{b}{s}；请核对数值和单位",
    "“{n}”: {f} {v} {w}, usual are {a}–{b}{s}; check value and unit",
)
_COEFFICIENT = Text("查：折标系数单位不对，须 kgce/kg 或 m3", "check: another unit? needed: kgce/kg or m3")
_UNUSUAL = Text("查：热值或系数不在该能源通常范围", "check: unusual heat value or coefficient")


def _rules(of: _Of, hint: Text) -> Iterator[Rule]:
    for severity, shown, fitting in (
        (ERROR, hint, of.fits_another()),
        (WARNING, _UNUSUAL, negated(of.fits_another())),
    ):
        when = both(*of.applies, of.outside(), fitting)
        yield Rule(
            "implausible-heat-value",
            severity,
            "objectivity",
            shown,
            _TEXT,
            when,
            of.numbers,
            of.table,
            of.field,
            of.said,
        )


def _scaled(field: str, heat: Heat) -> tuple[str, tuple[tuple[str, float], ...]]:
    """The right unit of a field of bills, and what others are in the unit of the heat value."""
    right = heat.unit if field == "net_calorific_value" else heat.coefficient_unit
    own = dict(heat.slips)[right]
    return right, tuple((unit, factor / own) for unit, factor in heat.slips if unit != right)


def _of_bills() -> Iterator[Rule]:
    fuel = datum("kind").equals("fuel", ACTIVITY_KINDS["fuel"])
    for field, hint in (
        (
            "net_calorific_value",
            Text(
                "查：须 GJ/t 或 GJ/万Nm3(MJ/m3×10，kcal/kg÷239)",
                "check: GJ/t, GJ/10^4Nm3 (MJ/m3 ×10, kcal/kg ÷239)",
            ),
        ),
        ("coefficient", _COEFFICIENT),
    ):
        scale = {dimension: 1.0 if field != "coefficient" else heat.per_coefficient for dimension, heat in HEAT.items()}
        units = {dimension: _scaled(field, heat) for dimension, heat in HEAT.items()}
        for dimension in HEAT:
            # The range is kept in GJ; a coefficient is compared in its own unit.
            low, high = ((1 / scale[dimension]) * datum(key) for key in ("heat_low", "heat_high"))
            applies = (fuel, datum("dimension").equals(dimension))
            of = _Of(
                "activity", field, low, high, {dimension: units[dimension]}, (field, "heat_low", "heat_high"), applies
            )
            yield from _rules(of, hint)


def _of_energies() -> Iterator[Rule]:
    hints = {
        "net_calorific_value": Text("查：须 kJ/kg 或 kJ/m3(MJ×1000，kcal×4.1868)", "check: needs kJ/kg or kJ/m3 (MJ ×1000, kcal ×4.1868)"),
        "coefficient": _COEFFICIENT,
    }  # fmt: skip
    for field, hint in hints.items():
        scale = energies.KJ_PER_KGCE if field == "net_calorific_value" else 1.0
        low = scale * (1 - TOLERANCE_OF_ENERGIES) * datum("printed_low")
        high = scale * (1 + TOLERANCE_OF_ENERGIES) * datum("printed_high")
        right, *typed = _OF_ENERGIES[field]
        units = {
            dimension: (f"{right[0]}/{unit}", tuple((f"{u}/{unit}", factor) for u, factor in typed))
            for dimension, unit in (("mass", "kg"), ("volume", "m3"), ("energy", "MJ"))
        }
        numbers = (field, "printed_low", "printed_high")
        yield from _rules(_Of("energy", field, low, high, units, numbers, ()), hint)


RULES = (*_of_bills(), *_of_energies())
