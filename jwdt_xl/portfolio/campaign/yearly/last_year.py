"""Last year's campaign, by the list of the returns that it counted: what this year's forms are filled in from.

Not from its inbox as such: first returns that were replaced, rejected and held ones lie there too.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from ....errors import Refused
from ....messages import ERROR, WARNING, Finding, Text
from ....opening import sources
from ....opening.container import read
from ....opening.limits import DEFAULT
from ...analysis.identity import period
from ...collection.intake import read_files
from ...collection.reading import Reading
from ..manifest import digest
from ..naming import not_a_formula
from .folder import INBOX, RESULTS, RETURNS, Campaign
from .status import REJECTED, REVIEW

_LARGEST = 1 << 28
Lines = Mapping[str, Mapping[str, str]]


def counted(
    last: Campaign, assigned: Mapping[str, str], jobs: int, findings: list[Finding]
) -> dict[str, list[Reading]]:
    """By credit code the return that counted; assigned: this year's guides by credit code. What cannot be used is a warning."""
    lines = _lines(last.path(RESULTS, RETURNS))
    names = {guide.id for guide in last.guides.all} & set(assigned.values())
    by_guide: dict[str, dict[str, str]] = defaultdict(dict)
    for code, line in lines.items():
        now = assigned.get(code)
        if now is not None and line["guide"] in names and now != line["guide"]:
            text = _ANOTHER_GUIDE.fill(a=line["guide"], b=now, n=line["name"])
            findings.append(Finding(WARNING, "previous-by-another-guide", code, text, "consistency"))
        elif now is not None and line["state"] == REVIEW:
            findings.append(
                Finding(WARNING, "previous-in-review", code, _IN_REVIEW.fill(n=line["name"]), "consistency")
            )
        elif now is not None:
            by_guide[line["guide"]][line["file"]] = code
    there = {not_a_formula(source.name): source for source in sources.discover([last.path(INBOX)])}
    found: dict[str, list[Reading]] = {}
    with ExitStack() as stack:
        for name, files in by_guide.items():
            paths: dict[str, str] = {}
            for file, code in files.items():
                try:
                    path = stack.enter_context(sources.opened(there[file], DEFAULT))
                    if digest(path) != lines[code]["sha256"]:
                        raise KeyError(file)
                except (KeyError, OSError, Refused):
                    findings.append(Finding(WARNING, "previous-not-there", file, _NOT_THERE, "completeness"))
                else:
                    paths[path] = file
            for reading in read_files(paths, last.guides.by_id.get(name), jobs=jobs, any_guide=True):
                file = paths[reading.file]
                if reading.assessment is None:
                    findings += (f._replace(severity=WARNING, where=f"{file} {f.where}") for f in reading.findings)
                elif _is_of(last, reading):
                    found[files[file]] = [replace(reading, file=file)]
    return found


def _lines(path: str) -> Lines:
    """By credit code its line. Raises Refused where the campaign was not closed, or the list is none."""
    if not os.path.isfile(path):
        raise Refused((Finding(ERROR, "not-closed", path, _NOT_CLOSED, "completeness"),))
    try:
        listed = list(csv.DictReader(io.StringIO(read(path, _LARGEST).decode("utf-8-sig"), newline="")))
        found = dict[str, dict[str, str]]()
        for line in listed:
            if line.get("state") == REJECTED:
                continue  # of another period; lists without a state have them too, without a rank
            if line["uscc"] not in found or (line["rank"] and not found[line["uscc"]]["rank"]):
                found[line["uscc"]] = {key: line[key] for key in ("guide", "rank", "name", "file", "sha256")}
                found[line["uscc"]]["state"] = line.get("state") or ""
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise Refused((Finding(ERROR, "bad-list", path, _BAD.fill(e=str(error)[:80])),)) from error
    return found


def _is_of(last: Campaign, reading: Reading) -> bool:
    """Whether it is of the period that was evaluated, as all that count are by now."""
    wanted = last.declared.period
    return not wanted or (
        reading.assessment is not None and period(reading.assessment.periods.report) == period(wanted)
    )


_IN_REVIEW = Text(
    "{n} 上年的填报到结束时仍待评审，未用来预填，由企业自行填写",
    "{n}: last year's return was still to be reviewed when the campaign was closed, so its form is not filled in from it, the enterprise does it",
)
_NOT_CLOSED = Text(
    "上年的评价还没有结束，没有计入的填报清单，不知道以哪份填报预填 — 请先对它运行 jwdt campaign close，或删去 campaign.toml 中的 previous",
    "last year's campaign is not closed, so there is no list of the returns that counted and it is not known what to fill in from — run jwdt campaign close on it first, or delete previous in campaign.toml",
)
_BAD = Text(
    "不是本程序写的计入的填报清单（{e}）— 请恢复该文件，或对上年的评价重新运行 close",
    "is no list of counted returns that this program wrote ({e}) — restore it, or close last year's campaign once more",
)
_NOT_THERE = Text(
    "上年计入的这份填报已不在其 inbox 中，或内容与清单不符，未采用其数据 — 请恢复该文件，或由企业自行填写",
    "this return that counted last year is not in its inbox any more, or not as it was listed: its data were not used — restore it, or let the enterprise fill it in",
)
_ANOTHER_GUIDE = Text(
    "{n} 上年按 {a} 评价，今年按 {b}：未用上年数据预填，由企业自行填写",
    "{n} was evaluated by {a} last year and is by {b} now: its form is not filled in from last year, the enterprise does it",
)
