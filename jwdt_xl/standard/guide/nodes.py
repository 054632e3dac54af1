"""What a guide is made of, each part declared once with what a file and a sheet say of it (see `record`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from ...errors import JwdtError
from ...messages import Text, joined
from ...messages import number as shown
from .. import composed
from ..formulas import FORMULAS, OPEN, Formula, Use
from ..method import CHOICE, LAW, NOTE
from ..quantities import ALL, PERIODS, QUANTITIES, Parameters, Quantity, check_terms, key_of
from ..record import AS_ZH, NO_TEXT, both, choice, finite, names, number, record, short, text
from ..scoring import ATTRIBUTE_NAMES
from .benchmarks import Benchmark, fits
from .levels import check_levels

#: What a rule or number rests on; a guide's author may also leave it out.
MARKS = {
    NOTE: Text("编制说明印出", "printed in the drafting note"),
    LAW: Text("法律或国家标准", "a law or national standard"),
    CHOICE: Text("编制者的选择", "the author's choice"),
    "demonstration": Text("为示范而编造", "invented for demonstration"),
}
#: What output value may be; the first is the default [choice]. And the words by which a benchmark names it.
VALUE_BASES = {
    "工业总产值": Text("工业总产值", "gross output value"),
    "工业增加值": Text("工业增加值", "value added"),
    "营业收入": Text("营业收入", "revenue"),
}
BASIS_WORDS = {
    "工业总产值": ("总产值", "gross output"),
    "工业增加值": ("增加值", "value added", "added value"),
    "营业收入": ("营业收入", "revenue", "sales"),
}
VALUE, SCORE = MEASURES = ("value", "score")
MEASURE_NAMES = {VALUE: Text("指标值", "value"), SCORE: Text("得分", "score")}
#: Answers to a veto, by their codes.
YES, NO = "yes", "no"
ANSWERS = {YES: Text("是", "yes"), NO: Text("否", "no")}
#: The weight of a node whose weight a draft leaves open.
NO_WEIGHT = math.nan
#: Defined names of a workbook carry the code; they have at most 255 characters.
LONGEST_CODE = 40
#: What the JSON Schema says of codes, and of texts that are often typed as numbers.
CODE_RULE = (("type", ("string", "integer")), ("pattern", f"^[A-Za-z0-9_]{{1,{LONGEST_CODE}}}$"))
LOOSE = (("type", ("string", "integer")),)
WRONG_WEIGHT = Text("权重须为不小于 0 的数，实为“{v}”", "weight must be a number ≥ 0, got “{v}”")


def _weight(value: Any) -> float:
    if value is None:
        return NO_WEIGHT  # whether it may be open the whole guide decides
    try:
        weight = finite(value)
    except JwdtError:
        weight = -1.0
    if weight < 0:
        raise JwdtError(WRONG_WEIGHT.fill(v=short(value)), "bad-weight")
    return weight


def _lowest(value: Any) -> float:
    if value is None:
        raise JwdtError(Text("须给出等级的最低总分", "needs the lowest total of the grade"), "bad-grade")
    return finite(value)  # its bounds are a rule, which knows the grade's name


def _factor(value: Any) -> float:
    if value is None:
        raise JwdtError(Text("缺少折算系数", "needs the conversion factor"), "bad-conversion")
    if finite(value) <= 0:
        text = Text("折算系数须大于 0，实为“{v}”", "the conversion factor must be above 0, got “{v}”")
        raise JwdtError(text.fill(v=short(value)), "bad-conversion")
    return finite(value)


def named_ends(said: Any) -> Any:
    """A range that a file has as an array, by the names of its ends."""
    is_pair = isinstance(said, (list, tuple)) and len(said) == len(Range._fields)
    return dict(zip(Range._fields, said, strict=True)) if is_pair else said


def check_range(said: Any) -> Any:
    """A range as a file has it, [low, high]; as the columns of a sheet, each with its name."""
    said = named_ends(said)
    if not isinstance(said, dict) or set(said) != set(Range._fields):
        raise JwdtError(
            Text("须为 [最小值, 最大值]，实为“{v}”", "must be [low, high], got “{v}”").fill(v=short(said)), "bad-range"
        )
    if finite(said["low"]) >= finite(said["high"]):
        text = Text("最小值须小于最大值，实为 {v}", "low must be below high, got {v}")
        raise JwdtError(text.fill(v=[said["low"], said["high"]]), "bad-range")
    return said


_OWN_SOURCE = text("来源", "source", "不填则与指南来源相同", "that of the guide if left out")
_REASON_EN = Text("理由(英文)", "reason (English)")


class Range(NamedTuple):
    """The plausible values of an indicator; outside is an error."""

    # fmt: off
    low: Annotated[float, number("合理范围下限", "plausible from", "选填，与上限一起填写；指标值低于此数为错误", "optional, together with the other end; a value below it is an error", minimum=None, since=4)]
    high: Annotated[float, number("合理范围上限", "plausible up to", "选填；指标值高于此数为错误", "optional; a value above it is an error", minimum=None, since=4)]
    # fmt: on


class Node(NamedTuple):
    """A node of the index tree: a group of indicators, or an indicator (a leaf)."""

    # fmt: off
    code: Annotated[str, text("代码", "code", "字母、数字、下划线，不重复", "letters, digits, _; each its own", True, always=True, rule=CODE_RULE)]
    parent: Annotated[str, text("上级代码", "parent", "上级的代码，须写在前面；一级指标留空", "the code of its parent, which stands before it; blank for a first level", code=True, rule=LOOSE)] = ""
    name: Annotated[Text, both("名称", "name", "指标或指标组的名称", "the name of the indicator or group", True, always=True)] = NO_TEXT
    unit: Annotated[Text, both("单位", "unit", "仅指标需要；没有单位留空", "of indicators only; blank if it has none")] = NO_TEXT
    attribute: Annotated[str, choice("属性", "attribute", "仅指标需要：正向越大越好，负向越小越好，适中用于协同度，定性为等级 0–1", "of indicators only: positive more is better, negative less is better, moderate for synergy, qualitative a grade 0–1", ATTRIBUTE_NAMES)] = ""
    weight: Annotated[float, number("权重", "weight", "占总分的权重，0–1；下级之和等于上级，一级之和为 1；由推导得出的不必填", "its weight in the total, 0–1; children sum to their parent, first levels to 1; not needed where it is derived", True, maximum=1, read=_weight)] = NO_WEIGHT
    #: Where the weight comes from, if not from where the guide does.
    weight_source: Annotated[str, text("权重来源", "source of the weight", "不填则与指南来源相同；可写明推导(专家、AHP、问卷)", "that of the guide if left out; may tell its derivation (experts, AHP, questionnaire)")] = ""
    formula: Annotated[str, choice("算法", "formula", "仅指标需要：内置算法之一，或由企业填报", "of indicators only: one of the built-in ones, or entered by the enterprise", {key: formula.name for key, formula in FORMULAS.items()})] = ""
    benchmark: Annotated[Benchmark | None, record(Benchmark, read=fits)] = None
    benchmark_text: Annotated[Text, both("基准说明", "benchmark in words", "没有数值时的文字要求", "the requirement in words, where there is no number")] = NO_TEXT
    mark: Annotated[str, choice("标记", "mark", "该行依据什么", "what the row rests on", MARKS)] = ""
    note: Annotated[Text, both("说明", "note", "需要说明的事项", "anything to explain")] = NO_TEXT
    range: Annotated[Range | None, record(Range, read=check_range, listed=True)] = None
    #: What its formula counts only.
    parameters: Annotated[Parameters, record(Parameters)] = ALL
    of: Annotated[tuple[str, ...], names("计入的量", "made of", "仅自定算法：计入(分子)的填报量代码或已有的量，相加", "of own formulas only: codes of inputs, or known quantities, that are added above the line", read=check_terms, since=6)] = ()
    over: Annotated[tuple[str, ...], names("除以的量", "divided by", "仅自定算法：分母的填报量代码或已有的量，相加；占比为全部", "of own formulas only: those added below the line; of a share the whole", read=check_terms, since=6)] = ()
    times: Annotated[float, number("乘以", "times", "仅自定的和、比：单位换算系数，例如 t 换 kg 为 1000", "of own sums and quotients only: a factor that converts units, e.g. 1000 from t to kg", above=True, quiet=True, since=6)] = 1.0
    levels: Annotated[tuple[str, ...], names("可填等级", "grades that may be entered", "仅企业填报的定性指标：数值(0–1)在前，含义在后，例如 1 公开；0.5 部分公开；0 不公开；填其他数为错误", "of entered qualitative indicators only: a number (0–1), then what it means, e.g. 1 public; 0.5 in part; 0 not; any other number is an error", read=check_levels, since=7)] = ()
    # fmt: on

    @property
    def has_weight(self) -> bool:
        return not math.isnan(self.weight)

    @property
    def algorithm(self) -> Formula:
        """The entry of its formula."""
        return FORMULAS.get(self.formula, OPEN)

    @property
    def limit(self) -> float | None:
        """The limit of a score by two points, if there is one."""
        return self.benchmark.limit if self.benchmark else None

    @property
    def bounds(self) -> Text:
        """Limit and plausible range in words, for people."""
        said = []
        if self.limit is not None:
            said.append(Text("限值 {l}", "limit {l}").fill(l=shown(self.limit)))
        if self.range:
            low, high = map(shown, self.range)
            said.append(Text("合理范围 {a}–{b}", "plausible {a}–{b}").fill(a=low, b=high))
        return joined(said, "；", "; ")

    @property
    def needs(self) -> tuple[str, ...]:
        """The quantities its value is made of, by key: the part that it counts only goes by a key of its own."""
        whole = self.whole_needs
        return (f"{whole[0]}_of_{self.code}", *whole[1:]) if whole and any(self.parameters) else whole

    @property
    def whole_needs(self) -> tuple[str, ...]:
        """The same with each part as the whole that it is of."""
        return self.algorithm.needs or tuple(dict.fromkeys(map(key_of, (*self.of, *self.over))))

    @property
    def conventions(self) -> set[str]:
        """What its benchmark must have in common with its value."""
        return {QUANTITIES[key].convention for key in self.whole_needs if key in QUANTITIES}

    @property
    def uses(self) -> tuple[Use, ...]:
        """Its quantities by period."""
        form = self.algorithm.form
        if form is None:
            return self.algorithm.uses(self.needs)
        below, periods = set(map(key_of, self.over)), PERIODS if form.both_periods else PERIODS[1:]
        return tuple(Use(key, period, key in below) for key in self.needs for period in periods)

    def composed(self, pair: Callable[[str], Sequence[Any]]) -> float:
        """The value of an own formula from the pairs of its quantities, none of which it needs is missing.

        Raises NotAssessable with the reason.
        """
        form = self.algorithm.form
        assert form is not None
        of, over = ([pair(key_of(name)) for name in names] for names in (self.of, self.over))
        base, report = (([each[i] for each in of], [each[i] for each in over]) for i in (0, 1))
        return composed.value(form, base if form.both_periods else None, report, self.times)

    def pieces(self, named: Mapping[str, Quantity]) -> list[Text | Use]:
        """How the value of an own formula follows: words, and in their places the amounts."""
        form = self.algorithm.form
        assert form is not None
        found: list[Text | Use] = []
        for period in PERIODS if form.both_periods else PERIODS[1:]:
            if form.both_periods:
                found.append(_PERIOD[period])
            found += [Text("100 × ", "100 × ")] if form.key == "share" else []
            found += self._sum(self.of, period, named)
            found += [Text(f" × {shown(self.times)}", f" × {shown(self.times)}")] if self.times != 1 else []
            if self.over:
                found += [Text(" ÷ ", " ÷ "), *self._sum(self.over, period, named)]
        return [*found, Text(f"；{form.said.zh}", f"; {form.said.en}")] if any(form.said) else found

    @staticmethod
    def _sum(names: Sequence[str], period: str, named: Mapping[str, Quantity]) -> list[Text | Use]:
        found: list[Text | Use] = []
        for i, key in enumerate(map(key_of, names)):
            quantity, plus = named[key], " + " if i else "(" if len(names) > 1 else ""
            found.append(Text(f"{plus}{quantity.name.zh} ", f"{plus}{quantity.name.en} "))
            found.append(Use(key, period, False))
            unit = quantity.unit if quantity.key != "output" else NO_TEXT
            found += [Text(f" {unit.zh}", f" {unit.en}")] if any(unit) else []
        return [*found, Text(")", ")")] if len(names) > 1 else found


_PERIOD = {PERIODS[0]: Text("基准期 ", "base "), PERIODS[1]: Text("，报告期 ", ", report ")}


class Grade(NamedTuple):
    """A grade and the total from which on it is given."""

    # fmt: off
    name: Annotated[Text, both("等级", "grade", "例如 一级", "the name of the grade", True, english=(Text("等级(英文)", "grade (English)"), Text("不填则与中文相同", "e.g. level I; as the Chinese if left out")))]
    at_least: Annotated[float, number("最低总分", "from", "总分达到此分即为该等级，0–100", "the total from which on it is given, 0–100", True, maximum=100, key="from", read=_lowest)]
    source: Annotated[str, _OWN_SOURCE] = ""
    # fmt: on


class Condition(NamedTuple):
    """What excludes an enterprise from grades and ranks: a value or score of an indicator below or above a limit, or none."""

    # fmt: off
    indicator: Annotated[str, text("指标代码", "indicator", "所看的指标", "the code of the indicator looked at", True, code=True, rule=CODE_RULE)]
    measure: Annotated[str, choice("看什么", "measure", "指标值(默认)或得分", "its value (default) or its score", MEASURE_NAMES)] = VALUE
    below: Annotated[float | None, number("低于", "below", "低于此数即排除", "excluded if below this", minimum=None)] = None
    above: Annotated[float | None, number("高于", "above", "高于此数即排除", "excluded if above this", minimum=None)] = None
    reason: Annotated[Text, both("理由", "reason", "为什么排除", "why it excludes", True)] = NO_TEXT
    source: Annotated[str, _OWN_SOURCE] = ""
    # fmt: on

    def applies(self, number: float | None) -> bool:
        """Whether a value or score excludes. One that is not there does: what nobody has answered is not passed."""
        if number is None:
            return True
        return (self.below is not None and number < self.below) or (self.above is not None and number > self.above)


class Veto(NamedTuple):
    """A question that excludes by its answer: it has no weight and stands outside the index tree."""

    # fmt: off
    code: Annotated[str, text("代码", "code", "字母、数字、下划线，不与指标重复", "letters, digits, _; none of the index tree", True, always=True, rule=CODE_RULE)]
    question: Annotated[Text, both("问题", "question", "以“是”“否”回答的问题", "a question to answer by yes or no", True, always=True)] = NO_TEXT
    excludes: Annotated[str, choice("排除的回答", "excluding answer", "答此即不评等级、不排名；不填为“是”，未答也排除", "the answer that excludes from grade and rank; blank is yes; no answer excludes too", ANSWERS, quiet=True)] = YES
    reason: Annotated[Text, both("理由", "reason", "为什么排除", "why it excludes", True)] = NO_TEXT
    source: Annotated[str, _OWN_SOURCE] = ""
    # fmt: on

    def applies(self, answer: bool | None) -> bool:
        """Whether an answer excludes. None does: what nobody has answered is not passed."""
        return answer is None or answer == (self.excludes == YES)


class NotApplicable(NamedTuple):
    """A case in which an enterprise may declare an indicator not applicable."""

    # fmt: off
    code: Annotated[str, text("指标代码", "code", "可以不适用的指标", "the indicator that may be not applicable", True, code=True, rule=CODE_RULE)]
    reason: Annotated[Text, both("情形", "case", "什么情况下企业可声明不适用", "in which case an enterprise may declare it", True, english=(_REASON_EN, AS_ZH))] = NO_TEXT
    # fmt: on


class Conversion(NamedTuple):
    """A product as an amount of the product the guide is about: one unit of it is so many units of that."""

    # fmt: off
    product: Annotated[Text, both("产品", "product", "要折算的产品", "the product to convert", True)]
    unit: Annotated[str, text("产品单位", "unit", "例如 t", "e.g. t", True)]
    factor: Annotated[float, number("折算系数", "factor", "一单位该产品折合多少单位基准产品", "how many units of the guide's product one unit of it is", True, above=True, read=_factor)]
    to: Annotated[str, text("折合为", "to", "基准产品及单位，例如 t 水泥", "the guide's product and unit, e.g. t cement", True)]
    source: Annotated[str, text("来源", "source", "每个数都须有来源", "every number has a source", True)] = ""
    # fmt: on
