"""What the reference sheets say: headings, terms, references, the versions of the layout, and sources in Chinese."""

from __future__ import annotations

from typing import NamedTuple

from ...messages import Text
from ...standard.editions import GHG_TITLE
from ...standard.greenhouse import GWP_SETS
from ...standard.method import CHOICE, NOTE

ANNEX_B_HEAD = (Text("表-项", "item"), Text("污染物", "pollutant"), Text("当量值", "value"), Text("单位", "unit"))
ANNEX_B_WIDTHS = (8, 32, 8, 11)
#: The ranges of the pH classes, from the outermost.
PH_CLASS = "pH {a}–{b}, {c}–{d}"
ANNEX_TITLE = Text("附录B：污染物当量值", "Annex B: equivalent values")
GWP_HEAD = (Text("代码", "code"), Text("气体", "gas"), Text("化学式", "formula"))
GWP_WIDTHS = (16, 30, 20, *(12 for _ in GWP_SETS))
ENERGIES_HEAD = (
    Text("能源", "energy"), Text("下限", "low"), Text("上限", "high"), Text("单位", "unit"), Text("类别", "class"),
    Text("来源", "source"), Text("可信度", "confidence"), Text("备注", "note"),
)  # fmt: skip
ENERGIES_WIDTHS = (24, 9, 9, 9, 10, 15, 18, 46)
FOSSIL = {
    "fossil": Text("化石", "fossil"),
    "nonfossil": Text("非化石", "non-fossil"),
    "depends": Text("视来源", "depends"),
    "medium": Text("耗能工质", "energy medium"),
}
FUELS_HEAD = (
    Text("表", "table"), Text("燃料", "fuel"), Text("单位", "unit"), Text("低位热值\nGJ/单位", "heat value\nGJ/unit"), Text("含碳量\ntC/GJ", "carbon\ntC/GJ"),
    Text("氧化率", "oxidation"), Text("CO2 因子\ntCO2/单位", "CO2 factor\ntCO2/unit"), Text("可信度", "confidence"),
)  # fmt: skip
FUELS_WIDTHS = (8, 30, 10, 12, 12, 10, 13, 26)
FUEL_TABLE = Text("表 {t}：{s}", "Table {t}: {s}")
GRID_TITLE, PROCESS_TITLE = (
    Text("电网因子", "Grid factors"),
    Text("热力与工业过程因子", "Factors of heat and processes"),
)
GRID_HEAD = (
    Text("序列 / 过程", "series / process"),
    Text("年份", "year"),
    Text("因子", "factor"),
    Text("单位", "unit"),
    Text("可信度", "confidence"),
    Text("来源", "source"),
)
GRID_WIDTHS = (38, 7, 10, 30, 20, 56)

#: What the tables of the standard say in English, in Chinese.
CHINESE = {
    "two full copies compared": "两份全文比对",
    "two sources for the coefficient": "两个来源",
    "two sources": "两个来源",
    "three sources": "三个来源",
    "one source": "单一来源",
    "unconfirmed": "未经核实",
    "stoichiometric": "化学计量",
    "formula; one source": "公式；单一来源",
    "two sources (independence unproven)": "两个来源(是否独立未证实)",
    "range: use the measured heat value": "区间：用实测热值",
    "2020 only": "仅 2020 版有",
    "2008 has oilfield and gasfield gas instead; the statistics office uses 12.143-13.3 tce/10^4 m3": "2008 版为油田、气田天然气；统计用 12.143–13.3 tce/万m3",
    "2008 only": "仅 2008 版有",
    "2008 prints the same heat value (an inconsistency of that edition)": "2008 版印有同一热值(该版自身不一致)",
    "statistics office: 1.286 tce/10^4 m3 (same)": "统计用 1.286 tce/万m3(相同)",
    "2020 only; density note recalled": "仅 2020 版有；密度说明系转述",
    "statistics office: 0.0341 tce/GJ": "统计用 0.0341 tce/GJ",
    "calorific equivalent; printed 0.1229 = 860 kcal / 7000 kcal (0.12286) rounded; 3600/29307.6 would give 0.1228 - use the printed number": "当量值；印为 0.1229(860/7000 kcal 取整)，3600/29307.6 得 0.1228，以印出值为准",
    "2020: by the standard coal consumption of generation of the previous year; recent years about 0.300-0.315; a user must enter the year value": "等价值：按上年发电标准煤耗，近年约 0.300–0.315，须填当年数值",
    "2008 only; the 2020 edition dropped it": "仅 2008 版有，2020 版已删",
    "never an energy source of its own; leave out of the non-fossil share": "耗能工质，本身不是能源，不计入占比",
    "GB/T 32151.22-2024 table C.1 (as stated by its source)": "GB/T 32151.22-2024 表 C.1(据其来源所述)",
    'the "24.515" table, attributed to the other-industries guideline (attribution inferred)': "2013–2015 年企业核算指南(其他行业)参数表(归属系推断)",
    "notice 2024 No. 12 of MEE and NBS (12 Apr 2024), as reported": "生态环境部、国家统计局公告2024年第12号(据报道)",
    "notice 2024 No. 12 of MEE and NBS (12 Apr 2024), as transcribed in public code": "生态环境部、国家统计局公告2024年第12号(公开代码转录)",
    "notice 2024 No. 33 of MEE and NBS (20 Dec 2024), as reported": "生态环境部、国家统计局公告2024年第33号(据报道)",
    "notice 2024 No. 33 of MEE and NBS (20 Dec 2024), as transcribed in public code": "生态环境部、国家统计局公告2024年第33号(公开代码转录)",
    "three copies": "三份副本",
    "notice 2025 No. 47 of MEE and NBS (31 Dec 2025, annex W020251231726284332528.pdf), as transcribed in public code": "生态环境部、国家统计局公告2025年第47号(2025-12-31)附件(公开代码转录)",
    "notice of MEE on the reporting of power enterprises in 2023–2025, as reported": "生态环境部《关于做好2023—2025年发电行业企业温室气体排放报告管理有关工作的通知》(据报道)",
    "corporate accounting guidelines of 2013-2015, as transcribed": "2013–2015 年企业核算指南(转录)",
    "stoichiometry; corporate accounting guidelines of 2013-2015, as transcribed": "化学计量；2013–2015 年企业核算指南(转录)",
    "stoichiometry": "化学计量",
    "stoichiometry; GB/T 32151.34-2024 table C.2 prints 0.595": "化学计量；GB/T 32151.34-2024 表 C.2 印为 0.595",
    "stoichiometry; GB/T 32151.34-2024 table C.2 prints 0.477": "化学计量；GB/T 32151.34-2024 表 C.2 印为 0.477",
    "GB/T 32151.34-2024 table C.2, as transcribed in public code": "GB/T 32151.34-2024 表 C.2(公开代码转录)",
    "one source (GB/T 32151.34-2024 table C.2, transcribed; the same table prints Li2CO3 0.595, CaMg(CO3)2 0.477)": "单一来源(同表印 Li2CO3 0.595、CaMg(CO3)2 0.477)",
    "GB/T 32151.34-2024 table C.1, as transcribed with page and hash in public code (its other 21 rows equal table B)": "GB/T 32151.34-2024 表 C.1(公开代码转录，其余 21 行与表 B 相同)",
    "power guideline of 2022 (as named in the item)": "2022 年发电设施指南",
    "corporate accounting guidelines (formula only, no default value)": "企业核算指南(仅公式，无缺省值)",
}

METHOD_WIDTHS = (11, 30, 92)
RULES_TITLE = Text("方法：每条规则及其依据", "Method: every rule and what it rests on")
TERMS_TITLE = Text("术语(编制说明第三部分)", "Terms (part three of the note)")
TERMS_NOTE = Text(
    "编制说明只列出下列五个术语 [note]，没有印出定义；说明栏是我们的理解 [choice]，不是标准原文。",
    "The note names these five terms [note] but does not print their definitions; the explanations are ours [choice], not the standard's text.",
)


class Term(NamedTuple):
    name: Text
    meaning: Text


TERMS = (
    Term(Text("工业行业减污降碳协同增效", "synergy of pollution and carbon reduction in industry"), Text("工业生产同时减少污染物和温室气体排放，并由此得到更好的环境、气候和经济效益。", "Industry reduces pollutants and greenhouse gases together, and gains for environment, climate and economy by it.")),
    Term(Text("污染物当量", "pollutant equivalent"), Text("按危害和治理难度把不同污染物的排放量折成可比的量：排放量 ÷ 当量值；只在同一介质内可比。", "Amounts of different pollutants made comparable by their harm and cost of treatment: amount ÷ equivalent value; comparable within one medium.")),
    Term(Text("温室气体排放", "greenhouse-gas emissions"), Text("核算边界内燃料燃烧、工业过程、购入电力和热力产生的排放，减去输出和回收利用的部分(GB/T 32150)。", "Emissions of fuels, processes, purchased power and heat within the boundary, less what is exported or recovered (GB/T 32150).")),
    Term(Text("二氧化碳当量", "carbon dioxide equivalent"), Text("一种气体的数量乘以它的全球增温潜势(GWP)，表示为产生同样增温的二氧化碳数量。", "The amount of a gas times its global warming potential: the carbon dioxide with the same effect.")),
    Term(Text("减污降碳协同度", "degree of synergy"), Text("污染物减排率与碳减排率之比 S = rP/rC；两者都下降时才是数值，越接近 1 越协同。", "The ratio of the reduction rates of pollutants and of carbon, S = rP/rC; a number only where both fall, the closer to 1 the better.")),
)  # fmt: skip
REFERENCES_TITLE = Text(
    "引用文件(编制说明第二部分)与制定依据", "References (part two of the note) and what the standard was drafted from"
)
REFERENCES = (
    (NOTE, Text("GB/T 4754", "GB/T 4754"), Text("国民经济行业分类与代码", "Industrial classification and codes of the national economy")),
    (NOTE, Text("GB/T 32150", "GB/T 32150"), GHG_TITLE),
    (NOTE, Text("制定依据", "drafted from"), Text("《减污降碳协同增效实施方案》《浙江省减污降碳协同增效创新区实施方案》、GB/T 16297-1996、GB/T 32150-2015 等。", "The national implementation plan for synergy, the plan of Zhejiang's innovation zone, GB/T 16297-1996, GB/T 32150-2015 and others.")),
    (CHOICE, Text("本表另用", "also used here"), Text("《环境保护税法》附表二(当量值)、GB/T 2589(折标准煤)、IPCC 评估报告(GWP)；标准附录A和第六章没有印出，我们的读法见上。", "Environmental Protection Tax Law, annex 2 (equivalents), GB/T 2589 (standard coal), IPCC reports (GWP); the standard's annex A and chapter 6 are not printed, our reading is above.")),
)  # fmt: skip
VERSIONS_TITLE = Text("版本记录(布局版本见“说明”)", "Version history (layout version: sheet How to)")
VERSIONS_HEAD = (
    Text("布局版本", "layout"),
    Text("软件", "software"),
    Text("变化；旧文件怎么办", "what changed; what to do with older files"),
)
VERSIONS = (
    ("1", "jwdt-xl 0.1", Text("首个布局。旧版表单用 jwdt fill --from 旧文件 转入新模板；比软件新的表单会被拒绝并提示升级。", "The first layout. An older form moves into the new template by jwdt fill --from; a form newer than the software is refused and asks for an upgrade.")),
    ("2", "jwdt-xl 0.2", Text("提示和 ✓ ! ✗ 移到各行名称旁，少用的栏收在列标上方的“+”内，列宽适合 1366 × 768 的屏幕。旧版表单照常读取，jwdt fill --from 旧文件 转入新模板。", "Hint and mark ✓ ! ✗ stand beside the name of each row, columns that few need are folded behind the + above the columns, and widths fit a screen of 1366 × 768. Forms of layout 1 are read as before; jwdt fill --from moves them into the new template.")),
    ("3", "jwdt-xl 0.3", Text("账单可填蒸汽吨数(压力、温度)、废水处理的 CH4、产品固碳、标准煤(tce)、热值单位、收到基元素碳、生物质比例，都在收起的栏内。旧版表单照常读取。", "Bills take steam in t (pressure, temperature), CH4 of waste water, carbon in products, standard coal (tce), units of heat values, carbon as received and biogenic shares, all in folded columns. Older forms are read as before.")),
    ("4", "jwdt-xl 0.4", Text("新增“改进方案”表：措施及其投资、寿命，立即得出单独和依次实施的总分；不改变评价结果。旧版表单照常读取。", "A sheet Measures: measures with cost and life, and the totals of each alone and in sequence at once; it changes nothing of the evaluation. Older forms are read as before.")),
)  # fmt: skip
