"""What an evaluator says about returns: not applicable approved or refused, values corrected. Both results are kept."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from ...assessment import evaluate, read, write
from ...assessment.choices import GUIDE
from ...assessment.quarantine import UNREVIEWED, may_move, reasons
from ...assessment.result import Result
from ...errors import Refused
from ...messages import ERROR, INFO, Finding, Text, joined
from ...opening.tables import code_of, read_table
from ...standard.guide import Guide
from ...standard.names import fold
from ...standard.numbers import number_of_text
from ..analysis.identity import period
from .reading import Reading
from .row import Row, in_force, pack, pollutants_of, quantities_of, scores_of

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


#: The enterprise's own value, and why a line cannot be used.
Outcome = tuple[Any, "Text | None"]


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


def by_file(
    entries: Sequence[Entry], rows: Iterable[tuple[str, Row]], notes: list[Finding]
) -> dict[str, tuple[Entry, ...]]:
    """The lines about each file; those that are about no file are noted."""
    wanted: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        wanted[entry.uscc].append(entry)
    found: dict[str, tuple[Entry, ...]] = {}
    used: set[Entry] = set()
    for name, row in rows:
        if row["refused"]:
            continue
        lines = tuple(
            e for e in wanted.get(row["uscc"], ()) if not e.report or period(e.report) == period(row["report"])
        )
        if lines:
            found[name] = lines
            used.update(lines)
    for entry in entries:
        if entry not in used:
            notes.append(Finding(ERROR, "review-of-nobody", entry.place, _nobody(entry)))
    return found


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


def applied(
    reading: Reading,
    entries: Sequence[Any],
    with_interval: bool = False,
    paths: Mapping[str, str] = MappingProxyType({}),
) -> Row:
    """The result after review, and what became of each line; paths: of the cells that lines may name."""
    result = reading.result
    assert result is not None
    given = [Entry(*entry) for entry in entries]
    known = {entry: found for entry in given if (found := _approved(reading, entry))}
    changing = {entry: _path(reading, entry, paths) for entry in given if entry not in known}
    data, outcomes = _changed(write(result.declared), changing, result.guide)
    outcomes |= {entry: (own, None) for entry, (_, own) in known.items()}
    approved = {place for place, _ in known.values()}
    lines, findings = [], []
    for entry in given:
        own, problem = outcomes[entry]
        lines.append({**entry._asdict(), "own": own, "state": list(problem) if problem else None})
        findings.append(_finding(entry, own, problem))
    declared = {line["field"].removeprefix(_DECLARED) for line in lines if line["decision"] == APPROVE}
    again = replace(read(data, result.guide), told=result.declared.told)
    after = evaluate(again, result.guide, by=GUIDE, approved=declared & set(again.not_applicable))
    synergy = after.synergy
    scores = {
        **scores_of(after, reasons(_places(after, reading), after, approved), with_interval),
        "case": synergy.case if synergy else None,
        "rates": [synergy.pollutants, synergy.carbon] if synergy else [None, None],
        "quantities": quantities_of(after),
        "pollutants": pollutants_of(after, reading.places),
    }
    return {"scores": scores, "lines": lines, "findings": [pack(f) for f in findings]}


def _path(reading: Reading, entry: Entry, paths: Mapping[str, str]) -> str:
    """The path of what a line is about; a cell may stand after the code of what was found there, as the portfolio lists it."""
    code, _, place = entry.field.partition(" ")
    if entry.decision == CORRECT and place and any(finding.code == code for finding in reading.findings):
        return paths.get(cell_of(place), place.strip())
    return paths.get(cell_of(entry.field), entry.field)


def _changed(data: Any, fields: Mapping[Entry, str], guide: Guide) -> tuple[Any, dict[Entry, Outcome]]:
    """The data changed by every line that can be: all at once where that can be evaluated, else by one after the other."""
    trial = deepcopy(data)
    outcomes = {entry: _apply(trial, entry, field) for entry, field in fields.items()}
    if _why_not(trial, guide) is None:
        return trial, outcomes
    for entry, field in fields.items():
        own, problem = outcomes[entry]
        if problem is None:
            trial = deepcopy(data)
            _apply(trial, entry, field)
            wrong = _why_not(trial, guide)
            outcomes[entry] = own, wrong
            data = data if wrong else trial
    return data, outcomes


def _why_not(data: Any, guide: Guide) -> Text | None:
    """Why data cannot be evaluated."""
    try:
        evaluate(read(data, guide), guide, by=GUIDE)
    except Refused as error:
        return _NOT_EVALUATED.fill(e=joined([f.text for f in error.findings], "；", "; "))
    return None


_NOT_EVALUATED = Text("此行未采用：{e}", "this line was not used: {e}")


def names_cells(entries: Sequence[Any]) -> bool:
    """Whether a line names a cell: only then must it be known which value stands where."""
    return any("!" in cell_of(entry.field).strip("!") for entry in (Entry(*entry) for entry in entries))


def cell_of(field: str) -> str:
    """A field as the place of a cell, as findings print it: 企业信息!B21."""
    sheet, _, cell = unicodedata.normalize("NFKC", field).strip().rpartition("!")
    return f"{sheet.strip().strip(chr(39))}!{cell.strip().replace('$', '').upper()}"


def _places(after: Result, reading: Reading) -> Iterator[Finding]:
    """Findings after review, by the places that the file has: a reviewer approves what the portfolio shows."""
    shown = {(finding.code, finding.text): finding.where for finding in reading.findings}
    for finding in after.findings:
        yield finding._replace(where=shown.get((finding.code, finding.text), finding.where))


def _approved(reading: Reading, entry: Entry) -> tuple[tuple[str, str], str] | None:
    """The finding that a line approves, by its code or its code and place, and what it says."""
    code, _, place = entry.field.partition(" ")
    if entry.decision != APPROVE:
        return None
    for finding in reading.findings:
        if may_move(finding) and finding.code == code and place.strip() in ("", finding.where):
            return (code, place.strip()), str(finding.text)
    return None


def _finding(entry: Entry, own: Any, problem: Text | None) -> Finding:
    if problem is not None:
        return Finding(ERROR, "bad-review", f"{entry.place}", problem, "transparency")
    text = Text(
        "评审（{v}，{d}）：{f} {w}，理由：{r}；企业自报 {o}，两个结果均保留",
        "review ({v}, {d}): {f} {w}, because {r}; the enterprise's own {o}; both results are kept",
    ).fill(
        v=entry.verifier, d=entry.date, f=entry.field, r=entry.reason, o="–" if own is None else own,
        w=Text("更正为 {x}", "corrected to {x}").fill(x=entry.value) if entry.decision == CORRECT else _DECIDED[entry.decision],
    )  # fmt: skip
    return Finding(INFO, "review", entry.field, text, "transparency")


_DECLARED = "not_applicable."
#: Questions that are answered by yes or no.
_ANSWERS = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
USED = Text("已采用", "used")
_UNDECIDED = Text("尚未评审", "not decided yet")
_DECIDED = {
    APPROVE: Text("已批准", "approved"),
    REFUSE: Text("“不适用”被否定", "“not applicable” refused"),
}


def _apply(data: dict[str, Any], entry: Entry, field: str) -> Outcome:
    """Changes the data by one line; returns the enterprise's own value, or why it cannot be done."""
    if entry.decision in (APPROVE, REFUSE):
        declared = data.get("not_applicable") or {}
        code = field.removeprefix(_DECLARED)
        if code not in declared:
            return None, Text(
                "企业没有声明指标 {c} 不适用，也没有此代号（及位置）的待评审错误 — 请核对",
                "the enterprise did not declare indicator {c} not applicable, nor is there an error of this code (and place) to approve — check it",
            ).fill(c=code)
        own = declared[code]
        if entry.decision == REFUSE:
            del declared[code]
        return own, None
    holder, last = (None, None) if "!" in field else _holder(data, field)
    if holder is None or last is None:
        return None, Text(
            "没有字段 {f} — 请写明单元格，如 企业信息!B21，或评价文件中的路径，如 energy[2].report",
            "no field {f} — give its cell, such as 企业信息!B21, or its path in the assessment file, such as energy[2].report",
        ).fill(f=entry.field)
    own = holder.get(last)
    if not isinstance(own, str) and fold(entry.value) in _ANSWERS:
        holder[last] = _ANSWERS[fold(entry.value)]
        return own, None
    try:
        number = number_of_text(entry.value)
        holder[last] = (float(entry.value) if number is None else number) if not isinstance(own, str) else entry.value
    except ValueError:
        return own, Text(
            "更正值须为数字，实为“{v}” — 请改正", "the corrected value must be a number, got “{v}” — correct it"
        ).fill(v=entry.value)
    return own, None


def _holder(data: Mapping[str, Any], path: str) -> tuple[dict[str, Any] | None, str | None]:
    """The object that holds the last part of a path like energy[2].report."""
    *parents, last = path.replace("]", "").replace("[", ".").split(".")
    here: Any = data
    for part in parents:
        if isinstance(here, list):
            here = here[int(part)] if part.isdigit() and int(part) < len(here) else None
        elif isinstance(here, dict):
            here = here.get(part)
        else:
            return None, None
    return (here, last) if isinstance(here, dict) and here else (None, None)


_NONE: Mapping[str, Any] = {"lines": (), "scores": None}


def undecided(row: Row) -> Iterator[tuple[str, str, str]]:
    """What holds a return back and nobody has decided yet: field, what is said, and the cell where it is about one."""
    review = row.get("review") or _NONE
    decided = {line["field"].removeprefix(_DECLARED) for line in review["lines"] if line["decision"] != CORRECT}
    for code, reason in row["reasons"].items():
        if code not in decided:
            yield _DECLARED + code, reason, ""
    for code, at, zh, en in in_force(row)["quarantine"]:
        if code != UNREVIEWED:
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
