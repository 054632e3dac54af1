"""What a return says once its review is applied to it: the data changed line by line, and what became of each line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from ...assessment import Assessment, evaluate, read, write
from ...assessment.choices import GUIDE
from ...assessment.quarantine import Reason, may_move, reasons
from ...assessment.result import Result
from ...errors import Refused
from ...messages import ERROR, INFO, Finding, Text, joined
from ...standard.guide import Guide
from ...standard.numbers import number_of_text
from .reading import Reading
from .review import APPROVE, CORRECT, DECLARED, REFUSE, Entry
from .row import Row, pack, pollutants_of, quantities_of, scores_of

#: The path of an input by its place in the workbook.
Paths = Mapping[str, str]
NO_PATHS: Paths = MappingProxyType({})
#: The enterprise's own value, and why a line cannot be used.
Outcome = tuple[Any, "Text | None"]


class Reviewed(NamedTuple):
    """The data of a return after its review."""

    data: Assessment
    #: Of each line the enterprise's own value, and why it could not be used.
    outcomes: Mapping[Entry, Outcome]
    #: Code and place of the findings that were approved.
    approved: Set[tuple[str, str]]


def reviewed(reading: Reading, entries: Sequence[Entry], paths: Paths = NO_PATHS) -> Reviewed:
    """paths: of the cells that lines may name."""
    result = reading.result
    assert result is not None
    known = {entry: found for entry in entries if (found := _decided_error(reading, entry))}
    changing = {entry: _path(reading, entry, paths) for entry in entries if entry not in known}
    data, outcomes = _changed(write(result.declared), changing, result.guide)
    outcomes |= _replaced(outcomes, changing)
    outcomes |= {entry: (own, None) for entry, (_, own) in known.items()}
    again = replace(read(data, result.guide), told=result.declared.told)
    return Reviewed(again, outcomes, {place for entry, (place, _) in known.items() if entry.decision == APPROVE})


def _replaced(outcomes: Mapping[Entry, Outcome], paths: Mapping[Entry, str]) -> dict[Entry, Outcome]:
    """Of several corrections of one value the last counts: the others say so, and all name the enterprise's own value."""
    by_path: dict[str, list[Entry]] = {}
    for entry, (_, problem) in outcomes.items():
        if entry.decision == CORRECT and problem is None:
            by_path.setdefault(paths[entry], []).append(entry)
    found: dict[Entry, Outcome] = {}
    for first, *more in by_path.values():
        own, last = outcomes[first][0], (first, *more)[-1]
        for entry in (first, *more):
            found[entry] = own, None if entry.value == last.value else _REPLACED.fill(o=last.place)
    return found


_REPLACED = Text(
    "此行未采用：{o} 也更正了此项，以后面的一行为准 — 不用的一行请删去",
    "this line was not used: {o} corrects the same value, and the later line counts — delete the one that is not meant",
)


class Decided(NamedTuple):
    """A return after its review: its result, what still holds it back, what became of each line, and what is told of them."""

    result: Result
    held: tuple[Reason, ...]
    lines: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]


def decided(reading: Reading, entries: Sequence[Any], paths: Paths = NO_PATHS) -> Decided:
    """The result after review, and what became of each line."""
    result = reading.result
    assert result is not None
    given = [Entry(*entry) for entry in entries]
    again, outcomes, approved = reviewed(reading, given, paths)
    states = [(entry, *outcomes[entry]) for entry in given]
    lines = [{**e._asdict(), "own": own, "state": list(problem) if problem else None} for e, own, problem in states]
    declared = {line["field"].removeprefix(DECLARED) for line in lines if line["decision"] == APPROVE}
    after = evaluate(again, result.guide, by=GUIDE, approved=declared & set(again.not_applicable))
    held = reasons(_places(after, reading), after, approved)
    return Decided(after, tuple(held), tuple(lines), tuple(_finding(*state) for state in states))


def applied(reading: Reading, entries: Sequence[Any], with_interval: bool = False, paths: Paths = NO_PATHS) -> Row:
    """The same as it is kept, beside the enterprise's own."""
    after, held, lines, findings = decided(reading, entries, paths)
    synergy = after.synergy
    scores = {
        **scores_of(after, held, with_interval),
        "case": synergy.case if synergy else None,
        "rates": [synergy.pollutants, synergy.carbon] if synergy else [None, None],
        "quantities": quantities_of(after),
        "pollutants": pollutants_of(after, reading.places),
    }
    return {"scores": scores, "lines": list(lines), "findings": [pack(f) for f in findings]}


def told_of(reading: Reading) -> Row:
    """What lines of a review are matched by."""
    if reading.result is None:
        return {"refused": True}
    said = reading.result.assessment
    return {"refused": False, "uscc": said.enterprise.code, "report": said.periods.report}


def _path(reading: Reading, entry: Entry, paths: Paths) -> str:
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


def _decided_error(reading: Reading, entry: Entry) -> tuple[tuple[str, str], str] | None:
    """The finding that a line approves or refuses to, by its code or its code and place, and what it says."""
    code, _, place = entry.field.partition(" ")
    if entry.decision == CORRECT:
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


_DECIDED = {
    APPROVE: Text("已批准", "approved"),
    REFUSE: Text("已否定", "refused"),
}


def _apply(data: dict[str, Any], entry: Entry, field: str) -> Outcome:
    """Changes the data by one line; returns the enterprise's own value, or why it cannot be done."""
    if entry.decision in (APPROVE, REFUSE):
        declared = data.get("not_applicable") or {}
        code = field.removeprefix(DECLARED)
        if code not in declared:
            return None, Text(
                "企业没有声明指标 {c} 不适用，也没有此代号（及位置）的待评审错误 — 请核对",
                "the enterprise did not declare indicator {c} not applicable, nor is there an error of this code (and place) to approve — check it",
            ).fill(c=entry.field)
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
    number = None if isinstance(own, str) else number_of_text(entry.value)
    # a text that is no number is read, or refused, as one in a file
    holder[last] = entry.value if number is None else number
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
