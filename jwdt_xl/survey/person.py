"""One person's answers as they were read, with the cell of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..messages import Text
from ..standard.questionnaire import Answer, Respondent


class Person(NamedTuple):
    """What was read of one person, and from where."""

    file: str
    #: The row, or the form's sheet, for people.
    where: str
    answers: dict[int, Answer]
    texts: dict[int, str]
    #: Answers that could not be read as one: a code and a sentence by question. They are kept aside.
    problems: dict[int, tuple[str, Text]]
    #: The cell and the text of each answer.
    cells: Mapping[int, str]
    raw: Mapping[int, str]
    id: str = ""
    #: The number a tool gave within its file.
    number: str = ""
    time: tuple[int, ...] = ()
    #: When it was submitted, as the file says it.
    when: str = ""
    #: What the file says of an answer that must not count.
    invalid: str = ""
    #: Questions the file has no column for: they were not put to this person.
    absent: frozenset[int] = frozenset()

    @property
    def blank(self) -> bool:
        """Whether nothing at all was answered."""
        return not (self.answers or self.texts or self.problems)

    def respondent(self, key: str) -> Respondent:
        return Respondent(key, self.answers, self.texts)

    @property
    def told(self) -> str:
        """Everything that was answered, as one text that can be compared."""
        return json.dumps([self.answers, self.texts, self.problems], default=list, sort_keys=True)

    def same_answers(self, other: Any) -> bool:
        return (self.answers, self.texts, self.problems) == (other.answers, other.texts, other.problems)
