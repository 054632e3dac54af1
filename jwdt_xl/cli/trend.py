"""``jwdt trend``: several years of one enterprise, or of many by what was published of each year, with their breaks."""

from __future__ import annotations

import argparse
import os

from ..messages import ERROR, Text
from . import BAD_DATA, FINE, output
from .guides import load_guide
from .options import add_guide, add_jobs, add_output, option
from .paths import Read
from .portfolio import jobs_of


def trend_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "files",
        "同一企业各年的工作簿、评价文件，或其文件夹、zip；多家企业：各年的汇总工作簿，或评价的文件夹",
        "workbooks and assessment files of one enterprise, a file a year; folders and zip archives of them; of many enterprises: the portfolio workbooks of the years, or the folders of their campaigns",
        nargs="+",
        type=Read,
        metavar="F",
    )
    add_output(parser, "T.xlsx", required=True)
    add_guide(parser)
    add_jobs(parser)


def trend(options: argparse.Namespace) -> int:
    from ..opening.sources import discover, without_skipped
    from ..portfolio.analysis import trend as numbers
    from ..portfolio.book import trend as book
    from ..standard.guide import builtin
    from .progress import Progress
    from .sensitivity import read_sources

    output.check_there(options.files)
    published = [path for path in options.files if _is_published(path)]
    if published:
        if len(published) < len(options.files):
            raise output.WrongUse(
                "{p} 是多家企业的汇总，{o} 不是 — 请分开运行",
                "{p} is a portfolio of many enterprises, {o} is none — run them apart",
                p=published[0],
                o=next(path for path in options.files if path not in published),
            )
        return _of_many(options)
    guide = load_guide(options.guide)
    sources, skipped = without_skipped(discover(options.files, [options.output]))
    output.say_findings(skipped)
    if not sources:
        raise output.nothing_to_read()
    readings = []
    with Progress(Text("读取", "reading"), len(sources)) as progress:
        for name, reading in read_sources(sources, guide, jobs_of(options, len(sources))):
            progress.step(reading.result is None)
            readings.append((name, reading))
    found, findings = numbers.trend(readings, guide or builtin())
    output.say_findings(findings)
    with output.new_file(options.output) as temporary:
        book.write(temporary, found)
    for line in book.summary(found):
        output.tell(line)
    text = Text("读取 {n} 个文件，其中 {y} 年可用", "{n} files read, {y} years of them shown")
    output.say(text.fill(n=len(readings), y=len(found.years)))
    output.written(options.output)
    return BAD_DATA if any(finding.severity == ERROR for finding in findings) else FINE


def _is_published(path: str) -> bool:
    from ..portfolio.book.published import is_published

    return (os.path.isdir(path) or path.lower().endswith(".xlsx")) and is_published(path)


def _of_many(options: argparse.Namespace) -> int:
    from ..portfolio.analysis.years import years
    from ..portfolio.book.published import published
    from ..portfolio.book.years.write import summary, write

    if options.guide:
        raise output.WrongUse(
            "--guide 只用于一家企业的各年；汇总工作簿自己写明指南 — 请去掉 --guide",
            "--guide is for the years of one enterprise; portfolio workbooks say their guides themselves — leave --guide out",
        )
    found = years(book for path in options.files for book in published(path))
    output.say_findings(found.findings)
    with output.new_file(options.output) as temporary:
        write(temporary, found)
    for line in summary(found):
        output.tell(line)
    text = Text("{b} 份汇总，{e} 家企业，{y} 年", "{b} portfolios, {e} enterprises, {y} years")
    output.say(text.fill(b=len(found.years), e=len(found.chains), y=len(found.labels) - len(found.missing)))
    output.written(options.output)
    return BAD_DATA if any(finding.severity == ERROR for finding in found.findings) else FINE
