"""The foot of the page: the options in force, what the file says of itself, and lines for those who answer for it."""

from __future__ import annotations

from collections.abc import Sequence

from ..columns.cached import general
from ..parts import Parts, height
from ..plan import Cell
from . import result_texts as texts


def write(parts: Parts, row: int, widths: Sequence[float]) -> int:
    """Returns the row of the signatures, the last of the page."""
    last = len(widths) - 1
    _options(parts, row, widths)
    stamp = parts.layout.stamp
    said = " · ".join(stamp[key] for key in ("format", "layout", "guide", "guide_hash", "language", "host"))
    parts.book.merge(Cell("summary", row + 1, 0), last, said, "fine_wrap")
    parts.book.sheets["summary"].set_row(row + 1, 12)
    _signatures(parts, row + 3)
    return row + 3


def _signatures(parts: Parts, row: int) -> None:
    parts.book.sheets["summary"].set_row(row, 26)
    for (first, last), text in zip(((0, 1), (2, 4), (5, 7), (8, 8)), texts.SIGNATURES, strict=True):
        cell = Cell("summary", row, first)
        if last > first:
            parts.book.merge(cell, last, parts.t(text), "signature")
        else:
            parts.book.write(cell, parts.t(text), "signature")


def _options(parts: Parts, row: int, widths: Sequence[float]) -> None:
    """The options in force, live."""
    t, options = parts.t, parts.layout.options
    head = t(texts.FOOT.fill(s=parts.layout.title("method")))
    labels = [t(option.label) for option in options]
    shown_values = [parts.result.options.get(option.name) for option in options]
    values = [
        t(option.label_of(value)) if option.choices else "–" if value is None else general(float(value))
        for option, value in zip(options, shown_values, strict=True)
    ]
    text = head + " · ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
    said = [
        f'"{" · " if i else head}{label} "&'
        + (f"opt_{option.name}" if option.choices else f'IF(opt_{option.name}="","–",opt_{option.name})')
        for i, (label, option) in enumerate(zip(labels, options, strict=True))
    ]
    parts.book.merge_formula(Cell("summary", row, 0), len(widths) - 1, "&".join(said), text, "fine_wrap")
    parts.book.sheets["summary"].set_row(row, height([(text, sum(widths))], 7.5, 2))
