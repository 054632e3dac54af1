"""Files of answers in, people out: every file and every person accounted for, nobody counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ..errors import Refused
from ..messages import ERROR, INFO, WARNING, Finding, Text
from ..portfolio.sources import Source, discover
from ..standard.questionnaire import Questionnaire, annex_a
from .formfile import layout_of, read_form
from .opened import LIMITS, Opened, open_all
from .person import Person
from .table import read_table

BLANK, DUPLICATE, OLDER, UNCLEAR = "blank-answer", "same-answer-twice", "older-answer", "unclear-duplicate"


class FileRead(NamedTuple):
    """A file: how many people it holds, and its findings; without people it was refused."""

    name: str
    people: int
    findings: tuple[Finding, ...]
    refused: bool


class Intake(NamedTuple):
    """Everybody who was read: those who count, and those set aside with the reason."""

    questionnaire: Questionnaire
    files: tuple[FileRead, ...]
    people: tuple[Person, ...]
    aside: tuple[tuple[Person, Finding], ...]

    @property
    def rejected(self) -> tuple[FileRead, ...]:
        return tuple(file for file in self.files if file.refused)

    @property
    def read(self) -> int:
        return len(self.people) + len(self.aside)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """About files and people; those about answers come with the tally."""
        return (*(f for file in self.files for f in file.findings), *(finding for _, finding in self.aside))


def sources_of(paths: Iterable[str], without: Iterable[str] = ()) -> list[Source]:
    """The files of answers among files, folders and archives."""
    return list(discover(paths, without, LIMITS))


def take_in(
    sources: Iterable[Source],
    jobs: int = 1,
    questionnaire: Questionnaire | None = None,
    step: Callable[[bool], object] = bool,
) -> Intake:
    """Read all files and tell repeated answers apart; step is told of every file whether it was rejected."""
    questionnaire = questionnaire or annex_a()
    files: list[FileRead] = []
    people: list[Person] = []
    for read, found in each(sources, jobs, questionnaire):
        step(read.refused)
        files.append(read)
        people += found
    aside = dict(_set_aside(people))
    return Intake(
        questionnaire,
        tuple(files),
        tuple(person for place, person in enumerate(people) if place not in aside),
        tuple((people[place], finding) for place, finding in sorted(aside.items())),
    )


def each(
    sources: Iterable[Source], jobs: int = 1, questionnaire: Questionnaire | None = None
) -> Iterator[tuple[FileRead, list[Person]]]:
    """File by file, in the order given."""
    for opened in open_all(sources, jobs):
        yield _read(opened, questionnaire or annex_a())


def _read(opened: Opened, questionnaire: Questionnaire) -> tuple[FileRead, list[Person]]:
    try:
        if opened.refused:
            raise Refused(opened.refused)
        if opened.stamp is not None:
            people = [read_form(opened.name, layout_of(opened.name, opened.stamp), opened.grid)]
            findings: list[Finding] = []
        else:
            people, findings = read_table(opened.name, opened.sheet, opened.grid, questionnaire)
    except Refused as error:
        return FileRead(opened.name, 0, error.findings, True), []
    if not people:
        text = Text(
            "有表头，没有答卷 — 请确认导出了数据", "headings, but no answers — check that the data were exported"
        )
        return FileRead(opened.name, 0, (Finding(ERROR, "no-answers", opened.name, text),), True), []
    return FileRead(opened.name, len(people), tuple(findings), False), people


def _set_aside(people: list[Person]) -> Iterator[tuple[int, Finding]]:
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        if person.blank:
            text = Text("一题未答，不计入", "no question answered, not counted")
            yield place, Finding(INFO, BLANK, person.where, text, "completeness")
            continue
        if person.id:
            same["", person.id].append(place)
        elif person.number:
            # A tool numbers its own rows: the same number in another file is another person.
            same[person.file, person.number].append(place)
    for (_, id), places in same.items():
        if len(places) > 1:
            yield from _repeated(people, places, id)


def _repeated(people: list[Person], places: list[int], id: str) -> Iterator[tuple[int, Finding]]:
    """The same respondent several times: equal answers count once, of different ones the latest; else none counts."""
    first = people[places[0]]
    if all(people[place].same_answers(first) for place in places):
        for place in places[1:]:
            text = Text(
                "受访者 {i} 重复，回答与 {o} 相同，只计一次",
                "respondent {i} again, with the same answers as {o}: counted once",
            )
            filled = text.fill(i=id[:40], o=first.where)
            yield place, Finding(WARNING, DUPLICATE, people[place].where, filled, "consistency")
        return
    times = [people[place].time for place in places]
    latest = max(times)
    clear = all(times) and times.count(latest) == 1
    for place in places:
        person = people[place]
        others = "、".join(people[other].where for other in places if other != place)[:200]
        if clear and person.time == latest:
            continue
        if clear:
            text = Text(
                "受访者 {i} 的较早答卷，以更晚的为准：{o}",
                "an earlier answer of respondent {i}; the latest counts: {o}",
            )
            yield place, Finding(WARNING, OLDER, person.where, text.fill(i=id[:40], o=others), "consistency")
        else:
            text = Text(
                "受访者 {i} 有不同的答卷，又分不出先后，都不计入：{o} — 请只保留一份",
                "respondent {i} has different answers and none is known to be the latest, so none counts: {o} — keep one",
            )
            yield place, Finding(ERROR, UNCLEAR, person.where, text.fill(i=id[:40], o=others), "consistency")
