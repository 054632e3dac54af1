"""``jwdt trend``: several years of one enterprise, with their breaks."""

from __future__ import annotations

import argparse

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
        "同一企业各年的工作簿、评价文件，或其文件夹、zip",
        "workbooks and assessment files of one enterprise, a file a year; folders and zip archives of them",
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
