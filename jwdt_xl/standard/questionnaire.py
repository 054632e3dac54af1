"""The survey of the drafting note's annex A: its questions as data, checks of answers, tallies, and weights from them."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ..errors import JwdtError, Missing
from ..messages import ERROR, INFO, WARNING, Finding, Text
from .guide.weights import ranking_scores
from .names import DATA

#: The file in which `jwdt survey` hands its tallies, and weights by node, to authors of guides.
TALLY_FORMAT = "jwdt-survey/1"
SINGLE, MULTIPLE, RANKING = KINDS = ("single", "multiple", "ranking")
KIND_NAMES = {
    SINGLE: Text("单选", "choose one"),
    MULTIPLE: Text("多选", "choose several"),
    RANKING: Text("排序", "rank"),
}

#: An answer by numbers from 1: the option (single), the options (multiple), the rank of each option ranked (ranking).
#: None or empty is no answer.
Answer = int | Collection[int] | Mapping[int, int] | None


class Question(NamedTuple):
    """A question as printed, with its options, limits and the condition on which it is asked."""

    number: int
    kind: str
    text: Text
    options: tuple[Text, ...]
    #: The kind and limit in the note's own words: 多选，5-7项.
    mark: str = ""
    #: How many options may be chosen (multiple); 0 is no limit.
    minimum: int = 0
    maximum: int = 0
    #: Asked only of those whose answer to this question is one of these options; 0 asks everybody.
    asked_question: int = 0
    asked_options: tuple[int, ...] = ()
    #: The option that asks for a text of one's own, or 0.
    free_text: int = 0
    note: Text = Text("", "")

    @property
    def limit(self) -> Text:
        """How many options to choose, in words; empty where there is no limit."""
        if not self.maximum:
            return Text("", "")
        if self.minimum == self.maximum:
            return Text(f"恰选 {self.maximum} 项", f"choose exactly {self.maximum}")
        return Text(f"选 {self.minimum}–{self.maximum} 项", f"choose {self.minimum}–{self.maximum}")


class Questionnaire(NamedTuple):
    """The questions of a survey, and where they come from."""

    id: str
    name: Text
    source: Text
    questions: tuple[Question, ...]

    def question(self, number: int) -> Question:
        for question in self.questions:
            if question.number == number:
                return question
        raise JwdtError(Text("没有第 {n} 题", "there is no question {n}").fill(n=number), "unknown-question")


class Respondent(NamedTuple):
    """One person's answers by question number, texts of one's own by question number, and where they were read."""

    where: str
    answers: Mapping[int, Answer]
    texts: Mapping[int, str] = MappingProxyType({})


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
        raise JwdtError(Text("没有第 {n} 题", "there is no question {n}").fill(n=number), "unknown-question")


@cache
def annex_a() -> Questionnaire:
    """The questionnaire printed in annex A of the drafting note."""
    import json

    with open(os.path.join(DATA, "questionnaire.json"), encoding="utf-8") as file:
        data = json.load(file)
    return Questionnaire(
        data["id"], _text(data, "name_"), _text(data, "source_"), tuple(map(_question, data["questions"]))
    )


def _text(entry: Mapping[str, Any], prefix: str = "") -> Text:
    return Text(entry.get(f"{prefix}zh", ""), entry.get(f"{prefix}en", ""))


def _question(entry: Mapping[str, Any]) -> Question:
    asked = entry.get("asked", {})
    return Question(
        entry["number"],
        entry["kind"],
        _text(entry),
        tuple(map(_text, entry["options"])),
        entry["mark"],
        entry.get("minimum", 0),
        entry.get("maximum", 0),
        asked.get("question", 0),
        tuple(asked.get("options", ())),
        entry.get("free_text", 0),
        _text(entry, "note_"),
    )


def is_asked(question: Question, questionnaire: Questionnaire, answers: Mapping[int, Answer]) -> bool | None:
    """Whether a question is put to the person who gave these answers; None where that cannot be told."""
    if not question.asked_question:
        return True
    deciding = _single(questionnaire.question(question.asked_question), answers)
    return None if deciding is None else deciding in question.asked_options


def _single(question: Question, answers: Mapping[int, Answer]) -> int | None:
    """The one option chosen; None where there is no valid answer."""
    answer = answers.get(question.number)
    return None if _is_blank(answer) or _wrong_choice(question, answer) else int(_chosen(answer)[0])


def _chosen(answer: Answer) -> list[Any]:
    """The options of an answer; one by itself is a list of one."""
    return list(answer) if isinstance(answer, Collection) and not isinstance(answer, str) else [answer]


def _is_option(value: object, question: Question) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= len(question.options)


def validate(
    question: Question, answer: Answer, asked: bool | None = True, text: str = "", where: str = ""
) -> tuple[Finding, ...]:
    """What is to be said about one answer. With a finding of severity error it is kept aside and not tallied."""
    wrong = None if _is_blank(answer) else _wrong(question, answer, asked)
    if wrong is not None:
        return (_finding(ERROR, where, wrong),)
    return tuple(_finding(severity, where, remark) for severity, remark in _remarks(question, answer, text))


#: A code and a sentence.
_Remark = tuple[str, Text]


def _finding(severity: str, where: str, remark: _Remark) -> Finding:
    code, text = remark
    if severity == ERROR:
        text = Text("{t}；该题回答另存，不计入", "{t}; this answer is kept aside").fill(t=text)
    return Finding(severity, code, where, text, "consistency")


def _is_blank(answer: Answer) -> bool:
    return answer is None or (isinstance(answer, Collection) and not answer)


def _wrong(question: Question, answer: Answer, asked: bool | None) -> _Remark | None:
    """Why an answer cannot be counted, or nothing."""
    if asked is None:
        return "respondent-unknown", Text(
            "第 {d} 题没有有效回答，无法判断是否应答第 {n} 题",
            "question {d} has no valid answer, so it is unknown whether question {n} applies",
        ).fill(d=question.asked_question, n=question.number)
    if not asked:
        return "not-asked", Text(
            "第 {n} 题不问此类受访者(见第 {d} 题)", "question {n} is not for this kind of respondent (see question {d})"
        ).fill(d=question.asked_question, n=question.number)
    return _wrong_ranks(question, answer) if question.kind == RANKING else _wrong_choice(question, answer)


def _wrong_choice(question: Question, answer: Answer) -> _Remark | None:
    chosen = _chosen(answer)
    for place, option in enumerate(chosen):
        if not _is_option(option, question):
            return _unknown_option(question, option)
        if option in chosen[:place]:
            return "option-twice", Text("第 {n} 题选项 {o} 重复", "question {n}: option {o} is chosen twice").fill(
                n=question.number, o=option
            )
    least, most = (1, 1) if question.kind == SINGLE else (question.minimum, question.maximum or len(question.options))
    if not least <= len(chosen) <= most:
        limit = question.limit if question.maximum else Text("只选 1 项", "choose one")
        return "out-of-limit", Text("第 {n} 题须{m}，实选 {c} 项", "question {n}: {m}, got {c}").fill(
            n=question.number, m=limit, c=len(chosen)
        )
    return None


def _unknown_option(question: Question, option: object) -> _Remark:
    return "unknown-option", Text(
        "第 {n} 题没有选项“{o}”(共 {c} 项)", "question {n} has no option “{o}” (there are {c})"
    ).fill(n=question.number, o=str(option)[:60], c=len(question.options))


def _wrong_ranks(question: Question, answer: Answer) -> _Remark | None:
    if not isinstance(answer, Mapping):
        return "not-ranked", Text("第 {n} 题须给出各选项的名次", "question {n} needs the ranks of its options").fill(
            n=question.number
        )
    taken: dict[int, int] = {}
    for option, rank in answer.items():
        if not _is_option(option, question):
            return _unknown_option(question, option)
        if not _is_option(rank, question):
            return "bad-rank", Text(
                "第 {n} 题选项 {o} 的名次须为 1–{c} 的整数，实为“{r}”",
                "question {n}: the rank of option {o} must be a whole number 1–{c}, got “{r}”",
            ).fill(n=question.number, o=option, c=len(question.options), r=str(rank)[:60])
        if rank in taken:
            return "rank-twice", Text(
                "第 {n} 题选项 {a} 与 {b} 的名次同为 {r}", "question {n}: options {a} and {b} both have rank {r}"
            ).fill(n=question.number, a=taken[rank], b=option, r=rank)
        taken[rank] = option
    return None


def _remarks(question: Question, answer: Answer, text: str) -> Iterator[tuple[str, _Remark]]:
    """What is worth knowing about an answer that counts, with its severity."""
    if isinstance(answer, Mapping) and answer and max(answer.values()) > len(answer):
        sentence = Text(
            "第 {n} 题名次不连续：排了 {k} 项，最后名次却为 {r}；按所填计",
            "question {n}: {k} options are ranked, but the last rank is {r}; counted as given",
        )
        yield WARNING, ("rank-gap", sentence.fill(n=question.number, k=len(answer), r=max(answer.values())))
    if not question.free_text:
        return
    chosen = isinstance(answer, Collection) and question.free_text in answer
    if chosen and not text.strip():
        sentence = Text("第 {n} 题选了“其他”但未补充说明", "question {n}: “other” is ranked, but not said what it is")
        yield INFO, ("text-missing", sentence.fill(n=question.number))
    elif text.strip() and not chosen:
        sentence = Text(
            "第 {n} 题有补充说明，但“其他”未排名次", "question {n}: a text is given, but “other” is not ranked"
        )
        yield WARNING, ("text-without-option", sentence.fill(n=question.number))


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
        if not _is_blank(answer):
            self.answered += 1
            self._count(answer)
        if self.question.free_text and text.strip():
            self.texts.append(text.strip())
        return findings

    def _count(self, answer: Answer) -> None:
        for option in _chosen(answer):
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
        groups[_single(question, person.answers) or 0].append(person)
    return {option: tally(questionnaire, people).tallies for option, people in groups.items() if people}


class Link(NamedTuple):
    """An option of a question that speaks for an indicator, as the author of a guide maps it."""

    question: int
    option: int
    indicator: str


class SurveyWeight(NamedTuple):
    """The weight of an indicator from a survey: its share of the scores of the options that speak for it."""

    indicator: str
    weight: float
    score: float
    parts: tuple[tuple[Link, float], ...]


def survey_weights(survey: Survey, links: Sequence[Link], indicators: Sequence[str]) -> tuple[SurveyWeight, ...]:
    """Weight ∝ Σ scores of the options mapped to an indicator [choice]; their sum is 1.

    Composite scores and shares are not added to each other. An indicator without an option is an error.
    """
    parts: dict[str, list[tuple[Link, float]]] = {indicator: [] for indicator in indicators}
    kinds = set()
    for place, link in enumerate(links):
        found = survey.tally(link.question)
        kinds.add(found.question.kind == RANKING)
        wrong = None
        if not 1 <= link.option <= len(found.counts):
            wrong = Text("第 {q} 题没有选项 {o}", "question {q} has no option {o}")
        elif link.indicator not in parts:
            wrong = Text("没有指标“{i}”", "there is no indicator “{i}”")
        elif link in links[:place]:
            wrong = Text("第 {q} 题选项 {o} 重复对应指标“{i}”", "option {o} of question {q} is mapped to “{i}” twice")
        if wrong is not None:
            raise JwdtError(wrong.fill(q=link.question, o=link.option, i=link.indicator), "bad-mapping")
        score = found.scores[link.option - 1]
        if score is None:
            raise Missing(Text("第 {q} 题无人作答", "nobody answered question {q}").fill(q=link.question))
        parts[link.indicator].append((link, score))
    unmapped = [indicator for indicator, mapped in parts.items() if not mapped]
    if unmapped or not parts:
        raise JwdtError(
            Text("指标“{i}”没有对应的选项：请补充对应关系", "indicator “{i}” has no option: map one to it").fill(
                i=", ".join(unmapped)
            ),
            "unmapped-indicator",
        )
    if len(kinds) > 1:
        raise JwdtError(
            Text(
                "排序题的综合得分与选择题的比例不能相加：请只用一类题目",
                "composite scores of rankings and shares of choices cannot be added: use one kind of question",
            ),
            "mixed-kinds",
        )
    scores = {indicator: math.fsum(score for _, score in mapped) for indicator, mapped in parts.items()}
    whole = math.fsum(scores.values())
    if whole <= 0:
        raise JwdtError(Text("所选选项得分全为 0", "the scores of all mapped options are 0"), "no-weight")
    return tuple(
        SurveyWeight(indicator, scores[indicator] / whole, scores[indicator], tuple(mapped))
        for indicator, mapped in parts.items()
    )
