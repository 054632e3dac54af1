"""``jwdt report``: the evaluation report of an enterprise as a Word document or PDF, by a template that people edit in Word."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..assessment.checks.changes import unsure
from ..assessment.result import Result
from ..messages import ERROR, Text, get_language
from ..opening import outputs
from ..portfolio import Reading
from . import FINE
from .evaluate import exit_code, readings_of
from .guides import load_guide, moved
from .options import add_guide, add_output, flag, option
from .output import WrongUse, new_file, say, say_findings, tell, written
from .paths import Folder, Read, Written

_NAMES = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
_LANGUAGE = Text(
    "汇总工作簿为{n}，报告也用{n}：其中的句子取自工作簿",
    "the portfolio is in {n}, and so is the report, which takes its sentences",
)


_PORTFOLIO = Text(
    "--portfolio 与 -o 同用，或与 --by 和 --folder 同用 — 请用 jwdt report --portfolio P.xlsx -o R.docx（或 R.pdf），或 --by region --folder DIR",
    "--portfolio goes with -o, or with --by and --folder — use jwdt report --portfolio P.xlsx -o R.docx (or R.pdf), or --by region --folder DIR",
)


def report_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "files",
        "工作簿（.xlsx）或评价文件（.json），一家一份报告",
        "workbooks (.xlsx) or assessment files (.json): a report each",
        nargs="*",
        metavar="F",
        type=Read,
    )
    option(
        parser,
        "--template",
        "Word 模板（.docx）；默认用自带的中文或英文模板",
        "template of Word (.docx); default: the one that comes along, by --lang",
        metavar="T.docx",
        type=Read,
    )
    add_output(parser, "R.docx|R.pdf", "一份报告；PDF 需要 LibreOffice", "one report; PDF needs LibreOffice")
    option(
        parser, "--folder", "许多份报告存放的文件夹", "folder for the reports of several files", metavar="DIR", type=Folder
    )  # fmt: skip
    option(
        parser,
        "--portfolio",
        "汇总工作簿：整组的报告",
        "a portfolio workbook: the report of the group",
        metavar="P.xlsx",
        type=Read,
    )
    option(
        parser,
        "--by",
        "与 --portfolio、--folder 同用：每个地区或行业大类一份",
        "with --portfolio and --folder: a report of each region or division",
        choices=("region", "division"),
    )
    flag(
        parser,
        "--group",
        "与 --new-template、--fields 同用：整组报告的模板和字段",
        "with --new-template and --fields: those of the report of a group",
    )
    flag(parser, "--pdf", "在 --folder 中生成 PDF", "write PDF into --folder")
    option(
        parser,
        "--new-template",
        "另存自带模板，供在 Word 中修改",
        "write the template that comes along, to be edited in Word",
        metavar="T.docx",
        type=Written,
    )
    flag(parser, "--fields", "列出模板可用的字段", "list the fields that a template may use")
    add_guide(parser)


def report(options: argparse.Namespace) -> int:
    if options.fields:
        from ..reports.fields import FIELDS, markdown
        from ..reports.group.fields import FIELDS as OF_GROUP

        for line in markdown(OF_GROUP if options.group else FIELDS):
            tell(line)
        return FINE
    from ..reports import extra

    _check_use(options)
    extra.need("docxtpl", "matplotlib")
    if options.new_template:
        from ..reports import default
        from ..reports.group import default as of_group

        source = of_group if options.group else default
        with new_file(options.new_template) as temporary:
            shutil.copyfile(source.path_of(get_language()), temporary)
        written(options.new_template)
    if options.portfolio:
        return _of_group(options)
    if not options.files:
        return FINE
    from ..reports import report as reports

    soffice = find_soffice() if options.pdf or str(options.output or "").lower().endswith(".pdf") else ""
    guide = load_guide(options.guide)
    readings = [_unsure(reading) for reading in moved(readings_of(options.files, guide), guide)]
    taken: set[str] = set()
    for reading in readings:
        if reading.result is None:
            say_findings(reading.findings)
            continue
        say_findings(reading.findings, ERROR)
        path = options.output or _in_folder(
            options.folder, reading, reading.result, ".pdf" if options.pdf else ".docx", taken
        )
        write_document(
            partial(reports.write, reading.result, reading.file, template=options.template or ""), path, soffice
        )
        written(path)
    return exit_code(readings)


def _of_group(options: argparse.Namespace) -> int:
    from ..opening.filenames import file_name, free_name
    from ..reports.group import report as reports

    soffice = find_soffice() if options.pdf or (options.output or "").lower().endswith(".pdf") else ""
    portfolio = reports.read(options.portfolio, load_guide(options.guide))
    if portfolio.language != get_language():
        say(_LANGUAGE.fill(n=_NAMES[portfolio.language]))
    write = partial(reports.write, portfolio, options.portfolio, template=options.template or "")
    if not options.by:
        write_document(write, options.output, soffice)
        written(options.output)
        return FINE
    outputs.new_folder(options.folder)
    taken: set[str] = set()
    ending = ".pdf" if options.pdf else ".docx"
    for part in reports.parts_of(portfolio, options.by):
        path = os.path.join(options.folder, free_name(file_name(part.name, "", ending), ending, taken))
        write_document(partial(write, part=part), path, soffice)
        written(path)
    return FINE


def _check_use(options: argparse.Namespace) -> None:
    if options.portfolio:
        needed, other = options.output, options.folder or options.pdf
        if options.by:
            needed, other = options.folder, options.output
        if options.files or other or not needed:
            raise WrongUse(*_PORTFOLIO)
        return
    if options.by:
        raise WrongUse("--by 与 --portfolio 同用", "--by goes with --portfolio")
    if options.group and not options.new_template:
        raise WrongUse(
            "--group 与 --new-template 或 --fields 同用；整组的报告用 --portfolio P.xlsx",
            "--group goes with --new-template or --fields; for the report of a group use --portfolio P.xlsx",
        )
    if not options.files:
        if not options.new_template:
            raise WrongUse(
                "没有评价文件 — 请写明工作簿或评价文件，或用 --new-template 另存模板",
                "no file — name workbooks or assessment files, or ask for a --new-template",
            )
        return
    if bool(options.output) == bool(options.folder):
        raise WrongUse(
            "须给出 -o 或 --folder 其中一个 — 一份报告用 -o R.docx 或 -o R.pdf，多份用 --folder",
            "one of -o and --folder is needed — -o R.docx or -o R.pdf for one report, --folder for several",
        )
    if options.output and len(options.files) > 1:
        raise WrongUse("多个文件请用 --folder", "for several files use --folder")
    if options.pdf and not options.folder:
        raise WrongUse(
            "--pdf 与 --folder 同用；一份报告请用 -o R.pdf", "--pdf goes with --folder; for one report use -o R.pdf"
        )


def find_soffice() -> str:
    """LibreOffice, which makes PDF. Raises where there is none."""
    from ..hosts.libreoffice.program import find_program

    return str(find_program().tool("soffice"))


def _unsure(reading: Reading) -> Reading:
    """With what the intervals find, as `jwdt score` tells it."""
    from ..assessment.uncertainty import uncertainty

    return (
        reading.with_findings(unsure(reading.result, uncertainty(reading.result).rates)) if reading.result else reading
    )


def _in_folder(folder: str, reading: Reading, result: Result, ending: str, taken: set[str]) -> str:
    from ..opening.filenames import file_name, free_name

    outputs.new_folder(folder)
    enterprise = result.assessment.enterprise
    name = free_name(file_name(enterprise.code, enterprise.name or Path(reading.file).stem, ""), "", taken)
    return os.path.join(folder, f"{name}_report{ending}")


def write_document(document: Callable[[str], object], path: str, soffice: str) -> None:
    """A document in Word, or by LibreOffice as PDF; document: writes it in Word to a path."""
    from ..reports import pdf

    with new_file(path) as temporary:
        if not soffice:
            document(temporary)
            return
        with tempfile.TemporaryDirectory() as folder:
            word = os.path.join(folder, "report.docx")
            document(word)
            pdf.convert(word, temporary, soffice)
