"""The tables the functions look things up in: every name with the engine's answer, a number or its sentence.

Which name stands for what, and what is said of one that stands for nothing single, the engine decides while the tables
are made: so aliases, refusals and ambiguities are the same here, and a new row of the standard's tables is here at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from ...errors import JwdtError
from ...standard import energy as energies
from ...standard import equivalents as eq
from ...standard import fuels, greenhouse, media, power, process, scoring, steam, units
from ...standard.names import fold, split
from ...standard.names import table as names_table
from ..quantities import _TCE_UNITS, JWDT_EQUIVALENT_VALUE
from .writing import NAME, VALUE

Cell = str | float


class Table(NamedTuple):
    """Columns of a sheet: their headings and rows. Its data are the name JWDT_.<key>, its first column JWDT_.<key>_KEY."""

    key: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def _answer(call: Callable[..., Any], *arguments: Any, name: str = "") -> Any:
    """What the engine says: a result, or its sentence with a mark in the place of the name."""
    try:
        return call(*arguments)
    except JwdtError as error:
        return str(error).replace(f"“{name}”", f"“{NAME}”") if name else str(error)


def _by_key(names: Iterable[str]) -> dict[str, str]:
    """One spelling of every name, by its folded form."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    found.pop("", None)
    return found


def pollutants() -> list[eq.Pollutant]:
    return [pollutant for pollutant, _ in eq.named_pollutants()]


def _pollutant_names() -> list[tuple[Cell, ...]]:
    places = {pollutant: float(place) for place, pollutant in enumerate(pollutants(), 1)}
    refused = [name for row in names_table("annex_b_refused") for name in split(row["names"])]
    names = _by_key([*(n for _, known in eq.named_pollutants() for n in known), *refused])

    def found(name: str, medium: str | None) -> Cell:
        answer = _answer(eq.find_pollutant, name, medium, name=name)
        return answer if isinstance(answer, str) else places[answer]

    return [(key, *(found(name, medium) for medium in (None, *media.MEDIA))) for key, name in names.items()]


def _pollutants() -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for p in pollutants():
        name = p.name.zh
        counted = _answer(JWDT_EQUIVALENT_VALUE, name, p.medium, name=name)
        lacks = (p, 1.0, None, None), (p, 1.0, 1.0, None)
        sentences = [a if isinstance(a := _answer(eq.equivalents, *these), str) else "" for these in lacks]
        in_kg = _answer(eq.in_unit_of_table, p, 1.0, "kg")
        rows.append((p.kind, p.value, counted, *sentences, in_kg))
    return rows


def _gases() -> list[tuple[Cell, ...]]:
    names = _by_key(n for _, known in greenhouse.named_gases() for n in known)

    def worth(name: str, chosen: str) -> Cell:
        answer: Cell = _answer(lambda: greenhouse.gwp(greenhouse.find_gas(name), chosen), name=name)
        return answer

    return [(key, *(worth(name, s) for s in greenhouse.GWP_SETS)) for key, name in names.items()]


def _fuels() -> list[tuple[Cell, ...]]:
    names = _by_key(n for t in fuels.TABLES for _, known in fuels.named_fuels(t) for n in known)
    rows: list[tuple[Cell, ...]] = []
    for key, name in names.items():
        row: list[Cell] = [key]
        for table in fuels.TABLES:
            fuel = _answer(fuels.find_fuel, name, table, name=name)
            known = isinstance(fuel, fuels.Fuel)
            row += [fuel.net_calorific_value, fuel.carbon_content, fuel.oxidation] if known else [fuel, fuel, fuel]
        rows.append(tuple(row))
    return rows


def _energies() -> list[tuple[Cell, ...]]:
    names = _by_key(n for _, known in energies.named_energies() for n in known)
    rows: list[tuple[Cell, ...]] = []
    for key, name in names.items():
        energy = _answer(energies.find_energy, name, name=name)
        if isinstance(energy, str):
            rows.append((key, energy, "", "", "", 0.0, 0.0))
            continue
        own = _answer(energies.coefficient, energy, VALUE)
        inside = (energy.low, energy.high, own.replace("-987654", NAME)) if isinstance(own, str) else ("", "", "")
        scale = _TCE_UNITS[energy.unit]
        rows.append((key, _answer(energies.coefficient, energy), *inside, float(energy.is_electricity), scale))
    return rows


def _series() -> list[tuple[Cell, ...]]:
    """Names of grid-factor series: where the factors of the series begin, and how many there are."""
    starts, start = {}, 1
    for series, _ in power.named_series():
        starts[series] = (float(start), float(len(power.years(series))))
        start += len(power.years(series))
    names = _by_key(n for _, known in power.named_series() for n in known)

    def none(series: str) -> str:
        return str(_answer(power.grid_factor, int(VALUE), series)).replace("-987654", NAME)

    return [
        (key, *starts[series], none(series)) for key, series in ((k, power.find_series(n)) for k, n in names.items())
    ]


def _units() -> list[tuple[Cell, ...]]:
    names = _by_key(n for u in units.UNITS if u.code != "mg" for n in (u.code, *u.aliases))
    by_key = {key: units.find_unit(name, tuple({u.dimension for u in units.UNITS})) for key, name in names.items()}
    measured = list(dict.fromkeys(u.dimension for u in units.UNITS))
    return [(key, float(measured.index(unit.dimension) + 1), unit.factor) for key, unit in by_key.items()]


def dimensions() -> list[str]:
    """What units measure, in order."""
    return list(dict.fromkeys(unit.dimension for unit in units.UNITS))


def _wrong_units() -> list[tuple[Cell, ...]]:
    return [(_answer(units.find_unit, NAME, [dimension]),) for dimension in dimensions()]


def _found(find: Callable[[str], str], names: Iterable[str], order: tuple[str, ...]) -> list[tuple[Cell, ...]]:
    return [(key, float(order.index(find(name)) + 1)) for key, name in _by_key(names).items()]


def tables() -> list[Table]:
    """All tables, with the sentences in the language in use."""
    grid = [(float(y), power.grid_factor(y, s).value) for s, _ in power.named_series() for y in power.years(s)]
    medium_names = [name for name, _ in media.MEDIUM_WORDS]
    processes = _by_key(n for _, known in process.named_processes() for n in known)
    attributes = [n for a, label in scoring.ATTRIBUTE_NAMES.items() for n in (a, label.zh, label.zh + "指标")]
    steam_rows = [(p, s, *h) for p, s, h in steam.rows()]
    return [
        Table("POLLUTANTS", ("name", "any medium", "water", "air"), _pollutant_names()),
        Table("VALUES", ("kind", "value", "as counted", "no measured value", "no limit", "per kg"), _pollutants()),
        Table("PH", ("value",), [(value,) for value in eq.ph_classes()]),
        Table("MEDIA", ("name", "medium"), _found(media.find_medium, medium_names, media.MEDIA)),
        Table("GASES", ("name", *greenhouse.GWP_SETS), _gases()),
        Table("FUELS", ("name", *(f"{t} {v}" for t in fuels.TABLES for v in ("ncv", "carbon", "oxidation"))), _fuels()),
        Table("ENERGIES", ("name", "coefficient", "low", "high", "outside", "electricity", "scale"), _energies()),
        Table("SERIES", ("name", "first", "count", "none"), _series()),
        Table("GRID", ("year", "factor"), grid),
        Table(
            "PROCESSES",
            ("name", "factor"),
            [(k, _answer(lambda n=n: process.value_of(process.find_process(n)), name=n)) for k, n in processes.items()],
        ),
        Table("STEAM", ("pressure", "saturation", *(f"+{k}" for k in steam.superheats())), steam_rows),
        Table("SUPERHEATS", ("superheat",), [(float(k),) for k in steam.superheats()]),
        Table("UNITS", ("name", "dimension", "factor"), _units()),
        Table("UNIT_SENTENCES", ("sentence",), _wrong_units()),
        Table("ATTRIBUTES", ("name", "attribute"), _found(scoring.find_attribute, attributes, scoring.ATTRIBUTES)),
    ]
