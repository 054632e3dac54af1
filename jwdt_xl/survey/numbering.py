"""Whether a tool counted the questions as we do: something asked before them, consent for one, moves every number.

The words of the options tell; where there are none and a number is beyond the questionnaire, nothing can be relied on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..opening.refusals import refused
from .headings import OPTION, WHOLE, Column, Headings
from .values import Options, is_nothing, plain

_ROWS, _FARTHEST = 200, 3


def shift_of(
    name: str, heading: Sequence[Any], rows: Sequence[Sequence[Any]], headings: Headings, options: Mapping[int, Options]
) -> int:
    """How many questions the tool's numbers are ahead of ours. Raises Refused where they are, and it cannot be told."""
    names = [plain(cell) for cell in heading]
    fits = {shift: _fit(names, rows, headings, options, shift) for shift in range(_FARTHEST + 1)}
    best = max(fits, key=lambda shift: (fits[shift][0], -shift))
    told = any(known for _, known in fits.values())
    beyond = [each for each in names if headings.number(each) > max(options)]
    if beyond and not (told and fits[best][0] > 0):
        raise refused(
            name,
            "numbers-shifted",
            "有第 {n} 题的列，本问卷只有 {m} 题，题号可能错位，而回答只有号码，无法核对 — 请在表头写题目原文，或导出选项文字",
            "has a column “{n}”, the questionnaire {m} questions: the numbers may be shifted, and answers by numbers cannot tell — "
            "name the columns by the words of the questions, or export the options' texts",
            n=beyond[0],
            m=max(options),
        )
    return best if fits[best][0] > max(0, fits[0][0]) else 0


def _fit(
    names: Sequence[str], rows: Sequence[Sequence[Any]], headings: Headings, options: Mapping[int, Options], shift: int
) -> tuple[int, int]:
    """How many numbered columns hold the words of their options, less those that hold others; and how many tell."""
    score = known = 0
    for col, name in enumerate(names):
        column = headings.column(name, shift)
        if column is None or not column.numbered:
            continue
        said = [_says(column, options[column.question], plain(row[col])) for row in rows[:_ROWS] if col < len(row)]
        told = [each for each in said if each is not None]
        known += bool(told)
        score += (1 if 2 * sum(told) > len(told) else -1) if told else 0
    return score, known


def _says(column: Column, options: Options, text: str) -> bool | None:
    if is_nothing(text):
        return None
    by_words = options.by_words(text)
    if column.kind == WHOLE or by_words is None:
        return by_words if column.kind == WHOLE else None
    return options.ticked(text, column.part) is True if column.kind == OPTION else None
