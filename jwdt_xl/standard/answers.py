"""What people write for an answer: its words in either language, its code, and for yes and no what they type or tick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..messages import Text
from .names import fold

#: By the Chinese word. An X is no answer: it ticks a box as often as it crosses one out. Nor are 1 and 0.
WRITTEN = {
    "是": ("有", "Y", "√", "✓", "✔", "对", "是的", "真", "TRUE"),
    "否": ("无", "没有", "N", "×", "✗", "✘", "不是", "假", "FALSE"),
    "部分": ("部分是", "一部分"),
}
Choices = tuple[tuple[Any, Text], ...]


def names(choices: Choices) -> Iterator[tuple[str, Any]]:
    """Every way to write an answer, with the answer: the words of the form first."""
    for code, label in choices:
        yield from ((name, code) for name in label)
    yield from ((code, code) for code, _ in choices if isinstance(code, str))
    for code, label in choices:
        yield from ((name, code) for name in WRITTEN.get(label.zh, ()))


def meant(choices: Choices, said: str) -> Any:
    """The answer that a text is one way to write, by any width, case and blanks around it; None where it is none."""
    folded = fold(said)
    return next((code for name, code in names(choices) if folded and fold(name) == folded), None)
