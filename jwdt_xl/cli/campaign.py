"""``jwdt campaign``: a yearly campaign in one folder, from the register to the results; nothing is sent by this program."""

from __future__ import annotations

import argparse
import datetime
import os
from typing import TYPE_CHECKING

from .. import workbook
from ..messages import ERROR, WARNING, Finding, Text, get_language
from ..opening import outputs
from . import BAD_DATA, FINE
from .campaign_new import loaded, new
from .campaign_review import review_form
from .feedback import feedback_of, feedback_of_several
from .options import add_force, add_jobs, flag, option
from .output import WrongUse, say, say_findings, tell, tell_json, written
from .parser import actions_of
from .paths import Folder, Read
from .portfolio import add_previous, jobs_of, read_and_write, run_of, told

if TYPE_CHECKING:
    from ..portfolio.campaign.last import Last
    from ..portfolio.campaign.yearly.folder import Campaign
    from ..portfolio.campaign.yearly.status import Status
    from ..portfolio.campaign.yearly.status_book import Day
    from ..portfolio.run import Run


def campaign_options(parser: argparse.ArgumentParser) -> None:
    add = actions_of(parser)
    make = add(
        "new",
        new,
        "建立评价的文件夹和声明 campaign.toml",
        "make the folder of a campaign and its declaration campaign.toml",
    )
    _add_folder(make)
    option(make, "--register", "企业登记表，复制到文件夹中；省略则生成只有表头的 register.csv", "the register of enterprises, copied into the folder; without it a register.csv with headings alone", metavar="R", type=Read)  # fmt: skip
    option(make, "--guide", "指南，可给出几次：自带指南的名称，或文件（复制到文件夹中）；省略则用总则的内置指标体系", "a guide, may be given several times: the name of a shipped one, or a file, which is copied into the folder; default: the built-in general rule", metavar="G", type=Read, action="append", default=[])  # fmt: skip
    add_previous(make)
    for name, zh, en, metavar in (
        ("--name", "评价的名称", "what the campaign is called", "TEXT"),
        ("--period", "评价的报告期", "the report period that is evaluated", "LABEL"),
        ("--deadline", "交回期限，YYYY-MM-DD", "until when returns are to be back, YYYY-MM-DD", "DATE"),
        ("--contact", "发放单位、联系人和电话", "who sends forms out and whom to ask", "TEXT"),
    ):
        option(make, name, zh, en, metavar=metavar, default="")
    send = add("send", _send, "为登记表中的每家企业生成自己指南的模板，放在 outbox", "write each enterprise of the register a form by its own guide, into outbox")  # fmt: skip
    _add_folder(send)
    add_jobs(send)
    status = add("status", _status, "谁已交回、已评价、被拒绝(原因)、未交回，距期限几天", "who has returned, is scored, rejected (why) or missing, and how many days are left")  # fmt: skip
    _add_folder(status)
    option(status, "--on", "以哪一天计算天数；默认今天", "the day on which the days left are counted; default today", metavar="DATE", type=_date)  # fmt: skip
    flag(status, "--letters", "另在 letters 中生成催报信、退回信草稿和邮件合并表（本程序不发送）", "drafts of reminders and of letters about rejected files, and a table to merge, in letters (this program sends nothing)")  # fmt: skip
    flag(status, "--json", "只输出 JSON", "print JSON alone")
    add_jobs(status)
    collect = add("collect", _collect, "收集 inbox 中的填报，记为一轮，排名，生成 portfolio 和状态表", "collect what is in inbox as a round, rank it, and write portfolio and status")  # fmt: skip
    _add_folder(collect)
    add_jobs(collect)
    form = add("review", _review, "生成评审表：已决定的、使填报待评审的各项、有警告的单元格，填好即可采用", "write the review to fill in: what was decided, what holds returns back, cells with a warning")  # fmt: skip
    _add_folder(form)
    add_jobs(form)
    close = add("close", _close, "最后收集一次，生成 results（结果、退回信、计入的填报清单），并记为结束", "collect once more, write results (results, letters, a list of the returns that count), and mark it closed")  # fmt: skip
    _add_folder(close)
    option(close, "--sign", "私钥（PEM）：用 openssl 对计入的填报清单签名；私钥不会写进文件夹", "private key (PEM): sign the list of the returns that count by openssl; the key itself goes nowhere", metavar="KEY.pem", type=Read)  # fmt: skip
    add_jobs(close)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    option(parser, "folder", "评价的文件夹", "the folder of the campaign", metavar="DIR", type=Folder)
    add_force(parser)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(str(Text("须为日期 YYYY-MM-DD", "must be a date YYYY-MM-DD"))) from None


def campaign(options: argparse.Namespace) -> int:
    code: int = options.act(options)
    return code


def _opened(options: argparse.Namespace, to_change: bool = False) -> Campaign:
    from ..portfolio.campaign.yearly import declaration

    declared = declaration.read_declaration(options.folder)
    if to_change and declared.closed:
        raise WrongUse(
            "该评价已于 {d} 结束 — 要重新开放，请删去 {p} 中 closed 的日期",
            "the campaign was closed on {d} — to open it again delete the date of closed in {p}",
            d=declared.closed,
            p=os.path.join(options.folder, declaration.NAME),
        )
    found = loaded(options.folder, declared)
    outputs.new_folder(found.path("inbox"))  # an empty one may be lost on the way, as in an archive
    outputs.inputs.set(found.inputs)
    if not found.register.entries:
        say_findings(found.findings)
        raise WrongUse(
            "登记表 {p} 中还没有可用的企业 — 请补充企业名称和信用代码",
            "the register {p} has no usable enterprise yet — give names and credit codes",
            p=found.path(declared.register),
        )
    return found


def _send(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.distribute import Accounts, Settings, distribute
    from ..portfolio.campaign.register import Register
    from ..portfolio.campaign.yearly.folder import OUTBOX
    from .progress import Progress

    found = _opened(options, to_change=True)
    sender = workbook.Sender(found.declared.contact, found.declared.deadline)
    findings: list[Finding] = found.findings
    last = _last_year(found, jobs_of(options), findings)
    accounts, paths = Accounts(found.register.rows), list[str]()
    root = os.path.dirname(os.path.abspath(found.path(found.declared.register)))
    with Progress(Text("生成模板", "writing templates"), len(found.assigned.guides)) as progress:
        for guide in found.guides.all:
            entries = found.entries_of(guide.id)
            if not entries:
                continue
            folder = outputs.new_folder(found.outbox(guide.id))
            settings = Settings(guide, found.declared.host, get_language(), {}, sender)
            register = Register(entries, [], len(entries))
            for order, wrong in distribute(register, folder, settings, last, root, jobs_of(options, len(entries))):
                findings += wrong
                accounts.add(order)
                paths += [order.path] if order is not None else []
                progress.step()
    findings += found.left_over(paths)
    say_findings(findings)
    text = Text("{a}；模板在 {o}，请自行发出", "{a}; the forms are in {o}: send them yourself")
    say(text.fill(a=accounts, o=found.path(OUTBOX)))
    if last or accounts.filled:
        say(
            Text("其中 {n} 份以上年数据预填基准期", "{n} of them have base periods filled in from last year").fill(
                n=accounts.filled
            )
        )
    return BAD_DATA if any(finding.severity == ERROR for finding in findings) else FINE


def _last_year(found: Campaign, jobs: int, findings: list[Finding]) -> Last:
    """What counted in last year's campaign, where the declaration names its folder; a portfolio alone holds no forms."""
    from ..portfolio.campaign.yearly import last_year
    from ..portfolio.campaign.yearly.declaration import read_declaration
    from ..portfolio.campaign.yearly.folder import is_campaign

    previous = found.declared.previous and found.path(found.declared.previous)
    if not previous:
        return {}
    if not is_campaign(previous):
        text = Text(
            "不是一次评价的文件夹，模板没有以上年数据预填 — 要预填，请写上年评价的文件夹",
            "is no folder of a campaign, so forms are not filled in from last year — to have that name last year's folder",
        )
        findings.append(Finding(WARNING, "previous-no-campaign", previous, text, "completeness"))
        return {}
    return last_year.counted(loaded(previous, read_declaration(previous)), found.assigned.guides, jobs, findings)


def _status(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.yearly import status_book
    from ..portfolio.campaign.yearly.folder import Rounds
    from .progress import Progress

    found = _opened(options)
    outputs.new_folder(found.path("portfolio"))
    day = status_book.Day(found.declared, options.on or datetime.date.today())
    with run_of(found.plan(jobs_of(options), Rounds(found.folder))) as work:
        with Progress(Text("读取", "reading"), len(work.sources)) as progress:
            for read in work.read():
                progress.step(read.refused)
        work.assembled()
        state = _told_status(found, work, day, table=not options.json)
        if options.json:
            tell_json(status_book.as_dict(state, day))
        if options.letters:
            _letters(found, work, state, day)
        say(work.accounting())
        return FINE if work.fine and not any(f.severity == ERROR for f in found.findings) else BAD_DATA


def _told_status(found: Campaign, work: Run, day: Day, table: bool = True) -> Status:
    """The status of what was read: on the terminal, and as a workbook."""
    from ..portfolio.campaign.yearly import status_book
    from ..portfolio.campaign.yearly.folder import STATUS
    from ..portfolio.campaign.yearly.status import REJECTED, status

    say_findings(found.assigned.findings)
    state = status(found.register.entries, found.assigned.guides, work.groups, work.get)
    path = found.path(STATUS)
    with outputs.new_file(path) as temporary:
        status_book.write(temporary, state, day, found.register)
    if table:
        tell(status_book.lead(state, day))
        _show(state)
        beside = [line.entry.name for line in state.lines if line.state == REJECTED and line.total is not None]
        if beside:
            say(_OTHER_PERIODS.fill(n=len(beside), e="、".join(beside[:3]) + "……" * (len(beside) > 3)))
    written(path)
    return state


_OTHER_PERIODS = Text(
    "被拒绝的之中 {n} 家只交回了其他报告期的填报（{e}），另列、不排名：请它们按本次的报告期重新提交",
    "{n} of the rejected sent a return of another period alone ({e}), which is listed apart without a rank: ask them for one of this period",
)


def _show(state: Status) -> None:
    from ..portfolio.campaign.yearly.status import MISSING, RANKED, STATES, counts
    from .tables import Rows, console

    listed = list(counts(state.lines))
    shown = [key for key in STATES if key in (RANKED, MISSING) or any(count.states[key] for count in listed)]
    table = Rows(header_style="bold")
    table.add_column(str(Text("分类", "by")), no_wrap=True)
    table.add_column(str(Text("名称", "name")), min_width=12)
    for title in (Text("企业", "all"), Text("已交回", "returned"), *(STATES[key] for key in shown)):
        table.add_column(str(title), justify="right")
    before = None
    for count in listed:
        if before not in (None, count.kind):
            table.add_section()
        before = count.kind
        numbers = (count.all, count.returned, *(count.states[key] for key in shown))
        table.add_row(str(count.kind), count.name, *map(str, numbers))
    console().print(table)


def _letters(found: Campaign, work: Run, state: Status, day: Day) -> None:
    """Drafts: about what was rejected, and reminders to all others of whom nothing is scored."""
    from ..portfolio.campaign.yearly import drafts
    from ..portfolio.campaign.yearly.folder import LETTERS

    folder = outputs.new_folder(found.path(LETTERS, day.on.isoformat()))  # what is settled stays with its day
    outputs.check_writable(folder)
    sender = workbook.Sender(found.declared.contact, found.declared.deadline)
    forms = {line.entry.uscc: found.form_of(line.entry) for line in state.lines}
    made = drafts.of(state, work.groups, work.get, sender, day.days, forms)
    say_findings([finding for error in drafts.write(made, folder) for finding in error.findings])
    say_findings(drafts.left_over(made, folder))
    text = Text(
        "已生成 {m} 封催报信、{r} 封退回信的草稿：{f}（本程序不发送）",
        "drafts of {m} reminders and {r} letters about rejected files written: {f} (this program sends nothing)",
    )
    say(text.fill(m=len(made.reminders), r=len(made.rejected), f=folder))


def _review(options: argparse.Namespace) -> int:
    return review_form(_opened(options), options)


def _collect(options: argparse.Namespace) -> int:
    found = _opened(options, to_change=True)
    return _round(found, options)


def _round(found: Campaign, options: argparse.Namespace) -> int:
    from ..portfolio.campaign.yearly import returns, status_book
    from ..portfolio.campaign.yearly.folder import RESULTS, RETURNS, Rounds

    today = datetime.date.today()
    outputs.new_folder(found.path("portfolio"))
    rounds = Rounds(found.folder)
    with run_of(found.plan(jobs_of(options), rounds)) as work:
        read_and_write(work)
        say_findings(list(work.rejections()))
        _told_status(found, work, status_book.Day(found.declared, today))
        say(rounds.write(today.isoformat()))
        if options.action == "close":
            outputs.new_folder(found.path(RESULTS))
            for path in returns.publish(
                found.path(RESULTS, RETURNS), work.sources, work.groups, work.get, options.sign or ""
            ):
                written(path)
        return told(work, found.path("portfolio"))


def _close(options: argparse.Namespace) -> int:
    from ..portfolio.book.reader import read_whole
    from ..portfolio.campaign.yearly import declaration
    from ..portfolio.campaign.yearly.folder import RESULTS

    found = _opened(options, to_change=True)
    code = _round(found, options)
    sender = workbook.Sender(found.declared.contact, found.declared.deadline)
    path, folder = found.path(declaration.PORTFOLIO, declaration.BOOK), outputs.new_folder(found.path(RESULTS))
    whole = read_whole(path)
    if whole is not None:
        code = max(code, feedback_of_several(path, whole, found.guides, folder, sender))
    else:
        code = max(code, feedback_of(path, found.guides.all[0], folder, sender))
    declaration.close(found.folder, datetime.date.today().isoformat())
    say(Text("评价已结束；结果在 {f}", "the campaign is closed; its results are in {f}").fill(f=folder))
    return code
