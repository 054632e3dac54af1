"""The catalogue of hints: what each says, of what kind it is, and in which order they are told."""

from __future__ import annotations

from typing import NamedTuple

from ...assessment import metered
from ...assessment.checks import benchmarks, bills, changes, completeness, industry, products, ranges
from ...assessment.checks import guide as guide_rules
from ...assessment.checks.rows import OF_ROWS, UNUSED
from ...assessment.ratios import OUTSIDE
from ...assessment.tables import NAME_FIELDS
from ...messages import INFO as INFORMATION
from ...messages import WARNING, Text
from ...standard.guide import Guide
from . import status
from .column import PERIODS

HINT, MARK, CHANGE = Text("提示", "hint"), Text("✓✗", "✓✗"), Text("变化", "change")
MISSING, CHECK, INFO = "missing", "check", "info"
#: What stands beside a row's name: all is well, something is missing or wants a look, something is refused.
FINE, LOOK, REFUSED_MARK = "✓", "!", "✗"
#: What a note may say; the first one tells "unknown" from "not yet filled in".
NOTES = (
    Text("不知道，待查", "unknown, to be found out"),
    Text("估算", "estimated"),
    Text("变化属实，原因：", "the change is real because …"),
)


class Hint(NamedTuple):
    """What a hint says, and the status of a row it belongs to.

    blames: the fields of a row it speaks of, whose cells are coloured; of several that lack something the first blank one.
    light: it refuses nothing and may be all right as it is.
    """

    name: str
    kind: str
    text: Text
    status: Text | None = None
    blames: tuple[str, ...] = ()
    light: bool = False


_NAMES = tuple(dict.fromkeys(NAME_FIELDS.values()))
_MEASURED = ("net_calorific_value", "carbon_content", "oxidation", "emission_factor")
_HINTS = (
    Hint("incomplete", MISSING, Text("缺：名称、类别或单位", "missing: name, kind or unit"), status.INCOMPLETE, ("name",)),
    Hint("lacking", MISSING, Text("缺：实测值或排放限值", "missing: measured value or limit"), status.LACKING, ("parameter", "limit")),
    Hint("origin", MISSING, Text("缺：请选择电力来源", "missing: choose the origin of the power"), status.NO_ORIGIN, ("origin",)),
    Hint("coefficient", MISSING, Text("缺：没有单一系数，填自有系数或实测热值", "missing: own coefficient or heat value"), status.NO_COEFFICIENT, ("net_calorific_value", "coefficient")),
    Hint("factor", MISSING, Text("缺：没有缺省因子，从列表另选名称或填实测值", "missing: no default; choose another, or measure"), status.NO_FACTOR, _MEASURED),
    Hint("process_factor", MISSING, Text("缺：自有排放因子(点“+”展开)，该过程无缺省值", "missing: own emission factor (click the +)"), status.NO_PROCESS_FACTOR, ("emission_factor",)),
    Hint("pressure", MISSING, Text("缺：蒸汽按吨须填绝对压力(点“+”展开)", "missing: absolute pressure of steam (click the +)"), status.NO_PRESSURE, ("pressure",)),
    Hint("product_carbon", MISSING, Text("缺：产品含碳(每吨含碳吨数)", "missing: carbon in the product, t per t"), status.NO_CARBON, ("carbon_fraction",)),
    Hint("both", MISSING, Text("缺：两期数量；没有发生填 0", "missing: both amounts; 0 if there was none")),
    Hint("base", MISSING, Text("缺：基准期数量；没有发生填 0", "missing: base period; 0 if there was none")),
    Hint("report", MISSING, Text("缺：报告期数量；没有发生填 0", "missing: report period; 0 if there was none")),
    Hint("unknown", MISSING, Text("已注明不知道；仍按缺失处理", "noted as unknown; still taken as missing")),
    Hint("needed", MISSING, Text("必填", "needed")),
    Hint("benchmark", MISSING, completeness.MISSING_BENCHMARK.hint),
    Hint("name", CHECK, Text("查：名称不在列表，请选择或自定当量值", "check: not listed; choose, or declare an own value"), status.UNKNOWN, _NAMES),
    Hint("total_row", CHECK, Text("查：合计行不是数据，请删去本行", "check: a row of totals, delete it"), status.TOTAL_ROW, _NAMES),
    Hint("answer", CHECK, Text("查：不是所列的答案，请从列表选", "check: none of the answers; choose from the list"), status.WRONG_ANSWER),
    Hint("unit", CHECK, Text("查：单位不适用于此项，请另选", "check: the unit does not fit here"), status.WRONG_UNIT, ("unit",)),
    Hint("moved", CHECK, Text("查：格子被剪走：Ctrl+Z，或改填空行并清空本行", "check: a cell was cut: Ctrl+Z, or clear this row"), status.MOVED),
    Hint("moved_answer", CHECK, Text("查：此格被剪走，按 Ctrl+Z，或另取空表", "check: cell cut away; Ctrl+Z, or a new form")),
    Hint("number", CHECK, Text("查：数字栏有文字、负数或超出范围", "check: a text, or an impossible number"), status.WRONG_NUMBER),
    Hint("steam", CHECK, Text("查：此压力、温度不是蒸汽(须绝对压力)", "check: no steam there; pressure is absolute"), status.WRONG_STEAM, ("pressure", "temperature")),
    Hint("heat_unit", CHECK, Text("查：热值单位与数量单位不符", "check: heat value's unit and amount's differ"), status.WRONG_HEAT_UNIT, ("net_calorific_value_unit",)),
    Hint("recovered", CHECK, Text("查：回收的 CH4 多于产生的", "check: more CH4 recovered than made"), status.RECOVERED, ("recovered_base", "recovered_report")),
    Hint("other_origin", CHECK, Text("查：此来源不适用于该种类", "check: the origin does not go with the kind"), status.WRONG_ORIGIN, ("origin",)),
    Hint("particulates", CHECK, Text("查：颗粒物请分烟尘(燃烧)、一般性粉尘", "check: soot if from combustion, else general dust"), blames=_NAMES),
    Hint("carbon", CHECK, Text("查：温室气体请填在温室气体表", "check: greenhouse gases have their own sheet"), blames=_NAMES),
    Hint("percent_cell", CHECK, Text("查：此格成了百分数，计入的是小数：撤销后重填", "check: a % cell, its fraction counts: undo, retype")),
    Hint("percent_format", CHECK, Text("查：此格成了百分数，计入的是小数，请核对", "check: a % cell, its fraction counts; look at it"), blames=PERIODS, light=True),
    Hint("slip_1000", CHECK, changes.SLIP_1000.hint, blames=PERIODS),
    Hint("slip_10000", CHECK, changes.SLIP_10000.hint, blames=PERIODS),
    Hint("change", CHECK, changes.LARGE_CHANGE.hint, blames=PERIODS, light=True),
    Hint("uscc", CHECK, Text("查：须 18 位且校验位相符，请照执照核对", "check: 18 characters that fit the check digit")),
    Hint("industry", CHECK, Text("查：改为四位代码，如 3011", "check: four digits, such as 3011")),
    Hint("same", CHECK, Text("查：两期相同", "check: both periods are the same")),
    Hint("swapped", CHECK, changes.BASE_AFTER_REPORT.hint),
    Hint("metered", CHECK, metered.METERED.hint, light=True),
    Hint("ratio_energy", CHECK, OUTSIDE["energy"].hint, light=True),
    Hint("other_product", CHECK, industry.OF_PRODUCT.hint, light=True),
    Hint("other_guide", CHECK, industry.OF_GUIDE.hint, light=True),
    Hint("no_reason", CHECK, completeness.NO_REASON.hint, light=True),
    Hint("far_off", CHECK, benchmarks.FAR_OFF.hint, light=True),
    Hint("hundredfold", CHECK, benchmarks.HUNDREDFOLD.hint, light=True),
    Hint("below_one", CHECK, benchmarks.BELOW_ONE.hint, light=True),
    Hint("other_unit", CHECK, benchmarks.OTHER_UNIT.hint),
    Hint("unclear_unit", CHECK, benchmarks.UNCLEAR_UNIT.hint, light=True),
    Hint("other_product_unit", CHECK, products.OTHER_PRODUCT.hint),
    Hint("unclear_product_unit", CHECK, products.UNCLEAR_PRODUCT.hint, light=True),
    Hint("evidence", CHECK, completeness.MISSING_EVIDENCE.hint, light=True),
    Hint("effective", CHECK, completeness.EFFECTIVE_WITHOUT_ESTABLISHED.hint),
    Hint("source", CHECK, benchmarks.WITHOUT_SOURCE.hint, blames=("source",), light=True),
    Hint("outside_range", CHECK, ranges.OUTSIDE.hint),
    Hint("not_a_level", CHECK, ranges.NOT_A_LEVEL.hint),
    Hint("excuse", CHECK, Text("查：这不是理由：写明为何不适用，或清空", "check: no reason: say why, or clear it")),
    Hint("beside_data", CHECK, Text("查：声明不适用，却有其数据", "check: not applicable, and yet it has data")),
    Hint("weights", CHECK, Text("查：自定权重须全部填写或全部空白", "check: give all own weights or none")),
    Hint("weight_sum", CHECK, Text("查：自定权重合计须为 1", "check: own weights must sum to 1")),
    Hint("percent", CHECK, Text("查：氧化率大于 1，按 % 读取", "check: oxidation above 1 is read in %"), blames=("oxidation",), light=True),
    Hint("unused", CHECK, UNUSED.hint, light=True),
    Hint("locked", INFO, Text("格子剪走后锁住，请填其他行", "a cut cell is locked: use another row")),
    Hint("overlap", INFO, Text("不计入：与另一项重叠(COD/BOD5/TOC 等)", "not counted: overlaps another (COD/BOD5/TOC …)")),
    Hint("within", INFO, Text("不计当量：pH 在 6–9 或未超过限值", "no equivalents: pH 6–9, or below the limit")),
    Hint("excluded", INFO, Text("不计入能源(原料或耗能工质)", "not counted as energy (feedstock or medium)")),
    Hint("output_differs", CHECK, bills.OUTPUT_DIFFERS.hint),
    Hint("base_period", CHECK, guide_rules.BASE_PERIOD.hint),
    Hint("other_basis", CHECK, guide_rules.OTHER_BASIS.hint),
    Hint("products", INFO, Text("已填产品明细，以其合计为准", "the products sheet has rows: their sum is taken")),
    Hint("eliminated", INFO, Text("存在淘汰类：该指标得 0 分", "on the elimination list: the indicator scores 0")),
    Hint("vetoed", INFO, Text("按此回答，不评等级、不排名", "by this answer: no grade and no rank")),
    Hint("not_applicable", INFO, Text("已声明不适用", "declared not applicable")),
    Hint("blank_sum", INFO, Text("空：表为空、有空白，或有待查的行", "blank: empty table, a blank, or a row to check")),
    Hint("meter_right", INFO, metered.WITHIN_GRID.hint),
    Hint("metered_blank", INFO, metered.METERED_BLANK.hint),
    Hint("guide", INFO, Text("采用指南的基准值", "the guide's benchmark is taken")),
)  # fmt: skip
TOLD = {hint.text: hint.name for hint in _HINTS}
_DIVISION = Text("查：须六位数字，前两位为省级代码", "check: six digits, the first two a province")


def said(hint: Hint, guide: Guide) -> Text:
    """What a hint says; of the code that tells whose a form is, by what the guide evaluates."""
    return _DIVISION if hint.name == "uscc" and guide.subject.code == "division_code" else hint.text


_RULES = {
    rule.hint: Hint(
        rule.hint.zh,
        INFO if rule.severity == INFORMATION else CHECK,
        rule.hint,
        blames=tuple(dict.fromkeys(other.field for other in OF_ROWS if other.hint == rule.hint)),
        light=rule.severity == WARNING,
    )
    for rule in OF_ROWS
}
#: In this order: what is missing, what is refused, what to look at, what is good to know. The place (from 1) is the code.
HINTS = tuple(
    sorted(
        (*_HINTS, *(hint for text, hint in _RULES.items() if text not in TOLD)),
        key=lambda hint: ((MISSING, CHECK, INFO).index(hint.kind), hint.light),
    )
)
CODES = {hint.name: code for code, hint in enumerate(HINTS, 1)}
#: The codes of statuses are the first of their kinds.
LAST_STATUS = max(code for code, hint in enumerate(HINTS, 1) if hint.status)
FIRST_CHECK, FIRST_INFO = (next(i for i, h in enumerate(HINTS, 1) if h.kind == kind) for kind in (CHECK, INFO))
FIRST_LIGHT = next(i for i, h in enumerate(HINTS, 1) if h.light)
#: The rules of a change between the periods, by their hints.
OF_CHANGE = dict(zip(("slip_1000", "slip_10000", "change"), changes.OF_CHANGE, strict=True))
