"""Letters to enterprises of which nothing has come that could be evaluated: drafts like those about rejected files; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ....messages import Text
from ....opening.filenames import file_name, free_name
from ....workbook.parts import Sender
from ..letters import CONTACT, GREETING, UNTIL, Letter
from .status import BLANK, HELD, INCOMPLETE, MISSING, OPEN, REJECTED, REVIEW, Line

ENDING = "_reminder.eml"


def reminders(
    lines: Iterable[Line], sender: Sender, days: int | None, forms: Mapping[str, str], told: Iterable[str] = ()
) -> list[Letter]:
    """One for each of whom nothing, an empty form, or something unclear came; ``told`` have a letter about what was rejected.

    forms: by credit code the name of the form that was sent.
    """
    taken: set[str] = set()
    already = set(told)
    return [
        _letter(line, sender, days, forms.get(line.entry.uscc, ""), taken)
        for line in lines
        if line.state in OPEN and line.entry.uscc not in already
    ]


def _letter(line: Line, sender: Sender, days: int | None, form: str, taken: set[str]) -> Letter:
    entry = line.entry
    name = free_name(file_name(entry.uscc, entry.name, ENDING), ENDING, taken)
    about = {"f": "、".join(line.files), "r": line.reason, "c": entry.uscc, "n": entry.name}
    why = _NO_RETURN if line.state == MISSING and line.files else _WHY[line.state]
    said = [GREETING.fill(n=entry.name), "", why.fill(**about)]
    if form and line.state in (MISSING, BLANK):
        said.append(_FORM.fill(f=form))
    said += ["", _HOW if line.state in (MISSING, BLANK) else _AGAIN]
    if sender.deadline:
        said.append(UNTIL.fill(d=sender.deadline))
        if days is not None:
            said.append((_LEFT if days >= 0 else _OVER).fill(n=abs(days)))
    if sender.contact:
        said.append(CONTACT.fill(c=sender.contact))
    text = "\n".join(map(str, said)) + "\n"
    subject = str((_OVERDUE if days is not None and days < 0 else _SUBJECT).fill(n=entry.name))
    return Letter(
        name, entry.mail, entry.uscc, entry.name, entry.region, entry.industry_code, line.files, subject, text
    )


_SUBJECT = Text("请提交：{n} 减污降碳协同评价填报表", "Please send your return: {n}")
_OVERDUE = Text("已过期限，请尽快提交：{n} 减污降碳协同评价填报表", "Overdue, please send your return: {n}")
_WHY = {
    MISSING: Text("尚未收到贵单位的填报表。", "your return has not arrived yet."),
    BLANK: Text(
        "收到的文件 {f} 是空白表：报告期没有填写任何数据。请填写、保存后重新提交。",
        "the file {f} that arrived is an empty form: nothing is filled in for the report period. Please fill it in, save it and send it again.",
    ),
    # not what the code is another's: that is none of this one's business
    HELD: Text(
        "收到的文件 {f} 所填的信用代码、企业名称与登记的不一致，无法确认是贵单位的填报，暂未评价。登记的是：{c} {n}。请核对企业信息后重新提交；企业已更名的，请告知。",
        "credit code and name in the file {f} are not those on record, so it could not be confirmed that it is your return, and it is not evaluated yet. On record is: {c} {n}. Please compare them and send it again; if your name has changed please tell us.",
    ),
    REJECTED: Text(
        "收到的文件 {f} 不能用于本次评价：{r}。请按本次评价的报告期填报后重新提交。",
        "the file {f} cannot be used in this evaluation: {r}. Please fill in the period that is evaluated, and send it again.",
    ),
    INCOMPLETE: Text(
        "收到的文件 {f} 填报不完整，没有总分，不能参加排名：{r}",
        "the file {f} is incomplete, so it has no total and cannot be ranked: {r}",
    ),
    REVIEW: Text(
        "收到的文件 {f} 有须核对之处，核对前不参加排名：{r}。有误的请更正后重新提交；属实的请书面说明。",
        "in the file {f} something is to be checked before it can be ranked: {r}. If it is wrong please correct it and send it again; if it is right please explain it in writing.",
    ),
}  # fmt: skip
_NO_RETURN = Text("尚未收到贵单位可以采用的填报表。{r}", "no return of yours that can be used has arrived yet. {r}")
_FORM = Text("发给贵单位的填报表：{f}", "The form that was sent to you: {f}")
_HOW = Text(
    "请在填报表中填写黄色单元格，保存后提交 .xlsx 文件本身(不要打印件、扫描件或截图)。如已提交，请与我们联系。",
    "Please fill in the yellow cells of the form, save it and send the .xlsx file itself (no print, scan or picture). If you have sent it already please tell us.",
)
_AGAIN = Text(
    "请提交更正后的 .xlsx 文件本身(不要打印件、扫描件或截图)；新文件到达后，原文件即被取代。",
    "Please send the corrected .xlsx file itself (no print, scan or picture); once it is here it takes the place of the first one.",
)
_LEFT = Text("距期限还有 {n} 天", "{n} days are left")
_OVER = Text("已超过期限 {n} 天", "It is {n} days overdue")
