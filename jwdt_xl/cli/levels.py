"""``jwdt guide benchmark``: benchmarks from a table of enterprises."""

from __future__ import annotations

import argparse

from ..messages import ERROR, Text
from ..standard.guide import Guide
from . import BAD_DATA, FINE, guide_study, output
from .authored import write_book, write_text
from .guides import load_guide
from .options import add_output, option
from .paths import Read


def add(parser: argparse.ArgumentParser, guide: Text) -> None:
    """The options of the command; guide: what is taken for one."""
    option(parser, "guide", *guide, metavar="G", type=Read)
    option(
        parser,
        "--from",
        *guide_study.TABLE,
        dest="table",
        type=Read,
        metavar="TABLE",
        required=True,
    )
    option(
        parser,
        "--source",
        "样本是什么（来源、范围），写入基准值来源；省略则为文件名和工作表",
        "what the table is (source, scope), for the source of the benchmarks; without it the name of the file and its sheet",
        default="",
        metavar="TEXT",
    )
    option(parser, "--share", "比例，默认 0.5", "share, default 0.5", type=float, default=0.5)
    option(
        parser,
        "--limit-share",
        "两点计分的限值：这一比例的企业可达到的水平，须大于 --share；例如 --share 0.2 --limit-share 0.5",
        "the limit of scores by two points: the level this share reaches, above --share, as in --share 0.2 --limit-share 0.5",
        type=float,
        metavar="S",
    )
    option(parser, "--period", "数据时期，例如 2023", "period of the data, e.g. 2023", required=True)
    add_output(
        parser,
        "G.toml|xlsx",
        "写入新的指南或编制工作簿；省略则只显示",
        "write a new guide or authoring workbook; without it they are only shown",
    )


def _load(name: str) -> Guide:
    found = load_guide(name, draft=True)
    assert found is not None
    return found


def run(options: argparse.Namespace) -> int:
    from .. import authoring
    from ..authoring import scale
    from ..authoring.table import compared, sample_in
    from . import guide_tables

    if not 0 < options.share <= 1:
        raise output.WrongUse("--share 须大于 0 且不超过 1", "--share must be above 0 and at most 1")
    worse = options.limit_share
    if worse is not None and not options.share < worse <= 1:
        raise output.WrongUse(
            "--limit-share 须大于 --share 且不超过 1", "--limit-share must be above --share and at most 1"
        )
    found = _load(options.guide)
    table = authoring.enterprises_in(options.table, found)
    levels, findings = authoring.levels(found, table, {*authoring.SHARES, options.share, worse or options.share})
    sample = sample_in(options.table, table, options.source)
    taken, refused = authoring.benchmarks(found, levels, options.period, options.share, worse, sample)
    if not options.output:
        findings += compared(found, taken, sample, options.table)
    guide_tables.show_levels(levels.values(), options.share)
    unsaid = scale.assumed(level.node for level in levels.values() if not level.unit)
    output.say_findings([*findings, *refused, *(finding._replace(where=table.name) for finding in unsaid)])
    if options.output and options.output.lower().endswith(".xlsx"):
        output.say_findings(write_book(options.output, authoring.with_levels(found, taken)))
    elif options.output:
        source = authoring.find(options.guide)
        if source.lower().endswith(".toml"):
            text = authoring.with_benchmarks(authoring.read_text(source), taken, source)
        else:
            text = authoring.dump(authoring.with_levels(found, taken))
        authoring.loads(text, options.output)  # never a file that cannot be read again
        write_text(options.output, text)
    return BAD_DATA if any(finding.severity == ERROR for finding in findings) else FINE
