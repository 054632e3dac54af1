"""What the authoring workbook says beside the fields, whose own texts come from their declaration."""

from __future__ import annotations

from ..messages import Text

TITLE = Text("评价指南编制工作簿", "Workbook for authors of guides")
STAMP = {
    "format": Text("文件格式", "format"),
    "layout": Text("布局版本", "layout version"),
    "language": Text("语言", "language"),
}
STEPS = (
    Text("步骤", "Steps"),
    (
        Text("1. 在“指南信息”填写标识、版本、名称和来源。", "1. Sheet Guide: id, version, name and source."),
        Text("2. 在“指标树”逐行填写指标组和指标：代码、上级、名称、单位、属性、权重、算法、基准值及其来源。检查栏随填写更新。", "2. Sheet Index tree: groups and indicators, a row each: code, parent, name, unit, attribute, weight, formula, benchmark and its source. The column check is live."),
        Text("3. 在“选项”选择口径；需要时填写等级、排除条件、不适用情形、产品折算。", "3. Sheet Options: conventions; where needed grades, excluding conditions, not applicable cases, product conversions."),
        Text("4. 尚缺的内容逐条写入“缺项”；有缺项的是草稿，可保存、可继续编制，不能用于评价。", "4. Sheet Gaps: what is still missing; a guide with gaps is a draft: kept and edited, but it scores nothing."),
        Text("5. 保存后运行 jwdt guide build 本文件 -o 指南.toml；有错误时逐条指出工作表和单元格。", "5. Save, then run jwdt guide build FILE -o GUIDE.toml; every error is named with its sheet and cell."),
    ),
)  # fmt: skip
RULES = (
    Text("规则", "Rules"),
    (
        Text("权重是占总分的权重：下级之和等于上级，一级之和为 1。", "Weights are of the total: children sum to their parent, first levels to 1."),
        Text("每个数都须有来源：权重和限值默认取指南的来源，基准值和折算系数各自注明。", "Every number has a source: weights and limits that of the guide unless they name their own, benchmarks and conversions their own."),
        Text("没有下级的行是指标，须有属性和算法；算法为“由企业填报”的，模板中有填报格。", "A row without children is an indicator and needs attribute and formula; entered ones get a cell in the template."),
        Text("行数不够：先 build，再用 jwdt guide show --to xlsx 得到更长的工作簿。", "More rows: build, then jwdt guide show --to xlsx makes a longer workbook."),
    ),
)  # fmt: skip
LIVE = Text("自动检查", "Live checks")
OPTION_HEAD = (Text("选项", "option"), Text("取值", "value"), Text("说明", "meaning"))
CODE_UNKNOWN = Text("指标树中没有这个代码。", "The index tree has no such code.")
WIDTHS = {
    "code": 12, "parent": 12, "name_zh": 30, "name_en": 30, "unit_zh": 14, "unit_en": 16, "attribute": 11, "weight": 9,
    "weight_source": 22, "formula": 30, "benchmark.value": 12, "benchmark.unit": 14, "benchmark.source": 30,
    "benchmark.year": 9, "benchmark.basis": 18, "benchmark_text_zh": 24, "benchmark_text_en": 24, "mark": 16,
    "note_zh": 24, "note_en": 24, "sum": 12, "check": 20, "source": 30, "reason_zh": 40, "reason_en": 40, "zh": 70,
    "en": 70, "indicator": 12, "measure": 12, "product_zh": 24, "product_en": 24, "to": 18,
}  # fmt: skip
#: Columns that stay in view while the others are scrolled.
FROZEN = {"nodes": 5}
