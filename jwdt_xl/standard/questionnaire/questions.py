"""The questions of the survey as data, as annex A of the drafting note prints them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ...errors import JwdtError
from ...messages import Text
from ..names import DATA

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


#: The file in which `jwdt survey` hands its tallies, and weights by node, to authors of guides.
TALLY_FORMAT = "jwdt-survey/1"


def no_question(number: int) -> JwdtError:
    return JwdtError(Text("没有第 {n} 题", "there is no question {n}").fill(n=number), "unknown-question")


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
        raise no_question(number)


class Respondent(NamedTuple):
    """One person's answers by question number, texts of one's own by question number, and where they were read."""

    where: str
    answers: Mapping[int, Answer]
    texts: Mapping[int, str] = MappingProxyType({})


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
