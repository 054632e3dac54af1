"""What an evaluator says about returns: not applicable approved or refused, values corrected.

The lines, whom each is about, and what a portfolio shows of them; ``correcting`` applies them to a return.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...assessment.quarantine import UNREVIEWED
from ...messages import ERROR, INFO, Finding, Text
from ...opening.tables import code_of, read_table
from ...standard.names import fold
from ..analysis.identity import period
from .row import Row, in_force

APPROVE, REFUSE, CORRECT = "approve", "refuse", "correct"
_DECISIONS = {
    APPROVE: ("approve", "approved", "批准", "同意", "通过"),
    REFUSE: ("refuse", "refused", "否定", "不同意", "驳回", "拒绝"),
    CORRECT: ("correct", "corrected", "更正", "修正", "改正"),
}
COLUMNS = {
    "uscc": ("统一社会信用代码", "uscc", "信用代码", "credit code"),
    "report": ("报告期", "report", "report period"),
    "field": ("项目", "field", "指标或字段", "字段"),
    "decision": ("决定", "decision", "评审意见"),
    "value": ("更正值", "value", "数值", "corrected value"),
    "reason": ("理由", "reason"),
    "verifier": ("评审人", "verifier", "核查人"),
    "date": ("日期", "date"),
}


class Entry(NamedTuple):
    """One line of a review; field is an indicator (of a not applicable) or the path of a value in the assessment file."""

    place: str
    uscc: str
    report: str
    field: str
    decision: str
    value: str
    reason: str
    verifier: str
    date: str


def read_review(path: str, notes: list[Finding]) -> list[Entry]:
    """The lines of a review; those that are wrong are noted, each with what it lacks, and not used."""
    entries, open_ = [], 0
    table = read_table(path, COLUMNS, ("uscc", "field", "decision", "reason", "verifier", "date"))
    notes += table.notes
    for row in table.rows:
        fields = {key: row.fields.get(key, "") for key in Entry._fields if key != "place"}
        spoken = fold(fields["decision"])
        fields["decision"] = next((key for key, names in _DECISIONS.items() if spoken in map(fold, names)), "")
        if not any(row.fields.get(key) for key in ("decision", "value", "reason", "verifier", "date")):
            open_ += 1  # of a review to fill in, nobody has decided this one
            continue
        entry = Entry(row.place, **{**fields, "uscc": code_of(fields["uscc"])})
        absent = [key for key in ("uscc", "field", "decision", "reason", "verifier", "date") if not getattr(entry, key)]
        if entry.date and not _is_date(entry.date):
            absent.append("date")
        if entry.decision == CORRECT and not entry.value:
            absent.append("value")
        if absent:
            text = Text(
                "缺少或无法识别：{a}；决定须为 批准、否定、更正 之一，并写明理由、评审人和日期 — 此行未采用，请补齐",
                "missing or not understood: {a}; the decision is approve, refuse or correct, with reason, verifier and date — the line was not used, fill it in",
            ).fill(a=Text("、".join(COLUMNS[key][0] for key in absent), ", ".join(absent)))
            notes.append(Finding(ERROR, "bad-review", row.place, text))
            continue
        entries.append(entry)
    if open_:
        text = Text("{n} 行还没有决定，未作处理", "{n} lines are not decided yet and do nothing")
        notes.append(Finding(INFO, "review-open", os.path.basename(path), text.fill(n=open_)))
    return entries


#: A year in whatever way a date is written, or the number that a spreadsheet has for a day.
_DATE = re.compile(r"(?<!\d)(19|20)\d\d|^\d{5}(\.\d*)?$")


def _is_date(text: str) -> bool:
    return bool(_DATE.search(unicodedata.normalize("NFKC", text).strip()))


def by_file(entries: Sequence[Entry], rows: Iterable[tuple[str, Row]]) -> dict[str, tuple[Entry, ...]]:
    """The lines about each file."""
    wanted: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        wanted[entry.uscc].append(entry)
    found: dict[str, tuple[Entry, ...]] = {}
    for name, row in rows:
        if row["refused"]:
            continue
        lines = of_period(wanted.get(row["uscc"], ()), row["report"])
        if lines:
            found[name] = lines
    return found


def of_nobody(entries: Sequence[Entry], found: Mapping[str, Sequence[Entry]]) -> list[Finding]:
    """The lines that are about no file that counts; found: the lines about each of those."""
    used = {entry for lines in found.values() for entry in lines}
    return [Finding(ERROR, "review-of-nobody", e.place, _nobody(e)) for e in entries if e not in used]


def of_period(lines: Iterable[Entry], report: str) -> tuple[Entry, ...]:
    """The lines that are about a report period, among them those that name none."""
    return tuple(line for line in lines if not line.report or period(line.report) == period(report))


def _nobody(entry: Entry) -> Text:
    return _OF_NOBODY.fill(c=entry.uscc, p=f" {entry.report}" if entry.report else "")


_OF_NOBODY = Text(
    "没有 {c}{p} 的已评价文件，此行未采用 — 请核对信用代码和报告期；填报被拒绝或还没有交回的，收到可评价的填报后再次收集即采用",
    "no scored file of {c}{p}, so this line was not used — compare code and period; if the return was rejected or is not here yet, the line is used once a return that can be scored is collected",
)


def stray(
    entries: Sequence[Entry], found: Mapping[str, Sequence[Entry]], unread: Iterable[Finding]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lines that are about no scored file, and unread ones, as the portfolio shows them, each after the code it names."""
    used = {entry for lines in found.values() for entry in lines}
    for entry in entries:
        if entry not in used:
            shown = {key: value for key, value in entry._asdict().items() if key not in ("place", "report")}
            yield entry.uscc, {**shown, "name": "", "state": f"{entry.place}: {_nobody(entry)}"}
    for finding in unread:
        yield "", {"field": finding.where, "state": str(finding.text)}


#: What the path of an indicator declared not applicable begins with.
DECLARED = "not_applicable."
USED = Text("已采用", "used")
_UNDECIDED = Text("尚未评审", "not decided yet")
_NONE: Mapping[str, Any] = {"lines": (), "scores": None}


def undecided(row: Row) -> Iterator[tuple[str, str, str]]:
    """What holds a return back and nobody has decided yet: field, what is said, and the cell where it is about one."""
    review = row.get("review") or _NONE
    decided = {line["field"].removeprefix(DECLARED) for line in review["lines"] if line["decision"] != CORRECT}
    for code, reason in row["reasons"].items():
        if code not in decided:
            yield DECLARED + code, reason, ""
    for code, at, zh, en in in_force(row)["quarantine"]:
        if code != UNREVIEWED and not {code, f"{code} {at}"} & decided:  # what was refused waits to be corrected
            yield f"{code} {at}", str(Text(zh, en)), at


def lines(group: Any, get: Any) -> Iterator[dict[str, Any]]:
    """What the portfolio shows of reviews: own value and value after review, and what is still to be decided."""
    for place in group.order:
        member = group.members[place]
        row = get(member.key)
        review = row.get("review") or _NONE
        for field, own, _ in undecided(row):
            yield {
                "uscc": member.uscc, "name": member.name, "field": field, "own": own,
                "total_own": row["total"], "state": str(_UNDECIDED),
            }  # fmt: skip
        for line in review["lines"]:
            after = review["scores"]
            state = Text(*line["state"]) if line["state"] else USED
            yield {
                "uscc": member.uscc, "name": member.name, "field": line["field"], "decision": line["decision"],
                "own": None if line["own"] is None else str(line["own"]), "value": line["value"], "reason": line["reason"],
                "verifier": line["verifier"], "date": line["date"], "total_own": row["total"],
                "total": after["total"] if after else None, "state": str(state),
            }  # fmt: skip
    yield from map(dict, group.stray_lines)
