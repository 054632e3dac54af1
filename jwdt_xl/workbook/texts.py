"""What the workbook says beside the fields, whose own texts come from their declaration."""

from __future__ import annotations

from ..assessment.bill_row import ACTIVITY_KINDS
from ..assessment.tables import TABLES
from ..messages import Text
from ..standard.quantities import QUANTITIES
from .columns.catalogue import HINT, MARK
from .measures import texts as measures
from .monthly import texts as monthly
from .pasted import texts as pasted

LANDSCAPE = (
    "enterprise",
    "products",
    "activity",
    "pollutants",
    "greenhouse",
    "energy",
    "materials",
    "residual_energy",
    "qualitative",
    "settings",
    "quantities",
    "indicators",
    "measures",
    "monthly",
    "pasted",
    "annex_b",
)

STAMP = {
    "format": Text("文件格式", "format"),
    "layout": Text("布局版本", "layout version"),
    "guide": Text("评价指南", "guide"),
    "guide_hash": Text("指南指纹", "fingerprint of the guide"),
    "language": Text("语言", "language"),
    "host": Text("版本类型", "edition"),
    "rows": Text("各表行数", "rows per table"),
}
#: The bar of every sheet.
BAR = (Text("上一张", "previous"), Text("说明", "contents"), Text("下一张", "next"))
EXAMPLE, UNIT = Text("例：", "e.g. "), Text("单位：", "unit: ")
PROCESS = ACTIVITY_KINDS["process"]

LEADS = {
    "measures": measures.LEAD,
    "monthly": monthly.LEAD,
    "pasted": pasted.LEAD,
    "enterprise": Text("黄色必填，浅色选填；旁边的“提示”说明还缺什么。两期的边界、产品和口径须一致；没有发生填 0，不知道留空。", "Yellow is needed, light is optional; the hint beside it says what is missing. Same boundary, product and conventions in both periods; 0 if none, blank if unknown."),
    "products": Text("有多种产品或多条生产线时填写，各行乘折算系数后合计为标准产品产量；只有一种产品时留空，产量填在“{s}”。", "For several products or lines: the rows, times their factors, add up to the output of standard product. With one product leave it blank and enter output on sheet {s}."),
    "activity": Text("照账单填写燃料、电力、热力和过程，一次得到碳排放和能源；同一来源不要再填在“温室气体”和“能源”。电力一个来源一行。缺省因子可用实测值或自有因子替换(写明来源)。", "Fuels, power, heat and processes as billed, entered once, give both emissions and energy: do not enter the same source again on Greenhouse gases or Energy. Power: a row per origin. Measured values or own factors replace the defaults (state the source)."),
    "pollutants": Text("一行一种污染物，两期用同一单位，列出全部相关污染物。颗粒物：燃烧产生的选烟尘，其他选一般性粉尘。pH、色度等填废水量(t)和实测值。选好后右侧立即显示当量值和当量。", "One pollutant a row, both periods in one unit, all relevant pollutants. Particulates: soot if from combustion, else general dust. For pH, colour … enter waste water (t) and the measured value. Equivalent value and equivalents show at once at the right."),
    "greenhouse": Text("已有核查好的吨数时填写：按 GB/T 32150 类别，一行一种气体；输出和回收填正数，自动扣减。用账单计算的来源不要重复填写。", "For tonnes that are ready-made (verified): by category of GB/T 32150, a gas a row; exported and recovered amounts are positive and subtracted. Do not repeat what the bills give."),
    "energy": Text("已有能源实物量时填写：燃料、购入电力热力、自产可再生能源各一行；电力按来源分行，互不重复。作原料的在“用作原料”选是。用账单计算的不要重复填写。", "For energy amounts that are ready-made: a row for each fuel, purchased power and heat, own renewables; power by disjoint origins. Feedstock: yes. Do not repeat what the bills give."),
    "materials": Text("原料和辅料的消耗量，一行一种；水和能源不填。", "Raw and auxiliary materials consumed, one a row; no water, no energy."),
    "residual_energy": Text("回收利用的余热、余压、余气，按交付量填写；没有则填一行，两期为 0。", "Recovered heat, pressure, gas as delivered; if there is none, one row with 0 and 0."),
    "qualitative": Text("从列表回答，每项写明证明材料(目录及其年份、文件名称与条目)。不适用：在“基准与权重”该指标一行选择或填写理由。", "Answer from the list and state the evidence (catalogue and edition, document and item). Not applicable: give the reason in the indicator's row of sheet Benchmarks and weights."),
    "settings": Text("基准值取自行业指南并写明来源和年份；标准文本不给出具体基准值：手上没有就向发放单位索取，留空的指标照样有值，只是没有得分。填写“不适用理由”即声明该指标不适用，其权重分给同一一级指标的其他指标。", "Benchmarks come from the sector guide, with source and year; the standard prints none: ask whoever sent this file; without one an indicator has its value but no score. A reason declares an indicator not applicable: its weight goes to the others of its first level."),
    "quantities": Text("左：由各表汇总的量，任何一行无法识别或缺数，该量即为空，不会悄悄少算。右：生成本文件时的检查结果；填写后的实时提示见各表“提示”列，完整检查由收表单位进行。", "Left: sums of the tables; where a row is wrong or blank the sum is blank, never silently smaller. Right: the findings when this file was made; live hints stand in the tables, whoever collects this file checks it in full."),
    "indicators": Text("指标值、基准值、得分、权重(不适用重新分配后)、失分及其由来；依据：note 编制说明，law 法律标准，choice 我们的选择(见“方法·术语·版本”)。", "Values, benchmarks, scores, weights after redistribution, points lost and how they follow. Rests on: note, law, choice (see sheet Method, terms, versions)."),
    "annex_b": Text("左：自定当量值，用于附录B没有的污染物(如挥发性有机物合计)或替换表中数值，须注明来源。右：环境保护税法附表二的当量值；以此作为标准附录B是我们的选择 [choice]。来源：《环境保护税法》附表二(2025-10-28 文本，与另一全文比对)。", "Left: own equivalent values, for pollutants that Annex B lacks (such as VOC as a lump) or to replace a value, with their source. Right: the values of the Environmental Protection Tax Law, annex 2 (text of 28 Oct 2025, two full copies compared); taking it as the standard's Annex B is our choice [choice]."),
    "gwp": Text("100 年全球增温潜势 GWP100(t CO2e/t)，IPCC 第二、四、五、六次评估报告；默认 AR5。来源：IPCC 表格的两份公开转录，相同单元格全部一致；AR2 取自 GHG Protocol 2016 年 2 月的表。", "GWP100 (t CO2e/t) of the IPCC's second, fourth, fifth and sixth assessment reports; AR5 by default. Source: two public transcriptions of the IPCC tables, equal in every shared cell; AR2 from the table of the GHG Protocol of Feb 2016."),
    "energies": Text("GB/T 2589 折标准煤系数。下限与上限不同的为区间，绝不取平均，须填自有系数或实测热值。", "Coefficients of GB/T 2589. Where low and high differ it is a range, never averaged: an own coefficient or the heat value is needed."),
    "fuels": Text("燃料缺省参数两张表，默认 B，在“基准与权重”的选项中切换；同一结果不混用；企业实测值优先。CO2 = 用量 × 低位热值 × 含碳量 × 氧化率 × 44/12。", "Two tables of defaults, B by default (option on sheet Benchmarks and weights), never mixed in one result; measured values come first. CO2 = amount × heat value × carbon content × oxidation × 44/12."),
    "grid_factors": Text("电力、热力和工业过程的 CO2 排放因子；电网因子取自生态环境部、国家统计局公告，公告号和转录方式见来源，两期默认用同一因子。没有数值的只有公式，须填自有因子。", "CO2 factors of power, heat and processes. Grid factors of the notices of MEE (Ministry of Ecology and Environment) and NBS (National Bureau of Statistics) named as sources, and how they were taken; one factor for both periods by default. Where there is no value there is a formula only: give an own factor."),
    "method": Text("[note] 编制说明印出；[law] 法律或国家标准；[choice] 我们的选择，有备选项，不是标准原文。", "[note] printed in the drafting note; [law] a law or national standard; [choice] ours, with alternatives, not the standard's text."),
}  # fmt: skip

FORM_HEAD = {
    "label": Text("问题", "question"),
    "input": Text("填写", "answer"),
    "unit": Text("单位", "unit"),
    "help": Text("是什么、从哪里找", "what it is, where to find it"),
    "example": Text("例", "example"),
    "hint": HINT,
    "mark": MARK,
}
FORM_WIDTHS = {
    "label": 20,
    "input": 30,
    "unit": 11,
    "mark": 4,
    "hint": 27,
    "help": 31,
    "example": 14,
    "code": 6,
    "answer": 6,
}

#: The units of answers that name none.
DEFAULT_UNITS = {"output_value": Text("万元", "10^4 yuan"), "metered_electricity": Text("kWh", "kWh")}

#: Text fields with a helpful drop-down and the block it offers, unless another field decides.
LISTED = {
    "enterprise.industry_code": "",
    "activity.name": "",
    "activity.factor_series": "series_offered",
    "pollutants.pollutant": "",
    "greenhouse.gas": "gases",
    "energy.energy": "energies_offered",
}

_WIDTHS = {
    "medium": 6, "pollutant": 20, "parameter": 7, "limit": 7, "unit": 9, "base": 11, "report": 11, "source": 9, "quality": 8,
    "note": 16, "category": 14, "gas": 11, "energy": 16, "origin": 20, "material": 22, "kind": 18, "evidence": 11, "biomass": 8,
    "name": 18, "factor_series": 12, "emission_factor": 11, "carbon_content": 10, "oxidation": 9, "factor_year": 9, "factor": 10,
    "feedstock": 8, "non_fossil": 9, "coefficient": 10, "net_calorific_value": 10, "value": 10,
    "hint": 40, "mark": 4, "change": 8, "eq_base": 14, "eq_report": 14, "kept": 7, "non_fossil_share": 8, "co2_base": 12, "co2_report": 12,
    "kgce": 10, "tce_base": 12, "tce_report": 12, "year": 7,
}  # fmt: skip
_OWN_WIDTHS = {
    "activity": {
        "kind": 8, "name": 13, "origin": 20, "unit": 7, "base": 10, "report": 10, "net_calorific_value": 9, "carbon_content": 8, "oxidation": 8,
        "emission_factor": 10, "factor_series": 10, "factor_year": 8, "coefficient": 9, "feedstock": 7, "biomass": 7, "non_fossil": 8,
        "evidence": 9, "source": 9, "quality": 7, "note": 11, "hint": 24, "change": 8, "factor": 9, "co2_base": 11, "co2_report": 11,
        "tce_base": 11, "tce_report": 11, "non_fossil_share": 7, "kgce": 9, "net_calorific_value_unit": 9, "carbon_per_unit": 8,
        "biogenic_share": 8, "pressure": 7, "temperature": 8, "carbon_fraction": 7, "bo": 6, "mcf": 6, "recovered_base": 9,
        "recovered_report": 9,
    },
    "products": {"name": 16, "unit": 8},
    "energy": {"note": 13, "hint": 26},
    "greenhouse": {"hint": 42, "value": 8},
    "materials": {"material": 15, "unit": 8},
    "residual_energy": {"kind": 14, "unit": 8},
    "pollutants": {"pollutant": 16, "unit": 8, "base": 10, "report": 10, "value": 8},
    "own_equivalents": {"pollutant": 20, "source": 18, "hint": 34},
}  # fmt: skip


#: Tables with many columns: two lines a row.
TALL = {"activity": 26, "energy": 26}
#: Where the rare columns are. In protected sheets Excel does not open a fold by its +.
FOLDED = Text(
    "少用的栏({c})收在 {a}、{b} 两列之间：点“+”展开；Excel 中选中这两列，右键“取消隐藏”。",
    "Columns that few need ({c}) are folded between {a} and {b}: click the +; in Excel select both columns and Unhide.",
)
#: So many of them are named, and how many there are.
NAMED_FOLDED, ALL_FOLDED = 4, Text("{c} 等 {n} 栏", "{c} … {n} in all")


def width(table: str, key: str) -> int:
    """The width of a column of a table, in characters."""
    return _OWN_WIDTHS.get(table, {}).get(key, _WIDTHS.get(key, 12))


#: The sums shown above the computed columns of a table: quantities by key.
TOTALS_OF = {
    table: [key for key, quantity in QUANTITIES.items() if table in quantity.tables and any(quantity.sum_label)]
    for table in TABLES
}

NOT_A_NUMBER_TITLE = Text("请填数字", "A number, please")
NOT_A_NUMBER = Text("须为不小于 0 的数字；单位填在单位栏。", "A number of at least 0; the unit has its own column.")
NOT_WITHIN = Text("须为 {a} 到 {b} 之间的数字。", "A number from {a} to {b}.")
NOT_WHOLE = Text("须为 {a} 到 {b} 之间的整数。", "A whole number from {a} to {b}.")
NOT_LISTED_TITLE = Text("不在列表中", "Not in the list")
NOT_LISTED = Text("请从下拉列表中选择。", "Please choose from the list.")
OTHER_NAME = Text(
    "列表中没有此名称。常用简称和其他名称可以用，按“确定”保留，再看“提示”栏能否识别。",
    "Not in the list. Other names of the same thing will do: OK keeps it; then see in the hint column whether it is known.",
)
#: Stands before the guidance above a column. Programs complete what is typed by the texts above it: whoever types 水
#: would get the guidance that begins so, which is no answer.
BELOW = "↓ "

SETTINGS_HEAD = (
    Text("序号", "no"),
    Text("一级指标", "first level"),
    Text("指标", "indicator"),
    Text("指南权重", "guide weight"),
)
SETTINGS_WIDTHS = (4, 9, 16, 12, 4, 20, 10, 8, 11, 6, 7, 10, 7, 9, 7)
WEIGHT_IN_FORCE = Text("采用权重", "weight in force")
OPTIONS = Text("选项(不填即用默认)", "Options (blank: default)")
OPTIONS_HEAD = (Text("选项", "option"), Text("填写", "input"), Text("采用", "in force"), Text("说明", "meaning"))

COLOURS = Text("颜色", "Colours")
COLOUR_KEY = {
    "needed": Text("黄色：必填", "yellow: needed"),
    "optional": Text("浅色：选填", "light: optional"),
    "computed": Text("绿色：自动计算，请勿改动", "green: computed, do not change"),
}
#: Marks that the program sets.
MARK_KEY = {
    "lacking": Text("橙色 !：缺少内容", "amber !: something is missing"),
    "light": Text("浅橙 !：请看一眼，属实即可", "light amber !: look again, it may be right"),
    "wrong": Text("红色 ✗：不能采用，请改正", "red ✗: cannot be taken, please correct it"),
}

# The how-to sheet

HOWTO_WIDTHS = (24, 37, 8, 8, 18, 27)
HOWTO_LEAD = Text(
    "写给第一次填报的人：先填“{s}”，再照下面五步填黄色格；目录随填写显示还缺什么，最后打印“汇总”一页。",
    "For whoever fills this in for the first time: begin with sheet {s}, then follow the five steps; the contents list says what is missing; print the page Summary at the end.",
)
#: Whom to ask, and until when.
SENDER = Text("发放单位、联系人：", "sent out by, contact: "), Text("请于此日期前交回：", "to be sent back by: ")
NEXT = Text("下一步：“{s}” ", "Next: sheet {s}, ")
NEXT_DONE = Text("填写完成，请看“汇总”", "All is filled in: see sheet Summary")
LEFT = Text("；全表缺 ", "; in all missing "), Text("，待查 ", ", to check "), Text("；完成度 ", "; coverage ")
STAMP_TITLE = Text("文件信息：", "This file: ")
STEPS_TITLE = Text("五步", "Five steps")
STEPS = (
    Text("1. “{s}”：{u}、边界、两个时期、产量和产值。有多种产品的，产量填在“产品明细”。", "1. {s}: {u}, boundary, both periods, output and output value. With several products enter output on Products."),
    Text("2. 碳排放和能源：推荐照账单填“能源与过程账单”，一次得到两样；有核查报告的吨数才填“温室气体”“能源”。同一来源只填一处。", "2. Emissions and energy: best from your bills, on sheet Bills, which gives both; Greenhouse gases and Energy are for tonnes with a verification report. Each source in one place only."),
    Text("3. {a}", "3. {a}"),
    Text("4. “定性”：回答并写证明材料。“基准与权重”：填行业指南的基准值和来源；不适用的指标写理由。", "4. Qualitative: answers and evidence. Benchmarks and weights: the sector guide's benchmarks and their source; a reason for what is not applicable."),
    Text("5. 回到本页看目录：点表名跳转，直到都“完成”；然后看“汇总”，一页 A4 可直接打印。", "5. Back here: the contents list leads to what is open; when all is done, Summary is one A4 page to print."),
)  # fmt: skip
#: The third step, by the tables that the guide's indicators need.
AMOUNTS = (
    Text("{t}：两期数量用同一单位；没有余能填一行 0。", "{t}: both periods in one unit; no residual energy is one row with 0."),
    Text("{t}：两期数量用同一单位。", "{t}: both periods in one unit."),
    Text("本指南没有用到污染物、原辅料、余能的指标，这几张表不用填。", "No indicator of this guide needs pollutants, materials or residual energy: leave these sheets blank."),
)  # fmt: skip
NO_LEAD = Text("本指南没有用到这张表的指标，不用填写。", "No indicator of this guide needs this sheet: leave it blank.")
CONTENTS_TITLE = Text("目录(随填写更新)", "Contents (live)")
CONTENTS_HEAD = (
    Text("工作表", "sheet"),
    Text("内容", "what it holds"),
    Text("缺", "missing"),
    Text("待查", "check"),
    Text("状态", "state"),
    Text("是否要填", "needed?"),
)
DONE, NOTHING = Text("完成", "done"), Text("未填(选填)", "blank (optional)")
MISSING_N, CHECK_N = Text("缺 ", "missing "), Text("待查 ", "check ")
ALL_SHEETS = Text("合计", "all sheets")
_NEEDED, _OPTIONAL = Text("必填", "needed"), Text("选填", "optional")
_BILLS, _READY = (
    Text("推荐：有账单填这里", "recommended: with bills"),
    Text("仅限有核查报告的吨数", "only with a verification report"),
)
NOT_ASKED, NOT_APPLICABLE = (
    Text("本指南不需要", "not asked by this guide"),
    Text("已声明不适用", "declared not applicable"),
)
BENCHMARKS_GIVEN = Text("选填：指南已给基准值", "optional: the guide gives benchmarks")
OWN_VALUES = Text("自定当量值", "Own equivalent values")
#: The sheets of the contents list: what they hold, and when they are needed. Input sheets and tables come first.
CONTENTS = {
    "enterprise": (Text("{u}、边界、时期、产量、产值", "{u}, boundary, periods, output, value"), _NEEDED),
    "products": (Text("多种产品或生产线的产量", "output of several products or lines"), _OPTIONAL),
    "activity": (Text("燃料、电、热、过程的用量(一次填写)", "fuels, power, heat, processes as billed"), _BILLS),
    "pollutants": (Text("水、大气污染物排放量", "pollutants to water and air"), _NEEDED),
    "own_equivalents": (Text("附录B没有的污染物的当量值", "values of pollutants that Annex B lacks"), _OPTIONAL),
    "greenhouse": (Text("现成的温室气体吨数", "ready-made tonnes of greenhouse gases"), _READY),
    "energy": (Text("现成的能源实物量", "ready-made amounts of energy"), _READY),
    "materials": (Text("原辅料消耗", "raw and auxiliary materials"), _NEEDED),
    "residual_energy": (Text("回收的余热、余压、余气", "recovered residual energy"), Text("必填，没有填 0", "needed, 0 if none")),
    "qualitative": (Text("产业政策、管理制度", "industrial policy, management"), _NEEDED),
    "settings": (Text("基准值、不适用、权重、选项", "benchmarks, not applicable, weights, options"), Text("基准值必填", "benchmarks needed")),
    "summary": (Text("一页结果，可打印", "the result on one page"), None),
    "measures": (Text("措施、投资与可得的分数", "measures, cost and what they gain"), _OPTIONAL),
    "monthly": (Text("单位换算，十二个月合计", "unit conversions, sums of twelve months"), _OPTIONAL),
    "pasted": (Text("205-1 表粘贴后成为账单的行", "form 205-1, pasted, as rows of the bills"), _OPTIONAL),
    "indicators": (Text("各指标的值、得分、由来", "values, scores and how they follow"), None),
    "quantities": (Text("各表汇总、检查结果", "sums of the tables, findings"), None),
    "annex_b": (Text("污染物当量值", "pollutant equivalent values"), None),
    "gwp": (Text("温室气体的增温潜势", "warming potentials"), None),
    "energies": (Text("折标准煤系数", "coefficients to standard coal"), None),
    "fuels": (Text("燃料热值、含碳量、氧化率", "heat value, carbon, oxidation of fuels"), None),
    "grid_factors": (Text("电力、热力、过程的排放因子", "CO2 factors of power, heat, processes"), None),
    "method": (Text("本指南写明的内容、规则及依据、术语、引用文件", "what the guide says, rules, terms, references"), None),
}  # fmt: skip
#: Filled in, or not, whatever the guide asks.
WHATEVER = ("enterprise", "products", "own_equivalents", "measures", "monthly", "pasted")
COUNTED = ("enterprise", "products", "activity", "pollutants", "own_equivalents", "greenhouse", "energy", "materials", "residual_energy", "qualitative", "settings")  # fmt: skip
STATES_TITLE = Text("空白、0、不知道、不适用", "Blank, 0, unknown, not applicable")
STATES = (
    (Text("没有发生", "there was none"), Text("填 0。0 是数值，照常计算。", "Enter 0: a value like any other.")),
    (Text("不知道", "unknown"), Text("数量留空，在备注选“不知道，待查”。按缺失处理，提示另行注明。", "Leave the amount blank and choose the note “unknown, to be found out”: it is taken as missing, and the hint says so.")),
    (Text("不适用", "not applicable"), Text("整个指标不适用时，在“基准与权重”该行选择或填写理由；权重分给同一一级指标的其他指标。", "Where a whole indicator does not apply, give the reason on Benchmarks and weights; its weight goes to the others of the group.")),
    (Text("还没填", "not yet filled in"), Text("留空。目录显示“缺”，总分暂不计算，另给已得分(下限)。整行空白不计。", "Leave blank: the contents list says missing, there is no total yet but the score so far (a lower bound). A wholly blank row is ignored.")),
)  # fmt: skip
WHERE_TITLE = Text("数字从哪里来", "Where the numbers come from")
WHERE = (
    Text("排放量：在线监测、监测报告、排污许可执行报告。碳排放：核查报告，或由账单计算。能源：能源台账、电费和燃气账单、化验单。产量、产值：生产和统计报表。", "Pollutants: monitoring, permit reports. Emissions: verification report, or computed from bills. Energy: ledger, bills, laboratory. Output and value: production and statistics reports."),
    Text("当量值、GWP、折标系数、燃料缺省值、电网和过程因子：见各参考表，写明来源、年份和可信度；企业实测值或自有值优先，填在数据旁并写明来源。", "Equivalent values, GWP, coefficients, fuel defaults, grid and process factors: reference sheets, with source, year and confidence; measured or own values come first, beside the data and with their source."),
    Text("从别的表复制时只粘贴数值：右键 → 选择性粘贴 → 数值（LibreOffice：选择性粘贴 → 文本和数字），否则会把对方的格式、校验和锁定一起带来。205-1 表粘贴到“粘贴205-1”即成账单的行；单位换算和十二个月合计在“换算与月度”。", "Paste values only from other files: right-click → Paste special → Values (LibreOffice: text and numbers), or formats, validation and locks come along. Form 205-1 goes to sheet Paste 205-1, which makes rows of the bills; units and sums of months are on Conversions and months."),
    Text("质量等级：1 连续监测或结算数据，2 定期监测，3 按物料衡算，4 按经验系数，5 粗略估算。", "Quality: 1 continuous monitoring or bills, 2 periodic monitoring, 3 mass balance, 4 usual factors, 5 rough estimate."),
)  # fmt: skip
PROGRAM_TITLE = Text("程序与表格", "Programs and this file")
FILE_NOTES = (
    Text("每张表有 {n} 行。不够时：把同类小项合并；或请发放单位用 jwdt template 生成更长的表(jwdt fill 按数据自动加长)。", "Each table has {n} rows. If that is not enough: put small items of one kind together, or ask whoever sent this for longer tables (jwdt fill makes them as long as the data)."),
    Text("工作表受保护但没有密码(审阅 → 撤销工作表保护)；列宽、行高可直接调整。请勿插入、删除行列或改表名，否则无法读回。", "The sheets are protected without a password (Review → Unprotect); widths and heights may be changed. Do not insert or delete rows or columns or rename sheets: the file could not be read back."),
    Text("换语言不影响数据：jwdt fill --from 本文件 --lang en。旧版模板：jwdt fill --from 旧文件。", "Another language keeps the data: jwdt fill --from this file --lang zh. An older template: jwdt fill --from the old file."),
)  # fmt: skip
