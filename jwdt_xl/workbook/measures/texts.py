"""What the sheet of measures says beside its columns."""

from __future__ import annotations

from ...messages import Text

LEAD = Text(
    "想改什么、得多少分：每行写一项措施改动的一行数据（工作表、行号、改后的数量、因子或来源）、投资和寿命，右边立即算出总分；不改变评价结果。"
    "措施名称空白的行接着上面的措施。行号是该表左边的数字。",
    "What if: each line names a row of a sheet that a measure changes (sheet, row number, new amount, factor or origin), its cost and life; "
    "the totals show at once at the right. It changes nothing of the evaluation. A line without a name goes on with the measure above. "
    "The row number stands at the left of that sheet.",
)
HELP = {
    "name": Text("措施名称，例如 换高效风机；空白：接着上一项措施", "name of the measure, e.g. efficient fans; blank: goes on with the one above"),
    "table": Text("被改动的数据所在的工作表", "the sheet of the row that changes"),
    "row": Text("该表左边的行号，从 5 开始；左边“提示”显示找到的那一行", "the number left of the row, from 5; the hint shows which row was found"),
    "report": Text("报告期数量改为多少，单位同该行；不改则空白", "the amount of the report period, in the row's unit; blank: as it is"),
    "emission_factor": Text("自有排放因子改为多少（只用于账单）；不改则空白", "the own emission factor (bills only); blank: as it is"),
    "origin": Text("电力、热力来源改为什么（账单、能源）；不改则空白", "the origin of power or heat (bills, energy); blank: as it is"),
    "cost": Text("万元；免费填 0，不知道空白", "10^4 yuan; 0 if free, blank if unknown"),
    "life": Text("年；空白按 1 年", "years; blank: 1"),
}  # fmt: skip
NO_TOTAL = Text("还没有总分：先补齐各表", "no total yet: fill in the sheets first")
NOW, THEN, COST, UNIT = (
    Text("现总分 ", "total now "),
    Text("；全部实施后 ", "; with all measures "),
    Text("，投资 ", ", cost "),
    Text(" 万元", " × 10^4 yuan"),
)
NOT_ALL = Text(
    "；有措施待查，全部实施后的总分算不出", "; a measure is to be checked, so the total with all of them is not known"
)
CHART = Text("每项措施单独实施可减多少 (t CO2e, 当量)", "What each measure avoids, alone (t CO2e, equivalents)")
AXIS_X, AXIS_Y = Text("减碳 t CO2e", "avoided t CO2e"), Text("减污 当量", "avoided equivalents")
