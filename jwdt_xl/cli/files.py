"""``jwdt template``, ``fill`` and ``extract``: between assessments and workbooks."""

from __future__ import annotations

import argparse
import os

from .. import workbook
from ..assessment import Assessment, write
from ..errors import Refused
from ..messages import ERROR, LANGUAGES, WARNING, Text, get_language
from ..opening.filenames import plain
from ..opening.outputs import new_folder
from ..portfolio import Reading, read_file
from ..standard.guide import Guide
from . import BAD_DATA, FINE, output
from .guides import load_guide
from .options import add_force, add_guide, add_output, endings_of, flag, option
from .paths import Folder, Read, Written

_HOST = Text(
    "excel（默认，Excel 桌面版和 LibreOffice）、lite、server、portable（不用加载项，WPS 也可用）、lambda（函数随工作簿携带，Excel 365/2024、WPS 12.6 起）",
    "excel (default; Excel desktop and LibreOffice), lite, server, portable (no add-in needed, WPS too), "
    "lambda (the functions travel inside; Excel 365/2024, WPS 12.6 or later)",
)


_EMBED = Text(
    "试验：与 --host lite 同用，把 xlwings Lite 的 main.py 和 requirements.txt 写进工作簿；未在 Excel 中试过",
    "experimental: with --host lite, write the main.py and requirements.txt of xlwings Lite into the workbook; "
    "untried in Excel",
)
_EMBEDDED = Text(
    "已嵌入 xlwings Lite 的代码：试验性，未在 Excel 中试过；不行时按“说明”表粘贴",
    "the code of xlwings Lite is embedded: experimental, untried in Excel; if it does not work paste it as the "
    "how-to sheet says",
)


def _add_host(parser: argparse.ArgumentParser) -> None:
    option(parser, "--host", *_HOST, choices=tuple(workbook.HOSTS))
    flag(parser, "--embed", *_EMBED)


def _check_embed(embed: bool, host: str | None) -> None:
    if embed and host != "lite":
        raise output.WrongUse("--embed 只能与 --host lite 同用", "--embed goes with --host lite only")


def template_options(parser: argparse.ArgumentParser) -> None:
    add_guide(parser)
    _add_host(parser)
    target = parser.add_mutually_exclusive_group()
    add_force(parser)
    option(target, "-o --output", "输出文件", "output file", metavar="F.xlsx", type=Written)
    parser.set_defaults(endings=endings_of("F.xlsx"))
    option(
        target,
        "--all",
        "在文件夹中生成各软件、各语言的模板和填报示例",
        "all templates (host × language) and the filled example, in a folder",
        metavar="DIR",
        type=Folder,
    )


def template(options: argparse.Namespace) -> int:
    guide = load_guide(options.guide)
    if options.all is None:
        host = options.host or workbook.HOSTS[0]
        _check_embed(options.embed, host)
        path = options.output or output.free_name(template_name(host, get_language(), guide))
        _write(path, guide, host, get_language(), None, embed=options.embed)
        return FINE
    if options.host:
        raise output.WrongUse("--all 生成全部，不能与 --host 同用", "--all writes them all, it does not go with --host")
    _check_embed(options.embed, options.host)
    folder = new_folder(options.all)
    for host in workbook.HOSTS:
        for language in LANGUAGES:
            _write(os.path.join(folder, template_name(host, language, guide)), guide, host, language, None)
    if guide is None:
        from .demo import example

        for language in LANGUAGES:
            _write(
                os.path.join(folder, f"example-cement-{language}.xlsx"), None, workbook.HOSTS[0], language, example()
            )
    return FINE


def template_name(host: str, language: str, guide: Guide | None, inside_archive: bool = False) -> str:
    prefix = f"{plain(guide.id, inside_archive)}-" if guide else ""
    return f"{prefix}template-{host}-{language}.xlsx"


def fill_options(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    option(source, "--data", "评价文件", "assessment file", metavar="A.json", type=Read)
    option(
        source,
        "--from",
        "旧工作簿：数据转入新模板",
        "old workbook, whose data go into a new one",
        dest="old",
        type=Read,
        metavar="OLD.xlsx",
    )
    flag(
        parser,
        "--next-year",
        "换到下一年：报告期数据成为基准期，两期标签后移，报告期、备注和定性回答留空",
        "a year on: what was reported becomes the base, the labels move, report period, notes and answers are blank",
    )
    add_guide(parser)
    _add_host(parser)
    add_output(parser, "F.xlsx")


def fill(options: argparse.Namespace) -> int:
    guide = load_guide(options.guide)
    source = options.data or options.old
    reading = _read(source, guide, any_guide=True)
    host = options.host or reading.stamp.get("host") or workbook.HOSTS[0]
    _check_embed(options.embed, host)
    language = getattr(options, "lang", None) or reading.stamp.get("language") or get_language()
    path = options.output or output.free_name(_beside(source, "-new.xlsx" if options.old else ".xlsx"))
    assessment = reading.assessment
    assert assessment is not None
    if options.next_year:
        assert reading.result is not None
        assessment = _a_year_on(assessment, source, reading.result.guide)
    _write(path, guide, host, language, assessment, embed=options.embed)
    # a year on, most are answered
    output.say_findings(reading.findings, ERROR if options.next_year else WARNING)
    return FINE if reading.ok else BAD_DATA


def _a_year_on(last: Assessment, source: str, guide: Guide) -> Assessment:
    """The next year's; a label that names no year cannot move."""
    from ..assessment.next_year import next_year

    found = next_year(last, guide=guide)
    if not found.periods.report:
        raise output.WrongUse(
            "{s} 的报告期“{p}”没有年份，无法后移 — 请先把两期改为年份，例如 2023",
            "the report period of {s}, “{p}”, names no year and cannot move on — make both periods years first, e.g. 2023",
            s=source,
            p=last.periods.report,
        )
    text = Text(
        "基准期 {b}（原报告期数据），报告期 {r} 待填；备注、质量等级、定性回答、不适用理由须重新填写，基准值和选项保留",
        "base period {b} (what was reported), report period {r} to be filled in; notes, quality, answers and reasons are asked anew, "
        "benchmarks and options stay",
    )
    output.say(text.fill(b=found.periods.base, r=found.periods.report))
    return found


def extract_options(parser: argparse.ArgumentParser) -> None:
    option(parser, "file", "工作簿", "workbook", metavar="F", type=Read)
    add_guide(parser)
    add_output(parser, "A.json", "输出文件；省略则输出到终端", "output file; without it to the terminal")


def extract(options: argparse.Namespace) -> int:
    reading = _read(options.file, load_guide(options.guide))
    assert reading.assessment is not None
    data = write(reading.assessment)
    if options.output is None:
        output.tell_json(data)
    else:
        output.write_text(options.output, output.json_text(data) + "\n")
        output.written(options.output)
    output.say_findings(reading.findings, WARNING)
    return FINE if reading.ok else BAD_DATA


def _read(source: str, guide: Guide | None, any_guide: bool = False) -> Reading:
    reading = read_file(source, guide, any_guide=any_guide)
    if reading.result is None:
        raise Refused(reading.findings)
    return reading


def _write(
    path: str,
    guide: Guide | None,
    host: str,
    language: str,
    assessment: Assessment | None,
    embed: bool = False,
) -> None:
    with output.new_file(path, keep=True) as temporary:
        workbook.write(temporary, guide=guide, host=host, language=language, assessment=assessment)
        if embed:
            from ..hosts.lite import embedded

            embedded.embed(temporary)
    output.written(path)
    if embed:
        output.say(_EMBEDDED)


def _beside(source: str, ending: str) -> str:
    """In the current folder, named after the source."""
    return os.path.splitext(os.path.basename(source))[0] + ending
