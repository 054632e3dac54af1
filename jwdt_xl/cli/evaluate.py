"""``jwdt score`` and ``jwdt check``: files in, results or findings out."""

from __future__ import annotations

import argparse
import glob
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from ..assessment.checks.changes import unsure
from ..assessment.evaluate import each_alternative
from ..assessment.uncertainty import UNKNOWN, sentences, uncertainty
from ..messages import ERROR, WARNING, Text
from ..portfolio import Reading, read_files
from ..standard.guide import Guide
from . import BAD_DATA, FINE
from .guides import load_guide, moved
from .options import add_guide, flag, option
from .output import counted, lines, say, say_findings, tell, tell_json
from .paths import Read

_FILES = Text("工作簿（.xlsx）或评价文件（.json）", "workbooks (.xlsx) or assessment files (.json)")

#: From this many files on several processes are worth their start, and progress is shown on a terminal.
_MANY = 12


def score_options(parser: argparse.ArgumentParser) -> None:
    option(parser, "files", *_FILES, nargs="+", metavar="F", type=Read)
    flag(parser, "--json", "只输出 JSON：每个文件一个对象的数组", "print JSON alone: an array, one object per file")
    add_guide(parser)


def check_options(parser: argparse.ArgumentParser) -> None:
    option(parser, "files", *_FILES, nargs="+", metavar="F", type=Read)
    add_guide(parser)


def score(options: argparse.Namespace) -> int:
    guide = load_guide(options.guide)
    readings = list(moved(readings_of(options.files, guide), guide))
    if options.json:
        tell_json([_as_dict(reading) for reading in readings])
        least = ERROR  # the rest is in the JSON
    else:
        from . import tables

        told: list[Text] = []
        if len(readings) == 1:
            readings = [_with_interval(readings[0], told)]
        tables.show_results(readings)
        for line in told:
            tell(line)
        least = WARNING
    for reading in readings:
        _say(reading, least, named=len(readings) > 1)
    return exit_code(readings)


def _with_interval(reading: Reading, told: list[Text]) -> Reading:
    """With what is found of how sure it is; told: in words."""
    if reading.result is None:
        return reading
    sure = uncertainty(reading.result)
    told += sentences(reading.result, sure)
    return reading.with_findings(unsure(reading.result, sure.rates))


def _as_dict(reading: Reading) -> dict[str, Any]:
    """The reading with its intervals, and the total under each named alternative, or why there is none."""
    result = reading.result
    sure = uncertainty(result) if result else UNKNOWN
    if result:
        reading = reading.with_findings(unsure(result, sure.rates))
    others = each_alternative(result.assessment, result.guide) if result else ()
    named = [
        {"option": o.option.name, "value": o.value, "total": o.total, "reason": str(o.reason) or None} for o in others
    ]
    return {**reading.as_dict(), **sure.as_dict(), "alternatives": named}


def check(options: argparse.Namespace) -> int:
    guide = load_guide(options.guide)
    readings = list(moved(readings_of(options.files, guide), guide))
    for reading in readings:
        found = lines(reading.findings)
        if found and (len(readings) > 1 or not _names_itself(reading)):
            tell(f"{reading.file}:")
        for line in found:
            tell(line)
    findings = [finding for reading in readings for finding in reading.findings]
    summary = Text("{n} 个文件：{c}", "{n} files: {c}").fill(n=len(readings), c=counted(findings))
    say(summary)
    return exit_code(readings)


def exit_code(readings: Iterable[Reading]) -> int:
    return FINE if all(reading.ok for reading in readings) else BAD_DATA


def readings_of(names: Iterable[str], guide: Guide | None) -> Iterator[Reading]:
    """The files' readings in the order given, with a progress bar for many on a terminal."""
    files = [file for name in names for file in expanded(name)]
    many = len(files) >= _MANY
    readings = read_files(files, guide, jobs=jobs_for(len(files)))
    if many and sys.stderr.isatty():
        from . import tables

        return tables.with_progress(readings, len(files))
    return readings


def jobs_for(files: int) -> int:
    return min(os.cpu_count() or 1, 8) if files >= _MANY else 1


def expanded(name: str) -> list[str]:
    """Windows' shell leaves *.xlsx to the program."""
    if os.name == "nt" and not os.path.exists(name) and glob.has_magic(name):
        return sorted(glob.glob(name)) or [name]
    return [name]


def _names_itself(reading: Reading) -> bool:
    return all(finding.where.startswith(reading.file) for finding in reading.findings)


def _say(reading: Reading, least: str, named: bool) -> None:
    if named and lines(reading.findings, least) and not _names_itself(reading):
        say(f"{reading.file}:")
    say_findings(reading.findings, least)
