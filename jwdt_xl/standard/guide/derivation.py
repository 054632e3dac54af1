"""What the weights of a guide are derived from, each part declared once: experts, AHP, a survey, a sample, and how they combine.

Subjective and objective, and that they are combined, is the note's; how they are combined is a choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from ...errors import JwdtError
from ...messages import Text, one_of
from ...messages import number as shown
from ..record import choice, finite, number, short, table, text
from .matrices import LARGEST_JUDGEMENT
from .nodes import CODE_RULE, LOOSE
from .weights import ALPHA, LINEAR, MULTIPLICATIVE

#: Where a group has both experts and a survey, the subjective share is their mean, or one of them alone [choice].
MEAN, EXPERTS, SURVEY = SUBJECTIVE = ("mean", "experts", "survey")
SUBJECTIVES = {
    MEAN: Text("专家与问卷的平均(只有其一时用其一)", "mean of experts and survey (or the one there is)"),
    EXPERTS: Text("只用专家评分", "experts alone"),
    SURVEY: Text("只用问卷结果", "survey alone"),
}
#: What objective weights are by: AHP is the note's, entropy and CRITIC of a sample of data are alternatives [choice].
AHP, ENTROPY, CRITIC = OBJECTIVE = ("ahp", "entropy", "critic")
OBJECTIVE_NAMES = {AHP: Text("AHP", "AHP"), ENTROPY: Text("熵权", "entropy"), CRITIC: Text("CRITIC", "CRITIC")}
OBJECTIVES = {
    AHP: Text("AHP(层次分析法)", "AHP"),
    ENTROPY: Text("熵权(有样本的组，其余用 AHP)", "entropy weights (of groups with a sample, else AHP)"),
    CRITIC: Text("CRITIC(有样本的组，其余用 AHP)", "CRITIC (of groups with a sample, else AHP)"),
}
METHODS = {
    LINEAR: Text("线性：α × 主观 + (1 − α) × 客观", "linear: α × subjective + (1 − α) × objective"),
    MULTIPLICATIVE: Text("相乘归一：与 主观 × 客观 成正比", "product: in proportion to subjective × objective"),
}
#: Judgements of AHP are on Saaty's scale, 1/9 to 9 [choice]: a number beyond it is a slip, such as a date for 1/3.
SCALE = 9
#: Decimals of weights; fewer give weights as they are printed.
DECIMALS, FEWEST_DECIMALS = 12, 2
#: A digest as text, and how the JSON Schema says it.
_DIGEST = re.compile("[0-9a-f]{64}")
_DIGEST_RULE = (("type", "string"), ("pattern", "^([0-9a-fA-F]{64})?$"))
#: Every expert may judge every group.
MOST_MATRICES = 10_000


def digits(value: float) -> float:
    """A number as every program keeps it: to 15 significant digits."""
    return float(f"{value:.15g}")


def at_least_0(value: Any) -> float:
    """A score or the weight of an expert."""
    found = finite("" if value is None else value)
    if not 0 <= found < LARGEST_JUDGEMENT:
        text = Text("须不小于 0 且小于 1E9，实为 {v}", "must be at least 0 and below 1E9, got {v}")
        raise JwdtError(text.fill(v=f"{found:.6g}"), "bad-weight")
    return digits(found)


def _alpha(value: Any) -> float:
    alpha = ALPHA if value is None else finite(value)
    if not 0 <= alpha <= 1:
        raise JwdtError(Text("α 须为 0–1，实为 {v}", "alpha must be 0–1, got {v}").fill(v=shown(alpha)), "bad-option")
    return digits(alpha)


def _decimals(value: Any) -> int:
    decimals = float(DECIMALS) if value is None else finite(value)
    if not (FEWEST_DECIMALS <= decimals <= DECIMALS and decimals.is_integer()):
        text = Text("小数位数须为 {a}–{b} 的整数，实为 {v}", "decimals must be a whole number {a}–{b}, got {v}")
        raise JwdtError(text.fill(a=FEWEST_DECIMALS, b=DECIMALS, v=shown(decimals)), "bad-option")
    return int(decimals)


def _method(said: str) -> str:
    return _offered(said, METHODS)


def _subjective(said: str) -> str:
    return _offered(said, SUBJECTIVES)


def _objective(said: str) -> str:
    return _offered(said, OBJECTIVES)


def _sha256(said: str) -> str:
    if not _DIGEST.fullmatch(said.lower()):
        text = Text(
            "须为样本文件的 SHA-256(64 位十六进制)，实为“{v}” — 由 jwdt guide weights 填入",
            "must be the SHA-256 of the file of the sample, 64 hexadecimal digits, got “{v}” — jwdt guide weights fills it in",
        )
        raise JwdtError(text.fill(v=short(said)), "bad-digest")
    return said.lower()


def _count(value: Any) -> float:
    found = finite("" if value is None else value)
    if not (found.is_integer() and 1 <= found < LARGEST_JUDGEMENT):
        raise JwdtError(
            Text("须为正整数，实为 {v}", "must be a positive whole number, got {v}").fill(v=f"{found:.6g}"),
            "bad-number",
        )
    return found


def _offered(said: str, choices: Mapping[str, Text]) -> str:
    if said not in choices:
        text = Text("须为 {a}，实为“{v}”", "must be {a}, got “{v}”").fill(a=one_of(choices.items()), v=short(said))
        raise JwdtError(text, "bad-option")
    return said


class Expert(NamedTuple):
    """One who scores nodes, judges pairs of them, or both; a group is scored wholly or not at all."""

    # fmt: off
    name: Annotated[str, text("专家", "expert", "姓名或代号，不重复", "name or sign, each its own", True)]
    weight: Annotated[float, number("专家权重", "weight of the expert", "不小于 0，不填为 1；只用于评分的平均，AHP 的几何平均不加权", "at least 0, 1 if left out; for the mean of the scores only, the geometric mean of AHP has no weights", read=at_least_0)] = 1.0
    scores: Annotated[Mapping[str, float], number("评分", "scores", "按代码，不小于 0；同级指标全部评分或全部不评，分制随意(各组归一)", "by code, at least 0; all siblings or none; any scale (each group is normalised)", by=1, read=at_least_0)] = {}
    # fmt: on


class Matrix(NamedTuple):
    """One expert's judgements on the children of a parent: by code, each pair once, the earlier child first."""

    # fmt: off
    expert: Annotated[str, text("专家", "expert", "专家名单中的一位", "one of the experts", True)]
    parent: Annotated[str, text("上级代码", "parent", "比较其下级；一级指标之间的比较留空", "whose children are compared; blank for the first levels", rule=LOOSE)]
    judgements: Annotated[Mapping[str, Mapping[str, float]], number("判断", "judgements", '行代码对列代码，1/9–9，每对只填一次；小于 1 的可写 "1/3"', 'row code against column code, 1/9–9, each pair once; those below 1 may be written "1/3"', by=2, always=True)]
    # fmt: on


class SurveyResult(NamedTuple):
    """What a survey says of a node: the sum of the scores of the options mapped to it, of so many answers."""

    # fmt: off
    code: Annotated[str, text("代码", "code", "指标或指标组的代码", "of the indicator or group", True, rule=CODE_RULE)]
    score: Annotated[float, number("得分合计", "sum of scores", "对应于该项的各选项得分之和(jwdt survey 的结果)，不小于 0；同级须全部填写", "the scores of the options mapped to it, summed (from jwdt survey), at least 0; all siblings need one", True, read=at_least_0)]
    answers: Annotated[float | None, number("答卷数", "answers", "该题的有效答卷数", "valid answers to the question", read=at_least_0)] = None
    source: Annotated[str, text("来源", "source", "问卷、时间、题目和选项", "questionnaire, time, questions and options")] = ""
    # fmt: on


_COMPUTED = Text(
    "组内份额，不小于 0；由 jwdt guide weights 算出", "share of its group, at least 0; computed by jwdt guide weights"
)


class SampleWeight(NamedTuple):
    """What the data of a sample give a node as its objective weight: shares of its group, and which sample it was."""

    # fmt: off
    code: Annotated[str, text("代码", "code", "指标的代码", "of the indicator", True, rule=CODE_RULE)]
    entropy: Annotated[float | None, number("熵权", "entropy", *_COMPUTED, read=at_least_0)] = None
    critic: Annotated[float | None, number("CRITIC", "CRITIC", *_COMPUTED, read=at_least_0)] = None
    sampled: Annotated[float | None, number("样本数", "sample size", "本组各指标数据齐全的行数", "rows with all values of the group", whole=True, read=_count)] = None
    source: Annotated[str, text("来源", "source", "样本是什么：文件、时期、范围", "what the sample is: file, period, scope")] = ""
    sha256: Annotated[str, text("样本的 SHA-256", "SHA-256 of the sample", "样本文件的指纹，读者据此核对手中的样本", "of the file of the sample, by which a reader knows it", read=_sha256, rule=_DIGEST_RULE)] = ""
    # fmt: on


class Derivation(NamedTuple):
    """Everything the weights of a guide are derived from, and how."""

    # fmt: off
    method: Annotated[str, choice("组合方式", "combination", "主观与客观结合 [note]；方式为选择 [choice]，默认线性", "subjective and objective combined [note]; how is a choice [choice], linear by default", METHODS, read=_method)] = LINEAR
    alpha: Annotated[float, number("α (主观所占比例)", "α (share of the subjective)", "0–1，默认 0.5 [choice]；只用于线性组合", "0–1, 0.5 by default [choice]; for the linear combination only", maximum=1, read=_alpha)] = ALPHA
    subjective: Annotated[str, choice("主观权重取", "subjective is", "行业专家评分和问卷调查 [note]；两者都有时默认取平均 [choice]", "experts and questionnaire [note]; where there are both, their mean by default [choice]", SUBJECTIVES, read=_subjective)] = MEAN
    objective: Annotated[str, choice("客观权重取", "objective is", "AHP [note]，默认；熵权、CRITIC 只出自样本数据，是 AHP 之外的备选 [choice]", "AHP [note], by default; entropy and CRITIC follow from a sample of data alone, alternatives to AHP [choice]", OBJECTIVES, quiet=True, read=_objective, since=8)] = AHP
    decimals: Annotated[int, number("权重小数位数", "decimals of weights", f"{FEWEST_DECIMALS}–{DECIMALS}，默认 {DECIMALS}；位数少时按最大余数法取整，下级之和仍等于上级 [choice]", f"{FEWEST_DECIMALS}–{DECIMALS}, {DECIMALS} by default; with fewer, by largest remainders, so that children still sum to their parent [choice]", minimum=FEWEST_DECIMALS, maximum=DECIMALS, whole=True, quiet=True, read=_decimals)] = DECIMALS
    experts_source: Annotated[str, text("专家评分的来源", "source of the scores", "谁、何时、以何种方式评分", "who scored, when and how")] = ""
    ahp_source: Annotated[str, text("AHP 的依据", "what AHP rests on", "主管部门文件中的层次结构(文件名称、文号)，谁、何时判断", "the hierarchy in the authorities' documents (title, number); who judged and when")] = ""
    experts: Annotated[tuple[Expert, ...], table(Expert, "专家评分", "Experts", "每行一位专家，逐组给同级指标评分，分制随意；整组留空为未评。上方实时显示归一后的平均(按专家权重)和一致程度 Kendall W(0–1)。不用专家评分则留空。", "An expert a row; score the siblings of a group on any scale, or leave the whole group blank. Above, live: the normalised mean (by weight of experts) and their agreement, Kendall's W (0–1). Leave it empty if there are no experts.")] = ()
    ahp: Annotated[tuple[Matrix, ...], table(Matrix, "AHP 判断矩阵", "AHP", "同级指标两两比较：行比列重要几倍，1 同等、3 稍重要、5 明显、7 强烈、9 极端；反过来选或输入 1/3 等。只填浅色的上三角，下三角自动取倒数。每位专家一个矩阵，群体取几何平均；每个 CR 须小于 0.10，否则不能据以定权，先改最不一致的判断。", "Siblings in pairs: how many times the row is as important as the column, 1 equal, 3 moderately, 5 clearly, 7 strongly, 9 extremely; the other way choose or type 1/3 … Fill the light upper triangle only, the other one is computed. A matrix per expert, their group by geometric mean; every CR must be below 0.10, or it is no basis for weights: look at the most inconsistent judgement first.", MOST_MATRICES)] = ()
    survey: Annotated[tuple[SurveyResult, ...], table(SurveyResult, "问卷结果", "Survey results", "每项填写对应选项的得分合计，同级之间按得分定份额。可由 jwdt guide new --survey 结果.json 带入，也可手填。没有问卷则留空。", "The scores of the options mapped to each node, summed; siblings share in proportion. Filled in by jwdt guide new --survey TALLY.json or by hand. Leave it empty if there is no survey.")] = ()
    sample: Annotated[tuple[SampleWeight, ...], table(SampleWeight, "样本权重", "Sample", "样本数据得出的熵权和 CRITIC 权重(组内份额)，由 jwdt guide weights 指南 --from 样本 填入，并带样本的来源和指纹。“权重组合”选熵权或 CRITIC 时才采用。没有样本则留空。", "Entropy and CRITIC weights by a sample of data (shares of a group), filled in by jwdt guide weights GUIDE --from SAMPLE with the source and fingerprint of the sample. They count only where Weights combined chooses entropy or CRITIC. Leave it empty if there is no sample.", since=8)] = ()
    # fmt: on
