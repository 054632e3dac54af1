"""能源购进、消费与库存 (statistics form 205-1), a row an energy: column 4 is the amount, 6 the part taken as feedstock, 10 the own
coefficient. The balance of stocks and the total row are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...messages import ERROR, WARNING, Text, number
from ...standard import statistics
from ...standard.names import fold
from ...standard.statistics import KINDS_OF_RAW_COAL, RAW_COAL, TOTAL_CODE, USED
from ...standard.totals import is_total
from ...standard.units import BY_CODE, Unit
from .. import energies, letterhead
from ..accounted import tell_rest
from ..cells import Problems, Wrong, exact, in_brackets, is_nothing, scale, unit_named
from ..energies import Named
from ..headings import BESIDE, LABEL, NAME, Columns, Table, column
from ..paper import Entry, Given, Kind, Sheet, Wanted

#: A statistics form is filed, checked by the statistics office, and rounded [choice].
QUALITY = 2
#: Sums of rounded numbers may differ by this part.
WITHIN = Fraction(str(statistics.WITHIN))
_MEASURES = ("mass", "volume", "energy", "coal")
#: Amounts of a row besides the total used.
_OTHERS = ("opening", "bought", "paid", "industrial", "feedstock", "other", "transport", "closing")

COLUMNS = Columns(
    (
        column("name", "能源名称|能源品种|能源品种名称|指标名称", role=NAME),
        column("unit", "计量单位|单位", role=LABEL),
        column("code", "代码|能源代码", role=LABEL),
        column("opening", "期初库存量|年初库存量|期初库存|年初库存|库存量期初", *_MEASURES),
        column("bought", "购进量实物量|购进量|实物量|购进实物量|购进量合计", *_MEASURES),
        column("paid", "购进金额|购进量金额|金额", role=BESIDE),
        column("total", USED, *_MEASURES),
        column("industrial", "工业生产消费|工业生产消费量|消费量工业生产消费", *_MEASURES),
        column(
            "feedstock",
            "其中用于原材料|用于原材料|其中:用于原材料|工业生产消费其中用于原材料|用作原材料|其中用作原料|用于原料",
            *_MEASURES,
        ),
        column("other", "非工业生产消费|非工业生产消费量", *_MEASURES),
        column("transport", "合计中:运输工具消费|合计中运输工具消费|运输工具消费", *_MEASURES),
        column("closing", "期末库存量|年末库存量|期末库存|年末库存|库存量期末", *_MEASURES),
        column("coefficient", "采用折标系数|折标系数|采用折标准煤系数|折标准煤系数|采用折算系数", role=BESIDE),
        column("reference", "参考折标系数|参考折标准煤系数|参考折算系数", role=BESIDE),
    ),
    ("name", "total"),
    ("opening", "bought", "closing", "coefficient", "code"),
)  # fmt: skip


class _Row(NamedTuple):
    """A row of an energy: its unit, what was used of it, and the part taken as feedstock."""

    row: int
    named: Named
    unit: Unit
    total: Fraction | None
    feedstock: Fraction | None
    coefficient: Fraction | None
    #: tce, where a coefficient stands beside it.
    tce: Fraction | None


def read(sheet: Sheet, wanted: Wanted, problems: Problems) -> Given | None:
    tables = COLUMNS.tables(sheet, problems)
    if tables is None:
        return None
    entries: list[Entry] = []
    head = letterhead.read(sheet, tables[0].above() if tables else (), problems)
    for table in tables:
        entries += _Reader(table, problems, head.year).entries()
    tell_rest(tables, COLUMNS, problems)
    return Given(tuple(entries), head.facts)


KIND = Kind(
    "205-1",
    Text("能源购进、消费与库存（205-1 表）", "energy purchased, used and in stock (form 205-1)"),
    COLUMNS.worth,
    read,
)


class _Reader:
    """A table of the form."""

    def __init__(self, table: Table, problems: Problems, period: str | None) -> None:
        self.table, self.problems, self.period = table, problems, period
        self.heading = COLUMNS.units(table, "total", problems)

    def entries(self) -> Iterator[Entry]:
        if self.heading is None:
            return
        rows: list[_Row] = []
        totals: list[int] = []
        seen: dict[str, str] = {}
        for row in self.table.rows():
            name = self.table.text(row, "name")
            if is_total(name) or self.table.text(row, "code") == TOTAL_CODE:
                totals.append(row)
                self.table.take(row)
                continue
            found = self._row(row, name) if name else None
            if found is None:
                continue
            if found.named.energy.code in seen and found.total:
                self.problems.say(
                    ERROR,
                    "paper-row-twice",
                    self.table.at(row, "name"),
                    TWICE.fill(n=name, o=seen[found.named.energy.code]),
                )
                continue
            if found.total is not None:
                seen[found.named.energy.code] = self.table.at(row, "name")
            rows.append(found)
            if found.total is not None:
                self.table.take(row)
        self._check_total(rows, totals)
        for found in self._without_raw_coal(rows):
            yield from self._entries(found)

    def _row(self, row: int, name: str) -> _Row | None:
        named = energies.find(name)
        total = self._number(row, "total")
        self._check_blank(row, name)
        if named is None:
            if total:
                text = Text(
                    "不认识能源“{n}”，未导入 — 请核对名称，或自行填写该行",
                    "the energy “{n}” is not known and not imported — check the name, or type this row",
                )
                self.problems.say(ERROR, "paper-energy", self.table.at(row, "name"), text.fill(n=name))
            return None
        unit = self._unit(row, name, named)
        if unit is None:
            return None
        feedstock = self._number(row, "feedstock")
        coefficient = self._number(row, "coefficient") or None
        if total is not None and feedstock is not None and feedstock > total:
            text = Text(
                "用于原材料的 {f} 大于消费量合计 {t}，该行未导入 — 请核对",
                "{f} taken as feedstock is more than the total used, {t}: the row is not imported — check it",
            )
            where = self.table.at(row, "feedstock")
            self.problems.say(ERROR, "paper-part", where, text.fill(f=number(float(feedstock)), t=number(float(total))))
            return None
        self._check_balance(row, total)
        if unit.dimension == BY_CODE["tce"].dimension:  # standard coal already
            return _Row(
                row, named, unit, total, feedstock, None, total * scale(unit, BY_CODE["tce"]) if total else total
            )
        used = coefficient or self._number(row, "reference") or None
        tce = total * scale(unit, named.unit) * used if total is not None and used is not None else None
        return _Row(row, named, unit, total, feedstock, coefficient, tce)

    def _check_blank(self, row: int, name: str) -> None:
        """A row that holds amounts, and not the one that is taken: rows of what is not used hold none."""
        if not is_nothing(self.table.cell(row, "total")):
            return
        others = [key for key in _OTHERS if self._holds(row, key)]
        if others:
            text = Text(
                "“{n}”的消费量合计空白，而同一行另有数（{o}），该行未导入 — 请补填合计；没有消费请填 0",
                "the total used of “{n}” is blank while the row holds other amounts ({o}): the row is not imported — fill in the total, 0 if none was used",
            )
            filled = text.fill(n=name, o=self.table.at(row, others[0]))
            self.problems.say(ERROR, "paper-total-blank", self.table.at(row, "total"), filled, "completeness")

    def _holds(self, row: int, key: str) -> bool:
        """Whether a cell holds an amount above 0, or what cannot be read."""
        try:
            return bool(exact(self.table.cell(row, key)))
        except Wrong:
            return True

    def _unit(self, row: int, name: str, named: Named) -> Unit | None:
        """The unit of a row: the heading's wins over the form's; what row, name and heading state must be one."""
        said = [(self.table.text(row, "unit"), "unit")] if self.table.text(row, "unit") else []
        said += [(part, "name") for part in in_brackets(fold(name)) if unit_named(part)]
        units: list[Unit] = []
        for name_of_unit, key in said:
            unit = unit_named(name_of_unit)
            if unit is None or not named.takes(unit):
                self.problems.say(
                    ERROR, "paper-unit", self.table.at(row, key), energies.wrong_unit(name_of_unit, named)
                )
                return None
            units.append(unit)
        units += [unit for unit in self.heading or () if named.takes(unit)]
        if not units and self.heading:
            where = self.table.at(row, "name")
            self.problems.say(ERROR, "paper-unit", where, energies.wrong_unit(self.heading[0].code, named))
            return None
        if len({(unit.dimension, unit.factor) for unit in units}) > 1:
            text = Text(
                "单位互相矛盾：{u}，该行未导入 — 请核对单位列、名称和表头",
                "the units contradict one another: {u}; the row is not imported — check the column of units, name and heading",
            )
            where = self.table.at(row, "unit" if self.table.text(row, "unit") else "name")
            self.problems.say(
                ERROR, "paper-unit-contradicts", where, text.fill(u=" / ".join(unit.code for unit in units))
            )
            return None
        return units[0] if units else named.unit

    def _number(self, row: int, key: str) -> Fraction | None:
        try:
            return exact(self.table.cell(row, key))
        except Wrong as error:
            self.problems.say(ERROR, error.code, self.table.at(row, key), error.text)
            return None

    def _entries(self, found: _Row) -> Iterator[Entry]:
        if found.total is None:
            return
        own = {}
        if found.coefficient is not None and found.named.takes_coefficient:
            own["coefficient"] = found.named.coefficient(found.coefficient)
        place, cell = (self.table.sheet.row(found.row),), self.table.at(found.row, "total")
        feedstock = found.feedstock or Fraction(0)
        if found.named.energy.code == energies.POWER:
            text = Text(
                "205-1 表不分电力来源，按电网计 — 有绿电、自发电的请从该行分出",
                "the form does not tell where power comes from: taken as grid power — take green and own power out of the row",
            )
            self.problems.say(WARNING, "power-origin-not-told", cell, text, "transparency")
        if feedstock and found.named.row()[1].get("kind") == "fuel":
            table, fields = found.named.row(feedstock=True)
            yield Entry(
                table, fields, {}, found.unit.code, feedstock, self.period, place,
                self.table.at(found.row, "feedstock"), QUALITY,
            )  # fmt: skip
            if feedstock == found.total:
                return
        elif feedstock:
            text = Text(
                "“{n}”用于原材料的 {f} 未单列：只有燃料可作原材料 — 请核对",
                "{f} of “{n}” taken as feedstock is not kept apart: only fuels can be — check it",
            )
            where = self.table.at(found.row, "feedstock")
            filled = text.fill(n=found.named.energy.name, f=number(float(feedstock)))
            self.problems.say(WARNING, "feedstock-not-fuel", where, filled, "consistency")
            feedstock = Fraction(0)
        table, fields = found.named.row()
        yield Entry(table, fields, own, found.unit.code, found.total - feedstock, self.period, place, cell, QUALITY)

    def _check_balance(self, row: int, total: Fraction | None) -> None:
        opening, bought, closing = (self._number(row, key) for key in ("opening", "bought", "closing"))
        if opening is None or bought is None or closing is None or total is None:
            return
        left = opening + bought - closing
        if abs(left - total) > WITHIN * max(opening + bought, total):
            text = Text(
                "期初库存 + 购进 − 期末库存 = {l}，与消费量 {t} 不符 — 请核对，有外售、自产或损耗的在备注说明",
                "opening stock + bought − closing stock = {l}, and used is {t} — check them; sold, made or lost: say so in the note",
            )
            filled = text.fill(l=number(float(left)), t=number(float(total)))
            self.problems.say(WARNING, "stock-balance", self.table.at(row, "total"), filled, "consistency")

    def _check_total(self, rows: list[_Row], totals: list[int]) -> None:
        """The total in standard coal against the rows: never added."""
        for row in totals:
            stated = self._number(row, "total")
            if not stated:
                continue
            counted = self._without_raw_coal(rows, told=False)
            if any(found.tce is None and found.total for found in counted):
                continue
            total = sum((found.tce or Fraction(0) for found in counted), Fraction(0))
            if abs(total - stated) > WITHIN * max(stated, total):
                filled = TOTAL.fill(s=number(float(stated), 6), t=number(float(total), 6))
                self.problems.say(WARNING, "paper-total-differs", self.table.at(row, "total"), filled, "consistency")

    def _without_raw_coal(self, rows: list[_Row], told: bool = True) -> list[_Row]:
        """Raw coal is the sum of its kinds where these are filled in: checked, not added."""
        raw = next((found for found in rows if found.named.energy.code == RAW_COAL and found.total), None)
        kinds = [found for found in rows if found.named.energy.code in KINDS_OF_RAW_COAL and found.total]
        if raw is None or not kinds:
            return rows
        total = sum((found.total * scale(found.unit, raw.unit) for found in kinds if found.total), Fraction(0))
        assert raw.total is not None
        if abs(total - raw.total) <= WITHIN * raw.total:
            return [found for found in rows if found is not raw]
        if told:
            text = Text(
                "“原煤” {r} 与其各煤种之和 {t} 不符，无法确定是否含在其中，原煤和各煤种都未导入 — 请核对后自行填写",
                "raw coal, {r}, is not the sum of its kinds, {t}: whether it holds them is not known, so none is imported — check and type them",
            )
            filled = text.fill(r=number(float(raw.total)), t=number(float(total)))
            self.problems.say(ERROR, "raw-coal-unclear", self.table.at(raw.row, "total"), filled, "consistency")
        return [found for found in rows if found is not raw and found not in kinds]


TOTAL = Text(
    "合计行 {s} 与各行之和 {t} 不符（合计只核对，不计入）— 请核对原表",
    "the total, {s}, is not the sum of the rows, {t} (totals are checked, not added) — check the paper",
)
TWICE = Text(
    "“{n}”重复（见 {o}），此行未计入 — 请核对原表",
    "“{n}” stands twice (see {o}): this row is not counted — check the paper",
)
