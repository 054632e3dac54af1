"""``jwdt campaign``: a yearly campaign in one folder, from the register to the results; nothing is sent by this program."""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
from typing import TYPE_CHECKING

from .. import workbook
from ..messages import ERROR, Finding, Text, get_language
from ..opening import outputs
from . import BAD_DATA, FINE
from .feedback import feedback_of, feedback_of_several
from .guides import load_guide
from .options import add_force, add_jobs, flag, option
from .output import WrongUse, new_file, say, say_findings, tell, tell_json, write_text, written
from .parser import actions_of
from .paths import Folder, Read
from .portfolio import jobs_of, read_and_write, run_of, told

if TYPE_CHECKING:
    from ..portfolio.campaign.yearly.declaration import Declaration
    from ..portfolio.campaign.yearly.folder import Campaign
    from ..portfolio.campaign.yearly.status import Status
    from ..portfolio.campaign.yearly.status_book import Day
    from ..portfolio.run import Run

_HEADINGS = (
    Text("统一社会信用代码", "uscc"), Text("企业名称", "name"), Text("行业代码", "industry_code"), Text("地区", "region"),
    Text("基准期", "base"), Text("报告期", "report"), Text("产品", "product"), Text("产品单位", "unit"), Text("邮箱", "mail"),
    Text("指南", "guide"),
)  # fmt: skip


def campaign_options(parser: argparse.ArgumentParser) -> None:
    add = actions_of(parser)
    new = add(
        "new",
        _new,
        "建立评价的文件夹和声明 campaign.toml",
        "make the folder of a campaign and its declaration campaign.toml",
    )
    _add_folder(new)
    option(new, "--register", "企业登记表，复制到文件夹中；省略则生成只有表头的 register.csv", "the register of enterprises, copied into the folder; without it a register.csv with headings alone", metavar="R", type=Read)  # fmt: skip
    option(new, "--guide", "指南，可给出几次：自带指南的名称，或文件（复制到文件夹中）；省略则用总则的内置指标体系", "a guide, may be given several times: the name of a shipped one, or a file, which is copied into the folder; default: the built-in general rule", metavar="G", type=Read, action="append", default=[])  # fmt: skip
    for name, zh, en, metavar in (
        ("--name", "评价的名称", "what the campaign is called", "TEXT"),
        ("--period", "评价的报告期", "the report period that is evaluated", "LABEL"),
        ("--deadline", "交回期限，YYYY-MM-DD", "until when returns are to be back, YYYY-MM-DD", "DATE"),
        ("--contact", "发放单位、联系人和电话", "who sends forms out and whom to ask", "TEXT"),
    ):
        option(new, name, zh, en, metavar=metavar, default="")
    send = add("send", _send, "为登记表中的每家企业生成自己指南的模板，放在 outbox", "write each enterprise of the register a form by its own guide, into outbox")  # fmt: skip
    _add_folder(send)
    add_jobs(send)
    add_force(send)
    status = add("status", _status, "谁已交回、已评价、被拒绝(原因)、未交回，距期限几天", "who has returned, is scored, rejected (why) or missing, and how many days are left")  # fmt: skip
    _add_folder(status)
    option(status, "--on", "以哪一天计算天数；默认今天", "the day on which the days left are counted; default today", metavar="DATE", type=_date)  # fmt: skip
    flag(status, "--letters", "另在 letters 中生成催报信、退回信草稿和邮件合并表（本程序不发送）", "drafts of reminders and of letters about rejected files, and a table to merge, in letters (this program sends nothing)")  # fmt: skip
    flag(status, "--json", "只输出 JSON", "print JSON alone")
    add_jobs(status)
    collect = add("collect", _collect, "收集 inbox 中的填报，记为一轮，排名，生成 portfolio 和状态表", "collect what is in inbox as a round, rank it, and write portfolio and status")  # fmt: skip
    _add_folder(collect)
    add_jobs(collect)
    close = add("close", _close, "最后收集一次，生成 results（结果、退回信、计入的填报清单），并记为结束", "collect once more, write results (results, letters, a list of the returns that count), and mark it closed")  # fmt: skip
    _add_folder(close)
    option(close, "--sign", "私钥（PEM）：用 openssl 对计入的填报清单签名；私钥不会写进文件夹", "private key (PEM): sign the list of the returns that count by openssl; the key itself goes nowhere", metavar="KEY.pem", type=Read)  # fmt: skip
    add_jobs(close)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    option(parser, "folder", "评价的文件夹", "the folder of the campaign", metavar="DIR", type=Folder)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(str(Text("须为日期 YYYY-MM-DD", "must be a date YYYY-MM-DD"))) from None


def campaign(options: argparse.Namespace) -> int:
    code: int = options.act(options)
    return code


def _new(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.yearly import declaration, folder

    if folder.is_campaign(options.folder):
        raise WrongUse(
            "{p} 已是一次评价的文件夹 — 请另取一个，或直接修改其中的 campaign.toml",
            "{p} is the folder of a campaign already — take another one, or edit its campaign.toml",
            p=options.folder,
        )
    if options.deadline:
        _as_wrong_use(options.deadline)
    for name in options.guide:
        load_guide(name)  # what is wrong with it is told now, not when forms are sent
    for name in (folder.INBOX, folder.OUTBOX):
        outputs.new_folder(os.path.join(options.folder, name))
    register = "register.csv"
    if options.register:
        register = "register" + os.path.splitext(options.register)[1].lower()
        with new_file(os.path.join(options.folder, register)) as temporary:
            shutil.copyfile(options.register, temporary)
    else:
        head = ",".join(map(str, _HEADINGS)) + "\n"
        outputs.write_text(os.path.join(options.folder, register), head, encoding="utf-8-sig", said=say)
    guides = tuple(declaration.ByGuide(_kept(options.folder, name)) for name in options.guide)
    declared = declaration.Declaration(
        name=options.name, period=options.period, deadline=options.deadline, contact=options.contact, register=register, guides=guides,
    )  # fmt: skip
    path = os.path.join(options.folder, declaration.NAME)
    write_text(path, declaration.written(declared))
    written(path)
    if options.register:  # what is missing is told now, not when forms are sent
        say_findings(_loaded(options.folder, declared).findings)
    text = Text(
        "请查看 {p} 和 {r}，然后运行 jwdt campaign send {f}",
        "look at {p} and {r}, then run jwdt campaign send {f}",
    )
    say(text.fill(p=path, r=os.path.join(options.folder, register), f=options.folder))
    return FINE


def _as_wrong_use(text: str) -> None:
    try:
        _date(text)
    except argparse.ArgumentTypeError as error:
        raise WrongUse("--deadline {e}，实为 {v}", "--deadline {e}, got {v}", e=str(error), v=text) from error


def _kept(folder: str, name: str) -> str:
    """How the declaration names a guide: a file comes into the folder, so that the campaign can be moved and kept."""
    if not os.path.isfile(name):
        return str(name)
    below = os.path.join("guides", os.path.basename(name))
    outputs.new_folder(os.path.join(folder, "guides"))
    with new_file(os.path.join(folder, below)) as temporary:
        shutil.copyfile(name, temporary)
    return below.replace(os.sep, "/")


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
    found = _loaded(options.folder, declared)
    outputs.inputs.set(found.inputs)
    if not found.register.entries:
        say_findings(found.findings)
        raise WrongUse(
            "登记表 {p} 中还没有可用的企业 — 请补充企业名称和信用代码",
            "the register {p} has no usable enterprise yet — give names and credit codes",
            p=found.path(declared.register),
        )
    return found


def _loaded(folder: str, declared: Declaration) -> Campaign:
    """With its guides: files in its folder, or those shipped under the name."""
    from ..portfolio.campaign.yearly.folder import opened
    from ..portfolio.collection.guides import distinct
    from ..standard.guide import builtin

    guides, names = [], []
    for each in declared.guides:
        inside = os.path.join(folder, each.file)
        guides.append(load_guide(inside if os.path.exists(inside) else each.file) or builtin())
        names.append(each.file)
    return opened(folder, declared, distinct(guides or [builtin()], names or [builtin().id]))


def _send(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.distribute import Settings, distribute
    from ..portfolio.campaign.register import Register
    from ..portfolio.campaign.yearly.folder import OUTBOX
    from .progress import Progress

    found = _opened(options, to_change=True)
    sender = workbook.Sender(found.declared.contact, found.declared.deadline)
    if found.declared.host not in workbook.HOSTS:
        raise WrongUse(
            "campaign.toml 的 host 须为 {h}，实为“{v}” — 请更正",
            "host in campaign.toml must be {h}, got “{v}” — correct it",
            h=" | ".join(workbook.HOSTS),
            v=found.declared.host,
        )
    findings: list[Finding] = found.findings
    count, paths = 0, list[str]()
    root = os.path.dirname(os.path.abspath(found.path(found.declared.register)))
    with Progress(Text("生成模板", "writing templates"), len(found.assigned.guides)) as progress:
        for guide in found.guides.all:
            entries = found.entries_of(guide.id)
            if not entries:
                continue
            folder = outputs.new_folder(found.outbox(guide.id))
            settings = Settings(guide, found.declared.host, get_language(), {}, sender)
            register = Register(entries, [], len(entries))
            for order, wrong in distribute(register, folder, settings, {}, root, jobs_of(options, len(entries))):
                findings += wrong
                count += order is not None and order.written
                paths += [order.path] if order is not None else []
                progress.step()
    findings += found.left_over(paths)
    say_findings(findings)
    text = Text(
        "登记 {n} 家 = 已生成 {w} 份 + 未生成 {r} 份；模板在 {o}，请自行发出",
        "{n} in the register = {w} written + {r} not written; the forms are in {o}: send them yourself",
    )
    say(text.fill(n=found.register.rows, w=count, r=found.register.rows - count, o=found.path(OUTBOX)))
    return BAD_DATA if any(finding.severity == ERROR for finding in findings) else FINE


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
    from ..portfolio.campaign.yearly.status import status

    say_findings(found.assigned.findings)
    state = status(found.register.entries, found.assigned.guides, work.groups, work.get)
    path = found.path(STATUS)
    with outputs.new_file(path) as temporary:
        status_book.write(temporary, state, day, found.register)
    if table:
        tell(status_book.lead(state, day))
        _show(state)
    written(path)
    return state


def _show(state: Status) -> None:
    from ..portfolio.campaign.yearly.status import STATES, counts
    from .tables import Rows, console

    table = Rows(header_style="bold")
    for title in (Text("分类", "by"), Text("名称", "name")):
        table.add_column(str(title))
    for title in (Text("企业", "enterprises"), Text("已交回", "returned"), *STATES.values()):
        table.add_column(str(title), justify="right")
    before = None
    for count in counts(state.lines):
        if before not in (None, count.kind):
            table.add_section()
        before = count.kind
        table.add_row(
            str(count.kind), count.name, str(count.all), str(count.returned), *map(str, count.states.values())
        )
    console().print(table)


def _letters(found: Campaign, work: Run, state: Status, day: Day) -> None:
    """Drafts: about what was rejected, and reminders to all others of whom nothing is scored."""
    from ..portfolio.campaign.yearly import drafts
    from ..portfolio.campaign.yearly.folder import LETTERS

    folder = outputs.new_folder(found.path(LETTERS))
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
            for path in returns.publish(found.path(RESULTS, RETURNS), work.sources, work.groups, options.sign or ""):
                written(path)
        return told(work, found.path("portfolio"))


def _close(options: argparse.Namespace) -> int:
    from ..portfolio.book.reader import read_whole
    from ..portfolio.campaign.yearly import declaration
    from ..portfolio.campaign.yearly.folder import BOOK, RESULTS

    found = _opened(options, to_change=True)
    code = _round(found, options)
    sender = workbook.Sender(found.declared.contact, found.declared.deadline)
    path, folder = found.path("portfolio", BOOK), outputs.new_folder(found.path(RESULTS))
    whole = read_whole(path)
    if whole is not None:
        code = max(code, feedback_of_several(path, whole, found.guides, folder, sender))
    else:
        code = max(code, feedback_of(path, found.guides.all[0], folder, sender))
    declaration.close(found.folder, datetime.date.today().isoformat())
    say(Text("评价已结束；结果在 {f}", "the campaign is closed; its results are in {f}").fill(f=folder))
    return code
