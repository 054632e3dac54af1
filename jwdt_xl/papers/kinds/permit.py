"""排污许可证 (permit platform): which pollutants are permitted, and how much of them in a year. A check, no amounts of the form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...messages import ERROR, WARNING, Text, number
from ...standard.equivalents import AIR, WATER, named, refusals
from ...standard.names import fold
from ...standard.totals import is_total
from ...standard.units import BY_CODE
from .. import letterhead
from ..accounted import tell_rest
from ..cells import Problems, Wrong, exact, is_nothing, scale
from ..headings import BESIDE, LABEL, NAME, Columns, Table, column
from ..paper import Given, Kind, Permitted, Sheet, Wanted
from .energy import TOTAL, WITHIN

_YEARS = ("一", "二", "三", "四", "五")
_ANNUAL = tuple(f"y{number}" for number in range(1, 6))


def _year(number: int, name: str) -> str:
    forms = (
        f"第{name}年",
        f"第{number}年",
        f"许可年排放量限值第{name}年",
        f"年许可排放量限值第{name}年",
        f"许可年排放量第{name}年",
    )
    return "|".join(forms)


COLUMNS = Columns(
    (
        column("outlet_no", "排放口编号|排放口代码", role=LABEL),
        column("outlet", "排放口名称|排放口类型|排放口", role=LABEL),
        column("pollutant", "污染物种类|污染物名称|污染物", role=NAME),
        column("limit", "许可排放浓度限值|许可浓度限值|排放浓度限值", role=BESIDE),
        column("rate", "许可排放速率限值|许可速率限值", role=BESIDE),
        column("annual", "许可年排放量限值|年许可排放量限值|许可排放量限值|许可年排放量", "mass"),
        *(column(f"y{n}", _year(n, name), "mass") for n, name in enumerate(_YEARS, 1)),
    ),
    ("pollutant",),
    ("annual", *_ANNUAL),
)
_WATER, _AIR = re.compile("废水|水污染物|mg/l|毫克/升"), re.compile("废气|大气|mg/n?m3|毫克/标?立方米|kg/h|千克/小时")
_WHOLE = re.compile("全厂|全公司|总计|合计")


class _Limit(NamedTuple):
    """What a row allows by year, in t."""

    amounts: tuple[Fraction, ...]
    cell: str


def read(sheet: Sheet, wanted: Wanted, problems: Problems) -> Given | None:
    tables = COLUMNS.tables(sheet, problems)
    if tables is None:
        return None
    head = letterhead.read(sheet, tables[0].above() if tables else (), problems)
    permitted: list[Permitted] = []
    for table in tables:
        permitted += _permitted(table, problems)
    tell_rest(tables, COLUMNS, problems)
    return Given((), head.facts, tuple(permitted))


KIND = Kind("permit", Text("排污许可证许可排放量表", "permitted amounts of the discharge permit"), COLUMNS.worth, read)


def _permitted(table: Table, problems: Problems) -> Iterator[Permitted]:
    keys = [key for key in (*_ANNUAL, "annual") if key in table.columns]
    units = {key: COLUMNS.units(table, key, problems) for key in keys}
    medium = _medium(table)
    outlets: dict[str, list[_Limit]] = defaultdict(list)
    whole: dict[str, list[_Limit]] = defaultdict(list)
    for row in table.rows():
        name = table.text(row, "pollutant")
        if is_total(name):
            table.take(row)
            continue
        if is_nothing(table.cell(row, "pollutant")):
            continue
        table.take(row)
        amounts = []
        for key in keys:
            stated = units[key]
            if stated is None:
                continue
            try:
                value = exact(table.cell(row, key))
            except Wrong as error:
                problems.say(ERROR, error.code, table.at(row, key), error.text)
                continue
            if value is not None:
                amounts.append(value * scale(stated[0] if stated else BY_CODE["t"], BY_CODE["t"]))
        first = next((key for key in keys if table.text(row, key)), keys[0])
        of_all = any(_WHOLE.search(table.text(row, key)) for key in ("outlet", "outlet_no"))
        (whole if of_all else outlets)[name].append(_Limit(tuple(amounts), table.at(row, first)))
    for name in dict.fromkeys((*outlets, *whole)):
        found = _medium_of(name, medium, table, problems, (outlets.get(name) or whole[name])[0].cell)
        if found is None:
            continue
        limit = _together(name, whole.get(name, []), outlets.get(name, []), problems)
        least = min(limit.amounts, default=None)
        yield Permitted(found, name, least, max(limit.amounts, default=None), limit.cell)


def _together(name: str, whole: list[_Limit], outlets: list[_Limit], problems: Problems) -> _Limit:
    """The permit of the whole plant where it states one, against which the outlets are checked; else their sum."""
    stated = [each for each in outlets if each.amounts]
    years = min((len(each.amounts) for each in stated), default=0)
    sums = tuple(sum((each.amounts[i] for each in stated), Fraction(0)) for i in range(years))
    whole = [each for each in whole if each.amounts]
    if not whole:
        return _Limit(sums, (stated or outlets or whole)[0].cell)
    total = whole[-1]
    if sums and max(sums) > max(total.amounts) * (1 + WITHIN):
        filled = TOTAL.fill(s=number(float(max(total.amounts)), 6), t=number(float(max(sums)), 6))
        problems.say(WARNING, "paper-total-differs", total.cell, filled, "consistency")
    return total


def _medium(table: Table) -> str | None:
    """Air or water, by titles and headings."""
    texts = [table.sheet.title, *(str(cell) for cells in table.above() for cell in cells)]
    texts += [found.heading + "".join(found.brackets) for found in table.columns.values()]
    signs = "".join(map(fold, texts))
    water, air = _WATER.search(signs) is not None, _AIR.search(signs) is not None
    return (WATER if water else AIR) if water != air else None


def _medium_of(name: str, medium: str | None, table: Table, problems: Problems, cell: str) -> str | None:
    """The medium of a pollutant, where the table names none."""
    if medium:
        return medium
    media = {pollutant.medium for pollutant in named(name)} or ({AIR} if refusals(name) else set())
    if len(media) == 1:
        return media.pop()
    text = Text(
        "“{n}”是大气还是水污染物不明，未用于核对 — 请在表题写明废气或废水",
        "whether “{n}” is a pollutant of air or of water is not told: not used for checks — say it in the title of the table",
    )
    problems.say(WARNING, "permit-medium", cell, text.fill(n=name), "completeness")
    return None
