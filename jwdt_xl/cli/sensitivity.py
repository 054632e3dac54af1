"""``jwdt sensitivity``: what totals and ranks of a sample owe to weights, benchmarks and choices of method."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from ..messages import Text
from . import BAD_DATA, FINE
from .guides import load_guide, moved
from .options import add_guide, add_jobs, add_output, add_period, option
from .output import (
    WrongUse,
    check_there,
    json_text,
    new_file,
    nothing_to_read,
    say,
    say_findings,
    tell,
    write_text,
    written,
)
from .paths import Read, Written
from .portfolio import add_review, jobs_of

if TYPE_CHECKING:
    from ..messages import Finding
    from ..opening.sources import Source
    from ..portfolio import Reading
    from ..portfolio.collection.correcting import Decided
    from ..standard.guide import Guide

#: Files left out that are named on the terminal; all of them are in the workbook.
_SHOWN = 20


def sensitivity_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "files",
        "工作簿、评价文件，或其文件夹、zip",
        "workbooks, assessment files, folders of them, or zip archives",
        nargs="+",
        type=Read,
        metavar="F",
    )
    option(
        parser,
        "--step",
        "变动幅度，默认 0.2（±20 %%）",
        "how far weights and benchmarks move, default 0.2 (±20 %%)",
        type=_step,
        default=0.2,
        metavar="X",
    )
    option(
        parser,
        "--benchmark-step",
        "基准值的变动幅度；省略则与 --step 相同",
        "how far benchmarks move; default: as --step",
        type=_step,
        metavar="X",
    )
    add_period(parser)
    add_review(parser)
    add_output(parser, "S.xlsx", required=True)
    option(parser, "--json", "另存 JSON", "also as JSON", metavar="F.json", type=Written)
    add_guide(parser)
    add_jobs(parser)


def _step(text: str) -> float:
    try:
        step = float(text)
    except ValueError:
        step = 0.0
    if not 0 < step < 1:
        raise argparse.ArgumentTypeError(str(Text("须大于 0 且小于 1", "must be above 0 and below 1")))
    return step


def sensitivity(options: argparse.Namespace) -> int:
    from ..opening.sources import discover, without_skipped
    from ..portfolio.analysis import sensitivity as numbers
    from ..portfolio.book import sensitivity as book
    from ..standard.guide import builtin
    from .progress import Progress

    check_there([*options.files, *([options.review] if options.review else [])])
    guide = load_guide(options.guide)
    there = discover(options.files, [name for name in (options.output, options.json, options.review) if name])
    sources, skipped = without_skipped(there)
    say_findings(skipped)
    if not sources:
        raise nothing_to_read()
    jobs = jobs_of(options, len(sources))
    with Progress(Text("读取", "reading"), len(sources)) as progress:
        readings = []
        for name, reading in read_sources(sources, guide, jobs):
            progress.step(reading.result is None)
            readings.append((name, reading))
    reviews = _reviews(options.review, guide, sources, readings) if options.review else {}
    sample = numbers.sample(readings, guide or builtin(), options.period, reviews)
    for left in sample.left_out[:_SHOWN]:
        say(f"{left.file}: {left.reason}")
    if len(sample.left_out) > _SHOWN:
        text = Text("……另有 {n} 个，见工作簿", "… and {n} more, in the workbook")
        say(text.fill(n=len(sample.left_out) - _SHOWN))
    if not sample.results:
        raise WrongUse(
            "{n} 个文件都没有可排名的总分 — 请先用 jwdt check 检查",
            "none of the {n} files has a total to rank — look at them with jwdt check first",
            n=sample.files,
        )
    with Progress(Text("方法选项", "choices of method"), len(sample.results)) as progress:
        found = numbers.analyse(sample, options.step, options.benchmark_step, progress.step)
    with new_file(options.output) as temporary:
        book.write(temporary, found)
    if options.json:
        write_text(options.json, json_text(book.document(found)) + "\n")
    for line in book.verdict(found):
        tell(line)
    say(book.accounting(found))
    written(options.output)
    return BAD_DATA if any(reading.result is None for _, reading in readings) else FINE


def _reviews(
    path: str, guide: Guide | None, sources: list[Source], readings: list[tuple[str, Reading]]
) -> dict[str, Decided]:
    """What each return is after an evaluator's review, by its name, as in a collection; what is wrong with the review is told."""
    from ..opening.limits import DEFAULT
    from ..opening.sources import opened
    from ..portfolio.collection import correcting, review
    from ..portfolio.collection.correcting import decided
    from ..portfolio.collection.intake import cells_of

    notes: list[Finding] = []
    entries = review.read_review(path, notes)
    by_name, known = dict(readings), {source.name: source for source in sources}
    whose = [(name, correcting.told_of(reading)) for name, reading in readings]
    found: dict[str, Decided] = {}
    about = review.by_file(entries, whose)
    notes += review.of_nobody(entries, about)
    with cells_of(guide) as cells:
        for name, lines in about.items():
            reading, at = by_name[name], dict[str, str]()
            if reading.result is not None and reading.stamp and correcting.names_cells(lines):
                with opened(known[name], DEFAULT) as file:
                    at = cells(file)
            found[name] = decided(reading, lines, at)
            notes += found[name].findings
    say_findings(notes)
    return found


def read_sources(sources: list[Source], guide: Guide | None, jobs: int) -> Iterator[tuple[str, Reading]]:
    """Every source, under the name people know; those in archives are unpacked meanwhile."""
    from ..assessment.choices import GUIDE
    from ..errors import Refused
    from ..opening.limits import DEFAULT
    from ..opening.sources import opened
    from ..portfolio import read_files
    from ..portfolio.collection.reading import refusal

    with ExitStack() as stack:
        paths: list[str | Refused] = []
        for source in sources:
            try:
                paths.append(stack.enter_context(opened(source, DEFAULT)))
            except Refused as error:
                paths.append(error)
        readings = moved(
            read_files([path for path in paths if isinstance(path, str)], guide, jobs=jobs, by=GUIDE), guide
        )
        for source, path in zip(sources, paths, strict=True):
            yield source.name, refusal(source.name, path) if isinstance(path, Refused) else next(readings)
