"""What a row of the pasted form is, and what a line made of it says of the bills."""

from __future__ import annotations

from typing import NamedTuple

from ...messages import Text


class RowHint(NamedTuple):
    """Why a row gives no line; wrong: it is refused, and the clerk has to see to it."""

    name: str
    text: Text
    wrong: bool = True


#: A row that is ready has the code 0.
ROW_HINTS = (
    RowHint("number", Text("查：消费量须为数字，不小于 0（文字的请改成数字）", "check: the amount used must be a number of at least 0, not a text")),
    RowHint("unknown", Text("查：不认识这种能源，请自行填写账单", "check: this energy is not known: type it into the bills yourself")),
    RowHint("unit", Text("查：单位不认识，或不是这种能源的单位", "check: the unit is not known, or not one of this energy")),
    RowHint("part", Text("查：用于原材料须为数字，不大于消费合计", "check: what is taken as feedstock must be a number, at most the amount used")),
    RowHint("twice", Text("查：与上面一行是同一种能源，没有计入", "check: the same energy as a row above, not counted")),
    RowHint("coal", Text("查：原煤不等于各煤种之和，不知是否重复，都没有计入", "check: raw coal is not the sum of its kinds; as it may hold them, none is counted")),
    RowHint("states", Text("查：表头写有单位，请改在单位栏写明", "check: the heading states a unit: say it in the column of units")),
    RowHint("holds", Text("含在各煤种之和里，不重复计", "the sum of the kinds of coal, not counted again"), wrong=False),
    RowHint("total", Text("合计行：只核对，不计入", "a total: checked, not counted"), wrong=False),
    RowHint("zero", Text("没有用，未列", "none used, not listed"), wrong=False),
    RowHint("residual", Text("请填到“余能”表", "enter it on the sheet of residual energy"), wrong=False),
    RowHint("heading", Text("", ""), wrong=False),
)  # fmt: skip
ROW_CODES = {hint.name: code for code, hint in enumerate(ROW_HINTS, 1)}
#: Up to this code a row is refused.
LAST_WRONG = sum(hint.wrong for hint in ROW_HINTS)
assert all(hint.wrong for hint in ROW_HINTS[:LAST_WRONG])


class LineHint(NamedTuple):
    """What a line says."""

    name: str
    text: Text
    wrong: bool = False


LINE_HINTS = (
    LineHint("new", Text("账单没有：复制到账单", "not in the bills: copy it there")),
    LineHint("blank", Text("账单缺此期数量：复制数量", "the bills lack its amount: copy the amount")),
    LineHint(
        "differs", Text("查：与账单不符（现值见右）", "check: the bills say another amount (at the right)"), wrong=True
    ),
)
LINE_CODES = {hint.name: code for code, hint in enumerate(LINE_HINTS, 1)}
AGREES = Text("与账单一致", "as in the bills")
#: What the bills ask for besides, in columns that are folded away.
FEEDSTOCK = Text("；“用作原料”选 是", "; feedstock: yes")
GROWN = Text("；“生物质”选 是", "; biomass: yes")
#: Nothing but this tells that a coefficient of the enterprise's own is left out.
UNREAD = Text("；采用系数不是数字，未采用", "; the coefficient is no number and not used")
