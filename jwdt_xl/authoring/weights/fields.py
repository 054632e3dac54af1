"""What a guide says about where its weights come from, declared once, as in `fields`: sheets, comments of guide files,
JSON Schema and the texts of `jwdt guide show`."""

from __future__ import annotations

from ...assessment.model import Spec
from ...messages import Text
from ...standard.guide.derivation import DECIMALS, EXPERTS, FEWEST_DECIMALS, MEAN, SURVEY
from ...standard.guide.weights import LINEAR, MULTIPLICATIVE
from ..fields import choice, number, text

METHODS = {
    LINEAR: Text("线性：α × 主观 + (1 − α) × 客观", "linear: α × subjective + (1 − α) × objective"),
    MULTIPLICATIVE: Text("相乘归一：与 主观 × 客观 成正比", "product: in proportion to subjective × objective"),
}
SUBJECTIVES = {
    MEAN: Text("专家与问卷的平均(只有其一时用其一)", "mean of experts and survey (or the one there is)"),
    EXPERTS: Text("只用专家评分", "experts alone"),
    SURVEY: Text("只用问卷结果", "survey alone"),
}
#: Numbers of the combination that begin above 0; these are whole.
SMALLEST = {"derivation.decimals": FEWEST_DECIMALS}
#: How the sources are combined; keys of the table derivation of a guide file.
HOW: dict[str, Spec] = {
    "method": choice("组合方式", "combination", "主观与客观结合 [note]；方式为选择 [choice]，默认线性", "subjective and objective combined [note]; how is a choice [choice], linear by default", METHODS),
    "alpha": number("α (主观所占比例)", "α (share of the subjective)", "0–1，默认 0.5 [choice]；只用于线性组合", "0–1, 0.5 by default [choice]; for the linear combination only", maximum=1),
    "subjective": choice("主观权重取", "subjective is", "行业专家评分和问卷调查 [note]；两者都有时默认取平均 [choice]", "experts and questionnaire [note]; where there are both, their mean by default [choice]", SUBJECTIVES),
    "decimals": number("权重小数位数", "decimals of weights", f"{FEWEST_DECIMALS}–{DECIMALS}，默认 {DECIMALS}；位数少时按最大余数法取整，下级之和仍等于上级 [choice]", f"{FEWEST_DECIMALS}–{DECIMALS}, {DECIMALS} by default; with fewer, by largest remainders, so that children still sum to their parent [choice]", maximum=DECIMALS),
    "experts_source": text("专家评分的来源", "source of the scores", "谁、何时、以何种方式评分", "who scored, when and how"),
    "ahp_source": text("AHP 的依据", "what AHP rests on", "主管部门文件中的层次结构(文件名称、文号)，谁、何时判断", "the hierarchy in the authorities' documents (title, number); who judged and when"),
}  # fmt: skip
EXPERT: dict[str, Spec] = {
    "name": text("专家", "expert", "姓名或代号，不重复", "name or sign, each its own", True),
    "weight": number("专家权重", "weight of the expert", "不小于 0，不填为 1；只用于评分的平均，AHP 的几何平均不加权", "at least 0, 1 if left out; for the mean of the scores only, the geometric mean of AHP has no weights"),
    "scores": number("评分", "scores", "按代码，不小于 0；同级指标全部评分或全部不评，分制随意(各组归一)", "by code, at least 0; all siblings or none; any scale (each group is normalised)"),
}  # fmt: skip
MATRIX: dict[str, Spec] = {
    "expert": text("专家", "expert", "专家名单中的一位", "one of the experts", True),
    "parent": text("上级代码", "parent", "比较其下级；一级指标之间的比较留空", "whose children are compared; blank for the first levels"),
    "judgements": number("判断", "judgements", "行代码对列代码，1/9–9，每对只填一次；小于 1 的可写 \"1/3\"", "row code against column code, 1/9–9, each pair once; those below 1 may be written \"1/3\""),
}  # fmt: skip
SURVEY_RESULT: dict[str, Spec] = {
    "code": text("代码", "code", "指标或指标组的代码", "of the indicator or group", True),
    "score": number("得分合计", "sum of scores", "对应于该项的各选项得分之和(jwdt survey 的结果)，不小于 0；同级须全部填写", "the scores of the options mapped to it, summed (from jwdt survey), at least 0; all siblings need one", True),
    "answers": number("答卷数", "answers", "该题的有效答卷数", "valid answers to the question"),
    "source": text("来源", "source", "问卷、时间、题目和选项", "questionnaire, time, questions and options"),
}  # fmt: skip
#: The arrays of the table derivation, with what an entry says.
ENTRIES: dict[str, dict[str, Spec]] = {"experts": EXPERT, "ahp": MATRIX, "survey": SURVEY_RESULT}
TITLES: dict[str, Text] = {
    "experts": Text("专家评分", "Experts"),
    "ahp": Text("AHP 判断矩阵", "AHP"),
    "survey": Text("问卷结果", "Survey results"),
    "combination": Text("权重组合", "Weights combined"),
}
LEADS: dict[str, Text] = {
    "experts": Text("每行一位专家，逐组给同级指标评分，分制随意；整组留空为未评。上方实时显示归一后的平均(按专家权重)和一致程度 Kendall W(0–1)。不用专家评分则留空。", "An expert a row; score the siblings of a group on any scale, or leave the whole group blank. Above, live: the normalised mean (by weight of experts) and their agreement, Kendall's W (0–1). Leave it empty if there are no experts."),
    "ahp": Text("同级指标两两比较：行比列重要几倍，1 同等、3 稍重要、5 明显、7 强烈、9 极端；反过来选或输入 1/3 等。只填浅色的上三角，下三角自动取倒数。每位专家一个矩阵，群体取几何平均；每个 CR 须小于 0.10，否则不能据以定权，先改最不一致的判断。", "Siblings in pairs: how many times the row is as important as the column, 1 equal, 3 moderately, 5 clearly, 7 strongly, 9 extremely; the other way choose or type 1/3 … Fill the light upper triangle only, the other one is computed. A matrix per expert, their group by geometric mean; every CR must be below 0.10, or it is no basis for weights: look at the most inconsistent judgement first."),
    "survey": Text("每项填写对应选项的得分合计，同级之间按得分定份额。可由 jwdt guide new --survey 结果.json 带入，也可手填。没有问卷则留空。", "The scores of the options mapped to each node, summed; siblings share in proportion. Filled in by jwdt guide new --survey TALLY.json or by hand. Leave it empty if there is no survey."),
    "combination": Text("每组同级指标：主观(专家、问卷)与客观(AHP)组合为份额，乘上级权重即为占总分的权重，指标树的“采用权重”随之更新。没有任何推导的组保持指标树中填写的权重。", "Per group of siblings: subjective (experts, survey) and objective (AHP) are combined into shares; times the parent's weight they are the weights in the total, which the index tree shows as weight in use. Groups without any of these keep the weight typed in the tree."),
}  # fmt: skip
DERIVATION = Text("权重的由来", "Where the weights come from")
DERIVATION_LEAD = Text(
    "可省略；有推导的组，其下级的权重由此算出，指标树中可不写权重",
    "may be left out; the weights of groups that are in it are computed from it and need not be written in the tree",
)
