"""The wide export of statistics offices: a row an enterprise and year, the energies of form 205-1 as headings with their units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ...messages import ERROR, WARNING, Text
from ...standard.energy import named_energies
from ...standard.names import fold
from ...standard.statistics import KINDS_OF_RAW_COAL, RAW_COAL
from ...standard.totals import is_total
from ...standard.units import Unit
from .. import energies, letterhead, owners
from ..accounted import tell_rest
from ..cells import Problems, Wrong, exact, in_brackets, unit_named, without_brackets, year_in
from ..headings import LABEL, Column, Columns, Table, column
from ..paper import Entry, Fact, Given, Kind, Sheet, Wanted
from . import energy

_MEASURES = ("mass", "volume", "energy", "coal")
_PREFIX = "energy:"
#: So many energies make a wide table; fewer may be any table of the enterprise.
_LEAST = 3


@cache
def columns() -> Columns:
    found = [owners.CODE, owners.NAME, column("year", "年份|年度|报告年份|报告期|数据年份|统计年份", role=LABEL)]
    for each, names in named_energies():
        if energies.find(each.name.zh) is not None:
            folded = dict.fromkeys(
                name for n in names for name in (fold(n), without_brackets(fold(n))) if len(name) > 1
            )
            wide = [name for name in folded if energies.find(name) == energies.find(each.name.zh)]
            found.append(
                Column(_PREFIX + each.code, tuple(dict.fromkeys((*wide, *(f"{n}消费量" for n in wide)))), _MEASURES)
            )
    return Columns(found, (), ("owner_code", "owner", "year"), 1 + _LEAST)


class _Column(NamedTuple):
    """A column of an energy, and its unit."""

    key: str
    named: energies.Named
    unit: Unit


def read(sheet: Sheet, wanted: Wanted, problems: Problems) -> Given | None:
    if energy.COLUMNS.tables(sheet, Problems()) is not None:
        return None
    tables = columns().tables(sheet, problems)
    if tables is None:
        return None
    entries: list[Entry] = []
    facts: list[Fact] = []
    head = letterhead.read(sheet, tables[0].above() if tables else (), problems)
    for table in tables:
        units = [found for key in table.columns if key.startswith(_PREFIX) and (found := _unit(table, key, problems))]
        totals = {row for row in table.rows() if _is_total(table, row)}
        data = [row for row in table.rows() if row not in totals]
        for row in totals:
            table.take(row)
        seen: dict[str | None, int] = {}
        for row in owners.rows_of(table, data, wanted, problems):
            year = year_in(table.cell(row, "year")) or head.year
            if year in seen:
                text = energy.TWICE.fill(n=year or "?", o=sheet.at(seen[year], 0))
                problems.say(ERROR, "paper-row-twice", sheet.at(row, 0), text)
                continue
            seen[year] = row
            facts += owners.facts_of(table, row)
            entries += _entries(table, row, units, year, problems)
            table.take(row)
    tell_rest(tables, columns(), problems)
    return Given(tuple(entries), (*head.facts, *facts))


KIND = Kind(
    "205-1-wide",
    Text(
        "能源消费宽表（一家企业一年一行，能源为列）",
        "wide table of energy (a row an enterprise and year, energies as columns)",
    ),
    lambda cells: columns().worth(cells),
    read,
)


def _is_total(table: Table, row: int) -> bool:
    return any(is_total(table.text(row, key)) for key in ("owner", "owner_code", "year"))


def _unit(table: Table, key: str, problems: Problems) -> _Column | None:
    """The unit that the heading states in brackets, else the form's."""
    found = table.columns[key]
    named = energies.find(without_brackets(found.heading.removesuffix("消费量"))) or energies.find(found.heading)
    if named is None:
        return None
    units = []
    for part in (*found.brackets, *in_brackets(found.heading)):
        unit = unit_named(part)
        if unit is not None:
            units.append(unit)
        if unit is not None and not named.takes(unit):
            problems.say(ERROR, "paper-unit", table.at(found.row, key), energies.wrong_unit(part, named))
            return None
    return _Column(key, named, units[0] if units else named.unit)


def _entries(table: Table, row: int, units: list[_Column], year: str | None, problems: Problems) -> Iterator[Entry]:
    amounts = {}
    for each in units:
        try:
            amounts[each.named.energy.code] = exact(table.cell(row, each.key))
        except Wrong as error:
            problems.say(ERROR, error.code, table.at(row, each.key), error.text)
    if amounts.get(RAW_COAL) and any(amounts.get(code) for code in KINDS_OF_RAW_COAL):
        text = Text(
            "原煤和各煤种都有数，宽表不说明原煤是否包含各煤种，煤均未导入 — 请自行填写",
            "raw coal and kinds of coal are both filled in and the table does not tell whether one holds the others: no coal is imported — type it",
        )
        problems.say(WARNING, "raw-coal-in-wide-table", table.at(row, _PREFIX + RAW_COAL), text, "consistency")
        amounts = {c: a for c, a in amounts.items() if c not in (RAW_COAL, *KINDS_OF_RAW_COAL)}
    for each in units:
        amount = amounts.get(each.named.energy.code)
        if amount is None:
            continue
        name, fields = each.named.row()
        cell, places = table.at(row, each.key), (table.sheet.row(row),)
        yield Entry(name, fields, {}, each.unit.code, amount, year, places, cell, energy.QUALITY)
