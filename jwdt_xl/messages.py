"""Texts in Chinese and English, and the findings that carry them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

LANGUAGES = ("zh", "en")
ERROR, WARNING, INFO = SEVERITIES = ("error", "warning", "info")
#: A cell function's text, and so every message it gives, has at most this many characters.
LONGEST = 255
PRINCIPLES = ("objectivity", "completeness", "consistency", "transparency")

#: What steers a terminal, turns the direction of a text, cannot be seen, or is half a character.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
#: Bytes of a file name that is not UTF-8, and halves of characters that are no such bytes.
_BYTES, _WHOLE = re.compile("[\udc80-\udcff]"), re.compile("[\ud800-\udc7f\udd00-\udfff]")
#: What goes into a sentence of a text of others.
_LONGEST_VALUE = 1000
#: What a cell of a spreadsheet holds at most, in units of UTF-16.
LONGEST_CELL = 32_767

_language: ContextVar[str] = ContextVar("jwdt_language", default="zh")


def shown(text: str) -> str:
    """A name or text of others for a terminal or a list: nothing in it steers, hides or breaks the line."""
    if text.isprintable():
        return text
    parts = (_bytes_of(part) if _BYTES.search(part) else part for part in text.split("/"))
    return UNSEEN.sub(lambda found: _escaped(found[0]), "/".join(parts))


def _bytes_of(name: str) -> str:
    """A file name that is not UTF-8, which makes no sense in parts."""
    return (
        name.encode("utf-8", "surrogateescape").decode("ascii", "backslashreplace")
        if _WHOLE.search(name) is None
        else name
    )


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def lines_shown(text: str) -> str:
    """The same for a text of several lines."""
    return "\n".join(map(shown, text.split("\n")))


def units(text: str) -> int:
    """How long a text is for a spreadsheet: in units of UTF-16, of which an emoji takes two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cell_text(text: str) -> str:
    """What a cell can hold of a text: no halves of characters, no more than there is room for."""
    if text.isascii() and len(text) <= LONGEST_CELL:
        return text
    whole = text.encode("utf-8", "backslashreplace").decode()
    if units(whole) <= LONGEST_CELL:
        return whole
    return whole.encode("utf-16-le")[: 2 * LONGEST_CELL - 2].decode("utf-16-le", "ignore") + "…"


def set_language(language: str) -> None:
    """Choose the language in which every Text is shown from now on: zh (default) or en."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be zh or en, got {language!r}")
    _language.set(language)


def get_language() -> str:
    """The language in which texts are shown: zh or en."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """This language for a while."""
    before = get_language()
    set_language(language)
    try:
        yield
    finally:
        set_language(before)


class _Word(str):
    """What stands in a sentence in the place of a value, however a value would be formatted."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return str(self)


#: In the place of what is not there, and of what is no number: Python's words for them are nobody else's.
_BLANK, _NAN = (_Word("空白"), _Word("blank")), (_Word("NaN"), _Word("NaN"))


def _said(value: object) -> tuple[object, object]:
    """A value as a sentence says it in each language."""
    if isinstance(value, Text):
        return value
    if type(value) is str:
        text = shown(value[:_LONGEST_VALUE])
        return text, text
    if value is None:
        return _BLANK
    if isinstance(value, (list, dict)):
        text = _Word(as_in_file(value))
        return text, text
    return _NAN if isinstance(value, float) and value != value else (value, value)


def as_in_file(value: object) -> str:
    """A value that is no text as a file writes it, not as Python does; what is wrong may be of any size and depth."""
    import json  # here, since it is needed only where something is wrong

    try:
        return json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST_VALUE]
    except (ValueError, TypeError, RecursionError):
        return f"({type(value).__name__})"


class Text(NamedTuple):
    """One sentence or name in both languages; str() gives the language in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh

    def fill(self, **values: object) -> Text:
        """Put values into both languages; a Text among them goes in by its own language, a text of others as it is shown."""
        said = {name: _said(value) for name, value in values.items()}
        zh, en = ({name: both[i] for name, both in said.items()} for i in (0, 1))
        return Text(self.zh.format(**zh), self.en.format(**en))


class Finding(NamedTuple):
    """Something the user should know about the data: what was found, where, what to do."""

    severity: str
    code: str
    where: str
    text: Text
    principle: str = "objectivity"

    def as_dict(self) -> dict[str, str]:
        return {"severity": self.severity, "code": self.code, "where": shown(self.where), "text": str(self.text)}

    def __str__(self) -> str:
        return f"{self.severity} {self.where}: {self.text}"


def item(name: Text, *place: object) -> Text:
    """The name of one item of what has many: scores[3]."""
    places = ",".join(map(str, place))
    return Text(f"{name.zh}[{places}]", f"{name.en}[{places}]")


def joined(texts: list[Text] | tuple[Text, ...], zh: str = "、", en: str = ", ") -> Text:
    """A list of names, or of parts of a sentence, as one text."""
    return Text(zh.join(text.zh for text in texts), en.join(text.en for text in texts))


def one_of(choices: Iterable[tuple[object, Text]], between: str = " | ") -> Text:
    """What a field takes: in Chinese by the words of the form, in English by the codes of a file."""
    listed = list(choices)
    codes = (str(code).lower() if isinstance(code, bool) else str(code) for code, _ in listed)
    return Text(between.join(label.zh for _, label in listed), between.join(codes))


def number(value: float, digits: int = 4) -> str:
    """A number as shown to people: 4 significant digits, integers whole."""
    if not math.isfinite(value):
        return "NaN" if value != value else str(value)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    shown = f"{value:.{digits}g}"
    if "e" in shown and 1e-4 <= abs(value) < 1e15:
        return f"{value:.0f}"
    return shown
