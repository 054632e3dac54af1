"""``jwdt guide``: sector guides — a workbook to write them in, guide files, benchmarks, the effect of a change."""

from __future__ import annotations

import argparse
import os
from typing import Any

from ..errors import Refused
from ..messages import ERROR, Finding, Text, get_language
from ..standard.guide import FORMAT, Guide, builtin, to_dict
from . import BAD_DATA, FINE, experts, guide_study, levels, output, publish, weights
from .authored import write_book, write_text
from .guides import load_guide
from .options import add_output, flag, option
from .parser import actions_of
from .paths import Read

_GUIDE = Text(
    "指南文件（.toml）、编制工作簿（.xlsx）、JSON，或自带指南的名称（总则为 general）",
    "guide file (.toml), authoring workbook (.xlsx), JSON, or the name of a shipped guide (general: the general rule)",
)
#: The sheet AHP has a matrix per group and expert; more experts than this fill no workbook.
MOST_EXPERTS = 60
FORMS = ("text", "toml", "xlsx", "json")


def guide_options(parser: argparse.ArgumentParser) -> None:
    add = actions_of(parser)
    new = add("new", _new, "生成编制工作簿，从总则表 1 起步", "write an authoring workbook, starting from table 1")
    start = new.add_mutually_exclusive_group()
    option(start, "--from", *_GUIDE, dest="start", metavar="G", type=Read)
    flag(start, "--empty", "空白指标树", "an empty index tree")
    option(
        new,
        "--experts",
        "专家行数和每组判断矩阵数，默认 10 行、每组 5 个矩阵",
        "rows of experts and AHP matrices per group; default 10 rows, 5 matrices a group",
        type=int,
        metavar="N",
    )
    option(
        new,
        "--survey",
        "问卷统计结果（jwdt survey 的 JSON）：填入“问卷结果”，替换原有的",
        "tally of a survey (JSON of jwdt survey): goes to the sheet of survey results, in place of what is there",
        metavar="TALLY.json",
        type=Read,
    )
    add_output(new, "G.xlsx|toml|json")

    build = add("build", _build, "由编制工作簿生成指南文件", "make the guide file of an authoring workbook")
    option(
        build,
        "book",
        "编制工作簿；或改了推导（如 α）的指南文件，重新计算其权重",
        "authoring workbook; or a guide file whose derivation was changed (such as α), to compute its weights anew",
        metavar="G.xlsx|toml",
        type=Read,
    )
    option(
        build,
        "--previous",
        "上一版指南：中文改了而英文没改的逐条指出；省略则与 -o 已有的文件比较",
        "the version before: each English text that stayed while its Chinese changed is told; default: the file that -o replaces",
        metavar="OLD",
        type=Read,
    )
    add_output(build, "G.toml")

    show = add("show", _show, "查看指南，或转为其他形式", "look at a guide, or write it in another form")
    option(show, "guide", *_GUIDE, metavar="G", nargs="?", type=Read)
    option(show, "--to", "形式，默认 text", "form, default text", choices=FORMS, default=FORMS[0])
    add_output(show, "F")

    add("schema", _schema, "输出指南文件的 JSON Schema", "print the JSON Schema of guide files")

    levels.add(
        add(
            "benchmark",
            levels.run,
            "由企业数据表得出基准值：给定比例的企业可达到的水平",
            "benchmarks from a table of enterprises: the level a share of them reaches",
        ),
        _GUIDE,
    )

    guide_study.add(
        add(
            "study",
            _study,
            "样本中各指标的相关、差异和客观权重",
            "correlations, spread and objective weights of indicators in a sample",
        )
    )

    weights.add(
        add(
            "weights",
            weights.run,
            "由样本数据得出熵权和 CRITIC 权重，写入指南，或核对指南中的",
            "entropy and CRITIC weights by a sample of data, into a guide, or checked against those it has",
        ),
        _GUIDE,
    )

    publish.add(add, _GUIDE)

    experts.add(
        add("experts", guide, "专家表：逐人生成，收回后合并", "forms of experts: one for each, and their merge"), _GUIDE
    )

    difference = add(
        "difference",
        _difference,
        "同一批企业按新旧两个指南的得分差异",
        "the same enterprises under an old and a new guide",
    )
    option(difference, "files", "工作簿或评价文件", "workbooks or assessments", nargs="+", metavar="F", type=Read)
    option(difference, "--old", "旧指南；省略则为总则", "the old guide; default: general rule", metavar="G", type=Read)
    option(difference, "--new", "新指南", "the new guide", metavar="G", required=True, type=Read)
    flag(
        difference,
        "--guide-benchmarks",
        "新指南有基准值的，不用企业自填的",
        "where the new guide has a benchmark, take it and not the enterprise's own",
    )
    add_output(difference, "D.xlsx|csv")


def guide(options: argparse.Namespace) -> int:
    return int(options.act(options))


def _load(name: str) -> Guide:
    """A guide or draft, from whatever form it is in."""
    found = load_guide(name, draft=True)
    assert found is not None
    return found


def _new(options: argparse.Namespace) -> int:
    from .. import authoring

    if options.experts is not None and not 1 <= options.experts <= MOST_EXPERTS:
        raise output.WrongUse("--experts 须为 1–{n}", "--experts must be 1–{n}", n=MOST_EXPERTS)
    start: Guide | dict[str, Any]
    if options.start is None:
        start = {"nodes": []} if options.empty else authoring.start(get_language())
    elif options.start.lower().endswith((".xlsx", ".xlsm", ".ods")):
        start = authoring.read_unfinished(options.start)  # an author may need more rows before all is right
    else:
        start = _load(options.start)
    survey, notes = None, list[Finding]()
    if options.survey:
        nodes = [node.code for node in start.nodes] if isinstance(start, Guide) else _codes(start)
        survey = authoring.read_survey(options.survey, nodes, notes)
    path = options.output or output.free_name("guide.xlsx")
    form = os.path.splitext(path)[1].lower()
    if form != ".xlsx":
        if options.experts is not None:
            raise output.WrongUse("--experts 只用于 .xlsx", "--experts goes with .xlsx only")
        data = to_dict(start) if isinstance(start, Guide) else {"format": FORMAT, **dict.fromkeys(_TO_SAY, ""), **start}
        if survey is not None:
            data["derivation"] = {**data.get("derivation", {}), "survey": [dict(result) for result in survey]}
        write_text(path, authoring.dump_data(data) if form == ".toml" else output.json_text(data) + "\n")
        output.say_findings(notes)
        return FINE
    output.say_findings([*notes, *write_book(path, start, survey=survey, experts=options.experts)])
    return FINE


#: What makes a guide one of its own: blank in a new file, so that its author sees where it is said.
_TO_SAY = ("id", "version", "name_zh", "name_en", "source_zh", "source_en")


def _codes(start: dict[str, Any]) -> list[str]:
    return [str(node.get("code", "")) for node in start["nodes"]]


def _build(options: argparse.Namespace) -> int:
    from .. import authoring

    notes: list[Finding] = []
    path = options.output or output.free_name(os.path.splitext(os.path.basename(options.book))[0] + ".toml")
    previous = _load(options.previous) if options.previous else _earlier(path)
    if options.book.lower().endswith(".toml"):
        built, notes = authoring.rebuilt(authoring.read_text(options.book), options.book, previous)
    else:
        built = authoring.build(options.book, notes, previous)
    write_text(path, authoring.dump(built))
    output.say_findings(notes)
    _say_gaps(built)
    return FINE


def _earlier(path: str) -> Guide | None:
    """The guide in a file that is about to be replaced; None where there is none, or it is no guide."""
    if not os.path.isfile(path):
        return None
    try:
        return load_guide(path, draft=True)
    except Refused:
        return None


def _show(options: argparse.Namespace) -> int:
    from .. import authoring
    from ..authoring.english import without_copies

    if options.guide is None:
        if options.to != FORMS[0]:
            raise output.WrongUse("--to 须指明指南", "--to needs a guide")
        for name in (authoring.GENERAL, *authoring.shipped()):
            shown = authoring.open_guide(name)
            output.tell(f"{name}  {shown.name}")
        return FINE
    found = _load(options.guide)
    if options.to != FORMS[0]:
        output.check_ending(options.output, (f".{options.to}",))
    if options.to == "xlsx":
        write_book(options.output or output.free_name(f"{_stem(options.guide)}.xlsx"), found)
        return FINE
    if options.to == "text":
        if options.output:
            raise output.WrongUse("-o 用于 --to toml、xlsx、json", "-o goes with --to toml, xlsx or json")
        from . import guide_tables

        guide_tables.show(found)
        return FINE
    plain = without_copies(to_dict(found))
    text = authoring.dump(found) if options.to == "toml" else output.json_text(plain) + "\n"
    if options.output:
        write_text(options.output, text)
    else:
        output.tell(text.rstrip("\n"))
    return FINE


def _schema(options: argparse.Namespace) -> int:
    from .. import authoring

    output.tell_json(authoring.schema())
    return FINE


def _study(options: argparse.Namespace) -> int:
    return guide_study.run(options, _load(options.guide))


def _difference(options: argparse.Namespace) -> int:
    from .. import authoring
    from ..authoring import change
    from ..authoring.english import doubtful
    from ..authoring.versions import changes
    from . import guide_tables
    from .evaluate import expanded, jobs_for

    old, new = load_guide(options.old), _load(options.new)
    files = [file for name in options.files for file in expanded(name)]
    comparisons = authoring.difference(files, old, new, own=not options.guide_benchmarks, jobs=jobs_for(len(files)))
    between = changes(old or builtin(), new)
    output.tell(str(_BETWEEN if between else _SAME))
    for text in between:
        output.tell(f"  - {text}")
    output.say_findings(doubtful(new, old))
    guide_tables.show_difference(comparisons)
    for comparison in comparisons:
        if comparison.why:
            output.tell(f"{comparison.name}: {comparison.why}")
    for comparison in comparisons:
        output.say_findings(
            [
                f._replace(where=f"{comparison.name} {f.where}")
                for f in comparison.findings
                if comparison.name not in f.where
            ]
            or comparison.findings
        )
    if options.output:
        with output.new_file(options.output, mark=change.MARK) as temporary:
            authoring.write_difference(comparisons, temporary, between)
        output.written(options.output)
    said_wrong = any(f.severity == ERROR for comparison in comparisons for f in comparison.findings)
    return BAD_DATA if said_wrong or any(comparison.new is None for comparison in comparisons) else FINE


_BETWEEN, _SAME = Text("两版指南的不同：", "between the guides:"), Text("两版指南内容相同", "the guides say the same")


def _say_gaps(found: Guide) -> None:
    if found.gaps:
        text = Text(
            "草稿，缺 {n} 项，补齐前不能用于模板和评价：", "a draft with {n} gaps, no template or score by it yet:"
        )
        output.say(text.fill(n=len(found.gaps)))
        for gap in found.gaps:
            output.say(f"  - {gap}")


def _stem(name: str) -> str:
    return os.path.splitext(os.path.basename(name))[0]
