"""The live check beside every question: plain formulas, and the same cases in Python for their cached values.

A case is declared once: when it holds (as a formula and in Python), which state it is and what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..messages import Text
from ..standard.questionnaire import MULTIPLE, RANKING, SINGLE, Answer, Question, is_asked
from .layout import Layout

OPEN, FINE, WRONG, NOT_ASKED, REMARK = range(5)


class Facts(NamedTuple):
    """What the check of one question looks at."""

    chosen: int
    asked: bool | None = True
    #: Ranks that are no rank of this question, and whether one is given twice or left out.
    bad: bool = False
    twice: bool = False
    gap: bool = False
    other: bool = False
    text: bool = False


class Case(NamedTuple):
    when: str
    holds: Callable[[Facts], bool]
    state: int
    text: Text


def facts(question: Question, layout: Layout, answers: Mapping[int, Answer], text: str = "") -> Facts:
    answer = answers.get(question.number) or ()
    chosen = 1 if isinstance(answer, int) else len(answer)
    asked = is_asked(question, layout.questionnaire, answers)
    if not isinstance(answer, Mapping):
        return Facts(chosen, asked, text=bool(text))
    ranks = list(answer.values())
    allowed = [rank for rank in ranks if rank in range(1, len(question.options) + 1)]
    return Facts(
        chosen,
        asked,
        len(allowed) < chosen,
        len(set(ranks)) < chosen,
        max(allowed, default=0) > chosen,
        question.free_text in answer,
        bool(text),
    )


class Live:
    """The formulas of a layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def cases(self, question: Question) -> Iterator[Case]:
        """In their order: the first that holds counts; the last always does."""
        n = f"COUNTA({self.layout.answers(question)})"
        if question.asked_question:
            yield from self._conditions(question, n)
        text = f'{self._own(question)}<>""' if question.free_text else "FALSE()"
        if question.free_text:
            yield Case(
                f"AND({n}=0,{text})",
                lambda f: not f.chosen and f.text,
                REMARK,
                _NOT_RANKED,
            )
        yield Case(f"{n}=0", lambda f: not f.chosen, OPEN, _TO_DO[question.kind].fill(m=question.limit))
        if question.kind == SINGLE:
            yield Case(f"{n}=1", lambda f: f.chosen == 1, FINE, Text("已答", "answered"))
            yield Case("TRUE()", lambda f: True, WRONG, Text("只选 1 项：已选 {n} 项", "choose one: {n} chosen"))
        elif question.kind == MULTIPLE:
            yield from self._limits(question, n)
        else:
            yield from self._ranks(question, n, text)

    def _conditions(self, question: Question, n: str) -> Iterator[Case]:
        deciding = self.layout.questionnaire.question(question.asked_question)
        unknown = f"{self.layout.ref(self.layout.state(deciding.number))}<>{FINE}"
        chosen = ",".join(self.layout.ref(self.layout.option(deciding.number, o)) for o in question.asked_options)
        first = Text("请先答第 {d} 题", "answer question {d} first").fill(d=deciding.number)
        yield Case(f"AND({unknown},{n}=0)", lambda f: f.asked is None and not f.chosen, OPEN, first)
        yield Case(unknown, lambda f: f.asked is None, WRONG, first)
        yield Case(
            f"AND(COUNTA({chosen})=0,{n}=0)",
            lambda f: not f.asked and not f.chosen,
            NOT_ASKED,
            Text("此题不问您，无须作答", "not for you: nothing to do"),
        )
        yield Case(
            f"COUNTA({chosen})=0",
            lambda f: not f.asked,
            WRONG,
            Text("此题不问您，请清除所选", "not for you: please clear it"),
        )

    def _limits(self, question: Question, n: str) -> Iterator[Case]:
        words = Text("{m}：已选 ", "{m}: ").fill(m=question.limit)
        said = Text(words.zh + "{n} 项", words.en + "{n} chosen")
        low, high = question.minimum, question.maximum or len(question.options)
        yield Case(f"AND({n}>={low},{n}<={high})", lambda f: low <= f.chosen <= high, FINE, said)
        yield Case("TRUE()", lambda f: True, WRONG, said)

    def _ranks(self, question: Question, n: str, text: str) -> Iterator[Case]:
        cells, size = self.layout.answers(question), len(question.options)
        counts = [f"COUNTIF({cells},{rank})" for rank in range(1, size + 1)]
        yield Case(
            f"{'+'.join(counts)}<{n}",
            lambda f: f.bad,
            WRONG,
            Text(f"名次须为 1–{size} 的整数", f"ranks are whole numbers 1–{size}"),
        )
        yield Case(f"MAX({','.join(counts)})>1", lambda f: f.twice, WRONG, Text("名次重复", "a rank is given twice"))
        if question.free_text:
            other = f'{self.layout.ref(self.layout.option(question.number, question.free_text))}<>""'
            yield Case(
                f"AND({other},NOT({text}))",
                lambda f: f.other and not f.text,
                REMARK,
                Text("请在“其他”旁补充说明", "please say beside “other” what it is"),
            )
            yield Case(
                f"AND(NOT({other}),{text})",
                lambda f: f.text and not f.other,
                REMARK,
                _NOT_RANKED,
            )
        yield Case(
            f"MAX({cells})>{n}",
            lambda f: f.gap,
            REMARK,
            Text("已排 {n} 项，名次不连续（按所填计）", "{n} ranked, a rank is left out (counted as given)"),
        )
        yield Case("TRUE()", lambda f: True, FINE, Text("已排 {n} 项", "{n} ranked"))

    def _own(self, question: Question) -> str:
        return self.layout.ref(self.layout.own_text(question))

    def state(self, question: Question) -> str:
        """The formula of a question's state."""
        return _chained(self.cases(question), lambda case: str(case.state))

    def check(self, question: Question) -> str:
        """The formula of what is said about a question."""
        n = f"COUNTA({self.layout.answers(question)})"
        return _chained(self.cases(question), lambda case: _said(self.layout.text(case.text), n))

    def now(self, question: Question, known: Facts) -> tuple[int, str]:
        """State and words, as the formulas show them."""
        case = next(case for case in self.cases(question) if case.holds(known))
        return case.state, self.layout.text(case.text).replace("{n}", str(known.chosen))

    def progress(self) -> str:
        states = self.layout.states()
        done = f"(COUNTIF({states},{FINE})+COUNTIF({states},{REMARK}))"
        parts = {"done": done, "wrong": f"COUNTIF({states},{WRONG})", "open": f"COUNTIF({states},{OPEN})"}
        words = self.layout.text(PROGRESS)
        for name, formula in parts.items():
            words = words.replace(f"{{{name}}}", f'"&{formula}&"')
        return f'"{words}"'

    def progress_now(self, states: list[int]) -> str:
        done = states.count(FINE) + states.count(REMARK)
        return self.layout.text(PROGRESS.fill(done=done, wrong=states.count(WRONG), open=states.count(OPEN)))


PROGRESS = Text(
    "已答 {done} 题，待更正 {wrong} 题，未答 {open} 题", "{done} answered, {wrong} to correct, {open} still open"
)
_NOT_RANKED = Text("写了说明，但“其他”未排名次", "a text is given, but “other” is not ranked")
_TO_DO = {
    SINGLE: Text("未答：选 1 项", "open: choose one"),
    MULTIPLE: Text("未答：{m}", "open: {m}"),
    RANKING: Text("未答：填名次，1 为最优先", "open: type ranks, 1 is first"),
}


def _chained(cases: Iterator[Case], value: Callable[[Case], str]) -> str:
    *checked, last = cases
    return "".join(f"IF({case.when},{value(case)}," for case in checked) + value(last) + ")" * len(checked)


def _said(words: str, n: str) -> str:
    parts = [f'"{part}"' for part in words.split("{n}")]
    return f"&{n}&".join(parts)
