"""Tables read by a map; papers that are known by their headings go on being read by these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...errors import Refused
from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard.names import fold
from ...standard.totals import is_of_all
from ...standard.units import Unit
from .. import letterhead
from ..accounted import tell_rest
from ..cells import DIMENSIONS, Problems, Wrong, exact, is_nothing, month_in, unit_named, year_in
from ..document import Opened
from ..headings import AMOUNT, BESIDE, LABEL, NAME, Column, Columns, Table
from ..kinds.energy import TOTAL, WITHIN
from ..paper import Entry, Fact, Given, Sheet, Wanted
from ..recognised import ByHeadings
from .maps import Map, MapColumn, Target


class Read(NamedTuple):
    """An amount of a cell or a sum of cells of a row: None where it is not known."""

    target: Target
    unit: str
    amount: Fraction | None
    period: str | None
    row: int
    cell: str


class ByMap:
    """Sheets that have the headings of a map are read by it; others by the known kinds, where one document has any."""

    def __init__(self, map: Map) -> None:
        self.map = map
        heads = {"name": map.name, "unit": map.unit, "year": map.year, "total": map.total}
        columns = [Column(key, (fold(text),), (), _ROLES[key]) for key, text in heads.items() if text]
        columns += [
            Column(_key(place), (fold(each.heading),), DIMENSIONS, AMOUNT) for place, each in enumerate(map.columns)
        ]
        self.columns = Columns(columns, [column.key for column in columns])

    def worth(self, cells: Sequence[str]) -> int:
        return max(self.columns.worth(cells), ByHeadings().worth(cells))

    def __call__(self, name: str, sheets: tuple[Sheet, ...], wanted: Wanted) -> Opened:
        problems = Problems()
        given: list[Given] = []
        others: list[Sheet] = []
        for sheet in sheets:
            tables = self.columns.tables(sheet, problems)
            if tables is None:
                others.append(sheet)
            for table in tables or ():
                given.append(_Reader(self.map, self.columns, table, problems).given())
            tell_rest(tables or (), self.columns, problems)
        if not given and not problems.findings:
            try:
                return ByHeadings()(name, sheets, wanted)
            except Refused:
                return Opened(name, refused=(self._no_headings(name),))
        told = problems.more(name)
        told += (
            _not_read(sheet) for sheet in others if any(not is_nothing(cell) for cells in sheet.grid for cell in cells)
        )
        return Opened(name, tuple(given), (Text(f"按 {self.map.file}", f"by {self.map.file}"),), (), tuple(told))

    def _no_headings(self, name: str) -> Finding:
        text = Text(
            "没有 {m} 所写的表头：{h} — 请核对表头，或重新生成对应关系",
            "does not have the headings of {m}: {h} — check the headings, or write the map anew",
        )
        wanted = [
            text
            for text in (self.map.name, self.map.unit, self.map.year, *(c.heading for c in self.map.columns))
            if text
        ]
        return Finding(ERROR, "map-does-not-fit", name, text.fill(m=self.map.file, h="、".join(wanted[:8])))


#: Of the columns that a map names besides those of amounts.
_ROLES = {"name": NAME, "unit": LABEL, "year": LABEL, "total": BESIDE}


def _key(place: int) -> str:
    return f"column{place}"


def _not_read(sheet: Sheet) -> Finding:
    text = Text("没有对应关系所写的表头，未读取", "does not have the headings of the map and is not read")
    return Finding(INFO, "sheet-without-map", sheet.where(""), text, "completeness")


class _Reader:
    """A table that has the headings."""

    def __init__(self, map: Map, columns: Columns, table: Table, problems: Problems) -> None:
        self.map, self.table, self.problems = map, table, problems
        self.head = letterhead.read(table.sheet, table.above(), problems)
        stated = {place: columns.units(table, _key(place), Problems()) for place in range(len(map.columns))}
        self.stated = {place: units[0] if units else None for place, units in stated.items()}
        self.months: dict[tuple[str, str | None], set[int]] = defaultdict(set)

    def given(self) -> Given:
        entries: list[Entry] = []
        answers: dict[tuple[str, str | None], list[Read]] = defaultdict(list)
        for read in self._reads():
            if read.target.is_answer:
                answers[read.target.table, read.period].append(read)
            else:
                entries.append(self._entry(read))
        self._check_months()
        return Given(tuple(entries), (*self.head.facts, *self._facts(answers)))

    def _entry(self, read: Read) -> Entry:
        where = (self.table.sheet.row(read.row),)
        once = (read.cell,) if self.map.adds_up else ()
        fields = {
            key: Fraction(str(value)) if key == "parameter" else value for key, value in read.target.fields.items()
        }
        return Entry(
            read.target.table, fields, {}, read.unit, read.amount, read.period, where, read.cell, self.map.quality, once
        )

    def _facts(self, answers: dict[tuple[str, str | None], list[Read]]) -> Iterator[Fact]:
        for (path, period), reads in answers.items():
            if any(read.amount is None for read in reads):  # told, with the cell
                continue
            if len({read.unit for read in reads}) > 1:
                text = Text(
                    "各行单位不同（{u}），不能相加，未导入 — 请核对单位",
                    "the rows are in different units ({u}) and cannot be summed: not imported — check the units",
                )
                filled = text.fill(u="、".join(dict.fromkeys(read.unit for read in reads)))
                self.problems.say(ERROR, "map-units-differ", reads[0].cell, filled, "consistency")
                continue
            total = sum((read.amount for read in reads if read.amount is not None), Fraction(0))
            yield Fact(path, total, reads[0].unit, period, reads[0].cell, self.table.sheet.row(reads[0].row))

    def _reads(self) -> Iterator[Read]:
        for row in self.table.rows():
            name = self.table.text(row, "name")
            if is_of_all(name) or (not self.map.name and is_of_all(self.table.text(row, "year"))):
                self.table.take(row)
                continue
            target: Target | None = None
            if self.map.name:
                if is_nothing(self.table.cell(row, "name")):
                    continue
                if fold(name) not in self.map.names:
                    text = Text(
                        "“{n}”不在 {m} 的 [names] 中，未导入 — 请补上",
                        "“{n}” is not among [names] of {m} and not imported — add it",
                    )
                    self.problems.say(ERROR, "map-name", self.table.at(row, "name"), text.fill(n=name, m=self.map.file))
                    continue
                target = self.map.names[fold(name)]
                if target is None:
                    self.table.take(row)
                    continue
            yield from self._row(row, target)

    def _row(self, row: int, target: Target | None) -> Iterator[Read]:
        """The columns of a row: of one name summed by period, else each what it is."""
        year = self._year(row)
        groups: dict[object, list[tuple[int, MapColumn]]] = defaultdict(list)
        for place, column in enumerate(self.map.columns):
            groups[(column.period or year) if target is not None else place].append((place, column))
        for columns in groups.values():
            what = target or columns[0][1].target
            if what is None:  # the user has it left out
                self.table.take(row, *(_key(place) for place, _ in columns))
                continue
            values = [(place, column, self._value(row, place)) for place, column in columns]
            if all(is_nothing(self.table.cell(row, _key(place))) for place, _ in columns):
                if (
                    target is None
                    and self.map.year
                    and not all(self._is_blank(row, place) for place in range(len(self.map.columns)))
                ):
                    self._lacking(row, columns[0][0])
                    yield self._read(row, what, columns[0], None, year)
                continue
            blank = [place for place, _, value in values if value is None]
            for place in blank:
                if self._is_blank(row, place):
                    self._lacking(row, place)
            units = [self._unit(row, place, column, what) for place, column in columns]
            if any(unit is None for unit in units):
                continue
            total: Fraction | None = None
            if not blank:
                first = units[0]
                assert first is not None
                total = sum(
                    (value * column.factor * _scale(unit, first) for (_, column, value), unit in zip(values, units, strict=True)
                     if value is not None and unit is not None),
                    Fraction(0),
                )  # fmt: skip
                self._check_total(row, total / columns[0][1].factor, len(groups))
            self.table.take(row, *(_key(place) for place, _ in columns))
            yield self._read(row, what, columns[0], total, year, units[0])

    def _read(
        self,
        row: int,
        target: Target,
        column: tuple[int, MapColumn],
        amount: Fraction | None,
        year: str | None,
        unit: Unit | str | None = None,
    ) -> Read:
        code = unit.code if isinstance(unit, Unit) else unit or column[1].unit or self._stated_code(column[0])
        return Read(target, code, amount, column[1].period or year, row, self.table.at(row, _key(column[0])))

    def _stated_code(self, place: int) -> str:
        stated = self.stated[place]
        return stated.code if stated is not None else ""

    def _is_blank(self, row: int, place: int) -> bool:
        return is_nothing(self.table.cell(row, _key(place)))

    def _value(self, row: int, place: int) -> Fraction | None:
        try:
            return exact(self.table.cell(row, _key(place)))
        except Wrong as error:
            self.problems.say(ERROR, error.code, self.table.at(row, _key(place)), error.text)
            return None

    def _lacking(self, row: int, place: int) -> None:
        text = Text(
            "空白，全年之和因此不知道，未导入 — 没有发生请填 0",
            "is blank, so the sum is not known and not imported — type 0 if there was none",
        )
        self.problems.say(ERROR, "map-blank", self.table.at(row, _key(place)), text, "completeness")

    def _year(self, row: int) -> str | None:
        """The year of a row; its month is counted."""
        cell = self.table.cell(row, "year") if self.map.year else None
        found = month_in(cell)
        year = (found[0] if found else year_in(cell)) or self.head.year
        if found:
            self.months[self.table.text(row, "name"), year].add(found[1])
        return year

    def _unit(self, row: int, place: int, column: MapColumn, target: Target) -> Unit | str | None:
        """The unit that the map, the heading and the row state, which must be one; None where that cannot be told."""
        where = self.table.at(row, _key(place))
        typed = self.table.text(row, "unit") if self.map.unit else ""
        if target.table == "product.output":
            return column.unit or typed or self._stated_code(place)
        said = [unit_named(text) for text in (column.unit, typed) if text]
        said += [self.stated[place]] if self.stated[place] is not None and column.factor == 1 else []
        known = [unit for unit in said if unit is not None]
        if not known or len(known) < len(said):
            text = Text(
                "单位不明（“{u}”）— 请在对应关系中写明 unit", "the unit is not known (“{u}”) — state unit in the map"
            )
            self.problems.say(ERROR, "map-unit", where, text.fill(u=typed))
            return None
        if len({unit.code for unit in known}) > 1 and column.factor == 1:
            text = Text(
                "单位互相矛盾：{u}，未导入 — 请核对对应关系、表头和单位列",
                "the units contradict one another: {u}; not imported — check map, heading and column of units",
            )
            self.problems.say(
                ERROR, "map-unit-contradicts", where, text.fill(u=" / ".join(unit.code for unit in known))
            )
            return None
        if not target.takes(known[0]):
            text = Text(
                "单位 {u} 不能用于此项 — 请核对对应关系", "the unit {u} does not go with what it is — check the map"
            )
            self.problems.say(ERROR, "map-unit-impossible", where, text.fill(u=known[0].code))
            return None
        return known[0]

    def _check_total(self, row: int, total: Fraction, groups: int) -> None:
        if not self.map.total or groups != 1:
            return
        try:
            stated = exact(self.table.cell(row, "total"))
        except Wrong:
            return
        if stated is not None and abs(stated - total) > WITHIN * max(stated, total):
            filled = TOTAL.fill(s=number(float(stated), 6), t=number(float(total), 6))
            self.problems.say(WARNING, "paper-total-differs", self.table.at(row, "total"), filled, "consistency")

    def _check_months(self) -> None:
        for (name, year), found in self.months.items():
            if len(found) < 12 and not self.map.adds_up:
                text = Text(
                    "{y} 年“{n}”只有 {m} 个月 — 请补齐；停用的月份填 0",
                    "“{n}” of {y} has {m} months only — complete them; type 0 for months without any",
                )
                where = self.table.at(self.table.columns["year"].row, "year")
                filled = text.fill(y=year or "?", n=name or "-", m=len(found))
                self.problems.say(WARNING, "map-months", where, filled, "completeness")


def _scale(unit: Unit | str | None, to: Unit | str) -> Fraction:
    if not isinstance(unit, Unit) or not isinstance(to, Unit):
        return Fraction(1)
    return Fraction(str(unit.factor)) / Fraction(str(to.factor))
