"""``jwdt distribute``, ``collect`` and ``feedback``: the evaluator's round trip with many enterprises."""

from __future__ import annotations

import argparse
import os

from .. import workbook
from ..messages import ERROR, Finding, Text, get_language
from ..opening import outputs
from . import BAD_DATA, FINE
from .guides import add_guide, load_guide
from .output import WrongUse, add_force, check_there, say, say_findings


def distribute_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--register",
        metavar="R",
        required=True,
        help=str(
            Text(
                "企业登记表（.csv 或 .xlsx），须有“统一社会信用代码”和“企业名称”两列",
                "register of enterprises (.csv or .xlsx) with at least the columns uscc and name",
            )
        ),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUTBOX",
        required=True,
        help=str(Text("模板存放的文件夹", "folder for the templates")),
    )
    add_force(parser)
    parser.add_argument(
        "--previous",
        metavar="DIR",
        help=str(
            Text(
                "上期文件所在文件夹：上期的报告期数据成为新的基准期",
                "folder of last period's files: what was reported becomes the new base period",
            )
        ),
    )
    parser.add_argument(
        "--benchmarks",
        metavar="A.json",
        help=str(Text("评价文件，其中的基准值写入每份模板", "assessment file whose benchmarks go into every template")),
    )
    parser.add_argument(
        "--host",
        choices=tuple(workbook.HOSTS),
        default="portable",
        help=str(Text("模板类型；默认 portable，不用加载项", "edition; default portable, which needs no add-in")),
    )
    add_jobs(parser)
    add_guide(parser)


def add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=0,
        metavar="N",
        help=str(Text("进程数；默认等于处理器数，最多 8", "processes; default as many as processors, at most 8")),
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(str(Text("须为不小于 1 的整数", "must be a whole number of at least 1")))
    return number


def jobs_of(options: argparse.Namespace, count: int | None = None) -> int:
    jobs = options.jobs or min(os.cpu_count() or 1, 8)
    return max(1, jobs if count is None else min(jobs, count // 4))


def distribute(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.distribute import MANIFEST, Settings, distribute, read_previous
    from ..portfolio.campaign.register import read_register

    guide = load_guide(options.guide)
    register = read_register(options.register)
    if not register.entries:
        say_findings(register.findings)
        raise WrongUse(
            "登记表 {p} 中没有可用的企业 — 请补充企业名称和信用代码",
            "the register {p} has no usable enterprise — give names and credit codes",
            p=options.register,
        )
    folder = outputs.new_folder(options.output)
    settings = Settings(guide, options.host, get_language(), _benchmarks(options.benchmarks))
    root = os.path.dirname(os.path.abspath(options.register))
    findings: list[Finding] = list(register.findings)
    written = 0
    jobs = jobs_of(options, len(register.entries))
    if options.previous and not os.path.isdir(options.previous):
        raise WrongUse("没有文件夹 {p} — 请检查路径", "there is no folder {p} — check the path", p=options.previous)
    last = read_previous(options.previous, guide, jobs, findings) if options.previous else {}
    orders = distribute(register, folder, settings, last, root, jobs)
    from .progress import Progress

    with Progress(Text("生成模板", "writing templates"), len(register.entries)) as progress:
        for _, found in orders:
            findings += found
            written += 1
            progress.step()
    say_findings(findings)
    text = Text(
        "登记 {n} 家 = 已生成 {w} 份 + 未生成 {r} 份；清单：{m}",
        "{n} in the register = {w} written + {r} not written; manifest: {m}",
    )
    say(str(text.fill(n=register.rows, w=written, r=register.rows - written, m=os.path.join(folder, MANIFEST))))
    return BAD_DATA if any(f.severity == ERROR for f in findings) else FINE


def _benchmarks(path: str | None):
    if path is None:
        return {}
    from ..errors import Refused
    from ..portfolio import read_file

    reading = read_file(path, any_guide=True)
    if reading.assessment is None:
        raise Refused(reading.findings)
    return reading.assessment.benchmarks


def collect_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folders",
        nargs="+",
        metavar="DIR",
        help=str(
            Text("回收文件所在文件夹，或 zip、单个文件", "folders of returned files; zip archives and single files too")
        ),
    )
    parser.add_argument(
        "-o", "--output", metavar="PORTFOLIO.xlsx", required=True, help=str(Text("汇总工作簿", "portfolio workbook"))
    )
    add_force(parser)
    parser.add_argument("--json", action="store_true", help=str(Text("只输出 JSON", "print JSON alone")))
    parser.add_argument(
        "--review",
        metavar="F",
        help=str(
            Text(
                "评审表（.csv 或 .xlsx）：不适用的批准或否定、更正值及理由、评审人、日期",
                "review (.csv or .xlsx): each not applicable approved or refused, corrected values with reason, verifier, date",
            )
        ),
    )
    parser.add_argument(
        "--table",
        metavar="F.parquet",
        help=str(Text("另存完整数据表（需 pyarrow）", "the whole table as Parquet too (needs pyarrow)")),
    )
    parser.add_argument(
        "--coupling",
        action="store_true",
        help=str(
            Text(
                "另列耦合协调度 [选择]；随组内企业变化，不计入得分和名次",
                "list the coupling coordination degree too [choice]; it depends on the group and enters no score and no rank",
            )
        ),
    )
    parser.add_argument(
        "--store",
        metavar="F",
        help=str(
            Text(
                "已读结果的存放处；默认在汇总工作簿旁，再次运行只读新文件和改动的文件",
                "where what was read is kept; default beside the portfolio. A second run reads new and changed files only",
            )
        ),
    )
    add_jobs(parser)
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help=str(Text("在 dask.distributed 集群上运行", "run on a dask.distributed cluster")),
    )
    add_guide(parser)


def collect(options: argparse.Namespace) -> int:
    from ..portfolio import run

    guide = load_guide(options.guide)
    check_there(options.folders)
    outputs.new_folder(os.path.dirname(os.path.abspath(options.output)))
    from .output import new_file, tell_json
    from .progress import Progress

    plan = run.Plan(
        folders=tuple(options.folders),
        output=options.output,
        store=options.store or f"{os.path.splitext(options.output)[0]}.sqlite",
        guide=guide,
        jobs=jobs_of(options),
        dask=options.dask or "",
        review=options.review or "",
        table=options.table or "",
        coupling=options.coupling,
    )
    inputs = [*plan.folders, *filter(None, (plan.review, options.guide))]
    outputs.check_all((plan.output, plan.table), inputs, plan.store)
    with run.Run(plan, lambda text: say(str(text))) as work:
        with Progress(Text("读取", "reading"), len(work.sources)) as progress:
            for read in work.read():
                progress.step(read.refused)
        group = work.assembled()
        with new_file(options.output, inputs) as temporary:
            work.write(temporary)
        if options.table:
            with new_file(options.table, inputs) as temporary:
                work.write_table(temporary)
        if options.json:
            tell_json(work.as_dict())
        else:
            for finding in work.rejections():
                say(str(finding))
        say_findings(work.notes)
        text = Text("读取 {n} 个文件 = 已评价 {s} + 拒绝 {r}；{w}", "{n} files read = {s} scored + {r} rejected; {w}")
        say(str(text.fill(n=group.files, s=len(group.members), r=len(group.rejections), w=options.output)))
        return FINE if work.fine else BAD_DATA


def feedback_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("portfolio", metavar="PORTFOLIO.xlsx", help=str(Text("汇总工作簿", "portfolio workbook")))
    parser.add_argument(
        "-o", "--output", metavar="OUTBOX", required=True, help=str(Text("结果存放的文件夹", "folder for the results"))
    )
    add_force(parser)
    add_guide(parser)


def feedback(options: argparse.Namespace) -> int:
    from ..portfolio.book.reader import read_portfolio
    from ..portfolio.campaign.feedback import feedback
    from .progress import Progress

    portfolio = read_portfolio(options.portfolio, load_guide(options.guide))
    folder = outputs.new_folder(options.output)
    written = 0
    with Progress(Text("生成反馈", "writing results"), len(portfolio.ranking)) as progress:
        for _ in feedback(portfolio, folder):
            written += 1
            progress.step()
    say(str(Text("已生成 {n} 份反馈：{f}", "{n} results written: {f}").fill(n=written, f=folder)))
    return FINE
