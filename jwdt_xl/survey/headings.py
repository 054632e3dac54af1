"""What a column of a survey tool's export holds, by its heading: a question, one of its options, a place of a ranking.

Headings differ from tool to tool: “5、您最关心…”, “Q5”, “第5题(企业经营状况)”, “Q5[SQ003]”, “Q6 [Ranking 1]”, the bare title.
A number that stands before other words counts only where the words are those of the question.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..standard.names import fold
from ..standard.questionnaire import RANKING, Question, Questionnaire

WHOLE, OPTION, PLACE, OWN, ID, NUMBER, TIME, STATE = "whole", "option", "place", "own", "id", "number", "time", "state"


class Column(NamedTuple):
    """A column: what it holds, of which question, and the option (or the place of a ranking) it is about."""

    kind: str
    question: int = 0
    part: int = 0
    #: The option is known by a bare number, which could as well be a place of a ranking.
    bare: bool = False
    #: The question is known by its number alone, which tools count anew where something was asked before.
    numbered: bool = False


#: Names of columns that tell people apart: everywhere (id), or within one file (number).
_IDS = ("受访者编号", "受访者id", "答卷人编号", "respondent", "respondentid", "respondentnumber", "participantid", "token",
        "用户id", "userid", "openid")  # fmt: skip
_NUMBERS = ("序号", "编号", "答卷编号", "答题编号", "答卷id", "id", "responseid", "答题序号", "number", "no", "no.")
_TIMES = ("提交答卷时间", "提交时间", "完成时间", "结束时间", "结束答题时间", "submitdate", "datesubmitted", "datelastaction", "timestamp",
          "时间戳记", "时间戳", "completiontime", "enddate")  # fmt: skip
#: Where a tool or a person marks answers that must not count.
_STATES = ("答卷状态", "状态", "是否有效", "有效性", "是否无效", "数据状态", "答题状态", "审核状态", "有效标记", "标记", "答卷有效性", "是否有效答卷",
           "答卷是否有效", "status", "validity", "valid", "isvalid")  # fmt: skip
_PEOPLE = {
    **dict.fromkeys(_IDS, ID), **dict.fromkeys(_NUMBERS, NUMBER), **dict.fromkeys(_TIMES, TIME), **dict.fromkeys(_STATES, STATE)
}  # fmt: skip

_NUMBERED = re.compile(
    r"^(?:(?:g\d{1,3})?q(?:uestion)?[.:_-]?0*(\d{1,3})|第0*(\d{1,3})题|(?:问题|题)0*(\d{1,3})|0*(\d{1,3})(?=[、.:)_\[(，,-]|$))"
)
_JOINED = re.compile(r"^[、.:)_，,>→-]+")
#: “【多选，5-7项】”, “[排序题]”, but not “[Ranking 1]”.
_MARK = re.compile(
    r"[\[(【](?:(?:单选|多选|必答|选答|single|multiple|choose)[^\[(【\])】]*|(?:排序|rank(?:ing)?)[^\d\[(【\])】]*)[\])】]"
)
_PLACE = re.compile(r"^(?:rank(?:ing)?|排序|排名|名次|第|顺位|优先级)[.:_-]?0*(\d{1,2})(?:位|名|顺位|选择)?$")
_CODE = re.compile(r"^(?:sq|ao|a|o|选项|option|answer)?[.:_-]?0*(\d{1,2})$")
_OTHER = ("other", "othertext", "comment", "othercomment", "其他文本", "其他内容", "补充", "补充说明", "请补充", "text",
          "填空", "文本")  # fmt: skip
_WRAP = "[]()【】{}<>《》“”\"'、.:,-_>→*？?！!;；|/·"


class Headings:
    """The headings of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questions = {question.number: question for question in questionnaire.questions}
        self._titles = [
            (bare(title), question) for question in questionnaire.questions for title in question.text if bare(title)
        ]
        self._options: dict[int, dict[str, int]] = {
            question.number: {
                bare(name): place for place, option in enumerate(question.options, 1) for name in option if bare(name)
            }
            for question in questionnaire.questions
        }

    def column(self, heading: str, shift: int = 0) -> Column | None:
        """What a column holds; None where the heading says nothing of this questionnaire.

        shift: how many questions the tool's numbers are ahead.
        """
        folded = fold(heading)
        if folded.strip("[]【】()") in _PEOPLE:
            return Column(_PEOPLE[folded.strip("[]【】()")])
        folded = _MARK.sub("", folded)
        numbered = _NUMBERED.match(folded)
        rest = folded[numbered.end() :] if numbered else folded
        by_number = self._questions.get(int(next(filter(None, numbered.groups()))) - shift) if numbered else None
        titled = self._titled(rest)
        if titled is not None:  # the words count, whatever number the tool gave them
            return self._part(*titled)
        if self._cut(rest, by_number):
            return Column(WHOLE, by_number.number) if by_number else None
        found = self._part(by_number, rest) if by_number else None
        by_words = (
            self._of_another(rest) if numbered and (found is None or found.kind != OPTION or found.bare) else None
        )
        return by_words or (found._replace(numbered=True) if found else None)

    def number(self, heading: str) -> int:
        """The number of a heading that is nothing but one, whatever the questionnaire; 0 of others."""
        folded = fold(heading)
        found = _NUMBERED.match(folded)
        rest = _JOINED.sub("", folded[found.end() :]).strip(_WRAP) if found else "x"
        return (
            int(next(filter(None, found.groups())))
            if found and not folded.isdigit() and (not rest or _CODE.match(rest))
            else 0
        )

    def _of_another(self, rest: str) -> Column | None:
        """The option that a heading names, where only one question has it, whatever the number before it says."""
        words = bare(_JOINED.sub("", rest).strip(_WRAP))
        found = (
            [(number, options[words]) for number, options in self._options.items() if words in options]
            if len(words) > 2
            else []
        )
        return Column(OPTION, *found[0]) if len(found) == 1 else None

    def _titled(self, rest: str) -> tuple[Question, str] | None:
        """The question whose title the heading begins with, and what follows it."""
        plain = bare(rest)
        for title, question in sorted(self._titles, key=lambda pair: -len(pair[0])):
            if plain.startswith(title):
                return question, plain[len(title) :]
        cut = {question.number for title, question in self._titles if len(plain) >= 8 and title.startswith(plain)}
        return (self._questions[cut.pop()], "") if len(cut) == 1 else None

    def _cut(self, rest: str, question: Question | None) -> bool:
        """Whether the heading is a title cut short."""
        plain = bare(rest)
        return len(plain) >= 4 and question is not None and any(bare(t).startswith(plain) for t in question.text)

    def _part(self, question: Question, rest: str) -> Column | None:
        """Which part of a question a heading is about."""
        part = _JOINED.sub("", rest).strip(_WRAP)
        if not part:
            return Column(WHOLE, question.number)
        option = self._options[question.number].get(bare(part))
        if option:
            return Column(OPTION, question.number, option)
        if question.free_text and (bare(part) in _OTHER or bare(part).endswith(_OTHER)):
            return Column(OWN, question.number)
        place = _PLACE.match(part)
        if place and question.kind == RANKING:
            return self._within(question, PLACE, int(place[1]))
        code = _CODE.match(part)
        return self._within(question, OPTION, int(code[1]), bare=True) if code else None

    def _within(self, question: Question, kind: str, index: int, bare: bool = False) -> Column | None:
        fits = 1 <= index <= len(question.options)
        return Column(kind, question.number, index, bare) if fits else None


def bare(text: str) -> str:
    """Words alone: without widths, blanks and punctuation, in which tools and people differ."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
