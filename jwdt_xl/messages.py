"""Texts in Chinese and English, and the findings that carry them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

LANGUAGES = ("zh", "en")
ERROR, WARNING, INFO = SEVERITIES = ("error", "warning", "info")
#: A cell function's text, and so every message it gives, has at most this many characters.
LONGEST = 255
PRINCIPLES = ("objectivity", "completeness", "consistency", "transparency")

_language: ContextVar[str] = ContextVar("jwdt_language", default="zh")


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


class Text(NamedTuple):
    """One sentence or name in both languages; str() gives the language in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh

    def fill(self, **values: object) -> Text:
        """Put values into both languages; a Text among them goes in by its own language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))


class Finding(NamedTuple):
    """Something the user should know about the data: what was found, where, what to do."""

    severity: str
    code: str
    where: str
    text: Text
    principle: str = "objectivity"

    def as_dict(self) -> dict[str, str]:
        return {"severity": self.severity, "code": self.code, "where": self.where, "text": str(self.text)}

    def __str__(self) -> str:
        return f"{self.severity} {self.where}: {self.text}"


def joined(texts: list[Text] | tuple[Text, ...]) -> Text:
    """A list of names as one text."""
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def one_of(choices: Iterable[tuple[object, Text]], between: str = " | ") -> Text:
    """What a field takes: in Chinese by the words of the form, in English by the codes of a file."""
    listed = list(choices)
    codes = (str(code).lower() if isinstance(code, bool) else str(code) for code, _ in listed)
    return Text(between.join(label.zh for _, label in listed), between.join(codes))


def number(value: float, digits: int = 4) -> str:
    """A number as shown to people: 4 significant digits, integers whole."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    shown = f"{value:.{digits}g}"
    if "e" in shown and 1e-4 <= abs(value) < 1e15:
        return f"{value:.0f}"
    return shown
