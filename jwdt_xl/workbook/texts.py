"""What the workbook says beside the fields, whose own texts come from their declaration."""

from __future__ import annotations

from ..messages import Text
from ..standard.method import RULES
from .portable import OK

__all__ = ["OK"]

LANDSCAPE = (
    "activity",
    "fuels",
    "grid_factors",
    "processes",
    "pollutants",
    "greenhouse",
    "energy",
    "settings",
    "indicators",
    "annex_b",
    "energies",
    "checks",
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

LEADS = {
    "enterprise": Text("黄色必填，浅色选填。两期的边界、产品和口径须一致；没有发生填 0，不知道留空。", "Yellow is needed, light is optional. Same boundary, product and conventions in both periods; 0 if none, blank if unknown."),
    "products": Text("有多种产品或多条生产线时填写，按折算系数合计为标准产品；只有一种产品时留空，产量填在企业信息。", "For several products or lines: they add up to standard product by their factors; with one product leave it blank and enter output on sheet Enterprise."),
    "activity": Text("按账单填写燃料、电力、热力和过程用量，一次填写同时计算碳排放和能源；同一来源不要再填在“温室气体”和“能源”。", "Fuels, electricity, heat and processes as billed: entered once, they give both emissions and energy; do not enter the same source on Greenhouse gases or Energy again."),
    "fuels": Text("燃料缺省参数两张表，默认 B；同一结果不混用；企业实测值优先。", "Two default tables, B by default, never mixed in one result; measured values come first."),
    "grid_factors": Text("生态环境部公布的电网排放因子(据转载)，各行标明可信度；两期默认用同一因子。", "Grid factors of the Ministry of Ecology and Environment as reported, with confidence; one factor for both periods by default."),
    "processes": Text("工业过程与购入热力的排放因子；水泥熟料只有公式，须填自有因子。", "Factors of processes and purchased heat; clinker has a formula only and needs an own factor."),
    "pollutants": Text("每行一种污染物，两期数量用同一单位。颗粒物：燃烧产生的选烟尘，其他选一般性粉尘。pH、色度等填写废水量(t)和实测值。", "One pollutant a row, both periods in one unit. Particulates: soot if from combustion, else general dust. For pH, colour … enter waste water (t) and the measured value."),
    "own_equivalents": Text("附录B没有的污染物(如挥发性有机物合计)可自行声明当量值，须注明来源。", "Pollutants that Annex B lacks (such as VOC as a lump) may take an own equivalent value with its source."),
    "greenhouse": Text("按 GB/T 32150 分类填写各气体数量；输出和回收填正数，自动扣减。", "Amounts by category of GB/T 32150; exported and recovered amounts are positive and subtracted."),
    "energy": Text("燃料、购入电力热力、自产可再生能源各一行；电力按来源分行，互不重复。作原料的在“用作原料”选是。", "A row for each fuel, purchased power and heat, own renewables; electricity by disjoint origins. Feedstock: yes."),
    "materials": Text("原料和辅料消耗量；水、能源不计。", "Raw and auxiliary materials; no water, no energy."),
    "residual_energy": Text("回收利用的余热、余压、余气，按交付量填写；没有则填一行 0。", "Recovered heat, pressure, gas as delivered; none is one row with 0."),
    "qualitative": Text("每项回答都请写明证明材料(目录及其年份、文件名称)。", "State the evidence of each answer (catalogue and edition, document)."),
    "settings": Text("基准值取自行业指南；标准文本不给出具体基准值。填写理由即声明该指标不适用。", "Benchmarks come from the sector guide; the standard prints none. A reason declares an indicator not applicable."),
    "quantities": Text("由各表汇总；任何一行无法识别或缺数，该项即为空，不会悄悄少算。", "Sums of the tables; where a row is wrong or blank the sum is blank, never silently smaller."),
    "indicators": Text("指标值、得分、权重(不适用重新分配后)、失分及其由来。", "Values, scores, weights after redistribution, points lost and how they follow."),
    "checks": Text("上表随填写更新；下表为生成本文件时的检查结果，完整检查请运行 jwdt check。", "The upper table is live; the lower one holds the findings when this file was made; jwdt check makes a full check."),
    "annex_b": Text("环境保护税法附表二；以此作为标准附录B是我们的选择。", "Environmental Protection Tax Law, annex 2; taking it as the standard's Annex B is our choice."),
    "gwp": Text("100 年全球增温潜势，IPCC 第四、五、六次评估报告。", "GWP100 of the IPCC's fourth, fifth and sixth assessment reports."),
    "energies": Text("GB/T 2589 折标准煤系数；下限与上限不同的为区间，须填自有系数或实测热值。", "Coefficients of GB/T 2589; where low and high differ an own coefficient or the heat value is needed."),
    "method": Text("note = 编制说明印出；law = 法律或国家标准；choice = 我们的选择，有备选项，不是标准原文。", "note: printed in the drafting note; law: a law or national standard; choice: ours, with alternatives, not the standard's text."),
}  # fmt: skip

OPTIONAL_FIELDS = {
    "enterprise.region", "output_value.basis", "output_value.unit",
    "metered_electricity.unit", "metered_electricity.base", "metered_electricity.report",
}  # fmt: skip

#: Text fields with a helpful drop-down: the block it offers, or nothing where it depends on the medium.
LISTED = {
    "activity.name": "fuels_offered",
    "activity.factor_series": "series_offered",
    "pollutants.pollutant": "",
    "greenhouse.gas": "gas_codes",
    "energy.energy": "energies_offered",
}

WIDTHS = {
    "medium": 8, "pollutant": 26, "parameter": 9, "limit": 9, "unit": 12, "base": 15, "report": 15, "source": 18, "quality": 8,
    "note": 18, "category": 14, "gas": 12, "energy": 18, "origin": 18, "material": 26, "kind": 24, "evidence": 18, "biomass": 9,
    "name": 20, "factor_series": 16, "emission_factor": 12, "carbon_content": 12, "oxidation": 10, "factor_year": 10, "factor": 10,
    "feedstock": 10, "non_fossil": 10, "coefficient": 12, "net_calorific_value": 13, "value": 12,
}  # fmt: skip

NOT_A_NUMBER_TITLE = Text("请填数字", "A number, please")
NOT_A_NUMBER = Text("须为不小于 0 的数字；单位填在单位栏。", "A number of at least 0; the unit has its own column.")
NOT_LISTED_TITLE = Text("请从列表选择", "Choose from the list")
NOT_LISTED = Text("请从下拉列表中选择。", "Please choose from the list.")
OTHER_NAME = Text(
    "列表中没有此名称。若是同一物质的其他名称可以保留，状态栏会说明能否识别。",
    "Not in the list. Another name of the same thing may stay; the status column tells whether it is known.",
)

SETTINGS_HEAD = (
    Text("序号", "no"),
    Text("一级指标", "first level"),
    Text("指标", "indicator"),
    Text("指南权重", "guide weight"),
)
SETTINGS_WIDTHS = (7, 16, 30, 14, 14, 14, 22, 9, 18, 22, 10, 10, 10)
WEIGHT_IN_FORCE = Text("采用权重", "weight in force")
OPTIONS = Text("选项(不填即用默认)", "Options (blank: default)")
OPTIONS_HEAD = (Text("选项", "option"), Text("填写", "input"), Text("采用", "in force"), Text("说明", "meaning"))
QUANTITIES_HEAD = (Text("量", "quantity"), Text("单位", "unit"))
PERIODS = (Text("基准期", "base period"), Text("报告期", "report period"))
OVERLAP_HEAD = {
    "item": Text("项目", "item"),
    "name": Text("重叠污染物", "overlapping pollutant"),
    "total": Text("两期当量合计", "equivalents, both periods"),
    "kept": Text("计入", "counted"),
}
INDICATOR_WIDTHS = {
    "code": 7, "first_level": 12, "name": 30, "unit": 14, "attribute": 8, "state": 10, "value": 16, "benchmark": 12,
    "score": 9, "weight": 9, "weighted": 10, "lost": 9, "explain": 44,
}  # fmt: skip
INDICATOR_STYLES = {
    "value": "value", "benchmark": "value", "score": "score", "weight": "weight", "weighted": "score", "lost": "score", "explain": "computed",
}  # fmt: skip
TOTALS = {
    "total": Text("总分", "Total"),
    "coverage": Text("完成度", "Coverage"),
    "score_so_far": Text("已得分(下限)", "Score so far (lower bound)"),
}
CHECKS_HEAD = (Text("工作表", "sheet"), Text("待查行数", "rows to check"), Text("说明", "meaning"))
ROWS_TO_CHECK = Text("状态不是“正常”的行", "rows whose status is not ok")
FINDINGS_HEAD = (
    Text("原则", "principle"),
    Text("级别", "severity"),
    Text("位置", "place"),
    Text("发现与处理", "finding and what to do"),
)
PRINCIPLES = {
    "objectivity": Text("客观性", "objectivity"),
    "completeness": Text("完整性", "completeness"),
    "consistency": Text("一致性", "consistency"),
    "transparency": Text("透明性", "transparency"),
}
SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "info")}
ANNEX_B_HEAD = (
    Text("表", "table"), Text("序号", "no"), Text("介质", "medium"), Text("污染物", "pollutant"), Text("当量值", "equivalent value"),
    Text("单位", "unit"), Text("来源", "source"), Text("可信度", "confidence"),
)  # fmt: skip
GWP_HEAD = (Text("代码", "code"), Text("气体", "gas"), Text("化学式", "formula"))
SOURCE = Text("来源", "source")
ENERGIES_HEAD = (
    Text("能源", "energy"), Text("下限", "low"), Text("上限", "high"), Text("单位", "unit"), Text("类别", "class"),
    Text("版次", "edition"), Text("可信度", "confidence"), Text("备注", "note"),
)  # fmt: skip
FOSSIL = {
    "fossil": Text("化石", "fossil"),
    "nonfossil": Text("非化石", "non-fossil"),
    "depends": Text("视来源", "depends"),
    "medium": Text("耗能工质", "energy medium"),
}
FUELS_HEAD = (
    Text("表", "table"), Text("燃料", "fuel"), Text("单位", "unit"), Text("低位热值 GJ", "heat value GJ"), Text("含碳量 tC/GJ", "carbon tC/GJ"),
    Text("氧化率", "oxidation"), Text("来源", "source"), Text("可信度", "confidence"),
)  # fmt: skip
GRID_HEAD = (
    Text("序列", "series"),
    Text("年份", "year"),
    Text("tCO2/MWh", "tCO2/MWh"),
    Text("可信度", "confidence"),
    Text("来源", "source"),
)
PROCESSES_HEAD = (
    Text("过程", "process"),
    Text("因子", "factor"),
    Text("单位", "unit"),
    Text("可信度", "confidence"),
    Text("来源", "source"),
)
CATEGORIES_HEAD = (
    Text("按类别的碳排放", "emissions by category"),
    Text("单位", "unit"),
    Text("基准期", "base period"),
    Text("报告期", "report period"),
)
METHOD_HEAD = (Text("标记", "mark"), Text("规则", "rule"))
METHOD = RULES

COLOURS = Text("颜色", "Colours")
COLOUR_KEY = {
    "needed": Text("黄色：必填", "yellow: needed"),
    "optional": Text("浅色：选填", "light: optional"),
    "computed": Text("绿色：自动计算，请勿改动", "green: computed, do not change"),
}


def howto(host: str) -> list[tuple[Text, list[Text]]]:
    """The how-to sheet: headings and their lines."""
    steps = [
        Text(
            "1. 在“企业信息”填写企业、两个时期、产品产量和产值。",
            "1. Sheet Enterprise: enterprise, the two periods, output and output value.",
        ),
        Text(
            "2. 在污染物、温室气体、能源、原辅料、余能各表填写两期数量；没有发生填 0，不知道留空。",
            "2. Tables: amounts of both periods; 0 if none, blank if unknown.",
        ),
        Text("3. 在“定性”回答问题并写明证明材料。", "3. Sheet Qualitative: answers and their evidence."),
        Text(
            "4. 在“基准与权重”填写行业指南的基准值；不适用的指标写明理由。",
            "4. Sheet Benchmarks and weights: benchmarks of the sector guide; a reason for what is not applicable.",
        ),
        Text(
            "5. 在“检查”看缺什么，在“指标与得分”“汇总”看结果。",
            "5. Sheet Checks tells what is missing; Indicators and Summary show the result.",
        ),
    ]
    rules = [
        Text(
            "空白 = 缺失，0 = 数值；整行空白不计；只填一期的行，该期之外视为缺失。",
            "Blank is missing, 0 is a value; a wholly blank row is ignored; one period blank is missing.",
        ),
        Text(
            "行数不够：用 jwdt fill 由数据文件生成，表会自动加长。",
            "More rows: jwdt fill makes tables as long as the data.",
        ),
    ]
    program = {
        "excel": Text("本版本使用 JWDT_ 函数，需安装加载项(Excel：xlwings；LibreOffice：jwdt.oxt)；未安装时显示的是生成时的结果。", "This edition uses the functions JWDT_: install the add-in (Excel: xlwings; LibreOffice: jwdt.oxt); without it the results shown are those at making."),
        "lite": Text("本版本用于 xlwings Lite：在 Lite 的 requirements.txt 写 jwdt-xl，在 main.py 写 from jwdt_xl.hosts.lite import *。", "This edition is for xlwings Lite: requirements.txt: jwdt-xl; main.py: from jwdt_xl.hosts.lite import *."),
        "server": Text("本版本用于 xlwings Server。", "This edition is for xlwings Server."),
        "portable": Text("本版本只用普通公式，无需任何加载项。", "This edition uses ordinary formulas only; no add-in is needed."),
    }[host]  # fmt: skip
    return [(Text("填写步骤", "Steps"), steps), (Text("规则", "Rules"), rules), (Text("程序", "Program"), [program])]
