"""Answers counted, by question and by kind of respondent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...messages import ERROR, Finding, Text
from ..guide.weights import ranking_scores
from .answers import chosen, is_asked, is_blank, single_choice, validate
from .questions import RANKING, Answer, Question, Questionnaire, Respondent, no_question


class Tally(NamedTuple):
    """The answers to one question.

    asked: people the question is put to; answered: those of them whose answer counts; aside: answers kept aside
    (of people not asked, too);
    counts: how many chose (or ranked) each option; composite: ranking scores, empty for other kinds;
    texts: what people wrote themselves.
    """

    question: Question
    asked: int
    answered: int
    aside: int
    counts: tuple[int, ...]
    composite: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Share of those asked, skipping included, that chose (or ranked) each option; None where nobody was asked."""
        return tuple(count / self.asked if self.asked else None for count in self.counts)

    @property
    def scores(self) -> tuple[float | None, ...]:
        """What weights are made from: composite scores of a ranking, shares of a choice; None where there are none."""
        if self.question.kind != RANKING:
            return self.shares
        return self.composite or (None,) * len(self.counts)


class Survey(NamedTuple):
    """All questions tallied, and what was found on the way."""

    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]

    def tally(self, number: int) -> Tally:
        for found in self.tallies:
            if found.question.number == number:
                return found
        raise no_question(number)


def tally(questionnaire: Questionnaire, respondents: Iterable[Respondent]) -> Survey:
    """Count every question. Answers that fail their check are kept aside with a finding; the person's others count."""
    counters = [_Counter(question) for question in questionnaire.questions]
    known = {question.number for question in questionnaire.questions}
    findings: list[Finding] = []
    for person in respondents:
        findings += [
            Finding(
                ERROR,
                "unknown-question",
                person.where,
                Text("没有第 {n} 题；回答另存", "there is no question {n}; kept aside").fill(n=number),
                "consistency",
            )
            for number in person.answers
            if number not in known
        ]
        for counter in counters:
            findings += counter.add(questionnaire, person)
    return Survey(tuple(counter.tally() for counter in counters), tuple(findings))


class _Counter:
    """Counts the answers to one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.asked = self.answered = self.aside = 0
        self.counts = [0] * len(question.options)
        self.rankings: list[list[int | None]] = []
        self.texts: list[str] = []

    def add(self, questionnaire: Questionnaire, person: Respondent) -> tuple[Finding, ...]:
        number = self.question.number
        answer, text = person.answers.get(number), person.texts.get(number, "")
        asked = is_asked(self.question, questionnaire, person.answers)
        self.asked += bool(asked)
        where = f"{person.where} Q{number}" if person.where else f"Q{number}"
        findings = validate(self.question, answer, asked, text, where)
        if any(finding.severity == ERROR for finding in findings):
            self.aside += 1
            return findings
        if not is_blank(answer):
            self.answered += 1
            self._count(answer)
        if self.question.free_text and text.strip():
            self.texts.append(text.strip())
        return findings

    def _count(self, answer: Answer) -> None:
        for option in chosen(answer):
            self.counts[option - 1] += 1
        if isinstance(answer, Mapping):
            self.rankings.append([answer.get(option) for option in range(1, len(self.counts) + 1)])

    def tally(self) -> Tally:
        return Tally(
            self.question,
            self.asked,
            self.answered,
            self.aside,
            tuple(self.counts),
            ranking_scores(self.rankings) if self.rankings else (),
            tuple(self.texts),
        )


def breakdown(
    questionnaire: Questionnaire, respondents: Iterable[Respondent], by: int = 1
) -> dict[int, tuple[Tally, ...]]:
    """Tallies by the answer to a single-choice question (the kind of respondent); 0 is without a valid answer."""
    question = questionnaire.question(by)
    groups: dict[int, list[Respondent]] = {option: [] for option in range(len(question.options) + 1)}
    for person in respondents:
        groups[single_choice(question, person.answers) or 0].append(person)
    return {option: tally(questionnaire, people).tallies for option, people in groups.items() if people}
