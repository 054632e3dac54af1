"""Last year's campaign, by the list of the returns that it counted: what this year's forms are filled in from.

Not from its inbox as such: first returns that were replaced, rejected and held ones lie there too.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace

from ....assessment import evaluate
from ....errors import Refused
from ....messages import ERROR, INFO, WARNING, Finding, Text
from ....opening import sources
from ....opening.container import read
from ....opening.limits import DEFAULT
from ...analysis.identity import period
from ...collection.correcting import NO_PATHS, Paths, names_cells, reviewed
from ...collection.intake import cells_of, read_files
from ...collection.reading import Reading
from ...collection.review import APPROVE, Entry, of_period, read_review
from ..csv_files import not_a_formula
from ..manifest import digest
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
    reviewed_by = _review(last)
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
            guide = last.guides.by_id.get(name)
            cells = stack.enter_context(cells_of(guide))
            for reading in read_files(paths, guide, jobs=jobs, any_guide=True):
                file = paths[reading.file]
                if reading.assessment is None:
                    findings += (f._replace(severity=WARNING, where=f"{file} {f.where}") for f in reading.findings)
                elif _is_of(last, reading):
                    code = files[file]
                    after = _after_review(reading, reviewed_by.get(code, ()), file, findings, cells)
                    found[code] = [replace(after, file=file)]
    return found


def _review(last: Campaign) -> dict[str, list[Entry]]:
    """By credit code the lines of last year's review; what was wrong with others was told when they were collected."""
    found: dict[str, list[Entry]] = defaultdict(list)
    if last.declared.review:
        for entry in read_review(last.path(last.declared.review), []):
            found[entry.uscc].append(entry)
    return found


def _after_review(
    reading: Reading, entries: Iterable[Entry], file: str, findings: list[Finding], cells: Callable[[str], Paths]
) -> Reading:
    """This year's base is what last year's report came to, so a slip that a reviewer corrected does not come back."""
    result = reading.result
    assert result is not None
    lines = of_period(entries, result.declared.periods.report)
    changing = [line for line in lines if line.decision != APPROVE]
    if not changing:
        return reading
    known = cells(reading.file) if reading.stamp and names_cells(changing) else NO_PATHS
    after = reviewed(reading, lines, known)
    unused = [line for line in changing if after.outcomes[line][1] is not None]
    used = [line for line in changing if line not in unused]
    for these, severity, text in ((unused, WARNING, _NOT_CORRECTED), (used, INFO, _CORRECTED)):
        if these:
            fields = text.fill(n=len(these), f="、".join(line.field for line in these))
            findings.append(Finding(severity, "previous-corrected", file, fields, "transparency"))
    return replace(reading, result=evaluate(after.data, result.guide)) if used else reading


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


_CORRECTED = Text(
    "按上年评审后的数据预填：采用评审 {n} 处（{f}）",
    "filled in by the data after last year's review: {n} lines of it used ({f})",
)
_NOT_CORRECTED = Text(
    "上年评审的 {n} 处没有采用（{f}），按企业自报值预填 — 请在发出前核对",
    "{n} lines of last year's review were not used ({f}), so the enterprise's own values are filled in — check them before the form is sent",
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
