"""What a guide leaves to the enterprises: options by name, benchmarks, weights, what is not applicable."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import JwdtError
from ...messages import Text, one_of
from ..names import alike, fold
from ..record import short
from .options import OPTIONS

BENCHMARKS, WEIGHTS, NOT_APPLICABLE = "benchmarks", "weights", "not_applicable"
NAMES: dict[str, Text] = {
    **{option.name: option.label for option in OPTIONS},
    BENCHMARKS: Text("基准值", "benchmarks"),
    WEIGHTS: Text("权重", "weights"),
    NOT_APPLICABLE: Text("不适用", "not applicable"),
}
#: Everything, as it is in the built-in guide.
ALL = tuple(NAMES)
#: In a cell, which cannot hold an empty list, one word says that nothing is open.
NOTHING = ("none", "无", "没有")


def check_open(said: Sequence[str]) -> tuple[str, ...]:
    """Each name by its code, once; of a cell also by its words. Raises JwdtError with what there is."""
    if len(said) == 1 and fold(said[0]) in map(fold, NOTHING):
        return ()
    codes = {fold(word): code for code, label in NAMES.items() for word in (code, *label)}
    found: dict[str, None] = {}
    for name in said:
        if fold(name) not in codes:
            text = Text(
                "没有“{v}”{h}；可开放的有：{a}；一格中的几项以“；”分隔",
                "there is no “{v}” to leave open{h}; there are: {a}; several in a cell are parted by “;”",
            )
            raise JwdtError(text.fill(v=short(name), h=alike(name, NAMES), a=one_of(NAMES.items())), "bad-open")
        found[codes[fold(name)]] = None
    return tuple(found)
