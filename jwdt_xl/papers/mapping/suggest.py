"""A map suggested for a table: what its headings and names are like is written down with comments, for the user to confirm."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import tomlkit
from tomlkit.items import InlineTable

from ...errors import JwdtError
from ...messages import ERROR, Finding, Text, get_language, shown, speaking
from ...opening.refusals import refused
from ...opening.sources import Source
from ...standard.energy import GRID, OWN_RENEWABLE
from ...standard.equivalents import find_pollutant
from ...standard.names import fold
from ...standard.totals import is_of_all
from .. import energies
from ..cells import in_brackets, is_nothing, month_in, text_of, unit_named, without_brackets, year_in
from ..document import Opened
from ..opened import open_all
from ..paper import Sheet, Wanted
from .maps import FORMAT

#: Rows in which headings are looked for, and names that are listed.
_WITHIN, _NAMES = 40, 200
_MONTHS = {f"{number}月{end}" for number in range(1, 13) for end in ("", "份")}
_UNIT_HEADINGS = frozenset(map(fold, ("单位", "计量单位", "unit")))
_TIME = re.compile(r"年份|年度|月份|日期|账期|统计期|时间|year|month|date")
_TOTAL = re.compile(r"合计|总计|全年|累计|total")
_AMOUNT = re.compile(r"用量|消费量|消耗量|数量|电量|排放量|产量|实物量|amount|quantity|consumption")
#: What bills and ledgers call power, and what of it is the enterprise's own.
_POWER, _OWN_POWER = re.compile(r"电量|用电|购电|外购电|网电|市电|电力"), re.compile(r"光伏|风电|自发")


class Guess(NamedTuple):
    """A column as it seems: its heading, its unit, and the label of its period."""

    heading: str
    unit: str
    period: str


class Shape(NamedTuple):
    """How a table seems to be made."""

    sheet: Sheet
    top: int
    depth: int
    name: str
    unit: str
    year: str
    total: str
    columns: tuple[Guess, ...]
    #: Names of rows, or nothing where each column is a thing of its own.
    names: tuple[str, ...]


class Suggesting:
    """A reading that looks at the sheets of a document and suggests a map, in the user's language also in a worker."""

    def __init__(self) -> None:
        self.language = get_language()

    def worth(self, cells: Sequence[str]) -> int:
        """How much a row of texts looks like headings."""
        texts = [fold(text_of(cell)) for cell in cells]
        signs = (
            text in _UNIT_HEADINGS or _TIME.search(text) or _AMOUNT.search(text) or _month(text) or meant(text)
            for text in texts
            if text
        )
        return sum(bool(sign) for sign in signs)

    def __call__(self, name: str, sheets: tuple[Sheet, ...], wanted: Wanted) -> Opened:
        with speaking(self.language):
            return Opened(name, map=suggest(name, sheets))


def suggestion(source: Source) -> Opened:
    """The map for a document, or why there is none."""
    [found] = open_all([source], Wanted(), Suggesting())
    if not found.map and not found.refused:
        text = Text(
            "是评价文件或工作簿，直接导入即可，不需要对应关系",
            "is an assessment or a return, which is imported as it is and needs no map",
        )
        return found._replace(refused=(Finding(ERROR, "map-not-needed", found.name, text),))
    return found


def suggest(document: str, sheets: Sequence[Sheet]) -> str:
    """The text of a map file. Raises Refused where no sheet looks like a table of amounts."""
    shapes = [shape for sheet in sheets if (shape := _shape(sheet)) is not None]
    if not shapes:
        raise refused(
            document, "nothing-to-map",
            "没有找到含数量列的表头（名称、单位、1月…12月、年份等）— 请把表整理成一行表头、下面是数",
            "no headings of a table with amounts found (names, units, months 1月…12月, years …) — make it one row of headings with numbers below",
        )  # fmt: skip
    return _text(document, max(shapes, key=lambda shape: (len(shape.columns), len(shape.names))))


def meant(name: str) -> dict[str, Any] | None:
    """What a name is, where it is known exactly: an energy, or a pollutant of one medium."""
    found = energies.find(name)
    if found is not None:
        table, fields = found.row()
        return {"table": table, **fields}
    for each in (name, without_brackets(fold(name))):
        try:
            pollutant = find_pollutant(each)
        except JwdtError:
            continue
        return {"table": "pollutants", "medium": pollutant.medium, "pollutant": pollutant.name.zh}
    return None


def _shape(sheet: Sheet) -> Shape | None:
    """The best heading of a sheet: by what its cells say, on one row or two."""
    best: tuple[int, Shape] | None = None
    for top in range(min(_WITHIN, len(sheet.grid))):
        for depth in (1, 2):
            found = _at(sheet, top, depth) if top + depth < len(sheet.grid) else None
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def _at(sheet: Sheet, top: int, depth: int) -> tuple[int, Shape] | None:
    headings = _headings(sheet, top, depth)
    if sum(bool(heading) for heading in headings) < 2:
        return None
    below = sheet.grid[top + depth :]
    numeric = {col for col in range(len(headings)) if headings[col] and _is_numeric(below, col)}
    unit = next((col for col, text in enumerate(headings) if without_brackets(fold(text)) in _UNIT_HEADINGS), None)
    year = next((col for col, text in enumerate(headings) if _TIME.search(fold(text)) or _is_time(below, col)), None)
    total = [col for col in numeric if _TOTAL.search(fold(headings[col]))]
    name = _name_column(below, headings, {unit, year, *numeric})
    amounts = [col for col in sorted(numeric) if col not in (year, unit) and col not in total]
    dated = [col for col in amounts if _month(headings[col]) or year_in(headings[col])]
    pivoted = [col for col in amounts if _like(headings[col])]
    if name is None and not pivoted:
        return None
    if name is not None:
        amounts = dated or [col for col in amounts if _AMOUNT.search(fold(headings[col]))] or amounts
    else:
        amounts = pivoted
    if not amounts:
        return None
    columns = tuple(Guess(headings[col], _unit_in(headings[col]), year_in(headings[col]) or "") for col in amounts)
    names = tuple(dict.fromkeys(_cell(cells, name) for cells in below)) if name is not None else ()
    names = tuple(each for each in names if each and not is_of_all(each))[:_NAMES]
    known = sum(meant(each) is not None for each in names) + len(pivoted) * (name is None)
    worth = 3 * known + 2 * len(dated) + len(columns) + 2 * (unit is not None) + (year is not None) - depth
    of_total = headings[total[0]] if len(total) == 1 and len(dated) > 1 else ""
    heads = [headings[col] if col is not None else "" for col in (name, unit, year)]
    return worth, Shape(sheet, top, depth, heads[0], heads[1], heads[2], of_total, columns, names)


def _headings(sheet: Sheet, top: int, depth: int) -> list[str]:
    """The headings as a map names them: from the top of merged cells down, in one word."""
    rows = [[text_of(cell) for cell in sheet.grid[row]] for row in range(top, top + depth)]
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    if depth == 1:
        return [" ".join(text.split()) for text in rows[0]]
    last, found = "", []
    for above, below in zip(*rows, strict=True):
        last = above or last
        found.append(" ".join(f"{last if below else above}{below}".split()))
    return found


def _cell(cells: Sequence[Any], col: int | None) -> str:
    return " ".join(text_of(cells[col]).split()) if col is not None and col < len(cells) else ""


def _is_numeric(rows: Sequence[Sequence[Any]], col: int) -> bool:
    """Whether most of what stands in a column is numbers."""
    from ...standard.numbers import number_of_text

    cells = [row[col] for row in rows if col < len(row) and not is_nothing(row[col])]
    numbers = sum(
        (isinstance(cell, (int, float)) and not isinstance(cell, bool))
        or (isinstance(cell, str) and number_of_text(cell) is not None)
        for cell in cells
    )
    return bool(cells) and 2 * numbers > len(cells)


def _is_time(rows: Sequence[Sequence[Any]], col: int) -> bool:
    """Whether a column holds months or years."""
    cells = [row[col] for row in rows if col < len(row) and not is_nothing(row[col])]
    return len(cells) > 1 and all(
        month_in(cell) is not None or re.fullmatch(r"(?:19|20)\d\d年?", text_of(cell)) for cell in cells[:24]
    )


def _name_column(rows: Sequence[Sequence[Any]], headings: Sequence[str], used: set[int | None]) -> int | None:
    """The column whose texts name most energies and pollutants."""
    best: tuple[int, int] | None = None
    for col in range(len(headings)):
        if col in used or not headings[col]:
            continue
        known = sum(_like(name) is not None for name in {_cell(cells, col) for cells in rows[:_NAMES]} if name)
        if known and (best is None or known > best[0]):
            best = known, col
    return best[1] if best else None


def _month(heading: str) -> bool:
    folded = without_brackets(fold(heading))
    return folded in _MONTHS or any(folded.endswith(month) and year_in(folded) for month in _MONTHS)


def _unit_in(heading: str) -> str:
    units = [unit for part in in_brackets(fold(heading)) if (unit := unit_named(part)) is not None]
    return units[0].code if units else ""


_HEAD = Text(
    """由 jwdt import --suggest 按“{f}”工作表“{s}”写出；只是猜测。
逐行核对、改正后把下一行改为 true；以后每年、同一软件导出的表都可用：
  jwdt import --map 本文件 表.xlsx --into my.xlsx -o out.xlsx""",
    """Written by jwdt import --suggest from “{f}”, sheet “{s}”; it is a guess.
Check and correct every line, then make the next one true; it works every year for tables of the same program:
  jwdt import --map THIS.toml TABLE.xlsx --into my.xlsx -o out.xlsx""",
)
_ADDS_UP = Text(
    "多份文件相加（如每月一份账单、每块表一份）写 true；每份都是全年的写 false，不一致会提示",
    "several files add up (a bill a month, a file a meter): true; each is of the whole year: false, and differences are told",
)
_QUALITY = Text("质量等级：1 实测 … 5 粗略估算", "quality: 1 measured … 5 rough estimate")
_ROWS = Text(
    "哪一列是名称、单位、年份或月份、合计（合计只核对）；没有就留空。表头有几行的，从上到下连写",
    "the columns of names, units, years or months, totals (checked only); blank where there is none. Headings of several rows: one word, from the top down",
)
_NAMES_HEAD = Text(
    "每个名称是什么；不导入的写 \"\"。可用的写法：\n"
    "  { table = \"activity\", kind = \"fuel\", name = \"柴油\" }    { table = \"activity\", kind = \"electricity\", origin = \"grid\" }\n"
    "  { table = \"activity\", kind = \"heat\" }    { table = \"pollutants\", medium = \"air\", pollutant = \"二氧化硫\" }\n"
    "  { table = \"materials\", material = \"石灰石\" }    { table = \"residual_energy\", kind = \"余热发电\" }\n"
    "  { answer = \"product.output\" }    { answer = \"output_value\" }    { answer = \"metered_electricity\" }",
    "what each name is; \"\" is not imported. Forms there are:\n"
    "  { table = \"activity\", kind = \"fuel\", name = \"柴油\" }    { table = \"activity\", kind = \"electricity\", origin = \"grid\" }\n"
    "  { table = \"activity\", kind = \"heat\" }    { table = \"pollutants\", medium = \"air\", pollutant = \"二氧化硫\" }\n"
    "  { table = \"materials\", material = \"石灰石\" }    { table = \"residual_energy\", kind = \"余热发电\" }\n"
    "  { answer = \"product.output\" }    { answer = \"output_value\" }    { answer = \"metered_electricity\" }",
)  # fmt: skip
_UNKNOWN = Text("不认识：写明是什么，或保留 \"\" 不导入", "not known: say what it is, or leave \"\" and it is not imported")  # fmt: skip
_ORIGIN = Text(
    "电力来源：grid、own_renewable、direct_green、traded_green、certificate",
    "origin of power: grid, own_renewable, direct_green, traded_green, certificate",
)
_COLUMNS = Text(
    "要导入的列：unit 为空则看表头或单位列；period 写年份，空白则看年份列、标题或 --period；同一期的几列（1月…12月）相加；\n"
    "单位换算写 factor，unit 为乘后的单位，例如升：factor = 0.00084, unit = \"t\"（柴油 0.84 kg/L）",
    "columns to import: a blank unit is that of the heading or the column of units; period is the year, blank by the column of years, the title or\n"
    "--period; columns of one period (1月…12月) are summed; to convert give factor, and unit is the one after it: litres: factor = 0.00084, unit = \"t\"",
)  # fmt: skip


def _text(document: str, shape: Shape) -> str:
    map = tomlkit.document()
    _comment(map, _HEAD.fill(f=os.path.basename(document), s=shape.sheet.title or "-"))
    map["format"] = FORMAT
    map["confirmed"] = False
    _comment(map, _ADDS_UP)
    map["adds_up"] = False
    _comment(map, _QUALITY)
    map["quality"] = 2
    map.add(tomlkit.nl())
    _comment(map, _ROWS)
    rows = tomlkit.table()
    for key in ("name", "unit", "year", "total"):
        rows[key] = getattr(shape, key)
    map["rows"] = rows
    if shape.names:
        map.add(tomlkit.nl())
        _comment(map, _NAMES_HEAD)
        names = tomlkit.table()
        for name in shape.names:
            _what(names, name, _like(name))
        map["names"] = names
    map.add(tomlkit.nl())
    _comment(map, _COLUMNS)
    columns = tomlkit.aot()
    for guess in shape.columns:
        column = tomlkit.table()
        column["heading"] = guess.heading
        column["unit"] = guess.unit
        column["period"] = guess.period
        if not shape.names:
            _what(column, "as", _like(guess.heading))
        columns.append(column)
    map["columns"] = columns
    return tomlkit.dumps(map)


def _like(name: str) -> dict[str, Any] | None:
    """What a name is, or is like: that is for the user to say."""
    found = meant(name) or meant(without_brackets(fold(name)))
    if found is None and (_POWER.search(name) or _OWN_POWER.search(name)):
        return {
            "table": "activity",
            "kind": "electricity",
            "origin": OWN_RENEWABLE if _OWN_POWER.search(name) else GRID,
        }
    return found


def _what(table: Any, key: str, found: Mapping[str, Any] | None) -> None:
    table[key] = _inline(found) if found else ""
    note = _ORIGIN if found and found.get("kind") == "electricity" else _UNKNOWN if found is None else None
    if note is not None:
        table[key].comment(str(note))


def _inline(fields: Mapping[str, Any]) -> InlineTable:
    inline = tomlkit.inline_table()
    inline.update(dict(fields))
    return inline


def _comment(map: Any, text: Text) -> None:
    for line in str(text).split("\n"):
        map.add(tomlkit.comment(shown(line)))
