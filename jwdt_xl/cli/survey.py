"""``jwdt survey``: the survey of the note's annex A — forms to fill in, tallies of many answers, weights from them."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from ..messages import ERROR, WARNING, Finding, Text, get_language
from . import BAD_DATA, FINE, output
from .guides import load_guide
from .options import add_guide, add_jobs, add_output, option
from .parser import actions_of
from .paths import Read, Written
from .portfolio import jobs_of

if TYPE_CHECKING:
    from ..standard.guide import Guide
    from ..survey.counted import Counted
    from ..survey.mapping import GroupWeights

#: Findings shown on the terminal; all of them are in the workbook.
_SHOWN = 20


def survey_options(parser: argparse.ArgumentParser) -> None:
    add = actions_of(parser)
    new = add("new", _new, "生成可填写的问卷工作簿", "write the survey as a workbook to fill in")
    add_output(new, "S.xlsx")

    option(
        new,
        "--id",
        "预填的受访者编号，用于识别重复",
        "respondent's number to fill in beforehand, tells repeated answers apart",
        default="",
    )

    tally = add(
        "tally",
        _tally,
        "汇总回收的问卷：工作簿，或问卷工具导出的 CSV、xlsx",
        "tally returned answers: workbooks, or CSV and xlsx exports of survey tools",
    )
    option(tally, "files", "文件、文件夹或 zip", "files, folders or zip archives", nargs="+", metavar="F", type=Read)
    add_output(tally, "TALLY.xlsx", required=True)
    option(
        tally,
        "--json",
        "另存 JSON（jwdt-survey/1），供编制指南用",
        "also as JSON (jwdt-survey/1), for authors of guides",
        metavar="F.json",
        type=Written,
    )
    option(
        tally,
        "--map",
        "选项与指标的对应关系，据此求主观权重；用 jwdt survey map 生成后填写",
        "which option speaks for which indicator, for subjective weights; made with jwdt survey map",
        metavar="MAP.toml|csv",
        type=Read,
    )
    add_guide(tally)
    add_jobs(tally)

    mapping = add("map", _map, "生成待填写的“选项 → 指标”对应关系", "write a map of options to indicators to fill in")
    add_output(mapping, "MAP.toml")
    add_guide(mapping)


def survey(options: argparse.Namespace) -> int:
    return int(options.act(options))


def _new(options: argparse.Namespace) -> int:
    from ..survey.form import new_form

    path = options.output or output.free_name("survey.xlsx")
    with output.new_file(path) as temporary:
        new_form(temporary, get_language(), id=options.id)
    output.written(path)
    return FINE


def _map(options: argparse.Namespace) -> int:
    from ..standard.guide import builtin
    from ..survey.mapping import starter

    path = options.output or output.free_name("map.toml")
    text = starter(_guide(options.guide) or builtin())
    output.write_text(path, text)
    output.written(path)
    return FINE


def _guide(name: str | None) -> Guide | None:
    """A draft will do: its weights may be what is missing."""
    return load_guide(name, draft=True)


def _tally(options: argparse.Namespace) -> int:
    from ..standard.guide import builtin
    from ..survey import counted, document, intake, tally_book
    from ..survey.mapping import read_map, weights
    from .progress import Progress

    output.check_there(options.files)
    guide = _guide(options.guide) or builtin()
    links = read_map(options.map, guide) if options.map else None
    ours = [name for name in (options.output, options.json, options.map) if name]
    sources = intake.sources_of(options.files, ours)
    if not sources:
        raise output.nothing_to_read()
    with Progress(Text("读取", "reading"), len(sources)) as progress:
        found = intake.take_in(sources, jobs_of(options, len(sources)), step=progress.step)
    result = counted.count(found)
    groups, said = weights(result.survey, links, guide) if links else ([], [])
    _say(result, said)
    with output.new_file(options.output) as temporary:
        notes = [f"{os.path.basename(options.map)} ({guide.id})", *output.lines(said)] if options.map else []
        tally_book.write(temporary, result, groups, guide, notes)
    output.written(options.output)
    if options.json:
        data = document.document(result, groups, guide if links else None, links.parents if links else (), said)
        output.write_text(options.json, output.json_text(data) + "\n")
        output.written(options.json)
    _show_weights(groups, guide)
    if not found.people:
        output.say(f"{ERROR} {Text('没有一份答卷计入 — 请看上面的原因', 'nobody counts — see the reasons above')}")
        return BAD_DATA
    wrong = [*said, *result.findings]
    return BAD_DATA if any(finding.severity == ERROR for finding in wrong) else FINE


def _say(result: Counted, said: list[Finding]) -> None:
    from ..survey.tally_book import accounting

    shown = output.lines(result.findings, WARNING)
    for line in shown[:_SHOWN]:
        output.say(line)
    if len(shown) > _SHOWN:
        text = Text("……另有 {n} 条，见汇总工作簿", "… and {n} more, in the tally workbook")
        output.say(text.fill(n=len(shown) - _SHOWN))
    output.say_findings(said)
    for text in accounting(result):
        output.say(text)


def _show_weights(groups: list[GroupWeights], guide: Guide) -> None:
    from .tables import Rows, console

    if not groups:
        return
    table = Rows(*(str(text) for text in _HEADINGS))
    for group in groups:
        for weight in group.weights:
            node = guide.by_code[weight.indicator]
            table.add_row(group.parent, node.code, str(node.name), f"{weight.score:.4g}", f"{weight.weight:.4f}")
    console().print(table)


_HEADINGS = (
    Text("上级", "parent"),
    Text("代码", "code"),
    Text("指标", "indicator"),
    Text("得分", "score"),
    Text("权重（同级之和为 1）", "weight (siblings sum to 1)"),
)
