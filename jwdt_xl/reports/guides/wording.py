"""What the document of a guide says around what the guide says."""

from __future__ import annotations

from ...messages import Text

PROGRAM = Text("程序", "Program")
FINGERPRINT = Text("指纹 (SHA-256)", "Fingerprint (SHA-256)")
FINGERPRINT_LEAD = Text(
    "内容的任何改动都会改变指纹。填报表和结果带有它的前 16 位，汇总时按另一内容的指南填报的会被查出。",
    "Any change of the content changes it. Forms and results carry its first 16 characters, so that returns made with another content are found.",
)
DRAFT = Text("草稿：有缺项，补齐前不能用于评价", "Draft: it has gaps and scores nothing until they are filled")
ABOUT = Text("概要", "About this guide")
COUNTS = Text("指标体系", "Index system")
COUNTED = Text(
    "{g} 项一级指标，{n} 项计分的指标，{l} 层", "{g} first levels, {n} indicators that are scored, {l} levels"
)
TREE = Text("指标体系与权重", "Index system and weights")
TREE_HEADS = (
    Text("代码", "Code"),
    Text("名称", "Name"),
    Text("单位", "Unit"),
    Text("属性", "Attribute"),
    Text("占上级", "Of parent"),
    Text("占总分", "Of total"),
)
INDICATORS = Text("各项指标", "The indicators")
GROUPS = Text("指标组", "Groups of indicators")
PLACE = Text("所属", "Belongs to")
IN_WORDS = Text("算法（文字）", "Formula in words")
SCORE = Text("计分", "Score")
BENCHMARKS = Text("基准值", "Benchmarks")
LEVELS_RECOMPUTED = Text(
    "数据表“{s}”的 SHA-256：{d}。持有该文件者可用 jwdt guide benchmark 指南 --from 文件 --period 时期（比例不是 50% 的加 --share）重算并核对。",
    "SHA-256 of the table “{s}”: {d}. Who has this file recomputes and checks the benchmarks with jwdt guide benchmark GUIDE --from FILE --period PERIOD (and --share where it is not 50 %).",
)
#: Of benchmarks and of what is not applicable: the sentence that the chapter on what binds has too.
ALLOWED = Text("{w}：{t}。", "On {w}: {t}.")
NOT_STATED = Text("没有给出基准值的指标：{i}", "Indicators without a stated benchmark: {i}")
INDICATOR = Text("指标", "Indicator")
BINDING = Text("选项与约束力", "Options, and what binds")
BINDING_HEADS = (
    Text("选项", "Option"),
    Text("取值", "Value"),
    Text("谁决定", "Who decides"),
    Text("含义", "What it decides"),
)
BINDING_SHARES = (0.17, 0.22, 0.2, 0.41)
FIXED = Text("本指南规定，有约束力", "this guide, and it binds")
OFFERED = Text("本指南给出，{s}可自选", "this guide proposes, {s} may choose")
OPEN = Text("默认值，{s}可自选", "the default, {s} may choose")
BOUND = Text("默认值，有约束力", "the default, and it binds")
#: Of an option that has no default.
ASKED = Text("没有给出，{s}可自选", "not stated, {s} may choose")
NOBODYS = Text("没有给出，{s}不可自选", "not stated, {s} may not choose")
#: What stands above the tables of a guide, for those who work by it.
LEADS: dict[str, Text] = {
    "inputs": Text(
        "{s}另须填报下列各量，连同数据来源和证明。",
        "These amounts are asked of {s} too, with where each comes from and its evidence.",
    ),
    "grades": Text(
        "总分按显示的两位小数比较，达到最低总分即为该等级，取所达到的最高一级。",
        "The total is compared as shown, on two decimals; the highest grade reached is given.",
    ),
    "conditions": Text(
        "满足任一条件的{u}不评等级、不排名；没有值（未填、声明不适用）也算满足。",
        "A {u} that meets one of them gets no grade and no rank; one without a value (blank, or declared not applicable) meets it.",
    ),
    "vetoes": Text(
        "如此回答的{u}不评等级、不排名；未答也排除。不计权重，不改变分数。",
        "A {u} with this answer, or none, gets no grade and no rank. They have no weight and change no score.",
    ),
    "conversions": Text("多种产品按下列系数折算后相加。", "Products are added up after conversion by these factors."),
    "uncertainties": Text(
        "区间和概率按下列相对标准不确定度推算，其余按默认。",
        "Intervals and probabilities follow from these relative standard uncertainties, the others are the usual ones.",
    ),
    "required_pollutants": Text(
        "每个{u}都须填报；确无排放的写一行，两期填 0，并在备注中写明原因。缺了的不参加排名、不计入行业合计，直到评审 [choice]。",
        "Every {u} states them; one without it writes a row with 0 in both periods, and why. A return that lacks one is out of ranks and of the industry's sums until reviewed [choice].",
    ),
    "history": Text("新的在前。", "The latest comes first."),
}
BETWEEN_VERSIONS = Text("与上一版的不同", "Differences from the version before")
COMPARED = Text("与“{n}”{i} {v}（指纹 {h}）相比：", "Compared with “{n}”, {i} {v} (fingerprint {h}):")
SAME = Text("内容相同。", "They say the same.")
WEIGHTS_OF = Text("{n}（占总分 {w}）", "{n} ({w} of the total)")
SHARE_HEADS = (
    INDICATOR,
    Text("专家", "Experts"),
    Text("问卷", "Survey"),
    Text("主观", "Subjective"),
    Text("客观", "Objective"),
    Text("组合份额", "Share"),
    Text("权重", "Weight"),
)
SHARE_SHARES = (0.29, 0.1, 0.1, 0.1, 0.1, 0.12, 0.19)
AGREED = Text(
    "{n} 位专家评分，一致程度 Kendall W = {w}（p = {p}）", "{n} experts, agreement by Kendall's W = {w} (p = {p})"
)
CONSISTENT = Text("AHP：{n} 个判断矩阵，群体 CR = {c}{u}", "AHP: {n} matrices, CR of the group = {c}{u}")
AHP_UNUSED = Text("；客观权重未采用", "; objective is not by it")
SAMPLED = Text("客观权重取{k}[choice]：样本 {n}，来源：{s}", "Objective is by {k} [choice]: sample of {n}, source: {s}")
RECOMPUTED = Text(
    "样本“{s}”的 SHA-256：{d}。持有该文件者可用 jwdt guide weights 指南 --from 文件 重算并核对。按最小–最大归一的值计算。",
    "SHA-256 of the sample “{s}”: {d}. Who has this file recomputes and checks them with jwdt guide weights GUIDE --from FILE. They are of values normalised min–max.",
)
SAMPLE_UNUSED = Text(
    "客观权重取 AHP，样本权重只列在此处供比较。",
    "Objective is by AHP; the weights by sample stand here for comparison.",
)
SCORES = Text("专家评分：{g}", "Scores of the experts: {g}")
EXPERT = Text("专家", "Expert")
JUDGEMENTS = Text(
    "判断矩阵：{e} · {g}（λmax = {l}，CR = {c}）", "Judgements: {e} · {g} (λmax = {l}, CR = {c})"
)  # fmt: skip
METHOD = Text("计算方法", "How it is computed")
METHOD_LEAD = Text(
    "程序按下列规则计算，本指南另有规定的从其规定。note 为编制说明印出，law 为法律或国家标准，choice 为程序的选择。",
    "The program computes by these rules, unless this guide says otherwise. note: printed in the drafting note; law: a law or national standard; choice: the program's.",
)
METHOD_HEADS, METHOD_SHARES = (Text("依据", "Rests on"), Text("规则", "Rule")), (0.1, 0.9)
EDITIONS = Text("引用的标准和文件", "Standards and documents referred to")
EDITION_HEADS = (Text("编号", "Number"), Text("名称", "Title"), Text("用于", "Used for"), Text("日期", "Dates"))
EDITION_SHARES = (0.2, 0.3, 0.27, 0.23)
