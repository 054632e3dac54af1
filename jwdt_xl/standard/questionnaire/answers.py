"""Whether an answer can be counted, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ...messages import ERROR, INFO, WARNING, Finding, Text
from .questions import RANKING, SINGLE, Answer, Question, Questionnaire


def is_asked(question: Question, questionnaire: Questionnaire, answers: Mapping[int, Answer]) -> bool | None:
    """Whether a question is put to the person who gave these answers; None where that cannot be told."""
    if not question.asked_question:
        return True
    deciding = single_choice(questionnaire.question(question.asked_question), answers)
    return None if deciding is None else deciding in question.asked_options


def single_choice(question: Question, answers: Mapping[int, Answer]) -> int | None:
    """The one option chosen; None where there is no valid answer."""
    answer = answers.get(question.number)
    return None if is_blank(answer) or _wrong_choice(question, answer) else int(chosen(answer)[0])


def chosen(answer: Answer) -> list[Any]:
    """The options of an answer; one by itself is a list of one."""
    return list(answer) if isinstance(answer, Collection) and not isinstance(answer, str) else [answer]


def _is_option(value: object, question: Question) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= len(question.options)


def validate(
    question: Question, answer: Answer, asked: bool | None = True, text: str = "", where: str = ""
) -> tuple[Finding, ...]:
    """What is to be said about one answer. With a finding of severity error it is kept aside and not tallied."""
    wrong = None if is_blank(answer) else _wrong(question, answer, asked)
    if wrong is not None:
        return (_finding(ERROR, where, wrong),)
    return tuple(_finding(severity, where, remark) for severity, remark in _remarks(question, answer, text))


#: What is said besides of an answer that does not count.
ASIDE = Text("{t}；该题回答另存，不计入", "{t}; this answer is kept aside")
#: A code and a sentence.
_Remark = tuple[str, Text]


def _finding(severity: str, where: str, remark: _Remark) -> Finding:
    code, text = remark
    if severity == ERROR:
        text = ASIDE.fill(t=text)
    return Finding(severity, code, where, text, "consistency")


def is_blank(answer: Answer) -> bool:
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
    options = chosen(answer)
    for place, option in enumerate(options):
        if not _is_option(option, question):
            return _unknown_option(question, option)
        if option in options[:place]:
            return "option-twice", Text("第 {n} 题选项 {o} 重复", "question {n}: option {o} is chosen twice").fill(
                n=question.number, o=option
            )
    least, most = (1, 1) if question.kind == SINGLE else (question.minimum, question.maximum or len(question.options))
    if not least <= len(options) <= most:
        limit = question.limit if question.maximum else Text("只选 1 项", "choose one")
        return "out-of-limit", Text("第 {n} 题须{m}，实选 {c} 项", "question {n}: {m}, got {c}").fill(
            n=question.number, m=limit, c=len(options)
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
    named = isinstance(answer, Collection) and question.free_text in answer
    if named and not text.strip():
        sentence = Text("第 {n} 题选了“其他”但未补充说明", "question {n}: “other” is ranked, but not said what it is")
        yield INFO, ("text-missing", sentence.fill(n=question.number))
    elif text.strip() and not named:
        sentence = Text(
            "第 {n} 题有补充说明，但“其他”未排名次", "question {n}: a text is given, but “other” is not ranked"
        )
        yield WARNING, ("text-without-option", sentence.fill(n=question.number))
