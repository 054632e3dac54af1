"""``jwdt survey``: the survey of the note's annex A — forms to fill in, tallies of many answers, weights from them."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from ..messages import ERROR, WARNING, Finding, Text, get_language
from . import BAD_DATA, FINE, output
from .options import add_guide, add_jobs, add_output, flag, option
from .parser import actions_of
from .paths import Read, Written
from .portfolio import jobs_of

if TYPE_CHECKING:
    from ..standard.guide import Guide
    from ..standard.questionnaire import Own
    from ..survey.counted import Counted
    from ..survey.mapping import GroupWeights

_OWN = Text(
    "问卷含有 --guide 自己的问题（jwdt survey new --guide）；汇总时没有 --map 也据此求权重",
    "the survey holds questions of --guide itself (jwdt survey new --guide); a tally without --map makes weights of them",
)
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
    option(
        new,
        "--guide",
        "附录 A 之后加上这份指南自己的问题：每组同级指标按重要性排序；权重可以还没有",
        "behind annex A, questions of this guide itself: each group of siblings ranked by importance; weights need not exist yet",
        metavar="G",
        type=Read,
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
    flag(tally, "--own", *_OWN)
    add_jobs(tally)

    mapping = add("map", _map, "生成待填写的“选项 → 指标”对应关系", "write a map of options to indicators to fill in")
    add_output(mapping, "MAP.toml")
    add_guide(mapping)
    flag(mapping, "--own", *_OWN)


def survey(options: argparse.Namespace) -> int:
    return int(options.act(options))


def _new(options: argparse.Namespace) -> int:
    from ..survey.form import new_form

    own = _own(options.guide) if options.guide else None
    path = options.output or output.free_name("survey.xlsx")
    with output.new_file(path) as temporary:
        new_form(temporary, get_language(), id=options.id, questionnaire=own.questionnaire if own else None)
    output.written(path)
    return FINE


def _map(options: argparse.Namespace) -> int:
    from ..standard.guide import builtin
    from ..survey.mapping import starter

    path = options.output or output.free_name("map.toml")
    text = starter(_guide(options.guide) or builtin(), _own_asked(options))
    output.write_text(path, text)
    output.written(path)
    return FINE


def _guide(name: str | None) -> Guide | None:
    """A draft will do: its weights may be what is missing."""
    if name is None:
        return None
    from ..authoring.tree import open_tree

    return open_tree(name)


def _own(name: str) -> Own:
    """The survey with the questions of a guide; raises Refused where it has nothing to rank."""
    from ..authoring.tree import open_tree
    from ..opening.refusals import refused
    from ..standard.questionnaire import of_guide

    own = of_guide(open_tree(name))
    if not own.links:
        raise refused(
            name, "nothing-to-rank", "指标树中没有两个以上的同级指标，无从排序 — 请先编指标树",
            "no two siblings in the index tree, so nothing to rank — write the index tree first",
        )  # fmt: skip
    return own


def _own_asked(options: argparse.Namespace) -> Own | None:
    if not options.own:
        return None
    if not options.guide:
        raise output.WrongUse(
            "--own 须与 --guide 同用：自己的问题出自指南", "--own goes with --guide, whose questions they are"
        )
    return _own(options.guide)


def _tally(options: argparse.Namespace) -> int:
    from ..standard.guide import builtin
    from ..survey import counted, document, intake, tally_book
    from ..survey.mapping import own_map, read_map, weights
    from .progress import Progress

    output.check_there(options.files)
    guide = _guide(options.guide) or builtin()
    own = _own_asked(options)
    links = read_map(options.map, guide) if options.map else own_map(own) if own else None
    ours = [name for name in (options.output, options.json, options.map) if name]
    sources = intake.sources_of(options.files, ours)
    if not sources:
        raise output.nothing_to_read()
    with Progress(Text("读取", "reading"), len(sources)) as progress:
        asked = own.questionnaire if own else None
        found = intake.take_in(sources, jobs_of(options, len(sources)), asked, progress.step)
    result = counted.count(found)
    groups, said = weights(result.survey, links, guide) if links else ([], [])
    _say(result, said)
    with output.new_file(options.output) as temporary:
        by = os.path.basename(options.map) if options.map else str(_BY_OWN)
        notes = [f"{by} ({guide.id})", *output.lines(said)] if links else []
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


_BY_OWN = Text("指南自己的问题", "the guide's own questions")


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
