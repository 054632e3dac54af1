"""环境保护税税源明细表: a row a month, outlet and pollutant, of 2021 or with the amounts of 2018. Months and outlets are summed.

Amounts by all three ways: gas × concentration, waste water × concentration, base × coefficient; or in kg as declared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from ...errors import JwdtError
from ...messages import ERROR, INFO, WARNING, Text, number
from ...standard.equivalents import AIR, WATER, Pollutant, find_pollutant
from ...standard.names import fold
from ...standard.totals import is_total
from .. import letterhead
from ..accounted import tell_rest
from ..cells import Problems, Where, Wrong, exact, is_nothing, month_in
from ..discharge import MEASURED, Amounts
from ..headings import BESIDE, LABEL, NAME, Columns, Table, column
from ..paper import Entry, Given, Kind, Sheet, Wanted
from .energy import TOTAL, TWICE, WITHIN

COLUMNS = Columns(
    (
        column("source", "税源编号", role=LABEL),
        column("month", "税款所属月份|所属月份|月份|税款所属期|税款所属期起|月份(税款所属期)", role=LABEL),
        column("outlet", "排放口名称或噪声源名称|排放口名称|排放口|排放口名称或编号|排放口编号", role=LABEL),
        column("category", "污染物类别|类别", role=LABEL),
        column("pollutant", "污染物名称|污染物", role=NAME),
        column("method", "污染物排放量计算方法|计算方法|排放量计算方法", role=LABEL),
        column("volume", "废气(废水)排放量|废气排放量|废水排放量|污水排放量|废气、废水排放量|废气或废水排放量", "volume", "mass"),
        column("concentration", "实测浓度值|实测浓度|浓度值|排放浓度"),
        column("mean", "月均浓度|月均浓度值|平均浓度", role=BESIDE),
        column("highest", "最高浓度|最高浓度值", role=BESIDE),
        column("base", "计算基数|产品产量或原料耗用量"),
        column("generation", "产污系数", role=BESIDE),
        column("emission", "排污系数"),
        column("amount", "污染物排放量|排放量", "mass"),
        column("equivalent_value", "污染当量值", role=BESIDE),
        column("equivalents", "污染当量数", role=BESIDE),
    ),
    ("month", "pollutant"),
    ("volume", "base", "amount"),
)  # fmt: skip

_MEDIA = ((re.compile("水|water"), WATER), (re.compile("大气|废气|气|air"), AIR))
_TITLES = ((re.compile("水污染物|废水"), WATER), (re.compile("大气污染物|废气"), AIR))
_OTHERS = re.compile("固体|固废|危险废物|危废|噪声|noise")
#: By the way the amount was found [choice]: monitored continuously, by hand, by coefficient or balance.
_QUALITY = ((re.compile("自动|在线|连续"), 1), (re.compile("监测|实测"), 2))
_BY_COEFFICIENT = 3
_MONTHS = 12
_NUMBERS = ("volume", "concentration", "mean", "base", "generation", "emission", "amount")


class _Line(NamedTuple):
    """A row understood: the pollutant, its amount in kg (or t of waste water, with what was measured)."""

    pollutant: Pollutant
    amount: Fraction | None
    measured: Fraction | None
    month: tuple[str | None, int]
    outlet: str


def read(sheet: Sheet, wanted: Wanted, problems: Problems) -> Given | None:
    tables = COLUMNS.tables(sheet, problems)
    if tables is None:
        return None
    entries: list[Entry] = []
    head = letterhead.read(sheet, tables[0].above() if tables else (), problems)
    for table in tables:
        entries += _Reader(table, head.year, problems).entries()
    tell_rest(tables, COLUMNS, problems)
    if entries:
        text = Text(
            "税表只列每个排放口应税的前几种污染物（大气前三、水前五或前三），可能不全 — 请补充未列的污染物",
            "the table holds the levied pollutants of each outlet only (the first three of air, five or three of water) — add what is not levied",
        )
        problems.say(WARNING, "only-levied", sheet.where("") or sheet.document, text, "completeness")
    return Given(tuple(entries), head.facts)


KIND = Kind(
    "tax", Text("环境保护税税源明细表", "source table of the environmental protection tax"), COLUMNS.worth, read
)


class _Reader:
    """A table, its units, and what its rows are."""

    def __init__(self, table: Table, year: str | None, problems: Problems) -> None:
        self.table, self.year, self.problems = table, year, problems
        self.amounts = Amounts(table, COLUMNS, problems)
        self.medium = self._medium_of_all()

    def entries(self) -> Iterator[Entry]:
        months: dict[tuple[str, str, str | None], set[int]] = defaultdict(set)
        seen: dict[tuple[Any, ...], str] = {}
        sums: dict[str, Fraction] = defaultdict(Fraction)
        others = 0
        for row in self.table.rows():
            name = self.table.text(row, "pollutant")
            if any(
                is_total(self.table.text(row, key)) for key in ("pollutant", "source", "month", "outlet", "category")
            ):
                self._check_total(row, sums)
                self.table.take(row)
                sums.clear()
                continue
            if _OTHERS.search(fold(self.table.text(row, "category"))):
                others += 1
                self.table.take(row)
                continue
            if is_nothing(self.table.cell(row, "pollutant")):
                continue
            line = self._line(row, name, sums)
            if line is None:
                continue
            year, month = line.month
            key = (
                year or self.year, month, self.table.text(row, "source"), line.outlet, line.pollutant.medium, line.pollutant.item,
                line.pollutant.name.zh,
            )  # fmt: skip
            if key in seen:
                self.problems.say(
                    ERROR, "paper-row-twice", self.table.at(row, "pollutant"), TWICE.fill(n=name, o=seen[key])
                )
                continue
            seen[key] = self.table.at(row, "pollutant")
            months[line.outlet, line.pollutant.name.zh, year or self.year].add(month)
            yield self._entry(row, line, key)
        if others:
            text = Text(
                "{n} 行固体废物、噪声不在评价范围，未导入",
                "{n} rows of solid waste and noise are not assessed and not imported",
            )
            self.problems.say(INFO, "not-assessed", self.table.at(self.table.top, "category"), text.fill(n=others))
        self._check_months(months)

    def _entry(self, row: int, line: _Line, key: tuple[Any, ...]) -> Entry:
        fields: dict[str, Any] = {"medium": line.pollutant.medium, "pollutant": line.pollutant.name.zh}
        if line.measured is not None:
            fields["parameter"] = line.measured
        method = fold(self.table.text(row, "method"))
        quality = next((grade for sign, grade in _QUALITY if sign.search(method)), _BY_COEFFICIENT if method else 2)
        unit = "t wastewater" if line.measured is not None else "kg"
        places: tuple[Where, ...] = (self.table.sheet.row(row),)
        return Entry(
            "pollutants",
            fields,
            {},
            unit,
            line.amount,
            line.month[0] or self.year,
            places,
            self.table.at(row, "pollutant"),
            quality,
            key,
        )

    def _line(self, row: int, name: str, sums: dict[str, Fraction]) -> _Line | None:
        where = self.table.at(row, "pollutant")
        medium = self._medium(row)
        try:
            pollutant = find_pollutant(name, medium)
        except JwdtError as error:
            text = Text("{e} — 该行未导入", "{e} — the row is not imported").fill(e=error.text)
            self.problems.say(ERROR, "paper-pollutant", where, text)
            return None
        month = month_in(self.table.cell(row, "month"))
        if month is None:
            text = Text(
                "“{v}”不是月份，该行未导入 — 请写作 2023-01",
                "“{v}” is no month: the row is not imported — write 2023-01",
            )
            self.problems.say(
                ERROR, "paper-month", self.table.at(row, "month"), text.fill(v=self.table.text(row, "month"))
            )
            return None
        try:
            values = {key: self._number(row, key) for key in _NUMBERS}
        except Wrong:  # said; the sum of the year is not whole
            return _Line(pollutant, None, None, month, self.table.text(row, "outlet"))
        for key in ("volume", "base", "amount"):
            sums[key] += values[key] or 0
        measured = values["concentration"] if values["concentration"] is not None else values["mean"]
        by_water = pollutant.needs_parameter
        if by_water and values["volume"] is not None:
            self.table.take(row, *MEASURED)
        amount = (
            self.amounts.waste_water(row, values["volume"])
            if by_water
            else self.amounts.amount(row, pollutant, values, measured)
        )
        if amount is None or (by_water and measured is None and amount):
            text = Text(
                "缺少计算“{n}”排放量所需的数，全年之和因此不全，该污染物此期未导入 — 请补齐，或自行填写",
                "the amount of “{n}” cannot be told, so the sum of the year is not whole: the pollutant is not imported for the period — complete it, or type it",
            )
            self.problems.say(ERROR, "paper-amount-missing", where, text.fill(n=name), "completeness")
            amount = None
        return _Line(pollutant, amount, measured if by_water else None, month, self.table.text(row, "outlet"))

    def _number(self, row: int, key: str) -> Fraction | None:
        try:
            return exact(self.table.cell(row, key))
        except Wrong as error:
            self.problems.say(ERROR, error.code, self.table.at(row, key), error.text)
            raise

    def _medium_of_all(self) -> str | None:
        """The medium that the title or the heading of the amount of gas or water says."""
        heading = self.table.columns["volume"].heading if "volume" in self.table.columns else ""
        for text in (self.table.sheet.title, *(str(cell) for cells in self.table.above() for cell in cells), heading):
            found = {medium for sign, medium in _TITLES if sign.search(fold(text))}
            if len(found) == 1:
                return found.pop()
        return None

    def _medium(self, row: int) -> str | None:
        category = fold(self.table.text(row, "category"))
        found = next((medium for sign, medium in _MEDIA if sign.search(category)), None) if category else None
        return found or self.medium

    def _check_total(self, row: int, sums: dict[str, Fraction]) -> None:
        """A total against the rows above it: never added."""
        for key in ("volume", "amount", "base"):
            try:
                stated = self._number(row, key)
            except Wrong:
                continue
            if stated and abs(stated - sums[key]) > WITHIN * max(stated, sums[key]):
                filled = TOTAL.fill(s=number(float(stated), 6), t=number(float(sums[key]), 6))
                self.problems.say(WARNING, "paper-total-differs", self.table.at(row, key), filled, "consistency")

    def _check_months(self, months: dict[tuple[str, str, str | None], set[int]]) -> None:
        for (outlet, name, year), found in months.items():
            if len(found) < _MONTHS:
                missing = "、".join(str(month) for month in range(1, _MONTHS + 1) if month not in found)
                text = Text(
                    "{y} 年“{o}”的“{n}”缺 {m} 月 — 停产请填 0；在另一份表中的请一并导入",
                    "“{n}” of “{o}” in {y} lacks the months {m} — type 0 if nothing ran; what is in another table is to be imported with it",
                )
                filled = text.fill(y=year or "?", o=outlet or "-", n=name, m=missing)
                where = self.table.at(self.table.columns["month"].row, "month")
                self.problems.say(WARNING, "months-missing", where, filled, "completeness")
