"""What the tally workbook says."""

from __future__ import annotations

from ..messages import Text
from ..standard.method import CHOICE, NOTE

OVERVIEW = Text("总览", "Overview")
FILES_SUM = Text(
    "读取 {n} 个文件 = 采用 {u} + 内容相同 {s} + 拒绝 {r} + 跳过 {k}",
    "{n} files read = {u} used + {s} copies of others + {r} rejected + {k} skipped",
)
PEOPLE_SUM = Text(
    "{n} 份答卷 = 计入 {t} + 未计入（重复、空白）{a}", "{n} people read = {t} tallied + {a} set aside (repeated, blank)"
)
ANSWERS_SUM = Text(
    "{n} 个回答 = 计入 {t} + 另存（超限、重复名次等）{a}",
    "{n} answers = {t} tallied + {a} kept aside (beyond limits, ranks twice …)",
)
QUESTIONS = Text("各题作答情况", "Answers by question")
OVERVIEW_HEAD = (
    Text("题号", "question"), Text("题型", "kind"), Text("题目", "text"), Text("被问人数", "asked"),
    Text("作答人数", "answered"), Text("另存回答", "kept aside"), Text("作答率（÷被问）", "answered / asked"),
)  # fmt: skip
RESPONDENTS = Text("受访者类型（第 1 题）", "Kinds of respondents (question 1)")
KIND = Text("类型", "kind")
PEOPLE = Text("人数", "people")
ASKED, ANSWERED = Text("被问人数", "asked"), Text("作答人数", "answered")
ANSWERED_CHART = Text("各题被问与作答人数", "Asked and answered, by question")
UNKNOWN_KIND = Text("第 1 题无有效回答", "no valid answer to question 1")

SHEET = Text("第{n}题", "Q{n}")
PEOPLE_OF = Text(
    "被问 {a} 人，作答（计入）{n} 人，另存 {k} 个回答", "{a} asked, {n} answered (tallied), {k} answers kept aside"
)
CONDITION = Text("（只问第 {d} 题选 {o} 者）", "(put to those who answer question {d} with {o})")
NUMBER, OPTION, TEXT = Text("序号", "no"), Text("选项", "option"), Text("补充说明", "text")
HEAD_CHOICE = (
    NUMBER, OPTION, Text("选择人数", "chosen by"), Text("占被问者", "share of asked"), Text("占作答者", "share of answered"),
)  # fmt: skip
HEAD_RANKING = (
    NUMBER, OPTION, Text("排名人数", "ranked by"), Text("占被问者", "share of asked"),
    Text("占作答者", "share of answered"), Text("综合得分", "composite score"), Text("位次", "place"),
)  # fmt: skip
DENOMINATOR = Text(
    "占被问者 = 选择人数 ÷ 被问人数（含未作答者）；占作答者 = 选择人数 ÷ 作答人数。",
    "Share of asked = chosen by / asked (those who skip included); share of answered = chosen by / answered.",
)
DENOMINATOR_RANKING = Text(
    "综合得分 = Σ(选项数 − 名次 + 1) ÷ 作答人数，未排的选项得 0；比例为给出名次的人数 ÷ 被问、作答人数。",
    "Composite score = Σ (number of options − rank + 1) / answered, not ranked is 0; shares are of those who ranked the option.",
)
CHART_CHOICE = Text("占被问者的比例（n = {a}）", "Share of those asked (n = {a})")
CHART_RANKING = Text("综合得分（作答 n = {n}）", "Composite score (answered, n = {n})")
BREAKDOWN = Text("按受访者类型：占被问者的比例", "By kind of respondent: share of those asked")
BREAKDOWN_RANKING = Text("按受访者类型：综合得分", "By kind of respondent: composite score")
GROUP = Text("{k}（n={n}）", "{k} (n={n})")
OWN_TEXTS = Text("补充说明（{n} 条，原文）", "Texts of their own ({n}, as written)")

WEIGHTS = Text("问卷权重", "Weights")
WEIGHTS_LEAD = Text(
    "主观权重 ∝ 所对应选项的得分之和 [choice]，在同一上级的指标之间合计为 1；与客观权重的组合另行进行。",
    "Subjective weights in proportion to the sum of the scores of the options mapped [choice]; among siblings they sum to 1. They are combined with objective ones elsewhere.",
)
CHILDREN = Text("“{p}”的下级", "Children of “{p}”")
FIRST_LEVELS = Text("指南", "the guide")
WEIGHT = Text("权重", "weight")
WEIGHTS_HEAD = (
    Text("代码", "code"), Text("指标", "indicator"), Text("得分", "score"), Text("权重", "weight"),
    Text("作答人数（最少）", "answered (least)"), Text("依据", "derivation"),
)  # fmt: skip

FINDINGS = Text("检查结果", "Findings")
FINDINGS_LEAD = Text("每条指出文件、工作表和单元格。", "Each with its file, sheet and cell.")
FINDINGS_HEAD = (Text("级别", "severity"), Text("位置", "where"), Text("内容", "finding"))
ASIDE = Text("另存的回答", "Kept aside")
ASIDE_LEAD = Text(
    "未计入的回答，原样列出；同一人的其他回答照计。",
    "Answers that do not count, as they were given; the person's other answers count.",
)
ASIDE_HEAD = (Text("题号", "question"), Text("位置", "where"), Text("原文", "as given"), Text("原因", "why"))
FILES = Text("文件", "Files")
FILES_HEAD = (Text("文件", "file"), Text("结果", "outcome"), Text("答卷数", "people"), Text("原因", "why"))
USED, REJECTED, COPY = Text("采用", "used"), Text("拒绝", "rejected"), Text("内容相同，未重复计入", "copy of another")
SKIPPED = Text("跳过", "skipped")

METHOD = Text("方法", "Method")
METHOD_LEAD = Text(
    "[note] 编制说明印出；[choice] 我们的选择，不是标准原文。",
    "[note] printed in the drafting note; [choice] ours, not the standard's text.",
)
MARK, RULE = Text("标记", "mark"), Text("规则", "rule")
RULES: tuple[tuple[str, Text], ...] = (
    (NOTE, Text("十个问题、选项、题型和限选数：编制说明附录 A（2023 年 12 月）。第 10 题印为“16选10”，只留下 15 个选项。", "The ten questions, their options, kinds and limits: annex A of the drafting note (December 2023). Question 10 is printed as “choose 10 of 16”, but only 15 options survive.")),
    (NOTE, Text("指标体系的权重参考了问卷结果和专家意见；主观赋值采取行业专家评分、问卷调查的方法。", "The weights of the index system take the survey and experts into account; subjective weights come from expert scores and the questionnaire.")),
    (CHOICE, Text("第 2 题只问企业（含金融和其他服务业），第 3 题只问政府部门；比例的分母是被问到的人，未作答者在内。", "Question 2 is put to enterprises (financial and other services included), question 3 to government departments; shares are of those asked, those who skip included.")),
    (CHOICE, Text("超出限选数、名次重复、没有的选项、未被问到者的回答另存，不计入该题；同一人的其他回答照计。名次不连续的按所填计。", "Answers beyond the limit, with a rank twice, with an unknown option, or of people not asked are kept aside; the person's other answers count. A rank left out is counted as given.")),
    (CHOICE, Text("排序题综合得分 = Σ(选项数 − 名次 + 1) ÷ 该题作答人数；未排的选项得 0。", "Composite score of a ranking = Σ (number of options − rank + 1) / people who answered it; not ranked is 0.")),
    (CHOICE, Text("同一受访者编号（或同一文件内的同一序号）：回答相同只计一次；不同则以提交时间最晚的为准；分不出先后的都不计入。一题未答的不计入。内容逐字节相同的文件只读一份。", "The same respondent's number (or the same row number within one file): equal answers count once; of different ones the latest by time; if none is known to be the latest, none counts. Who answers nothing does not count. Of files the same byte for byte one is read.")),
    (CHOICE, Text("没有某题之列的文件，视为没有问其中的人该题。", "A file without a column for a question is taken as not having put it to its people.")),
    (CHOICE, Text("指南自己的问题（附录 A 之后）：每组同级指标按重要性排序，每个选项就是一个指标；须由发问卷时的指南读取，指标名称改了即为另一问卷。", "Questions of a guide itself (behind annex A): each group of siblings is ranked by importance, each option is an indicator; they are read by the guide that the form was made with, whose names make it another survey when they change.")),
    (CHOICE, Text("权重 ∝ 对应选项的得分之和（排序题用综合得分，选择题用占被问者的比例）；二者不相加；未对应的指标为错误。", "Weights in proportion to the sum of the scores of the options mapped (composite scores of rankings, shares of asked of choices), which are not added to each other; an indicator without an option is an error.")),
)  # fmt: skip
