"""The sheet of lists: what drop-downs offer and formulas look up, derived from the tables of the standard."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from ..assessment import model
from ..assessment.activity import fuel_unit
from ..assessment.model import CHOICE, FLAG, UNIT
from ..standard import codes, fuels, power, process
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import greenhouse as ghg
from ..standard.options import OPTIONS
from ..standard.units import BY_CODE, UNITS, of_dimensions
from .layout import Cell, Layout

Value = str | float


class Block(NamedTuple):
    """Some columns of the sheet: their headings and rows."""

    headings: tuple[str, ...]
    rows: list[tuple[Value, ...]]


#: JWDT_TCE takes solids in t, gases in 10^4 m3, power in kWh, heat in GJ: what one table unit is in that.
CALL_UNITS = {"kg": 1e-3, "m3": 1e-4, "kWh": 1.0, "MJ": 1e-3, "t": 1.0}


def item_code(item: tuple[str, str]) -> str:
    """A table item as a text that no program can take for a number."""
    return f"T{item[0]}N{item[1]}"


class Lists:
    """The blocks of the lists sheet and where they stand."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    @cached_property
    def blocks(self) -> dict[str, Block]:
        text = self.layout.text
        found = {
            "units": Block(
                ("unit", "dimension", "factor"),
                [(n, u.dimension, u.factor) for u in UNITS for n in (u.code, *u.aliases)],
            ),
            "pollutant_names": _places(self._pollutant_keys()),
            "pollutants": Block(("item", "dimension", "factor", "value", "kind", "name"), self._pollutants()),
            "ph_classes": Block(("value",), [(value,) for value in eq.ph_classes()]),
            "gas_names": _places([names for _, names in ghg.named_gases()]),
            "gases": Block(
                ("code", *ghg.GWP_SETS), [(g.code, *(g.gwp.get(s, "") for s in ghg.GWP_SETS)) for g in ghg.gases()]
            ),
            "categories": Block(
                ("category", "sign"), [(text(n), ghg.CATEGORIES[c]) for c, n in ghg.CATEGORY_NAMES.items()]
            ),
            "energy_names": _places([names for _, names in energies.named_energies()]),
            "energies": Block(("low", "high", "dimension", "factor", "class", "electricity", "call"), self._energies()),
            "fuel_names": _places(list(self._fuels.values())),
            "fuels": Block(
                ("dimension", "B_ncv", "B_carbon", "B_oxidised", "A_ncv", "A_carbon", "A_oxidised"), self._fuel_rows()
            ),
            "process_names": _places([names for _, names in process.named_processes()]),
            "processes": Block(
                ("value",), [("" if p.value is None else p.value,) for p, _ in process.named_processes()]
            ),
            "series_names": _places([names for _, names in power.named_series()]),
            "grid": Block(("key", "series", "year", "value"), self._grid()),
            "fuels_offered": _offered([*self._fuels, "石灰石", "碳酸镁", "白云石", "纯碱", "电极"]),
            "series_offered": _offered([names[1] for _, names in power.named_series()]),
            "water": _offered(sorted_names(eq.WATER)),
            "air": _offered(sorted_names(eq.AIR)),
            "gas_codes": _offered([gas.code for gas in ghg.gases()]),
            "energies_offered": _offered([e.name.zh for e in energies.energies() if e.low is not None]),
            "divisions": Block(("division", "name"), [(code, text(name)) for code, name in codes.divisions().items()]),
        }
        for name, spec in self._specs():
            if spec.kind == UNIT:
                found[f"units:{','.join(spec.dimensions)}"] = _offered([u.code for u in of_dimensions(spec.dimensions)])
            elif spec.kind in (CHOICE, FLAG):
                found[f"choice:{name}"] = _offered([text(label) for _, label in spec.choices])
        for option in OPTIONS:
            if option.choices:
                found[f"choice:options.{option.name}"] = _offered([text(label) for _, label in option.choices])
        return found

    def _specs(self) -> list[tuple[str, model.Spec]]:
        tables = [(f"{n}.{f}", s) for n, cls in model.TABLES.items() for f, s in model.specs(cls).items()]
        return tables + [(f.path, f.spec) for f in self.layout.fields.values() if f.cell.sheet != "settings"]

    def _pollutant_keys(self) -> list[list[str]]:
        """The names of each pollutant with its medium, as formulas look them up."""
        return [
            [f"{self.layout.text(eq.MEDIUM_NAMES[p.medium])}|{name}" for name in names]
            for p, names in eq.named_pollutants()
        ]

    def _pollutants(self) -> list[tuple[Value, ...]]:
        rows: list[tuple[Value, ...]] = []
        for p in eq.pollutants():
            unit = BY_CODE[p.unit]
            name = f"{self.layout.text(eq.MEDIUM_NAMES[p.medium])}|{p.name.zh}"
            rows.append((item_code(p.item), unit.dimension, unit.factor, p.value, p.kind, name))
        return rows

    def _energies(self) -> list[tuple[Value, ...]]:
        rows: list[tuple[Value, ...]] = []
        for e in energies.energies():
            unit = BY_CODE[e.unit]
            low, high = ("" if v is None else v for v in (e.low, e.high))
            rows.append((low, high, unit.dimension, unit.factor, e.fossil, int(e.is_electricity), CALL_UNITS[e.unit]))
        return rows

    @cached_property
    def _fuels(self) -> dict[str, list[str]]:
        """The fuels of both default tables with all their names."""
        found: dict[str, list[str]] = {}
        for table in fuels.TABLES:
            for fuel, names in fuels.named_fuels(table):
                known = found.setdefault(fuel.name.zh, [])
                known += [name for name in names if name not in known]
        return found

    def _fuel_rows(self) -> list[tuple[Value, ...]]:
        rows: list[tuple[Value, ...]] = []
        for name in self._fuels:
            here = {t: [f for f in fuels.fuels(t) if f.name.zh == name] for t in fuels.TABLES}
            first = next(found[0] for found in here.values() if found)
            values: list[Value] = [BY_CODE[fuel_unit(first)].dimension]
            for found in here.values():
                values += (
                    [found[0].net_calorific_value, found[0].carbon_content, found[0].oxidation]
                    if found
                    else ["", "", ""]
                )
            rows.append(tuple(values))
        return rows

    def _grid(self) -> list[tuple[Value, ...]]:
        """Grid factors by series and year, in order, so that a count finds the latest year not after another."""
        rows: list[tuple[Value, ...]] = []
        for place, (series, _) in enumerate(power.named_series(), 1):
            rows += [(f"{place}|{y}", place, y, power.grid_factor(y, series).value) for y in power.years(series)]
        return rows

    @cached_property
    def _starts(self) -> dict[str, int]:
        starts, col = {}, 0
        for name, block in self.blocks.items():
            starts[name] = col
            col += len(block.headings)
        return starts

    def start(self, block: str) -> Cell:
        """The cell of a block's first heading."""
        return Cell("lists", 0, self._starts[block])

    def column(self, block: str, heading: str | None = None, last: str | None = None) -> str:
        """The data cells of a column (default: the first), or of several up to another."""
        headings = self.blocks[block].headings
        col = self._starts[block] + (headings.index(heading) if heading else 0)
        last_col = self._starts[block] + headings.index(last) if last else None
        return self.layout.range("lists", 1, len(self.blocks[block].rows), col, last_col)

    def position(self, block: str, name: str) -> int | None:
        """The place (from 1) that a block of names gives for a name; case does not matter to MATCH."""
        return self._positions[block].get(name.lower())

    @cached_property
    def _positions(self) -> dict[str, dict[str, int]]:
        return {
            block: {str(name).lower(): int(place) for name, place in self.blocks[block].rows}
            for block in ("pollutant_names", "gas_names", "energy_names", "fuel_names", "process_names", "series_names")
        }


def _places(names: list[list[str]]) -> Block:
    """Every name with the place (from 1) of its thing."""
    rows: dict[str, tuple[Value, ...]] = {}
    for place, several in enumerate(names, 1):
        for name in several:
            rows.setdefault(name.lower(), (name, place))
    return Block(("name", "place"), list(rows.values()))


def _offered(names: list[str]) -> Block:
    return Block(("name",), [(name,) for name in names])


def sorted_names(medium: str) -> list[str]:
    """The pollutants of a medium as the drop-down offers them, in the law's order."""
    return [p.name.zh for p in eq.pollutants() if p.medium == medium]
