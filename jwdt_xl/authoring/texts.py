"""What the authoring workbook says beside the fields, whose own texts come from their declaration."""

from __future__ import annotations

from ..messages import Text

TITLE = Text("评价指南编制工作簿", "Workbook for authors of guides")
STAMP = {
    "format": Text("文件格式", "format"),
    "layout": Text("布局版本", "layout version"),
    "language": Text("语言", "language"),
    "experts": Text("专家行数", "rows of experts"),
    "matrices": Text("每组判断矩阵数", "matrices per group"),
}
STEPS = (
    Text("步骤", "Steps"),
    (
        Text("1. 在“指南信息”填写标识、版本、名称和来源。", "1. Sheet Guide: id, version, name and source."),
        Text("2. 在“指标树”逐行填写指标组和指标：代码、上级、名称、单位、属性、权重、算法、基准值及其来源。检查栏随填写更新。", "2. Sheet Index tree: groups and indicators, a row each: code, parent, name, unit, attribute, weight, formula, benchmark and its source. The column check is live."),
        Text("3. 权重可以直接填写，也可以推导：在“专家评分”“AHP 判断矩阵”“问卷结果”填写所有的(“样本权重”由 jwdt guide weights 填入)，在“权重组合”选择方式；指标树的“采用权重”随之更新。不用的留空。", "3. Weights are typed, or derived: fill in what there is of Experts, AHP and Survey results (jwdt guide weights fills in Sample), choose on Weights combined how; the tree's column weight in use follows. Leave blank what is not used."),
        Text("4. 在“选项”选择口径；需要时填写等级、排除条件、不适用情形、产品折算、必报污染物。", "4. Sheet Options: conventions; where needed grades, excluding conditions, not applicable cases, product conversions, required pollutants."),
        Text("5. 尚缺的内容逐条写入“缺项”；有缺项的是草稿，可保存、可继续编制，不能用于评价。", "5. Sheet Gaps: what is still missing; a guide with gaps is a draft: kept and edited, but it scores nothing."),
        Text("6. 保存后运行 jwdt guide build 本文件 -o 指南.toml；有错误时逐条指出工作表和单元格。", "6. Save, then run jwdt guide build FILE -o GUIDE.toml; every error is named with its sheet and cell."),
    ),
)  # fmt: skip
RULES = (
    Text("规则", "Rules"),
    (
        Text("权重是占总分的权重：下级之和等于上级，一级之和为 1。", "Weights are of the total: children sum to their parent, first levels to 1."),
        Text("每个数都须有来源：权重和限值默认取指南的来源，基准值和折算系数各自注明。", "Every number has a source: weights and limits that of the guide unless they name their own, benchmarks and conversions their own."),
        Text("没有下级的行是指标，须有属性和算法；算法为“由企业填报”的，模板中有填报格。", "A row without children is an indicator and needs attribute and formula; entered ones get a cell in the template."),
        Text("推导的组以推导为准，指标树中填写的权重会被替换并说明；各组的下级之和自动等于上级。", "In a group that is derived the derivation counts: a typed weight is replaced, which is said; children sum to their parent by themselves."),
        Text("指标树改了，或专家不够：jwdt guide new --from 本文件 --experts 20 -o 新文件，已填的内容一并带过去。", "A changed tree, or more experts: jwdt guide new --from THIS --experts 20 -o NEW takes along what is filled in."),
        Text("行数不够：先 build，再用 jwdt guide show --to xlsx 得到更长的工作簿。", "More rows: build, then jwdt guide show --to xlsx makes a longer workbook."),
    ),
)  # fmt: skip
LIVE = Text("自动检查", "Live checks")
OPTION_HEAD = (Text("选项", "option"), Text("取值", "value"), Text("说明", "meaning"))
CODE_UNKNOWN = Text("指标树中没有这个代码。", "The index tree has no such code.")
WIDTHS = {
    "code": 12, "parent": 12, "name_zh": 30, "name_en": 30, "unit_zh": 14, "unit_en": 16, "attribute": 11, "weight": 9,
    "weight_source": 22, "formula": 30, "benchmark.value": 12, "benchmark.unit": 14, "benchmark.source": 30,
    "benchmark.year": 9, "benchmark.basis": 18, "benchmark.limit": 12, "range.low": 12, "range.high": 12, "benchmark_text_zh": 24, "benchmark_text_en": 24, "mark": 16,
    "note_zh": 24, "note_en": 24, "sum": 12, "in_use": 11, "check": 20, "source": 30, "reason_zh": 40, "reason_en": 40, "zh": 70,
    "en": 70, "indicator": 12, "measure": 12, "product_zh": 24, "product_en": 24, "to": 18,
}  # fmt: skip
#: Columns that stay in view while the others are scrolled.
FROZEN = {"nodes": 6}

# Where weights come from

CHECK = Text("检查", "check")
CODE, WEIGHT = Text("代码", "code"), Text("权重", "weight")
EXPERT_LINES = {
    "group": Text("组(同级指标)", "group (siblings)"),
    "parent": Text("上级代码", "parent"),
    "code": Text("代码", "code"),
    "share": Text("平均份额(组内合计 1)", "mean share (sums to 1)"),
    "agreement": Text("一致程度 Kendall W", "agreement, Kendall's W"),
    "count": Text("评分专家数", "experts who scored"),
}
EXPERT_WIDTHS = {"check": 16, "name": 20, "weight": 12}
EXPERT_NUMBER = Text("专家 {n}", "expert {n}")
NOTHING_TO_COMPARE = Text(
    "指标树中没有 2–10 项的同级指标，没有可比较的。", "The tree has no group of 2–10 siblings to compare."
)
AHP_GROUP, AHP_NAME, AHP_MEAN = Text("上级代码", "parent"), Text("名称", "name"), Text("群体 CR", "CR of the group")
GROUP_MEAN = Text("群体(几何平均)", "group (geometric mean)")
CR, CR_BY_ADDIN = Text("CR", "CR"), Text("CR(加载项)", "CR (add-in)")
BY_ADDIN = Text(
    "由函数 JWDT_AHP_CR 复算；没有安装加载项时显示 –，不影响使用。",
    "By the function JWDT_AHP_CR as a second opinion; – without the add-in, which is not needed.",
)
JUDGEMENT = Text("判断", "judgement")
OFF_SCALE = Text(
    "通常取 1–9 或 1/2–1/9(三分之一输入 =1/3)。仍要用这个数吗？",
    "Usually 1–9 or 1/2–1/9 (type a third as =1/3). Use this number all the same?",
)
#: Of the sheets with a row per node: survey results, and weights by a sample.
NODE_HEADS = {
    "check": CHECK,
    "group": Text("组(同级指标)", "group (siblings)"),
    "code": CODE,
    "name": Text("名称", "name"),
    "share": Text("份额(组内合计 1)", "share (sums to 1)"),
}
NODE_WIDTHS = {
    "check": 18,
    "group": 22,
    "code": 12,
    "name": 30,
    "score": 12,
    "answers": 10,
    "source": 40,
    "sha256": 30,
    "share": 12,
}
COMBINED_HEADS = {
    "group": Text("组(同级指标)", "group (siblings)"),
    "code": CODE,
    "name": Text("名称", "name"),
    "experts": Text("专家", "experts"),
    "survey": Text("问卷", "survey"),
    "subjective": Text("主观", "subjective"),
    "objective": Text("客观", "objective"),
    "combined": Text("组合份额", "combined share"),
    "parent_weight": Text("上级权重", "parent's weight"),
    "weight": Text("占总分的权重", "weight in the total"),
    "state": Text("由来", "where from"),
    "sentence": Text("推导", "derivation"),
}
COMBINED_WIDTHS = {
    "group": 20, "code": 10, "name": 36, "experts": 9, "survey": 9, "subjective": 9, "objective": 10, "combined": 9,
    "parent_weight": 9, "weight": 10, "state": 20, "sentence": 74,
}  # fmt: skip
