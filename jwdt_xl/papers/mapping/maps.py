"""A map file: which column and which name of a table is what in the form. Nothing is imported by one that is not confirmed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ...assessment import read as read_assessment
from ...assessment.bill_row import ActivityRow
from ...assessment.fields import specs
from ...assessment.kinds import KINDS
from ...assessment.model import FORMAT as ASSESSMENT
from ...assessment.places import At
from ...assessment.tables import TABLES
from ...errors import Refused
from ...messages import ERROR, Finding, Text
from ...opening.container import read
from ...opening.refusals import refused
from ...standard.names import fold
from ...standard.units import Unit, of_dimensions
from ..cells import unit_named

FORMAT = "jwdt-paper-map/1"
#: Tables that a map may fill, and single answers with a number for each period.
TABLES_FILLED = ("activity", "pollutants", "energy", "greenhouse", "materials", "residual_energy")
ANSWERS = ("product.output", "output_value", "metered_electricity")
_LARGEST = 1 << 20
_KEYS = {"format", "confirmed", "adds_up", "quality", "rows", "names", "columns"}
_ROWS = {"name", "unit", "year", "total"}
_COLUMN = {"heading", "unit", "factor", "period", "as"}
#: Fields of a row that are no part of what it is.
_NOT_WHAT = {"unit", "base", "report", "source", "quality", "note", "evidence"}


class Target(NamedTuple):
    """What something of a table is in the form: a row, by its fields, or a single answer."""

    table: str
    fields: Mapping[str, Any]

    @property
    def is_answer(self) -> bool:
        return self.table in ANSWERS

    def takes(self, unit: Unit) -> bool:
        """Whether its amounts may be in a unit: a fuel's are mass or volume, power is energy."""
        if self.is_answer:
            return unit.dimension == ("money" if self.table == "output_value" else "energy")
        if self.table == "activity":
            kind = str(self.fields["kind"])
            try:
                KINDS[kind].units(ActivityRow(kind=kind, unit=unit.code))
            except At:
                return False
            return True
        return unit.dimension in specs(TABLES[self.table])["unit"].dimensions


class MapColumn(NamedTuple):
    """A column of amounts: its heading, the unit (after the factor), the label of its period, what it is."""

    heading: str
    unit: str
    factor: Fraction
    period: str
    target: Target | None


class Map(NamedTuple):
    """A confirmed map."""

    file: str
    #: Headings of the columns of names, units, years or months, and totals to check; blank where there is none.
    name: str
    unit: str
    year: str
    total: str
    #: By folded name what it is; None where it is not to be imported.
    names: Mapping[str, Target | None]
    columns: tuple[MapColumn, ...]
    #: Whether several documents by this map add up: monthly bills, one meter each.
    adds_up: bool
    quality: int


def read_map(path: str) -> Map:
    """A map file. Raises Refused with the place of every mistake, and where it is not confirmed."""
    name = os.path.basename(path)
    try:
        data: dict[str, Any] = tomlkit.parse(read(path, _LARGEST).decode("utf-8-sig")).unwrap()
    except (TOMLKitError, UnicodeDecodeError, RecursionError) as error:
        raise refused(
            path, "map-not-toml", "不是可读的 TOML：{e} — 请用 jwdt import --suggest 重新生成", "no readable TOML: {e} — write it anew with jwdt import --suggest",
            e=str(error)[:200],
        ) from error  # fmt: skip
    found = _Reader(name, data).map()
    if data.get("confirmed") is not True:
        raise refused(
            f"{name} confirmed", "map-not-confirmed",
            "对应关系尚未确认，不会按猜测导入 — 请逐项核对后写 confirmed = true",
            "the map is not confirmed, and nothing is imported on a guess — check every line, then write confirmed = true",
        )  # fmt: skip
    return found


class _Reader:
    """The parts of a map, each checked; all mistakes are said at once."""

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.name, self.data = name, data
        self.wrong: list[Finding] = []

    def say(self, place: str, zh: str, en: str, **values: object) -> None:
        self.wrong.append(Finding(ERROR, "bad-map", f"{self.name} {place}", Text(zh, en).fill(**values)))

    def map(self) -> Map:
        if self.data.get("format") != FORMAT:
            self.say("format", "format 须为 {f}", "format must be {f}", f=FORMAT)
        self._only(self.data, _KEYS, "")
        rows, names, columns = self._part("rows", dict), self._part("names", dict), self._part("columns", list)
        self._only(rows, _ROWS, "rows.")
        heads = {key: self._text(rows.get(key, ""), f"rows.{key}") for key in _ROWS}
        targets = {fold(key): self._target(value, f"names.{key}") for key, value in names.items()}
        listed = [found for number, each in enumerate(columns) if (found := self._column(each, f"columns[{number}]"))]
        if not listed:
            self.say("columns", "没有要导入的列，须有 [[columns]]", "no column to import, must have [[columns]]")
        for number, column in enumerate(listed):
            if (column.target is None) != bool(heads["name"]):
                self.say(
                    f"columns[{number}].as",
                    "有 rows.name 时由 [names] 说明各行，列不写 as；没有 rows.name 时每列须写 as",
                    "with rows.name the rows are told by [names] and columns have no as; without rows.name each column needs as",
                )
        quality = self.data.get("quality", 2)
        if quality not in (1, 2, 3, 4, 5) or isinstance(quality, bool):
            self.say("quality", "质量等级须为 1 至 5", "quality must be 1 to 5")
        if self.wrong:
            raise Refused(tuple(self.wrong))
        adds_up = self.data.get("adds_up") is True
        return Map(self.name, **heads, names=targets, columns=tuple(listed), adds_up=adds_up, quality=int(quality))

    def _part(self, key: str, kind: type) -> Any:
        value = self.data.get(key, kind())
        if isinstance(value, kind):
            return value
        self.say(
            key, "写法不对，请用 jwdt import --suggest 生成", "is not written so, make one with jwdt import --suggest"
        )
        return kind()

    def _only(self, data: Mapping[str, Any], known: set[str], place: str) -> None:
        for key in data.keys() - known:
            self.say(
                f"{place}{key}",
                "没有此项，可用：{k}",
                "there is no such key; there are: {k}",
                k=", ".join(sorted(known)),
            )

    def _text(self, value: Any, place: str) -> str:
        if isinstance(value, str):
            return value
        self.say(place, "须为引号内的文字", "must be a text in quotes")
        return ""

    def _column(self, value: Any, place: str) -> MapColumn | None:
        if not isinstance(value, dict):
            self.say(place, "须为 [[columns]]", "must be [[columns]]")
            return None
        self._only(value, _COLUMN, f"{place}.")
        texts = {key: self._text(value.get(key, ""), f"{place}.{key}") for key in ("heading", "unit", "period")}
        if not texts["heading"]:
            self.say(f"{place}.heading", "须写表头", "the heading is needed")
        if texts["unit"] and unit_named(texts["unit"]) is None:
            self.say(f"{place}.unit", "不认识单位“{u}”", "the unit “{u}” is not known", u=texts["unit"])
        factor = value.get("factor", 1)
        if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not 0 < factor < 1e15:
            self.say(f"{place}.factor", "须为大于 0 的数", "must be a number above 0")
            factor = 1
        if factor != 1 and not texts["unit"]:
            self.say(f"{place}.unit", "有 factor 时须写乘后的单位", "with a factor the unit after it is needed")
        target = self._target(value["as"], f"{place}.as") if "as" in value else None
        return MapColumn(texts["heading"], texts["unit"], Fraction(str(factor)), texts["period"], target)

    def _target(self, value: Any, place: str) -> Target | None:
        """None where nothing is to be imported."""
        if value == "":
            return None
        if not isinstance(value, dict):
            self.say(
                place,
                "须为 {{ table = … }}、{{ answer = … }} 或空文字",
                "must be {{ table = … }}, {{ answer = … }} or an empty text",
            )
            return None
        if "answer" in value:
            if value["answer"] not in ANSWERS or len(value) > 1:
                self.say(f"{place}.answer", "可用：{a}", "there are: {a}", a=", ".join(ANSWERS))
                return None
            return Target(value["answer"], {})
        table = value.get("table")
        if table not in TABLES_FILLED:
            self.say(f"{place}.table", "可用：{t}", "there are: {t}", t=", ".join(TABLES_FILLED))
            return None
        fields = {key: each for key, each in value.items() if key != "table"}
        for finding in _mistakes(table, fields):
            self.wrong.append(finding._replace(where=f"{self.name} {place}.{finding.where.rpartition('.')[2]}"))
        return Target(table, fields)


def _mistakes(table: str, fields: Mapping[str, Any]) -> Iterator[Finding]:
    """What an assessment file would say of such a row."""
    known = specs(TABLES[table])
    for key in fields.keys() & _NOT_WHAT:
        yield Finding(
            ERROR,
            "bad-map",
            key,
            Text("此项由表中的数给出，不写在这里", "this comes from the table and is not written here"),
        )
    unit = of_dimensions(known["unit"].dimensions)[0].code
    row = {**{key: value for key, value in fields.items() if key not in _NOT_WHAT}, "unit": unit}
    try:
        read_assessment({"format": ASSESSMENT, "periods": {"base": "1", "report": "2"}, table: [row]})
    except Refused as error:
        yield from error.findings
