"""What a line of the sheet of measures says of itself, in the order in which it is asked."""

from __future__ import annotations

from typing import NamedTuple

from ...messages import Text


class LineHint(NamedTuple):
    """What is said; lacking: something is not filled in yet, rather than refused."""

    name: str
    text: Text
    lacking: bool = False


HINTS = (
    LineHint("row", Text("缺：选择工作表，填该行左边的行号", "missing: the sheet, and the number left of its row"), True),
    LineHint("named", Text("缺：措施名称", "missing: the name of the measure"), True),
    LineHint("unready", Text("查：该行是空行、待查或缺报告期数量，请先补齐", "check: that row is blank, to be checked, or lacks its amount: see to it first")),
    LineHint("nothing", Text("缺：新数量、新因子或新来源", "missing: a new amount, factor or origin"), True),
    LineHint("number", Text("查：数量、因子、投资、寿命须为 0 或正数", "check: amount, factor, cost and life are 0 or more")),
    LineHint("field", Text("查：该表没有此栏（因子：账单；来源：账单、能源）", "check: that sheet has no such column (factor: bills; origin: bills, energy)")),
    LineHint("origin", Text("查：来源不在列表", "check: the origin is not in the list")),
    LineHint("once", Text("查：寿命写在措施的第一行", "check: the life stands in the first line of a measure")),
    LineHint("twice", Text("查：同一措施的同一行请写在一行内", "check: one line for one row of a measure")),
    LineHint("again", Text("查：上面的措施改过该行的其他栏，请一并写在本行", "check: a measure above changed another column of that row: write it here too")),
    LineHint("refused", Text("查：改后该行不成立（来源或因子不适用）", "check: the row cannot be so (origin or factor does not fit)")),
    LineHint("overlap", Text("查：重叠项(COD/BOD5/TOC 等)可能换一项计入，请用 jwdt plan", "check: another of overlapping pollutants may count then: use jwdt plan")),
)  # fmt: skip
CODES = {hint.name: code for code, hint in enumerate(HINTS, 1)}
