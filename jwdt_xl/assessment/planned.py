"""What an enterprise plans: measures, each a few changes of the report period's rows, with cost and life."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..messages import Text
from ..standard.record import CHOICE, NUMBER, TEXT, VALUE
from . import fields
from .tables import TABLES

#: What a change may set, in a row.
CHANGED_FIELDS = {
    "report": Text("报告期数量", "amount of the report period"),
    "emission_factor": Text("自有排放因子", "own emission factor"),
    "origin": Text("来源", "origin"),
}
#: A row, as findings point to it: activity[2].
ROW = re.compile(r"([a-z_]+)\[(\d{1,6})\]")


@dataclass(frozen=True)
class Change:
    """One field of one row of the report period, and its new value."""

    path: str = fields.field(
        TEXT, "行", "row", "例如 activity[2]：表名和行的序号(从 0 起)，与检查结果中的写法相同",
        "as activity[2]: the table and the place of the row, counted from 0, as findings have it",
        required=True, example=Text("activity[0]", "activity[0]"),
    )  # fmt: skip
    field: str = fields.field(
        CHOICE, "字段", "field", "报告期数量、自有排放因子或来源", "amount of the report period, own emission factor or origin",
        required=True, choices=tuple(CHANGED_FIELDS.items()), example=CHANGED_FIELDS["report"],
    )  # fmt: skip
    value: float | str | None = fields.field(
        VALUE, "新值", "new value", "数量、因子，或来源的代码；单位与该行相同", "amount or factor, in the unit of the row, or the code of an origin",
        required=True, example=Text("8000", "8000"),
    )  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """A measure: the rows it changes, what it costs and how long it lasts."""

    name: str = fields.field(
        TEXT, "措施", "measure", "例如 余热发电改造", "e.g. waste-heat power", required=True,
        example=Text("换高效风机", "efficient fans"),
    )  # fmt: skip
    changes: tuple[Change, ...] = fields.rows(Change, "改动", "changes", "该措施改动的行", "the rows it changes")
    cost: float | None = fields.field(
        NUMBER, "投资", "cost", "万元；空白或 0 不算单位投资的减排量", "10^4 yuan; blank or 0: nothing per yuan is computed",
        unit=Text("万元", "10^4 yuan"), example=Text("120", "120"),
    )  # fmt: skip
    life: float | None = fields.field(
        NUMBER, "寿命", "life", "年；空白按 1 年", "years; blank: 1", unit=Text("年", "years"), example=Text("10", "10"),
    )  # fmt: skip


#: Lists of an assessment that are no table of its workbook.
LISTS: dict[str, type] = {"plan": Measure}


def row_at(assessment: Any, path: str) -> Any:
    """The row that a path such as activity[2] means, or None."""
    found = ROW.fullmatch(path)
    if found is None or found[1] not in TABLES:
        return None
    rows = getattr(assessment, found[1])
    return next((row for i, row in enumerate(rows) if assessment.place(found[1], i) == path), None)
