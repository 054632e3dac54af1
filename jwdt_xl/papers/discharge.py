"""How much of a pollutant a row of the tax table discharges: as declared, by measurement, by coefficient."""

from __future__ import annotations

import re
from fractions import Fraction

from ..messages import ERROR, WARNING, Text, number
from ..standard.equivalents import AIR, WATER, Pollutant
from ..standard.names import fold
from ..standard.units import BY_CODE, Unit
from .cells import Problems, scale
from .headings import Columns, Table

#: mg.
_MASS: dict[str, Fraction] = {
    **dict.fromkeys(("μg", "ug", "微克"), Fraction(1, 1000)), **dict.fromkeys(("mg", "毫克"), Fraction(1)),
    **dict.fromkeys(("g", "克"), Fraction(10**3)), **dict.fromkeys(("kg", "千克", "公斤"), Fraction(10**6)),
    **dict.fromkeys(("t", "吨"), Fraction(10**9)),
}  # fmt: skip
#: “毫克/升”, “毫克/标立方米”, “千克/吨”, “g/Nm3”.
_RATIO = re.compile(
    r"(mg|毫克|μg|ug|微克|kg|千克|公斤|g|克|t|吨)(?:/|每)(l|升|dm3|n?m3|n?m³|标?立方米|标准立方米|标立方|.*)"
)
_LITRE = frozenset(("l", "升", "dm3"))
_RELATIVE = Fraction(5, 1000)


#: What each way of an amount is made of.
MEASURED, BY_COEFFICIENT = ("volume", "concentration", "mean"), ("base", "generation", "emission")


class Amounts:
    """The amounts of a table, by the units that its headings state."""

    def __init__(self, table: Table, columns: Columns, problems: Problems) -> None:
        self.table, self.problems = table, problems
        self.units = {
            key: columns.units(table, key, problems) if key in table.columns else () for key in ("volume", "amount")
        }
        measured = "concentration" if "concentration" in table.columns else "mean"
        self.gas, self.water = self._ratio(measured, AIR), self._ratio(measured, WATER)

    def amount(
        self, row: int, pollutant: Pollutant, values: dict[str, Fraction | None], measured: Fraction | None
    ) -> Fraction | None:
        """kg: as declared, else by the way that the column of the method names, else by the way that is filled in."""
        declared = values["amount"]
        kg = self._unit_of(row, "amount", ("mass",), "kg")
        declared = declared * scale(kg, BY_CODE["kg"]) if declared is not None and kg is not None else None
        measurement = self._by_measurement(row, pollutant, values["volume"], measured)
        coefficient = self._by_coefficient(row, values)
        method = fold(self.table.text(row, "method"))
        by_coefficient = "系数" in method or "衡算" in method
        ways = [coefficient, measurement] if by_coefficient else [measurement, coefficient]
        found = next((way for way in ways if way is not None), None)
        if measurement is not None and coefficient is not None and not method and _differ(measurement, coefficient):
            self._contradicting(row, measurement, coefficient)
            return None
        if declared is not None:
            self.table.take(row, "amount")
        for way, keys in ((measurement, MEASURED), (coefficient, BY_COEFFICIENT)):
            if way is not None and (way == found or not method):
                self.table.take(row, *keys)
        if declared is not None and found is not None and _differ(declared, found):
            text = Text(
                "申报的排放量 {d} kg 与按浓度或系数算得的 {f} kg 不符，采用申报的 — 请核对单位和数值",
                "{d} kg is declared, and {f} kg follows from concentration or coefficient; the declared amount is taken — check units and numbers",
            )
            filled = text.fill(d=number(float(declared)), f=number(float(found)))
            self.problems.say(WARNING, "paper-amount-differs", self.table.at(row, "amount"), filled, "consistency")
        return declared if declared is not None else found

    def _contradicting(self, row: int, measurement: Fraction, coefficient: Fraction) -> None:
        text = Text(
            "按浓度为 {m} kg，按系数为 {c} kg，又没有写明计算方法，未采用 — 请写明方法",
            "{m} kg by concentration and {c} kg by coefficient, and no method is named: neither is taken — name the method",
        )
        filled = text.fill(m=number(float(measurement)), c=number(float(coefficient)))
        self.problems.say(ERROR, "paper-method-unclear", self.table.at(row, "method"), filled, "consistency")

    def _by_measurement(
        self, row: int, pollutant: Pollutant, volume: Fraction | None, measured: Fraction | None
    ) -> Fraction | None:
        if volume == 0:
            return Fraction(0)
        if volume is None or measured is None:
            return None
        if pollutant.medium == AIR:
            unit = self._unit_of(row, "volume", ("volume",), "万m3")
            return (
                None
                if unit is None or self.gas is None
                else volume * scale(unit, BY_CODE["m3"]) * measured * self.gas / 10**6
            )
        water = self.waste_water(row, volume)
        return None if water is None or self.water is None else water * measured * self.water / 10**6

    def waste_water(self, row: int, volume: Fraction | None) -> Fraction | None:
        """t, which are m3."""
        if volume is None:
            return None
        unit = self._unit_of(row, "volume", ("mass", "volume"), "t")
        if unit is None:
            return None
        return volume * scale(unit, BY_CODE["t" if unit.dimension == "mass" else "m3"])

    def _unit_of(self, row: int, key: str, dimensions: tuple[str, ...], default: str) -> Unit | None:
        """The unit that the heading states for what this row is of, else that of the published form."""
        stated = self.units[key]
        if stated is None:
            return None
        fitting = [unit for dimension in dimensions for unit in stated if unit.dimension == dimension]
        if stated and not fitting:
            text = Text(
                "表头的单位 {u} 不能用于此行的污染物类别 — 请核对类别和表头",
                "the unit of the heading, {u}, does not go with the category of this row — check category and heading",
            )
            self.problems.say(ERROR, "paper-unit-category", self.table.at(row, key), text.fill(u=stated[0].code))
            return None
        return fitting[0] if fitting else BY_CODE[default]

    def _by_coefficient(self, row: int, values: dict[str, Fraction | None]) -> Fraction | None:
        key = "emission" if values["emission"] is not None else "generation"
        base, coefficient = values["base"], values[key]
        if base == 0:
            return Fraction(0)
        if base is None or coefficient is None:
            return None
        return base * coefficient * self._mass_of(key)

    def _mass_of(self, key: str) -> Fraction:
        """kg of what a coefficient is in: the heading's unit, else kg."""
        for part in self.table.columns[key].brackets:
            found = _RATIO.fullmatch(part)
            if found:
                return _MASS[found[1]] / 10**6
        return Fraction(1)

    def _ratio(self, key: str, medium: str) -> Fraction | None:
        """mg per m3 of gas or per m3 of water that a unit of the column of concentrations is; None where it cannot be."""
        default = Fraction(1 if medium == AIR else 1000)
        if key not in self.table.columns:
            return default
        found = [each for part in self.table.columns[key].brackets if (each := _RATIO.fullmatch(part))]
        for each in found:
            if (each[2] in _LITRE) == (medium == WATER):
                return _MASS[each[1]] * (1000 if each[2] in _LITRE else 1)
        return _MASS[found[0][1]] * (1000 if found[0][2] in _LITRE else 1) if found else default


def _differ(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) > _RELATIVE * max(one, other)
