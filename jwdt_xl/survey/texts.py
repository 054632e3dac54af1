"""What the survey workbook says beside the questions, whose own texts are data of the standard."""

from __future__ import annotations

from ..messages import Text
from ..standard.questionnaire import MULTIPLE, RANKING, SINGLE

LEAD = Text(
    "请在黄色格内作答。每题右侧随时显示是否填对。可以不答某题；打印后也可手写。",
    "Answer in the yellow cells. What stands to the right of a question tells whether it is filled in right. "
    "Any question may be left out. It can be printed and filled in by hand.",
)
ID = Text(
    "受访者编号（由发放单位给出；没有则留空）", "respondent's number (given by the sender; blank if there is none)"
)
ID_HELP = Text(
    "用于识别重复提交；不要填姓名、电话。", "Tells repeated answers apart. No name or telephone number, please."
)
ANSWER_HEAD = {SINGLE: Text("打 √", "tick √"), MULTIPLE: Text("打 √", "tick √"), RANKING: Text("名次", "rank")}
HOW = {
    SINGLE: Text("只选一项", "choose one"),
    MULTIPLE: Text("可选多项", "several may be chosen"),
    RANKING: Text(
        "填名次：1 为最优先，不重复；不关心的留空", "type ranks: 1 is first, none twice; blank is not ranked"
    ),
}
TICK_HELP = Text("选 √ 或留空", "choose √ or leave it blank")
RANK_HELP = Text("选名次 1–{n}，1 为最优先；每个名次只用一次", "choose a rank 1–{n}, 1 is first; use each rank once")
TICK_WRONG = Text("请从列表选 √，或清空。", "Choose √ from the list, or clear the cell.")
RANK_WRONG = Text("请从列表选一个名次，或清空。", "Choose a rank from the list, or clear the cell.")
OWN_TEXT = Text("“其他”请在此补充", "say here what “other” is")
ONLY = Text("只在第 {d} 题选了“{o}”时作答", "only if question {d} is answered “{o}”")
COLOUR_KEY = {
    "needed": Text("黄色：在此作答", "yellow: your answer"),
    "optional": Text("浅色：选填", "light: optional"),
    "computed": Text("绿色：自动检查，请勿改动", "green: checks itself, do not change"),
}
STAMP = {
    "format": Text("文件格式", "format"),
    "layout": Text("布局版本", "layout version"),
    "questionnaire": Text("问卷", "questionnaire"),
    "language": Text("语言", "language"),
}
STEPS = (
    Text("填写步骤", "How to fill it in"),
    (
        Text("1. 打开“问卷”工作表。", "1. Open the sheet Survey."),
        Text("2. 单选、多选：在所选项的黄色格内选 √。", "2. Choices: put √ into the yellow cell of what you choose."),
        Text("3. 排序：在黄色格内选名次，1 为最优先；可以只排一部分。", "3. Rankings: choose ranks, 1 is first; not everything needs a rank."),
        Text("4. 右侧提示“待更正”的原因；改好后保存，原样发回。", "4. The words to the right tell what is to be corrected. Save the file and send it back as it is."),
    ),
)  # fmt: skip
RULES = (
    Text("统计规则", "How it is counted"),
    (
        Text("超出限选数、名次重复的回答单独列出，不计入该题；其他题照计。", "An answer beyond the limit, or with a rank given twice, is listed and not counted; the other answers are."),
        Text("排序题综合得分 = Σ(选项数 − 名次 + 1) ÷ 该题作答人数，未排的选项得 0。", "Composite score of a ranking = Σ (number of options − rank + 1) / people who answered it; not ranked gives 0."),
        Text("第 2 题只问企业，第 3 题只问政府部门；比例的分母是被问到的人。", "Question 2 is for enterprises, question 3 for government departments; shares are of those asked."),
    ),
)  # fmt: skip
SOURCE = Text("问卷出处", "Where the questions come from")
SENDER = Text(
    "汇总（发放单位）：jwdt survey tally 文件夹 -o 汇总.xlsx",
    "To tally (sender): jwdt survey tally FOLDER -o TALLY.xlsx",
)
