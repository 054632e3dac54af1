"""``jwdt report``: the evaluation report of an enterprise as a Word document or PDF, by a template that people edit in Word."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from ..assessment.checks.changes import unsure
from ..assessment.result import Result
from ..messages import ERROR, get_language
from ..opening import outputs
from ..portfolio import Reading
from . import FINE
from .evaluate import exit_code, readings_of
from .guides import load_guide, moved
from .options import add_guide, add_output, flag, option
from .output import WrongUse, new_file, say_findings, tell, written
from .paths import Folder, Read, Written

_ENDINGS = (".docx", ".pdf")


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
        from ..reports.fields import markdown

        for line in markdown():
            tell(line)
        return FINE
    from ..reports import extra

    _check_use(options)
    extra.need("docxtpl", "matplotlib")
    if options.new_template:
        from ..reports.default import path_of

        with new_file(options.new_template) as temporary:
            shutil.copyfile(path_of(get_language()), temporary)
        written(options.new_template)
    if not options.files:
        return FINE
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
        _write(reading.result, reading.file, path, options.template or "", soffice)
        written(path)
    return exit_code(readings)


def _check_use(options: argparse.Namespace) -> None:
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
    if options.output and not options.output.lower().endswith(_ENDINGS):
        raise WrongUse(
            "报告的文件名须以 .docx 或 .pdf 结尾，实为 {p}",
            "a report must end in .docx or .pdf, got {p}",
            p=options.output,
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
    from ..portfolio.campaign.naming import file_name

    outputs.new_folder(folder)
    enterprise = result.assessment.enterprise
    name = file_name(enterprise.uscc, enterprise.name or Path(reading.file).stem, "")
    number, wanted = 1, name
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}_{number}"
    taken.add(name.casefold())
    return os.path.join(folder, f"{name}_report{ending}")


def _write(result: Result, file: str, path: str, template: str, soffice: str) -> None:
    from ..reports import pdf
    from ..reports import report as reports

    with new_file(path) as temporary:
        if not soffice:
            reports.write(result, file, temporary, template)
            return
        with tempfile.TemporaryDirectory() as folder:
            document = os.path.join(folder, "report.docx")
            reports.write(result, file, document, template)
            pdf.convert(document, temporary, soffice)
