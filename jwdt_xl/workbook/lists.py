"""The sheet of lists: what drop-downs offer and formulas look up, derived from the tables of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ..assessment.fields import specs
from ..assessment.kinds import KINDS, Kind, fuel_unit
from ..assessment.seen import WATER
from ..assessment.tables import TABLES
from ..assessment.usual import near
from ..messages import Text
from ..standard import answers, codes, fuels, industries, power, process, steam
from ..standard import energy as energies
from ..standard import equivalents as eq
from ..standard import greenhouse as ghg
from ..standard.guide.product_unit import verdicts
from ..standard.heat_values import HEAT_UNITS
from ..standard.names import split
from ..standard.names import table as names_table
from ..standard.record import CHOICE, FLAG, UNIT, Spec
from ..standard.statistics import USED, WORDS
from ..standard.totals import ENDS
from ..standard.units import BY_CODE, UNITS, Unit, of_dimensions, unit_label
from . import list_rows, typed
from .columns import catalogue, total_rows
from .columns.answers import answer_keys, answers_of
from .columns.names import folded, unit_key
from .layout import Layout
from .list_rows import Value
from .measures.places import tables
from .monthly.hints import HINTS as MONTHLY_HINTS
from .monthly.places import BASE_PERIOD, REPORT_PERIOD
from .pasted.hints import ROW_HINTS
from .plan import Cell

#: The blocks in which things are found by any of their names.
NAMES = ("pollutant_names", "gas_names", "energy_names", "fuel_names", "process_names", "series_names")


_PLAIN = ("hints", "statuses")  # those of a form without tables
#: What a name of Excel may not have.
_OTHER = re.compile(r"\W+")


class Block(NamedTuple):
    """Some columns of the sheet: their headings and rows."""

    headings: tuple[str, ...]
    rows: list[tuple[Value, ...]]


#: Heat is measured as energy, or as tonnes of steam.
STEAM = "steam"


def item_place(item: tuple[str, str]) -> int:
    """The place (from 1) of a pollutant of Annex B in the lists, by its table and number."""
    return next(place for place, p in enumerate(eq.pollutants(), 1) if p.item == item)


#: Of answers, of which there are few to choose from, people type the short names and units of any length (大卡/公斤); a longer one is
#: kept, too, after a box that says so.
_TYPED = 4


def units_of(dimensions: Iterable[str]) -> str:
    """The block of the units that measure one of these."""
    return f"units:{','.join(dimensions)}"


def origins_of(kind: Kind) -> str:
    """The block of the origins that a kind of bill may have."""
    return f"origins:{','.join(kind.origins)}"


class Lists:
    """The blocks of the lists sheet and where they stand."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._shared: dict[str, str] = {}

    @cached_property
    def blocks(self) -> dict[str, Block]:
        text = self.layout.text
        found = {
            "units": Block(
                ("key", "dimension", "factor"),
                [(key, u.dimension, u.factor) for key, u in self._units().items()],
            ),
            "fitting": Block(
                ("dimension", "units"), [(d, self._fitting(d)) for d in dict.fromkeys(u.dimension for u in UNITS)]
            ),
            "pollutant_names": _names(
                [names for _, names in eq.named_pollutants()],
                [f"{text(eq.MEDIUM_NAMES[p.medium])}|" for p, _ in eq.named_pollutants()],
            ),
            "pollutants": Block(("dimension", "factor", "value", "kind"), list_rows.pollutants()),
            "ph_classes": Block(("value",), [(value,) for value in eq.ph_classes()]),
            "gas_names": _names([names for _, names in ghg.named_gases()]),
            "gases": Block(
                ("code", *ghg.GWP_SETS), [(g.code, *(g.gwp.get(s, "") for s in ghg.GWP_SETS)) for g in ghg.gases()]
            ),
            "categories": Block(
                ("category", "sign"), [(text(n), ghg.CATEGORIES[c]) for c, n in ghg.CATEGORY_NAMES.items()]
            ),
            "energy_names": _names([names for _, names in energies.named_energies()]),
            "energies": Block(
                ("low", "high", "dimension", "factor", "class", "electricity", "call", "least", "most"),
                list_rows.energies(),
            ),
            "fuel_names": _names(list(self._fuels.values())),
            "heat_units": Block(
                ("unit", "dimension", "gj", "kj"),
                [(text(u.label), u.dimension, u.gj, u.kj) for u in HEAT_UNITS.values()],
            ),
            "steam": Block(
                ("pressure", "saturation", *(f"h_{degrees}" for degrees in steam.superheats())),
                [(pressure, saturation, *enthalpies) for pressure, saturation, enthalpies in steam.rows()],
            ),
            "superheats": Block(("degrees",), [(degrees,) for degrees in steam.superheats()]),
            "water_names": _names([list(WATER)]),
            "fuels": Block(
                ("dimension", "B_ncv", "B_carbon", "B_oxidised", "A_ncv", "A_carbon", "A_oxidised", "least", "most"),
                self._fuel_rows(),
            ),
            "process_names": _names([names for _, names in process.named_processes()]),
            "processes": Block(
                ("value",), [("" if p.value is None else p.value,) for p, _ in process.named_processes()]
            ),
            "series_names": _names([names for _, names in power.named_series()]),
            "grid": Block(("key", "series", "year", "value"), list_rows.grid()),
            "fuels_offered": self._known([text(name) for name in self._fuel_titles()], self._fuels.values()),
            units_of(("energy", STEAM)): self._offered_units(("energy", STEAM)),
            "energies_bought": self._known([], typed.BOUGHT.values()),
            "processes_offered": self._known(
                [text(p.name) for p, _ in process.named_processes()], [names for _, names in process.named_processes()]
            ),
            "series_offered": _offered([names[self.layout.language == "zh"] for _, names in power.named_series()]),
            **{medium: self._pollutants_of(medium) for medium in eq.MEDIA},
            "energies_offered": self._known(
                [text(e.name) for e in energies.energies() if e.low is not None],
                [names for e, names in energies.named_energies() if e.low is not None],
            ),
            "divisions": Block(
                ("name", "code"), [(f"{code} {text(name)}", code) for code, name in codes.divisions().items()]
            ),
            "industries": Block(
                ("word", "divisions"), [(folded(word), listed) for word, listed in industries.words().items()]
            ),
            "hints": _offered([text(catalogue.said(h, self.layout.guide)) for h in catalogue.HINTS]),
            "statuses": _offered([text(h.status or h.text) for h in catalogue.HINTS[: catalogue.LAST_STATUS]]),
            "refused": Block(("key", "code"), list(_refused())),
            "qualities": Block(("value",), [(value,) for value in (1, 2, 3, 4, 5)]),
            "measure_tables": _offered([] if self.layout.guide.is_plain else list(tables(self.layout))),
            "monthly_hints": _offered([text(hint.text) for hint in MONTHLY_HINTS]),
            "used_headings": _offered([folded(name) for name in USED.split("|")]),
            "form_words": _offered(list(WORDS)),
            "form_totals": _offered(list(ENDS)),
            "total_ends": _offered(total_rows.ends()),
            "total_names": _offered([total_rows.whole()]),
            "pasted_hints": _offered([text(hint.text) for hint in ROW_HINTS]),
            "periods": _offered([text(period) for period in (BASE_PERIOD, REPORT_PERIOD)]),
        }
        found |= self._product_units()
        if self.layout.guide.is_plain:  # of names, factors and units nothing is looked up
            found = {name: found[name] for name in _PLAIN}
        same: dict[tuple[tuple[Value, ...], ...], str] = {}
        for name, block in self._drop_downs():
            # Questions with the same answers share one list.
            self._shared[name] = same.setdefault(tuple(block.rows), name)
            if self._shared[name] == name:
                found[name] = block
        return found

    def _product_units(self) -> dict[str, Block]:
        known = verdicts(self.layout.guide)
        return {"product_units": Block(("key", "verdict"), list(known.items()))} if known else {}

    @staticmethod
    def _units() -> dict[str, Unit]:
        """The units by all their names."""
        return {unit_key(n): u for u in reversed(UNITS) for n in (*u.aliases, *unit_label(u.code), u.code)}

    def _drop_downs(self) -> Iterator[tuple[str, Block]]:
        text = self.layout.text
        for name, spec in self._specs():
            if spec.kind == UNIT:
                for dimensions in (spec.dimensions, *((one,) for one in spec.dimensions)):
                    yield units_of(dimensions), self._offered_units(dimensions)
            elif spec.kind in (CHOICE, FLAG):
                yield f"choice:{name}", _offered([text(label) for _, label in spec.choices])
                keys, most = answer_keys(spec.choices)
                yield (
                    f"answers:{name}",
                    Block(("key",), [row for k in keys for row in (*zip(k), *[()] * (most - len(k)))]),
                )
                yield f"offered:{name}", self._answered(spec.choices)
        origins = tuple(energies.ORIGIN_NAMES.items())
        for kind in (kind for kind in KINDS.values() if kind.origins):
            yield origins_of(kind), self._answered(tuple(one for one in origins if one[0] in kind.origins))
        for table in self.layout.tables:
            words = [
                " / ".join(text(label) for _, label in specs(TABLES[table])[key].choices) for key in answers_of(table)
            ]
            if words:
                yield f"answered:{table}", _offered(words)
        if converted := self.layout.guide.conversions:
            names = {folded(name): one for one in reversed(converted) for name in one.product}
            rows: list[tuple[Value, ...]] = [(name, folded(one.unit), one.factor) for name, one in names.items()]
            yield "conversions", Block(("name", "unit", "factor"), rows)
        for option in self.layout.options:
            if option.choices:
                yield f"choice:options.{option.name}", _offered([text(label) for _, label in option.choices])

    def _answered(self, choices: answers.Choices) -> Block:
        """Answers to choose from, and behind them what people type for them."""
        names = [[name for name, _ in answers.names(choices) if len(name) <= _TYPED or "/" in name]]
        return self._known([self.layout.text(label) for _, label in choices], names)

    def _known(self, first: list[str], names: Iterable[Iterable[str]]) -> Block:
        return _offered(typed.behind(first, names, self.layout.language))

    def _pollutants_of(self, medium: str) -> Block:
        here = [names for p, names in eq.named_pollutants() if p.medium == medium]
        return self._known([self.layout.text(name) for name in sorted_names(medium)], [*here, typed.refused()])

    def _fitting(self, dimension: str) -> str:
        """The units that measure this, in a sentence."""
        between = "、" if self.layout.language == "zh" else ", "
        return between.join(self.layout.text(unit_label(u.code)) for u in of_dimensions((dimension,)))

    def _offered_units(self, dimensions: tuple[str, ...]) -> Block:
        units = of_dimensions(tuple(d for d in dimensions if d != STEAM))
        if STEAM in dimensions or dimensions == ("wastewater",):  # both are counted in t, too
            units = (*units, BY_CODE["t"])
        return self._known([self.layout.text(unit_label(u.code)) for u in units], [(u.code, *u.aliases) for u in units])

    def _fuel_titles(self) -> list[Text]:
        """The fuels of both default tables, each once."""
        return list({f.name.zh: f.name for table in fuels.TABLES for f in fuels.fuels(table)}.values())

    def _specs(self) -> list[tuple[str, Spec]]:
        tables = [(f"{n}.{f}", s) for n in self.layout.tables for f, s in specs(TABLES[n]).items()]
        return tables + [(f.path, f.spec) for f in self.layout.fields.values() if f.cell.sheet != "settings"]

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
            printed = [found[0].net_calorific_value for found in here.values() if found]
            rows.append((*values, *near(printed, str(values[0]))))
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

    def column(self, block: str, heading: str | None = None) -> str:
        """The name of the data cells of a column (default: the first)."""
        blocks = self.blocks
        block = self._shared.get(block, block)
        headings = blocks[block].headings
        place = headings.index(heading) if heading else 0
        name = "l_" + _OTHER.sub("_", block) + (f"_{headings[place]}" if place else "")
        col = self._starts[block] + place
        return self.layout.named(name, self.layout.range("lists", 1, len(blocks[block].rows), col))

    def columns(self, block: str, first: str) -> str:
        """The name of the data cells of a block from a column to its last."""
        found = self.blocks[block]
        start, end = self._starts[block] + found.headings.index(first), self._starts[block] + len(found.headings) - 1
        return self.layout.named(f"l_{block}_{first}_on", self.layout.range("lists", 1, len(found.rows), start, end))

    def position(self, block: str, name: str) -> int | None:
        """The place (from 1) that a block of names gives for a name (of a pollutant: medium|name)."""
        return self._positions[block].get(unit_key(name) if block == "units" else folded(name))

    @cached_property
    def _positions(self) -> dict[str, dict[str, int]]:
        units = {key: place for place, key in enumerate(self._units(), 1)}
        named = {block: {str(key): int(place) for key, place in self.blocks[block].rows} for block in NAMES}
        return {"units": units, **named}


def _names(names: list[list[str]], before: list[str] | None = None) -> Block:
    """Every name of each thing, folded, with the place of the thing."""
    firsts = before or [""] * len(names)
    places: dict[str, int] = {}
    for place, (first, several) in enumerate(zip(firsts, names, strict=True), 1):
        for name in several:
            places.setdefault(folded(first + name), place)
    return Block(("key", "place"), list(places.items()))


def _refused() -> Iterator[tuple[Value, ...]]:
    """The names that the table of pollutants refuses, folded, with the code of their hint."""
    for row in names_table("annex_b_refused"):
        if row["hint"]:
            yield from ((key, catalogue.CODES[row["hint"]]) for key in dict.fromkeys(map(folded, split(row["names"]))))


def _offered(names: list[str]) -> Block:
    return Block(("name",), [(name,) for name in names])


def sorted_names(medium: str) -> list[Text]:
    """The pollutants of a medium as the drop-down offers them, in the law's order, those recorded only at the end."""
    return [p.name for p, _ in eq.named_pollutants() if p.medium == medium]
