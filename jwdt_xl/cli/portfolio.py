"""``jwdt distribute``, ``collect`` and ``feedback``: the evaluator's round trip with many enterprises."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import workbook
from ..messages import ERROR, Finding, Text, get_language
from ..opening import outputs
from ..portfolio.collection.guides import Guides
from . import BAD_DATA, FINE
from .guides import load_guide, load_guides
from .options import add_guide, add_jobs, add_output, add_period, flag, option
from .output import WrongUse, check_there, new_file, say, say_findings, tell_json
from .paths import Folder, Read, Store, Written

if TYPE_CHECKING:
    from ..portfolio.run import Plan, Run
    from ..standard.guide.benchmarks import Benchmark


def distribute_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "--register",
        "企业登记表（.csv 或 .xlsx），须有“统一社会信用代码”和“企业名称”两列",
        "register of enterprises (.csv or .xlsx) with at least the columns uscc and name",
        metavar="R",
        type=Read,
        required=True,
    )
    add_output(parser, "OUTBOX", "模板存放的文件夹", "folder for the templates", required=True, type=Folder)
    option(
        parser,
        "--previous",
        "上期文件所在文件夹：上期的报告期数据成为新的基准期",
        "folder of last period's files: what was reported becomes the new base period",
        metavar="DIR",
        type=Read,
    )
    option(
        parser,
        "--benchmarks",
        "评价文件，其中的基准值写入每份模板",
        "assessment file whose benchmarks go into every template",
        metavar="A.json",
        type=Read,
    )
    option(
        parser,
        "--host",
        "模板类型；默认 portable，不用加载项",
        "edition; default portable, which needs no add-in",
        choices=tuple(workbook.HOSTS),
        default="portable",
    )
    add_sender(parser, Text("显示在每份模板首页", "shown on the first sheet"))
    add_jobs(parser)
    add_guide(parser)


def add_previous(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "--previous",
        "上年的汇总工作簿，或上年评价的文件夹：今年的基准期与上年所报核对，不同的是警告",
        "last year's portfolio workbook, or the folder of its campaign: this year's base periods are compared with what was reported, and what differs is a warning",
        metavar="LAST",
        type=Read,
    )


def add_sender(parser: argparse.ArgumentParser, where: Text) -> None:
    for name, zh, en, metavar in (
        ("--contact", "发放单位、联系人和电话", "who sends them out and whom to ask", "TEXT"),
        ("--deadline", "交回期限", "until when they are to be sent back", "DATE"),
    ):
        option(parser, name, f"{zh}，{where.zh}", f"{en}, {where.en}", metavar=metavar, default="")


def jobs_of(options: argparse.Namespace, count: int | None = None) -> int:
    jobs = options.jobs or min(os.cpu_count() or 1, 8)
    return max(1, jobs if count is None else min(jobs, count // 4))


def distribute(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.distribute import Accounts, Settings, distribute, read_previous
    from ..portfolio.campaign.manifest import MANIFEST
    from ..portfolio.campaign.register import read_register

    guide = load_guide(options.guide)
    register = read_register(options.register, guide)
    if not register.entries:
        say_findings(register.findings)
        raise WrongUse(
            "登记表 {p} 中没有可用的行 — 请补充名称和代码(企业、园区为信用代码，城市为行政区划代码)",
            "the register {p} has no usable row — give names and codes (credit codes of enterprises and parks, division codes of cities)",
            p=options.register,
        )
    folder = outputs.new_folder(options.output)
    sender = workbook.Sender(options.contact, options.deadline)
    settings = Settings(guide, options.host, get_language(), _benchmarks(options.benchmarks), sender)
    root = os.path.dirname(os.path.abspath(options.register))
    findings: list[Finding] = list(register.findings)
    accounts = Accounts(register.rows)
    jobs = jobs_of(options, len(register.entries))
    if options.previous and not os.path.isdir(options.previous):
        raise WrongUse("没有文件夹 {p} — 请检查路径", "there is no folder {p} — check the path", p=options.previous)
    last = read_previous(options.previous, guide, jobs, findings) if options.previous else {}
    orders = distribute(register, folder, settings, last, root, jobs)
    from .progress import Progress

    with Progress(Text("生成模板", "writing templates"), len(register.entries)) as progress:
        for order, found in orders:
            findings += found
            accounts.add(order)
            progress.step()
    say_findings(findings)
    say(Text("{a}；清单：{m}", "{a}; manifest: {m}").fill(a=accounts, m=os.path.join(folder, MANIFEST)))
    return BAD_DATA if any(f.severity == ERROR for f in findings) else FINE


def _benchmarks(path: str | None) -> Mapping[str, Benchmark]:
    if path is None:
        return {}
    from ..errors import Refused
    from ..portfolio import read_file

    reading = read_file(path, any_guide=True)
    if reading.assessment is None:
        raise Refused(reading.findings)
    return reading.assessment.benchmarks


def add_review(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "--review",
        "评审表（.csv 或 .xlsx）：不适用的批准或否定、更正值及理由、评审人、日期",
        "review (.csv or .xlsx): each not applicable approved or refused, corrected values with reason, verifier, date",
        metavar="F",
        type=Read,
    )


def collect_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "folders",
        "回收文件所在文件夹，或 zip、单个文件",
        "folders of returned files; zip archives and single files too",
        nargs="+",
        metavar="DIR",
        type=Read,
    )
    add_output(parser, "PORTFOLIO.xlsx", "汇总工作簿", "portfolio workbook", required=True)
    flag(parser, "--json", "只输出 JSON", "print JSON alone")
    option(
        parser,
        "--register",
        "企业登记表：信用代码、名称与登记表不符的文件暂存，报告期不同的另列",
        "register of enterprises: files whose code and name do not agree with it are held, other report periods listed apart",
        metavar="R",
        type=Read,
    )
    add_period(parser)
    add_previous(parser)
    add_review(parser)
    option(
        parser,
        "--table",
        "另存完整数据表（需 pyarrow）",
        "the whole table as Parquet too (needs pyarrow)",
        metavar="F.parquet",
        type=Written,
    )
    option(
        parser,
        "--html",
        "另存一个网页：排名、图、检查结果，任何电脑不联网都能打开（需 plotly）",
        "a web page too: ranking, charts and findings, which any computer opens without a network (needs plotly)",
        metavar="P.html",
        type=Written,
    )
    flag(
        parser,
        "--coupling",
        "另列耦合协调度 [选择]；随组内企业变化，不计入得分和名次",
        "list the coupling coordination degree too [choice]; it depends on the group and enters no score and no rank",
    )
    flag(
        parser,
        "--interval",
        "另算总分的 90 %% 区间和按数据质量可能的名次",
        "compute the 90 %% interval of each total too, and the ranks that the quality of the data allows",
    )
    option(
        parser,
        "--store",
        "已读结果的存放处；默认在汇总工作簿旁，再次运行只读新文件和改动的文件",
        "where what was read is kept; default beside the portfolio. A second run reads new and changed files only",
        metavar="F",
        type=Store,
    )
    add_jobs(parser)
    option(parser, "--dask", "在 dask.distributed 集群上运行", "run on a dask.distributed cluster", metavar="ADDRESS")
    add_guide(
        parser,
        Text(
            "。可给出几次：每份填报按自己的指南，每个指南一个汇总工作簿（P_标识.xlsx），-o 为总览",
            ". May be given several times: each return by its own, a portfolio for each guide (P_identifier.xlsx), and -o is the overview",
        ),
    )


def collect(options: argparse.Namespace) -> int:
    from ..portfolio.run import Plan

    guide = load_guides(options.guide)
    check_there(options.folders)
    if options.previous:
        check_there([options.previous])
    outputs.new_folder(os.path.dirname(os.path.abspath(options.output)))
    plan = Plan(
        folders=tuple(options.folders),
        output=options.output,
        store=options.store or f"{os.path.splitext(options.output)[0]}.sqlite",
        guide=guide,
        jobs=jobs_of(options),
        dask=options.dask or "",
        review=options.review or "",
        table=options.table or "",
        html=options.html or "",
        coupling=options.coupling,
        interval=options.interval,
        register=options.register or "",
        period=options.period,
        previous=options.previous or "",
    )
    with run_of(plan) as work:
        read_and_write(work)
        if options.json:
            tell_json(work.as_dict())
        else:
            say_findings(list(work.rejections()))
        return told(work, options.output)


def run_of(plan: Plan) -> Run:
    """The run of a plan with one guide or several, all of whose outputs may be written."""
    from ..portfolio.run import Run

    if isinstance(plan.guide, Guides):
        from ..portfolio.several import Several

        work: Run = Several(plan, say)
    else:
        work = Run(plan, say)
    outputs.check_all(work.paths(), plan.store)
    return work


def read_and_write(work: Run) -> None:
    from .progress import Progress

    with Progress(Text("读取", "reading"), len(work.sources)) as progress:
        for read in work.read():
            progress.step(read.refused)
    work.assembled()
    for path, write in work.outputs():
        with new_file(path) as temporary:
            write(temporary)


def told(work: Run, path: str) -> int:
    """What became of the files beside the rejected ones, and the exit code."""
    say_findings(list(work.skipped()))
    say_findings(work.notes)
    if (last := work.against_last_year()) is not None:
        say(last)
    say(Text("{a}；{w}", "{a}; {w}").fill(a=work.accounting(), w=path))
    return FINE if work.fine else BAD_DATA
