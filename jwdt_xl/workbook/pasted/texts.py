"""What the sheet of the pasted form says of itself."""

from __future__ import annotations

from ...messages import Text

LEAD = Text(
    "205-1 表（能源购进、消费与库存）从 {c} 起选择性粘贴“数值”，左边成为账单的行。先复制“类别…单位”四栏，到账单第一个空行选择性粘贴“数值”，再把“数量”粘贴到该期一栏、“数据来源”粘贴到来源栏；提示会逐行核对。账单已有的只改不符的。",
    "Paste form 205-1 (energy purchased, used and in stock) as values from {c} on: at the left it becomes rows of the bills. Copy the four columns from kind to unit and paste them as values into the first blank row of the bills, then the amounts into the column of the period and the sources into theirs; the hints compare line by line. Of what the bills have already change only what differs.",
)
PERIOD = Text("此表属于（空：报告期）：", "this form is of (blank: report):")
PERIOD_HELP = Text(
    "与账单的哪一期比较；空白为报告期", "which period of the bills it is compared with; blank: the report period"
)
#: How sentences begin that say what is wrong.
CHECK = Text("查", "check")
NOTHING = Text("还没有粘贴", "nothing is pasted yet")
NO_FORM = Text(
    "查：认不出 205-1 的列：甲栏须在 {l} 列，第 4 栏“消费量合计”须在 {u} 列，并带表头；其他式样请用 jwdt import",
    "check: not the columns of form 205-1: the name must be in column {l}, column 4 (used) in {u}, with the headings; other layouts: jwdt import",
)
LINES, NEW, DIFFERS, OTHERS = (
    Text("读到 ", "lines: "),
    Text(" 行；账单没有或缺数量 ", "; not in the bills or without amount: "),
    Text("，不符 ", "; different: "),
    Text("；账单另有而此表没有 ", "; in the bills only: "),
)
WRONG, WRONG_ROWS = (
    Text("查：不能用的有 ", "check: "),
    Text(" 行，见右边红色的原因", " rows cannot be used, see the reasons in red at the right"),
)
MORE = Text("查：超出 {n} 行或 {m} 种能源的没有读", "check: what is beyond {n} rows or {m} energies is not read")
TOTAL = Text(
    "查：能源合计与各行之和不符，各行之和(tce) ", "check: the total is not the sum of the rows, which is (tce) "
)
#: Before what is said of the lines, where something of the form was not read.
SEE_ROWS = Text("查：先看右边红色的话；", "check: see what is red at the right; ")
GOOD = Text("各行都已读出", "every row was read")
SOURCE = Text("205-1 表 第 {n} 行", "form 205-1, row {n}")
