"""The interval of the total and the total under each named alternative, computed by the engine when the file is made."""

from __future__ import annotations

from ...assessment.evaluate import alternatives
from ...assessment.uncertainty import uncertainty
from ...messages import Text
from ..parts import Parts
from . import result_texts as texts

#: A reason that fits where the total stands.
_SHORT = 5


def totals_otherwise(parts: Parts) -> list[tuple[str, str | float]]:
    """The interval, and the name of each with its total or why there is none; nothing while there is no total."""
    if parts.result.total is None:
        return []
    interval = uncertainty(parts.result).total
    sure = [(parts.t(texts.INTERVAL), f"{interval[0]:.1f}–{interval[1]:.1f}")] if interval else []
    return [
        *sure,
        *(
            (parts.t(name), _instead(parts, reason) if total is None else total)
            for name, total, reason in alternatives(parts.result.assessment, parts.guide)
        ),
    ]


def _instead(parts: Parts, reason: Text) -> str:
    said = parts.t(reason)
    return said if len(said) <= _SHORT else parts.t(texts.NO_TOTAL)
