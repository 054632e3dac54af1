"""People tallied: by question, by kind of respondent, with every answer that is kept aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..messages import ERROR, INFO, WARNING, Finding, Text
from ..standard.questionnaire import Questionnaire, Survey, Tally, is_asked, tally
from ..standard.questionnaire.answers import ASIDE
from .intake import Intake
from .person import Person

#: The question by whose answer people are broken down: what kind of organisation they work for.
BY = 1


class Aside(NamedTuple):
    """An answer that does not count: whose, of which question, what it says, and why."""

    person: Person
    question: int
    finding: Finding

    @property
    def raw(self) -> str:
        return self.person.raw.get(self.question, "")


class Counted(NamedTuple):
    """All tallies of a survey."""

    intake: Intake
    survey: Survey
    #: By the option of question 1; 0 is without a valid answer to it.
    groups: dict[int, tuple[Tally, ...]]
    people: dict[int, int]
    aside: tuple[Aside, ...]
    #: What else is to be said about answers that count.
    remarks: tuple[Finding, ...]

    @property
    def questionnaire(self) -> Questionnaire:
        return self.intake.questionnaire

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.intake.findings, *(aside.finding for aside in self.aside), *self.remarks)

    @property
    def answers(self) -> tuple[int, int]:
        """Answers tallied and kept aside, over all questions."""
        tallies = self.survey.tallies
        return sum(t.answered for t in tallies), sum(t.aside for t in tallies)


def count(intake: Intake) -> Counted:
    """Tally everybody who counts."""
    questionnaire, people = intake.questionnaire, intake.people
    survey, aside, remarks = _tallied(questionnaire, people)
    kinds: dict[int, list[Person]] = {option: [] for option in range(len(questionnaire.question(BY).options) + 1)}
    for person in people:
        kinds[_kind(questionnaire, person)].append(person)
    groups = {kind: _tallied(questionnaire, members)[0].tallies for kind, members in kinds.items() if members}
    sizes = {kind: len(members) for kind, members in kinds.items() if members}
    return Counted(intake, survey, groups, sizes, tuple(aside), tuple(_condensed(remarks)))


def _condensed(remarks: Sequence[Finding]) -> Iterator[Finding]:
    """Notes that say the same of many people are one, with their number; warnings stay as they are."""
    yield from (finding for finding in remarks if finding.severity != INFO)
    same: dict[tuple[str, Text], list[Finding]] = defaultdict(list)
    for finding in remarks:
        if finding.severity == INFO:
            same[finding.code, finding.text].append(finding)
    for (_, text), found in same.items():
        often = Text("{t}（共 {n} 处，首处在此）", "{t} ({n} times, here first)").fill(t=text, n=len(found))
        yield found[0]._replace(text=often) if len(found) > 1 else found[0]


def _kind(questionnaire: Questionnaire, person: Person) -> int:
    options = range(1, len(questionnaire.question(BY).options) + 1)
    answer = person.answers.get(BY)
    chosen = list(answer) if isinstance(answer, (list, tuple)) else [answer]
    return chosen[0] if len(chosen) == 1 and isinstance(chosen[0], int) and chosen[0] in options else 0


def _tallied(questionnaire: Questionnaire, people: Sequence[Person]) -> tuple[Survey, list[Aside], list[Finding]]:
    """The standard's tally, and where each of its findings stands."""
    survey = tally(questionnaire, (person.respondent(str(place)) for place, person in enumerate(people)))
    aside: list[Aside] = []
    remarks: list[Finding] = []
    for finding in survey.findings:
        place, _, question = finding.where.partition(" Q")
        person, number = people[int(place)], int(question)
        placed = finding._replace(where=person.cells.get(number, person.where))
        if finding.severity == ERROR:
            # The tally is right without it, and nothing more can be done about it here: a warning.
            aside.append(Aside(person, number, placed._replace(severity=WARNING)))
        else:
            remarks.append(placed)
    unread: Counter[int] = Counter()
    not_put: Counter[int] = Counter()
    for person in people:
        for number, (code, text) in person.problems.items():
            unread[number] += 1
            where = person.cells.get(number, person.where)
            aside.append(Aside(person, number, Finding(WARNING, code, where, ASIDE.fill(t=text), "consistency")))
        for number in person.absent:
            not_put[number] += bool(is_asked(questionnaire.question(number), questionnaire, person.answers))
    tallies = tuple(
        t._replace(asked=t.asked - not_put[t.question.number], aside=t.aside + unread[t.question.number])
        for t in survey.tallies
    )
    order: dict[int, int] = defaultdict(int, {id(person): place for place, person in enumerate(people)})
    aside.sort(key=lambda each: (order[id(each.person)], each.question))
    return Survey(tallies, survey.findings), aside, remarks
