"""``jwdt import``: papers filed elsewhere into an assessment or workbook."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..messages import ERROR, Text, get_language
from . import BAD_DATA, FINE, output
from .guides import load_guide
from .options import add_guide, add_jobs, add_output, flag, option
from .paths import Read
from .portfolio import jobs_of

if TYPE_CHECKING:
    from ..papers.run import Imported
    from ..standard.guide import Guide


def import_papers_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "documents",
        "材料：.xlsx、.csv 等，或文件夹、zip；按表头识别（环保税税源表、205-1、补充数据表、排污许可、上年评价文件）",
        "papers: .xlsx, .csv …, folders, zip archives; known by their headings (tax table, form 205-1, carbon table, permit, last year's file)",
        nargs="+",
        metavar="DOC",
        type=Read,
    )
    option(
        parser,
        "--into",
        "已填了一部分的评价文件或工作簿；已填的数不会改动",
        "assessment file or workbook that is filled in partly; nothing typed is changed",
        metavar="A.json|F.xlsx",
        type=Read,
    )
    option(
        parser,
        "--period",
        "全部材料属于哪一期；省略则按材料写明的年份",
        "the period that all papers are of; without it by the years they say",
        choices=("base", "report"),
    )
    option(
        parser,
        "--map",
        "其他表的对应关系；用 --suggest 生成、核对后使用",
        "what the columns of any other table are; written by --suggest, checked by you",
        metavar="M.toml",
        type=Read,
    )
    flag(
        parser,
        "--suggest",
        "为一份其他的表写出带说明的对应关系（TOML），核对后用 --map 导入；不导入任何数",
        "write a commented map (TOML) for one other table, to be checked and used with --map; imports nothing",
    )
    add_output(
        parser,
        "OUT",
        "输出：.json 或 .xlsx；省略则 JSON 输出到终端",
        "output, .json or .xlsx; without it JSON to the terminal",
    )
    add_jobs(parser)
    add_guide(parser)


def import_papers(options: argparse.Namespace) -> int:
    from ..opening import sources
    from ..papers.opened import typed
    from ..papers.run import CHECKED, IMPORTED, Nothing, accounting, import_papers
    from .progress import Progress

    output.check_there(options.documents)
    if options.suggest:
        return _suggest(options)
    reading = None
    if options.map:
        from ..papers.mapping.apply import ByMap
        from ..papers.mapping.maps import read_map

        reading = ByMap(read_map(options.map))
    guide = load_guide(options.guide)
    into, stamp = typed(options.into, guide) if options.into else (None, {})
    ours = [name for name in (options.output, options.into, options.map) if name]  # they may lie beside the papers
    known, skipped = sources.without_skipped(sources.distinct(sources.discover(options.documents, ours)))
    if not known:
        raise output.nothing_to_read()
    settings = (into, options.into or "", options.period, guide, reading)
    try:
        with Progress(Text("读取", "reading"), len(known)) as progress:
            found = import_papers(known, *settings, jobs=jobs_of(options, len(known)), step=progress.step)
    except Nothing as error:
        output.say_findings((*skipped, *error.findings))
        output.say(accounting(error.accounts))
        return BAD_DATA
    output.say_findings((*skipped, *found.findings))
    _write(options.output, found, guide, stamp)
    output.say(accounting(found.accounts, found.numbers))
    wrong = any(finding.severity == ERROR for finding in found.findings)
    return BAD_DATA if wrong or not found.count(IMPORTED) + found.count(CHECKED) else FINE


def _suggest(options: argparse.Namespace) -> int:
    """A map for one table; what the other options are of is not done."""
    from ..errors import Refused
    from ..opening import sources
    from ..papers.mapping.suggest import suggestion

    if len(options.documents) > 1 or options.into or options.period or options.map:
        raise output.WrongUse(
            "--suggest 只看一份表，不能与 --into、--period、--map 同用",
            "--suggest looks at one table and goes without --into, --period and --map",
        )
    [*known] = sources.discover(options.documents)
    if len(known) != 1:
        raise output.nothing_to_read()
    found = suggestion(known[0])
    if found.refused:
        raise Refused(found.refused)
    name = os.path.splitext(os.path.basename(options.documents[0]))[0]
    path = options.output or output.free_name(f"{name}-map.toml")
    output.write_text(path, found.map)
    output.written(path)
    output.say(
        Text(
            "请逐行核对后把 confirmed 改为 true，再用 jwdt import --map {p} 导入",
            "check every line, make confirmed true, and import with jwdt import --map {p}",
        ).fill(p=path)
    )
    return FINE


def _write(path: str | None, found: Imported, guide: Guide | None, stamp: Mapping[str, str]) -> None:
    from .. import workbook
    from ..assessment import write

    if path is None:
        output.tell_json(write(found.assessment))
    elif path.lower().endswith(".json"):
        output.write_text(path, output.json_text(write(found.assessment)) + "\n")
        output.written(path)
    else:
        host, language = stamp.get("host") or workbook.HOSTS[0], stamp.get("language") or get_language()
        with output.new_file(path, keep=True) as temporary:
            workbook.write(temporary, guide=guide, host=host, language=language, assessment=found.assessment)
        output.written(path)
