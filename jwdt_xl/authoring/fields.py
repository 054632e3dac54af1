"""What a guide says, declared once: the sheets of the authoring workbook, the comments of guide files, the JSON Schema
and the texts of `jwdt guide show` are derived from here. Keys are those of the guide file."""

from __future__ import annotations

from ..assessment.model import CHOICE, LABEL, NUMBER, TEXT, VALUE_BASES, Spec
from ..messages import Text
from ..standard.equivalents import MEDIUM_NAMES
from ..standard.formulas import FORMULAS
from ..standard.guide import SCORE, VALUE
from ..standard.scoring import ATTRIBUTE_NAMES, ATTRIBUTES

FORMULA_NAMES = {key: formula.name for key, formula in FORMULAS.items()}
MEASURE_NAMES = {VALUE: Text("指标值", "value"), SCORE: Text("得分", "score")}
#: What a rule or number rests on; a guide's author may also leave it out.
MARKS = {
    "note": Text("编制说明印出", "printed in the drafting note"),
    "law": Text("法律或国家标准", "a law or national standard"),
    "choice": Text("编制者的选择", "the author's choice"),
    "demonstration": Text("为示范而编造", "invented for demonstration"),
}
PREVIOUS = Text("previous_year 为上一年；也可固定为某年，例如 2020", "previous_year, or a fixed year such as 2020")


# Kinds of fields


def text(zh: str, en: str, help_zh: str, help_en: str, required: bool = False) -> Spec:
    return Spec(TEXT, Text(zh, en), Text(help_zh, help_en), required)


def number(zh: str, en: str, help_zh: str, help_en: str, required: bool = False, maximum: float | None = None) -> Spec:
    return Spec(NUMBER, Text(zh, en), Text(help_zh, help_en), required, maximum=maximum)


#: Names, in a cell one after another with a semicolon between them.
NAMES = "names"
BETWEEN = "；"


def names(zh: str, en: str, help_zh: str, help_en: str) -> Spec:
    return Spec(NAMES, Text(zh, en), Text(help_zh, help_en))


def choice(
    zh: str, en: str, help_zh: str, help_en: str, choices: dict[str, Text], required: bool = False
) -> Spec:  # fmt: skip
    return Spec(CHOICE, Text(zh, en), Text(help_zh, help_en), required, tuple(choices.items()))


FACTS: dict[str, Spec] = {
    "id": text("标识", "id", "字母、数字、连字符，例如 cement-2026；模板和结果都带此标识", "letters, digits, hyphens, e.g. cement-2026; templates and results carry it", True),
    "version": text("版本", "version", "例如 1.0；内容有改动即换版本", "e.g. 1.0; another content is another version", True),
    "name_zh": text("名称(中文)", "name (Chinese)", "指南的名称", "the name of the guide", True),
    "name_en": text("名称(英文)", "name (English)", "不填则与中文相同", "as the Chinese if left out"),
    "source_zh": text("来源(中文)", "source (Chinese)", "权重、限值的出处；另有出处的在该行注明", "where weights and limits come from; what comes from elsewhere names its own source", True),
    "source_en": text("来源(英文)", "source (English)", "不填则与中文相同", "as the Chinese if left out"),
    "output_value_basis": choice("产值口径", "basis of output value", "默认工业总产值；与碳生产率基准值的口径一致", "default: gross output value; the same as that of the benchmark of carbon productivity", VALUE_BASES),
    "base_period": Spec(LABEL, Text("基准期规则", "base-period rule"), PREVIOUS),
    "review": Spec(LABEL, Text("复审日期", "review date"), Text("到期应复核基准值，例如 2027-06-30", "when benchmarks are to be looked at again, e.g. 2027-06-30")),
}  # fmt: skip

NODES: dict[str, Spec] = {
    "code": text("代码", "code", "字母、数字、下划线，不重复", "letters, digits, _; each its own", True),
    "parent": text("上级代码", "parent", "上级的代码，须写在前面；一级指标留空", "the code of its parent, which stands before it; blank for a first level"),
    "name_zh": text("名称(中文)", "name (Chinese)", "指标或指标组的名称", "the name of the indicator or group", True),
    "name_en": text("名称(英文)", "name (English)", "不填则与中文相同", "as the Chinese if left out"),
    "unit_zh": text("单位(中文)", "unit (Chinese)", "仅指标需要；没有单位留空", "of indicators only; blank if it has none"),
    "unit_en": text("单位(英文)", "unit (English)", "不填则与中文相同", "as the Chinese if left out"),
    "attribute": choice("属性", "attribute", "仅指标需要：正向越大越好，负向越小越好，适中用于协同度，定性为等级 0–1", "of indicators only: positive more is better, negative less is better, moderate for synergy, qualitative a grade 0–1", {name: ATTRIBUTE_NAMES[name] for name in ATTRIBUTES}),
    "weight": number("权重", "weight", "占总分的权重，0–1；下级之和等于上级，一级之和为 1；由推导得出的不必填", "its weight in the total, 0–1; children sum to their parent, first levels to 1; not needed where it is derived", True, 1),
    "weight_source": text("权重来源", "source of the weight", "不填则与指南来源相同；可写明推导(专家、AHP、问卷)", "that of the guide if left out; may tell its derivation (experts, AHP, questionnaire)"),
    "formula": choice("算法", "formula", "仅指标需要：内置算法之一，或由企业填报", "of indicators only: one of the built-in ones, or entered by the enterprise", FORMULA_NAMES),
    "benchmark.value": number("基准值", "benchmark", "大于 0，与指标同单位；适中、定性指标没有", "above 0, in the indicator's unit; none for moderate and qualitative ones"),
    "benchmark.unit": text("基准值单位", "unit of the benchmark", "与指标单位一致；可留空", "as the indicator's; may stay blank"),
    "benchmark.source": text("基准值来源", "source of the benchmark", "政策、清洁生产要求，或“n 家企业中 50% 可达到的水平”", "policy, cleaner-production requirement, or “level reached by 50 % of n enterprises”"),
    "benchmark.year": Spec(LABEL, Text("基准值年份", "year of the benchmark"), Text("例如 2023", "e.g. 2023")),
    "benchmark.basis": text("基准值口径", "basis of the benchmark", "电力折标(当量值、等价值)、产值等口径", "convention: electricity by calorific value or by coal consumption, output value …"),
    "benchmark_text_zh": text("基准说明(中文)", "benchmark in words (Chinese)", "没有数值时的文字要求", "the requirement in words, where there is no number"),
    "benchmark_text_en": text("基准说明(英文)", "benchmark in words (English)", "不填则与中文相同", "as the Chinese if left out"),
    "mark": choice("标记", "mark", "该行依据什么", "what the row rests on", MARKS),
    "note_zh": text("说明(中文)", "note (Chinese)", "需要说明的事项", "anything to explain"),
    "note_en": text("说明(英文)", "note (English)", "不填则与中文相同", "as the Chinese if left out"),
    "parameters.medium": choice("只计介质", "medium counted only", "当量只计水或大气；留空为全部", "of equivalents: water or air only; blank for all", MEDIUM_NAMES),
    "parameters.pollutants": names("只计污染物", "pollutants counted only", "当量只计所列污染物(附录B中的名称)", "of equivalents: the named pollutants only, as in Annex B"),
    "parameters.materials": names("只计原辅料", "materials counted only", "只计所列原辅料(企业须照此名称填报)", "the named materials only, which enterprises enter by these names"),
    "parameters.energies": names("只计能源", "energies counted only", "只计所列能源(GB/T 2589 名称)或余能种类", "the named energies (as in GB/T 2589) or kinds of residual energy only"),
}  # fmt: skip

_OWN_SOURCE = text("来源", "source", "不填则与指南来源相同", "that of the guide if left out")
_REASON_EN = text("理由(英文)", "reason (English)", "不填则与中文相同", "as the Chinese if left out")
TABLES: dict[str, dict[str, Spec]] = {
    "nodes": NODES,
    "grades": {
        "name_zh": text("等级(中文)", "grade (Chinese)", "例如 一级", "the name of the grade", True),
        "name_en": text("等级(英文)", "grade (English)", "不填则与中文相同", "e.g. level I; as the Chinese if left out"),
        "from": number("最低总分", "from", "总分达到此分即为该等级，0–100", "the total from which on it is given, 0–100", True, 100),
        "source": _OWN_SOURCE,
    },
    "conditions": {
        "indicator": text("指标代码", "indicator", "所看的指标", "the code of the indicator looked at", True),
        "measure": choice("看什么", "measure", "指标值(默认)或得分", "its value (default) or its score", MEASURE_NAMES),
        "below": number("低于", "below", "低于此数即排除", "excluded if below this"),
        "above": number("高于", "above", "高于此数即排除", "excluded if above this"),
        "reason_zh": text("理由(中文)", "reason (Chinese)", "为什么排除", "why it excludes", True),
        "reason_en": _REASON_EN,
        "source": _OWN_SOURCE,
    },
    "not_applicable": {
        "code": text("指标代码", "code", "可以不适用的指标", "the indicator that may be not applicable", True),
        "reason_zh": text("情形(中文)", "case (Chinese)", "什么情况下企业可声明不适用", "in which case an enterprise may declare it", True),
        "reason_en": _REASON_EN,
    },
    "conversions": {
        "product_zh": text("产品(中文)", "product (Chinese)", "要折算的产品", "the product to convert", True),
        "product_en": text("产品(英文)", "product (English)", "不填则与中文相同", "as the Chinese if left out"),
        "unit": text("产品单位", "unit", "例如 t", "e.g. t", True),
        "factor": number("折算系数", "factor", "一单位该产品折合多少单位基准产品", "how many units of the guide's product one unit of it is", True),
        "to": text("折合为", "to", "基准产品及单位，例如 t 水泥", "the guide's product and unit, e.g. t cement", True),
        "source": text("来源", "source", "每个数都须有来源", "every number has a source", True),
    },
    "gaps": {
        "zh": text("缺项(中文)", "gap (Chinese)", "尚缺的内容；有缺项的指南不能用于评价", "what is still missing; a guide with gaps scores nothing", True),
        "en": text("缺项(英文)", "gap (English)", "不填则与中文相同", "as the Chinese if left out"),
    },
}  # fmt: skip
TITLES: dict[str, Text] = {
    "facts": Text("指南信息", "Guide"),
    "nodes": Text("指标树", "Index tree"),
    "options": Text("选项", "Options"),
    "grades": Text("等级", "Grades"),
    "conditions": Text("排除条件", "Excluding conditions"),
    "not_applicable": Text("不适用情形", "Not applicable"),
    "conversions": Text("产品折算", "Product conversions"),
    "gaps": Text("缺项", "Gaps"),
}
LEADS: dict[str, Text] = {
    "facts": Text("指南的标识、名称和规则。黄色必填，浅色选填。", "Id, name and rules of the guide. Yellow is needed, light is optional."),
    "nodes": Text("每行一个指标或指标组，上级写在下级之前，层数不限。没有下级的是指标。", "One indicator or group a row, parents before children, any depth. What has no children is an indicator."),
    "options": Text("每项选择都有命名的备选项；不填即用默认。", "Every choice has named alternatives; blank is the default."),
    "grades": Text("标准没有规定等级；指南可以规定。没有则留空。", "The standard names no grades; a guide may. Leave it empty if there are none."),
    "conditions": Text("满足任一条件的企业不评等级、不排名。没有则留空。", "An enterprise that meets one of them gets no grade and no rank. Leave it empty if there are none."),
    "not_applicable": Text("企业可以声明某指标不适用的情形。没有则留空。", "Cases in which an enterprise may declare an indicator not applicable. Leave it empty if there are none."),
    "conversions": Text("多种产品折算为一种产品的系数。没有则留空。", "Factors that turn several products into one. Leave it empty if there are none."),
    "gaps": Text("指南尚缺的内容。全部补齐并删去后，指南才能用于模板和评价。", "What the guide still lacks. Once all is filled in and taken off this list, it serves templates and scores."),
}  # fmt: skip
