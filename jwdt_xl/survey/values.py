"""What a cell of an answer says: an option by its words, number or letter, several of them, a rank, a tick.

What cannot be told stays as the text it is, so that the check of the answer names it; nothing is guessed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from ..standard.questionnaire import Question
from .headings import bare

#: What tools write where a question was not shown, skipped or left empty.
_NOTHING = {
    "", "-2", "-3", "(跳过)", "(空)", "跳过", "空", "未填", "未答", "n/a", "na", "nan", "null", "none", "-", "--", "—",
    "(skipped)", "skipped",
}  # fmt: skip
_YES = {"1", "y", "yes", "true", "是", "√", "✓", "✔", "☑", "x", "v", "选中", "已选", "on", "checked"}
_NO = {"0", "n", "no", "false", "否", "未选", "未选中", "off", "unchecked", "□", "☐"}
#: Between options, and never inside one.
_STRONG = re.compile(r"[┋|;；\n\r\t→>＞#]+")
#: A cell of many words is looked at in pieces of at most this many.
_LONGEST = 60
_BETWEEN = " ,，、/"
#: Between options, and inside some of them.
_WEAK = re.compile(r"([,，、/\s]+)")
_OWN = re.compile(r"[〖{]([^〖〗{}]*)[〗}]")
#: “Other” with what it is, at the end of a list.
_OTHER = re.compile(r"((?:其他|其它|other)(?:\([^()]*\))?)\s*:\s*([^;;┋|→]+);?$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:(?:选项|option|sq|ao|a|o)[\s._-]*)?0*(\d{1,2})$")
#: “ABD”: several options by their letters.
_LETTERS = re.compile(r"^[A-Z]{2,}$")
_LETTER = re.compile(r"^([a-z])$")
_PREFIX = re.compile(r"^(?:[a-z]|\d{1,2})\s*[.、:)．]\s*(?=\D)")
_RANK = re.compile(r"^(?:第|no\.?|#|rank(?:ing)?)?\s*0*(\d{1,2})\s*(?:名|位|st|nd|rd|th)?$")


#: Objects and lists, as tools export them that think of programs.
_OBJECTS = tuple("{[")
_TEXTS = ("text", "label", "title", "content", "optiontext", "name", "value", "option", "answer", "id")


class Said(NamedTuple):
    """The options of a cell in their order (what is none of them as its text), and a text of one's own."""

    options: tuple[int | str, ...]
    own: str = ""


def plain(value: Any) -> str:
    """A cell as text: full-width digits become digits, a whole number has no decimals."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFKC", str(value)).strip() if value is not None else ""


def unfolded(text: str) -> str | None:
    """An answer given as an object or a list, in the words of one given as text; None where it is none that can be told."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _said(value)


def _said(value: Any) -> str | None:
    if value is None or isinstance(value, (str, int, float)):
        return "" if value is None else plain(value)
    if isinstance(value, list):
        parts = [_said(each) for each in value]
        return None if None in parts else "\n".join(filter(None, parts))
    named = {key.casefold(): each for key, each in value.items()}
    for key in _TEXTS:
        if key in named and not isinstance(named[key], bool):
            return _said(named[key])
    flags = {plain(each).casefold() for each in value.values() if not isinstance(each, (dict, list))}
    if len(value) == 0 or (flags <= _YES | _NO | {""} and not all(isinstance(v, (dict, list)) for v in value.values())):
        return "\n".join(key for key, each in value.items() if plain(each).casefold() in _YES)  # {option: chosen}
    if all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in value.values()):
        return "\n".join(sorted(value, key=lambda key: float(value[key])))  # {option: rank}
    if all(key.isdigit() and isinstance(each, str) for key, each in value.items()):
        return "\n".join(value[key] for key in sorted(value, key=int))  # {rank: option}
    return None


def is_nothing(text: str) -> bool:
    return text.casefold().replace(" ", "") in _NOTHING


class Options:
    """What cells say of the options of one question; equal texts are looked at once."""

    def __init__(self, question: Question) -> None:
        self.size, self.free_text = len(question.options), question.free_text
        self._said: dict[str, Said] = {}
        self._single: dict[str, int | None] = {}
        self._words: dict[str, int] = {}
        for place, option in enumerate(question.options, 1):
            for name in option:
                self._words.setdefault(bare(name), place)
        if question.free_text:
            for name in ("其他", "其它", "other"):  # “其他（请补充）” without its bracket
                self._words.setdefault(name, question.free_text)
        self._words.pop("", None)

    def said(self, text: str) -> Said:
        """The options a cell names, be it one or a list of them."""
        if text not in self._said:
            self._said[text] = self._listed(text)
        return self._said[text]

    def ticked(self, text: str, option: int) -> bool | None:
        """Whether a cell of an option's own column says that it was chosen; None where that cannot be told."""
        folded = text.casefold().replace(" ", "")
        if folded in _NOTHING or folded in _NO:
            return False
        if folded in _YES or self._option(_OWN.sub("", text).strip()) == option:
            return True
        return None

    def by_words(self, text: str) -> bool | None:
        """Whether a cell names options of this question by their words; None where it has no words to tell by."""
        words = [part for part in _STRONG.split(_OWN.sub("", text)) if len(bare(_PREFIX.sub("", part.casefold()))) > 1]
        if not words or bare(text).isdigit():
            return None
        return all(isinstance(option, int) for option in self.said(text).options)

    def _listed(self, text: str) -> Said:
        if is_nothing(text):
            return Said(())
        if text[:1] in _OBJECTS:
            inner = unfolded(text)
            return Said((text,)) if inner is None else self.said(inner)
        own = "；".join(filter(None, (found.strip() for found in _OWN.findall(text))))
        text = _OWN.sub("", text).strip()
        if self.free_text and (other := _OTHER.search(text)):  # “…;其他：员工健康”
            own, text = own or other[2].strip(), text[: other.start()] + other[1]
        if _LETTERS.match(text) and ord(max(text)) - ord("A") < self.size and len(set(text)) == len(text):
            return Said(tuple(ord(letter) - ord("A") + 1 for letter in text), own)
        found: list[int | str] = []
        for part in filter(None, (part.strip() for part in _STRONG.split(text))):
            option = self._option(part)
            found += [option] if option is not None else self._several(part)
        return Said(tuple(found), own)

    def _several(self, text: str) -> list[int | str]:
        """Options separated by signs that some options have themselves: the longest that fits is taken."""
        pieces = [piece for piece in _WEAK.split(text) if piece]
        found: list[int | str] = []
        start, unknown = 0, ""
        while start < len(pieces):
            for end in range(min(len(pieces), start + _LONGEST), start, -1):
                option = self._option("".join(pieces[start:end]).strip(_BETWEEN))
                if option is not None:
                    found += [unknown.strip(_BETWEEN), option] if unknown.strip(_BETWEEN) else [option]
                    start, unknown = end, ""
                    break
            else:
                unknown += pieces[start]
                start += 1
        return [*found, unknown.strip(_BETWEEN)] if unknown.strip(_BETWEEN) else found

    def _option(self, text: str) -> int | None:
        if text not in self._single:
            self._single[text] = self._known(text)
        return self._single[text]

    def _known(self, text: str) -> int | None:
        """One option by its words, else by its number or letter."""
        folded = text.casefold()
        for form in (text, _PREFIX.sub("", folded)):
            place = self._words.get(bare(form))
            if place:
                return place
        numbered, letter = _NUMBERED.match(folded), _LETTER.match(folded)
        place = int(numbered[1]) if numbered else ord(letter[1]) - ord("a") + 1 if letter else 0
        return place if 1 <= place <= self.size else None


@lru_cache(maxsize=10_000)
def rank_in(text: str) -> int | str | None:
    """The rank in a cell of an option's own column; None is not ranked, a text is no rank."""
    folded = text.casefold().replace(" ", "")
    if folded in _NOTHING or folded in ("0", "未排", "未选"):
        return None
    found = _RANK.match(folded)
    return int(found[1]) if found else text
